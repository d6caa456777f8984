//! Names that nothing but bold letters tell from the words behind them: **Ann** Why was that so?
//!
//! In: the lines of a document, and of each the bytes at its start that are bold. Out: the same, in which such names
//! have a colon and open their line, where those who come again have nearly all of such openings, somebody asks, and no
//! other labels recur; and so do those who come once and are somebody for sure, where hardly any other opening is bold;
//! and others who may speak, with their page. Words that are stressed stay.

use std::collections::HashSet;

use super::super::super::super::labels;
use super::super::super::super::speakers::Names;
use super::super::super::docx::leads::{Lead, MOSTLY, Usual, Who};
use super::Line;

/// Fewer turns show no habit.
const FEWEST: usize = 4;

/// Writes a colon behind the names of those who speak. Out: the pages and labels of others who may.
pub(super) fn close(lines: &mut [Line], names: &Names) -> Vec<(usize, String)> {
    let of = |line: &Line| Lead::of(&line.text, line.lead).filter(|_| line.lead > 0);
    let found: Vec<Option<Lead>> = lines.iter().map(of).collect();
    let usual = Usual::of(found.iter().flatten());
    let n = found.iter().flatten().filter(|lead| usual.has(lead)).count();
    let n_leads = lines.iter().filter(|line| line.lead > 0).count();
    let asks = lines.iter().any(|line| line.text.contains(['?', '？', '؟']));
    if usual.keys.len() < 2 || n < FEWEST || n * 4 < n_leads * 3 || !asks || has_labels(lines, names) {
        return Vec::new();
    }
    let is_strict = n * 10 >= n_leads * MOSTLY;
    let mut doubtful = Vec::new();
    for (line, lead) in lines.iter_mut().zip(found) {
        let Some(lead) = lead else { continue };
        match usual.who(&lead, is_strict, names) {
            Who::Speaks => {
                line.text = format!("{}: {}", lead.label, lead.words);
                line.opens = true;
            }
            Who::MaySpeak => doubtful.push((line.page, lead.label)),
            Who::Nobody => {}
        }
    }
    doubtful
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
    fn a_stressed_word_among_names_stays_and_is_told_with_its_page() {
        let talk = [("Ann", " Why so?"), ("Tom", " It rained.")].repeat(5);
        let with = |lead: &str| {
            let of = |&(lead, words): &(&str, &str)| Line { lead: lead.len(), ..made(&format!("{lead}{words}")) };
            let mut lines: Vec<Line> =
                [&talk[..], &[(lead, " That was it.")], &talk[..]].concat().iter().map(of).collect();
            let told = close(&mut lines, &Names::default());
            (lines[10].text.clone(), told.into_iter().map(|(_, label)| label).collect::<Vec<_>>())
        };
        assert_eq!(with("Heimat"), ("Heimat That was it.".to_owned(), vec!["Heimat".to_owned()]));
        assert_eq!(with("Clara Reed"), ("Clara Reed: That was it.".to_owned(), Vec::new()));
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
