//! From clusters to what a researcher reads.
//!
//! In: units with their texts, vectors, participants and themes. Out: keywords, labels,
//! prevalence, quotes, and how far to trust each theme. Everything is counted or quoted; no text is
//! made up, but for the names that [`naming`] gets from a server for those who ask for them.

pub mod accumulation;
mod clauses;
pub mod group_terms;
pub mod headline;
pub mod keywords;
pub mod naming;
pub mod numbers;
mod phrases;
pub(crate) mod policy;
pub mod prevalence;
pub mod quotes;
pub mod recurring;
pub mod separation;
pub mod stability;
mod vocabulary;
pub(crate) mod word_forms;

use ndarray::{Array1, ArrayView2};

/// Mean of some rows of `(n_units, n_dims)` vectors, summed in `f64` in the order given; zeros for
/// no rows.
pub(crate) fn mean(vectors: &ArrayView2<f32>, rows: impl Iterator<Item = usize>) -> Array1<f64> {
    let mut sum = Array1::<f64>::zeros(vectors.ncols());
    let mut n = 0usize;
    for row in rows {
        sum.zip_mut_with(&vectors.row(row), |sum, &value| *sum += f64::from(value));
        n += 1;
    }
    sum / n.max(1) as f64
}
