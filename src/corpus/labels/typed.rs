//! Labels that seem to be typed wrong: the interviewer's above an answer, or a participant's above a question.
//!
//! In: a text and its labels. Out: remarks on a turn between two more of the same speaker, where speakers take turns
//! elsewhere and the questions say that it is somebody else's. It never changes who says it.

use std::collections::HashMap;

use super::super::speakers::ends_in_question;
use super::Remark;
use super::layouts::Head;

/// Fewer turns show no habit.
const MIN_TURNS: usize = 6;
/// Fewer questions show nobody who asks.
const MIN_QUESTIONS: usize = 3;
/// Fewer words may be thrown in.
const MIN_WORDS: usize = 5;

/// What is counted of a label.
#[derive(Default)]
struct Counts {
    turns: usize,
    asking: usize,
}

impl Counts {
    /// Whether most turns ask, or hardly any do.
    fn asks(&self) -> bool {
        self.asking >= MIN_QUESTIONS && self.asking * 10 >= self.turns * 6
    }

    fn answers(&self) -> bool {
        self.asking * 4 <= self.turns
    }
}

/// Remarks on turns whose label seems to be somebody else's.
pub(super) fn remarks(text: &str, heads: &[Head]) -> Vec<Remark> {
    if heads.len() < MIN_TURNS {
        return Vec::new();
    }
    let end = |at: usize| heads.get(at + 1).map_or(text.len(), |next| next.line);
    let said: Vec<&str> =
        (0..heads.len()).map(|at| text.get(heads[at].words..end(at)).unwrap_or_default().trim()).collect();
    let asking: Vec<bool> = said.iter().map(|said| ends_in_question(said)).collect();
    let mut counts: HashMap<&str, Counts> = HashMap::new();
    for (head, asks) in heads.iter().zip(&asking) {
        let of = counts.entry(&head.label).or_default();
        of.turns += 1;
        of.asking += usize::from(*asks);
    }
    let runs = runs(heads);
    let is_odd = |&(from, length): &(usize, usize)| {
        let of = &counts[heads[from].label.as_str()];
        let is_long = said[from + 1].split_whitespace().count() >= MIN_WORDS;
        let between = |asks: bool| length == 3 && asking[from..from + 3] == [!asks, asks, !asks];
        !heads[from].label.is_empty() && is_long && ((of.asks() && between(false)) || (of.answers() && between(true)))
    };
    let odd: Vec<usize> = runs.iter().filter(|run| is_odd(run)).map(|&(from, _)| from + 1).collect();
    // Whoever often has two turns in a row may as well have three.
    let usual: usize = runs.iter().filter(|run| !is_odd(run)).map(|&(_, length)| length - 1).sum();
    if usual * 10 > heads.len() || odd.len() * 5 > heads.len() {
        return Vec::new();
    }
    let told = |at: usize| {
        let (label, does) = (&heads[at].label, if asking[at] { "asks" } else { "does not ask" });
        let what = format!(
            "`{label}` has three turns in a row, and the one in the middle {does}, unlike the others: it was taken for \
             words of `{label}`; if somebody else says it, correct the label"
        );
        Remark { at: heads[at].line, what }
    };
    odd.into_iter().map(told).collect()
}

/// Turns of one speaker in a row: the first, and how many; only of two or more.
fn runs(heads: &[Head]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut from = 0;
    for at in 1..=heads.len() {
        if heads.get(at).is_none_or(|head| head.label != heads[from].label) {
            runs.push((from, at - from));
            from = at;
        }
    }
    runs.retain(|&(_, length)| length > 1);
    runs
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    fn found(middle: &str) -> Vec<String> {
        let text = format!(
            "I: How was it there?\n\nP: It was wet and cold.\n\nI: And then?\n\nP: We all left for home.\n\n\
             {middle}\n\nI: Who helps you?\n\nP: My father, with his car.\n\nI: And now?\n\nP: We are three of us."
        );
        let read = read(&text, &Names::default()).unwrap_or_default();
        read.remarks.into_iter().map(|remark| format!("{} {}", &text[remark.at..][..6], remark.what)).collect()
    }

    #[test]
    fn an_answer_under_the_label_of_who_asks_is_told() {
        let told = found("I: What was hard?\n\nI: The winter, in which all of them died.");
        assert!(told.len() == 1 && told[0].starts_with("I: The `I` has three turns in a row"), "{told:?}");
        assert!(told[0].contains("does not ask") && told[0].contains("correct the label"), "{told:?}");
    }

    #[test]
    fn a_question_under_the_label_of_who_answers_is_told() {
        let told = found("P: What was hard for you there?\n\nP: The winter, in which all of them died.");
        assert!(told.len() == 1 && told[0].starts_with("P: Wha `P` has three turns in a row"), "{told:?}");
    }

    #[test]
    fn turns_in_a_row_that_may_be_ones_own_are_not_told() {
        for middle in [
            "I: What was hard?\n\nP: The winter, in which all of them died.",
            "I: What was hard?\n\nI: I mean the winter and all of it.\n\nP: The ice.",
            "I: What was hard?\n\nI: I see.",
            "I: What was hard?\n\nI: Was it the ice on the road there?",
            "P: So it was on all of the days.\n\nP: And the winter was the hardest of all.",
        ] {
            assert_eq!(found(middle), [] as [String; 0], "{middle}");
        }
    }
}
