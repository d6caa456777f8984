//! Excel workbooks: tables of answers, turns or transcripts, and exports of surveys.
//!
//! In: the bytes of an `.xlsx`. Out: the rows of one sheet, to [`Table`]; `line` is the sheet's row.
//! The first sheet with a header that names a text column is read, of several one that is no codebook or the like, and
//! with it others in the same columns that are talks, one person's answers each, or more rows; the rest is told of. Macros and formulas are never run, links never followed.

mod beside;
mod sheets;
mod talks;
mod values;
mod workbook;

use super::super::{CorpusError, ReadOptions, own_outputs};
use super::archive::Archive;
use super::package::Office;
use super::table::{self, HEADER_ROWS, Header, Lines, Table};
use super::{Claim, Contents, File, Reader, Reading};
use workbook::{Grid, MAX_CELLS, Row, Sheet, Workbook};

pub(crate) struct Xlsx;

const EXCEL: Office = Office {
    called: "Excel workbook",
    main: "xl/workbook.xml",
    kinds: ["spreadsheetml", "ms-excel"],
    hint: "save it as an Excel workbook (.xlsx) or as CSV, or give it the extension of what it is",
};
/// The most bytes of text that the cells of a sheet may hold, shared strings counted wherever they
/// are shown.
const MAX_TEXT: u64 = 256 << 20;
/// Rows among which the header is looked for.
const TOP_ROWS: usize = 20;

impl Reader for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xlsx", "xlsm"]
    }

    fn claim(&self, contents: &Contents, _options: &ReadOptions) -> Claim {
        EXCEL.claim(contents)
    }

    fn named_by_file(&self) -> bool {
        true
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        let path = file.path;
        let (mut archive, mut workbook) = open(path, &file.contents, file.options)?;
        let (sheet, grid, top) = beside::data_of(&mut workbook, &mut archive, file.options)?;
        let titles = top.header.titles.clone();
        let (mut reading, n_before) = read_sheet(&file, &workbook, &sheet, &grid, top)?;
        let read = talks::read_others(&file, &mut archive, &mut workbook, (&sheet, &titles), &mut reading);
        if let Some(told) = talks::not_read(&workbook, &read, path) {
            reading.warnings.insert(n_before, told);
        }
        if workbook.sheets.len() > 1 && read.len() == 1 {
            reading.layout = reading.layout.map(|layout| format!("sheet `{}`, {layout}", sheet.name));
        }
        reading.mojibake_repaired = workbook.mojibake_repaired;
        Ok(reading)
    }

    fn grid(&self, file: File<'_>) -> Result<super::Grid, CorpusError> {
        sheets::first(&file)
    }

    fn grid_that(
        &self,
        file: File<'_>,
        fits: &super::Fits,
        goes_on: &super::GoesOn,
    ) -> Result<super::Grid, CorpusError> {
        sheets::joined(&file, fits, goes_on)
    }
}

/// Reads a sheet as a table; beside it how many warnings do not come from its layout.
fn read_sheet(
    file: &File<'_>,
    workbook: &Workbook,
    sheet: &Sheet,
    grid: &Grid,
    top: Top,
) -> Result<(Reading, usize), CorpusError> {
    let path = file.path;
    let header = top.header.on_line(grid.rows.get(top.row).map_or(1, line));
    let mut table = Table::new(path, header, Lines::OfCell, file.options, file.names)?;
    let below = &grid.rows[(top.row + top.n_rows).min(grid.rows.len())..];
    fill(&mut table, below, &top.columns, workbook, sheet, path)?;
    table.reading.warnings.extend(errors_in(grid, sheet, path));
    let n_before = table.reading.warnings.len();
    Ok((table.finish(), n_before))
}

/// The rows of a sheet below its header.
fn table_below(grid: &Grid, top: Top, workbook: &Workbook) -> super::Grid {
    let below = &grid.rows[(top.row + top.n_rows).min(grid.rows.len())..];
    let text = |value: Option<&workbook::Value>| value.map_or("", |value| workbook.text(value)).to_owned();
    let rows = below.iter().map(|row| (line(row), cells_at(row, &top.columns).map(text).collect())).collect();
    super::Grid { header: top.header.titles, rows, left_out: None, sheets: Vec::new() }
}

