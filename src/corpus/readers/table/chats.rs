//! Cells that hold a chat as JSON: `[{"role": "assistant", "content": "…"}, …]`.
//!
//! In: the rows of a [`Table`] with one column of words. Out: a transcript a row, as from a list of turns in a record of
//! JSON or Parquet, where the first filled cell is a list of records with words and who says them. A cell that is none
//! is a failure then; what Python printed in place of JSON is one, too. It never takes JSON for anybody's words.

use super::super::super::speakers::Names;
use super::super::super::{CorpusError, ReadOptions};
use super::super::Reading;
use super::super::records::{self, Interviews, Shape};
use super::super::said::{Item, Notes, SPEAKERS, Value, WORDS};
use super::columns::plain;
use super::row::Row;
use super::{Columns, Table};

const HINT: &str = "write each cell as JSON, for example with Python's `json.dumps`, or each turn as a row of its own";

impl Table<'_> {
    /// Reads the rows, where their cells are chats; `None` of all others.
    pub(super) fn chats(&mut self, rows: &[Row]) -> Option<Reading> {
        let first = rows.iter().map(|row| row.text().text.trim()).find(|text| !text.is_empty())?;
        let Some(fields) = fields_of(first) else {
            return is_pythons(first).then(|| self.without_json(rows));
        };
        let found = read(self.path, self.names, &self.header, &self.columns, rows, fields);
        let mut reading = std::mem::take(&mut self.reading);
        match found {
            Ok(found) => {
                reading.warnings.extend(found.warnings);
                reading.failures.extend(found.failures);
                Some(Reading { warnings: reading.warnings, failures: reading.failures, ..found })
            }
            Err(error) => {
                reading.failures.push(error);
                Some(reading)
            }
        }
    }

    /// Lists that Python printed are no JSON, and nobody's words.
    fn without_json(&mut self, rows: &[Row]) -> Reading {
        let mut reading = std::mem::take(&mut self.reading);
        let place = rows.first().map_or(1, |row| row.line);
        reading.failures.push(CorpusError::Malformed {
            path: self.path.to_owned(),
            place: format!("line {place}, column `{}`", self.header[self.columns.texts[0]]),
            reason: "the cells hold lists of turns as Python prints them, which are no JSON".to_owned(),
            hint: HINT,
        });
        reading
    }
}

/// Reads each row as a record whose list of turns stands in the column of words.
fn read(
    path: &str,
    names: &Names,
    header: &[std::sync::Arc<str>],
    columns: &Columns,
    rows: &[Row],
    fields: Vec<String>,
) -> Result<Reading, CorpusError> {
    let list = columns.texts[0];
    let mut shape = Shape::default();
    for title in header {
        shape.add(title);
    }
    shape.items[list] = Some(fields);
    let named = |column: Option<usize>| column.map(|at| header[at].to_string());
    let options = ReadOptions {
        text_columns: vec![header[list].to_string()],
        id_column: named(columns.id),
        study_column: named(columns.study),
        ..ReadOptions::default()
    };
    let mut interviews = Interviews::new(path, shape, &options, names, HINT)?;
    for row in rows.iter().filter(|row| !row.text().is_empty()) {
        let Some(turns) = parsed(&row.text().text) else {
            let place = format!("row {} (line {})", row.number, row.line);
            interviews.fail(place, format!("column `{}` holds no list of turns, as other rows do", header[list]));
            continue;
        };
        let text = |column: Option<usize>, text: &Option<std::sync::Arc<str>>| {
            Some((column?, Value::Text(text.as_ref()?.to_string())))
        };
        let known = [text(columns.id, &row.id), text(columns.study, &row.study)];
        let fields = known.into_iter().flatten().chain([(list, turns)]).collect();
        interviews.push(row.number, row.text().line, fields);
    }
    interviews.finish()
}

/// What a cell holds that opens as JSON does.
fn parsed(cell: &str) -> Option<Value> {
    let cell = cell.trim();
    if !cell.starts_with(['[', '{']) {
        return None;
    }
    Some(value(serde_json::from_str(cell).ok()?))
}

