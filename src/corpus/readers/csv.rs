//! CSV and TSV: tables of text with a delimiter.
//!
//! In: the file's text. Out: its rows, to [`Table`]. Rows of another length than the header's are
//! failures with their line, never padded.

use std::collections::VecDeque;

use ::csv::{ByteRecord, ReaderBuilder};

use super::super::error::counted;
use super::super::{CorpusError, ReadOptions};
use super::table::{self, HEADER_ROWS, Header, Lines, Table};
use super::{Claim, Contents, File, Grid, Reader, Reading};

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
        let mut rows = reader.byte_records().map_while(Result::ok).map(|record| titles(&record));
        let (Some(first), below) = (rows.next(), rows.take(HEADER_ROWS - 1).collect::<Vec<_>>()) else {
            return Claim::No;
        };
        let is_table = below.first().is_some_and(|row| row.len() == first.len())
            && table::is_header(&header_of(first, &below).titles, options);
        if is_table { Claim::Possible } else { Claim::No }
    }

    fn named_by_file(&self) -> bool {
        true
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        let path = file.path;
        let text = file.contents.into_text(path)?;
        let (mut rows, header) = Rows::open(path, &text, file.extension)?;
        let mut table = Table::new(path, header, Lines::OfFile, file.options, file.names)?;
        while let Some(row) = rows.next()? {
            table.push(row.number, row.line, &row.cells);
        }
        table.reading.failures = rows.failures();
        // The table has what matters of it, and a large file fills the memory.
        drop(text);
        if table.n_rows() == 0 {
            return Err(match table.reading.failures.into_iter().next() {
                Some(failure) => failure,
                None => malformed(path, 1, "a header and no rows".to_owned()),
            });
        }
        Ok(table.finish())
    }

    fn grid(&self, file: File<'_>) -> Result<Grid, CorpusError> {
        let text = file.contents.into_text(file.path)?;
        let (mut rows, header) = Rows::open(file.path, &text, file.extension)?;
        let mut grid = Grid { header: header.titles, rows: Vec::new() };
        while let Some(row) = rows.next()? {
            grid.rows.push((row.line, row.cells.into_iter().map(str::to_owned).collect()));
        }
        match rows.failures().into_iter().next() {
            Some(failure) => Err(failure),
            None => Ok(grid),
        }
    }
}

/// A row of the header's length.
struct Row<'r> {
    /// From 1, the header not counted.
    number: usize,
    /// The line of the file that it starts on.
    line: usize,
    cells: Vec<&'r str>,
}

/// The rows of a text, those of the header's length.
struct Rows<'t> {
    path: &'t str,
    text: &'t str,
    /// Lines above the header, such as the `sep=;` of spreadsheets.
    above: usize,
    reader: ::csv::Reader<&'t [u8]>,
    record: ByteRecord,
    /// Rows read while looking for the end of the header.
    ahead: VecDeque<ByteRecord>,
    width: usize,
    number: usize,
    bad_rows: usize,
    failures: Vec<CorpusError>,
}

impl<'t> Rows<'t> {
    /// Reads the header, which is returned too.
    fn open(path: &'t str, whole: &'t str, extension: Option<&str>) -> Result<(Self, Header), CorpusError> {
        let (text, delimiter) = opening(whole, extension);
        let above = whole[..whole.len() - text.len()].matches('\n').count();
        if let Some(line) = open_quote(text, delimiter) {
            return Err(malformed(path, line + above, "a quotation mark opens here and never closes".to_owned()));
        }
        let reader =
            ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
        let record = ByteRecord::new();
        let mut rows = Self {
            path,
            text,
            above,
            reader,
            record,
            ahead: VecDeque::new(),
            width: 0,
            number: 0,
            bad_rows: 0,
            failures: Vec::new(),
        };
        if !rows.read()? {
            return Err(CorpusError::Empty { path: path.to_owned() });
        }
        let first = titles(&rows.record);
        rows.width = first.len();
        let header_line = line_of(&rows.record, text) + above;
        // Rows that may still be header.
        while rows.ahead.len() < HEADER_ROWS - 1 && rows.read()? {
            rows.ahead.push_back(rows.record.clone());
        }
        let below: Vec<Vec<String>> = rows.ahead.iter().map(titles).collect();
        let header = header_of(first, &below).on_line(header_line);
        rows.ahead.drain(..header.rows - 1);
        Ok((rows, header))
    }

    fn read(&mut self) -> Result<bool, CorpusError> {
        let read = self.reader.read_byte_record(&mut self.record);
        read.map_err(|error| malformed(self.path, 1, error.to_string()))
    }

    /// The next row.
    fn next(&mut self) -> Result<Option<Row<'_>>, CorpusError> {
        loop {
            match self.ahead.pop_front() {
                Some(record) => self.record = record,
                None if self.read()? => {}
                None => return Ok(None),
            }
            self.number += 1;
            let line = line_of(&self.record, self.text) + self.above;
            if self.record.len() == self.width {
                return Ok(Some(Row { number: self.number, line, cells: fields(&self.record).collect() }));
            }
            self.bad_rows += 1;
            if self.bad_rows <= MAX_ROW_MESSAGES {
                let (found, wanted) = (counted(self.record.len(), "field"), self.width);
                let reason = format!("row {} has {found}, the header has {wanted}", self.number);
                self.failures.push(malformed(self.path, line, reason));
            }
        }
    }

    /// The rows that were passed over.
    fn failures(mut self) -> Vec<CorpusError> {
        if self.bad_rows > MAX_ROW_MESSAGES {
            let more = self.bad_rows - MAX_ROW_MESSAGES;
            self.failures.push(malformed(self.path, 1, format!("{more} more rows have the wrong number of fields")));
        }
        self.failures
    }
}

fn malformed(path: &str, line: usize, reason: String) -> CorpusError {
    CorpusError::Malformed { path: path.to_owned(), place: format!("line {line}"), reason, hint: HINT }
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

/// The fields of a row of the header.
fn titles(record: &ByteRecord) -> Vec<String> {
    fields(record).map(|field| field.trim().to_owned()).collect()
}

/// The header, from its first row and those below as far as they are as long.
fn header_of(first: Vec<String>, below: &[Vec<String>]) -> Header {
    let same = below.iter().take_while(|row| row.len() == first.len()).count();
    Header::of(first, &below[..same])
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
