//! The body of a Word document as paragraphs and tables.
//!
//! In: the text of the main part and its styles. Out: [`Block`]s with the words that a reader of
//! the document sees: insertions kept, deletions, hidden text, field codes, drawings, text boxes and the raised
//! numbers of notes left out. It decides nothing about speakers.

use std::collections::{HashMap, HashSet};

use super::super::super::{CorpusError, mojibake, words as words_in};
use super::super::xml::{Node, Tag, Xml, closed};
use super::set_off::SetOff;

/// A paragraph with its 1-based number in the document, paragraphs of tables included.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Paragraph {
    pub(crate) number: usize,
    /// Its words; LF where a line was broken by hand. May be empty.
    pub(crate) text: String,
    /// The level of a heading, from 1; a title has level 1.
    pub(crate) heading: Option<u8>,
    /// Whether all of it is bold.
    pub(crate) bold: bool,
}

/// A row of a table: its cells, each with its paragraphs.
pub(crate) type Row = Vec<Vec<Paragraph>>;

/// What stands in a body, from top to bottom.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Block {
    Paragraph(Paragraph),
    Table(Vec<Row>),
}

/// A body and what was noticed on the way.
#[derive(Debug, Default)]
pub(crate) struct Body {
    pub(crate) blocks: Vec<Block>,
    /// Text boxes, which are left out.
    pub(crate) text_boxes: usize,
    /// Words that are struck through and read all the same.
    pub(crate) struck: usize,
    pub(crate) mojibake_repaired: usize,
    /// Of paragraphs that start with words in bold or underlined and go on in others, by their numbers: the bytes of
    /// those words.
    pub(crate) leads: HashMap<usize, usize>,
    /// Numbers of the paragraphs that are in italic as a whole.
    pub(crate) italics: HashSet<usize>,
}

/// What the styles of a document mean, by their ids.
#[derive(Debug, Default)]
pub(crate) struct Styles(HashMap<String, Style>);

#[derive(Clone, Debug, Default)]
struct Style {
    /// In lower case; Word keeps the English name of its own styles in every language.
    name: String,
    based_on: Option<String>,
    /// From 0.
    outline: Option<u8>,
    bold: Option<bool>,
    italic: Option<bool>,
}

/// A style that is based on one that is based on … this often at most.
const MAX_ANCESTORS: usize = 12;

impl Styles {
    /// Reads the part `word/styles.xml`.
    pub(crate) fn read(mut xml: Xml<'_>) -> Result<Self, CorpusError> {
        let mut styles = HashMap::new();
        let mut open: Option<(String, Style)> = None;
        loop {
            match xml.next()? {
                Node::Open(tag) => match (tag.name(), &mut open) {
                    ("style", _) => open = Some((tag.attribute("styleId").unwrap_or_default(), Style::default())),
                    ("name", Some((_, style))) => {
                        style.name = tag.attribute("val").unwrap_or_default().to_lowercase();
                    }
                    ("basedOn", Some((_, style))) => style.based_on = tag.attribute("val"),
                    ("outlineLvl", Some((_, style))) => style.outline = level(&tag),
                    ("b", Some((_, style))) => style.bold = Some(tag.is_on()),
                    ("i", Some((_, style))) => style.italic = Some(tag.is_on()),
                    _ => {}
                },
                Node::Close(end) if closed(&end) == "style" => styles.extend(open.take()),
                Node::End => return Ok(Self(styles)),
                Node::Close(_) | Node::Text(_) => {}
            }
        }
    }

    /// The first thing that a style or one that it is based on says.
    fn find<T>(&self, id: &str, tells: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut id = id;
        for _ in 0..MAX_ANCESTORS {
            let style = self.0.get(id)?;
            if let Some(told) = tells(style) {
                return Some(told);
            }
            id = style.based_on.as_deref()?;
        }
        None
    }

