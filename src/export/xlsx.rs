//! A workbook for Excel, LibreOffice and others.
//!
//! In: an analysis. Out: the sheets themes, quotes, assignments, compare (of several studies) and manifest,
//! each with its titles frozen and a filter on every column. Words stay words: nothing is a formula or a link. Excel holds 32,767 characters a cell and
//! 1,048,576 rows a sheet; longer cells are cut with a mark at their end, and longer tables go on in
//! another sheet. Rows wait on disk, in a file without a name, so that memory holds each text once.

use std::borrow::Cow;
use std::io::Write;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::assignments::assignments;
use super::comparison::{differences, of_studies};
use super::fails_once::FailsOnce;
use super::table::{Cell, Table, looks_like_formula};
use super::themes::{manifest, quotes, themes};
use super::{ExportError, Exporter, check_counts};
use crate::analysis::{Analysis, Comparison};
use crate::corpus::guarded;
use crate::theme::numbers::{counted, number};

/// The tables of an analysis as sheets.
#[derive(Clone, Copy, Debug, Default)]
pub struct Xlsx;

/// What Excel holds in a cell, in UTF-16 code units.
const CELL_LENGTH: usize = 32_767;
/// Rows of a sheet below its titles.
const SHEET_ROWS: usize = 1_048_575;

/// The sheets in their order.
fn sheets<'a>(analysis: &'a Analysis, comparison: Option<&'a Comparison>) -> Vec<Table<'a>> {
    let summary = &analysis.summary;
    let mut sheets = vec![themes(summary), quotes(summary), assignments(analysis)];
    sheets.extend(comparison.map(differences));
    sheets.push(manifest(summary));
    sheets
}

impl Exporter for Xlsx {
    fn write(&self, analysis: &Analysis, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
        check_counts(analysis)?;
        // Without several studies there is nothing to compare.
        let comparison = of_studies(analysis).ok();
        write_workbook(sheets(analysis, comparison.as_ref()), SHEET_ROWS, out)
    }

    fn notices(&self, analysis: &Analysis) -> Vec<String> {
        let mut notices = Vec::new();
        for table in sheets(analysis, None) {
            let is_cut = |cell: &Cell| matches!(cell, Cell::Text(text) if matches!(held(text), Cow::Owned(_)));
            let mut cut = 0;
            for row in table.rows {
                cut += row.iter().filter(|cell| is_cut(cell)).count();
            }
            if cut > 0 {
                notices.push(format!(
                    "{} of the sheet `{}` cut: Excel holds {} characters; the other formats have the whole text",
                    counted(cut, "cell"),
                    table.name,
                    number(CELL_LENGTH)
                ));
            }
        }
        notices
    }
}

/// Writes a workbook of one table.
pub(super) fn write_sheet(table: Table, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
    write_tables(vec![table], out)
}

/// Writes a workbook of several.
pub(super) fn write_tables(tables: Vec<Table>, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
    write_workbook(tables, SHEET_ROWS, out)
}

fn failed(error: XlsxError) -> ExportError {
    ExportError::Write(std::io::Error::other(error))
}

/// Writes tables as sheets of at most `sheet_rows` rows below the titles.
fn write_workbook(tables: Vec<Table>, sheet_rows: usize, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
    let mut out = FailsOnce::new(out);
    // The crate panics when its temporary files cannot be written.
    let result = guarded(|| write_unguarded(tables, sheet_rows, &mut out)).unwrap_or_else(|| {
        let folder = std::env::temp_dir();
        let reason = format!("no room for a temporary file in {}", folder.display());
        Err(ExportError::Write(std::io::Error::new(std::io::ErrorKind::StorageFull, reason)))
    });
    out.outcome(result)
}

fn write_unguarded(tables: Vec<Table>, sheet_rows: usize, out: &mut FailsOnce) -> Result<(), ExportError> {
    let mut workbook = Workbook::new();
    // Fixed, so that writing again gives the same bytes.
    let created = ExcelDateTime::from_ymd(1980, 1, 1).map_err(failed)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let formats = Formats::new();
    for table in tables {
        write_sheets(table, sheet_rows, &formats, &mut workbook).map_err(failed)?;
    }
    workbook.save_to_writer(out).map_err(failed)
}

struct Formats {
    title: Format,
    text: Format,
    /// Text that would be a formula when somebody types it.
    disarmed: Format,
}

impl Formats {
    fn new() -> Self {
        let text = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
        let title = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
        Self { title, disarmed: text.clone().set_quote_prefix(), text }
    }
}

