//! Clusters by density, as linfa has it. Unit rows come in, out comes a cluster or none for each. A unit
//! with enough others within the tolerance is at the core of a cluster, whoever is within the tolerance of
//! a core unit belongs to it, the rest is noise (Ester, Kriegel, Sander & Xu 1996). The tolerance, where
//! none is given, comes from the rows themselves. Trees do not help with hundreds of dimensions, so that
//! all pairs are looked at; nothing of them is kept.

pub(crate) use super::policy::MOST_UNITS;
use linfa::traits::Transformer;
use linfa_clustering::Dbscan;
use linfa_nn::CommonNearestNeighbour;
use ndarray::Array1;

use super::ClusterError;
use super::euclidean::Euclidean;
use super::neighbours::Neighbours;
use super::vector::UnitRows;

/// The tolerance is at least this; copies of a vector differ by less.
const SMALLEST_TOLERANCE: f64 = 1e-3;

/// The cluster of each unit, `(n_units)`; `None` for noise. `min_points`, the unit itself among them, is at
/// least 2; `tolerance` is a Euclidean distance, more than 0.
///
/// # Errors
/// [`ClusterError::TooManyUnits`] above 20,000 units.
pub(crate) fn dbscan_clusters(
    units: &UnitRows,
    min_points: usize,
    tolerance: Option<f64>,
) -> Result<Vec<Option<usize>>, ClusterError> {
    if units.n_units() > MOST_UNITS {
        return Err(ClusterError::TooManyUnits { algorithm: "DBSCAN", found: units.n_units(), limit: MOST_UNITS });
    }
    let tolerance = tolerance.unwrap_or_else(|| knee_tolerance(units, min_points));
    let clusters: Array1<Option<usize>> =
        Dbscan::params_with(min_points, Euclidean, CommonNearestNeighbour::LinearSearch)
            .tolerance(tolerance as f32)
            .transform(&units.view())
            .map_err(|error| linfa::Error::Parameters(error.to_string()))?;
    Ok(clusters.to_vec())
}

/// The distance at the knee of the sorted k-dist graph: each unit's distance to its `min_points − 1`-th
/// nearest other unit, largest first (Ester et al. 1996, section 4.2, who leave the "first valley" to the
/// eye). Both axes scaled to 0–1, the knee is the unit whose point lies farthest below the line from the
/// first to the last (Satopää, Albrecht, Irwin & Raghavan 2011, with one knee and no smoothing), the
/// one with the larger distance among equals.
fn knee_tolerance(units: &UnitRows, min_points: usize) -> f64 {
    let neighbours = Neighbours::within(units, min_points - 1);
    let mut distances: Vec<f64> = neighbours
        .cosines
        .outer_iter()
        .filter_map(|cosines| cosines.last().map(|cosine| (2.0 - 2.0 * cosine).max(0.0).sqrt()))
        .collect();
    distances.sort_unstable_by(|a, b| b.total_cmp(a));
    knee(&distances).unwrap_or_default().max(SMALLEST_TOLERANCE)
}

/// The value of the falling `curve` that lies farthest below its chord; `None` of nothing.
fn knee(curve: &[f64]) -> Option<f64> {
    let (first, last) = (*curve.first()?, *curve.last()?);
    let mut farthest = (f64::NEG_INFINITY, first);
    for (place, &value) in curve.iter().enumerate() {
        // Scaled to a square, the chord falls from (0, 1) to (1, 0).
        let along = place as f64 / (curve.len() - 1).max(1) as f64;
        let height = (value - last) / (first - last).max(f64::MIN_POSITIVE);
        let below = 1.0 - along - height;
        if below > farthest.0 {
            farthest = (below, value);
        }
    }
    Some(farthest.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn the_knee_is_where_the_curve_turns() {
        assert_eq!(knee(&[9.0, 5.0, 2.0, 1.9, 1.8, 1.7]), Some(2.0));
        assert_eq!(knee(&[4.0, 4.0, 4.0]), Some(4.0));
        assert_eq!(knee(&[3.0]), Some(3.0));
        assert_eq!(knee(&[]), None);
    }

    #[test]
    fn two_dense_regions_and_a_stray_unit() {
        let rows = Array2::from_shape_fn((21, 3), |(unit, dim)| {
            let spread = 0.02 * ((unit / 2) % 5) as f32;
            match (unit, dim) {
                (20, 2) => 1.0,
                (20, _) => 0.0,
                (_, 2) => spread,
                (_, dim) => f32::from(u8::from(unit % 2 == dim)),
            }
        });
        let units = UnitRows::new(rows.view()).unwrap();
        for tolerance in [None, Some(0.3)] {
            let found = dbscan_clusters(&units, 5, tolerance).unwrap();
            assert!((0..20).all(|unit| found[unit] == Some(unit % 2)), "{found:?}");
            assert_eq!(found[20], None);
        }
    }

    #[test]
    fn too_many_units_are_refused_before_any_work() {
        let units = UnitRows::new(Array2::ones((MOST_UNITS + 1, 1)).view()).unwrap();
        let error = dbscan_clusters(&units, 5, None).unwrap_err();
        assert!(error.to_string().contains("20001"), "{error}");
    }
}