    /// The heading level of a style, from 1.
    fn heading(&self, id: &str) -> Option<u8> {
        let by_name = |style: &Style| match style.name.as_str() {
            "title" => Some(1),
            name => name.strip_prefix("heading ")?.parse().ok(),
        };
        let by_outline = |style: &Style| style.outline.filter(|&level| level < 9).map(|level| level + 1);
        self.find(id, |style| by_name(style).or_else(|| by_outline(style))).or_else(|| {
            // Programs other than Word may leave the styles out.
            let number = id.to_lowercase().strip_prefix("heading")?.parse().ok();
            number.filter(|_| !self.0.contains_key(id))
        })
    }

    fn is_bold(&self, id: &str) -> bool {
        self.find(id, |style| style.bold).unwrap_or(false)
    }

    fn is_italic(&self, id: &str) -> bool {
        self.find(id, |style| style.italic).unwrap_or(false)
    }

    /// Whether it is a line of a table of contents.
    fn is_contents(&self, id: &str) -> bool {
        self.0.get(id).is_some_and(|style| style.name.starts_with("toc "))
    }
}

fn level(tag: &Tag<'_>) -> Option<u8> {
    tag.attribute("val")?.parse().ok()
}

/// Reads the main part.
pub(crate) fn read(xml: Xml<'_>, styles: &Styles, keep_mojibake: bool) -> Result<Body, CorpusError> {
    let mut reader = BodyReader { xml, styles, keep_mojibake, number: 0, carried: None, body: Body::default() };
    loop {
        match reader.xml.next()? {
            Node::Open(tag) if tag.name() == "body" => break,
            Node::Open(_) | Node::Close(_) | Node::Text(_) => {}
            Node::End => return Err(reader.xml.refused("no body".to_owned())),
        }
    }
    let mut blocks = Vec::new();
    reader.blocks("body", &mut blocks)?;
    blocks.extend(reader.carried.take().map(Block::Paragraph));
    reader.body.blocks = blocks;
    Ok(reader.body)
}

struct BodyReader<'a> {
    xml: Xml<'a>,
    styles: &'a Styles,
    keep_mojibake: bool,
    /// Paragraphs so far.
    number: usize,
    /// A paragraph whose end was deleted: the next one goes on in it.
    carried: Option<Paragraph>,
    body: Body,
}

/// A paragraph in the making.
#[derive(Default)]
struct Draft {
    text: String,
    style: String,
    outline: Option<u8>,
    /// Whether words were bold, and whether words were not.
    bold: bool,
    plain: bool,
    /// The same of words in italic.
    italic: bool,
    upright: bool,
    /// The words in bold or underlined that it starts with.
    set_off: SetOff,
    ends_deleted: bool,
}

/// How the words of a run look.
#[derive(Default)]
struct Look {
    bold: bool,
    italic: bool,
    underlined: bool,
    hidden: bool,
    struck: bool,
    /// Set above the line.
    raised: bool,
}

/// The longest number of a note, and letters of the shortest word that it stands behind: `m²` is none.
const NOTE_NUMBER: usize = 3;
const NOTED_WORD: usize = 3;

/// Whether what is set above the line is the number of a note that somebody typed: behind a sentence or a word.
fn is_note_number(raised: &str, before: &str) -> bool {
    let number = raised.trim();
    let word = before.chars().rev().take_while(|c| c.is_alphabetic()).count();
    (1..=NOTE_NUMBER).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_digit() || b == b'*')
        && (word >= NOTED_WORD || before.ends_with(['.', ',', ';', ':', '!', '?', '…', '”', '"', '»', ')']))
}

