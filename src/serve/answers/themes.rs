//! Themes with how many people voiced them.
//!
//! In: an analysis, and a question or study. Out: names and counts of its themes as they are in every export. No
//! passages: those are for `quotes`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Refused, hidden_in, is_zero, known_section, known_study, page};
use crate::analysis::{Analysis, RecurringSummary, SectionSummary, StudyPrevalence, Summary, Theme};
use crate::theme::keywords::Keyword;
use crate::theme::prevalence::Prevalence;
use crate::theme::stability::Firmness;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Arguments {
    /// Only themes of this question: an id from `counts`, such as `Q2`
    #[serde(default)]
    question: Option<String>,
    /// Only themes that somebody of this study voiced
    #[serde(default)]
    study: Option<String>,
    /// Only themes that this many participants voiced; with `study`, this many of that study
    #[serde(default)]
    min_participants: Option<usize>,
    /// Themes to leave out from the beginning of either list, to go on where an answer ended
    #[serde(default)]
    offset: Option<usize>,
    /// Themes of either list, `themes` and `recurring`: 20 where nothing is said, 200 at most, 0 for the totals alone
    #[serde(default)]
    limit: Option<usize>,
}

#[derive(Serialize)]
pub(super) struct Listed<'a> {
    /// Themes that say the same in answer to several questions; none where one question is asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recurring: Vec<Recurring<'a>>,
    /// Recurring themes there are under these conditions.
    #[serde(skip_serializing_if = "is_zero")]
    total_recurring: usize,
    /// Themes there are under these conditions, without the recurring ones.
    total: usize,
    themes: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    question: &'a str,
    keywords: Vec<&'a str>,
    #[serde(flatten)]
    prevalence: Prevalence,
    mentions: usize,
    stability: Option<f64>,
    verdict: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    by_study: Vec<&'a StudyPrevalence>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recurring: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    categories: Option<String>,
    /// Ids of its parts, for `quotes`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Part<'a>>,
    /// What the researcher edited.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    edited: &'a [String],
}

#[derive(Serialize)]
struct Part<'a> {
    id: &'a str,
    label: &'a str,
    participants: usize,
}

#[derive(Serialize)]
struct Recurring<'a> {
    id: &'a str,
    label: &'a str,
    keywords: Vec<&'a str>,
    themes: Vec<&'a str>,
    /// Further ones that the researcher hid, which its numbers count.
    #[serde(skip_serializing_if = "is_zero")]
    hidden_themes: usize,
    #[serde(flatten)]
    prevalence: Prevalence,
    by_study: &'a [StudyPrevalence],
}

pub(super) fn list_themes(analysis: &Analysis, asked: Arguments) -> Result<Listed<'_>, Refused> {
    known_section(analysis, asked.question.as_deref())?;
    known_study(analysis, asked.study.as_deref())?;
    let summary = &analysis.summary;
    let least = asked.min_participants.unwrap_or(0);
    let enough = |people: &Prevalence, by_study: &[StudyPrevalence]| match &asked.study {
        None => people.participants >= least,
        Some(named) => {
            let own = by_study.iter().find(|one| one.study == *named);
            own.is_some_and(|own| own.prevalence.participants >= least.max(1))
        }
    };
    let sections = summary.sections.iter().filter(|s| asked.question.as_ref().is_none_or(|named| s.id == *named));
    let rows = sections.flat_map(|section| {
        let shown = section.themes.iter().filter(|theme| !theme.hidden);
        shown.filter(|theme| enough(&theme.prevalence, &theme.by_study)).map(move |theme| (section, theme))
    });
    let (total, themes) = page(rows.collect(), asked.offset, asked.limit);
    let recurring = summary.recurring.iter().filter(|recurring| asked.question.is_none() && !recurring.hidden);
    let recurring = recurring.filter(|recurring| enough(&recurring.prevalence, &recurring.by_study)).collect();
    let (total_recurring, recurring) = page::<&RecurringSummary>(recurring, asked.offset, asked.limit);
    Ok(Listed {
        recurring: recurring.into_iter().map(|recurring| Recurring::new(summary, recurring)).collect(),
        total_recurring,
        total,
        themes: themes.into_iter().map(|(section, theme)| row(analysis, section, theme)).collect(),
    })
}

fn terms(keywords: &[Keyword]) -> Vec<&str> {
    keywords.iter().map(|keyword| keyword.term.as_str()).collect()
}

fn row<'a>(analysis: &'a Analysis, section: &'a SectionSummary, theme: &'a Theme) -> Row<'a> {
    let summary = &analysis.summary;
    let parts = theme.sub_themes.iter().map(|part| Part {
        id: &part.id,
        label: &part.label,
        participants: part.prevalence.participants,
    });
    Row {
        id: &theme.id,
        label: &theme.label,
        description: theme.description.as_deref(),
        question: &section.question,
        keywords: terms(&theme.keywords),
        prevalence: theme.prevalence,
        mentions: theme.mentions,
        stability: theme.stability,
        verdict: match theme.stability {
            None => theme.unmeasured_by_edits(),
            Some(stability) => Some(Firmness::new(stability).word()),
        },
        // With one study its counts are the theme's.
        by_study: if summary.studies.len() > 1 { theme.by_study.iter().collect() } else { Vec::new() },
        recurring: summary.shown_recurring(theme).map(|recurring| recurring.id.as_str()),
        categories: summary.categories_of(&theme.id),
        parts: parts.collect(),
        edited: &theme.edited,
    }
}

impl<'a> Recurring<'a> {
    fn new(summary: &'a Summary, recurring: &'a RecurringSummary) -> Self {
        let themes = recurring.themes.iter().filter_map(|id| summary.theme(id)).filter(|theme| !theme.hidden);
        Self {
            id: &recurring.id,
            label: &recurring.label,
            keywords: terms(&recurring.keywords),
            themes: themes.map(|theme| theme.id.as_str()).collect(),
            hidden_themes: hidden_in(summary, recurring),
            prevalence: recurring.prevalence,
            by_study: &recurring.by_study,
        }
    }
}
