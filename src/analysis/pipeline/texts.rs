//! The texts of an analysis that need a vector.
//!
//! In: a corpus before, or an analysis after the clustering. Out: units, the interviewer's wordings,
//! example greetings and closings, and, after the clustering, the terms and the clauses that themes may
//! be named by, and the margin notes; each with its id. The pipeline and the export of texts both ask here, so that what is written for
//! embedding elsewhere is what an analysis asks for.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::headlines;
use super::rows::is_coded;
use crate::analysis::people::people_of;
use crate::analysis::saved::{Analysis, GivenCode, SectionSummary, Status, UnitRow};
use crate::corpus::{Corpus, Exclusion, Unit, UnitOptions, divide};
use crate::embed::{Item, TextKind};
use crate::guide::{self, Frame};
use crate::theme::keywords::{self, Said};

/// Everything that an analysis of a corpus embeds but for the terms and clauses, each once.
pub fn texts_of_corpus(corpus: &Corpus, options: &UnitOptions, frame: &Frame) -> Vec<Item<'static>> {
    let units = divide(corpus, options);
    let asked = guide::asked_questions(corpus);
    let items = unit_items(&units).into_iter().chain(guide_items(&asked, frame)).map(owned);
    distinct(items)
}

/// Everything that a saved analysis embedded, terms, clauses and notes included, each once; among the units those that
/// were set aside as greetings or courtesies, of which the guide may have had a vector.
pub fn texts_of_analysis(analysis: &Analysis) -> Vec<Item<'static>> {
    let embedded = |unit: &&UnitRow| {
        let by_guide = [Exclusion::Greeting, Exclusion::Courtesy];
        !matches!(unit.status, Status::Excluded(reason) if !by_guide.contains(&reason))
    };
    let units = analysis.units.iter().filter(embedded).map(|unit| Item::unit(unit.id.as_str(), unit.text.as_str()));
    let wordings: Vec<String> = analysis
        .units
        .iter()
        .flat_map(|unit| guide::wordings(&unit.question))
        .map(|candidate| candidate.text)
        .collect();
    let frame = &analysis.summary.manifest.parameters.frame;
    let asked = wording_items(wordings.iter().map(String::as_str), frame);
    let terms = terms(analysis).into_iter().map(Item::term);
    let clauses = headlines::texts_of_analysis(analysis);
    let clauses = clauses.iter().map(|text| headlines::item(text));
    let notes = analysis.units.iter().filter(|unit| unit.vector.is_some()).filter_map(|unit| unit.note.as_deref());
    let notes = notes.map(|note| Item::wording(TextKind::Note, note));
    let codes: Vec<String> =
        analysis.summary.themes().filter_map(|theme| theme.code.as_ref()).flat_map(GivenCode::texts).collect();
    let codes = codes.iter().map(|text| code_item(text));
    distinct(units.chain(asked).chain(codes).map(owned).chain(terms).chain(clauses.map(owned)).chain(notes.map(owned)))
}

/// The units that are not excluded.
pub(crate) fn unit_items(units: &[Unit]) -> Vec<Item<'_>> {
    let kept = units.iter().filter(|unit| unit.excluded.is_none());
    kept.map(|unit| Item::unit(unit.id.as_str(), unit.text.as_str())).collect()
}

/// What has to be embedded to recover the guide, each wording once, as a guide is asked of everybody: nothing where nobody
/// asked.
pub(crate) fn guide_items<'t>(asked: &'t [guide::Asked], frame: &'t Frame) -> Vec<Item<'t>> {
    wording_items(asked.iter().flat_map(|question| question.candidates.iter().map(|c| c.text.as_str())), frame)
}

