//! The parameters of [`AgglomerativeClustering`], and what they may be.

use linfa::ParamGuard;

use crate::cluster::errors::ClusterError;
use crate::cluster::policy::{MOST_UNITS, SEED};
use crate::cluster::ranges::{check_exact_up_to, check_granularity, check_themes};

/// linfa's `HierarchicalCluster` with Ward's linkage, cut at k clusters; up to 20,000 units.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AgglomerativeClustering;

impl AgglomerativeClustering {
    /// Parameters at their defaults.
    pub(crate) fn params() -> AgglomerativeClusteringParams {
        AgglomerativeClusteringParams(AgglomerativeClusteringValidParams {
            themes: None,
            granularity: 1.0,
            exact_up_to: MOST_UNITS,
            seed: SEED,
        })
    }
}

/// Parameters of [`AgglomerativeClustering`] that have been checked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AgglomerativeClusteringValidParams {
    pub(super) themes: Option<usize>,
    pub(super) granularity: f64,
    pub(super) exact_up_to: usize,
    pub(super) seed: u64,
}

/// Parameters of [`AgglomerativeClustering`] as they were set; checked when fitting.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AgglomerativeClusteringParams(AgglomerativeClusteringValidParams);

impl AgglomerativeClusteringParams {
    /// Number of themes, 1 or more; `None` (default) is the number expected of so many units.
    pub(crate) fn themes(mut self, themes: Option<usize>) -> Self {
        self.0.themes = themes;
        self
    }

    /// Factor on the expected number of themes, more than 0, default 1.
    pub(crate) fn granularity(mut self, granularity: f64) -> Self {
        self.0.granularity = granularity;
        self
    }

    /// Units up to which the graph is one of units, default 20,000, at least 100; above, one of centres.
    pub(crate) fn exact_up_to(mut self, exact_up_to: usize) -> Self {
        self.0.exact_up_to = exact_up_to;
        self
    }

    /// Seed of those centres, default 42.
    pub(crate) fn seed(mut self, seed: u64) -> Self {
        self.0.seed = seed;
        self
    }
}

impl ParamGuard for AgglomerativeClusteringParams {
    type Checked = AgglomerativeClusteringValidParams;
    type Error = ClusterError;

    fn check_ref(&self) -> Result<&Self::Checked, Self::Error> {
        let params = &self.0;
        check_themes(params.themes)?;
        check_granularity(params.granularity)?;
        check_exact_up_to(params.exact_up_to)?;
        Ok(params)
    }

    fn check(self) -> Result<Self::Checked, Self::Error> {
        self.check_ref()?;
        Ok(self.0)
    }
}
