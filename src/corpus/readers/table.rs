//! The layouts of tables: one transcript a row, one answer a row, one turn a row, one segment of a
//! recording a row, a survey with a question a column or a row, or a column for each speaker.
//!
//! In: a header and rows of cells, from whatever format holds tables. Out: a document a cell that was
//! used, and the transcripts. HTML in cells is read as people read it, before positions are taken;
//! codes for missing answers are marked, not dropped. What a column holds is told by [`columns`], how
//! many rows the header takes by [`header`], which rows are nobody's by [`no_data`], whose turns rows are by
//! [`turns`], which tell interviews apart by [`talks`], what stands beside the questions of a survey by
//! [`beside`], what was chosen there by [`closed`], rows of marks by [`markers`], what stands beside who asks and who
//! answers by [`parts`]; a table without words is an error, never a guess.

mod again;
mod again_titled;
mod answered;
mod beside;
mod cells;
mod chats;
mod choosing;
mod closed;
mod coded;
mod coding_titles;
pub(super) mod columns;
mod entries;
mod entry_titles;
mod fields;
mod going_on;
mod groups;
mod header;
mod markers;
mod names;
mod no_data;
mod of_two;
mod one_person;
mod part_titles;
mod parts;
mod persons;
mod previews;
mod prompts;
mod row;
mod runs;
mod services;
mod sided;
mod survey;
mod tagged;
mod talks;
mod timed;
mod titles;
mod transcripts;
mod transposed;
mod turns;
mod words;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

pub(super) use titles::{SPEAKER as SPEAKER_TITLES, TEXT as TEXT_TITLES};

pub(super) use columns::is_question_or_number as asks;
pub(crate) use columns::{
    Columns, STUDY, column_of_ids, column_of_studies, is_header, names_columns, plain, quoted, tells_whose,
};
pub(crate) use fields::Lines;
pub(crate) use header::{HEADER_ROWS, Header};
pub(super) use names::are_answers;
pub(super) use talks::FEWEST_TURNS;

use super::super::drained::drained;
use super::super::error::counted;
use super::super::label_key::shown;
use super::super::model::Name;
use super::super::people::People;
use super::super::speakers::{Names, key};
use super::super::{CorpusError, ReadOptions, labels, own_outputs};
use super::shared_texts::SharedTexts;
use super::{RawTranscript, RawTurn, Reading, mark, markup, missing};
use again_titled::Twins;
use beside::Beside;
use fields::Field;
use names::{Naming, Unread};
use no_data::{Kind, NoData, Waiting};
use persons::Persons;
use previews::Previews;
use row::Row;
use runs::Runs;
use titles::ANYBODYS;

