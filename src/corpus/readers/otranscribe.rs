//! oTranscribe: transcripts typed in the browser (`.otr`).
//!
//! In: the file's text, JSON with the transcript as HTML. Out: one document, its text, and the
//! transcripts in it, found as in Word documents; its timestamps stand in brackets. `line` is the
//! number of the paragraph.

use serde::Deserialize;

use super::super::{CorpusError, ReadOptions};
use super::docx;
use super::docx::body::{Block, Paragraph};
use super::{Claim, Contents, File, Reader, Reading};

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
        let blocks: Vec<Block> = paragraphs(&saved.text).into_iter().map(Block::Paragraph).collect();
        let mut reading = Reading::default();
        docx::take_apart(path, &blocks, file.names, &mut reading)?;
        Ok(reading)
    }
}

/// A paragraph in the making.
#[derive(Default)]
struct Draft {
    text: String,
    bold: bool,
    plain: bool,
}

/// The paragraphs of HTML as a browser shows them.
fn paragraphs(html: &str) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    let mut draft = Draft::default();
    let (mut bold, mut in_time) = (0usize, false);
    let mut rest = html;
    while !rest.is_empty() {
        let at = rest.find(['<', '&']).unwrap_or(rest.len());
        draft.words(&rest[..at], bold > 0);
        rest = &rest[at..];
        if let Some((c, length)) = entity(rest) {
            draft.words(c.encode_utf8(&mut [0; 4]), bold > 0);
            rest = &rest[length..];
            continue;
        }
        let opens_tag =
            rest.strip_prefix('<').is_some_and(|tag| tag.starts_with(|c: char| c.is_alphabetic() || c == '/'));
        let Some(end) = rest.find('>').filter(|_| opens_tag) else {
            // A mark that means nothing is text.
            let length = rest.chars().next().map_or(0, char::len_utf8);
            draft.words(&rest[..length], bold > 0);
            rest = &rest[length..];
            continue;
        };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        let closes = tag.starts_with('/');
        let name: String = tag.trim_start_matches('/').chars().take_while(|c| c.is_alphanumeric()).collect();
        match (name.to_ascii_lowercase().as_str(), closes) {
            ("p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" | "blockquote", _) => draft.end(&mut found),
            ("br", _) => draft.text.push('\n'),
            ("b" | "strong", false) => bold += 1,
            ("b" | "strong", true) => bold = bold.saturating_sub(1),
            ("span", false) if tag.contains("timestamp") => {
                in_time = true;
                draft.text.push('[');
            }
            ("span", true) if std::mem::take(&mut in_time) => draft.text.push_str("] "),
            ("script" | "style", false) => {
                rest = rest.find(&format!("</{name}")).map_or("", |at| &rest[at..]);
            }
            _ => {}
        }
    }
    draft.end(&mut found);
    found
}

impl Draft {
    fn words(&mut self, words: &str, bold: bool) {
        if !words.trim().is_empty() {
            self.bold |= bold;
            self.plain |= !bold;
        }
        for c in words.chars() {
            if c.is_whitespace() || c == '\u{a0}' {
                if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                    self.text.push(' ');
                }
            } else if !c.is_control() {
                self.text.push(c);
            }
        }
    }

    /// Ends the paragraph; a blank line inside begins another.
    fn end(&mut self, found: &mut Vec<Paragraph>) {
        let draft = std::mem::take(self);
        let lines: Vec<&str> = draft.text.split('\n').map(str::trim).collect();
        for block in lines.split(|line| line.is_empty()).filter(|block| !block.is_empty()) {
            let (number, bold) = (found.len() + 1, draft.bold && !draft.plain);
            found.push(Paragraph { number, text: block.join("\n"), heading: None, bold });
        }
    }
}

/// `&amp;`, `&nbsp;`, `&#8217;`: what browsers write.
fn entity(text: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 10;
    let end = text.strip_prefix('&')?.bytes().take(LONGEST).position(|b| b == b';')? + 1;
    let c = match &text[1..end] {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        name => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((c, end + 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::speakers::Names;
    use super::*;

    fn read(text: &str) -> Result<Reading, CorpusError> {
        let (options, names) = (ReadOptions::default(), Names::default());
        let text = text.to_owned();
        let contents =
            Contents::Text(super::super::super::encoding::Decoded { text, encoding: "UTF-8", mojibake_repaired: 0 });
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
            Contents::Text(super::super::super::encoding::Decoded { text, encoding: "UTF-8", mojibake_repaired: 0 })
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
