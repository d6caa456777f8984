//! What comes out: where each new passage went, and what fits no theme.

use ndarray::Array2;
use serde::Serialize;

use crate::analysis::pipeline::counting::rounded;
use crate::analysis::saved::*;
use crate::guide::AskedInStudy;
use crate::theme::keywords::Keyword;
use crate::theme::prevalence::Prevalence;

/// New interviews among known themes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assignment {
    /// The new interviews' studies.
    pub studies: Vec<StudySummary>,
    /// Who answered.
    pub participants: Vec<ParticipantSummary>,
    /// Names of what is known of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<String>,
    /// The new units by what became of them.
    pub counts: Counts,
    /// Participants whose study and id the analysis has too.
    pub known_participants: Vec<String>,
    /// Of passages that the analysis has too, how many are where it has them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen_again: Option<SeenAgain>,
    /// Share of the new passages in no theme, of those that answer a known question, 0–1.
    pub unclustered: Option<f64>,
    /// The same share in the analysis.
    pub unclustered_before: Option<f64>,
    /// How the analysis's own passages are placed by the same rule.
    pub left_out: LeftOut,
    /// The analysis's sections, those without new answers too.
    pub sections: Vec<AssignedSection>,
    /// Questions of the new interviews that the analysis does not know.
    pub unknown_questions: Vec<UnknownQuestion>,
    /// One row a new unit, in the order of the corpus.
    #[serde(skip)]
    pub units: Vec<UnitRow>,
}

/// Passages that the analysis has too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SeenAgain {
    /// Passages with the same id and words that are in a theme of the analysis.
    pub in_themes: usize,
    /// Of those, in the same theme again.
    pub same_theme: usize,
    /// Passages that the analysis has in no theme.
    pub unclustered: usize,
    /// Of those, in none again.
    pub still_unclustered: usize,
}

/// Where passages of the analysis fall that are left out of their themes and placed as if they were
/// new: how well the rule does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Passages in themes.
    pub in_themes: usize,
    /// Of those, placed in their own theme.
    pub own_theme: usize,
    /// Of those, placed in none.
    pub in_none: usize,
    /// Passages in no theme.
    pub unclustered: usize,
    /// Of those, placed in none.
    pub still_unclustered: usize,
}

impl LeftOut {
    pub(super) fn add(&mut self, theme: Option<usize>, placed: Option<usize>) {
        match theme {
            Some(_) => {
                self.in_themes += 1;
                self.own_theme += usize::from(theme == placed);
                self.in_none += usize::from(placed.is_none());
            }
            None => {
                self.unclustered += 1;
                self.still_unclustered += usize::from(placed.is_none());
            }
        }
    }

    /// Share of all passages that are placed in no theme, 0–1.
    pub fn unclustered_share(&self) -> Option<f64> {
        let all = self.in_themes + self.unclustered;
        (all > 0).then(|| rounded((self.in_none + self.still_unclustered) as f64 / all as f64))
    }
}

/// A section of the analysis with what is new in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AssignedSection {
    /// `Q1`, …
    pub id: String,
    /// Its question.
    pub question: String,
    /// New participants with an answer in it, per study.
    pub asked: Vec<AskedInStudy>,
    /// New units that are not excluded.
    pub units: usize,
    /// Of those, in no theme.
    pub unclustered: usize,
    /// Its themes, in the order of the analysis.
    pub themes: Vec<AssignedTheme>,
    /// Groups among the unclustered.
    pub possible_themes: Vec<PossibleTheme>,
}

/// A theme of the analysis with what is new in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AssignedTheme {
    /// Its id.
    pub id: String,
    /// Its label, or the researcher's name.
    pub label: String,
    /// The researcher does not want it printed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// New units in it.
    pub mentions: usize,
    /// New participants in it, of those who were asked.
    pub prevalence: Prevalence,
    /// The same in the analysis.
    pub before: Prevalence,
}

/// Unclustered passages that are like each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PossibleTheme {
    /// Its best keywords, or how its most typical passage begins.
    pub label: String,
    /// What tells it apart from the rest of the section, old and new.
    pub keywords: Vec<Keyword>,
    /// Passages.
    pub mentions: usize,
    /// New participants who voice it, of those who were asked.
    pub prevalence: Prevalence,
    /// Mean cosine of every two passages.
    pub cohesion: f64,
    /// Typical passages.
    pub quotes: Vec<Quote>,
    /// Ids of the passages.
    pub units: Vec<String>,
}

/// A guide question of the new interviews that the analysis does not have.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnknownQuestion {
    /// Its wording; empty for answers of interviews in which no known question was asked.
    pub question: String,
    /// Answers to it and to its follow-ups.
    pub answers: usize,
    /// Participants who gave them.
    pub participants: usize,
    /// Units that are not excluded; they are in no theme.
    pub units: usize,
    /// Groups among them.
    pub possible_themes: Vec<PossibleTheme>,
}

impl Assignment {
    /// Share of the new passages in no theme is clearly above what the rule leaves out of the
    /// analysis's own: by more than ten points.
    pub fn drifts(&self) -> bool {
        let share = self.left_out.unclustered_share();
        matches!((self.unclustered, share), (Some(new), Some(own)) if new > own + 0.1)
    }

    /// The new units under the themes of the analysis they were placed in, for exporting; its themes and
    /// sections are counted as before.
    pub fn as_analysis(&self, analysis: &Analysis) -> Analysis {
        let mut summary = analysis.summary.clone();
        summary.studies = self.studies.clone();
        summary.participants = self.participants.clone();
        summary.attributes = self.attributes.clone();
        summary.counts = self.counts.clone();
        summary.as_found = None;
        Analysis { summary, units: self.units.clone(), vectors: Array2::zeros((0, analysis.vectors.ncols())) }
    }
}

/// Why new interviews cannot be placed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AssignError {
    /// Vectors of two models cannot be compared.
    #[error("the analysis was made with the model {of_analysis}, not with {given}")]
    OtherModel {
        /// The analysis's.
        of_analysis: String,
        /// The one at hand.
        given: String,
    },
    /// There is no such section.
    #[error("the analysis has no section {id}; it has {}", known.join(", "))]
    NoSection {
        /// As asked for.
        id: String,
        /// What there is.
        known: Vec<String>,
    },
}

impl AssignError {
    /// What the user can do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::OtherModel { .. } => "name the same model with `--model`, or the same source of vectors; or make \
                                        the analysis again with this one"
                .into(),
            Self::NoSection { .. } => "`leitmotif themes` prints the sections with their questions".into(),
        }
    }
}
