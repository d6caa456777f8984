//! Whose interview an id names where it also names the wave: `anna_T1`, `S01_pre`, `P01_M6`, `P01_v2`, `P01_2031`,
//! `round1_anna`, `101-2`.
//!
//! In: the ids of a table or a folder, all of them. Out: the person of each, where the same people come in the
//! same waves throughout; or two ids that may be one person's, for a warning. It judges no id alone.

use std::collections::{BTreeMap, BTreeSet};

use super::super::label_key::without_accents;
use super::super::policy::{MAX_WAVE, TRANSCRIPTS_OF_PREFIX};
use super::super::role_names::PARTICIPANTS;
use super::calendar::{is_calendar, is_date, is_year};
use super::is_of_many;
use super::spelling::{key, spelt_once};
use super::words::{ANSWERING, GENERAL, HELD, KINDS, OF_PEOPLE, ORDINALS, STAGES, WAVES};

/// People who were interviewed several times.
pub(super) struct People {
    /// The person of each id.
    pub(super) of: Vec<String>,
    /// What tells it, for messages.
    pub(super) told_by: &'static str,
    /// It goes before the studies that ids name.
    pub(super) is_sure: bool,
}

/// What stands between the parts of an id.
pub(super) const BETWEEN: [char; 4] = ['_', '-', ' ', '.'];
/// Waves of one person, at most, where words tell them; days of a diary.
pub(super) const MOST_WAVES: usize = 8;
pub(super) const MOST_DAYS: usize = 31;
/// Waves that a bare number behind a code tells, at most.
const MOST_NUMBERED: u32 = 4;
/// Digits of a number that is a person's, at least.
const PERSON_DIGITS: usize = 3;

/// Who and which wave: `anna_01`, `P07-2`, `anna t2`, `anna_wave2`, `Ute II`.
pub(super) fn wave(id: &str) -> Option<(&str, u32)> {
    if let Some(found) = in_roman(id) {
        return Some(found);
    }
    const KINDS: [&str; 7] = ["t", "w", "wave", "time", "round", "session", "interview"];
    let is_word = |word: &str| {
        let word: String = without_accents(&word.to_lowercase()).collect();
        word == "visit" || WAVES.iter().any(|(spelt, kind)| *spelt == word && KINDS.contains(kind))
    };
    let bare = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let wave: u32 = id[bare.len()..].parse().ok().filter(|wave| (1..=MAX_WAVE).contains(wave))?;
    let bare = bare.trim_end_matches(['_', '-', ' ']);
    let parted = bare.len() < id.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let person = match bare.rsplit_once(['_', '-', ' ']) {
        Some((person, word)) if is_word(word) => person,
        _ if parted => bare,
        _ => return None,
    };
    let person = person.trim_end_matches(['_', '-', ' ']);
    let telling = person.chars().any(char::is_alphabetic) && person.chars().count() >= 2;
    (telling && !GENERAL.contains(&person.to_lowercase().as_str())).then_some((person, wave))
}

/// A name with the number of a wave in Roman letters. `V` may as well be somebody's initial.
fn in_roman(id: &str) -> Option<(&str, u32)> {
    let (person, number) = id.rsplit_once(['_', '-', ' '])?;
    let (_, wave) = [("I", 1), ("II", 2), ("III", 3), ("IV", 4)].into_iter().find(|(roman, _)| *roman == number)?;
    let person = person.trim_end_matches(['_', '-', ' ']);
    let is_name = person.chars().count() > 1 && person.contains(char::is_lowercase);
    (is_name && !GENERAL.contains(&person.to_lowercase().as_str())).then_some((person, wave))
}

/// Who was interviewed, where every id has a word for its wave on the same side of the name.
pub(super) fn by_words(ids: &[&str]) -> Option<People> {
    let parted = |side| ids.iter().map(|id| Parted::new(id, side)).collect::<Option<Vec<_>>>();
    let (side, parted) = [Side::Behind, Side::Before].into_iter().find_map(|side| Some((side, parted(side)?)))?;
    are_told(&parted, side).then(|| People {
        of: spelt_once(parted.iter().map(|parted| parted.person)),
        told_by: "the word of a wave",
        is_sure: true,
    })
}

