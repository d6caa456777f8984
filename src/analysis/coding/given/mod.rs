//! The codes as the researcher gave them.
//!
//! In: files. A codebook is a table with a column `code` (CSV, XLSX, …), a REFI-QDA codebook (`.qdc`), or what
//! `leitmotif export --to codebook-csv` wrote; a table with ids is what people coded, and its passages are examples.
//! A REFI-QDA project (`.qdpx`) is both.
//! Out: [`Given`]: each code once, also where one file calls it by its name and another by its code, with its
//! definition and examples, and the tables of coded passages as [`evaluation`](crate::analysis::evaluation) reads
//! them, by its rules. It knows no interviews, corrects nothing, and refuses what contradicts itself, with file and
//! line.

mod language;
mod lists;
mod meaning;
mod names;
mod own;
mod refi;
mod table;

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};

pub(super) use self::language::of_unknown_language;
use super::CodingError;
use super::policy::MOST_CODES;
use crate::analysis::evaluation::{
    CodeOptions, CodeSheet, Splitting, codes_of_grid, holds_codes, names_passages, reserved,
};
pub(super) use crate::analysis::saved::code_key as key;
use crate::analysis::saved::{CodesFile, GivenCode};
use crate::corpus::{Grid, ReadOptions, grid_of_all, own_table, plain, read_file, some};
use crate::theme::numbers::counted;

/// Where something was said in a file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) path: String,
    /// Of a workbook.
    pub(crate) sheet: Option<String>,
    /// 1-based.
    pub(crate) line: usize,
}

impl Place {
    /// A line of a file that is no workbook.
    pub(crate) fn new(path: &str, line: usize) -> Self {
        Self { path: path.to_owned(), sheet: None, line }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sheet = self.sheet.as_ref().map(|sheet| format!("sheet `{sheet}`, ")).unwrap_or_default();
        write!(f, "`{}`, {sheet}line {}", self.path, self.line)
    }
}

/// One code.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Code {
    /// As written.
    pub(crate) code: String,
    pub(crate) name: Option<String>,
    pub(crate) definition: Option<String>,
    pub(crate) include: Option<String>,
    pub(crate) exclude: Option<String>,
    pub(crate) examples: Vec<Example>,
    /// What it stands below in a hierarchy, the nearest last.
    pub(crate) below: Vec<String>,
    /// Where it was met first.
    pub(crate) place: Place,
}

/// Words that a codebook gives as an example of a code.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Example {
    pub(crate) text: String,
    /// Whether it stands in a table of words and their codes, not beside what a codebook says of the code.
    pub(crate) is_coded: bool,
    pub(crate) place: Place,
}

impl Code {
    fn new(code: String, place: Place) -> Self {
        let (name, definition, include, exclude) = (None, None, None, None);
        Self { code, name, definition, include, exclude, examples: Vec::new(), below: Vec::new(), place }
    }

    /// What people call it.
    pub(crate) fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.code)
    }

    /// As it is saved with a theme, nothing counted yet.
    pub(crate) fn stored(&self) -> GivenCode {
        GivenCode {
            code: self.code.clone(),
            name: self.label().to_owned(),
            definition: self.definition.clone(),
            include: self.include.clone(),
            exclude: self.exclude.clone(),
            below: self.below.clone(),
            examples: 0,
            by_hand: 0,
            threshold: 1.0,
            expected: None,
        }
    }
}

/// Everything that was given.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Each once, in the order in which they were met.
    pub(crate) codes: Vec<Code>,
    /// What people coded.
    pub(crate) sheets: Vec<CodeSheet>,
    pub(crate) files: Vec<CodesFile>,
    /// What a reader of the results should know of them.
    pub(crate) warnings: Vec<String>,
    /// For each code, its name too, in lower case, its place.
    place_of: HashMap<String, usize>,
}

/// Reads codebooks and coded passages.
///
/// # Errors
/// [`CodingError`], with file and line.
pub fn read_given(paths: &[PathBuf]) -> Result<Given, CodingError> {
    read_given_with(paths, None)
}

