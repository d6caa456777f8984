//! The questions inside the interviewer's turns.
//!
//! In: interviewer turns. Out: for each answer, the wordings that may be a guide question: the
//! whole question at the end of the turn, and each of its sentences. Acknowledgements before the
//! question ("That sounds tiring.") are left out.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::corpus::{Corpus, sentences, words};

/// One way to word what an answer was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The wording, a slice of the interviewer's turn with white space folded.
    pub text: String,
}

/// What one answer was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Index into [`Corpus::answers`].
    pub answer: usize,
    /// The whole question first, then its single sentences where it has several.
    pub candidates: Arc<[Candidate]>,
}

/// A question's longest sentence that is worth comparing on its own: shorter ones ("How so?",
/// "Why?") fit every interview.
const MIN_WORDS_ALONE: usize = 5;

/// For each answer that an interviewer's words precede, what it was asked.
pub fn asked_questions(corpus: &Corpus) -> Vec<Asked> {
    // A guide is asked of everybody: the same words are cut once.
    let mut number_of: HashMap<String, usize> = HashMap::new();
    let number = |answer| {
        let next = number_of.len();
        *number_of.entry(corpus.question_text(answer)).or_insert(next)
    };
    let numbers: Vec<usize> = corpus.answers.iter().map(number).collect();
    let mut texts: Vec<(String, usize)> = number_of.into_iter().collect();
    texts.sort_unstable_by_key(|&(_, number)| number);
    let candidates: Vec<Arc<[Candidate]>> = texts.par_iter().map(|(text, _)| wordings(text).into()).collect();
    let asked = |(answer, number): (usize, usize)| Asked { answer, candidates: Arc::clone(&candidates[number]) };
    let all = numbers.into_iter().enumerate().map(asked);
    all.filter(|asked| !asked.candidates.is_empty()).collect()
}

/// What may be asked in an interviewer's words before an answer: the last run of sentences that end
/// in `?`, and each of them; else the last sentence.
pub fn wordings(turn: &str) -> Vec<Candidate> {
    let all: Vec<&str> = sentences(turn).into_iter().map(|range| &turn[range]).collect();
    let asks = |sentence: &&str| {
        sentence.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’)*_".contains(c)).ends_with(['?', '？', '؟'])
    };
    let Some(last) = all.iter().rposition(asks) else {
        return all.last().map(|sentence| candidate(sentence)).into_iter().collect();
    };
    let first = all[..last].iter().rposition(|sentence| !asks(sentence)).map_or(0, |at| at + 1);
    let run = &all[first..=last];
    let mut found = vec![candidate(&run.join(" "))];
    if run.len() > 1 {
        found.extend(run.iter().filter(|sentence| words(sentence) >= MIN_WORDS_ALONE).map(|s| candidate(s)));
    }
    found
}

fn candidate(text: &str) -> Candidate {
    Candidate { text: text.split_whitespace().collect::<Vec<_>>().join(" ") }
}

/// For each answer its place in the transcript: 0 the first, 1 the last.
pub(super) fn places(corpus: &Corpus) -> Vec<f64> {
    let of_transcripts = corpus.answers.chunk_by(|a, b| a.transcript == b.transcript);
    of_transcripts.flat_map(|own| (0..own.len()).map(move |at| at as f64 / (own.len() - 1).max(1) as f64)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(turn: &str) -> Vec<String> {
        wordings(turn).into_iter().map(|candidate| candidate.text).collect()
    }

    #[test]
    fn the_acknowledgement_is_left_out() {
        assert_eq!(
            texts("That sounds tiring. I see.\n\nAnd what frustrates you about it?"),
            ["And what frustrates you about it?"]
        );
    }

    #[test]
    fn several_questions_are_tried_together_and_alone() {
        let found = texts("Thanks. How would you describe the collaboration? Who is driving the decisions here?");
        assert_eq!(
            found,
            [
                "How would you describe the collaboration? Who is driving the decisions here?",
                "How would you describe the collaboration?",
                "Who is driving the decisions here?",
            ]
        );
    }

    #[test]
    fn a_request_without_a_question_mark_counts() {
        assert_eq!(texts("Great. Tell me about your work."), ["Tell me about your work."]);
        assert!(texts("").is_empty());
    }

    #[test]
    fn words_after_the_question_do_not_hide_it() {
        assert_eq!(texts("What changed? Take your time."), ["What changed?"]);
    }
}
