//! A project: a zip with `project.qde` and the transcripts.
//!
//! In: an analysis. Out: `sources/GUID.txt` for each interview, then the XML with codes, variables,
//! cases, coded stretches and notes, in the order that the schema prescribes. It holds one transcript at a
//! time and the places of its units, not the whole project.

use std::collections::HashSet;
use std::io::{self, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::codes::Notable;
use super::documents::{self, Document, Source};
use super::notes::{Notes, RESEARCHER};
use super::people::{People, Variables, case_guid, stretches};
use super::xml::Xml;
use super::{ORIGIN, Qdpx, code_guid, codes, guid};
use crate::analysis::{Analysis, EditRecord, Status, Summary, Theme, UnitRow};
use crate::corpus::OWN_CODER;
use crate::export::ExportError;
use crate::export::fails_once::FailsOnce;

/// Characters of a document's name.
const NAME_LENGTH: usize = 100;

/// Writes the project.
///
/// # Errors
/// [`ExportError::Write`].
pub(super) fn write(analysis: &Analysis, options: Qdpx, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
    let mut out = FailsOnce::new(out);
    let result = write_zip(analysis, options, &mut out);
    out.outcome(result)
}

fn write_zip(analysis: &Analysis, options: Qdpx, out: &mut FailsOnce) -> Result<(), ExportError> {
    let failed = |error: zip::result::ZipError| ExportError::Write(io::Error::other(error));
    // The default time is the earliest that a zip can tell, 1980: the same bytes each time.
    let entry = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new_stream(out);
    let mut sources = Vec::new();
    let mut names = Names::default();
    for document in documents::of(analysis) {
        let written = document.written(analysis, options);
        let id = guid("source", &format!("{}\u{1f}{}", document.study, document.id));
        zip.start_file(format!("sources/{id}.txt"), entry).map_err(failed)?;
        zip.write_all(written.text.as_bytes())?;
        let (places, length) = (written.places, written.points);
        sources.push(Source { name: names.of(&document), id, places, length, document });
    }
    zip.start_file("project.qde", entry).map_err(failed)?;
    let mut xml = Xml::new(io::BufWriter::new(&mut zip))?;
    Project::new(analysis, &sources, options.case_codes).write(&mut xml)?;
    xml.finish()?;
    zip.finish().map_err(failed)?;
    Ok(())
}

/// Names of documents: safe as file names, each once.
#[derive(Default)]
struct Names(HashSet<String>);

impl Names {
    fn of(&mut self, document: &Document) -> String {
        let safe = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c };
        let whole = format!("{}_{}", document.study, document.id);
        let name: String = whole.chars().map(safe).take(NAME_LENGTH).collect();
        let name = name.trim_matches(['.', ' ']).to_string();
        let mut unlike = name.clone();
        let mut number = 1;
        // Some file systems take capitals for small letters.
        while !self.0.insert(unlike.to_lowercase()) {
            number += 1;
            unlike = format!("{name} ({number})");
        }
        unlike
    }
}

struct Project<'a> {
    analysis: &'a Analysis,
    summary: &'a Summary,
    sources: &'a [Source<'a>],
    user: String,
    /// Who coded what people coded.
    researcher: String,
    notes: Notes<'a>,
    /// Passages and the themes that an edit says they are in.
    said: HashSet<(&'a str, &'a str)>,
    /// When the analysis was made, where it says so.
    created: Option<&'a str>,
    /// Whether cases are codes too.
    case_codes: bool,
}

impl<'a> Project<'a> {
    fn new(analysis: &'a Analysis, sources: &'a [Source<'a>], case_codes: bool) -> Self {
        let summary = &analysis.summary;
        let created = summary.manifest.created.as_deref();
        Self {
            analysis,
            summary,
            sources,
            user: guid("user", OWN_CODER),
            researcher: guid("user", RESEARCHER),
            notes: Notes::new(summary),
            said: said_by_hand(summary),
            created,
            case_codes,
        }
    }

    /// The attributes with when a thing was made, by this program.
    fn made<'t>(&'t self, attributes: &[(&'t str, &'t str)]) -> Vec<(&'t str, &'t str)> {
        self.made_by(&self.user, attributes)
    }

