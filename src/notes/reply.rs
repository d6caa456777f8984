//! What a chat server answers when it is asked for notes.
//!
//! In: the body of an answer. Out: a note for each passage, one line of plain text, empty where the passage says
//! nothing; or why there is none. A batch is taken whole or not at all: where one note is missing, nobody
//! knows whose the others are.

use serde_json::Value;

use super::policy::{LONGEST, is_refusal, says_nothing};
use crate::remote::chat;

/// The note on one passage.
pub(super) fn note(body: &[u8]) -> Result<String, String> {
    let content = chat::content(body)?;
    if is_refusal(&content) {
        return Err("the model refused".into());
    }
    let object = chat::objects(&content).find(|object| object["note"].is_string());
    checked(&object.ok_or("the model answered without JSON that has a note")?["note"])
}

/// The notes on `n` passages, numbered from 1.
pub(super) fn notes(body: &[u8], n: usize) -> Result<Vec<String>, String> {
    let content = chat::content(body)?;
    let object = chat::objects(&content).find(|object| object["notes"].is_array());
    let object = object.ok_or("the model answered without JSON that has notes")?;
    let mut of: Vec<Option<String>> = vec![None; n];
    for item in object["notes"].as_array().into_iter().flatten() {
        let number = item["number"].as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or_default();
        match number.checked_sub(1).and_then(|place| of.get_mut(place)) {
            Some(slot @ None) => *slot = Some(checked(&item["note"])?),
            _ => return Err(format!("the model answered with a note number {number} of {n}, or with two")),
        }
    }
    let given = of.iter().flatten().count();
    of.into_iter()
        .collect::<Option<_>>()
        .ok_or_else(|| format!("the model answered with {given} notes for {n} passages"))
}

fn checked(note: &Value) -> Result<String, String> {
    let note = chat::plain(note.as_str().ok_or("a note is no text")?);
    match note.chars().count() {
        0 => Err("the note is empty".into()),
        found if found > LONGEST => Err(format!("the note has {found} characters, {LONGEST} are allowed")),
        _ if is_refusal(&note) => Err("the model refused".into()),
        _ if says_nothing(&note) => Ok(String::new()),
        _ => Ok(note),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(content: &str) -> Vec<u8> {
        serde_json::json!({"choices": [{"message": {"role": "assistant", "content": content}}]}).to_string().into()
    }

    #[test]
    fn a_note_is_one_line_and_none_is_none() {
        let read = |content: &str| note(&body(content));
        assert_eq!(
            read("```json\n{\"note\": \"keeps money\\nmatters \\u001b[31mherself\"}\n```"),
            Ok("keeps money matters herself".into())
        );
        assert_eq!(read(r#"{"note": "None."}"#), Ok(String::new()));
        for (content, words) in [
            ("keeps money matters herself", "without JSON"),
            (r#"{"note": 3}"#, "without JSON"),
            (r#"{"note": ""}"#, "empty"),
            (r#"{"note": "I'm sorry, but I can't help with that."}"#, "refused"),
            ("I'm sorry, but I can't help with that.", "refused"),
            (r#"{"note": "#, "without JSON"),
        ] {
            assert!(read(content).unwrap_err().contains(words), "{content}");
        }
        let long = format!(r#"{{"note": "{}"}}"#, "ä".repeat(241));
        assert!(read(&long).unwrap_err().contains("241 characters, 240 are allowed"));
    }

    #[test]
    fn a_batch_fits_or_it_does_not() {
        let read = |content: &str| notes(&body(content), 2);
        let two = r#"{"notes": [{"number": 2, "note": "b"}, {"number": 1, "note": "none"}]}"#;
        assert_eq!(read(two), Ok(vec![String::new(), "b".to_string()]));
        for content in [
            r#"{"notes": [{"number": 1, "note": "a"}]}"#,
            r#"{"notes": [{"number": 1, "note": "a"}, {"number": 1, "note": "b"}]}"#,
            r#"{"notes": [{"number": 1, "note": "a"}, {"number": 3, "note": "b"}]}"#,
            r#"{"notes": [{"number": 1, "note": "a"}, {"number": 2, "note": ""}]}"#,
            r#"{"notes": ["a", "b"]}"#,
            r#"{"notes": 2}"#,
            r#"{"note": "a"}"#,
        ] {
            assert!(read(content).is_err(), "{content}");
        }
    }
}
