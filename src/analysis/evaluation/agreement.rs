//! What comes out: how far an analysis, and coders among themselves, agree.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::stats::agreement::Estimate;

/// How an analysis agrees with people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evaluation {
    /// What was compared.
    pub level: Level,
    /// How often half of the participants were drawn for the intervals.
    pub draws: usize,
    /// Each coder against the themes.
    pub coders: Vec<CoderEvaluation>,
    /// The coders against each other, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub between: Option<Between>,
}

/// What codes belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// A passage.
    Passage,
    /// A whole answer.
    Answer,
    /// A person, in all they said.
    Participant,
}

impl Level {
    /// `passage`, `answer`, `participant`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Passage => "passage",
            Self::Answer => "answer",
            Self::Participant => "participant",
        }
    }
}

/// One coder against the themes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoderEvaluation {
    /// Who coded.
    pub coder: String,
    /// The file.
    pub file: String,
    /// Which columns were read.
    pub layout: String,
    /// Columns that were not.
    pub ignored_columns: Vec<String>,
    /// Rows that name something.
    pub rows: usize,
    /// Rows beside them that only say what a passage is not (`!code`), which are compared with nothing.
    pub only_denying_rows: usize,
    /// What was noticed when the file was read, a sentence each: rows that were left out, or have no code.
    pub notices: Vec<String>,
    /// Of those, rows found in the analysis.
    pub matched_rows: usize,
    /// The others.
    pub unmatched: Vec<Unmatched>,
    /// What the matched rows name and the analysis was coded with: examples agree with themselves, and are left out.
    pub given_examples: usize,
    /// What else the matched rows name, each once; the next three add up to it.
    pub items: usize,
    /// Items with one code.
    pub with_one_code: usize,
    /// Items with several.
    pub with_several_codes: usize,
    /// Items that were looked at and got none.
    pub uncoded: usize,
    /// Participants they are of.
    pub participants: usize,
    /// Items in a theme; with the next two they add up to `items`.
    pub in_themes: usize,
    /// Items that were clustered on and are in no theme.
    pub unclustered: usize,
    /// Items that the analysis had excluded, by reason. They count as missed in recall, and are not in
    /// the measures.
    pub excluded: BTreeMap<String, usize>,
    /// Everything together; themes that recur count as one.
    pub overall: Scope,
    /// The measures within the sections, averaged by the number of items; absent where there is only one
    /// section with items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_sections: Option<Measures>,
    /// Section by section, those with items.
    pub sections: Vec<SectionEvaluation>,
}

/// A row that was not found in the analysis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unmatched {
    /// 1-based line of the file.
    pub line: usize,
    /// Its id.
    pub id: String,
    /// Why.
    pub reason: &'static str,
}

/// Codes against the themes of one section.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SectionEvaluation {
    /// The section's id.
    pub id: String,
    /// Its question.
    pub question: String,
    /// The comparison.
    #[serde(flatten)]
    pub scope: Scope,
}

/// Codes against themes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scope {
    /// Items that were looked at.
    pub items: usize,
    /// Measures of agreement; absent for participants, who voice several themes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measures: Option<Measures>,
    /// Each code with the theme that fits it best, the most frequent code first.
    pub codes: Vec<CodeMatch>,
    /// Codes against themes.
    pub table: Table,
}

/// Measures of agreement between codes and themes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Measures {
    /// Items with one code that were clustered on: the next five rest on them. An unclustered item is a
    /// theme of its own.
    pub items: usize,
    /// Adjusted Rand index.
    pub ari: Estimate,
    /// Adjusted mutual information.
    pub ami: Estimate,
    /// V-measure.
    pub v_measure: Estimate,
    /// Homogeneity.
    pub homogeneity: Estimate,
    /// Completeness.
    pub completeness: Estimate,
    /// Items with one code or none that were clustered on: the next two rest on them.
    pub rated_items: usize,
    /// Cohen's κ, once every code was read as the theme that fits it best, which favours agreement.
    pub kappa: Estimate,
    /// Krippendorff's α, likewise.
    pub alpha: Estimate,
}

/// A code and the theme that fits it best.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CodeMatch {
    /// The code.
    pub code: String,
    /// Items with it.
    pub items: usize,
    /// The theme (or recurring theme) with the highest F1; absent where none has an item of the code.
    pub theme: Option<String>,
    /// Its label.
    pub label: Option<String>,
    /// Items with the code in the theme.
    pub both: usize,
    /// Items that were looked at in the theme.
    pub theme_items: usize,
    /// Share of the theme's items that have the code.
    pub precision: Estimate,
    /// Share of the code's items that are in the theme.
    pub recall: Estimate,
    /// Harmonic mean of the two.
    pub f1: Estimate,
    /// Cohen's κ of code and theme as yes or no.
    pub kappa: Estimate,
}

/// How many items of each code are in each theme. Items with several codes or themes count for each.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// The themes.
    pub themes: Vec<String>,
    /// One row a code, the most frequent first.
    pub codes: Vec<TableRow>,
    /// Items without a code.
    pub uncoded: TableRow,
}

/// One code's row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TableRow {
    /// The code; empty for items without one.
    pub code: String,
    /// Items with it.
    pub items: usize,
    /// Of those in each theme.
    pub themes: Vec<usize>,
    /// In none.
    pub unclustered: usize,
    /// Excluded by the analysis.
    pub excluded: usize,
}

/// How coders agree with each other, and with the themes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Between {
    /// Items that two coders or more gave one code or none.
    pub items: usize,
    /// Items left out because somebody gave several codes.
    pub with_several_codes: usize,
    /// Each two coders. The last coder is `themes`: every theme read as the code that fits it best,
    /// which favours agreement.
    pub pairs: Vec<Pair>,
    /// Krippendorff's α of the people.
    pub alpha: Estimate,
    /// The same with the themes as one more coder.
    pub alpha_with_themes: Estimate,
}

/// Two coders.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// One.
    pub first: String,
    /// The other.
    pub second: String,
    /// Items that both gave one code or none.
    pub items: usize,
    /// Cohen's κ.
    pub kappa: Estimate,
}
