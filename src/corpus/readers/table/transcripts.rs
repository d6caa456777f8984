//! Tables with a transcript a row.
//!
//! In: the rows, and the turns that the words of each are divided into. Out: a transcript for each; one without
//! speakers is a failure, and a row without words nothing.

use super::super::super::model::Name;
use super::super::super::people::People;
use super::super::super::{CorpusError, labels};
use super::super::{RawTranscript, RawTurn, mark};
use super::Table;
use super::row::Row;

impl Table<'_> {
    pub(super) fn transcript_a_row(&mut self, rows: Vec<Row>, divided: Vec<Option<Vec<labels::Stretch>>>) {
        self.lay_out("one transcript a row", &[("transcripts", self.columns.id), ("studies", self.columns.study)]);
        let column = self.columns.texts[0];
        for (row, stretches) in rows.into_iter().zip(divided) {
            let (number, row_line) = (row.number, row.line);
            let [study, id] = [row.study, row.id].map(|text| text.map(Name::from));
            let Some(field) = row.texts.into_iter().next() else { continue };
            if field.is_empty() {
                continue;
            }
            let Some(stretches) = stretches else {
                let path = self.path.to_owned();
                self.reading.failures.push(CorpusError::NoSpeakers { path, line: field.line, advice: None });
                continue;
            };
            let document = self.reading.documents.len();
            let mut ruler = field.ruler();
            let turns = stretches
                .into_iter()
                .map(|stretch| {
                    let (start, line) = ruler.to(stretch.text.start);
                    let (end, _) = ruler.to(stretch.text.end);
                    let text = field.text[stretch.text].into();
                    let times = mark(start, stretch.seconds);
                    RawTurn { speaker: stretch.label.into(), document, span: start..end, line, times, text }
                })
                .collect();
            self.document(number, row_line, column, field.text);
            self.reading.transcripts.push(RawTranscript {
                study,
                id,
                turns,
                answers_column: None,
                people: People::default(),
                person: None,
            });
        }
    }
}
