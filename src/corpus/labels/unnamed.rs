//! Turns of nobody, marked by more than a word: `(inaudible): …`, `[noise]: …`, `-: …`, `n/a: …`.
//!
//! In: a text and its labels. Out: the same with such labels, which start a paragraph (or, where every line is a turn,
//! a line): those in brackets, and signs and codes that come again. What is told of their lines is dropped, since the
//! roles tell it. Words such as `All` are for [`once`](super::once). It never takes in a name.

use std::collections::HashMap;

use super::super::nobody;
use super::super::speakers::key;
use super::habit::{Habit, is_after_blank};
use super::lines::{Head, lines_from};
use super::{Remark, strays};

/// The longest such label, in characters.
const LONGEST: usize = 40;
/// Signs and codes come at least so often.
const FEWEST: usize = 2;

/// Takes in such labels.
pub(super) fn take_in(text: &str, heads: &mut Vec<Head>, remarks: &mut Vec<Remark>) {
    let Some(from) = heads.first().map(|first| first.line) else { return };
    let habit = Habit::of(text, heads);
    if !(habit.by_paragraph || habit.by_line) || !strays::have_colon(text, heads) {
        return;
    }
    let mut found: Vec<(Head, bool)> = Vec::new();
    for (start, line) in lines_from(text, from) {
        let Some((label, is_bracketed, words)) = opening(line) else { continue };
        let opens = habit.by_line || is_after_blank(text, start);
        let is_led_in = text[..start].trim_end().ends_with([':', ',']);
        if opens && !is_led_in && heads.binary_search_by_key(&start, |head| head.line).is_err() {
            let head = Head { label: label.to_owned(), seconds: None, line: start, words: start + words };
            found.push((head, is_bracketed));
        }
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    found.iter().for_each(|(head, _)| *counts.entry(head.label.clone()).or_default() += 1);
    found.retain(|(head, is_bracketed)| *is_bracketed || counts[&head.label] >= FEWEST);
    if found.is_empty() {
        return;
    }
    remarks.retain(|remark| found.binary_search_by_key(&remark.at, |(head, _)| head.line).is_err());
    heads.extend(found.into_iter().map(|(head, _)| head));
    heads.sort_by_key(|head| head.line);
}

/// The label of nobody that a line starts with, whether it is one in brackets, and the byte at which the words start.
fn opening(line: &str) -> Option<(&str, bool, usize)> {
    let body = line.trim_start().trim_start_matches(['*', '_']);
    let first = body.chars().next().filter(|&c| !c.is_alphanumeric() || matches!(c, 'n' | 'N'))?;
    if matches!(first, 'n' | 'N') && !body.get(1..3).is_some_and(|rest| rest.eq_ignore_ascii_case("/a")) {
        return None;
    }
    let (end, colon) = body.char_indices().take(LONGEST + 1).find(|(_, c)| matches!(c, ':' | '：'))?;
    let rest = body[end + colon.len_utf8()..].trim_start_matches(['*', '_']);
    let is_spaced = rest.starts_with(char::is_whitespace) || colon == '：';
    let label = body[..end].trim_end_matches(['*', '_', ' ', '\u{a0}']);
    let is_bracketed = matches!(first, '(' | '[' | '<') && label.ends_with([')', ']', '>']);
    let of = key(label);
    let is_nobody = match is_bracketed {
        true => nobody::is_nobody(&of) && nobody::is_plainly(&of),
        false => nobody::is_hardly_called(&of) || nobody::is_nobody(&of),
    };
    let is_number = of.contains(|c: char| c.is_ascii_digit());
    (is_spaced && !rest.trim().is_empty() && is_nobody && !is_number)
        .then(|| (label, is_bracketed, line.len() - rest.len()))
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    /// The labels of a talk in which a turn comes so many times, and what is told.
    fn found(turn: &str, n: usize, parted: &str) -> (Vec<String>, Vec<String>) {
        let round = |at: usize| {
            let pair = format!("Ann: What of year {at}?{parted}Tom: It rained all day.{parted}");
            if at < n { format!("{pair}{turn}{parted}") } else { pair }
        };
        let read = read(&(0..8).map(round).collect::<String>(), &Names::default()).unwrap_or_default();
        let labels = read.stretches.into_iter().map(|stretch| stretch.label);
        (labels.collect(), read.remarks.into_iter().map(|remark| remark.what).collect())
    }

    #[test]
    fn a_label_of_nobody_in_brackets_has_a_turn_of_its_own() {
        for label in ["(inaudible)", "[unintelligible]", "(noise)", "[Unknown]"] {
            for (n, parted) in [(1, "\n\n"), (2, "\n\n"), (2, "\n")] {
                let (labels, told) = found(&format!("{label}: No, over there."), n, parted);
                let bare = label.trim_matches(['(', ')', '[', ']']);
                assert_eq!(labels.iter().filter(|label| label.contains(bare)).count(), n, "{label} {labels:?}");
                assert!(told.is_empty(), "{label} {told:?}");
            }
        }
        for said in ["(inaudible) so it was.", "(Leeds): a town.", "(inaudible):"] {
            assert_eq!(found(said, 2, "\n\n").0.len(), 16, "{said}");
        }
    }

    #[test]
    fn a_sign_or_a_code_is_nobodys_label_where_it_comes_again() {
        for label in ["-", "…", "n/a", "???"] {
            let (labels, _) = found(&format!("{label}: No, over there."), 2, "\n\n");
            assert_eq!(labels.iter().filter(|known| *known == label).count(), 2, "{label} {labels:?}");
        }
        for label in ["-", "…"] {
            let (labels, _) = found(&format!("{label}: No, over there."), 1, "\n\n");
            assert_eq!(labels.len(), 16, "{label}");
        }
    }
}
