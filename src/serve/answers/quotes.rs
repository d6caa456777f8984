//! What participants said to a theme.
//!
//! In: an analysis and the id of a theme, of a part of one, or of a recurring theme. Out: its representative quotes, or
//! all its passages, each once, and how many people voiced it; of one study where one is named.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::passages::Passage;
use super::{Refused, hidden_in, is_zero, known_study, page};
use crate::analysis::{Analysis, Quote, RecurringSummary, StudyPrevalence, SubTheme, Summary, Theme, UnitRow};
use crate::theme::prevalence::Prevalence;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Arguments {
    /// The theme's id, from `list_themes`: `Q2.1`, a part such as `Q2.1.1`, or a recurring theme such as `R1`
    theme: String,
    /// Every passage of the theme in place of its representative quotes
    #[serde(default)]
    all: bool,
    /// Only words of participants of this study, with its own numbers
    #[serde(default)]
    study: Option<String>,
    /// Quotes to leave out from the beginning, to go on where an answer ended
    #[serde(default)]
    offset: Option<usize>,
    /// Quotes to return: 20 where nothing is said, 200 at most
    #[serde(default)]
    limit: Option<usize>,
}

#[derive(Serialize)]
pub(super) struct Quoted<'a> {
    theme: &'a str,
    label: &'a str,
    /// The study whose words and numbers these are; absent where they are everybody's.
    #[serde(skip_serializing_if = "Option::is_none")]
    study: Option<String>,
    #[serde(flatten)]
    prevalence: Prevalence,
    /// The numbers of everybody, beside those of one study.
    #[serde(skip_serializing_if = "Option::is_none")]
    all_studies: Option<Prevalence>,
    /// Themes of a recurring one that the researcher hid: the numbers of people count them, `total` does not.
    #[serde(skip_serializing_if = "is_zero")]
    hidden_themes: usize,
    /// Quotes there are under these conditions.
    total: usize,
    quotes: Vec<Passage<'a>>,
}

/// What an id stands for.
enum Named<'a> {
    Theme(&'a Theme),
    Part(&'a Theme, &'a SubTheme),
    Recurring(&'a RecurringSummary, Vec<&'a Theme>),
}

impl Named<'_> {
    /// Themes of it whose words are not given.
    fn hidden(&self, summary: &Summary) -> usize {
        match self {
            Self::Theme(_) | Self::Part(..) => 0,
            Self::Recurring(recurring, _) => hidden_in(summary, recurring),
        }
    }

    fn has(&self, unit: &UnitRow) -> bool {
        match self {
            Self::Theme(theme) => unit.is_in(&theme.id),
            Self::Part(theme, part) => unit.is_in(&theme.id) && unit.sub_theme.as_deref() == Some(&*part.id),
            Self::Recurring(_, themes) => themes.iter().any(|theme| unit.is_in(&theme.id)),
        }
    }

    /// How many people of one study voiced it; of a part, whose studies are counted nowhere else, those with a passage.
    fn in_study(&self, analysis: &Analysis, study: &str) -> Prevalence {
        let of = |by_study: &[StudyPrevalence]| {
            let own = by_study.iter().find(|one| one.study == study);
            own.map_or_else(|| Prevalence::new(0, 0), |one| one.prevalence)
        };
        match self {
            Self::Theme(theme) => of(&theme.by_study),
            Self::Recurring(recurring, _) => of(&recurring.by_study),
            Self::Part(theme, _) => {
                let voiced = analysis.units.iter().filter(|unit| unit.study == study && self.has(unit));
                let people: BTreeSet<&str> = voiced.map(|unit| &*unit.participant).collect();
                Prevalence::new(people.len(), of(&theme.by_study).asked)
            }
        }
    }
}

pub(super) fn quotes(analysis: &Analysis, asked: Arguments) -> Result<Quoted<'_>, Refused> {
    known_study(analysis, asked.study.as_deref())?;
    let (id, label, prevalence, named) = find(analysis, &asked.theme)?;
    let of_study = |study: &str| asked.study.as_ref().is_none_or(|named| study == named);
    let found: Vec<Passage> = if asked.all {
        let units = analysis.units.iter().filter(|unit| of_study(&unit.study) && named.has(unit));
        units.map(|unit| Passage::whole(&analysis.summary, unit)).collect()
    } else {
        let all: Vec<(&Quote, Passage)> = match &named {
            Named::Theme(theme) => representative(theme),
            Named::Part(theme, part) => part.quotes.iter().map(|quote| typical(theme, quote)).collect(),
            Named::Recurring(_, themes) => themes.iter().flat_map(|theme| representative(theme)).collect(),
        };
        all.into_iter().filter(|(quote, _)| of_study(&quote.study)).map(|(_, passage)| passage).collect()
    };
    let (total, quotes) = page(found, asked.offset, asked.limit);
    let own = asked.study.as_ref().map(|study| named.in_study(analysis, study));
    let all_studies = own.map(|_| prevalence);
    Ok(Quoted {
        theme: id,
        label,
        study: asked.study,
        prevalence: own.unwrap_or(prevalence),
        all_studies,
        hidden_themes: named.hidden(&analysis.summary),
        total,
        quotes,
    })
}

/// The theme's quotes, most typical first, and its least typical member.
fn representative(theme: &Theme) -> Vec<(&Quote, Passage<'_>)> {
    let boundary = theme.boundary_quote.iter().map(|quote| (quote, Passage::quoted(quote, &theme.id, "boundary")));
    theme.quotes.iter().map(|quote| typical(theme, quote)).chain(boundary).collect()
}

fn typical<'a>(theme: &'a Theme, quote: &'a Quote) -> (&'a Quote, Passage<'a>) {
    (quote, Passage::quoted(quote, &theme.id, if quote.pinned { "pinned" } else { "typical" }))
}

type Found<'a> = (&'a str, &'a str, Prevalence, Named<'a>);

fn find<'a>(analysis: &'a Analysis, id: &str) -> Result<Found<'a>, Refused> {
    let summary = &analysis.summary;
    let shown = || summary.themes().filter(|theme| !theme.hidden);
    if let Some(theme) = shown().find(|theme| theme.id == id) {
        return Ok((&theme.id, &theme.label, theme.prevalence, Named::Theme(theme)));
    }
    let mut parts = shown().flat_map(|theme| theme.sub_themes.iter().map(move |part| (theme, part)));
    if let Some((theme, part)) = parts.find(|(_, part)| part.id == id) {
        return Ok((&part.id, &part.label, part.prevalence, Named::Part(theme, part)));
    }
    if let Some(recurring) = summary.recurring.iter().find(|recurring| recurring.id == id && !recurring.hidden) {
        let themes = shown().filter(|theme| recurring.themes.contains(&theme.id)).collect();
        return Ok((&recurring.id, &recurring.label, recurring.prevalence, Named::Recurring(recurring, themes)));
    }
    Err(Refused::new(format!("there is no theme `{id}`"), "`list_themes` tells the ids"))
}
