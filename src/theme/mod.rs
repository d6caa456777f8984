//! From clusters to what a researcher reads.
//!
//! In: units with their texts, vectors, participants and themes. Out: keywords, labels,
//! prevalence, quotes, and how far to trust each theme. Everything is counted or quoted; no text is
//! made up, but for the names that [`naming`] gets from a server for those who ask for them. What the
//! researcher says of the themes is read and written in [`codebook`].

pub mod accumulation;
mod clauses;
pub mod codebook;
pub mod group_terms;
pub mod headline;
pub mod keywords;
pub mod log_odds;
pub mod naming;
pub mod prevalence;
pub mod quotes;
pub mod recurring;
pub mod separation;
pub mod stability;
mod vocabulary;
pub mod wording;

use ndarray::{Array1, ArrayView2};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::RngCore;

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

/// Puts things into random order (Fisher–Yates).
pub(crate) fn shuffle<T>(order: &mut [T], random: &mut Xoshiro256PlusPlus) {
    for last in (1..order.len()).rev() {
        // The bias of the remainder is below 2⁻³² for any corpus.
        order.swap(last, (random.next_u64() % (last as u64 + 1)) as usize);
    }
}
