//! Names and times as services write them: as numbers, texts or records.
//!
//! In: a value. Out: a label, or seconds from the start. It never looks at other fields.

use serde_json::Value;

use super::super::super::labels;
use super::super::said::Said;

/// Who speaks; empty where nobody is named. `Speaker 1` for the number 1 and for Speechmatics' `S1`.
pub(super) fn label(value: &Value) -> String {
    let name = plain(value);
    let number = name.strip_prefix('S').unwrap_or(&name);
    if is_number(number) { format!("Speaker {number}") } else { name }
}

/// A number or a text as it is written; empty where it is neither.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => String::new(),
    }
}

pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Seconds: `1.5`, `"1.5s"`, `"00:00:01.5"`, `{"seconds": 1, "nanos": 500000000}`, `{"relative": 1.5}`.
pub(super) fn seconds(value: &Value) -> Option<f64> {
    let seconds = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().trim_end_matches('s').parse().ok().or_else(|| labels::time(text.trim())),
        Value::Object(fields) => {
            let of = |name: &str| fields.get(name).and_then(seconds);
            of("relative").or_else(|| {
                let (whole, nanos) = (of("seconds"), of("nanos"));
                (whole.is_some() || nanos.is_some())
                    .then(|| whole.unwrap_or_default() + nanos.unwrap_or_default() / 1e9)
            })
        }
        _ => None,
    };
    seconds.filter(|seconds: &f64| seconds.is_finite() && *seconds >= 0.0)
}

/// Seconds of a number of smaller units, of which there are `per_second`.
pub(super) fn scaled(value: &Value, per_second: f64) -> Option<f64> {
    seconds(value).map(|units| units / per_second)
}

pub(super) fn stretch(speaker: String, text: String, seconds: Option<f64>) -> Said {
    Said { line: 1, speaker, text, seconds, end: None, whole: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn times_are_numbers_texts_or_records() {
        for value in [json!(1.5), json!("1.5s"), json!("00:00:01.5"), json!({"relative": 1.5, "absolute": "x"})] {
            assert_eq!(seconds(&value), Some(1.5), "{value}");
        }
        assert_eq!(seconds(&json!({"seconds": "1", "nanos": 500_000_000})), Some(1.5));
        for value in [json!(null), json!(-1), json!("soon"), json!({}), json!([1.5])] {
            assert_eq!(seconds(&value), None, "{value}");
        }
    }

    #[test]
    fn numbers_are_speakers() {
        for (value, name) in [(json!(1), "Speaker 1"), (json!("S2"), "Speaker 2"), (json!("Sue"), "Sue")] {
            assert_eq!(label(&value), name);
        }
        assert_eq!((label(&json!(-1)), label(&json!(null))), ("-1".to_owned(), String::new()));
    }
}
