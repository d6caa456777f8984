//! Whether all answers of a table without ids are one participant's.
//!
//! In: a [`Table`] of questions and answers, and its rows. Out: whether nothing tells people apart: no question comes
//! twice, and each other column numbers rows, holds notes or has the same value in all. It never looks at what was
//! answered.

use super::super::super::one_persons::OnePersons;
use super::super::super::speakers::key;
use super::Table;
use super::columns::{BESIDE_SPEAKERS, plain};
use super::part_titles::NOTES;
use super::row::Row;
use super::titles::OF_ROWS;
use super::turns::are_one_persons;

/// A question, an answer and one column more, whatever it holds: several more may say whose an answer is.
const PAIR_COLUMNS: usize = 3;

impl Table<'_> {
    /// Whether no column beside questions and answers may say whose an answer is.
    pub(super) fn tells_nobody_apart(&self) -> bool {
        let is_beside = |column: &usize| {
            let title = plain(&self.header[*column]);
            let numbers = BESIDE_SPEAKERS.contains(&title.as_str()) || OF_ROWS.contains(&title.as_str());
            numbers || NOTES.contains(&title.as_str()) || self.runs.has_one_value(*column)
        };
        let columns = &self.columns;
        columns.untold(self.header.len()).chain(columns.talk).all(|column| is_beside(&column))
    }

    /// Whether the answers are one participant's; `is_sure` says that no other column may tell.
    pub(super) fn are_one_persons(&self, rows: &[Row], is_sure: bool) -> bool {
        let columns = &self.columns;
        let whose = columns.id.or(columns.mail).or(columns.study).or(columns.names);
        columns.question.is_some()
            && whose.is_none()
            && (is_sure || self.header.len() <= PAIR_COLUMNS)
            && are_one_persons(rows)
    }

    /// Tells that they were taken so; that is no doubt beside other files, where no column may say otherwise.
    pub(super) fn tell_of_one_person(&mut self, rows: &[Row], is_sure: bool) {
        self.warn(
            "no column tells participants apart and no question comes twice, so all answers were taken for one \
             participant's; add a column `id` where they are not"
                .to_owned(),
        );
        let first = rows.first().and_then(|row| row.question.as_ref()).map(|question| key(&question.text));
        let warning = self.reading.warnings.last().cloned();
        self.reading.one_persons = first.zip(warning).map(|(first, warning)| OnePersons { first, warning, is_sure });
    }
}

#[cfg(test)]
mod tests {
    use crate::corpus::{ReadOptions, read_bytes};

    /// A row of the table from its number and what is asked.
    type Row<'r> = dyn Fn(usize, &str) -> String + 'r;

    fn ids(header: &str, row: impl Fn(usize, &str) -> String) -> Vec<String> {
        let asked = ["How did you come to bees?", "Who taught you?", "What was the worst winter?", "And the best?"];
        let rows: String = asked.iter().enumerate().map(|(n, asked)| row(n, asked) + "\n").collect();
        let corpus = read_bytes("ann.csv", format!("{header}\n{rows}").into_bytes(), &ReadOptions::default()).unwrap();
        corpus.transcripts.iter().map(|transcript| transcript.id.to_string()).collect()
    }

    #[test]
    fn columns_that_tell_nobody_apart_stand_beside_one_participants_answers() {
        let said = |n: usize| format!("We did it {n} times in that year.");
        let rows: [(&str, &Row<'_>); 5] = [
            ("Question,Answer", &|n, asked| format!("{asked},{}", said(n))),
            ("Site,Interviewer,Question,Answer", &|n, asked| format!("Hull,Ines Ott,{asked},{}", said(n))),
            ("Date,No,Question,Answer", &|n, asked| format!("3 May 2031,{n},{asked},{}", said(n))),
            ("No,Question,Answer,Notes", &|n, asked| format!("{n},{asked},{},{}", said(n), ["", "loud"][n / 3])),
            ("No,Question,Answer,Code", &|n, asked| format!("{n},{asked},{},{}", said(n), ["home", "work"][n % 2])),
        ];
        for (header, row) in rows {
            assert_eq!(ids(header, row), ["ann"], "{header}");
        }
    }

    #[test]
    fn columns_that_may_tell_people_apart_leave_a_row_a_participant() {
        let said = |n: usize| format!("We did it {n} times in that year.");
        let rows: [(&str, &Row<'_>); 2] = [
            ("Ward,Age,Question,Answer", &|n, asked| format!("{},{},{asked},{}", ["A", "B"][n % 2], 30 + n, said(n))),
            ("Site,Room,Question,Answer", &|n, asked| format!("Hull,{},{asked},{}", ["x", "y"][n % 2], said(n))),
        ];
        for (header, row) in rows {
            assert_eq!(ids(header, row).len(), 4, "{header}");
        }
    }
}
