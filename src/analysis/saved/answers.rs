//! Unit rows as a Parquet table and back.
//!
//! In: rows, or the file `answers.parquet`. Out: the other. Texts are stored verbatim; the
//! column names are part of the stored format. Behind the columns of the rows stand those of the
//! participants' attributes, for programs that read the table alone; they are not read back, since
//! the summary has them.

use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as PhysicalType};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::record::{Field, Row};
use parquet::schema::types::Type;

use super::attributes::AttributeColumns;
use super::unit::SharedTexts;
use super::{AlsoIn, Position, Status, Summary, UnitRow};
use crate::corpus::Cell;

/// A column: its name, whether every row has it, and where its value is.
struct Column {
    name: &'static str,
    required: bool,
    value: Value,
    /// Tables of earlier versions lack it.
    later: bool,
    /// It is written only where some row has a value.
    only_if_any: bool,
}

/// Where a column's value is in a row.
enum Value {
    Text(fn(&UnitRow) -> Option<String>),
    Whole(fn(&UnitRow) -> Option<usize>),
    Number(fn(&UnitRow) -> Option<f64>),
}

use Value::{Number, Text, Whole};

impl Column {
    const fn required(name: &'static str, value: Value) -> Self {
        Self { name, required: true, value, later: false, only_if_any: false }
    }

    const fn optional(name: &'static str, value: Value) -> Self {
        Self { name, required: false, value, later: false, only_if_any: false }
    }

    const fn later(name: &'static str, value: Value) -> Self {
        Self { name, required: false, value, later: true, only_if_any: false }
    }

    const fn if_any(name: &'static str, value: Value) -> Self {
        Self { name, required: false, value, later: true, only_if_any: true }
    }

    fn has_value(&self, row: &UnitRow) -> bool {
        match self.value {
            Text(of) => of(row).is_some(),
            Whole(of) => of(row).is_some(),
            Number(of) => of(row).is_some(),
        }
    }

    fn field(&self) -> Result<Type, ParquetError> {
        field(self.name, if self.required { Repetition::REQUIRED } else { Repetition::OPTIONAL }, &self.value)
    }
}

/// A column of the schema.
fn field(name: &str, repetition: Repetition, value: &Value) -> Result<Type, ParquetError> {
    let kind = match value {
        Text(_) => PhysicalType::BYTE_ARRAY,
        Whole(_) => PhysicalType::INT64,
        Number(_) => PhysicalType::DOUBLE,
    };
    let builder = Type::primitive_type_builder(name, kind).with_repetition(repetition);
    match value {
        Text(_) => {
            builder.with_logical_type(Some(LogicalType::String)).with_converted_type(ConvertedType::UTF8).build()
        }
        _ => builder.build(),
    }
}

/// The columns, in their order; the names are part of the stored format.
const COLUMNS: [Column; 29] = [
    Column::required("unit", Text(|row| Some(row.id.clone()))),
    Column::required("study", Text(|row| Some(row.study.clone()))),
    Column::required("participant", Text(|row| Some(row.participant.clone()))),
    Column::required("answer", Whole(|row| Some(row.answer))),
    Column::optional("section", Text(|row| row.section.clone())),
    Column::required("question", Text(|row| Some(row.question.to_string()))),
    Column::required("text", Text(|row| Some(row.text.clone()))),
    Column::required("status", Text(|row| Some(row.status.word()))),
    Column::optional("theme", Text(|row| row.theme.clone())),
    Column::optional("sub_theme", Text(|row| row.sub_theme.clone())),
    Column::optional("strength", Number(|row| row.strength)),
    Column::optional("second_theme", Text(|row| row.second_theme.clone())),
    Column::optional("second_strength", Number(|row| row.second_strength)),
    Column::optional("vector_row", Whole(|row| row.vector)),
    Column::required("file", Text(|row| Some(row.position.file.clone()))),
    Column::optional("record", Whole(|row| row.position.cell.as_ref().map(|cell| cell.row))),
    Column::optional("record_line", Whole(|row| row.position.cell.as_ref().map(|cell| cell.line))),
    Column::optional("column", Text(|row| row.position.cell.as_ref().map(|cell| cell.column.to_string()))),
    Column::required("line", Whole(|row| Some(row.position.line))),
    Column::required("start", Whole(|row| Some(row.position.start))),
    Column::required("end", Whole(|row| Some(row.position.end))),
    Column::optional("seconds", Number(|row| row.position.seconds)),
    Column::later("moved_from", Text(|row| row.moved_from.clone())),
    Column::later("guide_question", Whole(|row| row.guide_question)),
    Column::later("map_x", Number(|row| row.map.map(|(x, _)| f64::from(x)))),
    Column::later("map_y", Number(|row| row.map.map(|(_, y)| f64::from(y)))),
    Column::if_any("also", Text(|row| AlsoIn::themes_written(&row.also))),
    Column::if_any("also_strengths", Text(|row| AlsoIn::strengths_written(&row.also))),
    Column::if_any("note", Text(|row| row.note.clone())),
];

