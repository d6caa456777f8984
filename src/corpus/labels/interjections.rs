//! What somebody else throws in within a turn, set off with its label: `… two hives (I: Mhm, I see.) when …`,
//! `[Interviewer: Oh, great.]`, `//I: Yes.//`, `<I: mhm>`, `*I: mhm*`.
//!
//! In: a text and its labels. Out: more labels, one for what was thrown in and one for what goes on behind it, and a
//! remark on slashes that nothing closes. A word or two in the middle of a sentence make no turns, since a sentence in
//! pieces would read worse: [`thrown_in`] finds them in the turns, to be left out. It never makes a speaker of a label
//! that has no turn of its own.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::super::byte_set::ByteSet;
use super::super::lexicon::WEAK;
use super::super::model::Role;
use super::super::policy::LONGEST_TEXT;
use super::super::speakers::{Names, key};
use super::Remark;
use super::layouts::Head;

/// What is thrown in is shorter, in bytes.
const MAX_BYTES: usize = 600;
/// What opens it.
const OPENING: ByteSet = ByteSet::of(b"([/<{*|");
/// Fewer words in the middle of a sentence are a sound of listening.
const MIN_WORDS: usize = 4;

/// Divides turns at what others throw in, and tells of what is not closed.
pub(super) fn divide(text: &str, names: &Names, heads: &mut Vec<Head>, remarks: &mut Vec<Remark>) {
    if text.len() > LONGEST_TEXT {
        return;
    }
    let known = known(names, || heads.iter().map(|head| head.label.as_str()));
    let mut found: Vec<Head> = Vec::new();
    for (place, head) in heads.iter().enumerate() {
        let end = heads.get(place + 1).map_or(text.len(), |next| next.line);
        let Some(words) = text.get(head.words..end).filter(|_| !head.label.is_empty()) else { continue };
        // Where slashes both close the last and open the next.
        let (mut from, mut shared) = (0, None);
        while let Some(at) = OPENING.find(words, from) {
            from = at + 1;
            let read = Inset::read(&words[at..], &known, &head.label);
            let Some(inset) = read.filter(|inset| inset.label != head.label) else {
                let is_apart = at == 0 || shared == Some(at) || words[..at].ends_with(char::is_whitespace);
                let what = unclosed(&words[at..], &known, &head.label).filter(|_| is_apart);
                remarks.extend(what.map(|what| Remark { at: head.words + at, what }));
                continue;
            };
            let follows = shared == Some(at);
            from = at + inset.end;
            shared = (inset.end == inset.close).then_some(from);
            let said = &words[at..][inset.words..inset.close];
            let before = words[..at].trim_end_matches([' ', '\t', '"', '”', '’', ')', ']']);
            let is_between = before.ends_with(['.', '?', '!', '…', '\n', '-', '–', '—']) || before.is_empty();
            let is_whole = said.contains('?') || said.split_whitespace().count() >= MIN_WORDS;
            if is_between || is_whole || follows || shared.is_some() {
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
    let may_hold = |text: &str| text.contains(':') && OPENING.find(text, 0).is_some();
    if !turns.iter().any(|(_, text)| may_hold(text)) {
        return Vec::new();
    }
    let known = known(names, || turns.iter().map(|(label, _)| *label));
    let mut found = Vec::new();
    for (turn, (label, text)) in turns.iter().enumerate().filter(|(_, (label, _))| !label.is_empty()) {
        let mut from = 0;
        while let Some(at) = OPENING.find(text, from) {
            from = at + 1;
            let inset = Inset::read(&text[at..], &known, label).filter(|inset| key(inset.label) != key(label));
            if let Some(inset) = inset {
                from = at + inset.end;
                found.push(ThrownIn { turn, bytes: at..from, within: at + inset.open..at + inset.close });
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

/// The known label that a text starts with, and what follows its colon.
fn labelled<'l, 't>(inner: &'t str, known: &'l HashMap<String, String>) -> Option<(&'l str, &'t str)> {
    let colon = inner.char_indices().take(60).find(|&(_, c)| matches!(c, ':' | '\n'))?.0;
    let label = known.get(&key(inner[..colon].trim_matches(['*', '_'])))?;
    Some((label, inner[colon..].strip_prefix(':')?.trim_start_matches(['*', '_'])))
}

/// What is to be said of `//I: So, and …` that nothing closes, among words of `whose`.
fn unclosed(text: &str, known: &HashMap<String, String>, whose: &str) -> Option<String> {
    let (label, _) = labelled(text.strip_prefix("//")?, known)?;
    let what = format!(
        "`{label}:` behind `//` was taken for words of `{whose}`, since nothing closes it; write `//` behind what was \
         thrown in"
    );
    (key(label) != key(whose)).then_some(what)
}

/// Brackets; the other signs close as they open.
const BRACKETS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('<', '>'), ('{', '}')];

/// Words with a label between brackets, slashes or other signs.
struct Inset<'l> {
    label: &'l str,
    /// Bytes of what opens it, those at which its words start and end, and the byte behind what closes it.
    open: usize,
    words: usize,
    close: usize,
    end: usize,
}

impl<'l> Inset<'l> {
    /// Reads what starts with a bracket or slashes within words of `whose`. Slashes in front of the label of yet
    /// somebody else close it and open the next: `//I: So. //Ann: Yes.//`.
    fn read(text: &str, known: &'l HashMap<String, String>, whose: &str) -> Option<Self> {
        let open = ["//", "(", "[", "<", "{", "*", "|", "/"].into_iter().find(|open| text.starts_with(open))?;
        let sign = open.chars().next()?;
        let closing = BRACKETS.iter().find(|(bracket, _)| *bracket == sign).map(|(_, closing)| *closing);
        let (label, rest) = labelled(&text[open.len()..], known)?;
        let words = text.len() - rest.trim_start().len();
        let mut depth = 1usize;
        for (at, c) in text[words..].char_indices().take(MAX_BYTES) {
            let at = words + at;
            // One sign that opens and closes may as well stand alone.
            let is_single = closing.is_none() && open.len() == 1;
            let is_closed = match c {
                '\n' if is_single || text[at..].starts_with("\n\n") => return None,
                c if Some(c) == closing => {
                    depth = depth.saturating_sub(1);
                    depth == 0
                }
                c if c == sign && closing.is_some() => {
                    depth += 1;
                    false
                }
                _ => closing.is_none() && text[at..].starts_with(open),
            };
            if is_closed {
                let is_said = text[words..at].chars().any(char::is_alphanumeric);
                let inner = || text[at..].strip_prefix("//").filter(|inner| !inner.starts_with(char::is_whitespace));
                let next = || labelled(inner()?, known);
                let is_next = next().is_some_and(|(next, _)| key(next) != key(whose));
                let end = if is_next { at } else { at + open.len() };
                return is_said.then_some(Self { label, open: open.len(), words, close: at, end });
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
            "We had two hives. <I: Mhm, I see.> They grew.",
            "We had two hives. {I: Mhm, I see.} They grew.",
            "We had two hives. *I: Mhm, I see.* They grew.",
            "We had two hives. |I: Mhm, I see.| They grew.",
            "We had two hives. /I: Mhm, I see./ They grew.",
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
    fn what_opens_the_next_closes_the_last() {
        let talk = |said: &str| {
            let text = format!(
                "S0: Wie war es?\n\nS1: {said}\n\nS2: Das weiß ich noch.\n\nS0: Und heute?\n\nS1: Vierzig.\n\nS2: Ja."
            );
            let read = read_text(&text, &Names::default()).unwrap_or_default();
            let turns = read.stretches.iter().map(|s| format!("{}/{}", s.label, &text[s.text.clone()]));
            let turns: Vec<String> = turns.skip(1).take_while(|turn| !turn.contains("noch")).collect();
            (turns, read.remarks.into_iter().map(|remark| remark.what).collect::<Vec<_>>())
        };
        for said in ["Kalt. //S0: So genau. //S2: Ja, so.//", "Kalt. //S0: So genau.//S2: Ja, so.//"] {
            let (turns, told) = talk(said);
            assert_eq!(turns, ["S1/Kalt.", "S0/So genau.", "S2/Ja, so."], "{said} {told:?}");
            assert!(told.is_empty(), "{told:?}");
        }
        // A word or two in the middle of a sentence, too: in pieces they are turns.
        let (turns, told) = talk("Wir waren //S0: Ja. //S2: Gut.// zwei.");
        assert_eq!(turns, ["S1/Wir waren", "S0/Ja.", "S2/Gut.", "S1/zwei."], "{told:?}");
        // Behind the last slashes the same speaker goes on.
        let (turns, _) = talk("Kalt. //S0: So genau.// Ja, so war es.");
        assert_eq!(turns, ["S1/Kalt.", "S0/So genau.", "S1/Ja, so war es."]);
        // What nothing closes is told.
        let (turns, told) = talk("Kalt. //S0: So genau. Und dann kam der Schnee.");
        assert_eq!((turns.len(), told.len()), (1, 1), "{turns:?} {told:?}");
        assert!(told[0].contains("nothing closes it"), "{told:?}");
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
