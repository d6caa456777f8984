//! The conversation: what each message asks for, until the client has no more to say.
//!
//! In: an analysis and two streams. Out: a line for each line that waits for an answer, in the order of the requests.
//! What is refused inside a tool goes to the assistant as the tool's answer, so that it can ask again; everything else
//! as an error of JSON-RPC. It remembers nothing from one message to the next.

use std::io::{self, BufRead, Read, Write};

use serde_json::{Map, Value, json};

use super::answers::{self, Refused};
use super::policy::{INSTRUCTIONS, LONGEST_MESSAGE, VERSIONS};
use super::protocol::{Code, Line, Message, Refusal, answer};
use crate::analysis::Analysis;
use crate::terminal::gate::{bounded, harmless, harmless_json, harmless_lines};

/// Answers requests about the analysis until `input` ends.
///
/// # Errors
/// When a stream cannot be read or written.
pub(crate) fn serve(analysis: &Analysis, input: &mut dyn BufRead, out: &mut dyn Write) -> io::Result<()> {
    let mut line = Vec::new();
    while let Some(is_whole) = next_line(input, &mut line)? {
        let said = if !is_whole {
            let reason = format!("a message longer than {LONGEST_MESSAGE} bytes");
            Some(answer(Value::Null, Err(Refusal::new(Code::Request, reason))))
        } else if line.trim_ascii().is_empty() {
            None
        } else {
            match Line::read(&line) {
                Line::One(message) => reply(analysis, message),
                Line::Batch(messages) => {
                    let replies: Vec<Value> = messages.into_iter().filter_map(|m| reply(analysis, m)).collect();
                    (!replies.is_empty()).then_some(Value::Array(replies))
                }
            }
        };
        if let Some(said) = said {
            // A line of JSON holds no line end of its own.
            serde_json::to_writer(&mut *out, &said)?;
            out.write_all(b"\n")?;
            out.flush()?;
        }
    }
    Ok(())
}

/// Reads a line without its end into `line`: whether all of it, or `None` at the end of the input. What is too long
/// is passed over.
fn next_line(input: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<Option<bool>> {
    line.clear();
    if input.take(LONGEST_MESSAGE).read_until(b'\n', line)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
        return Ok(Some(true));
    }
    if (line.len() as u64) < LONGEST_MESSAGE {
        return Ok(Some(true)); // the last line
    }
    line.clear();
    input.skip_until(b'\n')?;
    Ok(Some(false))
}

fn reply(analysis: &Analysis, message: Message) -> Option<Value> {
    match message {
        Message::Silent => None,
        Message::Wrong { id, refusal } => Some(answer(id, Err(refusal))),
        Message::Request { id, method, params } => Some(answer(id, result(analysis, &method, params))),
    }
}

fn result(analysis: &Analysis, method: &str, params: Map<String, Value>) -> Result<Value, Refusal> {
    match method {
        "initialize" => Ok(introduction(&params)),
        "ping" => Ok(json!({})),
        "tools/list" => Ok(json!({ "tools": answers::described() })),
        "tools/call" => call(analysis, params),
        _ => {
            let named = bounded(method);
            Err(Refusal::new(Code::Method, format!("there is no method `{}`", harmless(&named))))
        }
    }
}

/// The client's version of the protocol where it is spoken here, else the newest that is.
fn introduction(params: &Map<String, Value>) -> Value {
    let asked = params.get("protocolVersion").and_then(Value::as_str);
    let version = VERSIONS.into_iter().find(|version| asked == Some(version)).unwrap_or(VERSIONS[0]);
    json!({
        "protocolVersion": version,
        "capabilities": { "tools": { "listChanged": false } },
        "serverInfo": { "name": "leitmotif", "title": "Leitmotif", "version": env!("CARGO_PKG_VERSION") },
        "instructions": INSTRUCTIONS,
    })
}

fn call(analysis: &Analysis, mut params: Map<String, Value>) -> Result<Value, Refusal> {
    let Some(Value::String(name)) = params.remove("name") else {
        return Err(Refusal::new(Code::Parameters, "`name` names no tool"));
    };
    let arguments = match params.remove("arguments") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(arguments)) => arguments,
        Some(_) => return Err(Refusal::new(Code::Parameters, "`arguments` is no object")),
    };
    let Some(outcome) = answers::answer(analysis, &name, arguments) else {
        let known = answers::names().join("`, `");
        let named = bounded(&name);
        let reason = format!("there is no tool `{}`; there are `{known}`", harmless(&named));
        return Err(Refusal::new(Code::Parameters, reason));
    };
    let (text, is_error) = match outcome {
        // In words of others, what would steer or hide stands as JSON's own escapes: shown it does no harm, and
        // whoever reads the JSON has the words as they are.
        Ok(found) => (harmless_json(&found.to_string()).into_owned(), false),
        Err(Refused { message, hint }) => {
            let shown = |words: &str| harmless_lines(&bounded(words));
            (format!("error: {}\nhint: {}", shown(&message), shown(&hint)), true)
        }
    };
    Ok(json!({ "content": [{ "type": "text", "text": text }], "isError": is_error }))
}
