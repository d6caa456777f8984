//! Labels that seem to be typed wrong: the interviewer's above an answer, or a participant's above a question.
//!
//! In: a text and its labels. Out: remarks on a turn between two more of the same speaker, where speakers take turns
//! elsewhere and the questions say that it is somebody else's; and on two turns in a row whose labels seem to be
//! swapped. It never changes who says it.

use std::collections::HashMap;

use super::super::prompts::asks_for_words;
use super::super::speakers::ends_in_question;
use super::Remark;
use super::layouts::Head;

/// Fewer turns show no habit.
const MIN_TURNS: usize = 6;
/// Fewer questions show nobody who asks.
const MIN_QUESTIONS: usize = 3;
/// Fewer words may be thrown in.
const MIN_WORDS: usize = 5;
/// Fewer words between two turns of others may be a sign of listening.
const MIN_STATEMENT: usize = 8;
/// Fewer words may be a courtesy below a question asked back.
const MIN_REPLY: usize = 12;
/// What people ask for between answers.
#[rustfmt::skip]
const REQUESTS: [&str; 22] = [
    "can i ", "could i ", "may i ", "can we ", "could we ", "may we ", "can you ", "could you ", "do you mind",
    "would you mind", "kann ich ", "darf ich ", "könnte ich ", "können wir ", "könnten wir ", "könnten sie ",
    "puis-je ", "je peux ", "puedo ", "podemos ", "posso ", "mag ik ",
];
/// Words to whoever is asked, which answers seldom hold.
#[rustfmt::skip]
const TO_OTHERS: [&str; 19] = [
    "you", "your", "yours", "sie", "ihnen", "ihr", "ihre", "du", "dir", "vous", "votre", "vos", "usted", "su", "lei",
    "você", "seu", "u", "uw",
];

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
        let is_long = || said[from + 1].split_whitespace().nth(MIN_WORDS - 1).is_some();
        let between = |asks: bool| length == 3 && asking[from..from + 3] == [!asks, asks, !asks];
        !heads[from].label.is_empty() && ((of.asks() && between(false)) || (of.answers() && between(true))) && is_long()
    };
    let odd: Vec<usize> = runs.iter().filter(|run| is_odd(run)).map(|&(from, _)| from + 1).collect();
    let swapped = swapped(heads, &said, &asking, &counts);
    // Whoever often has two turns in a row may as well have three.
    let usual: usize = runs.iter().filter(|run| !is_odd(run)).map(|&(_, length)| length - 1).sum();
    if usual.saturating_sub(2 * swapped.len()) * 10 > heads.len() || (odd.len() + swapped.len()) * 5 > heads.len() {
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
    let told_swapped = |at: usize| {
        let (answers, asks) = if asking[at] { (at + 1, at) } else { (at, at + 1) };
        let what = format!(
            "`{}` seems to answer and `{}` to ask here, which it does nowhere else: if the labels of these two turns \
             were swapped, correct them",
            heads[answers].label, heads[asks].label
        );
        Remark { at: heads[at].line, what }
    };
    odd.into_iter().map(told).chain(swapped.into_iter().map(told_swapped)).collect()
}

/// The first of two turns whose labels seem to be swapped: a question of somebody who asks nowhere else, beside words
/// of the one who does, where both labels stand twice in a row; or, of two who talk, an answer above a question that
/// is not answered.
fn swapped(heads: &[Head], said: &[&str], asking: &[bool], counts: &HashMap<&str, Counts>) -> Vec<usize> {
    let is_one = |&at: &usize| {
        let (answer, question) = match (asking[at], asking[at + 1]) {
            (false, true) => (at, at + 1),
            (true, false) => (at + 1, at),
            _ => return false,
        };
        let (asker, other) = (heads[answer].label.as_str(), heads[question].label.as_str());
        let never_asks = counts[other].asking == 1 && counts[other].turns >= MIN_QUESTIONS;
        if [asker, other].contains(&"") || asker == other || !counts[asker].asks() || !never_asks {
            return false;
        }
        let n_words = said[answer].split_whitespace().count();
        if n_words < MIN_WORDS || asks_for_words(said[answer]) {
            return false;
        }
        // As the two would go on with the right labels.
        let usual = |place: usize, label: &str| heads[place].label == label && asking[place] == (label == asker);
        let is_asked_back =
            question < answer && (n_words < MIN_REPLY || speaks_to_others(said[answer]) || requests(said[question]));
        let is_twice = !is_asked_back && usual(at - 1, &heads[at].label) && usual(at + 2, &heads[at + 1].label);
        let is_unanswered = || counts.len() == 2 && answer < question && usual(question + 1, asker);
        is_twice || (n_words >= MIN_STATEMENT && is_unanswered() && !speaks_to_others(said[answer]))
    };
    (1..heads.len().saturating_sub(2)).filter(is_one).collect()
}

/// Whether a question asks for something other than words.
fn requests(question: &str) -> bool {
    let lower = question.to_lowercase();
    REQUESTS.iter().any(|request| lower.contains(request))
}

/// Whether somebody is spoken to.
fn speaks_to_others(words: &str) -> bool {
    let words = words.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.into_iter().any(|word| TO_OTHERS.contains(&word.as_str()))
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
    fn labels_that_seem_to_be_swapped_are_told_with_the_first() {
        for (middle, first) in [
            ("I: What was hard?\n\nI: The winter, in which all died.\n\nP: And then?\n\nP: I bought two.", "I: The"),
            ("P: What was hard for you?\n\nI: It was the winter, in which most of them died of cold.", "P: Wha"),
            ("I: It was the winter, in which nearly all of them died.\n\nP: And what did you do?", "I: It "),
        ] {
            let told = found(middle);
            assert!(told.len() == 1 && told[0].starts_with(first), "{middle}: {told:?}");
            assert!(told[0].contains("`I` seems to answer and `P` to ask here"), "{told:?}");
        }
        for middle in [
            // Asked back, and answered.
            "I: We come to the winter now, in which many die.\n\nP: You mean mine?\n\nI: Yes, those.\n\nP: They lived.",
            "I: I see. You had a hard time there in that winter.\n\nP: Can we stop now?",
            "I: Tell me about the winter in which all of them died.\n\nP: Which winter?",
            "I: I see.\n\nP: Can we stop now?",
            // Asked back below an answer.
            "P: Can I have some water?\n\nI: Yes of course, here it is.",
            "P: Can I have some water?\n\nI: Yes of course, there is a jug of it on the table behind the door.",
            "P: What was hard for them?\n\nI: The winter, in which all died.",
            // Somebody who asks elsewhere, too.
            "I: And?\n\nP: Who knows?\n\nI: It was the winter, in which nearly all of them died.\n\nP: And what now?",
        ] {
            assert_eq!(found(middle), [] as [String; 0], "{middle}");
        }
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
