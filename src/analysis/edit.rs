//! The researcher's edits, applied.
//!
//! In: an analysis and a codebook. Out: the analysis with everything that the edits change counted
//! anew from its rows, what was found beside it so that every edit can be taken back, and for each
//! edit what became of it. It clusters nothing, and an edit that fits nothing is reported, not
//! dropped.
//!
//! Whatever their order in the file, passages are moved first; then themes are merged, divided into
//! parts, given their pins, hidden and named.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ndarray::{Array1, Array2, Axis};

use super::counting::{self, Member};
use super::lineage;
use super::pipeline::follows;
use super::schema::*;
use crate::guide::{AskedInStudy, Subject};
use crate::theme::codebook::{Action, Codebook, Described, NO_THEME};
use crate::theme::keywords;

/// Gives the themes of a new analysis the ids of those of the `earlier` one that they match.
pub fn keep_ids(analysis: &mut Analysis, mut earlier: Analysis) {
    restore(&mut earlier);
    lineage::keep_ids(analysis, &earlier);
}

/// Applies edits to an analysis as it was found: those that were applied before are taken back first.
pub fn apply_edits(analysis: &mut Analysis, codebook: &Codebook) {
    restore(analysis);
    if codebook.edits.is_empty() {
        return;
    }
    let found = analysis.summary.clone();
    let units: Vec<UnitAsFound> = analysis.units.iter().map(UnitAsFound::of).collect();
    let mut editing = Editing::new(analysis, codebook);
    editing.moves();
    editing.merges();
    editing.recount();
    editing.splits();
    editing.pins();
    editing.words();
    analysis.summary.manifest.edits = editing.records.into_iter().flatten().collect();
    analysis.summary.as_found = as_found(found, units, analysis);
}

/// Every theme as the codebook tells it.
pub fn described(analysis: &Analysis) -> Vec<Described> {
    let summary = &analysis.summary;
    let found = summary.as_found.as_ref().map_or(&summary.sections, |found| &found.sections);
    found.iter().flat_map(|section| section.themes.iter().map(move |theme| described_theme(theme, section))).collect()
}

fn described_theme(theme: &Theme, section: &SectionSummary) -> Described {
    let people = &theme.prevalence;
    let keywords: Vec<&str> = theme.keywords.iter().map(|keyword| keyword.term.as_str()).collect();
    let mut lines = vec![
        format!("{} {}", theme.id, theme.label),
        format!("{} of {} participants, {} mentions", people.participants, people.asked, theme.mentions),
        format!("keywords: {}", keywords.join(", ")),
    ];
    if !section.question.is_empty() {
        lines.push(format!("asked: {}", section.question));
    }
    for part in &theme.sub_themes {
        lines.push(format!("part {}: {}, {} participants", part.id, part.label, part.prevalence.participants));
    }
    Described { id: theme.id.clone(), lines }
}

/// Takes the edits back.
fn restore(analysis: &mut Analysis) {
    analysis.summary.manifest.edits.clear();
    let Some(found) = analysis.summary.as_found.take() else { return };
    let AsFound { counts, sections, recurring, units } = *found;
    (analysis.summary.counts, analysis.summary.sections, analysis.summary.recurring) = (counts, sections, recurring);
    let mut before: HashMap<String, UnitAsFound> = units.into_iter().map(|unit| (unit.id.clone(), unit)).collect();
    for row in &mut analysis.units {
        if let Some(unit) = before.remove(&row.id) {
            row.status = if unit.theme.is_some() { Status::Theme } else { Status::Unclustered };
            (row.theme, row.sub_theme, row.strength) = (unit.theme, unit.sub_theme, unit.strength);
            (row.second_theme, row.second_strength) = (unit.second_theme, unit.second_strength);
            row.moved_from = None;
        }
    }
}

