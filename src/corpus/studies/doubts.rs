//! Ids of one table or folder that may be one person's, and count as several: what nothing has made one.
//!
//! In: the ids with who each counts as. Out: warnings, each with two of the ids: versions of a talk that say other
//! things, groups that met again, people with several interviews, and ids that name a wave and nobody. It changes
//! nothing, and says nothing of ids that count the people of a place or the talks of a subject.

use std::collections::{BTreeMap, BTreeSet};

use super::super::error::some;
use super::is_of_many;
use super::marked::{Mark, Marked};
use super::spelling::key;
use super::waves::{MOST_DAYS, MOST_WAVES, is_code};
use super::words::{GROUPS, PIECES, PLACES};

/// Ids that are looked at, from the first on: a survey may have a million.
pub(super) const MOST_IDS: usize = 20_000;
/// Ids with a number before the same word, or with the same word beside a date, at most; more count something else.
const MOST_COUNTED: usize = 3;

/// Warnings, and whether one says that ids may be one person's.
#[derive(Default)]
pub(super) struct Told {
    pub(super) warnings: Vec<String>,
    pub(super) of_a_person: bool,
    /// The same of ids that are one title and a day, as programs save meetings: true where one person answers in all.
    pub(super) of_meetings: Option<String>,
}

/// An id whose person another id may have, too.
struct Found<'a> {
    id: &'a str,
    who: &'a str,
    marks: BTreeSet<Mark>,
    is_meeting: bool,
}

/// Looks at the ids of a place, each with the one it counts as; waves alone are left out where the place says that they
/// are of others.
pub(super) fn told(place: &str, are_others: bool, ids: &[&str], who: &[&str]) -> Told {
    let mut alike: BTreeMap<String, (String, Vec<Found<'_>>)> = BTreeMap::new();
    let mut nobody: Vec<Found<'_>> = Vec::new();
    let mut recorded: BTreeMap<String, Vec<(&str, &str)>> = BTreeMap::new();
    for (&id, &who) in ids.iter().zip(who) {
        if let Some(person) = recording(id) {
            recorded.entry(person).or_default().push((id, who));
            continue;
        }
        let marked = Marked::new(who);
        let found = Found { id, who, marks: marked.marks().collect(), is_meeting: marked.is_meeting() };
        let person = marked.person();
        if marked.is_telling() {
            alike.entry(key(&person)).or_insert_with(|| (person, Vec::new())).1.push(found);
        } else if person.is_empty() {
            nobody.push(found);
        }
    }
    let mut told = Told::default();
    let mut of_kind: BTreeMap<Kind, Vec<&str>> = BTreeMap::new();
    for (person, found) in alike.values() {
        if let Some(kind) = kind(person, found, ids.len()) {
            let first = found.iter().find(|other| other.who != found[0].who).map_or("", |other| other.id);
            of_kind.entry(kind).or_insert_with(|| vec![found[0].id, first]);
        }
    }
    if !are_others && are_waves(&nobody) {
        of_kind.insert(Kind::Nobody, nobody.iter().map(|found| found.id).take(2).collect());
    }
    let of_several = |own: &&Vec<(&str, &str)>| own.iter().any(|(_, who)| *who != own[0].1);
    if let Some(own) = recorded.values().find(of_several) {
        of_kind.insert(Kind::Recordings, own.iter().map(|(id, _)| *id).take(2).collect());
    }
    for (kind, ids) in of_kind {
        told.of_a_person |= matches!(kind, Kind::Person | Kind::Meetings);
        let warning = format!("`{place}`: {}", kind.says(&some(&ids)));
        if kind == Kind::Meetings {
            told.of_meetings = Some(warning);
        } else {
            told.warnings.push(warning);
        }
    }
    told
}

/// Whose recording it is in several pieces, where the id says which piece this is: `Reed side A`, `tape 1b`, `CD2`.
fn recording(id: &str) -> Option<String> {
    let lower = id.to_lowercase();
    let mut parts: Vec<&str> = Vec::new();
    for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        // `cd1`, `1a`
        let is_digit = |c: char| c.is_ascii_digit();
        let change = word.find(|c: char| is_digit(c) != word.starts_with(is_digit)).unwrap_or(word.len());
        let (first, rest) = word.split_at(change);
        parts.extend([first, rest].into_iter().filter(|part| !part.is_empty()));
    }
    let at = parts.iter().position(|part| PIECES.contains(part))?;
    let is_number = |part: &str| part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
    let is_letter = |part: &str| matches!(part, "a" | "b" | "c" | "d" | "i" | "ii" | "iii");
    let says_which = |part: &&str| is_number(part) || is_letter(part);
    let behind = &parts[at + 1..];
    let is_one = behind.iter().any(says_which) && behind.iter().all(|part| says_which(part) || PIECES.contains(part));
    is_one.then(|| parts[..at].join(" "))
}

