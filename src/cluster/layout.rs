//! A map of the units. Vectors of `(n_units, n_dims)` come in; out comes a point in the plane for each,
//! so that units with similar vectors lie together. It optimises UMAP's objective (McInnes, Healy &
//! Melville 2018, sections 3.2 and 4.2) over the graph that the clustering uses: exact neighbours by
//! cosine, fuzzy weights, a start from the principal components, and a stochastic descent in one fixed
//! order with seeded negative samples. It is for looking only: no theme, count or distance is ever
//! taken from it.

use std::ops::Range;

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};
use rayon::prelude::*;

use super::errors::ClusterError;
use super::graph::{
    FURTHEST, FuzzyGraph, bandwidth, directed_weights, distance, least_bandwidth, mean_distance, weights_at,
};
use super::neighbours::Neighbours;
use super::order::sorted_places;
use super::policy::{MOST_UNITS, NEIGHBOURS, SEED};
use super::projection::principal_components;
use super::vector::UnitRows;

/// The curve `1 / (1 + a x^(2b))` nearest to what UMAP wants for `min_dist` 0.1 and `spread` 1: 1 up to
/// 0.1, then `exp(−(x − 0.1))`. Least squares over 300 points of 0 to 3, as `find_ab_params` of umap-learn
/// 0.5.12 (SciPy's `curve_fit`) gives them.
const A: f64 = 1.576_943_460_269_765;
const B: f64 = 0.895_060_877_851_573;
/// Negative samples for each edge that is drawn.
const NEGATIVE_SAMPLES: f32 = 5.0;
/// Rounds over the edges: UMAP's, which depend on the number of units.
const EPOCHS: usize = 500;
const EPOCHS_OF_MANY: usize = 200;
const MANY: usize = 10_000;
/// For so many units neighbours are found in the time of one round, and so many are placed among the others.
const UNITS_AN_EPOCH: usize = 60;
const PLACED_AN_EPOCH: usize = 70;
/// Units that are placed among the others at a time: enough for many threads, and little to hold.
const UNITS_AT_ONCE: usize = 32_768;
/// No coordinate moves further than this times the learning rate in a step.
const LONGEST_STEP: f32 = 4.0;
/// The start lies within this distance of 0 along both axes.
const START_WIDTH: f64 = 10.0;
/// Equal vectors start this far apart.
const START_NOISE: f64 = 1e-4;

/// Places of units in the plane, `(n_units, 2)`, from their vectors, `(n_units, n_dims)`. The same
/// vectors give the same places, in whatever order they come and on any number of threads; distances
/// have no unit.
///
/// # Errors
/// [`ClusterError::NoDimensions`], [`ClusterError::NotFinite`] for vectors that are none.
pub fn layout(vectors: ArrayView2<f32>) -> Result<Array2<f32>, ClusterError> {
    layout_of_sample(vectors, MOST_UNITS, &mut |_, _| {})
}

/// The same; `watch` hears how much of the work is done, of how much, counted in rounds.
pub(crate) fn layout_watched(
    vectors: ArrayView2<f32>,
    watch: &mut dyn FnMut(usize, usize),
) -> Result<Array2<f32>, ClusterError> {
    layout_of_sample(vectors, MOST_UNITS, watch)
}

