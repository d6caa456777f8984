//! What was measured of a theme as it was found, and holds of it still.
//!
//! In: an edited analysis, counted anew, and what was found. Out: the same with stability and silhouette of the themes
//! that edits changed little. It measures nothing; a theme that is another now goes without.

use std::collections::HashMap;

use super::policy::is_still_the_same;
use crate::analysis::saved::*;

/// Passages of a theme: as found, now, and both.
#[derive(Clone, Copy, Default)]
struct Passages {
    found: usize,
    now: usize,
    both: usize,
}

/// `units`: the rows of the analysis as they were found.
pub(super) fn keep(analysis: &mut Analysis, found: &Summary, units: &[UnitAsFound]) {
    let mut passages: HashMap<&str, Passages> = HashMap::new();
    for (before, row) in units.iter().zip(&analysis.units) {
        for theme in before.themes() {
            let own = passages.entry(theme).or_default();
            own.found += 1;
            own.both += usize::from(row.is_in(theme));
        }
        row.themes().for_each(|theme| passages.entry(theme).or_default().now += 1);
    }
    let measured: HashMap<&str, &Theme> = found.themes().map(|theme| (theme.id.as_str(), theme)).collect();
    for theme in analysis.summary.sections.iter_mut().flat_map(|section| &mut section.themes) {
        let is_same =
            passages.get(theme.id.as_str()).is_some_and(|own| is_still_the_same(own.found, own.now, own.both));
        if let (true, Some(found)) = (is_same, measured.get(theme.id.as_str())) {
            (theme.stability, theme.silhouette) = (found.stability, found.silhouette);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::analysis::codebook::{Action, Codebook, Edit};
    use crate::analysis::{Analysis, apply_edits, load};

    /// The specimen as it was found, its first theme of one and its passages.
    fn found() -> (Analysis, String, Vec<String>) {
        let mut analysis = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1")).unwrap();
        apply_edits(&mut analysis, &Codebook::default());
        let theme = analysis.summary.sections[0].themes[0].clone();
        assert!(theme.stability.is_some() && theme.mentions > 8);
        let units = analysis.units.iter().filter(|row| row.is_in(&theme.id)).map(|row| row.id.clone()).collect();
        (analysis, theme.id, units)
    }

    fn after(analysis: &Analysis, actions: impl Iterator<Item = Action>) -> Analysis {
        let edits = (1..).zip(actions).map(|(line, action)| Edit { line, action }).collect();
        let mut edited = analysis.clone();
        apply_edits(&mut edited, &Codebook { edits });
        assert!(edited.summary.manifest.edits.iter().all(|edit| edit.applied), "{:?}", edited.summary.manifest.edits);
        edited
    }

    #[test]
    fn a_theme_that_loses_or_wins_a_few_passages_keeps_its_stability() {
        let (analysis, id, units) = found();
        let before = analysis.summary.theme(&id).unwrap();
        let out = |unit: &String| Action::Move { unit: unit.clone(), to: None };
        let edited = after(&analysis, units.iter().take(1).map(out));
        let now = edited.summary.theme(&id).unwrap();
        assert_eq!(
            (now.mentions, now.stability, now.silhouette),
            (before.mentions - 1, before.stability, before.silhouette)
        );
        let other = analysis.units.iter().find(|row| row.theme.as_ref().is_some_and(|theme| *theme != id)).unwrap();
        let edited = after(&analysis, std::iter::once(Action::Also { unit: other.id.clone(), theme: id.clone() }));
        let now = edited.summary.theme(&id).unwrap();
        assert_eq!((now.mentions, now.stability), (before.mentions + 1, before.stability));
        assert_eq!(now.why_unmeasured(), None);
    }

    #[test]
    fn a_theme_that_loses_more_than_a_quarter_of_its_passages_has_none_and_says_why() {
        let (analysis, id, units) = found();
        let out = |unit: &String| Action::Move { unit: unit.clone(), to: None };
        let edited = after(&analysis, units.iter().take(units.len() / 3).map(out));
        let now = edited.summary.theme(&id).unwrap();
        assert_eq!((now.stability, now.silhouette), (None, None));
        assert_eq!(now.why_unmeasured().as_deref(), Some("not measured: edited"));
    }
}
