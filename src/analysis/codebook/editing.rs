//! Edits, one after the other, on an analysis as it was found.
//!
//! Whatever their order in the file, themes by hand are made first (`by_hand`); then passages are moved, put into
//! further themes and taken out of some; then themes are merged, divided into parts, given their pins, hidden and
//! named; recurring themes and categories come last (`groups`). What fits nothing is reported, not dropped.

use super::recount::*;
use crate::analysis::people::People;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::file::is_by_hand;
use super::mark::Marked;
use super::{Action, Codebook, NO_THEME};
use crate::analysis::pipeline::counting::{self, Member};
use crate::analysis::pipeline::policy::{KEYWORDS, follows};
use crate::analysis::pipeline::section_vectors::SectionVectors;
use crate::analysis::saved::*;
use crate::theme::keywords;

/// Why an edit was not applied.
pub(super) type Refused = String;

/// An analysis while it is edited.
pub(super) struct Editing<'a> {
    pub(super) analysis: &'a mut Analysis,
    pub(super) codebook: &'a Codebook,
    /// What became of each edit.
    pub(super) records: Vec<Option<EditRecord>>,
    /// Row of each unit.
    pub(super) row_of: HashMap<String, usize>,
    /// Themes as found: their section's place.
    pub(super) section_of: BTreeMap<String, usize>,
    /// The recurring themes as found.
    pub(super) recurring_found: Vec<RecurringSummary>,
    /// Themes that were merged, and into which one.
    pub(super) merged: BTreeMap<String, String>,
    /// Themes whose members changed.
    pub(super) touched: BTreeSet<String>,
    /// Themes that passages were put into or taken out of, and by which edits.
    pub(super) changed: BTreeMap<String, BTreeSet<&'static str>>,
}

impl<'a> Editing<'a> {
    pub(super) fn new(analysis: &'a mut Analysis, codebook: &'a Codebook) -> Self {
        let row_of = analysis.units.iter().map(|unit| unit.id.clone()).zip(0..).collect();
        let sections = analysis.summary.sections.iter().enumerate();
        let section_of = sections.flat_map(|(at, s)| s.themes.iter().map(move |t| (t.id.clone(), at))).collect();
        Self {
            recurring_found: analysis.summary.recurring.clone(),
            records: vec![None; codebook.edits.len()],
            analysis,
            codebook,
            row_of,
            section_of,
            merged: BTreeMap::new(),
            touched: BTreeSet::new(),
            changed: BTreeMap::new(),
        }
    }

    /// Notes what became of an edit; `Ok` may hold what of it could not be done.
    pub(super) fn note(&mut self, at: usize, outcome: Result<Option<String>, Refused>) {
        let edit = &self.codebook.edits[at];
        let (applied, reason) = match outcome {
            Ok(reason) => (true, reason.or_else(|| on_one_line(&edit.action))),
            Err(reason) => (false, Some(reason)),
        };
        self.records[at] = Some(EditRecord {
            edit: edit.action.word().into(),
            target: edit.action.target().into(),
            value: edit.action.value().into(),
            line: edit.line,
            matched: self.matched(&edit.action),
            applied,
            reason,
        });
    }

    /// Adds to what is said of an edit.
    pub(super) fn tell(&mut self, at: usize, told: String) {
        let Some(record) = &mut self.records[at] else { return };
        record.reason = Some(match record.reason.take() {
            Some(before) => format!("{before}; {told}"),
            None => told,
        });
    }

    /// How the target of an edit was found.
    pub(super) fn matched(&self, action: &Action) -> Option<String> {
        let target = action.target();
        if action.is_of_passage() {
            return self.row_of.contains_key(target).then(|| "the passage's id".into());
        }
        if let Action::Category { .. } = action {
            return Some("the category's name".into());
        }
        if let Some(recurring) = action.recurring() {
            let is_there = self.analysis.summary.recurring.iter().any(|found| found.id == recurring);
            return is_there.then(|| "the recurring theme's id".into());
        }
        if is_by_hand(target) {
            return self.section_of.contains_key(target).then(|| "made by hand".into());
        }
        self.section_of.get(target)?;
        if self.analysis.summary.theme(target).is_some_and(|theme| theme.code.is_some()) {
            return Some("the code's id".into());
        }
        let lineage = self.analysis.summary.lineage.as_ref();
        if let Some(kept) = self.analysis.summary.theme(target).and_then(|theme| theme.kept.as_ref()) {
            return Some(kept.told());
        }
        Some(match lineage {
            None => "the theme's id".into(),
            Some(lineage) => match lineage.matched.iter().find(|theme| theme.id == target) {
                Some(theme) => format!(
                    "found again: {:.0} % of its {} (Jaccard, of those that both runs clustered)",
                    theme.jaccard * 100.0,
                    lineage.compared_by
                ),
                None => "the theme's id; new in this run".into(),
            },
        })
    }

