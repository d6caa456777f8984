//! Which themes of two analyses are the same.
//!
//! In: the vectors of both sides, centred, and which of them make which theme; and for each theme where
//! the other analysis puts its passages. Out: themes that are matched, split, merged, regrouped, alike,
//! or on one side only. It sees numbers only.
//!
//! Two things must speak for a match. The *directions* of two themes (their centroids after centring)
//! are nearer than those of random groups: the units of both sides are dealt anew into groups of the
//! same sizes, `DEALS` times, and of each deal the nearest pair of groups that are each other's nearest
//! is kept; all but `CHANCE` of these are below the threshold, which is `ALIKE_COSINE` at least. And the *passages*
//! of either are put into the other: `BOTH_WAYS` of them. One-to-one pairs are those that the Hungarian
//! method (Kuhn 1955) chooses on 1 − cosine, where leaving a theme alone costs as much as a pair that is only just
//! alike. Splits and merges are what is linked beside them, from `PART_COSINE` on: a part has `SAME` of its passages
//! in the whole, or each has `PART` of them in the other. Pairs that are each other's nearest, and no more
//! than that, are alike. Passages that both sides hold are no guess: they decide whatever the direction.

use super::policy::{ALIKE_COSINE, BOTH_WAYS, CHANCE, DEALS, PART_COSINE};
pub use super::policy::{PART, SAME};
use std::collections::{BTreeMap, BTreeSet};

use ndarray::{Array2, ArrayView2, Axis};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

const SEED: u64 = 0xa119;

/// Themes as groups of vectors.
pub struct Side<'a> {
    /// `(n_units, n_dims)`, centred by the caller.
    pub vectors: ArrayView2<'a, f32>,
    /// For each unit the block that it is dealt within: a number, the same for the same section.
    pub blocks: &'a [usize],
    /// For each theme its units, all of one block.
    pub themes: &'a [Vec<usize>],
}

impl Side<'_> {
    /// Unit-length directions of the themes, `(n_themes, n_dims)`.
    fn directions(&self, themes: &[Vec<usize>]) -> Array2<f64> {
        let mut found = Array2::zeros((themes.len(), self.vectors.ncols()));
        for (theme, units) in themes.iter().enumerate() {
            let mut sum = found.index_axis_mut(Axis(0), theme);
            for &unit in units {
                sum.zip_mut_with(&self.vectors.row(unit), |sum: &mut f64, &x| *sum += f64::from(x));
            }
            let length = sum.dot(&sum).sqrt().max(f64::MIN_POSITIVE);
            sum /= length;
        }
        found
    }

    /// Random themes of the same sizes, each within its block.
    fn dealt(&self, random: &mut Xoshiro256PlusPlus) -> Array2<f64> {
        let mut of_block: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (unit, &block) in self.blocks.iter().enumerate() {
            of_block.entry(block).or_default().push(unit);
        }
        for units in of_block.values_mut() {
            for last in (1..units.len()).rev() {
                // The bias of the remainder is below 2⁻³² for any corpus.
                units.swap(last, (random.next_u64() % (last as u64 + 1)) as usize);
            }
        }
        let deal = |theme: &Vec<usize>| {
            let block = theme.first().and_then(|&unit| of_block.get_mut(&self.blocks[unit]));
            block.map_or_else(Vec::new, |units| units.split_off(units.len() - theme.len()))
        };
        let themes: Vec<Vec<usize>> = self.themes.iter().map(deal).collect();
        self.directions(&themes)
    }
}

/// How near the themes of two sides are.
#[derive(Clone, Debug, PartialEq)]
pub struct Similarity {
    /// Cosines of the directions, `(n_themes_a, n_themes_b)`.
    pub cosines: Array2<f64>,
    /// The cosine that the nearest random groups reach in 1 % of the deals.
    pub by_chance: f64,
}

