//! The study in numbers.
//!
//! In: an analysis. Out: the counts of its summary, question by question, and how it was made. No words of
//! participants.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Refused, is_zero};
use crate::analysis::{Analysis, Counts, EditRecord, StudySummary, group_name};
use crate::guide::AskedInStudy;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Arguments {}

#[derive(Serialize)]
pub(super) struct Numbers<'a> {
    studies: &'a [StudySummary],
    counts: &'a Counts,
    /// Share of the passages that were clustered and are in a theme, 0–1.
    coverage: Option<f64>,
    themes: usize,
    recurring_themes: usize,
    /// Themes that the researcher hid; no tool tells of them.
    #[serde(skip_serializing_if = "is_zero")]
    hidden_themes: usize,
    /// Why themes were looked for question by question, or in everything together.
    framing: &'a str,
    questions: Vec<Question<'a>>,
    /// What `compare` may make groups by, besides `study`.
    attributes: Vec<String>,
    made: Made<'a>,
}

#[derive(Serialize)]
struct Question<'a> {
    id: &'a str,
    question: &'a str,
    /// Participants of each study who answered.
    asked: &'a [AskedInStudy],
    passages: usize,
    unclustered: usize,
    themes: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    no_themes_because: Option<&'a str>,
}

#[derive(Serialize)]
struct Made<'a> {
    program: &'a str,
    model: &'a str,
    /// The researcher's edits that are applied.
    edits: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pseudonyms: Option<String>,
    warnings: &'a [String],
    /// Inputs that could not be read.
    not_read: usize,
}

pub(super) fn counts(analysis: &Analysis, _: Arguments) -> Result<Numbers<'_>, Refused> {
    let summary = &analysis.summary;
    let manifest = &summary.manifest;
    let questions = summary.sections.iter().map(|section| Question {
        id: &section.id,
        question: &section.question,
        asked: &section.asked,
        passages: section.units,
        unclustered: section.unclustered,
        themes: section.themes.iter().filter(|theme| !theme.hidden).count(),
        no_themes_because: section.no_themes_because.as_deref(),
    });
    let (hidden, shown): (Vec<_>, Vec<_>) = summary.themes().partition(|theme| theme.hidden);
    Ok(Numbers {
        studies: &summary.studies,
        counts: &summary.counts,
        coverage: summary.counts.coverage(),
        themes: shown.len(),
        recurring_themes: summary.recurring.iter().filter(|recurring| !recurring.hidden).count(),
        hidden_themes: hidden.len(),
        framing: &summary.framing.reason,
        questions: questions.collect(),
        attributes: summary.attributes.iter().map(|name| group_name(name)).collect(),
        made: Made {
            program: &manifest.program,
            model: &manifest.model.name,
            edits: EditRecord::edits(&manifest.edits, |edit| edit.applied),
            pseudonyms: manifest.pseudonyms.map(crate::analysis::Pseudonyms::sentence),
            warnings: &manifest.warnings,
            not_read: manifest.failures.len(),
        },
    })
}
