//! How an analysis agrees with what people coded.
//!
//! In: an analysis, and the sheets of one or more coders. Out: [`Evaluation`]: what of the sheets was
//! found in the analysis, measures of agreement section by section and all together, the codes against the
//! themes, and how the coders agree with each other. It changes neither codes nor themes; the numbers are
//! [`crate::stats::agreement`]'s.
//!
//! What is compared, an *item*, is a passage where every row names one (by its id, or by the words that
//! were coded), a whole answer where a row names an answer of several passages, and a participant where
//! all rows name participants. Themes are looked for within a section, so codes are compared within each,
//! and then all together with themes that recur taken as one. Items with several codes count for each of
//! them in the table of codes and themes; measures that need one code an item leave them out. An answer
//! with several themes is in each of them in the table, and for those measures in the one with the most
//! words.

mod codes;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

pub use self::codes::{CodeOptions, CodeRow, CodeSheet, CodesError, lists_by_comma, read_codes};
use crate::analysis::pipeline::counting::rounded;
use crate::analysis::saved::{Analysis, Status, Theme, UnitRow};
use crate::corpus::words;
use crate::stats::agreement::{
    Estimate, Overlap, best_match, cohen_kappa, krippendorff_alpha, partitions, with_intervals,
};

/// Draws of participants for intervals, unless told otherwise.
pub const DRAWS: usize = 1000;
const SEED: u64 = 0xc0de;
/// Measures of a scope in the order of [`Measures`], before those of its codes.
const MEASURES: usize = 7;
/// Measures of a code in the order of [`CodeMatch`].
const OF_A_CODE: usize = 4;

/// How an analysis agrees with people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evaluation {
    /// What was compared.
    pub level: Level,
    /// How often half of the participants were drawn for the intervals.
    pub draws: usize,
    /// Each coder against the themes.
    pub coders: Vec<CoderEvaluation>,
    /// The coders against each other, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub between: Option<Between>,
}

/// What codes belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// A passage.
    Passage,
    /// A whole answer.
    Answer,
    /// A person, in all they said.
    Participant,
}

impl Level {
    /// `passage`, `answer`, `participant`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Passage => "passage",
            Self::Answer => "answer",
            Self::Participant => "participant",
        }
    }
}

/// One coder against the themes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoderEvaluation {
    /// Who coded.
    pub coder: String,
    /// The file.
    pub file: String,
    /// Which columns were read.
    pub layout: String,
    /// Columns that were not.
    pub ignored_columns: Vec<String>,
    /// Rows that name something.
    pub rows: usize,
    /// Of those, rows found in the analysis.
    pub matched_rows: usize,
    /// The others.
    pub unmatched: Vec<Unmatched>,
    /// What the matched rows name, each once; the next three add up to it.
    pub items: usize,
    /// Items with one code.
    pub with_one_code: usize,
    /// Items with several.
    pub with_several_codes: usize,
    /// Items that were looked at and got none.
    pub uncoded: usize,
    /// Participants they are of.
    pub participants: usize,
    /// Items in a theme; with the next two they add up to `items`.
    pub in_themes: usize,
    /// Items that were clustered on and are in no theme.
    pub unclustered: usize,
    /// Items that the analysis had excluded, by reason. They count as missed in recall, and are not in
    /// the measures.
    pub excluded: BTreeMap<String, usize>,
    /// Everything together; themes that recur count as one.
    pub overall: Scope,
    /// The measures within the sections, averaged by the number of items; absent where there is only one
    /// section with items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_sections: Option<Measures>,
    /// Section by section, those with items.
    pub sections: Vec<SectionEvaluation>,
}

/// A row that was not found in the analysis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unmatched {
    /// 1-based line of the file.
    pub line: usize,
    /// Its id.
    pub id: String,
    /// Why.
    pub reason: &'static str,
}

const UNKNOWN: &str = "not in the analysis";
const AMBIGUOUS: &str = "in several studies";
const SEVERAL_SPEAK: &str = "a document in which several speak, and no words are told";
const NOT_SAID: &str = "the words coded are not in it";

/// Codes against the themes of one section.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SectionEvaluation {
    /// The section's id.
    pub id: String,
    /// Its question.
    pub question: String,
    /// The comparison.
    #[serde(flatten)]
    pub scope: Scope,
}

/// Codes against themes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scope {
    /// Items that were looked at.
    pub items: usize,
    /// Measures of agreement; absent for participants, who voice several themes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measures: Option<Measures>,
    /// Each code with the theme that fits it best, the most frequent code first.
    pub codes: Vec<CodeMatch>,
    /// Codes against themes.
    pub table: Table,
}

/// Measures of agreement between codes and themes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Measures {
    /// Items with one code that were clustered on: the next five rest on them. An unclustered item is a
    /// theme of its own.
    pub items: usize,
    /// Adjusted Rand index.
    pub ari: Estimate,
    /// Adjusted mutual information.
    pub ami: Estimate,
    /// V-measure.
    pub v_measure: Estimate,
    /// Homogeneity.
    pub homogeneity: Estimate,
    /// Completeness.
    pub completeness: Estimate,
    /// Items with one code or none that were clustered on: the next two rest on them.
    pub rated_items: usize,
    /// Cohen's κ, once every code was read as the theme that fits it best, which favours agreement.
    pub kappa: Estimate,
    /// Krippendorff's α, likewise.
    pub alpha: Estimate,
}

