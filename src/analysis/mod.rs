//! The pipeline from a corpus to a saved analysis.
//!
//! In: a corpus, an embedder and options. Out: an [`Analysis`]: themes section by section, a row
//! for every unit, and the vectors. It decides nothing of its own about language, vectors or
//! clusters; it carries data from station to station and counts what became of every unit.

mod inspection;
mod pipeline;
mod schema;
mod store;
mod table;
mod texts;
mod trust;

pub use inspection::{Inspection, StudyInspection, inspect};
pub use pipeline::{MIN_PARTICIPANTS, MIN_UNITS, analyse, unknown_languages};
pub use schema::*;
pub use store::{StoreError, Target, is_analysis, load, save};
pub use texts::{texts_of_analysis, texts_of_corpus};
