//! The vectors of a saved analysis, section by section.
//!
//! In: an analysis. Out: for each section its rows and their vectors as the themes were described by
//! them, without the direction of the subject where there is one; and, where everything was clustered
//! together, the offsets that were shrunk away before. It reads what was saved and asks no model.

use std::collections::{BTreeMap, HashMap};

use ndarray::{Array1, Array2, Axis};

use super::counting::Member;
use super::policy::{PARTICIPANT_SHRINKAGE, QUESTION_SHRINKAGE};
use crate::analysis::people::People;
use crate::analysis::saved::{Analysis, UnitRow};
use crate::guide::{Subject, in_force_by_words};
use crate::theme::mean;

/// The vectors of each section as the themes were described by them.
#[derive(Default)]
pub(crate) struct SectionVectors {
    /// For each section its rows of the table.
    pub rows: Vec<Vec<usize>>,
    /// For each section `(n_members, n_dims)`.
    pub sections: Vec<Array2<f32>>,
    /// What was taken out of them.
    pub subject: Option<Subject>,
}

impl SectionVectors {
    pub fn new(analysis: &Analysis) -> Self {
        let sections = &analysis.summary.sections;
        let place: HashMap<&str, usize> = sections.iter().map(|section| section.id.as_str()).zip(0..).collect();
        let mut rows: Vec<Vec<usize>> = vec![Vec::new(); sections.len()];
        for (row, unit) in analysis.units.iter().enumerate().filter(|(_, unit)| unit.vector.is_some()) {
            if let Some(&section) = unit.section.as_deref().and_then(|section| place.get(section)) {
                rows[section].push(row);
            }
        }
        let vector = |&row: &usize| analysis.units[row].vector;
        let mut own: Vec<Array2<f32>> = rows
            .iter()
            .map(|rows| analysis.vectors.select(Axis(0), &rows.iter().filter_map(vector).collect::<Vec<_>>()))
            .collect();
        let mut subject = None;
        if analysis.summary.framing.subject.is_some() {
            let text = |&row: &usize| analysis.units[row].text.as_str();
            let texts: Vec<Vec<&str>> = rows.iter().map(|rows| rows.iter().map(text).collect()).collect();
            subject = Subject::of_sections(&texts, &own).ok();
            if let Some(subject) = &subject {
                own.iter_mut().for_each(|vectors| subject.erase_from(vectors));
            }
        }
        Self { rows, sections: own, subject }
    }
}

/// Offsets that were taken out of groups of vectors.
struct Shrunk {
    /// The mean of all before.
    all: Array1<f64>,
    /// What each group lost.
    offsets: BTreeMap<usize, Array1<f64>>,
}

/// Takes most of what is common to a group out of its vectors, `(n_units, n_dims)`:
/// `x −= (group mean − mean) · c / (c + strength)` for a group of `c` units. `None`, and nothing done,
/// where there is one group at most.
fn shrink(vectors: &mut Array2<f32>, group_of: &[Option<usize>], strength: f64) -> Option<Shrunk> {
    if vectors.nrows() == 0 || group_of.iter().all(|group| *group == group_of[0]) {
        return None;
    }
    let all: Array1<f64> = mean(&vectors.view(), 0..vectors.nrows());
    let offsets = take_offsets(vectors, group_of, strength, &all);
    Some(Shrunk { all, offsets })
}

/// The same towards a mean that is given.
fn take_offsets(
    vectors: &mut Array2<f32>,
    group_of: &[Option<usize>],
    strength: f64,
    all: &Array1<f64>,
) -> BTreeMap<usize, Array1<f64>> {
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (row, group) in group_of.iter().enumerate() {
        if let Some(group) = group {
            groups.entry(*group).or_default().push(row);
        }
    }
    let mut offsets = BTreeMap::new();
    for (group, rows) in groups {
        let size = rows.len() as f64;
        let offset = (mean(&vectors.view(), rows.iter().copied()) - all) * (size / (size + strength));
        subtract(vectors, &rows, &offset);
        offsets.insert(group, offset);
    }
    offsets
}

fn subtract(vectors: &mut Array2<f32>, rows: &[usize], offset: &Array1<f64>) {
    for &row in rows {
        for (value, offset) in vectors.row_mut(row).iter_mut().zip(offset) {
            *value -= *offset as f32;
        }
    }
}

/// What was shrunk away where everything was clustered together, and how to do the same to others.
pub(crate) struct Shrinkage {
    questions: Option<Shrunk>,
    /// The mean of all after the questions.
    people: Option<Array1<f64>>,
}

