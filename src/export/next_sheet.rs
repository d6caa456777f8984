//! A sheet of the passages to look at next, for the researcher whose codes they are.
//!
//! In: an analysis and the passages that were chosen from it. Out: a table with `id`, `question`, `text`, the codes
//! that each is near to (`suggested`) and why it is there (`why`), and the empty columns `code` and `notes`; as a
//! workbook where the file is called `.xlsx`, else as CSV. Unlike a [`CodingSheet`](super::CodingSheet) it is not
//! blind: it improves codes and measures nothing. `leitmotif code --codes` takes it back.

use std::io::Write;
use std::path::Path;

use super::coding_sheet::is_workbook;
use super::csv::write_csv;
use super::table::{Cell, Column, Table};
use super::xlsx::write_sheet;
use super::{ExportError, Exporter, check_counts};
use crate::analysis::{Analysis, NextPassage};
use crate::theme::numbers::counted;

/// Passages to look at next.
#[derive(Clone, Debug, Default)]
pub struct NextSheet {
    /// The passages, the most telling first.
    pub passages: Vec<NextPassage>,
    /// A workbook in place of CSV; the file's name tells.
    pub workbook: bool,
}

impl Exporter for NextSheet {
    fn written_to(&mut self, path: &Path) -> Result<(), ExportError> {
        self.workbook = is_workbook(path)?;
        Ok(())
    }

    fn write(&self, analysis: &Analysis, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
        check_counts(analysis)?;
        let columns =
            [("id", 26), ("question", 40), ("text", 80), ("suggested", 24), ("why", 24), ("code", 20), ("notes", 40)];
        let rows = self.passages.iter().map(|passage| {
            let unit = &analysis.units[passage.unit];
            let known = [&*unit.id, &*unit.question, &*unit.text].map(Cell::from);
            let told = [passage.suggested.join("; "), passage.why.clone()].map(Cell::from);
            known.into_iter().chain(told).chain([Cell::Empty, Cell::Empty]).collect()
        });
        let columns = columns.map(|(title, width)| Column::text(title, width)).to_vec();
        let table = Table { name: "look at next", columns, rows: Box::new(rows) };
        if self.workbook { write_sheet(table, out) } else { write_csv(table, false, out) }
    }
}

impl NextSheet {
    /// What to do with the file that was written.
    pub fn told(&self, path: &Path) -> String {
        let path = path.display();
        format!(
            "{path}: {} to look at next; fill in `code` (`none` where there is nothing to code; rows that are left empty \
             count for nothing), then run again with `--codes {path}` added",
            counted(self.passages.len(), "passage")
        )
    }
}
