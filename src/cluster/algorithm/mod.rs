//! The choice of an algorithm. Vectors come in, `(n_units, n_dims)`, with the name of an algorithm; the
//! same [`Themes`] come out of each, with memberships, graph and isolation by the same definitions. It
//! finds nothing itself: `theme_clustering`, `k_means`, `agglomerative` and `dbscan` do.
//!
//! [`Algorithm::Themes`] is the default because it agrees best with people's codes. On 54 corpora of six
//! families (texts with known codes, all-MiniLM-L6-v2, nothing tuned to a corpus, unclustered units as
//! themes of their own) the means are
//!
//! | algorithm | AMI | ARI | share clustered |
//! |---|---|---|---|
//! | themes | 0.416 | 0.317 | 0.95 |
//! | k-means, k = √(n/2) | 0.367 | 0.230 | 1 |
//! | HDBSCAN, DBSCAN at every tolerance at once | 0.170 | 0.131 | 0.27 |
//!
//! and on the four files of labelled texts that algorithms are compared on (64 corpora, the same
//! model, mean over the files; the algorithms as they are here, at their defaults)
//!
//! | algorithm | AMI | ARI | share clustered |
//! |---|---|---|---|
//! | themes | 0.370 | 0.257 | 0.95 |
//! | k-means, mean of five seeds (0.333–0.346) | 0.340 | 0.216 | 1 |
//! | agglomerative | 0.344 | 0.213 | 1 |
//! | DBSCAN | 0.054 | 0.028 | 0.73 |
//!
//! K-means and agglomerative clustering cut wherever they are told to and put every unit somewhere.
//! DBSCAN looks for regions denser than their surroundings; sentence vectors of hundreds of dimensions
//! have few, so it tends to find one theme of nearly everything, or hardly any. They are here to compare
//! with, and for studies that have committed to one of them.

mod params;

#[cfg(test)]
mod tests;

pub use params::{AlgorithmParams, AlgorithmValidParams};
use std::fmt;

use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use ndarray::{Array2, ArrayBase, ArrayView2, Data, Ix2};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::errors::ClusterError;
use super::theme_clustering::{Listed, Whole};
use super::themes::Themes;

/// How themes are found among vectors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Algorithm {
    /// This program's own: [`ThemeClustering`](super::ThemeClustering).
    #[default]
    Themes,
    /// linfa's `KMeans`: every unit goes to the nearest of k means.
    KMeans,
    /// linfa's `HierarchicalCluster` with Ward's linkage, cut at k clusters; up to 20,000 units.
    Agglomerative,
    /// linfa's `Dbscan`: dense regions are themes, the rest is unclustered; up to 20,000 units.
    Dbscan,
}

impl Algorithm {
    /// Every algorithm, the default first.
    pub const ALL: [Algorithm; 4] = [Self::Themes, Self::KMeans, Self::Agglomerative, Self::Dbscan];

