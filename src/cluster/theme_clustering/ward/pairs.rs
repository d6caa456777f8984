//! Ward's joins where the distances of all pairs fit into memory. Distinct rows come in, out come the joins of the
//! nearest-neighbour chain, as in [`super::notes`]; a union's distances follow from those of its parts (Lance &
//! Williams 1967). It is several times as quick as comparing clusters anew, and keeps n² numbers.

use super::joins::{Distinct, Join, coarse, increase};
use crate::cluster::distances::for_all_squared_distances;
use crate::cluster::vector::on_wide_registers;

/// Rows up to which all pairs are kept: 82 MB.
pub(super) const MOST_ROWS: usize = 3200;

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

/// The clusters, each under the number of its first row. A join writes the union's row alone: the others take over what
/// is new when they are looked at, as writing a column reaches into every row.
struct Clusters {
    n: usize,
    /// Ward's distance of every pair, `(n, n)`; infinite to itself and to what was joined.
    distances: Vec<f64>,
    mass: Vec<f64>,
    /// Height at which a cluster was formed.
    height: Vec<f64>,
    /// Those that are left, rising.
    left: Vec<usize>,
    /// What was joined into another, in the order of the joins.
    absorbed: Vec<usize>,
    /// The number of joins after which a cluster was as it is.
    formed: Vec<usize>,
    /// The number of joins of which a cluster's row knows.
    known: Vec<usize>,
}

impl Clusters {
    fn new(rows: &Distinct) -> Self {
        let n = rows.unit.len();
        let mut distances = vec![0.0; n * n];
        distances.iter_mut().step_by(n + 1).for_each(|to_itself| *to_itself = f64::INFINITY);
        // Rows lie around their mean, so that little is lost.
        for_all_squared_distances(&rows.centres, |a, b, squared| {
            let distance = increase(rows.mass[a], rows.mass[b], squared);
            distances[a * n + b] = distance;
            distances[b * n + a] = distance;
        });
        Self {
            n,
            distances,
            mass: rows.mass.clone(),
            height: vec![0.0; n],
            left: (0..n).collect(),
            absorbed: Vec::with_capacity(n),
            formed: vec![0; n],
            known: vec![0; n],
        }
    }

    /// Brings the row of a cluster up to date: unions that were formed since know how far they are from it.
    fn refresh(&mut self, cluster: usize) {
        let known = std::mem::replace(&mut self.known[cluster], self.absorbed.len());
        if known == self.absorbed.len() {
            return;
        }
        for &other in self.left.iter().filter(|&&other| self.formed[other] > known) {
            self.distances[cluster * self.n + other] = self.distances[other * self.n + cluster];
        }
        for &gone in &self.absorbed[known..] {
            self.distances[cluster * self.n + gone] = f64::INFINITY;
        }
    }

    /// The nearest other cluster; among equals `preferred`, then the one with the smallest number.
    fn nearest(&mut self, cluster: usize, preferred: Option<usize>) -> usize {
        self.refresh(cluster);
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

    /// Joins cluster `b` into `a`, the lower number, and says at which height.
    fn join(&mut self, a: usize, b: usize) -> f64 {
        self.refresh(a);
        self.refresh(b);
        let n = self.n;
        let between = self.distances[a * n + b];
        let (mass_a, mass_b) = (self.mass[a], self.mass[b]);
        let total = mass_a + mass_b;
        self.left.retain(|&cluster| cluster != b);
        let (before, after) = self.distances.split_at_mut(b * n);
        let (row_a, row_b) = (&mut before[a * n..][..n], &after[..n]);
        on_wide_registers(
            #[inline(always)]
            || {
                for ((to_a, to_b), &mass) in row_a.iter_mut().zip(row_b).zip(&self.mass) {
                    let joined = ((mass_a + mass) * *to_a + (mass_b + mass) * to_b - mass * between) / (total + mass);
                    *to_a = if joined > 0.0 { joined } else { 0.0 };
                }
            },
        );
        (row_a[a], row_a[b]) = (f64::INFINITY, f64::INFINITY);
        self.absorbed.push(b);
        self.formed[a] = self.absorbed.len();
        self.known[a] = self.absorbed.len();
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
        /// A row that takes over what is new when it is looked at holds what writing every row at once would have put there.
        #[test]
        fn rows_know_of_every_join_when_they_are_looked_at(n in 2usize..60, dims in 1usize..12, seed in 0u64..1_000_000) {
            let mut state = seed;
            let mut next = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) as f64 / f64::from(1u32 << 31)
            };
            let rows = Array2::from_shape_fn((n, dims), |_| next());
            let mass: Vec<f64> = (0..n).map(|_| 1.0 + (4.0 * next()).floor()).collect();
            let (_, distinct) = Distinct::of(&rows, &mass);
            let n = distinct.unit.len();
            let mut clusters = Clusters::new(&distinct);
            let mut plain = clusters.distances.clone();
            while clusters.left.len() > 1 {
                let at = |share: f64, of: usize| (share * of as f64) as usize;
                let one = clusters.left[at(next(), clusters.left.len())];
                let others: Vec<usize> = clusters.left.iter().copied().filter(|&cluster| cluster != one).collect();
                let other = others[at(next(), others.len())];
                let (a, b) = (one.min(other), one.max(other));
                let (mass_a, mass_b, between) = (clusters.mass[a], clusters.mass[b], plain[a * n + b]);
                for third in others.into_iter().filter(|&third| third != other) {
                    let m = clusters.mass[third];
                    let (to_a, to_b) = (plain[a * n + third], plain[b * n + third]);
                    let joined = ((mass_a + m) * to_a + (mass_b + m) * to_b - m * between) / (mass_a + mass_b + m);
                    let joined = if joined > 0.0 { joined } else { 0.0 };
                    plain[a * n + third] = joined;
                    plain[third * n + a] = joined;
                }
                (0..n).for_each(|third| plain[third * n + b] = f64::INFINITY);
                clusters.join(a, b);
                // Some are looked at now, others after further joins.
                let looked_at: Vec<usize> = clusters.left.iter().copied().filter(|_| next() < 0.4).collect();
                for cluster in looked_at.into_iter().chain([a]) {
                    clusters.refresh(cluster);
                    for other in 0..n {
                        let known = clusters.distances[cluster * n + other];
                        prop_assert_eq!(known.to_bits(), plain[cluster * n + other].to_bits());
                    }
                }
            }
        }

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
