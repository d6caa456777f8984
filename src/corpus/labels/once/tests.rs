use super::super::read;
use super::*;

/// Labels with the start of their words, and the remarks.
fn found(text: &str) -> (Vec<String>, Vec<String>) {
    let read = read(text, &Names::default()).unwrap();
    let start = |range: std::ops::Range<usize>| text[range].split(' ').next().unwrap_or_default().to_owned();
    let labels = read.stretches.into_iter().map(|s| format!("{}/{}", s.label, start(s.text))).collect();
    (labels, read.remarks.into_iter().map(|remark| remark.what).collect())
}

/// The labels of a talk, each with its place, and what is warned of.
fn labels(text: &str) -> (Vec<String>, Vec<String>) {
    let (labels, remarks) = found(text);
    let label = |found: String| found.rsplit_once('/').map_or_else(String::new, |(label, _)| label.to_owned());
    (labels.into_iter().map(label).collect(), remarks)
}

const GROUP: &str = "Moderator: What of the park?\n\nIda: One likes it.\n\nPetr: Two do.\n\n{}\n\nModerator: And now?\n\n\
                     Ida: Three of us.\n\nPetr: Four.\n\nIda: Five.";

#[test]
fn who_speaks_once_is_a_speaker() {
    let (found, remarks) = labels(&GROUP.replace("{}", "Zora: It rained all day."));
    assert_eq!((found[3].as_str(), found.len()), ("Zora", 8));
    assert_eq!(remarks, ["`Zora:` comes once and was taken for a speaker"]);
    let tight = GROUP.replace("\n\n", "\n").replace("{}", "Zora: It rained all day.");
    assert_eq!(labels(&tight).0[3], "Zora");
}

#[test]
fn a_name_with_small_words_in_it_that_comes_once_is_a_speaker() {
    for name in ["Maria dos Santos", "Ursula von der Heide", "P. van Dijk", "Mme de Villiers", "M. d'Aubigny"] {
        let (found, remarks) = labels(&GROUP.replace("{}", &format!("{name}: It rained all day.")));
        assert_eq!((found[3].as_str(), found.len()), (name, 8), "{remarks:?}");
        assert_eq!(remarks, [format!("`{name}:` comes once and was taken for a speaker")]);
    }
    for said in ["Tag der Arbeit: It rained all day.", "Bread and butter: It rained all day."] {
        assert_eq!(labels(&GROUP.replace("{}", said)).0.len(), 7, "{said}");
    }
}

#[test]
fn a_label_without_its_number_is_a_speaker_beside_two_with_one() {
    let group = |first: &str, second: &str| {
        GROUP.replace("Ida:", first).replace("Petr:", second).replace("{}", "R: It rained all day.")
    };
    let (found, _) = labels(&group("R1:", "R2:"));
    assert_eq!((found[3].as_str(), found.len()), ("R", 8), "{found:?}");
    for (first, second) in [("P1:", "P2:"), ("R1:", "P2:")] {
        assert_eq!(labels(&group(first, second)).0.len(), 7, "{first} {second}");
    }
}

#[test]
fn who_speaks_once_below_a_name_of_its_own_line_is_a_speaker() {
    for mark in ["### {}\n", "**{}**\n\n"] {
        let turn = |(label, words): (&str, &str)| format!("{}{words}\n\n", mark.replace("{}", label));
        let group = |once: (&str, &str)| -> String {
            let turns = [("Moderator", "What of it?"), ("Ida", "One likes it."), ("Petr", "Two do."), once];
            let more = [("Moderator", "And now?"), ("Ida", "Three of us."), ("Petr", "Four of the others.")];
            turns.into_iter().chain(more).map(turn).collect()
        };
        let (found, remarks) = labels(&group(("Zora", "It rained all day.")));
        assert_eq!((found.len(), found[3].as_str()), (7, "Zora"), "{found:?}");
        assert_eq!(remarks, ["`Zora` comes once and was taken for a speaker"]);
        for once in
            [("Summary", "It rained all day."), ("Others", "More of it."), ("The Park", "All of it."), ("Leeds", "")]
        {
            let (found, remarks) = labels(&group(once));
            assert_eq!((found.len(), remarks.len()), (6, 0), "{once:?} {found:?} {remarks:?}");
        }
        // What somebody lists is theirs.
        let listed = group(("Safety", "It is dark there.")).replace("Two do.", "My points:");
        assert_eq!(labels(&listed).0.len(), 6);
        // Of two who talk it may be a title.
        let (found, remarks) = labels(&group(("Zora", "It rained all day.")).replace("Petr", "Ida"));
        assert!(!found.contains(&"Zora".to_owned()) && remarks.len() == 1, "{found:?} {remarks:?}");
    }
}

