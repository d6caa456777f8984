//! The rules by which the sections of two analyses are one, with their reasons; those of themes stand in
//! `stats::policy`.

/// Sections are the same when this share of their passages is in both.
pub(super) const SHARED_PASSAGES: f64 = 1.0 / 3.0;
/// Sections ask the same when `SHARED_WORDS` of the words of the shorter question are in the other, and what is
/// answered points the same way by this cosine.
pub(super) const ANSWERS_COSINE: f32 = 0.5;
/// Quotes kept of a theme.
pub(super) const QUOTES: usize = 2;
/// A theme's shares are no guess when the other side holds this share of its passages.
pub(super) const HELD: f64 = 0.5;
