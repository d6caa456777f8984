//! Where an analysis comes from: inputs, parameters, model, edits; and what keeps its ids and lets edits be
//! taken back.

use super::*;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::cluster::Algorithm;
use crate::corpus::{Role, Source, UnitKind};
use crate::embed::onnx::BUNDLED;
use crate::embed::{ModelIdentity, Origin};
use crate::guide::Frame;
use crate::notes::NotesFrom;
use crate::theme::numbers::{counted, number};

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
    /// The id of the first analysis of the line, where it is not that of this one: what edits in reports of the line
    /// are kept under.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub first: Option<String>,
    /// What the themes of the two runs were compared by: `passages`, or `answers` where these were
    /// divided differently.
    pub compared_by: String,
    /// The themes that took the id of an earlier one.
    pub matched: Vec<MatchedTheme>,
    /// Themes of earlier runs that are not found in this one; their ids go to no other theme.
    pub past: Vec<PastTheme>,
    /// Recurring themes that the researcher's edits name and that are not found in this run; their ids go to no other.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub past_recurring: Vec<PastRecurring>,
    /// Questions of earlier runs that are not in this one; their ids go to no other.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub past_sections: Vec<PastSection>,
    /// Whose passages were clustered in the runs that found the themes of `past` last.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub past_interviews: Vec<Vec<String>>,
    /// Passages that earlier runs found in themes of this run, and that this run did not cluster.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub absent: Vec<AbsentPassages>,
}

/// A theme that was found again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MatchedTheme {
    /// Its id, then and now.
    pub id: String,
    /// Passages or answers in both, of those in one of them, 0–1; only what both runs clustered
    /// counts, and what this run has again of what still earlier ones clustered.
    pub jaccard: f64,
}

/// A theme that was not found again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PastTheme {
    /// Its id.
    pub id: String,
    /// Its label as found.
    pub label: String,
    /// Ids of its units.
    pub units: Vec<String>,
    /// The code that it is, where the researcher gave codes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<String>,
    /// Where in `past_interviews` those stand that were clustered with it; absent in analyses of earlier programs.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub interviews: Option<usize>,
}

/// A question that was not asked again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PastSection {
    /// Its id.
    pub id: String,
    /// The question that opened it.
    pub question: String,
    /// Ids of its units that were clustered.
    pub units: Vec<String>,
}

/// Passages of a theme that are not in this run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AbsentPassages {
    /// The theme's id.
    pub theme: String,
    /// Their ids.
    pub units: Vec<String>,
}

/// A recurring theme that was not found again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PastRecurring {
    /// Its id.
    pub id: String,
    /// Its label as found.
    pub label: String,
    /// Ids of the themes that it joined.
    pub themes: Vec<String>,
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
    /// [`UnitRow::also`]
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub also: Vec<AlsoIn>,
}

impl UnitAsFound {
    /// Like [`UnitRow::themes`].
    pub(in crate::analysis) fn themes(&self) -> impl Iterator<Item = &str> {
        super::unit::themes_in_order(self.theme.as_ref(), &self.also)
    }
}

/// What became of one of the researcher's edits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EditRecord {
    /// `name`, `description`, `memo`, `merge_into`, `hide`, `pin`, `move`, `split`, `divide`, `new`, `also`, `not`,
    /// `themes` (of a recurring theme) or `category`.
    pub edit: String,
    /// The id of the theme, recurring theme or passage, or the category's name.
    pub target: String,
    /// What it is given: the name, the other theme, the passage, the note.
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

impl EditRecord {
    /// How many edits there are of which all records are `such`. As on the report's page, what one word does to one thing
    /// is one edit, however many parts, passages or themes it names and however many records it has.
    pub(crate) fn edits<'a>(records: impl IntoIterator<Item = &'a Self>, such: impl Fn(&Self) -> bool) -> usize {
        let mut edits: BTreeMap<(&str, &str), bool> = BTreeMap::new();
        for record in records {
            *edits.entry((&record.edit, &record.target)).or_insert(true) &= such(record);
        }
        edits.into_values().filter(|&all| all).count()
    }
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
    /// What else was read: the table of participants, the guide.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub also_read: Vec<AlsoRead>,
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
    /// Where margin notes come from, and how far they went.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub notes: Option<MarginNotes>,
    /// What the names that a language model generated come from.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub generated_names: Option<GeneratedNames>,
    /// The codes that the researcher gave.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub coding: Option<Coding>,
    /// The researcher's edits, in the order of `codebook.toml`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub edits: Vec<EditRecord>,
    /// What was replaced, where this was written with pseudonyms; never in an analysis folder.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pseudonyms: Option<Pseudonyms>,
}

