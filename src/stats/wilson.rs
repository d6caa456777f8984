//! Wilson's interval of a share.
//!
//! In: how many of how many. Out: the ends of the interval, 0–1.

/// 97.5 % quantile of the standard normal distribution.
pub const Z_95: f64 = 1.959_963_984_540_054;

/// The Wilson score interval, 95 %, without continuity correction (Wilson 1927, J. Am. Stat.
/// Assoc. 22:209; Newcombe 1998, method 3). `None` for `n = 0`.
pub fn wilson(x: usize, n: usize) -> Option<(f64, f64)> {
    (n > 0).then(|| score_interval(x as f64, n as f64))
}

/// [`wilson`] for counts that need not be whole, as effective numbers are not; `n` above 0. It begins at 0 itself
/// where `x` is 0 and ends at 1 itself where `x` is `n`, as the formula does but for the rounding of its sums.
pub fn score_interval(x: f64, n: f64) -> (f64, f64) {
    let z2 = Z_95 * Z_95;
    let centre = (x + z2 / 2.0) / (n + z2);
    let half = Z_95 / (n + z2) * (x * (n - x) / n + z2 / 4.0).sqrt();
    let low = if x <= 0.0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if x >= n { 1.0 } else { (centre + half).min(1.0) };
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `statsmodels.stats.proportion.proportion_confint(x, n, method="wilson")`, statsmodels 0.15.0.
    #[test]
    fn intervals_are_those_of_statsmodels() {
        let cases = [
            (0, 10, 0.0, 0.27753279986288926),
            (10, 10, 0.7224672001371106, 1.0),
            (34, 125, 0.2016607813659539, 0.3559350381650431),
            (41, 212, 0.14588042986308883, 0.25182564240732314),
            (1, 3, 0.06149194472039626, 0.7923403991979523),
            (299, 600, 0.4584640202399897, 0.5382238520967229),
            (3, 1000, 0.0010207838811386195, 0.008783014053503176),
        ];
        for (x, n, low, high) in cases {
            let found = wilson(x, n).unwrap();
            assert!((found.0 - low).abs() < 1e-12 && (found.1 - high).abs() < 1e-12, "{x} of {n}: {found:?}");
        }
    }

    #[test]
    fn an_interval_begins_at_nought_where_nobody_is_counted_and_ends_at_one_where_all_are() {
        for n in 1..2000 {
            let (none, all) = (wilson(0, n).unwrap(), wilson(n, n).unwrap());
            assert_eq!((none.0, all.1), (0.0, 1.0), "of {n}");
            assert!(none.1 > 0.0 && none.1 < 1.0 && all.0 > 0.0 && all.0 < 1.0, "of {n}: {none:?} {all:?}");
            let (low, high) = score_interval(0.0, n as f64 + 0.37);
            assert!(low == 0.0 && high < 1.0, "of {n} and a bit");
        }
    }

    #[test]
    fn an_interval_of_some_but_not_all_lies_within_nought_and_one() {
        for (x, n) in [(1, 2), (1, 30), (29, 30), (1, 100_000), (99_999, 100_000)] {
            let (low, high) = wilson(x, n).unwrap();
            assert!(low > 0.0 && high < 1.0 && low < high, "{x} of {n}: {low} {high}");
        }
        let (low, high) = score_interval(0.5, 30.2);
        assert!(low > 0.0 && high < 1.0);
    }
}
