//! Several turns within one paragraph: `I: When was it? P: In spring. I: And then?`
//!
//! In: a text and the labels that its lines start with. Out: those behind the ends of sentences beside them, where
//! most turns of the text stand so: nearly every paragraph starts with a label, two labels (or names of roles) come
//! back and take turns, and somebody asks or is known to; and a remark on each paragraph that lacks its label. A label
//! within one line of a text whose other turns start lines is for [`run_on`](super::super::run_on), which tells of it.

use std::collections::HashMap;

use super::super::by_lines::ByLines;
use super::super::model::Role;
use super::super::policy::LONGEST_TEXT;
use super::super::speakers::{Names, ends_in_question, key};
use super::Remark;
use super::layouts::Head;
use super::names::{COLONS, before_colon, clean, valid_label};
use super::once::is_heading;

/// Fewer labels show no habit.
const MIN_HEADS: usize = 4;
/// Of so many paragraphs or turns one in ten may lack a label.
const MANY: usize = 10;
/// More are no conversation within paragraphs.
const MAX_LABELS: usize = 4;

/// The labels of all turns; `None` where those that lines start with are most.
pub(super) fn find(text: &str, names: &Names, known: &[Head]) -> Option<(Vec<Head>, Vec<Remark>)> {
    let from = known.first().map_or(0, |first| first.line);
    if text.len() > LONGEST_TEXT {
        return None;
    }
    let mut heads: Vec<Head> = Vec::new();
    let mut unopened: Vec<usize> = Vec::new();
    let (mut start, mut paragraphs) = (0, 0);
    for line in text.by_whole_lines() {
        if start >= from && !line.is_blank() {
            let before = heads.len();
            heads.extend(within(line, start, names));
            paragraphs += 1;
            let is_opened = heads.get(before).is_some_and(|head| text[start..head.line].is_blank());
            unopened.extend((!is_opened).then_some(start));
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
    // Some who type leave out the marks of questions.
    let is_asker = |head: &Head| names.strong(&key(&head.label)) == Some(Role::Interviewer);
    let is_known_to_ask = || heads.len() >= MANY && heads.iter().any(is_asker);
    let opened = paragraphs - unopened.len();
    let fits = heads.len() >= MIN_HEADS
        && nearly(heads.len(), 2 * opened)
        && heads.len() > known.len()
        && nearly(opened, paragraphs)
        && are_labels
        && changes * 10 >= (heads.len() - 1) * 9
        && ((0..heads.len()).any(asks) || is_known_to_ask());
    fits.then(|| {
        let remarks = unopened.into_iter().filter_map(|at| unlabelled(at, &heads)).collect();
        (heads, remarks)
    })
}

/// Whether `n` are as many, or of many nearly as many.
fn nearly(n: usize, many: usize) -> bool {
    if many < MANY { n >= many } else { n * 10 >= many * 9 }
}

/// Tells of a paragraph that starts without a label, below words of somebody.
fn unlabelled(at: usize, heads: &[Head]) -> Option<Remark> {
    let above = heads.partition_point(|head| head.line < at).checked_sub(1)?;
    let whose = &heads[above].label;
    let what = format!("this paragraph starts without a label and was taken for words of `{whose}`");
    Some(Remark { at, what })
}

/// The labels of a line: at its start, and behind the ends of its sentences.
fn within(line: &str, start: usize, names: &Names) -> Vec<Head> {
    if !COLONS.iter().any(|colon| line.contains(*colon)) {
        return Vec::new();
    }
    let ends = line.match_indices(['.', '?', '!', '…', ']', ')', '”', '"', '’']).map(|(at, end)| at + end.len());
    let opens = ends.filter(|&end| line[end..].starts_with([' ', '\t']));
    let head = |end: usize| {
        let rest = line[end..].trim_start();
        let (label, words) = before_colon(rest, names)?;
        let label = clean(label);
        let is_label = label.starts_with(char::is_uppercase) && valid_label(label) && !words.is_blank();
        let line_start = start + line.len() - rest.len();
        is_label.then(|| Head {
            label: label.to_owned(),
            seconds: None,
            line: line_start,
            words: start + line.len() - words.len(),
        })
    };
    let first = head(0);
    // The only colon is that of the label at the start.
    if first.is_some() && COLONS.iter().map(|colon| line.matches(*colon).count()).sum::<usize>() < 2 {
        return first.into_iter().collect();
    }
    let mut found: Vec<Head> = first.into_iter().chain(opens.filter_map(head)).collect();
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
    fn a_paragraph_without_a_label_among_many_is_told() {
        let pair = |n: usize| format!("I: When was turn {n}? P: In spring, I said.\n\n");
        let talk = |n: usize, rest: &str| {
            let text = format!("{}{rest}I: And then?\n\n", (1..=n).map(pair).collect::<String>());
            read(&text, &Names::default()).unwrap()
        };
        let found = talk(11, "who laughs] So we left it all.\n\n");
        assert_eq!(found.layout, Some("several turns in a paragraph"));
        assert_eq!((found.stretches.len(), found.remarks.len()), (23, 1));
        assert!(found.remarks[0].what.ends_with("was taken for words of `P`"), "{}", found.remarks[0].what);
        // Of a few paragraphs each has its label.
        assert_ne!(talk(3, "who laughs] So we left.\n\n").layout, Some("several turns in a paragraph"));
        assert_ne!(talk(11, &"So we left.\n\n".repeat(3)).layout, Some("several turns in a paragraph"));
    }

    #[test]
    fn who_is_known_to_ask_needs_no_mark_of_a_question() {
        let pair = |label: &str| {
            let turn = |n: usize| format!("{label}: Tell me about year {n}. Bossen: Well, it rained.\n");
            (1..=6).map(turn).collect::<String>()
        };
        assert_eq!(labels(&pair("Interviewer")), ["Interviewer", "Bossen"].repeat(6));
        assert_ne!(labels(&pair("Hall")), ["Hall", "Bossen"].repeat(6), "nobody asks");
        let few: String = pair("Interviewer").lines().take(3).map(|line| format!("{line}\n")).collect();
        assert_ne!(labels(&few), ["Interviewer", "Bossen"].repeat(3), "too few");
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
