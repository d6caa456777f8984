//! Who puts into another language what others say: by a label that says so ([`interpreting`]), and `T`, who comes between
//! each question and each answer.
//!
//! In: what is counted of the speakers of one transcript. Out: who is an interpreter by the label, who seems to be by the
//! turns, and phrases to warn with. An interpreter answers nothing: of an answer and its translation one would count
//! twice. It never looks at what is said.

use std::collections::HashMap;

use super::super::error::counted;
use super::super::model::{Role, SpeakerRole};
use super::super::people::is_short_for;
use super::counts::Speaker;
use super::interpreting::{answers_by_name, is_named, is_told, is_word};
use super::{Names, beside, brackets, described, key, unknown};

/// How words for who interprets begin, as labels of letters.
#[rustfmt::skip]
const LETTERS: &[&str] = &[
    "t", "tr", "trans", "transl", "d", "do", "dol", "dolm", "ü", "üb", "übers", "interp", "interpr", "trad", "tłum", "tlum",
    "терп", "пер", "п", "ter", "tol", "tlk", "terc", "v", "verta",
];
/// Why somebody is one whose label says so.
const NAMED: &str = "an interpreter, as the label says";
/// Why somebody of whom the label says so takes part.
const ANSWERS: &str = "answers who asks, though the label names an interpreter";
/// Fewer turns show no habit.
const FEWEST: usize = 4;

/// Those whom their label, another one, or their letter and their turns make interpreters, each with the reason.
pub(super) fn found(speakers: &[Speaker], keys: &[String], names: &Names) -> HashMap<usize, (Role, String)> {
    let is_free = |at: usize| names.given(&keys[at]).is_none() && names.people.find(&keys[at]).is_none();
    let mut found = HashMap::new();
    let named: Vec<usize> = (0..keys.len()).filter(|&at| !is_word(&keys[at]) && is_named(&keys[at])).collect();
    for at in (0..keys.len()).filter(|&at| !named.is_empty() && is_free(at)) {
        if named.contains(&at) {
            // `P1 (interpreter)`, whose work that is
            let answers =
                answers_by_name(described::core(&keys[at])) && beside::replies_to_who_asks(at, speakers, keys, names);
            let (role, why) = if answers { (Role::Participant, ANSWERS) } else { (Role::Other, NAMED) };
            found.insert(at, (role, why.to_owned()));
            continue;
        }
        let label = &speakers[at].label;
        let is_of = |other: &&usize| {
            let core = brackets::parts(&speakers[**other].label).map(|(core, _)| core);
            core.is_some_and(|core| key(core) == keys[at] || is_short_for(label, core))
        };
        if let Some(&other) = named.iter().find(is_of).filter(|_| !answers_by_name(&keys[at])) {
            found.insert(at, (Role::Other, format!("interprets, as `{}` says", speakers[other].label)));
        }
    }
    let between = between(speakers, keys, names).filter(|&(at, _, _)| is_free(at) && !found.contains_key(&at));
    if let Some((at, asks, answers)) = between.filter(|&(at, ..)| LETTERS.contains(&keys[at].trim_end_matches('.'))) {
        let (asks, answers) = (&speakers[asks].label, &speakers[answers].label);
        let why = format!("comes between `{asks}` and `{answers}`, as an interpreter does");
        found.insert(at, (Role::Other, why));
    }
    found
}

