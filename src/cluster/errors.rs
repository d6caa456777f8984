//! What can be wrong with the input of a clustering: parameters out of range, or vectors that are not
//! numbers.

use thiserror::Error;

/// Why no themes could be fitted.
#[derive(Debug, Error)]
pub enum ClusterError {
    /// A parameter is out of range.
    #[error("`{name}` is {found}, allowed is {allowed}")]
    Parameter {
        /// The parameter, as the builder method is called.
        name: &'static str,
        /// Its value.
        found: f64,
        /// The values it may have.
        allowed: &'static str,
    },
    /// A vector holds NaN or an infinity.
    #[error("vector of row {row} is not finite in column {column} (rows and columns from 0)")]
    NotFinite {
        /// Row of the vector, from 0.
        row: usize,
        /// Column of the value, from 0.
        column: usize,
    },
    /// The vectors have no coordinates.
    #[error("vectors have 0 dimensions, at least 1 is needed")]
    NoDimensions,
    /// New vectors do not fit those the themes were found in.
    #[error("vectors have {found} dimensions, the themes were found in {fitted}")]
    Dimensions {
        /// Dimensions of the new vectors.
        found: usize,
        /// Dimensions of the fitted ones.
        fitted: usize,
    },
    /// All pairs would have to be compared, and there are too many.
    #[error("{algorithm} compares all pairs of units, of which it takes at most {limit}: there are {found}")]
    TooManyUnits {
        /// What compares them.
        algorithm: &'static str,
        /// Units there are.
        found: usize,
        /// Units it takes.
        limit: usize,
    },
    /// The eigendecomposition of the covariance failed.
    #[error("failed to find the principal directions: {0}")]
    Linear(#[from] linfa_linalg::LinalgError),
    /// An error of the framework.
    #[error(transparent)]
    Linfa(#[from] linfa::Error),
}

impl ClusterError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::TooManyUnits { .. } => Some("`--algorithm themes` and `--algorithm k-means` take any number".into()),
            _ => None,
        }
    }
}
