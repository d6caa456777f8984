//! Vectors of what was asked, each once.

use std::collections::HashMap;

use ndarray::{Array1, Array2, ArrayView1, Axis};
use rayon::prelude::*;

/// Wordings that a thread multiplies with all others at a time.
const TOGETHER: usize = 32;
/// More than the order of its sum can change a product of two vectors of unit length: their terms, some hundreds, each
/// by half a unit in the last place of 1 (Higham 2002, section 3.1).
const ROUNDING: f32 = 1e-3;
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
    ///
    /// A product of matrices, whose sums are in another order on another machine, tells which pairs may be: their
    /// cosines are those of [`Self::cosines`] to the last bit.
    pub(super) fn near(&self, wordings: &[usize], least: f32) -> Vec<Vec<(u32, f32)>> {
        let groups: Vec<Vec<Vec<(u32, f32)>>> = wordings
            .par_chunks(TOGETHER)
            .map(|wordings| {
                let rows: Vec<usize> = wordings.iter().map(|&wording| self.row_of[wording] as usize).collect();
                let about = self.matrix.select(Axis(0), &rows).dot(&self.matrix.t());
                let near = |(about, &row): (ArrayView1<'_, f32>, &usize)| {
                    let vector = self.matrix.row(row);
                    let exact = |(&about, own): (&f32, ArrayView1<'_, f32>)| {
                        if about < least - ROUNDING { f32::NEG_INFINITY } else { own.dot(&vector) }
                    };
                    let of_distinct: Vec<f32> = about.iter().zip(self.matrix.outer_iter()).map(exact).collect();
                    let cosines = self.row_of.iter().map(|&row| of_distinct[row as usize]).zip(0..);
                    cosines.filter(|&(cosine, _)| cosine >= least).map(|(cosine, wording)| (wording, cosine)).collect()
                };
                about.outer_iter().zip(&rows).map(near).collect()
            })
            .collect();
        groups.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cosines_are_ndarrays_products_to_the_last_bit() {
        for (n, n_dims) in [(1, 1), (3, 8), (5, 17), (301, 384), (8, 0)] {
            let value = |at: usize| ((at * 7919 + 13) % 1009) as f32 / 517.0 - 0.97;
            let mut matrix = Array2::from_shape_fn((n, n_dims), |(row, dim)| value(row * 31 + dim));
            for mut row in matrix.outer_iter_mut() {
                let length = row.dot(&row).sqrt().max(f32::MIN_POSITIVE);
                row /= length;
            }
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
