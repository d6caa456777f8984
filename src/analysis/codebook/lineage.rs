//! Ids that survive a re-run.
//!
//! In: a new analysis and the one it replaces, both as found. Out: the new one, in which sections
//! and themes that were there before have their old ids and all others ids that no theme had. It
//! changes nothing but ids.
//!
//! Two themes are compared by the passages they share: the Jaccard coefficient over the passages
//! that both runs clustered, so that interviews that joined or left do not count (as Hennig 2007
//! compares a cluster with those of a resample). Where answers were divided differently, the answers
//! stand in for the passages. Pairs are taken best first down to [`LEAST_JACCARD`], of themes that the
//! researcher edited to [`EDITED_JACCARD`], below which they are kept (`kept`). Themes, questions, codes
//! and passages that the last run lacked are known from the runs that had them (`memory`).

use std::collections::{BTreeMap, BTreeSet};

use super::lineage_id::{lineage_id, own_id};
use super::memory::{Keys, Known, Memory, clustered, is_fixed};
use super::policy::{EDITED_JACCARD, LEAST_JACCARD};
use crate::analysis::pipeline::counting::rounded;
use crate::analysis::saved::*;

/// Gives themes the ids of those of `old`, and of the runs before it, that they match; `edited`: the ids that edits
/// name.
pub(super) fn keep_ids(new: &mut Analysis, old: &Analysis, edited: &BTreeSet<&str>) {
    let memory = Memory::new(new, old);
    let by = memory.by;
    let least = |id: &str| if edited.contains(id) { EDITED_JACCARD } else { LEAST_JACCARD };
    let there = clustered(&new.units, by);
    let sections = section_ids(new, &memory, &there);
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    let mut matched: BTreeMap<String, f64> = BTreeMap::new();
    for (section, id) in new.summary.sections.iter().zip(&sections) {
        let found = section.themes.iter().filter(|theme| theme.code.is_none());
        let own: Vec<&str> = found.map(|theme| theme.id.as_str()).collect();
        let known = memory.themes(id, &there);
        let mut taken: Vec<Option<(&str, f64)>> = vec![None; own.len()];
        let earlier: Vec<&Known> = known.iter().collect();
        for (place, at, jaccard) in memory.pairs(&theme_keys(new, &own, &memory), &earlier, least) {
            taken[place] = Some((known[at].id, jaccard));
        }
        let mut last = known.iter().filter_map(|theme| number(theme.id, id)).max().unwrap_or(0);
        for (theme, taken) in own.iter().zip(taken) {
            let now = match taken {
                Some((now, jaccard)) => {
                    matched.insert(now.to_owned(), rounded(jaccard));
                    now.to_owned()
                }
                None => {
                    last += 1;
                    theme_id(id, last)
                }
            };
            ids.insert(theme.to_string(), now);
        }
    }
    let new_ones = ids.len() > matched.len();
    let continues = !there.is_disjoint(&clustered(&old.units, by));
    ids.extend(code_ids(new, &memory));
    let remembered = {
        let themes = ids.values().map(String::as_str).collect();
        memory.remembered(&there, &themes, &sections.iter().map(String::as_str).collect())
    };
    let section_of: BTreeMap<String, String> =
        new.summary.sections.iter().map(|section| section.id.clone()).zip(sections).collect();
    rename(new, &section_of, &ids);
    let first = continues.then(|| lineage_id(old)).filter(|id| *id != own_id(new));
    let is_another = new_ones || remembered != Lineage::default() || matched.values().any(|&jaccard| jaccard < 1.0);
    if first.is_some() || is_another {
        let themes = new.summary.themes().map(|theme| theme.id.clone());
        let matched = themes.filter_map(|id| matched.get(&id).map(|&jaccard| MatchedTheme { id, jaccard })).collect();
        new.summary.lineage = Some(Lineage { first, compared_by: by.word().into(), matched, ..remembered });
    }
}

