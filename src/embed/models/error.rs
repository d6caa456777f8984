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
    /// A bundled model that was not compiled into the program and was not put on this machine.
    #[error(
        "the model {name} is neither in this build of the program nor on this machine; looked in:\n{}",
        super::super::list(searched)
    )]
    NotInstalled {
        /// Its name.
        name: &'static str,
        /// The files that were looked for, in this order.
        searched: Vec<String>,
    },
    /// A file that is called like a bundled model's and is another.
    #[error("{} is not the {name} that belongs to this program: it has the BLAKE3 hash {found}, not {expected}", path.display())]
    AnotherModel {
        /// The file.
        path: PathBuf,
        /// The model's name.
        name: &'static str,
        /// The hash it should have.
        expected: &'static str,
        /// The hash it has.
        found: String,
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
            Self::NotHere { name, .. } if name.eq_ignore_ascii_case(super::BASE_WORD) => Some(format!(
                "`{}`, in these letters, is the one that the program holds, in 8 bits; `leitmotif models get {name}` downloads \
                 this one, in 32 bits, once",
                super::BASE_WORD
            )),
            Self::NotHere { name, .. } => Some(format!("`leitmotif models get {name}` downloads it, once")),
            Self::NotInstalled { .. } => Some(
                "`leitmotif models get bundled --from FILE` puts it there, FILE being model.onnx of the release's archive \
                 of models or of a checkout; or take a program that holds it (docs/install.md)"
                    .into(),
            ),
            Self::AnotherModel { .. } => {
                Some("take model.onnx from the release or the checkout of this very version".into())
            }
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
