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
pub mod vectors;
mod vocabulary;
pub(crate) mod word_forms;

use ndarray::{Array1, ArrayView2};

use crate::cluster::on_wide_registers;

/// Mean of some rows of `(n_units, n_dims)` vectors, summed in `f64` in the order given; zeros for
/// no rows.
pub(crate) fn mean(vectors: &ArrayView2<f32>, rows: impl Iterator<Item = usize>) -> Array1<f64> {
    let mut sum = Array1::<f64>::zeros(vectors.ncols());
    let mut n = 0usize;
    on_wide_registers(
        #[inline(always)]
        || {
            for row in rows {
                let row = vectors.row(row);
                match (sum.as_slice_mut(), row.as_slice()) {
                    (Some(sum), Some(row)) => {
                        sum.iter_mut().zip(row).for_each(|(sum, &value)| *sum += f64::from(value))
                    }
                    _ => sum.zip_mut_with(&row, |sum, &value| *sum += f64::from(value)),
                }
                n += 1;
            }
        },
    );
    sum / n.max(1) as f64
}
