//! The report: one HTML file that opens from disk.
//!
//! In: an analysis, its codebook and, where groups were compared, the comparison. Out: HTML with
//! styles, script and data inside, the same bytes for the same analysis. The page asks nobody for
//! anything: its Content-Security-Policy forbids every connection and every script but its own. Where recordings are
//! named, it may play files from disk, or from the place that it came from, and nothing else.
//! Transcripts are untrusted text: the template escapes what it prints, and the script puts words into
//! the page as text only.

mod attributes_part;
mod codebook_part;
mod comparison_page;
mod data;
pub mod figures;
mod for_readers;
mod interviews;
mod manifest_part;
mod people_part;
mod recordings;
mod search_part;
mod svg;

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use minijinja::{AutoEscape, Environment, Value, context};
use ring::digest;

pub use comparison_page::{ComparedTheme, ComparisonPage, Difference, Group};
use data::Data;
pub(crate) use for_readers::{ChosenQuotes, ChosenThemes, check_chosen, chosen};
pub use recordings::Recordings;
use search_part::SearchPart;
pub(crate) use search_part::needs_vectors;

use crate::analysis::codebook::{Codebook, lineage_id};
use crate::analysis::{Analysis, Banding};
use crate::export::{ExportError, check_counts, write_whole};

const TEMPLATE: &str = include_str!("templates/report.html");
const STYLE: &str = include_str!("assets/report.css");
/// One script, in parts that are read in this order.
const SCRIPT: &str = concat!(
    "\"use strict\";\n(() => {\n",
    include_str!("assets/elements.js"),
    include_str!("assets/lists.js"),
    include_str!("assets/figures.js"),
    include_str!("assets/apply.js"),
    include_str!("assets/codebook.js"),
    include_str!("assets/toml.js"),
    include_str!("assets/rebase.js"),
    include_str!("assets/kept.js"),
    include_str!("assets/model.js"),
    include_str!("assets/attributes.js"),
    include_str!("assets/search.js"),
    include_str!("assets/edits.js"),
    include_str!("assets/keeping.js"),
    include_str!("assets/selection.js"),
    include_str!("assets/keys.js"),
    include_str!("assets/colours.js"),
    include_str!("assets/citing.js"),
    include_str!("assets/parts.js"),
    include_str!("assets/interview.js"),
    include_str!("assets/contours.js"),
    include_str!("assets/map.js"),
    include_str!("assets/map_page.js"),
    include_str!("assets/matrix.js"),
    include_str!("assets/pages.js"),
    include_str!("assets/compare.js"),
    include_str!("assets/print.js"),
    include_str!("assets/edits_page.js"),
    include_str!("assets/main.js"),
    "})();\n",
);
/// Digits of the hash that tells the browser which result its edits were made on.
const KEY_DIGITS: usize = 16;

/// What goes into a report beside the analysis.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// In place of the studies' names.
    pub title: Option<&'a str>,
    /// Groups compared.
    pub comparison: Option<&'a ComparisonPage>,
    /// An attribute's name and the bands of its numbers, which all pages have; the bands of others are chosen.
    pub bands: Option<(&'a str, &'a Banding)>,
    /// Recordings that quotes play from; they stay where they are.
    pub recordings: Option<&'a Recordings>,
    /// The analysis is a selection for people who read and do not edit: no edit tools, and its rows need not add
    /// up to its counts.
    pub for_readers: bool,
}

