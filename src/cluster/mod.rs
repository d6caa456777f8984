//! Themes among vectors. Arrays of `(n_units, n_dims)` come in; themes, memberships, a hierarchy, a map
//! and measures of agreement come out, as estimators in linfa's manner. This station sees numbers, never
//! text, and knows nothing of participants, questions or files.
//!
//! Each estimator is a folder: `params` (checked parameters), `algorithm` (the fit) and its tests, in
//! `theme_clustering` with a file for each step. `algorithm` chooses among them. The files beside them are
//! what several estimators share, and what is done with themes afterwards.

mod agglomerative;
mod algorithm;
mod coreset;
mod dbscan;
mod distances;
mod errors;
mod euclidean;
mod flat_themes;
mod graph;
mod isolation;
mod joining;
mod k_means;
mod known_themes;
mod layout;
mod membership;
mod merge_tree;
pub mod metrics;
mod nearest;
mod neighbours;
mod order;
pub(crate) mod policy;
mod projection;
mod ranges;
#[cfg(test)]
mod sample_vectors;
mod theme_clustering;
mod themes;
mod vector;

pub use algorithm::{Algorithm, AlgorithmParams, AlgorithmValidParams};
pub use errors::ClusterError;
pub use graph::FuzzyGraph;
pub(crate) use joining::groups_of_like_direction;
pub use known_themes::{KnownThemes, LIMIT_QUANTILE, Placement};
pub use layout::layout;
pub(crate) use layout::layout_watched;
pub use membership::Assignment;
pub use merge_tree::{Merge, MergeReason, MergeTree};
pub use neighbours::Neighbours;
pub(crate) use theme_clustering::Whole;
pub use theme_clustering::{Linkage, ThemeClustering, ThemeClusteringParams, ThemeClusteringValidParams};
pub(crate) use themes::FoundThemes;
pub use themes::Themes;
pub use vector::UnitRows;
pub(crate) use vector::on_wide_registers;
