use std::collections::BTreeSet;

use super::*;
use crate::corpus::{InputSpec, ReadOptions, read};

fn decide(speakers: &[(&str, usize, usize)], names: &Names) -> Vec<Role> {
    let speaker = |&(label, turns, asking): &(&str, usize, usize)| {
        let answered = asking;
        Speaker { label: label.to_owned(), turns, asking, answered, ..Speaker::default() }
    };
    let speakers: Vec<Speaker> = speakers.iter().map(speaker).collect();
    roles(&speakers, "ward_07", names).into_iter().map(|s| s.role).collect()
}

#[test]
fn names_decide() {
    use Role::{Interviewer as I, Other as O, Participant as P};
    let none = Names::default();
    assert_eq!(decide(&[("Assistant", 1, 1), ("User", 9, 0), ("AI", 9, 7)], &none), [I, P, I]);
    assert_eq!(decide(&[("MODERATOR", 5, 2), ("P1", 5, 0), ("P2", 4, 4)], &none), [I, P, P]);
    assert_eq!(decide(&[("Q", 5, 0), ("A", 5, 5)], &none), [I, P]);
    assert_eq!(decide(&[("", 1, 0), ("I", 5, 2), ("Observer", 1, 0), ("R", 5, 0)], &none), [O, I, O, P]);
    assert_eq!(decide(&[("Ward_07", 5, 0), ("Tom", 5, 4)], &none), [P, I]);
}

#[test]
fn men_of_a_focus_group_are_no_moderators() {
    use Role::{Interviewer as I, Participant as P};
    let none = Names::default();
    assert_eq!(decide(&[("Moderator", 3, 3), ("F1", 3, 0), ("M1", 2, 0), ("M2", 2, 0)], &none), [I, P, P, P]);
    assert_eq!(decide(&[("I", 3, 3), ("W1", 3, 0), ("M2", 2, 0), ("M1", 2, 1)], &none), [I, P, P, P]);
    assert_eq!(decide(&[("M", 3, 3), ("F1", 3, 0), ("F2", 2, 0), ("M1", 1, 0)], &none), [I, P, P, P]);
    assert_eq!(decide(&[("M1", 9, 5), ("M2", 9, 4), ("P1", 5, 0)], &none), [I, I, P]);
    let named = Names::new(&["M2".to_owned()], &[]);
    assert_eq!(decide(&[("Moderator", 3, 3), ("F1", 3, 0), ("M1", 2, 0), ("M2", 2, 0)], &named), [I, P, P, I]);
    let turns = (0..4).flat_map(|_| [("Moderator", "Is that so?"), ("P1", "It is."), ("M2", "It is.")]);
    let found = speakers(turns);
    let roles = roles(&found, "x", &none);
    assert!(doubts(&found, &roles, &none)[0].contains("`M2` was taken for an interviewer by its name"));
}

#[test]
fn numbered_speakers_of_a_program_are_told_by_their_questions() {
    use Role::{Interviewer as I, Participant as P};
    let none = Names::default();
    assert_eq!(decide(&[("S00", 4, 4), ("S01", 4, 0)], &none), [I, P]);
    assert_eq!(decide(&[("S2", 5, 0), ("S1", 6, 4)], &none), [P, I]);
    for talk in [[("S1", 4, 2), ("S2", 4, 0)], [("S1", 9, 4), ("S2", 9, 3)], [("S1", 20, 4), ("S2", 20, 0)]] {
        assert_eq!(decide(&talk, &none), [P, P], "{talk:?}");
    }
    assert_eq!(decide(&[("I", 4, 1), ("S1", 4, 4), ("S2", 4, 0)], &none), [I, P, P]);
}

#[test]
fn an_interviewer_called_like_the_interview_asks() {
    use Role::{Interviewer as I, Participant as P};
    let decide = |talk: &[(&str, &str)], id: &str| -> Vec<Role> {
        roles(&speakers(talk.iter().copied()), id, &Names::default()).into_iter().map(|s| s.role).collect()
    };
    assert_eq!(decide(&asked("Researcher", "Ida")[1], "researcher"), [I, P]);
    let asked = [("INT1", "Why?"), ("RES", "So."), ("INT2", "And then?"), ("RES", "It rained.")];
    assert_eq!(decide(&asked, "int2"), [I, P, I]);
    let alone = [("INT", "Why?"), ("RES", "So."), ("INT", "And then?"), ("RES", "It rained.")];
    assert_eq!(decide(&alone, "int"), [I, P]);
    let man = [("M", "Why?"), ("M2", "So."), ("M", "And then?"), ("M2", "It rained.")];
    assert_eq!(decide(&man, "m2"), [I, P]);
}

