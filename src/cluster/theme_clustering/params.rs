//! The parameters of [`ThemeClustering`], and what they may be.

use linfa::ParamGuard;

use crate::cluster::ClusterError;
use crate::cluster::merge_tree::Linkage;

/// Finds themes among vectors.
///
/// ```
/// use leitmotif::cluster::ThemeClustering;
/// use linfa::traits::Fit;
/// use linfa::DatasetBase;
/// use ndarray::Array2;
///
/// // 30 units around three directions.
/// let vectors = Array2::from_shape_fn((30, 4), |(unit, dim)| {
///     if unit % 3 == dim { 1.0 } else { 0.05 * ((unit * 5 + dim * 3) % 7) as f32 }
/// });
/// let themes = ThemeClustering::params().themes(Some(3)).fit(&DatasetBase::from(vectors))?;
/// assert_eq!(themes.n_themes(), 3);
/// assert_eq!(themes.labels()[0], themes.labels()[3]);
/// # Ok::<(), leitmotif::cluster::ClusterError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ThemeClustering;

impl ThemeClustering {
    /// Parameters at their defaults.
    pub fn params() -> ThemeClusteringParams {
        ThemeClusteringParams(ThemeClusteringValidParams {
            themes: None,
            granularity: 1.0,
            linkage: Linkage::DEFAULT,
            neighbours: 15,
            smoothing_steps: 3,
            exact_up_to: 20_000,
            seed: 42,
        })
    }
}

/// Parameters of [`ThemeClustering`] that have been checked.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeClusteringValidParams {
    pub(super) themes: Option<usize>,
    pub(super) granularity: f64,
    pub(super) linkage: Linkage,
    pub(super) neighbours: usize,
    pub(super) smoothing_steps: usize,
    pub(super) exact_up_to: usize,
    pub(super) seed: u64,
}

/// Parameters of [`ThemeClustering`] as they were set; checked when fitting.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeClusteringParams(ThemeClusteringValidParams);

impl ThemeClusteringParams {
    /// Number of themes; `None` (default) chooses it. More than there are micro-clusters gives as
    /// many as possible; themes that dissolve are counted by [`Themes::shortfall`](super::Themes::shortfall).
    pub fn themes(mut self, themes: Option<usize>) -> Self {
        self.0.themes = themes;
        self
    }

    /// Factor on the expected number of themes `√(n_units / 2)`, more than 0, default 1.
    pub fn granularity(mut self, granularity: f64) -> Self {
        self.0.granularity = granularity;
        self
    }

    /// Which clusters of the merge tree melt together next, default [`Linkage::DEFAULT`].
    pub fn linkage(mut self, linkage: Linkage) -> Self {
        self.0.linkage = linkage;
        self
    }

    /// Nearest neighbours in the graph, 1 or more, default 15.
    pub fn neighbours(mut self, neighbours: usize) -> Self {
        self.0.neighbours = neighbours;
        self
    }

    /// Smoothing steps, default 3.
    pub fn smoothing_steps(mut self, smoothing_steps: usize) -> Self {
        self.0.smoothing_steps = smoothing_steps;
        self
    }

    /// Units up to which each is clustered itself, default 20,000, at least 100. Above, as many
    /// centres stand for them.
    pub fn exact_up_to(mut self, exact_up_to: usize) -> Self {
        self.0.exact_up_to = exact_up_to;
        self
    }

    /// Seed of the sample that the centres are drawn from, default 42. It changes nothing up to
    /// [`exact_up_to`](Self::exact_up_to) units.
    pub fn seed(mut self, seed: u64) -> Self {
        self.0.seed = seed;
        self
    }
}

impl ParamGuard for ThemeClusteringParams {
    type Checked = ThemeClusteringValidParams;
    type Error = ClusterError;

    fn check_ref(&self) -> Result<&Self::Checked, Self::Error> {
        let params = &self.0;
        let refuse = |name, found, allowed| Err(ClusterError::Parameter { name, found, allowed });
        if params.themes == Some(0) {
            return refuse("themes", 0.0, "1 or more");
        }
        if !(params.granularity > 0.0 && params.granularity.is_finite()) {
            return refuse("granularity", params.granularity, "more than 0");
        }
        if let Linkage::Modularity { balance } = params.linkage
            && !(balance >= 0.0 && balance.is_finite())
        {
            return refuse("balance", balance, "0 or more");
        }
        if params.neighbours == 0 {
            return refuse("neighbours", 0.0, "1 or more");
        }
        if params.exact_up_to < 100 {
            return refuse("exact_up_to", params.exact_up_to as f64, "100 or more");
        }
        Ok(params)
    }

    fn check(self) -> Result<Self::Checked, Self::Error> {
        self.check_ref()?;
        Ok(self.0)
    }
}
