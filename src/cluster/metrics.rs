//! How well a partition separates the units. Labels (any numbers) and unit rows come in, one number
//! comes out; nothing here is random. How far two partitions agree is [`crate::stats::partitions`]'s.

use ndarray::Array2;
use rayon::prelude::*;

use super::vector::{UnitRows, contiguous_row, dot, inverse_length};
use crate::stats::partitions::numbered;

/// Mean silhouette on cosine distance, −1 to 1 (Rousseeuw 1987); `None` unless there are at least two
/// clusters and one of them holds two units.
///
/// # Panics
/// When `labels` are not one for each unit.
pub fn silhouette(units: &UnitRows, labels: &[usize]) -> Option<f64> {
    let silhouettes = unit_silhouettes(units, labels)?;
    Some(silhouettes.iter().sum::<f64>() / silhouettes.len() as f64)
}

/// Silhouette of each unit on cosine distance, `(n_units)`: `(b − a) / max(a, b)` with its mean distance
/// `a` to the rest of its cluster and `b` to the nearest other one; 0 for a unit alone in its cluster.
/// `None` as for [`silhouette`].
///
/// Distances are not taken pair by pair: the cosines of a unit to all members of a cluster sum to its
/// product with the sum of their unit rows.
///
/// # Panics
/// When `labels` are not one for each unit.
pub fn unit_silhouettes(units: &UnitRows, labels: &[usize]) -> Option<Vec<f64>> {
    let clusters = Clusters::new(units, labels)?;
    let silhouettes = (0..units.n_units())
        .into_par_iter()
        .map(|unit| {
            let own = clusters.of_unit[unit];
            let size = clusters.sizes[own];
            if size < 2.0 {
                return 0.0;
            }
            let row = contiguous_row(&clusters.rows, unit);
            let product = |cluster| dot(row, contiguous_row(&clusters.sums, cluster));
            let within = (size - 1.0 - (product(own) - dot(row, row))) / (size - 1.0);
            let between = (0..clusters.sizes.len())
                .filter(|&cluster| cluster != own)
                .map(|cluster| 1.0 - product(cluster) / clusters.sizes[cluster])
                .fold(f64::INFINITY, f64::min);
            let larger = within.max(between);
            if larger > 0.0 { (between - within) / larger } else { 0.0 }
        })
        .collect();
    Some(silhouettes)
}

/// Simplified silhouette on cosine distance, −1 to 1: the distances of a unit to the centroids of its
/// own and of the nearest other cluster take the place of mean distances (Hruschka, de Castro &
/// Campello 2004). `None` as for [`silhouette`].
///
/// # Panics
/// When `labels` are not one for each unit.
pub fn simplified_silhouette(units: &UnitRows, labels: &[usize]) -> Option<f64> {
    let cosines = Clusters::new(units, labels)?.cosines_to_centroids();
    let silhouettes = cosines.iter().map(|(cosines, own)| {
        let within = 1.0 - cosines[*own];
        let between = cosines
            .iter()
            .enumerate()
            .filter(|(cluster, _)| cluster != own)
            .map(|(_, cosine)| 1.0 - cosine)
            .fold(f64::INFINITY, f64::min);
        let larger = within.max(between);
        if larger > 0.0 { (between - within) / larger } else { 0.0 }
    });
    Some(silhouettes.sum::<f64>() / labels.len() as f64)
}

/// The measure by which the number of themes is chosen: the mean of `(own − best other) / (1 − best
/// other)` with the cosines of a unit to the centroids. 1 is best. `None` as for [`silhouette`].
///
/// # Panics
/// When `labels` are not one for each unit.
pub fn separation(units: &UnitRows, labels: &[usize]) -> Option<f64> {
    let cosines = Clusters::new(units, labels)?.cosines_to_centroids();
    let total: f64 = cosines.iter().map(|(cosines, own)| unit_separation(cosines, *own)).sum();
    Some(total / labels.len() as f64)
}