    /// Why an id is none of a theme's.
    fn no_theme(&self, id: &str) -> Refused {
        let summary = &self.analysis.summary;
        if let Some(recurring) = summary.recurring.iter().find(|recurring| recurring.id == id) {
            let members = recurring.themes.join(", ");
            return format!("{id} is a recurring theme: use `[recurring.\"{id}\"]`, or edit its members, {members}");
        }
        let mut themes = summary.sections.iter().flat_map(|section| &section.themes);
        match themes.find(|theme| theme.sub_themes.iter().any(|part| part.id == id)) {
            Some(theme) => format!("{id} is a part of {}: use `split` there", theme.id),
            None => format!("no theme has the id {id}"),
        }
    }

    /// The section of a theme as found.
    pub(super) fn section(&self, theme: &str) -> Result<usize, Refused> {
        self.section_of.get(theme).copied().ok_or_else(|| {
            let past = self.analysis.summary.lineage.iter().flat_map(|lineage| &lineage.past).find(|t| t.id == theme);
            match past {
                Some(past) if past.code.is_some() => {
                    format!("the code {theme} ({}) is not given in this run", past.label)
                }
                Some(past) => format!("the theme {theme} ({}) is not found in this run", past.label),
                None => self.no_theme(theme),
            }
        })
    }

    /// A clustered unit's row.
    pub(super) fn row(&self, unit: &str) -> Result<usize, Refused> {
        let &row = self.row_of.get(unit).ok_or_else(|| not_here(unit))?;
        match self.analysis.units[row].status {
            Status::Excluded(reason) => Err(format!("the passage was set aside before clustering ({})", reason.word())),
            _ => Ok(row),
        }
    }

    /// A theme that is still there after moving and merging.
    pub(super) fn theme(&mut self, id: &str) -> Result<&mut Theme, Refused> {
        let section = self.section(id)?;
        if let Some(into) = self.merged.get(id) {
            return Err(format!("the theme is merged into {into}"));
        }
        let themes = &mut self.analysis.summary.sections[section].themes;
        themes.iter_mut().find(|theme| theme.id == id).ok_or_else(|| "no passage is left in the theme".into())
    }

    pub(super) fn moves(&mut self) {
        for (at, edit) in self.codebook.edits.iter().enumerate() {
            if let Action::Move { unit, to } = &edit.action {
                let outcome = self.move_unit(unit, to.as_deref());
                self.note(at, outcome);
            }
        }
    }

    fn move_unit(&mut self, unit: &str, to: Option<&str>) -> Result<Option<String>, Refused> {
        let at = self.row(unit)?;
        if let Some(to) = to {
            self.answers_the_same(at, to)?;
        }
        if self.analysis.units[at].theme.as_deref() == to {
            return Ok(Some("it is there without the edit".into()));
        }
        self.put(at, to, "move");
        Ok(None)
    }

    /// Refuses a theme of another section than the passage's.
    pub(super) fn answers_the_same(&self, row: usize, theme: &str) -> Result<(), Refused> {
        let section = self.section(theme)?;
        let own = self.analysis.units[row].section.as_deref();
        if own == Some(&self.analysis.summary.sections[section].id) {
            return Ok(());
        }
        Err(format!("the passage stands in {}: themes are of one section", own.unwrap_or("none")))
    }

