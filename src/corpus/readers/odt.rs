//! OpenDocument texts: transcripts of LibreOffice and of others that write its format.
//!
//! In: the bytes of an `.odt`, or the text of a flat `.fodt`. Out: one document, the text as Writer
//! shows it, and its transcripts, found as in Word documents; `line` is the number of the paragraph.
//! Headers, footers, notes, comments, deletions, hidden text and frames are never read.

use std::collections::HashMap;

use super::super::{CorpusError, ReadOptions, mojibake, words};
use super::archive::Archive;
use super::docx;
use super::docx::body::{Block, Paragraph, Row, flattened};
use super::docx::leads;
use super::docx::set_off::SetOff;
use super::package;
use super::xml::{Node, Tag, Xml, closed};
use super::{Claim, Contents, File, Reader, Reading, opening};

pub(crate) struct Odt;

const CONTENT: &str = "content.xml";
const MIME: &str = "application/vnd.oasis.opendocument.text";
/// What may be repeated by a number: cells of a row, rows of a table, spaces. More is no transcript.
const MAX_REPEATED: usize = 64;
const HINT: &str = "save it as an OpenDocument text (.odt) or a Word document, or give it the extension of what it is";

impl Reader for Odt {
    fn name(&self) -> &'static str {
        "odt"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["odt", "ott", "fodt"]
    }

    fn claim(&self, contents: &Contents, _options: &ReadOptions) -> Claim {
        let is_text = match contents {
            Contents::Binary(bytes) => Archive::open("", bytes).is_ok_and(|mut archive| is_text(&mut archive)),
            Contents::Text(decoded) => is_flat(&decoded.text),
        };
        if is_text { Claim::Certain } else { Claim::No }
    }

    fn named_by_file(&self) -> bool {
        false
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        let path = file.path;
        let not_read = |what: String| CorpusError::NotRead { path: path.to_owned(), what, hint: HINT };
        let mut styles = Styles::default();
        let keep_mojibake = file.options.keep_mojibake;
        let mut body = match &file.contents {
            Contents::Binary(bytes) => {
                let mut archive = Archive::open(path, bytes)?;
                if !is_text(&mut archive) {
                    return Err(not_read(format!("{}, no OpenDocument text", package::what_instead(&mut archive))));
                }
                if let Some(text) = package::text(&mut archive, "styles.xml")? {
                    Body::read(Xml::new(path, "styles.xml", &text), &mut styles, keep_mojibake)?;
                }
                let Some(text) = package::text(&mut archive, CONTENT)? else {
                    return Err(not_read(format!("an OpenDocument file without its part `{CONTENT}`")));
                };
                Body::read(Xml::new(path, CONTENT, &text), &mut styles, keep_mojibake)?
            }
            Contents::Text(decoded) if is_flat(&decoded.text) => {
                Body::read(Xml::new(path, "", &decoded.text), &mut styles, keep_mojibake)?
            }
            Contents::Text(_) => return Err(not_read("plain text, no OpenDocument text".to_owned())),
        };
        let mut reading = Reading { mojibake_repaired: body.mojibake_repaired, ..Reading::default() };
        docx::tell_of_struck(path, body.struck, &mut reading);
        reading.warnings.extend(leads::close(path, &mut body.blocks, &body.leads, file.names));
        docx::take_apart_but_boxes(path, &body.blocks, body.frames, file.names, &mut reading)?;
        Ok(reading)
    }
}

fn is_text(archive: &mut Archive<'_>) -> bool {
    matches!(archive.part("mimetype"), Ok(Some(kind)) if kind.starts_with(MIME.as_bytes()))
}

fn is_flat(text: &str) -> bool {
    let head = opening(text, 4096);
    head.contains("<office:document") && head.contains(MIME)
}

/// What the styles of a document say, by their names.
#[derive(Default)]
struct Styles(HashMap<String, Style>);

#[derive(Clone, Default)]
struct Style {
    based_on: Option<String>,
    bold: Option<bool>,
    underlined: Option<bool>,
    hidden: Option<bool>,
    struck: Option<bool>,
    /// `Title` and what is based on it has no level of its own.
    is_title: bool,
    level: Option<u8>,
}

/// A style that is based on one that is based on … this often at most.
const MAX_ANCESTORS: usize = 12;

