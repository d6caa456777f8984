//! What somebody else throws in within a turn, set off with its label: `… two hives (I: Mhm, I see.) when …`,
//! `[Interviewer: Oh, great.]`, `//I: Yes.//`.
//!
//! In: a text and its labels. Out: more labels, one for what was thrown in and one for what goes on behind
//! it. A word or two in the middle of a sentence make no turns, since a sentence in pieces would read worse:
//! [`thrown_in`] finds them in the turns, to be left out. It never makes a speaker of a label that has no turn of its
//! own.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::super::lexicon::WEAK;
use super::super::model::Role;
use super::super::policy::LONGEST_TEXT;
use super::super::speakers::{Names, key};
use super::layouts::Head;

/// What is thrown in is shorter, in bytes.
const MAX_BYTES: usize = 600;
/// Fewer words in the middle of a sentence are a sound of listening.
const MIN_WORDS: usize = 4;

/// Divides turns at what others throw in.
pub(super) fn divide(text: &str, names: &Names, heads: &mut Vec<Head>) {
    if text.len() > LONGEST_TEXT {
        return;
    }
    let known = known(names, || heads.iter().map(|head| head.label.as_str()));
    let mut found: Vec<Head> = Vec::new();
    for (place, head) in heads.iter().enumerate() {
        let end = heads.get(place + 1).map_or(text.len(), |next| next.line);
        let Some(words) = text.get(head.words..end).filter(|_| !head.label.is_empty()) else { continue };
        let mut from = 0;
        while let Some(at) = words[from..].find(['(', '[', '/']).map(|at| from + at) {
            from = at + 1;
            let Some(inset) = Inset::read(&words[at..], &known).filter(|inset| inset.label != head.label) else {
                continue;
            };
            from = at + inset.end;
            let said = &words[at..][inset.words..inset.close];
            let before = words[..at].trim_end_matches([' ', '\t', '"', '”', '’', ')', ']']);
            let is_between = before.ends_with(['.', '?', '!', '…', '\n', '-', '–', '—']) || before.is_empty();
            if is_between || said.contains('?') || said.split_whitespace().count() >= MIN_WORDS {
                let start = head.words + at;
                let thrown_in =
                    Head { label: inset.label.to_owned(), seconds: None, line: start, words: start + inset.words };
                let goes_on = words[from..].trim_start_matches(['.', ',', ';', ' ', '\t', '\n', '\r']);
                let on = Head {
                    label: head.label.clone(),
                    seconds: None,
                    line: start + inset.close,
                    words: head.words + words.len() - goes_on.len(),
                };
                found.extend([thrown_in, on]);
            }
        }
    }
    heads.append(&mut found);
    heads.sort_by_key(|head| head.line);
}

/// Words of somebody else that stand within a turn.
pub(crate) struct ThrownIn {
    /// Index of the turn.
    pub(crate) turn: usize,
    /// Bytes of its text, with the brackets and without.
    pub(crate) bytes: Range<usize>,
    pub(crate) within: Range<usize>,
}

/// What others throw in within turns, each of a label and words.
pub(crate) fn thrown_in(turns: &[(&str, &str)], names: &Names) -> Vec<ThrownIn> {
    let may_hold = |text: &str| text.contains(':') && (text.contains(['(', '[']) || text.contains("//"));
    if !turns.iter().any(|(_, text)| may_hold(text)) {
        return Vec::new();
    }
    let known = known(names, || turns.iter().map(|(label, _)| *label));
    let mut found = Vec::new();
    for (turn, (label, text)) in turns.iter().enumerate().filter(|(_, (label, _))| !label.is_empty()) {
        let mut from = 0;
        while let Some(at) = text[from..].find(['(', '[', '/']).map(|at| from + at) {
            from = at + 1;
            let inset = Inset::read(&text[at..], &known).filter(|inset| key(inset.label) != key(label));
            if let Some(inset) = inset {
                from = at + inset.end;
                let open = inset.end - inset.close;
                found.push(ThrownIn { turn, bytes: at..from, within: at + open..at + inset.close });
            }
        }
    }
    found
}

/// The labels that may throw something in, by their keys. A letter may as well be an item, as in
/// `(A: yes)`, unless it is that of somebody who asks, or speaks first.
fn known<'l, L: Iterator<Item = &'l str>>(names: &Names, labels: impl Fn() -> L) -> HashMap<String, String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    labels().filter(|label| !label.is_empty()).for_each(|label| *counts.entry(label).or_default() += 1);
    let first = labels().next();
    let is_sure = |label: &str, key: &str| {
        label.chars().count() > 1 || first == Some(label) || WEAK.role(key) == Some(Role::Interviewer)
    };
    let keyed = counts.into_iter().map(|(label, n)| (key(label), label, n));
    let kept = keyed.filter(|(key, label, n)| (*n > 1 || names.strong(key).is_some()) && is_sure(label, key));
    kept.map(|(key, label, _)| (key, label.to_owned())).collect()
}