/// A code and the theme that fits it best.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CodeMatch {
    /// The code.
    pub code: String,
    /// Items with it.
    pub items: usize,
    /// The theme (or recurring theme) with the highest F1; absent where none has an item of the code.
    pub theme: Option<String>,
    /// Its label.
    pub label: Option<String>,
    /// Items with the code in the theme.
    pub both: usize,
    /// Items that were looked at in the theme.
    pub theme_items: usize,
    /// Share of the theme's items that have the code.
    pub precision: Estimate,
    /// Share of the code's items that are in the theme.
    pub recall: Estimate,
    /// Harmonic mean of the two.
    pub f1: Estimate,
    /// Cohen's κ of code and theme as yes or no.
    pub kappa: Estimate,
}

/// How many items of each code are in each theme. Items with several codes or themes count for each.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// The themes.
    pub themes: Vec<String>,
    /// One row a code, the most frequent first.
    pub codes: Vec<TableRow>,
    /// Items without a code.
    pub uncoded: TableRow,
}

/// One code's row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TableRow {
    /// The code; empty for items without one.
    pub code: String,
    /// Items with it.
    pub items: usize,
    /// Of those in each theme.
    pub themes: Vec<usize>,
    /// In none.
    pub unclustered: usize,
    /// Excluded by the analysis.
    pub excluded: usize,
}

/// How coders agree with each other, and with the themes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Between {
    /// Items that two coders or more gave one code or none.
    pub items: usize,
    /// Items left out because somebody gave several codes.
    pub with_several_codes: usize,
    /// Each two coders. The last coder is `themes`: every theme read as the code that fits it best,
    /// which favours agreement.
    pub pairs: Vec<Pair>,
    /// Krippendorff's α of the people.
    pub alpha: Estimate,
    /// The same with the themes as one more coder.
    pub alpha_with_themes: Estimate,
}

/// Two coders.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// One.
    pub first: String,
    /// The other.
    pub second: String,
    /// Items that both gave one code or none.
    pub items: usize,
    /// Cohen's κ.
    pub kappa: Estimate,
}

/// Compares what people coded with an analysis. `draws`: how often half of the participants are drawn for
/// the intervals; 0 for none.
///
/// # Errors
/// [`CodesError::NothingMatches`] where no row of a sheet is found, [`CodesError::Levels`] where some rows
/// name participants and others what they said.
pub fn evaluate(analysis: &Analysis, sheets: &[CodeSheet], draws: usize) -> Result<Evaluation, CodesError> {
    let named = named_apart(sheets);
    let sheets = named.as_slice();
    let material = Material::new(analysis);
    let index = Index::new(&material);
    let mut found = Vec::new();
    for sheet in sheets {
        found.push(find_rows(sheet, &material, &index)?);
    }
    let level = level(sheets, &found, &material)?;
    let mut names = CodeNames::default();
    let codings: Vec<BTreeMap<usize, BTreeSet<usize>>> =
        found.iter().map(|found| coding(found, level, &material, &mut names)).collect();
    let items: Vec<Vec<Item>> = codings
        .iter()
        .map(|coding| coding.iter().map(|(&key, codes)| Item::new(key, codes, level, &material)).collect())
        .collect();
    let coders = sheets.iter().zip(found).zip(&items);
    let evaluated =
        coders.map(|((sheet, found), items)| coder_evaluation(sheet, found, items, level, &material, &names, draws));
    Ok(Evaluation {
        level,
        draws,
        coders: evaluated.collect(),
        between: (items.len() > 1 && level != Level::Participant)
            .then(|| between(sheets, &items, &material, &names, draws)),
    })
}

/// The sheets with names that tell them apart: the file's is added where two coders are called the same.
fn named_apart(sheets: &[CodeSheet]) -> Vec<CodeSheet> {
    let twice = |sheet: &&CodeSheet| sheets.iter().filter(|other| other.coder == sheet.coder).count() > 1;
    let name = |sheet: &CodeSheet| {
        let coder = if twice(&sheet) { format!("{} ({})", sheet.coder, sheet.path) } else { sheet.coder.clone() };
        CodeSheet { coder, ..sheet.clone() }
    };
    sheets.iter().map(name).collect()
}

/// An analysis, numbered.
struct Material<'a> {
    units: &'a [UnitRow],
    /// The units of each answer, in order.
    answers: Vec<Vec<usize>>,
    answer_of: Vec<usize>,
    persons: Vec<(&'a str, &'a str)>,
    person_of: Vec<usize>,
    units_of_person: Vec<Vec<usize>>,
    themes: Vec<&'a Theme>,
    theme_of: Vec<Option<usize>>,
    /// Id and label of each theme or, where it recurs, of the recurring one.
    groups: Vec<(&'a str, &'a str)>,
    group_of_theme: Vec<usize>,
    /// Id, question and themes of each section.
    sections: Vec<(&'a str, &'a str, Vec<usize>)>,
    section_of: Vec<Option<usize>>,
}

