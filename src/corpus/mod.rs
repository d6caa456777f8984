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
mod by_lines;
mod byte_set;
pub(crate) mod compact;
mod contents;
mod drained;
mod encoding;
mod error;
mod exclusions;
mod front_matter;
mod gathered;
mod guard;
mod inner_times;
mod inputs;
mod label_key;
mod labels;
mod language;
mod lexicon;
mod markdown;
mod marks;
pub mod model;
mod mojibake;
pub(crate) mod named;
mod nobody;
mod notices;
mod one_persons;
pub(crate) mod opening;
mod own_outputs;
mod page_numbers;
mod participants;
mod people;
mod piped_rows;
mod policy;
mod prompts;
mod readers;
mod role_names;
mod run_on;
mod running_heads;
mod section_words;
mod sentences;
mod speakers;
mod studies;
#[cfg(test)]
mod tests;
mod timed_rows;
mod units;
mod workspaces;

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub use error::CorpusError;
use error::first_of;
pub(crate) use error::some;
pub use exclusions::declines;
pub(crate) use guard::guarded;
pub use guard::is_guarded;
pub use inputs::InputSpec;
pub use language::Language;
pub use model::{
    Answer, Attributes, Cell, Corpus, Document, Exclusion, Name, Role, Source, SpeakerRole, TimeMark, Transcript, Turn,
    Unit, UnitKind,
};
pub use sentences::{sentences, words};
pub(crate) use units::for_each_unit;
pub use units::{UnitOptions, divide};

use assemble::Assembly;
use contents::contents_of;
pub(crate) use inputs::natural_order;
use inputs::{Found, PassedOver};
use one_persons::OnePersons;
use opening::Refused;
pub(crate) use own_outputs::table as own_table;
use participants::Register;
pub(crate) use readers::Grid;
pub(crate) use readers::qdc::{RefiCode, read_refi_codebook};
pub(crate) use readers::qdpx::{OWN_CODER, RefiCoding, RefiProject, RefiSource, read_refi_project};
use readers::table::column_of_ids;
pub(crate) use readers::table::{STUDY, plain, quoted};
use readers::{Case, Claim, Contents, File, Fits, GoesOn, READERS, Reader, Reading};
use speakers::Names;
use workspaces::Workspaces;

/// How files are read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Labels that are interviewers.
    pub interviewer: Vec<String>,
    /// Labels that are participants, or files (by path, name or folder) that are one person's own words.
    pub participant: Vec<String>,
    /// The table column that holds the words; several are the questions of a survey.
    pub text_columns: Vec<String>,
    /// The table column that tells transcripts or participants apart.
    pub id_column: Option<String>,
    /// The table column that names who speaks.
    pub speaker_column: Option<String>,
    /// The table column that holds the question.
    pub question_column: Option<String>,
    /// The table column that names the study.
    pub study_column: Option<String>,
    /// A table of what is known of participants, one a row.
    pub participants: Option<PathBuf>,
    /// Leave mojibake as it is.
    pub keep_mojibake: bool,
    /// Stop at the first file or row that cannot be read.
    pub strict: bool,
}

impl ReadOptions {
    /// Whether an option says which column or field holds what.
    pub(crate) fn names_columns(&self) -> bool {
        let columns = [&self.id_column, &self.speaker_column, &self.question_column, &self.study_column];
        !self.text_columns.is_empty() || columns.iter().any(|column| column.is_some())
    }
}

