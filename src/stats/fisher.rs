//! Fisher's exact test, two-sided.

/// Tables as likely as the observed one but for rounding count as such; R's tolerance.
const TIE: f64 = 1e-7;

/// The p-values of every table with the same margins.
///
/// A two-sided p-value sums the hypergeometric probabilities of all tables that are no more likely than
/// the observed one (Fisher 1935; R's `fisher.test`, SciPy's `fisher_exact`). The probabilities come from
/// their ratios, from the most likely table outwards, so no factorial is computed and no logarithm taken,
/// and the numbers stay exact to rounding for any size.
#[derive(Clone, Debug, PartialEq)]
pub struct Fisher {
    /// The smallest count of the first group.
    low: usize,
    /// One p-value a count from `low` on.
    p: Vec<f64>,
}

impl Fisher {
    /// For groups of `n1` and `n2`, of whom `voiced` together voiced the theme, at most `n1 + n2`.
    pub fn new(voiced: usize, n1: usize, n2: usize) -> Self {
        let voiced = voiced.min(n1 + n2);
        let (low, high) = (voiced.saturating_sub(n2), voiced.min(n1));
        let (k, n1, n2) = (voiced as f64, n1 as f64, n2 as f64);
        // Probability of x + 1 by probability of x.
        let ratio = |x: f64| (n1 - x) * (k - x) / ((x + 1.0) * (n2 - k + x + 1.0));
        let mode = (((k + 1.0) * (n1 + 1.0) / (n1 + n2 + 2.0)) as usize).clamp(low, high); // floor
        let mut weights = vec![1.0f64; high - low + 1];
        for x in mode..high {
            weights[x + 1 - low] = weights[x - low] * ratio(x as f64);
        }
        for x in (low..mode).rev() {
            weights[x - low] = weights[x + 1 - low] / ratio(x as f64);
        }
        let mut rising = weights.clone();
        rising.sort_by(f64::total_cmp);
        let mut sum = 0.0;
        let up_to: Vec<f64> = rising
            .iter()
            .map(|weight| {
                sum += weight;
                sum
            })
            .collect();
        let p = weights
            .iter()
            .map(|weight| {
                let as_likely = rising.partition_point(|other| *other <= weight * (1.0 + TIE)).max(1);
                // Below the smallest float stands the smallest float: a p-value is never 0.
                (up_to[as_likely - 1] / sum).clamp(f64::MIN_POSITIVE, 1.0)
            })
            .collect();
        Self { low, p }
    }

    /// The p-value when `x1` of the first group voiced the theme, 0–1.
    ///
    /// # Panics
    /// When the margins do not allow `x1`.
    pub fn p(&self, x1: usize) -> f64 {
        self.p[x1 - self.low]
    }
}

/// The two-sided p-value of `x1` of `n1` against `x2` of `n2`, 0–1; 1 when a group is empty.
pub fn fisher_exact(x1: usize, n1: usize, x2: usize, n2: usize) -> f64 {
    Fisher::new(x1 + x2, n1, n2).p(x1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `fisher.test(matrix(c(x1, x2, n1 - x1, n2 - x2), 2))$p.value`, R 4.2.2; the last three
    /// from SciPy 1.17.1, `scipy.stats.fisher_exact`, with which R agrees to 12 digits.
    #[test]
    fn p_values_are_those_of_r_and_scipy() {
        let cases = [
            (3, 29, 15, 30, 0.0015063632760577898),
            (41, 212, 12, 180, 0.0003063762562066671),
            (12, 60, 27, 60, 0.005989257102312484),
            (0, 30, 5, 30, 0.05218554861730601),
            (1, 4, 3, 4, 0.4857142857142858),
            (7, 7, 0, 3, 0.008333333333333326),
            (52, 125, 251, 600, 1.0),
            (2100, 5000, 2000, 5000, 0.044121452248421546),
            (600, 1000, 200, 1000, 1.1632059119805285e-76),
            (125, 125, 0, 600, 4.6365888192966866e-144),
            (900, 3000, 1500, 3000, 1.4101851910363049e-56),
        ];
        for (x1, n1, x2, n2, p) in cases {
            let found = fisher_exact(x1, n1, x2, n2);
            assert!((found / p - 1.0f64).abs() < 1e-8, "{x1} of {n1}, {x2} of {n2}: {found} instead of {p}");
        }
    }

    #[test]
    fn empty_groups_and_margins_tell_nothing() {
        for (x1, n1, x2, n2) in [(0, 0, 0, 0), (0, 0, 3, 9), (0, 5, 0, 7), (5, 5, 7, 7)] {
            assert_eq!(fisher_exact(x1, n1, x2, n2), 1.0);
        }
    }

    #[test]
    fn a_p_value_is_never_zero_and_never_above_one() {
        let table = Fisher::new(20_000, 20_000, 20_000);
        assert!(table.p(20_000) > 0.0 && table.p(0) > 0.0);
        assert!((table.p(10_000) - 1.0).abs() < 1e-9);
        assert!(table.p.iter().all(|p| (0.0..=1.0).contains(p)));
    }
}