impl Styles {
    fn find<T>(&self, name: &str, tells: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut name = name;
        for _ in 0..MAX_ANCESTORS {
            let style = self.0.get(name)?;
            if let Some(told) = tells(style) {
                return Some(told);
            }
            name = style.based_on.as_deref()?;
        }
        None
    }
}

/// The paragraphs and tables of a document.
#[derive(Default)]
struct Body {
    blocks: Vec<Block>,
    frames: usize,
    /// Words that are struck through and read all the same.
    struck: usize,
    mojibake_repaired: usize,
    /// Of paragraphs that start with words in bold or underlined, by their numbers, the bytes of those words.
    leads: HashMap<usize, usize>,
}

/// How words look.
#[derive(Clone, Copy, Default)]
struct Look {
    bold: bool,
    underlined: bool,
    hidden: bool,
    struck: bool,
}

impl Body {
    /// Reads a part: its styles are added to those that are known, and its text is returned.
    fn read(xml: Xml<'_>, styles: &mut Styles, keep_mojibake: bool) -> Result<Self, CorpusError> {
        let mut reader = Part { xml, styles, keep_mojibake, number: 0, body: Self::default() };
        loop {
            match reader.xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "style" => reader.style(&tag)?,
                    "text" => {
                        let mut blocks = Vec::new();
                        reader.blocks("text", &mut blocks)?;
                        reader.body.blocks = blocks;
                    }
                    // Headers and footers, and how lists and numbers look.
                    "master-styles" | "list-style" | "meta" | "settings" | "scripts" | "font-face-decls" => {
                        reader.xml.skip(|_| {})?;
                    }
                    _ => {}
                },
                Node::End => return Ok(reader.body),
                Node::Close(_) | Node::Text(_) => {}
            }
        }
    }
}

struct Part<'a, 's> {
    xml: Xml<'a>,
    styles: &'s mut Styles,
    keep_mojibake: bool,
    number: usize,
    body: Body,
}

/// A paragraph in the making.
#[derive(Default)]
struct Draft {
    text: String,
    bold: bool,
    plain: bool,
    set_off: SetOff,
}

impl Draft {
    /// Adds words; white space of the file is one space, as in HTML.
    fn words(&mut self, words: &str, Look { bold, underlined, .. }: Look) {
        if !words.trim().is_empty() {
            self.bold |= bold;
            self.plain |= !bold;
        }
        for c in words.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' => {
                    if !self.text.is_empty() && !self.text.ends_with([' ', '\n', '\t']) {
                        self.text.push(' ');
                    }
                }
                '\u{ad}' => {}
                c => self.text.push(c),
            }
        }
        self.set_off.add(words, &self.text, bold || underlined);
    }
}

impl Part<'_, '_> {
    /// A style that has opened.
    fn style(&mut self, tag: &Tag<'_>) -> Result<(), CorpusError> {
        let name = tag.attribute("name").unwrap_or_default();
        let level = tag.attribute("default-outline-level").and_then(|level| level.parse().ok());
        let is_title = name == "Title";
        let based_on = tag.attribute("parent-style-name");
        let mut style = Style { based_on, level, is_title, ..Style::default() };
        loop {
            match self.xml.next()? {
                Node::Open(tag) if tag.name() == "text-properties" => {
                    let weight = tag.attribute("font-weight");
                    style.bold = weight.map(|weight| weight == "bold" || weight.parse().is_ok_and(|n: u16| n >= 600));
                    style.underlined = tag.attribute("text-underline-style").map(|line| line != "none");
                    style.hidden = tag.attribute("display").map(|display| display == "none");
                    style.struck = tag.attribute("text-line-through-style").map(|line| line != "none");
                }
                Node::Close(end) if closed(&end) == "style" => break,
                Node::End => break,
                Node::Open(_) | Node::Close(_) | Node::Text(_) => {}
            }
        }
        self.styles.0.insert(name, style);
        Ok(())
    }

