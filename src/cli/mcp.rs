//! `leitmotif mcp`: a saved analysis for assistants that speak the Model Context Protocol.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::Args;

use super::places;
use super::pseudonyms::PseudonymOptions;
use super::{CliError, Outcome};
use crate::analysis::load;
use crate::serve::serve;
use crate::terminal::messages;

#[derive(Args, Debug)]
#[command(
    after_help = "An assistant starts it, as its settings say (docs/agents.md). It answers from the analysis alone, changes \
                  nothing in it and opens no connection; but the assistant gets passages of the interviews, and one \
                  that runs elsewhere sends them there. `--pseudonyms` takes ids and names out of them first; the file of `--checklist` is written anew at \
                  each start, where a check list is there already."
)]
pub(super) struct Arguments {
    /// An analysis folder; edits applied later show when it is started anew
    #[arg(value_name = "ANALYSIS")]
    folder: PathBuf,
    #[command(flatten)]
    pseudonyms: PseudonymOptions,
}

impl Arguments {
    pub(super) fn run(self, quiet: bool) -> Result<Outcome, CliError> {
        self.pseudonyms.check_of_server(&self.folder)?;
        let mut analysis = load(&self.folder)?;
        places::check_made_from(&[self.pseudonyms.output()], &analysis.summary.manifest)?;
        if let Some(found) = self.pseudonyms.apply(&self.folder, &analysis, quiet)? {
            analysis = found.analysis;
        }
        let input = std::io::stdin();
        if input.is_terminal() && !quiet {
            messages::note(
                "waiting for an assistant's messages on standard input; docs/agents.md says how it is set up",
            );
        }
        serve(&analysis, &mut input.lock(), &mut std::io::stdout().lock())?;
        Ok(Outcome::Done)
    }
}
