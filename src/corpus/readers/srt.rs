//! SubRip: subtitles of Otter, Descript, Rev, Whisper and video editors.
//!
//! In: the file's text. Out: its transcript, through [`cues`]. Numbers may be missing or start again;
//! they decide nothing.

use super::super::by_lines::ByLines;
use super::super::{CorpusError, ReadOptions};
use super::cues::{self, Format};
use super::{Claim, Contents, File, Reader, Reading};

pub(crate) struct Srt;

impl Reader for Srt {
    fn name(&self) -> &'static str {
        "srt"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["srt"]
    }

    /// A number and a line of times, or the times alone, cannot open anything else.
    fn claim(&self, contents: &Contents, _options: &ReadOptions) -> Claim {
        let Some(text) = contents.text() else { return Claim::No };
        let mut lines = text.by_lines().map(str::trim).filter(|line| !line.is_empty());
        let first = lines.next().unwrap_or_default();
        let numbered = first.bytes().all(|b| b.is_ascii_digit());
        let timing = if numbered { lines.next().unwrap_or_default() } else { first };
        if cues::opens(timing) { Claim::Certain } else { Claim::No }
    }

    fn named_by_file(&self) -> bool {
        false
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        cues::read(file, Format { timing: "00:00:01,000 --> 00:00:04,000", is_aside: |_| false })
    }
}
