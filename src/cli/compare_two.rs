//! `leitmotif compare A B`: the themes of two analyses.

use std::io::Write;
use std::path::Path;

use super::{CliError, Outcome};
use crate::analysis::{align, load};
use crate::terminal::alignment::{AlignmentOptions, print};

/// How the table is printed.
#[derive(Clone, Copy, Debug)]
pub(super) struct TableOptions {
    /// Relations of each kind; 0 for all.
    pub top: usize,
    /// Quotes of each theme.
    pub quotes: usize,
    /// JSON in place of the table.
    pub json: bool,
}

/// Aligns the themes of two analysis folders and prints the table.
pub(super) fn run_two(a: &Path, b: &Path, options: TableOptions) -> Result<Outcome, CliError> {
    let found = align(&load(a)?, &load(b)?)?;
    let mut out = super::stdout(options.json);
    if options.json {
        serde_json::to_writer_pretty(&mut out, &found).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        let names = (a.display().to_string(), b.display().to_string());
        let options = AlignmentOptions { top: options.top, quotes: options.quotes };
        print(&found, (&names.0, &names.1), options, &mut out)?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}
