//! The layouts of tables: one transcript a row, one answer a row, one turn a row, or a survey with a
//! question a column.
//!
//! In: a header and rows of cells, from whatever format holds tables. Out: a document a cell that was
//! used, and the transcripts. Columns are found by their names; a table without a text column is an
//! error, never a guess, unless its titles are questions.

use std::collections::HashMap;

use super::super::labels;
use super::super::model::Cell;
use super::super::people::People;
use super::super::sentences::words;
use super::super::speakers::Names;
use super::super::{CorpusError, ReadOptions};
use super::{RawDocument, RawTranscript, RawTurn, Reading, Ruler, mark};

/// A table being read.
pub(crate) struct Table<'a> {
    path: &'a str,
    names: &'a Names,
    header: Vec<String>,
    /// The line the header starts on.
    header_line: usize,
    columns: Columns,
    lines: Lines,
    rows: Vec<Row>,
    /// What was found so far; readers add warnings and failures of their own.
    pub(crate) reading: Reading,
}

/// What the line breaks in a cell mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lines {
    /// Lines of the file, as in CSV.
    OfFile,
    /// Nothing: a row is one line of the file, however long its cells are.
    OfCell,
}

impl<'a> Table<'a> {
    /// Finds the columns of a header. An option may name a column by its title or by what stands in
    /// the header's first row.
    ///
    /// # Errors
    /// When a column that an option names is missing, or none holds text.
    pub(crate) fn new(
        path: &'a str,
        header: impl Into<Header>,
        lines: Lines,
        options: &ReadOptions,
        names: &'a Names,
    ) -> Result<Self, CorpusError> {
        let Header { titles: header, first, line: header_line, .. } = header.into();
        let columns = match (Columns::find(path, &header, options), first) {
            (Err(error), Some(first)) => Columns::find(path, &first, options).map_err(|_| error)?,
            (found, _) => found?,
        };
        let columns =
            columns.ok_or_else(|| CorpusError::NoTextColumn { path: path.to_owned(), columns: quoted(&header) })?;
        Ok(Self { path, names, header, header_line, columns, lines, rows: Vec::new(), reading: Reading::default() })
    }

    /// Number of rows taken.
    pub(crate) fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// Takes a row with its 1-based number and the line it starts on. Cells beyond the last one given
    /// are empty.
    pub(crate) fn push(&mut self, number: usize, line: usize, cells: &[&str]) {
        let cell = |column: usize| cells.get(column).copied().unwrap_or_default();
        let short =
            |column: Option<usize>| column.map(|c| cell(c).trim()).filter(|cell| !cell.is_empty()).map(str::to_owned);
        let field = |column: usize| {
            let above = match self.lines {
                Lines::OfFile => cells[..column.min(cells.len())].iter().map(|cell| breaks(cell)).sum(),
                Lines::OfCell => 0,
            };
            Field { text: cell(column).to_owned(), line: line + above }
        };
        let row = Row {
            number,
            line,
            texts: self.columns.texts.iter().map(|&column| field(column)).collect(),
            question: self.columns.question.map(field),
            id: short(self.columns.id),
            study: short(self.columns.study),
            speaker: short(self.columns.speaker),
        };
        self.rows.push(row);
    }