/// Who was interviewed, where every id is the number of a person and a low one of a wave: three people or more, most
/// of them in all waves, from the first on without a gap.
pub(super) fn by_numbers(ids: &[&str]) -> Option<People> {
    let parted: Vec<(&str, u32)> = ids.iter().map(|id| numbered(id)).collect::<Option<_>>()?;
    let length = parted.first()?.0.len();
    let (of, waves) = waves_of(parted.iter().map(|&(person, wave)| (person.to_owned(), wave)))?;
    let in_all = of.values().filter(|own| own.len() == waves.len()).count();
    let told = of.len() > TRANSCRIPTS_OF_PREFIX - 1
        && parted.iter().all(|(person, _)| person.len() == length)
        && waves.len() > 1
        && waves.iter().copied().eq(1..=waves.len() as u32)
        && in_all * 2 > of.len();
    told.then(|| People {
        of: parted.iter().map(|(person, _)| (*person).to_owned()).collect(),
        told_by: "a number behind the number",
        is_sure: true,
    })
}

/// An id that may be one person's, with that person and which of theirs it is.
pub(super) type Doubted<'a> = (&'a str, String, String);

/// Ids that may be one person's by a word or a number for a wave, each way of telling apart; numbers behind numbers
/// only of talks.
pub(super) fn doubted<'a>(ids: &[&'a str], are_talks: bool) -> [Vec<Doubted<'a>>; 4] {
    let words = |side| {
        let parted = |id: &&'a str| Some((*id, Parted::new(id, side)?));
        let of = ids.iter().filter_map(parted);
        let of = of.filter(|(_, parted)| parted.is_telling(side) && !is_of_many(parted.person));
        of.map(|(id, parted)| (id, key(parted.person), format!("{:?}", parted.wave))).collect::<Vec<_>>()
    };
    // A number tells little where few ids have one.
    let numbers = |of: fn(&str) -> Option<(&str, u32)>| {
        let of_id = |id: &&'a str| of(id).map(|(person, wave)| (*id, key(person), wave.to_string()));
        let found: Vec<_> = ids.iter().filter_map(of_id).collect();
        if found.len() * 2 >= ids.len() { found } else { Vec::new() }
    };
    let of_numbers = if are_talks { numbers(numbered) } else { Vec::new() };
    [words(Side::Behind), words(Side::Before), of_numbers, numbers(counted)]
}

/// Ids of talks that may be one person's by a number that no sign parts from the name: `anna1`, `anna2`. All are so,
/// each person has the first, most have several, and there are more people than waves.
pub(super) fn glued<'a>(ids: &[&'a str]) -> Vec<Doubted<'a>> {
    let parted = |id: &&'a str| {
        let person = id.trim_end_matches(|c: char| c.is_ascii_digit());
        let number: u32 = id[person.len()..].parse().ok().filter(|number| (1..=MAX_WAVE).contains(number))?;
        is_name(person).then(|| (*id, key(person), number.to_string()))
    };
    let Some(found) = ids.iter().map(parted).collect::<Option<Vec<_>>>() else { return Vec::new() };
    let each = found.iter().map(|(_, person, wave)| (person.clone(), wave.clone()));
    let Some((of, waves)) = waves_of(each) else { return Vec::new() };
    let again = of.values().filter(|own| own.len() > 1).count();
    let most = if of.len() == 2 { TRANSCRIPTS_OF_PREFIX } else { of.len().saturating_sub(1) };
    let may_be = of.values().all(|own| own.contains("1")) && again * 2 > of.len() && waves.len() <= most;
    if may_be { found } else { Vec::new() }
}

/// Whether letters are a name, as far as they tell: none that are short for something, and nothing that has several.
fn is_name(letters: &str) -> bool {
    let lower = letters.to_lowercase();
    let is_word = letters.chars().count() > 2 && letters.chars().all(char::is_alphabetic);
    let is_listed = ANSWERING.contains(&lower.as_str()) || PARTICIPANTS.contains(&lower.as_str());
    is_word
        && letters.contains(char::is_lowercase)
        && is_person(letters, Side::Behind)
        && !is_listed
        && !is_of_many(letters)
}