/// The same; `separator`: what separates codes in a cell besides `;`, `|` and line breaks.
///
/// # Errors
/// Those of [`read_given`].
pub fn read_given_with(paths: &[PathBuf], separator: Option<&str>) -> Result<Given, CodingError> {
    let files = paths.iter().map(|path| File::read(path)).collect::<Result<Vec<_>, _>>()?;
    let known_codes: Vec<String> = files.iter().flat_map(File::known_codes).collect();
    let separator = separator.map(str::to_owned);
    let options = CodeOptions { known_codes, separator, ..CodeOptions::default() };
    let mut given = Given::default();
    for (path, file) in paths.iter().zip(files) {
        given.take_file(path, file, &options)?;
    }
    given.take_codes_of_sheets()?;
    given.check(paths)?;
    Ok(given)
}

/// A file that was read. How cells with several codes are told apart depends on the codes of all files.
struct File {
    /// The path, as messages show it.
    shown: String,
    blake3: String,
    what: What,
    /// What of it was not read.
    left_out: Vec<String>,
}

enum What {
    /// A codebook in which each code has a place of its own.
    Codebook(Vec<Code>),
    Project(refi::Project),
    /// Codes, several in a cell perhaps, and words that are examples of them.
    Examples(Grid, table::Columns),
    Coded(Grid),
}

impl File {
    fn read(path: &Path) -> Result<Self, CodingError> {
        let shown = path.display().to_string().replace('\\', "/");
        let bytes = read_file(path)?;
        let blake3 = blake3::hash(&bytes).to_hex().to_string();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        let (shown, what, left_out) = match ending.as_str() {
            "qdc" => {
                let codes = refi::codes(&shown, bytes)?;
                (shown, What::Codebook(codes), Vec::new())
            }
            "qdpx" => {
                let project = refi::project(path, &shown, &bytes)?;
                (shown, What::Project(project), Vec::new())
            }
            _ => Self::read_table(path, bytes)?,
        };
        Ok(Self { shown, blake3, what, left_out })
    }

    fn read_table(path: &Path, bytes: Vec<u8>) -> Result<(String, What, Vec<String>), CodingError> {
        let fits =
            |header: &[String]| table::Columns::find(header).is_some() || holds_codes(header, &CodeOptions::default());
        // A codebook may stand on several sheets. On those of coded passages may be other people's codes.
        let goes_on =
            |first: &[String], other: &[String]| is_whole(first).is_some() && is_whole(first) == is_whole(other);
        let (shown, mut grid) = grid_of_all(path, bytes, &ReadOptions::default(), &fits, &goes_on)?;
        let mut left_out: Vec<String> = grid.left_out.take().into_iter().collect();
        let names_passages = names_passages(&grid.header);
        let what = match table::Columns::find(&grid.header) {
            Some(columns) if columns.define_codes() || !names_passages => {
                left_out.extend(columns.unread(&shown, &grid.header)?);
                match columns.are_whole() {
                    true => What::Codebook(table::codes(&shown, &grid, &columns, &Splitting::default())?),
                    false => What::Examples(grid, columns),
                }
            }
            None if !names_passages => {
                return Err(CodingError::NoCodeColumn { path: shown, columns: crate::corpus::quoted(&grid.header) });
            }
            _ => match own_table(&grid.header) {
                Some(what) => return Err(CodingError::OwnCodings { path: shown, what }),
                None => What::Coded(grid),
            },
        };
        Ok((shown, what, left_out))
    }

    /// Codes and their names, as they are written.
    fn known_codes(&self) -> Vec<String> {
        let codes = match &self.what {
            What::Codebook(codes) | What::Project(refi::Project { codes, .. }) => codes.as_slice(),
            What::Examples(..) | What::Coded(_) => &[],
        };
        codes.iter().flat_map(|code| [Some(&code.code), code.name.as_ref()]).flatten().cloned().collect()
    }
}

/// Of the header of a codebook whether a cell is one code; `None` for that of anything else.
fn is_whole(header: &[String]) -> Option<bool> {
    let columns = table::Columns::find(header)?;
    (columns.define_codes() || !names_passages(header)).then(|| columns.are_whole())
}

impl Given {
    /// The place of the code that a coder writes, by its code or its name.
    pub(crate) fn place(&self, written: &str) -> Option<usize> {
        self.place_of.get(&key(written)).copied()
    }

