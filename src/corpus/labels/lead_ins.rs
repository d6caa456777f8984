//! Beginnings of sentences that stand before a colon as labels do: `The question is:`, `Die Frage ist:`.
//!
//! In: the lines that may be labels. Out: the same without such beginnings, and a remark on each that starts several
//! paragraphs, since another speaker may begin there. It takes away no label that the user or a header names, and knows
//! nothing of a name before a verb, `Ann says:`.

use std::collections::HashMap;

use super::super::speakers::Names;
use super::Remark;
use super::forms::Candidate;

/// In front of a thing: no name starts with them.
#[rustfmt::skip]
const BEFORE: &[&str] = &[
    "the", "a", "an", "my", "our", "his", "her", "their", "this", "that", "der", "die", "das", "mein", "meine", "unser",
    "unsere", "le", "la", "ma", "mon", "notre", "el", "mi", "nuestra", "nuestro", "il", "lo", "mia", "mio", "de", "het",
    "mijn", "onze", "o", "minha", "meu", "det", "den",
];
/// Behind it: nobody is called so.
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "is", "are", "was", "were", "ist", "sind", "war", "waren", "est", "sont", "était", "es", "son", "era", "è", "sono",
    "zijn", "é", "são", "foi", "är", "var", "er",
];
/// So many paragraphs that start with one are told.
const AGAIN: usize = 2;

/// Leaves out the candidates that begin a sentence.
pub(super) fn drop_from(candidates: &mut Vec<Candidate>, keys: &[String], names: &Names) -> Vec<Remark> {
    // By key, how many paragraphs start with it, and the first of them.
    let mut found: HashMap<usize, (usize, usize, String)> = HashMap::new();
    let is_free = |key: &String| !names.is_given(key) && !names.is_introduced(key) && names.strong(key).is_none();
    candidates.retain(|candidate| {
        let is_one = is_lead_in(&candidate.label) && is_free(&keys[candidate.key]);
        if is_one && candidate.after_blank {
            let first = || (0, candidate.line, candidate.label.clone());
            found.entry(candidate.key).or_insert_with(first).0 += 1;
        }
        !is_one
    });
    let told = |(n, at, label): (usize, usize, String)| {
        let what = format!(
            "`{label}:` starts {n} paragraphs as labels do, but begins a sentence; they count as words of whoever \
             speaks above; if somebody else does, write who in front of them"
        );
        (n >= AGAIN).then_some(Remark { at, what })
    };
    let mut remarks: Vec<Remark> = found.into_values().filter_map(told).collect();
    remarks.sort_by_key(|remark| remark.at);
    remarks
}

/// Whether a label is a thing with a verb behind it.
fn is_lead_in(label: &str) -> bool {
    let words: Vec<&str> = label.split_whitespace().collect();
    let [first, _, .., last] = &words[..] else { return false };
    BEFORE.contains(&first.to_lowercase().as_str()) && VERBS.contains(last)
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;
    use super::is_lead_in;

    fn talk(lead: &str) -> (Vec<String>, Vec<String>) {
        let turn =
            |n: usize| format!("MR HALL: Thank you, {n}.\n\n{lead}\n\nClause {n} stands.\n\nMS REED: Why {n}?\n\n");
        let found = read(&(1..=4).map(turn).collect::<String>(), &Names::default()).unwrap_or_default();
        let mut labels: Vec<String> = found.stretches.into_iter().map(|stretch| stretch.label).collect();
        labels.sort_unstable();
        labels.dedup();
        (labels, found.remarks.into_iter().map(|remark| remark.what).collect())
    }

    #[test]
    fn the_beginning_of_a_sentence_is_no_speaker() {
        for lead in ["The question is:", "Die Frage ist:", "Our motion was:"] {
            let (labels, told) = talk(lead);
            assert_eq!(labels, ["MR HALL", "MS REED"], "{lead}");
            let begins = format!("`{lead}` starts 4 paragraphs as labels do");
            assert!(told.iter().any(|what| what.starts_with(&begins)), "{lead}: {told:?}");
        }
    }

    #[test]
    fn names_and_roles_stay_labels() {
        for label in ["Ann says", "The teacher", "The Hague", "Is", "The is", "Ida Er", "De la Mare", "Die Frage Ist"] {
            assert!(!is_lead_in(label), "{label}");
        }
        assert!(talk("The Clerk:").0.contains(&"The Clerk".to_owned()));
    }
}
