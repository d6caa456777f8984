//! What is said to a chat server, and what it says.
//!
//! In: instructions and data, or the body of an answer. Out: the request's JSON, or the model's words, the JSON
//! objects in them, and lines of plain text. Models wrap their JSON in code fences, think aloud before it and
//! explain it after. Nothing in an answer is more than text: control characters, escape sequences and direction
//! overrides go.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Any number: the same request gets the same answer where the server heeds it.
pub(crate) const SEED: u32 = 42;
/// Braces at which an object is looked for.
const BRACES_TRIED: usize = 50;

#[derive(Serialize)]
struct Request<'t> {
    model: &'t str,
    messages: [Message<'t>; 2],
    temperature: u8,
    seed: u32,
    stream: bool,
}

#[derive(Serialize)]
struct Message<'t> {
    role: &'t str,
    content: &'t str,
}

/// A request at temperature 0. `data` is what the instructions are about: never part of them.
pub(crate) fn request(model: &str, instructions: &str, data: &impl Serialize, seed: u32) -> Vec<u8> {
    let data = serde_json::to_string(data).unwrap_or_default(); // strings and numbers alone: it cannot fail
    let messages = [Message { role: "system", content: instructions }, Message { role: "user", content: &data }];
    let request = Request { model, messages, temperature: 0, seed, stream: false };
    serde_json::to_vec(&request).unwrap_or_default() // likewise
}

#[derive(Deserialize)]
struct Reply {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Answer,
}

#[derive(Deserialize)]
struct Answer {
    content: Option<String>,
    refusal: Option<String>,
}

/// The model's words, or what is wrong with the answer.
pub(crate) fn content(body: &[u8]) -> Result<String, String> {
    let reply: Reply = serde_json::from_slice(body)
        .map_err(|error| format!("the answer is not like that of OpenAI's /v1/chat/completions: {error}"))?;
    let Some(Choice { message }) = reply.choices.into_iter().next() else { return Ok(String::new()) };
    if message.refusal.is_some_and(|refusal| !refusal.is_empty()) {
        return Err("the model refused".into());
    }
    let content = message.content.unwrap_or_default();
    // Models that think aloud may draft an answer before they give it.
    Ok(content.rsplit_once("</think>").map_or(content.as_str(), |(_, after)| after).to_string())
}

/// The JSON objects in the model's words, wherever they stand.
pub(crate) fn objects(content: &str) -> impl Iterator<Item = Value> {
    content
        .match_indices('{')
        .take(BRACES_TRIED)
        .filter_map(|(at, _)| serde_json::Deserializer::from_str(&content[at..]).into_iter::<Value>().next()?.ok())
}

/// One line of text without what a terminal would obey, and without Markdown or quotation marks
/// around it.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\u{1b}' if rest.next_if_eq(&'[').is_some() => {
                // A control sequence ends with its first byte from @ to ~.
                while rest.next_if(|c| ('\u{20}'..='\u{3f}').contains(c)).is_some() {}
                rest.next_if(|c| ('@'..='~').contains(c));
            }
            c if c.is_control() || c.is_whitespace() => out.push(' '),
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {}
            c => out.push(c),
        }
    }
    let line = out.split_whitespace().collect::<Vec<_>>().join(" ");
    line.trim_matches(['*', '#', '`', '"', '“', '”', ' ']).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thoughts_are_left_out_and_a_refusal_is_no_answer() {
        let body = |message: Value| serde_json::json!({"choices": [{"message": message}]}).to_string();
        let said = |message: Value| content(body(message).as_bytes());
        assert_eq!(said(serde_json::json!({"content": "<think>{}</think>so"})), Ok("so".into()));
        assert_eq!(said(serde_json::json!({"content": null})), Ok(String::new()));
        assert_eq!(said(serde_json::json!({"content": "x", "refusal": ""})), Ok("x".into()));
        let refused = said(serde_json::json!({"content": null, "refusal": "I can't"}));
        assert_eq!(refused, Err("the model refused".into()));
        assert!(content(b"<html>").is_err() && content(br#"{"choices": []}"#) == Ok(String::new()));
    }

    #[test]
    fn objects_are_found_wherever_they_stand() {
        let found: Vec<Value> = objects("Here {it} is: ```{\"a\": {\"b\": 1}}``` {\"c\":").collect();
        assert_eq!(found, [serde_json::json!({"a": {"b": 1}}), serde_json::json!({"b": 1})]);
    }
}
