//! CSV and TSV: tables of text with a delimiter.
//!
//! In: the file's text. Out: its rows, to [`Table`]. Rows of another length than the header's are
//! failures with their line, never padded. A title above the header is passed over; a table of turns
//! needs no header. Marks in what recognisers write with tabs between are words.

use std::collections::VecDeque;
use std::io::{self, Read};

use ::csv::{ByteRecord, ReaderBuilder};

use super::super::by_lines::ByLines;
use super::super::drained::give_back;
use super::super::error::counted;
use super::super::{CorpusError, ReadOptions, own_outputs};
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
        let rows = reader.byte_records().map_while(Result::ok).map(|record| titles(&record));
        let mut opening: Vec<Vec<String>> = rows.take(HEADER_ROWS).collect();
        opening.drain(..rows_of_title(&opening));
        let mut below = opening.into_iter();
        let Some(first) = below.next() else { return Claim::No };
        let below: Vec<Vec<String>> = below.collect();
        let is_table = below.first().is_some_and(|row| row.len() == first.len())
            && table::is_header(&header_of(first, &below).titles, options);
        if is_table { Claim::Possible } else { Claim::No }
    }

    fn may_be_certain(&self) -> bool {
        false
    }

    fn named_by_file(&self) -> bool {
        true
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        let path = file.path;
        let text = file.contents.into_text(path)?;
        let (mut rows, header) = Rows::open(path, text, file.extension)?;
        let mut table = Table::new(path, header, Lines::OfFile, file.options, file.names)?;
        while let Some(row) = rows.next()? {
            table.push(row.number, row.line, &row.cells);
        }
        table.reading.failures = rows.failures();
        if table.n_rows() == 0 {
            return Err(match table.reading.failures.into_iter().next() {
                Some(failure) => failure,
                None => CorpusError::Malformed {
                    path: path.to_owned(),
                    place: "line 1".to_owned(),
                    reason: "a header and no rows".to_owned(),
                    hint: "check that the export finished, and that the rows stand below the titles of the columns",
                },
            });
        }
        Ok(table.finish())
    }

    fn grid(&self, file: File<'_>) -> Result<Grid, CorpusError> {
        let text = file.contents.into_text(file.path)?;
        let (mut rows, header) = Rows::open(file.path, text, file.extension)?;
        let mut grid = Grid { header: header.titles, rows: Vec::new(), left_out: None, sheets: Vec::new() };
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
    /// Lines above the header, such as the `sep=;` of spreadsheets.
    above: usize,
    reader: ::csv::Reader<Pieces>,
    record: ByteRecord,
    /// Rows read while looking for the end of the header, each with its line.
    ahead: VecDeque<(ByteRecord, usize)>,
    width: usize,
    number: usize,
    bad_rows: usize,
    failures: Vec<CorpusError>,
}

impl<'t> Rows<'t> {
    /// Reads the header, which is returned too.
    fn open(path: &'t str, whole: String, extension: Option<&str>) -> Result<(Self, Header), CorpusError> {
        let (text, delimiter) = opening(&whole, extension);
        let above = whole[..whole.len() - text.len()].matches('\n').count();
        let is_raw = is_of_recogniser(text, delimiter);
        if let Some(line) = open_quote(text, delimiter).filter(|_| !is_raw) {
            return Err(malformed(path, line + above, "a quotation mark opens here and never closes".to_owned()));
        }
        let start = whole.len() - text.len();
        let mut builder = ReaderBuilder::new();
        builder.delimiter(delimiter).quoting(!is_raw).has_headers(false).flexible(true);
        let reader = builder.from_reader(Pieces::of(whole, start));
        let record = ByteRecord::new();
        let mut rows = Self {
            path,
            above,
            reader,
            record,
            ahead: VecDeque::new(),
            width: 0,
            number: 0,
            bad_rows: 0,
            failures: Vec::new(),
        };
        // Rows that may still be header.
        while rows.ahead.len() < HEADER_ROWS && rows.read()? {
            rows.ahead.push_back((rows.record.clone(), rows.line()));
        }
        let mut opening: Vec<Vec<String>> = rows.ahead.iter().map(|(record, _)| titles(record)).collect();
        let title = rows_of_title(&opening);
        rows.ahead.drain(..title);
        opening.drain(..title);
        let Some(&(_, header_line)) = rows.ahead.front() else {
            return Err(CorpusError::Empty { path: path.to_owned() });
        };
        let first = opening.remove(0);
        rows.width = first.len();
        let header = match Header::of_turns(&first, &opening) {
            Some(header) if !table::names_columns(&first) => header,
            _ => header_of(first, &opening),
        };
        rows.ahead.drain(..header.rows);
        Ok((rows, header.on_line(header_line)))
    }

