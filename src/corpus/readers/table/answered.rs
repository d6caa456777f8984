//! Tables of answers whose column of words has a title that no list knows, beside columns of questions and of people.
//!
//! In: the rows of a [`Table`] that was taken for a sheet with a column for each speaker. Out: the same as a table of
//! answers, where a column is called after people, its cells are few and short, and to each of them the same questions
//! come; the words are what no other column has. It never takes a sheet of answers for one, in which a question comes
//! once.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::super::labels;
use super::super::super::sentences::words;
use super::super::super::speakers::key;
use super::Table;
use super::columns::plain;
use super::entry_titles::are_entries;
use super::row::{OPEN_WORDS, Row, hash_of};
use super::titles::{ID, NAMES};

/// Of so many rows in four at least somebody must be asked something else.
const OF_FOUR: usize = 3;
/// What answers are called, and transcripts never.
#[rustfmt::skip]
const ANSWERS: &[&str] = &[
    "answer", "answers", "answertext", "response", "responses", "responsetext", "reply", "antwort", "antworten",
    "antworttext", "réponse", "réponses", "reponse", "reponses", "respuesta", "respuestas", "risposta", "risposte",
    "resposta", "respostas", "antwoord", "antwoorden", "odpowiedź", "odpowiedzi", "svar", "vastaus", "vastaukset",
    "odpověď", "odpovědi", "ответ", "ответы", "回答", "답변",
];

impl Table<'_> {
    /// Whether the title of the words says that they are answers, and another column whose: nothing is to be told then.
    pub(super) fn are_called_answers(&self) -> bool {
        let title = &self.header[self.columns.texts[0]];
        self.columns.id.is_some() && (ANSWERS.contains(&plain(title).as_str()) || are_entries(title))
    }

    /// Reads such rows as answers; returns whether it is known which column holds words, if they are some.
    pub(super) fn settle_answers(&mut self, rows: &mut [Row]) -> bool {
        let titles = |column: &usize| plain(&self.header[*column]);
        let columns = &self.columns;
        let Some(question) = columns.question.filter(|&column| !self.header[column].is_empty()) else { return true };
        let is_called = |at: &usize| {
            let title = titles(&columns.texts[*at]);
            [ID, NAMES].iter().any(|names| names.contains(&title.as_str()))
        };
        let who = (0..columns.texts.len()).filter(is_called).find(|&at| are_people(rows, at));
        let Some(who) = who else { return true };
        let mut open = (0..columns.texts.len()).filter(|&at| at != who && is_open(rows, at));
        let (Some(said), None) = (open.next(), open.next()) else { return false };
        for row in rows {
            row.id = row.texts.get(who).map(|field| field.text.trim()).filter(|id| !id.is_empty()).map(Arc::from);
            row.texts.change(|texts| *texts = vec![texts.swap_remove(said)]);
        }
        let [who, said] = [who, said].map(|at| self.columns.texts[at]);
        (self.columns.id, self.columns.question) = (Some(who), Some(question));
        (self.columns.texts, self.columns.are_speakers) = (vec![said], false);
        true
    }
}

/// Whether the cells of a column are people who were asked the same questions, or one who was asked several.
fn are_people(rows: &[Row], at: usize) -> bool {
    let (mut people, mut asked, mut pairs) = (HashSet::new(), HashSet::new(), HashSet::new());
    for row in rows {
        let Some(question) = row.question.as_ref().filter(|question| !question.is_empty()) else { return false };
        let who = row.texts[at].text.trim();
        let is_number = !who.is_empty() && who.bytes().all(|b| b.is_ascii_digit());
        if !is_number && !labels::valid_label(who) {
            return false;
        }
        let question = hash_of(key(&question.text));
        people.insert(who);
        asked.insert(question);
        pairs.insert((who, question));
    }
    let is_one = people.len() == 1 && rows.len() > 1;
    is_one || (asked.len() < rows.len() && pairs.len() * 4 >= rows.len() * OF_FOUR)
}

