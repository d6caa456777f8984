//! Whole layouts in which labels have no colon, or stand behind something else: `Q. Why?`,
//! `ANN<tab>Why?`, `<Ann> Why?`, `0:03 - Ann` above her words, a chat's date and time, line numbers.
//!
//! In: a text. Out: its labels, if the text as a whole is laid out in one of these ways: names that
//! recur and take turns. No single line is ever believed, so that a list, a glossary or a timetable
//! within what is said stays text.

use std::collections::HashMap;

use super::super::by_lines::ByLines;
use super::super::lexicon::{HOURS, MINUTES, SECONDS};
use super::super::marks::span_start;
use super::super::speakers::manners::without_manner;
use super::super::speakers::{Names, ends_in_question, key};
use super::bold::bold;
use super::endings::Ending;
use super::first_names;
use super::hearings::{before_point, presides};
pub(super) use super::lines::Head;
use super::lines::{Lines, head};
use super::names::{clean, is_initials, valid_label};
use super::numbering;
use super::once::is_heading;
use super::points::point;
use super::quoted::{corners, guillemets, wide_space};
use super::ruled;
use super::stamps::{between, dated};
use super::times::{half_day, is_day_and_time, leading_time, split_time, time};

/// One layout.
struct Layout {
    /// For [`Source::layout`](super::super::Source::layout).
    name: &'static str,
    /// Reads a line, with those below it, as a label; also tells how many lines that takes.
    read: fn(&Lines<'_>, usize) -> Option<(Head, usize)>,
    /// Whether a line of it might as well be a sentence: then every label must recur, and somebody ask.
    weak: bool,
    /// Whether answers may hold lines like it: then labels open a fifth of all paragraphs, and hardly any have a colon.
    dense: bool,
}

/// The name of the layout that [`alone`] reads.
pub(super) const ALONE: &str = "names on lines of their own";

const LAYOUTS: &[Layout] = &[
    Layout { name: "messages with a date and a time", read: message, weak: false, dense: false },
    Layout { name: "a name, a day and a time above the words", read: dated, weak: false, dense: true },
    Layout { name: "a name above its time", read: name_above_time, weak: false, dense: false },
    Layout { name: "a time above its name", read: time_above_name, weak: false, dense: false },
    Layout { name: "a time and a name above the words", read: time_and_name, weak: false, dense: false },
    Layout { name: "speakers in angle brackets", read: angle, weak: false, dense: false },
    Layout { name: "speakers before a tab", read: tab, weak: false, dense: false },
    Layout { name: "a time, a name and a dash", read: timed_dash, weak: false, dense: false },
    Layout { name: "a name, a time and the words", read: between, weak: true, dense: true },
    Layout { name: "speakers in bold letters", read: bold, weak: true, dense: true },
    Layout { name: "letters with a point", read: point, weak: true, dense: false },
    Layout { name: "names before a point", read: before_point, weak: true, dense: true },
    Layout { name: "speakers in parentheses", read: parenthesis, weak: true, dense: false },
    Layout { name: "speakers before a dash", read: dash, weak: true, dense: false },
    Layout { name: "speakers and a dash without a space", read: glued_dash, weak: true, dense: true },
    Layout { name: ruled::LAYOUT, read: ruled::ruled, weak: false, dense: false },
    Layout { name: ALONE, read: alone, weak: true, dense: false },
    Layout { name: "speakers with the number of the turn in brackets", read: counted, weak: true, dense: false },
    Layout { name: "speakers before words in corner brackets", read: corners, weak: false, dense: true },
    Layout { name: "speakers before a wide space", read: wide_space, weak: false, dense: true },
    Layout { name: "speakers in guillemets", read: guillemets, weak: true, dense: true },
    Layout { name: "speakers and a colon without a space", read: glued, weak: true, dense: false },
    Layout { name: "speakers before another sign than a colon", read: sign, weak: true, dense: false },
];

/// Finds the layout with the most labels, if any fits and has more than `known`.
pub(super) fn find(text: &str, names: &Names, known: usize) -> Option<(Vec<Head>, &'static str)> {
    let lines = Lines::of(text, names);
    let mut best: Option<(Vec<Head>, &'static str, usize)> = None;
    for layout in LAYOUTS.iter().filter(|layout| !layout.dense || known < MIN_HEADS) {
        let heads = layout.heads(&lines);
        let spoken = heads.iter().filter(|head| !head.label.is_empty()).count();
        let most = best.as_ref().map_or(known, |&(_, _, most)| most);
        let may_be = !layout.dense || spoken * DENSE >= paragraphs(text);
        if spoken > most && may_be && layout.fits(&lines, &heads) {
            best = Some((heads, layout.name, spoken));
        }
    }
    best.map(|(heads, name, _)| (heads, name))
}

/// Fewer labels are a chance.
const MIN_HEADS: usize = 4;
/// Lines above the first number that are titles, at most.
const MOST_ABOVE: usize = 4;
/// Of so many paragraphs one has a label.
const DENSE: usize = 5;

fn paragraphs(text: &str) -> usize {
    let is_blank = |line: &&str| line.is_blank();
    let mut above = true;
    text.by_lines().filter(|line| std::mem::replace(&mut above, is_blank(line)) && !is_blank(line)).count()
}

/// What is written like the labels of a layout of the less certain ones, also what comes once.
pub(super) fn like(text: &str, names: &Names, name: &str) -> Vec<Head> {
    let weak = LAYOUTS.iter().find(|layout| layout.name == name && layout.weak);
    weak.map_or_else(Vec::new, |layout| layout.all_heads(&Lines::of(text, names)))
}

/// A line as a label of the first layout that reads it, with words behind it on the line, and its name.
pub(super) fn reading(lines: &Lines<'_>, at: usize) -> Option<(Head, &'static str)> {
    let end = lines.ranges.get(at)?.end;
    let of = |layout: &Layout| Some(((layout.read)(lines, at)?, layout.name));
    let found = LAYOUTS.iter().filter_map(of).find(|((head, taken), _)| *taken <= 1 && head.words < end);
    found.map(|((head, _), name)| (head, name))
}

impl Layout {
    fn heads(&self, lines: &Lines<'_>) -> Vec<Head> {
        let mut heads = self.all_heads(lines);
        for head in &mut heads {
            if let Some(name) = without_manner(&head.label).filter(|_| !lines.names.is_given(&key(&head.label))) {
                head.label = name.to_owned();
            }
        }
        numbering::fold_heads(&mut heads);
        if self.weak {
            let mut counts: HashMap<String, usize> = HashMap::new();
            heads.iter().for_each(|head| *counts.entry(key(&head.label)).or_default() += 1);
            heads.retain(|head| counts[&key(&head.label)] > 1);
        }
        heads
    }

    fn all_heads(&self, lines: &Lines<'_>) -> Vec<Head> {
        let mut heads = Vec::new();
        let mut at = 0;
        while at < lines.ranges.len() {
            match (self.read)(lines, at) {
                Some((head, taken)) => {
                    heads.push(head);
                    at += taken.max(1);
                }
                None => at += 1,
            }
        }
        heads
    }

    /// Whether labels are those of a conversation.
    fn fits(&self, lines: &Lines<'_>, heads: &[Head]) -> bool {
        let spoken: Vec<&Head> = heads.iter().filter(|head| !head.label.is_empty()).collect();
        let keys: Vec<String> = spoken.iter().map(|head| key(&head.label)).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        keys.iter().for_each(|key| *counts.entry(key).or_default() += 1);
        let given = keys.iter().all(|key| lines.names.strong(key).is_some());
        let recurring: usize = counts.values().filter(|&&n| n > 1).sum();
        let several = counts.len() > 1 && counts.values().filter(|&&n| n > 1).count() > usize::from(!given);
        let changes = keys.windows(2).filter(|pair| pair[0] != pair[1]).count();
        let said = |place: usize| {
            let end = heads.get(place + 1).map_or(lines.text.len(), |next| next.line);
            lines.text.get(heads[place].words..end).unwrap_or_default().trim()
        };
        let n_words: usize = (0..heads.len()).map(|place| n_words(said(place))).sum();
        let asked = || (0..heads.len()).any(|place| ends_in_question(said(place)));
        let above =
            lines.text[..heads.first().map_or(0, |head| head.line)].by_lines().filter(|l| !l.is_blank()).count();
        spoken.len() >= MIN_HEADS
            && several
            && recurring * 10 >= keys.len() * 7
            && changes * 10 >= (keys.len() - 1) * 5
            && n_words >= 2 * spoken.len()
            && above <= MAX_ABOVE.max(lines.ranges.len() / 5)
            && keys.iter().zip(&spoken).all(|(key, head)| {
                !is_heading(key)
                    || is_initials(&head.label)
                    || presides(key)
                    || (first_names::is_called(&head.label, key, &keys) && asked())
                    || lines.names.strong(key).is_some()
                    || lines.names.is_known(key)
            })
            && (!self.weak || asked())
    }
}

/// How many words are said, twenty at most; where none is written between them, two characters count as one.
fn n_words(said: &str) -> usize {
    let in_part = |part: &str| match part.chars().next() {
        Some(first) if u32::from(first) >= UNSPACED => part.chars().take(20).count().div_ceil(2),
        _ => 1,
    };
    said.split_whitespace().take(20).map(in_part).sum()
}

/// Where the scripts begin that are written without spaces between words.
const UNSPACED: u32 = 0x2E80;

/// So many lines may stand above the first label.
const MAX_ABOVE: usize = 30;

/// `ANN<tab>words`, `ANN:<tab>words`, `ANN;<tab>words`
fn tab(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let (label, rest) = lines.line(at).split_once('\t')?;
    let (label, seconds) = split_time(label.trim_end_matches([':', ';', ' ', '.']));
    (!rest.is_blank()).then(|| head(lines, at, label, seconds, rest))?
}

/// `<Ann> words`, `[10:04] <ann> words`
fn angle(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let line = lines.line(at).trim_start();
    let (seconds, line) = leading_time(line).map_or((None, line), |(seconds, rest)| (Some(seconds), rest));
    let (label, rest) = line.strip_prefix('<')?.split_once('>')?;
    (!label.starts_with('/')).then(|| head(lines, at, label, seconds, rest.strip_prefix(':').unwrap_or(rest)))?
}

/// `(Ann) words`
fn parenthesis(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let (label, rest) = lines.line(at).trim_start().strip_prefix('(')?.split_once(')')?;
    let (label, seconds) = split_time(label);
    head(lines, at, label, seconds, rest.strip_prefix(':').unwrap_or(rest))
}

/// `Ann [12]: words`, `B (4): words`
fn counted(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let (label, rest) = lines.line(at).split_once(':')?;
    let (name, number) = label.trim_end().strip_suffix([']', ')'])?.rsplit_once(['[', '('])?;
    let counts = (1..=4).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    (counts && rest.starts_with(char::is_whitespace)).then(|| head(lines, at, name, None, rest))?
}

/// `Ann:words`
fn glued(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let (label, rest) = lines.line(at).split_once(':')?;
    let opens = rest.starts_with(|c: char| c.is_alphabetic() || "“„«\"‘¿¡…".contains(c));
    // `Expert:in<tab>words`
    (opens && Ending::of(rest).is_none()).then(|| head(lines, at, label, None, rest))?
}

/// `Ann | words`, `Ann > words`, `Ann → words`, `I; words`, `Ann/ words`, `Ann:: words`, `Ann:- words`, and signs that
/// look like a colon
fn sign(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    #[rustfmt::skip]
    const SIGNS: [&str; 13] =
        [" | ", " > ", " >> ", " ـ ", " → ", " -> ", "; ", "/ ", ":: ", ":- ", " :- ", "\u{a789} ", "\u{2236} "];
    let line = lines.line(at);
    let (start, sign) = SIGNS.iter().filter_map(|sign| Some((line.find(sign)?, *sign))).min()?;
    let (label, rest) = (&line[..start], &line[start + sign.len()..]);
    let opens = |c: char| c.is_alphabetic() && !c.is_lowercase(); // some scripts have no capitals
    (label.starts_with(opens) && !rest.is_blank()).then(|| head(lines, at, label, None, rest))?
}

/// The labels that stand before a colon and words without a space between.
pub(super) fn all_glued(text: &str, names: &Names) -> Vec<Head> {
    let glued = Layout { name: "", read: glued, weak: true, dense: false };
    glued.heads(&Lines::of(text, names))
}

/// `Ann – words`
fn dash(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let line = lines.line(at);
    let (label, rest) = split_dash(line)?;
    let (label, seconds) = split_time(label);
    head(lines, at, label, seconds, rest)
}

/// `ANN- words`, `Ann– words`
fn glued_dash(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let line = lines.line(at);
    let (end, dash) = ["- ", "– ", "— "].iter().filter_map(|dash| Some((line.find(dash)?, *dash))).min()?;
    let (label, rest) = (&line[..end], &line[end + dash.len()..]);
    let is_glued = label.starts_with(char::is_uppercase) && label.ends_with(|c: char| c.is_alphanumeric() || c == '.');
    (is_glued && !rest.is_blank()).then(|| head(lines, at, label, None, rest))?
}

fn split_dash(line: &str) -> Option<(&str, &str)> {
    let (at, dash) = [" - ", " – ", " — "].iter().filter_map(|dash| Some((line.find(dash)?, *dash))).min()?;
    Some((&line[..at], &line[at + dash.len()..]))
}

/// `[0:03] Ann - words`
fn timed_dash(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let (seconds, rest) = leading_time(lines.line(at))?;
    let (label, words) = split_dash(rest)?;
    head(lines, at, label, Some(seconds), words)
}

/// `0:03 - Ann (Leeds)` above her words
fn time_and_name(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let line = lines.line(at);
    let (seconds, rest) = leading_time(line)?;
    let label = rest.trim_start_matches(['-', '–', '—', '|', '·', '•', ' ', '\t']);
    let below = !lines.line(at + 1).is_blank() || !lines.line(at + 2).is_blank();
    let is_label = !label.is_empty() && !label.contains(": ") && span_start(label).is_none() && below;
    is_label.then(|| head(lines, at, label.trim_end_matches(':'), Some(seconds), ""))?
}

/// A name on one line, its time on the next, the words below; Teams writes the time out as well.
fn name_above_time(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let label = lines.line(at).trim().trim_end_matches(':');
    if label.is_empty() || !lines.is_name(clean(label)) {
        return None;
    }
    let mut next = at + 1;
    let mut seconds = None;
    while let Some(found) = time_alone(lines.line(next)).filter(|_| next <= at + 2) {
        seconds = Some(found);
        next += 1;
    }
    // `03/05/2024 10:04`
    let is_dated = next == at + 1 && lines.line(next).len() <= LONGEST_DAY && is_day_and_time(lines.line(next));
    next += usize::from(is_dated);
    let words = lines.ranges.get(next)?.start;
    let line = lines.ranges[at].start;
    (is_dated || seconds.is_some()).then(|| (Head { label: clean(label).to_owned(), seconds, line, words }, next - at))
}

/// The longest day and time, in bytes.
const LONGEST_DAY: usize = 48;

/// A time on one line, the name on the next, the words below.
fn time_above_name(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let line = lines.line(at);
    let seconds = time_alone(line);
    // `May 4, 2023 10:02:00 AM`
    if seconds.is_none() && !(line.len() <= LONGEST_DAY && line.contains(':') && is_day_and_time(line)) {
        return None;
    }
    let label = clean(lines.line(at + 1).trim().trim_end_matches(':'));
    let words = lines.ranges.get(at + 2)?.start;
    let below = !lines.line(at + 2).is_blank() && time_alone(lines.line(at + 2)).is_none();
    (below && !label.is_empty() && lines.is_name(label)).then(|| {
        let line = lines.ranges[at].start;
        (Head { label: label.to_owned(), seconds, line, words }, 2)
    })
}

/// The time of a line that holds nothing else: `0:03`, `[0:03]`, `10:04 AM`, `0 minutes 3 seconds`, `1 Std. 2 Min.`
pub(super) fn time_alone(line: &str) -> Option<f64> {
    let line = line.trim();
    let bare = line.trim_matches(['[', ']', '(', ')']);
    span_start(bare).or_else(|| time(bare)).or_else(|| half_day(bare)).or_else(|| written_out(line))
}

/// Three numbers, each with its unit.
pub(super) const MOST_WORDS_OF_TIME: usize = 6;

/// `1 hour 0 minutes 3 seconds`, in any order of the units that are there.
pub(super) fn written_out(line: &str) -> Option<f64> {
    if !line.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '+') {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().take(MOST_WORDS_OF_TIME + 1).collect();
    if words.len() < 2 || !words.len().is_multiple_of(2) || words.len() > MOST_WORDS_OF_TIME {
        return None;
    }
    let mut seconds = 0.0;
    for pair in words.chunks(2) {
        let number: u32 = pair[0].parse().ok()?;
        let unit = pair[1].trim_end_matches(['.', ',']).to_lowercase();
        let factor = [(HOURS, 3600.0), (MINUTES, 60.0), (SECONDS, 1.0)]
            .iter()
            .find(|(units, _)| units.contains(&unit.as_str()))?
            .1;
        seconds += f64::from(number) * factor;
    }
    Some(seconds)
}

/// `ANN HALL` above her words; of other names each paragraph must start with one.
fn alone(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let label = clean(lines.line(at).trim().trim_end_matches(':'));
    let label = without_manner(label).unwrap_or(label);
    let capitals = label.chars().any(char::is_uppercase) && !label.chars().any(char::is_lowercase);
    let opens = at == 0 || lines.line(at - 1).is_blank();
    let name = label.split_whitespace().all(|word| !word.starts_with(char::is_lowercase)) && opens;
    let words = lines.ranges.get(at + 1)?.start;
    let below = (at + 1..at + 3).any(|next| !lines.line(next).is_blank());
    ((capitals || name) && valid_label(label) && below && !label.ends_with(['.', '?', '!'])).then(|| {
        let line = lines.ranges[at].start;
        (Head { label: label.to_owned(), seconds: None, line, words }, 1)
    })
}

/// `[03/05/2024, 14:00:03] Ann: words`, `03/05/2024, 14:00 - Ann: words`, as messengers write them. What
/// has no sender, or starts with the mark of the messenger's own notices, nobody says.
fn message(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let line = lines.line(at);
    let rest = after_date(line)?;
    let line_start = lines.ranges[at].start;
    let sender = rest.split_once(": ").or_else(|| rest.strip_suffix(':').map(|label| (label, "")));
    let (label, words) = match sender {
        Some((label, words)) if lines.is_name(clean(label)) && !words.starts_with('\u{200e}') => (clean(label), words),
        _ => ("", rest),
    };
    Some((Head { label: label.to_owned(), seconds: None, line: line_start, words: lines.byte(at, words) }, 1))
}

/// What follows the date and the time that a message starts with.
fn after_date(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(super::names::is_edge);
    let (bracketed, line) = line.strip_prefix('[').map_or((false, line), |line| (true, line));
    let end = line.find(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | '.' | '-'))).unwrap_or(line.len());
    let date = line[..end].trim_end_matches('.');
    let parts: Vec<&str> = date.split(['/', '.', '-']).collect();
    let is_date = parts.len() == 3
        && parts.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
        && parts.iter().filter(|part| part.len() > 2).count() <= 1;
    if !is_date {
        return None;
    }
    let rest = line[end..].trim_start_matches([',', ' ', 'T']);
    // `12/03/2021 à 10:00`
    let rest = ["à ", "um ", "at ", "às "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ':')).unwrap_or(rest.len());
    time(&rest[..end])?;
    let mut rest = rest[end..].trim_start_matches([' ', '\u{202f}', '\u{a0}']);
    for half in ["AM", "PM", "am", "pm", "a.m.", "p.m.", "a. m.", "p. m."] {
        rest = rest.strip_prefix(half).unwrap_or(rest);
    }
    let rest = rest.trim_start();
    match bracketed {
        true => Some(rest.strip_prefix(']')?.trim_start()),
        false => Some(rest.strip_prefix(['-', '–', ':'])?.trim_start()),
    }
}

