//! Codes in place of words in the cells of a [`Table`]: `NULL`, `-99`, `nicht gefragt`.
//!
//! In: its rows, of answers or of turns. Out: the same with the cells marked that hold codes, and warnings with how
//! many these are and what may be one. What a code is [`missing`] knows. It removes nothing.

use std::collections::BTreeMap;

use super::super::missing;
use super::Table;
use super::row::Row;

impl Table<'_> {
    /// Marks the cells that hold codes in place of answers.
    pub(super) fn mark_missing(&mut self, rows: &mut [Row]) {
        let texts = self.columns.texts.len();
        let cells = |at: usize| rows.iter().map(|row| &*row.texts[at].text).collect();
        let columns: Vec<Vec<&str>> = (0..texts).map(cells).collect();
        let found = missing::find(&columns);
        let doubts = missing::doubts(&columns, &found, |row| rows[row].line);
        self.mark_codes(rows, found);
        doubts.into_iter().for_each(|doubt| self.warn(doubt));
    }

    /// Marks the cells that hold codes in place of what was said in a turn.
    pub(super) fn mark_missing_turns(&mut self, rows: &mut [Row]) {
        let texts = self.columns.texts.len();
        let cells = |at: usize| rows.iter().map(move |row| &*row.texts[at].text);
        let turns: Vec<&str> = (0..texts).flat_map(cells).collect();
        let found = missing::in_turns(&turns);
        let found = found.chunks(rows.len().max(1)).map(<[bool]>::to_vec).collect();
        self.mark_codes(rows, found);
    }

    /// Marks cells, those of each column in the order of the rows, and says how many.
    fn mark_codes(&mut self, rows: &mut [Row], found: Vec<Vec<bool>>) {
        let mut codes: BTreeMap<String, usize> = BTreeMap::new();
        for (at, column) in found.into_iter().enumerate() {
            for (row, _) in rows.iter_mut().zip(column).filter(|(_, is_code)| *is_code) {
                let field = &mut row.texts[at];
                field.is_missing = true;
                *codes.entry(field.text.trim().to_owned()).or_default() += 1;
            }
        }
        if let Some(told) = missing::warning(&codes, ["cell holds a code", "cells hold codes"]) {
            self.warn(told);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::corpus::{Corpus, ReadOptions, read_bytes};

    const ASKED: [&str; 4] = ["Who built it with you?", "How long did it take?", "And then?", "What came of it?"];
    const SAID: &str = "My uncle and I did, all winter long.";

    /// The answers of a talk in which some are written so, and whether each is excluded as a code.
    fn answers(
        header: &str,
        said: [&str; 4],
        row: impl Fn(&str, &str, usize) -> String,
    ) -> (Vec<(String, bool)>, Corpus) {
        let mut csv = format!("{header}\n");
        for (n, (asked, said)) in ASKED.into_iter().zip(said).enumerate() {
            csv += &row("Interviewer", asked, 2 * n);
            csv += &row("Participant", said, 2 * n + 1);
        }
        let corpus = read_bytes("talk.csv", csv.into_bytes(), &ReadOptions::default()).unwrap();
        let text = |answer| corpus.turn_of(answer).text.to_string();
        let found = corpus.answers.iter().map(|answer| (text(answer), corpus.is_missing(answer))).collect();
        (found, corpus)
    }

    fn told(corpus: &Corpus) -> bool {
        corpus.warnings.iter().any(|warning| warning.contains("for a missing answer, which nobody gave"))
    }

    #[test]
    fn codes_in_the_turns_of_a_table_are_no_answers() {
        let row = |who: &str, said: &str, _: usize| format!("{who},\"{said}\"\n");
        for code in ["NULL", "nan", "#N/A", "<NA>"] {
            let (found, corpus) = answers("speaker,text", [SAID, code, SAID, SAID], row);
            let codes: Vec<&str> = found.iter().filter(|(_, is_code)| *is_code).map(|(text, _)| &**text).collect();
            assert_eq!((codes, told(&corpus)), (vec![code], true), "{code}");
        }
        let (found, _) = answers("speaker,text", ["-99", SAID, "-99", SAID], row);
        assert_eq!(found.iter().filter(|(_, is_code)| *is_code).count(), 2);
    }

    #[test]
    fn what_people_say_in_a_turn_of_one_word_is_theirs() {
        let row = |who: &str, said: &str, _: usize| format!("{who},\"{said}\"\n");
        for said in ["99", "No answer.", "Nan", "missing", "-5"] {
            let (found, corpus) = answers("speaker,text", [said, SAID, said, SAID], row);
            assert!(found.iter().all(|(_, is_code)| !is_code) && !told(&corpus), "{said}");
        }
        let (found, _) = answers("speaker,text", ["-99", SAID, SAID, SAID], row);
        assert!(found.iter().all(|(_, is_code)| !is_code), "once");
    }

    #[test]
    fn codes_in_turns_with_times_are_in_no_turn() {
        let row = |who: &str, said: &str, n: usize| format!("0:{:02},0:{:02},{who},\"{said}\"\n", 3 * n, 3 * n + 2);
        let (found, corpus) = answers("start,end,speaker,text", [SAID, "NULL", SAID, SAID], row);
        assert!(found.iter().all(|(text, _)| !text.contains("NULL")) && found.len() == 3 && told(&corpus));
    }
}