#[test]
fn beside_whom_the_transcript_is_called_by_the_other_asks() {
    use Role::{Interviewer as I, Participant as P};
    let decide = |talk: &[(&str, &str)]| -> Vec<Role> {
        roles(&speakers(talk.iter().copied()), "len", &Names::default()).into_iter().map(|s| s.role).collect()
    };
    let asked = [
        ("Grace", "Did it leak?"),
        ("Len", "The roof stopped leaking over lane four, and who would have thought so?"),
        ("Grace", "Imagine somebody new."),
        ("Len", "They learn the names of the cleaners first, without whom the place closes by Wednesday."),
        ("Grace", "When did you leave?"),
        ("Len", "In February, when the pump failed and I mopped until midnight. What else?"),
    ];
    assert_eq!(decide(&asked), [I, P]);
    // Where nobody asks, nothing tells.
    let told: Vec<(&str, &str)> = asked.iter().map(|&(who, said)| (who, said.trim_end_matches('?'))).collect();
    assert_eq!(decide(&told), [P, P]);
}

#[test]
fn a_time_behind_a_question_is_no_part_of_it() {
    for text in ["Why so? (0:03)", "Why so? [00:01:03]", "Why so?\n\n0:21", "Why so? (0:03 - 0:11) "] {
        assert!(ends_in_question(text), "{text}");
    }
    for text in ["So it was. (0:03)", "Why so? At 17:30", "Why so? (all of us)", "Why so?\n\n21", "(0:03)"] {
        assert!(!ends_in_question(text), "{text}");
    }
}

#[test]
fn roles_are_known_in_other_languages() {
    use Role::{Interviewer as I, Participant as P};
    let none = Names::default();
    for pair in [
        ["Onderzoeker", "Deelnemer 2"],
        ["Badaczka", "Respondentka"],
        ["Görüşmeci", "Katılımcı"],
        ["Haastattelija", "Haastateltava"],
        ["Интервьюер", "Респондент"],
        ["访谈者", "受访者"],
        ["聞き手", "語り手"],
        ["면담자", "참여자"],
        ["Pesquisadora", "Participante"],
        ["问", "答"],
    ] {
        assert_eq!(decide(&[(pair[0], 4, 0), (pair[1], 4, 1)], &none), [I, P], "{pair:?}");
    }
}

#[test]
fn short_words_for_roles_are_known_with_their_point() {
    use Role::{Interviewer as I, Participant as P};
    let none = Names::default();
    for pair in [
        ["Int.", "Bef."],
        ["Interv.", "Resp."],
        ["Int.", "Teiln. 1"],
        ["Mod.", "Resp."],
        ["Entr.", "Resp."],
        ["Enq.", "Inf."],
        ["Int.", "Entr."],
        ["Enquêteur", "Enq."],
        ["Fråga", "Svar"],
        ["Kysymys", "Vastaus"],
    ] {
        assert_eq!(decide(&[(pair[0], 4, 0), (pair[1], 4, 0)], &none), [I, P], "{pair:?}");
    }
    // Initials, what the questions speak against, and what nothing tells.
    assert_eq!(decide(&[("B.", 4, 3), ("M.", 4, 0)], &none), [I, P]);
    assert_eq!(decide(&[("Entr.", 4, 0), ("Resp.", 4, 4)], &none), [P, P]);
    assert_eq!(decide(&[("Entr.", 4, 0), ("Maria", 4, 4)], &none), [P, I]);
    assert_eq!(decide(&[("F", 4, 4), ("A", 4, 0)], &none), [I, P]);
    assert_eq!(decide(&[("F", 4, 0), ("A", 4, 0)], &none), [P, P]);
}

