//! Folders of waves that hold the same people: `Wave 1/P01.txt`, `Wave 2/P01.txt`, `Baseline/P01_baseline.docx`,
//! `Round 1 (2031)/P01.txt`, `T1/P01T1.txt`.
//!
//! In: where transcripts were found. Out: whose wave a file is, where all folders beside each other are called as waves
//! are and most files in them are called the same; and folders that may be so, for a warning. Folders that may as well
//! be places or studies (`Leeds`, `York`) are none.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::super::inputs;
use super::super::model::Name;
use super::folders::{OfPerson, Talk, folders_above, is_material, of_files};
use super::marked::{Mark, Marked};
use super::spelling::{key, spelt_once};
use super::versions::Versions;
use super::waves::{Told, are_waves, is_wave, may_be_wave, wave_alone, without_wave};
use super::words::{GENERAL, OF_PEOPLE};
use super::{Origin, Place, is_of_many};

/// Files in folders of waves.
#[derive(Default)]
pub(super) struct WaveFolders {
    pub(super) files: HashMap<usize, OfPerson>,
    /// Folders that may be waves: two names each, and a file that is called the same in both.
    pub(super) doubtful: Vec<([String; 2], String)>,
}

/// A file in the folder of its wave, alone in a folder of its own there or not.
#[derive(Clone)]
struct InWave {
    file: usize,
    wave: String,
    person: String,
    talk: TalkOf,
}

