//! Who speaks in a hearing or a debate, before a point: `Mr. Hale. words`, `The Chair. words`, `M. Jean Morel. words`,
//! `ANNA VILLA, presidente. words`, and names in capitals as [`points`](super::points) reads them.
//!
//! In: a line of a text. Out: its label, if it may be one: a title and a name, who presides, or a name in capitals with
//! what the person is. Whether the text is laid out so is for [`layouts`](super::layouts); `Mr. Hale. He was late.` once
//! is said.

use super::super::lexicon::PARTICLES;
use super::super::speakers::key;
use super::lines::{Head, Lines};
use super::points::capitals;

/// Titles in front of a name, without their points.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lord", "lady", "rev", "m", "mm", "mme", "mlle", "sr",
    "sra", "srta", "sr.ª", "dott", "on", "herr", "frau", "abg", "senator", "representative", "delegate", "councillor",
    "chairman", "chairwoman", "chair", "chairperson", "commissioner", "secretary", "governor", "ambassador",
];
/// What somebody is called between a title and the name: `M. le président Jean Morel`.
#[rustfmt::skip]
const OFFICES: &[&str] = &[
    "le", "la", "président", "présidente", "vice-président", "vice-présidente", "rapporteur", "rapporteure", "ministre",
    "secrétaire",
];
/// Who presides or serves, without a name.
#[rustfmt::skip]
const PRESIDING: &[&str] = &[
    "the chair", "the chairman", "the chairwoman", "the chairperson", "the speaker", "the president", "the clerk",
    "the presiding officer", "the vice chair", "the vice chairman", "le président", "la présidente", "the commissioner",
    "el presidente", "la presidenta", "der vorsitzende", "die vorsitzende", "the witness",
];
/// The longest label, in bytes, and the most words of one.
const LONGEST: usize = 120;
const MAX_WORDS: usize = 7;

/// Whether a label, in the form in which they are compared, is that of who presides: `the chair`.
pub(super) fn presides(key: &str) -> bool {
    PRESIDING.contains(&key)
}

/// The label that a line starts with before a point.
pub(super) fn before_point(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    capitals(lines, at).or_else(|| {
        let (label, words) = split(lines.line(at).trim_start())?;
        let words = lines.byte(at, words);
        Some((Head { label: label.to_owned(), seconds: None, line: lines.ranges[at].start, words }, 1))
    })
}

/// The label in front of the first point behind which words begin, and those words.
fn split(line: &str) -> Option<(&str, &str)> {
    if !line.starts_with(char::is_uppercase) {
        return None;
    }
    let ends = line.match_indices(". ").map(|(end, _)| end).take_while(|&end| end <= LONGEST);
    ends.filter_map(|end| Some((label_of(&line[..end])?, &line[end + 1..])))
        .find(|(_, words)| words.trim_start().starts_with(|c: char| !c.is_lowercase()))
}

/// The label in what stands before a point; of `ANNA VILLA, presidente` the name.
fn label_of(before: &str) -> Option<&str> {
    let name = before.strip_suffix(')').and_then(|name| name.rsplit_once(" (")).map_or(before, |(name, _)| name);
    if presides(&key(name)) || is_titled(name) {
        return Some(before);
    }
    let (name, what) = before.split_once(", ")?;
    let is_what = what.chars().all(|c| c.is_alphanumeric() || " .,'’()-".contains(c));
    (is_what && is_in_capitals(name)).then_some(name)
}

/// `Mr. Hale`, `Chairman HALE`, `M. le président Jean Morel`
fn is_titled(name: &str) -> bool {
    let Some((title, rest)) = name.split_once(' ') else { return false };
    let words: Vec<&str> = rest.split_whitespace().collect();
    let is_small = |word: &str| PARTICLES.contains(&word) || OFFICES.contains(&word);
    let is_word = |word: &str| {
        let is_name =
            word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || ".'’-".contains(c));
        is_name || is_small(word)
    };
    let last = words.last().map_or("", |word| word.trim_end_matches('.'));
    TITLES.contains(&title.trim_end_matches('.').to_lowercase().as_str())
        && (1..MAX_WORDS).contains(&words.len())
        && words.iter().all(|word| is_word(word))
        && last.chars().count() > 1
        && !PARTICLES.contains(&last)
        && !TITLES.contains(&last.to_lowercase().as_str())
}

/// `ANNA VILLA`: two words or more of capitals.
fn is_in_capitals(name: &str) -> bool {
    let words = name.split_whitespace().count();
    (2..MAX_WORDS).contains(&words) && name.chars().all(|c| c.is_uppercase() || " .'’-".contains(c))
}

#[cfg(test)]
mod tests {
    use super::super::tests::labels;
    use super::*;

    fn talk(asks: &str, answers: &str) -> String {
        (0..5).map(|n| format!("{asks} What of year {n}?\n\n{answers} It rained all day long.\n\n")).collect()
    }

    #[test]
    fn titles_and_names_before_a_point_are_labels() {
        for (asks, answers) in [
            ("The Chair.", "Mr. Hale."),
            ("Chairman HALE.", "Ms. ROSS."),
            ("M. le président Jean Hale.", "Mme Anne Ross (GDR)."),
            ("Senator Hale.", "Dr. J. Ross."),
            ("PRESIDENTE.", "ANNA ROSS, presidente dell'Unione."),
        ] {
            let answers_label = answers.trim_end_matches('.').split(", ").next().unwrap();
            let found = labels(&talk(asks, answers));
            assert_eq!(found, [asks.trim_end_matches('.'), answers_label].repeat(5), "{asks}");
        }
        // Three who ask, and lines that the page broke.
        let three = "    The Chair. What of it?\n    Mr. Hale. It rained\nall day.\n    Mr. Ross. And then?\n    \
                     Mr. Hale. It went on raining.\n";
        assert_eq!(labels(&three.repeat(3)), ["The Chair", "Mr. Hale", "Mr. Ross", "Mr. Hale"].repeat(3));
    }

    #[test]
    fn what_is_told_of_somebody_is_none() {
        let told = "I: What of it?\n\nP: It was him.\n\nMr. Hale. He was always late.\n\n";
        assert_eq!(labels(&told.repeat(4)), ["I", "P"].repeat(4));
        for line in
            ["Mr. Hale was late. He came.", "The chair. It broke.", "Mr. J. So.", "Dr. Prof. So.", "M. So it was."]
        {
            assert!(split(line).is_none() || line.starts_with("The chair"), "{line}");
        }
    }
}
