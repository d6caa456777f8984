//! `leitmotif export`: a saved analysis in another format, or texts for embedding elsewhere.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::banding::banding;
use super::places;
use super::pseudonyms::PseudonymOptions;
use super::reading::{Division, Embedding, Inputs};
use super::units::{Texts, refuse_options};
use super::vector_source::VectorSourceOptions;
use super::{CliError, Outcome, report};
use crate::analysis::{Banding, load, load_without_vectors};
use crate::export::*;
use crate::report::figures::ForestPlot;
use crate::terminal::messages;

#[derive(Args, Debug)]
#[command(mut_arg("inputs", |inputs| inputs.value_name("ANALYSIS|INPUT").help(
    "An analysis folder; for `--to units` and `--to vectors` also interviews, with the options of `themes`"
)))]
pub(super) struct Arguments {
    /// The format
    #[arg(long, value_parser = formats(), value_name = "FORMAT")]
    to: &'static Format,
    /// The file to write; standard output without it, and with `-`
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace files that are there
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    options: Options,
    #[command(flatten)]
    pseudonyms: PseudonymOptions,
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    division: Division,
    #[command(flatten)]
    embedding: Embedding,
    #[command(flatten)]
    elsewhere: VectorSourceOptions,
}

/// Options of single formats.
#[derive(Args, Debug)]
struct Options {
    /// CSV for Excel: a byte order mark, and cells that look like formulas made harmless
    #[arg(long)]
    excel: bool,
    /// Passages on the coding sheet, drawn from every study, question and theme [default: 200]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    sample: Option<u32>,
    /// Draw other passages for the coding sheet
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// How lines of the transcripts in a project end [default: lf]
    #[arg(long, value_enum, value_name = "END")]
    newline: Option<Newline>,
    /// Emoji and other characters beyond the Basic Multilingual Plane become □ in the transcripts of a
    /// project, for programs that count them twice and then misplace what follows
    #[arg(long)]
    bmp: bool,
    /// Make each case of a project a code too, with codings over what the person said, for programs that do not tie
    /// people to their documents: QualCoder's reports by attribute need it
    #[arg(long)]
    case_codes: bool,
    /// What makes the groups of `theme-by-group`: a column of `--participants`, more than seven different numbers in
    /// bands; the themes by question are `--to theme-by-question` [default: study]
    #[arg(long, value_name = "study|ATTRIBUTE")]
    by: Option<String>,
    /// Where the bands of an attribute's numbers begin, as for `compare`
    #[arg(long, value_name = "N,N,…|quartiles|none", value_parser = banding, requires = "by")]
    bands: Option<Banding>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Newline {
    /// Line feed
    Lf,
    /// Carriage return and line feed
    Crlf,
}

impl Options {
    /// The names of those that were given.
    fn given(&self) -> impl Iterator<Item = &'static str> {
        let all = [
            ("--excel", self.excel),
            ("--sample", self.sample.is_some()),
            ("--seed", self.seed.is_some()),
            ("--newline", self.newline.is_some()),
            ("--bmp", self.bmp),
            ("--case-codes", self.case_codes),
            ("--by", self.by.is_some()),
            ("--bands", self.bands.is_some()),
        ];
        all.into_iter().filter(|(_, is_given)| *is_given).map(|(name, _)| name)
    }
}

/// A format by name.
#[derive(Debug)]
struct Format {
    name: &'static str,
    help: &'static str,
    /// Not for a terminal.
    is_binary: bool,
    /// Names of the [`Options`] that it knows.
    takes: &'static [&'static str],
    write: How,
}

#[derive(Clone, Copy, Debug)]
enum How {
    /// A saved analysis in this format.
    Analysis(fn(&Options) -> Box<dyn Exporter>),
    /// The report, which needs the codebook too.
    Report,
    /// The texts to embed.
    Texts(fn(&Texts) -> Result<Outcome, CliError>),
}

const fn text(name: &'static str, help: &'static str, write: fn(&Options) -> Box<dyn Exporter>) -> Format {
    Format { name, help, is_binary: false, takes: &[], write: How::Analysis(write) }
}

const fn binary(name: &'static str, help: &'static str, write: fn(&Options) -> Box<dyn Exporter>) -> Format {
    Format { is_binary: true, ..text(name, help, write) }
}

const fn csv(name: &'static str, help: &'static str, write: fn(&Options) -> Box<dyn Exporter>) -> Format {
    Format { takes: &["--excel"], ..text(name, help, write) }
}

const fn texts(name: &'static str, help: &'static str, write: fn(&Texts) -> Result<Outcome, CliError>) -> Format {
    Format { name, help, is_binary: false, takes: &[], write: How::Texts(write) }
}

