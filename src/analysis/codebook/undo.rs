//! What has to be kept so that every edit can be taken back, bit by bit, and the taking back.

use std::collections::HashMap;

use crate::analysis::saved::*;

/// Takes the edits back.
pub(super) fn restore(analysis: &mut Analysis) {
    analysis.summary.manifest.edits.clear();
    let Some(found) = analysis.summary.as_found.take() else { return };
    let AsFound { counts, sections, recurring, units } = *found;
    (analysis.summary.counts, analysis.summary.sections, analysis.summary.recurring) = (counts, sections, recurring);
    let mut before: HashMap<String, UnitAsFound> = units.into_iter().map(|unit| (unit.id.clone(), unit)).collect();
    for row in &mut analysis.units {
        if let Some(unit) = before.remove(&row.id) {
            row.status = if unit.theme.is_some() { Status::Theme } else { Status::Unclustered };
            (row.theme, row.sub_theme, row.strength) = (unit.theme, unit.sub_theme, unit.strength);
            (row.second_theme, row.second_strength) = (unit.second_theme, unit.second_strength);
            row.moved_from = None;
        }
    }
}

/// What has to be kept to take the edits back; `None` when they changed nothing.
pub(super) fn as_found(found: Summary, mut units: Vec<UnitAsFound>, edited: &Analysis) -> Option<Box<AsFound>> {
    let mut after = edited.units.iter().map(UnitAsFound::of);
    units.retain(|before| after.next().as_ref() != Some(before));
    let changed =
        !units.is_empty() || found.sections != edited.summary.sections || found.recurring != edited.summary.recurring;
    let Summary { counts, sections, recurring, .. } = found;
    changed.then(|| Box::new(AsFound { counts, sections, recurring, units }))
}

impl UnitAsFound {
    pub(super) fn of(row: &UnitRow) -> Self {
        Self {
            id: row.id.clone(),
            theme: row.theme.clone(),
            sub_theme: row.sub_theme.clone(),
            strength: row.strength,
            second_theme: row.second_theme.clone(),
            second_strength: row.second_strength,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::analysis::codebook::Codebook;
    use crate::analysis::{apply_edits, load};

    #[test]
    fn edits_are_taken_back_bit_by_bit_and_come_again() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let edited = load(&folder).unwrap();
        let file = super::super::CodebookFile::read(&folder).unwrap();
        let mut analysis = edited.clone();
        apply_edits(&mut analysis, &Codebook::default());
        let summary = &analysis.summary;
        assert!(summary.as_found.is_none() && summary.manifest.edits.is_empty());
        assert!(summary.themes().all(|theme| theme.edited.is_empty()) && summary.sections != edited.summary.sections);
        let found = analysis.clone();
        apply_edits(&mut analysis, &file.codebook);
        assert_eq!(analysis.summary.manifest.edits, edited.summary.manifest.edits);
        apply_edits(&mut analysis, &Codebook::default());
        assert!(analysis == found, "there and back is where it began");
    }
}
