//! How many people voiced a theme, and how sure that number is.
//!
//! In: counts of participants. Out: shares with intervals. It never counts mentions: a talkative
//! participant counts once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::wilson::wilson;

/// Participants who voiced a theme, of those who were asked.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Prevalence {
    /// Participants with at least one unit in the theme.
    pub participants: usize,
    /// Participants who were asked.
    pub asked: usize,
    /// `participants / asked`, 0–1; absent when nobody was asked.
    pub share: Option<f64>,
    /// Lower end of the Wilson 95 % interval, 0–1.
    pub low: Option<f64>,
    /// Upper end of the Wilson 95 % interval, 0–1.
    pub high: Option<f64>,
}

impl Prevalence {
    /// From counts; `participants` is at most `asked`.
    pub fn new(participants: usize, asked: usize) -> Self {
        let interval = wilson(participants, asked);
        Self {
            participants,
            asked,
            share: (asked > 0).then(|| participants as f64 / asked as f64),
            low: interval.map(|(low, _)| low),
            high: interval.map(|(_, high)| high),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_asked_has_no_share() {
        let prevalence = Prevalence::new(0, 0);
        assert_eq!((prevalence.share, prevalence.low, prevalence.high), (None, None, None));
    }
}
