//! Folders of versions of the same talks: `raw/anna` and `clean/anna`, `anna/draft/talk` and `anna/final/talk`,
//! `backup/anna` beside `anna`.
//!
//! In: where transcripts were found and what is said in them. Out: a warning for each such pair of folders. They are
//! called by words for versions, and files that are otherwise called the same say much the same. It leaves none out and
//! makes no two participants one; what was given with a study of its own is not looked at.

use std::collections::BTreeMap;

use super::spelling::key;
use super::versions::{EDITED_SHARE, SAME_SHARE, bare, rows_of_words, share};
use super::{Origin, Place};

/// Talks whose words are compared, at most.
const MOST: usize = 30;

/// A file in a folder that may be one of versions.
struct Copy {
    at: usize,
    file: usize,
    /// The folder that is called so, without one where the file lies in none.
    version: Option<String>,
    is_edited: bool,
}

/// What two folders of versions hold.
#[derive(Default)]
struct Pair {
    /// The first two files that say much the same.
    first: Option<(usize, usize)>,
    n_compared: usize,
    n_alike: usize,
}

/// Warnings, one for each pair of folders.
pub(super) fn told(origins: &[Origin<'_>], places: &[Place]) -> Vec<String> {
    let mut pairs: BTreeMap<(Option<String>, Option<String>), Pair> = BTreeMap::new();
    for copies in called_alike(origins, places).into_values() {
        let Some((first, others)) = copies.split_first() else { continue };
        for other in others.iter().filter(|other| other.version != first.version) {
            let pair = pairs.entry((first.version.clone(), other.version.clone())).or_default();
            if pair.n_compared < MOST {
                pair.n_compared += 1;
                if say_the_same(first, other, origins) {
                    pair.n_alike += 1;
                    pair.first.get_or_insert((first.file, other.file));
                }
            }
        }
    }
    let is_told = |pair: &Pair| pair.n_alike * 2 > pair.n_compared;
    let told = pairs.into_iter().filter(|(_, pair)| is_told(pair));
    told.filter_map(|((one, other), pair)| Some(says(&[one, other], pair.first?, places))).collect()
}

fn says(versions: &[Option<String>], (one, other): (usize, usize), places: &[Place]) -> String {
    let names: Vec<String> = versions.iter().flatten().map(|name| format!("`{name}`")).collect();
    let of = if names.len() > 1 { "folders" } else { "the folder" };
    format!(
        "`{}` and `{}` say much the same, as versions of one talk do, and so may other files in {of} {}: who answers \
         in them may count twice, and what is said in both does; leave one of them out",
        places[one].shown,
        places[other].shown,
        names.join(", ")
    )
}

/// Files that are called the same but for words for versions in their folders, where there are some.
fn called_alike(origins: &[Origin<'_>], places: &[Place]) -> BTreeMap<String, Vec<Copy>> {
    let mut n_in = vec![0; places.len()];
    origins.iter().for_each(|origin| n_in[origin.file] += 1);
    let is_open = |origin: &Origin<'_>| origin.given.is_none() && n_in[origin.file] == 1;
    let mut alike: BTreeMap<String, Vec<Copy>> = BTreeMap::new();
    for (at, origin) in origins.iter().enumerate().filter(|(_, origin)| is_open(origin)) {
        let place = &places[origin.file];
        if let Some((path, version, is_edited)) = without_versions(place).filter(|_| !place.is_table) {
            alike.entry(path).or_default().push(Copy { at, file: origin.file, version, is_edited });
        }
    }
    alike.retain(|_, copies| copies.iter().any(|copy| copy.version.is_some()) && copies.len() > 1);
    alike
}

/// The path of a file without words for versions, the folder that had such words, and whether it is of an edited text.
fn without_versions(place: &Place) -> Option<(String, Option<String>, bool)> {
    let (mut path, mut version, mut is_edited) = (String::new(), None, false);
    for part in place.folder.as_deref()?.components() {
        let name = part.as_os_str().to_string_lossy();
        let (rest, edited) = bare(&name);
        if rest.len() < name.len() {
            version = Some(name.clone().into_owned());
            is_edited = edited;
        }
        if !rest.is_empty() {
            path.push_str(&key(rest));
            path.push('/');
        }
    }
    path.push_str(&key(bare(&place.stem).0));
    Some((path, version, is_edited))
}

fn say_the_same(one: &Copy, other: &Copy, origins: &[Origin<'_>]) -> bool {
    let wanted = if one.is_edited || other.is_edited { EDITED_SHARE } else { SAME_SHARE };
    let said = |copy: &Copy| rows_of_words(origins[copy.at].turns);
    share(&said(one), &said(other)) >= wanted
}
