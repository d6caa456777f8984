//! The search for what is nearest. A similarity comes in that can bound many pairs at once in quick `f32`
//! products, and compute one pair exactly; out come the few most similar of each row. Pairs whose
//! bound does not reach what a row has found already are passed over, all others are computed: the
//! result is exact. It is a set chosen by value and index, so that it depends neither on the order in
//! which pairs are looked at nor on the threads. The matrix of all pairs is never stored.

use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;

use super::vector::{on_wide_registers, quick_dot};

/// Rows and columns of a tile: its products, 1 MB, stay within a core's cache.
const TILE: usize = 512;
/// Bounds compared at once.
const LANES: usize = 16;
/// Rows whose products are taken one by one at most.
const FEW: usize = 8;
/// Groups in which rows are brought together.
const CELLS: usize = 128;

/// How similar rows are to columns, both named by index.
pub(crate) trait Similarity: Sync {
    /// Number of columns.
    fn n_columns(&self) -> usize;

    /// An upper bound on the similarity of each of `rows` to each of `columns`, `(rows, columns)`.
    /// `is_tight` asks for a close one, because nothing is known yet to compare it with.
    fn bounds(&self, rows: &[usize], columns: Range<usize>, is_tight: bool) -> Array2<f32>;

    /// A bound below this cannot belong to a pair of at least this similarity.
    fn floor(&self, similarity: f64) -> f32;

    /// What a pair's similarity is at least, by a tight bound on it; where this cannot be told, nothing is.
    fn at_least(&self, _tight: f32) -> f64 {
        f64::NEG_INFINITY
    }

    /// The similarity itself; `None` for a pair that does not count, or is less similar than `least`.
    fn exact(&self, row: usize, column: usize, least: f64) -> Option<f64>;
}

/// The most similar columns of a row with their similarity, most similar first, ties to the smaller index.
#[derive(Debug, Clone)]
pub(crate) struct BestFew {
    capacity: usize,
    entries: Vec<(f64, usize)>,
}

impl BestFew {
    fn new(capacity: usize) -> Self {
        Self { capacity, entries: Vec::with_capacity(capacity + 1) }
    }

    fn offer(&mut self, similarity: f64, index: usize) {
        let place = self.entries.partition_point(|&(other, other_index)| {
            other > similarity || (other == similarity && other_index < index)
        });
        if place < self.capacity {
            self.entries.insert(place, (similarity, index));
            self.entries.truncate(self.capacity);
        }
    }

    /// The smallest similarity that may still enter.
    fn least(&self) -> f64 {
        match self.entries.last() {
            Some(&(least, _)) if self.entries.len() == self.capacity => least,
            _ => f64::NEG_INFINITY,
        }
    }

    pub(crate) fn into_entries(self) -> Vec<(f64, usize)> {
        self.entries
    }
}

/// What a block of rows has found so far.
struct Block {
    best: Vec<BestFew>,
    floors: Vec<f32>,
}

impl Block {
    fn new(n_rows: usize, k: usize) -> Self {
        Self { best: vec![BestFew::new(k); n_rows], floors: vec![f32::NEG_INFINITY; n_rows] }
    }

    #[inline(always)]
    fn offer(&mut self, row: usize, index: usize, similarity: f64, floor: impl Fn(f64) -> f32) {
        self.best[row].offer(similarity, index);
        self.floors[row] = self.floors[row].max(floor(self.best[row].least()));
    }

    /// Floors that the `k` closest of the rows' own `bounds`, `(n_rows, n_rows)`, reach, before any pair is looked at.
    fn expect(&mut self, similarity: &impl Similarity, bounds: &Array2<f32>, k: usize) {
        let mut others = Vec::with_capacity(bounds.nrows());
        for (row, bounds) in bounds.outer_iter().enumerate() {
            others.clear();
            others.extend(bounds.iter().enumerate().filter(|&(column, _)| column != row).map(|(_, &bound)| bound));
            if others.len() >= k {
                let (_, &mut least, _) = others.select_nth_unstable_by(k - 1, |a, b| b.total_cmp(a));
                self.floors[row] = similarity.floor(similarity.at_least(least));
            }
        }
    }
}

/// The `k` most similar columns of each of `rows`.
pub(crate) fn most_similar(similarity: &impl Similarity, rows: &[usize], k: usize) -> Vec<BestFew> {
    if k == 0 {
        return vec![BestFew::new(0); rows.len()];
    }
    let n_columns = similarity.n_columns();
    let blocks: Vec<Vec<BestFew>> = rows
        .par_chunks(TILE)
        .map(|rows| {
            let mut block = Block::new(rows.len(), k);
            for first in (0..n_columns).step_by(TILE) {
                let columns = first..(first + TILE).min(n_columns);
                let bounds = similarity.bounds(rows, columns.clone(), first == 0);
                on_wide_registers(
                    #[inline(always)]
                    || {
                        for (row, bounds) in bounds.outer_iter().enumerate() {
                            let bounds = bounds.as_slice().unwrap_or_default(); // in standard layout, never empty
                            for (chunk, bounds) in bounds.chunks(LANES).enumerate() {
                                if !any_reaches(bounds, &[block.floors[row]; LANES], f32::INFINITY) {
                                    continue;
                                }
                                for (lane, &bound) in bounds.iter().enumerate() {
                                    let column = columns.start + chunk * LANES + lane;
                                    if bound >= block.floors[row]
                                        && let Some(exact) =
                                            similarity.exact(rows[row], column, block.best[row].least())
                                    {
                                        block.offer(row, column, exact, |x| similarity.floor(x));
                                    }
                                }
                            }
                        }
                    },
                );
            }
            block.best
        })
        .collect();
    blocks.into_iter().flatten().collect()
}

