//! The people of an analysis, for the report's pages: what is known of them, and whom they were interviewed with.
//!
//! In: a summary, the people in the order of the page, and their recordings. Out: plain columns, one entry a person.
//! It reads no text.

use std::collections::HashMap;

use serde::Serialize;

use super::interviews::Groups;
use super::recordings::Recordings;
use crate::analysis::{AttributeColumns, Summary};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_kept_once() {
        let values = [Some("b"), None, Some("a"), Some("b")];
        assert_eq!(numbered(values.into_iter()), (vec!["b", "a"], vec![0, -1, 1, 0]));
    }
}
