//! One file a format, all behind [`Reader`].
//!
//! In: the decoded text of one file. Out: its transcripts as the file tells them, with positions.
//! A reader never decides roles or study names and never touches the disk.

mod table;
mod text;

use std::ops::Range;

use super::model::Cell;
use super::speakers::Names;
use super::{CorpusError, ReadOptions};

/// A format's reader.
pub(crate) trait Reader: Sync {
    /// The format's name in [`super::Source::format`].
    fn name(&self) -> &'static str;
    /// Extensions it takes, in lower case without the dot.
    fn extensions(&self) -> &'static [&'static str];
    /// Whether a text of unknown extension is of this format.
    fn accepts(&self, text: &str, options: &ReadOptions) -> bool;
    /// Whether the file's own name, rather than its folder's, names a study.
    fn named_by_file(&self) -> bool;
    /// Reads a file.
    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError>;
}

/// Every reader; the last one accepts anything.
pub(crate) const READERS: [&dyn Reader; 2] = [&table::Table, &text::Text];

/// What a reader is given.
pub(crate) struct File<'a> {
    /// For messages.
    pub(crate) path: &'a str,
    /// The extension in lower case, if any.
    pub(crate) extension: Option<&'a str>,
    pub(crate) text: String,
    pub(crate) options: &'a ReadOptions,
    pub(crate) names: &'a Names,
}

/// What a reader found in one file.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) documents: Vec<RawDocument>,
    pub(crate) transcripts: Vec<RawTranscript>,
    pub(crate) warnings: Vec<String>,
    /// Parts of the file that could not be read.
    pub(crate) failures: Vec<CorpusError>,
}

/// A text that positions refer to.
#[derive(Debug)]
pub(crate) struct RawDocument {
    pub(crate) cell: Option<Cell>,
    pub(crate) text: String,
}

/// A transcript before roles and names are settled.
#[derive(Debug)]
pub(crate) struct RawTranscript {
    /// The study the file names.
    pub(crate) study: Option<String>,
    /// The id the file names.
    pub(crate) id: Option<String>,
    pub(crate) turns: Vec<RawTurn>,
    /// In a table of questions and answers the column of the answers, which is their speaker.
    pub(crate) answers_column: Option<String>,
}

/// A turn before its role is settled.
#[derive(Clone, Debug)]
pub(crate) struct RawTurn {
    pub(crate) speaker: String,
    /// Index into [`Reading::documents`].
    pub(crate) document: usize,
    /// Code points of the document.
    pub(crate) span: Range<usize>,
    pub(crate) line: usize,
    pub(crate) seconds: Option<f64>,
    pub(crate) text: String,
}

/// Counts code points and lines along a text, each byte once.
pub(crate) struct Ruler<'a> {
    text: &'a str,
    byte: usize,
    chars: usize,
    line: usize,
}

impl<'a> Ruler<'a> {
    /// Starts at the first byte, which stands on the given line.
    pub(crate) fn new(text: &'a str, line: usize) -> Self {
        Self { text, byte: 0, chars: 0, line }
    }

    /// Moves on to a later byte; returns its code point and line.
    pub(crate) fn to(&mut self, byte: usize) -> (usize, usize) {
        debug_assert!(byte >= self.byte);
        for &b in &self.text.as_bytes()[self.byte..byte] {
            self.chars += usize::from(b & 0xC0 != 0x80);
            self.line += usize::from(b == b'\n');
        }
        self.byte = byte;
        (self.chars, self.line)
    }
}

/// The extensions of every reader, for messages.
pub(crate) fn extensions() -> String {
    let all: Vec<String> = READERS.iter().flat_map(|reader| reader.extensions()).map(|e| format!(".{e}")).collect();
    all.join(", ")
}
