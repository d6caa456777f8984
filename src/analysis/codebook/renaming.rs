//! An earlier analysis and its edits, told in the ids of a new one.
//!
//! In: both analyses, as found. Out: the earlier one with each passage by the name that it has now (`again`), so that
//! the same id is the same passage in both, and the names for the codebook. It changes nothing of the new one, and no
//! theme.

use std::collections::{HashMap, HashSet};

use super::again::Again;
use super::file::Codebook;
use super::lineage_id::lineage_id;
use super::mark::Marked;
use crate::analysis::saved::*;

/// What passages are called now that had another id in the earlier analysis, or a name because that lacked them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Renamed(pub(super) HashMap<String, String>);

impl Renamed {
    /// What the passage is called now.
    pub fn now<'a>(&'a self, id: &'a str) -> &'a str {
        self.0.get(id).map_or(id, String::as_str)
    }

    /// Passages of this run that the edits call otherwise, as they do and as they are called now; each once.
    pub fn found_again<'a>(&'a self, codebook: &'a Codebook) -> Vec<(&'a str, &'a str)> {
        let units = codebook.edits.iter().flat_map(|edit| edit.action.units()).map(String::as_str);
        let named = units.map(|unit| (unit, self.now(unit)));
        // One that is back where it was is no news.
        let is_another = |(before, now): &(&str, &str)| {
            before != now && Marked::read(before).is_none_or(|marked| marked.id() != *now)
        };
        let mut named: Vec<(&str, &str)> =
            named.filter(is_another).filter(|(_, now)| Marked::read(now).is_none()).collect();
        let mut met = HashSet::new();
        named.retain(|(before, _)| met.insert(*before));
        named
    }

    /// Whether everything is called as before.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Calls the passages of `earlier` by the ids that they have in `new`.
pub(super) fn rename(earlier: &mut Analysis, new: &Analysis, codebook: &Codebook) -> Renamed {
    let again = {
        let named = codebook.edits.iter().flat_map(|edit| edit.action.units());
        let lineage = earlier.summary.lineage.iter().flat_map(remembered);
        Again::new(&earlier.units, &new.units, named.chain(lineage).map(String::as_str))
    };
    let headlines = headlines_now(earlier, &again);
    let places = places_now(&earlier.units, &again);
    let renamed = Renamed(again.names);
    if !renamed.is_empty() {
        // The line goes by the ids as they were.
        let first = lineage_id(earlier);
        let lineage = earlier.summary.lineage.get_or_insert_default();
        lineage.first = Some(first);
        remembered_mut(lineage).for_each(|unit| *unit = renamed.now(unit).to_owned());
    }
    for (unit, place) in earlier.units.iter_mut().zip(places) {
        (unit.position.start, unit.position.end) = place;
        unit.id = renamed.now(&unit.id).to_owned();
    }
    let themes = earlier.summary.sections.iter_mut().flat_map(|section| &mut section.themes);
    for (theme, headline) in themes.zip(headlines) {
        // Where it is not found, it is no passage's, and keywords take its place where the theme is kept.
        match (&mut theme.headline, headline) {
            (own, Some(now)) => *own = Some(now),
            (Some(own), None) => own.unit.clear(),
            (None, None) => {}
        }
    }
    renamed
}

/// Names of passages that a line remembers.
fn remembered(lineage: &Lineage) -> impl Iterator<Item = &String> {
    let past = lineage.past.iter().map(|theme| &theme.units);
    let sections = lineage.past_sections.iter().map(|section| &section.units);
    past.chain(sections).chain(lineage.absent.iter().map(|absent| &absent.units)).flatten()
}

fn remembered_mut(lineage: &mut Lineage) -> impl Iterator<Item = &mut String> {
    let past = lineage.past.iter_mut().map(|theme| &mut theme.units);
    let sections = lineage.past_sections.iter_mut().map(|section| &mut section.units);
    past.chain(sections).chain(lineage.absent.iter_mut().map(|absent| &mut absent.units)).flatten()
}

/// For each passage of the earlier analysis where it begins and ends now; one that is not found is as far from where
/// it was as the one before it in its interview.
fn places_now(units: &[UnitRow], again: &Again) -> Vec<(usize, usize)> {
    let mut shift = 0;
    let mut places = Vec::with_capacity(units.len());
    for (at, unit) in units.iter().enumerate() {
        let last = at.checked_sub(1).map(|last| &units[last]);
        if last.is_some_and(|last| (&last.study, &last.participant) != (&unit.study, &unit.participant)) {
            shift = 0;
        }
        if let Some(now) = again.now(at) {
            shift = now.position.start as isize - unit.position.start as isize;
        }
        let [start, end] = [unit.position.start, unit.position.end].map(|place| place.saturating_add_signed(shift));
        places.push((start, end));
    }
    places
}

/// The headline of each theme where its words stand now; `None` where they stand in its passage no more.
fn headlines_now(earlier: &Analysis, again: &Again) -> Vec<Option<Headline>> {
    let row: HashMap<&str, usize> = earlier.units.iter().map(|unit| unit.id.as_str()).zip(0..).collect();
    let themes = earlier.summary.sections.iter().flat_map(|section| &section.themes);
    let now = |theme: &Theme| {
        let headline = theme.headline.as_ref()?;
        let unit = again.now(*row.get(headline.unit.as_str())?)?;
        let start = unit.position.start + unit.text[..unit.text.find(&headline.text)?].chars().count();
        let position = Position { start, end: start + headline.text.chars().count(), ..unit.position.clone() };
        Some(Headline {
            unit: unit.id.clone(),
            study: unit.study.clone(),
            participant: unit.participant.clone(),
            answer: unit.answer,
            text: headline.text.clone(),
            position,
        })
    };
    themes.map(now).collect()
}

impl Codebook {
    /// The edits with passages as they are called now.
    pub(super) fn renamed(&self, renamed: &Renamed) -> Self {
        let mut codebook = self.clone();
        codebook.edits.iter_mut().flat_map(|edit| edit.action.units_mut()).for_each(|unit| {
            *unit = renamed.now(unit).to_owned();
        });
        codebook
    }
}
