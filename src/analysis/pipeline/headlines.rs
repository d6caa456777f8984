//! The headlines of an analysis.
//!
//! In: the sections with their passages, vectors and themes, before an analysis is put together or read
//! back from one. Out: the clauses that need a vector, and, with a source of vectors, the headline of
//! each theme and each part. What may stand for a theme is [`crate::theme::headline`]'s to know; a
//! source that has no vectors of clauses leaves the themes to their keywords, and of clauses without a vector none is
//! a headline.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use ndarray::{Array1, Array2, Axis};

use super::counting::centre;
use super::rows::is_coded;
use super::section_vectors::SectionVectors;
use crate::analysis::people::people_of;
use crate::analysis::saved::{Analysis, Headline, Position, RecurringSummary, Theme, UnitRow};
use crate::corpus::Language;
use crate::embed::{EmbedError, Item, Progress, TextKind, VectorSource};
use crate::guide::Subject;
use crate::theme::headline::{Clause, Known, Passage, candidates_beside, choose};

/// A section as headlines see it; a group lists places among the passages.
pub(super) struct Section<'a> {
    pub passages: Vec<Passage<'a>>,
    /// `(n_passages, n_dims)`, as the themes were described by them.
    pub vectors: &'a Array2<f32>,
    pub question: &'a str,
    pub themes: Vec<&'a [usize]>,
    /// For each theme its parts.
    pub parts: Vec<Vec<&'a [usize]>>,
}

/// Groups that are told apart from each other: the themes of a section, or the parts of a theme.
struct Rivals {
    clauses: Vec<Vec<Clause>>,
    centres: Vec<Array1<f32>>,
}

impl Rivals {
    fn new(section: &Section, known: &mut Known, groups: &[&[usize]]) -> Self {
        let centres: Vec<Array1<f32>> = groups.iter().map(|group| centre(section.vectors, group)).collect();
        let vectors = section.vectors.view();
        Self { clauses: candidates_beside(known, &section.passages, &vectors, groups, &centres), centres }
    }

    fn choose(&self, vectors: &ClauseVectors) -> Vec<Option<Chosen>> {
        let has_vector = |clause: &&Clause| vectors.row_of.contains_key(&clause.text);
        let known = |clauses: &Vec<Clause>| clauses.iter().filter(has_vector).cloned().collect();
        let clauses: Vec<Vec<Clause>> = self.clauses.iter().map(known).collect();
        let places = choose(&clauses, &|text| vectors.vectors.row(vectors.row_of[text]), &self.centres);
        let of_group = |(clauses, place): (&Vec<Clause>, Option<usize>)| {
            place.map(|place| Chosen { passage: clauses[place].passage, range: clauses[place].range.clone() })
        };
        clauses.iter().zip(places).map(of_group).collect()
    }
}

/// The clauses of one section that may be headlines.
pub(super) struct SectionClauses {
    themes: Rivals,
    parts: Vec<Rivals>,
}

impl SectionClauses {
    pub fn new(section: &Section) -> Self {
        let mut known = Known::new(&section.passages, section.question);
        let parts = section.parts.iter().map(|parts| Rivals::new(section, &mut known, parts)).collect();
        Self { themes: Rivals::new(section, &mut known, &section.themes), parts }
    }

    /// Their texts.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let all = std::iter::once(&self.themes).chain(&self.parts);
        all.flat_map(|rivals| rivals.clauses.iter().flatten()).map(|clause| clause.text.as_str())
    }
}

/// A clause that became a headline.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chosen {
    /// The passage's place in the section.
    pub passage: usize,
    range: Range<usize>,
}

impl Chosen {
    /// The headline, given the row of its passage.
    pub fn of_row(&self, row: &UnitRow) -> Headline {
        let text = &row.text[self.range.clone()];
        let start = row.position.start + row.text[..self.range.start].chars().count();
        Headline {
            unit: row.id.clone(),
            study: row.study.clone(),
            participant: row.participant.clone(),
            answer: row.answer,
            text: text.to_owned(),
            position: Position { start, end: start + text.chars().count(), ..row.position.clone() },
        }
    }
}

/// The headlines of one section.
#[derive(Clone, Debug, Default)]
pub(super) struct SectionHeadlines {
    pub themes: Vec<Option<Chosen>>,
    /// For each theme those of its parts.
    pub parts: Vec<Vec<Option<Chosen>>>,
}

struct ClauseVectors {
    row_of: HashMap<String, usize>,
    vectors: Array2<f32>,
}

