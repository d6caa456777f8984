//! The people of an analysis, for the report's pages: what is known of them, and whom they were interviewed with.
//!
//! In: a summary, the people in the order of the page, and their recordings. Out: plain columns, one entry a person.
//! It reads no text but to see whether a question was asked anew.

use std::collections::HashMap;

use serde::Serialize;

use super::recordings::Recordings;
use crate::analysis::{AttributeColumns, Summary, UnitRow};

/// For study and participant of a group interview its id.
pub(super) type Groups<'a> = HashMap<(&'a str, &'a str), &'a str>;

#[derive(Serialize)]
pub(super) struct PeoplePart<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attributes: Vec<AttributePart<'a>>,
    /// Ids of group interviews.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    groups: Vec<&'a str>,
    /// For each person an index into the groups; −1 for an interview of their own. Empty where there are no groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    group: Vec<i64>,
    /// For each person where their recording lies, as a URL; empty where none are named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recording: Vec<Option<&'a str>>,
}

/// An attribute, with each value once.
#[derive(Serialize)]
struct AttributePart<'a> {
    name: &'a str,
    values: Vec<&'a str>,
    /// For each person an index into the values; −1 where nothing is known.
    of: Vec<i64>,
}

impl<'a> PeoplePart<'a> {
    /// `ids`, `studies`: of everybody, in the order of the page; studies by number.
    pub(super) fn new(
        summary: &'a Summary,
        ids: &[&'a str],
        studies: &[usize],
        groups: &Groups<'a>,
        recordings: Option<&'a Recordings>,
    ) -> Self {
        let study = |&at: &usize| summary.studies.get(at).map_or("", |study| study.name.as_str());
        let people: Vec<(&str, &str)> = studies.iter().map(study).zip(ids.iter().copied()).collect();
        let known = AttributeColumns::new(summary, &[]);
        let of_people: Vec<Vec<Option<&str>>> =
            people.iter().map(|&(study, id)| known.of_participant(study, id).collect()).collect();
        let attribute = |(at, name): (usize, &'a String)| {
            let value = |person: &Vec<Option<&'a str>>| person.get(at).copied().flatten();
            let (values, of) = numbered(of_people.iter().map(value));
            AttributePart { name, values, of }
        };
        let (group_ids, group) = numbered(people.iter().map(|person| groups.get(person).copied()));
        let recording = recordings.map(|found| people.iter().map(|&(study, id)| found.of(study, id)).collect());
        Self {
            attributes: summary.attributes.iter().enumerate().map(attribute).collect(),
            group: if group_ids.is_empty() { Vec::new() } else { group },
            groups: group_ids,
            recording: recording.unwrap_or_default(),
        }
    }
}

/// Each value once, and for each place the number of its value, −1 for none.
fn numbered<'a>(values: impl Iterator<Item = Option<&'a str>>) -> (Vec<&'a str>, Vec<i64>) {
    let (mut known, mut numbers) = (Vec::new(), HashMap::new());
    let of = values.map(|value| {
        value.map_or(-1, |value| {
            *numbers.entry(value).or_insert_with(|| {
                known.push(value);
                known.len() as i64 - 1
            })
        })
    });
    let of = of.collect();
    (known, of)
}

/// The group interviews of an analysis.
pub(super) fn groups_of(summary: &Summary) -> Groups<'_> {
    let people = summary.participants.iter();
    people.filter_map(|p| Some(((p.study.as_str(), p.participant.as_str()), p.transcript.as_deref()?))).collect()
}

/// Whether an answer has the question of the one before it without its being asked again: a group is asked once, and
/// somebody who goes on after an interruption was asked before it.
pub(super) fn is_asked_again(before: &UnitRow, unit: &UnitRow, groups: &Groups) -> bool {
    if unit.question.is_empty() || before.question != unit.question || before.study != unit.study {
        return false;
    }
    let group = |unit: &UnitRow| groups.get(&(unit.study.as_str(), unit.participant.as_str())).copied();
    match (group(before), group(unit)) {
        (Some(before), Some(group)) => before == group,
        (None, None) => {
            let (a, b) = (&before.position, &unit.position);
            // No room for the question between the two.
            before.participant == unit.participant
                && (&a.file, &a.cell) == (&b.file, &b.cell)
                && b.start.checked_sub(a.end).is_some_and(|gap| gap < unit.question.chars().count())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::analysis::load;

    #[test]
    fn values_are_kept_once() {
        let values = [Some("b"), None, Some("a"), Some("b")];
        assert_eq!(numbered(values.into_iter()), (vec!["b", "a"], vec![0, -1, 1, 0]));
    }

    #[test]
    fn a_question_is_asked_again_only_where_nobody_asked_between() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let analysis = load(&folder).unwrap();
        let mut before = analysis.units[0].clone();
        before.question = "And then?".into();
        (before.position.start, before.position.end) = (100, 150);
        let mut unit = before.clone();
        (unit.position.start, unit.position.end) = (155, 190);
        let (alone, key) = (Groups::new(), (before.study.clone(), before.participant.clone()));
        let group = Groups::from([((key.0.as_str(), key.1.as_str()), "circle")]);
        assert!(is_asked_again(&before, &unit, &alone), "five characters hold no question of nine");
        unit.position.start = 170;
        assert!(!is_asked_again(&before, &unit, &alone) && is_asked_again(&before, &unit, &group));
        unit.question = "And before?".into();
        assert!(!is_asked_again(&before, &unit, &group));
    }
}