/// The person and the low number behind, which may as well count the people of a household: `P01.1`, `anna_2`.
pub(super) fn counted(id: &str) -> Option<(&str, u32)> {
    let (person, number) = id.trim().rsplit_once(BETWEEN)?;
    let number = Some(number).filter(|number| number.len() <= 2)?.parse().ok()?;
    let is_word = person.chars().all(char::is_alphabetic) && is_person(person, Side::Behind);
    let may_be = (is_word || is_code(person)) && !is_of_many(person);
    let most = if is_word { MAX_WAVE } else { MOST_NUMBERED };
    (may_be && (1..=most).contains(&number)).then_some((person, number))
}

/// Which side of the name the wave stands on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Behind,
}

/// Which wave, by the word for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wave {
    /// `pre`, `baseline`
    Stage(&'static str),
    /// `wave 2`, `M6`, `6 months`; `2031`, which is a [`YEAR`]
    Numbered(&'static str, u32),
}

/// The word for a wave that a year alone names.
const YEAR: &str = "calendar";
/// Letters for visits, versions and interviews that are told behind the code of a person alone: `P01_v2`. `A_i2` may be
/// the second informant of a place.
const BRIEF: [&str; 2] = ["v", "i"];

/// An id in its two parts.
struct Parted<'a> {
    person: &'a str,
    wave: Wave,
}

impl<'a> Parted<'a> {
    fn new(id: &'a str, side: Side) -> Option<Self> {
        let id = id.trim();
        let cuts: Vec<usize> = id.match_indices(BETWEEN).map(|(at, _)| at).collect();
        // `wave 2` and `follow-up` are two parts.
        [2, 1].into_iter().find_map(|n| {
            let (person, word) = match side {
                Side::Behind => id.split_at(*cuts.get(cuts.len().checked_sub(n)?)?),
                Side::Before => {
                    let (word, person) = id.split_at(*cuts.get(n - 1)?);
                    (person, word)
                }
            };
            let (person, wave) = (person.trim_matches(BETWEEN), Wave::new(word).or_else(|| Wave::of_year(word))?);
            is_person(person, side).then_some(Self { person, wave })
        })
    }

    /// Whether nothing else is called so: no letter, which may be short for anything.
    fn is_telling(&self, side: Side) -> bool {
        match self.wave {
            Wave::Numbered("v", _) => side == Side::Behind,
            Wave::Numbered("i", _) => side == Side::Behind && is_code(self.person),
            Wave::Numbered(word, _) if SOFT.contains(&word) => is_code(self.person),
            Wave::Numbered("w", _) => side == Side::Before && !self.person.contains(|c: char| c.is_ascii_digit()),
            Wave::Numbered(word, _) => word.len() > 1,
            Wave::Stage(_) => true,
        }
    }
}

/// These also number what several people may be in.
const SOFT: [&str; 5] = ["session", "visit", "interview", "part", "day"];

/// Whether a file or folder is called as one of several interviews of a person is: `session 2`, `post`, `2031-05-01`.
pub(in super::super) fn is_wave(name: &str) -> bool {
    // `M1` may be a man.
    let is_word = |wave: Wave| !matches!(wave, Wave::Numbered(word, _) if word.len() == 1 && word != "t");
    Wave::new(name).is_some_and(is_word) || is_date(name)
}

/// Whether a folder alone may be called so; the folders beside it tell.
pub(super) fn may_be_wave(name: &str) -> bool {
    is_year(name.trim()) || is_date(name) || is_calendar(name) || Wave::new(name).is_some()
}

/// A folder's name without what stands behind its wave: `Round 1` of `Round 1 (2031)`, `Wave 2` of `Wave 2 - autumn`.
pub(super) fn wave_alone(folder: &str) -> &str {
    let cuts = [" (", " [", " - ", " – ", " — ", ", ", ": "];
    let heads = cuts.iter().filter_map(|cut| folder.split_once(cut)).map(|(head, _)| head.trim_end());
    let head = heads.min_by_key(|head| head.len());
    // A letter and a number may be anything's: `A1 - Leeds`.
    let is_told = |head: &&str| match Wave::new(head) {
        Some(Wave::Numbered(word, _)) => word.len() > 1 || word == "t",
        Some(Wave::Stage(_)) => true,
        None => false,
    };
    head.filter(is_told).unwrap_or(folder)
}