#[test]
fn what_stands_in_parentheses_behind_a_name_is_no_part_of_it() {
    for (behind, once, label, n) in [
        (" (f)", "P3 (f)", "P3 (f)", 0),
        (" (female, 34)", "P3 (female, 28)", "P3 (female, 28)", 0),
        ("", "P3 (f)", "P3 (f)", 0),
        ("", "P1 (?)", "P1", 1),
    ] {
        let text = GROUP.replace("Ida:", &format!("P1{behind}:")).replace("Petr:", &format!("P2{behind}:"));
        let (found, remarks) = labels(&text.replace("{}", &format!("{once}: It rained all day.")));
        assert_eq!((found[3].as_str(), found.len(), remarks.len()), (label, 8, n), "{once} {remarks:?}");
    }
    let text = GROUP.replace("Ida:", "Ida (34):").replace("Petr:", "Petr (nurse):");
    let (found, remarks) = labels(&text.replace("{}", "Zora (student): It rained all day."));
    assert_eq!((found[3].as_str(), found.len(), remarks.len()), ("Zora (student)", 8, 1), "{remarks:?}");
    for said in ["Benches (old): the benches are old.", "Result (short): none of them."] {
        assert_eq!(labels(&GROUP.replace("{}", said)).0.len(), 7, "{said}");
    }
}

#[test]
fn names_in_lower_case_may_come_once() {
    let lower = GROUP.replace("Ida:", "ida:").replace("Petr:", "petr:");
    let (found, remarks) = labels(&lower.replace("{}", "zora: it rained all day."));
    assert_eq!((found[3].as_str(), found.len(), remarks.len()), ("zora", 8, 1), "{remarks:?}");
    for said in ["benches: the benches are old.", "note: I was not there."] {
        let (found, remarks) = labels(&lower.replace("{}", said));
        assert_eq!((found.len(), remarks.len()), (7, 0), "{said} {remarks:?}");
    }
}

#[test]
fn who_always_follows_the_same_person_is_a_speaker() {
    let mut text = String::new();
    for n in 0..8 {
        text.push_str("Ruth: And then?\n\nNils: We went on.\n\n");
        text.push_str(if n % 4 == 1 { "Omar: He forgets that.\n\n" } else { "" });
    }
    let (found, remarks) = labels(&text);
    assert_eq!(found.iter().filter(|label| *label == "Omar").count(), 2);
    assert!(remarks.is_empty());
    let bold = text.replace("Ruth:", "**Ruth:**").replace("Nils:", "**Nils:**").replace("Omar:", "**Omar:**");
    assert_eq!(labels(&bold).0.iter().filter(|label| *label == "Omar").count(), 2);
}

#[test]
fn two_in_a_row_are_speakers_where_one_comes_again_or_others_go_by_names() {
    // Bert comes again, and Clara once right below him.
    let turn = |n: usize| {
        let once = if n == 1 { "Clara: I saw none.\n\n" } else { "" };
        format!("Moderator: What of year {n}?\n\n{}: It was dry.\n\n{once}", ["Anna", "Bert"][n % 2])
    };
    for tight in [false, true] {
        let text: String = (0..8).map(turn).collect();
        let text = if tight { text.replace("\n\n", "\n") } else { text };
        let (found, remarks) = labels(&text);
        let n = |name: &str| found.iter().filter(|label| *label == name).count();
        assert_eq!((n("Anna"), n("Bert"), n("Clara")), (4, 4, 1), "{found:?}");
        assert_eq!(remarks, ["`Clara:` comes once and was taken for a speaker"]);
    }
    let (found, remarks) = labels(&GROUP.replace("{}", "Zora: It rained.\n\nOmar: It snowed."));
    assert_eq!((found.len(), remarks.len()), (9, 2), "{found:?} {remarks:?}");
    // Where nobody else goes by a name they may be points.
    let roles = GROUP.replace("Ida:", "Participant:").replace("Petr:", "Participant:");
    let (found, remarks) = labels(&roles.replace("{}", "Zora: It rained.\n\nOmar: It snowed."));
    assert_eq!((found.len(), remarks.len()), (7, 2), "{found:?} {remarks:?}");
}

