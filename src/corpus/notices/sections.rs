//! Headings of the parts of an interview, between two turns: `## Training`, `Part 2: Training`, `3. Fear`, `TRAINING`.
//!
//! In: the turns of a talk. Out: the last line of a turn, where words of the turn stand above it and others speak
//! below: one that a mark tells, and others where several look alike, each in other words, set off and with rising
//! numbers, below sentences of those who answer; and what may be one, and labels that may head parts, as phrases to warn
//! with. It takes no line that is all of a turn, nor one below which the same turn goes on, nor lines without any mark
//! that may as well be said. Headings of Markdown are mostly left out before.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::words::speaks;
use super::{RawTurn, SPEAKER, ends_in_blank};
use crate::corpus::exclusions::spoken;
use crate::corpus::section_words::{count, go_on, heading, is_letter, is_title, opens, opens_talk};
use crate::corpus::speakers::ends_in_question;

/// Longer lines are none, in bytes.
const LONGEST: usize = 100;
/// So many that look alike are headings, one above the first turn among them; so many may be.
const SURE: usize = 3;
const DOUBTFUL: usize = 2;
/// Letters of a heading in capitals.
const LOUD: usize = 4;
/// Words of a line without a mark.
const PLAIN: usize = 6;
/// What a sentence ends with.
const ENDS: [char; 12] = ['.', '!', '?', '…', '”', '“', '"', '»', ')', ']', '。', '？'];
/// How a line may be a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Look {
    /// `## Training`, `--- Training ---`
    Marked,
    /// `Part 2: Training`, with a number
    Counted,
    /// `Section: Training`
    Named,
    /// `**Training**`
    Bold,
    /// `[Training]`
    Bracketed,
    /// `2. Training`, `B) Training`
    Numbered,
    /// `TRAINING`
    Loud,
    /// `Training`, `Training:`
    Plain,
}

/// A line that may be a heading: the place of its turn, its bytes there, and how it looks.
#[derive(Clone, Debug, PartialEq)]
struct Heading {
    turn: usize,
    range: Range<usize>,
    look: Look,
}

impl Heading {
    fn words<'t>(&self, turns: &'t [RawTurn]) -> &'t str {
        &turns[self.turn].text[self.range.clone()]
    }
}

/// The headings among the turns of a talk, by the place of the turn that each ends.
pub(super) fn find(turns: &[RawTurn]) -> HashMap<usize, Range<usize>> {
    let (sure, _) = headings(turns);
    sure.into_iter().map(|heading| (heading.turn, heading.range)).collect()
}

/// A phrase on the lines that may be headings and were taken for what was said.
pub(super) fn doubt(turns: &[RawTurn]) -> Option<String> {
    let (_, doubtful) = headings(turns);
    let first = doubtful.first()?;
    let turn = &turns[first.turn];
    let line = turn.line + turn.text[..first.range.start].matches('\n').count();
    let words = &turn.text[first.range.clone()];
    let (more, look, were, them) = match doubtful.len() - 1 {
        0 => (String::new(), "looks like a heading", "was", "it"),
        n => (format!(" and {n} more"), "look like headings", "were", "them"),
    };
    Some(format!(
        "line {line}, `{words}`{more} {look} between turns and {were} taken for what was said; write `## ` in front of \
         {them} where nobody said {them}"
    ))
}

