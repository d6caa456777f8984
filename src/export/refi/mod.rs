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

use std::collections::HashSet;
use std::io::Write;

use uuid::Uuid;

pub use self::documents::LineEnd;
use self::xml::Xml;
use super::{ExportError, Exporter, check_counts};
use crate::analysis::{Analysis, Summary, UnitRow};
use crate::theme::numbers::{number, were};

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
        notices.extend(nothing_to_code(analysis));
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

/// Says that passages which people looked at without a code are not told from those that nobody looked at.
fn nothing_to_code(analysis: &Analysis) -> Option<String> {
    let coding = analysis.summary.manifest.coding.as_ref()?;
    let judged: HashSet<&str> = coding.judged.iter().map(String::as_str).collect();
    let codes = analysis.summary.code_ids();
    let has_none = |unit: &&UnitRow| !unit.themes().any(|theme| codes.contains(theme));
    let n = analysis.units.iter().filter(|unit| judged.contains(unit.id.as_str())).filter(has_none).count();
    (n > 0).then(|| {
        format!(
            "{} looked at and given no code, for which a project has no place: to code with that again, name the sheets \
             themselves",
            were(n, "passage")
        )
    })
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::analysis::load;

    #[test]
    fn passages_that_were_looked_at_and_given_no_code_are_told() {
        let mut analysis = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1")).unwrap();
        let told = |analysis: &Analysis| {
            let notices = Qdpx::default().notices(analysis).into_iter();
            notices.filter(|notice| notice.contains("given no code")).collect::<Vec<_>>()
        };
        assert!(told(&analysis).is_empty(), "nobody coded");
        let code = r#"{"code": "a", "name": "A", "examples": 1, "by_hand": 1, "threshold": 0.3}"#;
        let theme = &mut analysis.summary.sections[0].themes[0];
        theme.code = Some(serde_json::from_str(code).unwrap());
        let coded = theme.id.clone();
        let id = |has: bool| analysis.units.iter().find(|unit| unit.is_in(&coded) == has).unwrap().id.clone();
        let (with, without) = (id(true), id(false));
        let mut judged = |judged: &[&String]| {
            let coding = r#"{"files": [], "max_codes": 3, "precision": 0.5, "codes": 1, "coded": 9, "by_hand": 1,
                "examples": 1, "examples_elsewhere": 0}"#;
            let mut coding: crate::analysis::Coding = serde_json::from_str(coding).unwrap();
            coding.judged = judged.iter().map(|id| (*id).clone()).collect();
            analysis.summary.manifest.coding = Some(coding);
            told(&analysis)
        };
        assert!(judged(&[&with]).is_empty());
        let notices = judged(&[&with, &without]);
        assert!(notices.len() == 1 && notices[0].starts_with("1 passage was looked at"), "{notices:?}");
    }
}