#[test]
fn the_nearest_label_is_meant() {
    let talk = |once: &str, asks: &str, answers: &str| {
        let turn = |n: usize| {
            let answer = if n == 2 { once } else { answers };
            format!("{asks}: What of year {n}?\n\n{answer}: It was dry all day.\n\n")
        };
        labels(&(0..6).map(turn).collect::<String>())
    };
    for (once, asks, answers) in [
        ("Inteviewee", "Interviewer", "Interviewee"),
        ("Interrviewee", "Interviewer", "Interviewee"),
        ("Entrevistdo", "Entrevistador", "Entrevistado"),
        ("Priay", "Maeve", "Priya"),
    ] {
        let (found, remarks) = talk(once, asks, answers);
        assert_eq!(found, [asks, answers].repeat(6), "{remarks:?}");
        assert_eq!(remarks, [format!("`{once}` was read as `{answers}`, which it is written like")]);
    }
    // As near to both.
    let (found, remarks) = talk("Interviewe", "Interviewer", "Interviewee");
    assert!(!remarks.is_empty() && !remarks[0].contains("was read as"), "{found:?} {remarks:?}");
    assert!(remarks[0].contains("if it is `Interviewer` or `Interviewee`, correct it"), "{remarks:?}");
}

#[test]
fn headings_and_lists_stay_text() {
    for said in [
        "Pros: the trees.",
        "Note: I was not there.",
        "Satisfied: with most.",
        "For example: the pond.",
        "Benches: the benches are old.",
        "the pond: full of ducks.",
    ] {
        let (found, remarks) = labels(&GROUP.replace("{}", said));
        assert_eq!((found.len(), remarks.len()), (7, 0), "{said}: {found:?} {remarks:?}");
    }
    let (found, remarks) = labels(&GROUP.replace("Two do.\n\n{}", "Two do, as I wrote:\n\nWren: a bird."));
    assert_eq!((found.len(), remarks.len()), (7, 1), "{remarks:?}");
    let (found, remarks) = labels(&GROUP.replace("{}", "Oaks: three.\n\nElms: two.\n\nPines: none."));
    assert_eq!(found.len(), 7);
    assert_eq!(remarks.len(), 3);
    assert!(remarks[0].contains("`Oaks:` looks like a speaker but was taken for words of `Petr`"));
}

#[test]
fn a_voice_that_comes_once_is_never_silent() {
    let people = GROUP.replace("Two do.", "Two do, my father and all of us.");
    for name in ["Father", "Male voice", "Off camera", "Speaker 3", "van der Berg", "Ida’s wife", "Second interviewer"]
    {
        let (found, remarks) = labels(&people.replace("{}", &format!("{name}: It rained all day.")));
        assert_eq!((found[3].as_str(), found.len(), remarks.len()), (name, 8, 1), "{remarks:?}");
    }
    let (found, remarks) = labels(&people.replace("{}", "Phone: It rained all day."));
    assert_eq!((found.len(), remarks.len()), (7, 1));
    assert!(remarks[0].contains("looks like a speaker but was taken for words of `Petr`"), "{remarks:?}");
    // Those who are nobody are told where the parts of all are known.
    for name in ["Unknown", "All", "Several", "Other", "Other speaker", "Other person", "Autre"] {
        let (found, _) = labels(&people.replace("{}", &format!("{name}: It rained all day.")));
        assert_eq!((found[3].as_str(), found.len()), (name, 8));
        let roles = people.replace("Ida:", "Participant:").replace("Petr:", "Observer:");
        let (found, remarks) = labels(&roles.replace("{}", &format!("{name}: It rained all day.")));
        assert_eq!((found[3].as_str(), remarks.len()), (name, 0), "{remarks:?}");
    }
    for said in [
        "My father: he was late.",
        "Other: 12 of them.",
        "Other things: the trees.",
        "the voice: it was loud.",
        "One thing: the trees.",
        "Phone: 0113 496 0000",
    ] {
        let (found, remarks) = labels(&people.replace("{}", said));
        assert_eq!((found.len(), remarks.len()), (7, 0), "{said}: {remarks:?}");
    }
}

