//! What both ways of finding Ward's joins start from and end in: distinct rows, the distance, and the cut of a tree.

use ndarray::{Array1, Array2, Axis};

use crate::cluster::vector::{contiguous_row, squared_distance};

/// The cluster of each unit when the lowest joins are made, until there are `n_clusters`.
pub(super) fn cut(mut joins: Vec<Join>, n_units: usize, n_clusters: usize) -> Vec<usize> {
    joins.sort_by(|a, b| a.height.total_cmp(&b.height));
    let n_joins = n_units.saturating_sub(n_clusters.max(1));
    let height = match n_joins.checked_sub(1).and_then(|last| joins.get(last)) {
        Some(last) => last.height,
        None => f64::NEG_INFINITY,
    };
    let mut parents: Vec<usize> = (0..n_units).collect();
    for join in joins.iter().take_while(|join| join.height <= height) {
        let (a, b) = (root(&mut parents, join.units.0), root(&mut parents, join.units.1));
        parents[a.max(b)] = a.min(b);
    }
    let mut labels = vec![0; n_units];
    let mut n_labels = 0;
    for unit in 0..n_units {
        let first = root(&mut parents, unit);
        if first == unit {
            labels[unit] = n_labels;
            n_labels += 1;
        } else {
            labels[unit] = labels[first];
        }
    }
    labels
}

/// The rows that differ, in the order of their first units.
pub(super) struct Distinct {
    /// Around the mean of all rows: distances do not change with the origin, and are rounded least there.
    pub(super) centres: Array2<f64>,
    pub(super) mass: Vec<f64>,
    /// The first unit of each.
    pub(super) unit: Vec<usize>,
}

impl Distinct {
    /// The joins of rows that are the same, and what is left then.
    pub(super) fn of(rows: &Array2<f64>, unit_mass: &[f64]) -> (Vec<Join>, Self) {
        let (joins, first) = join_identical_rows(rows);
        let mut mass_of_first = vec![0.0; first.len()];
        for (&first, mass) in first.iter().zip(unit_mass) {
            mass_of_first[first] += mass;
        }
        let unit: Vec<usize> = (0..first.len()).filter(|&u| first[u] == u).collect();
        let mass: Vec<f64> = unit.iter().map(|&unit| mass_of_first[unit]).collect();
        let mut mean = Array1::<f64>::zeros(rows.ncols());
        for row in rows.outer_iter() {
            mean += &row;
        }
        mean /= rows.nrows().max(1) as f64;
        let centres = rows.select(Axis(0), &unit) - &mean;
        (joins, Self { centres, mass, unit })
    }
}

/// Joins rows that are the same, at height 0; for each unit the first unit of the same row.
fn join_identical_rows(rows: &Array2<f64>) -> (Vec<Join>, Vec<usize>) {
    let row = |unit: usize| contiguous_row(rows, unit);
    let compare = |&a: &usize, &b: &usize| {
        let coordinates = row(a).iter().zip(row(b));
        coordinates.map(|(x, y)| x.total_cmp(y)).find(|order| order.is_ne()).unwrap_or(a.cmp(&b))
    };
    let mut units: Vec<usize> = (0..rows.nrows()).collect();
    units.sort_unstable_by(compare);
    let mut first: Vec<usize> = (0..rows.nrows()).collect();
    for same in units.chunk_by(|&a, &b| row(a) == row(b)) {
        for &unit in same {
            first[unit] = same[0];
        }
    }
    let joins = first
        .iter()
        .enumerate()
        .filter(|&(unit, &first)| first != unit)
        .map(|(unit, &first)| Join { units: (first, unit), height: 0.0 })
        .collect();
    (joins, first)
}

pub(super) fn root(parents: &mut [usize], mut unit: usize) -> usize {
    while parents[unit] != unit {
        parents[unit] = parents[parents[unit]];
        unit = parents[unit];
    }
    unit
}

/// Two clusters became one: a unit of each, and the increase of the sum of squares.
#[derive(Clone, Copy, Debug)]
pub(super) struct Join {
    pub(super) units: (usize, usize),
    pub(super) height: f64,
}

/// Ward's distance: the increase of the sum of squares when two clusters are joined.
#[inline(always)]
pub(super) fn ward_distance(centres: &Array2<f64>, mass: &[f64], a: usize, b: usize) -> f64 {
    let squared = squared_distance(contiguous_row(centres, a), contiguous_row(centres, b));
    increase(mass[a], mass[b], squared)
}

/// The same of two clusters of these masses, whose centres lie this far apart, squared.
#[inline(always)]
pub(in crate::cluster::theme_clustering) fn increase(mass_a: f64, mass_b: f64, squared: f64) -> f64 {
    mass_a * mass_b / (mass_a + mass_b) * squared
}

/// Orders distances, which are not negative, like themselves, but takes those within about 1e-12 of each
/// other for equal, so that rounding cannot lead the chain in a circle.
pub(super) fn coarse(distance: f64) -> u64 {
    distance.to_bits() >> 12
}
