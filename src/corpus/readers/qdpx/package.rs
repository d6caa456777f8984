//! What lies in the zip of a REFI-QDA project.
//!
//! In: an opened archive. Out: its list, and the bytes of its sources, as they are. Nothing outside the archive is
//! ever opened.

use super::super::super::CorpusError;
use super::super::archive::Archive;
use super::super::xml::decode;
use super::project::{Source, Words};

/// The list of everything.
pub(super) const MAIN: &str = "project.qde";
const HINT: &str = "export the project as REFI-QDA (.qdpx) again, with its sources inside";

pub(super) fn malformed(path: &str, place: &str, reason: &str) -> CorpusError {
    CorpusError::Malformed { path: path.to_owned(), place: place.to_owned(), reason: reason.to_owned(), hint: HINT }
}

/// The list of everything in a project.
pub(super) fn list_of(archive: &mut Archive<'_>) -> Result<String, CorpusError> {
    let path = archive.path().to_owned();
    match archive.part(MAIN)? {
        Some(part) => decode(&path, MAIN, part),
        None => Err(malformed(&path, "the archive", &format!("no part `{MAIN}`"))),
    }
}

/// A source as messages name it.
pub(super) fn place(path: &str, source: &Source) -> String {
    format!("{path}: {}", source.name)
}

/// The bytes of a source; `None` where it has no words.
pub(super) fn bytes_of(source: &Source, archive: &mut Archive<'_>) -> Result<Option<Vec<u8>>, CorpusError> {
    let address = match &source.words {
        Words::None | Words::InTranscripts => return Ok(None),
        Words::Inside(text) => return Ok(Some(text.clone().into_bytes())),
        Words::At(address) => address,
    };
    let path = place(archive.path(), source);
    let missing = |reason: String| CorpusError::Malformed {
        path: path.clone(),
        place: "its words".to_owned(),
        reason,
        hint: HINT,
    };
    // Some programs write the bare name of what lies in the archive.
    let bare = || Some(address.as_str()).filter(|address| !address.contains("://") && !address.starts_with('/'));
    let Some(name) = address.strip_prefix("internal://").or_else(bare) else {
        return Err(missing(format!("they lie outside the project, at `{address}`")));
    };
    for part in [format!("sources/{name}"), name.to_owned()] {
        if let Some(bytes) = archive.part(&part)? {
            return Ok(Some(bytes));
        }
    }
    Err(missing(format!("the project has no `{name}`")))
}