    /// Puts a passage into a theme, or into none; `edit` is what does it.
    pub(super) fn put(&mut self, at: usize, to: Option<&str>, edit: &'static str) {
        let row = &mut self.analysis.units[at];
        row.moved_from = Some(row.theme.clone().unwrap_or_else(|| NO_THEME.into()));
        let mut left: Vec<String> = row.theme.iter().cloned().chain(to.map(str::to_string)).collect();
        row.theme = to.map(str::to_string);
        // What it also says stays, unless it is taken out of everything.
        match to {
            Some(to) => row.also.retain(|also| also.theme != to),
            None => left.extend(row.also.drain(..).map(|also| also.theme)),
        }
        row.status = if to.is_some() { Status::Theme } else { Status::Unclustered };
        (row.sub_theme, row.strength) = (None, None);
        if row.second_theme.as_deref() == to {
            (row.second_theme, row.second_strength) = (None, None);
        }
        left.into_iter().for_each(|theme| self.change(theme, edit));
    }

    /// Notes that the passages of a theme are others now.
    pub(super) fn change(&mut self, theme: String, edit: &'static str) {
        self.changed.entry(theme).or_default().insert(edit);
    }

    pub(super) fn merges(&mut self) {
        let mut direct: Vec<(String, String)> = Vec::new();
        for (at, edit) in self.codebook.edits.iter().enumerate() {
            let Action::Merge { theme, into } = &edit.action else { continue };
            let outcome = match (self.section(theme), self.section(into)) {
                (Err(reason), _) | (_, Err(reason)) => Err(reason),
                (Ok(one), Ok(other)) if one != other => {
                    Err("the two answer different questions: themes are merged within one section".into())
                }
                _ => {
                    direct.push((theme.clone(), into.clone()));
                    Ok(None)
                }
            };
            self.note(at, outcome);
        }
        let next: BTreeMap<&str, &str> = direct.iter().map(|(theme, into)| (theme.as_str(), into.as_str())).collect();
        for (theme, into) in &direct {
            // The reader refused circles, so this ends.
            let mut last = into.as_str();
            while let Some(further) = next.get(last) {
                last = further;
            }
            self.merged.insert(theme.clone(), last.to_string());
        }
        if direct.is_empty() {
            return;
        }
        self.move_merged();
        for (theme, _) in &direct {
            self.take_in(theme);
        }
        self.merge_recurring();
    }

    /// The units of merged themes go along.
    fn move_merged(&mut self) {
        for row in &mut self.analysis.units {
            if let Some(into) = row.theme.as_ref().and_then(|theme| self.merged.get(theme)) {
                (row.theme, row.sub_theme) = (Some(into.clone()), None);
            }
            for also in &mut row.also {
                if let Some(into) = self.merged.get(&also.theme) {
                    also.theme = into.clone();
                }
            }
            row.keep_each_theme_once();
            if let Some(into) = row.second_theme.as_ref().and_then(|theme| self.merged.get(theme)) {
                row.second_theme = Some(into.clone());
            }
            if row.second_theme.is_some() && row.second_theme == row.theme {
                (row.second_theme, row.second_strength) = (None, None);
            }
        }
        self.touched.extend(self.merged.values().cloned());
    }

