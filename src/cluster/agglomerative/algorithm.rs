//! The fit: linfa's agglomeration of unit rows, and the themes of its clusters.

use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, Transformer};
use linfa_hierarchical::{HierarchicalCluster, Method};
use linfa_kernel::{Kernel, KernelInner, KernelMethod};
use ndarray::{Array2, ArrayBase, Axis, Data, Ix2};
use rayon::prelude::*;

use super::params::AgglomerativeClusteringValidParams;
use crate::cluster::errors::ClusterError;
use crate::cluster::flat_themes::{fit_flat, n_clusters};
use crate::cluster::policy::MOST_UNITS;
use crate::cluster::themes::Themes;
use crate::cluster::vector::{UnitRows, contiguous_row, squared_distance};

impl<D: Data<Elem = f32>, T> Fit<ArrayBase<D, Ix2>, T, ClusterError> for AgglomerativeClusteringValidParams {
    type Object = Themes;

    /// Fits themes to `(n_units, n_dims)` vectors of any length; the targets are not looked at.
    ///
    /// # Errors
    /// [`ClusterError::NotFinite`] and [`ClusterError::NoDimensions`] of the vectors,
    /// [`ClusterError::TooManyUnits`] for more than 20,000.
    fn fit(&self, dataset: &DatasetBase<ArrayBase<D, Ix2>, T>) -> Result<Themes, ClusterError> {
        fit_flat(dataset.records.view(), self.themes, self.exact_up_to, self.seed, |rows| {
            agglomerative_clusters(rows, n_clusters(rows, self.themes, self.granularity))
        })
    }
}

/// The cluster of each unit, `(n_units)`, in no particular numbering; `n_clusters` of them, which is at
/// least 1 and at most `n_units`.
///
/// # Errors
/// [`ClusterError::TooManyUnits`] above 20,000 units.
pub(super) fn agglomerative_clusters(units: &UnitRows, n_clusters: usize) -> Result<Vec<Option<usize>>, ClusterError> {
    let n_units = units.n_units();
    if n_units > MOST_UNITS {
        return Err(ClusterError::TooManyUnits {
            algorithm: "agglomerative clustering",
            found: n_units,
            limit: MOST_UNITS,
        });
    }
    let kernel = Kernel {
        inner: KernelInner::Dense(similarities(units)),
        // What linfa's documentation, if not its code, calls exp(−distance); nothing looks at it.
        method: KernelMethod::Gaussian(1.0),
    };
    let joined = HierarchicalCluster::default()
        .with_method(Method::Ward)
        .num_clusters(n_clusters)
        .transform(kernel)
        .map_err(|error| linfa::Error::Parameters(error.to_string()))?;
    Ok(joined.targets.into_iter().map(Some).collect())
}

/// `exp(−distance)` of each unit to the later ones, `(n_units, n_units)`. Zeros below the diagonal: linfa
/// reads what is above it.
fn similarities(units: &UnitRows) -> Array2<f32> {
    let rows = units.to_f64();
    let mut similarities = Array2::zeros((units.n_units(), units.n_units()));
    similarities.axis_iter_mut(Axis(0)).into_par_iter().enumerate().for_each(|(unit, mut row)| {
        let own = contiguous_row(&rows, unit);
        for (other, similarity) in row.iter_mut().enumerate().skip(unit + 1) {
            *similarity = libm::exp(-squared_distance(own, contiguous_row(&rows, other)).sqrt()) as f32;
        }
    });
    similarities
}
