//! CSV and TSV: one transcript a row, one answer a row, or one turn a row.
//!
//! In: the file's text. Out: a document a cell that was used, and the transcripts. Columns are
//! found by their names; a table without a text column is an error, never a guess.

use std::collections::HashMap;

use ::csv::{ByteRecord, ReaderBuilder};

use super::super::labels;
use super::super::model::Cell;
use super::super::{CorpusError, ReadOptions};
use super::{File, RawDocument, RawTranscript, RawTurn, Reader, Reading, Ruler};

pub(crate) struct Table;

impl Reader for Table {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv", "tsv"]
    }

    /// A table shows in a header with a text column and a first row of as many fields.
    fn accepts(&self, text: &str, options: &ReadOptions) -> bool {
        let delimiter = delimiter(text, None);
        let mut reader =
            ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut records = reader.byte_records();
        let (Some(Ok(header)), Some(Ok(first))) = (records.next(), records.next()) else { return false };
        let names: Vec<String> = header.iter().map(|f| String::from_utf8_lossy(f).into_owned()).collect();
        header.len() > 1
            && header.len() == first.len()
            && Columns::find("", &names, options).is_ok_and(|columns| columns.is_some())
    }

    fn named_by_file(&self) -> bool {
        true
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        let path = file.path;
        let delimiter = delimiter(&file.text, file.extension);
        if let Some(line) = open_quote(&file.text, delimiter) {
            let reason = "a quotation mark opens here and never closes".to_owned();
            return Err(CorpusError::Malformed { path: path.to_owned(), line, reason });
        }
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(file.text.as_bytes());
        let malformed = |line: usize, reason: String| CorpusError::Malformed { path: path.to_owned(), line, reason };
        let mut record = ByteRecord::new();
        let mut next =
            |record: &mut ByteRecord| reader.read_byte_record(record).map_err(|error| malformed(1, error.to_string()));
        if !next(&mut record)? {
            return Err(CorpusError::Empty { path: path.to_owned() });
        }
        let header: Vec<String> = fields(&record).map(|f| f.trim().to_owned()).collect();
        let columns = Columns::find(path, &header, file.options)?
            .ok_or_else(|| CorpusError::NoTextColumn { path: path.to_owned(), columns: quoted(&header) })?;

        let mut reading = Reading::default();
        let mut rows: Vec<Row> = Vec::new();
        let mut bad_rows = 0;
        let mut number = 0;
        while next(&mut record)? {
            number += 1;
            let line = line_of(&record, &file.text);
            if record.len() != header.len() {
                bad_rows += 1;
                if bad_rows <= MAX_ROW_MESSAGES {
                    let reason = format!("row {number} has {}, the header has {}", count(record.len()), header.len());
                    reading.failures.push(malformed(line, reason));
                }
                continue;
            }
            rows.push(Row::new(number, line, &record, &columns));
        }
        if bad_rows > MAX_ROW_MESSAGES {
            let more = bad_rows - MAX_ROW_MESSAGES;
            reading.failures.push(malformed(1, format!("{more} more rows have the wrong number of fields")));
        }
        if rows.is_empty() {
            return match reading.failures.into_iter().next() {
                Some(failure) => Err(failure),
                None => Err(malformed(1, "a header and no rows".to_owned())),
            };
        }
        let builder = Builder { file: &file, header: &header, columns: &columns, reading };
        Ok(builder.build(rows))
    }
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

fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
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

/// Which column holds what.
struct Columns {
    text: usize,
    id: Option<usize>,
    speaker: Option<usize>,
    question: Option<usize>,
    study: Option<usize>,
}

const TEXT: &[&str] = &[
    "text",
    "answer",
    "answertext",
    "response",
    "responsetext",
    "reply",
    "content",
    "message",
    "utterance",
    "transcripttext",
    "turntext",
    "verbatim",
    "dialog",
    "dialogue",
    "conversation",
    "comment",
    "comments",
    "body",
    "speech",
    "words",
    "transcript",
    "interview",
];
const ID: &[&str] = &[
    "transcriptid",
    "transcript",
    "interviewid",
    "interview",
    "dialogid",
    "dialogueid",
    "conversationid",
    "sessionid",
    "session",
    "participantid",
    "participant",
    "respondentid",
    "respondent",
    "intervieweeid",
    "interviewee",
    "subjectid",
    "caseid",
    "case",
    "pid",
    "userid",
    "id",
    "recordid",
    "responseid",
];
const SPEAKER: &[&str] = &["speaker", "speakername", "speakerlabel", "role", "who", "author", "sender", "from"];
const QUESTION: &[&str] = &["question", "questiontext", "prompt", "item", "questiontitle"];
const STUDY: &[&str] = &["study", "studyname", "studyid", "project", "projectname", "dataset", "survey"];

