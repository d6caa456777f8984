//! What is kept of codes that the researcher gave: with each theme its code, and once where they come from.

use std::collections::{HashMap, HashSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// The code that a theme is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GivenCode {
    /// As the codebook writes it.
    pub code: String,
    /// Its name; the code itself where the codebook has none.
    pub name: String,
    /// What it means.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub definition: Option<String>,
    /// When it applies, as the codebook says it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub include: Option<String>,
    /// When it does not.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub exclude: Option<String>,
    /// What it stands below in a hierarchy of codes, the nearest last.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub below: Vec<String>,
    /// Passages that people gave for it, of these interviews or others.
    pub examples: usize,
    /// Of the passages in it those that people coded so; their strength is absent.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub by_hand: usize,
    /// The score from which a passage has the code; see docs/coding.md.
    pub threshold: f64,
    /// How well it is expected to be found; absent where it is not known, for want of examples.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub expected: Option<ExpectedAgreement>,
}

impl GivenCode {
    /// `Name: definition`, with when it applies; where nothing defines it, what it stands below.
    pub(crate) fn told(&self) -> String {
        let definition: Vec<&str> =
            [&self.definition, &self.include].into_iter().flatten().map(String::as_str).collect();
        match (definition.as_slice(), self.below.last()) {
            ([], Some(above)) => format!("{above}: {}", self.name),
            ([], None) => self.name.clone(),
            _ => format!("{}: {}", self.name, definition.join(" ")),
        }
    }

    /// All that it is known by but for examples.
    pub(crate) fn texts(&self) -> Vec<String> {
        [self.told(), self.name.clone()].into_iter().chain(self.exclude.clone()).collect()
    }
}

/// For each theme that is none of `codes` how many passages have one of these, too; no entry for none. `passages`: the
/// themes of each.
pub(in crate::analysis) fn with_code_too<'a>(
    codes: &HashSet<&str>,
    passages: impl Iterator<Item = Vec<&'a str>>,
) -> HashMap<&'a str, usize> {
    let mut found = HashMap::new();
    for themes in passages.filter(|themes| themes.iter().any(|theme| codes.contains(theme))) {
        themes.into_iter().filter(|theme| !codes.contains(theme)).for_each(|theme| {
            *found.entry(theme).or_default() += 1;
        });
    }
    found
}

/// A code, or a category, as one spelling: case, white space and the way in which accents are written do not tell
/// them apart.
pub(in crate::analysis) fn code_key(code: &str) -> String {
    let composed: String = code.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
pub(in crate::analysis) fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// How often the program and the people who coded agreed on passages that it was not shown: whole participants
/// were left out in turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExpectedAgreement {
    /// `cross-validated on N passages that people coded`
    pub basis: String,
    /// Passages to which people gave the code.
    pub coded: usize,
    /// Passages, of all that people coded, to which the program gave it.
    pub found: usize,
    /// Passages to which both did.
    pub both: usize,
    /// Of those found the share that people coded so, 0–1; absent where none was found.
    pub precision: Option<f64>,
    /// Its 95 % interval (Wilson).
    pub precision_interval: Option<(f64, f64)>,
    /// Of those coded the share that was found, 0–1; absent where none was coded.
    pub recall: Option<f64>,
    /// Its 95 % interval (Wilson).
    pub recall_interval: Option<(f64, f64)>,
}

/// Where the codes of an analysis come from, and how far they reach.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Coding {
    /// The files with codes and coded passages, in the order given.
    pub files: Vec<CodesFile>,
    /// Codes that a passage may have.
    pub max_codes: usize,
    /// The precision that thresholds are set for, 0–1.
    pub precision: f64,
    /// Where every passage was to have a code: those that have one that is less probable than its threshold.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub below_thresholds: Option<usize>,
    /// Codes given.
    pub codes: usize,
    /// Passages with one code at least.
    pub coded: usize,
    /// Of these, coded by people.
    pub by_hand: usize,
    /// Examples of codes that are passages of these interviews; each counts for each of its codes.
    pub examples: usize,
    /// Examples that are no passage of these interviews.
    pub examples_elsewhere: usize,
    /// Ids of the passages that people coded, or looked at and found nothing to code.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub judged: Vec<String>,
    /// All codes together.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub expected: Option<ExpectedAgreement>,
    /// Why nothing else was found beside the codes, where nothing was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub nothing_beside: Option<String>,
}

/// A file with codes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CodesFile {
    /// The path as given.
    pub path: String,
    /// BLAKE3, lower-case hex.
    pub blake3: String,
    /// How it was understood, as a phrase.
    pub layout: String,
}
