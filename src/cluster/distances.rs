//! Distances of all pairs of rows. Rows in `f64` come in; out come the squared distances of every two, each pair once. Several
//! pairs are summed side by side, each over its coordinates in their order, so that a distance is the same number on
//! every machine, whatever the width of its registers. The matrix of all pairs is never stored.

use ndarray::Array2;

use super::vector::{contiguous_row, on_wide_registers};

/// Rows that lie side by side, coordinate after coordinate: a register or two of the widest.
const PANEL: usize = 8;
/// Rows of another panel whose products with one are summed at a time: as many as stay in registers.
const AT_ONCE: usize = 4;
/// Coordinates that are summed at a time: those of two panels stay nearest to the core.
const STRETCH: usize = 128;
/// Panels whose products are taken one after another: two times as many stay in the core's cache.
const TILE: usize = 12;

/// Rows in panels of [`PANEL`], the last filled up with zeros.
struct Panels {
    n_rows: usize,
    n_dims: usize,
    values: Vec<[f64; PANEL]>,
}

impl Panels {
    fn new(rows: &Array2<f64>) -> Self {
        let (n_rows, n_dims) = rows.dim();
        let mut values = vec![[0.0; PANEL]; n_rows.div_ceil(PANEL) * n_dims];
        for row in 0..n_rows {
            let panel = &mut values[row / PANEL * n_dims..][..n_dims];
            for (values, &x) in panel.iter_mut().zip(contiguous_row(rows, row)) {
                values[row % PANEL] = x;
            }
        }
        Self { n_rows, n_dims, values }
    }

    fn n(&self) -> usize {
        self.n_rows.div_ceil(PANEL)
    }

    fn panel(&self, number: usize) -> &[[f64; PANEL]] {
        &self.values[number * self.n_dims..][..self.n_dims]
    }
}

/// Hands the squared distance of every two of `rows`, `(n_rows, n_dims)`, to `take`: the numbers of both, the second below
/// the first, and their distance. It is taken from products and squared lengths, so that about `1e-16` of these is lost;
/// of equal rows it is 0.
pub(super) fn for_all_squared_distances(rows: &Array2<f64>, mut take: impl FnMut(usize, usize, f64)) {
    let square = |row| contiguous_row(rows, row).iter().fold(0.0, |sum, x| sum + x * x);
    let squares: Vec<f64> = (0..rows.nrows()).map(square).collect();
    for_all_products(rows, |a, b, product| {
        if a != b {
            take(a, b, (squares[a] + squares[b] - 2.0 * product).max(0.0));
        }
    });
}

/// Hands the products of every two of `rows`, `(n_rows, n_dims)`, to `take`: the numbers of both, the second not above
/// the first, and their product. A row's product with itself is among them.
fn for_all_products(rows: &Array2<f64>, mut take: impl FnMut(usize, usize, f64)) {
    let panels = Panels::new(rows);
    let tile = |start: usize| start..(start + TILE).min(panels.n());
    for seconds in (0..panels.n()).step_by(TILE) {
        for firsts in (seconds..panels.n()).step_by(TILE) {
            for second in tile(seconds) {
                for first in tile(firsts).start.max(second)..tile(firsts).end {
                    let products = products(panels.panel(first), panels.panel(second));
                    for (a, products) in (first * PANEL..panels.n_rows).zip(products) {
                        for (b, product) in (second * PANEL..=a.min(panels.n_rows - 1)).zip(products) {
                            take(a, b, product);
                        }
                    }
                }
            }
        }
    }
}

/// Products of each row of `first` with each of `second`.
fn products(first: &[[f64; PANEL]], second: &[[f64; PANEL]]) -> [[f64; PANEL]; PANEL] {
    on_wide_registers(
        #[inline(always)]
        || {
            let mut products = [[0.0; PANEL]; PANEL];
            for (first, second) in first.chunks(STRETCH).zip(second.chunks(STRETCH)) {
                for (part, products) in products.as_chunks_mut::<AT_ONCE>().0.iter_mut().enumerate() {
                    let mut sums = *products;
                    for (a, b) in first.iter().zip(second) {
                        for (sums, &a) in sums.iter_mut().zip(&a[part * AT_ONCE..][..AT_ONCE]) {
                            for (sum, &b) in sums.iter_mut().zip(b) {
                                *sum += a * b;
                            }
                        }
                    }
                    *products = sums;
                }
            }
            products
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::vector::squared_distance;

    #[test]
    fn distances_are_those_taken_coordinate_by_coordinate_and_nothing_for_equal_rows() {
        let mut rows = Array2::from_shape_fn((30, 17), |(i, d)| ((i * 29 + d * 13) % 53) as f64 / 50.0 - 0.4);
        let copied = rows.row(4).to_owned();
        rows.row_mut(22).assign(&copied);
        let mut n = 0;
        for_all_squared_distances(&rows, |a, b, squared| {
            n += 1;
            let expected = squared_distance(contiguous_row(&rows, a), contiguous_row(&rows, b));
            assert!((squared - expected).abs() < 1e-13, "{a} {b}");
            assert!((a, b) != (22, 4) || squared == 0.0);
        });
        assert_eq!(n, 30 * 29 / 2);
    }

    #[test]
    fn each_pair_comes_once_and_is_the_sum_in_the_order_of_the_coordinates() {
        for (n_rows, n_dims) in [(0, 3), (1, 0), (1, 1), (7, 5), (8, 384), (9, 2), (21, 31), (64, 3), (215, 130)] {
            let rows = Array2::from_shape_fn((n_rows, n_dims), |(i, d)| ((i * 31 + d * 17) % 97) as f64 / 7.0 - 5.3);
            let mut seen = Array2::from_elem((n_rows, n_rows), 0);
            for_all_products(&rows, |a, b, product| {
                seen[[a, b]] += 1;
                let expected = rows.row(a).iter().zip(rows.row(b)).fold(0.0, |sum, (x, y)| sum + x * y);
                assert_eq!(product.to_bits(), f64::to_bits(expected), "{a} {b}");
            });
            for ((a, b), &times) in seen.indexed_iter() {
                assert_eq!(times, usize::from(b <= a), "{a} {b}");
            }
        }
    }
}
