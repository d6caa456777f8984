//! Who was asked what and who voiced it, as numbers: what groups are compared by.

use super::policy::FEWEST;

/// A participant who was asked, in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The participant, `0..n_persons`.
    pub person: usize,
    /// Their group, `0..n_groups`.
    pub group: usize,
    /// Units they were heard with, clustered on; none for whoever answered with nothing that could be in a theme.
    pub units: usize,
}

/// Who was asked about something: each participant once, or, [`Design::Within`], once a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// In any order.
    pub slots: Vec<Slot>,
}

/// Who voiced a theme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voiced {
    /// Which of [`Incidence::asked`] could have.
    pub asked: usize,
    /// Places in its slots with the number of units in the theme, at least one; each place once.
    pub mentions: Vec<(usize, usize)>,
}

/// What groups are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// Of different participants.
    Between,
    /// Of the same participants, asked something else.
    Within,
}

/// Who was asked and who voiced what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incidence {
    /// Whether the groups are of different participants.
    pub design: Design,
    /// Number of groups.
    pub n_groups: usize,
    /// Number of participants.
    pub n_persons: usize,
    /// Who was asked.
    pub asked: Vec<Asked>,
    /// The themes.
    pub themes: Vec<Voiced>,
}

/// How often chance is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Shuffles of the participants among the groups.
    pub shuffles: usize,
    /// Resamples of the bootstrap.
    pub resamples: usize,
    /// What the random numbers start from.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { shuffles: 9_999, resamples: 2_000, seed: 0xc0a9 }
    }
}

impl Asked {
    /// Participants asked in each group.
    pub fn sizes(&self, n_groups: usize) -> Vec<usize> {
        let mut sizes = vec![0; n_groups];
        self.slots.iter().for_each(|slot| sizes[slot.group] += 1);
        sizes
    }

    /// The groups with enough participants to be compared.
    pub fn tested(&self, n_groups: usize) -> Vec<usize> {
        let sizes = self.sizes(n_groups);
        (0..n_groups).filter(|&group| sizes[group] >= FEWEST).collect()
    }

    /// Units to draw of each: the median of the group that says least, of the groups given and of those who said
    /// something.
    pub(super) fn drawn(&self, groups: &[usize]) -> usize {
        let median = |&group: &usize| {
            let own = self.slots.iter().filter(|slot| slot.group == group && slot.units > 0);
            let mut units: Vec<usize> = own.map(|slot| slot.units).collect();
            units.sort_unstable();
            // The lower median: a number of units is whole.
            units.get(units.len().saturating_sub(1) / 2).copied()
        };
        groups.iter().filter_map(median).min().unwrap_or(1).max(1)
    }
}
