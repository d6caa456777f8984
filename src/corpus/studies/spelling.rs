//! One id in the ways it may be written: `P1`, `p01`, `P-1`, `P 1`; `anna`, `Anna`.
//!
//! In: what transcripts and their people are called. Out: the form in which names are compared, and one participant for
//! ids of one folder or table that differ in nothing else, where few do; the others are only told. It never makes one
//! of people in different folders or tables, and tells nothing of long ids that chance has made.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::super::error::{counted, some};
use super::super::inputs;
use super::{Named, Origin, Place, is_of_many};

/// The form in which names are compared: lower case, numbers without zeros in front, one space between words or between
/// numbers and nothing between a word and its number.
pub(super) fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let (mut above, mut is_apart) = (None::<char>, false);
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        if is_between(c) {
            is_apart = true;
            continue;
        }
        let is_digit = c.is_ascii_digit();
        let is_alike = above.is_some_and(|above| above.is_ascii_digit() == is_digit);
        let begins = is_apart || !is_alike;
        if begins && c == '0' && rest.peek().is_some_and(char::is_ascii_digit) {
            continue;
        }
        if is_apart && is_alike {
            key.push(' ');
        }
        key.extend(c.to_lowercase());
        (above, is_apart) = (Some(c), false);
    }
    key
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '_' | '-' | '.' | '#' | '–' | '(' | ')' | '[' | ']')
}

/// Names as each is spelt first: `Anna` for `anna`, `P1` for `P01`, too.
pub(super) fn spelt_once<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut known: HashMap<String, &'a str> = HashMap::new();
    names.map(|name| (*known.entry(key(name)).or_insert(name)).to_owned()).collect()
}

