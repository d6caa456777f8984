//! A codebook as a table: `code,name,definition,include,exclude,example`.
//!
//! In: a header and rows. Out: a code a row, in their order; a code that stands in several rows is put together by
//! the caller. A cell is one code, unless the table has nothing but codes and words: then it is read as coders write.
//! Of two columns that may say the same the first is read, and the other is told; two of one title are refused.
//! The layout of Taguette, which `export --to codebook-csv` writes, is read too: `tag,description`.

use super::{Code, Example, Place, filled, own, plain};
use crate::analysis::coding::CodingError;
use crate::analysis::evaluation::Splitting;
use crate::corpus::Grid;

/// What columns are called, after case, blanks and punctuation are taken off.
const CODE: &[&str] = &["code", "codes", "tag"];
const NAME: &[&str] = &["name", "codename", "label", "title"];
const DEFINITION: &[&str] = &["definition", "description", "codedefinition", "meaning"];
const INCLUDE: &[&str] = &["include", "includes", "inclusion", "inclusioncriteria", "whentouse"];
const EXCLUDE: &[&str] = &["exclude", "excludes", "exclusion", "exclusioncriteria", "whennottouse"];
const EXAMPLE: &[&str] = &["example", "examples", "excerpt", "quote", "quotation", "text", "content", "passage"];

/// Where a table says what.
pub(super) struct Columns {
    code: usize,
    name: Option<usize>,
    definition: Option<usize>,
    include: Option<usize>,
    exclude: Option<usize>,
    example: Option<usize>,
}

impl Columns {
    /// `None` without a column of codes.
    pub(super) fn find(header: &[String]) -> Option<Self> {
        let titles: Vec<String> = header.iter().map(|title| plain(title)).collect();
        let column = |names: &[&str]| names.iter().find_map(|name| titles.iter().position(|title| title == name));
        Some(Self {
            code: column(CODE)?,
            name: column(NAME),
            definition: column(DEFINITION),
            include: column(INCLUDE),
            exclude: column(EXCLUDE),
            example: column(EXAMPLE),
        })
    }

    /// Columns that are not read since another says the same, as a sentence; `None` where there are none.
    ///
    /// # Errors
    /// [`CodingError::TwoColumns`] for two of one title.
    pub(super) fn unread(&self, path: &str, header: &[String]) -> Result<Option<String>, CodingError> {
        let titles: Vec<String> = header.iter().map(|title| plain(title)).collect();
        let read = [Some(self.code), self.name, self.definition, self.include, self.exclude, self.example];
        let mut unread = Vec::new();
        for (read, names) in read.into_iter().zip([CODE, NAME, DEFINITION, INCLUDE, EXCLUDE, EXAMPLE]) {
            let Some(read) = read else { continue };
            let is_other = |column: &usize| *column != read && names.contains(&titles[*column].as_str());
            for other in (0..titles.len()).filter(is_other) {
                if titles[other] == titles[read] {
                    let column = header[other].trim().to_owned();
                    return Err(CodingError::TwoColumns { path: path.to_owned(), column });
                }
                unread.push(format!("`{}`, since `{}` is taken for it", header[other].trim(), header[read].trim()));
            }
        }
        Ok((!unread.is_empty()).then(|| format!("not read of `{path}`: {}", unread.join("; "))))
    }

    /// Whether it says what codes mean, whatever else it says.
    pub(super) fn define_codes(&self) -> bool {
        self.definition.is_some() || self.include.is_some() || self.exclude.is_some()
    }

    /// Whether a cell is one code, whatever it holds.
    pub(super) fn are_whole(&self) -> bool {
        self.define_codes() || self.name.is_some()
    }
}

/// The codes of a table; `splitting` tells several in a cell apart, where there may be several.
///
/// # Errors
/// [`CodingError::NoCode`] for a row that says something of no code.
pub(super) fn codes(
    path: &str,
    grid: &Grid,
    columns: &Columns,
    splitting: &Splitting,
) -> Result<Vec<Code>, CodingError> {
    let mut codes = Vec::new();
    for (row, (line, cells)) in grid.rows.iter().enumerate() {
        let cell = |column: Option<usize>| cells.get(column?).and_then(|cell| filled(cell));
        let place = Place { sheet: grid.sheet_of(row).map(str::to_owned), ..Place::new(path, *line) };
        let Some(written) = cell(Some(columns.code)) else {
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                return Err(CodingError::NoCode { place: place.to_string() });
            }
            continue;
        };
        let words = cell(columns.example).unwrap_or_default();
        let is_coded = !columns.are_whole();
        let examples = words.lines().filter_map(filled).map(|text| Example { text, is_coded, place: place.clone() });
        let examples: Vec<Example> = examples.collect();
        let several = if columns.are_whole() { vec![written] } else { splitting.words(&written) };
        for code in several {
            codes.push(Code {
                name: cell(columns.name),
                definition: cell(columns.definition),
                include: cell(columns.include),
                exclude: cell(columns.exclude),
                examples: examples.clone(),
                ..Code::new(code, place.clone())
            });
        }
    }
    Ok(own::recognised(codes))
}