/// Unit rows with the sums of their clusters.
struct Clusters {
    rows: Array2<f64>,
    of_unit: Vec<usize>,
    sizes: Vec<f64>,
    sums: Array2<f64>,
}

impl Clusters {
    fn new(units: &UnitRows, labels: &[usize]) -> Option<Self> {
        assert_eq!(units.n_units(), labels.len(), "one label for each unit");
        let (of_unit, sizes) = numbered(labels);
        if sizes.len() < 2 || sizes.len() == labels.len() {
            return None;
        }
        let rows = units.to_f64();
        let mut sums = Array2::zeros((sizes.len(), units.n_dims()));
        for (row, &cluster) in rows.outer_iter().zip(&of_unit) {
            let mut sum = sums.row_mut(cluster);
            sum += &row;
        }
        Some(Self { rows, of_unit, sizes: sizes.into_iter().map(|size| size as f64).collect(), sums })
    }

    /// For each unit its cosines to the centroids, and the number of its own.
    fn cosines_to_centroids(&self) -> Vec<(Vec<f64>, usize)> {
        let scales: Vec<f64> = self.sums.outer_iter().map(|sum| inverse_length(sum.dot(&sum))).collect();
        (0..self.rows.nrows())
            .into_par_iter()
            .map(|unit| {
                let row = contiguous_row(&self.rows, unit);
                let cosines = scales
                    .iter()
                    .enumerate()
                    .map(|(cluster, scale)| dot(row, contiguous_row(&self.sums, cluster)) * scale)
                    .collect();
                (cosines, self.of_unit[unit])
            })
            .collect()
    }
}

/// `(own − best other) / (1 − best other)` of a unit's cosines to two or more centroids.
pub(crate) fn unit_separation(cosines: &[f64], own: usize) -> f64 {
    let mut best_other = f64::NEG_INFINITY;
    for (cluster, &cosine) in cosines.iter().enumerate() {
        if cluster != own && cosine > best_other {
            best_other = cosine;
        }
    }
    (cosines[own] - best_other) / (1.0 - best_other).max(1e-9)
}

#[cfg(test)]
mod tests {
    // Expected values: scikit-learn 1.9.1.
    use super::*;
    use ndarray::array;

    fn eight() -> UnitRows {
        let rows = array![
            [1.0f32, 0.0, 0.1],
            [0.9, 0.2, 0.0],
            [1.0, 0.1, 0.3],
            [0.0, 1.0, 0.2],
            [0.1, 0.8, 0.0],
            [0.2, 0.1, 1.0],
            [0.0, 0.3, 0.9],
            [-1.0, 0.5, 0.2]
        ];
        UnitRows::new(rows.view()).unwrap()
    }

    #[test]
    fn silhouettes_like_scikit_learn() {
        let four = [0, 0, 0, 1, 1, 2, 2, 3];
        let near = |found: Option<f64>, expected: f64| {
            assert!((found.unwrap() - expected).abs() < 1e-6, "{found:?}");
        };
        near(silhouette(&eight(), &four), 0.8286031215678236);
        near(silhouette(&eight(), &[0, 0, 0, 1, 1, 1, 0, 1]), 0.3216302367589569);
        let units = unit_silhouettes(&eight(), &four).unwrap();
        assert!((units[0] - 0.96811907).abs() < 1e-6);
        assert_eq!(units[7], 0.0);
        // From scikit-learn's `cosine_distances` to the mean unit rows.
        near(simplified_silhouette(&eight(), &four), 0.986720865054111);
        assert!(separation(&eight(), &four).unwrap() > 0.98);
    }

    #[test]
    fn silhouettes_need_two_clusters_and_a_pair() {
        assert_eq!(silhouette(&eight(), &[4; 8]), None);
        assert_eq!(simplified_silhouette(&eight(), &[0, 1, 2, 3, 4, 5, 6, 7]), None);
    }
}
