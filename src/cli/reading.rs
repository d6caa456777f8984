//! Arguments that `themes` and `inspect` share: what to read, how to divide it, which model.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::CliError;
use crate::analysis::{is_analysis, other_names, unknown_languages};
use crate::corpus::{Corpus, InputSpec, ReadOptions, UnitKind, read_watched};
use crate::embed::cache::Cache;
use crate::embed::onnx::{BASE, Device, OnnxEmbedder};
use crate::embed::{EmbedError, Embedder, ModelIdentity, Progress, Step, VectorSource, models, runtime};
use crate::guide::Frame;
use crate::terminal::progress::RunBar;
use crate::terminal::{layout, messages};

#[derive(Args, Debug)]
#[command(next_help_heading = "Input")]
pub(super) struct Inputs {
    /// Transcripts or tables: files, folders, or `-` for standard input; NAME=PATH names the study
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<OsString>,
    /// A speaker label that is the interviewer (repeatable)
    #[arg(long, value_name = "LABEL")]
    interviewer: Vec<String>,
    /// A speaker label that is a participant, or a file without speakers that is one person's own words
    /// (repeatable; FOLDER/ for all files of a folder)
    #[arg(long, value_name = "LABEL")]
    participant: Vec<String>,
    /// Table column with the words; several (repeat it) are the questions of a survey
    #[arg(long, value_name = "COLUMN")]
    text_column: Vec<String>,
    /// Table column that tells transcripts or participants apart
    #[arg(long, value_name = "COLUMN")]
    id_column: Option<String>,
    /// Table column with the speaker
    #[arg(long, value_name = "COLUMN")]
    speaker_column: Option<String>,
    /// Table column with the question
    #[arg(long, value_name = "COLUMN")]
    question_column: Option<String>,
    /// Table column with the study
    #[arg(long, value_name = "COLUMN")]
    study_column: Option<String>,
    /// A table with a participant a row: their id and, in the other columns, what is known of them
    #[arg(long, value_name = "FILE")]
    participants: Option<PathBuf>,
    /// Leave mojibake (â€” for —) as it is
    #[arg(long)]
    keep_mojibake: bool,
    /// Stop at the first input that cannot be read
    #[arg(long)]
    strict: bool,
}

impl Inputs {
    /// The folder of a saved analysis, where that is the only input.
    pub(super) fn analysis(&self) -> Option<&Path> {
        let [only] = self.inputs.as_slice() else { return None };
        let folder = Path::new(only);
        is_analysis(folder).then_some(folder)
    }

    /// The path as given, where there is only one.
    pub(super) fn only(&self) -> Option<&Path> {
        let [only] = self.inputs.as_slice() else { return None };
        Some(Path::new(only))
    }

    /// What is read beside the interviews.
    pub(super) fn table_of_participants(&self) -> Option<&Path> {
        self.participants.as_deref()
    }

