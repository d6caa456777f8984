//! Centres that stand for very many units. Unit rows come in, out come fewer unit rows spread as the
//! units are, and for each unit the nearest of them: spherical k-means (Dhillon & Modha 2001) on a seeded
//! sample. It works in cells: a few coarse means divide the sphere, centres are moved among the sampled
//! units of their own cell, and a unit looks for centres in the cells around its own. The units
//! themselves are never changed or dropped.

use crate::stats::draws::draw;
use ndarray::Array2;
use rayon::prelude::*;

use super::errors::ClusterError;
use super::neighbours::Neighbours;
use super::policy::{CELLS_AROUND, CENTRE_STEPS, SAMPLED_PER_CENTRE};
use super::vector::UnitRows;

/// Centres, cell by cell.
pub(crate) struct Centres {
    /// All centres, `(n_centres, n_dims)`.
    pub rows: UnitRows,
    /// The mean of each cell.
    cells: UnitRows,
    /// The cell of each centre.
    cell_of_centre: Vec<usize>,
}

impl Centres {
    /// At most `n_centres`. The first centres are drawn with `seed`; sums run in the order of the units, so
    /// that nothing depends on the number of threads.
    ///
    /// # Errors
    /// None of its own: the rows of `units` are known to be finite.
    pub(crate) fn new(units: &UnitRows, n_centres: usize, seed: u64) -> Result<Self, ClusterError> {
        let drawn = draw(units.n_units(), SAMPLED_PER_CENTRE * n_centres, seed);
        let sample = units.select(&drawn);
        let n_cells = n_centres.isqrt().clamp(1, drawn.len().max(1));
        let cells = moved(&sample, sample.select(&(0..n_cells).collect::<Vec<_>>()))?;
        let members = members(&nearest_cells(&sample, &cells), cells.n_units());
        let centres_of_cells: Vec<UnitRows> = members
            .par_iter()
            .map(|members| {
                // The first of the drawn are the first centres; `members` are in the same order.
                let n_first = members.iter().take_while(|&&unit| unit < n_centres).count();
                let members = sample.select(members);
                let first: Vec<usize> = (0..n_first).collect();
                moved(&members, members.select(&first))
            })
            .collect::<Result<_, _>>()?;
        let cell_of_centre = centres_of_cells.iter().enumerate();
        let cell_of_centre = cell_of_centre.flat_map(|(cell, centres)| vec![cell; centres.n_units()]).collect();
        Ok(Self { rows: UnitRows::concatenated(&centres_of_cells, units.n_dims()), cells, cell_of_centre })
    }

    /// The `k` nearest centres of each of `units` in the cells around its own.
    pub(crate) fn nearest(&self, units: &UnitRows, k: usize) -> Neighbours {
        let n_cells = self.cells.n_units();
        let k = k.min(self.rows.n_units());
        let units_of_cells = members(&nearest_cells(units, &self.cells), n_cells);
        let centres_of_cells = members(&self.cell_of_centre, n_cells);
        let around = Neighbours::between(&self.cells, &self.cells, CELLS_AROUND).indices;
        let found: Vec<(Vec<usize>, Neighbours)> = units_of_cells
            .par_iter()
            .zip(around.outer_iter().into_par_iter())
            .map(|(members, around)| {
                let mut centres: Vec<usize> = around.iter().flat_map(|&cell| centres_of_cells[cell].clone()).collect();
                if centres.len() < k {
                    centres = (0..self.rows.n_units()).collect();
                }
                centres.sort_unstable();
                let nearest = Neighbours::between(&units.select(members), &self.rows.select(&centres), k);
                (centres, nearest)
            })
            .collect();
        let mut all =
            Neighbours { indices: Array2::zeros((units.n_units(), k)), cosines: Array2::zeros((units.n_units(), k)) };
        for (members, (centres, nearest)) in units_of_cells.iter().zip(found) {
            for (row, &unit) in members.iter().enumerate() {
                all.indices.row_mut(unit).assign(&nearest.indices.row(row).mapv(|place| centres[place]));
                all.cosines.row_mut(unit).assign(&nearest.cosines.row(row));
            }
        }
        all
    }
}

/// `means` after a few steps towards the sums of the units nearest to each; a mean without units is dropped.
fn moved(units: &UnitRows, mut means: UnitRows) -> Result<UnitRows, ClusterError> {
    for _ in 0..CENTRE_STEPS {
        let nearest = nearest_cells(units, &means);
        let mut sums = Array2::<f64>::zeros((means.n_units(), units.n_dims()));
        let mut is_empty = vec![true; means.n_units()];
        for (unit, &mean) in nearest.iter().enumerate() {
            is_empty[mean] = false;
            for (sum, &x) in sums.row_mut(mean).iter_mut().zip(units.row(unit)) {
                *sum += f64::from(x);
            }
        }
        let filled: Vec<usize> = (0..is_empty.len()).filter(|&mean| !is_empty[mean]).collect();
        means = UnitRows::new(sums.select(ndarray::Axis(0), &filled).mapv(|x| x as f32).view())?;
    }
    Ok(means)
}

/// The nearest mean of each unit; nothing when there is no mean.
fn nearest_cells(units: &UnitRows, means: &UnitRows) -> Vec<usize> {
    Neighbours::between(units, means, 1).indices.iter().copied().collect()
}

/// The members of each of `n_groups` groups, by rising index.
fn members(group_of: &[usize], n_groups: usize) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); n_groups];
    for (member, &group) in group_of.iter().enumerate() {
        members[group].push(member);
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn centres_lie_where_the_units_are() {
        let rows = Array2::from_shape_fn(
            (300, 3),
            |(unit, dim)| {
                if unit % 3 == dim { 1.0f32 } else { 0.001 * (unit % 7) as f32 }
            },
        );
        let units = UnitRows::new(rows.view()).unwrap();
        let centres = Centres::new(&units, 30, 42).unwrap();
        assert!(centres.rows.n_units() <= 30);
        let nearest = centres.nearest(&units, 1);
        assert!(nearest.cosines.iter().all(|&cosine| cosine > 0.999));
    }
}
