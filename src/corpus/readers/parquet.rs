//! Parquet: records in columns, as pandas, Polars, DuckDB and Hugging Face write them.
//!
//! In: the file's bytes. Out: its records, to [`Interviews`]. Only the columns that hold an
//! interview are decoded; embeddings beside them cost nothing. What the file declares is checked
//! before any decoder believes it, and a row group that is damaged is a failure while the others
//! are read.

mod columns;
mod declared;
mod scalars;

use ::parquet::basic::{Compression, Encoding};
use ::parquet::column::page::Page;
use ::parquet::file::metadata::ColumnChunkMetaData;
use ::parquet::file::reader::{FileReader, SerializedFileReader};

use super::super::{CorpusError, ReadOptions, guard};
use super::records::{Interviews, MAX_FIELDS, Shape};
use super::{Claim, Contents, File, Reader, Reading};
use columns::{Cursors, Schema};
use declared::{Budget, MARK, MAX_BYTES, MAX_ROWS, Problem, corrupt};

pub(crate) struct Parquet;

impl Reader for Parquet {
    fn name(&self) -> &'static str {
        "parquet"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["parquet"]
    }

    fn claim(&self, contents: &Contents, _options: &ReadOptions) -> Claim {
        match contents.binary() {
            Some(bytes) if bytes.starts_with(MARK) && bytes.ends_with(MARK) => Claim::Certain,
            Some(bytes) if bytes.starts_with(MARK) => Claim::Possible,
            _ => Claim::No,
        }
    }

    fn named_by_file(&self) -> bool {
        true
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        let path = file.path;
        let problem = |problem: Problem| match problem {
            Problem::Corrupt(reason) => {
                let (path, place) = (path.to_owned(), "its footer".to_owned());
                CorpusError::Malformed { path, place, reason, hint: HINT }
            }
            Problem::TooLarge(what, bytes, limit) => {
                CorpusError::TooLarge { path: path.to_owned(), what, bytes, limit }
            }
        };
        let Contents::Binary(bytes) = file.contents else {
            return Err(problem(corrupt("it is text and no Parquet file")));
        };
        if !bytes.starts_with(MARK) {
            return Err(problem(corrupt("it does not start with the mark of Parquet files")));
        }
        declared::check_footer(&bytes).map_err(problem)?;
        // A page is a public way into the shared bytes that the file reader takes.
        let whole =
            Page::DictionaryPage { buf: bytes.into(), num_values: 0, encoding: Encoding::PLAIN, is_sorted: false };
        let bytes = whole.buffer();
        let (reader, schema) = guarded(|| {
            let reader = SerializedFileReader::new(bytes.clone())?;
            let schema = Schema::of(reader.metadata().file_metadata().schema_descr());
            Ok((reader, schema))
        })
        .map_err(problem)?;
        let mut shape = Shape::default();
        for field in schema.fields() {
            if shape.names.len() == MAX_FIELDS {
                return Err(problem(corrupt(format!("it has more than {MAX_FIELDS} columns"))));
            }
            let at = shape.add(field.name());
            shape.items[at] = field.fields_of_items();
            shape.is_plain[at] = field.is_plain();
        }
        let interviews = Interviews::new(path, shape, file.options, file.names, HINT)?;
        let groups = reader.num_row_groups();
        let mut decoding =
            Decoding { schema: &schema, options: file.options, interviews, n_rows: 0, text: 0, repaired: 0 };
        let mut budget = Budget::default();
        for group in 0..groups {
            match guarded(|| decoding.row_group(&reader, bytes, group, &mut budget)) {
                Ok(()) => {}
                Err(Problem::Corrupt(reason)) => {
                    let place = format!("row group {} of {groups}, after record {}", group + 1, decoding.n_rows);
                    decoding.interviews.fail(place, reason);
                }
                Err(large) => return Err(problem(large)),
            }
        }
        let repaired = decoding.repaired;
        let mut reading = decoding.interviews.finish()?;
        reading.mojibake_repaired += repaired;
        Ok(reading)
    }
}

const HINT: &str = "write the file anew, for example with pandas: `table.to_parquet(path, compression=\"zstd\")`";

/// Runs a step of decoding. The decoders of the parquet crate assert what corrupt bytes can break,
/// such as the order of offsets; the step's own results are then given up, nothing else is touched.
fn guarded<T>(step: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    guard::guarded(step).unwrap_or_else(|| Err(corrupt("its data are damaged")))
}

/// The records of a file on their way.
struct Decoding<'a> {
    schema: &'a Schema,
    options: &'a ReadOptions,
    interviews: Interviews<'a>,
    n_rows: usize,
    /// Bytes of text so far.
    text: u64,
    repaired: usize,
}

impl Decoding<'_> {
    fn row_group(
        &mut self,
        reader: &dyn FileReader,
        bytes: &[u8],
        group: usize,
        budget: &mut Budget,
    ) -> Result<(), Problem> {
        let metadata = reader.metadata().row_group(group);
        let n_rows = u64::try_from(metadata.num_rows()).map_err(|_| corrupt("a negative number of rows"))?;
        if self.n_rows as u64 + n_rows > MAX_ROWS {
            return Err(corrupt(format!("it is said to have more than the {MAX_ROWS} rows that are read")));
        }
        let wanted: Vec<usize> = (0..self.schema.fields().len()).filter(|&at| self.interviews.wants(at)).collect();
        let leaves: Vec<usize> = wanted.iter().flat_map(|&at| self.schema.fields()[at].leaves()).collect();
        for &leaf in &leaves {
            let column = metadata.columns().get(leaf).ok_or_else(|| corrupt("a column is missing"))?;
            check_compression(column)?;
            let start = column.dictionary_page_offset().unwrap_or(column.data_page_offset());
            let values = budget.check_pages(bytes, start, column.compressed_size())?;
            if values < n_rows {
                let name = column.column_path().string();
                return Err(corrupt(format!("column `{name}` has {values} values for {n_rows} rows")));
            }
        }
        let row_group = reader.get_row_group(group)?;
        let mut cursors = Cursors::new(row_group.as_ref(), self.schema.n_leaves(), &leaves)?;
        for _ in 0..n_rows {
            let number = self.n_rows + 1;
            let mut fields = Vec::with_capacity(wanted.len());
            for &at in &wanted {
                fields.push((at, cursors.record(&self.schema.fields()[at], number)?));
            }
            self.n_rows = number;
            self.text += cursors.take_text();
            if self.text > MAX_BYTES {
                return Err(Problem::TooLarge("its text takes".to_owned(), self.text, MAX_BYTES));
            }
            match cursors.take_bad_text() {
                Some(name) => {
                    let reason = format!("the text in column `{name}` is not UTF-8");
                    self.interviews.fail(format!("record {number}"), reason);
                }
                None => {
                    for (_, value) in &mut fields {
                        value.clean(self.options, &mut self.repaired);
                    }
                    self.interviews.push(number, number, fields);
                }
            }
        }
        Ok(())
    }
}

fn check_compression(column: &ColumnChunkMetaData) -> Result<(), Problem> {
    let name = match column.compression() {
        Compression::BROTLI(_) => "Brotli",
        Compression::LZO => "LZO",
        _ => return Ok(()),
    };
    Err(corrupt(format!("column `{}` is compressed with {name}, which is not read", column.column_path().string())))
}
