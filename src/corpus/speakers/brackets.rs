//! What stands in brackets behind a name.
//!
//! In: a label as written. Out: the name, and what the brackets hold. What that says is for others.

/// A label without the brackets behind it, and what stands in them.
pub(crate) fn parts(label: &str) -> Option<(&str, &str)> {
    let label = label.trim_end();
    let pairs = [('(', ')'), ('[', ']'), ('{', '}'), ('（', '）'), ('【', '】'), ('<', '>'), ('*', '*')];
    let (open, close) = pairs.into_iter().find(|(_, close)| label.ends_with(*close))?;
    let (core, inner) = label[..label.len() - close.len_utf8()].rsplit_once(open)?;
    let (core, inner) = (core.trim_end(), inner.trim());
    let is_name = core.starts_with(|c: char| c.is_alphanumeric() || c == '#');
    (is_name && !inner.is_empty()).then_some((core, inner))
}
