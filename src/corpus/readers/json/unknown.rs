//! Records whose words lie deeper than they are looked for.
//!
//! In: a record without a transcript. Out: the error that names its first fields. It never looks at what stands in them.

use serde_json::value::RawValue;

use super::super::super::CorpusError;
use super::super::table;
use super::{Fields, MAX_DEPTH, kind, list};

const UNKNOWN_HINT: &str = "export a list of records, each with the words of a turn and who says them, such as `text` \
                            and `speaker`";

/// The error for records without a transcript whose words lie deeper in them.
pub(super) fn unknown_layout(path: &str, raw: &RawValue) -> Option<CorpusError> {
    let first = if kind(raw) == b'[' { list(raw).into_iter().next()? } else { raw };
    let mut fields = Vec::new();
    name_fields(first, "", 0, &mut fields);
    let Fields(own) = Fields::of(first).ok()?;
    let is_own = |field: &String| own.iter().any(|(name, _)| name.as_ref() == field.as_str());
    if kind(raw) != b'[' && fields.iter().all(is_own) {
        return None;
    }
    let what = format!("JSON of a layout that is not known; its fields are {}", table::quoted(&fields));
    Some(CorpusError::NotRead { path: path.to_owned(), what, hint: UNKNOWN_HINT })
}

/// The first fields with plain values, each behind those that it lies in: `speech.words.text`.
fn name_fields(raw: &RawValue, above: &str, depth: usize, found: &mut Vec<String>) {
    const SHOWN: usize = 8;
    if found.len() == SHOWN || depth > MAX_DEPTH {
        return;
    }
    match kind(raw) {
        b'{' => {
            let Fields(fields) = Fields::of(raw).unwrap_or(Fields(Vec::new()));
            let behind = |name: &str| if above.is_empty() { name.to_owned() } else { format!("{above}.{name}") };
            fields.iter().for_each(|(name, raw)| name_fields(raw, &behind(name), depth + 1, found));
        }
        b'[' => list(raw).into_iter().take(1).for_each(|raw| name_fields(raw, above, depth + 1, found)),
        _ if !above.is_empty() => found.push(above.to_owned()),
        _ => {}
    }
}
