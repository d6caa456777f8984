//! What a person reads on a terminal.
//!
//! In: an analysis, or a corpus with its guide. Out: text on the given writer, at most as wide as
//! asked, with styles that the writer drops when nobody looks; all of it leaves through [`gate`], which
//! lets nothing through that would steer a terminal. It counts nothing.

pub mod alignment;
pub mod assign;
pub mod coding;
pub mod comparison;
pub mod evaluation;
pub mod gate;
pub mod inspection;
pub mod layout;
pub mod messages;
mod method;
pub mod mode;
pub mod models;
pub mod progress;
mod styled;
pub mod summary;

#[cfg(test)]
mod tests;
