//! Numbers that stand for missing answers: `-99`, `– 99`, `'-9`, `"-99"`, `-99.0`, `*99`, `999`.
//!
//! In: a cell. Out: whether it holds nothing but such a number, however its minus is written and whatever spreadsheets
//! put around it. How often it stands, and beside what, is for [`missing`](super) to count.

/// More bytes hold more than a number.
const LONGEST: usize = 24;
/// What programs put around a number so that it stays text.
const QUOTES: [char; 10] = ['\'', '"', '’', '‘', '“', '”', '„', '«', '»', '`'];

/// A number as written.
#[derive(Clone, Copy)]
struct Number<'c> {
    is_negative: bool,
    digits: &'c str,
}

/// A minus, a hyphen, or a dash that was typed for one.
pub(super) fn is_minus(c: char) -> bool {
    c == '-' || matches!(c, '−' | '‐'..='―' | '⁻' | '﹣' | '－')
}

/// Negative numbers, and those that questionnaires keep for what is missing: 9, 99, 998, 88, 77.
pub(super) fn is_of_codes(cell: &str) -> bool {
    number(cell).is_some_and(|Number { is_negative, digits }| is_negative || are_of_codes(digits))
}

/// Whether it is a negative one with the digits of a code, which nobody says alone: `-9`, `-99`, `-998`.
pub(super) fn is_negative_of_codes(cell: &str) -> bool {
    number(cell).is_some_and(|Number { is_negative, digits }| is_negative && are_of_codes(digits))
}

/// `9`, `66`, `77`, `88`, `99`, `998`
fn are_of_codes(digits: &str) -> bool {
    let first = digits.as_bytes()[0];
    let last = digits.len() - 1;
    let repeated = digits.bytes().all(|b| b == first) && matches!(first, b'6'..=b'9') && (last > 0 || first == b'9');
    let nines = digits.len() > 1 && digits.bytes().take(last).all(|b| b == b'9');
    repeated || nines
}

/// Whether it is a negative one.
pub(super) fn is_negative(cell: &str) -> bool {
    number(cell).is_some_and(|number| number.is_negative)
}

/// Whether it has one digit, and is more often meant.
pub(super) fn is_digit(cell: &str) -> bool {
    number(cell).is_some_and(|number| !number.is_negative && number.digits.len() == 1)
}

/// The number that a cell holds alone, with at most five digits.
fn number(cell: &str) -> Option<Number<'_>> {
    if cell.len() > LONGEST || !cell.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let bare = cell.trim_matches(QUOTES).trim();
    let bare = bare.strip_prefix('*').unwrap_or(bare);
    let bare = [".0", ".00", ",0", ",00"].iter().find_map(|zeros| bare.strip_suffix(zeros)).unwrap_or(bare);
    let bare = bare.strip_suffix(['.', ',']).unwrap_or(bare);
    let (is_negative, digits) = match bare.strip_prefix(is_minus) {
        Some(digits) => (true, digits.trim_start()),
        None => (false, bare),
    };
    let is_number = (1..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then_some(Number { is_negative, digits })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_number_however_it_is_written() {
        for cell in [
            "-99",
            "−99",
            "–99",
            "—99",
            "‑99",
            "－99",
            "- 99",
            "'-99",
            "\"-99\"",
            "“-99”",
            "-99.",
            "-99.0",
            "-99,00",
            "*99",
            "99",
            "998",
            "88",
            "-5",
            "9",
        ] {
            assert!(is_of_codes(cell), "{cell}");
        }
        assert!(["-9", "–99", "'-998", "-66"].into_iter().all(is_negative_of_codes));
        assert!(!["-5", "99", "-12", "-100", "so"].into_iter().any(is_negative_of_codes));
        assert!(is_negative("– 9") && !is_negative("99") && is_digit("9") && !is_digit("-9") && !is_digit("99"));
    }

    #[test]
    fn other_numbers_and_words_are_none() {
        for cell in ["12", "2020", "9 or 10", "-9.000", "-99 %", "--99", "-", "'", "99th", "", "I was 99"] {
            assert!(!is_of_codes(cell), "{cell}");
        }
    }
}
