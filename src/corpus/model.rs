//! The words of the corpus as types: study, participant, document, turn, answer, unit.
//!
//! In: nothing; readers and the unit divider build these. Out: plain data that every later
//! station reads. This module never reads files and never decides anything.

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::language::Language;

/// The part a speaker plays in a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Asks the questions; never clustered, counted or quoted as an answer.
    Interviewer,
    /// Answers them.
    Participant,
    /// Observers, note takers, unlabelled preambles.
    Other,
}

impl Role {
    /// What stands before its word in a sentence.
    pub(crate) fn article(self) -> &'static str {
        match self {
            Role::Participant => "a",
            Role::Interviewer => "an",
            Role::Other => "some",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Role::Interviewer => "interviewer",
            Role::Participant => "participant",
            Role::Other => "other",
        })
    }
}

/// One file that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// The path as the user gave it (or as found below the folder they gave), with `/`.
    pub path: String,
    /// Reader that took it: `text`, `csv`, `vtt`, `docx`, …
    pub format: String,
    /// How it was understood, where that had to be decided: `one answer a row: words in …`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub layout: Option<String>,
    /// BLAKE3 of the bytes on disk, lower-case hex.
    pub blake3: String,
    /// Size on disk in bytes.
    pub bytes: u64,
    /// Encoding it was decoded from, by its WHATWG name (`UTF-8`, `windows-1252`, …).
    pub encoding: String,
    /// How its lines end, where that is not by LF alone: `CRLF`, `CR`, or several of them. Positions count each such end
    /// as one character.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line_ends: Option<String>,
    /// Runs of mojibake that were repaired before positions were taken.
    pub mojibake_repaired: usize,
}

/// A stretch of decoded source text that positions refer to: a whole text file, one cell of a
/// table or field of a record, or, where a format scatters the words (subtitles, Word), its
/// transcript written out. Line ends are LF, mojibake is repaired; numbers of lines and pages, running heads, and times
/// within the words of a transcript are left out; nothing else is changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Index into [`Corpus::sources`].
    pub source: usize,
    /// The cell this text stands in, for tables.
    pub cell: Option<Cell>,
    /// The decoded text.
    pub text: Arc<str>,
    /// It is a code by which a program says that an answer is missing, such as `-99`.
    pub is_missing: bool,
}

/// Where in a table a document stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// 1-based record number, the header not counted.
    pub row: usize,
    /// 1-based line of the file on which the record starts; the sheet's row in a workbook, the
    /// record's number where a format has no lines.
    pub line: usize,
    /// The column's name, one allocation for all its cells where a table is read.
    #[serde(with = "shared")]
    #[schemars(with = "String")]
    pub column: Arc<str>,
}

/// A text that many hold, stored as any other.
mod shared {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(text)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
        String::deserialize(deserializer).map(Into::into)
    }
}

/// An uninterrupted stretch by one speaker.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// The speaker's label as written (without colon or emphasis); empty where there was none.
    pub speaker: Arc<str>,
    /// The part the speaker plays.
    pub role: Role,
    /// Index into [`Corpus::documents`].
    pub document: usize,
    /// Code points of [`Document::text`], 0-based, end exclusive; `text` is exactly this slice,
    /// without white space at either end.
    pub span: Range<usize>,
    /// 1-based line of the file on which the text starts.
    pub line: usize,
    /// Where the transcript has timestamps, from which code point of the document which second of
    /// the recording is heard, rising; the first one is the turn's start.
    pub times: Box<[TimeMark]>,
    /// The words said; the same allocation as the document's text where they are all of it.
    pub text: Arc<str>,
}

impl Turn {
    /// Seconds from the start of the recording at which a code point of the document is heard, as
    /// far as the last timestamp before it tells.
    pub fn seconds_at(&self, point: usize) -> Option<f64> {
        let after = self.times.partition_point(|mark| mark.point <= point);
        self.times[..after].last().map(|mark| mark.seconds)
    }
}

