//! Exact nearest neighbours by cosine. Unit rows come in, out come each row's `k` nearest with their
//! cosines, nearest first, ties to the smaller index. Products in `f32`, a tile at a time, bound the
//! cosines from above; what may be among the nearest is computed exactly. The similarity matrix is
//! never stored.

use std::ops::Range;

use ndarray::{Array2, Axis, s};

use super::nearest::{BestFew, Similarity, most_similar, most_similar_others, near_each_other, quick_products};
use super::projection::heads;
use super::vector::{UnitRows, quick_dot};

/// From this many units, of this many coordinates, on, products are taken along a part of the directions.
const HEADS_FROM: usize = 4096;
const HEADS_FROM_DIMS: usize = 128;

/// The nearest neighbours of every unit.
#[derive(Debug, Clone)]
pub struct Neighbours {
    /// `(n_units, k)`: indices of the nearest units, nearest first.
    pub indices: Array2<usize>,
    /// `(n_units, k)`: their cosines, −1 to 1, falling along a row.
    pub cosines: Array2<f64>,
}

impl Neighbours {
    /// The `k` nearest of each row among the other rows; all others when there are fewer than `k`.
    pub fn within(units: &UnitRows, k: usize) -> Self {
        let k = k.min(units.n_units().saturating_sub(1));
        let is_large = units.n_units() >= HEADS_FROM && units.n_dims() >= HEADS_FROM_DIMS;
        if !is_large {
            let names: Vec<usize> = (0..units.n_units()).collect();
            return tables(most_similar_others(&Cosines::new(units, units, None), &names, k), k);
        }
        let names = near_each_other(units.view());
        let units = units.select(&names);
        let cosines = Cosines::new(&units, &units, Some(heads(&units)));
        let mut found = tables(most_similar_others(&cosines, &names, k), k);
        let mut place = vec![0; names.len()];
        for (at, &name) in names.iter().enumerate() {
            place[name] = at;
        }
        found.indices = found.indices.select(Axis(0), &place);
        found.cosines = found.cosines.select(Axis(0), &place);
        found
    }

    /// The `k` rows of `units` nearest to each row of `queries`; both have the same `n_dims`.
    pub fn between(queries: &UnitRows, units: &UnitRows, k: usize) -> Self {
        let k = k.min(units.n_units());
        let rows: Vec<usize> = (0..queries.n_units()).collect();
        tables(most_similar(&Cosines::new(queries, units, None), &rows, k), k)
    }

    /// The nearest `k` of each unit alone, or as many as are known.
    pub(crate) fn nearest(&self, k: usize) -> Self {
        let k = k.min(self.indices.ncols());
        Self {
            indices: self.indices.slice(s![.., ..k]).to_owned(),
            cosines: self.cosines.slice(s![.., ..k]).to_owned(),
        }
    }

    /// Mean cosine of each unit to its nearest `k` (or to as many as are known), `(n_units)`; 0 for a
    /// unit that is alone.
    pub fn mean_cosine(&self, k: usize) -> Vec<f64> {
        self.cosines
            .outer_iter()
            .map(|row| {
                let k = k.min(row.len());
                row.iter().take(k).sum::<f64>() / k.max(1) as f64
            })
            .collect()
    }
}

/// Cosines of the rows of `queries` with those of `units`.
struct Cosines<'a> {
    queries: &'a UnitRows,
    units: &'a UnitRows,
    /// Where rows and units are the same, and many: their coordinates along the leading directions,
    /// and the length of what is left. No product of two rows exceeds that of these.
    heads: Option<Array2<f32>>,
    /// How far a product in `f32` can be off.
    rounding: f32,
}

impl<'a> Cosines<'a> {
    fn new(queries: &'a UnitRows, units: &'a UnitRows, heads: Option<Array2<f32>>) -> Self {
        // n roundings of at most half a unit in the last place, and one each of the rows.
        Self { queries, units, heads, rounding: (units.n_dims() + 16) as f32 * f32::EPSILON }
    }
}

