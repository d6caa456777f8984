//! The groups of one analysis compared: from its rows to plain data.
//!
//! In: an analysis and what makes the groups: studies, guide questions, or an attribute of the participants.
//! Out: a [`Comparison`] with names, numbers, verdicts and quotes. The numbers are [`crate::stats`]'s; which
//! participants were asked what, and what is not compared, is decided here. The clustering knew nothing of the
//! groups, and nothing of it is changed.
//!
//! A participant was asked where they gave an answer, as everywhere in the program, so that a theme has one share:
//! whoever answered with nothing but courtesies was asked, and did not voice it.

mod attribute;
mod compared;
mod error;
mod grouping;
mod policy;
mod portraits;
mod questions;
mod recurring;

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(crate) use self::attribute::AttributeGroups;
pub use self::attribute::{Banded, Banding};
pub use self::compared::*;
pub use self::error::ComparisonError;
use self::grouping::{Grouping, People};
use self::portraits::Portraits;
use self::questions::Questions;
use crate::analysis::saved::{Analysis, Quote, attribute_named};
use crate::embed::{Progress, Step, Watched};
use crate::stats::false_discovery::benjamini_hochberg;
use crate::stats::groups::{
    Asked, Compared, Design, GroupCounts, Incidence, LengthNote, Options, Slot, Voiced,
    compare_watched as compare_groups,
};
use crate::stats::trend::{Trend, cochran_armitage};
use crate::stats::verdict::Verdict;
use crate::theme::group_terms::GroupTerm;
use crate::theme::numbers::percent;
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
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonOptions {
    /// What makes the groups.
    pub by: By,
    /// Only participants of these studies; of all when empty.
    pub studies: Vec<String>,
    /// Only these groups, in this order; all when empty.
    pub groups: Vec<String>,
    /// How the numbers of an attribute make groups.
    pub banding: Banding,
    /// Whether [`ComparisonOptions::groups`] are named in an order that means something, so that trends are looked for.
    pub is_ordered: bool,
    /// How often chance is asked.
    pub chance: Options,
}

impl Default for ComparisonOptions {
    fn default() -> Self {
        Self {
            by: By::Study,
            studies: Vec::new(),
            groups: Vec::new(),
            banding: Banding::default(),
            is_ordered: false,
            chance: Options::default(),
        }
    }
}

/// Compares the themes of an analysis between groups.
///
/// # Errors
/// [`ComparisonError`]: names that are not there, or nothing to compare.
pub fn compare(analysis: &Analysis, options: &ComparisonOptions) -> Result<Comparison, ComparisonError> {
    compare_watched(analysis, options, &mut ())
}

/// The same; `progress` hears how far the shuffles are.
///
/// # Errors
/// Those of [`compare`].
pub(crate) fn compare_watched(
    analysis: &Analysis,
    options: &ComparisonOptions,
    progress: &mut dyn Progress,
) -> Result<Comparison, ComparisonError> {
    if analysis.summary.themes().next().is_none() {
        return Err(ComparisonError::NoThemes);
    }
    let people = People::new(analysis);
    let grouping = Grouping::new(analysis, &people, options)?;
    let (comparables, mut comparison) = Comparables::new(analysis, &people, &grouping, options);
    let watched = Watched::new(Step::Comparison, progress);
    let watch = |done: usize, total: usize| watched.tell(done, total);
    let compared = compare_groups(&comparables.incidence, &options.chance, &watch);
    let questions = Questions::new(analysis, &people, &grouping);
    comparison.questions = questions.as_ref().map(Questions::shared);
    comparison.tested = compared.iter().filter(|theme| theme.p.is_some()).count();
    let trends = trends(&compared, &grouping);
    let portraits = Portraits::new(analysis, &people, &grouping);
    let mut themes: Vec<(Verdict, ThemeComparison)> = comparables
        .themes
        .iter()
        .zip(&compared)
        .zip(trends)
        .map(|((theme, numbers), trend)| {
            let told = theme.told(numbers, &grouping.groups, &portraits, questions.as_ref());
            (numbers.verdict, ThemeComparison { trend, ..told })
        })
        .collect();
    let p = |theme: &ThemeComparison| theme.p.unwrap_or(1.0);
    themes.sort_by(|(_, a), (_, b)| {
        a.finding.cmp(&b.finding).then(b.effect.total_cmp(&a.effect)).then(p(a).total_cmp(&p(b)))
    });
    comparison.themes = themes.into_iter().map(|(_, theme)| theme).collect();
    Ok(comparison)
}

