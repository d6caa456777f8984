//! Times within labels: `Maria  0:03`, `Maria (00:12:03)`, and of messengers `Maria  10:00 AM`,
//! `Maria, [12.03.2021 10:00]`.
//!
//! In: a label, or a text that may be a time. Out: the seconds, and what stands before. It never looks
//! beyond the line; marks between the words are for [`marks`](super::super::marks).

use super::super::marks::{self, leading_clock, span_start};

/// Takes a time off the end of a label: `Maria  0:03`, `Maria (00:12:03)`, `Maria 0:03 - 0:11`, `S0 (0:03 --> 0:11)`.
pub(crate) fn split_time(label: &str) -> (&str, Option<f64>) {
    if let Some((name, seconds)) = time_of_day(label) {
        return (name, Some(seconds));
    }
    let Some((name, seconds)) = last_time(label) else { return (label, None) };
    match last_time(name) {
        Some((name, start)) => (name, Some(start)),
        None => (name, Some(seconds)),
    }
}

/// The time that a label ends with, and what stands before it.
fn last_time(label: &str) -> Option<(&str, f64)> {
    let label = label.trim_end();
    let last = label.split_whitespace().next_back().filter(|last| last.len() < label.len())?;
    let seconds = time(last.trim_start_matches(['(', '[']).trim_end_matches([')', ']']))?;
    let name = label[..label.len() - last.len()].trim_end();
    Some((name.trim_end_matches(['-', '–', '—', '|', ',', '•', '·', '@', '>', '→']), seconds))
}

/// The time of day behind a name, as messengers write it: `Maria  10:00 AM`, apart from the name or in brackets,
/// and `Maria, [12.03.2021 10:00]`.
fn time_of_day(label: &str) -> Option<(&str, f64)> {
    let label = label.trim_end();
    let closed = label.ends_with([']', ')']);
    let inner = label.trim_end_matches([']', ')']).trim_end();
    let half = HALVES.iter().find(|half| inner.ends_with(**half));
    let clock = half.map_or(inner, |_| inner[..inner.len() - 2].trim_end());
    let last = clock.split_whitespace().next_back().filter(|last| last.len() < clock.len())?;
    let above = &clock[..clock.len() - last.len()];
    let (hours, minutes) = last.trim_start_matches(['[', '(']).split_once(':')?;
    let time = hours_and_minutes(hours, minutes)?;
    let noon = 12.0 * 3600.0;
    let time = match half {
        Some(_) if time >= 13.0 * 3600.0 => return None,
        Some(half) => time % noon + if half.eq_ignore_ascii_case("pm") { noon } else { 0.0 },
        None => time,
    };
    // A date in the same brackets.
    let date = above.rsplit([' ', '\t']).find(|word| !word.is_empty())?;
    if closed && date.strip_prefix('[').is_some_and(is_date) {
        let name = &above[..above.trim_end().len() - date.len()];
        return Some((name.trim_end_matches([',', ' ']), time));
    }
    let is_apart = above.ends_with("  ") || above.ends_with('\t') || (closed && last.starts_with(['[', '(']));
    (half.is_some() && is_apart).then(|| (above.trim_end(), time))
}

/// Whether a line holds a time and nothing else: `00:12:03`, `[0:03 - 0:11]`.
pub(super) fn is_time_alone(line: &str) -> bool {
    let line = line.trim();
    let is_of_time = |c: char| c.is_ascii_digit() || "[](){}:.,-–> ".contains(c);
    line.contains(':') && line.bytes().any(|byte| byte.is_ascii_digit()) && line.chars().all(is_of_time)
}

/// Seconds from midnight on.
fn hours_and_minutes(hours: &str, minutes: &str) -> Option<f64> {
    let (minutes, seconds) = minutes.split_once(':').unwrap_or((minutes, "00"));
    let number = |digits: &str, most: u32| {
        let is_number = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        digits.parse::<u32>().ok().filter(|number| is_number && *number <= most)
    };
    let minutes = number(minutes, 59).filter(|_| minutes.len() == 2)?;
    Some(f64::from(number(hours, 23)? * 3600 + minutes * 60 + number(seconds, 59)?))
}

