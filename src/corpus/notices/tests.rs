//! Tests of [`notices`](super).

use super::*;

fn turn(text: &str) -> RawTurn {
    RawTurn {
        speaker: "Eva".into(),
        document: 0,
        span: 5..5 + text.chars().count(),
        line: 3,
        times: Vec::new(),
        text: text.into(),
    }
}

fn parts(text: &str) -> Vec<(String, String)> {
    let turn = turn(text);
    let parted = part(vec![turn], true, &|_| false);
    for turn in &parted {
        let slice: String = text.chars().skip(turn.span.start - 5).take(turn.span.len()).collect();
        assert_eq!(slice, *turn.text);
        let above = text[..text.find(&*turn.text).unwrap()].matches('\n').count();
        assert_eq!(turn.line, 3 + above);
    }
    parted.into_iter().map(|turn| (turn.speaker.to_string(), turn.text.to_string())).collect()
}

#[test]
fn what_closes_a_transcript_is_nobodys_below_its_last_words_alone() {
    let told = |text: &str| parts(text).into_iter().map(|(who, words)| (who == SPEAKER, words)).collect::<Vec<_>>();
    let closed = "It was warm.\n\nTape ends here.\n\nNotes by Hark\nMeeting ended 10:42 AM\n--- END ---\n";
    let lines = ["Tape ends here.", "Notes by Hark", "Meeting ended 10:42 AM", "--- END ---"];
    let nobodys = lines.iter().map(|line| (true, (*line).to_owned()));
    assert_eq!(told(closed), [(false, "It was warm.".to_owned())].into_iter().chain(nobodys).collect::<Vec<_>>());
    assert_eq!(told("[END]"), [(true, "[END]".to_owned())]);
    for text in [
        "Transcript downloaded from Hark.com",
        "Word count: 3\nwas all it said.",
        "Tape ends here.\nIt was warm.",
        "It was warm.\n\nNotes by Ida.",
        "It was warm.\n\nThe meeting ended.",
    ] {
        assert_eq!(told(text), [(false, text.to_owned())], "{text}");
    }
    // A table's answer ends in its own words; a paragraph of its own that may be said stays.
    let said = RawTurn { text: closed.into(), ..turn(closed) };
    assert_eq!(part(vec![said], false, &|_| true).iter().filter(|turn| &*turn.speaker == SPEAKER).count(), 0);
    assert_eq!(told("Warm.\n\nNotes by Ida.\n\n#end").len(), 2);
    assert_eq!(doubtful_closing(&[turn("It was warm.\n\nThe meeting ended.\n")]), Some((5, "The meeting ended.")));
    let link = "It was warm.\n\nhttps://example.org/hive";
    for text in [link, "The meeting ended.", "It was warm.\n\nAnd then the meeting ended in tears."] {
        assert_eq!(doubtful_closing(&[turn(text)]), None, "{text}");
    }
}

#[test]
fn the_last_paragraph_in_the_third_person_is_nobodys() {
    let n_said = |text: &str| parts(text).iter().filter(|(who, _)| who != SPEAKER).map(|(_, words)| words.len()).sum();
    for line in [
        "Interview conducted by Ida Lund on 3 June 2031. Transcribed by Jon Moss.",
        "[After the recording she showed photos of the farm. She also spoke of her husband.]",
        "DISCLAIMER: This transcript may contain errors.",
        "A Hull Media production for HBC Four",
        "Figure 2: The farm in winter. Photo: I. Lund",
    ] {
        let n: usize = n_said(&format!("It was warm.\n\n{line}\n"));
        assert_eq!(n, "It was warm.".len(), "{line}");
    }
    for line in [
        "The interview was held in Hull in 1999.",
        "[After the recording I cried.]",
        "Warning: deep water.",
        "Figure 2: the one I showed you.",
    ] {
        let text = format!("It was warm.\n\n{line}");
        let n: usize = n_said(&text);
        assert_eq!(n, text.len(), "{line}");
    }
}

