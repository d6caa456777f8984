//! How good a partition is: agreement with another one, or separation in space. Labels (any numbers)
//! and unit rows come in, one number comes out. Logarithms are natural; nothing here is random.

use ndarray::Array2;
use rayon::prelude::*;

use super::choose::unit_separation;
use super::vector::{UnitRows, contiguous_row, dot, inverse_length};

/// Logarithm of a probability that adds nothing to a sum in `f64`.
const NEGLIGIBLE: f64 = -60.0;

/// Labels in which each unclustered unit is a cluster of its own, so that partitions with unclustered
/// units can be compared as partitions of everything.
pub fn unclustered_as_singletons(labels: &[Option<usize>]) -> Vec<usize> {
    let mut next = labels.iter().flatten().max().map_or(0, |&last| last + 1);
    labels
        .iter()
        .map(|label| {
            label.unwrap_or_else(|| {
                next += 1;
                next - 1
            })
        })
        .collect()
}

/// Adjusted Rand index, −0.5 to 1: 1 for the same partition, 0 expected by chance (Hubert & Arabie
/// 1985, eq. 5).
///
/// # Panics
/// When the two do not label the same number of units.
pub fn adjusted_rand_index(a: &[usize], b: &[usize]) -> f64 {
    let table = Contingency::new(a, b);
    let pairs = |count: usize| count as f64 * (count as f64 - 1.0) / 2.0;
    let together: f64 = table.cells.iter().map(|cell| pairs(cell.count)).sum();
    let in_a: f64 = table.a_sizes.iter().map(|&size| pairs(size)).sum();
    let in_b: f64 = table.b_sizes.iter().map(|&size| pairs(size)).sum();
    if in_a == together && in_b == together {
        return 1.0;
    }
    let expected = in_a * in_b / pairs(table.n_units);
    (together - expected) / ((in_a + in_b) / 2.0 - expected)
}

/// Adjusted mutual information, 1 for the same partition, 0 expected by chance, normalised by the
/// arithmetic mean of the entropies (Vinh, Epps & Bailey 2010, eqs. 11 and 14).
///
/// # Panics
/// When the two do not label the same number of units.
pub fn adjusted_mutual_information(a: &[usize], b: &[usize]) -> f64 {
    let table = Contingency::new(a, b);
    if table.a_sizes.len() <= 1 && table.b_sizes.len() <= 1 {
        return 1.0;
    }
    let expected = table.expected_mutual_information();
    let mean_entropy = (table.entropy(&table.a_sizes) + table.entropy(&table.b_sizes)) / 2.0;
    let range = mean_entropy - expected;
    let range = if range < 0.0 { range.min(-f64::EPSILON) } else { range.max(f64::EPSILON) };
    (table.mutual_information() - expected) / range
}

/// Homogeneity, completeness and their harmonic mean, each 0–1 (Rosenberg & Hirschberg 2007).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VMeasure {
    /// 1 when each found cluster holds units of one known class only.
    pub homogeneity: f64,
    /// 1 when all units of a known class are in the same found cluster.
    pub completeness: f64,
    /// Harmonic mean of the two.
    pub v_measure: f64,
}

/// Compares `found` clusters with `known` classes.
///
/// # Panics
/// When the two do not label the same number of units.
pub fn v_measure(known: &[usize], found: &[usize]) -> VMeasure {
    let table = Contingency::new(known, found);
    let shared = table.mutual_information();
    let share_of = |entropy: f64| if entropy > 0.0 { shared / entropy } else { 1.0 };
    let homogeneity = share_of(table.entropy(&table.a_sizes));
    let completeness = share_of(table.entropy(&table.b_sizes));
    let sum = homogeneity + completeness;
    let v_measure = if sum > 0.0 { 2.0 * homogeneity * completeness / sum } else { 0.0 };
    VMeasure { homogeneity, completeness, v_measure }
}

/// Mean silhouette on cosine distance, −1 to 1 (Rousseeuw 1987); `None` unless there are at least two
/// clusters and one of them holds two units.
///
/// # Panics
/// When `labels` are not one for each unit.
pub fn silhouette(units: &UnitRows, labels: &[usize]) -> Option<f64> {
    let silhouettes = unit_silhouettes(units, labels)?;
    Some(silhouettes.iter().sum::<f64>() / silhouettes.len() as f64)
}

