//! Why codes that people gave cannot be used, and what to do about it.

use crate::corpus::CorpusError;
use crate::theme::numbers::counted;

/// Why codes cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CodesError {
    /// The table could not be read.
    #[error(transparent)]
    Table(#[from] CorpusError),
    /// No column holds ids.
    #[error("no column with ids in `{path}`; its columns are {columns}")]
    NoIds {
        /// The file.
        path: String,
        /// Its columns, quoted.
        columns: String,
        /// What of it is found, and what it needs; empty where nothing is known.
        found: String,
    },
    /// No column holds codes.
    #[error("no column with codes in `{path}`; its columns are {columns}")]
    NoCodes {
        /// The file.
        path: String,
        /// Its columns, quoted.
        columns: String,
        /// What of it is found, and what it needs; empty where nothing is known.
        found: String,
    },
    /// A header and nothing below it, or no code in any row.
    #[error("no codes in `{path}`: {reason}")]
    Empty {
        /// The file.
        path: String,
        /// What is missing.
        reason: String,
        /// What to do.
        hint: &'static str,
    },
    /// A row that cannot be right.
    #[error("malformed `{path}`, line {line}: {reason}")]
    Row {
        /// The file; of a workbook with the sheet.
        path: String,
        /// 1-based line.
        line: usize,
        /// What is wrong with it.
        reason: String,
        /// What to do.
        hint: &'static str,
    },
    /// No id is in the analysis.
    #[error("no id of `{path}` is in the analysis: it has {in_file}, the analysis {in_analysis}")]
    NothingMatches {
        /// The file.
        path: String,
        /// Some of its ids.
        in_file: String,
        /// Some ids of the analysis.
        in_analysis: String,
        /// What to do.
        hint: &'static str,
    },
    /// Some codes are of participants, others of what they said.
    #[error("{participant} is a participant, {said} a part of an interview: codes of the two cannot be compared")]
    Levels {
        /// Where a participant is coded: file, line and id.
        participant: String,
        /// Where an answer or passage is coded.
        said: String,
    },
    /// Passages with codes that this program gave them.
    #[error("`{path}` is {what} of leitmotif: nobody coded what is in it")]
    OwnCodings {
        /// The file.
        path: String,
        /// What it is.
        what: &'static str,
    },
    /// Nothing was coded but what the analysis was coded with.
    #[error("`{path}` has nothing but {} that the analysis was coded with, which agree anyway", counted(*n, what))]
    OnlyExamples {
        /// The file.
        path: String,
        /// How many.
        n: usize,
        /// What they are: `passage` or `answer`.
        what: &'static str,
    },
    /// Participants were coded where passages or answers are needed.
    #[error("the codes are of participants, and what a participant said in all is in several themes")]
    OfPeople,
}

impl CodesError {
    /// The same, where the line is one of a workbook's sheet.
    pub(super) fn on_sheet(self, sheet: Option<&str>) -> Self {
        match (self, sheet) {
            (Self::Row { path, line, reason, hint }, Some(sheet)) => {
                Self::Row { path: format!("{path}`, sheet `{sheet}"), line, reason, hint }
            }
            (error, _) => error,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        let and = |hint: &str, found: &str| if found.is_empty() { hint.to_owned() } else { format!("{hint}; {found}") };
        let hint = match self {
            Self::Table(error) => return error.hint(),
            Self::NoIds { found, .. } => {
                let hint = "call the column `id`, or name it with `--id-column NAME`; \
                            `study`, `participant` and `answer` (its number) together do as well";
                return Some(and(hint, found));
            }
            Self::NoCodes { found, .. } => {
                let hint = "call the column `code`, or name it with `--code-column NAME`; \
                            without one, a column for each code with 1 and 0 is read too";
                return Some(and(hint, found));
            }
            Self::Empty { hint, .. } | Self::Row { hint, .. } | Self::NothingMatches { hint, .. } => hint,
            Self::OnlyExamples { .. } => {
                "code others: `leitmotif export ANALYSIS --to coding-sheet` draws some; how well the codes are found \
                 in examples that were left out in turn is in the summary of the analysis (`cross-validated`)"
            }
            Self::OfPeople => {
                "disagreements are told of passages or answers: give their ids, or leave `--disagreements` out"
            }
            Self::OwnCodings { .. } => {
                "give what people coded: the sheet of `leitmotif export ANALYSIS --to coding-sheet` once it is filled in, \
                 a table in which they changed themes, or a project in which they coded; two analyses are held against \
                 each other by `leitmotif compare A B`"
            }
            Self::Levels { .. } => "give each row the id of a passage or an answer, or each the id of a participant",
        };
        Some(hint.to_owned())
    }
}
