//! The parameters of all algorithms together, and which of them take which. What a parameter may be is said
//! by the estimator it belongs to; here it is passed on.

use linfa::ParamGuard;

use super::Algorithm;
use crate::cluster::agglomerative::{AgglomerativeClustering, AgglomerativeClusteringParams};
use crate::cluster::dbscan::{DbscanClustering, DbscanClusteringParams};
use crate::cluster::errors::ClusterError;
use crate::cluster::k_means::{KMeansClustering, KMeansClusteringParams};
use crate::cluster::policy::{MIN_POINTS, MOST_UNITS, SEED};
use crate::cluster::theme_clustering::{Linkage, ThemeClustering, ThemeClusteringParams};

/// Parameters of an [`Algorithm`] that have been checked.
#[derive(Debug, Clone, PartialEq)]
pub struct AlgorithmValidParams {
    pub(super) algorithm: Algorithm,
    themes: Option<usize>,
    granularity: f64,
    linkage: Linkage,
    min_points: Option<usize>,
    tolerance: Option<f64>,
    exact_up_to: usize,
    seed: u64,
}

impl AlgorithmValidParams {
    /// How themes are found.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Themes asked for; `None` when their number is not given.
    pub fn themes(&self) -> Option<usize> {
        self.themes
    }

    /// Factor on the expected number of themes.
    pub fn granularity(&self) -> f64 {
        self.granularity
    }

    /// Which clusters of the merge tree melt together next.
    pub fn linkage(&self) -> Linkage {
        self.linkage
    }

    /// Points that make a neighbourhood dense.
    pub fn min_points(&self) -> usize {
        self.min_points.unwrap_or(MIN_POINTS)
    }

    /// Radius of a neighbourhood; `None` when it is taken from the distances.
    pub fn tolerance(&self) -> Option<f64> {
        self.tolerance
    }

    /// Units above which centres stand for them.
    pub fn exact_up_to(&self) -> usize {
        self.exact_up_to
    }

    /// Seed of all that is drawn.
    pub fn seed(&self) -> u64 {
        self.seed
    }
}

/// The same as parameters of each estimator.
impl AlgorithmValidParams {
    pub(super) fn theme_clustering(&self) -> ThemeClusteringParams {
        ThemeClustering::params()
            .themes(self.themes)
            .granularity(self.granularity)
            .linkage(self.linkage)
            .exact_up_to(self.exact_up_to)
            .seed(self.seed)
    }

    pub(super) fn k_means(&self) -> KMeansClusteringParams {
        KMeansClustering::params()
            .themes(self.themes)
            .granularity(self.granularity)
            .exact_up_to(self.exact_up_to)
            .seed(self.seed)
    }

    pub(super) fn agglomerative(&self) -> AgglomerativeClusteringParams {
        AgglomerativeClustering::params()
            .themes(self.themes)
            .granularity(self.granularity)
            .exact_up_to(self.exact_up_to)
            .seed(self.seed)
    }

    pub(super) fn dbscan(&self) -> DbscanClusteringParams {
        DbscanClustering::params()
            .min_points(self.min_points())
            .tolerance(self.tolerance)
            .exact_up_to(self.exact_up_to)
            .seed(self.seed)
    }
}

/// Parameters of an [`Algorithm`] as they were set; checked when fitting.
#[derive(Debug, Clone, PartialEq)]
pub struct AlgorithmParams(AlgorithmValidParams);

impl AlgorithmParams {
    /// Those of `algorithm` at their defaults.
    pub(super) fn of(algorithm: Algorithm) -> Self {
        Self(AlgorithmValidParams {
            algorithm,
            themes: None,
            granularity: 1.0,
            linkage: Linkage::DEFAULT,
            min_points: None,
            tolerance: None,
            exact_up_to: MOST_UNITS,
            seed: SEED,
        })
    }

    /// Number of themes, 1 or more. `None` (default) lets [`Algorithm::Themes`] choose it; k-means and
    /// agglomerative clustering then find as many as are expected, `granularity · √(n_units / 2)`, 3 to
    /// 60. Refused with DBSCAN, where the density decides.
    pub fn themes(mut self, themes: Option<usize>) -> Self {
        self.0.themes = themes;
        self
    }

    /// Factor on the expected number of themes `√(n_units / 2)`, more than 0, default 1. Another one is
    /// refused with DBSCAN.
    pub fn granularity(mut self, granularity: f64) -> Self {
        self.0.granularity = granularity;
        self
    }

    /// [`ThemeClusteringParams::linkage`], default [`Linkage::DEFAULT`]. The others have no merge tree and
    /// do not look at it.
    pub fn linkage(mut self, linkage: Linkage) -> Self {
        self.0.linkage = linkage;
        self
    }

    /// Points within [`tolerance`](Self::tolerance) of a point, itself included, from which on its
    /// neighbourhood is dense: DBSCAN's `MinPts`, 2 or more. `None` (default) is 5. Refused with other
    /// algorithms.
    pub fn min_points(mut self, min_points: Option<usize>) -> Self {
        self.0.min_points = min_points;
        self
    }

    /// DBSCAN's `Eps`: the Euclidean distance of unit vectors, `√(2 − 2 cosine)`, within which they are
    /// neighbours, more than 0, at most 2. `None` (default) takes the knee of the sorted distances to the
    /// `min_points − 1`-th neighbour. Refused with other algorithms.
    pub fn tolerance(mut self, tolerance: Option<f64>) -> Self {
        self.0.tolerance = tolerance;
        self
    }

    /// Units up to which each is clustered itself, default 20,000, at least 100. Above, the means of
    /// k-means are those of as many units, and the graph is one of centres, as with
    /// [`Algorithm::Themes`]. It does not raise the 20,000 of agglomerative clustering and DBSCAN.
    pub fn exact_up_to(mut self, exact_up_to: usize) -> Self {
        self.0.exact_up_to = exact_up_to;
        self
    }

    /// Seed of all that is drawn, default 42: the first means of k-means, and the units or centres that
    /// stand for more than [`exact_up_to`](Self::exact_up_to) units.
    pub fn seed(mut self, seed: u64) -> Self {
        self.0.seed = seed;
        self
    }
}

impl ParamGuard for AlgorithmParams {
    type Checked = AlgorithmValidParams;
    type Error = ClusterError;

    fn check_ref(&self) -> Result<&Self::Checked, Self::Error> {
        let params = &self.0;
        // What the others do not look at may be no nonsense either.
        params.theme_clustering().check_ref()?;
        let refuse = |name, found, allowed| Err(ClusterError::Parameter { name, found, allowed });
        if params.algorithm == Algorithm::Dbscan {
            if let Some(themes) = params.themes {
                return refuse("themes", themes as f64, "none with dbscan, where density decides");
            }
            if params.granularity != 1.0 {
                return refuse("granularity", params.granularity, "1 with dbscan, where density decides");
            }
        } else {
            if let Some(min_points) = params.min_points {
                return refuse("min_points", min_points as f64, "no number but with dbscan");
            }
            if let Some(tolerance) = params.tolerance {
                return refuse("tolerance", tolerance, "no number but with dbscan");
            }
        }
        match params.algorithm {
            Algorithm::Themes => {}
            Algorithm::KMeans => {
                params.k_means().check_ref()?;
            }
            Algorithm::Agglomerative => {
                params.agglomerative().check_ref()?;
            }
            Algorithm::Dbscan => {
                params.dbscan().check_ref()?;
            }
        }
        Ok(params)
    }

    fn check(self) -> Result<Self::Checked, Self::Error> {
        self.check_ref()?;
        Ok(self.0)
    }
}
