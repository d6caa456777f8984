//! How words coded may be written beside how they were said.
//!
//! In: the words coded, as a table has them. Out: what else they may be: without quotation marks, a speaker's label and
//! dots around them, without the hyphens of line ends; or the parts between `[...]`. Whether any of it was said, and
//! where, is for [`rows`](super::rows) to find; what is written is tried first. It corrects no word.

use std::sync::LazyLock;

use regex::Regex;

use crate::corpus::words;

/// Words that must be left once a label or dots came off.
const LEFT: usize = 3;
/// Words that the parts between gaps must have together, so that a place is known by them.
const AROUND_GAPS: usize = 5;
/// Words of a label at most: `Dr Ann Hall`.
const LONGEST_LABEL: usize = 4;

/// A hyphen at the end of a line within a word.
static LINE_END: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(\p{L})[-‐\u{ad}][ \t]*\n\s*(\p{Ll})").ok());
/// Where words were left out.
static GAP: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\[\s*(?:…|\.\s?\.\s?\.)\s*\]|\(\s*(?:…|\.\s?\.\s?\.)\s*\)|…|\.\.\.").ok());

/// The words coded, and what else they may be; as they are written first.
pub(super) fn readings(excerpt: &str) -> Vec<String> {
    let mut found = vec![excerpt.to_owned()];
    let mut add = |text: String| {
        if !text.trim().is_empty() && !found.contains(&text) {
            found.push(text);
        }
    };
    for whole in joined_lines(excerpt) {
        let mut rest = whole.trim();
        add(whole.clone());
        // `JR: “One more pair …”`, in whichever order they stand.
        while let Some(bare) = without_quotes(rest).or_else(|| without_dots(rest)).or_else(|| without_label(rest)) {
            rest = bare;
            add(rest.to_owned());
        }
    }
    found
}

/// The parts of words coded of which some were left out; `None` where none were, or where they tell too little.
pub(super) fn parts_around_gaps(excerpt: &str) -> Option<Vec<String>> {
    let gap = GAP.as_ref()?;
    let bare = readings(excerpt).pop()?;
    let parts: Vec<String> =
        gap.split(&bare).map(|part| part.trim().to_owned()).filter(|part| words(part) > 0).collect();
    let enough = parts.len() > 1 && parts.iter().map(|part| words(part)).sum::<usize>() >= AROUND_GAPS;
    enough.then_some(parts)
}

/// As it stands, with words that a line end parts made whole, and with their hyphens kept (`half-hour`).
fn joined_lines(excerpt: &str) -> Vec<String> {
    let mut all = vec![excerpt.to_owned()];
    for form in LINE_END.iter().filter(|form| form.is_match(excerpt)) {
        all.extend(["$1$2", "$1-$2"].map(|joined| form.replace_all(excerpt, joined).into_owned()));
    }
    all
}

/// Words between quotation marks, or that begin or end with one that has no other.
fn without_quotes(text: &str) -> Option<&str> {
    let marks = ['"', '“', '”', '„', '«', '»', '‘', '’', '\''];
    let bare = text.trim_matches(|c: char| c.is_whitespace() || marks.contains(&c));
    (bare.len() < text.trim().len() && !bare.is_empty()).then_some(bare)
}

/// Words with dots around them for what stood before and behind.
fn without_dots(text: &str) -> Option<&str> {
    let gap = GAP.as_ref()?;
    let text = text.trim();
    let first = gap.find(text).filter(|found| found.start() == 0).map_or(0, |found| found.end());
    let last = gap.find_iter(text).last().filter(|found| found.end() == text.len() && found.start() >= first);
    let bare = text[first..last.map_or(text.len(), |found| found.start())].trim();
    (bare.len() < text.len() && words(bare) >= LEFT).then_some(bare)
}

/// Words behind a speaker's label: `JR: One more pair`.
fn without_label(text: &str) -> Option<&str> {
    let (label, said) = text.split_once(':')?;
    let is_label = (1..=LONGEST_LABEL).contains(&words(label)) && !label.contains(['.', '?', '!', '\n', ',']);
    let is_apart = said.starts_with(char::is_whitespace);
    (is_label && is_apart && words(said) >= LEFT).then_some(said.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_labels_and_dots_come_off_at_both_ends() {
        for (written, said) in [
            ("KL: the kettle is always on", "the kettle is always on"),
            ("“the kettle is always on”", "the kettle is always on"),
            ("…the kettle is always on…", "the kettle is always on"),
            ("KL: “… the kettle is always on [...]”", "the kettle is always on"),
            ("the ket-\ntle is always on", "the kettle is always on"),
            ("a half-\nhour walk", "a half-hour walk"),
        ] {
            assert!(readings(written).contains(&said.to_owned()), "{written}: {:?}", readings(written));
            assert_eq!(readings(written)[0], written, "as it is written comes first");
        }
    }

    #[test]
    fn words_that_are_no_label_stay() {
        for written in
            ["at 10:30 we open the doors", "We agreed on this, mostly: nobody works alone", "KL: yes", "plain words"]
        {
            assert_eq!(readings(written), [written], "{written}");
        }
    }

    #[test]
    fn what_stands_around_gaps_is_known_where_it_is_enough() {
        let parts = |text: &str| parts_around_gaps(text).unwrap_or_default().join("|");
        assert_eq!(parts("the kettle [...] is always on"), "the kettle|is always on");
        assert_eq!(parts("“the kettle (…) is always on”"), "the kettle|is always on");
        assert_eq!(parts("the kettle [...] on"), "");
        assert_eq!(parts("the kettle is always on"), "");
    }
}