/// Silhouette of each unit on cosine distance, `(n_units)`: `(b − a) / max(a, b)` with its mean distance
/// `a` to the rest of its cluster and `b` to the nearest other one; 0 for a unit alone in its cluster.
/// `None` as for [`silhouette`].
///
/// Distances are not taken pair by pair: the cosines of a unit to all members of a cluster sum to its
/// product with the sum of their unit rows.
///
/// # Panics
/// When `labels` are not one for each unit.
pub fn unit_silhouettes(units: &UnitRows, labels: &[usize]) -> Option<Vec<f64>> {
    let clusters = Clusters::new(units, labels)?;
    let silhouettes = (0..units.n_units())
        .into_par_iter()
        .map(|unit| {
            let own = clusters.of_unit[unit];
            let size = clusters.sizes[own];
            if size < 2.0 {
                return 0.0;
            }
            let row = contiguous_row(&clusters.rows, unit);
            let product = |cluster| dot(row, contiguous_row(&clusters.sums, cluster));
            let within = (size - 1.0 - (product(own) - dot(row, row))) / (size - 1.0);
            let between = (0..clusters.sizes.len())
                .filter(|&cluster| cluster != own)
                .map(|cluster| 1.0 - product(cluster) / clusters.sizes[cluster])
                .fold(f64::INFINITY, f64::min);
            let larger = within.max(between);
            if larger > 0.0 { (between - within) / larger } else { 0.0 }
        })
        .collect();
    Some(silhouettes)
}

/// Simplified silhouette on cosine distance, −1 to 1: the distances of a unit to the centroids of its
/// own and of the nearest other cluster take the place of mean distances (Hruschka, de Castro &
/// Campello 2004). `None` as for [`silhouette`].
///
/// # Panics
/// When `labels` are not one for each unit.
pub fn simplified_silhouette(units: &UnitRows, labels: &[usize]) -> Option<f64> {
    let cosines = Clusters::new(units, labels)?.cosines_to_centroids();
    let silhouettes = cosines.iter().map(|(cosines, own)| {
        let within = 1.0 - cosines[*own];
        let between = cosines
            .iter()
            .enumerate()
            .filter(|(cluster, _)| cluster != own)
            .map(|(_, cosine)| 1.0 - cosine)
            .fold(f64::INFINITY, f64::min);
        let larger = within.max(between);
        if larger > 0.0 { (between - within) / larger } else { 0.0 }
    });
    Some(silhouettes.sum::<f64>() / labels.len() as f64)
}

/// The measure by which the number of themes is chosen: the mean of `(own − best other) / (1 − best
/// other)` with the cosines of a unit to the centroids. 1 is best. `None` as for [`silhouette`].
///
/// # Panics
/// When `labels` are not one for each unit.
pub fn separation(units: &UnitRows, labels: &[usize]) -> Option<f64> {
    let cosines = Clusters::new(units, labels)?.cosines_to_centroids();
    let total: f64 = cosines.iter().map(|(cosines, own)| unit_separation(cosines, *own)).sum();
    Some(total / labels.len() as f64)
}

/// Unit rows with the sums of their clusters.
struct Clusters {
    rows: Array2<f64>,
    of_unit: Vec<usize>,
    sizes: Vec<f64>,
    sums: Array2<f64>,
}

impl Clusters {
    fn new(units: &UnitRows, labels: &[usize]) -> Option<Self> {
        assert_eq!(units.n_units(), labels.len(), "one label for each unit");
        let (of_unit, sizes) = numbered(labels);
        if sizes.len() < 2 || sizes.len() == labels.len() {
            return None;
        }
        let rows = units.to_f64();
        let mut sums = Array2::zeros((sizes.len(), units.n_dims()));
        for (row, &cluster) in rows.outer_iter().zip(&of_unit) {
            let mut sum = sums.row_mut(cluster);
            sum += &row;
        }
        Some(Self { rows, of_unit, sizes: sizes.into_iter().map(|size| size as f64).collect(), sums })
    }

    /// For each unit its cosines to the centroids, and the number of its own.
    fn cosines_to_centroids(&self) -> Vec<(Vec<f64>, usize)> {
        let scales: Vec<f64> = self.sums.outer_iter().map(|sum| inverse_length(sum.dot(&sum))).collect();
        (0..self.rows.nrows())
            .into_par_iter()
            .map(|unit| {
                let row = contiguous_row(&self.rows, unit);
                let cosines = scales
                    .iter()
                    .enumerate()
                    .map(|(cluster, scale)| dot(row, contiguous_row(&self.sums, cluster)) * scale)
                    .collect();
                (cosines, self.of_unit[unit])
            })
            .collect()
    }
}

