use super::*;

fn turns(text: &str) -> Vec<(String, String)> {
    divide(text, &Names::default())
        .unwrap_or_default()
        .into_iter()
        .map(|s| (s.label, text[s.text].to_owned()))
        .collect()
}

pub(super) fn labels(text: &str) -> Vec<String> {
    turns(text).into_iter().map(|(label, _)| label).collect()
}

#[test]
fn every_form_of_label_is_read() {
    for text in [
        "Interviewer: Why?\nMaria: Because.\nInterviewer: And?\nMaria: So.",
        "INTERVIEWER: Why?\n\nMARIA: Because.\n\nINTERVIEWER: And?\n\nMARIA: So.",
        "**Tom:** Why?\n\n**Maria:** Because.\n\n**Tom:** And?\n\n**Maria:** So.",
        "**Tom**: Why?\n\n**Maria**: Because.\n\n**Tom**: And?\n\n**Maria**: So.",
        "[Tom] Why?\n[Maria] Because.\n[Tom] And?\n[laughs]\n[Maria] So.",
        "[Tom] 00:03\nWhy?\n[Maria] 00:05\nBecause.\n[Tom] 00:07\nAnd?\n[Maria] 00:09\nSo.",
        "@Tom: Why?\n@Maria: Because.\n@Tom: And?\n@Maria: So.",
        "Tom  0:03\nWhy?\n\nMaria  0:05\nBecause.\n\nTom  0:10\nAnd?\n\nMaria  0:12\nSo.",
        "Tom 00:00:03\nWhy?\n\nMaria 00:12:03\nBecause.\n\nTom 00:13:00\nAnd?\n\nMaria 00:14:00\nSo.",
        "[00:03] Tom: Why?\n[00:05] Maria: Because.\n[00:06] Tom: And?\n[00:09] Maria: So.",
        "Tom (0:03): Why?\nMaria (0:05): Because.\nTom (0:06): And?\nMaria (0:09): So.",
        "Q: Why?\nA: Because.\nQ: And?\nA: So.",
        "Tom：Why?\nMaria：Because.\nTom：And?\nMaria：So.",
    ] {
        let turns = turns(text);
        assert_eq!(turns.len(), 4, "{text}: {turns:?}");
        assert_eq!(turns[1].1, "Because.", "{text}");
        assert!(turns[3].1.ends_with("So."), "{text}");
    }
}

#[test]
fn layouts_of_services_are_read() {
    for text in [
        "Tom Reyes  0:03  \nWhy?\n\nMaria  0:05  \nBecause.\n\nTom Reyes  0:07  \nAnd?\n\nMaria  0:09  \nSo.\n\n\
             Transcribed by https://otter.ai\n",
        "Tom (00:03):\nWhy?\n\nMaria (00:05):\nBecause.\n\nTom (00:07):\nAnd?\n\nMaria (00:09):\nSo.",
        "Tom: (00:03)\nWhy?\n\nMaria: (00:05)\nBecause.\n\nTom: (00:07)\nAnd?\n\nMaria: (00:09)\nSo.",
        "[00:00:03] Tom: Why?\n\n[00:00:05] Maria: Because.\n\n[00:00:07] Tom: And?\n\n[00:00:09] Maria: So.",
        "[00:00:03.120] - Tom\nWhy?\n\n[00:00:05.120] - Maria\nBecause.\n\n[00:00:07.1] - Tom\nAnd?\n\n\
             [00:00:09.300] - Maria\nSo.",
        "Tom: [00:00:03] Why?\nMaria: [00:00:05] Because.\nTom: [00:00:07] And?\nMaria: [00:00:09] So.",
        "Tom 00:03 - 00:05\nWhy?\n\nMaria 00:05 - 00:07\nBecause.\n\nTom 00:07 - 00:09\nAnd?\n\nMaria 00:09 - 00:11\nSo.",
        "0:03 - 0:05\nTom: Why?\n0:05 - 0:07\nMaria: Because.\n0:07 - 0:09\nTom: And?\n0:09 - 0:11\nMaria: So.",
        "00:00:03 Tom\nWhy?\n\n00:00:05 Maria\nBecause.\n\n00:00:07 Tom\nAnd?\n\n00:00:09 Maria\nSo.",
        "{00:03} Tom: Why?\n\n{00:05} Maria: Because.\n\n{00:07} Tom: And?\n\n{00:09} Maria: So.",
        "00:00:03.5Tom: Why?\n\n00:00:05.1Maria: Because.\n\n00:00:07.0Tom: And?\n\n00:00:09.0Maria: So.",
        "#00:00:03-0# I: Why?\n\n#00:00:05-0# B: Because.\n\n#00:00:07-1# I: And?\n\n#00:00:09-1# B: So.",
        "**Tom** 0:03\nWhy?\n\n**Maria** 0:05\nBecause.\n\n**Tom** 0:07\nAnd?\n\n**Maria** 0:09\nSo.",
        "00:03\t From  Tom : Why?\n00:05\t From  Maria : Because.\n00:07\t From  Tom to Everyone: And?\n00:09\t From  Maria : So.",
        "0:03\tTom\tWhy?\n0:05\tMaria\tBecause.\n0:07\tTom\tAnd?\n0:09\tMaria\tSo.",
    ] {
        let stretches = divide(text, &Names::default()).unwrap_or_default();
        let words: Vec<&str> = stretches.iter().map(|s| &text[s.text.clone()]).collect();
        assert_eq!(words, ["Why?", "Because.", "And?", "So."], "{text}");
        let seconds: Vec<_> = stretches.iter().map(|s| s.seconds.map(f64::floor)).collect();
        assert_eq!(seconds, [Some(3.0), Some(5.0), Some(7.0), Some(9.0)], "{text}");
        assert_eq!(stretches[0].label, stretches[2].label, "{text}");
    }
}

