//! Vectors of what was asked, each once.

use std::collections::HashMap;

use ndarray::{Array1, Array2, ArrayView1, Axis};
use rayon::prelude::*;

/// Wordings whose products are summed side by side: a row is read once for all of them.
const TOGETHER: usize = 8;
/// Partial sums of a product.
const LANES: usize = 8;
/// Rows that a thread multiplies with a vector at a time.
const ROWS: usize = 512;

/// The unit-length vector of a wording.
pub type WordingVectors<'v> = dyn Fn(&str) -> Array1<f32> + 'v;

/// The vectors of wordings, one for all that are the same: interviewers repeat themselves.
pub(super) struct DistinctVectors {
    /// `(n_distinct, n_dims)`, unit length.
    pub(super) matrix: Array2<f32>,
    /// For each wording its row.
    pub(super) row_of: Vec<u32>,
}

impl DistinctVectors {
    /// `None` for no wordings.
    pub(super) fn new<'t>(texts: impl Iterator<Item = &'t str>, vector_of: &WordingVectors) -> Option<Self> {
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut vectors: Vec<f32> = Vec::new();
        let mut n_dims = 0;
        let row_of = texts
            .map(|text| {
                let next = known.len() as u32; // fewer wordings than bytes of a gigabyte
                *known.entry(text).or_insert_with(|| {
                    let vector = vector_of(text);
                    n_dims = vector.len();
                    vectors.extend(vector);
                    next
                })
            })
            .collect();
        let matrix = Array2::from_shape_vec((known.len(), n_dims), vectors).ok()?;
        (matrix.nrows() > 0).then_some(Self { matrix, row_of })
    }

    pub(super) fn row(&self, wording: usize) -> ArrayView1<'_, f32> {
        self.matrix.row(self.row_of[wording] as usize)
    }

    /// The cosine of each wording to a vector of unit length.
    pub(super) fn cosines(&self, vector: &ArrayView1<f32>) -> Array1<f32> {
        let of_rows: Vec<Array1<f32>> =
            self.matrix.axis_chunks_iter(Axis(0), ROWS).into_par_iter().map(|rows| rows.dot(vector)).collect();
        let of_distinct: Vec<f32> = of_rows.into_iter().flatten().collect();
        self.row_of.iter().map(|&row| of_distinct[row as usize]).collect()
    }

    /// For each of some wordings those that are at least `least` near it, with their cosines, in their order.
    pub(super) fn near(&self, wordings: &[usize], least: f32) -> Vec<Vec<(u32, f32)>> {
        let groups: Vec<Vec<Vec<(u32, f32)>>> = wordings
            .par_chunks(TOGETHER)
            .map(|wordings| {
                let of_distinct = self.products(wordings);
                let near = |at: usize| {
                    let cosines = self.row_of.iter().map(|&row| of_distinct[row as usize][at]).zip(0..);
                    cosines.filter(|&(cosine, _)| cosine >= least).map(|(cosine, wording)| (wording, cosine)).collect()
                };
                (0..wordings.len()).map(near).collect()
            })
            .collect();
        groups.into_iter().flatten().collect()
    }

    /// The products of every distinct vector with those of at most [`TOGETHER`] wordings, side by side, each summed in the
    /// order in which ndarray sums the product of two rows.
    fn products(&self, wordings: &[usize]) -> Vec<[f32; TOGETHER]> {
        let n_dims = self.matrix.ncols();
        let mut panel = vec![[0.0; TOGETHER]; n_dims];
        for (at, &wording) in wordings.iter().enumerate().take(TOGETHER) {
            panel.iter_mut().zip(self.row(wording)).for_each(|(values, &x)| values[at] = x);
        }
        let (chunks, tail) = panel.as_chunks::<LANES>();
        let mut found = vec![[0.0; TOGETHER]; self.matrix.nrows()];
        // For the widest registers that there are; nothing but the speed depends on them.
        pulp::Arch::new().dispatch(
            #[inline(always)]
            || {
                for (found, row) in found.iter_mut().zip(self.matrix.outer_iter()) {
                    let (own, own_tail) = row.as_slice().unwrap_or_default().as_chunks::<LANES>(); // in standard layout
                    let mut sums = [[0.0f32; TOGETHER]; LANES];
                    for (own, values) in own.iter().zip(chunks) {
                        for ((sums, &x), values) in sums.iter_mut().zip(own).zip(values) {
                            for (sum, &y) in sums.iter_mut().zip(values) {
                                *sum += x * y;
                            }
                        }
                    }
                    for at in 0..TOGETHER {
                        let sum = |lane: usize| sums[lane][at] + sums[lane + LANES / 2][at];
                        found[at] = sum(0) + sum(1) + sum(2) + sum(3);
                    }
                    for (&x, values) in own_tail.iter().zip(tail) {
                        for (found, &y) in found.iter_mut().zip(values) {
                            *found += x * y;
                        }
                    }
                }
            },
        );
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cosines_are_ndarrays_products_to_the_last_bit() {
        for (n, n_dims) in [(1, 1), (3, 8), (5, 17), (301, 384), (8, 0)] {
            let value = |at: usize| ((at * 7919 + 13) % 1009) as f32 / 517.0 - 0.97;
            let matrix = Array2::from_shape_fn((n, n_dims), |(row, dim)| value(row * 31 + dim));
            let row_of: Vec<u32> = (0..2 * n as u32).map(|wording| wording * 5 % n as u32).collect();
            let vectors = DistinctVectors { matrix, row_of };
            let plain = |wording: usize| {
                let of_distinct = vectors.matrix.dot(&vectors.row(wording));
                vectors.row_of.iter().map(|&row| of_distinct[row as usize]).collect::<Vec<f32>>()
            };
            let bits = |cosines: &[f32]| cosines.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            let asked: Vec<usize> = (0..2 * n).step_by(3).collect();
            for (&wording, near) in asked.iter().zip(vectors.near(&asked, 0.5)) {
                let plain = plain(wording);
                assert_eq!(bits(&vectors.cosines(&vectors.row(wording)).to_vec()), bits(&plain), "{n} {n_dims}");
                let expected = plain.iter().enumerate().filter(|(_, cosine)| **cosine >= 0.5);
                assert_eq!(near, expected.map(|(at, &cosine)| (at as u32, cosine)).collect::<Vec<_>>());
            }
        }
    }
}
