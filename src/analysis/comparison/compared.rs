//! A comparison as plain data: what `compare --json` writes.

use serde::{Deserialize, Serialize};

use super::attribute::Banded;
use crate::analysis::saved::Quote;
use crate::stats::difference::Estimate;
use crate::stats::policy::LEVEL;
use crate::theme::group_terms::GroupTerm;
use crate::theme::numbers::{counted, verb};
use crate::theme::prevalence::Prevalence;

/// Version of [`Comparison`] as it is written.
pub const COMPARISON_VERSION: u32 = 2;
/// Recurring themes that are named as left out.
const MOST_NAMED: usize = 12;

/// Themes compared between groups of participants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// [`COMPARISON_VERSION`] of the program that wrote it.
    pub schema_version: u32,
    /// Name and version of the program.
    pub program: String,
    /// `study`, `question`, or the attribute.
    pub by: String,
    /// Whether the groups are made of the same participants, as with questions.
    pub same_participants: bool,
    /// The groups.
    pub groups: Vec<GroupSummary>,
    /// That the numbers of the attribute were put into bands.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub banded: Option<Banded>,
    /// Participants who are in no group.
    pub left_out: NotGrouped,
    /// Shuffles of participants among groups behind the p-values.
    pub shuffles: usize,
    /// Resamples of participants behind the intervals of mention shares.
    pub resamples: usize,
    /// What the random numbers started from.
    pub seed: u64,
    /// Themes that were tested, recurring ones included: what the correction corrects for.
    pub tested: usize,
    /// The themes: clear differences first, then likely ones, then none, then those on which too few were asked
    /// to say; each by the size of the difference.
    pub themes: Vec<ThemeComparison>,
    /// Where everything was clustered together, how far the groups were asked the same.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub questions: Option<SharedQuestions>,
    /// Sections that are not compared.
    pub not_compared: Vec<SectionNotCompared>,
    /// Recurring themes that are not compared, and why.
    pub recurring_not_compared: Vec<RecurringNotCompared>,
    /// That most themes are in sections that one group alone was asked, or none: the groups had different guides.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub apart: Option<Apart>,
    /// Themes the researcher hid; they are not compared.
    pub hidden: usize,
    /// Recurring themes the researcher hid, likewise.
    #[serde(default)]
    pub hidden_recurring: usize,
}

/// A group of participants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupSummary {
    /// The study, `question 1`, …, or the value of the attribute.
    pub name: String,
    /// The question, where questions make the groups.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub question: Option<String>,
    /// Participants who gave an answer.
    pub participants: usize,
}

/// Participants who are in no group, by reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotGrouped {
    /// Without a value of the attribute.
    pub missing_value: usize,
    /// In a study or group that was not asked for.
    pub not_asked_for: usize,
    /// In a group, but without a passage that was clustered on: they count as asked where they answered.
    pub without_passages: usize,
    /// Of a group, but without any answer: the groups do not count them.
    #[serde(default)]
    pub without_answers: usize,
}

/// How far groups were asked the same questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedQuestions {
    /// Guide questions that somebody in a group answered.
    pub answered: usize,
    /// Of those, the ones that five participants or more of one group alone answered.
    pub in_one_group: usize,
}

/// A section with themes that only one group was asked about, or none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionNotCompared {
    /// Its id.
    pub section: String,
    /// The question that opens it.
    pub question: String,
    /// The group that was asked; absent where only participants left out were.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub asked: Option<String>,
    /// Its themes.
    pub themes: usize,
}

/// Themes of which the groups were not asked the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    /// Themes in sections that one group alone was asked, or none.
    pub themes: usize,
    /// All themes.
    pub of: usize,
}

/// A recurring theme that is not compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecurringNotCompared {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The only one of its themes whose section several groups were asked: this is compared by itself.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub compared_as: Option<String>,
    /// The group that alone was asked in its sections.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub asked: Option<String>,
    /// Its themes that the researcher hid, which are not compared.
    #[serde(skip_serializing_if = "crate::analysis::saved::is_zero", default)]
    pub hidden: usize,
}

/// What a comparison of a theme amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// Groups differ: max-statistic p below 0.05.
    Clear,
    /// Groups differ on weaker evidence: q below 0.05.
    Likely,
    /// What is seen may be chance.
    NoClearDifference,
    /// The same, and fewer than five participants asked in a group, or an interval more than 50 points wide; with more than two
    /// groups that of the highest and the lowest share, of equal shares the widest.
    TooFew,
}