/// The time of day of a line that is nothing else, half of the day and all: `10:04 AM`.
pub(super) fn half_day(text: &str) -> Option<f64> {
    let text = text.trim();
    let half = HALVES.iter().find(|half| text.ends_with(**half))?;
    let (hours, minutes) = text[..text.len() - half.len()].trim_end().split_once(':')?;
    let noon = 12.0 * 3600.0;
    let time = hours_and_minutes(hours, minutes).filter(|&time| time < noon + 3600.0)?;
    Some(time % noon + if half.eq_ignore_ascii_case("pm") { noon } else { 0.0 })
}

/// Whether a text is a day and a time of it, as messengers write them: `03/05/2024 10:04`, `3 May 2024 at 10:04:17`,
/// `Today at 10:04 AM`.
pub(super) fn is_day_and_time(text: &str) -> bool {
    let text = text.trim();
    let bare = HALVES.iter().find_map(|half| text.strip_suffix(half)).unwrap_or(text).trim_end();
    let mut words: Vec<&str> = bare.split([' ', '\t', ',', '\u{a0}', '\u{202f}']).filter(|w| !w.is_empty()).collect();
    let clock = words.pop().and_then(|last| last.split_once(':'));
    let is_clock = clock.is_some_and(|(hours, minutes)| hours_and_minutes(hours, minutes).is_some());
    words.retain(|word| !BEFORE_TIMES.contains(&word.to_lowercase().as_str()));
    let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let is_month = |word: &str| {
        let opens: String = word.chars().take(3).flat_map(char::to_lowercase).collect();
        MONTHS.contains(&opens.as_str()) && word.trim_end_matches('.').chars().all(char::is_alphabetic)
    };
    let is_day = |word: &str| word.trim_end_matches('.').parse::<u32>().is_ok_and(|day| (1..=31).contains(&day));
    let is_day_named = match &words[..] {
        [date] => is_date(date) || DAYS.contains(&date.to_lowercase().as_str()),
        [a, b] => (is_day(a) && is_month(b)) || (is_month(a) && is_day(b)),
        [a, b, year] => {
            let is_year = year.len() == 4 && is_number(year);
            is_year && ((is_day(a) && is_month(b)) || (is_month(a) && is_day(b)))
        }
        _ => false,
    };
    is_clock && is_day_named
}

const HALVES: [&str; 4] = ["AM", "am", "PM", "pm"];
/// How the names of months start.
#[rustfmt::skip]
const MONTHS: &[&str] = &[
    "jan", "gen", "ene", "sty", "feb", "fév", "fev", "lut", "mar", "mär", "mrz", "maa", "apr", "avr", "abr", "kwi",
    "may", "mai", "mag", "maj", "mei", "jun", "jui", "giu", "cze", "jul", "lug", "lip", "aug", "aoû", "ago", "sie",
    "sep", "set", "wrz", "oct", "okt", "ott", "out", "paź", "nov", "lis", "dec", "dez", "déc", "dic", "gru",
];
/// Words between a day and its time.
const BEFORE_TIMES: &[&str] = &["at", "um", "à", "às", "a", "las", "alle", "om", "kl.", "о", "в"];
/// Days by their distance.
#[rustfmt::skip]
const DAYS: &[&str] = &[
    "today", "yesterday", "heute", "gestern", "aujourd'hui", "aujourd’hui", "hier", "hoy", "ayer", "oggi", "ieri",
    "hoje", "ontem", "vandaag", "gisteren", "idag", "igår", "dzisiaj", "wczoraj",
];

/// `12.03.2021`, `3/12/21`, `2021-03-12`
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.trim_end_matches([',', '.']).split(['.', '/', '-']).collect();
    parts.len() == 3
        && parts.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
        && parts.iter().filter(|part| part.len() > 2).count() <= 1
}

/// The time in brackets that a line starts with, and the rest: `[0:03]`, `{0:03}`, `[0.00 - 14.20]`.
pub(super) fn opening_time(line: &str) -> Option<(f64, &str)> {
    let inner = line.strip_prefix(['[', '(', '{'])?;
    let end = inner.find([']', ')', '}'])?;
    let (time, rest) = (&inner[..end], &inner[end + 1..]);
    let decimals = || seconds_span(time).filter(|_| line.starts_with('['));
    Some((span_start(time).or_else(|| half_day(time)).or_else(decimals)?, rest))
}

