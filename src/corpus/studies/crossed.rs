//! Ids in which the same people come with the same few words: `Anna_lockdown`, `Anna_later`, `Ben_lockdown`, …
//!
//! In: the ids of a table or a folder, all of them. Out: two of them that may be one person's, for a warning. The words
//! may be any, but none for places or for what several people are, and no bare number or letter. It changes nothing.

use std::collections::BTreeMap;

use super::is_of_many;
use super::spelling::key;
use super::waves::{BETWEEN, Wave};

/// Ids of a place that are looked at; of more they count something else.
const MOST_IDS: usize = 2_000;
/// Different words beside the names, at most.
const MOST_WORDS: usize = 3;
/// So few names may come together by chance.
const FEW_NAMES: usize = 2;
/// Times of a day, which also say which people somebody is of.
const TIMES: [&str; 6] = ["morning", "evening", "day", "night", "early", "late"];
/// Who people are to each other: those of one name are different people.
#[rustfmt::skip]
const RELATIVES: &[&str] = &[
    "husband", "wife", "partner", "son", "daughter", "brother", "sister", "mum", "mom", "dad", "grandmother",
    "grandfather", "aunt", "uncle", "ehemann", "ehefrau", "tochter", "sohn", "bruder", "oma", "opa", "mari", "épouse",
    "fils", "fille", "frère", "soeur", "sœur", "marido", "esposa", "esposo", "hijo", "hija", "hermano", "hermana",
    "hij", "zij", "he", "she", "her", "him",
];

/// Which side of the name the word stands on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Behind,
}

/// Two ids of a person who comes with several words, where most people come with all of them.
pub(super) fn perhaps<'i>(ids: &[&'i str]) -> Option<Vec<&'i str>> {
    if !(2 * FEW_NAMES..=MOST_IDS).contains(&ids.len()) {
        return None;
    }
    let sides = [Side::Behind, Side::Before];
    // `pre-op` and `2e entretien` are two parts.
    [1, 2].into_iter().flat_map(|n| sides.map(|side| (side, n))).find_map(|(side, n)| crossed(ids, side, n))
}

/// The same for words of so many parts on one side.
fn crossed<'i>(ids: &[&'i str], side: Side, n: usize) -> Option<Vec<&'i str>> {
    let mut words: Vec<&'i str> = Vec::new();
    let mut of: BTreeMap<String, Vec<(usize, &'i str)>> = BTreeMap::new();
    let (mut are_small, mut are_names) = (true, true);
    for &id in ids {
        let (name, word) = cut(id.trim(), side, n)?;
        let known = words.iter().position(|known| known.to_lowercase() == word.to_lowercase());
        let at = known.unwrap_or(words.len());
        if known.is_none() {
            words.push(word);
        }
        are_small &= word.starts_with(char::is_lowercase);
        are_names &= name.starts_with(char::is_uppercase);
        let is_known = words.len() <= MOST_WORDS && is_word(word);
        if !is_known || !may_be_person(name, side, are_small) {
            return None;
        }
        let own = of.entry(key(name)).or_default();
        match own.iter().find(|(other, _)| *other == at) {
            None => own.push((at, id)),
            // A talk in two formats.
            Some((_, other)) if *other == id => {}
            Some(_) => return None,
        }
    }
    let in_all = of.values().filter(|own| own.len() == words.len()).count();
    let is_crossed = words.len() > 1 && (in_all == of.len() || (in_all > FEW_NAMES && in_all * 4 >= of.len() * 3));
    let has_number = words.iter().any(|word| word.contains(|c: char| c.is_ascii_digit()));
    let is_few = of.len() == FEW_NAMES && are_small && are_names && !has_number;
    let is_telling = of.len() > FEW_NAMES || is_few;
    let first = of.into_values().find(|own| own.len() > 1).filter(|_| is_crossed && is_telling)?;
    Some(first.into_iter().map(|(_, id)| id).take(2).collect())
}

/// The name in an id and the word on one side of it.
fn cut(id: &str, side: Side, n: usize) -> Option<(&str, &str)> {
    let (name, word) = match side {
        Side::Behind => id.split_at(id.rmatch_indices(BETWEEN).nth(n - 1)?.0),
        Side::Before => {
            let (word, name) = id.split_at(id.match_indices(BETWEEN).nth(n - 1)?.0);
            (name, word)
        }
    };
    let is_outer = |c: char| BETWEEN.contains(&c) || matches!(c, '(' | ')' | '[' | ']' | ',');
    let (name, word) = (name.trim_matches(is_outer), word.trim_matches(is_outer));
    (!name.is_empty() && !word.is_empty()).then_some((name, word))
}

