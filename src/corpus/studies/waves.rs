//! Whose interview an id names where it also names the wave: `anna_T1`, `S01_pre`, `P01_M6`, `P01_v2`, `P01_2031`,
//! `round1_anna`, `101-2`.
//!
//! In: the ids of a table or a folder, all of them. Out: the person of each, where the same people come in the
//! same waves throughout; or two ids that may be one person's, for a warning. It judges no id alone.

use std::collections::{BTreeMap, BTreeSet};

use super::super::label_key::without_accents;
use super::super::policy::{MAX_WAVE, TRANSCRIPTS_OF_PREFIX};
use super::calendar::{is_calendar, is_date, is_year};
use super::is_of_many;
use super::spelling::{key, spelt_once};
use super::words::{ANSWERING, GENERAL, HELD, ORDINALS, STAGES, WAVES};

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

/// Who and which wave: `anna_01`, `P07-2`, `anna t2`, `anna_wave2`.
pub(super) fn wave(id: &str) -> Option<(&str, u32)> {
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
            Wave::Numbered(word, _) => word.len() > 1,
            Wave::Stage(_) => true,
        }
    }
}

/// These also number what several people may be in.
const SOFT: [&str; 5] = ["session", "visit", "interview", "part", "day"];

/// Whether a file or folder is called as one of several interviews of a person is: `session 2`, `post`, `2031-05-01`.
pub(super) fn is_wave(name: &str) -> bool {
    // `M1` may be a man.
    let is_word = |wave: Wave| !matches!(wave, Wave::Numbered(word, _) if word.len() == 1 && word != "t");
    Wave::new(name).is_some_and(is_word) || is_date(name)
}

/// Whether a folder alone may be called so; the folders beside it tell.
pub(super) fn may_be_wave(name: &str) -> bool {
    is_year(name.trim()) || is_date(name) || is_calendar(name) || Wave::new(name).is_some()
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
    people.find(|person| !person.is_empty()).unwrap_or(name)
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
            Side::Behind => of.keys().all(|person| is_code(person)),
        },
        // Places have years, too.
        Some(&YEAR) => of.keys().all(|person| is_code(person)),
        Some(word) if BRIEF.contains(word) => side == Side::Behind && of.keys().all(|person| is_answering(person)),
        Some(&"t") if !is_gapped => match side {
            Side::Behind => waves.len() <= TRANSCRIPTS_OF_PREFIX,
            Side::Before => is_named(),
        },
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
mod tests {
    use super::*;

    fn crossed(people: &[&str], waves: &[&str], form: impl Fn(&str, &str) -> String) -> Vec<String> {
        people.iter().flat_map(|person| waves.iter().map(|wave| form(person, wave)).collect::<Vec<_>>()).collect()
    }

    fn who(ids: &[String]) -> Option<Vec<String>> {
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let mut people = by_words(&ids).or_else(|| by_numbers(&ids))?.of;
        people.dedup();
        Some(people)
    }

    #[test]
    fn words_for_waves_stand_behind_the_name() {
        let behind = |person: &str, wave: &str| format!("{person}_{wave}");
        for waves in [
            &["pre", "post"][..],
            &["Pre-test", "Post-test"],
            &["pre-interview", "post-interview"],
            &["baseline", "follow-up"],
            &["baseline", "followup_1", "followup_2"],
            &["M0", "M6", "M12"],
            &["baseline", "3 months", "12mo"],
            &["T0", "T1", "T2"],
            &["T1", "T2", "T3"],
            &["wave-1", "wave-2"],
            &["vorher", "nachher"],
            &["BL", "FU"],
            &["Erstinterview", "Zweitinterview"],
            &["Erstgespräch", "Zweitgespra\u{308}ch"],
            &["1er entretien", "2e entretien"],
            &["antes", "despues"],
            &["antes", "después"],
            &["före", "efter"],
            &["início", "fim"],
            &["term1", "term2"],
            &["first", "second"],
        ] {
            let ids = crossed(&["K07", "K08", "K11"], waves, behind);
            assert_eq!(who(&ids).unwrap(), ["K07", "K08", "K11"], "{waves:?}");
            let ids = crossed(&["207", "208", "311"], waves, |person, wave| format!("{person} {wave}"));
            assert_eq!(who(&ids).unwrap(), ["207", "208", "311"], "{waves:?}");
        }
        for waves in [
            &["session1", "session2"][..],
            &["day 1", "day 2"],
            &["interview_1", "interview_2"],
            &["partie1", "partie2"],
            &["Int1", "Int2"],
            &["gesprek1", "gesprek2"],
            &["wywiad 1", "wywiad 2"],
            &["2031", "2034"],
            &["rec 1", "rec 2"],
        ] {
            assert_eq!(who(&crossed(&["K07", "K08"], waves, behind)).unwrap(), ["K07", "K08"], "{waves:?}");
        }
        for waves in [&["v1", "v2"][..], &["V1", "V2", "V3"], &["i1", "i2"]] {
            let ids = crossed(&["P01", "P02", "P03"], waves, behind);
            assert_eq!(who(&ids).unwrap(), ["P01", "P02", "P03"], "{waves:?}");
            let ids = crossed(&["TN1", "TN2"], waves, |person, wave| format!("{person}.{wave}"));
            assert_eq!(who(&ids).unwrap().len(), 2, "{waves:?}");
        }
        let days: Vec<String> = (1..=14).map(|day| format!("day{day}")).collect();
        let days: Vec<&str> = days.iter().map(String::as_str).collect();
        assert_eq!(who(&crossed(&["P1", "P2", "P3"], &days, behind)).unwrap().len(), 3);
        // Some do not come again.
        let mut ids = crossed(&["ida", "jon", "kim"], &["pre", "post"], behind);
        ids.push("Lea_pre".to_owned());
        assert_eq!(who(&ids).unwrap().len(), 4);
        // As warnings ask for it; codes may be written in several ways.
        for (ids, n) in [
            (&["anna_T1", "anna_T2"][..], 1),
            (&["P1_T0", "P1_T1", "P1_T2"], 1),
            (&["anna_T1", "anna_T2", "ben_T1", "cleo_T1", "dora_T1"], 4),
            (&["P1_T1", "p01_T2", "P2_T1", "P2_T2"], 2),
        ] {
            assert_eq!(who(&ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>()).unwrap().len(), n, "{ids:?}");
        }
    }