#[test]
fn a_relative_that_comes_once_beside_roles_is_a_speaker() {
    let roles = GROUP.replace("Ida:", "I:").replace("Petr:", "R:").replace("Two do.", "Two do, my wife and my father.");
    for name in ["Wife", "Father", "Ehemann", "Child 1", "Daughter-in-law"] {
        let (found, remarks) = labels(&roles.replace("{}", &format!("{name}: It rained all day.")));
        assert_eq!((found[3].as_str(), found.len(), remarks.len()), (name, 8, 1), "{remarks:?}");
        assert!(remarks[0].contains("comes once and was taken for a speaker"), "{remarks:?}");
    }
    for said in ["My wife: It rained all day.", "Mother: born here.\n\nFather: born in Leeds."] {
        let (found, _) = labels(&roles.replace("{}", said));
        assert_eq!(found.len(), 7, "{said}: {found:?}");
    }
}

#[test]
fn a_word_that_starts_paragraphs_again_and_again_is_never_silent() {
    let turn = |n: usize, word: &str| {
        let word = if n % 2 == 1 { format!("{word}: I was there as well.\n\n") } else { String::new() };
        format!("Ida: What of year {n}?\n\n{word}Petr: It was dry all day.\n\n")
    };
    for word in ["Third", "Example", "Answer"] {
        let (found, remarks) = labels(&(0..6).map(|n| turn(n, word)).collect::<String>());
        assert_eq!((found.len(), remarks.len()), (12, 1), "{word} {remarks:?}");
        assert!(remarks[0].starts_with(&format!("`{word}:` starts 3 paragraphs as labels do")), "{remarks:?}");
    }
    // A heading of a part may be nobody's.
    for (word, taken) in [("Part 2", "taken for headings or words of"), ("Third", "taken for words of")] {
        let (_, remarks) = labels(&(0..6).map(|n| turn(n, word)).collect::<String>());
        assert!(remarks.len() == 1 && remarks[0].contains(taken), "{remarks:?}");
    }
    // What people say first, what heads notes, and what stands in a list.
    for word in ["Yes", "Note", "third", "Pros: some.\n\nCons"] {
        let (found, remarks) = labels(&(0..6).map(|n| turn(n, word)).collect::<String>());
        assert_eq!((found.len(), remarks.len()), (12, 0), "{word} {remarks:?}");
    }
}

#[test]
fn words_for_somebody_or_nobody_that_come_again_after_the_same_person_are_speakers() {
    let talk = |label: &str| -> String {
        let turn = |n: usize| {
            let word = if n % 3 == 1 { format!("{label}: It was cold there.\n\n") } else { String::new() };
            format!("Interviewer: What of year {n}?\n\nParticipant: It was dry all day.\n\n{word}")
        };
        (0..6).map(turn).collect()
    };
    for label in [
        "Support worker",
        "Next of kin",
        "A colleague",
        "Third person",
        "Daughter (12)",
        "Mari de Mme Laval",
        "Ehefrau des Befragten",
        "Żona respondenta",
        "Moglie dell'intervistato",
        "Katılımcının eşi",
        "Unknown person",
        "Group response",
        "Simultaneous speech",
        "Okänd talare",
    ] {
        let (found, remarks) = labels(&talk(label));
        assert_eq!(found.iter().filter(|known| *known == label).count(), 2, "{label} {found:?} {remarks:?}");
    }
    for said in ["My father", "The best thing", "Worker bees", "And then she said"] {
        assert_eq!(labels(&talk(said)).0.len(), 12, "{said}");
    }
}

#[test]
fn who_comes_again_where_other_lines_hang_below_the_words_is_a_speaker() {
    let turn = |n: usize| {
        let third = if n % 2 == 1 { "EHE:  It was cold\n      there.\n" } else { "" };
        format!("INT:  What of\n      year {n}?\nBEF:  It was dry all day,\n      and so on.\n{third}")
    };
    let text: String = (0..6).map(turn).collect();
    let (found, _) = labels(&text);
    assert_eq!(found.iter().filter(|label| *label == "EHE").count(), 3, "{found:?}");
    // What is set in as the words are is said.
    let (found, _) = labels(&text.replace("EHE:  It", "      EHE: It"));
    assert!(!found.contains(&"EHE".to_owned()), "{found:?}");
}

