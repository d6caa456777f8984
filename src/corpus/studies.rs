//! Which study a transcript belongs to, what it is called, and whose wave it is.
//!
//! In: where each transcript was found and what its file says of it. Out: its study, its id and, where
//! one person was interviewed several times, that person. What was given or written down always wins;
//! the rest is decided for a table or a folder as a whole, never id by id, and doubts are told. It
//! looks at what was said only to see who asks.
//!
//! - Ids such as `ward_1` … `ward_12` name a study when every id of the table or folder has the form
//!   and the prefixes are few, each with several transcripts. Studies that differ by capitals or accents are one.
//! - Ids such as `anna_01`, `anna_02`, `bert_01`, … are of one study: many prefixes with a few low
//!   numbers each are people and the waves they were interviewed in.
//! - Folders that hold one interview each, beside each other, are one study, called after the folder
//!   above; where their files are called the same, the interviews are called after their folders. The chat
//!   saved beside an interview is of the same person.
//! - Folders of waves (`Baseline/P01.txt`, `Follow-up/P01.txt`) are one study, whose people are called after the files;
//!   so are tables of waves (`baseline.csv`, `endline.csv`) with the same ids.
//! - Versions of one talk (`P01`, `P01_final`) are one participant's; that words count twice is told, and of
//!   folders of versions (`raw`, `clean`), too.
//! - Where all people come with the same two or three words, whatever these are, that they may count twice is told.
//! - Ids that differ only in how they are written (`P1`, `p01`) are one participant's, and folders of one name in
//!   different places are different studies; both are told.

mod calendar;
mod constant_ids;
mod crossed;
mod doubts;
mod folders;
mod marked;
mod met_again;
mod namesakes;
mod parted;
mod parts;
mod prefixes;
mod spelling;
#[cfg(test)]
mod tests;
mod version_folders;
mod versions;
mod wave_folders;
mod wave_tables;
mod waves;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::error::{counted, some};
use super::inputs::{self, Found};
use super::model::Name;
use super::policy::{FEW_PREFIXES, MAX_WAVE, TRANSCRIPTS_OF_PREFIX};
use super::readers::{RawTranscript, RawTurn};
use super::role_names::PARTICIPANTS;
use super::speakers::ends_in_question;
use folders::PersonFolders;
use marked::Marked;
use prefixes::{Prefixes, Spelt, id_prefix, is_padded};
use spelling::{key, spelt_once};
use versions::{Talk, Versions};
pub(super) use waves::is_wave;
use waves::{People, wave};
use words::{KINDS, PLACES};

/// Where a transcript was found and what its file says of it.
#[derive(Clone, Copy)]
pub(super) struct Origin<'a> {
    /// The study given with `NAME=`.
    pub(super) given: Option<&'a String>,
    /// The study that the file names.
    pub(super) study: Option<&'a Name>,
    /// The id that the file names.
    pub(super) id: Option<&'a Name>,
    /// Who was interviewed, where the file says so beside the id.
    pub(super) person: Option<&'a Name>,
    /// What was said, for the labels of who said it.
    pub(super) turns: &'a [RawTurn],
    /// Index into the files.
    pub(super) file: usize,
}

impl<'a> Origin<'a> {
    /// Of a transcript in a file, with the study given for it.
    pub(super) fn of(raw: &'a RawTranscript, given: Option<&'a String>, file: usize) -> Self {
        let (study, id, person) = (raw.study.as_ref(), raw.id.as_ref(), raw.person.as_ref());
        Self { given, study, id, person, turns: &raw.turns, file }
    }
}

/// A file that transcripts were found in.
pub(super) struct Place {
    /// For messages.
    pub(super) shown: String,
    /// Its name without the extension.
    stem: String,
    folder: Option<PathBuf>,
    /// The folder that was given.
    root: Option<PathBuf>,
    /// It lies in a folder of that.
    is_below: bool,
    /// It holds several transcripts and its own name is their study's.
    is_table: bool,
}

