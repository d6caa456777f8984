//! What may name the themes of all sections, gathered from every passage.
//!
//! In: the sections as they were clustered. Out: terms and clauses, before anything is embedded or chosen.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::assembly::Assembly;
use super::counting::centre_of;
use super::headlines::{self, SectionClauses};
use super::sections::ClusteredSection;
use super::terms::{Naming, SectionNaming};
use crate::corpus::Language;
use crate::embed::{Progress, Step, Watched};
use crate::guide;
use crate::theme::headline::Passage;
use crate::theme::keywords::{self, Said};
use crate::theme::vectors::{MADE_AT_ONCE, Vectors, at_once};

/// Passages whose terms and clauses are gathered at the same time.
const SIDE_BY_SIDE: usize = 200_000;

impl Assembly<'_> {
    /// For each section the terms that may name its themes and their parts, and the clauses that may be their headlines.
    pub(super) fn wordings(
        &self,
        sections: &[ClusteredSection],
        progress: &mut dyn Progress,
    ) -> (Vec<SectionNaming>, Vec<SectionClauses>) {
        // Both read every passage once.
        let n_passages: usize = sections.iter().map(|section| section.members.len()).sum();
        progress.advanced(Step::Wording, 0, 2 * n_passages);
        let watched = Watched::new(Step::Wording, progress);
        let read = AtomicUsize::new(0);
        let tell = |passages: usize| {
            watched.tell(read.fetch_add(passages, Ordering::Relaxed) + passages, 2 * n_passages);
        };
        let named = || {
            let named = self.candidates(sections);
            tell(n_passages);
            named
        };
        let clauses = || self.clauses(sections, &tell);
        // Much of the first is one thread's, so that the others read clauses meanwhile; of very many passages there is no room
        // for both.
        if n_passages <= SIDE_BY_SIDE { rayon::join(named, clauses) } else { (named(), clauses()) }
    }

    /// For each section the clauses that may be the headlines of its themes and their parts; `read` hears how many
    /// passages a section that is done has.
    fn clauses(&self, sections: &[ClusteredSection], read: &(dyn Fn(usize) + Sync)) -> Vec<SectionClauses> {
        let everything = sections.iter().flat_map(|section| &section.members);
        let prevailing = Language::of(everything.map(|&unit| self.units[unit].text.as_str()));
        let of_section = |(section, described): (&ClusteredSection, &guide::Section)| {
            let passage = |&unit: &usize| {
                let unit = &self.units[unit];
                let language = self.language(unit).or(prevailing);
                Passage { text: &unit.text, language, participant: self.people.of[unit.answer] }
            };
            let parts = (0..section.order.len()).map(|theme| self.parts(section, theme));
            let vectors = section.own.all();
            let clauses = SectionClauses::new(&headlines::Section {
                passages: section.members.iter().map(passage).collect(),
                vectors: &vectors,
                question: &described.question,
                themes: section.themes.iter().map(Vec::as_slice).collect(),
                parts: parts.map(|parts| parts.into_iter().map(Vec::as_slice).collect()).collect(),
            });
            read(section.members.len());
            clauses
        };
        let mut clauses = Vec::with_capacity(sections.len());
        for some in at_once(sections.iter().map(|section| section.members.len()), MADE_AT_ONCE) {
            // One is often as long as many others together.
            let some = sections[some.clone()].par_iter().zip(&self.guide.sections[some]).with_max_len(1);
            clauses.par_extend(some.map(of_section));
        }
        clauses
    }

    /// For each section the terms that may name its themes and their parts, with the centres to
    /// measure them against.
    fn candidates(&self, sections: &[ClusteredSection]) -> Vec<SectionNaming> {
        let questions: Vec<String> = self.guide.sections.iter().map(|section| section.question.clone()).collect();
        let mut starts = Vec::new();
        let mut n_themes = 0;
        for section in sections {
            starts.push(n_themes);
            n_themes += section.order.len();
        }
        let said: Vec<Said> = sections
            .iter()
            .enumerate()
            .flat_map(|(index, section)| {
                let start = starts[index];
                section.members.iter().enumerate().map(move |(i, &unit)| {
                    let unit = &self.units[unit];
                    Said {
                        text: &unit.text,
                        language: self.language(unit),
                        participant: self.people.of[unit.answer],
                        section: index,
                        theme: section.theme_of[i].map(|theme| start + theme),
                    }
                })
            })
            .collect();
        let mut of_themes = keywords::candidates(&said, &questions, n_themes).into_iter();
        drop(said);
        let of_parts = |section: &ClusteredSection| -> Vec<Naming> {
            (0..section.order.len()).map(|theme| self.part_candidates(section, theme)).collect()
        };
        let of_parts: Vec<Vec<Naming>> = sections.par_iter().with_max_len(1).map(of_parts).collect();
        sections
            .iter()
            .scan(0, |said_before, section| {
                let rows = (*said_before..*said_before + section.members.len()).zip(0..).collect();
                *said_before += section.members.len();
                Some((section, rows))
            })
            .zip(of_parts)
            .map(|((section, rows), parts)| SectionNaming {
                themes: Naming {
                    candidates: of_themes.by_ref().take(section.order.len()).collect(),
                    centres: section.centres.clone(),
                    rows,
                },
                parts,
            })
            .collect()
    }

    /// The same for a large theme's parts, told apart from one another.
    fn part_candidates(&self, section: &ClusteredSection, theme: usize) -> Naming {
        let parts = self.parts(section, theme);
        let said: Vec<Said> = parts
            .iter()
            .enumerate()
            .flat_map(|(part, members)| {
                members.iter().map(move |&i| {
                    let unit = &self.units[section.members[i]];
                    let participant = self.people.of[unit.answer];
                    Said { text: &unit.text, language: self.language(unit), participant, section: 0, theme: Some(part) }
                })
            })
            .collect();
        Naming {
            candidates: keywords::candidates(&said, &[String::new()], parts.len()),
            centres: parts.iter().map(|members| centre_of(&section.own, members)).collect(),
            rows: parts.iter().flat_map(|members| members.iter().copied()).enumerate().collect(),
        }
    }
}
