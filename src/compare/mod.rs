//! Comparing themes, codings and groups. Numbers only: vectors, members, categories, counts and people
//! come in, coefficients, intervals, tests and matches come out. What they are about is known to the
//! caller alone. Where people are counted, the participant is the unit: whoever speaks often counts once.

pub mod agreement;
pub mod alignment;
pub mod bootstrap;
pub mod chi_squared;
pub mod difference;
pub mod false_discovery;
pub mod fisher;
pub mod groups;
pub mod odds_ratio;
pub mod permutation;
pub mod rarefaction;
pub mod verdict;