const PROJECT: Format = binary("qdpx", "REFI-QDA project: transcripts, codes, coded passages, cases", |options| {
    let newline = match options.newline {
        Some(Newline::Crlf) => LineEnd::CrLf,
        Some(Newline::Lf) | None => LineEnd::Lf,
    };
    Box::new(Qdpx { newline, bmp: options.bmp, case_codes: options.case_codes })
});

const CODING_SHEET: Format =
    text("coding-sheet", "Sheet for a person to code without knowing the themes, for `evaluate`", |options| {
        Box::new(CodingSheet {
            sample: options.sample.map_or(SAMPLE, |sample| sample as usize),
            seed: options.seed.unwrap_or_default(),
            excel: options.excel,
            workbook: false,
        })
    });

const BY_GROUP: Format = text(
    "theme-by-group",
    "Themes × studies, or groups by an attribute (`--by`); .csv, .xlsx or .parquet",
    |options| {
        let (by, banding) = (options.by.clone(), options.bands.clone().unwrap_or_default());
        Box::new(Crossed::new(Crossing::Group { by, banding }, options.excel))
    },
);

/// The endings of a format's files; none where the format looks at the name itself.
fn endings_of(name: &'static str) -> Vec<&'static str> {
    match name {
        "coding-sheet" => Vec::new(),
        "matrix" | "matrix-counts" | "theme-by-question" | "theme-by-group" | "co-occurrence" => TABLE_ENDINGS.to_vec(),
        _ => vec![name.rsplit('-').next().unwrap_or(name)],
    }
}

/// Every format, as `--help` lists them.
static FORMATS: &[Format] = &[
    csv("csv", "Assignments: one row a passage, who said what to which theme", |o| {
        Box::new(AssignmentsCsv { excel: o.excel })
    }),
    csv("themes-csv", "Themes: one row each, with counts and stability", |o| Box::new(ThemesCsv { excel: o.excel })),
    csv("quotes-csv", "Quotes of the themes, with where they stand", |o| Box::new(QuotesCsv { excel: o.excel })),
    csv("codebook-csv", "Tags as Taguette lists them", |o| Box::new(CodebookCsv { excel: o.excel })),
    csv("compare-csv", "Themes between studies, one row a theme and study; `compare` has other groups", |o| {
        Box::new(CompareCsv { excel: o.excel })
    }),
    csv("matrix", "Participants × themes: 1 voiced, 0 not, empty not asked; by ending .csv, .xlsx or .parquet", |o| {
        Box::new(Crossed::new(Crossing::Matrix, o.excel))
    }),
    csv("matrix-counts", "The same with the passages of each participant in each theme", |o| {
        Box::new(Crossed::new(Crossing::MatrixCounts, o.excel))
    }),
    csv("theme-by-question", "Themes × questions that their passages answer; .csv, .xlsx or .parquet", |o| {
        Box::new(Crossed::new(Crossing::Question, o.excel))
    }),
    Format { takes: &["--excel", "--by", "--bands"], ..BY_GROUP },
    csv("co-occurrence", "Two themes a row: who voiced both, passages in both; .csv, .xlsx or .parquet", |o| {
        Box::new(Crossed::new(Crossing::Themes, o.excel))
    }),
    binary("xlsx", "Workbook: themes, quotes, assignments, compare, manifest", |_| Box::new(Xlsx)),
    Format { takes: &["--excel", "--sample", "--seed"], ..CODING_SHEET },
    text("json", "The whole result but for the single passages", |_| Box::new(Json)),
    text("jsonl", "Assignments, one JSON object a line", |_| Box::new(JsonLines)),
    binary("parquet", "Assignments with types, for R, pandas, DuckDB", |_| Box::new(AssignmentsParquet)),
    text("md", "Markdown document: themes with counts and quotes", |_| Box::new(Markdown)),
    Format { takes: &["--newline", "--bmp", "--case-codes"], ..PROJECT },
    text("qdc", "REFI-QDA codebook: the codes alone", |_| Box::new(Qdc)),
    Format {
        name: "html",
        help: "The report, as `leitmotif report` writes it",
        is_binary: false,
        takes: &[],
        write: How::Report,
    },
    text("svg", "Figure: themes between studies; `compare --figures` has the others", |_| Box::new(ForestPlot)),
    texts(
        "units",
        "Ids and texts to embed elsewhere, of interviews or a saved analysis: .parquet, .csv or .jsonl",
        |texts| texts.write_units(),
    ),
    texts("vectors", "The same with their vectors, for `--vectors`: .parquet", |texts| texts.write_vectors()),
];

fn formats() -> impl TypedValueParser<Value = &'static Format> {
    let values = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.help));
    PossibleValuesParser::new(values.collect::<Vec<_>>())
        // The parser lets only these names through.
        .try_map(|name| FORMATS.iter().find(|format| format.name == name).ok_or("no such format"))
}