#[test]
fn who_was_spoken_of_before_and_comes_once_is_told() {
    let talk = "Ann: How was the month?\n\nBeth: You ring pharmacy, and you wait.\n\nAnn: And then?\n\nBeth: We left.\n\n\
                {}\n\nAnn: So?\n\nBeth: No more.\n\nAnn: And now?\n\nBeth: Three of us.";
    let said = "Pharmacy: Your order is ready.";
    let bold = |text: &str| {
        ["Ann:", "Beth:", "Pharmacy:"]
            .iter()
            .fold(text.to_owned(), |text, label| text.replace(label, &format!("**{label}**")))
    };
    let text = talk.replace("{}", said);
    for text in [text.clone(), text.replace("\n\n", "\n"), bold(&text)] {
        let (found, remarks) = labels(&text);
        assert_eq!((found.len(), remarks.len()), (8, 1), "{text} {remarks:?}");
        assert!(remarks[0].starts_with("`Pharmacy:` looks like a speaker but was taken for words of `Beth`"));
    }
    // What goes on, a heading, a list, and where other paragraphs have no label either.
    for said in [
        "Pharmacy: your order was late.",
        "Pharmacy: 12 of them.",
        "Result: We left it.",
        "Pharmacy: We left.\n\nMonth: We left.",
    ] {
        let (found, remarks) = labels(&talk.replace("{}", said));
        assert_eq!((found.len(), remarks.len()), (8, 0), "{said} {remarks:?}");
    }
    let loose = talk.replace("{}", &format!("It was late.\n\nNobody came.\n\n{said}"));
    assert_eq!(labels(&loose).1, [""; 0]);
}

#[test]
fn a_word_behind_which_small_letters_go_on_is_no_speaker() {
    let said = "Cabbage: two of us ate it.";
    let (found, remarks) = labels(&GROUP.replace("{}", said));
    assert_eq!((found.len(), remarks.len()), (7, 1), "{found:?} {remarks:?}");
    assert!(remarks[0].starts_with("`Cabbage:` looks like a speaker but was taken for words of `Petr`"));
    // Where all that is said begins so, it tells nothing.
    let small = ["What", "One", "Two", "And", "Three", "Four", "Five"]
        .iter()
        .fold(GROUP.to_owned(), |text, word| text.replace(word, &word.to_lowercase()));
    let (found, _) = labels(&small.replace("{}", said));
    assert_eq!((found[3].as_str(), found.len()), ("Cabbage", 8));
}

#[test]
fn a_name_that_comes_once_and_is_a_letter_off_is_told_with_the_other() {
    for (once, usual) in [("Pete", "Petr"), ("Ika", "Ida")] {
        let (found, remarks) = labels(&GROUP.replace("{}", &format!("{once}: It rained all day.")));
        assert_eq!((found[3].as_str(), found.len()), (once, 8), "{remarks:?}");
        let told =
            format!("`{once}:` comes once and was taken for a speaker of its own; if it is `{usual}`, correct it");
        assert_eq!(remarks, [told]);
    }
}

#[test]
fn a_time_on_a_line_above_a_label_parts_nothing() {
    let turn = |(n, (who, said)): (usize, &(&str, &str))| format!("00:0{n}:10\n{who}: {said}\n\n");
    let talk = [
        ("Moderator", "What was it like?"),
        ("Anna", "It was dry."),
        ("Moderator", "And then?"),
        ("Bert", "It rained."),
        ("Moderator", "What else?"),
        ("Anna", "We left."),
        ("Moderator", "Why so?"),
        ("Bert", "It was late."),
    ];
    let (mut found, remarks) = labels(&talk.iter().enumerate().map(turn).collect::<String>());
    found.retain(|label| !label.is_empty());
    assert_eq!((found, remarks), (talk.iter().map(|(who, _)| (*who).to_owned()).collect(), Vec::new()));
}