    /// Turns the rows into transcripts.
    pub(crate) fn finish(mut self) -> Reading {
        let rows = std::mem::take(&mut self.rows);
        if self.columns.is_survey {
            self.survey(rows);
            return self.reading;
        }
        let column = self.columns.texts[0];
        let empty = rows.iter().filter(|row| row.text().text.trim().is_empty()).count();
        if empty > 0 {
            let rows = if empty == 1 { "1 row has".to_owned() } else { format!("{empty} rows have") };
            self.warn(format!("{rows} nothing in column `{}`", self.header[column]));
        }
        if self.columns.speaker.is_some() {
            self.turn_a_row(rows);
            return self.reading;
        }
        let filled = rows.len() - empty;
        let several = |found: &labels::Labelled| found.stretches.iter().any(|s| s.label != found.stretches[0].label);
        let mut remarks: Vec<String> = Vec::new();
        let mut divide = |row: &Row| {
            let found = labels::read(&row.text().text, self.names).filter(several)?;
            remarks.extend(found.remarks.into_iter().map(|remark| format!("row {}: {}", row.number, remark.what)));
            Some(found.stretches)
        };
        let divided: Vec<Option<Vec<labels::Stretch>>> = rows.iter().map(&mut divide).collect();
        let labelled = divided.iter().filter(|stretches| stretches.is_some()).count();
        if labelled > 0 && labelled * 2 >= filled {
            remarks.into_iter().for_each(|remark| self.warn(remark));
            self.transcript_a_row(rows, divided);
        } else {
            if labelled > 0 {
                self.warn(format!(
                    "only {labelled} of {filled} cells of column `{}` have speaker labels, so they were not taken for \
                     transcripts",
                    self.header[column]
                ));
            }
            self.answer_a_row(rows);
        }
        self.reading
    }

    fn warn(&mut self, what: String) {
        self.reading.warnings.push(format!("`{}`: {what}", self.path));
    }

    /// `one answer a row: words in `answer`, participants in `id``.
    fn lay_out(&mut self, what: &str, others: &[(&str, Option<usize>)]) {
        let titles: Vec<String> = self.columns.texts.iter().map(|&c| format!("`{}`", self.header[c])).collect();
        let mut layout = format!("{what}: words in {}", titles.join(", "));
        for (meaning, column) in others {
            if let Some(column) = column {
                layout.push_str(&format!(", {meaning} in `{}`", self.header[*column]));
            }
        }
        self.reading.layout = Some(layout);
    }

    fn transcript_a_row(&mut self, rows: Vec<Row>, divided: Vec<Option<Vec<labels::Stretch>>>) {
        self.lay_out("one transcript a row", &[("transcripts", self.columns.id), ("studies", self.columns.study)]);
        let column = self.columns.texts[0];
        for (row, stretches) in rows.into_iter().zip(divided) {
            let (number, row_line, study, id) = (row.number, row.line, row.study.clone(), row.id.clone());
            let Some(field) = row.texts.into_iter().next() else { continue };
            if field.text.trim().is_empty() {
                continue;
            }
            let Some(stretches) = stretches else {
                let path = self.path.to_owned();
                self.reading.failures.push(CorpusError::NoSpeakers { path, line: field.line, advice: None });
                continue;
            };
            let document = self.reading.documents.len();
            let mut ruler = self.ruler(&field);
            let turns = stretches
                .into_iter()
                .map(|stretch| {
                    let (start, line) = ruler.to(stretch.text.start);
                    let (end, _) = ruler.to(stretch.text.end);
                    let text = field.text[stretch.text].to_owned();
                    let times = mark(start, stretch.seconds);
                    RawTurn { speaker: stretch.label, document, span: start..end, line, times, text }
                })
                .collect();
            self.document(number, row_line, column, field.text);
            self.reading.transcripts.push(RawTranscript {
                study,
                id,
                turns,
                answers_column: None,
                people: People::default(),
            });
        }
    }

    fn answer_a_row(&mut self, rows: Vec<Row>) {
        let columns = &self.columns;
        self.lay_out(
            "one answer a row",
            &[("questions", columns.question), ("participants", columns.id), ("studies", columns.study)],
        );
        let column = self.columns.texts[0];
        if self.columns.question.is_none() {
            let title = self.header[column].clone();
            self.warn(format!("column `{title}` has no speaker labels, so every cell was taken for an answer"));
        }
        let speaker = self.header[column].clone();
        self.grouped(rows, Some(&speaker), |table, row| {
            let mut turns = Vec::new();
            if row.text().text.trim().is_empty() {
                return turns;
            }
            let (number, line) = (row.number, row.line);
            if let (Some(question), Some(column)) = (row.question, table.columns.question) {
                let asker = table.header[column].clone();
                turns.extend(table.whole_cell(number, line, column, question, &asker));
            }
            for field in row.texts {
                turns.extend(table.whole_cell(number, line, column, field, &speaker));
            }
            turns
        });
    }

