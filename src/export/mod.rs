//! Files for other programs, and documents for people: one file of code a format.
//!
//! In: an analysis. Out: bytes in one format behind [`Exporter`]. It changes no text and counts
//! nothing anew; before writing assignments it checks that every unit is there exactly once. Formats
//! that hold the same tables take them from `table`, `assignments` and `themes`, so that they agree.

mod assignments;
mod check_list;
mod codebook_table;
mod coding_sheet;
mod comparison;
mod crossed;
mod csv;
mod disagreements;
mod fails_once;
mod json;
mod markdown;
mod next_sheet;
mod parquet;
mod refi;
mod table;
mod table_file;
mod texts;
mod themes;
mod xlsx;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub(crate) use self::check_list::{is_check_list, write_check_list};
pub use self::coding_sheet::{CodingSheet, SAMPLE};
pub use self::comparison::{CompareCsv, write_comparison_csv};
pub use self::crossed::{Crossed, Crossing};
pub use self::csv::{AssignmentsCsv, CodebookCsv, QuotesCsv, ThemesCsv};
pub use self::disagreements::DisagreementsFile;
pub use self::json::{Json, JsonLines};
pub use self::markdown::Markdown;
pub use self::next_sheet::NextSheet;
pub use self::parquet::AssignmentsParquet;
pub use self::refi::{LineEnd, Qdc, Qdpx};
pub use self::table_file::TABLE_ENDINGS;
pub use self::texts::{TextsFormat, write_texts, write_vectors};
pub use self::xlsx::Xlsx;
use crate::analysis::{Analysis, ComparisonError, Status, UnitRow, group_name, is_part_of_analysis};
use crate::files;

/// Writes an analysis in one format.
pub trait Exporter {
    /// Learns the name of the file that will be written, before anything is.
    ///
    /// # Errors
    /// [`ExportError::Name`] where the name promises another format.
    fn written_to(&mut self, _path: &Path) -> Result<(), ExportError> {
        Ok(())
    }

    /// Whether it looks at the passages' vectors, which are most of an analysis: without need nobody has to hold them.
    fn needs_vectors(&self) -> bool {
        true
    }

    /// Writes everything to `out`.
    ///
    /// # Errors
    /// [`ExportError::DoesNotAddUp`] before anything is written, [`ExportError::Write`].
    fn write(&self, analysis: &Analysis, out: &mut (dyn Write + Send)) -> Result<(), ExportError>;

    /// What somebody who opens the file should know: what the format could not hold, what was left
    /// out.
    fn notices(&self, _analysis: &Analysis) -> Vec<String> {
        Vec::new()
    }

    /// What to do with the file that was written, where there is something.
    fn next_step(&self, _analysis: &Analysis, _path: &Path) -> Option<String> {
        None
    }
}

/// Why an export could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The rows and the counts disagree: the analysis folder was changed by hand.
    #[error("the analysis does not add up: {0}")]
    DoesNotAddUp(String),
    /// There is nothing to compare.
    #[error(transparent)]
    Comparison(#[from] ComparisonError),
    /// Writing failed.
    #[error("failed to write the export: {0}")]
    Write(#[from] io::Error),
    /// A file's name promises what the export is not.
    #[error("`{}` is no name for {what}", path.display())]
    Name {
        /// The file.
        path: PathBuf,
        /// What would be written.
        what: &'static str,
        /// Names that would do.
        hint: &'static str,
    },
    /// A file could not be written.
    #[error("failed to write {}: {reason}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
}

impl ExportError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Name { hint, .. } => Some((*hint).into()),
            Self::DoesNotAddUp(_) => {
                Some("make the analysis again with `leitmotif themes INPUT -o FOLDER --force`".into())
            }
            Self::Comparison(ComparisonError::UnknownAttribute { known, .. }) => Some(groups_there_are(known)),
            Self::Comparison(error) => Some(error.hint()),
            Self::Write(_) => Some("check the space on the disk".into()),
            Self::File { .. } => Some(
                "check that the folder exists (it is not made) and can be written to, and the space on the disk".into(),
            ),
        }
    }
}

