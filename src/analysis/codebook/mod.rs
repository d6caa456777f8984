//! The researcher's edits: the file, what they change, and ids that survive a re-run.
//!
//! In: an analysis and a codebook. Out: the analysis with everything that the edits change counted
//! anew from its rows, what was found beside it so that every edit can be taken back, and for each
//! edit what became of it. It clusters nothing, and an edit that fits nothing is reported, not
//! dropped.

mod again;
mod by_hand;
mod editing;
mod file;
mod folder;
mod groups;
mod kept;
mod lineage;
mod lineage_id;
mod mark;
mod measures;
mod memory;
mod policy;
mod recount;
mod recurring_ids;
mod renaming;
mod same_order;
#[cfg(test)]
mod tests;
mod undo;

pub(crate) use again::is_row;
pub use file::*;
pub use folder::{CodebookFile, CodebookFileError};
pub(crate) use lineage_id::lineage_id;
pub use renaming::Renamed;

use self::editing::Editing;
use self::undo::{as_found, restore};

use std::collections::{HashMap, HashSet};

use crate::analysis::saved::*;
use crate::theme::numbers::{counted, have_a_code_too, of_all};

/// Gives the themes of a new analysis the ids of those of the `earlier` one that they match, and so the recurring
/// themes that the `codebook` names; themes that it edits and that none matches are kept as they were. Out: what the
/// passages that the codebook names are called now ([`CodebookFile::renamed`]).
pub fn keep_ids(analysis: &mut Analysis, mut earlier: Analysis, codebook: &Codebook) -> Renamed {
    restore(&mut earlier);
    let renamed = renaming::rename(&mut earlier, analysis, codebook);
    let codebook = codebook.renamed(&renamed);
    let themes = codebook.edits.iter().flat_map(|edit| edit.action.themes()).collect();
    lineage::keep_ids(analysis, &earlier, &themes);
    kept::keep(analysis, &earlier, &codebook);
    let named = codebook.edits.iter().flat_map(|edit| edit.action.recurring_named()).collect();
    recurring_ids::keep(analysis, &earlier, &named);
    renamed
}

/// Applies edits to an analysis as it was found: those that were applied before are taken back first.
pub fn apply_edits(analysis: &mut Analysis, codebook: &Codebook) {
    restore(analysis);
    if codebook.edits.is_empty() {
        return;
    }
    let found = analysis.summary.clone();
    let units: Vec<UnitAsFound> = analysis.units.iter().map(UnitAsFound::of).collect();
    let mut editing = Editing::new(analysis, codebook);
    editing.new_themes();
    editing.moves();
    editing.further_themes();
    editing.describe_new_themes();
    editing.merges();
    editing.recount();
    measures::keep(editing.analysis, &found, &units);
    editing.splits();
    editing.pins();
    editing.words();
    editing.recurring();
    editing.categories();
    analysis.summary.manifest.edits = editing.records.into_iter().flatten().collect();
    tell_moves(&units, &mut analysis.units);
    analysis.summary.as_found = as_found(found, units, analysis);
}

/// A passage that several edits put somewhere was moved from where it was found; one that is there again was not moved.
fn tell_moves(found: &[UnitAsFound], units: &mut [UnitRow]) {
    for (before, row) in found.iter().zip(units).filter(|(_, row)| row.moved_from.is_some()) {
        let from = || before.theme.clone().unwrap_or_else(|| NO_THEME.into());
        row.moved_from = (before.theme != row.theme).then(from);
    }
}

/// Every theme as the codebook tells it: as it was found, and what edits made of its counts.
pub fn described(analysis: &Analysis) -> Vec<Described> {
    let with_code = with_code_as_found(analysis);
    let described = |(theme, section): (&Theme, &SectionSummary)| {
        let edited = with_edits(theme, &analysis.summary);
        described_theme(theme, section, with_code.get(theme.id.as_str()).copied().unwrap_or(0), &edited)
    };
    let sections = sections_as_found(analysis).iter();
    let themes = sections.flat_map(|section| section.themes.iter().map(move |theme| (theme, section)));
    themes.map(described).collect()
}

fn sections_as_found(analysis: &Analysis) -> &[SectionSummary] {
    let summary = &analysis.summary;
    summary.as_found.as_ref().map_or(&summary.sections, |found| &found.sections)
}

/// For each theme beside the codes how many passages had a code, too, as it was found; no entry for none.
fn with_code_as_found(analysis: &Analysis) -> HashMap<&str, usize> {
    let themes = sections_as_found(analysis).iter().flat_map(|section| &section.themes);
    let codes: HashSet<&str> = themes.filter(|theme| theme.code.is_some()).map(|theme| theme.id.as_str()).collect();
    if codes.is_empty() {
        return HashMap::new();
    }
    let edited = analysis.summary.as_found.iter().flat_map(|found| &found.units);
    let edited: HashMap<&str, &UnitAsFound> = edited.map(|unit| (unit.id.as_str(), unit)).collect();
    let themes = analysis.units.iter().map(|unit| match edited.get(unit.id.as_str()) {
        Some(found) => found.themes().collect(),
        None => unit.themes().collect(),
    });
    with_code_too(&codes, themes)
}

/// What edits made of the counts of a theme as it was found; nothing where they are the same.
fn with_edits(found: &Theme, summary: &Summary) -> String {
    let Some(now) = summary.theme(&found.id) else {
        let into = summary.themes().find(|theme| theme.merged.contains(&found.id));
        return into.map_or("; with your edits none".into(), |into| format!("; with your edits in {}", into.id));
    };
    if (now.prevalence, now.mentions) == (found.prevalence, found.mentions) {
        return String::new();
    }
    let (people, mentions) = (&now.prevalence, counted(now.mentions, "mention"));
    format!("; with your edits {} of {}, {mentions}", people.participants, people.asked)
}

/// `with_code`: how many of its passages have a code, too; `edited`: what edits made of its counts.
fn described_theme(theme: &Theme, section: &SectionSummary, with_code: usize, edited: &str) -> Described {
    let people = &theme.prevalence;
    let too = have_a_code_too(with_code).map(|too| format!(", {too}")).unwrap_or_default();
    let keywords: Vec<&str> = theme.keywords.iter().map(|keyword| keyword.term.as_str()).collect();
    let mut lines = vec![
        format!("{} {}", theme.id, theme.label),
        format!(
            "{}, {}{too}{edited}",
            of_all(people.participants, people.asked, "participant"),
            counted(theme.mentions, "mention")
        ),
    ];
    if let Some(headline) = &theme.headline {
        lines.push(format!("in the words of {}", headline.locator()));
    }
    if !keywords.is_empty() {
        lines.push(format!("keywords: {}", keywords.join(", ")));
    }
    if let Some(generated) = &theme.generated {
        lines.push(format!("generated by {}: {}. {}", generated.model, generated.name, generated.sentence));
    }
    if !section.question.is_empty() {
        lines.push(format!("asked: {}", section.question));
    }
    for part in &theme.sub_themes {
        let people = counted(part.prevalence.participants, "participant");
        lines.push(format!("part {}: {}, {people}", part.id, part.label));
    }
    Described { id: theme.id.clone(), lines }
}
