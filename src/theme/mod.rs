//! From clusters to what a researcher reads.
//!
//! In: units with their texts, vectors, participants and themes. Out: keywords, labels,
//! prevalence and quotes. Everything is counted or quoted; no text is made up.

pub mod keywords;
pub mod prevalence;
pub mod quotes;
pub mod recurring;
