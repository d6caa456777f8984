//! Numbers as people read them, the same on the terminal and in documents.
//!
//! In: counts, shares, prevalences. Out: a few words of English.

use super::prevalence::Prevalence;

/// `1,234`
pub fn number(value: usize) -> String {
    let digits = value.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 answer`, `1,234 answers`
pub fn counted(value: usize, singular: &str) -> String {
    let plural = match singular {
        "study" => "studies".to_string(),
        word if word.ends_with('y') => format!("{}ies", &word[..word.len() - 1]),
        word => format!("{word}s"),
    };
    format!("{} {}", number(value), if value == 1 { singular } else { &plural })
}

/// `2 themes and 1 recurring theme`, of what there is any of; `None` where that is nothing.
pub(crate) fn counted_each<const N: usize>(each: [(usize, &str); N]) -> Option<String> {
    let told: Vec<String> = each.into_iter().filter(|&(n, _)| n > 0).map(|(n, what)| counted(n, what)).collect();
    (!told.is_empty()).then(|| told.join(" and "))
}

/// `1 answer was`, `1,234 answers were`.
pub fn were(n: usize, noun: &str) -> String {
    format!("{} {}", counted(n, noun), verb(n, "was", "were"))
}

/// `is` of one, `are` of others; likewise any verb by its two forms.
pub(crate) fn verb<'a>(n: usize, of_one: &'a str, of_others: &'a str) -> &'a str {
    if n == 1 { of_one } else { of_others }
}

/// `drawn once`, `drawn 20 times`
pub(crate) fn times(n: usize) -> String {
    if n == 1 { "once".into() } else { format!("{} times", number(n)) }
}

/// `14 of 58 participants`, `1 of 1 participant`
pub(crate) fn of_all(n: usize, all: usize, noun: &str) -> String {
    format!("{} of {}", number(n), counted(all, noun))
}

/// `27 %`; what is not all is never `100 %` but `>99 %`, what is not nothing never `0 %` but `<1 %`.
pub fn percent(share: f64) -> String {
    format!("{} %", hundredths(share))
}

/// A share in hundredths as it is printed everywhere, halves away from nothing: 5 of 8 are 63, on the report's pages too.
pub(crate) fn whole(share: f64) -> f64 {
    (share * 100.0).round()
}

/// The same without the sign: `27`, `>99`, `<1`.
pub(crate) fn hundredths(share: f64) -> String {
    match whole(share).to_string() {
        all if all == "100" && share < 1.0 => ">99".into(),
        none if none == "0" && share > 0.0 => "<1".into(),
        rounded => rounded,
    }
}

/// `and a hidden theme`, `and 2 hidden themes`: what a category counts and does not list.
pub(crate) fn and_hidden(n: usize) -> Option<String> {
    match n {
        0 => None,
        1 => Some("and a hidden theme".into()),
        n => Some(format!("and {} hidden themes", number(n))),
    }
}

/// `34 of 125 participants (27 %, 20–36)`: the share and its 95 % interval.
pub fn prevalence(prevalence: &Prevalence) -> String {
    let people = of_all(prevalence.participants, prevalence.asked, "participant");
    match (prevalence.share, prevalence.low, prevalence.high) {
        (Some(share), Some(low), Some(high)) => {
            format!("{people} ({}, {}–{})", percent(share), whole(low), whole(high))
        }
        _ => people,
    }
}

/// `of them 7 have a code, too`, of the passages of a theme beside the codes; `None` for none.
pub(crate) fn have_a_code_too(passages: usize) -> Option<String> {
    let have = verb(passages, "has", "have");
    (passages > 0).then(|| format!("of them {} {have} a code, too", number(passages)))
}

/// Whether themes share passages (`several`), and so what a count of them means.
pub fn themes_of_a_passage(several: bool) -> &'static str {
    if several {
        "A passage may be in several themes, and counts in each."
    } else {
        "A passage is in one theme at most, so a person may voice several."
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([number(0), number(999), number(1000), number(1_234_567)], ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(counted(1, "study"), "1 study");
        assert_eq!(counted(2, "study"), "2 studies");
    }

    #[test]
    fn one_is_told_as_one() {
        assert_eq!(
            [of_all(0, 1, "participant"), of_all(1, 2, "participant")],
            ["0 of 1 participant", "1 of 2 participants"]
        );
        assert_eq!([times(1), times(2), times(2000)], ["once", "2 times", "2,000 times"]);
        assert_eq!([were(1, "answer"), were(0, "answer")], ["1 answer was", "0 answers were"]);
        assert_eq!([verb(1, "is", "are"), verb(2, "is", "are")], ["is", "are"]);
    }

    #[test]
    fn passages_with_a_code_are_told_where_there_are_any() {
        let told = |n: usize| have_a_code_too(n).unwrap_or_default();
        assert_eq!([told(0), told(1), told(7)], ["", "of them 1 has a code, too", "of them 7 have a code, too"]);
    }

    #[test]
    fn all_and_none_are_said_of_all_and_none_alone() {
        let told = |n: usize, of: usize| percent(n as f64 / of as f64);
        assert_eq!([told(474, 474), told(472, 474), told(471, 474)], ["100 %", ">99 %", "99 %"]);
        assert_eq!([told(0, 474), told(2, 474), told(3, 474)], ["0 %", "<1 %", "1 %"]);
        assert_eq!([told(1, 3), told(1, 2), told(1999, 2000)], ["33 %", "50 %", ">99 %"]);
        assert_eq!(prevalence(&Prevalence::new(399, 400)), "399 of 400 participants (>99 %, 99–100)");
        assert_eq!(prevalence(&Prevalence::new(400, 400)), "400 of 400 participants (100 %, 99–100)");
        assert_eq!(hundredths(0.004), "<1");
    }

    #[test]
    fn a_prevalence_reads_like_a_sentence() {
        assert_eq!(prevalence(&Prevalence::new(34, 125)), "34 of 125 participants (27 %, 20–36)");
        assert_eq!(prevalence(&Prevalence::new(0, 0)), "0 of 0 participants");
    }
}
