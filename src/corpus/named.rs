//! What an id in somebody's table names: a passage, an answer, a person, or a document.
//!
//! In: the passages of the interviews, numbered. Out: an [`Index`] that finds what an id names, with or without
//! the study, exactly and then without regard to case and to how
//! letters with accents are stored. It never guesses: an id that two studies have names
//! neither.

use std::collections::{BTreeSet, HashMap};

use super::label_key::shown;

pub(crate) const UNKNOWN: &str = "not in the analysis";

pub(crate) const AMBIGUOUS: &str = "in several studies";

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Passage(usize),
    Answer(usize),
    Person(usize),
}

/// A passage as ids tell it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Said<'a> {
    /// `study/participant#n` or `study/participant#n.k`.
    pub(crate) id: &'a str,
    pub(crate) study: &'a str,
    pub(crate) participant: &'a str,
    /// 1-based number of the answer among the participant's.
    pub(crate) number: usize,
    pub(crate) file: &'a str,
    /// Which answer of all; those of one answer have the same, and none is left out.
    pub(crate) answer: usize,
    /// Who of all people, likewise.
    pub(crate) person: usize,
}

/// Everything that can be named, by its id with and without the study. Exact ids come first; then case is
/// not looked at.
#[derive(Default)]
pub(crate) struct Index {
    exact: HashMap<String, Option<Target>>,
    folded: HashMap<String, Option<Target>>,
    /// Who speaks in a document, by its name without folder and ending, in lower case.
    documents: HashMap<String, BTreeSet<usize>>,
}

impl Index {
    /// `passages`: all of them; what an id names is numbered as they are, their answers and people.
    pub(crate) fn new(passages: &[Said]) -> Self {
        let count = |number: fn(&Said) -> usize| passages.iter().map(|said| number(said) + 1).max().unwrap_or(0);
        let mut answers: Vec<Vec<usize>> = vec![Vec::new(); count(|said| said.answer)];
        let mut persons: Vec<Option<(&str, &str)>> = vec![None; count(|said| said.person)];
        for (at, said) in passages.iter().enumerate() {
            answers[said.answer].push(at);
            persons[said.person] = Some((said.study, said.participant));
        }
        let mut index = Self::default();
        for (number, units) in answers.iter().enumerate().filter(|(_, units)| !units.is_empty()) {
            let first = passages[units[0]];
            index.insert(first.study, &format!("{}#{}", first.participant, first.number), Target::Answer(number));
            for &unit in units.iter().filter(|_| units.len() > 1) {
                let Said { id, study, .. } = passages[unit];
                let short = id.strip_prefix(study).and_then(|rest| rest.strip_prefix('/')).unwrap_or(id);
                index.insert(study, short, Target::Passage(unit));
            }
        }
        for (number, (study, participant)) in persons.into_iter().enumerate().filter_map(|(n, who)| Some((n, who?))) {
            index.insert(study, participant, Target::Person(number));
            // A group's document is called after its transcript.
            let transcript = participant.split('/').next().unwrap_or(participant);
            index.documents.entry(document_name(transcript)).or_default().insert(number);
            // So is the document in a project that we wrote, with its study before it.
            let written = format!("{study}_{transcript}").replace(['/', '\\', ':', '*', '?', '"', '<', '>', '|'], "_");
            index.documents.entry(document_name(&written)).or_default().insert(number);
        }
        for said in passages {
            index.documents.entry(document_name(said.file)).or_default().insert(said.person);
        }
        index
    }

    fn insert(&mut self, study: &str, short: &str, target: Target) {
        for id in [format!("{study}/{short}"), short.to_owned()] {
            for (map, id) in [(&mut self.folded, folded(&id)), (&mut self.exact, id)] {
                let known = map.entry(id).or_insert(Some(target));
                if *known != Some(target) {
                    *known = None;
                }
            }
        }
    }

    /// Who speaks in a document, by its name with or without the ending.
    pub(crate) fn in_document(&self, name: &str) -> Result<Vec<usize>, &'static str> {
        let known = self.documents.get(&document_name(name)).or_else(|| {
            // ATLAS.ti and others number their documents: `D 3: talk.md`.
            let (number, rest) = name.split_once([':', ' '])?;
            let number = number.trim_start_matches(['D', 'd', 'P', ' ']);
            let numbered = number.bytes().all(|b| b.is_ascii_digit());
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | ' '));
            numbered.then(|| self.documents.get(&document_name(rest)))?
        });
        known.map(|persons| persons.iter().copied().collect()).ok_or(UNKNOWN)
    }

    pub(crate) fn find(&self, id: &str) -> Result<Target, &'static str> {
        // `export --excel` puts an apostrophe before what a spreadsheet would take for a formula.
        let plain = id.strip_prefix('\'').unwrap_or(id);
        let known = self.exact.get(id).or_else(|| self.exact.get(plain));
        match known.or_else(|| self.folded.get(&folded(plain))) {
            Some(Some(target)) => Ok(*target),
            Some(None) => Err(AMBIGUOUS),
            None => Err(UNKNOWN),
        }
    }
}

/// An id without regard to case, and to how its letters are stored.
fn folded(id: &str) -> String {
    shown(id).as_deref().unwrap_or(id).to_lowercase()
}

/// The name of a document without folders, an ending that transcripts have, and case.
pub(crate) fn document_name(path: &str) -> String {
    const ENDINGS: [&str; 21] = [
        "md", "txt", "text", "docx", "doc", "odt", "rtf", "pdf", "csv", "tsv", "xlsx", "json", "jsonl", "vtt", "srt",
        "sbv", "html", "eaf", "cha", "otr", "xml",
    ];
    let name = folded(path.trim().rsplit(['/', '\\']).next().unwrap_or(path));
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ENDINGS.contains(&ending) => stem.to_owned(),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_with_and_without_study_and_case_and_never_guessed() {
        let said = |id, study, participant, number, answer, person| Said {
            id,
            study,
            participant,
            number,
            file: "in/Talk.md",
            answer,
            person,
        };
        let index = Index::new(&[
            said("a/p1#2.1", "a", "p1", 2, 0, 0),
            said("a/p1#2.2", "a", "p1", 2, 0, 0),
            said("b/p1#1", "b", "p1", 1, 1, 1),
            said("b/P9#1", "b", "P9", 1, 2, 2),
        ]);
        assert_eq!(index.find("a/p1#2.2"), Ok(Target::Passage(1)));
        assert_eq!(index.find("p1#2.2"), Ok(Target::Passage(1)));
        assert_eq!(index.find("'b/p9#1"), Ok(Target::Answer(2)));
        assert_eq!(index.find("p1"), Err(AMBIGUOUS));
        assert_eq!(index.find("b/p1"), Ok(Target::Person(1)));
        assert_eq!(index.find("b/p1#2"), Err(UNKNOWN));
        assert_eq!(index.in_document("talk"), Ok(vec![0, 1, 2]));
        assert_eq!(index.in_document("b_P9"), Ok(vec![2]));
        assert_eq!(index.in_document("walk.md"), Err(UNKNOWN));
        let said = [Said { participant: "Zoë", file: "in/Zoe\u{308}.md", ..said("b/Zoë#1", "b", "Zoë", 1, 0, 0) }];
        let index = Index::new(&said);
        assert_eq!(index.find("b/Zoe\u{308}"), Ok(Target::Person(0)));
        assert_eq!((index.in_document("zoë.md"), index.find("b/Zoe")), (Ok(vec![0]), Err(UNKNOWN)));
    }
}
