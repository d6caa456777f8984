//! How far two partitions of the same units agree. Labels (any numbers) come in, one number comes out.
//! Logarithms are natural; nothing here is random.

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
    // The same partition, be it of units that all stand alone: what could be expected is as much then.
    if table.cells.iter().all(|cell| cell.count == table.a_sizes[cell.a] && cell.count == table.b_sizes[cell.b]) {
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

/// Labels numbered from 0 in their order, and how many units bear each.
pub(crate) fn numbered(labels: &[usize]) -> (Vec<usize>, Vec<usize>) {
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
        close(adjusted_mutual_information(&[0, 1], &[1, 0]), 1.0);
        close(adjusted_mutual_information(&[0, 1, 2], &[0, 1, 2]), 1.0);
        close(adjusted_mutual_information(&[0, 1, 2], &[0, 1, 1]), 0.0);
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

    #[test]
    fn unclustered_units_stand_alone() {
        let labels = unclustered_as_singletons(&[Some(1), None, Some(0), None]);
        assert_eq!(labels, [1, 2, 0, 3]);
    }
}
