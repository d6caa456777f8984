//! WebVTT: subtitles of Zoom, Teams, Webex, Otter and the web.
//!
//! In: the file's text. Out: its transcript, through [`cues`]. Headers, comments, styles and regions
//! are no words and are passed over.

use super::super::by_lines::ByLines;
use super::super::{CorpusError, ReadOptions};
use super::cues::{self, Format};
use super::{Claim, Contents, File, Reader, Reading};

pub(crate) struct Vtt;

impl Reader for Vtt {
    fn name(&self) -> &'static str {
        "vtt"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["vtt", "webvtt"]
    }

    fn claim(&self, contents: &Contents, _options: &ReadOptions) -> Claim {
        let opening = contents.text().map(|text| text.trim_start().by_lines().next().unwrap_or_default());
        if opening.is_some_and(is_signature) { Claim::Certain } else { Claim::No }
    }

    fn named_by_file(&self) -> bool {
        false
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        cues::read(file, Format { timing: "00:00:01.000 --> 00:00:04.000", is_aside })
    }
}

/// `WEBVTT`, also with a title after it.
fn is_signature(line: &str) -> bool {
    line.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// Whether a block that starts with this line holds no cue: the header (parts of a stream repeat it),
/// a comment, a style, a region.
fn is_aside(line: &str) -> bool {
    let line = line.trim_end();
    let comment = line.strip_prefix("NOTE").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    comment || is_signature(line) || matches!(line, "STYLE" | "REGION")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_without_words_are_known() {
        for line in ["WEBVTT", "WEBVTT - Ward 7", "NOTE", "NOTE Confidence: 0.9", "STYLE", "REGION "] {
            assert!(is_aside(line), "{line}");
        }
        for line in ["WEBVTTX", "NOTEBOOK", "STYLE matters", "webvtt"] {
            assert!(!is_aside(line), "{line}");
        }
    }
}