/// What has to be kept to take the edits back; `None` when they changed nothing.
fn as_found(found: Summary, mut units: Vec<UnitAsFound>, edited: &Analysis) -> Option<Box<AsFound>> {
    let mut after = edited.units.iter().map(UnitAsFound::of);
    units.retain(|before| after.next().as_ref() != Some(before));
    let changed =
        !units.is_empty() || found.sections != edited.summary.sections || found.recurring != edited.summary.recurring;
    let Summary { counts, sections, recurring, .. } = found;
    changed.then(|| Box::new(AsFound { counts, sections, recurring, units }))
}

impl UnitAsFound {
    fn of(row: &UnitRow) -> Self {
        Self {
            id: row.id.clone(),
            theme: row.theme.clone(),
            sub_theme: row.sub_theme.clone(),
            strength: row.strength,
            second_theme: row.second_theme.clone(),
            second_strength: row.second_strength,
        }
    }
}

/// Why an edit was not applied.
type Refused = String;

/// An analysis while it is edited.
struct Editing<'a> {
    analysis: &'a mut Analysis,
    codebook: &'a Codebook,
    /// What became of each edit.
    records: Vec<Option<EditRecord>>,
    /// Row of each unit.
    row_of: HashMap<String, usize>,
    /// Themes as found: their section's place.
    section_of: BTreeMap<String, usize>,
    /// Themes that were merged, and into which one.
    merged: BTreeMap<String, String>,
    /// Themes whose members changed.
    touched: BTreeSet<String>,
    /// Themes that passages were moved into or out of.
    moved: BTreeSet<String>,
}

impl<'a> Editing<'a> {
    fn new(analysis: &'a mut Analysis, codebook: &'a Codebook) -> Self {
        let row_of = analysis.units.iter().map(|unit| unit.id.clone()).zip(0..).collect();
        let sections = analysis.summary.sections.iter().enumerate();
        let section_of = sections.flat_map(|(at, s)| s.themes.iter().map(move |t| (t.id.clone(), at))).collect();
        Self {
            records: vec![None; codebook.edits.len()],
            analysis,
            codebook,
            row_of,
            section_of,
            merged: BTreeMap::new(),
            touched: BTreeSet::new(),
            moved: BTreeSet::new(),
        }
    }

