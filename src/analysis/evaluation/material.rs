//! An analysis as numbers: its units, answers, people, themes and sections.

use super::agreement::*;
use std::collections::HashMap;

use crate::analysis::people::Numbering;
use crate::analysis::saved::{Analysis, Summary, Theme, UnitRow};
use crate::corpus::named::{Index, Said};

/// An analysis, numbered.
pub(super) struct Material<'a> {
    pub(super) units: &'a [UnitRow],
    /// The units of each answer, in order.
    pub(super) answers: Vec<Vec<usize>>,
    pub(super) answer_of: Vec<usize>,
    pub(super) person_of: Vec<usize>,
    pub(super) units_of_person: Vec<Vec<usize>>,
    pub(super) themes: Vec<&'a Theme>,
    /// Of each unit its themes, the one it belongs to most first.
    pub(super) themes_of: Vec<Vec<usize>>,
    /// Id and label of each theme or, where it recurs, of the recurring one.
    pub(super) groups: Vec<(&'a str, &'a str)>,
    pub(super) group_of_theme: Vec<usize>,
    /// Id, question and themes of each section.
    pub(super) sections: Vec<(&'a str, &'a str, Vec<usize>)>,
    pub(super) section_of: Vec<Option<usize>>,
}

impl<'a> Material<'a> {
    pub(super) fn new(analysis: &'a Analysis) -> Self {
        Self::of(&analysis.units, Some(&analysis.summary))
    }

    /// Units that have no themes yet.
    pub(super) fn of_units(units: &'a [UnitRow]) -> Self {
        Self::of(units, None)
    }

    fn of(units: &'a [UnitRow], summary: Option<&'a Summary>) -> Self {
        let mut answer_numbers: HashMap<(&str, &str, usize), usize> = HashMap::new();
        let mut persons = Numbering::default();
        let (mut answers, mut units_of_person) = (Vec::new(), Vec::new());
        let (mut answer_of, mut person_of) = (Vec::new(), Vec::new());
        for (at, unit) in units.iter().enumerate() {
            let answer = *answer_numbers.entry((&unit.study, &unit.participant, unit.answer)).or_insert(answers.len());
            if answer == answers.len() {
                answers.push(Vec::new());
            }
            answers[answer].push(at);
            answer_of.push(answer);
            let person = persons.number(&unit.study, &unit.participant);
            if person == units_of_person.len() {
                units_of_person.push(Vec::new());
            }
            units_of_person[person].push(at);
            person_of.push(person);
        }
        let themes: Vec<&Theme> = summary.iter().flat_map(|summary| summary.themes()).collect();
        let theme_numbers: HashMap<&str, usize> =
            themes.iter().enumerate().map(|(number, theme)| (theme.id.as_str(), number)).collect();
        let mut groups: Vec<(&str, &str)> = Vec::new();
        let mut group_of_theme = Vec::new();
        for theme in &themes {
            let recurring = summary.iter().flat_map(|summary| &summary.recurring);
            let recurring = recurring.into_iter().find(|r| Some(&r.id) == theme.recurring.as_ref());
            let group = match recurring {
                Some(recurring) => (recurring.id.as_str(), recurring.label.as_str()),
                None => (theme.id.as_str(), theme.label.as_str()),
            };
            let known = groups.iter().position(|known| known.0 == group.0);
            group_of_theme.push(known.unwrap_or(groups.len()));
            if known.is_none() {
                groups.push(group);
            }
        }
        let sections = summary.map_or(&[][..], |summary| &summary.sections);
        let number_of = |id: &str| theme_numbers.get(id).copied();
        Self {
            units,
            answers,
            answer_of,
            person_of,
            units_of_person,
            themes_of: units.iter().map(|unit| unit.themes().filter_map(number_of).collect()).collect(),
            groups,
            group_of_theme,
            sections: sections
                .iter()
                .map(|section| {
                    let themes = section.themes.iter().filter_map(|theme| number_of(&theme.id)).collect();
                    (section.id.as_str(), section.question.as_str(), themes)
                })
                .collect(),
            section_of: units
                .iter()
                .map(|unit| sections.iter().position(|section| Some(&section.id) == unit.section.as_ref()))
                .collect(),
            themes,
        }
    }

    /// What ids in a coder's table name.
    pub(super) fn index(&self) -> Index {
        let said = |(at, unit): (usize, &'a UnitRow)| Said {
            id: &unit.id,
            study: &unit.study,
            participant: &unit.participant,
            number: unit.answer,
            file: &unit.position.file,
            answer: self.answer_of[at],
            person: self.person_of[at],
        };
        Index::new(&self.units.iter().enumerate().map(said).collect::<Vec<_>>())
    }

    pub(super) fn units_of(&self, level: Level, key: usize) -> Vec<usize> {
        match level {
            Level::Passage => vec![key],
            Level::Answer => self.answers[key].clone(),
            Level::Participant => self.units_of_person[key].clone(),
        }
    }
}