    fn take_file(&mut self, path: &Path, file: File, options: &CodeOptions) -> Result<(), CodingError> {
        let File { shown, blake3, what, left_out } = file;
        self.warnings.extend(left_out);
        let layout = match what {
            What::Codebook(codes) => self.take_all(codes)?,
            What::Examples(grid, columns) => {
                let splitting = Splitting::new(options.separator.as_deref(), &options.known_codes);
                self.take_all(table::codes(&shown, &grid, &columns, &splitting)?)?
            }
            What::Project(refi::Project { codes, sheets, notices }) => {
                let stretches: usize = sheets.iter().map(|sheet| sheet.rows.len()).sum();
                self.warnings.extend(notices);
                self.sheets.extend(sheets);
                let codes = self.take_all(codes)?;
                format!("{codes}, {} coded in a REFI-QDA project", counted(stretches, "stretch"))
            }
            What::Coded(grid) => {
                let sheets = codes_of_grid(path, shown.clone(), &grid, options)?;
                let rows: usize = sheets.iter().map(|sheet| sheet.rows.len()).sum();
                let how = sheets.first().map(|sheet| sheet.layout.clone()).unwrap_or_default();
                self.warnings.extend(sheets.iter().flat_map(|sheet| sheet.notices.clone()));
                self.warnings.extend(lists::told(&sheets, &options.known_codes));
                self.sheets.extend(sheets);
                format!("{} coded: {how}", counted(rows, "row"))
            }
        };
        self.files.push(CodesFile { path: shown, blake3, layout });
        Ok(())
    }

    /// Takes the codes of a codebook; says how many.
    fn take_all(&mut self, codes: Vec<Code>) -> Result<String, CodingError> {
        let (names, shared) = (self.names(), self.shared_names(&codes));
        let n = codes.iter().map(|code| key(&code.code)).collect::<HashSet<_>>().len();
        for code in codes {
            let code = self.joined_by_name(code, &names, &shared)?;
            self.take(code)?;
        }
        Ok(format!("a codebook, {}", counted(n, "code")))
    }

    /// Takes a code, or what is new of one that is known.
    fn take(&mut self, code: Code) -> Result<(), CodingError> {
        if let Some(what) = reserved(&code.code) {
            return Err(CodingError::Reserved { what, place: code.place.to_string(), code: code.code });
        }
        let place = *self.place_of.entry(key(&code.code)).or_insert(self.codes.len());
        if place == self.codes.len() {
            self.codes.push(code);
            return Ok(());
        }
        let known = &mut self.codes[place];
        let first = known.place.to_string();
        let twice = |what: &'static str| CodingError::Twice {
            code: code.code.clone(),
            place: code.place.to_string(),
            first: first.clone(),
            what,
        };
        for (what, own, new) in [
            ("name", &mut known.name, &code.name),
            ("definition", &mut known.definition, &code.definition),
            ("text on when it applies", &mut known.include, &code.include),
            ("text on when it does not", &mut known.exclude, &code.exclude),
        ] {
            match (own.as_deref(), new) {
                (Some(own), Some(new)) if key(own) != key(new) => return Err(twice(what)),
                (None, Some(new)) => *own = Some(new.clone()),
                _ => {}
            }
        }
        for example in code.examples {
            if !known.examples.iter().any(|there| key(&there.text) == key(&example.text)) {
                known.examples.push(example);
            }
        }
        Ok(())
    }

    /// Codes that a sheet has and no codebook, in the order in which they stand; names lead to codes.
    ///
    /// # Errors
    /// [`CodingError::SharedName`] for a name of several.
    fn take_codes_of_sheets(&mut self) -> Result<(), CodingError> {
        let names = self.names();
        for (name, place) in &names {
            if let Some(place) = *place {
                self.place_of.entry(name.clone()).or_insert(place);
            }
        }
        let has_codebook = !self.codes.is_empty();
        let mut new: Vec<Code> = Vec::new();
        let mut seen: HashSet<String> = HashSet::new();
        for sheet in &self.sheets {
            for row in &sheet.rows {
                for code in row.codes.iter().chain(&row.denied) {
                    if self.place(code).is_some() || !seen.insert(key(code)) {
                        continue;
                    }
                    let place = Place { sheet: sheet.sheet.clone(), ..Place::new(&sheet.path, row.line) };
                    if names.contains_key(&key(code)) {
                        return Err(self.shared_name(code, place));
                    }
                    new.push(Code::new(code.clone(), place));
                }
            }
        }
        if let (true, Some(first)) = (has_codebook, new.first()) {
            let first = first.place.to_string();
            let names: Vec<&str> = new.iter().map(|code| code.code.as_str()).collect();
            self.warnings.push(format!(
                "{} in no codebook, but in coded passages, first in {first}: found by these examples alone",
                match names.len() {
                    1 => format!("the code {} is", some(&names)),
                    n => format!("{n} codes ({}) are", some(&names)),
                }
            ));
        }
        for code in new {
            self.place_of.insert(key(&code.code), self.codes.len());
            self.codes.push(code);
        }
        Ok(())
    }

    fn check(&mut self, paths: &[PathBuf]) -> Result<(), CodingError> {
        let shown = paths.iter().map(|path| format!("`{}`", path.display())).collect::<Vec<_>>().join(", ");
        if self.codes.is_empty() {
            return Err(CodingError::Empty { paths: shown });
        }
        if self.codes.len() > MOST_CODES {
            return Err(CodingError::TooMany { paths: shown, codes: self.codes.len() });
        }
        self.warnings.extend(self.found_by_name()?);
        Ok(())
    }
}

