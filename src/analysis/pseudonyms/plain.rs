//! Ids of digits alone, up to four, and of one letter: in most places a number, or a letter.
//!
//! In: the ids with what they become, and a text. Out: where one follows a word for a person or a number
//! (`participant 7`, `no. 7`, `#7`, `Mrs. B`), with what it becomes; and where a number or a capital letter may be one.
//! `7` and `07` are the same. It replaces nothing.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::policy::{
    AND, LETTERS_AS_WORDS, LONG_NUMBER_OF_ID, NUMBER_WORDS, NUMBERED, PERSONS, PRONOUN, SHORT_PERSONS, TITLES,
};
use super::words::{is_unspaced, may_start_sentence};
use crate::corpus::words_for_participants;

/// Such ids with what they become.
#[derive(Debug, Default)]
pub(super) struct Plain {
    /// As they are compared: a number without the zeros before it, a letter in lower case.
    called: HashMap<String, String>,
}

/// A word for a person or a number, then a number or a letter, or several.
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let (unspaced, spaced): (Vec<&str>, Vec<&str>) =
        words_for_participants().iter().chain(PERSONS).copied().partition(|word| is_unspaced(word));
    let (spaced, unspaced, short, and) = (either(&spaced), either(&unspaced), either(SHORT_PERSONS), either(AND));
    let (point, none) = (either(NUMBERED), either(NUMBER_WORDS));
    let number = format!(r"(?:\b(?:{point})\.|\bn[°º]\.?|#|№|\b(?:{none}))");
    let gap = r"[ \t\u{a0}:_-]{0,2}\n?";
    let item = r"(?:[0-9]{1,4}|(?-i:\p{Lu})\b)";
    let person = format!(r"(?:\b(?:(?:{spaced})\p{{L}}{{0,3}}|{short})|{unspaced})");
    let list = format!(r"{item}(?:\s{{0,2}}(?:[,;/&+–-]|\b(?:{and})\b)\s{{0,2}}{item})*");
    Regex::new(&format!(r"(?i)(?:{person}{gap}(?:{number}{gap})?|{number}{gap})({list})")).ok()
});
/// `Mrs. B`
static TITLED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"(?i)\b(?:{})\.?[ \u{{a0}}]((?-i:\p{{Lu}})\b)", either(TITLES))).ok());
/// A number or a capital letter.
static ITEM: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[0-9]+|\p{Lu}").ok());

fn either(words: &[&str]) -> String {
    words.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
}

/// Whether an id is one of these.
pub(super) fn is_plain(id: &str) -> bool {
    let n = id.chars().count();
    let is_number = n > 0 && n < LONG_NUMBER_OF_ID && id.bytes().all(|byte| byte.is_ascii_digit());
    is_number || (n == 1 && id.chars().all(char::is_alphabetic))
}

/// Whether nothing that a word could have stands before or after a place; scripts without spaces part no words.
pub(super) fn is_word(text: &str, at: &Range<usize>) -> bool {
    let is_within =
        |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c.encode_utf8(&mut [0; 4])));
    !is_within(text[..at.start].chars().next_back()) && !is_within(text[at.end..].chars().next())
}

fn key(id: &str) -> String {
    let number = id.trim_start_matches('0');
    if number.is_empty() { "0".to_owned() } else { number.to_lowercase() }
}

impl Plain {
    /// Takes those of some ids.
    pub(super) fn new(ids: &HashMap<String, String>) -> Self {
        let mut own: Vec<(&String, &String)> = ids.iter().filter(|(id, _)| is_plain(id)).collect();
        own.sort_unstable();
        let mut called = HashMap::new();
        for (id, new) in own {
            called.entry(key(id)).or_insert_with(|| new.clone());
        }
        Self { called }
    }

    /// Where they follow a word that tells them, with what they become.
    pub(super) fn named(&self, text: &str) -> Vec<(Range<usize>, &str)> {
        let mut found = Vec::new();
        let (Some(item), false) = (&*ITEM, self.called.is_empty()) else { return found };
        let patterns = [&*NAMED, &*TITLED].into_iter().flatten();
        for list in patterns.flat_map(|form| form.captures_iter(text)).filter_map(|captures| captures.get(1)) {
            for id in item.find_iter(list.as_str()) {
                let at = list.start() + id.start()..list.start() + id.end();
                let is_id = is_free_standing(text, &at) && !id.as_str().eq_ignore_ascii_case(PRONOUN);
                if let Some(new) = self.called.get(&key(id.as_str())).filter(|_| is_id) {
                    found.push((at, new.as_str()));
                }
            }
        }
        found
    }

