//! Headings that name a part of an interview by a word for it: `Part 2: Training`, `Section: Beginnings`, `Teil B`.
//!
//! In: a label without its colon, the words behind one, or a line. Out: whether it may be such a heading, as far as its
//! own words tell. It never decides that somebody did not say it: that takes the whole text.

use super::label_key::{key, stem};
use super::lexicon::SECTIONS;

/// Longer titles are none, in bytes and words.
const LONGEST: usize = 90;
const WORDS: usize = 8;
/// What parts the word from the title, beside a colon.
const SIGNS: [&str; 6] = [" – ", " — ", " - ", " | ", ". ", ") "];

/// What a label says of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The word for it, in the form in which labels are compared: `part` of `Part 2`.
    pub(super) word: String,
    /// Whether a number or a letter stands behind the word.
    pub(super) is_counted: bool,
}

/// Reads a label as a word for a part, with its number: `Part`, `Section 2`, `Teil B`, `Chapter IV`.
pub(super) fn part(label: &str) -> Option<Part> {
    let key = key(label);
    let stem = stem(&key);
    let lettered = || label.trim().rsplit_once(' ').filter(|(_, count)| is_letter(count));
    let word = match lettered() {
        _ if stem.len() < key.len() => stem.to_owned(),
        Some((word, _)) => self::key(word),
        None => key.clone(),
    };
    let is_counted = word.len() < key.len();
    SECTIONS.contains(&word.as_str()).then_some(Part { word, is_counted })
}

/// Whether parts are counted so: `B`, `IV`.
pub(super) fn is_letter(count: &str) -> bool {
    let is_one = count.len() == 1 && count.bytes().all(|b| b.is_ascii_uppercase());
    is_one || ((1..=4).contains(&count.len()) && count.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')))
}

/// Reads a line as a heading that names a part. The title stands behind a colon or a dash, and may lack where a number
/// stands there. Asterisks around words are no part of it.
pub(super) fn heading(line: &str) -> Option<Part> {
    let line = line.replace(['*', '_'], "");
    let line = line.trim();
    if let Some(whole) = part(line.trim_end_matches([':', '.'])).filter(|whole| whole.is_counted) {
        return Some(whole);
    }
    let by_sign = || SIGNS.iter().find_map(|sign| line.split_once(sign)).filter(|(label, _)| is_counted(label));
    let (label, title) = line.split_once([':', '：']).or_else(by_sign)?;
    part(label).filter(|_| is_title(title))
}

fn is_counted(label: &str) -> bool {
    part(label).is_some_and(|part| part.is_counted)
}

/// Whether words are short and lack the end of a sentence, as titles do.
pub(super) fn is_title(words: &str) -> bool {
    let words = words.trim().trim_end_matches([')', ']', '”', '"', '’', '»', ':']);
    let n_words = words.split_whitespace().count();
    words.len() <= LONGEST && (1..=WORDS).contains(&n_words) && words.ends_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_for_a_part_heads_its_title() {
        for (line, word, is_counted) in [
            ("Part 2: Training", "part", true),
            ("Section: Beginnings", "section", false),
            ("**Thema:** Der Anfang", "thema", false),
            ("Teil B – Alltag", "teil", true),
            ("Chapter IV. The sea", "chapter", true),
            ("Theme 3", "theme", true),
            ("Themenblock 2:", "themenblock", true),
            ("Bölüm: Başlangıç", "bölüm", false),
        ] {
            let expected = Part { word: word.to_owned(), is_counted };
            assert_eq!(heading(line), Some(expected), "{line}");
        }
    }

    #[test]
    fn what_is_said_heads_nothing() {
        for line in [
            "Part of it: yes",
            "Part two: after the move",
            "Section: we never got there.",
            "Theme",
            "Part: did you?",
            "Topic – the sea",
            "Tom 2: Training",
            "Block: I was born there and never left the place at all",
            "",
        ] {
            assert_eq!(heading(line), None, "{line}");
        }
    }
}