impl<'a> Material<'a> {
    fn new(analysis: &'a Analysis) -> Self {
        let units = analysis.units.as_slice();
        let mut answer_numbers: HashMap<(&str, &str, usize), usize> = HashMap::new();
        let mut person_numbers: HashMap<(&str, &str), usize> = HashMap::new();
        let (mut answers, mut persons, mut units_of_person) = (Vec::new(), Vec::new(), Vec::new());
        let (mut answer_of, mut person_of) = (Vec::new(), Vec::new());
        for (at, unit) in units.iter().enumerate() {
            let answer = *answer_numbers.entry((&unit.study, &unit.participant, unit.answer)).or_insert(answers.len());
            if answer == answers.len() {
                answers.push(Vec::new());
            }
            answers[answer].push(at);
            answer_of.push(answer);
            let person = *person_numbers.entry((&unit.study, &unit.participant)).or_insert(persons.len());
            if person == persons.len() {
                persons.push((unit.study.as_str(), unit.participant.as_str()));
                units_of_person.push(Vec::new());
            }
            units_of_person[person].push(at);
            person_of.push(person);
        }
        let themes: Vec<&Theme> = analysis.summary.themes().collect();
        let theme_numbers: HashMap<&str, usize> =
            themes.iter().enumerate().map(|(number, theme)| (theme.id.as_str(), number)).collect();
        let mut groups: Vec<(&str, &str)> = Vec::new();
        let mut group_of_theme = Vec::new();
        for theme in &themes {
            let recurring = analysis.summary.recurring.iter().find(|r| Some(&r.id) == theme.recurring.as_ref());
            let group = match recurring {
                Some(recurring) => (recurring.id.as_str(), recurring.label.as_str()),
                None => (theme.id.as_str(), theme.label.as_str()),
            };
            let known = groups.iter().position(|known| known.0 == group.0);
            group_of_theme.push(known.unwrap_or(groups.len()));
            if known.is_none() {
                groups.push(group);
            }
        }
        let sections = &analysis.summary.sections;
        let number_of = |id: &String| theme_numbers.get(id.as_str()).copied();
        Self {
            units,
            answers,
            answer_of,
            persons,
            person_of,
            units_of_person,
            theme_of: units.iter().map(|unit| unit.theme.as_ref().and_then(number_of)).collect(),
            groups,
            group_of_theme,
            sections: sections
                .iter()
                .map(|section| {
                    let themes = section.themes.iter().filter_map(|theme| number_of(&theme.id)).collect();
                    (section.id.as_str(), section.question.as_str(), themes)
                })
                .collect(),
            section_of: units
                .iter()
                .map(|unit| sections.iter().position(|section| Some(&section.id) == unit.section.as_ref()))
                .collect(),
            themes,
        }
    }

    fn units_of(&self, level: Level, key: usize) -> Vec<usize> {
        match level {
            Level::Passage => vec![key],
            Level::Answer => self.answers[key].clone(),
            Level::Participant => self.units_of_person[key].clone(),
        }
    }
}

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Passage(usize),
    Answer(usize),
    Person(usize),
}

/// Everything that can be named, by its id with and without the study. Exact ids come first; then case is
/// not looked at.
#[derive(Default)]
struct Index {
    exact: HashMap<String, Option<Target>>,
    folded: HashMap<String, Option<Target>>,
    /// Who speaks in a document, by its name without folder and ending, in lower case.
    documents: HashMap<String, BTreeSet<usize>>,
}

impl Index {
    fn new(material: &Material) -> Self {
        let mut index = Self::default();
        for (number, units) in material.answers.iter().enumerate() {
            let first = &material.units[units[0]];
            index.insert(&first.study, &format!("{}#{}", first.participant, first.answer), Target::Answer(number));
            for &unit in units.iter().filter(|_| units.len() > 1) {
                let row = &material.units[unit];
                let short = row.id.strip_prefix(&format!("{}/", row.study)).unwrap_or(&row.id);
                index.insert(&row.study, short, Target::Passage(unit));
            }
        }
        for (number, (study, participant)) in material.persons.iter().enumerate() {
            index.insert(study, participant, Target::Person(number));
            // A group's document is called after its transcript.
            let transcript = participant.split('/').next().unwrap_or(participant);
            index.documents.entry(document_name(transcript)).or_default().insert(number);
        }
        for (unit, &person) in material.units.iter().zip(&material.person_of) {
            index.documents.entry(document_name(&unit.position.file)).or_default().insert(person);
        }
        index
    }

    fn insert(&mut self, study: &str, short: &str, target: Target) {
        for id in [format!("{study}/{short}"), short.to_owned()] {
            for (map, id) in [(&mut self.folded, id.to_lowercase()), (&mut self.exact, id)] {
                let known = map.entry(id).or_insert(Some(target));
                if *known != Some(target) {
                    *known = None;
                }
            }
        }
    }

    /// Who speaks in a document, by its name with or without the ending.
    fn in_document(&self, name: &str) -> Result<Vec<usize>, &'static str> {
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

    fn find(&self, id: &str) -> Result<Target, &'static str> {
        // `export --excel` puts an apostrophe before what a spreadsheet would take for a formula.
        let plain = id.strip_prefix('\'').unwrap_or(id);
        let known = self.exact.get(id).or_else(|| self.exact.get(plain));
        match known.or_else(|| self.folded.get(&plain.to_lowercase())) {
            Some(Some(target)) => Ok(*target),
            Some(None) => Err(AMBIGUOUS),
            None => Err(UNKNOWN),
        }
    }
}

