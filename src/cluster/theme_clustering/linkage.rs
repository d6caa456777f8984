//! The order in which micro-clusters melt together, down to one. Micro-clusters, the graph and the smoothed
//! rows come in; out comes the merge tree. It never chooses a level of it.

use ndarray::{Array1, Array2, Axis};

use super::smoothing::group_sums;
use super::ward::increase;
use crate::cluster::distances::for_all_squared_distances;
use crate::cluster::graph::FuzzyGraph;
use crate::cluster::merge_tree::{Merge, MergeReason, MergeTree};
use crate::cluster::vector::{contiguous_row, on_wide_registers};

/// Which pair of clusters melts together next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Linkage {
    /// The pair with the largest gain of modularity, divided by the smaller degree to the power of the
    /// balance, 0 or more: the larger it is, the less do large clusters swallow the others. Ward's
    /// criterion where no pair gains. Best where people name things: labels, causes, intents.
    Modularity {
        /// The exponent.
        balance: f64,
    },
    /// The pair whose union raises Ward's sum of squares of the smoothed rows least. Best where people
    /// talk: passages of interviews shade into each other, and a chain of neighbours joins what a
    /// reader would keep apart.
    Ward,
}

impl Linkage {
    /// The clustering's default.
    pub const DEFAULT: Self = Self::Modularity { balance: 0.5 };
}

/// Merges, until one is left, the pair of clusters that `linkage` says: the largest gain of
/// modularity divided by the smaller degree to the power of the balance (Newman 2004; the divisor,
/// after Danon, Díaz-Guilera & Arenas 2006, keeps large clusters from swallowing the others), or the
/// smallest of Ward's distances (1963) of the means of `smoothed`, `(n_units, n_dims)`. Ties go to the
/// smaller pair. `micro_clusters` gives each unit's leaf, numbered from 0 without a gap.
pub(super) fn merge_tree(
    graph: &FuzzyGraph,
    micro_clusters: Vec<usize>,
    smoothed: &Array2<f64>,
    mass: &[f64],
    linkage: Linkage,
) -> MergeTree {
    let n_micro_clusters = micro_clusters.iter().max().map_or(0, |&last| last + 1);
    let mut clusters = Clusters::new(graph, &micro_clusters, n_micro_clusters, smoothed, mass, linkage);
    let merges = (1..n_micro_clusters).filter_map(|_| clusters.merge_best()).collect();
    MergeTree::new(micro_clusters, merges)
}

/// The clusters that are left while the tree grows, named by their smallest leaf.
struct Clusters {
    sums: Array2<f64>,
    mass: Vec<f64>,
    alive: Vec<bool>,
    /// Neither this nor its gains with Ward's linkage, which does not look at them.
    modularity: Option<Modularity>,
    gains: Option<BestPairs>,
    /// Ward's distances, negated; filled when first needed.
    ward: Option<BestPairs>,
}

/// What joining two clusters gains.
struct Modularity {
    /// Edge weight between clusters, both directions alike; 0 on the diagonal.
    between: Array2<f64>,
    degree: Vec<f64>,
    /// `degree` to the power of the balance.
    balanced_degree: Vec<f64>,
    total_degree: f64,
    balance: f64,
}

impl Modularity {
    fn new(graph: &FuzzyGraph, micro_clusters: &[usize], n: usize, balance: f64) -> Self {
        let mut between = Array2::<f64>::zeros((n, n));
        for (unit, &own) in micro_clusters.iter().enumerate() {
            for (neighbour, weight) in graph.neighbours(unit) {
                between[[own, micro_clusters[neighbour]]] += weight;
            }
        }
        let degree: Vec<f64> = between.outer_iter().map(|row| row.sum() + 1e-12).collect();
        between.diag_mut().fill(0.0);
        let balanced_degree = degree.iter().map(|&degree| libm::pow(degree, balance)).collect();
        Self { between, balanced_degree, total_degree: degree.iter().sum(), degree, balance }
    }

