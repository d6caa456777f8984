//! One file a format, all behind [`Reader`].
//!
//! In: the contents of one file. Out: its transcripts as the file tells them, with positions. A
//! reader never decides roles or study names and never touches the disk.
//!
//! A reader either hands over turns ([`RawTurn`]) with the document they stand in, or rows to
//! [`table`], which knows the three layouts of tables. Where a format scatters the words, [`Script`]
//! writes the transcript out.

mod archive;
mod chat;
mod csv;
mod cue_text;
mod cues;
mod docx;
mod elan;
mod html;
mod json;
mod markup;
mod missing;
mod odt;
mod old_office;
mod otranscribe;
mod package;
mod pairs;
mod parquet;
mod pdf;
mod people;
pub(crate) mod qdc;
pub(crate) mod qdpx;
mod recognisers;
mod records;
mod rtf;
mod said;
mod sbv;
mod segments;
mod shared_texts;
mod sides;
mod srt;
pub(crate) mod table;
mod tei;
mod text;
mod vtt;
mod xlsx;
mod xml;

use std::ops::Range;
use std::sync::Arc;

use memchr::memchr_iter;

use super::encoding::Decoded;
use super::model::{Cell, Name, TimeMark};
use super::one_persons::OnePersons;
use super::people::People;
use super::speakers::Names;
use super::{CorpusError, ReadOptions};

/// A format's reader.
pub(crate) trait Reader: Sync {
    /// The format's name in [`super::Source::format`].
    fn name(&self) -> &'static str;
    /// Extensions it takes, in lower case without the dot.
    fn extensions(&self) -> &'static [&'static str];
    /// What the contents say about being of this format, whatever the extension.
    fn claim(&self, contents: &Contents, options: &ReadOptions) -> Claim;
    /// Whether the contents may say for sure that it is this format; where they never do, they are not looked at when
    /// the extension tells another one.
    fn may_be_certain(&self) -> bool {
        true
    }
    /// Whether the file's own name, rather than its folder's, names a study.
    fn named_by_file(&self) -> bool;
    /// Whether its files are read at all; else they are named with what to do about them.
    fn is_read(&self) -> bool {
        true
    }
    /// Whether its files have columns or fields that options may name.
    fn has_columns(&self) -> bool {
        self.named_by_file()
    }
    /// Reads a file.
    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError>;
    /// Reads a file as a plain table, for what is known of participants. Formats that hold no tables
    /// refuse.
    fn grid(&self, file: File<'_>) -> Result<Grid, CorpusError> {
        Err(CorpusError::NoTable { path: file.path.to_owned(), format: self.name() })
    }
    /// The same of the first table whose header `fits`, where the file may hold several and one does; tables that fit
    /// and whose header `goes_on` with the first's are read with it.
    fn grid_that(&self, file: File<'_>, _fits: &Fits, _goes_on: &GoesOn) -> Result<Grid, CorpusError> {
        self.grid(file)
    }
}

/// Whether a table with these titles is the one that is looked for.
pub(crate) type Fits<'f> = dyn Fn(&[String]) -> bool + 'f;
/// Whether a table with the second titles goes on with one with the first.
pub(crate) type GoesOn<'f> = dyn Fn(&[String], &[String]) -> bool + 'f;

/// A table as it stands in a file.
pub(crate) struct Grid {
    /// The titles of the columns.
    pub(crate) header: Vec<String>,
    /// Each row's line of the file and its cells.
    pub(crate) rows: Vec<(usize, Vec<String>)>,
    /// What of the file was not read, as a message.
    pub(crate) left_out: Option<String>,
    /// Of a workbook each sheet that was read: how many rows stand before its own, and its name.
    pub(crate) sheets: Vec<(usize, String)>,
}

impl Grid {
    /// The sheet that a row, counted from 0, stands on; `None` in other files.
    pub(crate) fn sheet_of(&self, row: usize) -> Option<&str> {
        self.sheets.iter().rev().find(|(before, _)| *before <= row).map(|(_, name)| name.as_str())
    }
}

/// Every reader. Of several that find contents possible the first is taken.
pub(crate) const READERS: [&dyn Reader; 19] = [
    &docx::Docx,
    &xlsx::Xlsx,
    &parquet::Parquet,
    &pdf::Pdf,
    &odt::Odt,
    &rtf::Rtf,
    &qdpx::Qdpx,
    &old_office::OldOffice,
    &otranscribe::OTranscribe,
    &json::Json,
    &vtt::Vtt,
    &srt::Srt,
    &sbv::Sbv,
    &chat::Chat,
    &elan::Elan,
    &tei::Tei,
    &html::Html,
    &csv::Csv,
    &text::Text,
];

