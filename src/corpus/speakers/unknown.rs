//! Labels that name nobody in a talk, or hardly anybody: `Other`, `Participants`, `X`, `N/A`, `-`; and `Allen`, `Both`,
//! which are names as well.
//!
//! In: what is counted of the speakers of one transcript. Out: whether such a label is nobody there – beside two others
//! who talk, and with half as many turns at most as the one of them who answers most – or somebody, and a phrase to
//! warn with on either. What plainly names nobody (`Unknown speaker`, `Laughter`) is told among the roles, and has no
//! phrase. It never looks at what is said.

use super::super::error::counted;
use super::super::model::{Role, SpeakerRole};
use super::super::nobody;
use super::super::policy::ASKING_SHARE;
use super::counts::Speaker;
use super::{Names, machines};

/// Whoever has more than one turn to so many of the one who answers most is somebody.
const SELDOM: usize = 2;
/// Fewer turns than these are all people's at once, where others talk and the label is a word for that.
const FEWEST_OF_A_NAME: usize = 3;
/// Among more speakers than these nobody's label is held against those of all others.
const CROWD: usize = 1000;

/// Whether a speaker is nobody; `None` where the label does not speak for it, or where it may be somebody's and the
/// counts make it so.
pub(super) fn is_nobody(at: usize, speakers: &[Speaker], keys: &[String], names: &Names) -> Option<bool> {
    let key = keys[at].as_str();
    let others = || others(at, keys);
    if nobody::is_the_only_other(key, others()) {
        return Some(false);
    }
    if machines::is_part(key, others()) {
        return Some(true);
    }
    if nobody::is_hardly_called(key) && !nobody::is_of_program(key, others()) {
        return Some(!nobody::is_one_of(key, others()) && is_seldom(at, speakers, keys, names));
    }
    if nobody::is_also_a_name(key) {
        let is_rare = || speakers[at].turns < FEWEST_OF_A_NAME && others_who_talk(at, keys).len() > 1;
        return Some(is_seldom(at, speakers, keys, names) || is_rare());
    }
    let is_beside = || nobody::is_nobody_beside(key, others()) && is_seldom(at, speakers, keys, names);
    (nobody::is_nobody(key) || is_beside()).then_some(true)
}

/// Whether a speaker comes seldom where two others talk, who do not both ask: beside the one of them who answers most.
fn is_seldom(at: usize, speakers: &[Speaker], keys: &[String], names: &Names) -> bool {
    let somebody = others_who_talk(at, keys);
    let answers = |other: &&usize| may_answer(&speakers[**other], &keys[**other], names);
    let most = somebody.iter().filter(answers).map(|&other| speakers[other].turns).max();
    somebody.len() > 1 && most.is_some_and(|most| speakers[at].turns * SELDOM <= most)
}

/// The keys of all speakers but one.
fn others(at: usize, keys: &[String]) -> impl Iterator<Item = &str> + Clone {
    keys.iter().enumerate().filter(move |&(other, _)| other != at).map(|(_, key)| key.as_str())
}

/// The places of all others whose labels are somebody's.
fn others_who_talk(at: usize, keys: &[String]) -> Vec<usize> {
    let others = || others(at, keys);
    let is_somebody = |&other: &usize| {
        let key = keys[other].as_str();
        let is_none = nobody::is_nobody(key) || nobody::is_hardly_called(key);
        other != at && !key.is_empty() && !is_none && !nobody::is_nobody_beside(key, others())
    };
    (0..keys.len()).filter(is_somebody).collect()
}

/// Whether a speaker may be one who answers: by the name, and by how seldom it asks.
fn may_answer(speaker: &Speaker, key: &str, names: &Names) -> bool {
    let asks = matches!(names.by_name(key), Some(Role::Interviewer | Role::Other));
    !asks && speaker.request_share() < ASKING_SHARE
}

/// Whether a word or a number in the place of a name comes so seldom that it may be none: not two capitals, not beside
/// initials, and not one that asks or answers regularly.
fn is_out_of_place(at: usize, speakers: &[Speaker], keys: &[String]) -> bool {
    let (speaker, key) = (&speakers[at], keys[at].as_str());
    let others = || others(at, keys);
    let is_capitals = speaker.label.chars().count() == 2 && speaker.label.chars().all(char::is_uppercase);
    let is_regular = speaker.turns > 1 && (speaker.requests() + speaker.replies) * 2 > speaker.turns;
    let may_be_initials = || (is_capitals && key != "ok") || others().any(nobody::is_pair);
    keys.len() <= CROWD
        && nobody::is_out_of_place(key, others())
        && (key == "ok" || !is_regular)
        && !may_be_initials()
        && is_seldom(at, speakers, keys, &Names::default())
}

