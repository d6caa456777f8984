//! Who voiced which theme, and who was asked.
//!
//! In: an analysis. Out: for each person and theme the passages, and whether the person answered in the theme's
//! section at all; the sums are the counts of the summary. A passage of several themes counts in each. It reads
//! no text and decides nothing.

use std::collections::{BTreeSet, HashMap};

use super::people::Numbering;
use super::{Analysis, Status, Theme, UnitRow};
use crate::corpus::Exclusion;

/// People by themes.
pub(crate) struct Voiced<'a> {
    /// Study and name of everybody, in the order of the analysis.
    pub(crate) people: Vec<(&'a str, &'a str)>,
    /// Every theme, section by section.
    pub(crate) themes: Vec<&'a Theme>,
    /// For each theme the number of its section.
    pub(crate) section_of: Vec<usize>,
    /// For each unit its person.
    pub(crate) person_of: Vec<usize>,
    /// For each unit its themes.
    pub(crate) themes_of: Vec<Vec<usize>>,
    /// For each section who answered in it.
    asked: Vec<BTreeSet<usize>>,
    /// For each theme and person the passages; no entry for none.
    mentions: Vec<HashMap<usize, usize>>,
}

impl<'a> Voiced<'a> {
    pub(crate) fn new(analysis: &'a Analysis) -> Self {
        let sections = &analysis.summary.sections;
        let mut people = Numbering::default();
        for person in &analysis.summary.participants {
            people.number(&person.study, &person.participant);
        }
        let themes: Vec<&Theme> = analysis.summary.themes().collect();
        let section_of =
            sections.iter().enumerate().flat_map(|(at, section)| section.themes.iter().map(move |_| at)).collect();
        let number_of: HashMap<&str, usize> = themes.iter().map(|theme| theme.id.as_str()).zip(0..).collect();
        let section_number: HashMap<&str, usize> =
            sections.iter().map(|section| section.id.as_str()).zip(0..).collect();
        let mut voiced = Self {
            people: Vec::new(),
            section_of,
            person_of: Vec::new(),
            themes_of: Vec::new(),
            asked: vec![BTreeSet::new(); sections.len()],
            mentions: vec![HashMap::new(); themes.len()],
            themes,
        };
        for unit in &analysis.units {
            let person = people.number(&unit.study, &unit.participant);
            let section = unit.section.as_deref().and_then(|id| section_number.get(id));
            if let Some(&section) = section.filter(|_| is_answer(unit)) {
                voiced.asked[section].insert(person);
            }
            let own: Vec<usize> = match unit.status {
                Status::Theme => unit.themes().filter_map(|id| number_of.get(id).copied()).collect(),
                _ => Vec::new(),
            };
            own.iter().for_each(|&theme| *voiced.mentions[theme].entry(person).or_default() += 1);
            voiced.person_of.push(person);
            voiced.themes_of.push(own);
        }
        voiced.people = people.names().to_vec();
        voiced
    }

    /// Who answered in the theme's section.
    pub(crate) fn asked(&self, theme: usize) -> &BTreeSet<usize> {
        &self.asked[self.section_of[theme]]
    }

    /// Passages of a person in a theme; `None` where they did not answer in its section.
    pub(crate) fn mentions(&self, theme: usize, person: usize) -> Option<usize> {
        let mentions = self.mentions[theme].get(&person).copied();
        mentions.or_else(|| self.asked(theme).contains(&person).then_some(0))
    }

    /// Who voiced the theme.
    pub(crate) fn voices(&self, theme: usize) -> BTreeSet<usize> {
        self.mentions[theme].keys().copied().collect()
    }
}

/// Whether somebody said it: a code for a missing answer is none, and who has one was not asked.
pub(crate) fn is_answer(unit: &UnitRow) -> bool {
    unit.status != Status::Excluded(Exclusion::Missing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::load;

    #[test]
    fn the_sums_are_the_counts_of_the_summary() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let analysis = load(&folder).unwrap();
        let voiced = Voiced::new(&analysis);
        assert!(!voiced.themes.is_empty());
        for (number, theme) in voiced.themes.iter().enumerate() {
            let people = 0..voiced.people.len();
            let mentions: Vec<usize> = people.filter_map(|person| voiced.mentions(number, person)).collect();
            assert_eq!(mentions.iter().sum::<usize>(), theme.mentions, "{}", theme.id);
            assert_eq!(mentions.iter().filter(|&&n| n > 0).count(), theme.prevalence.participants, "{}", theme.id);
            assert_eq!(voiced.voices(number).len(), theme.prevalence.participants, "{}", theme.id);
            assert_eq!(mentions.len(), theme.prevalence.asked, "{}", theme.id);
        }
    }

    #[test]
    fn who_answered_elsewhere_alone_was_not_asked() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let mut analysis = load(&folder).unwrap();
        let person = analysis.units[0].participant.clone();
        for unit in analysis.units.iter_mut().filter(|unit| unit.participant == person) {
            (unit.section, unit.theme, unit.status) = (None, None, Status::Unclustered);
        }
        let voiced = Voiced::new(&analysis);
        assert_eq!(voiced.mentions(0, voiced.person_of[0]), None);
    }
}