#[test]
fn a_label_of_several_people_is_nobodys() {
    use Role::{Interviewer as I, Other as O, Participant as P};
    let none = Names::default();
    assert_eq!(decide(&[("Moderator", 3, 3), ("P1", 3, 0), ("P2", 2, 0), ("P1 and P2", 1, 0)], &none), [I, P, P, O]);
    assert_eq!(decide(&[("Anna", 3, 3), ("Ben", 3, 0), ("Clara", 2, 0), ("Ben, Clara", 1, 0)], &none), [I, P, P, O]);
    assert_eq!(decide(&[("I1", 3, 3), ("I2", 3, 2), ("P", 5, 0), ("I1/I2", 1, 0)], &none), [I, I, P, I]);
    assert_eq!(decide(&[("R", 8, 6), ("P", 8, 1), ("R and P", 1, 0)], &none), [I, P, O]);
    assert_eq!(decide(&[("Ben", 8, 6), ("Ann", 8, 1), ("Ben and Tom", 1, 0)], &none), [I, P, P]);
    let named = Names::new(&[], &["P1 and P2".to_owned()]);
    assert_eq!(decide(&[("I", 3, 3), ("P1", 3, 0), ("P2", 2, 0), ("P1 and P2", 1, 0)], &named), [I, P, P, P]);
}

#[test]
fn two_participant_letters_are_decided_by_questions() {
    use Role::{Interviewer as I, Participant as P};
    assert_eq!(decide(&[("R", 8, 6), ("P", 8, 1)], &Names::default()), [I, P]);
}

#[test]
fn greek_asks_with_what_looks_like_a_semicolon() {
    for text in ["Τι λένε οι γείτονες;", "Είπε «γιατί;»", "Γιατί\u{37e} (0:03)", "Είπε «γιατί»;"]
    {
        assert!(ends_in_question(text), "{text}");
    }
    for text in ["Τι λένε οι γείτονες.", "We left; ", "Wir gingen;", "Έφυγε; δεν ξέρω.", "So it was ;)"]
    {
        assert!(!ends_in_question(text), "{text}");
    }
    assert_eq!(questions("Πώς; Δεν ξέρω. Γιατί;"), 2);
    assert_eq!(questions("We left; they stayed; nobody knew."), 0);
    use Role::{Interviewer as I, Participant as P};
    let talk: Vec<(&str, &str)> = (0..4).flat_map(|_| [("Νίκος", "Τι έγινε;"), ("Μαρία", "Έφυγε.")]).collect();
    assert_eq!(talked(&talk), (vec![I, P], Vec::new()));
}

#[test]
fn languages_ask_with_their_own_marks_and_words() {
    for text in
        ["何ですか。", "最後に何かありますか。 (0:03)", "لماذا؟", "Ինչո՞ւ եկաք։", "ምን ሆነ፧", "你喜欢吗。", "¿Qué pasó?"]
    {
        assert!(ends_in_question(text), "{text}");
    }
    for text in ["そうですか。", "三年のつもりが二十年になりました。", "Չգիտեմ։", "لا أعرف.", "바쁘니까."]
    {
        assert!(!ends_in_question(text), "{text}");
    }
    use Role::{Interviewer as I, Participant as P};
    let talk: Vec<(&str, &str)> =
        (0..4).flat_map(|_| [("鈴木", "何をしていますか。"), ("佐藤", "毎日、畑を耕しています。")]).collect();
    assert_eq!(talked(&talk), (vec![I, P], Vec::new()));
}

#[test]
fn a_role_with_a_name_in_parentheses_is_that_role() {
    use Role::{Interviewer as I, Participant as P};
    let none = Names::default();
    for pair in [
        ["Interviewer (Ann)", "Participant (Tom)"],
        ["インタビュアー（鈴木）", "Ａさん"],
        ["Moderator (KL)", "Ida"],
        ["Ｑ", "Ａ"],
    ] {
        assert_eq!(decide(&[(pair[0], 4, 0), (pair[1], 4, 0)], &none), [I, P], "{pair:?}");
    }
    assert_eq!(names_of_roles(&none), [None, None]);
}

/// What is no such role: a field of a header, and somebody's relative.
fn names_of_roles(names: &Names) -> [Option<Role>; 2] {
    [names.by_name("interviewer (initials)"), names.by_name("participant (wife)")]
}

#[test]
fn question_marks_decide_between_names() {
    use Role::{Interviewer as I, Participant as P};
    let none = Names::default();
    assert_eq!(decide(&[("Tom", 8, 6), ("Maria", 8, 1)], &none), [I, P]);
    assert_eq!(decide(&[("Interviewer", 8, 2), ("Maria", 8, 1), ("Jo", 2, 2)], &none), [I, P, P]);
    assert_eq!(decide(&[("Maria", 8, 8)], &none), [P]);
}

