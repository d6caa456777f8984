//! Notes at the foot of a page or below a turn that a mark in the words refers to: `[1] The mill closed in 1971.`,
//! `¹ …`, `1 …`, `* …`, `[^1]: …` below `… at the mill[1] …`.
//!
//! In: the turns of a talk. Out: where in each turn such paragraphs stand. A paragraph is one by its mark and by what
//! refers to it, the same sign right behind a word above it; by itself only in a form that nobody says: `[^1]:` and a
//! raised number. What is counted off (`1. …`, `* …`) without a reference is said.

use std::ops::Range;

use super::super::by_lines::ByLines;
use super::super::readers::RawTurn;

/// Digits of a mark, at most.
const MOST_DIGITS: usize = 3;
/// Letters of the word that a plain number follows, at least: `P1` is nobody's note.
const LEAST_LETTERS: usize = 3;

/// How a note is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Mark {
    /// `[^1]:`
    Caret,
    /// `¹`
    Raised,
    /// `[1]` with its brackets, `*`, `†`, `1`: notes where it is referred to.
    Told(String),
}

/// For each turn the bytes of its notes.
pub(super) fn find(turns: &[RawTurn]) -> Vec<Vec<Range<usize>>> {
    let of_turn = |turn: &RawTurn| -> Vec<(Range<usize>, Mark)> {
        if turn.speaker.is_empty() || !turn.text.contains('\n') { Vec::new() } else { marked(&turn.text) }
    };
    let marked: Vec<_> = turns.iter().map(of_turn).collect();
    let mut found = Vec::with_capacity(turns.len());
    for (at, marked) in marked.into_iter().enumerate() {
        let is_note = |(range, mark): &(Range<usize>, Mark)| match mark {
            Mark::Caret | Mark::Raised => true,
            Mark::Told(sign) => {
                let above = turns[..at].iter().rev().take(REACH).map(|turn| &*turn.text);
                let own = &turns[at].text[..range.start];
                std::iter::once(own).chain(above).any(|text| is_behind_word(last_of(text), sign))
            }
        };
        let mut notes: Vec<Range<usize>> = Vec::new();
        for one in marked {
            // What is marked right below a note is one, too.
            let is_below = notes.last().is_some_and(|note| turns[at].text[note.end..one.0.start].is_blank());
            if is_below || is_note(&one) {
                notes.push(one.0);
            }
        }
        found.push(notes);
    }
    found
}

/// So many turns above a note its reference may stand, and so many bytes above it in each: a page has no more.
const REACH: usize = 30;
const REACH_BYTES: usize = 20_000;

/// The end of a text, as far as a note reaches.
fn last_of(text: &str) -> &str {
    let from = text.len().saturating_sub(REACH_BYTES);
    &text[(from..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())..]
}

/// The paragraphs, and the lines below one, that start with a mark and words, below the first paragraph.
fn marked(text: &str) -> Vec<(Range<usize>, Mark)> {
    let mut found: Vec<(Range<usize>, Mark)> = Vec::new();
    let (mut start, mut opens, mut goes_on, mut is_below) = (0, false, false, false);
    for line in text.by_whole_lines() {
        let range = start..start + line.trim_end().len();
        start += line.len();
        if line.is_blank() {
            (opens, goes_on) = (is_below, false);
            continue;
        }
        match mark(line.trim()).filter(|_| opens || goes_on) {
            Some(mark) => {
                found.push((range, mark));
                goes_on = true;
            }
            None if goes_on => {
                if let Some((note, _)) = found.last_mut() {
                    note.end = range.end;
                }
            }
            // A rule above notes.
            None if super::super::labels::is_rule(line) => {}
            None => opens = false,
        }
        is_below = true;
    }
    found
}

/// The mark that a line starts with, in front of words.
fn mark(line: &str) -> Option<Mark> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let has_words = |rest: &str| rest.contains(char::is_alphabetic);
    if let Some(rest) = line.strip_prefix("[^") {
        let (id, rest) = rest.split_once("]:")?;
        return (!id.is_empty() && !id.contains(char::is_whitespace) && has_words(rest)).then_some(Mark::Caret);
    }
    let raised = line.trim_start_matches(is_raised);
    if raised.len() < line.len() {
        return has_words(raised).then_some(Mark::Raised);
    }
    if let Some(rest) = line.strip_prefix('[') {
        let n = digits(rest);
        let behind = rest[n..].strip_prefix(']')?;
        return ((1..=MOST_DIGITS).contains(&n) && has_words(behind)).then(|| Mark::Told(line[..n + 2].to_owned()));
    }
    let rest = line.trim_start_matches(['*', '†', '‡']);
    let sign = &line[..line.len() - rest.len()];
    if !sign.is_empty() {
        // `**Bold** words`
        let is_plain = !rest.contains(sign) && rest.starts_with(|c: char| c.is_whitespace() || c.is_alphabetic());
        return (is_plain && has_words(rest)).then(|| Mark::Told(sign.to_owned()));
    }
    let n = digits(line);
    let behind = line[n..].strip_prefix(['.', ')']).unwrap_or(&line[n..]);
    ((1..=MOST_DIGITS).contains(&n) && behind.starts_with([' ', '\t']) && has_words(behind))
        .then(|| Mark::Told(line[..n].to_owned()))
}