    fn turn_a_row(&mut self, rows: Vec<Row>) {
        let columns = &self.columns;
        self.lay_out(
            "one turn a row",
            &[("speakers", columns.speaker), ("transcripts", columns.id), ("studies", columns.study)],
        );
        let column = self.columns.texts[0];
        self.grouped(rows, None, |table, row| {
            let (number, line, speaker) = (row.number, row.line, row.speaker.unwrap_or_default());
            let mut turns = Vec::new();
            for field in row.texts {
                turns.extend(table.whole_cell(number, line, column, field, &speaker));
            }
            turns
        });
    }

    /// One participant a row, one question a column.
    fn survey(&mut self, rows: Vec<Row>) {
        if !self.columns.survey_is_given {
            let open: Vec<bool> = (0..self.columns.texts.len()).map(|at| is_open(&rows, at)).collect();
            if open.contains(&true) {
                let closed: Vec<String> = self
                    .columns
                    .texts
                    .iter()
                    .zip(&open)
                    .filter(|&(_, open)| !open)
                    .map(|(&column, _)| format!("`{}`", self.header[column]))
                    .collect();
                if !closed.is_empty() {
                    self.warn(format!("left out as closed questions: {}", closed.join(", ")));
                }
                let mut kept = open.iter();
                self.columns.texts.retain(|_| *kept.next().unwrap_or(&true));
                return self.survey_of(rows, &open);
            }
        }
        let all = vec![true; self.columns.texts.len()];
        self.survey_of(rows, &all);
    }

    fn survey_of(&mut self, rows: Vec<Row>, taken: &[bool]) {
        self.lay_out(
            "a survey, one participant a row, one question a column",
            &[("participants", self.columns.id), ("studies", self.columns.study)],
        );
        let columns = self.columns.texts.clone();
        let questions: Vec<usize> = columns
            .iter()
            .map(|&column| {
                self.document(0, self.header_line, column, self.header[column].clone());
                self.reading.documents.len() - 1
            })
            .collect();
        self.grouped(rows, Some(SURVEY_ANSWER), |table, row| {
            let mut turns = Vec::new();
            let (number, line) = (row.number, row.line);
            let fields = row.texts.into_iter().zip(taken).filter(|&(_, &taken)| taken).map(|(field, _)| field);
            for ((field, &column), &document) in fields.zip(&columns).zip(&questions) {
                let Some(answer) = table.whole_cell(number, line, column, field, SURVEY_ANSWER) else { continue };
                let title = &table.header[column];
                if !title.is_empty() {
                    turns.push(RawTurn {
                        speaker: SURVEY_QUESTION.to_owned(),
                        document,
                        span: 0..title.chars().count(),
                        line: table.header_line,
                        times: Vec::new(),
                        text: title.clone(),
                    });
                }
                turns.push(answer);
            }
            turns
        });
    }

