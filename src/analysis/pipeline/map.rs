//! Places of units on the map.
//!
//! In: an analysis with its vectors. Out: the same with a place in the plane for every unit that was
//! clustered on, all sections together. Nothing else of the analysis follows from these places.

use crate::analysis::AnalysisError;
use crate::analysis::saved::Analysis;
use crate::cluster::layout;

/// Places are rounded to this many parts of the layout's unit.
const PARTS: f32 = 1000.0;

/// Lays out the units with vectors, unless that was done before.
///
/// # Errors
/// Those of [`layout`].
pub fn lay_out(analysis: &mut Analysis) -> Result<(), AnalysisError> {
    if analysis.units.iter().all(|unit| unit.vector.is_some() == unit.map.is_some()) {
        return Ok(());
    }
    let places = layout(analysis.vectors.view())?;
    for unit in &mut analysis.units {
        let place = |axis: usize| unit.vector.map(|row| (places[[row, axis]] * PARTS).round() / PARTS);
        unit.map = place(0).zip(place(1));
    }
    Ok(())
}