    /// Reads blocks up to the end of the element of this name, which has opened. Elements that only
    /// hold others, such as lists and sections, are passed through.
    fn blocks(&mut self, until: &str, blocks: &mut Vec<Block>) -> Result<(), CorpusError> {
        let mut inner = 0;
        loop {
            match self.xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "p" | "h" => {
                        let paragraph = self.paragraph(&tag)?;
                        blocks.push(Block::Paragraph(paragraph));
                    }
                    "table" => {
                        let rows = self.table()?;
                        blocks.push(Block::Table(rows));
                    }
                    name if is_left_out(name) => self.leave_out(name == "frame")?,
                    name => inner += usize::from(name == until),
                },
                Node::Close(end) if closed(&end) == until => match inner {
                    0 => return Ok(()),
                    _ => inner -= 1,
                },
                Node::Close(_) | Node::Text(_) => {}
                Node::End => return Ok(()),
            }
        }
    }

    fn table(&mut self) -> Result<Vec<Row>, CorpusError> {
        let mut rows: Vec<Row> = Vec::new();
        loop {
            match self.xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "table-row" => rows.push(Row::new()),
                    "table-cell" | "covered-table-cell" => {
                        let times = repeated(&tag, "number-columns-repeated");
                        let name = tag.name().to_owned();
                        let mut blocks = Vec::new();
                        self.blocks(&name, &mut blocks)?;
                        let cell = flattened(blocks);
                        if let Some(row) = rows.last_mut() {
                            row.extend(std::iter::repeat_n(cell, times));
                        }
                    }
                    name if is_left_out(name) => self.leave_out(name == "frame")?,
                    _ => {}
                },
                Node::Close(end) if closed(&end) == "table" => return Ok(rows),
                Node::Close(_) | Node::Text(_) => {}
                Node::End => return Ok(rows),
            }
        }
    }

    /// A paragraph or heading that has opened.
    fn paragraph(&mut self, tag: &Tag<'_>) -> Result<Paragraph, CorpusError> {
        self.number += 1;
        let number = self.number;
        let until = tag.name().to_owned();
        let style = tag.attribute("style-name").unwrap_or_default();
        let level = tag.attribute("outline-level").and_then(|level| level.parse().ok());
        let title = self.styles.find(&style, |style| if style.is_title { Some(1) } else { style.level });
        let heading = if until == "h" { level.or(Some(1)) } else { title };
        let mut draft = Draft::default();
        // At each depth of spans.
        let mut looks = vec![self.look(&style, Look::default())];
        loop {
            let look = looks.last().copied().unwrap_or_default();
            let Look { hidden, struck, .. } = look;
            match self.xml.next()? {
                Node::Text(words) if !hidden => {
                    self.body.struck += if struck { self::words(&words) } else { 0 };
                    draft.words(&words, look);
                }
                Node::Text(_) => {}
                Node::Open(tag) => match tag.name() {
                    "s" if !hidden => {
                        let times = tag.attribute("c").and_then(|n| n.parse().ok()).unwrap_or(1).min(MAX_REPEATED);
                        draft.text.extend(std::iter::repeat_n(' ', times));
                    }
                    "tab" if !hidden => draft.text.push('\t'),
                    "line-break" if !hidden => draft.text.push('\n'),
                    "hidden-text" | "hidden-paragraph" => self.xml.skip(|_| {})?,
                    name if is_left_out(name) => self.leave_out(name == "frame")?,
                    "span" | "a" => {
                        let style = tag.attribute("style-name").unwrap_or_default();
                        looks.push(self.look(&style, look));
                    }
                    _ => {}
                },
                Node::Close(end) => match closed(&end) {
                    "span" | "a" if looks.len() > 1 => {
                        looks.pop();
                    }
                    name if name == until => break,
                    _ => {}
                },
                Node::End => break,
            }
        }
        let mut text = draft.text;
        self.body.leads.extend(draft.set_off.bytes().map(|bytes| (number, bytes)));
        if !self.keep_mojibake
            && let Some((repaired, runs)) = mojibake::repair(&text)
        {
            text = repaired;
            self.body.leads.remove(&number);
            self.body.mojibake_repaired += runs;
        }
        Ok(Paragraph { number, text, heading, bold: draft.bold && !draft.plain })
    }

    fn look(&self, style: &str, around: Look) -> Look {
        Look {
            bold: self.styles.find(style, |style| style.bold).unwrap_or(around.bold),
            underlined: self.styles.find(style, |style| style.underlined).unwrap_or(around.underlined),
            hidden: self.styles.find(style, |style| style.hidden).unwrap_or(around.hidden),
            struck: self.styles.find(style, |style| style.struck).unwrap_or(around.struck),
        }
    }

    fn leave_out(&mut self, is_frame: bool) -> Result<(), CorpusError> {
        let mut boxes = 0;
        self.xml.skip(|name| boxes += usize::from(name == "text-box"))?;
        self.body.frames += if is_frame { boxes } else { 0 };
        Ok(())
    }
}

