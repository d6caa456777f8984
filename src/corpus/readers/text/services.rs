//! Openings of turns as some services write them, and lines that they put between words.
//!
//! In: a text. Out: the same text, of as many bytes and lines, with such openings in a form that labels are known in,
//! where several lines have it, and with one colon behind names where somebody typed two; and the bytes of lines that
//! nobody said, an outline above the talk among them. It never decides who speaks, and never changes words behind an
//! opening.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::super::super::by_lines::ByLines;
use super::super::super::label_key::digit;
use super::super::super::labels::{time, valid_label};
use super::clocks::{
    day_and_half, day_in_brackets, half_before_tab, name_above_half, name_and_half, name_equals, opened,
};

/// Fewer lines show no habit, and of one name fewer no speaker.
const FEWEST: usize = 4;
const AGAIN: usize = 3;

/// A line in another form: who speaks in it, and how it is written instead, no longer than it was.
type Form = fn(&str, Option<&str>) -> Option<(String, String)>;
#[rustfmt::skip]
const TIMED_FORMS: [Form; 13] = [
    clock_and_colon, time_in_words, clock_and_bold_name, span_above_name, between_bars, span_before_turn,
    span_before_name, day_before_name, name_and_half, day_and_half, day_in_brackets, half_before_tab, name_above_half,
];
/// The same of those without a time, each with the signs of which its lines have one.
const FORMS: [(Form, &[&str]); 2] = [(name_equals, &[" = "]), (name_and_sign, &SIGNS)];
const SIGNS: [&str; 2] = [" >> ", " ـ "];
/// Bytes of a line in which a time stands that opens it.
const LONGEST_OPENING: usize = 160;

/// The text with one form of opening rewritten, if two or more who come again have it; those with times where there
/// may be any.
pub(super) fn rewritten(text: &str, has_times: bool) -> Option<String> {
    let lines: Vec<&str> = text.by_whole_lines().collect();
    // The next line that is not blank.
    let mut below: Vec<Option<&str>> = vec![None; lines.len()];
    for at in (1..lines.len()).rev() {
        let next = lines[at].trim();
        below[at - 1] = if next.is_empty() { below[at] } else { Some(next) };
    }
    let is_there = |signs: &[&str]| signs.iter().any(|sign| text.contains(sign));
    let untimed = FORMS.iter().filter(|(_, signs)| is_there(signs)).map(|(form, _)| form);
    TIMED_FORMS.iter().filter(|_| has_times).chain(untimed).find_map(|form| {
        let openings: Vec<Option<(String, String)>> = (0..lines.len())
            .map(|at| form(lines[at].trim_end(), below[at]).filter(|(who, _)| valid_label(who)))
            .collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        openings.iter().flatten().for_each(|(who, _)| *counts.entry(who).or_default() += 1);
        if counts.values().sum::<usize>() < FEWEST || counts.values().filter(|&&n| n > 1).count() < 2 {
            return None;
        }
        let mut written = String::with_capacity(text.len());
        for (line, opening) in lines.iter().zip(&openings) {
            match opening {
                Some((_, instead)) if instead.len() <= line.trim_end().len() => {
                    let end = line.trim_end().len();
                    written.push_str(instead);
                    written.push_str(&" ".repeat(end - instead.len()));
                    written.push_str(&line[end..]);
                }
                _ => written.push_str(line),
            }
        }
        Some(written)
    })
}

/// Whether enough lines hold a digit, of whatever script, where a time may stand.
pub(super) fn may_open_with_times(text: &str) -> bool {
    let may = |line: &&str| {
        let bytes = &line.as_bytes()[..line.len().min(LONGEST_OPENING)];
        let mut opening = line.char_indices().take_while(|(at, _)| *at < LONGEST_OPENING);
        bytes.iter().any(u8::is_ascii_digit) || (!bytes.is_ascii() && opening.any(|(_, c)| digit(c).is_some()))
    };
    text.by_whole_lines().filter(may).nth(FEWEST - 1).is_some()
}

