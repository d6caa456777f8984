//! What is counted of every speaker: turns, words, questions, requests without a question mark, and greetings.
//!
//! In: turns as label and words, and the lines they stand on. Out: a [`Speaker`] for each label. It looks at the end of a
//! turn, at how its sentences begin, and at nothing else that is said, and decides nothing.

use std::collections::HashMap;

use super::super::marks::without_length;
use super::super::prompts;
use super::{greetings, question_words};

/// What is known of a label before its role is decided.
#[derive(Clone, Debug, Default)]
pub(crate) struct Speaker {
    /// As first written; empty for text before the first label.
    pub(crate) label: String,
    /// The line of the first turn, where turns stand on lines.
    pub(crate) line: Option<usize>,
    /// Turns under the label.
    pub(crate) turns: usize,
    /// Turns that end in a question.
    pub(crate) asking: usize,
    /// Those of them that somebody else's turn follows.
    pub(crate) answered: usize,
    /// Turns right behind somebody else's question, and the same by the place of who asks it.
    pub(crate) replies: usize,
    pub(crate) replies_to: HashMap<usize, usize>,
    /// Turns right behind those of others, by their places.
    pub(crate) behind: HashMap<usize, usize>,
    /// How often the speaker comes in again after two turns of others.
    pub(crate) visits: usize,
    /// Turns that ask for words without a question, as in `Tell me about it`, or thank for the talk.
    pub(crate) prompts: usize,
    /// Turns that do neither, and greet, thank, or give the floor to somebody.
    pub(crate) greets: usize,
    /// Bytes said.
    pub(crate) said: usize,
    /// Whether the first turn is this speaker's, and the last.
    pub(crate) opens: bool,
    pub(crate) closes: bool,
}

impl Speaker {
    /// The share of turns that end in a question.
    pub(super) fn asking_share(&self) -> f64 {
        self.share(self.asking)
    }

    /// Turns right behind a question of somebody at one of these places.
    pub(super) fn replies_to(&self, places: &[usize]) -> usize {
        places.iter().filter_map(|place| self.replies_to.get(place)).sum()
    }

    /// Turns that end in a question or ask for words without one.
    pub(super) fn requests(&self) -> usize {
        self.asking + self.prompts
    }

    /// Turns that do something else than ask or greet.
    pub(super) fn tells(&self) -> usize {
        self.turns.saturating_sub(self.requests() + self.greets)
    }

    /// The share of those that ask.
    pub(super) fn request_share(&self) -> f64 {
        self.share(self.requests())
    }

    fn share(&self, of: usize) -> f64 {
        if self.turns == 0 { 0.0 } else { of as f64 / self.turns as f64 }
    }
}

/// What is known of every speaker, in order of first appearance, from the turns as label and words.
pub(crate) fn speakers<'t>(turns: impl Iterator<Item = (&'t str, &'t str)>) -> Vec<Speaker> {
    let mut found: Vec<Speaker> = Vec::new();
    let mut place: HashMap<&str, usize> = HashMap::new();
    let mut last: Option<(usize, bool)> = None; // the turn above: whose it is, whether it asks
    let mut before: Option<usize> = None; // whose the one above that is
    for (label, text) in turns {
        let at = *place.entry(label).or_insert_with(|| {
            found.push(Speaker { label: label.to_owned(), ..Speaker::default() });
            found.len() - 1
        });
        let asks = ends_in_question(text);
        found[at].turns += 1;
        found[at].asking += usize::from(asks);
        found[at].said += text.len();
        let prompts = !asks && prompts::asks_for_words(text);
        found[at].prompts += usize::from(prompts);
        found[at].greets += usize::from(!asks && !prompts && greetings::is_one(text));
        if label.is_empty() {
            continue;
        }
        match last {
            Some((above, true)) if above != at => {
                found[above].answered += 1;
                found[at].replies += 1;
                *found[at].replies_to.entry(above).or_default() += 1;
            }
            None => found[at].opens = true,
            _ => {}
        }
        let above = last.map(|(above, _)| above);
        if let Some(above) = above.filter(|&above| above != at) {
            *found[at].behind.entry(above).or_default() += 1;
        }
        found[at].visits += usize::from(above != Some(at) && before != Some(at));
        (before, last) = (above, Some((at, asks)));
    }
    if let Some((at, _)) = last {
        found[at].closes = true;
    }
    found
}

