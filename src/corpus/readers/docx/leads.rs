//! Speakers that nothing but bold or underlined letters tell from their words: **Ann** Why was that so?
//!
//! In: the paragraphs of a document, and of those that start so the bytes. Out: the same, in which such names have a
//! colon, where those who come again have nearly all of such openings, somebody asks, and no other labels are known;
//! and so have those who come once, in front of a new sentence, where hardly any other opening is set off. A document
//! with labels of another form is left alone, and words that are stressed are.

use std::collections::HashMap;

use super::super::super::labels;
use super::super::super::speakers::{Names, key};
use super::body::{Block, Paragraph};

/// Fewer turns show no habit.
const FEWEST: usize = 4;

/// Writes a colon behind the names of those who speak. `leads` are, by the number of the paragraph, the bytes at its
/// start that are set off.
pub(in super::super) fn close(blocks: &mut [Block], leads: &HashMap<usize, usize>, names: &Names) {
    if leads.len() < FEWEST || has_labels(blocks, names) {
        return;
    }
    let mut openings: Vec<(&mut Paragraph, String, String)> = Vec::new();
    for block in blocks {
        if let Block::Paragraph(paragraph) = block
            && let Some((label, words)) = leads.get(&paragraph.number).and_then(|&lead| opening(paragraph, lead))
        {
            openings.push((paragraph, label, words));
        }
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    openings.iter().for_each(|(_, label, _)| *counts.entry(key(label)).or_default() += 1);
    counts.retain(|_, n| *n > 1);
    let recurs = |label: &str| counts.contains_key(&key(label));
    let recurring = openings.iter().filter(|(_, label, _)| recurs(label)).count();
    let are_speakers = recurring * 10 >= leads.len() * MOSTLY;
    openings.retain(|(_, label, words)| recurs(label) || (are_speakers && may_speak_once(label, words)));
    let asks = openings.iter().any(|(_, _, words)| words.contains(['?', '？', '؟']));
    if counts.len() < 2 || recurring < FEWEST || recurring * 4 < leads.len() * 3 || !asks {
        return;
    }
    for (paragraph, label, words) in openings {
        paragraph.text = format!("{label}: {words}");
    }
}

/// Of ten openings so many belong to those who come again, where others may come once.
pub(in super::super) const MOSTLY: usize = 9;

/// Whether a name that comes once may be that of somebody who speaks: no heading, and a new sentence behind it.
pub(in super::super) fn may_speak_once(label: &str, words: &str) -> bool {
    let opens = words.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next();
    opens.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase()) && !labels::is_heading(&key(label))
}

/// The name that a paragraph starts with, and the words behind it.
fn opening(paragraph: &Paragraph, lead: usize) -> Option<(String, String)> {
    let (start, words) = paragraph.text.split_at_checked(lead).filter(|_| paragraph.heading.is_none())?;
    let label = start.trim().trim_end_matches(['.', ',', '-', '–', '—', ' ']);
    let is_apart = words.starts_with(char::is_whitespace) || label.len() < start.trim_start().len();
    let is_name = labels::valid_label(label) && label.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    (is_apart && is_name && !words.trim().is_empty()).then(|| (label.to_owned(), words.trim_start().to_owned()))
}