    fn made_by<'t>(&'t self, user: &'t str, attributes: &[(&'t str, &'t str)]) -> Vec<(&'t str, &'t str)> {
        let mut all = attributes.to_vec();
        all.push(("creatingUser", user));
        all.extend(self.created.map(|time| ("creationDateTime", time)));
        all
    }

    fn write<W: Write>(&self, xml: &mut Xml<W>) -> io::Result<()> {
        let studies: Vec<&str> = self.summary.studies.iter().map(|study| study.name.as_str()).collect();
        let name = studies.join(", ");
        let mut attributes = vec![
            ("xmlns", "urn:QDA-XML:project:1.0"),
            ("name", name.as_str()),
            ("origin", ORIGIN),
            ("creatingUserGUID", self.user.as_str()),
        ];
        attributes.extend(self.created.map(|time| ("creationDateTime", time)));
        xml.within("Project", &attributes, |xml| {
            xml.within("Users", &[], |xml| {
                xml.empty("User", &[("guid", &self.user), ("name", OWN_CODER)])?;
                let units = self.analysis.units.iter();
                let coded = units.clone().any(|unit| self.codes_of(unit).any(|code| self.is_by_hand(unit, code)));
                let users = self.notes.users(coded);
                users.iter().try_for_each(|(id, name)| xml.empty("User", &[("guid", id), ("name", name)]))
            })?;
            let people = People::new(self.analysis, self.sources, |source, at| self.is_selected(source, at));
            let with_codes = self.case_codes && !self.sources.is_empty();
            xml.within("CodeBook", &[], |xml| {
                codes::write_codes(
                    self.summary,
                    Notable::Yes,
                    xml,
                    |xml| if with_codes { people.codes(xml) } else { Ok(()) },
                )
            })?;
            let variables = Variables::new(self.summary);
            variables.write(xml)?;
            if !self.sources.is_empty() {
                people.cases(&variables, with_codes, xml)?;
                xml.within("Sources", &[], |xml| self.sources.iter().try_for_each(|source| self.source(source, xml)))?;
            }
            let selected = self.sources.iter().flat_map(|source| self.selected(source)).map(|(unit, _)| unit);
            self.notes.write(selected, &self.user, self.created, xml)?;
            codes::write_sets(self.summary, "targetGUID", xml)?;
            xml.text("Description", &self.description())
        })
    }

    fn description(&self) -> String {
        let manifest = &self.summary.manifest;
        let hidden = super::hidden(self.summary).into_iter().map(|notice| format!(" {notice}."));
        format!(
            "Candidate themes found by {} with {}. Each passage is coded with its theme and, where the theme has parts, \
             with its part. Passages in no theme are not coded. The transcripts are written out from the passages and \
             questions of the analysis.{}{}",
            manifest.program,
            manifest.model.name,
            hidden.collect::<String>(),
            manifest.pseudonyms.map(|pseudonyms| format!(" {}", pseudonyms.sentence())).unwrap_or_default()
        )
    }

    /// The codes of a unit: its themes and the part that it is in, unless hidden.
    fn codes_of(&self, unit: &'a UnitRow) -> impl Iterator<Item = &'a str> + use<'a> {
        let summary = self.summary;
        let themes = unit.themes().filter(|_| unit.status == Status::Theme);
        let shown = themes.filter_map(|id| summary.theme(id)).filter(|theme| !theme.hidden);
        shown.flat_map(|theme| {
            let part = unit.sub_theme.as_deref().filter(|id| theme.sub_themes.iter().any(|part| part.id == *id));
            std::iter::once(theme.id.as_str()).chain(part)
        })
    }

    /// Whether people chose a passage for a code: then it has no strength there, unless it was found there too. A
    /// theme that was merged or renamed, or kept from an earlier run, is no coding of its passages.
    fn is_by_hand(&self, unit: &UnitRow, code: &str) -> bool {
        let is_first = unit.theme.as_deref() == Some(code);
        let is_given = || self.summary.theme(code).is_some_and(|theme| theme.code.is_some());
        (is_first && unit.strength.is_none() && (unit.moved_from.is_some() || is_given()))
            || unit.also.iter().any(|also| also.theme == code && also.strength.is_none())
            || self.said.contains(&(unit.id.as_str(), code))
            || self.is_part_by_hand(unit, code)
    }

    /// The parts of a theme that was split are all of chosen passages.
    fn is_part_by_hand(&self, unit: &UnitRow, code: &str) -> bool {
        let is_split = |theme: &Theme| theme.edited.iter().any(|edit| edit == "split");
        unit.sub_theme.as_deref() == Some(code)
            && unit.theme.as_deref().and_then(|id| self.summary.theme(id)).is_some_and(is_split)
    }

    /// Whether a unit is a selection: it has words, and a code or a note of whatever kind.
    fn is_selected(&self, source: &Source<'a>, at: usize) -> bool {
        let unit = &self.analysis.units[source.document.units[at]];
        let (start, end) = source.places[at];
        start < end && (self.notes.is_noted(unit) || self.codes_of(unit).next().is_some())
    }

    /// The units of a document that are selections, with their places.
    fn selected<'s>(&'s self, source: &'s Source<'a>) -> impl Iterator<Item = (&'a UnitRow, (usize, usize))> + 's {
        let places = (0..source.places.len()).filter(|&at| self.is_selected(source, at));
        places.map(|at| (&self.analysis.units[source.document.units[at]], source.places[at]))
    }

    fn source<W: Write>(&self, source: &Source<'a>, xml: &mut Xml<W>) -> io::Result<()> {
        let path = format!("internal://{}.txt", source.id);
        let attributes = [("guid", source.id.as_str()), ("name", &source.name), ("plainTextPath", &path)];
        let selected: Vec<_> = self.selected(source).collect();
        let of_people = if self.case_codes { stretches(source, self.analysis) } else { Vec::new() };
        if selected.is_empty() && of_people.is_empty() {
            return xml.empty("TextSource", &self.made(&attributes));
        }
        xml.within("TextSource", &self.made(&attributes), |xml| {
            of_people.iter().enumerate().try_for_each(|(at, (unit, place))| {
                self.words_of(unit, &format!("{}\u{1f}{at}", source.id), *place, xml)
            })?;
            selected.iter().try_for_each(|(unit, place)| self.selection(unit, *place, xml))
        })
    }

    /// A stretch that is somebody's; `id` tells it from others.
    fn words_of<W: Write>(
        &self,
        unit: &UnitRow,
        id: &str,
        (start, end): (usize, usize),
        xml: &mut Xml<W>,
    ) -> io::Result<()> {
        let (own, coding) = (guid("words", id), guid("coding of words", id));
        let (start, end) = (start.to_string(), end.to_string());
        let attributes = [("guid", own.as_str()), ("startPosition", &start), ("endPosition", &end)];
        xml.within("PlainTextSelection", &self.made(&attributes), |xml| {
            xml.within("Coding", &self.made(&[("guid", &coding)]), |xml| {
                xml.empty("CodeRef", &[("targetGUID", &case_guid(unit))])
            })
        })
    }

    fn selection<W: Write>(&self, unit: &'a UnitRow, (start, end): (usize, usize), xml: &mut Xml<W>) -> io::Result<()> {
        let (id, start, end) = (guid("selection", &unit.id), start.to_string(), end.to_string());
        let attributes = [("guid", id.as_str()), ("name", &unit.id), ("startPosition", &start), ("endPosition", &end)];
        xml.within("PlainTextSelection", &self.made(&attributes), |xml| {
            // Once as importers show it that take no notes of selections, and once as the standard has it.
            if let Some(note) = &unit.note {
                xml.text("Description", note)?;
            }
            for code in self.codes_of(unit) {
                let id = guid("coding", &format!("{}\u{1f}{code}", unit.id));
                let user = if self.is_by_hand(unit, code) { &self.researcher } else { &self.user };
                xml.within("Coding", &self.made_by(user, &[("guid", &id)]), |xml| {
                    xml.empty("CodeRef", &[("targetGUID", &code_guid(self.summary, code))])
                })?;
            }
            self.notes.refer(unit, xml)
        })
    }
}

