//! Saving an analysis over an earlier one, for the commands that make analyses.
//!
//! In: an analysis as it was found, and its folder. Out: the analysis with the ids of the earlier one's themes and the
//! researcher's edits, laid out and saved. It decides nothing: the rules stand in [`crate::analysis::codebook`].

use std::collections::HashMap;
use std::path::Path;

use super::CliError;
use crate::analysis::codebook::Codebook;
use crate::analysis::{
    Analysis, CodebookFile, Target, apply_edits, is_analysis, keep_ids, known_names, lay_out_watched,
    load_without_vectors, save,
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
    let file = CodebookFile::read(folder)?;
    if let Some(earlier) = earlier(folder) {
        edits.clone_from(&earlier.summary.manifest.edits);
        known = known_names(&earlier);
        keep_ids(analysis, earlier, &file.codebook);
    }
    let file = file.renewed(analysis);
    apply_edits(analysis, &file.codebook);
    lay_out_watched(analysis, &mut RunBar::new(quiet))?;
    save(analysis, file.text.as_deref(), target)?;
    super::codebook::warn(&file, analysis, quiet);
    if !quiet {
        super::codebook::note_taken_back(&edits, &analysis.summary);
        super::codebook::note_kept(&analysis.summary);
    }
    Ok(Saved { codebook: file.codebook, known })
}

/// The analysis that is replaced; one that cannot be read has no ids to keep.
fn earlier(folder: &Path) -> Option<Analysis> {
    if !is_analysis(folder) {
        return None;
    }
    load_without_vectors(folder)
        .inspect_err(|error| messages::warning(&format!("themes are numbered anew, not as before: {error}")))
        .ok()
}

/// Says where it is, and how to get a table of it; `what`: `theme` or `code`.
pub(super) fn tell(analysis: &Analysis, folder: &Path, what: &str) {
    messages::note(&format!(
        "saved in {}: {}; `leitmotif export {} --to csv` writes who said what to which {what}",
        folder.display(),
        layout::counted(analysis.units.len(), "passage"),
        folder.display()
    ));
}
