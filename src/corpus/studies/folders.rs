//! Folders that hold one interview each, or several of one person, and chats that were saved beside an interview.
//!
//! In: where transcripts were found. Out: which folder stands for which file, with the study and, where the files are
//! called the same, the id that it gives; whose folder a file lies in, where each folder is a person's; and which
//! transcript is the chat of which. A talk saved in several formats, or in several versions, is one interview. It opens
//! nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::super::inputs;
use super::super::speakers::key;
use super::calendar::is_calendar;
use super::versions::Versions;
use super::waves::{BETWEEN, is_code, is_wave};
use super::words::MATERIALS;
use super::{Origin, Place, is_of_many, who_answers};

/// A folder that holds one interview and stands for it.
pub(super) struct InterviewFolder {
    pub(super) above: PathBuf,
    pub(super) study: String,
    /// Its name, where the files in such folders are called the same.
    pub(super) id: Option<String>,
}

/// A talk alone in its folder, as files, with that folder, and the ones above that hold nothing else, from the highest
/// on.
struct Alone {
    files: Vec<usize>,
    folders: Vec<PathBuf>,
}

/// The files that lie alone in their folder, beside folders with one interview each. Folders between count where the
/// files are called the same, `P01/audio/talk.txt`, `P02/audio/talk.txt`, or these folders: `P01/audio/anna.txt`,
/// `P02/audio/ben.txt`. `talk_in` says what the talk in a file is called.
pub(super) fn of_one_interview(
    origins: &[Origin<'_>],
    places: &[Place],
    chats: &BTreeMap<usize, Talk>,
    in_folder: &HashMap<&Path, usize>,
    talk_in: impl Fn(usize) -> String,
) -> HashMap<usize, InterviewFolder> {
    let mut below: HashMap<&Path, usize> = HashMap::new();
    for (folder, n) in in_folder {
        folder.ancestors().for_each(|folder| *below.entry(folder).or_default() += n);
    }
    let of_chats: HashSet<usize> = chats.keys().map(|&at| origins[at].file).collect();
    let mut beside: BTreeMap<PathBuf, BTreeMap<&Path, Alone>> = BTreeMap::new();
    for (file, place) in places.iter().enumerate().filter(|(file, _)| !of_chats.contains(file)) {
        let Some(folder) = place.folder.as_deref().filter(|folder| in_folder.get(folder) == Some(&1)) else { continue };
        let is_own = |folder: &&Path| below.get(folder) == Some(&1);
        let higher = folder.ancestors().skip(1).take_while(|folder| place.is_inside(folder)).take_while(is_own);
        let mut folders: Vec<PathBuf> = [folder].into_iter().chain(higher).map(Path::to_owned).collect();
        folders.reverse();
        if let Some(above) = inputs::above(&folders[0]) {
            let alone = beside.entry(above).or_default().entry(folder).or_insert(Alone { files: Vec::new(), folders });
            alone.files.push(file);
        }
    }
    let mut found = HashMap::new();
    for (above, talks) in beside {
        let mut talks: Vec<Alone> = talks.into_values().collect();
        let mut names: HashMap<String, usize> = HashMap::new();
        talks.iter().for_each(|alone| *names.entry(talk_in(alone.files[0])).or_default() += 1);
        let same_names = names.values().any(|&n| n > 1);
        let are_all = below.get(above.as_path()) == Some(&talks.len());
        let is_kept = same_names || (are_all && are_in_same_named(&talks));
        if !is_kept {
            talks.retain(|alone| alone.folders.len() == 1);
        }
        let all_below = talks.iter().flat_map(|alone| &alone.files).all(|&file| places[file].is_below);
        let Some(study) = inputs::name_of(&above).filter(|_| talks.len() > 1 && (same_names || all_below)) else {
            continue;
        };
        let level = telling_level(&talks);
        for Alone { files, folders } in talks {
            let id = inputs::name_of(&folders[level]).filter(|_| same_names);
            found.extend(
                files
                    .into_iter()
                    .map(|file| (file, InterviewFolder { above: above.clone(), study: study.clone(), id: id.clone() })),
            );
        }
    }
    found
}

/// Whether all talks lie in folders of one name, each with a folder above that holds nothing else.
fn are_in_same_named(talks: &[Alone]) -> bool {
    let last = |alone: &Alone| inputs::name_of(alone.folders.last()?).filter(|_| alone.folders.len() > 1);
    let first = talks.first().and_then(last);
    first.is_some() && talks.iter().all(|alone| last(alone) == first)
}

/// How many talks lie in each folder itself, chats left out.
pub(super) fn talks_in_folders<'p>(
    origins: &[Origin<'_>],
    places: &'p [Place],
    chats: &BTreeMap<usize, Talk>,
    versions: &Versions,
) -> HashMap<&'p Path, usize> {
    let mut in_file: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, origin) in origins.iter().enumerate().filter(|(at, _)| !chats.contains_key(at)) {
        *in_file.entry(origin.file).or_default() += 1;
    }
    let mut in_folder: HashMap<&Path, HashMap<String, usize>> = HashMap::new();
    for (file, n) in in_file {
        if let Some(folder) = places[file].folder.as_deref() {
            let talk = in_folder.entry(folder).or_default().entry(versions.talk_in(file, places)).or_default();
            *talk = n.max(*talk);
        }
    }
    in_folder.into_iter().map(|(folder, talks)| (folder, talks.into_values().sum())).collect()
}

