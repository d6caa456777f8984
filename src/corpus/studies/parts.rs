//! Parts and days of interviews in the names of talks: `Anna part 1` beside `Ben`, `P01_continued`, `Anna 2031-05-01`,
//! `P01a`.
//!
//! In: the ids of a table or a folder, all of them. Out: the person of each, or ids that may be one person's. A number
//! behind a word for a part is always told; a letter (`P01a`) may count the people of a couple and is only doubted.

use std::collections::{BTreeMap, BTreeSet};

use super::super::policy::TRANSCRIPTS_OF_PREFIX;
use super::is_of_many;
use super::waves::{BETWEEN, Doubted, People, doubted, is_code, is_date, spelt_once};
use super::words::{CONTINUED, GENERAL, PARTS};

/// Who was interviewed, where some ids are parts of an interview, from the first on, and others are of other people.
pub(super) fn by_parts(ids: &[&str]) -> Option<People> {
    let parted: Vec<Option<(&str, u32)>> = ids.iter().map(|id| part(id).or_else(|| continued(id))).collect();
    let mut of: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for (person, number) in parted.iter().flatten() {
        if !of.entry(person.to_lowercase()).or_default().insert(*number) {
            return None;
        }
    }
    // `P01` beside `P01 part 2` and `P01_continued` is the first.
    for (id, _) in ids.iter().zip(&parted).filter(|(_, parted)| parted.is_none()) {
        if let Some(numbers) = of.get_mut(&id.to_lowercase())
            && !numbers.insert(1)
        {
            return None;
        }
    }
    of.retain(|person, numbers| {
        numbers.len() > 1 && numbers.iter().copied().eq(1..=numbers.len() as u32) && !is_of_many(person)
    });
    let of_several = |person: &&str| of.contains_key(&person.to_lowercase());
    let who = parted.iter().map(|parted| parted.map(|(person, _)| person).filter(of_several));
    let people = spelt_once(ids.iter().zip(who).map(|(id, person)| person.unwrap_or(id)));
    let n = people.iter().collect::<BTreeSet<_>>().len();
    let told_by = "the number of a part, or a word such as `continued`";
    // `bees part 1` and `bees part 2` may be all there is.
    let is_told = n > 1 || ids.iter().any(|id| continued(id).is_some());
    (!of.is_empty() && is_told).then_some(People { of: people, told_by, is_sure: true })
}

/// Who and which part, where a word says that it follows another one: `P01_continued`, `Anna (cont. 2)`.
fn continued(id: &str) -> Option<(&str, u32)> {
    let text = id.trim_end_matches([')', ']', ' ']);
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = if bare.len() < text.len() { text[bare.len()..].parse().ok()? } else { 1_u32 };
    let bare = bare.trim_end_matches(BETWEEN);
    let word = bare.rsplit([' ', '_', '-', '.', '(', '[']).next()?;
    let person = bare.strip_suffix(word)?.trim_end_matches(['(', '[']).trim_end_matches(BETWEEN);
    let is_one = CONTINUED.contains(&word.to_lowercase().as_str()) && !telling(person).is_empty();
    is_one.then(|| (person, number.saturating_add(1)))
}

/// Who and which part: `Anna part 1`, `P01_Teil2`, `Anna (part 1 of 2)`.
fn part(id: &str) -> Option<(&str, u32)> {
    let number = |text: &str| -> Option<(usize, u32)> {
        let bare = text.trim_end_matches(|c: char| c.is_ascii_digit());
        Some((bare.len(), text[bare.len()..].parse().ok()?))
    };
    let parts = |text: &str| -> Option<(usize, u32)> {
        let (end, n) = number(text)?;
        let before = text[..end].trim_end_matches(BETWEEN);
        let word = before.rsplit([' ', '_', '-', '.', '(']).next()?;
        PARTS.contains(&word.to_lowercase().as_str()).then_some((before.len() - word.len(), n))
    };
    let text = id.trim_end_matches([')', ' ']);
    let (end, n) = parts(text).or_else(|| {
        let before = text[..number(text)?.0].trim_end_matches(BETWEEN);
        let rest = ["of", "von", "de", "sur"].iter().find_map(|of| before.strip_suffix(of))?;
        parts(rest.trim_end_matches(BETWEEN))
    })?;
    let person = text[..end].trim_end_matches(BETWEEN).trim_end_matches(['(', ' ']).trim_end_matches(BETWEEN);
    (!telling(person).is_empty()).then_some((person, n))
}

/// What is left of a name without words that are nobody's.
fn telling(name: &str) -> String {
    let is_name = |word: &&str| !word.is_empty() && !GENERAL.contains(&word.to_lowercase().as_str());
    name.split(BETWEEN).filter(is_name).collect()
}

