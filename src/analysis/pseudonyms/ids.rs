//! What ids become, wherever they stand: as values of fields, and within texts.
//!
//! In: an analysis and a register. Out: [`Ids`]: units, participants, groups, studies and files by their new
//! names, and the places of ids in a text. An id of letters alone is a name, for [`names`](super::names) to find;
//! one of digits alone is told from a number only between backticks, before an ending, `#` or `@`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use regex::Regex;

use super::register::Register;
use crate::analysis::saved::{Analysis, UnitRow};
use crate::corpus::natural_order;

/// New names of everything that has an id.
#[derive(Debug, Default)]
pub(super) struct Ids {
    pub(super) units: HashMap<String, String>,
    /// By study and id.
    participants: HashMap<(String, String), String>,
    groups: HashMap<(String, String), String>,
    pub(super) studies: HashMap<String, String>,
    pub(super) files: HashMap<String, String>,
    /// Ids and paths in lower case, as they are looked for in texts.
    in_texts: HashMap<String, String>,
    /// Those that are told from words by themselves.
    distinct: Option<Regex>,
    /// Those that are told by what stands around them.
    marked: Option<Regex>,
}

/// Endings of transcripts, before which a word is the name of a file.
const ENDINGS: &str =
    "md|txt|text|docx?|odt|rtf|pdf|csv|tsv|xlsx|json|jsonl|vtt|srt|sbv|html?|eaf|cha|otr|xml|parquet|wav|mp3|m4a|mp4";

impl Ids {
    /// `study`: what a study's name becomes, were it a text.
    pub(super) fn new(analysis: &Analysis, register: &Register) -> Self {
        let mut ids = Self::default();
        let called = |study: &str, id: &str| register.of(study, id).unwrap_or(id).to_owned();
        for person in &analysis.summary.participants {
            let (study, id) = (person.study.as_str(), person.participant.as_str());
            let own = called(study, id);
            let new = match &person.transcript {
                // Within a group the id tells the group too.
                Some(group) => {
                    let new = called(study, group);
                    ids.groups.insert((study.to_owned(), group.clone()), new.clone());
                    format!("{new}/{own}")
                }
                None => own,
            };
            ids.participants.insert((study.to_owned(), id.to_owned()), new);
        }
        ids.files = files(analysis, &ids);
        let mut all: BTreeMap<String, String> = BTreeMap::new();
        let named = ids.participants.iter().chain(&ids.groups).map(|((_, id), new)| (id, new));
        for (old, new) in named.chain(ids.files.iter().filter(|(path, _)| path.contains('/'))) {
            all.entry(old.to_lowercase()).or_insert_with(|| new.clone());
        }
        (ids.distinct, ids.marked) = patterns(all.keys());
        ids.in_texts = all.into_iter().collect();
        ids
    }

    /// Takes the new names of studies, and with them those of units.
    pub(super) fn call_studies(&mut self, analysis: &Analysis, new: impl Fn(&str) -> String) {
        let mut taken = HashSet::new();
        for study in &analysis.summary.studies {
            let of_person = self.participants.iter().find(|((_, id), _)| *id == study.name).map(|(_, new)| new.clone());
            let name = of_person.unwrap_or_else(|| new(&study.name));
            let mut unlike = name.clone();
            for number in 2.. {
                if taken.insert(unlike.to_lowercase()) {
                    break;
                }
                unlike = format!("{name} ({number})");
            }
            self.studies.insert(study.name.clone(), unlike);
        }
        self.units = analysis.units.iter().map(|unit| (unit.id.clone(), self.unit(unit))).collect();
    }

    fn unit(&self, unit: &UnitRow) -> String {
        let number = unit.id.rsplit_once('#').map_or("", |(_, number)| number);
        format!("{}/{}#{number}", self.study(&unit.study), self.participant(&unit.study, &unit.participant))
    }

    pub(super) fn study(&self, study: &str) -> String {
        self.studies.get(study).cloned().unwrap_or_else(|| study.to_owned())
    }

    pub(super) fn participant(&self, study: &str, id: &str) -> String {
        let found = self.participants.get(&(study.to_owned(), id.to_owned()));
        found.cloned().unwrap_or_else(|| id.to_owned())
    }

    pub(super) fn group(&self, study: &str, id: &str) -> String {
        self.groups.get(&(study.to_owned(), id.to_owned())).cloned().unwrap_or_else(|| id.to_owned())
    }

    /// Whether a word is a pseudonym, of a participant or of a group.
    pub(super) fn is_new(&self, word: &str) -> bool {
        self.participants.values().chain(self.groups.values()).any(|new| new == word)
    }

