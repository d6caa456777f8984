//! Names that nothing but bold letters tell from the words behind them: **Ann** Why was that so?
//!
//! In: the lines of a document, and of each the bytes at its start that are bold. Out: the same, in which such names
//! have a colon and open their line, where those who come again have nearly all of such openings, somebody asks, and no
//! other labels recur; and so do those who come once, where hardly any other opening is bold. Words that are stressed
//! stay.

use std::collections::{HashMap, HashSet};

use super::super::super::super::labels;
use super::super::super::super::speakers::{Names, key};
use super::super::super::docx::leads::{MOSTLY, may_speak_once};
use super::Line;

/// Fewer turns show no habit.
const FEWEST: usize = 4;

/// Writes a colon behind the names of those who speak.
pub(super) fn close(lines: &mut [Line], names: &Names) {
    let found: Vec<Option<(String, String)>> = lines.iter().map(opening).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    found.iter().flatten().for_each(|(label, _)| *counts.entry(key(label)).or_default() += 1);
    counts.retain(|_, n| *n > 1);
    let is_known = |label: &str| counts.contains_key(&key(label));
    let n = found.iter().flatten().filter(|(label, _)| is_known(label)).count();
    let n_leads = lines.iter().filter(|line| line.lead > 0).count();
    let asks = lines.iter().any(|line| line.text.contains(['?', '？', '؟']));
    if counts.len() < 2 || n < FEWEST || n * 4 < n_leads * 3 || !asks || has_labels(lines, names) {
        return;
    }
    let may_come_once = n * 10 >= n_leads * MOSTLY;
    for (line, found) in lines.iter_mut().zip(found) {
        let speaks = |label: &str, words: &str| is_known(label) || (may_come_once && may_speak_once(label, words));
        if let Some((label, words)) = found.filter(|(label, words)| speaks(label, words)) {
            line.text = format!("{label}: {words}");
            line.opens = true;
        }
    }
}

/// The name that a line starts with in bold letters, and the words behind it.
fn opening(line: &Line) -> Option<(String, String)> {
    let (start, words) = line.text.split_at_checked(line.lead).filter(|(start, _)| !start.is_empty())?;
    let label = start.trim().trim_end_matches(['.', ',', '-', '–', '—', ' ']);
    let is_name = labels::valid_label(label) && label.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let is_apart = words.starts_with(char::is_whitespace) || label.len() < start.trim_start().len();
    (is_name && is_apart && !words.trim().is_empty()).then(|| (label.to_owned(), words.trim_start().to_owned()))
}

/// Whether labels of another form recur; those of a header come once.
fn has_labels(lines: &[Line], names: &Names) -> bool {
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    let stretches = labels::divide(&texts.join("\n"), names).unwrap_or_default();
    let mut seen: HashSet<&str> = HashSet::new();
    stretches.iter().any(|stretch| !stretch.label.is_empty() && !seen.insert(&stretch.label))
}

#[cfg(test)]
mod tests {
    use super::super::tests::made;
    use super::*;

    fn closed(lines: &[(&str, &str)]) -> Vec<String> {
        let of = |&(lead, words): &(&str, &str)| Line { lead: lead.len(), ..made(&format!("{lead}{words}")) };
        let mut lines: Vec<Line> = lines.iter().map(of).collect();
        close(&mut lines, &Names::default());
        lines.into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn names_in_bold_letters_are_labels() {
        let talk = [("Ann", " Why so?"), ("Tom", " It rained."), ("", "For days."), ("Ann", " And?"), ("Tom", " No.")];
        assert_eq!(closed(&talk), ["Ann: Why so?", "Tom: It rained.", "For days.", "Ann: And?", "Tom: No."]);
    }

    #[test]
    fn who_comes_once_among_them_speaks_too() {
        let talk = [("Ann", " Why so?"), ("Tom", " It rained.")].repeat(5);
        let with = |once: (&'static str, &'static str)| closed(&[&talk[..], &[once], &talk[..]].concat());
        assert_eq!(with(("Peter", " Dad, the vet is here."))[10], "Peter: Dad, the vet is here.");
        assert_eq!(with(("Speed", " is what counts."))[10], "Speed is what counts.");
    }

    #[test]
    fn words_that_are_stressed_stay() {
        for lines in [
            &[("Speed", " counts, or not?"), ("Trust", " comes later."), ("Care", " is all."), ("Time", " is not.")][..],
            &[("Speed", " matters."), ("Trust", " comes."), ("Speed", " is all."), ("Trust", " is none.")],
            &[
                ("", "I: Why?"),
                ("", "P: So."),
                ("", "I: And?"),
                ("Ann", " x?"),
                ("Tom", " y."),
                ("Ann", " z."),
                ("Tom", " w"),
            ],
        ] {
            let before: Vec<String> = lines.iter().map(|(lead, words)| format!("{lead}{words}")).collect();
            assert_eq!(closed(lines), before);
        }
    }
}
