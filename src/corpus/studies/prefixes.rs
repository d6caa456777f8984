//! Studies that ids name before their numbers: `ward_7`, `leeds_03`, `Leeds_4`.
//!
//! In: the ids of a table or a folder, or the names of studies that are written down. Out: which there are; those
//! that differ by capitals or by how accents are written alone (`Köln`, `Koeln`) are one, spelt as most are. It never
//! decides what prefixes name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::error::some;
use super::super::label_key::without_accents;
use super::words::GENERAL;
use super::{calendar, waves};

/// Names in all their spellings.
pub(super) struct Spelt {
    /// Those that most do not have, each with the one that most have.
    others: HashMap<String, String>,
}

impl Spelt {
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        Self::of_counts(&counts(names))
    }

    fn of_counts(counts: &BTreeMap<String, usize>) -> Self {
        let mut others = HashMap::new();
        if counts.len() > 1 {
            let accented: BTreeSet<String> = counts.keys().filter_map(|name| without_umlauts(name)).collect();
            let form = |name: &str| {
                let lower = name.to_lowercase();
                let bare = if accented.is_empty() { None } else { Some(bare(&lower)) };
                bare.filter(|bare| accented.contains(bare)).unwrap_or(lower)
            };
            let mut alike: BTreeMap<String, Vec<&String>> = BTreeMap::new();
            for name in counts.keys() {
                alike.entry(form(name)).or_default().push(name);
            }
            for names in alike.into_values().filter(|names| names.len() > 1) {
                let Some(main) = names.iter().rev().max_by_key(|name| counts[**name]) else { continue };
                let rest = names.iter().filter(|name| *name != main);
                others.extend(rest.map(|name| ((*name).clone(), (*main).clone())));
            }
        }
        Self { others }
    }

    /// The name in the spelling that most have, where that is another one.
    pub(super) fn of(&self, name: &str) -> Option<&str> {
        self.others.get(name).map(String::as_str)
    }

    /// A phrase on names that are spelt in several ways, and were taken for one.
    pub(super) fn told(&self) -> Option<String> {
        let two = self.two()?;
        Some(format!(
            "studies such as {two} differ only in how they are written, and were taken for one; where they are \
             different, give them other names"
        ))
    }

    /// The same on those of different files, which stay several.
    pub(super) fn doubt(&self) -> Option<String> {
        let two = self.two()?;
        Some(format!(
            "studies such as {two} differ only in how they are written, and count as different ones; where they are \
             one, name each with the same `NAME=PATH`"
        ))
    }

    /// Two spellings of the first name, for messages.
    fn two(&self) -> Option<String> {
        let (main, other) = self.others.iter().map(|(other, main)| (main, other)).min()?;
        Some(some(&[main.as_str(), other.as_str()]))
    }
}

/// Prefixes and how often each comes.
pub(super) struct Prefixes {
    /// Of each in the spelling that most have.
    counts: BTreeMap<String, usize>,
    pub(super) spelt: Spelt,
    /// Every id has one.
    pub(super) have_all: bool,
}

impl Prefixes {
    pub(super) fn new<'i>(ids: impl Iterator<Item = &'i str>) -> Self {
        let mut have_all = true;
        let prefix = |id: &'i str| {
            let prefix = id_prefix(id);
            have_all &= prefix.is_some();
            prefix
        };
        let mut counts = counts(ids.filter_map(prefix));
        let spelt = Spelt::of_counts(&counts);
        for (other, main) in &spelt.others {
            let n = counts.remove(other).unwrap_or_default();
            *counts.entry(main.clone()).or_default() += n;
        }
        Self { counts, spelt, have_all }
    }

    /// How often each comes.
    pub(super) fn sizes(&self) -> BTreeMap<&str, usize> {
        self.counts.iter().map(|(prefix, &n)| (prefix.as_str(), n)).collect()
    }

    /// That of an id, in the spelling that most have.
    pub(super) fn of<'p>(&'p self, id: &'p str) -> Option<&'p str> {
        let prefix = id_prefix(id)?;
        Some(self.spelt.of(prefix).unwrap_or(prefix))
    }
}