/// The first transcript of each file, and whether it is the only one: a table may hold a million.
pub(super) fn of_files(origins: &[Origin<'_>], chats: &BTreeMap<usize, Talk>) -> BTreeMap<usize, (usize, bool)> {
    let mut of_file: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
    for (at, origin) in origins.iter().enumerate().filter(|(at, _)| !chats.contains_key(at)) {
        of_file.entry(origin.file).and_modify(|(_, is_only)| *is_only = false).or_insert((at, true));
    }
    of_file
}

/// The folders above a file's own, up to the one that was given.
pub(super) fn folders_above(place: &Place) -> impl Iterator<Item = &Path> {
    let above = place.folder.iter().flat_map(|folder| folder.ancestors().skip(1));
    above.filter(|folder| place.is_inside(folder) || place.root.as_deref() == Some(*folder))
}

/// The level of folders by which interviews are called: the highest, but for dates and numbers where names stand below.
fn telling_level(files: &[Alone]) -> usize {
    let levels = files.iter().map(|alone| alone.folders.len()).min().unwrap_or_default();
    let tells = |level: &usize| {
        let names: Vec<String> = files.iter().filter_map(|alone| inputs::name_of(alone.folders.get(*level)?)).collect();
        let different: BTreeSet<&String> = names.iter().collect();
        different.len() == files.len() && names.iter().all(|name| name.contains(char::is_alphabetic))
    };
    (0..levels).find(tells).unwrap_or_default()
}

/// A file in the folder of the person whose wave it is.
pub(super) struct OfPerson {
    pub(super) study: String,
    pub(super) person: String,
    pub(super) wave: String,
}

/// Folders of people, with one file or folder a wave: `P01/session 1.docx`, `P01/2031-05-01/talk.txt`.
#[derive(Default)]
pub(super) struct PersonFolders {
    pub(super) files: HashMap<usize, OfPerson>,
    /// Folders that look the same, but may be places or groups: the folder above, with two of their names.
    pub(super) doubtful: BTreeMap<PathBuf, Vec<String>>,
}

/// Who was interviewed several times, where all folders beside each other hold waves and nothing else.
pub(super) fn of_people(
    origins: &[Origin<'_>],
    places: &[Place],
    chats: &BTreeMap<usize, Talk>,
    in_folder: &HashMap<&Path, usize>,
) -> PersonFolders {
    let mut beside: BTreeMap<PathBuf, Vec<(usize, Option<InFolder>)>> = BTreeMap::new();
    for (file, (at, is_only)) in of_files(origins, chats) {
        let (place, origin) = (&places[file], &origins[at]);
        let found = InFolder::new(place, in_folder).filter(|_| origin.study.is_none() && origin.id.is_none());
        match found {
            Some(found) => beside.entry(found.above.clone()).or_default().push((at, Some(found).filter(|_| is_only))),
            // What is no wave speaks against all folders above it.
            None => {
                folders_above(place).for_each(|folder| beside.entry(folder.to_owned()).or_default().push((at, None)))
            }
        }
    }
    let mut folders = PersonFolders::default();
    for (above, files) in beside {
        let Some(files) = files.into_iter().map(|(at, found)| Some((at, found?))).collect::<Option<Vec<_>>>() else {
            continue;
        };
        let Some(study) = inputs::name_of(&above) else { continue };
        // The same wave twice is one talk in two formats.
        let mut waves: BTreeMap<&str, BTreeMap<String, PathBuf>> = BTreeMap::new();
        let all_new = files.iter().all(|(at, file)| {
            let path = places[origins[*at].file].path_of_talk();
            let known = waves.entry(&file.person).or_default().entry(file.wave.to_lowercase()).or_insert(path.clone());
            *known == path
        });
        let again = waves.values().filter(|own| own.len() > 1).count();
        let are_codes = waves.keys().all(|name| is_code(name));
        if !all_new
            || waves.len() < 2
            || again == 0
            || (!are_codes && again * 2 <= waves.len())
            || waves.keys().any(|name| is_of_many(name) || is_wave(name))
        {
            continue;
        }
        let answers = |(at, file): &(usize, InFolder)| {
            who_answers(origins[*at].turns).into_iter().any(|label| key(label) == key(&file.person))
        };
        if again * 2 > waves.len() && (are_codes || files.iter().all(answers)) {
            folders.files.extend(files.into_iter().map(|(at, file)| {
                (origins[at].file, OfPerson { study: study.clone(), person: file.person, wave: file.wave })
            }));
        } else {
            folders.doubtful.insert(above, waves.keys().take(2).map(|name| (*name).to_owned()).collect());
        }
    }
    folders
}

/// What a file's path says where its folder is a person's.
struct InFolder {
    above: PathBuf,
    person: String,
    wave: String,
}

impl InFolder {
    fn new(place: &Place, in_folder: &HashMap<&Path, usize>) -> Option<Self> {
        let folder = place.folder.as_deref().filter(|_| !place.is_table)?;
        let of = |folder: &Path, wave: &str| {
            let person = inputs::name_of(folder).filter(|_| place.is_inside(folder))?;
            let wave = wave.strip_prefix(&person).map_or(wave, |rest| rest.trim_start_matches(['_', '-', ' ', '.']));
            let above = inputs::above(folder)?;
            let is_told = is_wave(wave) || is_calendar(wave) || is_material(wave);
            is_told.then(|| Self { above, person, wave: wave.to_owned() })
        };
        let alone = || {
            let (wave, person) = (inputs::name_of(folder)?, folder.parent()?);
            of(person, &wave).filter(|_| in_folder.get(folder) == Some(&1))
        };
        of(folder, &place.stem).or_else(alone)
    }
}

/// Whether a file is called after what it is of a person's: `interview`, `diary 2`.
pub(super) fn is_material(name: &str) -> bool {
    let word = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(BETWEEN).to_lowercase();
    MATERIALS.contains(&word.as_str())
}

/// The transcript that a chat was saved beside.
pub(super) struct Talk {
    pub(super) at: usize,
    /// It is one of two people, of whom one or both write in the chat.
    pub(super) of_two: bool,
}

/// Chats that a meeting program saved beside the only other transcript of a folder, each with that one: they are called
/// so, and somebody speaks in both.
pub(super) fn chats(origins: &[Origin<'_>], places: &[Place]) -> BTreeMap<usize, Talk> {
    let mut folders: BTreeMap<&Path, Vec<usize>> = BTreeMap::new();
    for (at, origin) in origins.iter().enumerate() {
        if let Some(folder) = places[origin.file].folder.as_deref() {
            folders.entry(folder).or_default().push(at);
        }
    }
    let is_chat = |at: &&usize| is_called_chat(&places[origins[**at].file].stem);
    let labels = |at: usize| -> BTreeSet<String> {
        origins[at].turns.iter().map(|turn| key(&turn.speaker)).filter(|label| !label.is_empty()).collect()
    };
    let pair = |of_folder: Vec<usize>| match of_folder[..] {
        [one, other] => {
            let chat = [one, other].iter().find(is_chat).copied()?;
            let at = if chat == one { other } else { one };
            let alike = origins[chat].given == origins[at].given && origins[chat].file != origins[at].file;
            let (written, said) = (labels(chat), labels(at));
            let is_beside = alike && !is_chat(&&at) && !written.is_disjoint(&said);
            is_beside.then(|| (chat, Talk { at, of_two: said.len() == 2 && written.is_subset(&said) }))
        }
        _ => None,
    };
    folders.into_values().filter_map(pair).collect()
}

/// `chat`, `meeting_saved_chat`, `GMT20310502-101500_RecordingnewChat`, as meeting programs call them: a chat interview
/// may be called `ben_chat`.
fn is_called_chat(stem: &str) -> bool {
    let stem = stem.to_lowercase();
    matches!(stem.as_str(), "chat" | "meeting_saved_chat" | "saved_chat") || stem.ends_with("newchat")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chats_are_called_so() {
        for stem in ["chat", "Chat", "meeting_saved_chat", "GMT20310502-101500_RecordingnewChat"] {
            assert!(is_called_chat(stem), "{stem}");
        }
        for stem in ["chats", "chat_anna", "ben_chat", "anna", "chat2"] {
            assert!(!is_called_chat(stem), "{stem}");
        }
    }
}