#[test]
fn what_an_editor_writes_below_the_last_answer_is_nobodys() {
    let n_said =
        |text: &str| parts(text).iter().filter(|(who, _)| who != SPEAKER).map(|(_, words)| words.len()).sum::<usize>();
    for line in [
        "Her shop is open on Tuesdays. The interview was edited for length.",
        "*This interview has been edited and condensed. The book comes out in May.*",
        "This interview was translated from Danish and edited for clarity.",
        "Ihr Laden hat dienstags offen. Das Gespräch wurde zur besseren Lesbarkeit gekürzt.",
        "Cet entretien a été édité et condensé.",
        "Esta entrevista ha sido editada por razones de extensión y claridad.",
        "Dit interview is ingekort en geredigeerd.",
    ] {
        assert_eq!(n_said(&format!("We left.\n\n{line}")), "We left.".len(), "{line}");
    }
    let run_on = "We left. This interview has been edited for length and clarity.";
    assert_eq!(n_said(run_on), "We left.".len());
    for line in ["My letter was edited for length. They cut the dog.", "The interview was cut, and I was glad of it."] {
        assert_eq!(n_said(&format!("We left.\n\n{line}")), format!("We left.\n\n{line}").len(), "{line}");
    }
}

#[test]
fn rights_that_somebody_quotes_right_behind_a_label_are_said() {
    let quoted = "All rights reserved.\n\nThat is what stood on the gate.";
    let asked = RawTurn { speaker: "Ida".into(), ..turn("What did it say?") };
    let parted = part(vec![asked, turn(quoted)], true, &|_| false);
    assert_eq!(parted.iter().map(|turn| &*turn.text).collect::<Vec<_>>(), ["What did it say?", quoted]);
    let below = parts("It was warm.\n\nAll rights reserved.");
    assert_eq!(below.last().map(|(who, _)| who.as_str()), Some(SPEAKER));
}

#[test]
fn what_pages_and_letters_put_below_an_answer_is_nobodys() {
    for notice in [
        "www.mooji.org",
        "###",
        "* * *",
        "END",
        "End",
        "-- end --",
        "Unsubscribe | Privacy",
        "Sent from my iPhone",
        "Best wishes, Tom",
        "Best wishes,\nEva Lund",
        "Recorded with Hark",
        "Exported on 3 May 2021",
        "interview_03.docx",
    ] {
        let found = parts(&format!("We left the farm.\n\n{notice}"));
        let expected = [("Eva".to_owned(), "We left the farm.".to_owned()), (SPEAKER.to_owned(), notice.to_owned())];
        assert_eq!(found, expected, "{notice}");
    }
    let letter = "We left.\n\nKind regards,\nEva\n\nSent from my iPhone\n\nwww.mooji.org";
    let whose = parts(letter).into_iter().map(|(who, _)| who == SPEAKER).collect::<Vec<_>>();
    assert_eq!(whose, [false, true, true, true]);
    for text in [
        "www.mooji.org",
        "Look at it:\n\nwww.mooji.org",
        "We bought it at\nwww.mooji.org",
        "www.mooji.org is where we met.\nAll of us.",
        "Best wishes, Tom",
        "Best wishes, Tom\nis what he wrote.",
        "He wrote:\nEva",
        "It was\nthe end",
        "We left.\n###\nAnd came back.",
        "We left. Sent from my iPhone was all that he wrote.",
    ] {
        assert_eq!(parts(text), [("Eva".to_owned(), text.to_owned())], "{text}");
    }
    assert_eq!(doubtful_closing(&[turn("It was two of them.\n\n3/12")]), Some((5, "3/12")));
}

#[test]
fn a_page_may_stand_between_turns_and_above_the_first() {
    let ann = |text: &str| RawTurn { speaker: "Ann".into(), ..turn(text) };
    let whose = |turns: Vec<RawTurn>| {
        let parted = part(turns, true, &|_| false);
        parted.iter().map(|turn| format!("{}: {}", turn.speaker, turn.text)).collect::<Vec<_>>()
    };
    let found = whose(vec![turn("We left.\n\nwww.mooji.org"), ann("And?"), turn("So.\n\nwww.mooji.org"), ann("Why?")]);
    let page = "(notice): www.mooji.org";
    assert_eq!(found, ["Eva: We left.", page, "Ann: And?", "Eva: So.", page, "Ann: Why?"]);
    let once = vec![turn("We left.\n\nwww.mooji.org"), ann("And?"), turn("So."), ann("Why?")];
    assert_eq!(whose(once)[0], "Eva: We left.\n\nwww.mooji.org");
    let letters = vec![turn("We left.\n\nBest wishes, Eva"), ann("And?\n***"), turn("So."), ann("Why?")];
    assert_eq!(whose(letters)[..4], ["Eva: We left.", "(notice): Best wishes, Eva", "Ann: And?", "(notice): ***"]);
    let own = "www.mooji.org\n\nDraft 2\n\nWe left the farm.\n\nwww.mooji.net is gone.";
    assert_eq!(parts(own).iter().map(|(who, _)| who == SPEAKER).collect::<Vec<_>>(), [true, true, false]);
}