fn layout_of_sample(
    vectors: ArrayView2<f32>,
    at_most: usize,
    watch: &mut dyn FnMut(usize, usize),
) -> Result<Array2<f32>, ClusterError> {
    let n_units = vectors.nrows();
    if n_units < 2 {
        UnitRows::new(vectors)?;
        return Ok(Array2::zeros((n_units, 2)));
    }
    let (laid, placed_between) = if n_units <= at_most { (n_units, 0) } else { (at_most, n_units) };
    let (before, epochs) = (laid / UNITS_AN_EPOCH, epochs(laid));
    let total = before + epochs + placed_between / PLACED_AN_EPOCH;
    watch(0, total);
    let mut descending = |epoch| watch(before + epoch, total);
    if n_units <= at_most {
        let mut units = UnitRows::new(vectors)?;
        let order = units.sort();
        let places = laid_out(&units, &mut descending)?;
        let mut unsorted = Array2::zeros((n_units, 2));
        for (place, &unit) in places.outer_iter().zip(&order) {
            unsorted.row_mut(unit).assign(&place);
        }
        return Ok(unsorted);
    }
    // Of so many units there is no second copy: only the sample has rows.
    let order = sorted_places(vectors)?;
    // Sorted by their coordinates, units of equal steps are a fair sample.
    let sample: Vec<usize> = (0..at_most).map(|i| order[i * n_units / at_most]).collect();
    let sampled = UnitRows::of(vectors.select(Axis(0), &sample))?;
    let places = laid_out(&sampled, &mut descending)?;
    between_neighbours((vectors, &order), &sampled, &places, UNITS_AT_ONCE, &mut |placed| {
        watch(before + epochs + placed / PLACED_AN_EPOCH, total);
    })
}

/// Each unit at the mean of its nearest units that have a place, weighted as in the graph, `(n_units, 2)` in the order of the
/// input; `order` is that in which the units come. Some at a time: neither the rows of all nor their neighbours are held.
fn between_neighbours(
    (vectors, order): (ArrayView2<f32>, &[usize]),
    placed: &UnitRows,
    places: &Array2<f32>,
    at_once: usize,
    watch: &mut dyn FnMut(usize),
) -> Result<Array2<f32>, ClusterError> {
    let mut found = Array2::zeros((order.len(), 2));
    let (mut distances, mut n_distances) = (0.0, 0usize);
    let mut late: Vec<(usize, Around)> = Vec::new();
    for (units, done) in order.chunks(at_once).zip(1..) {
        let rows = UnitRows::of(vectors.select(Axis(0), units))?;
        let nearest = Neighbours::between(&rows, placed, NEIGHBOURS);
        distances = nearest.cosines.iter().fold(distances, |sum, &cosine| sum + distance(cosine));
        n_distances += nearest.cosines.len();
        let of_unit = |at: usize| Around::of(&nearest, at);
        let around: Vec<Around> = (0..units.len()).into_par_iter().map(of_unit).collect();
        for (&unit, around) in units.iter().zip(around) {
            // The mean distance of all is not known yet. Hardly ever does it matter.
            if around.bandwidth >= least_bandwidth(FURTHEST) {
                found.row_mut(unit).assign(&ArrayView1::from(&around.middle(places, 0.0)));
            } else {
                late.push((unit, around));
            }
        }
        watch((done * at_once).min(order.len()));
    }
    let least = least_bandwidth(distances / n_distances.max(1) as f64);
    for (unit, around) in late {
        found.row_mut(unit).assign(&ArrayView1::from(&around.middle(places, least)));
    }
    Ok(found)
}

/// The nearest units of one that have a place.
struct Around {
    indices: Array1<usize>,
    cosines: Array1<f64>,
    bandwidth: f64,
}

impl Around {
    fn of(nearest: &Neighbours, unit: usize) -> Self {
        let cosines = nearest.cosines.row(unit);
        Self {
            indices: nearest.indices.row(unit).to_owned(),
            cosines: cosines.to_owned(),
            bandwidth: bandwidth(cosines),
        }
    }

    /// Their mean, weighted as in the graph.
    fn middle(&self, places: &Array2<f32>, least_bandwidth: f64) -> [f32; 2] {
        let weights: Array1<f64> = weights_at(self.cosines.view(), self.bandwidth.max(least_bandwidth)).collect();
        let total = weights.sum();
        let mut place = [0.0; 2];
        for (&index, weight) in self.indices.iter().zip(&weights) {
            let share = (weight / total) as f32;
            for (axis, place) in place.iter_mut().enumerate() {
                *place += share * places[[index, axis]];
            }
        }
        place
    }
}

/// Rounds over the edges of so many units.
fn epochs(n_units: usize) -> usize {
    if n_units <= MANY { EPOCHS } else { EPOCHS_OF_MANY }
}

