//! Unit rows as a Parquet table and back.
//!
//! In: rows, or the bytes of `answers.parquet`. Out: the other. Texts are stored verbatim; the
//! column names are part of the stored format. Behind the columns of the rows stand those of the
//! participants' attributes, for programs that read the table alone; they are not read back, since
//! the summary has them.

use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as PhysicalType};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::record::{Field, Row};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::Type;

use super::attributes::AttributeColumns;
use super::{Position, Status, Summary, UnitRow};
use crate::corpus::Cell;

const SCHEMA: &str = "
message answers {
    required binary unit (string);
    required binary study (string);
    required binary participant (string);
    required int64 answer;
    optional binary section (string);
    required binary question (string);
    required binary text (string);
    required binary status (string);
    optional binary theme (string);
    optional binary sub_theme (string);
    optional double strength;
    optional binary second_theme (string);
    optional double second_strength;
    optional int64 vector_row;
    required binary file (string);
    optional int64 record;
    optional int64 record_line;
    optional binary column (string);
    required int64 line;
    required int64 start;
    required int64 end;
    optional double seconds;
    optional binary moved_from (string);
    optional int64 guide_question;
    optional double map_x;
    optional double map_y;
}";
/// Columns that older tables lack.
const LATER: [&str; 4] = ["moved_from", "guide_question", "map_x", "map_y"];

/// Rows a row group: keeps memory bounded when reading large tables.
const ROWS_A_GROUP: usize = 65_536;

/// What is known of the participants, as columns behind those of the rows.
pub(super) fn attributes(summary: &Summary) -> AttributeColumns<'_> {
    // An invalid schema would be told by `write`.
    let stored = parse_message_type(SCHEMA).ok();
    let taken: Vec<&str> = stored.iter().flat_map(|schema| schema.get_fields()).map(|field| field.name()).collect();
    AttributeColumns::new(summary, &taken)
}

