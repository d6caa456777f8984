//! Lines that start with a known label in a way that no rule reads: `[Tom words` among `[Ann] words`, `Tom` and two spaces
//! among labels with a tab, `**Tom**. words` among `**Ann**: words`.
//!
//! In: a text, its labels in whatever form, and the lines of which something is told already. Out: a remark on each line
//! that starts a paragraph (or, where every line is a turn, a line) with such a label and was taken for words of
//! somebody else: in `Tom. He did it.` his name may be said. It takes in nobody but known names with a remark on lines of
//! their own, where all labels stand so: `TOM (V.O.)`, `TOM (CONT'D)`.

use std::collections::{HashMap, HashSet};

use super::super::by_lines::ByLines;
use super::super::policy::{LONGEST_TEXT, MOST_LABELS};
use super::Remark;
use super::habit::{self, Habit};
use super::lines::Head;

/// Fewer labels show no form.
const MIN_HEADS: usize = 4;
/// What stands in front of a label is no longer, in bytes.
const LONGEST_LEAD: usize = 24;
/// Labels of so few letters may be words, too: only a sign that parts a label from its words tells.
const SHORT: usize = 2;

/// The remarks, in order.
pub(super) fn remarks(text: &str, heads: &[Head], habit: &Habit, told: &HashSet<usize>) -> Vec<Remark> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    heads.iter().filter(|head| !head.label.is_empty()).for_each(|head| *counts.entry(&head.label).or_default() += 1);
    let mut labels: Vec<&str> = counts.iter().filter(|(_, n)| **n > 1).map(|(label, _)| *label).collect();
    let is_usual = habit.by_paragraph || habit.by_line;
    let is_many = labels.len() > MOST_LABELS || text.len() > LONGEST_TEXT;
    if heads.len() < MIN_HEADS || labels.len() < 2 || !is_usual || is_many {
        return Vec::new();
    }
    // Of `Ann` and `Ann Hall` the longer fits first.
    labels.sort_by_key(|label| (std::cmp::Reverse(label.len()), *label));
    let remark = |(at, line): (usize, &str)| {
        let above = heads.partition_point(|head| head.line < at).checked_sub(1)?;
        let whose = &heads[above].label;
        let label = damaged(line, &labels).filter(|label| label != whose && !whose.is_empty())?;
        let what = format!(
            "`{label}` starts the line in another form than the labels and was taken for words of `{whose}`; write it as \
             the other labels are written"
        );
        Some(Remark { at, what })
    };
    let lines = habit::unlabelled(text, heads, habit.by_paragraph).into_iter();
    lines.filter(|(at, _)| !told.contains(at)).filter_map(remark).collect()
}

/// Gives names with a remark behind them, where nearly all labels stand on lines of their own, the label without it, and
/// takes in those that come once.
pub(super) fn take_off_remarks(text: &str, heads: &mut Vec<Head>, remarks: &mut Vec<Remark>) {
    let line =
        |head: &Head| text[head.line..].by_lines().next().unwrap_or_default().trim_matches([' ', '\t', '*', '_', ':']);
    let above = heads.iter().filter(|head| line(head) == head.label && head.seconds.is_none()).count();
    if heads.len() < MIN_HEADS || above * 10 < heads.len() * 9 || text.len() > LONGEST_TEXT {
        return;
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    heads.iter().for_each(|head| *counts.entry(head.label.clone()).or_default() += 1);
    let known = |label: &str| counts.get(label).is_some_and(|n| *n > 1);
    for head in heads.iter_mut() {
        if let Some((name, _)) = remarked(&head.label).filter(|(name, remark)| known(name) && is_of_script(remark)) {
            head.label = name.to_owned();
        }
    }
    let mut found: Vec<Head> = Vec::new();
    for (at, line) in habit::unlabelled(text, heads, true) {
        let body = line.trim().trim_matches(['*', '_']).trim_end_matches(':');
        let words = at + line.len();
        let has_words = text[words..].by_lines().next().is_some_and(|next| !next.is_blank());
        let Some((name, _)) = remarked(body).filter(|(name, _)| known(name) && has_words) else { continue };
        remarks.retain(|remark| remark.at != at);
        remarks.push(Remark { at, what: format!("`{body}` was read as `{name}`") });
        found.push(Head { label: name.to_owned(), seconds: None, line: at, words });
    }
    heads.append(&mut found);
    heads.sort_by_key(|head| head.line);
}

/// A label of a name and what stands behind it in parentheses.
fn remarked(label: &str) -> Option<(&str, &str)> {
    let (name, remark) = label.strip_suffix(')')?.split_once('(')?;
    let name = name.trim_end();
    (!name.is_empty() && !remark.is_empty()).then_some((name, remark))
}

/// Whether a remark is one of those that scripts put behind a name, which tell nobody apart: `V.O.`, `CONT'D`.
fn is_of_script(remark: &str) -> bool {
    #[rustfmt::skip]
    const REMARKS: &[&str] = &[
        "vo", "os", "oc", "off", "voiceover", "offscreen", "offcamera", "contd", "cont", "continued", "continues",
        "forts", "fortsetzung", "suite", "voixoff",
    ];
    let bare: String = remark.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    REMARKS.contains(&bare.as_str())
}

/// The label that a line starts with behind signs and numbers, if what follows it is not how a sentence goes on.
fn damaged<'l>(line: &str, labels: &[&'l str]) -> Option<&'l str> {
    let line = line.trim_end();
    let begins = |start: usize| labels.iter().find(|label| line[start..].starts_with(**label)).copied();
    let lead = line.len() - line.trim_start_matches(|c: char| !c.is_alphabetic()).len();
    // `P1` and `2A` hold a number of their own.
    let (start, label) = [0, lead].into_iter().find_map(|start| Some((start, begins(start)?)))?;
    let (marks, rest) = (line[..start].trim(), &line[start + label.len()..]);
    let is_short = label.chars().count() <= SHORT;
    (start <= LONGEST_LEAD && !is_around(marks, rest) && is_parted(rest, is_short, !marks.is_empty())).then_some(label)
}