/// The name of a document without folders, an ending that transcripts have, and case.
fn document_name(path: &str) -> String {
    const ENDINGS: [&str; 20] = [
        "md", "txt", "text", "docx", "doc", "odt", "rtf", "pdf", "csv", "tsv", "xlsx", "json", "jsonl", "vtt", "srt",
        "html", "eaf", "cha", "otr", "xml",
    ];
    let name = path.trim().rsplit(['/', '\\']).next().unwrap_or(path).to_lowercase();
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ENDINGS.contains(&ending) => stem.to_owned(),
        _ => name,
    }
}

/// What became of the rows of a sheet.
struct Found<'s> {
    /// Each matched row with what it names.
    matched: Vec<(&'s CodeRow, Vec<Target>)>,
    unmatched: Vec<Unmatched>,
}

fn find_rows<'s>(sheet: &'s CodeSheet, material: &Material, index: &Index) -> Result<Found<'s>, CodesError> {
    let mut found = Found { matched: Vec::new(), unmatched: Vec::new() };
    for row in &sheet.rows {
        let targets = match row.is_document {
            true => in_document(row, index, material),
            false => index.find(&row.id).and_then(|target| narrowed(target, row, material)),
        };
        match targets {
            Ok(targets) => found.matched.push((row, targets)),
            Err(reason) => found.unmatched.push(Unmatched { line: row.line, id: row.id.clone(), reason }),
        }
    }
    if found.matched.is_empty() {
        let ids: Vec<&str> = found.unmatched.iter().map(|row| row.id.as_str()).collect();
        let of_analysis: Vec<&str> = material.units.iter().skip(1).map(|unit| unit.id.as_str()).collect();
        let every = |reason| found.unmatched.iter().all(|row| row.reason == reason);
        return Err(CodesError::NothingMatches {
            path: sheet.path.clone(),
            in_file: crate::corpus::some(&ids),
            in_analysis: crate::corpus::some(&of_analysis),
            hint: if every(AMBIGUOUS) {
                "the same participants are in several studies: write `study/participant`, or add a column `study`"
            } else if every(NOT_SAID) {
                "the words coded must stand in the interview as they do in the table; give the ids of passages \
                 in their place"
            } else {
                "take the names of the files that were analysed, or the ids of the column `unit` of `leitmotif export ANALYSIS --to csv`, those of answers \
                 (`study/participant#number`) or participants; another column of ids is named with `--id-column`"
            },
        });
    }
    Ok(found)
}

/// What a row names that tells a document and the words coded in it; without words its only speaker.
fn in_document(row: &CodeRow, index: &Index, material: &Material) -> Result<Vec<Target>, &'static str> {
    let persons = match (index.in_document(&row.id), index.find(&row.id)) {
        (Ok(persons), _) => persons,
        (Err(_), Ok(target)) => return narrowed(target, row, material),
        (Err(reason), Err(_)) => return Err(reason),
    };
    match (&row.excerpt, persons.as_slice()) {
        (None, [only]) => Ok(vec![Target::Person(*only)]),
        (None, _) => Err(SEVERAL_SPEAK),
        (Some(_), _) => {
            let found = persons.into_iter().find_map(|person| narrowed(Target::Person(person), row, material).ok());
            found.ok_or(NOT_SAID)
        }
    }
}

/// The passages that the coded words stand in, where the id names more than a passage.
fn narrowed(target: Target, row: &CodeRow, material: &Material) -> Result<Vec<Target>, &'static str> {
    let Some(excerpt) = &row.excerpt else { return Ok(vec![target]) };
    let answers = match target {
        Target::Passage(_) => return Ok(vec![target]),
        Target::Answer(answer) if material.answers[answer].len() == 1 => return Ok(vec![target]),
        Target::Answer(answer) => vec![answer],
        Target::Person(person) => {
            let mut answers: Vec<usize> =
                material.units_of_person[person].iter().map(|&unit| material.answer_of[unit]).collect();
            answers.dedup();
            answers
        }
    };
    let whole = answers.iter().find_map(|&answer| passages_with(excerpt, &material.answers[answer], material));
    let passages = whole.or_else(|| passages_within(excerpt, &answers, material));
    passages.map(|units| units.into_iter().map(Target::Passage).collect()).ok_or(NOT_SAID)
}

/// The passages of an answer that voice an excerpt of it: those that share with it at least a third of the
/// shorter of the two, in characters; or the one that shares the most. White space, case and the shape of
/// quotation marks do not matter. `None` where the excerpt is not in the answer.
fn passages_with(excerpt: &str, units: &[usize], material: &Material) -> Option<Vec<usize>> {
    let excerpt = folded(excerpt);
    let mut text = String::new();
    let mut spans = Vec::new();
    for &unit in units {
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(&folded(&material.units[unit].text));
        spans.push(start..text.len());
    }
    let start = text.find(&excerpt).filter(|_| !excerpt.is_empty())?;
    let end = start + excerpt.len();
    let shared = |place: usize| spans[place].end.min(end).saturating_sub(spans[place].start.max(start));
    let voices: Vec<usize> =
        (0..units.len()).filter(|&place| 3 * shared(place) >= spans[place].len().min(excerpt.len())).collect();
    let voices = if voices.is_empty() {
        (0..units.len()).max_by_key(|&place| shared(place)).into_iter().collect()
    } else {
        voices
    };
    Some(voices.into_iter().map(|place| units[place]).collect())
}