/// Passages and themes of the edits that put one into the other, done or not needed any more.
fn said_by_hand(summary: &Summary) -> HashSet<(&str, &str)> {
    let put = |edit: &&EditRecord| edit.applied && ["move", "also"].contains(&edit.edit.as_str());
    summary.manifest.edits.iter().filter(put).map(|edit| (edit.target.as_str(), edit.value.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::analysis::codebook::Codebook;
    use crate::analysis::{CodeOptions, CodeSheet, CodesError, apply_edits, load, read_codes, read_given};

    /// The specimen with these edits in place of its own, and its project; `@T1.2` stands for the third passage of T1.
    fn edited(edits: &str) -> (Analysis, tempfile::TempDir, PathBuf) {
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let mut analysis = load(&fixture).unwrap();
        apply_edits(&mut analysis, &Codebook::default());
        let mut text = format!("version = 1\n{edits}");
        for theme in ["T1", "T2", "T3"] {
            for at in 0..4 {
                text = text.replace(&format!("@{theme}.{at}"), &passage(&analysis, theme, at).id);
            }
        }
        apply_edits(&mut analysis, &Codebook::parse(text.as_bytes(), Path::new("codebook.toml")).unwrap());
        assert!(
            analysis.summary.manifest.edits.iter().all(|edit| edit.applied),
            "{:?}",
            analysis.summary.manifest.edits
        );
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("all.qdpx");
        write(&analysis, Qdpx::default(), &mut std::fs::File::create(&path).unwrap()).unwrap();
        (analysis, folder, path)
    }

    fn passage<'a>(analysis: &'a Analysis, theme: &str, at: usize) -> &'a UnitRow {
        analysis.units.iter().filter(|unit| unit.theme.as_deref() == Some(theme)).nth(at).unwrap()
    }

    /// What a sheet's rows code, with the first word of each code.
    fn said(sheet: &CodeSheet) -> BTreeSet<(String, String)> {
        let codes = sheet.rows.iter().flat_map(|row| row.codes.iter().map(move |code| (row, code)));
        let id = |code: &str| code.split(' ').next().unwrap_or_default().to_owned();
        codes.map(|(row, code)| (row.excerpt.clone().unwrap(), id(code))).collect()
    }

    #[test]
    fn a_passage_that_people_put_into_a_theme_is_the_researchers_and_comes_back() {
        let edits = "[theme.T2]\ndivide = [{ id = \"N2\", name = \"Breakfast\", units = [\"@T2.0\", \"@T2.1\"] }]\n\
            [theme.T3]\nsplit = [{ name = \"Beds\", units = [\"@T3.0\"] }]\n\
            [theme.T9]\nmerge_into = \"T8\"\n[theme.T5]\nname = \"The telephone\"\n\
            [[move]]\nunit = \"@T1.0\"\nto = \"T4\"\n[[also]]\nunit = \"@T1.3\"\ntheme = \"T4\"\n\
            [[new]]\nid = \"N1\"\nquestion = \"T\"\nname = \"Mine\"\nunits = [\"@T1.1\", \"@T1.2\"]\n";
        let (analysis, _folder, path) = edited(edits);
        let (before, _other, _) = edited("");
        let text = |theme: &str, at: usize| passage(&before, theme, at).text.clone();
        let mut expected: BTreeSet<(String, String)> = [
            (text("T1", 0), "T4"),
            (text("T1", 3), "T4"),
            (text("T1", 1), "N1"),
            (text("T1", 2), "N1"),
            (text("T2", 0), "N2"),
            (text("T2", 1), "N2"),
        ]
        .map(|(text, code)| (text, code.to_owned()))
        .into();
        let given = read_given(std::slice::from_ref(&path)).unwrap();
        let [own] = given.sheets.as_slice() else { panic!("{:?}", given.sheets) };
        assert_eq!((own.coder.as_str(), said(own)), (RESEARCHER, expected.clone()));
        assert!(given.codes.iter().any(|code| code.code == "N1"));
        // A part of chosen passages is by hand too.
        expected.insert((text("T3", 0), "T3.1".to_owned()));
        let sheets = read_codes(&path, &CodeOptions::default(), &analysis.units).unwrap();
        let [own] = sheets.as_slice() else { panic!("{sheets:?}") };
        assert_eq!((own.coder.as_str(), said(own)), (RESEARCHER, expected));
    }

    #[test]
    fn a_merge_or_a_name_is_no_coding_of_a_passage() {
        let edits = "[theme.T9]\nmerge_into = \"T8\"\n[theme.T5]\nname = \"The telephone\"\n[theme.T7]\nhide = true\n";
        let (analysis, _folder, path) = edited(edits);
        let found = read_codes(&path, &CodeOptions::default(), &analysis.units);
        assert!(matches!(found, Err(CodesError::OwnCodings { .. })), "{found:?}");
    }

    #[test]
    fn of_a_coded_analysis_a_theme_beside_the_codes_that_was_kept_is_no_coding_of_its_passages() {
        let (mut analysis, folder, _) = edited("");
        let coding = r#"{"files": [], "max_codes": 3, "precision": 0.5, "codes": 1, "coded": 9, "by_hand": 1,
            "examples": 1, "examples_elsewhere": 0}"#;
        analysis.summary.manifest.coding = Some(serde_json::from_str(coding).unwrap());
        let code = r#"{"code": "a", "name": "A", "examples": 1, "by_hand": 1, "threshold": 0.3}"#;
        analysis.summary.sections[0].themes[0].code = Some(serde_json::from_str(code).unwrap());
        assert_eq!(analysis.summary.sections[0].themes[0].id, "T1");
        analysis.units.iter_mut().for_each(|unit| unit.strength = unit.strength.or(Some(0.5)));
        let [by_hand, kept] = ["T1", "T2"].map(|theme| passage(&analysis, theme, 1).id.clone());
        for unit in analysis.units.iter_mut().filter(|unit| [&by_hand, &kept].contains(&&unit.id)) {
            unit.strength = None;
        }
        let path = folder.path().join("coded.qdpx");
        write(&analysis, Qdpx::default(), &mut std::fs::File::create(&path).unwrap()).unwrap();
        let sheets = read_codes(&path, &CodeOptions::default(), &analysis.units).unwrap();
        let [own] = sheets.as_slice() else { panic!("{sheets:?}") };
        let words: Vec<String> = said(own).into_iter().map(|(words, _)| words).collect();
        assert_eq!(words, [passage(&analysis, "T1", 1).text.clone()]);
    }

    #[test]
    fn a_project_in_which_people_coded_parts_alone_is_a_codebook() {
        let (_, _folder, path) = edited("[theme.T3]\nsplit = [{ name = \"Beds\", units = [\"@T3.0\"] }]\n");
        let given = read_given(&[path]).unwrap();
        assert!(given.sheets.is_empty() && given.codes.len() > 5);
    }

    #[test]
    fn names_are_safe_and_each_once() {
        let document = |id: &'static str| Document { study: "s", id, is_group: false, units: vec![] };
        let mut names = Names::default();
        let found = ["a/b", "a_b", "A:B", "c\n", "d"].map(|id| names.of(&document(id)));
        assert_eq!(found, ["s_a_b", "s_a_b (2)", "s_A_B (3)", "s_c_", "s_d"]);
    }
}
