//! Names that are words as well: `June`, `Will`, `Can`, `Segundo`, `Rose`, and with a surname `Will Pope`.
//!
//! In: a label, or the form in which labels are compared, with those beside it. Out: whether people are called so.
//! Whether somebody speaks where it stands is for [`once`](super::once) and [`layouts`](super::layouts). It never looks
//! at a text.

use super::super::lexicon::{HEADINGS, INTERJECTIONS, PARTICLES};
use super::openers;

/// First names among the words that people say first, or that head a part.
#[rustfmt::skip]
const AMONG_HEADINGS: &[&str] = &[
    "an", "can", "will", "april", "june", "july", "august", "january", "sunday", "monday", "friday", "else", "segundo",
    "con",
];
/// First names among other words, which stand in a text in lower case, too.
#[rustfmt::skip]
const AMONG_WORDS: &[&str] = &[
    "may", "summer", "autumn", "mark", "rose", "hope", "joy", "grace", "faith", "bill", "pat", "art", "dawn", "rich",
    "frank", "drew", "gene", "jack", "nick", "rob", "sue", "guy", "chase", "dale", "cliff", "clay", "brook", "amber",
    "ruby", "pearl", "violet", "lily", "iris", "ivy", "daisy", "holly", "olive", "hazel", "rosemary", "basil", "ginger",
    "melody", "harmony", "carol", "dean", "earl", "grant", "max", "ray", "eve", "sandy", "penny", "heather", "jasmine",
    "felix", "patience", "prudence", "constance", "charity", "mercy", "christian", "mason", "robin", "jay", "martin",
    "crystal", "jade", "scarlett", "ernst", "rosa", "wolf", "falk", "sol", "paz", "luz", "flor", "esperanza", "dolores",
    "consuelo", "pilar", "blanca", "clara", "alba", "mercedes", "soledad", "nieves", "milagros", "reyes", "luna",
    "linda", "pierre", "claire", "blanche", "marine", "modeste", "deniz", "gül", "umut", "barış", "bahar", "ufuk",
    "yıldız", "graça", "bianca", "chiara", "vera", "gioia", "felice", "letizia", "speranza", "serena", "stella",
    "storm", "floor", "björn", "sten",
];
/// Surnames among the words that head a part.
const SURNAMES: &[&str] = &["price", "best", "good", "home", "rank"];
/// Surnames behind `Von der`, `Von den` and `Von dem`.
#[rustfmt::skip]
const BEHIND_VON: &[&str] = &[
    "Ahe", "Assen", "Bergh", "Borch", "Brelie", "Brink", "Brüggen", "Burchard", "Bussche", "Busche", "Driesch", "Dunk",
    "Eltz", "Emde", "Fecht", "Gablentz", "Goltz", "Groeben", "Hagen", "Hardt", "Heide", "Heyde", "Heyden", "Heydt",
    "Horst", "Hude", "Knesebeck", "Leyen", "Lieth", "Lippe", "Lühe", "Marwitz", "Meden", "Mülbe", "Nahmer", "Oelsnitz",
    "Ohe", "Pahlen", "Pfordten", "Planitz", "Pütten", "Recke", "Ropp", "Schulenburg", "Steinen", "Tann", "Thann",
    "Wense", "Weyden",
];
/// What a calendar goes through; two of them name no two people.
#[rustfmt::skip]
const CALENDAR: &[&str] = &[
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "spring", "summer",
    "autumn", "fall", "winter",
];

/// Whether somebody may be called so who goes by one name.
pub(super) fn is_one(key: &str) -> bool {
    AMONG_HEADINGS.contains(&key) || AMONG_WORDS.contains(&key) || key == "price"
}

/// Whether one of several labels is such a name, and not a part of a calendar beside another.
pub(super) fn is_called(label: &str, key: &str, keys: &[String]) -> bool {
    let is_other = |other: &String| other != key && is_of_calendar(other);
    is_full(label) || (is_one(key) && !(is_of_calendar(key) && keys.iter().any(is_other)))
}

/// Whether a label is a surname: `Von der Heide`, and not `Von der Schule`.
pub(super) fn is_of(label: &str) -> bool {
    behind_von(label).is_some_and(|name| BEHIND_VON.contains(&name))
}

