//! What people coded, as their table says it.
//!
//! In: a table (CSV, TSV, XLSX, …) with ids of passages, answers or participants, and their codes. Out: a
//! [`CodeSheet`] a coder: which codes each row gives to what, with its line. Whether an id is in the analysis is
//! found out in [`super::evaluation`]; here its passages only tell columns ([`interviews`]). Nothing is corrected and
//! nothing left out but rows without an id and a code, and rows of a sheet of what to look at next that are not filled
//! in. [`cells`] says what is written in a cell. The codings of a REFI-QDA project are such a table too, in
//! which each row is a stretch of a text.

mod cells;
mod columns;
mod error;
mod interviews;
mod project;
mod titles;

pub(in crate::analysis) use self::cells::{Splitting, reserved};
pub use self::columns::lists_by_comma;
use self::columns::*;
pub use self::error::CodesError;
use self::project::sheets_of_read_project;
pub(in crate::analysis) use self::project::{leave_out_own, sheets_of_project};
use self::titles::{CODE, CODED_WORDS, DOCUMENT, ID, NAME, OF_NEXT, PARTICIPANT, UNIT, applied};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use crate::analysis::pseudonyms::Pseudonymised;
use crate::analysis::saved::{Analysis, UnitRow, code_key};
use crate::corpus::{Grid, ReadOptions, RefiSource, grid_of, own_table, plain, read_file, read_refi_project};
use crate::theme::numbers::{counted, number};

/// How a table of codes is understood; without the options, by the names of its columns.
#[derive(Clone, Debug, Default)]
pub struct CodeOptions {
    /// The column with the ids.
    pub id_column: Option<String>,
    /// The column with the codes.
    pub code_column: Option<String>,
    /// What separates codes in a cell, besides `;`, `|` and line breaks.
    pub separator: Option<String>,
    /// Codes that are one, whatever separators they hold: those of a codebook.
    pub known_codes: Vec<String>,
}

/// What one person coded.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeSheet {
    /// Who coded: the name in the column of coders, or the file's.
    pub coder: String,
    /// The file.
    pub path: String,
    /// The sheet of it, in a workbook.
    pub(crate) sheet: Option<String>,
    /// Which columns were read, as a phrase.
    pub layout: String,
    /// Columns that were not read.
    pub ignored: Vec<String>,
    /// The rows that name something, in their order.
    pub rows: Vec<CodeRow>,
    /// The texts in which rows stand that are stretches of one.
    pub(crate) sources: Arc<Vec<RefiSource>>,
    /// What a reader of the results should know of how it was read.
    pub(crate) notices: Vec<String>,
    /// What it is, where this program wrote the table.
    pub(crate) own: Option<&'static str>,
}

impl CodeSheet {
    /// For the same analysis with pseudonyms. Rows may name what they mean by its old or its new id, as a coder
    /// may have been given either.
    pub(crate) fn pseudonymised(&self, found: &Pseudonymised) -> Self {
        let row = |row: &CodeRow| {
            let new = if row.is_document { found.document(&row.id) } else { found.id(&row.id) };
            CodeRow {
                id: new.unwrap_or_else(|| found.text(&row.id)),
                excerpt: row.excerpt.as_deref().map(|words| found.text(words)),
                codes: row.codes.iter().map(|code| found.text(code)).collect(),
                denied: row.denied.iter().map(|code| found.text(code)).collect(),
                stands: match &row.stands {
                    Stands::In(passages) => {
                        Stands::In(passages.iter().map(|id| found.id(id).unwrap_or_else(|| id.clone())).collect())
                    }
                    // The texts hold names: a row is looked for before names are replaced, or by its words.
                    Stands::AsNamed | Stands::At { .. } => Stands::AsNamed,
                    Stands::Nowhere(reason) => Stands::Nowhere(reason),
                },
                ..row.clone()
            }
        };
        let name = self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path);
        Self {
            coder: found.text(&self.coder),
            path: found.text(name),
            sheet: self.sheet.as_ref().map(|sheet| found.text(sheet)),
            layout: self.layout.clone(),
            ignored: self.ignored.iter().map(|title| found.text(title)).collect(),
            rows: self.rows.iter().map(row).collect(),
            sources: Arc::default(),
            notices: self.notices.iter().map(|notice| found.text(notice)).collect(),
            own: self.own,
        }
    }
}