/// Of a talk in which all questions and answers go through somebody, that one, who asks, and who answers.
fn between(speakers: &[Speaker], keys: &[String], names: &Names) -> Option<(usize, usize, usize)> {
    let behind = |at: usize, above: usize| speakers[at].behind.get(&above).copied().unwrap_or_default();
    let meet = |a: usize, b: usize| behind(a, b) + behind(b, a);
    let is_asker = |at: usize| match names.by_name(&keys[at]) {
        Some(role) => role == Role::Interviewer,
        None => speakers[at].request_share() >= 0.5,
    };
    let answers = |at: usize| speakers[at].request_share() <= 0.25 && names.by_name(&keys[at]) != Some(Role::Other);
    let is_between = |&(at, asks, other): &(usize, usize, usize)| {
        let speaker = &speakers[at];
        let (after_asker, after_other) = (behind(at, asks), behind(at, other));
        speaker.turns >= FEWEST
            && names.by_name(&keys[at]).is_none_or(|role| role != Role::Other)
            && after_asker >= 2
            && after_other >= 2
            && (after_asker + after_other) * 10 >= speaker.turns * 8
            && after_asker.abs_diff(after_other) * 3 <= speaker.turns
            && behind(other, at) * 10 >= speakers[other].turns * 8
            && meet(asks, other) * 8 <= speaker.turns
            && speaker.requests() > 0
            && (0.2..=0.7).contains(&speaker.request_share())
    };
    let places = 0..keys.len().min(MOST);
    let trios = places.clone().filter(|&at| is_asker(at)).flat_map(|asks| {
        let (places, answers) = (places.clone(), &answers);
        places.clone().filter(move |&other| other != asks && answers(other)).flat_map(move |other| {
            places.clone().filter(move |&at| at != asks && at != other).map(move |at| (at, asks, other))
        })
    });
    trios.filter(|(_, asks, _)| !keys[*asks].is_empty()).find(is_between)
}

/// Among more speakers nobody is looked for.
const MOST: usize = 12;

/// What is doubtful about interpreters, as phrases to warn with.
pub(super) fn doubts(speakers: &[Speaker], roles: &[SpeakerRole], names: &Names, keys: &[String]) -> Vec<String> {
    let found = found(speakers, keys, names);
    let mut doubts = Vec::new();
    for (at, (speaker, decided)) in speakers.iter().zip(roles).enumerate() {
        let Some((role, why)) = found.get(&at).filter(|(role, _)| decided.role == *role) else { continue };
        // `Wife (translating)` may answer as well.
        if *role != Role::Participant && why == NAMED && !is_told(&keys[at]) {
            continue;
        }
        let (place, label, turns) = (unknown::place(speaker), &speaker.label, counted(speaker.turns, "turn"));
        doubts.push(match role {
            Role::Participant => format!(
                "{place}`{label}` was taken for a participant, with {turns}, since it {why}; if that is an interpreter, call \
                 it `Interpreter` in the file"
            ),
            _ => format!(
                "{place}`{label}` was taken for an interpreter, with {turns}, which no answer is made of: {why}; if that is a \
                 participant, say so with `--participant \"{label}\"`"
            ),
        });
    }
    let is_open = |at: usize| names.given(&keys[at]).is_none() && names.people.find(&keys[at]).is_none();
    if let Some((at, asks, answers)) = between(speakers, keys, names).filter(|&(at, ..)| is_open(at))
        && roles[at].role != Role::Other
    {
        let role = roles[at].role;
        doubts.push(format!(
            "{}`{}` was taken for {} {role}, but comes between the turns of `{}` and `{}` as an interpreter does; if that is \
             one, call it `Interpreter` in the file",
            unknown::place(&speakers[at]),
            speakers[at].label,
            role.article(),
            speakers[asks].label,
            speakers[answers].label,
        ));
    }
    doubts
}

#[cfg(test)]
mod tests {
    use super::super::tests::talked;
    use super::Role::{Interviewer as I, Other as O, Participant as P};
    use super::*;

