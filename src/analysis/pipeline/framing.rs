//! The guide of a corpus: recovered with the vectors of what the interviewer said, stored, and followed where
//! it shows that something is no answer. Lines of a given guide that nobody was asked are told; a guide of such lines
//! alone is refused.

use std::collections::{BTreeSet, HashMap, HashSet};

use ndarray::ArrayView2;

use super::counting::rounded;
use super::texts::{given_lines, guide_items};
use crate::analysis::AnalysisError;
use crate::analysis::saved::*;
use crate::corpus::{Corpus, Exclusion, Unit, declines, some};
use crate::embed::{Item, Progress, VectorSource};
use crate::guide::{self, Frame, Guide, QuestionKind};
use crate::theme::numbers::{counted, number};

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
            cohesion: if question.answers.is_empty() { 0.0 } else { rounded(question.cohesion) },
        })
        .collect()
}

/// Lines of a given guide that nobody was asked; `questions`: the guide as it is stored.
fn unasked<'f>(frame: &'f Frame, questions: &[GuideQuestionSummary]) -> Vec<&'f str> {
    let is_asked = |question: &&GuideQuestionSummary| question.asked.iter().any(|study| study.asked > 0);
    let asked: HashSet<&str> = questions.iter().filter(is_asked).map(|question| question.wording.as_str()).collect();
    given_lines(frame).iter().map(String::as_str).filter(|line| !asked.contains(line)).collect()
}

/// What is to be told of lines of a given guide that nobody was asked.
pub(crate) fn unasked_lines(frame: &Frame, questions: &[GuideQuestionSummary]) -> Option<String> {
    let (unasked, all) = (unasked(frame, questions), given_lines(frame).len());
    let n = unasked.len();
    (n > 0).then(|| {
        let were = if n == 1 { "was" } else { "were" };
        let of = format!("{} of {} of the guide", number(n), counted(all, "line"));
        format!(
            "{of} {were} asked of nobody, and {} no answers: {}",
            if n == 1 { "has" } else { "have" },
            some(&unasked)
        )
    })
}

/// Refuses a given guide of which no line was asked: everything would be outside it.
///
/// # Errors
/// [`AnalysisError::NobodyAsked`].
pub(super) fn refuse_unasked(frame: &Frame, guide: &Guide) -> Result<(), AnalysisError> {
    let (unasked, all) = (unasked(frame, &guide_summary(guide)), given_lines(frame).len());
    match all > 0 && unasked.len() == all {
        true => Err(AnalysisError::NobodyAsked { lines: some(&unasked) }),
        false => Ok(()),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::{AskedInStudy, GuideQuestion};

    fn question(wording: &str, asked: usize) -> GuideQuestion {
        GuideQuestion {
            wording: wording.into(),
            kind: QuestionKind::Topic,
            asked: vec![AskedInStudy { study: "ward".into(), asked, participants: 6 }],
            cohesion: -0.0,
            place: 0.0,
            answers: (0..asked).collect(),
        }
    }

    /// A guide of lines, each with how many were asked it.
    fn given(lines: &[(&str, usize)]) -> (Frame, Guide) {
        let questions = lines.iter().map(|&(line, asked)| question(line, asked)).collect();
        let frame = Frame::Questions(lines.iter().map(|(line, _)| (*line).to_owned()).collect());
        let guide = guide::frame(&Corpus::default(), Vec::new(), &frame);
        (frame, Guide { questions, ..guide })
    }

    #[test]
    fn lines_that_nobody_was_asked_are_told() {
        let told = |lines: &[(&str, usize)]| {
            let (frame, guide) = given(lines);
            unasked_lines(&frame, &guide_summary(&guide))
        };
        let one = told(&[("Why?", 3), ("What is love?", 0)]).unwrap();
        assert_eq!(one, "1 of 2 lines of the guide was asked of nobody, and has no answers: `What is love?`");
        assert!(told(&[("Why?", 0), ("What is love?", 0)]).unwrap().starts_with("2 of 2 lines of the guide were"));
        assert_eq!(told(&[("Why?", 3), ("How?", 1)]), None);
        let recovered = vec![question("Why?", 0)];
        let guide = guide::frame(&Corpus::default(), recovered, &Frame::Auto);
        assert_eq!(unasked_lines(&Frame::Auto, &guide_summary(&guide)), None);
    }

    #[test]
    fn a_guide_of_which_no_line_was_asked_is_refused() {
        let refused = |lines: &[(&str, usize)]| {
            let (frame, guide) = given(lines);
            refuse_unasked(&frame, &guide).map_err(|error| error.to_string())
        };
        assert!(refused(&[("What is love?", 0), ("Why?", 0)]).unwrap_err().contains("`What is love?`, `Why?`"));
        assert_eq!(refused(&[("What is love?", 0), ("Why?", 1)]), Ok(()));
        // Without an interviewer no question is found at all.
        let (frame, guide) = given(&[("Why?", 0)]);
        assert!(refuse_unasked(&frame, &Guide { questions: Vec::new(), ..guide.clone() }).is_err());
        assert!(refuse_unasked(&Frame::Auto, &guide).is_ok());
    }

    #[test]
    fn what_nobody_was_asked_has_no_cohesion() {
        let (_, guide) = given(&[("Why?", 0)]);
        assert!(guide_summary(&guide)[0].cohesion.is_sign_positive());
    }
}