/// Whether the themes rise or fall along groups that have an order; groups are scored by their places, so that a wide
/// band weighs as much as a narrow one. One entry a theme.
fn trends(compared: &[Compared], grouping: &Grouping) -> Vec<Option<ThemeTrend>> {
    let found: Vec<Option<Trend>> = compared
        .iter()
        .map(|theme| {
            let ordered = theme.tested.iter().filter_map(|&group| Some((group, grouping.order[group]?)));
            let (counts, scores): (Vec<(usize, usize)>, Vec<f64>) = ordered
                .map(|(group, place)| ((theme.groups[group].voiced, theme.groups[group].asked), place as f64))
                .unzip();
            cochran_armitage(&counts, &scores).filter(|_| grouping.design == Design::Between)
        })
        .collect();
    let p: Vec<f64> = found.iter().flatten().map(|trend| trend.p).collect();
    let mut q = benjamini_hochberg(&p).into_iter();
    found.into_iter().map(|trend| trend.and_then(|Trend { z, p }| Some(ThemeTrend { z, p, q: q.next()? }))).collect()
}

/// What is known of everybody, as groups.
pub(crate) struct Attributes<'a> {
    /// Study and name of everybody.
    pub(crate) people: Vec<(&'a str, &'a str)>,
    /// The groups that each attribute makes of them, by its name.
    pub(crate) groups: Vec<(String, AttributeGroups)>,
}

impl<'a> Attributes<'a> {
    /// `bands`: where the numbers of one attribute are grouped in a way of their own, its name and how.
    pub(crate) fn new(analysis: &'a Analysis, bands: Option<(&str, &Banding)>) -> Self {
        let (people, known) = (People::new(analysis), &analysis.summary.attributes);
        let own = bands.and_then(|(name, banding)| Some((attribute_named(known, name)?, banding)));
        let groups = known.iter().enumerate().filter_map(|(column, name)| {
            let banding = own.filter(|(banded, _)| *banded == column).map_or(&Banding::Auto, |(_, banding)| banding);
            grouping::attribute_groups(analysis, &people, name, banding).ok()
        });
        Self { groups: groups.collect(), people: people.names }
    }

    /// What is read as one group of an attribute though it is written in several ways, a sentence each; none of
    /// studies and questions, and of attributes that are not there.
    pub(crate) fn spelled(analysis: &Analysis, by: &By, banding: &Banding) -> Vec<String> {
        let By::Attribute(name) = by else { return Vec::new() };
        let groups = Attributes::only(analysis, name, banding).map(|found| found.groups).unwrap_or_default();
        groups.iter().flat_map(|(name, found)| found.spelled(name)).collect()
    }

    /// One attribute alone.
    ///
    /// # Errors
    /// [`ComparisonError::UnknownAttribute`], [`ComparisonError::NoNumbers`].
    pub(crate) fn only(analysis: &'a Analysis, name: &str, banding: &Banding) -> Result<Self, ComparisonError> {
        let people = People::new(analysis);
        let groups = vec![grouping::attribute_groups(analysis, &people, name, banding)?];
        Ok(Self { groups, people: people.names })
    }
}

