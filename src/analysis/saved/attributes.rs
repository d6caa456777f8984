//! What is known of the participants, as columns beside their units.
//!
//! In: a summary and the titles that a table has already. Out: a title for each attribute, none
//! of them twice, and each participant's values.

use std::collections::{HashMap, HashSet};

use super::{Summary, UnitRow};

/// The attributes of participants as columns of a table of units.
#[derive(Clone, Debug, Default)]
pub struct AttributeColumns<'a> {
    titles: Vec<String>,
    values: HashMap<(&'a str, &'a str), &'a [String]>,
}

impl<'a> AttributeColumns<'a> {
    /// The columns beside those of the titles in `taken`.
    pub fn new(summary: &'a Summary, taken: &[&str]) -> Self {
        let names = summary.attributes.as_slice();
        let known = summary.participants.iter().filter(|participant| participant.attributes.len() == names.len());
        let values = known.map(|p| ((p.study.as_str(), p.participant.as_str()), p.attributes.as_slice())).collect();
        Self { titles: titles(names, taken), values }
    }

    /// Their titles: the attribute's name, `participant_NAME` where a column has that already.
    pub fn titles(&self) -> &[String] {
        &self.titles
    }

    /// What is known of a unit's participant, column by column; `None` where nothing is.
    pub fn of(&self, unit: &UnitRow) -> impl Iterator<Item = Option<&'a str>> + use<'a> {
        self.of_participant(&unit.study, &unit.participant)
    }

    /// The same for a participant.
    pub(crate) fn of_participant(
        &self,
        study: &str,
        participant: &str,
    ) -> impl Iterator<Item = Option<&'a str>> + use<'a> {
        let values = self.values.get(&(study, participant)).copied();
        let value = move |at: usize| values?.get(at).map(String::as_str).filter(|value| !value.is_empty());
        (0..self.titles.len()).map(value)
    }
}

fn titles(names: &[String], taken: &[&str]) -> Vec<String> {
    let mut used: HashSet<String> = taken.iter().map(|title| title.to_string()).collect();
    names
        .iter()
        .map(|name| {
            let mut title = name.clone();
            while !used.insert(title.clone()) {
                title = format!("participant_{title}");
            }
            title
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_is_there_twice() {
        let names = ["age", "study", "participant_study", "age"].map(String::from);
        assert_eq!(
            titles(&names, &["unit", "study"]),
            ["age", "participant_study", "participant_participant_study", "participant_age"]
        );
    }
}
