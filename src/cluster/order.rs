//! An order of the units that does not depend on the order they came in. Unit rows come in and are
//! sorted by their coordinates; out come the places they had, and, after the clustering, themes in
//! the order of the input again. Sums and ties thus run the same way however the input was shuffled.
//! It never changes a coordinate.

use std::cmp::Ordering;

use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;

use super::errors::ClusterError;
use super::graph::FuzzyGraph;
use super::themes::Themes;
use super::vector::{UnitRows, scaled, scales};

impl UnitRows {
    /// Sorts the rows by their coordinates, the first one first, in place. Returns for each row the
    /// place it had, `(n_units)`; equal rows keep their order.
    pub(crate) fn sort(&mut self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.n_units()).collect();
        order.par_sort_by(|&a, &b| compared(self.row(a).iter().copied().zip(self.row(b).iter().copied())));
        self.permute(&order);
        order
    }

    /// Row `i` becomes what was row `order[i]`, along the cycles of the permutation, with room for one
    /// row only.
    fn permute(&mut self, order: &[usize]) {
        let mut done = vec![false; order.len()];
        for start in 0..order.len() {
            if done[start] {
                continue;
            }
            let first = self.rows.row(start).to_owned();
            let first_length = self.inverse_lengths[start];
            let mut place = start;
            loop {
                done[place] = true;
                let from = order[place];
                if from == start {
                    self.rows.row_mut(place).assign(&first);
                    self.inverse_lengths[place] = first_length;
                    break;
                }
                let source = self.rows.row(from).to_owned();
                self.rows.row_mut(place).assign(&source);
                self.inverse_lengths[place] = self.inverse_lengths[from];
                place = from;
            }
        }
    }
}

/// What [`UnitRows::sort`] returns for `vectors`, `(n_units, n_dims)`, while none is copied: of very many there is no room.
///
/// # Errors
/// Those of [`UnitRows::new`].
pub(super) fn sorted_places(vectors: ArrayView2<f32>) -> Result<Vec<usize>, ClusterError> {
    let scales = scales(vectors)?;
    let mut order: Vec<usize> = (0..vectors.nrows()).collect();
    let coordinates = |unit: usize| vectors.row(unit).into_iter().map(move |&x| (x, unit));
    let as_unit = |(x, unit): (f32, usize)| scaled(x, scales[unit]);
    order.par_sort_by(|&a, &b| compared(coordinates(a).map(as_unit).zip(coordinates(b).map(as_unit))));
    Ok(order)
}

/// Which of two rows comes first, by their coordinates in pairs.
fn compared(pairs: impl Iterator<Item = (f32, f32)>) -> Ordering {
    let mut pairs = pairs;
    pairs.find_map(|(x, y)| Some(x.total_cmp(&y)).filter(|order| order.is_ne())).unwrap_or(Ordering::Equal)
}

impl Themes {
    /// Themes of sorted units in the order of the input: unit `i` of `self` was unit `order[i]`.
    pub(crate) fn unsorted(self, order: &[usize]) -> Self {
        let mut place = vec![0; order.len()];
        for (sorted, &unit) in order.iter().enumerate() {
            place[unit] = sorted;
        }
        let sub_themes = self.sub_themes.into_iter().map(|parts| {
            let back = |part: Vec<usize>| -> Vec<usize> {
                let mut units: Vec<usize> = part.into_iter().map(|unit| order[unit]).collect();
                units.sort_unstable();
                units
            };
            parts.map(|parts| parts.into_iter().map(back).collect())
        });
        // Above the exact limit graph and tree are over centres, which have no order of the input.
        let over_units = self.centre_of_unit.is_none();
        Self {
            labels: in_order(&self.labels, &place),
            assigned: in_order(&self.assigned, &place),
            memberships: rows_in_order(&self.memberships, &place),
            isolation: in_order(&self.isolation, &place),
            sub_themes: sub_themes.collect(),
            graph: if over_units { self.graph.renumbered(&place, order) } else { self.graph },
            tree: if over_units { self.tree.with_units(|leaves| in_order(leaves, &place)) } else { self.tree },
            centre_of_unit: self.centre_of_unit.map(|centres| in_order(&centres, &place)),
            requested: self.requested,
            space: self.space,
        }
    }
}

impl FuzzyGraph {
    /// The same graph with unit `place[i]` called `i`, and so `order` the other way round.
    fn renumbered(&self, place: &[usize], order: &[usize]) -> Self {
        let rows = place.iter().map(|&old| {
            let mut row: Vec<(usize, f64)> = self.neighbours(old).map(|(unit, weight)| (order[unit], weight)).collect();
            row.sort_unstable_by_key(|&(unit, _)| unit);
            row
        });
        Self::from_rows(rows)
    }
}

