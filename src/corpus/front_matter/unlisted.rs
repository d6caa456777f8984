//! Fields of a header that no list knows, such as `Ward: Surgery` below `Interviewee: Tom Reed`.
//!
//! In: a transcript from the first line of a block of `Field: value` on. Out: the names of the unlisted fields in it.
//! They are believed in one paragraph with a known field, or between two known ones, where each comes once, its value
//! is no sentence, and labels begin anew below. It never takes the name of a role, nor words that speak.

use std::collections::HashMap;

use super::super::by_lines::ByLines;
use super::super::speakers::Names;
use super::described::speaks;
use super::who::{self, BESIDE_PEOPLE};
use super::{field, is_between, is_short, plain_field};

/// Lines above the block, the longest block, and how far below its start labels are looked for, in lines.
const MAX_ABOVE: usize = 120;
const MAX_LINES: usize = 40;
const MAX_BELOW: usize = 400;
/// Words of a field's name at most.
const MAX_NAME: usize = 5;

/// A field of the block.
struct Entry {
    name: String,
    is_listed: bool,
    /// Which paragraph it stands in.
    paragraph: usize,
}

/// The names of the fields that no list knows, in the first block of a text.
pub(super) fn fields(text: &str) -> Vec<String> {
    let above = text.by_whole_lines().take(MAX_ABOVE).take_while(|line| !is_listed(line.trim()));
    let text = &text[above.map(str::len).sum()..];
    let mut counts: HashMap<String, usize> = HashMap::new();
    for name in text.by_lines().take(MAX_BELOW).filter_map(|line| who::head(line.trim())) {
        *counts.entry(name).or_default() += 1;
    }
    let mut entries: Vec<Entry> = Vec::new();
    let mut paragraph = 0;
    let mut below = None;
    for line in text.by_lines().map(str::trim).take(MAX_LINES) {
        if is_between(line) {
            paragraph += 1;
            continue;
        }
        match entry(line, paragraph, &counts).filter(|new| entries.iter().all(|entry| entry.name != new.name)) {
            Some(entry) => entries.push(entry),
            None => {
                below = Some(line);
                break;
            }
        }
    }
    let is_parted = entries.last().is_some_and(|last| last.paragraph < paragraph);
    let begins_anew = below.is_some_and(|line| {
        who::head(line).map_or(!line.contains(':'), |name| counts.get(&name).is_some_and(|&count| count > 1))
    });
    if !is_parted || !begins_anew {
        return Vec::new();
    }
    (0..entries.len()).filter(|&at| is_sure(at, &entries)).map(|at| entries[at].name.clone()).collect()
}

/// Whether a line is a known field, or one that names somebody.
fn is_listed(line: &str) -> bool {
    who::read(line).is_some_and(|line| {
        line.names.is_some() || plain_field(&line.label) || BESIDE_PEOPLE.contains(&line.label.as_str())
    })
}

/// A line as a field; `None` for what may be the first turn.
fn entry(line: &str, paragraph: usize, counts: &HashMap<String, usize>) -> Option<Entry> {
    if let Some(line) = who::read(line).filter(|_| is_listed(line)) {
        return Some(Entry { name: line.label, is_listed: true, paragraph });
    }
    let (name, value) = field(line)?;
    let is_once = counts.get(&name).is_none_or(|&count| count < 2);
    let fits = name.split(' ').count() <= MAX_NAME
        && is_short(value)
        && !speaks(value)
        && !Names::default().is_known(&name)
        && (is_once || who::is_full_name(value)); // who may talk as `Wife:` below
    fits.then_some(Entry { name, is_listed: false, paragraph })
}

/// Whether an unlisted field stands beside a listed one in its paragraph, or between two of them.
fn is_sure(at: usize, entries: &[Entry]) -> bool {
    let of = entries[at].paragraph;
    let is_beside = entries.iter().any(|entry| entry.is_listed && entry.paragraph == of);
    let is_listed = |entry: &Entry| entry.is_listed;
    let is_between = entries[..at].iter().any(is_listed) && entries[at..].iter().any(is_listed);
    !entries[at].is_listed && (is_beside || is_between)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TALK: &str =
        "Interviewer: How did it start?\n\nLena: In spring.\n\nInterviewer: And then?\n\nLena: It rained.";

    fn of(header: &str) -> Vec<String> {
        fields(&format!("{header}\n\n{TALK}"))
    }

    #[test]
    fn a_field_that_no_list_knows_is_one_among_fields() {
        for (header, name) in [
            ("Interviewer: Bob Roe\nInterviewee: Lena May\nWard: Surgery", "ward"),
            ("Interviewer: BR\nInterviewee: P07\nWard: Surgery\nDate: 3 May 2024", "ward"),
            ("Date: 3 May 2024\nYears in service: 12\nInterviewee: Lena May", "years in service"),
            ("Bees Project\n\nInterviewer: Bob Roe\nInterviewee: Lena May\nRecorded by: Eva Roth", "recorded by"),
            ("Interviewer: Bob Roe\n\nWard: Surgery\n\nInterviewee: Lena May", "ward"),
            ("Interviewerin: Ines Vogt\nBefragte: Lena May\nKrankenhaus: St. Anna", "krankenhaus"),
            ("Interviewer: Bob Roe\nInterviewee: Lena May\nWard: Surgery\n\n---", "ward"),
        ] {
            assert_eq!(of(header), [name], "{header}");
        }
    }

    #[test]
    fn what_may_be_said_is_no_field() {
        for header in [
            // Nothing beside it is known.
            "Ward: Surgery\nVillage: Holm",
            // A first turn below the fields, in a paragraph of its own.
            "Interviewer: Bob Roe\nInterviewee: Lena May\n\nCarol: Surgery",
            // Sentences, and words that speak.
            "Interviewer: Bob Roe\nInterviewee: Lena May\nCarol: It rained.",
            "Interviewer: Bob Roe\nInterviewee: Lena May\nCarol: yes we did",
            // Who talks below.
            "Interviewer: Bob Roe\nDate: 3 May\nLena: Surgery",
            "Interviewer: Bob Roe\nDate: 3 May\nParticipant 2: Surgery",
        ] {
            assert_eq!(of(header), Vec::<String>::new(), "{header}");
        }
        // Labels do not begin anew.
        let text = "Interviewer: Bob Roe\nInterviewee: Lena May\nWard: Surgery\n\nFloor: two of them, said she.";
        assert_eq!(fields(text), Vec::<String>::new());
    }
}