/// Whether a word may say when or on what somebody talked.
fn is_word(word: &str) -> bool {
    let lower = word.to_lowercase();
    let says_who = |part: &str| {
        let is_time = TIMES.contains(&part) || Wave::new(part).is_some();
        !is_time && (is_of_many(part) || RELATIVES.contains(&part))
    };
    word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !lower.split(BETWEEN).any(says_who)
}

fn is_relative(lower: &str) -> bool {
    lower.split(BETWEEN).any(|part| RELATIVES.contains(&part))
}

/// Whether a name may be somebody's. Numbers and codes are given anew in each place: `P1_Leeds`, `leeds_P1`.
fn may_be_person(name: &str, side: Side, are_small: bool) -> bool {
    let is_counted = name.contains(|c: char| c.is_ascii_digit());
    let n_signs = name.chars().filter(|c| c.is_alphanumeric()).count();
    n_signs > 1
        && !is_of_many(name)
        && !is_relative(&name.to_lowercase())
        && (!is_counted || (side == Side::Behind && are_small))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(names: &[&str], words: &[&str], between: &str) -> Vec<String> {
        names.iter().flat_map(|name| words.iter().map(move |word| format!("{name}{between}{word}"))).collect()
    }

    fn told(ids: &[String]) -> Option<Vec<&str>> {
        perhaps(&ids.iter().map(String::as_str).collect::<Vec<_>>())
    }

    const PEOPLE: [&str; 4] = ["Anna", "Bert", "Clara", "Dirk"];

    #[test]
    fn people_with_the_same_few_words_may_be_counted_twice() {
        for words in [
            &["lockdown", "later"][..],
            &["Lockdown", "Danach"],
            &["önce", "sonra"],
            &["przed", "po"],
            &["pre-op", "post-op"],
            &["gesprek1", "gesprek2"],
            &["food", "work", "sleep"],
            &["morning", "evening"],
        ] {
            for between in ["_", " ", "-"] {
                let ids = ids(&PEOPLE, words, between);
                assert_eq!(told(&ids), Some(vec![ids[0].as_str(), ids[1].as_str()]), "{words:?}");
                assert!(told(&ids[..ids.len() - 1]).is_some(), "one did not come again");
            }
        }
        assert!(told(&ids(&["R1", "R2", "R3"], &["voor", "na"], " ")).is_some());
        assert!(told(&ids(&["Anna", "Bert"], &["lockdown", "later"], "_")).is_some());
        let of_waves = ids(&PEOPLE, &["lockdown", "later"], "_");
        assert!(told(&[of_waves.clone(), of_waves].concat()).is_some(), "in two formats");
        assert!(told(&ids(&["lockdown", "later"], &PEOPLE, "_")).is_some(), "words before the names");
        assert!(told(&ids(&["Leeds", "York"], &["food", "noise", "rent", "dogs"], "_")).is_some(), "places and topics");
    }

    #[test]
    fn what_counts_or_names_different_people_is_not_doubted() {
        for ids in [
            ids(&["a", "b"], &["1", "2", "3", "4"], "_"),
            ids(&PEOPLE, &["1", "2"], "_"),
            ids(&PEOPLE, &["M", "J"], "_"),
            ids(&["nurse", "doctor", "porter"], &["Leeds", "York"], "_"),
            ids(&["Leeds", "York", "Hull"], &["nurse", "cook"], "_"),
            ids(&["Leeds", "York", "Hull"], &["night nurses", "day nurses"], "_"),
            ids(&["ward1", "ward2", "ward3"], &["lockdown", "later"], "_"),
            ids(&["Smith", "Jones", "Reed"], &["husband", "wife"], "_"),
            ids(&["smith", "jones", "reed"], &["husband", "wife"], "_"),
            ids(&["P1", "P2", "P3"], &["Leeds", "York"], "_"),
            ids(&["leeds", "york"], &["P1", "P2", "P3"], "_"),
            ids(&["01", "02", "03"], &["Leeds", "York"], "_"),
            ids(&["Anna", "Ben"], &["Smith", "Jones"], "_"),
            ids(&["bees", "wasps"], &["interview1", "interview2"], "_"),
            ids(&["leeds", "york"], &["en", "de"], "_"),
            ids(&["leeds", "york"], &["day", "night"], "_"),
            ids(&PEOPLE, &["a", "few", "other", "words"], "_"),
            ids(&["Anna", "Ben", "Cleo"], &["Leeds"], "_"),
            PEOPLE.map(str::to_owned).to_vec(),
            ["Anna_Smith", "Ben_Smith", "Cleo_Jones", "Dora_Hill"].map(str::to_owned).to_vec(),
            ["Anna_food", "Anna_food", "Ben_food", "Ben_work"].map(str::to_owned).to_vec(),
            ["Anna_food", "anna_food", "Anna_work", "Ben_food", "Ben_work"].map(str::to_owned).to_vec(),
        ] {
            assert_eq!(told(&ids), None, "{ids:?}");
        }
    }
}
