//! What a reader looks at beside the terminal: figures.
//!
//! In: results as plain data. Out: text of a file, the same bytes for the same data. It counts nothing.

pub mod figures;
mod svg;