    /// What a value that is an id as a whole becomes: a unit's, or a participant's.
    pub(super) fn whole(&self, value: &str) -> Option<&str> {
        let person = || self.in_texts.get(&value.trim().to_lowercase());
        self.units.get(value).or_else(person).map(String::as_str)
    }

    /// The ids in a text, with what they become, in the order in which they stand.
    pub(super) fn in_text(&self, text: &str) -> Vec<(Range<usize>, &str)> {
        let mut found: Vec<(Range<usize>, &str)> = Vec::new();
        for pattern in [&self.distinct, &self.marked].into_iter().flatten() {
            for captures in pattern.captures_iter(text) {
                let Some(id) = captures.get(1) else { continue };
                let before = text[..id.start()].chars().next_back();
                let after = text[id.end()..].chars().next();
                let is_within = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                let new = self.in_texts.get(&id.as_str().to_lowercase());
                let is_free = !found.iter().any(|(other, _)| other.start < id.end() && id.start() < other.end);
                if let Some(new) = new.filter(|_| is_free && !is_within(before) && !is_within(after)) {
                    found.push((id.range(), new));
                }
            }
        }
        found.sort_by_key(|(range, _)| range.start);
        found
    }
}

/// A pattern of the ids that can be told anywhere, and of the others where backticks, an ending or `#` tell them.
fn patterns<'i>(ids: impl Iterator<Item = &'i String>) -> (Option<Regex>, Option<Regex>) {
    let (mut distinct, mut marked) = (Vec::new(), Vec::new());
    for id in ids {
        let letters = id.chars().any(char::is_alphabetic);
        let others = id.chars().any(|c| !c.is_alphabetic());
        let digits = id.chars().filter(char::is_ascii_digit).count();
        let is_distinct = (letters && others && id.chars().count() > 2) || digits > 4;
        if is_distinct { &mut distinct } else { &mut marked }.push(id.as_str());
    }
    // The longest first, as the first that fits is taken.
    let either = |ids: &mut Vec<&str>| {
        ids.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        ids.iter().map(|id| regex::escape(id)).collect::<Vec<_>>().join("|")
    };
    let built =
        |pattern: String| regex::RegexBuilder::new(&pattern).case_insensitive(true).size_limit(1 << 30).build().ok();
    let one = (!distinct.is_empty()).then(|| format!("({})", either(&mut distinct))).and_then(built);
    let other = (!marked.is_empty()).then(|| either(&mut marked));
    let other = other.map(|ids| format!("(?:`|\\b)({ids})(?:`|\\.(?:{ENDINGS})\\b|#[0-9]|@)")).and_then(built);
    (one, other)
}

/// What files are called: after the one participant, or the group, whose words are in it; another by a number.
/// Folders are left out.
fn files(analysis: &Analysis, ids: &Ids) -> HashMap<String, String> {
    let groups: HashMap<(&str, &str), &str> = analysis
        .summary
        .participants
        .iter()
        .filter_map(|p| Some(((p.study.as_str(), p.participant.as_str()), p.transcript.as_deref()?)))
        .collect();
    let mut speakers: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for input in &analysis.summary.manifest.inputs {
        speakers.entry(&input.path).or_default();
    }
    for unit in &analysis.units {
        let person = (unit.study.as_str(), unit.participant.as_str());
        let of = match groups.get(&person) {
            Some(group) => ids.group(person.0, group),
            None => ids.participant(person.0, person.1),
        };
        let known = speakers.entry(&unit.position.file).or_default();
        if !known.contains(&of) {
            known.push(of);
        }
    }
    let mut new: Vec<(&str, String)> = speakers
        .into_iter()
        .map(|(path, speakers)| {
            let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
            let ending =
                name.rsplit_once('.').map_or(String::new(), |(_, ending)| format!(".{}", ending.to_lowercase()));
            match speakers.as_slice() {
                [only] => (path, format!("{}{ending}", only.replace('/', "_"))),
                _ => (path, format!("file{ending}")),
            }
        })
        .collect();
    // Several files of one person are numbered as people read them.
    new.sort_by(|a, b| natural_order(a.0, b.0));
    let mut taken = HashSet::new();
    new.into_iter()
        .map(|(path, name)| {
            let (stem, ending) = name.rsplit_once('.').map_or((name.as_str(), ""), |(stem, ending)| (stem, ending));
            let dot = if ending.is_empty() { "" } else { "." };
            let mut unlike = name.clone();
            for number in 2.. {
                if taken.insert(unlike.clone()) {
                    break;
                }
                unlike = format!("{stem}_{number}{dot}{ending}");
            }
            (path.to_owned(), unlike)
        })
        .collect()
}
