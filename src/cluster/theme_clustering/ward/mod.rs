//! Micro-clusters by Ward's criterion. Smoothed rows come in, out comes a flat partition into a given
//! number of small, tight groups: the leaves of the merge tree. Which joins there are is the business of `pairs`, which
//! keeps the distances of all pairs, and beyond some number of rows of `notes`, whose memory grows with their number.
//!
//! Ward's distance is reducible (Bruynooghe 1977; Murtagh 1983): joining two clusters brings neither
//! closer to a third. So the chain from a cluster to its nearest, from there to the nearest, and so on
//! ends in two that can be joined, and the tree is the one of joining the closest pair again and again
//! (the nearest-neighbour chain of Benzécri 1982).

mod joins;
mod notes;
mod pairs;

use ndarray::Array2;

pub(super) use joins::increase;
use joins::{Distinct, cut};

/// Groups `rows`, `(n_units, n_dims)`, into `n_clusters` by Ward's criterion; row `i` counts
/// `mass[i]` times. Returns the cluster of each unit, numbered by the smallest unit in it. Joins at
/// exactly the height of the cut are made too, so that identical rows are never separated; then there
/// are fewer clusters.
pub(super) fn ward_clusters(rows: &Array2<f64>, mass: &[f64], n_clusters: usize) -> Vec<usize> {
    let (mut joins, distinct) = Distinct::of(rows, mass);
    let all_pairs = distinct.unit.len() <= pairs::MOST_ROWS;
    joins.extend(if all_pairs { pairs::joins(&distinct) } else { notes::joins(distinct) });
    cut(joins, rows.nrows(), n_clusters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Axis, array};

    #[test]
    fn near_rows_are_joined_first() {
        let rows = array![[0.0], [10.0], [0.1], [10.3], [20.0]];
        assert_eq!(ward_clusters(&rows, &[1.0; 5], 3), [0, 1, 0, 1, 2]);
        assert_eq!(ward_clusters(&rows, &[1.0; 5], 5), [0, 1, 2, 3, 4]);
        assert_eq!(ward_clusters(&rows, &[1.0; 5], 1), [0; 5]);
    }

    #[test]
    fn identical_rows_are_never_separated() {
        let rows = Array2::from_elem((40, 3), 0.7);
        assert_eq!(ward_clusters(&rows, &[1.0; 40], 10), [0; 40]);
    }

    #[test]
    fn mass_is_the_same_as_repeating_a_row() {
        let repeated = array![[0.0], [0.0], [0.0], [1.0], [1.9]];
        let weighted = array![[0.0], [1.0], [1.9]];
        assert_eq!(ward_clusters(&repeated, &[1.0; 5], 2), [0, 0, 0, 1, 1]);
        assert_eq!(ward_clusters(&weighted, &[3.0, 1.0, 1.0], 2), [0, 1, 1]);
    }

    #[test]
    fn many_equal_distances_take_few_rounds() {
        let rows = Array2::<f64>::eye(600);
        let labels = ward_clusters(&rows, &[1.0; 600], 1);
        assert_eq!(labels, [0; 600]);
        let twice = ndarray::concatenate![Axis(0), rows, rows];
        let labels = ward_clusters(&twice, &[1.0; 1200], 600);
        assert!((0..600).all(|unit| labels[unit] == labels[unit + 600]));
    }

    #[test]
    fn no_rows_and_one_row() {
        assert!(ward_clusters(&Array2::zeros((0, 2)), &[], 3).is_empty());
        assert_eq!(ward_clusters(&Array2::zeros((1, 2)), &[1.0], 3), [0]);
    }
}