/// Who was interviewed, where every id is a name and a day: several people, most of them on several days, and each on
/// few, unless they have codes. A place may have many days.
pub(super) fn by_dates(ids: &[&str]) -> Option<People> {
    let dated: Vec<(&str, &str)> = ids.iter().map(|id| dated(id)).collect::<Option<_>>()?;
    let mut of: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (person, date) in &dated {
        if !of.entry(person.to_lowercase()).or_default().insert(date) {
            return None;
        }
    }
    let again = of.values().filter(|days| days.len() > 1).count();
    let longest = of.values().map(BTreeSet::len).max().unwrap_or_default();
    let are_codes = of.keys().all(|person| is_code(person));
    let are_people = are_codes || longest <= TRANSCRIPTS_OF_PREFIX;
    let told = of.len() > 1 && again * 2 > of.len() && are_people && !of.keys().any(|person| is_of_many(person));
    told.then(|| People {
        of: spelt_once(dated.iter().map(|(person, _)| *person)),
        told_by: "a date beside the name",
        is_sure: are_codes,
    })
}

/// Who and which day, whichever stands first: `Anna 2031-05-01`, `20310501_P01`.
fn dated(id: &str) -> Option<(&str, &str)> {
    let id = id.trim();
    let cuts: Vec<usize> = id.match_indices(BETWEEN).map(|(at, _)| at).collect();
    [3, 1].into_iter().find_map(|n| {
        let behind = cuts.len().checked_sub(n).map(|at| (&id[..cuts[at]], &id[cuts[at] + 1..]));
        let before = cuts.get(n - 1).map(|&at| (&id[at + 1..], &id[..at]));
        [behind, before].into_iter().flatten().find_map(|(person, date)| {
            let person = person.trim_matches(BETWEEN);
            let tells = || telling(person).contains(char::is_alphabetic) && person.chars().count() > 1;
            (is_date(date) && tells()).then_some((person, date))
        })
    })
}

/// Rows of a survey that are looked at, from the first on.
const MOST_ROWS: usize = 20_000;

