//! Labels whose gendered ending a slip took off: `Befragte:r Ja` beside `Befragte:r:`, `Teilnehmer: in 1: Ja` beside
//! `Teilnehmer:in 1:`.
//!
//! In: the labels that lines start with, and those of the whole text. Out: the same, with what a space within it tore
//! apart as one label, and without those that a colon in the ending made: without one behind, such a line is for
//! [`slips`](super::slips) to tell. It never joins labels that no other line has.

use super::super::lexicon::GENDER_ENDINGS;
use super::super::speakers::key;
use super::forms::{Candidate, Form};

/// The longest ending with the number behind it, in bytes.
const LONGEST: usize = 12;

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
        let Some(words) = text[candidate.words..].lines().next().filter(|_| candidate.form == Form::Plain) else {
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