#[test]
fn questions_within_words_are_counted() {
    assert_eq!(questions("How long? Twenty years. And then?? “Why?” I said."), 3);
    assert_eq!(questions("为什么？因为下雨。"), 1);
    assert_eq!(questions("We left. See https://a.org/?q=1 and a?b."), 0);
    assert_eq!(questions("? (?)"), 0);
}

/// Turns as speaker and whether the turn asks.
fn talk(turns: &[(&str, bool)]) -> (Vec<Speaker>, Vec<SpeakerRole>) {
    let said: Vec<(&str, &str)> =
        turns.iter().map(|&(label, asks)| (label, if asks { "Is that so?" } else { "That is so." })).collect();
    let found = speakers(said.into_iter());
    let roles = roles(&found, "x", &Names::default());
    (found, roles)
}

#[test]
fn questions_that_others_answer_decide_and_not_their_share() {
    // Ruth asks every other turn; Omar drops in with two turns, both questions.
    let mut turns: Vec<(&str, bool)> = Vec::new();
    for n in 0..12 {
        turns.extend([("Ruth", n % 2 == 0), ("Nils", n == 5)]);
    }
    turns.splice(7..7, [("Omar", true), ("Nils", false), ("Omar", true)]);
    let (speakers, roles) = talk(&turns);
    let found: Vec<(&str, Role)> = roles.iter().map(|r| (r.label.as_str(), r.role)).collect();
    use Role::{Interviewer as I, Participant as P};
    assert_eq!(found, [("Ruth", I), ("Nils", P), ("Omar", P)]);
    assert!(roles[0].reason.contains("asks 6 of the 9 questions (6 answered by others) in 12 turns; speaks first"));
    assert!(doubts(&speakers, &roles, &Names::default()).is_empty());
    // Whoever asks rarely, but far more often than the other, asks.
    let rare: Vec<(&str, bool)> = (0..20).flat_map(|n| [("Ruth", n % 5 == 0), ("Nils", false)]).collect();
    let (speakers, roles) = talk(&rare);
    assert_eq!(roles[0].role, I);
    assert!(doubts(&speakers, &roles, &Names::default())[0].contains("asks 4 of the 4 questions"));
}

#[test]
fn doubts_about_who_asks_are_said() {
    let even: Vec<(&str, bool)> = (0..8).flat_map(|n| [("Ruth", n % 2 == 0), ("Nils", n % 3 == 0)]).collect();
    let (speakers, roles) = talk(&even);
    assert!(doubts(&speakers, &roles, &Names::default())[0].contains("but `Nils` asks 3 of the 7 questions"));
    let swapped: Vec<(&str, bool)> = (0..6).flat_map(|_| [("Participant", true), ("Interviewer", false)]).collect();
    let (speakers, roles) = talk(&swapped);
    assert!(doubts(&speakers, &roles, &Names::default())[0].contains("the wrong way round"));
    let clear: Vec<(&str, bool)> = (0..6).flat_map(|_| [("Interviewer", true), ("Participant", false)]).collect();
    let (speakers, roles) = talk(&clear);
    assert!(doubts(&speakers, &roles, &Names::default()).is_empty());
}

#[test]
fn whoever_opens_and_prompts_may_ask() {
    use Role::{Interviewer as I, Participant as P};
    let told = |turns: &[(&str, &str)]| {
        let found = speakers(turns.iter().copied());
        let roles = roles(&found, "x", &Names::default());
        let doubts = doubts(&found, &roles, &Names::default());
        (roles.iter().map(|role| role.role).collect::<Vec<_>>(), doubts)
    };
    let rhetoric = [
        ("Rob", "Tell me about the bees."),
        ("Lena", "I had twenty hives in the end, and knew each of them. Who has that?"),
        ("Rob", "Describe the shed."),
        ("Lena", "It was black, with a red door and a bench. Why red?"),
        ("Rob", "Thank you so much for all of this."),
        ("Lena", "You are welcome, what else could I do?"),
    ];
    let (roles, doubts) = told(&rhetoric);
    assert_eq!(roles, [I, P]);
    assert!(doubts[0].contains("but `Lena` asks 3 of the 3"), "{doubts:?}");
    // One prompt alone decides nothing, and is told.
    let mut one = rhetoric;
    (one[2].1, one[4].1) = ("The shed.", "I see.");
    let (roles, doubts) = told(&one);
    assert_eq!(roles, [P, I]);
    assert!(doubts[0].contains("`Rob` speaks first"), "{doubts:?}");
    // Whoever asks opens, or the other one only says hello.
    let plain: Vec<(&str, &str)> = (0..4)
        .flat_map(|_| [("Ruth", "And why was that?"), ("Nils", "Tell me about it! I was there all night and day.")])
        .collect();
    for turns in [plain.clone(), [vec![("Nils", "Hello.")], plain].concat()] {
        let (roles, doubts) = told(&turns);
        let asker = usize::from(turns[0].0 == "Nils");
        assert_eq!((roles[asker], roles[1 - asker]), (I, P));
        assert!(turns[0].0 == "Nils" || doubts.is_empty(), "{doubts:?}");
    }
}