/// A phrase on each label below which nothing but titles stands, always above the same speaker: it may head parts.
pub(super) fn labelled(turns: &[RawTurn], is_somebody: &dyn Fn(&str) -> bool) -> Vec<String> {
    let said: Vec<&RawTurn> = turns.iter().filter(|turn| is_said(turn)).collect();
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    said.iter().enumerate().for_each(|(at, turn)| places.entry(&turn.speaker).or_default().push(at));
    let is_title_alone = |at: &usize| {
        let text = said[*at].text.trim();
        !text.contains('\n') && look(text).is_some()
    };
    let ended = said.iter().filter(|turn| turn.text.trim_end().ends_with(ENDS)).count();
    let may_head = |label: &str, own: &[usize]| {
        let words: HashSet<&str> = own.iter().map(|&at| &*said[at].text).collect();
        let below: HashSet<&str> = own.iter().filter_map(|&at| said.get(at + 1)).map(|turn| &*turn.speaker).collect();
        let others = said.len() - own.len();
        own.len() >= SURE
            && own.len() * 2 <= others
            && ended * 10 >= others * 8
            && words.len() == own.len()
            && below.len() == 1
            && own.iter().all(is_title_alone)
            && !is_somebody(label)
    };
    let mut found: Vec<(usize, String)> = Vec::new();
    for (label, own) in places.iter().filter(|(label, own)| may_head(label, own)) {
        let (line, n) = (said[own[0]].line, own.len());
        let what = format!(
            "line {line}, `{label}`, below which nothing but {n} titles stand, was taken for a speaker; if they are \
             headings, write `## ` in front of them, and else name who it is with `--participant \"{label}\"`"
        );
        found.push((own[0], what));
    }
    found.sort();
    found.into_iter().map(|(_, what)| what).collect()
}

fn is_said(turn: &RawTurn) -> bool {
    !turn.speaker.is_empty() && &*turn.speaker != SPEAKER
}

/// The headings that are sure, and those that are not.
fn headings(turns: &[RawTurn]) -> (Vec<Heading>, Vec<Heading>) {
    let Some(first) = turns.iter().position(is_said) else { return Default::default() };
    let top = turns[..first].iter().rev().find_map(|turn| turn.text.lines().next_back()).map(str::trim);
    let top = top.and_then(|line| Some((kind(look(line)?, line), line)));
    let speakers: HashSet<String> = turns.iter().map(|turn| turn.speaker.to_lowercase()).collect();
    let last_lines = (first..turns.len()).filter(|&at| is_said(&turns[at])).filter_map(|at| {
        let next = turns.get(at + 1).filter(|next| is_said(next))?;
        let found = last_line(&turns[at], at)?;
        let is_name = speakers.contains(&turns[at].text[found.range.clone()].trim_end_matches(':').to_lowercase());
        (!is_name && (next.speaker != turns[at].speaker || is_told(found.look))).then_some(found)
    });
    let mut groups: HashMap<Kind, Vec<Heading>> = HashMap::new();
    last_lines.for_each(|found| groups.entry(kind(found.look, found.words(turns))).or_default().push(found));
    if groups.is_empty() {
        return Default::default();
    }
    let style = Style::of(turns, &groups);
    let (mut sure, mut doubtful) = (Vec::new(), Vec::new());
    for (kind, found) in groups {
        let above = top.as_ref().filter(|(of, _)| *of == kind).map(|(_, line)| *line);
        match sureness(turns, first, kind.0, &found, above, &style) {
            Some(true) => sure.extend(found),
            Some(false) => doubtful.extend(found),
            None => {}
        }
    }
    sure.sort_by_key(|heading| heading.turn);
    doubtful.sort_by_key(|heading| heading.turn);
    (sure, doubtful)
}

