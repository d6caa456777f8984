//! What ids become, wherever they stand: as values of fields, and within texts.
//!
//! In: an analysis and a register. Out: [`Ids`]: units, participants, groups, studies and files by their new
//! names, and the places of ids in a text. One with digits and letters (`P3`) is told as a word, initials (`AB`) as
//! they are written, one of digits alone or of one letter by what stands around it ([`plain`](super::plain)). A longer
//! id of letters alone is a name, for [`names`](super::names) to find.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use regex::Regex;

use super::plain::{self, Plain};
use super::policy::{LONG_NUMBER_OF_ID, MOST_INITIALS, PLAYED, SOMEBODY};
use super::register::Register;
use crate::analysis::saved::{Analysis, UnitRow};
use crate::corpus::{Role, natural_order};

/// New names of everything that has an id.
#[derive(Debug, Default)]
pub(super) struct Ids {
    pub(super) units: HashMap<String, String>,
    /// By study and id.
    participants: HashMap<(String, String), String>,
    groups: HashMap<(String, String), String>,
    pub(super) studies: HashMap<String, String>,
    pub(super) files: HashMap<String, String>,
    /// Ids and paths in lower case, as values are.
    in_texts: HashMap<String, String>,
    /// The same as they are looked for in texts, with what members of groups are called there.
    spoken: HashMap<String, String>,
    /// Those that are told from words by themselves.
    distinct: Option<Regex>,
    /// Initials, in capitals.
    initials: Option<Regex>,
    /// Those that are told by what stands around them.
    marked: Option<Regex>,
    /// Those that are numbers or single letters.
    plain: Plain,
}

/// An id in a text.
pub(super) struct IdAt<'i> {
    pub(super) at: Range<usize>,
    /// What it becomes.
    pub(super) new: &'i str,
    /// So short that it may be something else, such as a page.
    pub(super) is_short: bool,
}

/// Endings of transcripts, before which a word is the name of a file.
const ENDINGS: &str =
    "md|txt|text|docx?|odt|rtf|pdf|csv|tsv|xlsx|json|jsonl|vtt|srt|sbv|html?|eaf|cha|otr|xml|parquet|wav|mp3|m4a|mp4";

impl Ids {
    /// `kept`: in lower case what texts keep as it is.
    pub(super) fn new(analysis: &Analysis, register: &Register, kept: &HashSet<String>) -> Self {
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
        ids.spoken = spoken(analysis, register, &ids, &all);
        ids.spoken.retain(|id, _| !kept.contains(id));
        ids.in_texts = all.into_iter().collect();
        ids.set_patterns(analysis);
        ids
    }

    fn set_patterns(&mut self, analysis: &Analysis) {
        let mut as_written: HashMap<String, String> = HashMap::new();
        for person in &analysis.summary.participants {
            for id in [Some(person.participant.as_str()), person.participant.rsplit('/').next()].into_iter().flatten() {
                as_written.entry(id.to_lowercase()).or_insert_with(|| id.to_owned());
            }
        }
        let (mut distinct, mut initials, mut marked) = (Vec::new(), Vec::new(), Vec::new());
        for id in self.spoken.keys() {
            match as_written.get(id) {
                _ if is_distinct(id) => distinct.push(id.as_str()),
                Some(written) if is_initials(written) => initials.push(written.as_str()),
                _ => marked.push(id.as_str()),
            }
        }
        self.plain = Plain::new(&self.spoken);
        let one = either(&mut distinct).map(|ids| format!("(?i)({ids})"));
        let two = either(&mut initials).map(|ids| format!("({ids})"));
        let three = either(&mut marked).map(|ids| format!("(?i)(?:`|\\b)({ids})(?:`|\\.(?:{ENDINGS})\\b|#[0-9]|@)"));
        [self.distinct, self.initials, self.marked] = [one, two, three].map(built);
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

    /// What a speaker's label that is an id becomes.
    pub(super) fn label(&self, label: &str) -> Option<&str> {
        let label = label.trim().to_lowercase();
        self.in_texts.get(&label).or_else(|| self.spoken.get(&label)).map(String::as_str)
    }

    /// The ids in a text, with what they become, in the order in which they stand.
    pub(super) fn in_text(&self, text: &str) -> Vec<IdAt<'_>> {
        let mut found: Vec<IdAt> = Vec::new();
        for pattern in [&self.distinct, &self.initials, &self.marked].into_iter().flatten() {
            for id in pattern.captures_iter(text).filter_map(|captures| captures.get(1)) {
                let new = self.spoken.get(&id.as_str().to_lowercase());
                if let Some(new) = new.filter(|_| is_free(&found, &id.range()) && plain::is_word(text, &id.range())) {
                    found.push(IdAt { at: id.range(), new, is_short: is_short(id.as_str()) });
                }
            }
        }
        for (at, new) in self.plain.named(text) {
            if is_free(&found, &at) {
                found.push(IdAt { at, new, is_short: false });
            }
        }
        found.sort_by_key(|id| id.at.start);
        found
    }