impl<'a> BodyReader<'a> {
    /// Reads blocks up to the end of the element of this name, which has opened.
    fn blocks(&mut self, until: &str, blocks: &mut Vec<Block>) -> Result<(), CorpusError> {
        let mut alternatives = Alternatives::default();
        loop {
            match self.xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "p" => {
                        if let Some(paragraph) = self.paragraph()? {
                            blocks.push(Block::Paragraph(paragraph));
                        }
                    }
                    "tbl" => {
                        blocks.extend(self.carried.take().map(Block::Paragraph));
                        let rows = self.table()?;
                        blocks.push(Block::Table(rows));
                    }
                    name if alternatives.leaves_out(name) => self.xml.skip(|_| {})?,
                    name if is_left_out(name) => self.leave_out()?,
                    _ => {}
                },
                Node::Close(end) => {
                    alternatives.close(closed(&end));
                    if closed(&end) == until {
                        return Ok(());
                    }
                }
                Node::Text(_) => {}
                Node::End => return Ok(()),
            }
        }
    }

    /// The rows of a table that has opened.
    fn table(&mut self) -> Result<Vec<Row>, CorpusError> {
        let mut rows: Vec<Row> = Vec::new();
        loop {
            match self.xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "tr" => rows.push(Vec::new()),
                    "trPr" => {
                        // A row that was deleted or inserted as a tracked change.
                        let mut deleted = false;
                        self.xml.skip(|name| deleted |= name == "del")?;
                        if deleted {
                            self.rest_of_row()?;
                            rows.pop();
                        }
                    }
                    "tc" => {
                        let mut blocks = Vec::new();
                        self.blocks("tc", &mut blocks)?;
                        blocks.extend(self.carried.take().map(Block::Paragraph));
                        let cell = flattened(blocks);
                        match rows.last_mut() {
                            Some(row) => row.push(cell),
                            None => rows.push(vec![cell]),
                        }
                    }
                    name if is_left_out(name) => self.leave_out()?,
                    _ => {}
                },
                Node::Close(end) if closed(&end) == "tbl" => return Ok(rows),
                Node::Close(_) | Node::Text(_) => {}
                Node::End => return Ok(rows),
            }
        }
    }

    /// Passes over what is left of a table's row.
    fn rest_of_row(&mut self) -> Result<(), CorpusError> {
        loop {
            match self.xml.next()? {
                Node::Open(_) => self.leave_out()?,
                Node::Close(end) if closed(&end) == "tr" => return Ok(()),
                Node::Close(_) | Node::Text(_) => {}
                Node::End => return Ok(()),
            }
        }
    }

    /// A paragraph that has opened; `None` when it goes on in the next, or is of a table of contents.
    fn paragraph(&mut self) -> Result<Option<Paragraph>, CorpusError> {
        self.number += 1;
        let number = self.number;
        let mut draft = Draft::default();
        let mut alternatives = Alternatives::default();
        loop {
            match self.xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "pPr" => self.paragraph_properties(&mut draft)?,
                    "r" => self.run(&mut draft)?,
                    name if alternatives.leaves_out(name) => self.xml.skip(|_| {})?,
                    name if is_left_out(name) => self.leave_out()?,
                    _ => {}
                },
                Node::Close(end) => {
                    alternatives.close(closed(&end));
                    if closed(&end) == "p" {
                        break;
                    }
                }
                Node::Text(_) => {}
                Node::End => break,
            }
        }
        if self.styles.is_contents(&draft.style) {
            return Ok(None);
        }
        let ends_deleted = draft.ends_deleted;
        let mut paragraph = self.finished(draft, number);
        if let Some(mut above) = self.carried.take() {
            above.bold &= paragraph.bold;
            above.text.push_str(&paragraph.text);
            paragraph = above;
        }
        if ends_deleted {
            self.carried = Some(paragraph);
            return Ok(None);
        }
        Ok(Some(paragraph))
    }

    fn finished(&mut self, draft: Draft, number: usize) -> Paragraph {
        let mut text = draft.text;
        self.body.leads.extend(draft.set_off.bytes().map(|bytes| (number, bytes)));
        if !self.keep_mojibake
            && let Some((repaired, runs)) = mojibake::repair(&text)
        {
            text = repaired;
            self.body.leads.remove(&number);
            self.body.mojibake_repaired += runs;
        }
        self.body.italics.extend((draft.italic && !draft.upright).then_some(number));
        let heading = draft.outline.map(|level| level + 1).or_else(|| self.styles.heading(&draft.style));
        Paragraph { number, text, heading, bold: draft.bold && !draft.plain }
    }

    fn paragraph_properties(&mut self, draft: &mut Draft) -> Result<(), CorpusError> {
        let mut depth = 1;
        // What a tracked change of the properties replaced is no property.
        let mut in_run = 0;
        while depth > 0 {
            match self.xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "pPrChange" | "rPrChange" | "sectPr" => self.xml.skip(|_| {})?,
                    name => {
                        depth += 1;
                        match name {
                            "pStyle" => draft.style = tag.attribute("val").unwrap_or_default(),
                            "outlineLvl" => draft.outline = level(&tag).filter(|&level| level < 9),
                            "rPr" => in_run = depth,
                            "del" if in_run > 0 => draft.ends_deleted = true,
                            _ => {}
                        }
                    }
                },
                Node::Close(_) => {
                    if in_run == depth {
                        in_run = 0;
                    }
                    depth -= 1;
                }
                Node::Text(_) => {}
                Node::End => break,
            }
        }
        Ok(())
    }

    /// A run that has opened: words of one formatting.
    fn run(&mut self, draft: &mut Draft) -> Result<(), CorpusError> {
        let (bold, italic) = (self.styles.is_bold(&draft.style), self.styles.is_italic(&draft.style));
        let mut look = Look { bold, italic, ..Look::default() };
        let mut alternatives = Alternatives::default();
        loop {
            match self.xml.next()? {
                Node::Open(tag) => {
                    let name = tag.name();
                    let words = match name {
                        "rPr" => {
                            self.run_properties(&mut look)?;
                            continue;
                        }
                        "t" => {
                            let kept = tag.attribute("space").as_deref() == Some("preserve");
                            let text = self.xml.text()?;
                            if kept { text } else { text.trim_matches([' ', '\t', '\n']).to_owned() }
                        }
                        "tab" | "ptab" => "\t".to_owned(),
                        "br" | "cr" => "\n".to_owned(),
                        "noBreakHyphen" => "\u{2011}".to_owned(),
                        "sym" => symbol(&tag),
                        name if alternatives.leaves_out(name) => {
                            self.xml.skip(|_| {})?;
                            continue;
                        }
                        name if is_left_out(name) => {
                            self.leave_out()?;
                            continue;
                        }
                        _ => continue,
                    };
                    let is_note = look.raised && is_note_number(&words, &draft.text);
                    if !look.hidden && !is_note {
                        self.body.struck += if look.struck { words_in(&words) } else { 0 };
                        draft.push(&words, &look);
                    }
                }
                Node::Close(end) => {
                    alternatives.close(closed(&end));
                    if closed(&end) == "r" {
                        return Ok(());
                    }
                }
                Node::Text(_) => {}
                Node::End => return Ok(()),
            }
        }
    }

    fn run_properties(&mut self, look: &mut Look) -> Result<(), CorpusError> {
        let styles = self.styles;
        loop {
            match self.xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "rPrChange" => self.xml.skip(|_| {})?,
                    "rStyle" => {
                        let style = tag.attribute("val").unwrap_or_default();
                        look.bold |= styles.is_bold(&style);
                        look.italic |= styles.is_italic(&style);
                    }
                    "b" => look.bold = tag.is_on(),
                    "i" => look.italic = tag.is_on(),
                    "u" => look.underlined = tag.attribute("val").is_none_or(|kind| kind != "none"),
                    "vanish" => look.hidden = tag.is_on(),
                    "strike" | "dstrike" => look.struck |= tag.is_on(),
                    "vertAlign" => look.raised = tag.attribute("val").as_deref() == Some("superscript"),
                    _ => {}
                },
                Node::Close(end) if closed(&end) == "rPr" => return Ok(()),
                Node::Close(_) | Node::Text(_) => {}
                Node::End => return Ok(()),
            }
        }
    }

    /// Passes over an element that has opened, counting the text boxes in it.
    fn leave_out(&mut self) -> Result<(), CorpusError> {
        let mut boxes = 0;
        self.xml.skip(|name| boxes += usize::from(name == "txbxContent"))?;
        self.body.text_boxes += boxes;
        Ok(())
    }
}

