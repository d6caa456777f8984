//! The tools: one file each, from arguments to a serialisable answer.
//!
//! In: an analysis and the arguments of a call. Out: the answer as JSON, or what is wrong with the arguments and what
//! to do. The schema that an assistant is shown is made from the type that its arguments are read into. Themes that
//! the researcher hid are told as a number only, as in everything that people read.

mod compared;
mod counts;
mod passages;
mod quotes;
mod search;
mod themes;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use schemars::JsonSchema;

use super::policy::{MOST_ROWS, ROWS};
use crate::analysis::{Analysis, RecurringSummary, Summary};

/// Why a tool does not answer.
#[derive(Debug, PartialEq)]
pub(super) struct Refused {
    pub(super) message: String,
    pub(super) hint: String,
}

impl Refused {
    fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into() }
    }
}

/// A tool: what an assistant is told of it, and how it answers.
struct Tool {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    schema: fn() -> Value,
    answer: fn(&Analysis, Map<String, Value>) -> Result<Value, Refused>,
}

static TOOLS: [Tool; 5] = [
    Tool {
        name: "counts",
        title: "What the study holds",
        description: "The study in numbers, to begin with: participants, answers, passages, the questions that were \
                      asked with how many answered them, how many themes each has, what is known of the participants, \
                      and how the analysis was made.",
        schema: schema::<counts::Arguments>,
        answer: |analysis, given| answered(analysis, given, counts::counts),
    },
    Tool {
        name: "list_themes",
        title: "Themes, with how many people voiced them",
        description: "Themes with their id, label, keywords, participants who voiced them of those asked with the \
                      95 % interval, mentions, stability, and the same by study; themes that recur in several \
                      questions first. Most participants first within a question. `hidden_themes` of a recurring \
                      theme are counted in its numbers, and nothing else is told of them.",
        schema: schema::<themes::Arguments>,
        answer: |analysis, given| answered(analysis, given, themes::list_themes),
    },
    Tool {
        name: "quotes",
        title: "Quotes of a theme, with where they stand",
        description: "Verbatim words of participants for one theme (`Q2.1`), a part of one (`Q2.1.1`) or a recurring \
                      theme (`R1`): the representative quotes, or with `all` every passage. Each has its locator, \
                      file, line and position in code points. With `study` the numbers are that study's own; \
                      `all_studies` has those of everybody. Where a recurring theme has `hidden_themes`, its \
                      `participants` count who voiced those too, and their words are not given.",
        schema: schema::<quotes::Arguments>,
        answer: |analysis, given| answered(analysis, given, quotes::quotes),
    },
    Tool {
        name: "search",
        title: "Passages that hold words",
        description: "Passages of participants that hold all of the words, whole, in capitals or not; words in double \
                      quotes stand together; `*` at the end of a word stands for any ending, and nowhere else. Tells \
                      how many people said so, and which themes the passages belong to. It looks for letters, not for \
                      meaning.",
        schema: schema::<search::Arguments>,
        answer: |analysis, given| answered(analysis, given, search::search),
    },
    Tool {
        name: "compare",
        title: "Which themes one group voices more",
        description: "Themes compared between studies, or between groups by something known of the participants: \
                      shares with intervals, the difference, p and q corrected for looking at many themes, and a \
                      verdict. Clear differences first. Quote the verdict; do not judge differences by the shares.",
        schema: schema::<compared::Arguments>,
        answer: |analysis, given| answered(analysis, given, compared::compare),
    },
];

/// Every tool as the protocol describes it.
pub(super) fn described() -> Vec<Value> {
    let described = |tool: &Tool| {
        json!({
            "name": tool.name,
            "title": tool.title,
            "description": tool.description,
            "inputSchema": (tool.schema)(),
            "annotations": { "title": tool.title, "readOnlyHint": true, "idempotentHint": true, "openWorldHint": false },
        })
    };
    TOOLS.iter().map(described).collect()
}

