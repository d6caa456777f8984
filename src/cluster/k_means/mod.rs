//! Themes by k-means, as linfa has it. Vectors come in, out come the themes, each unit in that of the nearest
//! mean (Lloyd 1982), the first means drawn by k-means++ (Arthur & Vassilvitskii 2007), the best
//! of a few runs kept. linfa counts the last mean as one more member of its cluster (m_k-means, Pakhira
//! 2009), so that none is empty. On unit rows the Euclidean distance it looks at orders as the cosine does.
//!
//! linfa draws and adds one after another, and spreads over threads only the search of each unit for its
//! nearest mean: the result depends on the seed alone. (Its k-means‖ draws once a thread, and would not.)

mod algorithm;
mod params;

#[cfg(test)]
mod tests;

pub(crate) use params::{KMeansClustering, KMeansClusteringParams};