/// Bytes of the number that a line starts with, and what parts it from the words: `001 I:`, `12. I:`, `1.12 I:`.
pub(super) fn number(line: &str) -> usize {
    let start = line.len() - line.trim_start_matches([' ', '\t']).len();
    let open = line[start..].trim_start_matches(['[', '(', '#']);
    let digits = open.bytes().take_while(u8::is_ascii_digit).count();
    let rest = without_parts(&open[digits..]).trim_start_matches([']', ')', '.', '|', ':']);
    let words = rest.trim_start_matches([' ', '\t', '|']);
    if (1..=5).contains(&digits) && words.len() < rest.len() && !words.is_blank() {
        line.len() - words.len()
    } else {
        0
    }
}

/// A text without what makes the number before it one of a part: `.2` of `1.2 I:`.
fn without_parts(mut text: &str) -> &str {
    while let Some(rest) = text.strip_prefix('.') {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=3).contains(&digits) {
            break;
        }
        text = &rest[digits..];
    }
    text
}

/// The number that a line starts with, and that of the part before it: `(1, 12)` of `1.12 I:`.
fn parted_number(line: &str) -> Option<(u32, u32)> {
    let mut groups = line[..number(line)].split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let last: u32 = groups.next_back()?.parse().ok()?;
    let part: String = groups.collect();
    Some((if part.is_empty() { 0 } else { part.parse().ok()? }, last))
}

