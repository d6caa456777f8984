//! How far to trust the themes of an analysis.
//!
//! In: the sections as they were clustered, then themes and rows. Out: stability and silhouette of the
//! themes, the most isolated of the unclustered units, and how themes add up with participants. It
//! changes no theme and no count.

use std::collections::{BTreeSet, HashMap};

use super::counting::{quote, rounded};
use crate::analysis::AnalysisError;
use crate::analysis::saved::{IsolatedUnit, Parameters, ParticipantSummary, SectionSummary, StudySummary, UnitRow};
use crate::cluster::Whole;
use crate::embed::{Progress, Step, Watched};
use crate::theme::accumulation::Accumulation;
use crate::theme::separation::{Separation, average};
use crate::theme::stability::{Agreement, Clustered, Stability, stability_watched};
use crate::theme::vectors::Vectors;

/// A section with its clustering.
pub(super) struct Section<'a> {
    /// The units clustered on: indices into the units of the analysis.
    pub units: &'a [usize],
    /// Their vectors, `(n_units, n_dims)`.
    pub vectors: &'a dyn Vectors,
    /// What the clustering saw and made of them; `None` when there were too few.
    pub clustered: Option<Clustered<'a>>,
    /// Mean cosine of each unit to its nearest units; empty when there were too few.
    pub nearness: &'a [f64],
}

/// What was measured of a section.
pub(super) struct SectionTrust {
    separation: Separation,
    stability: Option<Stability>,
    /// Unclustered units with their nearness, the most isolated first.
    isolated: Vec<(usize, f64)>,
}

/// What was measured of all sections.
pub(super) struct Trust {
    sections: Vec<SectionTrust>,
}

impl Trust {
    /// With the draws of participants, the number of isolated units a section and the seed of `options`; `wholes`: what the
    /// clustering of each section shares with that of its draws, where it is known.
    ///
    /// # Errors
    /// Those of the clustering.
    pub(super) fn new(
        sections: Vec<Section>,
        wholes: Vec<Option<Whole>>,
        options: &Parameters,
        progress: &mut dyn Progress,
    ) -> Result<Self, AnalysisError> {
        let isolated: Vec<_> = sections.iter().map(|section| section.isolated(options.isolated)).collect();
        let (mut measured, total) = (0, sections.iter().map(|section| section.units.len()).sum());
        let separations = sections.iter().map(|section| {
            let separation = section.separation();
            measured += section.units.len();
            progress.advanced(Step::Silhouettes, measured, total);
            separation
        });
        let separations = separations.collect::<Result<Vec<_>, _>>()?;
        let clustered: Vec<Option<Clustered>> = sections.into_iter().map(|section| section.clustered).collect();
        let watched = Watched::new(Step::Stability, progress);
        let watch = |done: usize, total: usize| watched.tell(done, total);
        let stabilities = stability_watched(&clustered, wholes, options.stability, options.seed, &watch)?;
        let measured = separations.into_iter().zip(stabilities).zip(isolated);
        let sections = measured
            .map(|((separation, stability), isolated)| SectionTrust { separation, stability, isolated })
            .collect();
        Ok(Self { sections })
    }

    /// Of the section at this place.
    pub(super) fn section(&self, place: usize) -> &SectionTrust {
        &self.sections[place]
    }

    /// Mean silhouette of everything that is in a theme.
    pub(super) fn silhouette(&self) -> Option<f64> {
        let totals = self.sections.iter().map(|section| section.separation.total);
        let total = totals.fold((0.0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
        average(total).map(rounded)
    }
}

impl Section<'_> {
    fn separation(&self) -> Result<Separation, AnalysisError> {
        match &self.clustered {
            Some(clustered) => Ok(Separation::new(self.vectors, clustered.themes, clustered.n_themes)?),
            None => Ok(Separation::default()),
        }
    }

    fn isolated(&self, n: usize) -> Vec<(usize, f64)> {
        let Some(clustered) = self.clustered.as_ref().filter(|clustered| clustered.n_themes > 0) else {
            return Vec::new();
        };
        let mut isolated: Vec<(usize, f64)> = (0..self.units.len())
            .filter(|&at| clustered.themes[at].is_none())
            .map(|at| (self.units[at], self.nearness[at]))
            .collect();
        isolated.sort_by(|x, y| x.1.total_cmp(&y.1).then(x.0.cmp(&y.0)));
        isolated.truncate(n);
        isolated
    }
}

impl SectionTrust {
    /// Mean silhouette of the units in its themes.
    pub(super) fn silhouette(&self) -> Option<f64> {
        self.separation.overall().map(rounded)
    }

    /// Mean silhouette of a theme.
    pub(super) fn silhouette_of(&self, theme: usize) -> Option<f64> {
        self.separation.themes.get(theme).copied().flatten().map(rounded)
    }

    /// How well a theme is found again when participants are drawn anew.
    pub(super) fn stability_of(&self, theme: usize) -> Option<f64> {
        self.stability.as_ref()?.themes.get(theme).copied().flatten().map(rounded)
    }

    /// How far the partitions of the draws agree with that of everybody.
    pub(super) fn agreement(&self) -> Option<Agreement> {
        let agreement = self.stability.as_ref()?.agreement;
        Some(Agreement {
            adjusted_rand_index: rounded(agreement.adjusted_rand_index),
            adjusted_mutual_information: rounded(agreement.adjusted_mutual_information),
            ..agreement
        })
    }

    /// The most isolated of its unclustered units.
    pub(super) fn isolated(&self, units: &[UnitRow]) -> Vec<IsolatedUnit> {
        self.isolated.iter().map(|&(unit, nearness)| isolated_unit(&units[unit], nearness)).collect()
    }
}

fn isolated_unit(unit: &UnitRow, nearness: f64) -> IsolatedUnit {
    IsolatedUnit { quote: quote(unit), nearness: rounded(nearness) }
}

/// Study by study, over everybody who was interviewed, whether or not they voiced a theme.
pub(in crate::analysis) fn accumulation(
    sections: &[SectionSummary],
    participants: &[ParticipantSummary],
    studies: &[StudySummary],
    units: &[UnitRow],
    seed: u64,
) -> Vec<Accumulation> {
    let themes = sections.iter().flat_map(|section| &section.themes);
    let numbers: HashMap<&str, usize> = themes.map(|theme| theme.id.as_str()).zip(0..).collect();
    let mut voiced: HashMap<(&str, &str), BTreeSet<usize>> = HashMap::new();
    for unit in units {
        for &theme in unit.themes().filter_map(|theme| numbers.get(theme)) {
            voiced.entry((&unit.study, &unit.participant)).or_default().insert(theme);
        }
    }
    let of_study = |study: &str| {
        let people = participants.iter().filter(|participant| participant.study == study);
        let voiced: Vec<Vec<usize>> = people
            .map(|p| voiced.get(&(study, p.participant.as_str())).into_iter().flatten().copied().collect())
            .collect();
        let mut found = Accumulation::new(study, &voiced, seed)?;
        found.new_themes.iter_mut().for_each(|new| *new = rounded(*new));
        Some(found)
    };
    studies.iter().filter_map(|study| of_study(&study.name)).collect()
}