impl Draft {
    fn push(&mut self, words: &str, look: &Look) {
        if !words.trim().is_empty() {
            self.bold |= look.bold;
            self.plain |= !look.bold;
            self.italic |= look.italic;
            self.upright |= !look.italic;
        }
        self.text.push_str(words);
        self.set_off.add(words, &self.text, look.bold || look.underlined);
    }
}

/// Elements whose words are not read: tracked deletions, drawings, embedded objects, phonetic guides.
fn is_left_out(name: &str) -> bool {
    matches!(name, "del" | "moveFrom" | "drawing" | "pict" | "object" | "rt" | "sectPr" | "tblPr" | "sdtPr")
}

/// `mc:AlternateContent` holds the same several times over; the first alternative is read.
#[derive(Default)]
struct Alternatives {
    /// For each that is open, whether an alternative was taken.
    taken: Vec<bool>,
}

impl Alternatives {
    /// Notes an element that opens; whether it is an alternative that is not read.
    fn leaves_out(&mut self, name: &str) -> bool {
        match (name, self.taken.last_mut()) {
            ("AlternateContent", _) => {
                self.taken.push(false);
                false
            }
            ("Choice" | "Fallback", Some(taken)) => std::mem::replace(taken, true),
            _ => false,
        }
    }

    /// Notes an element that closes.
    fn close(&mut self, name: &str) {
        if name == "AlternateContent" {
            self.taken.pop();
        }
    }
}

