//! What stands behind a name and is no part of it: an address of mail, an age, a degree, the sign of a note.
//!
//! In: a label without its colon. Out: the name without one of these, and whether an age stands behind it. It never
//! decides whether the rest is a name: that is for [`names`](super::names).

use super::super::lexicon::INTERJECTIONS;

/// The most words of a name, and of what somebody does.
const MAX_WORDS: usize = 3;
/// Words for years behind an age.
#[rustfmt::skip]
const YEARS: &[&str] = &[
    "ans", "anni", "años", "anos", "jahre", "years", "year-old", "years old", "yrs", "yo", "y/o", "jaar", "år", "lat",
    "lata", "let", "év", "éves", "ani", "vuotta", "yaşında", "yaş", "лет", "года", "год", "ετών", "歳", "才", "岁", "歲",
    "세", "j", "j.", "jährig", "aastat", "godina",
];

/// The name in front of an address of mail: `Ann Hall` of `Ann Hall <ann@example.org>`.
pub(super) fn without_address(label: &str) -> Option<&str> {
    let (name, address) = label.strip_suffix('>')?.rsplit_once('<')?;
    let name = name.trim_end();
    (is_address(address) && !name.is_empty()).then_some(name)
}

/// `ann@example.org`, `mailto:ann@example.org`
fn is_address(text: &str) -> bool {
    let is_of_address = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    let parts = text.strip_prefix("mailto:").unwrap_or(text).split_once('@');
    parts.is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && name.chars().all(is_of_address) && host.chars().all(is_of_address)
    })
}

/// A name without the sign of a note behind it: `Carlos Pinto` of `Carlos Pinto*`.
pub(super) fn without_sign(name: &str) -> &str {
    let bare = name.strip_suffix(['*', '†']).filter(|bare| bare.ends_with(char::is_alphabetic));
    bare.filter(|bare| !bare.contains('*')).unwrap_or(name)
}

/// The name in front of a degree or a trade in capital letters: `Ofori, Mary` of `Ofori, Mary; RN`.
pub(super) fn before_degree(label: &str) -> Option<&str> {
    let (name, degree) = label.split_once("; ")?;
    let n_capitals = degree.chars().filter(|c| c.is_uppercase()).count();
    let is_degree = degree.chars().count() <= LONGEST_DEGREE && degree.chars().all(|c| c.is_alphabetic() || c == '.');
    (is_degree && n_capitals > 1).then_some(name)
}

/// The longest degree in characters.
const LONGEST_DEGREE: usize = 5;

/// Whether an age stands behind a name, with or without what somebody does: `Lucie, 34 ans`, `Tom, farmer, 61`. What
/// holds no word for years needs a trade beside it; `Monday, 10 May` is none.
pub(super) fn is_aged(label: &str) -> bool {
    let mut parts = label.split(',').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let behind: Vec<&str> = parts.collect();
    let ages: Vec<Age> = behind.iter().filter_map(|part| Age::of(part)).collect();
    let others = behind.iter().filter(|part| Age::of(part).is_none());
    let are_trades = others.clone().all(|part| is_of_words(part));
    is_called(name) && are_trades && matches!((&ages[..], others.count()), ([Age::InYears], 0 | 1) | ([Age::Alone], 1))
}

/// A number behind a name that may be an age.
#[derive(Clone, Copy)]
enum Age {
    /// `34 ans`
    InYears,
    /// `61`
    Alone,
}

impl Age {
    fn of(text: &str) -> Option<Self> {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (digits, unit) = (&text[..end], text[end..].trim());
        let is_age = (1..=3).contains(&digits.len()) && digits.parse::<u32>().is_ok_and(|age| (1..120).contains(&age));
        let is_year = || YEARS.contains(&unit.to_lowercase().as_str());
        match unit.is_empty() {
            true => is_age.then_some(Self::Alone),
            false => (is_age && is_year()).then_some(Self::InYears),
        }
    }
}

