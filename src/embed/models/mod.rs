//! Which model to embed with.
//!
//! In: a name or a folder. Out: [`ModelFiles`], with pooling, window and prefix settled.
//! [`catalogue`] knows the models of fastembed, [`store`] where they lie on this machine,
//! `folder` reads a model from its own files, and `bundled` finds those that belong to the program where they were
//! not compiled into it. Only [`download`] touches the network, and only
//! when it is called.

pub(crate) mod bundled;
pub mod catalogue;
pub mod download;
mod error;
mod folder;
mod graph;
pub mod store;

use std::path::Path;

pub use error::ModelError;

use super::onnx::{BASE, BUNDLED, ModelFiles};
use crate::corpus::Language;

/// The word for the bundled theme model.
pub const DEFAULT: &str = "bundled";
/// The word for the bundled model that it was trained from. With small letters, or its maker's name before
/// it, the one of the catalogue is meant, in full precision.
pub const BASE_WORD: &str = "all-MiniLM-L6-v2";

/// The model of this name, or in this folder (or ONNX file). A name of the catalogue is a name
/// even where a folder is called so: `./NAME` is the folder.
///
/// # Errors
/// [`ModelError::Unknown`], [`ModelError::NotHere`] for a known model that was not downloaded,
/// and [`ModelError::Folder`].
pub fn open(name: &str) -> Result<ModelFiles, ModelError> {
    if name == DEFAULT || name == BUNDLED {
        return Ok(ModelFiles::bundled());
    }
    if name == BASE_WORD || name == BASE {
        return Ok(ModelFiles::base());
    }
    if let Some(entry) = catalogue::find(name).filter(|_| !is_path(name)) {
        let Some(snapshot) = store::find(&entry) else {
            let searched = store::folders().iter().map(|folder| folder.display().to_string()).collect();
            return Err(ModelError::NotHere { name: entry.name, searched });
        };
        let files = folder::open_entry(&entry, &snapshot)?;
        let only_language = (entry.languages == catalogue::ENGLISH).then_some(Language::ENGLISH);
        return Ok(ModelFiles { only_language, ..files });
    }
    let path = Path::new(name);
    if path.exists() {
        folder::open(path)
    } else {
        Err(ModelError::Unknown { name: name.into(), near: catalogue::near(name) })
    }
}

fn is_path(name: &str) -> bool {
    name.starts_with(['.', '/', '~', '\\']) || Path::new(name).is_absolute() || name.ends_with('/')
}
