//! What an embeddings server answers.
//!
//! In: the body of an answer, and how many vectors of which length are due. Out: unit-length
//! vectors in the order of the request, or what is wrong with the answer. A vector that is not
//! there, or is no direction, is never replaced by another.

use serde::Deserialize;

use super::RemoteEmbedError;
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

/// The vectors of `texts` texts; `dimensions` where they are known.
pub(super) fn vectors(body: &[u8], texts: usize, dimensions: Option<usize>) -> Result<Vec<Vec<f32>>, RemoteEmbedError> {
    let reply: Reply = serde_json::from_slice(body).map_err(|error| {
        // Python writes NaN and Infinity into JSON, which has no such numbers.
        let has_odd_numbers = ["NaN", "Infinity"].iter().any(|word| contains(body, word.as_bytes()));
        if has_odd_numbers {
            RemoteEmbedError::NotFinite
        } else {
            RemoteEmbedError::NoVectors { reason: error.to_string() }
        }
    })?;
    if reply.data.len() != texts {
        return Err(RemoteEmbedError::Count { found: reply.data.len(), expected: texts });
    }
    let mut ordered: Vec<Option<Vec<f32>>> = vec![None; texts];
    let mut expected = dimensions;
    for (place, datum) in reply.data.into_iter().enumerate() {
        let index = datum.index.unwrap_or(place);
        let mut vector =
            datum.embedding.into_iter().collect::<Option<Vec<f32>>>().ok_or(RemoteEmbedError::NotFinite)?;
        let wanted = *expected.get_or_insert(vector.len());
        if vector.len() != wanted {
            return Err(RemoteEmbedError::Dimensions { found: vector.len(), expected: wanted });
        }
        to_unit_length(&mut vector).map_err(|flaw| match flaw {
            Flaw::NotFinite(_) => RemoteEmbedError::NotFinite,
            Flaw::Zero => RemoteEmbedError::Zero,
        })?;
        match ordered.get_mut(index) {
            Some(slot @ None) => *slot = Some(vector),
            _ => return Err(RemoteEmbedError::Order { index }),
        }
    }
    // As many vectors as places, each in a place of its own: none is left empty.
    Ok(ordered.into_iter().flatten().collect())
}

fn contains(body: &[u8], word: &[u8]) -> bool {
    body.windows(word.len()).any(|window| window == word)
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
}