/// The warning that ids may be one person's.
pub(super) fn of_a_person(place: &str, ids: &[&str]) -> String {
    format!("`{place}`: {}", Kind::Person.says(&some(ids)))
}

/// What ids that name the same person may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Versions,
    Group,
    Person,
    Meetings,
    Nobody,
    Recordings,
}

impl Kind {
    fn says(self, ids: &str) -> String {
        const FORM: &str = "give all ids the form `anna_T1`, `anna_T2`, `ben_T1`";
        match self {
            Self::Versions => format!(
                "ids such as {ids} are called as versions of one talk are, but say different things, and count as \
                 different participants; where they are one person's, {FORM}"
            ),
            Self::Group => format!(
                "ids such as {ids} may be one group that met again, and its people count as others each time; where \
                 nobody should count twice, make each time a study (`NAME=PATH`)"
            ),
            Self::Person | Self::Meetings => format!(
                "ids such as {ids} may be one person's, who counts as several participants; where they are, {FORM}"
            ),
            Self::Recordings => format!(
                "ids such as {ids} are called as sides or parts of one recording, and each counts as a participant; where \
                 they are one person's, make one file of them, or {FORM}"
            ),
            Self::Nobody => format!(
                "ids such as {ids} say when and not who, and each counts as a participant; where they are one person's, \
                 {FORM}"
            ),
        }
    }
}

