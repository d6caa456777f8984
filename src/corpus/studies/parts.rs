//! Parts and days of interviews in the names of talks: `Anna part 1` beside `Ben`, `P01_continued`, `Anna 2031-05-01`,
//! `P01a`.
//!
//! In: the ids of a table or a folder, all of them. Out: the person of each, or ids that may be one person's. A number
//! behind a word for a part is always told; a letter (`P01a`) may count the people of a couple and is only doubted.

use std::collections::{BTreeMap, BTreeSet};

use super::super::policy::TRANSCRIPTS_OF_PREFIX;
use super::is_of_many;
use super::marked::{Mark, Marked};
use super::spelling::{key, spelt_once};
use super::waves::{BETWEEN, Doubted, People, counted, doubted, glued, is_code};
use super::words::{CONTINUED, GENERAL, PARTS};

/// Who was interviewed, where some ids are parts of an interview, from the first on, and others are of other people.
pub(super) fn by_parts(ids: &[&str]) -> Option<People> {
    let parted: Vec<Option<(&str, u32)>> = ids.iter().map(|id| part(id).or_else(|| continued(id))).collect();
    let mut of: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for (person, number) in parted.iter().flatten() {
        if !of.entry(key(person)).or_default().insert(*number) {
            return None;
        }
    }
    // `P01` beside `P01 part 2` and `P01_continued` is the first.
    for (id, _) in ids.iter().zip(&parted).filter(|(_, parted)| parted.is_none()) {
        if let Some(numbers) = of.get_mut(&key(id))
            && !numbers.insert(1)
        {
            return None;
        }
    }
    of.retain(|person, numbers| {
        numbers.len() > 1 && numbers.iter().copied().eq(1..=numbers.len() as u32) && !is_of_many(person)
    });
    let of_several = |person: &&str| of.contains_key(&key(person));
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
    any_continued(id).filter(|(person, _)| !telling(person).is_empty())
}

/// The same whatever stands before that word.
fn any_continued(id: &str) -> Option<(&str, u32)> {
    let text = id.trim_end_matches([')', ']', ' ']);
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = if bare.len() < text.len() { text[bare.len()..].parse().ok()? } else { 1_u32 };
    let bare = bare.trim_end_matches(BETWEEN);
    let word = bare.rsplit([' ', '_', '-', '.', '(', '[']).next()?;
    let person = bare.strip_suffix(word)?.trim_end_matches(['(', '[']).trim_end_matches(BETWEEN);
    CONTINUED.contains(&word.to_lowercase().as_str()).then(|| (person, number.saturating_add(1)))
}

/// The files of a folder that are the parts of one talk, from the first on: which is the first, and what they are
/// called without the number of their part. The folder says whose they are: `part1`, `part2`; `talk`, `talk_part2`.
pub(super) fn of_one<'a>(names: &[&'a str]) -> Option<(&'a str, &'a str)> {
    let parted: Vec<(&'a str, u32)> =
        names.iter().map(|&name| any_part(name).or_else(|| any_continued(name)).unwrap_or((name, 1))).collect();
    let numbers: BTreeSet<u32> = parted.iter().map(|(_, number)| *number).collect();
    let called = parted.first()?.0;
    let are_parts = names.len() > 1
        && numbers.iter().copied().eq(1..=names.len() as u32)
        && parted.iter().all(|(other, _)| key(other) == key(called));
    let first = parted.iter().position(|(_, number)| *number == 1)?;
    are_parts.then(|| (names[first], called))
}

/// Parts of a talk that its files count: `1 of 2`.
const MOST_OF_ALL: u32 = 9;

/// Who and which part, where that is somebody: `Anna part 1`, `P01_Teil2`, `Anna (part 1 of 2)`.
fn part(id: &str) -> Option<(&str, u32)> {
    any_part(id).filter(|(person, _)| !telling(person).is_empty())
}

/// The same whatever stands before the number of the part, or nothing: `transcript_part2`, `part 1`.
fn any_part(id: &str) -> Option<(&str, u32)> {
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
        let rest = rest.trim_end_matches(BETWEEN);
        // `Anna 1 of 2`
        let of_all = || {
            let (all, (end, n)) = (number(text)?.1, number(rest)?);
            let is_apart = rest[..end].is_empty() || rest[..end].ends_with(BETWEEN);
            (is_apart && (1..=all).contains(&n) && all <= MOST_OF_ALL).then_some((end, n))
        };
        parts(rest).or_else(of_all)
    })?;
    let person = text[..end].trim_end_matches(BETWEEN).trim_end_matches(['(', ' ']).trim_end_matches(BETWEEN);
    Some((person, n))
}

/// What is left of a name without words that are nobody's.
fn telling(name: &str) -> String {
    let is_name = |word: &&str| !word.is_empty() && !GENERAL.contains(&word.to_lowercase().as_str());
    name.split(BETWEEN).filter(is_name).collect()
}