#[test]
fn closing_lines_are_nobodys() {
    for notice in [
        "Transcription ended after 01:02:03",
        "Meeting ended after 00:30:11 👋",
        "This editable transcript was computer generated and might contain errors. People can also change it.",
        "Transcribed by https://otter.ai",
        "Transcribed by: J. Müller, Verbatim Ltd.",
        "[END OF TAPE 1, SIDE A]",
        "[End of recorded material]",
        "[END OF RECORDED MATERIAL]",
        "End of recorded material at 00:41:07",
        "End of interview.",
        "*** Ende der Aufnahme ***",
        "Copyright © 2014 Regents of the University of Erewhon",
        "© 1999 The Beekeepers' Trust. All rights reserved.",
        "This interview may not be reproduced without the permission of the Erewhon Historical Society.",
        "Sous-titres réalisés par la communauté d'Amara.org",
        "Untertitel im Auftrag des ZDF, 2020",
        "Interview ended at 10:42",
        "[Recording ends 00:42:10]",
        "Fin de l'enregistrement (38 min 5 s)",
        "[Recording paused – 00:12:10 – 00:15:22]",
        "[Recording paused 00:12:10 – 00:15:22]",
        "[End of K0031.mp4]",
        "Page 2 of 7",
        "(Page 2/7)",
        "Page 12",
        "- Seite 4 -",
        "Seite 12 von 40",
        "p. 3 of 12",
        "[End of recording 10:42]",
        "Recording stopped.",
        "Recording stopped at 10:42 am.",
        "(Recording paused 00:12:03)",
        "Interview beendet um 16.30 Uhr",
        "Anna Hall stopped transcription",
        "Eva stopped transcription",
        "[End Tape 1, Side A; Begin Side B]",
        "TAPE 1, SIDE B",
        "This file is longer than 30 minutes. Go Unlimited at TurboScribe.ai to transcribe more.",
        "(Transcribed by TurboScribe.ai. Go Unlimited to remove this message.)",
        "(This file is longer than 30 minutes. Go Unlimited at TurboScribe.ai to transcribe files up to 10 hours long.)",
        "Automatically convert your mp3 files to text with Sonix.",
        "Suggested citation: Lund, Ida. Interview by Jon Moss. Erewhon University, 2021.",
        "Koniec wywiadu",
        "[Fin del audio]",
        "Fine registrazione",
        "録音終了",
        "Host has stopped the recording",
        "Field notes: Ida was tired.",
        "[Moderator note: Ida left early.]",
    ] {
        let text = format!("We küssed the bees.\nThen we left.\n\n{notice}");
        let found = parts(&text);
        assert_eq!(found.len(), 2, "{notice}");
        assert_eq!(found[0], ("Eva".to_owned(), "We küssed the bees.\nThen we left.".to_owned()), "{notice}");
        assert_eq!(found[1].0, SPEAKER);
    }
}

#[test]
fn notices_stand_between_words_and_at_the_end_of_captions() {
    let found = parts("One thing.\n© 2001 Erewhon Archive\nAnother thing.");
    assert_eq!(found.iter().map(|(who, _)| who.as_str()).collect::<Vec<_>>(), ["Eva", SPEAKER, "Eva"]);
    let found = parts("So we went home. Thank you. Untertitel der Amara.org-Community");
    assert_eq!(found[1], (SPEAKER.to_owned(), "Untertitel der Amara.org-Community".to_owned()));
}

#[test]
fn what_follows_the_end_is_nobodys() {
    let found = parts("So we left.\n\nEND OF TAPE 1\n\nINDEX\nbees, 1\nhoney, 3");
    let rest = "END OF TAPE 1\n\nINDEX\nbees, 1\nhoney, 3";
    assert_eq!(found, [("Eva".to_owned(), "So we left.".to_owned()), (SPEAKER.to_owned(), rest.to_owned())]);
    let found = parts("So we left.\n\nField notes:\nShe was tired.\n\nThe phone rang.");
    assert_eq!(found[1], (SPEAKER.to_owned(), "Field notes:\nShe was tired.\n\nThe phone rang.".to_owned()));
    // A tape ends, the talk goes on.
    let found = parts("So we left.\n\nEND OF TAPE 1\n\nAnd came back.\n[Moderator note: late.]\nFor good.");
    let whose: Vec<&str> = found.iter().map(|(who, _)| who.as_str()).collect();
    assert_eq!(whose, ["Eva", SPEAKER, "Eva", SPEAKER, "Eva"]);
}

