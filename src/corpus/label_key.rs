//! The forms in which labels are compared.
//!
//! In: a label as written. Out: what all ways of writing it have in common.

/// The form in which labels are compared: lower case, single spaces.
pub(crate) fn key(label: &str) -> String {
    let mut key = String::with_capacity(label.len());
    for word in label.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(word.chars().flat_map(char::to_lowercase));
    }
    key
}

/// A key without its number: `participant 3` and `participant_03` are `participant`.
pub(crate) fn stem(key: &str) -> &str {
    let stem = key.trim_end_matches(|c: char| c.is_ascii_digit());
    if stem.len() == key.len() || stem.is_empty() {
        return key;
    }
    let stem = stem.trim_end_matches([' ', '_', '-', '#', '.']);
    if stem.is_empty() { key } else { stem }
}
