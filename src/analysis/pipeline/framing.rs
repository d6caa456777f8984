//! The guide of a corpus: recovered with the vectors of what the interviewer said, stored, and followed where
//! it shows that something is no answer.

use std::collections::{BTreeSet, HashMap};

use ndarray::ArrayView2;

use super::counting::rounded;
use super::texts::{given_lines, guide_items};
use crate::analysis::AnalysisError;
use crate::analysis::saved::*;
use crate::corpus::{Corpus, Exclusion, Unit, declines};
use crate::embed::{Item, Progress, VectorSource};
use crate::guide::{self, Frame, Guide, QuestionKind};

/// The guide alone.
///
/// # Errors
/// Those of the source.
pub(crate) fn guide_of(
    corpus: &Corpus,
    source: &dyn VectorSource,
    frame: &Frame,
    progress: &mut dyn Progress,
) -> Result<Guide, AnalysisError> {
    let asked = guide::asked_questions(corpus);
    if let (true, Some(questions)) = (given_lines(frame).is_empty(), guide::survey(corpus, &asked)) {
        return Ok(guide::frame(corpus, questions, frame));
    }
    let items = guide_items(&asked, frame);
    let embedded = source.vectors(&items, progress)?;
    Ok(guide_from(corpus, &asked, frame, &items, embedded.vectors.view()))
}

/// `vectors`: `(n_items, n_dims)`, of `items` as [`guide_items`] lists them.
pub(crate) fn guide_from(
    corpus: &Corpus,
    asked: &[guide::Asked],
    frame: &Frame,
    items: &[Item],
    vectors: ArrayView2<f32>,
) -> Guide {
    let row_of: HashMap<&str, usize> = items.iter().enumerate().map(|(row, item)| (item.text.as_ref(), row)).collect();
    let vector_of = |text: &str| vectors.row(row_of[text]).to_owned();
    let given = given_lines(frame);
    let questions = guide::recover(corpus, asked, (!given.is_empty()).then_some(given), &vector_of);
    guide::frame(corpus, questions, frame)
}

/// The guide as it is stored.
pub(crate) fn guide_summary(guide: &Guide) -> Vec<GuideQuestionSummary> {
    let by_section = guide.sections.iter().filter(|_| guide.by_section);
    // Of sections with the same question the first.
    let section_of: HashMap<&str, &str> =
        by_section.rev().map(|section| (section.question.as_str(), section.id.as_str())).collect();
    guide
        .questions
        .iter()
        .map(|question| GuideQuestionSummary {
            section: section_of.get(question.wording.as_str()).map(|id| id.to_string()),
            wording: question.wording.clone(),
            kind: question.kind,
            asked: question.asked.clone(),
            cohesion: rounded(question.cohesion),
        })
        .collect()
}

/// Marks what the guide shows to be no answer.
pub(crate) fn set_aside_by_guide(corpus: &Corpus, units: &mut [Unit], guide: &Guide) {
    let aside = Aside::new(guide);
    units.iter_mut().for_each(|unit| aside.mark(corpus, unit));
}

/// What a guide shows to be no answer: replies to the greeting, and replies to the closing question that add
/// nothing.
pub(super) struct Aside<'g> {
    guide: &'g Guide,
    closing: BTreeSet<usize>,
}

impl<'g> Aside<'g> {
    pub(super) fn new(guide: &'g Guide) -> Self {
        let closing = guide.questions.iter().filter(|question| question.kind == QuestionKind::Closing);
        Self { guide, closing: closing.flat_map(|question| question.answers.iter().copied()).collect() }
    }

    pub(super) fn mark(&self, corpus: &Corpus, unit: &mut Unit) {
        let answer = unit.answer;
        if self.guide.section_of_answer[answer].is_none() {
            unit.excluded = Some(Exclusion::Greeting);
        } else if unit.excluded.is_none()
            && self.closing.contains(&answer)
            && declines(&corpus.turn_of(&corpus.answers[answer]).text)
        {
            unit.excluded = Some(Exclusion::Courtesy);
        }
    }
}