/// Labels numbered from 0 in their order, and how many units bear each.
fn numbered(labels: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let mut distinct = labels.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let mut sizes = vec![0; distinct.len()];
    let numbers = labels
        .iter()
        .map(|label| {
            let number = distinct.partition_point(|other| other < label);
            sizes[number] += 1;
            number
        })
        .collect();
    (numbers, sizes)
}

struct Cell {
    a: usize,
    b: usize,
    count: usize,
}

/// How many units two partitions put where; only cells that are not empty.
struct Contingency {
    n_units: usize,
    a_sizes: Vec<usize>,
    b_sizes: Vec<usize>,
    cells: Vec<Cell>,
}

impl Contingency {
    fn new(a: &[usize], b: &[usize]) -> Self {
        assert_eq!(a.len(), b.len(), "partitions of the same units");
        let ((a, a_sizes), (b, b_sizes)) = (numbered(a), numbered(b));
        let mut pairs: Vec<(usize, usize)> = a.into_iter().zip(b).collect();
        pairs.sort_unstable();
        Self {
            n_units: pairs.len(),
            a_sizes,
            b_sizes,
            cells: pairs
                .chunk_by(|x, y| x == y)
                .map(|cell| Cell { a: cell[0].0, b: cell[0].1, count: cell.len() })
                .collect(),
        }
    }

    fn entropy(&self, sizes: &[usize]) -> f64 {
        let n = self.n_units as f64;
        -sizes.iter().map(|&size| size as f64 / n * libm::log(size as f64 / n)).sum::<f64>()
    }

    fn mutual_information(&self) -> f64 {
        let n = self.n_units as f64;
        let total: f64 = self
            .cells
            .iter()
            .map(|cell| {
                let (a, b) = (self.a_sizes[cell.a] as f64, self.b_sizes[cell.b] as f64);
                let count = cell.count as f64;
                count / n * (libm::log(count / a) + libm::log(n / b))
            })
            .sum();
        total.max(0.0)
    }

    /// Mutual information expected of random partitions with the same sizes (Vinh, Epps & Bailey 2010,
    /// eq. 24). Clusters of equal size contribute alike, so each pair of sizes is computed once.
    fn expected_mutual_information(&self) -> f64 {
        let n = self.n_units;
        let log_factorials: Vec<f64> = (0..=n).map(|x| libm::lgamma(x as f64 + 1.0)).collect();
        let log_factorial = |x: usize| log_factorials[x];
        let a_sizes = multiplicities(&self.a_sizes);
        let b_sizes = multiplicities(&self.b_sizes);
        let mut expected = 0.0;
        for &(a, a_times) in &a_sizes {
            for &(b, b_times) in &b_sizes {
                let fixed = log_factorial(a) + log_factorial(b) + log_factorial(n - a) + log_factorial(n - b)
                    - log_factorial(n);
                let mut of_pair = 0.0;
                for count in (a + b).saturating_sub(n).max(1)..=a.min(b) {
                    let log_probability = fixed
                        - log_factorial(count)
                        - log_factorial(a - count)
                        - log_factorial(b - count)
                        - log_factorial(n + count - a - b);
                    if log_probability < NEGLIGIBLE {
                        continue;
                    }
                    let information = libm::log(n as f64 / a as f64 * (count as f64 / b as f64));
                    of_pair += count as f64 / n as f64 * information * libm::exp(log_probability);
                }
                expected += of_pair * (a_times * b_times) as f64;
            }
        }
        expected
    }
}

/// Each size and how often it occurs.
fn multiplicities(sizes: &[usize]) -> Vec<(usize, usize)> {
    let mut sizes = sizes.to_vec();
    sizes.sort_unstable();
    sizes.chunk_by(|x, y| x == y).map(|same| (same[0], same.len())).collect()
}

#[cfg(test)]
mod tests {
    // Expected values: scikit-learn 1.9.1.
    use super::*;
    use ndarray::array;