/// Rows a row group: keeps memory bounded when reading large tables.
const ROWS_A_GROUP: usize = 65_536;

/// What is known of the participants, as columns behind those of the rows.
pub(super) fn attributes<'a>(summary: &'a Summary, rows: &[UnitRow]) -> AttributeColumns<'a> {
    let taken: Vec<&str> = written_for(rows).map(|column| column.name).collect();
    AttributeColumns::new(summary, &taken)
}

/// The columns that a table of these rows has.
fn written_for(rows: &[UnitRow]) -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().filter(|column| !column.only_if_any || rows.iter().any(|row| column.has_value(row)))
}

/// Writes rows as Parquet; the same rows give the same bytes.
pub(super) fn write(
    rows: &[UnitRow],
    attributes: &AttributeColumns,
    out: impl std::io::Write + Send,
) -> Result<(), ParquetError> {
    let columns: Vec<&Column> = written_for(rows).collect();
    let mut fields =
        columns.iter().map(|column| Ok(Arc::new(column.field()?))).collect::<Result<Vec<_>, ParquetError>>()?;
    for title in attributes.titles() {
        fields.push(Arc::new(field(title, Repetition::OPTIONAL, &Text(|_| None))?));
    }
    let schema = Arc::new(Type::group_type_builder("answers").with_fields(fields).build()?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("leitmotif ", env!("CARGO_PKG_VERSION")).into())
        .build();
    let mut writer = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
    for rows in rows.chunks(ROWS_A_GROUP) {
        let mut group = writer.next_row_group()?;
        for number in 0.. {
            let Some(mut slot) = group.next_column()? else { break };
            let attribute = |row: &UnitRow| attributes.of(row).nth(number - columns.len())?.map(String::from);
            match (slot.untyped(), columns.get(number).map(|column| &column.value)) {
                (ColumnWriter::ByteArrayColumnWriter(typed), value) => {
                    let text = |row: &UnitRow| match value {
                        Some(Text(of)) => of(row),
                        _ => attribute(row),
                    };
                    let (levels, values) = with_levels(rows, |row| text(row).map(|t| ByteArray::from(t.into_bytes())));
                    typed.write_batch(&values, Some(&levels), None)?;
                }
                (ColumnWriter::Int64ColumnWriter(typed), Some(Whole(of))) => {
                    let (levels, values) = with_levels(rows, |row| of(row).map(|value| value as i64));
                    typed.write_batch(&values, Some(&levels), None)?;
                }
                (ColumnWriter::DoubleColumnWriter(typed), Some(Number(of))) => {
                    let (levels, values) = with_levels(rows, *of);
                    typed.write_batch(&values, Some(&levels), None)?;
                }
                _ => return Err(ParquetError::General(format!("column {number} has an unknown type"))),
            }
            slot.close()?;
        }
        group.close()?;
    }
    writer.close()?;
    Ok(())
}

