//! `leitmotif export`: a saved analysis in another format.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{CliError, Outcome};
use crate::analysis::load;
use crate::export::{AssignmentsCsv, ExportError, Exporter, write_file};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The analysis folder
    #[arg(value_name = "ANALYSIS")]
    analysis: PathBuf,
    /// The format
    #[arg(long, value_enum, value_name = "FORMAT")]
    to: Format,
    /// The file to write; standard output without it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace a file that is there
    #[arg(long, requires = "output")]
    force: bool,
    /// For Excel: a byte order mark, and cells that look like formulas made harmless
    #[arg(long)]
    excel: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Assignments: one row a unit, who said what to which theme
    Csv,
}

impl Arguments {
    pub(super) fn run(self) -> Result<Outcome, CliError> {
        if let Some(path) = &self.output {
            refuse_existing(path, self.force)?;
        }
        let analysis = load(&self.analysis)?;
        let exporter: Box<dyn Exporter> = match self.to {
            Format::Csv => Box::new(AssignmentsCsv { excel: self.excel }),
        };
        match &self.output {
            Some(path) => write_file(exporter.as_ref(), &analysis, path)?,
            None => {
                let mut out = std::io::BufWriter::new(std::io::stdout().lock());
                exporter.write(&analysis, &mut out)?;
                out.flush().map_err(ExportError::Write)?;
            }
        }
        Ok(Outcome::Done)
    }
}

fn refuse_existing(path: &Path, force: bool) -> Result<(), CliError> {
    if path.exists() && !force {
        return Err(CliError::Usage {
            message: format!("{} exists already", path.display()),
            hint: "choose another file with `-o`, or replace it with `--force`".into(),
        });
    }
    Ok(())
}
