//! Several turns within one paragraph: `I: When was it? P: In spring. I: And then?`
//!
//! In: a text and the labels that its lines start with. Out: those behind the ends of sentences beside them, where
//! most turns of the text stand so: every paragraph starts with a label, two labels (or names of roles) come back and
//! take turns, and somebody asks. A label within one line of a text whose other turns start lines is for
//! [`run_on`](super::super::run_on), which tells of it.

use std::collections::HashMap;

use super::super::policy::LONGEST_TEXT;
use super::super::speakers::{Names, ends_in_question, key};
use super::layouts::Head;
use super::names::{before_colon, clean, valid_label};
use super::once::is_heading;

/// Fewer labels show no habit.
const MIN_HEADS: usize = 4;
/// More are no conversation within paragraphs.
const MAX_LABELS: usize = 4;

/// The labels of all turns; `None` where those that lines start with are most.
pub(super) fn find(text: &str, names: &Names, known: &[Head]) -> Option<Vec<Head>> {
    let from = known.first().map_or(0, |first| first.line);
    if text.len() > LONGEST_TEXT {
        return None;
    }
    let mut heads: Vec<Head> = Vec::new();
    let (mut start, mut paragraphs, mut opened) = (0, 0, 0);
    for line in text.split_inclusive('\n') {
        if start >= from && !line.trim().is_empty() {
            let before = heads.len();
            heads.extend(within(line, start, names));
            paragraphs += 1;
            opened += usize::from(heads.get(before).is_some_and(|head| text[start..head.line].trim().is_empty()));
        }
        start += line.len();
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    heads.iter().for_each(|head| *counts.entry(key(&head.label)).or_default() += 1);
    // What comes once are words, `And more: the dog`, or somebody of whom too little is known.
    let is_once = |head: &Head| counts[&key(&head.label)] == 1;
    let is_word = |head: &Head| {
        let last = head.label.split_whitespace().next_back().is_some_and(|word| word.starts_with(char::is_lowercase));
        (last || is_heading(&key(&head.label))) && !names.is_known(&key(&head.label))
    };
    if heads.iter().any(|head| is_once(head) && !is_word(head)) {
        return None;
    }
    heads.retain(|head| !is_once(head));
    counts.retain(|_, n| *n > 1);
    let is_known = |key: &String| names.is_known(key);
    let are_labels = counts.len() == 2 || ((2..=MAX_LABELS).contains(&counts.len()) && counts.keys().all(is_known));
    let are_labels = are_labels && counts.keys().all(|key| is_known(key) || !is_heading(key));
    let changes = heads.windows(2).filter(|pair| key(&pair[0].label) != key(&pair[1].label)).count();
    let end = |place: usize| heads.get(place + 1).map_or(text.len(), |next| next.line);
    let asks = |place: usize| text.get(heads[place].words..end(place)).is_some_and(ends_in_question);
    let fits = heads.len() >= MIN_HEADS
        && heads.len() >= 2 * opened
        && heads.len() > known.len()
        && opened == paragraphs
        && are_labels
        && changes * 10 >= (heads.len() - 1) * 9
        && (0..heads.len()).any(asks);
    fits.then_some(heads)
}

/// The labels of a line: at its start, and behind the ends of its sentences.
fn within(line: &str, start: usize, names: &Names) -> Vec<Head> {
    let ends = line.match_indices(['.', '?', '!', '…', ']', ')', '”', '"', '’']).map(|(at, end)| at + end.len());
    let opens = std::iter::once(0).chain(ends.filter(|&end| line[end..].starts_with([' ', '\t'])));
    let heads = opens.filter_map(|end| {
        let rest = line[end..].trim_start();
        let (label, words) = before_colon(rest, names)?;
        let label = clean(label);
        let is_label = label.starts_with(char::is_uppercase) && valid_label(label) && !words.trim().is_empty();
        let line_start = start + line.len() - rest.len();
        is_label.then(|| Head {
            label: label.to_owned(),
            seconds: None,
            line: line_start,
            words: start + line.len() - words.len(),
        })
    });
    let mut found: Vec<Head> = heads.collect();
    // A point within a label, `Dr. Hall:`, opens none of its own.
    found.dedup_by(|later, head| later.line < head.words);
    found
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;
    use super::super::tests::labels;

    #[test]
    fn turns_within_paragraphs_are_divided() {
        let text = "I: When was it? P: In spring, on a Monday. I: And then?  P: We left.\n\n\
                    I: Who was there? P: (laughs) All of us. And more: the dog. I: Why? P: It rained.\n";
        let found = read(text, &Names::default()).unwrap();
        let words: Vec<&str> = found.stretches.iter().map(|s| &text[s.text.clone()]).collect();
        assert_eq!(words[1..5], ["In spring, on a Monday.", "And then?", "We left.", "Who was there?"]);
        assert_eq!(words[5], "(laughs) All of us. And more: the dog.");
        assert_eq!(found.layout, Some("several turns in a paragraph"));
        assert_eq!(labels(&text.replace("\n\n", " ")), ["I", "P", "I", "P", "I", "P", "I", "P"]);
        let named = text.replace("I:", "Dr. Hall:").replace("P:", "Tom Reed:");
        assert_eq!(labels(&named), ["Dr. Hall", "Tom Reed"].repeat(4));
    }

    #[test]
    fn labels_within_a_few_lines_stay_words() {
        for text in [
            "Ann: Why was it?\n\nTom: He said. Ann: no. I said. Tom: yes.\n\nAnn: And then?\n\nTom: We left.",
            "Ann: Why was it? Pro: much. Con: little.\n\nTom: It rained. Pro: more. Con: less.\n\nAnn: So?\n\nTom: No.",
            "Ann: Why was it? Good: much. Bad: little.\n\nTom: It rained. Good: more. Bad: less.\n\nAnn: So?\n\nTom: No.",
            "Pro: much. Con: little. Pro: more. Con: less, no?",
        ] {
            let found = labels(text);
            assert!(
                found.len() <= 4 && found.iter().all(|label| !["Pro", "Con", "Good"].contains(&label.as_str())),
                "{found:?}"
            );
        }
    }
}