/// Definition levels (0 absent, 1 there) and the values that are there.
fn with_levels<T>(rows: &[UnitRow], value: impl Fn(&UnitRow) -> Option<T>) -> (Vec<i16>, Vec<T>) {
    let all: Vec<Option<T>> = rows.iter().map(value).collect();
    (all.iter().map(|value| i16::from(value.is_some())).collect(), all.into_iter().flatten().collect())
}

/// Reads the rows of a stored table.
///
/// # Errors
/// What is wrong with the file, as a phrase.
pub(super) fn read(file: impl ChunkReader + 'static) -> Result<Vec<UnitRow>, String> {
    let reader = SerializedFileReader::new(file).map_err(|error| error.to_string())?;
    let found: Vec<String> =
        reader.metadata().file_metadata().schema_descr().columns().iter().map(|c| c.name().to_string()).collect();
    for column in COLUMNS.iter().filter(|column| !column.later) {
        if !found.iter().any(|name| name == column.name) {
            return Err(format!("the column `{}` is missing", column.name));
        }
    }
    let rows = reader.get_row_iter(None).map_err(|error| error.to_string())?;
    let mut questions = SharedTexts::default();
    rows.enumerate()
        .map(|(number, row)| {
            let row = row.map_err(|error| format!("row {}: {error}", number + 1))?;
            Fields::new(&row).unit(&mut questions).map_err(|reason| format!("row {}: {reason}", number + 1))
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

    fn unit(&self, questions: &mut SharedTexts) -> Result<UnitRow, String> {
        let text = |name: &str| self.text(name).ok_or_else(|| format!("no text in the column `{name}`"));
        let whole = |name: &str| self.whole(name).ok_or_else(|| format!("no whole number in the column `{name}`"));
        let status = text("status")?;
        let cell = match (self.whole("record"), self.whole("record_line"), self.text("column")) {
            (Some(row), Some(line), Some(column)) => Some(Cell { row, line, column: column.into() }),
            _ => None,
        };
        Ok(UnitRow {
            id: text("unit")?,
            study: text("study")?,
            participant: text("participant")?,
            answer: whole("answer")?,
            section: self.text("section"),
            question: questions.of(&text("question")?),
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
            also: AlsoIn::read(self.text("also").as_deref(), self.text("also_strengths").as_deref())?,
            note: self.text("note"),
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
            also: Vec::new(),
            note: None,
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
        assert_eq!(read(file.reopen().unwrap()).unwrap(), rows());
    }

    #[test]
    fn further_themes_and_notes_come_back_and_cost_no_column_where_nobody_has_them() {
        let columns = |rows: &[UnitRow]| {
            let file = tempfile::NamedTempFile::new().unwrap();
            write(rows, &AttributeColumns::default(), file.reopen().unwrap()).unwrap();
            let reader = SerializedFileReader::new(file.reopen().unwrap()).unwrap();
            (reader.metadata().file_metadata().schema_descr().num_columns(), std::fs::read(file.path()).unwrap())
        };
        let mut marked = rows();
        let also = |theme: &str, strength| AlsoIn { theme: theme.into(), strength };
        marked[0].also = vec![also("Q1.2", Some(0.5)), also("Q1.7", None)];
        marked[2].note = Some("hands\nare full".into());
        assert_eq!(columns(&rows()).0 + 3, columns(&marked).0);
        assert_eq!(read(bytes::Bytes::from(columns(&marked).1)).unwrap(), marked);
    }

    #[test]
    fn an_empty_table_is_a_table() {
        let file = tempfile::NamedTempFile::new().unwrap();
        write(&[], &AttributeColumns::default(), file.reopen().unwrap()).unwrap();
        assert_eq!(read(file.reopen().unwrap()).unwrap(), vec![]);
    }

    #[test]
    fn a_file_that_is_no_table_is_refused() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), b"PAR1 not really").unwrap();
        assert!(read(file.reopen().unwrap()).is_err());
    }
}
