//! A unit's row before its theme is known, and whether it had its place before themes were looked for.

use std::collections::HashSet;

use crate::analysis::saved::*;
use crate::corpus::{Corpus, Unit};

/// A unit's row before its theme is known.
pub(crate) fn unit_row(corpus: &Corpus, unit: &Unit, section: Option<String>) -> UnitRow {
    let answer = &corpus.answers[unit.answer];
    UnitRow {
        id: unit.id.clone(),
        study: corpus.study_of(answer).to_string(),
        participant: answer.participant.to_string(),
        answer: answer.number,
        section,
        question: corpus.question_text(answer).into(),
        text: unit.text.clone(),
        position: position(corpus, unit),
        status: unit.excluded.map_or(Status::Unclustered, Status::Excluded),
        theme: None,
        sub_theme: None,
        strength: None,
        second_theme: None,
        second_strength: None,
        vector: None,
        moved_from: None,
        guide_question: None,
        map: None,
        also: Vec::new(),
        note: None,
    }
}

pub(crate) fn position(corpus: &Corpus, unit: &Unit) -> Position {
    let turn = corpus.turn_of(&corpus.answers[unit.answer]);
    let document = &corpus.documents[turn.document];
    Position {
        file: corpus.sources[document.source].path.clone(),
        cell: document.cell.clone(),
        start: unit.span.start,
        end: unit.span.end,
        line: turn.line,
        seconds: turn.seconds_at(unit.span.start),
    }
}

/// Whether a unit was kept out of the clustering, as it has a code.
pub(super) fn is_coded(unit: &UnitRow, codes: &HashSet<&str>) -> bool {
    unit.theme.as_deref().is_some_and(|theme| codes.contains(theme))
}
