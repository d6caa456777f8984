//! A saved analysis: plain data, and the folder that holds it.
//!
//! In: an [`Analysis`]. Out: `analysis.json` ([`Summary`]), `answers.parquet` (a row a unit) and
//! `vectors.npy`, saved whole or not at all, and loaded back. Stored formats live here and nowhere else:
//! a change that an older reader would misunderstand raises [`SCHEMA_VERSION`].

mod answers;
mod attributes;
mod code;
mod manifest;
mod next;
pub(crate) mod people;
mod store;
mod summary;
mod theme;
mod unit;
pub(crate) mod voiced;

pub use attributes::AttributeColumns;
pub(in crate::analysis) use attributes::attribute_named;
pub(crate) use attributes::{group_name, other_names};
pub use code::*;
pub use manifest::*;
pub use next::{NewCodebook, OUR_FILES};
pub(in crate::analysis) use store::REGISTER;
pub use store::{StoreError, Target, codebook_path, is_analysis, is_part_of_analysis, load, read_codebook, save};
pub(crate) use store::{codebook_outlived_a_run, load_without_vectors};
pub use summary::*;
pub use theme::*;
pub use unit::*;
