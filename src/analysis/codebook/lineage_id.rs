//! Which analyses belong together: one, and those that replaced it.
//!
//! In: an analysis. Out: an id that its re-runs share, with more interviews or other options, with edits or without,
//! and that another study does not have. A first analysis has none saved: its id follows from what was found in it.

use std::collections::HashMap;

use crate::analysis::saved::*;

/// Hexadecimal digits of an id.
const DIGITS: usize = 32;

/// The id of the line that the analysis belongs to: that of its first analysis.
pub(crate) fn lineage_id(analysis: &Analysis) -> String {
    let carried = analysis.summary.lineage.as_ref().and_then(|lineage| lineage.first.clone());
    carried.unwrap_or_else(|| own_id(analysis))
}

/// The id that an analysis without a line begins one with, from its passages and the themes they were found in.
pub(super) fn own_id(analysis: &Analysis) -> String {
    let changed = analysis.summary.as_found.iter().flat_map(|found| &found.units);
    let found: HashMap<&str, Option<&str>> = changed.map(|unit| (unit.id.as_str(), unit.theme.as_deref())).collect();
    let mut hash = blake3::Hasher::new();
    for unit in &analysis.units {
        let theme = found.get(unit.id.as_str()).copied().unwrap_or(unit.theme.as_deref());
        for text in [unit.id.as_str(), unit.text.as_str(), theme.unwrap_or_default()] {
            hash.update(&(text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        }
    }
    let mut id = hash.finalize().to_hex().to_string();
    id.truncate(DIGITS);
    id
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::analysis::codebook::Codebook;
    use crate::analysis::{apply_edits, keep_ids, load};

    fn edited() -> Analysis {
        load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1")).unwrap()
    }

    fn found() -> Analysis {
        let mut analysis = edited();
        apply_edits(&mut analysis, &Codebook::default());
        analysis
    }

    #[test]
    fn edits_change_no_id_and_another_text_does() {
        assert_eq!(lineage_id(&edited()), lineage_id(&found()));
        let mut other = found();
        other.units[0].text.push('!');
        assert_ne!(lineage_id(&other), lineage_id(&found()));
    }

    #[test]
    fn a_run_that_replaces_another_carries_its_id_on_and_so_does_the_next() {
        let mut fewer = found();
        fewer.units.truncate(fewer.units.len() - 20);
        let first = lineage_id(&fewer);
        let mut second = found();
        assert_ne!(lineage_id(&second), first);
        keep_ids(&mut second, fewer, &Codebook::default());
        assert_eq!(lineage_id(&second), first);
        let mut third = found();
        third.units[0].text.push('!');
        keep_ids(&mut third, second, &Codebook::default());
        assert_eq!(lineage_id(&third), first);
    }

    #[test]
    fn the_same_run_again_saves_no_id_and_a_study_without_a_passage_in_common_begins_its_own_line() {
        let mut again = found();
        keep_ids(&mut again, found(), &Codebook::default());
        assert_eq!(again.summary.lineage.as_ref().and_then(|lineage| lineage.first.as_ref()), None);
        let mut other = found();
        other.units.iter_mut().for_each(|unit| unit.id.insert_str(0, "other "));
        let own = lineage_id(&other);
        keep_ids(&mut other, found(), &Codebook::default());
        assert_eq!(other.summary.lineage.as_ref().and_then(|lineage| lineage.first.as_ref()), None);
        // Its themes have new numbers, so the id is another than before, and not that of the earlier one.
        assert!(lineage_id(&other) != lineage_id(&found()) && !own.is_empty());
    }
}
