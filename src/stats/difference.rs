//! The difference of two shares, with its interval.

use serde::{Deserialize, Serialize};

use super::wilson::wilson;

/// An estimate with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// `x1 / n1 − x2 / n2`, −1–1, with Newcombe's hybrid score interval, 95 %: the Wilson intervals of the
/// two shares put together (Newcombe 1998, "Interval estimation for the difference between independent
/// proportions", Statistics in Medicine 17:873–890, method 10). `None` when a group is empty.
pub fn newcombe(x1: usize, n1: usize, x2: usize, n2: usize) -> Option<Estimate> {
    let ((low1, high1), (low2, high2)) = (wilson(x1, n1)?, wilson(x2, n2)?);
    let (p1, p2) = (x1 as f64 / n1 as f64, x2 as f64 / n2 as f64);
    let length = |a: f64, b: f64| (a * a + b * b).sqrt();
    let value = p1 - p2;
    Some(Estimate { value, low: value - length(p1 - low1, high2 - p2), high: value + length(high1 - p1, p2 - low2) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `statsmodels.stats.proportion.confint_proportions_2indep(x1, n1, x2, n2, compare="diff",
    /// method="newcomb")`, statsmodels 0.15.0.
    #[test]
    fn intervals_are_those_of_statsmodels() {
        let cases = [
            (56, 70, 48, 80, 0.05243147240236498, 0.33387265403690614),
            (9, 10, 3, 10, 0.1705227239345029, 0.809017973535488),
            (0, 10, 0, 10, -0.27753279986288926, 0.27753279986288926),
            (41, 212, 12, 180, 0.06043362550684085, 0.19157458129102117),
            (12, 60, 27, 60, -0.39940715951871303, -0.08249716019502645),
            (10, 10, 0, 20, 0.6790860371419145, 1.0),
            (3, 600, 9, 125, -0.12627466579823382, -0.03199798885119743),
            (29, 29, 29, 30, -0.08680845909144248, 0.1667039099140919),
        ];
        for (x1, n1, x2, n2, low, high) in cases {
            let found = newcombe(x1, n1, x2, n2).unwrap();
            let off = (found.low - low).abs().max((found.high - high).abs());
            assert!(off < 1e-12, "{x1} of {n1}, {x2} of {n2}: {found:?}");
        }
    }

    #[test]
    fn an_empty_group_has_no_difference() {
        assert_eq!((newcombe(0, 0, 1, 2), newcombe(1, 2, 0, 0)), (None, None));
    }
}