/// The numbers of lines or turns, if they rise from line to line through the whole text. Also tells
/// whether every line has one, but for a few titles above the first.
pub(super) fn numbers(text: &str) -> Option<bool> {
    let (mut all, mut above, mut numbered, mut rising, mut near) = (0usize, 0usize, 0usize, 0usize, 0usize);
    let mut last: Option<(u32, u32)> = None;
    let mut has_parts = false;
    for line in text.by_lines().filter(|line| !line.is_blank()) {
        all += 1;
        let Some((part, value)) = parted_number(line) else {
            above += usize::from(numbered == 0);
            continue;
        };
        has_parts |= part > 0;
        let is_next = |step: u32| {
            last.is_none_or(|(above, last)| {
                (part == above && value > last && value <= last + step) || (part > above && above > 0)
            })
        };
        numbered += 1;
        rising += usize::from(is_next(5));
        // Blank lines may be counted; a list by fives counts no lines.
        near += usize::from(is_next(2));
        last = Some((part, value));
    }
    // Numbers of parts count no lines.
    (numbered >= MIN_HEADS && rising * 10 >= numbered * 9 && numbered * 4 >= all)
        .then_some(!has_parts && numbered * 20 >= (all - above.min(MOST_ABOVE)) * 19 && near * 2 > numbered)
}