/// The `k` most similar others of every column, where rows and columns are the same and a pair is as
/// similar either way: each pair is looked at once. Columns are called by their `names`.
pub(crate) fn most_similar_others(similarity: &impl Similarity, names: &[usize], k: usize) -> Vec<BestFew> {
    let n = similarity.n_columns();
    if k == 0 {
        return vec![BestFew::new(0); n];
    }
    let ranges: Vec<Range<usize>> = (0..n).step_by(TILE).map(|first| first..(first + TILE).min(n)).collect();
    let blocks: Vec<Mutex<Block>> = ranges.iter().map(|range| Mutex::new(Block::new(range.len(), k))).collect();
    (0..ranges.len()).into_par_iter().for_each(|own| {
        let rows: Vec<usize> = ranges[own].clone().collect();
        let bounds = similarity.bounds(&rows, ranges[own].clone(), true);
        let mut block = locked(&blocks[own]);
        block.expect(similarity, &bounds, k);
        on_wide_registers(
            #[inline(always)]
            || {
                for (row, bounds) in bounds.outer_iter().enumerate() {
                    for (column, &bound) in bounds.iter().enumerate().skip(row + 1) {
                        if bound < block.floors[row].min(block.floors[column]) {
                            continue;
                        }
                        let least = block.best[row].least().min(block.best[column].least());
                        if let Some(exact) = similarity.exact(rows[row], rows[column], least) {
                            block.offer(row, names[rows[column]], exact, |x| similarity.floor(x));
                            block.offer(column, names[rows[row]], exact, |x| similarity.floor(x));
                        }
                    }
                }
            },
        );
    });
    // Near blocks first: what they find spares more of the far ones.
    let pairs: Vec<(usize, usize)> =
        (1..ranges.len()).flat_map(|apart| (apart..ranges.len()).map(move |b| (b - apart, b))).collect();
    pairs.into_par_iter().for_each(|(a, b)| {
        let rows: Vec<usize> = ranges[a].clone().collect();
        let bounds = similarity.bounds(&rows, ranges[b].clone(), false);
        let first = ranges[b].start;
        // Always the lower block first, so that no two threads wait for each other.
        let (mut of_rows, mut of_columns) = (locked(&blocks[a]), locked(&blocks[b]));
        let (of_rows, of_columns) = (&mut *of_rows, &mut *of_columns);
        on_wide_registers(
            #[inline(always)]
            || {
                for (row, bounds) in bounds.outer_iter().enumerate() {
                    let bounds = bounds.as_slice().unwrap_or_default(); // in standard layout, never empty
                    for (chunk, bounds) in bounds.chunks(LANES).enumerate() {
                        let floor = of_rows.floors[row];
                        let floors = &of_columns.floors[chunk * LANES..][..bounds.len()];
                        if !any_reaches(bounds, floors, floor) {
                            continue;
                        }
                        for (lane, &bound) in bounds.iter().enumerate() {
                            let column = chunk * LANES + lane;
                            if bound < of_rows.floors[row].min(of_columns.floors[column]) {
                                continue;
                            }
                            let least = of_rows.best[row].least().min(of_columns.best[column].least());
                            if let Some(exact) = similarity.exact(rows[row], first + column, least) {
                                of_rows.offer(row, names[first + column], exact, |x| similarity.floor(x));
                                of_columns.offer(column, names[rows[row]], exact, |x| similarity.floor(x));
                            }
                        }
                    }
                }
            },
        );
    });
    let best = blocks.into_iter().map(|block| block.into_inner().unwrap_or_else(PoisonError::into_inner).best);
    best.flatten().collect()
}

/// All rows, those near each other side by side: in the order of which of a few evenly spaced ones is
/// nearest. A search is quicker in this order, its result is the same.
pub(crate) fn near_each_other(rows: ArrayView2<'_, f32>) -> Vec<usize> {
    let n = rows.nrows();
    let pivots: Vec<usize> = (0..CELLS.min(n)).map(|cell| cell * n / CELLS.min(n)).collect();
    let pivots = rows.select(Axis(0), &pivots);
    let half_squares: Vec<f32> = pivots.outer_iter().map(|pivot| pivot.dot(&pivot) / 2.0).collect();
    let blocks: Vec<Vec<usize>> = rows
        .axis_chunks_iter(Axis(0), TILE)
        .into_par_iter()
        .map(|rows| {
            let products = rows.dot(&pivots.t());
            let nearest = products.outer_iter().map(|products| {
                let mut best = (f32::NEG_INFINITY, 0);
                for (pivot, (product, half_square)) in products.iter().zip(&half_squares).enumerate() {
                    if product - half_square > best.0 {
                        best = (product - half_square, pivot);
                    }
                }
                best.1
            });
            nearest.collect()
        })
        .collect();
    let cells: Vec<usize> = blocks.into_iter().flatten().collect();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by_key(|&row| cells[row]);
    order
}

