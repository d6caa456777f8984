//! Labels that are written nearly alike and are two people's all the same.
//!
//! In: two labels. Out: whether a number, initials or a relation sets them apart, or the way they are spelt may be
//! that of two names. It never looks at who speaks when, and joins nobody.

use super::super::label_key::{key, stem};
use super::super::lexicon::STRONG;

/// Whether a rarer label has a number, or behind a role a letter, that the other lacks: `Participant 2` beside
/// `Participant`, `Woman 2` beside `Woman`.
pub(crate) fn has_number_more(rare: &str, usual: &str) -> bool {
    let (rare, usual) = (key(core(rare)), key(core(usual)));
    let number = |key: &str| key.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_numbered = !number(&rare).is_empty() && number(&rare) != number(&usual);
    let letter = rare.strip_prefix(usual.as_str()).and_then(|rest| rest.strip_prefix(' '));
    let is_lettered = letter.is_some_and(|letter| letter.chars().count() == 1);
    is_numbered || (is_lettered && STRONG.role(stem(&usual)).is_some())
}

/// Words for whom somebody is related to, or has brought along. Those that may as well describe whoever speaks,
/// such as `nurse`, `woman` and `Mann`, are none of them.
#[rustfmt::skip]
const RELATIONS: &[&str] = &[
    "wife", "husband", "spouse", "partner", "girlfriend", "boyfriend", "son", "daughter", "mother", "father", "mum",
    "mom", "dad", "brother", "sister", "uncle", "aunt", "grandmother", "grandfather", "grandson", "granddaughter",
    "niece", "nephew", "cousin", "friend", "neighbour", "neighbor", "relative", "companion", "carer", "caregiver",
    "interpreter", "translator", "ehefrau", "ehemann", "partnerin", "sohn", "tochter", "mutter", "vater", "bruder",
    "schwester", "onkel", "tante", "oma", "opa", "enkel", "enkelin", "freund", "freundin", "nachbar", "nachbarin",
    "dolmetscher", "dolmetscherin", "mari", "épouse", "époux", "conjoint", "conjointe", "fils", "fille", "père", "mère",
    "frère", "sœur", "soeur", "ami", "amie", "voisin", "voisine", "interprète", "esposa", "esposo", "marido", "hijo",
    "hija", "padre", "madre", "hermano", "hermana", "amigo", "amiga", "vecino", "vecina", "intérprete", "moglie",
    "marito", "figlio", "figlia", "fratello", "sorella", "echtgenoot", "echtgenote", "dochter", "zoon", "moeder",
    "vader", "broer", "zus",
];

/// Whether a word is one for whom somebody is related to.
pub(crate) fn is_relation(word: &str) -> bool {
    RELATIONS.contains(&word)
}

/// Whether a label is somebody's relative in words: `Wife of farmer`, `Partner of participant`, `Frau von B1`.
pub(crate) fn is_relative_of(label: &str) -> bool {
    const OF: [&str; 8] = ["of", "von", "vom", "der", "de", "du", "di", "van"];
    let key = key(label);
    let mut words = key.split(' ');
    let opens = words.next().is_some_and(|first| is_relation(first) || matches!(first, "frau" | "mann" | "femme"));
    opens && words.next().is_some_and(|of| OF.contains(&of))
}

/// Whether a relation stands in parentheses behind a name: `P3 (husband)`, `interviewee (his wife)`.
pub(crate) fn has_relation(label: &str) -> bool {
    let behind = label.trim().strip_suffix(')').and_then(|label| label.split_once(" (")).map(|(_, inner)| key(inner));
    let is_relation = |word: &str| RELATIONS.contains(&word);
    behind.is_some_and(|inner| inner.split(|c: char| !c.is_alphabetic()).any(is_relation))
}

/// Whether two labels differ in single letters that stand for names (`Ann H.` and `Ann R.`), or in what sets parents
/// apart from children (`Reed Sr.` and `Reed Jr.`).
pub(crate) fn have_other_initials(a: &str, b: &str) -> bool {
    let differ = differing(a, b);
    let are_initials = |(a, b): &(String, String)| {
        let (a, b) = (a.trim_end_matches('.'), b.trim_end_matches('.'));
        if [a, b].iter().all(|word| GENERATIONS.contains(word)) {
            return a != b;
        }
        a != b && a.chars().count() == 1 && b.chars().count() == 1
    };
    !differ.is_empty() && differ.iter().all(are_initials)
}

const GENERATIONS: &[&str] = &["jr", "sr", "jun", "sen", "junior", "senior", "père", "fils", "i", "ii", "iii"];

/// The shortest word of which one letter is no matter of chance.
const SHORTEST: usize = 4;

/// Whether two labels differ in one word alone, as two spellings of a name do that both are in use: by a vowel
/// (`Stephen`, `Stephan`), by letters that sound alike (`Marcus`, `Markus`), by an `h` (`Torsten`, `Thorsten`).
pub(crate) fn may_be_two_names(a: &str, b: &str) -> bool {
    let [(one, other)] = &differing(a, b)[..] else { return false };
    let (short, long) = if one.chars().count() < other.chars().count() { (one, other) } else { (other, one) };
    let (short, long): (Vec<char>, Vec<char>) = (short.chars().collect(), long.chars().collect());
    if short.len() < SHORTEST || !short.iter().chain(&long).all(|c| c.is_alphabetic()) {
        return false;
    }
    let at = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 => short.get(at + 1..) == long.get(at + 1..) && short.get(at).is_some_and(|&c| sound_alike(c, long[at])),
        1 => long[at] == 'h' && short[at..] == long[at + 1..],
        _ => false,
    }
}