fn write_sheets(table: Table, sheet_rows: usize, formats: &Formats, workbook: &mut Workbook) -> Result<(), XlsxError> {
    let Table { name, columns, mut rows } = table;
    let mut next = rows.next();
    for part in 1.. {
        let sheet = workbook.add_worksheet_with_low_memory()?;
        sheet.set_name(if part == 1 { name.to_string() } else { format!("{name} {part}") })?;
        sheet.set_freeze_panes(1, 0)?;
        for (at, column) in (0u16..).zip(&columns) {
            sheet.set_column_width(at, f64::from(column.width))?;
            sheet.write_string_with_format(0, at, held(&column.title), &formats.title)?;
        }
        let mut last = 0;
        for row in 1..=sheet_rows as u32 {
            let Some(cells) = next.take() else { break };
            write_row(sheet, row, &cells, formats)?;
            (last, next) = (row, rows.next());
        }
        if let Some(last_column) = (columns.len() as u16).checked_sub(1) {
            sheet.autofilter(0, 0, last, last_column)?;
        }
        if next.is_none() {
            break;
        }
    }
    Ok(())
}

fn write_row(sheet: &mut Worksheet, row: u32, cells: &[Cell], formats: &Formats) -> Result<(), XlsxError> {
    for (at, cell) in (0u16..).zip(cells) {
        match cell {
            Cell::Empty => continue,
            Cell::Text(text) if text.is_empty() => continue,
            Cell::Text(text) => {
                let format = if looks_like_formula(text) { &formats.disarmed } else { &formats.text };
                sheet.write_string_with_format(row, at, held(text), format)?
            }
            Cell::Whole(value) => sheet.write_number(row, at, *value as f64)?,
            Cell::Number(value) if value.is_finite() => sheet.write_number(row, at, *value)?,
            Cell::Number(value) => sheet.write_string(row, at, value.to_string())?,
        };
    }
    Ok(())
}

/// The text as far as Excel holds it; what was cut says so at its end.
fn held(text: &str) -> Cow<'_, str> {
    let length: usize = text.chars().map(char::len_utf16).sum();
    if length <= CELL_LENGTH {
        return text.into();
    }
    let mark = format!(" […] (cut: {} characters)", number(text.chars().count()));
    let mut room = CELL_LENGTH - mark.chars().map(char::len_utf16).sum::<usize>();
    let fits = |&(_, c): &(usize, char)| {
        let fits = c.len_utf16() <= room;
        room = room.saturating_sub(c.len_utf16());
        fits
    };
    let end = text.char_indices().take_while(fits).last().map_or(0, |(at, c)| at + c.len_utf8());
    format!("{}{mark}", &text[..end]).into()
}

#[cfg(test)]
mod tests {
    use super::super::table::Column;
    use super::*;

    #[test]
    fn long_texts_are_cut_where_excel_cuts_and_say_so() {
        let whole = "a".repeat(32_767);
        assert_eq!(held(&whole), whole);
        for long in ["a".repeat(32_768), "😀".repeat(16_384)] {
            let cut = held(&long);
            assert!(cut.ends_with(&format!(" […] (cut: {} characters)", number(long.chars().count()))));
            let length = cut.encode_utf16().count();
            assert!(length == 32_767 || length == 32_766, "{length}");
        }
        let halves = "😀".repeat(16_383);
        assert_eq!(held(&halves), halves);
    }

    #[test]
    fn every_column_can_be_filtered() {
        let table = Table {
            name: "two words",
            columns: vec![Column::text("a", 5), Column::text("b", 5)],
            rows: Box::new((0..7).map(|i| vec![format!("row {i}").into(), "x".into()])),
        };
        let mut out = Vec::new();
        write_workbook(vec![table], 4, &mut out).unwrap();
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(out)).unwrap();
        let mut sheet = |name: &str| std::io::read_to_string(zip.by_name(name).unwrap()).unwrap();
        assert!(sheet("xl/worksheets/sheet1.xml").contains("<autoFilter ref=\"A1:B5\"/>"));
        assert!(sheet("xl/worksheets/sheet2.xml").contains("<autoFilter ref=\"A1:B4\"/>"));
    }

    #[test]
    fn a_table_too_long_for_a_sheet_goes_on_in_another() {
        let table = |n: usize| Table {
            name: "t",
            columns: vec![Column::text("a", 5)],
            rows: Box::new((0..n).map(|i| vec![format!("row {i}").into()])),
        };
        let sheets_of = |n: usize| {
            let mut out = Vec::new();
            write_workbook(vec![table(n)], 10, &mut out).unwrap();
            let zip = zip::ZipArchive::new(std::io::Cursor::new(out)).unwrap();
            zip.file_names().filter(|name| name.as_ref().unwrap().starts_with("xl/worksheets/sheet")).count()
        };
        assert_eq!([0, 1, 10, 11, 20, 21].map(sheets_of), [1, 1, 1, 2, 2, 3]);
    }
}
