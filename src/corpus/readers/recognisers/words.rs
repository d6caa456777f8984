//! Words that a recogniser lists one by one, whole or in pieces.
//!
//! In: words with their speakers. Out: what each speaker said in one go. It adds no word and drops none but the marks
//! by which a program says that somebody stopped.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::super::said::Said;
use super::{DeepgramWord, Scalar, Seconds, parse, stretch};

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

/// A word or a piece of one.
#[derive(Deserialize)]
struct Piece {
    text: String,
    #[serde(default)]
    start_ms: Seconds,
    #[serde(default)]
    speaker: Scalar,
}

/// What Soniox writes where somebody stopped.
const STOPS: [&str; 2] = ["<end>", "<fin>"];

/// Pieces of words with their speakers, spaces among them, as Soniox writes them: `My`, ` co`, `usin`; `None` for any
/// other list. Scripts without spaces have none.
pub(super) fn pieces(raw: &RawValue) -> Option<Vec<Said>> {
    let found: Vec<Piece> = parse(raw)?;
    let is_spaced = |piece: &Piece| piece.text.starts_with(' ') || piece.text.ends_with(' ');
    let needs_none = |piece: &Piece| !piece.text.contains(|c: char| c.is_lowercase() || c.is_uppercase());
    let are_whole = found.iter().any(is_spaced) || found.iter().all(needs_none);
    if !are_whole || !found.iter().any(|piece| piece.start_ms.0.is_some()) {
        return None;
    }
    let mut said: Vec<Said> = Vec::new();
    for piece in found.iter().filter(|piece| !STOPS.contains(&piece.text.trim())) {
        let speaker = piece.speaker.label();
        match said.last_mut().filter(|last| last.speaker == speaker) {
            Some(last) => last.text.push_str(&piece.text),
            None => said.push(stretch(speaker, piece.text.clone(), piece.start_ms.0.map(|ms| ms / 1000.0))),
        }
    }
    for stretch in &mut said {
        stretch.text = stretch.text.trim().to_owned();
    }
    Some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pieces_of: &[&str], more: &str) -> Option<Vec<(String, Option<f64>, String)>> {
        let piece = |(n, text): (usize, &&str)| {
            let who = if n < 4 { "1" } else { "2" };
            format!(r#"{{"text": "{text}", "speaker": "{who}"{}}}"#, more.replace("{n}", &(n * 500).to_string()))
        };
        let json = format!("[{}]", pieces_of.iter().enumerate().map(piece).collect::<Vec<_>>().join(", "));
        let raw: Box<RawValue> = serde_json::from_str(&json).unwrap();
        pieces(&raw).map(|said| said.into_iter().map(|said| (said.speaker, said.seconds, said.text)).collect())
    }

    #[test]
    fn pieces_of_words_become_words() {
        let pieces_of = ["Why", " be", "es", "?", "My", " co", "usin", ",", " oh", "<end>"];
        let expected = vec![
            ("Speaker 1".to_owned(), Some(0.0), "Why bees?".to_owned()),
            ("Speaker 2".to_owned(), Some(2.0), "My cousin, oh".to_owned()),
        ];
        assert_eq!(told(&pieces_of, r#", "start_ms": {n}"#), Some(expected));
        let signs = ["为什", "么", "养", "蜂？", "我", "的"];
        let said = told(&signs, r#", "start_ms": {n}"#).unwrap();
        assert_eq!((said[0].2.as_str(), said[1].2.as_str()), ("为什么养蜂？", "我的"));
    }

    #[test]
    fn words_without_spaces_or_times_are_no_pieces() {
        assert_eq!(told(&["Why", "bees", "here", "?", "They", "came"], r#", "start_ms": {n}"#), None);
        assert_eq!(told(&["Why", " bees", " here", "?", "They", " came"], ""), None);
    }
}
