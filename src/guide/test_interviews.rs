//! Interviews made up for the tests of the guide: questions only, with vectors of their words.

use std::collections::HashMap;

use ndarray::Array1;
use unicode_segmentation::UnicodeSegmentation;

use super::{CLOSINGS, GREETINGS, asked_questions};
use crate::corpus::{Answer, Corpus, Document, Role, Source, Transcript, Turn};

/// Interviews as lists of questions; every answer is the same words.
pub fn corpus(studies: &[(&str, Vec<Vec<String>>)]) -> Corpus {
    let mut corpus = Corpus::default();
    corpus.sources.push(Source {
        path: "made up".into(),
        layout: None,
        format: "text".into(),
        blake3: String::new(),
        bytes: 0,
        encoding: "UTF-8".into(),
        line_ends: None,
        mojibake_repaired: 0,
    });
    corpus.documents.push(Document { source: 0, cell: None, text: "".into(), is_missing: false });
    for (study, interviews) in studies {
        for (number, questions) in interviews.iter().enumerate() {
            let turn = |role, text: &str| Turn {
                speaker: "".into(),
                role,
                document: 0,
                span: 0..0,
                line: 1,
                times: [].into(),
                text: text.into(),
            };
            let turns: Vec<Turn> = questions
                .iter()
                .flat_map(|q| [turn(Role::Interviewer, q), turn(Role::Participant, "An answer of several words.")])
                .collect();
            for n in 0..questions.len() {
                corpus.answers.push(Answer {
                    transcript: corpus.transcripts.len(),
                    turn: 2 * n + 1,
                    participant: format!("p{number}").into(),
                    number: n + 1,
                    question_turns: [2 * n].into(),
                });
            }
            corpus.transcripts.push(Transcript {
                language: None,
                study: (*study).into(),
                id: format!("p{number}").into(),
                person: None,
                turns,
                speakers: [].into(),
            });
        }
    }
    corpus
}

/// Words as dimensions: wordings are as near as they share words.
pub struct WordVectors {
    dimension_of: HashMap<String, usize>,
}

impl WordVectors {
    /// Of the words of a corpus's questions, of other texts, and of those that greet and close.
    pub fn of(corpus: &Corpus, others: &[&str]) -> Self {
        let mut dimension_of: HashMap<String, usize> = HashMap::new();
        let asked = asked_questions(corpus);
        let texts =
            asked.iter().flat_map(|question| question.candidates.iter()).map(|candidate| candidate.text.as_str());
        for text in texts.chain(others.iter().copied()).chain(GREETINGS).chain(CLOSINGS) {
            for word in text.to_lowercase().unicode_words() {
                let next = dimension_of.len();
                dimension_of.entry(word.to_string()).or_insert(next);
            }
        }
        Self { dimension_of }
    }

    /// Unit length; other words are left out.
    pub fn vector(&self, text: &str) -> Array1<f32> {
        let mut vector = Array1::<f32>::zeros(self.dimension_of.len());
        for word in text.to_lowercase().unicode_words() {
            if let Some(&dimension) = self.dimension_of.get(word) {
                vector[dimension] += 1.0;
            }
        }
        let norm = vector.dot(&vector).sqrt().max(f32::MIN_POSITIVE);
        vector / norm
    }
}
