//! The codebook of a saved analysis.
//!
//! In: an analysis folder. Out: its `codebook.toml` with the edits in it, and the same written anew around
//! the themes as they are now. It writes nothing itself.

use std::path::{Path, PathBuf};

use super::{Action, Codebook, CodebookError, described, rewritten};
use crate::analysis::{Analysis, StoreError, codebook_path, read_codebook};

/// The file with its edits.
#[derive(Clone, Debug)]
pub struct CodebookFile {
    /// Where it is, or would be.
    pub path: PathBuf,
    /// What stands in it; `None` where there is none.
    pub text: Option<String>,
    /// Its edits.
    pub codebook: Codebook,
}

/// Why a codebook cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CodebookFileError {
    /// It cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It cannot be understood.
    #[error(transparent)]
    Codebook(#[from] CodebookError),
}

impl CodebookFile {
    /// That of an analysis folder; without edits where there is none.
    ///
    /// # Errors
    /// When it cannot be read, or is no codebook.
    pub fn read(folder: &Path) -> Result<Self, CodebookFileError> {
        let path = codebook_path(folder);
        let bytes = read_codebook(folder)?;
        let codebook = bytes.as_deref().map(|bytes| Codebook::parse(bytes, &path)).transpose()?.unwrap_or_default();
        // The codebook was read, so it is UTF-8.
        let text = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        Ok(Self { path, text, codebook })
    }

    /// The file with the themes as they are now. It stays as it is where rewriting would change an
    /// edit: there are ways to write TOML into which no heading fits.
    pub fn renewed(self, analysis: &Analysis) -> Self {
        let Ok(text) = rewritten(self.text.as_deref(), &described(analysis)) else { return self };
        let Ok(codebook) = Codebook::parse(text.as_bytes(), &self.path) else { return self };
        let actions =
            |codebook: &Codebook| -> Vec<Action> { codebook.edits.iter().map(|edit| edit.action.clone()).collect() };
        if actions(&codebook) != actions(&self.codebook) {
            return self;
        }
        Self { path: self.path, text: Some(text), codebook }
    }
}
