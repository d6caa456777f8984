//! Lines that start with more than a plain name, and may be the turns of somebody who comes in: `Carol (sister):`, `her
//! sister:`, `Man in the background:`, `[Carol]:`.
//!
//! In: a text and its labels. Out: a remark on each such label that starts a paragraph – or, where every line is a
//! turn, a line – and was taken for words of somebody else. It takes in none of them, and passes over sentences such
//! as `My advice:` and `And then she said:`.

use std::collections::HashMap;

use super::super::lexicon::{HEADINGS, INTERJECTIONS};
use super::super::marks;
use super::super::nobody;
use super::super::speakers::{key, two_people};
use super::Remark;
use super::habit::{Habit, is_after_blank};
use super::layouts::Head;
use super::times::split_time;
use super::{strays, voices};

/// The longest such label in characters and in words.
const MAX_CHARS: usize = 48;
const MAX_WORDS: usize = 6;
/// Words for people beside those by which transcribers name voices.
#[rustfmt::skip]
const PEOPLE: &[&str] = &[
    "officer", "owner", "granny", "grandma", "grandpa", "kid", "lady", "gentleman", "guy", "person", "participant",
    "student", "customer", "driver", "guard", "clerk", "junior", "senior", "jr", "sr", "someone", "somebody",
    "dame", "herr", "junge", "mädchen", "nachbar", "nachbarin", "jemand", "voisin", "voisine", "monsieur", "vecino",
    "vecina", "señor", "señora",
];
/// Behind a word for a person they say which.
#[rustfmt::skip]
const PREPOSITIONS: &[&str] = &[
    "of", "in", "on", "at", "from", "behind", "von", "vom", "im", "am", "aus", "hinter", "de", "du", "del", "di", "au",
];
/// In front of such a word they say whose, so that another noun may follow.
#[rustfmt::skip]
const ARTICLES: &[&str] = &[
    "the", "a", "an", "her", "his", "their", "der", "die", "das", "ein", "eine", "ihr", "ihre", "sein", "seine", "le",
    "la", "un", "une", "sa", "el", "una", "su",
];
/// In front of such a word they begin a sentence, and within a label they end one.
#[rustfmt::skip]
const SENTENCES: &[&str] = &[
    "my", "your", "our", "this", "that", "these", "those", "no", "every", "mein", "meine", "unser", "unsere", "mon",
    "ma", "mes", "notre", "mi", "nuestra", "nuestro", "like", "as", "for", "about", "with", "when", "what", "who",
];
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "said", "says", "say", "saying", "told", "tells", "asked", "asks", "was", "were", "is", "are", "had", "has", "have",
    "did", "does", "do", "thought", "wrote", "meant", "means", "goes", "went", "sagte", "sagt", "meinte", "fragte",
    "war", "ist", "hat", "dit", "disait", "demande", "est", "dijo", "dice", "era", "es",
];

/// The remark on each such label, but for lines of which something is told already.
pub(super) fn remarks(text: &str, heads: &[Head], told: &[Remark]) -> Vec<Remark> {
    let habit = Habit::of(text, heads);
    let Some(first) = heads.first().filter(|_| habit.by_paragraph || habit.by_line) else { return Vec::new() };
    let way = Way::of(text, heads);
    let mut found: Vec<(Remark, String, usize)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut at = first.line;
    for line in text[first.line..].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let is_head = || heads.binary_search_by_key(&start, |head| head.line).is_ok();
        if line.trim().is_empty() || !(habit.by_line || is_after_blank(text, start)) || is_head() {
            continue;
        }
        let Some(label) = way.label(line.trim_end(), &text[at..]) else { continue };
        if told.iter().any(|remark| remark.at == start) || !way.is_somebody(label, text, heads) {
            continue;
        }
        let above = heads.partition_point(|head| head.line < start).saturating_sub(1);
        let place = *places.entry(key(label)).or_insert(found.len());
        match found.get_mut(place) {
            Some((.., more)) => *more += 1,
            None => {
                let whose = &heads[above].label;
                let what = format!("`{label}` looks like a speaker but was taken for words of `{whose}`");
                found.push((Remark { at: start, what }, label.to_owned(), 0));
            }
        }
    }
    let whole = |(mut remark, label, more): (Remark, String, usize)| {
        let times = if more == 0 { String::new() } else { format!(" (and {more} times more)") };
        remark.what.push_str(&format!("{times}; write it as the other labels are written"));
        if !nobody::is_plainly(&key(&label)) {
            let say = format!(", or say who it is with `--participant \"{label}\"` or `--interviewer \"{label}\"`");
            remark.what.push_str(&say);
        }
        remark
    };
    found.into_iter().map(whole).collect()
}

