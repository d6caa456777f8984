//! The result of an analysis as plain data: what `analysis.json` holds.

use super::*;
use std::collections::{BTreeMap, HashMap, HashSet};

use ndarray::Array2;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::corpus::Language;
use crate::guide::{AskedInStudy, QuestionKind};
use crate::theme::accumulation::Accumulation;
use crate::theme::numbers::{counted, counted_each};
use crate::theme::stability::Agreement;

/// Version of the stored formats.
pub const SCHEMA_VERSION: u32 = 1;

/// The JSON Schema (draft 2020-12) of `analysis.json` as this program writes it, made from the types;
/// `docs/schema/analysis.schema.json` is a copy.
pub fn json_schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Summary>();
    schema.insert("title".into(), format!("Leitmotif analysis.json, schema version {SCHEMA_VERSION}").into());
    let mut schema = schema.to_value();
    without_links(&mut schema);
    schema
}

/// Descriptions come from the documentation of the types; its links lead nowhere in a schema.
fn without_links(schema: &mut serde_json::Value) {
    match schema {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    serde_json::Value::String(text) if name == "description" => {
                        *text = text.replace("[`", "`").replace("`]", "`");
                    }
                    other => without_links(other),
                }
            }
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(without_links),
        _ => {}
    }
}

/// A whole analysis: summary, one row a unit, and the vectors of the units that were clustered.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// Everything but the single units.
    pub summary: Summary,
    /// One row a unit, in the order of the corpus.
    pub units: Vec<UnitRow>,
    /// `(n_clustered_on, n_dims)`, unit length; [`UnitRow::vector`] points here.
    pub vectors: Array2<f32>,
}

impl Analysis {
    /// Whether some passage belongs to more than one theme.
    pub(crate) fn has_several_themes_a_passage(&self) -> bool {
        self.units.iter().any(|unit| !unit.also.is_empty())
    }

    /// For each theme that was found beside codes how many of its passages have a code, too; no entry for none.
    pub(crate) fn with_code_too(&self) -> HashMap<&str, usize> {
        with_code_too(&self.summary.code_ids(), self.units.iter().map(|unit| unit.themes().collect()))
    }
}

/// What `analysis.json` holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// [`SCHEMA_VERSION`] of the program that wrote it.
    pub schema_version: u32,
    /// How it was made.
    pub manifest: Manifest,
    /// What was saved beside it; absent before it is saved, and in analyses of programs that knew no hashes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub files: Option<SavedFiles>,
    /// The bodies of interviews.
    pub studies: Vec<StudySummary>,
    /// Names of what is known of participants beyond their words, as their table lists them.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub attributes: Vec<String>,
    /// Everybody who answered, in the order read.
    #[serde(default)]
    pub participants: Vec<ParticipantSummary>,
    /// Counts over everything.
    pub counts: Counts,
    /// What was clustered together.
    pub framing: Framing,
    /// Section by section, the themes.
    pub sections: Vec<SectionSummary>,
    /// Themes that recur across sections, most participants first.
    pub recurring: Vec<RecurringSummary>,
    /// The researcher's groups of themes, in the order of `codebook.toml`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub categories: Vec<Category>,
    /// The researcher's notes on passages, in the order of `codebook.toml`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub memos: Vec<PassageMemo>,
    /// Mean silhouette of all units in themes, each within its section, −1–1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub silhouette: Option<f64>,
    /// How themes add up with participants, study by study.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub accumulation: Vec<Accumulation>,
    /// How themes go back to those of the analysis that this one replaced.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lineage: Option<Lineage>,
    /// What was found, where the researcher's edits changed it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub as_found: Option<Box<AsFound>>,
}

/// One study in numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StudySummary {
    /// Its name.
    pub name: String,
    /// Interviews.
    pub transcripts: usize,
    /// People interviewed.
    pub participants: usize,
    /// Their turns.
    pub answers: usize,
    /// Units of all kinds.
    pub units: usize,
}

/// One person interviewed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ParticipantSummary {
    /// Their study.
    pub study: String,
    /// Their id, unique within the study.
    pub participant: String,
    /// The group interview that they took part in; absent for an interview of their own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub transcript: Option<String>,
    /// ISO 639-3 code of the language of their interview, where it could be told.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub language: Option<String>,
    /// Their turns.
    pub answers: usize,
    /// Units of all kinds.
    pub units: usize,
    /// What is known of them, one value for each of [`Summary::attributes`], empty where missing.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub attributes: Vec<String>,
}

/// Units by what became of them: they add up to `units`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Participants of all studies.
    pub participants: usize,
    /// Their turns.
    pub answers: usize,
    /// All units.
    pub units: usize,
    /// In a theme.
    pub in_themes: usize,
    /// Clustered on, but in no theme.
    pub unclustered: usize,
    /// Set aside before clustering, by reason (`too-short`, `courtesy`, …).
    pub excluded: BTreeMap<String, usize>,
}

impl Counts {
    /// Units set aside for any reason.
    pub fn excluded_total(&self) -> usize {
        self.excluded.values().sum()
    }

    /// Share of the clustered-on units that are in a theme, 0–1; `None` when there are none.
    pub fn coverage(&self) -> Option<f64> {
        let clustered_on = self.in_themes + self.unclustered;
        (clustered_on > 0).then(|| self.in_themes as f64 / clustered_on as f64)
    }
}

/// What was clustered together, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Framing {
    /// Whether themes were looked for section by section.
    pub by_section: bool,
    /// Why, as a phrase.
    pub reason: String,
    /// The guide questions found, in the order of the interview.
    pub guide: Vec<GuideQuestionSummary>,
    /// Answers to questions outside the guide; they belong to the section they stand in.
    pub follow_ups: usize,
    /// What all sections are about; whether a passage names it was made not to matter.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject: Option<SubjectSummary>,
    /// Why nothing was taken out, where a subject was looked for and not found.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub no_subject: Option<String>,
}

