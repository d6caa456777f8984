//! Themes that the researcher edited and that a new run did not find again.
//!
//! In: a new analysis whose themes have their ids (`lineage`), the one it replaces, both as found, and the
//! researcher's edits. Out: the new one, with every theme that an edit names and that was not found again as it was:
//! its passages that are there still, and whatever was found in one theme with more of them than of others. Passages
//! that an edit names as a theme's (a pin, a part) stay with it likewise. It keeps nothing that no edit names, and no
//! theme whose question or passages are gone, or have a code now; of those the edits report. It takes no code from a
//! passage, and adds nothing to what people coded.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use super::Codebook;
use super::memory::{By, Memory, clustered, section_of_id};
use super::policy::{FEWEST_TOGETHER, is_still_the_same};
use super::recount::recount_touched;
use crate::analysis::saved::*;
use crate::theme::prevalence::Prevalence;

/// A theme that is to be kept.
struct Earlier {
    section: usize,
    theme: Theme,
    /// Ids of its passages.
    units: BTreeSet<String>,
}

/// Puts the themes that edits name, and that were not found again, back.
pub(super) fn keep(new: &mut Analysis, old: &Analysis, codebook: &Codebook) {
    if codebook.edits.is_empty() {
        return;
    }
    let memory = Memory::new(new, old);
    let wanted = wanted(new, old, &memory, codebook);
    let as_clustered: Vec<Option<String>> = new.units.iter().map(|unit| unit.theme.clone()).collect();
    let further: Vec<Vec<AlsoIn>> = new.units.iter().map(|unit| unit.also.clone()).collect();
    let codes = new.summary.code_ids().into_iter().map(str::to_owned).collect();
    let there = Passages::new(old, &memory, codes);
    let mut kept: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for Earlier { section, mut theme, units } in wanted {
        let kept_there = kept.entry(section).or_default();
        let is_free = |&row: &usize| !new.units[row].theme.as_ref().is_some_and(|theme| kept_there.contains(theme));
        let rows: Vec<usize> = there.again(&units, section, new).into_iter().filter(is_free).collect();
        if rows.iter().all(|&row| there.has_code(&new.units[row])) {
            continue;
        }
        let has = rows.iter().filter(|&&row| there.put(&mut new.units[row], &theme.id)).count();
        theme.kept = Some(Kept { had: units.len(), has, joined: 0, recurred: 0 });
        kept_there.push(theme.id.clone());
        let section = &mut new.summary.sections[section];
        section.no_themes_because = None;
        section.themes.push(theme);
    }
    draw_along(new, &there, &kept, &as_clustered);
    hold(new, &there, codebook);
    drop_emptied(&mut new.units, &there.codes);
    let recurred: Vec<String> =
        new.summary.themes().filter(|theme| theme.recurring.is_some()).map(|theme| theme.id.clone()).collect();
    recount(new, &as_clustered, &further);
    tell_links(new, &recurred, &as_clustered);
    come_back(new, &memory, &kept.values().flatten().map(String::as_str).collect());
}

/// Kept themes are no past ones; those of their passages that this run did not cluster are remembered with them.
fn come_back(new: &mut Analysis, memory: &Memory, kept: &BTreeSet<&str>) {
    let Some(lineage) = &mut new.summary.lineage else { return };
    let there = clustered(&new.units, memory.by);
    let is_absent = |unit: &String| !there.contains(memory.by.key(unit));
    for theme in lineage.past.extract_if(.., |theme| kept.contains(theme.id.as_str())) {
        let units: Vec<String> = theme.units.into_iter().filter(is_absent).collect();
        if !units.is_empty() {
            lineage.absent.push(AbsentPassages { theme: theme.id, units });
        }
    }
}

