//! Rich text: transcripts of WordPad, TextEdit and older programs for qualitative analysis.
//!
//! In: the bytes of an `.rtf` (Microsoft's specification 1.9.1). Out: one document, the text as Word
//! shows it, and its transcripts, found as in Word documents; `line` is the number of the paragraph.
//! Headers, footers, notes, comments, pictures, field codes, hidden and deleted text are never read,
//! and neither is a part of the file whose name is unknown, where the file says that it may be left out.

mod code_pages;

use std::collections::HashMap;

use super::super::encoding::RICH_TEXT;
use super::super::{CorpusError, ReadOptions};
use super::docx;
use super::docx::body::{Block, Paragraph, Row};
use super::docx::leads;
use super::docx::set_off::SetOff;
use super::{Claim, Contents, File, Reader, Reading};
use code_pages::Fonts;

pub(crate) struct Rtf;

/// Groups in groups in … this deep at most; Word nests some twenty.
const MAX_DEPTH: usize = 4096;
const HINT: &str = "open the file in the program it comes from and save it again, or save it as .docx";

impl Reader for Rtf {
    fn name(&self) -> &'static str {
        "rtf"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rtf"]
    }

    fn claim(&self, contents: &Contents, _options: &ReadOptions) -> Claim {
        if contents.binary().is_some_and(|bytes| bytes.starts_with(RICH_TEXT)) { Claim::Certain } else { Claim::No }
    }

    fn named_by_file(&self) -> bool {
        false
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        let path = file.path;
        let Some(bytes) = file.contents.binary().filter(|bytes| bytes.starts_with(RICH_TEXT)) else {
            return Err(malformed(path, 0, "it is no rich text"));
        };
        let (mut blocks, set_off) = Parser::new(path, bytes).blocks()?;
        let mut reading = Reading::default();
        reading.warnings.extend(leads::close(path, &mut blocks, &set_off, file.names));
        docx::take_apart(path, &blocks, file.names, &mut reading)?;
        Ok(reading)
    }
}

fn malformed(path: &str, byte: usize, reason: &str) -> CorpusError {
    CorpusError::Malformed {
        path: path.to_owned(),
        place: format!("byte {byte}"),
        reason: reason.to_owned(),
        hint: HINT,
    }
}

/// What the words of a group are for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Destination {
    Body,
    FontTable,
    StyleSheet,
    /// Not read.
    Other,
}

/// What a group sets and its end takes back.
#[derive(Clone, Copy)]
struct State {
    destination: Destination,
    /// Characters that stand for a Unicode character where it is not known.
    fallback: usize,
    font: i32,
    bold: bool,
    underlined: bool,
    hidden: bool,
    deleted: bool,
}

/// A paragraph in the making.
#[derive(Default)]
struct Draft {
    text: String,
    bold: bool,
    plain: bool,
    set_off: SetOff,
    style: i32,
    outline: Option<u8>,
    in_table: bool,
}

struct Parser<'a> {
    path: &'a str,
    bytes: &'a [u8],
    at: usize,
    state: State,
    saved: Vec<State>,
    fonts: Fonts,
    /// Styles that are headings, with their levels.
    headings: Vec<(i32, u8)>,
    /// The style whose name is being read, in the style sheet.
    style: (i32, Option<u8>, String),
    /// Bytes of the body that wait to be decoded together: a character may have two.
    pending: Vec<u8>,
    /// The first half of a character beyond 65,535.
    high: Option<u16>,
    /// Characters still to be passed over, which stand for one that was read.
    passing: usize,
    draft: Draft,
    number: usize,
    cell: Vec<Paragraph>,
    row: Row,
    table: Vec<Row>,
    blocks: Vec<Block>,
    /// Of paragraphs that start with words in bold or underlined, by their numbers, the bytes of those words.
    leads: HashMap<usize, usize>,
}

impl<'a> Parser<'a> {
    fn new(path: &'a str, bytes: &'a [u8]) -> Self {
        let state = State {
            destination: Destination::Body,
            fallback: 1,
            font: -1,
            bold: false,
            underlined: false,
            hidden: false,
            deleted: false,
        };
        Self {
            path,
            bytes,
            at: 0,
            state,
            saved: Vec::new(),
            fonts: Fonts::default(),
            headings: Vec::new(),
            style: (0, None, String::new()),
            pending: Vec::new(),
            high: None,
            passing: 0,
            draft: Draft::default(),
            number: 0,
            cell: Vec::new(),
            row: Row::new(),
            table: Vec::new(),
            blocks: Vec::new(),
            leads: HashMap::new(),
        }
    }

