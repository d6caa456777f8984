//! REFI-QDA: coded projects (`.qdpx`) and codebooks (`.qdc`) for NVivo, ATLAS.ti, MAXQDA, QualCoder
//! and other programs for qualitative analysis.
//!
//! In: an analysis. Out: XML in the format of the REFI-QDA standard 1.5 (qdasoftware.org; namespaces
//! `urn:QDA-XML:project:1.0` and `urn:QDA-XML:codebook:1.0`), and for a project a zip with the
//! transcripts. Transcripts are written out from the saved units, so every coded stretch is the unit's
//! text. Ids are made from the ids of themes, units and participants: writing again gives the same
//! bytes. Themes that the researcher hid are left out; nothing is coded that is in no theme.

pub(super) mod codes;
mod documents;
mod notes;
mod people;
mod project;
mod xml;

use std::io::Write;

use uuid::Uuid;

pub use self::documents::LineEnd;
use self::xml::Xml;
use super::{ExportError, Exporter, check_counts};
use crate::analysis::{Analysis, Summary};
use crate::theme::numbers::number;

/// What the ids of this program are made in.
const IDS: Uuid = Uuid::from_u128(0x6c65_6974_6d6f_5469_b66e_1d1f_0c5e_8a41);
/// What wrote a file; the standard asks for it, and importers look there for makers' names.
const ORIGIN: &str = concat!("Leitmotif ", env!("CARGO_PKG_VERSION"));
/// From so many documents on, importers are known to be slow or to give up.
const MANY_SOURCES: usize = 2000;

/// A coded project.
#[derive(Clone, Copy, Debug, Default)]
pub struct Qdpx {
    /// How lines of the transcripts end.
    pub newline: LineEnd,
    /// Characters beyond the Basic Multilingual Plane become `□`, one for one, for programs that count
    /// positions in UTF-16.
    pub bmp: bool,
    /// Cases are codes too, below *Participants*, with codings over what each person said: for programs that do not
    /// take a case's `SourceRef`.
    pub case_codes: bool,
}

/// A codebook.
#[derive(Clone, Copy, Debug, Default)]
pub struct Qdc;

impl Exporter for Qdpx {
    fn needs_vectors(&self) -> bool {
        false
    }

    fn write(&self, analysis: &Analysis, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
        check_counts(analysis)?;
        project::write(analysis, *self, out)
    }

    fn notices(&self, analysis: &Analysis) -> Vec<String> {
        let documents = documents::of(analysis);
        let mut notices = hidden(&analysis.summary);
        if documents.len() > MANY_SOURCES {
            notices.push(format!(
                "the project has {} documents; above {} programs may import it slowly or not at all",
                number(documents.len()),
                number(MANY_SOURCES)
            ));
        }
        let stripped: usize = analysis.units.iter().map(|unit| xml::forbidden(&unit.text)).sum();
        if stripped > 0 {
            notices.push(format!(
                "{} characters that XML does not allow were left out of the transcripts",
                number(stripped)
            ));
        }
        notices
    }
}

impl Exporter for Qdc {
    fn write(&self, analysis: &Analysis, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
        check_counts(analysis)?;
        let summary = &analysis.summary;
        let mut xml = Xml::new(out)?;
        xml.within("CodeBook", &[("xmlns", "urn:QDA-XML:codebook:1.0"), ("origin", ORIGIN)], |xml| {
            codes::write_codes(summary, codes::Notable::No, xml, |_| Ok(()))?;
            codes::write_sets(summary, "guid", xml)
        })?;
        Ok(xml.finish()?)
    }

    fn notices(&self, analysis: &Analysis) -> Vec<String> {
        hidden(&analysis.summary)
    }
}

/// Says what is left out because the researcher hid it.
pub(super) fn hidden(summary: &Summary) -> Vec<String> {
    let themes = summary.hidden_in_words();
    themes.into_iter().map(|themes| format!("{themes} hidden in codebook.toml, and left out here")).collect()
}

/// The id of one thing: upper-case UUID version 5 (RFC 9562) of its kind and its own stable id.
fn guid(kind: &str, id: &str) -> String {
    let name = format!("{kind}\u{1f}{id}");
    Uuid::new_v5(&IDS, name.as_bytes()).hyphenated().encode_upper(&mut Uuid::encode_buffer()).to_string()
}

/// The id of a code. Ids of themes are the same in every analysis, so the studies belong to it: two
/// projects in one program do not mix, and one that grew keeps its codes.
fn code_guid(summary: &Summary, id: &str) -> String {
    let studies: Vec<&str> = summary.studies.iter().map(|study| study.name.as_str()).collect();
    guid("code", &format!("{}\u{1f}{id}", studies.join("\u{1f}")))
}
