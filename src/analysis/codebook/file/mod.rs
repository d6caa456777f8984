//! The researcher's edits: `codebook.toml`.
//!
//! In: the text of the file, or the themes of an analysis. Out: a list of edits, each with its line;
//! or the file, written anew around everything the researcher put there. It changes no theme itself
//! (that is [`super::apply_edits`]'s), never drops an edit, and never touches a comment but those
//! that begin with `#:`, which are the program's.

mod read;
mod write;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

pub(super) use write::with_passages;
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
    /// Passages make a theme of their own.
    New {
        /// Its id: `N1`, `N2`, …
        id: String,
        /// The section it belongs to.
        question: String,
        /// Its name.
        name: String,
        /// What it is about.
        description: Option<String>,
        /// Its passages.
        units: Vec<String>,
    },
    /// Passages of a theme make a theme of their own.
    Divide {
        /// The theme that they are taken from.
        theme: String,
        /// The new one's id.
        id: String,
        /// Its name.
        name: String,
        /// Its passages.
        units: Vec<String>,
    },
    /// A passage belongs to a further theme.
    Also {
        /// The passage.
        unit: String,
        /// The theme.
        theme: String,
    },
    /// A passage does not belong to a theme.
    Not {
        /// The passage.
        unit: String,
        /// The theme.
        theme: String,
    },
    /// A note on a theme.
    Memo {
        /// The theme.
        theme: String,
        /// The note.
        text: String,
    },
    /// A note on a passage.
    PassageMemo {
        /// The passage.
        unit: String,
        /// The note.
        text: String,
    },
    /// A name for a recurring theme.
    NameRecurring {
        /// The recurring theme.
        recurring: String,
        /// Its name.
        name: String,
    },
    /// One recurring theme becomes part of another.
    MergeRecurring {
        /// The recurring theme that goes.
        recurring: String,
        /// The one that takes it in.
        into: String,
    },
    /// A recurring theme is counted, but not printed.
    HideRecurring {
        /// The recurring theme.
        recurring: String,
    },
    /// The themes that a recurring theme joins, in place of those found.
    JoinRecurring {
        /// The recurring theme.
        recurring: String,
        /// The themes.
        themes: Vec<String>,
    },
    /// A group of themes.
    Category {
        /// Its name.
        name: String,
        /// What it is about.
        description: Option<String>,
        /// Its themes, and recurring themes, which stand for theirs.
        themes: Vec<String>,
    },
}

/// The word for "no theme" in a move.
pub const NO_THEME: &str = "unclustered";

