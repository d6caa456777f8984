//! The codebook, and what was found without it, for the report's pages.
//!
//! In: the edits of a codebook; an analysis. Out: plain data, from which the page's own edits go on where the
//! codebook ends: they are applied to what was found, as the program applies them.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Serialize;

use crate::analysis::codebook::{Action, Codebook};
use crate::analysis::{Analysis, RecurringSummary, StudyPrevalence};

/// The edits as they stand in `codebook.toml`.
#[derive(Serialize)]
pub(super) struct CodebookPart<'a> {
    edits: Vec<EditPart<'a>>,
}

/// An edit: what is done to what.
#[derive(Serialize)]
struct EditPart<'a> {
    edit: &'static str,
    /// A theme's, a recurring theme's or a passage's id, or a category's name.
    of: &'a str,
    /// Tells edits of recurring themes and passages from those of themes that have the same name.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    value: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    /// Passages, or themes.
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<&'a [String]>,
}

impl<'a> CodebookPart<'a> {
    pub(super) fn new(codebook: &'a Codebook) -> Self {
        Self { edits: codebook.edits.iter().map(|edit| EditPart::new(&edit.action)).collect() }
    }
}

impl<'a> EditPart<'a> {
    fn new(action: &'a Action) -> Self {
        let part = Self {
            edit: action.word(),
            of: action.target(),
            kind: None,
            value: Cow::Borrowed(""),
            id: None,
            name: None,
            question: None,
            description: None,
            list: None,
        };
        match action {
            Action::Split { name, units, .. } => Self { name: Some(name), list: Some(units), ..part },
            Action::Divide { id, name, units, .. } => {
                Self { id: Some(id), name: Some(name), list: Some(units), ..part }
            }
            Action::New { question, name, description, units, .. } => Self {
                name: Some(name),
                question: Some(question),
                description: description.as_deref(),
                list: Some(units),
                ..part
            },
            Action::Category { description, themes, .. } => {
                Self { description: description.as_deref(), list: Some(themes), ..part }
            }
            Action::JoinRecurring { themes, .. } => Self { list: Some(themes), kind: Some("recurring"), ..part },
            Action::NameRecurring { .. } | Action::MergeRecurring { .. } | Action::HideRecurring { .. } => {
                Self { value: action.value(), kind: Some("recurring"), ..part }
            }
            Action::PassageMemo { .. } => Self { value: action.value(), kind: Some("passage"), ..part },
            _ => Self { value: action.value(), ..part },
        }
    }
}

/// What was found, as far as edits changed it.
#[derive(Serialize)]
pub(super) struct FoundPart<'a> {
    themes: Vec<FoundTheme<'a>>,
    /// Indices of the units that were elsewhere, their theme, and the further ones.
    units: Vec<(usize, Option<&'a str>, Vec<&'a str>)>,
    recurring: Vec<FoundRecurring<'a>>,
}

#[derive(Serialize)]
struct FoundTheme<'a> {
    id: &'a str,
    label: &'a str,
    /// The section's id.
    section: &'a str,
}

#[derive(Serialize)]
struct FoundRecurring<'a> {
    id: &'a str,
    label: &'a str,
    themes: &'a [String],
    by_study: &'a [StudyPrevalence],
}

impl<'a> FoundPart<'a> {
    /// `None` where edits changed nothing.
    pub(super) fn new(analysis: &'a Analysis, unit_of: &HashMap<&str, usize>) -> Option<Self> {
        let found = analysis.summary.as_found.as_ref()?;
        let themes = found.sections.iter().flat_map(|section| {
            let theme = |id, label| FoundTheme { id, label, section: &section.id };
            section.themes.iter().map(move |found| theme(found.id.as_str(), found.label.as_str()))
        });
        let units = found.units.iter().filter_map(|unit| {
            let also = unit.also.iter().map(|also| also.theme.as_str()).collect();
            Some((*unit_of.get(unit.id.as_str())?, unit.theme.as_deref(), also))
        });
        let recurring = |found: &'a RecurringSummary| FoundRecurring {
            id: &found.id,
            label: &found.label,
            themes: &found.themes,
            by_study: &found.by_study,
        };
        Some(Self {
            themes: themes.collect(),
            units: units.collect(),
            recurring: found.recurring.iter().map(recurring).collect(),
        })
    }
}