/// Tells speakers the lines of their first turns, from the turns as label and line. Layouts without lines put all on the
/// first.
pub(crate) fn place<'t>(speakers: &mut [Speaker], turns: impl Iterator<Item = (&'t str, usize)>) {
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut has_lines = false;
    for (label, line) in turns {
        first.entry(label).or_insert(line);
        has_lines |= line > 1;
    }
    for speaker in speakers.iter_mut().filter(|_| has_lines) {
        speaker.line = first.get(speaker.label.as_str()).copied();
    }
}

/// Marks that end a question.
const MARKS: [char; 8] = ['?', '？', '؟', '﹖', '፧', '⁇', '⁈', '⁉'];
/// The same in Greek, where what looks like a semicolon asks.
const GREEK_MARKS: [char; 2] = [';', '\u{37e}'];

/// Whether a turn ends by asking.
pub(crate) fn ends_in_question(text: &str) -> bool {
    let text = without_time(without_length(text.trim_end())).unwrap_or(text);
    let end = text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.' && !MARKS.contains(&c));
    end.ends_with(MARKS) || ends_in_greek_mark(text) || question_words::asks(text)
}

/// Whether a title or a sentence ends in a question mark itself, with nothing but spaces behind it, or asks by a word.
pub(crate) fn ends_in_question_mark(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with(MARKS)
        || (text.ends_with(GREEK_MARKS) && ends_in_greek_mark(text))
        || question_words::asks(text.trim_end_matches(['。', '։']))
}

/// Whether words, but for quotes and brackets, end in the mark by which Greek asks.
fn ends_in_greek_mark(text: &str) -> bool {
    let end = text.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»)]*_".contains(c));
    end.strip_suffix(GREEK_MARKS).is_some_and(is_greek)
}

/// Whether the last letter is a Greek one, with nothing but quotes behind it.
fn is_greek(text: &str) -> bool {
    let end = text.trim_end_matches(['"', '”', '’', '»', ')']);
    end.ends_with(|c: char| c.is_alphabetic() && matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}'))
}

/// Words without the time in brackets, or on a line of its own, that stands behind them.
fn without_time(text: &str) -> Option<&str> {
    let closed = text.ends_with([')', ']', '}']);
    if !closed && !text.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let start = if closed { text.rfind(['(', '[', '{'])? } else { text.rfind('\n')? };
    let inner = text[start + 1..].trim_end_matches([')', ']', '}']).trim();
    let is_time = inner.contains(':') && inner.chars().all(|c| c.is_ascii_digit() || ":.,-–— ".contains(c));
    is_time.then(|| text[..start].trim_end())
}

/// The sentences within words that ask; the mark within an address is none.
pub(crate) fn questions(text: &str) -> usize {
    let ends = |below: &str| {
        let next = below.trim_start_matches(MARKS).chars().next();
        next.is_none_or(|c| !c.is_alphanumeric() && c != '=' && c != '&')
    };
    let is_mark = |at: usize, c: char| MARKS.contains(&c) || (GREEK_MARKS.contains(&c) && is_greek(&text[..at]));
    let asks = |word: &str| word.chars().any(char::is_alphanumeric);
    let mut count = 0;
    let mut from = 0;
    for (at, mark) in text.char_indices().filter(|&(at, c)| is_mark(at, c)) {
        let is_end = (!mark.is_ascii() && !GREEK_MARKS.contains(&mark)) || ends(&text[at + mark.len_utf8()..]);
        count += usize::from(is_end && asks(&text[from..at]));
        from = at;
    }
    count
}
