//! The parts of a workbook: its sheets, the strings and formats they share, and a sheet's cells.
//!
//! In: an archive. Out: [`Workbook`], and a [`Grid`] a sheet. Only cells that hold something are
//! kept, whatever size the sheet claims; shared strings stay shared. It never computes a formula:
//! what a formula gave when the file was saved is its value.

use std::collections::HashMap;

use super::super::super::{CorpusError, encoding, mojibake};
use super::super::archive::Archive;
use super::super::package;
use super::super::xml::{Node, Tag, Xml, closed};
use super::values::{Format, number, unescaped};

/// The most cells with contents that are read of a sheet, and that merging may fill.
pub(crate) const MAX_CELLS: usize = 1 << 24;
/// What a sheet can have (Excel's own limits).
const MAX_COLUMNS: u32 = 16_384;
const MAX_ROWS: u32 = 1_048_576;

/// What the sheets of a workbook share.
#[derive(Debug, Default)]
pub(crate) struct Workbook {
    pub(crate) sheets: Vec<Sheet>,
    strings: Vec<String>,
    formats: Vec<Format>,
    is_1904: bool,
    pub(crate) mojibake_repaired: usize,
    keep_mojibake: bool,
}

/// A sheet, not yet read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) part: String,
    pub(crate) is_hidden: bool,
}

/// The cells of a sheet that hold something.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    pub(crate) rows: Vec<Row>,
    /// Cells such as `#REF!`: how many, and the first.
    pub(crate) errors: usize,
    pub(crate) first_error: Option<String>,
    merged: Vec<Merged>,
}

/// A row of a sheet, by its 1-based number.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) number: u32,
    /// By column, from 0, rising.
    pub(crate) cells: Vec<(u32, Value)>,
    /// Columns whose cells are merged with the row above and show what stands there.
    pub(crate) merged: Vec<u32>,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// Index into the shared strings.
    Shared(usize),
    Own(Box<str>),
}

/// Cells of one column that are shown as one; the first holds the value.
#[derive(Debug)]
struct Merged {
    column: u32,
    first: u32,
    last: u32,
}

impl Workbook {
    /// Reads all but the sheets' cells.
    pub(crate) fn read(archive: &mut Archive<'_>, main: &str, keep_mojibake: bool) -> Result<Self, CorpusError> {
        let related = package::relationships(archive, main)?;
        let mut workbook = Self { keep_mojibake, ..Self::default() };
        let targets: HashMap<&str, &str> =
            related.iter().filter(|r| r.kind == "worksheet").map(|r| (r.id.as_str(), r.target.as_str())).collect();
        workbook.read_sheets(archive, main, &targets)?;
        let part = |kind: &str| related.iter().find(|r| r.kind == kind).map(|r| r.target.as_str());
        if let Some(part) = part("styles") {
            workbook.read_formats(archive, part)?;
        }
        if let Some(part) = part("sharedStrings") {
            workbook.read_strings(archive, part)?;
        }
        Ok(workbook)
    }

