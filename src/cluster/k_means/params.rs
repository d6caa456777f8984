//! The parameters of [`KMeansClustering`], and what they may be.

use linfa::ParamGuard;

use crate::cluster::errors::ClusterError;
use crate::cluster::policy::{MOST_UNITS, SEED};
use crate::cluster::ranges::{check_exact_up_to, check_granularity, check_themes};

/// linfa's `KMeans`: every unit goes to the nearest of k means.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KMeansClustering;

impl KMeansClustering {
    /// Parameters at their defaults.
    pub(crate) fn params() -> KMeansClusteringParams {
        KMeansClusteringParams(KMeansClusteringValidParams {
            themes: None,
            granularity: 1.0,
            exact_up_to: MOST_UNITS,
            seed: SEED,
        })
    }
}

/// Parameters of [`KMeansClustering`] that have been checked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct KMeansClusteringValidParams {
    pub(super) themes: Option<usize>,
    pub(super) granularity: f64,
    pub(super) exact_up_to: usize,
    pub(super) seed: u64,
}

/// Parameters of [`KMeansClustering`] as they were set; checked when fitting.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct KMeansClusteringParams(KMeansClusteringValidParams);

impl KMeansClusteringParams {
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

    /// Units up to which the means are those of all, default 20,000, at least 100; above, of as many that are drawn.
    pub(crate) fn exact_up_to(mut self, exact_up_to: usize) -> Self {
        self.0.exact_up_to = exact_up_to;
        self
    }

    /// Seed of the first means, and of the units and centres that stand for more, default 42.
    pub(crate) fn seed(mut self, seed: u64) -> Self {
        self.0.seed = seed;
        self
    }
}

impl ParamGuard for KMeansClusteringParams {
    type Checked = KMeansClusteringValidParams;
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
