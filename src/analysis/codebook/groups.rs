//! Groups of themes: the researcher's hand in recurring themes, and categories.
//!
//! In: the analysis with its themes edited and counted. Out: recurring themes that join what the researcher says, and
//! categories, both counted from the rows: people once, of those with an answer to one of the questions; and for each
//! recurring theme that an edit of others took apart a word at that edit. No theme and no passage is changed.

use std::collections::{BTreeMap, BTreeSet};

use super::Action;
use super::editing::{Editing, Refused};
use super::recount::{asked_in, recount_recurring};
use crate::analysis::people::People;
use crate::analysis::pipeline::policy::KEYWORDS;
use crate::analysis::pipeline::{counting, headlines};
use crate::analysis::saved::*;
use crate::theme::keywords::{self, Keyword};

impl Editing<'_> {
    /// Recurring themes are called as a theme that is shown, given their themes, merged, hidden and named.
    pub(super) fn recurring(&mut self) {
        self.call_as_what_is_shown();
        self.edit_recurring();
        self.tell_what_is_taken_apart();
    }

    fn edit_recurring(&mut self) {
        let codebook = self.codebook;
        if codebook.edits.iter().all(|edit| edit.action.recurring().is_none()) {
            return;
        }
        let mut joined: BTreeSet<String> = BTreeSet::new();
        for (at, edit) in codebook.edits.iter().enumerate() {
            if let Action::JoinRecurring { recurring, themes } = &edit.action {
                let outcome = self.join(recurring, themes, &mut joined);
                self.note(at, outcome);
            }
        }
        joined.extend(self.merge_recurring_themes());
        if !joined.is_empty() {
            self.recount_joined(&joined);
        }
        for (at, edit) in codebook.edits.iter().enumerate() {
            let outcome = match &edit.action {
                Action::NameRecurring { recurring, name } => self.recurring_theme(recurring).map(|found| {
                    found.label = name.clone();
                    mark(found, "name");
                }),
                Action::HideRecurring { recurring } => self.recurring_theme(recurring).map(|found| {
                    found.hidden = true;
                    mark(found, "hide");
                }),
                _ => continue,
            };
            self.note(at, outcome.map(|()| None));
        }
    }

    /// Who hides a theme does not want to read it: a recurring theme that was called after it is called after the next one.
    fn call_as_what_is_shown(&mut self) {
        let Summary { recurring, sections, .. } = &mut self.analysis.summary;
        let theme = |id: &str| sections.iter().flat_map(|section| &section.themes).find(|theme| theme.id == id);
        for found in recurring.iter_mut().filter(|found| found.headline.is_some()) {
            let hidden = found.themes.iter().filter_map(|id| theme(id)).filter(|theme| theme.hidden);
            if !hidden.into_iter().any(|theme| theme.headline == found.headline) {
                continue;
            }
            found.headline = headlines::of_recurring(found, |id| theme(id).filter(|theme| !theme.hidden));
            let words = found.headline.as_ref().map(Headline::label).or_else(|| keywords::label(&found.keywords));
            found.label = words.unwrap_or_else(|| found.id.clone());
        }
    }

    fn recurring_theme(&mut self, id: &str) -> Result<&mut RecurringSummary, Refused> {
        match self.analysis.summary.recurring.iter().position(|recurring| recurring.id == id) {
            Some(place) => Ok(&mut self.analysis.summary.recurring[place]),
            None => Err(self.no_longer_recurring(id).unwrap_or_else(|| format!("no recurring theme has the id {id}"))),
        }
    }

    /// Why an id is that of no recurring theme any more; `None` where it never was one.
    fn no_longer_recurring(&self, id: &str) -> Option<Refused> {
        let summary = &self.analysis.summary;
        if let Some(into) = summary.recurring.iter().find(|found| found.merged.iter().any(|merged| merged == id)) {
            return Some(format!("the recurring theme {id} is merged into {}", into.id));
        }
        let mut past = summary.lineage.iter().flat_map(|lineage| &lineage.past_recurring);
        match past.find(|past| past.id == id) {
            Some(PastRecurring { label, .. }) => {
                Some(format!("the recurring theme {id} ({label}) is not found in this run"))
            }
            None => {
                let is_found = self.recurring_found.iter().any(|found| found.id == id);
                is_found.then(|| "fewer than two of its themes are left".into())
            }
        }
    }

    /// Says of each recurring theme that is gone, or has lost themes to another, at the edit that did it.
    fn tell_what_is_taken_apart(&mut self) {
        let told = |found: &RecurringSummary| self.taken_apart(found);
        let told: Vec<(usize, String)> = self.recurring_found.iter().filter_map(told).collect();
        told.into_iter().for_each(|(at, told)| self.tell(at, told));
    }

    /// The edit that took a recurring theme apart, and what is said of it there; `None` where it stands as it was
    /// found, was merged, or joins what its own edit says.
    fn taken_apart(&self, found: &RecurringSummary) -> Option<(usize, String)> {
        let summary = &self.analysis.summary;
        let is_own =
            |action: &Action| matches!(action, Action::JoinRecurring { recurring, .. } if *recurring == found.id);
        let is_merged = summary.recurring.iter().any(|other| other.merged.contains(&found.id));
        if is_merged || self.applied().any(|(_, action)| is_own(action)) {
            return None;
        }
        let is_there = summary.recurring.iter().any(|other| other.id == found.id);
        let may = |action: &Action| !is_there || matches!(action, Action::JoinRecurring { .. });
        let (at, action) = self.applied().filter(|(_, action)| may(action) && self.takes_from(found, action)).last()?;
        let called = format!("{} ({})", found.id, found.label);
        if is_there {
            let is_with = |id: &&String| action.recurring().is_some_and(|it| self.recurring_of(id) == Some(it));
            let lost: Vec<&str> = found.themes.iter().filter(is_with).map(String::as_str).collect();
            return (!lost.is_empty()).then(|| (at, format!("{} no longer in {called}", is_or_are(&lost))));
        }
        let mut left: Vec<&str> = Vec::new();
        for id in &found.themes {
            let now = self.merged.get(id).unwrap_or(id);
            let is_free = summary.theme(now).is_some_and(|theme| theme.recurring.is_none());
            if is_free && !left.contains(&now.as_str()) {
                left.push(now);
            }
        }
        let rest = if left.is_empty() { String::new() } else { format!(", and {} in none", is_or_are(&left)) };
        Some((at, format!("the recurring theme {called} is gone with it{rest}")))
    }

    /// The edits that were applied, with their places.
    fn applied(&self) -> impl Iterator<Item = (usize, &Action)> {
        let edits = self.codebook.edits.iter().zip(&self.records).enumerate();
        let is_applied = |record: &Option<EditRecord>| record.as_ref().is_some_and(|record| record.applied);
        edits.filter(move |(_, (_, record))| is_applied(record)).map(|(at, (edit, _))| (at, &edit.action))
    }

    /// The recurring theme that the theme is in now which stands for an id.
    fn recurring_of(&self, theme: &str) -> Option<&str> {
        let now = self.merged.get(theme).map_or(theme, String::as_str);
        self.analysis.summary.theme(now)?.recurring.as_deref()
    }

    /// Whether an edit takes a theme out of a recurring theme of which it does not speak.
    fn takes_from(&self, found: &RecurringSummary, action: &Action) -> bool {
        let now = |id: &String| self.merged.get(id).unwrap_or(id).clone();
        let is_there = |theme: &String| self.analysis.summary.theme(theme).is_some() || self.merged.contains_key(theme);
        let is_emptied = |theme: &String| found.themes.contains(theme) && !is_there(theme);
        let left = |unit: &String| {
            let row = self.row_of.get(unit).map(|&row| &self.analysis.units[row]);
            row.and_then(|row| row.moved_from.as_ref()).is_some_and(is_emptied)
        };
        match action {
            Action::JoinRecurring { recurring, themes } => {
                let own: BTreeSet<String> = found.themes.iter().map(now).collect();
                *recurring != found.id && themes.iter().any(|id| own.contains(&now(id)))
            }
            Action::Merge { theme, .. } => {
                found.themes.contains(theme) && self.recurring_of(theme).is_some_and(|other| other != found.id)
            }
            Action::Move { unit, .. } | Action::Not { unit, .. } => left(unit),
            Action::New { units, .. } | Action::Divide { units, .. } => units.iter().any(left),
            _ => false,
        }
    }

    /// The theme that stands for an id now.
    fn standing(&mut self, id: &str) -> Result<String, Refused> {
        let now = self.merged.get(id).cloned().unwrap_or_else(|| id.to_owned());
        self.theme(&now)?;
        Ok(now)
    }

    /// Those of some themes that are there, in the order of the sections, and what is said of the others.
    fn standing_themes(&mut self, ids: &[String]) -> (Vec<String>, Option<String>) {
        let (mut there, mut reasons) = (BTreeSet::new(), Vec::new());
        for id in ids {
            match self.standing(id) {
                Ok(theme) => {
                    there.insert(theme);
                }
                Err(reason) => reasons.push(format!("{id}: {reason}")),
            }
        }
        let order = self.analysis.summary.themes().map(|theme| theme.id.clone());
        (order.filter(|id| there.contains(id)).collect(), (!reasons.is_empty()).then(|| reasons.join("; ")))
    }

    /// Lets a recurring theme join others than before; `joined` are those whose themes changed.
    fn join(&mut self, id: &str, themes: &[String], joined: &mut BTreeSet<String>) -> Result<Option<String>, Refused> {
        self.recurring_theme(id)?;
        let (themes, missing) = self.standing_themes(themes);
        if themes.len() < 2 {
            return Err(missing.unwrap_or_else(|| "it would join one theme alone".into()));
        }
        // A theme belongs to one of them.
        for other in self.analysis.summary.recurring.iter_mut().filter(|other| other.id != id) {
            let before = other.themes.len();
            other.themes.retain(|theme| !themes.contains(theme));
            if other.themes.len() < before {
                joined.insert(other.id.clone());
            }
        }
        let found = self.recurring_theme(id)?;
        found.themes = themes;
        joined.insert(id.to_owned());
        mark(found, "themes");
        Ok(missing)
    }

    /// Merges recurring themes; the ids of those that took others in.
    fn merge_recurring_themes(&mut self) -> BTreeSet<String> {
        let codebook = self.codebook;
        let mut direct: BTreeMap<&str, &str> = BTreeMap::new();
        for (at, edit) in codebook.edits.iter().enumerate() {
            let Action::MergeRecurring { recurring, into } = &edit.action else { continue };
            let both =
                self.recurring_theme(recurring).map(|_| ()).and_then(|()| self.recurring_theme(into).map(|_| ()));
            if both.is_ok() {
                direct.insert(recurring, into);
            }
            self.note(at, both.map(|()| None));
        }
        let mut joined = BTreeSet::new();
        for (&gone, &into) in &direct {
            // The reader refused circles, so this ends.
            let mut last = into;
            while let Some(&further) = direct.get(last) {
                last = further;
            }
            let recurring = &mut self.analysis.summary.recurring;
            let Some(place) = recurring.iter().position(|found| found.id == gone) else { continue };
            let gone = recurring.remove(place);
            let Some(kept) = recurring.iter_mut().find(|found| found.id == last) else { continue };
            kept.themes.extend(gone.themes);
            kept.links.extend(gone.links);
            kept.merged.extend(gone.merged.into_iter().chain([gone.id]));
            mark(kept, "merge");
            joined.insert(last.to_owned());
        }
        joined
    }

    /// Names and counts recurring themes that join others than before.
    fn recount_joined(&mut self, joined: &BTreeSet<String>) {
        let people = People::of_rows(self.analysis);
        let Analysis { summary, units, .. } = &mut *self.analysis;
        let order: Vec<String> = summary.themes().map(|theme| theme.id.clone()).collect();
        let Summary { recurring, sections, studies, .. } = &mut *summary;
        for found in recurring.iter_mut().filter(|found| joined.contains(&found.id)) {
            let own: BTreeSet<String> = found.themes.drain(..).collect();
            found.themes = order.iter().filter(|id| own.contains(*id)).cloned().collect();
            let themes: Vec<&Theme> =
                sections.iter().flat_map(|section| &section.themes).filter(|theme| own.contains(&theme.id)).collect();
            let of_themes: Vec<&[Keyword]> = themes.iter().map(|theme| theme.keywords.as_slice()).collect();
            found.keywords = keywords::shared(&of_themes);
            found.keywords.truncate(KEYWORDS);
            found.generated = None;
            let is_own = |headline: &mut Headline| {
                units.iter().any(|unit| unit.id == headline.unit && unit.themes().any(|theme| own.contains(theme)))
            };
            if found.headline.take_if(|headline| !is_own(headline)).is_some() || found.headline.is_none() {
                let first = themes.first().map(|theme| theme.label.clone());
                found.label = keywords::label(&found.keywords).or(first).unwrap_or_default();
            }
            let asked = asked_in(&sections_of(sections, &found.themes), units, &people, studies);
            // Who was asked; the rest is counted with the others.
            found.by_study = counting::by_study(&[], &asked, &people.study);
        }
        recount_recurring(summary, units, &people);
    }

    pub(super) fn categories(&mut self) {
        let codebook = self.codebook;
        if !codebook.edits.iter().any(|edit| matches!(edit.action, Action::Category { .. })) {
            return;
        }
        let people = People::of_rows(self.analysis);
        for (at, edit) in codebook.edits.iter().enumerate() {
            if let Action::Category { name, description, themes } = &edit.action {
                let outcome = self.category(name, description.as_ref(), themes, &people);
                self.note(at, outcome);
            }
        }
    }

    fn category(
        &mut self,
        name: &str,
        description: Option<&String>,
        themes: &[String],
        people: &People,
    ) -> Result<Option<String>, Refused> {
        let (mut expanded, mut gone): (Vec<String>, Vec<String>) = Default::default();
        for id in themes {
            let found = self.analysis.summary.recurring.iter().find(|recurring| recurring.id == *id);
            match (found, self.no_longer_recurring(id)) {
                (Some(recurring), _) => expanded.extend(recurring.themes.iter().cloned()),
                (None, Some(reason)) => gone.push(format!("{id}: {reason}")),
                (None, None) => expanded.push(id.clone()),
            }
        }
        let (themes, missing) = self.standing_themes(&expanded);
        gone.extend(missing);
        let missing = (!gone.is_empty()).then(|| gone.join("; "));
        if themes.is_empty() {
            return Err(missing.unwrap_or_else(|| "none of its themes is there".into()));
        }
        let Analysis { summary, units, .. } = &mut *self.analysis;
        let asked = asked_in(&sections_of(&summary.sections, &themes), units, people, &summary.studies);
        let is_in = |unit: &UnitRow| unit.themes().any(|theme| themes.iter().any(|id| id == theme));
        let own = units.iter().zip(&people.of).filter(|(unit, _)| is_in(unit));
        let persons: Vec<usize> = own.map(|(_, &person)| person).collect();
        summary.categories.push(Category {
            name: name.to_owned(),
            description: description.cloned(),
            mentions: persons.len(),
            prevalence: counting::prevalence(&persons, &asked),
            by_study: counting::by_study(&persons, &asked, &people.study),
            themes,
        });
        Ok(missing)
    }
}

/// The ids of the sections that hold some of the themes.
fn sections_of<'s>(sections: &'s [SectionSummary], themes: &[String]) -> BTreeSet<&'s str> {
    let holds = |section: &&SectionSummary| section.themes.iter().any(|theme| themes.contains(&theme.id));
    sections.iter().filter(holds).map(|section| section.id.as_str()).collect()
}

/// `Q1.1 is`, `Q1.1, Q2.3 are`
fn is_or_are(ids: &[&str]) -> String {
    format!("{} {}", ids.join(", "), if ids.len() == 1 { "is" } else { "are" })
}

fn mark(recurring: &mut RecurringSummary, edit: &str) {
    if !recurring.edited.iter().any(|before| before == edit) {
        recurring.edited.push(edit.into());
    }
}
