//! Fits of many parts of the same units. Units and longer lists of their neighbours come in once; out come
//! the labels of a fit to any part of them, the same to the last bit as of a fit to that part alone. What is
//! nearest among some is nearest among those of all that are there: only a unit whose list holds too
//! few of the part searches again. No part is kept.

use linfa::DatasetBase;
use linfa::traits::Fit;
use ndarray::{Array2, ArrayView2};

use crate::cluster::neighbours::Neighbours;
use crate::cluster::themes::Themes;
use crate::cluster::vector::UnitRows;
use crate::cluster::{ClusterError, ThemeClusteringValidParams};

/// How many times as many neighbours are listed as a fit takes: of parts of 63 % nearly every unit finds its own in there.
const LISTED: usize = 3;

/// Units whose parts are fitted.
pub(crate) struct Whole {
    /// In the order of their coordinates.
    units: UnitRows,
    /// The place in the input of each of them.
    order: Vec<usize>,
    listed: Neighbours,
}

/// A whole but for its rows, which the fit has.
pub(crate) struct Listed {
    order: Vec<usize>,
    neighbours: Neighbours,
}

impl Listed {
    /// `units`: the rows of the fit, as [`Themes::into_found`] gives them.
    pub(crate) fn of(self, units: UnitRows) -> Whole {
        Whole { units, order: self.order, listed: self.neighbours }
    }
}

impl ThemeClusteringValidParams {
    /// The fit to `(n_units, n_dims)` vectors, and what fits of parts of them share with it; `None` where they share nothing.
    /// Neighbours are searched once for both.
    ///
    /// # Errors
    /// Those of the fit.
    pub(crate) fn fit_listing(&self, vectors: ArrayView2<f32>) -> Result<(Themes, Option<Listed>), ClusterError> {
        if vectors.nrows() > self.exact_up_to() {
            return Ok((self.fit(&DatasetBase::from(vectors))?, None));
        }
        let mut units = UnitRows::new(vectors)?;
        let order = units.sort();
        let neighbours = Neighbours::within(&units, LISTED * self.neighbours());
        let themes = self.fit_exactly(units, neighbours.nearest(self.neighbours()))?.unsorted(&order);
        Ok((themes, Some(Listed { order, neighbours })))
    }

    /// What fits of parts of `(n_units, n_dims)` vectors have in common; `None` where they share nothing.
    ///
    /// # Errors
    /// Those of the fit.
    pub(crate) fn whole(&self, vectors: ArrayView2<f32>) -> Result<Option<Whole>, ClusterError> {
        if vectors.nrows() > self.exact_up_to() {
            return Ok(None);
        }
        let mut units = UnitRows::new(vectors)?;
        let order = units.sort();
        let listed = Neighbours::within(&units, LISTED * self.neighbours());
        Ok(Some(Whole { units, order, listed }))
    }

    /// The labels of a fit to the units at `places`, rising, of a whole.
    ///
    /// # Errors
    /// Those of the fit.
    pub(crate) fn labels_of_part(&self, whole: &Whole, places: &[usize]) -> Result<Vec<Option<usize>>, ClusterError> {
        let mut place_in_part = vec![None; whole.order.len()];
        for (at, &place) in places.iter().enumerate() {
            place_in_part[place] = Some(at);
        }
        let (sorted, in_part): (Vec<usize>, Vec<usize>) =
            whole.order.iter().enumerate().filter_map(|(at, &place)| Some((at, place_in_part[place]?))).unzip();
        let units = whole.units.select(&sorted);
        let neighbours = whole.neighbours_among(&sorted, &units, self.neighbours());
        let found = self.partition(&units, &vec![1.0; sorted.len()], neighbours)?.0.labels;
        let mut labels = vec![None; places.len()];
        for (&at, label) in in_part.iter().zip(found) {
            labels[at] = label;
        }
        Ok(labels)
    }
}

impl Whole {
    /// The `k` nearest of each of `sorted`, rising places among the sorted units, which are `units`.
    fn neighbours_among(&self, sorted: &[usize], units: &UnitRows, k: usize) -> Neighbours {
        let k = k.min(sorted.len().saturating_sub(1));
        let mut number = vec![None; self.order.len()];
        for (at, &unit) in sorted.iter().enumerate() {
            number[unit] = Some(at);
        }
        let mut found =
            Neighbours { indices: Array2::zeros((sorted.len(), k)), cosines: Array2::zeros((sorted.len(), k)) };
        let mut too_few = Vec::new();
        for (at, &unit) in sorted.iter().enumerate() {
            let (listed, cosines) = (self.listed.indices.row(unit), self.listed.cosines.row(unit));
            let of_part = listed.iter().zip(cosines).filter_map(|(&other, &cosine)| Some((number[other]?, cosine)));
            let mut n_found = 0;
            for (slot, (other, cosine)) in of_part.take(k).enumerate() {
                (found.indices[[at, slot]], found.cosines[[at, slot]]) = (other, cosine);
                n_found += 1;
            }
            if n_found < k {
                too_few.push(at);
            }
        }
        // One more than wanted: a unit is its own nearest, but for those that equal it and come before.
        let nearest = Neighbours::between(&units.select(&too_few), units, k + 1);
        for (row, &at) in too_few.iter().enumerate() {
            let (indices, cosines) = (nearest.indices.row(row), nearest.cosines.row(row));
            let others = indices.iter().zip(cosines).filter(|&(&other, _)| other != at);
            for (slot, (&other, &cosine)) in others.take(k).enumerate() {
                (found.indices[[at, slot]], found.cosines[[at, slot]]) = (other, cosine);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linfa::ParamGuard;

    use crate::cluster::ThemeClustering;
    use crate::cluster::sample_vectors::groups;

    #[test]
    fn a_part_is_fitted_as_by_itself() {
        let mut vectors = groups(260, 20, 6);
        // More units are the same than have room in a list.
        for unit in 0..60 {
            let first = vectors.row(0).to_owned();
            vectors.row_mut(4 * unit).assign(&first);
        }
        let params = ThemeClustering::params().check().unwrap();
        let whole = params.whole(vectors.view()).unwrap().unwrap();
        let (fitted, listed) = params.fit_listing(vectors.view()).unwrap();
        let alone = params.fit(&DatasetBase::from(vectors.view())).unwrap();
        assert_eq!((fitted.labels(), fitted.memberships()), (alone.labels(), alone.memberships()));
        let given_away = params.fit_of(vectors.clone()).unwrap();
        assert_eq!((given_away.labels(), given_away.memberships()), (alone.labels(), alone.memberships()));
        let of_fit = listed.unwrap().of(fitted.into_found().1);
        for (share, least) in [(10, 6), (10, 1), (3, 1)] {
            let places: Vec<usize> = (0..260).filter(|unit| unit * 7 % share < least).collect();
            let part = vectors.select(ndarray::Axis(0), &places);
            assert_eq!(params.labels_of_part(&whole, &places).unwrap(), params.labels(part.view()).unwrap());
            let beside_the_fit = params.labels_of_part(&of_fit, &places).unwrap();
            assert_eq!(beside_the_fit, params.labels(part.view()).unwrap());
            let mut alone = UnitRows::new(part.view()).unwrap();
            alone.sort();
            let sorted: Vec<usize> = (0..260).filter(|&at| places.contains(&whole.order[at])).collect();
            let found = whole.neighbours_among(&sorted, &whole.units.select(&sorted), 15);
            let wanted = Neighbours::within(&alone, 15);
            assert_eq!((found.indices, found.cosines), (wanted.indices, wanted.cosines));
        }
    }
}
