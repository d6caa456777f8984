//! `leitmotif report`: a saved analysis as one HTML file.

use std::path::{Path, PathBuf};

use clap::Args;

use super::banding::GroupOptions;
use super::compare::usage;
use super::places;
use super::pseudonyms::PseudonymOptions;
use super::{CliError, Outcome};
use crate::analysis::CodebookFile;
use crate::analysis::codebook::Codebook;
use crate::analysis::{Analysis, Comparison, ComparisonOptions, compare_watched, lay_out_watched, load};
use crate::report::{ComparisonPage, Options, write_file};
use crate::terminal::messages;
use crate::terminal::progress::RunBar;

#[derive(Args, Debug)]
#[command(after_help = "The report opens in any browser, from disk and offline. It holds every passage: whoever gets \
                        the file can read the interviews.")]
pub(super) struct Arguments {
    /// An analysis folder
    #[arg(value_name = "ANALYSIS")]
    folder: PathBuf,
    /// The file to write [default: the folder's name with .html, beside it]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
    /// A title in place of the studies' names
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    #[command(flatten)]
    by: GroupOptions,
    #[command(flatten)]
    pseudonyms: PseudonymOptions,
}

impl Arguments {
    pub(super) fn run(self, quiet: bool) -> Result<Outcome, CliError> {
        let path = self.output.unwrap_or_else(|| beside(&self.folder));
        let groups = Groups {
            options: ComparisonOptions { by: self.by.by(), banding: self.by.banding(), ..ComparisonOptions::default() },
            is_asked_for: self.by.by.is_some(),
        };
        run(&self.folder, path, self.force, (self.title.as_deref(), &groups), &self.pseudonyms, quiet)
    }
}

/// What the page of the comparison compares.
#[derive(Default)]
pub(super) struct Groups {
    options: ComparisonOptions,
    /// Whether somebody asked for it: then it is an error that there is nothing to compare.
    is_asked_for: bool,
}

impl Groups {
    /// The comparison; `None` where there are no two studies, and nobody asked for other groups.
    fn compared(&self, analysis: &Analysis, quiet: bool) -> Result<Option<Comparison>, CliError> {
        match compare_watched(analysis, &self.options, &mut RunBar::new(quiet)) {
            Ok(comparison) => Ok(Some(comparison)),
            Err(error) if self.is_asked_for => Err(usage(error)),
            Err(_) => Ok(None),
        }
    }
}

/// Writes the report of a saved analysis.
pub(super) fn run(
    folder: &Path,
    path: PathBuf,
    force: bool,
    (title, groups): (Option<&str>, &Groups),
    pseudonyms: &PseudonymOptions,
    quiet: bool,
) -> Result<Outcome, CliError> {
    places::check_file(&path, force)?;
    pseudonyms.check(folder, &[("-o", Some(&path))], force)?;
    let mut analysis = load(folder)?;
    let mut codebook = CodebookFile::read(folder)?.codebook;
    // Groups that are not there are found before the map is laid out.
    let mut comparison = groups.compared(&analysis, quiet)?;
    if let Some(found) = pseudonyms.apply(folder, &analysis, quiet)? {
        codebook = found.codebook(&codebook);
        // Groups by an attribute are known by their own names; studies have new ones.
        comparison = match comparison {
            Some(comparison) if groups.is_asked_for => Some(found.of(&comparison)?),
            _ => groups.compared(&found.analysis, quiet)?,
        };
        analysis = found.analysis;
    }
    write_with(&mut analysis, &codebook, (title, comparison.as_ref()), &path, quiet)?;
    Ok(Outcome::Done)
}

/// `results.html` for the folder `results`.
fn beside(folder: &Path) -> PathBuf {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    let name = absolute.file_name().map_or_else(|| "report".into(), |name| name.to_string_lossy().into_owned());
    match folder.parent().filter(|_| folder.file_name().is_some()) {
        Some(parent) => parent.join(format!("{name}.html")),
        None => absolute.with_file_name(format!("{name}.html")),
    }
}

/// Lays the analysis out, where that was not done, compares its studies, and writes the report.
pub(super) fn write(
    analysis: &mut Analysis,
    codebook: &Codebook,
    title: Option<&str>,
    path: &Path,
    quiet: bool,
) -> Result<(), CliError> {
    let comparison = Groups::default().compared(analysis, quiet)?;
    write_with(analysis, codebook, (title, comparison.as_ref()), path, quiet)
}

/// The same with groups compared already; without a comparison there is no such page.
fn write_with(
    analysis: &mut Analysis,
    codebook: &Codebook,
    (title, comparison): (Option<&str>, Option<&Comparison>),
    path: &Path,
    quiet: bool,
) -> Result<(), CliError> {
    lay_out_watched(analysis, &mut RunBar::new(quiet))?;
    let page = comparison.map(ComparisonPage::from);
    write_file(analysis, codebook, Options { title, comparison: page.as_ref() }, path)?;
    if !quiet {
        messages::note(&format!("the report is {}: open it in a browser; it holds every passage", path.display()));
    }
    Ok(())
}