/// How often each of many names comes.
fn counts<'n>(names: impl Iterator<Item = &'n str>) -> BTreeMap<String, usize> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in names {
        match counts.get_mut(name) {
            Some(n) => *n += 1,
            None => drop(counts.insert(name.to_owned(), 1)),
        }
    }
    counts
}

/// A name in Latin letters without the accents that it has: `koln` for `Köln`.
fn without_umlauts(name: &str) -> Option<String> {
    let is_latin = |c: char| c < '\u{250}' || ('\u{300}'..'\u{370}').contains(&c);
    (!name.is_ascii() && name.chars().all(is_latin)).then(|| bare(&name.to_lowercase()))
}

/// `koln` for `köln` and `koeln`.
fn bare(lower: &str) -> String {
    const WRITTEN_OUT: [(&str, &str); 7] =
        [("ß", "ss"), ("æ", "a"), ("ø", "o"), ("œ", "o"), ("ae", "a"), ("oe", "o"), ("ue", "u")];
    let bare: String = without_accents(lower).collect();
    WRITTEN_OUT.iter().fold(bare, |bare, (from, to)| bare.replace(from, to))
}

/// The study in an id such as `creativity_0004` or `ward_7`: letters before `_` and a number.
pub(super) fn id_prefix(id: &str) -> Option<&str> {
    let (prefix, digits) = id.rsplit_once('_')?;
    let telling = prefix.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && prefix.starts_with(char::is_alphabetic)
        && prefix.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '))
        && !GENERAL.contains(&prefix.to_lowercase().as_str());
    let counted = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    // `Bees interview - 2031_05_01`
    let mut last: Vec<&str> = id.rsplitn(4, waves::BETWEEN).take(3).collect();
    last.reverse();
    (telling && counted && !calendar::is_date(&last.join("-"))).then_some(prefix)
}

/// Whether the number of an id has two digits or more.
pub(super) fn is_padded(id: &str) -> bool {
    id.rsplit_once('_').is_some_and(|(_, digits)| digits.len() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(ids: &[&str]) -> Vec<(String, usize)> {
        let prefixes = Prefixes::new(ids.iter().copied());
        prefixes.sizes().into_iter().map(|(name, n)| (name.to_owned(), n)).collect()
    }

    #[test]
    fn studies_in_other_capitals_or_accents_are_one() {
        for (ids, main) in [
            (["leeds_1", "leeds_2", "Leeds_3"], "leeds"),
            (["WARD_01", "Ward_02", "Ward_03"], "Ward"),
            (["Köln_1", "Koeln_2", "Köln_3"], "Köln"),
            (["KOELN_1", "Köln_2", "Köln_3"], "Köln"),
            (["Orléans_1", "Orleans_2", "Orleans_3"], "Orleans"),
            (["Gießen_1", "Giessen_2", "Gießen_3"], "Gießen"),
        ] {
            assert_eq!(sizes(&ids), [(main.to_owned(), 3)], "{ids:?}");
            let prefixes = Prefixes::new(ids.into_iter());
            assert!(ids.iter().all(|id| prefixes.of(id) == Some(main)));
            assert!(prefixes.spelt.told().is_some_and(|told| told.contains(&format!("such as `{main}`, "))));
        }
    }

    #[test]
    fn studies_of_other_names_are_several() {
        for ids in [
            ["Leeds_1", "York_2"],
            ["Blau_1", "Blaue_2"],
            ["Bauer_1", "Baur_2"],
            ["ward_1", "wards_2"],
            ["かき村_1", "がき村_2"],
        ] {
            let prefixes = Prefixes::new(ids.into_iter());
            assert_eq!((prefixes.sizes().len(), prefixes.spelt.told()), (2, None), "{ids:?}");
        }
        assert_eq!(sizes(&["Blau_1", "Blaue_2", "Köln_3", "Koeln_4"]).len(), 3);
        let prefixes = Prefixes::new(["ward_1", "pilot"].into_iter());
        assert!(!prefixes.have_all && prefixes.of("pilot").is_none());
    }
}
