//! Would a careful coder recognise a theme?
//!
//! In: what is measured of a theme without anybody's codes. Out: the share of themes measured alike that
//! were recognised where codes are known, and a verdict. It is a calibration, no test: it was fitted on
//! sections of public interviews that a reading machine coded, with models that had not learned from their
//! questions; docs/trust.md has the curve, how it was made and how far it carries.
//!
//! A theme counts as recognised when one code of the coder and the theme agree with F1 of a third or more:
//! they share half of what the two hold on average. Of themes made by chance two in a hundred are.

use super::stability::RETAINED;

/// From this share of recognised themes on a theme is firm.
pub const FIRM: f64 = 0.5;
/// Below this one it is not to be relied on.
pub const LOOSE: f64 = 0.25;

/// Coefficients of the logistic regression (docs/trust.md).
const INTERCEPT: f64 = 0.0;
const STABILITY: f64 = 0.0;
const PARTICIPANTS: f64 = 0.0;

/// What a theme's recognition means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Half or more of such themes are a coder's too.
    Firm,
    /// Between the two: read the quotes before you rely on it.
    Fair,
    /// Fewer than a quarter are.
    Loose,
}

impl Verdict {
    /// The verdict on a recognition, 0–1.
    pub fn new(recognition: f64) -> Self {
        match recognition {
            share if share >= FIRM => Self::Firm,
            share if share >= LOOSE => Self::Fair,
            _ => Self::Loose,
        }
    }

    /// `firm`, `fair`, `loose: do not rely on it`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Firm => "firm",
            Self::Fair => "fair",
            Self::Loose => "loose, do not rely on it",
        }
    }
}