    /// Gain when `a` and `b` merge; a positive one is divided by the balanced degree.
    fn gain(&self, a: usize, b: usize) -> f64 {
        let expected = self.degree[a] * self.degree[b] / (self.total_degree * self.total_degree);
        let gain = self.between[[a, b]] / self.total_degree - expected;
        if gain > 0.0 { gain / self.balanced_degree[a].min(self.balanced_degree[b]) } else { gain }
    }

    fn absorb(&mut self, kept: usize, absorbed: usize) {
        let n = self.degree.len();
        for other in 0..n {
            let weight = self.between[[absorbed, other]];
            self.between[[kept, other]] += weight;
        }
        for other in 0..n {
            self.between[[other, kept]] = self.between[[kept, other]];
        }
        self.between[[kept, kept]] = 0.0;
        self.degree[kept] += self.degree[absorbed];
        self.balanced_degree[kept] = libm::pow(self.degree[kept], self.balance);
    }
}

impl Clusters {
    fn new(
        graph: &FuzzyGraph,
        micro_clusters: &[usize],
        n: usize,
        smoothed: &Array2<f64>,
        mass: &[f64],
        linkage: Linkage,
    ) -> Self {
        let mut cluster_mass = vec![0.0; n];
        for (&own, &mass) in micro_clusters.iter().zip(mass) {
            cluster_mass[own] += mass;
        }
        let modularity = match linkage {
            Linkage::Modularity { balance } => Some(Modularity::new(graph, micro_clusters, n, balance)),
            Linkage::Ward => None,
        };
        Self {
            sums: group_sums(smoothed, mass, micro_clusters, n),
            mass: cluster_mass,
            alive: vec![true; n],
            gains: modularity.as_ref().map(|modularity| BestPairs::new(n, |a, b| modularity.gain(a, b))),
            modularity,
            ward: None,
        }
    }

    /// The mean of each cluster; of one that is no longer there, what it was.
    fn means(&self) -> Array2<f64> {
        let mass = Array1::from_iter(self.mass.iter().copied());
        &self.sums / &mass.insert_axis(Axis(1))
    }

    /// Ward's distances of all that are left, negated.
    fn ward_pairs(&self) -> BestPairs {
        let mut pairs = BestPairs::empty(self.alive.len());
        for_all_squared_distances(&self.means(), |a, b, squared| {
            if self.alive[a] && self.alive[b] {
                pairs.set(a, b, -increase(self.mass[a], self.mass[b], squared));
            }
        });
        pairs.find_all();
        pairs
    }

    /// Merges the best pair; `None` when one cluster is left.
    fn merge_best(&mut self) -> Option<Merge> {
        let gaining = self.gains.as_ref().and_then(BestPairs::best).filter(|&(gain, ..)| gain > 0.0);
        let (reason, a, b) = if let Some((gain, a, b)) = gaining {
            (MergeReason::Modularity(gain), a, b)
        } else {
            if self.ward.is_none() {
                self.ward = Some(self.ward_pairs());
            }
            let (nearness, a, b) = self.ward.as_ref().and_then(BestPairs::best)?;
            (MergeReason::Ward(-nearness), a, b)
        };
        let (kept, absorbed) = (a.min(b), a.max(b));
        self.absorb(kept, absorbed);
        Some(Merge { kept, absorbed, reason })
    }

    fn absorb(&mut self, kept: usize, absorbed: usize) {
        if let Some(ward) = &mut self.ward {
            let row = ward_row(ward, &self.mass, &self.alive, kept, absorbed);
            ward.replace(kept, absorbed, &row);
        }
        self.mass[kept] += self.mass[absorbed];
        let absorbed_sum = self.sums.row(absorbed).to_owned();
        let mut sum = self.sums.row_mut(kept);
        sum += &absorbed_sum;
        self.alive[absorbed] = false;
        if let Some((modularity, gains)) = self.modularity.as_mut().zip(self.gains.as_mut()) {
            modularity.absorb(kept, absorbed);
            let is_other = |other: usize| self.alive[other] && other != kept;
            let gain = |other| if is_other(other) { modularity.gain(kept, other) } else { f64::NEG_INFINITY };
            gains.replace(kept, absorbed, &(0..self.alive.len()).map(gain).collect::<Vec<f64>>());
        }
    }
}

