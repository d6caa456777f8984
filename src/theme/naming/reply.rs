//! What a chat server answers.
//!
//! In: the body of an answer. Out: a name and a sentence in plain text on one line each, or why
//! there are none. The first object that has both is taken.

use crate::remote::chat;

/// Longest name, in characters: a label, not a paragraph.
const LONGEST_NAME: usize = 80;
/// Longest sentence, in characters.
const LONGEST_SENTENCE: usize = 400;
/// Name and sentence.
pub(super) fn name(body: &[u8]) -> Result<(String, String), String> {
    let content = chat::content(body)?;
    let object = chat::objects(&content)
        .find(|object| object["name"].is_string() && object["sentence"].is_string())
        .ok_or("the model answered without JSON that has a name and a sentence")?;
    let text = |field: &str, longest: usize| {
        let text = chat::plain(object[field].as_str().unwrap_or_default());
        match text.chars().count() {
            0 => Err(format!("the {field} is empty")),
            found if found > longest => Err(format!("the {field} has {found} characters, {longest} are allowed")),
            _ => Ok(text),
        }
    };
    Ok((text("name", LONGEST_NAME)?, text("sentence", LONGEST_SENTENCE)?))
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
