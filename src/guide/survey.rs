//! The questions of a survey: its columns, the wordings that stand beside its answers, or hundreds that are put to
//! everybody word by word.
//!
//! In: what each answer was asked. Out: its wordings as guide questions, in the order of the survey,
//! where the answers stand in columns with a question each, or in rows beside the question that several people were
//! asked in the same words ([`columns`]), or where the wordings are more
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

/// A question beside an answer in a row is a survey's when so many people were asked it in the same words.
const SAME_WORDS: usize = 3;

/// Of the answers in rows so many are to such a question in a survey; of interviews in a table, follow-ups are most.
const SAME_WORDS_SHARE: f64 = 0.95;

/// Where a survey has its questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// The titles of columns.
    InTitles,
    /// A column of its own, beside the answers.
    BesideAnswers,
}

/// Where the questions stand if the corpus is a survey; `None` for interviews.
pub(super) fn written(corpus: &Corpus) -> Option<Written> {
    let is_title = |answer| Some(question_cell(corpus, answer)?.0 == Written::InTitles);
    let titles: BTreeSet<bool> = corpus.answers.iter().map(is_title).collect::<Option<_>>()?;
    match (titles.contains(&true), titles.contains(&false)) {
        (true, false) => Some(Written::InTitles),
        (false, true) => is_asked_in_same_words(corpus).then_some(Written::BesideAnswers),
        _ => None,
    }
}

/// Where the one question before an answer stands, and its words; `None` for what is said within a transcript.
fn question_cell<'a>(corpus: &'a Corpus, answer: &Answer) -> Option<(Written, &'a str)> {
    let [turn] = *answer.question_turns else { return None };
    let turns = &corpus.transcripts[answer.transcript].turns;
    let document = turns[turn].document;
    // The header is the row above the first.
    match corpus.documents[document].cell.as_ref()?.row {
        0 => Some((Written::InTitles, &turns[turn].text)),
        _ if document != turns[answer.turn].document => Some((Written::BesideAnswers, &turns[turn].text)),
        _ => None,
    }
}

/// Whether nearly every answer was given to one of two or more questions that several people were asked in the same
/// words. Where there is one question, its answers are taken together as they are.
fn is_asked_in_same_words(corpus: &Corpus) -> bool {
    let mut answers_to: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, answer) in corpus.answers.iter().enumerate() {
        let question = question_cell(corpus, answer).map(|(_, question)| question);
        question.into_iter().for_each(|question| answers_to.entry(question).or_default().push(number));
    }
    let common: Vec<usize> =
        answers_to.values().filter(|answers| is_asked_of_several(corpus, answers)).map(Vec::len).collect();
    common.len() > 1 && common.iter().sum::<usize>() as f64 >= SAME_WORDS_SHARE * corpus.answers.len() as f64
}

fn is_asked_of_several(corpus: &Corpus, answers: &[usize]) -> bool {
    let person = |&answer: &usize| (corpus.study_of(&corpus.answers[answer]), &*corpus.answers[answer].participant);
    let mut people = BTreeSet::new();
    answers.iter().any(|answer| people.insert(person(answer)) && people.len() >= SAME_WORDS)
}

/// The answers to each wording.
fn by_wording(asked: &[Asked]) -> BTreeMap<&str, Vec<usize>> {
    let mut answers_to: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for question in asked {
        // Every question asked has its whole wording.
        let whole = question.candidates.first().map(|whole| whole.text.as_str());
        whole.into_iter().for_each(|whole| answers_to.entry(whole).or_default().push(question.answer));
    }
    answers_to
}

/// The questions of a survey, however few they are and whoever answered them, with where they stand; `None` for
/// interviews.
pub(super) fn columns(corpus: &Corpus, asked: &[Asked]) -> Option<(Written, Vec<GuideQuestion>)> {
    let written = written(corpus)?;
    let mut answers_to = by_wording(asked);
    if written == Written::BesideAnswers {
        answers_to.retain(|_, answers| is_asked_of_several(corpus, answers));
    }
    let mut questions = questions(corpus, answers_to);
    if written == Written::InTitles {
        let column = |question: &GuideQuestion| {
            let answer = &corpus.answers[*question.answers.first()?];
            let title = *answer.question_turns.first()?;
            Some(corpus.transcripts[answer.transcript].turns[title].document)
        };
        questions.sort_by_cached_key(column);
    }
    Some((written, questions))
}

/// The questions of a survey with very many; `None` for interviews.
pub fn survey(corpus: &Corpus, asked: &[Asked]) -> Option<Vec<GuideQuestion>> {
    let mut answers_to = by_wording(asked);
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
    use crate::corpus::{Cell, Document, Role};
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

    /// The same with each question and each answer in a cell of its own.
    fn in_rows(interviews: Vec<Vec<String>>) -> Corpus {
        let mut corpus = corpus(&[("survey", interviews)]);
        let turns = corpus.transcripts.iter_mut().flat_map(|transcript| transcript.turns.iter_mut());
        for (number, turn) in turns.enumerate() {
            let column = if turn.role == Role::Interviewer { "question" } else { "answer" };
            let cell = Cell { row: number / 2 + 1, line: number / 2 + 2, column: column.into() };
            corpus.documents.push(Document { source: 0, cell: Some(cell), text: "".into(), is_missing: false });
            turn.document = corpus.documents.len() - 1;
        }
        corpus
    }

    /// Of 60 people all are asked the first two, a third of them the last.
    fn with_skips() -> Vec<Vec<String>> {
        let asked = |n: usize| {
            let skipped = n.is_multiple_of(3).then_some("Why did you stop?");
            ["What do you like?", "What is missing?"].into_iter().chain(skipped).map(String::from).collect()
        };
        (0..60).map(asked).collect()
    }

    #[test]
    fn a_question_beside_its_answers_is_one_however_few_were_asked_it() {
        let corpus = in_rows(with_skips());
        let (written, questions) = columns(&corpus, &asked_questions(&corpus)).unwrap();
        assert_eq!(written, Written::BesideAnswers);
        let asked: Vec<(&str, usize)> = questions.iter().map(|q| (q.wording.as_str(), q.asked[0].asked)).collect();
        assert_eq!(asked, [("What do you like?", 60), ("What is missing?", 60), ("Why did you stop?", 20)]);
    }

    #[test]
    fn what_a_few_were_asked_in_other_words_is_a_follow_up_of_the_survey() {
        let mut interviews = with_skips();
        interviews[0].push("And since when, roughly?".into());
        let corpus = in_rows(interviews);
        let (_, questions) = columns(&corpus, &asked_questions(&corpus)).unwrap();
        assert_eq!(questions.len(), 3);
    }

    #[test]
    fn interviews_in_rows_and_in_one_cell_are_no_survey() {
        let mut interviews = with_skips();
        for (number, interview) in interviews.iter_mut().enumerate().filter(|(number, _)| number % 4 == 0) {
            interview.push(format!("What did you mean by number {number}?"));
        }
        assert_eq!(written(&in_rows(interviews)), None, "a tenth are follow-ups");
        let mut corpus = in_rows(with_skips());
        for turn in corpus.transcripts.iter_mut().flat_map(|transcript| transcript.turns.iter_mut()) {
            turn.document = 1;
        }
        assert_eq!(written(&corpus), None, "question and answer are one text");
        assert_eq!(written(&self::corpus(&[("talk", with_skips())])), None, "no table");
        assert_eq!(written(&in_rows(vec![vec!["What do you like?".into()]; 60])), None, "one question");
    }
}