/// How sure a reader is of contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Claim {
    /// They are of another format.
    No,
    /// They may be of this one: it is read so under this format's extension, or without any.
    Possible,
    /// They cannot be of another one: an extension that says so is wrong.
    Certain,
}

/// The contents of a file.
pub(crate) enum Contents {
    /// Text, decoded.
    Text(Decoded),
    /// The bytes of a format that is no text.
    Binary(Vec<u8>),
}

impl Contents {
    /// The text, of a text.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(decoded) => Some(&decoded.text),
            Self::Binary(_) => None,
        }
    }

    /// The bytes, of a format that is no text.
    pub(crate) fn binary(&self) -> Option<&[u8]> {
        match self {
            Self::Text(_) => None,
            Self::Binary(bytes) => Some(bytes),
        }
    }

    /// The text of the file at `path`, or the error that says what it is instead.
    pub(crate) fn into_text(self, path: &str) -> Result<String, CorpusError> {
        match self {
            Self::Text(decoded) => Ok(decoded.text),
            Self::Binary(bytes) => Err(super::encoding::not_text(path, &bytes)),
        }
    }
}

/// What a reader is given.
pub(crate) struct File<'a> {
    /// For messages.
    pub(crate) path: &'a str,
    /// The extension in lower case, if any.
    pub(crate) extension: Option<&'a str>,
    pub(crate) contents: Contents,
    pub(crate) options: &'a ReadOptions,
    pub(crate) names: &'a Names,
}

/// What a reader found in one file.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) documents: Vec<RawDocument>,
    pub(crate) transcripts: Vec<RawTranscript>,
    /// How the file was understood, where that had to be decided.
    pub(crate) layout: Option<String>,
    /// What [`Reader::named_by_file`] says of most files, where this one is an exception.
    pub(crate) named_by_file: Option<bool>,
    /// Documents that are codes for missing answers, as indices into `documents`.
    pub(crate) missing: Vec<usize>,
    /// What the file knows of people beyond their words.
    pub(crate) cases: Vec<Case>,
    /// What the file is, where this program wrote it.
    pub(crate) own_output: Option<&'static str>,
    /// All its answers were taken for one participant's.
    pub(crate) one_persons: Option<OnePersons>,
    /// It is a day, or more, of a channel of Slack.
    pub(crate) is_of_channel: bool,
    /// It is a project with interviews, which this program wrote.
    pub(crate) is_own_project: bool,
    /// Runs of mojibake repaired by the reader itself, beyond those in [`Contents::Text`].
    pub(crate) mojibake_repaired: usize,
    pub(crate) warnings: Vec<String>,
    /// Parts of the file that could not be read.
    pub(crate) failures: Vec<CorpusError>,
}

impl Reading {
    /// Says more of how the file was understood, behind what is said already.
    pub(crate) fn add_to_layout(&mut self, notes: impl IntoIterator<Item = String>) {
        let notes: Vec<String> = self.layout.take().into_iter().chain(notes).collect();
        self.layout = (!notes.is_empty()).then(|| notes.join(", "));
    }
}

/// What a file knows of somebody.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Case {
    pub(crate) study: Option<String>,
    /// Who, and the ids of their transcripts.
    pub(crate) ids: Vec<String>,
    /// Names of attributes with their values, none empty.
    pub(crate) values: Vec<(String, String)>,
}

/// A text that positions refer to.
#[derive(Debug)]
pub(crate) struct RawDocument {
    pub(crate) cell: Option<Cell>,
    pub(crate) text: Arc<str>,
}

/// A transcript before roles and names are settled.
#[derive(Debug)]
pub(crate) struct RawTranscript {
    /// The study the file names.
    pub(crate) study: Option<Name>,
    /// The id the file names.
    pub(crate) id: Option<Name>,
    pub(crate) turns: Vec<RawTurn>,
    /// In a table of questions and answers the column of the answers, which is their speaker.
    pub(crate) answers_column: Option<Arc<str>>,
    /// The people whom its header names with the part they play.
    pub(crate) people: People,
    /// Who was interviewed, where the file tells that it is one of several interviews with one person.
    pub(crate) person: Option<Name>,
}

/// A turn before its role is settled. Its text is never empty.
#[derive(Clone, Debug)]
pub(crate) struct RawTurn {
    pub(crate) speaker: Arc<str>,
    /// Index into [`Reading::documents`].
    pub(crate) document: usize,
    /// Code points of the document.
    pub(crate) span: Range<usize>,
    pub(crate) line: usize,
    pub(crate) times: Vec<TimeMark>,
    pub(crate) text: Arc<str>,
}

