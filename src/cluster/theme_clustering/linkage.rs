//! The order in which micro-clusters melt together, down to one. Micro-clusters, the graph and the smoothed
//! rows come in; out comes the merge tree. It never chooses a level of it.

use ndarray::Array2;

use super::smoothing::group_sums;
use super::ward::increase;
use crate::cluster::distances::for_all_squared_distances;
use crate::cluster::graph::FuzzyGraph;
use crate::cluster::merge_tree::{Merge, MergeReason, MergeTree};
use crate::cluster::vector::{contiguous_row, on_wide_registers, squared_distance};

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

    fn balance(self) -> f64 {
        match self {
            Self::Modularity { balance } => balance,
            Self::Ward => 0.0,
        }
    }
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
    /// Edge weight between clusters, both directions alike; 0 on the diagonal.
    between: Array2<f64>,
    degree: Vec<f64>,
    /// `degree` to the power of the balance.
    balanced_degree: Vec<f64>,
    total_degree: f64,
    sums: Array2<f64>,
    mass: Vec<f64>,
    /// `sums` divided by `mass`.
    means: Array2<f64>,
    alive: Vec<bool>,
    /// Gains of modularity; `None` with Ward's linkage, which does not look at them.
    gains: Option<BestPairs>,
    /// Ward's distances, negated; filled when first needed.
    ward: Option<BestPairs>,
    linkage: Linkage,
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
        let mut between = Array2::<f64>::zeros((n, n));
        for (unit, &own) in micro_clusters.iter().enumerate() {
            for (neighbour, weight) in graph.neighbours(unit) {
                between[[own, micro_clusters[neighbour]]] += weight;
            }
        }
        let degree: Vec<f64> = between.outer_iter().map(|row| row.sum() + 1e-12).collect();
        between.diag_mut().fill(0.0);
        let mut cluster_mass = vec![0.0; n];
        for (&own, &mass) in micro_clusters.iter().zip(mass) {
            cluster_mass[own] += mass;
        }
        let mut clusters = Self {
            between,
            balanced_degree: degree.iter().map(|&d| libm::pow(d, linkage.balance())).collect(),
            total_degree: degree.iter().sum(),
            degree,
            means: Array2::zeros((n, smoothed.ncols())),
            sums: group_sums(smoothed, mass, micro_clusters, n),
            mass: cluster_mass,
            alive: vec![true; n],
            gains: None,
            ward: None,
            linkage,
        };
        (0..n).for_each(|cluster| clusters.set_mean(cluster));
        if linkage != Linkage::Ward {
            clusters.gains = Some(BestPairs::new(n, |a, b| clusters.gain(a, b)));
        }
        clusters
    }

    /// Gain of modularity when `a` and `b` merge; a positive one is divided by the balanced degree.
    fn gain(&self, a: usize, b: usize) -> f64 {
        let expected = self.degree[a] * self.degree[b] / (self.total_degree * self.total_degree);
        let gain = self.between[[a, b]] / self.total_degree - expected;
        if gain > 0.0 { gain / self.balanced_degree[a].min(self.balanced_degree[b]) } else { gain }
    }

    fn set_mean(&mut self, cluster: usize) {
        let mass = self.mass[cluster];
        self.means.row_mut(cluster).zip_mut_with(&self.sums.row(cluster), |mean, sum| *mean = sum / mass);
    }

    #[inline(always)]
    fn ward_distance(&self, a: usize, b: usize) -> f64 {
        let squared = squared_distance(contiguous_row(&self.means, a), contiguous_row(&self.means, b));
        increase(self.mass[a], self.mass[b], squared)
    }

    /// Ward's distances of all that are left, negated.
    fn ward_pairs(&self) -> BestPairs {
        let mut pairs = BestPairs::empty(self.alive.len());
        for_all_squared_distances(&self.means, |a, b, squared| {
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
        let n = self.alive.len();
        for other in 0..n {
            let weight = self.between[[absorbed, other]];
            self.between[[kept, other]] += weight;
        }
        for other in 0..n {
            self.between[[other, kept]] = self.between[[kept, other]];
        }
        self.between[[kept, kept]] = 0.0;
        self.degree[kept] += self.degree[absorbed];
        self.balanced_degree[kept] = libm::pow(self.degree[kept], self.linkage.balance());
        self.mass[kept] += self.mass[absorbed];
        let absorbed_sum = self.sums.row(absorbed).to_owned();
        let mut sum = self.sums.row_mut(kept);
        sum += &absorbed_sum;
        self.set_mean(kept);
        self.alive[absorbed] = false;

        if let Some(mut gains) = self.gains.take() {
            let row = self.alive_row(kept, |other| self.gain(kept, other));
            gains.replace(kept, absorbed, &row);
            self.gains = Some(gains);
        }
        if let Some(mut ward) = self.ward.take() {
            let row = self.alive_row(
                kept,
                #[inline(always)]
                |other| -self.ward_distance(kept, other),
            );
            ward.replace(kept, absorbed, &row);
            self.ward = Some(ward);
        }
    }

    fn alive_row(&self, own: usize, value: impl Fn(usize) -> f64) -> Vec<f64> {
        let mut row = vec![f64::NEG_INFINITY; self.alive.len()];
        on_wide_registers(
            #[inline(always)]
            || {
                for (other, slot) in row.iter_mut().enumerate() {
                    if self.alive[other] && other != own {
                        *slot = value(other);
                    }
                }
            },
        );
        row
    }
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