    /// Gathers the rows of one study and id into one transcript, in file order. `answers` is the
    /// speaker of the answers where rows are answers.
    fn grouped(&mut self, rows: Vec<Row>, answers: Option<&str>, turns: impl Fn(&mut Self, Row) -> Vec<RawTurn>) {
        let mut index: HashMap<(Option<String>, Option<String>), usize> = HashMap::new();
        let has_ids = self.columns.id.is_some();
        let mut without_id = 0;
        for row in rows {
            let study = row.study.clone();
            let id = match &row.id {
                Some(id) => Some(id.clone()),
                // Answers without an id are people of their own; turns without one belong together.
                None if answers.is_some() || has_ids => {
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
                let answers_column = answers.map(str::to_owned);
                transcripts.push(RawTranscript {
                    study,
                    id,
                    turns: Vec::new(),
                    answers_column,
                    people: People::default(),
                });
                transcripts.len() - 1
            });
            transcripts[at].turns.extend(turns);
        }
        if without_id > 0 {
            let path = self.path;
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
        let mut ruler = self.ruler(&field);
        let (start, line) = ruler.to(first);
        let (end, _) = ruler.to(first + text.len());
        let turn = RawTurn {
            speaker: speaker.to_owned(),
            document: self.reading.documents.len(),
            span: start..end,
            line,
            times: Vec::new(),
            text: text.to_owned(),
        };
        self.document(number, row_line, column, field.text);
        Some(turn)
    }

    fn ruler<'f>(&self, field: &'f Field) -> Ruler<'f> {
        match self.lines {
            Lines::OfFile => Ruler::new(&field.text, field.line),
            Lines::OfCell => Ruler::on_one_line(&field.text, field.line),
        }
    }

    fn document(&mut self, row: usize, line: usize, column: usize, text: String) {
        let column = self.header[column].clone();
        self.reading.documents.push(RawDocument { cell: Some(Cell { row, line, column }), text });
    }
}

/// Speakers of a survey that has a question a column.
const SURVEY_QUESTION: &str = "question";
const SURVEY_ANSWER: &str = "answer";
/// Mean number of words from which the answers to a survey's question are open ones.
const OPEN_WORDS: usize = 4;
/// Words of a column's title from which it is a question, with a question mark or without.
const QUESTION_WORDS: usize = 5;

/// Whether a column of a survey holds open answers.
fn is_open(rows: &[Row], at: usize) -> bool {
    let mut said = 0;
    let mut filled = 0;
    for row in rows {
        let n_words = words(&row.texts[at].text);
        filled += usize::from(n_words > 0);
        said += n_words;
    }
    filled > 0 && said >= OPEN_WORDS * filled
}

fn breaks(text: &str) -> usize {
    text.bytes().filter(|&b| b == b'\n').count()
}

/// Columns named in a message.
const NAMED: usize = 30;

