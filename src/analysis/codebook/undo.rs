//! What has to be kept so that every edit can be taken back, bit by bit, and the taking back.

use std::collections::HashMap;

use super::recount::recount_accumulation;
use crate::analysis::saved::*;

/// Takes the edits back.
pub(super) fn restore(analysis: &mut Analysis) {
    analysis.summary.manifest.edits.clear();
    analysis.summary.categories.clear();
    analysis.summary.memos.clear();
    let Some(found) = analysis.summary.as_found.take() else { return };
    let AsFound { counts, sections, recurring, units } = *found;
    (analysis.summary.counts, analysis.summary.sections, analysis.summary.recurring) = (counts, sections, recurring);
    let mut before: HashMap<String, UnitAsFound> = units.into_iter().map(|unit| (unit.id.clone(), unit)).collect();
    for row in &mut analysis.units {
        if let Some(unit) = before.remove(&row.id) {
            row.status = if unit.theme.is_some() { Status::Theme } else { Status::Unclustered };
            (row.theme, row.sub_theme, row.strength) = (unit.theme, unit.sub_theme, unit.strength);
            (row.second_theme, row.second_strength) = (unit.second_theme, unit.second_strength);
            row.also = unit.also;
            row.moved_from = None;
        }
    }
    recount_accumulation(&mut analysis.summary, &analysis.units);
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
            also: row.also.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::analysis::codebook::{Action, Codebook, Edit};
    use crate::analysis::{AlsoIn, Analysis, apply_edits, load};

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

    /// The fixture without edits, and a passage of its first section with two themes: the first, and also the
    /// second.
    fn with_a_passage_in_two_themes() -> (Analysis, String, String, String) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let mut analysis = load(&folder).unwrap();
        apply_edits(&mut analysis, &Codebook::default());
        let section = analysis.summary.sections.iter().find(|section| section.themes.len() > 2).unwrap();
        let [one, other] = [0, 1].map(|at| section.themes[at].id.clone());
        let row = analysis.units.iter_mut().find(|row| row.theme.as_ref() == Some(&one)).unwrap();
        row.also = vec![AlsoIn { theme: other.clone(), strength: Some(0.5) }];
        let unit = row.id.clone();
        (analysis, unit, one, other)
    }

    fn edited(analysis: &Analysis, action: Action) -> Analysis {
        let mut edited = analysis.clone();
        apply_edits(&mut edited, &Codebook { edits: vec![Edit { line: 1, action }] });
        assert!(edited.summary.manifest.edits[0].applied, "{:?}", edited.summary.manifest.edits);
        let mut back = edited.clone();
        apply_edits(&mut back, &Codebook::default());
        assert!(back == *analysis, "there and back is where it began");
        for theme in edited.summary.themes().filter(|theme| !theme.edited.is_empty()) {
            let members = edited.units.iter().filter(|row| row.is_in(&theme.id)).count();
            assert_eq!(theme.mentions, members, "{}", theme.id);
        }
        edited
    }

    #[test]
    fn a_passage_in_two_themes_counts_in_both_and_keeps_the_second_when_it_is_moved() {
        let (analysis, unit, one, other) = with_a_passage_in_two_themes();
        let third = analysis.summary.sections.iter().flat_map(|section| &section.themes);
        let third = third.map(|theme| theme.id.clone()).find(|id| *id != one && *id != other).unwrap();
        let row = |analysis: &Analysis| analysis.units.iter().find(|row| row.id == unit).unwrap().clone();
        let themes = |analysis: &Analysis| row(analysis).themes().map(str::to_owned).collect::<Vec<_>>();
        let to = |theme: Option<&String>| Action::Move { unit: unit.clone(), to: theme.cloned() };
        assert_eq!(themes(&edited(&analysis, to(Some(&third)))), [third, other.clone()]);
        assert_eq!(themes(&edited(&analysis, to(Some(&other)))), std::slice::from_ref(&other));
        let nowhere = edited(&analysis, to(None));
        assert!(themes(&nowhere).is_empty() && row(&nowhere).also.is_empty());
    }

    #[test]
    fn a_passage_that_edits_bring_back_was_not_moved() {
        let (analysis, _, one, other) = with_a_passage_in_two_themes();
        let section =
            analysis.summary.sections.iter().find(|section| section.themes.iter().any(|t| t.id == one)).unwrap();
        let free = |row: &&crate::analysis::UnitRow| {
            row.status == crate::analysis::Status::Unclustered && row.section.as_ref() == Some(&section.id)
        };
        let unit = analysis.units.iter().find(free).unwrap().id.clone();
        let after = |actions: Vec<Action>| {
            let edits = (1..).zip(actions).map(|(line, action)| Edit { line, action }).collect();
            let mut edited = analysis.clone();
            apply_edits(&mut edited, &Codebook { edits });
            let row = edited.units.iter().find(|row| row.id == unit).unwrap();
            let found = (row.theme.clone(), row.moved_from.clone());
            apply_edits(&mut edited, &Codebook::default());
            assert!(edited == analysis, "there and back is where it began");
            found
        };
        let into = |theme: &str| Action::Move { unit: unit.clone(), to: Some(theme.into()) };
        let out_of = |theme: &str| Action::Not { unit: unit.clone(), theme: theme.into() };
        let also = |theme: &str| Action::Also { unit: unit.clone(), theme: theme.into() };
        assert_eq!(after(vec![into(&one), out_of(&one)]), (None, None));
        let from = Some(super::super::NO_THEME.to_owned());
        assert_eq!(after(vec![into(&one), also(&other), out_of(&one)]), (Some(other), from));
    }

    #[test]
    fn merging_the_two_themes_of_a_passage_counts_it_once() {
        let (analysis, unit, one, other) = with_a_passage_in_two_themes();
        let merged = edited(&analysis, Action::Merge { theme: other, into: one.clone() });
        let row = merged.units.iter().find(|row| row.id == unit).unwrap();
        assert_eq!(row.themes().collect::<Vec<_>>(), [one]);
    }
}