/// The passages that stand within an excerpt, which goes beyond an answer: the question was coded too.
fn passages_within(excerpt: &str, answers: &[usize], material: &Material) -> Option<Vec<usize>> {
    const TELLING: usize = 5; // words
    let excerpt = folded(excerpt);
    let is_within = |unit: &usize| {
        let text = &material.units[*unit].text;
        words(text) >= TELLING && excerpt.contains(&folded(text))
    };
    let units: Vec<usize> =
        answers.iter().flat_map(|&answer| &material.answers[answer]).copied().filter(is_within).collect();
    (!units.is_empty()).then_some(units)
}

fn folded(text: &str) -> String {
    let straight = |c: char| match c {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        other => other,
    };
    let words: Vec<String> = text.split_whitespace().map(|word| word.chars().map(straight).collect()).collect();
    words.join(" ").to_lowercase()
}

/// What all sheets can be compared by.
fn level(sheets: &[CodeSheet], found: &[Found], material: &Material) -> Result<Level, CodesError> {
    let places = sheets.iter().zip(found).flat_map(|(sheet, found)| {
        found.matched.iter().flat_map(move |(row, targets)| targets.iter().map(move |&target| (sheet, *row, target)))
    });
    let shown =
        |(sheet, row, _): (&CodeSheet, &CodeRow, Target)| format!("`{}` ({}, line {})", row.id, sheet.path, row.line);
    let (mut person, mut said, mut level) = (None, None, Level::Passage);
    for place in places {
        match place.2 {
            Target::Person(_) => person = person.or(Some(place)),
            Target::Answer(answer) if material.answers[answer].len() > 1 => level = Level::Answer,
            _ => {}
        }
        if !matches!(place.2, Target::Person(_)) {
            said = said.or(Some(place));
        }
    }
    match (person, said) {
        (Some(person), Some(said)) => Err(CodesError::Levels { participant: shown(person), said: shown(said) }),
        (Some(_), None) => Ok(Level::Participant),
        _ => Ok(level),
    }
}

/// The names of codes, each with the spelling met first; case does not tell them apart.
#[derive(Default)]
struct CodeNames {
    names: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl CodeNames {
    fn number(&mut self, name: &str) -> usize {
        let next = self.names.len();
        let number = *self.numbers.entry(name.to_lowercase()).or_insert(next);
        if number == next {
            self.names.push(name.to_owned());
        }
        number
    }
}

/// The codes of each item of a coder.
fn coding(found: &Found, level: Level, material: &Material, names: &mut CodeNames) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut coding: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (row, targets) in &found.matched {
        let numbers: Vec<usize> = row.codes.iter().map(|name| names.number(name)).collect();
        for &target in targets {
            let key = match (level, target) {
                (Level::Passage, Target::Answer(answer)) => material.answers[answer][0],
                (Level::Answer, Target::Passage(unit)) => material.answer_of[unit],
                (_, Target::Passage(key) | Target::Answer(key) | Target::Person(key)) => key,
            };
            coding.entry(key).or_default().extend(&numbers);
        }
    }
    coding
}

/// Something that was coded, and where the analysis put it.
struct Item {
    key: usize,
    person: usize,
    section: Option<usize>,
    codes: Vec<usize>,
    /// Every theme of it, none twice.
    themes: Vec<usize>,
    /// That with the most words.
    theme: Option<usize>,
    /// Why the analysis left it out, where it did.
    excluded: Option<String>,
}

impl Item {
    fn new(key: usize, codes: &BTreeSet<usize>, level: Level, material: &Material) -> Self {
        let units = material.units_of(level, key);
        let mut length: Vec<(usize, usize)> = Vec::new();
        for &unit in &units {
            let Some(theme) = material.theme_of[unit] else { continue };
            let said = words(&material.units[unit].text);
            match length.iter_mut().find(|(known, _)| *known == theme) {
                Some((_, length)) => *length += said,
                None => length.push((theme, said)),
            }
        }
        // The first of several that are as long.
        let longest = length.iter().rev().max_by_key(|(_, length)| *length).map(|&(theme, _)| theme);
        let all_excluded = units.iter().all(|&unit| matches!(material.units[unit].status, Status::Excluded(_)));
        Self {
            key,
            person: material.person_of[units[0]],
            section: if level == Level::Participant { None } else { material.section_of[units[0]] },
            codes: codes.iter().copied().collect(),
            themes: length.iter().map(|&(theme, _)| theme).collect(),
            theme: if level == Level::Participant { None } else { longest },
            excluded: match material.units[units[0]].status {
                Status::Excluded(reason) if all_excluded => Some(reason.word().to_owned()),
                _ => None,
            },
        }
    }

    /// Its code, where it has one only and was clustered on.
    fn single(&self) -> Option<usize> {
        (self.codes.len() == 1 && self.excluded.is_none()).then(|| self.codes[0])
    }

    /// Whether it has one code or none, and was clustered on.
    fn is_rated(&self) -> bool {
        self.codes.len() <= 1 && self.excluded.is_none()
    }
}

/// Some items, and the themes they are held against: those of a section, or all with recurring ones taken
/// as one.
struct Frame<'a> {
    /// Id and label.
    groups: Vec<(&'a str, &'a str)>,
    /// For each theme its place in `groups`.
    place_of: HashMap<usize, usize>,
    section: Option<usize>,
    /// Its codes, the most frequent first, with the place in `groups` that fits best.
    codes: Vec<(usize, Option<usize>)>,
    /// For each code its place in `codes`.
    number_of: HashMap<usize, usize>,
}

