//! How much a unit belongs to each theme. Unit rows with their themes come in; out come the centroids,
//! soft memberships of those units and of new ones, and the theme of new units. Half of a membership
//! comes from the centroids, half from the nearest units. It never changes the theme of a fitted unit.

use ndarray::{Array2, ArrayView1, Axis};
use rayon::prelude::*;

use super::graph::directed_weights;
use super::neighbours::Neighbours;
use super::policy::{ISOLATION_NEIGHBOURS, MIN_OWN_SHARE};
use super::vector::{UnitRows, contiguous_row, dot, inverse_length, products_with};

/// Temperatures of the softmax over centroids that are tried.
const TEMPERATURES: [f64; 9] = [0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.07, 0.09, 0.12];

/// Where a new unit belongs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assignment {
    /// Its theme; `None` when it is isolated, has no direction, or its neighbours are elsewhere.
    pub theme: Option<usize>,
    /// Its membership in the most likely theme, 0–1, also when `theme` is `None`.
    pub strength: f64,
}

impl Assignment {
    /// In no theme.
    pub const NONE: Self = Self { theme: None, strength: 0.0 };
}

/// Points with their themes, and what is needed to place units among them. The points are the fitted
/// units, or the centres that stand for them.
#[derive(Debug, Clone)]
pub struct ThemeSpace {
    points: UnitRows,
    point_labels: Vec<Option<usize>>,
    centroids: Array2<f32>,
    n_neighbours: usize,
    mean_distance: f64,
    isolation_limit: f64,
    temperature: f64,
}

/// How near units are to the points around them.
pub(crate) struct Surroundings {
    /// Nearest points that vote.
    pub n_neighbours: usize,
    /// Mean cosine distance to them.
    pub mean_distance: f64,
    /// Mean cosine to the five nearest below which a unit is isolated.
    pub isolation_limit: f64,
}

impl ThemeSpace {
    /// `units` with their `labels` (themes below `n_themes`) make the centroids and the temperature.
    pub(crate) fn new(
        points: UnitRows,
        point_labels: Vec<Option<usize>>,
        units: &UnitRows,
        labels: &[Option<usize>],
        n_themes: usize,
        surroundings: &Surroundings,
    ) -> Self {
        let sums = theme_sums(units, labels, n_themes);
        let mut centroids = Array2::zeros(sums.dim());
        for (mut centroid, sum) in centroids.outer_iter_mut().zip(sums.outer_iter()) {
            let scale = inverse_length(sum.dot(&sum));
            centroid.zip_mut_with(&sum, |c: &mut f32, &x| *c = (x * scale) as f32);
        }
        Self {
            points,
            point_labels,
            centroids,
            n_neighbours: surroundings.n_neighbours,
            mean_distance: surroundings.mean_distance,
            isolation_limit: surroundings.isolation_limit,
            temperature: likeliest_temperature(units, labels, &sums),
        }
    }

    /// Unit-length means of the members of each theme, `(n_themes, n_dims)`.
    pub fn centroids(&self) -> &Array2<f32> {
        &self.centroids
    }

    /// Temperature of the softmax over cosines to the centroids: the one under which a unit's own
    /// theme, its centroid taken without the unit, is likeliest.
    pub fn temperature(&self) -> f64 {
        self.temperature
    }

    /// The points, in the order of their coordinates.
    pub(super) fn into_points(self) -> UnitRows {
        self.points
    }

    /// Number of coordinates of a unit.
    pub fn n_dims(&self) -> usize {
        self.points.n_dims()
    }

    /// Memberships of `queries` whose nearest points are given, `(n_queries, n_themes)`. Rows sum to 1:
    /// half a softmax of the cosines to the centroids over the temperature, half the share of the
    /// fuzzy weights (as in the graph) of the nearest points; all softmax when no neighbour has a theme.
    pub(crate) fn memberships(&self, queries: &UnitRows, nearest: &Neighbours) -> Array2<f32> {
        let weights = directed_weights(nearest, self.mean_distance);
        let mut memberships = Array2::zeros((queries.n_units(), self.centroids.nrows()));
        if self.centroids.nrows() == 0 {
            return memberships;
        }
        memberships.axis_iter_mut(Axis(0)).into_par_iter().enumerate().for_each(|(query, mut row)| {
            let near = softmax(&self.cosines(queries, query), self.temperature);
            let (votes, themed, _) = self.votes(nearest.indices.row(query), weights.row(query));
            for (theme, membership) in row.iter_mut().enumerate() {
                *membership = if themed > 0.0 {
                    (0.5 * near[theme] + 0.5 * votes[theme] / themed) as f32
                } else {
                    near[theme] as f32
                };
            }
        });
        memberships
    }

    /// Places `queries`, `(n_queries, n_dims)`, among the themes.
    pub(crate) fn assign(&self, queries: &UnitRows) -> Vec<Assignment> {
        let nearest = Neighbours::between(queries, &self.points, self.n_neighbours);
        let weights = directed_weights(&nearest, self.mean_distance);
        let memberships = self.memberships(queries, &nearest);
        let nearness = nearest.mean_cosine(ISOLATION_NEIGHBOURS);
        (0..queries.n_units())
            .map(|query| {
                let Some((theme, strength)) = likeliest(memberships.row(query)) else {
                    return Assignment::NONE;
                };
                let (votes, _, all) = self.votes(nearest.indices.row(query), weights.row(query));
                let belongs = !queries.is_zero(query)
                    && nearness[query] >= self.isolation_limit
                    && votes[theme] >= MIN_OWN_SHARE * all;
                Assignment { theme: belongs.then_some(theme), strength: f64::from(strength) }
            })
            .collect()
    }

