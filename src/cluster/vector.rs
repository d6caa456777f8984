//! Vectors and their lengths. In come the rows of an array, out come unit rows and sums over their
//! coordinates. Every sum here is taken in `f64`, in an order that depends on nothing but the length
//! of the row, so that a cosine is the same number on every machine and on any number of threads.
//! It never reorders, drops or rounds rows away.

use ndarray::{Array2, ArrayView1, ArrayView2, Axis};
use rayon::prelude::*;

use super::errors::ClusterError;

/// Partial sums a dot product keeps side by side, so that the compiler can use vector registers
/// without changing the order of the additions.
const LANES: usize = 32;

/// Runs `task` compiled for the widest vector registers that the processor has. Nothing but the speed
/// depends on them: no operation is reordered or fused. Only what is inlined into the task profits.
pub(crate) fn on_wide_registers<R>(task: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(task)
}

/// Dot product of two rows of the same length.
#[inline(always)]
pub(crate) fn dot<A, B>(a: &[A], b: &[B]) -> f64
where
    A: Copy + Into<f64>,
    B: Copy + Into<f64>,
{
    sum_over_pairs(a, b, |x, y| x * y)
}

/// Dot product of a row with each of `others`, `(n_others, n_dims)`.
pub(crate) fn products_with<A: Copy + Into<f64>>(row: &[A], others: &Array2<f64>) -> Vec<f64> {
    let mut products = vec![0.0; others.nrows()];
    on_wide_registers(
        #[inline(always)]
        || {
            for (other, product) in products.iter_mut().enumerate() {
                *product = dot(row, contiguous_row(others, other));
            }
        },
    );
    products
}

