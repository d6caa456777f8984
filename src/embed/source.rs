//! Where the vectors of an analysis come from.
//!
//! In: the texts of an analysis, each with an id and what it is. Out: a unit-length vector for each.
//! [`Computed`] asks an [`Embedder`] through the cache and looks at the texts only;
//! [`GivenVectors`](super::given::GivenVectors) takes vectors made elsewhere by their ids. A source
//! never makes up a vector that is missing.

use std::borrow::Cow;

use ndarray::Array2;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cache::Cache;
use crate::corpus::Language;

use super::{EmbedError, Embedded, Embedder, ModelIdentity, Progress, embed_texts};

/// What a text is in the analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// A unit: what participants said.
    Unit,
    /// One way the interviewer worded a question, or a line of a given guide.
    Question,
    /// An example of a greeting or of a closing question, the same in every analysis.
    Example,
    /// A word or phrase that a theme may be named by; known only after the clustering.
    Term,
    /// What a code that the researcher gave is known by: its name, its definition, an example from elsewhere.
    Code,
    /// A clause of a passage that may be a theme's headline; known only after the clustering.
    Clause,
    /// A margin note on a passage.
    Note,
}

impl TextKind {
    /// The word in files, and the start of the ids of what is no unit.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Question => "question",
            Self::Example => "example",
            Self::Term => "term",
            Self::Code => "code",
            Self::Clause => "clause",
            Self::Note => "note",
        }
    }

    /// What an id stands for.
    pub fn of_id(id: &str) -> Self {
        let of = |kind: &Self| id.strip_prefix(kind.word()).is_some_and(|rest| rest.starts_with(':'));
        [Self::Question, Self::Example, Self::Term, Self::Code, Self::Clause, Self::Note]
            .into_iter()
            .find(of)
            .unwrap_or(Self::Unit)
    }
}

/// A text to embed.
#[derive(Clone, Debug, PartialEq)]
pub struct Item<'t> {
    /// What it is.
    pub kind: TextKind,
    /// A unit's own id; `term:` and the term; otherwise the kind and the first 16 digits of the
    /// text's BLAKE3, so that the same question keeps its id when interviews join.
    pub id: Cow<'t, str>,
    /// The words.
    pub text: Cow<'t, str>,
}

impl<'t> Item<'t> {
    /// A unit.
    pub fn unit(id: impl Into<Cow<'t, str>>, text: impl Into<Cow<'t, str>>) -> Self {
        Self { kind: TextKind::Unit, id: id.into(), text: text.into() }
    }

    /// A question, an example of one, a clause, or a margin note.
    pub fn wording(kind: TextKind, text: impl Into<Cow<'t, str>>) -> Self {
        let text = text.into();
        let hash = blake3::hash(text.as_bytes()).to_hex();
        Self { kind, id: format!("{}:{}", kind.word(), &hash[..16]).into(), text }
    }

    /// A term.
    pub fn term(term: impl Into<Cow<'t, str>>) -> Self {
        let text = term.into();
        Self { kind: TextKind::Term, id: format!("{}:{text}", TextKind::Term.word()).into(), text }
    }
}

/// Where vectors were made, and so where the texts have been.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Origin {
    /// On this machine, by this program.
    #[default]
    Here,
    /// Elsewhere; they were read from a file.
    File {
        /// The path as given.
        path: String,
        /// BLAKE3 of the file, lower-case hex.
        blake3: String,
        /// Its rows, whether they were needed or not.
        rows: usize,
    },
    /// By a server, to which the texts were sent.
    Server {
        /// Scheme, host, port and path; no credentials, no query.
        address: String,
    },
}

impl Origin {
    /// Whether no text left the program.
    pub fn is_here(&self) -> bool {
        *self == Self::Here
    }
}

/// The places of texts that have a vector, rising, and their vectors, `(n_places, n_dims)`.
pub type SomeVectors = (Vec<usize>, Array2<f32>);

/// Gives the vectors of an analysis.
pub trait VectorSource {
    /// What the vectors were made with.
    fn identity(&self) -> &ModelIdentity;

    /// Where they were made.
    fn origin(&self) -> Origin;

    /// What a reader of the results should know of them.
    fn warnings(&self) -> &[String] {
        &[]
    }

    /// The one language that the model knows, where it is known to know one only.
    fn only_language(&self) -> Option<Language> {
        None
    }

    /// Hears the ids of all units of the interviews before any vector is asked for.
    ///
    /// # Errors
    /// When the source has vectors for other units: they belong to other interviews.
    fn expect_units(&self, _ids: &mut dyn Iterator<Item = &str>) -> Result<(), EmbedError> {
        Ok(())
    }

