//! A table of contents that somebody typed above a talk: `Childhood<tab>2`, `At work: The first day ........ 4`.
//!
//! In: the turns of a talk. Out: the turns that such lines were taken for, and the titles that stand again between turns.
//! They are contents where three or more stand above all that is said, each ends in dots, a tab or spaces and a number,
//! numbers never fall, and nobody speaks under their labels but in such titles. It reads no line below those.

use std::collections::HashSet;

use super::super::by_lines::ByLines;
use super::{RawTurn, SPEAKER};

/// Lines of contents, at least.
const LINES: usize = 3;
/// Longer titles are none, in bytes.
const LONGEST: usize = 160;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// The labels under which nothing else stands.
    labels: HashSet<String>,
    /// In small letters.
    titles: HashSet<String>,
}

impl Contents {
    /// Whether a turn is part of the contents, or a title of theirs.
    pub(super) fn has(&self, speaker: &str) -> bool {
        self.labels.contains(speaker)
    }

    /// The title with which the text of a turn ends, below words of it.
    pub(super) fn title_at_end(&self, text: &str) -> Option<std::ops::Range<usize>> {
        let end = text.trim_end().len();
        let start = text[..end].rfind('\n')? + 1;
        let line = &text[start..end];
        (!self.titles.is_empty() && line.len() <= LONGEST && self.titles.contains(&line.trim().to_lowercase()))
            .then_some(start..end)
    }
}

/// The contents above a talk.
pub(super) fn find(turns: &[RawTurn], is_somebody: &dyn Fn(&str) -> bool) -> Contents {
    let mut found = Contents::default();
    let mut pages: Vec<usize> = Vec::new();
    let mut end = 0;
    for turn in turns {
        let own = entries(turn);
        let is_labelled = !turn.speaker.is_empty() && &*turn.speaker != SPEAKER;
        if is_labelled && (own.is_empty() || is_somebody(&turn.speaker)) {
            break;
        }
        end += 1;
        if is_labelled {
            found.labels.insert(turn.speaker.to_string());
        }
        for (title, page) in own {
            found.titles.insert(title);
            pages.push(page);
        }
    }
    let rises = pages.is_sorted() && pages.first() < pages.last();
    let is_title = |turn: &RawTurn| {
        found.titles.contains(&titled(&turn.speaker, turn.text.trim()).to_lowercase())
            || found.titles.contains(&turn.speaker.to_lowercase()) && turn.text.is_blank()
    };
    let speaks_below = || turns[end..].iter().any(|turn| found.labels.contains(&*turn.speaker) && !is_title(turn));
    if found.labels.is_empty() || pages.len() < LINES || !rises || speaks_below() {
        return Contents::default();
    }
    found
}

/// The lines of contents that a turn begins with, or, where nobody is named, all of its.
fn entries(turn: &RawTurn) -> Vec<(String, usize)> {
    let is_labelled = !turn.speaker.is_empty();
    let first = turn.text.by_lines().next().unwrap_or_default();
    let of_label = || {
        let (title, page) = entry(first)?;
        Some((titled(&turn.speaker, &title).to_lowercase(), page))
    };
    let mut found: Vec<(String, usize)> = Vec::new();
    if is_labelled {
        let Some(own) = of_label() else { return found };
        found.push(own);
    }
    let rest = turn.text.by_lines().skip(usize::from(is_labelled)).filter_map(entry);
    found.extend(rest.filter(|(title, _)| !title.is_empty()).map(|(title, page)| (title.to_lowercase(), page)));
    found
}

/// A title with the label in front that it was taken for.
fn titled(label: &str, title: &str) -> String {
    if title.is_empty() { label.to_owned() } else { format!("{label}: {title}") }
}

/// The title and the page of `The first day ...... 4`, also where nothing is left of the title.
fn entry(line: &str) -> Option<(String, usize)> {
    let line = line.trim_end();
    let title = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &line[title.len()..];
    let bare = title.trim_end_matches(['.', '…', '·', '_', ' ', '\t', '\u{a0}']);
    let gap = &title[bare.len()..];
    let is_set_off = bare.is_blank()
        || gap.contains(['\t', '…'])
        || gap.chars().filter(|c| matches!(c, '.' | '·' | '_')).count() >= LINES
        || gap.chars().count() >= LINES;
    let page =
        number.parse().ok().filter(|_| (1..=4).contains(&number.len()) && is_set_off && line.len() <= LONGEST)?;
    Some((bare.trim().to_owned(), page))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(speaker: &str, text: &str) -> RawTurn {
        let span = 0..text.chars().count();
        RawTurn { speaker: speaker.into(), document: 0, span, line: 1, times: Vec::new(), text: text.into() }
    }

    fn with_talk(above: &[(&str, &str)]) -> Vec<RawTurn> {
        let talk = [("IL", "Why did you leave?"), ("Rosa", "For the sea.\n\nAfter the war"), ("IL", "And then?")];
        above.iter().chain(&talk).map(|(speaker, text)| turn(speaker, text)).collect()
    }

    #[test]
    fn typed_contents_are_nobodys_and_so_are_their_titles() {
        let turns = with_talk(&[("", "The sea ..... 1"), ("Childhood", "2\nAfter the war\t3"), ("The end", "7")]);
        let found = find(&turns, &|_| false);
        assert!(found.has("Childhood") && found.has("The end") && !found.has("Rosa"));
        assert_eq!(found.title_at_end(&turns[4].text).map(|range| &turns[4].text[range]), Some("After the war"));
        let mut turns = with_talk(&[("Work", "The first day ...... 4\nAfter the war ...... 6"), ("End", "9")]);
        turns.insert(4, turn("Work", "The first day"));
        assert!(find(&turns, &|_| false).has("Work"));
    }

    #[test]
    fn numbers_that_people_say_are_no_contents() {
        // They fall, are two, stand below what is said, or who says them speaks.
        for above in [
            &[("Ann", "7"), ("Ben", "3"), ("Cleo", "9")][..],
            &[("Ann", "2"), ("Ben", "3")],
            &[("Dan", "How many?"), ("Ann", "2"), ("Ben", "3"), ("Cleo", "4")],
            &[("Ann", "2"), ("Rosa", "3"), ("Cleo", "4")],
            &[("Ann", "I have 2"), ("Ben", "3"), ("Cleo", "4")],
        ] {
            let found = find(&with_talk(above), &|_| false);
            assert!(!found.has("Ann") && !found.has("Ben") && !found.has("Rosa"), "{above:?}");
        }
    }
}