/// Whether labels of another form recur; those of a header come once.
fn has_labels(blocks: &[Block], names: &Names) -> bool {
    let texts: Vec<&str> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text.trim()),
            Block::Table(_) => None,
        })
        .collect();
    let stretches = labels::divide(&texts.join("\n\n"), names).unwrap_or_default();
    let recurs = |at: usize| stretches[..at].iter().any(|above| above.label == stretches[at].label);
    (0..stretches.len()).any(|at| !stretches[at].label.is_empty() && recurs(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paragraphs of words that are set off and others; the texts as they come out.
    fn closed(paragraphs: &[(&str, &str)]) -> Vec<String> {
        let of = |(n, (lead, words)): (usize, &(&str, &str))| {
            Block::Paragraph(Paragraph { number: n + 1, text: format!("{lead}{words}"), ..Paragraph::default() })
        };
        let mut blocks: Vec<Block> = paragraphs.iter().enumerate().map(of).collect();
        let leads = paragraphs.iter().enumerate().filter(|(_, (lead, _))| !lead.is_empty());
        let leads = leads.map(|(n, (lead, _))| (n + 1, lead.len())).collect();
        close(&mut blocks, &leads, &Names::default());
        let text = |block: Block| match block {
            Block::Paragraph(paragraph) => paragraph.text,
            Block::Table(_) => String::new(),
        };
        blocks.into_iter().map(text).collect()
    }

    #[test]
    fn names_set_off_by_letters_alone_are_labels() {
        for (ann, tom) in [("Ann", "Tom"), ("Ann.", "Tom."), ("Ann Hall", "Tom Reed")] {
            let said =
                closed(&[(ann, " Why so?"), (tom, " It rained."), ("", "For days."), (ann, " And?"), (tom, " No.")]);
            let name = |label: &str| label.trim_end_matches('.').to_owned();
            let (ann, tom) = (name(ann), name(tom));
            let expected = [
                format!("{ann}: Why so?"),
                format!("{tom}: It rained."),
                "For days.".to_owned(),
                format!("{ann}: And?"),
                format!("{tom}: No."),
            ];
            assert_eq!(said, expected);
        }
    }

    #[test]
    fn a_header_with_labels_does_not_hide_them() {
        let talk = [("Ann", " Why so?"), ("Tom", " It rained."), ("Ann", " And?"), ("Tom", " It was dry.")];
        let with = |above: &[(&'static str, &'static str)]| closed(&[above, &talk].concat());
        let header = [("", "Interviewer: the author"), ("", "Participant: a nurse")];
        assert_eq!(with(&header)[2], "Ann: Why so?");
        // Labels of another form that recur.
        let turns = [("", "Interviewer: Why?"), ("", "Participant: So."), ("", "Interviewer: And?")];
        assert_eq!(with(&turns)[3], "Ann Why so?");
    }

    #[test]
    fn who_comes_once_among_them_speaks_too() {
        let talk = [("Ann", " Why so?"), ("Tom", " It rained.")].repeat(5);
        let with = |once: (&'static str, &'static str)| closed(&[&talk[..], &[once], &talk[..]].concat());
        assert_eq!(with(("Peter", " Dad, the vet is here."))[10], "Peter: Dad, the vet is here.");
        assert_eq!(with(("Ehefrau", " Der Kaffee ist da."))[10], "Ehefrau: Der Kaffee ist da.");
        for (lead, words) in [("Speed", " is what counts."), ("Summary", " It rained."), ("Note", " It rained.")] {
            assert_eq!(with((lead, words))[10], format!("{lead}{words}"), "{lead}");
        }
        // Where others are set off as well, they may be stressed.
        let stressed = [("Speed", " It counts."), ("Trust", " It comes.")];
        let said = closed(&[&talk[..4], &stressed, &talk[..4]].concat());
        assert_eq!(said[4..6], ["Speed It counts.", "Trust It comes."]);
    }

    #[test]
    fn words_that_are_stressed_stay() {
        for paragraphs in [
            &[("Speed", " counts, or not?"), ("Trust", " comes later."), ("Care", " is all."), ("Time", " is not.")][..],
            &[("Speed", " matters."), ("Trust", " comes."), ("Speed", " is all."), ("Trust", " is none.")],
            &[("Why", " so?"), ("Why", " not?"), ("Why", " then?"), ("Why", " now?")],
            &[("Ann", "ie left?"), ("Tom", "my came."), ("Ann", "ie stayed."), ("Tom", "my went.")],
        ] {
            let before: Vec<String> = paragraphs.iter().map(|(lead, words)| format!("{lead}{words}")).collect();
            assert_eq!(closed(paragraphs), before);
        }
    }
}