/// A theme that is in a kept one for its largest part, and nowhere else, may have recurred: the kept one says so.
fn tell_links(new: &mut Analysis, recurred: &[String], as_clustered: &[Option<String>]) {
    for gone in recurred {
        if new.summary.theme(gone).is_some() {
            continue;
        }
        let mut into: BTreeMap<&str, usize> = BTreeMap::new();
        let own = as_clustered.iter().zip(&new.units).filter(|(found, _)| found.as_ref() == Some(gone));
        own.filter_map(|(_, unit)| unit.theme.as_deref()).for_each(|theme| *into.entry(theme).or_default() += 1);
        let most = into.into_iter().max_by_key(|&(id, count)| (count, std::cmp::Reverse(id)));
        let mut themes = new.summary.sections.iter_mut().flat_map(|section| &mut section.themes);
        if let Some(kept) = most.and_then(|(id, _)| themes.find(|theme| theme.id == id)?.kept.as_mut()) {
            kept.recurred += 1;
        }
    }
}

/// A passage that an edit names as one of a theme's, and that was there, stays there.
fn hold(new: &mut Analysis, there: &Passages, codebook: &Codebook) {
    let rows: HashMap<String, usize> = new.units.iter().map(|unit| unit.id.clone()).zip(0..).collect();
    let mut members: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (theme, units) in codebook.edits.iter().filter_map(|edit| edit.action.passages_of()) {
        let mut sections = new.summary.sections.iter();
        let Some(section) = sections.find(|section| section.themes.iter().any(|found| found.id == theme)) else {
            continue;
        };
        let before = members.entry(theme).or_insert_with(|| there.memory.members(theme).iter().copied().collect());
        for unit in units.iter().filter(|unit| before.contains(unit.as_str())) {
            let Some(row) = rows.get(unit).map(|&row| &mut new.units[row]) else { continue };
            if row.vector.is_some() && row.section.as_ref() == Some(&section.id) && !row.is_in(theme) {
                there.put(row, theme);
            }
        }
    }
}

/// A theme that is nobody's first any more is gone for those, too, that joined it.
fn drop_emptied(units: &mut [UnitRow], codes: &BTreeSet<String>) {
    let first: BTreeSet<String> = units.iter().filter_map(|unit| unit.theme.clone()).collect();
    for unit in units {
        unit.also.retain(|also| codes.contains(&also.theme) || first.contains(&also.theme));
    }
}

/// A theme that no earlier one matched, and most of whose passages that both runs clustered are a kept theme's now,
/// is part of that.
fn draw_along(
    new: &mut Analysis,
    there: &Passages,
    kept: &BTreeMap<usize, Vec<String>>,
    as_clustered: &[Option<String>],
) {
    let is_matched = |id: &str| {
        let mut matched = new.summary.lineage.iter().flat_map(|lineage| &lineage.matched);
        matched.any(|theme| theme.id == id)
    };
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let mut taken: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (found, unit) in as_clustered.iter().zip(&new.units) {
        let (Some(found), Some(now)) = (found.as_deref(), unit.theme.as_deref()) else { continue };
        *known.entry(found).or_default() += usize::from(there.memory.clustered.contains(there.memory.by.key(&unit.id)));
        if now != found {
            *taken.entry(found).or_default().entry(now).or_default() += 1;
        }
    }
    let is_code = |id: &str| new.summary.theme(id).is_some_and(|theme| theme.code.is_some());
    let mut goes: BTreeMap<String, String> = BTreeMap::new();
    for (found, by) in taken.into_iter().filter(|(found, _)| !is_matched(found) && !is_code(found)) {
        let most = by.into_iter().max_by_key(|&(id, count)| (count, std::cmp::Reverse(id)));
        if let Some((into, _)) = most.filter(|&(_, count)| count >= FEWEST_TOGETHER && 2 * count > known[found]) {
            goes.insert(found.to_owned(), into.to_owned());
        }
    }
    let mut joined: BTreeMap<String, usize> = BTreeMap::new();
    for unit in &mut new.units {
        if let Some(into) = unit.theme.as_ref().and_then(|theme| goes.get(theme)) {
            put_first(unit, into);
            *joined.entry(into.clone()).or_default() += 1;
        }
        let further = unit.also.iter().filter_map(|also| goes.get(&also.theme));
        let further: BTreeSet<&String> = further.filter(|into| !unit.is_in(into)).collect();
        further.into_iter().for_each(|into| *joined.entry(into.clone()).or_default() += 1);
        for also in &mut unit.also {
            if let Some(into) = goes.get(&also.theme) {
                also.theme = into.clone();
            }
        }
        unit.keep_each_theme_once();
    }
    for &section in kept.keys() {
        for theme in &mut new.summary.sections[section].themes {
            if let (Some(kept), Some(&joined)) = (&mut theme.kept, joined.get(&theme.id)) {
                kept.joined = joined;
            }
        }
    }
}