    /// Every path that is read.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        let inputs = self.inputs.iter().map(|input| InputSpec::parse(input).path);
        inputs.filter(|path| path.as_os_str() != "-").chain(self.participants.clone()).collect()
    }

    /// Whether anything is said about how inputs are read.
    pub(super) fn has_options(&self) -> bool {
        let lists = [&self.interviewer, &self.participant, &self.text_column];
        let columns = [&self.id_column, &self.speaker_column, &self.question_column, &self.study_column];
        lists.iter().any(|list| !list.is_empty())
            || columns.iter().any(|column| column.is_some())
            || self.participants.is_some()
            || self.keep_mojibake
            || self.strict
    }

    /// Reads everything, and warns of languages that the model of `source` does not know.
    pub(super) fn read_for(&self, source: &dyn VectorSource, quiet: bool) -> Result<Corpus, CliError> {
        let corpus = self.read(quiet)?;
        if let (Some(warning), false) = (unknown_languages(&corpus, source), quiet) {
            messages::warning(&warning);
        }
        Ok(corpus)
    }

    /// Refuses what cannot be meant: the column of the words for something else, too, and one label for both sides.
    fn refuse_contradictions(&self) -> Result<(), CliError> {
        let others = [
            ("--id-column", &self.id_column),
            ("--speaker-column", &self.speaker_column),
            ("--question-column", &self.question_column),
            ("--study-column", &self.study_column),
        ];
        for (option, column) in others {
            if let Some(column) = column.as_ref().filter(|column| self.text_column.contains(column)) {
                return Err(CliError::Usage {
                    message: format!("`--text-column` and `{option}` name one column, `{column}`"),
                    hint: "name another column for one of them, or leave it out".into(),
                });
            }
        }
        let is_both = |label: &&String| self.participant.contains(label);
        if let Some(label) = self.interviewer.iter().find(is_both) {
            return Err(CliError::Usage {
                message: format!("`{label}` is named as `--interviewer` and as `--participant`"),
                hint: "leave it out of one of them".into(),
            });
        }
        Ok(())
    }

    /// Reads everything; inputs that fail are reported, warnings unless `quiet`.
    pub(super) fn read(&self, quiet: bool) -> Result<Corpus, CliError> {
        self.refuse_contradictions()?;
        let specs: Vec<InputSpec> = self.inputs.iter().map(|input| InputSpec::parse(input)).collect();
        let options = ReadOptions {
            interviewer: self.interviewer.clone(),
            participant: self.participant.clone(),
            text_columns: self.text_column.clone(),
            id_column: self.id_column.clone(),
            speaker_column: self.speaker_column.clone(),
            question_column: self.question_column.clone(),
            study_column: self.study_column.clone(),
            participants: self.participants.clone(),
            keep_mojibake: self.keep_mojibake,
            strict: self.strict,
        };
        let mut bar = RunBar::new(quiet);
        let mut corpus = read_watched(&specs, &options, &mut |done, total| bar.advanced(Step::Reading, done, total))?;
        corpus.warnings.extend(other_names(corpus.attributes.names()));
        for failure in &corpus.failures {
            let (message, hint) =
                failure.rsplit_once("; hint: ").map_or((failure.as_str(), None), |(m, h)| (m, Some(h)));
            messages::error(message, hint);
        }
        if !quiet {
            corpus.warnings.iter().for_each(|warning| messages::warning(warning));
        }
        Ok(corpus)
    }
}

/// Words that a passage needs, unless told otherwise.
const MIN_WORDS: usize = 5;
/// The frame, unless told otherwise.
const AUTO: &str = "auto";
const GUIDE: &str = "guide";
const ALL: &str = "all";

#[derive(Args, Debug)]
#[command(next_help_heading = "Passages and framing")]
pub(super) struct Units {
    /// What is clustered: passages of one to three sentences, whole answers, or sentences
    #[arg(long, value_enum, default_value_t = UnitArgument::Auto)]
    unit: UnitArgument,
    /// Set aside passages with fewer words
    #[arg(long, default_value_t = MIN_WORDS, value_name = "N")]
    pub(super) min_words: usize,
}

#[derive(Args, Debug)]
#[command(next_help_heading = "Passages and framing")]
pub(super) struct Division {
    #[command(flatten)]
    pub(super) units: Units,
    /// What is clustered together: `auto`, `guide` (by section), `all`, or a file with one guide
    /// question a line
    #[arg(long, default_value = AUTO, value_name = "FRAME")]
    frame: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum UnitArgument {
    /// Passages; a short answer is one
    Auto,
    /// Passages, short answers too
    Passage,
    /// Whole answers
    Answer,
    /// Sentences
    Sentence,
}

impl Division {
    /// Whether anything differs from what is done unless told otherwise.
    pub(super) fn has_options(&self) -> bool {
        self.units.unit != UnitArgument::Auto || self.units.min_words != MIN_WORDS || self.frame != AUTO
    }

    /// The file with the guide, where one is named.
    pub(super) fn guide(&self) -> Option<&Path> {
        (![AUTO, GUIDE, ALL].contains(&self.frame.as_str())).then(|| Path::new(&self.frame))
    }