/// How labels end in a text.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Colon,
    /// A time behind the name, on a line above the words.
    Time,
    Other,
}

impl Way {
    fn of(text: &str, heads: &[Head]) -> Self {
        let line = |head: &Head| text[head.line..].lines().next().unwrap_or_default();
        let timed = heads.iter().filter(|head| split_time(line(head)).1.is_some()).count();
        if strays::have_colon(text, heads) {
            Self::Colon
        } else if timed * 10 >= heads.len() * 9 {
            Self::Time
        } else {
            Self::Other
        }
    }

    /// What may be a label at the start of a line, with the text below.
    fn label<'l>(self, line: &'l str, below: &str) -> Option<&'l str> {
        let line = match marks::bracketed(line).filter(|_| self == Self::Colon) {
            Some(mark) => line[mark.end..].trim_start(),
            None => line,
        };
        let label = match self {
            Self::Colon => {
                let (at, colon) = line.char_indices().take(MAX_CHARS + 1).find(|(_, c)| matches!(c, ':' | '：'))?;
                let rest = line[at + colon.len_utf8()..].trim_start_matches([':', '*', '_']);
                let is_spaced = rest.starts_with(char::is_whitespace) || colon == '：';
                Some(&line[..at]).filter(|_| is_spaced && !rest.trim().is_empty())?
            }
            Self::Time => {
                let (name, seconds) = split_time(line);
                let has_words = below.lines().next().is_some_and(|next| !next.trim().is_empty());
                Some(name).filter(|_| seconds.is_some() && has_words)?
            }
            Self::Other => return None,
        };
        let label = label.trim();
        let fits = label.chars().count() <= MAX_CHARS && label.split_whitespace().count() <= MAX_WORDS;
        (fits && label.chars().any(char::is_alphabetic) && !is_open_quote(label)).then_some(label)
    }

    /// Whether a label names somebody. Where every label has a time, whatever has one does, but for sentences.
    fn is_somebody(self, label: &str, text: &str, heads: &[Head]) -> bool {
        let words = words(label);
        let opens = label.starts_with(char::is_lowercase);
        let is_sentence =
            words.first().is_none_or(|first| SENTENCES.contains(&first.as_str()) || is_said(first, opens))
                || words.iter().any(|word| VERBS.contains(&word.as_str()));
        if is_sentence {
            return false;
        }
        let is_known = |name: &str| heads.iter().any(|head| key(&head.label) == key(name));
        self == Self::Time || has_person(label) || is_by_name(label, text, is_known)
    }
}

/// Whether a label begins as what is quoted, and does not end with it: `"Captain` of `"Captain: hold the line!"`.
fn is_open_quote(label: &str) -> bool {
    let ends: &[char] = match label.chars().next() {
        Some('"' | '“') => &['"', '”'],
        Some('„') => &['“', '”', '"'],
        Some('«') => &['»'],
        _ => return false,
    };
    label.chars().count() < 2 || !label.ends_with(ends)
}