impl Place {
    pub(super) fn new(file: &Found, is_table: bool) -> Self {
        let folder = file.folder().map(PathBuf::from);
        let root = file.root.clone();
        let is_below = root.is_some() && root != folder;
        Self { shown: file.shown.clone(), stem: file.stem(), folder, root, is_below, is_table }
    }

    /// The same for all formats that a talk was saved in.
    fn path_of_talk(&self) -> PathBuf {
        self.folder.clone().unwrap_or_default().join(self.stem.to_lowercase())
    }

    /// Whether a folder lies in the one that was given.
    fn is_inside(&self, folder: &Path) -> bool {
        self.root.as_deref().is_some_and(|root| folder != root && folder.starts_with(root))
    }
}

/// What a transcript is called.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Named {
    pub(super) study: Name,
    pub(super) id: Name,
    /// Who was interviewed, where that is told by several ids.
    pub(super) person: Option<String>,
}

/// Names every transcript.
pub(super) fn name(origins: &[Origin<'_>], places: &[Place], warnings: &mut Vec<String>) -> Vec<Named> {
    let without = constant_ids::without(origins, places, warnings);
    let origins = without.as_deref().unwrap_or(origins);
    let chats = folders::chats(origins, places);
    let versions = Versions::new(origins, places);
    let mut in_folder = folders::talks_in_folders(origins, places, &chats, &versions);
    let parted = parted::find(origins, places, &chats, &mut in_folder, &versions);
    let mut of_people = folders::of_people(origins, places, &chats, &in_folder);
    let of_waves = wave_folders::of_waves(origins, places, &chats, &in_folder, &versions);
    let of_tables = wave_tables::find(origins, places);
    let talk_in = |file: usize| {
        let part = parted.files.get(&file).map(|part| part.called.clone());
        part.unwrap_or_else(|| versions.talk_in(file, places))
    };
    let of_folders = folders::of_one_interview(origins, places, &chats, &in_folder, talk_in);
    of_people.doubtful.retain(|above, _| !parted.above.contains(above));
    let mut taken: BTreeMap<&str, Vec<(String, &str)>> = BTreeMap::new();
    let mut scopes: BTreeMap<(usize, Option<PathBuf>), Scope> = BTreeMap::new();
    let mut named: Vec<Named> = Vec::with_capacity(origins.len());
    let stems: Vec<Name> = places.iter().map(|place| place.stem.as_str().into()).collect();
    for (at, origin) in origins.iter().enumerate() {
        let place = &places[origin.file];
        let of_files = of_people.files.get(&origin.file).or_else(|| of_waves.files.get(&origin.file));
        if let Some(of) = of_tables.of.get(&at).or(of_files) {
            let version = if versions.is_other(at) { format!("_{}", place.stem) } else { String::new() };
            let id = format!("{}_{}{version}", of.person, of.wave);
            taken.entry(&of.study).or_default().push((id.clone(), &of.person));
            named.push(Named { study: of.study.as_str().into(), id: id.into(), person: Some(of.person.clone()) });
            continue;
        }
        let folder = of_folders.get(&origin.file);
        let study = match folder {
            Some(folder) => Some(folder.study.clone()),
            None if place.is_table => None,
            None => place.folder.as_deref().and_then(inputs::name_of),
        };
        let of_folder = folder.and_then(|folder| folder.id.clone());
        let part = parted.files.get(&origin.file);
        let is_one_of = part.is_some() || versions.has(origin.file);
        let of_file = || origin.person.map(Name::to_string);
        let person = of_folder.clone().filter(|_| is_one_of && origin.id.is_none()).or_else(of_file);
        let is_first = part.is_some_and(|part| part.is_first) && !versions.has(origin.file);
        let has_own = person.is_some() && origin.person.is_none() && !is_first;
        let of_folder = of_folder.map(|id| if has_own { format!("{id}_{}", place.stem) } else { id });
        let stem = || stems[origin.file].clone();
        let id = origin.id.cloned().or_else(|| of_folder.map(Name::from)).unwrap_or_else(stem);
        if is_first && let Some(person) = &person {
            warnings.push(format!(
                "`{}` was taken for the first part of an interview whose other parts lie beside it: who answers in \
                 them is one participant, `{person}`",
                place.shown
            ));
        }
        let is_other_part = person.is_some() && part.is_some_and(|part| !part.is_first);
        named.push(Named { study: study.map_or_else(stem, Name::from), id, person });
        if chats.contains_key(&at) || versions.is_other(at) || is_other_part {
            continue;
        }
        // A table is a scope of its own; of the other files all in one folder.
        let scope = match place.is_table {
            true => (origin.file + 1, None),
            false => (0, folder.map(|folder| folder.above.clone()).or_else(|| place.folder.clone())),
        };
        scopes.entry(scope).or_default().members.push(at);
    }
    for (study, of) in taken {
        let (ids, people): (Vec<&str>, Vec<String>) = of.iter().map(|(id, p)| (&**id, (*p).to_owned())).unzip();
        warnings.push(taken_for_people(study, &ids, &people, "name each study: `NAME=PATH`"));
    }
    let is_settled = |file: &usize| {
        of_people.files.contains_key(file) || of_waves.files.contains_key(file) || of_folders.contains_key(file)
    };
    let is_open =
        |doubt: &&parted::Doubt| !of_people.doubtful.contains_key(&doubt.above) && !doubt.files.iter().any(is_settled);
    warnings.extend(parted.doubts.iter().filter(is_open).map(|doubt| doubt.what.clone()));
    for names in of_people.doubtful.values() {
        warnings.push(format!(
            "folders such as {} were taken for studies; where each is a person who was interviewed several times, call \
             the files `anna_T1`, `anna_T2`, `ben_T1` and put them in one folder",
            some(&names.iter().map(String::as_str).collect::<Vec<_>>())
        ));
    }
    for ([first, second], file) in &of_waves.doubtful {
        let of_whom = match doubts::is_group(file) {
            true => "one group that met again, its people count once in each",
            false => {
                "one person who was interviewed several times, call the files `anna_T1`, `anna_T2`, `ben_T1` and put \
                 them in one folder"
            }
        };
        warnings.push(format!(
            "folders such as `{first}`, `{second}` were taken for studies, but both hold a file called `{file}`: where \
             that is {of_whom}"
        ));
    }
    warnings.extend(of_tables.doubts);
    warnings.extend(met_again::told(origins, places, &named));
    warnings.extend(version_folders::told(origins, places));
    for scope in scopes.into_values() {
        scope.settle(origins, places, &of_people, &mut named, warnings);
    }
    for talk in &versions.talks {
        one_participants(talk, origins, places, &mut named, warnings);
    }
    for (chat, talk) in chats {
        let of = named[talk.at].clone();
        let (chat_file, talk_file) = (&places[origins[chat].file], &places[origins[talk.at].file]);
        let who = match talk.of_two {
            true => "who answers in both is one participant",
            false => "its people count as others than those of the talk; leave it out where they are the same",
        };
        warnings.push(format!("`{}` was taken for the chat beside `{}`: {who}", chat_file.shown, talk_file.shown));
        let id = format!("{} {}", of.id, chat_file.stem);
        let person = talk.of_two.then(|| of.person.unwrap_or_else(|| of.id.to_string()));
        named[chat] = Named { id: id.into(), person, study: of.study };
    }
    namesakes::part(origins, places, &mut named, warnings);
    let is_written = |origin: &&Origin<'_>| origin.given.is_none();
    let written = Spelt::new(origins.iter().filter(is_written).filter_map(|origin| origin.study).map(Name::as_str));
    warnings.extend(written.told());
    let mut given: HashMap<&str, Name> = HashMap::new();
    for (origin, named) in origins.iter().zip(&mut named) {
        if let Some(study) = origin.given {
            named.study = given.entry(study).or_insert_with(|| study.as_str().into()).clone();
        } else if let Some(study) = origin.study {
            named.study = written.of(study).map_or_else(|| study.clone(), Name::from);
        }
    }
    let is_open = |(origin, _): &(&Origin<'_>, &Named)| origin.given.is_none();
    let open = origins.iter().zip(&named).filter(is_open).map(|(_, named)| named.study.as_str());
    warnings.extend(Spelt::new(open).doubt());
    spelling::settle(origins, places, &mut named, warnings);
    named
}

/// Gives the versions of a talk one participant, and says that both are read.
fn one_participants(
    talk: &Talk,
    origins: &[Origin<'_>],
    places: &[Place],
    named: &mut [Named],
    warnings: &mut Vec<String>,
) {
    let (Named { study, id, person }, place) = (named[talk.first].clone(), &places[origins[talk.first].file]);
    let of_folder = || place.folder.as_deref().and_then(inputs::name_of);
    let person = person.unwrap_or_else(|| match talk.called.as_str() {
        _ if origins[talk.first].id.is_some() => id.to_string(),
        "" => of_folder().unwrap_or_else(|| id.to_string()),
        called if called == place.stem => id.to_string(),
        called => called.to_owned(),
    });
    if person != id {
        named[talk.first].person = Some(person.clone());
    }
    for &other in &talk.others {
        named[other].study.clone_from(&study);
        named[other].person = Some(person.clone());
    }
    let others: Vec<&str> = talk.others.iter().map(|&other| places[origins[other].file].shown.as_str()).collect();
    warnings.push(format!(
        "`{}` and {} are called and say much the same, as versions of one talk do: who answers in them is one \
         participant, but what is said in both counts twice; leave one out",
        place.shown,
        some(&others)
    ));
}

/// Transcripts whose names are judged together: those of a table, or of the files in a folder.
#[derive(Default)]
struct Scope {
    members: Vec<usize>,
}

/// What the names of a scope were taken for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Judged {
    /// The ids name a study, or several.
    Studies,
    /// The same, and that the studies may be people was told.
    Doubted,
    People,
    /// Ids as they are.
    Open,
}

impl Scope {
    fn settle(
        &self,
        origins: &[Origin<'_>],
        places: &[Place],
        of_people: &PersonFolders,
        named: &mut [Named],
        warnings: &mut Vec<String>,
    ) {
        let first = &places[origins[self.members[0]].file];
        let folder = first.folder.as_deref().filter(|_| !first.is_table);
        let place = match folder {
            _ if first.is_table => first.shown.clone(),
            folder => folder.map_or_else(String::new, inputs::shown),
        };
        let judged = self.judge(&place, origins, places, named, warnings);
        if judged == Judged::Doubted {
            return;
        }
        let ids = self.ids(named);
        let who = self.members.iter().map(|&at| named[at].person.as_deref().unwrap_or(&named[at].id));
        let who: Vec<&str> = who.take(doubts::MOST_IDS).collect();
        // Waves alone are of others in a ward, and told of already where folders may be people's.
        let is_doubted = folder.and_then(inputs::above).is_some_and(|above| of_people.doubtful.contains_key(&above));
        let has_many = folder.and_then(inputs::name_of).is_some_and(|folder| is_of_many(&folder));
        let mut told = doubts::told(&place, is_doubted || has_many, &ids, &who);
        let is_quiet = told.warnings.is_empty();
        warnings.append(&mut told.warnings);
        warnings.extend(told.of_meetings.filter(|_| self.are_of_one(origins)));
        if judged == Judged::Open
            && !told.of_a_person
            && let Some(ids) =
                parts::perhaps(&ids, self.are_talks(origins)).or_else(|| crossed::perhaps(&ids).filter(|_| is_quiet))
        {
            warnings.push(doubts::of_a_person(&place, &ids));
        }
    }

    /// Takes ids for what they name: studies, or people and their waves.
    fn judge(
        &self,
        place: &str,
        origins: &[Origin<'_>],
        places: &[Place],
        named: &mut [Named],
        warnings: &mut Vec<String>,
    ) -> Judged {
        let open = |&at: &usize| origins[at].given.is_none() && origins[at].study.is_none();
        let is_free = self.members.iter().all(open);
        let prefixes = Prefixes::new(self.members.iter().map(|&at| named[at].id.as_str()));
        let (sizes, all) = (prefixes.sizes(), prefixes.have_all);
        let spelt = || prefixes.spelt.told().filter(|_| is_free).map(|told| format!("`{place}`: {told}"));
        let only = sizes.iter().next().filter(|_| all && sizes.len() == 1);
        let people = match only {
            Some(_) => self.by_label(origins, named),
            None => self.people(origins, places, named),
        };
        if let (Some((only, n)), None) = (only, &people) {
            // One file alone is called so by chance, unless it says so itself in two digits.
            let first = self.members[0];
            let told = *n > 1 || (origins[first].id.is_some() && is_padded(&named[first].id));
            if told {
                warnings.extend(spelt());
                let study = Name::from(*only);
                self.members.iter().filter(|at| open(at)).for_each(|&at| named[at].study = study.clone());
            }
            return Judged::Studies;
        }
        let smallest = sizes.values().copied().min().unwrap_or_default();
        let few = sizes.len() > 1
            && smallest >= TRANSCRIPTS_OF_PREFIX
            && (sizes.len() <= FEW_PREFIXES || smallest > sizes.len());
        let say_otherwise = "`NAME=PATH`, or a column `study`, says otherwise";
        if few && all && !people.as_ref().is_some_and(|people| people.is_sure) {
            // A few people of a few waves each would look the same.
            let is_told = is_free && people_like(&sizes, self, named);
            if is_told {
                let names: Vec<&str> = sizes.keys().copied().collect();
                warnings.push(format!(
                    "`{place}`: ids name the studies {}; where these are people who were interviewed several times, \
                     {say_otherwise}",
                    some(&names)
                ));
            }
            warnings.extend(spelt());
            let studies: BTreeMap<&str, Name> = sizes.keys().map(|&prefix| (prefix, prefix.into())).collect();
            for &at in self.members.iter().filter(|at| open(at)) {
                if let Some(study) = prefixes.of(&named[at].id).map(|prefix| studies[prefix].clone()) {
                    named[at].study = study;
                }
            }
            return if is_told { Judged::Doubted } else { Judged::Studies };
        }
        if let Some(people) = people {
            let otherwise = format!("give them ids without {}", people.told_by);
            // Beside parts of interviews others are whole.
            let mut times: HashMap<&str, usize> = HashMap::new();
            people.of.iter().for_each(|person| *times.entry(person).or_default() += 1);
            let comes_again = |person: &str| times.get(person).is_some_and(|&n| n > 1);
            let ids = self.ids(named).into_iter().zip(&people.of);
            let (ids, of): (Vec<&str>, Vec<String>) = ids
                .filter(|(id, person)| id != person || comes_again(person))
                .map(|(id, person)| (id, person.clone()))
                .unzip();
            warnings.push(taken_for_people(place, &ids, &of, &otherwise));
            for (&at, person) in self.members.iter().zip(people.of) {
                named[at].person = Some(person);
            }
            return Judged::People;
        }
        if few && is_free {
            let others: Vec<&str> =
                self.members.iter().map(|&at| named[at].id.as_str()).filter(|id| id_prefix(id).is_none()).collect();
            let names: Vec<&str> = sizes.keys().copied().collect();
            warnings.push(format!(
                "`{place}`: ids name the studies {}, but {} name none, so all were taken for one study; {say_otherwise}",
                some(&names),
                some(&others)
            ));
            return Judged::Studies;
        }
        Judged::Open
    }

    /// Who was interviewed, where every id is a name with a wave.
    fn people(&self, origins: &[Origin<'_>], places: &[Place], named: &[Named]) -> Option<People> {
        let ids = self.ids(named);
        let by_numbers = || waves::by_numbers(&ids).filter(|_| self.are_talks(origins));
        // Rows of a survey may be its parts, and what stands beside a date in them a place.
        let are_files = self.members.iter().all(|&at| !places[origins[at].file].is_table);
        let is_told = |people: &People| are_files || (people.is_sure && self.are_talks(origins));
        let by_parts = || parts::by_parts(&ids).or_else(|| parts::by_dates(&ids)).filter(is_told);
        let by_words = || waves::by_words(&ids).or_else(by_numbers).or_else(|| in_other_words(&ids));
        let answers = |at: usize, person: &str| {
            who_answers(origins[self.members[at]].turns).into_iter().any(|label| key(label) == person)
        };
        let by_speakers = || self.are_talks(origins).then(|| parts::by_speakers(&ids, answers)).flatten();
        by_words().or_else(by_parts).or_else(by_speakers).or_else(|| self.by_low_numbers(&ids, origins))
    }

    /// Who was interviewed several times, where one prefix is the label of whoever answers in all.
    fn by_label(&self, origins: &[Origin<'_>], named: &[Named]) -> Option<People> {
        let are_low = self.members.len() > 1 && self.members.len() <= MAX_WAVE as usize;
        are_low.then(|| self.by_low_numbers(&self.ids(named), origins)).flatten().filter(|people| people.is_sure)
    }

    /// Whether one person alone answers in all, under the same name.
    fn are_of_one(&self, origins: &[Origin<'_>]) -> bool {
        let mut names = BTreeSet::new();
        let is_one = |&at: &usize| match who_answers(origins[at].turns)[..] {
            [one] => {
                names.insert(key(one));
                names.len() == 1
            }
            _ => false,
        };
        let is_name = |name: &str| !name.contains(|c: char| c.is_ascii_digit()) && !PARTICIPANTS.contains(&name);
        self.members.iter().all(is_one) && names.iter().all(|name| is_name(name))
    }

    fn ids<'n>(&self, named: &'n [Named]) -> Vec<&'n str> {
        self.members.iter().map(|&at| named[at].id.as_str()).collect()
    }

    /// Whether several speak in each; the rows of a survey begin with the same title.
    fn are_talks(&self, origins: &[Origin<'_>]) -> bool {
        let mut begun = BTreeSet::new();
        self.members.iter().map(|&at| &origins[at]).all(|origin| {
            origin.turns.first().is_some_and(|first| {
                origin.turns.iter().any(|turn| turn.speaker != first.speaker)
                    && begun.insert((origin.file, first.document, first.span.start))
            })
        })
    }

    /// The same, where the waves are numbers behind the names and nothing else says so.
    fn by_low_numbers(&self, ids: &[&str], origins: &[Origin<'_>]) -> Option<People> {
        let waves: Vec<(&str, u32)> = ids.iter().map(|id| wave(id)).collect::<Option<_>>()?;
        let mut of: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
        for &(person, wave) in &waves {
            if !of.entry(key(person)).or_default().insert(wave) {
                return None;
            }
        }
        // `April_1`, `May_2`
        if of.keys().all(|person| calendar::is_month(person)) {
            return None;
        }
        let longest = of.values().map(BTreeSet::len).max().unwrap_or_default();
        let again = of.values().filter(|waves| waves.len() > 1).count();
        // Whose label is the prefix, answers; files may be called after the interviewer too.
        let by_labels = self.members.iter().zip(&waves).all(|(&at, (person, _))| {
            let person = key(person);
            who_answers(origins[at].turns).into_iter().any(|label| key(label) == person)
        });
        // Of three people or more most come again; of two, each from the first wave on.
        let likely = match of.len() {
            0 | 1 => false,
            2 => {
                of.values().all(|waves| waves.iter().copied().eq(1..=waves.len() as u32))
                    && longest <= TRANSCRIPTS_OF_PREFIX
            }
            n => longest < n && again * 2 > n,
        };
        let first = of.values().filter(|waves| waves.contains(&1)).count();
        let is_of_many = of.keys().any(|person| is_of_many(person));
        let are_people = again > 0 && (by_labels || (likely && first * 2 > of.len() && !is_of_many));
        are_people.then(|| People {
            of: spelt_once(waves.into_iter().map(|(person, _)| person)),
            told_by: "a number after the name",
            is_sure: by_labels,
        })
    }
}

/// Who was interviewed, where the ids have words of waves beside what says nothing of them: `Interview anna (T1)`.
fn in_other_words(ids: &[&str]) -> Option<People> {
    let shorter: Vec<String> = ids.iter().map(|id| Marked::new(id).of_wave()).collect::<Option<_>>()?;
    waves::by_words(&shorter.iter().map(String::as_str).collect::<Vec<_>>())
}

fn taken_for_people(place: &str, ids: &[&str], people: &[String], otherwise: &str) -> String {
    format!(
        "`{place}`: {} such as {} were taken for {} interviewed several times, and count once each; where they are \
         different people, {otherwise}",
        counted(ids.len(), "id"),
        some(&of_one(ids, people)),
        counted(people.iter().collect::<BTreeSet<_>>().len(), "participant"),
    )
}

/// Two ids of the first who has several, for messages.
fn of_one<'a>(ids: &[&'a str], people: &[String]) -> Vec<&'a str> {
    let of = |person: &String| -> Vec<&'a str> {
        ids.iter().zip(people).filter(|(_, other)| *other == person).map(|(id, _)| *id).take(2).collect()
    };
    people.iter().map(of).find(|ids| ids.len() == 2).unwrap_or_default()
}

/// Whether prefixes that name studies could be people too: low numbers or years, and no words for places.
fn people_like(sizes: &BTreeMap<&str, usize>, scope: &Scope, named: &[Named]) -> bool {
    let is_low = |id: &str| wave(id).is_some_and(|(_, wave)| wave as usize <= TRANSCRIPTS_OF_PREFIX + 1);
    let is_of_year = |id: &str| id.rsplit_once('_').is_some_and(|(_, year)| calendar::is_year(year));
    let may_be = |fits: &dyn Fn(&str) -> bool| scope.members.iter().all(|&at| fits(&named[at].id));
    (may_be(&is_low) || may_be(&is_of_year)) && !sizes.keys().any(|prefix| is_of_many(prefix))
}

/// Labels whose turns are not mostly questions.
fn who_answers(turns: &[RawTurn]) -> Vec<&str> {
    let mut labels: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for turn in turns {
        let (said, asked) = labels.entry(&turn.speaker).or_default();
        *said += 1;
        *asked += usize::from(ends_in_question(&turn.text));
    }
    labels.into_iter().filter(|(_, (said, asked))| asked * 2 < *said).map(|(label, _)| label).collect()
}

/// Whether a prefix says what several people are of, or are: `icu`, `night_nurses`, `ward3`.
fn is_of_many(prefix: &str) -> bool {
    let counted = prefix.contains(|c: char| c.is_ascii_digit());
    let words = prefix.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).any(|word| is_one_of(PLACES, &word) || (!counted && is_kind(&word)))
}

/// Whether a word in small letters says what somebody is: `nurse`, `pupils`.
pub(super) fn is_kind(word: &str) -> bool {
    is_one_of(KINDS, word)
}

/// Whether a word is in a list, or several of what is.
fn is_one_of(list: &[&str], word: &str) -> bool {
    let mut single = ["es", "s", "en", "innen"].iter().filter_map(|end| word.strip_suffix(end));
    list.contains(&word) || single.any(|word| word.chars().count() > 2 && list.contains(&word))
}