/// The archive and its workbook.
fn open<'a>(
    path: &'a str,
    contents: &'a Contents,
    options: &ReadOptions,
) -> Result<(Archive<'a>, Workbook), CorpusError> {
    let mut archive = EXCEL.open(path, contents)?;
    let main = EXCEL.main_part(&mut archive)?;
    let workbook = Workbook::read(&mut archive, &main, options.keep_mojibake)?;
    Ok((archive, workbook))
}

/// The header of a sheet and where it stands.
struct Top {
    header: Header,
    /// Columns of the sheet by the header's columns.
    columns: Vec<u32>,
    /// Index of its first row among those of the grid.
    row: usize,
    /// Rows of the grid that it takes.
    n_rows: usize,
}

/// The first sheet with a header of a table of interviews, else the first with contents; visible
/// ones before hidden ones.
fn sheet_of(
    workbook: &mut Workbook,
    archive: &mut Archive<'_>,
    options: &ReadOptions,
) -> Result<(Sheet, Grid, Top), CorpusError> {
    let mut sheets = workbook.sheets.clone();
    sheets.sort_by_key(|sheet| sheet.is_hidden);
    let mut first = None;
    for sheet in sheets {
        if sheet.is_hidden && first.is_some() {
            break;
        }
        let grid = workbook.grid(archive, &sheet)?;
        if grid.rows.is_empty() {
            continue;
        }
        let top = top_of(&grid, workbook, options);
        if table::is_header(&top.header.titles, options) {
            return Ok((sheet, grid, top));
        }
        first = first.or(Some((sheet, grid, top)));
    }
    first.ok_or_else(|| CorpusError::Empty { path: archive.path().to_owned() })
}

/// Finds the header: the first row that is not much narrower than the table, so that titles above it
/// are passed over. A later row is taken only when its names leave no doubt.
fn top_of(grid: &Grid, workbook: &Workbook, options: &ReadOptions) -> Top {
    let rows = &grid.rows[..grid.rows.len().min(TOP_ROWS)];
    let widest = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    let first = rows.iter().position(|row| row.cells.len() * 3 >= widest).unwrap_or_default();
    // A title alone above a blank row, however much it reads like a question.
    if let [title, below, ..] = &rows[first..]
        && (title.cells.len(), widest > 1, below.number > title.number + 1) == (1, true, true)
    {
        let top = header_at(grid, first + 1, workbook);
        let titles = &top.header.titles;
        let is_of_interviews = || table::is_header(titles, options) && table::column_of_ids(titles, options).is_some();
        if own_outputs::without_words(titles).is_some() || is_of_interviews() {
            return top;
        }
    }
    let top = header_at(grid, first, workbook);
    if table::is_header(&top.header.titles, options) {
        return top;
    }
    let named = (first + 1..rows.len()).map(|row| header_at(grid, row, workbook));
    named.into_iter().find(|top| table::names_columns(&top.header.titles)).unwrap_or(top)
}

/// The header that starts at a row of the grid.
fn header_at(grid: &Grid, row: usize, workbook: &Workbook) -> Top {
    let rows = &grid.rows[row..grid.rows.len().min(row + HEADER_ROWS)];
    let mut columns: Vec<u32> = rows.iter().flat_map(|row| row.cells.iter().map(|&(column, _)| column)).collect();
    columns.sort_unstable();
    columns.dedup();
    let mut texts = rows.iter().map(|row| -> Vec<String> {
        let texts = cells_at(row, &columns).map(|value| value.map_or("", |value| workbook.text(value)));
        texts.map(|text| text.trim().to_owned()).collect()
    });
    let first = texts.next().unwrap_or_default();
    let header = Header::of(first, &texts.collect::<Vec<_>>());
    // Columns without a title hold nothing that could be asked for.
    let titled = |column: usize| !header.titles[column].is_empty();
    let columns = (0..columns.len()).filter(|&column| titled(column)).map(|column| columns[column]).collect();
    let n_rows = header.rows;
    Top { header: header.titled(), columns, row, n_rows }
}

/// The values of a row in some columns; both rise.
fn cells_at<'r>(row: &'r Row, columns: &'r [u32]) -> impl Iterator<Item = Option<&'r workbook::Value>> {
    let mut cells = row.cells.iter().peekable();
    columns.iter().map(move |&wanted| {
        while cells.next_if(|&&(column, _)| column < wanted).is_some() {}
        cells.next_if(|&&(column, _)| column == wanted).map(|(_, value)| value)
    })
}