impl Shrinkage {
    /// Shrinks the vectors of an analysis, `(n_members, n_dims)`: first what is common to the passages
    /// that answer one question (`in_force`), then what is common to a person's. Where there is one
    /// question, what sets a person apart *is* their answer, and nothing is taken.
    pub fn of(vectors: &mut Array2<f32>, in_force: &[Option<usize>], people: &[usize]) -> Self {
        let questions = shrink(vectors, in_force, QUESTION_SHRINKAGE);
        let people: Vec<Option<usize>> = people.iter().map(|&person| Some(person)).collect();
        let people = questions
            .is_some()
            .then(|| shrink(vectors, &people, PARTICIPANT_SHRINKAGE))
            .flatten()
            .map(|shrunk| shrunk.all);
        Self { questions, people }
    }

    /// The same to other interviews: a question loses what it lost there, a participant what sets them
    /// apart from everybody there.
    pub fn apply(&self, vectors: &mut Array2<f32>, in_force: &[Option<usize>], people: &[usize]) {
        if let Some(questions) = &self.questions {
            for (row, group) in in_force.iter().enumerate() {
                if let Some(offset) = group.and_then(|group| questions.offsets.get(&group)) {
                    subtract(vectors, &[row], offset);
                }
            }
        }
        if let Some(all) = &self.people {
            let people: Vec<Option<usize>> = people.iter().map(|&person| Some(person)).collect();
            take_offsets(vectors, &people, PARTICIPANT_SHRINKAGE, all);
        }
    }
}

/// For each row the guide question in force in its interview, told by its words.
pub(crate) fn in_force(rows: &[UnitRow], guide: &[&str]) -> Vec<Option<usize>> {
    let mut found = vec![None; rows.len()];
    let mut interviews: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (row, unit) in rows.iter().enumerate() {
        interviews.entry((&unit.study, &unit.participant)).or_default().push(row);
    }
    for rows_of in interviews.values() {
        let questions: Vec<&str> = rows_of.iter().map(|&row| rows[row].question.as_str()).collect();
        for (&row, question) in rows_of.iter().zip(in_force_by_words(&questions, guide)) {
            found[row] = question;
        }
    }
    found
}

impl SectionVectors {
    /// The passages of a section that were clustered, with their people and their rows in its vectors.
    pub(in crate::analysis) fn members<'r>(
        &self,
        section: usize,
        units: &'r [UnitRow],
        people: &People,
    ) -> Vec<Member<'r>> {
        let each = |(vector, &row): (usize, &usize)| Member { row: &units[row], person: people.of[row], vector };
        self.rows[section].iter().enumerate().map(each).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn a_group_loses_its_offset_by_its_size() {
        // Two groups of ten around 1 and −1: each loses 10 / (10 + 10) of its offset from 0.
        let mut vectors = Array2::from_shape_fn((20, 1), |(row, _)| if row < 10 { 1.0f32 } else { -1.0 });
        let groups: Vec<Option<usize>> = (0..20).map(|row| Some(row / 10)).collect();
        let shrunk = shrink(&mut vectors, &groups, 10.0).unwrap();
        assert!(vectors.iter().all(|x| (x.abs() - 0.5).abs() < 1e-6));
        assert!((shrunk.offsets[&1][0] + 0.5).abs() < 1e-12);
        assert!(shrink(&mut vectors, &[Some(1); 20], 10.0).is_none());
    }

    #[test]
    fn others_lose_what_the_question_lost_and_what_sets_them_apart() {
        let mut old = Array2::from_shape_fn((20, 2), |(row, dim)| if dim == row / 10 { 1.0f32 } else { 0.0 });
        let in_force: Vec<Option<usize>> = (0..20).map(|row| Some(row / 10)).collect();
        let shrinkage = Shrinkage::of(&mut old, &in_force, &(0..20).map(|row| row % 10).collect::<Vec<_>>());
        let mut again = Array2::from_shape_fn((20, 2), |(row, dim)| if dim == row / 10 { 1.0f32 } else { 0.0 });
        shrinkage.apply(&mut again, &in_force, &(0..20).map(|row| row % 10).collect::<Vec<_>>());
        assert!((&old - &again).iter().all(|x| x.abs() < 1e-6));
        let mut unknown = array![[1.0f32, 0.0]];
        shrinkage.apply(&mut unknown, &[None], &[0]);
        // One unit of an unknown question: 1 / (1 + 5) of its way from the mean (0.5, 0.5).
        assert!((unknown[[0, 0]] - (1.0 - 0.5 / 6.0)).abs() < 1e-6, "{unknown}");
    }
}
