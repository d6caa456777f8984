//! Places of units on the map.
//!
//! In: the vectors of an analysis, or one that was saved without a map. Out: a place in the plane for every unit that was
//! clustered on, all sections together. Nothing else of the analysis follows from these places.

use std::sync::{Mutex, PoisonError};

use ndarray::{Array2, ArrayView2};

use crate::analysis::AnalysisError;
use crate::analysis::saved::{Analysis, UnitRow};
use crate::cluster::{ClusterError, layout_watched};
use crate::embed::{Progress, Step};

/// Places are rounded to this many parts of the layout's unit.
const PARTS: f32 = 1000.0;

/// Lays out the units with vectors, unless that was done before.
///
/// # Errors
/// Those of `cluster::layout`.
pub fn lay_out(analysis: &mut Analysis) -> Result<(), AnalysisError> {
    lay_out_watched(analysis, &mut ())
}

/// The same; `progress` hears how far it is.
///
/// # Errors
/// Those of [`lay_out`].
pub(crate) fn lay_out_watched(analysis: &mut Analysis, progress: &mut dyn Progress) -> Result<(), AnalysisError> {
    if analysis.units.iter().all(|unit| unit.vector.is_some() == unit.map.is_some()) {
        return Ok(());
    }
    let mut watch = |done, total| progress.advanced(Step::Layout, done, total);
    let places = layout_watched(analysis.vectors.view(), &mut watch)?;
    put(&mut analysis.units, &places);
    Ok(())
}

/// Does `work`, and while it is done lays out `vectors`, `(n_units, n_dims)`, if `wanted`: most of a layout is one thread's,
/// and depends on nothing but the vectors. Who hears of the work hears of the rest of the layout when it is done. With
/// the result come the places, `(n_units, 2)`.
pub(super) fn beside<R>(
    wanted: bool,
    vectors: ArrayView2<f32>,
    progress: &mut dyn Progress,
    work: impl FnOnce(&mut dyn Progress) -> R,
) -> (R, Option<Result<Array2<f32>, ClusterError>>) {
    let heard: Mutex<Heard> = Mutex::new(Heard { progress: None, last: (0, 0) });
    let heard_by = || heard.lock().unwrap_or_else(PoisonError::into_inner);
    let mut places = None;
    let done = rayon::in_place_scope(|scope| {
        if wanted {
            scope.spawn(|_| {
                let mut watch = |done, total| heard_by().tell(done, total);
                places = Some(layout_watched(vectors, &mut watch));
            });
        }
        let done = work(progress);
        let mut heard = heard_by();
        heard.progress = Some(progress);
        // Also of a layout that is over.
        let (done_so_far, total) = heard.last;
        if total > 0 {
            heard.tell(done_so_far, total);
        }
        done
    });
    (done, places)
}

/// How far a layout is, and who hears of it.
struct Heard<'p> {
    progress: Option<&'p mut dyn Progress>,
    /// How much is done, of how much.
    last: (usize, usize),
}

impl Heard<'_> {
    fn tell(&mut self, done: usize, total: usize) {
        self.last = (done, total);
        if let Some(progress) = self.progress.as_mut() {
            progress.advanced(Step::Layout, done, total);
        }
    }
}

/// Gives each unit with a vector its place.
pub(super) fn put(units: &mut [UnitRow], places: &Array2<f32>) {
    for unit in units {
        let place = |axis: usize| unit.vector.map(|row| (places[[row, axis]] * PARTS).round() / PARTS);
        unit.map = place(0).zip(place(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Listener(Vec<(Step, usize, usize)>);

    impl Progress for Listener {
        fn embedded(&mut self, _: usize, _: usize) {}

        fn advanced(&mut self, step: Step, done: usize, total: usize) {
            self.0.push((step, done, total));
        }
    }

    #[test]
    fn a_map_made_beside_other_work_is_the_map_and_is_told_of_after_it() {
        let vectors = Array2::from_shape_fn((60, 4), |(unit, dim)| ((unit * 7 + dim * 3) % 11) as f32 - 4.5);
        let alone = layout_watched(vectors.view(), &mut |_, _| {}).unwrap();
        let mut heard = Listener(Vec::new());
        let (done, places) = beside(true, vectors.view(), &mut heard, |progress| {
            progress.advanced(Step::Stability, 1, 1);
            "done"
        });
        assert_eq!((done, places.unwrap().unwrap()), ("done", alone));
        assert_eq!(heard.0[0], (Step::Stability, 1, 1));
        assert!(heard.0[1..].iter().all(|(step, done, total)| *step == Step::Layout && done <= total));
        let &(_, done, total) = heard.0.last().unwrap();
        assert!(done == total && heard.0.len() > 1, "the end of it is always told");

        let (done, places) = beside(false, vectors.view(), &mut (), |_| 3);
        assert!(done == 3 && places.is_none());
    }

    #[test]
    fn vectors_that_are_none_are_an_error_of_the_map_alone() {
        let vectors = Array2::from_elem((3, 2), f32::NAN);
        let (done, places) = beside(true, vectors.view(), &mut (), |_| 5);
        assert!(done == 5 && places.unwrap().is_err());
    }
}
