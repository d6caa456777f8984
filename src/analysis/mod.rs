//! The pipeline from a corpus to a saved analysis.
//!
//! In: a corpus, an embedder and options. Out: an [`Analysis`]: themes section by section, a row
//! for every unit, and the vectors. It decides nothing of its own about language, vectors or
//! clusters; it carries data from station to station and counts what became of every unit.

mod alignment;
mod assign;
mod attributes;
mod codes;
mod comparison;
mod counting;
mod edit;
mod evaluation;
mod headlines;
mod inspection;
mod known_themes;
mod lineage;
mod map;
mod naming;
mod pipeline;
mod schema;
mod section_vectors;
mod store;
mod table;
mod texts;
mod trust;

pub use alignment::{
    AlignError, AlignedAnalysis, AlignedPair, AlignedTheme, Alignment, SectionMatch, SectionPair, SharedPassages,
    ThemeRelation, align,
};
pub use assign::{
    AssignError, AssignedSection, AssignedTheme, Assignment, LeftOut, PossibleTheme, SeenAgain, UnknownQuestion, assign,
};
pub use attributes::AttributeColumns;
pub use codes::{CodeOptions, CodeRow, CodeSheet, CodesError, lists_by_comma, read_codes};
pub use comparison::{
    By, COMPARISON_VERSION, Comparison, ComparisonError, ComparisonOptions, Finding, GroupComparison, GroupSummary,
    NotGrouped, SectionNotCompared, SharedQuestions, ThemeComparison, compare,
};
pub use edit::{apply_edits, described, keep_ids};
pub use evaluation::*;
pub use inspection::{Inspection, StudyInspection, inspect};
pub use map::lay_out;
pub use naming::{generate_names, known_names};
pub use pipeline::{MIN_PARTICIPANTS, MIN_UNITS, analyse, unknown_languages};
pub use schema::*;
pub use store::{
    OUR_FILES, StoreError, Target, codebook_path, is_analysis, is_part_of_analysis, load, read_codebook, save,
};
pub use texts::{texts_of_analysis, texts_of_corpus};
