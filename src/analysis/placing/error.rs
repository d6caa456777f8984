//! Why nothing could be placed.

use super::alignment::AlignError;
use super::assign::AssignError;
use crate::analysis::AnalysisError;
use crate::cluster::ClusterError;
use crate::embed::EmbedError;

/// What ends placing new interviews, or holding two analyses side by side.
#[derive(Debug, thiserror::Error)]
pub enum PlacingError {
    /// New interviews do not fit the analysis.
    #[error(transparent)]
    Assign(#[from] AssignError),
    /// Two analyses cannot be compared.
    #[error(transparent)]
    Align(#[from] AlignError),
    /// A station before failed.
    #[error(transparent)]
    Analysis(#[from] AnalysisError),
}

impl From<EmbedError> for PlacingError {
    fn from(error: EmbedError) -> Self {
        Self::Analysis(error.into())
    }
}

impl From<ClusterError> for PlacingError {
    fn from(error: ClusterError) -> Self {
        Self::Analysis(error.into())
    }
}
