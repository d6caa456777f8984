//! Rows that who made a survey wrote while trying it out.
//!
//! In: the titles of a survey's columns and its rows. Out: which rows are previews by the word of the
//! program that wrote them. A table of nothing else keeps them: then they are what is being tried.

use std::sync::Arc;

use super::columns::plain;
use super::row::Row;

/// Columns in which Qualtrics says how a response came, and what it writes there for previews.
const SAYS: [(&str, &[&str]); 3] = [
    ("status", &["survey preview", "survey test"]),
    ("responsetype", &["survey preview", "survey test"]),
    ("distributionchannel", &["preview", "test"]),
];

/// The previews among a table's rows.
#[derive(Default)]
pub(super) struct Previews {
    /// Columns that tell, with what they say of a preview.
    columns: Vec<(usize, &'static [&'static str])>,
    /// Indices of rows, and the column that told of the first.
    rows: Vec<usize>,
    told_by: usize,
}

impl Previews {
    pub(super) fn of(header: &[String]) -> Self {
        let says = |title: &String| SAYS.iter().find(|(name, _)| plain(title) == *name).map(|(_, values)| *values);
        let columns = header.iter().enumerate().filter_map(|(at, title)| Some((at, says(title)?))).collect();
        Self { columns, ..Self::default() }
    }

    /// Looks at a row with its index; returns whether it is a preview.
    pub(super) fn push(&mut self, row: usize, cells: &[&str]) -> bool {
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default().trim();
        let is_preview =
            |(at, values): &&(usize, &[&str])| values.iter().any(|value| cell(*at).eq_ignore_ascii_case(value));
        let Some((at, _)) = self.columns.iter().find(is_preview) else { return false };
        if self.rows.is_empty() {
            self.told_by = *at;
        }
        self.rows.push(row);
        true
    }

    /// Takes the previews out of the rows; returns what is to be said of it.
    pub(super) fn leave_out(&mut self, rows: &mut Vec<Row>, header: &[Arc<str>]) -> Option<String> {
        let previews = std::mem::take(&mut self.rows);
        if previews.is_empty() || previews.len() == rows.len() {
            return None;
        }
        let (mut at, mut next) = (0, previews.iter().peekable());
        rows.retain(|_| {
            let is_preview = next.next_if(|&&preview| preview == at).is_some();
            at += 1;
            !is_preview
        });
        let was = match previews.len() {
            1 => "1 row is a preview of the survey and was".to_owned(),
            n => format!("{n} rows are previews of the survey and were"),
        };
        Some(format!("{was} left out, as column `{}` tells", header[self.told_by]))
    }
}
