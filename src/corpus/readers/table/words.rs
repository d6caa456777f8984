//! Which column of a table of turns holds what is said, where its title is not known.
//!
//! In: the rows of a [`Table`] that has a column of speakers, and in each row the cells of all columns that may hold
//! words. Out: the same with one of them, the only one whose cells are sentences of their own; a column called
//! `Interview` beside it is that of ids. It never takes words where two columns hold some.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::super::ReadOptions;
use super::super::super::model::Role;
use super::super::super::sentences::words;
use super::super::super::speakers::{Names, key};
use super::Table;
use super::columns::{BESIDE_SPEAKERS, Columns, plain};
use super::groups::{is_of_groups, is_of_parts};
use super::part_titles::is_beside;
use super::row::{OPEN_WORDS, Row, hash_of};
use super::titles::{CLOCKS, ENDS, ID, LASTS, MAIL, NAMES, OF_ROWS, QUESTION, ROLES, SPEAKER, STARTS, STUDY, TALKS};

/// The words of a column go before those of another one that has so many times fewer.
const TIMES: usize = 3;

/// Whether a title may be that of words, as no list says what else it is.
fn may_be_words(title: &str) -> bool {
    let plain = plain(title);
    #[rustfmt::skip]
    let lists = [BESIDE_SPEAKERS, CLOCKS, ENDS, ID, LASTS, MAIL, NAMES, OF_ROWS, ROLES, SPEAKER, STARTS, STUDY, TALKS];
    !plain.is_empty()
        && !lists.iter().any(|titles| titles.contains(&plain.as_str()))
        && !is_beside(&plain)
        && !TRANSLATIONS.iter().any(|translation| plain.contains(translation))
}

/// What was said stands beside it.
const TRANSLATIONS: &[&str] =
    &["translation", "translated", "übersetzung", "traduction", "traducción", "traduzione", "tradução", "vertaling"];

/// The columns of a table that has one of speakers and none of words by its title: all that may hold words are read.
pub(super) fn beside_speakers(header: &[String], options: &ReadOptions, names: &Names) -> Option<Columns> {
    // `Interviewer,Speaker` are two who speak.
    let asks = |title: &String| names.by_name(&key(title)) == Some(Role::Interviewer);
    if header.iter().any(asks) {
        return None;
    }
    let plainly: Vec<String> = header.iter().map(|title| plain(title)).collect();
    let has = |titles: &[&str]| plainly.iter().any(|title| titles.contains(&title.as_str()));
    if !(has(SPEAKER) || options.speaker_column.is_some()) || has(QUESTION) || !options.text_columns.is_empty() {
        return None;
    }
    // What is called after groups tells them apart; what is called a discussion may hold the words itself.
    let is_group = |at: usize| is_of_groups(&header[at]) && !plainly[at].ends_with("ussion");
    let may_hold = |at: &usize| may_be_words(&header[*at]) && !is_group(*at);
    let seed = (0..header.len()).filter(may_hold).map(|at| &header[at]).find(|title| !is_of_parts(title))?;
    let options = ReadOptions { text_columns: vec![seed.clone()], ..options.clone() };
    let mut columns = Columns::find("", header, &options).ok()??;
    columns.speaker?;
    let others: Vec<usize> = columns.untold(header.len()).filter(may_hold).collect();
    columns.texts.extend(others);
    columns.is_by_cells = true;
    Some(columns)
}

impl Table<'_> {
    /// Reads also the columns beside one whose title may be that of words or of ids, where somebody speaks.
    pub(super) fn watch_words(&mut self, is_given: bool) {
        let columns = &mut self.columns;
        let [only] = columns.texts[..] else { return };
        let may_be_ids = ID.contains(&plain(&self.header[only]).as_str());
        let are_turns = columns.speaker.or(columns.names).is_some() && columns.question.is_none() && !columns.is_survey;
        if is_given || !may_be_ids || !are_turns || columns.id.is_some() {
            return;
        }
        let n = self.header.len();
        let others: Vec<usize> = columns.untold(n).filter(|&at| may_be_words(&self.header[at])).collect();
        columns.is_by_cells = !others.is_empty();
        columns.texts.extend(others);
    }

    /// Settles which column is read; returns whether there is one.
    pub(super) fn settle_words(&mut self, rows: &mut [Row]) -> bool {
        if !std::mem::take(&mut self.columns.is_by_cells) {
            return true;
        }
        let said: Vec<usize> = (0..self.columns.texts.len()).map(|at| words_said(rows, at)).collect();
        let Some(at) = (0..said.len()).max_by_key(|&at| (said[at], std::cmp::Reverse(at))) else { return false };
        let is_clear = said.iter().enumerate().all(|(other, n)| other == at || n * TIMES <= said[at]);
        let first = self.columns.texts[0];
        let is_titled = ID.contains(&plain(&self.header[first]).as_str());
        if said[at] == 0 || !is_clear {
            // What is called after an interview holds its words, if other columns hold as many.
            let keeps_first = is_titled && said[0] > 0;
            rows.iter_mut().for_each(|row| row.texts.change(|texts| texts.truncate(1)));
            self.columns.texts.truncate(1);
            return keeps_first;
        }
        if is_titled && at > 0 {
            for row in rows.iter_mut() {
                row.id = Some(row.text().text.trim()).filter(|id| !id.is_empty()).map(Arc::from);
            }
            self.columns.id = Some(first);
        }
        rows.iter_mut().for_each(|row| row.texts.change(|texts| *texts = vec![texts.swap_remove(at)]));
        self.columns.texts = vec![self.columns.texts[at]];
        if at > 0 || !is_titled {
            let title = &self.header[self.columns.texts[0]];
            self.warn(format!(
                "column `{title}` was taken for what is said, as its cells alone are sentences; if another one is, name \
                 it with `--text-column`"
            ));
        }
        true
    }
}