/// The first characters of a text, in which a reader looks for the signs of its format.
fn opening(text: &str, characters: usize) -> &str {
    let mut below = text.chars();
    below.nth(characters.saturating_sub(1));
    &text[..text.len() - below.as_str().len()]
}

/// The timestamp at the start of a turn, as the list that [`RawTurn::times`] is.
pub(crate) fn mark(point: usize, seconds: Option<f64>) -> Vec<TimeMark> {
    seconds.map(|seconds| TimeMark { point, seconds }).into_iter().collect()
}

/// Counts code points and lines along a text, each byte once.
pub(crate) struct Ruler<'a> {
    text: &'a str,
    byte: usize,
    chars: usize,
    line: usize,
    counts_lines: bool,
}

impl<'a> Ruler<'a> {
    /// Starts at the first byte, which stands on the given line.
    pub(crate) fn new(text: &'a str, line: usize) -> Self {
        Self { text, byte: 0, chars: 0, line, counts_lines: true }
    }

    /// The same for a text that stands on one line as a whole, such as a cell of a workbook.
    pub(crate) fn on_one_line(text: &'a str, line: usize) -> Self {
        Self { counts_lines: false, ..Self::new(text, line) }
    }

    /// Moves on to a later byte; returns its code point and line.
    pub(crate) fn to(&mut self, byte: usize) -> (usize, usize) {
        debug_assert!(byte >= self.byte);
        let passed = &self.text.as_bytes()[self.byte..byte];
        self.chars += passed.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
        self.line += if self.counts_lines { memchr_iter(b'\n', passed).count() } else { 0 };
        self.byte = byte;
        (self.chars, self.line)
    }
}

/// A transcript written out from turns that a format keeps apart from each other.
///
/// The document holds `Speaker: words` in paragraphs with a blank line between them; spans and
/// timestamps count in it.
#[derive(Debug, Default)]
pub(crate) struct Script {
    text: String,
    chars: usize,
    turns: Vec<RawTurn>,
    /// What each turn says, until it is finished.
    said: Vec<String>,
}

impl Script {
    /// Adds what somebody said on a line of the file. White space at either end is left out, and
    /// words that are nothing else are no turn.
    pub(crate) fn say(&mut self, speaker: &str, words: &str, line: usize, seconds: Option<f64>) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.push("\n\n");
        }
        if !speaker.is_empty() {
            self.push(speaker);
            self.push(": ");
        }
        let start = self.chars;
        self.push(words);
        self.turns.push(RawTurn {
            speaker: speaker.into(),
            document: 0,
            span: start..self.chars,
            line,
            times: mark(start, seconds),
            text: Arc::default(),
        });
        self.said.push(words.to_owned());
    }

    /// The same, but when the speaker goes on the words join the last turn after `joint`.
    pub(crate) fn go_on(&mut self, speaker: &str, words: &str, joint: &str, line: usize, seconds: Option<f64>) {
        let words = words.trim();
        let continues = self.turns.last().is_some_and(|last| &*last.speaker == speaker);
        if !continues || words.is_empty() {
            return self.say(speaker, words, line, seconds);
        }
        self.push(joint);
        let start = self.chars;
        self.push(words);
        let end = self.chars;
        if let (Some(turn), Some(said)) = (self.turns.last_mut(), self.said.last_mut()) {
            said.push_str(joint);
            said.push_str(words);
            turn.span.end = end;
            turn.times.extend(mark(start, seconds));
        }
    }

    /// Whether nobody has said anything.
    pub(crate) fn is_empty(&self) -> bool {
        self.turns.is_empty()
    }

    /// Adds the document and its transcript to what was read of a file.
    pub(crate) fn finish(mut self, id: Option<String>, study: Option<String>, reading: &mut Reading) {
        let document = reading.documents.len();
        for (turn, said) in self.turns.iter_mut().zip(self.said) {
            turn.document = document;
            turn.text = said.into();
        }
        reading.documents.push(RawDocument { cell: None, text: self.text.into() });
        reading.transcripts.push(RawTranscript {
            study: study.map(Name::from),
            id: id.map(Name::from),
            turns: self.turns,
            answers_column: None,
            people: People::default(),
            person: None,
        });
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.chars += text.chars().count();
    }
}

/// The extensions of every reader, for messages.
pub(crate) fn extensions() -> String {
    let readers = READERS.iter().filter(|reader| reader.is_read());
    let all: Vec<String> = readers.flat_map(|reader| reader.extensions()).map(|e| format!(".{e}")).collect();
    all.join(", ")
}