/// A theme that is compared, before its numbers.
struct Comparable {
    id: String,
    label: String,
    section: Option<String>,
    /// The theme itself, or the members of a recurring one.
    members: Vec<String>,
    stability: Option<f64>,
    /// What is known of its questions beforehand.
    note: Option<String>,
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
        let (hidden, hidden_recurring) = summary.hidden_themes();
        let mut comparison = Comparison {
            schema_version: COMPARISON_VERSION,
            program: concat!("leitmotif ", env!("CARGO_PKG_VERSION")).into(),
            by: grouping.by.clone(),
            same_participants: grouping.design == Design::Within,
            groups: grouping.groups.clone(),
            banded: grouping.banded,
            left_out: grouping.left_out.clone(),
            shuffles: options.chance.shuffles,
            resamples: options.chance.resamples,
            seed: options.chance.seed,
            tested: 0,
            themes: Vec::new(),
            questions: None,
            not_compared: Vec::new(),
            recurring_not_compared: Vec::new(),
            apart: None,
            hidden,
            hidden_recurring,
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
        let mut groups_of: HashMap<&str, BTreeSet<usize>> = HashMap::new();
        for section in summary.sections.iter().filter(|section| !section.themes.is_empty()) {
            let asked = tally.asked(&[&section.id]);
            let groups: BTreeSet<usize> = asked.slots.iter().map(|slot| slot.group).collect();
            let only = groups.first().copied();
            let is_shared = groups.len() > 1;
            groups_of.insert(&section.id, groups);
            if !is_shared {
                comparison.not_compared.push(SectionNotCompared {
                    section: section.id.clone(),
                    question: section.question.clone(),
                    asked: only.map(|group| grouping.groups[group].name.clone()),
                    themes: section.themes.len(),
                });
                continue;
            }
            for theme in section.themes.iter().filter(|theme| !theme.hidden) {
                found.themes.push(Comparable {
                    id: theme.id.clone(),
                    label: theme.label.clone(),
                    section: Some(section.id.clone()),
                    members: vec![theme.id.clone()],
                    stability: theme.stability,
                    note: None,
                });
                found.incidence.themes.push(tally.voiced(&asked, found.incidence.asked.len(), &[&theme.id]));
            }
            found.incidence.asked.push(asked);
        }
        let apart: usize = comparison.not_compared.iter().map(|section| section.themes).sum();
        let all = summary.themes().count();
        comparison.apart =
            (apart as f64 > policy::MOSTLY_APART * all as f64).then_some(Apart { themes: apart, of: all });
        let questions = recurring::Questions::new(summary, groups_of, &grouping.groups);
        for recurring in summary.recurring.iter().filter(|recurring| !recurring.hidden) {
            let compared = match questions.compared(recurring) {
                Ok(compared) => compared,
                Err(not) => {
                    comparison.recurring_not_compared.push(not);
                    continue;
                }
            };
            let asked = tally.asked(&compared.sections);
            found.incidence.themes.push(tally.voiced(&asked, found.incidence.asked.len(), &compared.members));
            found.incidence.asked.push(asked);
            found.themes.push(Comparable {
                id: recurring.id.clone(),
                label: recurring.label.clone(),
                section: None,
                members: compared.members.into_iter().map(str::to_string).collect(),
                stability: None,
                note: compared.note,
            });
        }
        (found, comparison)
    }
}

/// Units a person, a group and a section or theme.
struct Tally<'a> {
    /// By section, then (person, group): units that were clustered on, none for answers that were not.
    sections: HashMap<&'a str, BTreeMap<(usize, usize), usize>>,
    /// By theme, then (person, group): which units.
    themes: HashMap<&'a str, BTreeMap<(usize, usize), Vec<usize>>>,
}

impl<'a> Tally<'a> {
    fn new(analysis: &'a Analysis, people: &People, grouping: &Grouping) -> Self {
        let mut tally = Self { sections: HashMap::new(), themes: HashMap::new() };
        let placed = analysis.units.iter().zip(&grouping.of_answer).zip(&people.of_unit);
        for (number, ((unit, &group), &person)) in placed.enumerate() {
            let Some(group) = group else { continue };
            if let Some(section) = &unit.section {
                let units = tally.sections.entry(section).or_default().entry((person, group)).or_default();
                *units += usize::from(unit.vector.is_some());
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
            trend: None,
            rarefied_to: numbers.drawn,
            rarefied_difference: numbers.rarefied_difference,
            length_note: length_note(numbers, groups),
            question_note: self.note.clone().or_else(|| questions?.note(&self.members, &numbers.tested, groups)),
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
        format!("{} {}", groups[group].name, percent(rarefied))
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
