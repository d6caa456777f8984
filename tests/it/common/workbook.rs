//! A reader of workbooks, for tests alone: it takes nothing from the writer.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A cell: words, or a number as it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    Number(String),
}

/// Rows of the sheets by name; a row has its cells by column, from 0.
pub type Sheets = BTreeMap<String, Vec<BTreeMap<usize, Cell>>>;

/// Opens an `.xlsx`; panics when there is a formula in it.
pub fn open(bytes: &[u8]) -> Sheets {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let strings = shared_strings(&part("xl/sharedStrings.xml"));
    let names: Vec<String> =
        elements(&part("xl/workbook.xml"), "sheet").iter().map(|sheet| sheet["name"].clone()).collect();
    let numbered = names.into_iter().enumerate();
    numbered.map(|(at, name)| (name, rows(&part(&format!("xl/worksheets/sheet{}.xml", at + 1)), &strings))).collect()
}

fn elements(xml: &str, wanted: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) | Event::Empty(e) if e.name().as_ref() == wanted => found.push(attributes(&e)),
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// Text inside elements, references resolved.
fn text_of(event: &Event, text: &mut String) {
    match event {
        Event::Text(part) => text.push_str(part),
        Event::GeneralRef(name) => {
            text.push_str(&quick_xml::escape::unescape(&format!("&{};", &**name)).unwrap());
        }
        _ => {}
    }
}

fn shared_strings(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let (mut strings, mut text, mut inside) = (Vec::new(), String::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) if e.name().as_ref() == "t" => inside = true,
            Event::End(e) if e.name().as_ref() == "t" => inside = false,
            Event::End(e) if e.name().as_ref() == "si" => strings.push(decoded(&std::mem::take(&mut text))),
            Event::Eof => return strings,
            event if inside => text_of(&event, &mut text),
            _ => {}
        }
    }
}

/// `_x000D_` and the like (ECMA-376 part 1, 22.9.2.19).
fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 7).filter(|code| code.ends_with('_'));
        let c = code.and_then(|code| u32::from_str_radix(&code[..4], 16).ok()).and_then(char::from_u32);
        let (until, next) = if c.is_some() { (at, at + 7) } else { (at + 2, at + 2) };
        out.push_str(&rest[..until]);
        out.extend(c);
        rest = &rest[next..];
    }
    out + rest
}

fn rows(xml: &str, strings: &[String]) -> Vec<BTreeMap<usize, Cell>> {
    let mut reader = Reader::from_str(xml);
    let mut rows = Vec::new();
    let (mut column, mut kind, mut value) = (0, String::new(), String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) if e.name().as_ref() == "row" => rows.push(BTreeMap::new()),
            Event::Start(e) if e.name().as_ref() == "f" => panic!("a formula"),
            Event::Start(e) if e.name().as_ref() == "c" => {
                let attributes = attributes(&e);
                let letters = attributes["r"].bytes().take_while(u8::is_ascii_uppercase);
                column = letters.fold(0, |number, letter| number * 26 + usize::from(letter - b'A') + 1) - 1;
                kind = attributes.get("t").cloned().unwrap_or_default();
                value.clear();
            }
            Event::End(e) if e.name().as_ref() == "c" => {
                let cell = match kind.as_str() {
                    "s" => Cell::Text(strings[value.parse::<usize>().unwrap()].clone()),
                    "" => Cell::Number(value.clone()),
                    other => panic!("a cell of type {other}"),
                };
                rows.last_mut().unwrap().insert(column, cell);
            }
            Event::Eof => return rows,
            event => text_of(&event, &mut value),
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