    /// A talk in which all questions and answers go through somebody.
    fn through<'t>(asks: &'t str, who: &'t str, answers: &'t str) -> Vec<(&'t str, &'t str)> {
        let turn = [
            (asks, "Since when?"),
            (who, "Depuis quand ?"),
            (answers, "Depuis l'hiver."),
            (who, "Since winter, he says."),
        ];
        (0..3).flat_map(|_| turn).collect()
    }

    #[test]
    fn who_interprets_by_the_label_is_no_participant() {
        for label in [
            "D (translating)",
            "D [translating]",
            "Sana (interpreter)",
            "Sana, interpreter",
            "B's interpreter",
            "Interpreter for B",
            "Dolmetscherin Frau Ali",
            "T (traduit)",
            "翻译（李）",
        ] {
            assert_eq!(talked(&through("I", label, "B")), (vec![I, O, P], Vec::new()), "{label}");
            assert_eq!(talked(&through("Hall", label, "Amal")).0, [I, O, P], "{label}");
        }
        for label in
            ["P1 (via interpreter)", "I (to interpreter)", "P1 (translated)", "Tom (Lost)", "Translation office"]
        {
            assert!(!is_named(&key(label)), "{label}");
        }
    }

    #[test]
    fn who_takes_part_and_interprets_is_told() {
        for label in ["Wife (translating)", "P2 (interprets)", "I (translating)", "Friend/interpreter"] {
            let turns = [through("I", label, "B"), vec![("Wife", "He sleeps badly.")]].concat();
            let (roles, doubts) = talked(&turns);
            assert_eq!(roles, [I, O, P, P], "{label}");
            assert!(doubts[0].contains(&format!("`{label}` was taken for an interpreter, with 6 turns")), "{doubts:?}");
        }
    }

    #[test]
    fn who_goes_by_the_same_name_elsewhere_interprets_there() {
        let turns =
            [vec![("I", "Hello?"), ("Sana (interpreter)", "Bonjour ?"), ("B", "Bonjour.")], through("I", "Sana", "B")];
        let (roles, doubts) = talked(&turns.concat());
        assert_eq!(roles, [I, O, P, O]);
        assert!(doubts.iter().any(|doubt| doubt.contains("interprets, as `Sana (interpreter)` says")), "{doubts:?}");
    }

    #[test]
    fn who_comes_between_all_questions_and_answers_is_told() {
        for letter in ["T", "D", "Trans", "Ü", "Tr."] {
            let (roles, doubts) = talked(&through("I", letter, "B"));
            assert_eq!(roles, [I, O, P], "{letter}");
            assert!(doubts[0].contains("comes between `I` and `B`"), "{letter} {doubts:?}");
        }
        for name in ["K", "Sana", "Int."] {
            let (roles, doubts) = talked(&through("I", name, "B"));
            assert_ne!(roles[1], O, "{name}");
            assert!(doubts.iter().any(|doubt| doubt.contains("as an interpreter does")), "{name} {doubts:?}");
        }
    }

    #[test]
    fn a_moderator_between_two_who_answer_is_none() {
        let turn = [("M", "And you?"), ("T", "On the market."), ("M", "And why?"), ("B", "I have no time.")];
        let turns: Vec<(&str, &str)> = (0..4).flat_map(|_| turn).collect();
        assert_eq!(talked(&turns), (vec![I, P, P], Vec::new()));
        let turns: Vec<(&str, &str)> =
            turns.into_iter().map(|(who, said)| (if who == "M" { "Ann" } else { who }, said)).collect();
        assert_eq!(talked(&turns).0, [I, P, P]);
    }

    #[test]
    fn who_answers_the_one_who_asks_takes_part_whatever_the_label_says() {
        let turn =
            [("Interviewer", "And the pay?"), ("P1 (interpreter)", "Late, always."), ("P2 (nurse)", "It depends.")];
        let turns: Vec<(&str, &str)> = (0..4).flat_map(|_| turn).collect();
        let (roles, doubts) = talked(&turns);
        assert_eq!((roles, doubts.len()), (vec![I, P, P], 1));
        assert!(doubts[0].contains("though the label names an interpreter"), "{doubts:?}");
    }

    #[test]
    fn interpreters_who_are_asked_of_their_work_answer() {
        let turn = [
            ("Interviewer", "And the pay?"),
            ("Interpreter Anna", "Late, always."),
            ("Interpreter Ben", "It depends."),
        ];
        let turns: Vec<(&str, &str)> = (0..4).flat_map(|_| turn).collect();
        assert_eq!(talked(&turns).0, [I, P, P]);
    }
}