/// A table being read.
pub(crate) struct Table<'a> {
    path: &'a str,
    names: &'a Names,
    header: Vec<Arc<str>>,
    /// The line the header starts on.
    header_line: usize,
    columns: Columns,
    /// The user named the column of ids.
    id_is_given: bool,
    lines: Lines,
    rows: Vec<Row>,
    /// A cell says of who speaks that nobody is known.
    has_unknown: bool,
    no_data: NoData,
    beside: Beside,
    unread: Unread,
    persons: Persons,
    runs: Runs,
    previews: Previews,
    twins: Twins,
    /// The columns of who asks and who answers, beside comments.
    parts: Option<[usize; 2]>,
    own_rows: own_outputs::Rows,
    shared: SharedTexts,
    /// What was found so far; readers add warnings and failures of their own.
    pub(crate) reading: Reading,
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
        let header = if options.text_columns.is_empty() { again_titled::told_apart(header) } else { header };
        // What an option names may stand in any row of the header.
        let found = others.iter().fold(Columns::find(path, &header, options), |found, other| match found {
            Err(error) => Columns::find(path, other, options).map_err(|_| error),
            found => found,
        })?;
        let found = match found {
            None => {
                let of_speakers = || Columns::of_speakers(&header, names).filter(|_| !options.names_columns());
                words::beside_speakers(&header, options, names).or_else(of_speakers)
            }
            found => found,
        };
        let mut columns = found.ok_or_else(|| match own_outputs::without_words(&header) {
            Some(what) => CorpusError::OwnOutput { path: path.to_owned(), what },
            None => CorpusError::NoTextColumn { path: path.to_owned(), columns: quoted(&header) },
        })?;
        let free = |column: &usize| !columns.all().any(|taken| taken == *column);
        columns.id = columns.id.or_else(|| others.iter().find_map(|other| column_of_ids(other, options).filter(free)));
        // Who names the columns of text means no other.
        let reads_beside = options.text_columns.is_empty() && !columns.are_speakers;
        let beside = if reads_beside { columns.beside(&header) } else { Vec::new() };
        let is_of_answers = !columns.is_survey && !columns.are_speakers;
        let is_open = is_of_answers && columns.speaker.or(columns.question).is_none();
        let is_taken = |column: &usize| columns.talk != Some(*column) && columns.all().any(|taken| taken == *column);
        let is_free = |column: &usize| is_open && !is_taken(column);
        let unread = Unread::of((0..header.len()).filter(is_free), &header);
        let is_anybodys = |id: usize| ANYBODYS.contains(&plain(&header[id]).as_str());
        let may_lack_ids = is_of_answers && options.id_column.is_none() && columns.id.is_none_or(is_anybodys);
        let may_lack_ids = may_lack_ids || columns.id_is_guessed;
        let guessed = columns.id.filter(|_| columns.id_is_guessed);
        let untold = guessed.into_iter().chain(columns.untold(header.len())).filter(|_| may_lack_ids);
        let runs = Runs::of(columns.talk.filter(|_| may_lack_ids), untold, columns.study);
        let parts = part_titles::of_parts(&header, names).filter(|_| !options.names_columns());
        let mut table = Self {
            path,
            names,
            no_data: NoData::of(others.iter().chain([&header]), columns.id, &columns.texts),
            beside: Beside::of(beside.into_iter()),
            unread,
            persons: Persons::of(&header, &columns),
            runs,
            previews: if columns.is_survey { Previews::of(&header) } else { Previews::default() },
            twins: Twins::of(&header, &columns),
            parts: None,
            own_rows: own_outputs::Rows::of(&header),
            header: header.into_iter().map(Into::into).collect(),
            header_line,
            columns,
            id_is_given: options.id_column.is_some(),
            lines,
            rows: Vec::new(),
            has_unknown: false,
            shared: SharedTexts::default(),
            reading: Reading::default(),
        };
        table.watch_parts(parts);
        if !options.names_columns() {
            table.watch_people();
        }
        table.watch_words(!options.text_columns.is_empty());
        Ok(table)
    }

    /// Number of rows taken.
    pub(crate) fn n_rows(&self) -> usize {
        self.rows.len() + self.no_data.n_waiting()
    }

    /// Whether a column may hold what people say.
    pub(crate) fn is_of_words(&self, column: usize) -> bool {
        self.columns.texts.contains(&column)
    }

    /// Takes a row with its 1-based number and the line it starts on. Cells beyond the last one given
    /// are empty.
    pub(crate) fn push(&mut self, number: usize, line: usize, cells: &[&str]) {
        match self.no_data.kind(cells) {
            Kind::NoData => {}
            Kind::Sum => self.no_data.wait(number, line, cells),
            Kind::Data => {
                let waiting = self.no_data.released();
                self.take_all(waiting);
                self.take(number, line, cells);
            }
        }
    }

    fn take_all(&mut self, rows: Vec<Waiting>) {
        for Waiting { number, line, cells, .. } in rows {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            self.take(number, line, &cells);
        }
    }

    fn take(&mut self, number: usize, line: usize, cells: &[&str]) {
        let cell = |column: usize| cells.get(column).copied().unwrap_or_default();
        let shared = &mut self.shared;
        let mut short = |column: Option<usize>, change: fn(&str) -> Cow<'_, str>| {
            let text = markup::read(column.map(cell).unwrap_or_default());
            let plain = shown(&text);
            let text = plain.as_deref().unwrap_or(&text).trim();
            Some(text).filter(|text| !text.is_empty()).map(|text| shared.of(&change(text)))
        };
        let as_it_is: fn(&str) -> Cow<'_, str> = |text| text.into();
        let field = |column: usize| Field::of(cells, column, line, self.lines);
        let is_somebody = |speaker: &Arc<str>| {
            let is_remark = turns::is_remark(speaker) && !self.names.is_known(&key(speaker));
            !is_remark && !missing::is_by_program(speaker)
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
            speaker: short(self.columns.speaker, without_colon).filter(is_somebody),
            name: short(self.columns.names, without_colon).filter(is_somebody),
            mail: short(self.columns.mail, |mail| mail.to_lowercase().into()),
            times: row::ended(self.columns.times_in(cell), self.columns.lasts),
        };
        let speaker = self.columns.speaker.map(cell).unwrap_or_default();
        self.has_unknown |= row.speaker.is_none() && !speaker.trim().is_empty();
        if !self.previews.push(self.rows.len(), cells) {
            self.beside.push(cells);
        }
        self.twins.push(cells);
        self.unread.push(!row.text().is_empty(), cells);
        self.runs.push(cells);
        self.persons.push(&row, cells);
        self.own_rows.push(cells);
        self.rows.push(row);
    }

    /// Turns the rows into transcripts.
    pub(crate) fn finish(mut self) -> Reading {
        let waiting = self.no_data.at_foot(self.rows.len());
        self.take_all(waiting);
        let told = self.no_data.told();
        let twins = self.twins.told(self.path);
        let mut reading = self.finished();
        reading.warnings.extend(twins);
        reading.add_to_layout(told);
        reading
    }

    fn finished(mut self) -> Reading {
        let mut rows = std::mem::take(&mut self.rows);
        self.shared = SharedTexts::default();
        self.reading.own_output = self.own_rows.told();
        if self.reading.own_output.is_some() {
            return self.reading;
        }
        if self.settle_people(&mut rows) {
            self.participant_a_column(rows);
            return self.reading;
        }
        if self.settle_parts(&mut rows) {
            self.speaker_a_column(rows);
            return self.reading;
        }
        if self.columns.are_speakers && !self.settle_answers(&mut rows) {
            self.fail_without_words();
            return self.reading;
        }
        if self.columns.are_speakers {
            if self.is_transposed(&rows) {
                self.participant_a_column(rows);
            } else {
                self.question_speaks(&mut rows);
                self.speaker_a_column(rows);
            }
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
        if !self.settle_words(&mut rows) {
            self.fail_without_words();
            return self.reading;
        }
        if !self.settle_entries(&mut rows) {
            self.fail_without_words();
            return self.reading;
        }
        if self.columns.speaker.is_none()
            && let Some(reading) = self.chats(&rows)
        {
            return reading;
        }
        let column = self.columns.texts[0];
        let empty = rows.iter().filter(|row| row.text().is_empty()).count();
        if empty > 0 {
            let rows = if empty == 1 { "1 row has".to_owned() } else { format!("{empty} rows have") };
            self.warn(format!("{rows} nothing in column `{}`", self.header[column]));
        }
        let of_role = self.naming(|naming| naming.settle_names(&mut rows));
        if self.columns.are_quotes && self.columns.speaker.is_none() {
            self.fail_without_words();
            return self.reading;
        }
        self.settle_sides(&mut rows);
        let of_ids = self.settle_ids(&mut rows);
        let may_be_one = self.tells_nobody_apart();
        self.settle_talks(&mut rows);
        if self.columns.speaker.is_some() {
            self.turn_a_row(rows);
            self.reading.add_to_layout(of_role.into_iter().chain(of_ids));
            return self.reading;
        }
        if row::are_segments(&rows) {
            self.segment_a_row(rows);
            return self.reading;
        }
        let filled = rows.len() - empty;
        let several = |found: &labels::Labelled| found.stretches.iter().any(|s| s.label != found.stretches[0].label);
        let divide = |row: &Row| {
            let text = &row.text().text;
            tagged::read(text, self.names).or_else(|| labels::read(text, self.names).filter(several))
        };
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
            self.name_transcripts(&mut rows);
            self.transcript_a_row(rows, divided);
        } else {
            drop(divided);
            if labelled > 0 {
                self.warn(format!(
                    "only {labelled} of {filled} cells of column `{}` have speaker labels, so they were not taken for \
                     transcripts",
                    self.header[column]
                ));
            }
            self.tell_of_words(&[], rows.len());
            self.mark_missing(&mut rows);
            self.naming(|naming| naming.names_answer(&mut rows));
            self.naming(|naming| naming.tell_of_speakers(&rows));
            self.answer_a_row(rows, may_be_one);
            self.reading.add_to_layout(of_role);
        }
        self.reading
    }

    /// Settles something about names, and tells what is doubtful.
    fn naming<R>(&mut self, settle: impl FnOnce(&mut Naming<'_>) -> R) -> R {
        let (columns, header, names, unread) = (&mut self.columns, &self.header[..], self.names, &self.unread);
        let mut naming = Naming { columns, header, names, unread, doubts: Vec::new() };
        let settled = settle(&mut naming);
        let doubts = naming.doubts;
        doubts.into_iter().for_each(|doubt| self.warn(doubt));
        settled
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

    /// `may_be_one`: no other column tells participants apart.
    fn answer_a_row(&mut self, rows: Vec<Row>, may_be_one: bool) {
        if self.columns.question.is_none() && self.fails_for_numbers(&rows) {
            return;
        }
        let columns = &self.columns;
        self.lay_out(
            "one answer a row",
            &[("questions", columns.question), ("participants", columns.id), ("studies", columns.study)],
        );
        let column = self.columns.texts[0];
        if self.columns.question.is_none() && !self.are_called_answers() {
            let title = Arc::clone(&self.header[column]);
            self.warn(format!("column `{title}` has no speaker labels, so every cell was taken for an answer"));
        }
        let speaker = Arc::clone(&self.header[column]);
        let is_one = self.are_one_persons(&rows, may_be_one);
        let mut rows = rows;
        if is_one {
            let one: Arc<str> = "1".into();
            rows.iter_mut().for_each(|row| row.id = Some(Arc::clone(&one)));
            self.tell_of_one_person(&rows, may_be_one);
        }
        self.grouped(rows, Some(&speaker), |table, row| {
            let mut turns = Vec::with_capacity(row.texts.len() + usize::from(row.question.is_some()));
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
        if is_one {
            // The only participant of a file is called after it.
            self.reading.transcripts.iter_mut().for_each(|transcript| transcript.id = None);
        }
    }

    fn turn_a_row(&mut self, rows: Vec<Row>) {
        if self.fails_for_numbers(&rows) {
            return;
        }
        let columns = &self.columns;
        self.lay_out(
            "one turn a row",
            &[("speakers", columns.speaker), ("transcripts", columns.id), ("studies", columns.study)],
        );
        let column = self.columns.texts[0];
        let mut rows = rows;
        let told = if self.has_unknown { None } else { going_on::to_those_above(&mut rows) };
        told.into_iter().for_each(|told| self.warn(told));
        if let Some(what) = row::without_speaker(&rows) {
            self.warn(what);
        }
        self.mark_missing_turns(&mut rows);
        let (n_marks, told) = markers::to_nobody(&mut rows, self.names);
        told.into_iter().for_each(|told| self.warn(told));
        if n_marks > 0 {
            let what = counted(n_marks, "row") + " with a speaker's name in place of words left to nobody";
            self.reading.add_to_layout([what]);
        }
        turns::one_spelling(&mut rows, self.names).into_iter().for_each(|told| self.warn(told));
        let (has_labels, told) = turns::repeat_labels(&rows);
        told.into_iter().for_each(|told| self.warn(told));
        let Some(rows) = self.timed_turns(rows, has_labels) else { return };
        let on_clock = self.are_on_clock(&rows);
        self.grouped(rows, None, |table, row| {
            let from = if has_labels { turns::label_again(&row) } else { 0 };
            let start = if on_clock { timed::start_of(&row) } else { None };
            let (number, line, speaker) = (row.number, row.line, row.speaker.unwrap_or_default());
            let mut turns = Vec::new();
            for field in row.texts {
                let turn = table.cell_from(number, line, column, field, &speaker, from);
                turns.extend(turn.map(|turn| RawTurn { times: mark(turn.span.start, start), ..turn }));
            }
            turns
        });
    }

    /// Gathers the rows of one study and id into one transcript, in file order. `answers` is the
    /// speaker of the answers where rows are answers.
    fn grouped(&mut self, rows: Vec<Row>, answers: Option<&Arc<str>>, turns: impl Fn(&mut Self, Row) -> Vec<RawTurn>) {
        // By study and id.
        let mut index: HashMap<[Option<Arc<str>>; 2], usize> = HashMap::new();
        let are_apart = answers.is_some() && row::are_apart(&rows);
        let has_ids = self.columns.id.is_some();
        let mut without_id = 0;
        // Who is known by their address only; it tells people apart and is not told itself.
        let mut by_mail: HashMap<Arc<str>, usize> = HashMap::new();
        let mut again = 0;
        // The only participant of a file is called after it.
        let is_only = rows.len() == 1 && !has_ids && rows[0].mail.is_none();
        for row in drained(rows) {
            let study = row.study.clone();
            let id = match &row.id {
                Some(id) => Some(id.clone()),
                // Answers without an id are people of their own; turns without one belong together.
                None if (answers.is_some() && !is_only) || has_ids => {
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
            let mut turns = turns(self, row);
            if turns.is_empty() {
                continue;
            }
            let transcripts = &mut self.reading.transcripts;
            let next = transcripts.len();
            let at = if are_apart { next } else { *index.entry([study.clone(), id.clone()]).or_insert(next) };
            if at < next {
                transcripts[at].turns.extend(turns);
                continue;
            }
            turns.shrink_to_fit();
            let [study, id] = [study, id].map(|text| text.map(Name::from));
            let (answers_column, people) = (answers.cloned(), People::default());
            transcripts.push(RawTranscript { study, id, turns, answers_column, people, person: None });
        }
        if let Some(column) = self.persons.column().filter(|_| self.persons.settle(&mut self.reading.transcripts)) {
            self.reading.add_to_layout([format!("people in `{}`", self.header[column])]);
        }
        if without_id > 0 {
            let (path, advice) = (self.path, self.naming(|naming| naming.advice_on_ids()));
            self.reading.warnings.push(if has_ids || !by_mail.is_empty() {
                format!("`{path}`: {without_id} rows without an id were taken for participants of their own")
            } else {
                format!("`{path}` has no id column, so every row was taken for a participant of its own{advice}")
            });
        }
        if let (Some(column), false) = (self.columns.mail, by_mail.is_empty()) {
            self.warn(row::told_by_mail(&self.header[column], again));
        }
    }
}

#[cfg(test)]
mod tests;
