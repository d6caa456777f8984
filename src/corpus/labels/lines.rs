//! A text as lines, and the labels that are found in them.
//!
//! In: a text. Out: its lines without what follows their words, the byte at which what is left of one starts, its words
//! in small letters, and [`Head`]s. It decides nothing: what is a label is for [`layouts`](super::layouts).

use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

use super::super::by_lines::ByLines;
use super::super::speakers::{Names, key};
use super::names::{clean, is_wide, valid_label};

/// A text as lines.
pub(super) struct Lines<'t> {
    pub(super) text: &'t str,
    pub(super) ranges: Vec<Range<usize>>,
    pub(super) names: &'t Names,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str, names: &'t Names) -> Self {
        Self { text, ranges: lines_of(text), names }
    }

    pub(super) fn line(&self, at: usize) -> &'t str {
        self.ranges.get(at).map_or("", |range| self.text[range.clone()].trim_end())
    }

    /// The byte at which what is left of a line starts.
    pub(super) fn byte(&self, at: usize, rest: &str) -> usize {
        let range = &self.ranges[at];
        range.start + self.line(at).len() - rest.len()
    }

    pub(super) fn is_name(&self, label: &str) -> bool {
        valid_label(label) || is_wide(label) || self.names.is_given(&key(label))
    }
}

/// The lines of a text from a byte on, with their ends, each behind the byte at which it starts.
pub(in crate::corpus) fn lines_from(text: &str, from: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut end = from;
    text[from..].by_whole_lines().map(move |line| {
        end += line.len();
        (end - line.len(), line)
    })
}

/// The bytes of the lines of a text, with their ends.
pub(in crate::corpus) fn lines_of(text: &str) -> Vec<Range<usize>> {
    lines_from(text, 0).map(|(start, line)| start..start + line.len()).collect()
}

/// The words of a text that start with a small letter; they are gathered when the first is asked for, which few texts
/// need.
pub(super) struct SmallWords<'t> {
    text: &'t str,
    words: OnceCell<HashSet<&'t str>>,
}

impl<'t> SmallWords<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, words: OnceCell::new() }
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        let words = || self.text.split(|c: char| !c.is_alphanumeric());
        self.words.get_or_init(|| words().filter(|word| word.starts_with(char::is_lowercase)).collect()).contains(word)
    }
}

/// A label and where its words start.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Head {
    /// Empty for what nobody says.
    pub(super) label: String,
    pub(super) seconds: Option<f64>,
    /// Byte at which the label's line starts, and at which its words do.
    pub(super) line: usize,
    pub(super) words: usize,
}

/// The label of a line, if it passes for a name, and that it takes one line; its words are the `rest` of it.
pub(super) fn head(
    lines: &Lines<'_>,
    at: usize,
    label: &str,
    seconds: Option<f64>,
    rest: &str,
) -> Option<(Head, usize)> {
    let label = clean(label);
    lines.is_name(label).then(|| {
        let words = lines.byte(at, rest);
        (Head { label: label.to_owned(), seconds, line: lines.ranges[at].start, words }, 1)
    })
}

/// Bytes of the dash or point of a list that a line starts with: `- Ann:`, `• Ann:`.
pub(super) fn bullet(line: &str) -> usize {
    let inner = line.trim_start();
    let words = inner.trim_start_matches(['-', '*', '•', '–', '‣', '◦', '·']);
    let mark = inner.len() - words.len();
    if mark > 0 && inner.chars().next().is_some_and(|c| mark == c.len_utf8()) && words.starts_with([' ', '\t']) {
        line.len() - words.trim_start().len()
    } else {
        0
    }
}