/// Whether the numbers that lines start with are each a question's and its answer's: `1. Q: … 1. A: … 2. Q: …`.
pub(super) fn pairs_of_numbers(text: &str) -> bool {
    let value = |line: &str| {
        let digits: String = line[..number(line)].chars().filter(char::is_ascii_digit).collect();
        digits.parse::<u32>().ok()
    };
    let numbers: Vec<u32> = text.by_lines().filter_map(value).collect();
    let pairs = numbers.chunks(2).filter(|pair| pair.len() == 2 && pair[0] == pair[1]).count();
    let rises = numbers.windows(2).all(|two| two[0] == two[1] || two[0] + 1 == two[1]);
    numbers.len() >= MIN_HEADS && rises && pairs * 2 == numbers.len()
}

/// Whether what stands above the first turn is a title, or nothing: a few short lines that are no sentences.
fn is_title(above: &str) -> bool {
    let lines = || above.by_lines().map(str::trim).filter(|line| !line.is_empty());
    let is_short =
        |line: &str| line.chars().count() <= LONGEST_TITLE && !line.ends_with(['.', '?', '!', ':', ',', ';']);
    lines().count() <= MOST_TITLES && lines().all(is_short)
}

/// The longest line of a title, in characters, and the most lines.
const LONGEST_TITLE: usize = 80;
const MOST_TITLES: usize = 4;

