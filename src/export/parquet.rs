//! Tables as Parquet, assignments above all: the columns of the CSV with their types, text verbatim.
//!
//! In: an analysis, or a table. Out: a file for pandas, R and DuckDB, written a row group at a time. Every column
//! may be empty (null).

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as PhysicalType};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::assignments::assignments;
use super::table::{Cell, Column, Kind, Table};
use super::{ExportError, Exporter, check_counts};
use crate::analysis::Analysis;

/// Who said what to which theme, one row a unit.
#[derive(Clone, Copy, Debug, Default)]
pub struct AssignmentsParquet;

/// Rows held at a time.
const ROWS_A_GROUP: usize = 16_384;

impl Exporter for AssignmentsParquet {
    fn needs_vectors(&self) -> bool {
        false
    }

    fn write(&self, analysis: &Analysis, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
        check_counts(analysis)?;
        write_table(assignments(analysis), out)
    }
}

/// Writes a table.
///
/// # Errors
/// [`ExportError::Write`].
pub(super) fn write_table(table: Table, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
    write_parquet(table, out).map_err(|error| match error {
        // A writing error keeps its kind.
        ParquetError::External(inner) => match inner.downcast::<std::io::Error>() {
            Ok(error) => ExportError::Write(*error),
            Err(other) => ExportError::Write(std::io::Error::other(other)),
        },
        other => ExportError::Write(std::io::Error::other(other)),
    })
}

fn schema(name: &str, columns: &[Column]) -> Result<Type, ParquetError> {
    let field = |column: &Column| {
        let builder = |physical| Type::primitive_type_builder(&column.title, physical);
        let field = match column.kind {
            Kind::Text => builder(PhysicalType::BYTE_ARRAY)
                .with_logical_type(Some(LogicalType::String))
                .with_converted_type(ConvertedType::UTF8),
            Kind::Whole => builder(PhysicalType::INT64),
            Kind::Number => builder(PhysicalType::DOUBLE),
        };
        Ok(Arc::new(field.with_repetition(Repetition::OPTIONAL).build()?))
    };
    let fields = columns.iter().map(field).collect::<Result<_, ParquetError>>()?;
    Type::group_type_builder(name).with_fields(fields).build()
}

fn write_parquet(table: Table, out: &mut (dyn Write + Send)) -> Result<(), ParquetError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("leitmotif ", env!("CARGO_PKG_VERSION")).into())
        .build();
    let mut writer =
        SerializedFileWriter::new(out, Arc::new(schema(table.name, &table.columns)?), Arc::new(properties))?;
    let mut rows = table.rows.peekable();
    while rows.peek().is_some() {
        let held: Vec<Vec<Cell>> = rows.by_ref().take(ROWS_A_GROUP).collect();
        let mut group = writer.next_row_group()?;
        for column in 0..table.columns.len() {
            let Some(mut slot) = group.next_column()? else { break };
            let cells = || held.iter().map(|row| &row[column]);
            let levels: Vec<i16> = cells().map(|cell| i16::from(*cell != Cell::Empty)).collect();
            match slot.untyped() {
                ColumnWriter::ByteArrayColumnWriter(typed) => {
                    let values: Vec<ByteArray> = cells().filter_map(text_of).collect();
                    typed.write_batch(&values, Some(&levels), None)?;
                }
                ColumnWriter::Int64ColumnWriter(typed) => {
                    let values: Vec<i64> = cells().filter_map(whole_of).collect();
                    typed.write_batch(&values, Some(&levels), None)?;
                }
                ColumnWriter::DoubleColumnWriter(typed) => {
                    let values: Vec<f64> = cells().filter_map(number_of).collect();
                    typed.write_batch(&values, Some(&levels), None)?;
                }
                _ => return Err(ParquetError::General(format!("column {column} has an unknown type"))),
            }
            slot.close()?;
        }
        group.close()?;
    }
    writer.close()?;
    Ok(())
}

fn text_of(cell: &Cell) -> Option<ByteArray> {
    match cell {
        Cell::Text(text) => Some(ByteArray::from(text.as_bytes().to_vec())),
        _ => None,
    }
}

fn whole_of(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Whole(value) => i64::try_from(*value).ok(),
        _ => None,
    }
}

fn number_of(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(value) => Some(*value),
        _ => None,
    }
}
