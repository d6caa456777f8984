//! Lines that start with more than a plain name, and may be the turns of somebody who comes in: `Carol (sister):`, `her
//! sister:`, `Man in the background:`, `[Carol]:`.
//!
//! In: a text and its labels. Out: a remark on each such label that starts a paragraph – or, where every line is a
//! turn, a line; or, where labels stand below times, below one – and was taken for words of somebody else. It takes in
//! none of them, and passes over sentences such as `My advice:` and `And then she said:`.

use super::super::by_lines::ByLines;
use super::super::lexicon::HEADINGS;
use super::super::marks;
use super::super::nobody;
use super::super::speakers::key;
use super::Remark;
use super::firsts::first_of_each;
use super::habit::{Habit, is_after_blank};
use super::lines::{Head, lines_from};
use super::times::{is_time_alone, split_time};
use super::{persons, strays};

/// The longest such label in characters and in words.
const MAX_CHARS: usize = 48;
const MAX_WORDS: usize = 6;
/// Fewer labels show no habit.
const MIN_HEADS: usize = 4;

/// The remark on each such label, but for lines of which something is told already.
pub(super) fn remarks(text: &str, heads: &[Head], told: &[Remark]) -> Vec<Remark> {
    let habit = Habit::of(text, heads);
    let timed = heads.iter().filter(|head| is_below_time(text, head.line)).count();
    let are_below_times = heads.len() >= MIN_HEADS && timed * 10 >= heads.len() * 8;
    let is_usual = habit.by_paragraph || habit.by_line || are_below_times;
    let Some(first) = heads.first().filter(|_| is_usual) else { return Vec::new() };
    let way = Way::of(text, heads);
    let mut found: Vec<(usize, &str, usize)> = Vec::new();
    for (start, line) in lines_from(text, first.line) {
        let is_head = || heads.binary_search_by_key(&start, |head| head.line).is_ok();
        let opens = || habit.by_line || is_after_blank(text, start) || (are_below_times && is_below_time(text, start));
        if line.is_blank() || !opens() || is_head() {
            continue;
        }
        let Some(label) = way.label(line.trim_end(), &text[start + line.len()..]) else { continue };
        let recurs = format!("`{}:` starts ", label.trim_matches(['*', '_']));
        let is_told = |remark: &Remark| remark.at == start || remark.what.starts_with(&recurs);
        if told.iter().any(is_told) || !way.is_somebody(label, text, heads) {
            continue;
        }
        let above = heads.partition_point(|head| head.line < start).saturating_sub(1);
        found.push((start, label, above));
    }
    let remark = |((at, label, above), times): ((usize, &str, usize), String)| {
        let whose = &heads[above].label;
        let mut what = format!(
            "`{label}` looks like a speaker but was taken for words of `{whose}`{times}; write it as the other labels \
             are written"
        );
        if !nobody::is_plainly(&key(label)) {
            let say = format!(", or say who it is with `--participant \"{label}\"` or `--interviewer \"{label}\"`");
            what.push_str(&say);
        }
        Remark { at, what }
    };
    first_of_each(found.into_iter(), |(_, label, _)| key(label)).into_iter().map(remark).collect()
}

/// Whether the line above holds a time alone.
fn is_below_time(text: &str, at: usize) -> bool {
    text[..at].lines().next_back().is_some_and(is_time_alone)
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
        let line = |head: &Head| text[head.line..].by_lines().next().unwrap_or_default();
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
                Some(&line[..at]).filter(|_| is_spaced && !rest.is_blank())?
            }
            Self::Time => {
                let (name, seconds) = split_time(line);
                let has_words = below.by_lines().next().is_some_and(|next| !next.is_blank());
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
        if persons::is_sentence(label) {
            return false;
        }
        let is_known = |name: &str| heads.iter().any(|head| key(&head.label) == key(name));
        self == Self::Time || persons::has_person(label) || is_by_name(label, text, is_known)
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
    text.by_lines().filter(is_head).nth(1).is_some()
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
    fn a_label_below_a_time_is_told_too() {
        let turn = |(n, who): (usize, &&str)| format!("00:0{n}:10\n{who}: It was cold there.\n\n");
        let talk = |who: &str| -> Vec<String> {
            let text: String = ["Ann", "Tom", who, "Ann", "Tom", "Ann", "Tom"].iter().enumerate().map(turn).collect();
            let read = super::super::read(&text, &super::super::Names::default()).unwrap();
            read.remarks.into_iter().map(|remark| remark.what).collect()
        };
        let told = talk("woman 2");
        assert!(told.len() == 1 && told[0].starts_with("`woman 2` looks like a speaker"), "{told:?}");
        assert!(talk("and so on").is_empty());
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
