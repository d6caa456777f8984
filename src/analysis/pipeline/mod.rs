//! The stations in their order, for one corpus.
//!
//! In: a corpus, a source of vectors, parameters, and margin notes where there are any. Out: an [`Analysis`], in which every unit of the corpus has a
//! row. The rules stand in `policy`.

mod assembly;
pub(super) mod counting;
mod error;
mod framing;
mod generated_names;
pub(super) mod headlines;
mod inspection;
mod map;
mod margin_notes;
mod own_vectors;
pub(super) mod policy;
mod provenance;
pub(super) mod rows;
pub(super) mod section_vectors;
mod sections;
pub(super) mod terms;
pub(super) mod texts;
mod trust;
mod wordings;

pub use error::AnalysisError;
pub(crate) use framing::unasked_lines;
pub use generated_names::{generate_names, known_names};
pub use inspection::{ExcludedInspection, Inspection, StudyInspection, inspect};
pub use map::lay_out;
pub(crate) use map::lay_out_watched;
pub use policy::{MIN_PARTICIPANTS, MIN_UNITS};
pub use provenance::unknown_languages;
pub use texts::{texts_of_analysis, texts_of_corpus};
pub(in crate::analysis) use trust::accumulation;

use self::assembly::*;
use self::framing::*;
use self::margin_notes::Noted;
use self::sections::*;
use self::terms::*;
use crate::analysis::people::People;
use std::collections::BTreeSet;

use ndarray::{Array2, s};

use self::texts::{guide_items, unit_items};
use crate::analysis::saved::*;
use crate::corpus::{Corpus, Unit, UnitOptions, divide};
use crate::embed::{Progress, VectorSource};
use crate::guide::{self};
use crate::notes::NoteSource;

/// Finds the themes of a corpus.
///
/// # Errors
/// When the source lacks a vector, or a parameter of the clustering is out of range.
pub fn analyse(
    corpus: &Corpus,
    source: &dyn VectorSource,
    options: &Parameters,
    progress: &mut dyn Progress,
) -> Result<Analysis, AnalysisError> {
    analyse_with_notes(corpus, source, None, options, false, progress)
}

/// The same with margin notes, where passages are clustered by note and words together, and with the map's places if
/// `with_map`: so they are there with the themes, and not a while later.
///
/// # Errors
/// Those of [`analyse`] and of the notes.
pub(crate) fn analyse_with_notes(
    corpus: &Corpus,
    source: &dyn VectorSource,
    notes: Option<&mut dyn NoteSource>,
    options: &Parameters,
    with_map: bool,
    progress: &mut dyn Progress,
) -> Result<Analysis, AnalysisError> {
    let mut nothing = |before: &BeforeThemes, _: &mut dyn Progress| Ok(vec![false; before.kept.len()]);
    analyse_the_rest(corpus, source, notes, options, with_map, progress, &mut nothing)
}

/// What is known of a corpus before themes are looked for.
pub(in crate::analysis) struct BeforeThemes<'a> {
    pub(in crate::analysis) units: &'a [Unit],
    /// The units that are not excluded: indices into `units`, rising.
    pub(in crate::analysis) kept: Vec<usize>,
    /// `(n_kept, n_dims)`, unit length.
    pub(in crate::analysis) vectors: &'a Array2<f32>,
}

/// Says of each of the kept units whether it has its place already.
pub(in crate::analysis) type Placing<'f, E> = dyn FnMut(&BeforeThemes, &mut dyn Progress) -> Result<Vec<bool>, E> + 'f;