    /// Reads the file to its end; returns its paragraphs and tables, and the bytes at the start of paragraphs that are
    /// set off, by their numbers.
    fn blocks(mut self) -> Result<(Vec<Block>, HashMap<usize, usize>), CorpusError> {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'{' => {
                    self.flush()?;
                    self.passing = 0;
                    if self.saved.len() >= MAX_DEPTH {
                        return Err(malformed(
                            self.path,
                            self.at,
                            &format!("groups nested more than {MAX_DEPTH} deep"),
                        ));
                    }
                    self.saved.push(self.state);
                }
                b'}' => {
                    self.flush()?;
                    self.passing = 0;
                    match self.saved.pop() {
                        Some(state) => self.state = state,
                        None => break, // what follows the document is none of it
                    }
                    if self.saved.is_empty() {
                        break;
                    }
                }
                b'\\' => self.control()?,
                b'\r' | b'\n' => {}
                byte => self.byte(byte),
            }
        }
        self.flush()?;
        if !self.saved.is_empty() {
            return Err(malformed(self.path, self.at, "the file ends inside a group: it is not whole"));
        }
        if !self.draft.text.trim().is_empty() {
            self.end_paragraph();
        }
        self.end_table();
        Ok((self.blocks, self.leads))
    }

    /// A byte of text.
    fn byte(&mut self, byte: u8) {
        if self.passing > 0 {
            self.passing -= 1;
            return;
        }
        match self.state.destination {
            Destination::Body if !self.state.hidden && !self.state.deleted => self.pending.push(byte),
            Destination::StyleSheet => self.style_byte(byte),
            Destination::Body | Destination::FontTable | Destination::Other => {}
        }
    }

    /// The name of a style ends with a semicolon.
    fn style_byte(&mut self, byte: u8) {
        const LONGEST: usize = 100;
        if byte != b';' {
            if self.style.2.len() < LONGEST {
                self.style.2.push(char::from(byte));
            }
            return;
        }
        let (style, outline, name) = std::mem::take(&mut self.style);
        let name = name.trim().to_lowercase();
        let level = match name.strip_prefix("heading ") {
            Some(level) => level.parse().ok(),
            None => (name == "title").then_some(1),
        };
        self.headings.extend(level.or(outline).map(|level| (style, level)));
    }

    /// What follows a backslash.
    fn control(&mut self) -> Result<(), CorpusError> {
        let Some(&first) = self.bytes.get(self.at) else { return Ok(()) };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return self.symbol(first);
        }
        let rest = &self.bytes[self.at..];
        let length = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count().min(40);
        let word = std::str::from_utf8(&rest[..length]).unwrap_or_default();
        let after = &rest[length..];
        let sign = usize::from(after.first() == Some(&b'-'));
        let digits = after[sign..].iter().take_while(|byte| byte.is_ascii_digit()).count().min(10);
        let number = if digits == 0 { None } else { std::str::from_utf8(&after[..sign + digits]).ok() };
        let number: Option<i32> = number.and_then(|number| number.parse().ok());
        let taken = if digits == 0 { length } else { length + sign + digits };
        self.at += taken + usize::from(rest.get(taken) == Some(&b' '));
        if word == "bin" {
            let bytes = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            self.at = self.at.saturating_add(bytes).min(self.bytes.len());
            return Ok(());
        }
        if self.passing > 0 && word != "u" && word != "uc" {
            self.passing -= 1;
            return Ok(());
        }
        self.flush()?;
        self.word(word, number);
        Ok(())
    }

    /// A backslash with something that is no letter.
    fn symbol(&mut self, symbol: u8) -> Result<(), CorpusError> {
        match symbol {
            b'\'' => {
                let digits = self.bytes.get(self.at..self.at + 2).and_then(|hex| std::str::from_utf8(hex).ok());
                let Some(byte) = digits.and_then(|hex| u8::from_str_radix(hex, 16).ok()) else {
                    return Err(malformed(self.path, self.at, "`\\'` without two hexadecimal digits"));
                };
                self.at += 2;
                self.byte(byte);
            }
            b'\\' | b'{' | b'}' => self.byte(symbol),
            b'*' => {
                // What follows may be left out by those who do not know it; `word` says who does.
                self.flush()?;
                if !self.known_destination() {
                    self.state.destination = Destination::Other;
                }
            }
            b'~' => self.character(' ')?,
            b'_' => self.character('\u{2011}')?,
            b'\r' | b'\n' => {
                self.flush()?;
                self.word("par", None);
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether the destination that follows `\*` is one whose words are read.
    fn known_destination(&self) -> bool {
        let rest = &self.bytes[self.at..];
        [&b"\\cs"[..], b"\\ts", b"\\ds", b"\\ud"].iter().any(|word| rest.starts_with(word))
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let is_on = number != Some(0);
        match (word, self.state.destination) {
            ("ansicpg", _) => self.fonts.set_document(number.unwrap_or(1252)),
            ("mac", _) => self.fonts.set_document(10000),
            ("fonttbl", _) => self.state.destination = Destination::FontTable,
            ("stylesheet", _) => self.state.destination = Destination::StyleSheet,
            ("f", Destination::FontTable) => self.fonts.define(number.unwrap_or(0)),
            ("fcharset", Destination::FontTable) => self.fonts.set_charset(number.unwrap_or(0)),
            ("cpg", Destination::FontTable) => self.fonts.set_code_page(number.unwrap_or(0)),
            ("deff", _) => self.fonts.default = number.unwrap_or(0),
            ("s", Destination::StyleSheet) => self.style.0 = number.unwrap_or(0),
            ("outlinelevel", Destination::StyleSheet) => self.style.1 = level(number),
            ("cs" | "ts" | "ds", Destination::StyleSheet) => self.style.0 = -1,
            // The group around it is `\upr`, whose other half is not read.
            ("ud", _) => {
                self.state.destination = self.saved.iter().rev().nth(1).map_or(Destination::Other, |s| s.destination);
            }
            (word, _) if is_left_out(word) => self.state.destination = Destination::Other,
            ("f", _) => self.state.font = number.unwrap_or(0),
            ("uc", _) => self.state.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            ("plain", _) => {
                (self.state.bold, self.state.underlined) = (false, false);
                (self.state.hidden, self.state.deleted) = (false, false);
                self.state.font = self.fonts.default;
            }
            ("b", _) => self.state.bold = is_on,
            ("ul" | "uld" | "uldb" | "ulth" | "ulw" | "ulwave", _) => self.state.underlined = is_on,
            ("ulnone", _) => self.state.underlined = false,
            ("v", _) => self.state.hidden = is_on,
            ("deleted", _) => self.state.deleted = is_on,
            ("u", _) => {
                self.passing = self.state.fallback;
                if self.state.destination == Destination::Body && !self.state.hidden && !self.state.deleted {
                    self.unicode(number.unwrap_or(0));
                }
            }
            (word, Destination::Body) => self.body_word(word, number),
            _ => {}
        }
    }

    /// A control word between the words of the body.
    fn body_word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "par" | "sect" | "nestrow" => self.end_paragraph(),
            "pard" => {
                (self.draft.style, self.draft.outline, self.draft.in_table) = (0, None, false);
            }
            "s" => self.draft.style = number.unwrap_or(0),
            "outlinelevel" => self.draft.outline = level(number),
            "intbl" => self.draft.in_table = true,
            "cell" => {
                self.draft.in_table = true;
                self.end_paragraph();
                self.row.push(std::mem::take(&mut self.cell));
            }
            "row" => {
                if !self.row.is_empty() {
                    self.table.push(std::mem::take(&mut self.row));
                }
            }
            _ if self.state.hidden || self.state.deleted => {}
            "tab" | "nestcell" => self.draft.text.push('\t'),
            "line" | "lbr" => self.draft.text.push('\n'),
            word => {
                let character = match word {
                    "emdash" => '—',
                    "endash" => '–',
                    "lquote" => '‘',
                    "rquote" => '’',
                    "ldblquote" => '“',
                    "rdblquote" => '”',
                    "bullet" => '•',
                    "emspace" | "enspace" | "qmspace" => ' ',
                    _ => return,
                };
                self.said(character);
            }
        }
    }

    /// A character of Unicode: 16 bits with a sign, two of them beyond 65,535.
    fn unicode(&mut self, number: i32) {
        let unit = number.rem_euclid(0x1_0000) as u16;
        match (unit, self.high.take()) {
            (0xD800..=0xDBFF, _) => self.high = Some(unit),
            (0xDC00..=0xDFFF, Some(high)) => {
                char::decode_utf16([high, unit]).flatten().for_each(|c| self.said(c));
            }
            // Symbol fonts have their characters here.
            (0xF0B7, _) => self.said('•'),
            (unit, _) => char::from_u32(u32::from(unit)).into_iter().for_each(|c| self.said(c)),
        }
    }

    fn character(&mut self, character: char) -> Result<(), CorpusError> {
        if self.passing > 0 {
            self.passing -= 1;
            return Ok(());
        }
        self.flush()?;
        if self.state.destination == Destination::Body && !self.state.hidden && !self.state.deleted {
            self.said(character);
        }
        Ok(())
    }

    fn said(&mut self, character: char) {
        if !character.is_whitespace() {
            self.draft.bold |= self.state.bold;
            self.draft.plain |= !self.state.bold;
        }
        if !character.is_control() {
            self.draft.text.push(character);
        } else if matches!(character, '\t' | '\n' | '\u{b}') {
            self.draft.text.push(if character == '\t' { '\t' } else { '\n' });
        }
        let is_set_off = self.state.bold || self.state.underlined;
        self.draft.set_off.add(character.encode_utf8(&mut [0; 4]), &self.draft.text, is_set_off);
    }

    /// Decodes the bytes that wait.
    fn flush(&mut self) -> Result<(), CorpusError> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let bytes = std::mem::take(&mut self.pending);
        let encoding = self.fonts.encoding(self.state.font);
        let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(&bytes) else {
            return Err(malformed(self.path, self.at, &format!("bytes that are not {}", encoding.name())));
        };
        text.chars().for_each(|c| self.said(c));
        Ok(())
    }

    fn end_paragraph(&mut self) {
        self.number += 1;
        let draft = std::mem::take(&mut self.draft);
        let by_style = || self.headings.iter().find(|(style, _)| *style == draft.style).map(|&(_, level)| level);
        self.leads.extend(draft.set_off.bytes().map(|bytes| (self.number, bytes)));
        let paragraph = Paragraph {
            number: self.number,
            heading: draft.outline.or_else(by_style),
            bold: draft.bold && !draft.plain,
            text: draft.text,
        };
        // What is set for a paragraph holds for those that follow.
        (self.draft.style, self.draft.outline, self.draft.in_table) = (draft.style, draft.outline, draft.in_table);
        if draft.in_table {
            self.cell.push(paragraph);
        } else {
            self.end_table();
            self.blocks.push(Block::Paragraph(paragraph));
        }
    }

    fn end_table(&mut self) {
        if !self.cell.is_empty() {
            self.row.push(std::mem::take(&mut self.cell));
        }
        if !self.row.is_empty() {
            self.table.push(std::mem::take(&mut self.row));
        }
        if !self.table.is_empty() {
            self.blocks.push(Block::Table(std::mem::take(&mut self.table)));
        }
    }
}

