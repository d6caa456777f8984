//! Talks of which nearly all stands under one label, questions and all: the labels below are in a form nobody knows.
//!
//! In: a text and its labels. Out: a remark where there are but a few labels, of two people or more, and what one of them
//! says holds lines that ask. Of one speaker alone the corpus tells. It divides nothing.

use std::collections::HashSet;

use super::super::by_lines::ByLines;
use super::super::speakers::ends_in_question;
use super::Remark;
use super::layouts::Head;

/// More labels are a talk.
const MOST_HEADS: usize = 4;
/// So many lines of one turn ask, and one of so many does.
const MIN_QUESTIONS: usize = 4;
const ONE_OF: usize = 5;

/// The remark on each turn that seems to hold the turns of others.
pub(super) fn remarks(text: &str, heads: &[Head]) -> Vec<Remark> {
    let labels: HashSet<&str> =
        heads.iter().map(|head| head.label.as_str()).filter(|label| !label.is_empty()).collect();
    if heads.len() > MOST_HEADS || labels.len() < 2 {
        return Vec::new();
    }
    let told = |(place, head): (usize, &Head)| {
        let end = heads.get(place + 1).map_or(text.len(), |next| next.line);
        let said = text.get(head.words..end)?;
        let lines = said.by_lines().filter(|line| !line.is_blank());
        let (all, asking) =
            lines.fold((0, 0), |(all, n), line| (all + 1, n + usize::from(ends_in_question(line.trim()))));
        let what = format!(
            "{asking} of the {all} lines below `{0}` ask, and all were taken for words of `{0}`: if others speak there, \
             write all labels in one form, such as `Interviewer: …` and `Participant: …`",
            head.label
        );
        (asking >= MIN_QUESTIONS && asking * ONE_OF >= all).then_some(Remark { at: head.line, what })
    };
    heads.iter().enumerate().filter_map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    fn told(header: &str, turn: &str, other: &str) -> usize {
        let pair = format!("{turn} How was year one?\n\n{other} It rained all day.\n\n");
        let found = read(&format!("{header}{}", pair.repeat(5)), &Names::default()).unwrap_or_default();
        found.remarks.iter().filter(|remark| remark.what.contains("were taken for words of")).count()
    }

    #[test]
    fn a_talk_that_is_one_answer_is_told() {
        let header = "Interviewer: we spoke in May\nParticipant: a nurse\n\n";
        assert_eq!(told(header, "Peter Lund went.", "Rosa Reed went."), 1);
        assert_eq!(told(header, "He said so and left.", "She left."), 1);
    }

    #[test]
    fn a_talk_with_labels_and_words_without_questions_are_not() {
        assert_eq!(told("", "Interviewer:", "Participant:"), 0);
        let text = "Interviewer: Tell me.\n\nParticipant: It rained.\n\nAll day.\n\nWho knew?\n\nNobody did.\n";
        assert!(read(text, &Names::default()).is_some_and(|found| found.remarks.is_empty()));
    }
}
