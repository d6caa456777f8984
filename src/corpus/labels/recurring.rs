//! Labels that no list of names knows, because they are long or written with other signs: `A Sr.ª Rita Amado (PX): …`,
//! `Przewodniczący poseł Jan Lis (AB): …`, `De voorzitter: …` beside `De heer Smit: …`.
//!
//! In: a text and its candidates, then what was chosen of them. Out: lines that open in the same words before a colon,
//! four times or more, as candidates where they take turns with others (each stands between two turns of one, or every
//! second label is it); and of candidates that were not chosen those that stand between two turns of one speaker. What
//! comes again within somebody's turns, and is followed by somebody else, stays words.

use std::collections::{HashMap, HashSet};

use super::super::speakers::{Names, key};
use super::Margin;
use super::choose::Choice;
use super::forms::{Candidate, Form, KeyIndex};
use super::lines::lines_from;
use super::names::clean;

/// Fewer labels show no habit.
const FEWEST: usize = 4;
/// The longest label, in bytes, and in words.
const LONGEST: usize = 100;
const MAX_WORDS: usize = 12;

/// A label that recurs, and the byte of its line at which the words start.
struct Opening {
    line: usize,
    words: usize,
    after_blank: bool,
}

/// Adds labels that recur in turn to the candidates.
pub(super) fn add(text: &str, margin: Margin, candidates: &mut Vec<Candidate>, keys: &mut Vec<String>) {
    let found = openings(text, margin, candidates);
    if found.is_empty() {
        return;
    }
    // By place: the label of those that exist and of those proposed.
    let mut counts: HashMap<usize, usize> = HashMap::new();
    candidates.iter().filter(|c| !c.wide).for_each(|c| *counts.entry(c.key).or_default() += 1);
    let existing = candidates.iter().filter(|c| !c.wide && c.form == Form::Plain && counts[&c.key] >= FEWEST);
    let mut sequence: Vec<(usize, usize)> = existing.map(|c| (c.line, c.key)).collect();
    for (at, (_, openings)) in found.iter().enumerate() {
        sequence.extend(openings.iter().map(|opening| (opening.line, keys.len() + at)));
    }
    sequence.sort_unstable();
    let labels: Vec<usize> = sequence.into_iter().map(|(_, label)| label).collect();
    let mut places: HashMap<usize, Vec<usize>> = HashMap::new();
    labels.iter().enumerate().for_each(|(at, label)| places.entry(*label).or_default().push(at));
    let n_keys = keys.len();
    let in_turn = found.into_iter().enumerate().filter(|(at, _)| takes_turns(&labels, &places[&(n_keys + at)]));
    let taken: Vec<(&str, Vec<Opening>)> = in_turn.map(|(_, found)| found).collect();
    if taken.is_empty() {
        return;
    }
    // Those that only the wider rules for names let pass are taken in their place.
    let lines: HashSet<usize> = taken.iter().flat_map(|(_, openings)| openings).map(|opening| opening.line).collect();
    candidates.retain(|candidate| !lines.contains(&candidate.line));
    let mut index = KeyIndex::of(keys);
    for (label, openings) in taken {
        let key = index.place(key(label), keys);
        let candidate = |Opening { line, words, after_blank }: Opening| Candidate {
            key,
            label: label.to_owned(),
            form: Form::Plain,
            seconds: None,
            line,
            words,
            after_blank,
            wide: false,
        };
        candidates.extend(openings.into_iter().map(candidate));
    }
    candidates.sort_by_key(|candidate| candidate.line);
}

/// The labels in front of a colon that are no candidates and come again, in the order of their first.
fn openings<'t>(text: &'t str, margin: Margin, candidates: &[Candidate]) -> Vec<(&'t str, Vec<Opening>)> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut found: Vec<(&str, Vec<Opening>)> = Vec::new();
    let mut after_blank = true;
    for (at, line) in lines_from(text, 0) {
        let known = candidates.binary_search_by_key(&at, |candidate| candidate.line).map(|place| &candidates[place]);
        let is_known = known.is_ok_and(|known| !known.wide);
        if let Some((label, words)) = opening(line, margin(line)).filter(|_| !is_known) {
            let place = *places.entry(label).or_insert_with(|| {
                found.push((label, Vec::new()));
                found.len() - 1
            });
            found[place].1.push(Opening { line: at, words: at + words, after_blank });
        }
        after_blank = line.trim().is_empty();
    }
    found.retain(|(_, openings)| openings.len() >= FEWEST);
    found
}

