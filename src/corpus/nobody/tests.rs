//! Tests of labels that name nobody in particular.

use super::*;

#[test]
fn labels_of_nobody() {
    for key in ["unknown_speaker", "unidentified-speaker 3", "undefined", "n/a", "u/f", "in unison", "alguien"] {
        assert!(is_nobody(key), "{key}");
    }
    assert!(is_nobody("none") && !may_come_once("none"));
    for key in ["um", "na", "none of us", "group a", "anne_marie", "someone else", "x_1"] {
        assert!(!is_nobody(key), "{key}");
    }
    for key in ["toutes", "iedereen", "kaikki", "tuntematon", "несколько", "όλοι", "미상"] {
        assert!(is_nobody(key), "{key}");
    }
    let beside = |others: &[&'static str]| is_nobody_beside("um", others.iter().copied());
    assert!(beside(&["ann hall", "tom reed"]) && beside(&["i", "p"]) && !beside(&["ah", "tr"]));
    for key in ["unknown speaker", "unknown speaker 2", "speaker ?", "(inaudible)", "[unknown]", "several", "all"] {
        assert!(is_nobody(key), "{key}");
    }
    for key in ["speaker 1", "unger", "alla", "allan", "speaker", "both sides", "group 3", "tom?", "tom", ""] {
        assert!(!is_nobody(key), "{key}");
    }
    assert!(is_surely("unidentified speaker 3") && !is_surely("all"));
}

#[test]
fn men_women_and_voices_whom_nobody_knows_are_nobody_wherever_they_start_a_line() {
    for key in
        ["unknown woman", "unknown_man 2", "[unnamed man]", "inaudible voice", "unbekannte frau", "homme inconnu"]
    {
        assert!(is_surely(key), "{key}");
    }
    for key in ["woman 2", "man", "female voice", "the unknown woman", "known woman"] {
        assert!(!is_surely(key) && !is_nobody(key), "{key}");
    }
}

#[test]
fn words_for_not_known_beside_what_somebody_is_are_nobody_in_any_order() {
    for key in [
        "unidentified male voice",
        "unidentified female speaker",
        "speaker unidentified",
        "male speaker unknown",
        "unknown (female)",
        "locuteur non identifié",
        "voix de femme non identifiée",
        "voz no identificada",
        "niet geïdentificeerde spreker",
        "صوت غير معروف",
    ] {
        assert!(is_surely(key) && is_plainly(key), "{key}");
    }
    for key in [
        "unidentifiable",
        "unknown (off mic)",
        "nicht identifiziert",
        "non identifié",
        "no identificada",
        "oidentifierad",
        "nierozpoznany",
        "não identificado",
        "bilinmeyen kişi",
        "شخص مجهول",
        "不明な話者",
        "発言者不明",
        "聞き取れず",
    ] {
        assert!(is_nobody(key) && !is_surely(key), "{key}");
    }
    for key in
        ["male speaker", "not ann", "no", "unknown soldier", "the unknown voice", "non identifié ann", "voix de femme"]
    {
        assert!(!is_nobody(key), "{key}");
    }
}

#[test]
fn nobody_is_known_in_other_languages_and_behind_an_article() {
    for key in [
        "未知说话人",
        "דובר לא ידוע",
        "דובר לא מזוהה",
        "interlocuteur inconnu",
        "sin identificar",
        "unbekannter gesprächspartner",
        "weitere person unbekannt",
        "neznámý mluvčí",
        "neznámá osoba",
        "die gruppe",
        "the audience",
        "el grupo",
        "publikum",
        "tout le monde",
        "flere",
        "vozes",
    ] {
        assert!(is_nobody(key) && is_plainly(key), "{key}");
    }
    for key in ["דובר", "gesprächspartner", "weitere person", "sin", "sin duda", "my group", "group b", "mluvčí"]
    {
        assert!(!is_nobody(key), "{key}");
    }
}

#[test]
fn many_who_speak_at_once_are_nobody() {
    for key in [
        "both speaking",
        "everyone talking",
        "overlapping voices",
        "voices overlap",
        "plusieurs voix",
        "varias voces",
        "viele stimmen",
        "flera röster",
        "kilka osób",
    ] {
        assert!(is_nobody(key) && is_plainly(key), "{key}");
    }
    for key in ["both sides", "all parents", "different", "speakers", "many", "two voices"] {
        assert!(!is_nobody(key), "{key}");
    }
}

#[test]
fn whose_part_is_known_but_not_the_name_is_nobody() {
    for key in [
        "participant unknown",
        "p unknown",
        "p-unknown",
        "unknown p",
        "unknown 1",
        "unknown caller",
        "sprecher ?",
        "participant ?",
        "p-?",
        "p(?)",
        "woman ?",
        "p unclear",
        "r-all",
        "all p",
        "p?",
        "b?",
        "tn (?)",
        "(p?)",
        "(p2?)",
        "[tom?]",
    ] {
        assert!(is_nobody(key), "{key}");
    }
    for key in [
        "i?",
        "p2?",
        "p2 (?)",
        "tom (?)",
        "ann unknown",
        "unknown soldier",
        "p",
        "m?",
        "?p",
        "manager?",
        "overall",
        "r-2",
    ] {
        assert!(!is_nobody(key), "{key}");
    }
}

#[test]
fn a_label_without_a_number_is_nobody_beside_those_with_one() {
    let beside = |key: &str, others: &[&'static str]| is_nobody_beside(key, others.iter().copied());
    for key in [
        "px",
        "p x",
        "p_x",
        "p-x",
        "p#x",
        "p#?",
        "f?",
        "participants",
        "mehrere tn",
        "laughter",
        "voix off",
        "timestamp",
    ] {
        assert!(beside(key, &["moderator", "p1", "f2"]), "{key}");
    }
    for key in ["p", "max", "f1?", "m?", "p3", "participant", "female participant"] {
        assert!(!beside(key, &["moderator", "p1", "f2"]), "{key}");
    }
    assert!(!beside("px", &["i", "p"]), "a patient");
}

#[test]
fn codes_of_programs_are_nobody() {
    for key in ["-1", "speaker -1", "speaker_uu", "no_speaker", "null"] {
        assert!(is_code(key) && is_nobody(key), "{key}");
    }
    assert!(is_surely("speaker_uu") && !is_surely("unknown"));
    for key in ["1", "speaker 1", "speaker-1", "s1", "uu"] {
        assert!(!is_nobody(key), "{key}");
    }
    let beside = |others: &[&'static str]| is_nobody_beside("uu", others.iter().copied());
    for others in [&["s1", "s2"][..], &["speaker_00", "speaker_01"], &["interviewer", "0"], &["speaker a"]] {
        assert!(beside(others), "{others:?}");
    }
    for others in [&["ann", "tom"][..], &["ann hall", "tom reed"], &["ah", "tr"], &["i", "p1"], &["unknown"], &[]] {
        assert!(!beside(others), "{others:?}");
    }
}

#[test]
fn codes_beside_names_may_be_somebody() {
    for code in ["uu", "-1", "?"] {
        assert!(may_be_somebody(code, ["ann", "tom"].into_iter()), "{code}");
        assert!(!may_be_somebody(code, ["s1", "s2"].into_iter()), "{code}");
    }
    assert!(!may_be_somebody("unknown", ["ann", "tom"].into_iter()));
    for (others, is_only) in [(&["ann"][..], true), (&["interviewer", ""], true), (&["s1"], false)] {
        assert_eq!(is_the_only_other("-1", others.iter().copied()), is_only, "{others:?}");
    }
    assert!(!is_the_only_other("?", ["ann", "tom"].into_iter()) && !is_the_only_other("all", ["ann"].into_iter()));
}

#[test]
fn somebody_else_is_nobody_beside_those_who_are_named() {
    let beside = |key: &str| is_nobody_beside(key, ["ann", "tom"].into_iter());
    for key in ["other", "others", "other speaker", "other_speaker", "(other)", "other woman", "autre", "andere person"]
    {
        assert!(is_other(key) && beside(key) && !is_nobody(key), "{key}");
    }
    for key in ["other interviewer", "other side", "otherwise", "another", "other speaker 2", "mother", "otto", ""] {
        assert!(!is_other(key) && !beside(key), "{key}");
    }
    assert!(beside("another speaker") && !is_other("another speaker"));
}

#[test]
fn letters_words_and_codes_that_hardly_anybody_is_called() {
    for key in ["x", "none", "null", "n/a", "na", "(blank)", "-", "--", ".", "…", "99", "999", "-9", "-99", "tbd"] {
        assert!(is_hardly_called(key), "{key}");
    }
    for key in ["ok", "ann", "nan ling", "xi", "9", "99999", "-1", "?", "1", "unknown", "undefined", "p?", "🐝", ""] {
        assert!(!is_hardly_called(key), "{key}");
    }
    let beside = |key: &str, others: &[&'static str]| is_one_of(key, others.iter().copied());
    for (key, others) in [("x", ["i", "y"]), ("na", ["i", "tr"]), ("nn", ["ah", "interviewer"]), ("99", ["i", "98"])] {
        assert!(beside(key, &others), "{key}");
    }
    for (key, others) in [
        ("x", ["a", "b"]),
        ("na", ["ann", "tom"]),
        ("na", ["iv", "tn"]),
        ("99", ["ann", "99"]),
        ("-", ["--", "ann"]),
        ("null", ["y", "98"]),
    ] {
        assert!(!beside(key, &others), "{key} {others:?}");
    }
}

#[test]
fn words_and_numbers_beside_names_may_be_out_of_place() {
    let beside = |key: &str, others: &[&'static str]| is_out_of_place(key, others.iter().copied());
    for key in ["ok", "yes", "0", "12", "103"] {
        assert!(beside(key, &["ann", "tom", ""]), "{key}");
    }
    for (key, others) in [
        ("1", ["interviewer", "moderator"]),
        ("1", ["ann", "2"]),
        ("0", ["s1", "ann"]),
        ("1", ["i", "ann"]),
        ("1234", ["ann", "tom"]),
        ("okafor", ["ann", "tom"]),
        ("will", ["ann", "tom"]),
    ] {
        assert!(!beside(key, &others), "{key} {others:?}");
    }
}

#[test]
fn programs_count_speakers() {
    for key in ["s1", "speaker_00", "speaker 2", "guest-1", "0", "speaker a", "channel 1"] {
        assert!(is_counted(key), "{key}");
    }
    for key in ["s", "speaker", "p1", "speaker ann", "-1", "uu", "ann", ""] {
        assert!(!is_counted(key), "{key}");
    }
}

#[test]
fn programs_listen() {
    assert!(is_program("otter.ai") && is_program("read.ai meeting notes") && is_program("fireflies.ai notetaker"));
    assert!(is_program("otter.ai notetaker ann") && is_program("recording bot") && is_program("otter assistant"));
    assert!(!is_program("bot") && !is_program("research bot") && !is_program("ann notes") && !is_program("read"));
    assert!(!is_program("claude.ai") && !is_program("notetaker") && !is_program("ann"));
}

#[test]
fn a_mark_of_doubt_is_no_part_of_a_name() {
    for (key, name) in [("tom?", "tom"), ("tom ??", "tom"), ("p2 (?)", "p2"), ("p2 [?]", "p2")] {
        assert_eq!(doubted(key), Some(name), "{key}");
    }
    for key in ["?", "(?)", "tom", "tom (f)", "", "why?!", "(p2?)"] {
        assert_eq!(doubted(key), None, "{key}");
    }
}

#[test]
fn sounds_and_groups_are_plainly_nobody_and_codes_are_doubtful() {
    for key in ["laughter", "silence", "crosstalk", "pause", "music", "noise", "background voices", "everyone", "alle"]
    {
        assert!(is_plainly(key), "{key}");
    }
    for key in ["both", "several", "all", "???", "unidentified voice", "unknown", "[inaudible]", "unknown speaker 2"] {
        assert!(is_plainly(key), "{key}");
    }
    for key in ["null", "undefined", "none", "na", "n/a", "x", "other", "p?", "uf", "-", "999", "alla", "ann", ""] {
        assert!(!is_plainly(key), "{key}");
    }
}

#[test]
fn initials_and_words_for_no_name_are_whom_one_may_be_called() {
    for key in ["na", "nn", "n.n.", "anonymous", "anon"] {
        assert!(is_hardly_called(key) && is_nameless_or_initials(key), "{key}");
    }
    for key in ["-", "99", "other", "n/a", "x", "xx", "none"] {
        assert!(!is_nameless_or_initials(key), "{key}");
    }
    assert!(is_pair("kf") && !is_pair("iv") && !is_pair("na") && !is_pair("ann") && !is_pair("07"));
}