#[test]
fn bare_lines_are_labels_where_that_is_the_habit() {
    for text in [
        "## User\n\nWhy?\n\n## Assistant\n\nBecause.\n\n## User\n\nAnd?\n\n## Assistant\n\nSo.",
        "### Human:\nWhy?\n\n### Assistant:\nBecause.\n\n### Human:\nAnd?\n\n### Assistant:\nSo.",
        "**User**\n\nWhy?\n\n**Assistant**\n\nBecause.\n\n**User**\n\nAnd?\n\n**Assistant**\n\nSo.",
        "Interviewer\nWhy?\n\nParticipant\nBecause.\n\nInterviewer\nAnd?\n\nParticipant\nSo.",
        "## Tom Reyes\n\nWhy?\n\n## Maria\n\nBecause.\n\n## Tom Reyes\n\nAnd?\n\n## Maria\n\nSo.",
    ] {
        let words: Vec<String> = turns(text).into_iter().map(|(_, words)| words).collect();
        assert_eq!(words, ["Why?", "Because.", "And?", "So."], "{text}");
    }
    let text = "## User\nWhy?\n\n## Assistant\n## Summary\nOne.\n\n**User**\nTwo.\n\n## User\nAnd?\n\n## Assistant\n\
                    Well.\n\n## Summary\nUser\nThree.";
    assert_eq!(labels(text), ["User", "Assistant", "User", "Assistant"]);
}

#[test]
fn bare_lines_stay_text_elsewhere() {
    let text =
        "AI: Why?\n\nUser: **User**\nAI\n## Assistant\nHm.\n\nAI: And?\n\nUser: Interviewer\n\nParticipant\n\nSo.";
    assert_eq!(labels(text), ["AI", "User", "AI", "User"]);
    let text =
        "Tom: Why?\n\nMaria: Well:\n\n## Good\nx\n\n## Bad\ny\n\nTom: And?\n\nMaria: So:\n\n## Good\nx\n\n## Bad\ny";
    assert_eq!(labels(text), ["Tom", "Maria", "Tom", "Maria"]);
    let text = "[00:05] Yes.\n\n[00:09] And then\n\n[00:11] Yes.\n\n[00:15] We left, all of us.";
    assert_eq!(divide(text, &Names::default()), None);
}