/// Whether a word for a person is what a label is about, and not `Student` of `Student loan` or `in person`.
fn has_person(label: &str) -> bool {
    let raw: Vec<&str> = label.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).collect();
    let words = words(label);
    let is_owned = |word: &String| ARTICLES.contains(&word.as_str()) || word.ends_with("'s");
    let is_of_person = |at: usize| {
        let (bare, before) = (words[at].trim_end_matches("'s"), at.checked_sub(1).map(|before| &words[before]));
        let is_person = PEOPLE.contains(&bare) || voices::is_word_for_one(bare) || two_people::is_relation(bare);
        let is_phrase = (bare == "person" && before.is_some_and(|word| word == "in"))
            || (bare == "owner" && before.is_some_and(|word| !is_owned(word)));
        let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit()) || word.chars().count() == 1;
        let ends = raw[at].ends_with([',', ')', ']'])
            || raw.get(at + 1).zip(words.get(at + 1)).is_none_or(|(next, word)| {
                next.starts_with(['(', '[']) || PREPOSITIONS.contains(&word.as_str()) || is_number(word)
            });
        is_person && !is_phrase && (ends || is_owned(&words[0]) || before.is_some_and(is_owned))
    };
    raw.len() == words.len() && (0..words.len()).any(is_of_person)
}

/// Whether a label holds a name. One alone in brackets or with `?` is that of a speaker or starts another line; of two
/// with `&` each is a speaker's or comes again.
fn is_by_name(label: &str, text: &str, is_known: impl Fn(&str) -> bool) -> bool {
    let Some(name) = name_within(label).filter(|name| is_name(name, text)) else { return false };
    if let Some((one, other)) = name.split_once(" & ") {
        let rest = text.replace(name, "");
        let comes = |side: &str| rest.match_indices(side).any(|(at, _)| is_word_at(&rest, at, side.len()));
        return [one, other].into_iter().all(|side| is_known(side.trim()) || comes(side.trim()));
    }
    let is_alone = label.ends_with(['?', ')', ']']) && label.trim_matches(is_around) == name;
    if is_alone { is_known(name) || heads_again(name, text) } else { !is_known(name) }
}

/// Whether what stands at a place is no part of a longer word.
fn is_word_at(text: &str, at: usize, len: usize) -> bool {
    !text[..at].ends_with(char::is_alphanumeric) && !text[at + len..].starts_with(char::is_alphanumeric)
}

/// Whether a name stands in front of a colon at the start of two lines.
fn heads_again(name: &str, text: &str) -> bool {
    let is_head = |line: &&str| {
        let rest = line.trim_start_matches(is_around).strip_prefix(name);
        rest.is_some_and(|rest| rest.trim_start_matches(is_around).starts_with([':', '：']))
    };
    text.lines().filter(is_head).nth(1).is_some()
}

/// The words of a label in lower case, without what stands around them.
fn words(label: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
    label.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}

/// Whether a word opens what people say, and no name of somebody: `the sister` in lower case, and not `The sister`.
fn is_said(word: &str, is_lower: bool) -> bool {
    if matches!(word, "the" | "a" | "an") { is_lower } else { INTERJECTIONS.contains(&word) }
}

/// What stands around a name.
fn is_around(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']' | '*' | '_' | '“' | '”' | '"' | '?' | ';' | ' ')
}

/// The name that a label holds beside something else: `Carol` of `Carol (sister)`, `[Carol]`, `Carol?`, `Carol, sister`.
fn name_within(label: &str) -> Option<&str> {
    let inner = label.trim_matches(is_around);
    let has_letters = |text: &str| text.chars().any(char::is_alphabetic);
    if let Some((name, behind)) = inner.split_once(" (").or_else(|| inner.split_once(" [")) {
        return (has_letters(behind) || behind.starts_with('?')).then_some(name.trim());
    }
    if let Some((name, behind)) = inner.split_once(", ") {
        return behind.starts_with(char::is_lowercase).then_some(name.trim());
    }
    (inner.len() < label.len() || inner.contains(" & ")).then_some(inner)
}