#[test]
fn slips_of_typing_are_read_and_said() {
    let text = "Interviewer: Why?\nParticipant: One.\nInterviewer: And?\nParticpant: Two.\nInterivewer: So?\n\
                Participant: Three.\nInterviewer: Then?\nParticipant: Four.";
    let (found, remarks) = labels(text);
    assert_eq!((found[3].as_str(), found[4].as_str(), found.len()), ("Participant", "Interviewer", 8));
    assert_eq!(remarks[0], "`Particpant` was read as `Participant`, which it is written like");
    assert_eq!(remarks.len(), 2);
}

#[test]
fn a_character_of_a_role_that_is_another_is_a_slip() {
    let talk = |once: &str| -> Vec<String> {
        let turn = |n: usize| match n {
            3 => format!("采访者：那年怎么样？\n\n{once}：天下着雨呢。\n\n"),
            _ => "采访者：那年怎么样？\n\n受访者：天是晴的。\n\n".to_owned(),
        };
        labels(&(0..6).map(turn).collect::<String>()).0
    };
    assert_eq!(talk("受访着"), ["采访者", "受访者"].repeat(6));
    for other in ["受访甲", "来访者", "张师傅"] {
        assert!(!talk(other)[7].contains("受访者"), "{other}");
    }
}

#[test]
fn husband_and_wife_are_two() {
    for (wife, husband) in [("Mrs. Hale", "Mr. Hale"), ("Fr. Hale", "Hr. Hale")] {
        let text = GROUP.replace("Petr:", &format!("{wife}:")).replace("Ida:", &format!("{wife}:"));
        let (found, remarks) = labels(&text.replace("{}", &format!("{husband}: It rained all day.")));
        assert_eq!(found[3], husband, "{remarks:?}");
    }
}

#[test]
fn a_colon_that_is_lacking_is_said() {
    let text = "Interviewer: Why?\nParticipant: One.\nInterviewer: And?\nParticipant; Two.\nInterviewer: So?\n\
                Participant The third.\nInterviewer: Then?\nParticipant: Participant is what I am.";
    let (_, remarks) = found(text);
    assert_eq!(remarks.len(), 2, "{remarks:?}");
    assert!(remarks[0].contains("starts with `Participant` but no colon"));
}

#[test]
fn names_that_are_near_are_two_people() {
    for (key, target, role) in [
        ("martina", "martin", false),
        ("anna", "anne", false),
        ("p1", "p2", true),
        ("speaker 1", "speaker 2", true),
        ("interviewee", "interviewer", true),
        ("participant 1", "participant 2", true),
        ("johannes", "johanna", false),
        ("ann h.", "ann r.", false),
        ("stephen", "stephan", false),
    ] {
        assert!(!is_misspelt(key, target, role), "{key} {target}");
    }
    for (key, target, role) in
        [("interveiwer", "interviewer", true), ("moderater", "moderator", true), ("katarzyan k", "katarzyna k", false)]
    {
        assert!(is_misspelt(key, target, role), "{key} {target}");
    }
}

#[test]
fn a_full_name_beside_its_initials_is_a_label() {
    let text =
        "Jon Moss: Why?\n\nIda Lund: One.\n\nJM: And?\n\nIL: Two.\n\nJM: So?\n\nIL: Three.\n\nJM: Then?\n\nIL: Four.";
    let (found, remarks) = labels(text);
    assert_eq!(found, ["Jon Moss", "Ida Lund", "JM", "IL", "JM", "IL", "JM", "IL"]);
    assert!(remarks.is_empty());
    // Of two who could be meant nobody is; that is told where people are put together.
    let two = format!("{text}\n\nJoan Mills: Five.");
    assert_eq!(labels(&two).0.last().map(String::as_str), Some("Joan Mills"));
}

#[test]
fn where_only_roles_speak_a_name_is_said_to_be_doubtful() {
    let text = "Interviewer: Why?\n\nParticipant: One.\n\nInterviewer: And?\n\nParticipant: Two.\n\nZora: He forgets.\n\n\
                Interviewer: So?\n\nParticipant: Three.";
    let (found, remarks) = labels(text);
    assert_eq!(found.len(), 6);
    assert!(remarks[0].contains("`Zora:` looks like a speaker") && remarks[0].contains("--participant \"Zora\""));
}

