//! Leitmotif finds the themes that recur through hundreds of interviews, backs each with verbatim
//! quotes, and says how many people voiced it.
//!
//! The flow, one module a station, each importing only those before it:
//!
//! 1. [`corpus`]: files become transcripts with speakers and roles; participants' turns become
//!    answers, and answers become units (passages). Every unit keeps its place in the source.
//! 2. [`embed`]: each unit, and each question the interviewer asked, becomes a vector, with a local
//!    model on ONNX Runtime, through a cache on disk; or is taken from a file or a server.
//! 3. [`guide`]: questions that most participants were asked make the interview guide; each answer
//!    falls into the section of one of them.
//! 4. [`cluster`]: the vectors of a section become themes. Numbers only.
//! 5. [`theme`]: keywords and headlines, prevalence among participants, representative quotes, how far
//!    to trust a theme, and which themes recur in several questions.
//! 6. [`analysis`]: the pipeline over these stations, its result as plain data in a folder, and what is
//!    done with one: the researcher's edits, new interviews among its themes, two analyses side by
//!    side, groups compared, themes held against what people coded.
//! 7. [`export`] writes files for other programs, [`report`] an HTML file and figures for people;
//!    `terminal` prints; `serve` answers an assistant; `cli` is the program.
//!
//! Statistics of counts, groups and partitions stand in `stats`, which sees numbers only and imports nothing. Whatever is written to
//! disk goes through `files`, private and whole. [`remote`] is the way to a server that the user names,
//! for [`embed`], [`theme`] and margin notes (`notes`): the only ones.
//!
//! ```no_run
//! use leitmotif::analysis::{Parameters, analyse};
//! use leitmotif::corpus::{InputSpec, ReadOptions, read};
//! use leitmotif::embed::Computed;
//! use leitmotif::embed::onnx::{ModelFiles, OnnxEmbedder};
//!
//! # fn main() -> Result<(), leitmotif::Error> {
//! let corpus = read(&[InputSpec::parse("interviews/".as_ref())], &ReadOptions::default())?;
//! let embedder = OnnxEmbedder::new(ModelFiles::bundled(), None, 2);
//! let analysis = analyse(&corpus, &Computed::new(embedder, None), &Parameters::default(), &mut ())?;
//! for theme in analysis.summary.themes() {
//!     println!("{} {}: {} participants", theme.id, theme.label, theme.prevalence.participants);
//! }
//! # Ok(())
//! # }
//! ```

pub mod analysis;
mod cli;
pub mod cluster;
pub mod corpus;
pub mod embed;
mod error;
pub mod export;
mod files;
pub mod guide;
mod notes;
pub mod remote;
pub mod report;
mod serve;
#[doc(hidden)]
pub mod stats;
mod terminal;
pub mod theme;

pub use error::Error;

/// The program: arguments, what is printed, exit status. For `main.rs` alone.
#[doc(hidden)]
pub fn program() -> std::process::ExitCode {
    cli::program()
}
