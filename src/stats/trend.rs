//! Whether a share rises or falls along groups that have an order.
//!
//! In: of each group who voiced something and who was asked, and a score that grows along the order. Out: the
//! Cochran–Armitage test. It asks about a line, nothing else: a share that rises and falls again has no trend.

use super::policy::FEWEST_FOR_TREND;

/// The test of a trend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// Standard normal where there is no trend; above 0 where the share rises with the score.
    pub z: f64,
    /// Two-sided, 0–1.
    pub p: f64,
}

/// Cochran (1954, Biometrics 10:417–451) and Armitage (1955, Biometrics 11:375–386), without continuity correction:
/// `z = Σ s (x − n p̄) / √(p̄ (1 − p̄) (Σ n s² − (Σ n s)² / N))`. `counts`: those who voiced it and those who were
/// asked; `scores`: one a group. `None` for fewer than three groups in which anybody was asked, and where fewer than
/// `FEWEST_FOR_TREND` voiced it or did not: the normal distribution is no guide then.
pub fn cochran_armitage(counts: &[(usize, usize)], scores: &[f64]) -> Option<Trend> {
    let groups: Vec<(f64, f64, f64)> = counts
        .iter()
        .zip(scores)
        .filter(|((_, asked), _)| *asked > 0)
        .map(|(&(voiced, asked), &score)| (voiced as f64, asked as f64, score))
        .collect();
    let (voiced, asked) = counts.iter().fold((0, 0), |(x, n), count| (x + count.0, n + count.1));
    if groups.len() < 3 || voiced < FEWEST_FOR_TREND || asked - voiced < FEWEST_FOR_TREND {
        return None;
    }
    let share = voiced as f64 / asked as f64;
    let mean = groups.iter().map(|(_, n, s)| n * s).sum::<f64>() / asked as f64;
    let covered: f64 = groups.iter().map(|(x, n, s)| (s - mean) * (x - n * share)).sum();
    let spread: f64 = groups.iter().map(|(_, n, s)| n * (s - mean) * (s - mean)).sum();
    if spread <= 0.0 {
        return None;
    }
    let z = covered / (share * (1.0 - share) * spread).sqrt();
    Some(Trend { z, p: libm::erfc(z.abs() / std::f64::consts::SQRT_2) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first is the example of R's `prop.trend.test` (X-squared = 8.2249, p-value = 0.004132); all are
    /// `statsmodels.stats.contingency_tables.Table.test_ordinal_association` (0.15.0) times √(N / (N − 1)), as that has
    /// the variance of fixed margins.
    #[test]
    fn trends_are_those_of_r_and_statsmodels() {
        for (voiced, asked, scores, z, p) in [
            (
                vec![83, 90, 129, 70],
                vec![86, 93, 136, 82],
                [1.0, 2.0, 3.0, 4.0],
                -2.8679125309530797,
                0.004131897477641518,
            ),
            (vec![3, 7, 9, 15], vec![30, 32, 28, 31], [0.0, 1.0, 2.0, 3.0], 3.451149448673326, 0.0005582043785379038),
            (
                vec![20, 14, 9, 2],
                vec![25, 26, 24, 25],
                [0.0, 1.0, 2.0, 3.0],
                -5.223010525814857,
                1.7603737945723622e-07,
            ),
            (vec![3, 7, 9, 15], vec![30, 32, 28, 31], [0.0, 1.0, 2.0, 5.0], 3.3991584881955643, 0.0006759353546852006),
        ] {
            let counts: Vec<(usize, usize)> = voiced.into_iter().zip(asked).collect();
            let found = cochran_armitage(&counts, &scores).unwrap();
            assert!((found.z - z).abs() < 1e-10 && (found.p / p - 1.0).abs() < 1e-8, "{counts:?}: {found:?}");
        }
    }

    #[test]
    fn the_other_way_round_it_falls_and_the_unit_of_the_score_is_nothing() {
        let counts = [(3, 30), (7, 32), (9, 28), (15, 31)];
        let there = cochran_armitage(&counts, &[0.0, 1.0, 2.0, 3.0]).unwrap();
        let back = cochran_armitage(&counts, &[3.0, 2.0, 1.0, 0.0]).unwrap();
        let scaled = cochran_armitage(&counts, &[10.0, 20.0, 30.0, 40.0]).unwrap();
        assert!((there.z + back.z).abs() < 1e-12 && (there.z - scaled.z).abs() < 1e-12);
        assert!((there.p - back.p).abs() < 1e-12);
    }

    #[test]
    fn up_and_down_again_is_no_trend() {
        let found = cochran_armitage(&[(3, 30), (20, 30), (3, 30)], &[0.0, 1.0, 2.0]).unwrap();
        assert!(found.z.abs() < 1e-12 && found.p > 0.99, "{found:?}");
    }

    #[test]
    fn too_little_has_none() {
        let scores = [0.0, 1.0, 2.0];
        assert_eq!(cochran_armitage(&[(10, 30), (5, 30)], &scores[..2]), None);
        assert_eq!(cochran_armitage(&[(10, 30), (0, 0), (5, 30)], &scores), None);
        assert_eq!(cochran_armitage(&[(1, 30), (1, 30), (2, 30)], &scores), None);
        assert_eq!(cochran_armitage(&[(30, 30), (30, 30), (28, 30)], &scores), None);
        assert_eq!(cochran_armitage(&[(10, 30), (5, 30), (9, 30)], &[1.0; 3]), None);
        assert_eq!(cochran_armitage(&[], &[]), None);
    }
}