/// Writes rows as Parquet; the same rows give the same bytes.
pub(super) fn write(
    rows: &[UnitRow],
    attributes: &AttributeColumns,
    out: impl std::io::Write + Send,
) -> Result<(), ParquetError> {
    let stored = parse_message_type(SCHEMA)?;
    let n_stored = stored.get_fields().len();
    let schema = Arc::new(with_texts(&stored, attributes.titles())?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("leitmotif ", env!("CARGO_PKG_VERSION")).into())
        .build();
    let mut writer = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
    for rows in rows.chunks(ROWS_A_GROUP) {
        let mut group = writer.next_row_group()?;
        for column in 0.. {
            let Some(mut slot) = group.next_column()? else { break };
            match slot.untyped() {
                ColumnWriter::ByteArrayColumnWriter(typed) => {
                    let attribute = |row: &UnitRow| attributes.of(row).nth(column - n_stored)?.map(String::from);
                    let text = |row: &UnitRow| if column < n_stored { text_of(row, column) } else { attribute(row) };
                    let (levels, values) = with_levels(rows, |row| text(row).map(|t| ByteArray::from(t.into_bytes())));
                    typed.write_batch(&values, Some(&levels), None)?;
                }
                ColumnWriter::Int64ColumnWriter(typed) => {
                    let (levels, values) = with_levels(rows, |row| whole_of(row, column));
                    typed.write_batch(&values, Some(&levels), None)?;
                }
                ColumnWriter::DoubleColumnWriter(typed) => {
                    let (levels, values) = with_levels(rows, |row| number_of(row, column));
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

/// The schema with optional columns of text behind its own.
fn with_texts(schema: &Type, titles: &[String]) -> Result<Type, ParquetError> {
    let mut fields = schema.get_fields().to_vec();
    for title in titles {
        let column = Type::primitive_type_builder(title, PhysicalType::BYTE_ARRAY)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(Some(LogicalType::String))
            .with_converted_type(ConvertedType::UTF8)
            .build()?;
        fields.push(Arc::new(column));
    }
    Type::group_type_builder(schema.name()).with_fields(fields).build()
}

/// Definition levels (0 absent, 1 there) and the values that are there.
fn with_levels<T>(rows: &[UnitRow], value: impl Fn(&UnitRow) -> Option<T>) -> (Vec<i16>, Vec<T>) {
    let all: Vec<Option<T>> = rows.iter().map(value).collect();
    (all.iter().map(|value| i16::from(value.is_some())).collect(), all.into_iter().flatten().collect())
}

fn text_of(row: &UnitRow, column: usize) -> Option<String> {
    match column {
        0 => Some(row.id.clone()),
        1 => Some(row.study.clone()),
        2 => Some(row.participant.clone()),
        4 => row.section.clone(),
        5 => Some(row.question.clone()),
        6 => Some(row.text.clone()),
        7 => Some(row.status.word()),
        8 => row.theme.clone(),
        9 => row.sub_theme.clone(),
        11 => row.second_theme.clone(),
        14 => Some(row.position.file.clone()),
        17 => row.position.cell.as_ref().map(|cell| cell.column.clone()),
        22 => row.moved_from.clone(),
        _ => None,
    }
}

fn whole_of(row: &UnitRow, column: usize) -> Option<i64> {
    let whole = match column {
        3 => Some(row.answer),
        13 => row.vector,
        15 => row.position.cell.as_ref().map(|cell| cell.row),
        16 => row.position.cell.as_ref().map(|cell| cell.line),
        18 => Some(row.position.line),
        19 => Some(row.position.start),
        20 => Some(row.position.end),
        23 => row.guide_question,
        _ => None,
    };
    whole.map(|value| value as i64)
}

fn number_of(row: &UnitRow, column: usize) -> Option<f64> {
    match column {
        10 => row.strength,
        12 => row.second_strength,
        21 => row.position.seconds,
        24 => row.map.map(|(x, _)| f64::from(x)),
        25 => row.map.map(|(_, y)| f64::from(y)),
        _ => None,
    }
}

/// Reads the rows of a stored table.
///
/// # Errors
/// What is wrong with the file, as a phrase.
pub(super) fn read(bytes: Vec<u8>) -> Result<Vec<UnitRow>, String> {
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).map_err(|error| error.to_string())?;
    let found: Vec<String> =
        reader.metadata().file_metadata().schema_descr().columns().iter().map(|c| c.name().to_string()).collect();
    let expected = parse_message_type(SCHEMA).map_err(|error| error.to_string())?;
    for field in expected.get_fields() {
        if !LATER.contains(&field.name()) && !found.iter().any(|name| name == field.name()) {
            return Err(format!("the column `{}` is missing", field.name()));
        }
    }
    let rows = reader.get_row_iter(None).map_err(|error| error.to_string())?;
    rows.enumerate()
        .map(|(number, row)| {
            let row = row.map_err(|error| format!("row {}: {error}", number + 1))?;
            Fields::new(&row).unit().map_err(|reason| format!("row {}: {reason}", number + 1))
        })
        .collect()
}

/// A stored row by column name.
struct Fields<'r> {
    fields: Vec<(&'r String, &'r Field)>,
}

impl<'r> Fields<'r> {
    fn new(row: &'r Row) -> Self {
        Self { fields: row.get_column_iter().collect() }
    }

    fn field(&self, name: &str) -> Option<&'r Field> {
        self.fields.iter().find(|(column, _)| *column == name).map(|(_, field)| *field)
    }

    fn text(&self, name: &str) -> Option<String> {
        match self.field(name)? {
            Field::Str(text) => Some(text.clone()),
            _ => None,
        }
    }

    fn whole(&self, name: &str) -> Option<usize> {
        match self.field(name)? {
            Field::Long(value) => usize::try_from(*value).ok(),
            _ => None,
        }
    }

    fn number(&self, name: &str) -> Option<f64> {
        match self.field(name)? {
            Field::Double(value) => Some(*value),
            _ => None,
        }
    }

    fn unit(&self) -> Result<UnitRow, String> {
        let text = |name: &str| self.text(name).ok_or_else(|| format!("no text in the column `{name}`"));
        let whole = |name: &str| self.whole(name).ok_or_else(|| format!("no whole number in the column `{name}`"));
        let status = text("status")?;
        let cell = match (self.whole("record"), self.whole("record_line"), self.text("column")) {
            (Some(row), Some(line), Some(column)) => Some(Cell { row, line, column }),
            _ => None,
        };
        Ok(UnitRow {
            id: text("unit")?,
            study: text("study")?,
            participant: text("participant")?,
            answer: whole("answer")?,
            section: self.text("section"),
            question: text("question")?,
            text: text("text")?,
            position: Position {
                file: text("file")?,
                cell,
                start: whole("start")?,
                end: whole("end")?,
                line: whole("line")?,
                seconds: self.number("seconds"),
            },
            status: Status::from_word(&status).ok_or_else(|| format!("unknown status `{status}`"))?,
            theme: self.text("theme"),
            sub_theme: self.text("sub_theme"),
            strength: self.number("strength"),
            second_theme: self.text("second_theme"),
            second_strength: self.number("second_strength"),
            vector: self.whole("vector_row"),
            moved_from: self.text("moved_from"),
            guide_question: self.whole("guide_question"),
            map: self.number("map_x").zip(self.number("map_y")).map(|(x, y)| (x as f32, y as f32)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Exclusion;

    fn rows() -> Vec<UnitRow> {
        let row = |n: usize, status: Status, cell: Option<Cell>| UnitRow {
            id: format!("study/p{n}#1"),
            study: "study".into(),
            participant: format!("p{n}"),
            answer: n + 1,
            section: (n != 1).then(|| "Q1".into()),
            question: "What \"else\"?\n\nTell me.".into(),
            text: "naïve, \u{1F600}\r\n=SUM(A1)\u{202E}".into(),
            position: Position {
                file: "a b/ü.csv".into(),
                cell,
                start: n,
                end: n + 20,
                line: 3,
                seconds: (n == 2).then_some(723.5),
            },
            status,
            theme: (status == Status::Theme).then(|| "Q1.1".into()),
            sub_theme: None,
            strength: (status == Status::Theme).then_some(0.625),
            second_theme: None,
            second_strength: None,
            vector: (n != 1).then_some(n),
            moved_from: (n == 2).then(|| "Q1.1".into()),
            guide_question: (n != 1).then_some(n + 1),
            map: (n == 2).then_some((-3.125, 0.001)),
        };
        let cell = Cell { row: 2, line: 4, column: "text".into() };
        vec![
            row(0, Status::Theme, Some(cell)),
            row(1, Status::Excluded(Exclusion::TooShort), None),
            row(2, Status::Unclustered, None),
        ]
    }

    #[test]
    fn rows_come_back_as_they_were() {
        let file = tempfile::NamedTempFile::new().unwrap();
        write(&rows(), &AttributeColumns::default(), file.reopen().unwrap()).unwrap();
        assert_eq!(read(std::fs::read(file.path()).unwrap()).unwrap(), rows());
    }

    #[test]
    fn an_empty_table_is_a_table() {
        let file = tempfile::NamedTempFile::new().unwrap();
        write(&[], &AttributeColumns::default(), file.reopen().unwrap()).unwrap();
        assert_eq!(read(std::fs::read(file.path()).unwrap()).unwrap(), vec![]);
    }

    #[test]
    fn a_file_that_is_no_table_is_refused() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), b"PAR1 not really").unwrap();
        assert!(read(std::fs::read(file.path()).unwrap()).is_err());
    }
}