/// The paragraphs of a cell; a table inside it gives a paragraph a row.
pub(crate) fn flattened(blocks: Vec<Block>) -> Vec<Paragraph> {
    let mut paragraphs = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => paragraphs.push(paragraph),
            Block::Table(rows) => paragraphs.extend(rows.iter().filter_map(joined)),
        }
    }
    paragraphs
}

/// A row of a table as one paragraph, `None` when it is empty. Of two cells the first names what the
/// second holds, as `Participant ID` and `P07` do.
pub(crate) fn joined(row: &Row) -> Option<Paragraph> {
    let cells: Vec<(&Paragraph, String)> =
        row.iter().filter_map(|cell| Some((cell.first()?, words(cell)))).filter(|(_, text)| !text.is_empty()).collect();
    let (first, _) = cells.first()?;
    let number = first.number;
    let text = match &cells[..] {
        [(_, name), (_, value)] if row.len() == 2 && !name.ends_with([':', '.', '?', '!']) && !name.contains('\n') => {
            format!("{name}: {value}")
        }
        [(_, name), (_, value)] if name.ends_with(':') => format!("{name} {value}"),
        cells => cells.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\t"),
    };
    Some(Paragraph { number, text, heading: None, bold: false })
}

/// The words of a cell, its paragraphs with a blank line between them.
pub(crate) fn words(cell: &[Paragraph]) -> String {
    let texts: Vec<&str> = cell.iter().map(|p| p.text.trim()).filter(|text| !text.is_empty()).collect();
    texts.join("\n\n")
}