/// A cell without white space at its ends; `None` for nothing.
fn filled(cell: &str) -> Option<String> {
    let cell = cell.trim();
    (!cell.is_empty()).then(|| cell.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn read(files: &[(&str, &str)]) -> Result<Given, CodingError> {
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<PathBuf> = files.iter().map(|(name, _)| folder.path().join(name)).collect();
        for (path, (_, text)) in paths.iter().zip(files) {
            std::fs::write(path, text).unwrap();
        }
        read_given(&paths)
    }

    fn refused(files: &[(&str, &str)], words: &[&str]) {
        let error = read(files).unwrap_err();
        assert!(error.hint().is_some(), "no hint: {error}");
        words.iter().for_each(|word| assert!(error.to_string().contains(word), "no `{word}` in: {error}"));
    }

    #[test]
    fn a_codebook_is_read_with_several_examples_of_a_code() {
        let given = read(&[(
            "codes.csv",
            "Code,Name,Definition,Include,Exclude,Example\n\
             swaps,Swapping shifts,Shifts are exchanged.,also by phone,holidays,\"I swap a lot\nWe swap at night\"\n\
             Swaps,,,,,I take hers\nhours,Long hours,Days are long.,,,\n",
        )])
        .unwrap();
        let [swaps, hours] = given.codes.as_slice() else { panic!("{:?}", given.codes) };
        let examples: Vec<&str> = swaps.examples.iter().map(|example| example.text.as_str()).collect();
        assert_eq!(examples, ["I swap a lot", "We swap at night", "I take hers"]);
        assert_eq!((swaps.label(), swaps.exclude.as_deref()), ("Swapping shifts", Some("holidays")));
        assert_eq!((hours.definition.as_deref(), hours.place.line), (Some("Days are long."), 5));
        assert_eq!((given.place("SWAPPING  shifts"), given.place("hours"), given.place("x")), (Some(0), Some(1), None));
        assert!(given.warnings.is_empty());
    }

    /// A workbook with these sheets.
    fn read_sheets(sheets: &[(&str, &[&[&str]])]) -> Result<Given, CodingError> {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        for (name, rows) in sheets {
            let sheet = workbook.add_worksheet().set_name(*name).unwrap();
            for (row, cells) in (0..).zip(*rows) {
                for (column, cell) in (0..).zip(*cells) {
                    sheet.write_string(row, column, *cell).unwrap();
                }
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("all.xlsx");
        workbook.save(&path).unwrap();
        read_given(&[path])
    }

    #[test]
    fn a_codebook_on_several_sheets_is_read_whole_and_the_others_are_named() {
        let one: &[&[&str]] = &[&["code", "definition"], &["swaps", "Shifts are exchanged."]];
        let two: &[&[&str]] = &[&["name", "code", "definition"], &["Pay", "pay", "Money."], &["Swaps", "swaps", ""]];
        let notes: &[&[&str]] = &[&["what", "who"], &["made in May", "Zoe"]];
        let given = read_sheets(&[("One", one), ("Notes", notes), ("Two", two)]).unwrap();
        let codes: Vec<(&str, &str)> = given.codes.iter().map(|code| (code.code.as_str(), code.label())).collect();
        assert_eq!(codes, [("swaps", "Swaps"), ("pay", "Pay")]);
        assert!(given.warnings[0].contains("sheets `One`, `Two` were read, not `Notes`;"), "{:?}", given.warnings);
        assert!(read_sheets(&[("One", one), ("Two", two)]).unwrap().warnings.is_empty());
        let other: &[&[&str]] = &[&["code", "definition"], &["swaps", "Something else."]];
        let twice = read_sheets(&[("One", one), ("Two", other)]).unwrap_err().to_string();
        assert!(twice.contains("all.xlsx`, sheet `Two`, line 2:"), "{twice}");
        assert!(twice.contains("than in `") && twice.ends_with("all.xlsx`, sheet `One`, line 2"), "{twice}");
        let orphan: &[&[&str]] = &[&["code", "definition"], &["pay", "Money."], &["", "Whose?"]];
        let told = read_sheets(&[("One", one), ("More", orphan)]).unwrap_err().to_string();
        assert!(told.contains("sheet `More`, line 3: no code"), "{told}");
    }

    #[test]
    fn of_coded_passages_on_several_sheets_the_first_is_read_and_the_others_are_named() {
        let ann: &[&[&str]] = &[&["id", "text", "code"], &["s/p#1", "I swap shifts", "swaps"]];
        let ben: &[&[&str]] = &[&["id", "text", "code"], &["s/p#1", "I swap shifts", "hours"]];
        let given = read_sheets(&[("Ann", ann), ("Ben", ben)]).unwrap();
        assert_eq!((given.codes.len(), given.sheets.len()), (1, 1));
        let told = |warning: &String| warning.contains("sheet `Ann` was read, not `Ben`;");
        assert_eq!(given.warnings.iter().filter(|warning| told(warning)).count(), 1, "{:?}", given.warnings);
    }

    #[test]
    fn coded_passages_add_examples_and_codes() {
        let given = read(&[
            ("codes.csv", "code,name,definition\na,Alpha,First.\n"),
            ("sheet.csv", "id,text,code\ns/p#1,x,Alpha; b\ns/p#2,y,!a\ns/p#3,z,none\n"),
        ])
        .unwrap();
        assert_eq!(given.codes.iter().map(|code| code.code.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(given.sheets[0].rows.len(), 3);
        assert!(given.warnings[0].starts_with("the code `b` is in no codebook"), "{:?}", given.warnings);
        let alone = read(&[("sheet.csv", "unit,codes\ns/p#1,a|b\n")]).unwrap();
        assert_eq!((alone.codes.len(), alone.warnings.len()), (2, 0));
    }

    #[test]
    fn bad_codebooks_say_what_is_wrong_and_where() {
        let twice = "code,definition\na,First.\nb,Other.\nA,Second.\n";
        refused(&[("c.csv", twice)], &["`A`", "line 4", "line 2", "definition"]);
        let over = [("c.csv", "code,definition\na,First.\n"), ("d.csv", "code,definition\na,Second.\n")];
        refused(&over, &["c.csv", "d.csv", "line 2"]);
        refused(&[("c.csv", "code,definition\nX1,\nX2,Good.\nX3,\n")], &["`X1`, `X3`", "line 2"]);
        refused(&[("c.csv", "title,definition\na,b\n")], &["no column `code`", "`title`"]);
        refused(&[("c.csv", "code,definition\n")], &["no code"]);
        refused(&[("c.csv", "code,definition\n,Orphan.\n")], &["line 2", "no code"]);
        let many: String = (0..5000).map(|n| format!("c{n},Definition {n}.\n")).collect();
        refused(&[("c.csv", &format!("code,definition\n{many}"))], &["5,000 codes", "1,000"]);
        assert!(read(&[("c.csv", "")]).unwrap_err().to_string().contains("c.csv"));
        assert!(read(&[]).is_err());
    }

    #[test]
    fn of_two_columns_that_say_the_same_one_is_told_and_two_of_one_title_are_refused() {
        let other = "code,definition,Description,notes,notes\na,First.,Second.,x,y\n";
        let given = read(&[("c.csv", other)]).unwrap();
        assert_eq!(given.codes[0].definition.as_deref(), Some("First."));
        assert!(
            given.warnings[0].contains("`Description`, since `definition` is taken for it"),
            "{:?}",
            given.warnings
        );
        refused(&[("c.csv", "code,definition,Definition\na,First.,\n")], &["c.csv", "line 1", "called `Definition`"]);
        refused(&[("c.csv", "text,code,code\nI swap,a,b\n")], &["two columns are called `code`"]);
    }

    #[test]
    fn codes_that_hold_separators_are_found_whole_whatever_file_comes_first() {
        let book = ("codes.csv", "code,name,definition\nswaps|phone,Both,First.\nfair;ness,\"F; G\",Second.\n");
        let sheet = ("sheet.csv", "id,code\ns/p#1,swaps|phone\ns/p#2,fair;ness; f; g; new\ns/p#3,!Fair;ness\n");
        let words = ("words.csv", "text,code\nI swap,swaps|phone; fair;ness\n");
        for files in [[book, sheet, words], [sheet, words, book]] {
            let given = read(&files).unwrap();
            let codes: BTreeSet<&str> = given.codes.iter().map(|code| code.code.as_str()).collect();
            let examples: usize = given.codes.iter().map(|code| code.examples.len()).sum();
            let fair = given.place("fair;ness").unwrap();
            assert_eq!((codes, examples), (BTreeSet::from(["swaps|phone", "fair;ness", "new"]), 2));
            assert_eq!(given.sheets[0].rows[1].codes, ["fair;ness", "f; g", "new"]);
            assert_eq!(given.place(&given.sheets[0].rows[2].denied[0]), Some(fair));
        }
    }

    #[test]
    fn codes_that_no_sheet_can_give_are_refused() {
        for (code, word) in [("none", "nothing to code"), ("N/A", "nothing to code"), ("!swaps", "not that code")] {
            refused(&[("c.csv", &format!("code,definition\na,First.\n{code},Second.\n"))], &["line 3", code, word]);
        }
        refused(&[("c.csv", "text,code\nI swap,none\n")], &["line 2", "`none`"]);
        assert!(read(&[("c.csv", "code,name,definition\na,None,First.\nnonesuch,b,Second.\n")]).is_ok());
        refused(&[("c.csv", "code,definition\nX1,\n")], &["what a code means: `X1` has no name"]);
    }

    #[test]
    fn rows_that_nobody_filled_in_are_told() {
        let book = ("codes.csv", "code,definition\na,First.\n");
        let given = read(&[book, ("sheet.csv", "id,code\ns/p#1,a\ns/p#2,\n")]).unwrap();
        assert_eq!(given.sheets[0].rows.len(), 2);
        assert!(given.warnings[0].contains("1 of 2 rows") && given.warnings[0].contains("looked at"));
        let given = read(&[book, ("next.csv", "id,suggested,why,code\ns/p#1,a,,a\ns/p#2,a,,\n")]).unwrap();
        assert_eq!(given.sheets[0].rows.len(), 1);
        assert!(given.warnings[0].contains("left out"), "{:?}", given.warnings);
        let given = read(&[book, ("sheet.csv", "id,code\ns/p#1,a\ns/p#2,none\n")]).unwrap();
        assert!(given.warnings.is_empty(), "{:?}", given.warnings);
    }

    #[test]
    fn what_this_program_assigned_is_nobodys_coding() {
        let own = "unit,study,participant,answer,section,section_question,status,theme,theme_label,strength\n\
                   s/p#1,s,p,1,Q1,Why?,theme,Q1.1,I swap,0.9\n";
        refused(&[("run.csv", own)], &["run.csv", "a table of assignments", "nobody coded"]);
        assert!(read(&[("mine.csv", "unit,theme\ns/p#1,swaps\n")]).is_ok(), "corrected by people");
    }

    #[test]
    fn a_table_of_words_and_codes_is_a_codebook_of_examples() {
        let given = read(&[("c.csv", "text,code\nI swap a lot,swaps\nDays are long,hours; swaps\n")]).unwrap();
        assert_eq!(given.codes[0].examples.len(), 2);
        assert_eq!(given.codes[1].examples.len(), 1);
    }
}