/// Ward's distances, negated, of the union of two clusters to the others: Lance & Williams (1967), from those of the two.
fn ward_row(ward: &BestPairs, masses: &[f64], alive: &[bool], kept: usize, absorbed: usize) -> Vec<f64> {
    let (one, other) = (contiguous_row(&ward.values, kept), contiguous_row(&ward.values, absorbed));
    let (mass_one, mass_other, both) = (masses[kept], masses[absorbed], one[absorbed]);
    let distance = |third: usize| {
        if !alive[third] || third == kept || third == absorbed {
            return f64::NEG_INFINITY;
        }
        let mass = masses[third];
        let sum = (mass_one + mass) * one[third] + (mass_other + mass) * other[third] - mass * both;
        sum / (mass_one + mass_other + mass)
    };
    (0..alive.len()).map(distance).collect()
}

/// A symmetric table of values that knows the best of each row, ties to the smaller column.
struct BestPairs {
    values: Array2<f64>,
    best: Vec<usize>,
}

impl BestPairs {
    fn empty(n: usize) -> Self {
        Self { values: Array2::from_elem((n, n), f64::NEG_INFINITY), best: vec![0; n] }
    }

    fn new(n: usize, value: impl Fn(usize, usize) -> f64) -> Self {
        let mut pairs = Self::empty(n);
        on_wide_registers(
            #[inline(always)]
            || {
                for a in 0..n {
                    for b in 0..a {
                        pairs.set(a, b, value(b, a));
                    }
                }
            },
        );
        pairs.find_all();
        pairs
    }

    #[inline(always)]
    fn set(&mut self, a: usize, b: usize, value: f64) {
        self.values[[a, b]] = value;
        self.values[[b, a]] = value;
    }

    fn find_all(&mut self) {
        for row in 0..self.best.len() {
            self.find_best(row);
        }
    }

    /// The largest value with its pair, `(value, row, column)`; the first in reading order among
    /// equals. `None` when no value is left.
    fn best(&self) -> Option<(f64, usize, usize)> {
        let mut found: Option<(f64, usize, usize)> = None;
        for (row, &column) in self.best.iter().enumerate() {
            let value = self.values[[row, column]];
            if value > found.map_or(f64::NEG_INFINITY, |(best, _, _)| best) {
                found = Some((value, row, column));
            }
        }
        found
    }

    /// Sets row and column `kept` to `row`, and empties row and column `absorbed`.
    fn replace(&mut self, kept: usize, absorbed: usize, row: &[f64]) {
        for (other, &value) in row.iter().enumerate() {
            self.values[[absorbed, other]] = f64::NEG_INFINITY;
            self.values[[other, absorbed]] = f64::NEG_INFINITY;
            self.values[[kept, other]] = value;
            self.values[[other, kept]] = value;
        }
        for (other, &value) in row.iter().enumerate() {
            let best = self.best[other];
            if best == kept || best == absorbed || other == kept || other == absorbed {
                self.find_best(other);
            } else {
                let best_value = self.values[[other, best]];
                if value > best_value || (value == best_value && kept < best) {
                    self.best[other] = kept;
                }
            }
        }
    }

