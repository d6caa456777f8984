//! Codes in place of answers, as programs for surveys and statistics write them: `-99`, `NULL`, `NA`.
//!
//! In: the cells of the columns that answers stand in. Out: which of them are codes. A number is one
//! only where it stands in several cells of columns that people otherwise answer in words; what
//! somebody typed once stays an answer. It removes nothing.

use std::collections::{BTreeMap, HashMap};

use super::super::sentences::words;

/// What only programs write.
const BY_PROGRAMS: &[&str] = &[
    "#NULL!", "#N/A", "#N/V", "#NV", "#VALUE!", "NULL", "null", "<NA>", "NaN", "nan", "NaT", "\\N", "(null)", "[null]",
    "SYSMIS",
];
/// What people write too: a code where several cells hold it in the same spelling.
const BY_BOTH: &[&str] = &[
    "NA",
    "N.A.",
    "missing",
    "(missing)",
    "no answer",
    "(no answer)",
    "[no answer]",
    "not answered",
    "no response",
    "not asked",
    "not shown",
    "not displayed",
    "filtered",
    "question not shown",
    "missing value",
    "keine angabe",
    "k. a.",
    "k.a.",
    "keine antwort",
    "nicht beantwortet",
    "nicht gestellt",
    "nicht gezeigt",
    "weiß nicht / keine angabe",
    "sans réponse",
    "non réponse",
    "pas de réponse",
    "sin respuesta",
    "no contesta",
    "ns/nc",
    "nessuna risposta",
    "geen antwoord",
    "sem resposta",
];
/// Cells that must hold a code of people's spelling, or a number; a number of one digit is more often
/// meant.
const SEVERAL: usize = 2;
const MANY: usize = 5;
/// Mean number of words from which a column is answered in words, codes not counted.
const IN_WORDS: usize = 3;

/// For each column which of its cells are codes.
pub(super) fn find(columns: &[Vec<&str>]) -> Vec<Vec<bool>> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for cell in columns.iter().flatten().map(|cell| cell.trim()).filter(|cell| may_be(cell)) {
        *counts.entry(cell).or_default() += 1;
    }
    if counts.is_empty() {
        return columns.iter().map(|column| vec![false; column.len()]).collect();
    }
    let recurs = |cell: &str| counts.get(cell).is_some_and(|&n| n >= SEVERAL);
    let of_column = |column: &Vec<&str>| {
        let in_words = is_in_words(column);
        let is_code = |cell: &&str| {
            let cell = cell.trim();
            BY_PROGRAMS.contains(&cell)
                || (recurs(cell) && BY_BOTH.contains(&spelling(cell).as_str()))
                || (in_words
                    && is_number_of_codes(cell)
                    && counts[cell] >= if cell.len() == 1 { MANY } else { SEVERAL })
        };
        column.iter().map(is_code).collect()
    };
    columns.iter().map(of_column).collect()
}

/// The codes with how often they stand, the most frequent first, as a phrase.
pub(super) fn told(codes: &BTreeMap<String, usize>) -> String {
    let mut codes: Vec<(&String, &usize)> = codes.iter().collect();
    codes.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
    let shown: Vec<String> = codes.iter().take(6).map(|(code, n)| format!("`{code}` {n} times")).collect();
    let more = if codes.len() > 6 { format!(" and {} other codes", codes.len() - 6) } else { String::new() };
    shown.join(", ").replace(" 1 times", " once") + &more
}

/// Lower case but for what only counts in capitals.
fn spelling(cell: &str) -> String {
    if matches!(cell, "NA" | "N.A.") { cell.to_owned() } else { cell.to_lowercase() }
}

/// Whether a cell is worth counting.
fn may_be(cell: &str) -> bool {
    cell.len() <= 30
        && (BY_PROGRAMS.contains(&cell) || is_number_of_codes(cell) || BY_BOTH.contains(&spelling(cell).as_str()))
}

/// Negative numbers, and those that questionnaires keep for what is missing: 9, 99, 998, 88, 77.
fn is_number_of_codes(cell: &str) -> bool {
    let cell = cell.strip_suffix(".0").unwrap_or(cell);
    let (negative, digits) = match cell.strip_prefix(['-', '−']) {
        Some(digits) => (true, digits),
        None => (false, cell),
    };
    if digits.is_empty() || digits.len() > 5 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let first = digits.as_bytes()[0];
    let last = digits.len() - 1;
    let repeated = digits.bytes().all(|b| b == first) && matches!(first, b'6'..=b'9') && (last > 0 || first == b'9');
    let nines = digits.len() > 1 && digits.bytes().take(last).all(|b| b == b'9');
    negative || repeated || nines
}

/// Whether people answered in words where they answered.
fn is_in_words(column: &[&str]) -> bool {
    let answers = column.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty() && !may_be(cell));
    let (n, said) = answers.fold((0, 0), |(n, said), cell| (n + 1, said + words(cell)));
    n > 0 && said >= IN_WORDS * n
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(columns: &[&[&str]]) -> Vec<String> {
        let columns: Vec<Vec<&str>> = columns.iter().map(|column| column.to_vec()).collect();
        let found = find(&columns);
        let cells = columns.iter().flatten().zip(found.iter().flatten());
        cells.filter(|(_, code)| **code).map(|(cell, _)| (*cell).to_owned()).collect()
    }

    #[test]
    fn numbers_that_recur_among_words_are_codes() {
        let first: &[&str] = &["The bus is always late", "-99", "-99", "It never comes on time"];
        assert_eq!(codes(&[first]), ["-99", "-99"]);
        let second: &[&str] = &["More buses on Sundays please", "999", "-66", "Nobody tells us why"];
        let third: &[&str] = &["999", "Somebody should answer the phone", "-66", "-66"];
        assert_eq!(codes(&[second, third]).len(), 5);
    }

    #[test]
    fn what_programs_write_is_a_code() {
        assert_eq!(codes(&[&["#NULL!", "Some words are here", "nan"]]), ["#NULL!", "nan"]);
        assert_eq!(codes(&[&["NA", "NA", "Some words are here", "No answer", "no answer", "No answer"]]).len(), 4);
    }

    #[test]
    fn what_people_say_is_none() {
        assert!(codes(&[&["9", "It was all very good", "99", "NA", "no answer"]]).is_empty(), "once each");
        assert!(codes(&[&["99", "99", "34", "51"]]).is_empty(), "ages");
        assert!(codes(&[&["10", "10", "I said ten out of ten"]]).is_empty());
        assert!(codes(&[&["No", "No", "Nothing", "Nothing", "None", "I would not change a thing"]]).is_empty());
        assert!(codes(&[&["2020", "2020", "Long before the war began"]]).is_empty());
    }
}
