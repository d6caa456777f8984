//! Diaries and logs: a row an entry, with who wrote it and when, and perhaps what was asked.
//!
//! In: the rows of a [`Table`] whose words are called as entries or notes are. Out: the same with their ids, where who
//! wrote them is told by a title that no list knows and its cells are people who come again. What may as well be the
//! researcher's notes is read only where the same people come again, and told.

use std::collections::{HashMap, HashSet};

use super::super::super::labels;
use super::super::super::sentences::words;
use super::super::super::speakers::key;
use super::Table;
use super::entry_titles::is_called_people;
use super::names::option;
use super::row::{Row, hash_of};

impl Table<'_> {
    /// Settles who wrote the entries, and whether they are any; returns whether they are read.
    pub(super) fn settle_entries(&mut self, rows: &mut [Row]) -> bool {
        if self.columns.are_entries && self.columns.question.is_none() && !are_words(rows) {
            return false;
        }
        if std::mem::take(&mut self.columns.id_is_guessed)
            && let Some(id) = self.columns.id
        {
            let title = &self.header[id];
            if are_writers(rows, is_called_people(title)) {
                self.warn(format!(
                    "column `{title}` was taken for who answered, as its values are people who come again; if they are \
                     not, name a column that is with `--id-column`"
                ));
            } else {
                rows.iter_mut().for_each(|row| row.id = None);
                self.columns.id = None;
            }
        }
        if !std::mem::take(&mut self.columns.may_be_notes) {
            return true;
        }
        let mut of: HashMap<&str, usize> = HashMap::new();
        let said = || rows.iter().filter(|row| !row.text().is_empty());
        said()
            .filter_map(|row| row.id.as_deref().or(row.name.as_deref()))
            .for_each(|who| *of.entry(who).or_default() += 1);
        let come_again = !of.is_empty() && of.len() * 2 <= said().count();
        if come_again {
            let title = &self.header[self.columns.texts[0]];
            let n = if of.len() == 1 { "1 person".to_owned() } else { format!("{} people", of.len()) };
            let text = option("--text-column", "NAME");
            self.warn(format!(
                "column `{title}` was taken for what {n} wrote; if it holds somebody else's notes of them, name the \
                 column of their words with {text}"
            ));
        }
        come_again
    }
}

/// Whether entries are words, two or more on average.
fn are_words(rows: &[Row]) -> bool {
    let said = || rows.iter().filter(|row| !row.text().is_empty());
    let n_words: usize = said().map(|row| words(&row.text().text)).sum();
    n_words >= 2 * said().count()
}

/// Whether the ids of rows are people: names or codes that come again, each to other questions unless their title says
/// that they are people.
fn are_writers(rows: &[Row], are_called: bool) -> bool {
    let said = || rows.iter().filter(|row| !row.text().is_empty());
    let (mut people, mut pairs) = (HashSet::new(), HashSet::new());
    for row in said() {
        let Some(who) = row.id.as_deref().filter(|who| may_be_somebody(who)) else { return false };
        people.insert(who);
        pairs.insert((who, row.question.as_ref().map_or(0, |question| hash_of(key(&question.text)))));
    }
    people.len() * 2 <= said().count() && (are_called || pairs.len() * 4 >= said().count() * 3)
}

