//! Statistics. Numbers only: counts, categories, labels, vectors and people's numbers come in, coefficients,
//! intervals, tests, draws and matches come out. What they are about is known to the caller alone; it
//! imports no other station. Where people are counted, the participant is the unit: whoever speaks often
//! counts once.

// Shares, ratios and their intervals.
pub mod difference;
pub mod log_odds;
pub mod odds_ratio;
pub(crate) mod policy;
pub mod quantile;
pub mod rarefaction;
pub mod wilson;
// Tests, and draws at random.
pub mod bootstrap;
pub mod chi_squared;
pub mod draws;
pub mod false_discovery;
pub mod fisher;
pub mod permutation;
pub mod trend;
// How groups differ.
pub mod bands;
pub mod design;
pub mod groups;
pub mod verdict;
// How codings and partitions agree, and which of two sets of themes are the same.
pub mod agreement;
pub mod matching;
pub mod partitions;
