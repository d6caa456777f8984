//! Centres that stand for very many units. Unit rows come in, out come fewer unit rows spread as the
//! units are: spherical k-means (Dhillon & Modha 2001) on a seeded sample. The units themselves are
//! never changed or dropped; whoever uses the centres says which unit is nearest to which.

use ndarray::Array2;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

use super::ClusterError;
use super::neighbours::Neighbours;
use super::vector::UnitRows;

/// Sampled units per centre.
const SAMPLED_PER_CENTRE: usize = 5;
/// Steps of assigning the sample to the centres and moving these to the means.
const STEPS: usize = 2;

/// At most `n_centres` unit rows, `(≤ n_centres, n_dims)`. The first centres are drawn with `seed`;
/// sums run in the order of the units, so that nothing depends on the number of threads.
///
/// # Errors
/// None of its own: the rows of `units` are known to be finite.
pub(crate) fn centres(units: &UnitRows, n_centres: usize, seed: u64) -> Result<UnitRows, ClusterError> {
    let drawn = draw(units.n_units(), SAMPLED_PER_CENTRE * n_centres, seed);
    let sample = units.select(&drawn);
    let mut centres = units.select(&drawn[..n_centres.min(drawn.len())]);
    for _ in 0..STEPS {
        let nearest = Neighbours::between(&sample, &centres, 1);
        let mut sums = Array2::<f64>::zeros((centres.n_units(), centres.n_dims()));
        let mut is_empty = vec![true; centres.n_units()];
        for (unit, &centre) in nearest.indices.iter().enumerate() {
            is_empty[centre] = false;
            for (sum, &x) in sums.row_mut(centre).iter_mut().zip(sample.row(unit)) {
                *sum += f64::from(x);
            }
        }
        let filled: Vec<usize> = (0..is_empty.len()).filter(|&c| !is_empty[c]).collect();
        let sums = sums.select(ndarray::Axis(0), &filled);
        centres = UnitRows::new(sums.mapv(|x| x as f32).view())?;
    }
    Ok(centres)
}

/// `n_drawn` (or all) of `n` numbers in random order, none twice.
pub(crate) fn draw(n: usize, n_drawn: usize, seed: u64) -> Vec<usize> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut numbers: Vec<usize> = (0..n).collect();
    let n_drawn = n_drawn.min(n);
    for place in 0..n_drawn {
        let left = (n - place) as u64;
        numbers.swap(place, place + (random.next_u64() % left) as usize);
    }
    numbers.truncate(n_drawn);
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_is_drawn_twice_and_the_seed_decides() {
        let mut drawn = draw(100, 60, 1);
        assert_eq!(drawn, draw(100, 60, 1));
        assert_ne!(drawn, draw(100, 60, 2));
        drawn.sort_unstable();
        drawn.dedup();
        assert_eq!(drawn.len(), 60);
        assert_eq!(draw(5, 60, 1).len(), 5);
    }

    #[test]
    fn centres_lie_where_the_units_are() {
        let rows = Array2::from_shape_fn(
            (300, 3),
            |(unit, dim)| {
                if unit % 3 == dim { 1.0f32 } else { 0.001 * (unit % 7) as f32 }
            },
        );
        let units = UnitRows::new(rows.view()).unwrap();
        let centres = centres(&units, 30, 42).unwrap();
        assert!(centres.n_units() <= 30);
        let nearest = Neighbours::between(&units, &centres, 1);
        assert!(nearest.cosines.iter().all(|&cosine| cosine > 0.999));
    }
}
