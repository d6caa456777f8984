//! Rows of turns that hold a mark in place of who speaks and of the words alike: `New Film` where a reel begins.
//!
//! In: rows of turns. Out: the same, those rows without a speaker, and how many there are. Several such rows make a
//! mark; fewer are told. A name whose rows also hold other words stays a speaker's, and so do one that the user gave
//! and one that stands once in a round in which people say their names. It removes no row.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::super::super::error::first_of;
use super::super::super::speakers::{Names, key};
use super::row::Row;
use super::turns::{Transcript, transcript_of};

/// Rows from which a name that says nothing else is a mark.
const FEWEST: usize = 3;
/// Names that a warning shows.
const NAMED: usize = 10;

/// Takes the speaker from rows that hold the name alone, if it is a mark. Returns how many there are, and what is to be
/// told of names that may be marks.
pub(super) fn to_nobody(rows: &mut [Row], names: &Names) -> (usize, Option<String>) {
    let mut alone: HashSet<String> = rows.iter().filter(|row| is_mark(row)).filter_map(key_of).collect();
    alone.retain(|name| !names.is_given(name));
    if alone.is_empty() {
        return (0, None);
    }
    for row in rows.iter().filter(|row| !is_mark(row) && row.texts.iter().any(|text| !text.is_empty())) {
        if let Some(speaker) = key_of(row) {
            alone.remove(&speaker);
        }
    }
    let found = outside_of_rounds(rows, &alone);
    let marks: HashSet<String> = (found.iter()).filter(|(_, of)| of.n >= FEWEST).map(|(key, _)| key.clone()).collect();
    let mut n = 0;
    for row in rows.iter_mut().filter(|row| is_mark(row)) {
        if key_of(row).is_some_and(|speaker| marks.contains(&speaker)) {
            row.speaker = None;
            n += 1;
        }
    }
    (n, told(found.into_values().filter(|of| of.n < FEWEST).collect()))
}

/// Rows of a name that says nothing else.
struct Alone {
    n: usize,
    /// The line of the first.
    line: usize,
    name: Arc<str>,
}

/// The rows of these names, by key, without those that stand once in a transcript in which somebody who says more says
/// their name, too.
fn outside_of_rounds(rows: &[Row], alone: &HashSet<String>) -> HashMap<String, Alone> {
    let is_alone = |row: &&Row| key_of(row).is_some_and(|speaker| alone.contains(&speaker));
    let rounds: HashSet<Transcript> =
        rows.iter().filter(|row| says_own_name(row) && !is_alone(row)).map(transcript_of).collect();
    let mut in_transcripts: HashMap<(Transcript, String), Alone> = HashMap::new();
    for row in rows.iter().filter(|row| is_mark(row) && is_alone(row)) {
        if let Some(name) = row.speaker.clone() {
            let first = || Alone { n: 0, line: row.text().line, name: Arc::clone(&name) };
            in_transcripts.entry((transcript_of(row), key(&name))).or_insert_with(first).n += 1;
        }
    }
    let mut found: HashMap<String, Alone> = HashMap::new();
    for ((transcript, key), of) in in_transcripts {
        if of.n == 1 && rounds.contains(&transcript) {
            continue;
        }
        let before = found.remove(&key);
        let n = of.n + before.as_ref().map_or(0, |before| before.n);
        let first = before.filter(|before| before.line < of.line).unwrap_or(of);
        found.insert(key, Alone { n, ..first });
    }
    found
}

/// What is to be told of names that were taken for those of speakers.
fn told(mut names: Vec<Alone>) -> Option<String> {
    names.sort_unstable_by(|one, other| (one.line, &one.name).cmp(&(other.line, &other.name)));
    let named = |of: &Alone| format!("`{}` (line {})", of.name, of.line);
    let what = match names.len() {
        1 => "says nothing but this name and was taken for a speaker",
        _ => "say nothing but their names and were taken for speakers",
    };
    let who = first_of(names.iter().map(named), NAMED);
    (!names.is_empty()).then(|| format!("{who} {what}; if nobody speaks there, empty the cells of the speaker"))
}

fn key_of(row: &Row) -> Option<String> {
    row.speaker.as_deref().map(key)
}

