//! `leitmotif export --to units` and `--to vectors`: what has to be embedded, for doing so elsewhere,
//! or with its vectors. From interviews, or from a saved analysis, which knows the terms too.

use std::io::Write;
use std::path::Path;

use super::places::{self, check_file};
use super::pseudonyms::PseudonymOptions;
use super::reading::{Division, Embedding, Inputs, report_cache};
use super::vector_source::VectorSourceOptions;
use super::{CliError, Outcome};
use crate::analysis::{Analysis, StoreError, load, texts_of_analysis, texts_of_corpus};
use crate::corpus::UnitOptions;
use crate::embed::{Item, ModelIdentity};
use crate::export::{ExportError, TextsFormat, write_texts, write_vectors, write_whole};
use crate::terminal::messages;
use crate::terminal::progress::RunBar;

/// The arguments of `export` that matter here.
pub(super) struct Texts<'a> {
    pub(super) inputs: &'a Inputs,
    pub(super) division: &'a Division,
    pub(super) embedding: &'a Embedding,
    pub(super) elsewhere: &'a VectorSourceOptions,
    pub(super) pseudonyms: &'a PseudonymOptions,
    pub(super) output: Option<&'a Path>,
    pub(super) force: bool,
    pub(super) quiet: bool,
}

/// The texts, what made the vectors of the analysis they are from, and how reading went.
struct Found {
    items: Vec<Item<'static>>,
    model: Option<ModelIdentity>,
    outcome: Outcome,
}

impl Texts<'_> {
    /// `--to units`.
    pub(super) fn write_units(&self) -> Result<Outcome, CliError> {
        let format = match self.output {
            None => TextsFormat::Csv,
            Some(path) => {
                let format = TextsFormat::of(path).ok_or_else(|| wrong_extension(path, ".parquet, .csv or .jsonl"))?;
                check_file("-o", path, self.force)?;
                format
            }
        };
        let found = self.find(self.inputs.analysis().map(load))?;
        match self.output {
            Some(path) => write_whole(path, |out| write_texts(&found.items, format, out))?,
            None => {
                let mut out = std::io::BufWriter::new(std::io::stdout());
                write_texts(&found.items, format, &mut out)?;
                out.flush().map_err(ExportError::Write)?;
            }
        }
        self.note(&found);
        Ok(found.outcome)
    }

    /// `--to vectors`.
    pub(super) fn write_vectors(&self) -> Result<Outcome, CliError> {
        let path = self.output.ok_or_else(|| CliError::Usage {
            message: "vectors are not written to standard output".into(),
            hint: "name a file with `-o FILE.parquet`".into(),
        })?;
        if TextsFormat::of(path) != Some(TextsFormat::Parquet) {
            return Err(wrong_extension(path, ".parquet"));
        }
        check_file("-o", path, self.force)?;
        let cache = self.embedding.open_cache();
        let analysis = self.inputs.analysis().map(load);
        let embedding = match &analysis {
            Some(Ok(analysis)) => self.embedding.of_analysis(&analysis.summary.manifest.model),
            // What is wrong with it is told where its texts are looked for.
            _ => self.embedding.clone(),
        };
        let source = self.elsewhere.source(&embedding, cache.as_ref(), self.quiet)?;
        let found = self.find(analysis)?;
        if let Some(model) = found.model.as_ref().filter(|model| *model != source.identity()) {
            return Err(CliError::Usage {
                message: format!(
                    "the analysis was made with {}, and the vectors would be of {}",
                    model.name,
                    source.identity().name
                ),
                hint: "give the options that the analysis was made with, or the interviews in its place".into(),
            });
        }
        let outcome = source.vectors(&found.items, &mut RunBar::new(self.quiet));
        report_cache(cache.as_ref(), self.quiet);
        let vectors = outcome?.vectors;
        write_whole(path, |out| write_vectors(&found.items, vectors.view(), source.identity(), out))?;
        self.note(&found);
        Ok(found.outcome)
    }

    /// `analysis`: the one that is named, as it was loaded; none where interviews are.
    fn find(&self, analysis: Option<Result<Analysis, StoreError>>) -> Result<Found, CliError> {
        if let Some(analysis) = analysis {
            refuse_options(self.inputs, self.division)?;
            let mut analysis = analysis?;
            let outputs = [("-o", self.output), self.pseudonyms.output()];
            places::check_made_from(&outputs, &analysis.summary.manifest)?;
            if let Some(folder) = self.inputs.analysis() {
                self.pseudonyms.check(folder, &[("-o", self.output)], self.force)?;
                if let Some(found) = self.pseudonyms.apply(folder, &analysis, self.quiet)? {
                    analysis = found.analysis;
                }
            }
            let items = texts_of_analysis(&analysis);
            return Ok(Found { items, model: Some(analysis.summary.manifest.model), outcome: Outcome::Done });
        }
        if self.pseudonyms.is_wanted() {
            return Err(CliError::Usage {
                message: "`--pseudonyms` is for a saved analysis, and interviews are named".into(),
                hint: "analyse them first, `leitmotif themes INPUT -o FOLDER`, and name the folder".into(),
            });
        }
        let options = UnitOptions { kind: self.division.units.unit(), min_words: self.division.units.min_words };
        let frame = self.division.frame()?;
        let corpus = self.inputs.read(self.quiet)?;
        places::check_sources(&[("-o", self.output)], &corpus.sources)?;
        let outcome = if corpus.failures.is_empty() { Outcome::Done } else { Outcome::SomeInputsFailed };
        Ok(Found { items: texts_of_corpus(&corpus, &options, &frame), model: None, outcome })
    }

    fn note(&self, found: &Found) {
        if let (Some(path), false) = (self.output, self.quiet) {
            messages::note(&format!("{}: {} texts, verbatim", path.display(), found.items.len()));
        }
    }
}

/// Options on how interviews are read say nothing about an analysis, whose interviews were read.
pub(super) fn refuse_options(inputs: &Inputs, division: &Division) -> Result<(), CliError> {
    if inputs.has_options() || division.has_options() {
        return Err(CliError::Usage {
            message: "how inputs are read and divided is settled in a saved analysis".into(),
            hint: "leave those options out, or name the interviews in place of the analysis".into(),
        });
    }
    Ok(())
}

fn wrong_extension(path: &Path, allowed: &str) -> CliError {
    CliError::Usage {
        message: format!("the name of {} does not end in {allowed}", path.display()),
        hint: "the extension chooses the format".into(),
    }
}