impl<'a> Frame<'a> {
    fn new(section: Option<usize>, items: &[Item], material: &Material<'a>, names: &CodeNames) -> Self {
        let (groups, place_of): (Vec<(&str, &str)>, HashMap<usize, usize>) = match section {
            None => (material.groups.clone(), material.group_of_theme.iter().copied().enumerate().collect()),
            Some(section) => {
                let themes = &material.sections[section].2;
                let name = |&theme: &usize| (material.themes[theme].id.as_str(), material.themes[theme].label.as_str());
                (
                    themes.iter().map(name).collect(),
                    themes.iter().enumerate().map(|(place, &theme)| (theme, place)).collect(),
                )
            }
        };
        let mut frame = Self { groups, place_of, section, codes: Vec::new(), number_of: HashMap::new() };
        let held = frame.items(items.iter());
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        held.iter().flat_map(|item| &item.codes).for_each(|&code| *counts.entry(code).or_default() += 1);
        let mut codes: Vec<usize> = counts.keys().copied().collect();
        codes.sort_by_key(|code| (std::cmp::Reverse(counts[code]), names.names[*code].to_lowercase()));
        let best = |&code: &usize| (code, best_match(&frame.overlaps(&held, code)));
        frame.codes = codes.iter().map(best).collect();
        frame.number_of = codes.into_iter().enumerate().map(|(number, code)| (code, number)).collect();
        frame
    }

    /// Those of some items that it is about.
    fn items<'i>(&self, items: impl Iterator<Item = &'i Item>) -> Vec<&'i Item> {
        items.filter(|item| self.section.is_none() || item.section == self.section).collect()
    }

    fn place(&self, theme: usize) -> Option<usize> {
        self.place_of.get(&theme).copied()
    }

    /// The places of all of an item's themes.
    fn places(&self, item: &Item) -> BTreeSet<usize> {
        item.themes.iter().filter_map(|&theme| self.place(theme)).collect()
    }

    /// A code against each theme.
    fn overlaps(&self, items: &[&Item], code: usize) -> Vec<Overlap> {
        let mut overlaps = vec![Overlap::default(); self.groups.len()];
        let coded = items.iter().filter(|item| item.codes.contains(&code)).count();
        for item in items {
            for place in self.places(item) {
                overlaps[place].grouped += 1;
                overlaps[place].both += usize::from(item.codes.contains(&code));
            }
        }
        overlaps.iter_mut().for_each(|overlap| overlap.coded = coded);
        overlaps
    }

    /// Code and theme of a rated item as categories: the theme, none, or a code that has no theme.
    fn categories(&self, item: &Item) -> (usize, usize) {
        let none = self.groups.len();
        let of_code = |code: usize| {
            let best = self.number_of.get(&code).and_then(|&number| self.codes[number].1);
            best.unwrap_or(none + 1 + code)
        };
        let theme = item.theme.and_then(|theme| self.place(theme));
        (item.codes.first().map_or(none, |&code| of_code(code)), theme.unwrap_or(none))
    }

    /// The measures, then those of each code, of the items that it is about.
    fn statistics(&self, items: &[&Item]) -> Vec<Option<f64>> {
        let (mut known, mut found, mut ratings) = (Vec::new(), Vec::new(), Vec::new());
        for item in items {
            if let Some(code) = item.single() {
                known.push(code);
                found.push(item.theme.and_then(|theme| self.place(theme)));
            }
            if item.is_rated() {
                ratings.push(self.categories(item));
            }
        }
        let agreement = partitions(&known, &found);
        let pairs: Vec<[usize; 2]> = ratings.iter().map(|&(code, theme)| [code, theme]).collect();
        let mut statistics = vec![
            agreement.map(|a| a.ari),
            agreement.map(|a| a.ami),
            agreement.map(|a| a.v_measure),
            agreement.map(|a| a.homogeneity),
            agreement.map(|a| a.completeness),
            cohen_kappa(&ratings),
            krippendorff_alpha(pairs.iter().map(|pair| pair.as_slice())),
        ];
        let mut overlaps = vec![Overlap::default(); self.codes.len()];
        let mut sizes = vec![0; self.groups.len()];
        for item in items {
            let places = self.places(item);
            places.iter().for_each(|&place| sizes[place] += 1);
            for number in item.codes.iter().filter_map(|code| self.number_of.get(code)) {
                overlaps[*number].coded += 1;
                let inside = self.codes[*number].1.is_some_and(|place| places.contains(&place));
                overlaps[*number].both += usize::from(inside);
            }
        }
        for (mut overlap, &(_, place)) in overlaps.into_iter().zip(&self.codes) {
            overlap.grouped = place.map_or(0, |place| sizes[place]);
            let matched = |value: Option<f64>| place.and(value);
            statistics.extend([
                matched(overlap.precision()),
                matched(overlap.recall()),
                matched(overlap.f1()),
                matched(overlap.kappa(items.len())),
            ]);
        }
        statistics
    }

    /// The comparison in words and numbers; `estimates` as [`Self::statistics`] orders them.
    fn scope(&self, items: &[&Item], estimates: &[Estimate], level: Level, names: &CodeNames) -> Scope {
        let of_codes = estimates[MEASURES..].chunks(OF_A_CODE);
        let codes = self.codes.iter().zip(of_codes).map(|(&(code, place), of_code)| {
            let overlap = place.map(|place| self.overlaps(items, code)[place]).unwrap_or_default();
            CodeMatch {
                code: names.names[code].clone(),
                items: items.iter().filter(|item| item.codes.contains(&code)).count(),
                theme: place.map(|place| self.groups[place].0.to_owned()),
                label: place.map(|place| self.groups[place].1.to_owned()),
                both: overlap.both,
                theme_items: overlap.grouped,
                precision: share(of_code[0]),
                recall: share(of_code[1]),
                f1: share(of_code[2]),
                kappa: exact(of_code[3]),
            }
        });
        Scope {
            items: items.len(),
            measures: (level != Level::Participant).then(|| measures(items, estimates)),
            codes: codes.collect(),
            table: self.table(items, names),
        }
    }

    fn table(&self, items: &[&Item], names: &CodeNames) -> Table {
        let row = |name: &str, has: &dyn Fn(&Item) -> bool| {
            let mut row = TableRow {
                code: name.to_owned(),
                items: 0,
                themes: vec![0; self.groups.len()],
                unclustered: 0,
                excluded: 0,
            };
            for item in items.iter().filter(|item| has(item)) {
                let places = self.places(item);
                row.items += 1;
                row.excluded += usize::from(item.excluded.is_some());
                row.unclustered += usize::from(item.excluded.is_none() && places.is_empty());
                places.into_iter().for_each(|place| row.themes[place] += 1);
            }
            row
        };
        Table {
            themes: self.groups.iter().map(|group| group.0.to_owned()).collect(),
            codes: self
                .codes
                .iter()
                .map(|&(code, _)| row(&names.names[code], &|item| item.codes.contains(&code)))
                .collect(),
            uncoded: row("", &|item| item.codes.is_empty()),
        }
    }
}

