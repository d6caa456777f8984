//! What edits change, counted anew from the rows.

use crate::analysis::people::People;
use std::collections::BTreeSet;

use ndarray::{Array1, Array2};

use crate::analysis::pipeline::accumulation;
use crate::analysis::pipeline::counting::{self, Member};
use crate::analysis::pipeline::section_vectors::SectionVectors;
use crate::analysis::saved::*;
use crate::guide::AskedInStudy;
use crate::theme::keywords;

/// Counts anew what themes with other passages change: these and their sections, recurring themes, how many passages
/// are in themes, and how themes add up with participants.
pub(super) fn recount_touched(analysis: &mut Analysis, touched: &BTreeSet<String>) {
    let people = People::of_rows(analysis);
    let vectors = SectionVectors::new(analysis);
    let quotes = analysis.summary.manifest.parameters.quotes;
    let Analysis { summary, units, .. } = analysis;
    for (at, section) in summary.sections.iter_mut().enumerate() {
        if section.themes.iter().any(|theme| touched.contains(&theme.id)) {
            let group = SectionMembers {
                members: vectors.members(at, units, &people),
                vectors: &vectors.sections[at],
                study: &people.study,
                quotes,
            };
            group.recount(section, touched);
        }
    }
    recount_recurring(summary, units, &people);
    let count = |status| units.iter().filter(|unit| unit.status == status).count();
    summary.counts.in_themes = count(Status::Theme);
    summary.counts.unclustered = count(Status::Unclustered);
    recount_accumulation(summary, units);
}

/// How themes add up with participants, from the rows.
pub(super) fn recount_accumulation(summary: &mut Summary, units: &[UnitRow]) {
    let seed = summary.manifest.parameters.seed;
    summary.accumulation = accumulation(&summary.sections, &summary.participants, &summary.studies, units, seed);
}

/// What the themes of one section are counted from.
struct SectionMembers<'a> {
    members: Vec<Member<'a>>,
    /// `(n_members, n_dims)`
    vectors: &'a Array2<f32>,
    /// For each participant their study's number.
    study: &'a [usize],
    /// Quotes wanted for each theme.
    quotes: usize,
}

impl SectionMembers<'_> {
    fn of(&self, theme: &str) -> Vec<Member<'_>> {
        self.members.iter().filter(|member| member.row.is_in(theme)).copied().collect()
    }

    fn centre(&self, members: &[Member]) -> Array1<f32> {
        let rows: Vec<usize> = members.iter().map(|member| member.vector).collect();
        counting::centre(self.vectors, &rows)
    }

    /// Counts the themes anew that are `touched`; for the others, the nearest may have changed.
    fn recount(&self, section: &mut SectionSummary, touched: &BTreeSet<String>) {
        section.themes.retain(|theme| theme.code.is_some() || !self.of(&theme.id).is_empty());
        let centres: Vec<Array1<f32>> = section.themes.iter().map(|theme| self.centre(&self.of(&theme.id))).collect();
        counting::set_nearest(&mut section.themes, &centres);
        for (place, theme) in section.themes.iter_mut().enumerate() {
            if touched.contains(&theme.id) {
                self.recount_theme(theme, &centres[place], &section.asked);
            }
        }
        // Given codes come first and stay in the order of their codebook.
        section.themes.sort_by_key(|theme| {
            let counts = (theme.prevalence.participants, theme.mentions);
            theme.code.is_none().then_some(std::cmp::Reverse(counts))
        });
        let unclustered = |member: &&Member| member.row.status == Status::Unclustered;
        section.unclustered = self.members.iter().filter(unclustered).count();
    }

    fn recount_theme(&self, theme: &mut Theme, centre: &Array1<f32>, asked: &[AskedInStudy]) {
        let group = self.of(&theme.id);
        counting::count(theme, &group, asked, self.study);
        theme.cohesion = counting::cohesion(&group, &self.vectors.view(), &centre.view());
        let quoted = counting::quoted(theme, &group);
        let portrait = counting::portrait(&quoted, &self.vectors.view(), &self.centre(&quoted).view(), self.quotes);
        (theme.quotes, theme.boundary_quote) = (portrait.quotes, portrait.boundary);
        // Measured of the theme as it was found.
        (theme.silhouette, theme.stability) = (None, None);
        (theme.headline, theme.label) =
            still_said(theme.headline.take(), std::mem::take(&mut theme.label), &theme.keywords, &group);
        recount_parts(theme, &group, self.vectors, asked);
    }
}

