//! One interview in several files of its folder, where the folders beside it hold one file each: `emil/talk`,
//! `emil/talk_part2` beside `anna/talk`, `bert/talk`.
//!
//! In: where transcripts were found. Out: which files are parts of one interview, by the words for parts in their
//! names; and doubts of folders that hold several talks and may be one person's all the same. It decides nothing of
//! folders that are called as places and groups are.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::super::error::some;
use super::super::inputs;
use super::folders::{Talk, of_files};
use super::versions::Versions;
use super::{Origin, Place, is_of_many, parts};

/// A file that is a part of an interview.
pub(super) struct Part {
    pub(super) is_first: bool,
    /// What the interviews in the folders beside are called.
    pub(super) called: String,
}

/// A folder of several talks that may be one person's.
pub(super) struct Doubt {
    pub(super) above: PathBuf,
    pub(super) files: Vec<usize>,
    pub(super) what: String,
}

/// What was found in all folders.
#[derive(Default)]
pub(super) struct Parted {
    pub(super) files: HashMap<usize, Part>,
    pub(super) above: BTreeSet<PathBuf>,
    pub(super) doubts: Vec<Doubt>,
}

/// The talks of a folder, each with its files.
#[derive(Default)]
struct Folder {
    talks: BTreeMap<String, Vec<usize>>,
    /// Its files name ids or studies, or hold several transcripts.
    is_told: bool,
}

/// Finds interviews in parts; a folder of one then holds one talk.
pub(super) fn find<'p>(
    origins: &[Origin<'_>],
    places: &'p [Place],
    chats: &BTreeMap<usize, Talk>,
    in_folder: &mut HashMap<&'p Path, usize>,
    versions: &Versions,
) -> Parted {
    let mut parted = Parted::default();
    if in_folder.values().all(|&n| n == 1) {
        return parted;
    }
    let mut folders: BTreeMap<&Path, Folder> = BTreeMap::new();
    for (file, (at, is_only)) in of_files(origins, chats) {
        let place = &places[file];
        let Some(folder) = place.folder.as_deref() else { continue };
        let of = folders.entry(folder).or_default();
        of.is_told |= place.is_table || !is_only || origins[at].id.is_some() || origins[at].study.is_some();
        of.talks.entry(versions.talk_in(file, places)).or_default().push(file);
    }
    let mut beside: BTreeMap<PathBuf, Vec<(&Path, Folder)>> = BTreeMap::new();
    for (path, folder) in folders.into_iter().filter(|(_, folder)| !folder.is_told) {
        if let Some(above) = inputs::above(path) {
            beside.entry(above).or_default().push((path, folder));
        }
    }
    for (above, folders) in beside {
        let (alone, several): (Vec<_>, Vec<_>) = folders.into_iter().partition(|(_, folder)| folder.talks.len() == 1);
        let alone: Vec<String> = alone.into_iter().flat_map(|(_, folder)| folder.talks.into_keys()).collect();
        let mut forms: HashMap<String, usize> = HashMap::new();
        alone.iter().for_each(|talk| *forms.entry(form(talk)).or_default() += 1);
        for (path, folder) in several {
            let Some(name) = inputs::name_of(path).filter(|name| !is_of_many(name)) else { continue };
            match called(&folder, &alone) {
                Some((first, called)) => {
                    in_folder.insert(path, 1);
                    parted.above.insert(above.clone());
                    for (talk, files) in folder.talks {
                        let part = |file| (file, Part { is_first: talk == first, called: called.clone() });
                        parted.files.extend(files.into_iter().map(part));
                    }
                }
                None => parted.doubts.extend(doubt(&above, &name, &folder, &forms)),
            }
        }
    }
    parted
}

/// The first of the parts that a folder holds, and what the interviews beside it are called.
fn called(folder: &Folder, alone: &[String]) -> Option<(String, String)> {
    let names: Vec<&str> = folder.talks.keys().map(String::as_str).collect();
    let (first, called) = parts::of_one(&names)?;
    let beside = alone.iter().find(|other| *other == first || *other == called)?;
    Some((first.to_owned(), beside.clone()))
}

/// Folders beside that hold one talk each which is called as one of the folder's, at least.
const FEWEST: usize = 2;

/// What is to be told of a folder that holds several talks, of which one is called as those are that lie alone beside.
fn doubt(above: &Path, name: &str, folder: &Folder, forms: &HashMap<String, usize>) -> Option<Doubt> {
    let like = |talk: &&String| forms.get(&form(talk)).is_some_and(|&n| n >= FEWEST);
    let first = folder.talks.keys().find(like)?;
    let names: Vec<&str> = folder.talks.keys().map(String::as_str).collect();
    let what = format!(
        "folder `{name}` holds {} talks ({}) where folders beside it hold one each, so it was taken for a study of its \
         own; where they are of one person, call the second `{first}_part2`",
        names.len(),
        some(&names)
    );
    let files = folder.talks.values().flatten().copied().collect();
    Some(Doubt { above: above.to_owned(), files, what })
}

/// A name whose digits may be others: `gmt20310502` is of one form with `gmt20310509`.
fn form(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}