/// A theme compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThemeComparison {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Its section; absent for recurring themes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub section: Option<String>,
    /// Of a recurring theme, the themes that count: those in sections that several groups were asked, or all.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub themes: Vec<String>,
    /// The verdict in words: `more in A`, `only in A`, `likely more in A`, `differs: highest in A`,
    /// `likely differs: highest in A`, `no clear difference`, `too few to say`.
    pub verdict: String,
    /// What it rests on.
    pub finding: Finding,
    /// The group with the largest share, where there is a difference.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub highest: Option<String>,
    /// Largest difference of the shares of groups compared, 0–1.
    pub effect: f64,
    /// Share in the first of [`ThemeComparison::compared`] minus that in the second, −1–1, with Newcombe's
    /// interval; where two groups are compared.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub difference: Option<Estimate>,
    /// The odds in the first by those in the second.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub odds_ratio: Option<Estimate>,
    /// Pearson's χ², where there are more than two groups, or the same people in each.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub chi_squared: Option<f64>,
    /// For this theme alone: Fisher's exact p, or that of the permutations of χ².
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub p: Option<f64>,
    /// Benjamini–Hochberg over all themes tested.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub q: Option<f64>,
    /// Max-statistic over all themes tested.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub p_max_statistic: Option<f64>,
    /// Whether the share rises or falls along the groups, where they have an order.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub trend: Option<ThemeTrend>,
    /// Passages drawn of each participant for [`GroupComparison::rarefied`].
    pub rarefied_to: usize,
    /// The difference at equal length of interviews, with a bootstrap interval.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rarefied_difference: Option<Estimate>,
    /// Where equal length tells something else.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub length_note: Option<String>,
    /// Where much of it answers a question that one group alone was asked, or the groups voiced it in answer to
    /// different questions.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub question_note: Option<String>,
    /// How well the theme is found again when participants are drawn anew, 0–1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stability: Option<f64>,
    /// Names of the groups that are compared: those with five participants asked.
    pub compared: Vec<String>,
    /// Every group of which somebody was asked.
    pub groups: Vec<GroupComparison>,
}

/// The Cochran–Armitage test of a theme along groups that have an order.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThemeTrend {
    /// Standard normal where there is no trend; above 0 where the share rises.
    pub z: f64,
    /// Two-sided, for this theme alone, 0–1.
    pub p: f64,
    /// Benjamini–Hochberg over all themes with a trend to test, 0–1.
    pub q: f64,
}

/// A theme in one group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupComparison {
    /// The group.
    pub group: String,
    /// Participants who voiced it, of those who were asked, with Wilson's interval.
    pub prevalence: Prevalence,
    /// Passages in it.
    pub mentions: usize,
    /// Passages of those who were asked.
    pub passages: usize,
    /// `mentions / passages`, 0–1, with a cluster-bootstrap interval; absent where nobody voiced it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mention_share: Option<Estimate>,
    /// Share of participants who would have voiced it in [`ThemeComparison::rarefied_to`] passages, 0–1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rarefied: Option<f64>,
    /// Terms it uses more than the others in this theme.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub terms: Vec<GroupTerm>,
    /// The most typical passage of the group.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub quote: Option<Quote>,
}

impl SharedQuestions {
    /// How far the groups were asked the same, for people to read.
    pub(crate) fn sentence(self) -> String {
        format!(
            "{} of the {} guide questions were asked of one group alone: a difference may come from what was asked.",
            self.in_one_group, self.answered
        )
    }
}

impl Banded {
    /// That the numbers of an attribute, `by`, were put into bands, for people to read.
    pub(crate) fn sentence(self, by: &str) -> String {
        let how = if self.named {
            format!("in the {} named", counted(self.bands, "band"))
        } else {
            format!("in {} of about as many participants each", counted(self.bands, "band"))
        };
        format!("{by} has {}, so participants are {how}.", counted(self.numbers, "different number"))
    }

    /// How others are had where the program chose the bands, for people at a terminal.
    pub(crate) fn others(self) -> Option<&'static str> {
        (!self.named).then_some("`--bands 20,40,60` names where others begin.")
    }
}

impl ThemeTrend {
    /// Whether it is told as one: q below 0.05.
    pub fn is_likely(self) -> bool {
        self.q < LEVEL
    }

    /// `rises` or `falls`.
    pub fn word(self) -> &'static str {
        if self.z > 0.0 { "rises" } else { "falls" }
    }
}

impl Comparison {
    /// Themes that were tested for a trend.
    pub fn trends(&self) -> usize {
        self.themes.iter().filter(|theme| theme.trend.is_some()).count()
    }

    /// That numbers were put into bands, for people to read.
    pub(crate) fn banding(&self) -> Option<String> {
        self.banded.map(|banded| banded.sentence(&self.by))
    }

