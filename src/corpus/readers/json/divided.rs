//! Segments whose words are several speakers', as whisperX writes them.
//!
//! In: the text of a JSON file. Out: what was said, each segment divided where the speaker of its words changes; none
//! where no word has another speaker than its segment. A word without a speaker goes with the one before it.

use serde::Deserialize;
use serde_json::Value;

use super::super::recognisers::Recognised;
use super::super::said::Said;
use super::values::{label, seconds, stretch};

#[derive(Deserialize)]
struct Top {
    segments: Vec<Segment>,
}

#[derive(Deserialize)]
struct Segment {
    text: String,
    #[serde(default)]
    start: Value,
    #[serde(default)]
    speaker: Value,
    #[serde(default)]
    words: Vec<Word>,
}

#[derive(Deserialize)]
struct Word {
    word: String,
    #[serde(default)]
    start: Value,
    #[serde(default)]
    speaker: Value,
}

/// Takes segments apart whose words name other speakers; `None` for any other file.
pub(super) fn read(text: &str) -> Option<Recognised> {
    if !["\"segments\"", "\"words\"", "\"speaker\""].iter().all(|name| text.contains(name)) {
        return None;
    }
    let top: Top = serde_json::from_str(text).ok()?;
    let differs =
        |of: &Segment| of.words.iter().any(|word| !matches!(&word.speaker, Value::Null) && word.speaker != of.speaker);
    if !top.segments.iter().any(differs) {
        return None;
    }
    let said: Vec<Said> = top.segments.iter().flat_map(divide).filter(|said| !said.text.is_empty()).collect();
    (!said.is_empty()).then_some(Recognised { service: "whisperX", said })
}

/// The stretches of a segment, as its text writes them.
fn divide(segment: &Segment) -> Vec<Said> {
    let own = |word: &Word| Some(label(&word.speaker)).filter(|speaker| !speaker.is_empty());
    let mut speaker = segment.words.iter().find_map(own).unwrap_or_else(|| label(&segment.speaker));
    let mut start = seconds(&segment.start);
    let mut said = Vec::new();
    // Bytes of the text: where the stretch begins, and where the last word ends.
    let (mut begun, mut end) = (0, 0);
    for word in &segment.words {
        let text = word.word.trim();
        let Some(at) = segment.text[end..].find(text).map(|at| end + at) else { continue };
        if let Some(next) = own(word).filter(|next| *next != speaker) {
            said.push(stretch(speaker, segment.text[begun..at].trim().to_owned(), start));
            (speaker, start, begun) = (next, seconds(&word.start).or(start), at);
        }
        end = at + text.len();
    }
    said.push(stretch(speaker, segment.text[begun..].trim().to_owned(), start));
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(words: &str) -> Vec<(String, Option<f64>, String)> {
        let json = format!(
            r#"{{"segments": [{{"start": 1, "text": " Why bees? They came.", "speaker": "B", "words": [{words}]}},
            {{"start": 9, "text": "So.", "speaker": "B"}}]}}"#
        );
        let said = read(&json).map(|found| found.said).unwrap_or_default();
        said.into_iter().map(|said| (said.speaker, said.seconds, said.text)).collect()
    }

    #[test]
    fn segments_are_divided_where_the_speaker_changes() {
        let found = told(
            r#"{"word": "Why", "start": 1, "speaker": "A"}, {"word": "bees?"}, {"word": "They", "start": 3,
                "speaker": "B"},
            {"word": "came.", "start": 4, "speaker": "B"}"#,
        );
        let expected = [("A", 1.0, "Why bees?"), ("B", 3.0, "They came."), ("B", 9.0, "So.")];
        let expected = expected.map(|(who, start, text)| (who.to_owned(), Some(start), text.to_owned()));
        assert_eq!(found, expected);
    }

    #[test]
    fn words_of_their_segments_speaker_are_left_alone() {
        assert!(told(r#"{"word": "Why", "speaker": "B"}, {"word": "bees?"}, {"word": "They came."}"#).is_empty());
        assert!(told(r#"{"word": "Why"}, {"word": "bees?"}"#).is_empty());
    }
}
