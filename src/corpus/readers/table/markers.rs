//! Rows of turns that hold a mark in place of who speaks and of the words alike: `New Film` where a reel begins.
//!
//! In: rows of turns. Out: the same, those rows without a speaker, and how many there are. A name whose rows also hold
//! other words stays a speaker's, and so does one that the user gave. It removes no row.

use std::collections::HashSet;

use super::super::super::speakers::{Names, key};
use super::row::Row;

/// Takes the speaker from rows that hold the name alone.
pub(super) fn to_nobody(rows: &mut [Row], names: &Names) -> usize {
    let mut marks: HashSet<String> = rows.iter().filter(|row| is_mark(row)).filter_map(key_of).collect();
    marks.retain(|mark| !names.is_given(mark));
    if marks.is_empty() {
        return 0;
    }
    for row in rows.iter().filter(|row| !is_mark(row) && row.texts.iter().any(|text| !text.is_empty())) {
        if let Some(speaker) = key_of(row) {
            marks.remove(&speaker);
        }
    }
    let mut n = 0;
    for row in rows.iter_mut().filter(|row| is_mark(row)) {
        if key_of(row).is_some_and(|speaker| marks.contains(&speaker)) {
            row.speaker = None;
            n += 1;
        }
    }
    n
}

fn key_of(row: &Row) -> Option<String> {
    row.speaker.as_deref().map(key)
}

/// Whether the words of a row are the name of who speaks.
fn is_mark(row: &Row) -> bool {
    let text = row.text().text.trim();
    let others = row.texts.iter().skip(1).all(|text| text.is_empty());
    let is_name = |speaker: &str| !text.is_empty() && speaker.trim().eq_ignore_ascii_case(text);
    row.speaker.as_deref().is_some_and(is_name) && others
}

#[cfg(test)]
mod tests {
    use crate::corpus::{Corpus, ReadOptions, read_bytes};

    const TALK: &str = "Speaker,Text\n{0}Interviewer,How did you come to the navy?\nInterviewee,I saw a hat on the \
                        beach and wanted one.\n{1}Interviewer,And did they take you at once?\nInterviewee,Not before \
                        the war had come.\n";

    fn speakers(marks: [&str; 2], options: &ReadOptions) -> Vec<String> {
        let table = TALK.replace("{0}", marks[0]).replace("{1}", marks[1]);
        let corpus: Corpus = read_bytes("talk.csv", table.into_bytes(), options).unwrap();
        assert!(!corpus.warnings.concat().contains("no speaker"), "{:?}", corpus.warnings);
        let labels = corpus.transcripts[0].speakers.iter().map(|speaker| speaker.label.clone());
        labels.filter(|label| !label.is_empty()).collect()
    }

    #[test]
    fn a_row_of_a_mark_in_both_columns_is_nobodys() {
        for mark in ["New Film,New Film\n", "Reel 2,reel 2\n"] {
            let found = speakers([mark, mark], &ReadOptions::default());
            assert_eq!(found.len(), 2, "{found:?}");
        }
    }

    #[test]
    fn somebody_who_says_their_name_is_somebody() {
        let found = speakers(["Ann Hall,Ann Hall\n", "Ann Hall,It was cold by then.\n"], &ReadOptions::default());
        assert!(found.contains(&"Ann Hall".to_owned()), "{found:?}");
    }
}
