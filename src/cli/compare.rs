//! `leitmotif compare`: the themes of an analysis between groups of participants, or two analyses.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::RangedU64ValueParser;

use super::banding::GroupOptions;
use super::compare_two::{self as two, run_two};
use super::places;
use super::pseudonyms::{PseudonymOptions, in_order_of_pseudonyms};
use super::{CliError, Outcome};
use crate::analysis::{Attributes, Comparison, ComparisonError, ComparisonOptions, compare_watched, load};
use crate::export::{ExportError, check_target, write_comparison_csv, write_whole};
use crate::files::make_folder;
use crate::report::figures;
use crate::stats::groups::Options;
use crate::terminal::comparison::{TableOptions, print};
use crate::terminal::messages;
use crate::terminal::progress::RunBar;

#[derive(Args, Debug)]
#[command(
    after_help = "Verdicts: `more in A`, `only in A` (max-statistic p < 0.05 over all themes), `likely more in A` \
                        (false discovery rate q < 0.05 alone), `no clear difference`, `too few to say` (fewer than 5 \
                        participants asked in a group, or an interval more than 50 points wide); of more than two groups, \
                        `differs: highest in A`. docs/statistics.md says how they are computed and how well \
                        they hold."
)]
pub(super) struct Arguments {
    /// An analysis folder; with a second one of the same model, their themes are aligned: matched, split,
    /// merged, new and vanished
    #[arg(value_name = "ANALYSIS", num_args = 1..=2, required = true)]
    analyses: Vec<PathBuf>,
    #[command(flatten)]
    by: GroupOptions,
    /// Only participants of this study (repeatable)
    #[arg(long = "study", value_name = "NAME")]
    studies: Vec<String>,
    /// Only this group, a study or a value of the attribute (repeat it for each; the first is compared with the second)
    #[arg(long = "group", value_name = "NAME")]
    groups: Vec<String>,
    /// The groups are named in an order that means something (`--group junior --group senior …`): tell which themes
    /// rise or fall along it; numbers and bands have theirs
    #[arg(long, requires = "groups")]
    ordered: bool,
    /// How often participants are shuffled among the groups [default: 9999]
    #[arg(long, value_name = "N", value_parser = RangedU64ValueParser::<usize>::new().range(99..=9_999_999))]
    shuffles: Option<usize>,
    /// How often participants are drawn anew for the intervals of mention shares [default: 2000]
    #[arg(long, value_name = "N", value_parser = RangedU64ValueParser::<usize>::new().range(100..=100_000))]
    resamples: Option<usize>,
    /// What the random numbers start from
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Themes told in full of each kind of verdict; 0 for all
    #[arg(long, conflicts_with = "json", value_name = "N", default_value_t = 10, help_heading = "Output")]
    top: usize,
    /// A quote from each side
    #[arg(long, conflicts_with = "json", help_heading = "Output")]
    quotes: bool,
    /// Print as JSON
    #[arg(long, help_heading = "Output")]
    json: bool,
    /// Write everything to a file too: .csv (a row a theme and group) or .json
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// For Excel: a byte order mark, and cells of the CSV file that look like formulas made harmless
    #[arg(long, requires = "output", help_heading = "Output")]
    excel: bool,
    /// Write the figures into a folder: forest.svg, differences.svg (two groups), heat-map.svg
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    figures: Option<PathBuf>,
    /// Replace files that are there
    #[arg(long, help_heading = "Output")]
    force: bool,
    #[command(flatten)]
    pseudonyms: PseudonymOptions,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FileFormat {
    Csv,
    Json,
}

impl Arguments {
    pub(super) fn run(self, quiet: bool) -> Result<Outcome, CliError> {
        let folder = match self.analyses.as_slice() {
            [folder] => folder,
            [a, b] => return self.two(a, b),
            // The parser takes one or two.
            several => unreachable!("{} analyses", several.len()),
        };
        let file = self.output.as_deref().map(file_format).transpose()?;
        if self.excel && file.is_some_and(|(_, format)| format != FileFormat::Csv) {
            return Err(CliError::Usage {
                message: "`--excel` is for a .csv file".into(),
                hint: "leave it out, or name a file that ends in .csv".into(),
            });
        }
        let outputs = [("-o", self.output.as_deref()), ("--figures", self.figures.as_deref())];
        places::check(&outputs, std::slice::from_ref(folder))?;
        self.pseudonyms.check(folder, &outputs, self.force)?;
        if let Some((path, _)) = file {
            places::check_file("-o", path, self.force)?;
        }
        if let Some(folder) = &self.figures {
            prepare(folder, self.force)?;
        }
        let analysis = load(folder)?;
        let pictures = self.pictures();
        let more = pictures.iter().map(|path| ("--figures", Some(path.as_path())));
        let written: Vec<places::Output> = outputs[..1].iter().copied().chain(more).collect();
        places::check_made_from(&[&written[..], &[self.pseudonyms.output()]].concat(), &analysis.summary.manifest)?;
        let mut bar = RunBar::new(quiet);
        let options = self.options();
        let mut comparison = compare_watched(&analysis, &options, &mut bar).map_err(usage)?;
        drop(bar);
        if !quiet {
            let told = Attributes::spelled(&analysis, &options.by, &options.banding);
            told.iter().for_each(|told| messages::warning(told));
        }
        if let Some(found) = self.pseudonyms.apply(folder, &analysis, quiet)? {
            if let Some(options) = in_order_of_pseudonyms(&found, &comparison, &options) {
                comparison = compare_watched(&analysis, &options, &mut RunBar::new(quiet)).map_err(usage)?;
            }
            comparison = found.of(&comparison)?;
        }
        if let Some((path, format)) = file {
            write_whole(path, |out| match format {
                FileFormat::Csv => write_comparison_csv(&comparison, self.excel, out),
                FileFormat::Json => json(&comparison, out).map_err(ExportError::Write),
            })?;
        }
        if let Some(folder) = &self.figures {
            make_folder(folder)
                .map_err(|error| ExportError::File { path: folder.clone(), reason: error.to_string() })?;
            for (name, text) in figures::all(&comparison) {
                write_whole(&folder.join(name), |out| Ok(out.write_all(text.as_bytes())?))?;
            }
        }
        let mut out = super::stdout(self.json);
        if self.json {
            json(&comparison, &mut out)?;
        } else {
            print(&comparison, TableOptions { top: self.top, quotes: self.quotes }, &mut out)?;
        }
        out.flush()?;
        Ok(Outcome::Done)
    }