/// `¹`, `²`, `³`, `⁴` …
fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// Whether a mark stands right behind a word, or its point, and nothing else behind it but the end of the word.
fn is_behind_word(text: &str, sign: &str) -> bool {
    text.match_indices(sign).any(|(at, _)| {
        let (above, below) = (&text[..at], &text[at + sign.len()..]);
        let is_over = !below.starts_with(|c: char| c.is_alphanumeric() || sign.ends_with(c));
        let word = above.trim_end_matches(['.', ',', ';', '!', '?', '”', '"', '’', ')']);
        let is_number = sign.bytes().all(|b| b.is_ascii_digit());
        let letters = word.chars().rev().take_while(|c| c.is_alphabetic()).count();
        // `*laughs*` and `** bold**` open with the sign.
        let opens = || above.matches(sign).count() % 2 == 1 && !is_number && sign.starts_with('*');
        is_over && letters >= if is_number { LEAST_LETTERS } else { 1 } && !opens()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(speaker: &str, text: &str) -> RawTurn {
        let span = 0..text.chars().count();
        RawTurn { speaker: speaker.into(), document: 0, span, line: 4, times: Vec::new(), text: text.into() }
    }

    fn notes(said: &str, below: &str) -> Vec<String> {
        let turns = [turn("I", "How was it?"), turn("P", &format!("{said}\n\n{below}")), turn("I", "And then?")];
        let found = find(&turns);
        assert!(found[0].is_empty() && found[2].is_empty());
        found[1].iter().map(|range| turns[1].text[range.clone()].to_owned()).collect()
    }

    #[test]
    fn what_a_mark_refers_to_is_a_note() {
        for (said, note) in [
            ("I was at the mill[1] until then.", "[1] The Albion Mill in Leeds."),
            ("I was at the mill.[2]", "[2] The Albion Mill,\nclosed in 1971."),
            ("I was at the mill* until then.", "* The Albion Mill in Leeds."),
            ("I was at the mill.1 We left.", "1 The Albion Mill in Leeds."),
            ("I was at the mill1 then.", "1. The Albion Mill in Leeds."),
            ("Ich war in der Mühle.12", "12) Die Albion-Mühle."),
            ("I was at the mill then.", "[^1]: The Albion Mill in Leeds."),
            ("J'étais à l'usine.", "¹ L'usine Albion."),
        ] {
            assert_eq!(notes(said, note), [note], "{said}");
        }
        assert_eq!(
            notes("At the mill.1", "1) The Albion Mill.\n2) And Hale's."),
            ["1) The Albion Mill.", "2) And Hale's."]
        );
        let both = notes("The mill[1] and the shop[2] were there.", "[1] The Albion Mill.\n[2] Hale's.");
        assert_eq!(both, ["[1] The Albion Mill.", "[2] Hale's."]);
        assert_eq!(notes("At the mill[1] then.", "[1] The Albion Mill.\n\nAnd so I left."), ["[1] The Albion Mill."]);
        assert_eq!(notes("At the mill[1] then.", "---\n[1] The Albion Mill."), ["[1] The Albion Mill."]);
    }

    #[test]
    fn what_is_counted_off_is_said() {
        for (said, more) in [
            ("There were two reasons.", "1. It was loud.\n2. It was cold."),
            ("There were two reasons.", "* It was loud.\n* It was cold."),
            ("There were two reasons.", "[1] It was loud."),
            ("I asked P1 about it.", "1 year later I left."),
            ("It was in 1971.", "1971 was cold."),
            ("It *was* so.", "* And then it was loud."),
            ("At the mill[1] then.", "And [1] so on."),
        ] {
            assert!(notes(said, more).is_empty(), "{said} {more}");
        }
        assert!(notes("[1] The mill", "closed[1] in 1971.").is_empty());
    }
}
