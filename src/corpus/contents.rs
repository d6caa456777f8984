//! What a file holds, before a reader looks at it.
//!
//! In: the bytes of a file that was found. Out: its text, or the bytes where it is none, and what the manifest keeps of
//! it. It never says what they mean.

use super::encoding;
use super::inputs::Found;
use super::model::Source;
use super::readers::Contents;
use super::{CorpusError, ReadOptions};

/// Decodes the bytes of a file.
pub(super) fn contents_of(
    found: &Found,
    bytes: Vec<u8>,
    options: &ReadOptions,
) -> Result<(Source, Contents), CorpusError> {
    let mut source = Source {
        path: found.shown.clone(),
        format: String::new(),
        layout: None,
        blake3: blake3::hash(&bytes).to_hex().to_string(),
        bytes: bytes.len() as u64,
        encoding: "UTF-8".to_owned(),
        line_ends: None,
        mojibake_repaired: 0,
    };
    if encoding::is_binary_format(&bytes) {
        return Ok((source, Contents::Binary(bytes)));
    }
    let decoded = encoding::decode(&found.shown, bytes, options.keep_mojibake)?;
    source.encoding = decoded.encoding.to_owned();
    source.line_ends = decoded.line_ends.map(str::to_owned);
    source.mojibake_repaired = decoded.mojibake_repaired;
    Ok((source, Contents::Text(decoded)))
}

impl Contents {
    /// Where a text is damaged, as a warning of the file at `path`.
    pub(super) fn damage(&self, path: &str) -> Option<String> {
        match self {
            Self::Text(decoded) => decoded.damage.as_ref().map(|damage| format!("`{path}`, {damage}")),
            Self::Binary(_) => None,
        }
    }
}