/// Whether a cell is a number, a code or a name: `3`, `P3`, `Ann`, but not `calm` or `f`.
fn may_be_somebody(who: &str) -> bool {
    let is_number = !who.is_empty() && who.bytes().all(|b| b.is_ascii_digit());
    let is_named = who.contains(|c: char| c.is_ascii_digit()) || !who.starts_with(char::is_lowercase);
    is_number || (is_named && labels::valid_label(who))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::corpus::{Corpus, CorpusError, ReadOptions, read_bytes};

    const SAID: [&str; 6] = [
        "We cleared the loft and found her letters.",
        "The letters were damp but could be read.",
        "Nobody came and I swept the yard alone.",
        "I sat by the stove and mended two nets.",
        "The ferry did not run because of the fog.",
        "She rang at last and we spoke for an hour.",
    ];
    const ASKED: [&str; 2] = ["What did you do today?", "How did that feel?"];

    fn read(header: &str, row: impl Fn(&str, usize, &str, &str) -> String) -> Result<Corpus, CorpusError> {
        let people = ["P1", "P1", "P2", "P2", "P3", "P3"];
        let rows = (0..6).map(|n| row(people[n], n % 2 + 1, ASKED[n % 2], SAID[n]) + "\n");
        let csv = format!("{header}\n{}", rows.collect::<String>());
        read_bytes("all.csv", csv.into_bytes(), &ReadOptions::default())
    }

    fn answers(corpus: &Corpus) -> BTreeMap<&str, usize> {
        let mut n = BTreeMap::new();
        corpus.answers.iter().for_each(|answer| *n.entry(&*answer.participant).or_default() += 1);
        n
    }

    fn expected() -> BTreeMap<&'static str, usize> {
        [("P1", 2), ("P2", 2), ("P3", 2)].into()
    }

    #[test]
    fn entries_are_what_their_writers_say() {
        for header in [
            "participant,date,prompt,entry",
            "Participant ID,Day,Task,Reflection",
            "Participant code,Date,Question,Diary entry",
            "Teilnehmer,Tag,Frage,Eintrag",
            "Teilnehmer-ID,Datum,Impuls,Tagebucheintrag",
            "Participante,Jour,Consigne,Réflexion",
            "Participante,Fecha,Pregunta,Entrada",
            "Deelnemer,Dag,Opdracht,Dagboek",
            "Partecipante,Giorno,Domanda,Voce",
            "Uczestnik,Data,Pytanie,Wpis",
        ] {
            let corpus = read(header, |who, day, asked, said| format!("{who},{day},{asked},{said}")).unwrap();
            assert_eq!(answers(&corpus), expected(), "{header}");
            assert!(corpus.warnings.is_empty(), "{header}: {:?}", corpus.warnings);
            let asks = corpus.transcripts[0].turns.iter().filter(|turn| ASKED.contains(&&*turn.text)).count();
            assert_eq!(asks, 2, "{header}");
        }
        let corpus = read("participant,date,entry", |who, day, _, said| format!("{who},{day},{said}")).unwrap();
        assert_eq!(answers(&corpus), expected());
    }

    #[test]
    fn who_wrote_is_found_under_any_short_title_and_told() {
        for header in [
            "t,date,prompt,entry",
            "Nr.,Day,Question,Entry text",
            "Code,Tag,Aufgabe,Reflexion",
            "t,date,question,answer",
        ] {
            let corpus = read(header, |who, day, asked, said| format!("{who},{day},{asked},{said}")).unwrap();
            assert_eq!(answers(&corpus), expected(), "{header}");
            assert!(corpus.warnings.concat().contains("was taken for who answered"), "{:?}", corpus.warnings);
        }
        // It may count the rows, or hold something else.
        for moods in [false, true] {
            let corpus = read("Mood,Day,Question,Entry", |who, day, asked, said| {
                let own = if moods { ["calm", "tired"][day - 1].to_owned() } else { said.len().to_string() + who };
                format!("{own},{day},{asked},{said}")
            });
            assert!(corpus.unwrap().warnings.concat().contains("no id column"));
        }
    }

    #[test]
    fn notes_are_theirs_where_people_come_again_and_told() {
        let corpus = read("participant,date,note", |who, day, _, said| format!("{who},{day},{said}")).unwrap();
        assert_eq!(answers(&corpus), expected());
        assert!(corpus.warnings.concat().contains("if it holds somebody else's notes"), "{:?}", corpus.warnings);
        // A log of interviews, and what is known of people.
        let log = "participant,date,notes\nP1,3 May,Came late and left early.\nP2,4 May,Wants a copy of it all.\n";
        assert!(read_bytes("log.csv", log.into(), &ReadOptions::default()).is_err());
        let people = "participant,age,notes\nP1,34,Came late and left early.\nP1,41,Wants a copy of it all.\n";
        assert!(read_bytes("log.csv", people.into(), &ReadOptions::default()).is_err());
    }

    #[test]
    fn surveys_and_sheets_of_answers_are_no_diaries() {
        let csv = format!("id,What did you do today?,Notes\n1,{},\n2,{},quiet\n", SAID[0], SAID[1]);
        let corpus = read_bytes("all.csv", csv.into_bytes(), &ReadOptions::default()).unwrap();
        assert_eq!(corpus.answers.len(), 2);
        let csv =
            format!("Question,Ann,Ben\n{},{},{}\n{},{},{}\n", ASKED[0], SAID[0], SAID[1], ASKED[1], SAID[2], SAID[3]);
        let corpus = read_bytes("all.csv", csv.into_bytes(), &ReadOptions::default()).unwrap();
        assert_eq!(answers(&corpus), [("Ann", 2), ("Ben", 2)].into());
    }
}
