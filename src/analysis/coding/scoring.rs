//! How near passages are to codes.
//!
//! In: vectors of passages, `(n_passages, n_dims)`, and of what codes are known by. Out: scores, `(n_passages,
//! n_codes)`, higher is nearer, comparable along a row and along a column. Numbers only: it knows no texts, decides
//! nothing, and gives the same numbers on any number of threads.

use linfa_linalg::LinalgError;
use ndarray::{Array1, Array2, ArrayView1, Axis};
use rayon::prelude::*;

use super::policy::{
    EXAMPLES_LIKE_A_DEFINITION, HUB, NAME_SHARE, NEARER_THAN, NEAREST, NEIGHBOURS, NEIGHBOURS_SHARE, PROTOTYPES, PUSH,
};
use super::regression::{regressed, unit_length};
use super::spreading::{NearPassages, spread};
use crate::cluster::{ClusterError, Neighbours, UnitRows};

/// What codes are known by before anybody gave an example; every vector of unit length.
pub(super) struct CodeVectors {
    /// `(n_codes, n_dims)`: of the name, definition and when it applies together.
    pub(super) definitions: Array2<f32>,
    /// `(n_codes, n_dims)`: of the names alone.
    pub(super) names: Array2<f32>,
    /// For each code what it is not, `(n_dims)`.
    pub(super) excluded: Vec<Option<Array1<f32>>>,
}

impl CodeVectors {
    /// For each code whether no passage of `passages`, `(n_passages, n_dims)`, is near its definition: nearer than
    /// most definitions of other things, `elsewhere`, `(n_elsewhere, n_dims)`. All of unit length.
    pub(super) fn are_nobodys(&self, elsewhere: &Array2<f32>, passages: &Array2<f32>) -> Vec<bool> {
        let mut others: Vec<f64> = nearest_cosine(elsewhere, passages);
        others.sort_by(f64::total_cmp);
        let least = others.get((NEARER_THAN * others.len() as f64) as usize).copied().unwrap_or(f64::NEG_INFINITY);
        nearest_cosine(&self.definitions, passages).into_iter().map(|near| near < least).collect()
    }

    /// `(n_codes, n_dims)`: name and definition with a share of the name alone, unit length.
    fn told(&self) -> Array2<f32> {
        let mut told = self.definitions.clone();
        for (mut own, name) in told.outer_iter_mut().zip(self.names.outer_iter()) {
            let mut sum = own.mapv(f64::from);
            sum.zip_mut_with(&name, |sum, &x| *sum += NAME_SHARE * f64::from(x));
            own.assign(&unit_length(sum));
        }
        told
    }
}

/// For each of `definitions` the mean cosine to the nearest of `passages`.
fn nearest_cosine(definitions: &Array2<f32>, passages: &Array2<f32>) -> Vec<f64> {
    let of_one = |definition: ArrayView1<f32>| {
        mean_of_highest(passages.outer_iter().map(|row| f64::from(row.dot(&definition))).collect(), NEAREST)
    };
    definitions.outer_iter().map(of_one).collect()
}

/// Passages that were moved towards their neighbours.
pub(super) struct Smoothed {
    /// `(n_passages, n_dims)`, unit length.
    pub(super) vectors: Array2<f32>,
    /// For each passage the mean cosine to its neighbours: how densely it is surrounded.
    pub(super) density: Vec<f64>,
}

/// Moves each of `vectors`, `(n_passages, n_dims)`, unit length, towards its nearest neighbours.
///
/// # Errors
/// Those of [`UnitRows::new`].
pub(super) fn smoothed(vectors: &Array2<f32>) -> Result<Smoothed, ClusterError> {
    let nearest = Neighbours::within(&UnitRows::new(vectors.view())?, NEIGHBOURS);
    let rows: Vec<Array1<f32>> = (0..vectors.nrows())
        .into_par_iter()
        .map(|row| {
            let neighbours = nearest.indices.row(row);
            let mut sum = vectors.row(row).mapv(|x| f64::from(x) * (1.0 - NEIGHBOURS_SHARE));
            let share = NEIGHBOURS_SHARE / neighbours.len().max(1) as f64;
            for &other in neighbours {
                sum.zip_mut_with(&vectors.row(other), |sum, &x| *sum += share * f64::from(x));
            }
            unit_length(sum)
        })
        .collect();
    let mut moved = Array2::zeros(vectors.dim());
    moved.outer_iter_mut().zip(rows).for_each(|(mut row, own)| row.assign(&own));
    Ok(Smoothed { vectors: moved, density: nearest.mean_cosine(NEIGHBOURS) })
}