/// What is doubtful about a speaker whose label may name nobody, with the line and the number of turns.
pub(super) fn doubt(at: usize, speakers: &[Speaker], decided: &SpeakerRole, keys: &[String]) -> Option<String> {
    let (speaker, key) = (&speakers[at], keys[at].as_str());
    let others = || others(at, keys);
    let (place, label, n_turns) = (place(speaker), &speaker.label, counted(speaker.turns, "turn"));
    if decided.role == Role::Other {
        let is_told = decided.reason == nobody::REASON && !nobody::is_plainly(key);
        let count = if speaker.turns == 1 { "counts as nobody's answer" } else { "count as nobody's answers" };
        return is_told.then(|| {
            format!(
                "{place}`{label}` was taken for nobody in particular, with {n_turns}, which {count}; if it is somebody, \
                 say who with `--participant=\"{label}\"`"
            )
        });
    }
    let asks = decided.role == Role::Interviewer;
    let part = if asks { "an interviewer" } else { "a participant" };
    let taken = format!("{place}`{label}` was taken for {part}, with {n_turns}");
    let is_doubtful_name = nobody::is_also_a_name(key) && !nobody::is_given_name(key);
    if nobody::is_hardly_called(key) || nobody::is_other(key) || is_doubtful_name {
        let answers = |&other: &usize| may_answer(&speakers[other], &keys[other], &Names::default());
        let is_only = asks || !others_who_talk(at, keys).iter().any(answers);
        if nobody::is_one_of(key, others()) || (is_only && nobody::is_nameless_or_initials(key)) {
            return None;
        }
        let option = if asks { "interviewer" } else { "participant" };
        let or = if is_only { "" } else { "; if it names nobody in particular, call it `Unknown speaker` in the file" };
        return Some(format!("{taken}; if that is right, say so with `--{option}=\"{label}\"`{or}"));
    }
    is_out_of_place(at, speakers, keys)
        .then(|| format!("{taken}, though hardly anybody is called so; if it is nobody's name, correct it in the file"))
}

/// The line of a speaker's first turn, as phrases begin with it; nothing where no lines are known.
pub(super) fn place(speaker: &Speaker) -> String {
    speaker.line.map_or_else(String::new, |line| format!("line {line}, "))
}

#[cfg(test)]
mod tests {
    use super::super::tests::talked;
    use super::*;
    use Role::{Interviewer as I, Other as O, Participant as P};

    /// A talk of two who are asked, and of a third who comes in so many times.
    fn group(third: &str, n: usize) -> Vec<(&str, &str)> {
        let turns = |at| {
            [("Ann", "And what then?"), ("Tom", "It rained all day long."), ("Bea", "We stayed at home.")]
                .into_iter()
                .chain((at < n).then_some((third, "There were wasps as well.")))
        };
        (0..6).flat_map(turns).collect()
    }

    fn third(label: &str, n: usize) -> (Role, Vec<String>) {
        let (roles, doubts) = talked(&group(label, n));
        (roles[3], doubts)
    }

    #[test]
    fn who_is_named_nobody_in_particular_is_nobody_and_told_with_the_turns() {
        for label in ["Other", "Other speaker", "X", "None", "NA", "N/A", "Null", "-", "--", ".", "undefined", "999"] {
            let (role, doubts) = third(label, 2);
            let told = format!("`{label}` was taken for nobody in particular, with 2 turns, which count as nobody's");
            assert!(role == O && doubts.len() == 1 && doubts[0].starts_with(&told), "{label} {role} {doubts:?}");
        }
        // What surely is nobody, and who is named, are no doubt.
        for (label, role) in
            [("Unknown speaker", O), ("SPEAKER_UU", O), ("UNKNOWN", O), ("All", O), ("Eva", P), ("P?", O)]
        {
            assert_eq!((third(label, 2).0, third(label, 2).1.is_empty()), (role, label != "P?"), "{label}");
        }
    }

