//! oTranscribe: transcripts typed in the browser (`.otr`).
//!
//! In: the file's text, JSON with the transcript as HTML. Out: one document, its text, and the
//! transcripts in it, found as in Word documents; its timestamps stand in brackets. `line` is the
//! number of the paragraph.

use serde::Deserialize;

use super::super::{CorpusError, ReadOptions};
use super::{Claim, Contents, File, Reader, Reading, docx, html};

pub(crate) struct OTranscribe;

/// What a file holds that is read.
#[derive(Deserialize)]
struct Saved {
    text: String,
}

impl Reader for OTranscribe {
    fn name(&self) -> &'static str {
        "otr"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["otr"]
    }

    fn claim(&self, contents: &Contents, _options: &ReadOptions) -> Claim {
        let is_saved = |text: &str| {
            text.trim_start().starts_with('{')
                && text.contains("\"media-time\"")
                && serde_json::from_str::<Saved>(text).is_ok()
        };
        if contents.text().is_some_and(is_saved) { Claim::Certain } else { Claim::No }
    }

    fn named_by_file(&self) -> bool {
        false
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        let path = file.path;
        let text = file.contents.into_text(path)?;
        let saved: Saved = serde_json::from_str(&text).map_err(|error| CorpusError::Malformed {
            path: path.to_owned(),
            place: format!("line {}, column {}", error.line(), error.column()),
            reason: "no transcript of oTranscribe, which is JSON with a `text`".to_owned(),
            hint: "export the transcript in oTranscribe again, as .otr or as plain text",
        })?;
        let body = html::body::read(&saved.text);
        let mut reading = Reading::default();
        docx::tell_of_struck(path, body.struck, &mut reading);
        docx::take_apart(path, &body.blocks, file.names, &mut reading)?;
        Ok(reading)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::speakers::Names;
    use super::*;

    fn read(text: &str) -> Result<Reading, CorpusError> {
        let (options, names) = (ReadOptions::default(), Names::default());
        let text = text.to_owned();
        let contents = Contents::Text(super::super::super::encoding::Decoded {
            text,
            encoding: "UTF-8",
            mojibake_repaired: 0,
            ..Default::default()
        });
        OTranscribe.read(File { path: "a.otr", extension: Some("otr"), contents, options: &options, names: &names })
    }

    fn saved(html: &str) -> String {
        serde_json::json!({ "text": html, "media": "a.mp3", "media-source": "", "media-time": 12.5 }).to_string()
    }

    #[test]
    fn timestamps_and_names_are_found() {
        let time = |at: &str| {
            format!("<span class=\"timestamp\" contenteditable=\"false\" data-timestamp=\"4.1\">{at}</span>")
        };
        let html = format!(
            "<p>{}&nbsp;<b>Tom</b>: Why&nbsp;is it &lt; 3?</p><p>{}Ana: So.<br />And so.</p><p>Tom: Q&amp;A?<br><br>Ana: No.</p>",
            time("00:04"),
            time("00:11")
        );
        let reading = read(&saved(&html)).unwrap();
        let turns = &reading.transcripts[0].turns;
        let found: Vec<_> = turns.iter().map(|turn| (&*turn.speaker, turn.line, &*turn.text)).collect();
        assert_eq!(
            found,
            [("Tom", 1, "Why is it < 3?"), ("Ana", 2, "So.\nAnd so."), ("Tom", 3, "Q&A?"), ("Ana", 4, "No.")]
        );
        assert_eq!(turns[1].times[0].seconds, 11.0);
    }

    #[test]
    fn other_json_is_refused() {
        assert!(read("{\"text\": 1}").unwrap_err().to_string().contains("no transcript of oTranscribe"));
        assert!(read("no json").is_err());
        let contents = |text: &str| {
            let text = text.to_owned();
            Contents::Text(super::super::super::encoding::Decoded {
                text,
                encoding: "UTF-8",
                mojibake_repaired: 0,
                ..Default::default()
            })
        };
        let options = ReadOptions::default();
        assert_eq!(OTranscribe.claim(&contents(&saved("<p>a</p>")), &options), Claim::Certain);
        assert_eq!(OTranscribe.claim(&contents("{\"text\": \"a\"}"), &options), Claim::No);
    }

    proptest! {
        #[test]
        fn any_html_is_read_or_refused(html in "(<p>|</p>|<br>|<b>|</b>|<span class=timestamp>|</span>|<|>|&|;|&#|x|é|Tom: |\n| |<style>){0,40}") {
            let _ = read(&saved(&html));
        }
    }
}