/// The score of each passage for each code, `(n_passages, n_codes)`: what the [regression](super::regression) says and
/// twice the nearness to prototypes, each in its own standard deviations; with examples [spread](super::spreading)
/// among neighbours.
///
/// `passages`: smoothed; `near` their neighbours, which nothing asks for without examples. `examples`, `rejected`: for each code the rows that people gave it,
/// or said not to have it.
///
/// # Errors
/// Those of the regression.
pub(super) fn scores(
    passages: &Array2<f32>,
    near: Option<&NearPassages>,
    codes: &CodeVectors,
    examples: &[Vec<usize>],
    rejected: &[Vec<usize>],
) -> Result<Array2<f64>, LinalgError> {
    let told = codes.told();
    let by_prototype = nearness(passages, &told, codes, examples, rejected);
    let learned = standardised(regressed(passages, &told, examples)?);
    let found = learned + standardised(by_prototype) * PROTOTYPES;
    Ok(match near.filter(|_| examples.iter().any(|rows| !rows.is_empty())) {
        Some(near) => spread(found, near, examples),
        None => found,
    })
}

/// Minus the mean, in standard deviations, over all passages and codes.
fn standardised(mut scores: Array2<f64>) -> Array2<f64> {
    let n = scores.len().max(1) as f64;
    let mean = scores.sum() / n;
    let deviation = (scores.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt();
    scores.mapv_inplace(|x| (x - mean) / if deviation > 1e-9 { deviation } else { 1.0 });
    scores
}

fn mean_of_highest(mut values: Vec<f64>, most: usize) -> f64 {
    values.sort_by(|a, b| b.total_cmp(a));
    values.truncate(most);
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// `2·cos − h`, where `cos` is the cosine to the code's prototype, less [`PUSH`] times that to what it is not, and `h`
/// the mean of this over the [`HUB`] passages with the highest. The prototype is what the code is told by, and with n
/// examples `n / (n + 5)` of their mean.
fn nearness(
    passages: &Array2<f32>,
    told: &Array2<f32>,
    codes: &CodeVectors,
    examples: &[Vec<usize>],
    rejected: &[Vec<usize>],
) -> Array2<f64> {
    let columns: Vec<Array1<f64>> = (0..told.nrows())
        .into_par_iter()
        .map(|code| {
            let prototype = prototype(passages, told.row(code), &examples[code]);
            let mut away: Vec<Array1<f32>> = codes.excluded[code].iter().cloned().collect();
            away.extend(mean_direction(passages, &rejected[code]));
            let cosine = |row: ArrayView1<f32>| {
                let own = f64::from(row.dot(&prototype));
                own - PUSH * away.iter().map(|other| f64::from(row.dot(other))).sum::<f64>()
            };
            let cosines: Vec<f64> = passages.outer_iter().map(cosine).collect();
            let hub = mean_of_highest(cosines.clone(), HUB);
            cosines.into_iter().map(|cosine| 2.0 * cosine - hub).collect()
        })
        .collect();
    let mut scores = Array2::zeros((passages.nrows(), columns.len()));
    scores.axis_iter_mut(Axis(1)).zip(columns).for_each(|(mut column, own)| column.assign(&own));
    scores
}

fn prototype(passages: &Array2<f32>, told: ArrayView1<f32>, examples: &[usize]) -> Array1<f32> {
    let Some(shown) = mean_direction(passages, examples) else { return told.to_owned() };
    let n = examples.len() as f64;
    let share = n / (n + EXAMPLES_LIKE_A_DEFINITION);
    let mut both = shown.mapv(|x| share * f64::from(x));
    both.zip_mut_with(&told, |sum, &x| *sum += (1.0 - share) * f64::from(x));
    unit_length(both)
}

/// Unit length; `None` for no rows.
pub(super) fn mean_direction(passages: &Array2<f32>, rows: &[usize]) -> Option<Array1<f32>> {
    (!rows.is_empty()).then(|| unit_length(crate::theme::mean(&passages.view(), rows.iter().copied())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    /// 40 passages around each of two directions; both codes' definitions lie between, a little nearer to their own.
    fn two_codes() -> (Array2<f32>, CodeVectors) {
        let passages = Array2::from_shape_fn((80, 3), |(row, dim)| match (dim, row < 40) {
            (2, _) => 0.05 * (row % 7) as f32,
            (0, true) | (1, false) => 1.0,
            _ => 0.1 * (row % 3) as f32,
        });
        let lengths: Vec<f32> = passages.outer_iter().map(|row| row.dot(&row).sqrt()).collect();
        let passages = Array2::from_shape_fn((80, 3), |(row, dim)| passages[[row, dim]] / lengths[row]);
        let told = array![[0.8f32, 0.6, 0.0], [0.6, 0.8, 0.0]];
        (passages, CodeVectors { definitions: told.clone(), names: told, excluded: vec![None, None] })
    }

    fn scored(
        passages: &Array2<f32>,
        codes: &CodeVectors,
        examples: &[Vec<usize>],
        rejected: &[Vec<usize>],
    ) -> Array2<f64> {
        scores(passages, Some(&NearPassages::of(passages).unwrap()), codes, examples, rejected).unwrap()
    }

    fn right(scores: &Array2<f64>) -> usize {
        (0..80).filter(|&row| (scores[[row, 0]] > scores[[row, 1]]) == (row < 40)).count()
    }

    #[test]
    fn passages_are_nearest_to_their_code_and_examples_make_the_difference_larger() {
        let (passages, codes) = two_codes();
        let smooth = smoothed(&passages).unwrap().vectors;
        let none = vec![Vec::new(); 2];
        let told = scored(&smooth, &codes, &none, &none);
        assert_eq!(right(&told), 80);
        let shown = scored(&smooth, &codes, &[vec![0, 1], vec![40, 41]], &none);
        assert!(shown[[20, 0]] - shown[[20, 1]] > told[[20, 0]] - told[[20, 1]]);
        // A definition that tells nothing is made good by two examples each.
        let dull = CodeVectors { names: codes.definitions.clone(), definitions: codes.definitions.clone(), ..codes };
        let dull = CodeVectors {
            definitions: array![[0.0, 0.0, 1.0], [0.0, 0.0, 1.0]],
            names: array![[0.0, 0.0, 1.0], [0.0, 0.0, 1.0]],
            ..dull
        };
        assert_eq!(right(&scored(&smooth, &dull, &[vec![0, 1], vec![40, 41]], &none)), 80);
    }

    #[test]
    fn what_is_excluded_pushes_away() {
        let (passages, mut codes) = two_codes();
        let none = vec![Vec::new(); 2];
        let before = scored(&passages, &codes, &none, &none);
        codes.excluded[0] = Some(array![0.0, 1.0, 0.0]);
        let after = scored(&passages, &codes, &none, &none);
        let gain = |scores: &Array2<f64>| scores[[0, 0]] - scores[[60, 0]];
        assert!(gain(&after) > gain(&before));
        let said = scored(&passages, &codes, &none, &[vec![50, 51], Vec::new()]);
        assert!(gain(&said) > gain(&after));
    }

    #[test]
    fn a_definition_near_to_everything_does_not_win_everywhere() {
        // The second code is nearer to every passage, but to none of them by more than to the others.
        let passages = array![[1.0f32, 0.0], [0.96, 0.28], [0.8, 0.6], [0.6, 0.8]];
        let told = array![[0.6f32, -0.8], [0.8, 0.6]];
        let codes = CodeVectors { definitions: told.clone(), names: told, excluded: vec![None, None] };
        let none = vec![Vec::new(); 2];
        let found = scored(&passages, &codes, &none, &none);
        assert!(found[[0, 0]] > found[[0, 1]], "{found}");
    }

    #[test]
    fn one_passage_is_no_trouble() {
        let alone = array![[1.0f32, 0.0]];
        let smooth = smoothed(&alone).unwrap();
        assert_eq!(smooth.vectors, alone);
        let codes = CodeVectors { definitions: alone.clone(), names: alone.clone(), excluded: vec![None] };
        assert!(scored(&smooth.vectors, &codes, &[vec![]], &[vec![]])[[0, 0]].is_finite());
    }
}
