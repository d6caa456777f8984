//! Why codes cannot be used.

use super::policy::MOST_CODES;
use crate::analysis::evaluation::CodesError;
use crate::analysis::pipeline::AnalysisError;
use crate::corpus::CorpusError;
use crate::embed::EmbedError;
use crate::theme::numbers::counted;

/// What ends coding by given codes.
#[derive(Debug, thiserror::Error)]
pub enum CodingError {
    /// A file cannot be read.
    #[error(transparent)]
    Table(#[from] CorpusError),
    /// A table of coded passages cannot be used.
    #[error(transparent)]
    Codes(#[from] CodesError),
    /// A table that says nothing of codes.
    #[error("no column `code` in `{path}`; its columns are {columns}")]
    NoCodeColumn {
        /// The file.
        path: String,
        /// Its columns, quoted.
        columns: String,
    },
    /// Two columns of a codebook with one title.
    #[error("malformed `{path}`, line 1: two columns are called `{column}`")]
    TwoColumns {
        /// The file.
        path: String,
        /// The title.
        column: String,
    },
    /// A row of a codebook without a code.
    #[error("malformed {place}: no code in a row that says something")]
    NoCode {
        /// The row.
        place: String,
    },
    /// A code that nobody could give in a table of coded passages.
    #[error("malformed {place}: `{code}` cannot be a code, since it says {what} where passages are coded")]
    Reserved {
        /// The code.
        code: String,
        /// What it says there.
        what: &'static str,
        /// The row.
        place: String,
    },
    /// Passages with codes that this program gave them.
    #[error("`{path}` is {what} of leitmotif: nobody coded its passages")]
    OwnCodings {
        /// The file.
        path: String,
        /// What it is.
        what: &'static str,
    },
    /// No code in any file.
    #[error("no code in {paths}")]
    Empty {
        /// The files, quoted.
        paths: String,
    },
    /// More codes than anybody could mean.
    #[error("{} in {paths}: at most {} are taken", counted(*codes, "code"), crate::theme::numbers::number(MOST_CODES))]
    TooMany {
        /// The files, quoted.
        paths: String,
        /// How many.
        codes: usize,
    },
    /// Two meanings of one code.
    #[error("{place}: the code `{code}` has another {what} than in {first}")]
    Twice {
        /// The code.
        code: String,
        /// The second time.
        place: String,
        /// The first time.
        first: String,
        /// What differs.
        what: &'static str,
    },
    /// A name of several codes where one is meant.
    #[error("{place}: `{name}` is the name of several codes, {codes}")]
    SharedName {
        /// The name.
        name: String,
        /// The codes, quoted.
        codes: String,
        /// Where it is written.
        place: String,
    },
    /// Nothing to find codes by.
    #[error("{place}: nothing says what {}: {codes} {} no name, no definition and no example", if *n == 1 { "a code means".to_owned() } else { format!("{} mean", counted(*n, "code")) }, if *n == 1 { "has" } else { "have" })]
    Undefined {
        /// Some of them, quoted.
        codes: String,
        /// How many.
        n: usize,
        /// The first of them.
        place: String,
    },
    /// Nothing to find codes by, as no passage that was coded so is here.
    #[error("{place}: nothing says what {}: {codes} {} no name and no definition, and no passage that was coded so is among these interviews", if *n == 1 { "a code means".to_owned() } else { format!("{} mean", counted(*n, "code")) }, if *n == 1 { "has" } else { "have" })]
    Unfound {
        /// Some of them, quoted.
        codes: String,
        /// How many.
        n: usize,
        /// The first of them.
        place: String,
    },
    /// A passage that is an example of a code and is said not to be.
    #[error("{place}: `{passage}` is said not to be `{code}`, and to be it in {other}")]
    Contradiction {
        /// The passage's id, or its first words.
        passage: String,
        /// The code.
        code: String,
        /// Where it is denied.
        place: String,
        /// Where it is said.
        other: String,
    },
    /// A station before failed.
    #[error(transparent)]
    Analysis(#[from] AnalysisError),
}

impl From<EmbedError> for CodingError {
    fn from(error: EmbedError) -> Self {
        Self::Analysis(error.into())
    }
}

impl CodingError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Table(CorpusError::UnknownFormat { .. }) => {
                "name a table of codes (CSV, XLSX, Parquet) or a REFI-QDA file; of an analysis, `leitmotif export ANALYSIS \
                 --to codebook-csv` writes one"
            }
            Self::Table(error) => return error.hint(),
            Self::Codes(error) => return error.hint(),
            Self::Analysis(AnalysisError::Embed(error)) => return error.hint(),
            Self::Analysis(AnalysisError::Notes(error)) => return error.hint(),
            Self::Analysis(AnalysisError::Cluster(_) | AnalysisError::NobodyAsked { .. }) => return None,
            Self::NoCodeColumn { .. } => {
                "a codebook has the columns code,name,definition,include,exclude,example, of which `code` and one more \
                 are needed; coded passages have the columns id and code; a workbook may have them on any sheet that is shown"
            }
            Self::TwoColumns { .. } => {
                "put what they say into one, or give one of them a title of its own; a code has a row for each example"
            }
            Self::Reserved { .. } => "give the code another name, here and where passages have it",
            Self::OwnCodings { .. } => {
                "give its codebook (`leitmotif export ANALYSIS --to codebook-csv`) and a table of what people coded; of a \
                 table that people corrected, keep the columns `unit` and `theme` alone"
            }
            Self::NoCode { .. } => "write the code into each of its rows, also where only the example is new",
            Self::Empty { .. } => "a codebook has a row for each code below its header; coded passages have codes",
            Self::TooMany { .. } => {
                "check that the column `code` holds codes and not passages; take the upper levels of a large codebook"
            }
            Self::Twice { .. } => {
                "leave one of the two, or give them different codes; further rows of a code may repeat it, or leave it empty"
            }
            Self::SharedName { .. } => {
                "write the code itself there in place of its name, or give the codes different names"
            }
            Self::Unfound { .. } => {
                "check the ids against the column `unit` of `leitmotif export ANALYSIS --to csv` (a passage that was \
                 set aside is no example); or give the words in a column `text`, or each code a name or a definition"
            }
            Self::Undefined { .. } => "give each a name, a definition, or a passage as its example",
            Self::Contradiction { .. } => {
                "leave one of the two; where coders disagree, settle it before, or give one coder's passages"
            }
        };
        Some(hint.to_owned())
    }
}
