//! How well themes stand apart.
//!
//! In: a section's vectors and the theme of each unit. Out: mean silhouettes. Units without a theme
//! take no part; no unit is moved.

use super::vectors::Vectors;
use crate::cluster::metrics::unit_silhouettes;
use crate::cluster::{ClusterError, UnitRows};

/// Silhouettes on cosine distance (Rousseeuw 1987), −1 to 1: near 1 a unit is much closer to its own
/// theme than to the nearest other one of the section, near 0 it lies between the two, below 0 it is
/// closer to the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Separation {
    /// Mean of each theme's units; `None` where the section has one theme only.
    pub themes: Vec<Option<f64>>,
    /// Sum over all units that count, and how many there are.
    pub total: (f64, usize),
}

impl Separation {
    /// Of `n_themes` themes; `vectors`: `(n_units, n_dims)`; `themes`: `(n_units)`, from 0.
    ///
    /// # Errors
    /// Those of [`UnitRows::new`].
    pub fn new(vectors: &dyn Vectors, themes: &[Option<usize>], n_themes: usize) -> Result<Self, ClusterError> {
        let units: Vec<usize> = (0..themes.len()).filter(|&unit| themes[unit].is_some()).collect();
        let labels: Vec<usize> = themes.iter().flatten().copied().collect();
        let mut found = Self { themes: vec![None; n_themes], total: (0.0, 0) };
        let rows = UnitRows::of(vectors.some(&units))?;
        let Some(silhouettes) = unit_silhouettes(&rows, &labels) else { return Ok(found) };
        let mut sums = vec![(0.0, 0usize); n_themes];
        for (&theme, silhouette) in labels.iter().zip(silhouettes) {
            for sum in [&mut sums[theme], &mut found.total] {
                sum.0 += silhouette;
                sum.1 += 1;
            }
        }
        found.themes = sums.into_iter().map(average).collect();
        Ok(found)
    }

    /// Mean over the units of all themes.
    pub fn overall(&self) -> Option<f64> {
        average(self.total)
    }
}

/// Of a sum and how many it is of.
pub fn average((sum, n): (f64, usize)) -> Option<f64> {
    (n > 0).then(|| sum / n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    /// Of the units with a theme, `sklearn.metrics.silhouette_samples(…, metric="cosine")`,
    /// scikit-learn 1.9.1, gives the same mean as `cluster::metrics` is tested with.
    #[test]
    fn units_without_a_theme_take_no_part() {
        let vectors = array![
            [1.0f32, 0.0, 0.1],
            [0.9, 0.2, 0.0],
            [1.0, 0.1, 0.3],
            [0.5, 0.5, 0.5],
            [0.0, 1.0, 0.2],
            [0.1, 0.8, 0.0],
            [0.2, 0.1, 1.0],
            [0.0, 0.3, 0.9],
            [-1.0, 0.5, 0.2]
        ];
        let themes = [0, 0, 0, 9, 1, 1, 2, 2, 3].map(|theme| (theme < 9).then_some(theme));
        let found = Separation::new(&vectors, &themes, 4).unwrap();
        assert!((found.overall().unwrap() - 0.828_603_121_567_823_6).abs() < 1e-6);
        assert_eq!(found.themes[3], Some(0.0));
        let weighted: f64 = found.themes.iter().zip([3.0, 2.0, 2.0, 1.0]).map(|(mean, n)| mean.unwrap() * n).sum();
        assert!((weighted / 8.0 - found.overall().unwrap()).abs() < 1e-12);
    }

    #[test]
    fn one_theme_stands_apart_from_nothing() {
        let found = Separation::new(&array![[1.0f32, 0.0], [0.0, 1.0]], &[Some(0), Some(0)], 1).unwrap();
        assert_eq!((found.themes.clone(), found.overall()), (vec![None], None));
    }
}
