//! How labels stand in a text: one a paragraph, or one a line.
//!
//! In: a text and the labels found in it. Out: the [`Habit`], and what starts without a label. It finds no label itself.

use super::super::by_lines::ByLines;
use super::lines::{Head, lines_from};

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
        let lines = text[from..].by_lines().filter(|line| !line.is_blank()).count();
        Self { by_paragraph: n >= MIN_HEADS && blank * 10 >= n * 8, by_line: n >= MIN_HEADS && n * 10 >= lines * 7 }
    }
}

pub(super) fn is_after_blank(text: &str, at: usize) -> bool {
    let above = text[..at].strip_suffix('\n').unwrap_or(&text[..at]);
    // No further than to the last word, as a line may be long and hold many labels.
    let above = above.trim_end_matches(|c: char| c.is_whitespace() && c != '\n');
    above.is_empty() || above.ends_with('\n')
}

/// Whether a label stands on a line of its own, above its words.
pub(super) fn is_above(text: &str, head: &Head) -> bool {
    text[head.words..].by_lines().next().is_none_or(|rest| rest.is_blank())
}

/// Whether the line at a byte is that of a label.
pub(super) fn is_head(heads: &[Head], at: usize) -> bool {
    heads.binary_search_by_key(&at, |head| head.line).is_ok()
}

/// The paragraphs below the first label that start without one, or the lines where each is a turn: the first byte and
/// the line.
pub(super) fn unlabelled<'t>(text: &'t str, heads: &[Head], by_paragraph: bool) -> Vec<(usize, &'t str)> {
    let from = heads.first().map_or(0, |first| first.line);
    let opens = |at: usize| !by_paragraph || is_after_blank(text, at);
    let lines = lines_from(text, from).filter(|(_, line)| !line.is_blank());
    lines.filter(|&(at, _)| !is_head(heads, at) && opens(at)).collect()
}

/// Whether so many paragraphs, or lines, without a label are one or a few beside those with one.
pub(super) fn are_hardly_any(unlabelled: usize, labelled: usize) -> bool {
    unlabelled <= (labelled / 10).max(1)
}