#[test]
fn a_whole_turn_may_be_a_transcribers_note_and_notes_in_the_field_an_answer() {
    for (note, whose) in [
        ("Transcriber's note: the phone rings.", SPEAKER),
        ("Moderator note: late.", SPEAKER),
        ("Field notes: none at all.", "Eva"),
        ("The transcriber's note: it was wrong about us.", "Eva"),
    ] {
        assert_eq!(parts(note), [(whose.to_owned(), note.to_owned())], "{note}");
    }
}

#[test]
fn a_label_of_notes_is_nobodys() {
    let turn = |speaker: &str| RawTurn {
        speaker: speaker.into(),
        document: 0,
        span: 0..11,
        line: 1,
        times: Vec::new(),
        text: "We left it.".into(),
    };
    let turns = || vec![turn("Eva"), turn("Interviewer notes"), turn("Notes")];
    let whose = |is_somebody: &dyn Fn(&str) -> bool| -> Vec<String> {
        part(turns(), true, is_somebody).iter().map(|turn| turn.speaker.to_string()).collect()
    };
    assert_eq!(whose(&|_| false), ["Eva", SPEAKER, "Notes"]);
    assert_eq!(whose(&|label| label == "Interviewer notes"), ["Eva", "Interviewer notes", "Notes"]);
}

#[test]
fn words_about_such_things_are_words() {
    for text in [
        "Copyright is what worries me most.",
        "Copyright worries me since 2020, they take all we write.",
        "The end of the interview was the hardest part for the patients.",
        "End of session two I was in tears.",
        "End of recorded history, that is what it felt like.",
        "End of material worries for us.",
        "Transcribed by hand, I did all of them at night and it took me years.",
        "The recording stopped and nobody noticed.",
        "I said that all rights reserved means nothing to us.",
        "The university holds the copyright, and I have no say.",
        "Subtitles would help my mother.",
        "We transcribed by ear. The meeting ended after the row.",
        "End of story.",
        "The interview ended at 10:42.",
        "Recording ended at noon.",
        "Page 2 of 7 was missing.",
        "Page 2 of the book",
        "Page 2 of 7 chapters",
        "Recording stopped me.",
        "Interview ended at 10 people.",
        "P. 3 is where I am.",
        "Page 2 of 7",
        "Page 12",
        "Page 4\nPage 9",
        "p. 12",
        "Page twelve",
        "Page 12 and 13",
        "Interview ended at home.",
        "Tape 1, side B",
        "Nurse stopped transcription",
        "Index\nbees, 1",
        "Suggested citation was what we lacked.",
        "Fine registrazioni, those old tapes.",
        "End of story, part two.",
        "We left.\n--- and part 2 was worse ---",
    ] {
        assert_eq!(parts(text), [("Eva".to_owned(), text.to_owned())], "{text}");
    }
}