    /// Where they may stand: not within decimals, times or sums of money.
    pub(super) fn may_be(&self, text: &str) -> Vec<Range<usize>> {
        let (Some(item), false) = (&*ITEM, self.called.is_empty()) else { return Vec::new() };
        let all = item.find_iter(text).filter(|id| self.called.contains_key(&key(id.as_str())));
        all.map(|id| id.range()).filter(|at| is_free_standing(text, at) && !is_letter_as_word(text, at)).collect()
    }
}

/// Whether a number or letter stands by itself: `7` in neither `7.5`, `10:07`, `7 %`, `£7` nor `7th`; `D` in no
/// `D'accord`.
fn is_free_standing(text: &str, at: &Range<usize>) -> bool {
    let (mut before, mut after) = (text[..at.start].chars().rev(), text[at.end..].chars());
    let joins = |c: Option<char>| matches!(c, Some('.' | ',' | ':' | '\'' | '’'));
    let within = |first: Option<char>, second: Option<char>, is_letter: bool| {
        joins(first) && second.is_some_and(|c| if is_letter { c.is_alphabetic() } else { c.is_ascii_digit() })
    };
    let is_letter = text[at.clone()].starts_with(char::is_alphabetic);
    let (first, second) = (before.next(), before.next());
    let (next, last) = (after.next(), after.next());
    let is_sum = matches!(first, Some('$' | '€' | '£' | '¥' | '%'))
        || matches!(next, Some('%' | '€' | '$' | '£' | '°'))
        || (next.is_some_and(char::is_whitespace) && matches!(last, Some('%' | '€' | '$' | '£')));
    is_word(text, at) && !within(first, second, is_letter) && !within(next, last, is_letter) && !is_sum
}

/// `A` at the start of a sentence, `I`.
fn is_letter_as_word(text: &str, at: &Range<usize>) -> bool {
    let letter = text[at.clone()].to_lowercase();
    letter == PRONOUN || (LETTERS_AS_WORDS.contains(&letter.as_str()) && may_start_sentence(text, at.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain() -> Plain {
        let ids = [("7", "R001"), ("03", "R002"), ("1204", "R003"), ("b", "R004"), ("i", "R005"), ("anna", "R006")];
        Plain::new(&ids.into_iter().map(|(id, new)| (id.to_owned(), new.to_owned())).collect())
    }

    fn named(text: &str) -> Vec<String> {
        plain().named(text).into_iter().map(|(_, new)| new.to_owned()).collect()
    }

    fn left(text: &str) -> Vec<&str> {
        plain().may_be(text).into_iter().map(|at| &text[at]).collect()
    }

    #[test]
    fn a_number_after_a_word_for_a_person_is_an_id() {
        assert!(NAMED.is_some() && TITLED.is_some() && ITEM.is_some());
        for text in [
            "as participant 7 said",
            "Participant 07",
            "Participant no. 7, please",
            "Interviewee #7",
            "Teilnehmerin Nr. 7",
            "with Befragter 7.",
            "el participante número 7",
            "répondant n° 7",
            "no. 7 said",
            "and #7",
            "участник 7",
            "参加者7は",
            "user 7",
            "interview 7",
            "PARTICIPANT: 7",
            "Participant ID: 7",
        ] {
            assert_eq!(named(text), ["R001"], "{text}");
        }
        assert_eq!(named("participants 3, 7 and 1204 agree"), ["R002", "R001", "R003"]);
        assert_eq!(named("as participant B and Mrs. B know"), ["R004", "R004"]);
    }

    #[test]
    fn a_number_after_anything_else_is_none() {
        for text in [
            "7 days",
            "participants work 7 days",
            "participant 7.5",
            "participant 71",
            "participant 7th",
            "an idea 7",
            "no 7 days",
            "participant Bob",
            "the participants. 7 of them",
            "participant 9",
            "plan B",
            "my sister 7 years ago",
            "a participant I know",
        ] {
            assert_eq!(named(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn what_may_be_an_id_is_told_and_what_cannot_is_not() {
        for (text, expected) in [
            ("7 days, 1204 beds, ward 3", &["7", "1204", "3"][..]),
            ("at 7:30, 7.5 hours, £7, 7 %, 17, 7th, P7", &[]),
            ("Ask B. Then plan B", &["B", "B"]),
            ("I think I may. Bob, b", &[]),
        ] {
            assert_eq!(left(text), expected, "{text}");
        }
    }

    #[test]
    fn ids_of_four_digits_and_one_letter_are_plain_and_no_others() {
        assert!(["7", "1204", "B", "я"].into_iter().all(is_plain));
        assert!(!["", "00471", "P3", "AB", "7-1"].into_iter().any(is_plain));
    }
}
