//! What a participant would have voiced in a shorter interview.

/// The chance that at least one of `drawn` units, out of `units` of which `mentions` are in the theme, is in
/// it: `1 − C(N − k, m) / C(N, m)` (Hurlbert 1971, "The nonconcept of species diversity", Ecology
/// 52:577–586). Whoever said less than `drawn` keeps all they said.
pub fn rarefied(units: usize, mentions: usize, drawn: usize) -> f64 {
    if mentions == 0 || drawn == 0 {
        return 0.0;
    }
    if drawn >= units || drawn > units - mentions {
        return 1.0;
    }
    let none: f64 = (0..drawn).map(|one| (units - mentions - one) as f64 / (units - one) as f64).product();
    1.0 - none
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `1 - choose(N - k, m) / choose(N, m)`, R 4.2.2; also `phyper(0, k, N - k, m, lower.tail = FALSE)`.
    #[test]
    fn chances_are_those_of_r() {
        for (units, mentions, drawn, chance) in [
            (10, 2, 3, 0.5333333333333333),
            (7, 1, 2, 0.2857142857142857),
            (40, 5, 8, 0.6939611676453782),
            (12, 11, 1, 0.9166666666666666),
            (300, 4, 60, 0.5924608931903905),
        ] {
            assert!((rarefied(units, mentions, drawn) - chance).abs() < 1e-12, "{units} {mentions} {drawn}");
        }
    }

    #[test]
    fn short_interviews_are_taken_whole() {
        assert_eq!([rarefied(2, 1, 5), rarefied(2, 0, 5), rarefied(0, 0, 3), rarefied(4, 2, 3)], [1.0, 0.0, 0.0, 1.0]);
    }
}