    fn find_best(&mut self, row: usize) {
        let mut best = 0;
        let values = contiguous_row(&self.values, row);
        for (column, &value) in values.iter().enumerate() {
            if value > values[best] {
                best = column;
            }
        }
        self.best[row] = best;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::neighbours::Neighbours;
    use ndarray::array;

    /// Two pairs that lean on each other, and rows that say the same.
    fn two_pairs() -> MergeTree {
        let neighbours =
            Neighbours { indices: array![[1], [0], [3], [2]], cosines: array![[0.9], [0.9], [0.8], [0.8]] };
        let graph = FuzzyGraph::new(&neighbours, &array![[1.0], [1.0], [1.0], [1.0]]);
        let rows = array![[1.0, 0.0], [1.0, 0.1], [0.0, 1.0], [0.1, 1.0]];
        merge_tree(&graph, vec![0, 1, 2, 3], &rows, &[1.0; 4], Linkage::DEFAULT)
    }

    #[test]
    fn modularity_first_then_ward() {
        let tree = two_pairs();
        let pairs: Vec<_> =
            tree.merges().iter().map(|m| (m.kept, m.absorbed, matches!(m.reason, MergeReason::Ward(_)))).collect();
        assert_eq!(pairs, [(0, 1, false), (2, 3, false), (0, 2, true)]);
    }

    /// A chain of neighbours, which modularity would follow; the partitions are those of
    /// `scipy.cluster.hierarchy.linkage(rows, "ward")`, SciPy 1.17.
    #[test]
    fn wards_linkage_is_scipys() {
        let rows =
            array![[0.0, 0.0], [1.0, 0.0], [2.1, 0.0], [3.3, 0.0], [4.6, 0.0], [0.9, 3.0], [2.4, 3.2], [4.4, 2.9]];
        let indices = array![[1], [0], [1], [2], [3], [6], [5], [6]];
        let graph = FuzzyGraph::new(
            &Neighbours { indices, cosines: ndarray::Array2::from_elem((8, 1), 0.9) },
            &ndarray::Array2::ones((8, 1)),
        );
        let tree = merge_tree(&graph, (0..8).collect(), &rows, &[1.0; 8], Linkage::Ward);
        assert_eq!(tree.cut(2), [0, 0, 0, 0, 0, 1, 1, 1]);
        assert_eq!(tree.cut(3), [0, 0, 1, 1, 1, 2, 2, 2]);
        assert_eq!(tree.cut(4), [0, 0, 1, 1, 1, 2, 2, 3]);
    }

    /// After every merge the distances of what is left are those of their means (Ward 1963).
    #[test]
    fn wards_distances_stay_those_of_the_means() {
        let rows = Array2::from_shape_fn((30, 5), |(i, j)| ((i * 7 + j * 13) % 17) as f64 / 17.0 + (i % 4) as f64);
        let neighbours = Neighbours {
            indices: Array2::from_shape_fn((30, 1), |(i, _)| (i + 1) % 30),
            cosines: Array2::from_elem((30, 1), 0.5),
        };
        let graph = FuzzyGraph::new(&neighbours, &Array2::ones((30, 1)));
        let mass: Vec<f64> = (0..30).map(|i| 1.0 + (i % 3) as f64).collect();
        let leaves: Vec<usize> = (0..30).collect();
        let mut clusters = Clusters::new(&graph, &leaves, 30, &rows, &mass, Linkage::Ward);
        while clusters.merge_best().is_some() {
            let (known, means) = (&clusters.ward.as_ref().unwrap().values, clusters.means());
            for ((a, b), &known) in known.indexed_iter() {
                if a == b || !clusters.alive[a] || !clusters.alive[b] {
                    assert_eq!(known, f64::NEG_INFINITY);
                    continue;
                }
                let apart = &means.row(a) - &means.row(b);
                let direct = increase(clusters.mass[a], clusters.mass[b], apart.mapv(|x| x * x).sum());
                assert!((direct + known).abs() < 1e-9, "{a} and {b}: {direct} {known}");
            }
        }
    }

    #[test]
    fn the_best_pair_is_kept_while_rows_are_replaced() {
        let mut pairs = BestPairs::new(3, |a, b| (a + 2 * b) as f64);
        assert_eq!(pairs.best(), Some((5.0, 1, 2)));
        pairs.replace(1, 2, &[7.0, f64::NEG_INFINITY, f64::NEG_INFINITY]);
        assert_eq!(pairs.best(), Some((7.0, 0, 1)));
        pairs.replace(0, 1, &[f64::NEG_INFINITY; 3]);
        assert_eq!(pairs.best(), None);
    }
}
