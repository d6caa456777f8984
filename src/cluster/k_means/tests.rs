use super::algorithm::k_means_clusters;
use crate::cluster::sample_vectors::groups;
use crate::cluster::vector::UnitRows;

#[test]
fn nobody_is_nearer_to_another_mean() {
    let units = UnitRows::new(groups(300, 8, 9).view()).unwrap();
    let found = k_means_clusters(&units, 6, 1000, 42).unwrap();
    let mut sums = [[0.0; 8]; 6];
    let mut counts = [0.0; 6];
    for (unit, cluster) in found.iter().enumerate() {
        let cluster = cluster.unwrap();
        counts[cluster] += 1.0;
        for (sum, &x) in sums[cluster].iter_mut().zip(units.row(unit)) {
            *sum += f64::from(x);
        }
    }
    let squared_distance = |unit: usize, cluster: usize| -> f64 {
        let pairs = units.row(unit).iter().zip(&sums[cluster]);
        pairs.map(|(&x, sum)| (f64::from(x) - sum / counts[cluster]).powi(2)).sum()
    };
    for (unit, cluster) in found.iter().enumerate() {
        let own = squared_distance(unit, cluster.unwrap());
        // The last step may still have moved a mean by the tolerance.
        assert!((0..6).all(|other| own <= squared_distance(unit, other) + 1e-3), "unit {unit}");
    }
}

#[test]
fn the_seed_decides() {
    let units = UnitRows::new(groups(300, 8, 30).view()).unwrap();
    let with = |seed| k_means_clusters(&units, 12, 1000, seed).unwrap();
    assert_eq!(with(1), with(1));
    assert_ne!(with(1), with(2));
}
