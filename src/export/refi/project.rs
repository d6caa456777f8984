//! A project: a zip with `project.qde` and the transcripts.
//!
//! In: an analysis. Out: `sources/GUID.txt` for each interview, then the XML with codes, variables,
//! cases and coded stretches, in the order that the schema prescribes. It holds one transcript at a
//! time and the places of its units, not the whole project.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::documents::{self, Document};
use super::xml::Xml;
use super::{ORIGIN, Qdpx, code_guid, codes, guid};
use crate::analysis::{Analysis, AttributeColumns, Status, Summary, UnitRow};
use crate::export::ExportError;
use crate::export::fails_once::FailsOnce;

const USER: &str = "leitmotif (automatic)";
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
        sources.push(Source { name: names.of(&document), id, places: written.places, document });
    }
    zip.start_file("project.qde", entry).map_err(failed)?;
    let mut xml = Xml::new(io::BufWriter::new(&mut zip))?;
    Project::new(analysis, &sources).write(&mut xml)?;
    xml.finish()?;
    zip.finish().map_err(failed)?;
    Ok(())
}

/// A document that was written.
struct Source<'a> {
    id: String,
    name: String,
    document: Document<'a>,
    /// For each unit of the document its code points.
    places: Vec<(usize, usize)>,
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
    /// When the analysis was made, where it says so.
    created: Option<&'a str>,
}