fn wording_items<'t>(wordings: impl Iterator<Item = &'t str>, frame: &'t Frame) -> Vec<Item<'t>> {
    let mut seen = HashSet::new();
    let each_once = wordings.filter(|wording| seen.insert(*wording));
    let mut items: Vec<Item> = each_once.map(|text| Item::wording(TextKind::Question, text)).collect();
    if !items.is_empty() {
        let examples = guide::GREETINGS.iter().chain(&guide::CLOSINGS);
        items.extend(examples.map(|&text| Item::wording(TextKind::Example, text)));
        items.extend(given_lines(frame).iter().map(|line| Item::wording(TextKind::Question, line.as_str())));
    }
    items
}

/// The guide's questions where the user gave them.
pub(crate) fn given_lines(frame: &Frame) -> &[String] {
    match frame {
        Frame::Questions(lines) => lines,
        _ => &[],
    }
}

/// What a code is known by.
pub(in crate::analysis) fn code_item(text: &str) -> Item<'_> {
    Item::wording(TextKind::Code, text)
}

fn owned(item: Item<'_>) -> Item<'static> {
    Item { kind: item.kind, id: item.id.into_owned().into(), text: item.text.into_owned().into() }
}

fn distinct(items: impl Iterator<Item = Item<'static>>) -> Vec<Item<'static>> {
    let mut seen: HashSet<String> = HashSet::new();
    items.filter(|item| seen.insert(item.id.to_string())).collect()
}

/// The terms that the pipeline considered for keywords, found again in the stored rows: it counts
/// over the sections' units for themes, and over each large theme's for its parts.
fn terms(analysis: &Analysis) -> BTreeSet<String> {
    let people = people_of(&analysis.units);
    let languages = analysis.summary.languages();
    let language_of = |unit: &UnitRow| languages.get(&(unit.study.as_str(), unit.participant.as_str())).copied();
    let rows_of = |section: &SectionSummary| {
        let id = section.id.clone();
        analysis
            .units
            .iter()
            .zip(&people)
            .filter(move |(unit, _)| unit.vector.is_some() && unit.section.as_ref() == Some(&id))
    };
    let sections = &analysis.summary.sections;
    let questions: Vec<String> = sections.iter().map(|section| section.question.clone()).collect();
    let mut candidates = Vec::new();
    let codes = analysis.summary.code_ids();
    // Themes are told from what no code has, codes from everything.
    for of_codes in [false, true].into_iter().filter(|&of_codes| !(of_codes && codes.is_empty())) {
        let themes = analysis.summary.themes().filter(|theme| theme.code.is_some() == of_codes);
        let number_of: HashMap<&str, usize> = themes.map(|theme| theme.id.as_str()).zip(0..).collect();
        let mut said = Vec::new();
        for (section, summary) in sections.iter().enumerate() {
            let rows = rows_of(summary).filter(|(unit, _)| of_codes || !is_coded(unit, &codes));
            said.extend(rows.map(|(unit, &participant)| Said {
                text: &unit.text,
                language: language_of(unit),
                participant,
                section,
                theme: unit.theme.as_deref().and_then(|id| number_of.get(id)).copied(),
            }));
        }
        candidates.extend(keywords::candidates(&said, &questions, number_of.len()));
    }
    for section in sections {
        for theme in section.themes.iter().filter(|theme| !theme.sub_themes.is_empty()) {
            let mut said: BTreeMap<usize, Vec<Said>> = BTreeMap::new();
            for (unit, &participant) in rows_of(section) {
                let of_unit = |part: &crate::analysis::SubTheme| Some(&part.id) == unit.sub_theme.as_ref();
                if let Some(part) = theme.sub_themes.iter().position(of_unit) {
                    said.entry(part).or_default().push(Said {
                        text: &unit.text,
                        language: language_of(unit),
                        participant,
                        section: 0,
                        theme: Some(part),
                    });
                }
            }
            let said: Vec<Said> = said.into_values().flatten().collect();
            candidates.extend(keywords::candidates(&said, &[String::new()], theme.sub_themes.len()));
        }
    }
    candidates.into_iter().flatten().map(|candidate| candidate.term).collect()
}
