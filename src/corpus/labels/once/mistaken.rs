//! A label that comes once and begins as the usual one of the other part does: `Interviewee:` above a question, where
//! `Interviewer` and `Tom` talk.
//!
//! In: the labels of a text. Out: the same, where such a label asks between two turns of whoever answers as that of who
//! asks, with a remark; and a remark where its place leaves it open. Labels that the user or a header names stay.

use std::collections::HashMap;

use super::super::super::model::Role;
use super::super::super::policy::MOST_LABELS;
use super::super::super::speakers::{Names, ends_in_question};
use super::super::Remark;
use super::super::choose::Choice;
use super::super::forms::Candidate;

/// Fewer turns show no usual label.
const MIN_TURNS: usize = 3;
/// Labels begin alike with so many letters, and with half of the longer one.
const ALIKE: usize = 5;

/// Reads such labels as the other, and tells of them.
pub(super) fn settle(
    text: &str,
    candidates: &mut [Candidate],
    keys: &[String],
    names: &Names,
    choice: &mut Choice,
) -> Vec<Remark> {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    choice.chosen.iter().for_each(|&c| *counts.entry(candidates[c].key).or_default() += 1);
    if counts.len() > MOST_LABELS {
        return Vec::new();
    }
    let usual = |k: usize| {
        let is_usual = |c: &&usize| {
            let key = candidates[**c].key;
            counts[&key] >= MIN_TURNS && are_other_parts(names, &keys[k], &keys[key])
        };
        choice.chosen.iter().find(is_usual).map(|&c| (candidates[c].key, candidates[c].label.clone()))
    };
    let key_at = |place: usize| choice.chosen.get(place).map(|&c| candidates[c].key);
    let mut found = Vec::new();
    for (place, &c) in choice.chosen.iter().enumerate().filter(|(_, c)| counts[&candidates[**c].key] == 1) {
        let Some((target, label)) = usual(candidates[c].key) else { continue };
        let end = choice.chosen.get(place + 1).map_or(text.len(), |&next| candidates[next].line);
        let asks = text.get(candidates[c].words..end).is_some_and(ends_in_question);
        let (above, below) = (place.checked_sub(1).and_then(key_at), key_at(place + 1));
        if asks && [above, below].iter().all(|beside| beside.is_some_and(|beside| beside != target)) {
            found.push((c, target, label, above == below));
        }
    }
    let mut remarks = Vec::new();
    for (c, target, label, is_between) in found {
        let Candidate { key, label: own, line, .. } = &mut candidates[c];
        let what = match is_between {
            true => format!(
                "`{own}` was read as `{label}`, which asks between these two turns elsewhere; if somebody else asks, \
                 say so with `--participant \"{own}\"`"
            ),
            false => format!(
                "`{own}:` comes once and asks, as `{label}` does, and was taken for a speaker of its own; if it is \
                 `{label}`, correct it"
            ),
        };
        remarks.push(Remark { at: *line, what });
        if is_between {
            choice.accepted[*key] = false;
            (*key, *own) = (target, label);
        }
    }
    remarks
}

/// Whether a key is the name of who answers, and another, which begins alike, that of who asks.
fn are_other_parts(names: &Names, key: &str, usual: &str) -> bool {
    let alike = key.chars().zip(usual.chars()).take_while(|(a, b)| a == b).count();
    let longest = key.chars().count().max(usual.chars().count());
    alike >= ALIKE
        && alike * 2 >= longest
        && !names.is_given(key)
        && !names.is_introduced(key)
        && names.strong(key) == Some(Role::Participant)
        && names.strong(usual) == Some(Role::Interviewer)
}

#[cfg(test)]
mod tests {
    use super::super::super::super::speakers::Names;
    use super::super::super::read;

    /// The labels of a talk in which this turn stands in the place of a question, and what is told.
    fn found(asks: &str, answers: [&str; 2], turn: &str, names: &Names) -> (Vec<String>, Vec<String>) {
        let pair = |n: usize| match n {
            3 => format!("{turn}\n\n{}: It rained all day.\n\n", answers[1]),
            n => format!("{asks}: What of year {n}?\n\n{}: It was dry.\n\n", answers[n % 2]),
        };
        let read = read(&(0..6).map(pair).collect::<String>(), names).unwrap_or_default();
        let labels = read.stretches.into_iter().map(|turn| turn.label).collect();
        (labels, read.remarks.into_iter().map(|remark| remark.what).collect())
    }

    #[test]
    fn a_label_of_who_answers_above_a_question_between_answers_is_who_asks() {
        for (asks, once) in [
            ("Interviewer", "Interviewee"),
            ("Entrevistadora", "Entrevistada"),
            ("Intervistatore", "Intervistato"),
            ("Enquêtrice", "Enquêtée"),
        ] {
            let turn = format!("{once}: And what came then?");
            let (labels, told) = found(asks, ["Colin", "Colin"], &turn, &Names::default());
            assert_eq!(labels, [asks, "Colin"].repeat(6), "{told:?}");
            assert!(told.len() == 1 && told[0].starts_with(&format!("`{once}` was read as `{asks}`")), "{told:?}");
            // As the user says.
            let names = Names::new(&[], &[once.to_owned()]);
            let (labels, told) = found(asks, ["Colin", "Colin"], &turn, &names);
            assert_eq!((labels[6].as_str(), told.len()), (once, 0), "{told:?}");
        }
    }

    #[test]
    fn one_that_asks_between_two_others_is_told() {
        let turn = "Interviewee: And what came then?";
        let (labels, told) = found("Interviewer", ["Colin", "Ann"], turn, &Names::default());
        assert_eq!(labels[6], "Interviewee", "{told:?}");
        assert!(told.iter().any(|told| told.contains("comes once and asks, as `Interviewer` does")), "{told:?}");
    }

    #[test]
    fn who_answers_under_such_a_label_or_asks_back_stays() {
        for turn in ["Interviewee: It was cold there.", "Interviewer: How so?\n\nInterviewee: You mean the rain?"] {
            let (labels, told) = found("Interviewer", ["Colin", "Colin"], turn, &Names::default());
            assert!(labels.contains(&"Interviewee".to_owned()), "{turn} {labels:?}");
            assert!(!told.iter().any(|told| told.contains("as `Interviewer`")), "{turn} {told:?}");
        }
        let turn = "Moderator: And what came then?";
        assert_eq!(found("Interviewer", ["Colin", "Colin"], turn, &Names::default()).0[6], "Moderator");
    }
}
