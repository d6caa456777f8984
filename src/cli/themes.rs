//! `leitmotif themes`: the main job.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};
use linfa::ParamGuard;

use super::name_server::{NameServer, name};
use super::note_options::NoteOptions;
use super::places;
use super::reading::{Division, Embedding, Inputs, report_cache, report_missing};
use super::saving::{self, Saved, save_over};
use super::vector_source::VectorSourceOptions;
use super::{CliError, Outcome, report};
use crate::analysis::{Analysis, CodebookFile, Parameters, Target, analyse_with_notes, save, unasked_lines};
use crate::cluster::Algorithm;
use crate::notes::NoteSource;
use crate::terminal::messages;
use crate::terminal::progress::{NotingBar, RunBar};
use crate::terminal::summary::{self, SummaryOptions};

/// Quotes kept in the saved analysis, even where fewer are printed.
pub(super) const QUOTES_KEPT: usize = 5;
/// The same for the unclustered passages of a section.
pub(super) const ISOLATED_KEPT: usize = 5;

#[derive(Args, Debug)]
#[command(group(ArgGroup::new("written").args(["output", "report"]).multiple(true)))]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    division: Division,
    /// Let it matter whether passages name what all interviews are about (a word such as "AI") or
    /// call it "it"
    #[arg(long, help_heading = "Themes")]
    keep_subject: bool,
    /// How themes are found: themes, k-means, agglomerative or dbscan; the others are for comparison
    /// with earlier studies (see docs/clustering.md)
    #[arg(long, default_value_t = Algorithm::Themes, value_parser = algorithm, value_name = "NAME", help_heading = "Themes")]
    algorithm: Algorithm,
    /// Number of themes in each section, in place of finding it
    #[arg(
        long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000), help_heading = "Themes",
        conflicts_with = "granularity"
    )]
    themes: Option<u32>,
    /// More (above 1) or fewer (below 1) themes
    #[arg(long, default_value_t = 1.0, value_parser = granularity, value_name = "FACTOR", help_heading = "Themes")]
    granularity: f64,
    /// Participants that a theme needs; without it two, and one in twenty-five of those who answered in its
    /// section, up to five
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000), help_heading = "Themes")]
    min_participants: Option<u32>,
    /// How often participants are drawn anew to measure how stable each theme is; half as often in
    /// sections of more than 1,000 passages, a fifth of it above 20,000; 0 for not at all
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = draws, help_heading = "Themes")]
    stability: u32,
    /// Where random draws start: of participants, for stability; of groups, for links between sections;
    /// in sections of more than 20,000 passages also of passages, for the clustering
    #[arg(long, default_value_t = 0, value_name = "N", help_heading = "Themes")]
    seed: u32,
    #[command(flatten)]
    embedding: Embedding,
    #[command(flatten)]
    elsewhere: VectorSourceOptions,
    #[command(flatten)]
    notes: NoteOptions,
    #[command(flatten)]
    naming: NameServer,
    /// Save the analysis in this folder
    #[arg(short, long, value_name = "DIR", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Write the HTML report to this file
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    report: Option<PathBuf>,
    /// Replace an analysis or a report that is there
    #[arg(long, requires = "written", help_heading = "Output")]
    force: bool,
    /// Print the whole result as JSON in place of the summary
    #[arg(long, help_heading = "Output")]
    json: bool,
    /// Themes printed for each section; 0 for all
    #[arg(long, conflicts_with = "json", default_value_t = 6, value_name = "N", help_heading = "Output")]
    top: usize,
    /// Quotes printed for each theme
    #[arg(long, default_value_t = 2, value_name = "N", help_heading = "Output")]
    quotes: usize,
    /// Unclustered passages printed for each section, the most isolated first
    #[arg(long, default_value_t = 0, value_name = "N", help_heading = "Output")]
    unclustered: usize,
    /// Print the question before each quote
    #[arg(long, conflicts_with = "json", help_heading = "Output")]
    context: bool,
    /// Print the margin note below each quote
    #[arg(long, conflicts_with = "json", help_heading = "Output")]
    show_notes: bool,
}

/// What went wrong with the margin notes.
pub(super) fn problem_of_notes(analysis: &Analysis) -> Option<&str> {
    analysis.summary.manifest.notes.as_ref()?.problem.as_deref()
}

/// Says that there are no margin notes where they are to be shown.
pub(super) fn tell_no_notes(analysis: &Analysis, are_wanted: bool, quiet: bool) {
    if are_wanted && !quiet && analysis.summary.manifest.notes.is_none() {
        messages::warning("`--show-notes` shows nothing: there are no margin notes without `--notes` or `--note-url`");
    }
}

fn algorithm(text: &str) -> Result<Algorithm, String> {
    Algorithm::ALL.into_iter().find(|algorithm| algorithm.word() == text).ok_or_else(|| {
        let words: Vec<&str> = Algorithm::ALL.iter().map(|algorithm| algorithm.word()).collect();
        format!("{} are allowed", words.join(", "))
    })
}

pub(super) fn granularity(text: &str) -> Result<f64, String> {
    let allowed = 0.05..=20.0;
    match text.parse::<f64>() {
        Ok(value) if allowed.contains(&value) => Ok(value),
        _ => Err("a number from 0.05 to 20 is allowed".into()),
    }
}

