//! The rules of a comparison, with their reasons.

/// When more than this share of the themes lies in questions that one group alone was asked, the groups had
/// different guides, and the reader is told what can be done about it.
pub(super) const MOSTLY_APART: f64 = 0.5;

/// With more different numbers than these, the values of an attribute are put into bands: a scale of seven answers
/// is not, ages are.
pub(super) const MOST_NUMBERS: usize = 7;
/// A column is one of numbers when this share of its values are; the others stay groups of their own, so that an
/// `n/a` or two do not make words of ages.
pub(super) const MOSTLY_NUMBERS: f64 = 0.9;

/// Share of a theme's passages that answer one question, from which this is worth telling.
pub(super) const MUCH: f64 = 0.25;
/// As many times the share of all passages that answer it.
pub(super) const MORE_THAN_USUAL: f64 = 2.0;
