//! The groups of one analysis compared: from its rows to plain data.
//!
//! In: an analysis and what makes the groups: studies, guide questions, or an attribute of the participants.
//! Out: a [`Comparison`] with names, numbers, verdicts and quotes. The numbers are [`crate::stats`]'s; which
//! participants were asked what, and what is not compared, is decided here. The clustering knew nothing of the
//! groups, and nothing of it is changed.
//!
//! A participant was asked where at least one of their passages was clustered on; whoever answered with
//! nothing but courtesies is not counted as silent.

mod compared;
mod error;
mod grouping;
mod portraits;
mod questions;

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use self::compared::*;
pub use self::error::ComparisonError;
use self::grouping::{Grouping, People};
use self::portraits::Portraits;
use self::questions::Questions;
use crate::analysis::saved::{Analysis, Quote};
use crate::stats::groups::{
    Asked, Compared, Design, GroupCounts, Incidence, LengthNote, Options, Slot, Voiced, compare as compare_groups,
};
use crate::stats::verdict::Verdict;
use crate::theme::group_terms::GroupTerm;
use crate::theme::prevalence::Prevalence;

/// What makes the groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// The study.
    Study,
    /// The guide question that was answered, where everything was clustered together.
    Question,
    /// An attribute of the participants.
    Attribute(String),
}

/// What is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparisonOptions {
    /// What makes the groups.
    pub by: By,
    /// Only participants of these studies; of all when empty.
    pub studies: Vec<String>,
    /// Only these groups, in this order; all when empty.
    pub groups: Vec<String>,
    /// How often chance is asked.
    pub chance: Options,
}

impl Default for ComparisonOptions {
    fn default() -> Self {
        Self { by: By::Study, studies: Vec::new(), groups: Vec::new(), chance: Options::default() }
    }
}

/// Compares the themes of an analysis between groups.
///
/// # Errors
/// [`ComparisonError`]: names that are not there, or nothing to compare.
pub fn compare(analysis: &Analysis, options: &ComparisonOptions) -> Result<Comparison, ComparisonError> {
    if analysis.summary.themes().next().is_none() {
        return Err(ComparisonError::NoThemes);
    }
    let people = People::new(analysis);
    let grouping = Grouping::new(analysis, &people, options)?;
    let (comparables, mut comparison) = Comparables::new(analysis, &people, &grouping, options);
    let compared = compare_groups(&comparables.incidence, &options.chance);
    let questions = Questions::new(analysis, &people, &grouping);
    comparison.questions = questions.as_ref().map(Questions::shared);
    comparison.tested = compared.iter().filter(|theme| theme.p.is_some()).count();
    let portraits = Portraits::new(analysis, &people, &grouping);
    let mut themes: Vec<(Verdict, ThemeComparison)> = comparables
        .themes
        .iter()
        .zip(&compared)
        .map(|(theme, numbers)| {
            (numbers.verdict, theme.told(numbers, &grouping.groups, &portraits, questions.as_ref()))
        })
        .collect();
    let p = |theme: &ThemeComparison| theme.p.unwrap_or(1.0);
    themes.sort_by(|(_, a), (_, b)| {
        a.finding.cmp(&b.finding).then(b.effect.total_cmp(&a.effect)).then(p(a).total_cmp(&p(b)))
    });
    comparison.themes = themes.into_iter().map(|(_, theme)| theme).collect();
    Ok(comparison)
}

/// A theme that is compared, before its numbers.
struct Comparable {
    id: String,
    label: String,
    section: Option<String>,
    /// The theme itself, or the members of a recurring one.
    members: Vec<String>,
    stability: Option<f64>,
}

/// The themes that are compared, and who voiced them.
struct Comparables {
    themes: Vec<Comparable>,
    incidence: Incidence,
}