/// A row of a table of codes.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeRow {
    /// 1-based line of the file.
    pub line: usize,
    /// What was coded: an id of a passage, an answer or a participant, or a document.
    pub id: String,
    /// Whether the id names a document, by the name of its file.
    pub is_document: bool,
    /// The words that were coded, where the table has them.
    pub excerpt: Option<String>,
    /// Its codes, as written; none where the coder found nothing to code.
    pub codes: Vec<String>,
    /// Codes that it has not, said as such (`!code`).
    pub(crate) denied: Vec<String>,
    /// Whether nothing is written where codes stand, not even that there is nothing to code.
    pub(crate) is_blank: bool,
    /// All that the passage says, where the table has it.
    pub text: Option<String>,
    /// Where it stands, for a stretch of a text.
    pub(crate) stands: Stands,
}

impl CodeRow {
    /// Whether it says of some codes that they are not there, and nothing of the others.
    pub(crate) fn only_denies(&self) -> bool {
        self.codes.is_empty() && !self.denied.is_empty()
    }
}

/// Where a row stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Stands {
    /// In what its id names.
    #[default]
    AsNamed,
    /// In one of the sheet's texts, between code points.
    At { source: usize, start: usize, end: usize },
    /// In these passages, by their ids.
    In(Vec<String>),
    /// In no passage, and why.
    Nowhere(&'static str),
}

/// The codes that an analysis was made with and their names: in a cell each is one code, whatever it holds.
pub(crate) fn known_codes(analysis: &Analysis) -> Vec<String> {
    let given = analysis.summary.themes().filter_map(|theme| theme.code.as_ref());
    given.flat_map(|code| [code.code.clone(), code.name.clone()]).collect()
}

/// Whether a table with this header can name what was coded, by ids.
pub(in crate::analysis) fn names_passages(header: &[String]) -> bool {
    has_one_of(header, &[UNIT, ID, PARTICIPANT, DOCUMENT].concat()) || names_coded_words(header)
}

/// Whether a table with this header has words that were coded, and a name beside them: a document's, not a code's.
fn names_coded_words(header: &[String]) -> bool {
    has_one_of(header, CODED_WORDS) && has_one_of(header, NAME)
}

/// Whether a table with this header has ids and a column of codes.
pub(in crate::analysis) fn holds_codes(header: &[String], options: &CodeOptions) -> bool {
    let has =
        |given: &Option<String>| given.as_ref().is_some_and(|name| header.iter().any(|t| plain(t) == plain(name)));
    let has_codes = || has_one_of(header, CODE) || header.iter().any(|title| applied(title).is_some());
    (has(&options.id_column) || names_passages(header)) && (has(&options.code_column) || has_codes())
}

fn has_one_of(header: &[String], titles: &[&str]) -> bool {
    header.iter().any(|title| titles.contains(&plain(title).as_str()))
}

/// Something cannot be coded and not codable at once, nor have a code and not have it; in a wide table a second row
/// contradicts the first unless it repeats it.
fn refuse_contradictions(path: &str, rows: &[CodeRow], wide: bool) -> Result<(), CodesError> {
    let mut first: HashMap<(&str, Option<&str>), &CodeRow> = HashMap::new();
    // Whether something has a code, by its key, and the line that says so.
    let mut says: HashMap<(&str, Option<&str>, String), (bool, usize)> = HashMap::new();
    let refused = |row: &CodeRow, here: String, there: String, line: usize| CodesError::Row {
        path: path.to_owned(),
        line: row.line,
        reason: format!("`{}` has {here}, and {there} on line {line}", row.id),
        hint: "leave one of the two rows; several coders go into files of their own, or need a column `coder`",
    };
    for row in rows {
        let excerpt = row.excerpt.as_deref();
        let given = row.codes.iter().map(|code| (code, true));
        for (code, is_said) in given.chain(row.denied.iter().map(|code| (code, false))) {
            let (known, line) = *says.entry((&row.id, excerpt, code_key(code))).or_insert((is_said, row.line));
            if known != is_said {
                let shown = |is_said: bool| if is_said { format!("`{code}`") } else { format!("`!{code}`") };
                return Err(refused(row, shown(is_said), shown(known), line));
            }
        }
        if row.only_denies() {
            continue;
        }
        let Some(known) = first.insert((&row.id, excerpt), row) else { continue };
        // The same words may stand twice in a document.
        let wide = wide && !(row.is_document && excerpt.is_some());
        let differs = if wide { known.codes != row.codes } else { known.codes.is_empty() != row.codes.is_empty() };
        if differs {
            return Err(refused(row, written(&row.codes), written(&known.codes), known.line));
        }
    }
    Ok(())
}

