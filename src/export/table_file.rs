//! One table as a file whose ending tells its format: CSV, a workbook or Parquet.
//!
//! In: a table and the name of the file. Out: its bytes; in a workbook further tables are further sheets, which
//! the other formats have no room for.

use std::io::Write;
use std::path::Path;

use super::ExportError;
use super::csv::write_csv;
use super::parquet;
use super::table::Table;
use super::xlsx::write_tables;

/// A format of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TableFormat {
    Csv,
    Workbook,
    Parquet,
}

impl TableFormat {
    /// By the ending; CSV where it is neither of the others'.
    pub(super) fn of(path: &Path) -> Self {
        match path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).as_deref() {
            Some("xlsx") => Self::Workbook,
            Some("parquet") => Self::Parquet,
            _ => Self::Csv,
        }
    }
}

/// Endings of a table's file.
pub const TABLE_ENDINGS: [&str; 3] = ["csv", "xlsx", "parquet"];

/// Writes the first table, and in a workbook those behind it too; `excel` as for [`super::AssignmentsCsv`].
///
/// # Errors
/// [`ExportError::Write`].
pub(super) fn write_in(
    format: TableFormat,
    tables: Vec<Table>,
    excel: bool,
    out: &mut (dyn Write + Send),
) -> Result<(), ExportError> {
    match format {
        TableFormat::Workbook => write_tables(tables, out),
        TableFormat::Csv => tables.into_iter().take(1).try_for_each(|table| write_csv(table, excel, out)),
        TableFormat::Parquet => tables.into_iter().take(1).try_for_each(|table| parquet::write_table(table, out)),
    }
}
