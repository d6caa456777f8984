//! Columns whose values stand in runs: all rows that have a value lie together.
//!
//! In: the cells of the rows, as they come. Out: for each column the values in order, each with its number of rows.
//! A column with an empty cell, with a value that comes again after another one or, where its title is not known to
//! tell interviews apart, with values that change in most rows is left alone from then on. It never keeps a cell of
//! each row.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::super::label_key::shown;
use super::super::markup;
use super::row::hash_of;

/// Columns under titles that no list knows that are looked at.
const MOST_COLUMNS: usize = 12;
/// Values from which on most rows must have the one before.
const FEW_VALUES: usize = 8;
/// The longest value, in bytes.
const LONGEST: usize = 200;

/// A column, as far as its values stand in runs.
pub(super) struct Run {
    pub(super) column: usize,
    /// Its title is one of those that tell interviews apart.
    pub(super) is_known: bool,
    /// Values and their numbers of rows.
    pub(super) values: Vec<(Arc<str>, usize)>,
    rows: usize,
    seen: HashSet<u64>,
    study: String,
    last: String,
}

impl Run {
    fn of(column: usize, is_known: bool) -> Self {
        let (study, last) = (String::new(), String::new());
        Self { column, is_known, values: Vec::new(), rows: 0, seen: HashSet::new(), study, last }
    }

    /// Takes a cell; returns whether the values still stand in runs.
    fn push(&mut self, study: &str, cell: &str) -> bool {
        self.rows += 1;
        if let Some((_, rows)) = self.values.last_mut().filter(|_| self.last == cell && self.study == study) {
            *rows += 1;
            return true;
        }
        if cell.is_empty() || cell.len() > LONGEST || !self.seen.insert(hash_of((study, cell))) {
            return false;
        }
        study.clone_into(&mut self.study);
        cell.clone_into(&mut self.last);
        let value = markup::read(cell);
        self.values.push((shown(&value).as_deref().unwrap_or(&value).trim().into(), 1));
        self.is_known || self.values.len() <= FEW_VALUES || self.values.len() * 2 <= self.rows
    }

    /// For each row the index of its value.
    pub(super) fn of_rows(&self) -> impl Iterator<Item = usize> {
        self.values.iter().enumerate().flat_map(|(at, &(_, rows))| std::iter::repeat_n(at, rows))
    }
}

/// The columns of a table whose values stand in runs so far.
#[derive(Default)]
pub(super) struct Runs {
    study: Option<usize>,
    columns: Vec<Run>,
}

impl Runs {
    /// Of the column whose title tells interviews apart, and of others, in studies that a column may name.
    pub(super) fn of(known: Option<usize>, others: impl Iterator<Item = usize>, study: Option<usize>) -> Self {
        let known = known.into_iter().map(|column| Run::of(column, true));
        Self { study, columns: known.chain(others.take(MOST_COLUMNS).map(|column| Run::of(column, false))).collect() }
    }

    /// Takes a row.
    pub(super) fn push(&mut self, cells: &[&str]) {
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default().trim();
        let study = self.study.map(cell).unwrap_or_default();
        self.columns.retain_mut(|run| run.push(study, cell(run.column)));
    }

    /// Whether all rows have the same value in a column.
    pub(super) fn has_one_value(&self, column: usize) -> bool {
        self.columns.iter().any(|run| run.column == column && run.values.len() == 1)
    }

    /// Those with two values or more: the known one first, then those with more values.
    pub(super) fn found(self) -> Vec<Run> {
        let mut found: Vec<Run> = self.columns.into_iter().filter(|run| run.values.len() > 1).collect();
        found.sort_by_key(|run| (!run.is_known, std::cmp::Reverse(run.values.len())));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(known: Option<usize>, study: Option<usize>, rows: &[&[&str]]) -> Vec<(usize, Vec<usize>)> {
        let width = rows[0].len();
        let mut runs = Runs::of(known, (0..width).filter(|at| Some(*at) != known && Some(*at) != study), study);
        rows.iter().for_each(|row| runs.push(row));
        runs.found().iter().map(|run| (run.column, run.of_rows().collect())).collect()
    }

    #[test]
    fn values_that_lie_together_are_runs() {
        let rows: [&[&str]; 5] = [&["a", "x"], &["a", "x"], &["b", "x"], &["b", "y"], &["c", "y"]];
        let [of_a, of_b] = [vec![0, 0, 1, 1, 2], vec![0, 0, 0, 1, 1]];
        assert_eq!(found(None, None, &rows), [(0, of_a.clone()), (1, of_b.clone())]);
        assert_eq!(found(Some(1), None, &rows), [(1, of_b), (0, of_a)], "the known one comes first");
    }

    #[test]
    fn values_that_come_again_or_are_missing_are_none() {
        assert!(found(None, None, &[&["a"], &["b"], &["a"]]).is_empty());
        assert!(found(Some(0), None, &[&["a"], &["b"], &["a"]]).is_empty());
        assert!(found(None, None, &[&["a"], &[""], &["b"]]).is_empty());
        assert!(found(None, None, &[&["a"], &["a"]]).is_empty(), "one value tells nothing apart");
        // Of another study it is another one.
        let rows: [&[&str]; 3] = [&["s", "1"], &["s", "2"], &["t", "1"]];
        assert_eq!(found(None, Some(0), &rows), [(1, vec![0, 1, 2])]);
    }

    #[test]
    fn one_value_in_all_rows_is_told_from_several() {
        let mut runs = Runs::of(None, 0..3, None);
        [["a", "x", "n"], ["a", "y", ""]].iter().for_each(|row| runs.push(row));
        assert_eq!([0, 1, 2].map(|column| runs.has_one_value(column)), [true, false, false]);
    }

    #[test]
    fn a_value_of_each_row_is_a_run_under_a_known_title_alone() {
        let values: Vec<String> = (0..30).map(|n| n.to_string()).collect();
        let rows: Vec<[&str; 1]> = values.iter().map(|value| [value.as_str()]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(<[&str; 1]>::as_slice).collect();
        assert!(found(None, None, &rows).is_empty());
        assert_eq!(found(Some(0), None, &rows).len(), 1);
    }
}
