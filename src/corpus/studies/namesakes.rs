//! Studies in different places whose folders or tables are called the same: `a/north`, `b/north`.
//!
//! In: where transcripts were found and which studies they are of. Out: names that keep such studies apart, `a north` and
//! `b north`, each told. What was given or written down, and what ids name, stays as it is; and so do folders of one
//! name that lie in those of people or of waves: `P01/transcripts`, `baseline/transcripts`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::super::error::some;
use super::super::inputs;
use super::super::model::Name;
use super::waves::are_waves;
use super::{Named, Origin, Place};

/// Folders above that may tell two of the same name apart.
const MOST_ABOVE: usize = 8;

/// A file with what its first transcript is of.
struct Held<'p> {
    study: Name,
    /// The place of that study.
    path: PathBuf,
    /// Who counts as its participant; nobody for a table.
    who: Option<String>,
    stem: &'p str,
}

/// Gives studies that are called the same and lie apart names of their own.
pub(super) fn part(origins: &[Origin<'_>], places: &[Place], named: &mut [Named], warnings: &mut Vec<String>) {
    let is_open = |origin: &Origin<'_>| origin.given.is_none() && origin.study.is_none();
    let mut of_file: HashMap<usize, Held<'_>> = HashMap::new();
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    for (origin, named) in origins.iter().zip(&*named).filter(|(origin, _)| is_open(origin)) {
        if seen.insert(origin.file)
            && let Some(path) = place_of(&named.study, &places[origin.file])
        {
            let place = &places[origin.file];
            let who = || named.person.clone().unwrap_or_else(|| named.id.to_string());
            let who = (!place.is_table).then(who);
            of_file.insert(origin.file, Held { study: named.study.clone(), path, who, stem: &place.stem });
        }
    }
    let mut called: BTreeMap<&str, BTreeMap<&Path, Vec<&Held<'_>>>> = BTreeMap::new();
    for held in of_file.values() {
        called.entry(&held.study).or_default().entry(&held.path).or_default().push(held);
    }
    let mut renamed: HashMap<PathBuf, (Name, Name)> = HashMap::new();
    for (study, held) in called {
        let paths = apart(&held.keys().copied().collect());
        if let Some(names) = names(study, &paths).filter(|names| !are_of_one(study, names, &held)) {
            let shown: Vec<&str> = names.iter().map(String::as_str).collect();
            warnings.push(format!(
                "what is called `{study}` in several places was taken for different studies, {}; where they are one, name \
                 each with the same `NAME=PATH`",
                some(&shown)
            ));
            let of = |name: &String| (Name::from(study), Name::from(name.as_str()));
            renamed.extend(paths.into_iter().map(Path::to_owned).zip(names.iter().map(of)));
        }
    }
    if renamed.is_empty() {
        return;
    }
    for (origin, named) in origins.iter().zip(named).filter(|(origin, _)| is_open(origin)) {
        let found = of_file.get(&origin.file).and_then(|held| renamed.get(&held.path));
        if let Some((_, new)) = found.filter(|(old, _)| *old == named.study) {
            named.study = new.clone();
        }
    }
}

/// Whether places, each with its new name, are of one study after all: most hold one person, or each is called as its
/// files are, or they are called as waves are.
fn are_of_one(study: &str, names: &[String], held: &BTreeMap<&Path, Vec<&Held<'_>>>) -> bool {
    let are_ones = |files: &&Vec<&Held<'_>>| {
        let first = files.first().and_then(|held| held.who.as_ref());
        first.is_some() && files.iter().all(|held| held.who.as_ref() == first)
    };
    let above: Vec<&str> = names.iter().map(|name| name.strip_suffix(study).unwrap_or(name).trim_end()).collect();
    let are_called_so = || {
        let mut each = above.iter().zip(held.values());
        each.all(|(folder, files)| files.iter().all(|held| held.who.is_some() && begins_with(held.stem, folder)))
    };
    held.values().filter(are_ones).count() * 2 > held.len()
        || are_called_so()
        || are_waves(&above.iter().copied().collect()).is_some()
}

/// Whether a file is called after a folder: `P01_1` after `P01`, and not after `P0` or `P`.
fn begins_with(stem: &str, folder: &str) -> bool {
    let (stem, folder) = (stem.to_lowercase(), folder.to_lowercase());
    let is_same_kind =
        |a: char, b: char| (a.is_numeric() && b.is_numeric()) || (a.is_alphabetic() && b.is_alphabetic());
    let Some(rest) = stem.strip_prefix(&folder) else { return false };
    match (folder.chars().next_back(), rest.chars().next()) {
        (Some(last), Some(next)) => !is_same_kind(last, next) && last.is_alphanumeric(),
        (last, _) => last.is_some(),
    }
}

/// The folder, or the table without its ending, that a study is called after.
fn place_of(study: &str, place: &Place) -> Option<PathBuf> {
    let folder = place.folder.as_deref()?;
    if place.is_table {
        return (place.stem == study).then(|| folder.join(&place.stem));
    }
    folder.ancestors().find(|folder| inputs::name_of(folder).is_some_and(|name| name == study)).map(Path::to_owned)
}

/// Places that are none of the others under another path, and do not lie in one of them.
fn apart<'p>(paths: &BTreeSet<&'p Path>) -> Vec<&'p Path> {
    if paths.len() < 2 {
        return Vec::new();
    }
    let mut known: Vec<PathBuf> = Vec::new();
    let mut apart = Vec::new();
    for path in paths {
        let whole = whole(path);
        if known.iter().any(|other| whole.starts_with(other) || other.starts_with(&whole)) {
            return Vec::new();
        }
        known.push(whole);
        apart.push(*path);
    }
    apart
}

