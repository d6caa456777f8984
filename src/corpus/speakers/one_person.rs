//! The labels by which one person goes in a transcript, and what to tell of them.
//!
//! In: the labels of a transcript with their turns, and the people that its header names. Out: which label
//! is read as which other, with a phrase for each, and a phrase for each that may be either of two people
//! and is kept apart. What the user named is never read as anything else.

use std::collections::HashMap;

use super::super::label_key::key;
use super::super::people::{self, People};
use super::codes::{self, Alike};

/// Labels, each with the one that it is read as.
pub(crate) type Same = HashMap<String, String>;

/// The spellings of one code, such as `P 12` of `P12`.
pub(crate) fn spelt_alike(labels: &[(String, usize)], is_given: impl Fn(&str) -> bool) -> (Same, Vec<String>) {
    let mut found = codes::spelt_alike(labels);
    found.retain(|&(from, _)| !is_given(&labels[from].0));
    let told = found.iter().map(|&(from, to)| other_form(&labels[from].0, &labels[to].0)).collect();
    (named(labels, &found), told)
}

/// The short and long forms of one label, and other words for who answers. `meet` says whether turns of two
/// labels follow each other.
pub(crate) fn other_forms(
    mut labels: Vec<(String, usize)>,
    people: &People,
    is_given: impl Fn(&str) -> bool,
    meet: impl Fn(&str, &str) -> bool,
) -> (Same, Vec<String>) {
    // Several people at once are nobody's other form.
    let keys: Vec<String> = labels.iter().map(|(label, _)| key(label)).collect();
    let mut places = 0..keys.len();
    labels.retain(|_| places.next().is_none_or(|at| codes::several(at, &keys).is_none()));
    // Those whom the header has two people for are one of them, and nobody knows which.
    let either = |at: usize| people.called(&labels[at].0).len() > 1;
    let is_fixed = |at: usize| is_given(&labels[at].0);
    let mut apart: Vec<(usize, Vec<&str>)> = (0..labels.len())
        .filter(|&at| !is_fixed(at) && either(at))
        .map(|at| (at, people.called(&labels[at].0)))
        .collect();
    let mut same = people::same_people(&labels);
    same.retain(|&(from, to)| !is_fixed(from) && !either(from) && !either(to));
    let mut told: Vec<String> = same.iter().map(|&(from, to)| other_form(&labels[from].0, &labels[to].0)).collect();
    let mut kept = people::kept_apart(&labels);
    for Alike { from, to, is_sure, is_short } in codes::other_names(&labels, |a, b| meet(&labels[a].0, &labels[b].0)) {
        let is_known = same.iter().any(|&(known, _)| known == from || known == to);
        if is_known || is_fixed(from) || either(from) || either(to) {
            continue;
        }
        if !is_sure {
            kept.push((from, vec![to]));
            continue;
        }
        same.push((from, to));
        let (from, to) = (&labels[from].0, &labels[to].0);
        told.push(match is_short {
            true => other_form(from, to),
            false => format!(
                "`{from}` was read as `{to}`, since both are words for who answers and nobody else does; if they are two \
                 people, say so with `--participant \"{from}\"`"
            ),
        });
    }
    for (at, others) in kept {
        if !is_fixed(at) && apart.iter().all(|(known, _)| *known != at) {
            apart.push((at, others.iter().map(|&other| labels[other].0.as_str()).collect()));
        }
    }
    told.extend(apart.iter().map(|(at, others)| {
        let others: Vec<String> = others.iter().take(5).map(|other| format!("`{other}`")).collect();
        format!(
            "`{}` may be {} or somebody else, and was kept apart; give each person one label in the file",
            labels[*at].0,
            others.join(" or ")
        )
    }));
    (named(&labels, &same), told)
}

fn named(labels: &[(String, usize)], same: &[(usize, usize)]) -> Same {
    same.iter().map(|&(from, to)| (labels[from].0.clone(), labels[to].0.clone())).collect()
}

fn other_form(from: &str, to: &str) -> String {
    format!("`{from}` was read as `{to}`, of whom it is another form")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(labels: &[(&str, usize)]) -> Vec<(String, usize)> {
        labels.iter().map(|(label, turns)| ((*label).to_owned(), *turns)).collect()
    }

    #[test]
    fn what_is_read_as_another_is_told() {
        let found = |of: &[(&str, usize)]| other_forms(labels(of), &People::default(), |_| false, |_, _| false);
        let (same, told) = found(&[("Interviewer", 4), ("Respondent", 3), ("Interviewee", 1)]);
        assert_eq!(same.get("Interviewee").map(String::as_str), Some("Respondent"));
        assert!(told[0].contains("both are words for who answers") && told.len() == 1, "{told:?}");
        let (same, told) = found(&[("Interviewer", 4), ("Participant 12", 3), ("P12", 1)]);
        assert_eq!(same.get("P12").map(String::as_str), Some("Participant 12"));
        assert!(told[0].contains("another form") && told.len() == 1, "{told:?}");
        let (same, told) = found(&[("Interviewer", 4), ("Participant 12", 3), ("P12", 3)]);
        assert!(same.is_empty() && told[0].contains("`P12` may be `Participant 12` or"), "{told:?}");
        for apart in [
            &[("Interviewer", 4), ("P1", 1), ("Participant 12", 9)][..],
            &[("Anna", 9), ("Anna and Ben", 1), ("Ben", 2)],
        ] {
            let (same, told) = found(apart);
            assert!(same.is_empty() && told.is_empty(), "{same:?} {told:?}");
        }
    }

    #[test]
    fn what_the_user_named_stays() {
        let spelt = |given: &str| spelt_alike(&labels(&[("P12", 3), ("P 12", 1)]), |label| label == given).0;
        assert_eq!((spelt("").len(), spelt("P 12").len()), (1, 0));
        let talk = labels(&[("I", 4), ("Respondent", 3), ("Interviewee", 1)]);
        let (same, told) = other_forms(talk, &People::default(), |label| label == "Interviewee", |_, _| false);
        assert!(same.is_empty() && told.is_empty(), "{told:?}");
    }
}
