//! What comes out: which themes and sections of two analyses are the same.

use serde::Serialize;

use crate::analysis::saved::*;
use crate::stats::matching::Kind;
use crate::theme::prevalence::Prevalence;

/// Two analyses, one beside the other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alignment {
    /// The first.
    pub a: AlignedAnalysis,
    /// The second.
    pub b: AlignedAnalysis,
    /// Sections that ask the same.
    pub sections: Vec<SectionPair>,
    /// Agreement on passages that both hold; `None` where there are none.
    pub shared: Option<SharedPassages>,
    /// Every theme of both, once.
    pub relations: Vec<ThemeRelation>,
}

/// One of the two.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AlignedAnalysis {
    /// Its studies.
    pub studies: Vec<String>,
    /// Participants.
    pub participants: usize,
    /// Themes.
    pub themes: usize,
    /// Whose margin notes its passages were clustered by beside their words; `None` for words alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// Sections that ask what the other does not: id and question.
    pub other_sections: Vec<(String, String)>,
}

/// Sections that ask the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SectionPair {
    /// Sections of A: one, or all where one side clustered everything together.
    pub a: Vec<String>,
    /// Sections of B.
    pub b: Vec<String>,
    /// Why they are taken for the same.
    pub why: SectionMatch,
    /// The questions.
    pub questions: (String, String),
    /// The cosine that the nearest random groups reach in 1 % of the deals.
    pub by_chance: f64,
}

/// Why two sections are taken for the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionMatch {
    /// The same words.
    SameQuestion,
    /// The same passages.
    SamePassages,
    /// Both close the interview.
    Closing,
    /// Most of the words, and answers that point the same way.
    LikeQuestion,
    /// One side clustered everything together.
    Everything,
}

/// Agreement on passages that both analyses hold and clustered.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SharedPassages {
    /// How many.
    pub passages: usize,
    /// Adjusted Rand index, unclustered passages as themes of their own.
    pub ari: f64,
    /// Adjusted mutual information, likewise.
    pub ami: f64,
}

/// Themes that go together, or one alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThemeRelation {
    /// How.
    pub kind: Kind,
    /// The themes stand in sections that ask different things.
    pub across_questions: bool,
    /// Themes of A, most participants first.
    pub a: Vec<AlignedTheme>,
    /// Themes of B.
    pub b: Vec<AlignedTheme>,
    /// What speaks for it, pair by pair.
    pub links: Vec<AlignedPair>,
}

/// A theme in the table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AlignedTheme {
    /// Its id.
    pub id: String,
    /// Its label, or the researcher's name.
    pub label: String,
    /// Its section's id.
    pub section: String,
    /// The question it answers.
    pub question: String,
    /// The researcher does not want it printed; it is counted.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// Passages.
    pub mentions: usize,
    /// Participants.
    pub prevalence: Prevalence,
    /// Its first quotes.
    pub quotes: Vec<Quote>,
}

/// The evidence for two themes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AlignedPair {
    /// Theme of A.
    pub a: String,
    /// Theme of B.
    pub b: String,
    /// Cosine of their directions, −1–1.
    pub cosine: f64,
    /// The cosine that the nearest random groups reach in 1 % of the deals.
    pub by_chance: f64,
    /// Share of A's passages that fall into B's theme, 0–1; absent across questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of_a: Option<f64>,
    /// Share of B's passages that fall into A's theme, 0–1; absent across questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of_b: Option<f64>,
}

/// Why two analyses cannot be compared.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("the two analyses were made with different models, {a} and {b}: their vectors cannot be compared")]
pub struct AlignError {
    /// The first one's.
    pub a: String,
    /// The second one's.
    pub b: String,
}

impl AlignError {
    /// What the user can do about it.
    pub fn hint(&self) -> String {
        "make one of them again with the other's model (`leitmotif themes INPUT --model NAME -o FOLDER`)".into()
    }
}

impl Alignment {
    /// Whether both analyses asked the question of a relation's themes.
    pub fn is_asked_in_both(&self, relation: &ThemeRelation) -> bool {
        let asked = |of: fn(&SectionPair) -> &Vec<String>, themes: &[AlignedTheme]| {
            themes.iter().all(|theme| self.sections.iter().any(|pair| of(pair).contains(&theme.section)))
        };
        asked(|pair| &pair.a, &relation.a) && asked(|pair| &pair.b, &relation.b)
    }

    /// Relations of a kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &ThemeRelation> {
        self.relations.iter().filter(move |relation| relation.kind == kind)
    }
}