    /// Notes what became of an edit; `Ok` may hold what of it could not be done.
    fn note(&mut self, at: usize, outcome: Result<Option<String>, Refused>) {
        let edit = &self.codebook.edits[at];
        let (applied, reason) = match outcome {
            Ok(reason) => (true, reason),
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

    /// How the target of an edit was found.
    fn matched(&self, action: &Action) -> Option<String> {
        let target = action.target();
        if let Action::Move { .. } = action {
            return self.row_of.contains_key(target).then(|| "the passage's id".into());
        }
        self.section_of.get(target)?;
        let lineage = self.analysis.summary.lineage.as_ref();
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

    /// The section of a theme as found.
    fn section(&self, theme: &str) -> Result<usize, Refused> {
        self.section_of.get(theme).copied().ok_or_else(|| {
            let past = self.analysis.summary.lineage.iter().flat_map(|lineage| &lineage.past).find(|t| t.id == theme);
            match past {
                Some(past) => format!("the theme {theme} ({}) is not found in this run", past.label),
                None => format!("no theme has the id {theme}"),
            }
        })
    }

    /// A clustered unit's row.
    fn row(&self, unit: &str) -> Result<usize, Refused> {
        let &row = self.row_of.get(unit).ok_or_else(|| format!("no passage has the id {unit} in this run"))?;
        match self.analysis.units[row].status {
            Status::Excluded(reason) => Err(format!("the passage was set aside before clustering ({})", reason.word())),
            _ => Ok(row),
        }
    }

    /// A theme that is still there after moving and merging.
    fn theme(&mut self, id: &str) -> Result<&mut Theme, Refused> {
        let section = self.section(id)?;
        if let Some(into) = self.merged.get(id) {
            return Err(format!("the theme is merged into {into}"));
        }
        let themes = &mut self.analysis.summary.sections[section].themes;
        themes.iter_mut().find(|theme| theme.id == id).ok_or_else(|| "no passage is left in the theme".into())
    }

    fn moves(&mut self) {
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
            let section = self.section(to)?;
            let own = self.analysis.units[at].section.as_deref();
            if own != Some(&self.analysis.summary.sections[section].id) {
                return Err(format!("the passage stands in {}: themes are of one section", own.unwrap_or("none")));
            }
        }
        let row = &mut self.analysis.units[at];
        if row.theme.as_deref() == to {
            return Ok(Some("it is there without the edit".into()));
        }
        row.moved_from = Some(row.theme.clone().unwrap_or_else(|| NO_THEME.into()));
        self.moved.extend(row.theme.iter().cloned().chain(to.map(str::to_string)));
        row.theme = to.map(str::to_string);
        row.status = if to.is_some() { Status::Theme } else { Status::Unclustered };
        (row.sub_theme, row.strength) = (None, None);
        if row.second_theme.as_deref() == to {
            (row.second_theme, row.second_strength) = (None, None);
        }
        Ok(None)
    }

    fn merges(&mut self) {
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
    fn recount(&mut self) {
        let merged = |theme: &String| self.merged.get(theme).unwrap_or(theme).clone();
        self.moved = self.moved.iter().map(merged).collect();
        self.touched.extend(self.moved.iter().cloned());
        if self.touched.is_empty() {
            return;
        }
        let people = People::new(self.analysis);
        let vectors = SectionVectors::new(self.analysis);
        let quotes = self.analysis.summary.manifest.parameters.quotes;
        let Analysis { summary, units, .. } = &mut *self.analysis;
        let sections: BTreeSet<usize> =
            self.touched.iter().filter_map(|theme| self.section_of.get(theme)).copied().collect();
        for at in sections {
            let group = SectionMembers {
                members: vectors.members(at, units, &people),
                vectors: &vectors.sections[at],
                study: &people.study,
                quotes,
            };
            group.recount(&mut summary.sections[at], &self.touched);
        }
        for theme in summary.sections.iter_mut().flat_map(|section| &mut section.themes) {
            if self.moved.contains(&theme.id) {
                mark(theme, "move");
            }
        }
        recount_recurring(summary, units, &people);
        let count = |status| units.iter().filter(|unit| unit.status == status).count();
        summary.counts.in_themes = count(Status::Theme);
        summary.counts.unclustered = count(Status::Unclustered);
    }

    fn splits(&mut self) {
        let mut begun: BTreeSet<String> = BTreeSet::new();
        let people = People::new(self.analysis);
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
    fn split(
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
        let part = counting::sub_theme(&group, &vectors.sections[section], id.clone(), asked, |_| name.to_string());
        let kept = self.theme(theme)?;
        kept.sub_themes.push(part);
        mark(kept, "split");
        Ok((missing > 0)
            .then(|| format!("{missing} of {} passages are not in the theme, or in two parts", units.len())))
    }

    fn pins(&mut self) {
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

    fn pin(&mut self, theme: &str, unit: &str) -> Result<Quote, Refused> {
        self.theme(theme)?;
        let row = &self.analysis.units[self.row(unit)?];
        match row.theme.as_deref() {
            Some(own) if own == theme => Ok(Quote { pinned: true, ..counting::quote(row) }),
            Some(own) => Err(format!("the passage is in {own}")),
            None => Err("the passage is unclustered".into()),
        }
    }

    /// Names, descriptions and what is hidden.
    fn words(&mut self) {
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
                _ => continue,
            };
            self.note(at, outcome.map(|()| None));
        }
    }
}

/// What the themes of one section are counted from.
struct SectionMembers<'a> {
    members: Vec<Member<'a>>,
    /// `(n_members, n_dims)`
    vectors: &'a Array2<f32>,
    /// For each participant their study's number.
    study: &'a [usize],
    /// Quotes wanted for each theme.
    quotes: usize,
}

impl SectionMembers<'_> {
    fn of(&self, theme: &str) -> Vec<Member<'_>> {
        self.members.iter().filter(|member| member.row.theme.as_deref() == Some(theme)).copied().collect()
    }