/// Turns that only `>>` or a dash at the start of a line tells apart, where every other one asks: those of
/// two people.
pub(crate) fn changes(text: &str) -> Option<Vec<Head>> {
    let lines = Lines::of(text, &DEFAULT);
    let mark = |at: usize| {
        let line = lines.line(at).trim_start();
        let words = line.strip_prefix(">>").or_else(|| line.strip_prefix(['–', '—']))?.trim_start_matches('>');
        (!words.is_blank()).then(|| lines.byte(at, words))
    };
    let places: Vec<(usize, usize)> =
        (0..lines.ranges.len()).filter_map(|at| Some((lines.ranges[at].start, mark(at)?))).collect();
    if places.len() < MIN_HEADS || !is_title(&text[..places[0].0]) {
        return None;
    }
    let end = |place: usize| places.get(place + 1).map_or(text.len(), |next| next.0);
    let asks = |parity: usize| {
        let turns = (parity..places.len()).step_by(2);
        let asking = turns.clone().filter(|&place| ends_in_question(text[places[place].1..end(place)].trim())).count();
        asking as f64 / turns.count().max(1) as f64
    };
    let (even, odd) = (asks(0), asks(1));
    if even.max(odd) < 0.6 || even.min(odd) > 0.2 {
        return None;
    }
    let names = ["First speaker", "Second speaker"];
    let head = |(place, &(line, words)): (usize, &(usize, usize))| Head {
        label: names[place % 2].to_owned(),
        seconds: None,
        line,
        words,
    };
    Some(places.iter().enumerate().map(head).collect())
}

static DEFAULT: std::sync::LazyLock<Names> = std::sync::LazyLock::new(Names::default);

#[cfg(test)]
mod tests;