/// The themes that edits name and the new analysis lacks, in the order of the edits.
fn wanted(new: &Analysis, old: &Analysis, memory: &Memory, codebook: &Codebook) -> Vec<Earlier> {
    let mut ids: Vec<&str> = Vec::new();
    for id in codebook.edits.iter().flat_map(|edit| edit.action.themes()) {
        if !ids.contains(&id) && new.summary.theme(id).is_none() {
            ids.push(id);
        }
    }
    ids.into_iter().filter_map(|id| earlier(new, old, memory, id)).collect()
}

/// A theme of the run before, or of one before that.
fn earlier(new: &Analysis, old: &Analysis, memory: &Memory, id: &str) -> Option<Earlier> {
    let section = section_of_id(id);
    let section = new.summary.sections.iter().position(|found| found.id == section)?;
    let theme = match old.summary.theme(id).filter(|theme| theme.code.is_none()) {
        Some(theme) => uncounted(theme.clone()),
        None => Theme { id: id.to_owned(), ..Theme::named(memory.past(id)?.label.clone()) },
    };
    Some(Earlier { section, theme, units: memory.members(id).iter().map(|&unit| unit.to_owned()).collect() })
}

/// What was measured of the theme as it was found, and is not of what it becomes.
fn uncounted(theme: Theme) -> Theme {
    Theme {
        silhouette: None,
        stability: None,
        nearest: None,
        recurring: None,
        prevalence: Prevalence::new(0, 0),
        sub_themes: Vec::new(),
        ..theme
    }
}

fn put_first(row: &mut UnitRow, theme: &str) {
    row.also.retain(|also| also.theme != theme);
    if row.second_theme.as_deref() == Some(theme) {
        (row.second_theme, row.second_strength) = (None, None);
    }
    (row.theme, row.sub_theme, row.strength, row.status) = (Some(theme.to_owned()), None, None, Status::Theme);
}

/// The passages of an earlier analysis, and how they come into a new one.
struct Passages<'a> {
    /// For each passage of the earlier analysis its place in its document.
    old: HashMap<&'a str, (&'a str, Range<usize>)>,
    /// How firmly each, or each answer, belonged to a theme, where that is known.
    strengths: HashMap<(&'a str, &'a str), f64>,
    memory: &'a Memory<'a>,
    /// Ids of the codes in the new one.
    codes: BTreeSet<String>,
}

impl<'a> Passages<'a> {
    fn new(old: &'a Analysis, memory: &'a Memory<'a>, codes: BTreeSet<String>) -> Self {
        let place =
            |unit: &'a UnitRow| (unit.id.as_str(), (memory.by.key(&unit.id), unit.position.start..unit.position.end));
        let mut strengths = HashMap::new();
        for unit in &old.units {
            let also = unit.also.iter().map(|also| (Some(&also.theme), also.strength));
            for (theme, strength) in [(unit.theme.as_ref(), unit.strength)].into_iter().chain(also) {
                if let (Some(theme), Some(strength)) = (theme, strength) {
                    let known = strengths.entry((theme.as_str(), memory.by.key(&unit.id))).or_insert(strength);
                    *known = strength.max(*known);
                }
            }
        }
        Self { old: old.units.iter().map(place).collect(), strengths, memory, codes }
    }

    fn has_code(&self, row: &UnitRow) -> bool {
        row.theme.as_ref().is_some_and(|theme| self.codes.contains(theme))
    }

