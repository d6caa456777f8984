//! Letters that are the first of the names in a header: `I` for Ivan, who was interviewed, and `B` for Bea, who asked.
//!
//! In: the labels of two who talk. Out: whether the header's names explain both. It decides nobody's part.

use super::super::model::Role;
use super::{People, plain};

impl People {
    /// Whether the labels are the first letters of somebody who answers and of somebody who asks, and of nobody else.
    pub(crate) fn are_initials(&self, answers: &str, asks: &str) -> bool {
        self.is_initial(answers, Role::Participant) && self.is_initial(asks, Role::Interviewer)
    }

    fn is_initial(&self, label: &str, role: Role) -> bool {
        let letter = plain(label);
        let mut of = self.parts.iter().filter(|person| plain(&person.name).starts_with(&letter)).peekable();
        letter.chars().count() == 1 && of.peek().is_some() && of.all(|person| person.role == role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_the_names_in_a_header_are_explained() {
        let mut people = People::default();
        people.add("Interviewee", Role::Participant, "Ivan Petrov");
        people.add("Interviewer", Role::Interviewer, "Bea Lund");
        assert!(people.are_initials("I", "B"));
        for (answers, asks) in [("B", "I"), ("I", "K"), ("Ivan", "Bea"), ("", "")] {
            assert!(!people.are_initials(answers, asks), "{answers} {asks}");
        }
        // A letter of two people with different parts tells nothing.
        people.add("Interviewer", Role::Interviewer, "Ida Moss");
        assert!(!people.are_initials("I", "B"));
        assert!(!People::default().are_initials("I", "B"));
    }
}