/// Whether the cells of a column are answers in words.
pub(super) fn is_open(rows: &[Row], at: usize) -> bool {
    let cells = || rows.iter().map(|row| &row.texts[at]).filter(|field| !field.is_empty());
    let n = cells().count();
    n > 0 && cells().map(|field| words(&field.text)).sum::<usize>() >= OPEN_WORDS * n
}

#[cfg(test)]
mod tests {
    use crate::corpus::{Corpus, ReadOptions, read_bytes};

    const ASKED: [&str; 2] = ["How did you come to the bees?", "Who taught you to keep them?"];

    fn read(header: &str, row: impl Fn(&str, &str, usize) -> String) -> (Vec<String>, Option<Corpus>) {
        let mut csv = format!("{header}\n");
        for (n, who) in ["P01", "P02", "P03"].into_iter().enumerate() {
            for asked in ASKED {
                csv += &row(who, asked, n);
            }
        }
        let corpus = read_bytes("all.csv", csv.into_bytes(), &ReadOptions::default()).ok();
        let ids = corpus.iter().flat_map(|corpus| corpus.transcripts.iter().map(|of| of.id.to_string())).collect();
        (ids, corpus)
    }

    #[test]
    fn the_words_beside_questions_and_people_are_answers() {
        let said = |n: usize| format!("My uncle had {n} hives and needed somebody.");
        for words in ["quote", "Statement", "Zitat", "open_text", "What she said", "xyz"] {
            for who in ["participant", "Respondent", "Teilnehmer", "name"] {
                let row = |who: &str, asked: &str, n: usize| format!("{who},{asked},{}\n", said(n));
                let (ids, _) = read(&format!("{who},question,{words}"), row);
                assert_eq!(ids, ["P01", "P02", "P03"], "{who} {words}");
            }
        }
        let row = |who: &str, asked: &str, n: usize| format!("{asked},{who},{},{}\n", 30 + n, said(n));
        let (ids, _) = read("question,participant,age,in her words", row);
        assert_eq!(ids, ["P01", "P02", "P03"]);
        let (ids, _) = read("id,prompt,quote", |who, asked, n| format!("{who},{asked},{}\n", said(n)));
        assert_eq!(ids, ["P01", "P02", "P03"]);
        let row = |who: &str, asked: &str, n: usize| format!("{},{asked},{}\n", &who[2..], said(n));
        assert_eq!(read("participant,question,xyz", row).0, ["1", "2", "3"]);
    }

    #[test]
    fn what_is_called_an_answer_beside_whose_is_one_without_a_word() {
        let warned = |header: &str| {
            let row = |who: &str, _: &str, n: usize| format!("{who},My uncle had {n} hives and needed somebody.\n");
            let (_, corpus) = read(header, row);
            corpus.is_some_and(|corpus| corpus.warnings.iter().any(|what| what.contains("no speaker labels, so every")))
        };
        for header in ["respondent,answer", "respondent_id,Response", "Teilnehmer,Antwort"] {
            assert!(!warned(header), "{header}");
        }
        for header in ["respondent,text", "mood,answer", "transcript_id,Transcript"] {
            assert!(warned(header), "{header}");
        }
    }

    #[test]
    fn two_columns_of_words_are_no_guess() {
        let row = |who: &str, asked: &str, n: usize| {
            format!("{who},{asked},My uncle had {n} hives.,She laughed {n} times about it.\n")
        };
        let (ids, corpus) = read("participant,question,in her words,what I saw", row);
        assert!(ids.is_empty(), "{ids:?}");
        assert!(corpus.is_none_or(|corpus| corpus.failures.iter().any(|why| why.contains("what I saw"))));
    }

    #[test]
    fn a_sheet_in_which_a_question_comes_once_stays_one() {
        let sheet = "question,Participant,Partner\nHow did you meet her?,At the hives in June.,At a talk on bees.\n\
                     Who taught you to keep them?,My uncle did that.,Nobody did in fact.\n\
                     What was the worst winter like?,Long and very wet.,I was away then.\n";
        let corpus = read_bytes("all.csv", sheet.as_bytes().to_vec(), &ReadOptions::default()).unwrap();
        let ids: Vec<&str> = corpus.transcripts.iter().map(|transcript| &*transcript.id).collect();
        assert_eq!(ids, ["Participant", "Partner"]);
    }
}