impl Action {
    /// The key in the file: `name`, `merge_into`, `new`, `also`, `category`, …
    pub fn word(&self) -> &'static str {
        match self {
            Self::Name { .. } | Self::NameRecurring { .. } => "name",
            Self::Describe { .. } => "description",
            Self::Merge { .. } | Self::MergeRecurring { .. } => "merge_into",
            Self::Hide { .. } | Self::HideRecurring { .. } => "hide",
            Self::Pin { .. } => "pin",
            Self::Move { .. } => "move",
            Self::Split { .. } => "split",
            Self::New { .. } => "new",
            Self::Divide { .. } => "divide",
            Self::Also { .. } => "also",
            Self::Not { .. } => "not",
            Self::Memo { .. } | Self::PassageMemo { .. } => "memo",
            Self::JoinRecurring { .. } => "themes",
            Self::Category { .. } => "category",
        }
    }

    /// What is edited: the id of a theme, a passage or a recurring theme, or a category's name.
    pub fn target(&self) -> &str {
        match self {
            Self::Name { theme, .. }
            | Self::Describe { theme, .. }
            | Self::Merge { theme, .. }
            | Self::Hide { theme }
            | Self::Pin { theme, .. }
            | Self::Split { theme, .. }
            | Self::Divide { theme, .. }
            | Self::Memo { theme, .. } => theme,
            Self::New { id, .. } => id,
            Self::Move { unit, .. }
            | Self::Also { unit, .. }
            | Self::Not { unit, .. }
            | Self::PassageMemo { unit, .. } => unit,
            Self::NameRecurring { recurring, .. }
            | Self::MergeRecurring { recurring, .. }
            | Self::HideRecurring { recurring }
            | Self::JoinRecurring { recurring, .. } => recurring,
            Self::Category { name, .. } => name,
        }
    }

    /// What it is given: the name, the other theme, the passage, …; empty for `hide`.
    pub fn value(&self) -> Cow<'_, str> {
        match self {
            Self::Name { name, .. }
            | Self::Split { name, .. }
            | Self::New { name, .. }
            | Self::NameRecurring { name, .. } => name.into(),
            Self::Divide { id, name, .. } => format!("{id} {name}").into(),
            Self::Describe { description, .. } => description.into(),
            Self::Merge { into, .. } | Self::MergeRecurring { into, .. } => into.into(),
            Self::Hide { .. } | Self::HideRecurring { .. } => "".into(),
            Self::Pin { unit, .. } => unit.into(),
            Self::Move { to, .. } => to.as_deref().unwrap_or(NO_THEME).into(),
            Self::Also { theme, .. } | Self::Not { theme, .. } => theme.into(),
            Self::Memo { text, .. } | Self::PassageMemo { text, .. } => text.into(),
            Self::JoinRecurring { themes, .. } | Self::Category { themes, .. } => themes.join(", ").into(),
        }
    }

    /// The recurring theme that is edited.
    pub(in crate::analysis) fn recurring(&self) -> Option<&str> {
        match self {
            Self::NameRecurring { recurring, .. }
            | Self::MergeRecurring { recurring, .. }
            | Self::HideRecurring { recurring }
            | Self::JoinRecurring { recurring, .. } => Some(recurring),
            _ => None,
        }
    }

    /// Ids of the recurring themes that it names: those that are edited or take others in, and those in a category,
    /// where other ids stand beside them.
    pub(super) fn recurring_named(&self) -> Vec<&str> {
        match self {
            Self::MergeRecurring { recurring, into } => vec![recurring, into],
            Self::Category { themes, .. } => themes.iter().map(String::as_str).collect(),
            _ => self.recurring().into_iter().collect(),
        }
    }

    /// Ids of the themes that it names, or of parts of them or recurring themes in their place; not those it makes.
    pub(super) fn themes(&self) -> Vec<&str> {
        match self {
            Self::Name { theme, .. }
            | Self::Describe { theme, .. }
            | Self::Hide { theme }
            | Self::Pin { theme, .. }
            | Self::Split { theme, .. }
            | Self::Divide { theme, .. }
            | Self::Also { theme, .. }
            | Self::Not { theme, .. }
            | Self::Memo { theme, .. } => vec![theme],
            Self::Merge { theme, into } => vec![theme, into],
            Self::Move { to, .. } => to.as_deref().into_iter().collect(),
            Self::JoinRecurring { themes, .. } | Self::Category { themes, .. } => {
                themes.iter().map(String::as_str).collect()
            }
            Self::New { .. }
            | Self::PassageMemo { .. }
            | Self::NameRecurring { .. }
            | Self::MergeRecurring { .. }
            | Self::HideRecurring { .. } => Vec::new(),
        }
    }

    /// The theme, and its passages that the edit needs in it.
    pub(super) fn passages_of(&self) -> Option<(&str, &[String])> {
        match self {
            Self::Pin { theme, unit } => Some((theme, std::slice::from_ref(unit))),
            Self::Split { theme, units, .. } | Self::Divide { theme, units, .. } => Some((theme, units)),
            _ => None,
        }
    }

    /// Ids of the passages that it names.
    pub(super) fn units(&self) -> Vec<&String> {
        match self {
            Self::Pin { unit, .. }
            | Self::Move { unit, .. }
            | Self::Also { unit, .. }
            | Self::Not { unit, .. }
            | Self::PassageMemo { unit, .. } => vec![unit],
            Self::Split { units, .. } | Self::New { units, .. } | Self::Divide { units, .. } => units.iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The same, to be changed.
    pub(super) fn units_mut(&mut self) -> Vec<&mut String> {
        match self {
            Self::Pin { unit, .. }
            | Self::Move { unit, .. }
            | Self::Also { unit, .. }
            | Self::Not { unit, .. }
            | Self::PassageMemo { unit, .. } => vec![unit],
            Self::Split { units, .. } | Self::New { units, .. } | Self::Divide { units, .. } => {
                units.iter_mut().collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether it is a passage that is edited.
    pub(super) fn is_of_passage(&self) -> bool {
        matches!(self, Self::Move { .. } | Self::Also { .. } | Self::Not { .. } | Self::PassageMemo { .. })
    }

    /// The theme that it makes.
    pub(super) fn makes(&self) -> Option<&str> {
        match self {
            Self::New { id, .. } | Self::Divide { id, .. } => Some(id),
            _ => None,
        }
    }
}

/// Whether an id is that of a theme made by hand: `N1`, `N2`, …
pub(in crate::analysis) fn is_by_hand(id: &str) -> bool {
    id.strip_prefix('N').is_some_and(|number| {
        !number.starts_with('0') && !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit())
    })
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