impl Similarity {
    /// Compares the themes of two sides.
    pub fn new(a: &Side, b: &Side) -> Self {
        let cosines = a.directions(a.themes).dot(&b.directions(b.themes).t());
        let mut nearest: Vec<f64> = (0..DEALS)
            .into_par_iter()
            .map(|deal| {
                let mut random = Xoshiro256PlusPlus::seed_from_u64(SEED + deal as u64);
                let cosines = a.dealt(&mut random).dot(&b.dealt(&mut random).t());
                mutual_nearest(&cosines).into_iter().map(|(i, j)| cosines[[i, j]]).fold(-1.0, f64::max)
            })
            .collect();
        nearest.sort_by(f64::total_cmp);
        Self { cosines, by_chance: nearest[((1.0 - CHANCE) * DEALS as f64) as usize] }
    }

    /// From this cosine on, one theme may be a part of another.
    pub fn part(&self) -> f64 {
        self.by_chance.max(PART_COSINE)
    }

    /// From this cosine on, two themes may be alike, or the same.
    pub fn alike(&self) -> f64 {
        self.by_chance.max(ALIKE_COSINE)
    }

    /// Pairs chosen by the Hungarian method, each theme at most once, none that is not alike.
    pub fn pairs(&self) -> Vec<(usize, usize)> {
        let costs = self.cosines.mapv(|cosine| 1.0 - cosine);
        let chosen = assignment(&costs, 1.0 - self.alike());
        chosen.into_iter().enumerate().filter_map(|(i, j)| Some((i, j?))).collect()
    }

    /// Of these pairs those in which each is the other's nearest.
    pub fn mutual_pairs(&self) -> Vec<(usize, usize)> {
        let mutual = mutual_nearest(&self.cosines);
        self.pairs().into_iter().filter(|pair| mutual.contains(pair)).collect()
    }
}

/// Pairs of a row and a column each of which is the other's largest; the first among equals.
fn mutual_nearest(cosines: &Array2<f64>) -> Vec<(usize, usize)> {
    let largest = |values: ndarray::ArrayView1<f64>| {
        values.iter().copied().enumerate().reduce(|best, here| if here.1 > best.1 { here } else { best })
    };
    (0..cosines.nrows())
        .filter_map(|row| {
            let (column, _) = largest(cosines.row(row))?;
            let (back, _) = largest(cosines.column(column))?;
            (back == row).then_some((row, column))
        })
        .collect()
}

/// For each row of `costs`, `(n, m)`, its column, such that the sum is least; a row may stay alone for
/// `alone`. The Hungarian method with potentials, row by row, in O(n² (n + m)).
pub fn assignment(costs: &Array2<f64>, alone: f64) -> Vec<Option<usize>> {
    let (n, m) = costs.dim();
    let all = m + n;
    let cost = |row: usize, column: usize| if column < m { costs[[row, column]] } else { alone };
    // Column `all` is where the search starts; potentials of rows and columns.
    let (mut of_row, mut of_column) = (vec![0.0; n], vec![0.0; all + 1]);
    let mut row_of: Vec<Option<usize>> = vec![None; all + 1];
    for start in 0..n {
        row_of[all] = Some(start);
        let (mut least, mut from) = (vec![f64::INFINITY; all], vec![all; all]);
        let mut visited = vec![false; all + 1];
        let mut column = all;
        while let Some(row) = row_of[column] {
            visited[column] = true;
            let (mut step, mut next) = (f64::INFINITY, all);
            for other in (0..all).filter(|&other| !visited[other]) {
                let reduced = cost(row, other) - of_row[row] - of_column[other];
                if reduced < least[other] {
                    (least[other], from[other]) = (reduced, column);
                }
                if least[other] < step {
                    (step, next) = (least[other], other);
                }
            }
            for other in 0..=all {
                if let (true, Some(row)) = (visited[other], row_of[other]) {
                    of_row[row] += step;
                    of_column[other] -= step;
                } else if other < all {
                    least[other] -= step;
                }
            }
            column = next;
        }
        while column != all {
            row_of[column] = row_of[from[column]];
            column = from[column];
        }
    }
    let mut found = vec![None; n];
    for (column, row) in row_of[..m].iter().enumerate() {
        if let Some(row) = row {
            found[*row] = Some(column);
        }
    }
    found
}

