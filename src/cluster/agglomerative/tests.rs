use ndarray::{Array2, array};

use super::algorithm::agglomerative_clusters;
use crate::cluster::policy::MOST_UNITS;
use crate::cluster::vector::UnitRows;

#[test]
fn joins_what_ward_joins() {
    // Angles of 0, 10, 30, 90, 95 and 180 degrees. Ward joins 90 and 95, then 0 and 10, then 30 to
    // these; 180 is left alone to the end, as single or average linkage would have it too.
    let degrees = [0.0f64, 10.0, 30.0, 90.0, 95.0, 180.0];
    let rows = Array2::from_shape_fn((6, 2), |(unit, dim)| {
        let angle = degrees[unit].to_radians();
        (if dim == 0 { angle.cos() } else { angle.sin() }) as f32
    });
    let units = UnitRows::new(rows.view()).unwrap();
    let same = |n_clusters, pairs: &[(usize, usize)]| {
        let found = agglomerative_clusters(&units, n_clusters).unwrap();
        for a in 0..6 {
            for b in 0..a {
                assert_eq!(found[a] == found[b], pairs.contains(&(b, a)), "{n_clusters}: {b}, {a}");
            }
        }
    };
    same(5, &[(3, 4)]);
    same(4, &[(0, 1), (3, 4)]);
    same(3, &[(0, 1), (0, 2), (1, 2), (3, 4)]);
}

#[test]
fn ward_weighs_distances_by_size() {
    // Four units are the same and one is beside them, as far as the last two are from each other.
    // Ward joins the last two first, as n·m/(n+m) is 1/2 there and 4/5 here.
    let rows = array![
        [1.0f32, 0.0, 0.0],
        [1.0, 0.0, 0.0],
        [1.0, 0.0, 0.0],
        [1.0, 0.0, 0.0],
        [0.8, 0.6, 0.0],
        [0.0, 0.0, 1.0],
        [0.0, 0.6, 0.8]
    ];
    let units = UnitRows::new(rows.view()).unwrap();
    let found = agglomerative_clusters(&units, 3).unwrap();
    assert_eq!(found[5], found[6]);
    assert_ne!(found[0], found[4]);
}

#[test]
fn too_many_units_are_refused_before_any_work() {
    let units = UnitRows::new(Array2::ones((MOST_UNITS + 1, 1)).view()).unwrap();
    let error = agglomerative_clusters(&units, 3).unwrap_err();
    assert!(error.to_string().contains("20001"), "{error}");
}
