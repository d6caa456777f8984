//! What to look at before something with pseudonyms is passed on, as a table.
//!
//! In: what remains. Out: CSV with `unit`, `kind`, `text`, `place`, for the researcher alone.

use std::io::Write;

use super::ExportError;
use super::csv::write_csv;
use super::table::{Cell, Column, Table};
use crate::analysis::pseudonyms::Remains;

/// Writes the check list.
///
/// # Errors
/// [`ExportError::Write`].
pub(crate) fn write_check_list(remains: &[Remains], out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
    let columns = [("unit", 26), ("kind", 24), ("text", 40), ("place", 40)];
    let columns = columns.map(|(title, width)| Column::text(title, width)).to_vec();
    let rows = remains.iter().map(|found| {
        let unit = Some(found.unit.as_str()).filter(|unit| !unit.is_empty());
        vec![Cell::maybe(unit), found.kind.word().into(), found.text.as_str().into(), found.place.as_str().into()]
    });
    write_csv(Table { name: "check list", columns, rows: Box::new(rows) }, false, out)
}