    /// Numbers and single letters in a text that may be ids, and are not told to be any.
    pub(super) fn left_in(&self, text: &str) -> Vec<Range<usize>> {
        self.plain.may_be(text)
    }
}

fn is_free(found: &[IdAt], at: &Range<usize>) -> bool {
    !found.iter().any(|other| other.at.start < at.end && at.start < other.at.end)
}

/// Whether an id is told from words by itself: it has letters and digits, or more.
fn is_distinct(id: &str) -> bool {
    let letters = id.chars().any(char::is_alphabetic);
    let others = id.chars().any(|c| !c.is_alphabetic());
    let digits = id.chars().filter(char::is_ascii_digit).count();
    (letters && others && (digits > 0 || id.chars().count() > 2)) || digits >= LONG_NUMBER_OF_ID
}

/// `AB`: capitals alone, few enough to be of names.
fn is_initials(id: &str) -> bool {
    (2..=MOST_INITIALS).contains(&id.chars().count()) && id.chars().all(char::is_uppercase)
}

/// `P3`, `AB`: also a page, a kind of mask, an abbreviation.
fn is_short(id: &str) -> bool {
    let letters = id.chars().take_while(|c| c.is_alphabetic()).count();
    let is_code = letters == 1 && id.chars().skip(1).all(|c| c.is_ascii_digit());
    is_code || is_initials(id)
}

/// `P3`, `XQ17`: what a speaker may be called who has no name.
fn is_code(label: &str) -> bool {
    let letters = label.chars().take_while(|c| c.is_alphabetic()).count();
    let digits = label.chars().skip(letters);
    (1..=MOST_INITIALS).contains(&letters) && digits.clone().count() > 0 && digits.clone().all(|c| c.is_ascii_digit())
}

/// What is looked for in texts: every id; of a group's members also what they are called in it; codes that are the
/// labels of few transcripts, whoever has them. What several people are called stands for none of them.
fn spoken(
    analysis: &Analysis,
    register: &Register,
    ids: &Ids,
    all: &BTreeMap<String, String>,
) -> HashMap<String, String> {
    let mut spoken: HashMap<String, String> = all.clone().into_iter().collect();
    let mut add = |id: &str, new: &str| {
        let known = spoken.entry(id.to_lowercase()).or_insert_with(|| new.to_owned());
        if known != new {
            *known = SOMEBODY.to_owned();
        }
    };
    for ((_, id), new) in ids.participants.iter().chain(&ids.groups) {
        add(id, new);
    }
    for person in &analysis.summary.participants {
        let id = person.participant.as_str();
        let within = person.transcript.as_ref().and_then(|group| id.strip_prefix(group.as_str())?.strip_prefix('/'));
        // Longer words are names.
        let is_id = |own: &&str| is_distinct(own) || is_initials(own) || plain::is_plain(own);
        if let Some(own) = within.filter(is_id) {
            add(own, register.of(&person.study, id).unwrap_or(SOMEBODY));
        }
    }
    let labels = analysis.summary.manifest.roles.iter();
    for role in labels.filter(|role| role.role == Role::Participant && role.transcripts < PLAYED) {
        if is_code(&role.label) {
            spoken.entry(role.label.to_lowercase()).or_insert_with(|| SOMEBODY.to_owned());
        }
    }
    spoken
}

/// A pattern of any of some ids, the longest first, as the first that fits is taken.
fn either(ids: &mut Vec<&str>) -> Option<String> {
    ids.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    (!ids.is_empty()).then(|| ids.iter().map(|id| regex::escape(id)).collect::<Vec<_>>().join("|"))
}

fn built(pattern: Option<String>) -> Option<Regex> {
    regex::RegexBuilder::new(&pattern?).size_limit(1 << 30).build().ok()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_with_letters_and_digits_is_told_from_words_and_one_of_either_alone_is_not() {
        for id in ["P3", "p12", "3a", "XQ-17", "hospital_03", "A.B.", "00047"] {
            assert!(is_distinct(id), "{id}");
        }
        for id in ["7", "1204", "AB", "Anna", "A"] {
            assert!(!is_distinct(id), "{id}");
        }
    }

    #[test]
    fn initials_are_few_capitals() {
        assert!(["AB", "ABC"].into_iter().all(is_initials));
        assert!(!["A", "Ab", "ANNAH", "A1"].into_iter().any(is_initials));
        assert!(["P3", "m12", "AB"].into_iter().all(is_short) && !["XQ17", "P3b", "Anna"].into_iter().any(is_short));
        assert!(["P3", "XQ17"].into_iter().all(is_code) && !["Speaker 2", "P", "17"].into_iter().any(is_code));
    }
}