/// `watch` hears how many rounds are done, 0 when the neighbours are known.
fn laid_out(units: &UnitRows, watch: &mut dyn FnMut(usize)) -> Result<Array2<f32>, ClusterError> {
    let neighbours = Neighbours::within(units, NEIGHBOURS);
    let graph = FuzzyGraph::new(&neighbours, &directed_weights(&neighbours, mean_distance(&neighbours)));
    let mut random = Random(Xoshiro256PlusPlus::seed_from_u64(SEED));
    let mut places = start(units, &mut random)?;
    let epochs = epochs(units.n_units());
    watch(0);
    descend(&mut places, &Edges::new(&graph, epochs), epochs, &mut random, watch);
    Ok(Array2::from_shape_fn((places.len(), 2), |(unit, axis)| places[unit][axis]))
}

/// The two principal components, scaled to [`START_WIDTH`].
fn start(units: &UnitRows, random: &mut Random) -> Result<Vec<[f32; 2]>, ClusterError> {
    let components = principal_components(units.to_f64(), 2)?;
    let furthest = components.iter().fold(0.0f64, |most, x| most.max(x.abs()));
    let scale = if furthest > 0.0 { START_WIDTH / furthest } else { 0.0 };
    let place = |row: ndarray::ArrayView1<f64>| {
        [0, 1].map(|axis| {
            let along = row.get(axis).copied().unwrap_or(0.0);
            (along * scale + START_NOISE * random.centred()) as f32
        })
    };
    Ok(components.axis_iter(Axis(0)).map(place).collect())
}

struct Random(Xoshiro256PlusPlus);

impl Random {
    /// Below `n`, which is less than 2³².
    #[inline(always)]
    fn below(&mut self, n: usize) -> usize {
        (((self.0.next_u64() >> 32) * n as u64) >> 32) as usize
    }

    /// From −1 to 1.
    fn centred(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 52) as f64 - 1.0
    }
}

/// The edges that are drawn at least once, from either end.
struct Edges {
    ends: Vec<(u32, u32)>,
    /// Epochs from one draw of an edge to the next: 1 for the heaviest.
    period: Vec<f32>,
}

impl Edges {
    fn new(graph: &FuzzyGraph, epochs: usize) -> Self {
        let heaviest = graph.weights().iter().fold(0.0f64, |most, &weight| most.max(weight));
        let (mut ends, mut period) = (Vec::new(), Vec::new());
        for unit in 0..graph.n_units() {
            for (other, weight) in graph.neighbours(unit) {
                if weight > heaviest / epochs as f64 {
                    ends.push((unit as u32, other as u32));
                    period.push((heaviest / weight) as f32);
                }
            }
        }
        Self { ends, period }
    }
}

/// Stochastic gradient descent, one edge after another.
fn descend(places: &mut [[f32; 2]], edges: &Edges, epochs: usize, random: &mut Random, watch: &mut dyn FnMut(usize)) {
    let forces = Forces::new();
    let n_units = places.len();
    let mut next = edges.period.clone();
    let mut next_negative: Vec<f32> = edges.period.iter().map(|period| period / NEGATIVE_SAMPLES).collect();
    for epoch in 0..epochs {
        let rate = 1.0 - epoch as f32 / epochs as f32;
        let now = epoch as f32;
        for (edge, &(unit, other)) in edges.ends.iter().enumerate() {
            if next[edge] > now {
                continue;
            }
            let (unit, other) = (unit as usize, other as usize);
            let mut here = places[unit];
            let there = places[other];
            let pull = forces.attraction(squared_distance(here, there));
            for axis in 0..2 {
                let step = rate * (pull * (here[axis] - there[axis])).clamp(-LONGEST_STEP, LONGEST_STEP);
                here[axis] += step;
                places[other][axis] -= step;
            }
            next[edge] += edges.period[edge];
            let negative_period = edges.period[edge] / NEGATIVE_SAMPLES;
            let samples = ((now - next_negative[edge]) / negative_period) as usize; // a negative number gives 0
            for _ in 0..samples {
                let far = random.below(n_units);
                if far == unit {
                    continue;
                }
                let there = places[far];
                let push = forces.repulsion(squared_distance(here, there));
                for axis in 0..2 {
                    here[axis] += rate * (push * (here[axis] - there[axis])).clamp(-LONGEST_STEP, LONGEST_STEP);
                }
            }
            places[unit] = here;
            next_negative[edge] += samples as f32 * negative_period;
        }
        watch(epoch + 1);
    }
}