/// The start of a span in seconds with decimals, as programs that tell speakers apart write it: `0.00 - 14.20`.
fn seconds_span(text: &str) -> Option<f64> {
    let (from, to) = ["-->", "->", " - ", " – "].iter().find_map(|dash| text.split_once(dash))?;
    let seconds = |time: &str| {
        let (whole, decimals) = time.trim().split_once('.')?;
        let is_number = |digits: &str, most: usize| {
            (1..=most).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
        };
        time.trim().parse::<f64>().ok().filter(|_| is_number(whole, 6) && is_number(decimals, 3))
    };
    let from = seconds(from)?;
    seconds(to).filter(|&to| from <= to).map(|_| from)
}

/// `0:03`, `00:12:03`, `00:12:03.250` in seconds.
pub(crate) fn time(text: &str) -> Option<f64> {
    let text = text.trim();
    // Most of what is asked is no number.
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut seconds = 0.0;
    let parts: Vec<&str> = text.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    for (i, part) in parts.iter().enumerate() {
        let last = i + 1 == parts.len();
        let digits = part.split(['.', ',']).next().unwrap_or(part);
        let fraction = part.len() > digits.len();
        if digits.is_empty()
            || digits.len() > 3
            || (i > 0 && digits.len() != 2)
            || (fraction && !last)
            || !part.chars().all(|c| c.is_ascii_digit() || (last && matches!(c, '.' | ',')))
        {
            return None;
        }
        seconds = seconds * 60.0 + part.replace(',', ".").parse::<f64>().ok()?;
    }
    Some(seconds)
}

/// Whether a title or a label ends with a time of the recording.
pub(crate) fn has_time(label: &str) -> bool {
    last_time(label).is_some()
}

