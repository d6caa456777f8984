//! What is saved, held against what is new: other interviews, or another analysis.
//!
//! In: a saved analysis with vectors, and a corpus or a second analysis. Out: where each new passage belongs, or
//! which themes of the two are the same. Neither changes a saved analysis.

mod alignment;
mod assign;
mod error;
mod known_sections;

pub use alignment::{
    AlignError, AlignedAnalysis, AlignedPair, AlignedTheme, Alignment, SectionMatch, SectionPair, SharedPassages,
    ThemeRelation, align,
};
pub use assign::{
    AssignError, AssignedSection, AssignedTheme, Assignment, LeftOut, PossibleTheme, SeenAgain, UnknownQuestion, assign,
};
pub use error::PlacingError;
