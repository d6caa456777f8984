//! Quantiles of numbers.

/// Of sorted values, between the two nearest (Hyndman & Fan 1996, type 7).
pub fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = share * sorted.len().checked_sub(1)? as f64;
    let below = place.floor() as usize; // within the values, as share is 0–1
    let above = (below + 1).min(sorted.len() - 1);
    Some(sorted[below] + (place - below as f64) * (sorted[above] - sorted[below]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `quantile(x, c(0.025, 0.975))`, R 4.2.2.
    #[test]
    fn quantiles_are_those_of_r() {
        let values = [0.1, 0.2, 0.4, 0.7, 0.8, 1.0, 1.5, 2.0, 2.1, 9.0];
        assert!((quantile(&values, 0.025).unwrap() - 0.1225).abs() < 1e-12);
        assert!((quantile(&values, 0.975).unwrap() - 7.4475).abs() < 1e-12);
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&[3.0], 0.975), Some(3.0));
    }

    #[test]
    fn quantiles_like_numpy() {
        // NumPy: np.percentile([1, 2, 4, 8], [0, 2.5, 50, 97.5, 100]).
        let sorted = [1.0, 2.0, 4.0, 8.0];
        let found: Vec<f64> =
            [0.0, 0.025, 0.5, 0.975, 1.0].iter().map(|&share| quantile(&sorted, share).unwrap()).collect();
        for (found, expected) in found.iter().zip([1.0, 1.075, 3.0, 7.7, 8.0]) {
            assert!((found - expected).abs() < 1e-12, "{found}");
        }
    }
}