#[test]
fn a_header_that_is_the_wrong_way_round_is_told() {
    let mut people = People::default();
    people.add("Interviewer", Role::Interviewer, "Tom Reed");
    people.add("Participant", Role::Participant, "Ann Hall");
    let names = Names::default().with(&people);
    let told = |asker: &'static str, answers: &'static str| {
        let turns = (0..4).flat_map(|_| [(asker, "Is that so?"), (answers, "It is.")]);
        let found = speakers(turns);
        let roles = roles(&found, "x", &names);
        doubts(&found, &roles, &names)
    };
    assert!(told("AH", "TR")[0].contains("is the header the wrong way round"));
    assert!(told("TR", "AH").is_empty());
}

#[test]
fn gendered_names_are_roles() {
    let names = Names::default();
    for key in
        ["interviewer:in", "interviewer*in", "interviewer_in", "interviewer(in)", "interviewerin", "moderator/in 2"]
    {
        assert_eq!(names.strong(key), Some(Role::Interviewer), "{key}");
    }
    for key in
        ["befragte:r", "befragte*r 3", "enquêté·e", "enquêté.e", "entrevistado/a", "teilnehmer:in", "participant·e"]
    {
        assert_eq!(names.strong(key), Some(Role::Participant), "{key}");
    }
    for key in ["i:n", "tom:in", "befragte:xyz", "dies:in"] {
        assert_eq!(names.strong(key), None, "{key}");
    }
}

#[test]
fn files_are_told_from_labels() {
    let names = Names::new(&[], &["diaries/ida.txt".to_owned(), "notes/".to_owned(), "Ben".to_owned()]);
    for path in ["diaries/ida.txt", "./diaries/ida.txt", "notes/2.md", "notes/a/b.txt"] {
        assert!(names.owns(path), "{path}");
    }
    for path in ["diaries/jo.txt", "ida.txt", "notes2/b.txt", "x/ben.txt", "ben.txt", "ben"] {
        assert!(!names.owns(path), "{path}");
    }
    assert_eq!(names.unused(["Ben"].into_iter(), ["notes/2.md"].into_iter()), ["diaries/ida.txt"]);
}

#[test]
fn options_win() {
    use Role::{Interviewer as I, Participant as P};
    let names = Names::new(&["user".to_owned()], &["AI".to_owned()]);
    assert_eq!(decide(&[("AI", 8, 6), ("User", 8, 0)], &names), [P, I]);
    let names = Names::new(&["tom".to_owned()], &[]);
    assert_eq!(decide(&[("Tom", 8, 0), ("Maria", 8, 7)], &names), [I, P]);
}

#[test]
fn a_question_may_end_in_marks() {
    assert!(ends_in_question("Could you say \"why?\""));
    assert!(ends_in_question("Why?! :)"));
    assert!(!ends_in_question("Why? I see."));
}

