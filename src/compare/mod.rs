//! Comparing codings and groups. Numbers only: categories, counts and people come in, coefficients and
//! intervals come out. What they are about is known to the caller alone.

pub mod agreement;
