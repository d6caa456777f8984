//! What the pages search with beside the words themselves.
//!
//! In: an analysis with its vectors. Out: the forms of words that belong together, and for each passage those that are
//! nearest to it, packed, since there are thousands. The page reads it when it is first needed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use ndarray::Axis;
use serde::Serialize;

use crate::analysis::Analysis;
use crate::cluster::{Neighbours, UnitRows};
use crate::theme::word_forms::word_forms;

/// Passages shown as like another one.
const ALIKE: usize = 10;
/// Of more passages than these none is shown as like another: the search takes minutes, and more by the square.
const MOST_ALIKE: usize = 400_000;

#[derive(Serialize)]
pub(super) struct SearchPart {
    /// A word each: its forms, with spaces between them.
    forms: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alike: Option<Alike>,
}

/// The nearest passages of each, by the cosine of their vectors.
#[derive(Debug, PartialEq, Serialize)]
struct Alike {
    /// Passages for each, the nearest first.
    each: usize,
    /// Bytes a number takes.
    bytes: usize,
    /// Base64 of numbers, the lowest byte first: for each unit that was clustered on, in their order, the indices of
    /// its nearest units.
    nearest: String,
}

/// Whether the report looks at the passages' vectors.
pub(crate) fn needs_vectors(analysis: &Analysis) -> bool {
    analysis.vectors.nrows() <= MOST_ALIKE
}

impl SearchPart {
    pub(super) fn new(analysis: &Analysis) -> Self {
        let languages = analysis.summary.languages();
        let language =
            |unit: &crate::analysis::UnitRow| languages.get(&(unit.study.as_str(), unit.participant.as_str())).copied();
        let texts = analysis.units.iter().map(|unit| (unit.text.as_str(), language(unit)));
        Self {
            forms: word_forms(texts).into_iter().map(|forms| forms.join(" ")).collect(),
            alike: Alike::new(analysis),
        }
    }
}

impl Alike {
    /// `None` where there are no two vectors to compare, or too many.
    fn new(analysis: &Analysis) -> Option<Self> {
        Self::of_at_most(MOST_ALIKE, analysis)
    }

    fn of_at_most(most: usize, analysis: &Analysis) -> Option<Self> {
        let placed: Vec<(usize, usize)> =
            analysis.units.iter().enumerate().filter_map(|(at, unit)| Some((at, unit.vector?))).collect();
        if !(2..=most).contains(&placed.len()) || placed.iter().any(|&(_, row)| row >= analysis.vectors.nrows()) {
            return None;
        }
        let rows: Vec<usize> = placed.iter().map(|&(_, row)| row).collect();
        let rows = UnitRows::of(analysis.vectors.select(Axis(0), &rows)).ok()?;
        let found = Neighbours::within(&rows, ALIKE).indices;
        let bytes = if analysis.units.len() <= usize::from(u16::MAX) + 1 { 2 } else { 4 };
        let mut packed = Vec::with_capacity(found.len() * bytes);
        for &near in &found {
            packed.extend_from_slice(&placed[near].0.to_le_bytes()[..bytes]);
        }
        Some(Self { each: found.ncols(), bytes, nearest: BASE64.encode(packed) })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::analysis::load;

    /// By hand: the cosine of each pair, the largest first, ties to the earlier unit.
    fn nearest(analysis: &Analysis, at: usize) -> Option<Vec<usize>> {
        let vector = |unit: usize| analysis.units[unit].vector.map(|row| analysis.vectors.row(row));
        let own = vector(at)?;
        let cosine = |unit: usize| {
            let other = vector(unit)?;
            let dot = |a: &ndarray::ArrayView1<f32>, b: &ndarray::ArrayView1<f32>| -> f64 {
                a.iter().zip(b).map(|(x, y)| f64::from(*x) * f64::from(*y)).sum()
            };
            Some(dot(&own, &other) / (dot(&own, &own) * dot(&other, &other)).sqrt())
        };
        let mut all: Vec<(usize, f64)> = (0..analysis.units.len())
            .filter(|&unit| unit != at)
            .filter_map(|unit| Some((unit, cosine(unit)?)))
            .collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        Some(all.into_iter().take(ALIKE).map(|(unit, _)| unit).collect())
    }

    #[test]
    fn the_nearest_passages_are_those_with_the_largest_cosines() {
        let analysis = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1")).unwrap();
        let alike = Alike::new(&analysis).unwrap();
        assert_eq!((alike.each, alike.bytes), (ALIKE, 2));
        let packed = BASE64.decode(&alike.nearest).unwrap();
        let numbers: Vec<usize> =
            packed.chunks(2).map(|two| usize::from(u16::from_le_bytes([two[0], two[1]]))).collect();
        let placed: Vec<usize> =
            (0..analysis.units.len()).filter(|&unit| analysis.units[unit].vector.is_some()).collect();
        assert_eq!(numbers.len(), placed.len() * ALIKE);
        for (&unit, found) in placed.iter().zip(numbers.chunks(ALIKE)).step_by(7) {
            assert_eq!(found, nearest(&analysis, unit).unwrap(), "unit {unit}");
        }
    }

    #[test]
    fn among_too_many_nothing_is_alike() {
        let analysis = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1")).unwrap();
        let n = analysis.vectors.nrows();
        assert_eq!(Alike::of_at_most(n - 1, &analysis), None);
        assert_eq!(Alike::of_at_most(n, &analysis), Alike::new(&analysis));
    }

    #[test]
    fn without_vectors_nothing_is_alike() {
        let mut analysis = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1")).unwrap();
        analysis.units.iter_mut().skip(1).for_each(|unit| unit.vector = None);
        assert_eq!(Alike::new(&analysis), None);
    }
}