/// What names a part that the researcher made.
pub(super) fn by_hand() -> counting::Naming {
    counting::Naming { headline: None, keywords: Vec::new() }
}

/// A headline whose passage is among the members no more says nothing of them: keywords take its place.
fn still_said(
    headline: Option<Headline>,
    label: String,
    keywords: &[keywords::Keyword],
    members: &[Member],
) -> (Option<Headline>, String) {
    match headline {
        Some(headline) if !members.iter().any(|member| member.row.id == headline.unit) => {
            (None, keywords::label(keywords).unwrap_or(label))
        }
        kept => (kept, label),
    }
}

/// The parts of a theme from their rows; parts that nobody is left in go.
fn recount_parts(theme: &mut Theme, group: &[Member], vectors: &Array2<f32>, asked: &[AskedInStudy]) {
    let parts = std::mem::take(&mut theme.sub_themes).into_iter().filter_map(|part| {
        let own = |member: &&Member| member.row.sub_theme.as_deref() == Some(&part.id);
        let members: Vec<Member> = group.iter().filter(own).copied().collect();
        let SubTheme { id, label, headline, keywords, .. } = part;
        let (headline, label) = still_said(headline, label, &keywords, &members);
        let naming = counting::Naming { headline, keywords };
        (!members.is_empty()).then(|| counting::sub_theme(&members, vectors, id, asked, naming, |_, _| label))
    });
    theme.sub_themes = parts.collect();
}

/// Recurring themes from the rows; who was asked stays as it was.
pub(super) fn recount_recurring(summary: &mut Summary, units: &[UnitRow], people: &People) {
    let sections = &summary.sections;
    summary.recurring.iter_mut().for_each(|recurring| {
        let there = |id: &String| sections.iter().flat_map(|section| &section.themes).any(|theme| theme.id == *id);
        recurring.themes.retain(there);
        let themes = &recurring.themes;
        recurring.links.retain(|link| themes.contains(&link.themes.0) && themes.contains(&link.themes.1));
        let persons: Vec<usize> = units
            .iter()
            .zip(&people.of)
            .filter(|(unit, _)| unit.themes().any(|theme| recurring.themes.iter().any(|id| id == theme)))
            .map(|(_, &person)| person)
            .collect();
        let asked: Vec<AskedInStudy> = summary
            .studies
            .iter()
            .map(|study| AskedInStudy {
                study: study.name.clone(),
                asked: recurring.by_study.iter().find(|s| s.study == study.name).map_or(0, |s| s.prevalence.asked),
                participants: study.participants,
            })
            .collect();
        recurring.prevalence = counting::prevalence(&persons, &asked);
        recurring.by_study = counting::by_study(&persons, &asked, &people.study);
    });
    summary.recurring.retain(|recurring| recurring.themes.len() > 1);
    for theme in summary.sections.iter_mut().flat_map(|section| &mut section.themes) {
        let of = summary.recurring.iter().find(|recurring| recurring.themes.contains(&theme.id));
        theme.recurring = of.map(|recurring| recurring.id.clone());
    }
}

/// Participants of each study with an answer in one of some sections.
pub(super) fn asked_in(
    sections: &BTreeSet<&str>,
    units: &[UnitRow],
    people: &People,
    studies: &[StudySummary],
) -> Vec<AskedInStudy> {
    let answered = |unit: &UnitRow| unit.section.as_deref().is_some_and(|section| sections.contains(section));
    let own = units.iter().zip(&people.of).filter(|(unit, _)| answered(unit));
    let persons: BTreeSet<usize> = own.map(|(_, &person)| person).collect();
    let of_study = |(at, study): (usize, &StudySummary)| AskedInStudy {
        study: study.name.clone(),
        asked: persons.iter().filter(|&&person| people.study[person] == at).count(),
        participants: study.participants,
    };
    studies.iter().enumerate().map(of_study).collect()
}
