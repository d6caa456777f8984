//! The pipeline from a corpus to a saved analysis, and everything that is done with one.
//!
//! In: a corpus, an embedder and options. Out: an [`Analysis`]: themes section by section, a row
//! for every unit, and the vectors. It decides nothing of its own about language, vectors or
//! clusters; it carries data from station to station and counts what became of every unit.
//!
//! One room for each thing, each using only those before it: `saved` is the data and its folder, `pipeline`
//! makes it, `codebook` applies the researcher's edits, `pseudonyms` makes it fit for others to see, `placing`
//! holds new interviews or another analysis against it, `comparison` its groups, `evaluation` what people coded,
//! `coding` gives passages the codes of a codebook.

pub mod codebook;
mod coding;
mod comparison;
mod evaluation;
mod pipeline;
mod placing;
pub(crate) mod pseudonyms;
mod saved;

pub use crate::notes::{NoteError, NotesFrom};
pub use codebook::{CodebookFile, apply_edits, described, keep_ids};
pub use coding::{
    Coded, CodingError, CodingOptions, Given, MAX_CODES, NEXT, NextPassage, PRECISION, code, read_given,
    read_given_with,
};
pub(crate) use coding::{MIN_JUDGED, code_with_notes};
pub use comparison::{
    Apart, Banded, Banding, By, COMPARISON_VERSION, Comparison, ComparisonError, ComparisonOptions, Finding,
    GroupComparison, GroupSummary, NotGrouped, RecurringNotCompared, SectionNotCompared, SharedQuestions,
    ThemeComparison, ThemeTrend, compare,
};
pub(crate) use comparison::{Attributes, compare_watched};
pub use evaluation::*;
pub use pipeline::{
    AnalysisError, ExcludedInspection, Inspection, MIN_PARTICIPANTS, MIN_UNITS, StudyInspection, analyse,
    generate_names, inspect, known_names, lay_out, texts_of_analysis, texts_of_corpus, unknown_languages,
};
pub(crate) use pipeline::{analyse_with_notes, lay_out_watched, unasked_lines};
pub use placing::*;
pub use pseudonyms::PseudonymError;
pub(crate) use saved::people;
pub(crate) use saved::voiced;
pub use saved::*;
