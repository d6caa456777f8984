//! Ids that survive a re-run.
//!
//! In: a new analysis and the one it replaces, both as found. Out: the new one, in which sections
//! and themes that were there before have their old ids and all others ids that no theme had. It
//! changes nothing but ids.
//!
//! Two themes are compared by the passages they share: the Jaccard coefficient over the passages
//! that both runs clustered, so that interviews that joined or left do not count (as Hennig 2007
//! compares a cluster with that of a resample). Where answers were divided differently, the answers
//! stand in for the passages. Pairs are taken best first down to [`LEAST_JACCARD`], of themes that the
//! researcher edited to [`EDITED_JACCARD`], below which they are kept (`kept`); themes of still
//! earlier runs get their turn after those of the last.

use std::collections::{BTreeMap, BTreeSet};

use super::lineage_id::{lineage_id, own_id};
use super::policy::{EDITED_JACCARD, LEAST_JACCARD, LEAST_SHARED};
use crate::analysis::pipeline::counting::rounded;
use crate::analysis::saved::*;

/// The section of everything, and that of answers outside the guide: the same in every run.
const FIXED_SECTIONS: [&str; 2] = ["T", "Q0"];

/// What of a run's units two runs are compared by.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum By {
    Passages,
    Answers,
}

impl By {
    fn word(self) -> &'static str {
        match self {
            Self::Passages => "passages",
            Self::Answers => "answers",
        }
    }

    /// What these two are to be compared by.
    pub(super) fn of(new: &Analysis, old: &Analysis) -> Self {
        let (new, old) = (clustered(new, Self::Passages), clustered(old, Self::Passages));
        let shared = new.intersection(&old).count() as f64;
        if shared >= LEAST_SHARED * new.len().min(old.len()) as f64 { Self::Passages } else { Self::Answers }
    }

    /// `study/participant#3.1` is a passage of the answer `study/participant#3`.
    pub(super) fn key(self, unit: &str) -> &str {
        match self {
            Self::Passages => unit,
            Self::Answers => match unit.rsplit_once('#') {
                Some((who, number)) => &unit[..who.len() + 1 + number.find('.').unwrap_or(number.len())],
                None => unit,
            },
        }
    }
}

pub(super) type Keys<'a> = BTreeSet<&'a str>;