/// What ids with the same person may be, of so many in all; nothing where that is not doubtful.
fn kind(person: &str, found: &[Found<'_>], n_ids: usize) -> Option<Kind> {
    let different: BTreeSet<&str> = found.iter().map(|found| found.who).collect();
    let marks: BTreeSet<Mark> = found.iter().flat_map(|found| found.marks.iter().copied()).collect();
    if different.len() < 2 || marks.is_empty() {
        return None;
    }
    let are_all = |fits: fn(&Mark) -> bool| marks.iter().all(fits);
    if are_all(|mark| *mark == Mark::Version) {
        return Some(Kind::Versions);
    }
    // What a letter counts are people, unless numbers are left out; behind a subject interviews of several.
    let number = |mark: &Mark| if let Mark::Letter(n) = mark { Some(*n) } else { None };
    let letters: Vec<u32> = marks.iter().filter_map(number).collect();
    let is_gapped = letters.contains(&0) || letters.windows(2).any(|pair| pair[1] - pair[0] > 1);
    let is_code = is_code(person);
    if (are_all(|mark| matches!(mark, Mark::Letter(_))) && !is_gapped)
        || (are_all(|mark| matches!(mark, Mark::Behind | Mark::Record)) && !is_code && marks.contains(&Mark::Behind))
    {
        return None;
    }
    let is_group = is_group(person);
    if is_group || is_only_of_many(person) {
        return is_group.then_some(Kind::Group);
    }
    let are_counted = are_all(|mark| matches!(mark, Mark::Number | Mark::Record));
    let are_times = are_all(|mark| !matches!(mark, Mark::Wave | Mark::Letter(_) | Mark::Version));
    let is_subject = found.len() == n_ids && are_times;
    if is_subject && found.iter().all(|found| found.is_meeting) {
        return Some(Kind::Meetings);
    }
    let most = match marks.contains(&Mark::Day) {
        _ if are_counted || is_subject => MOST_COUNTED,
        true => MOST_DAYS,
        false => MOST_WAVES,
    };
    (is_code || different.len() <= most).then_some(Kind::Person)
}

/// Whether a name is that of a group, which may meet again: `FG1`, `Gruppe A`.
pub(super) fn is_group(name: &str) -> bool {
    words(name).any(|word| GROUPS.contains(&word.as_str()))
}

/// Words in lower case, without their numbers.
fn words(person: &str) -> impl Iterator<Item = String> {
    person.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Whether a name has no word that may be a person's, and no code: `ward 3`, `night nurses`, but not `north P1`.
fn is_only_of_many(person: &str) -> bool {
    let has_code = person.split(|c: char| !c.is_alphanumeric()).any(|part| {
        let letters = part.trim_end_matches(|c: char| c.is_ascii_digit());
        letters.len() < part.len() && !letters.is_empty() && !PLACES.contains(&letters.to_lowercase().as_str())
    });
    !has_code && is_of_many(person) && words(person).all(|word| is_of_many(&word) || word.chars().count() == 1)
}

/// Whether ids without a name are waves, and not so many that they number meetings of others.
fn are_waves(nobody: &[Found<'_>]) -> bool {
    let says = |fits: fn(&Mark) -> bool| nobody.iter().all(|found| found.marks.iter().any(fits));
    let is_short = nobody.iter().all(|found| found.id.chars().count() < 3);
    let different: BTreeSet<&str> = nobody.iter().map(|found| found.who).collect();
    let most = if is_short { MOST_COUNTED } else { MOST_WAVES };
    // `T01` is somebody's code, `T1` a time.
    let is_padded = |id: &str| id.strip_prefix(['T', 't']).is_some_and(|n| n.starts_with('0') && n.len() > 1);
    (2..=most).contains(&different.len())
        && !nobody.iter().all(|found| is_padded(found.id))
        && says(|mark| matches!(mark, Mark::Wave | Mark::Month))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether there is a warning of each kind: versions, a group, a person, nobody.
    fn of(ids: &[&str]) -> [bool; 4] {
        let told = told("in", false, ids, ids);
        let says = ["called as versions", "one group that met again", "may be one person's", "when and not who"];
        assert_eq!(told.warnings.len(), says.iter().filter(|says| told.warnings.concat().contains(**says)).count());
        says.map(|says| told.warnings.iter().any(|warning| warning.contains(says)))
    }

    #[test]
    fn one_person_with_several_interviews_is_doubted() {
        for ids in [
            &["Anna_March", "Anna_June"][..],
            &["Anna_March", "Anna_June", "Cleo", "Dora"],
            &["Anna", "Anna_March", "Ben"],
            &["Anna_spring", "Anna_autumn", "Ben"],
            &["Anna_mars", "Anna_juin"],
            &["Anna_2031", "Anna_2034"],
            &["anna_pre", "anna_post"],
            &["anna_pre", "anna_post", "cleo"],
            &["P1pre", "P1post"],
            &["annaT1", "annaT2", "benT1"],
            &["T1_P1", "T2_P1", "T1_P2"],
            &["P1_M0", "P1_M6", "P1_M12"],
            &["S1-T1", "S1-T2", "S1-T3", "S1-T4", "S2-T1"],
            &["Anna 20310501", "Anna 20310601", "Ben 20310502"],
            &["Interview_01_Anna", "Interview_02_Ben", "Interview_03_Anna", "Interview_04_Cleo"],
            &["01_Anna", "02_Ben", "03_Anna"],
            &["Anna_interview", "Anna_diary"],
            &["Anna interview 2031-05-03", "Anna interview 2031-05-07"],
            &[
                "Interview Anna - 2031_05_03 10_00",
                "Interview Anna - 2031_05_07 10_00",
                "Interview Ben - 2031_05_03 12_00",
            ],
            &["anna_initial", "anna_final"],
            &["P1_interview_1", "P1_interview_2"],
            &["nurse1_pre", "nurse1_post"],
            &["north_P1_2031", "north_P1_2034"],
        ] {
            assert_eq!(of(ids), [false, false, true, false], "{ids:?}");
        }
    }

    #[test]
    fn sides_and_parts_of_a_recording_are_doubted() {
        let is_told = |ids: &[&str]| told("in", false, ids, ids).warnings.concat().contains("sides or parts of one");
        for ids in [
            &["side_a", "side_b"][..],
            &["Seite A", "Seite B"],
            &["tape 1a", "tape 1b", "tape 2a"],
            &["Kassette 1 Seite A", "Kassette 1 Seite B"],
            &["CD1", "CD2"],
            &["cassette 1", "cassette 2"],
            &["reed_side_a", "reed_side_b", "hall_side_a"],
            &["Reed face 1", "Reed face 2", "Hall"],
        ] {
            assert!(is_told(ids), "{ids:?}");
        }
        for ids in [
            &["reed_side_a", "hall_side_a"][..],
            &["REC001", "REC002"],
            &["side effects 1", "north side", "P01"],
            &["Tape", "Side"],
            &["P01a", "P01b"],
            &["Cara", "Face Reed"],
        ] {
            assert!(!is_told(ids), "{ids:?}");
        }
        let joined = told("in", false, &["reed tape 1", "reed tape 2", "hall"], &["reed", "reed", "hall"]);
        assert!(joined.warnings.is_empty());
    }

    #[test]
    fn other_people_are_not_doubted() {
        for ids in [
            &["Anna_M", "Anna_J", "Ben_M", "Ben_J"][..],
            &["Mark_March", "Mark_Hill", "Ben_Stone"],
            &["Mark_March", "Anna_March", "Ben_March"],
            &["anna_pre", "ben_post", "cleo_pre"],
            &["P01", "P02", "P03"],
            &["T01", "T02", "T03"],
            &["ward_1", "ward_2"],
            &["ward1_pre", "ward1_post"],
            &["nurse_2031", "nurse_2034"],
            &["Interview 1 - Nurse", "Interview 2 - Doctor", "Interview 3 - Nurse"],
            &["Interview 1", "Interview 2"],
            &["bees_interview_1", "bees_interview_2"],
            &["S01_M1", "S01_M2"],
            &["GMT20310501-100100_Recording", "GMT20310501-110100_Recording"],
            &["VN_20310501_100100", "VN_20310501_110100"],
            &["PTT-20310501-WA0001", "PTT-20310502-WA0001"],
            &["2031-05-01", "2031-05-02"],
            &["2031-05-01_P01", "2031-05-02_P02"],
            &["Bees 2031-05-01", "Bees 2031-05-02", "Bees 2031-05-03", "Bees 2031-05-04"],
            &["01_Leeds", "02_Leeds", "03_Leeds", "04_Leeds", "05_York"],
            &[
                "Bees interview - 2031_05_03 14_03 GMT+1 – Transcript",
                "Bees interview - 2031_05_07 10_00 GMT+1 – Transcript",
            ],
            &["Bees interview - 2031_05_03", "Bees interview - 2031_05_07"],
            &["Bees-20310503_101500-Meeting Recording", "Bees-20310507_101500-Meeting Recording"],
        ] {
            assert_eq!(of(ids), [false; 4], "{ids:?}");
        }
        let meetings: Vec<String> = (1..=9).map(|n| format!("session_{n}")).collect();
        assert_eq!(of(&meetings.iter().map(String::as_str).collect::<Vec<_>>()), [false; 4]);
        // Where one person answers in all meetings, they are told.
        let ids = ["Bees interview - 2031_05_03", "Bees interview - 2031_05_07"];
        assert!(told("in", false, &ids, &ids).of_meetings.unwrap().contains("may be one person's"));
        // Who was made one already.
        assert!(told("in", false, &["Anna_March", "Anna_June"], &["Anna", "Anna"]).warnings.is_empty());
    }

    #[test]
    fn versions_groups_and_waves_alone_are_doubted_as_such() {
        for ids in [&["P01_final", "P01_final2"][..], &["north_v1", "north_v2", "north_v3"], &["P01", "P01 (1)", "P02"]]
        {
            assert_eq!(of(ids), [true, false, false, false], "{ids:?}");
        }
        let named = &["Focus Group A March", "Focus Group A June"];
        for ids in [&["FG1_2031", "FG1_2034"][..], &["FG_1_pre", "FG_1_post"], named] {
            assert_eq!(of(ids), [false, true, false, false], "{ids:?}");
        }
        for ids in [
            &["before", "after"][..],
            &["T0", "T1", "T2"],
            &["baseline", "followup", "6months"],
            &["March", "June"],
            &["April_1", "April_2", "May_1"],
            &["May_June", "April_June", "Ben_March"],
        ] {
            assert_eq!(of(ids), [false, false, false, true], "{ids:?}");
        }
        assert_eq!(of(&["FG1", "FG2"]), [false; 4]);
        assert!(told("in/ward1", true, &["pre", "post"], &["pre", "post"]).warnings.is_empty());
    }
}