/// The text with a space for the second colon of `Ann Hall:: words`, where other lines open with that name.
pub(super) fn with_one_colon(text: &str) -> Option<String> {
    if !text.contains("::") {
        return None;
    }
    let label = |line: &str| -> Option<usize> {
        let (label, words) = line.split_once("::")?;
        let is_slip = valid_label(label.trim()) && words.chars().next().is_none_or(char::is_whitespace);
        is_slip.then_some(label.len())
    };
    let slips: Vec<&str> = text.by_lines().filter_map(|line| Some(line[..label(line)?].trim())).collect();
    if slips.is_empty() {
        return None;
    }
    let opens = |line: &&str, slip: &str| {
        let rest = line.trim_start().strip_prefix(slip).and_then(|rest| rest.strip_prefix(':'));
        rest.is_some_and(|rest| !rest.starts_with(':'))
    };
    let lines_of = |slip: &str| text.by_lines().filter(|line| opens(line, slip)).count();
    let n_slips = |slip: &str| slips.iter().filter(|other| **other == slip).count();
    let known: HashSet<&str> = slips.iter().copied().filter(|slip| n_slips(slip) + lines_of(slip) >= AGAIN).collect();
    let mut written = String::with_capacity(text.len());
    for line in text.by_whole_lines() {
        match label(line.trim_end()).filter(|end| known.contains(line[..*end].trim())) {
            Some(end) => written.extend([&line[..end], ": ", &line[end + 2..]]),
            None => written.push_str(line),
        }
    }
    (!known.is_empty()).then_some(written)
}

/// `00:03: Ann Hall: words` of tl;dv
fn clock_and_colon(line: &str, _below: Option<&str>) -> Option<(String, String)> {
    let (clock, rest) = line.split_once(": ")?;
    let (label, words) = rest.split_once(": ")?;
    time(clock).filter(|_| !clock.starts_with(' ') && !words.is_blank())?;
    Some((label.to_owned(), format!("{clock}  {rest}")))
}

/// `Ann Hall (1 min 3 sec)` of Read AI, alone on its line
fn time_in_words(line: &str, below: Option<&str>) -> Option<(String, String)> {
    let (label, inner) = line.strip_suffix(')')?.rsplit_once(" (")?;
    let (mut seconds, mut n_units) = (0u32, 0);
    let mut words = inner.split_whitespace();
    while let Some(number) = words.next() {
        let number = number.parse::<u32>().ok().filter(|&number| number < 1000)?;
        let unit = match words.next()? {
            "hr" | "hrs" | "hour" | "hours" | "h" => 3600,
            "min" | "mins" | "minute" | "minutes" | "m" => 60,
            "sec" | "secs" | "second" | "seconds" | "s" => 1,
            _ => return None,
        };
        seconds += number * unit;
        n_units += 1;
    }
    (n_units > 0 && below.is_some()).then(|| (label.to_owned(), format!("{label} ({})", clock_of(seconds))))
}

/// `[00:03] - **Ann Hall**` of Fathom in Markdown, alone on its line
fn clock_and_bold_name(line: &str, below: Option<&str>) -> Option<(String, String)> {
    let (clock, name) = line.split_once(" - ")?;
    let label = name.trim().strip_prefix("**")?.strip_suffix("**")?;
    let clock = clock.strip_prefix('[').and_then(|clock| clock.strip_suffix(']')).unwrap_or(clock);
    time(clock).filter(|_| below.is_some())?;
    Some((label.to_owned(), format!("{clock} - {label}")))
}

/// `0:0:3.110 --> 0:0:20.420` above a name, as documents of Teams once had it
fn span_above_name(line: &str, below: Option<&str>) -> Option<(String, String)> {
    let (from, to) = line.trim().split_once(" --> ")?;
    let seconds = |clock: &str| {
        let (whole, _) = clock.split_once('.').unwrap_or((clock, ""));
        let parts: Vec<u32> = whole.split(':').map(|part| part.parse::<u32>().ok()).collect::<Option<_>>()?;
        match parts[..] {
            [hours @ 0..100, minutes @ 0..60, seconds @ 0..60] => Some(hours * 3600 + minutes * 60 + seconds),
            _ => None,
        }
    };
    seconds(to)?;
    Some((below?.to_owned(), clock_of(seconds(from)?)))
}

/// `Ann Hall | 00:00:03 | words`, `00:00:03 | Ann Hall | words`
fn between_bars(line: &str, _below: Option<&str>) -> Option<(String, String)> {
    let mut parts = line.splitn(3, '|').map(str::trim);
    let (first, second, words) = (parts.next()?, parts.next()?, parts.next()?);
    let (label, clock) = if time(second).is_some() { (first, second) } else { (second, first) };
    // `00:03 | AH | Ann Hall | words`
    let whole = words.split_once('|').map(|(name, words)| (name.trim(), words.trim()));
    let (label, words) = whole.filter(|(name, _)| stands_for(label, name)).unwrap_or((label, words));
    time(clock).filter(|_| !words.is_empty())?;
    Some((label.to_owned(), opened(format!("[{clock}] {label}:"), line, words)))
}