/// Dot product rounded to `f32` at every step.
#[inline(always)]
pub(crate) fn quick_dot(a: &[f32], b: &[f32]) -> f32 {
    let ((a_chunks, a_tail), (b_chunks, b_tail)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let tail: f32 = a_tail.iter().zip(b_tail).map(|(&x, &y)| x * y).sum();
    let mut lanes = [0.0; LANES];
    for (x, y) in a_chunks.iter().zip(b_chunks) {
        for lane in 0..LANES {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    folded(lanes) + tail
}

/// Squared Euclidean distance of two rows of the same length.
#[inline(always)]
pub(crate) fn squared_distance<A: Copy + Into<f64>>(a: &[A], b: &[A]) -> f64 {
    sum_over_pairs(a, b, |x, y| (x - y) * (x - y))
}

#[inline(always)]
fn sum_over_pairs<A, B>(a: &[A], b: &[B], term: impl Fn(f64, f64) -> f64) -> f64
where
    A: Copy + Into<f64>,
    B: Copy + Into<f64>,
{
    let ((a_chunks, a_tail), (b_chunks, b_tail)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let tail: f64 = a_tail.iter().zip(b_tail).map(|(&x, &y)| term(x.into(), y.into())).sum();
    let mut lanes = [0.0; LANES];
    for (x, y) in a_chunks.iter().zip(b_chunks) {
        for lane in 0..LANES {
            lanes[lane] += term(x[lane].into(), y[lane].into());
        }
    }
    folded(lanes) + tail
}

/// Sum of the lanes: the upper half is added to the lower one until one is left.
#[inline(always)]
fn folded<T: Copy + std::ops::AddAssign, const N: usize>(mut lanes: [T; N]) -> T {
    let mut width = N;
    while width > 1 {
        width /= 2;
        for lane in 0..width {
            let upper = lanes[lane + width];
            lanes[lane] += upper;
        }
    }
    lanes[0]
}

/// `1 / length`, and 0 for a row without a direction.
pub(crate) fn inverse_length(squared_length: f64) -> f64 {
    if squared_length > 0.0 { 1.0 / squared_length.sqrt() } else { 0.0 }
}

/// The rows of a clustering, scaled to unit length.
///
/// `rows` is `(n_units, n_dims)` in `f32`, for fast products; `inverse_lengths` corrects what rounding
/// to `f32` took or gave, so that [`UnitRows::cosine`] is exact to about 1e-8. A row of zeros stays
/// one: its cosine with everything is 0.
#[derive(Debug, Clone)]
pub struct UnitRows {
    pub(super) rows: Array2<f32>,
    pub(super) inverse_lengths: Vec<f64>,
}

impl UnitRows {
    /// Scales `vectors`, `(n_units, n_dims)`, row by row.
    ///
    /// # Errors
    /// [`ClusterError::NoDimensions`] when the rows are empty, [`ClusterError::NotFinite`] with the
    /// first row that holds NaN or an infinity.
    pub fn new(vectors: ArrayView2<f32>) -> Result<Self, ClusterError> {
        check(vectors)?;
        Ok(Self::scaled(vectors.as_standard_layout().into_owned()))
    }

    /// The same of vectors that are given away, `(n_units, n_dims)`, without a copy of them.
    ///
    /// # Errors
    /// Those of [`UnitRows::new`].
    pub(crate) fn of(vectors: Array2<f32>) -> Result<Self, ClusterError> {
        check(vectors.view())?;
        let lies_by_rows = vectors.is_standard_layout();
        Ok(Self::scaled(if lies_by_rows { vectors } else { vectors.as_standard_layout().into_owned() }))
    }

    fn scaled(mut rows: Array2<f32>) -> Self {
        let inverse_lengths = rows
            .axis_iter_mut(Axis(0))
            .into_par_iter()
            .map(|mut row| {
                let scale = scale_of(row.view());
                row.mapv_inplace(|x| scaled(x, scale));
                scale_of(row.view())
            })
            .collect();
        Self { rows, inverse_lengths }
    }

    /// Number of rows.
    pub fn n_units(&self) -> usize {
        self.rows.nrows()
    }

    /// Number of coordinates of a row.
    pub fn n_dims(&self) -> usize {
        self.rows.ncols()
    }

    /// The rows, `(n_units, n_dims)`.
    pub fn view(&self) -> ArrayView2<'_, f32> {
        self.rows.view()
    }

    /// One row, `(n_dims)`.
    #[inline(always)]
    pub fn row(&self, unit: usize) -> &[f32] {
        contiguous_row(&self.rows, unit)
    }

    /// True for a row of zeros, which has no direction.
    pub fn is_zero(&self, unit: usize) -> bool {
        self.inverse_lengths[unit] == 0.0
    }

    /// Cosine of row `unit` with row `other_unit` of `other`, −1 to 1.
    #[inline(always)]
    pub fn cosine(&self, unit: usize, other: &UnitRows, other_unit: usize) -> f64 {
        dot(self.row(unit), other.row(other_unit)) * (self.inverse_lengths[unit] * other.inverse_lengths[other_unit])
    }

    /// Some of the rows, in the order of `chosen`.
    pub(crate) fn select(&self, chosen: &[usize]) -> Self {
        Self {
            rows: self.rows.select(Axis(0), chosen),
            inverse_lengths: chosen.iter().map(|&i| self.inverse_lengths[i]).collect(),
        }
    }

    /// The rows of all parts, each of `n_dims` coordinates, one part after another.
    pub(crate) fn concatenated(parts: &[Self], n_dims: usize) -> Self {
        let mut rows = Array2::zeros((parts.iter().map(Self::n_units).sum(), n_dims));
        let from = parts.iter().flat_map(|part| part.rows.outer_iter());
        for (mut row, from) in rows.outer_iter_mut().zip(from) {
            row.assign(&from);
        }
        Self { rows, inverse_lengths: parts.iter().flat_map(|part| part.inverse_lengths.iter().copied()).collect() }
    }

    /// The rows in `f64`, `(n_units, n_dims)`, each of unit length or zero.
    pub(crate) fn to_f64(&self) -> Array2<f64> {
        let mut exact = self.rows.mapv(f64::from);
        for (mut row, &scale) in exact.outer_iter_mut().zip(&self.inverse_lengths) {
            row *= scale;
        }
        exact
    }
}

/// Refuses vectors that are none.
fn check(vectors: ArrayView2<f32>) -> Result<(), ClusterError> {
    if vectors.nrows() > 0 && vectors.ncols() == 0 {
        return Err(ClusterError::NoDimensions);
    }
    let flaw = |(row, vector): (usize, ArrayView1<f32>)| {
        let column = vector.iter().position(|x| !x.is_finite())?;
        Some(ClusterError::NotFinite { row, column })
    };
    vectors.outer_iter().enumerate().find_map(flaw).map_or(Ok(()), Err)
}

/// What brings each row to unit length, `(n_units)`: no row is made.
///
/// # Errors
/// Those of [`UnitRows::new`].
pub(super) fn scales(vectors: ArrayView2<f32>) -> Result<Vec<f64>, ClusterError> {
    check(vectors)?;
    Ok(vectors.axis_iter(Axis(0)).into_par_iter().map(scale_of).collect())
}

fn scale_of(row: ArrayView1<f32>) -> f64 {
    inverse_length(row.iter().map(|&x| f64::from(x) * f64::from(x)).sum())
}

/// A coordinate as it is in [`UnitRows`].
pub(super) fn scaled(x: f32, scale: f64) -> f32 {
    (f64::from(x) * scale) as f32
}

/// Row `index` of an array that was built by this station, and so lies in memory row after row.
#[inline(always)]
pub(crate) fn contiguous_row<T>(rows: &Array2<T>, index: usize) -> &[T] {
    let n_columns = rows.ncols();
    // Proof: every array handed to this function comes from `zeros`, `as_standard_layout` or
    // `from_shape_vec`, all of which lay rows out one after another.
    let all = rows.as_slice().expect("rows lie one after another");
    &all[index * n_columns..(index + 1) * n_columns]
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn sums_do_not_miss_the_tail() {
        let a: Vec<f64> = (1..=11).map(f64::from).collect();
        assert_eq!(dot(&a, &a), 506.0);
        assert_eq!(squared_distance(&a, &[0.0; 11]), 506.0);
        assert_eq!(squared_distance(&[3.0f32, 0.0], &[0.0, 4.0]), 25.0);
    }

    #[test]
    fn rows_become_unit_rows_and_zeros_stay() {
        let rows = UnitRows::new(array![[3.0f32, 4.0], [0.0, 0.0], [1e30, 0.0]].view()).unwrap();
        assert!((rows.cosine(0, &rows, 0) - 1.0).abs() < 1e-12);
        assert!((rows.cosine(0, &rows, 2) - 0.6).abs() < 1e-7);
        assert_eq!(rows.cosine(0, &rows, 1), 0.0);
        assert!(rows.is_zero(1) && !rows.is_zero(2));
    }

    #[test]
    fn rows_that_are_given_away_are_the_same() {
        let vectors = array![[3.0f32, 4.0], [0.0, 0.0], [1e30, 0.0], [0.1, -0.7]];
        let rows = UnitRows::new(vectors.view()).unwrap();
        let scales = scales(vectors.view()).unwrap();
        let by_scales = Array2::from_shape_fn((4, 2), |(row, column)| scaled(vectors[[row, column]], scales[row]));
        // Laid out by columns it is the same matrix.
        let by_columns = vectors.t().as_standard_layout().into_owned().reversed_axes();
        for given in [vectors, by_columns] {
            let given = UnitRows::of(given).unwrap();
            assert_eq!((&given.rows, &given.inverse_lengths), (&rows.rows, &rows.inverse_lengths));
            assert!(given.rows.is_standard_layout());
        }
        assert_eq!(by_scales, rows.rows);
        assert!(UnitRows::of(array![[f32::INFINITY]]).is_err());
    }

    #[test]
    fn a_row_that_is_not_finite_is_named() {
        let error = UnitRows::new(array![[1.0f32, 0.0], [0.0, f32::NAN]].view()).unwrap_err();
        assert!(matches!(error, ClusterError::NotFinite { row: 1, column: 1 }));
    }
}