impl Similarity for Cosines<'_> {
    fn n_columns(&self) -> usize {
        self.units.n_units()
    }

    fn bounds(&self, rows: &[usize], columns: Range<usize>, is_tight: bool) -> Array2<f32> {
        let (queries, units) = match &self.heads {
            Some(heads) if !is_tight => (heads.view(), heads.view()),
            _ => (self.queries.view(), self.units.view()),
        };
        quick_products(queries.select(Axis(0), rows).view(), units.slice(s![columns, ..]))
    }

    #[inline(always)]
    fn floor(&self, similarity: f64) -> f32 {
        similarity as f32 - self.rounding
    }

    fn at_least(&self, tight: f32) -> f64 {
        f64::from(tight - self.rounding)
    }

    #[inline(always)]
    fn exact(&self, row: usize, column: usize, least: f64) -> Option<f64> {
        // Without heads the bound was such a product already.
        if self.heads.is_some() && quick_dot(self.queries.row(row), self.units.row(column)) < self.floor(least) {
            return None;
        }
        Some(self.queries.cosine(row, self.units, column))
    }
}

/// The nearest of each row as two tables.
fn tables(found: Vec<BestFew>, k: usize) -> Neighbours {
    let mut indices = Array2::zeros((found.len(), k));
    let mut cosines = Array2::zeros((found.len(), k));
    let places = indices.iter_mut().zip(cosines.iter_mut());
    for ((index, cosine), (found_cosine, found)) in places.zip(found.into_iter().flat_map(BestFew::into_entries)) {
        *index = found;
        *cosine = found_cosine;
    }
    Neighbours { indices, cosines }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn circle(angles: &[f32]) -> UnitRows {
        let rows =
            Array2::from_shape_fn((angles.len(), 2), |(i, d)| if d == 0 { angles[i].cos() } else { angles[i].sin() });
        UnitRows::new(rows.view()).unwrap()
    }

    #[test]
    fn nearest_first_and_self_excluded() {
        let found = Neighbours::within(&circle(&[0.0, 0.1, 0.3, 0.7]), 2);
        assert_eq!(found.indices, array![[1, 2], [0, 2], [1, 0], [2, 1]]);
        assert!((found.cosines[[0, 0]] - 0.1f64.cos()).abs() < 1e-7);
        let mean = (0.1f64.cos() + 0.3f64.cos()) / 2.0;
        assert!((found.mean_cosine(5)[0] - mean).abs() < 1e-7);
    }

    #[test]
    fn duplicates_go_to_the_smaller_index_across_tiles() {
        let units = circle(&[0.5; 1539]);
        let found = Neighbours::within(&units, 3);
        assert_eq!(found.indices.row(0).to_vec(), [1, 2, 3]);
        assert_eq!(found.indices.row(1031).to_vec(), [0, 1, 2]);
    }

    #[test]
    fn the_first_of_many_neighbours_are_those_of_few() {
        let units = circle(&[0.5, 0.1, 0.5, 0.9, 2.0, 2.5, 0.5, 3.0, 0.2]);
        let (many, few) = (Neighbours::within(&units, 6), Neighbours::within(&units, 2));
        let first = many.nearest(2);
        assert_eq!((first.indices, first.cosines), (few.indices, few.cosines));
        assert_eq!(many.nearest(40).indices, many.indices);
    }

    #[test]
    fn fewer_units_than_neighbours() {
        assert_eq!(Neighbours::within(&circle(&[0.0]), 15).indices.dim(), (1, 0));
        assert_eq!(Neighbours::within(&circle(&[0.0, 1.0]), 15).indices.dim(), (2, 1));
        let new = circle(&[0.9]);
        let found = Neighbours::between(&new, &circle(&[0.0, 1.0]), 15);
        assert_eq!(found.indices, array![[1, 0]]);
    }
}