/// Finds the themes of what is left when some units are `placed` by the caller. Those are in the analysis with
/// their vectors, in no theme, and are neither clustered nor counted.
///
/// # Errors
/// Those of [`analyse`] and of `placing`.
pub(in crate::analysis) fn analyse_the_rest<E: From<AnalysisError>>(
    corpus: &Corpus,
    source: &dyn VectorSource,
    notes: Option<&mut dyn NoteSource>,
    options: &Parameters,
    with_map: bool,
    progress: &mut dyn Progress,
    placing: &mut Placing<E>,
) -> Result<Analysis, E> {
    let mut units = divide(corpus, &UnitOptions { kind: options.unit, min_words: options.min_words });
    let asked = guide::asked_questions(corpus);
    source.expect_units(&mut units.iter().map(|unit| unit.id.as_str())).map_err(AnalysisError::from)?;

    // One call for everything, so that progress counts once and identical texts are embedded once.
    let mut items = unit_items(&units);
    let n_units = items.len();
    items.extend(guide_items(&asked, &options.frame));
    let embedded = source.vectors(&items, progress).map_err(AnalysisError::from)?;
    let guide =
        guide_from(corpus, &asked, &options.frame, &items[n_units..], embedded.vectors.slice(s![n_units.., ..]));
    drop(items);
    drop(asked);
    refuse_unasked(&options.frame, &guide)?;

    let had_vector: Vec<bool> = units.iter().map(|unit| unit.excluded.is_none()).collect();
    set_aside_by_guide(corpus, &mut units, &guide);
    let embedded_units = units.iter().zip(&had_vector).filter(|(_, had)| **had).map(|(unit, _)| unit);
    let kept: Vec<usize> =
        embedded_units.enumerate().filter(|(_, unit)| unit.excluded.is_none()).map(|(row, _)| row).collect();
    let in_pieces = kept.iter().filter(|&&row| embedded.split[row]).count();
    let mut vectors = only_rows(embedded.vectors, &kept);
    let people = People::new(
        corpus.answers.iter().map(|answer| (corpus.study_of(answer), &*answer.participant)),
        &corpus.studies(),
    );
    let noted = notes.map(|notes| Noted::new(corpus, &units, &people, notes)).transpose()?;
    if let Some(noted) = &noted {
        noted.join(&units, &mut vectors, source, progress)?;
    }
    let before = units.iter().enumerate().filter(|(_, unit)| unit.excluded.is_none());
    let kept = before.map(|(number, _)| number).collect();
    let placed = placing(&BeforeThemes { units: &units, kept, vectors: &vectors }, progress)?;
    let themes = |progress: &mut dyn Progress| {
        let (mut sections, subject) = sections_of((&units, &guide), &vectors, &placed, &people, options, progress)?;
        let mut assembly = Assembly { corpus, units: &units, guide: &guide, people: &people, options, subject };
        let (named, clauses) = assembly.wordings(&sections, progress);
        let terms: BTreeSet<&str> = named.iter().flat_map(|group| group.terms()).collect();
        let terms = TermVectors::new(terms, source, progress)?;
        let keywords =
            named.iter().zip(&sections).map(|(group, section)| group.keywords(&terms, &section.own)).collect();
        let by_passages = terms.own.is_none();
        drop((named, terms));
        let subject = assembly.subject.as_ref().and_then(|found| found.as_ref().ok());
        let headlines = headlines::headlines(&clauses, subject, source, progress)?;
        drop(clauses);
        let trust = assembly.trust(&mut sections, progress)?;
        let names = Names { keywords, headlines, by_passages };
        // From here on the rows have the texts: so many are not held twice.
        let subject = assembly.subject.take();
        let texts =
            units.iter_mut().map(|unit| (std::mem::take(&mut unit.id), std::mem::take(&mut unit.text))).collect();
        let assembly = Assembly { corpus, units: &units, guide: &guide, people: &people, options, subject };
        Ok::<_, AnalysisError>(assembly.assemble(texts, &sections, names, &trust, source, in_pieces, progress))
    };
    let (found, places) = map::beside(with_map, vectors.view(), progress, themes);
    let (mut summary, mut rows) = found?;
    if let Some(places) = places {
        map::put(&mut rows, &places.map_err(AnalysisError::from)?);
    }
    if let Some(noted) = noted {
        noted.tell(&mut summary.manifest, &mut rows);
    }
    Ok(Analysis { summary, units: rows, vectors })
}

/// Some rows of an array, rising, moved up in it, and the rest given back: so many vectors are not held twice, and those
/// of the questions no longer than they are of use.
fn only_rows(mut array: Array2<f32>, rows: &[usize]) -> Array2<f32> {
    for (to, &from) in rows.iter().enumerate().filter(|(to, from)| to != *from) {
        let row = array.row(from).to_owned();
        array.row_mut(to).assign(&row);
    }
    array.slice_collapse(s![..rows.len(), ..]);
    let shape = array.dim();
    if !array.is_standard_layout() {
        return array;
    }
    let (mut values, first) = array.into_raw_vec_and_offset();
    values.drain(..first.unwrap_or(0));
    values.truncate(shape.0 * shape.1);
    values.shrink_to_fit();
    Array2::from_shape_vec(shape, values).unwrap_or_default() // as many values as the shape has
}

#[cfg(test)]
mod tests {
    use super::only_rows;
    use ndarray::{Array2, Axis};

    #[test]
    fn rows_that_are_moved_up_are_those_selected() {
        let all = Array2::from_shape_fn((6, 2), |(row, column)| (10 * row + column) as f32);
        for rows in [vec![], vec![0], vec![1, 2, 5], vec![0, 1, 2, 3, 4, 5]] {
            assert_eq!(only_rows(all.clone(), &rows), all.select(Axis(0), &rows));
        }
    }
}