#[test]
fn people_are_counted_and_not_their_labels() {
    // Participants and the warnings that tell what became of a label.
    let read = |turns: &[(&str, &str)]| {
        let said = turns.iter().map(|(label, words)| format!("{label}: {words}\n\n"));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("talk.txt");
        std::fs::write(&path, said.collect::<String>()).unwrap();
        let corpus = read(&[InputSpec { study: None, path }], &ReadOptions::default()).unwrap();
        let people: BTreeSet<String> = corpus.answers.iter().map(|answer| answer.participant.to_string()).collect();
        let told = corpus.warnings.iter().filter(|warning| warning.contains("was read as")).count();
        (people.len(), told)
    };
    let interview = |other: &'static str, usual: &'static str| {
        let mut turns = [usual, usual, other, usual].map(|label| [("I", "Why is that?"), (label, "For the smell.")]);
        turns[3][1].1 = "And the hum.";
        turns.concat()
    };
    for (other, usual) in
        [("P 12", "P12"), ("P012", "P12"), ("P-12", "P12"), ("P12", "Participant 12"), ("Interviewee", "Respondent")]
    {
        assert_eq!(read(&interview(other, usual)), (1, 1), "{other} {usual}");
    }
    for (other, usual) in [("P2", "P12"), ("Befragte", "Befragter"), ("Participant 1", "P12")] {
        assert_eq!(read(&interview(other, usual)), (2, 0), "{other} {usual}");
    }
    let group = [("Moderator", "Why?"), ("F1", "The shade."), ("M1", "The paths."), ("M2", "The lamps.")];
    let group = [&group[..], &group, &[("F1 and M2", "So it is.")]].concat();
    assert_eq!(read(&group), (3, 0));
}

#[test]
fn assistants_in_a_header_are_no_turns() {
    let read = |text: &str| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("talk.txt");
        std::fs::write(&path, text).unwrap();
        let corpus = read(&[InputSpec { study: None, path }], &ReadOptions::default()).unwrap();
        let people: BTreeSet<String> = corpus.answers.iter().map(|answer| answer.participant.to_string()).collect();
        (people.len(), corpus.transcripts[0].turns.len())
    };
    let group =
        "Moderator: What do you think of the park?\n\nAnna: I like the shade there.\n\nBen: It is too narrow.\n\n";
    for field in ["Assistant", "Assistant moderator", "Co-moderator", "Note-taker"] {
        let header = format!("Moderator: Kim Lee\n{field}: Joe Poe\n\n");
        assert_eq!(read(&(header + group + group)), (2, 6), "{field}");
    }
    let chat = "User: Which town?\n\nAssistant: Paris\n\nUser: Are you sure of it?\n\nAssistant: I am, yes.\n";
    assert_eq!(read(chat).1, 4);
}

/// The roles of a talk, and what is doubtful about them.
pub(super) fn talked(turns: &[(&str, &str)]) -> (Vec<Role>, Vec<String>) {
    let found = speakers(turns.iter().copied());
    let roles = roles(&found, "x", &Names::default());
    let doubts = doubts(&found, &roles, &Names::default());
    (roles.iter().map(|role| role.role).collect(), doubts)
}

/// A talk in which the first asks all questions and the other answers at length, and the same with requests.
pub(super) fn asked<'t>(asks: &'t str, answers: &'t str) -> [Vec<(&'t str, &'t str)>; 2] {
    let said = "It stood behind the mill, and we went there every day until the river took the bridge away.";
    let talk = |words: [&'t str; 4]| words.into_iter().flat_map(|words| [(asks, words), (answers, said)]).collect();
    [
        talk(["Where was the school?", "Who taught you?", "And what then?", "Is it still there?"]),
        talk(["Let's begin with the school.", "Tell me who taught you.", "I see.", "Describe the bridge."]),
    ]
}

#[test]
fn letters_yield_to_what_is_counted() {
    use Role::{Interviewer as I, Participant as P};
    for (asks, answers) in [
        ("I", "M"),
        ("J", "M"),
        ("R", "P"),
        ("R", "I"),
        ("P", "M"),
        ("R", "D"),
        ("E", "I"),
        ("Me", "Ida"),
        ("Int", "Int1"),
    ] {
        for talk in asked(asks, answers) {
            let (roles, doubts) = talked(&talk);
            assert_eq!(roles, [I, P], "{asks} {answers} {doubts:?}");
        }
    }
    // A letter stays what it is where the counts say the same, and that is no doubt.
    for (asks, answers) in [("I", "R"), ("I", "M"), ("M", "P"), ("Interviewer", "M"), ("Q", "A")] {
        assert_eq!(talked(&asked(asks, answers)[0]), (vec![I, P], Vec::new()), "{asks} {answers}");
    }
    // So do words that are nothing else, and programs.
    for (asks, answers) in [("A", "Q"), ("Me", "ChatGPT")] {
        assert_eq!(talked(&asked(asks, answers)[0]).0, [P, I], "{asks} {answers}");
    }
    let (_, doubts) = talked(&asked("R", "I")[0]);
    assert!(doubts.iter().any(|doubt| doubt.contains("whatever their letters stand for")), "{doubts:?}");
}