#[test]
fn a_timetable_stays_text() {
    let text = "Tom: What is a day like?\n\nMaria: So:\n07:00 Handover\n09:00 Break\n12:00 Break\n15:00 Break\n\n\
                    07:00 - 08:00\nrounds\n\nTom: And then?\n\nMaria: Home at\n17:30";
    assert_eq!(labels(text), ["Tom", "Maria", "Tom", "Maria"]);
    assert!(turns(text)[1].1.ends_with("07:00 - 08:00\nrounds"));
    assert!(turns(text)[3].1.ends_with("17:30"));
}

#[test]
fn many_times_in_a_line_are_read_quickly() {
    let text = format!("Tom {}\nMaria: x\n", "0:01 ".repeat(100_000));
    divide(&text, &Names::default());
}

#[test]
fn times_are_kept() {
    let text = "Tom  0:03\nWhy?\n\nMaria  1:02:05\nBecause.\n\nTom  1:03:00\nAnd?";
    let seconds: Vec<_> = divide(text, &Names::default()).unwrap().into_iter().map(|s| s.seconds).collect();
    assert_eq!(seconds, [Some(3.0), Some(3725.0), Some(3780.0)]);
}

#[test]
fn marks_of_direction_around_labels_and_words_are_not_seen() {
    for (open, colon, close) in
        [("\u{202b}", ":", "\u{202c}"), ("\u{200f}", "\u{200f}:\u{200f}", ""), ("", ":\u{2067}", "\u{2069}")]
    {
        let line = |label: &str, said: &str| format!("{open}{label}{colon} {open}{said}{close}");
        let talk = [("שואל", "איך?"), ("עונה", "השכנה עזבה."), ("שואל", "ומה עוד?"), ("עונה", "לא היה.")];
        let text = talk.map(|(label, said)| line(label, said)).join("\n\n");
        assert_eq!(turns(&text), talk.map(|(label, said)| (label.to_owned(), said.to_owned())), "{text}");
    }
    let text = "I: Why?\nB: In \u{200f}עברית\u{200f} too.\nI: And?\nB: So.";
    assert_eq!(turns(text)[1].1, "In \u{200f}עברית\u{200f} too.", "within the words they stay");
}

#[test]
fn one_name_in_two_encodings_is_one_speaker() {
    let text = "Zoë: Why?\nRene\u{301}: So.\nZoe\u{308}: And?\nRené: No.\nZoë: How?\nRene\u{301}: Well.";
    assert_eq!(labels(text), ["Zoë", "Rene\u{301}", "Zoë", "Rene\u{301}", "Zoë", "Rene\u{301}"]);
    let text = "Zoe: Why?\nAnn: So.\nZoë: No.\nZoe: And?\nAnn: No.\nZoë: Well.\nZoe: How?\nZoë: So.";
    assert_eq!(labels(text), ["Zoe", "Ann", "Zoë", "Zoe", "Ann", "Zoë", "Zoe", "Zoë"]);
}

#[test]
fn lines_of_an_answer_stay_text() {
    let text = "Interviewer: How was it?\n\n\
                    Participant: Mixed.\n\nSatisfied:\nThe rota at 17:30.\n\nPros: calm\nCons: slow\n\n\
                    Pros: kind\nCons: loud\n\nRe: breaks, none.\nhttps://example.org/x: no\n\n\
                    Interviewer: And then?\n\n\
                    Participant: Initial Steps:\n1. Trust: little\nSatisfied: never\n17:30\n\nPros: none";
    assert_eq!(labels(text), ["Interviewer", "Participant", "Interviewer", "Participant"]);
}

#[test]
fn a_quoted_dialogue_stays_text() {
    let text = "AI: How do you prompt?\n\nUser: Like so:\n\nMe: find papers\nBot Two: [a list]\nMe: more\n\
                    Bot Two: [more]\n\nAI: I see, and then?\n\nUser: I stop.";
    assert_eq!(labels(text), ["AI", "User", "AI", "User"]);
    let text = "AI: How?\n\nUser: Like so:\n\nYou said:\nhello\n\nGPT said:\n\nhello\n\nYou said:\nbye\n\n\
                    GPT said:\nbye\n\nAI: Good.\n\nUser: Yes.";
    assert_eq!(labels(text), ["AI", "User", "AI", "User"]);
}