/// The report as HTML; `codebook` holds the edits that were applied to the analysis.
///
/// # Errors
/// [`ExportError::DoesNotAddUp`] when rows and counts disagree.
pub fn render(analysis: &Analysis, codebook: &Codebook, options: Options) -> Result<String, ExportError> {
    if !options.for_readers {
        check_counts(analysis)?;
    }
    // Another title, or a comparison, is no other analysis: the browser keeps its reader's edits.
    let mut hasher = blake3::Hasher::new();
    let plain = Data::new(analysis, codebook, Options::default());
    serde_json::to_writer(std::io::BufWriter::new(&mut hasher), &plain).map_err(std::io::Error::from)?;
    drop(plain);
    let key = hasher.finalize().to_hex();
    let data = Data::new(analysis, codebook, options);
    let json = in_html(serde_json::to_string(&data).map_err(std::io::Error::from)?);
    let search = in_html(serde_json::to_string(&SearchPart::new(analysis)).map_err(std::io::Error::from)?);
    // What pseudonyms replaced is another result than the one with names: edits of one name nothing in the other.
    let line = lineage_id(analysis) + if analysis.summary.manifest.pseudonyms.is_some() { "p" } else { "" };
    let summary = &analysis.summary;
    let mut themes: Vec<_> = summary.themes().filter(|theme| !theme.hidden).collect();
    themes.sort_by_key(|theme| std::cmp::Reverse(theme.prevalence.participants));
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let html = environment.add_template("report.html", TEMPLATE).and_then(|()| {
        environment.get_template("report.html")?.render(context! {
            title => data.title,
            plays => options.recordings.is_some(),
            for_readers => options.for_readers,
            key => &key.as_str()[..KEY_DIGITS],
            line => line,
            style_hash => content_hash(STYLE),
            script_hash => content_hash(SCRIPT),
            style => Value::from_safe_string(STYLE.to_string()),
            script => Value::from_safe_string(SCRIPT.to_string()),
            data => Value::from_safe_string(json),
            search => Value::from_safe_string(search),
            participants => summary.counts.participants,
            answers => summary.counts.answers,
            themes => themes.iter().map(|theme| context! {
                id => &theme.id,
                label => &theme.label,
                participants => theme.prevalence.participants,
                asked => theme.prevalence.asked,
                quote => theme.quotes.first().map(|quote| &quote.text),
            }).collect::<Vec<_>>(),
        })
    });
    html.map_err(|error| ExportError::Write(std::io::Error::other(error)))
}

/// Writes the report whole, or not at all.
///
/// # Errors
/// Those of [`render`], [`ExportError::File`].
pub fn write_file(analysis: &Analysis, codebook: &Codebook, options: Options, path: &Path) -> Result<(), ExportError> {
    let html = render(analysis, codebook, options)?;
    write_whole(path, |out| Ok(out.write_all(html.as_bytes())?))
}

/// JSON that no HTML parser takes for anything else; the two separators end lines in old scripts.
fn in_html(json: String) -> String {
    const TAKEN: [char; 3] = ['<', '\u{2028}', '\u{2029}'];
    if !json.contains(TAKEN) {
        return json;
    }
    // In one go: of very many passages no more than two are held.
    let mut safe = String::with_capacity(json.len() + json.len() / 64);
    let mut rest = json.as_str();
    while let Some((before, after)) = rest.split_once(TAKEN) {
        safe.push_str(before);
        let taken = rest[before.len()..].chars().next().unwrap_or_default();
        safe.push_str(&format!("\\u{:04x}", u32::from(taken)));
        rest = after;
    }
    safe + rest
}

/// What a Content-Security-Policy calls an inline style or script by.
fn content_hash(content: &str) -> String {
    format!("sha256-{}", BASE64.encode(digest::digest(&digest::SHA256, content.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_data_ends_their_block() {
        let in_html = |json: &str| in_html(json.to_owned());
        assert_eq!(in_html("\"&>\""), "\"&>\"");
        assert_eq!(in_html("\"</script><!--\u{2028}\u{2029}&\""), "\"\\u003c/script>\\u003c!--\\u2028\\u2029&\"");
    }

    #[test]
    fn hashes_are_those_of_the_specification() {
        // Content Security Policy Level 3, W3C, section 6.7.3: the example `alert('Hello, world.');`.
        assert_eq!(content_hash("alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }

    #[test]
    fn assets_end_no_block_and_ask_nobody() {
        for asset in [STYLE, SCRIPT] {
            assert!(!asset.contains("</") && !asset.contains("<!--"));
            assert!(!asset.contains("innerHTML") && !asset.contains("@import"));
            for scheme in ["https://", "//cdn", "fetch(", "XMLHttpRequest", "eval("] {
                assert!(!asset.contains(scheme), "{scheme}");
            }
        }
    }

    /// The page says why a passage was set aside.
    #[test]
    fn every_reason_to_exclude_has_words_on_the_page() {
        let script = include_str!("assets/model.js");
        for reason in crate::corpus::Exclusion::ALL {
            assert!(script.contains(&format!("\"{}\": \"", reason.word())), "{}", reason.word());
        }
    }
}