#[test]
fn what_transcribers_note_or_put_in_brackets_is_nobodys() {
    let whose = |text: &str| {
        let ann = RawTurn { speaker: "Ann".into(), ..turn("Why?") };
        let parted = part(vec![ann.clone(), turn(text), ann], true, &|_| false);
        let said = |turn: &RawTurn| (&*turn.speaker == SPEAKER, turn.text.to_string());
        parted[1..parted.len() - 1].iter().map(said).collect::<Vec<_>>()
    };
    let parts = |said: &[&str], notice: &str| -> Vec<(bool, String)> {
        said.iter().map(|said| (*said == notice, (*said).to_owned())).collect()
    };
    for notice in [
        "Note: The participant closes the window.",
        "Anmerkung: Die Befragte steht auf\nund geht zum Fenster.",
        "[Phone rings]",
        "(Break of 5 minutes)",
    ] {
        assert_eq!(whose(&format!("So we left.\n\n{notice}")), parts(&["So we left.", notice], notice), "{notice}");
    }
    for notice in ["[Interview interrupted by phone]", "[Participant leaves the room and comes back]"] {
        assert_eq!(whose(notice), parts(&[notice], notice), "{notice}");
    }
    for aside in ["[Break of 5 minutes]", "[She nods]"] {
        let pieces = ["So we left.", aside, "And came back."];
        assert_eq!(whose(&pieces.join("\n\n")), parts(&pieces, aside));
    }
    for text in [
        "So we left.\n\nNote: They never paid for it.",
        "So we left.\n\nNote: The interview was hard for me.",
        "So we left.\n\nNote: the interview with the bank was hard.",
        "So we left.\n\nRemark: the interview in the paper was false.",
        "So we left.\n\nMemo: the interview is on Monday.",
        "So we left.\n\nNote: an interview takes courage.",
        "So we left.\n\nNote: the participant numbers went down.",
        "Note: The participant closes the window.",
        "So we left.\n\n(I did not want to say that aloud)",
        "(I did not want to say that aloud)",
        "[laughs]",
        "We took [the phone rings] a break.",
    ] {
        assert_eq!(whose(text), parts(&[text], ""), "{text}");
    }
    let ann = RawTurn { speaker: "Ann".into(), ..turn("Why?") };
    let told = doubts(&[ann.clone(), turn("So.\n\nNote: They never paid."), ann], &|_| false);
    assert!(told.len() == 1 && told[0].starts_with("line 5, `Note: They never paid.`, may be a note"), "{told:?}");
}

#[test]
fn a_label_of_notes_beside_two_who_talk_is_nobodys_or_doubted() {
    let of = |speaker: &str, text: &str| RawTurn { speaker: speaker.into(), ..turn(text) };
    let talk = |note: &str| {
        let turns =
            vec![of("Ann", "Why?"), of("Eva", "So."), of("Kommentar", note), of("Ann", "And?"), of("Eva", "No.")];
        part(turns, true, &|_| false)
    };
    assert_eq!(&*talk("Die Befragte steht auf.")[2].speaker, SPEAKER);
    let kept = talk("Es war kalt.");
    assert_eq!(&*kept[2].speaker, "Kommentar");
    let told = doubts(&kept, &|_| false);
    assert!(told.len() == 1 && told[0].starts_with("line 3, `Kommentar:` may head notes"), "{told:?}");
}

/// Who says what in a talk whose last answer is this text.
fn talk(text: &str) -> Vec<(String, String)> {
    let ann = RawTurn { speaker: "Ann".into(), line: 1, ..turn("Why?") };
    let parted = part(vec![ann, turn(text)], true, &|_| false);
    parted.into_iter().skip(1).map(|turn| (turn.speaker.to_string(), turn.text.to_string())).collect()
}

#[test]
fn a_summary_below_the_last_answer_is_nobodys_to_the_end() {
    let nobodys = |words: &str| (SPEAKER.to_owned(), words.to_owned());
    let eva = ("Eva".to_owned(), "So we left.\n\nAll of us.".to_owned());
    let found = talk("So we left.\n\nAll of us.\n\n--- END ---\n\nSummary\n\nThey left.\n\nNotes\n\nIt rained.\n");
    let rest = nobodys("Summary\n\nThey left.\n\nNotes\n\nIt rained.");
    assert_eq!(found, [eva.clone(), nobodys("--- END ---"), rest]);
    let found = talk("So we left.\n\nAll of us.\n\n- - - - -\nSummary\nThey left.");
    assert_eq!(found, [eva.clone(), nobodys("- - - - -\nSummary\nThey left.")]);
    let found = talk("So we left.\n\nAll of us.\n\n_________\nInterview duration 43 minutes");
    assert_eq!(found, [eva, nobodys("_________\nInterview duration 43 minutes")]);
    // A label that comes once, and what closes the talk above it.
    let ann = RawTurn { speaker: "Ann".into(), ..turn("Why?") };
    let memo = RawTurn { speaker: "Memo".into(), ..turn("We met at noon.") };
    let parted = part(vec![ann, turn("So we left.\n\n[END]"), memo], true, &|_| false);
    assert_eq!(parted.iter().map(|turn| &*turn.speaker).collect::<Vec<_>>(), ["Ann", "Eva", SPEAKER, SPEAKER]);
}

