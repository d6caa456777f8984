//! What is known of the participants, for the report's filters and tables.
//!
//! In: an analysis with attributes. Out: for each attribute its groups and each participant's; the numbers of an
//! attribute are in the bands that `compare --by` makes of them. Nothing is counted here.

use std::collections::HashMap;

use serde::Serialize;

use crate::analysis::{Analysis, Attributes};

/// An attribute with more groups than these, such as names, tells nobody apart.
const MOST_GROUPS: usize = 30;

/// A column of the participants' table, as groups.
#[derive(Serialize)]
pub(super) struct AttributePart {
    name: String,
    /// Names of the groups, in their order; many different numbers are in bands.
    groups: Vec<String>,
    /// For each of the participants the index of their group; −1 without a value.
    of: Vec<i64>,
}

/// The attributes by which participants can be told apart: with two groups at least and not nearly as many as people.
///
/// `ids` and `studies`: of the participants in the report's order, studies by their numbers.
pub(super) fn attributes(analysis: &Analysis, ids: &[&str], studies: &[usize]) -> Vec<AttributePart> {
    let Attributes { people, groups: columns } = Attributes::new(analysis);
    let person: HashMap<(&str, &str), usize> = people.into_iter().zip(0..).collect();
    let known = &analysis.summary.studies;
    let number = |(id, &study): (&&str, &usize)| person.get(&(known.get(study)?.name.as_str(), *id)).copied();
    let person_of: Vec<Option<usize>> = ids.iter().zip(studies).map(number).collect();
    let told_apart = columns.into_iter().filter(|(_, found)| (2..=MOST_GROUPS).contains(&found.names.len()));
    told_apart
        .map(|(name, found)| AttributePart {
            name,
            of: person_of
                .iter()
                .map(|person| person.and_then(|it| found.of_person[it]).map_or(-1, |group| group as i64))
                .collect(),
            groups: found.names,
        })
        .collect()
}
