//! The fit: linfa's DBSCAN on unit rows, its tolerance, and the themes of its clusters.

use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, Transformer};
use linfa_clustering::Dbscan;
use linfa_nn::CommonNearestNeighbour;
use ndarray::{Array1, ArrayBase, Data, Ix2};

use super::params::DbscanClusteringValidParams;
use crate::cluster::errors::ClusterError;
use crate::cluster::euclidean::Euclidean;
use crate::cluster::flat_themes::fit_flat;
use crate::cluster::neighbours::Neighbours;
use crate::cluster::policy::{MOST_UNITS, SMALLEST_TOLERANCE};
use crate::cluster::themes::Themes;
use crate::cluster::vector::UnitRows;

impl<D: Data<Elem = f32>, T> Fit<ArrayBase<D, Ix2>, T, ClusterError> for DbscanClusteringValidParams {
    type Object = Themes;

    /// Fits themes to `(n_units, n_dims)` vectors of any length; the targets are not looked at.
    ///
    /// # Errors
    /// [`ClusterError::NotFinite`] and [`ClusterError::NoDimensions`] of the vectors,
    /// [`ClusterError::TooManyUnits`] for more than 20,000.
    fn fit(&self, dataset: &DatasetBase<ArrayBase<D, Ix2>, T>) -> Result<Themes, ClusterError> {
        fit_flat(dataset.records.view(), None, self.exact_up_to, self.seed, |rows| {
            dbscan_clusters(rows, self.min_points, self.tolerance)
        })
    }
}

/// The cluster of each unit, `(n_units)`; `None` for noise. `min_points`, the unit itself among them, is at
/// least 2; `tolerance` is a Euclidean distance, more than 0.
///
/// # Errors
/// [`ClusterError::TooManyUnits`] above 20,000 units.
pub(super) fn dbscan_clusters(
    units: &UnitRows,
    min_points: usize,
    tolerance: Option<f64>,
) -> Result<Vec<Option<usize>>, ClusterError> {
    if units.n_units() > MOST_UNITS {
        return Err(ClusterError::TooManyUnits { algorithm: "DBSCAN", found: units.n_units(), limit: MOST_UNITS });
    }
    let tolerance = tolerance.unwrap_or_else(|| knee_tolerance(units, min_points));
    let clusters: Array1<Option<usize>> =
        Dbscan::params_with(min_points, Euclidean, CommonNearestNeighbour::LinearSearch)
            .tolerance(tolerance as f32)
            .transform(&units.view())
            .map_err(|error| linfa::Error::Parameters(error.to_string()))?;
    Ok(clusters.to_vec())
}

/// The distance at the knee of the sorted k-dist graph: each unit's distance to its `min_points − 1`-th
/// nearest other unit, largest first (Ester et al. 1996, section 4.2, who leave the "first valley" to the
/// eye). Both axes scaled to 0–1, the knee is the unit whose point lies farthest below the line from the
/// first to the last (Satopää, Albrecht, Irwin & Raghavan 2011, with one knee and no smoothing), the
/// one with the larger distance among equals.
fn knee_tolerance(units: &UnitRows, min_points: usize) -> f64 {
    let neighbours = Neighbours::within(units, min_points - 1);
    let mut distances: Vec<f64> = neighbours
        .cosines
        .outer_iter()
        .filter_map(|cosines| cosines.last().map(|cosine| (2.0 - 2.0 * cosine).max(0.0).sqrt()))
        .collect();
    distances.sort_unstable_by(|a, b| b.total_cmp(a));
    knee(&distances).unwrap_or_default().max(SMALLEST_TOLERANCE)
}

/// The value of the falling `curve` that lies farthest below its chord; `None` of nothing.
pub(super) fn knee(curve: &[f64]) -> Option<f64> {
    let (first, last) = (*curve.first()?, *curve.last()?);
    let mut farthest = (f64::NEG_INFINITY, first);
    for (place, &value) in curve.iter().enumerate() {
        // Scaled to a square, the chord falls from (0, 1) to (1, 0).
        let along = place as f64 / (curve.len() - 1).max(1) as f64;
        let height = (value - last) / (first - last).max(f64::MIN_POSITIVE);
        let below = 1.0 - along - height;
        if below > farthest.0 {
            farthest = (below, value);
        }
    }
    Some(farthest.1)
}