/// Reads a table of codes: a sheet for each coder, who are told apart by a column of coders where there is
/// one. `units`: the passages of the interviews, by which columns are known that no title tells.
///
/// # Errors
/// [`CodesError`], with the line.
pub fn read_codes(path: &Path, options: &CodeOptions, units: &[UnitRow]) -> Result<Vec<CodeSheet>, CodesError> {
    let bytes = read_file(path)?;
    let shown = path.display().to_string().replace('\\', "/");
    match path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).as_deref() {
        Some("qdpx") => sheets_of_read_project(path, &shown, read_refi_project(&shown, &bytes)?),
        Some("qdc") => Err(CodesError::Empty {
            path: shown,
            reason: "a codebook (.qdc) has codes, but nothing that was coded".to_owned(),
            hint: "export the whole project as REFI-QDA (.qdpx); `leitmotif code` takes a codebook",
        }),
        _ => {
            let fits = |header: &[String]| holds_codes(header, options);
            let (shown, grid) = grid_of(path, bytes, &ReadOptions::default(), &fits)?;
            let sheets = codes_among(path, shown.clone(), &grid, options, units)?;
            if sheets.iter().flat_map(|sheet| &sheet.rows).all(|row| row.codes.is_empty()) {
                return Err(without_codes(shown));
            }
            Ok(sheets)
        }
    }
}

/// The same of a table that was read from there; `shown` serves the messages.
///
/// # Errors
/// Those of [`read_codes`].
pub(in crate::analysis) fn codes_of_grid(
    path: &Path,
    shown: String,
    grid: &Grid,
    options: &CodeOptions,
) -> Result<Vec<CodeSheet>, CodesError> {
    codes_among(path, shown, grid, options, &[])
}

/// The same where the passages of the interviews are known.
fn codes_among(
    path: &Path,
    shown: String,
    grid: &Grid,
    options: &CodeOptions,
    units: &[UnitRow],
) -> Result<Vec<CodeSheet>, CodesError> {
    let sheet = grid.sheet_of(0).map(str::to_owned);
    let sheets = codes_of_rows(path, shown, grid, options, units).map_err(|error| error.on_sheet(sheet.as_deref()))?;
    Ok(sheets.into_iter().map(|own| CodeSheet { sheet: sheet.clone(), ..own }).collect())
}

fn codes_of_rows(
    path: &Path,
    shown: String,
    grid: &Grid,
    options: &CodeOptions,
    units: &[UnitRow],
) -> Result<Vec<CodeSheet>, CodesError> {
    let columns = Columns::find(&shown, grid, options, units)?;
    let file = path.file_stem().map_or_else(|| shown.clone(), |stem| stem.to_string_lossy().into_owned());
    let is_of_next = OF_NEXT.iter().all(|title| has_one_of(&grid.header, &[title]));
    let mut sheets: BTreeMap<String, Vec<CodeRow>> = BTreeMap::new();
    let (mut blank, mut all) = (0, 0);
    for (line, cells) in &grid.rows {
        let cell = |column: usize| cells.get(column).map_or("", |cell| cell.trim());
        let Some(row) = columns.row(&shown, *line, &cell)? else { continue };
        all += 1;
        blank += usize::from(row.is_blank);
        if row.is_blank && is_of_next {
            continue;
        }
        let coder = columns.coder.map(cell).filter(|coder| !coder.is_empty());
        sheets.entry(coder.unwrap_or(&file).to_owned()).or_default().push(row);
    }
    if all == 0 {
        let (reason, hint) = ("a header and no rows".to_owned(), "check that the export finished");
        return Err(CodesError::Empty { path: shown, reason, hint });
    }
    if blank == all {
        return Err(without_codes(shown));
    }
    for rows in sheets.values() {
        refuse_contradictions(&shown, rows, columns.is_wide())?;
    }
    let mut notices = columns.notices(&shown, &grid.header);
    notices.extend(grid.left_out.clone());
    notices.splice(0..0, blank_rows(&shown, blank, all, is_of_next));
    let (layout, ignored) = (columns.layout(&grid.header), columns.ignored(&grid.header));
    let is_matrix = columns.is_wide() && grid.header.iter().map(String::as_str).take(2).eq(["study", "participant"]);
    let own = own_table(&grid.header).or(is_matrix.then_some("a table of participants by themes"));
    let sheet = |(coder, rows)| CodeSheet {
        coder,
        path: shown.clone(),
        sheet: None,
        layout: layout.clone(),
        ignored: ignored.clone(),
        rows,
        sources: Arc::default(),
        notices: std::mem::take(&mut notices),
        own,
    };
    Ok(sheets.into_iter().map(sheet).collect())
}

