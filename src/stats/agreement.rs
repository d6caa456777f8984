//! How far codings agree: people with themes, and people with each other.
//!
//! In: categories as numbers, and who said each item. Out: coefficients, and their intervals by drawing
//! participants anew. It knows no text and no themes, and maps no category to another: where two sides
//! use different names, the caller brings them together first.

pub use super::policy::MIN_PARTICIPANTS;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::draws::draw;
use super::partitions::{adjusted_mutual_information, adjusted_rand_index, unclustered_as_singletons, v_measure};
use super::quantile::quantile;

/// How well found groups repeat known classes, whatever the two are called.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PartitionAgreement {
    /// Adjusted Rand index, see [`adjusted_rand_index`].
    pub ari: f64,
    /// Adjusted mutual information, see [`adjusted_mutual_information`].
    pub ami: f64,
    /// Harmonic mean of the next two (Rosenberg & Hirschberg 2007); not corrected for chance.
    pub v_measure: f64,
    /// 1 when no group mixes classes.
    pub homogeneity: f64,
    /// 1 when no class is spread over groups.
    pub completeness: f64,
}

/// Compares known classes with found groups, `(n_items)` each; an item without a group is a group of its
/// own. `None` below two items.
///
/// # Panics
/// When the two do not label the same number of items.
pub fn partitions(known: &[usize], found: &[Option<usize>]) -> Option<PartitionAgreement> {
    if known.len() < 2 {
        return None;
    }
    let found = unclustered_as_singletons(found);
    let entropies = v_measure(known, &found);
    Some(PartitionAgreement {
        ari: adjusted_rand_index(known, &found),
        ami: adjusted_mutual_information(known, &found),
        v_measure: entropies.v_measure,
        homogeneity: entropies.homogeneity,
        completeness: entropies.completeness,
    })
}

/// Cohen's κ of two raters (Cohen 1960, eq. 1): agreement beyond that of raters who use each category as
/// often as these, but at random. 1 is perfect, 0 chance. `ratings`: the two categories of each item.
/// `None` without items, and where both raters use one category only.
pub fn cohen_kappa(ratings: &[(usize, usize)]) -> Option<f64> {
    let n = ratings.len() as f64;
    let n_categories = ratings.iter().map(|&(a, b)| a.max(b) + 1).max()?;
    let (mut first, mut second) = (vec![0.0; n_categories], vec![0.0; n_categories]);
    let mut same = 0.0;
    for &(a, b) in ratings {
        first[a] += 1.0;
        second[b] += 1.0;
        same += f64::from(u8::from(a == b));
    }
    let by_chance: f64 = first.iter().zip(&second).map(|(a, b)| a * b).sum();
    // In counts, so that "one category only" is exact.
    (by_chance < n * n).then(|| (same / n - by_chance / (n * n)) / (1.0 - by_chance / (n * n)))
}

/// Krippendorff's α for nominal categories (Krippendorff 2011, "Computing Krippendorff's
/// Alpha-Reliability", section D): any number of raters, some of whom may not have rated an item.
/// `ratings`: the categories that each item was given. 1 is perfect, 0 chance. `None` where no item was
/// rated twice, and where all that were have the same category.
pub fn krippendorff_alpha<'r>(ratings: impl IntoIterator<Item = &'r [usize]>) -> Option<f64> {
    let mut totals: Vec<f64> = Vec::new();
    let mut n_values = 0.0;
    let mut disagreement = 0.0;
    let mut counts: Vec<(usize, f64)> = Vec::new();
    for item in ratings.into_iter().filter(|item| item.len() > 1) {
        counts.clear();
        for &category in item {
            match counts.iter_mut().find(|(known, _)| *known == category) {
                Some((_, count)) => *count += 1.0,
                None => counts.push((category, 1.0)),
            }
            if totals.len() <= category {
                totals.resize(category + 1, 0.0);
            }
            totals[category] += 1.0;
        }
        let m = item.len() as f64;
        n_values += m;
        disagreement += (m * m - counts.iter().map(|(_, count)| count * count).sum::<f64>()) / (m - 1.0);
    }
    let expected = n_values * n_values - totals.iter().map(|total| total * total).sum::<f64>();
    (expected > 0.0).then(|| 1.0 - (n_values - 1.0) * disagreement / expected)
}

/// How a code and a theme overlap, in items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overlap {
    /// With the code and in the theme.
    pub both: usize,
    /// With the code.
    pub coded: usize,
    /// In the theme.
    pub grouped: usize,
}

