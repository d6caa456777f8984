//! Codes as directions learned from what is known of them.
//!
//! In: vectors of passages, of what the codes are told by, and which passages people coded. Out: for each passage and
//! code what a ridge regression on them all says, `(n_passages, n_codes)`. A definition stands for some examples, so
//! the first examples of one code help to tell it from all the others at once. Numbers only.

use ndarray::{Array1, Array2, ArrayView2, Axis};

use linfa_linalg::LinalgError;
use linfa_linalg::cholesky::SolveCInplace;

use super::policy::{DEFINITION_AS_EXAMPLES, RIDGE};

/// Ridge regression (Hoerl & Kennard 1970) of code memberships on vectors minus their mean, at unit length: the
/// minimiser of `Σ w |y − x·A|² + RIDGE·|A|²` over the coded passages (w = 1) and the codes' own vectors (w =
/// [`DEFINITION_AS_EXAMPLES`]). A membership is 1 or 0, less what every code would get by chance.
///
/// `passages`: `(n_passages, n_dims)`; `told`: `(n_codes, n_dims)`; `examples`: for each code rows of `passages`.
///
/// # Errors
/// When the equations cannot be solved: only for numbers that are none.
pub(super) fn regressed(
    passages: &Array2<f32>,
    told: &Array2<f32>,
    examples: &[Vec<usize>],
) -> Result<Array2<f64>, LinalgError> {
    let n_codes = told.nrows();
    let passages = centred(passages.view());
    let told = centred(told.view());
    let by_chance = 1.0 / n_codes.max(1) as f64;
    let share = |has: bool| f64::from(u8::from(has)) - by_chance;
    let mut coded: Vec<usize> = examples.concat();
    coded.sort_unstable();
    coded.dedup();
    // Rows to learn from, and what they have; the codes' own times the root of their weight.
    let weight = DEFINITION_AS_EXAMPLES.sqrt();
    let known = passages.select(Axis(0), &coded);
    let has = Array2::from_shape_fn((coded.len(), n_codes), |(at, code)| share(examples[code].contains(&coded[at])));
    let own = Array2::from_shape_fn((n_codes, n_codes), |(one, other)| share(one == other));
    let mut normal = known.t().dot(&known) + (&told * weight).t().dot(&(&told * weight));
    normal.diag_mut().mapv_inplace(|x| x + RIDGE);
    let mut right = known.t().dot(&has) + (&told * weight).t().dot(&(&own * weight));
    normal.solvec_inplace(&mut right)?;
    Ok(passages.dot(&right))
}

/// Minus their mean, at unit length.
fn centred(vectors: ArrayView2<f32>) -> Array2<f64> {
    let mean = vectors
        .map_axis(Axis(0), |column| column.iter().map(|&x| f64::from(x)).sum::<f64>() / column.len().max(1) as f64);
    let mut moved = vectors.mapv(f64::from) - &mean;
    for mut row in moved.outer_iter_mut() {
        let own = unit_length(row.to_owned());
        row.zip_mut_with(&own, |x, &unit| *x = f64::from(unit));
    }
    moved
}

pub(super) fn unit_length(vector: Array1<f64>) -> Array1<f32> {
    let length = vector.dot(&vector).sqrt().max(f64::MIN_POSITIVE);
    vector.mapv(|x| (x / length) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    /// scikit-learn 1.9: `Ridge(alpha=3, fit_intercept=False)` on the same rows, memberships and weights; the numbers
    /// are made by `tests/fixtures/coding_reference.py`.
    #[test]
    fn it_agrees_with_scikit_learn() {
        let passages = array![[1.0f32, 0.2, 0.0], [0.9, 0.0, 0.3], [0.1, 1.0, 0.2], [0.0, 0.8, 0.6], [0.5, 0.5, 0.7]];
        let told = array![[1.0f32, 0.0, 0.1], [0.0, 1.0, 0.1], [0.3, 0.3, 0.9]];
        let found = regressed(&passages, &told, &[vec![0], vec![2, 3], vec![3]]).unwrap();
        let expected = [
            [0.44998637, -0.24280864, -0.29123515],
            [0.39357815, -0.41834147, -0.04387392],
            [-0.30979073, 0.47347759, -0.10807708],
            [-0.44694680, 0.30146720, 0.23039603],
            [-0.22115943, -0.19751147, 0.45248615],
        ];
        for (row, own) in expected.iter().enumerate() {
            for (code, value) in own.iter().enumerate() {
                assert!((found[[row, code]] - value).abs() < 1e-6, "{row} {code}: {} {value}", found[[row, code]]);
            }
        }
    }

    #[test]
    fn one_passage_is_no_trouble() {
        let alone = array![[1.0f32, 0.0]];
        assert!(regressed(&alone, &alone, &[vec![]]).unwrap().iter().all(|x| x.is_finite()));
    }
}
