//! Themes made by hand, and several themes of a passage.
//!
//! In: the analysis while it is edited. Out: new themes in their sections with the passages that the researcher put
//! there, described by the rules for those found; passages in further themes, or in fewer. Counting is left to
//! `recount`. A passage is never copied: it is taken from where it is.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ndarray::Array1;

use super::editing::{Editing, Refused};
use super::{Action, NO_THEME};
use crate::analysis::people::People;
use crate::analysis::pipeline::counting::{self, Member};
use crate::analysis::pipeline::policy::follows;
use crate::analysis::pipeline::section_vectors::SectionVectors;
use crate::analysis::pipeline::terms::{Naming, TermVectors, stored};
use crate::analysis::saved::*;
use crate::theme::keywords::{self, Said};
use crate::theme::numbers::counted;

/// A theme that is to be made.
struct Made<'c> {
    id: &'c str,
    name: &'c str,
    description: Option<&'c str>,
    units: &'c [String],
    /// The theme that its passages are taken from; any, where there is none.
    from: Option<&'c str>,
}

/// Why a passage cannot be taken into a theme.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum NotTaken {
    /// It does not stand in this question.
    Elsewhere(String),
    NotHere,
    /// It is not in the theme that is divided.
    NotInTheme(String),
    SetAside,
}

impl NotTaken {
    /// The same of `count` of the passages that are named.
    fn told(&self, count: usize, of: usize) -> String {
        let (is, does, was) = if count == 1 { ("is", "does", "was") } else { ("are", "do", "were") };
        let passages = counted(of, "passage");
        match self {
            Self::Elsewhere(section) => format!("{count} of {passages} {does} not stand in {section}"),
            Self::NotHere => format!("{count} of {passages} {is} not in this run"),
            Self::NotInTheme(theme) => format!("{count} of {passages} {is} not in {theme}"),
            Self::SetAside => format!("{count} of {passages} {was} set aside before clustering"),
        }
    }
}

impl Editing<'_> {
    /// Makes the themes, those of whole sections before those that divide one.
    pub(super) fn new_themes(&mut self) {
        let codebook = self.codebook;
        for (at, edit) in codebook.edits.iter().enumerate() {
            if let Action::New { id, question, name, description, units } = &edit.action {
                let made = Made { id, name, description: description.as_deref(), units, from: None };
                let sections = &self.analysis.summary.sections;
                let outcome = match sections.iter().position(|section| section.id == *question) {
                    Some(section) => self.make(section, &made),
                    None => Err(format!("no question has the id {question} in this run")),
                };
                self.note(at, outcome);
            }
        }
        for (at, edit) in codebook.edits.iter().enumerate() {
            if let Action::Divide { theme, id, name, units } = &edit.action {
                let made = Made { id, name, description: None, units, from: Some(theme) };
                let outcome = self.section(theme).and_then(|section| self.make(section, &made));
                self.note(at, outcome);
            }
        }
    }

    fn make(&mut self, section: usize, made: &Made) -> Result<Option<String>, Refused> {
        let units: BTreeSet<&str> = made.units.iter().map(String::as_str).collect();
        let (mut rows, mut missing) = (Vec::new(), BTreeMap::<NotTaken, usize>::new());
        for &unit in &units {
            match self.takeable(section, unit, made.from) {
                Ok(row) => rows.push(row),
                Err(reason) => *missing.entry(reason).or_default() += 1,
            }
        }
        let of = units.len();
        let reasons = missing.iter().map(|(reason, &count)| reason.told(count, of));
        let reasons = (!missing.is_empty()).then(|| reasons.collect::<Vec<_>>().join("; "));
        if rows.is_empty() {
            return Err(reasons.unwrap_or_else(|| "it lists no passage".into()));
        }
        let summary = &mut self.analysis.summary.sections[section];
        // What was unclustered, and is in a theme now, is not isolated.
        summary.isolated.retain(|unit| !units.contains(unit.quote.unit.as_str()));
        summary.no_themes_because = None;
        summary.themes.push(empty(made));
        self.section_of.insert(made.id.to_owned(), section);
        for row in rows {
            let edit = if made.from.is_some() { "divide" } else { "move" };
            match made.from {
                Some(from) if self.analysis.units[row].theme.as_deref() != Some(from) => {
                    self.exchange(row, from, made.id)
                }
                _ => self.put(row, Some(made.id), edit),
            }
        }
        // Its own passages are no change of it.
        self.changed.remove(made.id);
        self.touched.insert(made.id.to_owned());
        Ok(reasons)
    }

    /// The row of a passage that can be taken; else why not.
    fn takeable(&self, section: usize, unit: &str, from: Option<&str>) -> Result<usize, NotTaken> {
        let &row = self.row_of.get(unit).ok_or(NotTaken::NotHere)?;
        let unit = &self.analysis.units[row];
        let section = &self.analysis.summary.sections[section].id;
        match (unit.status, from) {
            (Status::Excluded(_), _) => Err(NotTaken::SetAside),
            _ if unit.section.as_ref() != Some(section) => Err(NotTaken::Elsewhere(section.clone())),
            (_, Some(from)) if !unit.is_in(from) => Err(NotTaken::NotInTheme(from.to_owned())),
            _ => Ok(row),
        }
    }

    /// A further theme of a passage gives way to another.
    fn exchange(&mut self, row: usize, from: &str, to: &str) {
        for also in self.analysis.units[row].also.iter_mut().filter(|also| also.theme == from) {
            *also = AlsoIn { theme: to.to_owned(), strength: None };
        }
        self.change(from.to_owned(), "divide");
    }

    /// Puts passages into further themes, then takes some out of one.
    pub(super) fn further_themes(&mut self) {
        let codebook = self.codebook;
        for (at, edit) in codebook.edits.iter().enumerate() {
            if let Action::Also { unit, theme } = &edit.action {
                let outcome = self.add(unit, theme);
                self.note(at, outcome);
            }
        }
        for (at, edit) in codebook.edits.iter().enumerate() {
            if let Action::Not { unit, theme } = &edit.action {
                let outcome = self.take_out(unit, theme);
                self.note(at, outcome);
            }
        }
    }

    fn add(&mut self, unit: &str, theme: &str) -> Result<Option<String>, Refused> {
        let at = self.row(unit)?;
        self.answers_the_same(at, theme)?;
        let row = &mut self.analysis.units[at];
        if row.is_in(theme) {
            return Ok(Some("it is there without the edit".into()));
        }
        if row.theme.is_none() {
            self.put(at, Some(theme), "also");
            return Ok(Some("it was in no theme: this one is its only one".into()));
        }
        row.also.push(AlsoIn { theme: theme.to_owned(), strength: None });
        self.change(theme.to_owned(), "also");
        Ok(None)
    }

    fn take_out(&mut self, unit: &str, theme: &str) -> Result<Option<String>, Refused> {
        let at = self.row(unit)?;
        self.section(theme)?;
        let row = &mut self.analysis.units[at];
        if !row.is_in(theme) {
            return Ok(Some("it is not there without the edit".into()));
        }
        if row.theme.as_deref() != Some(theme) {
            row.also.retain(|also| also.theme != theme);
            self.change(theme.to_owned(), "not");
            return Ok(None);
        }
        if row.also.is_empty() {
            self.put(at, None, "not");
            return Ok(Some("it was its only theme: the passage is unclustered".into()));
        }
        // The next takes its place.
        let next = row.also.remove(0);
        row.moved_from = Some(row.theme.clone().unwrap_or_else(|| NO_THEME.into()));
        if row.second_theme.as_ref() == Some(&next.theme) {
            (row.second_theme, row.second_strength) = (None, None);
        }
        (row.theme, row.sub_theme, row.strength) = (Some(next.theme), None, next.strength);
        self.change(theme.to_owned(), "not");
        Ok(None)
    }

    /// Keywords and questions of the themes that were made, by their passages; the mean of the passages that use a
    /// term stands in for its vector, since no model is asked.
    pub(super) fn describe_new_themes(&mut self) {
        let sections = &self.analysis.summary.sections;
        let has_new = |section: &SectionSummary| section.themes.iter().any(Theme::is_by_hand);
        let places: Vec<usize> = (0..sections.len()).filter(|&at| has_new(&sections[at])).collect();
        if places.is_empty() {
            return;
        }
        let people = People::of_rows(self.analysis);
        let vectors = SectionVectors::new(self.analysis);
        for place in places {
            let section = &self.analysis.summary.sections[place];
            let members = vectors.members(place, &self.analysis.units, &people);
            let described = described(section, &members, &vectors.sections[place], &self.analysis.summary);
            let themes = &mut self.analysis.summary.sections[place].themes;
            for (theme, described) in themes.iter_mut().zip(described).filter(|(theme, _)| theme.is_by_hand()) {
                theme.mentions = described.mentions;
                theme.keywords = described.keywords;
                theme.follows_the_question = follows(&described.questions);
                theme.questions = described.questions;
            }
        }
    }
}

