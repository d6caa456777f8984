//! Texts to embed elsewhere, and vectors that others may use.
//!
//! In: the texts of an analysis with their ids, and for the second their vectors. Out: a table with
//! the columns `id`, `kind`, `text` as Parquet, CSV or JSON lines; with a column `vector` as Parquet,
//! which `--vectors` reads back bit by bit. Ids are never changed, texts never shortened.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use ndarray::ArrayView2;
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, FloatType};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;

use super::ExportError;
use crate::embed::given::columns::MODEL_KEY;
use crate::embed::{Item, ModelIdentity};

const COLUMNS: [&str; 3] = ["id", "kind", "text"];
const TEXTS: &str = "
message texts {
    required binary id (string);
    required binary kind (string);
    required binary text (string);
}";
const VECTORS: &str = "
message vectors {
    required binary id (string);
    required binary kind (string);
    required binary text (string);
    required group vector (LIST) {
        repeated group list {
            required float element;
        }
    }
}";
/// Rows a row group.
const ROWS_A_GROUP: usize = 16_384;

/// A format of the table of texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextsFormat {
    /// UTF-8, RFC 4180.
    Csv,
    /// One JSON object a line.
    JsonLines,
    /// Parquet.
    Parquet,
}

impl TextsFormat {
    /// The format that a file's extension names.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "parquet" => Some(Self::Parquet),
            _ => None,
        }
    }
}

/// Writes the texts.
///
/// # Errors
/// [`ExportError::Write`].
pub fn write_texts(items: &[Item<'_>], format: TextsFormat, out: impl Write + Send) -> Result<(), ExportError> {
    match format {
        TextsFormat::Csv => write_csv(items, out),
        TextsFormat::JsonLines => write_json_lines(items, out),
        TextsFormat::Parquet => write_parquet(items, None, out),
    }
}

/// Writes texts and vectors, `(n_items, n_dims)`, as Parquet.
///
/// # Errors
/// [`ExportError::Write`].
pub fn write_vectors<'v>(
    items: &[Item<'_>],
    vectors: ArrayView2<'v, f32>,
    model: &'v ModelIdentity,
    out: impl Write + Send,
) -> Result<(), ExportError> {
    write_parquet(items, Some((vectors, model)), out)
}

fn cells<'i>(item: &'i Item<'_>) -> [&'i str; 3] {
    [&item.id, item.kind.word(), &item.text]
}

fn write_csv(items: &[Item<'_>], out: impl Write) -> Result<(), ExportError> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(COLUMNS).map_err(super::csv::io_error)?;
    for item in items {
        writer.write_record(cells(item)).map_err(super::csv::io_error)?;
    }
    Ok(writer.flush()?)
}

fn write_json_lines(items: &[Item<'_>], mut out: impl Write) -> Result<(), ExportError> {
    #[derive(serde::Serialize)]
    struct Line<'i> {
        id: &'i str,
        kind: &'i str,
        text: &'i str,
    }
    for item in items {
        let line = Line { id: &item.id, kind: item.kind.word(), text: &item.text };
        serde_json::to_writer(&mut out, &line).map_err(std::io::Error::from)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

type Vectors<'v> = Option<(ArrayView2<'v, f32>, &'v ModelIdentity)>;

fn write_parquet(items: &[Item<'_>], vectors: Vectors<'_>, out: impl Write + Send) -> Result<(), ExportError> {
    let failed = |error: ParquetError| ExportError::Write(std::io::Error::other(error));
    let model = vectors.map(|(_, model)| serde_json::to_string(model)).transpose().map_err(std::io::Error::from)?;
    let mut writer = writer(model, vectors.is_some(), out).map_err(failed)?;
    for (number, chunk) in items.chunks(ROWS_A_GROUP).enumerate() {
        let start = number * ROWS_A_GROUP;
        let rows = vectors.map(|(all, _)| all.slice_move(ndarray::s![start..start + chunk.len(), ..]));
        let mut group = writer.next_row_group().map_err(failed)?;
        write_group(&mut group, chunk, rows).map_err(failed)?;
        group.close().map_err(failed)?;
    }
    writer.close().map_err(failed)?;
    Ok(())
}

fn writer<W: Write + Send>(
    model: Option<String>,
    with_vectors: bool,
    out: W,
) -> Result<SerializedFileWriter<W>, ParquetError> {
    let schema = parse_message_type(if with_vectors { VECTORS } else { TEXTS })?;
    let vector = ColumnPath::from(["vector", "list", "element"].map(str::to_string).to_vec());
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        // Hardly two numbers are the same.
        .set_column_dictionary_enabled(vector.clone(), false)
        .set_column_compression(vector, Compression::UNCOMPRESSED)
        .set_created_by(concat!("leitmotif ", env!("CARGO_PKG_VERSION")).into())
        .set_key_value_metadata(model.map(|json| vec![KeyValue::new(MODEL_KEY.to_string(), json)]))
        .build();
    SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))
}

fn write_group<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    items: &[Item<'_>],
    vectors: Option<ArrayView2<'_, f32>>,
) -> Result<(), ParquetError> {
    for column in 0..COLUMNS.len() {
        let values: Vec<ByteArray> = items.iter().map(|item| ByteArray::from(cells(item)[column])).collect();
        let Some(mut slot) = group.next_column()? else { break };
        slot.typed::<ByteArrayType>().write_batch(&values, None, None)?;
        slot.close()?;
    }
    if let (Some(vectors), Some(mut slot)) = (vectors, group.next_column()?) {
        let values: Vec<f32> = vectors.iter().copied().collect();
        let there = vec![1; values.len()];
        let starts: Vec<i16> = vectors.indexed_iter().map(|((_, place), _)| i16::from(place > 0)).collect();
        slot.typed::<FloatType>().write_batch(&values, Some(&there), Some(&starts))?;
        slot.close()?;
    }
    Ok(())
}