/// A path from the top, where it is there; of a table that of its folder.
fn whole(path: &Path) -> PathBuf {
    let of_folder = || Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?));
    path.canonicalize().ok().or_else(of_folder).unwrap_or_else(|| path.to_owned())
}

/// A name for each place by the first level of folders above that tells all apart; by all these where none does.
fn names(study: &str, paths: &[&Path]) -> Option<Vec<String>> {
    if paths.len() < 2 {
        return None;
    }
    let above = |path: &Path| -> Vec<String> {
        let mut at = path.to_owned();
        let next = || {
            at = inputs::above(&at)?;
            inputs::name_of(&at)
        };
        std::iter::from_fn(next).take(MOST_ABOVE).collect()
    };
    let levels: Vec<Vec<String>> = paths.iter().map(|path| above(path)).collect();
    let differ = |names: &[String]| names.iter().collect::<BTreeSet<_>>().len() == names.len();
    let by_level = |level: usize| -> Option<Vec<String>> {
        levels.iter().map(|above| Some(format!("{} {study}", above.get(level)?))).collect()
    };
    let by_all = || -> Vec<String> {
        let joined = |above: &Vec<String>| above.iter().rev().map(String::as_str).collect::<Vec<_>>().join(" ");
        levels.iter().map(|above| format!("{} {study}", joined(above))).collect()
    };
    let found = (0..MOST_ABOVE).filter_map(by_level).find(|names| differ(names));
    found.or_else(|| Some(by_all()).filter(|names| differ(names)))
}

#[cfg(test)]
mod tests {
    use super::super::super::inputs::Found;
    use super::*;

    fn studies(paths: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
        let found = |path: &str| Found { root: Some(PathBuf::from("in")), ..Found::named(None, PathBuf::from(path)) };
        let places: Vec<Place> =
            paths.iter().map(|(path, _)| Place::new(&found(path), path.ends_with(".csv"))).collect();
        let origins: Vec<Origin<'_>> = (0..paths.len())
            .map(|file| Origin { given: None, study: None, person: None, id: None, turns: &[], file })
            .collect();
        let of = |(path, study): &(&str, &str)| Named { study: (*study).into(), id: (*path).into(), person: None };
        let mut named: Vec<Named> = paths.iter().map(of).collect();
        let mut warnings = Vec::new();
        part(&origins, &places, &mut named, &mut warnings);
        (named.into_iter().map(|named| named.study.to_string()).collect(), warnings)
    }

    #[test]
    fn folders_of_one_name_in_two_places_are_two_studies() {
        let (names, warnings) = studies(&[
            ("in/a/north/P1.txt", "north"),
            ("in/a/north/P2.txt", "north"),
            ("in/b/north/P1.txt", "north"),
            ("in/b/north/P2.txt", "north"),
            ("in/b/south/P1.txt", "south"),
        ]);
        assert_eq!(names, ["a north", "a north", "b north", "b north", "south"]);
        assert!(warnings.len() == 1 && warnings[0].contains("`a north`, `b north`"), "{warnings:?}");
        let deep =
            ["in/x/talks/all/P1.txt", "in/x/talks/all/P2.txt", "in/y/talks/all/P1.txt"].map(|path| (path, "all"));
        assert_eq!(studies(&deep).0, ["x all", "x all", "y all"]);
        assert_eq!(studies(&[("in/a/talks.csv", "talks"), ("in/b/talks.csv", "talks")]).0, ["a talks", "b talks"]);
    }

    #[test]
    fn folders_of_one_name_in_those_of_people_or_waves_are_one_study() {
        for paths in [
            &["P1/talks/anna.txt", "P2/talks/ben.txt", "P3/talks/cleo.txt", "P3/talks/cleo_2.txt"][..],
            &["P1/talks/P1_1.txt", "P1/talks/P1_2.txt", "P2/talks/p2-1.txt", "P2/talks/P2.txt"],
            &["baseline/talks/anna.txt", "baseline/talks/ben.txt", "followup/talks/anna.txt", "followup/talks/ben.txt"],
        ] {
            let paths: Vec<String> = paths.iter().map(|path| format!("in/{path}")).collect();
            let (names, warnings) = studies(&paths.iter().map(|path| (path.as_str(), "talks")).collect::<Vec<_>>());
            assert!(names.iter().all(|name| name == "talks") && warnings.is_empty(), "{names:?} {warnings:?}");
        }
        for paths in [
            &["a/talks/anna.txt", "a/talks/abel.txt", "b/talks/ben.txt", "b/talks/bea.txt"][..],
            &["P1/talks/P10.txt", "P1/talks/P11.txt", "P2/talks/P20.txt", "P2/talks/P21.txt"],
            &["baseline/talks/anna.txt", "baseline/talks/ben.txt", "york/talks/anna.txt", "york/talks/ben.txt"],
        ] {
            let paths: Vec<String> = paths.iter().map(|path| format!("in/{path}")).collect();
            let (names, warnings) = studies(&paths.iter().map(|path| (path.as_str(), "talks")).collect::<Vec<_>>());
            assert!(names[0] != names[2] && warnings.len() == 1, "{names:?} {warnings:?}");
        }
    }

    #[test]
    fn what_is_one_place_or_named_otherwise_stays_one_study() {
        for paths in [
            [("in/a/north/P1.txt", "north"), ("in/a/north/P2.txt", "north")],
            [("in/a/north/P1.txt", "north"), ("in/a/north/day/P2.txt", "north")],
            [("in/a/P1.txt", "ward"), ("in/b/P1.txt", "ward")],
            [("in/a/talks.csv", "talks"), ("in/a/talks.csv", "talks")],
        ] {
            let (names, warnings) = studies(&paths);
            assert!(names[0] == names[1] && warnings.is_empty(), "{names:?} {warnings:?}");
        }
    }
}
