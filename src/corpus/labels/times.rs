//! Times within labels: `Maria  0:03`, `Maria (00:12:03)`.
//!
//! In: a label, or a text that may be a time. Out: the seconds, and what stands before. It never looks
//! beyond the line; marks between the words are for [`marks`](super::super::marks).

use super::super::marks::span_start;

/// Takes a time off the end of a label: `Maria  0:03`, `Maria (00:12:03)`, `Maria 0:03 - 0:11`.
pub(crate) fn split_time(label: &str) -> (&str, Option<f64>) {
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

pub(super) fn starts_with_time(text: &str) -> bool {
    text.split([']', ')']).next().is_some_and(|inner| span_start(inner).is_some())
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

/// Whether a title or a label ends with a time.
pub(crate) fn has_time(label: &str) -> bool {
    split_time(label).1.is_some()
}
