//! The fuzzy neighbour graph. Nearest neighbours with their cosines come in; out comes a symmetric
//! graph of weights 0 to 1 in compressed sparse rows, the one UMAP lays out. It holds no vectors and
//! never joins units that are not among each other's nearest.

use ndarray::{Array2, ArrayView1, Axis};
use rayon::prelude::*;

use super::neighbours::Neighbours;

/// Steps towards a unit's bandwidth at most; a handful are enough, unless nearly all neighbours are equally near.
const BANDWIDTH_STEPS: usize = 40;
/// The search ends when a step changes the bandwidth by no more than this share.
const BANDWIDTH_TOLERANCE: f64 = 1e-12;
/// No cosine distance is larger; roundings are far smaller than the tenth.
pub(super) const FURTHEST: f64 = 2.1;
/// A bandwidth is at least this share of the mean neighbour distance.
const BANDWIDTH_FLOOR: f64 = 1e-3;

/// Mean cosine distance (1 − cosine, not below 0) from a unit to its neighbours, over all units; 0
/// when nobody has a neighbour.
pub(crate) fn mean_distance(neighbours: &Neighbours) -> f64 {
    let n = neighbours.cosines.len().max(1) as f64;
    let total: f64 = neighbours.cosines.iter().map(|&c| distance(c)).sum();
    total / n
}

/// Weight of each neighbour in the eyes of its unit, `(n_units, k)`, 0 to 1, the nearest always 1:
/// `exp(−(d − ρ)/σ)` with ρ the nearest distance and σ such that the weights of a unit sum to
/// `log2 k` (McInnes, Healy & Melville 2018, section 3.1). `mean_distance` bounds σ from below.
pub(crate) fn directed_weights(neighbours: &Neighbours, mean_distance: f64) -> Array2<f64> {
    let mut weights = Array2::zeros(neighbours.cosines.dim());
    weights.axis_iter_mut(Axis(0)).into_par_iter().zip(neighbours.cosines.axis_iter(Axis(0))).for_each(
        |(mut weights, cosines)| {
            let sigma = bandwidth(cosines).max(least_bandwidth(mean_distance));
            for (weight, seen) in weights.iter_mut().zip(weights_at(cosines, sigma)) {
                *weight = seen;
            }
        },
    );
    weights
}

/// Below this no bandwidth is, where neighbours are at `mean_distance` on average.
pub(super) fn least_bandwidth(mean_distance: f64) -> f64 {
    BANDWIDTH_FLOOR * mean_distance
}

