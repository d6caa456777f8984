//! The label of a speaker a second time within a turn: `Anna: Anna: Yes.`, `Anna: I did. Anna: And so did he.`
//!
//! In: a text and its labels. Out: a doubled label is one, and one behind the end of a sentence, with no other label
//! between, starts a turn of its own; another label right behind the first is told. It never changes who says it: turns
//! of several people in one paragraph are for [`inline`](super::inline) and [`run_on`](super::super::run_on).

use std::collections::{HashMap, HashSet};

use super::super::policy::{LONGEST_TEXT, MOST_LABELS};
use super::Remark;
use super::lines::Head;
use super::strays::behind_label;

/// Shorter labels may as well be items: `A: yes B: no`.
const SHORT: usize = 3;

/// Takes doubled labels off the words, and divides turns at labels of their own.
pub(super) fn take_off(text: &str, heads: &mut Vec<Head>, remarks: &mut Vec<Remark>) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    heads.iter().filter(|head| !head.label.is_empty()).for_each(|head| *counts.entry(&head.label).or_default() += 1);
    let mut labels: Vec<String> =
        counts.iter().filter(|(_, n)| **n > 1).map(|(label, _)| (*label).to_owned()).collect();
    labels.sort_unstable();
    if labels.is_empty() || labels.len() > MOST_LABELS || text.len() > LONGEST_TEXT {
        return;
    }
    let told: HashSet<usize> = remarks.iter().map(|remark| remark.at).collect();
    let mut found: Vec<Head> = Vec::new();
    for at in 0..heads.len() {
        let end = heads.get(at + 1).map_or(text.len(), |next| next.line);
        let head = &mut heads[at];
        // A label is nothing without its colon, and few words hold one.
        if text.get(head.words..end).is_none_or(|said| !said.contains(':') && !said.contains('：')) {
            continue;
        }
        while let Some(words) = text.get(head.words..end).and_then(|said| right_behind(said, &head.label)) {
            head.words = end - words.len();
        }
        let Some(said) = text.get(head.words..end).filter(|_| labels.contains(&head.label)) else { continue };
        let mut others = labels.iter().filter(|label| **label != head.label);
        let second = others.clone().find(|label| label.chars().count() >= SHORT && right_behind(said, label).is_some());
        if let Some(second) = second.filter(|_| !told.contains(&head.line)) {
            let what = format!(
                "`{second}:` stands right behind `{0}:`, and the words were taken for those of `{0}`; leave one of the \
                 two in the file",
                head.label
            );
            remarks.push(Remark { at: head.line, what });
        } else if !others.any(|other| has_label(said, other)) {
            found.extend(again(said, &head.label).into_iter().map(|(line, words)| Head {
                label: head.label.clone(),
                seconds: None,
                line: head.words + line,
                words: head.words + words,
            }));
        }
    }
    heads.append(&mut found);
    heads.sort_by_key(|head| head.line);
}

/// Whether a label stands before a colon somewhere in what is said.
fn has_label(said: &str, label: &str) -> bool {
    said.match_indices(label).any(|(at, _)| said[at + label.len()..].starts_with(':'))
}

/// What follows a label that words start with.
fn right_behind<'t>(said: &'t str, label: &str) -> Option<&'t str> {
    let opening = said.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'));
    behind_label(opening, label).filter(|words| !label.is_empty() && !words.trim().is_empty())
}

/// The places at which a label stands behind the end of a sentence, and those of the words behind it.
fn again(said: &str, label: &str) -> Vec<(usize, usize)> {
    let is_item =
        |word: &str| word.ends_with(':') && word.chars().count() <= SHORT && word.trim_end_matches(':') != label;
    if label.chars().count() < SHORT && said.split_whitespace().any(is_item) {
        return Vec::new();
    }
    let ends = said.match_indices(['.', '?', '!', '…', ']', ')']).map(|(at, end)| at + end.len());
    let opened = ends.filter_map(|end| {
        let rest = said[end..].trim_start_matches(['”', '"', '’', ')', ']']);
        let next = rest.trim_start_matches([' ', '\t', '*', '_']);
        let words = behind_label(next, label).filter(|words| !words.trim().is_empty())?;
        // `It was hepatitis. B: the bad one.`
        let goes_on = label.chars().count() < SHORT && words.trim_start().starts_with(char::is_lowercase);
        (!goes_on && next.len() < rest.len()).then(|| (said.len() - rest.len(), said.len() - words.len()))
    });
    let mut places: Vec<(usize, usize)> = opened.collect();
    places.dedup();
    places
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    const TALK: &str = "Tom: Where was it?\n\nAnna: {}\n\nTom: And then?\n\nAnna: We left.\n\nTom: Was it late?\n\n\
                        Anna: It was.";

    fn found(text: &str) -> (Vec<String>, usize) {
        let read = read(text, &Names::default()).unwrap_or_default();
        let turns = read.stretches.into_iter().map(|s| format!("{}/{}", s.label, &text[s.text]));
        (turns.collect(), read.remarks.len())
    }

    #[test]
    fn a_label_that_stands_twice_is_one() {
        for said in ["Anna: Yes, I do.", "Anna:Yes, I do.", "**Anna:** Yes, I do.", "\nAnna: Yes, I do."] {
            let (turns, _) = found(&TALK.replace("{}", said).replace("Anna:Yes", "Anna: Anna: Yes"));
            assert_eq!((turns[1].as_str(), turns.len()), ("Anna/Yes, I do.", 6), "{said}");
        }
        let letters = TALK.replace("Tom:", "Q:").replace("Anna:", "A:").replace("{}", "A: Yes, I do.");
        assert_eq!(found(&letters).0[1], "A/Yes, I do.");
    }

    #[test]
    fn a_label_behind_the_end_of_a_sentence_starts_another_turn_of_the_same_speaker() {
        let (turns, _) = found(&TALK.replace("{}", "By the sea. Anna: And he was there."));
        assert_eq!(turns[1..3], ["Anna/By the sea.", "Anna/And he was there."]);
        // Within a sentence, and where another one stands as well, it is said.
        for said in ["They said to me: Anna: come here.", "He said. Tom: no. I said. Anna: yes."] {
            let (turns, _) = found(&TALK.replace("{}", said));
            assert_eq!((turns[1].as_str(), turns.len()), (format!("Anna/{said}").as_str(), 6));
        }
        let letters = TALK.replace("Tom:", "Q:").replace("Anna:", "A:");
        assert_eq!(found(&letters.replace("{}", "We had two. A: go. B: stay.")).0.len(), 6);
    }

    #[test]
    fn another_label_right_behind_the_first_is_told() {
        let (turns, told) = found(&TALK.replace("{}", "Tom: By the sea."));
        assert_eq!((turns[1].as_str(), told), ("Anna/Tom: By the sea.", 1));
    }
}
