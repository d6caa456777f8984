//! Names between rules, or in brackets, on a line of their own above the words: `--- Ann ---`, `== Ann ==`, `[Ann]`.
//!
//! In: a text, and its labels. Out: where the whole text is written so, the labels of the names that recur, and of those
//! that come once in a group; in a text of other labels those of known speakers, and remarks on names that look like the
//! heading of a turn. `--- Part 2 ---` and `[Pause]` are none. One line never tells: that is for
//! [`layouts`](super::layouts).

use std::collections::{HashMap, HashSet};

use super::super::by_lines::ByLines;
use super::super::exclusions::spoken;
use super::super::lexicon::PARTICLES;
use super::super::policy::{LONGEST_TEXT, MOST_LABELS};
use super::super::speakers::{Names, key};
use super::Remark;
use super::habit::{Habit, is_after_blank};
use super::lines::{Head, Lines, SmallWords, lines_from};
use super::names::{clean, valid_label};
use super::once::is_heading;
use super::times::split_time;

/// For [`Source::layout`](super::super::super::Source::layout).
pub(super) const LAYOUT: &str = "names between rules";

/// Longer lines are none, in bytes.
const LONGEST: usize = 80;
/// Signs that rule off a name on both sides, and those of them that do so in front of it alone.
const SIGNS: [char; 11] = ['-', '–', '—', '=', '~', '*', '_', '+', '/', '>', '<'];
const IN_FRONT: [char; 5] = ['-', '–', '—', '=', '~'];
/// Signs that also make letters bold: without a space between they are left to other forms, up to two of them.
const BOLD: [char; 2] = ['*', '_'];
const BRACKETS: [(&str, &str); 8] =
    [("[[", "]]"), ("((", "))"), ("<<", ">>"), ("«", "»"), ("[", "]"), ("(", ")"), ("<", ">"), ("{", "}")];
/// What stands so and names nobody, beside the words that head parts.
#[rustfmt::skip]
pub(super) const NO_NAMES: &[&str] = &[
    "end", "ende", "fin", "fine", "start", "begin", "beginning", "beginn", "pause", "break", "interruption", "session",
    "sitzung", "redacted", "anonymised", "anonymized", "removed", "deleted", "omitted", "sic", "city", "town", "country",
    "hospital", "university", "street", "organisation", "organization", "tape", "side", "audio", "video", "phone", "bell",
    "page", "seite", "ort", "stadt", "nom", "ville", "pausa", "unterbrechung", "transkript", "transcription",
];
/// From so many speakers on a name that comes once is one more of them, and no title of a part.
const GROUP: usize = 3;

/// `--- Ann ---` above her words, as a line of a whole layout; names in brackets but `{Ann}` have layouts of their own.
pub(super) fn ruled(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let line = lines.line(at).trim();
    let is_single = |bracket: &&str| line.strip_prefix(*bracket).is_some_and(|inner| !inner.starts_with(*bracket));
    let (label, seconds) = named(line).filter(|_| !["[", "(", "<"].iter().any(is_single))?;
    let words = lines.ranges.get(at + 1)?.start;
    let below = (at + 1..at + 3).any(|next| !lines.line(next).is_blank());
    let head = || Head { label: label.to_owned(), seconds, line: lines.ranges[at].start, words };
    below.then(|| (head(), 1))
}

/// The name, and its time, on a line that holds nothing else but signs or brackets around them.
fn named(line: &str) -> Option<(&str, Option<f64>)> {
    let line = line.trim();
    if line.len() > LONGEST || line.starts_with(char::is_alphanumeric) {
        return None;
    }
    let in_brackets = || BRACKETS.iter().find_map(|(open, close)| line.strip_prefix(open)?.strip_suffix(close));
    let inner = between_signs(line).or_else(in_brackets)?;
    let (label, seconds) = split_time(inner.trim().trim_end_matches([':', '：']).trim_end());
    let label = clean(label);
    let of = key(label);
    let is_label = valid_label(label)
        && !label.ends_with(['.', '?', '!', ','])
        && !is_heading(&of)
        && !of.split(' ').any(|word| NO_NAMES.contains(&word))
        && !spoken(&format!("[{label}]")).is_empty();
    is_label.then_some((label, seconds))
}

/// What signs rule off: on both sides, or in front by two signs and a space.
fn between_signs(line: &str) -> Option<&str> {
    let is_sign = |c: char| SIGNS.contains(&c) || c == ' ';
    let inner = line.trim_start_matches(is_sign);
    let bare = inner.trim_end_matches(is_sign);
    let (before, behind) = (&line[..line.len() - inner.len()], &inner[bare.len()..]);
    let n_signs = |signs: &str| signs.chars().filter(|c| *c != ' ').count();
    let is_spaced = before.ends_with(' ');
    let first = before.chars().next()?;
    let is_bold = BOLD.contains(&first) && !is_spaced && n_signs(before) < 3;
    let is_ruled = match n_signs(behind) {
        0 => IN_FRONT.contains(&first) && n_signs(before) > 1 && is_spaced,
        _ => !is_bold,
    };
    is_ruled.then_some(bare)
}

