//! The fit: linfa's k-means on unit rows, and the themes of its clusters.

use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, Predict};
use linfa_clustering::{KMeans, KMeansInit};
use ndarray::{Array1, ArrayBase, Data, Ix2};
use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::SeedableRng;

use super::params::KMeansClusteringValidParams;
use crate::cluster::errors::ClusterError;
use crate::cluster::euclidean::Euclidean;
use crate::cluster::flat_themes::{fit_flat, n_clusters};
use crate::cluster::policy::{K_MEANS_RUNS, K_MEANS_STEPS, K_MEANS_TOLERANCE};
use crate::cluster::themes::Themes;
use crate::cluster::vector::UnitRows;
use crate::stats::draws::draw;

impl<D: Data<Elem = f32>, T> Fit<ArrayBase<D, Ix2>, T, ClusterError> for KMeansClusteringValidParams {
    type Object = Themes;

    /// Fits themes to `(n_units, n_dims)` vectors of any length; the targets are not looked at.
    ///
    /// # Errors
    /// [`ClusterError::NotFinite`] and [`ClusterError::NoDimensions`] of the vectors.
    fn fit(&self, dataset: &DatasetBase<ArrayBase<D, Ix2>, T>) -> Result<Themes, ClusterError> {
        fit_flat(dataset.records.view(), self.themes, self.exact_up_to, self.seed, |rows| {
            let n_clusters = n_clusters(rows, self.themes, self.granularity);
            k_means_clusters(rows, n_clusters, self.exact_up_to, self.seed)
        })
    }
}

/// The cluster of each unit, `(n_units)`, below `n_clusters`, which is at least 1. Of more units than
/// `exact_up_to` that many are drawn, and the means are theirs.
///
/// # Errors
/// [`ClusterError::Linfa`] when linfa fails, as it does for no unit.
pub(super) fn k_means_clusters(
    units: &UnitRows,
    n_clusters: usize,
    exact_up_to: usize,
    seed: u64,
) -> Result<Vec<Option<usize>>, ClusterError> {
    let drawn;
    let sample = if units.n_units() > exact_up_to {
        drawn = units.select(&draw(units.n_units(), exact_up_to, seed));
        &drawn
    } else {
        units
    };
    let n_clusters = n_clusters.min(sample.n_units());
    let means = KMeans::params_with(n_clusters, Xoshiro256Plus::seed_from_u64(seed), Euclidean)
        .init_method(KMeansInit::KMeansPlusPlus)
        .n_runs(K_MEANS_RUNS)
        .max_n_iterations(K_MEANS_STEPS)
        .tolerance(K_MEANS_TOLERANCE)
        .fit(&DatasetBase::from(sample.view()))
        .map_err(|error| linfa::Error::Parameters(error.to_string()))?;
    let nearest: Array1<usize> = means.predict(&units.view());
    Ok(nearest.into_iter().map(Some).collect())
}
