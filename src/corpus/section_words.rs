//! Headings that name a part of an interview by a word for it: `Part 2: Training`, `Section: Beginnings`, `Teil B`.
//!
//! In: a label without its colon, the words behind one, or a line. Out: whether it may be such a heading, as far as its
//! own words tell, and whether counts go on as those of parts do. It never decides that somebody did not say it: that
//! takes the whole text.

use super::label_key::{key, stem};
use super::lexicon::{INTERJECTIONS, SECTIONS};

/// Longer titles are none, in bytes and words.
const LONGEST: usize = 90;
const WORDS: usize = 8;
/// What parts the word from the title, beside a colon.
const SIGNS: [&str; 6] = [" – ", " — ", " - ", " | ", ". ", ") "];
/// Words for a part that are names of people, too.
const NAMES: [&str; 6] = ["del", "osa", "block", "blok", "tema", "teema"];
/// What titles begin with, and people as well.
#[rustfmt::skip]
const OPENS_TITLES: &[&str] = &[
    "the", "a", "an", "what", "how", "why", "when", "where", "who", "first", "now", "then", "good", "morning", "as",
];

/// What a label says of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The word for it, in the form in which labels are compared: `part` of `Part 2`.
    pub(super) word: String,
    /// Whether a number or a letter stands behind the word.
    pub(super) is_counted: bool,
}

impl Part {
    /// Whether somebody may be called so: `Del`, `Block`.
    pub(super) fn is_name(&self) -> bool {
        !self.is_counted && NAMES.contains(&self.word.as_str())
    }
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

/// Whether counts, in the order of the text, are those of parts: each above the one before or the first once more, and
/// most of them the next, unless some may lack. `2`, `3`; `1.1`, `1.2`, `2.1`; `B`, `C`; `II`, `III`.
pub(super) fn go_on(counts: &[&str], may_lack: bool) -> bool {
    [figures as fn(&str) -> Option<Vec<usize>>, letter, roman].iter().any(|read| {
        let read: Option<Vec<Vec<usize>>> = counts.iter().map(|count| read(count)).collect();
        read.is_some_and(|read| rises(&read, may_lack))
    })
}

fn rises(counts: &[Vec<usize>], may_lack: bool) -> bool {
    let first = counts.first().and_then(|count| count.first());
    let steps = || counts.windows(2).map(|pair| (&pair[1][..], &pair[0][..]));
    let n_next = steps().filter(|pair| is_next(pair.0, pair.1)).count();
    let n_rising = steps().filter(|(count, before)| count > before).count();
    first.is_some_and(|first| *first <= 2)
        && (if may_lack { n_rising > 0 } else { n_next > 0 && n_next * 2 >= steps().count() })
        && steps().all(|(count, before)| count > before || is_again(count, before))
}

/// Below `1.2` stand `1.3`, `1.2.1` and `2.1`.
fn is_next(count: &[usize], before: &[usize]) -> bool {
    let same = count.iter().zip(before).take_while(|(a, b)| a == b).count();
    count.get(same).is_some_and(|n| *n == before.get(same).map_or(1, |before| before + 1))
}

fn is_again(count: &[usize], before: &[usize]) -> bool {
    count < before && count.iter().all(|n| *n == 1)
}

fn figures(count: &str) -> Option<Vec<usize>> {
    count.split('.').map(|n| n.parse().ok()).collect()
}

fn letter(count: &str) -> Option<Vec<usize>> {
    let letter = count.bytes().next().filter(|b| count.len() == 1 && b.is_ascii_uppercase())?;
    Some(vec![usize::from(letter - b'A') + 1])
}

fn roman(count: &str) -> Option<Vec<usize>> {
    let worth = |letter: char| match letter {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        _ => None,
    };
    let worths: Vec<usize> = count.chars().map(worth).collect::<Option<_>>()?;
    let less: usize = worths.windows(2).filter(|pair| pair[0] < pair[1]).map(|pair| pair[0]).sum();
    (!worths.is_empty()).then(|| vec![worths.iter().sum::<usize>().saturating_sub(2 * less)])
}

/// The count behind the word for a part, in a line that [`heading`] reads: `2` of `**Part 2:** Training`.
pub(super) fn count(line: &str) -> Option<String> {
    let line = line.replace(['*', '_'], "");
    let line = line.trim();
    let by_sign = || SIGNS.iter().find_map(|sign| line.split_once(sign)).filter(|(label, _)| is_counted(label));
    let label = Some(line.trim_end_matches([':', '.'])).filter(|label| is_counted(label));
    let label = label.or_else(|| Some(line.split_once([':', '：']).or_else(by_sign)?.0))?;
    let key = key(label);
    let digits = &key[key.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
    let behind = if digits.is_empty() { label.trim().rsplit_once(' ')?.1 } else { digits };
    Some(behind.to_owned())
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

/// Whether a title begins as one: not with a small letter.
pub(super) fn opens(title: &str) -> bool {
    title.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase())
}

/// Whether words begin as what people say does, and titles hardly: `Yes`, `So we left`.
pub(super) fn opens_talk(title: &str) -> bool {
    let lower = title.to_lowercase();
    let first = lower.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    INTERJECTIONS.contains(&first) && !OPENS_TITLES.contains(&first)
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

    #[test]
    fn counts_of_parts_rise_one_by_one() {
        for counts in [
            &["1", "2"][..],
            &["2", "3", "4"],
            &["1", "2", "3", "5"],
            &["1", "2", "1", "2"],
            &["1.1", "1.2", "2.1"],
            &["B", "C"],
            &["I", "II", "III", "IV", "V"],
        ] {
            assert!(go_on(counts, false) && go_on(counts, true), "{counts:?}");
        }
        for counts in [
            &[][..],
            &["1"],
            &["3"],
            &["3", "4"],
            &["1", "3", "5"],
            &["1", "1", "1"],
            &["2", "1"],
            &["1", "B"],
            &["1990", "1991"],
        ] {
            assert!(!go_on(counts, false), "{counts:?}");
            let may_lack = counts == ["1", "3", "5"];
            assert_eq!(go_on(counts, true), may_lack, "{counts:?}");
        }
    }

    #[test]
    fn a_heading_has_its_count() {
        for (line, found) in [
            ("Part 2: Training", Some("2")),
            ("**Teil 12**", Some("12")),
            ("Chapter IV. The sea", Some("IV")),
            ("Teil B – Alltag", Some("B")),
        ] {
            assert_eq!(count(line).as_deref(), found, "{line}");
        }
    }
}