/// A file that was read beside the interviews.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AlsoRead {
    /// The path as given.
    pub path: String,
    /// BLAKE3, lower-case hex.
    pub blake3: String,
}

impl Manifest {
    /// Whether the vectors are those with which stability was held against a coder (docs/trust.md).
    pub fn is_calibrated(&self) -> bool {
        self.model.name == BUNDLED
    }
}

/// What was replaced for others to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Pseudonyms {
    /// Participants called by pseudonyms.
    pub participants: usize,
    /// Ids and names replaced in passages and questions.
    pub replaced: usize,
    /// Words left that may be names, as they are ordinary words too.
    pub doubtful: usize,
}

impl Pseudonyms {
    /// As a sentence of the method.
    pub fn sentence(self) -> String {
        let Self { participants, replaced, doubtful } = self;
        let left = match doubtful {
            0 => String::new(),
            n => format!(" {} that may be names were left.", counted(n, "word")),
        };
        let in_texts = match replaced {
            0 => "passages and questions hold no ids and names that are known".to_owned(),
            n => format!("ids and names were replaced in {} of passages and questions", counted(n, "place")),
        };
        format!(
            "Written with pseudonyms for {}; {in_texts}.{left} Positions are those in the original texts. What people tell of \
             themselves stays.",
            counted(participants, "participant"),
        )
    }
}

/// Margin notes, by which passages were clustered together with their words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MarginNotes {
    /// Where they come from.
    pub from: NotesFrom,
    /// What a note counts beside the words: a passage's vector is `words + weight · note`, at unit length.
    pub weight: f64,
    /// Passages that were clustered on.
    pub passages: usize,
    /// Of those, passages with a note; the others were clustered by their words.
    pub with_note: usize,
    /// Notes that said that there is nothing to note, and count as none.
    #[serde(skip_serializing_if = "super::code::is_zero", default)]
    pub without_content: usize,
    /// Ids of the passages for which a note was asked and none came.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub failed: Vec<String>,
    /// What went wrong, in words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub problem: Option<String>,
}

impl MarginNotes {
    /// Whether a language model on a server was asked for them.
    pub fn are_a_models(&self) -> bool {
        matches!(self.from, NotesFrom::Model { .. })
    }

    /// Whose they are, in a few words: the model's name, or that of the file without its folders.
    pub fn whose(&self) -> &str {
        match &self.from {
            NotesFrom::File { path, .. } => path.rsplit(['/', '\\']).next().unwrap_or(path),
            NotesFrom::Model { model, .. } => model,
        }
    }

    /// What a reader of any output has to know of them.
    pub fn sentence(&self) -> String {
        let share = format!("{} of {}", number(self.with_note), counted(self.passages, "passage"));
        let by = "were clustered by margin note and words together";
        let failed = match self.failed.len() {
            0 => String::new(),
            n => format!("; for {} no note came, and their words stood alone", counted(n, "passage")),
        };
        match &self.from {
            NotesFrom::File { .. } => format!("{share} {by}; the notes are from {}{failed}.", self.whose()),
            NotesFrom::Model { model, address, .. } => format!(
                "{share} {by}; the notes are those of a language model, {model}: passages, questions and answers were \
                 sent to {address}{failed}."
            ),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_one_edit_are_counted_once_and_edits_of_two_things_twice() {
        let record = |edit: &str, target: &str, value: &str, applied| EditRecord {
            edit: edit.into(),
            target: target.into(),
            value: value.into(),
            line: 1,
            matched: None,
            applied,
            reason: None,
        };
        let records = [
            record("split", "Q1.3", "a", true),
            record("split", "Q1.3", "b", false),
            record("pin", "Q1.3", "s/p#1", true),
            record("pin", "Q1.3", "s/p#2", true),
            record("pin", "Q1.4", "s/p#3", true),
            record("move", "s/p#4", "Q1.3", true),
        ];
        assert_eq!(EditRecord::edits(&records, |_| true), 4);
        assert_eq!(EditRecord::edits(&records, |record| record.applied), 3, "of the split one part is not");
        assert_eq!(EditRecord::edits([], |_| true), 0);
    }
}
