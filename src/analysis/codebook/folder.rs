//! The codebook of a saved analysis.
//!
//! In: an analysis folder. Out: its `codebook.toml` with the edits in it, and the same written anew around
//! the themes as they are now. It writes nothing itself.

use std::path::{Path, PathBuf};

use super::file::with_passages;
use super::{Action, Codebook, CodebookError, Renamed, apply_edits, described, rewritten};
use crate::analysis::{Analysis, NewCodebook, StoreError, codebook_path, read_codebook};

/// The file with its edits.
#[derive(Clone, Debug)]
pub struct CodebookFile {
    /// Where it is, or would be.
    pub path: PathBuf,
    /// What stands in it; `None` where there is none.
    pub text: Option<String>,
    /// Its edits.
    pub codebook: Codebook,
    /// What stood in it when it was read.
    as_read: Option<String>,
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
        Ok(Self { path, as_read: text.clone(), text, codebook })
    }

    /// Applies its edits; the file then tells the themes as they are by them.
    pub fn applied(self, analysis: &mut Analysis) -> Self {
        // What became of each edit names its line, so its place comes first; the second time no line is added.
        let file = self.renewed(analysis);
        apply_edits(analysis, &file.codebook);
        file.renewed(analysis)
    }

    /// What is saved of it.
    pub fn to_save(&self) -> Option<NewCodebook<'_>> {
        self.text.as_deref().map(|text| NewCodebook { text, made_from: self.as_read.as_deref() })
    }

    /// The file with the themes as they are now. It stays as it is where rewriting would change an
    /// edit: there are ways to write TOML into which no heading fits.
    pub fn renewed(self, analysis: &Analysis) -> Self {
        let Ok(text) = rewritten(self.text.as_deref(), &described(analysis)) else { return self };
        let actions = actions(&self.codebook);
        self.with_text(text, &actions)
    }

    /// The file with passages as they are called now.
    pub fn renamed(self, renamed: &Renamed) -> Self {
        let now = |id: &str| renamed.now(id).to_owned();
        let named = |text: &String| with_passages(text, &now).ok();
        let text = self.text.as_ref().filter(|_| !renamed.is_empty()).and_then(named);
        let Some(text) = text else { return self };
        let actions = actions(&self.codebook.renamed(renamed));
        self.with_text(text, &actions)
    }

    /// Another text with these edits; where they are others in it, the file as it was.
    fn with_text(self, text: String, edits: &[Action]) -> Self {
        match Codebook::parse(text.as_bytes(), &self.path) {
            Ok(codebook) if actions(&codebook) == edits => Self { text: Some(text), codebook, ..self },
            _ => self,
        }
    }
}

fn actions(codebook: &Codebook) -> Vec<Action> {
    codebook.edits.iter().map(|edit| edit.action.clone()).collect()
}
