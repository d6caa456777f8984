//! JSON: the whole result, and assignments line by line.
//!
//! In: an analysis. Out: `analysis.json` as it is saved, which `docs/schema/analysis.schema.json`
//! describes, without the hashes of its files; or one object a unit, with the columns of the CSV and
//! `null` where they are empty.

use std::io::Write;

use serde::Serializer;
use serde::ser::SerializeMap;

use super::assignments::assignments;
use super::table::{Cell, Column};
use super::{ExportError, Exporter, check_counts};
use crate::analysis::Analysis;

/// Everything but the single units.
#[derive(Clone, Copy, Debug, Default)]
pub struct Json;

/// Who said what to which theme, an object a line.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonLines;

impl Exporter for Json {
    fn write(&self, analysis: &Analysis, mut out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
        check_counts(analysis)?;
        serde_json::to_writer_pretty(&mut out, &analysis.summary).map_err(std::io::Error::from)?;
        Ok(out.write_all(b"\n")?)
    }
}

impl Exporter for JsonLines {
    fn needs_vectors(&self) -> bool {
        false
    }

    fn write(&self, analysis: &Analysis, mut out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
        check_counts(analysis)?;
        let table = assignments(analysis);
        for row in table.rows {
            write_object(&table.columns, &row, &mut out).map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}

fn write_object(columns: &[Column], row: &[Cell], out: &mut dyn Write) -> Result<(), serde_json::Error> {
    let mut serializer = serde_json::Serializer::new(out);
    let mut object = serializer.serialize_map(Some(columns.len()))?;
    for (column, cell) in columns.iter().zip(row) {
        match cell {
            Cell::Empty => object.serialize_entry(&column.title, &())?,
            Cell::Text(text) => object.serialize_entry(&column.title, text)?,
            Cell::Whole(value) => object.serialize_entry(&column.title, value)?,
            Cell::Number(value) => object.serialize_entry(&column.title, value)?,
        }
    }
    object.end()
}