#[test]
fn groups_keep_every_speaker() {
    let text = "Moderator: Hello, why?\nAna: One.\nBen: Two.\nModerator: And now?\nBen: Three.\nAna: Four.";
    assert_eq!(labels(text), ["Moderator", "Ana", "Ben", "Moderator", "Ben", "Ana"]);
    let text = "Tom: Why?\nAna: One.\nBen: Two.\nTom: And?\nAna: Three.\nBen: Four.\nTom: So?\nAna: Five.";
    assert_eq!(labels(text), ["Tom", "Ana", "Ben", "Tom", "Ana", "Ben", "Tom", "Ana"]);
}

#[test]
fn the_first_speaker_may_come_once() {
    let text = "Assistant: Hello, ready?\n\nUser: Yes.\n\nAI: Why?\n\nUser: So.";
    assert_eq!(labels(text), ["Assistant", "User", "AI", "User"]);
}

#[test]
fn text_before_the_first_label_is_kept_apart() {
    let text = "Recorded on the ward.\n\nQ: Why?\nA: Because.\n\n---\n";
    assert_eq!(turns(text)[0], (String::new(), "Recorded on the ward.".to_owned()));
    assert_eq!(turns(text)[2].1, "Because.");
}

#[test]
fn no_label_is_none() {
    assert_eq!(divide("Just a note.\nAt 17:30 we left: all of us.", &Names::default()), None);
    assert_eq!(divide("Note: once.\nOther: once.", &Names::default()), None);
}

proptest::proptest! {
    #[test]
    fn stretches_are_in_order(
        lines in proptest::collection::vec(proptest::prop_oneof![
            "(#00:00:1[0-9]-[0-9]#|\\[0:[0-5][0-9]\\]|\\(0:11\\)|0:0[0-9] - 0:11|00:05:00|)( Tom:| I:|)( [a-zé🙂]{1,5}| \\[0:2[0-9]\\]| #00:00:09-1#){0,3}",
            "(## |### |\\*\\*|)(User|Tom Reyes|Assistant|Interviewer)(\\*\\*|:|  0:0[0-9]|)( yes)?",
            "(0:0[0-9]|Timespan|[a-z]{0,3})(\t(Tom|Maria|Speaker|)){0,2}\t(Content|[a-z é]{0,9})",
            "(---|Transcribed by https://otter.ai|\\[00:00:0[0-9]\\] - Tom|Tom: \\[0:0[0-9]\\]|)",
            "[-#*\\[\\]():0-9\t A-Za-zé.]{0,20}",
            "(<Tom>|Tom\t|Q\\.|A\\.|\\(Tom\\)|Tom –|0:0[0-9] - Tom|- Tom:|00[0-9] Tom:|>>|Tom;|0 minutes [0-9] seconds)( [a-zé🙂?]{1,5}){0,3}",
            "(\\[03/05/2024, 14:00:0[0-9]\\]|03.05.24, 14:00 -) (Tom|Maria):( [a-zé🙂]{1,5}){0,3}",
            "(\u{200f}|)(Hall, Ann|Ann 🐝|\\+44 7700 900123|Befragte:r|Q[1-3]|Tmo|A1)(\u{200f}|):( [a-zé🙂?]{1,5}){0,3}",
        ], 0..24)
    ) {
        let text = lines.join("\n");
        let mut at = 0;
        for stretch in divide(&text, &Names::default()).unwrap_or_default() {
            proptest::prop_assert!(at <= stretch.text.start && !stretch.text.is_empty());
            at = stretch.text.end;
            let words = &text[stretch.text];
            proptest::prop_assert_eq!(words.trim(), words);
        }
    }
}

#[test]
fn labels_the_user_named_may_be_long() {
    let names = Names::new(&["Head of the night shift:".to_owned()], &[]);
    let text = "Head of the night shift: Why?\nAda: So.\nHead of the night shift: And?\nAda: No.";
    assert_eq!(divide(text, &names).map(|s| s.len()), Some(4));
}

#[test]
fn unlabelled_lines_go_on() {
    let text = "User: one\ntwo\n\nthree\nAI: four";
    assert_eq!(turns(text)[0].1, "one\ntwo\n\nthree");
}
