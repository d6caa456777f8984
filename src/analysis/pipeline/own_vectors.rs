//! The vectors of a section, taken from those of the study.
//!
//! In: the study's vectors, which of them are a section's, and the subject that is taken out of them. Out: the section's
//! vectors. Of few passages they are held. Of very many, whose vectors are gigabytes, they are made anew for each station
//! that asks, which costs a copy each time and no room. The numbers are the same either way.

use std::borrow::Cow;
use std::sync::Arc;

use ndarray::{Array2, Axis};

use crate::guide::Subject;
use crate::theme::vectors::Vectors;

/// Numbers of the vectors of all sections up to which they are held, and what else may be kept for speed: 0.27 GB.
const FEW: usize = 1 << 26;

/// Whether so many passages are few, so that what is needed again may be held.
pub(super) fn are_few(n_passages: usize, n_dims: usize) -> bool {
    n_passages.saturating_mul(n_dims) <= FEW
}

/// The vectors of one section.
pub(super) struct OwnVectors<'v> {
    /// `(n_study_units, n_dims)`
    study: &'v Array2<f32>,
    /// The section's among them, rising.
    rows: Vec<usize>,
    /// What is taken out.
    subject: Option<Arc<Subject>>,
    held: Option<Array2<f32>>,
}

impl<'v> OwnVectors<'v> {
    /// Those of each section, of which the `rows` are given; held, where they are wanted so.
    pub(super) fn of_sections(
        study: &'v Array2<f32>,
        rows: Vec<Vec<usize>>,
        subject: Option<&Subject>,
        are_held: bool,
    ) -> Vec<Self> {
        let subject = subject.cloned().map(Arc::new);
        let own = |rows| {
            let mut own = Self { study, rows, subject: subject.clone(), held: None };
            if are_held && !own.is_study() {
                own.held = Some(own.made(&own.rows));
            }
            own
        };
        rows.into_iter().map(own).collect()
    }

    /// Whether they are the study's as they are.
    fn is_study(&self) -> bool {
        self.subject.is_none() && self.rows.len() == self.study.nrows()
    }

    fn made(&self, rows: &[usize]) -> Array2<f32> {
        let mut vectors = self.study.select(Axis(0), rows);
        if let Some(subject) = &self.subject {
            subject.erase_from(&mut vectors);
        }
        vectors
    }
}

impl Vectors for OwnVectors<'_> {
    fn n_units(&self) -> usize {
        self.rows.len()
    }

    fn all(&self) -> Cow<'_, Array2<f32>> {
        match &self.held {
            Some(held) => Cow::Borrowed(held),
            None if self.is_study() => Cow::Borrowed(self.study),
            None => Cow::Owned(self.made(&self.rows)),
        }
    }

    fn some(&self, places: &[usize]) -> Array2<f32> {
        match &self.held {
            Some(held) => held.select(Axis(0), places),
            None => self.made(&places.iter().map(|&place| self.rows[place]).collect::<Vec<_>>()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array1;

    #[test]
    fn vectors_that_are_held_and_vectors_that_are_made_are_the_same() {
        let study = Array2::from_shape_fn((40, 6), |(row, dim)| ((row * 7 + dim * 5) % 13) as f32 / 13.0 - 0.4);
        let direction = Array1::from_elem(6, 1.0 / f64::sqrt(6.0));
        let subject = Subject { word: "it".into(), share: 0.5, fit: 0.5, direction };
        let rows = || vec![(0..40).step_by(3).collect::<Vec<_>>(), vec![], (1..40).collect(), (0..40).collect()];
        for subject in [None, Some(&subject)] {
            let held = OwnVectors::of_sections(&study, rows(), subject, true);
            let made = OwnVectors::of_sections(&study, rows(), subject, false);
            for ((held, made), rows) in held.iter().zip(&made).zip(rows()) {
                let mut wanted = study.select(Axis(0), &rows);
                subject.into_iter().for_each(|subject| subject.erase_from(&mut wanted));
                assert_eq!((&*held.all(), &*made.all()), (&wanted, &wanted));
                assert_eq!((held.n_units(), made.n_units()), (rows.len(), rows.len()));
                let places: Vec<usize> = (0..rows.len()).rev().step_by(2).collect();
                let wanted = wanted.select(Axis(0), &places);
                assert_eq!((held.some(&places), made.some(&places)), (wanted.clone(), wanted));
            }
            assert!(made.iter().all(|own| own.held.is_none()) && held[0].held.is_some());
        }
        // What is the study's own is never copied.
        let whole = OwnVectors::of_sections(&study, rows(), None, true).remove(3);
        assert!(matches!(whole.all(), Cow::Borrowed(vectors) if std::ptr::eq(vectors, &study)));
    }

    #[test]
    fn a_few_thousand_passages_are_few_and_a_million_are_not() {
        assert!(are_few(25_000, 384) && !are_few(1_000_000, 384) && !are_few(usize::MAX, 2));
    }
}