    /// The files of the figures.
    fn pictures(&self) -> Vec<PathBuf> {
        let in_folder = |folder: &PathBuf| figures::NAMES.map(|name| folder.join(name));
        self.figures.iter().flat_map(in_folder).collect()
    }

    /// Two analyses, theme by theme.
    fn two(&self, a: &Path, b: &Path) -> Result<Outcome, CliError> {
        let of_groups = [
            ("--by", self.by.by.is_some()),
            ("--study", !self.studies.is_empty()),
            ("--group", !self.groups.is_empty()),
            ("--shuffles", self.shuffles.is_some()),
            ("--resamples", self.resamples.is_some()),
            ("--seed", self.seed.is_some()),
            ("--output", self.output.is_some()),
            ("--figures", self.figures.is_some()),
            ("--pseudonyms", self.pseudonyms.is_wanted()),
        ];
        if let Some((option, _)) = of_groups.into_iter().find(|(_, given)| *given) {
            return Err(CliError::Usage {
                message: format!("`{option}` is for groups inside one analysis, and two are named"),
                hint: "leave it out, or name one analysis; `--json` prints everything about two".into(),
            });
        }
        run_two(a, b, two::TableOptions { top: self.top, quotes: usize::from(self.quotes), json: self.json })
    }

    fn options(&self) -> ComparisonOptions {
        let usual = Options::default();
        ComparisonOptions {
            by: self.by.by(),
            studies: self.studies.clone(),
            groups: self.groups.clone(),
            banding: self.by.banding(),
            is_ordered: self.ordered,
            chance: Options {
                shuffles: self.shuffles.unwrap_or(usual.shuffles),
                resamples: self.resamples.unwrap_or(usual.resamples),
                seed: self.seed.unwrap_or(usual.seed),
            },
        }
    }
}

/// What was asked for is not there: wrong usage.
pub(super) fn usage(error: ComparisonError) -> CliError {
    CliError::Usage { message: error.to_string(), hint: error.hint() }
}

fn file_format(path: &Path) -> Result<(&Path, FileFormat), CliError> {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("csv") => Ok((path, FileFormat::Csv)),
        Some("json") => Ok((path, FileFormat::Json)),
        _ => Err(CliError::Usage {
            message: format!("{}: the format is not known", path.display()),
            hint: "name a file that ends in .csv or .json".into(),
        }),
    }
}

/// Looks before the work for figures that would be replaced, and whether the folder can be written to or
/// made.
fn prepare(folder: &Path, force: bool) -> Result<(), CliError> {
    for name in figures::NAMES {
        let path = folder.join(name);
        if path.exists() && !force {
            return Err(CliError::Usage {
                message: format!("{} exists already", path.display()),
                hint: "choose another folder with `--figures`, or replace the figures with `--force`".into(),
            });
        }
    }
    let existing = folder.ancestors().find(|above| above.exists() || above.as_os_str().is_empty());
    let place = existing.unwrap_or(Path::new(".")).join(figures::NAMES[0]);
    Ok(check_target(&place).map_err(|error| match error {
        ExportError::File { reason, .. } => ExportError::File { path: folder.into(), reason },
        other => other,
    })?)
}

fn json(comparison: &Comparison, out: &mut dyn Write) -> std::io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, comparison)?;
    writeln!(out)
}