/// Leaves of the labels of such a layout those that recur or are known, and of those that come once the names in a group;
/// with remarks on what comes once.
pub(super) fn settle(text: &str, names: &Names, heads: &mut Vec<Head>) -> Vec<Remark> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    heads.iter().for_each(|head| *counts.entry(key(&head.label)).or_default() += 1);
    let recur = |head: &Head| counts[&key(&head.label)] > 1;
    let n_speakers = counts.values().filter(|n| **n > 1).count();
    let are_lower = heads.iter().filter(|head| recur(head)).all(|head| head.label.starts_with(char::is_lowercase));
    let lower = SmallWords::of(text);
    let mut remarks = Vec::new();
    let mut whose = String::new();
    heads.retain(|head| {
        let Head { label, line, .. } = head;
        let is_known = recur(head) || names.strong(&key(label)).is_some();
        let is_person = is_name(label, &lower) || (are_lower && !lower.contains(key(label).as_str()));
        let is_kept = is_known || (is_person && n_speakers >= GROUP);
        if !is_known && is_kept {
            let what = format!("`{label}` comes once and was taken for a speaker");
            remarks.push(Remark { at: *line, what });
        } else if !is_known && is_person && !whose.is_empty() {
            remarks.push(Remark { at: *line, what: looks_like(text, *line, label, &whose) });
        }
        if is_kept {
            whose.clone_from(label);
        }
        is_kept
    });
    remarks
}

/// In a text of other labels: takes in known speakers who stand so, and tells of names that do.
pub(super) fn take_in(text: &str, names: &Names, heads: &mut Vec<Head>, remarks: &mut Vec<Remark>) {
    let mut counts: HashMap<String, (String, usize)> = HashMap::new();
    for head in heads.iter().filter(|head| !head.label.is_empty()) {
        counts.entry(key(&head.label)).or_insert_with(|| (head.label.clone(), 0)).1 += 1;
    }
    if counts.is_empty() || counts.len() > MOST_LABELS || text.len() > LONGEST_TEXT {
        return;
    }
    let habit = Habit::of(text, heads);
    let told: HashSet<usize> = remarks.iter().map(|remark| remark.at).collect();
    let lower = SmallWords::of(text);
    let mut found: Vec<Head> = Vec::new();
    let mut next = 0;
    let mut whose = String::new();
    for (start, line) in lines_from(text, 0) {
        let words = start + line.len();
        // The words of a label may start on a later line.
        if let Some(head) = heads.get(next).filter(|head| head.line <= start) {
            next += 1;
            whose.clone_from(&head.label);
            continue;
        }
        let end = heads.get(next).map_or(text.len(), |head| head.line).max(words);
        let is_above_words = || text.get(words..end).is_some_and(|below| below.contains(char::is_alphanumeric));
        let opens = || is_after_blank(text, start) || !habit.by_paragraph;
        let Some((label, seconds)) = named(line).filter(|_| !whose.is_empty() && !told.contains(&start)) else {
            continue;
        };
        if !is_above_words() || !opens() {
            continue;
        }
        let of = key(label);
        let known = counts.get(&of).filter(|(_, n)| *n > 1).map(|(known, _)| known.clone());
        if let Some(known) = known.or_else(|| names.strong(&of).map(|_| label.to_owned())) {
            let what = format!("`{}` was taken for the heading of a turn of `{known}`", line.trim());
            remarks.push(Remark { at: start, what });
            whose.clone_from(&known);
            found.push(Head { label: known, seconds, line: start, words });
        } else if is_name(label, &lower) {
            remarks.push(Remark { at: start, what: looks_like(text, start, label, &whose) });
        }
    }
    heads.append(&mut found);
    heads.sort_by_key(|head| head.line);
}

fn looks_like(text: &str, at: usize, label: &str, whose: &str) -> String {
    let line = text[at..].by_lines().next().unwrap_or_default().trim();
    format!(
        "`{line}` looks like the heading of a turn but was taken for words of `{whose}`; if `{label}` speaks there, write \
         it in the file as other speakers are written"
    )
}