/// What makes the groups of a table; `known`: the attributes that are there.
fn groups_there_are(known: &[String]) -> String {
    let listed: Vec<String> = known.iter().map(|name| format!("`{}`", group_name(name))).collect();
    let there_are = match listed.as_slice() {
        [] => "nothing is known of the participants but their `study`".to_owned(),
        names => format!("there are {} and `study`", names.join(", ")),
    };
    format!("{there_are}; `--to theme-by-question` writes the themes by question")
}

/// Checks that every unit occurs once and that themed, unclustered and excluded units add up to
/// the counts in the summary.
///
/// # Errors
/// [`ExportError::DoesNotAddUp`] with the first disagreement.
pub fn check_counts(analysis: &Analysis) -> Result<(), ExportError> {
    let counts = &analysis.summary.counts;
    let differs = |what: &str, rows: usize, summary: usize| {
        if rows == summary {
            Ok(())
        } else {
            Err(ExportError::DoesNotAddUp(format!("{rows} {what} among the units, {summary} in the summary")))
        }
    };
    let count = |wanted: fn(Status) -> bool| analysis.units.iter().filter(|unit| wanted(unit.status)).count();
    let themed = count(|status| status == Status::Theme);
    let unclustered = count(|status| status == Status::Unclustered);
    let excluded = count(|status| matches!(status, Status::Excluded(_)));
    differs("units", analysis.units.len(), counts.units)?;
    differs("units in themes", themed, counts.in_themes)?;
    differs("unclustered units", unclustered, counts.unclustered)?;
    differs("excluded units", excluded, counts.excluded_total())?;
    let mut ids: Vec<&str> = analysis.units.iter().map(|unit| unit.id.as_str()).collect();
    ids.sort_unstable();
    if let Some(twice) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(ExportError::DoesNotAddUp(format!("the unit {} occurs twice", twice[0])));
    }
    if let Some(unit) = analysis.units.iter().find(|unit| (unit.status == Status::Theme) != unit.theme.is_some()) {
        return Err(ExportError::DoesNotAddUp(format!("the status and the theme of the unit {} disagree", unit.id)));
    }
    if let Some(unit) = analysis.units.iter().find(|unit| !has_further_themes_rightly(unit)) {
        return Err(ExportError::DoesNotAddUp(format!("the further themes of the unit {} are none", unit.id)));
    }
    Ok(())
}

/// Further themes stand beside a theme, each once.
fn has_further_themes_rightly(unit: &UnitRow) -> bool {
    let mut named: Vec<&str> = unit.themes().collect();
    let n_named = named.len();
    named.sort_unstable();
    named.dedup();
    named.len() == n_named && (unit.theme.is_some() || unit.also.is_empty())
}

/// Checks that a file can be written, before the work.
///
/// # Errors
/// [`ExportError::File`] when something that is no file has its name, when it is part of a saved
/// analysis, or when its folder cannot be written to.
pub fn check_target(path: &Path) -> Result<(), ExportError> {
    let in_file = |reason: String| ExportError::File { path: path.into(), reason };
    if is_part_of_analysis(path) {
        return Err(in_file("it is part of a saved analysis, which would be lost".into()));
    }
    let folder = files::folder_of(path);
    if !folder.exists() {
        return Err(in_file(format!("there is no folder {}", folder.display())));
    }
    files::check_file(path).map_err(|error| in_file(error.to_string()))
}

/// Writes an export to a file: whole, or not at all.
///
/// # Errors
/// Those of [`Exporter::write`]; what was there before is whole then.
pub fn write_file(exporter: &dyn Exporter, analysis: &Analysis, path: &Path) -> Result<(), ExportError> {
    write_whole(path, |out| exporter.write(analysis, out))
}

/// Writes a file whole, or not at all.
///
/// # Errors
/// Those of `write`; what was there before is whole then.
pub fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    files::write_whole(path, |out| write(out)).map_err(|error| match error {
        ExportError::Write(error) => ExportError::File { path: path.into(), reason: error.to_string() },
        other => other,
    })
}
