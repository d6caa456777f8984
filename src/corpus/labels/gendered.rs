//! Labels with a gendered ending behind a colon that one line does not show to be labels: `Lehrer:in Meier: Ja`,
//! `Befragte:r Ja` beside `Befragte:r:`, `Teilnehmer: in 1: Ja` beside `Teilnehmer:in 1:`.
//!
//! In: the labels that lines start with, and those of the whole text. Out: the same, with what names somebody behind
//! the ending where it comes again, with what a space within it tore apart as one label, and without those that a colon
//! in the ending made: without one behind, such a line is for [`slips`](super::slips) to tell. It never joins labels
//! that no other line has, but for a name beside one that comes again.

use std::collections::{HashMap, HashSet};

use super::super::by_lines::ByLines;
use super::super::lexicon::GENDER_ENDINGS;
use super::super::speakers::key;
use super::endings::{Ending, may_be_role};
use super::forms::{Candidate, Form, KeyIndex};
use super::lines::lines_from;
use super::names::valid_label;

/// The longest ending with the number behind it, in bytes.
const LONGEST: usize = 12;
/// The longest rest of such a label, in bytes.
const LONGEST_REST: usize = 40;
/// Fewer are chance.
const FEWEST: usize = 2;

/// A line that starts with a role, its ending, words and a second colon: `Lehrer:in Meier: Ja`.
struct Whole<'t> {
    label: &'t str,
    /// The role with its ending.
    role: &'t str,
    /// Bytes at which the line and what is said start.
    line: usize,
    words: usize,
    after_blank: bool,
}

impl<'t> Whole<'t> {
    /// Reads the line at byte `start`, of which the first `inset` bytes stand before the label.
    fn of(start: usize, line: &'t str, inset: usize, after_blank: bool) -> Option<Self> {
        let body = line[inset..].trim_start();
        let (role, rest) = body.split_once(':')?;
        let end = rest.find(|c: char| !c.is_alphabetic())?;
        let has_ending = rest[end..].starts_with(' ') && GENDER_ENDINGS.contains(&&rest[..end]);
        if !may_be_role(role) || !has_ending || Ending::of(rest).is_some() {
            return None;
        }
        let (inner, said) = rest[end..].split_once(':').filter(|(inner, _)| inner.len() <= LONGEST_REST)?;
        let with_ending = role.len() + 1 + end;
        let (role, label) = (&body[..with_ending], body[..with_ending + inner.len()].trim_end());
        let words = start + line.len() - said.len();
        let is_label = said.starts_with(char::is_whitespace) && valid_label(label);
        is_label.then_some(Self { label, role, line: start, words, after_blank })
    }

    /// Whether nothing but a name stands behind the ending.
    fn is_named(&self) -> bool {
        self.label[self.role.len()..].split_whitespace().all(|word| word.starts_with(char::is_uppercase))
    }
}

/// Takes in the labels that go on behind an ending, `Lehrer:in Meier` and `Expert:in aus Kiel`, where one comes again,
/// and names behind that role that come once.
pub(super) fn lengthen(text: &str, margin: fn(&str) -> usize, candidates: &mut Vec<Candidate>, keys: &mut Vec<String>) {
    let mut after_blank = true;
    let mut all: Vec<Whole<'_>> = Vec::new();
    for (start, line) in lines_from(text, 0) {
        all.extend(Whole::of(start, line, margin(line), after_blank));
        after_blank = line.is_blank();
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    all.iter().for_each(|whole| *counts.entry(whole.label).or_default() += 1);
    let recur = |whole: &Whole<'_>| counts[whole.label] >= FEWEST;
    let roles: HashSet<&str> = all.iter().filter(|whole| recur(whole)).map(|whole| whole.role).collect();
    all.retain(|whole| recur(whole) || (roles.contains(whole.role) && whole.is_named()));
    if all.is_empty() {
        return;
    }
    let lines: HashSet<usize> = all.iter().map(|whole| whole.line).collect();
    candidates.retain(|candidate| !lines.contains(&candidate.line));
    let mut index = KeyIndex::of(keys);
    for Whole { label, line, words, after_blank, .. } in all {
        let (key, label) = (index.place(key(label), keys), label.to_owned());
        candidates.push(Candidate {
            key,
            label,
            form: Form::Plain,
            seconds: None,
            line,
            words,
            after_blank,
            wide: false,
        });
    }
    candidates.sort_by_key(|candidate| candidate.line);
}

/// Mends the labels of lines that start with a role whose other lines have an ending.
pub(super) fn mend(text: &str, candidates: &mut Vec<Candidate>, keys: &[String]) {
    if !keys.iter().any(|key| key.contains(':')) {
        return;
    }
    let mut labels: Vec<Option<String>> = vec![None; keys.len()];
    for Candidate { key, label, .. } in candidates.iter().filter(|candidate| candidate.label.contains(':')) {
        labels[*key].get_or_insert_with(|| label.clone());
    }
    candidates.retain_mut(|candidate| {
        let Some(words) = text[candidate.words..].by_lines().next().filter(|_| candidate.form == Form::Plain) else {
            return true;
        };
        let behind = words.trim_start_matches(' ');
        let end = behind.find(|c: char| !c.is_alphabetic()).unwrap_or(behind.len());
        if end > LONGEST || !GENDER_ENDINGS.contains(&&behind[..end]) {
            return true;
        }
        let role = &keys[candidate.key];
        if behind.len() == words.len() {
            return !is_ending_alone(behind, end) || !is_known(keys, role, &behind[..end]);
        }
        if let Some((place, to)) = torn(behind, role, keys)
            && let Some(label) = &labels[place]
        {
            candidate.words += words.len() - behind.len() + to;
            (candidate.key, candidate.label) = (place, label.clone());
        }
        true
    });
}

/// Whether words that may be of a sentence follow an ending without a colon: `r Ja`, `in 2 Ja`.
fn is_ending_alone(behind: &str, end: usize) -> bool {
    let after = behind[end..].trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit());
    after.len() < behind.len() - end && after.starts_with(char::is_uppercase)
}