impl Columns {
    /// `Ok(None)` when no column holds text.
    fn find(path: &str, header: &[String], options: &ReadOptions) -> Result<Option<Self>, CorpusError> {
        let plain: Vec<String> = header.iter().map(|name| plain(name)).collect();
        let named = |wanted: &Option<String>, option: &'static str| match wanted {
            None => Ok(None),
            Some(wanted) => header
                .iter()
                .position(|name| name == wanted)
                .or_else(|| plain.iter().position(|name| !name.is_empty() && *name == self::plain(wanted)))
                .map(Some)
                .ok_or_else(|| CorpusError::NoSuchColumn {
                    path: path.to_owned(),
                    wanted: wanted.clone(),
                    option,
                    columns: quoted(header),
                }),
        };
        let text = named(&options.text_column, "--text-column")?;
        let id = named(&options.id_column, "--id-column")?;
        let speaker = named(&options.speaker_column, "--speaker-column")?;
        let question = named(&options.question_column, "--question-column")?;
        let study = named(&options.study_column, "--study-column")?;
        let mut taken: Vec<usize> = [text, id, speaker, question, study].into_iter().flatten().collect();
        let mut usual = |given: Option<usize>, names: &[&str]| {
            let found = given.or_else(|| {
                names.iter().find_map(|name| {
                    plain.iter().enumerate().position(|(i, column)| column == name && !taken.contains(&i))
                })
            });
            taken.extend(found);
            found
        };
        let Some(text) = usual(text, TEXT) else { return Ok(None) };
        Ok(Some(Self {
            text,
            study: usual(study, STUDY),
            question: usual(question, QUESTION),
            speaker: usual(speaker, SPEAKER),
            id: usual(id, ID),
        }))
    }
}

/// A column's name without case, spaces and marks: `Transcript_ID` is `transcriptid`.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The cells of a record that matter.
struct Row {
    number: usize,
    line: usize,
    text: Field,
    question: Option<Field>,
    id: Option<String>,
    study: Option<String>,
    speaker: Option<String>,
}

/// A cell's words and the line of the file they start on.
struct Field {
    text: String,
    line: usize,
}

impl Row {
    fn new(number: usize, line: usize, record: &ByteRecord, columns: &Columns) -> Self {
        let cells: Vec<&str> = fields(record).collect();
        let short =
            |column: Option<usize>| column.map(|c| cells[c].trim()).filter(|cell| !cell.is_empty()).map(str::to_owned);
        let field = |column: usize| {
            let above: usize = cells[..column].iter().map(|c| c.bytes().filter(|&b| b == b'\n').count()).sum();
            Field { text: cells[column].to_owned(), line: line + above }
        };
        Self {
            number,
            line,
            text: field(columns.text),
            question: columns.question.map(field),
            id: short(columns.id),
            study: short(columns.study),
            speaker: short(columns.speaker),
        }
    }
}

struct Builder<'a> {
    file: &'a File<'a>,
    header: &'a [String],
    columns: &'a Columns,
    reading: Reading,
}

