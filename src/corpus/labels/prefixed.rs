//! Labels in texts of which every line, such as a cue of subtitles, is known to start with one.
//!
//! In: lines in their order, each with the name before its first colon. Out: which of the names are speakers, and
//! remarks on those that come once: by the rules for labels in running text, in [`once`](super::once). A name that
//! comes again, or that a list knows, needs no rule. It never says whose the words without a name are.

use std::collections::HashMap;

use super::super::speakers::{Names, key};
use super::choose::Choice;
use super::forms::{Candidate, Form};
use super::names::valid_label;
use super::once;

/// A line: its name, if it starts with one, and its words.
pub(crate) struct Line<'t> {
    pub(crate) label: Option<&'t str>,
    pub(crate) words: &'t str,
}

impl<'t> Line<'t> {
    /// The whole of a line, and its name with the words behind it.
    pub(crate) fn of(whole: &'t str, parts: Option<(&'t str, &'t str)>) -> Self {
        match parts {
            Some((label, words)) => Self { label: Some(label), words },
            None => Self { label: None, words: whole },
        }
    }
}

/// Who speaks.
#[derive(Default)]
pub(crate) struct Prefixed {
    speakers: HashMap<String, String>,
    /// Places of lines, and what is to be said of them.
    pub(crate) remarks: Vec<(usize, String)>,
}

impl Prefixed {
    /// The speaker whom a name stands for.
    pub(crate) fn speaker(&self, label: &str) -> Option<&str> {
        self.speakers.get(&key(label)).map(String::as_str)
    }
}