    #[test]
    fn words_for_waves_stand_before_the_name() {
        let before = |person: &str, wave: &str| format!("{wave}_{person}");
        for waves in [&["round1", "round2"][..], &["wave 1", "wave 2"], &["pre", "post"], &["T1", "T2"]] {
            assert_eq!(who(&crossed(&["ida", "jon"], waves, before)).unwrap(), ["ida", "jon"], "{waves:?}");
        }
        assert_eq!(who(&crossed(&["ida", "jon", "kim"], &["interview1", "interview2"], before)).unwrap().len(), 3);
        assert_eq!(who(&crossed(&["P1", "P2"], &["round1", "round2"], before)).unwrap().len(), 2);
    }

    #[test]
    fn what_several_people_may_be_of_is_no_wave() {
        let behind = |person: &str, wave: &str| format!("{person}_{wave}");
        let before = |person: &str, wave: &str| format!("{wave}_{person}");
        for ids in [
            crossed(&["S01", "S02", "S03"], &["M1", "M2"], behind),
            crossed(&["S01", "S02", "S03"], &["P1", "P2"], behind),
            crossed(&["ward1", "ward2"], &["pre", "post"], behind),
            crossed(&["nurse", "doctor"], &["pre", "post"], behind),
            crossed(&["FG1", "FG2"], &["pre", "post"], behind),
            crossed(&["couple1", "couple2"], &["husband", "wife"], behind),
            crossed(&["york", "leeds"], &["session1", "session2", "session3", "session4"], behind),
            crossed(&["york", "leeds"], &["day1", "day2"], behind),
            crossed(&["G1", "G2"], &["session1", "session2"], behind),
            crossed(&["school1", "school2"], &["day1", "day2"], behind),
            crossed(&["P1", "P2", "P3"], &["session1", "session2"], before),
            crossed(&["P1", "P2", "P3"], &["T1", "T2"], before),
            crossed(&["P1", "P2", "P3"], &["W1", "W2"], before),
            crossed(&["P1", "P2", "P3"], &["site1", "site2"], before),
            crossed(&["01", "02", "03"], &["pre", "post"], before),
            crossed(&["anna"], &["pre", "post"], behind),
            crossed(&["S01"], &["T1", "T2"], behind),
            crossed(&["anna"], &["T2", "T3"], behind),
            crossed(&["anna"], &["T1", "T2"], before),
            crossed(&["anna", "bert"], &["month6", "week1"], behind),
            crossed(&["anna", "bert", "cleo"], &["v1", "v2"], behind),
            crossed(&["anna", "bert", "cleo"], &["2031", "2032"], behind),
            crossed(&["ward1", "ward2"], &["2031", "2032"], behind),
            crossed(&["S01", "S02", "S03"], &["i1", "i2"], behind),
            crossed(&["G1", "G2"], &["v1", "v2"], behind),
            crossed(&["P1", "P2", "P3"], &["i1", "i2"], before),
            crossed(&["P01", "P02", "P03"], &["x1", "x2"], behind),
            crossed(&["P01", "P02", "P03"], &["2e", "3e"], behind),
            crossed(&["P01", "P02", "P03"], &["9e entretien", "10e entretien"], behind),
            crossed(&["P01", "P02", "P03"], &["1031", "1032"], behind),
            crossed(&["2023", "2024", "2025"], &["1", "2"], behind),
            crossed(&["12", "13", "14"], &["1", "2"], behind),
            crossed(&["101", "102"], &["1", "2"], behind),
            crossed(&["101", "102", "103"], &["001", "002"], behind),
            crossed(&["101", "102", "103"], &["2", "3"], behind),
        ] {
            assert_eq!(who(&ids), None, "{ids:?}");
        }
        let twice = ["ida_pre", "ida_pre", "jon_pre", "jon_post"].map(str::to_owned);
        assert_eq!(who(&twice), None);
        let first_only = ["ida_pre", "jon_pre", "kim_pre", "kim_post", "lea_pre"].map(str::to_owned);
        assert_eq!(who(&first_only), None);
    }