/// What a line starts with before its first colon, and the byte of the line behind it.
fn opening(line: &str, margin: usize) -> Option<(&str, usize)> {
    let end = line.find(':').filter(|&end| end > margin && end - margin <= LONGEST)?;
    let label = clean(&line[margin..end]);
    let behind = &line[end + 1..];
    let is_apart = behind.is_empty() || behind.starts_with(char::is_whitespace);
    let is_of_name = |c: char| c.is_alphabetic() || c.is_ascii_digit() || " .,'’-–()/&ªº".contains(c);
    let opens = label.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    let words = label.split_whitespace().count();
    // A name, or somebody's place in parentheses: not `As I always said`.
    let has_name =
        label.split_whitespace().skip(1).any(|word| word.starts_with(|c: char| c == '(' || c.is_uppercase()));
    // A day (`In spring, 10 May`) has a number, too.
    let has_name = has_name && (label.contains('(') || !label.contains(|c: char| c.is_ascii_digit()));
    let fits = opens && is_apart && has_name && (2..=MAX_WORDS).contains(&words) && label.chars().all(is_of_name);
    fits.then_some((label, end + 1))
}

/// Whether most of the places of one label lie between two of one other label, or it is every second label.
fn takes_turns(labels: &[usize], places: &[usize]) -> bool {
    let Some(label) = places.first().map(|&at| labels[at]) else { return false };
    let between = |&&at: &&usize| match (at.checked_sub(1).map(|above| labels[above]), labels.get(at + 1)) {
        (Some(above), Some(&below)) => above == below && above != label,
        (Some(other), None) | (None, Some(&other)) => other != label,
        (None, None) => false,
    };
    let second = places.windows(2).filter(|two| two[1] - two[0] == 2).count();
    let lies_between = places.iter().filter(between).count();
    lies_between * 4 >= places.len() * 3 || second * 4 >= (places.len() - 1) * 3
}

/// Takes in candidates that stand between two turns of one speaker, nearly each time that they come.
pub(super) fn take_in(candidates: &[Candidate], keys: &[String], names: &Names, choice: &mut Choice) {
    let Some(form) = choice.form.filter(|form| !form.is_bare()) else { return };
    let mut of: HashMap<usize, Vec<usize>> = HashMap::new();
    let is_open =
        |c: &Candidate| c.form == form && !c.wide && !choice.accepted[c.key] && names.strong(&keys[c.key]).is_none();
    for (c, candidate) in candidates.iter().enumerate().filter(|(_, c)| is_open(c)) {
        of.entry(candidate.key).or_default().push(c);
    }
    let chosen = &choice.chosen;
    let is_between = |c: usize| {
        let next = chosen.partition_point(|&place| place < c);
        let label = |at: usize| chosen.get(at).map(|&place| candidates[place].key);
        next > 0 && label(next).is_some() && label(next - 1) == label(next)
    };
    let is_new = |places: &Vec<usize>| {
        let between = places.iter().filter(|&&c| is_between(c)).count();
        // No two of them lie in one turn.
        let mut turns: Vec<usize> = places.iter().map(|&c| chosen.partition_point(|&place| place < c)).collect();
        turns.dedup();
        places.len() >= FEWEST && turns.len() == places.len() && between * 4 >= places.len() * 3
    };
    let found: Vec<usize> = of.into_values().filter(is_new).flatten().collect();
    found.iter().for_each(|&c| choice.accepted[candidates[c].key] = true);
    choice.chosen.extend(found);
    choice.chosen.sort_unstable();
}

#[cfg(test)]
mod tests {
    use super::super::tests::labels;

    #[test]
    fn what_opens_every_other_paragraph_in_the_same_words_is_a_label() {
        for (asks, answers) in [
            ("O Sr. Presidente (Rui Sá)", "A Sr.ª Rita Amado Leal (Liga das Salinas do Sul)"),
            ("Przewodniczący poseł Jan Lis (AB)", "Prezes Towarzystwa Ogrodniczego pani Maria Anna Sowa"),
        ] {
            for end in [": ", ":\n"] {
                let turn = |n: usize| format!("{asks}{end}What of year {n}?\n\n{answers}{end}It rained all day.\n\n");
                let text: String = (0..5).map(turn).collect();
                assert_eq!(labels(&text), [asks, answers].repeat(5), "{text}");
            }
        }
    }

    #[test]
    fn one_who_speaks_between_two_turns_of_another_is_somebody() {
        let text = "Mevrouw Bakker:\nHoe was het?\n\nDe heer Smit:\nHet regende.\n\nDe voorzitter:\nEn toen?\n\n\
                    De heer Smit:\nToen niet meer.\n\n";
        let all = ["Mevrouw Bakker", "De heer Smit", "De voorzitter", "De heer Smit"];
        assert_eq!(labels(&text.repeat(5)), all.repeat(5));
    }

    #[test]
    fn words_that_come_again_within_turns_stay() {
        for said in ["What my uncle Tom always used to say", "In the end of it all with Ann"] {
            let text = format!("I: What of it?\n\nP: It rained.\n\n{said}: the sun comes back.\n\n");
            let found = labels(&text.repeat(6));
            assert!(found.iter().all(|label| label == "I" || label == "P"), "{said} {found:?}");
        }
    }
}