/// For each given code its id: that which the code had when a run had it last, else its own or the next that no code
/// had.
fn code_ids(new: &Analysis, memory: &Memory) -> BTreeMap<String, String> {
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    for (code, id) in memory.codes() {
        known.entry(code_key(code)).or_insert(id);
    }
    let of_past = memory.all_past().iter().map(|theme| theme.id.as_str());
    let mut used: BTreeSet<String> = known.values().copied().chain(of_past).map(str::to_owned).collect();
    let number = |id: &str| id.strip_prefix('C')?.parse::<usize>().ok();
    let mut ids = BTreeMap::new();
    for theme in new.summary.themes() {
        let Some(code) = theme.code.as_ref().map(|code| code_key(&code.code)) else { continue };
        let id = match known.get(&code) {
            Some(id) => (*id).to_owned(),
            None if !used.contains(&theme.id) => theme.id.clone(),
            None => format!("C{}", used.iter().filter_map(|id| number(id)).max().unwrap_or(0) + 1),
        };
        used.insert(id.clone());
        ids.insert(theme.id.clone(), id);
    }
    ids
}

fn theme_id(section: &str, number: usize) -> String {
    if section == "T" { format!("T{number}") } else { format!("{section}.{number}") }
}

/// The number of a theme of this section.
fn number(theme: &str, section: &str) -> Option<usize> {
    let rest = theme.strip_prefix(section)?;
    let digits = if section == "T" { rest } else { rest.strip_prefix('.')? };
    digits.parse().ok()
}

/// For each theme its passages.
fn theme_keys<'a>(analysis: &'a Analysis, ids: &[&str], memory: &Memory) -> Vec<Keys<'a>> {
    let place: BTreeMap<&str, usize> = ids.iter().copied().zip(0..).collect();
    let mut keys = vec![Keys::new(); ids.len()];
    for unit in &analysis.units {
        for &place in unit.themes().filter_map(|theme| place.get(theme)) {
            keys[place].insert(memory.by.key(&unit.id));
        }
    }
    keys
}

/// What a section clustered; nothing for a section that is the same always.
fn section_keys<'a>(analysis: &'a Analysis, section: &SectionSummary, memory: &Memory) -> Keys<'a> {
    let own = |unit: &&UnitRow| {
        !is_fixed(&section.id) && unit.vector.is_some() && unit.section.as_deref() == Some(&section.id)
    };
    analysis.units.iter().filter(own).map(|unit| memory.by.key(&unit.id)).collect()
}

/// For each new section its id: that of the earlier section with the same passages, else of the same question, else
/// one that no section had.
fn section_ids(new: &Analysis, memory: &Memory, there: &Keys) -> Vec<String> {
    let sections = &new.summary.sections;
    let keys: Vec<Keys> = sections.iter().map(|section| section_keys(new, section, memory)).collect();
    let earlier = memory.sections(there);
    let mut ids: Vec<Option<String>> =
        sections.iter().map(|section| is_fixed(&section.id).then(|| section.id.clone())).collect();
    let known: Vec<&Known> = earlier.iter().map(|(known, _)| known).collect();
    for (i, j, _) in memory.pairs(&keys, &known, |_| LEAST_JACCARD) {
        ids[i] = Some(known[j].id.to_owned());
    }
    for (i, section) in sections.iter().enumerate().filter(|(_, section)| !is_fixed(&section.id)) {
        let is_free = |id: &str| !ids.iter().flatten().any(|taken| taken == id);
        let asked_so = |question: Option<&str>| question == Some(section.question.as_str());
        let same = earlier.iter().find(|(known, question)| asked_so(*question) && is_free(known.id));
        if let (None, Some((same, _))) = (&ids[i], same) {
            ids[i] = Some(same.id.to_owned());
        }
    }
    let mut used: BTreeSet<String> = known.iter().map(|section| section.id.to_owned()).collect();
    used.extend(ids.iter().flatten().cloned());
    for (i, section) in sections.iter().enumerate() {
        if ids[i].is_none() {
            let last = used.iter().filter_map(|id| id.strip_prefix('Q')?.parse::<usize>().ok()).max().unwrap_or(0);
            let id = if used.contains(&section.id) { format!("Q{}", last + 1) } else { section.id.clone() };
            used.insert(id.clone());
            ids[i] = Some(id);
        }
    }
    ids.into_iter().flatten().collect()
}

