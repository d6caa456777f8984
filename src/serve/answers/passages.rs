//! Words of a participant, as every tool cites them.
//!
//! In: a quote, or a row of the analysis. Out: the words, verbatim, who said them, and where they stand. Of the
//! researcher's disk the file's name alone is told.

use serde::Serialize;

use crate::analysis::{Position, Quote, Summary, UnitRow};
use crate::corpus::Cell;

#[derive(Serialize)]
pub(super) struct Passage<'a> {
    /// Verbatim.
    text: &'a str,
    /// `study/participant, answer 3, 00:12:03`.
    locator: String,
    study: &'a str,
    participant: &'a str,
    answer: usize,
    question: &'a str,
    unit: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    themes: Vec<&'a str>,
    /// `typical`, `pinned`, `boundary` of quotes; what became of a passage that is in no theme.
    kind: String,
    /// The passage goes on before the quote.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cut_before: bool,
    /// The passage goes on after it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cut_after: bool,
    position: Place<'a>,
}

/// Where it stands: code points of the decoded file, or of the cell of a table.
#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<&'a Cell>,
    line: usize,
    start: usize,
    end: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
}

impl<'a> From<&'a Position> for Place<'a> {
    fn from(position: &'a Position) -> Self {
        let Position { file, cell, start, end, line, .. } = position;
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        Self { file: name, cell: cell.as_ref(), line: *line, start: *start, end: *end, time: position.time() }
    }
}

impl<'a> Passage<'a> {
    /// A quote of a theme.
    pub(super) fn quoted(quote: &'a Quote, theme: &'a str, kind: &str) -> Self {
        Self {
            text: &quote.text,
            locator: quote.locator(),
            study: &quote.study,
            participant: &quote.participant,
            answer: quote.answer,
            question: &quote.question,
            unit: &quote.unit,
            themes: vec![theme],
            kind: kind.into(),
            cut_before: quote.cut_before,
            cut_after: quote.cut_after,
            position: (&quote.position).into(),
        }
    }

    /// A whole passage, with its themes that are not hidden.
    pub(super) fn whole(summary: &Summary, unit: &'a UnitRow) -> Self {
        let is_shown = |id: &&str| summary.theme(id).is_none_or(|theme| !theme.hidden);
        Self {
            text: &unit.text,
            locator: unit.locator(),
            study: &unit.study,
            participant: &unit.participant,
            answer: unit.answer,
            question: &unit.question,
            unit: &unit.id,
            themes: unit.themes().filter(is_shown).collect(),
            kind: unit.status.word(),
            cut_before: false,
            cut_after: false,
            position: (&unit.position).into(),
        }
    }
}