    const A: [usize; 10] = [0, 0, 0, 1, 1, 1, 2, 2, 2, 3];
    const B: [usize; 10] = [0, 0, 1, 1, 1, 2, 2, 2, 0, 0];

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} != {expected}");
    }

    fn uneven() -> (Vec<usize>, Vec<usize>) {
        let known = (0..100).map(|i| usize::from(i >= 40) + usize::from(i >= 70));
        let found = (0..100).map(|i| if i < 60 { i % 7 } else { 7 + i % 3 });
        (known.collect(), found.collect())
    }

    #[test]
    fn rand_index_like_scikit_learn() {
        close(adjusted_rand_index(&A, &B), 0.07407407407407407);
        close(adjusted_rand_index(&A, &A), 1.0);
        close(adjusted_rand_index(&[0; 6], &[0, 1, 2, 3, 4, 5]), 0.0);
        close(adjusted_rand_index(&[0; 4], &[5; 4]), 1.0);
        close(adjusted_rand_index(&[0, 0, 1, 1], &[0, 1, 0, 1]), -0.5);
        let (known, found) = uneven();
        close(adjusted_rand_index(&known, &found), 0.1135483870967742);
        close(adjusted_rand_index(&[], &[]), 1.0);
    }

    #[test]
    fn mutual_information_like_scikit_learn() {
        close(adjusted_mutual_information(&A, &B), 0.12300591114600605);
        close(adjusted_mutual_information(&A, &A), 1.0);
        close(adjusted_mutual_information(&[0; 6], &[0, 1, 2, 3, 4, 5]), 0.0);
        close(adjusted_mutual_information(&[0; 4], &[5; 4]), 1.0);
        close(adjusted_mutual_information(&[0, 0, 1, 1], &[0, 1, 0, 1]), -0.5);
        let (known, found) = uneven();
        close(adjusted_mutual_information(&known, &found), 0.24260481169637269);
        close(adjusted_mutual_information(&[], &[]), 1.0);
    }

    #[test]
    fn v_measure_like_scikit_learn() {
        let mixed = v_measure(&A, &B);
        close(mixed.homogeneity, 0.3927720022793675);
        close(mixed.completeness, 0.47390691116168715);
        close(mixed.v_measure, 0.4295416987866198);
        let (known, found) = uneven();
        let uneven = v_measure(&known, &found);
        close(uneven.homogeneity, 0.4451346649242036);
        close(uneven.completeness, 0.2127075996910656);
        close(uneven.v_measure, 0.28786087853655495);
        let single = v_measure(&[0; 6], &[0, 1, 2, 3, 4, 5]);
        assert_eq!((single.homogeneity, single.v_measure), (1.0, 0.0));
        assert_eq!(v_measure(&[], &[]).v_measure, 1.0);
    }

    fn eight() -> UnitRows {
        let rows = array![
            [1.0f32, 0.0, 0.1],
            [0.9, 0.2, 0.0],
            [1.0, 0.1, 0.3],
            [0.0, 1.0, 0.2],
            [0.1, 0.8, 0.0],
            [0.2, 0.1, 1.0],
            [0.0, 0.3, 0.9],
            [-1.0, 0.5, 0.2]
        ];
        UnitRows::new(rows.view()).unwrap()
    }

    #[test]
    fn silhouettes_like_scikit_learn() {
        let four = [0, 0, 0, 1, 1, 2, 2, 3];
        let near = |found: Option<f64>, expected: f64| {
            assert!((found.unwrap() - expected).abs() < 1e-6, "{found:?}");
        };
        near(silhouette(&eight(), &four), 0.8286031215678236);
        near(silhouette(&eight(), &[0, 0, 0, 1, 1, 1, 0, 1]), 0.3216302367589569);
        let units = unit_silhouettes(&eight(), &four).unwrap();
        assert!((units[0] - 0.96811907).abs() < 1e-6);
        assert_eq!(units[7], 0.0);
        // From scikit-learn's `cosine_distances` to the mean unit rows.
        near(simplified_silhouette(&eight(), &four), 0.986720865054111);
        assert!(separation(&eight(), &four).unwrap() > 0.98);
    }

    #[test]
    fn silhouettes_need_two_clusters_and_a_pair() {
        assert_eq!(silhouette(&eight(), &[4; 8]), None);
        assert_eq!(simplified_silhouette(&eight(), &[0, 1, 2, 3, 4, 5, 6, 7]), None);
    }

    #[test]
    fn unclustered_units_stand_alone() {
        let labels = unclustered_as_singletons(&[Some(1), None, Some(0), None]);
        assert_eq!(labels, [1, 2, 0, 3]);
    }
}
