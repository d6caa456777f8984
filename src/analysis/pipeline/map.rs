//! Places of units on the map.
//!
//! In: an analysis with its vectors. Out: the same with a place in the plane for every unit that was
//! clustered on, all sections together. Nothing else of the analysis follows from these places.

use crate::analysis::AnalysisError;
use crate::analysis::saved::Analysis;
use crate::cluster::layout_watched;
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
    for unit in &mut analysis.units {
        let place = |axis: usize| unit.vector.map(|row| (places[[row, axis]] * PARTS).round() / PARTS);
        unit.map = place(0).zip(place(1));
    }
    Ok(())
}
