//! Themes among vectors. Arrays of `(n_units, n_dims)` come in; themes, memberships, a hierarchy and
//! measures of agreement come out, as estimators in linfa's manner. This station sees numbers, never
//! text, and knows nothing of participants, questions or files.

mod choose;
mod coreset;
mod errors;
mod graph;
mod membership;
mod merge_tree;
pub mod metrics;
mod neighbours;
mod order;
mod projection;
mod set_aside;
mod shortlist;
mod smoothing;
mod sub_themes;
mod theme_clustering;
mod vector;
mod ward;

pub use errors::ClusterError;
pub use graph::FuzzyGraph;
pub use membership::Assignment;
pub use merge_tree::{Merge, MergeReason, MergeTree};
pub use neighbours::Neighbours;
pub use theme_clustering::{ThemeClustering, ThemeClusteringParams, ThemeClusteringValidParams, Themes};
pub use vector::UnitRows;
