//! How labels stand in a text: one a paragraph, or one a line.
//!
//! In: a text and the labels found in it. Out: the [`Habit`]. It finds no label itself.

use super::lines::Head;

/// Fewer labels show no habit.
const MIN_HEADS: usize = 4;

/// How labels stand in a text.
pub(super) struct Habit {
    /// Labels start paragraphs.
    pub(super) by_paragraph: bool,
    /// Nearly every line starts with one.
    pub(super) by_line: bool,
}

impl Habit {
    pub(super) fn of(text: &str, heads: &[Head]) -> Self {
        let n = heads.len();
        let blank = heads.iter().filter(|head| is_after_blank(text, head.line)).count();
        let from = heads.first().map_or(0, |first| first.line);
        let lines = text[from..].lines().filter(|line| !line.trim().is_empty()).count();
        Self { by_paragraph: n >= MIN_HEADS && blank * 10 >= n * 8, by_line: n >= MIN_HEADS && n * 10 >= lines * 7 }
    }
}

pub(super) fn is_after_blank(text: &str, at: usize) -> bool {
    text[..at].lines().next_back().is_none_or(|line| line.trim().is_empty())
}
