//! Participants as numbers: the one way in which they are numbered.
//!
//! In: who is meant, by study and name, again and again. Out: a number for each, from 0 in the order in which
//! they come; the same name in two studies is two people.

use std::collections::HashMap;

use super::{Analysis, UnitRow};

/// Gives numbers.
#[derive(Default)]
pub(crate) struct Numbering<'a> {
    numbers: HashMap<(&'a str, &'a str), usize>,
    names: Vec<(&'a str, &'a str)>,
}

impl<'a> Numbering<'a> {
    /// The number of a participant of a study; the next one for somebody new.
    pub(crate) fn number(&mut self, study: &'a str, participant: &'a str) -> usize {
        let names = &mut self.names;
        *self.numbers.entry((study, participant)).or_insert_with(|| {
            names.push((study, participant));
            names.len() - 1
        })
    }

    /// Study and name of everybody, by number.
    pub(crate) fn names(&self) -> &[(&'a str, &'a str)] {
        &self.names
    }
}

/// The people of a list of answers, or of rows.
pub(crate) struct People {
    /// For each of the list its participant's number.
    pub(crate) of: Vec<usize>,
    /// For each participant the number of their study.
    pub(crate) study: Vec<usize>,
}

impl People {
    /// `who`: study and name of each; `studies`: in the order of their numbers.
    pub(crate) fn new<'a>(who: impl Iterator<Item = (&'a str, &'a str)>, studies: &[&str]) -> Self {
        let mut numbering = Numbering::default();
        let of = who.map(|(study, participant)| numbering.number(study, participant)).collect();
        let place = |&(study, _): &(&str, &str)| studies.iter().position(|name| *name == study).unwrap_or(0);
        Self { of, study: numbering.names().iter().map(place).collect() }
    }

    /// Of the rows of an analysis.
    pub(crate) fn of_rows(analysis: &Analysis) -> Self {
        let studies: Vec<&str> = analysis.summary.studies.iter().map(|study| study.name.as_str()).collect();
        Self::new(analysis.units.iter().map(name_of), &studies)
    }
}

/// For each row its participant's number.
pub(crate) fn people_of(rows: &[UnitRow]) -> Vec<usize> {
    let mut numbering = Numbering::default();
    rows.iter().map(name_of).map(|(study, participant)| numbering.number(study, participant)).collect()
}

fn name_of(row: &UnitRow) -> (&str, &str) {
    (&row.study, &row.participant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_two_studies_is_two_people() {
        let who = [("a", "anna"), ("b", "anna"), ("a", "bert"), ("a", "anna")];
        let people = People::new(who.into_iter(), &["b", "a"]);
        assert_eq!((people.of, people.study), (vec![0, 1, 2, 0], vec![1, 0, 1]));
    }
}