fn in_order<T: Clone>(values: &[T], place: &[usize]) -> Vec<T> {
    place.iter().map(|&at| values[at].clone()).collect()
}

fn rows_in_order(values: &Array2<f32>, place: &[usize]) -> Array2<f32> {
    values.select(Axis(0), place)
}

#[cfg(test)]
mod tests {
    use linfa::ParamGuard;
    use linfa::dataset::DatasetBase;
    use linfa::traits::Fit;
    use rand_xoshiro::Xoshiro256PlusPlus;
    use rand_xoshiro::rand_core::{RngCore, SeedableRng};

    use super::super::ThemeClustering;
    use super::*;

    fn noisy_groups(n_units: usize, n_groups: usize) -> Array2<f32> {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(5);
        let mut noise = move || (random.next_u64() >> 40) as f32 / (1u64 << 24) as f32 - 0.5;
        Array2::from_shape_fn((n_units, 12), |(unit, dim)| f32::from(u8::from(unit % n_groups == dim)) + 0.6 * noise())
    }

    fn fitted(vectors: &Array2<f32>, exact_up_to: usize) -> Themes {
        let params = ThemeClustering::params().exact_up_to(exact_up_to).check().unwrap();
        params.fit(&DatasetBase::from(vectors.view())).unwrap()
    }

    #[test]
    fn the_order_of_the_input_changes_nothing_but_itself() {
        let vectors = noisy_groups(240, 5);
        // 7 and 240 have no common divisor.
        let shuffle: Vec<usize> = (0..240).map(|i| (i * 7 + 3) % 240).collect();
        let shuffled = vectors.select(Axis(0), &shuffle);
        for exact_up_to in [1000, 100] {
            let (a, b) = (fitted(&vectors, exact_up_to), fitted(&shuffled, exact_up_to));
            assert!(a.n_themes() >= 3);
            assert_eq!(in_order(a.labels(), &shuffle), b.labels());
            assert_eq!(rows_in_order(a.memberships(), &shuffle), *b.memberships(), "to the last bit");
            assert_eq!(a.centroids(), b.centroids(), "to the last bit");
            assert_eq!(in_order(a.isolation(), &shuffle), b.isolation());
            assert_eq!(in_order(a.assigned_before_set_aside(), &shuffle), b.assigned_before_set_aside());
            for theme in 0..a.n_themes() {
                let sets = |themes: &Themes, name: &dyn Fn(usize) -> usize| {
                    let parts = themes.sub_themes(theme)?;
                    let named = parts.iter().map(|part| {
                        let mut units: Vec<usize> = part.iter().map(|&unit| name(unit)).collect();
                        units.sort_unstable();
                        units
                    });
                    Some(named.collect::<Vec<_>>())
                };
                assert_eq!(sets(&a, &|unit| unit), sets(&b, &|unit| shuffle[unit]));
            }
        }
        let (a, b) = (fitted(&vectors, 1000), fitted(&shuffled, 1000));
        for unit in 0..240 {
            let mut there: Vec<(usize, f64)> = b.graph().neighbours(unit).map(|(u, w)| (shuffle[u], w)).collect();
            there.sort_by_key(|&(u, _)| u);
            assert_eq!(a.graph().neighbours(shuffle[unit]).collect::<Vec<_>>(), there);
        }
        assert_eq!(in_order(a.tree().micro_clusters(), &shuffle), b.tree().micro_clusters());
    }

    #[test]
    fn rows_are_sorted_and_told_where_they_were() {
        let vectors = ndarray::array![[0.0f32, 1.0], [-1.0, 0.0], [0.0, -1.0], [0.0, 1.0]];
        let mut rows = UnitRows::new(vectors.view()).unwrap();
        assert_eq!(rows.sort(), [1, 2, 0, 3]);
        assert_eq!(rows.view(), ndarray::array![[-1.0f32, 0.0], [0.0, -1.0], [0.0, 1.0], [0.0, 1.0]]);
    }

    #[test]
    fn rows_are_put_in_order_without_being_made() {
        let mut vectors = noisy_groups(150, 4) * 3.7;
        for twin in [20, 60, 61] {
            let first = vectors.row(3).to_owned();
            vectors.row_mut(twin).assign(&first);
        }
        let mut rows = UnitRows::new(vectors.view()).unwrap();
        assert_eq!(sorted_places(vectors.view()).unwrap(), rows.sort());
        vectors[[7, 2]] = f32::NAN;
        assert!(matches!(sorted_places(vectors.view()), Err(ClusterError::NotFinite { row: 7, column: 2 })));
    }
}
