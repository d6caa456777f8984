//! Keywords of themes, and labels made of them, with names replaced.
//!
//! In: a theme as JSON, and later as it is stored. Out: what its label becomes where it is keywords in a row, and what
//! of its keywords may be a name and stays. A keyword stands in no sentence, so that its capital counts. It replaces
//! no other label.

use serde_json::{Map, Value};

use super::replacing::Replacer;
use crate::analysis::saved::Summary;
use crate::theme::keywords::Keyword;

/// Between the keywords of a label.
const BETWEEN: &str = ", ";

/// A label that is the first of a theme's keywords, before and after.
pub(super) fn label(fields: &Map<String, Value>, replacer: &Replacer) -> Option<(String, String)> {
    let label = fields.get("label")?.as_str()?;
    let keywords = fields.get("keywords")?.as_array()?;
    let terms: Vec<&str> = keywords.iter().filter_map(|keyword| keyword.get("term")?.as_str()).collect();
    let chosen = first_in(label, &terms)?;
    let new: Vec<String> = chosen.iter().map(|term| replacer.term(term).text).collect();
    Some((label.to_owned(), new.join(BETWEEN)))
}

/// The first of some terms that make up a label.
fn first_in<'t>(label: &str, terms: &'t [&'t str]) -> Option<&'t [&'t str]> {
    (1..=terms.len()).map(|n| &terms[..n]).find(|chosen| chosen.join(BETWEEN) == label)
}

/// What may be a name in keywords, and in labels that are neither keywords nor words of a passage: the word, and where
/// it stands.
pub(super) fn doubtful(summary: &Summary, replacer: &Replacer) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut add = |word: String, place: String| {
        if !found.iter().any(|known| *known == (word.clone(), place.clone())) {
            found.push((word, place));
        }
    };
    for theme in summary.themes() {
        let parts = theme.sub_themes.iter().map(|part| (&part.id, &part.keywords));
        for (id, keywords) in parts.chain([(&theme.id, &theme.keywords)]) {
            let doubts = keywords.iter().flat_map(|keyword| replacer.term(&keyword.term).doubtful);
            doubts.for_each(|doubt| add(doubt.word, format!("keyword of {id}")));
        }
        if theme.headline.is_none() && !is_of(&theme.label, &theme.keywords) {
            let doubts = replacer.replaced(&theme.label).doubtful;
            doubts.into_iter().for_each(|doubt| add(doubt.word, format!("label of {}", theme.id)));
        }
    }
    found
}

fn is_of(label: &str, keywords: &[Keyword]) -> bool {
    let terms: Vec<&str> = keywords.iter().map(|keyword| keyword.term.as_str()).collect();
    first_in(label, &terms).is_some()
}
