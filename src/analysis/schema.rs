//! The result of an analysis as plain data: what `analysis.json` holds, and one row a unit.
//!
//! Stored formats live here and nowhere else. A change that an older reader would misunderstand
//! raises [`SCHEMA_VERSION`].

use std::collections::BTreeMap;

use ndarray::Array2;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::cluster::Algorithm;
use crate::corpus::{Cell, Exclusion, Role, Source, UnitKind};
use crate::embed::{ModelIdentity, Origin};
use crate::guide::{AskedInStudy, Frame, QuestionKind};
use crate::theme::accumulation::Accumulation;
use crate::theme::keywords::Keyword;
use crate::theme::naming::GeneratedName;
use crate::theme::prevalence::Prevalence;
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

/// The files of a saved analysis, by which it is told whether they are as they were saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SavedFiles {
    /// BLAKE3 of `analysis.json`, lower-case hex, with 64 zeros in the place of this.
    pub seal: String,
    /// `answers.parquet`
    pub answers: SavedFile,
    /// `vectors.npy`
    pub vectors: SavedFile,
}

/// A file beside `analysis.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SavedFile {
    /// Its size.
    pub bytes: u64,
    /// BLAKE3, lower-case hex.
    pub blake3: String,
    /// Rows of the table or matrix.
    pub rows: usize,
    /// Columns of the matrix.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub columns: Option<usize>,
}

/// Where the ids of themes come from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Lineage {
    /// What the themes of the two runs were compared by: `passages`, or `answers` where these were
    /// divided differently.
    pub compared_by: String,
    /// The themes that took the id of an earlier one.
    pub matched: Vec<MatchedTheme>,
    /// Themes of earlier runs that are not found in this one; their ids go to no other theme.
    pub past: Vec<PastTheme>,
}

/// A theme that was found again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MatchedTheme {
    /// Its id, then and now.
    pub id: String,
    /// Passages or answers in both, of those in one of them, 0–1; only what both runs clustered
    /// counts.
    pub jaccard: f64,
}

/// A theme that was not found again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PastTheme {
    /// Its id.
    pub id: String,
    /// Its label as found.
    pub label: String,
    /// Ids of its units.
    pub units: Vec<String>,
}

/// An analysis before the researcher's edits: what they change of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AsFound {
    /// [`Summary::counts`]
    pub counts: Counts,
    /// [`Summary::sections`]
    pub sections: Vec<SectionSummary>,
    /// [`Summary::recurring`]
    pub recurring: Vec<RecurringSummary>,
    /// The units that edits put elsewhere.
    pub units: Vec<UnitAsFound>,
}

/// Where a unit was before the researcher's edits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UnitAsFound {
    /// Its id.
    pub id: String,
    /// [`UnitRow::theme`]
    pub theme: Option<String>,
    /// [`UnitRow::sub_theme`]
    pub sub_theme: Option<String>,
    /// [`UnitRow::strength`]
    pub strength: Option<f64>,
    /// [`UnitRow::second_theme`]
    pub second_theme: Option<String>,
    /// [`UnitRow::second_strength`]
    pub second_strength: Option<f64>,
}

/// What became of one of the researcher's edits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EditRecord {
    /// `name`, `description`, `merge_into`, `hide`, `pin`, `move` or `split`.
    pub edit: String,
    /// The theme's or, for a move, the passage's id.
    pub target: String,
    /// What it is given: the name, the other theme, the passage.
    pub value: String,
    /// 1-based line of `codebook.toml`.
    pub line: usize,
    /// How the target was found in this run; absent where it was not.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub matched: Option<String>,
    /// Whether it was applied.
    pub applied: bool,
    /// Why not, or what of it could not be.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
}