/// Elements whose words are not read.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "tracked-changes"
            | "annotation"
            | "note"
            | "frame"
            | "custom-shape"
            | "table-of-content"
            | "ruby-text"
            | "alphabetical-index"
            | "bibliography"
            | "forms"
            | "sequence-decls"
            | "variable-decls"
            | "user-field-decls"
            | "index-title"
            | "object"
            | "image"
            | "shape"
            | "rect"
            | "line"
            | "g"
    )
}

fn repeated(tag: &Tag<'_>, attribute: &str) -> usize {
    tag.attribute(attribute).and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, MAX_REPEATED)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::speakers::Names;
    use super::super::archive::tests::{bomb, zipped};
    use super::*;

    fn read(bytes: Vec<u8>) -> Result<Reading, CorpusError> {
        let (options, names) = (ReadOptions::default(), Names::default());
        let contents = Contents::Binary(bytes);
        Odt.read(File { path: "a.odt", extension: Some("odt"), contents, options: &options, names: &names })
    }

    fn document(styles: &str, text: &str) -> Vec<u8> {
        let content = format!(
            "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:style='s' xmlns:fo='f' xmlns:table='b'>\
             <office:automatic-styles>{styles}</office:automatic-styles>\
             <office:body><office:text>{text}</office:text></office:body></office:document-content>"
        );
        zipped(&[("mimetype", MIME.to_owned()), (CONTENT, content)])
    }

    fn turns(styles: &str, text: &str) -> Vec<(String, usize, String)> {
        let reading = read(document(styles, text)).unwrap();
        assert!(reading.failures.is_empty(), "{:?}", reading.failures);
        let turns = reading.transcripts.into_iter().flat_map(|transcript| transcript.turns);
        turns.map(|turn| (turn.speaker.to_string(), turn.line, turn.text.to_string())).collect()
    }

    fn turn(speaker: &str, line: usize, text: &str) -> (String, usize, String) {
        (speaker.to_owned(), line, text.to_owned())
    }

    #[test]
    fn words_struck_through_stay_and_are_told() {
        let styles =
            "<style:style style:name='T1'><style:text-properties style:text-line-through-style='solid'/></style:style>";
        let text = "<text:p>I: Why?</text:p><text:p>P: It <text:span text:style-name='T1'>hailed there</text:span> rained.</text:p>\
                    <text:p>I: And?</text:p><text:p>P: So.</text:p>";
        let reading = read(document(styles, text)).unwrap();
        assert_eq!(&*reading.transcripts[0].turns[1].text, "It hailed there rained.");
        assert!(reading.warnings[0].contains("2 words are struck through"), "{:?}", reading.warnings);
        assert!(read(document("", text)).unwrap().warnings.is_empty());
    }

    #[test]
    fn paragraphs_are_read_as_writer_shows_them() {
        let found = turns(
            "",
            "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>\
             <text:p>Interviewer: Why<text:s text:c='2'/>so,\n   <text:span>really</text:span>?</text:p>\
             <text:list><text:list-item><text:p>Participant:<text:tab/>One.<text:line-break/>Two\
             <office:annotation><text:p>Who?</text:p></office:annotation>\
             <text:note><text:note-body><text:p>1</text:p></text:note-body></text:note>.</text:p></text:list-item></text:list>",
        );
        assert_eq!(found, [turn("Interviewer", 1, "Why  so, really?"), turn("Participant", 2, "One.\nTwo.")]);
    }

    #[test]
    fn bold_names_alone_are_labels_and_hidden_text_is_none() {
        let styles = "<style:style style:name='B'><style:text-properties fo:font-weight='bold'/></style:style>\
                      <style:style style:name='H'><style:text-properties text:display='none'/></style:style>";
        let name = |name: &str| format!("<text:p><text:span text:style-name='B'>{name}</text:span></text:p>");
        let words = |words: &str| format!("<text:p>{words}<text:span text:style-name='H'>hidden</text:span></text:p>");
        let text: String = [
            name("Tom"),
            words("Why?"),
            name("Ana"),
            words("So."),
            name("Tom"),
            words("And?"),
            name("Ana"),
            words("No."),
        ]
        .concat();
        let found = turns(styles, &text);
        assert_eq!(found[0], turn("Tom", 2, "Why?"));
        assert_eq!(found[3], turn("Ana", 8, "No."));
    }

    #[test]
    fn names_in_bold_or_underlined_letters_are_labels_without_a_colon() {
        for look in ["fo:font-weight='bold'", "style:text-underline-style='solid'"] {
            let styles = format!("<style:style style:name='N'><style:text-properties {look}/></style:style>");
            let said = [("Tom", "Why?"), ("Ana", "It rained."), ("Tom", "And?"), ("Ana", "No.")];
            let turn_of = |(name, words): (&str, &str)| {
                format!("<text:p><text:span text:style-name='N'>{name}</text:span> {words}</text:p>")
            };
            let text: String = said.map(turn_of).concat();
            assert_eq!(turns(&styles, &text)[1], turn("Ana", 2, "It rained."), "{look}");
            // Nobody asks, so that words are stressed.
            let stressed = text.replace('?', ".").replace("Tom", "Time").replace("Ana", "Trust");
            assert!(read(document(&styles, &stressed)).unwrap().transcripts.is_empty(), "{look}");
        }
    }

    #[test]
    fn tables_have_a_column_of_speakers() {
        let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
        let row = |a: &str, b: &str| format!("<table:table-row>{}{}</table:table-row>", cell(a), cell(b));
        let rows =
            [row("Speaker", "Text"), row("Tom", "Why?"), row("Ana", "Because."), row("Tom", "And?"), row("Ana", "So.")];
        let found = turns("", &format!("<table:table>{}</table:table>", rows.concat()));
        assert_eq!(found[1], turn("Ana", 6, "Because."));
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn flat_files_are_read_too() {
        let text = format!(
            "<?xml version='1.0'?><office:document xmlns:office='o' xmlns:text='t' office:mimetype='{MIME}'><office:body>\
             <office:text><text:p>Tom: Why?</text:p><text:p>Ana: So.</text:p><text:p>Tom: And?</text:p>\
             <text:p>Ana: No.</text:p></office:text></office:body></office:document>"
        );
        let (options, names) = (ReadOptions::default(), Names::default());
        let decoded = super::super::super::encoding::Decoded {
            text,
            encoding: "UTF-8",
            mojibake_repaired: 0,
            ..Default::default()
        };
        let contents = Contents::Text(decoded);
        assert_eq!(Odt.claim(&contents, &options), Claim::Certain);
        let file = File { path: "a.fodt", extension: Some("fodt"), contents, options: &options, names: &names };
        assert_eq!(Odt.read(file).unwrap().transcripts[0].turns.len(), 4);
    }

    #[test]
    fn bombs_and_others_are_refused() {
        let error = read(bomb(CONTENT, "<a>", 20 << 20)).unwrap_err().to_string();
        assert!(error.contains("no OpenDocument text"), "{error}");
        let deep = format!("{}{}", "<text:section>".repeat(300), "</text:section>".repeat(300));
        assert!(read(document("", &deep)).unwrap_err().to_string().contains("nested"));
        let sheet = zipped(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), (CONTENT, "<a/>")]);
        assert!(read(sheet).unwrap_err().to_string().contains("an OpenDocument file, no OpenDocument text"));
        assert!(matches!(read(document("", "")), Err(CorpusError::Empty { .. })));
    }

    proptest! {
        #[test]
        fn any_nesting_is_read_or_refused(text in "(<text:p>|</text:p>|<table:table>|</table:table>|<table:table-row>|\
            </table:table-row>|<table:table-cell table:number-columns-repeated='9'>|</table:table-cell>|<text:span>|\
            </text:span>|<text:s text:c='999999'/>|Tom: |a b|<office:annotation>|</office:annotation>){0,30}") {
            let _ = read(document("", &text));
        }
    }
}