    #[test]
    fn who_is_hardly_called_so_is_somebody_where_often_or_alone_and_told() {
        let often = |label: &'static str| -> Vec<(&str, &str)> {
            (0..6).flat_map(|_| [("Ann", "And what then?"), (label, "It rained all day long.")]).collect()
        };
        for (label, is_told) in [
            ("X", true),
            ("None", true),
            ("-", true),
            ("Other", true),
            ("99", true),
            ("NA", false),
            ("Anonymous", false),
        ] {
            let (roles, doubts) = talked(&often(label));
            assert_eq!(roles, [I, P], "{label}");
            let told = format!("`{label}` was taken for a participant, with 6 turns; if that is right, say so with");
            assert_eq!(doubts.iter().any(|doubt| doubt.starts_with(&told)), is_told, "{label} {doubts:?}");
            assert!(!doubts.iter().any(|doubt| doubt.contains("Unknown speaker")), "{label} {doubts:?}");
            let (roles, _) = talked(&[often(label), vec![("Tom", "So it was.")]].concat());
            assert_eq!(roles, [I, P, P], "{label}");
        }
        // One of a kind with others is somebody, however seldom.
        for (label, other) in [("X", "Y"), ("NA", "TR"), ("99", "98")] {
            let turns: Vec<(&str, &str)> =
                group(label, 2).into_iter().map(|(who, said)| (if who == "Bea" { other } else { who }, said)).collect();
            let (roles, doubts) = talked(&turns);
            assert_eq!(roles[3], P, "{label} {other}");
            assert!(!doubts.iter().any(|doubt| doubt.contains(&format!("`{label}`"))), "{doubts:?}");
        }
    }

    #[test]
    fn who_answers_as_often_as_the_others_is_somebody() {
        for label in ["NA", "NN", "Anon", "TBC", "Other"] {
            let asked = |n: usize| -> Vec<(&str, &str)> {
                let of = |at| if at < n { ["Tom", "Bea", label] } else { ["Tom", "Bea", "Tom"] };
                (0..5)
                    .flat_map(of)
                    .flat_map(|who| [("Interviewer", "And what then?"), (who, "It rained all day long.")])
                    .collect()
            };
            let (roles, doubts) = talked(&asked(5));
            assert_eq!(roles, [I, P, P, P], "{label}");
            assert!(doubts.iter().any(|doubt| doubt.contains("call it `Unknown speaker`")), "{label} {doubts:?}");
            assert_eq!(talked(&asked(2)).0, [I, P, P, O], "{label}");
        }
    }

    #[test]
    fn a_word_or_a_number_in_the_place_of_a_name_is_somebody_and_told() {
        for label in ["OK", "Yes", "0", "12"] {
            let (role, doubts) = third(label, 2);
            assert!(role == P && doubts.len() == 1 && doubts[0].contains("hardly anybody is called so"), "{doubts:?}");
        }
        for label in ["Will", "AH", "OH", "SO", "JA", "NO"] {
            assert_eq!(third(label, 2), (P, Vec::new()), "{label}");
        }
        // Who talks as often as others, or stands beside initials, is called so.
        for label in ["Oh", "So", "12"] {
            assert_eq!(third(label, 6), (P, Vec::new()), "{label}");
        }
        for (asks, answers) in [("PL", "07"), ("Lund", "12"), ("KF", "103"), ("Peter", "3"), ("Ann Hall", "Oh")] {
            let turns: Vec<(&str, &str)> =
                (0..6).flat_map(|_| [(asks, "And what then?"), (answers, "It rained all day long.")]).collect();
            assert_eq!(talked(&turns), (vec![I, P], Vec::new()), "{asks} {answers}");
        }
    }

    #[test]
    fn who_is_called_ok_and_answers_seldom_is_told() {
        let turns: Vec<(&str, &str)> = (0..8)
            .flat_map(|n| {
                let who = if n % 4 == 3 { "OK" } else { "Anna" };
                [("Interviewer", "And what then?"), (who, "It rained all day long.")]
            })
            .collect();
        let (roles, doubts) = talked(&turns);
        assert_eq!(roles, [I, P, P]);
        assert!(doubts.iter().any(|doubt| doubt.contains("hardly anybody is called so")), "{doubts:?}");
    }

    #[test]
    fn all_at_once_are_nobody_where_no_name_says_who_asks() {
        let turns: Vec<(&str, &str)> = (0..4).flat_map(|_| [("P1", "It rained."), ("P2", "It did.")]).collect();
        let (roles, doubts) = talked(&[turns, vec![("Both", "So it was.")]].concat());
        assert_eq!(roles, [P, P, O]);
        assert!(!doubts.iter().any(|doubt| doubt.contains("`Both`")), "{doubts:?}");
    }

    #[test]
    fn a_word_for_all_that_is_a_name_as_well_is_somebody_where_it_comes_as_often_as_others() {
        let pair = |label: &'static str, n: usize| -> Vec<(&str, &str)> {
            let of = |at| if at < n { ["Grace", label] } else { ["Grace", "Grace"] };
            (0..6)
                .flat_map(of)
                .flat_map(|who| [("Interviewer", "And what then?"), (who, "It rained all day long.")])
                .collect()
        };
        for (label, is_told) in [("Allen", false), ("Both", true), ("Tutti", true), ("Samen", true)] {
            let (roles, doubts) = talked(&pair(label, 6));
            assert_eq!(roles, [I, P, P], "{label}");
            let told = format!("`{label}` was taken for a participant, with 6 turns");
            assert_eq!(doubts.iter().any(|doubt| doubt.starts_with(&told)), is_told, "{label} {doubts:?}");
            // Of three who talk, seldom.
            assert_eq!(talked(&pair(label, 2)).0, [I, P, O], "{label}");
            // Nobody else answers.
            let alone: Vec<(&str, &str)> =
                (0..4).flat_map(|_| [("Interviewer", "And what then?"), (label, "It rained all day.")]).collect();
            assert_eq!(talked(&alone).0, [I, P], "{label}");
        }
        assert_eq!(talked(&pair("All", 6)).0, [I, P, O]);
        assert!(talked(&pair("Allen", 2)).1.iter().any(|doubt| doubt.contains("`Allen` was taken for nobody")));
    }

    #[test]
    fn the_line_of_the_first_turn_is_told() {
        let mut found = super::super::speakers(group("X", 1).into_iter());
        found[3].line = Some(17);
        let roles = super::super::roles(&found, "talk", &Names::default());
        let told = super::super::doubts(&found, &roles, &Names::default());
        assert!(told[0].starts_with("line 17, `X` was taken for nobody in particular, with 1 turn"), "{told:?}");
    }
}
