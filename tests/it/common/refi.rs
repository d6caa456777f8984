//! A reader of REFI-QDA projects, for tests alone: it takes nothing from the writer.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A coded stretch as an importer sees it.
#[derive(Debug, PartialEq)]
pub struct Selection {
    /// `name` of the selection.
    pub name: String,
    /// `name` of the document.
    pub source: String,
    /// The stretch of the document's file between the two positions, counted in code points.
    pub text: String,
    /// Names of the codes.
    pub codes: Vec<String>,
}

/// A project.
#[derive(Debug, Default)]
pub struct Project {
    /// The XML.
    pub xml: String,
    /// The files in the zip, in its order.
    pub files: Vec<String>,
    /// Text of each document by its name.
    pub sources: BTreeMap<String, String>,
    /// Codes by id: their name, and whether passages may have them.
    pub codes: BTreeMap<String, (String, bool)>,
    /// Everything coded.
    pub selections: Vec<Selection>,
    /// Names of the cases with the values of their variables.
    pub cases: BTreeMap<String, BTreeMap<String, String>>,
    /// Types of the variables by name.
    pub variables: BTreeMap<String, String>,
}

impl Project {
    /// Opens a `.qdpx`.
    pub fn open(bytes: &[u8]) -> Self {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut contents = BTreeMap::new();
        let mut project = Self::default();
        for at in 0..zip.len() {
            let mut file = zip.by_index(at).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            let name = file.name().unwrap().into_owned();
            contents.insert(name.clone(), String::from_utf8(content).unwrap());
            project.files.push(name);
        }
        project.xml = contents["project.qde"].clone();
        project.read(&contents);
        project
    }

    fn read(&mut self, files: &BTreeMap<String, String>) {
        let xml = self.xml.clone();
        let mut reader = Reader::from_str(&xml);
        let mut guids = BTreeSet::new();
        let (mut source, mut case, mut variable) = (String::new(), String::new(), String::new());
        let mut variable_names: BTreeMap<String, String> = BTreeMap::new();
        let mut in_value = false;
        loop {
            let event = reader.read_event().unwrap();
            let element = match &event {
                Event::Start(element) | Event::Empty(element) => element,
                Event::Text(text) if in_value => {
                    let value = quick_xml::escape::unescape(text).unwrap().into_owned();
                    self.cases.get_mut(&case).unwrap().insert(variable.clone(), value);
                    continue;
                }
                Event::GeneralRef(_) if in_value => panic!("values of the tests need no references"),
                Event::End(_) => {
                    in_value = false;
                    continue;
                }
                Event::Eof => break,
                _ => continue,
            };
            let attributes = attributes(element);
            let attribute = |name: &str| attributes.get(name).cloned().unwrap_or_default();
            if let Some(guid) = attributes.get("guid") {
                let hex = |part: &str| part.bytes().all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b));
                assert!(guid.split('-').all(hex) && guid.len() == 36, "{guid}");
                // A case may be a code too.
                let is_case = element.name().as_ref() == "Case";
                assert!(guids.insert((is_case, guid.clone())), "the id {guid} occurs twice");
            }
            match element.name().as_ref() {
                "Code" => {
                    let known = (attribute("name"), attribute("isCodable") == "true");
                    self.codes.insert(attribute("guid"), known);
                }
                "Variable" => {
                    variable_names.insert(attribute("guid"), attribute("name"));
                    self.variables.insert(attribute("name"), attribute("typeOfVariable"));
                }
                "Case" => {
                    case = attribute("name");
                    assert!(self.cases.insert(case.clone(), BTreeMap::new()).is_none(), "{case} occurs twice");
                }
                "VariableRef" => variable = variable_names[&attribute("targetGUID")].clone(),
                "TextValue" | "IntegerValue" | "FloatValue" => in_value = true,
                "TextSource" => {
                    source = attribute("name");
                    let path = attribute("plainTextPath");
                    let path = path.strip_prefix("internal://").expect("inside the zip");
                    let text = files[&format!("sources/{path}")].clone();
                    assert!(!attributes.contains_key("richTextPath"));
                    assert!(self.sources.insert(source.clone(), text).is_none(), "{source} occurs twice");
                }
                "PlainTextSelection" => {
                    let place = |name: &str| attribute(name).parse::<usize>().unwrap();
                    let (start, end) = (place("startPosition"), place("endPosition"));
                    let text = self.sources[&source].chars().skip(start).take(end - start).collect();
                    let name = attribute("name");
                    self.selections.push(Selection { name, source: source.clone(), text, codes: Vec::new() });
                }
                "CodeRef" => {
                    let (name, codable) = &self.codes[&attribute("targetGUID")];
                    assert!(codable, "{name} is a heading");
                    // Cases come before everything coded, and may have a code of their own.
                    if let Some(selection) = self.selections.last_mut() {
                        selection.codes.push(name.clone());
                    }
                }
                _ => {}
            }
        }
    }
}

fn attributes(element: &BytesStart) -> BTreeMap<String, String> {
    let each = element.attributes().map(|attribute| {
        let attribute = attribute.unwrap();
        let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
        (attribute.key.as_ref().to_string(), value)
    });
    each.collect()
}
