//! Days, months, seasons and years in the names of transcripts: `2031-05-01`, `Mar2031`, `Frühjahr 2031`, `2031-03`.
//!
//! In: a word, or the whole name of a file or folder. Out: whether it says when. It never says who: a month may be
//! somebody's name (`April`, `May`), which those who ask have to weigh.

use super::words::{MONTHS, SEASONS};

/// What stands between the parts of a date.
const BETWEEN: [char; 5] = ['-', '_', '.', ' ', ','];

pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && (text.starts_with("19") || text.starts_with("20")) && is_number(text)
}

/// Whether a number may be that of a day.
pub(super) fn is_day(text: &str) -> bool {
    is_number(text) && text.len() <= 2 && text.parse().is_ok_and(|n: u32| (1..=31).contains(&n))
}

/// Whether two digits may number a month.
pub(super) fn is_month_number(text: &str) -> bool {
    text.len() == 2 && is_day(text) && text <= "12"
}

/// `2031-05-01`, `01.05.2031`, `20310501`.
pub(super) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.trim().split(['-', '_', '.', ' ']).collect();
    match parts[..] {
        [one] => one.len() == 8 && is_number(one) && is_year(&one[..4]) && is_day(&one[4..6]) && is_day(&one[6..]),
        [first, middle, last] => {
            is_day(middle) && ((is_year(first) && is_day(last)) || (is_day(first) && is_year(last)))
        }
        _ => false,
    }
}

/// `310501`, `010531`.
pub(super) fn is_short_date(text: &str) -> bool {
    let fits = |day: &str| is_day(day) && is_month_number(&text[2..4]);
    text.len() == 6 && is_number(text) && (fits(&text[4..]) || fits(&text[..2]))
}

/// `march`, `juin`, `herbst`, in lower case.
pub(super) fn is_month(word: &str) -> bool {
    MONTHS.contains(&word) || SEASONS.contains(&word)
}

/// The same with a day or a year beside it: `12mar2031`, `mar31`.
pub(super) fn has_month(word: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let behind = word.trim_start_matches(is_digit);
    let letters = behind.trim_end_matches(is_digit);
    let beside = [&word[..word.len() - behind.len()], &behind[letters.len()..]];
    is_month(letters) && beside.iter().all(|number| number.is_empty() || is_day(number) || is_year(number))
}

/// `q1`, `q4`, in lower case.
pub(super) fn is_quarter(word: &str) -> bool {
    matches!(word, "q1" | "q2" | "q3" | "q4")
}

/// Whether a file or folder is called after a month, a season or a quarter and nothing else: `March`, `5 May 2031`,
/// `Spring 2031`, `2031-03`.
pub(super) fn is_calendar(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    let parts = || lower.split(BETWEEN).filter(|part| !part.is_empty());
    let (numbers, words): (Vec<&str>, Vec<&str>) = parts().partition(|part| is_number(part));
    let are_beside = numbers.len() <= 2 && numbers.iter().all(|number| is_day(number) || is_year(number));
    match (&words[..], &numbers[..]) {
        ([word], _) => are_beside && (has_month(word) || (is_quarter(word) && numbers.iter().all(|n| is_year(n)))),
        ([], [first, last]) => (is_year(first) && is_month_number(last)) || (is_month_number(first) && is_year(last)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_seasons_are_known_in_several_languages() {
        for name in [
            "March",
            "Juni",
            "juin",
            "marzo",
            "Frühjahr",
            "autumn",
            "Mar2031",
            "12Mar2031",
            "mar-2031",
            "5 May 2031",
            "May 5, 2031",
            "Spring 2031",
            "2031-03",
            "03.2031",
            "Q1 2031",
            "Q2",
            "août",
        ] {
            assert!(is_calendar(name), "{name}");
        }
        for name in [
            "Mark",
            "Maria",
            "anna",
            "May June",
            "Anna March",
            "2031",
            "2031-13",
            "1-2031",
            "12",
            "March 101",
            "Q5",
            "",
            "2031-05-01",
            "P01",
        ] {
            assert!(!is_calendar(name), "{name}");
        }
    }

    #[test]
    fn days_are_told_from_other_numbers() {
        for date in ["2031-05-01", "20310501", "1.5.2031", "2031 05 01"] {
            assert!(is_date(date), "{date}");
        }
        for other in ["2031-05", "20311301x", "99999999", "2031-45-01", "1031-05-01", "五五五五", ""] {
            assert!(!is_date(other), "{other}");
        }
        assert!(["310501", "010531"].into_iter().all(is_short_date));
        assert!(!["101", "319901", "999999", "31 501", "三一"].into_iter().any(is_short_date));
    }
}
