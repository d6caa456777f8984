//! The terms that name themes: candidates, their vectors, and the choice.

use super::policy::*;
use std::collections::{BTreeSet, HashMap};

use ndarray::{Array1, Array2};

use super::counting::{centre_of, rounded};
use super::headlines::SectionHeadlines;
use crate::analysis::AnalysisError;
use crate::analysis::saved::*;
use crate::embed::{Item, Progress, VectorSource};
use crate::theme::keywords::{self, Candidate, Keyword};
use crate::theme::vectors::Vectors;

/// What may name a group of themes, and the themes' centres.
pub(in crate::analysis) struct Naming {
    pub(in crate::analysis) candidates: Vec<Vec<Candidate>>,
    pub(in crate::analysis) centres: Vec<Array1<f32>>,
    /// For each place in what was said its row among the section's vectors.
    pub(in crate::analysis) rows: HashMap<usize, usize>,
}

impl Naming {
    /// `vectors`: `(n_members, n_dims)`, of the section.
    pub(in crate::analysis) fn keywords(&self, terms: &TermVectors, vectors: &dyn Vectors) -> Vec<Vec<Keyword>> {
        let choose = |(theme, candidates): (usize, &Vec<Candidate>)| {
            let closeness = |candidate: &Candidate| {
                let vector = terms.of(&candidate.term).unwrap_or_else(|| {
                    let rows: Vec<usize> = candidate.units.iter().map(|place| self.rows[place]).collect();
                    centre_of(vectors, &rows)
                });
                let cosines: Vec<f64> = self.centres.iter().map(|centre| f64::from(centre.dot(&vector))).collect();
                let others = cosines.iter().sum::<f64>() - cosines[theme];
                keywords::closeness(cosines[theme], others / (cosines.len() - 1).max(1) as f64)
            };
            keywords::choose(candidates, &closeness, KEYWORDS)
        };
        self.candidates.iter().enumerate().map(choose).collect()
    }
}

/// The vectors of what themes may be named by.
pub(in crate::analysis) struct TermVectors {
    pub(super) row_of: HashMap<String, usize>,
    /// `(n_terms, n_dims)`; `None` where nothing can embed a term: the mean of the passages that use
    /// it stands in then.
    pub(super) own: Option<Array2<f32>>,
}

impl TermVectors {
    pub(in crate::analysis) fn new(
        terms: BTreeSet<&str>,
        source: &dyn VectorSource,
        progress: &mut dyn Progress,
    ) -> Result<Self, AnalysisError> {
        let items: Vec<Item> = terms.iter().map(|term| Item::term(*term)).collect();
        let own = source.term_vectors(&items, progress)?;
        Ok(Self { row_of: terms.into_iter().map(str::to_string).zip(0..).collect(), own })
    }

    /// Without a source: the mean of the passages that use a term stands in for each.
    pub(in crate::analysis) fn by_passages() -> Self {
        Self { row_of: HashMap::new(), own: None }
    }

    pub(super) fn of(&self, term: &str) -> Option<Array1<f32>> {
        self.own.as_ref().map(|own| own.row(self.row_of[term]).to_owned())
    }
}

/// The same for a section's themes and for the parts of each.
pub(super) struct SectionNaming {
    pub(super) themes: Naming,
    pub(super) parts: Vec<Naming>,
}

impl SectionNaming {
    pub(super) fn terms(&self) -> impl Iterator<Item = &str> {
        let namings = std::iter::once(&self.themes).chain(&self.parts);
        namings.flat_map(|naming| naming.candidates.iter().flatten().map(|candidate| candidate.term.as_str()))
    }

    pub(super) fn keywords(&self, terms: &TermVectors, vectors: &dyn Vectors) -> Vec<ThemeKeywords> {
        let themes = self.themes.keywords(terms, vectors);
        let parts = self.parts.iter().map(|naming| naming.keywords(terms, vectors));
        themes.into_iter().zip(parts).map(|(keywords, parts)| ThemeKeywords { keywords, parts }).collect()
    }
}

/// What the themes of all sections are named by.
pub(super) struct Names {
    pub(super) keywords: Vec<Vec<ThemeKeywords>>,
    pub(super) headlines: Vec<SectionHeadlines>,
    /// Whether terms had no vectors of their own.
    pub(super) by_passages: bool,
}

pub(super) struct ThemeKeywords {
    pub(super) keywords: Vec<Keyword>,
    pub(super) parts: Vec<Vec<Keyword>>,
}

/// Keywords as they are written down.
pub(in crate::analysis) fn stored(keywords: Vec<Keyword>) -> Vec<Keyword> {
    keywords.into_iter().map(|keyword| Keyword { weight: rounded(keyword.weight), ..keyword }).collect()
}

/// The headline, else the keywords' label, or without keywords how the most typical member begins.
pub(crate) fn label(headline: Option<&Headline>, keywords: &[Keyword], typical: Option<&str>) -> String {
    headline.map(Headline::label).or_else(|| keywords::label(keywords)).unwrap_or_else(|| {
        let words: Vec<&str> = typical.unwrap_or_default().split_whitespace().collect();
        let dots = if words.len() > LABEL_WORDS { "…" } else { "" };
        format!("“{}{dots}”", words[..words.len().min(LABEL_WORDS)].join(" "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_keywords_is_named_by_how_its_typical_passage_begins() {
        let named = |typical| label(None, &[], typical);
        assert_eq!(named(Some("it is  all in the one place now")), "“it is all in the one…”");
        assert_eq!(named(Some("nothing at all")), "“nothing at all”");
        assert_eq!(named(None), "“”");
    }
}