/// A theme before anything is counted.
fn empty(made: &Made) -> Theme {
    Theme {
        id: made.id.to_owned(),
        edited: vec!["new".into()],
        description: made.description.map(str::to_owned),
        ..Theme::named(made.name.to_owned())
    }
}

struct Description {
    mentions: usize,
    keywords: Vec<keywords::Keyword>,
    questions: Vec<QuestionShare>,
}

/// For each theme of a section what its passages say and answer.
fn described(
    section: &SectionSummary,
    members: &[Member],
    vectors: &ndarray::Array2<f32>,
    summary: &Summary,
) -> Vec<Description> {
    let number: HashMap<&str, usize> = section.themes.iter().map(|theme| theme.id.as_str()).zip(0..).collect();
    let languages = summary.languages();
    let said: Vec<Said> = members
        .iter()
        .map(|member| Said {
            text: &member.row.text,
            language: languages.get(&(member.row.study.as_str(), member.row.participant.as_str())).copied(),
            participant: member.person,
            section: 0,
            theme: member.row.theme.as_deref().and_then(|theme| number.get(theme)).copied(),
        })
        .collect();
    let groups: Vec<Vec<Member>> = section
        .themes
        .iter()
        .map(|theme| members.iter().filter(|member| member.row.is_in(&theme.id)).copied().collect())
        .collect();
    let centre = |group: &Vec<Member>| -> Array1<f32> {
        counting::centre(vectors, &group.iter().map(|member| member.vector).collect::<Vec<_>>())
    };
    let naming = Naming {
        candidates: keywords::candidates(&said, std::slice::from_ref(&section.question), section.themes.len()),
        centres: groups.iter().map(centre).collect(),
        rows: members.iter().map(|member| member.vector).enumerate().collect(),
    };
    let keywords = naming.keywords(&TermVectors::by_passages(), vectors);
    let guide = if summary.framing.by_section { &[] } else { summary.framing.guide.as_slice() };
    groups
        .iter()
        .zip(keywords)
        .map(|(group, keywords)| Description {
            mentions: group.len(),
            keywords: stored(keywords),
            questions: counting::question_shares(group, guide),
        })
        .collect()
}