    fn read_sheets(
        &mut self,
        archive: &mut Archive<'_>,
        main: &str,
        targets: &HashMap<&str, &str>,
    ) -> Result<(), CorpusError> {
        let Some(text) = package::text(archive, main)? else { return Ok(()) };
        let mut xml = Xml::new(archive.path(), main, &text);
        loop {
            match xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "workbookPr" => {
                        self.is_1904 |= matches!(tag.attribute("date1904").as_deref(), Some("1" | "true" | "on"));
                    }
                    // Charts have sheets too, which hold no cells.
                    "sheet" => {
                        let target = tag.attribute("id").and_then(|id| targets.get(id.as_str()).copied());
                        self.sheets.extend(target.map(|part| Sheet {
                            name: tag.attribute("name").unwrap_or_default(),
                            part: part.to_owned(),
                            is_hidden: matches!(tag.attribute("state").as_deref(), Some("hidden" | "veryHidden")),
                        }));
                    }
                    "extLst" => xml.skip(|_| {})?,
                    _ => {}
                },
                Node::Close(_) | Node::Text(_) => {}
                Node::End => return Ok(()),
            }
        }
    }

    fn read_formats(&mut self, archive: &mut Archive<'_>, part: &str) -> Result<(), CorpusError> {
        let Some(text) = package::text(archive, part)? else { return Ok(()) };
        let mut xml = Xml::new(archive.path(), part, &text);
        let mut codes: HashMap<u32, Format> = HashMap::new();
        let mut in_cell_formats = false;
        let id_of = |tag: &Tag<'_>| tag.attribute("numFmtId").and_then(|id| id.parse().ok());
        loop {
            match xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "numFmt" => {
                        let code = tag.attribute("formatCode").unwrap_or_default();
                        codes.extend(id_of(&tag).map(|id| (id, Format::of_code(&code))));
                    }
                    "cellXfs" => in_cell_formats = true,
                    "xf" if in_cell_formats => {
                        let id = id_of(&tag).unwrap_or_default();
                        self.formats.push(codes.get(&id).copied().unwrap_or_else(|| Format::built_in(id)));
                    }
                    "extLst" => xml.skip(|_| {})?,
                    _ => {}
                },
                Node::Close(end) => in_cell_formats &= closed(&end) != "cellXfs",
                Node::Text(_) => {}
                Node::End => return Ok(()),
            }
        }
    }

    fn read_strings(&mut self, archive: &mut Archive<'_>, part: &str) -> Result<(), CorpusError> {
        let Some(text) = package::text(archive, part)? else { return Ok(()) };
        let mut xml = Xml::new(archive.path(), part, &text);
        loop {
            match xml.next()? {
                Node::Open(tag) if tag.name() == "si" => {
                    let string = rich_text(&mut xml, "si")?;
                    let string = self.put_right(string);
                    self.strings.push(string);
                }
                Node::Open(_) | Node::Close(_) | Node::Text(_) => {}
                Node::End => return Ok(()),
            }
        }
    }

    fn put_right(&mut self, text: String) -> String {
        let text = encoding::line_feeds(unescaped(text));
        match mojibake::repair(&text) {
            Some((repaired, runs)) if !self.keep_mojibake => {
                self.mojibake_repaired += runs;
                repaired
            }
            _ => text,
        }
    }

    /// The words of a cell.
    pub(crate) fn text<'v>(&'v self, value: &'v Value) -> &'v str {
        match value {
            Value::Shared(index) => self.strings.get(*index).map_or("", String::as_str),
            Value::Own(text) => text,
        }
    }

    /// Reads the cells of a sheet.
    pub(crate) fn grid(&mut self, archive: &mut Archive<'_>, sheet: &Sheet) -> Result<Grid, CorpusError> {
        let Some(text) = package::text(archive, &sheet.part)? else {
            return Err(CorpusError::Malformed {
                path: archive.path().to_owned(),
                place: format!("sheet `{}`", sheet.name),
                reason: format!("its part `{}` is missing", sheet.part),
                hint: "open the file in the program it comes from and save it again",
            });
        };
        let mut xml = Xml::new(archive.path(), &sheet.part, &text);
        let mut grid = Grid::default();
        let mut n_cells = 0;
        let mut row = 0;
        loop {
            match xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "row" => {
                        row = match tag.attribute("r").map(|number| number.parse()) {
                            None => row + 1,
                            Some(Ok(number)) => number,
                            Some(Err(_)) => 0,
                        };
                        if !(1..=MAX_ROWS).contains(&row) {
                            return Err(xml.refused("a row with a number that no sheet has".to_owned()));
                        }
                        let cells = self.cells(&mut xml, row, &mut grid)?;
                        n_cells += cells.len();
                        if n_cells > MAX_CELLS {
                            return Err(too_many_cells(archive.path(), &sheet.name));
                        }
                        if !cells.is_empty() {
                            grid.rows.push(Row { number: row, cells, merged: Vec::new() });
                        }
                    }
                    "mergeCell" => grid.merged.extend(tag.attribute("ref").and_then(|range| merged(&range))),
                    "extLst" => xml.skip(|_| {})?,
                    _ => {}
                },
                Node::Close(_) | Node::Text(_) => {}
                Node::End => break,
            }
        }
        grid.fill_merged().map_err(|()| too_many_cells(archive.path(), &sheet.name))?;
        Ok(grid)
    }

    /// The cells of a row that has opened.
    fn cells(&mut self, xml: &mut Xml<'_>, row: u32, grid: &mut Grid) -> Result<Vec<(u32, Value)>, CorpusError> {
        let mut cells: Vec<(u32, Value)> = Vec::new();
        let mut next = 0;
        let mut sorted = true;
        loop {
            match xml.next()? {
                Node::Open(tag) if tag.name() == "c" => {
                    let column = match tag.attribute("r") {
                        Some(place) => position(&place).map(|(column, _)| column),
                        None => Some(next).filter(|&column| column < MAX_COLUMNS),
                    };
                    let Some(column) = column else {
                        return Err(xml.refused(format!("a cell of row {row} at a place that no sheet has")));
                    };
                    next = column + 1;
                    let kind = tag.attribute("t");
                    let style = tag.attribute("s").and_then(|style| style.parse::<usize>().ok());
                    if let Some(value) = self.value(xml, kind.as_deref(), style, grid, (column, row))? {
                        sorted &= cells.last().is_none_or(|&(last, _)| last < column);
                        cells.push((column, value));
                    }
                }
                Node::Open(_) => xml.skip(|_| {})?,
                Node::Close(end) if closed(&end) == "row" => break,
                Node::Close(_) | Node::Text(_) => {}
                Node::End => break,
            }
        }
        if !sorted {
            cells.sort_by_key(|&(column, _)| column);
            cells.dedup_by_key(|&mut (column, _)| column);
        }
        Ok(cells)
    }

    /// The value of a cell that has opened; `None` when it shows nothing.
    fn value(
        &mut self,
        xml: &mut Xml<'_>,
        kind: Option<&str>,
        style: Option<usize>,
        grid: &mut Grid,
        place: (u32, u32),
    ) -> Result<Option<Value>, CorpusError> {
        let mut stored = None;
        let mut inline = None;
        loop {
            match xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "v" => stored = Some(xml.text()?),
                    "is" => inline = Some(rich_text(xml, "is")?),
                    _ => xml.skip(|_| {})?,
                },
                Node::Close(end) if closed(&end) == "c" => break,
                Node::Close(_) | Node::Text(_) => {}
                Node::End => break,
            }
        }
        let own = |text: String| (!text.is_empty()).then(|| Value::Own(text.into_boxed_str()));
        if let Some(text) = inline {
            return Ok(own(self.put_right(text)));
        }
        let Some(stored) = stored.filter(|stored| !stored.is_empty()) else { return Ok(None) };
        Ok(match kind {
            Some("s") => {
                let Some(index) = stored.trim().parse().ok().filter(|&index: &usize| index < self.strings.len()) else {
                    let reason = format!("cell {} refers to a text that is not there", shown(place));
                    return Err(xml.refused(reason));
                };
                (!self.strings[index].is_empty()).then_some(Value::Shared(index))
            }
            Some("e") => {
                grid.errors += 1;
                grid.first_error.get_or_insert_with(|| format!("{} ({stored})", shown(place)));
                None
            }
            Some("b") => own(if matches!(stored.trim(), "0" | "false") { "FALSE" } else { "TRUE" }.to_owned()),
            None | Some("n") => {
                let format = style.and_then(|style| self.formats.get(style)).copied().unwrap_or(Format::General);
                own(number(&stored, format, self.is_1904).unwrap_or(stored))
            }
            // What a formula gave as text, dates in ISO 8601, and what may come.
            Some(_) => own(self.put_right(stored)),
        })
    }
}

