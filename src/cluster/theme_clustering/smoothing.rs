//! Smoothing over the graph. Unit rows and the graph come in; out come rows of the same shape, each
//! moved towards its neighbours a few times. Clusters contract, gaps between them open: of all steps
//! this gains the most. It never changes the graph.

use ndarray::Array2;
use rayon::prelude::*;

use crate::cluster::graph::FuzzyGraph;
use crate::cluster::vector::{contiguous_row, inverse_length, on_wide_registers};

/// Coordinates that lie together: their sums stay in registers, and those of all units near the core.
const SLAB: usize = 32;
/// Partial sums of a squared length.
const LANES: usize = 8;

/// The same few coordinates of every unit, zeros where there are no more.
type Slab = Vec<[f64; SLAB]>;

/// `rows`, `(n_units, n_dims)`, after `steps` steps in each of which a row moves halfway to the
/// weighted mean of its neighbours and is scaled to unit length again.
pub(super) fn smoothed(mut rows: Array2<f64>, graph: &FuzzyGraph, steps: usize) -> Array2<f64> {
    let inverse_degrees: Vec<f64> = (0..graph.n_units()).map(|unit| 1.0 / (graph.degree(unit) + 1e-9)).collect();
    let mut slabs: Vec<Slab> = (0..rows.ncols()).step_by(SLAB).map(|first| slab_of(&rows, first)).collect();
    for _ in 0..steps {
        slabs.par_iter_mut().for_each(|slab| *slab = moved(slab, graph, &inverse_degrees));
        let scales = inverse_lengths(&slabs, rows.nrows());
        slabs.par_iter_mut().for_each(|slab| {
            for (coordinates, scale) in slab.iter_mut().zip(&scales) {
                for x in coordinates {
                    *x *= scale;
                }
            }
        });
    }
    for (unit, mut row) in rows.outer_iter_mut().enumerate() {
        for (x, at) in row.iter_mut().zip(0..) {
            *x = slabs[at / SLAB][unit][at % SLAB];
        }
    }
    rows
}

fn slab_of(rows: &Array2<f64>, first: usize) -> Slab {
    let coordinates = |unit| &contiguous_row(rows, unit)[first..rows.ncols().min(first + SLAB)];
    let of_unit = |unit| {
        let mut slab = [0.0; SLAB];
        slab[..coordinates(unit).len()].copy_from_slice(coordinates(unit));
        slab
    };
    (0..rows.nrows()).map(of_unit).collect()
}

/// Each unit's coordinates and the weighted mean of its neighbours', added.
fn moved(slab: &Slab, graph: &FuzzyGraph, inverse_degrees: &[f64]) -> Slab {
    let mut moved = Vec::with_capacity(slab.len());
    on_wide_registers(
        #[inline(always)]
        || {
            for (unit, own) in slab.iter().enumerate() {
                let mut sums = [0.0; SLAB];
                for (neighbour, weight) in graph.neighbours(unit) {
                    let share = weight * inverse_degrees[unit];
                    for (sum, x) in sums.iter_mut().zip(&slab[neighbour]) {
                        *sum += share * x;
                    }
                }
                for (sum, x) in sums.iter_mut().zip(own) {
                    *sum += x;
                }
                moved.push(sums);
            }
        },
    );
    moved
}

/// One over the length of each unit.
fn inverse_lengths(slabs: &[Slab], n_units: usize) -> Vec<f64> {
    let mut sums = vec![[0.0; LANES]; n_units];
    for slab in slabs {
        for (sums, coordinates) in sums.iter_mut().zip(slab) {
            for chunk in coordinates.as_chunks::<LANES>().0 {
                for (sum, x) in sums.iter_mut().zip(chunk) {
                    *sum += x * x;
                }
            }
        }
    }
    let folded = |[a, b, c, d, e, f, g, h]: [f64; LANES]| (a + e) + (b + f) + (c + g) + (d + h);
    sums.into_iter().map(|sums| inverse_length(folded(sums))).collect()
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
    fn a_step_is_the_sum_over_the_neighbours_in_any_number_of_dimensions() {
        for n_dims in [1, 31, 32, 33, 150] {
            let n = 70;
            let rows = Array2::from_shape_fn((n, n_dims), |(i, d)| ((i * 7 + d * 3) % 11) as f64 - 4.3);
            let indices = Array2::from_shape_fn((n, 3), |(i, k)| (i + 5 * k + 1) % n);
            let weights = Array2::from_shape_fn((n, 3), |(i, k)| 1.0 / (1 + k + i % 3) as f64);
            let graph = FuzzyGraph::new(&Neighbours { indices, cosines: Array2::zeros((n, 3)) }, &weights);
            let found = smoothed(rows.clone(), &graph, 1);
            for (unit, found) in found.outer_iter().enumerate() {
                let mut expected = rows.row(unit).to_owned();
                for (neighbour, weight) in graph.neighbours(unit) {
                    expected.scaled_add(weight / graph.degree(unit), &rows.row(neighbour));
                }
                expected /= expected.dot(&expected).sqrt();
                assert!(found.iter().zip(&expected).all(|(x, y)| (x - y).abs() < 1e-8), "{n_dims} {unit}");
            }
        }
    }

    #[test]
    fn sums_are_taken_by_group_and_mass() {
        let rows = array![[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]];
        let sums = group_sums(&rows, &[1.0, 2.0, 3.0], &[1, 0, 1], 2);
        assert_eq!(sums, array![[0.0, 2.0], [4.0, 3.0]]);
    }
}
