//! Micro-clusters by Ward's criterion. Smoothed rows come in, out comes a flat partition into a given
//! number of small, tight groups: the leaves of the merge tree. Memory grows with the number of units;
//! distances between all pairs are looked at, never kept.
//!
//! Ward's distance is reducible (Bruynooghe 1977; Murtagh 1983): joining two clusters brings neither
//! closer to a third. So pairs that are each other's nearest can all be joined at once, and the tree is
//! the one of joining the closest pair again and again. Round after round, only clusters whose
//! nearest was joined look for a new one, in blocks of `f32` products whose best few are computed
//! again exactly. Where a round would join few of them, only those on a chain look.

use ndarray::{Array1, Array2, Axis, linalg::general_mat_mul, s};
use rayon::prelude::*;

use super::shortlist::Shortlist;
use super::vector::{contiguous_row, squared_distance};

/// Clusters that one task compares with all others.
const ROW_BLOCK: usize = 256;
/// Columns of a tile of products.
const COLUMN_TILE: usize = 1024;
/// Nearest candidates by `f32` that are computed exactly.
const CANDIDATES: usize = 6;

/// A round that leaves more clusters than this without a nearest, for each pair it joined, is wasteful:
/// many lean on one, as around a hub.
const WASTEFUL: usize = 16;
/// After a wasteful round this part of those clusters is joined pair by pair along chains.
const WALK_SHARE: usize = 4;

