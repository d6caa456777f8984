//! Smoothing over the graph. Unit rows and the graph come in; out come rows of the same shape, each
//! moved towards its neighbours a few times. Clusters contract, gaps between them open: of all steps
//! this gains the most. It never changes the graph.

use ndarray::{Array2, Axis};
use rayon::prelude::*;

use crate::cluster::graph::FuzzyGraph;
use crate::cluster::vector::{contiguous_row, inverse_length, on_wide_registers};

/// `rows`, `(n_units, n_dims)`, after `steps` steps in each of which a row moves halfway to the
/// weighted mean of its neighbours and is scaled to unit length again.
pub(super) fn smoothed(rows: Array2<f64>, graph: &FuzzyGraph, steps: usize) -> Array2<f64> {
    let inverse_degrees: Vec<f64> = (0..graph.n_units()).map(|unit| 1.0 / (graph.degree(unit) + 1e-9)).collect();
    let mut before = rows;
    let mut after = Array2::zeros(before.dim());
    for _ in 0..steps {
        after.axis_iter_mut(Axis(0)).into_par_iter().enumerate().for_each(|(unit, mut row)| {
            row.fill(0.0);
            let sum = row.as_slice_mut().unwrap_or_default(); // in standard layout
            on_wide_registers(
                #[inline(always)]
                || {
                    for (neighbour, weight) in graph.neighbours(unit) {
                        let share = weight * inverse_degrees[unit];
                        for (sum, &x) in sum.iter_mut().zip(contiguous_row(&before, neighbour)) {
                            *sum += share * x;
                        }
                    }
                },
            );
            row += &before.row(unit);
            let scale = inverse_length(row.dot(&row));
            row *= scale;
        });
        std::mem::swap(&mut before, &mut after);
    }
    before
}

/// Sum of the rows of each of `n_groups` groups, each row times its mass: `(n_groups, n_dims)`.
pub(super) fn group_sums(rows: &Array2<f64>, mass: &[f64], groups: &[usize], n_groups: usize) -> Array2<f64> {
    let mut sums = Array2::zeros((n_groups, rows.ncols()));
    for (unit, (&group, &mass)) in groups.iter().zip(mass).enumerate() {
        let row = contiguous_row(rows, unit);
        for (sum, &x) in sums.row_mut(group).iter_mut().zip(row) {
            *sum += mass * x;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::neighbours::Neighbours;
    use ndarray::array;

    #[test]
    fn two_neighbours_meet_in_the_middle() {
        let neighbours = Neighbours { indices: array![[1], [0]], cosines: array![[0.0], [0.0]] };
        let graph = FuzzyGraph::new(&neighbours, &array![[1.0], [1.0]]);
        let rows = smoothed(array![[1.0, 0.0], [0.0, 1.0]], &graph, 1);
        for x in rows {
            assert!((x - 0.5f64.sqrt()).abs() < 1e-8);
        }
    }

    #[test]
    fn sums_are_taken_by_group_and_mass() {
        let rows = array![[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]];
        let sums = group_sums(&rows, &[1.0, 2.0, 3.0], &[1, 0, 1], 2);
        assert_eq!(sums, array![[0.0, 2.0], [4.0, 3.0]]);
    }
}
