//! What the report's page "Compare" shows, as the station that compares hands it over.

use serde::Serialize;

use crate::analysis::{Comparison, Finding, ThemeComparison};
use crate::theme::numbers::{counted, number};
use crate::theme::prevalence::Prevalence;

/// Themes between groups of participants.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ComparisonPage {
    /// What makes the groups: `study`, or an attribute's name.
    pub by: String,
    /// The groups, in the order of all lists below.
    pub groups: Vec<Group>,
    /// Compared themes, the clearest difference first.
    pub themes: Vec<ComparedTheme>,
    /// What a reader has to bear in mind.
    pub notes: Vec<String>,
    /// Questions that one group alone was asked, so that their themes are not compared.
    pub alone: Vec<String>,
}

/// One group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// The question, where questions make the groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// Its participants.
    pub participants: usize,
}

/// One theme between the groups.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComparedTheme {
    /// The theme's id, or a recurring theme's.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Its prevalence in each group.
    pub groups: Vec<Prevalence>,
    /// First group minus second, where there are two: shares of −1 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<Difference>,
    /// The verdict in words, `more in creatives`.
    pub verdict: String,
    /// Whether the verdict says that the groups differ.
    pub is_clear: bool,
    /// p-value of the test, 0–1.
    pub p: Option<f64>,
    /// q-value after Benjamini and Hochberg, 0–1.
    pub q: Option<f64>,
    /// Whether it rises or falls along groups that have an order, as a sentence; empty where they have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trend: Option<String>,
    /// How well the theme is found again when participants are drawn anew, 0–1, as `compare` prints it.
    pub stability: Option<f64>,
    /// What a reader has to bear in mind of this theme: what was asked, how much was said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// A difference of two shares.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The difference.
    pub value: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end of its 95 % interval.
    pub high: f64,
}

impl From<&Comparison> for ComparisonPage {
    fn from(comparison: &Comparison) -> Self {
        let groups = comparison.groups.iter().map(|group| Group {
            name: group.name.clone(),
            question: group.question.clone(),
            participants: group.participants,
        });
        Self {
            by: comparison.by.clone(),
            groups: groups.collect(),
            themes: comparison.themes.iter().map(|theme| compared_theme(comparison, theme)).collect(),
            notes: notes(comparison),
            alone: alone(comparison),
        }
    }
}

fn compared_theme(comparison: &Comparison, theme: &ThemeComparison) -> ComparedTheme {
    let said = theme.question_note.iter().chain(&theme.length_note);
    let of_group = |name: &str| theme.groups.iter().find(|group| group.group == name).map(|group| group.prevalence);
    ComparedTheme {
        id: theme.id.clone(),
        label: theme.label.clone(),
        groups: comparison.groups.iter().map(|g| of_group(&g.name).unwrap_or_else(|| Prevalence::new(0, 0))).collect(),
        difference: theme.difference.map(|d| Difference { value: d.value, low: d.low, high: d.high }),
        verdict: theme.verdict.clone(),
        is_clear: theme.finding == Finding::Clear,
        p: theme.p,
        q: theme.q,
        trend: theme.trend.map(|trend| {
            let q = if trend.q < 0.001 { "< 0.001".into() } else { format!("= {:.3}", trend.q) };
            let what = if trend.is_likely() {
                format!("{} along {}", trend.word(), comparison.by)
            } else {
                "no clear trend".into()
            };
            let z = format!("{:.2}", trend.z).replace('-', "−");
            format!("{what} (z = {z}, q {q})")
        }),
        stability: theme.stability,
        notes: of_recurring(theme).into_iter().chain(said.cloned()).collect(),
    }
}

/// Of a recurring theme the themes that are counted here: those of questions that one group alone was asked are not.
fn of_recurring(theme: &ThemeComparison) -> Option<String> {
    (!theme.themes.is_empty()).then(|| format!("in any of {}", theme.themes.join(", ")))
}

/// The questions that one group alone was asked.
fn alone(comparison: &Comparison) -> Vec<String> {
    let asked = comparison.not_compared.iter().filter_map(|section| Some((section, section.asked.as_ref()?)));
    let told = asked.map(|(section, group)| {
        let (id, question, themes) = (&section.section, &section.question, counted(section.themes, "theme"));
        format!("{id}, in {group} only: “{question}” ({themes})")
    });
    told.collect()
}

/// What a reader has to know, without advice for a terminal.
fn notes(comparison: &Comparison) -> Vec<String> {
    let mut notes = vec![format!(
        "{} tested. “More in” and “only in” are clear after correcting for all of them (max-statistic p below 0.05, \
         {} shuffles of participants), “likely” by the false discovery rate alone (q below 0.05).",
        counted(comparison.tested, "theme"),
        number(comparison.shuffles)
    )];
    notes.extend(comparison.banding());
    notes.extend(comparison.guides_differ());
    if let Some(questions) = comparison.questions.filter(|questions| questions.in_one_group > 0) {
        notes.push(questions.sentence());
    }
    notes.extend(comparison.recurring_left_out());
    if comparison.hidden > 0 {
        notes.push(format!("{} hidden by the researcher and not compared.", counted(comparison.hidden, "theme")));
    }
    notes
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::analysis::{By, ComparisonOptions, compare, load};

    #[test]
    fn groups_by_question_have_their_wording_and_others_have_none() {
        let mut analysis = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1")).unwrap();
        let guide = analysis.summary.framing.guide.clone();
        let answers = analysis.units.iter_mut().filter(|unit| unit.section.is_some());
        answers.enumerate().for_each(|(at, unit)| unit.guide_question = Some(2 + at % (guide.len() - 1)));
        let groups = |by: By| {
            let options = ComparisonOptions { by, ..ComparisonOptions::default() };
            ComparisonPage::from(&compare(&analysis, &options).unwrap()).groups
        };
        let by_question = groups(By::Question);
        // The greeting, the first of the guide, is not counted.
        assert_eq!(by_question[0].name, "question 1");
        assert_eq!(by_question[0].question.as_ref(), Some(&guide[1].wording));
        assert!(groups(By::Attribute("ward".into())).iter().all(|group| group.question.is_none()));
    }
}