    /// The frame; a guide file is read.
    pub(super) fn frame(&self) -> Result<Frame, CliError> {
        match self.frame.as_str() {
            AUTO => Ok(Frame::Auto),
            GUIDE => Ok(Frame::Guide),
            ALL => Ok(Frame::All),
            path => Frame::read(Path::new(path)).map_err(|reason| CliError::Usage {
                message: format!("the guide {path} cannot be used: {reason}"),
                hint: "`--frame` takes auto, guide, all, or a text file with one guide question a line".into(),
            }),
        }
    }
}

impl Units {
    pub(super) fn unit(&self) -> UnitKind {
        match self.unit {
            UnitArgument::Auto => UnitKind::Auto,
            UnitArgument::Passage => UnitKind::Passage,
            UnitArgument::Answer => UnitKind::Answer,
            UnitArgument::Sentence => UnitKind::Sentence,
        }
    }
}

#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Embedding")]
pub(super) struct Embedding {
    /// The model: `bundled` (hears what people say), `all-MiniLM-L6-v2` (what they talk about), a name from `leitmotif models list`, or a folder with model.onnx and
    /// tokenizer.json
    #[arg(long, default_value = models::DEFAULT, value_name = "NAME|FOLDER")]
    model: String,
    /// The ONNX Runtime library, in place of looking for it
    #[arg(long, value_name = "PATH")]
    runtime: Option<PathBuf>,
    /// What a model in 32 or 16 bits runs on; a card needs a runtime that was built for it
    #[arg(long, value_enum, default_value_t = On::Cpu, value_name = "WHERE")]
    device: On,
    /// Folder of the vector cache, in place of the user's cache folder
    #[arg(long, value_name = "DIR", conflicts_with = "no_cache")]
    cache: Option<PathBuf>,
    /// Keep no vectors between runs
    #[arg(long)]
    no_cache: bool,
    /// Say which model was used, how many texts were embedded and how many the cache knew
    #[arg(short, long)]
    verbose: bool,
}

/// What a model runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum On {
    /// The processor
    Cpu,
    /// A graphics card of NVIDIA
    Cuda,
    /// Apple's accelerators
    Coreml,
}

impl From<On> for Device {
    fn from(on: On) -> Self {
        match on {
            On::Cpu => Self::Cpu,
            On::Cuda => Self::Cuda,
            On::Coreml => Self::CoreMl,
        }
    }
}

impl Embedding {
    /// The option that says how texts are embedded, where one does.
    pub(super) fn given(&self) -> Option<&'static str> {
        let all = [
            ("--model", self.model != models::DEFAULT),
            ("--runtime", self.runtime.is_some()),
            ("--device", self.device != On::Cpu),
        ];
        all.into_iter().find(|(_, is_given)| *is_given).map(|(option, _)| option)
    }

    /// Refuses a runtime that is not there, whether it is needed or not.
    pub(super) fn check_runtime(&self) -> Result<(), CliError> {
        match &self.runtime {
            Some(path) => Ok(runtime::find(Some(path)).map(|_| ())?),
            None => Ok(()),
        }
    }

    /// The same with the model that an analysis was made with, where none is named and it is in the program.
    pub(super) fn of_analysis(&self, model: &ModelIdentity) -> Self {
        let named = if self.model == models::DEFAULT && model.name == BASE { BASE } else { &self.model };
        Self { model: named.into(), ..self.clone() }
    }

    /// The model with one single-threaded session a thread. What had to be guessed is told,
    /// unless `quiet`.
    pub(super) fn embedder(&self, quiet: bool) -> Result<Box<dyn Embedder>, CliError> {
        let files = models::open(&self.model).map_err(EmbedError::from)?;
        if !quiet {
            files.warnings.iter().for_each(|warning| messages::warning(warning));
        }
        let embedder = OnnxEmbedder::new(files, self.runtime.clone(), rayon::current_num_threads());
        Ok(Box::new(embedder.on(self.device.into())?))
    }

    pub(super) fn open_cache(&self) -> Option<Cache> {
        if self.no_cache {
            return None;
        }
        let folder = self.cache.clone().or_else(Cache::default_folder)?;
        Some(Cache::open(&folder))
    }
}

impl Embedding {
    /// With `--verbose`, what was embedded with what.
    pub(super) fn report(&self, model: &str, bar: &RunBar, cache: Option<&Cache>) {
        if !self.verbose {
            return;
        }
        let texts = layout::counted(bar.embedded_texts(), "text");
        let known = cache.map_or_else(
            || "no vector cache".into(),
            |cache| format!("{} known from {}", layout::number(cache.found()), cache.folder().display()),
        );
        messages::note(&format!("embedded {texts} with {model}; {known}"));
    }
}

/// Reports vectors that were made elsewhere and are missing, unless `quiet`.
pub(super) fn report_missing(source: &dyn VectorSource, quiet: bool) {
    if !quiet {
        source.missing().iter().for_each(|missing| messages::warning(missing));
    }
}

/// Reports what went wrong with the cache, unless `quiet`.
pub(super) fn report_cache(cache: Option<&Cache>, quiet: bool) {
    if let (Some(cache), false) = (cache, quiet) {
        cache.warnings().iter().for_each(|warning| messages::warning(warning));
    }
}