    /// The word for it in options and files: `k-means`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Themes => "themes",
            Self::KMeans => "k-means",
            Self::Agglomerative => "agglomerative",
            Self::Dbscan => "dbscan",
        }
    }

    /// Parameters of this algorithm at their defaults.
    ///
    /// ```
    /// use leitmotif::cluster::Algorithm;
    /// use linfa::DatasetBase;
    /// use linfa::traits::Fit;
    /// use ndarray::Array2;
    ///
    /// // 30 units around three directions.
    /// let vectors = Array2::from_shape_fn((30, 4), |(unit, dim)| {
    ///     if unit % 3 == dim { 1.0 } else { 0.05 * ((unit * 5 + dim * 3) % 7) as f32 }
    /// });
    /// let dataset = DatasetBase::from(vectors.view());
    /// for algorithm in [Algorithm::Themes, Algorithm::KMeans, Algorithm::Agglomerative] {
    ///     let themes = algorithm.params().themes(Some(3)).fit(&dataset)?;
    ///     assert_eq!(themes.n_themes(), 3, "{algorithm}");
    /// }
    /// let themes = Algorithm::Dbscan.params().tolerance(Some(0.6)).fit(&dataset)?;
    /// assert_eq!(themes.n_themes(), 3);
    /// # Ok::<(), leitmotif::cluster::ClusterError>(())
    /// ```
    pub fn params(self) -> AlgorithmParams {
        AlgorithmParams::of(self)
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl<D: Data<Elem = f32>, T> Fit<ArrayBase<D, Ix2>, T, ClusterError> for AlgorithmValidParams {
    type Object = Themes;

    /// Fits themes to `(n_units, n_dims)` vectors of any length. The targets are not looked at. A vector
    /// of zeros is in no theme; fewer than three others have none. The same vectors give the same themes
    /// in any order and on any number of threads.
    ///
    /// # Errors
    /// [`ClusterError::NotFinite`] names the first vector that holds NaN or an infinity,
    /// [`ClusterError::NoDimensions`] is given for vectors without coordinates,
    /// [`ClusterError::TooManyUnits`] for more than 20,000 of them where all pairs are compared.
    fn fit(&self, dataset: &DatasetBase<ArrayBase<D, Ix2>, T>) -> Result<Themes, ClusterError> {
        match self.algorithm {
            Algorithm::Themes => self.theme_clustering().fit(dataset),
            Algorithm::KMeans => self.k_means().fit(dataset),
            Algorithm::Agglomerative => self.agglomerative().fit(dataset),
            Algorithm::Dbscan => self.dbscan().fit(dataset),
        }
    }
}

impl AlgorithmValidParams {
    /// The [`Themes::labels`] of a fit to `(n_units, n_dims)` vectors and nothing else, which is quicker.
    ///
    /// # Errors
    /// Those of the fit.
    pub fn labels(&self, vectors: ArrayView2<f32>) -> Result<Vec<Option<usize>>, ClusterError> {
        match self.algorithm {
            Algorithm::Themes => self.theme_clustering().check_ref()?.labels(vectors),
            _ => Ok(self.fit(&DatasetBase::from(vectors))?.labels),
        }
    }

    /// The fit to vectors that are given away, `(n_units, n_dims)`: of very many there is no room for a copy.
    ///
    /// # Errors
    /// Those of the fit.
    pub(crate) fn fit_of(&self, vectors: Array2<f32>) -> Result<Themes, ClusterError> {
        match self.algorithm {
            Algorithm::Themes => self.theme_clustering().check_ref()?.fit_of(vectors),
            _ => self.fit(&DatasetBase::from(vectors)),
        }
    }

    /// The [`labels`](Self::labels) of vectors that are given away.
    ///
    /// # Errors
    /// Those of the fit.
    pub(crate) fn labels_of(&self, vectors: Array2<f32>) -> Result<Vec<Option<usize>>, ClusterError> {
        match self.algorithm {
            Algorithm::Themes if vectors.nrows() <= self.theme_clustering().check_ref()?.exact_up_to() => {
                self.labels(vectors.view())
            }
            _ => Ok(self.fit_of(vectors)?.labels),
        }
    }

    /// The fit to `(n_units, n_dims)` vectors, and what fits of parts of them share with it; `None` where they share nothing.
    ///
    /// # Errors
    /// Those of the fit.
    pub(crate) fn fit_listing(&self, vectors: ArrayView2<f32>) -> Result<(Themes, Option<Listed>), ClusterError> {
        match self.algorithm {
            Algorithm::Themes => self.theme_clustering().check_ref()?.fit_listing(vectors),
            _ => Ok((self.fit(&DatasetBase::from(vectors))?, None)),
        }
    }

    /// What fits of parts of `(n_units, n_dims)` vectors have in common; `None` where they share nothing.
    ///
    /// # Errors
    /// Those of the fit.
    pub(crate) fn whole(&self, vectors: ArrayView2<f32>) -> Result<Option<Whole>, ClusterError> {
        match self.algorithm {
            Algorithm::Themes => self.theme_clustering().check_ref()?.whole(vectors),
            _ => Ok(None),
        }
    }

    /// The [`labels`](Self::labels) of the units at `places`, rising, of a whole.
    ///
    /// # Errors
    /// Those of the fit.
    pub(crate) fn labels_of_part(&self, whole: &Whole, places: &[usize]) -> Result<Vec<Option<usize>>, ClusterError> {
        self.theme_clustering().check_ref()?.labels_of_part(whole, places)
    }
}
