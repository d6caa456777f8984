//! Times within labels: `Maria  0:03`, `Maria (00:12:03)`, and of messengers `Maria  10:00 AM`,
//! `Maria, [12.03.2021 10:00]`.
//!
//! In: a label, or a text that may be a time. Out: the seconds, and what stands before. It never looks
//! beyond the line; marks between the words are for [`marks`](super::super::marks).

use super::super::marks::span_start;

/// Takes a time off the end of a label: `Maria  0:03`, `Maria (00:12:03)`, `Maria 0:03 - 0:11`.
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
    Some((name.trim_end_matches(['-', '–', '—', '|', ',', '•', '·', '@']), seconds))
}

/// The time of day behind a name, as messengers write it: `Maria  10:00 AM`, apart from the name or in brackets,
/// and `Maria, [12.03.2021 10:00]`.
fn time_of_day(label: &str) -> Option<(&str, f64)> {
    let label = label.trim_end();
    let closed = label.ends_with([']', ')']);
    let inner = label.trim_end_matches([']', ')']).trim_end();
    let half = ["AM", "am", "PM", "pm"].iter().find(|half| inner.ends_with(**half));
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

/// `12.03.2021`, `3/12/21`, `2021-03-12`
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.trim_end_matches([',', '.']).split(['.', '/', '-']).collect();
    parts.len() == 3
        && parts.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
        && parts.iter().filter(|part| part.len() > 2).count() <= 1
}

pub(super) fn starts_with_time(text: &str) -> bool {
    text.split([']', ')', '}']).next().is_some_and(|inner| span_start(inner).is_some())
}

/// `0:03`, `00:12:03`, `00:12:03.250` in seconds.
pub(crate) fn time(text: &str) -> Option<f64> {
    let mut seconds = 0.0;
    let parts: Vec<&str> = text.trim().split(':').collect();
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