    fn cosines(&self, queries: &UnitRows, query: usize) -> Vec<f64> {
        let row = queries.row(query);
        (0..self.centroids.nrows()).map(|theme| dot(row, contiguous_row(&self.centroids, theme))).collect()
    }

    /// Weight of the neighbours in each theme, in any theme, and altogether.
    pub(crate) fn votes(
        &self,
        neighbours: ArrayView1<'_, usize>,
        weights: ArrayView1<'_, f64>,
    ) -> (Vec<f64>, f64, f64) {
        let mut votes = vec![0.0; self.centroids.nrows()];
        let (mut themed, mut all) = (0.0, 0.0);
        for (&neighbour, &weight) in neighbours.iter().zip(weights) {
            all += weight;
            if let Some(theme) = self.point_labels[neighbour] {
                votes[theme] += weight;
                themed += weight;
            }
        }
        (votes, themed, all)
    }
}

/// Sum of the members of each theme, `(n_themes, n_dims)`.
fn theme_sums(units: &UnitRows, labels: &[Option<usize>], n_themes: usize) -> Array2<f64> {
    let mut sums = Array2::zeros((n_themes, units.n_dims()));
    for (unit, label) in labels.iter().enumerate() {
        if let Some(theme) = *label {
            for (sum, &x) in sums.row_mut(theme).iter_mut().zip(units.row(unit)) {
                *sum += f64::from(x);
            }
        }
    }
    sums
}

/// The temperature with the highest likelihood of the units' own themes, each unit left out of its
/// own centroid; the lower one among equals.
fn likeliest_temperature(units: &UnitRows, labels: &[Option<usize>], sums: &Array2<f64>) -> f64 {
    let inverse_lengths: Vec<f64> = sums.outer_iter().map(|sum| inverse_length(sum.dot(&sum))).collect();
    let surprises: Vec<[f64; TEMPERATURES.len()]> = labels
        .par_iter()
        .enumerate()
        .filter_map(|(unit, label)| {
            let own = (*label)?;
            let row = units.row(unit);
            let products = products_with(row, sums);
            let mut cosines: Vec<f64> = products.iter().zip(&inverse_lengths).map(|(x, scale)| x * scale).collect();
            let left_out: Vec<f64> =
                contiguous_row(sums, own).iter().zip(row).map(|(sum, &x)| sum - f64::from(x)).collect();
            cosines[own] = dot(row, &left_out) * inverse_length(dot(&left_out, &left_out));
            Some(TEMPERATURES.map(|t| surprise(&cosines, own, t)))
        })
        .collect();
    let mut best = (f64::INFINITY, TEMPERATURES[0]);
    for (place, &temperature) in TEMPERATURES.iter().enumerate() {
        let total: f64 = surprises.iter().map(|unit| unit[place]).sum();
        if total < best.0 {
            best = (total, temperature);
        }
    }
    best.1
}

/// Minus the natural logarithm of the softmax of `own`.
fn surprise(cosines: &[f64], own: usize, temperature: f64) -> f64 {
    let highest = cosines.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = cosines.iter().map(|c| libm::exp((c - highest) / temperature)).sum();
    libm::log(total) - (cosines[own] - highest) / temperature
}

fn softmax(cosines: &[f64], temperature: f64) -> Vec<f64> {
    let highest = cosines.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut shares: Vec<f64> = cosines.iter().map(|c| libm::exp((c - highest) / temperature)).collect();
    let total: f64 = shares.iter().sum();
    for share in &mut shares {
        *share /= total;
    }
    shares
}

/// The theme with the highest membership, the first among equals; `None` when there is no theme.
fn likeliest(memberships: ArrayView1<'_, f32>) -> Option<(usize, f32)> {
    let mut best: Option<(usize, f32)> = None;
    for (theme, &membership) in memberships.iter().enumerate() {
        if best.is_none_or(|(_, highest)| membership > highest) {
            best = Some((theme, membership));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn softmax_sums_to_one_and_survives_low_temperatures() {
        let shares = softmax(&[1.0, 0.0, -1.0], 0.001);
        assert_eq!(shares, [1.0, 0.0, 0.0]);
        assert!((softmax(&[0.3, 0.2], 0.1).iter().sum::<f64>() - 1.0).abs() < 1e-15);
        assert!((surprise(&[0.3, 0.3], 0, 0.1) - libm::log(2.0)).abs() < 1e-12);
    }

    #[test]
    fn new_units_go_where_their_neighbours_are() {
        let rows = array![
            [1.0f32, 0.0, 0.0],
            [0.9, 0.1, 0.0],
            [0.9, 0.0, 0.1],
            [0.0, 1.0, 0.0],
            [0.1, 0.9, 0.0],
            [0.0, 0.9, 0.1]
        ];
        let units = UnitRows::new(rows.view()).unwrap();
        let neighbours = Neighbours::within(&units, 2);
        let labels = vec![Some(0), Some(0), Some(0), Some(1), Some(1), Some(1)];
        let surroundings = Surroundings { n_neighbours: 2, mean_distance: 0.01, isolation_limit: 0.5 };
        let space = ThemeSpace::new(units.clone(), labels.clone(), &units, &labels, 2, &surroundings);
        let memberships = space.memberships(&units, &neighbours);
        for (unit, row) in memberships.outer_iter().enumerate() {
            assert!((row.sum() - 1.0).abs() < 1e-6);
            assert!(row[unit / 3] > 0.9);
        }
        let new = array![[0.8f32, 0.1, 0.1], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]];
        let assigned = space.assign(&UnitRows::new(new.view()).unwrap());
        assert_eq!(assigned[0].theme, Some(0));
        assert!(assigned[0].strength > 0.9);
        assert_eq!(assigned[1].theme, None);
        assert_eq!(assigned[2].theme, None);
    }
}
