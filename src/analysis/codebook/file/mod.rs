//! The researcher's edits: `codebook.toml`.
//!
//! In: the text of the file, or the themes of an analysis. Out: a list of edits, each with its line;
//! or the file, written anew around everything the researcher put there. It changes no theme itself
//! (that is [`super::apply_edits`]'s), never drops an edit, and never touches a comment but those
//! that begin with `#:`, which are the program's.

mod read;
mod write;

use std::path::{Path, PathBuf};

pub use write::{Described, rewritten};

/// The edits of one file, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Codebook {
    /// What the researcher asks for.
    pub edits: Vec<Edit>,
}

/// One edit and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// 1-based line of the file.
    pub line: usize,
    /// What is to be done.
    pub action: Action,
}

/// What the researcher may do to themes; themes and units are named by their ids.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A name in place of the keywords.
    Name {
        /// The theme.
        theme: String,
        /// Its name.
        name: String,
    },
    /// What the theme is about, in the researcher's words.
    Describe {
        /// The theme.
        theme: String,
        /// The text.
        description: String,
    },
    /// One theme becomes part of another.
    Merge {
        /// The theme that goes.
        theme: String,
        /// The theme that takes it in.
        into: String,
    },
    /// The theme is counted, but not printed.
    Hide {
        /// The theme.
        theme: String,
    },
    /// A passage is quoted first.
    Pin {
        /// The theme.
        theme: String,
        /// The passage.
        unit: String,
    },
    /// A passage belongs to another theme, or to none.
    Move {
        /// The passage.
        unit: String,
        /// The theme; `None` for none.
        to: Option<String>,
    },
    /// Passages make a part of their theme.
    Split {
        /// The theme.
        theme: String,
        /// The part's name.
        name: String,
        /// Its passages.
        units: Vec<String>,
    },
}

/// The word for "no theme" in a move.
pub const NO_THEME: &str = "unclustered";

impl Action {
    /// The key in the file: `name`, `description`, `merge_into`, `hide`, `pin`, `move`, `split`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Name { .. } => "name",
            Self::Describe { .. } => "description",
            Self::Merge { .. } => "merge_into",
            Self::Hide { .. } => "hide",
            Self::Pin { .. } => "pin",
            Self::Move { .. } => "move",
            Self::Split { .. } => "split",
        }
    }

    /// The theme or, for a move, the passage that is edited.
    pub fn target(&self) -> &str {
        match self {
            Self::Name { theme, .. }
            | Self::Describe { theme, .. }
            | Self::Merge { theme, .. }
            | Self::Hide { theme }
            | Self::Pin { theme, .. }
            | Self::Split { theme, .. } => theme,
            Self::Move { unit, .. } => unit,
        }
    }

    /// What it is given: the name, the other theme, the passage, …; empty for `hide`.
    pub fn value(&self) -> &str {
        match self {
            Self::Name { name, .. } | Self::Split { name, .. } => name,
            Self::Describe { description, .. } => description,
            Self::Merge { into, .. } => into,
            Self::Hide { .. } => "",
            Self::Pin { unit, .. } => unit,
            Self::Move { to, .. } => to.as_deref().unwrap_or(NO_THEME),
        }
    }
}

impl Codebook {
    /// Reads the text of a file; `path` is for the messages.
    ///
    /// # Errors
    /// [`CodebookError`]: what is no TOML, no edit, or contradicts itself, with line and column.
    pub fn parse(bytes: &[u8], path: &Path) -> Result<Self, CodebookError> {
        read::parse(bytes, path)
    }
}

/// A codebook that cannot be understood.
#[derive(Debug, thiserror::Error)]
#[error("{}:{line}:{column}: {message}", path.display())]
pub struct CodebookError {
    /// The file.
    pub path: PathBuf,
    /// 1-based line.
    pub line: usize,
    /// 1-based column, in characters.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What is allowed.
    pub hint: String,
}