fn rename(analysis: &mut Analysis, sections: &BTreeMap<String, String>, themes: &BTreeMap<String, String>) {
    let section = |id: &mut String| {
        if let Some(now) = sections.get(id) {
            *id = now.clone();
        }
    };
    let theme = |id: &mut String| {
        if let Some(now) = themes.get(id) {
            *id = now.clone();
        }
    };
    let part = |id: &mut String| {
        if let Some((of, number)) = id.rsplit_once('.')
            && let Some(now) = themes.get(of)
        {
            *id = format!("{now}.{number}");
        }
    };
    let summary = &mut analysis.summary;
    summary.framing.guide.iter_mut().filter_map(|question| question.section.as_mut()).for_each(section);
    for summary in &mut summary.sections {
        section(&mut summary.id);
        for found in &mut summary.themes {
            theme(&mut found.id);
            found.nearest.iter_mut().for_each(|nearest| theme(&mut nearest.id));
            found.sub_themes.iter_mut().for_each(|sub_theme| part(&mut sub_theme.id));
        }
    }
    for recurring in &mut summary.recurring {
        recurring.themes.iter_mut().for_each(theme);
        for link in &mut recurring.links {
            theme(&mut link.themes.0);
            theme(&mut link.themes.1);
        }
    }
    for unit in &mut analysis.units {
        unit.section.iter_mut().for_each(section);
        unit.theme.iter_mut().for_each(theme);
        unit.also.iter_mut().for_each(|also| theme(&mut also.theme));
        unit.second_theme.iter_mut().for_each(theme);
        unit.sub_theme.iter_mut().for_each(part);
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::memory::section_of_id;
    use super::super::{Codebook, keep_ids};
    use super::{Analysis, BTreeMap, BTreeSet, number, rename, theme_id};
    use crate::analysis::saved::*;
    use crate::analysis::{apply_edits, load};

    #[test]
    fn numbers_are_read_within_their_section() {
        assert_eq!((number("Q1.12", "Q1"), number("Q12.1", "Q1"), number("T3", "T")), (Some(12), None, Some(3)));
        assert_eq!((theme_id("Q0", 2), theme_id("T", 2)), ("Q0.2".into(), "T2".into()));
    }

    /// The fixture as three questions of three themes: `Q1.1` has the passages of `T1`, `Q3.3` those of `T9`. `Q1.1` and
    /// `Q3.3` recur.
    fn asked() -> Analysis {
        let mut analysis = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1")).unwrap();
        apply_edits(&mut analysis, &Codebook::default());
        let id = |theme: &str| {
            let place = number(theme, "T").unwrap() - 1;
            theme_id(&format!("Q{}", place / 3 + 1), place % 3 + 1)
        };
        let whole = analysis.summary.sections.remove(0);
        for (number, themes) in (1..).zip(whole.themes.chunks(3)) {
            let own =
                |theme: &Theme| Theme { id: id(&theme.id), nearest: None, sub_themes: Vec::new(), ..theme.clone() };
            analysis.summary.sections.push(SectionSummary {
                id: format!("Q{number}"),
                question: format!("What of {number}?"),
                themes: themes.iter().map(own).collect(),
                ..whole.clone()
            });
        }
        for unit in &mut analysis.units {
            unit.theme = unit.theme.as_deref().map(id);
            (unit.sub_theme, unit.second_theme, unit.second_strength) = (None, None, None);
            let section = unit.theme.as_deref().map_or("Q1", section_of_id).to_owned();
            unit.section = unit.section.as_ref().map(|_| section);
        }
        for theme in analysis.summary.sections.iter_mut().flat_map(|section| &mut section.themes) {
            theme.recurring = ["Q1.1", "Q3.3"].contains(&theme.id.as_str()).then(|| "R1".into());
        }
        analysis.summary.recurring.push(RecurringSummary {
            id: "R1".into(),
            label: "Found R1".into(),
            ..RecurringSummary::of(vec!["Q1.1".into(), "Q3.3".into()])
        });
        analysis
    }

    /// What is found in some of the passages alone: the same themes, as far as somebody is left in them.
    fn of_some(all: &Analysis, is_there: impl Fn(&UnitRow) -> bool) -> Analysis {
        let mut some = all.clone();
        some.units.retain(is_there);
        let Analysis { summary, units, .. } = &mut some;
        summary.sections.retain(|section| units.iter().any(|unit| unit.section.as_ref() == Some(&section.id)));
        for section in &mut summary.sections {
            section.themes.retain(|theme| units.iter().any(|unit| unit.is_in(&theme.id)));
        }
        let themes: BTreeSet<String> = summary.themes().map(|theme| theme.id.clone()).collect();
        summary.recurring.retain(|recurring| recurring.themes.iter().all(|theme| themes.contains(theme)));
        some
    }

    /// The run with the ids that it gives by itself: in the order of what it found.
    fn numbered(mut run: Analysis) -> Analysis {
        let (mut sections, mut themes) = (BTreeMap::new(), BTreeMap::new());
        for (place, section) in run.summary.sections.iter().enumerate() {
            let id = format!("Q{}", place + 1);
            for (place, theme) in section.themes.iter().enumerate() {
                themes.insert(theme.id.clone(), theme_id(&id, place + 1));
            }
            sections.insert(section.id.clone(), id);
        }
        rename(&mut run, &sections, &themes);
        run
    }

    fn codebook(text: &str) -> Codebook {
        Codebook::parse(text.as_bytes(), Path::new("codebook.toml")).unwrap()
    }

    /// For each passage the question and the theme that it is in.
    fn placed(analysis: &Analysis) -> BTreeMap<&str, (Option<&str>, Option<&str>)> {
        let units = analysis.units.iter();
        units.map(|unit| (unit.id.as_str(), (unit.section.as_deref(), unit.theme.as_deref()))).collect()
    }

    /// All edits with why they were not applied.
    fn refused(analysis: &Analysis) -> Vec<String> {
        let edits = analysis.summary.manifest.edits.iter().filter(|edit| !edit.applied);
        edits.filter_map(|edit| edit.reason.clone()).collect()
    }

    #[test]
    fn a_question_that_drops_out_and_comes_back_has_its_ids_and_edits() {
        let all = asked();
        let edits = codebook("[theme.\"Q2.1\"]\nname = \"Mine\"\n[theme.\"Q3.1\"]\nname = \"Mine too\"\n");
        let mut fewer = numbered(of_some(&all, |unit| unit.section.as_deref() != Some("Q2")));
        assert!(fewer.summary.sections[1].id == "Q2", "what was third is second by its place");
        keep_ids(&mut fewer, all.clone(), &edits);
        assert!(placed(&fewer).iter().all(|(unit, place)| placed(&all)[unit] == *place));
        let lineage = fewer.summary.lineage.clone().unwrap();
        assert_eq!(lineage.past_sections.iter().map(|past| past.id.as_str()).collect::<Vec<_>>(), ["Q2"]);
        apply_edits(&mut fewer, &edits);
        assert_eq!(refused(&fewer).len(), 1);
        assert!(
            refused(&fewer)[0].starts_with("the theme Q2.1 ") && refused(&fewer)[0].contains("not found in this run")
        );
        // Also where other options come in between.
        let mut between = numbered(of_some(&all, |unit| unit.section.as_deref() != Some("Q2")));
        keep_ids(&mut between, fewer, &edits);
        let mut back = numbered(all.clone());
        keep_ids(&mut back, between, &edits);
        assert_eq!(placed(&back), placed(&all));
        assert_eq!(back.summary.theme("Q2.1").unwrap(), all.summary.theme("Q2.1").unwrap());
        assert!(back.summary.lineage.is_none(), "nothing is left to remember");
        apply_edits(&mut back, &edits);
        assert!(refused(&back).is_empty());
        assert_eq!(back.summary.theme("Q2.1").unwrap().label, "Mine");
    }

    #[test]
    fn people_who_leave_and_come_back_bring_the_ids_and_edits_of_their_themes() {
        let all = asked();
        let edits = codebook("[theme.\"Q3.3\"]\nname = \"Mine\"\n[recurring.\"R1\"]\nname = \"Again\"\n");
        let speakers = of_some(&all, |unit| unit.is_in("Q3.3"));
        let left: BTreeSet<&str> = speakers.units.iter().map(|unit| unit.participant.as_str()).collect();
        let mut fewer = numbered(of_some(&all, |unit| !left.contains(unit.participant.as_str())));
        keep_ids(&mut fewer, all.clone(), &edits);
        assert!(placed(&fewer).iter().all(|(unit, place)| placed(&all)[unit] == *place));
        let lineage = fewer.summary.lineage.clone().unwrap();
        assert_eq!((lineage.past.len(), lineage.past[0].id.as_str()), (1, "Q3.3"));
        assert_eq!(lineage.past_recurring[0].id, "R1");
        let absent = lineage.absent.iter().find(|absent| absent.theme == "Q1.1").unwrap();
        let of = |analysis: &Analysis| analysis.units.iter().filter(|unit| unit.is_in("Q1.1")).count();
        assert_eq!(absent.units.len(), of(&all) - of(&fewer));
        apply_edits(&mut fewer, &edits);
        assert!(refused(&fewer).len() == 2 && refused(&fewer).iter().all(|why| why.contains("not found in this run")));
        let mut back = numbered(all.clone());
        back.summary.recurring[0].id = "R4".into();
        keep_ids(&mut back, fewer, &edits);
        assert_eq!(placed(&back), placed(&all));
        let again = back.summary.theme("Q3.3").unwrap();
        assert!(again.kept.is_none() && again.stability == all.summary.theme("Q3.3").unwrap().stability);
        assert_eq!(back.summary.recurring, all.summary.recurring);
        assert!(back.summary.lineage.is_none(), "all is found again whole, and nothing is left to remember");
        apply_edits(&mut back, &edits);
        assert!(refused(&back).is_empty());
    }

    #[test]
    fn the_same_words_are_the_same_question_with_other_people_and_no_theme_takes_an_id_that_was_there() {
        let all = asked();
        let edits = Codebook::default();
        let mut fewer = numbered(of_some(&all, |unit| unit.section.as_deref() != Some("Q2")));
        keep_ids(&mut fewer, all.clone(), &edits);
        let mut others = all.clone();
        others.units.iter_mut().for_each(|unit| unit.id.insert_str(0, "other "));
        others.summary.sections.reverse();
        let mut others = numbered(others);
        keep_ids(&mut others, fewer, &edits);
        let of = |analysis: &Analysis| -> BTreeSet<(String, String)> {
            let sections = analysis.summary.sections.iter();
            sections.map(|section| (section.question.clone(), section.id.clone())).collect()
        };
        assert_eq!(of(&others), of(&all));
        assert!(others.summary.themes().all(|theme| all.summary.theme(&theme.id).is_none()));
        assert_eq!(others.summary.sections[1].themes[0].id, "Q2.4");
    }

    #[test]
    fn a_new_question_takes_no_id_of_one_that_is_gone() {
        let all = asked();
        let edits = Codebook::default();
        let mut fewer = numbered(of_some(&all, |unit| unit.section.as_deref() != Some("Q3")));
        keep_ids(&mut fewer, all.clone(), &edits);
        let mut new = numbered(all.clone());
        for unit in new.units.iter_mut().filter(|unit| unit.section.as_deref() == Some("Q3")) {
            unit.id.insert_str(0, "other ");
        }
        new.summary.sections[2].question = "Something else?".into();
        keep_ids(&mut new, fewer, &edits);
        let ids: Vec<&str> = new.summary.sections.iter().map(|section| section.id.as_str()).collect();
        assert_eq!(ids, ["Q1", "Q2", "Q4"]);
        let lineage = new.summary.lineage.clone().unwrap();
        assert_eq!(lineage.past_sections[0].id, "Q3");
        // And both, when the old one is asked again beside it.
        let mut both = new.clone();
        both.summary.sections.push(all.summary.sections[2].clone());
        both.units.extend(all.units.iter().filter(|unit| unit.section.as_deref() == Some("Q3")).cloned());
        let mut both = numbered(both);
        keep_ids(&mut both, new, &edits);
        let ids: Vec<&str> = both.summary.sections.iter().map(|section| section.id.as_str()).collect();
        assert_eq!(ids, ["Q1", "Q2", "Q4", "Q3"]);
        assert_eq!(both.summary.sections[3].themes[0].id, "Q3.1");
    }

    /// A run with given codes, nothing found beside them.
    fn coded(codes: &[&str]) -> Analysis {
        let mut analysis = asked();
        let summary = &mut analysis.summary;
        summary.recurring.clear();
        summary.sections.truncate(1);
        summary.sections[0].id = "T".into();
        summary.sections[0].themes = (1..).zip(codes).map(|(number, code)| given(number, code)).collect();
        for unit in &mut analysis.units {
            (unit.theme, unit.strength) = (None, None);
            unit.section = unit.section.as_ref().map(|_| "T".into());
            if unit.status == Status::Theme {
                unit.status = Status::Unclustered;
            }
        }
        analysis
    }

    fn given(number: usize, code: &str) -> Theme {
        let code = GivenCode {
            code: code.to_owned(),
            name: code.to_owned(),
            definition: None,
            include: None,
            exclude: None,
            below: Vec::new(),
            examples: 0,
            by_hand: 0,
            threshold: 1.0,
            expected: None,
        };
        Theme { id: format!("C{number}"), code: Some(code), ..Theme::named(format!("Given {number}")) }
    }

    #[test]
    fn a_code_that_is_taken_out_and_put_back_has_its_id_and_edits() {
        let edits = codebook("[theme.C3]\nname = \"Buzz\"\n");
        let mut fewer = coded(&["swaps"]);
        keep_ids(&mut fewer, coded(&["swaps", "pay", "my phone"]), &edits);
        apply_edits(&mut fewer, &edits);
        assert_eq!(refused(&fewer), ["the code C3 (Given 3) is not given in this run"]);
        let mut back = coded(&["My  Phone", "Swaps", "heat", "pay"]);
        keep_ids(&mut back, fewer, &edits);
        apply_edits(&mut back, &edits);
        assert!(refused(&back).is_empty());
        let ids: Vec<&str> = back.summary.themes().map(|theme| theme.id.as_str()).collect();
        assert_eq!(ids, ["C3", "C1", "C4", "C2"]);
        assert_eq!(back.summary.theme("C3").unwrap().label, "Buzz");
        let mut other = coded(&["heat", "noise"]);
        keep_ids(&mut other, back, &edits);
        let ids: Vec<&str> = other.summary.themes().map(|theme| theme.id.as_str()).collect();
        assert_eq!(ids, ["C4", "C5"], "no code takes the id of one that is gone");
    }
}
