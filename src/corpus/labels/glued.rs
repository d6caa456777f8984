//! Labels of one speaker that stand at the words, `P:The mites`, where those of the other have a space behind
//! the colon.
//!
//! In: a text and its labels, which are one speaker's. Out: the other one's beside them, if they recur, the
//! two take turns and somebody asks. Single slips of this kind are for [`slips`](super::slips).

use super::super::speakers::{Names, ends_in_question, key};
use super::layouts::{self, Head};
use super::once::is_heading;

/// Fewer labels of either show no habit.
const MIN_TURNS: usize = 2;

/// The labels of both, in order; `None` where the text is not written so.
pub(super) fn beside(text: &str, names: &Names, known: &[Head]) -> Option<Vec<Head>> {
    let first = &known.first()?.label;
    if known.len() < MIN_TURNS || known.iter().any(|head| head.label != *first) {
        return None;
    }
    let mut heads: Vec<Head> = layouts::all_glued(text, names);
    heads.retain(|head| known.iter().all(|other| other.line != head.line));
    let other = key(&heads.first()?.label);
    // `i` heads a list where it is no interviewer's.
    let is_speaker = names.by_name(&other).is_some() || !is_heading(&other);
    let is_one = heads.iter().all(|head| key(&head.label) == other) && other != key(first) && is_speaker;
    if heads.len() < MIN_TURNS || !is_one {
        return None;
    }
    heads.extend_from_slice(known);
    heads.sort_by_key(|head| head.line);
    let changes = heads.windows(2).filter(|pair| pair[0].label != pair[1].label).count();
    let end = |place: usize| heads.get(place + 1).map_or(text.len(), |next| next.line);
    let asks = |place: usize| text.get(heads[place].words..end(place)).is_some_and(ends_in_question);
    (changes * 10 >= (heads.len() - 1) * 9 && (0..heads.len()).any(asks)).then_some(heads)
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
