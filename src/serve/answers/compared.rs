//! Which themes one group voices more than another.
//!
//! In: an analysis and what makes the groups. Out: the comparison of `leitmotif compare --json`, cut to some themes.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Refused, page};
use crate::analysis::{self, Analysis, By, Comparison, ComparisonOptions};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Arguments {
    /// What makes the groups: `study` (where nothing is said), `question`, or an attribute that `counts` lists
    #[serde(default)]
    by: Option<String>,
    /// Only these groups: studies, or values of the attribute; two or more
    #[serde(default)]
    groups: Vec<String>,
    /// Only participants of these studies
    #[serde(default)]
    studies: Vec<String>,
    /// Themes to leave out from the beginning, to go on where an answer ended
    #[serde(default)]
    offset: Option<usize>,
    /// Themes to return: 20 where nothing is said, 200 at most
    #[serde(default)]
    limit: Option<usize>,
}

pub(super) fn compare(analysis: &Analysis, asked: Arguments) -> Result<Comparison, Refused> {
    let by = match asked.by.as_deref() {
        None | Some("study") => By::Study,
        Some("question") => By::Question,
        Some(attribute) => By::Attribute(attribute.into()),
    };
    let options = ComparisonOptions { by, studies: asked.studies, groups: asked.groups, ..Default::default() };
    let mut comparison =
        analysis::compare(analysis, &options).map_err(|error| Refused::new(error.to_string(), error.hint()))?;
    let (_, mut shown) = page(std::mem::take(&mut comparison.themes), asked.offset, asked.limit);
    for quote in shown.iter_mut().flat_map(|theme| &mut theme.groups).filter_map(|group| group.quote.as_mut()) {
        let file = &quote.position.file;
        quote.position.file = file.rsplit(['/', '\\']).next().unwrap_or(file).to_string();
    }
    comparison.themes = shown;
    Ok(comparison)
}
