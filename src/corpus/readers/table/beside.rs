//! Columns that may hold answers although no title says so for sure.
//!
//! In: the rows of a table, cell by cell. Out: whether people answered in sentences in a column, and
//! whether in many rows. The first answers of a column decide, so that a long table costs no more than
//! a short one; codes for missing answers and "no" are no answers here.

use std::collections::HashSet;

use super::super::super::exclusions::is_non_answer;
use super::super::super::sentences::words;
use super::super::missing;
use super::row::{OPEN_WORDS, hash_of};

/// Answers of a column that are looked at.
const LOOKED_AT: usize = 400;
/// Answers from which there are many, however long the table is, and the share of rows from which there
/// are in a short one: one in so many.
const MANY: usize = 10;
const ONE_IN: usize = 20;

/// The columns that are watched.
#[derive(Default)]
pub(super) struct Beside(Vec<Column>);

/// What stands in a column.
struct Column {
    at: usize,
    answers: usize,
    /// Words, numbers and addresses not counted.
    said: usize,
    /// Hashes of the answers: the choices of a closed question recur.
    distinct: HashSet<u64>,
}

impl Beside {
    pub(super) fn of(columns: impl Iterator<Item = usize>) -> Self {
        Self(columns.map(|at| Column { at, answers: 0, said: 0, distinct: HashSet::new() }).collect())
    }

    /// Takes a row; cells beyond the last one given are empty.
    pub(super) fn push(&mut self, cells: &[&str]) {
        for column in self.0.iter_mut().filter(|column| column.answers < LOOKED_AT) {
            column.take(cells.get(column.at).copied().unwrap_or_default().trim());
        }
    }

    /// The columns that are watched.
    pub(super) fn columns(&self) -> impl Iterator<Item = usize> {
        self.0.iter().map(|column| column.at)
    }

    /// Whether anything in a column is a word.
    pub(super) fn has_words(&self, at: usize) -> bool {
        self.0.iter().any(|column| column.at == at && column.said > 0)
    }

    /// Whether people wrote sentences of their own in a column.
    pub(super) fn is_of_sentences(&self, at: usize) -> bool {
        self.0.iter().any(|column| column.at == at && column.is_of_sentences())
    }

    /// Whether they did in many of so many rows, and in `fewest` at least.
    pub(super) fn is_answered(&self, at: usize, fewest: usize, rows: usize) -> bool {
        let in_many = |answers: usize| answers >= fewest && (answers >= MANY || answers * ONE_IN >= rows);
        self.0.iter().any(|column| column.at == at && column.is_of_sentences() && in_many(column.answers))
    }
}

impl Column {
    fn is_of_sentences(&self) -> bool {
        self.answers > 0 && self.said >= OPEN_WORDS * self.answers && self.distinct.len() * 2 >= self.answers
    }

    fn take(&mut self, cell: &str) {
        // `x` and `0` say as little.
        let is_mark = cell.chars().filter(|c| c.is_alphanumeric()).nth(1).is_none();
        if is_mark || missing::may_be(cell) || is_non_answer(cell) {
            return;
        }
        self.answers += 1;
        self.said += words_said(cell);
        self.distinct.insert(hash_of(cell));
    }
}

/// Words of what somebody said: dates, browsers, links and records are none.
pub(super) fn words_said(cell: &str) -> usize {
    let is_word = |part: &&str| part.chars().any(char::is_alphabetic) && !part.contains("://") && !part.contains('@');
    let (mut said, mut numbers) = (0, 0);
    for part in cell.split_whitespace() {
        // Where no spaces stand between words, a number among many is part of a sentence.
        let is_sentence = !part.is_ascii() && words(part) >= OPEN_WORDS * 2;
        if part.bytes().any(|b| b.is_ascii_digit()) && !is_sentence {
            numbers += 1;
        } else if is_word(&part) {
            said += words(part);
        }
    }
    if numbers * 2 > said || cell.starts_with('{') { 0 } else { said }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(cells: &[&str]) -> bool {
        let mut beside = Beside::of(std::iter::once(1));
        cells.iter().for_each(|cell| beside.push(&["x", cell]));
        beside.is_answered(1, 1, cells.len())
    }

    #[test]
    fn sentences_are_answers() {
        assert!(answered(&[
            "More daylight in the room",
            "A desk with a door that closes",
            "Fewer meetings before noon"
        ]));
        assert!(answered(&["", "no", "More daylight in the room", "-99", "Nothing", "NA"]));
        assert!(answered(&["x", "x", "x", "0", "More daylight in the room"]));
        let mut sparse = vec![""; 30];
        sparse[3] = "More daylight in the room";
        assert!(!answered(&sparse), "one of thirty");
        sparse[4] = "A desk with a door that closes";
        assert!(answered(&sparse));
    }

    #[test]
    fn choices_dates_and_browsers_are_none() {
        assert!(!answered(&["yes", "no", "yes, sometimes"]));
        assert!(!answered(&["I go there by bus"; 9]), "a choice");
        assert!(!answered(&[
            "2021/03/12 10:00:00 AM GMT+5:30",
            "2021-03-12T10:00:00.000Z",
            "Fri Mar 12 10:00:00 UTC 2021"
        ]));
        assert!(!answered(&["Friday, 12 March 2021 at 10:00 AM GMT"]));
        assert!(!answered(&[
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/91.0 Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 14_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
             Version/14.0.3 Mobile/15E148 Safari/604.1",
        ]));
        assert!(!answered(&["https://www.example.org/a/b/c", "anna.hall@example.org"]));
    }
}
