//! The questions of a survey: its columns, or hundreds that are put to everybody word by word.
//!
//! In: what each answer was asked. Out: its wordings as guide questions, in the order of the survey,
//! where the answers stand in columns with a question each ([`columns`]), or where the wordings are more
//! than anybody asks in an interview ([`survey`]); else nothing, and [`super::recover`] finds out what
//! is one question by how like it is. It needs no vectors, compares no two wordings (what is like
//! another stays another), and takes no longer than sorting them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::policy::{MIN_SHARE_ASKED, MIN_TRANSCRIPTS};
use super::questions::places;
use super::{Asked, GuideQuestion, People, QuestionKind};
use crate::corpus::{Answer, Corpus};

/// More questions than these, put word by word to half of a study, are a survey's.
const LARGEST_GUIDE: usize = 500;

/// Whether every answer was given to the title of a column in a table.
pub(super) fn is_in_columns(corpus: &Corpus) -> bool {
    let to_title = |answer: &Answer| {
        let turns = &corpus.transcripts[answer.transcript].turns;
        let is_title = |&turn: &usize| {
            // The header is the row above the first.
            corpus.documents[turns[turn].document].cell.as_ref().is_some_and(|cell| cell.row == 0)
        };
        matches!(&*answer.question_turns, [only] if is_title(only))
    };
    !corpus.answers.is_empty() && corpus.answers.iter().all(to_title)
}

/// The columns of a survey as its questions, however few they are and whoever answered them; `None` for
/// interviews.
pub(super) fn columns(corpus: &Corpus, asked: &[Asked]) -> Option<Vec<GuideQuestion>> {
    if !is_in_columns(corpus) {
        return None;
    }
    let mut answers_to: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for question in asked {
        answers_to.entry(&question.candidates.first()?.text).or_default().push(question.answer);
    }
    let mut questions = questions(corpus, answers_to);
    let column = |question: &GuideQuestion| {
        let answer = &corpus.answers[*question.answers.first()?];
        let title = *answer.question_turns.first()?;
        Some(corpus.transcripts[answer.transcript].turns[title].document)
    };
    questions.sort_by_cached_key(column);
    Some(questions)
}

/// The questions of a survey with very many; `None` for interviews.
pub fn survey(corpus: &Corpus, asked: &[Asked]) -> Option<Vec<GuideQuestion>> {
    let mut answers_to: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for question in asked {
        let whole = question.candidates.first()?; // every question asked has its whole wording
        answers_to.entry(&whole.text).or_default().push(question.answer);
    }
    if answers_to.len() <= LARGEST_GUIDE {
        return None;
    }
    let mut transcripts_in: HashMap<&str, usize> = HashMap::new();
    corpus.transcripts.iter().for_each(|t| *transcripts_in.entry(&t.study).or_default() += 1);
    let is_asked_of_half = |answers: &[usize]| {
        let transcripts: BTreeSet<usize> = answers.iter().map(|&answer| corpus.answers[answer].transcript).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        transcripts.iter().for_each(|&t| *counts.entry(&corpus.transcripts[t].study).or_default() += 1);
        counts.iter().any(|(study, &n)| {
            let of = transcripts_in[study];
            of >= MIN_TRANSCRIPTS && n as f64 >= MIN_SHARE_ASKED * of as f64
        })
    };
    answers_to.retain(|_, answers| is_asked_of_half(answers));
    if answers_to.len() <= LARGEST_GUIDE {
        return None;
    }
    Some(questions(corpus, answers_to))
}

/// Wordings and the answers to each as questions, in the order of the survey.
fn questions(corpus: &Corpus, answers_to: BTreeMap<&str, Vec<usize>>) -> Vec<GuideQuestion> {
    let (place_of, people) = (places(corpus), People::of(corpus));
    let question = |(wording, answers): (&str, Vec<usize>)| {
        let mut places: Vec<f64> = answers.iter().map(|&answer| place_of[answer]).collect();
        places.sort_by(f64::total_cmp);
        GuideQuestion {
            wording: wording.to_string(),
            kind: QuestionKind::Topic,
            asked: people.asked(answers.iter().copied()),
            cohesion: 1.0,
            place: places[places.len() / 2], // nobody is in the list without an answer
            answers,
        }
    };
    let mut questions: Vec<GuideQuestion> = answers_to.into_iter().map(question).collect();
    questions.sort_by(|a, b| a.place.total_cmp(&b.place).then(a.answers.cmp(&b.answers)));
    questions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::asked_questions;
    use crate::guide::test_interviews::corpus;

    fn found(columns: usize, rows: usize) -> Option<Vec<GuideQuestion>> {
        let row: Vec<String> = (0..columns).map(|n| format!("What about number {n}?")).collect();
        let corpus = corpus(&[("survey", vec![row; rows])]);
        survey(&corpus, &asked_questions(&corpus))
    }

    #[test]
    fn wordings_of_many_columns_are_the_questions_in_their_order() {
        let questions = found(501, 5).unwrap();
        let wordings: Vec<String> = questions.iter().map(|question| question.wording.clone()).collect();
        assert_eq!(wordings, (0..501).map(|n| format!("What about number {n}?")).collect::<Vec<_>>());
        assert!(questions.iter().all(|question| question.asked[0].asked == 5 && question.answers.len() == 5));
    }

    #[test]
    fn a_guide_of_interviews_is_none() {
        assert_eq!(found(500, 5), None);
        assert_eq!(found(501, 4), None, "in so few interviews everything was asked of most");
        let each = |n: usize| (0..200).map(|q| format!("What about {q} of {n}?")).collect();
        let corpus = corpus(&[("talk", (0..10).map(each).collect())]);
        assert_eq!(survey(&corpus, &asked_questions(&corpus)), None, "thousands of follow-ups");
    }
}
