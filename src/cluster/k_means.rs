//! Clusters by k-means, as linfa has it. Unit rows come in, out comes a cluster for each: that of the
//! nearest mean (Lloyd 1982), the first means drawn by k-means++ (Arthur & Vassilvitskii 2007), the best
//! of a few runs kept. linfa counts the last mean as one more member of its cluster (m_k-means, Pakhira
//! 2009), so that none is empty. On unit rows the Euclidean distance it looks at orders as the cosine does.
//!
//! linfa draws and adds one after another, and spreads over threads only the search of each unit for its
//! nearest mean: the result depends on the seed alone. (Its k-means‖ draws once a thread, and would not.)

use linfa::DatasetBase;
use linfa::traits::{Fit, Predict};
use linfa_clustering::{KMeans, KMeansInit};
use ndarray::Array1;
use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::SeedableRng;

use super::ClusterError;
use super::euclidean::Euclidean;
use super::vector::UnitRows;
use crate::stats::draws::draw;

/// Runs from other first means; the one with the smallest sum of squares is kept.
const RUNS: usize = 4;
/// Steps of a run at most.
const STEPS: u64 = 300;
/// A run ends when all means together move less than this.
const TOLERANCE: f32 = 1e-4;

/// The cluster of each unit, `(n_units)`, below `n_clusters`, which is at least 1. Of more units than
/// `exact_up_to` that many are drawn, and the means are theirs.
///
/// # Errors
/// [`ClusterError::Linfa`] when linfa fails, as it does for no unit.
pub(crate) fn k_means_clusters(
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
        .n_runs(RUNS)
        .max_n_iterations(STEPS)
        .tolerance(TOLERANCE)
        .fit(&DatasetBase::from(sample.view()))
        .map_err(|error| linfa::Error::Parameters(error.to_string()))?;
    let nearest: Array1<usize> = means.predict(&units.view());
    Ok(nearest.into_iter().map(Some).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::theme_clustering::tests::groups;

    #[test]
    fn nobody_is_nearer_to_another_mean() {
        let units = UnitRows::new(groups(300, 8, 9).view()).unwrap();
        let found = k_means_clusters(&units, 6, 1000, 42).unwrap();
        let mut sums = [[0.0; 8]; 6];
        let mut counts = [0.0; 6];
        for (unit, cluster) in found.iter().enumerate() {
            let cluster = cluster.unwrap();
            counts[cluster] += 1.0;
            for (sum, &x) in sums[cluster].iter_mut().zip(units.row(unit)) {
                *sum += f64::from(x);
            }
        }
        let squared_distance = |unit: usize, cluster: usize| -> f64 {
            let pairs = units.row(unit).iter().zip(&sums[cluster]);
            pairs.map(|(&x, sum)| (f64::from(x) - sum / counts[cluster]).powi(2)).sum()
        };
        for (unit, cluster) in found.iter().enumerate() {
            let own = squared_distance(unit, cluster.unwrap());
            // The last step may still have moved a mean by the tolerance.
            assert!((0..6).all(|other| own <= squared_distance(unit, other) + 1e-3), "unit {unit}");
        }
    }

    #[test]
    fn the_seed_decides() {
        let units = UnitRows::new(groups(300, 8, 30).view()).unwrap();
        let with = |seed| k_means_clusters(&units, 12, 1000, seed).unwrap();
        assert_eq!(with(1), with(1));
        assert_ne!(with(1), with(2));
    }
}