/// Products of each of `rows` with each of `columns`, `(n_rows, n_dims)` and `(n_columns, n_dims)`, rounded to `f32` at every
/// step. A matrix is packed before it is multiplied, which few rows are not worth.
pub(crate) fn quick_products(rows: ArrayView2<'_, f32>, columns: ArrayView2<'_, f32>) -> Array2<f32> {
    let (Some(few), Some(all)) = (rows.as_slice(), columns.as_slice()) else {
        return rows.dot(&columns.t());
    };
    let n_dims = rows.ncols();
    if rows.nrows() > FEW || n_dims == 0 {
        return rows.dot(&columns.t());
    }
    let mut products = Array2::zeros((rows.nrows(), columns.nrows()));
    for (mut products, row) in products.outer_iter_mut().zip(few.chunks_exact(n_dims)) {
        on_wide_registers(
            #[inline(always)]
            || {
                for (product, column) in products.iter_mut().zip(all.chunks_exact(n_dims)) {
                    *product = quick_dot(row, column);
                }
            },
        );
    }
    products
}

/// A panic elsewhere ends the run anyway.
fn locked(block: &Mutex<Block>) -> MutexGuard<'_, Block> {
    block.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a bound is at least its own floor or the common one; of fewer bounds than [`LANES`] it may say
/// so wrongly.
#[inline(always)]
fn any_reaches(bounds: &[f32], floors: &[f32], floor: f32) -> bool {
    let (Ok(bounds), Ok(floors)) = (<&[f32; LANES]>::try_from(bounds), <&[f32; LANES]>::try_from(floors)) else {
        return true;
    };
    let mut any = false;
    for lane in 0..LANES {
        any |= (bounds[lane] >= floors[lane]) | (bounds[lane] >= floor);
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points on a line; the bound is too high by a half.
    struct Line(Vec<f64>);

    impl Similarity for Line {
        fn n_columns(&self) -> usize {
            self.0.len()
        }

        fn bounds(&self, rows: &[usize], columns: Range<usize>, _: bool) -> Array2<f32> {
            Array2::from_shape_fn((rows.len(), columns.len()), |(row, column)| {
                0.5 - (self.0[rows[row]] - self.0[columns.start + column]).abs() as f32
            })
        }

        fn floor(&self, similarity: f64) -> f32 {
            similarity as f32
        }

        fn exact(&self, row: usize, column: usize, _: f64) -> Option<f64> {
            (row != column).then(|| -(self.0[row] - self.0[column]).abs())
        }
    }

    #[test]
    fn the_same_from_one_side_and_from_both_with_ties_to_the_smaller_index() {
        let n = 2 * TILE + 9;
        let line = Line((0..n).map(|i| f64::from((i * 37 % n) as u32 / 3)).collect());
        let rows: Vec<usize> = (0..n).collect();
        let one_sided = most_similar(&line, &rows, 5);
        for (row, (found, others)) in one_sided.iter().zip(most_similar_others(&line, &rows, 5)).enumerate() {
            let mut all: Vec<(f64, usize)> =
                (0..n).filter_map(|column| Some((line.exact(row, column, f64::NEG_INFINITY)?, column))).collect();
            all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            assert_eq!(found.entries, all[..5]);
            assert_eq!(others.entries, all[..5]);
        }
    }

    #[test]
    fn few_products_are_those_of_many() {
        let value = |(row, dim): (usize, usize)| ((row * 13 + dim * 5) % 23) as f32 / 8.0 - 1.2;
        let columns = Array2::from_shape_fn((37, 41), value);
        for n in [1, 3, FEW, FEW + 1] {
            let rows = Array2::from_shape_fn((n, 41), |(row, dim)| value((row + 50, dim)));
            let products = quick_products(rows.view(), columns.view());
            assert_eq!(products.dim(), (n, 37));
            for ((row, column), product) in products.indexed_iter() {
                let pairs = rows.row(row).into_iter().zip(columns.row(column));
                let expected: f64 = pairs.map(|(&x, &y)| f64::from(x) * f64::from(y)).sum();
                assert!((f64::from(*product) - expected).abs() < 1e-4);
            }
        }
    }

    #[test]
    fn a_list_longer_than_the_row_holds_what_there_is() {
        let line = Line(vec![0.0, 1.0, 5.0]);
        assert_eq!(most_similar_others(&line, &[0, 1, 2], 9)[0].entries, [(-1.0, 1), (-5.0, 2)]);
        assert!(most_similar(&line, &[1], 0)[0].entries.is_empty());
    }
}