/// Two ids that may be one person's, where two people or more come in several waves or parts but the ids are not all so:
/// besides what [`waves`](super::waves) knows `P01a`, `P01b`; `Anna 2031-05-01`. What a letter or a number tells of talks
/// counts people in a survey.
pub(super) fn perhaps<'a>(ids: &[&'a str], are_talks: bool) -> Option<Vec<&'a str>> {
    let ids = if are_talks { ids } else { &ids[..ids.len().min(MOST_ROWS)] };
    let of_letter = |id: &&'a str| {
        let (person, letter) = id.trim().split_at_checked(id.trim().len().checked_sub(1)?)?;
        let person = person.trim_end_matches(BETWEEN);
        let is_counted = matches!(letter, "a" | "b" | "c" | "A" | "B" | "C") && is_code(person);
        is_counted.then(|| (*id, person.to_lowercase(), letter.to_lowercase()))
    };
    let of_date = |id: &&'a str| {
        let (person, date) = dated(id).filter(|(person, _)| !is_of_many(person))?;
        Some((*id, person.to_lowercase(), date.to_owned()))
    };
    let letters = if are_talks { ids.iter().filter_map(of_letter).collect() } else { Vec::new() };
    let own: [Vec<Doubted<'a>>; 2] = [letters, ids.iter().filter_map(of_date).collect()];
    let bare: BTreeMap<String, &'a str> = ids.iter().map(|id| (id.trim().to_lowercase(), *id)).collect();
    doubted(ids, are_talks).into_iter().chain(own).find_map(|found| {
        let mut of: BTreeMap<&str, BTreeMap<&str, &'a str>> = BTreeMap::new();
        // `P01` beside `P01_2` may be the first.
        found.iter().filter_map(|(_, person, _)| Some((person, bare.get(person)?))).for_each(|(person, id)| {
            of.entry(person).or_default().insert("", *id);
        });
        found.iter().for_each(|(id, person, wave)| {
            of.entry(person).or_default().entry(wave).or_insert(id);
        });
        let mut again = of.into_values().filter(|waves| waves.len() > 1);
        let first = again.next()?;
        again.next()?;
        Some(first.into_values().take(2).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(told: Option<People>) -> Option<Vec<String>> {
        let mut people = told?.of;
        people.dedup();
        Some(people)
    }

    #[test]
    fn parts_of_an_interview_are_one_persons() {
        for (ids, who) in [
            (&["Interview Anna Teil 1", "Interview Anna Teil 2", "Interview Bert"][..], 2),
            (&["P01 part 1", "P01 part 2", "P02", "P03"][..], 3),
            (&["anna_part1", "anna_part2", "ben_part1", "ben_part2"][..], 2),
            (&["Anna (part 1 of 2)", "Anna (part 2 of 2)", "Ben"][..], 2),
            (&["P01", "P01_Partie_2", "P02"][..], 2),
            (&["P01", "P01_continued", "P02", "P03"][..], 3),
            (&["P01", "P01 (cont.)"][..], 1),
            (&["Ida part 1", "Ida continued", "Jon"][..], 2),
            (&["Ida", "Ida-Fortsetzung", "Ida-Fortsetzung2", "Jon"][..], 2),
        ] {
            assert_eq!(people(by_parts(ids)).map(|people| people.len()), Some(who), "{ids:?}");
        }
    }

    #[test]
    fn what_counts_other_things_is_no_part() {
        for ids in [
            &["part 1", "part 2", "other"][..],
            &["Interview part 1", "Interview part 2", "Ben"],
            &["bees part 1", "bees part 2"],
            &["anna part 2", "anna part 3", "ben"],
            &["anna part 1", "ben part 1"],
            &["FG1 part 1", "FG1 part 2", "FG2"],
            &["anna_1", "anna_2", "ben"],
            &["P01_continued", "P02"],
            &["Interview", "Interview continued", "Ben"],
            &["ward", "ward_continued", "Ben"],
            &["P01", "P01_contents", "P02"],
            &["P01 part 1", "P01 part 1", "P01 part 2", "P02"],
        ] {
            assert_eq!(people(by_parts(ids)), None, "{ids:?}");
        }
    }

    #[test]
    fn days_beside_names_are_of_people() {
        assert!(by_dates(&["K1 2031-05-01", "K1 2031-11-01", "K2 2031-05-02", "K2 2031-11-02"]).unwrap().is_sure);
        let towns = ["Leeds 2031-05-01", "Leeds 2031-11-01", "York 2031-05-02", "York 2031-11-02"];
        assert!(!by_dates(&towns).unwrap().is_sure && perhaps(&towns, true).is_some());
        for ids in [
            ["Anna 2031-05-01", "Anna 2031-11-01", "Bert 2031-05-02", "Bert 2031-11-02"],
            ["20310501_K1", "20311101_K1", "20310502_K2", "20311102_K2"],
            ["01.05.2031 Anna", "01.11.2031 Anna", "02.05.2031 Bert", "02.11.2031 Bert"],
        ] {
            assert_eq!(people(by_dates(&ids)).unwrap().len(), 2, "{ids:?}");
        }
        for ids in [
            &["Anna 2031-05-01", "Bert 2031-05-02", "Cleo 2031-05-03"][..],
            &["ward 2031-05-01", "ward 2031-05-02", "clinic 2031-05-01", "clinic 2031-05-02"],
            &["Bees 2031-05-01", "Bees 2031-05-02", "Bees 2031-05-03"],
            &["Anna 2031-05-01", "Anna 2031-11-01", "Bert"],
            &["Interview 1 2031-05-01", "Interview 1 2031-05-02", "Interview 2 2031-05-01", "Interview 2 2031-05-03"],
        ] {
            assert_eq!(people(by_dates(ids)), None, "{ids:?}");
        }
        let of_place = |place: &str| (1..=4).map(|day| format!("{place} 2031-05-0{day}")).collect::<Vec<_>>();
        let ids = [of_place("York"), of_place("Hull")].concat();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        assert!(by_dates(&ids).is_none(), "a town has many days");
        assert!(perhaps(&ids, true).is_some());
    }

    #[test]
    fn letters_behind_codes_are_doubtful() {
        assert!(perhaps(&["K01a", "K01b", "K02a", "K02b", "K03"], true).is_some());
        assert!(perhaps(&["K01_a", "K01_b", "K02_a", "K02_b", "K03"], true).is_some());
        assert!(perhaps(&["K01a", "K01b", "K02a", "K02b", "K03"], false).is_none(), "a survey's households");
        for ids in [["Zoé", "é", "Chloë"], ["José", "Андрей", "张三"], ["Zoe\u{308}", "三", "P1三"]] {
            assert!(perhaps(&ids, true).is_none(), "names may end in any letter");
        }
        for ids in [&["K01a", "K02a", "K03"][..], &["anna", "anne", "bea", "beb"], &["1a", "1b", "2a", "2b"]] {
            assert_eq!(perhaps(ids, true), None, "{ids:?}");
        }
    }
}
