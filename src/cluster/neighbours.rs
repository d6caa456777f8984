//! Exact nearest neighbours by cosine. Unit rows come in, out come each row's `k` nearest with their
//! cosines, nearest first, ties to the smaller index. The similarity matrix is never stored: products
//! are taken in `f32` a tile at a time, the best few of each row are kept and computed again exactly.

use ndarray::{Array2, linalg::general_mat_mul, s};
use rayon::prelude::*;

use super::shortlist::Shortlist;
use super::vector::UnitRows;

/// Rows that one task compares with all others. Fixed, so that nothing depends on the thread count.
const ROW_BLOCK: usize = 512;
/// Columns of a tile: 512 × 1,024 products of 4 bytes stay within a core's cache.
const COLUMN_TILE: usize = 1024;
/// Candidates kept beyond `k`, so that rounding in `f32` cannot push a true neighbour off the list.
const SPARE: usize = 8;

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
        search(units, units, k.min(units.n_units().saturating_sub(1)), true)
    }

    /// The `k` rows of `units` nearest to each row of `queries`; both have the same `n_dims`.
    pub fn between(queries: &UnitRows, units: &UnitRows, k: usize) -> Self {
        search(queries, units, k.min(units.n_units()), false)
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

fn search(queries: &UnitRows, units: &UnitRows, k: usize, same_rows: bool) -> Neighbours {
    let n_queries = queries.n_units();
    let starts: Vec<usize> = (0..n_queries).step_by(ROW_BLOCK).collect();
    let blocks: Vec<Vec<(f64, usize)>> = starts
        .into_par_iter()
        .map(|start| {
            let end = (start + ROW_BLOCK).min(n_queries);
            search_block(queries, units, start..end, k, same_rows)
        })
        .collect();
    let mut indices = Array2::zeros((n_queries, k));
    let mut cosines = Array2::zeros((n_queries, k));
    let places = indices.iter_mut().zip(cosines.iter_mut());
    for ((index, cosine), &(found_cosine, found)) in places.zip(blocks.iter().flatten()) {
        *index = found;
        *cosine = found_cosine;
    }
    Neighbours { indices, cosines }
}

/// The `k` nearest of each row of a block, one row after another.
fn search_block(
    queries: &UnitRows,
    units: &UnitRows,
    block: std::ops::Range<usize>,
    k: usize,
    same_rows: bool,
) -> Vec<(f64, usize)> {
    let n_units = units.n_units();
    let rows = queries.view();
    let rows = rows.slice(s![block.clone(), ..]);
    let mut lists = vec![Shortlist::new(k + SPARE); block.len()];
    let mut products = Array2::<f32>::zeros((block.len(), COLUMN_TILE.min(n_units)));
    for tile in (0..n_units).step_by(COLUMN_TILE) {
        let tile_end = (tile + COLUMN_TILE).min(n_units);
        let mut products = products.slice_mut(s![.., ..tile_end - tile]);
        let columns = units.view();
        let columns = columns.slice(s![tile..tile_end, ..]);
        general_mat_mul(1.0, &rows, &columns.t(), 0.0, &mut products);
        for (offset, (scores, list)) in products.outer_iter_mut().zip(&mut lists).enumerate() {
            let Some(scores) = scores.into_slice() else {
                continue; // never: the rows of a tile are contiguous
            };
            let own = block.start + offset;
            if same_rows && (tile..tile_end).contains(&own) {
                scores[own - tile] = f32::NEG_INFINITY;
            }
            list.consider(scores, tile);
        }
    }
    let mut found = Vec::with_capacity(block.len() * k);
    for (query, list) in block.zip(&lists) {
        let mut exact: Vec<(f64, usize)> =
            list.indices().map(|unit| (queries.cosine(query, units, unit), unit)).collect();
        exact.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.extend(exact.into_iter().take(k));
    }
    found
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
        let units = circle(&[0.5; COLUMN_TILE + ROW_BLOCK + 3]);
        let found = Neighbours::within(&units, 3);
        assert_eq!(found.indices.row(0).to_vec(), [1, 2, 3]);
        assert_eq!(found.indices.row(COLUMN_TILE + 7).to_vec(), [0, 1, 2]);
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
