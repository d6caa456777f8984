//! `leitmotif inspect`: how the inputs are understood, before any clustering.

use std::io::Write;

use clap::Args;

use super::reading::{Division, Embedding, Inputs, report_cache};
use super::vector_source::VectorSourceOptions;
use super::{CliError, Outcome};
use crate::analysis::inspect;
use crate::corpus::UnitOptions;
use crate::terminal::inspection;
use crate::terminal::messages;
use crate::terminal::progress::RunBar;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    division: Division,
    #[command(flatten)]
    embedding: Embedding,
    #[command(flatten)]
    elsewhere: VectorSourceOptions,
    /// Print as JSON
    #[arg(long, help_heading = "Output")]
    json: bool,
}

impl Arguments {
    pub(super) fn run(self, quiet: bool) -> Result<Outcome, CliError> {
        let units = UnitOptions { kind: self.division.units.unit(), min_words: self.division.units.min_words };
        let frame = self.division.frame()?;
        let cache = self.embedding.open_cache();
        let source = self.elsewhere.source(&self.embedding, cache.as_ref(), quiet)?;
        let corpus = self.inputs.read_for(source.as_ref(), quiet)?;
        let mut bar = RunBar::new(quiet);
        let found = inspect(&corpus, &units, &frame, source.as_ref(), &mut bar);
        self.embedding.report(&source.identity().name, &bar, cache.as_ref());
        report_cache(cache.as_ref(), quiet);
        if let Some(error) = &found.guide_error
            && !quiet
        {
            messages::warning(&format!("the guide could not be recovered: {error}"));
        }
        let mut out = super::stdout(self.json);
        if self.json {
            serde_json::to_writer_pretty(&mut out, &found).map_err(std::io::Error::from)?;
            writeln!(out)?;
        } else {
            inspection::print(&found, &mut out)?;
        }
        out.flush()?;
        Ok(if corpus.failures.is_empty() { Outcome::Done } else { Outcome::SomeInputsFailed })
    }
}
