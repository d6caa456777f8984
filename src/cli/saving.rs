//! Saving an analysis over an earlier one, for the commands that make analyses.
//!
//! In: an analysis as it was found, and its folder. Out: the analysis with the ids of the earlier one's themes and the
//! researcher's edits, laid out and saved. It decides nothing: the rules stand in [`crate::analysis::codebook`].

use std::collections::HashMap;
use std::path::Path;

use super::CliError;
use super::places::quoted;
use crate::analysis::codebook::Codebook;
use crate::analysis::{
    Analysis, CodebookFile, Target, is_analysis, keep_ids, known_names, lay_out_watched, load_without_vectors, save,
};
use crate::terminal::progress::RunBar;
use crate::terminal::{layout, messages};
use crate::theme::naming::GeneratedName;

/// What saving found in the folder.
#[derive(Default)]
pub(super) struct Saved {
    /// The edits.
    pub(super) codebook: Codebook,
    /// Names that a language model gave before.
    pub(super) known: HashMap<String, GeneratedName>,
}

/// Saves the analysis, and warns of edits that do not apply.
pub(super) fn save_over(
    analysis: &mut Analysis,
    folder: &Path,
    target: &Target,
    quiet: bool,
) -> Result<Saved, CliError> {
    let (mut known, mut edits) = (HashMap::new(), Vec::new());
    let mut file = CodebookFile::read(folder)?;
    if let Some(earlier) = earlier(folder, &file)? {
        edits.clone_from(&earlier.summary.manifest.edits);
        known = known_names(&earlier);
        let renamed = keep_ids(analysis, earlier, &file.codebook);
        for edit in &mut edits {
            edit.target = renamed.now(&edit.target).to_owned();
            edit.value = renamed.now(&edit.value).to_owned();
        }
        if !quiet {
            super::codebook::note_renamed(&file.codebook, &renamed);
        }
        file = file.renamed(&renamed);
    }
    let file = file.applied(analysis);
    lay_out_watched(analysis, &mut RunBar::new(quiet))?;
    save(analysis, file.to_save(), target)?;
    warn_of_changed(&file, folder)?;
    super::codebook::warn(&file, analysis, quiet);
    if !quiet {
        super::codebook::note_taken_back(&edits, &analysis.summary);
        super::codebook::note_kept(&analysis.summary);
    }
    Ok(Saved { codebook: file.codebook, known })
}

/// The place to save in, looked at before the work; says so where the codebook in it was changed since a run that was
/// killed while it saved.
pub(super) fn target(folder: &Path, force: bool, quiet: bool) -> Result<Target, CliError> {
    super::codebook::note_outlived(folder, quiet);
    Ok(Target::check(folder, force)?)
}

/// Warns where the researcher changed the codebook while it was being saved: it stays, and is not applied.
fn warn_of_changed(file: &CodebookFile, folder: &Path) -> Result<(), CliError> {
    if CodebookFile::read(folder)?.text != file.text {
        messages::warning(&format!(
            "{} was changed while the analysis was saved, and stays as it is: its edits are not applied yet; `leitmotif \
             codebook {} --check` says what they would do",
            file.path.display(),
            quoted(folder)
        ));
    }
    Ok(())
}

/// The analysis that is replaced; one that cannot be read has no ids to keep, and is not replaced where there are edits.
fn earlier(folder: &Path, file: &CodebookFile) -> Result<Option<Analysis>, CliError> {
    if !is_analysis(folder) {
        return Ok(None);
    }
    match load_without_vectors(folder) {
        Ok(analysis) => Ok(Some(analysis)),
        Err(error) => {
            super::codebook::refuse_to_put_edits_elsewhere(file, &error)?;
            messages::warning(&format!("themes are numbered anew, not as before: {error}"));
            Ok(None)
        }
    }
}

/// Says where it is, and how to get a table of it; `what`: `theme` or `code`.
pub(super) fn tell(analysis: &Analysis, folder: &Path, what: &str) {
    messages::note(&format!(
        "saved in {}: {}; `leitmotif export {} --to csv` writes who said what to which {what}",
        folder.display(),
        layout::counted(analysis.units.len(), "passage"),
        quoted(folder)
    ));
}
