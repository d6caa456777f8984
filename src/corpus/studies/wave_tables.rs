//! Tables of waves that hold the same people: `baseline.csv` beside `endline.csv`, `survey_T1.xlsx` beside
//! `survey_T2.xlsx`.
//!
//! In: where transcripts were found, with the ids that their tables name. Out: whose wave each is, where all tables of a
//! folder are called as waves are and most ids come in several; and where that is doubtful, since the ids may as well
//! number the rows. Tables that name their studies, and ids that the rows were given by their numbers, it leaves alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use super::super::error::some;
use super::super::inputs;
use super::super::model::Name;
use super::folders::OfPerson;
use super::spelling::{key, spelt_once};
use super::waves::{BETWEEN, Told, are_waves};
use super::{Origin, Place};

/// Fewer people who come again may do so by chance.
const FEWEST: usize = 3;
/// Digits of a number that is a person's whatever the rows are numbered by.
const PERSON_DIGITS: usize = 4;

/// Whose waves transcripts are, as places among them.
#[derive(Default)]
pub(super) struct WaveTables {
    pub(super) of: HashMap<usize, OfPerson>,
    pub(super) doubts: Vec<String>,
}

/// Who was interviewed several times, where tables are waves.
pub(super) fn find(origins: &[Origin<'_>], places: &[Place]) -> WaveTables {
    let mut in_files: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, origin) in origins.iter().enumerate().filter(|(_, origin)| places[origin.file].is_table) {
        in_files.entry(origin.file).or_default().push(at);
    }
    let mut beside: BTreeMap<&Path, Vec<(usize, Vec<usize>)>> = BTreeMap::new();
    for (file, members) in in_files {
        let Some(folder) = places[file].folder.as_deref() else { continue };
        beside.entry(folder).or_default().push((file, members));
    }
    let mut found = WaveTables::default();
    for (folder, tables) in beside {
        let stems: Vec<&str> = tables.iter().map(|(file, _)| places[*file].stem.as_str()).collect();
        let are_told = |names: &Vec<&str>| {
            let names: BTreeSet<&str> = names.iter().copied().collect();
            are_waves(&names) == Some(Told::Sure) && names.len() == tables.len()
        };
        let Some(waves) = apart(&stems).into_iter().find(are_told) else { continue };
        let Some(people) = People::of(&tables, origins).filter(People::come_again) else { continue };
        if people.are_codes() {
            let Some(study) = inputs::name_of(folder) else { continue };
            people.take(&tables, &waves, &study, origins, &mut found);
        } else {
            let shown: Vec<&str> = tables.iter().map(|(file, _)| places[*file].shown.as_str()).collect();
            found.doubts.push(format!(
                "{} are called as waves of one study are and hold the same ids, such as {}, which were taken for other \
                 people's in each; where they are the same people's, give them a letter (`P{}`)",
                some(&shown),
                people.first(),
                people.first().trim_matches('`'),
            ));
        }
    }
    found
}

/// Names as they are, without what all of them end with, or begin with, and without both: `T1`, `T2` of `survey_T1`,
/// `survey_T2`.
fn apart<'s>(stems: &[&'s str]) -> [Vec<&'s str>; 4] {
    let first = stems.first().copied().unwrap_or_default();
    let ends = first.match_indices(BETWEEN).map(|(at, _)| &first[at..]);
    let end = ends.into_iter().find(|end| stems.iter().all(|stem| stem.ends_with(end))).unwrap_or_default();
    let mut begins = first.rmatch_indices(BETWEEN).map(|(at, sign)| &first[..at + sign.len()]);
    let begin = begins.find(|begin| stems.iter().all(|stem| stem.starts_with(begin))).unwrap_or_default();
    let without = |begin: &str, end: &str| {
        let bare = |stem: &'s str| stem.strip_prefix(begin).unwrap_or(stem);
        stems.iter().map(|stem| bare(stem).strip_suffix(end).unwrap_or_else(|| bare(stem))).collect()
    };
    [stems.to_vec(), without("", end), without(begin, ""), without(begin, end)]
}

/// The people of tables beside each other, with how many of those each comes in.
struct People {
    times: BTreeMap<String, usize>,
}