/// Reads interviews from memory, as if from a file of this name. Where the name has no extension, the
/// contents tell the format.
///
/// # Errors
/// Those of [`read`].
pub fn read_bytes(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<Corpus, CorpusError> {
    let register = options.participants.as_deref().map(|path| read_register(path, options)).transpose()?;
    let names = Names::new(&options.interviewer, &options.participant);
    let file = Found::named(None, PathBuf::from(name));
    let mut readings = Readings::default();
    readings.take(&file, read_contents(&file, bytes, options, &names), options)?;
    readings.settle_projects();
    readings.check_columns(options)?;
    readings.finish(register, options, &names)
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
    read_watched(inputs, options, &mut |_, _| {})
}

/// The same; `watch` hears how many bytes of how many are read.
///
/// # Errors
/// Those of [`read`].
pub(crate) fn read_watched(
    inputs: &[InputSpec],
    options: &ReadOptions,
    watch: &mut dyn FnMut(usize, usize),
) -> Result<Corpus, CorpusError> {
    if inputs.is_empty() {
        return Err(CorpusError::NoInput);
    }
    let register = options.participants.as_deref().map(|path| read_register(path, options)).transpose()?;
    let names = Names::new(&options.interviewer, &options.participant);
    let mut workspaces = Workspaces::default();
    let found: Vec<_> = inputs
        .iter()
        .map(|input| {
            let mut passed_over = PassedOver::default();
            let files = inputs::expand(input, &mut passed_over).map(|files| workspaces.without_lists(files));
            (passed_over, files.map(inputs::together))
        })
        .collect();
    let total = found.iter().flat_map(|(_, groups)| groups.iter().flatten()).map(|group| group.bytes).sum();
    let mut done = 0;
    watch(done, total);
    let mut readings = Readings { workspaces, ..Readings::default() };
    let mut seen: HashSet<PathBuf> = HashSet::new();
    for (passed_over, groups) in found {
        readings.warnings.extend(passed_over.warnings);
        readings.own.extend(passed_over.analyses.into_iter().map(|folder| (folder, "a saved analysis")));
        readings.own.extend(passed_over.reports.into_iter().map(|path| (path, "a report")));
        let groups = match groups {
            Ok(groups) => groups,
            Err(error) if options.strict => return Err(error),
            Err(error) => {
                readings.failures.push(error);
                continue;
            }
        };
        for group in groups {
            let is_first = |file: &&Found| {
                let place = file.path.as_ref().and_then(|path| path.canonicalize().ok());
                place.is_none_or(|place| seen.insert(place))
            };
            let (first, again): (Vec<&Found>, Vec<&Found>) = group.files.iter().partition(is_first);
            for file in again {
                readings.warnings.push(format!("`{}` was given twice and read once", file.shown));
            }
            let read = |file: &&Found| bytes_of(file).and_then(|bytes| read_contents(file, bytes, options, &names));
            // One file stays on this thread, whose stack is the larger one.
            let read: Vec<Result<FileReading, CorpusError>> =
                if let [only] = &first[..] { vec![read(only)] } else { first.par_iter().map(read).collect() };
            for (file, reading) in first.iter().zip(read) {
                readings.take(file, reading, options)?;
            }
            done += group.bytes;
            watch(done, total);
        }
    }
    readings.settle_projects();
    readings.check_columns(options)?;
    readings.finish(register, options, &names)
}

/// What was read so far.
#[derive(Default)]
struct Readings {
    assembly: Assembly,
    workspaces: Workspaces,
    warnings: Vec<String>,
    failures: Vec<CorpusError>,
    /// What files know of people, each with its path.
    cases: Vec<(String, Case)>,
    /// What this program wrote itself: path and kind.
    own: Vec<(String, &'static str)>,
    /// Those whose answers were taken for one participant's.
    one_persons: Vec<OnePersons>,
    /// Projects that this program wrote, until it is known what else is read.
    projects: Vec<(Found, FileReading)>,
    /// The first file without columns, and whether any has them.
    without_columns: Option<(String, &'static str)>,
    has_columns: bool,
}

/// A file with its reader and what this found.
type FileReading = (Source, &'static dyn Reader, Reading);

impl Readings {
    /// Adds a file, or its failure.
    ///
    /// # Errors
    /// The file's first failure, in strict mode.
    fn take(
        &mut self,
        file: &Found,
        reading: Result<FileReading, CorpusError>,
        options: &ReadOptions,
    ) -> Result<(), CorpusError> {
        match reading {
            Ok((_, _, Reading { own_output: Some(what), .. })) => self.own.push((file.shown.clone(), what)),
            Err(CorpusError::OwnOutput { path, what }) => self.own.push((path, what)),
            Ok((source, reader, mut reading)) => {
                if options.strict && !reading.failures.is_empty() {
                    return Err(reading.failures.swap_remove(0));
                }
                if reading.is_own_project {
                    self.projects.push((file.clone(), (source, reader, reading)));
                } else {
                    self.add(file, source, reader, reading);
                }
            }
            Err(error) if options.strict => return Err(error),
            Err(error) => self.failures.push(error),
        }
        Ok(())
    }

    /// Adds what was found in a file.
    fn add(&mut self, file: &Found, source: Source, reader: &dyn Reader, mut reading: Reading) {
        self.warnings.append(&mut reading.warnings);
        self.failures.append(&mut reading.failures);
        if reader.has_columns() {
            self.has_columns = true;
        } else {
            self.without_columns.get_or_insert_with(|| (file.shown.clone(), reader.name()));
        }
        self.one_persons.extend(reading.one_persons.take());
        self.cases.extend(reading.cases.drain(..).map(|case| (file.shown.clone(), case)));
        let named_by_file = reading.named_by_file.unwrap_or(reader.named_by_file());
        let channel = self.workspaces.settle(file, &mut reading).filter(|_| !reading.transcripts.is_empty());
        let Some(channel) = channel else { return self.assembly.add(file, source, named_by_file, reading) };
        if let Some(&talk) = self.workspaces.talks.get(&channel) {
            return self.assembly.go_on(talk, file, source, reading);
        }
        self.workspaces.talks.insert(channel.clone(), self.assembly.n_talks());
        reading.transcripts.iter_mut().for_each(|talk| talk.id = inputs::name_of(&channel).map(Name::from));
        self.assembly.add(file, source, named_by_file, reading);
    }

    /// Adds the projects that this program wrote, but for those whose interviews are read from other files.
    fn settle_projects(&mut self) {
        for (file, (source, reader, reading)) in std::mem::take(&mut self.projects) {
            let interviews =
                reading.transcripts.iter().map(|of| of.turns.iter().map(|turn| &*turn.text).collect::<Vec<_>>());
            if own_outputs::all_repeated(interviews, self.assembly.said()) {
                self.own.push((file.shown, "a project with the same interviews"));
            } else {
                self.add(&file, source, reader, reading);
            }
        }
    }

    /// Refuses options that name columns where no file has any.
    fn check_columns(&self, options: &ReadOptions) -> Result<(), CorpusError> {
        // The others may be meant for the table of participants.
        let given = [
            (&options.speaker_column, "--speaker-column"),
            (&options.question_column, "--question-column"),
            (&options.text_columns.first().cloned(), "--text-column"),
        ];
        let named = given.into_iter().find_map(|(column, option)| Some((column.clone()?, option)));
        match (named, &self.without_columns) {
            (Some((wanted, option)), Some((path, format))) if !self.has_columns => Err(CorpusError::NoSuchColumn {
                path: path.clone(),
                wanted,
                option,
                columns: format!("none, since it was read as {format}"),
            }),
            _ => Ok(()),
        }
    }

    /// Puts everything together.
    fn finish(
        self,
        register: Option<(Register, Option<String>)>,
        options: &ReadOptions,
        names: &Names,
    ) -> Result<Corpus, CorpusError> {
        let Self { assembly, mut warnings, mut failures, own, cases, one_persons, .. } = self;
        one_persons::settle(&one_persons, &mut warnings);
        let mut corpus = assembly.finish(names);
        if corpus.transcripts.is_empty() {
            if let (Some((path, what)), true) = (own.first(), failures.is_empty()) {
                return Err(CorpusError::OwnOutput { path: path.clone(), what });
            }
            return Err(match failures.len() {
                0 => CorpusError::NoParticipants { transcripts: 0, speakers: "none".to_owned() },
                1 => failures.swap_remove(0),
                _ => CorpusError::AllFailed { failures: failures.iter().map(CorpusError::full_message).collect() },
            });
        }
        if corpus.answers.is_empty() {
            return Err(no_participants(&corpus));
        }
        let read = |path: &Path| read_register(path, options).ok().map(|(register, _)| register);
        warnings.extend(participants::pass_over(&mut failures, &corpus, options.participants.as_deref(), read));
        if let Some((register, left_out)) = register {
            corpus.warnings.extend(left_out);
            register.join(&mut corpus)?;
        }
        participants::join_cases(&cases, &mut corpus);
        let labels = corpus.transcripts.iter().flat_map(|t| &*t.speakers).map(|speaker| speaker.label.as_str());
        let paths = corpus.sources.iter().map(|source| source.path.as_str());
        for name in names.unused(labels, paths) {
            warnings.push(format!("no speaker is called `{name}`, which `--interviewer` or `--participant` names"));
        }
        if !own.is_empty() {
            let outputs = first_of(own.iter().map(|(path, what)| format!("`{path}` ({what})")), 3);
            warnings.push(format!("passed over what this program wrote itself: {outputs}"));
        }
        warnings.append(&mut corpus.warnings);
        corpus.warnings = gathered::gather(warnings);
        corpus.failures = failures.iter().map(CorpusError::full_message).collect();
        Ok(corpus)
    }
}

fn no_participants(corpus: &Corpus) -> CorpusError {
    let mut speakers: Vec<String> = Vec::new();
    for speaker in corpus.transcripts.iter().flat_map(|t| &*t.speakers) {
        let shown = format!("`{}` ({})", speaker.label, speaker.role);
        if !speakers.contains(&shown) && speakers.len() < 8 {
            speakers.push(shown);
        }
    }
    CorpusError::NoParticipants { transcripts: corpus.transcripts.len(), speakers: speakers.join(", ") }
}

/// Reads the table of participants; beside it what of the file was not read.
fn read_register(path: &Path, options: &ReadOptions) -> Result<(Register, Option<String>), CorpusError> {
    let fits = |header: &[String]| column_of_ids(header, options).is_some();
    let (source, mut grid) = read_table_that(path, options, &fits, &are_alike)?;
    let left_out = grid.left_out.take();
    Ok((Register::new(&source.path, grid, options)?, left_out))
}

/// Whether two tables have the same titles, in whatever order.
fn are_alike(one: &[String], other: &[String]) -> bool {
    let sorted = |header: &[String]| {
        let mut titles: Vec<String> = header.iter().map(|title| plain(title)).collect();
        titles.sort_unstable();
        titles
    };
    sorted(one) == sorted(other)
}

/// Whether a label or a word is what a part that people play is called: `Interviewer`, `P3`, `Unknown speaker`.
pub(crate) fn is_part(label: &str) -> bool {
    Names::default().is_known(&speakers::key(label))
}

/// What participants are called, in many languages, in lower case.
pub(crate) fn words_for_participants() -> &'static [&'static str] {
    role_names::PARTICIPANTS
}

/// Reads a file as a plain table; beside it the path as messages show it.
///
/// # Errors
/// When the file cannot be read, is of a format without tables, or one of its rows is malformed.
pub(crate) fn read_grid(path: &Path, options: &ReadOptions) -> Result<(String, Grid), CorpusError> {
    read_table(path, options).map(|(source, grid)| (source.path, grid))
}

/// The same; beside it the file with its hash.
///
/// # Errors
/// Those of [`read_grid`].
pub(crate) fn read_table(path: &Path, options: &ReadOptions) -> Result<(Source, Grid), CorpusError> {
    table_of(path, read_file(path)?, options, None)
}

/// The same of the first table whose header `fits`, and of those that fit and go on with it.
///
/// # Errors
/// Those of [`read_grid`].
pub(crate) fn read_table_that(
    path: &Path,
    options: &ReadOptions,
    fits: &Fits,
    goes_on: &GoesOn,
) -> Result<(Source, Grid), CorpusError> {
    table_of(path, read_file(path)?, options, Some((fits, goes_on)))
}

/// The same as [`read_grid`] of bytes that were read from there; of several tables in a file the first whose header
/// `fits`.
///
/// # Errors
/// Those of [`read_grid`].
pub(crate) fn grid_of(
    path: &Path,
    bytes: Vec<u8>,
    options: &ReadOptions,
    fits: &Fits,
) -> Result<(String, Grid), CorpusError> {
    grid_of_all(path, bytes, options, fits, &|_, _| false)
}

/// The same with the tables that fit and go on with the first.
///
/// # Errors
/// Those of [`read_grid`].
pub(crate) fn grid_of_all(
    path: &Path,
    bytes: Vec<u8>,
    options: &ReadOptions,
    fits: &Fits,
    goes_on: &GoesOn,
) -> Result<(String, Grid), CorpusError> {
    table_of(path, bytes, options, Some((fits, goes_on))).map(|(source, grid)| (source.path, grid))
}

fn table_of(
    path: &Path,
    bytes: Vec<u8>,
    options: &ReadOptions,
    fits: Option<(&Fits, &GoesOn)>,
) -> Result<(Source, Grid), CorpusError> {
    let found = Found::named(None, path.to_owned());
    let (source, contents) = contents_of(&found, bytes, options)?;
    let extension = found.extension();
    let (reader, _) = reader_of(&found.shown, extension.as_deref(), &contents, options)?;
    let names = Names::default();
    let file = File { path: &found.shown, extension: extension.as_deref(), contents, options, names: &names };
    let grid = match fits {
        Some((fits, goes_on)) => reader.grid_that(file, fits, goes_on)?,
        None => reader.grid(file)?,
    };
    Ok((source, grid))
}

/// The bytes of one file.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, CorpusError> {
    bytes_of(&Found::named(None, path.to_owned()))
}

/// The largest file that is read, in bytes.
const MAX_FILE: u64 = 1 << 30;

/// Takes a file apart as far as its own format tells.
fn read_contents(
    found: &Found,
    bytes: Vec<u8>,
    options: &ReadOptions,
    names: &Names,
) -> Result<FileReading, CorpusError> {
    let path = &found.shown;
    let (mut source, contents) = contents_of(found, bytes, options)?;
    let damage = contents.damage(path);
    if let Some(what) = contents.text().and_then(own_outputs::text) {
        return Err(CorpusError::OwnOutput { path: path.clone(), what });
    }
    let extension = found.extension();
    let (reader, warning) = reader_of(path, extension.as_deref(), &contents, options)?;
    let file = File { path, extension: extension.as_deref(), contents, options, names };
    let mut reading = reader.read(file)?;
    if let [only] = &reading.documents[..]
        && let Some(what) = own_outputs::document(&only.text)
    {
        return Err(CorpusError::OwnOutput { path: path.clone(), what });
    }
    inner_times::take_out(path, names, &mut reading);
    run_on::settle(path, matches!(reader.name(), "text" | "csv"), names, &mut reading);
    reading.warnings.extend(warning.into_iter().chain(damage));
    source.format = reader.name().to_owned();
    source.layout = reading.layout.take();
    source.mojibake_repaired += reading.mojibake_repaired;
    Ok((source, reader, reading))
}

fn bytes_of(found: &Found) -> Result<Vec<u8>, CorpusError> {
    let io = |source| CorpusError::Io { path: found.shown.clone(), source };
    let too_large = |bytes: u64| CorpusError::TooLarge {
        path: found.shown.clone(),
        what: "it has".to_owned(),
        bytes,
        limit: MAX_FILE,
    };
    let mut bytes = Vec::new();
    match &found.path {
        Some(path) => {
            bytes = opening::read(path, MAX_FILE).map_err(|refused| match refused {
                Refused::Io(source) => io(source),
                Refused::NotAFile(kind) => CorpusError::NotAFile { path: found.shown.clone(), kind },
                Refused::TooLarge { bytes, .. } => too_large(bytes),
            })?;
        }
        None => {
            std::io::stdin().lock().take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(io)?;
        }
    }
    if bytes.len() as u64 > MAX_FILE { Err(too_large(bytes.len() as u64)) } else { Ok(bytes) }
}

/// The reader for a file: one that is certain of the contents, else the extension's, else the first
/// that finds the contents possible. An extension that the contents contradict is worth a warning.
fn reader_of(
    path: &str,
    extension: Option<&str>,
    contents: &Contents,
    options: &ReadOptions,
) -> Result<(&'static dyn Reader, Option<String>), CorpusError> {
    let by_extension =
        extension.and_then(|extension| READERS.into_iter().find(|reader| reader.extensions().contains(&extension)));
    let claim = |reader: &&dyn Reader| {
        let is_told = extension.is_some() && !reader.may_be_certain();
        if is_told { Claim::No } else { reader.claim(contents, options) }
    };
    let claims: Vec<Claim> = READERS.iter().map(claim).collect();
    let claimed = |wanted: Claim| READERS.into_iter().zip(&claims).find(|&(_, &claim)| claim == wanted);
    if let Some((reader, _)) = claimed(Claim::Certain) {
        let contradicted = by_extension.filter(|by_extension| by_extension.name() != reader.name());
        let warning = contradicted.map(|_| format!("`{path}` was read as {}, which its contents are", reader.name()));
        return Ok((reader, warning));
    }
    match (by_extension, extension) {
        (Some(reader), _) => Ok((reader, None)),
        (None, Some(extension)) => Err(CorpusError::UnknownFormat {
            path: path.to_owned(),
            extension: format!(".{extension}"),
            allowed: readers::extensions(),
        }),
        (None, None) => match (claimed(Claim::Possible), contents) {
            (Some((reader, _)), _) => Ok((reader, None)),
            (None, Contents::Binary(bytes)) => Err(encoding::not_text(path, bytes)),
            (None, Contents::Text(_)) => Ok((READERS[READERS.len() - 1], None)),
        },
    }
}