/// Who was interviewed, where every id is a name with a day, a month or a season, and nothing else: several people, most
/// of them several times, and each few times, unless they have codes. A place may have many days.
pub(super) fn by_dates(ids: &[&str]) -> Option<People> {
    let dated: Vec<(String, String)> = ids.iter().map(|id| dated(id)).collect::<Option<_>>()?;
    let mut of: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (person, date) in &dated {
        if !of.entry(key(person)).or_default().insert(date) {
            return None;
        }
    }
    let again = of.values().filter(|days| days.len() > 1).count();
    let longest = of.values().map(BTreeSet::len).max().unwrap_or_default();
    let are_codes = of.keys().all(|person| is_code(person));
    let are_people = are_codes || longest <= TRANSCRIPTS_OF_PREFIX;
    let told = of.len() > 1 && again * 2 > of.len() && are_people && !of.keys().any(|person| is_of_many(person));
    told.then(|| People {
        of: spelt_once(dated.iter().map(|(person, _)| person.as_str())),
        told_by: "a date beside the name",
        is_sure: are_codes,
    })
}

/// Who and when, whichever stands first: `Anna 2031-05-01`, `20310501_P01`, `Interview Anna, March`.
fn dated(id: &str) -> Option<(String, String)> {
    let marked = Marked::new(id);
    let is_date = |mark: Mark| matches!(mark, Mark::Day | Mark::Month);
    let is_beside =
        |mark: Mark| is_date(mark) || matches!(mark, Mark::Year | Mark::Record | Mark::Version | Mark::Number);
    let told = marked.is_named() && marked.marks().any(is_date) && marked.marks().all(is_beside);
    told.then(|| (marked.person(), marked.said()))
}

/// Who was interviewed, where those who answer are called as ids are without what is nobody's name: `Interview_01_Anna`
/// and `Interview_07_Anna`, in both of which `Anna` answers. `answers` says so of an id's place.
pub(super) fn by_speakers(ids: &[&str], answers: impl Fn(usize, &str) -> bool) -> Option<People> {
    let mut of: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let marked: Vec<(String, bool)> = ids
        .iter()
        .map(|id| {
            let marked = Marked::new(id);
            let has_mark = marked.is_named() && marked.marks().next().is_some();
            (if has_mark { marked.person() } else { (*id).to_owned() }, has_mark)
        })
        .collect();
    for (at, (person, _)) in marked.iter().enumerate().filter(|(_, (person, _))| !is_of_many(person)) {
        of.entry(key(person)).or_default().push(at);
    }
    of.retain(|person, own| {
        own.len() > 1 && own.iter().any(|&at| marked[at].1) && own.iter().all(|&at| answers(at, person))
    });
    let is_theirs = |person: &str| of.contains_key(&key(person));
    let names = ids.iter().zip(&marked).map(|(id, (person, _))| if is_theirs(person) { person.as_str() } else { *id });
    let people = spelt_once(names);
    (!of.is_empty()).then_some(People { of: people, told_by: "what is beside the name of who answers", is_sure: true })
}

/// Rows of a survey that are looked at, from the first on.
const MOST_ROWS: usize = 20_000;

/// Two ids that may be one person's by a word, a number or a letter behind, where two people or more have several:
/// besides what [`waves`](super::waves) knows `P01a`, `P01b`; or `P01`, `P01_2`, be they the only ones. What a letter
/// or a number tells of talks counts people in a survey.
pub(super) fn perhaps<'a>(ids: &[&'a str], are_talks: bool) -> Option<Vec<&'a str>> {
    let ids = if are_talks { ids } else { &ids[..ids.len().min(MOST_ROWS)] };
    let of_letter = |id: &&'a str| {
        let (person, letter) = id.trim().split_at_checked(id.trim().len().checked_sub(1)?)?;
        let person = person.trim_end_matches(BETWEEN);
        let is_counted = matches!(letter, "a" | "b" | "c" | "A" | "B" | "C") && is_code(person);
        is_counted.then(|| (*id, key(person), letter.to_lowercase()))
    };
    let letters: Vec<Doubted<'a>> = if are_talks { ids.iter().filter_map(of_letter).collect() } else { Vec::new() };
    let of_names = if are_talks { glued(ids) } else { Vec::new() };
    let bare: BTreeMap<String, &'a str> = ids.iter().map(|id| (key(id), *id)).collect();
    let of_several = doubted(ids, are_talks).into_iter().chain([letters, of_names]).find_map(|found| {
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
    });
    let second = |id: &&'a str| {
        let (person, _) = counted(id).filter(|(_, number)| *number > 1)?;
        Some(vec![*bare.get(&key(person))?, *id])
    };
    of_several.or_else(|| ids.iter().find_map(second))
}

