//! The transcripts of a project, written out from the units of an analysis.
//!
//! In: an analysis. Out: for each interview a document of speaker turns, `Interviewer: …` and
//! `Participant: …` (in a group the speakers' names), with the place of every unit in it.
//!
//! A saved analysis has the answers as units, each with its place in the source, and before each answer
//! what the interviewer had said; units cover answers but for white space. So the interview can be
//! written out whole, except for what nobody asked or answered: the interviewer's last words, and
//! remarks of people who are neither. White space between two units becomes a line break where the
//! source has several characters of it, else a space.

use std::collections::HashMap;

use super::Qdpx;
use super::xml::is_allowed;
use crate::analysis::{Analysis, UnitRow};

/// How lines end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineEnd {
    /// Line feed: one character everywhere.
    #[default]
    Lf,
    /// Carriage return and line feed: two characters, both counted.
    CrLf,
}

/// The units of one interview.
pub(super) struct Document<'a> {
    /// The study.
    pub(super) study: &'a str,
    /// The transcript's id: the participant's, or the group's.
    pub(super) id: &'a str,
    /// Several people answer in it.
    pub(super) is_group: bool,
    /// Units in the order in which they were said: their numbers.
    pub(super) units: Vec<usize>,
}

/// A document as text.
pub(super) struct Written {
    /// The text.
    pub(super) text: String,
    /// Its length in code points.
    pub(super) points: usize,
    /// For each unit of the document its code points in the text, end exclusive.
    pub(super) places: Vec<(usize, usize)>,
}

/// A document in a project.
pub(super) struct Source<'a> {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) document: Document<'a>,
    /// For each unit of the document its code points.
    pub(super) places: Vec<(usize, usize)>,
    /// Code points of all of it.
    pub(super) length: usize,
}

/// The interviews of an analysis, in the order read.
pub(super) fn of(analysis: &Analysis) -> Vec<Document<'_>> {
    let participants = &analysis.summary.participants;
    let groups: HashMap<(&str, &str), &str> = participants
        .iter()
        .filter_map(|p| Some(((p.study.as_str(), p.participant.as_str()), p.transcript.as_deref()?)))
        .collect();
    let mut documents: Vec<Document> = Vec::new();
    let mut number_of: HashMap<(&str, &str, bool), usize> = HashMap::new();
    for (number, unit) in analysis.units.iter().enumerate() {
        let (study, participant) = (unit.study.as_str(), unit.participant.as_str());
        let group = groups.get(&(study, participant)).copied();
        let id = group.unwrap_or(participant);
        let at = *number_of.entry((study, id, group.is_some())).or_insert(documents.len());
        if at == documents.len() {
            documents.push(Document { study, id, is_group: group.is_some(), units: Vec::new() });
        }
        documents[at].units.push(number);
    }
    documents
}

impl Document<'_> {
    /// Writes the document out.
    pub(super) fn written(&self, analysis: &Analysis, options: Qdpx) -> Written {
        let mut written = Written { text: String::new(), points: 0, places: Vec::new() };
        let mut before: Option<&UnitRow> = None;
        for &number in &self.units {
            let unit = &analysis.units[number];
            let is_next = |before: &&UnitRow| (&before.participant, before.answer) == (&unit.participant, unit.answer);
            match before.filter(is_next) {
                Some(before) => written.push(white_space(before, unit), options),
                None => self.begin_turn(before, unit, &mut written, options),
            }
            let start = written.points;
            written.push(&unit.text, options);
            written.places.push((start, written.points));
            before = Some(unit);
        }
        written.push("\n", options);
        written
    }

    /// What was asked, and who answers.
    fn begin_turn(&self, before: Option<&UnitRow>, unit: &UnitRow, written: &mut Written, options: Qdpx) {
        if before.is_some() {
            written.push("\n\n", options);
        }
        // A question to the group is asked once, and several answer it.
        let same_question = self.is_group && before.is_some_and(|before| before.question == unit.question);
        if !unit.question.is_empty() && !same_question {
            written.push("Interviewer: ", options);
            written.push(&unit.question, options);
            written.push("\n\n", options);
        }
        let name = match unit.participant.strip_prefix(self.id).and_then(|rest| rest.strip_prefix('/')) {
            Some(name) if self.is_group => name,
            _ => "Participant",
        };
        written.push(name, options);
        written.push(": ", options);
    }
}

/// What stood between two units of an answer, as far as their positions tell.
fn white_space(before: &UnitRow, unit: &UnitRow) -> &'static str {
    match unit.position.start.checked_sub(before.position.end) {
        Some(0) => "",
        Some(2..) => "\n",
        Some(1) | None => " ",
    }
}

impl Written {
    /// Adds text, its line ends made the same and characters left out that XML does not allow.
    fn push(&mut self, text: &str, options: Qdpx) {
        let mut characters = text.chars().peekable();
        while let Some(c) = characters.next() {
            match c {
                '\r' if characters.peek() == Some(&'\n') => {}
                '\r' | '\n' => {
                    if options.newline == LineEnd::CrLf {
                        self.push_point('\r');
                    }
                    self.push_point('\n');
                }
                c if !is_allowed(c) => {}
                '\u{10000}'.. if options.bmp => self.push_point('□'),
                c => self.push_point(c),
            }
        }
    }

    fn push_point(&mut self, c: char) {
        self.text.push(c);
        self.points += 1;
    }
}
