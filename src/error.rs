//! One error for the whole library: what was found, where, and what to do.

use crate::analysis::codebook::{CodebookError, CodebookFileError};
use crate::analysis::{
    AlignError, AnalysisError, AssignError, CodesError, CodingError, ComparisonError, PlacingError, PseudonymError,
    StoreError,
};
use crate::cluster::ClusterError;
use crate::corpus::CorpusError;
use crate::embed::EmbedError;
use crate::export::ExportError;
use crate::notes::NoteError;

/// Anything that ends a run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Reading interviews.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
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
    /// Placing new interviews.
    #[error(transparent)]
    Assign(#[from] AssignError),
    /// Comparing two analyses.
    #[error(transparent)]
    Align(#[from] AlignError),
    /// Saving or loading an analysis.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Understanding the researcher's edits.
    #[error(transparent)]
    Codebook(#[from] CodebookError),
    /// Understanding what people coded.
    #[error(transparent)]
    Codes(#[from] CodesError),
    /// Coding by given codes.
    #[error(transparent)]
    Coding(Box<CodingError>),
    /// Comparing groups.
    #[error(transparent)]
    Comparison(#[from] ComparisonError),
    /// Replacing ids and names.
    #[error(transparent)]
    Pseudonyms(#[from] PseudonymError),
    /// Writing an export.
    #[error(transparent)]
    Export(#[from] ExportError),
}

impl From<AnalysisError> for Error {
    fn from(error: AnalysisError) -> Self {
        match error {
            AnalysisError::Embed(error) => Self::Embed(error),
            AnalysisError::Notes(error) => Self::Notes(error),
            AnalysisError::NobodyAsked { lines } => Self::NobodyAsked { lines },
            AnalysisError::Cluster(error) => Self::Cluster(error),
        }
    }
}

impl From<CodingError> for Error {
    fn from(error: CodingError) -> Self {
        Self::Coding(Box::new(error))
    }
}

impl From<PlacingError> for Error {
    fn from(error: PlacingError) -> Self {
        match error {
            PlacingError::Assign(error) => Self::Assign(error),
            PlacingError::Align(error) => Self::Align(error),
            PlacingError::Analysis(error) => error.into(),
        }
    }
}

impl From<CodebookFileError> for Error {
    fn from(error: CodebookFileError) -> Self {
        match error {
            CodebookFileError::Store(error) => Self::Store(error),
            CodebookFileError::Codebook(error) => Self::Codebook(error),
        }
    }
}

impl Error {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Corpus(error) => error.hint(),
            Self::Embed(error) => error.hint(),
            Self::Notes(error) => error.hint(),
            Self::NobodyAsked { .. } => Some(
                "write the questions as the interviewers asked them, one a line (`leitmotif inspect` lists those that \
                 most were asked), or leave `--frame` out"
                    .into(),
            ),
            Self::Cluster(error) => error.hint(),
            Self::Assign(error) => Some(error.hint()),
            Self::Align(error) => Some(error.hint()),
            Self::Store(error) => error.hint(),
            Self::Codebook(error) => Some(error.hint.clone()),
            Self::Codes(error) => error.hint(),
            Self::Coding(error) => error.hint(),
            Self::Comparison(error) => Some(error.hint()),
            Self::Pseudonyms(error) => error.hint(),
            Self::Export(error) => error.hint(),
        }
    }
}