/// Weights of one unit's neighbours, of whom the cosines are given, at the bandwidth `sigma`.
pub(super) fn weights_at(cosines: ArrayView1<'_, f64>, sigma: f64) -> impl Iterator<Item = f64> + '_ {
    excesses(cosines).map(move |excess| libm::exp(-excess / sigma))
}

/// The cosine distance: 0 to [`FURTHEST`].
pub(super) fn distance(cosine: f64) -> f64 {
    (1.0 - cosine).max(0.0)
}

/// Distance of each neighbour beyond the nearest one.
fn excesses(cosines: ArrayView1<'_, f64>) -> impl Iterator<Item = f64> + '_ {
    let nearest = cosines.first().copied().map_or(0.0, distance);
    cosines.into_iter().map(move |&cosine| (distance(cosine) - nearest).max(0.0))
}

/// The σ at which the weights sum to `log2 k`, and next to nothing where they are more at any. In `1/σ` the sum is convex and
/// falls, so that Newton's steps from 0, where it is `k`, come nearer from one side.
pub(super) fn bandwidth(cosines: ArrayView1<'_, f64>) -> f64 {
    let target = libm::log2(cosines.len() as f64);
    let mut inverse = 0.0;
    for _ in 0..BANDWIDTH_STEPS {
        let (mut total, mut slope) = (0.0, 0.0);
        for excess in excesses(cosines) {
            let weight = libm::exp(-excess * inverse);
            total += weight;
            slope += excess * weight;
        }
        let step = (total - target) / slope;
        if !step.is_finite() {
            return f64::MIN_POSITIVE;
        }
        inverse += step;
        if step <= BANDWIDTH_TOLERANCE * inverse {
            break;
        }
    }
    1.0 / inverse
}

/// A symmetric weighted graph over units, in compressed sparse rows.
#[derive(Debug, Clone, PartialEq)]
pub struct FuzzyGraph {
    offsets: Vec<usize>,
    targets: Vec<usize>,
    weights: Vec<f64>,
}

impl FuzzyGraph {
    /// From each unit's neighbours, ascending, with their weights.
    pub(crate) fn from_rows(rows: impl Iterator<Item = Vec<(usize, f64)>>) -> Self {
        let (mut offsets, mut targets, mut weights) = (vec![0], Vec::new(), Vec::new());
        for row in rows {
            for (target, weight) in row {
                targets.push(target);
                weights.push(weight);
            }
            offsets.push(targets.len());
        }
        Self { offsets, targets, weights }
    }

    /// Joins the directed weights of both ends by probabilistic union, `a + b − ab`.
    pub(crate) fn new(neighbours: &Neighbours, directed: &Array2<f64>) -> Self {
        let n = neighbours.indices.nrows();
        let mut incoming: Vec<Vec<(usize, f64)>> = vec![Vec::new(); n];
        for (unit, (targets, weights)) in rows(neighbours, directed).enumerate() {
            for (&target, &weight) in targets.iter().zip(weights) {
                incoming[target].push((unit, weight));
            }
        }
        let joined: Vec<Vec<(usize, f64)>> = (0..n)
            .into_par_iter()
            .map(|unit| {
                let mut outgoing: Vec<(usize, f64)> =
                    neighbours.indices.row(unit).iter().copied().zip(directed.row(unit).iter().copied()).collect();
                outgoing.sort_unstable_by_key(|&(target, _)| target);
                fuzzy_union(&outgoing, &incoming[unit])
            })
            .collect();
        Self::from_rows(joined.into_iter())
    }

    /// Number of units.
    pub fn n_units(&self) -> usize {
        self.offsets.len() - 1
    }

    /// The neighbours of a unit with their weights, by rising index.
    pub fn neighbours(&self, unit: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let row = self.offsets[unit]..self.offsets[unit + 1];
        let targets = self.targets[row.clone()].iter().copied();
        targets.zip(self.weights[row].iter().copied())
    }

    /// Sum of a unit's weights.
    pub fn degree(&self, unit: usize) -> f64 {
        self.neighbours(unit).map(|(_, weight)| weight).sum()
    }

    /// Where each unit's row begins in [`FuzzyGraph::targets`], and the end of the last:
    /// `(n_units + 1)`.
    pub fn offsets(&self) -> &[usize] {
        &self.offsets
    }

    /// The neighbours of all units, row after row: `(n_edges)`, each edge once from either end.
    pub fn targets(&self) -> &[usize] {
        &self.targets
    }

    /// The weights that belong to [`FuzzyGraph::targets`], 0 to 1.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }
}

fn rows<'a>(
    neighbours: &'a Neighbours,
    directed: &'a Array2<f64>,
) -> impl Iterator<Item = (ArrayView1<'a, usize>, ArrayView1<'a, f64>)> {
    let targets = neighbours.indices.outer_iter();
    targets.zip(directed.outer_iter())
}

/// Merges two lists that are sorted by index; an index in both gets `a + b − ab`.
fn fuzzy_union(a: &[(usize, f64)], b: &[(usize, f64)]) -> Vec<(usize, f64)> {
    let mut union = Vec::with_capacity(a.len() + b.len());
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    loop {
        match (a.peek(), b.peek()) {
            (Some(&&(i, x)), Some(&&(j, y))) if i == j => {
                union.push((i, x + y - x * y));
                a.next();
                b.next();
            }
            (Some(&&first), Some(&&(j, _))) if first.0 < j => {
                union.push(first);
                a.next();
            }
            (_, Some(&&second)) => {
                union.push(second);
                b.next();
            }
            (Some(&&first), None) => {
                union.push(first);
                a.next();
            }
            (None, None) => return union,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn three() -> Neighbours {
        Neighbours { indices: array![[1, 2], [0, 2], [1, 0]], cosines: array![[0.9, 0.5], [0.9, 0.6], [0.6, 0.5]] }
    }

    #[test]
    fn weights_of_a_unit_sum_to_log2_of_its_neighbours() {
        let neighbours = Neighbours { indices: array![[1, 2, 3, 4]], cosines: array![[0.9, 0.8, 0.6, 0.5]] };
        let weights = directed_weights(&neighbours, mean_distance(&neighbours));
        assert!((weights.sum() - 2.0).abs() < 1e-9);
        assert_eq!(weights[[0, 0]], 1.0);
    }

    #[test]
    fn the_bandwidth_solves_its_equation_or_is_nothing_where_none_does() {
        let mut state = 7u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / f64::from(1u32 << 31)
        };
        for k in [3, 4, 8, 15, 45] {
            for spread in [1e-9, 1e-3, 0.5] {
                let mut cosines: Vec<f64> = (0..k).map(|_| 0.9 - spread * next()).collect();
                cosines.sort_by(|a, b| b.total_cmp(a));
                let cosines = ndarray::aview1(&cosines);
                let sigma = bandwidth(cosines);
                let sum: f64 = excesses(cosines).map(|excess| libm::exp(-excess / sigma)).sum();
                assert!((sum - libm::log2(f64::from(k))).abs() < 1e-9, "{k} {spread}: {sum}");
            }
        }
        // Four equally near of eight weigh 4 and more, whatever the bandwidth, which is more than log2 8; so do any two of 2.
        for equal in [&[0.9, 0.9, 0.9, 0.9, 0.5, 0.4, 0.3, 0.2][..], &[0.9, 0.8], &[0.9], &[0.7; 15]] {
            let sigma = bandwidth(ndarray::aview1(equal));
            assert!((0.0..1e-2).contains(&sigma), "{equal:?}: {sigma}");
        }
    }

    #[test]
    fn the_graph_is_symmetric_and_sorted() {
        let neighbours = three();
        let directed = array![[1.0, 0.25], [1.0, 0.5], [1.0, 0.5]];
        let graph = FuzzyGraph::new(&neighbours, &directed);
        assert_eq!(graph.n_units(), 3);
        let row = |unit| graph.neighbours(unit).collect::<Vec<_>>();
        assert_eq!(row(0), [(1, 1.0), (2, 0.625)]);
        assert_eq!(row(1), [(0, 1.0), (2, 1.0)]);
        assert_eq!(row(2), [(0, 0.625), (1, 1.0)]);
        assert_eq!(graph.degree(2), 1.625);
    }

    #[test]
    fn identical_neighbours_all_weigh_one() {
        let neighbours =
            Neighbours { indices: array![[1, 2], [0, 2], [0, 1]], cosines: array![[1.0, 1.0], [1.0, 1.0], [1.0, 1.0]] };
        let weights = directed_weights(&neighbours, 0.0);
        assert!(weights.iter().all(|&w| w == 1.0));
    }
}