fn measures(items: &[&Item], estimates: &[Estimate]) -> Measures {
    Measures {
        items: items.iter().filter(|item| item.single().is_some()).count(),
        ari: exact(estimates[0]),
        ami: exact(estimates[1]),
        v_measure: share(estimates[2]),
        homogeneity: share(estimates[3]),
        completeness: share(estimates[4]),
        rated_items: items.iter().filter(|item| item.is_rated()).count(),
        kappa: exact(estimates[5]),
        alpha: exact(estimates[6]),
    }
}

fn exact(estimate: Estimate) -> Estimate {
    Estimate { value: estimate.value.map(rounded), low: estimate.low.map(rounded), high: estimate.high.map(rounded) }
}

/// Of what cannot be below 0.
fn share(estimate: Estimate) -> Estimate {
    let estimate = exact(estimate);
    Estimate { low: estimate.low.map(|low| low.max(0.0)), ..estimate }
}

/// Means of the measures of sections, by the number of items that each rests on.
fn means(sections: &[(Vec<&Item>, Vec<Option<f64>>)]) -> Vec<Option<f64>> {
    (0..MEASURES)
        .map(|measure| {
            let (mut sum, mut weight) = (0.0, 0.0);
            for (items, statistics) in sections {
                let counts = |item: &&&Item| if measure < 5 { item.single().is_some() } else { item.is_rated() };
                let n = items.iter().filter(counts).count() as f64;
                if let Some(value) = statistics[measure] {
                    sum += n * value;
                    weight += n;
                }
            }
            (weight > 0.0).then(|| sum / weight)
        })
        .collect()
}

fn coder_evaluation(
    sheet: &CodeSheet,
    found: Found,
    items: &[Item],
    level: Level,
    material: &Material,
    names: &CodeNames,
    draws: usize,
) -> CoderEvaluation {
    let overall = Frame::new(None, items, material, names);
    let present: BTreeSet<usize> = items.iter().filter_map(|item| item.section).collect();
    let sections: Vec<Frame> =
        present.into_iter().map(|section| Frame::new(Some(section), items, material, names)).collect();
    let persons: Vec<usize> = items.iter().map(|item| item.person).collect();
    let estimates = with_intervals(&persons, draws, SEED, (-1.0, 1.0), |drawn| {
        let drawn: Vec<&Item> = drawn.iter().map(|&at| &items[at]).collect();
        let of_sections: Vec<(Vec<&Item>, Vec<Option<f64>>)> = sections
            .iter()
            .map(|frame| {
                let held = frame.items(drawn.iter().copied());
                let statistics = frame.statistics(&held);
                (held, statistics)
            })
            .collect();
        let mut all = overall.statistics(&drawn);
        all.extend(means(&of_sections));
        all.extend(of_sections.into_iter().flat_map(|(_, statistics)| statistics));
        all
    });
    let everything: Vec<&Item> = items.iter().collect();
    let (of_all, rest) = estimates.split_at(MEASURES + OF_A_CODE * overall.codes.len());
    let (within, mut rest) = rest.split_at(MEASURES);
    let mut evaluated = Vec::new();
    for frame in &sections {
        let (own, others) = rest.split_at(MEASURES + OF_A_CODE * frame.codes.len());
        rest = others;
        let (id, question, _) = &material.sections[frame.section.unwrap_or_default()];
        let held = frame.items(items.iter());
        evaluated.push(SectionEvaluation {
            id: (*id).to_owned(),
            question: (*question).to_owned(),
            scope: frame.scope(&held, own, level, names),
        });
    }
    let mut excluded: BTreeMap<String, usize> = BTreeMap::new();
    items.iter().filter_map(|item| item.excluded.clone()).for_each(|reason| *excluded.entry(reason).or_default() += 1);
    let count = |wanted: &dyn Fn(&Item) -> bool| items.iter().filter(|item| wanted(item)).count();
    CoderEvaluation {
        coder: sheet.coder.clone(),
        file: sheet.path.clone(),
        layout: sheet.layout.clone(),
        ignored_columns: sheet.ignored.clone(),
        rows: sheet.rows.len(),
        matched_rows: found.matched.len(),
        unmatched: found.unmatched,
        items: items.len(),
        with_one_code: count(&|item| item.codes.len() == 1),
        with_several_codes: count(&|item| item.codes.len() > 1),
        uncoded: count(&|item| item.codes.is_empty()),
        participants: persons.iter().collect::<BTreeSet<_>>().len(),
        in_themes: count(&|item| !item.themes.is_empty()),
        unclustered: count(&|item| item.themes.is_empty() && item.excluded.is_none()),
        excluded,
        overall: overall.scope(&everything, of_all, level, names),
        within_sections: (evaluated.len() > 1).then(|| measures(&everything, within)),
        sections: evaluated,
    }
}

