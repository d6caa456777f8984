//! Comparing themes, codings and groups. Numbers only: vectors, members, categories, counts and people
//! come in, coefficients, intervals and matches come out. What they are about is known to the caller
//! alone.

pub mod agreement;
pub mod alignment;