/// Gives themes the ids of those of `old` that they match; `edited`: the ids that edits name.
pub(super) fn keep_ids(new: &mut Analysis, old: &Analysis, edited: &BTreeSet<&str>) {
    let by = By::of(new, old);
    let least = |id: &str| if edited.contains(id) { EDITED_JACCARD } else { LEAST_JACCARD };
    let (new_all, old_all) = (clustered(new, by), clustered(old, by));
    let shared: Keys = new_all.intersection(&old_all).copied().collect();
    let sections = section_ids(new, old, by, &shared);
    let past = old.summary.lineage.as_ref().map(|lineage| lineage.past.as_slice()).unwrap_or_default();
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    let mut matched: BTreeMap<String, f64> = BTreeMap::new();
    for (section, id) in new.summary.sections.iter().zip(&sections) {
        let found = section.themes.iter().filter(|theme| theme.code.is_none());
        let own: Vec<&str> = found.map(|theme| theme.id.as_str()).collect();
        let own_keys = theme_keys(new, &own, by, &shared);
        let earlier: Vec<&str> = old
            .summary
            .sections
            .iter()
            .filter(|s| s.id == *id)
            .flat_map(|s| &s.themes)
            .filter(|theme| theme.code.is_none())
            .map(|t| t.id.as_str())
            .collect();
        let of_past: Vec<&PastTheme> = past.iter().filter(|theme| number(&theme.id, id).is_some()).collect();
        let past_keys: Vec<Keys> = of_past
            .iter()
            .map(|theme| theme.units.iter().map(|unit| by.key(unit)).filter(|key| new_all.contains(key)).collect())
            .collect();
        let mut taken: Vec<Option<(String, f64)>> = vec![None; own.len()];
        for (place, found, jaccard) in
            pairs(&own_keys, &theme_keys(old, &earlier, by, &shared), &[], |at| least(earlier[at]))
        {
            taken[place] = Some((earlier[found].to_string(), jaccard));
        }
        let done: Vec<usize> = (0..own.len()).filter(|&place| taken[place].is_some()).collect();
        for (place, found, jaccard) in pairs(&own_keys, &past_keys, &done, |at| least(&of_past[at].id)) {
            taken[place] = Some((of_past[found].id.clone(), jaccard));
        }
        let used = earlier.iter().copied().chain(of_past.iter().map(|theme| theme.id.as_str()));
        let mut last = used.filter_map(|theme| number(theme, id)).max().unwrap_or(0);
        for (theme, taken) in own.iter().zip(taken) {
            let now = match taken {
                Some((now, jaccard)) => {
                    matched.insert(now.clone(), rounded(jaccard));
                    now
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
    let continues = !shared.is_empty();
    ids.extend(code_ids(new, old, past));
    let past = past_themes(old, past, &ids);
    let section_of: BTreeMap<String, String> =
        new.summary.sections.iter().map(|section| section.id.clone()).zip(sections).collect();
    rename(new, &section_of, &ids);
    let first = continues.then(|| lineage_id(old)).filter(|id| *id != own_id(new));
    if first.is_some() || !past.is_empty() || new_ones || matched.values().any(|&jaccard| jaccard < 1.0) {
        let themes = new.summary.themes().map(|theme| theme.id.clone());
        let matched = themes.filter_map(|id| matched.get(&id).map(|&jaccard| MatchedTheme { id, jaccard })).collect();
        new.summary.lineage =
            Some(Lineage { first, compared_by: by.word().into(), matched, past, past_recurring: Vec::new() });
    }
}

/// For each given code its id: that which the code had before, else its own or the next that no code had.
fn code_ids(new: &Analysis, old: &Analysis, past: &[PastTheme]) -> BTreeMap<String, String> {
    let code = |theme: &'_ Theme| theme.code.as_ref().map(|code| code.code.to_lowercase());
    let known: BTreeMap<String, &str> =
        old.summary.themes().filter_map(|theme| Some((code(theme)?, theme.id.as_str()))).collect();
    let of_past = past.iter().map(|theme| theme.id.as_str());
    let mut used: BTreeSet<String> = known.values().copied().chain(of_past).map(str::to_owned).collect();
    let number = |id: &str| id.strip_prefix('C')?.parse::<usize>().ok();
    let mut ids = BTreeMap::new();
    for theme in new.summary.themes() {
        let Some(code) = code(theme) else { continue };
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

/// The section that a theme's id tells: `Q2` of `Q2.1`, `T` of `T1`.
pub(super) fn section_of_id(theme: &str) -> &str {
    match theme.split_once('.') {
        Some((section, _)) => section,
        None => theme.trim_end_matches(|sign: char| sign.is_ascii_digit()),
    }
}

/// The number of a theme of this section.
fn number(theme: &str, section: &str) -> Option<usize> {
    let rest = theme.strip_prefix(section)?;
    let digits = if section == "T" { rest } else { rest.strip_prefix('.')? };
    digits.parse().ok()
}

/// What an analysis clustered.
pub(super) fn clustered(analysis: &Analysis, by: By) -> Keys<'_> {
    analysis.units.iter().filter(|unit| unit.vector.is_some()).map(|unit| by.key(&unit.id)).collect()
}

/// For each theme what it holds of what both runs clustered.
fn theme_keys<'a>(analysis: &'a Analysis, ids: &[&str], by: By, shared: &Keys) -> Vec<Keys<'a>> {
    let place: BTreeMap<&str, usize> = ids.iter().copied().zip(0..).collect();
    let mut keys = vec![Keys::new(); ids.len()];
    for unit in &analysis.units {
        if shared.contains(by.key(&unit.id)) {
            for &place in unit.themes().filter_map(|theme| place.get(theme)) {
                keys[place].insert(by.key(&unit.id));
            }
        }
    }
    keys
}

/// (new, old, Jaccard), each new and each old one at most once, the closest first; `done` are new
/// ones that have theirs; `least` tells the coefficient that an old one needs.
fn pairs(new: &[Keys], old: &[Keys], done: &[usize], least: impl Fn(usize) -> f64) -> Vec<(usize, usize, f64)> {
    let mut all: Vec<(usize, usize, f64)> = Vec::new();
    for (i, one) in new.iter().enumerate().filter(|(i, _)| !done.contains(i)) {
        for (j, other) in old.iter().enumerate() {
            let both = one.intersection(other).count();
            let jaccard = both as f64 / (one.len() + other.len() - both).max(1) as f64;
            if jaccard >= least(j) {
                all.push((i, j, jaccard));
            }
        }
    }
    all.sort_by(|a, b| b.2.total_cmp(&a.2).then_with(|| (a.1, a.0).cmp(&(b.1, b.0))));
    let (mut new_taken, mut old_taken) = (BTreeSet::new(), BTreeSet::new());
    all.retain(|&(i, j, _)| {
        let free = !new_taken.contains(&i) && !old_taken.contains(&j);
        if free {
            new_taken.insert(i);
            old_taken.insert(j);
        }
        free
    });
    all
}

fn is_fixed(section: &SectionSummary) -> bool {
    FIXED_SECTIONS.contains(&section.id.as_str())
}

/// What a section holds of what both runs clustered; nothing for a section that is the same always.
fn section_keys<'a>(analysis: &'a Analysis, section: &SectionSummary, by: By, shared: &Keys) -> Keys<'a> {
    let own = |unit: &&UnitRow| !is_fixed(section) && unit.section.as_deref() == Some(&section.id);
    let keys = analysis.units.iter().filter(own).map(|unit| by.key(&unit.id));
    keys.filter(|key| shared.contains(key)).collect()
}

/// For each new section its id: that of the old section with the same passages (also of a still
/// earlier run), else of the same question, else one that no section had.
fn section_ids(new: &Analysis, old: &Analysis, by: By, shared: &Keys) -> Vec<String> {
    let (sections, earlier) = (&new.summary.sections, &old.summary.sections);
    let new_keys: Vec<Keys> = sections.iter().map(|section| section_keys(new, section, by, shared)).collect();
    let mut old_keys: Vec<Keys> = earlier.iter().map(|section| section_keys(old, section, by, shared)).collect();
    let mut old_ids: Vec<&str> = earlier.iter().map(|section| section.id.as_str()).collect();
    for theme in old.summary.lineage.iter().flat_map(|lineage| &lineage.past) {
        let Some((section, _)) = theme.id.split_once('.') else { continue };
        if earlier.iter().any(|e| e.id == section) {
            continue;
        }
        let at = old_ids.iter().position(|id| *id == section).unwrap_or_else(|| {
            old_ids.push(section);
            old_keys.push(Keys::new());
            old_ids.len() - 1
        });
        old_keys[at].extend(theme.units.iter().map(|unit| by.key(unit)).filter(|key| shared.contains(key)));
    }
    let mut ids: Vec<Option<String>> =
        sections.iter().map(|section| is_fixed(section).then(|| section.id.clone())).collect();
    for (i, j, _) in pairs(&new_keys, &old_keys, &[], |_| LEAST_JACCARD) {
        ids[i] = Some(old_ids[j].to_string());
    }
    for (i, section) in sections.iter().enumerate() {
        let same = earlier
            .iter()
            .find(|e| !is_fixed(e) && e.question == section.question && !ids.iter().flatten().any(|id| *id == e.id));
        if let (None, Some(same)) = (&ids[i], same) {
            ids[i] = Some(same.id.clone());
        }
    }
    let mut used: BTreeSet<String> = old_ids.iter().map(|id| id.to_string()).collect();
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

/// The themes of earlier runs that are not among the new ones.
fn past_themes(old: &Analysis, past: &[PastTheme], ids: &BTreeMap<String, String>) -> Vec<PastTheme> {
    let again: BTreeSet<&str> = ids.values().map(String::as_str).collect();
    let mut units: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for unit in &old.units {
        for theme in unit.themes() {
            units.entry(theme).or_default().push(unit.id.clone());
        }
    }
    let gone = old.summary.themes().filter(|theme| !again.contains(theme.id.as_str())).map(|theme| PastTheme {
        id: theme.id.clone(),
        label: theme.label.clone(),
        units: units.remove(theme.id.as_str()).unwrap_or_default(),
    });
    let mut all: Vec<PastTheme> = past.iter().filter(|theme| !again.contains(theme.id.as_str())).cloned().collect();
    all.extend(gone);
    all
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
    use super::*;

    #[test]
    fn an_answer_is_the_passage_without_its_number() {
        assert_eq!(By::Answers.key("a.b/c#1#12.3"), "a.b/c#1#12");
        assert_eq!(By::Answers.key("a/c#12"), "a/c#12");
        assert_eq!(By::Passages.key("a/c#12.3"), "a/c#12.3");
    }

    #[test]
    fn numbers_are_read_within_their_section() {
        assert_eq!((number("Q1.12", "Q1"), number("Q12.1", "Q1"), number("T3", "T")), (Some(12), None, Some(3)));
        assert_eq!((theme_id("Q0", 2), theme_id("T", 2)), ("Q0.2".into(), "T2".into()));
    }

    #[test]
    fn the_closest_are_paired_and_none_twice() {
        let keys = |text: &'static str| -> Keys<'static> { text.split(' ').collect() };
        let new = [keys("a b c d"), keys("e f"), keys("x")];
        let old = [keys("a b"), keys("b c d"), keys("y")];
        assert_eq!(pairs(&new, &old, &[], |_| LEAST_JACCARD), [(0, 1, 0.75)]);
        assert_eq!(pairs(&new, &old, &[0], |_| LEAST_JACCARD), []);
        assert_eq!(pairs(&new[..1], &old[..1], &[], |_| LEAST_JACCARD), [(0, 0, 0.5)]);
    }
}
