//! How much more one side uses a word than the other.

/// z-score of the log odds ratio of `x1` of `n1` against `x2` of `n2`, with a prior of `prior.0` uses and
/// `prior.1` non-uses on either side (Monroe, Colaresi & Quinn 2008, "Fightin' Words", Political Analysis
/// 16:372–403, eqs. 16–22; the variance with all four terms). A large prior draws words that tell little
/// towards 0.
pub fn log_odds_z((x1, n1): (usize, usize), (x2, n2): (usize, usize), prior: (f64, f64)) -> f64 {
    let odds = |x: usize, n: usize| (x as f64 + prior.0, n as f64 - x as f64 + prior.1);
    let ((a, b), (c, d)) = (odds(x1, n1), odds(x2, n2));
    libm::log(a * d / (b * c)) / (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With ½ as the prior the ratio and its error are those of `Table2x2(table + 0.5)` of statsmodels 0.15.0:
    /// `.log_oddsratio / .log_oddsratio_se`. With another, of the table with the prior added to its rows.
    #[test]
    fn scores_are_those_of_statsmodels() {
        for (one, other, prior, z) in [
            ((9, 30), (2, 40), (0.5, 0.5), 2.5228413110103873),
            ((0, 10), (5, 12), (0.5, 0.5), -1.7612185930850526),
            ((9, 30), (2, 40), (2.25, 60.0), 1.9767120063059058),
            ((40, 900), (12, 700), (18.5, 1200.0), 2.5004814157332125),
        ] {
            let found = log_odds_z(one, other, prior);
            assert!((found - z).abs() < 1e-10, "{one:?} {other:?}: {found} instead of {z}");
        }
    }
}