/// The headlines of all sections. `subject`: what was taken out of the sections' vectors.
pub(super) fn headlines(
    sections: &[SectionClauses],
    subject: Option<&Subject>,
    source: &dyn VectorSource,
    progress: &mut dyn Progress,
) -> Result<Vec<SectionHeadlines>, EmbedError> {
    let texts: BTreeSet<&str> = sections.iter().flat_map(SectionClauses::texts).collect();
    let items: Vec<Item> = texts.iter().map(|text| item(text)).collect();
    let given = if items.is_empty() { None } else { source.clause_vectors(&items, progress)? };
    let Some((places, mut vectors)) = given else {
        let none = |rivals: &Rivals| vec![None; rivals.clauses.len()];
        let of_section = |section: &SectionClauses| SectionHeadlines {
            themes: none(&section.themes),
            parts: section.parts.iter().map(none).collect(),
        };
        return Ok(sections.iter().map(of_section).collect());
    };
    if let Some(subject) = subject {
        subject.erase_from(&mut vectors);
    }
    let row_of = places.iter().zip(0..).map(|(&place, row)| (items[place].text.to_string(), row)).collect();
    let vectors = ClauseVectors { row_of, vectors };
    let of_section = |section: &SectionClauses| SectionHeadlines {
        themes: section.themes.choose(&vectors),
        parts: section.parts.iter().map(|parts| parts.choose(&vectors)).collect(),
    };
    Ok(sections.iter().map(of_section).collect())
}

/// A clause to embed.
pub(super) fn item<'t>(text: &'t str) -> Item<'t> {
    Item::wording(TextKind::Clause, text)
}

/// The clauses that an analysis considered, found again in what was saved.
pub(super) fn texts_of_analysis(analysis: &Analysis) -> BTreeSet<String> {
    let own = SectionVectors::new(analysis);
    let people = people_of(&analysis.units);
    let languages = Languages::of_analysis(analysis);
    let codes = analysis.summary.code_ids();
    let mut found = BTreeSet::new();
    for (at, summary) in analysis.summary.sections.iter().enumerate() {
        let of_section = own.rows[at].iter().zip(0..);
        let (rows, places): (Vec<usize>, Vec<usize>) =
            of_section.filter(|(row, _)| !is_coded(&analysis.units[**row], &codes)).map(|(&row, at)| (row, at)).unzip();
        let vectors = own.sections[at].select(Axis(0), &places);
        let unit = |place: &usize| &analysis.units[rows[*place]];
        let all: Vec<usize> = (0..rows.len()).collect();
        let of_theme = |theme: &Theme| -> Vec<usize> {
            all.iter().copied().filter(|place| unit(place).theme.as_ref() == Some(&theme.id)).collect()
        };
        let of_part = |id: &String| -> Vec<usize> {
            all.iter().copied().filter(|place| unit(place).sub_theme.as_ref() == Some(id)).collect()
        };
        let themes = || summary.themes.iter().filter(|theme| theme.code.is_none());
        let parts: Vec<Vec<Vec<usize>>> =
            themes().map(|theme| theme.sub_themes.iter().map(|part| of_part(&part.id)).collect()).collect();
        let themes: Vec<Vec<usize>> = themes().map(of_theme).collect();
        let passages = rows
            .iter()
            .map(|&row| {
                let unit = &analysis.units[row];
                Passage {
                    text: &unit.text,
                    language: languages.of(&unit.study, &unit.participant),
                    participant: people[row],
                }
            })
            .collect();
        let section = Section {
            passages,
            vectors: &vectors,
            question: &summary.question,
            themes: themes.iter().map(Vec::as_slice).collect(),
            parts: parts.iter().map(|parts| parts.iter().map(Vec::as_slice).collect()).collect(),
        };
        found.extend(SectionClauses::new(&section).texts().map(str::to_owned));
    }
    found
}

/// The language of each participant's interview; where it could not be told, that of all of them.
struct Languages<'a> {
    of: HashMap<(&'a str, &'a str), Language>,
    prevailing: Option<Language>,
}

impl<'a> Languages<'a> {
    fn of_analysis(analysis: &'a Analysis) -> Self {
        let kept = analysis.units.iter().filter(|unit| unit.vector.is_some()).map(|unit| unit.text.as_str());
        Self { of: analysis.summary.languages(), prevailing: Language::of(kept) }
    }

    fn of(&self, study: &str, participant: &str) -> Option<Language> {
        self.of.get(&(study, participant)).copied().or(self.prevailing)
    }
}

/// The headline of a recurring theme: that of the theme which is linked most closely to the others.
pub(crate) fn of_recurring<'t>(
    recurring: &RecurringSummary,
    theme: impl Fn(&str) -> Option<&'t Theme>,
) -> Option<Headline> {
    let closeness = |id: &String| -> f64 {
        let own = recurring.links.iter().filter(|link| link.themes.0 == *id || link.themes.1 == *id);
        own.map(|link| link.cosine).sum()
    };
    let candidates = recurring.themes.iter().filter_map(|id| Some((closeness(id), theme(id)?.headline.as_ref()?)));
    let best = candidates.reduce(|best, here| if here.0 > best.0 { here } else { best });
    best.map(|(_, headline)| headline.clone())
}