impl Comparables {
    fn new(
        analysis: &Analysis,
        people: &People,
        grouping: &Grouping,
        options: &ComparisonOptions,
    ) -> (Self, Comparison) {
        let summary = &analysis.summary;
        let mut comparison = Comparison {
            schema_version: COMPARISON_VERSION,
            program: concat!("leitmotif ", env!("CARGO_PKG_VERSION")).into(),
            by: grouping.by.clone(),
            same_participants: grouping.design == Design::Within,
            groups: grouping.groups.clone(),
            left_out: grouping.left_out.clone(),
            shuffles: options.chance.shuffles,
            resamples: options.chance.resamples,
            seed: options.chance.seed,
            tested: 0,
            themes: Vec::new(),
            questions: None,
            not_compared: Vec::new(),
            recurring_not_compared: Vec::new(),
            hidden: summary.themes().filter(|theme| theme.hidden).count(),
        };
        let mut found = Self {
            themes: Vec::new(),
            incidence: Incidence {
                design: grouping.design,
                n_groups: grouping.groups.len(),
                n_persons: people.names.len(),
                asked: Vec::new(),
                themes: Vec::new(),
            },
        };
        let tally = Tally::new(analysis, people, grouping);
        let mut shared: BTreeSet<&str> = BTreeSet::new();
        for section in summary.sections.iter().filter(|section| !section.themes.is_empty()) {
            let asked = tally.asked(&[&section.id]);
            let groups: BTreeSet<usize> = asked.slots.iter().map(|slot| slot.group).collect();
            if groups.len() < 2 {
                comparison.not_compared.push(SectionNotCompared {
                    section: section.id.clone(),
                    question: section.question.clone(),
                    asked: groups.first().map(|&group| grouping.groups[group].name.clone()),
                    themes: section.themes.len(),
                });
                continue;
            }
            shared.insert(&section.id);
            for theme in section.themes.iter().filter(|theme| !theme.hidden) {
                found.themes.push(Comparable {
                    id: theme.id.clone(),
                    label: theme.label.clone(),
                    section: Some(section.id.clone()),
                    members: vec![theme.id.clone()],
                    stability: theme.stability,
                });
                found.incidence.themes.push(tally.voiced(&asked, found.incidence.asked.len(), &[&theme.id]));
            }
            found.incidence.asked.push(asked);
        }
        let section_of: HashMap<&str, &str> = summary
            .sections
            .iter()
            .flat_map(|section| section.themes.iter().map(|theme| (theme.id.as_str(), section.id.as_str())))
            .collect();
        for recurring in summary.recurring.iter().filter(|recurring| !recurring.hidden) {
            let here = |id: &&String| section_of.get(id.as_str()).is_some_and(|section| shared.contains(section));
            let shown = |id: &&String| summary.theme(id).is_some_and(|theme| !theme.hidden);
            let members: Vec<&str> = recurring.themes.iter().filter(here).filter(shown).map(String::as_str).collect();
            if members.len() < 2 {
                comparison.recurring_not_compared.push(recurring.id.clone());
                continue;
            }
            let sections: Vec<&str> = members.iter().map(|id| section_of[id]).collect();
            let asked = tally.asked(&sections);
            found.incidence.themes.push(tally.voiced(&asked, found.incidence.asked.len(), &members));
            found.incidence.asked.push(asked);
            found.themes.push(Comparable {
                id: recurring.id.clone(),
                label: recurring.label.clone(),
                section: None,
                members: members.iter().map(|id| id.to_string()).collect(),
                stability: None,
            });
        }
        (found, comparison)
    }
}

/// Units a person, a group and a section or theme.
struct Tally<'a> {
    /// By section, then (person, group).
    sections: HashMap<&'a str, BTreeMap<(usize, usize), usize>>,
    /// By theme, then (person, group): which units.
    themes: HashMap<&'a str, BTreeMap<(usize, usize), Vec<usize>>>,
}

impl<'a> Tally<'a> {
    fn new(analysis: &'a Analysis, people: &People, grouping: &Grouping) -> Self {
        let mut tally = Self { sections: HashMap::new(), themes: HashMap::new() };
        let placed = analysis.units.iter().zip(&grouping.of_unit).zip(&people.of_unit);
        for (number, ((unit, &group), &person)) in placed.enumerate() {
            let Some(group) = group else { continue };
            if let Some(section) = &unit.section {
                *tally.sections.entry(section).or_default().entry((person, group)).or_default() += 1;
            }
            for theme in unit.themes() {
                tally.themes.entry(theme).or_default().entry((person, group)).or_default().push(number);
            }
        }
        tally
    }

    /// Who was asked in one of the sections.
    fn asked(&self, sections: &[&str]) -> Asked {
        let units = sum(sections.iter().filter_map(|section| self.sections.get(section)));
        Asked { slots: units.into_iter().map(|((person, group), units)| Slot { person, group, units }).collect() }
    }

    /// Who voiced one of the themes; everybody who did was asked.
    fn voiced(&self, asked: &Asked, number: usize, themes: &[&str]) -> Voiced {
        // A unit of several of the themes is one mention.
        let mut units: BTreeMap<(usize, usize), BTreeSet<usize>> = BTreeMap::new();
        for (&who, numbers) in themes.iter().filter_map(|theme| self.themes.get(theme)).flatten() {
            units.entry(who).or_default().extend(numbers);
        }
        let places = asked.slots.iter().enumerate();
        let mentions = places
            .filter_map(|(place, slot)| units.get(&(slot.person, slot.group)).map(|mentions| (place, mentions.len())))
            .collect();
        Voiced { asked: number, mentions }
    }
}

