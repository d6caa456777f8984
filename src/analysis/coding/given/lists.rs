//! Cells that may hold several codes between commas.
//!
//! In: sheets of coded passages as they were read, and the codes of the codebooks. Out: what is to be told of codes
//! with a comma that look like a list. It divides no cell: one of whose parts each is a code was read as a list before.

use std::collections::{BTreeSet, HashSet};

use super::key;
use crate::analysis::evaluation::{CodeSheet, lists_by_comma};
use crate::corpus::some;

/// That codes of one table look like lists; `known`: codes and names of the codebooks.
pub(super) fn told(sheets: &[CodeSheet], known: &[String]) -> Option<String> {
    let known: HashSet<String> = known.iter().map(|code| key(code)).collect();
    let rows = sheets.iter().flat_map(|sheet| &sheet.rows);
    let written = rows.flat_map(|row| row.codes.iter().chain(&row.denied).map(move |code| (row.line, code)));
    let unknown: Vec<(usize, &String)> =
        written.filter(|(_, code)| code.contains(',') && !known.contains(&key(code))).collect();
    let is_part = |(_, code): &&(usize, &String)| code.split(',').any(|part| known.contains(&key(part)));
    let found: Vec<&(usize, &String)> = unknown.iter().filter(is_part).collect();
    let (Some((line, _)), Some(sheet)) = (found.first(), sheets.first()) else {
        return if unknown.is_empty() { None } else { lists_by_comma(sheets) };
    };
    let codes: BTreeSet<&str> = found.iter().map(|(_, code)| code.as_str()).collect();
    Some(format!(
        "`{}`, line {line}: {} was read as one code, though a part of it is a code of the codebook; if it is a list, \
         add `--separator ,`",
        sheet.path,
        some(&codes.into_iter().collect::<Vec<_>>())
    ))
}

#[cfg(test)]
mod tests {
    use super::super::read_given_with;
    use std::path::PathBuf;

    const BOOK: &str =
        "code,name,definition\nswaps,Swapping,First.\nfamily,Family,Second.\n\"pay, rent\",Money,Third.\n";

    /// The codes of each row, the number of all codes, and what is told of lists.
    fn read(sheet: &str, separator: Option<&str>) -> (Vec<String>, usize, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<PathBuf> = ["book.csv", "sheet.csv"].iter().map(|name| folder.path().join(name)).collect();
        std::fs::write(&paths[0], BOOK).unwrap();
        std::fs::write(&paths[1], format!("id,code\n{sheet}")).unwrap();
        let given = read_given_with(&paths, separator).unwrap();
        let rows = given.sheets[0].rows.iter().map(|row| row.codes.join("+")).collect();
        let told = given.warnings.into_iter().filter(|told| told.contains("--separator")).collect();
        (rows, given.codes.len(), told)
    }

    #[test]
    fn a_cell_of_which_each_part_is_a_code_is_a_list() {
        let (rows, codes, told) =
            read("p#1,\"swaps, Family\"\np#2,\"pay, rent\"\np#3,\"Money,swaps,pay, rent\"\n", None);
        assert_eq!(rows, ["swaps+Family", "pay, rent", "Money+swaps+pay, rent"]);
        assert!(codes == 3 && told.is_empty(), "{codes} {told:?}");
    }

    #[test]
    fn a_cell_of_which_one_part_is_a_code_is_one_code_and_told() {
        let (rows, codes, told) = read("p#1,swaps\np#2,\"swaps, bees\"\n", None);
        assert_eq!((rows.as_slice(), codes), (&["swaps".to_owned(), "swaps, bees".to_owned()][..], 4));
        assert!(told.len() == 1 && told[0].contains("line 3: `swaps, bees` was read as one code"), "{told:?}");
        let (rows, codes, told) = read("p#1,swaps\np#2,\"swaps, bees\"\n", Some(","));
        assert_eq!((rows[1].as_str(), codes, told.len()), ("swaps+bees", 4, 0));
        let (_, codes, told) = read("p#1,swaps\np#2,\"late, and long\"\n", None);
        assert!(codes == 4 && told.is_empty(), "no part of it is a code: {told:?}");
    }
}
