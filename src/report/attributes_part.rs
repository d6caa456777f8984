//! What is known of the participants, for the report's filters and tables.
//!
//! In: an analysis with attributes, and the bands that were named for one of them. Out: for each attribute its groups
//! and each participant's; the numbers of an attribute are in the bands that `compare` makes of them. Nothing is counted
//! here.

use std::collections::HashMap;

use serde::Serialize;

use crate::analysis::{Analysis, Attributes, Banding};

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
/// `ids` and `studies`: of the participants in the report's order, studies by their numbers; `bands` as for
/// [`super::Options`].
pub(super) fn attributes(
    analysis: &Analysis,
    ids: &[&str],
    studies: &[usize],
    bands: Option<(&str, &Banding)>,
) -> Vec<AttributePart> {
    let Attributes { people, groups: columns } = Attributes::new(analysis, bands);
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::analysis::load;

    #[test]
    fn numbers_are_in_the_bands_that_were_named_and_else_in_quarters() {
        let mut analysis = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1")).unwrap();
        analysis.summary.attributes = vec!["age".into(), "years".into()];
        for (at, person) in analysis.summary.participants.iter_mut().enumerate() {
            person.attributes = vec![(20 + 5 * at).to_string(), (at + 1).to_string()];
        }
        let ids: Vec<&str> = analysis.summary.participants.iter().map(|person| person.participant.as_str()).collect();
        let groups = |bands| {
            let parts = attributes(&analysis, &ids, &vec![0; ids.len()], bands);
            parts.into_iter().map(|part| part.groups).collect::<Vec<_>>()
        };
        let (ages, years) = (["20–25", "30–35", "40–45", "50–55"], ["1–2", "3–4", "5–6", "7–8"]);
        assert_eq!(groups(None), [ages, years]);
        let (from_18, each) = (Banding::From(vec![18.0, 40.0]), Banding::Each);
        let named = groups(Some(("Age", &from_18)));
        assert_eq!(named[0], ["18–39", "40 and over"]);
        assert_eq!(named[1], years);
        assert_eq!(groups(Some(("shoe size", &each))), [ages, years]);
    }
}
