//! What can go wrong with a model's name, folder or download.

use std::path::PathBuf;

/// Why there is no model to embed with.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// Neither a known name nor a folder.
    #[error("there is no model {name}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// Known names that resemble it.
        near: Vec<String>,
    },
    /// A known model that has not been downloaded.
    #[error("the model {name} is not on this machine; looked in:\n{}", super::super::list(searched))]
    NotHere {
        /// Its short name.
        name: String,
        /// The model stores, in the order they were tried.
        searched: Vec<String>,
    },
    /// A folder that holds no usable model.
    #[error("failed to use the model in {}: {reason}", path.display())]
    Folder {
        /// The folder, or a file in it.
        path: PathBuf,
        /// What is wrong.
        reason: String,
        /// What to do.
        hint: String,
    },
    /// No folder to keep models in.
    #[error("there is no folder to keep models in: this account has no home folder")]
    NoStore,
    /// The model store cannot be written.
    #[error("failed to write to the model store {}: {reason}", path.display())]
    Store {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        reason: String,
        /// Whether there is no room.
        full: bool,
    },
    /// The hub could not be reached, or its answer was no file.
    #[error("failed to get {file} of {repository} from {endpoint}: {reason}")]
    Download {
        /// The file.
        file: String,
        /// The repository on the hub.
        repository: String,
        /// The hub.
        endpoint: String,
        /// What happened.
        reason: String,
        /// What to do.
        hint: String,
    },
    /// `HF_ENDPOINT` is no address.
    #[error("HF_ENDPOINT is {endpoint}, which is not an address that starts with http:// or https://")]
    Endpoint {
        /// Its value.
        endpoint: String,
    },
}

impl ModelError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Unknown { near, .. } if near.is_empty() => Some(
                "`leitmotif models list` lists the names; a folder with model.onnx and tokenizer.json may be named too"
                    .into(),
            ),
            Self::Unknown { near, .. } => {
                Some(format!("near are: {}; `leitmotif models list` lists all", near.join(", ")))
            }
            Self::NotHere { name, .. } => Some(format!("`leitmotif models get {name}` downloads it, once")),
            Self::Folder { hint, .. } | Self::Download { hint, .. } => Some(hint.clone()),
            Self::NoStore => Some("name one with the variable FASTEMBED_CACHE_DIR".into()),
            Self::Store { full: true, .. } => Some(
                "make room, or name a folder on another disk with FASTEMBED_CACHE_DIR; what arrived is kept".into(),
            ),
            Self::Store { .. } => Some("name another folder with the variable FASTEMBED_CACHE_DIR".into()),
            Self::Endpoint { .. } => Some("unset HF_ENDPOINT, or set it to the address of a mirror".into()),
        }
    }
}
