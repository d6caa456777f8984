//! The layouts of tables: one transcript a row, one answer a row, one turn a row, one segment of a
//! recording a row, or a survey with a question a column.
//!
//! In: a header and rows of cells, from whatever format holds tables. Out: a document a cell that was
//! used, and the transcripts. HTML in cells is read as people read it, before positions are taken;
//! codes for missing answers are marked, not dropped. What a column holds is told by [`columns`], how
//! many rows the header takes by [`header`], what stands beside the questions of a survey by [`beside`];
//! a table without words is an error, never a guess.

mod beside;
pub(super) mod columns;
mod header;
mod previews;
mod prompts;
mod row;
mod titles;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

pub(super) use titles::{SPEAKER as SPEAKER_TITLES, TEXT as TEXT_TITLES};

pub(crate) use columns::{Columns, STUDY, column_of_ids, column_of_studies, is_header, names_columns, plain, quoted};
pub(crate) use header::{HEADER_ROWS, Header};

use super::super::model::Cell;
use super::super::people::People;
use super::super::speakers::Names;
use super::super::{CorpusError, ReadOptions, labels, own_outputs};
use super::said::Said;
use super::shared_texts::{SharedTexts, one_spelling};
use super::{RawDocument, RawTranscript, RawTurn, Reading, mark, markup, missing, segments};
use beside::Beside;
use previews::Previews;
use row::{Field, Row};