/// Gives the ids of a study that are one in other letters one participant, or says that they are so.
pub(super) fn settle(origins: &[Origin<'_>], places: &[Place], named: &mut [Named], warnings: &mut Vec<String>) {
    let place = |at: &usize| place_of(&places[origins[*at].file]);
    let mut sure: BTreeMap<String, Vec<Vec<usize>>> = BTreeMap::new();
    let mut doubtful: Vec<Vec<usize>> = Vec::new();
    for members in alike(named) {
        let of: BTreeSet<String> = members.iter().map(place).collect();
        match of.first().filter(|_| of.len() == 1 && is_sure(who(&named[members[0]]))) {
            Some(place) => sure.entry(place.clone()).or_default().push(members),
            None => doubtful.push(members),
        }
    }
    for (place, groups) in sure {
        let study = named[groups[0][0]].study.clone();
        // Where most come twice these may be two series, such as patients `P1` and parents `p1`.
        if groups.len() * 3 > named.iter().filter(|named| named.study == study).count() {
            doubtful.extend(groups);
            continue;
        }
        warnings.push(format!(
            "`{place}`: ids such as {} differ only in how they are written, and were taken for {}; where they are \
             different people, give them other names",
            two_of(named, &groups[0]),
            counted(groups.len(), "participant")
        ));
        for members in groups {
            let person = who(&named[members[0]]).to_owned();
            members.into_iter().for_each(|at| named[at].person = Some(person.clone()));
        }
    }
    if let Some(first) = doubtful.first() {
        warnings.push(format!(
            "study `{}`: ids such as {} ({} in all) differ only in how they are written, and count as different \
             participants; where they are one person's, write them alike",
            named[first[0]].study,
            two_of(named, first),
            counted(doubtful.len(), "pair")
        ));
    }
}

fn who(named: &Named) -> &str {
    named.person.as_deref().unwrap_or(&named.id)
}

/// Where ids are given together: a table, or a folder.
fn place_of(place: &Place) -> String {
    match place.folder.as_deref().filter(|_| !place.is_table) {
        Some(folder) => inputs::shown(folder),
        None => place.shown.clone(),
    }
}

/// The first, and the first that is written in another way, for messages.
fn two_of(named: &[Named], members: &[usize]) -> String {
    let first = who(&named[members[0]]);
    let other = members.iter().map(|&at| who(&named[at])).find(|other| *other != first);
    some(&[&[first][..], other.as_slice()].concat())
}

/// Transcripts of a study whose people are written in several ways.
fn alike(named: &[Named]) -> Vec<Vec<usize>> {
    // A table may hold a million: keys are kept only of those that look alike.
    let mut hashes: Vec<(u64, usize)> = named
        .iter()
        .enumerate()
        .filter(|(_, named)| is_simple(who(named)))
        .map(|(at, named)| (hash_of((&named.study, key(who(named)))), at))
        .collect();
    hashes.sort_unstable();
    let chunks = hashes.chunk_by(|(a, _), (b, _)| a == b).filter(|chunk| chunk.len() > 1);
    let mut groups: Vec<Vec<usize>> = chunks
        .map(|chunk| chunk.iter().map(|&(_, at)| at).collect::<Vec<usize>>())
        .filter(|members| members.iter().any(|&at| who(&named[at]) != who(&named[members[0]])))
        .filter(|members| members.iter().all(|&at| key(who(&named[at])) == key(who(&named[members[0]]))))
        .collect();
    groups.sort_unstable();
    groups
}

fn hash_of(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Words, a number, or words and a number behind: of ids that chance has made (`a0b17c`) capitals and zeros tell.
fn is_simple(id: &str) -> bool {
    let letters = id.trim_end_matches(|c: char| c.is_ascii_digit());
    !letters.contains(|c: char| c.is_ascii_digit())
}

/// Whether names that are written in several ways are one person's: a name or a code, and nothing that has several.
/// Numbers alone may be given by two people who count, and two letters be short for two names.
fn is_sure(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let is_code = name.ends_with(|c: char| c.is_ascii_digit());
    letters > if is_code { 0 } else { 2 } && !is_of_many(name)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::super::inputs::Found;
    use super::super::super::model::Name;
    use super::*;

    #[test]
    fn one_id_has_one_key_however_it_is_written() {
        for (one, other) in [
            ("P1", "p01"),
            ("P-1", "P 1"),
            ("P_001", "P1"),
            ("Anna Maria", "anna_maria"),
            ("1", "001"),
            ("Group A 1", "group_a1"),
            ("P1-a", "P1a"),
            ("0", "00"),
        ] {
            assert_eq!(key(one), key(other), "{one} {other}");
        }
        for (one, other) in [
            ("P1", "P10"),
            ("1-1", "11"),
            ("P1 2", "P12"),
            ("Anna M", "Annam"),
            ("P1", "P1a"),
            ("100", "10"),
            ("anna", "anne"),
        ] {
            assert_ne!(key(one), key(other), "{one} {other}");
        }
    }

    fn settled(ids: &[(&str, &str)]) -> (Vec<Option<String>>, Vec<String>) {
        let places: Vec<Place> =
            ids.iter().map(|(path, _)| Place::new(&Found::named(None, PathBuf::from(path)), false)).collect();
        let origin = |file| Origin { given: None, study: None, person: None, id: None, turns: &[], file };
        let origins: Vec<Origin<'_>> = (0..ids.len()).map(origin).collect();
        let of = |(_, id): &(&str, &str)| Named { study: Name::from("s"), id: Name::from(*id), person: None };
        let mut named: Vec<Named> = ids.iter().map(of).collect();
        let mut warnings = Vec::new();
        settle(&origins, &places, &mut named, &mut warnings);
        (named.into_iter().map(|named| named.person).collect(), warnings)
    }

    fn beside(ids: &[&str]) -> (usize, Vec<String>) {
        let paths: Vec<String> = ids.iter().map(|id| format!("in/{id}.txt")).collect();
        let ids: Vec<(&str, &str)> = paths.iter().map(String::as_str).zip(ids.iter().copied()).collect();
        let (people, warnings) = settled(&ids);
        (people.into_iter().flatten().count(), warnings)
    }

    #[test]
    fn a_code_in_other_letters_is_one_participant_and_told() {
        for ids in [["P1", "p01", "P2", "P3"], ["anna", "Anna", "ben", "cleo"], ["P-1", "P 1", "P2", "P3"]] {
            let (people, warnings) = beside(&ids);
            assert_eq!(people, 2, "{ids:?}");
            let told = format!("ids such as `{}`, `{}` differ only in how", ids[0], ids[1]);
            assert!(warnings.len() == 1 && warnings[0].contains(&told), "{warnings:?}");
        }
        assert_eq!(beside(&["P1", "P2", "P3", "P10"]), (0, Vec::new()));
    }

    #[test]
    fn what_may_be_two_people_is_only_told() {
        for ids in [
            &["P1", "p1", "P2", "p2"][..],
            &["1", "01", "2", "3", "4", "5"],
            &["AL", "Al", "Ben", "Cleo"],
            &["ward_1", "ward_01", "ward_2", "ward_3"],
            &["FG1", "fg1", "FG2", "FG3"],
        ] {
            let (people, warnings) = beside(ids);
            assert!(people == 0 && warnings.len() == 1, "{ids:?} {warnings:?}");
            assert!(warnings[0].contains("count as different participants"), "{warnings:?}");
        }
        // Ids that chance has made tell by every letter.
        assert_eq!(beside(&["a1B2", "A1b2", "c1", "d1"]), (0, Vec::new()));
    }

    #[test]
    fn people_in_two_folders_stay_two() {
        let ids = [("in/north/P1.txt", "P1"), ("in/south/p01.txt", "p01"), ("in/north/P2.txt", "P2")];
        let (people, warnings) = settled(&ids);
        assert!(people.iter().all(Option::is_none) && warnings.len() == 1, "{warnings:?}");
        let (people, warnings) = settled(&[("in/north/P1.txt", "P1"), ("in/south/P1.txt", "P1")]);
        assert!(people.iter().all(Option::is_none) && warnings.is_empty(), "{warnings:?}");
    }
}