/// Whether a label is written like a name: words with capital letters, which stand nowhere in small ones.
fn is_name(label: &str, lower: &SmallWords<'_>) -> bool {
    let opens = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let is_inner = |word: &str| opens(word) || PARTICLES.contains(&word);
    label.starts_with(char::is_uppercase)
        && label.split_whitespace().all(is_inner)
        && !lower.contains(key(label).as_str())
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    const WORDS: [&str; 4] = ["Why was that so?", "Because it rained.", "And who was there then?", "So many of us."];

    fn found(text: &str, names: &Names) -> (Vec<String>, Vec<String>) {
        let read = read(text, names).unwrap_or_default();
        let turns = read.stretches.into_iter().map(|s| format!("{}/{}", s.label, &text[s.text]));
        (turns.collect(), read.remarks.into_iter().map(|remark| remark.what).collect())
    }

    fn ruled_off(form: &str, people: &[&str]) -> String {
        let turn = |(n, words): (usize, &&str)| format!("{}\n{words}\n\n", form.replace('N', people[n % people.len()]));
        WORDS.iter().cycle().take(2 * people.len().max(2)).enumerate().map(turn).collect()
    }

    #[test]
    fn names_between_rules_are_labels_where_the_whole_text_has_them() {
        for form in [
            "--- N ---",
            "-- N --",
            "== N ==",
            "=== N: ===",
            "*** N ***",
            "~~ N ~~",
            "— N —",
            "-N-",
            "{N}",
            "[N]",
            "<N>",
            "--- N",
            "=== N:",
            ">>> N <<<",
            "--- N (0:03) ---",
            "((N))",
        ] {
            for text in [ruled_off(form, &["Ann", "Bert"]), ruled_off(form, &["Ann", "Bert"]).replace('\n', "\n\n")] {
                let (turns, remarks) = found(&text, &Names::default());
                let talk = ["Ann", "Bert", "Ann", "Bert"].iter().zip(WORDS);
                let expected: Vec<String> = talk.map(|(who, words)| format!("{who}/{words}")).collect();
                assert_eq!((turns, remarks), (expected, Vec::new()), "{text}");
            }
        }
    }

    #[test]
    fn headings_of_parts_between_rules_are_no_labels() {
        for text in [
            ruled_off("--- N ---", &["Part 1", "Part 2"]),
            ruled_off("--- N ---", &["Break", "END"]),
            ruled_off("[N]", &["Pause", "Laughter"]),
            ruled_off("-- N --", &["laughs", "sighs"]),
            "--- Leeds ---\nIt rained.\n\n--- York ---\nIt did not rain.\n\n--- Hull ---\nSo it was.\n".to_owned(),
        ] {
            assert_eq!(found(&text, &Names::default()).0, [] as [String; 0], "{text}");
        }
    }

    #[test]
    fn a_name_between_rules_that_comes_once_is_told() {
        let once = "--- Carol ---\nWe had wasps as well.\n\n";
        let group = ruled_off("--- N ---", &["Ann", "Bert", "Eva"]) + once;
        let (turns, remarks) = found(&group, &Names::default());
        assert_eq!(turns.last().map(String::as_str), Some("Carol/We had wasps as well."));
        assert_eq!(remarks, ["`Carol` comes once and was taken for a speaker"]);
        // Of two who talk it may be a title.
        let (turns, remarks) = found(&(ruled_off("--- N ---", &["Ann", "Bert"]) + once), &Names::default());
        assert_eq!((turns.len(), remarks.len()), (4, 1), "{turns:?}");
        assert!(remarks[0].starts_with("`--- Carol ---` looks like the heading of a turn"), "{remarks:?}");
    }

    const TALK: &str = "Ann: How long was it?\n\nTom: Twenty years.\n\n{}\n\nAnn: And why?\n\nTom: The smell.\n\n\
                        Ann: What else?\n\nTom: The winter.\n\nAnn: So?\n\nTom: No more.";

    #[test]
    fn such_a_line_among_other_labels_is_told() {
        for line in ["--- Bert ---", "*** Bert ***", "[Bert]", "== Bert ==", "(Bert)", "<Bert>", "--- Bert"] {
            let text = TALK.replace("{}", &format!("{line}\nI had wasps."));
            let (turns, remarks) = found(&text, &Names::default());
            assert_eq!((turns.len(), remarks.len()), (8, 1), "{line} {remarks:?}");
            let told = format!("`{line}` looks like the heading of a turn but was taken for words of `Tom`");
            assert!(remarks[0].starts_with(&told), "{remarks:?}");
        }
        for line in ["--- Ann ---", "*** Ann ***", "[Ann]", "== Ann =="] {
            let (turns, remarks) = found(&TALK.replace("{}", &format!("{line}\nI had wasps.")), &Names::default());
            assert_eq!((turns[2].as_str(), turns.len()), ("Ann/I had wasps.", 9), "{line}");
            let told = format!("`{line}` was taken for the heading of a turn of `Ann`");
            assert_eq!(remarks, [told]);
        }
    }

    #[test]
    fn other_lines_between_rules_are_not() {
        for said in [
            "--- Part 2 ---\nI had wasps.",
            "[Pause]\nI had wasps.",
            "[laughs]\nI had wasps.",
            "[Winter]\nI had wasps.",
            "--- END ---\nI had wasps.",
            "-----\nI had wasps.",
            "[Bert]",
            "- Bert\n- Eva",
            "**Bert**\nI had wasps.",
        ] {
            let (turns, remarks) = found(&TALK.replace("{}", said), &Names::default());
            assert_eq!((turns.len(), remarks), (8, Vec::new()), "{said}");
        }
    }
}
