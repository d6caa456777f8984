//! Whole layouts in which labels have no colon, or stand behind something else: `Q. Why?`,
//! `ANN<tab>Why?`, `<Ann> Why?`, `0:03 - Ann` above her words, a chat's date and time, line numbers.
//!
//! In: a text. Out: its labels, if the text as a whole is laid out in one of these ways: names that
//! recur and take turns. No single line is ever believed, so that a list, a glossary or a timetable
//! within what is said stays text.

use std::collections::HashMap;

use super::super::lexicon::{HOURS, MINUTES, SECONDS};
use super::super::marks::{self, leading_clock, span_start};
use super::super::speakers::{Names, ends_in_question, key};
pub(super) use super::lines::Head;
use super::lines::{Lines, head};
use super::names::{clean, valid_label};
use super::numbering;
use super::once::is_heading;
use super::points::point;
use super::times::{split_time, time};

/// One layout.
struct Layout {
    /// For [`Source::layout`](super::super::Source::layout).
    name: &'static str,
    /// Reads a line, with those below it, as a label; also tells how many lines that takes.
    read: fn(&Lines<'_>, usize) -> Option<(Head, usize)>,
    /// Whether a line of it might as well be a sentence: then every label must recur, and somebody ask.
    weak: bool,
}

const LAYOUTS: &[Layout] = &[
    Layout { name: "messages with a date and a time", read: message, weak: false },
    Layout { name: "a name above its time", read: name_above_time, weak: false },
    Layout { name: "a time above its name", read: time_above_name, weak: false },
    Layout { name: "a time and a name above the words", read: time_and_name, weak: false },
    Layout { name: "speakers in angle brackets", read: angle, weak: false },
    Layout { name: "speakers before a tab", read: tab, weak: false },
    Layout { name: "a time, a name and a dash", read: timed_dash, weak: false },
    Layout { name: "letters with a point", read: point, weak: true },
    Layout { name: "speakers in parentheses", read: parenthesis, weak: true },
    Layout { name: "speakers before a dash", read: dash, weak: true },
    Layout { name: "names on lines of their own", read: alone, weak: true },
    Layout { name: "speakers with the number of the turn in brackets", read: counted, weak: true },
    Layout { name: "speakers and a colon without a space", read: glued, weak: true },
    Layout { name: "speakers before another sign than a colon", read: sign, weak: true },
];

/// Finds the layout with the most labels, if any fits and has more than `known`.
pub(super) fn find(text: &str, names: &Names, known: usize) -> Option<(Vec<Head>, &'static str)> {
    let lines = Lines::of(text, names);
    let mut best: Option<(Vec<Head>, &'static str, usize)> = None;
    for layout in LAYOUTS {
        let heads = layout.heads(&lines);
        let spoken = heads.iter().filter(|head| !head.label.is_empty()).count();
        let most = best.as_ref().map_or(known, |&(_, _, most)| most);
        if spoken > most && layout.fits(&lines, &heads) {
            best = Some((heads, layout.name, spoken));
        }
    }
    best.map(|(heads, name, _)| (heads, name))
}

/// Fewer labels are a chance.
const MIN_HEADS: usize = 4;

/// What is written like the labels of a layout of the less certain ones, also what comes once.
pub(super) fn like(text: &str, names: &Names, name: &str) -> Vec<Head> {
    let weak = LAYOUTS.iter().find(|layout| layout.name == name && layout.weak);
    weak.map_or_else(Vec::new, |layout| layout.all_heads(&Lines::of(text, names)))
}

impl Layout {
    fn heads(&self, lines: &Lines<'_>) -> Vec<Head> {
        let mut heads = self.all_heads(lines);
        if self.weak {
            numbering::fold_heads(&mut heads);
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
        let n_words: usize = (0..heads.len()).map(|place| said(place).split_whitespace().take(20).count()).sum();
        let asked = || (0..heads.len()).any(|place| ends_in_question(said(place)));
        let above =
            lines.text[..heads.first().map_or(0, |head| head.line)].lines().filter(|l| !l.trim().is_empty()).count();
        spoken.len() >= MIN_HEADS
            && several
            && recurring * 10 >= keys.len() * 7
            && changes * 10 >= (keys.len() - 1) * 5
            && n_words >= 2 * spoken.len()
            && above <= MAX_ABOVE.max(lines.ranges.len() / 5)
            && !keys.iter().zip(&spoken).any(|(key, head)| {
                is_heading(key)
                    && !is_initials(&head.label)
                    && lines.names.strong(key).is_none()
                    && !lines.names.is_known(key)
            })
            && (!self.weak || asked())
    }
}

/// `AH`, `OH`: two or three capital letters may be somebody's, also where they are a sound in lower case.
fn is_initials(label: &str) -> bool {
    (2..=3).contains(&label.chars().count()) && label.chars().all(char::is_uppercase)
}

/// So many lines may stand above the first label.
const MAX_ABOVE: usize = 30;

/// `ANN<tab>words`
fn tab(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let (label, rest) = lines.line(at).split_once('\t')?;
    let (label, seconds) = split_time(label.trim_end_matches([':', ' ', '.']));
    (!rest.trim().is_empty()).then(|| head(lines, at, label, seconds, rest))?
}

/// `<Ann> words`
fn angle(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let (label, rest) = lines.line(at).trim_start().strip_prefix('<')?.split_once('>')?;
    (!label.starts_with('/')).then(|| head(lines, at, label, None, rest.strip_prefix(':').unwrap_or(rest)))?
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
    opens.then(|| head(lines, at, label, None, rest))?
}

/// `Ann | words`, `Ann > words`, `I; words`, `Ann/ words`, `Ann:: words`, `Ann:- words`
fn sign(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    const SIGNS: [&str; 7] = [" | ", " > ", "; ", "/ ", ":: ", ":- ", " :- "];
    let line = lines.line(at);
    let (start, sign) = SIGNS.iter().filter_map(|sign| Some((line.find(sign)?, *sign))).min()?;
    let (label, rest) = (&line[..start], &line[start + sign.len()..]);
    (label.starts_with(char::is_uppercase) && !rest.trim().is_empty()).then(|| head(lines, at, label, None, rest))?
}

/// The labels that stand before a colon and words without a space between.
pub(super) fn all_glued(text: &str, names: &Names) -> Vec<Head> {
    let glued = Layout { name: "", read: glued, weak: true };
    glued.heads(&Lines::of(text, names))
}

/// `Ann – words`
fn dash(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let line = lines.line(at);
    let (label, rest) = split_dash(line)?;
    let (label, seconds) = split_time(label);
    head(lines, at, label, seconds, rest)
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
    let below = !lines.line(at + 1).trim().is_empty() || !lines.line(at + 2).trim().is_empty();
    let is_label = !label.is_empty() && !label.contains(": ") && span_start(label).is_none() && below;
    is_label.then(|| head(lines, at, label.trim_end_matches(':'), Some(seconds), ""))?
}

/// The time that a line starts with, in brackets or not, and the rest.
fn leading_time(line: &str) -> Option<(f64, &str)> {
    let line = line.trim_start();
    if let Some((seconds, end)) = marks::leading(line) {
        return Some((seconds, line[end..].trim_start()));
    }
    if let Some(inner) = line.strip_prefix(['(', '{', '<']) {
        let (inner, rest) = inner.split_once([')', '}', '>'])?;
        return Some((span_start(inner)?, rest.trim_start()));
    }
    let (seconds, end) = leading_clock(line)?;
    Some((seconds, line[end..].trim_start()))
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
    let words = lines.ranges.get(next)?.start;
    let line = lines.ranges[at].start;
    seconds.map(|_| (Head { label: clean(label).to_owned(), seconds, line, words }, next - at))
}

/// A time on one line, the name on the next, the words below.
fn time_above_name(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let seconds = time_alone(lines.line(at))?;
    let label = clean(lines.line(at + 1).trim().trim_end_matches(':'));
    let words = lines.ranges.get(at + 2)?.start;
    let below = !lines.line(at + 2).trim().is_empty() && time_alone(lines.line(at + 2)).is_none();
    (below && !label.is_empty() && lines.is_name(label)).then(|| {
        let line = lines.ranges[at].start;
        (Head { label: label.to_owned(), seconds: Some(seconds), line, words }, 2)
    })
}

/// The time of a line that holds nothing else: `0:03`, `[0:03]`, `0 minutes 3 seconds`, `1 Std. 2 Min.`
fn time_alone(line: &str) -> Option<f64> {
    let line = line.trim();
    let bare = line.trim_matches(['[', ']', '(', ')']);
    span_start(bare).or_else(|| time(bare)).or_else(|| written_out(line))
}

/// `1 hour 0 minutes 3 seconds`, in any order of the units that are there.
fn written_out(line: &str) -> Option<f64> {
    let words: Vec<&str> = line.split_whitespace().collect();
    if words.len() < 2 || !words.len().is_multiple_of(2) || words.len() > 6 {
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
    let capitals = label.chars().any(char::is_uppercase) && !label.chars().any(char::is_lowercase);
    let opens = at == 0 || lines.line(at - 1).trim().is_empty();
    let name = label.split_whitespace().all(|word| !word.starts_with(char::is_lowercase)) && opens;
    let words = lines.ranges.get(at + 1)?.start;
    let below = (at + 1..at + 3).any(|next| !lines.line(next).trim().is_empty());
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
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || super::names::is_direction(c));
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

/// Bytes of the number that a line starts with, and what parts it from the words: `001 I:`, `12. I:`.
pub(super) fn number(line: &str) -> usize {
    let start = line.len() - line.trim_start_matches([' ', '\t']).len();
    let open = line[start..].trim_start_matches(['[', '(', '#']);
    let digits = open.bytes().take_while(u8::is_ascii_digit).count();
    let rest = open[digits..].trim_start_matches([']', ')', '.', '|', ':']);
    let words = rest.trim_start_matches([' ', '\t', '|']);
    if (1..=5).contains(&digits) && words.len() < rest.len() && !words.trim().is_empty() {
        line.len() - words.len()
    } else {
        0
    }
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

/// The numbers of lines or turns, if they rise from line to line through the whole text. Also tells
/// whether every line has one.
pub(super) fn numbers(text: &str) -> Option<bool> {
    let (mut all, mut numbered, mut rising, mut near) = (0usize, 0usize, 0usize, 0usize);
    let mut last: Option<u32> = None;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        all += 1;
        let end = number(line);
        if end == 0 {
            continue;
        }
        let digits: String = line[..end].chars().filter(char::is_ascii_digit).collect();
        let Ok(value) = digits.parse::<u32>() else { continue };
        numbered += 1;
        rising += usize::from(last.is_none_or(|last| value > last && value <= last + 5));
        // Blank lines may be counted; a list by fives counts no lines.
        near += usize::from(last.is_none_or(|last| value > last && value <= last + 2));
        last = Some(value);
    }
    (numbered >= MIN_HEADS && rising * 10 >= numbered * 9 && numbered * 4 >= all)
        .then_some(numbered * 20 >= all * 19 && near * 2 > numbered)
}

/// Turns that only `>>` or a dash at the start of a line tells apart, where every other one asks: those of
/// two people.
pub(crate) fn changes(text: &str) -> Option<Vec<Head>> {
    let lines = Lines::of(text, &DEFAULT);
    let mark = |at: usize| {
        let line = lines.line(at).trim_start();
        let words = line.strip_prefix(">>").or_else(|| line.strip_prefix(['–', '—']))?.trim_start_matches('>');
        (!words.trim().is_empty()).then(|| lines.byte(at, words))
    };
    let places: Vec<(usize, usize)> =
        (0..lines.ranges.len()).filter_map(|at| Some((lines.ranges[at].start, mark(at)?))).collect();
    if places.len() < MIN_HEADS || !text[..places[0].0].trim().is_empty() {
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
mod tests {
    use super::super::read;
    use super::*;

    fn turns(text: &str) -> Vec<(String, String)> {
        let found = read(text, &Names::default()).map(|found| found.stretches).unwrap_or_default();
        found.into_iter().map(|s| (s.label, text[s.text].to_owned())).collect()
    }

    const WORDS: [&str; 4] = ["Why was that so?", "Because it rained.", "And who was there then?", "So many of us."];

    /// Four turns of two people, each written by a layout from its number, name and words.
    fn talk(names: [&str; 2], turn: impl Fn(usize, &str, &str) -> String) -> String {
        WORDS.iter().enumerate().map(|(n, words)| turn(n, names[n % 2], words)).collect()
    }

    #[test]
    fn layouts_without_colons_are_read() {
        let people = ["Mira Okafor", "Jon Moss"];
        for text in [
            talk(people, |_, name, words| format!("{}\t{words}\n", name.to_uppercase())),
            talk(["I", "P"], |_, name, words| format!("{name}\t{words}\n\n")),
            talk(["Q", "A"], |_, name, words| format!("{name}. {words}\n")),
            talk(["Q", "A"], |n, name, words| format!("{name}{}. {words}\n\n", n / 2 + 1)),
            talk(["Q", "A"], |n, name, words| format!("{name}{}) {words}\n", n / 2 + 1)),
            talk(["Question", "Answer"], |n, name, words| format!("{name} {}. {words}\n", n / 2 + 1)),
            talk(["Question", "Answer"], |n, name, words| format!("{name} {} - {words}\n", n / 2 + 1)),
            talk(["Question", "Answer"], |n, name, words| format!("{name} {}\n{words}\n\n", n / 2 + 1)),
            talk(["Q", "A"], |n, name, words| format!("{name}.{} {words}\n\n", n / 2 + 1)),
            talk(["F", "A"], |n, name, words| format!("{name}{}. {words}\n\n", n / 2 + 3)),
            talk(["MO", "JM"], |_, name, words| format!("{name}.  {words}\n\n")),
            talk(["Q", "A"], |_, name, words| format!("     {name}    {words}\n")),
            talk(people, |_, name, words| format!("<{name}> {words}\n")),
            talk(people, |_, name, words| format!("({name}) {words}\n")),
            talk(people, |_, name, words| format!("{name} – {words}\n")),
            talk(people, |n, name, words| format!("[00:00:0{n}] {name} - {words}\n")),
            talk(people, |n, name, words| format!("0:0{n} - {name} (Ward 7)\n  {words}\n\n")),
            talk(["I", "B"], |n, name, words| format!("{name} [{n}]: {words}\n\n", n = n + 1)),
            talk(["I", "P"], |_, name, words| format!("{name}:{words}\n\n")),
            talk(people, |_, name, words| format!("{name} | {words}\n\n")),
            talk(["I", "P"], |_, name, words| format!("{name}; {words}\n")),
            talk(people, |n, name, words| format!("{name}\n0 minutes {n} seconds\n0:0{n}\n{words}\n")),
            talk(people, |n, name, words| format!("{name}\n00:0{n}\n{words}\n\n")),
            talk(people, |n, name, words| format!("00:00:0{n}\n{name}\n{words}\n\n")),
            talk(people, |_, name, words| format!("{}\n{words}\n\n", name.to_uppercase())),
            talk(people, |n, name, words| format!("[3/5/24, 14:00:0{n}] {name}: {words}\n")),
            talk(people, |n, name, words| format!("2024-05-03, 14:0{n} - {name}: {words}\n")),
            talk(people, |n, name, words| format!("5/3/24, 2:0{n}\u{202f}PM - {name}: {words}\n")),
            talk(["I", "P"], |n, name, words| format!("00{n} {name}: {words}\n", n = n + 1)),
            talk(people, |n, name, words| format!("{}. {name}: {words}\n\n", n + 1)),
            talk(people, |_, name, words| format!("- {name}: {words}\n")),
            talk(people, |_, name, words| format!("• **{name}:** {words}\n")),
            talk(people, |n, name, words| format!("**{name}** (00:0{n}): {words}\n\n")),
            talk(people, |n, name, words| format!("### {name} [00:0{n}]\n{words}\n\n")),
            talk(["m1", "p1"], |n, name, words| format!("[00:0{n}] [{name}] {words}\n")),
            talk(people, |_, name, words| format!("\u{200f}{name}\u{200f}: {words}\n")),
            talk(["المحاور", "المشارك"], |_, name, words| format!("\u{200f}{name}\u{200f}: {words}\n")),
        ] {
            let found = turns(&text);
            let words: Vec<&str> = found.iter().map(|(_, words)| words.as_str()).collect();
            assert_eq!(words, WORDS, "{text}\n{found:?}");
            assert_eq!((&found[0].0, &found[1].0), (&found[2].0, &found[3].0), "{text}");
            assert_ne!(found[0].0, found[1].0, "{text}");
        }
    }

    #[test]
    fn lists_and_tables_are_no_conversations() {
        for text in [
            "Tea\t3\nMilk\t4\nTea\t5\nMilk\t6\n",
            "A. Apples are red.\nB. Pears are green.\nC. Plums are blue.\nD. Figs are brown.\n",
            "- Bread: white\n- Milk: much\n- Eggs: six\n- Jam: none\n",
            "1. We got up.\n2. We ate.\n3. We left.\n4. We slept.\n",
            "MORNING\nWe got up, did we not?\n\nEVENING\nWe slept.\n\nMORNING\nWe got up.\n\nEVENING\nWe slept.\n",
            "07:00 - Rounds\nwith all of us\n\n08:00 - Break\nin the garden\n\n09:00 - Letters\nby hand\n\n10:00 - Talks\nby phone\n",
            "– We went out.\n– We came in.\n– We ate.\n– We slept.\n",
            "Leeds - a town in the north\nYork - a town near by\nHull - a town by the sea\nRipon - a small town\n",
            "Tea:green\nMilk:white\nTea:black\nMilk:sour\n",
            "Well; we went.\nWell; we came.\nThen; we ate.\nThen; we slept.\n",
            "(laughs) We went.\n(laughs) And came.\n(sighs) So it was.\n(sighs) It is over.\n",
        ] {
            assert_eq!(turns(text), [], "{text}");
        }
    }

    #[test]
    fn what_a_messenger_says_is_nobodys() {
        let text = "[03/05/2024, 14:00:00] Mira: \u{200e}Messages are encrypted.\n[03/05/2024, 14:00:03] Mira: Why?\n\
                    [03/05/2024, 14:00:20] Jon: So it was\nand is.\n[03/05/2024, 14:00:37] Mira: And then what?\n\
                    [03/05/2024, 14:00:54] Jon: No more.\n[03/05/2024, 14:01:54] Ida: Hello there all.\n";
        let labels: Vec<String> = turns(text).into_iter().map(|(label, _)| label).collect();
        assert_eq!(labels, ["", "Mira", "Jon", "Mira", "Jon", "Ida"]);
        assert_eq!(turns(text)[2].1, "So it was\nand is.");
    }

    #[test]
    fn changes_of_speaker_need_one_who_asks() {
        let text = ">> Why?\n>> It rained.\n>> And then?\n>> We left.\n";
        let labels: Vec<String> = changes(text).unwrap().into_iter().map(|head| head.label).collect();
        assert_eq!(labels, ["First speaker", "Second speaker", "First speaker", "Second speaker"]);
        assert_eq!(changes(">> Why?\n>> Who?\n>> And then?\n>> We left.\n>> Oh?\n"), None);
    }

    #[test]
    fn times_written_out_are_read() {
        assert_eq!(written_out("1 hour 2 minutes 3 seconds"), Some(3723.0));
        assert_eq!(written_out("0 Minuten 20 Sekunden"), Some(20.0));
        assert_eq!(written_out("3 people 4 seconds"), None);
        assert_eq!(written_out("3"), None);
    }
}
