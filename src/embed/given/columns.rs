//! Ids, texts and vectors in a Parquet table, as pandas, Ray and Spark write them.
//!
//! In: a Parquet file. Out: the column `id`, the column `text` where there is one, and a column of
//! lists of numbers. Other columns are not looked at.

use std::path::Path;

use half::f16;
use ndarray::Array2;
use parquet::basic::{LogicalType, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_typed_column_reader};
use parquet::data_type::{ByteArrayType, DataType, DoubleType, FixedLenByteArrayType, FloatType};
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use parquet::schema::types::SchemaDescriptor;

use crate::corpus::opening::{LARGEST_TABLE, open};

/// Names of the column of vectors, the likeliest first.
const NAMES: [&str; 5] = ["vector", "embedding", "embeddings", "vectors", "emb"];
/// The key of the file's metadata under which the model's identity is kept.
pub(crate) const MODEL_KEY: &str = "leitmotif.model";

/// What was found in a table.
pub(super) struct Columns {
    pub(super) ids: Vec<String>,
    pub(super) texts: Option<Vec<String>>,
    /// `(n_rows, n_dims)`; none when only ids were asked for.
    pub(super) vectors: Option<Array2<f32>>,
    /// The model's identity as this program writes it.
    pub(super) model: Option<String>,
}

/// Reads a table, its vectors only when they are wanted.
///
/// # Errors
/// What is wrong, as a phrase.
pub(super) fn read(path: &Path, wants_vectors: bool) -> Result<Columns, String> {
    let file = open(path, LARGEST_TABLE).map_err(|error| error.to_string())?;
    let reader = SerializedFileReader::new(file).map_err(|error| error.to_string())?;
    let metadata = reader.metadata().file_metadata();
    let schema = metadata.schema_descr();
    let id = column(schema, "id").ok_or_else(|| format!("it has no column `id`, only {}", names(schema)))?;
    let text = column(schema, "text");
    let vector = if wants_vectors { Some(vector_column(schema)?) } else { None };
    let model = metadata.key_value_metadata().into_iter().flatten().find(|entry| entry.key == MODEL_KEY);
    let model = model.and_then(|entry| entry.value.clone());

    let (mut ids, mut texts, mut numbers) = (Vec::new(), Vec::new(), Numbers::default());
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group).map_err(|error| error.to_string())?;
        read_strings(&*group, id, "id", &mut ids)?;
        if let Some(text) = text {
            read_strings(&*group, text, "text", &mut texts)?;
        }
        if let Some(vector) = vector {
            numbers.read(&*group, vector, &ids)?;
        }
    }
    let vectors = vector.map(|_| numbers.matrix(ids.len())).transpose()?;
    Ok(Columns { ids, texts: text.map(|_| texts), vectors, model })
}

/// The leaf of a column that is no list.
fn column(schema: &SchemaDescriptor, name: &str) -> Option<usize> {
    schema.columns().iter().position(|leaf| leaf.path().parts() == [name] && leaf.max_rep_level() == 0)
}

fn names(schema: &SchemaDescriptor) -> String {
    let names: Vec<String> =
        schema.root_schema().get_fields().iter().map(|field| format!("`{}`", field.name())).collect();
    names.join(", ")
}

/// The leaf of the column of vectors: one with a usual name, else the only one of lists of numbers.
fn vector_column(schema: &SchemaDescriptor) -> Result<usize, String> {
    let is_list = |leaf: usize| {
        let leaf = schema.column(leaf);
        let half = leaf.physical_type() == Type::FIXED_LEN_BYTE_ARRAY
            && leaf.logical_type_ref() == Some(&LogicalType::Float16);
        leaf.max_rep_level() == 1 && (half || matches!(leaf.physical_type(), Type::FLOAT | Type::DOUBLE))
    };
    let name_of = |leaf: usize| schema.column(leaf).path().parts().first().cloned().unwrap_or_default();
    let lists: Vec<usize> = (0..schema.num_columns()).filter(|&leaf| is_list(leaf)).collect();
    if let Some(named) = NAMES.iter().find_map(|name| lists.iter().find(|&&leaf| name_of(leaf) == *name)) {
        return Ok(*named);
    }
    match lists.as_slice() {
        &[only] => Ok(only),
        [] => Err(format!("none of its columns ({}) holds lists of 16, 32 or 64 bit floats", names(schema))),
        several => {
            let found: Vec<String> = several.iter().map(|&leaf| format!("`{}`", name_of(leaf))).collect();
            Err(format!(
                "several of its columns hold lists of numbers: {}; name one of them `vector`",
                found.join(", ")
            ))
        }
    }
}