/// Whether words are written like a name, and not in lower case elsewhere.
fn is_name(name: &str, text: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().filter(|word| *word != "&").collect();
    let is_capital = |word: &&str| word.starts_with(char::is_uppercase) && word.chars().count() > 1;
    let lower = name.to_lowercase();
    let is_word = || text.split(|c: char| !c.is_alphanumeric()).any(|word| word == lower);
    (1..=3).contains(&words.len()) && words.iter().all(is_capital) && !HEADINGS.contains(&lower.as_str()) && !is_word()
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    /// What is told of a label that stands so many times among those of two others.
    fn remarks(label: &str, turn: &str, n: usize) -> Vec<String> {
        let line = |who: &str, words: &str| turn.replace("{}", who) + words;
        let pair = [line("Bob", "How was it?"), line("Lena", "It rained all day, and we stayed.")].join("\n\n");
        let strange = line(label, "There was a fire as well.");
        let mut parts = vec![pair.as_str(), &pair, &pair];
        (0..n).for_each(|_| parts.extend([strange.as_str(), &pair]));
        let found = read(&parts.join("\n\n"), &Names::default()).unwrap_or_default();
        let is_speaker = found.stretches.iter().any(|stretch| stretch.text.len() < 30 && stretch.label == label);
        let speaker = is_speaker.then(|| "is a speaker".to_owned());
        let told = found.remarks.into_iter().filter(|remark| remark.what.contains("looks like a speaker"));
        speaker.into_iter().chain(told.map(|remark| remark.what)).collect()
    }

    /// Whether something is told of a label that stands once.
    fn told(label: &str, turn: &str) -> bool {
        !remarks(label, turn, 1).is_empty()
    }

    #[test]
    fn a_label_that_is_more_than_a_name_is_told() {
        for label in [
            "Carol (sister)",
            "Carol [on phone]",
            "her sister",
            "sister",
            "The sister",
            "Man in the background",
            "Police officer",
            "2nd woman",
            "Husband of P7",
            "Carol, sister",
            "*Carol*",
            "Bob & Lena",
            "Woman 2",
            "The owner",
            "Woman on the phone",
        ] {
            assert!(told(label, "{}: "), "{label}");
        }
        assert!(told("Man in the background", "{}  0:03\n"));
    }

    #[test]
    fn a_sentence_with_a_colon_is_not() {
        for label in [
            "My advice",
            "Three things",
            "And then she said",
            "My husband said",
            "The nurse told us",
            "the voice",
            "No sister of mine",
            "The rule (so far)",
            "In person",
            "Driver licence",
            "Student loan",
            "Customer number",
            "Car owner",
            "Marks & Spencer",
            "Brexit?",
            "(Leeds)",
            "\"Captain",
        ] {
            assert!(!told(label, "{}: "), "{label}");
        }
    }

    #[test]
    fn a_name_alone_in_brackets_or_with_a_doubt_is_told_where_it_starts_two_lines() {
        for label in ["Carol?", "(Carol)", "[Carol]"] {
            assert!(!told(label, "{}: ") && !remarks(label, "{}: ", 2).is_empty(), "{label}");
        }
    }

    #[test]
    fn two_names_with_a_sign_between_are_told_where_each_is_known_or_comes_again() {
        let is_told = |text: &str, known: &str| super::is_by_name("Carol & Dave", text, |name| name == known);
        let label = "Carol & Dave: There was a fire.\nCarol & Dave: So it was.";
        assert!(!is_told(label, "") && !is_told(label, "Carol") && !is_told(&format!("{label}\nCarola and Dave"), ""));
        assert!(
            is_told(&format!("{label}\nCarol came with Dave."), "") && is_told(&format!("{label}\nDave."), "Carol")
        );
    }

    #[test]
    fn what_is_plainly_nobody_is_not_to_be_made_a_participant() {
        let advises = |label: &str| remarks(label, "{}: ", 2).iter().any(|what| what.contains("--participant"));
        assert!(!advises("[Music]") && !advises("[inaudible]") && advises("her sister"));
    }
}