fn sum<'t>(tallies: impl Iterator<Item = &'t BTreeMap<(usize, usize), usize>>) -> BTreeMap<(usize, usize), usize> {
    let mut sum = BTreeMap::new();
    for (&key, &units) in tallies.flatten() {
        *sum.entry(key).or_default() += units;
    }
    sum
}

impl Comparable {
    fn told(
        &self,
        numbers: &Compared,
        groups: &[GroupSummary],
        portraits: &Portraits,
        questions: Option<&Questions>,
    ) -> ThemeComparison {
        let name = |group: usize| groups[group].name.clone();
        let (verdict, finding) = in_words(numbers.verdict, groups);
        let mut quotes = portraits.quotes(&self.members);
        let mut terms = portraits.terms(self.section.as_deref(), &self.members);
        let of_groups = numbers.groups.iter().enumerate().filter(|(_, counts)| counts.asked > 0);
        ThemeComparison {
            id: self.id.clone(),
            label: self.label.clone(),
            section: self.section.clone(),
            themes: if self.section.is_some() { Vec::new() } else { self.members.clone() },
            verdict,
            finding,
            highest: numbers.verdict.highest().map(name),
            effect: numbers.effect(),
            difference: numbers.difference,
            odds_ratio: numbers.odds_ratio,
            chi_squared: numbers.chi_squared,
            p: numbers.p,
            q: numbers.q,
            p_max_statistic: numbers.family_wise,
            rarefied_to: numbers.drawn,
            rarefied_difference: numbers.rarefied_difference,
            length_note: length_note(numbers, groups),
            question_note: questions.and_then(|questions| questions.note(&self.members, &numbers.tested, groups)),
            stability: self.stability,
            compared: numbers.tested.iter().map(|&group| name(group)).collect(),
            groups: of_groups
                .map(|(group, counts)| {
                    told_of_group(name(group), counts, std::mem::take(&mut terms[group]), quotes[group].take())
                })
                .collect(),
        }
    }
}

fn told_of_group(group: String, counts: &GroupCounts, terms: Vec<GroupTerm>, quote: Option<Quote>) -> GroupComparison {
    GroupComparison {
        group,
        prevalence: Prevalence::new(counts.voiced, counts.asked),
        mentions: counts.mentions,
        passages: counts.units,
        mention_share: counts.mention_share,
        rarefied: counts.rarefied,
        terms,
        quote,
    }
}

fn in_words(verdict: Verdict, groups: &[GroupSummary]) -> (String, Finding) {
    let name = |group: usize| groups[group].name.as_str();
    match verdict {
        Verdict::More(group) => (format!("more in {}", name(group)), Finding::Clear),
        Verdict::Only(group) => (format!("only in {}", name(group)), Finding::Clear),
        Verdict::Differs(group) => (format!("differs: highest in {}", name(group)), Finding::Clear),
        Verdict::LikelyMore(group) => (format!("likely more in {}", name(group)), Finding::Likely),
        Verdict::LikelyDiffers(group) => (format!("likely differs: highest in {}", name(group)), Finding::Likely),
        Verdict::NoClearDifference => ("no clear difference".into(), Finding::NoClearDifference),
        Verdict::TooFew => ("too few to say".into(), Finding::TooFew),
    }
}

/// What equal length tells, where it tells something else.
fn length_note(numbers: &Compared, groups: &[GroupSummary]) -> Option<String> {
    let note = numbers.length?;
    let share = |group: usize| {
        let rarefied = numbers.groups[group].rarefied.unwrap_or(0.0);
        format!("{} {:.0} %", groups[group].name, rarefied * 100.0)
    };
    // Of many groups the two ends tell enough.
    let mut told: Vec<usize> = numbers.tested.clone();
    told.sort_by(|&a, &b| {
        let at = |group: usize| numbers.groups[group].rarefied.unwrap_or(0.0);
        at(b).total_cmp(&at(a)).then(a.cmp(&b))
    });
    if told.len() > 2 {
        told = vec![told[0], told[told.len() - 1]];
    }
    let shares: Vec<String> = told.into_iter().map(share).collect();
    let passages = if numbers.drawn == 1 { "passage" } else { "passages" };
    let what = match note {
        LengthNote::Reversed => "the order is another one",
        LengthNote::Unclear => "the difference is not clear",
    };
    Some(format!(
        "at {} {passages} a participant {what} ({}): some say more of everything",
        numbers.drawn,
        shares.join(", ")
    ))
}