/// Whether what stands behind a label parts it from words.
fn is_parted(rest: &str, is_short: bool, is_marked: bool) -> bool {
    let bare = rest.trim_start_matches(['*', '_']);
    let words = bare.trim_start_matches([
        ':', ';', '；', '：', ']', '}', '>', '|', '/', '\\', '=', '\t', ' ', ')', '.', '-', '–', '—',
    ]);
    let signs = &bare[..bare.len() - words.len()];
    if words.is_empty() {
        return false;
    }
    let has = |sure: &[char]| signs.contains(sure);
    let opens = words.starts_with(char::is_uppercase);
    let is_sure = has(&[';', ':', '；', '：', ']', '}', '>', '|', '=', '\t']) || signs.starts_with("  ");
    let is_apart = !signs.is_empty() && (signs.contains(['.', ')', '-', '–', '—']) || is_marked);
    let is_bold = bare.len() < rest.len() && !signs.is_empty();
    let is_glued = signs.is_empty() && rest.starts_with(char::is_uppercase);
    is_sure || (!is_short && opens && (is_bold || is_glued || (is_marked && is_apart)))
}

/// Whether brackets or quotation marks in front of a label close behind it, as around what is thrown in or quoted.
fn is_around(marks: &str, rest: &str) -> bool {
    let pairs =
        [('(', ')'), ('[', ']'), ('{', '}'), ('“', '”'), ('„', '“'), ('"', '"'), ('«', '»'), ('‘', '’'), ('\'', '\'')];
    pairs.iter().any(|&(open, close)| marks.ends_with(open) && rest.trim_end().ends_with(close))
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;
    use super::*;

    fn told(turn: impl Fn(&str, &str) -> String, line: &str) -> usize {
        let pair = turn("Ann", "How was it there?") + &turn("Tom", "It was wet and cold for us.");
        let text = pair.repeat(3) + &turn("Ann", "And who helped you?") + line + "\n\n" + &pair.repeat(3);
        let found = read(&text, &Names::default()).unwrap_or_default();
        found.remarks.iter().filter(|remark| remark.what.contains("in another form than the labels")).count()
    }

    #[test]
    fn a_known_label_in_a_form_that_nobody_reads_is_told() {
        let bracket = |who: &str, words: &str| format!("[{who}] {words}\n\n");
        let tab = |who: &str, words: &str| format!("{who}\t{words}\n\n");
        for line in ["[Tom My father did.", "Tom] My father did.", "(Tom) My father did."] {
            assert_eq!(told(bracket, line), 1, "{line}");
        }
        for line in ["Tom  My father did.", "TomMy father did."] {
            assert_eq!(told(tab, line), 1, "{line}");
        }
        for line in ["Tom went there then.", "Ann  And who else was there?", "Tomorrow was dry.", "(Tom: mhm)"] {
            assert_eq!(told(bracket, line) + told(tab, line), 0, "{line}");
        }
    }

    #[test]
    fn what_parts_a_label_from_words_is_told_from_a_sentence() {
        let labels = ["Tom", "I", "P1"];
        for line in ["[Tom So", "Tom] so", "<03:0> Tom: so", "4) Tom| so", "\tTom\tSo", "P1] so", ":P1: so"] {
            assert!(damaged(line, &labels).is_some(), "{line}");
        }
        for line in
            ["Tom said so", "Tom, come", "Tom's dog", "I - well", "I. So", "“Tom: so”", "Tommy: so", "Tom. So it was"]
        {
            assert_eq!(damaged(line, &labels), None, "{line}");
        }
    }

    #[test]
    fn a_remark_behind_a_name_above_the_words_is_no_part_of_it() {
        let text = |line: &str| {
            let pair = "ANN\nHow was it there?\n\nTOM\nIt was wet.\n\nIDA\nIt was cold, too.\n\n";
            format!("{}{line}\nNot for me.\n\n{pair}", pair.repeat(3))
        };
        let labels = |line: &str| -> Vec<String> {
            let found = read(&text(line), &Names::default()).unwrap_or_default();
            found.stretches.into_iter().map(|stretch| stretch.label).collect()
        };
        for line in ["TOM (V.O.)", "TOM (CONT’D)"] {
            assert_eq!(labels(line).into_iter().filter(|label| label == "TOM").count(), 5, "{line}");
        }
        assert_eq!(labels("Tom came (so they say)").into_iter().filter(|label| label == "TOM").count(), 4);
    }
}
