//! Pearson's χ² for a theme in several groups.

/// The statistic of the table of those who voiced the theme and those who did not, `Σ (O − E)² / E`,
/// without continuity correction (Pearson 1900). `voiced` and `asked`: participants of each group; an
/// empty group counts as absent. 0 when all or none voiced it.
pub fn chi_squared(voiced: &[usize], asked: &[usize]) -> f64 {
    let (all_voiced, all_asked) = (voiced.iter().sum::<usize>() as f64, asked.iter().sum::<usize>() as f64);
    if all_voiced == 0.0 || all_voiced == all_asked {
        return 0.0;
    }
    let share = all_voiced / all_asked;
    let groups = voiced.iter().zip(asked).filter(|&(_, &n)| n > 0);
    groups
        .map(|(&x, &n)| {
            let off = x as f64 - n as f64 * share;
            // (O − E)² / E of both cells of the group: they are off by the same.
            off * off / (n as f64 * share * (1.0 - share))
        })
        .sum()
}

/// Tail probability of a χ² with `degrees` of freedom, by the cube root, which is near to normal (Wilson &
/// Hilferty 1931, PNAS 17:684–688): makes statistics of different numbers of groups comparable. 1 for no
/// degree of freedom.
pub fn tail(chi_squared: f64, degrees: usize) -> f64 {
    if degrees == 0 {
        return 1.0;
    }
    let spread = 2.0 / (9.0 * degrees as f64);
    let z = (libm::cbrt(chi_squared / degrees as f64) - (1.0 - spread)) / spread.sqrt();
    0.5 * libm::erfc(z / std::f64::consts::SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `scipy.stats.chi2_contingency([voiced, asked - voiced], correction=False).statistic`, SciPy 1.17.1.
    #[test]
    fn statistics_are_those_of_scipy() {
        let cases: [(&[usize], &[usize], f64); 4] = [
            (&[3, 15], &[29, 30], 10.937412391365292),
            (&[12, 5, 20], &[40, 38, 45], 9.588525918819675),
            (&[1, 0, 2, 30], &[5, 6, 7, 50], 11.036437847866416),
            (&[52, 251], &[125, 600], 0.002315249297441555),
        ];
        for (voiced, asked, value) in cases {
            let found = chi_squared(voiced, asked);
            assert!((found - value).abs() < 1e-10, "{voiced:?} of {asked:?}: {found}");
        }
    }

    #[test]
    fn nothing_to_tell_apart_gives_zero() {
        assert_eq!(chi_squared(&[0, 0], &[5, 9]), 0.0);
        assert_eq!(chi_squared(&[5, 9], &[5, 9]), 0.0);
        assert_eq!(chi_squared(&[], &[]), 0.0);
        assert_eq!(chi_squared(&[3, 0, 1], &[5, 0, 9]), chi_squared(&[3, 1], &[5, 9]));
    }

    /// `scipy.stats.chi2.sf`, SciPy 1.17.1; the approximation is good to a quarter there, which is
    /// enough for a scale.
    #[test]
    fn the_tail_is_near_that_of_the_distribution() {
        for (value, degrees, p) in [
            (5.99, 2, 0.05003662708658629),
            (9.21, 2, 0.01000170200470548),
            (15.2, 2, 0.0005004514334406107),
            (11.07, 5, 0.050009618622405425),
            (42.56, 29, 0.049968142593909165),
            (3.84, 1, 0.05004352124870519),
        ] {
            let found = tail(value, degrees);
            assert!((found / p - 1.0f64).abs() < 0.25, "{value} on {degrees}: {found} instead of {p}");
        }
        assert_eq!(tail(3.0, 0), 1.0);
    }
}
