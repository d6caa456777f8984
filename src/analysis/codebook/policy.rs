//! The rules by which themes of two runs are one, with their reasons.

/// Jaccard coefficient of their passages from which two themes, or two recurring themes' members, are one: two of the
/// same size that share half of their passages reach it.
pub(super) const LEAST_JACCARD: f64 = 1.0 / 3.0;
/// The same for a theme that the researcher edited: with less it is kept as it was rather than found in a piece of it.
pub(super) const EDITED_JACCARD: f64 = 0.5;
/// Share of the smaller run's clustered passages that the other must have, to be compared by them.
pub(super) const LEAST_SHARED: f64 = 0.5;
/// From this Jaccard coefficient on, with the passages that it was found with, a theme is still the one that was
/// measured: the bound above which Hennig (2007) takes a cluster for one that is found again.
const SAME_THEME: f64 = 0.75;
/// Share of the words of two texts that both have, from which one is the other corrected; of two ways to divide an
/// answer, above which two passages are one.
pub(super) const SAME_WORDS: f64 = 0.5;
/// So many passages of a kept theme must stand together to draw others with them.
pub(super) const FEWEST_TOGETHER: usize = 3;

/// Whether a theme is still the one that was measured, by its passages as it was found, those now, and those of both.
pub(super) fn is_still_the_same(found: usize, now: usize, both: usize) -> bool {
    both as f64 >= SAME_THEME * (found + now - both) as f64
}