/// Whether lines that look alike are headings for sure; `None` where nothing speaks for it. `first` is the first turn
/// of somebody, and `above` the line above it that looks so.
fn sureness(
    turns: &[RawTurn],
    first: usize,
    look: Look,
    found: &[Heading],
    above: Option<&str>,
    style: &Style,
) -> Option<bool> {
    let words = |heading: &Heading| heading.words(turns);
    let all: HashSet<&str> = found.iter().map(words).chain(above).collect();
    let n = all.len();
    let is_apart = |at: &Heading| style.is_by_line || ends_in_blank(&turns[at.turn].text[..at.range.start]);
    if is_told(look) || look == Look::Named {
        let is_sure = match look {
            Look::Counted => rise(turns, found, above, count),
            _ => n >= DOUBTFUL && found.iter().all(|at| opens(title(words(at)))),
        };
        return Some(look == Look::Marked || (is_sure && found.iter().all(is_apart)));
    }
    // The same words again are for others to tell, and of those who ask nobody tells.
    let is_again = n < found.len() + usize::from(above.is_some());
    let by: HashSet<&str> = found.iter().map(|heading| &*turns[heading.turn].speaker).collect();
    let is_asked = |heading: &Heading| by.contains(&*turns[heading.turn + 1].speaker);
    let may_be =
        !is_again && !by.contains(&*turns[first].speaker) && !found.iter().any(is_asked) && found.iter().all(is_apart);
    let is_plain = look == Look::Plain;
    let enough = if is_plain { found.len() } else { n };
    // What is done stands in brackets as well: `[Door closes]`.
    let least = if look == Look::Bracketed && above.is_none() { SURE } else { DOUBTFUL };
    let is_sure = || match look {
        // Points that somebody told begin with the first.
        Look::Numbered => rise(turns, found, above, number) && (above.is_some() || !is_first(words(&found[0]))),
        // So are pieces of what was said: `Hard work`.
        Look::Plain => {
            found.iter().all(|at| words(at).ends_with(':'))
                || (above.is_some() && found.iter().all(|at| is_right_below(turns, at.turn)))
        }
        _ => true,
    };
    (may_be && enough >= least && (!is_plain || style.ends)).then(|| n >= SURE && is_sure())
}

/// Whether the counts of headings rise as those of parts do; below that of a line above all turns some may lack.
fn rise(turns: &[RawTurn], found: &[Heading], above: Option<&str>, count: fn(&str) -> Option<String>) -> bool {
    let lines = above.into_iter().chain(found.iter().map(|heading| heading.words(turns)));
    let counts: Option<Vec<String>> = lines.map(count).collect();
    counts.is_some_and(|counts| go_on(&counts.iter().map(String::as_str).collect::<Vec<_>>(), above.is_some()))
}

/// The number in front of a title: `2.1` of `2.1 Training`.
fn number(line: &str) -> Option<String> {
    Some(line.split_once(' ')?.0.trim_end_matches(['.', ')', ':']).to_owned())
}

/// Whether a line has the first number of all: `1.`, `A)`, `1.1`.
fn is_first(line: &str) -> bool {
    number(line).is_some_and(|number| number.split('.').all(|n| matches!(n, "1" | "A" | "I")))
}

/// What stands behind the word for a part and its colon.
fn title(line: &str) -> &str {
    line.split_once([':', '：']).map_or(line, |(_, title)| title)
}

/// Whether a turn stands on the line below the one above it, so that a blank line parts more than turns.
fn is_right_below(turns: &[RawTurn], at: usize) -> bool {
    lines_between(turns, at) == Some(1)
}

/// The lines from the end of the turn above to a turn.
fn lines_between(turns: &[RawTurn], at: usize) -> Option<usize> {
    let above = &turns[at.checked_sub(1)?];
    turns[at].line.checked_sub(above.line + above.text.trim_end().matches('\n').count())
}

/// Whether the look of a line alone tells that it may be a heading, whoever speaks below.
fn is_told(look: Look) -> bool {
    matches!(look, Look::Marked | Look::Counted)
}

/// What headings have in common: how they look, and the word for a part in front of a number.
type Kind = (Look, String);

fn kind(look: Look, line: &str) -> Kind {
    let word = Some(line).filter(|_| look == Look::Counted).and_then(heading).map(|part| part.word);
    (look, word.unwrap_or_default())
}

/// How the turns of a talk are written, but for the lines that may be headings.
struct Style {
    /// They end with sentences.
    ends: bool,
    /// They have one line each, and no blank line between them.
    is_by_line: bool,
}

impl Style {
    fn of(turns: &[RawTurn], groups: &HashMap<Kind, Vec<Heading>>) -> Self {
        let cut: HashMap<usize, usize> = groups.values().flatten().map(|of| (of.turn, of.range.start)).collect();
        let (mut all, mut ended, mut of_lines, mut set_off) = (0, 0, 0, 0);
        for (at, turn) in turns.iter().enumerate().filter(|(_, turn)| !turn.speaker.is_empty()) {
            let said = turn.text[..cut.get(&at).copied().unwrap_or(turn.text.len())].trim();
            all += 1;
            ended += usize::from(said.ends_with(ENDS) || ends_in_question(said));
            of_lines += usize::from(said.contains('\n'));
            set_off += usize::from(lines_between(turns, at).is_some_and(|n| n > 1));
        }
        Self { ends: ended * 10 >= all * 8, is_by_line: of_lines * 10 <= all && set_off * 4 <= all }
    }
}