impl<'a> Project<'a> {
    fn new(analysis: &'a Analysis, sources: &'a [Source<'a>]) -> Self {
        let summary = &analysis.summary;
        Self { analysis, summary, sources, user: guid("user", USER), created: summary.manifest.created.as_deref() }
    }

    /// The attributes with who made a thing and when.
    fn made<'t>(&'t self, attributes: &[(&'t str, &'t str)]) -> Vec<(&'t str, &'t str)> {
        let mut all = attributes.to_vec();
        all.push(("creatingUser", &self.user));
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
            xml.within("Users", &[], |xml| xml.empty("User", &[("guid", &self.user), ("name", USER)]))?;
            xml.within("CodeBook", &[], |xml| codes::write_codes(self.summary, xml))?;
            let variables = Variables::new(self.summary);
            variables.write(xml)?;
            if !self.sources.is_empty() {
                self.cases(&variables, xml)?;
                xml.within("Sources", &[], |xml| self.sources.iter().try_for_each(|source| self.source(source, xml)))?;
            }
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

    /// The units of a document that are coded, with their places.
    fn coded<'s>(&'s self, source: &'s Source<'a>) -> impl Iterator<Item = (&'a UnitRow, (usize, usize))> + 's {
        let units = source.document.units.iter().map(|&number| &self.analysis.units[number]);
        let with_text = |&(_, (start, end)): &(&UnitRow, (usize, usize))| start < end;
        units
            .zip(source.places.iter().copied())
            .filter(with_text)
            .filter(|(unit, _)| self.codes_of(unit).next().is_some())
    }

    fn source<W: Write>(&self, source: &Source<'a>, xml: &mut Xml<W>) -> io::Result<()> {
        let path = format!("internal://{}.txt", source.id);
        let attributes = [("guid", source.id.as_str()), ("name", &source.name), ("plainTextPath", &path)];
        let coded: Vec<_> = self.coded(source).collect();
        if coded.is_empty() {
            return xml.empty("TextSource", &self.made(&attributes));
        }
        xml.within("TextSource", &self.made(&attributes), |xml| {
            coded.iter().try_for_each(|(unit, place)| self.selection(unit, *place, xml))
        })
    }

    fn selection<W: Write>(&self, unit: &'a UnitRow, (start, end): (usize, usize), xml: &mut Xml<W>) -> io::Result<()> {
        let (id, start, end) = (guid("selection", &unit.id), start.to_string(), end.to_string());
        let attributes = [("guid", id.as_str()), ("name", &unit.id), ("startPosition", &start), ("endPosition", &end)];
        xml.within("PlainTextSelection", &self.made(&attributes), |xml| {
            for code in self.codes_of(unit) {
                let id = guid("coding", &format!("{}\u{1f}{code}", unit.id));
                xml.within("Coding", &self.made(&[("guid", &id)]), |xml| {
                    xml.empty("CodeRef", &[("targetGUID", &code_guid(self.summary, code))])
                })?;
            }
            Ok(())
        })
    }

    /// A case for each participant: what is known of them, and their interview, or their passages in
    /// that of their group.
    fn cases<W: Write>(&self, variables: &Variables, xml: &mut Xml<W>) -> io::Result<()> {
        let mut people: Vec<(&str, &str)> = Vec::new();
        let mut sources: HashMap<(&str, &str), &str> = HashMap::new();
        let mut selections: HashMap<(&str, &str), Vec<&str>> = HashMap::new();
        let mut rows: HashMap<(&str, &str), &UnitRow> = HashMap::new();
        for source in self.sources {
            for &number in &source.document.units {
                let unit = &self.analysis.units[number];
                let person = (unit.study.as_str(), unit.participant.as_str());
                if rows.insert(person, unit).is_none() {
                    people.push(person);
                }
                if !source.document.is_group {
                    sources.insert(person, &source.id);
                }
            }
            if source.document.is_group {
                for (unit, _) in self.coded(source) {
                    selections.entry((&unit.study, &unit.participant)).or_default().push(&unit.id);
                }
            }
        }
        xml.within("Cases", &[], |xml| {
            for person in people {
                let (study, participant) = person;
                let id = guid("case", &format!("{study}\u{1f}{participant}"));
                let name = match self.summary.studies.as_slice() {
                    [_] => participant.to_string(),
                    _ => format!("{study}/{participant}"),
                };
                xml.within("Case", &[("guid", &id), ("name", &name)], |xml| {
                    variables.values(rows[&person], xml)?;
                    if let Some(source) = sources.get(&person) {
                        xml.empty("SourceRef", &[("targetGUID", source)])?;
                    }
                    for unit in selections.get(&person).into_iter().flatten() {
                        xml.empty("SelectionRef", &[("targetGUID", &guid("selection", unit))])?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        })
    }
}

/// The kind of a variable's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Integer,
    Float,
    Text,
}

impl Kind {
    /// The narrowest kind that gives a value back as it was written: `007` is no number.
    fn of(value: &str) -> Self {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let whole = |text: &str| digits(text) && (text == "0" || !text.starts_with('0'));
        let positive = value.strip_prefix('-').unwrap_or(value);
        match positive.split_once('.') {
            None if whole(positive) && value != "-0" => Self::Integer,
            Some((before, after)) if whole(before) && digits(after) => Self::Float,
            _ => Self::Text,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Integer => "Integer",
            Self::Float => "Float",
            Self::Text => "Text",
        }
    }

    fn element(self) -> &'static str {
        match self {
            Self::Integer => "IntegerValue",
            Self::Float => "FloatValue",
            Self::Text => "TextValue",
        }
    }
}

/// What is known of participants: their study and their attributes.
struct Variables<'a> {
    attributes: AttributeColumns<'a>,
    kinds: Vec<Kind>,
}

const STUDY: &str = "study";

impl<'a> Variables<'a> {
    fn new(summary: &'a Summary) -> Self {
        let attributes = AttributeColumns::new(summary, &[STUDY]);
        let kind = |column: usize| {
            let values = summary.participants.iter().filter_map(|participant| participant.attributes.get(column));
            values.filter(|value| !value.is_empty()).map(|value| Kind::of(value)).max().unwrap_or(Kind::Text)
        };
        let kinds = (0..attributes.titles().len()).map(kind).collect();
        Self { attributes, kinds }
    }

    fn write<W: Write>(&self, xml: &mut Xml<W>) -> io::Result<()> {
        xml.within("Variables", &[], |xml| {
            let named = self.attributes.titles().iter().zip(&self.kinds).map(|(title, kind)| (title.as_str(), *kind));
            for (title, kind) in std::iter::once((STUDY, Kind::Text)).chain(named) {
                let id = guid("variable", title);
                xml.empty("Variable", &[("guid", &id), ("name", title), ("typeOfVariable", kind.word())])?;
            }
            Ok(())
        })
    }

    fn values<W: Write>(&self, unit: &UnitRow, xml: &mut Xml<W>) -> io::Result<()> {
        value(STUDY, Kind::Text, &unit.study, xml)?;
        let columns = self.attributes.titles().iter().zip(&self.kinds);
        for ((title, kind), text) in columns.zip(self.attributes.of(unit)) {
            if let Some(text) = text {
                value(title, *kind, text, xml)?;
            }
        }
        Ok(())
    }
}

fn value<W: Write>(variable: &str, kind: Kind, text: &str, xml: &mut Xml<W>) -> io::Result<()> {
    xml.within("VariableValue", &[], |xml| {
        xml.empty("VariableRef", &[("targetGUID", &guid("variable", variable))])?;
        xml.text(kind.element(), text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_words() {
        for (value, kind) in [
            ("42", Kind::Integer),
            ("-3", Kind::Integer),
            ("0", Kind::Integer),
            ("0.5", Kind::Float),
            ("-1.25", Kind::Float),
            ("007", Kind::Text),
            ("-0", Kind::Text),
            ("1e5", Kind::Text),
            ("1,5", Kind::Text),
            ("+1", Kind::Text),
            ("", Kind::Text),
            ("5.", Kind::Text),
            ("NaN", Kind::Text),
        ] {
            assert_eq!(Kind::of(value), kind, "{value}");
        }
    }

    #[test]
    fn names_are_safe_and_each_once() {
        let document = |id: &'static str| Document { study: "s", id, is_group: false, units: vec![] };
        let mut names = Names::default();
        let found = ["a/b", "a_b", "A:B", "c\n", "d"].map(|id| names.of(&document(id)));
        assert_eq!(found, ["s_a_b", "s_a_b (2)", "s_A_B (3)", "s_c_", "s_d"]);
    }
}
