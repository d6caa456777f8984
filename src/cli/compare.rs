//! `leitmotif compare`: two analyses, theme by theme.

use std::path::PathBuf;

use clap::Args;

use super::compare_two::{TableOptions, run_two};
use super::{CliError, Outcome};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// An analysis folder
    #[arg(value_name = "A")]
    a: PathBuf,
    /// Another one, made with the same model
    #[arg(value_name = "B")]
    b: PathBuf,
    /// Themes printed of each kind; 0 for all
    #[arg(long, default_value_t = 10, value_name = "N")]
    top: usize,
    /// Quotes printed for each theme, 2 at most
    #[arg(long, default_value_t = 0, value_name = "N")]
    quotes: usize,
    /// Print the whole result as JSON in place of the table
    #[arg(long)]
    json: bool,
}

impl Arguments {
    pub(super) fn run(self) -> Result<Outcome, CliError> {
        run_two(&self.a, &self.b, TableOptions { top: self.top, quotes: self.quotes, json: self.json })
    }
}
