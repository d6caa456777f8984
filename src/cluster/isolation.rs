//! From when on a unit is far from everybody. How near each unit's nearest are comes in, out comes the
//! nearness below which one is isolated. What then becomes of a unit is said elsewhere.

use super::policy::ISOLATION_DEVIATIONS;

/// The mean cosine to the nearest neighbours below which a unit is isolated: the median of `nearness`
/// minus three median absolute deviations (scaled to a standard deviation by 1.4826).
pub(crate) fn isolation_limit(nearness: &[f64]) -> f64 {
    let middle = median(nearness.to_vec());
    let deviations = nearness.iter().map(|x| (x - middle).abs()).collect();
    middle - ISOLATION_DEVIATIONS * (1.4826 * median(deviations) + 1e-9)
}

/// The middle value, or the mean of the middle two; 0 of nothing.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        n if n % 2 == 1 => values[n / 2],
        n => (values[n / 2 - 1] + values[n / 2]) / 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn median_of_even_odd_and_none() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
        assert_eq!(median(vec![]), 0.0);
    }
}
