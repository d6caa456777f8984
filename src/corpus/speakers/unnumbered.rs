//! A label whose number seems to be forgotten: `R:` in a group whose others are `R1:`, `R2:`.
//!
//! In: the turns of a talk, each with its label, its line and what is said, and who is known. Out: phrases to warn
//! with, with the line of the first turn. It decides nothing: the words stay somebody's of that label alone. Longer
//! labels (`Participant` beside `Participant 1`) are for [`people`](super::super::people).

use std::collections::BTreeMap;

use super::super::label_key::key;
use super::super::nobody;
use super::super::policy::MOST_LABELS;
use super::counts::ends_in_question;

/// Letters of such a label, at most.
const LONGEST: usize = 4;
/// From so many others with a number on the one without it may be any of them.
const FEWEST: usize = 2;

/// What is known of a label.
#[derive(Default)]
struct Label<'t> {
    label: &'t str,
    line: usize,
    turns: usize,
    asking: usize,
}

/// The phrases, in the order of the labels. Whoever asks as often as not is nobody of the group.
pub(crate) fn unnumbered<'t>(
    turns: impl Iterator<Item = (&'t str, usize, &'t str)>,
    is_given: impl Fn(&str) -> bool,
) -> Vec<String> {
    let mut labels: BTreeMap<String, Label<'t>> = BTreeMap::new();
    let mut last: (&str, String) = ("", String::new());
    // Layouts without lines put all turns on the first.
    let mut has_lines = false;
    for (label, line, said) in turns.filter(|(label, ..)| label.len() <= LONGEST * 4) {
        has_lines |= line > 1;
        if label != last.0 {
            last = (label, key(label));
        }
        let known = labels.entry(last.1.clone()).or_insert_with(|| Label { label, line, ..Label::default() });
        known.turns += 1;
        known.asking += usize::from(ends_in_question(said));
    }
    if labels.len() > MOST_LABELS {
        return Vec::new();
    }
    let is_letters =
        |key: &str| !key.is_empty() && key.chars().count() <= LONGEST && key.chars().all(char::is_alphabetic);
    let told = |(key, of): (&String, &Label<'t>)| {
        let is_numbered = |other: &&String| {
            let number = other.strip_prefix(key.as_str()).unwrap_or_default();
            !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
        };
        let numbered: Vec<String> =
            labels.keys().filter(is_numbered).take(FEWEST).map(|other| format!("`{}`", labels[other].label)).collect();
        let is_open = is_letters(key) && of.asking * 2 < of.turns && !is_given(of.label) && !nobody::is_nobody(key);
        (is_open && numbered.len() == FEWEST).then(|| {
            format!(
                "{}`{}` has no number, unlike {}: it was taken for one more speaker; where it is one of them, \
                 write the number in the file",
                if has_lines { format!("line {}, ", of.line) } else { String::new() },
                of.label,
                numbered.join(", ")
            )
        })
    };
    labels.iter().filter_map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(turns: &[(&str, &str)]) -> Vec<String> {
        let lines = turns.iter().zip(1..).map(|(&(label, said), line)| (label, line, said));
        unnumbered(lines, |label| label == "TN")
    }

    #[test]
    fn a_label_without_the_number_that_others_have_is_told_with_its_line() {
        for (bare, first, second) in [("R", "R1", "R2"), ("TP", "TP1", "TP12"), ("b", "B1", "B2")] {
            let found = told(&[("I", "Why?"), (first, "So."), (second, "No."), (bare, "Yes."), (bare, "Or not.")]);
            let start = format!("line 4, `{bare}` has no number, unlike `{first}`, `{second}`");
            assert!(found.len() == 1 && found[0].starts_with(&start), "{found:?}");
        }
    }

    #[test]
    fn labels_that_are_somebody_else_or_known_are_not() {
        for turns in [
            &[("I", "Why?"), ("R1", "So."), ("R", "Yes.")][..],
            // A moderator among men.
            &[("M", "Why?"), ("M1", "So."), ("M2", "No."), ("M", "And now?")],
            &[("I", "Why?"), ("TN1", "So."), ("TN2", "No."), ("TN", "Yes.")],
            &[("I", "Why?"), ("R1", "So."), ("R2", "No."), ("P", "Yes.")],
            &[("I", "Why?"), ("R1a", "So."), ("R2a", "No."), ("R", "Yes.")],
            &[("", "Why?"), ("1", "So."), ("2", "No.")],
        ] {
            assert_eq!(told(turns), [] as [String; 0], "{turns:?}");
        }
    }
}
