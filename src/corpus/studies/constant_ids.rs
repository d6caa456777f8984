//! Ids that tell nothing, since all files have the same: `1` in each table of one interview.
//!
//! In: transcripts with the ids that their files name. Out: the same without such ids, so that they are called after
//! their files, and what is to be told of it. An id with a letter may be somebody's and stays, and so do ids of which
//! one is another.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::super::error::some;
use super::super::model::Name;
use super::calendar::is_number;
use super::{Origin, Place};

/// The input that a file is of, and the study that was given or that it names.
type Input<'a> = (Option<&'a Path>, Option<&'a str>, Option<&'a str>);

/// The files of an input that name ids.
struct Files<'a> {
    id: &'a str,
    files: BTreeSet<usize>,
    is_constant: bool,
}

/// The transcripts without ids that are the same number in all files of an input; nothing where there are none.
pub(super) fn without<'a>(
    origins: &[Origin<'a>],
    places: &[Place],
    warnings: &mut Vec<String>,
) -> Option<Vec<Origin<'a>>> {
    if places.len() < 2 {
        return None;
    }
    let mut inputs: BTreeMap<Input<'_>, Files<'_>> = BTreeMap::new();
    for origin in origins {
        let Some(id) = origin.id.map(Name::as_str) else { continue };
        let input =
            (places[origin.file].root.as_deref(), origin.given.map(String::as_str), origin.study.map(Name::as_str));
        let of =
            inputs.entry(input).or_insert_with(|| Files { id, files: BTreeSet::new(), is_constant: is_number(id) });
        of.is_constant = of.is_constant && of.id == id && of.files.insert(origin.file);
    }
    let mut found: BTreeSet<usize> = BTreeSet::new();
    for Files { id, files, .. } in inputs.into_values().filter(|of| of.is_constant) {
        let talks: BTreeSet<PathBuf> = files.iter().map(|&file| places[file].path_of_talk()).collect();
        if talks.len() > 1 {
            let shown: Vec<&str> = files.iter().map(|&file| places[file].shown.as_str()).collect();
            warnings.push(format!(
                "all {} files with ids have the id `{id}` ({}), so each interview is called after its file",
                files.len(),
                some(&shown)
            ));
            found.extend(files);
        }
    }
    let without = |origin: &Origin<'a>| {
        let id = origin.id.filter(|_| !found.contains(&origin.file));
        Origin { id, ..*origin }
    };
    (!found.is_empty()).then(|| origins.iter().map(without).collect())
}

#[cfg(test)]
mod tests {
    use super::super::super::inputs::Found;
    use super::*;

    /// What is left of the ids of files in one folder, or of one file where `in_one`.
    fn left(ids: &[&str], in_one: bool) -> Vec<Option<String>> {
        let root = Some(PathBuf::from("in"));
        let found =
            |at: usize| Found { root: root.clone(), ..Found::named(None, PathBuf::from(format!("in/{at}.csv"))) };
        let places: Vec<Place> = (0..ids.len()).map(|at| Place::new(&found(at), in_one)).collect();
        let names: Vec<Name> = ids.iter().map(|&id| id.into()).collect();
        let origin = |(at, id)| Origin {
            given: None,
            study: None,
            person: None,
            id: Some(id),
            turns: &[],
            file: if in_one { 0 } else { at },
        };
        let origins: Vec<Origin<'_>> = names.iter().enumerate().map(origin).collect();
        let mut warnings = Vec::new();
        let without = without(&origins, &places, &mut warnings);
        assert_eq!(without.is_some(), warnings.len() == 1, "{warnings:?}");
        let left = without.as_deref().unwrap_or(&origins);
        left.iter().map(|origin| origin.id.map(ToString::to_string)).collect()
    }

    #[test]
    fn a_number_that_all_files_have_is_nobodys_id() {
        assert_eq!(left(&["1", "1", "1"], false), [None, None, None]);
        assert_eq!(left(&["01", "01"], false), [None, None]);
    }

    #[test]
    fn ids_that_tell_files_apart_or_name_somebody_stay() {
        for ids in [&["1", "1", "2"][..], &["P01", "P01"], &["anna", "anna"], &["1"]] {
            assert!(left(ids, false).iter().all(Option::is_some), "{ids:?}");
        }
        assert!(left(&["1", "1"], true).iter().all(Option::is_some), "rows of one table");
    }
}