/// Where the passages of the themes go on the other side.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// `(n_themes, n_themes_there)`: share of a theme's passages in each theme there, 0–1.
    pub shares: Array2<f64>,
    /// For each theme whether the other side holds most of its passages itself, so that the shares
    /// are no guess.
    pub held: Vec<bool>,
}

/// How themes of the two sides go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One theme on each side: the same.
    Matched,
    /// One theme of A is several of B.
    Split,
    /// Several themes of A are one of B.
    Merged,
    /// Several of A are several of B, and none is one of the other side alone.
    Regrouped,
    /// Each is the other's nearest, nearer than by chance, but the passages go elsewhere.
    Alike,
    /// In A only.
    OnlyA,
    /// In B only.
    OnlyB,
}

/// Themes that go together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// How.
    pub kind: Kind,
    /// Themes of A, ascending.
    pub a: Vec<usize>,
    /// Themes of B, ascending.
    pub b: Vec<usize>,
}

/// Relates every theme of A and of B, each once. `of_a`: A's passages among B's themes; `of_b`: the
/// other way round.
pub fn relations(similarity: &Similarity, of_a: &Shares, of_b: &Shares) -> Vec<Relation> {
    let (n, m) = similarity.cosines.dim();
    let (part, alike) = (similarity.part(), similarity.alike());
    let shares = |i: usize, j: usize| (of_a.shares[[i, j]], of_b.shares[[j, i]]);
    // Shares that are no guess need no direction to bear them out.
    let is_held = |i: usize, j: usize| {
        let (there, back) = shares(i, j);
        let both = there >= PART && back >= PART && of_a.held[i] && of_b.held[j];
        both || (there >= SAME && of_a.held[i]) || (back >= SAME && of_b.held[j])
    };
    let is_same = |i: usize, j: usize| {
        let (there, back) = shares(i, j);
        is_held(i, j) || (similarity.cosines[[i, j]] >= alike && there >= BOTH_WAYS && back >= BOTH_WAYS)
    };
    let linked = |i: usize, j: usize| {
        let (there, back) = shares(i, j);
        let is_part = there >= SAME || back >= SAME || (there >= PART && back >= PART);
        is_same(i, j) || (similarity.cosines[[i, j]] >= part && is_part)
    };
    let pairs = similarity.pairs();
    let mut edges: BTreeSet<(usize, usize)> = pairs.iter().copied().filter(|&(i, j)| linked(i, j)).collect();
    let paired: (BTreeSet<usize>, BTreeSet<usize>) = edges.iter().copied().unzip();
    // What has no partner of its own joins the theme that holds most of it.
    let strength = |i: usize, j: usize| of_a.shares[[i, j]] + of_b.shares[[j, i]];
    let stronger = |best: (usize, f64), here: (usize, f64)| if here.1 > best.1 { here } else { best };
    for i in (0..n).filter(|i| !paired.0.contains(i)) {
        let links = (0..m).filter(|&j| linked(i, j)).map(|j| (j, strength(i, j)));
        edges.extend(links.reduce(stronger).map(|(j, _)| (i, j)));
    }
    for j in (0..m).filter(|j| !paired.1.contains(j)) {
        let links = (0..n).filter(|&i| linked(i, j)).map(|i| (i, strength(i, j)));
        edges.extend(links.reduce(stronger).map(|(i, _)| (i, j)));
    }
    let mut found: Vec<Relation> = components(&edges)
        .into_iter()
        .map(|(a, b)| {
            let kind = match (a.len(), b.len()) {
                (1, 1) if is_same(a[0], b[0]) => Kind::Matched,
                (1, 1) => Kind::Alike,
                (1, _) => Kind::Split,
                (_, 1) => Kind::Merged,
                _ => Kind::Regrouped,
            };
            Relation { kind, a, b }
        })
        .collect();
    let (mut left_a, mut left_b): (BTreeSet<usize>, BTreeSet<usize>) = ((0..n).collect(), (0..m).collect());
    for relation in &found {
        relation.a.iter().for_each(|i| _ = left_a.remove(i));
        relation.b.iter().for_each(|j| _ = left_b.remove(j));
    }
    for (i, j) in similarity.mutual_pairs() {
        if left_a.contains(&i) && left_b.contains(&j) {
            left_a.remove(&i);
            left_b.remove(&j);
            found.push(Relation { kind: Kind::Alike, a: vec![i], b: vec![j] });
        }
    }
    found.extend(left_a.into_iter().map(|i| Relation { kind: Kind::OnlyA, a: vec![i], b: Vec::new() }));
    found.extend(left_b.into_iter().map(|j| Relation { kind: Kind::OnlyB, a: Vec::new(), b: vec![j] }));
    found.sort_by(|x, y| (x.kind, &x.a, &x.b).cmp(&(y.kind, &y.a, &y.b)));
    found
}

