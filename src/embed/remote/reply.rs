//! What an embeddings server answers.
//!
//! In: the body of an answer, and how many vectors of which length are due. Out: unit-length
//! vectors in the order of the request, or what is wrong with the answer. A vector that is not
//! there, or is no direction, is never replaced by another.

use serde::Deserialize;

use super::RemoteError;
use crate::embed::source::{Flaw, to_unit_length};

#[derive(Deserialize)]
struct Reply {
    data: Vec<Datum>,
}

#[derive(Deserialize)]
struct Datum {
    embedding: Vec<Option<f32>>,
    index: Option<usize>,
}

/// Letters of a server's message that are shown.
const SHOWN: usize = 300;

/// The vectors of `texts` texts; `dimensions` where they are known.
pub(super) fn vectors(body: &[u8], texts: usize, dimensions: Option<usize>) -> Result<Vec<Vec<f32>>, RemoteError> {
    let reply: Reply = serde_json::from_slice(body).map_err(|error| {
        // Python writes NaN and Infinity into JSON, which has no such numbers.
        let has_odd_numbers = ["NaN", "Infinity"].iter().any(|word| contains(body, word.as_bytes()));
        if has_odd_numbers { RemoteError::NotFinite } else { RemoteError::NoVectors { reason: error.to_string() } }
    })?;
    if reply.data.len() != texts {
        return Err(RemoteError::Count { found: reply.data.len(), expected: texts });
    }
    let mut ordered: Vec<Option<Vec<f32>>> = vec![None; texts];
    let mut expected = dimensions;
    for (place, datum) in reply.data.into_iter().enumerate() {
        let index = datum.index.unwrap_or(place);
        let mut vector = datum.embedding.into_iter().collect::<Option<Vec<f32>>>().ok_or(RemoteError::NotFinite)?;
        let wanted = *expected.get_or_insert(vector.len());
        if vector.len() != wanted {
            return Err(RemoteError::Dimensions { found: vector.len(), expected: wanted });
        }
        to_unit_length(&mut vector).map_err(|flaw| match flaw {
            Flaw::NotFinite(_) => RemoteError::NotFinite,
            Flaw::Zero => RemoteError::Zero,
        })?;
        match ordered.get_mut(index) {
            Some(slot @ None) => *slot = Some(vector),
            _ => return Err(RemoteError::Order { index }),
        }
    }
    // As many vectors as places, each in a place of its own: none is left empty.
    Ok(ordered.into_iter().flatten().collect())
}

fn contains(body: &[u8], word: &[u8]) -> bool {
    body.windows(word.len()).any(|window| window == word)
}

/// What the server says in an answer that is no success, on one line, without the key.
pub(super) fn message(body: &[u8], key: Option<&str>) -> String {
    let text = serde_json::from_slice(body).ok().and_then(|json| stated(&json));
    let text = text.unwrap_or_else(|| String::from_utf8_lossy(body).into_owned());
    let text = match key {
        Some(key) => text.replace(key, "[key]"),
        None => text,
    };
    let line: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    let line = line.join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// `{"error": {"message": …}}` as OpenAI has it, and its usual relatives.
fn stated(json: &serde_json::Value) -> Option<String> {
    ["error", "message", "detail"].iter().find_map(|field| {
        let value = json.get(field)?;
        value.as_str().map(str::to_string).or_else(|| stated(value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str, texts: usize, dimensions: Option<usize>) -> Result<Vec<Vec<f32>>, String> {
        vectors(body.as_bytes(), texts, dimensions).map_err(|error| error.to_string())
    }

    #[test]
    fn vectors_come_in_the_order_of_the_request() {
        let body = r#"{"object": "list", "data": [
            {"object": "embedding", "index": 1, "embedding": [0, 2]},
            {"object": "embedding", "index": 0, "embedding": [3, 4]}], "model": "m", "usage": {}}"#;
        assert_eq!(read(body, 2, None).unwrap(), [vec![0.6, 0.8], vec![0.0, 1.0]]);
        assert_eq!(
            read(r#"{"data": [{"embedding": [1]}, {"embedding": [-1]}]}"#, 2, Some(1)).unwrap(),
            [[1.0], [-1.0]]
        );
    }

    #[test]
    fn what_is_wrong_is_said() {
        let one = |numbers: &str| format!(r#"{{"data": [{{"index": 0, "embedding": {numbers}}}]}}"#);
        for (body, words) in [
            ("<html>".into(), "no vectors"),
            (r#"{"data": 3}"#.into(), "no vectors"),
            (r#"{"error": "busy"}"#.into(), "no vectors"),
            (one("\"AAAA\""), "no vectors"),
            (one("[NaN, 1]"), "not finite"),
            (one("[null, 1]"), "not finite"),
            (one("[1e39, 1]"), "out of range"),
            (one("[0, 0]"), "zero"),
            (one("[]"), "0 numbers"),
            (one("[1, 2, 3]"), "3 numbers"),
            (r#"{"data": []}"#.into(), "0 vectors"),
            (r#"{"data": [{"index": 7, "embedding": [1, 2]}]}"#.into(), "7"),
        ] {
            let error = read(&body, 1, Some(2)).unwrap_err();
            assert!(error.contains(words), "{body}: {error}");
        }
        let twice = r#"{"data": [{"index": 0, "embedding": [1, 2]}, {"index": 0, "embedding": [1, 2]}]}"#;
        assert!(read(twice, 2, Some(2)).unwrap_err().contains("position 0"));
    }

    #[test]
    fn a_servers_message_is_one_line_without_the_key() {
        let body = "{\"error\": {\"message\": \"Incorrect key: sk-1\\n\\u001b[31mred\", \"type\": \"x\"}}";
        assert_eq!(message(body.as_bytes(), Some("sk-1")), "Incorrect key: [key] [31mred");
        assert_eq!(message(b"plain words", None), "plain words");
        assert_eq!(message("ä".repeat(400).as_bytes(), None).chars().count(), SHOWN + 1);
    }
}