    /// How others are had where the program chose the bands, for people at a terminal.
    pub(crate) fn other_bands(&self) -> Option<&'static str> {
        self.banded?.others()
    }

    /// That the groups had different guides, for people to read.
    pub(crate) fn guides_differ(&self) -> Option<String> {
        let Apart { themes, of } = self.apart?;
        Some(format!(
            "{themes} of the {} {} in questions that one group alone was asked: the groups had different guides. \
             What recurs across questions is compared all the same, and marked.",
            counted(of, "theme"),
            verb(themes, "is", "are")
        ))
    }

    /// Which recurring themes are not compared, a sentence for each reason.
    pub(crate) fn recurring_left_out(&self) -> Vec<String> {
        left_out(&self.recurring_not_compared)
    }
}

/// A sentence for each reason. Of what the researcher hid it says nothing but that there is more.
fn left_out(recurring: &[RecurringNotCompared]) -> Vec<String> {
    let mut sentences = Vec::new();
    let (mut alone, mut of_one) = (Vec::new(), Vec::<(&str, bool, Vec<String>)>::new());
    for RecurringNotCompared { id, label, compared_as, asked, hidden } in recurring {
        let has_hidden = *hidden > 0;
        alone.extend(compared_as.as_ref().map(|theme| (has_hidden, format!("{id} {label} ({theme})"))));
        let Some(group) = asked.as_deref() else { continue };
        let name = format!("{id} {label}");
        match of_one.iter_mut().find(|(known, hidden, _)| *known == group && *hidden == has_hidden) {
            Some((.., names)) => names.push(name),
            None => of_one.push((group, has_hidden, vec![name])),
        }
    }
    if !alone.is_empty() {
        let what = if alone.len() == 1 { "has only one theme" } else { "have only one theme each" };
        let shown = if alone.iter().any(|(has_hidden, _)| *has_hidden) { " that is not hidden" } else { "" };
        let names: Vec<String> = alone.into_iter().map(|(_, name)| name).collect();
        sentences.push(format!(
            "{} {what}{shown} in a question that several groups were asked; that theme is compared by itself: {}.",
            counted(names.len(), "recurring theme"),
            listed(&names)
        ));
    }
    for (group, has_hidden, names) in of_one {
        let what = if names.len() == 1 { "lies" } else { "lie" };
        let shown = if has_hidden { ", but for what is hidden," } else { "" };
        sentences.push(format!(
            "{} {what}{shown} in questions that {group} alone was asked, and cannot be compared: {}.",
            counted(names.len(), "recurring theme"),
            listed(&names)
        ));
    }
    sentences
}

/// The first of some names, and how many more there are.
fn listed(names: &[String]) -> String {
    let more = names.len().saturating_sub(MOST_NAMED);
    let named = names[..names.len() - more].join("; ");
    if more > 0 { format!("{named}; and {more} more") } else { named }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_names_are_listed_and_the_others_counted() {
        let names: Vec<String> = (1..=MOST_NAMED + 2).map(|n| format!("R{n}")).collect();
        assert_eq!(listed(&names[..2]), "R1; R2");
        assert!(listed(&names[..MOST_NAMED]).ends_with("; R12") && listed(&names).ends_with("; R12; and 2 more"));
    }

    fn not_compared(id: &str, compared_as: Option<&str>, asked: Option<&str>, hidden: usize) -> RecurringNotCompared {
        let [compared_as, asked] = [compared_as, asked].map(|name| name.map(str::to_string));
        RecurringNotCompared { id: id.into(), label: "calls".into(), compared_as, asked, hidden }
    }

    #[test]
    fn a_recurring_theme_of_which_a_part_is_hidden_is_not_said_to_have_one_theme_alone() {
        assert_eq!(
            left_out(&[not_compared("R1", Some("Q4.1"), None, 1)]),
            ["1 recurring theme has only one theme that is not hidden in a question that several groups were asked; \
              that theme is compared by itself: R1 calls (Q4.1)."]
        );
        assert_eq!(
            left_out(&[not_compared("R1", None, Some("north"), 1), not_compared("R2", None, Some("north"), 0)]),
            [
                "1 recurring theme lies, but for what is hidden, in questions that north alone was asked, and cannot \
                 be compared: R1 calls.",
                "1 recurring theme lies in questions that north alone was asked, and cannot be compared: R2 calls.",
            ]
        );
    }

    #[test]
    fn nothing_is_said_of_hidden_themes_where_none_is() {
        let themes = [not_compared("R1", Some("Q4.1"), None, 0), not_compared("R2", Some("Q5.1"), None, 0)];
        let said = left_out(&themes);
        assert!(said.len() == 1 && said[0].contains("have only one theme each in a question"), "{said:?}");
        assert!(!serde_json::to_string(&themes[0]).unwrap().contains("hidden"));
    }
}