/// Decides which names are speakers. Where `every` line has one, a name that is no phrase is believed more easily.
pub(crate) fn prefixed(lines: &[Line<'_>], every: bool, names: &Names) -> Prefixed {
    let mut text = String::new();
    let (mut keys, mut index): (Vec<String>, HashMap<String, usize>) = (Vec::new(), HashMap::new());
    let (mut candidates, mut places, mut counts) = (Vec::new(), Vec::new(), Vec::new());
    for (place, line) in lines.iter().enumerate() {
        let start = text.len();
        if let Some(label) = line.label {
            let of = key(label);
            let key = *index.entry(of.clone()).or_insert(keys.len());
            if key == keys.len() {
                keys.push(of);
                counts.push(0);
            }
            counts[key] += 1;
            text.push_str(label);
            text.push_str(": ");
            candidates.push(candidate(key, label, start, text.len()));
            places.push(place);
        }
        text.push_str(line.words.trim());
        text.push_str("\n\n");
    }
    let own: Vec<usize> = candidates.iter().map(|candidate| candidate.key).collect();
    let accepted: Vec<bool> = keys.iter().zip(&counts).map(|(key, &n)| n > 1 || names.strong(key).is_some()).collect();
    let chosen: Vec<usize> = (0..own.len()).filter(|&c| accepted[own[c]]).collect();
    let first = chosen.first().copied();
    let mut choice = Choice { form: Some(Form::Plain), accepted, chosen };
    let told = once::take_in(&text, &mut candidates, &keys, names, &mut choice);
    let mut remarks: Vec<(usize, String)> =
        told.into_iter().map(|told| (place_of(&candidates, &places, told.at), told.what)).collect();
    let mut whose = "";
    for (c, candidate) in candidates.iter().enumerate() {
        let label = &candidate.label;
        if choice.accepted[candidate.key] {
            whose = label;
            continue;
        }
        if !every || remarks.iter().any(|(place, _)| *place == places[c]) {
            continue;
        }
        let is_above = first.is_none_or(|first| c < first);
        if is_above || !valid_label(label) || is_handle(label) {
            choice.accepted[candidate.key] = true;
            remarks.push((places[c], format!("`{label}:` comes once and was taken for a speaker")));
        } else {
            remarks.push((places[c], format!("`{label}:` starts the words but was taken for words of `{whose}`")));
        }
    }
    remarks.sort();
    let mut labels: HashMap<usize, &str> = HashMap::new();
    let mut speakers = HashMap::new();
    for (own, candidate) in own.iter().zip(&candidates).filter(|(_, candidate)| choice.accepted[candidate.key]) {
        let label = *labels.entry(candidate.key).or_insert(&candidate.label);
        speakers.entry(keys[*own].clone()).or_insert_with(|| label.to_owned());
    }
    Prefixed { speakers, remarks }
}

/// Remarks on lines that start without a name where nearly all have one, and that no sentence goes on into. `opens` tells
/// whether a line starts a cue.
pub(crate) fn nameless(lines: &[Line<'_>], opens: impl Fn(usize) -> bool, found: &Prefixed) -> Vec<(usize, String)> {
    let starts: Vec<usize> = (0..lines.len()).filter(|&place| opens(place)).collect();
    let lacking = starts.iter().filter(|&&place| lines[place].label.is_none()).count();
    if lacking * ONE_OF > starts.len() {
        return Vec::new();
    }
    let mut whose = "";
    let mut remarks = Vec::new();
    for place in starts {
        let Line { label, words } = lines[place];
        if let Some(speaker) = label.and_then(|label| found.speaker(label)) {
            whose = speaker;
        } else if label.is_none() && !whose.is_empty() && opens_sentence(lines[place - 1].words, words) {
            let what = format!("this names no speaker, unlike the others, and was taken for words of `{whose}`");
            remarks.push((place, what));
        }
    }
    remarks
}

/// Of so many lines at most one lacks its name where that is a slip.
const ONE_OF: usize = 8;

/// Whether words begin a sentence below others.
fn opens_sentence(above: &str, words: &str) -> bool {
    let begins = words.trim_start().starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    begins && above.trim_end().ends_with(['.', '?', '!', '…', '"', '”', '。', '？', '！', '؟', '।'])
}

fn candidate(key: usize, label: &str, line: usize, words: usize) -> Candidate {
    let label = label.to_owned();
    Candidate { key, label, form: Form::Plain, seconds: None, line, words, after_blank: true, wide: false }
}

/// The place of the line that starts with this byte.
fn place_of(candidates: &[Candidate], places: &[usize], at: usize) -> usize {
    let c = candidates.partition_point(|candidate| candidate.line < at);
    places.get(c).copied().unwrap_or_default()
}

/// What programs of meetings call a device, and no sentence starts with: `iPhone von Ann`, `ann_h`, `galaxy s21`.
fn is_handle(label: &str) -> bool {
    let is_device = |word: &str| word.starts_with(char::is_lowercase) && word.contains(char::is_uppercase);
    label.contains(|c: char| c.is_ascii_digit() || c == '_') || label.split(' ').any(is_device)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of a cue among others that all have a name, and what is told.
    fn once(label: &str, words: &str) -> (Option<String>, Vec<String>) {
        let talk = ["Ann Hall", "Tom Reed", "Ann Hall", "Tom Reed", "Ann Hall", "Tom Reed"];
        let mut lines: Vec<Line> = talk.iter().map(|&label| Line { label: Some(label), words: "So it was." }).collect();
        lines.push(Line { label: Some(label), words });
        let found = prefixed(&lines, true, &Names::default());
        assert_eq!(found.speaker("TOM REED"), Some("Tom Reed"));
        (found.speaker(label).map(str::to_owned), found.remarks.into_iter().map(|(_, what)| what).collect())
    }

    #[test]
    fn a_phrase_before_a_colon_is_nobody_and_told() {
        for label in ["He said", "And I thought", "One thing", "Monday", "so"] {
            let (speaker, told) = once(label, "leave them alone.");
            assert_eq!((speaker, told.len()), (None, 1), "{label} {told:?}");
            assert!(told[0].contains("was taken for words of `Tom Reed`"), "{told:?}");
        }
    }

    #[test]
    fn a_name_that_comes_once_is_a_speaker_and_told() {
        for label in ["Ada Li", "Zora", "Keller, Maria (she/her)", "+44 7700 900123", "iPhone von Ann"] {
            let (speaker, told) = once(label, "Leave them alone.");
            assert_eq!((speaker.as_deref(), told.len()), (Some(label), 1), "{told:?}");
            assert!(told[0].contains("comes once and was taken for a speaker"), "{told:?}");
        }
        let (speaker, told) = once("Tom Reedd", "Leave them alone.");
        assert_eq!((speaker, told.len()), (Some("Tom Reedd".to_owned()), 1), "{told:?}");
        assert_eq!(once("Tom Reed", "Leave them alone."), (Some("Tom Reed".to_owned()), Vec::new()));
    }

    #[test]
    fn a_name_misspelt_is_the_one_meant() {
        let (speaker, told) = once("Tmo Reed", "Leave them alone.");
        assert_eq!(speaker.as_deref(), Some("Tom Reed"));
        assert!(told.len() == 1 && told[0].contains("was read as `Tom Reed`"), "{told:?}");
    }

    #[test]
    fn a_line_without_a_name_among_many_with_one_is_told() {
        let told = |words: &'static str, n: usize| {
            let talk = ["Ann Hall", "Tom Reed"].repeat(n);
            let mut lines: Vec<Line> =
                talk.iter().map(|&label| Line { label: Some(label), words: "So it was." }).collect();
            lines.insert(5, Line { label: None, words });
            let found = prefixed(&lines, false, &Names::default());
            nameless(&lines, |_| true, &found)
        };
        let found = told("Who was there?", 5);
        assert!(found.len() == 1 && found[0].0 == 5 && found[0].1.contains("words of `Ann Hall`"), "{found:?}");
        assert_eq!(told("and who was there?", 5), [], "a sentence that goes on");
        assert_eq!(told("Who was there?", 3), [], "too few");
    }
}