/// The last line of a turn, below words of it that end as a sentence does, if it may be a heading.
fn last_line(turn: &RawTurn, at: usize) -> Option<Heading> {
    let text = turn.text.trim_end();
    let start = text.rfind('\n')? + 1;
    let (above, line) = (&text[..start], &text[start..]);
    let range = start + (line.len() - line.trim_start().len())..text.len();
    let look = look(line.trim())?;
    let said = above.trim_end();
    let is_below_words = said.contains(|c: char| c.is_alphabetic() && !c.is_uppercase());
    let is_ended = said.ends_with(ENDS) || ends_in_question(said);
    // Below `Phase 1: planning` stands the next point of a list.
    let last = || said.lines().next_back().unwrap_or_default().trim();
    let is_listed = || look != Look::Marked && heading(last()).is_some();
    let is_apart = is_ended || (is_told(look) && ends_in_blank(above) && !is_listed());
    (is_below_words && is_apart).then_some(Heading { turn: at, range, look })
}

/// How a line looks, if it may be a heading.
fn look(line: &str) -> Option<Look> {
    // Words in brackets are somebody's, or an aside.
    if line.len() > LONGEST || ends_in_question(line) || line.starts_with(['(', '（']) {
        return None;
    }
    if let Some(inner) = marked(line) {
        return opens(inner).then_some(Look::Marked);
    }
    if let Some(part) = heading(line) {
        return Some(if part.is_counted { Look::Counted } else { Look::Named });
    }
    let within = |open: &str, close: &str| {
        let inner = line.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains(['*', '[', ']'])).then_some(inner)
    };
    let (look, title) = match within("**", "**").or_else(|| within("__", "__")) {
        Some(title) => (Look::Bold, title),
        None => match (within("[", "]"), behind_number(line)) {
            (Some(title), _) => (Look::Bracketed, title),
            (None, Some(title)) => (Look::Numbered, title),
            (None, None) if is_loud(line) => (Look::Loud, line),
            (None, None) => (Look::Plain, line),
        },
    };
    let is_short = look != Look::Plain || (title.split_whitespace().count() <= PLAIN && !title.contains(": "));
    let is_note = || look == Look::Bracketed && spoken(line).is_empty();
    (is_title(title) && opens(title) && is_short && !is_talk(title) && !is_note()).then_some(look)
}

/// What `##` stands before, or rules on both sides: `--- Training ---`, `=== Training ===`.
fn marked(line: &str) -> Option<&str> {
    let behind = line.trim_start_matches('#');
    if (1..=6).contains(&(line.len() - behind.len())) && behind.starts_with(' ') {
        return Some(behind.trim_matches(['#', '*', ' '])).filter(|title| is_title(title));
    }
    let ruled = ['-', '–', '—', '=', '~', '*'].into_iter().find_map(|mark| {
        let (inner, before) = (line.trim_start_matches(mark), line.trim_end_matches(mark));
        let least = (if mark == '*' { 3 } else { 2 }) * mark.len_utf8();
        let is_ruled = line.len() - inner.len() >= least && line.len() - before.len() >= least;
        is_ruled.then(|| inner.trim_end_matches(mark).trim())
    });
    ruled.filter(|title| is_title(title))
}

/// The title behind a number or a letter: `2. Training`, `2.1 Training`, `B) Training`, `IV. Training`.
fn behind_number(line: &str) -> Option<&str> {
    let (number, title) = line.split_once(' ')?;
    let bare = number.trim_end_matches(['.', ')', ':']);
    let is_digits = bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && bare.len() <= 5;
    let is_parted = bare.len() < number.len() || (is_digits && bare.contains('.'));
    (is_parted && (is_digits || is_letter(bare))).then_some(title.trim_start())
}

