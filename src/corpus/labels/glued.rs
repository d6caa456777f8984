//! Labels of one speaker that are written unlike those of the other: they stand at the words, `P:The mites`, or are
//! ids of digits, `1042: The mites`, which alone would be numbers.
//!
//! In: a text and its labels, which are one speaker's. Out: the other one's beside them, if they recur, the
//! two take turns and somebody asks. Single slips of this kind are for [`slips`](super::slips).

use super::super::model::Role;
use super::super::speakers::{Names, ends_in_question, key};
use super::layouts::{self, Head};
use super::lines::Lines;
use super::once::is_heading;

/// Fewer labels of either show no habit.
const MIN_TURNS: usize = 2;

/// The labels of both, in order, and how they are written; `None` where the text is not written so.
pub(super) fn beside(text: &str, names: &Names, known: &[Head]) -> Option<(Vec<Head>, &'static str)> {
    let first = &known.first()?.label;
    if known.len() < MIN_TURNS || known.iter().any(|head| head.label != *first) {
        return None;
    }
    let mut heads: Vec<Head> = layouts::all_glued(text, names);
    heads.retain(|head| known.iter().all(|other| other.line != head.line));
    if let Some(other) = heads.first().map(|head| key(&head.label)) {
        // `i` heads a list where it is no interviewer's.
        let is_speaker = names.by_name(&other).is_some() || !is_heading(&other);
        let is_one = heads.iter().all(|head| key(&head.label) == other) && other != key(first) && is_speaker;
        if is_one && let Some(heads) = in_turn(text, heads, known) {
            return Some((heads, "speakers and a colon, one of them without a space"));
        }
    }
    // Only beside somebody who is known to ask.
    if names.by_name(&key(first)) != Some(Role::Interviewer) {
        return None;
    }
    let heads = in_turn(text, ids(text, names), known)?;
    Some((heads, "an id of digits beside the interviewer"))
}

/// The labels of both in order, if they take turns and somebody asks.
fn in_turn(text: &str, mut heads: Vec<Head>, known: &[Head]) -> Option<Vec<Head>> {
    if heads.len() < MIN_TURNS {
        return None;
    }
    heads.extend_from_slice(known);
    heads.sort_by_key(|head| head.line);
    let changes = heads.windows(2).filter(|pair| pair[0].label != pair[1].label).count();
    let end = |place: usize| heads.get(place + 1).map_or(text.len(), |next| next.line);
    let asks = |place: usize| text.get(heads[place].words..end(place)).is_some_and(ends_in_question);
    (changes * 10 >= (heads.len() - 1) * 9 && (0..heads.len()).any(asks)).then_some(heads)
}

/// A longer number is no id of a participant.
const MOST_DIGITS: usize = 8;

/// Lines that start with one and the same id: `1042: words`, `#12: words`.
fn ids(text: &str, names: &Names) -> Vec<Head> {
    let lines = Lines::of(text, names);
    let read = |at: usize| {
        let line = lines.line(at).trim_start();
        let (label, words) = line.split_once(':')?;
        let digits = label.trim_end().trim_start_matches(['#', '№', ' ']);
        let is_id = (1..=MOST_DIGITS).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        let is_label = is_id && words.starts_with(char::is_whitespace) && !words.trim().is_empty();
        is_label.then(|| Head {
            label: label.trim_end().to_owned(),
            seconds: None,
            line: lines.ranges[at].start,
            words: lines.byte(at, words),
        })
    };
    let heads: Vec<Head> = (0..lines.ranges.len()).filter_map(read).collect();
    let is_one = heads.windows(2).all(|pair| pair[0].label == pair[1].label);
    if is_one { heads } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::tests::labels;

    #[test]
    fn the_labels_of_one_speaker_may_lack_the_space() {
        for text in [
            "I: Why was it?\n\nP:It rained.\n\nI: And then?\n\nP:We left.",
            "I:Why was it?\nP: It rained.\nI:And then?\nP: We left.",
            "Ann: Why was it?\n\nTom:It rained.\n\nAnn: And then?\n\nTom:We left.",
        ] {
            let found = labels(text);
            assert_eq!((found.len(), &found[0], &found[1]), (4, &found[2], &found[3]), "{text} {found:?}");
            assert_ne!(found[0], found[1], "{text}");
        }
    }

    #[test]
    fn an_id_of_digits_beside_an_interviewer_is_a_label() {
        for id in ["1042", "#12", "7"] {
            let text =
                format!("Interviewer: Why was it?\n\n{id}: It rained.\n\nInterviewer: And then?\n\n{id}: We left.");
            assert_eq!(labels(&text), ["Interviewer", id, "Interviewer", id]);
        }
        for text in [
            "Ann: Why was it?\n\n1042: It rained.\n\nAnn: And then?\n\n1042: We left.",
            "Interviewer: Name some?\n\n1: bread\n2: milk\n\nInterviewer: And?\n\n1: eggs\n2: jam",
            "Interviewer: When?\n\n10:42 it was.\n\nInterviewer: And then?\n\n10:42 again.",
        ] {
            assert!(labels(text).iter().all(|label| label.starts_with(char::is_alphabetic)), "{text}");
        }
    }

    #[test]
    fn other_words_before_a_colon_stay_text() {
        for text in [
            "Ann: Why was it?\n\nIt rained.\n\nAnn: And then?\n\nSee Tom:We left.\n\nAnn: So?",
            "Ann: Why was it?\n\nPro:much.\nCon:little.\nPro:more.\nCon:less.\n\nAnn: So?",
            "Ann: Like so.\n\nNote:it rained.\n\nAnn: Then we left.\n\nNote:it snowed.\n\nAnn: So.",
        ] {
            assert!(labels(text).iter().all(|label| label == "Ann"), "{text} {:?}", labels(text));
        }
    }
}