/// Whether letters are the initials of a name of two words or more: `AH` of `Ann Hall`.
fn stands_for(letters: &str, name: &str) -> bool {
    let initials: String = name.split_whitespace().filter_map(|word| word.chars().next()).collect();
    initials == letters && initials.chars().nth(1).is_some()
}

/// `Ann Hall >> words`, and in Arabic a long stroke (`ـ`) in place of a dash
fn name_and_sign(line: &str, _below: Option<&str>) -> Option<(String, String)> {
    let (label, words) = SIGNS.iter().find_map(|sign| line.split_once(sign))?;
    let is_turn = !label.starts_with(char::is_whitespace) && !label.contains(':') && !words.is_blank();
    is_turn.then(|| (label.to_owned(), format!("{label}: {}", words.trim_end())))
}

/// `[00:00:03 -> 00:00:13] Ann Hall: words` of MacWhisper
fn span_before_turn(line: &str, _below: Option<&str>) -> Option<(String, String)> {
    let (from, rest) = line.strip_prefix('[')?.split_once(" -> ")?;
    let (to, turn) = rest.split_once("] ")?;
    let (label, words) = turn.split_once(": ")?;
    time(from).and(time(to)).filter(|_| !words.is_blank())?;
    Some((label.trim().to_owned(), opened(format!("[{from}] {}:", label.trim()), line, words)))
}

/// `00:00:03,000 --> 00:00:13,000 [Ann Hall]`, alone on its line
fn span_before_name(line: &str, below: Option<&str>) -> Option<(String, String)> {
    let (from, rest) = line.split_once(" --> ")?;
    let (to, name) = rest.split_once(" [")?;
    let label = name.strip_suffix(']')?;
    time(to).filter(|_| below.is_some())?;
    Some((label.to_owned(), format!("{label} ({})", clock_of(time(from)? as u32))))
}

/// `[05-Mar-24 02:03 PM] Ann Hall` of Discord and `[Tuesday 2:03 PM] Ann Hall` of Teams, alone on its line
fn day_before_name(line: &str, below: Option<&str>) -> Option<(String, String)> {
    let (when, label) = line.strip_prefix('[')?.split_once("] ")?;
    let (day, clock) = when.split_once(' ')?;
    let is_day = day.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && day.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | ','));
    let is_clock = clock.split(' ').next().is_some_and(|clock| time(clock).is_some());
    (is_day && is_clock && below.is_some()).then(|| (label.trim().to_owned(), format!("[{clock}] {}", label.trim())))
}

/// `1:03`, `1:00:03`
fn clock_of(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours == 0 { format!("{minutes}:{seconds:02}") } else { format!("{hours}:{minutes:02}:{seconds:02}") }
}