    fn centre(&self, theme: &Theme) -> Array1<f32> {
        let rows: Vec<usize> = self.of(&theme.id).iter().map(|member| member.vector).collect();
        counting::centre(self.vectors, &rows)
    }

    /// Counts the themes anew that are `touched`; for the others, the nearest may have changed.
    fn recount(&self, section: &mut SectionSummary, touched: &BTreeSet<String>) {
        section.themes.retain(|theme| !self.of(&theme.id).is_empty());
        let centres: Vec<Array1<f32>> = section.themes.iter().map(|theme| self.centre(theme)).collect();
        let ids: Vec<String> = section.themes.iter().map(|theme| theme.id.clone()).collect();
        for (place, theme) in section.themes.iter_mut().enumerate() {
            let nearest = counting::nearest(&centres, place);
            theme.nearest = nearest.map(|(other, cosine)| NearestTheme { id: ids[other].clone(), cosine });
            if touched.contains(&theme.id) {
                self.recount_theme(theme, &centres[place], &section.asked);
            }
        }
        section.themes.sort_by_key(|theme| std::cmp::Reverse((theme.prevalence.participants, theme.mentions)));
        let unclustered = |member: &&Member| member.row.status == Status::Unclustered;
        section.unclustered = self.members.iter().filter(unclustered).count();
    }

    fn recount_theme(&self, theme: &mut Theme, centre: &Array1<f32>, asked: &[AskedInStudy]) {
        let group = self.of(&theme.id);
        let persons = counting::persons(&group);
        let portrait = counting::portrait(&group, &self.vectors.view(), &centre.view(), self.quotes);
        theme.mentions = group.len();
        theme.prevalence = counting::prevalence(&persons, asked);
        theme.by_study = counting::by_study(&persons, asked, self.study);
        (theme.cohesion, theme.quotes, theme.boundary_quote) = (portrait.cohesion, portrait.quotes, portrait.boundary);
        // Measured of the theme as it was found.
        (theme.silhouette, theme.stability) = (None, None);
        recount_parts(theme, &group, self.vectors, asked);
    }
}

/// Keywords kept of merged themes.
const KEYWORDS: usize = 10;

fn mark(theme: &mut Theme, edit: &str) {
    if !theme.edited.iter().any(|before| before == edit) {
        theme.edited.push(edit.into());
    }
}

/// The parts of a theme from their rows; parts that nobody is left in go.
fn recount_parts(theme: &mut Theme, group: &[Member], vectors: &Array2<f32>, asked: &[AskedInStudy]) {
    let parts = std::mem::take(&mut theme.sub_themes).into_iter().filter_map(|part| {
        let own = |member: &&Member| member.row.sub_theme.as_deref() == Some(&part.id);
        let members: Vec<Member> = group.iter().filter(own).copied().collect();
        let label = part.label.clone();
        (!members.is_empty()).then(|| counting::sub_theme(&members, vectors, part.id, asked, |_| label))
    });
    theme.sub_themes = parts.collect();
}

