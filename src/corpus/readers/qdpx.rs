//! REFI-QDA projects (`.qdpx`): the interviews of NVivo, ATLAS.ti, MAXQDA, QualCoder – and our own.
//!
//! In: the bytes of a project, a zip of `project.qde` and sources (standard 1.5, qdasoftware.org). Out:
//! the transcripts in its text sources, each found as in a file of its own, with the case that has the
//! source as its participant: of a case with several each is an [interview with one person](persons). Sources
//! that lie outside the project, and pictures and recordings without a transcript, are told; what variables say of
//! cases is known of their people, and in which sets of sources their interviews are. What people coded is read by
//! [`coded`], for those who ask for it.

mod coded;
mod counting;
mod package;
mod persons;
mod project;

pub(crate) use coded::{OWN_CODER, RefiCoding, RefiProject, RefiSource, read_refi_project};

use super::super::error::{counted, some};
use super::super::speakers::Names;
use super::super::{CorpusError, ReadOptions, encoding, own_outputs};
use super::archive::Archive;
use super::text::Page;
use super::xml::Xml;
use super::{Claim, Contents, File, READERS, Reader, Reading};
use package::{MAIN, bytes_of, list_of, malformed, place};
use project::{Identity, Project, Source, Words};

pub(crate) struct Qdpx;

impl Reader for Qdpx {
    fn name(&self) -> &'static str {
        "qdpx"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["qdpx"]
    }

    fn claim(&self, contents: &Contents, _options: &ReadOptions) -> Claim {
        let archive = contents.binary().map(|bytes| Archive::open("", bytes));
        if matches!(archive, Some(Ok(archive)) if archive.has(MAIN)) { Claim::Certain } else { Claim::No }
    }

    fn named_by_file(&self) -> bool {
        true
    }

    fn has_columns(&self) -> bool {
        false
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        let path = file.path;
        let Some(bytes) = file.contents.binary() else {
            return Err(malformed(path, "the whole file", "it is plain text, no REFI-QDA project"));
        };
        let mut archive = Archive::open(path, bytes)?;
        let text = list_of(&mut archive)?;
        let project = Project::read(Xml::new(path, MAIN, &text))?;
        let is_own_project = own_outputs::is_project(&text);
        drop(text);
        let mut reading = Reading { cases: project.known(), is_own_project, ..Reading::default() };
        let mut wordless: Vec<&str> = Vec::new();
        for source in project.sources.iter().filter(|source| source.words != Words::InTranscripts) {
            let Identity { id, study, people, person } = project.identity(source);
            let contents = match contents_of(source, &mut archive, file.options) {
                Ok(Some(contents)) => contents,
                Ok(None) => {
                    wordless.push(&source.name);
                    continue;
                }
                Err(error) => {
                    reading.failures.push(error);
                    continue;
                }
            };
            match read_source(&place(path, source), contents, file.options, &file.names.with_participants(&people)) {
                Ok(found) => add(found, &id, study.as_deref(), person.as_deref(), &mut reading),
                Err(error) => reading.failures.push(error),
            }
        }
        if !wordless.is_empty() {
            let sources = counted(wordless.len(), "source");
            reading.warnings.push(format!("`{path}`: {sources} without words: {}", some(&wordless)));
        }
        reading.warnings.extend(persons::settle(path, &mut reading.transcripts));
        if reading.transcripts.is_empty() {
            return Err(match reading.failures.len() {
                0 => malformed(path, "its sources", "no transcript among them"),
                _ => reading.failures.swap_remove(0),
            });
        }
        Ok(reading)
    }
}

/// The contents of a source; `None` where it has no words.
fn contents_of(
    source: &Source,
    archive: &mut Archive<'_>,
    options: &ReadOptions,
) -> Result<Option<Contents>, CorpusError> {
    let path = place(archive.path(), source);
    let Some(bytes) = bytes_of(source, archive)? else { return Ok(None) };
    if encoding::is_binary_format(&bytes) {
        return Ok(Some(Contents::Binary(bytes)));
    }
    encoding::decode(&path, bytes, options.keep_mojibake).map(|decoded| Some(Contents::Text(decoded)))
}

/// Reads a source as a file of its own.
fn read_source(path: &str, contents: Contents, options: &ReadOptions, names: &Names) -> Result<Reading, CorpusError> {
    if let Contents::Text(decoded) = contents {
        let mut reading = Reading { mojibake_repaired: decoded.mojibake_repaired, ..Reading::default() };
        Page { text: decoded.text, ..Page::default() }.read(path, names, &mut reading);
        return Ok(reading);
    }
    // A project in a project would have no end.
    let documents = READERS.iter().filter(|reader| ["docx", "odt", "rtf", "pdf", "doc"].contains(&reader.name()));
    let reader = documents.into_iter().find(|reader| reader.claim(&contents, options) == Claim::Certain);
    match (reader, contents) {
        (Some(reader), contents) => reader.read(File { path, extension: None, contents, options, names }),
        (None, Contents::Binary(bytes)) => Err(encoding::not_text(path, &bytes)),
        (None, Contents::Text(_)) => Ok(Reading::default()),
    }
}

/// Adds what was found in a source.
fn add(found: Reading, id: &str, study: Option<&str>, person: Option<&str>, reading: &mut Reading) {
    let first = reading.documents.len();
    reading.documents.extend(found.documents);
    reading.warnings.extend(found.warnings);
    reading.failures.extend(found.failures);
    reading.mojibake_repaired += found.mojibake_repaired;
    let several = found.transcripts.len() > 1;
    for mut transcript in found.transcripts {
        transcript.turns.iter_mut().for_each(|turn| turn.document += first);
        // Several in one source have ids of their own.
        if !several || transcript.id.is_none() {
            transcript.id = Some(id.into());
        }
        transcript.person = person.filter(|_| !several).map(Into::into);
        transcript.study = study.map(Into::into).or(transcript.study);
        reading.transcripts.push(transcript);
    }
}

#[cfg(test)]
mod tests;