/// How surely folders are called as the waves of a study are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Sure,
    /// Other people may have come on another day, or to another session.
    Perhaps,
}

/// Whether all of several folders are called as waves are: `Baseline` and `Follow-up`, `Week 1` and `Week 2`, years.
pub(super) fn are_waves(names: &BTreeSet<&str>) -> Option<Told> {
    if !(2..=MOST_WAVES).contains(&names.len()) {
        return None;
    }
    if names.iter().all(|name| is_year(name.trim())) {
        return Some(Told::Sure);
    }
    if names.iter().all(|name| is_date(name)) || names.iter().all(|name| is_calendar(name)) {
        return Some(Told::Perhaps);
    }
    let waves: BTreeSet<Wave> = names.iter().map(|name| Wave::new(name)).collect::<Option<_>>()?;
    let counted = |wave: &Wave| if let Wave::Numbered(word, n) = wave { Some((*word, *n)) } else { None };
    let words: BTreeSet<&str> = waves.iter().filter_map(counted).map(|(word, _)| word).collect();
    let numbers: Vec<u32> = waves.iter().filter_map(counted).map(|(_, n)| n).collect();
    let is_gapped = numbers.contains(&0) || numbers.windows(2).any(|pair| pair[1].abs_diff(pair[0]) > 1);
    // `M1` may be a municipality.
    let is_sure = |word: &&str| match word.len() {
        1 => *word == "t" || is_gapped,
        _ => !SOFT.contains(word) && *word != "phase",
    };
    let told = if words.iter().all(is_sure) { Told::Sure } else { Told::Perhaps };
    (waves.len() == names.len()).then_some(told)
}

/// The person in a file's name that says once more which wave's folder it lies in: `P01_baseline` in `Baseline`.
pub(super) fn without_wave<'a>(name: &'a str, folder: &str) -> &'a str {
    let plain = |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let is_same = |part: &str| {
        plain(part) == plain(folder)
            || match (Wave::new(part), Wave::new(folder)) {
                _ if abbreviates(&plain(part), &plain(folder)) => true,
                // `P01_W1` in `Wave 1`
                (Some(Wave::Numbered(a, n)), Some(Wave::Numbered(b, m))) => {
                    n == m && (a.starts_with(b) || b.starts_with(a))
                }
                (a, b) => a.is_some() && a == b,
            }
    };
    let cuts = name.match_indices(BETWEEN).map(|(at, _)| at);
    let halves = cuts.flat_map(|at| {
        let (before, behind) = (&name[..at], &name[at + 1..]);
        [(before, behind), (behind, before)]
    });
    let mut people = halves.filter(|(_, part)| is_same(part)).map(|(person, _)| person.trim_matches(BETWEEN));
    people.find(|person| !person.is_empty()).or_else(|| without_glued(name, folder)).unwrap_or(name)
}

/// Whether it is the first letter of a word, and its number: `r1` of `round1`.
fn abbreviates(short: &str, folder: &str) -> bool {
    let parts = |text: &'_ str| {
        let word = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        (text[..word].to_owned(), text[word..].to_owned())
    };
    let ((letter, n), (word, of)) = (parts(short), parts(folder));
    letter.chars().count() == 1 && !n.is_empty() && n == of && word.starts_with(&letter)
}

/// The same where no sign parts the wave from a code or a name: `P01T1` in `T1`.
fn without_glued<'a>(name: &'a str, folder: &str) -> Option<&'a str> {
    let is_numbered = folder.ends_with(|c: char| c.is_ascii_digit()) && folder.starts_with(char::is_alphabetic);
    let at = name.len().checked_sub(folder.len()).filter(|at| is_numbered && name.is_char_boundary(*at))?;
    let person = name[at..].eq_ignore_ascii_case(folder).then(|| name[..at].trim_end_matches(BETWEEN))?;
    let is_word = || person.chars().count() > 2 && person.chars().all(char::is_alphabetic);
    (Wave::new(folder).is_some() && (is_code(person) || is_word())).then_some(person)
}

