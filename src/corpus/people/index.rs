//! Who goes by which label, without a walk over all whom a header names.
//!
//! In: people in their order, each with a part, the whole name and the labels, as keys. Out: for a label the place of
//! whom it names. It compares whole keys alone, and makes none.

use std::collections::HashMap;

use super::super::model::Role;

/// The places of people by their labels.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Index {
    /// The first with a whole name.
    whole: HashMap<String, usize>,
    /// The first who goes by a label, and the part of all who do, where it is one.
    labels: HashMap<String, (usize, Option<Role>)>,
}

impl Index {
    /// Adds the person at a place.
    pub(super) fn add(&mut self, at: usize, role: Role, name: String, labels: &[String]) {
        self.whole.entry(name).or_insert(at);
        for label in labels {
            let (_, part) = self.labels.entry(label.clone()).or_insert((at, Some(role)));
            *part = part.filter(|known| *known == role);
        }
    }

    /// The first with this whole name.
    pub(super) fn whole(&self, name: &str) -> Option<usize> {
        self.whole.get(name).copied()
    }

    /// The first who goes by a label, where all who do have one part.
    pub(super) fn of_one_part(&self, label: &str) -> Option<usize> {
        self.labels.get(label).filter(|(_, part)| part.is_some()).map(|&(at, _)| at)
    }

    /// The same with the part of all who do, where it is one.
    pub(super) fn part_of(&self, label: &str) -> Option<(usize, Option<Role>)> {
        self.labels.get(label).copied()
    }

    /// Whether anybody is called or goes so.
    pub(super) fn knows(&self, label: &str) -> bool {
        self.whole.contains_key(label) || self.labels.contains_key(label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_found_where_all_who_go_by_it_have_one_part() {
        let mut index = Index::default();
        let labels = |labels: &[&str]| -> Vec<String> { labels.iter().map(|&label| label.to_owned()).collect() };
        index.add(0, Role::Interviewer, "ann hall".to_owned(), &labels(&["ann", "hall", "ah"]));
        index.add(1, Role::Interviewer, "bea hall".to_owned(), &labels(&["bea", "hall", "bh"]));
        index.add(2, Role::Participant, "adam hill".to_owned(), &labels(&["adam", "hill", "ah"]));
        index.add(3, Role::Interviewer, "ann hall".to_owned(), &labels(&["ann", "hall", "ah"]));
        let found = ["hall", "hill", "ah"].map(|label| index.of_one_part(label));
        assert_eq!(found, [Some(0), Some(2), None]);
        assert_eq!((index.whole("ann hall"), index.whole("bea hall"), index.whole("ann")), (Some(0), Some(1), None));
        assert!(index.knows("ah") && index.knows("adam hill") && !index.knows("ha") && !index.knows(""));
    }
}