/// A timestamp within a turn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeMark {
    /// Code point of the document.
    pub point: usize,
    /// Seconds from the start of the recording.
    pub seconds: f64,
}

/// What was decided about one speaker label, and why.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SpeakerRole {
    /// The label as written.
    pub label: String,
    /// The part it was given.
    pub role: Role,
    /// Why, as a phrase: `known name for an interviewer`, `asks 12 of the 14 questions (12 answered
    /// by others) in 30 turns`.
    pub reason: String,
    /// Number of turns under this label in the transcript.
    pub turns: usize,
}

/// What a study, an interview or a person is called; one allocation for all who hold it.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(Arc<str>);

impl Name {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text itself, without a copy.
    pub(super) fn shared(&self) -> Arc<str> {
        Arc::clone(&self.0)
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Self(name.into())
    }
}

impl From<Arc<str>> for Name {
    fn from(name: Arc<str>) -> Self {
        Self(name)
    }
}

impl From<String> for Name {
    fn from(name: String) -> Self {
        Self(name.into())
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for Name {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<Name> for &str {
    fn eq(&self, other: &Name) -> bool {
        *self == other.as_str()
    }
}

impl PartialEq<Name> for String {
    fn eq(&self, other: &Name) -> bool {
        self == other.as_str()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// One interview: normally one participant.
#[derive(Clone, Debug, PartialEq)]
pub struct Transcript {
    /// The study it belongs to.
    pub study: Name,
    /// Its id: the front matter's, the table's id column, or the file's name.
    pub id: Name,
    /// Who was interviewed, where the ids tell that it is one of several interviews with one person.
    pub person: Option<Name>,
    /// Turns in their order. Empty turns do not exist.
    pub turns: Vec<Turn>,
    /// One entry a label, in order of first appearance; one allocation for all transcripts with the same.
    pub speakers: Arc<[SpeakerRole]>,
    /// What its participants speak; the study's language where they say too little to tell.
    pub language: Option<Language>,
}

impl Transcript {
    /// The participant who spoke a turn: the transcript's id or its [person](Self::person), or
    /// `id/speaker` where several participants share one transcript (a group interview).
    pub fn participant_of(&self, turn: &Turn) -> String {
        self.participant(turn, self.is_group()).to_string()
    }

    /// Whether several participants share the transcript.
    pub(crate) fn is_group(&self) -> bool {
        self.speakers.iter().filter(|speaker| speaker.role == Role::Participant).nth(1).is_some()
    }

    /// [`Self::participant_of`], where it is known whether it [is a group](Self::is_group).
    pub(crate) fn participant(&self, turn: &Turn, is_group: bool) -> Arc<str> {
        if is_group {
            format!("{}/{}", self.id, turn.speaker).into()
        } else {
            self.person.as_ref().unwrap_or(&self.id).shared()
        }
    }
}

/// A participant's turn with what it answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Index into [`Corpus::transcripts`].
    pub transcript: usize,
    /// Index into that transcript's turns.
    pub turn: usize,
    /// The participant (see [`Transcript::participant_of`]): the allocation of the transcript's name for them, or, in
    /// a group, one for all answers in a row of theirs.
    pub participant: Arc<str>,
    /// 1-based number of the answer among this participant's answers.
    pub number: usize,
    /// The interviewer's turns, in order, that were the last to ask before the answer; in a group
    /// they are asked of everybody who answers (empty when a participant speaks first). One allocation for all answers with the same.
    pub question_turns: Arc<[usize]>,
}

/// Everything that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corpus {
    /// Files, in the order read.
    pub sources: Vec<Source>,
    /// Texts that positions refer to.
    pub documents: Vec<Document>,
    /// Interviews, study by study (see [`Self::studies`]), in the order read; every `(study, id)` occurs once.
    pub transcripts: Vec<Transcript>,
    /// Answers: transcript by transcript, turn by turn.
    pub answers: Vec<Answer>,
    /// What is known of participants beyond their words.
    pub attributes: Attributes,
    /// Things a reader of the results should know (no participant turns, one huge turn, …).
    pub warnings: Vec<String>,
    /// Inputs that could not be read, each as a full message with its path; the others were.
    pub failures: Vec<String>,
}

impl Corpus {
    /// The study of an answer.
    pub fn study_of(&self, answer: &Answer) -> &str {
        &self.transcripts[answer.transcript].study
    }

    /// The turn of an answer.
    pub fn turn_of(&self, answer: &Answer) -> &Turn {
        &self.transcripts[answer.transcript].turns[answer.turn]
    }

    /// Whether each transcript is one participant's, and each participant has one.
    pub(crate) fn is_one_to_one(&self) -> bool {
        self.transcripts.iter().all(|transcript| transcript.person.is_none() && !transcript.is_group())
    }

    /// Whether an answer is a code that says that there is none.
    pub fn is_missing(&self, answer: &Answer) -> bool {
        self.documents[self.turn_of(answer).document].is_missing
    }

    /// The interviewer's words before an answer, their turns joined by a blank line.
    pub fn question_text(&self, answer: &Answer) -> String {
        let turns = &self.transcripts[answer.transcript].turns;
        let texts: Vec<&str> = answer.question_turns.iter().map(|&t| &*turns[t].text).collect();
        texts.join("\n\n")
    }

    /// Studies in their order: fewer interviews first, then more answers, then by name.
    pub fn studies(&self) -> Vec<&str> {
        let mut known = HashSet::new();
        let names = self.transcripts.iter().map(|transcript| transcript.study.as_str());
        names.filter(|name| known.insert(*name)).collect()
    }
}

/// How an answer is divided before embedding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// Passages for long answers, a short answer whole.
    #[default]
    Auto,
    /// One to three consecutive sentences, 12 to 45 words.
    Passage,
    /// The whole answer.
    Answer,
    /// Each sentence.
    Sentence,
}

/// Why a unit was set aside before clustering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Exclusion {
    /// Fewer words than `--min-words`.
    TooShort,
    /// An opening or closing courtesy, by position together with content.
    Courtesy,
    /// Answers the interviewer's greeting, before the first real question.
    Greeting,
    /// An exact repetition of a long text by the same participant.
    Duplicate,
    /// `N/A`, `don't know`, `nothing`, `-`: a response pattern, counted and reported.
    NonAnswer,
    /// A code by which a program says that nobody answered, such as `-99`; who has it was not asked.
    Missing,
}

impl Exclusion {
    /// Every reason, in the order reports list them.
    pub const ALL: [Exclusion; 6] =
        [Self::Greeting, Self::Courtesy, Self::NonAnswer, Self::Missing, Self::TooShort, Self::Duplicate];