/// Whether somebody is called by letters and a number, `P01`, and not by letters that are short for what has several.
pub(super) fn is_code(person: &str) -> bool {
    const OF_MANY: [&str; 9] = ["c", "d", "f", "fg", "g", "gr", "h", "t", "w"];
    let letters = person.trim_end_matches(|c: char| c.is_ascii_digit());
    let word = letters.trim_end_matches(BETWEEN).to_lowercase();
    letters.len() < person.len()
        && !word.is_empty()
        && word.chars().all(char::is_alphabetic)
        && !OF_MANY.contains(&word.as_str())
        && !is_of_many(person)
}

/// Whether a code is that of somebody who answers: `P01`, and not `S01`, which may be a school's.
fn is_answering(person: &str) -> bool {
    let letters = person.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(BETWEEN).to_lowercase();
    is_code(person) && ANSWERING.contains(&letters.as_str())
}

/// Letters of a code, at most, that is somebody's whatever they are short for.
const OF_CODE: usize = 4;

/// Whether a code is somebody's, and not that of a place that no list knows: `K07`, `nurse1`, and not `Standort 1`.
fn is_somebodys(person: &str) -> bool {
    let letters = person.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(BETWEEN).to_lowercase();
    let lists: [&[&str]; 4] = [&ANSWERING, &OF_PEOPLE, KINDS, PARTICIPANTS];
    let is_listed = || lists.iter().any(|list| list.contains(&letters.as_str()));
    is_code(person) && (letters.chars().count() <= OF_CODE || is_listed())
}

impl Wave {
    /// `2031`, which may also number something.
    fn of_year(text: &str) -> Option<Self> {
        let year = text.trim_matches(BETWEEN);
        year.parse().ok().filter(|_| is_year(year)).map(|number| Self::Numbered(YEAR, number))
    }

    /// `pre-interview`, `week 12`, `6 months`
    pub(super) fn new(text: &str) -> Option<Self> {
        let lower = text.to_lowercase();
        let is_kept = |c: &char| !BETWEEN.contains(c);
        let word: String = match lower.is_ascii() {
            true => lower.chars().filter(is_kept).collect(),
            false => without_accents(&lower).filter(is_kept).collect(),
        };
        // `pre-interview`, `Erstgespräch`, `2e entretien`
        let held = HELD.iter().find_map(|held| word.strip_suffix(held)).filter(|stage| !stage.is_empty());
        let stage = held.unwrap_or(&word);
        let stage = STAGES.iter().find(|(spelt, _)| *spelt == stage).map(|(_, stage)| *stage);
        if let Some(stage) = stage.or_else(|| ordinal(held?)) {
            return Some(Self::Stage(stage));
        }
        let number = word.trim_matches(|c: char| !c.is_ascii_digit());
        // A letter behind a number is of anything: `3b`.
        let letters = word.strip_suffix(number).or_else(|| word.strip_prefix(number).filter(|rest| rest.len() > 1))?;
        let (_, wave) = WAVES.iter().find(|(spelt, _)| *spelt == letters)?;
        let number = number.parse().ok().filter(|number| *number <= MAX_WAVE * 10)?;
        Some(Self::Numbered(wave, number))
    }
}

/// `2e`, `1er`
fn ordinal(word: &str) -> Option<&'static str> {
    let (number, ending) = word.split_at(word.find(|c: char| !c.is_ascii_digit())?);
    let at = number.parse::<usize>().ok()?.checked_sub(1)?;
    ["first", "second", "third", "fourth"].get(at).copied().filter(|_| ORDINALS.contains(&ending))
}

/// Whether what stands beside the wave may be a person. A number may be one before the wave: behind it, as in
/// `post_3`, it counts people of that wave.
fn is_person(text: &str, side: Side) -> bool {
    let lower = text.to_lowercase();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let telling = (letters > 0 && letters + digits > 1) || (side == Side::Behind && digits > 1);
    // `T1` may be a teacher, but `wave1` is nobody.
    let is_wave = Wave::new(text).is_some_and(|wave| !matches!(wave, Wave::Numbered(word, _) if word.len() == 1));
    telling && !is_wave && !GENERAL.contains(&lower.as_str())
}

