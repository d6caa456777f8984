//! Speakers that nothing but bold or underlined letters tell from their words: **Ann** Why was that so?
//!
//! In: the paragraphs of a document, and of those that start so the bytes. Out: the same, in which such names have a
//! colon, where those who come again have nearly all of such openings, somebody asks, and no other labels are known;
//! and so have those who come once and are somebody for sure, in front of a new sentence, where hardly any other
//! opening is set off; of others who may speak there it is told. A document with labels of another form is left alone,
//! and words that are stressed are.

use std::collections::{HashMap, HashSet};

use super::super::super::labels;
use super::super::super::speakers::{Names, key, stem, two_people};
use super::body::{Block, Paragraph};

/// Fewer turns show no habit.
const FEWEST: usize = 4;

/// Writes a colon behind the names of those who speak, and tells of those who may. `leads` are, by the number of the
/// paragraph, the bytes at its start that are set off.
pub(in super::super) fn close(
    path: &str,
    blocks: &mut [Block],
    leads: &HashMap<usize, usize>,
    names: &Names,
) -> Vec<String> {
    if leads.len() < FEWEST || has_labels(blocks, names) {
        return Vec::new();
    }
    let mut openings: Vec<(&mut Paragraph, Lead)> = Vec::new();
    for block in blocks {
        if let Block::Paragraph(paragraph) = block
            && paragraph.heading.is_none()
            && let Some(lead) = leads.get(&paragraph.number).and_then(|&bytes| Lead::of(&paragraph.text, bytes))
        {
            openings.push((paragraph, lead));
        }
    }
    let usual = Usual::of(openings.iter().map(|(_, lead)| lead));
    let n = openings.iter().filter(|(_, lead)| usual.has(lead)).count();
    let is_strict = n * 10 >= leads.len() * MOSTLY;
    let mut asks = false;
    let mut found: Vec<(&mut Paragraph, Lead, Who)> = Vec::new();
    for (paragraph, lead) in openings {
        let who = usual.who(&lead, is_strict, names);
        asks |= who == Who::Speaks && lead.words.contains(['?', '？', '؟']);
        found.push((paragraph, lead, who));
    }
    if usual.keys.len() < 2 || n < FEWEST || n * 4 < leads.len() * 3 || !asks {
        return Vec::new();
    }
    let mut told = Vec::new();
    for (paragraph, lead, who) in found {
        match who {
            Who::Speaks => paragraph.text = format!("{}: {}", lead.label, lead.words),
            Who::MaySpeak => told.push(doubt(path, paragraph.number, &lead.label)),
            Who::Nobody => {}
        }
    }
    told
}

/// The warning of somebody who may speak; `line` is the number of the paragraph, or of the page.
pub(in super::super) fn doubt(path: &str, line: usize, label: &str) -> String {
    format!(
        "`{path}`, line {line}: `{label}` looks like a speaker but was taken for words that are stressed; name who it \
         is with `--participant \"{label}\"` or `--interviewer \"{label}\"`"
    )
}

/// Of ten openings so many belong to those who come again, where others may come once.
pub(in super::super) const MOSTLY: usize = 9;
/// What people cry out, and call nobody.
const CRIES: &[&str] = &["god", "lord", "jesus", "christ", "gott", "herrgott", "dieu", "dios", "dio", "deus", "boże"];
/// In front of a sentence they take up what stands before it: `Mother She was from Hull.`
const TAKEN_UP: &[&str] = &[
    "she", "he", "they", "sie", "er", "elle", "elles", "il", "ils", "ella", "él", "ellos", "ela", "ele", "eles", "lei",
    "lui", "zij", "ze", "hij", "hon", "han", "ona", "on",
];

/// A name that a paragraph or a line starts with in letters of its own, and the words behind it.
pub(in super::super) struct Lead {
    pub(in super::super) label: String,
    pub(in super::super) words: String,
    /// Whether a mark stands between them: **Ann.** Why so?
    is_marked: bool,
}

impl Lead {
    /// Of a text of which so many bytes at its start are set off.
    pub(in super::super) fn of(text: &str, bytes: usize) -> Option<Self> {
        let (start, words) = text.split_at_checked(bytes)?;
        let label = start.trim().trim_end_matches(['.', ',', '-', '–', '—', ' ']);
        let is_marked = label.len() < start.trim().len();
        let is_apart = words.starts_with(char::is_whitespace) || label.len() < start.trim_start().len();
        let is_name = labels::valid_label(label) && label.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
        let words = words.trim_start();
        let made = || Self { label: label.to_owned(), words: words.to_owned(), is_marked };
        (is_apart && is_name && !words.is_empty()).then(made)
    }

    /// Whether it may be that of somebody who speaks once: no heading, and a new sentence behind it.
    fn may_speak(&self) -> bool {
        let opens = self.words.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next();
        let key = key(&self.label);
        opens.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
            && !labels::is_heading(&key)
            && !CRIES.contains(&key.as_str())
    }

    /// The first word of what is said in the form in which labels are compared, and whether a comma stands behind it.
    fn first_word(&self) -> (String, bool) {
        let first = self.words.split_whitespace().next().unwrap_or_default();
        (key(first.trim_matches(|c: char| !c.is_alphanumeric())), first.ends_with(','))
    }
}

/// Whether somebody speaks where a paragraph starts so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Who {
    Speaks,
    MaySpeak,
    Nobody,
}

/// Those who come again, and how all of them are written.
pub(in super::super) struct Usual {
    pub(in super::super) keys: HashSet<String>,
    in_capitals: bool,
    are_marked: bool,
}