    fn read(&mut self) -> Result<bool, CorpusError> {
        let read = self.reader.read_byte_record(&mut self.record);
        read.map_err(|error| malformed(self.path, 1, error.to_string()))
    }

    /// The line of the file on which the record starts that was just read: the parser stands behind it and its line
    /// feed.
    fn line(&self) -> usize {
        let within = self.record.as_slice().iter().filter(|&&b| b == b'\n').count();
        let behind = usize::try_from(self.reader.position().line()).unwrap_or(usize::MAX);
        behind.saturating_sub(within + 1) + self.above
    }

    /// The next row.
    fn next(&mut self) -> Result<Option<Row<'_>>, CorpusError> {
        loop {
            let line = match self.ahead.pop_front() {
                Some((record, line)) => {
                    self.record = record;
                    line
                }
                None if self.read()? => self.line(),
                None => return Ok(None),
            };
            self.number += 1;
            if self.record.len() == self.width {
                return Ok(Some(Row { number: self.number, line, cells: fields(&self.record).collect() }));
            }
            // A blank row may be of any length.
            if fields(&self.record).all(|field| field.is_blank()) {
                continue;
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

/// A text whose memory is given back as it is read: the rows that are made of it take as much. It ends in a line feed.
struct Pieces {
    /// The next one last.
    left: Vec<Vec<u8>>,
    /// Bytes of the next one that were read.
    at: usize,
}

/// Bytes of a piece.
const PIECE: usize = 1 << 20;

impl Pieces {
    /// The text from a byte on.
    fn of(text: String, start: usize) -> Self {
        let mut rest = text.into_bytes();
        rest.drain(..start);
        let mut left = Vec::new();
        if rest.last().is_some_and(|&last| last != b'\n') {
            left.push(b"\n".to_vec());
        }
        while rest.len() > PIECE {
            left.push(rest.split_off(rest.len() - PIECE));
            give_back(&mut rest);
        }
        left.push(rest);
        Self { left, at: 0 }
    }
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(piece) = self.left.last() {
            let n = (&piece[self.at..]).read(buffer)?;
            if n > 0 || buffer.is_empty() {
                self.at += n;
                return Ok(n);
            }
            self.left.pop();
            self.at = 0;
        }
        Ok(0)
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

/// Headers of what recognisers write with tabs between, Whisper's in front.
const SEGMENTS: [&str; 2] = ["start\tend\ttext", "start\tend\tspeaker\ttext"];

/// Whether a text is a recogniser's, who quotes nothing: `"Never again", said my father` is a cell as it stands. What a
/// spreadsheet saved under such a header shows in doubled marks, in cells of several lines, or in those it sets marks
/// around.
fn is_of_recogniser(text: &str, delimiter: u8) -> bool {
    let mut lines = text.by_lines().filter(|line| !line.is_blank());
    let Some(header) = lines.next().map(|line| line.trim().to_lowercase()) else { return false };
    let width = header.matches('\t').count();
    let is_quoted = |cell: &str| cell.starts_with('"') && cell[1..].contains("\"\"");
    delimiter == b'\t'
        && SEGMENTS.contains(&header.as_str())
        && lines.clone().all(|line| line.matches('\t').count() == width && !line.split('\t').any(is_quoted))
        && !are_marked_by_program(lines)
}

/// Whether marks stand around whole cells and nowhere else, as a spreadsheet sets them: around each cell with a comma
/// and no other one, or around every text, the last cell of its row. `"Never."` among texts without marks is words.
fn are_marked_by_program<'t>(rows: impl Iterator<Item = &'t str> + Clone) -> bool {
    let is_marked = |cell: &str| {
        let inner = cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        inner.is_some_and(|inner| !inner.contains('"'))
    };
    let cells = || rows.clone().flat_map(|row| row.split('\t'));
    let is_where_needed = || cells().all(|cell| is_marked(cell) == cell.contains(','));
    let is_around_texts = || {
        let mut texts = rows.clone().filter_map(|row| row.rsplit('\t').next());
        texts.all(|text| text.is_empty() || is_marked(text))
    };
    cells().any(is_marked)
        && cells().all(|cell| is_marked(cell) || !cell.contains('"'))
        && (is_where_needed() || is_around_texts())
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

/// Rows above the header that hold a title of the table, or a notice, and nothing else: the first cell alone is filled,
/// or the row is blank, and the next one is a header beyond doubt.
fn rows_of_title(opening: &[Vec<String>]) -> usize {
    let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.is_empty()).count();
    let above = opening.iter().take_while(|row| filled(row) == 0 || (filled(row) == 1 && !row[0].is_empty())).count();
    let Some(header) = opening.get(above).filter(|_| above > 0) else { return 0 };
    let options = ReadOptions::default();
    let has_ids = || table::is_header(header, &options) && table::column_of_ids(header, &options).is_some();
    let is_table = (filled(header) == header.len() && has_ids())
        || table::names_columns(header)
        || own_outputs::table(header).is_some();
    if filled(&opening[0]) == 1 && is_table { above } else { 0 }
}

fn fields(record: &ByteRecord) -> impl Iterator<Item = &str> {
    // The file was decoded before, and delimiters and quotes are ASCII: every field is UTF-8.
    record.iter().map(|field| as_text(std::str::from_utf8(field).unwrap_or_default()))
}

/// `="001"`, by which programs tell a spreadsheet that a cell is no number; what else begins with `=` is text as it is.
fn as_text(field: &str) -> &str {
    let inner = field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    inner.filter(|inner| !inner.contains('"')).unwrap_or(field)
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

#[cfg(test)]
mod tests {
    use super::super::super::{Corpus, CorpusError, ReadOptions, read_bytes};

    fn read(text: &str) -> Result<Corpus, CorpusError> {
        read_bytes("talk.csv", text.as_bytes().to_vec(), &ReadOptions::default())
    }

    fn ids(text: &str) -> Vec<String> {
        read(text).unwrap().transcripts.into_iter().map(|transcript| transcript.id.to_string()).collect()
    }

    #[test]
    fn a_row_starts_on_its_own_line() {
        let lines = |text: &str| -> Vec<usize> {
            read(text).unwrap().transcripts.iter().flat_map(|t| &t.turns).map(|turn| turn.line).collect()
        };
        let table = "id,text\na,It was cold.\n\n\nb,\"It was wet.\n\nAnd we left.\"\nc,It was late.";
        assert_eq!(lines(table), [2, 5, 8]);
        assert_eq!(lines(&format!("{table}\n")), [2, 5, 8]);
        assert_eq!(lines(&format!("\n{table}\n\n")), [3, 6, 9]);
        assert_eq!(lines(&format!("sep=,\n{table}")), [3, 6, 9]);
        let cold = "and cold ".repeat(500);
        let long: String = (0..300).map(|n| format!("p{n},\"It was day {n}\n{cold}again.\"\n")).collect();
        assert!(long.len() > super::PIECE);
        assert!(lines(&format!("id,text\n{long}")).into_iter().eq((0..300).map(|n| 2 + 2 * n)));
    }

    #[test]
    fn what_a_recogniser_writes_with_tabs_quotes_nothing() {
        let said = |text: &str| -> Vec<String> {
            let corpus = read_bytes("talk.tsv", text.as_bytes().to_vec(), &ReadOptions::default()).unwrap();
            corpus.transcripts.iter().flat_map(|t| &t.turns).map(|turn| turn.text.to_string()).collect()
        };
        let table = |second: &str, third: &str| {
            format!(
                "start\tend\tspeaker\ttext\n0\t4000\tMo\tWho said so?\n5000\t8000\tLu\t{second}\n\
                 9000\t9900\tMo\t{third}\n10000\t14000\tLu\tNever.\n"
            )
        };
        let never = "\"Never again\", said my father.";
        assert_eq!(said(&table(never, "Never?")), ["Who said so?", never, "Never?", "Never."]);
        assert_eq!(said(&table(never, "\"Never, never?")), ["Who said so?", never, "\"Never, never?", "Never."]);
        // A spreadsheet doubles the marks.
        let doubled = "\"\"\"Never again\"\", said my father.\"";
        assert_eq!(said(&table(doubled, "\"Never?\"")), ["Who said so?", never, "Never?", "Never."]);
        // It sets marks around cells with a comma, or around all texts.
        let marked = table("\"Never, never.\"", "\"No, never?\"");
        assert_eq!(said(&marked), ["Who said so?", "Never, never.", "No, never?", "Never."]);
        let all = marked.replace("Who said so?", "\"Who said so?\"").replace("\tNever.\n", "\t\"Never.\"\n");
        assert_eq!(said(&all), ["Who said so?", "Never, never.", "No, never?", "Never."]);
        let labelled = marked.replace("\tspeaker", "").replace("\tMo\t", "\tMo: ").replace("\tLu\t", "\tLu: ");
        let labelled = labelled.replace("Mo: \"", "\"Mo: ").replace("Lu: \"", "\"Lu: ");
        assert_eq!(said(&labelled), ["Who said so?", "Never, never.", "No, never?", "Never."]);
        // Words somebody quotes, though they are all of a cell.
        for (second, third) in [
            ("\"Never again.\"", "Never?"),
            ("\"Never, never.\"", "No, never?"),
            ("\"Never, never.\"", "He said \"no\" then?"),
            ("\"Never, never.\"", "\"No\" again?"),
        ] {
            assert_eq!(said(&table(second, third)), ["Who said so?", second, third, "Never."]);
        }
        assert_eq!(said("id\ttext\na\t\"It was cold.\"\nb\tIt was wet.\n"), ["It was cold.", "It was wet."]);
    }

    #[test]
    fn a_table_of_turns_needs_no_header() {
        let talk = "Mo Ash,Who built the boat?\nLu Birk,My uncle and I did.\nMo Ash,How long did it take?\nLu Birk,Two winters without a shed.\n";
        let timed: String = talk.lines().enumerate().map(|(n, line)| format!("0:0{n},{line}\n")).collect();
        let lines = || (0..9).zip(talk.lines());
        let both: String = lines().map(|(n, line)| format!("{n},{},{line}\n", n + 1)).collect();
        let tiers: String = lines().map(|(n, line)| line.replacen(',', &format!(",,{n}.5,{n}.9,"), 1) + "\n").collect();
        for text in [talk, &timed, &both, &tiers] {
            let corpus = read(text).unwrap();
            assert_eq!((corpus.transcripts.len(), corpus.transcripts[0].turns.len()), (1, 4), "{text}");
            assert_eq!((corpus.transcripts[0].turns[0].line, &*corpus.transcripts[0].turns[0].speaker), (1, "Mo Ash"));
        }
        assert_eq!(read(&format!("speaker,text\n{talk}")).unwrap().transcripts[0].turns.len(), 4);
        let answers = "Name,What was it like there?\nAnn,It was cold and wet.\nBen,We had no boat.\nAnn,So we walked home.\nBen,It was late by then.\n";
        assert!(read(answers).unwrap().transcripts.len() > 1, "a header all the same");
        // Stretches of a recording start with who speaks.
        let segment = |(n, line): (usize, &str)| format!("{n}.5,{n}.9,{}\n", line.replacen(',', ": ", 1));
        let segments: String = lines().map(segment).collect();
        let corpus = read(&segments).unwrap();
        assert_eq!((corpus.transcripts.len(), corpus.transcripts[0].turns.len()), (1, 4));
        let nobodys = segments.replace("Mo Ash: ", "").replace("Lu Birk: ", "");
        let told = read(&nobodys).map_or_else(|error| error.to_string(), |corpus| corpus.failures.join("; "));
        assert!(told.contains("no speaker labels"), "nobody is named: {told}");
        let answers =
            "1,24,It was cold and wet.\n2,31,We had no boat.\n3,40,So we walked home.\n4,52,It was late by then.\n";
        let told = read(answers).map_or_else(|error| error.to_string(), |corpus| corpus.failures.join("; "));
        assert!(!told.contains("no speaker labels"), "numbers and ages: {told}");
        // Times that fall are no talk's.
        let falling: String = lines().map(|(n, line)| format!("{},{},{line}\n", 9 - n, 10 - n)).collect();
        assert!(read(&falling).map_or(true, |corpus| corpus.transcripts.iter().all(|talk| talk.turns.len() != 4)));
    }

    #[test]
    fn a_title_stands_above_the_header() {
        let table = "id,What did you like?,What was bad?\na1,The light in the hall,The noise of the lift\na2,A door that closes,Nothing comes to mind\n";
        for title in ["Our survey of the new offices, May,,", "Offices,,\n,,", "Offices\n\n"] {
            let title = title.replace("offices, May", "offices in May");
            let text = format!("{title}\n{}{table}", if title.ends_with("May,,") { ",,\n" } else { "" });
            assert_eq!(ids(&text), ["a1", "a2"], "{text}");
        }
        for padded in ["Survey of riders,,", "Survey of riders,,\nDo not pass on,,", "\"Riders, spring wave\",,"] {
            assert_eq!(ids(&format!("{padded}\n{table}")), ["a1", "a2"], "{padded}");
            let corpus = read(&format!("{padded}\n{table}")).unwrap();
            let answer = corpus.transcripts[0].turns.iter().find(|turn| turn.text.contains("light"));
            assert_eq!(answer.map(|turn| turn.line), Some(padded.lines().count() + 2), "{padded}");
        }
        // Somebody who answered nothing stands above no header.
        let empty = "id,What did you like?,What was bad?\na0,,\na1,The light in the hall,The noise of the lift\n";
        let found = ids(&format!("{empty}a2,A door that closes,Nothing comes to mind\n"));
        assert!(found.ends_with(&["a1".into(), "a2".into()]), "{found:?}");
        let untitled = ",text\n0,It was good and I liked it a lot\n1,We had no boat and so we walked\n";
        assert_eq!(ids(untitled).len(), 2);
    }

    #[test]
    fn a_title_may_stand_above_a_table_that_this_program_wrote() {
        let table = "section,section_question,theme,label,keywords,mentions\nQ1,Why bees?,T1,Bees,\"hive, wax\",3\n";
        for title in ["", "Table 1,,,,,\n"] {
            let error = read(&format!("{title}{table}")).map(|corpus| corpus.transcripts.len()).unwrap_err();
            assert!(format!("{error:?}").contains("a table of themes"), "{error:?}");
        }
    }

    #[test]
    fn rows_of_nobody_are_left_out() {
        let header = "id,What did you like?,What was bad?\n";
        let rows =
            ["a1,The light in the hall,The noise of the lift\n", "a2,A door that closes,Nothing comes to mind\n"];
        for (between, below) in [
            (header, ""),
            ("ID,what did you like?,What was bad?\n", ""),
            (",,\n,,,,\n", ""),
            ("", "Total,2,2\n"),
            ("", ",,\nTotal,2 answers,2 answers\nMean,,1.5\n"),
        ] {
            let corpus = read(&format!("{header}{}{between}{}{below}", rows[0], rows[1])).unwrap();
            assert_eq!((corpus.transcripts.len(), corpus.failures.len()), (2, 0), "{between}{below}");
            let is_of_blank = |warning: &String| warning.contains("without an id") || warning.contains("nothing in");
            assert!(!corpus.warnings.iter().any(is_of_blank), "{:?}", corpus.warnings);
        }
        let somebody = "Total,It was fine by me,The rain in the night\n";
        assert_eq!(ids(&format!("{header}{}{}{somebody}", rows[0], rows[1])), ["a1", "a2", "Total"]);
    }

    #[test]
    fn what_begins_like_a_formula_is_text() {
        let text = "id,answer\n=\"001\",=We had no boat and so we walked\n=\"002\",+1 for the light in the hall\n";
        let corpus = read(text).unwrap();
        assert_eq!(ids(text), ["001", "002"]);
        let said = |at: usize| corpus.transcripts[at].turns[0].text.to_string();
        assert_eq!([said(0), said(1)], ["=We had no boat and so we walked", "+1 for the light in the hall"]);
    }

    #[test]
    fn questions_may_stand_below_their_numbers() {
        let rows = "a1,The light in the hall,The noise of the lift\na2,A door that closes,Nothing comes to mind\n";
        let corpus = read(&format!("id,Q1,Q2\n,What did you like?,What was bad?\n{rows}")).unwrap();
        assert_eq!(corpus.transcripts.len(), 2);
        assert_eq!(&*corpus.transcripts[0].turns[0].text, "What did you like?");
        let nobodys = read(&format!("id,Q1,Q2\n,The long way home,The rain in the night\n{rows}")).unwrap();
        assert_eq!(nobodys.transcripts.len(), 3);
    }
}
