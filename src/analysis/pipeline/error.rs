//! Why a corpus has no analysis.

use crate::cluster::ClusterError;
use crate::embed::EmbedError;

/// What ends an analysis.
#[derive(Debug, thiserror::Error)]
pub enum AnalysisError {
    /// Turning texts into vectors.
    #[error(transparent)]
    Embed(#[from] EmbedError),
    /// Clustering.
    #[error("failed to cluster: {0}")]
    Cluster(#[from] ClusterError),
}