impl People {
    /// None where a table names no ids of its own, or one twice.
    fn of(tables: &[(usize, Vec<usize>)], origins: &[Origin<'_>]) -> Option<Self> {
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for (_, members) in tables {
            let mut own: BTreeSet<String> = BTreeSet::new();
            for &at in members {
                let origin = &origins[at];
                let is_open = origin.given.is_none() && origin.study.is_none();
                let id = origin.id.map(Name::as_str).filter(|id| is_open && !is_of_row(id))?;
                if !own.insert(key(id)) {
                    return None;
                }
            }
            own.into_iter().for_each(|id| *times.entry(id).or_default() += 1);
        }
        Some(Self { times })
    }

    fn come_again(&self) -> bool {
        let again = self.times.values().filter(|&&n| n > 1).count();
        again >= FEWEST && again * 2 > self.times.len()
    }

    /// Whether no id may be the number of a row.
    fn are_codes(&self) -> bool {
        let is_number = |id: &String| id.bytes().all(|b| b.is_ascii_digit()) && id.len() < PERSON_DIGITS;
        !self.times.keys().any(is_number)
    }

    fn first(&self) -> String {
        self.times.iter().find(|(_, n)| **n > 1).map(|(id, _)| format!("`{id}`")).unwrap_or_default()
    }

    fn take(
        &self,
        tables: &[(usize, Vec<usize>)],
        waves: &[&str],
        study: &str,
        origins: &[Origin<'_>],
        found: &mut WaveTables,
    ) {
        let members =
            || tables.iter().zip(waves).flat_map(|((_, members), wave)| members.iter().map(move |&at| (at, wave)));
        let spelt = spelt_once(members().filter_map(|(at, _)| origins[at].id.map(Name::as_str)));
        for ((at, wave), person) in members().zip(spelt) {
            found.of.insert(at, OfPerson { study: study.to_owned(), person, wave: (*wave).to_owned() });
        }
    }
}

/// Whether an id is the number of a row or a record that has none.
fn is_of_row(id: &str) -> bool {
    id.starts_with("row ") || id.starts_with("record ")
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::super::inputs::Found;
    use super::*;

    /// Of tables with their ids: whose wave the first id of the second one is, and the doubts.
    fn told(tables: &[(&str, &[&str])]) -> (Option<String>, Vec<String>) {
        let root = Some(PathBuf::from("in"));
        let found =
            |stem: &str| Found { root: root.clone(), ..Found::named(None, PathBuf::from(format!("in/{stem}.csv"))) };
        let places: Vec<Place> = tables.iter().map(|(stem, _)| Place::new(&found(stem), true)).collect();
        let names: Vec<(usize, Name)> = tables
            .iter()
            .enumerate()
            .flat_map(|(file, (_, ids))| ids.iter().map(move |&id| (file, Name::from(id))))
            .collect();
        let origins: Vec<Origin<'_>> = names
            .iter()
            .map(|(file, id)| Origin { given: None, study: None, person: None, id: Some(id), turns: &[], file: *file })
            .collect();
        let found = find(&origins, &places);
        let second = found.of.get(&tables[0].1.len());
        (second.map(|of| format!("{}/{} {}", of.study, of.person, of.wave)), found.doubts)
    }

    const IDS: [&str; 4] = ["K1", "K2", "K3", "K4"];

    #[test]
    fn tables_of_waves_hold_the_same_people() {
        for stems in [["baseline", "endline"], ["survey_T1", "survey_T2"], ["Wave 1 export", "Wave 2 export"]] {
            let (second, doubts) = told(&[(stems[0], &IDS), (stems[1], &["k1", "K2", "K3"])]);
            assert!(second.is_some_and(|second| second.starts_with("in/K1 ")) && doubts.is_empty(), "{stems:?}");
        }
    }

    #[test]
    fn numbers_of_rows_are_doubted() {
        let (second, doubts) = told(&[("pre", &["1", "2", "3"]), ("post", &["1", "2", "3"])]);
        assert!(second.is_none() && doubts.len() == 1 && doubts[0].contains("`1`"), "{doubts:?}");
    }

    #[test]
    fn other_tables_are_studies() {
        for tables in [
            [("leeds", &IDS[..]), ("york", &IDS[..])],
            [("baseline", &IDS[..]), ("endline", &["K7", "K8", "K9"][..])],
            [("baseline", &["row 2", "row 3", "row 4"][..]), ("endline", &["row 2", "row 3", "row 4"][..])],
            [("baseline", &["K1", "K2", "K2"][..]), ("endline", &IDS[..])],
        ] {
            assert_eq!(told(&tables), (None, Vec::new()), "{tables:?}");
        }
        let all = told(&[("baseline", &IDS), ("endline", &IDS), ("interviews", &["K1"])]);
        assert_eq!(all, (None, Vec::new()));
    }
}