#[test]
fn whom_a_number_initials_or_a_relation_tell_apart_is_somebody_else() {
    for (usual, rare) in [
        ("Participant", "Participant 2"),
        ("Ann H.", "Ann R."),
        ("P3", "P3 (husband)"),
        ("Stephan", "Stephen"),
        ("Woman", "Woman 2"),
    ] {
        let text = GROUP.replace("Petr:", &format!("{usual}:")).replace("Ida:", &format!("{usual}:"));
        let (found, remarks) = labels(&text.replace("{}", &format!("{rare}: It rained all day.")));
        assert_eq!((found[3].as_str(), found.len()), (rare, 8), "{remarks:?}");
        assert!(!remarks.iter().any(|told| told.contains("was read as")), "{remarks:?}");
    }
    // What is told of P3 where they speak first is no other person.
    let text = GROUP.replace("Petr:", "P3:").replace("Ida: Three", "P3: Three").replace("Ida: Five", "P3: Five");
    let (found, _) = labels(&text.replace("Ida:", "P3 (mother):").replace("{}", "P3: It rained all day."));
    assert_eq!((found[1].as_str(), found.len()), ("P3", 8), "{found:?}");
}

#[test]
fn a_known_letter_that_is_the_start_of_a_label_is_told() {
    let text = "DP: Why was it?\n\nMO: One.\n\nDP: And then?\n\n{}: Two of us.\n\nDP: So?\n\nMO: Three.\n\n\
                DP: And now?\n\nMO: Four.";
    let (found, remarks) = labels(&text.replace("{}", "M"));
    assert_eq!((found[3].as_str(), remarks.len()), ("M", 1), "{remarks:?}");
    assert!(remarks[0].contains("if it is `MO`, correct it"));
    assert_eq!(labels(&text.replace("{}", "MO")).1, [] as [String; 0]);
}

#[test]
fn who_is_left_open_is_taken_for_a_speaker() {
    let group = "Moderator: What of the park?\n\nP1: One likes it.\n\nP2: Two do.\n\n{}: It rained.\n\nP3: Four.\n\n\
                 Moderator: And now?\n\nP3: Five.\n\nP1: Six of us.\n\nP2: Seven.";
    for label in ["P?", "P ?", "P??", "Px", "Participant ?", "Speaker ?", "Sprecher ?", "TN?", "P1+P3", "P1 & P3"] {
        let (once, remarks) = labels(&group.replace("{}", label));
        assert_eq!((once.len(), once[3].as_str()), (9, label), "{once:?} {remarks:?}");
        let again = format!("{group}\n\n{{}}: It snowed.").replace("{}", label);
        let (twice, _) = labels(&again);
        assert_eq!((twice.len(), twice[9].as_str()), (10, label), "{twice:?}");
    }
    let talk = "Interviewer: How was it?\n\nParticipant: Like so.\n\n{}: It rained.\n\nInterviewer: And then?\n\n\
                Participant: Three.\n\nInterviewer: So?\n\nParticipant: No more.";
    assert_eq!(labels(&talk.replace("{}", "P?")).0[2], "P?");
    // Who is named elsewhere is meant, with a warning.
    let (found, remarks) = labels(&talk.replace("{}", "Participant ?"));
    assert_eq!((found.len(), found[2].as_str(), remarks.len()), (7, "Participant", 1), "{found:?} {remarks:?}");
    for words in ["Who was it?", "Why?", "OK?", "Was it me?", "C++"] {
        assert_eq!(labels(&group.replace("{}", words)).0.len(), 8, "{words}");
    }
}

#[test]
fn a_speaker_of_a_program_below_a_bold_name_is_no_title() {
    let turn = |label: &str, words: &str| format!("**{label}**  \n{words}\n\n");
    let talk = |once: &str| -> String {
        let turns = [("Interviewer", "How was it?"), ("Participant", "Like so."), ("Interviewer", "And then?")];
        let more = [("Participant", "Three of us."), ("Interviewer", "So?"), ("Participant", "No more.")];
        let once = [(once, "The kettle is boiling now.")];
        turns.iter().chain(&once).chain(&more).map(|(label, words)| turn(label, words)).collect()
    };
    let (found, remarks) = labels(&talk("Speaker 3"));
    assert_eq!((found.len(), found[3].as_str(), remarks.len()), (7, "Speaker 3", 1), "{found:?} {remarks:?}");
    let (found, remarks) = labels(&talk("Male voice"));
    assert_eq!((found.len(), remarks.len()), (6, 1), "{found:?} {remarks:?}");
    for title in ["Summary", "Part 3", "The kettle", "Others"] {
        let (found, remarks) = labels(&talk(title));
        assert_eq!((found.len(), remarks.len()), (6, 0), "{title} {found:?} {remarks:?}");
    }
}

