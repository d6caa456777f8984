//! Margin notes in the clustering.
//!
//! In: the units of a corpus, a source of notes, and the vectors of the words. Out: a note for each unit that has
//! one, and vectors of note and words together. Where a passage has no note its words stand for both, so its
//! vector stays as it is. Notes go into vectors and nowhere else: quotes, headlines and keywords never see them.

use ndarray::{ArrayView1, ArrayViewMut1};

use super::policy::NOTE_WEIGHT;
use crate::analysis::AnalysisError;
use crate::analysis::people::People;
use crate::analysis::saved::{Manifest, MarginNotes, UnitRow};
use crate::corpus::named::Said;
use crate::corpus::{Corpus, Unit};
use crate::embed::{Item, Progress, TextKind, VectorSource};
use crate::notes::{NoteSource, Notes, Passage};

/// The notes on the units.
pub(super) struct Noted {
    /// For each unit.
    of: Vec<Option<String>>,
    told: MarginNotes,
}

impl Noted {
    /// Asks for the notes.
    pub(super) fn new(
        corpus: &Corpus,
        units: &[Unit],
        people: &People,
        notes: &mut dyn NoteSource,
    ) -> Result<Self, AnalysisError> {
        let passages: Vec<Passage> = units.iter().map(|unit| passage(corpus, unit, people)).collect();
        let Notes { of, failed, without_content, from, problem } = notes.notes(&passages)?;
        let clustered = || units.iter().zip(&of).filter(|(unit, _)| unit.excluded.is_none());
        let told = MarginNotes {
            from,
            weight: NOTE_WEIGHT,
            passages: clustered().count(),
            with_note: clustered().filter(|(_, note)| note.is_some()).count(),
            without_content,
            failed: failed.into_iter().map(|at| units[at].id.clone()).collect(),
            problem,
        };
        Ok(Self { of, told })
    }

    /// Makes the vectors of the units that are not excluded, `(n_not_excluded, n_dims)`, those of note and words
    /// together.
    pub(super) fn join(
        &self,
        units: &[Unit],
        vectors: &mut ndarray::Array2<f32>,
        source: &dyn VectorSource,
        progress: &mut dyn Progress,
    ) -> Result<(), AnalysisError> {
        let clustered = units.iter().zip(&self.of).filter(|(unit, _)| unit.excluded.is_none());
        let (rows, items): (Vec<usize>, Vec<Item>) = clustered
            .enumerate()
            .filter_map(|(row, (_, note))| Some((row, Item::wording(TextKind::Note, note.as_deref()?))))
            .unzip();
        if items.is_empty() {
            return Ok(());
        }
        let of_notes = source.vectors(&items, progress)?.vectors;
        for (row, note) in rows.into_iter().zip(of_notes.outer_iter()) {
            together(&mut vectors.row_mut(row), &note, NOTE_WEIGHT);
        }
        Ok(())
    }

    /// Writes the notes beside the words, and into the manifest where they come from.
    pub(super) fn tell(self, manifest: &mut Manifest, rows: &mut [UnitRow]) {
        for (row, note) in rows.iter_mut().zip(self.of) {
            row.note = note;
        }
        manifest.notes = Some(self.told);
    }
}

fn passage<'c>(corpus: &'c Corpus, unit: &'c Unit, people: &People) -> Passage<'c> {
    let answer = &corpus.answers[unit.answer];
    let turn = corpus.turn_of(answer);
    let document = &corpus.documents[turn.document];
    Passage {
        said: Said {
            id: &unit.id,
            study: corpus.study_of(answer),
            participant: &answer.participant,
            number: answer.number,
            file: &corpus.sources[document.source].path,
            answer: unit.answer,
            person: people.of[unit.answer],
        },
        record: document.cell.as_ref().map(|cell| cell.row),
        start: unit.span.start,
        end: unit.span.end,
        text: &unit.text,
        answer: &turn.text,
        at: unit.span.start.saturating_sub(turn.span.start),
        question: corpus.question_text(answer),
        excluded: unit.excluded.is_some(),
    }
}

/// `words + weight · note`, at unit length; all `(n_dims)`. Two that cancel each other leave the words.
fn together(words: &mut ArrayViewMut1<f32>, note: &ArrayView1<f32>, weight: f64) {
    let sum: Vec<f64> = words.iter().zip(note).map(|(&x, &n)| f64::from(x) + weight * f64::from(n)).collect();
    let length = sum.iter().map(|value| value * value).sum::<f64>().sqrt();
    if length > f64::from(f32::EPSILON) {
        words.iter_mut().zip(sum).for_each(|(word, value)| *word = (value / length) as f32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn a_note_turns_the_words_towards_it() {
        let mut words = array![1.0f32, 0.0];
        together(&mut words.view_mut(), &array![0.0f32, 1.0].view(), 1.0);
        let half = std::f32::consts::FRAC_1_SQRT_2;
        assert_eq!(words, array![half, half]);
        let mut words = array![1.0f32, 0.0];
        together(&mut words.view_mut(), &array![0.0f32, 1.0].view(), 0.75);
        assert_eq!(words, array![0.8f32, 0.6]);
    }

    #[test]
    fn the_same_words_and_their_opposite_leave_the_words() {
        let mut words = array![0.6f32, 0.8];
        together(&mut words.view_mut(), &array![0.6f32, 0.8].view(), 1.0);
        assert_eq!(words, array![0.6f32, 0.8]);
        together(&mut words.view_mut(), &array![-0.6f32, -0.8].view(), 1.0);
        assert_eq!(words, array![0.6f32, 0.8]);
    }
}
