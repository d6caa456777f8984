//! The parameters of [`ThemeClustering`], and what they may be.

use linfa::ParamGuard;

use super::linkage::Linkage;
use crate::cluster::errors::ClusterError;
use crate::cluster::policy::{MOST_UNITS, NEIGHBOURS, SEED, SMOOTHING_STEPS};
use crate::cluster::ranges::{check_exact_up_to, check_granularity, check_themes};

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
            neighbours: NEIGHBOURS,
            smoothing_steps: SMOOTHING_STEPS,
            exact_up_to: MOST_UNITS,
            seed: SEED,
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

impl ThemeClusteringValidParams {
    /// Themes asked for; `None` when their number is chosen.
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

    /// Nearest neighbours in the graph.
    pub fn neighbours(&self) -> usize {
        self.neighbours
    }

    /// Smoothing steps.
    pub fn smoothing_steps(&self) -> usize {
        self.smoothing_steps
    }

    /// Units above which centres stand for them.
    pub fn exact_up_to(&self) -> usize {
        self.exact_up_to
    }

    /// Seed of the sample that the centres are drawn from.
    pub fn seed(&self) -> u64 {
        self.seed
    }
}

/// Parameters of [`ThemeClustering`] as they were set; checked when fitting.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeClusteringParams(ThemeClusteringValidParams);

impl ThemeClusteringParams {
    /// Number of themes; `None` (default) chooses it. More than there are micro-clusters gives as
    /// many as possible; themes that dissolve are counted by [`Themes::shortfall`](crate::cluster::Themes::shortfall).
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
        check_themes(params.themes)?;
        check_granularity(params.granularity)?;
        if let Linkage::Modularity { balance } = params.linkage
            && !(balance >= 0.0 && balance.is_finite())
        {
            return refuse("balance", balance, "0 or more");
        }
        if params.neighbours == 0 {
            return refuse("neighbours", 0.0, "1 or more");
        }
        check_exact_up_to(params.exact_up_to)?;
        Ok(params)
    }

    fn check(self) -> Result<Self::Checked, Self::Error> {
        self.check_ref()?;
        Ok(self.0)
    }
}