/// What stands behind `Von der` in a label: a surname, or what is spoken of.
fn behind_von(label: &str) -> Option<&str> {
    let [first, article, name] = label.split(' ').collect::<Vec<_>>()[..] else { return None };
    (first == "Von" && matches!(article, "der" | "den" | "dem") && is_surname(name)).then_some(name)
}

/// Whether it is a month, a day or a season.
pub(super) fn is_of_calendar(key: &str) -> bool {
    CALENDAR.contains(&key)
}

/// Whether a label is such a first name with a surname behind it: `Will Pope`, `June van Dyk`, and not `An Idea`.
pub(super) fn is_full(label: &str) -> bool {
    let mut words = label.split_whitespace();
    let first = words.next().unwrap_or_default();
    let behind: Vec<&str> = words.collect();
    first.starts_with(char::is_uppercase)
        && (AMONG_HEADINGS.contains(&first.to_lowercase().as_str()) || first == "Do")
        && (1..=MOST_SURNAMES).contains(&behind.len())
        && behind.last().is_some_and(|last| is_surname(last))
        && behind.iter().all(|word| is_surname(word) || PARTICLES.contains(word))
}

/// The most words behind a first name.
const MOST_SURNAMES: usize = 3;

/// Whether a word has a capital letter and is none of those that people say first or that head a part.
fn is_surname(word: &str) -> bool {
    let lower = word.to_lowercase();
    let is_word = HEADINGS.contains(&lower.as_str()) || INTERJECTIONS.contains(&lower.as_str());
    let inner = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.');
    word.starts_with(char::is_uppercase) && word.chars().all(inner) && !is_word && !openers::is_one(&lower)
}

/// Whether a label is a name with a surname that heads a part as well, or two words of a title: `Anna Best`,
/// `Ticket Price`; or one that is what is spoken of as well: `Von der Wiese`, `Von der Schule`.
pub(super) fn may_be_full(label: &str) -> bool {
    if behind_von(label).is_some() {
        return true;
    }
    let Some((first, last)) = label.split_once(' ') else { return false };
    is_surname(first) && last.starts_with(char::is_uppercase) && SURNAMES.contains(&last.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_with_a_surname_behind_it_is_a_name() {
        for label in [
            "Will Pope",
            "June Pope",
            "An Nguyen",
            "Can Yılmaz",
            "Sunday Okafor",
            "June van Dyk",
            "Else Kern",
            "Do Carmo",
        ] {
            assert!(is_full(label), "{label}");
        }
        for label in [
            "Do",
            "Do Not",
            "Will",
            "will Pope",
            "Will pope",
            "An Idea",
            "Can You",
            "June 2019",
            "Sunday Morning",
            "Good Pope",
            "Tom Pope",
            "Will van",
        ] {
            assert!(!is_full(label), "{label}");
        }
    }

    #[test]
    fn of_a_calendar_one_may_be_a_name() {
        let keys = |all: &[&str]| all.iter().map(|&key| key.to_owned()).collect::<Vec<_>>();
        assert!(
            is_called("June", "june", &keys(&["june", "priya"])) && is_called("Will", "will", &keys(&["may", "will"]))
        );
        assert!(!is_called("June", "june", &keys(&["june", "may"])) && !is_called("Good", "good", &keys(&["good"])));
    }

    #[test]
    fn a_surname_that_heads_a_part_may_be_a_name_behind_another() {
        for label in ["Von der Schule", "Von der Arbeit", "Von den Kindern", "Von dem Haus"] {
            assert!(!is_of(label) && may_be_full(label), "{label}");
        }
        assert!(is_of("Von der Leyen") && !may_be_full("von der Schule") && !may_be_full("Von der arbeit"));
        assert!(is_of("Von der Heide") && !is_of("von der Heide") && !is_of("Von Heide") && !is_of("Von der arbeit"));
        assert!(may_be_full("Anna Best") && may_be_full("Ticket Price"));
        for label in ["Best", "The Best", "Total Price", "Anna best", "Anna Reed"] {
            assert!(!may_be_full(label), "{label}");
        }
    }
}