fn without_codes(path: String) -> CodesError {
    let hint = "fill in the column of codes; rows without a code count as looked at and not codable";
    CodesError::Empty { path, reason: "no row has one".to_owned(), hint }
}

/// What became of rows in which nothing is written.
fn blank_rows(path: &str, blank: usize, all: usize, is_of_next: bool) -> Option<String> {
    let rows = format!("{} of {}", number(blank), counted(all, "row"));
    match (blank, is_of_next) {
        (0, _) => None,
        (_, true) => Some(format!(
            "{rows} of `{path}` left out, without a code: on a sheet of passages to look at next nobody need have read \
             them; write `none` where there is nothing to code"
        )),
        (_, false) => Some(format!(
            "{rows} of `{path}` without a code: counted as looked at, with nothing to code; delete those that nobody \
             has read"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(csv: &str) -> Result<Vec<CodeSheet>, CodesError> {
        read_with(csv, &CodeOptions::default())
    }

    fn read_with(csv: &str, options: &CodeOptions) -> Result<Vec<CodeSheet>, CodesError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("codes.csv");
        std::fs::write(&path, csv).unwrap();
        read_codes(&path, options, &[])
    }

    /// Ids and codes of the only sheet.
    fn rows(csv: &str) -> Vec<(String, String)> {
        let mut sheets = read(csv).unwrap();
        assert_eq!(sheets.len(), 1);
        sheets.remove(0).rows.into_iter().map(|row| (row.id, row.codes.join("+"))).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(id, codes)| (id.to_string(), codes.to_string())).collect()
    }

    #[test]
    fn long_tables_with_lists_and_repeated_ids() {
        let found = rows("id,code,notes\na/p1#2,swaps; hours |swaps,x\na/p1#2,  late  nights ,\na/p2#1,,nothing\n,,\n");
        assert_eq!(found, pairs(&[("a/p1#2", "swaps+hours"), ("a/p1#2", "late nights"), ("a/p2#1", "")]));
    }

    #[test]
    fn ids_in_parts() {
        let found = rows("study,participant,answer,theme,excerpt\na,p1,2,swaps,I swap\na,p1,3.0,hours,\n");
        assert_eq!(found, pairs(&[("a/p1#2", "swaps"), ("a/p1#3", "hours")]));
        assert_eq!(rows("participant,code\np1,swaps\n"), pairs(&[("p1", "swaps")]));
        // The program's own table: the unit counts, not the parts.
        let found = rows("unit,study,participant,answer,theme\na/p1#2.1,a,p1,2,Q1.1\n");
        assert_eq!(found, pairs(&[("a/p1#2.1", "Q1.1")]));
        // An answer in words is no number.
        assert_eq!(rows("participant,answer,code\np1,I swap,swaps\n"), pairs(&[("p1", "swaps")]));
    }

    #[test]
    fn exports_of_other_programs_name_documents() {
        let sheet = |csv: &str| read(csv).unwrap().remove(0);
        let taguette = sheet("id,document,content,tag\n1,ward_1.md,I swap shifts,swaps\n");
        let atlas = sheet("ID,Document,Quotation Content,Codes\n1:1,ward_1,I swap shifts,swaps\n");
        let qualcoder = sheet("Coded text,Codename,Coder,Filename,Position\nI swap shifts,swaps,a,ward_1.md,0-5\n");
        let maxqda = sheet("Document name,Code,Segment\nward_1,swaps,I swap shifts\n");
        for sheet in [taguette, atlas, qualcoder, maxqda] {
            let row = &sheet.rows[0];
            assert!(row.is_document && row.id.starts_with("ward_1"), "{row:?}");
            assert_eq!((row.excerpt.as_deref(), row.codes[0].as_str()), (Some("I swap shifts"), "swaps"));
        }
        for (header, code) in [
            ("Dokumentname,Kode,Segment", "Kode"),
            ("Media Title,Excerpt,Codes Applied Combined", "Codes Applied Combined"),
            ("Media Title,Excerpt Copy,Codes Applied", "Codes Applied"),
            ("Dokument,Zitatinhalt,Kodes", "Kodes"),
            ("Datei,Textstelle,Codierung", "Codierung"),
            ("Nom du document,Segment,Code", "Code"),
            ("Document,Contenu de la citation,Codes", "Codes"),
            ("Documento,Contenido de la cita,Códigos", "Códigos"),
            ("Archivo,Fragmento,Código", "Código"),
            ("Documento,Co\u{301}digo,Segmento", "Co\u{301}digo"),
        ] {
            let titles: Vec<&str> = header.split(',').collect();
            let cell = |title: &str| match titles.iter().position(|other| *other == title) {
                Some(0) => "ward_1.md",
                _ if title == code => "swaps",
                _ => "I swap shifts",
            };
            let row: Vec<&str> = titles.iter().map(|title| cell(title)).collect();
            let sheet = sheet(&format!("{header}\n{}\n", row.join(",")));
            let row = &sheet.rows[0];
            assert!(row.is_document && row.id == "ward_1.md", "{header}: {row:?}");
            assert_eq!((row.excerpt.as_deref(), row.codes[0].as_str()), (Some("I swap shifts"), "swaps"), "{header}");
        }
        // Ids of this program count before a document.
        let sheet = sheet("id,file,text,code\na/p1#2,p1.md,I swap,swaps\n");
        assert!(!sheet.rows[0].is_document && sheet.rows[0].id == "a/p1#2");
    }

    #[test]
    fn wide_tables() {
        let found = rows("id,text,swaps,hours,memo\na/p1#2,I swap,1,0,\na/p1#3,Hm,,,\na/p1#4,Both,x,X,\n");
        assert_eq!(found, pairs(&[("a/p1#2", "swaps"), ("a/p1#3", ""), ("a/p1#4", "swaps+hours")]));
        let sheet = read("id,swaps,age,empty\na#1,1,33,\na#2,0,44,\n").unwrap().remove(0);
        assert_eq!(sheet.ignored, ["age", "empty"], "said, not dropped");
    }

    #[test]
    fn coders_in_one_file() {
        let sheets = read("id,coder,code\na#1,Zoe,x\na#1,Abe,y\na#2,Zoe,\n").unwrap();
        let coders: Vec<(&str, usize)> = sheets.iter().map(|sheet| (sheet.coder.as_str(), sheet.rows.len())).collect();
        assert_eq!(coders, [("Abe", 1), ("Zoe", 2)]);
    }

    #[test]
    fn columns_by_hand() {
        let options = CodeOptions {
            id_column: Some("Ref".into()),
            code_column: Some("my code".into()),
            separator: Some(",".into()),
            ..CodeOptions::default()
        };
        let sheet = read_with("id,ref,theme,My code\n1,a#1,no,\"x, y\"\n", &options).unwrap().remove(0);
        assert_eq!((sheet.rows[0].id.as_str(), sheet.rows[0].codes.join("+")), ("a#1", "x+y".to_string()));
        let error = read_with("id,code\na#1,x\n", &options).unwrap_err().to_string();
        assert!(error.contains("no column `Ref` (from `--id-column`)"), "{error}");
    }

    fn refused(csv: &str, words: &[&str]) {
        let error = read(csv).unwrap_err();
        assert!(error.hint().is_some());
        words.iter().for_each(|word| assert!(error.to_string().contains(word), "no `{word}` in: {error}"));
    }

    #[test]
    fn flaws_have_their_line() {
        refused("name,code\np,x\n", &["no column with ids", "`name`"]);
        refused("id,text\np,words here\n", &["no column with codes", "`text`"]);
        refused("id,code\n", &["no rows"]);
        refused("id,code\na#1,\na#2,\n", &["no row has one"]);
        refused("id,code\na#1,x\n,y\n", &["line 3", "no id beside `y`"]);
        refused("id,code\na#1,x\na#1,\n", &["line 3", "`a#1` has no code, and `x` on line 2"]);
        refused("id,x,y\na#1,1,0\na#1,1,1\n", &["line 3", "`x; y`", "line 2"]);
        refused("id,x,X\na#1,1,0\n", &["two columns are called `X`"]);
        refused("id,code,Code\na#1,x,y\n", &["line 1", "two columns are called `Code`"]);
        refused("id,code,ID\na#1,x,a#2\n", &["line 1", "two columns are called `ID`"]);
        refused("participant,answer,code\np,1,x\np,2,x\np,two,x\n", &["line 4", "`two`"]);
    }

    #[test]
    fn two_columns_of_one_title_that_say_the_same_or_are_not_read_are_no_matter() {
        assert_eq!(rows("id,code,Code\na#1,x,x\n"), pairs(&[("a#1", "x")]));
        assert_eq!(rows("id,code,notes,notes\na#1,x,one,two\n"), pairs(&[("a#1", "x")]));
        let options = CodeOptions { code_column: Some("Code".into()), ..CodeOptions::default() };
        let sheet = read_with("id,code,Code\na#1,x,y\n", &options).unwrap().remove(0);
        assert_eq!(sheet.rows[0].codes, ["y"], "named to the letter");
    }

    #[test]
    fn nothing_and_not_are_no_codes() {
        let sheets = read("id,code\na#1,x; !y\na#2,none\na#3,!x\na#3,y\na#4,!x\n").unwrap();
        let said = |row: &CodeRow| (row.codes.join("+"), row.denied.join("+"), row.only_denies());
        let found: Vec<_> = sheets[0].rows.iter().map(said).collect();
        let expected = [("x", "y", false), ("", "", false), ("", "x", true), ("y", "", false), ("", "x", true)];
        assert_eq!(found, expected.map(|(codes, denied, only)| (codes.to_owned(), denied.to_owned(), only)));
        assert!(sheets[0].notices.is_empty() && sheets[0].rows.iter().all(|row| !row.is_blank));
        refused("id,code\na#1,x\na#1,none\n", &["line 3", "`a#1` has no code, and `x` on line 2"]);
        refused("id,code\na#1,x\na#2,!x\na#1,!X\n", &["line 4", "`a#1` has `!X`, and `X` on line 2"]);
        refused("id,code\na#1,x; none\n", &["line 2", "`x` is given, and that there is nothing to code"]);
        refused("id,code\n,!y\n", &["line 2", "no id beside `!y`"]);
        refused("id,code\na#1,none\na#2,!x\n", &["no row has one"]);
        assert_eq!(rows("id,x,none\na#1,1,0\na#2,0,1\n"), pairs(&[("a#1", "x"), ("a#2", "")]));
    }

    #[test]
    fn rows_that_are_not_filled_in_are_told_and_on_a_sheet_of_what_comes_next_left_out() {
        let sheets = read("id,code\na#1,x\na#2,\na#3,none\na#4, \n").unwrap();
        assert_eq!(sheets[0].rows.len(), 4);
        assert!(sheets[0].notices[0].starts_with("2 of 4 rows of `"), "{:?}", sheets[0].notices);
        assert!(sheets[0].notices[0].contains("counted as looked at"), "{:?}", sheets[0].notices);
        let sheets = read("id,suggested,why,code\na#1,x,,x\na#2,x,,\na#3,,,none\na#1,,,\n").unwrap();
        let ids: Vec<&str> = sheets[0].rows.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(ids, ["a#1", "a#3"]);
        assert!(sheets[0].notices[0].contains("2 of 4 rows") && sheets[0].notices[0].contains("left out"));
        refused("id,suggested,why,code\na#1,x,,\n", &["no row has one"]);
        let zeros = read("id,x,y\na#1,1,0\na#2,0,0\na#3,,\n").unwrap();
        assert!(zeros[0].notices[0].starts_with("1 of 3 rows"), "a 0 is written: {:?}", zeros[0].notices);
    }

    #[test]
    fn known_codes_are_found_whole() {
        let options = CodeOptions { known_codes: vec!["swaps|phone".into(), "a; b".into()], ..CodeOptions::default() };
        let sheet = read_with("id,code\np#1,Swaps|phone; a\np#2,a;b\n", &options).unwrap().remove(0);
        let codes: Vec<String> = sheet.rows.iter().map(|row| row.codes.join("+")).collect();
        assert_eq!(codes, ["Swaps|phone+a", "a+b"], "`a;b` is not spelt `a; b`");
    }

    #[test]
    fn a_list_by_commas_is_noticed() {
        let sheets = read("id,code\na#1,x\na#2,y\na#3,\"X, y\"\na#4,\"x, or so\"\n").unwrap();
        let warning = lists_by_comma(&sheets).unwrap();
        assert!(warning.starts_with("`X, y` was read as one code"), "{warning}");
        let tags = |codes: &str| lists_by_comma(&read(&format!("id,code\n{codes}")).unwrap());
        let warning = tags("a#1,\"pay, bees\"\na#2,\"Bees, loss\"\na#3,\"rent, bees\"\na#4,\"x, or so\"\n").unwrap();
        assert!(warning.contains("`pay, bees`") && !warning.contains("or so"), "{warning}");
        assert_eq!(tags("a#1,\"pay, bees\"\na#2,\"pay, loss\"\na#3,rent\n"), None);
    }
}
