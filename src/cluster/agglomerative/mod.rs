//! Themes by agglomeration, as linfa has it. Vectors come in, out come the themes: at first each unit is a
//! cluster, then the two nearest are joined again and again until as many are left as asked for.
//! Near is Ward's linkage (Ward 1963), which joins where the sum of squares grows least;
//! `linfa-hierarchical` has it from `kodama` (Müllner 2011). It sees the rows themselves, not smoothed ones
//! as in `theme_clustering`, and holds all distances: memory grows with the square of the number of units.
//!
//! linfa asks for similarities and takes `−ln` of them as distances. Ward's linkage needs Euclidean
//! distances, so the similarity here is `exp(−distance)`; linfa's own Gaussian kernel would have it square
//! them twice. linfa's logarithm is the platform's: where two pairs are equally near to within 1e-7 the
//! order of joining, and nothing else, may differ between kinds of machine, not between numbers of threads.

mod algorithm;
mod params;

#[cfg(test)]
mod tests;

pub(crate) use params::{AgglomerativeClustering, AgglomerativeClusteringParams};