/// How an analysis was made: enough to make it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Manifest {
    /// Name and version of the program.
    pub program: String,
    /// RFC 3339 time from `SOURCE_DATE_EPOCH`; absent without it, so that the same run gives the
    /// same bytes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub created: Option<String>,
    /// The files read, with hashes, encodings and repairs.
    pub inputs: Vec<Source>,
    /// Every parameter.
    pub parameters: Parameters,
    /// The embedding model.
    pub model: ModelIdentity,
    /// Where the vectors were made, when not by this program on this machine.
    #[serde(skip_serializing_if = "Origin::is_here", default)]
    pub vectors_from: Origin,
    /// Candidates for keywords had no vectors of their own: the mean of the passages that use a term
    /// stood in.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub keywords_by_passages: bool,
    /// How speaker labels were understood, most frequent first.
    pub roles: Vec<RoleSummary>,
    /// Units longer than the model's window: embedded in pieces and averaged.
    pub units_embedded_in_pieces: usize,
    /// Things a reader of the results should know.
    pub warnings: Vec<String>,
    /// Inputs that could not be read.
    pub failures: Vec<String>,
    /// What the names that a language model generated come from.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub generated_names: Option<GeneratedNames>,
    /// The researcher's edits, in the order of `codebook.toml`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub edits: Vec<EditRecord>,
}

/// Where generated names come from, and how many came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GeneratedNames {
    /// The server that quotes and keywords were sent to.
    pub address: String,
    /// Its name for the model.
    pub model: String,
    /// Themes and recurring themes that were to be named.
    pub wanted: usize,
    /// Of these, named.
    pub given: usize,
    /// Of those, named by the earlier run that this one replaced.
    pub reused: usize,
    /// Why not all.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub problem: Option<String>,
}

/// The parameters of an analysis: what a user may choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Parameters {
    /// How answers were divided.
    pub unit: UnitKind,
    /// Units with fewer words were excluded.
    pub min_words: usize,
    /// What was to be clustered together.
    pub frame: Frame,
    /// Whether passages that name the subject of all interviews were left apart from those that
    /// don't.
    #[serde(default)]
    pub keep_subject: bool,
    /// How themes were found among vectors.
    pub algorithm: Algorithm,
    /// Number of themes asked for, per section; absent when found by itself.
    pub themes: Option<usize>,
    /// Factor on the expected number of themes.
    pub granularity: f64,
    /// Participants that a theme needs; absent: two, and one in twenty-five of those who answered in its
    /// section, up to five.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub min_participants: Option<usize>,
    /// Quotes kept for each theme.
    pub quotes: usize,
    /// How often participants were drawn anew to measure stability, half as often in large sections; 0
    /// for not at all.
    #[serde(default)]
    pub stability: usize,
    /// Unclustered units listed for each section.
    #[serde(default)]
    pub isolated: usize,
    /// Everything that is drawn at random starts from here: participants for stability, groups to
    /// compare links between sections with, orders of interviews, and in sections of more than 20,000
    /// passages the sample of centres.
    #[serde(default)]
    pub seed: u64,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            unit: UnitKind::Auto,
            min_words: 5,
            frame: Frame::Auto,
            keep_subject: false,
            algorithm: Algorithm::Themes,
            themes: None,
            granularity: 1.0,
            min_participants: None,
            quotes: 5,
            stability: 20,
            isolated: 5,
            seed: 0,
        }
    }
}

/// One way a speaker label was understood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RoleSummary {
    /// The label as written.
    pub label: String,
    /// The part it was given.
    pub role: Role,
    /// Why.
    pub reason: String,
    /// Turns under it.
    pub turns: usize,
    /// Transcripts in which it was understood this way.
    pub transcripts: usize,
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

/// An unclustered unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IsolatedUnit {
    /// What was said, whole.
    #[serde(flatten)]
    pub quote: Quote,
    /// Mean cosine to the five units of the section that are nearest to it, −1–1.
    pub nearness: f64,
}