    /// Puts a passage into a theme, and says whether it is there. One with a code keeps that, and has the theme as a
    /// further one as firmly as before; where that is not known, or people coded the passage, it stays as it is.
    fn put(&self, row: &mut UnitRow, theme: &str) -> bool {
        if !self.has_code(row) {
            put_first(row, theme);
            return true;
        }
        let strength = self.strengths.get(&(theme, self.memory.by.key(&row.id))).copied();
        if strength.is_none() || row.strength.is_none() {
            return false;
        }
        row.also.push(AlsoIn { theme: theme.to_owned(), strength });
        row.keep_each_theme_once();
        true
    }

    /// Rows of the section that are these passages; where answers were divided anew, those that lie by half in one.
    fn again(&self, units: &BTreeSet<String>, section: usize, new: &Analysis) -> Vec<usize> {
        let section = &new.summary.sections[section].id;
        let mut places: HashMap<&str, Vec<&Range<usize>>> = HashMap::new();
        for (answer, place) in units.iter().filter_map(|unit| self.old.get(unit.as_str())) {
            places.entry(answer).or_default().push(place);
        }
        let by = self.memory.by;
        let is_one = |unit: &UnitRow| match by {
            By::Passages => units.contains(&unit.id),
            By::Answers => places.get(by.key(&unit.id)).is_some_and(|places| {
                let (start, end) = (unit.position.start, unit.position.end);
                let both = |place: &&Range<usize>| place.end.min(end).saturating_sub(place.start.max(start));
                2 * places.iter().map(both).sum::<usize>() >= end - start
            }),
        };
        let own = |unit: &UnitRow| unit.vector.is_some() && unit.section.as_ref() == Some(section) && is_one(unit);
        (0..new.units.len()).filter(|&row| own(&new.units[row])).collect()
    }
}

/// Passages of each theme.
type Counts = BTreeMap<String, usize>;

/// Counts anew what was put back, and whatever lost or won passages by it.
fn recount(new: &mut Analysis, as_clustered: &[Option<String>], further: &[Vec<AlsoIn>]) {
    let mut touched: BTreeSet<String> = BTreeSet::new();
    let (mut before, mut now, mut both): (Counts, Counts, Counts) = Default::default();
    for ((found, also), unit) in as_clustered.iter().zip(further).zip(&new.units) {
        let lost = also.iter().filter(|also| !unit.is_in(&also.theme));
        let won = unit.also.iter().filter(|now| also.iter().all(|before| before.theme != now.theme));
        touched.extend(lost.chain(won).map(|also| also.theme.clone()));
        found.iter().for_each(|id| *before.entry(id.clone()).or_default() += 1);
        unit.theme.iter().for_each(|id| *now.entry(id.clone()).or_default() += 1);
        if *found == unit.theme {
            found.iter().for_each(|id| *both.entry(id.clone()).or_default() += 1);
        } else {
            touched.extend(found.iter().chain(&unit.theme).cloned());
        }
    }
    if touched.is_empty() {
        return;
    }
    let is_the_same = |id: &str| {
        let [before, now, both] = [&before, &now, &both].map(|counts| counts.get(id).copied().unwrap_or(0));
        is_still_the_same(before, now, both)
    };
    let unclustered: HashSet<&str> =
        new.units.iter().filter(|row| row.status == Status::Unclustered).map(|row| row.id.as_str()).collect();
    for section in &mut new.summary.sections {
        section.isolated.retain(|unit| unclustered.contains(unit.quote.unit.as_str()));
    }
    let measured: BTreeMap<String, (Option<f64>, Option<f64>)> = new
        .summary
        .themes()
        .filter(|theme| is_the_same(&theme.id))
        .map(|theme| (theme.id.clone(), (theme.stability, theme.silhouette)))
        .collect();
    recount_touched(new, &touched);
    for theme in new.summary.sections.iter_mut().flat_map(|section| &mut section.themes) {
        if let Some(measured) = measured.get(&theme.id) {
            (theme.stability, theme.silhouette) = *measured;
        }
    }
}
