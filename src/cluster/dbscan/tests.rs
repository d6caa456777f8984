use ndarray::Array2;

use super::algorithm::{dbscan_clusters, knee};
use crate::cluster::policy::MOST_UNITS;
use crate::cluster::vector::UnitRows;

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
