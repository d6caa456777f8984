//! Words that a recogniser lists one by one.
//!
//! In: words with their speakers. Out: what each speaker said in one go. It adds no word and drops none.

use serde_json::value::RawValue;

use super::super::said::Said;
use super::{DeepgramWord, parse, stretch};

/// Words one after the other as the stretches of their speakers.
#[derive(Default)]
pub(super) struct Words {
    pub(super) said: Vec<Said>,
}

impl Words {
    pub(super) fn say(&mut self, speaker: String, word: &str, seconds: Option<f64>) {
        match self.said.last_mut().filter(|last| last.speaker == speaker) {
            Some(last) => {
                last.text.push(' ');
                last.text.push_str(word.trim());
            }
            None => self.said.push(stretch(speaker, word.trim().to_owned(), seconds)),
        }
    }

    /// A mark that belongs to the word before it.
    pub(super) fn attach(&mut self, mark: &str) {
        if let Some(last) = self.said.last_mut() {
            last.text.push_str(mark);
        }
    }
}

/// A list of single words, each with its speaker, of whom there are several.
pub(super) fn single_words(raw: &RawValue) -> Option<Vec<Said>> {
    let found: Vec<DeepgramWord> = parse(raw)?;
    let mut words = Words::default();
    for word in found {
        let text = word.punctuated_word.as_deref().unwrap_or(&word.word).trim();
        let label = word.speaker.label();
        if label.is_empty() || text.contains(char::is_whitespace) {
            return None;
        }
        words.say(label, text, word.start.0);
    }
    let several = words.said.first().is_some_and(|first| words.said.iter().any(|said| said.speaker != first.speaker));
    several.then_some(words.said)
}
