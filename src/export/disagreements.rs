//! Where coders and themes disagree, as a table: one row a passage.
//!
//! In: disagreements. Out: CSV, a workbook or Parquet, by the file's ending; texts verbatim.

use std::io::Write;
use std::path::Path;

use super::ExportError;
use super::table::{Cell, Column, Table};
use super::table_file::{TableFormat, write_in};
use crate::analysis::{DisagreeingTheme, Disagreement};

/// The file of disagreements.
#[derive(Clone, Copy, Debug)]
pub struct DisagreementsFile {
    format: TableFormat,
}

impl DisagreementsFile {
    /// In the format that the name's ending tells.
    pub fn named(path: &Path) -> Self {
        Self { format: TableFormat::of(path) }
    }

    /// Writes them.
    ///
    /// # Errors
    /// [`ExportError::Write`].
    pub fn write(self, found: &[Disagreement], out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
        write_in(self.format, vec![table(found)], false, out)
    }
}

fn table(found: &[Disagreement]) -> Table<'_> {
    let columns = vec![
        Column::text("coder", 14),
        Column::text("disagreement", 14),
        Column::text("unit", 26),
        Column::text("study", 12),
        Column::text("participant", 18),
        Column::text("section", 8),
        Column::text("question", 40),
        Column::text("text", 80),
        Column::text("codes", 28),
        Column::text("theme", 10),
        Column::text("theme_label", 32),
        Column::text("theme_stands_for", 28),
    ];
    let rows = found.iter().map(|found| {
        let themes = |of: fn(&DisagreeingTheme) -> &str| joined(found.themes.iter().map(of));
        vec![
            found.coder.as_str().into(),
            found.kind.word().into(),
            joined(found.units.iter().map(String::as_str)),
            found.study.as_str().into(),
            found.participant.as_str().into(),
            Cell::maybe(found.section.as_deref()),
            found.question.as_str().into(),
            found.text.as_str().into(),
            joined(found.codes.iter().map(String::as_str)),
            themes(|theme| &theme.id),
            themes(|theme| &theme.label),
            themes(|theme| theme.stands_for.as_deref().unwrap_or_default()),
        ]
    });
    Table { name: "disagreements", columns, rows: Box::new(rows) }
}

/// Several in one cell, as sheets of codes write them.
fn joined<'a>(all: impl Iterator<Item = &'a str>) -> Cell<'a> {
    let all: Vec<&str> = all.collect();
    if all.is_empty() { Cell::Empty } else { all.join("; ").into() }
}