impl Overlap {
    /// Share of the theme that has the code, 0–1; `None` for an empty theme.
    pub fn precision(&self) -> Option<f64> {
        (self.grouped > 0).then(|| self.both as f64 / self.grouped as f64)
    }

    /// Share of the code that is in the theme, 0–1; `None` for a code without items.
    pub fn recall(&self) -> Option<f64> {
        (self.coded > 0).then(|| self.both as f64 / self.coded as f64)
    }

    /// Harmonic mean of precision and recall, 0–1; `None` where both are empty.
    pub fn f1(&self) -> Option<f64> {
        let sum = self.coded + self.grouped;
        (sum > 0).then(|| 2.0 * self.both as f64 / sum as f64)
    }

    /// Cohen's κ of the two as yes or no, among `n_items` items.
    pub fn kappa(&self, n_items: usize) -> Option<f64> {
        let n = n_items as f64;
        let (coded, grouped, both) = (self.coded as f64, self.grouped as f64, self.both as f64);
        let same = (n - coded - grouped + 2.0 * both) * n;
        let by_chance = coded * grouped + (n - coded) * (n - grouped);
        (by_chance < n * n).then(|| (same - by_chance) / (n * n - by_chance))
    }
}

/// The place in `overlaps` of the theme that fits a code best: by F1, then by the items in both, then the
/// first. `None` where no theme has any item of the code.
pub fn best_match(overlaps: &[Overlap]) -> Option<usize> {
    let mut best: Option<(usize, Overlap)> = None;
    for (place, &overlap) in overlaps.iter().enumerate().filter(|(_, overlap)| overlap.both > 0) {
        // F1 as a fraction, so that equal ones are equal: 2 both / (coded + grouped).
        let better = best.is_none_or(|(_, known)| {
            let here = overlap.both * (known.coded + known.grouped);
            let there = known.both * (overlap.coded + overlap.grouped);
            here > there || (here == there && overlap.both > known.both)
        });
        if better {
            best = Some((place, overlap));
        }
    }
    best.map(|(place, _)| place)
}

/// A number and its 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The number; absent where it is not defined.
    pub value: Option<f64>,
    /// Where its interval begins; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub low: Option<f64>,
    /// Where it ends.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub high: Option<f64>,
}

/// The statistics of some items with their intervals, by a repeated half-sample bootstrap of the
/// participants: half of them are drawn, without replacement, `n_draws` times. What one person says is
/// alike, so people are drawn, not items. The mean of half of a sample varies around that of the sample as
/// the latter does around the truth (`S²/h · (1 − h/n)` with `h = n/2` is `S²/n`), as in the usual
/// bootstrap; but nobody is drawn twice. People drawn twice bring pairs of equal items, which agree with
/// themselves: intervals of measures that count pairs or entropies then lie too high and are too narrow
/// (measured in docs/evaluation.md).
///
/// `persons`: who said each item, numbers from 0, `(n_items)`. `statistics` is given items, as places in
/// `persons`, and returns the same number of statistics each time.
///
/// The interval runs from the 2.5th to the 97.5th percentile of the draws, moved by the distance of their
/// mean to the number itself, since entropies depend on the number of items; it never reaches beyond
/// `range`. There is none below [`MIN_PARTICIPANTS`] participants, without draws, where the statistic was
/// undefined in more than half of them, and where all draws give the same number: a share of 100 % is not
/// certain because nobody was seen to differ. The same seed gives the same intervals on any number of
/// threads.
pub fn with_intervals(
    persons: &[usize],
    n_draws: usize,
    seed: u64,
    range: (f64, f64),
    statistics: impl Fn(&[usize]) -> Vec<Option<f64>> + Sync,
) -> Vec<Estimate> {
    let everything: Vec<usize> = (0..persons.len()).collect();
    let values = statistics(&everything);
    let items_of = items_of_persons(persons);
    let n_persons = items_of.len();
    let n_draws = if n_persons < MIN_PARTICIPANTS { 0 } else { n_draws };
    let draws: Vec<Vec<Option<f64>>> = (0..n_draws)
        .into_par_iter()
        .map(|number| {
            let mut drawn = draw(n_persons, n_persons / 2, seed.wrapping_add(number as u64));
            drawn.sort_unstable();
            statistics(&drawn.iter().flat_map(|&person| &items_of[person]).copied().collect::<Vec<_>>())
        })
        .collect();
    let interval = |place: usize, value: f64| -> Option<(f64, f64)> {
        let mut drawn: Vec<f64> = draws.iter().filter_map(|draw| draw[place]).collect();
        drawn.sort_unstable_by(f64::total_cmp);
        // Sums in another order may differ in the last bits.
        let spread = drawn.last()? - drawn.first()?;
        if 2 * drawn.len() < n_draws || spread < 1e-9 {
            return None;
        }
        let shift = value - drawn.iter().sum::<f64>() / drawn.len() as f64;
        let bound = |share: f64| Some((quantile(&drawn, share)? + shift).clamp(range.0, range.1));
        Some((bound(0.025)?.min(value), bound(0.975)?.max(value)))
    };
    values
        .iter()
        .enumerate()
        .map(|(place, &value)| {
            let interval = value.and_then(|value| interval(place, value));
            Estimate { value, low: interval.map(|(low, _)| low), high: interval.map(|(_, high)| high) }
        })
        .collect()
}