/// Words with a label between brackets or slashes.
struct Inset<'l> {
    label: &'l str,
    /// Bytes at which its words start and end, and the byte behind what closes it.
    words: usize,
    close: usize,
    end: usize,
}

impl<'l> Inset<'l> {
    fn read(text: &str, known: &'l HashMap<String, String>) -> Option<Self> {
        let open = ["//", "(", "["].into_iter().find(|open| text.starts_with(open))?;
        let inner = &text[open.len()..];
        let colon = inner.char_indices().take(60).find(|&(_, c)| matches!(c, ':' | '\n'))?.0;
        let label = known.get(&key(inner[..colon].trim_matches(['*', '_'])))?;
        let rest = inner[colon..].strip_prefix(':')?.trim_start_matches(['*', '_']);
        let words = text.len() - rest.trim_start().len();
        let mut depth = 1usize;
        for (at, c) in text[words..].char_indices().take(MAX_BYTES) {
            let at = words + at;
            let is_closed = match c {
                '\n' if text[at..].starts_with("\n\n") => return None,
                '/' => open == "//" && text[at..].starts_with("//"),
                '(' | '[' => {
                    depth += 1;
                    false
                }
                ')' | ']' => {
                    depth = depth.saturating_sub(1);
                    depth == 0 && matches!((open, c), ("(", ')') | ("[", ']'))
                }
                _ => false,
            };
            if is_closed {
                let is_said = text[words..at].chars().any(char::is_alphanumeric);
                return is_said.then_some(Self { label, words, close: at, end: at + open.len() });
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::read as read_text;
    use super::*;

    /// The turns of a talk in which somebody answers so, and what is warned of.
    fn found(said: &str) -> (Vec<String>, Vec<String>) {
        let text =
            format!("I: How was it?\n\nTom: {said}\n\nI: And then?\n\nTom: It rained.\n\nI: So?\n\nTom: No more.");
        let read = read_text(&text, &Names::default()).unwrap_or_default();
        let turns = read.stretches.iter().map(|s| format!("{}/{}", s.label, &text[s.text.clone()])).collect();
        (turns, read.remarks.into_iter().map(|remark| remark.what).collect())
    }

    #[test]
    fn what_is_thrown_in_is_a_turn_of_its_own() {
        for said in [
            "We had two hives. (I: Mhm, I see.) They grew.",
            "We had two hives. [I: Mhm, I see.] They grew.",
            "We had two hives. [i: Mhm, I see.] They grew.",
            "We had two hives. //I: Mhm, I see.// They grew.",
            "We had two hives.\n(I: Mhm, I see.)\nThey grew.",
            "We had two hives.\n\n[I: Mhm, I see.]\n\nThey grew.",
        ] {
            let (turns, told) = found(said);
            assert_eq!(turns[1..4], ["Tom/We had two hives.", "I/Mhm, I see.", "Tom/They grew."], "{said}");
            assert_eq!((turns.len(), told.len()), (8, 0), "{said} {told:?}");
        }
        let (turns, _) = found("We had two (I: How many were there (in all)?) of them.");
        assert_eq!(turns[1..4], ["Tom/We had two", "I/How many were there (in all)?", "Tom/of them."]);
        let (turns, _) = found("We had two. (I: Ah!)");
        assert_eq!((turns[2].as_str(), turns.len()), ("I/Ah!", 7));
    }

    #[test]
    fn a_sound_within_a_sentence_makes_no_turns() {
        let said = "We had two (I: Mhm.) and then [I: Yes.] three.";
        let (turns, told) = found(said);
        assert_eq!((turns.len(), told.len()), (6, 0), "{told:?}");
        let turns =
            [("I", "How was it?"), ("Tom", said), ("I", "And then?"), ("Tom", "See (Tom: this) and (A: that).")];
        let found = thrown_in(&turns, &Names::default());
        let words: Vec<&str> = found.iter().map(|inset| &said[inset.bytes.clone()]).collect();
        assert_eq!(words, ["(I: Mhm.)", "[I: Yes.]"]);
        assert!(found.iter().all(|inset| inset.turn == 1));
        assert_eq!(&said[found[0].within.clone()], "I: Mhm.");
    }

    #[test]
    fn other_words_in_brackets_stay_text() {
        for said in [
            "We had two. (Tom: laughs.) They grew.",
            "We had two. (A: red, B: green.) They grew.",
            "We had two. (Note: not here.) They grew.",
            "We had two. [I: they grew.\n\nAnd so on.] Yes.",
            "We had two. (I) They grew.",
            "See https://example.org/I: there.",
        ] {
            let (turns, told) = found(said);
            assert_eq!((turns.len(), told.len()), (6, 0), "{said} {turns:?} {told:?}");
        }
    }
}