#[test]
fn the_only_other_one_answers() {
    use Role::{Interviewer as I, Participant as P};
    let back = ["It leaned, did you see?", "Like a ship. Have you been there?", "Who would not?", "Would you?"];
    for asks in ["Interviewer", "Facilitator", "I", "Kim"] {
        let turns: Vec<(&str, &str)> =
            back.iter().flat_map(|words| [(asks, "And how was the house?"), ("Rosalind", *words)]).collect();
        let (roles, doubts) = talked(&turns);
        assert_eq!(roles, [I, P], "{asks}");
        assert!(doubts.iter().any(|doubt| doubt.contains("`Rosalind`")), "{asks} {doubts:?}");
        // Beside somebody who answers, who asks as often is a second interviewer.
        let third: Vec<(&str, &str)> = turns.iter().flat_map(|&turn| [turn, ("Tom", "It was cold.")]).collect();
        assert_eq!(talked(&third).0, [I, P, I], "{asks}");
    }
}

#[test]
fn one_question_in_an_answer_makes_nobody_the_interviewer() {
    use Role::{Interviewer as I, Participant as P};
    let mut talk = asked("Lena", "Rob")[1].clone();
    talk[7].1 = "It stood behind the mill until the river took it. And who was to blame for that?";
    let (roles, doubts) = talked(&talk);
    assert_eq!(roles, [I, P]);
    assert!(doubts[0].contains("`Lena` was taken for the interviewer"), "{doubts:?}");
    // Who opens with a word and says no less than the one who asks does not ask.
    let hello = [vec![("Rob", "Hello.")], asked("Lena", "Rob")[0].clone()].concat();
    assert_eq!(talked(&hello), (vec![P, I], Vec::new()));
}

#[test]
fn who_translates_or_is_nobody_is_no_participant() {
    use Role::{Interviewer as I, Other as O, Participant as P};
    let none = Names::default();
    for label in ["Dolmetscherin", "Translator", "Note-taker", "Traductrice", "UNKNOWN_SPEAKER", "undefined", "All"] {
        assert_eq!(decide(&[("I", 4, 4), (label, 4, 2), ("B", 4, 0)], &none), [I, O, P], "{label}");
        // The file may be called so.
        let talk = (0..3).flat_map(|_| [("Ann", "Why?"), (label, "So."), ("Ben", "It rained.")]);
        let roles = roles(&speakers(talk), &key(label), &none);
        assert_eq!(roles.iter().map(|speaker| speaker.role).collect::<Vec<_>>(), [I, O, P], "{label}");
    }
    assert_eq!(decide(&[("Ann", 4, 4), ("Otter.ai Notetaker", 4, 2), ("Ben", 4, 0)], &none), [I, O, P]);
    for label in
        ["P?", "Px", "Sprecher ?", "Unknown P", "Participants", "Mehrere TN", "Laughter", "Voix off", "otter.ai"]
    {
        let talk = [("Moderator", 4, 4), ("P1", 4, 0), (label, 2, 0), ("P2", 4, 0)];
        assert_eq!(decide(&talk, &none), [I, P, O, P], "{label}");
    }
    // Where nobody else answers, or most is theirs, the words are somebody's.
    for label in ["Participants", "Px", "Video"] {
        assert_eq!(decide(&[("Moderator", 4, 4), (label, 4, 0)], &none), [I, P], "{label}");
        assert_eq!(decide(&[("Moderator", 4, 4), ("Interviewer", 2, 2), (label, 4, 0)], &none), [I, I, P], "{label}");
        assert_eq!(decide(&[("Ann", 8, 8), (label, 8, 0), ("Ben", 1, 0)], &none), [I, P, P], "{label}");
    }
    // A translator may be whom the interview is with.
    assert_eq!(decide(&[("Interviewer", 4, 4), ("Übersetzerin", 4, 0)], &none), [I, P]);
    assert_eq!(decide(&[("Ann", 4, 4), ("Translator", 4, 0)], &none), [I, P]);
    let named = Names::new(&[], &["Both".to_owned()]);
    assert_eq!(decide(&[("Ann", 4, 4), ("Both", 4, 0), ("Ben", 4, 0)], &named), [I, P, P]);
}