/// Whether words are in capitals, in an alphabet that has them.
fn is_loud(line: &str) -> bool {
    !line.contains(char::is_lowercase) && line.chars().filter(|c| c.is_uppercase()).count() >= LOUD
}

/// Whether a line may as well be what somebody says: `Yes`, `Thank you`, `So we left`.
fn is_talk(title: &str) -> bool {
    let lower = title.to_lowercase().replace('’', "'");
    speaks(&lower) || opens_talk(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLES: [&str; 4] = ["Beginnings", "Training", "Fear of the sea", "Wishes"];

    fn turn(speaker: &str, text: &str) -> RawTurn {
        let span = 0..text.chars().count();
        RawTurn { speaker: speaker.into(), document: 0, span, line: 1, times: Vec::new(), text: text.into() }
    }

    /// Four pairs of turns with a heading above each; the first may stand above all turns.
    fn talk(heading: impl Fn(usize) -> String, has_top: bool, gap: &str) -> Vec<RawTurn> {
        let mut turns = Vec::new();
        turns.extend(has_top.then(|| turn("", &format!("Ferry\n\n{}", heading(0)))));
        for n in 0..4 {
            turns.push(turn("I", &format!("How was it in {n}?")));
            let below = if n < 3 { format!("{gap}{}", heading(n + 1)) } else { String::new() };
            turns.push(turn("P", &format!("It rained all day in {n}.{below}")));
        }
        turns
    }

    fn counts(turns: &[RawTurn]) -> (usize, usize) {
        let (sure, doubtful) = headings(turns);
        (sure.len(), doubtful.len())
    }

    #[test]
    fn headings_that_look_alike_are_nobodys() {
        type Written<'f> = &'f dyn Fn(usize) -> String;
        let forms: [Written; 12] = [
            &|n| format!("## {}", TITLES[n]),
            &|n| format!("--- {} ---", TITLES[n]),
            &|n| format!("Part {}: {}", n + 1, TITLES[n]),
            &|n| format!("Theme {}", n + 1),
            &|n| format!("Section: {}", TITLES[n]),
            &|n| format!("**{}**", TITLES[n]),
            &|n| format!("[{}]", TITLES[n]),
            &|n| format!("{}. {}", n + 1, TITLES[n]),
            &|n| format!("{}) {}", ["A", "B", "C", "D"][n], TITLES[n]),
            &|n| TITLES[n].to_uppercase(),
            &|n| format!("{}:", TITLES[n]),
            &|n| format!("{}.1 {}", n + 1, TITLES[n]),
        ];
        for heading in forms {
            for has_top in [true, false] {
                let turns = talk(heading, has_top, "\n\n");
                assert_eq!(counts(&turns), (3, 0), "{:?}", turns[2]);
                let found = find(&turns);
                let at = usize::from(has_top) + 1;
                assert_eq!(found.get(&at).map(|range| &turns[at].text[range.clone()]), Some(heading(1).as_str()));
                // Where each turn has a line, a heading has one, too.
                assert_eq!(counts(&talk(heading, has_top, "\n")), (3, 0), "{:?}", turns[2]);
            }
        }
    }

    #[test]
    fn a_mark_tells_one_heading_and_a_word_for_a_part_is_told() {
        for (heading, found) in [
            ("## Training", (1, 0)),
            ("=== Training ===", (1, 0)),
            ("Part 2: Training", (0, 1)),
            ("Chapter 3: The River", (0, 1)),
            ("Teil 2", (0, 1)),
            ("Section: Training", (0, 1)),
            ("TRAINING", (0, 0)),
            ("[Training]", (0, 0)),
            ("2. Training", (0, 0)),
            ("Training", (0, 0)),
            ("Part two: after the move", (0, 0)),
        ] {
            let turns = [turn("I", "Why?"), turn("P", &format!("It rained.\n\n{heading}")), turn("I", "And then?")];
            assert_eq!(counts(&turns), found, "{heading}");
            // All of a turn, and above words of the same turn.
            let whole = [turn("I", "Which was it?"), turn("P", heading), turn("I", "And then?")];
            let within = [turn("I", "Why?"), turn("P", &format!("It rained.\n\n{heading}\n\nSo.")), turn("I", "And?")];
            assert_eq!((counts(&whole), counts(&within)), ((0, 0), (0, 0)), "{heading}");
        }
    }

    #[test]
    fn the_next_point_of_a_list_is_no_heading() {
        for (above, n) in [("It rained", 1), ("Phase 1: planning", 0), ("Part 1", 0), ("Phase 1: planning.", 1)] {
            let answer = format!("We did so.\n\n{above}\n\nPhase 2: doing");
            let turns = [turn("I", "Why?"), turn("P", &answer), turn("I", "And then?")];
            assert_eq!(counts(&turns), (0, n), "{above}");
        }
    }

    #[test]
    fn numbers_that_do_not_rise_as_those_of_parts_are_told() {
        type Written<'f> = &'f dyn Fn(usize) -> String;
        let forms: [Written; 7] = [
            // 1, 3, 5; the first below an answer; one number; small letters behind a word.
            &|n| format!("Phase {}: planning", 2 * n - 1),
            &|n| format!("{}. Bread {n}", 2 * n - 1),
            &|n| format!("{n}. {}", TITLES[n]),
            &|n| format!("{}) {}", ["", "A", "B", "C"][n], TITLES[n]),
            &|n| format!("Phase 1: {}", TITLES[n]),
            &|n| format!("Part {}: {}", n + 4, TITLES[n]),
            &|n| format!("Time: half past {n}"),
        ];
        for heading in forms {
            assert_eq!(counts(&talk(heading, false, "\n\n")), (0, 3), "{}", heading(1));
        }
        assert_eq!(counts(&talk(|n| format!("Part {n}: {}", TITLES[n]), false, "\n\n")), (3, 0));
        // Below the first above all turns some may lack.
        let skipped = |n: usize| format!("{}) {}", ["A", "C", "E", "G"][n], TITLES[n]);
        assert_eq!(counts(&talk(skipped, true, "\n\n")), (3, 0));
    }

    /// Turns with their lines, where `gap` stands between a question and its answer, and blank lines above questions.
    fn placed(mut turns: Vec<RawTurn>, gap: usize) -> Vec<RawTurn> {
        let mut line = 1;
        for turn in &mut turns {
            turn.line = line;
            line += turn.text.matches('\n').count() + if &*turn.speaker == "I" { gap } else { 2 };
        }
        turns
    }

    #[test]
    fn short_words_without_a_mark_are_told() {
        for lines in [TITLES, ["", "Crazy times", "Hard work", "Cold hands"], ["", "Part of it all", "Bread", "Time"]] {
            for gap in [1, 2] {
                let turns = placed(talk(|n| lines[n].to_owned(), false, "\n\n"), gap);
                assert_eq!(counts(&turns), (0, 3), "{lines:?}");
            }
        }
        // Where a blank line parts more than turns, and one stands above all.
        for (gap, found) in [(1, (3, 0)), (2, (0, 3))] {
            assert_eq!(counts(&placed(talk(|n| TITLES[n].to_owned(), true, "\n\n"), gap)), found);
        }
        // Words in brackets are said.
        assert_eq!(counts(&talk(|n| format!("({})", TITLES[n]), false, "\n\n")), (0, 0));
    }

    #[test]
    fn a_line_right_below_words_is_told_where_blank_lines_part_turns() {
        type Written<'f> = &'f dyn Fn(usize) -> String;
        let forms: [(Written, (usize, usize)); 5] = [
            (&|n| format!("Phase {n}: planning"), (0, 3)),
            (&|n| format!("Section: {}", TITLES[n]), (0, 3)),
            (&|n| format!("## {}", TITLES[n]), (3, 0)),
            (&|n| format!("{}. {}", n + 1, TITLES[n]), (0, 0)),
            (&|n| TITLES[n].to_uppercase(), (0, 0)),
        ];
        for (heading, found) in forms {
            assert_eq!(counts(&placed(talk(heading, false, "\n"), 2)), found, "{}", heading(1));
        }
    }

    #[test]
    fn what_people_say_last_is_theirs() {
        let said: [[&str; 3]; 7] = [
            ["Never again.", "So it was!", "And why?"],
            ["Yes", "No", "Maybe"],
            ["Thank you", "So we left", "I loved it"],
            ["and then the rain", "by the sea", "for a year"],
            ["Never Again", "Never Again", "Never Again"],
            ["OH MY GOD", "WE LEFT THEN", "NO WAY"],
            ["Tom", "I", "P"],
        ];
        for lines in said {
            let turns = talk(|n| lines[n.saturating_sub(1)].to_owned(), false, "\n\n");
            assert_eq!(counts(&turns), (0, 0), "{lines:?}");
        }
        // Below the points of a list, above the one who asked them, and where no turn ends with a mark.
        let listed = talk(|n| format!("The cost\n\n{}", TITLES[n]), false, "\n\n");
        let bare: Vec<RawTurn> = talk(|n| TITLES[n].to_owned(), true, "\n\n")
            .into_iter()
            .map(|of| turn(&of.speaker, &of.text.replace(['.', '?'], "")))
            .collect();
        let mut asked = talk(|n| TITLES[n].to_owned(), true, "\n\n");
        for of in asked.iter_mut().filter(|of| !of.speaker.is_empty()) {
            of.speaker = if &*of.speaker == "I" { "P".into() } else { "I".into() };
        }
        asked.insert(1, turn("I", "Let us begin."));
        for turns in [listed, bare, asked] {
            assert_eq!(counts(&turns), (0, 0), "{turns:?}");
        }
    }

    #[test]
    fn a_label_of_nothing_but_titles_is_told() {
        let talk = |label: &str, words: [&str; 4]| -> Vec<RawTurn> {
            let part = |n: usize| [turn(label, words[n]), turn("I", "How was it?"), turn("P", "It rained all day.")];
            (0..4).flat_map(part).collect()
        };
        let told = labelled(&talk("Fragerunde", TITLES), &|_| false);
        assert!(told.len() == 1 && told[0].starts_with("line 1, `Fragerunde`, below which nothing"), "{told:?}");
        assert!(labelled(&talk("Fragerunde", TITLES), &|label| label == "Fragerunde").is_empty());
        for words in [["It rained.", "So.", "Fear", "Wishes"], ["Yes", "No", "Maybe", "OK"], ["Rain"; 4]] {
            assert!(labelled(&talk("Walt", words), &|_| false).is_empty(), "{words:?}");
        }
        // Of two who talk each is somebody.
        let two: Vec<RawTurn> = (0..4).flat_map(|n| [turn("I", "How was it?"), turn("P", TITLES[n])]).collect();
        assert!(labelled(&two, &|_| false).is_empty());
    }

    #[test]
    fn two_lines_that_may_be_headings_are_told_with_the_first() {
        for lines in [["TRAINING", "FEAR"], ["**Work**", "**Fear**"], ["Training", "Fear"], ["B) Work", "C) Fear"]] {
            let turns = [
                turn("I", "Why?"),
                turn("P", &format!("It rained.\n\n{}", lines[0])),
                turn("I", "And then?"),
                turn("P", &format!("It snowed.\n\n{}", lines[1])),
                turn("I", "So?"),
            ];
            let told = doubt(&turns).unwrap_or_default();
            assert!(told.starts_with(&format!("line 3, `{}` and 1 more look like headings", lines[0])), "{told}");
        }
        // Where they are sure, nothing is told, nor of what is done.
        assert_eq!(doubt(&talk(|n| TITLES[n].to_uppercase(), true, "\n\n")), None);
        assert_eq!(doubt(&talk(|n| ["", "[Laughs]", "[Door closes]", "So."][n].to_owned(), false, "\n\n")), None);
    }
}
