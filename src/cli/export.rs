//! `leitmotif export`: a saved analysis in another format, or texts for embedding elsewhere.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::elsewhere::Elsewhere;
use super::reading::{Division, Embedding, Inputs};
use super::units::{Texts, refuse_options};
use super::{CliError, Outcome};
use crate::analysis::load;
use crate::export::{AssignmentsCsv, CodingSheet, ExportError, Exporter, SAMPLE, write_file};
use crate::terminal::messages;

#[derive(Args, Debug)]
#[command(mut_arg("inputs", |inputs| inputs.value_name("ANALYSIS|INPUT").help(
    "An analysis folder; for `--to units` and `--to vectors` also interviews, with the options of `themes`"
)))]
pub(super) struct Arguments {
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
    /// Passages on the coding sheet, drawn from every study, question and theme [default: 200]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    sample: Option<u32>,
    /// Draw other passages for the coding sheet
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    division: Division,
    #[command(flatten)]
    embedding: Embedding,
    #[command(flatten)]
    elsewhere: Elsewhere,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Assignments of a saved analysis: one row a unit, who said what to which theme
    Csv,
    /// A sheet for a person to code without knowing the themes: `evaluate --codes` takes it back
    CodingSheet,
    /// Ids and texts to embed elsewhere, of interviews or a saved analysis: .parquet, .csv or .jsonl
    Units,
    /// The same with their vectors, for `--vectors`: .parquet
    Vectors,
}

impl Arguments {
    pub(super) fn run(self, quiet: bool) -> Result<Outcome, CliError> {
        let texts = Texts {
            inputs: &self.inputs,
            division: &self.division,
            embedding: &self.embedding,
            elsewhere: &self.elsewhere,
            output: self.output.as_deref(),
            force: self.force,
            quiet,
        };
        if self.excel && !matches!(self.to, Format::Csv | Format::CodingSheet) {
            return Err(CliError::Usage {
                message: "`--excel` is for `--to csv` and `--to coding-sheet`".into(),
                hint: "leave it out: texts are embedded as they are".into(),
            });
        }
        if (self.sample.is_some() || self.seed.is_some()) && !matches!(self.to, Format::CodingSheet) {
            return Err(CliError::Usage {
                message: "`--sample` and `--seed` are for `--to coding-sheet`".into(),
                hint: "leave them out: nothing is drawn for the other formats".into(),
            });
        }
        if self.elsewhere.is_named() && !matches!(self.to, Format::Vectors) {
            return Err(CliError::Usage {
                message: "`--vectors` and `--embed-url` are for `--to vectors`".into(),
                hint: "leave them out: nothing is embedded for the other formats".into(),
            });
        }
        let exporter: Box<dyn Exporter> = match self.to {
            Format::Csv => Box::new(AssignmentsCsv { excel: self.excel }),
            Format::CodingSheet => Box::new(CodingSheet {
                sample: self.sample.map_or(SAMPLE, |sample| sample as usize),
                seed: self.seed.unwrap_or_default(),
                excel: self.excel,
            }),
            Format::Units => return texts.write_units(),
            Format::Vectors => return texts.write_vectors(),
        };
        refuse_options(&self.inputs, &self.division)?;
        if let Some(path) = &self.output {
            refuse_existing(path, self.force)?;
        }
        let analysis = load(self.inputs.only().ok_or_else(|| CliError::Usage {
            message: "several inputs are named".into(),
            hint: "`--to csv` and `--to coding-sheet` take one analysis folder".into(),
        })?)?;
        match &self.output {
            Some(path) => write_file(exporter.as_ref(), &analysis, path)?,
            None => {
                let mut out = std::io::BufWriter::new(std::io::stdout().lock());
                exporter.write(&analysis, &mut out)?;
                out.flush().map_err(ExportError::Write)?;
            }
        }
        if let (Format::CodingSheet, Some(path), false) = (self.to, &self.output, quiet) {
            let all = CodingSheet::population(&analysis);
            let drawn = self.sample.map_or(SAMPLE, |sample| sample as usize).min(all);
            messages::note(&format!(
                "{}: {drawn} of {all} passages; fill in `code`, then `leitmotif evaluate ANALYSIS --codes {}`",
                path.display(),
                path.display()
            ));
        }
        Ok(Outcome::Done)
    }
}

pub(super) fn refuse_existing(path: &Path, force: bool) -> Result<(), CliError> {
    if path.exists() && !force {
        return Err(CliError::Usage {
            message: format!("{} exists already", path.display()),
            hint: "choose another file with `-o`, or replace it with `--force`".into(),
        });
    }
    Ok(())
}
