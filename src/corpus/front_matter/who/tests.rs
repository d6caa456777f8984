use super::*;

/// Where the interview starts, and the roles of labels.
fn found(text: &str) -> Option<(&str, People)> {
    let block = block(text, Vec::new)?;
    assert_eq!(text[..block.end].matches('\n').count(), block.lines);
    Some((&text[block.end..], block.people))
}

fn role(people: &People, label: &str) -> Option<Role> {
    people.find(label).map(|person| person.role)
}

#[test]
fn fields_may_say_that_they_hold_a_name_or_a_letter() {
    let talk = "B: Is it on?\n\nA: It is. Tell me how you came to sea.\n\nB: By bus.\n\nA: And then.\n\nB: Rain.";
    let text = format!("Interviewer (A): Jon Moss\nRespondent (B): Ida Lund\n\n{talk}");
    let (body, people) = found(&text).unwrap();
    assert_eq!((body, role(&people, "A")), (talk, Some(Role::Interviewer)));
    assert_eq!(role(&people, "B"), Some(Role::Participant));
    let talk = talk.replace("B:", "IL:").replace("A:", "JM:");
    for header in [
        "Name of researcher: Jon Moss\nName of the respondent: Ida Lund",
        "Interviewer's name: Jon Moss\nInterviewee’s name: Ida Lund",
        "ENTREVISTA A: Ida Lund\nREALIZADA POR: Jon Moss",
        "Int.er: Jon Moss\nInt.ee: Ida Lund",
    ] {
        let text = format!("{header}\n\n{talk}");
        let (body, people) = found(&text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((body, role(&people, "JM")), (&talk[..], Some(Role::Interviewer)), "{header}");
        assert_eq!(role(&people, "IL"), Some(Role::Participant), "{header}");
    }
    assert_eq!(field_role("name of the village"), None);
    assert_eq!(field_role("user name"), None);
    for title in [
        "Interview mit Ida Lund, geführt von Jon Moss am 3.5.2031",
        "Entrevista a Ida Lund, realizada por Jon Moss",
        "Intervista a Ida Lund, a cura di Jon Moss",
        "Wywiad z Ida Lund przeprowadziła Jon Moss, 3.05.2031",
    ] {
        assert_eq!((titled(title), led_by(title)), (Some("Ida Lund"), Some("Jon Moss")), "{title}");
    }
    assert_eq!(titled("Entrevista a Profundidad"), None);
}

#[test]
fn a_block_names_the_people() {
    for (header, body) in [
        ("INTERVIEWEE: Ida Lund \nINTERVIEWER: Jon Moss \nDATE: 3 May\n\n", "Q: Why?\n\nA: So.\n\nQ: And?\n\nA: No."),
        (
            "Interviewee: Ida Lund\n\nInterviewers: Jon Moss and Eva Roth\n\nDate: 3 May 2011\n\n",
            "Q:\n\nWhy?\n\nLund:\n\nSo.\n\nQ:\n\nAnd?",
        ),
        (
            "Talk\n\nA summary of it: long.\n\nIL: An Interview\n\nInterviewer: Jon Moss\nParticipant: Ida Lund\n\n",
            "JM: Why?\nIL: So.\nJM: And?",
        ),
        (
            "**Interviewer:** Jon Moss\n**Participant:** Ida Lund\n\n---\n\n",
            "**Interviewer:** Why?\n\n**Participant:** So.\n\n**Interviewer:** And?",
        ),
        ("JM = Jon Moss (interviewer)\nIL = Ida Lund (participant)\n\n", "JM: Why?\nIL: So.\nJM: And?"),
        (
            "| Interviewer | Jon Moss |\n|---|---|\n| Interviewee | Ida Lund |\n| Date | 3 May |\n\n",
            "Q: Why?\n\nA: So.\n\nQ: And?",
        ),
        ("Jon Moss: Interviewer\nIda Lund: Participant\n\n", "Jon Moss: Why?\nIda Lund: So.\nJon Moss: And?"),
        ("Interviewer\tJon Moss\nParticipant\tIda Lund\n\n", "JM: Why?\nIL: So.\nJM: And?"),
        (
            "Speaker 1: Jon Moss (interviewer)\nSpeaker 2: Ida Lund (respondent)\n\n",
            "Speaker 1: Why?\nSpeaker 2: So.\nSpeaker 1: And?",
        ),
        ("Interviewer: Jon Moss [JM]\nInterviewee: Ida Lund [IL]\n\n", "**JM:** Why?\n\n**IL:** So.\n\n**JM:** And?"),
        (
            "Interviewer: Jon Moss <jon@example.org>\nInterviewee: Ida Lund – head teacher\n\n",
            "Interviewer: Why?\nIda: So.\nInterviewer: And?",
        ),
        ("Subject: Ida Lund\nInterviewer: Jon Moss\n\n", "Interviewer: Why?\nIda: So.\nInterviewer: And?"),
        ("Interviewer:in: Jon Moss\nBefragte:r: Ida Lund\nDatum: 3.5.2020\n\n", "JM: Why?\nIL: So.\nJM: And?"),
        ("Interviewer：Jon Moss\nInterviewee：Ida Lund\n\n", "JM：Why?\nIL：So.\nJM：And?"),
        ("Moderator: Jon Moss\nParticipants: Ida Lund (IL), Ana Ruiz (AR)\n\n", "JM: Why?\nIL: So.\nAR: No.\nJM: And?"),
    ] {
        let text = format!("{header}{body}");
        let (rest, people) = found(&text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(rest, body);
        assert_eq!(role(&people, "Jon Moss"), Some(Role::Interviewer), "{text}");
        assert_eq!(role(&people, "JM"), Some(Role::Interviewer), "{text}");
        assert_eq!(role(&people, "Lund"), Some(Role::Participant), "{text}");
    }
    for header in [
        "Legend\nX – interviewer\nY – interviewee\n(...) – pause\n\n",
        "X: Interviewer\nY: Befragte Person (w, 54, Verkäuferin)\n\n",
        "X : enquêtrice\nY : Ida, boulangère, 52 ans\n\n",
    ] {
        let body = "X: Why?\n\nY: So.\n\nX: And?\n\nY: No.";
        let text = format!("{header}{body}");
        let (rest, people) = found(&text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((rest, role(&people, "X")), (body, Some(Role::Interviewer)), "{text}");
        assert_ne!(role(&people, "Y"), Some(Role::Interviewer), "{text}");
    }
    let text = "Speakers:\nS1 - Interviewer (Dr. J. Moss)\nS2 - Midwife, 41\n\nS1: Why?\nS2: So.\nS1: And?";
    let (rest, people) = found(text).unwrap();
    assert_eq!((rest, role(&people, "S1")), ("S1: Why?\nS2: So.\nS1: And?", Some(Role::Interviewer)));
    assert_ne!(role(&people, "S2"), Some(Role::Interviewer));
    let (_, people) =
        found("Speaker 1: Jon Moss (interviewer)\nDate: 3 May\n\nSpeaker 1: Why?\nX: So.\nX: No.").unwrap();
    assert_eq!(role(&people, "speaker 1"), Some(Role::Interviewer));
}

#[test]
fn labels_that_are_words_too_are_a_key_with_their_parts() {
    let body = "I: Why?\n\nS: So.\n\nI: And?\n\nS: No.";
    for header in [
        "Transcription key:\nI: interviewer\nS: Susan, baker, 52\n\n",
        "I: interviewer\nS: Susan Bell, baker\n\n",
        "I: Entrevistadora (Lucía Vega)\nS: Susana Peña, vendedora\n\n",
    ] {
        let text = format!("{header}{body}");
        let (rest, people) = found(&text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((rest, role(&people, "I")), (body, Some(Role::Interviewer)), "{text}");
    }
    for said in ["I: interviewer\nS: so they called me\n\n", "I: Interviewer (I think)?\nS: Susan Bell, baker\n\n"] {
        assert_eq!(found(&format!("{said}{body}")), None, "{said}");
    }
}

#[test]
fn initials_before_full_names_are_a_key() {
    let body = "JM: Why?\n\nIL: So.\n\nJM: And?\n\nIL: No.";
    for header in [
        "JM: Jon Moss\nIL: Ida Lund\n\n",
        "Interviewer: Jon Moss (JM)\nIL: Ida Lund\n\n",
        "JM = Jon Moss\nIL = Ida Lund, farmer\n\n",
    ] {
        assert_eq!(found(&format!("{header}{body}")).map(|(rest, _)| rest), Some(body), "{header}");
    }
    for turns in ["JM: Who was it\nIL: Ida Lund\n\n", "IL: Ida Lund\n\n", "JM: Jon Moss\nIL: And Ida Lund?\n\n"] {
        assert_eq!(found(&format!("{turns}{body}")), None, "{turns}");
    }
}

#[test]
fn what_stands_behind_a_full_name_is_no_part_of_it() {
    for (value, name) in [
        ("Tom Reed – head teacher", Some("Tom Reed")),
        ("Tom Reed [TR]", Some("Tom Reed [TR]")),
        ("Tom Reed <tom@example.org>", Some("Tom Reed")),
        ("Tom Reed from the University of Leeds", Some("Tom Reed")),
        ("Tom - can you hear me", None),
        ("Tom Reed – are you there?", None),
        ("Tom Reed", None),
        ("the author", None),
    ] {
        assert_eq!(name_before(value), name, "{value}");
    }
}

#[test]
fn turns_are_no_header() {
    for text in [
        "Interviewer: Hello\nParticipant: Hi\n\nInterviewer: Why?\nParticipant: So.",
        "Participant: Yes\nInterviewer: And why\nParticipant: So",
        "Interviewer: Tom, can you hear me\nParticipant: Yes\nInterviewer: Good.",
        "Moderator: Welcome\n\nAnna: Thanks\n\nModerator: Why?\n\nAnna: So.",
        "Interviewer: Ready?\n\nParticipant: Sure\n\nInterviewer: Why?\n\nParticipant: So.",
        "Q: Why?\nA: So.\nQ: Who was it?\nA: Two people.\nGuest: Ida Lund\nQ: And?\nA: No.",
        "Interviewer: Where Do You Live\nParticipant: Leeds\nInterviewer: Since when?\nParticipant: 2011",
        "Guest: Ida Lund",
        "Interviewer\tTell Me More\nParticipant\tLeeds\nInterviewer\tAnd why?\nParticipant\tSo.\n",
        "a = b\n\nQ: Why?\nA: So.",
        "A: Interviewer\nB: Who?\n\nA: The one who asks.\n\nB: I see.\n\nA: Good.",
        "A - interviewer of mine came.\nB: Who?\n\nA: The one who asks.\n\nB: I see.",
    ] {
        assert_eq!(found(text), None, "{text}");
    }
}

#[test]
fn turns_in_scripts_without_capitals_are_no_header() {
    for text in [
        "الباحث: كم عمرك؟\n\nالمشارك: خمسون سنة\n\nالباحث: أين ولدت؟\n\nالمشارك: في القرية القديمة\n",
        "الباحث: احك لي\n\nالمشارك: خمسون سنة\n\nالباحث: أين ولدت\n\nالمشارك: في القرية\n",
        "الباحث: احك لي\nالمشارك: خمسون سنة\n\nالباحث: أين ولدت\nالمشارك: في القرية\n\nالباحث: متى\nالمشارك: أمس\n",
        "聞き手：最初の一年はどうでしたか？\n\n話し手：最初です。\n\n聞き手：はい\n\n話し手：若い人\n\n（録音終了）\n",
        "聞き手：お名前\n\n話し手：田中\n\n聞き手：はい\n\n話し手：若い人\n\n第二部\n\n佐藤：はい\n\n佐藤：若い人\n",
        "מראיין: ספר לי\n\nמרואיין: בן חמישים\n\nמראיין: איפה נולדת\n\nמרואיין: בכפר\n",
    ] {
        assert_eq!(found(text), None, "{text}");
    }
    for (header, body) in [
        (
            "الباحث: أحمد علي\nالمشارك: سعيد حسن\n\n",
            "الباحث: احك لي\n\nالمشارك: خمسون سنة\n\nالباحث: أين\n\nالمشارك: هنا\n",
        ),
        (
            "聞き手：佐藤 花子\n話し手：田中 一郎\n\n",
            "聞き手：はい\n\n話し手：若い人\n\n聞き手：はい\n\n話し手：若い人\n",
        ),
        (
            "聞き手：佐藤花子\n話し手：田中一郎\n日付：五月三日\n\n",
            "佐藤：はい\n田中：若い人\n佐藤：はい\n田中：若い人\n",
        ),
    ] {
        let text = format!("{header}{body}");
        assert_eq!(found(&text).map(|(rest, _)| rest), Some(body), "{text}");
    }
}

#[test]
fn ids_are_no_names() {
    let id = |text: &str| block(text, Vec::new).and_then(|block| block.id);
    assert_eq!(id("Interviewer: Jon Moss\nInterviewee: P07\n\nJon: Why?\nP07: So.\nJon: And?"), Some("P07".to_owned()));
    assert_eq!(id("Interviewer: Jon Moss\nInterviewee: Ida Lund\n\nQ: Why?\nA: So.\nQ: And?"), None);
}

#[test]
fn a_title_may_name_the_participant() {
    assert_eq!(titled("Interview with Ida Lund, 3 May"), Some("Ida Lund"));
    assert_eq!(titled("**Interview mit P07**"), Some("P07"));
    assert_eq!(titled("Interview with the night nurse"), None);
}

#[test]
fn a_title_may_name_who_asks_too() {
    for title in [
        "Interview with Ida Lund by Jon Moss and Eva Roth",
        "Interview with Ida Lund, conducted by Jon Moss and Eva Roth, 3 May",
        "Entretien avec Ida Lund par Jon Moss et Eva Roth",
        "Interview mit Ida Lund, geführt von Jon Moss und Eva Roth",
    ] {
        assert_eq!(titled(title), Some("Ida Lund"), "{title}");
        let text = format!("{title}\n\nJon: Why?\n\nIda: So.\n");
        let block = super::title(&text).unwrap_or_else(|| panic!("{title}"));
        assert_eq!((&text[block.end..], block.lines), ("Jon: Why?\n\nIda: So.\n", 2));
        for (label, part) in [("Jon", Role::Interviewer), ("ER", Role::Interviewer), ("Lund", Role::Participant)] {
            assert_eq!(role(&block.people, label), Some(part), "{title} {label}");
        }
    }
    // One whose name holds such a word, words of a talk, and a title that names one person.
    assert_eq!(titled("Interview mit Karl von Baer"), Some("Karl von Baer"));
    for title in [
        "Interview mit Karl von Baer",
        "Interview with Ida Lund",
        "Interview with Ida Lund by the sea",
        "Interview with Ida Lund by Zoom",
    ] {
        assert!(super::title(&format!("{title}\n\nJon: Why?\n")).is_none(), "{title}");
    }
    assert!(super::title("Interview with Ida Lund by Jon Moss\nwas on air.\n\nJon: Why?\n").is_none());
}

#[test]
fn each_of_those_present_has_a_part_of_their_own() {
    let body = "Jon Moss: Why?\n\nIda Lund: So.\n\nEva Roth: And?\n\nIda Lund: No.\n\nJon Moss: Good.";
    for line in [
        "Present: Jon Moss (researcher), Eva Roth (researcher), Ida Lund (farmer)",
        "Present: Jon Moss (JM, interviewer), Eva Roth (researcher), Ida Lund",
        "Present: Jon Moss, interviewer; Eva Roth, researcher; Ida Lund, farmer",
    ] {
        let text = format!("{line}\n\n{body}");
        let (rest, people) = found(&text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(rest, body);
        let parts = ["Jon Moss", "Roth", "Ida Lund"].map(|label| role(&people, label));
        assert_eq!(parts, [Some(Role::Interviewer), Some(Role::Interviewer), None], "{line}");
    }
    let text = format!("Present: Jon Moss (interviewer), Ida Lund (participant)\n\n{body}");
    let (_, people) = found(&text).unwrap_or_else(|| panic!("{text}"));
    assert_eq!(role(&people, "Ida"), Some(Role::Participant));
    // One person, the last name first.
    let (_, people) = found(&format!("Present: Moss, Jon (interviewer)\nDate: 3 May\n\n{body}")).unwrap();
    assert_eq!(role(&people, "Jon Moss"), Some(Role::Interviewer));
}

#[test]
fn headers_name_people_in_other_languages_too() {
    let text = "Wywiad nr 4\nBadaczka: Anna Nowak\nRozmówczyni: Teresa Lis\nMiejsce: Gdańsk\n\nAN: Jak?\n\nTL: Tak.\n";
    let (below, people) = found(text).unwrap();
    assert!(below.starts_with("AN: Jak?"), "{below}");
    assert_eq!(people.find("TL").map(|person| person.role), Some(Role::Participant));
    assert_eq!(people.find("AN").map(|person| person.role), Some(Role::Interviewer));
    // Turns of the same roles are none.
    assert!(found("Badaczka: Jak zaczęła pani?\n\nRozmówczyni: Sąsiadka dała mi dwa ule.\n").is_none());
    assert!(found("AI: Hello Tom Reed\n\nUser: Tom\n\nAI: How are you?\n").is_none());
}

fn of_several(line: &str) -> Vec<(String, &str, Option<Role>)> {
    several(line).into_iter().map(|line| (line.label, line.value, line.names.flatten())).collect()
}

#[test]
fn a_line_may_say_of_several_who_they_are() {
    for line in [
        "AH: interviewer; TR: interviewee",
        "AH: interviewer, TR: interviewee",
        "AH = interviewer, TR = interviewee",
        "(AH = interviewer; TR = interviewee)",
        "**AH**: interviewer; **TR**: interviewee.",
    ] {
        let asks = ("ah".to_owned(), "interviewer", Some(Role::Interviewer));
        let answers = ("tr".to_owned(), "interviewee", Some(Role::Participant));
        assert_eq!(of_several(line), [asks, answers], "{line}");
    }
    let named = of_several("AH: Ann Hall, interviewer; TR: Tom Reed (participant)");
    let roles: Vec<Option<Role>> = named.iter().map(|(.., role)| *role).collect();
    assert_eq!(roles, [Some(Role::Interviewer), Some(Role::Participant)]);
    let fields = of_several("Interviewer: AH; Interviewee: TR");
    assert_eq!(fields[1], ("interviewee".to_owned(), "TR", Some(Role::Participant)));
}

#[test]
fn a_key_may_have_relatives() {
    let roles = |line| of_several(line).into_iter().map(|(label, _, role)| (label, role)).collect::<Vec<_>>();
    let (asks, answers) = (Some(Role::Interviewer), Some(Role::Participant));
    let three = [("i".to_owned(), asks), ("m".to_owned(), answers), ("v".to_owned(), answers)];
    assert_eq!(roles("I = Interviewerin, M = Mutter, V = Vater"), three);
    assert_eq!(roles("I = Interviewerin, D = Dolmetscher, V = Vater")[1], ("d".to_owned(), Some(Role::Other)));
    assert!(roles("I: interviewer, Mary: mother of three").is_empty());
    let talk = "K: Wie war das?\n\nM: Kalt.\n\nV: Nass.\n\nK: Und dann?\n\nM: Besser.\n\nV: Ja.\n";
    for key in [
        "K = Interviewerin\nM = Mutter\nV = Vater",
        "K: Interviewerin\nM: Mutter\nV: Vater",
        "K – Interviewerin\nM – Mutter von V\nV – Vater, 61",
    ] {
        let text = format!("{key}\n\n{talk}");
        let (below, people) = found(&text).unwrap_or_else(|| panic!("{key}"));
        assert!(below.starts_with("K: Wie"), "{key}");
        assert_eq!(["K", "M", "V"].map(|label| role(&people, label)), [asks, answers, answers], "{key}");
    }
    // A talk in one word is no key.
    assert!(found(&format!("K: Wer?\nM: Mutter\n\n{talk}")).is_none());
}

#[test]
fn other_lines_say_it_of_nobody() {
    for line in [
        "AH: interviewer",
        "AH: So; TR: interviewee",
        "AH: interviewer; and then: nothing",
        "AH: interviewer; TR: I was the interviewee of the whole year",
        "AH: interviewer; AH: interviewee",
        "Interviewer: participant; Participant: interviewer",
        "Interviewer: Why?; Participant: So.",
        "We had two: bread, and milk: none",
        "I said: you are the participant, he said: no",
        "",
    ] {
        assert!(several(line).is_empty(), "{line}");
    }
}