/// The time that a line starts with, in brackets or not, and the rest.
pub(super) fn leading_time(line: &str) -> Option<(f64, &str)> {
    let line = line.trim_start();
    if let Some((seconds, end)) = marks::leading(line) {
        return Some((seconds, line[end..].trim_start()));
    }
    if let Some(inner) = line.strip_prefix(['(', '{', '<', '[']) {
        let (inner, rest) = inner.split_once([')', '}', '>', ']'])?;
        return Some((span_start(inner).or_else(|| half_day(inner))?, rest.trim_start()));
    }
    let (seconds, end) = leading_clock(line)?;
    Some((seconds, line[end..].trim_start()))
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::*;

    #[test]
    fn times_of_messengers_are_taken_off() {
        for (label, name, seconds) in [
            ("Anna Hall  10:00 AM", "Anna Hall", 36_000.0),
            ("Anna Hall  12:01 am", "Anna Hall", 60.0),
            ("Anna Hall\t1:30:05 PM", "Anna Hall", 48_605.0),
            ("Anna Hall [10:00 PM]", "Anna Hall", 79_200.0),
            ("Anna Hall, [12.03.2021 10:00]", "Anna Hall", 36_000.0),
            ("Anna Hall, [3/12/21 10:00 PM]", "Anna Hall", 79_200.0),
            ("Maria  0:03 - 0:11", "Maria ", 3.0),
            ("Maria (00:12:03)", "Maria", 723.0),
            ("SPEAKER_00 (00:03 --> 00:26)", "SPEAKER_00", 3.0),
            ("Friday 10:00 AM", "Friday 10:00 AM", -1.0),
            ("Anna Hall  25:00 PM", "Anna Hall  25:00 PM", -1.0),
            ("we left, [see 10:00]", "we left, [see", 600.0),
        ] {
            let (found, time) = split_time(label);
            assert_eq!((found.trim_end(), time.unwrap_or(-1.0)), (name.trim_end(), seconds), "{label}");
        }
        assert!(has_time("Maria 0:03") && !has_time("Interview  10:00 AM"));
    }

    #[test]
    fn a_label_without_the_space_before_its_time_is_one() {
        let talk = |slip: &str| {
            let text = format!(
                "Mark Lund: 00:00:01\n\nIt rained.\n\nAnn Hall: 00:00:32\n\nAnd then?\n\nMark Lund: 00:00:43\n\n\
                 We left.\n\nAnn Hall: 00:00:51\n\nWhere to?\n\nMark Lund: 00:02:56\n\nHome.\n\n{slip}\n\nWhy?\n\n\
                 Mark Lund: 00:03:09\n\nFor good.\n"
            );
            super::super::divide(&text, &Names::default()).unwrap_or_default()
        };
        for slip in ["Ann Hall:00:02:57", "Ann Hall:02:57", "Ann Hall:[00:02:57]", "Ann Hall: 00:02:57"] {
            let stretches = talk(slip);
            let turn = &stretches[5];
            assert_eq!((stretches.len(), &*turn.label, turn.seconds), (7, "Ann Hall", Some(177.0)), "{slip}");
        }
        for said in ["Mark 3:16", "Leave at Ann Hall:3:16", "Ann Hall:00:02:57 or so", "Ann Hall:2957"] {
            assert_eq!(talk(said).len(), 6, "{said}");
        }
    }

    #[test]
    fn a_line_of_a_time_alone_is_told_from_words() {
        for line in ["00:12:03", "[0:03 - 0:11]", " (00:12) ", "00:00:01,000 --> 00:00:03,000"] {
            assert!(is_time_alone(line), "{line}");
        }
        for line in ["", "2026", "at 0:03", "Tom 0:03", "---", "[]:"] {
            assert!(!is_time_alone(line), "{line}");
        }
    }

    #[test]
    fn days_and_times_of_messengers_are_told_from_words() {
        for text in [
            "03/05/2024 10:04",
            "2024-05-03 10:04:17",
            "3 May 2024 at 10:04:17",
            "May 3, 2024, 10:04 AM",
            "3. Mai um 10:04",
            "Today at 10:04 AM",
            "gestern um 10:04",
        ] {
            assert!(is_day_and_time(text), "{text}");
        }
        for text in
            ["10:04", "at 10:04", "we left at 10:04", "ward 3 at 10:04", "03/05/2024", "May at 10:04", "3 4 10:04", ""]
        {
            assert!(!is_day_and_time(text), "{text}");
        }
        assert_eq!((half_day(" 10:04 AM"), half_day("1:00 PM")), (Some(36_240.0), Some(46_800.0)));
        assert_eq!((half_day("10:04"), half_day("15:00 PM"), half_day("I AM")), (None, None, None));
    }

    #[test]
    fn spans_in_seconds_open_a_line() {
        assert_eq!(opening_time("[0.00 - 14.20] S0: so"), Some((0.0, " S0: so")));
        assert_eq!(opening_time("[14.2 -> 15.25] S0"), Some((14.2, " S0")));
        assert_eq!(opening_time("(0:03) so"), Some((3.0, " so")));
        for line in ["[0 - 14] a", "[2.5 - 1.5] a", "(0.00 - 14.20) a", "[1.2.3 - 4.0] a", "[sic] a", "0.00 - 14.20"] {
            assert_eq!(opening_time(line), None, "{line}");
        }
    }

    #[test]
    fn messages_below_a_name_and_a_time_are_turns() {
        let talk = |stamp: &dyn Fn(&str, usize) -> String| {
            let said = ["Why was it so?", "Because it rained.", "And who was there?", "So many of us."];
            let turn =
                |(n, words): (usize, &&str)| format!("{}\n{words}\n\n", stamp(["Mira Okafor", "Jon Moss"][n % 2], n));
            let text: String = said.iter().enumerate().map(turn).collect();
            super::super::divide(&text, &Names::default()).unwrap_or_default()
        };
        for stretches in
            [talk(&|name, n| format!("{name}  10:0{n} AM")), talk(&|name, n| format!("{name}, [12.03.2021 10:0{n}]"))]
        {
            let labels: Vec<&str> = stretches.iter().map(|stretch| stretch.label.as_str()).collect();
            assert_eq!(labels, ["Mira Okafor", "Jon Moss", "Mira Okafor", "Jon Moss"]);
            assert_eq!(stretches[1].seconds, Some(36_060.0));
        }
    }
}