/// Whether another label is the role with this ending, perhaps with a number.
fn is_known(keys: &[String], role: &str, ending: &str) -> bool {
    let rest = |key: &String| Some(key.strip_prefix(role)?.strip_prefix(':')?.strip_prefix(ending)?.to_owned());
    keys.iter().filter_map(rest).any(|rest| !rest.starts_with(char::is_alphabetic))
}

/// The place of the label that a role and the ending behind a space are together, and the byte behind its colon.
fn torn(behind: &str, role: &str, keys: &[String]) -> Option<(usize, usize)> {
    let colon = behind.find(':').filter(|&colon| colon <= LONGEST)?;
    let whole = format!("{role}:{}", key(&behind[..colon]));
    Some((keys.iter().position(|key| *key == whole)?, colon + 1))
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    /// The labels of a talk with this turn in it and their words, and how many remarks there are.
    fn found(label: &str, turn: &str) -> (Vec<(String, String)>, usize) {
        let answers = ["Sie war kalt.", "{}", "Nein, gar nicht.", "Am Ende schon."];
        let turn_of = |words: &&str| match *words {
            "{}" => format!("I: Was war dann?\n\n{turn}\n\n"),
            words => format!("I: Was war dann?\n\n{label}: {words}\n\n"),
        };
        let text: String = answers.iter().map(turn_of).collect();
        let read = read(&text, &Names::default()).unwrap_or_default();
        let said = read.stretches.iter().map(|turn| (turn.label.clone(), text[turn.text.clone()].to_owned()));
        (said.collect(), read.remarks.len())
    }

    #[test]
    fn an_ending_without_a_colon_belongs_to_the_label() {
        for label in ["Befragte:r", "Teilnehmer:in 1"] {
            let (said, told) = found(label, &format!("{label} Ja, im Winter."));
            assert_eq!((said[3].0.as_str(), said[3].1.as_str(), told), (label, "Ja, im Winter.", 1), "{said:?}");
        }
    }

    #[test]
    fn an_ending_behind_a_space_belongs_to_the_label() {
        let (said, _) = found("Teilnehmer:in 1", "Teilnehmer: in 1: Ja, im Winter.");
        assert_eq!((said[3].0.as_str(), said[3].1.as_str()), ("Teilnehmer:in 1", "Ja, im Winter."), "{said:?}");
    }

    /// The labels of a talk in which these answer in turn.
    fn labels(answers: &[&str]) -> Vec<String> {
        let answer = |n: usize| answers[n % answers.len()];
        let turn = |n: usize| format!("Interviewer:in: Was war im Jahr {n}?\n\n{} Sie war kalt.\n\n", answer(n));
        let text: String = (0..6).map(turn).collect();
        let read = read(&text, &Names::default()).unwrap_or_default();
        read.stretches.into_iter().map(|turn| turn.label).collect()
    }

    #[test]
    fn what_stands_in_parentheses_or_is_counted_behind_an_ending_belongs_to_the_label() {
        for label in [
            "Befragte:r (w, 34)",
            "Expert:in (B1)",
            "Expert:in 1 (Schule)",
            "Jugendliche:r (16 J.)",
            "Teilnehmer:in Nr. 2",
            "Befragte:r Nr.3",
            "Gründer:in 2b",
            "Bewohner:in, Haus 2",
            "IP1 (Bewohner:in)",
            "Frau Beck (Leiter:in)",
        ] {
            assert_eq!(labels(&[&format!("{label}:")]), ["Interviewer:in", label].repeat(6), "{label}");
        }
    }

    #[test]
    fn words_behind_an_ending_belong_to_the_label_where_they_come_again() {
        for label in ["Lehrer:in Meier", "Mitarbeiter:in der Stadt", "Expert:in aus Kiel", "Befragte:r aus Kiel"] {
            assert_eq!(labels(&[&format!("{label}:")]), ["Interviewer:in", label].repeat(6), "{label}");
        }
        // A name that comes once beside one that comes again.
        let found = labels(&["Lehrer:in Meier:", "Lehrer:in Meier:", "Lehrer:in Meier:", "Lehrer:in Huber:"]);
        assert_eq!((found.len(), found[7].as_str()), (12, "Lehrer:in Huber"), "{found:?}");
        // What comes once is said.
        let found = labels(&["Befragte:r:", "Befragte:r:", "Befragte:r:", "Befragte:r: So.\n\nLehrer:in Ruhe: nein,"]);
        assert_eq!(found, ["Interviewer:in", "Befragte:r"].repeat(6));
    }

    #[test]
    fn words_behind_a_colon_stay_words() {
        for (label, turn, words) in [
            ("Befragte", "Befragte: in der Nacht, ja.", "in der Nacht, ja."),
            ("Befragte:r", "Befragte:in der Nacht, ja.", "in der Nacht, ja."),
            ("Befragte:r", "Befragte: in Ruhe: ja.", "in Ruhe: ja."),
        ] {
            let (said, _) = found(label, turn);
            assert_eq!((said[3].0.as_str(), said[3].1.as_str()), ("Befragte", words), "{said:?}");
        }
    }
}