fn read_strings(group: &dyn RowGroupReader, leaf: usize, name: &str, into: &mut Vec<String>) -> Result<(), String> {
    let before = into.len();
    let rows = usize::try_from(group.metadata().num_rows()).map_err(|error| error.to_string())?;
    let ColumnReader::ByteArrayColumnReader(mut column) = column_reader(group, leaf)? else {
        return Err(format!("the column `{name}` does not hold text"));
    };
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    read_all::<ByteArrayType>(&mut column, rows, &mut levels, &mut Vec::new(), &mut values)?;
    if values.len() != rows {
        let row = levels.iter().position(|&level| level == 0).unwrap_or(0);
        return Err(format!("row {}: `{name}` is empty (null)", before + row + 1));
    }
    for (row, value) in values.iter().enumerate() {
        let text = value.as_utf8().map_err(|_| format!("row {}: `{name}` is not UTF-8 text", before + row + 1))?;
        into.push(text.to_string());
    }
    Ok(())
}

fn column_reader(group: &dyn RowGroupReader, leaf: usize) -> Result<ColumnReader, String> {
    group.get_column_reader(leaf).map_err(|error| error.to_string())
}

fn read_all<T: DataType>(
    column: &mut ColumnReaderImpl<T>,
    rows: usize,
    definitions: &mut Vec<i16>,
    repetitions: &mut Vec<i16>,
    values: &mut Vec<T::T>,
) -> Result<(), String> {
    let mut done = 0;
    while done < rows {
        let read = column.read_records(rows - done, Some(definitions), Some(repetitions), values);
        let (records, _, _) = read.map_err(|error| error.to_string())?;
        if records == 0 {
            return Err(format!("a column ends after {done} of {rows} rows"));
        }
        done += records;
    }
    Ok(())
}

/// The numbers of all vectors read so far, one after the other.
#[derive(Default)]
struct Numbers {
    values: Vec<f32>,
    dimensions: Option<usize>,
    rows: usize,
}

impl Numbers {
    /// `ids`: of all rows so far, those of this group included.
    fn read(&mut self, group: &dyn RowGroupReader, leaf: usize, ids: &[String]) -> Result<(), String> {
        let rows = ids.len() - self.rows;
        let descriptor = group.metadata().column(leaf).column_descr_ptr();
        let reader = column_reader(group, leaf)?;
        let (mut definitions, mut repetitions) = (Vec::new(), Vec::new());
        let mut levels = (&mut definitions, &mut repetitions);
        let values = match descriptor.physical_type() {
            Type::FLOAT => typed::<FloatType>(reader, rows, &mut levels, |value| *value)?,
            Type::DOUBLE => typed::<DoubleType>(reader, rows, &mut levels, |value| *value as f32)?,
            // `vector_column` lets no other fixed length through than that of 16-bit floats.
            _ => typed::<FixedLenByteArrayType>(reader, rows, &mut levels, |value| {
                value.data().first_chunk().map_or(f32::NAN, |bytes| f16::from_le_bytes(*bytes).to_f32())
            })?,
        };
        self.check(&definitions, &repetitions, descriptor.max_def_level(), ids)?;
        self.values.extend(values);
        Ok(())
    }

    /// Every row has the same number of numbers, and none is null: a repetition level of 0 begins a
    /// row, and a definition level below the highest is something missing.
    fn check(&mut self, definitions: &[i16], repetitions: &[i16], defined: i16, ids: &[String]) -> Result<(), String> {
        let mut start = 0;
        while start < repetitions.len() {
            let length = 1 + repetitions[start + 1..].iter().take_while(|&&level| level != 0).count();
            let row = self.rows;
            self.rows += 1;
            let place = || format!("row {} ({})", row + 1, ids.get(row).map_or("", String::as_str));
            let there = definitions.get(start..start + length).unwrap_or(definitions);
            // Files without definition levels have nothing that could be missing.
            match there.iter().position(|&level| level < defined) {
                Some(0) if length == 1 => return Err(format!("{}: the vector is empty", place())),
                Some(at) => return Err(format!("{}: number {} of the vector is null", place(), at + 1)),
                None => {}
            }
            let expected = *self.dimensions.get_or_insert(length);
            if length != expected {
                return Err(format!("{}: the vector has {length} numbers, the ones before have {expected}", place()));
            }
            start += length;
        }
        Ok(())
    }

    fn matrix(self, rows: usize) -> Result<Array2<f32>, String> {
        let dimensions = self.dimensions.unwrap_or(0);
        Array2::from_shape_vec((rows, dimensions), self.values)
            .map_err(|_| format!("the column of vectors has {} rows, `id` has {rows}", self.rows))
    }
}

fn typed<T: DataType>(
    reader: ColumnReader,
    rows: usize,
    (definitions, repetitions): &mut (&mut Vec<i16>, &mut Vec<i16>),
    number: impl Fn(&T::T) -> f32,
) -> Result<Vec<f32>, String> {
    let mut values = Vec::new();
    read_all(&mut get_typed_column_reader::<T>(reader), rows, definitions, repetitions, &mut values)?;
    Ok(values.iter().map(number).collect())
}
