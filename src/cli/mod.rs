//! The command line: one file a command, each from arguments over library calls to printing.
//!
//! In: the program's arguments. Out: results on standard output, messages and progress on standard
//! error. It holds no logic of its own.

mod assign;
mod banding;
mod code;
mod codebook;
mod compare;
mod compare_two;
mod completions;
mod evaluate;
mod export;
mod inspect;
mod mcp;
mod models;
mod name_server;
mod note_options;
mod places;
mod pseudonyms;
mod reading;
mod report;
mod saving;
mod themes;
mod units;
mod vector_source;
mod version;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::analysis::{AssignError, StoreError};
use crate::export::ExportError;
use crate::terminal::gate::{Gate, bounded_to, harmless};
use crate::terminal::messages;
use crate::terminal::mode::Mode;

/// Find the themes that recur across interviews, with verbatim quotes and counts of people.
///
/// Everything happens on this machine: a local model, no telemetry, no network but for `models get`.
/// Only `--embed-url`, `--note-url` and `--label-url` send text elsewhere, to the server that they name.
#[derive(Debug, Parser)]
#[command(name = "leitmotif", version, propagate_version = true)]
#[command(after_help = "Exit status: 0 done, 1 failed or some inputs failed, 2 wrong usage.")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to use colours; NO_COLOR is heeded too
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
    /// How far long work is: bars on a terminal, or `json`, one object a line on standard error, messages too
    #[arg(long, global = true, value_enum, default_value_t = Mode::Auto, value_name = "HOW")]
    progress: Mode,
    /// No progress, no warnings
    #[arg(short, long, global = true)]
    quiet: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Find themes in interviews and print them with quotes
    Themes(Box<themes::Arguments>),
    /// Give passages the codes of a codebook, and find themes in what fits none
    Code(Box<code::Arguments>),
    /// Show how inputs are understood: speakers, guide questions, exclusions, repairs
    Inspect(inspect::Arguments),
    /// Put new interviews into the themes of a saved analysis, and say how far they go beyond them
    Assign(assign::Arguments),
    /// Check or apply the edits in a saved analysis's codebook.toml: names, merges, moves, pins
    Codebook(codebook::Arguments),
    /// Compare themes between studies or other groups of participants, or align those of two analyses
    Compare(compare::Arguments),
    /// Write a saved analysis in another format, a sheet for coders, or the texts to embed elsewhere
    Export(export::Arguments),
    /// Tell how a saved analysis agrees with what people coded
    Evaluate(evaluate::Arguments),
    /// Write a saved analysis as one HTML file: themes, quotes, map, and a page to edit them
    Report(report::Arguments),
    /// Let an assistant ask about a saved analysis (Model Context Protocol, over standard input and output)
    Mcp(mcp::Arguments),
    /// List embedding models, get one, show where things lie, empty or bound the vector cache
    Models(models::Arguments),
    /// Print a script that completes commands and options in a shell
    Completions(completions::Completions),
    /// Print the manual page, or write one for each command
    Man(completions::Man),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Colour {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How a run ended, when it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything asked for was done.
    Done,
    /// Done, but some inputs could not be read.
    SomeInputsFailed,
}

/// Why a run failed.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The library's reason.
    #[error(transparent)]
    Library(#[from] crate::Error),
    /// Standard output could not be written.
    #[error("failed to write to standard output: {0}")]
    Output(#[from] io::Error),
    /// The arguments do not fit together, or a file named in them cannot be used.
    #[error("{message}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to do.
        hint: String,
    },
}

impl CliError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Library(error) => error.hint(),
            Self::Output(_) => Some("check where it goes to, and the space on the disk".into()),
            Self::Usage { hint, .. } => Some(hint.clone()),
        }
    }

    /// 1, or 2 for wrong usage.
    pub fn exit_status(&self) -> u8 {
        use crate::Error::{Assign, Comparison, Export, Store};
        let is_usage = match self {
            Self::Usage { .. } => true,
            Self::Output(_) => false,
            // What is there already is never replaced unasked, whether a file or a folder: the arguments are wrong.
            Self::Library(Store(
                StoreError::Exists { .. } | StoreError::NotAFolder { .. } | StoreError::Occupied { .. },
            )) => true,
            // Groups, a section or a format that are not there: likewise.
            Self::Library(Comparison(_) | Export(ExportError::Comparison(_) | ExportError::Name { .. })) => true,
            Self::Library(Assign(AssignError::NoSection { .. })) => true,
            Self::Library(_) => false,
        };
        if is_usage { 2 } else { 1 }
    }

    /// Whether the reader of the output went away, which is no error.
    pub fn is_broken_pipe(&self) -> bool {
        match self {
            Self::Output(error) | Self::Library(crate::Error::Export(ExportError::Write(error))) => {
                error.kind() == io::ErrorKind::BrokenPipe
            }
            _ => false,
        }
    }
}

impl<E> From<E> for CliError
where
    E: IntoLibraryError,
{
    fn from(error: E) -> Self {
        Self::Library(error.into())
    }
}

/// The stations' errors, which become [`crate::Error`] first.
trait IntoLibraryError: Into<crate::Error> {}
impl IntoLibraryError for crate::corpus::CorpusError {}
impl IntoLibraryError for crate::embed::EmbedError {}
impl IntoLibraryError for crate::notes::NoteError {}
impl IntoLibraryError for crate::analysis::StoreError {}
impl IntoLibraryError for crate::analysis::CodesError {}
impl IntoLibraryError for crate::analysis::CodingError {}
impl IntoLibraryError for crate::export::ExportError {}
impl IntoLibraryError for crate::analysis::codebook::CodebookError {}
impl IntoLibraryError for crate::analysis::AnalysisError {}
impl IntoLibraryError for crate::analysis::PseudonymError {}
impl IntoLibraryError for crate::analysis::PlacingError {}
impl IntoLibraryError for crate::analysis::codebook::CodebookFileError {}

