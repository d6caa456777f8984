//! Themes by density, as linfa has it. Vectors come in, out come the themes, of which a unit may be in none. A unit
//! with enough others within the tolerance is at the core of a cluster, whoever is within the tolerance of
//! a core unit belongs to it, the rest is
//! noise (Ester, Kriegel, Sander & Xu 1996). The tolerance, where
//! none is given, comes from the rows themselves. Trees do not help with hundreds of dimensions, so that
//! all pairs are looked at; nothing of them is kept.

mod algorithm;
mod params;

#[cfg(test)]
mod tests;

pub(crate) use params::{DbscanClustering, DbscanClusteringParams};
