//! What two edits of a file cannot both ask for.
//!
//! In: the edits in the order of their lines. Out: the first contradiction. Whether an edit fits the analysis is not
//! known here.

use std::collections::BTreeMap;

use super::super::{Action, Edit, NO_THEME};
use crate::analysis::saved::code_key;

pub(super) struct Contradiction {
    pub(super) line: usize,
    pub(super) message: String,
    pub(super) hint: &'static str,
}

const TAKE_ONE_OUT: &str = "take one of the two out";

/// # Errors
/// The first contradiction.
pub(super) fn check(edits: &[Edit]) -> Result<(), Contradiction> {
    ids(edits)?;
    places(edits)?;
    further_themes(edits)?;
    memos(edits)?;
    joined(edits)?;
    categories(edits)?;
    let merges = edits.iter().filter_map(|edit| match &edit.action {
        Action::Merge { theme, into } => Some((theme.as_str(), (into.as_str(), edit.line))),
        _ => None,
    });
    let merges: BTreeMap<&str, (&str, usize)> = merges.collect();
    circles(&merges)?;
    divided(edits, &merges)?;
    let merges = edits.iter().filter_map(|edit| match &edit.action {
        Action::MergeRecurring { recurring, into } => Some((recurring.as_str(), (into.as_str(), edit.line))),
        _ => None,
    });
    circles(&merges.collect())
}

fn contradiction(line: usize, message: String) -> Result<(), Contradiction> {
    Err(Contradiction { line, message, hint: TAKE_ONE_OUT })
}

/// A theme is made once.
fn ids(edits: &[Edit]) -> Result<(), Contradiction> {
    let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
    for edit in edits {
        if let Some(id) = edit.action.makes()
            && let Some(before) = lines.insert(id, edit.line)
        {
            let message = format!("the id `{id}` is taken in line {before} already");
            return Err(Contradiction {
                line: edit.line,
                message,
                hint: "give each theme of yours a number of its own",
            });
        }
    }
    Ok(())
}

/// The passages that an edit puts somewhere, and where.
fn placed(action: &Action) -> (&[String], &str) {
    match action {
        Action::Move { unit, to } => (std::slice::from_ref(unit), to.as_deref().unwrap_or(NO_THEME)),
        Action::New { id, units, .. } | Action::Divide { id, units, .. } => (units, id),
        _ => (&[], ""),
    }
}

/// A passage is put somewhere once.
fn places(edits: &[Edit]) -> Result<(), Contradiction> {
    let mut before: BTreeMap<&str, (usize, usize, &Action)> = BTreeMap::new();
    for (at, edit) in edits.iter().enumerate() {
        for unit in placed(&edit.action).0 {
            match before.insert(unit, (at, edit.line, &edit.action)) {
                // Named twice in one list.
                Some((there, ..)) if there == at => {}
                Some((_, line, Action::Move { .. })) => {
                    return contradiction(edit.line, format!("`{unit}` was moved in line {line} already"));
                }
                Some((_, line, action)) => {
                    let theme = placed(action).1;
                    return contradiction(edit.line, format!("`{unit}` was put into {theme} in line {line} already"));
                }
                None => {}
            }
        }
    }
    Ok(())
}

/// A passage is in a theme or not in it.
fn further_themes(edits: &[Edit]) -> Result<(), Contradiction> {
    let mut before: BTreeMap<(&str, &str), (usize, bool)> = BTreeMap::new();
    for edit in edits {
        let (units, theme, is_in) = match &edit.action {
            Action::Also { unit, theme } => (std::slice::from_ref(unit), theme.as_str(), true),
            Action::Not { unit, theme } => (std::slice::from_ref(unit), theme.as_str(), false),
            action => {
                let (units, theme) = placed(action);
                (units, theme, true)
            }
        };
        for unit in units {
            match before.insert((unit, theme), (edit.line, is_in)) {
                // Twice in one list.
                Some((line, same)) if line == edit.line && same == is_in => {}
                Some((line, same)) if same == is_in => {
                    return contradiction(edit.line, format!("line {line} says the same of `{unit}` and {theme}"));
                }
                Some((line, _)) => {
                    return contradiction(edit.line, format!("line {line} says the contrary of `{unit}` and {theme}"));
                }
                None => {}
            }
        }
    }
    Ok(())
}

/// A passage has one note.
fn memos(edits: &[Edit]) -> Result<(), Contradiction> {
    let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
    for edit in edits {
        if let Action::PassageMemo { unit, .. } = &edit.action
            && let Some(before) = lines.insert(unit, edit.line)
        {
            let message = format!("`{unit}` has a note in line {before} already");
            return Err(Contradiction { line: edit.line, message, hint: "write both into one" });
        }
    }
    Ok(())
}

/// A theme is joined by one recurring theme.
fn joined(edits: &[Edit]) -> Result<(), Contradiction> {
    let mut before: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    for edit in edits {
        let Action::JoinRecurring { recurring, themes } = &edit.action else { continue };
        for theme in themes {
            match before.insert(theme, (recurring, edit.line)) {
                Some((other, line)) if other != recurring => {
                    return contradiction(edit.line, format!("{theme} belongs to {other} by line {line}"));
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// A category has a name of its own: case, white space and the way in which accents are written tell none apart.
fn categories(edits: &[Edit]) -> Result<(), Contradiction> {
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    for edit in edits {
        if let Action::Category { name, .. } = &edit.action
            && let Some(before) = lines.insert(code_key(name), edit.line)
        {
            let message = format!("a category is called `{name}` in line {before} already");
            let hint = "write both into one, or give one of them another name; case and white space tell none apart";
            return Err(Contradiction { line: edit.line, message, hint });
        }
    }
    Ok(())
}

/// Merging leads somewhere.
fn circles(merges: &BTreeMap<&str, (&str, usize)>) -> Result<(), Contradiction> {
    for (&theme, &(into, line)) in merges {
        let mut at = into;
        for _ in 0..=merges.len() {
            if at == theme {
                let message = format!("`{theme}` would be merged into itself");
                return Err(Contradiction { line, message, hint: "take one `merge_into` of the circle out" });
            }
            match merges.get(at) {
                Some(&(next, _)) => at = next,
                None => break,
            }
        }
    }
    Ok(())
}

/// A theme is merged or divided.
fn divided(edits: &[Edit], merges: &BTreeMap<&str, (&str, usize)>) -> Result<(), Contradiction> {
    for edit in edits {
        if let Action::Divide { theme, .. } = &edit.action
            && let Some((_, line)) = merges.get(theme.as_str())
        {
            return contradiction(edit.line.max(*line), format!("`{theme}` is both merged and divided"));
        }
    }
    Ok(())
}
