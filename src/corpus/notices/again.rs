//! Lines that come again between turns in the same words, as the foot of each page does:
//! `CONFIDENTIAL – for research team only`.
//!
//! In: the turns of a talk. Out: the lines that stand alone in a paragraph three times or more, two of them last in a
//! turn, and that look like a heading: in capitals, or with a number or a dash between names. A sentence that somebody
//! says again is theirs, and a line with a number that rises is for [running heads](crate::corpus::running_heads).

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::RawTurn;
use super::words::speaks;

/// Longer lines are none, in bytes.
const LONGEST: usize = 120;
/// A line comes so often, and so often last in a turn.
const FEWEST: usize = 3;
const LAST: usize = 2;
/// Letters of a word in capitals that is no cry, and of a line of such.
const LOUD: usize = 6;
const LOUD_LINE: usize = 12;
/// Within titles.
const WITHIN: &[&str] = &["of", "the", "and", "with", "for", "in", "de", "la", "des", "der", "mit", "von", "et", "di"];

/// The lines that come again between turns.
pub(super) fn lines(turns: &[RawTurn]) -> HashSet<String> {
    let mut found: HashMap<&str, (usize, usize)> = HashMap::new();
    for turn in turns.iter().filter(|turn| turn.text.contains('\n')) {
        for range in paragraphs(&turn.text) {
            let is_last = range.end == turn.text.trim_end().len();
            let n = found.entry(&turn.text[range]).or_default();
            *n = (n.0 + 1, n.1 + usize::from(is_last));
        }
    }
    let comes_again = |(line, (all, last)): (&str, (usize, usize))| {
        (all >= FEWEST && last >= LAST && is_heading(line)).then(|| line.to_owned())
    };
    found.into_iter().filter_map(comes_again).collect()
}

/// Those of a text, where words stand above them.
pub(super) fn find<'t>(text: &'t str, again: &'t HashSet<String>) -> impl Iterator<Item = Range<usize>> + 't {
    paragraphs(if again.is_empty() { "" } else { text }).filter(move |range| again.contains(&text[range.clone()]))
}

/// The lines of a text below its first that stand alone between blank lines, or at its end, and may be headings.
fn paragraphs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    let mut has_blank_above = false;
    let mut lines = text.split('\n').peekable();
    std::iter::from_fn(move || {
        loop {
            let line = lines.next()?;
            let words = line.trim();
            let from = start + (line.len() - line.trim_start().len());
            let is_alone = has_blank_above && lines.peek().is_none_or(|below| below.trim().is_empty());
            has_blank_above = words.is_empty() && start > 0;
            start += line.len() + 1;
            if is_alone && may_be(words) {
                return Some(from..from + words.len());
            }
        }
    })
}

/// Whether a line is worth counting.
fn may_be(line: &str) -> bool {
    line.len() <= LONGEST
        && line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '[' | '(' | '*'))
        && line.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | ']' | '*'))
}

/// Whether a line looks like the heading of a page.
fn is_heading(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).collect();
    let n_loud = |text: &str| {
        if text.contains(char::is_lowercase) { 0 } else { text.chars().filter(|c| c.is_uppercase()).count() }
    };
    let is_of_title = |word: &&str| {
        let first = word.chars().find(|c| c.is_alphanumeric());
        WITHIN.contains(word) || first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
    };
    let is_loud = words.first().is_some_and(|word| n_loud(word) >= LOUD) || n_loud(line) >= LOUD_LINE;
    let is_parted = line.contains(|c: char| c.is_ascii_digit() || matches!(c, '–' | '—' | '|' | '·'));
    let is_title = words.len() > 1 && is_parted && words.iter().all(is_of_title);
    (is_loud || is_title) && !speaks(&line.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(text: &str) -> RawTurn {
        let span = 0..text.chars().count();
        RawTurn { speaker: "Tom".into(), document: 0, span, line: 1, times: Vec::new(), text: text.into() }
    }

    /// How many lines of three turns that end in a line come again, with words that tell the turns apart.
    fn again(line: &str) -> usize {
        let turns: Vec<RawTurn> = (1..=3).map(|n| turn(&format!("We left in {n}.\n\n{line}"))).collect();
        let again = lines(&turns);
        turns.iter().flat_map(|turn| find(&turn.text, &again).collect::<Vec<_>>()).count()
    }

    #[test]
    fn the_foot_of_each_page_comes_again_between_turns() {
        for line in [
            "CONFIDENTIAL – for research team only",
            "CONFIDENTIAL",
            "NOT FOR DISTRIBUTION",
            "VERTRAULICH – nur für das Forschungsteam",
            "Bees Project – Interview 14",
            "Hull Oral History | Tom Reed",
            "[CONFIDENTIAL]",
        ] {
            assert_eq!(again(line), 3, "{line}");
        }
        // Also where a page ends within an answer.
        let line = "BEES PROJECT, HULL";
        let turns = [
            turn(&format!("We left.\n\n{line}")),
            turn(&format!("So\n\n{line}\n\nwe left.")),
            turn(&format!("No.\n\n{line}")),
        ];
        assert_eq!(lines(&turns).len(), 1);
    }

    #[test]
    fn what_somebody_says_again_is_theirs() {
        for line in [
            "And so it goes",
            "Never again.",
            "NEVER AGAIN!",
            "HAHA",
            "OH MY GOD",
            "I LOVED IT THEN",
            "Thank you",
            "That was 1946",
            "it was confidential",
            "Tom Reed",
        ] {
            assert_eq!(again(line), 0, "{line}");
        }
        // Twice, or below no words of the turn, or headings of what somebody writes.
        let twice = [turn("So.\n\nCONFIDENTIAL"), turn("No.\n\nCONFIDENTIAL"), turn("CONFIDENTIAL")];
        assert!(lines(&twice).is_empty());
        let own = [1, 2, 3].map(|n| turn(&format!("So {n}.\n\nREASONS AND COSTS\n\nMany.")));
        assert!(lines(&own).is_empty());
    }
}