/// What the themes are called as a coder.
const THEMES: &str = "themes";

/// The coders against each other, and against the themes read as codes.
fn between(sheets: &[CodeSheet], items: &[Vec<Item>], material: &Material, names: &CodeNames, draws: usize) -> Between {
    let uncoded = names.names.len();
    let code_of_theme = codes_of_themes(items, material);
    let mut several: BTreeSet<usize> = BTreeSet::new();
    // By item: its person, the category from each coder, and from the themes.
    let mut rated: BTreeMap<usize, (usize, Vec<Option<usize>>)> = BTreeMap::new();
    for (coder, items) in items.iter().enumerate() {
        for item in items {
            let row = rated.entry(item.key).or_insert_with(|| (item.person, vec![None; sheets.len() + 1]));
            if item.codes.len() > 1 {
                several.insert(item.key);
                continue;
            }
            row.1[coder] = Some(item.codes.first().copied().unwrap_or(uncoded));
            if item.excluded.is_none() {
                let read_as = |theme: usize| code_of_theme[theme].unwrap_or(uncoded + 1 + theme);
                row.1[sheets.len()] = Some(item.theme.map_or(uncoded, read_as));
            }
        }
    }
    let by_two = |row: &[Option<usize>]| row[..sheets.len()].iter().flatten().count() > 1;
    rated.retain(|_, (_, row)| by_two(row));
    let rows: Vec<(usize, Vec<Option<usize>>)> = rated.into_values().collect();
    let names_of: Vec<&str> = sheets.iter().map(|sheet| sheet.coder.as_str()).chain([THEMES]).collect();
    let pairs: Vec<(usize, usize)> =
        (0..names_of.len()).flat_map(|a| (a + 1..names_of.len()).map(move |b| (a, b))).collect();
    let both = |row: &[Option<usize>], (a, b): (usize, usize)| Some((row[a]?, row[b]?));
    let persons: Vec<usize> = rows.iter().map(|(person, _)| *person).collect();
    let estimates = with_intervals(&persons, draws, SEED, (-1.0, 1.0), |drawn| {
        let drawn = || drawn.iter().map(|&at| rows[at].1.as_slice());
        let alpha = |n_coders: usize| {
            let ratings: Vec<Vec<usize>> =
                drawn().map(|row| row[..n_coders].iter().flatten().copied().collect()).collect();
            krippendorff_alpha(ratings.iter().map(Vec::as_slice))
        };
        let kappas = pairs.iter().map(|&pair| {
            let ratings: Vec<(usize, usize)> = drawn().filter_map(|row| both(row, pair)).collect();
            cohen_kappa(&ratings)
        });
        kappas.chain([alpha(sheets.len()), alpha(sheets.len() + 1)]).collect()
    });
    let pair = |(&(a, b), &kappa): (&(usize, usize), &Estimate)| Pair {
        first: names_of[a].to_owned(),
        second: names_of[b].to_owned(),
        items: rows.iter().filter(|(_, row)| both(row, (a, b)).is_some()).count(),
        kappa: exact(kappa),
    };
    Between {
        items: rows.len(),
        with_several_codes: several.len(),
        pairs: pairs.iter().zip(&estimates).map(pair).collect(),
        alpha: exact(estimates[pairs.len()]),
        alpha_with_themes: exact(estimates[pairs.len() + 1]),
    }
}

/// For each theme the code with the highest F1 in its section, over all coders together.
fn codes_of_themes(items: &[Vec<Item>], material: &Material) -> Vec<Option<usize>> {
    let n_codes = items.iter().flatten().flat_map(|item| &item.codes).max().map_or(0, |&last| last + 1);
    let mut code_of = vec![None; material.themes.len()];
    for (section, (_, _, themes)) in material.sections.iter().enumerate() {
        let held: Vec<&Item> = items.iter().flatten().filter(|item| item.section == Some(section)).collect();
        for &theme in themes {
            let mut overlaps = vec![Overlap::default(); n_codes];
            for item in &held {
                let inside = item.themes.contains(&theme);
                overlaps.iter_mut().for_each(|overlap| overlap.grouped += usize::from(inside));
                for &code in &item.codes {
                    overlaps[code].coded += 1;
                    overlaps[code].both += usize::from(inside);
                }
            }
            code_of[theme] = best_match(&overlaps);
        }
    }
    code_of
}
