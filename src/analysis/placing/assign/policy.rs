//! The rules for new interviews, with their reasons.

/// Distinct questions kept of those that opened a section, the most frequent.
pub(super) const MOST_OPENINGS: usize = 200;

/// Follow-ups that stand for all.
pub(super) const MOST_FOLLOW_UPS: usize = 500;

/// Passages and participants that a possible new theme needs.
pub(super) const NEW_THEME_PASSAGES: usize = 5;

pub(super) const NEW_THEME_PARTICIPANTS: usize = 3;

/// A possible new theme holds together at least as well as this share of the themes do not.
pub(super) const COHESION_QUANTILE: f64 = 0.25;

/// Keywords and quotes of a possible new theme.
pub(super) const KEYWORDS: usize = 6;

pub(super) const QUOTES: usize = 2;
