//! Margin notes: what a passage says, in short, from a person or a language model.
//!
//! In: the passages of the interviews. Out: a note for those that have one, where the notes come from, and what is
//! to be said of the others. [`NotesFile`] takes them from a table, [`NoteServer`] asks a chat server that the
//! user named, by way of [`crate::remote`]. A note is never a quote, and nothing is sent but to that server:
//! passages that were set aside never are.

mod excerpt;
mod file;
mod policy;
mod reply;
mod server;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::corpus::CorpusError;
use crate::corpus::named::Said;
use crate::remote::{RemoteError, Service, goes_on};

pub(crate) use file::NotesFile;
pub(crate) use server::{NoteProgress, NoteServer};

/// A passage that may have a note.
pub(crate) struct Passage<'a> {
    /// How ids name it.
    pub(crate) said: Said<'a>,
    /// The row of a table that `start` and `end` count in.
    pub(crate) record: Option<usize>,
    /// Code points of its document.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The words.
    pub(crate) text: &'a str,
    /// The whole answer, and the code point at which the passage starts in it.
    pub(crate) answer: &'a str,
    pub(crate) at: usize,
    /// What was asked.
    pub(crate) question: String,
    /// Set aside: no server gets it.
    pub(crate) excluded: bool,
}

/// The notes on some passages.
#[derive(Debug)]
pub(crate) struct Notes {
    /// For each passage.
    pub(crate) of: Vec<Option<String>>,
    /// Passages for which a note was asked and none came, in their order.
    pub(crate) failed: Vec<usize>,
    /// Passages of which the note says that they say nothing.
    pub(crate) without_content: usize,
    pub(crate) from: NotesFrom,
    /// What went wrong, in words.
    pub(crate) problem: Option<String>,
}

/// Gives notes.
pub(crate) trait NoteSource {
    /// Notes on `passages`: all units of the interviews, those that were set aside too.
    ///
    /// # Errors
    /// [`NoteError`] where there can be none, or not those that were asked for.
    fn notes(&mut self, passages: &[Passage]) -> Result<Notes, NoteError>;
}

/// Where notes come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NotesFrom {
    /// A table.
    File {
        /// The path as given.
        path: String,
        /// BLAKE3 of the file, lower-case hex.
        blake3: String,
        /// Rows with a note.
        rows: usize,
        /// Of those, rows that name no passage of the interviews.
        not_found: usize,
    },
    /// A language model on a server, to which passages, questions and answers were sent.
    Model {
        /// The server's name for the model.
        model: String,
        /// Scheme, host, port and path; no credentials, no query.
        address: String,
        /// Version of the prompt.
        prompt: u32,
        /// Passages in a request.
        batch: usize,
    },
}

/// Why there are no notes. No message holds the words of a passage or a note.
#[derive(Debug, thiserror::Error)]
pub enum NoteError {
    /// The table could not be read.
    #[error(transparent)]
    Table(#[from] CorpusError),
    /// A column is missing.
    #[error("no column with {what} in `{path}`; its columns are {columns}")]
    NoColumn {
        /// The file.
        path: String,
        /// What is not there.
        what: &'static str,
        /// Its columns, quoted.
        columns: String,
    },
    /// A row that cannot be right, or no rows.
    #[error("malformed `{path}`, line {line}: {reason}")]
    Row {
        /// The file.
        path: String,
        /// 1-based line.
        line: usize,
        /// What is wrong with it.
        reason: String,
        /// What to do.
        hint: &'static str,
    },
    /// There is no note in the file.
    #[error("no notes in `{path}`")]
    Empty {
        /// The file.
        path: String,
    },
    /// Two notes on one passage.
    #[error("two notes on {unit} in `{path}`: lines {first} and {second}")]
    Twice {
        /// The file.
        path: String,
        /// The passage.
        unit: String,
        /// 1-based line of one.
        first: usize,
        /// And of the other.
        second: usize,
    },
    /// No row names a passage.
    #[error("no note of `{path}` is on a passage of the interviews: it has {in_file}, they have {in_interviews}")]
    NothingMatches {
        /// The file.
        path: String,
        /// Some of its ids or places.
        in_file: String,
        /// Some ids of the interviews.
        in_interviews: String,
    },
    /// The server gives no answer.
    #[error(transparent)]
    Server(#[from] RemoteError),
    /// The model gives no usable notes.
    #[error("{count} passages in a row got no usable note from {model}: {reason}")]
    Unable {
        /// How many.
        count: usize,
        /// The server's name for the model.
        model: String,
        /// Why the last one.
        reason: String,
        /// Passages in a request.
        batch: usize,
        /// Whether the notes that came are kept for a further run.
        kept: bool,
    },
}

impl NoteError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Table(error) => return error.hint(),
            Self::Server(error) => return Some(error.hint()),
            Self::NoColumn { .. } => {
                "a table of notes has the columns `unit` and `note`; in place of `unit` also `file` or `participant` with \
                 `start` and `end` (characters from 0), as `leitmotif export ANALYSIS --to csv` writes them"
            }
            Self::Row { hint, .. } => hint,
            Self::Empty { .. } => "write what a passage says, in short, into the column `note`",
            Self::Twice { .. } => "leave one of them, or make one note of both",
            Self::NothingMatches { .. } => {
                "take the ids of the column `unit` of `leitmotif export ANALYSIS --to csv`; answers are divided by `--unit` \
                 and `--min-words` as they were for it"
            }
            Self::Unable { batch, kept, .. } => {
                let fewer = if *batch > 1 { ", or `--note-batch 1`" } else { "" };
                return Some(format!("another model may do better{fewer}; {}", goes_on(Service::Notes, *kept)));
            }
        };
        Some(hint.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_names_the_batch_where_it_is_one_and_the_cache_where_there_is_one() {
        let hint = |batch: usize, kept: bool| {
            let (model, reason) = ("stand-in".to_owned(), "no JSON".to_owned());
            NoteError::Unable { count: 10, model, reason, batch, kept }.hint().unwrap()
        };
        assert!(hint(20, true).contains("or `--note-batch 1`; the notes that came are in the cache"));
        assert!(!hint(1, true).contains("--note-batch") && !hint(1, false).contains("in the cache"));
        assert!(hint(20, false).contains("--note-batch 1`; without a cache the next run asks for every note again"));
    }
}