/// A character of a symbol font, as the Unicode character that looks like it where there is one.
fn symbol(tag: &Tag<'_>) -> String {
    let code = tag.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok()).unwrap_or_default();
    let font = tag.attribute("font").unwrap_or_default().to_lowercase();
    let alike = match (font.as_str(), code & 0xFF) {
        ("wingdings", 0x4A) => Some('☺'),
        ("wingdings", 0x4B) => Some('😐'),
        ("wingdings", 0x4C) => Some('☹'),
        ("wingdings", 0x6C | 0x9F) | ("symbol", 0xB7) => Some('•'),
        ("wingdings", 0xA7) => Some('▪'),
        ("wingdings", 0xDF) | ("symbol", 0xAC) => Some('←'),
        ("wingdings", 0xE0) | ("symbol", 0xAE) => Some('→'),
        ("wingdings", 0xF0) | ("symbol", 0xDE) => Some('⇒'),
        ("wingdings", 0xFB) => Some('✗'),
        ("wingdings", 0xFC) => Some('✓'),
        ("wingdings", 0xFD) => Some('☒'),
        ("wingdings", 0xFE) => Some('☑'),
        _ => None,
    };
    alike.or_else(|| char::from_u32(code).filter(|c| !c.is_control())).map(String::from).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn body(inner: &str) -> Body {
        body_with(inner, "").unwrap()
    }

    fn body_with(inner: &str, styles: &str) -> Result<Body, CorpusError> {
        let styles = format!("<w:styles xmlns:w='w'>{styles}</w:styles>");
        let styles = Styles::read(Xml::new("a", "s", &styles))?;
        let text = format!("<w:document xmlns:w='w'><w:body>{inner}</w:body></w:document>");
        read(Xml::new("a.docx", "word/document.xml", &text), &styles, false)
    }

    fn texts(inner: &str) -> Vec<String> {
        body(inner)
            .blocks
            .into_iter()
            .map(|block| match block {
                Block::Paragraph(paragraph) => paragraph.text,
                Block::Table(rows) => {
                    let rows: Vec<String> =
                        rows.iter().map(|row| row.iter().map(|c| words(c)).collect::<Vec<_>>().join("|")).collect();
                    rows.join("/")
                }
            })
            .collect()
    }

    #[test]
    fn words_of_runs_are_joined() {
        let inner = "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>\n<w:r><w:t>Two </w:t></w:r>\
                     <w:r><w:t xml:space='preserve'> people</w:t><w:tab/><w:t>short</w:t><w:br/><w:t>again</w:t>\
                     <w:cr/><w:t>so</w:t><w:noBreakHyphen/><w:t>so</w:t><w:softHyphen/>\
                     <w:sym w:font='Wingdings' w:char='F04A'/></w:r></w:p>";
        assert_eq!(texts(inner), ["Two people\tshort\nagain\nso\u{2011}so☺"]);
    }

    #[test]
    fn words_inside_links_tags_and_controls_are_read() {
        let inner = "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent><w:p>\
                     <w:hyperlink r:id='r1'><w:r><w:t>one</w:t></w:r></w:hyperlink>\
                     <w:smartTag><w:r><w:t>two</w:t></w:r></w:smartTag>\
                     <w:sdt><w:sdtContent><w:r><w:t>three</w:t></w:r></w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>\
                     <w:p><w:fldSimple w:instr='PAGE'><w:r><w:t>4</w:t></w:r></w:fldSimple></w:p>";
        assert_eq!(texts(inner), ["onetwothree", "4"]);
    }

    #[test]
    fn changes_are_read_as_accepted() {
        let inner = "<w:p><w:r><w:t xml:space='preserve'>We were </w:t></w:r>\
                     <w:del><w:r><w:delText>three</w:delText></w:r></w:del>\
                     <w:ins><w:r><w:t>two</w:t></w:r></w:ins>\
                     <w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom></w:p>\
                     <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>One </w:t></w:r></w:p>\
                     <w:p><w:r><w:t>paragraph.</w:t></w:r></w:p>";
        assert_eq!(texts(inner), ["We were two", "One paragraph."]);
    }

    #[test]
    fn what_nobody_sees_as_text_is_left_out() {
        let inner = "<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>HYPERLINK x</w:instrText></w:r>\
                     <w:r><w:t>seen</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>\
                     <w:r><w:footnoteReference w:id='1'/></w:r><w:r>\
                     <mc:AlternateContent xmlns:mc='mc'><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r>\
                     </w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r>\
                     <w:t>box</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>";
        let body = body(inner);
        assert_eq!((body.text_boxes, body.blocks.len()), (1, 1));
        assert_eq!(texts(inner), ["seen"]);
    }

    #[test]
    fn words_struck_through_stay_and_are_counted() {
        let run = |look: &str| {
            format!(
                "<w:p><w:r><w:rPr>{look}</w:rPr><w:t>so it was</w:t></w:r><w:r><w:t xml:space='preserve'> there</w:t></w:r></w:p>"
            )
        };
        for (look, struck) in
            [("<w:strike/>", 3), ("<w:dstrike w:val='true'/>", 3), ("<w:strike w:val='0'/>", 0), ("", 0)]
        {
            assert_eq!(texts(&run(look)), ["so it was there"]);
            assert_eq!(body(&run(look)).struck, struck, "{look}");
        }
    }

    #[test]
    fn raised_numbers_of_notes_are_left_out() {
        let raised = |before: &str, number: &str| {
            let run = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr>";
            let end = "<w:r><w:t xml:space='preserve'> So.</w:t></w:r>";
            texts(&format!("<w:p><w:r><w:t>{before}</w:t></w:r>{run}<w:t>{number}</w:t></w:r>{end}</w:p>")).concat()
        };
        assert_eq!(raised("in the valley.", "12"), "in the valley. So.");
        assert_eq!(raised("in the valley", "3"), "in the valley So.");
        for (before, number) in [("50 m", "2"), ("10 km", "2"), ("the 4", "th"), ("10", "6"), ("x = a", "2")] {
            assert_eq!(raised(before, number), format!("{before}{number} So."));
        }
        let lowered = texts(
            "<w:p><w:r><w:t>Word</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='subscript'/></w:rPr><w:t>2</w:t></w:r></w:p>",
        );
        assert_eq!(lowered, ["Word2"]);
    }

    #[test]
    fn of_alternatives_the_first_is_read() {
        let inner = "<w:p><mc:AlternateContent xmlns:mc='m'><mc:Choice><w:r><w:t>once</w:t></w:r></mc:Choice>\
                     <mc:Fallback><w:r><w:t>once</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>";
        assert_eq!(texts(inner), ["once"]);
    }

    #[test]
    fn tables_are_rows_of_cells() {
        let cell = |text: &str| format!("<w:tc><w:tcPr/><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
        let nested = format!("<w:tc><w:tbl><w:tr>{}{}</w:tr></w:tbl><w:p/></w:tc>", cell("a"), cell("b"));
        let gone = format!("<w:tr><w:trPr><w:del w:id='3'/></w:trPr>{}</w:tr>", cell("gone"));
        let inner =
            format!("<w:tbl><w:tblPr/><w:tr>{}{}</w:tr>{gone}<w:tr>{nested}</w:tr></w:tbl>", cell("1"), cell("2"));
        assert_eq!(texts(&inner), ["1|2/a: b"]);
    }

    #[test]
    fn headings_and_bold_come_from_styles_too() {
        let styles = "<w:style w:styleId='berschrift2'><w:name w:val='heading 2'/><w:rPr><w:b/></w:rPr></w:style>\
                      <w:style w:styleId='Eigen'><w:name w:val='Eigen'/><w:basedOn w:val='berschrift2'/></w:style>\
                      <w:style w:styleId='V1'><w:name w:val='toc 1'/></w:style>\
                      <w:style w:styleId='a'><w:basedOn w:val='b'/></w:style>\
                      <w:style w:styleId='b'><w:basedOn w:val='a'/></w:style>";
        let p = |style: &str| format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>");
        let inner = [p("Eigen"), p("V1"), p("a"), p("Heading3")].concat();
        let found: Vec<_> = body_with(&inner, styles)
            .unwrap()
            .blocks
            .into_iter()
            .map(|block| match block {
                Block::Paragraph(p) => (p.number, p.heading, p.bold),
                Block::Table(_) => panic!("no table"),
            })
            .collect();
        assert_eq!(found, [(1, Some(2), true), (3, None, false), (4, Some(3), false)]);
    }

    proptest! {
        #[test]
        fn any_nesting_is_read_or_refused(
            names in proptest::collection::vec("(p|r|t|tbl|tr|tc|del|pPr|rPr|AlternateContent|Choice|Fallback|sdt|b|br)", 0..40),
            closes in proptest::collection::vec(any::<bool>(), 40),
        ) {
            let mut text = String::new();
            let mut open = Vec::new();
            for (name, close) in names.iter().zip(closes) {
                text.push_str(&format!("<w:{name}>x"));
                open.push(name);
                if close {
                    text.push_str(&open.pop().map(|name| format!("</w:{name}>")).unwrap_or_default());
                }
            }
            while let Some(name) = open.pop() {
                text.push_str(&format!("</w:{name}>"));
            }
            let _ = body_with(&text, "");
            let _ = body_with(&text[..text.len() / 2], "");
        }
    }
}
