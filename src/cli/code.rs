//! `leitmotif code`: the researcher's codes, and themes in what fits none.

use std::io::Write;
use std::path::PathBuf;

use clap::{ArgGroup, Args};

use super::note_options::NoteOptions;
use super::places;
use super::reading::{Embedding, Inputs, Units, report_cache, report_missing};
use super::saving::{self, Saved, save_over};
use super::themes::{draws, granularity, problem_of_notes, tell_no_notes};
use super::vector_source::VectorSourceOptions;
use super::{CliError, Outcome, report};
use crate::analysis::{CodingOptions, MAX_CODES, NEXT, PRECISION, Parameters, code_with_notes, read_given_with};
use crate::export::{Exporter, NextSheet, write_file};
use crate::guide::Frame;
use crate::notes::NoteSource;
use crate::terminal::progress::{NotingBar, RunBar};
use crate::terminal::summary::SummaryOptions;
use crate::terminal::{coding, messages};

#[derive(Args, Debug)]
#[command(
    group(ArgGroup::new("written").args(["output", "report", "next"]).multiple(true)),
    after_help = "A codebook is a table with the columns code, name, definition, include, exclude, example (a code and \
    one more are enough), a REFI-QDA codebook (.qdc), or what `leitmotif export --to codebook-csv` wrote; a REFI-QDA \
    project (.qdpx) gives its codes and, as examples, what was coded with them. Passages that people coded are a table with the columns id and code, such as a coding sheet: they are examples, kept as they are, \
    and tell how well each code is found. `none` says that there is nothing to code, \
    `!code` that a passage is not that code. See docs/coding.md."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    /// A codebook, passages that people coded, or a coded project (.qdpx) (repeatable)
    #[arg(long, required = true, value_name = "FILE", help_heading = "Codes")]
    codes: Vec<PathBuf>,
    /// What separates several codes in one cell, besides `;`, `|` and line breaks
    #[arg(long, value_name = "TEXT", value_parser = clap::builder::NonEmptyStringValueParser::new(), help_heading = "Codes")]
    separator: Option<String>,
    /// Codes that a passage may have
    #[arg(long, default_value_t = MAX_CODES as u32, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10), help_heading = "Codes")]
    max_codes: u32,
    /// Share of the passages under a code that are to be right; higher finds fewer
    #[arg(long, default_value_t = PRECISION, value_parser = precision, value_name = "SHARE", help_heading = "Codes")]
    precision: f64,
    /// Give each passage that fits no code its likeliest one, however improbable; nothing is left for further themes
    #[arg(long, help_heading = "Codes")]
    every_passage: bool,
    /// Write passages to look at next to this coding sheet (CSV or XLSX): those that tell most
    #[arg(long, value_name = "FILE", help_heading = "Codes")]
    next: Option<PathBuf>,
    /// Passages to look at next
    #[arg(long, default_value_t = NEXT as u32, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000), requires = "next", help_heading = "Codes")]
    next_sample: u32,
    #[command(flatten)]
    units: Units,
    /// More (above 1) or fewer (below 1) themes beside the codes
    #[arg(long, default_value_t = 1.0, value_parser = granularity, value_name = "FACTOR", help_heading = "Beside the codes")]
    granularity: f64,
    /// Participants that a theme beside the codes needs; without it two, and one in twenty-five of those who said
    /// something that fits no code, up to five
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000), help_heading = "Beside the codes")]
    min_participants: Option<u32>,
    /// How often participants are drawn anew to measure how stable each theme beside the codes is; 0 for not at all
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = draws, help_heading = "Beside the codes")]
    stability: u32,
    /// Where random draws start
    #[arg(long, default_value_t = 0, value_name = "N", help_heading = "Beside the codes")]
    seed: u32,
    #[command(flatten)]
    embedding: Embedding,
    #[command(flatten)]
    elsewhere: VectorSourceOptions,
    #[command(flatten)]
    notes: NoteOptions,
    /// Save the analysis in this folder
    #[arg(short, long, value_name = "DIR", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Write the HTML report to this file
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    report: Option<PathBuf>,
    /// Replace an analysis, a report or a sheet that is there
    #[arg(long, requires = "written", help_heading = "Output")]
    force: bool,
    /// Print the whole result as JSON in place of the summary
    #[arg(long, help_heading = "Output")]
    json: bool,
    /// Codes, and themes beside them, that are printed; 0 for all
    #[arg(long, conflicts_with = "json", default_value_t = 0, value_name = "N", help_heading = "Output")]
    top: usize,
    /// Quotes printed for each
    #[arg(long, default_value_t = 1, value_name = "N", help_heading = "Output")]
    quotes: usize,
    /// Passages without code and theme that are printed, the most isolated first
    #[arg(long, default_value_t = 0, value_name = "N", help_heading = "Output")]
    unclustered: usize,
    /// Print the question before each quote
    #[arg(long, conflicts_with = "json", help_heading = "Output")]
    context: bool,
    /// Print a passage's margin note below its quote
    #[arg(long, conflicts_with = "json", help_heading = "Output")]
    show_notes: bool,
}

