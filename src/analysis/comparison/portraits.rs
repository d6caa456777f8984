//! What a group says inside a theme: its most typical passage and its words.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::grouping::{Grouping, People};
use crate::analysis::pipeline::counting::{centre, quote, rounded};
use crate::analysis::saved::{Analysis, Quote};
use crate::theme::group_terms::{GroupTerm, Wording};
use crate::theme::keywords::Said;
use crate::theme::quotes::{self, Quotable};

/// Terms told of each group.
const TERMS: usize = 5;

/// What is quoted and told of a group's words.
pub(super) struct Portraits<'a> {
    analysis: &'a Analysis,
    people: &'a People<'a>,
    grouping: &'a Grouping,
    /// Units of each theme.
    members: HashMap<&'a str, Vec<usize>>,
    /// The words of each section, and the place of its units among them.
    words: HashMap<&'a str, (Wording, HashMap<usize, usize>)>,
}

impl<'a> Portraits<'a> {
    pub(super) fn new(analysis: &'a Analysis, people: &'a People, grouping: &'a Grouping) -> Self {
        let mut members: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut of_section: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, unit) in analysis.units.iter().enumerate() {
            if grouping.of_unit[number].is_none() {
                continue;
            }
            for theme in unit.themes() {
                members.entry(theme).or_default().push(number);
            }
            if let Some(section) = &unit.section {
                of_section.entry(section).or_default().push(number);
            }
        }
        let words = of_section
            .into_iter()
            .map(|(section, units)| {
                let said: Vec<Said> = units
                    .iter()
                    .map(|&unit| Said {
                        text: &analysis.units[unit].text,
                        language: people.languages[people.of_unit[unit]],
                        participant: people.of_unit[unit],
                        section: 0,
                        theme: None,
                    })
                    .collect();
                (section, (Wording::of(&said), units.into_iter().zip(0..).collect()))
            })
            .collect();
        Self { analysis, people, grouping, members, words }
    }

    fn members(&self, themes: &[String]) -> Vec<usize> {
        let mut seen = BTreeSet::new();
        let all = themes.iter().filter_map(|theme| self.members.get(theme.as_str())).flatten().copied();
        all.filter(|&unit| seen.insert(unit)).collect()
    }

    /// The most typical quote of each group: what the researcher pinned, else what is nearest to the centre.
    pub(super) fn quotes(&self, themes: &[String]) -> Vec<Option<Quote>> {
        let members = self.members(themes);
        let rows: Vec<usize> = members.iter().filter_map(|&unit| self.analysis.units[unit].vector).collect();
        let n_groups = self.grouping.groups.len();
        if rows.is_empty() {
            return vec![None; n_groups];
        }
        let centre = centre(&self.analysis.vectors, &rows);
        let pinned: BTreeSet<&str> = themes
            .iter()
            .filter_map(|theme| self.analysis.summary.theme(theme))
            .flat_map(|theme| theme.quotes.iter().filter(|quote| quote.pinned))
            .map(|quote| quote.unit.as_str())
            .collect();
        (0..n_groups)
            .map(|group| {
                let of_group = |&&unit: &&usize| self.grouping.of_unit[unit] == Some(group);
                let own: Vec<usize> = members.iter().filter(of_group).copied().collect();
                let chosen = own.iter().find(|&&unit| pinned.contains(self.analysis.units[unit].id.as_str()));
                if let Some(&unit) = chosen {
                    return Some(Quote { pinned: true, ..quote(&self.analysis.units[unit]) });
                }
                let quotable: Vec<Quotable> = own
                    .iter()
                    .filter_map(|&unit| {
                        let row = &self.analysis.units[unit];
                        Some(Quotable { row: row.vector?, participant: self.people.of_unit[unit], text: &row.text })
                    })
                    .collect();
                let typical = quotes::representative(&quotable, &self.analysis.vectors.view(), &centre.view(), 1);
                typical.first().map(|&at| quote(&self.analysis.units[own[at]]))
            })
            .collect()
    }

    /// Terms of each group; for recurring themes, which span sections, none.
    pub(super) fn terms(&self, section: Option<&str>, themes: &[String]) -> Vec<Vec<GroupTerm>> {
        let n_groups = self.grouping.groups.len();
        let Some((wording, places)) = section.and_then(|section| self.words.get(section)) else {
            return vec![Vec::new(); n_groups];
        };
        let units: Vec<(usize, usize)> = self
            .members(themes)
            .into_iter()
            .filter_map(|unit| Some((*places.get(&unit)?, self.grouping.of_unit[unit]?)))
            .collect();
        let mut terms = wording.typical(&units, n_groups, TERMS);
        terms.iter_mut().flatten().for_each(|term| term.z = rounded(term.z));
        terms
    }
}
