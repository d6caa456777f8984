//! Sheets of answers: a question a row, a participant a column.
//!
//! In: the rows of a [`Table`] that has a column of questions beside columns called after people. Out: a transcript a
//! column, in which each question stands above its answer. Where few of the questions ask anything it is no such sheet.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::super::labels;
use super::super::super::model::Role;
use super::super::super::people::People;
use super::super::super::sentences::words;
use super::super::super::speakers::key;
use super::super::{RawTranscript, RawTurn};
use super::Table;
use super::answered::is_open;
use super::columns::{asks_for, plain};
use super::part_titles::{is_beside, is_of_remarks, is_of_several};
use super::row::{OPEN_WORDS, Row, hash_of};
use super::survey::{SURVEY_ANSWER, SURVEY_QUESTION};

/// The share of rows with answers whose first cell asks something: so many of four.
const OF_FOUR: usize = 3;
/// Columns beside those that are called by codes which are no participant's.
const MOST_NOTES: usize = 1;

impl Table<'_> {
    /// Reads also the columns beside questions where the only other words are remarks, so that the cells can tell whether
    /// people answered there.
    pub(super) fn watch_people(&mut self) {
        let columns = &mut self.columns;
        let ([only], Some(question)) = (&columns.texts[..], columns.question) else { return };
        let only = *only;
        let is_known = columns.is_survey || columns.id.or(columns.speaker).or(columns.names).or(columns.mail).is_some();
        if is_known || !is_of_remarks(&self.header[only]) || self.parts.is_some() {
            return;
        }
        let others: Vec<usize> = (0..self.header.len()).filter(|at| *at != only && *at != question).collect();
        let may_be_people =
            |&at: &usize| labels::valid_label(self.header[at].trim()) && !is_beside(&plain(&self.header[at]));
        if others.iter().all(may_be_people) {
            columns.n_people = others.len();
            columns.texts.extend(others);
        }
    }

    /// Settles whether people answered in such columns; whether they did.
    pub(super) fn settle_people(&mut self, rows: &mut [Row]) -> bool {
        let n = std::mem::take(&mut self.columns.n_people);
        if n == 0 {
            return false;
        }
        if (1..=n).all(|at| is_open(rows, at)) && self.is_transposed(rows) {
            return true;
        }
        rows.iter_mut().for_each(|row| row.texts.change(|texts| texts.truncate(1)));
        self.columns.texts.truncate(1);
        false
    }

    /// Whether the rows are questions, and the columns people who answered them in words.
    pub(super) fn is_transposed(&self, rows: &[Row]) -> bool {
        let role = |column: &usize| self.names.by_name(&key(&self.header[*column]));
        // `Question,Participant` are two who speak.
        let are_people = match self.columns.texts[..] {
            [only] => role(&only).is_none(),
            _ => !self.columns.texts.iter().any(|column| role(column) == Some(Role::Interviewer)),
        };
        let answered = || rows.iter().filter(|row| row.texts.iter().any(|field| !field.is_empty()));
        let question = |row: &Row| row.question.as_ref().is_some_and(|question| asks_for(&question.text));
        let (n, asking) = (answered().count(), answered().filter(|row| question(row)).count());
        // In a sheet of answers a question comes once, or stands beside several rows that all have answered.
        let asked = |row: &Row| row.question.as_ref().map_or(0, |question| hash_of(key(&question.text)));
        let different = answered().map(asked).collect::<HashSet<u64>>().len();
        let runs = 1 + answered().zip(answered().skip(1)).filter(|(one, other)| asked(one) != asked(other)).count();
        let come_once = different * 4 >= n * OF_FOUR
            || (different * 4 >= runs * OF_FOUR && (0..self.columns.texts.len()).all(|at| is_open(rows, at)));
        let cells = || rows.iter().flat_map(|row| row.texts.iter()).filter(|field| !field.is_empty());
        let n_words: usize = cells().map(|field| words(&field.text)).sum();
        self.columns.question.is_some()
            && are_people
            && asking > 0
            && come_once
            && asking * 4 >= n * OF_FOUR
            && n_words >= OPEN_WORDS * cells().count()
    }

    /// Puts the column of questions back among those of speakers, for a table that is no such sheet; without a title
    /// nobody speaks in it.
    pub(super) fn question_speaks(&mut self, rows: &mut [Row]) {
        let Some(question) = self.columns.question.take().filter(|&column| !self.header[column].is_empty()) else {
            return;
        };
        let at = self.columns.texts.iter().filter(|&&column| column < question).count();
        self.columns.texts.insert(at, question);
        for row in rows {
            if let Some(field) = row.question.take() {
                row.texts.change(|texts| texts.insert(at, *field));
            }
        }
    }

    /// Takes the columns out that hold what researchers note beside the answers, and tells of them: those that are
    /// called so, and where all others are called by codes the one that is not.
    fn leave_out_notes(&mut self, rows: &mut [Row]) {
        let titles: Vec<String> = self.columns.texts.iter().map(|&column| plain(&self.header[column])).collect();
        let is_code = |title: &String| title.contains(|c: char| c.is_ascii_digit());
        let are_codes =
            titles.len() > MOST_NOTES + 1 && titles.iter().filter(|title| !is_code(title)).count() == MOST_NOTES;
        let is_note =
            |at: &usize| is_of_several(&self.header[self.columns.texts[*at]]) || (are_codes && !is_code(&titles[*at]));
        let notes: Vec<usize> = (0..titles.len()).filter(is_note).collect();
        if notes.is_empty() || notes.len() == titles.len() {
            return;
        }
        for &at in notes.iter().rev() {
            let column = self.columns.texts.remove(at);
            rows.iter_mut().for_each(|row| row.texts.change(|texts| drop(texts.remove(at))));
            self.warn(format!(
                "column `{}` stands beside those of participants and was left out, as it is not called after one",
                self.header[column]
            ));
        }
    }

    pub(super) fn participant_a_column(&mut self, mut rows: Vec<Row>) {
        self.leave_out_notes(&mut rows);
        self.lay_out(
            "a sheet of answers, one participant a column, one question a row",
            &[("questions", self.columns.question)],
        );
        self.mark_missing(&mut rows);
        let [asker, answerer]: [Arc<str>; 2] = [SURVEY_QUESTION, SURVEY_ANSWER].map(Into::into);
        let columns = self.columns.texts.clone();
        let mut turns: Vec<Vec<RawTurn>> = columns.iter().map(|_| Vec::new()).collect();
        let asking = self.columns.question;
        for row in rows {
            let (number, line) = (row.number, row.line);
            let question = row
                .question
                .zip(asking)
                .and_then(|(field, column)| self.whole_cell(number, line, column, *field, &asker));
            for ((field, &column), own) in row.texts.into_iter().zip(&columns).zip(&mut turns) {
                if let Some(answer) = self.whole_cell(number, line, column, field, &answerer) {
                    own.extend(question.clone());
                    own.push(answer);
                }
            }
        }
        for (column, turns) in columns.into_iter().zip(turns).filter(|(_, turns)| !turns.is_empty()) {
            self.reading.transcripts.push(RawTranscript {
                study: None,
                id: Some(self.header[column].trim().into()),
                turns,
                answers_column: Some(Arc::clone(&answerer)),
                people: People::default(),
                person: None,
            });
        }
    }
}