/// The lines by which Fathom marks a moment within what somebody says: `ACTION ITEM: … - WATCH: https://…`.
pub(super) fn moments(text: &str) -> Vec<Range<usize>> {
    if !text.contains("WATCH") {
        return Vec::new();
    }
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.by_whole_lines() {
        if is_moment(line.trim()) {
            found.push(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    found
}

fn is_moment(line: &str) -> bool {
    let bare = line.trim_start_matches(['*', '_', '-', '>', ' ']);
    let Some((kind, rest)) = bare.split_once([':', ' ']) else { return false };
    let is_loud = kind.len() > 2 && kind.chars().all(|c| c.is_uppercase());
    let link = ["- WATCH: http", "- WATCH: [http", "- [WATCH](http"].iter().find_map(|watch| rest.split_once(watch));
    is_loud && link.is_some_and(|(_, address)| !address.contains(' '))
}

/// Headings above a list of what a talk is about, each with its time.
#[rustfmt::skip]
const OUTLINES: &[&str] = &[
    "outline", "chapters", "gliederung", "kapitel", "chapitres", "plan", "capítulos", "capitoli", "hoofdstukken",
    "esquema", "schema",
];
/// Longer lines are no such headings however their letters are written, and no titles, in bytes.
const LONGEST_HEADING: usize = 48;
const LONGEST_TITLE: usize = 160;

/// The lines of an outline above a talk: its heading, titles with times, and what stands below them. The talk begins
/// where somebody is named who comes again, or where times start anew.
pub(super) fn outline(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut lines: Vec<(Range<usize>, &str)> = Vec::new();
    for line in text.by_whole_lines() {
        lines.push((start..start + line.trim_end().len(), line.trim()));
        start += line.len();
    }
    let is_heading = |line: &str| {
        let name = line.trim_matches(|c: char| !c.is_alphabetic());
        name.len() <= LONGEST_HEADING && OUTLINES.contains(&name.to_lowercase().as_str())
    };
    let Some(first) = lines.iter().position(|(_, line)| is_heading(line)) else { return Vec::new() };
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (name, _) in lines.iter().filter_map(|(_, line)| opening(line)) {
        *counts.entry(name).or_default() += 1;
    }
    let again: HashSet<&str> = counts.into_iter().filter(|(_, n)| *n > 1).map(|(name, _)| name).collect();
    // Who is to do what, above it, has no time.
    let is_turn = |line: &str| opening(line).is_some_and(|(name, seconds)| seconds.is_some() && again.contains(name));
    if lines[..first].iter().any(|(_, line)| is_turn(line)) {
        return Vec::new();
    }
    let (mut last, mut n_titles) = (f64::NEG_INFINITY, 0);
    let mut end = None;
    for (at, (_, line)) in lines.iter().enumerate().skip(first + 1) {
        let Some((name, seconds)) = opening(line) else { continue };
        if again.contains(name) || seconds.is_some_and(|seconds| seconds <= last) {
            end = Some(at);
            break;
        }
        n_titles += usize::from(seconds.is_some());
        last = seconds.unwrap_or(last);
    }
    let Some(end) = end.filter(|_| n_titles > 0) else { return Vec::new() };
    lines[first..end].iter().map(|(range, _)| range.clone()).filter(|range| !range.is_empty()).collect()
}

/// What may be a name at the start of a line, with its time: `Ann Hall  0:03`, `Losses (0:37)`, `0:37 - Losses`,
/// `[0:03] Ann Hall: words`, `Ann Hall: words`; a time alone stands above a name.
fn opening(line: &str) -> Option<(&str, Option<f64>)> {
    let clock = |word: &str| time(word.trim_matches(['(', ')', '[', ']']));
    if let Some(seconds) = clock(line) {
        return Some(("", Some(seconds)));
    }
    if let Some((title, last)) = line.rsplit_once(char::is_whitespace)
        && let Some(seconds) = clock(last)
    {
        return (line.len() <= LONGEST_TITLE).then(|| (title.trim(), Some(seconds)));
    }
    let (seconds, rest) = match line.split_once(' ').map(|(first, rest)| (clock(first), rest)) {
        Some((Some(seconds), rest)) => (Some(seconds), rest.trim_start_matches([' ', '-', '–', '—'])),
        _ => (None, line),
    };
    let name = rest.split_once(':').map(|(name, _)| name.trim()).filter(|name| valid_label(name));
    match (seconds, name) {
        (_, Some(name)) => Some((name, seconds)),
        (Some(_), None) => (line.len() <= LONGEST_TITLE).then_some((rest, seconds)),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::labels;
    use super::*;

    fn initials(name: &str) -> String {
        name.split_whitespace().filter_map(|word| word.chars().next()).collect()
    }

    fn rewritten(text: &str) -> Option<String> {
        super::rewritten(text, may_open_with_times(text))
    }

    #[test]
    fn openings_of_services_are_written_as_others_are() {
        type Form = fn(usize, &str) -> String;
        let forms: [(Form, &str); 11] = [
            (
                |n, who| format!("00:0{n} | {} | {who} | It was so.\n", initials(who)),
                "[00:01] Tom Reed:       It was so.",
            ),
            (|_, who| format!("{who} >> It was so.\n\n"), "Tom Reed: It was so."),
            (|_, who| format!("{who} ـ It was so.\n\n"), "Tom Reed: It was so."),
            (|n, who| format!("00:0{n}: {who}: It was so.\n\n"), "00:01  Tom Reed: It was so."),
            (|n, who| format!("{who} (0 min {n} sec)\nIt was so.\n\n"), "Tom Reed (0:01)       "),
            (|n, who| format!("[00:0{n}] - **{who}**\n\nIt was so.\n\n"), "00:01 - Tom Reed      "),
            (|n, who| format!("0:0:{n}.1 --> 0:1:{n}.4\n{who}\nIt was so.\n\n"), "0:01                  "),
            (|n, who| format!("{who} | 00:0{n} | It was so.\n\n"), "[00:01] Tom Reed:  It was so."),
            (|n, who| format!("[00:0{n} -> 00:09] {who}: It was so.\n"), "[00:01] Tom Reed:          It was so."),
            (|n, who| format!("00:00:0{n},000 --> 00:00:09,000 [{who}]\nIt was so.\n"), "Tom Reed (0:01)"),
            (|n, who| format!("[05-Mar-24 02:0{n} PM] {who}\nIt was so.\n\n"), "[02:01 PM] Tom Reed"),
        ];
        for (turn, expected) in forms {
            let text: String = (0..4).map(|n| turn(n, ["Ann Hall", "Tom Reed"][n % 2])).collect();
            let written = rewritten(&text).unwrap();
            assert_eq!((written.len(), written.lines().count()), (text.len(), text.lines().count()));
            assert!(written.lines().any(|line| line.trim_end() == expected.trim_end()), "{written}");
            // One speaker, or names that come once, are no habit.
            assert_eq!(rewritten(&(0..4).map(|n| turn(n, "Ann Hall")).collect::<String>()), None);
            assert_eq!(rewritten(&(0..4).map(|n| turn(n, ["Ann", "Tom", "Eva", "Jim"][n])).collect::<String>()), None);
        }
    }

    #[test]
    fn a_second_colon_is_one_behind_known_names() {
        let text = "Hall: So?\nReed:: No.\nHall: And?\nReed: Yes.\nHall: When?\nReed: In std:: or so.\n";
        assert_eq!(with_one_colon(text), Some(text.replace("Reed::", "Reed: ")));
        for text in ["Hall: So?\nReed:: No.\n", "Hall: So?\nReed: No::\nHall: And?\nReed: a::b\n", "", "Note:: x\n"] {
            assert_eq!(with_one_colon(text), None, "{text}");
        }
    }

    #[test]
    fn moments_of_fathom_are_nobodys() {
        for line in [
            "ACTION ITEM: Send the form - WATCH: https://fathom.video/x?t=9",
            "HIGHLIGHT: Loss - WATCH: https://fathom.video/x?t=9",
            "SCREEN SHARING: Ann started screen sharing - WATCH: https://fathom.video/x",
            "**ACTION ITEM:** Send it - [WATCH](https://fathom.video/x)",
        ] {
            assert!(is_moment(line), "{line}");
            let text = format!("We left.\n  {line}\nAnd came back.\n");
            let kept = labels::without(&text, &moments(&text));
            assert_eq!(kept, "We left.\n\nAnd came back.\n");
        }
        for line in [
            "ACTION ITEM: Send the form",
            "Look - WATCH: https://fathom.video/x",
            "TV: we sat there to - WATCH: the news",
            "LOOK at it - WATCH: https://fathom.video/x and laugh",
        ] {
            assert!(!is_moment(line), "{line}");
        }
    }

    #[test]
    fn an_outline_above_a_talk_is_nobodys() {
        const TALK: &str = "Ann Hall  0:03\nWhy so?\n\nTom Reed  0:20\nIt rained.\n\nAnn Hall  0:37\nAnd?\n\n\
                            Tom Reed  0:50\nNo.\n";
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        for outline in [
            "OUTLINE\n\nBeginnings (0:03)\nTom took over two hives.\n\n",
            "Outline\n\nBeginnings  0:03\nTom took over.\n\nLosses  0:37\nThey died.\n\n",
            "## Chapters\n\n0:03 - Beginnings\n0:37 - Losses\n\nTranscript\n\n",
        ] {
            let text = format!("Bees\n\n{outline}{TALK}");
            let kept = labels::without(&text, &super::outline(&text));
            assert_eq!(words(&kept), words(&format!("Bees {TALK}")));
            assert_eq!(kept.lines().count(), text.lines().count());
        }
        // Without titles that have times, below the talk, or in it there is none.
        for text in [
            format!("Outline\n\nBeginnings\nLosses\n\n{TALK}"),
            format!("{TALK}\nOutline\n\nLosses  0:37\nThey died.\n"),
            format!("Ann Hall  0:01\nOutline\n\n{TALK}"),
            TALK.to_owned(),
        ] {
            assert!(super::outline(&text).is_empty(), "{text}");
        }
    }
}
