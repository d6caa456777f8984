//! What is known of the participants, as columns beside their units.
//!
//! In: a summary and the titles that a table has already. Out: a title for each attribute, none
//! of them twice, and each participant's values; what an attribute is called where groups are made, as some words mean
//! other groups there.

use std::collections::{HashMap, HashSet};

use super::{Summary, UnitRow};

/// What makes groups that are none of an attribute.
const OTHER_GROUPS: [&str; 2] = ["study", "question"];
/// What stands before a name that means something else.
const OF_PARTICIPANTS: &str = "participant_";

/// What an attribute is called where groups are made: its name, or `participant_NAME` where that means other groups.
pub(crate) fn group_name(attribute: &str) -> String {
    let before = if OTHER_GROUPS.contains(&attribute) { OF_PARTICIPANTS } else { "" };
    format!("{before}{attribute}")
}

/// The place of an attribute, by its name in capitals or not, or by the title that its column has in a table.
pub(in crate::analysis) fn attribute_named(attributes: &[String], name: &str) -> Option<usize> {
    let exact = attributes.iter().position(|known| known == name);
    let any_case = || attributes.iter().position(|known| known.eq_ignore_ascii_case(name));
    exact.or_else(any_case).or_else(|| attribute_named(attributes, name.strip_prefix(OF_PARTICIPANTS)?))
}

/// What is to be told of attributes that are not called by their names alone where groups are made.
pub(crate) fn other_names(attributes: &[String]) -> Option<String> {
    let renamed: Vec<String> = attributes
        .iter()
        .filter(|name| OTHER_GROUPS.contains(&name.as_str()))
        .map(|name| {
            format!(
                "the column `{name}` of the participants is called `{}` in exports and for `--by`",
                group_name(name)
            )
        })
        .collect();
    (!renamed.is_empty()).then(|| format!("{}; its own name means something else there", renamed.join(", ")))
}

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

    /// Their titles: the attribute's name, `participant_NAME` where a column has that already, or groups are called so.
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
    let mut used: HashSet<String> = taken.iter().chain(&OTHER_GROUPS).map(|title| title.to_string()).collect();
    names
        .iter()
        .map(|name| {
            let mut title = name.clone();
            while !used.insert(title.clone()) {
                title = format!("{OF_PARTICIPANTS}{title}");
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

    #[test]
    fn an_attribute_is_found_by_its_name_and_by_the_title_of_its_column() {
        let names = ["theme", "question", "Age", "participant_theme"].map(String::from);
        let found = |name: &str| attribute_named(&names, name);
        assert_eq!((found("theme"), found("participant_question"), found("age")), (Some(0), Some(1), Some(2)));
        assert_eq!((found("participant_theme"), found("participant_Age")), (Some(3), Some(2)), "its own name first");
        assert_eq!((found("shoe"), found("participant_shoe"), found("participant_")), (None, None, None));
        assert_eq!(titles(&names[1..2], &["unit"]), ["participant_question"], "the same in every table");
    }

    #[test]
    fn attributes_whose_names_mean_other_groups_are_told() {
        let told = |names: &[&str]| other_names(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        let question = told(&["age", "question"]).unwrap();
        assert!(question.contains("`question` of the participants is called `participant_question`"), "{question}");
        assert_eq!(told(&["age", "theme", "Questions"]), None);
        assert_eq!((group_name("question"), group_name("age")), ("participant_question".into(), "age".into()));
    }
}
