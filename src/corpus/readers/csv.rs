//! CSV and TSV: tables of text with a delimiter.
//!
//! In: the file's text. Out: its rows, to [`Table`]. Rows of another length than the header's are
//! failures with their line, never padded.

use ::csv::{ByteRecord, ReaderBuilder};

use super::super::{CorpusError, ReadOptions};
use super::table::{self, Lines, Table};
use super::{Claim, Contents, File, Reader, Reading};

pub(crate) struct Csv;

impl Reader for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv", "tsv", "tab"]
    }

    /// A table shows in a header with a text column and a first row of as many fields.
    fn claim(&self, contents: &Contents, options: &ReadOptions) -> Claim {
        let Some(text) = contents.text() else { return Claim::No };
        let (text, delimiter) = opening(text, None);
        let mut reader =
            ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut records = reader.byte_records();
        let (Some(Ok(header)), Some(Ok(first))) = (records.next(), records.next()) else { return Claim::No };
        let names: Vec<String> = header.iter().map(|f| String::from_utf8_lossy(f).trim().to_owned()).collect();
        let is_table = header.len() == first.len() && table::is_header(&names, options);
        if is_table { Claim::Possible } else { Claim::No }
    }

    fn named_by_file(&self) -> bool {
        true
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        let path = file.path;
        let whole = file.contents.into_text(path)?;
        let (text, delimiter) = opening(&whole, file.extension);
        // Lines above the header, such as the `sep=;` of spreadsheets.
        let above = whole[..whole.len() - text.len()].matches('\n').count();
        let malformed = |line: usize, reason: String| CorpusError::Malformed {
            path: path.to_owned(),
            place: format!("line {}", line + above),
            reason,
            hint: HINT,
        };
        if let Some(line) = open_quote(text, delimiter) {
            return Err(malformed(line, "a quotation mark opens here and never closes".to_owned()));
        }
        let mut reader =
            ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut record = ByteRecord::new();
        let mut next =
            |record: &mut ByteRecord| reader.read_byte_record(record).map_err(|error| malformed(1, error.to_string()));
        if !next(&mut record)? {
            return Err(CorpusError::Empty { path: path.to_owned() });
        }
        let header: Vec<String> = fields(&record).map(|f| f.trim().to_owned()).collect();
        let mut table = Table::new(path, header, Lines::OfFile, file.options, file.names)?;
        let mut bad_rows = 0;
        let mut number = 0;
        while next(&mut record)? {
            number += 1;
            let line = line_of(&record, text);
            if record.len() != table.width() {
                bad_rows += 1;
                if bad_rows <= MAX_ROW_MESSAGES {
                    let reason = format!("row {number} has {}, the header has {}", count(record.len()), table.width());
                    table.reading.failures.push(malformed(line, reason));
                }
                continue;
            }
            let cells: Vec<&str> = fields(&record).collect();
            table.push(number, line + above, &cells);
        }
        if bad_rows > MAX_ROW_MESSAGES {
            let more = bad_rows - MAX_ROW_MESSAGES;
            table.reading.failures.push(malformed(1, format!("{more} more rows have the wrong number of fields")));
        }
        if table.n_rows() == 0 {
            return match table.reading.failures.into_iter().next() {
                Some(failure) => Err(failure),
                None => Err(malformed(1, "a header and no rows".to_owned())),
            };
        }
        Ok(table.finish())
    }
}

const HINT: &str = "quote cells that hold the delimiter, a quotation mark or a line break, \
                    and double the marks inside them";

/// The text from its header on, and its delimiter, which a line such as `sep=;` above may name.
fn opening<'t>(text: &'t str, extension: Option<&str>) -> (&'t str, u8) {
    if let Some((first, rest)) = text.split_once('\n')
        && let Some(&[mark]) = first.trim_end().strip_prefix("sep=").map(str::as_bytes)
    {
        return (rest, mark);
    }
    (text, delimiter(text, extension))
}

/// After so many rows of the wrong length a file's messages are summed up.
const MAX_ROW_MESSAGES: usize = 10;

fn count(fields: usize) -> String {
    if fields == 1 { "1 field".to_owned() } else { format!("{fields} fields") }
}

fn fields(record: &ByteRecord) -> impl Iterator<Item = &str> {
    // The file was decoded before, and delimiters and quotes are ASCII: every field is UTF-8.
    record.iter().map(|field| std::str::from_utf8(field).unwrap_or_default())
}

/// The line a record starts on; the parser counts blank lines above it to the record.
fn line_of(record: &ByteRecord, text: &str) -> usize {
    record.position().map_or(1, |position| {
        // A position within a text in memory fits.
        let start = usize::try_from(position.byte()).unwrap_or(usize::MAX).min(text.len());
        let blank = text.as_bytes()[start..].iter().take_while(|&&b| b == b'\n').count();
        usize::try_from(position.line()).unwrap_or(usize::MAX).saturating_add(blank)
    })
}

/// The character that stands most often in the header, outside quotes.
fn delimiter(text: &str, extension: Option<&str>) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b'\t', 0), (b';', 0), (b'|', 0)];
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => {
                for (mark, count) in &mut counts {
                    *count += usize::from(*mark == byte);
                }
            }
            _ => {}
        }
    }
    // Of equals the last wins: commas before semicolons before bars; tabs first in a `.tsv`.
    let usual = if extension == Some("tsv") { b'\t' } else { b',' };
    let best = counts.iter().rev().max_by_key(|&&(mark, count)| (count, mark == usual));
    match best {
        Some(&(mark, count)) if count > 0 => mark,
        _ => usual,
    }
}

/// The line of a quotation mark that opens a field and is never closed.
fn open_quote(text: &str, delimiter: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut line = 1;
    let mut opened = None; // line, while inside quotes
    let mut field_start = true;
    let mut i = 0;
    while i < bytes.len() {
        let byte = bytes[i];
        line += usize::from(byte == b'\n');
        if opened.is_some() {
            if byte == b'"' {
                if bytes.get(i + 1) == Some(&b'"') {
                    i += 1;
                } else {
                    opened = None;
                }
            }
        } else if byte == b'"' && field_start {
            opened = Some(line);
            field_start = false;
        } else {
            field_start = byte == delimiter || byte == b'\n';
        }
        i += 1;
    }
    opened
}
