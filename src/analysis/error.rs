//! What ends an analysis, or what is done with one.

use super::placing::{AlignError, AssignError};
use crate::cluster::ClusterError;
use crate::embed::EmbedError;

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
pub enum AnalysisError {
    /// Turning texts into vectors.
    #[error(transparent)]
    Embed(#[from] EmbedError),
    /// Clustering.
    #[error("failed to cluster: {0}")]
    Cluster(#[from] ClusterError),
    /// Placing new interviews.
    #[error(transparent)]
    Assign(#[from] AssignError),
    /// Holding two analyses side by side.
    #[error(transparent)]
    Align(#[from] AlignError),
}
