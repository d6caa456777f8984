//! Rows of turns without a speaker in which somebody goes on.
//!
//! In: rows of turns. Out: the same, those rows with the speaker above them, where the table leaves the name out as long
//! as one speaks: no name stands in two rows running, and several rows have none. It never does so in brackets, or where
//! a single name comes twice running.

use super::super::super::error::counted;
use super::row::{Row, is_in_brackets};
use super::turns::transcript_of;

/// Fewer rows are an oversight.
const FEWEST: usize = 3;

/// Gives rows without a speaker the one above them; returns what is to be told.
pub(super) fn to_those_above(rows: &mut [Row]) -> Option<String> {
    let is_said = |row: &&Row| !row.text().is_empty() && !is_in_brackets(row.text().text.trim());
    let said = || rows.iter().filter(is_said);
    let nobodys = said().filter(|row| row.speaker.is_none());
    let n = nobodys.clone().count();
    let line = nobodys.clone().next()?.text().line;
    let is_first = said().next().is_some_and(|row| row.speaker.is_none());
    let is_twice = |two: (&Row, &Row)| two.0.speaker.is_some() && two.0.speaker == two.1.speaker;
    let starts = |two: (&Row, &Row)| two.1.speaker.is_none() && transcript_of(two.0) != transcript_of(two.1);
    let mut pairs = said().zip(said().skip(1));
    if n < FEWEST || is_first || n * 2 > said().count() || pairs.any(|two| is_twice(two) || starts(two)) {
        return None;
    }
    let mut above = None;
    for row in rows.iter_mut().filter(|row| !row.text().is_empty()) {
        match &row.speaker {
            Some(speaker) => above = Some(speaker.clone()),
            None if is_in_brackets(row.text().text.trim()) => {}
            None => row.speaker.clone_from(&above),
        }
    }
    Some(format!(
        "{} without a speaker were taken for words of who speaks above, as no name stands in two rows running (the first \
         on line {line}); if others speak there, fill these cells",
        counted(n, "row")
    ))
}

#[cfg(test)]
mod tests {
    use crate::corpus::{Corpus, ReadOptions, read_bytes};

    fn read(rows: &[&str]) -> Corpus {
        let csv = format!("Speaker,Text\n{}\n", rows.join("\n"));
        read_bytes("talk.csv", csv.into_bytes(), &ReadOptions::default()).unwrap()
    }

    fn told(corpus: &Corpus) -> bool {
        corpus.warnings.iter().any(|warning| warning.contains("who speaks above"))
    }

    fn of_tom(corpus: &Corpus) -> usize {
        corpus.transcripts[0].turns.iter().filter(|turn| &*turn.speaker == "Tom").count()
    }

    const ASKED: &str = "Interviewer,How was it up there?";

    #[test]
    fn who_goes_on_has_no_name_again() {
        let talk = [ASKED, "Tom,It was cold.", ",We had no coal."];
        let corpus = read(&talk.repeat(3));
        assert!(told(&corpus) && !corpus.warnings.concat().contains("no speaker"), "{:?}", corpus.warnings);
        assert_eq!(of_tom(&corpus), 6);
    }

    #[test]
    fn rows_without_a_name_are_nobodys_where_names_come_again() {
        let talk = [ASKED, "Tom,It was cold.", "Tom,We had no coal.", ",And no wood."];
        assert_eq!((told(&read(&talk.repeat(3))), of_tom(&read(&talk.repeat(3)))), (false, 6));
        let talk = [ASKED, "Tom,It was cold.", ",[laughs]"];
        assert!(!told(&read(&talk.repeat(3))));
        let talk = [ASKED, "Tom,It was cold.", "NULL,And no wood."];
        assert!(!told(&read(&talk.repeat(3))), "somebody who is not known");
        assert!(!told(&read(&[ASKED, "Tom,It was cold.", ",We had no coal.", ASKED, "Tom,It was so."])), "once");
    }
}
