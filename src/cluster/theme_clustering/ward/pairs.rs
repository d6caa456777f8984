//! Ward's joins where the distances of all pairs fit into memory. Distinct rows come in, out come the joins of the
//! nearest-neighbour chain, as in [`super::notes`]; a union's distances follow from those of its parts (Lance &
//! Williams 1967). It is several times as quick as comparing clusters anew, and keeps n² numbers.

use super::joins::{Distinct, Join, coarse, increase};
use crate::cluster::distances::for_all_squared_distances;
use crate::cluster::vector::on_wide_registers;

/// Rows up to which all pairs are kept: 34 MB.
pub(super) const MOST_ROWS: usize = 2048;

/// All joins, down to one cluster.
pub(super) fn joins(rows: &Distinct) -> Vec<Join> {
    let n = rows.unit.len();
    let mut clusters = Clusters::new(rows);
    let mut joins = Vec::with_capacity(n.saturating_sub(1));
    let mut chain: Vec<usize> = Vec::new();
    while joins.len() + 1 < n {
        let Some(&cluster) = chain.last() else {
            chain.push(clusters.left[0]);
            continue;
        };
        let before = chain.len().checked_sub(2).map(|place| chain[place]);
        let next = clusters.nearest(cluster, before);
        if before == Some(next) {
            chain.truncate(chain.len() - 2);
            let (a, b) = (cluster.min(next), cluster.max(next));
            joins.push(Join { units: (rows.unit[a], rows.unit[b]), height: clusters.join(a, b) });
        } else {
            chain.push(next);
        }
    }
    joins
}

/// The clusters, each under the number of its first row.
struct Clusters {
    n: usize,
    /// Ward's distance of every pair, `(n, n)`; infinite to itself and to what was joined.
    distances: Vec<f64>,
    mass: Vec<f64>,
    /// Height at which a cluster was formed.
    height: Vec<f64>,
    /// Those that are left, rising.
    left: Vec<usize>,
}

impl Clusters {
    fn new(rows: &Distinct) -> Self {
        let n = rows.unit.len();
        let mut distances = vec![f64::INFINITY; n * n];
        // Rows lie around their mean, so that little is lost.
        for_all_squared_distances(&rows.centres, |a, b, squared| {
            let distance = increase(rows.mass[a], rows.mass[b], squared);
            distances[a * n + b] = distance;
            distances[b * n + a] = distance;
        });
        Self { n, distances, mass: rows.mass.clone(), height: vec![0.0; n], left: (0..n).collect() }
    }

    /// The nearest other cluster; among equals `preferred`, then the one with the smallest number.
    fn nearest(&self, cluster: usize, preferred: Option<usize>) -> usize {
        let row = &self.distances[cluster * self.n..][..self.n];
        let least = on_wide_registers(
            #[inline(always)]
            || {
                let mut lanes = [f64::INFINITY; 16];
                let (chunks, tail) = row.as_chunks::<16>();
                for chunk in chunks {
                    for (least, &distance) in lanes.iter_mut().zip(chunk) {
                        *least = if distance < *least { distance } else { *least };
                    }
                }
                lanes.iter().chain(tail).copied().fold(f64::INFINITY, f64::min)
            },
        );
        let is_least = |other: usize| coarse(row[other]) <= coarse(least);
        match preferred {
            Some(other) if is_least(other) => other,
            _ => (0..self.n).find(|&other| is_least(other)).unwrap_or(cluster),
        }
    }

    /// Joins cluster `b` into `a`, and says at which height.
    fn join(&mut self, a: usize, b: usize) -> f64 {
        let n = self.n;
        let between = self.distances[a * n + b];
        let (mass_a, mass_b) = (self.mass[a], self.mass[b]);
        let total = mass_a + mass_b;
        self.left.retain(|&cluster| cluster != b);
        let (before, after) = self.distances.split_at_mut(b * n);
        let (row_a, row_b) = (&mut before[a * n..][..n], &mut after[..n]);
        on_wide_registers(
            #[inline(always)]
            || {
                for ((to_a, to_b), &mass) in row_a.iter_mut().zip(&*row_b).zip(&self.mass) {
                    let joined = ((mass_a + mass) * *to_a + (mass_b + mass) * to_b - mass * between) / (total + mass);
                    *to_a = if joined > 0.0 { joined } else { 0.0 };
                }
            },
        );
        (row_a[a], row_a[b]) = (f64::INFINITY, f64::INFINITY);
        for &other in self.left.iter().filter(|&&other| other != a) {
            self.distances[other * n + a] = self.distances[a * n + other];
            self.distances[other * n + b] = f64::INFINITY;
        }
        self.mass[a] = total;
        self.height[a] = between.max(self.height[a]).max(self.height[b]);
        self.height[a]
    }
}

#[cfg(test)]
mod tests {
    use super::super::{joins::cut, notes};
    use super::*;
    use ndarray::Array2;
    use proptest::prelude::*;

    proptest! {
        /// Both ways of finding Ward's joins cut alike, also with masses and with rows that occur twice.
        #[test]
        fn joins_are_those_of_clusters_compared_anew(
            n in 2usize..90,
            dims in 1usize..40,
            seed in 0u64..1_000_000,
            share in 0.05f64..1.0,
        ) {
            let mut state = seed;
            let mut next = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) as f64 / f64::from(1u32 << 31)
            };
            let mut rows = Array2::from_shape_fn((n, dims), |_| next());
            if n > 4 {
                let copied = rows.row(0).to_owned();
                rows.row_mut(3).assign(&copied);
            }
            let mass: Vec<f64> = (0..n).map(|_| 1.0 + (4.0 * next()).floor()).collect();
            let (same, distinct) = Distinct::of(&rows, &mass);
            let n_clusters = 1 + (share * n as f64) as usize;
            let cut_of = |mut joins: Vec<Join>| {
                joins.extend(same.iter().copied());
                cut(joins, n, n_clusters)
            };
            prop_assert_eq!(cut_of(joins(&distinct)), cut_of(notes::joins(distinct)));
        }
    }
}