#[test]
fn a_doubtful_heading_stays_and_warns_with_its_line() {
    for (text, line, words) in [
        ("So we left.\n\nSummary: never again.", 5, "Summary: never again."),
        ("So we left.\nAll.\n\nNext steps\n\nI sell them.", 6, "Next steps"),
    ] {
        assert_eq!(talk(text), [("Eva".to_owned(), text.to_owned())]);
        let ann = RawTurn { speaker: "Ann".into(), ..turn("Why?") };
        let doubts = doubts(&[ann, turn(text)], &|_| false);
        let told = format!("line {line}, `{words}`, may begin notes");
        assert!(doubts.len() == 1 && doubts[0].starts_with(&told), "{doubts:?}");
    }
}

#[test]
fn what_parts_an_interview_stands_between_turns() {
    let turns = |text: &str| {
        let ann = RawTurn { speaker: "Ann".into(), ..turn("Why?") };
        let parted = part(vec![ann.clone(), turn(text), ann], true, &|_| false);
        parted.iter().map(|turn| turn.speaker.to_string()).collect::<Vec<_>>()
    };
    for line in ["--- Part 2 ---", "PART TWO", "Interview resumed after a break.", "NB: recording unclear here"] {
        assert_eq!(turns(&format!("So we left.\n\n{line}")), ["Ann", "Eva", SPEAKER, "Ann"], "{line}");
        assert_eq!(turns(line).len(), 3, "{line}");
    }
    // The number of a page, or a rule, may stand below.
    for below in ["Page 12", "-----"] {
        let found = turns(&format!("So we left.\n\n-----\n\nPART TWO\n\n{below}"));
        assert_eq!(found, ["Ann", "Eva", SPEAKER, SPEAKER, "Ann"], "{below}");
    }
    assert_eq!(turns("SO WE LEFT.\n\nPART TWO"), ["Ann", "Eva", "Ann"]);
    assert_eq!(turns("So we left.\n\nPART TWO\n\nwas worse."), ["Ann", "Eva", "Ann"]);
}

#[test]
fn pauses_and_sides_with_times_stand_between_turns() {
    let whose = |text: &str| {
        let ann = RawTurn { speaker: "Ann".into(), ..turn("Why?") };
        let parted = part(vec![ann.clone(), turn(text), ann], true, &|_| false);
        parted.iter().map(|turn| turn.speaker.to_string()).collect::<Vec<_>>()
    };
    for line in [
        "Recording paused at 00:14:05, resumed at 00:16:30",
        "[Fin de la face A, début de la face B]",
        "[Paus i inspelningen, 4 minuter]",
        "[Se interrumpe la grabación]",
        "PART TWO: AFTER THE MOVE",
        "Petrov, Ivan – Interview 2 of 3",
        "Ende Kassette 1, Seite A",
    ] {
        assert_eq!(whose(&format!("So we left.\n\n{line}")), ["Ann", "Eva", SPEAKER, "Ann"], "{line}");
    }
    for line in [
        "The recording was paused at noon, and resumed.",
        "Part two: after the move",
        "The second side of the tape was mine.",
        "Petrov came to interview 2 of 3",
        "It was confidential, they said, for the team only.",
    ] {
        assert_eq!(whose(&format!("So we left.\n\n{line}")), ["Ann", "Eva", "Ann"], "{line}");
    }
}

#[test]
fn the_foot_of_each_page_is_nobodys_where_it_comes_again() {
    let whose = |line: &str, n: usize| {
        let answer =
            |at: usize| turn(&if at < n { format!("So it was in {at}.\n\n{line}") } else { format!("So {at}.") });
        let ann = RawTurn { speaker: "Ann".into(), ..turn("Why?") };
        let turns = (0..4).flat_map(|at| [ann.clone(), answer(at)]).collect();
        part(turns, true, &|_| false).iter().filter(|turn| &*turn.speaker == SPEAKER).count()
    };
    assert_eq!(whose("CONFIDENTIAL – for research team only", 3), 3);
    assert_eq!(whose("CONFIDENTIAL – for research team only", 2), 0);
    assert_eq!(whose("And that was that", 4), 0);
}