/// Recurring themes from the rows; who was asked stays as it was.
fn recount_recurring(summary: &mut Summary, units: &[UnitRow], people: &People) {
    let sections = &summary.sections;
    summary.recurring.iter_mut().for_each(|recurring| {
        let there = |id: &String| sections.iter().flat_map(|section| &section.themes).any(|theme| theme.id == *id);
        recurring.themes.retain(there);
        let themes = &recurring.themes;
        recurring.links.retain(|link| themes.contains(&link.themes.0) && themes.contains(&link.themes.1));
        let persons: Vec<usize> = units
            .iter()
            .zip(&people.of_row)
            .filter(|(unit, _)| unit.theme.as_ref().is_some_and(|theme| recurring.themes.contains(theme)))
            .map(|(_, &person)| person)
            .collect();
        let asked: Vec<AskedInStudy> = summary
            .studies
            .iter()
            .map(|study| AskedInStudy {
                study: study.name.clone(),
                asked: recurring.by_study.iter().find(|s| s.study == study.name).map_or(0, |s| s.prevalence.asked),
                participants: study.participants,
            })
            .collect();
        recurring.prevalence = counting::prevalence(&persons, &asked);
        recurring.by_study = counting::by_study(&persons, &asked, &people.study);
    });
    summary.recurring.retain(|recurring| recurring.themes.len() > 1);
    for theme in summary.sections.iter_mut().flat_map(|section| &mut section.themes) {
        let of = summary.recurring.iter().find(|recurring| recurring.themes.contains(&theme.id));
        theme.recurring = of.map(|recurring| recurring.id.clone());
    }
}

/// Participants as numbers, the same for the same person.
struct People {
    /// For each row its participant.
    of_row: Vec<usize>,
    /// For each participant their study's number.
    study: Vec<usize>,
}

impl People {
    fn new(analysis: &Analysis) -> Self {
        let studies: Vec<&str> = analysis.summary.studies.iter().map(|study| study.name.as_str()).collect();
        let mut numbers: HashMap<(&str, &str), usize> = HashMap::new();
        let mut study = Vec::new();
        let of_row = analysis.units.iter().map(|unit| {
            let UnitRow { study: name, participant, .. } = unit;
            *numbers.entry((name.as_str(), participant.as_str())).or_insert_with(|| {
                study.push(studies.iter().position(|s| *s == name).unwrap_or(0));
                study.len() - 1
            })
        });
        Self { of_row: of_row.collect(), study }
    }
}

/// The vectors of each section as the themes were described by them.
#[derive(Default)]
struct SectionVectors {
    /// For each section its rows of the table.
    rows: Vec<Vec<usize>>,
    /// For each section `(n_members, n_dims)`.
    sections: Vec<Array2<f32>>,
}

impl SectionVectors {
    fn new(analysis: &Analysis) -> Self {
        let sections = &analysis.summary.sections;
        let place: HashMap<&str, usize> = sections.iter().map(|section| section.id.as_str()).zip(0..).collect();
        let mut rows: Vec<Vec<usize>> = vec![Vec::new(); sections.len()];
        for (row, unit) in analysis.units.iter().enumerate().filter(|(_, unit)| unit.vector.is_some()) {
            if let Some(&section) = unit.section.as_deref().and_then(|section| place.get(section)) {
                rows[section].push(row);
            }
        }
        let vector = |&row: &usize| analysis.units[row].vector;
        let mut own: Vec<Array2<f32>> = rows
            .iter()
            .map(|rows| analysis.vectors.select(Axis(0), &rows.iter().filter_map(vector).collect::<Vec<_>>()))
            .collect();
        if analysis.summary.framing.subject.is_some() {
            let text = |&row: &usize| analysis.units[row].text.as_str();
            let texts: Vec<Vec<&str>> = rows.iter().map(|rows| rows.iter().map(text).collect()).collect();
            if let Some(subject) = Subject::of_sections(&texts, &own) {
                own.iter_mut().for_each(|vectors| subject.erase_from(vectors));
            }
        }
        Self { rows, sections: own }
    }

    fn members<'r>(&self, section: usize, units: &'r [UnitRow], people: &People) -> Vec<Member<'r>> {
        let each = |(vector, &row): (usize, &usize)| Member { row: &units[row], person: people.of_row[row], vector };
        self.rows[section].iter().enumerate().map(each).collect()
    }
}
