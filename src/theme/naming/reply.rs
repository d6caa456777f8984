//! What a chat server answers.
//!
//! In: the body of an answer. Out: a name and a sentence in plain text on one line each, or why
//! there are none. Models wrap their JSON in code fences, think aloud before it and explain it
//! after; the first object that has both is taken. Nothing in an answer is more than text: control
//! characters, escape sequences and direction overrides go.

use serde::Deserialize;
use serde_json::Value;

/// Longest name, in characters: a label, not a paragraph.
const LONGEST_NAME: usize = 80;
/// Longest sentence, in characters.
const LONGEST_SENTENCE: usize = 400;
/// Braces at which an object is looked for.
const BRACES_TRIED: usize = 50;

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
}

/// Name and sentence.
pub(super) fn name(body: &[u8]) -> Result<(String, String), String> {
    let reply: Reply = serde_json::from_slice(body)
        .map_err(|error| format!("the answer is not like that of OpenAI's /v1/chat/completions: {error}"))?;
    let content = reply.choices.into_iter().next().and_then(|choice| choice.message.content).unwrap_or_default();
    // Models that think aloud may draft an answer before they give it.
    let content = content.rsplit_once("</think>").map_or(content.as_str(), |(_, after)| after);
    let object = object(content).ok_or("the model answered without JSON that has a name and a sentence")?;
    let text = |field: &str, longest: usize| {
        let text = plain(object[field].as_str().unwrap_or_default());
        match text.chars().count() {
            0 => Err(format!("the {field} is empty")),
            found if found > longest => Err(format!("the {field} has {found} characters, {longest} are allowed")),
            _ => Ok(text),
        }
    };
    Ok((text("name", LONGEST_NAME)?, text("sentence", LONGEST_SENTENCE)?))
}

/// The first JSON object that has both fields, wherever it stands.
fn object(content: &str) -> Option<Value> {
    content.match_indices('{').take(BRACES_TRIED).find_map(|(at, _)| {
        let value = serde_json::Deserializer::from_str(&content[at..]).into_iter::<Value>().next()?.ok()?;
        (value["name"].is_string() && value["sentence"].is_string()).then_some(value)
    })
}

/// One line of text without what a terminal would obey, and without Markdown or quotation marks
/// around it.
fn plain(text: &str) -> String {
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

    fn read(content: &str) -> Result<(String, String), String> {
        name(
            serde_json::json!({"choices": [{"message": {"role": "assistant", "content": content}}]})
                .to_string()
                .as_bytes(),
        )
    }

    #[test]
    fn json_is_found_wherever_it_stands() {
        let expected = Ok(("Fewer calls".to_string(), "People phone less.".to_string()));
        let bare = r#"{"name": "Fewer calls", "sentence": "People phone less."}"#;
        for content in [
            bare.to_string(),
            format!("```json\n{bare}\n```"),
            format!("Here {{it}} is:\n{bare}\nI hope {{this}} helps."),
            format!("<think>{{\"name\": \"a draft\", \"sentence\": \"x\"}}</think>{bare}"),
            format!("{{\"theme\": {bare}}}"),
        ] {
            assert_eq!(read(&content), expected, "{content}");
        }
    }

    #[test]
    fn what_is_no_name_is_said() {
        for (content, words) in [
            ("Fewer calls", "without JSON"),
            ("", "without JSON"),
            (r#"{"name": "Fewer calls"}"#, "without JSON"),
            (r#"{"name": 3, "sentence": "x"}"#, "without JSON"),
            (r#"{"name": "Fewer calls", "sentence": "#, "without JSON"),
            (r#"{"name": " ** ", "sentence": "x"}"#, "the name is empty"),
        ] {
            let error = read(content).unwrap_err();
            assert!(error.contains(words), "{content}: {error}");
        }
        let long = format!(r#"{{"name": "{}", "sentence": "x"}}"#, "ä".repeat(81));
        assert!(read(&long).unwrap_err().contains("81 characters, 80 are allowed"));
        for body in ["<html>", "[]", r#"{"choices": []}"#, r#"{"choices": [{"message": {"content": null}}]}"#] {
            assert!(name(body.as_bytes()).is_err(), "{body}");
        }
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        let answer = read(
            "{\"name\": \"**\\u001b[1;31mRed\\u001b[0m \\u202ename\\u0007**\\nnext\", \"sentence\": \"\\u001b]0;t\\u0007 S.\"}",
        );
        assert_eq!(answer, Ok(("Red name ** next".into(), "]0;t S.".into())));
    }
}
