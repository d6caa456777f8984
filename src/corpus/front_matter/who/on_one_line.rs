//! What one line says of several people: `AH: interviewer; TR: interviewee`.
//!
//! In: a line. Out: each of those whom it names, with the part it gives them; nobody where one of its parts says anything
//! else, or names somebody twice.

use memchr::memchr2_iter;

use super::super::super::people::names_people;
use super::super::super::speakers::key;
use super::super::at_colon;
use super::{Line, field_role, relative, role_within};

/// Characters and words of a label, and words of what is said of it, at most.
const SHORT_LABEL: usize = 20;
pub(super) const LABEL_WORDS: usize = 2;
const SAID_WORDS: usize = 6;
/// Longer labels are words that may be fields' names.
const CODE_LENGTH: usize = 2;

/// What a line says of several people, `AH: interviewer; TR: interviewee`; nothing where one of its parts says something
/// else.
pub(in super::super) fn several(line: &str) -> Vec<Line<'_>> {
    if memchr2_iter(b':', b'=', line.as_bytes()).nth(1).is_none() {
        return Vec::new();
    }
    let line = line.trim();
    let inner = line.strip_prefix(['(', '[']).and_then(|line| line.strip_suffix([')', ']']));
    let between = if line.contains(';') { ';' } else { ',' };
    let parts = inner.unwrap_or(line).trim_end_matches(['.', ';']).split(between).map(|part| one(part.trim()));
    let found: Vec<Line<'_>> = parts.collect::<Option<_>>().unwrap_or_default();
    let is_said_once = |at: usize| found[..at].iter().all(|above| above.label != found[at].label);
    if found.len() > 1 && (0..found.len()).all(is_said_once) { found } else { Vec::new() }
}

/// One of them: `TR: interviewee`, `TR = Tom Reed (interviewee)`, `Interviewee: TR`.
fn one(part: &str) -> Option<Line<'_>> {
    let (label, value) = part.split_once('=').or_else(|| at_colon(part))?;
    let (label, value) = (key(label.trim_matches(['*', '_', '-', '•', ' '])), value.trim());
    let is_short = (1..=SHORT_LABEL).contains(&label.chars().count())
        && label.split(' ').count() <= LABEL_WORDS
        && (1..=SAID_WORDS).contains(&value.split_whitespace().count());
    if !is_short || value.ends_with(['?', '!']) {
        return None;
    }
    let of_field = field_role(&label).filter(|_| label.chars().count() > CODE_LENGTH);
    let role = role_within(value).or_else(|| relative(value).filter(|_| label.chars().count() <= CODE_LENGTH));
    let names = match (of_field, role) {
        (Some(role), None) => (is_initials(value) || names_people(value)).then_some(role)?,
        (None, Some(role)) => Some(role),
        _ => return None,
    };
    Some(Line { label, value, names: Some(names) })
}

/// `AH`, which may be a word, too.
fn is_initials(value: &str) -> bool {
    (1..=4).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_uppercase())
}
