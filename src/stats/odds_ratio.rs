//! The odds ratio of two shares, with its interval.

use super::difference::Estimate;
use super::wilson::Z_95;

/// Odds of the first group by odds of the second, with Woolf's interval, 95 %: normal on the logarithm,
/// variance `1/a + 1/b + 1/c + 1/d` (Woolf 1955, Annals of Human Genetics 19:251–253). Where a cell is
/// empty, ½ is added to all four (Haldane 1956, Annals of Human Genetics 20:309; Anscombe 1956,
/// Biometrika 43:461). `None` when a group is empty.
pub fn odds_ratio(x1: usize, n1: usize, x2: usize, n2: usize) -> Option<Estimate> {
    if n1 == 0 || n2 == 0 {
        return None;
    }
    let cells = [x1, n1 - x1, x2, n2 - x2];
    let added = if cells.contains(&0) { 0.5 } else { 0.0 };
    let [a, b, c, d] = cells.map(|cell| cell as f64 + added);
    let value = a * d / (b * c);
    let error = (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt();
    let factor = libm::exp(Z_95 * error);
    Some(Estimate { value, low: value / factor, high: value * factor })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `statsmodels.stats.contingency_tables.Table2x2(…)`, `.oddsratio` and `.oddsratio_confint()`,
    /// statsmodels 0.15.0; ½ was added to tables with an empty cell (its own
    /// `shift_zeros` fills the empty cells only).
    #[test]
    fn ratios_are_those_of_statsmodels() {
        let cases = [
            (41, 212, 12, 180, 3.3567251461988303, 1.7046547124718205, 6.609903826672942),
            (12, 60, 27, 60, 0.3055555555555556, 0.13569971232261802, 0.68802060028614),
            (0, 30, 5, 30, 0.07600596125186289, 0.004008313891981374, 1.4412309767896108),
            (10, 10, 0, 20, 861.0, 15.930296472292289, 46535.292126508),
            (5, 5, 5, 5, 1.0, 0.016668555573468212, 59.99320070610839),
        ];
        for (x1, n1, x2, n2, value, low, high) in cases {
            let found = odds_ratio(x1, n1, x2, n2).unwrap();
            for (here, there) in [(found.value, value), (found.low, low), (found.high, high)] {
                assert!((here / there - 1.0f64).abs() < 1e-12, "{x1} of {n1}, {x2} of {n2}: {found:?}");
            }
        }
    }

    #[test]
    fn an_empty_group_has_no_odds() {
        assert_eq!((odds_ratio(0, 0, 1, 2), odds_ratio(1, 2, 0, 0)), (None, None));
    }
}