/// Names of columns, for messages; of very many the first.
pub(crate) fn quoted(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    let more = if names.len() > NAMED { format!(" and {} more", names.len() - NAMED) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// The column that holds ids: the one the user named, where it is there, else one with a usual name.
pub(crate) fn column_of_ids(header: &[String], options: &ReadOptions) -> Option<usize> {
    named(header, options.id_column.as_deref(), ID)
}

/// The column that names studies, likewise.
pub(crate) fn column_of_studies(header: &[String], options: &ReadOptions) -> Option<usize> {
    named(header, options.study_column.as_deref(), STUDY)
}

fn named(header: &[String], given: Option<&str>, usual: &[&str]) -> Option<usize> {
    let position = |name: &str| header.iter().position(|column| plain(column) == name);
    given.and_then(|given| position(&plain(given))).or_else(|| usual.iter().find_map(|name| position(name)))
}

/// Whether a header has the columns of a table of interviews.
pub(crate) fn is_header(header: &[String], options: &ReadOptions) -> bool {
    header.len() > 1 && Columns::find("", header, options).is_ok_and(|columns| columns.is_some())
}

/// Whether a row can be nothing but a header: a column is called as text is, another one as ids,
/// speakers or questions are.
pub(crate) fn names_columns(row: &[String]) -> bool {
    let named = Columns::find("", row, &ReadOptions::default()).ok().flatten().filter(|columns| !columns.is_survey);
    named.is_some_and(|columns| columns.id.or(columns.speaker).or(columns.question).is_some())
}

/// The titles of a table's columns.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Header {
    pub(crate) titles: Vec<String>,
    /// What the first row says, where the titles stand below it.
    first: Option<Vec<String>>,
    /// Rows it takes.
    pub(crate) rows: usize,
    /// The line of the file that it starts on.
    line: usize,
}

/// The most rows a header takes.
pub(crate) const HEADER_ROWS: usize = 3;

impl From<Vec<String>> for Header {
    /// A header of one row.
    fn from(titles: Vec<String>) -> Self {
        Self { titles, first: None, rows: 1, line: 1 }
    }
}

impl Header {
    /// Says on which line of the file it starts, when that is not the first.
    pub(crate) fn on_line(self, line: usize) -> Self {
        Self { line, ..self }
    }

    /// Takes a header together with what programs for surveys write below its first row; all rows are
    /// of the same length.
    ///
    /// Qualtrics writes short names, then the questions, then `{"ImportId":"QID1_TEXT"}`. SurveyMonkey
    /// writes the questions, then `Open-Ended Response` or the choices.
    pub(crate) fn of(first: Vec<String>, below: &[Vec<String>]) -> Self {
        let is_import = |row: &Vec<String>| row.iter().filter(|cell| cell.starts_with("{\"ImportId\"")).count() > 0;
        match below {
            [imports, ..] if is_import(imports) => Self { rows: 2, ..Self::from(first) },
            [questions, imports, ..] if is_import(imports) => {
                let title = |(question, name): (&String, &String)| {
                    if question.trim().is_empty() { name.clone() } else { one_line(question) }
                };
                let titles: Vec<String> = questions.iter().zip(&first).map(title).collect();
                Self { first: Some(first), rows: 3, ..Self::from(titles) }
            }
            [kinds, ..] if are_kinds_of_answers(&first, kinds) => {
                let titles = with_choices(&first, kinds);
                Self { first: Some(first), rows: 2, ..Self::from(titles) }
            }
            _ => Self::from(first),
        }
    }

    /// Leaves out the columns that have no title.
    pub(crate) fn titled(self) -> Self {
        let kept: Vec<bool> = self.titles.iter().map(|title| !title.is_empty()).collect();
        let titled = |row: Vec<String>| row.into_iter().zip(&kept).filter(|&(_, &kept)| kept).map(|(t, _)| t).collect();
        Self { first: self.first.map(titled), titles: titled(self.titles), ..self }
    }
}

/// What SurveyMonkey writes below a question that is answered in words.
const OPEN_ANSWERS: [&str; 2] = ["Open-Ended Response", "Response"];

/// Whether the row below the questions tells how each was answered: nothing below the columns that
/// are no questions, `Open-Ended Response` below one that is.
fn are_kinds_of_answers(first: &[String], kinds: &[String]) -> bool {
    let is_kind = |kind: &String| OPEN_ANSWERS.contains(&kind.trim());
    kinds.first().is_some_and(|kind| kind.trim().is_empty())
        && first.first().is_some_and(|title| !title.is_empty())
        && kinds.iter().any(is_kind)
}

/// Questions with the choice that a column stands for.
fn with_choices(questions: &[String], kinds: &[String]) -> Vec<String> {
    let mut asked = String::new();
    let mut titles = Vec::with_capacity(questions.len());
    for (question, kind) in questions.iter().zip(kinds) {
        let kind = kind.trim();
        if !question.is_empty() {
            asked = one_line(question);
        }
        titles.push(match (question.is_empty(), kind) {
            (true, "") => String::new(),
            (_, kind) if kind.is_empty() || OPEN_ANSWERS.contains(&kind) => asked.clone(),
            (_, choice) => format!("{asked} – {choice}"),
        });
    }
    titles
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The cells of a row that matter.
struct Row {
    number: usize,
    line: usize,
    /// As many as [`Columns::texts`].
    texts: Vec<Field>,
    question: Option<Field>,
    id: Option<String>,
    study: Option<String>,
    speaker: Option<String>,
}

impl Row {
    fn text(&self) -> &Field {
        &self.texts[0]
    }
}

/// A cell's words and the line of the file they start on.
struct Field {
    text: String,
    line: usize,
}

/// Which column holds what.
pub(crate) struct Columns {
    /// Never empty; several in a survey only.
    texts: Vec<usize>,
    /// A question a column.
    pub(crate) is_survey: bool,
    /// The questions were named by the user.
    survey_is_given: bool,
    pub(crate) id: Option<usize>,
    pub(crate) speaker: Option<usize>,
    pub(crate) question: Option<usize>,
    pub(crate) study: Option<usize>,
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
/// Of these, those that a survey of questions has beside them.
const COMMENTS: &[&str] = &["comment", "comments"];
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
pub(crate) const STUDY: &[&str] = &["study", "studyname", "studyid", "project", "projectname", "dataset", "survey"];

impl Columns {
    /// Every column that matters.
    pub(crate) fn all(&self) -> impl Iterator<Item = usize> {
        let single = [self.id, self.speaker, self.question, self.study];
        self.texts.iter().copied().chain(single.into_iter().flatten())
    }

    /// `Ok(None)` when no column holds text.
    pub(crate) fn find(path: &str, header: &[String], options: &ReadOptions) -> Result<Option<Self>, CorpusError> {
        let plain: Vec<String> = header.iter().map(|name| plain(name)).collect();
        let place = |wanted: &String, option: &'static str| {
            let plainly = self::plain(wanted);
            header
                .iter()
                .position(|name| name == wanted)
                .or_else(|| plain.iter().position(|name| !name.is_empty() && *name == plainly))
                .ok_or_else(|| CorpusError::NoSuchColumn {
                    path: path.to_owned(),
                    wanted: wanted.clone(),
                    option,
                    columns: quoted(header),
                })
        };
        let named = |wanted: &Option<String>, option| wanted.as_ref().map(|wanted| place(wanted, option)).transpose();
        let mut texts = Vec::new();
        for wanted in &options.text_columns {
            let column = place(wanted, "--text-column")?;
            if !texts.contains(&column) {
                texts.push(column);
            }
        }
        let id = named(&options.id_column, "--id-column")?;
        let speaker = named(&options.speaker_column, "--speaker-column")?;
        let question = named(&options.question_column, "--question-column")?;
        let study = named(&options.study_column, "--study-column")?;
        let mut taken: Vec<usize> =
            texts.iter().copied().chain([id, speaker, question, study].into_iter().flatten()).collect();
        let mut usual = |given: Option<usize>, names: &[&str]| {
            let found = given.or_else(|| {
                names.iter().find_map(|name| {
                    plain.iter().enumerate().position(|(i, column)| column == name && !taken.contains(&i))
                })
            });
            taken.extend(found);
            found
        };
        let survey_is_given = texts.len() > 1;
        if texts.is_empty() {
            texts.extend(usual(None, TEXT));
        }
        let study = usual(study, STUDY);
        let asked = !texts.is_empty() && !survey_is_given;
        let question = if asked { usual(question, QUESTION) } else { question };
        let speaker = if asked { usual(speaker, SPEAKER) } else { speaker };
        let id = usual(id, ID);
        let asks = |column: &usize| is_question(&header[*column]) && !taken.contains(column);
        // A survey may end in a column of comments; that alone makes no table of answers.
        let only_comments = options.text_columns.is_empty()
            && question.or(speaker).is_none()
            && texts.iter().all(|&column| COMMENTS.contains(&plain[column].as_str()))
            && (0..header.len()).filter(asks).any(|column| header[column].trim_end().ends_with('?'));
        let is_survey = survey_is_given || only_comments || texts.is_empty();
        if only_comments || texts.is_empty() {
            // Titles that are questions: a survey's export.
            texts = (0..header.len()).filter(|column| asks(column) || texts.contains(column)).collect();
        }
        Ok((!texts.is_empty()).then_some(Self { texts, is_survey, survey_is_given, id, speaker, question, study }))
    }
}

/// Whether a column's title asks for something.
fn is_question(title: &str) -> bool {
    let n_words = words(title);
    (title.trim_end().ends_with('?') && n_words >= 2) || n_words >= QUESTION_WORDS
}

/// A column's name without case, spaces and marks: `Transcript_ID` is `transcriptid`.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