/// Whether ids in their parts are of people: each once in a wave, several in all waves, and most in more than one.
fn are_told(parted: &[Parted<'_>], side: Side) -> bool {
    let each = parted.iter().map(|parted| (key(parted.person), parted.wave.clone()));
    let Some((of, waves)) = waves_of(each) else { return false };
    let again = of.values().filter(|own| own.len() > 1).count();
    let in_all = of.values().filter(|own| own.len() == waves.len()).count();
    let counted: BTreeSet<&str> =
        waves.iter().filter_map(|wave| if let Wave::Numbered(word, _) = wave { Some(*word) } else { None }).collect();
    let numbers: Vec<u32> =
        waves.iter().filter_map(|wave| if let Wave::Numbered(_, n) = wave { Some(*n) } else { None }).collect();
    let is_named = || of.keys().all(|person| !person.contains(|c: char| c.is_ascii_digit()));
    let are_days = side == Side::Behind && counted.first() == Some(&"day") && of.keys().all(|person| is_code(person));
    // `M1`, `M2` may be men, and `W1` a workshop; `M0`, `M6`, `M12` are months.
    let is_gapped = numbers.contains(&0) || numbers.windows(2).any(|pair| pair[1].abs_diff(pair[0]) > 1);
    let fits = match counted.first() {
        None => true,
        Some(&word) if SOFT.contains(&word) => match side {
            Side::Before => is_named() && waves.len() < of.len(),
            Side::Behind => of.keys().all(|person| is_somebodys(person)),
        },
        // Places have years, too.
        Some(&YEAR) => of.keys().all(|person| is_code(person)),
        Some(word) if BRIEF.contains(word) => side == Side::Behind && of.keys().all(|person| is_answering(person)),
        Some(&"t") if !is_gapped => match side {
            Side::Behind => waves.len() <= TRANSCRIPTS_OF_PREFIX,
            Side::Before => is_named(),
        },
        // The same people in all workshops are the same, too.
        Some(&"w") if side == Side::Before => is_gapped || is_named(),
        Some(word) if side == Side::Before && word.len() == 1 => {
            is_gapped || (is_named() && of.len() > 2 && in_all == of.len())
        }
        Some(word) => word.len() > 1 || is_gapped,
    };
    let are_crossed = in_all > 1 && again * 2 > of.len() && (of.len() > 2 || in_all == of.len());
    // The form that warnings ask for: `anna_T1`, `anna_T2`, be she the only one who came again.
    let is_asked_for = counted.first() == Some(&"t")
        && numbers.len() == waves.len()
        && numbers.iter().zip(numbers[0]..).all(|(n, next)| *n == next && *n <= MAX_WAVE)
        && numbers[0] <= 1
        && of.keys().all(|person| is_answering(person) || !person.contains(|c: char| c.is_ascii_digit()));
    (2..=if are_days { MOST_DAYS } else { MOST_WAVES }).contains(&waves.len())
        && counted.len() <= 1
        && (are_crossed || (side == Side::Behind && again > 0 && is_asked_for))
        && fits
        && !of.keys().any(|person| is_of_many(person))
}

/// The waves of each person.
type WavesOf<W> = BTreeMap<String, BTreeSet<W>>;

/// The waves of each person, and all of them; none where somebody has one twice.
fn waves_of<W: Ord + Clone>(each: impl Iterator<Item = (String, W)>) -> Option<(WavesOf<W>, BTreeSet<W>)> {
    let mut of: WavesOf<W> = BTreeMap::new();
    let mut all = BTreeSet::new();
    for (person, wave) in each {
        all.insert(wave.clone());
        if !of.entry(person).or_default().insert(wave) {
            return None;
        }
    }
    Some((of, all))
}

/// The number of a person and of a wave: `101-2`, but not `2024-2`, a year's second.
fn numbered(id: &str) -> Option<(&str, u32)> {
    let (person, wave) = id.trim().rsplit_once(BETWEEN)?;
    let is_year = person.len() == 4 && (person.starts_with("19") || person.starts_with("20"));
    let is_number = person.len() >= PERSON_DIGITS && person.bytes().all(|b| b.is_ascii_digit());
    let wave = Some(wave).filter(|wave| wave.len() == 1)?.parse().ok()?;
    (is_number && !is_year && (1..=MOST_NUMBERED).contains(&wave)).then_some((person, wave))
}

#[cfg(test)]
mod tests;