/// Whether two names differ in one letter more within one word, or in two that changed places: `Rosa` and `Rossa`,
/// `Maeve` and `Meave`. One more at the end makes another name, as in `Martina`.
pub(crate) fn is_a_letter_off(a: &str, b: &str) -> bool {
    let [(one, other)] = &differing(a, b)[..] else { return false };
    let (short, long) = if one.chars().count() < other.chars().count() { (one, other) } else { (other, one) };
    let (short, long): (Vec<char>, Vec<char>) = (short.chars().collect(), long.chars().collect());
    if short.len() < SHORTEST_SLIP || !short.iter().chain(&long).all(|c| c.is_alphabetic()) {
        return false;
    }
    let at = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 => {
            at + 1 < short.len()
                && short[at] == long[at + 1]
                && short[at + 1] == long[at]
                && short[at + 2..] == long[at + 2..]
        }
        1 => at < short.len() && short[at..] == long[at + 1..],
        _ => false,
    }
}

/// The shortest word of which a letter too many is looked at.
const SHORTEST_SLIP: usize = 3;

/// Vowels, and consonants that are written for each other.
fn sound_alike(a: char, b: char) -> bool {
    const VOWELS: &str = "aeiouyäöüáéíóúàèåæøő";
    const PAIRS: [(char, char); 5] = [('c', 'k'), ('d', 't'), ('s', 'z'), ('f', 'v'), ('v', 'w')];
    (VOWELS.contains(a) && VOWELS.contains(b)) || PAIRS.contains(&(a, b)) || PAIRS.contains(&(b, a))
}

/// The words of two labels that differ, in lower case; none where one has more words.
fn differing(a: &str, b: &str) -> Vec<(String, String)> {
    let (a, b) = (key(a), key(b));
    let words = |key: &str| key.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (a, b) = (words(&a), words(&b));
    if a.len() != b.len() {
        return Vec::new();
    }
    a.into_iter().zip(b).filter(|(a, b)| a != b).collect()
}

/// A label without what stands in parentheses behind it.
fn core(label: &str) -> &str {
    label.strip_suffix(')').and_then(|label| label.split_once(" (")).map_or(label, |(core, _)| core)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_or_a_letter_more_is_somebody_else() {
        for (rare, usual) in [
            ("Participant 2", "Participant"),
            ("Woman 2", "Woman"),
            ("S2", "S"),
            ("P2", "P1"),
            ("Participant B", "Participant"),
        ] {
            assert!(has_number_more(rare, usual), "{rare} {usual}");
        }
        for (rare, usual) in [
            ("Participant", "Participant 12"),
            ("P12", "Participant 12"),
            ("Ann (34)", "Ann"),
            ("Rosa W", "Rosa"),
            ("AH", "Ann Hall"),
        ] {
            assert!(!has_number_more(rare, usual), "{rare} {usual}");
        }
    }

    #[test]
    fn a_relation_behind_a_name_is_told_from_what_describes_it() {
        for label in ["P3 (husband)", "interviewee (wife)", "Ann (her mother)", "B1 (Ehefrau)", "P2 (fils)"] {
            assert!(has_relation(label), "{label}");
        }
        for label in ["P3", "P3 (f)", "Ann (34, nurse)", "Ann (she/her)", "husband", "P1 (?)", "Ann Hall (Leeds)"] {
            assert!(!has_relation(label), "{label}");
        }
    }

    #[test]
    fn a_relative_is_not_the_one_who_is_named_behind() {
        for label in ["Wife of farmer", "Partner of participant", "Frau von B1", "Mère de Marie"] {
            assert!(is_relative_of(label), "{label}");
        }
        for label in ["Wife", "Farmer", "Voice of Tom", "Joan of Arc", "Sister Joan", "Frau Vonk"] {
            assert!(!is_relative_of(label), "{label}");
        }
    }

    #[test]
    fn other_initials_are_other_people() {
        assert!(have_other_initials("Ann H.", "Ann R.") && have_other_initials("A. Hall", "B. Hall"));
        assert!(have_other_initials("Reed Sr.", "Reed Jr.") && have_other_initials("Reed senior", "Reed junior"));
        for (a, b) in [("Ann H.", "Ann H"), ("Ann H.", "Ann"), ("Ann H.", "Anne H."), ("Ann", "Ann")] {
            assert!(!have_other_initials(a, b), "{a} {b}");
        }
    }

    #[test]
    fn spellings_of_names_are_told_from_slips() {
        for (a, b) in [
            ("Stephen", "Stephan"),
            ("Marcus Reed", "Markus Reed"),
            ("Torsten", "Thorsten"),
            ("Ann Hansen", "Ann Hanson"),
            ("Schmidt", "Schmitt"),
        ] {
            assert!(may_be_two_names(a, b) && may_be_two_names(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("Stephn", "Stephan"),
            ("Stepahn", "Stephan"),
            ("Stephan", "Stephan"),
            ("Katarzyan", "Katarzyna"),
            ("P1", "P2"),
            ("Stephan", "Stefan"),
            ("Ann Hall", "Ann"),
        ] {
            assert!(!may_be_two_names(a, b), "{a} {b}");
        }
    }
}
