//! Themes crossed with people, questions, groups and each other, as tables that statistics programs read.
//!
//! In: an analysis. Out: one of the tables of [`Crossing`], as CSV or, by the file's ending, as a workbook or
//! Parquet. Who was not asked the question of a theme has empty cells, never 0. A theme that the researcher hid is
//! there, since it is counted; a passage of several themes counts in each.

mod by_group;
mod by_question;
mod co_occurrence;
mod matrix;

use std::io::Write;
use std::path::Path;

use super::table::{Cell, Column, Table};
use super::table_file::{TableFormat, write_in};
use super::themes::themes;
use super::{ExportError, Exporter, check_counts};
use crate::analysis::{Analysis, Banded, Banding, Theme};
use crate::theme::prevalence::Prevalence;

/// What themes are crossed with.
#[derive(Clone, Debug, PartialEq)]
pub enum Crossing {
    /// Participants: 1 for a theme that they voiced, 0 for one that they did not.
    Matrix,
    /// Participants: their passages in the theme.
    MatrixCounts,
    /// The questions that its passages answer.
    Question,
    /// Groups of participants: studies, or the values of an attribute.
    Group {
        /// The attribute; the study without one.
        by: Option<String>,
        /// How its numbers make groups.
        banding: Banding,
    },
    /// Other themes: who voiced both.
    Themes,
}

/// A table of themes crossed with something.
#[derive(Clone, Debug)]
pub struct Crossed {
    what: Crossing,
    /// As for [`super::AssignmentsCsv`].
    excel: bool,
    format: TableFormat,
}

impl Crossed {
    /// As CSV, until a file's name tells something else; `excel` as for [`super::AssignmentsCsv`].
    pub fn new(what: Crossing, excel: bool) -> Self {
        Self { what, excel, format: TableFormat::Csv }
    }

    fn table<'a>(&self, analysis: &'a Analysis) -> Result<Table<'a>, ExportError> {
        Ok(match &self.what {
            Crossing::Matrix => matrix::matrix(analysis, matrix::Value::Voiced),
            Crossing::MatrixCounts => matrix::matrix(analysis, matrix::Value::Mentions),
            Crossing::Question => by_question::by_question(analysis),
            Crossing::Group { by, banding } => by_group::by_group(analysis, by.as_deref(), banding)?,
            Crossing::Themes => co_occurrence::co_occurrence(analysis),
        })
    }
}

impl Exporter for Crossed {
    fn written_to(&mut self, path: &Path) -> Result<(), ExportError> {
        self.format = TableFormat::of(path);
        Ok(())
    }

    fn write(&self, analysis: &Analysis, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
        check_counts(analysis)?;
        let mut tables = vec![self.table(analysis)?];
        if matches!(self.what, Crossing::Matrix | Crossing::MatrixCounts) {
            // Its columns are called by the themes' ids; a workbook has room to say what they are.
            tables.push(themes(&analysis.summary));
        }
        write_in(self.format, tables, self.excel, out)
    }

    /// That numbers are in bands which nobody named, and what is one group though it is written in several ways.
    fn notices(&self, analysis: &Analysis) -> Vec<String> {
        let Crossing::Group { by, banding } = &self.what else { return Vec::new() };
        // What is wrong with them is told when they are written.
        let Ok(groups) = by_group::Groups::new(analysis, by.as_deref(), banding) else { return Vec::new() };
        let told = |banded: Banded| Some(format!("{} {}", banded.sentence(&groups.by), banded.others()?));
        groups.banded.and_then(told).into_iter().chain(groups.spelled).collect()
    }
}

/// The columns that tell a theme.
fn theme_columns() -> [Column; 3] {
    [Column::text("theme", 8), Column::text("theme_label", 32), Column::text("hidden", 8)]
}

fn theme_cells<'a>(theme: &'a Theme) -> [Cell<'a>; 3] {
    [theme.id.as_str().into(), theme.label.as_str().into(), Cell::yes(theme.hidden)]
}

/// The columns of counts: people who voiced it, of those who were asked, and passages.
fn count_columns() -> [Column; 6] {
    [
        Column::whole("participants"),
        Column::whole("asked"),
        Column::number("share"),
        Column::number("share_low"),
        Column::number("share_high"),
        Column::whole("mentions"),
    ]
}

/// Where nobody was asked there is no count.
fn count_cells(people: Prevalence, mentions: usize) -> [Cell<'static>; 6] {
    let counted = |count: usize| if people.asked > 0 { count.into() } else { Cell::Empty };
    [
        counted(people.participants),
        people.asked.into(),
        Cell::measure(people.share),
        Cell::measure(people.low),
        Cell::measure(people.high),
        counted(mentions),
    ]
}

#[cfg(test)]
mod tests;
