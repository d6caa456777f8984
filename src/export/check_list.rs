//! What to look at before something with pseudonyms is passed on, as a table.
//!
//! In: what remains. Out: CSV with `unit`, `kind`, `text`, `place`, for the researcher alone; and whether a file is such
//! a list.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

use super::ExportError;
use super::csv::write_csv;
use super::table::{Cell, Column, Table};
use crate::analysis::pseudonyms::Remains;

const COLUMNS: [(&str, u16); 4] = [("unit", 26), ("kind", 24), ("text", 40), ("place", 40)];
/// Bytes of a file's first line that are looked at.
const FIRST_LINE: u64 = 64;

/// Whether a file begins as [`write_check_list`] begins one.
pub(crate) fn is_check_list(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    let mut line = String::new();
    let is_read = BufReader::new(file.take(FIRST_LINE)).read_line(&mut line).is_ok();
    is_read && line.trim_end() == COLUMNS.map(|(title, _)| title).join(",")
}

/// Writes the check list.
///
/// # Errors
/// [`ExportError::Write`].
pub(crate) fn write_check_list(remains: &[Remains], out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
    let columns = COLUMNS.map(|(title, width)| Column::text(title, width)).to_vec();
    let rows = remains.iter().map(|found| {
        let unit = Some(found.unit.as_str()).filter(|unit| !unit.is_empty());
        vec![Cell::maybe(unit), found.kind.word().into(), found.text.as_str().into(), found.place.as_str().into()]
    });
    write_csv(Table { name: "check list", columns, rows: Box::new(rows) }, false, out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_list_is_known_and_no_other_file_is_taken_for_one() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        write_check_list(&[], &mut File::create(at("empty.csv")).unwrap()).unwrap();
        let kind = crate::analysis::pseudonyms::RemainsKind::Mail;
        let one = Remains { unit: "s/p#1".into(), kind, text: "a@b.org".into(), place: "passage".into() };
        write_check_list(&[one], &mut File::create(at("list.csv")).unwrap()).unwrap();
        assert!(is_check_list(&at("empty.csv")) && is_check_list(&at("list.csv")));
        let annotated = "unit,kind,text,place,done\ns/p#1,,,,yes\n";
        for (name, text) in [("own.csv", annotated), ("mine.txt", "unit"), ("e", "")] {
            std::fs::write(at(name), text).unwrap();
            assert!(!is_check_list(&at(name)), "{name}");
        }
        std::fs::write(at("bytes"), [0xff; 200]).unwrap();
        assert!(!is_check_list(&at("bytes")) && !is_check_list(&at("none")) && !is_check_list(folder.path()));
    }
}
