//! The number of themes. The merge tree and the smoothed rows come in, out comes the level at which
//! the themes stand apart best, near the number expected of so many units. It never changes the tree.

use ndarray::{Array2, s};
use rayon::prelude::*;

use super::linkage::Linkage;
use super::smoothing::group_sums;
use crate::cluster::merge_tree::MergeTree;
use crate::cluster::metrics::unit_separation;
use crate::cluster::policy::{EVERY_LEVEL_UP_TO, PRIOR_STRENGTH, WARD_PRIOR_STRENGTH};
use crate::cluster::vector::{contiguous_row, inverse_length, products_with};

/// Units whose separation one task sums up. Fixed, so that the sum does not depend on the threads.
const ROW_BLOCK: usize = 256;

/// The level between half and twice `expected` with the highest separation, rescaled to 0–1 over the
/// levels, minus `s · log2(level / expected)²`, where `s` is 0.3, or 2 with Ward's linkage; the smaller
/// level among equals. The level closest to `expected` when the tree has none in that range.
pub(super) fn choose_level(
    tree: &MergeTree,
    smoothed: &Array2<f64>,
    mass: &[f64],
    expected: f64,
    linkage: Linkage,
) -> usize {
    let strength = if linkage == Linkage::Ward { WARD_PRIOR_STRENGTH } else { PRIOR_STRENGTH };
    let levels = candidate_levels(tree.n_micro_clusters(), expected);
    if levels.len() < 2 {
        let closest = tree.closest_level(expected.round() as usize);
        return levels.first().copied().unwrap_or(closest);
    }
    let separations = separations(tree, smoothed, mass, &levels);
    let lowest = separations.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = separations.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut chosen = (f64::NEG_INFINITY, levels[0]);
    for (&level, separation) in levels.iter().zip(separations) {
        let octaves = libm::log2(level as f64 / expected);
        let rescaled = (separation - lowest) / (highest - lowest + 1e-12);
        let score = rescaled - strength * octaves * octaves;
        if score > chosen.0 {
            chosen = (score, level);
        }
    }
    chosen.1
}

fn candidate_levels(n_micro_clusters: usize, expected: f64) -> Vec<usize> {
    let in_range: Vec<usize> = (2..=n_micro_clusters)
        .filter(|&level| level as f64 >= 0.5 * expected && level as f64 <= 2.0 * expected)
        .collect();
    let last = in_range.last().copied();
    in_range
        .into_iter()
        .filter(|&level| {
            level <= EVERY_LEVEL_UP_TO || level % (level / (EVERY_LEVEL_UP_TO / 2)).max(1) == 0 || Some(level) == last
        })
        .collect()
}

/// Separation at each of `levels` (rising): the simplified silhouette on cosines (Hruschka, de Castro
/// & Campello 2004), the mean over units of `(own − best other) / (1 − best other)` with the cosines of
/// a unit to its own and to the best other centroid. 1 is best.
///
/// Cosines are computed at the finest level; where clusters merge their sums add up, and so do the
/// products of a unit with them.
fn separations(tree: &MergeTree, smoothed: &Array2<f64>, mass: &[f64], levels: &[usize]) -> Vec<f64> {
    let Some(&finest) = levels.last() else {
        return Vec::new();
    };
    let own = tree.cut(finest);
    let sums = group_sums(smoothed, mass, &own, finest);
    let partitions = merged_partitions(tree, finest, levels, &sums);
    let starts: Vec<usize> = (0..smoothed.nrows()).step_by(ROW_BLOCK).collect();
    let blocks: Vec<Vec<f64>> = starts
        .into_par_iter()
        .map(|start| {
            let mut totals = vec![0.0; partitions.len()];
            let mut cosines = Vec::with_capacity(finest);
            for unit in start..(start + ROW_BLOCK).min(smoothed.nrows()) {
                let row = contiguous_row(smoothed, unit);
                let products = products_with(row, &sums);
                for (total, partition) in totals.iter_mut().zip(&partitions) {
                    *total += mass[unit] * partition.separation(&products, own[unit], &mut cosines);
                }
            }
            totals
        })
        .collect();
    let total_mass: f64 = mass.iter().sum();
    (0..levels.len()).map(|level| blocks.iter().map(|block| block[level]).sum::<f64>() / total_mass).collect()
}

/// A level of the tree seen from a finer one.
struct MergedPartition {
    /// The cluster of each finer cluster.
    labels: Vec<usize>,
    /// One over the length of each cluster's sum.
    inverse_lengths: Vec<f64>,
}

impl MergedPartition {
    /// `products` are a unit's products with the sums of the finer clusters, `own` its own of those; `cosines` is room
    /// for those to the clusters of this level.
    fn separation(&self, products: &[f64], own: usize, cosines: &mut Vec<f64>) -> f64 {
        cosines.clear();
        cosines.resize(self.inverse_lengths.len(), 0.0);
        for (&label, product) in self.labels.iter().zip(products) {
            cosines[label] += product;
        }
        for (cosine, scale) in cosines.iter_mut().zip(&self.inverse_lengths) {
            *cosine *= scale;
        }
        unit_separation(cosines, self.labels[own])
    }
}

fn merged_partitions(tree: &MergeTree, finest: usize, levels: &[usize], sums: &Array2<f64>) -> Vec<MergedPartition> {
    let finest_of_leaf = tree.cut_micro_clusters(finest);
    levels
        .iter()
        .map(|&level| {
            let mut labels = vec![0; finest];
            for (leaf, label) in tree.cut_micro_clusters(level).into_iter().enumerate() {
                labels[finest_of_leaf[leaf]] = label;
            }
            let merged = group_sums(sums, &vec![1.0; finest], &labels, level);
            MergedPartition {
                labels,
                inverse_lengths: (0..level)
                    .map(|cluster| {
                        let sum = merged.slice(s![cluster, ..]);
                        inverse_length(sum.dot(&sum))
                    })
                    .collect(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_thinned_above_thirty_and_keep_the_last() {
        assert_eq!(candidate_levels(100, 3.0), [2, 3, 4, 5, 6]);
        assert_eq!(candidate_levels(1, 3.0), Vec::<usize>::new());
        let levels = candidate_levels(1000, 20.5);
        assert_eq!(levels.first(), Some(&11));
        assert_eq!(&levels[levels.len() - 3..], [38, 40, 41]);
    }
}
