//! How an analysis was made, for the report's page "Method".
//!
//! In: an analysis. Out: plain data. Folders on the researcher's disk stay out: files are named without their
//! paths.

use serde::Serialize;

use crate::analysis::{Analysis, EditRecord, MarginNotes, Parameters, RoleSummary};
use crate::embed::{ModelIdentity, Origin};

#[derive(Serialize)]
pub(super) struct ManifestPart<'a> {
    program: &'a str,
    created: Option<&'a str>,
    inputs: Vec<InputPart<'a>>,
    parameters: &'a Parameters,
    model: &'a ModelIdentity,
    /// Where the vectors were made, as a sentence.
    vectors: String,
    /// Whose margin notes passages were clustered by, as a sentence, and by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes_by: Option<&'a str>,
    keywords_by_passages: bool,
    roles: &'a [RoleSummary],
    units_embedded_in_pieces: usize,
    warnings: &'a [String],
    failures: &'a [String],
    edits: &'a [EditRecord],
    /// What was replaced, as a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pseudonyms: Option<String>,
}

#[derive(Serialize)]
struct InputPart<'a> {
    file: &'a str,
    format: &'a str,
    layout: Option<&'a str>,
    blake3: &'a str,
    bytes: u64,
    encoding: &'a str,
    mojibake_repaired: usize,
}

impl<'a> ManifestPart<'a> {
    pub(super) fn new(analysis: &'a Analysis) -> Self {
        let manifest = &analysis.summary.manifest;
        Self {
            program: &manifest.program,
            created: manifest.created.as_deref(),
            inputs: manifest
                .inputs
                .iter()
                .map(|source| InputPart {
                    file: file_name(&source.path),
                    format: &source.format,
                    layout: source.layout.as_deref(),
                    blake3: &source.blake3,
                    bytes: source.bytes,
                    encoding: &source.encoding,
                    mojibake_repaired: source.mojibake_repaired,
                })
                .collect(),
            parameters: &manifest.parameters,
            model: &manifest.model,
            vectors: match &manifest.vectors_from {
                Origin::Here => "The vectors were made on the researcher's own machine.".into(),
                Origin::File { path, blake3, .. } => {
                    format!("The vectors were made elsewhere and read from {} (BLAKE3 {blake3}).", file_name(path))
                }
                Origin::Server { address } => {
                    format!("The text of the passages and questions was sent to {address}, which made the vectors.")
                }
            },
            notes: manifest.notes.as_ref().map(MarginNotes::sentence),
            notes_by: manifest.notes.as_ref().map(MarginNotes::whose),
            keywords_by_passages: manifest.keywords_by_passages,
            roles: &manifest.roles,
            units_embedded_in_pieces: manifest.units_embedded_in_pieces,
            warnings: &manifest.warnings,
            failures: &manifest.failures,
            edits: &manifest.edits,
            pseudonyms: manifest.pseudonyms.map(|pseudonyms| pseudonyms.sentence()),
        }
    }
}

/// The last part of a path with `/` or `\`.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_stay_out() {
        let names = ["/home/a/b.csv", "b.csv", "C:\\x\\b.csv", "a b/ü.docx"].map(file_name);
        assert_eq!(names, ["b.csv", "b.csv", "b.csv", "ü.docx"]);
    }
}
