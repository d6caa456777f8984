//! What of a long answer or question is sent.
//!
//! In: a text, and where in it a passage stands. Out: at most so many characters, whole words, with `…` where
//! something is left out. It changes no word.

use super::policy::{CONTEXT, QUESTION};

const MARK: &str = "…";

/// The part of `answer` around the passage of `length` code points that starts at `at`, with as much on either
/// side; `None` where the passage is all of it, or leaves no room.
pub(super) fn context(answer: &str, at: usize, length: usize) -> Option<String> {
    let all = answer.chars().count();
    if length >= all.min(CONTEXT) {
        return None;
    }
    let room = (CONTEXT - length) / 2;
    // What one side does not need the other may have.
    let (before, after) = (at, all.saturating_sub(at + length));
    let start = at.saturating_sub(room + room.saturating_sub(after));
    let end = (at + length + room + room.saturating_sub(before)).min(all);
    Some(between(answer, start, end))
}

/// The end of a question.
pub(super) fn question(question: &str) -> String {
    let all = question.chars().count();
    between(question, all.saturating_sub(QUESTION), all)
}

/// Code points `start` to `end`, less the broken words at either end.
fn between(text: &str, start: usize, end: usize) -> String {
    let byte = |point: usize| text.char_indices().nth(point).map_or(text.len(), |(at, _)| at);
    let (from, to) = (byte(start), byte(end));
    let mut part = &text[from..to];
    let mut out = String::new();
    if from > 0 {
        part = part.split_once(char::is_whitespace).map_or(part, |(_, rest)| rest);
        out.push_str(MARK);
        out.push(' ');
    }
    if to < text.len() {
        part = part.rsplit_once(char::is_whitespace).map_or(part, |(rest, _)| rest);
    }
    out.push_str(part.trim());
    if to < text.len() {
        out.push(' ');
        out.push_str(MARK);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_answer_is_its_own_context_and_an_only_passage_needs_none() {
        assert_eq!(context("one. two. three.", 5, 4), Some("one. two. three.".into()));
        assert_eq!(context("one.", 0, 4), None);
        assert_eq!(question("Why?"), "Why?");
    }

    #[test]
    fn of_a_long_answer_whole_words_around_the_passage_remain() {
        let answer = "wörd ".repeat(2000);
        for at in [0, 5, 4000, 9900] {
            let part = context(&answer, at, 20).unwrap();
            let length = part.chars().count();
            assert!((CONTEXT - 20..=CONTEXT + 4).contains(&length), "{at}: {length}");
            assert!(part.split_whitespace().all(|word| word == "wörd" || word == MARK), "{part}");
            assert_eq!(part.starts_with(MARK), at > 2000);
        }
        let long = format!("{}And what do you do?", "Well, I see. ".repeat(200));
        assert!(question(&long).starts_with("… ") && question(&long).ends_with("see. And what do you do?"));
    }
}