/// A table being read.
pub(crate) struct Table<'a> {
    path: &'a str,
    names: &'a Names,
    header: Vec<Arc<str>>,
    /// The line the header starts on.
    header_line: usize,
    columns: Columns,
    lines: Lines,
    rows: Vec<Row>,
    beside: Beside,
    previews: Previews,
    shared: SharedTexts,
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
        let Header { titles: header, others, line: header_line, .. } = header.into();
        if let Some(what) = own_outputs::table(&header) {
            return Err(CorpusError::OwnOutput { path: path.to_owned(), what });
        }
        // What an option names may stand in any row of the header.
        let found = others.iter().fold(Columns::find(path, &header, options), |found, other| match found {
            Err(error) => Columns::find(path, other, options).map_err(|_| error),
            found => found,
        })?;
        let mut columns =
            found.ok_or_else(|| CorpusError::NoTextColumn { path: path.to_owned(), columns: quoted(&header) })?;
        let free = |column: &usize| !columns.all().any(|taken| taken == *column);
        columns.id = columns.id.or_else(|| others.iter().find_map(|other| column_of_ids(other, options).filter(free)));
        // Who names the columns of text means no other.
        let beside = if options.text_columns.is_empty() { columns.beside(&header) } else { Vec::new() };
        Ok(Self {
            path,
            names,
            beside: Beside::of(beside.into_iter()),
            previews: if columns.is_survey { Previews::of(&header) } else { Previews::default() },
            header: header.into_iter().map(Into::into).collect(),
            header_line,
            columns,
            lines,
            rows: Vec::new(),
            shared: SharedTexts::default(),
            reading: Reading::default(),
        })
    }

    /// Number of rows taken.
    pub(crate) fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// Takes a row with its 1-based number and the line it starts on. Cells beyond the last one given
    /// are empty.
    pub(crate) fn push(&mut self, number: usize, line: usize, cells: &[&str]) {
        let cell = |column: usize| cells.get(column).copied().unwrap_or_default();
        let shared = &mut self.shared;
        let mut short = |column: Option<usize>, change: fn(&str) -> Cow<'_, str>| {
            let text = markup::read(column.map(cell).unwrap_or_default());
            Some(text.trim()).filter(|text| !text.is_empty()).map(|text| shared.of(&change(text)))
        };
        let as_it_is: fn(&str) -> Cow<'_, str> = |text| text.into();
        let field = |column: usize| {
            let above = match self.lines {
                Lines::OfFile => cells[..column.min(cells.len())].iter().map(|cell| breaks(cell)).sum(),
                Lines::OfCell => 0,
            };
            let (text, is_one_line) = match markup::read(cell(column)) {
                Cow::Borrowed(text) => (text.into(), self.lines == Lines::OfCell),
                // Its lines are no longer the file's.
                Cow::Owned(text) => (text.into(), true),
            };
            Field { text, line: line + above, is_one_line, is_missing: false }
        };
        let without_colon: fn(&str) -> Cow<'_, str> = |speaker| match speaker.trim_end_matches([':', '：', ' ']) {
            "" => speaker.into(),
            bare => bare.into(),
        };
        let row = Row {
            number,
            line,
            texts: self.columns.texts.iter().map(|&column| field(column)).collect(),
            question: self.columns.question.map(|column| Box::new(field(column))),
            id: short(self.columns.id, as_it_is),
            study: short(self.columns.study, as_it_is),
            speaker: short(self.columns.speaker, without_colon).filter(|speaker| !missing::is_by_program(speaker)),
            mail: short(self.columns.mail, |mail| mail.to_lowercase().into()),
            times: self.columns.times.map(|times| Box::new(times.map(|column| cell(column).to_owned()))),
        };
        if !self.previews.push(self.rows.len(), cells) {
            self.beside.push(cells);
        }
        self.rows.push(row);
    }

    /// Turns the rows into transcripts.
    pub(crate) fn finish(mut self) -> Reading {
        let mut rows = std::mem::take(&mut self.rows);
        if let Some(what) = own_outputs::rows(&self.header, rows.iter().map(|row| row.id.as_deref())) {
            self.reading.own_output = Some(what);
            return self.reading;
        }
        if self.columns.is_survey {
            if let Some(what) = self.previews.leave_out(&mut rows, &self.header) {
                self.warn(what);
            }
            let closed = self.settle_prompts(&mut rows);
            self.mark_missing(&mut rows);
            self.survey(rows, closed);
            return self.reading;
        }
        let column = self.columns.texts[0];
        let empty = rows.iter().filter(|row| row.text().is_empty()).count();
        if empty > 0 {
            let rows = if empty == 1 { "1 row has".to_owned() } else { format!("{empty} rows have") };
            self.warn(format!("{rows} nothing in column `{}`", self.header[column]));
        }
        if self.columns.speaker.is_some() {
            self.turn_a_row(rows);
            return self.reading;
        }
        if row::are_segments(&rows) {
            self.segment_a_row(rows);
            return self.reading;
        }
        let filled = rows.len() - empty;
        let several = |found: &labels::Labelled| found.stretches.iter().any(|s| s.label != found.stretches[0].label);
        let divide = |row: &Row| labels::read(&row.text().text, self.names).filter(several);
        let read: Vec<Option<labels::Labelled>> = rows.par_iter().map(divide).collect();
        let mut remarks: Vec<String> = Vec::new();
        let stretches = rows.iter().zip(read).map(|(row, found)| {
            let found = found?;
            remarks.extend(found.remarks.into_iter().map(|remark| format!("row {}: {}", row.number, remark.what)));
            Some(found.stretches)
        });
        let divided: Vec<Option<Vec<labels::Stretch>>> = stretches.collect();
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
            self.tell_of_words(&[], rows.len());
            self.mark_missing(&mut rows);
            self.answer_a_row(rows);
        }
        self.reading
    }

    /// Marks the cells that hold codes in place of answers, and says how many.
    fn mark_missing(&mut self, rows: &mut [Row]) {
        let texts = self.columns.texts.len();
        let cells = |at: usize| rows.iter().map(|row| &*row.texts[at].text).collect();
        let found = missing::find(&(0..texts).map(cells).collect::<Vec<Vec<&str>>>());
        let mut codes: BTreeMap<String, usize> = BTreeMap::new();
        for (at, column) in found.into_iter().enumerate() {
            for (row, _) in rows.iter_mut().zip(column).filter(|(_, is_code)| *is_code) {
                let field = &mut row.texts[at];
                field.is_missing = true;
                *codes.entry(field.text.trim().to_owned()).or_default() += 1;
            }
        }
        let n: usize = codes.values().sum();
        if n > 0 {
            let cells = if n == 1 { "1 cell holds a code" } else { &format!("{n} cells hold codes") };
            self.warn(format!("{cells} for a missing answer, which nobody gave: {}", missing::told(&codes)));
        }
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
            let (number, row_line) = (row.number, row.line);
            let [study, id] = [&row.study, &row.id].map(|text| text.as_deref().map(str::to_owned));
            let Some(field) = row.texts.into_iter().next() else { continue };
            if field.is_empty() {
                continue;
            }
            let Some(stretches) = stretches else {
                let path = self.path.to_owned();
                self.reading.failures.push(CorpusError::NoSpeakers { path, line: field.line, advice: None });
                continue;
            };
            let document = self.reading.documents.len();
            let mut ruler = field.ruler();
            let turns = stretches
                .into_iter()
                .map(|stretch| {
                    let (start, line) = ruler.to(stretch.text.start);
                    let (end, _) = ruler.to(stretch.text.end);
                    let text = field.text[stretch.text].into();
                    let times = mark(start, stretch.seconds);
                    RawTurn { speaker: stretch.label.into(), document, span: start..end, line, times, text }
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
        let has_words = |row: &Row| row.text().text.chars().any(char::is_alphabetic);
        if columns.question.is_none() && rows.len() >= FEWEST_NUMBERS && !rows.iter().any(has_words) {
            self.reading.failures.push(CorpusError::Malformed {
                path: self.path.to_owned(),
                place: format!("column `{}`", self.header[columns.texts[0]]),
                reason: "it holds no words".to_owned(),
                hint: "name the column that holds the words with `--text-column NAME`",
            });
            return;
        }
        self.lay_out(
            "one answer a row",
            &[("questions", columns.question), ("participants", columns.id), ("studies", columns.study)],
        );
        let column = self.columns.texts[0];
        if self.columns.question.is_none() {
            let title = Arc::clone(&self.header[column]);
            self.warn(format!("column `{title}` has no speaker labels, so every cell was taken for an answer"));
        }
        let speaker = Arc::clone(&self.header[column]);
        self.grouped(rows, Some(&speaker), |table, row| {
            let mut turns = Vec::new();
            if row.text().is_empty() {
                return turns;
            }
            let (number, line) = (row.number, row.line);
            if let (Some(question), Some(column)) = (row.question, table.columns.question) {
                let asker = Arc::clone(&table.header[column]);
                turns.extend(table.whole_cell(number, line, column, *question, &asker));
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
        let mut rows = rows;
        if let Some(what) = row::without_speaker(&rows) {
            self.warn(what);
        }
        one_spelling(rows.iter_mut().filter_map(|row| row.speaker.as_mut()));
        self.grouped(rows, None, |table, row| {
            let (number, line, speaker) = (row.number, row.line, row.speaker.unwrap_or_default());
            let mut turns = Vec::new();
            for field in row.texts {
                turns.extend(table.whole_cell(number, line, column, field, &speaker));
            }
            turns
        });
    }

    /// One stretch of a recording a row, with its start and end, as recognisers write them.
    fn segment_a_row(&mut self, rows: Vec<Row>) {
        self.lay_out("one segment of a recording a row", &[("times", self.columns.times.map(|times| times[0]))]);
        let line = rows.first().map_or(1, |row| row.text().line);
        let said = rows.into_iter().filter(|row| !row.text().is_empty()).map(|mut row| {
            let [start, end] = row.times.take().map(|times| *times).unwrap_or_default();
            let field = row.texts.swap_remove(0);
            Said::segment(field.line, field.text.to_string(), &start, &end)
        });
        segments::read(said.collect(), self.path, line, self.names, &mut self.reading);
    }

    /// Keeps of the columns that may ask those that people answered in sentences; tells of others that
    /// hold words, and returns those of them that may ask.
    fn settle_prompts(&mut self, rows: &mut [Row]) -> Vec<usize> {
        let texts = &self.columns.texts;
        let left: Vec<usize> = texts.iter().copied().filter(|at| self.is_unanswered(*at, rows.len())).collect();
        if !left.is_empty() {
            let kept: Vec<bool> = texts.iter().map(|at| !left.contains(at)).collect();
            for row in rows.iter_mut() {
                let mut kept = kept.iter();
                row.texts.retain(|_| *kept.next().unwrap_or(&true));
            }
            self.columns.texts.retain(|at| !left.contains(at));
            self.columns.prompts.retain(|at| !left.contains(at));
        }
        self.tell_of_words(&left, rows.len());
        left.into_iter().filter(|&at| self.beside.has_words(at) && !self.beside.is_of_sentences(at)).collect()
    }

    fn is_unanswered(&self, column: usize, rows: usize) -> bool {
        self.columns.prompts.contains(&column) && !self.beside.is_answered(column, 1, rows)
    }

    /// Tells of columns of sentences that are not read: the `asking` ones, and others that many rows have.
    fn tell_of_words(&mut self, asking: &[usize], rows: usize) {
        let is_told = |at: &usize| match asking.contains(at) {
            true => self.beside.is_of_sentences(*at),
            false => !self.columns.texts.contains(at) && self.beside.is_answered(*at, 2, rows),
        };
        let told: Vec<usize> = self.beside.columns().filter(is_told).collect();
        if !told.is_empty() {
            let titles = self.titles(&told);
            self.warn(format!(
                "columns of words were left out: {titles}; to read them, name every question with `--text-column`"
            ));
        }
    }

    /// Titles for a message; a column without one by its number.
    fn titles(&self, columns: &[usize]) -> String {
        let title = |&at: &usize| match &*self.header[at] {
            "" => format!("column {}", at + 1),
            title => format!("`{title}`"),
        };
        columns.iter().map(title).collect::<Vec<_>>().join(", ")
    }

    /// One participant a row, one question a column. `closed` are columns that are known to be closed questions.
    fn survey(&mut self, rows: Vec<Row>, mut closed: Vec<usize>) {
        let texts = &self.columns.texts;
        let mut taken = vec![true; texts.len()];
        if !self.columns.survey_is_given {
            let is_prompt = |at: usize| self.columns.prompts.contains(&texts[at]);
            let open: Vec<bool> = (0..texts.len()).map(|at| !is_prompt(at) && row::is_open(&rows, at)).collect();
            if !open.contains(&true) && self.columns.are_numbers_alone(&self.header) {
                return self.fail_without_words();
            }
            if open.contains(&true) {
                taken = (0..texts.len()).map(|at| open[at] || is_prompt(at)).collect();
            } else if !self.columns.prompts.is_empty() {
                taken = (0..texts.len()).map(|at| is_prompt(at) || row::has_letters(&rows, at)).collect();
            }
            closed.extend(texts.iter().zip(&taken).filter(|&(_, taken)| !taken).map(|(&column, _)| column));
            closed.sort_unstable();
        }
        if !closed.is_empty() {
            self.warn(format!("left out as closed questions: {}", self.titles(&closed)));
        }
        let mut kept = taken.iter();
        self.columns.texts.retain(|_| *kept.next().unwrap_or(&true));
        self.survey_of(rows, &taken);
    }

    /// Says that no column is known to hold words.
    fn fail_without_words(&mut self) {
        let titles: Vec<String> = self.header.iter().map(|title| title.to_string()).collect();
        let (path, columns) = (self.path.to_owned(), quoted(&titles));
        self.reading.failures.push(CorpusError::NoTextColumn { path, columns });
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
                self.document(0, self.header_line, column, Arc::clone(&self.header[column]));
                self.reading.documents.len() - 1
            })
            .collect();
        let [asker, answerer]: [Arc<str>; 2] = [SURVEY_QUESTION, SURVEY_ANSWER].map(Into::into);
        self.grouped(rows, Some(&Arc::clone(&answerer)), |table, row| {
            let mut turns = Vec::new();
            let (number, line) = (row.number, row.line);
            let fields = row.texts.into_iter().zip(taken).filter(|&(_, &taken)| taken).map(|(field, _)| field);
            for ((field, &column), &document) in fields.zip(&columns).zip(&questions) {
                let Some(answer) = table.whole_cell(number, line, column, field, &answerer) else { continue };
                let title = &table.header[column];
                if !title.is_empty() {
                    turns.push(RawTurn {
                        speaker: Arc::clone(&asker),
                        document,
                        span: 0..title.chars().count(),
                        line: table.header_line,
                        times: Vec::new(),
                        text: Arc::clone(title),
                    });
                }
                turns.push(answer);
            }
            turns
        });
    }

    /// Gathers the rows of one study and id into one transcript, in file order. `answers` is the
    /// speaker of the answers where rows are answers.
    fn grouped(&mut self, rows: Vec<Row>, answers: Option<&Arc<str>>, turns: impl Fn(&mut Self, Row) -> Vec<RawTurn>) {
        // By study and id.
        let mut index: HashMap<[Option<Arc<str>>; 2], usize> = HashMap::new();
        let has_ids = self.columns.id.is_some();
        let mut without_id = 0;
        // Who is known by their address only; it tells people apart and is not told itself.
        let mut by_mail: HashMap<Arc<str>, usize> = HashMap::new();
        let mut again = 0;
        for row in rows {
            let study = row.study.clone();
            let id = match &row.id {
                Some(id) => Some(id.clone()),
                // Answers without an id are people of their own; turns without one belong together.
                None if answers.is_some() || has_ids => {
                    let number = match &row.mail {
                        Some(mail) => *by_mail.entry(mail.clone()).or_insert(row.number),
                        None => row.number,
                    };
                    again += usize::from(number != row.number);
                    without_id += usize::from(row.mail.is_none());
                    Some(format!("row {number}").into())
                }
                None => None,
            };
            let turns = turns(self, row);
            if turns.is_empty() {
                continue;
            }
            let transcripts = &mut self.reading.transcripts;
            let at = *index.entry([study.clone(), id.clone()]).or_insert_with(|| {
                let answers_column = answers.cloned();
                transcripts.push(RawTranscript {
                    study: study.as_deref().map(str::to_owned),
                    id: id.as_deref().map(str::to_owned),
                    turns: Vec::new(),
                    answers_column,
                    people: People::default(),
                });
                transcripts.len() - 1
            });
            let known = &mut transcripts[at].turns;
            if known.is_empty() { *known = turns } else { known.extend(turns) }
        }
        if without_id > 0 {
            let path = self.path;
            self.reading.warnings.push(if has_ids || !by_mail.is_empty() {
                format!("`{path}`: {without_id} rows without an id were taken for participants of their own")
            } else {
                format!("`{path}` has no id column, so every row was taken for a participant of its own")
            });
        }
        if let (Some(column), false) = (self.columns.mail, by_mail.is_empty()) {
            let rows = match again {
                0 => "each is of one row".to_owned(),
                1 => "1 row was added to an earlier one".to_owned(),
                n => format!("{n} rows were added to earlier ones"),
            };
            self.warn(format!(
                "participants are told apart by column `{}`, which is not shown, and called after their rows; {rows}",
                self.header[column]
            ));
        }
    }

    /// The whole of a cell as one turn; `None` when it is empty.
    fn whole_cell(
        &mut self,
        number: usize,
        row_line: usize,
        column: usize,
        field: Field,
        speaker: &Arc<str>,
    ) -> Option<RawTurn> {
        let text = field.text.trim();
        if text.is_empty() {
            return None;
        }
        let whole = Arc::clone(&field.text);
        let first = field.text.len() - field.text.trim_start().len();
        let mut ruler = field.ruler();
        let (start, line) = ruler.to(first);
        let (end, _) = ruler.to(first + text.len());
        let turn = RawTurn {
            speaker: Arc::clone(speaker),
            document: self.reading.documents.len(),
            span: start..end,
            line,
            times: Vec::new(),
            text: if text.len() == whole.len() { Arc::clone(&whole) } else { text.into() },
        };
        if field.is_missing {
            self.reading.missing.push(turn.document);
        }
        self.document(number, row_line, column, whole);
        Some(turn)
    }

    fn document(&mut self, row: usize, line: usize, column: usize, text: Arc<str>) {
        let column = Arc::clone(&self.header[column]);
        self.reading.documents.push(RawDocument { cell: Some(Cell { row, line, column }), text });
    }
}

/// Speakers of a survey that has a question a column.
const SURVEY_QUESTION: &str = "question";
const SURVEY_ANSWER: &str = "answer";
/// Cells of numbers from which on a column holds no words.
const FEWEST_NUMBERS: usize = 3;

fn breaks(text: &str) -> usize {
    text.bytes().filter(|&b| b == b'\n').count()
}

#[cfg(test)]
mod tests;