    #[test]
    fn waves_have_names_of_their_own() {
        let waves = [
            "session 2",
            "Interview_1",
            "pre",
            "post-test",
            "T2",
            "week3",
            "2031-05-01",
            "20310501",
            "1.5.2031",
            "2031 05 01",
            "baseline",
        ];
        assert!(waves.into_iter().all(is_wave));
        let others =
            ["M1", "P2", "talk", "1", "2031", "2031-05", "20311301x", "99999999", "2031-45-01", "interview", ""];
        others.into_iter().for_each(|name| assert!(!is_wave(name), "{name}"));
        assert!(["P01", "K7", "ID 12", "Participant_3", "s2"].into_iter().all(is_code));
        for name in ["FG1", "ward 2", "W1", "anna", "12", "P01b", ""] {
            assert!(!is_code(name), "{name}");
        }
    }

    #[test]
    fn numbers_of_people_have_numbers_of_waves_behind_them() {
        let ids = crossed(&["411", "412", "420"], &["1", "2"], |person, wave| format!("{person}-{wave}"));
        assert_eq!(who(&ids).unwrap(), ["411", "412", "420"]);
        assert_eq!(who(&ids[..5]).unwrap().len(), 3);
        assert_eq!(who(&ids[..4]), None, "of two people less is told");
    }

    #[test]
    fn what_may_be_waves_is_told_where_it_does_not_hold_for_all() {
        let perhaps = |ids: &[&'static str]| super::super::parts::perhaps(ids, true);
        let ids = ["ida_pre", "ida_post", "jon_pre", "jon_post", "pilot"];
        assert_eq!(perhaps(&ids).map(|ids| ids.len()), Some(2));
        assert!(perhaps(&["411-1", "411-2", "412-1", "412-2"]).is_some());
        assert!(super::super::parts::perhaps(&["411-1", "411-2", "412-1", "412-2"], false).is_none());
        assert!(perhaps(&["K1_day1", "K1_day2", "K2_day1", "K2_day2", "pilot"]).is_some());
        for ids in [
            ["P01.1", "P01.2", "P02.1", "P02.2"],
            ["S01_i1", "S01_i2", "S02_i1", "S02_i2"],
            ["ida_v1", "ida_v2", "jon_v1", "jon_v2"],
            ["ida_2031", "ida_2034", "jon_2031", "jon_2034"],
            ["P01", "P01_2", "P02", "P02_2"],
            ["P01", "P01_v2", "P02", "P02_v2"],
        ] {
            assert_eq!(perhaps(&ids).as_deref(), Some(&ids[..2]), "{ids:?}");
        }
        for ids in [
            &["ida_pre", "jon_pre", "ida_post"][..],
            &["S01_M1", "S01_M2", "S02_M1", "S02_M2"],
            &["bees_interview_1", "bees_interview_2", "wasps_interview_1", "wasps_interview_2"],
            &["ward1_pre", "ward1_post", "ward2_pre", "ward2_post"],
            &["anna", "bert"],
            &["site.1", "site.2", "ward.1", "ward.2"],
            &["FGD-1", "FGD-2", "KII-1", "KII-2", "IDI-1", "IDI-2"],
            &["infirmiere_1", "infirmiere_2", "medico_1", "medico_2"],
            &["P01.7", "P01.8", "P02.7", "P02.8"],
            &["P01.1", "P02.1", "P03.2"],
            &["ida.1", "ida.2", "jon.1", "jon.2", "P1", "P2", "P3", "P4", "P5"],
        ] {
            assert_eq!(perhaps(ids), None, "{ids:?}");
        }
    }
}
