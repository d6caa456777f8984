//! `leitmotif report`: a saved analysis as one HTML file.

use std::path::{Path, PathBuf};

use clap::Args;

use super::places;
use super::pseudonyms::PseudonymOptions;
use super::{CliError, Outcome};
use crate::analysis::CodebookFile;
use crate::analysis::codebook::Codebook;
use crate::analysis::{Analysis, ComparisonOptions, compare, lay_out, load};
use crate::report::{ComparisonPage, Options, write_file};
use crate::terminal::messages;

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
    pseudonyms: PseudonymOptions,
}

impl Arguments {
    pub(super) fn run(self, quiet: bool) -> Result<Outcome, CliError> {
        let path = self.output.unwrap_or_else(|| beside(&self.folder));
        run(&self.folder, path, self.force, self.title.as_deref(), &self.pseudonyms, quiet)
    }
}

/// Writes the report of a saved analysis.
pub(super) fn run(
    folder: &Path,
    path: PathBuf,
    force: bool,
    title: Option<&str>,
    pseudonyms: &PseudonymOptions,
    quiet: bool,
) -> Result<Outcome, CliError> {
    places::check_file(&path, force)?;
    pseudonyms.check(folder, &[("-o", Some(&path))], force)?;
    let mut analysis = load(folder)?;
    let mut codebook = CodebookFile::read(folder)?.codebook;
    if let Some(found) = pseudonyms.apply(folder, &analysis, quiet)? {
        codebook = found.codebook(&codebook);
        analysis = found.analysis;
    }
    write(&mut analysis, &codebook, title, &path, quiet)?;
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
    lay_out(analysis)?;
    // Without two groups there is nothing to compare, and no such page.
    let comparison = compare(analysis, &ComparisonOptions::default()).ok();
    let page = comparison.as_ref().map(ComparisonPage::from);
    write_file(analysis, codebook, Options { title, comparison: page.as_ref() }, path)?;
    if !quiet {
        messages::note(&format!("the report is {}: open it in a browser; it holds every passage", path.display()));
    }
    Ok(())
}
