//! From files to answers.
//!
//! In: paths to transcripts and tables. Out: a [`Corpus`] of studies, participants, turns and
//! answers with their positions in the source, and the [`Unit`]s its answers are divided into.
//! This station never changes a word that was said and never counts an interviewer's words as an
//! answer.
//!
//! [`read`] finds the files, decodes each, lets its format's reader take it apart, then settles
//! who asks and who answers; [`divide`] cuts answers into units and sets aside what is no answer.

mod assemble;
mod encoding;
mod error;
mod exclusions;
mod front_matter;
mod inputs;
mod labels;
pub mod model;
mod mojibake;
mod readers;
mod sentences;
mod speakers;
#[cfg(test)]
mod tests;
mod units;

use std::collections::HashSet;
use std::io::Read;
use std::path::PathBuf;

pub use error::CorpusError;
pub use exclusions::declines;
pub use inputs::InputSpec;
pub use model::{
    Answer, Cell, Corpus, Document, Exclusion, Role, Source, SpeakerRole, Transcript, Turn, Unit, UnitKind,
};
pub use sentences::{sentences, words};
pub use units::{UnitOptions, divide};

use assemble::Assembly;
use inputs::Found;
use readers::{File, READERS, Reader, Reading};
use speakers::Names;

/// How files are read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Labels that are interviewers.
    pub interviewer: Vec<String>,
    /// Labels that are participants.
    pub participant: Vec<String>,
    /// The table column that holds the words.
    pub text_column: Option<String>,
    /// The table column that tells transcripts or participants apart.
    pub id_column: Option<String>,
    /// The table column that names who speaks.
    pub speaker_column: Option<String>,
    /// The table column that holds the question.
    pub question_column: Option<String>,
    /// The table column that names the study.
    pub study_column: Option<String>,
    /// Leave mojibake as it is.
    pub keep_mojibake: bool,
    /// Stop at the first file or row that cannot be read.
    pub strict: bool,
}

/// Reads interviews.
///
/// Files and rows that cannot be read are listed in [`Corpus::failures`] and the others are read,
/// unless [`ReadOptions::strict`] is set.
///
/// # Errors
/// When there is no input, when every input fails, when no participant speaks anywhere, and in
/// strict mode at the first failure.
pub fn read(inputs: &[InputSpec], options: &ReadOptions) -> Result<Corpus, CorpusError> {
    if inputs.is_empty() {
        return Err(CorpusError::NoInput);
    }
    let names = Names::new(&options.interviewer, &options.participant);
    let mut assembly = Assembly::default();
    let mut failures: Vec<CorpusError> = Vec::new();
    let mut warnings = Vec::new();
    let mut seen: HashSet<PathBuf> = HashSet::new();
    for input in inputs {
        let files = match inputs::expand(input, &mut warnings) {
            Ok(files) => files,
            Err(error) if options.strict => return Err(error),
            Err(error) => {
                failures.push(error);
                continue;
            }
        };
        for file in files {
            let place = file.path.as_ref().and_then(|path| path.canonicalize().ok());
            if place.is_some_and(|place| !seen.insert(place)) {
                warnings.push(format!("`{}` was given twice and read once", file.shown));
                continue;
            }
            match read_file(&file, options, &names) {
                Ok((source, reader, mut reading)) => {
                    if options.strict && !reading.failures.is_empty() {
                        return Err(reading.failures.swap_remove(0));
                    }
                    warnings.append(&mut reading.warnings);
                    failures.append(&mut reading.failures);
                    assembly.add(&file, source, reader.named_by_file(), reading);
                }
                Err(error) if options.strict => return Err(error),
                Err(error) => failures.push(error),
            }
        }
    }
    let mut corpus = assembly.finish(&names);
    if corpus.transcripts.is_empty() {
        return Err(match failures.len() {
            0 => CorpusError::NoParticipants { transcripts: 0, speakers: "none".to_owned() },
            1 => failures.swap_remove(0),
            _ => CorpusError::AllFailed { failures: failures.iter().map(CorpusError::full_message).collect() },
        });
    }
    if corpus.answers.is_empty() {
        return Err(no_participants(&corpus));
    }
    let labels = corpus.transcripts.iter().flat_map(|t| &t.speakers).map(|speaker| speaker.label.as_str());
    for name in names.unused(labels) {
        warnings.push(format!("no speaker is called `{name}`, which `--interviewer` or `--participant` names"));
    }
    warnings.append(&mut corpus.warnings);
    corpus.warnings = warnings;
    corpus.failures = failures.iter().map(CorpusError::full_message).collect();
    Ok(corpus)
}

fn no_participants(corpus: &Corpus) -> CorpusError {
    let mut speakers: Vec<String> = Vec::new();
    for speaker in corpus.transcripts.iter().flat_map(|t| &t.speakers) {
        let shown = format!("`{}` ({})", speaker.label, speaker.role);
        if !speakers.contains(&shown) && speakers.len() < 8 {
            speakers.push(shown);
        }
    }
    CorpusError::NoParticipants { transcripts: corpus.transcripts.len(), speakers: speakers.join(", ") }
}

/// Reads one file as far as its own format tells.
fn read_file(
    found: &Found,
    options: &ReadOptions,
    names: &Names,
) -> Result<(Source, &'static dyn Reader, Reading), CorpusError> {
    let extension = found.extension();
    let by_extension = extension.as_deref().map(|extension| {
        READERS.into_iter().find(|reader| reader.extensions().contains(&extension)).ok_or_else(|| {
            CorpusError::UnknownFormat {
                path: found.shown.clone(),
                extension: format!(".{extension}"),
                allowed: readers::extensions(),
            }
        })
    });
    let by_extension = by_extension.transpose()?;
    let io = |source| CorpusError::Io { path: found.shown.clone(), source };
    let bytes = match &found.path {
        Some(path) => std::fs::read(path).map_err(io)?,
        None => {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).map_err(io)?;
            bytes
        }
    };
    let decoded = encoding::decode(&found.shown, &bytes, options.keep_mojibake)?;
    let reader = by_extension
        .or_else(|| READERS.into_iter().find(|reader| reader.accepts(&decoded.text, options)))
        .unwrap_or(READERS[READERS.len() - 1]);
    let source = Source {
        path: found.shown.clone(),
        format: reader.name().to_owned(),
        blake3: blake3::hash(&bytes).to_hex().to_string(),
        bytes: bytes.len() as u64,
        encoding: decoded.encoding.to_owned(),
        mojibake_repaired: decoded.mojibake_repaired,
    };
    let file = File { path: &found.shown, extension: extension.as_deref(), text: decoded.text, options, names };
    let reading = reader.read(file)?;
    Ok((source, reader, reading))
}