/// The connected parts of a graph between two sides.
fn components(edges: &BTreeSet<(usize, usize)>) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut parts: Vec<(BTreeSet<usize>, BTreeSet<usize>)> = Vec::new();
    for &(i, j) in edges {
        let (touching, mut rest): (Vec<_>, Vec<_>) =
            parts.into_iter().partition(|(a, b)| a.contains(&i) || b.contains(&j));
        let mut joined = (BTreeSet::from([i]), BTreeSet::from([j]));
        for (a, b) in touching {
            joined.0.extend(a);
            joined.1.extend(b);
        }
        rest.push(joined);
        parts = rest;
    }
    parts.into_iter().map(|(a, b)| (a.into_iter().collect(), b.into_iter().collect())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array1, array};

    /// `scipy.optimize.linear_sum_assignment` (SciPy 1.17.1) of the same costs; with a dummy cost, of the
    /// costs beside an identity of dummies.
    #[test]
    fn assignments_are_those_of_scipy() {
        let costs = array![
            [0.82, 0.41, 0.93, 0.17, 0.55],
            [0.23, 0.38, 0.61, 0.29, 0.72],
            [0.44, 0.19, 0.35, 0.88, 0.66],
            [0.31, 0.27, 0.58, 0.12, 0.49]
        ];
        assert_eq!(assignment(&costs, 10.0), SCIPY_FULL.map(Some));
        assert_eq!(assignment(&costs, 0.2), SCIPY_ALONE);
        assert_eq!(assignment(&costs.t().to_owned(), 10.0), SCIPY_TRANSPOSED);
        assert_eq!(assignment(&Array2::zeros((2, 0)), 1.0), [None, None]);
        assert_eq!(assignment(&Array2::zeros((0, 2)), 1.0), []);
    }

    const SCIPY_FULL: [usize; 4] = [3, 0, 2, 1];
    const SCIPY_ALONE: [Option<usize>; 4] = [None, None, Some(1), Some(3)];
    const SCIPY_TRANSPOSED: [Option<usize>; 5] = [Some(1), Some(3), Some(2), Some(0), None];

    /// Eight groups of twenty around random directions, with noise.
    fn groups(seed: u64) -> (Array2<f32>, Vec<Vec<usize>>) {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(7);
        let number = |random: &mut Xoshiro256PlusPlus| (random.next_u64() >> 40) as f32 / (1u64 << 23) as f32 - 1.0;
        let centres = Array2::from_shape_fn((8, 32), |_| number(&mut random));
        let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
        let vectors = Array2::from_shape_fn((160, 32), |(unit, dim)| centres[[unit / 20, dim]] + number(&mut random));
        (vectors, (0..8).map(|group| (group * 20..group * 20 + 20).collect()).collect())
    }

    fn similarity(a: &(Array2<f32>, Vec<Vec<usize>>), b: &(Array2<f32>, Vec<Vec<usize>>)) -> Similarity {
        let blocks = vec![0; 160];
        let side = |side: &(Array2<f32>, Vec<Vec<usize>>)| {
            let mean: Array1<f32> = side.0.mean_axis(Axis(0)).unwrap();
            &side.0 - &mean
        };
        let (x, y) = (side(a), side(b));
        Similarity::new(
            &Side { vectors: x.view(), blocks: &blocks, themes: &a.1 },
            &Side { vectors: y.view(), blocks: &blocks, themes: &b.1 },
        )
    }

    #[test]
    fn the_same_groups_of_other_units_are_paired_and_noise_is_not() {
        let (a, b) = (groups(1), groups(2));
        let found = similarity(&a, &b);
        assert!(found.by_chance < 0.8, "{}", found.by_chance);
        assert_eq!(found.mutual_pairs(), (0..8).map(|i| (i, i)).collect::<Vec<_>>());
        // Themes of random units: each takes every eighth of the other side.
        let mixed = (b.0, (0..8).map(|group| (0..20).map(|i| i * 8 + group).collect()).collect());
        let found = similarity(&a, &mixed);
        assert!(found.mutual_pairs().is_empty(), "{found:?}");
    }

    fn shares(shares: Array2<f64>, held: bool) -> Shares {
        Shares { held: vec![held; shares.nrows()], shares }
    }

    fn related(
        cosines: Array2<f64>,
        of_a: Array2<f64>,
        of_b: Array2<f64>,
        held: bool,
    ) -> Vec<(Kind, Vec<usize>, Vec<usize>)> {
        let similarity = Similarity { cosines, by_chance: 0.5 };
        let found = relations(&similarity, &shares(of_a, held), &shares(of_b, held));
        found.into_iter().map(|relation| (relation.kind, relation.a, relation.b)).collect()
    }

    #[test]
    fn an_analysis_and_itself_match_one_to_one() {
        let same = Array2::<f64>::eye(4);
        let found = related(same.clone(), same.clone(), same, true);
        assert_eq!(found, (0..4).map(|i| (Kind::Matched, vec![i], vec![i])).collect::<Vec<_>>());
    }

    #[test]
    fn a_small_theme_that_went_into_a_large_one_is_a_merge() {
        // A's second theme has a tenth of the units of its first, and points elsewhere than B's only one.
        let found = related(array![[0.98], [0.2]], array![[1.0], [1.0]], array![[0.9, 0.1]], true);
        assert_eq!(found, [(Kind::Merged, vec![0, 1], vec![0])]);
        // Were the shares a guess, the direction would have to bear them out.
        let found = related(array![[0.98], [0.2]], array![[1.0], [1.0]], array![[0.9, 0.1]], false);
        assert_eq!(found, [(Kind::Matched, vec![0], vec![0]), (Kind::OnlyA, vec![1], vec![])]);
    }

    #[test]
    fn halves_are_a_split_and_what_is_only_near_is_alike() {
        let cosines = array![[0.8, 0.7, 0.1], [0.1, 0.1, 0.65]];
        let of_a = array![[0.5, 0.4, 0.0], [0.0, 0.0, 0.2]];
        let of_b = array![[0.9, 0.0], [0.6, 0.0], [0.0, 0.2]];
        let found = related(cosines, of_a, of_b, false);
        assert_eq!(found, [(Kind::Split, vec![0], vec![0, 1]), (Kind::Alike, vec![1], vec![2])]);
    }

    #[test]
    fn a_pair_is_the_same_only_when_each_holds_the_other() {
        let one = |cosine: f64, there: f64, back: f64, held: bool| {
            related(array![[cosine]], array![[there]], array![[back]], held)[0].0
        };
        assert_eq!(one(0.62, 0.5, 0.5, false), Kind::Matched);
        // A large theme into which a small one falls is another one.
        assert_eq!(one(0.75, 0.19, 0.92, false), Kind::Alike);
        assert_eq!(one(0.69, 0.34, 0.85, false), Kind::Alike);
        // Near to each other by chance alone.
        assert_eq!(one(0.55, 0.6, 0.9, false), Kind::OnlyA);
        assert_eq!(one(0.3, 0.2, 0.9, true), Kind::Matched, "the same passages");
    }

    #[test]
    fn without_themes_everything_is_on_one_side_only() {
        let found = related(Array2::zeros((0, 2)), Array2::zeros((0, 2)), Array2::zeros((2, 0)), false);
        assert_eq!(found, [(Kind::OnlyB, vec![], vec![0]), (Kind::OnlyB, vec![], vec![1])]);
    }
}
