//! How quickly themes add up with participants.
//!
//! In: which themes each participant voiced. Out: the new themes that one more participant brings, and
//! where a stopping rule would have stopped. It describes: the themes were found in all interviews
//! together, so it cannot say what nobody has said yet.

pub use super::policy::{BASE_SIZE, RUN_LENGTH, THRESHOLD};
use std::collections::BTreeMap;

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::draws::shuffle;

/// Random orders in which the rule is tried.
const ORDERS: usize = 1000;
const SEED: u64 = 0xacc0;

/// Themes over participants of one study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Accumulation {
    /// The study.
    pub study: String,
    /// Its participants.
    pub participants: usize,
    /// Themes that one of them voiced.
    pub themes: usize,
    /// Themes that the first, second, … participant adds, mean over all orders.
    pub new_themes: Vec<f64>,
    /// Random orders in which the stopping rule was tried.
    pub orders: usize,
    /// Share of the orders in which it stopped, 0–1.
    pub stopped: f64,
    /// Participants after whom it stopped, the run that confirmed it not counted: the median of the
    /// orders; absent when it stopped in fewer than half of them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub median: Option<usize>,
    /// The same for 95 % of the orders.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub most: Option<usize>,
}

impl Accumulation {
    /// `voiced`: for each participant the distinct themes they voiced. `None` for fewer participants
    /// than a base and a run, or without themes. Another `seed` draws other orders for the stopping rule.
    ///
    /// The mean over all orders is exact: a theme that `f` of `N` participants voice is unheard after
    /// `n` with probability `C(N − f, n) / C(N, n)` (Hurlbert 1971, Ecology 52:577, eq. 4). The stopping
    /// rule is that of Guest, Namey & Chen (2020, PLOS ONE 15(5):e0232076): after a base of four, stop at
    /// the first two further participants who together add at most 5 % of the base's themes; runs
    /// overlap by one.
    pub fn new(study: &str, voiced: &[Vec<usize>], seed: u64) -> Option<Self> {
        let mut voices: BTreeMap<usize, usize> = BTreeMap::new();
        for &theme in voiced.iter().flatten() {
            *voices.entry(theme).or_default() += 1;
        }
        if voiced.len() < BASE_SIZE + RUN_LENGTH || voices.is_empty() {
            return None;
        }
        let mut stops = stops(voiced, seed);
        let stopped = stops.len() as f64 / ORDERS as f64;
        stops.sort_unstable();
        let quantile = |share: f64| stops.get((share * ORDERS as f64).ceil() as usize - 1).copied();
        Some(Self {
            study: study.to_string(),
            participants: voiced.len(),
            themes: voices.len(),
            new_themes: new_themes(voiced.len(), voices.values().copied()),
            orders: ORDERS,
            stopped,
            median: quantile(0.5),
            most: quantile(0.95),
        })
    }
}

/// For each place in the order the mean number of themes first voiced there; `voices`: how many of
/// `n` participants voice each theme.
fn new_themes(n: usize, voices: impl Iterator<Item = usize>) -> Vec<f64> {
    let mut alike: BTreeMap<usize, f64> = BTreeMap::new();
    for voices in voices {
        *alike.entry(voices).or_default() += 1.0;
    }
    let mut found = vec![0.0; n];
    for (voices, n_themes) in alike {
        let mut unheard = 1.0;
        for (before, new) in found.iter_mut().enumerate() {
            // Of those who are left, `voices` would voice it.
            let heard_now = unheard * (voices as f64 / (n - before) as f64).min(1.0);
            *new += n_themes * heard_now;
            unheard -= heard_now;
        }
    }
    found
}

/// For each random order in which the rule stops, the number of participants before the run.
fn stops(voiced: &[Vec<usize>], seed: u64) -> Vec<usize> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(SEED.wrapping_add(seed << 32));
    let mut order: Vec<usize> = (0..voiced.len()).collect();
    let n_themes = voiced.iter().flatten().max().map_or(0, |&last| last + 1);
    // The last order in which each theme was heard.
    let mut heard = vec![0usize; n_themes];
    let mut found = Vec::new();
    for number in 1..=ORDERS {
        shuffle(&mut order, &mut random);
        let new = order.iter().map(|&participant| {
            let mut new = 0;
            for &theme in &voiced[participant] {
                if heard[theme] != number {
                    heard[theme] = number;
                    new += 1;
                }
            }
            new
        });
        found.extend(stop(new));
    }
    found
}

/// Where the rule stops, given how many new themes each participant brings.
fn stop(new: impl Iterator<Item = usize>) -> Option<usize> {
    let mut base = 0;
    let mut before = 0;
    for (place, new) in new.enumerate() {
        if place < BASE_SIZE {
            base += new;
        } else if place > BASE_SIZE && base > 0 && (before + new) as f64 <= THRESHOLD * base as f64 {
            return Some(place + 1 - RUN_LENGTH);
        }
        before = new;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_stops_before_the_first_run_with_little_new() {
        // A base of 40 themes; 2 are 5 %.
        assert_eq!(stop([10, 10, 10, 10, 1, 1].into_iter()), Some(4));
        assert_eq!(stop([10, 10, 10, 10, 1, 2, 1, 1].into_iter()), Some(6));
        assert_eq!(stop([10, 10, 10, 10, 3, 0, 2].into_iter()), Some(5));
        assert_eq!(stop([10, 10, 10, 10, 2, 1, 2, 1].into_iter()), None);
        assert_eq!(stop([0, 0, 0, 0, 0, 0].into_iter()), None);
    }

    #[test]
    fn what_everybody_says_is_new_once_and_single_voices_come_evenly() {
        let everybody = new_themes(6, [6, 6].into_iter());
        assert_eq!(everybody, [2.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        let single = new_themes(5, [1; 10].into_iter());
        assert!(single.iter().all(|new| (new - 2.0).abs() < 1e-12), "{single:?}");
    }

    /// Of the C(4, n) sets of n of four participants, those that miss a theme of two of them are
    /// 1, 2/4, 1/6, 0: counted by hand.
    #[test]
    fn the_mean_is_over_all_orders() {
        let found = new_themes(4, [2].into_iter());
        for (found, expected) in found.iter().zip([0.5, 0.5 - 1.0 / 6.0, 1.0 / 6.0, 0.0]) {
            assert!((found - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn themes_add_up_and_saturate_early_when_everybody_says_the_same() {
        let same: Vec<Vec<usize>> = (0..20).map(|_| (0..10).collect()).collect();
        let found = Accumulation::new("a", &same, 0).unwrap();
        assert_eq!((found.themes, found.median, found.most, found.stopped), (10, Some(4), Some(4), 1.0));
        let apart: Vec<Vec<usize>> = (0..20).map(|person| vec![2 * person, 2 * person + 1]).collect();
        let found = Accumulation::new("a", &apart, 0).unwrap();
        assert_eq!((found.themes, found.median, found.stopped), (40, None, 0.0));
        assert!((found.new_themes.iter().sum::<f64>() - 40.0).abs() < 1e-9);
        assert_eq!(Accumulation::new("a", &same[..5], 0), None);
        assert_eq!(Accumulation::new("a", &vec![Vec::new(); 9], 0), None);
    }
}