#[cfg(test)]
mod tests {
    use super::super::doubts;
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
            (&["Anna 1 of 2", "Anna 2 of 2", "Ben"][..], 2),
            (&["P01_1of2", "P01_2of2", "P02"][..], 2),
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
    fn a_folder_may_hold_the_parts_of_one_talk() {
        for (names, found) in [
            (&["transcript", "transcript_part2"][..], ("transcript", "transcript")),
            (&["part2", "part1"], ("part1", "")),
            (&["ida part 1", "ida part 2", "ida part 3"], ("ida part 1", "ida")),
            (&["talk", "talk_continued"], ("talk", "talk")),
        ] {
            assert_eq!(of_one(names), Some(found), "{names:?}");
        }
        for names in [
            &["transcript"][..],
            &["part1"],
            &["talk", "diary"],
            &["talk", "other_part2"],
            &["talk_part2", "talk_part3"],
            &["talk", "talk_2"],
            &["talk_part1", "talk_part1"],
        ] {
            assert_eq!(of_one(names), None, "{names:?}");
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
            &["House 7 of 12", "House 8 of 12", "ben"],
            &["anna 1 of 2", "ben"],
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
        assert!(!by_dates(&towns).unwrap().is_sure && doubts::told("in", false, &towns, &towns).of_a_person);
        for ids in [
            ["Anna 2031-05-01", "Anna 2031-11-01", "Bert 2031-05-02", "Bert 2031-11-02"],
            ["20310501_K1", "20311101_K1", "20310502_K2", "20311102_K2"],
            ["01.05.2031 Anna", "01.11.2031 Anna", "02.05.2031 Bert", "02.11.2031 Bert"],
            ["Anna_March", "Anna_June", "Bert_March", "Bert_June"],
            ["anna-mar-2031", "anna-jun-2031", "bert-mar-2031", "bert-jun-2031"],
            ["Anna_März", "Anna_Juni", "Bert_März", "Bert_Juni"],
            ["Anna_printemps", "Anna_automne", "Bert_mars", "Bert_juin"],
            ["Anna 2031-03", "Anna 2031-06", "Bert 2031-03", "Bert 2031-06"],
            [
                "Interview Anna, 3 May 2031",
                "Interview Anna, 4 June 2031",
                "Interview Bert, May",
                "Interview Bert, July",
            ],
            ["Anna M_March", "Anna M_June", "Anna J_March", "Anna J_June"],
        ] {
            assert_eq!(people(by_dates(&ids)).unwrap().len(), 2, "{ids:?}");
        }
        for ids in [
            &["Anna 2031-05-01", "Bert 2031-05-02", "Cleo 2031-05-03"][..],
            &["ward 2031-05-01", "ward 2031-05-02", "clinic 2031-05-01", "clinic 2031-05-02"],
            &["Bees 2031-05-01", "Bees 2031-05-02", "Bees 2031-05-03"],
            &["Anna 2031-05-01", "Anna 2031-11-01", "Bert"],
            &["Anna_March", "Anna_June"],
            &["Mark_March", "Anna_March", "Ben_March"],
            &["May_June", "May_July", "April_June", "April_July"],
            &["April_1", "April_2", "May_1", "May_2"],
            &["Anna_M", "Anna_J", "Ben_M", "Ben_J"],
            &["Anna_2031", "Anna_2034", "Bert_2031", "Bert_2034"],
            &["Interview_01_Anna", "Interview_02_Anna", "Interview_01_Bert", "Interview_02_Bert"],
            &["Interview 1 2031-05-01", "Interview 1 2031-05-02", "Interview 2 2031-05-01", "Interview 2 2031-05-03"],
        ] {
            assert_eq!(people(by_dates(ids)), None, "{ids:?}");
        }
        let of_place = |place: &str| (1..=4).map(|day| format!("{place} 2031-05-0{day}")).collect::<Vec<_>>();
        let ids = [of_place("York"), of_place("Hull")].concat();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        assert!(by_dates(&ids).is_none(), "a town has many days");
        assert!(doubts::told("in", false, &ids, &ids).of_a_person);
    }

    #[test]
    fn who_answers_tells_whose_interviews_are_one_persons() {
        let ids = ["Interview_01_Anna", "Interview_02_Bert", "Interview_07_Anna"];
        let of = |who: [&str; 3]| by_speakers(&ids, |at, person| who[at] == person).map(|people| people.of);
        assert_eq!(of(["anna", "bert", "anna"]).unwrap(), ["Anna", "Interview_02_Bert", "Anna"]);
        assert_eq!(of(["anna", "bert", "p1"]), None);
        assert_eq!(of(["p1", "bert", "p1"]), None);
        // Who is called otherwise is somebody else, and a ward is nobody.
        assert!(by_speakers(&["Anna_M", "Anna_J"], |_, person| person == "anna").is_none());
        assert!(by_speakers(&["ward 1 2031", "ward 1 2032"], |_, _| true).is_none());
        assert!(by_speakers(&["anna", "bert"], |_, _| true).is_none());
    }

    #[test]
    fn a_second_beside_a_first_is_doubted_alone_too() {
        assert_eq!(perhaps(&["P1", "P1_2", "P2", "P3"], true), Some(vec!["P1", "P1_2"]));
        for ids in [&["P1", "P2_2", "P3"][..], &["talk", "talk_2", "other"], &["ward", "ward_2"]] {
            assert_eq!(perhaps(ids, true), None, "{ids:?}");
        }
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