/// Groups `rows`, `(n_units, n_dims)`, into `n_clusters` by Ward's criterion; row `i` counts
/// `mass[i]` times. Returns the cluster of each unit, numbered by the smallest unit in it. Joins at
/// exactly the height of the cut are made too, so that identical rows are never separated; then there
/// are fewer clusters.
pub(crate) fn ward_clusters(rows: &Array2<f64>, mass: &[f64], n_clusters: usize) -> Vec<usize> {
    let (mut joins, distinct) = join_identical_rows(rows);
    joins.extend(Agglomeration::new(rows, mass, &distinct).run());
    joins.sort_by(|a, b| a.height.total_cmp(&b.height));
    let n_units = rows.nrows();
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

fn root(parents: &mut [usize], mut unit: usize) -> usize {
    while parents[unit] != unit {
        parents[unit] = parents[parents[unit]];
        unit = parents[unit];
    }
    unit
}

/// Two clusters became one: a unit of each, and the increase of the sum of squares.
struct Join {
    units: (usize, usize),
    height: f64,
}

/// The clusters that are left, one a slot, in the order of their smallest unit.
struct Agglomeration {
    centres: Array2<f64>,
    /// The centres for quick products.
    quick_centres: Array2<f32>,
    /// Squared lengths of the quick centres; infinite where a slot is empty.
    quick_lengths: Vec<f32>,
    mass: Vec<f64>,
    quick_mass: Vec<f32>,
    /// A unit of the cluster.
    unit: Vec<usize>,
    /// Height at which the cluster was formed.
    height: Vec<f64>,
    /// Nearest other cluster and Ward's distance to it.
    nearest: Vec<(usize, f64)>,
    /// True where `nearest` is not known.
    is_stale: Vec<bool>,
    alive: Vec<bool>,
    n_alive: usize,
}

impl Agglomeration {
    /// One cluster for each distinct row; `first` names, for each unit, the first of the same row.
    fn new(rows: &Array2<f64>, unit_mass: &[f64], first: &[usize]) -> Self {
        let mut mass_of_first = vec![0.0; first.len()];
        for (&first, mass) in first.iter().zip(unit_mass) {
            mass_of_first[first] += mass;
        }
        let unit: Vec<usize> = (0..first.len()).filter(|&u| first[u] == u).collect();
        let mass: Vec<f64> = unit.iter().map(|&unit| mass_of_first[unit]).collect();
        let n = unit.len();
        // Distances do not change with the origin, and are rounded least around the mean.
        let mut mean = Array1::<f64>::zeros(rows.ncols());
        for row in rows.outer_iter() {
            mean += &row;
        }
        mean /= rows.nrows().max(1) as f64;
        let mut clusters = Self {
            centres: rows.select(Axis(0), &unit) - &mean,
            quick_centres: Array2::zeros((n, rows.ncols())),
            quick_lengths: vec![0.0; n],
            quick_mass: mass.iter().map(|&m| m as f32).collect(),
            mass,
            unit,
            height: vec![0.0; n],
            nearest: vec![(0, f64::INFINITY); n],
            is_stale: vec![true; n],
            alive: vec![true; n],
            n_alive: n,
        };
        for slot in 0..n {
            clusters.refresh_quick_centre(slot);
        }
        clusters
    }

    fn run(mut self) -> Vec<Join> {
        let mut joins = Vec::with_capacity(self.alive.len());
        let mut n_walks = 0;
        while self.n_alive > 1 {
            let pairs = match self.walk_to_pair(n_walks) {
                Some(pair) => {
                    n_walks -= 1;
                    vec![pair]
                }
                None => {
                    n_walks = 0;
                    self.find_nearest(&self.stale_slots());
                    self.reciprocal_pairs()
                }
            };
            for &(a, b) in &pairs {
                joins.push(self.join(a, b));
            }
            let n_stale = self.mark_stale(&pairs);
            if n_walks == 0 && n_stale > ROW_BLOCK.max(WASTEFUL * pairs.len()) {
                n_walks = n_stale / WALK_SHARE;
            }
            if self.n_alive * 4 < self.alive.len() * 3 {
                self.compact();
            }
        }
        joins
    }

    /// Follows nearest clusters, looking for them where they are not known, until two are each
    /// other's (the nearest-neighbour chain of Benzécri 1982). `None` when no walk is allowed or ties
    /// lead it in a circle.
    fn walk_to_pair(&mut self, n_walks: usize) -> Option<(usize, usize)> {
        if n_walks == 0 {
            return None;
        }
        let mut slot = self.alive.iter().position(|&alive| alive)?;
        for _ in 0..self.n_alive {
            self.find_nearest_if_stale(slot);
            let next = self.nearest[slot].0;
            self.find_nearest_if_stale(next);
            if self.nearest[next].0 == slot {
                return Some((slot.min(next), slot.max(next)));
            }
            slot = next;
        }
        None
    }

    fn find_nearest_if_stale(&mut self, slot: usize) {
        if self.is_stale[slot] {
            self.find_nearest(&[slot]);
        }
    }

    fn stale_slots(&self) -> Vec<usize> {
        (0..self.alive.len()).filter(|&slot| self.alive[slot] && self.is_stale[slot]).collect()
    }

    /// Forgets the nearest of the clusters that were joined and of those they were nearest to; returns
    /// how many clusters have none now.
    fn mark_stale(&mut self, pairs: &[(usize, usize)]) -> usize {
        let mut touched = vec![false; self.alive.len()];
        for &(a, b) in pairs {
            touched[a] = true;
            touched[b] = true;
        }
        for slot in 0..self.alive.len() {
            self.is_stale[slot] |= touched[slot] || touched[self.nearest[slot].0];
        }
        self.stale_slots().len()
    }

    /// Pairs of clusters that are each other's nearest, by rising slot. Ties among equal distances can
    /// leave none: then the closest pair of all.
    fn reciprocal_pairs(&self) -> Vec<(usize, usize)> {
        let alive = || (0..self.alive.len()).filter(|&slot| self.alive[slot]);
        let pairs: Vec<(usize, usize)> = alive()
            .map(|slot| (slot, self.nearest[slot].0))
            .filter(|&(a, b)| a < b && self.nearest[b].0 == a)
            .collect();
        if !pairs.is_empty() {
            return pairs;
        }
        alive()
            .min_by(|&a, &b| self.nearest[a].1.total_cmp(&self.nearest[b].1))
            .map(|slot| (slot, self.nearest[slot].0))
            .map(|(a, b)| (a.min(b), a.max(b)))
            .into_iter()
            .collect()
    }

    /// Joins cluster `b` into `a`; slot `b` is empty afterwards.
    fn join(&mut self, a: usize, b: usize) -> Join {
        let height = self.distance(a, b).max(self.height[a]).max(self.height[b]);
        let total = self.mass[a] + self.mass[b];
        let share = self.mass[b] / total;
        let (mut into, from) = self.centres.multi_slice_mut((s![a, ..], s![b, ..]));
        into.zip_mut_with(&from, |x, &y| *x += share * (y - *x));
        self.mass[a] = total;
        self.quick_mass[a] = total as f32;
        self.height[a] = height;
        self.alive[b] = false;
        self.quick_lengths[b] = f32::INFINITY;
        self.n_alive -= 1;
        self.refresh_quick_centre(a);
        Join { units: (self.unit[a], self.unit[b]), height }
    }

    fn refresh_quick_centre(&mut self, slot: usize) {
        let mut length = 0.0;
        let exact = self.centres.row(slot);
        for (quick, &exact) in self.quick_centres.row_mut(slot).iter_mut().zip(&exact) {
            *quick = exact as f32;
            length += f64::from(*quick) * f64::from(*quick);
        }
        self.quick_lengths[slot] = length as f32;
    }

    /// Ward's distance: the increase of the sum of squares when two clusters are joined.
    fn distance(&self, a: usize, b: usize) -> f64 {
        let (mass_a, mass_b) = (self.mass[a], self.mass[b]);
        let squared = squared_distance(contiguous_row(&self.centres, a), contiguous_row(&self.centres, b));
        mass_a * mass_b / (mass_a + mass_b) * squared
    }

    fn find_nearest(&mut self, slots: &[usize]) {
        let found: Vec<Vec<(usize, f64)>> =
            slots.par_chunks(ROW_BLOCK).map(|block| self.nearest_of_block(block)).collect();
        for (&slot, nearest) in slots.iter().zip(found.into_iter().flatten()) {
            self.nearest[slot] = nearest;
            self.is_stale[slot] = false;
        }
    }

    fn nearest_of_block(&self, block: &[usize]) -> Vec<(usize, f64)> {
        let n = self.alive.len();
        let rows = self.quick_centres.select(Axis(0), block);
        let mut lists = vec![Shortlist::new(CANDIDATES); block.len()];
        let mut products = Array2::<f32>::zeros((block.len(), COLUMN_TILE.min(n)));
        for tile in (0..n).step_by(COLUMN_TILE) {
            let tile_end = (tile + COLUMN_TILE).min(n);
            let mut products = products.slice_mut(s![.., ..tile_end - tile]);
            let columns = self.quick_centres.slice(s![tile..tile_end, ..]);
            general_mat_mul(2.0, &rows, &columns.t(), 0.0, &mut products);
            let lengths = &self.quick_lengths[tile..tile_end];
            let masses = &self.quick_mass[tile..tile_end];
            for ((scores, list), &slot) in products.outer_iter_mut().zip(&mut lists).zip(block) {
                let Some(scores) = scores.into_slice() else {
                    continue; // never: the rows of a tile are contiguous
                };
                let (length, mass) = (self.quick_lengths[slot], self.quick_mass[slot]);
                for ((score, &other_length), &other_mass) in scores.iter_mut().zip(lengths).zip(masses) {
                    // Minus Ward's distance; minus infinity for an empty slot.
                    *score = (*score - length - other_length) * (mass * other_mass / (mass + other_mass));
                }
                if (tile..tile_end).contains(&slot) {
                    scores[slot - tile] = f32::NEG_INFINITY;
                }
                list.consider(scores, tile);
            }
        }
        block
            .iter()
            .zip(&lists)
            .map(|(&slot, list)| {
                let partner = Some(slot ^ 1).filter(|&other| other < n && self.alive[other]);
                list.indices()
                    .chain(partner)
                    .map(|other| (other, self.distance(slot, other)))
                    .min_by_key(|&(other, distance)| (coarse(distance), slot ^ other))
                    .unwrap_or((slot, f64::INFINITY))
            })
            .collect()
    }

    /// Drops the empty slots; the order of the others stays.
    fn compact(&mut self) {
        let kept: Vec<usize> = (0..self.alive.len()).filter(|&slot| self.alive[slot]).collect();
        let mut place = vec![0; self.alive.len()];
        for (new, &old) in kept.iter().enumerate() {
            place[old] = new;
        }
        self.centres = self.centres.select(Axis(0), &kept);
        self.quick_centres = self.quick_centres.select(Axis(0), &kept);
        self.quick_lengths = kept.iter().map(|&i| self.quick_lengths[i]).collect();
        self.mass = kept.iter().map(|&i| self.mass[i]).collect();
        self.quick_mass = kept.iter().map(|&i| self.quick_mass[i]).collect();
        self.unit = kept.iter().map(|&i| self.unit[i]).collect();
        self.height = kept.iter().map(|&i| self.height[i]).collect();
        self.nearest = kept.iter().map(|&i| (place[self.nearest[i].0], self.nearest[i].1)).collect();
        self.is_stale = kept.iter().map(|&i| self.is_stale[i]).collect();
        self.alive = vec![true; kept.len()];
    }
}

/// Orders distances, which are not negative, like themselves, but takes those within about 1e-12 of each
/// other for equal. Among equals the pair with the smaller `slot ^ other` comes first: that order is
/// the same from both ends, and where many are equally far apart it pairs them all up at once,
/// instead of one pair a round.
fn coarse(distance: f64) -> u64 {
    distance.to_bits() >> 12
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn near_rows_are_joined_first() {
        let rows = array![[0.0], [10.0], [0.1], [10.3], [20.0]];
        assert_eq!(ward_clusters(&rows, &[1.0; 5], 3), [0, 1, 0, 1, 2]);
        assert_eq!(ward_clusters(&rows, &[1.0; 5], 5), [0, 1, 2, 3, 4]);
        assert_eq!(ward_clusters(&rows, &[1.0; 5], 1), [0; 5]);
    }

    #[test]
    fn identical_rows_are_never_separated() {
        let rows = Array2::from_elem((40, 3), 0.7);
        assert_eq!(ward_clusters(&rows, &[1.0; 40], 10), [0; 40]);
    }

    #[test]
    fn mass_is_the_same_as_repeating_a_row() {
        let repeated = array![[0.0], [0.0], [0.0], [1.0], [1.9]];
        let weighted = array![[0.0], [1.0], [1.9]];
        assert_eq!(ward_clusters(&repeated, &[1.0; 5], 2), [0, 0, 0, 1, 1]);
        assert_eq!(ward_clusters(&weighted, &[3.0, 1.0, 1.0], 2), [0, 1, 1]);
    }

    #[test]
    fn many_equal_distances_take_few_rounds() {
        let rows = Array2::<f64>::eye(600);
        let labels = ward_clusters(&rows, &[1.0; 600], 1);
        assert_eq!(labels, [0; 600]);
        let twice = ndarray::concatenate![Axis(0), rows, rows];
        let labels = ward_clusters(&twice, &[1.0; 1200], 600);
        assert!((0..600).all(|unit| labels[unit] == labels[unit + 600]));
    }

    #[test]
    fn no_rows_and_one_row() {
        assert!(ward_clusters(&Array2::zeros((0, 2)), &[], 3).is_empty());
        assert_eq!(ward_clusters(&Array2::zeros((1, 2)), &[1.0], 3), [0]);
    }
}