impl Builder<'_> {
    fn build(mut self, rows: Vec<Row>) -> Reading {
        let empty = rows.iter().filter(|row| row.text.text.trim().is_empty()).count();
        if empty > 0 {
            let rows = if empty == 1 { "1 row has".to_owned() } else { format!("{empty} rows have") };
            self.reading
                .warnings
                .push(format!("`{}`: {rows} nothing in column `{}`", self.file.path, self.header[self.columns.text]));
        }
        if self.columns.speaker.is_some() {
            self.turn_a_row(rows);
        } else {
            let filled = rows.len() - empty;
            let divided: Vec<Option<Vec<labels::Stretch>>> = rows
                .iter()
                .map(|row| {
                    labels::divide(&row.text.text, self.file.names)
                        .filter(|stretches| stretches.iter().any(|s| s.label != stretches[0].label))
                })
                .collect();
            let labelled = divided.iter().filter(|stretches| stretches.is_some()).count();
            if labelled > 0 && labelled * 2 >= filled {
                self.transcript_a_row(rows, divided);
            } else {
                if labelled > 0 {
                    self.reading.warnings.push(format!(
                        "`{}`: only {labelled} of {filled} cells of column `{}` have speaker labels, \
                         so they were not taken for transcripts",
                        self.file.path, self.header[self.columns.text]
                    ));
                }
                self.answer_a_row(rows);
            }
        }
        self.reading
    }

    fn transcript_a_row(&mut self, rows: Vec<Row>, divided: Vec<Option<Vec<labels::Stretch>>>) {
        for (row, stretches) in rows.into_iter().zip(divided) {
            if row.text.text.trim().is_empty() {
                continue;
            }
            let Some(stretches) = stretches else {
                let path = self.file.path.to_owned();
                self.reading.failures.push(CorpusError::NoSpeakers { path, line: row.text.line });
                continue;
            };
            let document = self.reading.documents.len();
            let mut ruler = Ruler::new(&row.text.text, row.text.line);
            let turns = stretches
                .into_iter()
                .map(|stretch| {
                    let (start, line) = ruler.to(stretch.text.start);
                    let (end, _) = ruler.to(stretch.text.end);
                    let text = row.text.text[stretch.text].to_owned();
                    let (speaker, seconds) = (stretch.label, stretch.seconds);
                    RawTurn { speaker, document, span: start..end, line, seconds, text }
                })
                .collect();
            self.document(row.number, row.line, self.columns.text, row.text.text);
            self.reading.transcripts.push(RawTranscript { study: row.study, id: row.id, turns, answers_column: None });
        }
    }

    fn answer_a_row(&mut self, rows: Vec<Row>) {
        if self.columns.question.is_none() {
            self.reading.warnings.push(format!(
                "`{}`: column `{}` has no speaker labels, so every cell was taken for an answer",
                self.file.path, self.header[self.columns.text]
            ));
        }
        self.grouped(
            rows,
            |builder, row| {
                let mut turns = Vec::new();
                let question = row.question.filter(|question| !question.text.trim().is_empty());
                if row.text.text.trim().is_empty() {
                    return turns;
                }
                if let (Some(question), Some(column)) = (question, builder.columns.question) {
                    let speaker = builder.header[column].clone();
                    turns.extend(builder.whole_cell(row.number, row.line, column, question, &speaker));
                }
                let column = builder.columns.text;
                let speaker = builder.header[column].clone();
                turns.extend(builder.whole_cell(row.number, row.line, column, row.text, &speaker));
                turns
            },
            true,
        );
    }

    fn turn_a_row(&mut self, rows: Vec<Row>) {
        self.grouped(
            rows,
            |builder, row| {
                let speaker = row.speaker.unwrap_or_default();
                let column = builder.columns.text;
                builder.whole_cell(row.number, row.line, column, row.text, &speaker).into_iter().collect()
            },
            false,
        );
    }

    /// Gathers the rows of one study and id into one transcript, in file order.
    fn grouped(&mut self, rows: Vec<Row>, turns: impl Fn(&mut Self, Row) -> Vec<RawTurn>, answers: bool) {
        let mut index: HashMap<(Option<String>, Option<String>), usize> = HashMap::new();
        let has_ids = self.columns.id.is_some();
        let answers_column = answers.then(|| self.header[self.columns.text].clone());
        let mut without_id = 0;
        for row in rows {
            let study = row.study.clone();
            let id = match &row.id {
                Some(id) => Some(id.clone()),
                // Answers without an id are people of their own; turns without one belong together.
                None if answers || has_ids => {
                    without_id += 1;
                    Some(format!("row {}", row.number))
                }
                None => None,
            };
            let turns = turns(self, row);
            if turns.is_empty() {
                continue;
            }
            let transcripts = &mut self.reading.transcripts;
            let at = *index.entry((study.clone(), id.clone())).or_insert_with(|| {
                transcripts.push(RawTranscript {
                    study,
                    id,
                    turns: Vec::new(),
                    answers_column: answers_column.clone(),
                });
                transcripts.len() - 1
            });
            transcripts[at].turns.extend(turns);
        }
        if without_id > 0 {
            let path = self.file.path;
            self.reading.warnings.push(if has_ids {
                format!("`{path}`: {without_id} rows without an id were taken for participants of their own")
            } else {
                format!("`{path}` has no id column, so every row was taken for a participant of its own")
            });
        }
    }

    /// The whole of a cell as one turn; `None` when it is empty.
    fn whole_cell(
        &mut self,
        number: usize,
        row_line: usize,
        column: usize,
        field: Field,
        speaker: &str,
    ) -> Option<RawTurn> {
        let text = field.text.trim();
        if text.is_empty() {
            return None;
        }
        let first = field.text.len() - field.text.trim_start().len();
        let mut ruler = Ruler::new(&field.text, field.line);
        let (start, line) = ruler.to(first);
        let (end, _) = ruler.to(first + text.len());
        let turn = RawTurn {
            speaker: speaker.to_owned(),
            document: self.reading.documents.len(),
            span: start..end,
            line,
            seconds: None,
            text: text.to_owned(),
        };
        self.document(number, row_line, column, field.text);
        Some(turn)
    }

    fn document(&mut self, row: usize, line: usize, column: usize, text: String) {
        let column = self.header[column].clone();
        self.reading.documents.push(RawDocument { cell: Some(Cell { row, line, column }), text });
    }
}
