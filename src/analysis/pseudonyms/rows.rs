//! Rows, manifest and codebook with pseudonyms, and everything in an order that tells nothing.
//!
//! In: an analysis, and what replaces its ids and names. Out: its rows and the rest of its summary replaced; rows
//! and lists in the order of pseudonyms, as that of names would tell who is who to whoever knows the names.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use super::policy::{NAME, SOMETHING};
use super::walk::Walk;
use crate::analysis::codebook::{Action, Codebook, Edit};
use crate::analysis::saved::{Analysis, RoleSummary, SharedText, Summary, UnitRow};
use crate::corpus::{Role, natural_order};
use crate::notes::NotesFrom;

/// The rows, and how much was replaced in distinct questions.
pub(super) fn replaced(analysis: &Analysis, walk: &Walk) -> (Vec<UnitRow>, usize) {
    let mut questions: HashMap<&str, (SharedText, usize)> = HashMap::new();
    for unit in &analysis.units {
        questions.entry(&unit.question).or_insert_with(|| {
            let new = walk.replacer.replaced(&unit.question);
            (new.text.into(), new.changes.len())
        });
    }
    let rows = analysis.units.iter().map(|unit| row(unit, questions[unit.question.as_str()].0.clone(), walk)).collect();
    (rows, questions.values().map(|(_, changes)| changes).sum())
}

/// Every field is named, so that a new one is not forgotten.
fn row(unit: &UnitRow, asked: SharedText, walk: &Walk) -> UnitRow {
    let ids = &walk.replacer.ids;
    let mut new = unit.clone();
    let UnitRow {
        id,
        study,
        participant,
        answer: _,
        section: _,
        question,
        text,
        position,
        status: _,
        theme: _,
        sub_theme: _,
        strength: _,
        second_theme: _,
        second_strength: _,
        vector: _,
        moved_from: _,
        guide_question: _,
        map: _,
        also: _,
        note,
    } = &mut new;
    if let Some(unit) = walk.units.get(id) {
        text.clone_from(&unit.new.text);
    }
    *id = ids.units.get(id).cloned().unwrap_or_default();
    *participant = ids.participant(study, participant);
    *study = ids.study(study);
    *question = asked;
    position.file = ids.files.get(&position.file).cloned().unwrap_or_default();
    if let Some(cell) = &mut position.cell {
        cell.column = walk.text(&cell.column).into();
    }
    if let Some(note) = note {
        *note = walk.text(note);
    }
    new
}

/// What of a summary tells more than its texts: hashes by which somebody who has a file would know it, words in
/// messages that are in no list. `roles`: as they were before.
pub(super) fn settle(summary: &mut Summary, roles: &[RoleSummary], walk: &Walk) {
    let manifest = &mut summary.manifest;
    for input in &mut manifest.inputs {
        input.blake3.clear();
        input.bytes = 0;
    }
    manifest.also_read.clear();
    manifest.coding.iter_mut().flat_map(|coding| &mut coding.files).for_each(|file| file.blake3.clear());
    if let Some(NotesFrom::File { blake3, .. }) = manifest.notes.as_mut().map(|notes| &mut notes.from) {
        blake3.clear();
    }
    manifest.inputs.sort_by(|a, b| natural_order(&a.path, &b.path));
    let ids = &walk.replacer.ids;
    let new: BTreeSet<&str> = ids.studies.values().chain(ids.files.values()).map(String::as_str).collect();
    for warning in &mut manifest.warnings {
        *warning =
            without_quoted(warning, |quoted| quoted.starts_with("--") || new.contains(quoted) || ids.is_new(quoted));
    }
    // Names of files that hold nothing of the analysis.
    manifest.failures = manifest.failures.iter().map(|_| "an input could not be read".to_owned()).collect();
    if let Some(lineage) = &mut summary.lineage {
        // Who is in this analysis no more has no pseudonym.
        let known: BTreeSet<&str> = ids.units.values().map(String::as_str).collect();
        for past in &mut lineage.past {
            past.units.retain(|unit| known.contains(unit.as_str()));
            past.interviews = None;
        }
        lineage.past_sections.iter_mut().for_each(|past| past.units.retain(|unit| known.contains(unit.as_str())));
        lineage.past_interviews.clear();
        lineage.absent.clear();
    }
    let found = &walk.replacer.names.found;
    for (role, before) in manifest.roles.iter_mut().zip(roles) {
        role.reason = without_quoted(&role.reason, |_| false);
        match ids.label(&before.label) {
            _ if found.contains(&before.label) => role.label = NAME.into(),
            Some(new) => role.label = new.to_owned(),
            None => {}
        }
    }
    // Those of participants stood in the order of the interviews.
    manifest.roles.sort_by(|a, b| {
        let turns = (a.role == Role::Participant, b.role == Role::Participant);
        turns.0.cmp(&turns.1).then_with(|| if turns.0 { natural_order(&a.label, &b.label) } else { Ordering::Equal })
    });
}

