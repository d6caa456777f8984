//! What was said in a cell, as a turn with its place.
//!
//! In: a field of a row. Out: a document of the whole cell, and a turn that is a slice of it. It decides nothing.

use std::sync::Arc;

use super::super::super::labels;
use super::super::super::model::Cell;
use super::super::{RawDocument, RawTurn};
use super::Table;
use super::fields::Field;

impl Table<'_> {
    /// The whole of a cell as one turn; `None` when it is empty.
    pub(super) fn whole_cell(
        &mut self,
        number: usize,
        row_line: usize,
        column: usize,
        field: Field,
        speaker: &Arc<str>,
    ) -> Option<RawTurn> {
        self.cell_from(number, row_line, column, field, speaker, 0)
    }

    /// The same of a cell's words from a byte on.
    pub(super) fn cell_from(
        &mut self,
        number: usize,
        row_line: usize,
        column: usize,
        field: Field,
        speaker: &Arc<str>,
        from: usize,
    ) -> Option<RawTurn> {
        let text = field.text[from..].trim_matches(labels::is_edge);
        if text.is_empty() {
            return None;
        }
        let whole = Arc::clone(&field.text);
        let first = field.text.len() - field.text[from..].trim_start_matches(labels::is_edge).len();
        let mut ruler = field.ruler();
        let (start, line) = ruler.to(first);
        let (end, _) = ruler.to(first + text.len());
        let turn = RawTurn {
            speaker: Arc::clone(speaker),
            document: self.reading.documents.len(),
            span: start..end,
            line,
            times: Vec::new(),
            text: if text.len() == whole.len() { Arc::clone(&whole) } else { text.into() },
        };
        if field.is_missing {
            self.reading.missing.push(turn.document);
        }
        self.document(number, row_line, column, whole);
        Some(turn)
    }

    pub(super) fn document(&mut self, row: usize, line: usize, column: usize, text: Arc<str>) {
        let column = Arc::clone(&self.header[column]);
        self.reading.documents.push(RawDocument { cell: Some(Cell { row, line, column }), text });
    }
}