/// Who was interviewed several times, where folders are waves.
pub(super) fn of_waves(
    origins: &[Origin<'_>],
    places: &[Place],
    chats: &BTreeMap<usize, Talk>,
    in_folder: &HashMap<&Path, usize>,
    versions: &Versions,
) -> WaveFolders {
    let mut beside: BTreeMap<PathBuf, (Vec<InWave>, bool)> = BTreeMap::new();
    for (file, (at, is_only)) in of_files(origins, chats) {
        let (place, origin) = (&places[file], &origins[at]);
        let found = found(file, origin.id.map(Name::as_str), places, in_folder, versions);
        match found.filter(|_| is_only && origin.study.is_none() && !place.is_table) {
            Some((above, found)) => beside.entry(above).or_default().0.push(found),
            // What lies in no wave makes the others doubtful.
            None => folders_above(place).for_each(|folder| beside.entry(folder.to_owned()).or_default().1 = true),
        }
    }
    let mut folders = WaveFolders::default();
    for (above, (mut files, has_others)) in beside {
        name_waves_alone(&mut files);
        let waves: BTreeSet<&str> = files.iter().map(|file| file.wave.as_str()).collect();
        let Some(told) = are_waves(&waves) else { continue };
        let named = without_records(&files);
        let mut called = [named, files].into_iter().filter_map(|files| Some((People::new(&files)?, files)));
        let Some((people, files)) = called.next() else { continue };
        let Some(study) = inputs::name_of(&above) else { continue };
        if people.are_told(told) && !has_others {
            let spelt = spelt_once(files.iter().map(|file| file.person.as_str()));
            folders.files.extend(
                files
                    .into_iter()
                    .zip(spelt)
                    .map(|(InWave { file, wave, .. }, person)| (file, OfPerson { study: study.clone(), person, wave })),
            );
        } else if let Some((person, own)) = people.doubtful(told)
            && let [first, second, ..] = own.keys().collect::<Vec<_>>()[..]
        {
            let spelt = files.iter().map(|file| &file.person).find(|name| key(name) == *person);
            let names = [(*first).to_owned(), (*second).to_owned()];
            folders.doubtful.push((names, spelt.unwrap_or(person).clone()));
        }
    }
    folders
}

/// The folder above that of a file's wave, and the file in it.
fn found(
    file: usize,
    id: Option<&str>,
    places: &[Place],
    in_folder: &HashMap<&Path, usize>,
    versions: &Versions,
) -> Option<(PathBuf, InWave)> {
    let place = &places[file];
    let folder = place.folder.as_deref().filter(|folder| place.is_inside(folder))?;
    let name = inputs::name_of(folder)?;
    let stem = if versions.has(file) { versions.talk_in(file, places) } else { place.stem.clone() };
    let talk = (folder.to_owned(), versions.talk_in(file, places));
    if may_be_wave(wave_alone(&name)) {
        let person = without_wave(id.unwrap_or(&stem), wave_alone(&name)).to_owned();
        return Some((inputs::above(folder)?, InWave { file, wave: name, person, talk }));
    }
    let above = folder.parent().filter(|above| place.is_inside(above) && in_folder.get(folder) == Some(&1))?;
    let wave = inputs::name_of(above).filter(|wave| may_be_wave(wave_alone(wave)))?;
    let person = without_wave(&name, wave_alone(&wave)).to_owned();
    Some((inputs::above(above)?, InWave { file, wave, person, talk }))
}

/// Calls folders by their waves alone (`Round 1` for `Round 1 (2031)`), unless two would be called the same.
fn name_waves_alone(files: &mut [InWave]) {
    let folders: BTreeSet<&str> = files.iter().map(|file| file.wave.as_str()).collect();
    let alone: BTreeSet<&str> = folders.iter().map(|folder| wave_alone(folder)).collect();
    if alone.len() == folders.len() {
        files.iter_mut().for_each(|file| file.wave = wave_alone(&file.wave).to_owned());
    }
}

/// The same files, each called after its person alone: `Interview_01_Anna` after Anna.
fn without_records(files: &[InWave]) -> Vec<InWave> {
    let is_record = |mark: Mark| matches!(mark, Mark::Record | Mark::Number | Mark::Version | Mark::Day | Mark::Month);
    let person = |file: &InWave| {
        let marked = Marked::new(&file.person);
        let is_theirs = marked.is_named() && marked.marks().all(is_record);
        if is_theirs { marked.person() } else { file.person.clone() }
    };
    files.iter().map(|file| InWave { person: person(file), ..file.clone() }).collect()
}

/// What is one talk has the same.
type TalkOf = (PathBuf, String);

/// The people in folders of waves, each with the waves they come in.
struct People {
    of: BTreeMap<String, BTreeMap<String, TalkOf>>,
}

impl People {
    /// None where somebody comes twice in a wave, or one alone.
    fn new(files: &[InWave]) -> Option<Self> {
        let mut of: BTreeMap<String, BTreeMap<String, TalkOf>> = BTreeMap::new();
        for InWave { wave, person, talk, .. } in files {
            let own = of.entry(key(person)).or_default();
            if own.entry(wave.clone()).or_insert_with(|| talk.clone()) != talk {
                return None;
            }
        }
        (of.len() > 1).then_some(Self { of })
    }

    /// Whether most come in several waves.
    fn come_again(&self) -> bool {
        self.of.values().filter(|own| own.len() > 1).count() * 2 > self.of.len()
    }

    /// Somebody who comes in several waves, with these, where that may be one person: in folders that are waves for sure,
    /// where most do, or under a name.
    fn doubtful(&self, told: Told) -> Option<(&String, &BTreeMap<String, TalkOf>)> {
        let is_name = |name: &String| {
            let is_coded = name.contains(|c: char| c.is_ascii_digit());
            !is_coded && !is_material(name) && !GENERAL.contains(&name.as_str())
        };
        let of_all = told == Told::Sure || self.come_again();
        self.of.iter().find(|(name, own)| own.len() > 1 && (of_all || is_name(name)))
    }

    /// Codes may be given anew in another session; `interview 1` may be anybody's, and `diary` is nobody.
    fn are_told(&self, told: Told) -> bool {
        let is_numbered = |name: &String| name.contains(|c: char| c.is_ascii_digit());
        let is_general = |name: &String| {
            let word = name.trim_end_matches(|c: char| !c.is_alphabetic());
            GENERAL.contains(&word) && !OF_PEOPLE.contains(&word)
        };
        self.come_again()
            && !self.of.keys().any(|name| is_of_many(name) || is_general(name) || is_material(name) || is_wave(name))
            && (told == Told::Sure || !self.of.keys().any(is_numbered))
    }
}
