//! Tables as CSV: UTF-8 without BOM, RFC 4180, text verbatim; or made for Excel.

use std::borrow::Cow;
use std::io::Write;

use super::assignments::assignments;
use super::codebook_table::codebook;
use super::refi::hidden;
use super::table::{Cell, Table, looks_like_formula};
use super::themes::{quotes, themes};
use super::{ExportError, Exporter, check_counts};
use crate::analysis::Analysis;

/// Who said what to which theme, one row a unit.
#[derive(Clone, Copy, Debug, Default)]
pub struct AssignmentsCsv {
    /// For Excel: a BOM, so that it reads UTF-8, and an apostrophe before cells that it would take
    /// for a formula (CWE-1236). Without it every text is verbatim.
    pub excel: bool,
}

/// The themes, one row each.
#[derive(Clone, Copy, Debug, Default)]
pub struct ThemesCsv {
    /// As in [`AssignmentsCsv`].
    pub excel: bool,
}

/// The quotes of themes and their parts, one row each.
#[derive(Clone, Copy, Debug, Default)]
pub struct QuotesCsv {
    /// As in [`AssignmentsCsv`].
    pub excel: bool,
}

/// The codebook as Taguette lays it out: tag, description, number of highlights, number of documents.
#[derive(Clone, Copy, Debug, Default)]
pub struct CodebookCsv {
    /// As in [`AssignmentsCsv`].
    pub excel: bool,
}

impl Exporter for AssignmentsCsv {
    fn needs_vectors(&self) -> bool {
        false
    }

    fn write(&self, analysis: &Analysis, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
        check_counts(analysis)?;
        write_csv(assignments(analysis), self.excel, out)
    }
}

impl Exporter for ThemesCsv {
    fn write(&self, analysis: &Analysis, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
        check_counts(analysis)?;
        write_csv(themes(&analysis.summary), self.excel, out)
    }
}

impl Exporter for QuotesCsv {
    fn write(&self, analysis: &Analysis, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
        check_counts(analysis)?;
        write_csv(quotes(&analysis.summary), self.excel, out)
    }
}

impl Exporter for CodebookCsv {
    fn write(&self, analysis: &Analysis, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
        check_counts(analysis)?;
        write_csv(codebook(analysis), self.excel, out)
    }

    fn notices(&self, analysis: &Analysis) -> Vec<String> {
        hidden(&analysis.summary)
    }
}

/// Writes a table.
///
/// # Errors
/// [`ExportError::Write`].
pub(super) fn write_csv(table: Table, excel: bool, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
    if excel {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let titles = table.columns.iter().map(|column| Cow::from(column.title.as_str()));
    let field = |text: Cow<str>| if excel { neutralised(text) } else { text }.into_owned();
    writer.write_record(titles.map(field)).map_err(io_error)?;
    for row in table.rows {
        for cell in &row {
            let text = cell.written();
            // A number is no formula, whatever its sign.
            let harmless = !excel || !matches!(cell, Cell::Text(_));
            writer.write_field(if harmless { text } else { neutralised(text) }.as_bytes()).map_err(io_error)?;
        }
        writer.write_record(None::<&[u8]>).map_err(io_error)?;
    }
    writer.flush()?;
    Ok(())
}

fn neutralised(cell: Cow<str>) -> Cow<str> {
    if looks_like_formula(&cell) { format!("'{cell}").into() } else { cell }
}

/// The writing error inside, so that a reader that went away is known as such.
pub(super) fn io_error(error: csv::Error) -> ExportError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => ExportError::Write(error),
        other => ExportError::Write(std::io::Error::other(format!("{other:?}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::Column;
    use super::*;

    fn written(cells: Vec<Cell>, excel: bool) -> Vec<u8> {
        let columns = vec![Column::text("a", 1); cells.len()];
        let mut out = Vec::new();
        write_csv(Table { name: "t", columns, rows: Box::new(std::iter::once(cells)) }, excel, &mut out).unwrap();
        out
    }

    #[test]
    fn formulas_are_neutralised_for_excel_only() {
        let cells = || vec!["=HYPERLINK(\"x\")".into(), "@cmd".into(), "a = b".into(), Cell::Number(-0.5)];
        let excel = String::from_utf8(written(cells(), true)).unwrap();
        assert_eq!(excel, "\u{feff}a,a,a,a\r\n\"'=HYPERLINK(\"\"x\"\")\",'@cmd,a = b,-0.5\r\n");
        let plain = String::from_utf8(written(cells(), false)).unwrap();
        assert_eq!(plain, "a,a,a,a\r\n\"=HYPERLINK(\"\"x\"\")\",@cmd,a = b,-0.5\r\n");
    }

    #[test]
    fn a_disk_that_fills_up_is_an_error() {
        struct Full(usize);
        impl Write for Full {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                self.0 = self.0.checked_sub(bytes.len()).ok_or(std::io::ErrorKind::StorageFull)?;
                Ok(bytes.len())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let table = || Table {
            name: "t",
            columns: vec![Column::text("a", 1)],
            rows: Box::new((0..100_000).map(|_| vec!["word".into()])),
        };
        let error = write_csv(table(), false, &mut Full(50_000)).unwrap_err();
        assert!(matches!(error, ExportError::Write(e) if e.kind() == std::io::ErrorKind::StorageFull));
        write_csv(table(), false, &mut Full(5_000_000)).unwrap();
    }
}
