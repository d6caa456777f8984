//! Why a corpus has no analysis.

use crate::cluster::ClusterError;
use crate::embed::EmbedError;
use crate::notes::NoteError;

/// What ends an analysis.
#[derive(Debug, thiserror::Error)]
pub enum AnalysisError {
    /// Turning texts into vectors.
    #[error(transparent)]
    Embed(#[from] EmbedError),
    /// Margin notes.
    #[error(transparent)]
    Notes(#[from] NoteError),
    /// A guide was given of which nobody was asked a line.
    #[error("no line of the guide was asked of anybody: {lines}")]
    NobodyAsked {
        /// Some of the lines, quoted.
        lines: String,
    },
    /// Clustering.
    #[error("failed to cluster: {0}")]
    Cluster(#[from] ClusterError),
}