/// The level of an outline, from 1; 9 is text.
fn level(number: Option<i32>) -> Option<u8> {
    u8::try_from(number.unwrap_or(9)).ok().filter(|&level| level < 9).map(|level| level + 1)
}

/// Destinations whose words are not read though every reader knows them.
fn is_left_out(word: &str) -> bool {
    matches!(
        word,
        "colortbl"
            | "info"
            | "pict"
            | "object"
            | "objdata"
            | "header"
            | "headerl"
            | "headerr"
            | "headerf"
            | "footer"
            | "footerl"
            | "footerr"
            | "footerf"
            | "footnote"
            | "annotation"
            | "atnid"
            | "atnauthor"
            | "fldinst"
            | "listtext"
            | "pntext"
            | "pntxta"
            | "pntxtb"
            | "shp"
            | "shpinst"
            | "shptxt"
            | "shppict"
            | "nonshppict"
            | "do"
            | "xe"
            | "tc"
            | "bkmkstart"
            | "bkmkend"
            | "revtbl"
            | "listtable"
            | "listoverridetable"
            | "rsidtbl"
            | "generator"
            | "themedata"
            | "datastore"
            | "latentstyles"
            | "xmlnstbl"
            | "upr"
            | "nonesttables"
            | "private"
            | "userprops"
    )
}

#[cfg(test)]
mod tests;