#[inline(always)]
fn squared_distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])
}

/// What draws neighbours together and others apart, by squared distance: tables with 64 steps between
/// powers of two, straight lines between them. A power for each of some hundred million pairs would
/// take most of the time.
struct Forces {
    attraction: Vec<f32>,
    repulsion: Vec<f32>,
}

/// Squared distances that the tables cover.
const COVERED: Range<f32> = 1.0 / (1u64 << 40) as f32..(1u64 << 20) as f32;
const OCTAVES: u32 = 60;
/// Bits of the fraction that are a step in the table, and those that lie within a step.
const STEP_BITS: u32 = 6;
const WITHIN_BITS: u32 = f32::MANTISSA_DIGITS - 1 - STEP_BITS;

impl Forces {
    fn new() -> Self {
        let n_steps = OCTAVES << STEP_BITS;
        let points =
            || (0..=n_steps).map(|step| f64::from(f32::from_bits(COVERED.start.to_bits() + (step << WITHIN_BITS))));
        Self {
            attraction: points()
                .map(|x| (-2.0 * A * B * libm::pow(x, B - 1.0) / (1.0 + A * libm::pow(x, B))) as f32)
                .collect(),
            repulsion: points().map(|x| (2.0 * B / ((0.001 + x) * (1.0 + A * libm::pow(x, B)))) as f32).collect(),
        }
    }

    /// `−2ab x^(b−1) / (1 + a x^b)` for the squared distance `x`; 0 for places that are the same.
    #[inline(always)]
    fn attraction(&self, squared: f32) -> f32 {
        interpolated(&self.attraction, squared)
    }

    /// `2b / ((0.001 + x)(1 + a x^b))`
    #[inline(always)]
    fn repulsion(&self, squared: f32) -> f32 {
        interpolated(&self.repulsion, squared)
    }
}

