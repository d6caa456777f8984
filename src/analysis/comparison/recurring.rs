//! Over which questions a recurring theme is compared.
//!
//! In: the themes that recur together, their sections, and which groups were asked in each. Out: the themes to
//! count, or why there is nothing to compare. It counts nobody.
//!
//! Where several of its questions were asked of more than one group, these make the comparison: everybody had the
//! same chances. Where none was, because the groups had different guides, it is compared over all of its questions,
//! and the reader is told that the groups answered different ones.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::compared::{GroupSummary, RecurringNotCompared};
use crate::analysis::saved::{RecurringSummary, Summary};

/// A recurring theme as it is compared.
pub(super) struct Recurring<'a> {
    /// Its themes that count.
    pub(super) members: Vec<&'a str>,
    /// Their sections.
    pub(super) sections: Vec<&'a str>,
    /// What a reader has to bear in mind.
    pub(super) note: Option<String>,
}

/// Where themes stand and who was asked there.
pub(super) struct Questions<'a> {
    /// The section of each theme that is shown.
    section_of: HashMap<&'a str, &'a str>,
    /// The groups of which somebody answered in a section.
    groups_of: HashMap<&'a str, BTreeSet<usize>>,
    groups: &'a [GroupSummary],
}

impl<'a> Questions<'a> {
    pub(super) fn new(
        summary: &'a Summary,
        groups_of: HashMap<&'a str, BTreeSet<usize>>,
        groups: &'a [GroupSummary],
    ) -> Self {
        let themes = summary.sections.iter().flat_map(|section| {
            let shown = section.themes.iter().filter(|theme| !theme.hidden);
            shown.map(|theme| (theme.id.as_str(), section.id.as_str()))
        });
        Self { section_of: themes.collect(), groups_of, groups }
    }

    /// How a recurring theme is compared, or why it is not.
    pub(super) fn compared(&self, recurring: &'a RecurringSummary) -> Result<Recurring<'a>, RecurringNotCompared> {
        let shown: Vec<(&str, &str)> = recurring
            .themes
            .iter()
            .filter_map(|id| self.section_of.get_key_value(id.as_str()))
            .map(|(&theme, &section)| (theme, section))
            .collect();
        let not = |compared_as: Option<&str>, asked: Option<usize>| RecurringNotCompared {
            id: recurring.id.clone(),
            label: recurring.label.clone(),
            compared_as: compared_as.map(str::to_string),
            asked: asked.map(|group| self.groups[group].name.clone()),
            hidden: recurring.themes.len() - shown.len(),
        };
        let asked = |section: &str| self.groups_of.get(section).into_iter().flatten().copied();
        let shared: Vec<(&str, &str)> =
            shown.iter().filter(|(_, section)| asked(section).count() > 1).copied().collect();
        match shared.as_slice() {
            &[(theme, _)] => return Err(not(Some(theme), None)),
            &[_, _, ..] => {
                let (members, sections) = shared.into_iter().unzip();
                return Ok(Recurring { members, sections, note: None });
            }
            [] => {}
        }
        let mut answered: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        for (_, section) in &shown {
            asked(section).for_each(|group| _ = answered.entry(group).or_default().insert(section));
        }
        if answered.len() < 2 {
            return Err(not(None, answered.keys().next().copied()));
        }
        let (members, sections): (Vec<&str>, Vec<&str>) = shown.into_iter().unzip();
        let each: Vec<String> = answered
            .iter()
            .map(|(&group, own)| {
                // In the order of the guide.
                let mut ids: Vec<&str> = sections.iter().filter(|section| own.contains(*section)).copied().collect();
                ids.dedup();
                format!("{} answered {}", self.groups[group].name, ids.join(", "))
            })
            .collect();
        let note = format!("may come from what was asked: {}", each.join("; "));
        Ok(Recurring { members, sections, note: Some(note) })
    }
}