/// The tools' names.
pub(super) fn names() -> Vec<&'static str> {
    TOOLS.iter().map(|tool| tool.name).collect()
}

/// What the tool answers; `None` where there is no such tool.
pub(super) fn answer(analysis: &Analysis, name: &str, given: Map<String, Value>) -> Option<Result<Value, Refused>> {
    let tool = TOOLS.iter().find(|tool| tool.name == name)?;
    Some((tool.answer)(analysis, given))
}

/// Reads the arguments, asks, and writes the answer.
fn answered<'a, A: DeserializeOwned, R: Serialize>(
    analysis: &'a Analysis,
    given: Map<String, Value>,
    tool: impl Fn(&'a Analysis, A) -> Result<R, Refused>,
) -> Result<Value, Refused> {
    // An assistant may say that an option is not given by `null`.
    let given: Map<String, Value> = given.into_iter().filter(|(_, value)| !value.is_null()).collect();
    let arguments = serde_json::from_value(Value::Object(given))
        .map_err(|error| Refused::new(format!("the arguments do not fit: {error}"), "see the tool's input schema"))?;
    serde_json::to_value(tool(analysis, arguments)?)
        .map_err(|error| Refused::new(format!("the answer cannot be written: {error}"), "ask for something else"))
}

/// The JSON Schema of a tool's arguments, without what several assistants do not understand: lists of types, numbers'
/// formats, and a title that is a name of our code.
fn schema<A: JsonSchema>() -> Value {
    let mut schema = schemars::schema_for!(A).to_value();
    if let Some(fields) = schema.as_object_mut() {
        fields.remove("title");
        fields.remove("$schema");
        fields.entry("properties").or_insert_with(|| json!({}));
    }
    plain(&mut schema);
    schema
}

fn plain(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.remove("format");
            fields.retain(|name, value| !(name == "default" && value.is_null()));
            if let Some(Value::Array(types)) = fields.get("type") {
                let only = types.iter().find(|kind| *kind != "null").cloned().unwrap_or_default();
                fields.insert("type".into(), only);
            }
            fields.values_mut().for_each(plain);
        }
        Value::Array(items) => items.iter_mut().for_each(plain),
        _ => {}
    }
}

/// The rows of a page, none where none are asked for, and how many there are in all.
fn page<T>(rows: Vec<T>, offset: Option<usize>, limit: Option<usize>) -> (usize, Vec<T>) {
    let total = rows.len();
    let limit = limit.unwrap_or(ROWS).min(MOST_ROWS);
    (total, rows.into_iter().skip(offset.unwrap_or(0)).take(limit).collect())
}

/// How many themes of a recurring one the researcher hid. Its numbers count who voiced them, too.
fn hidden_in(summary: &Summary, recurring: &RecurringSummary) -> usize {
    recurring.themes.iter().filter_map(|id| summary.theme(id)).filter(|theme| theme.hidden).count()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// Refuses a study that is not there.
fn known_study(analysis: &Analysis, study: Option<&str>) -> Result<(), Refused> {
    let studies = &analysis.summary.studies;
    match study {
        Some(named) if !studies.iter().any(|study| study.name == named) => {
            let known: Vec<&str> = studies.iter().map(|study| study.name.as_str()).collect();
            Err(Refused::new(format!("there is no study `{named}`"), format!("there are `{}`", known.join("`, `"))))
        }
        _ => Ok(()),
    }
}

/// Refuses a section that is not there.
fn known_section(analysis: &Analysis, section: Option<&str>) -> Result<(), Refused> {
    let sections = &analysis.summary.sections;
    match section {
        Some(named) if !sections.iter().any(|section| section.id == named) => {
            let known: Vec<&str> = sections.iter().map(|section| section.id.as_str()).collect();
            let hint = format!("there are `{}`; `counts` says what they ask", known.join("`, `"));
            Err(Refused::new(format!("there is no question `{named}`"), hint))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
