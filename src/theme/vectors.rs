//! The vectors of a section, wherever they are.
//!
//! In: places in a section. Out: their vectors. Of very many passages a section's are made anew from the study's each time,
//! since there is no room for both; nobody who asks here can tell. It keeps nothing itself.

use std::borrow::Cow;
use std::ops::Range;

use ndarray::{Array2, Axis};

/// Vectors of units that are numbered from 0.
pub trait Vectors: Sync {
    /// How many there are.
    fn n_units(&self) -> usize;

    /// All, `(n_units, n_dims)`, unit length.
    fn all(&self) -> Cow<'_, Array2<f32>>;

    /// Those of `places`, in their order, `(n_places, n_dims)`.
    fn some(&self, places: &[usize]) -> Array2<f32>;
}

impl Vectors for Array2<f32> {
    fn n_units(&self) -> usize {
        self.nrows()
    }

    fn all(&self) -> Cow<'_, Array2<f32>> {
        Cow::Borrowed(self)
    }

    fn some(&self, places: &[usize]) -> Array2<f32> {
        self.select(Axis(0), places)
    }
}

/// Units of sections whose vectors are made at the same time: 0.4 GB of 384 numbers each.
pub(crate) const MADE_AT_ONCE: usize = 250_000;

/// Ranges of what comes one after the other, in each of which the `sizes` add up to `most`, or which holds one alone.
pub(crate) fn at_once(sizes: impl IntoIterator<Item = usize>, most: usize) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut together = 0;
    for (at, size) in sizes.into_iter().enumerate() {
        match found.last_mut().filter(|_| together + size <= most) {
            Some(last) => {
                last.end = at + 1;
                together += size;
            }
            None => {
                found.push(at..at + 1);
                together = size;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_little_goes_together_and_what_is_much_alone() {
        let at_once = |sizes: &[usize]| at_once(sizes.iter().copied(), 10);
        assert_eq!(at_once(&[12, 5, 5, 1, 9, 30, 2]), [0..1, 1..3, 3..5, 5..6, 6..7]);
        assert_eq!(at_once(&[2, 3, 5]).len(), 1);
        assert!(at_once(&[]).is_empty());
    }
}