impl Arguments {
    pub(super) fn run(mut self, quiet: bool) -> Result<Outcome, CliError> {
        self.output = places::unless_standard_output(self.output);
        let format = self.to;
        if let Some(option) = self.options.given().find(|option| !format.takes.contains(option)) {
            let takers: Vec<&str> = FORMATS.iter().filter(|f| f.takes.contains(&option)).map(|f| f.name).collect();
            return Err(CliError::Usage {
                message: format!("`{option}` is for `--to {}`", takers.join("`, `")),
                hint: format!("leave it out: `--to {}` has no use for it", format.name),
            });
        }
        if self.elsewhere.is_named() && format.name != "vectors" {
            return Err(CliError::Usage {
                message: "`--vectors` and `--embed-url` are for `--to vectors`".into(),
                hint: "leave them out: nothing is embedded for the other formats".into(),
            });
        }
        if let Some(option) = self.embedding.given().filter(|_| format.name != "vectors") {
            return Err(CliError::Usage {
                message: format!("`{option}` is for `--to vectors`"),
                hint: "leave it out: nothing is embedded for the other formats".into(),
            });
        }
        let texts = Texts {
            inputs: &self.inputs,
            division: &self.division,
            embedding: &self.embedding,
            elsewhere: &self.elsewhere,
            pseudonyms: &self.pseudonyms,
            output: self.output.as_deref(),
            force: self.force,
            quiet,
        };
        if let Some(path) = &self.output {
            let guide = self.division.guide().map(Path::to_path_buf);
            let more = guide.into_iter().chain(self.elsewhere.paths());
            let read: Vec<PathBuf> = self.inputs.paths().into_iter().chain(more).collect();
            places::check(&[("-o", Some(path))], &read)?;
        }
        match format.write {
            How::Texts(write) => write(&texts),
            How::Report => self.write_report(quiet),
            How::Analysis(exporter) => self.write(exporter(&self.options), quiet),
        }
    }

    fn write_report(&self, quiet: bool) -> Result<Outcome, CliError> {
        refuse_options(&self.inputs, &self.division)?;
        let path = self.output.clone().ok_or_else(|| CliError::Usage {
            message: "the report is a file to open in a browser, and none is named".into(),
            hint: "name one with `-o FILE.html`".into(),
        })?;
        report::run(self.only()?, path, self.force, report::Contents::with(&self.pseudonyms), quiet)
    }

    /// The one analysis that is named.
    fn only(&self) -> Result<&Path, CliError> {
        self.inputs.only().ok_or_else(|| CliError::Usage {
            message: "several inputs are named".into(),
            hint: format!("`--to {}` takes one analysis folder", self.to.name),
        })
    }

    fn write(&self, mut exporter: Box<dyn Exporter>, quiet: bool) -> Result<Outcome, CliError> {
        let name = self.to.name;
        refuse_options(&self.inputs, &self.division)?;
        match &self.output {
            Some(path) => {
                exporter.written_to(path)?;
                places::check_file("-o", path, self.force)?;
                match endings_of(name).as_slice() {
                    [] => {}
                    endings => places::check_ending(path, endings)?,
                }
            }
            None if self.to.is_binary && std::io::stdout().is_terminal() => {
                return Err(CliError::Usage {
                    message: format!("`--to {name}` is not for a terminal"),
                    hint: format!("name a file with `-o FILE.{name}`"),
                });
            }
            None => {}
        }
        let folder = self.only()?;
        self.pseudonyms.check(folder, &[("-o", self.output.as_deref())], self.force)?;
        let mut analysis = if exporter.needs_vectors() { load(folder)? } else { load_without_vectors(folder)? };
        let outputs = [("-o", self.output.as_deref()), self.pseudonyms.output()];
        places::check_made_from(&outputs, &analysis.summary.manifest)?;
        if let Some(found) = self.pseudonyms.apply(folder, &analysis, quiet)? {
            analysis = found.analysis;
        }
        if !quiet {
            exporter.notices(&analysis).iter().for_each(|notice| messages::warning(notice));
            analysis.summary.manifest.notes.iter().for_each(|notes| messages::note(&notes.sentence()));
        }
        match &self.output {
            Some(path) => {
                write_file(exporter.as_ref(), &analysis, path)?;
                if let Some(step) = exporter.next_step(&analysis, path).filter(|_| !quiet) {
                    messages::note(&step);
                }
            }
            None => {
                let mut out = std::io::BufWriter::new(std::io::stdout());
                exporter.write(&analysis, &mut out)?;
                out.flush().map_err(ExportError::Write)?;
            }
        }
        Ok(Outcome::Done)
    }
}