    /// A merged theme leaves its section; what is not counted from rows goes to the theme that takes it in.
    fn take_in(&mut self, theme: &str) {
        let (Some(&section), Some(into)) = (self.section_of.get(theme), self.merged.get(theme)) else { return };
        let themes = &mut self.analysis.summary.sections[section].themes;
        let Some(place) = themes.iter().position(|t| t.id == *theme) else { return };
        let gone = themes.remove(place);
        let Some(kept) = themes.iter_mut().find(|t| t.id == *into) else { return };
        kept.keywords = keywords::shared(&[&kept.keywords, &gone.keywords]);
        kept.keywords.truncate(gone.keywords.len().max(KEYWORDS));
        let shares = |theme: &Theme| -> Vec<(String, f64)> {
            let n = theme.mentions as f64;
            theme.questions.iter().map(|share| (share.question.clone(), share.share * n)).collect()
        };
        let mut counts: BTreeMap<String, f64> = BTreeMap::new();
        for (question, units) in shares(kept).into_iter().chain(shares(&gone)) {
            *counts.entry(question).or_default() += units;
        }
        let all = (kept.mentions + gone.mentions).max(1) as f64;
        let share =
            |(question, units): (String, f64)| QuestionShare { question, share: counting::rounded(units / all) };
        kept.questions = counts.into_iter().map(share).collect();
        kept.questions.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.question.cmp(&b.question)));
        kept.follows_the_question = follows(&kept.questions);
        // It was given to a part of what the theme is now.
        kept.generated = None;
        // For the next that is merged into it; counted from the rows afterwards.
        kept.mentions += gone.mentions;
        kept.merged.extend(gone.merged.into_iter().chain([gone.id]));
        mark(kept, "merge");
    }

    /// In recurring themes the theme that takes in stands for those that went; when it stands in one
    /// already, theirs goes on without them.
    fn merge_recurring(&mut self) {
        let summary = &mut self.analysis.summary;
        let merged = &self.merged;
        let mut home: BTreeMap<String, String> = BTreeMap::new();
        for recurring in &summary.recurring {
            for theme in recurring.themes.iter().filter(|theme| !merged.contains_key(*theme)) {
                home.insert(theme.clone(), recurring.id.clone());
            }
        }
        for recurring in &mut summary.recurring {
            let mut themes: Vec<String> = Vec::new();
            for theme in &recurring.themes {
                let now = merged.get(theme).unwrap_or(theme);
                if *home.entry(now.clone()).or_insert_with(|| recurring.id.clone()) == recurring.id
                    && !themes.contains(now)
                {
                    themes.push(now.clone());
                }
            }
            recurring.themes = themes;
            for link in &mut recurring.links {
                for end in [&mut link.themes.0, &mut link.themes.1] {
                    if let Some(into) = merged.get(end) {
                        *end = into.clone();
                    }
                }
            }
        }
    }

    /// Counts anew what moving and merging changed.
    pub(super) fn recount(&mut self) {
        let mut changed: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for (theme, edits) in &self.changed {
            changed.entry(self.merged.get(theme).unwrap_or(theme).clone()).or_default().extend(edits);
        }
        self.touched.extend(changed.keys().cloned());
        if self.touched.is_empty() {
            return;
        }
        recount_touched(self.analysis, &self.touched);
        for theme in self.analysis.summary.sections.iter_mut().flat_map(|section| &mut section.themes) {
            for edit in changed.get(&theme.id).into_iter().flatten() {
                mark(theme, edit);
            }
        }
    }

    pub(super) fn splits(&mut self) {
        let mut begun: BTreeSet<String> = BTreeSet::new();
        let people = People::of_rows(self.analysis);
        let any = self.codebook.edits.iter().any(|edit| matches!(edit.action, Action::Split { .. }));
        let vectors = if any { SectionVectors::new(self.analysis) } else { SectionVectors::default() };
        for (at, edit) in self.codebook.edits.iter().enumerate() {
            if let Action::Split { theme, name, units } = &edit.action {
                let outcome = self.split(theme, name, units, &mut begun, &people, &vectors);
                self.note(at, outcome);
            }
        }
    }

    /// Makes one part of a theme; the first of its edits takes away the parts that were found.
    pub(super) fn split(
        &mut self,
        theme: &str,
        name: &str,
        units: &[String],
        begun: &mut BTreeSet<String>,
        people: &People,
        vectors: &SectionVectors,
    ) -> Result<Option<String>, Refused> {
        self.theme(theme)?;
        let section = self.section(theme)?;
        let first = !begun.contains(theme);
        let belongs = |row: &UnitRow| row.theme.as_deref() == Some(theme) && (first || row.sub_theme.is_none());
        let rows: BTreeSet<usize> = units.iter().filter_map(|unit| self.row_of.get(unit)).copied().collect();
        let rows: Vec<usize> = rows.into_iter().filter(|&row| belongs(&self.analysis.units[row])).collect();
        let missing = units.len().saturating_sub(rows.len());
        if rows.is_empty() {
            return Err("none of its passages is in the theme, or free".into());
        }
        if first {
            begun.insert(theme.to_string());
            self.theme(theme)?.sub_themes.clear();
            for row in self.analysis.units.iter_mut().filter(|row| row.theme.as_deref() == Some(theme)) {
                row.sub_theme = None;
            }
        }
        let id = format!("{theme}.{}", self.theme(theme)?.sub_themes.len() + 1);
        for row in rows {
            self.analysis.units[row].sub_theme = Some(id.clone());
        }
        let members = vectors.members(section, &self.analysis.units, people);
        let group: Vec<Member> =
            members.into_iter().filter(|member| member.row.sub_theme.as_deref() == Some(&id)).collect();
        let asked = &self.analysis.summary.sections[section].asked;
        let part = counting::sub_theme(&group, &vectors.sections[section], id.clone(), asked, by_hand(), |_, _| {
            name.to_string()
        });
        let kept = self.theme(theme)?;
        kept.sub_themes.push(part);
        mark(kept, "split");
        Ok((missing > 0)
            .then(|| format!("{missing} of {} passages are not in the theme, or in two parts", units.len())))
    }

    pub(super) fn pins(&mut self) {
        let mut pinned: BTreeMap<&str, Vec<Quote>> = BTreeMap::new();
        for (at, edit) in self.codebook.edits.iter().enumerate() {
            let Action::Pin { theme, unit } = &edit.action else { continue };
            let outcome = self.pin(theme, unit).map(|quote| {
                pinned.entry(theme).or_default().push(quote);
                None
            });
            self.note(at, outcome);
        }
        for (id, pins) in pinned {
            let Ok(theme) = self.theme(id) else { continue };
            let spoken = |quote: &Quote| {
                let same = |pin: &Quote| (&pin.study, &pin.participant) == (&quote.study, &quote.participant);
                pins.iter().any(same)
            };
            let wanted = theme.quotes.len().max(pins.len());
            theme.quotes.retain(|quote| !spoken(quote));
            theme.quotes.splice(0..0, pins.iter().cloned());
            theme.quotes.truncate(wanted);
            theme.boundary_quote.take_if(|quote| pins.iter().any(|pin| pin.unit == quote.unit));
            mark(theme, "pin");
        }
    }

    pub(super) fn pin(&mut self, theme: &str, unit: &str) -> Result<Quote, Refused> {
        self.theme(theme)?;
        let row = &self.analysis.units[self.row(unit)?];
        match row.theme.as_deref() {
            Some(_) if row.is_in(theme) => Ok(Quote { pinned: true, ..counting::quote(row) }),
            Some(own) => Err(format!("the passage is in {own}")),
            None => Err("the passage is unclustered".into()),
        }
    }

    /// Names, descriptions, notes and what is hidden.
    pub(super) fn words(&mut self) {
        for (at, edit) in self.codebook.edits.iter().enumerate() {
            let outcome = match &edit.action {
                Action::Name { theme, name } => self.theme(theme).map(|found| {
                    found.label = name.clone();
                    mark(found, "name");
                }),
                Action::Describe { theme, description } => self.theme(theme).map(|found| {
                    found.description = Some(description.clone());
                    mark(found, "description");
                }),
                Action::Hide { theme } => self.theme(theme).map(|found| {
                    found.hidden = true;
                    mark(found, "hide");
                }),
                Action::Memo { theme, text } => self.theme(theme).map(|found| {
                    found.memo = Some(text.clone());
                    mark(found, "memo");
                }),
                Action::PassageMemo { unit, text } => match self.row_of.contains_key(unit) {
                    true => {
                        let memo = PassageMemo { unit: unit.clone(), text: text.clone() };
                        self.analysis.summary.memos.push(memo);
                        Ok(())
                    }
                    false => Err(not_here(unit)),
                },
                _ => continue,
            };
            self.note(at, outcome.map(|()| None));
        }
    }
}

/// Why there is no such passage.
fn not_here(unit: &str) -> Refused {
    match Marked::read(unit) {
        Some(marked) => format!("the passage that was {} is not in this run with its words", marked.id()),
        None => format!("no passage has the id {unit} in this run"),
    }
}

/// What is told of a name that holds line breaks.
fn on_one_line(action: &Action) -> Option<String> {
    let (Action::Name { name, .. } | Action::NameRecurring { name, .. }) = action else { return None };
    name.contains('\n').then(|| "a name stands on one line: its line breaks are told as spaces".into())
}

fn mark(theme: &mut Theme, edit: &str) {
    if !theme.edited.iter().any(|before| before == edit) {
        theme.edited.push(edit.into());
    }
}
