//! Numbers of questions in titles: `q1`, `Q_2`, `Question 3`, `G01Q02[SQ001]`.
//!
//! In: a title. Out: its plain form, and whether it is such a number. What the column holds is not looked at.

use super::super::titles::{NUMBERED, QUESTION};

/// A variable of SoSci Survey: its letters and digits.
const VARIABLE: &[u8; 7] = b"AA00_00";
/// The longest number of a question, in digits.
const LONGEST_NUMBER: usize = 3;

/// A column's name without case, spaces and marks: `Transcript_ID` is `transcriptid`.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a title is the number of a question or of its answer: `q1`, `Q_2`, `Question 3`, `q4a`, `G01Q02[SQ001]`.
pub(in super::super) fn is_numbered(title: &str) -> bool {
    let behind = title.strip_suffix(')').and_then(|title| title.rsplit_once(" (")).map_or(title, |(_, behind)| behind);
    if is_variable(behind) {
        return true;
    }
    let plain = within_group(plain(title));
    let number = plain.strip_suffix(|c: char| c.is_ascii_lowercase()).filter(|rest| rest.ends_with(is_digit));
    let number = number.unwrap_or(&plain);
    let word = number.trim_end_matches(is_digit);
    let digits = number.len() - word.len();
    (1..=LONGEST_NUMBER).contains(&digits) && (NUMBERED.contains(&word) || QUESTION.contains(&word))
}

/// Whether a title is an item's variable of SoSci Survey: `LI01_01`, `LI01_02a`.
pub(in super::super) fn is_variable(title: &str) -> bool {
    let bytes = title.as_bytes();
    let bytes = bytes.strip_suffix(b"a").unwrap_or(bytes);
    let is_like = |(byte, kind): (&u8, u8)| match kind {
        b'A' => byte.is_ascii_uppercase(),
        b'0' => byte.is_ascii_digit(),
        kind => *byte == kind,
    };
    bytes.len() == VARIABLE.len() && bytes.iter().zip(*VARIABLE).all(is_like)
}

/// The number of a question without the group it is in and without the number of its part, as LimeSurvey writes both.
fn within_group(plain: String) -> String {
    let question = plain.strip_prefix('g').map(|rest| rest.trim_start_matches(is_digit));
    match question.filter(|rest| rest.starts_with('q') && !plain.starts_with("gq")) {
        Some(question) => match question.trim_end_matches(is_digit).strip_suffix("sq") {
            Some(whole) if whole.ends_with(is_digit) => whole.to_owned(),
            _ => question.to_owned(),
        },
        None => plain,
    }
}

pub(in super::super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}