/// Standard output: what is written for programs comes out as it is, what is written for people
/// harmless, and without styles where nobody looks.
fn stdout(for_programs: bool) -> Box<dyn io::Write> {
    let out = io::stdout();
    let styled = anstream::AutoStream::choice(&out) != anstream::ColorChoice::Never;
    let out = io::BufWriter::new(out.lock());
    if for_programs { Box::new(out) } else { Box::new(Gate::new(out, styled)) }
}

/// Parses, dispatches, and says how it ended: 0 done, 1 failed or some inputs failed, 2 wrong usage.
pub fn program() -> ExitCode {
    // Files are read on these threads too, whatever somebody nested in them. There is no pool yet that could be in the way.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global();
    match parse().run() {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeInputsFailed) => ExitCode::from(1),
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            messages::error(&error.to_string(), error.hint().as_deref());
            ExitCode::from(error.exit_status())
        }
    }
}

/// Bytes of a thread's stack: as many as the first one has on most systems.
const STACK: usize = 8 << 20;

/// Bytes of an argument that clap's messages show; they repeat it up to three times.
const LONGEST_ARGUMENT: usize = 600;

/// What was asked for: a command, or what is printed in its place.
enum Asked {
    Command(Box<Cli>),
    /// The version, which is printed.
    Version,
    /// Help.
    Help(clap::Error),
}

impl Asked {
    fn run(self) -> Result<Outcome, CliError> {
        match self {
            Self::Command(cli) => return cli.run(),
            Self::Version => version::tell()?,
            Self::Help(help) => {
                let mut out = anstream::stdout();
                write!(out, "{}", help.render().ansi())?;
                out.flush()?;
            }
        }
        Ok(Outcome::Done)
    }
}

/// The program's arguments. Where they do not fit, clap's message repeats them: it is printed and the program
/// ends. An argument may be the name of somebody else's file, so a message is made of harmless ones.
fn parse() -> Asked {
    let parsed = |arguments: Vec<OsString>| {
        let mut matches = with_negative_numbers(Cli::command()).try_get_matches_from(arguments)?;
        Cli::from_arg_matches_mut(&mut matches)
    };
    let error = match parsed(std::env::args_os().collect()) {
        Ok(cli) => return Asked::Command(Box::new(cli)),
        Err(error) => error,
    };
    if error.kind() == ErrorKind::DisplayVersion {
        return Asked::Version;
    }
    let shown = std::env::args_os().map(|argument| {
        let argument = argument.to_string_lossy().into_owned();
        bounded_to(LONGEST_ARGUMENT, &harmless(&argument)).into_owned().into()
    });
    let error = without_tips_on_values(parsed(shown.collect()).err().unwrap_or(error));
    if error.kind() == ErrorKind::DisplayHelp {
        return Asked::Help(error);
    }
    error.exit()
}

/// The command with options that take `-1` for their value, so that they say themselves what they allow.
fn with_negative_numbers(command: clap::Command) -> clap::Command {
    let takes = |arg: &clap::Arg| arg.get_long().is_some() && arg.get_action().takes_values();
    command
        .mut_args(|arg| if takes(&arg) { arg.allow_negative_numbers(true) } else { arg })
        .mut_subcommands(with_negative_numbers)
}

/// A message without the advice to write an unknown option behind `--`: it would be read as an input.
fn without_tips_on_values(mut error: clap::Error) -> clap::Error {
    if let Some(ContextValue::StyledStrs(mut tips)) = error.remove(ContextKind::Suggested) {
        tips.retain(|tip| !tip.to_string().contains("'-- "));
        if !tips.is_empty() {
            error.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
        }
    }
    error
}

/// A decoder's panic over a damaged file becomes an error with the file's name; what Rust would
/// print of it before helps nobody.
fn print_no_caught_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !crate::corpus::is_guarded() {
            usual(panic);
        }
    }));
}

impl Cli {
    /// Runs the command.
    ///
    /// # Errors
    /// [`CliError`], to be printed with its hint.
    pub fn run(self) -> Result<Outcome, CliError> {
        print_no_caught_panics();
        crate::files::stop::remove_unfinished_when_stopped();
        match self.color {
            Colour::Auto => {}
            Colour::Always => anstream::ColorChoice::Always.write_global(),
            Colour::Never => anstream::ColorChoice::Never.write_global(),
        }
        self.progress.write_global();
        match self.command {
            Command::Themes(arguments) => arguments.run(self.quiet),
            Command::Code(arguments) => arguments.run(self.quiet),
            Command::Inspect(arguments) => arguments.run(self.quiet),
            Command::Assign(arguments) => arguments.run(self.quiet),
            Command::Codebook(arguments) => arguments.run(self.quiet),
            Command::Compare(arguments) => arguments.run(self.quiet),
            Command::Export(arguments) => arguments.run(self.quiet),
            Command::Evaluate(arguments) => arguments.run(self.quiet),
            Command::Report(arguments) => arguments.run(self.quiet),
            Command::Mcp(arguments) => arguments.run(self.quiet),
            Command::Models(arguments) => arguments.run(self.quiet),
            Command::Completions(arguments) => arguments.run(),
            Command::Man(arguments) => arguments.run(),
        }
    }
}
