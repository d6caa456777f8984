//! `leitmotif assign`: new interviews among the themes of a saved analysis.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::places;
use super::reading::{Embedding, Inputs, report_cache};
use super::vector_source::VectorSourceOptions;
use super::{CliError, Outcome};
use crate::analysis::{assign, load};
use crate::export::{AssignmentsCsv, write_file};
use crate::terminal::assign::{AssignOptions, print};
use crate::terminal::messages;
use crate::terminal::progress::RunBar;

#[derive(Args, Debug)]
#[command(after_help = "The analysis stays as it is, and tells how inputs are divided and framed. To find themes in \
                        old and new interviews together, name all of them to `themes -o ANALYSIS --force`.")]
pub(super) struct Arguments {
    /// An analysis folder
    #[arg(value_name = "ANALYSIS")]
    folder: PathBuf,
    #[command(flatten)]
    inputs: Inputs,
    /// Take every answer as one to the question of this section (`Q3`), whatever was asked
    #[arg(long, value_name = "ID", help_heading = "Passages and framing")]
    section: Option<String>,
    #[command(flatten)]
    embedding: Embedding,
    #[command(flatten)]
    elsewhere: VectorSourceOptions,
    /// Write the assignments to this file: CSV, one row a passage, the columns of `export --to csv`
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Replace a file that is there
    #[arg(long, requires = "output", help_heading = "Output")]
    force: bool,
    /// For Excel: a byte order mark, and cells that look like formulas made harmless
    #[arg(long, requires = "output", help_heading = "Output")]
    excel: bool,
    /// Print the whole result as JSON in place of the summary
    #[arg(long, help_heading = "Output")]
    json: bool,
    /// Themes printed for each section; 0 for all
    #[arg(long, conflicts_with = "json", default_value_t = 6, value_name = "N", help_heading = "Output")]
    top: usize,
    /// Quotes printed for each possible new theme, 2 at most
    #[arg(
        long, conflicts_with = "json", default_value_t = 1, value_name = "N", help_heading = "Output",
        value_parser = clap::value_parser!(u8).range(0..=2)
    )]
    quotes: u8,
}

impl Arguments {
    pub(super) fn run(self, quiet: bool) -> Result<Outcome, CliError> {
        if let Some(path) = &self.output {
            let read: Vec<PathBuf> = self.inputs.paths().into_iter().chain(self.elsewhere.paths()).collect();
            places::check(&[("-o", Some(path))], &read)?;
            places::check_file("-o", path, self.force)?;
            places::check_ending(path, &["csv"])?;
        }
        let analysis = load(&self.folder)?;
        let outputs = [("-o", self.output.as_deref())];
        places::check_made_from(&outputs, &analysis.summary.manifest)?;
        if let (Some(_), false) = (&analysis.summary.manifest.notes, quiet) {
            messages::note(
                "the themes were found by margin notes and words together; new passages have no notes, and are placed by \
                 their words alone",
            );
        }
        let cache = self.embedding.open_cache();
        let embedding = self.embedding.of_analysis(&analysis.summary.manifest.model);
        let source = self.elsewhere.source(&embedding, cache.as_ref(), quiet)?;
        let corpus = self.inputs.read_for(source.as_ref(), quiet)?;
        places::check_sources(&outputs, &corpus.sources)?;
        let mut bar = RunBar::new(quiet);
        let outcome = assign(&analysis, &corpus, source.as_ref(), self.section.as_deref(), &mut bar);
        self.embedding.report(&source.identity().name, &bar, cache.as_ref());
        report_cache(cache.as_ref(), quiet);
        let found = outcome?;
        if let Some(path) = &self.output {
            write_file(&AssignmentsCsv { excel: self.excel }, &found.as_analysis(&analysis), path)?;
        }
        let mut out = super::stdout(self.json);
        if self.json {
            serde_json::to_writer_pretty(&mut out, &found).map_err(std::io::Error::from)?;
            writeln!(out)?;
        } else {
            print(&found, AssignOptions { top: self.top, quotes: usize::from(self.quotes) }, &mut out)?;
        }
        out.flush()?;
        if let (Some(path), false) = (&self.output, quiet) {
            messages::note(&format!("who said what to which theme: {}", path.display()));
        }
        Ok(if corpus.failures.is_empty() { Outcome::Done } else { Outcome::SomeInputsFailed })
    }
}
