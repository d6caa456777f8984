//! Surveys: a participant a row, a question a column.
//!
//! In: the rows of a [`Table`] whose titles are questions. Out: a transcript a row, in which each question stands above
//! its answer. Closed questions and other columns of words are left out and told.

use std::sync::Arc;

use super::super::super::{CorpusError, own_outputs};
use super::super::RawTurn;
use super::choosing;
use super::closed::{Filler, Options};
use super::columns::{bare_names, quoted};
use super::prompts::may_be_of_others;
use super::row::{self, Row};
use super::{Table, again, closed, of_two};

impl Table<'_> {
    /// Keeps of the columns that may ask those that people answered in sentences; tells of others that
    /// hold words, and returns those of them that may ask.
    pub(super) fn settle_prompts(&mut self, rows: &mut [Row]) -> Vec<usize> {
        let texts = &self.columns.texts;
        let left: Vec<usize> = texts.iter().copied().filter(|at| self.is_unanswered(*at, rows.len())).collect();
        if !left.is_empty() {
            let kept: Vec<bool> = texts.iter().map(|at| !left.contains(at)).collect();
            for row in rows.iter_mut() {
                let mut kept = kept.iter();
                row.texts.change(|texts| texts.retain(|_| *kept.next().unwrap_or(&true)));
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
    pub(super) fn tell_of_words(&mut self, asking: &[usize], rows: usize) {
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
    pub(super) fn survey(&mut self, rows: Vec<Row>, mut closed: Vec<usize>) {
        let mut taken = vec![true; self.columns.texts.len()];
        if !self.columns.survey_is_given {
            taken = match self.in_own_words(&rows) {
                Some(taken) => taken,
                None => return self.fail_without_words(),
            };
            self.leave_out_others(&rows, &mut taken);
            self.tell_of_bare_names(&taken);
            let columns = self.columns.texts.iter().zip(&taken);
            closed.extend(columns.filter(|&(_, taken)| !taken).map(|(&column, _)| column));
            closed.sort_unstable();
            self.leave_out_translations(&rows, &mut taken);
        }
        if !closed.is_empty() {
            self.warn(format!("left out as closed questions: {}", self.titles(&closed)));
        }
        let mut kept = taken.iter();
        self.columns.texts.retain(|_| *kept.next().unwrap_or(&true));
        let titles: Vec<&str> = self.columns.texts.iter().map(|&column| &*self.header[column]).collect();
        let of_others = titles.iter().filter(|title| may_be_of_others(title)).map(|title| {
            format!(
                "column `{title}` was taken for what the participants say; if somebody else wrote it of them, name the \
                 questions with `--text-column`"
            )
        });
        let told: Vec<String> = of_two::told(&titles).into_iter().chain(of_others).collect();
        told.into_iter().for_each(|what| self.warn(what));
        self.survey_of(rows, &taken);
    }

    /// Tells of columns that are questions by what stands in them alone, in the export of a service.
    fn tell_of_bare_names(&mut self, taken: &[bool]) {
        let Some((service, _)) = bare_names(&self.header) else { return };
        let columns = self.columns.texts.iter().zip(taken).filter(|&(_, taken)| *taken);
        let titles = self.titles(&columns.map(|(&column, _)| column).collect::<Vec<_>>());
        self.warn(format!(
            "no title asks anything; it is an export of {service}, so columns that people answered in sentences were \
             taken for questions: {titles}; for the wording, export it with the questions as titles"
        ));
    }

    /// Leaves out what a few wrote beside the option `Other` of a closed question.
    fn leave_out_others(&self, rows: &[Row], taken: &mut [bool]) {
        let title = |at: usize| &*self.header[self.columns.texts[at]];
        let is_few = |at: usize| {
            let n = closed::n_answers(rows, at);
            n < MANY && n * ONE_IN < rows.len()
        };
        let closed: Vec<usize> = (0..taken.len()).filter(|&at| !taken[at]).collect();
        let is_other = |at: usize| closed.iter().any(|&of| again::is_other_of(title(at), title(of))) && is_few(at);
        let others: Vec<usize> = (0..taken.len()).filter(|&at| taken[at] && is_other(at)).collect();
        if taken.iter().filter(|taken| **taken).count() > others.len() {
            others.into_iter().for_each(|at| taken[at] = false);
        }
    }

    /// Leaves out translations of answers that are read, and tells of them; who has one answer alone is read in either.
    fn leave_out_translations(&mut self, rows: &[Row], taken: &mut [bool]) {
        let mut left: Vec<usize> = Vec::new();
        for at in (0..taken.len()).rev() {
            let title = |at: usize| &*self.header[self.columns.texts[at]];
            let is_of = |of: usize| of != at && again::is_translation_of(title(at), title(of));
            let is_both_named = |of: usize| again::is_translation_of(title(of), title(at));
            let is_original = |of: usize| {
                taken[of] && is_of(of) && (of < at || !is_both_named(of)) && closed::are_beside(rows, at, of)
            };
            if taken[at] && (0..taken.len()).any(is_original) {
                taken[at] = false;
                left.push(self.columns.texts[at]);
            }
        }
        if !left.is_empty() {
            left.sort_unstable();
            let titles = self.titles(&left);
            self.warn(format!(
                "left out as translations of the answers beside them: {titles}; to read them in their place, name \
                 every question with `--text-column`"
            ));
        }
    }

    /// Which columns people answered in words of their own; `None` where none is known to hold words.
    fn in_own_words(&mut self, rows: &[Row]) -> Option<Vec<bool>> {
        let texts = &self.columns.texts;
        let all = 0..texts.len();
        let is_prompt: Vec<bool> = texts.iter().map(|text| self.columns.prompts.contains(text)).collect();
        let options: Vec<Options> = all.clone().map(|at| closed::options(rows, at)).collect();
        let is_chosen = |at: usize| match choosing::asks_to_choose(&self.header[texts[at]]) {
            true => options[at].if_asked,
            false => options[at].surely,
        };
        let chosen: Vec<bool> = all.clone().map(is_chosen).collect();
        let mut open: Vec<bool> = all.clone().map(|at| !is_prompt[at] && closed::is_open(rows, at)).collect();
        let is_varied = |at: usize| open[at] && !chosen[at] && !row::are_the_same(rows, at);
        let varied: Vec<bool> = all.clone().map(is_varied).collect();
        if varied.contains(&true) || all.clone().any(|at| is_prompt[at] && !chosen[at]) {
            open = varied;
        }
        if open.contains(&true) {
            let doubtful: Vec<usize> = all.clone().filter(|&at| open[at] && chosen[at]).map(|at| texts[at]).collect();
            let may_be_chosen = |&at: &usize| open[at] && !chosen[at] && options[at].if_asked;
            let statements: Vec<usize> = all.clone().filter(may_be_chosen).map(|at| texts[at]).collect();
            let taken = all.map(|at| open[at] || (is_prompt[at] && !chosen[at])).collect();
            self.tell_of_options(&doubtful, ", as no other question is open");
            self.tell_of_options(&statements, "");
            self.tell_of_fillers(rows, &open);
            return Some(taken);
        }
        if self.columns.are_numbers_alone(&self.header) {
            return None;
        }
        if is_prompt.contains(&true) {
            let taken = all.map(|at| !chosen[at] && (is_prompt[at] || closed::has_words(rows, at)));
            return Some(these_or_all(taken.collect()));
        }
        Some(these_or_all(all.map(|at| !closed::are_records(rows, at)).collect()))
    }

    /// Tells of columns that are read although a few options may have been given there, and why.
    fn tell_of_options(&mut self, columns: &[usize], why: &str) {
        if !columns.is_empty() {
            let titles = self.titles(columns);
            self.warn(format!(
                "a few texts come again and again in {titles}, as where options are given; they were taken for \
                 answers{why}"
            ));
        }
    }

    /// Tells of what fills so many cells of an open question that the others alone show that it is one.
    fn tell_of_fillers(&mut self, rows: &[Row], open: &[bool]) {
        let mut of_nothing: Vec<String> = Vec::new();
        for at in (0..open.len()).filter(|&at| open[at]) {
            let title = self.titles(&[self.columns.texts[at]]);
            match closed::filler(rows, at) {
                Some(Filler::Answer(text, n)) => self.warn(format!(
                    "`{text}` stands in {n} cells of {title} and was taken for an answer; where it says that there is \
                     none, leave these cells empty"
                )),
                Some(Filler::Nothing(text, [n, of])) => {
                    of_nothing.push(format!("{title} ({n} of {of}, such as `{text}`)"));
                }
                None => {}
            }
        }
        if !of_nothing.is_empty() {
            let titles = of_nothing.join(", ");
            self.warn(format!(
                "most cells answer nothing in {titles}; the few others are in people's own words, so it was taken for \
                 an open question, and the former are left out as non-answers; where it is closed, name the other \
                 questions with `--text-column`"
            ));
        }
    }

    /// Says that no column is known to hold words, or which of this program's tables without any it is.
    pub(super) fn fail_without_words(&mut self) {
        let titles: Vec<String> = self.header.iter().map(|title| title.to_string()).collect();
        self.reading.own_output = own_outputs::without_words(&titles);
        if self.reading.own_output.is_some() {
            return;
        }
        let (path, columns) = (self.path.to_owned(), quoted(&titles));
        self.reading.failures.push(CorpusError::NoTextColumn { path, columns });
    }

    /// Says of a column that was taken for that of words that it holds none; returns whether it does so.
    pub(super) fn fails_for_numbers(&mut self, rows: &[Row]) -> bool {
        let has_words = |row: &Row| row.text().text.chars().any(char::is_alphabetic);
        if rows.len() < FEWEST_NUMBERS || rows.iter().any(has_words) {
            return false;
        }
        self.reading.failures.push(CorpusError::Malformed {
            path: self.path.to_owned(),
            place: format!("column `{}`", self.header[self.columns.texts[0]]),
            reason: "it holds no words".to_owned(),
            hint: "name the column that holds the words with `--text-column NAME`",
        });
        true
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
            let mut turns = Vec::with_capacity(questions.len() * 2);
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
}

/// What is taken; all where that is nothing.
fn these_or_all(taken: Vec<bool>) -> Vec<bool> {
    if taken.contains(&true) { taken } else { vec![true; taken.len()] }
}

/// Answers beside `Other` from which there are many, and the share of rows from which there are: one in so many.
const MANY: usize = 10;
const ONE_IN: usize = 20;

/// Cells of numbers from which on a column holds no words.
const FEWEST_NUMBERS: usize = 3;

/// Speakers of a survey that has a question a column.
pub(super) const SURVEY_QUESTION: &str = "question";
pub(super) const SURVEY_ANSWER: &str = "answer";
