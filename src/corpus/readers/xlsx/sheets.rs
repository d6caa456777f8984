//! Workbooks in which what is asked for may stand on any sheet, or on several.
//!
//! In: a workbook, which headers fit, and which of them go on with the first. Out: the rows of the first sheet that
//! fits with those of the sheets that go on with it, under all their titles; by name the sheets with rows that are
//! left out. Hidden sheets are left out where another fits.

use super::super::super::{CorpusError, plain};
use super::super::archive::Archive;
use super::super::{File, Fits, GoesOn, Grid};
use super::workbook::Workbook;
use super::{open, sheet_of, table_below, top_of};

/// Reads what fits.
pub(super) fn joined(file: &File<'_>, fits: &Fits, goes_on: &GoesOn) -> Result<Grid, CorpusError> {
    let (mut archive, mut workbook) = open(file.path, &file.contents, file.options)?;
    let mut found: Option<(Vec<String>, Grid)> = None;
    let (mut read, mut others) = (Vec::new(), Vec::new());
    for sheet in workbook.sheets.clone() {
        if sheet.is_hidden {
            if workbook.grid(&mut archive, &sheet).is_ok_and(|grid| !grid.rows.is_empty()) {
                others.push(format!("`{}` (hidden)", sheet.name));
            }
            continue;
        }
        let grid = workbook.grid(&mut archive, &sheet)?;
        if grid.rows.is_empty() {
            continue;
        }
        let top = top_of(&grid, &workbook, file.options);
        let header = top.header.titles.clone();
        let is_wanted = fits(&header) && found.as_ref().is_none_or(|(first, _)| goes_on(first, &header));
        if !is_wanted {
            others.push(format!("`{}`", sheet.name));
            continue;
        }
        read.push(format!("`{}`", sheet.name));
        let table = Grid { sheets: vec![(0, sheet.name.clone())], ..table_below(&grid, top, &workbook) };
        match &mut found {
            Some((_, all)) => add(all, table),
            None => found = Some((header, table)),
        }
    }
    match found {
        Some((_, grid)) => Ok(Grid { left_out: left_out(file.path, &read, &others), ..grid }),
        None => first_of(file, &mut archive, &mut workbook),
    }
}

/// Reads the sheet that is most like a table of interviews.
pub(super) fn first(file: &File<'_>) -> Result<Grid, CorpusError> {
    let (mut archive, mut workbook) = open(file.path, &file.contents, file.options)?;
    first_of(file, &mut archive, &mut workbook)
}

fn first_of(file: &File<'_>, archive: &mut Archive<'_>, workbook: &mut Workbook) -> Result<Grid, CorpusError> {
    let (sheet, grid, top) = sheet_of(workbook, archive, file.options)?;
    let mut others = Vec::new();
    for other in workbook.sheets.clone().into_iter().filter(|other| *other != sheet) {
        if workbook.grid(archive, &other).is_ok_and(|grid| !grid.rows.is_empty()) {
            others.push(format!("`{}`{}", other.name, if other.is_hidden { " (hidden)" } else { "" }));
        }
    }
    let left_out = left_out(file.path, &[format!("`{}`", sheet.name)], &others);
    Ok(Grid { left_out, sheets: vec![(0, sheet.name)], ..table_below(&grid, top, workbook) })
}

fn left_out(path: &str, read: &[String], others: &[String]) -> Option<String> {
    let sheets = if read.len() == 1 { "sheet" } else { "sheets" };
    let were = if read.len() == 1 { "was" } else { "were" };
    (!others.is_empty()).then(|| {
        format!(
            "`{path}`: {sheets} {} {were} read, not {}; save a sheet as a file of its own to read it too",
            read.join(", "),
            others.join(", ")
        )
    })
}

/// Adds the rows of another table under the same titles; titles that are new stand behind the others.
fn add(all: &mut Grid, other: Grid) {
    let mut taken = vec![false; all.header.len()];
    let mut columns = Vec::with_capacity(other.header.len());
    for title in &other.header {
        let is_it = |column: &usize| !taken[*column] && plain(&all.header[*column]) == plain(title);
        let column = (0..all.header.len()).find(is_it).unwrap_or_else(|| {
            all.header.push(title.clone());
            taken.push(false);
            all.header.len() - 1
        });
        taken[column] = true;
        columns.push(column);
    }
    let before = all.rows.len();
    all.sheets.extend(other.sheets.into_iter().map(|(at, name)| (before + at, name)));
    for (line, cells) in other.rows {
        let mut row = vec![String::new(); all.header.len()];
        for (cell, &column) in cells.into_iter().zip(&columns) {
            row[column] = cell;
        }
        all.rows.push((line, row));
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::ReadOptions;
    use super::super::super::super::speakers::Names;
    use super::super::super::Contents;
    use super::super::tests::{rows, workbook};
    use super::*;

    fn read(sheets: &[(&str, &str, &str)], goes_on: bool) -> Grid {
        let contents = Contents::Binary(workbook("", sheets));
        let (options, names) = (ReadOptions::default(), Names::default());
        let file = File { path: "a.xlsx", extension: None, contents, options: &options, names: &names };
        joined(&file, &|header| header.iter().any(|title| title == "code"), &|_, _| goes_on).unwrap()
    }

    #[test]
    fn sheets_that_go_on_are_read_and_the_others_are_named() {
        let one = rows(&[&["code", "definition"], &["swaps", "Shifts are exchanged."]]);
        let two = rows(&[&["name", "code"], &["Pay day", "pay"]]);
        let notes = rows(&[&["notes", "more"], &["about the codes", "x"]]);
        let sheets =
            [("One", "", one.as_str()), ("Notes", "", &notes), ("Two", "", &two), ("Old", "state='hidden'", &one)];
        let grid = read(&sheets, true);
        assert_eq!(grid.header, ["code", "definition", "name"]);
        let cells: Vec<Vec<&str>> =
            grid.rows.iter().map(|(_, cells)| cells.iter().map(String::as_str).collect()).collect();
        assert_eq!(cells, [vec!["swaps", "Shifts are exchanged."], vec!["pay", "", "Pay day"]]);
        let told = grid.left_out.unwrap();
        assert!(told.starts_with("`a.xlsx`: sheets `One`, `Two` were read, not `Notes`, `Old` (hidden);"), "{told}");
        // Where they do not, the first is read.
        let grid = read(&sheets, false);
        assert_eq!(grid.rows.len(), 1);
        assert!(grid.left_out.unwrap().contains("sheet `One` was read, not `Notes`, `Two`, `Old` (hidden);"));
    }

    #[test]
    fn a_sheet_by_itself_leaves_nothing_out_and_one_that_does_not_fit_is_taken_where_none_does() {
        let one = rows(&[&["code", "definition"], &["swaps", "Shifts are exchanged."]]);
        assert_eq!(read(&[("One", "", one.as_str()), ("Empty", "", "<sheetData/>")], true).left_out, None);
        let (notes, more) = (rows(&[&["notes"], &["x"]]), rows(&[&["more"], &["y"]]));
        let grid = read(&[("Notes", "", notes.as_str()), ("More", "", more.as_str())], true);
        assert_eq!(grid.header, ["notes"]);
        assert!(grid.left_out.unwrap().contains("sheet `Notes` was read, not `More`;"));
    }
}