/// A candidate theme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Theme {
    /// `Q6.1`, `T1`, …
    pub id: String,
    /// Its name: its headline, without one the best two or three keywords, or what the researcher calls
    /// it.
    pub label: String,
    /// What it says, in the words of somebody who said it; absent where no clause can stand for it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub headline: Option<Headline>,
    /// What a language model calls it, where the user asked for that; not after a merge.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub generated: Option<GeneratedName>,
    /// What the researcher edited: `name`, `description`, `merge`, `hide`, `pin`, `move`, `split`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub edited: Vec<String>,
    /// The researcher's words on what it is about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub description: Option<String>,
    /// The themes that the researcher merged into it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub merged: Vec<String>,
    /// The researcher does not want it printed; it is counted.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub hidden: bool,
    /// What tells it apart, best first.
    pub keywords: Vec<Keyword>,
    /// Units in it.
    pub mentions: usize,
    /// Participants who voiced it, of all who were asked.
    pub prevalence: Prevalence,
    /// The same for each study that was asked.
    pub by_study: Vec<StudyPrevalence>,
    /// Mean cosine of its units to its centre, −1–1.
    pub cohesion: f64,
    /// Mean silhouette of its units among the themes of its section, −1–1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub silhouette: Option<f64>,
    /// Mean best Jaccard coefficient with the themes of resamples, 0–1; see
    /// [`crate::theme::stability`].
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stability: Option<f64>,
    /// The theme of the same section whose centre is nearest.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub nearest: Option<NearestTheme>,
    /// Representative quotes, most typical first, at most one a participant.
    pub quotes: Vec<Quote>,
    /// The least typical member: where the theme ends.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub boundary_quote: Option<Quote>,
    /// The recurring theme it belongs to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub recurring: Option<String>,
    /// Share of its units that answer each guide question, where everything was clustered
    /// together and there is a guide; largest first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub questions: Vec<QuestionShare>,
    /// Nearly all its units answer one question: the theme may be about what was asked.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub follows_the_question: bool,
    /// Parts of a theme that holds more than a fifth of its section.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub sub_themes: Vec<SubTheme>,
}

/// Themes of several sections that say the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecurringSummary {
    /// `R1`, …
    pub id: String,
    /// Its name: its headline, without one the keywords that its themes share best.
    pub label: String,
    /// That of the theme which is linked most closely to the others.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub headline: Option<Headline>,
    /// The keywords that its themes share, best first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub keywords: Vec<Keyword>,
    /// What a language model calls it, where the user asked for that.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub generated: Option<GeneratedName>,
    /// Its themes' ids, in the order of the sections.
    pub themes: Vec<String>,
    /// Participants who voiced one of its themes, of those with an answer in one of the sections.
    pub prevalence: Prevalence,
    /// The same for each study.
    pub by_study: Vec<StudyPrevalence>,
    /// Which themes are linked, and how closely.
    pub links: Vec<ThemeLink>,
}

/// Two themes of different sections that are nearest to each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThemeLink {
    /// Their ids.
    pub themes: (String, String),
    /// Cosine of their centroids, each minus its section's mean.
    pub cosine: f64,
    /// The cosine that random groups of the same sizes reach in 1 % of the deals.
    pub by_chance: f64,
}

/// Part of a large theme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SubTheme {
    /// `Q6.1.1`, …
    pub id: String,
    /// Its name: its headline, without one the best two or three keywords, or what the researcher calls
    /// it.
    pub label: String,
    /// What it says, in the words of somebody who said it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub headline: Option<Headline>,
    /// What tells it apart from the other parts, best first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub keywords: Vec<Keyword>,
    /// Units in it.
    pub mentions: usize,
    /// Participants who voiced it, of all who were asked.
    pub prevalence: Prevalence,
    /// Up to two representative quotes.
    pub quotes: Vec<Quote>,
}

/// A theme's prevalence in one study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StudyPrevalence {
    /// The study.
    pub study: String,
    /// Units of the study in the theme.
    pub mentions: usize,
    /// Participants of the study.
    pub prevalence: Prevalence,
}

/// Another theme and how close it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NearestTheme {
    /// Its id.
    pub id: String,
    /// Cosine of the two centres.
    pub cosine: f64,
}

/// How much of a theme answers one guide question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionShare {
    /// The question.
    pub question: String,
    /// Share of the theme's units, 0–1.
    pub share: f64,
}

/// A clause of a participant that says what a theme says, and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Headline {
    /// The unit it is from.
    pub unit: String,
    /// The study.
    pub study: String,
    /// Who said it.
    pub participant: String,
    /// 1-based number of the answer.
    pub answer: usize,
    /// The words: a slice of the decoded source.
    pub text: String,
    /// Where it stands.
    pub position: Position,
}