#[test]
fn a_letter_before_an_apostrophe_is_no_word() {
    let talk = "E: Comment ?\n\nI: Ma voisine m'a laissé deux ruches.\n\nE: Et puis ?\n\nI: Il y avait la pluie.\n\n\
                {}: Oui, enfin, un peu.\n\nE: Et alors ?\n\nI: Personne n'a rien vu.\n\n{}: Et moi aussi.\n\n\
                E: Bon ?\n\nI: Oui.";
    let found = labels(&talk.replace("{}", "M")).0;
    assert_eq!((found.len(), found[4].as_str(), found[7].as_str()), (10, "M", "M"), "{found:?}");
    // One that is a word stays text.
    assert!(!labels(&talk.replace("{}", "Y")).0.contains(&"Y".to_owned()));
}

#[test]
fn a_word_that_may_be_initials_or_a_code_is_a_label_where_it_recurs_and_else_told() {
    for word in ["OK", "NA", "None", "N/A", "AH"] {
        let said = format!("{word}: It rained all day.");
        let (found, remarks) = labels(&GROUP.replace("{}", &said));
        assert_eq!((found.len(), remarks.len()), (7, 1), "{word} {remarks:?}");
        let told = format!("`{word}:` looks like a speaker but was taken for words of `Petr`");
        assert!(remarks[0].starts_with(&told), "{remarks:?}");
        let twice = format!("{GROUP}\n\n{said}\n\nModerator: So?\n\nIda: Six.").replace("{}", &said);
        let (found, _) = labels(&twice);
        assert_eq!(found.iter().filter(|label| *label == word).count(), 2, "{word} {found:?}");
        let initials = GROUP.replace("Ida:", "IL:").replace("Petr:", "PM:");
        assert_eq!(labels(&initials.replace("{}", &said)).0.len(), 8, "{word}");
    }
    for said in ["Ok: it rained all day.", "No: it rained all day.", "Yes: it rained.", "so: it rained."] {
        assert_eq!(labels(&GROUP.replace("{}", said)), labels(&GROUP.replace("{}", "(said)")), "{said}");
    }
}

#[test]
fn a_name_with_its_place_that_comes_once_is_a_speaker() {
    let roles = GROUP.replace("Ida:", "Participant:").replace("Petr:", "Participant:");
    for label in
        ["Carol – Leeds", "Carol - Leeds", "Carol Hill — University of Leeds", "Carol / Ward 7", "Carol | Leeds"]
    {
        for text in [GROUP, &roles] {
            let (found, remarks) = labels(&text.replace("{}", &format!("{label}: It rained all day.")));
            assert_eq!((found.len(), found[3].as_str()), (8, label), "{remarks:?}");
            assert_eq!(remarks, [format!("`{label}:` comes once and was taken for a speaker")]);
        }
    }
    for said in
        ["Pros – Cons: one each.", "Part 2 – Leeds: it rained.", "Rain – Leeds: it rained all day, no rain since."]
    {
        let (found, remarks) = labels(&GROUP.replace("{}", said));
        assert_eq!((found.len(), remarks.len()), (7, 0), "{said} {remarks:?}");
    }
}

#[test]
fn words_with_a_colon_in_one_sentence_are_a_list() {
    let (found, remarks) = labels(&GROUP.replace("{}", "Men: left corridor, women: right corridor, and so on."));
    assert_eq!((found.len(), remarks.len()), (7, 0), "{remarks:?}");
    for said in ["Men: left corridor, and women went right.", "Men: left corridor. And, women: right."] {
        let (found, remarks) = labels(&GROUP.replace("{}", said));
        assert_eq!((found.len(), remarks.len()), (7, 1), "{said} {remarks:?}");
    }
}