fn line(row: &Row) -> usize {
    usize::try_from(row.number).unwrap_or(usize::MAX)
}

/// Hands the rows below the header over.
fn fill(
    table: &mut Table<'_>,
    rows: &[Row],
    columns: &[u32],
    workbook: &Workbook,
    sheet: &Sheet,
    path: &str,
) -> Result<(), CorpusError> {
    let in_sheet = |reason: String| CorpusError::Malformed {
        path: path.to_owned(),
        place: format!("sheet `{}`", sheet.name),
        reason,
        hint: "keep the columns that are needed, or split it into several files",
    };
    if rows.len().saturating_mul(columns.len()) > MAX_CELLS {
        return Err(in_sheet(format!(
            "{} rows of {} columns are more than {MAX_CELLS} cells",
            rows.len(),
            columns.len()
        )));
    }
    let mut bytes = 0;
    let mut number = 0;
    let (mut outside, mut n_merged) = (Outside::of(columns), 0);
    for row in rows {
        let mut cells: Vec<&str> =
            cells_at(row, columns).map(|value| value.map_or("", |value| workbook.text(value))).collect();
        let n_filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        outside.push(row, workbook);
        if n_filled == 0 {
            continue;
        }
        // Words in cells that are merged were said once; what tells whose they are holds for each row.
        for (at, cell) in cells.iter_mut().enumerate().filter(|(at, _)| row.merged.contains(&columns[*at])) {
            if table.is_of_words(at) {
                n_merged += 1;
                *cell = "";
            }
        }
        bytes += cells.iter().map(|cell| cell.len() as u64).sum::<u64>();
        if bytes > MAX_TEXT {
            let what = format!("the text of sheet `{}` has", sheet.name);
            return Err(CorpusError::TooLarge { path: path.to_owned(), what, bytes, limit: MAX_TEXT });
        }
        number += 1;
        table.push(number, line(row), &cells);
    }
    table.reading.warnings.extend(outside.told(sheet, path));
    if n_merged > 0 {
        let cells = if n_merged == 1 { "1 cell of words is" } else { &format!("{n_merged} cells of words are") };
        table.reading.warnings.push(format!(
            "`{path}`, sheet `{}`: {cells} merged with the one above; the words were read once, in the first row",
            sheet.name
        ));
    }
    if number == 0 { Err(in_sheet("a header and no rows".to_owned())) } else { Ok(()) }
}

/// The cells below a header that stand in columns without a title.
struct Outside<'c> {
    /// The columns with one, rising.
    columns: &'c [u32],
    n: usize,
    /// The last number of the only such column, in front of all others, as long as its numbers rise: they count the
    /// rows.
    last: Option<u64>,
    count_rows: bool,
}

impl<'c> Outside<'c> {
    fn of(columns: &'c [u32]) -> Self {
        Self { columns, n: 0, last: None, count_rows: true }
    }

    fn push(&mut self, row: &Row, workbook: &Workbook) {
        for (column, value) in row.cells.iter().filter(|(column, _)| self.columns.binary_search(column).is_err()) {
            let text = workbook.text(value).trim();
            if text.is_empty() {
                continue;
            }
            self.n += 1;
            let is_first = self.columns.first().is_some_and(|own| column < own);
            let number: Option<u64> = text.parse().ok().filter(|_| is_first);
            self.count_rows = self.count_rows && number.is_some() && number > self.last;
            self.last = number;
        }
    }

    /// Says how many there are, other than numbers of rows.
    fn told(&self, sheet: &Sheet, path: &str) -> Option<String> {
        let cells = match self.n {
            0 => return None,
            _ if self.count_rows && self.n > 1 => return None,
            1 => "1 cell".to_owned(),
            n => format!("{n} cells"),
        };
        Some(format!("`{path}`, sheet `{}`: {cells} in columns without a title were left out", sheet.name))
    }
}

/// Says how many cells hold errors.
fn errors_in(grid: &Grid, sheet: &Sheet, path: &str) -> Option<String> {
    let first = grid.first_error.as_ref()?;
    let cells = if grid.errors == 1 {
        "1 cell holds an error".to_owned()
    } else {
        format!("{} cells hold errors", grid.errors)
    };
    Some(format!("`{path}`, sheet `{}`: {cells} and no value, first {first}", sheet.name))
}

#[cfg(test)]
mod tests;
