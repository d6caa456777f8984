//! What people coded, spread among passages that lie near it.
//!
//! In: scores, `(n_passages, n_codes)`, vectors, and which passages people coded. Out: scores of the same shape and
//! scale, in which neighbours count. Numbers only; the passages that people coded keep what they gave.

use ndarray::{Array1, Array2};

use super::policy::{AS_CODED, LIKE_NEIGHBOURS, NEIGHBOURS, SHARPNESS, STEPS};
use crate::cluster::{ClusterError, Neighbours, UnitRows};

/// Passages and the weights of those that are near them.
pub(super) struct NearPassages {
    /// For each passage `(other, weight)`; the weights add up to 1.
    of: Vec<Vec<(usize, f64)>>,
}

impl NearPassages {
    /// Of vectors `(n_passages, n_dims)`, unit length: who is among the nearest of whom, either way, by `exp(8 (cos −
    /// 1))`.
    ///
    /// # Errors
    /// Those of [`UnitRows::new`].
    pub(super) fn of(vectors: &Array2<f32>) -> Result<Self, ClusterError> {
        let nearest = Neighbours::within(&UnitRows::new(vectors.view())?, NEIGHBOURS);
        let mut of = vec![Vec::new(); vectors.nrows()];
        for (row, others) in nearest.indices.outer_iter().enumerate() {
            for &other in others {
                let cosine = f64::from(vectors.row(row).dot(&vectors.row(other)));
                let weight = libm::exp(SHARPNESS * (cosine - 1.0));
                of[row].push((other, weight));
                of[other].push((row, weight));
            }
        }
        for own in &mut of {
            own.sort_by_key(|&(other, _)| other);
            own.dedup_by_key(|&mut (other, _)| other);
            let sum: f64 = own.iter().map(|(_, weight)| weight).sum();
            own.iter_mut().for_each(|(_, weight)| *weight /= sum.max(f64::MIN_POSITIVE));
        }
        Ok(Self { of })
    }
}

/// Spreads what people coded (`examples`: for each code the rows that have it): a coded passage has [`AS_CODED`] for
/// its codes and at most 0 for others, and stays so; each other passage takes [`LIKE_NEIGHBOURS`] of its neighbours'
/// scores, [`STEPS`] times (Zhou et al. 2004, "Learning with local and global consistency", eq. 4, with the coded
/// passages held).
pub(super) fn spread(mut scores: Array2<f64>, near: &NearPassages, examples: &[Vec<usize>]) -> Array2<f64> {
    let mut is_coded = vec![false; scores.nrows()];
    examples.iter().flatten().for_each(|&row| is_coded[row] = true);
    for row in (0..scores.nrows()).filter(|&row| is_coded[row]) {
        let own = Array1::from_shape_fn(scores.ncols(), |code| {
            if examples[code].contains(&row) { AS_CODED } else { scores[[row, code]].min(0.0) }
        });
        scores.row_mut(row).assign(&own);
    }
    let mut found = scores.clone();
    for _ in 0..STEPS {
        let mut next = &scores * (1.0 - LIKE_NEIGHBOURS);
        for (row, others) in near.of.iter().enumerate() {
            if is_coded[row] || others.is_empty() {
                next.row_mut(row).assign(&scores.row(row));
                continue;
            }
            for &(other, weight) in others {
                next.row_mut(row).scaled_add(LIKE_NEIGHBOURS * weight, &found.row(other));
            }
        }
        found = next;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 30 passages in two directions.
    fn two_directions() -> Array2<f32> {
        let angle = |row: usize| if row < 15 { 0.02 * row as f32 } else { 1.2 + 0.02 * row as f32 };
        Array2::from_shape_fn((30, 2), |(row, dim)| if dim == 0 { angle(row).cos() } else { angle(row).sin() })
    }

    #[test]
    fn one_example_reaches_its_neighbours_and_nobody_else() {
        let near = NearPassages::of(&two_directions()).unwrap();
        let undecided = Array2::zeros((30, 2));
        let found = spread(undecided.clone(), &near, &[vec![3], vec![20]]);
        let ahead = |row: usize| found[[row, 0]] - found[[row, 1]];
        assert!((0..15).all(|row| ahead(row) > 0.0) && (15..30).all(|row| ahead(row) < 0.0), "{found}");
        // Nobody coded anything and nothing is known: it stays so.
        assert!(spread(undecided, &near, &[vec![], vec![]]).iter().all(|&score| score == 0.0));
    }

    #[test]
    fn what_people_gave_stays() {
        let near = NearPassages::of(&two_directions()).unwrap();
        let against = Array2::from_shape_fn((30, 2), |(_, code)| if code == 1 { 5.0 } else { 0.0 });
        let found = spread(against, &near, &[vec![3], vec![]]);
        assert!(found[[3, 0]] == AS_CODED && found[[3, 1]] == 0.0 && found[[25, 1]] > found[[25, 0]]);
    }

    #[test]
    fn scores_stay_within_what_they_were() {
        let near = NearPassages::of(&two_directions()).unwrap();
        let scores = Array2::from_shape_fn((30, 2), |(row, code)| (row * (code + 1) % 7) as f64 / 3.0 - 1.0);
        let found = spread(scores, &near, &[vec![1, 2], vec![2]]);
        assert!(found.iter().all(|&score| (-1.0..=AS_CODED.max(1.0)).contains(&score)), "{found}");
    }
}