/// The words of a column whose cells are sentences, each of its own; none of another.
fn words_said(rows: &[Row], at: usize) -> usize {
    let cells = || rows.iter().map(|row| row.texts[at].text.trim()).filter(|text| !text.is_empty());
    let distinct = cells().map(hash_of).collect::<HashSet<u64>>().len();
    let (n, n_words) = (cells().count(), cells().map(words).sum::<usize>());
    // Everybody may be asked the same.
    let are_own = n > 0 && distinct * 5 >= n * 2;
    if are_own && n_words >= OPEN_WORDS * n { n_words } else { 0 }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use crate::corpus::{Corpus, CorpusError, ReadOptions, read_bytes};

    const TALK: [[&str; 2]; 4] = [
        ["Interviewer", "How did you come to keep bees up there?"],
        ["Participant", "My uncle had two hives and needed somebody."],
        ["Interviewer", "Who taught you to keep them?"],
        ["Participant", "He did and later on a book from the library."],
    ];

    fn read(header: &str, row: impl Fn(usize, &str, &str) -> String) -> Result<Corpus, CorpusError> {
        let rows = (0..8).map(|n| row(n / 4, TALK[n % 4][0], &format!("{} {n}", TALK[n % 4][1])) + "\n");
        let csv = format!("{header}\n{}", rows.collect::<String>());
        read_bytes("all.csv", csv.into_bytes(), &ReadOptions::default())
    }

    fn ids(corpus: &Corpus) -> Vec<&str> {
        corpus.transcripts.iter().map(|transcript| &*transcript.id).collect()
    }

    #[test]
    fn sentences_beside_speakers_are_what_is_said() {
        for words in ["Statement", "Quote", "spoken_text", "Uttered", "xyz"] {
            for id in ["Interview", "transcript_id"] {
                let corpus =
                    read(&format!("{id},Speaker,{words}"), |t, who, said| format!("Home visit {t},{who},{said}"));
                let corpus = corpus.unwrap();
                assert_eq!(ids(&corpus), ["Home visit 0", "Home visit 1"], "{id} {words}");
                assert!(corpus.turn_of(&corpus.answers[0]).text.starts_with("My uncle"), "{id} {words}");
            }
        }
        let corpus = read("Interview,Speaker,xyz", |t, who, said| format!("t{t},{who},{said}")).unwrap();
        assert!(corpus.warnings.concat().contains("column `xyz` was taken for what is said"), "{:?}", corpus.warnings);
    }

    #[test]
    fn a_column_of_groups_tells_them_apart_whatever_the_words_are_called() {
        for words in ["Text", "Contribution", "What they said", "Input", "Talk", "Wypowiedzi uczestników"] {
            for group in ["Group", "FG", "Fokusgruppe", "Household"] {
                let who = |who: &str| if who == "Interviewer" { "Mod" } else { "P1" };
                let corpus =
                    read(&format!("{group},Speaker,{words}"), |t, by, said| format!("FG{t},{},{said}", who(by)));
                let corpus = corpus.unwrap();
                let people: HashSet<&str> = corpus.answers.iter().map(|answer| &*answer.participant).collect();
                assert_eq!((people.len(), corpus.answers.len()), (2, 4), "{group} {words}: {people:?}");
            }
        }
        let corpus = read("Speaker,Group discussion,Mood", |_, who, said| format!("{who},{said},calm")).unwrap();
        assert_eq!(corpus.answers.len(), 4, "that has the words itself");
    }

    #[test]
    fn names_that_take_turns_are_speakers_beside_such_words() {
        let corpus = read("Interview,Person,Äußerung", |t, who, said| format!("t{t},{who},{said}")).unwrap();
        assert_eq!((ids(&corpus), corpus.answers.len()), (vec!["t0", "t1"], 4));
        let corpus = read("Name,Interview,Age", |t, _, said| format!("Ann {t},{said},5{t}")).unwrap();
        assert!(corpus.transcripts.iter().flat_map(|of| &of.turns).any(|turn| turn.text.starts_with("My uncle")));
    }

    #[test]
    fn what_is_called_an_interview_is_said_where_it_holds_the_words() {
        for header in ["Speaker,Interview,Mood", "Speaker,Interview,Notes"] {
            let corpus = read(header, |_, who, said| format!("{who},{said},calm")).unwrap();
            assert_eq!((corpus.answers.len(), corpus.warnings.concat().contains("sentences")), (4, false), "{header}");
        }
    }

    #[test]
    fn no_words_are_taken_where_two_columns_hold_some_or_none_does() {
        assert!(read("t,Speaker,abc,xyz", |t, who, said| format!("t{t},{who},{said},so {said}")).is_err());
        assert!(read("t,Speaker,abc", |t, who, _| format!("t{t},{who},yes")).is_err());
        assert!(read("t,Speaker,abc", |t, who, _| format!("t{t},{who},the same four words in all")).is_err());
    }
}
