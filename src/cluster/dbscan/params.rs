//! The parameters of [`DbscanClustering`], and what they may be.

use linfa::ParamGuard;

use crate::cluster::errors::ClusterError;
use crate::cluster::policy::{MIN_POINTS, MOST_UNITS, SEED};
use crate::cluster::ranges::{check_exact_up_to, within};

/// Unit vectors are never further apart.
const LARGEST_DISTANCE: f64 = 2.0;

/// linfa's `Dbscan`: dense regions are themes, the rest is unclustered; up to 20,000 units.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DbscanClustering;

impl DbscanClustering {
    /// Parameters at their defaults.
    pub(crate) fn params() -> DbscanClusteringParams {
        DbscanClusteringParams(DbscanClusteringValidParams {
            min_points: MIN_POINTS,
            tolerance: None,
            exact_up_to: MOST_UNITS,
            seed: SEED,
        })
    }
}

/// Parameters of [`DbscanClustering`] that have been checked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DbscanClusteringValidParams {
    pub(super) min_points: usize,
    pub(super) tolerance: Option<f64>,
    pub(super) exact_up_to: usize,
    pub(super) seed: u64,
}

/// Parameters of [`DbscanClustering`] as they were set; checked when fitting.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DbscanClusteringParams(DbscanClusteringValidParams);

impl DbscanClusteringParams {
    /// Points within the tolerance of a point, itself included, from which on its neighbourhood is dense, 2 or more,
    /// default 5.
    pub(crate) fn min_points(mut self, min_points: usize) -> Self {
        self.0.min_points = min_points;
        self
    }

    /// Euclidean distance of unit vectors within which they are neighbours, more than 0, at most 2; `None` (default)
    /// is taken from the distances.
    pub(crate) fn tolerance(mut self, tolerance: Option<f64>) -> Self {
        self.0.tolerance = tolerance;
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

impl ParamGuard for DbscanClusteringParams {
    type Checked = DbscanClusteringValidParams;
    type Error = ClusterError;

    fn check_ref(&self) -> Result<&Self::Checked, Self::Error> {
        let params = &self.0;
        within(params.min_points >= 2, "min_points", params.min_points as f64, "2 or more")?;
        let tolerance = params.tolerance.unwrap_or(LARGEST_DISTANCE);
        within(tolerance > 0.0 && tolerance <= LARGEST_DISTANCE, "tolerance", tolerance, "more than 0, at most 2")?;
        check_exact_up_to(params.exact_up_to)?;
        Ok(params)
    }

    fn check(self) -> Result<Self::Checked, Self::Error> {
        self.check_ref()?;
        Ok(self.0)
    }
}