/// How often participants are drawn anew.
pub(super) fn draws(text: &str) -> Result<u32, String> {
    match text.parse::<u32>() {
        Ok(1) => Err("one draw does not tell how stable a theme is: 10 or more do, 0 is for not at all".into()),
        Ok(value) if value <= 1000 => Ok(value),
        _ => Err("0, or a number from 2 to 1000, is allowed".into()),
    }
}

impl Arguments {
    pub(super) fn run(self, quiet: bool) -> Result<Outcome, CliError> {
        let parameters = self.algorithm.params().themes(self.themes.map(|n| n as usize)).granularity(self.granularity);
        parameters.check_ref().map_err(|error| CliError::Usage {
            message: format!("{error} (--algorithm {})", self.algorithm),
            hint: "leave the option out, or take another algorithm".into(),
        })?;
        let outputs = [("-o", self.output.as_deref()), ("--report", self.report.as_deref())];
        let guide = self.division.guide().map(Path::to_path_buf);
        let more = self.notes.file().into_iter().chain(guide).chain(self.elsewhere.paths());
        let read: Vec<PathBuf> = self.inputs.paths().into_iter().chain(more).collect();
        places::check(&outputs, &read)?;
        if let (Some(folder), Some(report)) = (&self.output, &self.report) {
            places::apart_from(folder, "--report", report)?;
        }
        let target = self.output.as_deref().map(|folder| saving::target(folder, self.force, quiet)).transpose()?;
        if let Some(path) = &self.report {
            places::check_file("--report", path, self.force)?;
            places::check_ending(path, &places::REPORT_ENDINGS)?;
        }
        if let Some(folder) = &self.output {
            // Edits with a mistake are found before the work.
            super::codebook::check(folder)?;
        }
        let options = Parameters {
            unit: self.division.units.unit(),
            min_words: self.division.units.min_words,
            frame: self.division.frame()?,
            keep_subject: self.keep_subject,
            algorithm: self.algorithm,
            themes: self.themes.map(|themes| themes as usize),
            granularity: self.granularity,
            min_participants: self.min_participants.map(|n| n as usize),
            quotes: self.quotes.max(QUOTES_KEPT),
            stability: self.stability as usize,
            isolated: self.unclustered.max(ISOLATED_KEPT),
            seed: u64::from(self.seed),
        };
        let namer = self.naming.namer(quiet)?;
        let cache = self.embedding.open_cache();
        let mut noting = NotingBar::new(quiet);
        let mut notes = self.notes.source(cache.as_ref(), &mut noting, quiet)?;
        let source = self.elsewhere.source(&self.embedding, cache.as_ref(), quiet)?;
        let corpus = self.inputs.read_for(source.as_ref(), quiet)?;
        places::check_sources(&outputs, &corpus.sources)?;
        let mut bar = RunBar::new(quiet);
        let notes = notes.as_mut().map(|notes| notes.as_mut() as &mut dyn NoteSource);
        let with_map = self.output.is_some();
        let outcome = analyse_with_notes(&corpus, source.as_ref(), notes, &options, with_map, &mut bar);
        self.embedding.report(&source.identity().name, &bar, cache.as_ref());
        report_cache(cache.as_ref(), quiet);
        report_missing(source.as_ref(), quiet);
        let mut analysis = outcome?;
        let beside = [self.inputs.table_of_participants(), self.division.guide()];
        analysis.summary.manifest.also_read = places::also_read(&beside);
        // Nobody asks for texts or vectors any more: so many are not held beside those of the analysis.
        let some_failed = !corpus.failures.is_empty();
        drop((corpus, source));
        let unasked = unasked_lines(&options.frame, &analysis.summary.framing.guide);
        if let (Some(unasked), false) = (unasked, quiet) {
            messages::warning(&unasked);
        }
        if let (Some(problem), false) = (problem_of_notes(&analysis), quiet) {
            messages::warning(problem);
        }
        tell_no_notes(&analysis, self.show_notes, quiet);
        let saved = match (&target, &self.output) {
            (Some(target), Some(folder)) => save_over(&mut analysis, folder, target, quiet)?,
            _ => Saved::default(),
        };
        if let Some(namer) = &namer {
            name(&mut analysis, namer, &saved.known, quiet);
            if let Some(folder) = &self.output {
                // Once more, now with the names: a run that is killed while it waits for them has saved.
                let file = CodebookFile::read(folder)?.applied(&mut analysis);
                save(&analysis, file.to_save(), &Target::check(folder, true)?)?;
            }
        }
        if let Some(path) = &self.report {
            report::write(&mut analysis, &saved.codebook, &report::Contents::default(), path, quiet)?;
        }

        let mut out = super::stdout(self.json);
        if self.json {
            serde_json::to_writer_pretty(&mut out, &analysis.summary).map_err(std::io::Error::from)?;
            writeln!(out)?;
        } else {
            summary::print(
                &analysis,
                SummaryOptions {
                    top: self.top,
                    quotes: self.quotes,
                    unclustered: self.unclustered,
                    context: self.context,
                    show_notes: self.show_notes,
                },
                &mut out,
            )?;
        }
        out.flush()?;
        if let (Some(folder), false) = (&self.output, quiet) {
            saving::tell(&analysis, folder, "theme");
        }
        Ok(if some_failed { Outcome::SomeInputsFailed } else { Outcome::Done })
    }
}