/// Whether the words of a row are the name of who speaks, as it is written there.
fn is_mark(row: &Row) -> bool {
    is_name(row, row.text().text.trim())
}

/// Whether somebody says their name: `Marta.` beside `Marta`.
fn says_own_name(row: &Row) -> bool {
    is_name(row, row.text().text.trim().trim_end_matches(['.', '!', ',', ';', '…', ' ']))
}

fn is_name(row: &Row, text: &str) -> bool {
    let others = || row.texts.iter().skip(1).all(|text| text.is_empty());
    let is_own = |speaker: &str| !text.is_empty() && speaker.trim().eq_ignore_ascii_case(text);
    row.speaker.as_deref().is_some_and(is_own) && others()
}

#[cfg(test)]
mod tests {
    use crate::corpus::{Corpus, ReadOptions, read_bytes};

    const TALK: &str = "Speaker,Text\n{0}Interviewer,How did you come to the navy?\nInterviewee,I saw a hat on the \
                        beach and wanted one.\n{1}Interviewer,And did they take you at once?\nInterviewee,Not before \
                        the war had come.\n";

    /// Who speaks, and what is told of names that say nothing else.
    fn read(table: String) -> (Vec<String>, Vec<String>) {
        let corpus: Corpus = read_bytes("talk.csv", table.into_bytes(), &ReadOptions::default()).unwrap();
        assert!(!corpus.warnings.concat().contains("no speaker"), "{:?}", corpus.warnings);
        let labels = corpus.transcripts.iter().flat_map(|of| of.speakers.iter().map(|speaker| speaker.label.clone()));
        let told = corpus.warnings.into_iter().filter(|what| what.contains("nothing but")).collect();
        (labels.filter(|label| !label.is_empty()).collect(), told)
    }

    fn speakers(marks: [&str; 2]) -> (Vec<String>, Vec<String>) {
        read(TALK.replace("{0}", marks[0]).replace("{1}", marks[1]))
    }

    #[test]
    fn several_rows_of_a_mark_in_both_columns_are_nobodys() {
        for mark in ["New Film,New Film\n", "Reel 2,reel 2\n"] {
            let (found, told) = speakers([mark, &mark.repeat(2)]);
            assert_eq!((found.len(), told.len()), (2, 0), "{found:?} {told:?}");
        }
    }

    #[test]
    fn one_or_two_rows_that_hold_a_name_alone_are_a_doubt() {
        let (found, told) = speakers(["New Film,New Film\n", "New Film,New Film\n"]);
        assert!(found.contains(&"New Film".to_owned()), "{found:?}");
        assert!(told.len() == 1 && told[0].contains("`New Film` (line 2) says nothing but this name"), "{told:?}");
        let (found, told) = speakers(["Olga,Olga\n", "Lena,Lena\n"]);
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(told.concat().contains("`Olga` (line 2), `Lena` (line 5) say nothing but their names"), "{told:?}");
    }

    #[test]
    fn somebody_who_says_their_name_is_somebody() {
        let (found, told) = speakers([&"Ann Hall,Ann Hall\n".repeat(3), "Ann Hall,It was cold by then.\n"]);
        assert!(found.contains(&"Ann Hall".to_owned()) && told.is_empty(), "{found:?} {told:?}");
    }

    #[test]
    fn in_a_round_of_names_everybody_is_somebody() {
        let group = |id: usize| {
            format!(
                "t{id},Moderator,Please say your names.\nt{id},Marta,Marta.\nt{id},Olga,Olga\n\
                 t{id},Moderator,Who has a garden?\nt{id},Marta,\"I do, with two apple trees.\"\n\
                 t{id},Moderator,And why?\nt{id},Marta,They built a road.\n"
            )
        };
        for n in 1..=4 {
            let (found, told) = read(format!("id,speaker,text\n{}", (0..n).map(group).collect::<String>()));
            assert_eq!(found.iter().filter(|label| *label == "Olga").count(), n, "{found:?}");
            assert!(told.is_empty(), "{told:?}");
        }
        // A name that comes again and again is no part of the round.
        let marks = "t0,New Film,New Film\n".repeat(3);
        let (found, _) = read(format!("id,speaker,text\n{}{marks}", group(0)));
        assert!(!found.contains(&"New Film".to_owned()), "{found:?}");
    }
}
