//! Numbers that count speeches or questions in front of names: `Q102 Ann Hale: …`, `Anf. 3 SIV LAHTI: …`.
//!
//! In: the candidates of a text in their order. Out: the same without the word and the number, where the numbers rise
//! with every one of them, and names come again below others: `Teacher 1 Ann` always has her number, and keeps it.

use std::collections::BTreeMap;

use super::super::speakers::key;
use super::forms::{Candidate, Form, KeyIndex};
use super::names::{clean, is_wide, valid_label};

/// Fewer numbers are a chance.
const FEWEST: usize = 4;
/// The longest word that counts, in characters, with its point.
const LONGEST_WORD: usize = 10;

/// Takes the counts off the labels.
pub(super) fn take_off(candidates: &mut [Candidate], keys: &mut Vec<String>) {
    let mut by_word: BTreeMap<String, Vec<(usize, u32)>> = BTreeMap::new();
    for (c, candidate) in candidates.iter().enumerate().filter(|(_, c)| c.form == Form::Plain) {
        if let Some((word, number, _)) = counted(&candidate.label) {
            by_word.entry(word.to_lowercase()).or_default().push((c, number));
        }
    }
    let Some(places) = by_word.into_values().max_by_key(Vec::len).filter(|places| places.len() >= FEWEST) else {
        return;
    };
    let rises = places.windows(2).all(|two| two[1].1 > two[0].1 && two[1].1 <= two[0].1 + MOST_LEFT_OUT);
    let names: Vec<String> =
        places.iter().filter_map(|&(c, _)| counted(&candidates[c].label)).map(|of| key(of.2)).collect();
    let mut different = names.clone();
    different.sort_unstable();
    different.dedup();
    if !rises || different.len() * 2 > names.len() {
        return;
    }
    let mut index = KeyIndex::of(keys);
    for ((c, _), name) in places.into_iter().zip(names) {
        let at = index.place(name, keys);
        let candidate = &mut candidates[c];
        let label = counted(&candidate.label).map_or(String::new(), |of| of.2.to_owned());
        candidate.wide = !valid_label(&label);
        (candidate.label, candidate.key) = (label, at);
    }
}

/// So many numbers may be left out between two: those of questions without a name.
const MOST_LEFT_OUT: u32 = 9;

/// The word, the number and the name of a label: `Q`, 102 and `Ann Hale`.
fn counted(label: &str) -> Option<(&str, u32, &str)> {
    let digits = label.find(|c: char| c.is_ascii_digit())?;
    let word = label[..digits].trim_end();
    let rest = label[digits..].trim_start_matches(|c: char| c.is_ascii_digit());
    let number = label[digits..label.len() - rest.len()].parse().ok()?;
    let name = clean(rest.trim_start_matches(['.', ')', ':']));
    let is_word = word.starts_with(char::is_uppercase)
        && word.chars().count() <= LONGEST_WORD
        && word.trim_end_matches('.').chars().all(char::is_alphabetic);
    let is_name = rest.starts_with([' ', '\t', '.', ')', ':'])
        && name.starts_with(char::is_uppercase)
        && !name.contains(|c: char| c.is_ascii_digit())
        && (valid_label(name) || is_wide(name));
    (is_word && is_name).then_some((word, number, name))
}

#[cfg(test)]
mod tests {
    use super::super::tests::labels;

    #[test]
    fn numbers_of_questions_and_speeches_are_no_part_of_a_name() {
        let turn = |n: usize| {
            let who = ["Ann Hale", "Chair"][n % 2];
            format!("Q{} {who}: What of it?\n\nTom Reed: It rained all day.\n\n", n + 101)
        };
        let text: String = (0..8).map(turn).collect();
        assert_eq!(labels(&text), ["Ann Hale", "Tom Reed", "Chair", "Tom Reed"].repeat(4));
        let speech = |n: usize| {
            let (who, said) = [("EVA EK (S)", "What of it?"), ("SIV LAHTI", "It rained.")][n % 2];
            format!("Anf. {} {who}:\n{said}\n\n", n + 1)
        };
        let text: String = (0..8).map(speech).collect();
        assert_eq!(labels(&text), ["EVA EK (S)", "SIV LAHTI"].repeat(4));
    }

    #[test]
    fn numbers_of_people_stay() {
        let turn =
            |n: usize| format!("I: What of it?\n\nTeacher {} {}: It rained.\n\n", n % 2 + 1, ["Ann", "Tom"][n % 2]);
        let text: String = (0..8).map(turn).collect();
        assert_eq!(labels(&text)[1..4], ["Teacher 1 Ann", "I", "Teacher 2 Tom"]);
        // One each, whose numbers rise, are as many people, whose names come once.
        let text: String = (1..7)
            .map(|n| {
                format!("I: What of it?\n\nCaller {n} {}: So.\n\n", ["Ann", "Tom", "Eva", "Ida", "Leo", "Max"][n - 1])
            })
            .collect();
        assert!(!labels(&text).contains(&"Eva".to_owned()), "{:?}", labels(&text));
    }
}