/// The word for what all interviews are about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SubjectSummary {
    /// As it is written most often.
    pub word: String,
    /// Share of the passages that name it, 0–1.
    pub share: f64,
    /// Squared correlation of the naming with the vectors along the direction that was taken out, 0–1.
    pub fit: f64,
}

/// A guide question as found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GuideQuestionSummary {
    /// The section it opens (`Q1`, …), when themes are looked for by section.
    pub section: Option<String>,
    /// Its most typical wording.
    pub wording: String,
    /// Greeting, topic or closing.
    pub kind: QuestionKind,
    /// Participants asked, per study.
    pub asked: Vec<AskedInStudy>,
    /// Mean cosine of its wordings to their centre, 0–1.
    pub cohesion: f64,
}

impl GuideQuestionSummary {
    /// For each question of a guide its number as people read it everywhere, from 1 and as the ids of sections are
    /// counted: the greeting has none, since no theme answers it. [`UnitRow::guide_question`] counts it all the same.
    pub(crate) fn numbers(guide: &[Self]) -> Vec<Option<usize>> {
        let mut last = 0;
        let number = |question: &Self| {
            let is_counted = question.kind != QuestionKind::Greeting;
            last += usize::from(is_counted);
            is_counted.then_some(last)
        };
        guide.iter().map(number).collect()
    }
}

/// The themes of one section.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SectionSummary {
    /// `Q1`, …; `T` when everything was clustered together.
    pub id: String,
    /// The question that opens it; empty for `T`.
    pub question: String,
    /// Topic or closing.
    pub kind: QuestionKind,
    /// Participants with an answer in the section, per study.
    pub asked: Vec<AskedInStudy>,
    /// Units clustered on.
    pub units: usize,
    /// Of those, in no theme.
    pub unclustered: usize,
    /// Why there are no themes, where there are none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub no_themes_because: Option<String>,
    /// How many themes fewer than asked for were found.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub shortfall: Option<usize>,
    /// How far its themes are found again when participants are drawn anew.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub agreement: Option<Agreement>,
    /// Mean silhouette of its units in themes, −1–1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub silhouette: Option<f64>,
    /// Unclustered units that are least like anything else said here, the most isolated first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub isolated: Vec<IsolatedUnit>,
    /// Its themes, most participants first.
    pub themes: Vec<Theme>,
}

impl Summary {
    /// All themes, section by section.
    pub fn themes(&self) -> impl Iterator<Item = &Theme> {
        self.sections.iter().flat_map(|section| &section.themes)
    }

    /// The language of each participant of whom it is known, by study and name.
    pub(crate) fn languages(&self) -> HashMap<(&str, &str), Language> {
        let language = |person: &ParticipantSummary| Language::from_code(person.language.as_deref()?);
        let known = self.participants.iter().filter_map(|person| Some((person, language(person)?)));
        known.map(|(p, language)| ((p.study.as_str(), p.participant.as_str()), language)).collect()
    }

    /// The categories that a theme belongs to, as in a table's cell: `Working hours; At home`.
    pub(crate) fn categories_of(&self, theme: &str) -> Option<String> {
        let own = |category: &&Category| category.themes.iter().any(|id| id == theme);
        let names: Vec<&str> = self.categories.iter().filter(own).map(|category| category.name.as_str()).collect();
        (!names.is_empty()).then(|| names.join("; "))
    }

    /// The ids of the themes that are given codes.
    pub(crate) fn code_ids(&self) -> HashSet<&str> {
        self.themes().filter(|theme| theme.code.is_some()).map(|theme| theme.id.as_str()).collect()
    }

    /// The theme with this id.
    pub fn theme(&self, id: &str) -> Option<&Theme> {
        self.themes().find(|theme| theme.id == id)
    }

    /// The themes of a category that are shown, and how many the researcher hid, which count all the same.
    pub(crate) fn members_of(&self, category: &Category) -> (Vec<&Theme>, usize) {
        let (hidden, shown): (Vec<&Theme>, Vec<&Theme>) =
            category.themes.iter().filter_map(|id| self.theme(id)).partition(|theme| theme.hidden);
        (shown, hidden.len())
    }

    /// The recurring theme that a theme belongs to, unless the researcher hid it.
    pub(crate) fn shown_recurring(&self, theme: &Theme) -> Option<&RecurringSummary> {
        let id = theme.recurring.as_deref()?;
        self.recurring.iter().find(|recurring| recurring.id == id && !recurring.hidden)
    }

    /// How many there are: `9 themes`, and where codes were given `2 codes and 9 themes`.
    pub(crate) fn themes_in_words(&self) -> String {
        let codes = self.themes().filter(|theme| theme.code.is_some()).count();
        let themes = self.themes().count() - codes;
        counted_each([(codes, "code"), (themes, "theme")]).unwrap_or_else(|| counted(0, "theme"))
    }

    /// How many themes, and how many recurring ones, the researcher hid.
    pub(crate) fn hidden_themes(&self) -> (usize, usize) {
        let recurring = self.recurring.iter().filter(|recurring| recurring.hidden).count();
        (self.themes().filter(|theme| theme.hidden).count(), recurring)
    }

    /// How much the researcher hid: `2 themes and 1 recurring theme`; `None` where that is nothing.
    pub(crate) fn hidden_in_words(&self) -> Option<String> {
        let (themes, recurring) = self.hidden_themes();
        counted_each([(themes, "theme"), (recurring, "recurring theme")])
    }
}