impl Usual {
    pub(in super::super) fn of<'l>(leads: impl Iterator<Item = &'l Lead>) -> Self {
        let leads: Vec<(String, &Lead)> = leads.map(|lead| (key(&lead.label), lead)).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        leads.iter().for_each(|(key, _)| *counts.entry(key).or_default() += 1);
        let again = || leads.iter().filter(|(key, _)| counts[key.as_str()] > 1);
        Self {
            keys: again().map(|(key, _)| key.clone()).collect(),
            in_capitals: again().all(|(_, lead)| is_in_capitals(&lead.label)),
            are_marked: again().all(|(_, lead)| lead.is_marked),
        }
    }

    pub(in super::super) fn has(&self, lead: &Lead) -> bool {
        self.keys.contains(&key(&lead.label))
    }

    /// Whether somebody speaks there; who comes once may where `is_strict`, as hardly any other opening is set off.
    pub(in super::super) fn who(&self, lead: &Lead, is_strict: bool, names: &Names) -> Who {
        match () {
            () if self.has(lead) => Who::Speaks,
            () if !is_strict || !lead.may_speak() => Who::Nobody,
            () if self.is_sure(lead, names) => Who::Speaks,
            () => Who::MaySpeak,
        }
    }

    /// Whether who comes once is somebody: by the name, the form, or whom what is said is said to.
    fn is_sure(&self, lead: &Lead, names: &Names) -> bool {
        let key = key(&lead.label);
        let (first, is_called) = lead.first_word();
        let is_numbered = || stem(&key) != key && self.keys.iter().any(|other| stem(other) == stem(&key));
        let is_written_so =
            (self.in_capitals && is_in_capitals(&lead.label)) || (self.are_marked && lead.is_marked) || is_numbered();
        let is_to_somebody = is_called && (two_people::is_relation(&first) || self.keys.contains(&first));
        let is_somebody = labels::is_somebody(&lead.label) && !TAKEN_UP.contains(&first.as_str());
        let is_known = names.strong(&key).is_some() || names.is_introduced(&key);
        is_known || is_written_so || is_to_somebody || is_somebody
    }
}

fn is_in_capitals(label: &str) -> bool {
    label.chars().filter(|c| c.is_uppercase()).nth(1).is_some() && !label.contains(char::is_lowercase)
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

    /// Paragraphs of words that are set off and others; the texts as they come out, and what is told.
    fn closed_and_told(paragraphs: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
        let of = |(n, (lead, words)): (usize, &(&str, &str))| {
            Block::Paragraph(Paragraph { number: n + 1, text: format!("{lead}{words}"), ..Paragraph::default() })
        };
        let mut blocks: Vec<Block> = paragraphs.iter().enumerate().map(of).collect();
        let leads = paragraphs.iter().enumerate().filter(|(_, (lead, _))| !lead.is_empty());
        let leads = leads.map(|(n, (lead, _))| (n + 1, lead.len())).collect();
        let told = close("a.docx", &mut blocks, &leads, &Names::default());
        let text = |block: Block| match block {
            Block::Paragraph(paragraph) => paragraph.text,
            Block::Table(_) => String::new(),
        };
        (blocks.into_iter().map(text).collect(), told)
    }

    fn closed(paragraphs: &[(&str, &str)]) -> Vec<String> {
        closed_and_told(paragraphs).0
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
    fn a_stressed_word_among_names_is_told_and_stays() {
        let talk = [("Ann", " Why so?"), ("Tom", " It rained.")].repeat(5);
        let with = |once: (&'static str, &'static str)| closed_and_told(&[&talk[..], &[once], &talk[..]].concat());
        for (lead, words) in [
            ("Heimat", " Das war es, was uns gefehlt hat."),
            ("Mother", " She was from Hull."),
            ("Freedom", " Yes, that is what I missed."),
            ("Die Heimat", " Das war es."),
        ] {
            let (said, told) = with((lead, words));
            assert_eq!((&said[10], told.len()), (&format!("{lead}{words}"), 1), "{lead}");
            assert!(told[0].starts_with(&format!("`a.docx`, line 11: `{lead}` looks like a speaker but")), "{told:?}");
        }
        for (lead, words) in [("God", " I do not know."), ("Speed", " is what counts."), ("Note", " It rained.")] {
            assert_eq!(with((lead, words)).1, [""; 0], "{lead}");
        }
    }

    #[test]
    fn who_is_somebody_for_sure_speaks_once_and_is_not_told() {
        let plain = [("Ann", " Why so?"), ("Tom", " It rained.")];
        let capitals = [("ANN", " Why so?"), ("TOM", " It rained.")];
        let marked = [("Ann.", " Why so?"), ("Tom.", " It rained.")];
        let counted = [("I", " Why so?"), ("P1", " It rained.")];
        for (talk, lead, words) in [
            (plain, "Clara Reed", "I was there."),
            (plain, "Mother", "I was from Hull."),
            (plain, "Clara", "Tom, the vet is here."),
            (plain, "Moderator", "I was there."),
            (capitals, "CLARA", "I was there."),
            (marked, "Clara.", "I was there."),
            (counted, "P2", "I was there."),
        ] {
            let talk = talk.repeat(5);
            let behind = format!(" {words}");
            let (said, told) = closed_and_told(&[&talk[..], &[(lead, &*behind)], &talk[..]].concat());
            let expected = format!("{}: {words}", lead.trim_end_matches('.'));
            assert_eq!((&said[10], told), (&expected, Vec::new()), "{lead}");
        }
        // In other letters, or without the mark, it may be a word.
        for (talk, lead) in [(capitals, "Clara"), (marked, "Clara"), (plain, "Clara.")] {
            let talk = talk.repeat(5);
            let (_, told) = closed_and_told(&[&talk[..], &[(lead, " I was there.")], &talk[..]].concat());
            assert_eq!(told.len(), 1, "{lead}");
        }
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