fn too_many_cells(path: &str, sheet: &str) -> CorpusError {
    CorpusError::Malformed {
        path: path.to_owned(),
        place: format!("sheet `{sheet}`"),
        reason: format!("more than {MAX_CELLS} cells"),
        hint: "keep the columns that are needed, or split it into several files",
    }
}

impl Grid {
    /// Gives each row of cells merged downwards the value of the first.
    fn fill_merged(&mut self) -> Result<(), ()> {
        let mut filled = 0;
        for Merged { column, first, last } in std::mem::take(&mut self.merged) {
            let from = self.rows.partition_point(|row| row.number < first);
            let Some(top) = self.rows.get(from).filter(|row| row.number == first) else { continue };
            let Ok(at) = top.cells.binary_search_by_key(&column, |&(column, _)| column) else { continue };
            let value = top.cells[at].1.clone();
            for row in self.rows[from + 1..].iter_mut().take_while(|row| row.number <= last) {
                filled += 1;
                if filled > MAX_CELLS {
                    return Err(());
                }
                if let Err(at) = row.cells.binary_search_by_key(&column, |&(column, _)| column) {
                    row.cells.insert(at, (column, value.clone()));
                    row.merged.push(column);
                }
            }
        }
        Ok(())
    }
}

/// The text of an element that has opened, without phonetic guides.
fn rich_text(xml: &mut Xml<'_>, until: &str) -> Result<String, CorpusError> {
    let mut text = String::new();
    loop {
        match xml.next()? {
            Node::Open(tag) => match tag.name() {
                "t" => text.push_str(&xml.text()?),
                "rPh" | "rPr" | "phoneticPr" => xml.skip(|_| {})?,
                _ => {}
            },
            Node::Close(end) if closed(&end) == until => return Ok(text),
            Node::Close(_) | Node::Text(_) => {}
            Node::End => return Ok(text),
        }
    }
}

/// `B7` as column, from 0, and row, from 1.
fn position(place: &str) -> Option<(u32, u32)> {
    let place = place.replace('$', "");
    let digits = place.find(|c: char| c.is_ascii_digit()).unwrap_or(place.len());
    let (letters, digits) = place.split_at(digits);
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let column = letters.bytes().fold(0, |n, b| n * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1) - 1;
    let row = digits.parse().ok().filter(|row| (1..=MAX_ROWS).contains(row))?;
    (column < MAX_COLUMNS).then_some((column, row))
}

/// The reverse.
fn shown((column, row): (u32, u32)) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters.iter().rev().collect::<String>() + &row.to_string()
}

/// Reads `A2:A7`; `None` when it is no more than one row high.
fn merged(range: &str) -> Option<Merged> {
    let (from, to) = range.split_once(':')?;
    let ((column, first), (_, last)) = (position(from)?, position(to)?);
    (first < last).then_some(Merged { column, first, last })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_columns_and_rows() {
        assert_eq!(position("A1"), Some((0, 1)));
        assert_eq!(position("$AB$12"), Some((27, 12)));
        assert_eq!(position("XFD1048576"), Some((16_383, 1_048_576)));
        for place in ["", "A", "7", "A0", "XFE1", "AAAA1", "A1048577", "É1", "A1B", "A99999999999"] {
            assert_eq!(position(place), None, "{place}");
        }
        for place in ["A1", "Z9", "AA10", "XFD1048576"] {
            assert_eq!(position(place).map(shown).as_deref(), Some(place));
        }
    }
}
