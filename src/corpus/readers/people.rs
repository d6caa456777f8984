//! Who speaks, in formats that keep a list of people.
//!
//! In: codes, names and roles of people as a file lists them. Out: the label of each for their turns:
//! `Interviewer` for the one that the file says asks, else the name. It decides no other role.

use std::collections::HashMap;

/// People by their codes.
#[derive(Debug, Default)]
pub(crate) struct People {
    labels: HashMap<String, String>,
}

/// A person as a file lists them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Person {
    /// What turns refer to them by.
    pub(crate) code: String,
    /// Empty where there is none.
    pub(crate) name: String,
    /// Empty where there is none.
    pub(crate) role: String,
}

/// Roles of those who ask, in lower case.
const ASKING: [&str; 10] = [
    "interviewer",
    "investigator",
    "examiner",
    "experimenter",
    "researcher",
    "moderator",
    "facilitator",
    "fieldworker",
    "collector_researcher",
    "interviewerin",
];

impl People {
    /// Gives each a label; names that two people share are told apart by their codes.
    pub(crate) fn new(people: &[Person]) -> Self {
        let mut names: HashMap<&str, usize> = HashMap::new();
        people.iter().for_each(|person| *names.entry(&person.name).or_default() += 1);
        let mut labels = HashMap::new();
        let mut asking = 0;
        for person in people {
            let label = if ASKING.contains(&person.role.to_lowercase().as_str()) {
                asking += 1;
                if asking == 1 { "Interviewer".to_owned() } else { format!("Interviewer {asking}") }
            } else if person.name.is_empty() || names[person.name.as_str()] > 1 {
                person.code.clone()
            } else {
                person.name.clone()
            };
            labels.entry(person.code.clone()).or_insert(label);
        }
        Self { labels }
    }

    /// The label of whoever has this code; the code itself where nobody has it.
    pub(crate) fn label(&self, code: &str) -> String {
        self.labels.get(code).map_or_else(|| code.to_owned(), Clone::clone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_names_unless_they_ask() {
        let person = |code: &str, name: &str, role: &str| Person {
            code: code.to_owned(),
            name: name.to_owned(),
            role: role.to_owned(),
        };
        let people = People::new(&[
            person("INV", "Tom", "Investigator"),
            person("IN2", "", "interviewer"),
            person("PAR", "Maria", "Participant"),
            person("SP1", "Ana", "Speaker"),
            person("SP2", "Ana", "Speaker"),
        ]);
        let labels = ["INV", "IN2", "PAR", "SP1", "SP2", "XYZ"].map(|code| people.label(code));
        assert_eq!(labels, ["Interviewer", "Interviewer 2", "Maria", "SP1", "SP2", "XYZ"]);
    }
}