    /// A vector for every item, in their order.
    ///
    /// # Errors
    /// When one cannot be had.
    fn vectors(&self, items: &[Item<'_>], progress: &mut dyn Progress) -> Result<Embedded, EmbedError>;

    /// What of the terms and clauses that were asked for is not there, as sentences for whoever reads the results.
    fn missing(&self) -> Vec<String> {
        Vec::new()
    }

    /// `(n_terms, n_dims)` in the order of `terms`, items that are known only after the clustering
    /// ([`TextKind::Term`] or [`TextKind::Clause`]); `None` when the
    /// source has no vectors for all of them and cannot make any.
    ///
    /// # Errors
    /// When they should be there and are not.
    fn term_vectors(&self, terms: &[Item<'_>], progress: &mut dyn Progress) -> Result<Option<Array2<f32>>, EmbedError> {
        self.vectors(terms, progress).map(|embedded| Some(embedded.vectors))
    }

    /// The places of those clauses that have a vector, rising, and `(n_places, n_dims)`; `None` where none has one. A
    /// headline is chosen among clauses, so that those without a vector can be left out.
    ///
    /// # Errors
    /// When they should be there and are not.
    fn clause_vectors(
        &self,
        clauses: &[Item<'_>],
        progress: &mut dyn Progress,
    ) -> Result<Option<SomeVectors>, EmbedError> {
        let found = self.term_vectors(clauses, progress)?;
        Ok(found.map(|vectors| ((0..clauses.len()).collect(), vectors)))
    }
}

/// Vectors from an embedder, through the cache where there is one.
pub struct Computed<'a> {
    embedder: Box<dyn Embedder + 'a>,
    cache: Option<&'a Cache>,
}

impl<'a> Computed<'a> {
    /// Asks `cache` first.
    pub fn new(embedder: impl Embedder + 'a, cache: Option<&'a Cache>) -> Self {
        Self { embedder: Box::new(embedder), cache }
    }
}

impl VectorSource for Computed<'_> {
    fn identity(&self) -> &ModelIdentity {
        self.embedder.identity()
    }

    fn origin(&self) -> Origin {
        self.embedder.origin()
    }

    fn warnings(&self) -> &[String] {
        self.embedder.warnings()
    }

    fn only_language(&self) -> Option<Language> {
        self.embedder.only_language()
    }

    fn vectors(&self, items: &[Item<'_>], progress: &mut dyn Progress) -> Result<Embedded, EmbedError> {
        let texts: Vec<&str> = items.iter().map(|item| item.text.as_ref()).collect();
        embed_texts(self.embedder.as_ref(), self.cache, &texts, progress)
    }
}

/// Why a vector cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The number at this place, counted from 1, is not a number or infinite.
    NotFinite(usize),
    /// All numbers are zero: the vector has no direction.
    Zero,
}

/// Vectors whose length is this near to 1 are taken as they are, so that vectors which this program
/// wrote come back bit by bit.
const UNIT_TOLERANCE: f64 = 1e-5;

/// Brings a vector to unit length.
pub(super) fn to_unit_length(values: &mut [f32]) -> Result<(), Flaw> {
    if let Some(at) = values.iter().position(|value| !value.is_finite()) {
        return Err(Flaw::NotFinite(at + 1));
    }
    let norm = values.iter().map(|&value| f64::from(value) * f64::from(value)).sum::<f64>().sqrt();
    if norm == 0.0 {
        return Err(Flaw::Zero);
    }
    if (norm - 1.0).abs() > UNIT_TOLERANCE {
        for value in values {
            *value = (f64::from(*value) / norm) as f32;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_tell_what_they_stand_for() {
        let question = Item::wording(TextKind::Question, "What changed?");
        assert!(question.id.starts_with("question:") && question.id.len() == "question:".len() + 16);
        assert_eq!(TextKind::of_id(&question.id), TextKind::Question);
        assert_eq!(TextKind::of_id(&Item::term("late shift").id), TextKind::Term);
        assert_eq!(TextKind::of_id("questionnaire/p1#1"), TextKind::Unit);
    }

    #[test]
    fn a_vector_of_unit_length_is_left_alone_and_others_are_brought_to_it() {
        let mut unit = [0.600_000_1_f32, 0.8];
        to_unit_length(&mut unit).unwrap();
        assert_eq!(unit, [0.600_000_1, 0.8]);
        let mut long = [3.0_f32, 4.0];
        to_unit_length(&mut long).unwrap();
        assert_eq!(long, [0.6, 0.8]);
        let mut large = [f32::MAX, f32::MAX];
        to_unit_length(&mut large).unwrap();
        assert!((large[0] - std::f32::consts::FRAC_1_SQRT_2).abs() < 1e-7);
    }

    #[test]
    fn flaws_are_found() {
        assert_eq!(to_unit_length(&mut [0.0, 0.0]), Err(Flaw::Zero));
        assert_eq!(to_unit_length(&mut []), Err(Flaw::Zero));
        assert_eq!(to_unit_length(&mut [1.0, f32::NAN]), Err(Flaw::NotFinite(2)));
        assert_eq!(to_unit_length(&mut [f32::INFINITY, 1.0]), Err(Flaw::NotFinite(1)));
    }
}
