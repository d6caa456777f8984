//! What a group says inside a theme: its most typical passage and its words.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

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
    /// Units of each section.
    of_section: HashMap<&'a str, Vec<usize>>,
    /// The words of the section that was asked for last: themes are asked for section by section, and those of all sections
    /// take more memory than everything else.
    words: RefCell<Option<(&'a str, Wording)>>,
}

impl<'a> Portraits<'a> {
    pub(super) fn new(analysis: &'a Analysis, people: &'a People, grouping: &'a Grouping) -> Self {
        let mut members: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut of_section: HashMap<&str, Vec<usize>> = HashMap::new();
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
        Self { analysis, people, grouping, members, of_section, words: RefCell::new(None) }
    }

    fn words_of(&self, units: &[usize]) -> Wording {
        let said: Vec<Said> = units
            .iter()
            .map(|&unit| Said {
                text: &self.analysis.units[unit].text,
                language: self.people.languages[self.people.of_unit[unit]],
                participant: self.people.of_unit[unit],
                section: 0,
                theme: None,
            })
            .collect();
        Wording::of(&said)
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
        let Some((&section, places)) = section.and_then(|section| self.of_section.get_key_value(section)) else {
            return vec![Vec::new(); n_groups];
        };
        let mut words = self.words.borrow_mut();
        if words.as_ref().is_none_or(|(known, _)| *known != section) {
            // Those of the last one go before there are these.
            *words = None;
        }
        let (_, wording) = words.get_or_insert_with(|| (section, self.words_of(places)));
        let units: Vec<(usize, usize)> = self
            .members(themes)
            .into_iter()
            // Rising, as the units are.
            .filter_map(|unit| Some((places.binary_search(&unit).ok()?, self.grouping.of_unit[unit]?)))
            .collect();
        let mut terms = wording.typical(&units, n_groups, TERMS);
        terms.iter_mut().flatten().for_each(|term| term.z = rounded(term.z));
        terms
    }
}
