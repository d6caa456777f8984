//! Plain text and Markdown: one transcript a file, or several with a header each.
//!
//! In: the file's text. Out: one document, the whole file, and its transcripts. A transcript
//! without a single speaker label is a failure, never one long answer.

use super::super::labels;
use super::super::{CorpusError, ReadOptions, front_matter};
use super::{Claim, Contents, File, RawDocument, RawTranscript, RawTurn, Reader, Reading, Ruler, mark};

pub(crate) struct Text;

impl Reader for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "md", "markdown", "text"]
    }

    fn claim(&self, contents: &Contents, _options: &ReadOptions) -> Claim {
        if contents.text().is_some() { Claim::Possible } else { Claim::No }
    }

    fn named_by_file(&self) -> bool {
        false
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        let mut reading = Reading::default();
        let text = file.contents.into_text(file.path)?;
        let mut ruler = Ruler::new(&text, 1);
        let sections = front_matter::sections(&text);
        let several = sections.len() > 1;
        for (number, section) in sections.into_iter().enumerate() {
            let body = &text[section.body.clone()];
            if body.trim().is_empty() {
                let name = section.id.as_deref().unwrap_or("without an id");
                reading.warnings.push(format!(
                    "`{}`, line {}: nothing below the header of transcript {name}",
                    file.path, section.line
                ));
                continue;
            }
            let Some(stretches) = labels::divide(body, file.names) else {
                if number == 0 && several && section.id.is_none() {
                    reading.warnings.push(format!(
                        "`{}`: the text above the first transcript's header has no speaker and was left out",
                        file.path
                    ));
                    continue;
                }
                reading.failures.push(CorpusError::NoSpeakers { path: file.path.to_owned(), line: section.line });
                continue;
            };
            let turns = stretches
                .into_iter()
                .map(|stretch| {
                    let words = &body[stretch.text.clone()];
                    let (start, line) = ruler.to(section.body.start + stretch.text.start);
                    let (end, _) = ruler.to(section.body.start + stretch.text.end);
                    RawTurn {
                        speaker: stretch.label,
                        document: 0,
                        span: start..end,
                        line,
                        times: mark(start, stretch.seconds),
                        text: words.to_owned(),
                    }
                })
                .collect();
            reading.transcripts.push(RawTranscript {
                study: section.study,
                id: section.id,
                turns,
                answers_column: None,
            });
        }
        reading.documents.push(RawDocument { cell: None, text });
        Ok(reading)
    }
}