/// The items of each participant who has some.
fn items_of_persons(persons: &[usize]) -> Vec<Vec<usize>> {
    let n_persons = persons.iter().max().map_or(0, |&last| last + 1);
    let mut items_of = vec![Vec::new(); n_persons];
    for (item, &person) in persons.iter().enumerate() {
        items_of[person].push(item);
    }
    items_of.retain(|items| !items.is_empty());
    items_of
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: Option<f64>, expected: f64) {
        assert!((found.unwrap() - expected).abs() < 1e-9, "{found:?} != {expected}");
    }

    const A: [usize; 10] = [0, 0, 0, 1, 1, 1, 2, 2, 2, 3];
    const B: [usize; 10] = [0, 0, 1, 1, 1, 2, 2, 2, 0, 0];

    #[test]
    fn partitions_like_scikit_learn() {
        // scikit-learn 1.9.1: adjusted_rand_score, adjusted_mutual_info_score and
        // homogeneity_completeness_v_measure of A and [0, 0, 10, 1, 1, 2, 11, 2, 0, 12], where 10 to 12
        // are the groups of their own.
        let found = [Some(0), Some(0), None, Some(1), Some(1), Some(2), None, Some(2), Some(0), None];
        let agreement = partitions(&A, &found).unwrap();
        close(Some(agreement.ari), 0.16666666666666666);
        close(Some(agreement.ami), 0.2128863328190702);
        close(Some(agreement.homogeneity), 0.7491435917522156);
        close(Some(agreement.completeness), 0.580424402147982);
        close(Some(agreement.v_measure), 0.6540789540070877);
        assert_eq!(partitions(&[0], &[Some(0)]), None);
    }

    #[test]
    fn kappa_like_scikit_learn() {
        // scikit-learn 1.9.1: cohen_kappa_score.
        let ratings: Vec<(usize, usize)> = A.into_iter().zip(B).collect();
        close(cohen_kappa(&ratings), 0.4285714285714286);
        assert_eq!(cohen_kappa(&[]), None);
        assert_eq!(cohen_kappa(&[(1, 1), (1, 1)]), None, "nothing was told apart");
        assert_eq!(cohen_kappa(&[(0, 1), (0, 1)]), Some(0.0));
    }

    /// The reliability data of Krippendorff (2011), section C: four observers, twelve units; 0 is missing.
    const OBSERVERS: [[usize; 12]; 4] = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
        [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    ];

    fn by_unit(observers: &[&[usize]]) -> Vec<Vec<usize>> {
        let units = 0..observers[0].len();
        units.map(|unit| observers.iter().map(|o| o[unit]).filter(|&value| value > 0).collect()).collect()
    }

    fn alpha(units: &[Vec<usize>]) -> Option<f64> {
        krippendorff_alpha(units.iter().map(Vec::as_slice))
    }

    #[test]
    fn alpha_of_the_published_example() {
        // Krippendorff (2011), section C: nominal α = 0.743; the digits are those of the PyPI package
        // krippendorff 0.9.0. The eleventh unit's two values agree, the twelfth has one value and does
        // not count.
        let observers: Vec<&[usize]> = OBSERVERS.iter().map(|values| values.as_slice()).collect();
        close(alpha(&by_unit(&observers)), 0.743421052631579);
    }

    #[test]
    fn alpha_of_two_observers_like_the_package() {
        // krippendorff 0.9.0, nominal; the first is section A of Krippendorff (2011), α = 0.095.
        let binary: [&[usize]; 2] = [&[1, 2, 1, 1, 1, 1, 1, 1, 2, 1], &[2, 2, 2, 1, 1, 2, 1, 1, 1, 1]];
        close(alpha(&by_unit(&binary)), 0.09523809523809534);
        let letters: [&[usize]; 2] = [&[1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4], &[2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4]];
        close(alpha(&by_unit(&letters)), 0.7754010695187166);
        assert_eq!(alpha(&[vec![1], vec![2]]), None, "nothing was rated twice");
        assert_eq!(alpha(&[vec![1, 1], vec![1, 1]]), None, "nothing varies");
    }

    #[test]
    fn overlap_like_scikit_learn() {
        // scikit-learn 1.9.1: precision_recall_fscore_support and cohen_kappa_score of
        // [1, 1, 1, 0, 0, 1, 0, 0, 1, 0] and [1, 1, 0, 0, 0, 1, 1, 0, 1, 0].
        let overlap = Overlap { both: 4, coded: 5, grouped: 5 };
        close(overlap.precision(), 0.8);
        close(overlap.recall(), 0.8);
        close(overlap.f1(), 0.8);
        close(overlap.kappa(10), 0.6);
        assert_eq!(Overlap::default().precision(), None);
        assert_eq!(Overlap { both: 3, coded: 3, grouped: 3 }.kappa(3), None);
    }

    #[test]
    fn the_best_match_has_the_highest_f1() {
        let overlap = |both, grouped| Overlap { both, coded: 10, grouped };
        // F1: 0.5, 0.8, 0.8 with more in both.
        assert_eq!(best_match(&[overlap(10, 30), overlap(6, 5), overlap(8, 10)]), Some(2));
        assert_eq!(best_match(&[overlap(6, 5), overlap(6, 5)]), Some(0));
        assert_eq!(best_match(&[overlap(0, 5)]), None);
    }

    /// Twenty people with five items each, of which a person gets right from one to five.
    fn people() -> (Vec<usize>, Vec<bool>) {
        let persons: Vec<usize> = (0..100).map(|item| item / 5).collect();
        let right = (0..100).map(|item| item % 5 <= (item / 5) % 5).collect();
        (persons, right)
    }

    fn share_right(right: &[bool], items: &[usize]) -> Vec<Option<f64>> {
        vec![Some(items.iter().filter(|&&item| right[item]).count() as f64 / items.len() as f64)]
    }

    #[test]
    fn intervals_follow_people_not_items() {
        let (persons, right) = people();
        let estimate = with_intervals(&persons, 2000, 1, (0.0, 1.0), |items| share_right(&right, items))[0];
        assert_eq!(estimate.value, Some(0.6));
        // The shares of people have variance 0.08 · 20/19, so their mean of 20 has the standard error
        // √(0.0842 / 20) = 0.0649, and the interval is 0.6 ± 1.96 · 0.0649. Items drawn by themselves
        // would give ± 0.096.
        assert!((estimate.low.unwrap() - 0.473).abs() < 0.015, "{estimate:?}");
        assert!((estimate.high.unwrap() - 0.727).abs() < 0.015, "{estimate:?}");
    }

    #[test]
    fn the_seed_decides_and_threads_do_not() {
        let (persons, right) = people();
        let run = |seed| with_intervals(&persons, 200, seed, (0.0, 1.0), |items| share_right(&right, items));
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        assert_eq!(one.install(|| run(3)), run(3));
        assert_ne!(run(3), run(4));
    }

    #[test]
    fn without_ground_there_is_no_interval() {
        let run = |persons: &[usize], draws, statistic: fn(&[usize]) -> Option<f64>| {
            with_intervals(persons, draws, 1, (0.0, 1.0), |items| vec![statistic(items)])[0]
        };
        let first: fn(&[usize]) -> Option<f64> = |items| Some(if items.contains(&0) { 0.5 } else { 0.25 });
        let none = Estimate { value: Some(0.5), low: None, high: None };
        assert_eq!(run(&[0, 1, 2, 3, 3], 50, first), none, "four people");
        assert_eq!(run(&[0, 1, 2, 3, 4], 0, first), none, "no draws");
        assert!(run(&[0, 1, 2, 3, 9], 50, first).low.is_some(), "numbers need not be consecutive");
        assert_eq!(run(&[0, 1, 2, 3, 4], 50, |_| Some(0.5)), none, "nothing varies");
        assert_eq!(run(&[0, 1, 2, 3, 4], 50, |items| (items.len() == 5).then_some(0.5)), none, "undefined in draws");
        assert_eq!(run(&[], 50, |_| None), Estimate::default());
    }
}