fn precision(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if (0.3..=0.95).contains(&value) => Ok(value),
        _ => Err("a number from 0.3 to 0.95 is allowed".into()),
    }
}

impl Arguments {
    pub(super) fn run(self, quiet: bool) -> Result<Outcome, CliError> {
        let outputs =
            [("-o", self.output.as_deref()), ("--report", self.report.as_deref()), ("--next", self.next.as_deref())];
        let more = self.codes.iter().cloned().chain(self.notes.file()).chain(self.elsewhere.paths());
        let inputs: Vec<PathBuf> = self.inputs.paths().into_iter().chain(more).collect();
        places::check(&outputs, &inputs)?;
        for (option, path) in &outputs[1..] {
            if let (Some(folder), Some(path)) = (&self.output, path) {
                places::apart_from(folder, option, path)?;
            }
            if let Some(path) = path {
                places::check_file(option, path, self.force)?;
            }
        }
        if let Some(path) = &self.report {
            places::check_ending(path, &places::REPORT_ENDINGS)?;
        }
        let mut sheet = NextSheet::default();
        if let Some(path) = &self.next {
            sheet.written_to(path)?;
        }
        let target = self.output.as_deref().map(|folder| saving::target(folder, self.force, quiet)).transpose()?;
        if let Some(folder) = &self.output {
            // Edits with a mistake are found before the work.
            super::codebook::check(folder)?;
        }
        let given = read_given_with(&self.codes, self.separator.as_deref())?;
        let parameters = Parameters {
            unit: self.units.unit(),
            min_words: self.units.min_words,
            frame: Frame::All,
            granularity: self.granularity,
            min_participants: self.min_participants.map(|n| n as usize),
            quotes: self.quotes.max(super::themes::QUOTES_KEPT),
            stability: self.stability as usize,
            isolated: self.unclustered.max(super::themes::ISOLATED_KEPT),
            seed: u64::from(self.seed),
            ..Parameters::default()
        };
        let options = CodingOptions {
            max_codes: self.max_codes as usize,
            precision: self.precision,
            every_passage: self.every_passage,
            next: if self.next.is_some() { self.next_sample as usize } else { 0 },
        };
        let cache = self.embedding.open_cache();
        let mut noting = NotingBar::new(quiet);
        let mut notes = self.notes.source(cache.as_ref(), &mut noting, quiet)?;
        let source = self.elsewhere.source(&self.embedding, cache.as_ref(), quiet)?;
        let corpus = self.inputs.read_for(source.as_ref(), quiet)?;
        places::check_sources(&outputs, &corpus.sources)?;
        let mut bar = RunBar::new(quiet);
        let notes = notes.as_mut().map(|notes| notes.as_mut() as &mut dyn NoteSource);
        let outcome = code_with_notes(&corpus, source.as_ref(), notes, &given, &parameters, options, &mut bar);
        self.embedding.report(&source.identity().name, &bar, cache.as_ref());
        report_cache(cache.as_ref(), quiet);
        report_missing(source.as_ref(), quiet);
        let coded = outcome?;
        if !quiet {
            coded.warnings.iter().for_each(|warning| messages::warning(warning));
        }
        let mut analysis = coded.analysis;
        analysis.summary.manifest.also_read = places::also_read(&[self.inputs.table_of_participants()]);
        if let (Some(problem), false) = (problem_of_notes(&analysis), quiet) {
            messages::warning(problem);
        }
        tell_no_notes(&analysis, self.show_notes, quiet);
        sheet.passages = coded.next;
        if let Some(path) = &self.next {
            write_file(&sheet, &analysis, path)?;
        }
        let saved = match (&target, &self.output) {
            (Some(target), Some(folder)) => save_over(&mut analysis, folder, target, quiet)?,
            _ => Saved::default(),
        };
        if let Some(path) = &self.report {
            report::write(&mut analysis, &saved.codebook, &report::Contents::default(), path, quiet)?;
        }
        let mut out = super::stdout(self.json);
        if self.json {
            serde_json::to_writer_pretty(&mut out, &analysis.summary).map_err(std::io::Error::from)?;
            writeln!(out)?;
        } else {
            let options = SummaryOptions {
                top: self.top,
                quotes: self.quotes,
                unclustered: self.unclustered,
                context: self.context,
                show_notes: self.show_notes,
            };
            coding::print(&analysis, options, &mut out)?;
        }
        out.flush()?;
        if let (Some(path), false) = (&self.next, quiet) {
            messages::note(&sheet.told(path));
        }
        if let (Some(folder), false) = (&self.output, quiet) {
            saving::tell(&analysis, folder, "code");
        }
        Ok(if corpus.failures.is_empty() { Outcome::Done } else { Outcome::SomeInputsFailed })
    }
}