    /// The word used in exports: `excluded:too-short`.
    pub fn word(self) -> &'static str {
        match self {
            Self::TooShort => "too-short",
            Self::Courtesy => "courtesy",
            Self::Greeting => "greeting",
            Self::Duplicate => "duplicate",
            Self::NonAnswer => "non-answer",
            Self::Missing => "missing",
        }
    }
}

/// What is embedded and clustered.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// `study/participant#n`, or `study/participant#n.k` for the k-th part of a divided answer.
    pub id: String,
    /// Index into [`Corpus::answers`].
    pub answer: usize,
    /// Code points of the document the turn stands in; `text` is exactly this slice.
    pub span: Range<usize>,
    /// The verbatim text.
    pub text: String,
    /// Set when the unit is left out of the clustering.
    pub excluded: Option<Exclusion>,
}

/// What is known of participants.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes {
    pub(super) names: Vec<String>,
    pub(super) values: BTreeMap<(String, String), Vec<String>>,
}

impl Attributes {
    /// The attributes' names, in the order of the table's columns.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The values of a participant, one a name, empty where the table says nothing; `None` for a
    /// participant who is not in the table.
    pub fn of(&self, study: &str, participant: &str) -> Option<&[String]> {
        if self.values.is_empty() {
            return None;
        }
        self.values.get(&(study.to_owned(), participant.to_owned())).map(Vec::as_slice)
    }
}