#[inline(always)]
fn interpolated(table: &[f32], x: f32) -> f32 {
    let at = x.clamp(COVERED.start, COVERED.end).to_bits() - COVERED.start.to_bits();
    let step = (at >> WITHIN_BITS) as usize;
    let within = (at & ((1 << WITHIN_BITS) - 1)) as f32 / (1u32 << WITHIN_BITS) as f32;
    let low = table[step];
    let high = table[(step + 1).min(table.len() - 1)];
    low + within * (high - low)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(n_units: usize, n_groups: usize) -> (Array2<f32>, Vec<usize>) {
        let mut random = Random(Xoshiro256PlusPlus::seed_from_u64(5));
        let vectors = Array2::from_shape_fn((n_units, 12), |(unit, dim)| {
            f32::from(u8::from(unit % n_groups == dim)) + 0.3 * random.centred() as f32
        });
        (vectors, (0..n_units).map(|unit| unit % n_groups).collect())
    }

    #[test]
    fn the_tables_hold_the_forces() {
        let forces = Forces::new();
        for x in [1e-6f64, 0.003, 0.5, 1.0, 1.7, 40.0, 900.0] {
            let power = libm::pow(x, B);
            let attraction = -2.0 * A * B * (power / x) / (1.0 + A * power);
            let repulsion = 2.0 * B / ((0.001 + x) * (1.0 + A * power));
            assert!((f64::from(forces.attraction(x as f32)) / attraction - 1.0).abs() < 1e-4, "{x}");
            assert!((f64::from(forces.repulsion(x as f32)) / repulsion - 1.0).abs() < 1e-4, "{x}");
        }
        assert!(forces.attraction(0.0).is_finite() && forces.repulsion(f32::MAX) >= 0.0);
    }

    /// Venna & Kaski (2001), as scikit-learn's `trustworthiness` computes it; vectors by cosine.
    fn trustworthiness(vectors: &Array2<f32>, places: &Array2<f32>, k: usize) -> f64 {
        let n = vectors.nrows();
        let units = UnitRows::new(vectors.view()).unwrap();
        let place = |unit: usize| [places[[unit, 0]], places[[unit, 1]]];
        let mut too_far = 0;
        for unit in 0..n {
            let mut by_vector: Vec<usize> = (0..n).filter(|&other| other != unit).collect();
            let mut by_place = by_vector.clone();
            by_vector.sort_by(|&a, &b| units.cosine(unit, &units, b).total_cmp(&units.cosine(unit, &units, a)));
            let distance = |other: usize| squared_distance(place(unit), place(other));
            by_place.sort_by(|&a, &b| distance(a).total_cmp(&distance(b)));
            for other in &by_place[..k] {
                let rank = by_vector.iter().position(|unit| unit == other).unwrap() + 1;
                too_far += rank.saturating_sub(k);
            }
        }
        1.0 - 2.0 * too_far as f64 / (n * k * (2 * n - 3 * k - 1)) as f64
    }

    #[test]
    fn as_many_neighbours_are_kept_as_by_umap() {
        let vectors = include_str!("../../tests/fixtures/theme_clustering/vectors.csv");
        let values: Vec<f32> = vectors.split([',', '\n']).filter_map(|value| value.trim().parse().ok()).collect();
        let vectors = Array2::from_shape_vec((240, 16), values).unwrap();
        let places = layout(vectors.view()).unwrap();
        // umap-learn 0.5.12 at its defaults, random_state 42, and scikit-learn 1.9.1's `trustworthiness` (k 15, cosine) on
        // the same vectors: 0.9192; with the seeds 1 and 2, 0.9181 and 0.9223.
        let kept = trustworthiness(&vectors, &places, 15);
        assert!(kept > 0.9192 - 0.02, "{kept}");
        // scikit-learn's PCA, where the descent starts: 0.7887.
        let units = UnitRows::new(vectors.view()).unwrap();
        let start = principal_components(units.to_f64(), 2).unwrap().mapv(|x| x as f32);
        let kept = trustworthiness(&vectors, &start, 15);
        assert!((kept - 0.7887).abs() < 5e-4, "{kept}");
    }

    #[test]
    fn groups_lie_apart_and_neighbours_together() {
        let (vectors, group) = groups(300, 4);
        let places = layout(vectors.view()).unwrap();
        let place = |unit: usize| [places[[unit, 0]], places[[unit, 1]]];
        for unit in 0..300 {
            let nearest = (0..300)
                .filter(|&other| other != unit)
                .min_by(|&a, &b| {
                    squared_distance(place(unit), place(a)).total_cmp(&squared_distance(place(unit), place(b)))
                })
                .unwrap();
            assert_eq!(group[unit], group[nearest], "unit {unit} lies beside {nearest}");
        }
    }

    #[test]
    fn the_same_places_in_any_order_and_on_any_number_of_threads() {
        let (vectors, _) = groups(240, 5);
        let shuffle: Vec<usize> = (0..240).map(|i| (i * 7 + 3) % 240).collect();
        for at_most in [1000, 100] {
            let places = layout_of_sample(vectors.view(), at_most, &mut |_, _| {}).unwrap();
            let shuffled = layout_of_sample(vectors.select(Axis(0), &shuffle).view(), at_most, &mut |_, _| {}).unwrap();
            assert_eq!(places.select(Axis(0), &shuffle), shuffled);
            let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
            assert_eq!(
                one_thread.install(|| layout_of_sample(vectors.view(), at_most, &mut |_, _| {})).unwrap(),
                places
            );
        }
    }

    #[test]
    fn units_are_placed_some_at_a_time_as_all_at_once() {
        let (mut vectors, _) = groups(200, 3);
        // Units with so many of their own kind have no bandwidth but the least.
        for unit in 0..30 {
            let first = vectors.row(0).to_owned();
            vectors.row_mut(5 * unit).assign(&first);
        }
        let order = sorted_places(vectors.view()).unwrap();
        let sample: Vec<usize> = order.iter().copied().step_by(3).collect();
        let sampled = UnitRows::of(vectors.select(Axis(0), &sample)).unwrap();
        let places =
            Array2::from_shape_fn((sample.len(), 2), |(unit, axis)| ((unit * 17 + axis * 5) % 29) as f32 - 11.0);
        let units = UnitRows::of(vectors.select(Axis(0), &order)).unwrap();
        let nearest = Neighbours::between(&units, &sampled, NEIGHBOURS);
        let weights = directed_weights(&nearest, mean_distance(&nearest));
        let mut wanted = Array2::<f32>::zeros((200, 2));
        let mut is_late = 0;
        for (at, &unit) in order.iter().enumerate() {
            let weights = weights.row(at);
            for (&index, &weight) in nearest.indices.row(at).iter().zip(weights) {
                wanted.row_mut(unit).scaled_add((weight / weights.sum()) as f32, &places.row(index));
            }
            is_late += usize::from(bandwidth(nearest.cosines.row(at)) < least_bandwidth(FURTHEST));
        }
        assert!((1..200).contains(&is_late), "{is_late}");
        for at_once in [7, 200, 1000] {
            let mut heard = Vec::new();
            let found =
                between_neighbours((vectors.view(), &order), &sampled, &places, at_once, &mut |n| heard.push(n));
            assert_eq!(found.unwrap(), wanted);
            assert!(heard.len() == 200usize.div_ceil(at_once) && heard.last() == Some(&200));
        }
    }

    #[test]
    fn units_beyond_the_sample_lie_in_their_group() {
        let (vectors, group) = groups(300, 3);
        let places = layout_of_sample(vectors.view(), 90, &mut |_, _| {}).unwrap();
        let centre = |g: usize| {
            let members: Vec<usize> = (0..300).filter(|&unit| group[unit] == g).collect();
            let rows = places.select(Axis(0), &members);
            rows.mean_axis(Axis(0)).map(|mean| [mean[0], mean[1]]).unwrap()
        };
        let centres = [0, 1, 2].map(centre);
        for unit in 0..300 {
            let place = [places[[unit, 0]], places[[unit, 1]]];
            let distance = |g: &usize| squared_distance(place, centres[*g]);
            let nearest = (0..3).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap();
            assert_eq!(nearest, group[unit]);
        }
    }

    #[test]
    fn whoever_watches_hears_of_the_neighbours_and_of_those_placed_among_them() {
        let (vectors, _) = groups(300, 3);
        for at_most in [1000, 120] {
            let mut heard = Vec::new();
            layout_of_sample(vectors.view(), at_most, &mut |done, total| heard.push((done, total))).unwrap();
            let total = if at_most == 120 { 120 / 60 + EPOCHS + 300 / 70 } else { 300 / 60 + EPOCHS };
            assert!(heard.iter().all(|&(_, of)| of == total) && heard.windows(2).all(|two| two[0].0 <= two[1].0));
            assert_eq!((heard[0].0, heard[1].0), (0, at_most.min(300) / UNITS_AN_EPOCH));
            assert_eq!(heard.last(), Some(&(total, total)));
        }
    }

    #[test]
    fn few_equal_and_empty_vectors_have_places() {
        for (n_units, n_dims) in [(0, 0), (0, 3), (1, 3), (2, 1), (2, 3), (5, 2)] {
            let places = layout(Array2::ones((n_units, n_dims)).view()).unwrap();
            assert_eq!(places.dim(), (n_units, 2));
            assert!(places.iter().all(|x| x.is_finite()));
        }
        let places = layout(Array2::zeros((40, 3)).view()).unwrap();
        assert!(places.iter().all(|x| x.is_finite()));
    }
}