/// Whether words begin with a capital letter and are no such as people say first.
fn is_called(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default();
    let is_said = INTERJECTIONS.contains(&first.to_lowercase().as_str());
    is_of_words(name) && !first.starts_with(char::is_lowercase) && !is_said
}

fn is_of_words(text: &str) -> bool {
    let is_inner = |c: char| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’');
    (1..=MAX_WORDS).contains(&text.split_whitespace().count())
        && text.chars().all(is_inner)
        && text.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;
    use super::*;

    #[test]
    fn a_name_may_have_an_age_behind_it() {
        #[rustfmt::skip]
        let labels = [
            "Lucie, 34 ans", "Paolo, 58 anni", "Bo, 61 år", "Orla, 70 år", "Henk, 66 jaar", "Zofia, 82 lata",
            "Manuel, 70 anos", "Hasan, 71 yaşında", "Tom, farmer, 61", "Tom, 61, farmer", "Ann Hall, 34 years",
            "Zoë, retired nurse, 61 years",
        ];
        for label in labels {
            assert!(is_aged(label), "{label}");
        }
    }

    #[test]
    fn a_day_a_price_and_a_sentence_are_no_ages() {
        #[rustfmt::skip]
        let labels = [
            "Monday, 10 May", "Yes, 34 years", "tea, 34 years", "Bread, 3 euros", "March 10, 2026", "Ann, 340 years",
            "Ann, 61", "Ann, Tom", "Ann, farmer", "Ann, 61, 62", "Ann", ", 34 years", "Ann, a, b, 61",
        ];
        for label in labels {
            assert!(!is_aged(label), "{label}");
        }
    }

    #[test]
    fn an_address_and_the_sign_of_a_note_are_no_part_of_a_name() {
        assert_eq!(without_address("Ann Hall <ann@example.org>"), Some("Ann Hall"));
        assert_eq!(without_address("Ann Hall <mailto:a.hall@u.example>"), Some("Ann Hall"));
        for label in ["<ann@example.org>", "Ann <b>", "Ann <3>", "Ann Hall ann@example.org", "Ann <ann@home> x"] {
            assert_eq!(without_address(label), None, "{label}");
        }
        assert_eq!(before_degree("Ofori, Mary; RN"), Some("Ofori, Mary"));
        for label in ["Mary; Tom", "Mary; so", "Mary", "Mary; RN came"] {
            assert_eq!(before_degree(label), None, "{label}");
        }
        assert_eq!(without_sign("Carlos Pinto*"), "Carlos Pinto");
        for label in ["Carlos**", "*Carlos*", "3*", "Carlos"] {
            assert_eq!(without_sign(label), label);
        }
    }

    /// The labels of a talk in which somebody is called so in all turns.
    fn labels(turn: &str) -> Vec<String> {
        let pair = ["Interviewer: How was it there?".to_owned(), turn.to_owned() + "It was wet and cold."].join("\n\n");
        let text = [pair.as_str(); 4].join("\n\n");
        let found = read(&text, &Names::default()).unwrap_or_default();
        found.stretches.into_iter().map(|stretch| stretch.label).collect()
    }

    #[test]
    fn names_with_more_behind_them_are_labels() {
        assert_eq!(labels("Lucie, 34 ans: "), ["Interviewer", "Lucie, 34 ans"].repeat(4));
        assert_eq!(labels("Tom, farmer, 61: "), ["Interviewer", "Tom, farmer, 61"].repeat(4));
        assert_eq!(labels("Paul Stern <p.stern@bank.example>: "), ["Interviewer", "Paul Stern"].repeat(4));
        assert_eq!(labels("Carlos Pinto*: "), ["Interviewer", "Carlos Pinto*"].repeat(4));
        assert_eq!(labels("{Lucie}: "), ["Interviewer", "Lucie"].repeat(4));
        assert_eq!(labels("« Lucie » : "), ["Interviewer", "Lucie"].repeat(4));
        assert!(!labels("{Lucie} ").contains(&"Lucie".to_owned()));
        assert!(!labels("In spring, 10 May: ").contains(&"In spring, 10 May".to_owned()));
    }
}