fn value(json: serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::String(text) => Value::Text(text),
        serde_json::Value::Array(items) => {
            Value::List(items.into_iter().map(|item| Item { line: 1, value: value(item) }).collect())
        }
        serde_json::Value::Object(fields) => {
            Value::Record(fields.into_iter().map(|(name, field)| (name, value(field))).collect())
        }
        plain => Value::Plain(plain.to_string()),
    }
}

/// The fields of the turns in a cell; `None` where it is no list of turns that say who speaks.
fn fields_of(cell: &str) -> Option<Vec<String>> {
    let items = records::items(parsed(cell)?, None, &mut Notes::default())?;
    let mut fields: Vec<String> = Vec::new();
    for item in &items {
        let Value::Record(of) = &item.value else { return None };
        for (name, _) in of.iter().filter(|(name, _)| !name.is_empty()) {
            if !fields.contains(name) {
                fields.push(name.clone());
            }
        }
    }
    let has = |names: &[&str]| fields.iter().any(|field| names.contains(&plain(field).as_str()));
    (has(WORDS) && has(SPEAKERS)).then_some(fields)
}

/// Whether a cell is a list of records as Python prints it: `[{'role': 'user', …}]`.
fn is_pythons(cell: &str) -> bool {
    let Some(inner) = cell.strip_prefix("[{'").and_then(|inner| inner.strip_suffix("}]")) else { return false };
    let names = |names: &[&str]| names.iter().any(|name| inner.contains(&format!("{name}': ")));
    names(WORDS) && names(SPEAKERS)
}

#[cfg(test)]
mod tests {
    use crate::corpus::{Corpus, CorpusError, ReadOptions, read_bytes};

    fn cell(turns: &str) -> String {
        format!("\"{}\"", turns.replace('"', "\"\""))
    }

    fn read(rows: &[&str]) -> Result<Corpus, CorpusError> {
        let rows: String = rows.iter().enumerate().map(|(n, turns)| format!("p{n},{}\n", cell(turns))).collect();
        read_bytes("all.csv", format!("id,conversation\n{rows}").into_bytes(), &ReadOptions::default())
    }

    const ASKED: &str = r#"[{"role": "assistant", "content": "Who built the boat?"},
        {"role": "user", "content": "My \"uncle\" and I."}, {"role": "assistant", "content": "And where?"},
        {"role": "user", "content": "In the shed."}]"#;

    #[test]
    fn a_chat_in_a_cell_is_a_transcript() {
        let deep = format!(r#"{{"model": "x", "messages": {ASKED}}}"#);
        for rows in [[ASKED, ASKED], [&deep, &deep]] {
            let corpus = read(&rows).unwrap();
            let ids: Vec<&str> = corpus.transcripts.iter().map(|transcript| &*transcript.id).collect();
            assert_eq!(ids, ["p0", "p1"]);
            let said: Vec<&str> = corpus.answers.iter().map(|answer| &*corpus.turn_of(answer).text).collect();
            assert_eq!(said[..2], ["My \"uncle\" and I.", "In the shed."]);
        }
    }

    #[test]
    fn a_broken_chat_among_others_is_a_failure() {
        let corpus = read(&[ASKED, &ASKED[..60]]).unwrap();
        assert_eq!(corpus.transcripts.len(), 1);
        assert!(corpus.failures.concat().contains("row 2"), "{:?}", corpus.failures);
    }

    #[test]
    fn what_python_prints_is_refused() {
        let printed = "[{'role': 'assistant', 'content': \"Who's there?\"}, {'role': 'user', 'content': 'Me.'}]";
        let told = read(&[printed, printed]).map_or_else(|error| error.to_string(), |corpus| corpus.failures.concat());
        assert!(told.contains("as Python prints them"), "{told}");
    }

    #[test]
    fn words_in_brackets_are_no_chat() {
        for said in ["[laughs] We built it in the shed.", "{We} built it in the shed.", "[1] We built it in the shed."]
        {
            assert_eq!(read(&[said, said]).unwrap().answers.len(), 2, "{said}");
        }
    }
}