/// A message with what stands between backticks left out, unless it may stay.
fn without_quoted(message: &str, stays: impl Fn(&str) -> bool) -> String {
    let parts: Vec<&str> = message.split('`').collect();
    // Backticks come in pairs; the last of an odd number is text.
    let is_quoted = |at: usize| at % 2 == 1 && at + 1 < parts.len();
    let part = |(at, part): (usize, &&str)| if is_quoted(at) && !stays(part) { SOMETHING } else { part }.to_owned();
    parts.iter().enumerate().map(part).collect::<Vec<_>>().join("`")
}

/// Rows, participants and lists of units in the order of pseudonyms; what was said in one interview stays in its
/// order.
pub(super) fn in_order(analysis: &mut Analysis) {
    let studies: Vec<String> = analysis.summary.studies.iter().map(|study| study.name.clone()).collect();
    let place = |study: &str| studies.iter().position(|known| known == study);
    let group_of: HashMap<(String, String), String> = analysis
        .summary
        .participants
        .iter()
        .filter_map(|p| Some(((p.study.clone(), p.participant.clone()), p.transcript.clone()?)))
        .collect();
    let interview = |study: &str, participant: &str| {
        let group = group_of.get(&(study.to_owned(), participant.to_owned())).cloned();
        group.unwrap_or_else(|| participant.to_owned())
    };
    let order = |a: (&str, &str), b: (&str, &str)| {
        place(a.0).cmp(&place(b.0)).then_with(|| natural_order(&interview(a.0, a.1), &interview(b.0, b.1)))
    };
    analysis.units.sort_by(|a, b| order((&a.study, &a.participant), (&b.study, &b.participant)));
    let summary = &mut analysis.summary;
    summary.participants.sort_by(|a, b| {
        order((&a.study, &a.participant), (&b.study, &b.participant))
            .then_with(|| natural_order(&a.participant, &b.participant))
    });
    if let Some(found) = &mut summary.as_found {
        found.units.sort_by(|a, b| natural_order(&a.id, &b.id));
    }
    if let Some(lineage) = &mut summary.lineage {
        let themes = lineage.past.iter_mut().map(|past| &mut past.units);
        let sections = lineage.past_sections.iter_mut().map(|past| &mut past.units);
        themes.chain(sections).for_each(|units| units.sort_by(|a, b| natural_order(a, b)));
    }
}

/// Every kind of edit is named, so that a new one is not forgotten.
pub(super) fn codebook(codebook: &Codebook, walk: &Walk) -> Codebook {
    let unit = |id: &String| walk.replacer.ids.units.get(id).cloned().unwrap_or_else(|| walk.text(id));
    let units = |ids: &[String]| {
        let mut units: Vec<String> = ids.iter().map(unit).collect();
        units.sort_by(|a, b| natural_order(a, b));
        units
    };
    let action = |action: &Action| match action {
        Action::Name { theme, name } => Action::Name { theme: theme.clone(), name: walk.text(name) },
        Action::Describe { theme, description } => {
            Action::Describe { theme: theme.clone(), description: walk.text(description) }
        }
        Action::Merge { theme, into } => Action::Merge { theme: theme.clone(), into: into.clone() },
        Action::Hide { theme } => Action::Hide { theme: theme.clone() },
        Action::Pin { theme, unit: id } => Action::Pin { theme: theme.clone(), unit: unit(id) },
        Action::Move { unit: id, to } => Action::Move { unit: unit(id), to: to.clone() },
        Action::Split { theme, name, units: own } => {
            Action::Split { theme: theme.clone(), name: walk.text(name), units: units(own) }
        }
        Action::New { id, question, name, description, units: own } => Action::New {
            id: id.clone(),
            question: question.clone(),
            name: walk.text(name),
            description: description.as_deref().map(|text| walk.text(text)),
            units: units(own),
        },
        Action::Divide { theme, id, name, units: own } => {
            Action::Divide { theme: theme.clone(), id: id.clone(), name: walk.text(name), units: units(own) }
        }
        Action::Also { unit: id, theme } => Action::Also { unit: unit(id), theme: theme.clone() },
        Action::Not { unit: id, theme } => Action::Not { unit: unit(id), theme: theme.clone() },
        Action::Memo { theme, text } => Action::Memo { theme: theme.clone(), text: walk.text(text) },
        Action::PassageMemo { unit: id, text } => Action::PassageMemo { unit: unit(id), text: walk.text(text) },
        Action::NameRecurring { recurring, name } => {
            Action::NameRecurring { recurring: recurring.clone(), name: walk.text(name) }
        }
        // These hold ids of themes alone.
        Action::MergeRecurring { .. } | Action::HideRecurring { .. } | Action::JoinRecurring { .. } => action.clone(),
        Action::Category { name, description, themes } => Action::Category {
            name: walk.text(name),
            description: description.as_deref().map(|text| walk.text(text)),
            themes: themes.clone(),
        },
    };
    let edits = codebook.edits.iter().map(|edit| Edit { line: edit.line, action: action(&edit.action) });
    Codebook { edits: edits.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_in_a_message_goes_unless_it_is_known() {
        let stays = |word: &str| word == "P001" || word.starts_with("--");
        assert_eq!(
            without_quoted("2 labels: `Anna Hal`, `P001`; see `--participant`", stays),
            "2 labels: `…`, `P001`; see `--participant`"
        );
        assert_eq!(without_quoted("one ` alone", stays), "one ` alone");
    }
}