impl Headline {
    /// Its words on one line.
    pub fn label(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Like [`Quote::locator`].
    pub fn locator(&self) -> String {
        locator(&self.study, &self.participant, self.answer, &self.position)
    }
}

/// Words of a participant, exactly as said, and where they stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quote {
    /// The unit quoted.
    pub unit: String,
    /// The study.
    pub study: String,
    /// Who said it.
    pub participant: String,
    /// 1-based number of the answer.
    pub answer: usize,
    /// The words: a slice of the decoded source.
    pub text: String,
    /// Words of the unit before the quote are left out.
    pub cut_before: bool,
    /// Words of the unit after the quote are left out.
    pub cut_after: bool,
    /// What was asked.
    pub question: String,
    /// The researcher chose it.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub pinned: bool,
    /// Where it stands.
    pub position: Position,
}

impl Quote {
    /// `creatives/creativity_0004, answer 7`, and the time (`00:12:03`) where the transcript has it.
    pub fn locator(&self) -> String {
        locator(&self.study, &self.participant, self.answer, &self.position)
    }
}

/// Where something was said, in words.
fn locator(study: &str, participant: &str, answer: usize, position: &Position) -> String {
    let time = position.time().map(|time| format!(", {time}")).unwrap_or_default();
    format!("{study}/{participant}, answer {answer}{time}")
}

impl Position {
    /// The time in the recording, `00:12:03`, where the transcript has timestamps.
    pub fn time(&self) -> Option<String> {
        let seconds = self.seconds? as u64; // whole seconds; negative and not-a-number give 0
        Some(format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60))
    }
}

impl UnitRow {
    /// Like [`Quote::locator`].
    pub fn locator(&self) -> String {
        locator(&self.study, &self.participant, self.answer, &self.position)
    }
}

/// A place in the decoded source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    /// The file.
    pub file: String,
    /// The cell of a table that `start` and `end` count in.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cell: Option<Cell>,
    /// First code point, 0-based.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// 1-based line of the file on which the answer starts.
    pub line: usize,
    /// Seconds from the start of the recording.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub seconds: Option<f64>,
}

/// What became of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// In a theme.
    Theme,
    /// Clustered on, in no theme.
    Unclustered,
    /// Set aside before clustering.
    Excluded(Exclusion),
}

impl Status {
    /// The word used in exports: `theme`, `unclustered`, `excluded:too-short`.
    pub fn word(self) -> String {
        match self {
            Self::Theme => "theme".into(),
            Self::Unclustered => "unclustered".into(),
            Self::Excluded(reason) => format!("excluded:{}", reason.word()),
        }
    }

    /// The status of an export's word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "theme" => Some(Self::Theme),
            "unclustered" => Some(Self::Unclustered),
            _ => {
                let reason = word.strip_prefix("excluded:")?;
                Exclusion::ALL.into_iter().find(|e| e.word() == reason).map(Self::Excluded)
            }
        }
    }
}

/// One unit: who said what, and to which theme it belongs.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitRow {
    /// `study/participant#n` or `study/participant#n.k`.
    pub id: String,
    /// The study.
    pub study: String,
    /// Who said it.
    pub participant: String,
    /// 1-based number of the answer.
    pub answer: usize,
    /// The section's id; `None` for answers to the greeting.
    pub section: Option<String>,
    /// What was asked.
    pub question: String,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub position: Position,
    /// What became of it.
    pub status: Status,
    /// Its theme.
    pub theme: Option<String>,
    /// Its sub-theme, in a theme that has some.
    pub sub_theme: Option<String>,
    /// Membership in its theme, 0–1; `None` without a theme.
    pub strength: Option<f64>,
    /// The theme with the next largest membership (for an unclustered unit, the largest).
    pub second_theme: Option<String>,
    /// Membership in that theme, 0–1.
    pub second_strength: Option<f64>,
    /// Row of its vector; `None` for excluded units.
    pub vector: Option<usize>,
    /// Where it was before the researcher moved it: a theme's id, or `unclustered`.
    pub moved_from: Option<String>,
    /// 1-based number of the guide question it answers, in [`Framing::guide`]; `None` outside the guide.
    pub guide_question: Option<usize>,
    /// Its place on the map, for looking only; `None` for excluded units, and until it is laid out.
    pub map: Option<(f32, f32)>,
}

impl Summary {
    /// All themes, section by section.
    pub fn themes(&self) -> impl Iterator<Item = &Theme> {
        self.sections.iter().flat_map(|section| &section.themes)
    }

    /// The theme with this id.
    pub fn theme(&self, id: &str) -> Option<&Theme> {
        self.themes().find(|theme| theme.id == id)
    }
}