#[test]
fn credits_below_the_end_are_nobodys_and_other_words_warn() {
    let nobodys = |text: &str| talk(text).iter().filter(|(who, _)| who == SPEAKER).count();
    for (below, n) in [
        ("END OF INTERVIEW\n\nTranscribed by M. Okafor, April 2009\n\nAudited by S. Lind, May 2009", 3),
        ("[Einde opname]\n\nUitgewerkt door: Sanne de Wit", 2),
        ("[END OF TRANSCRIPT]\n\nTranscribed by Way With Words Ltd. Tel: +44 20 7946 0991\n\nwww.waywithwords.net", 3),
        ("Transkribiert von: Lena Vogt\n\nKorrektur gelesen: JM, 12.04.2022", 2),
        ("This transcript has been anonymised. Names of places were changed.\n\nUK Data Archive, SN 7043", 2),
        ("(Whereupon, at 3:15 p.m., the deposition was concluded.)\n\n---oOo---\n\nREPORTER'S CERTIFICATE\n\nI.", 3),
        ("Transcript created with Happy Scribe. Visit www.happyscribe.com to learn more.", 1),
        ("(Ende der Aufnahme, Verabschiedung nicht transkribiert)", 1),
    ] {
        let found = talk(&format!("So we left.\n\n{below}"));
        assert_eq!(found[0], ("Eva".to_owned(), "So we left.".to_owned()), "{below}");
        assert_eq!((found.len(), nobodys(&format!("So we left.\n\n{below}"))), (n + 1, n), "{below}");
    }
    for text in ["So we left.\n\nAudited by S. Lind", "So we left.\n\nLena Vogt", "So we left.\n\nVisit Hark one day"] {
        assert_eq!(nobodys(text), 0, "{text}");
    }
    let ann = RawTurn { speaker: "Ann".into(), ..turn("Why?") };
    let turns = part(vec![ann, turn("So we left.\n\n[END OF INTERVIEW]\n\nHe stayed for tea.")], true, &|_| false);
    let told = doubts(&turns, &|_| false);
    assert!(told.len() == 1 && told[0].starts_with("line 7, `He stayed for tea.`, stands below"), "{told:?}");
}

#[test]
fn the_end_of_a_video_is_nobodys_as_the_last_cue_or_line() {
    let nobodys = (SPEAKER.to_owned(), "Thanks for watching!".to_owned());
    let eva = ("Eva".to_owned(), "So we left.".to_owned());
    assert_eq!(talk("So we left.\n\nThanks for watching!"), [eva.clone(), nobodys.clone()]);
    assert_eq!(talk("Thanks for watching!"), std::slice::from_ref(&nobodys));
    let together = "So we left. Thanks for watching!";
    assert_eq!(talk(together), [("Eva".to_owned(), together.to_owned())]);
    // Cues of one speaker are one turn.
    let times = [5, 17].map(|point| crate::corpus::model::TimeMark { point, seconds: 1.0 }).to_vec();
    let cues = RawTurn { times, ..turn(together) };
    let found: Vec<_> = part(vec![cues], true, &|_| false)
        .into_iter()
        .map(|turn| (turn.speaker.to_string(), turn.text.to_string()))
        .collect();
    assert_eq!(found, [eva, nobodys]);
    assert_eq!(talk("Thanks for listening."), [("Eva".to_owned(), "Thanks for listening.".to_owned())]);
}

#[test]
fn cues_of_a_page_are_nobodys_at_either_end() {
    let text = "www.mooji.org So we left. Transcribed with Hark";
    let times = [5, 19, 31].map(|point| crate::corpus::model::TimeMark { point, seconds: 1.0 }).to_vec();
    let whose = |times: Vec<crate::corpus::model::TimeMark>| {
        let parted = part(vec![RawTurn { times, ..turn(text) }], true, &|_| false);
        parted.iter().map(|turn| format!("{}: {}", turn.speaker, turn.text)).collect::<Vec<_>>()
    };
    let expected = ["(notice): www.mooji.org", "Eva: So we left.", "(notice): Transcribed with Hark"];
    assert_eq!(whose(times), expected);
    assert_eq!(whose(Vec::new()).last(), Some(&format!("Eva: {text}")), "within words it is somebody's");
}

#[test]
fn fields_end_a_text_where_their_key_begins_no_other_line() {
    let talk = "I: Why?\nP: So.\n\n";
    let text = format!("{talk}[End of interview]\n\nTranscription : Ida Lund\nDate: 3 May 2031\n\n[END]\n");
    let start = fields_at_the_end(&text).unwrap();
    assert!(text[start..].starts_with("Transcription : Ida"), "{}", &text[start..]);
    for text in [
        format!("{talk}Date: 3 May 2031\nP: No."),
        format!("Date: 2 May 2031\n{talk}Date: 3 May 2031"),
        "Date: 3 May 2031".to_owned(),
        talk.to_owned(),
    ] {
        assert_eq!(fields_at_the_end(&text), None, "{text}");
    }
}
