//! Whether a theme is found again among other participants.
//!
//! In: a section's vectors as they were clustered, who said each unit, and the theme of each. Out:
//! for each theme how well it is found again when participants are drawn anew, and how far whole
//! partitions agree. It sees numbers only, and changes no theme.
//!
//! The scheme is that of Hennig (2007, "Cluster-wise assessment of cluster stability", Computational
//! Statistics & Data Analysis 52:258–271): of each resample the clustering is repeated, and a theme's
//! stability is the mean, over the resamples, of the largest Jaccard coefficient of its retained
//! units with any theme found there. Hennig's bounds (0.75, 0.6) are for clusters that lie apart;
//! passages of interviews pass into each other, and a clustering that agrees three times as well with a
//! careful coder is not more stable. What a stability means is therefore calibrated: on sections that a
//! coder had coded, [`recognised`] is the share of themes of that stability which the coder knew too
//! (docs/trust.md). Three things are decided here:
//!
//! - Participants are drawn, not units: what one person says is alike, and new interviews are new
//!   people.
//! - They are drawn without replacement. A bootstrap holds people twice; their passages, being equal,
//!   are each other's nearest neighbours, and the graph would find them to be themes (Hennig, section 3,
//!   on points drawn more than once). As many are retained as a bootstrap holds distinct ones, 1 − 1/e
//!   or 63 %, so that the thresholds mean what they do there.
//! - The number of themes expected of `n` units, `√(n/2)`, is held at that of the whole section;
//!   otherwise fewer units would mean broader themes, and every theme would seem unstable. The number
//!   found is left free, as it is part of what may be unstable.

pub use super::policy::{FIRM, LOOSE, RETAINED};
use super::vectors::{Vectors, at_once};
use crate::stats::draws::draw;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use linfa::ParamGuard;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::cluster::{Algorithm, AlgorithmParams, ClusterError, Whole, groups_of_like_direction};
use crate::stats::partitions::{adjusted_mutual_information, adjusted_rand_index, unclustered_as_singletons};

/// Intercept and slope of the logistic curve through 159 themes of nine coded sections (docs/trust.md).
const RECOGNISED: (f64, f64) = (-3.09, 6.15);
/// What was recognised of the 13 most stable of them, 0.60 and more: of steadier ones nothing is known, whatever the curve says.
const RECOGNISED_AT_MOST: f64 = 0.69;
/// From more units than these on, participants are drawn less often, by the factor: the time goes by the
/// square of the number of units, up to where the clustering has centres stand for them.
const DRAWN_LESS: [(usize, usize); 2] = [(20_000, 5), (1000, 2)];
/// Units whose neighbours are known at the same time: they take more than the vectors.
const UNITS_AT_ONCE: usize = 60_000;
const SEED: u64 = 0x57ab;

/// The share of themes of this stability, 0–1, that a careful coder recognised: one of their codes and the
/// theme agreed with F1 of a third or more. A calibration on coded interviews (docs/trust.md), no test; it says no more
/// of a theme than was seen of the steadiest ones.
pub fn recognised(stability: f64) -> f64 {
    let (intercept, slope) = RECOGNISED;
    (1.0 / (1.0 + libm::exp(-(intercept + slope * stability)))).min(RECOGNISED_AT_MOST)
}

/// What the bounds mean where they were calibrated, which is with vectors of the theme model alone; elsewhere what
/// became of them there.
pub fn calibration(is_calibrated: bool) -> String {
    if is_calibrated {
        format!(
            "On coded interviews a careful coder recognised half or more of the themes from {FIRM} on (firm), a quarter \
             or more from {LOOSE:.2} on (fair), and fewer below: do not rely on those (docs/trust.md)."
        )
    } else {
        format!(
            "What it tells of a coder's judgement holds for vectors of the theme model alone; with those of the model it \
             came from, a careful coder recognised a quarter at most of the themes from {FIRM} on (firm) and fewer below \
             (docs/trust.md)."
        )
    }
}

/// What a theme's stability means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Firmness {
    /// [`FIRM`] or more.
    Firm,
    /// Between the two: a pattern is there, but which units belong to it is doubtful.
    Fair,
    /// Below [`LOOSE`].
    Loose,
}

impl Firmness {
    /// The verdict on a mean Jaccard coefficient, 0–1.
    pub fn new(stability: f64) -> Self {
        match stability {
            value if value >= FIRM => Self::Firm,
            value if value >= LOOSE => Self::Fair,
            _ => Self::Loose,
        }
    }

    /// `firm`, `fair`, `do not rely on it`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Firm => "firm",
            Self::Fair => "fair",
            Self::Loose => "do not rely on it",
        }
    }
}

/// One section as it was clustered.
pub struct Clustered<'a> {
    /// `(n_units, n_dims)`, as the clustering saw them.
    pub vectors: &'a dyn Vectors,
    /// Who said each unit, `(n_units)`.
    pub persons: Vec<usize>,
    /// The parameters that they were clustered with.
    pub params: AlgorithmParams,
    /// The cosine of their centres from which themes were made one, where they were.
    pub joined_from: Option<f64>,
    /// The theme of each unit, `(n_units)`, from 0.
    pub themes: &'a [Option<usize>],
    /// Number of themes.
    pub n_themes: usize,
}

/// How the resamples of a section agree with the whole of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stability {
    /// Mean best Jaccard coefficient of each theme, 0–1; `None` for a theme no unit of which was ever
    /// retained.
    pub themes: Vec<Option<f64>>,
    /// Agreement of the partitions.
    pub agreement: Agreement,
}

/// How far the partitions of resamples agree with that of everything, on the units they share. An
/// unclustered unit counts as a theme of its own.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Agreement {
    /// How often participants were drawn.
    pub resamples: usize,
    /// Share of the participants retained each time, 0–1.
    pub retained: f64,
    /// Mean adjusted Rand index: 1 for the same partition, 0 by chance.
    pub adjusted_rand_index: f64,
    /// Mean adjusted mutual information: the same bounds.
    pub adjusted_mutual_information: f64,
}

/// Clusters `resamples` draws of the participants of each section anew (half as many where there are more
/// than 1,000 units, a fifth where there are more than 20,000), with the parameters that the section was
/// clustered with, but for the granularity: that is raised for the smaller number of units. Another `seed`
/// draws others. `None` for a section without themes, or without resamples.
///
/// # Errors
/// Those of the clustering.
pub fn stability(
    sections: &[Option<Clustered>],
    resamples: usize,
    seed: u64,
) -> Result<Vec<Option<Stability>>, ClusterError> {
    let unknown = sections.iter().map(|_| None).collect();
    stability_watched(sections, unknown, resamples, seed, &|_, _| {})
}

/// The same; `wholes` are what is known of each section's own by its clustering; `watch` hears how many of how many parts of
/// the work are done, a part a unit of a draw.
pub(crate) fn stability_watched(
    sections: &[Option<Clustered>],
    wholes: Vec<Option<Whole>>,
    resamples: usize,
    seed: u64,
    watch: &(dyn Fn(usize, usize) + Sync),
) -> Result<Vec<Option<Stability>>, ClusterError> {
    resampled(sections, wholes, resamples, seed, UNITS_AT_ONCE, watch)
}

fn resampled(
    sections: &[Option<Clustered>],
    mut wholes: Vec<Option<Whole>>,
    resamples: usize,
    seed: u64,
    units_at_once: usize,
    watch: &(dyn Fn(usize, usize) + Sync),
) -> Result<Vec<Option<Stability>>, ClusterError> {
    let n_draws = |number: usize| {
        let n_units = sections[number].as_ref().map_or(0, |section| section.persons.len());
        let less = DRAWN_LESS.iter().find(|(units, _)| n_units > *units);
        resamples.div_ceil(less.map_or(1, |&(_, factor)| factor))
    };
    let has_themes = |number: usize| sections[number].as_ref().filter(|section| section.n_themes > 0);
    let parts = |number: usize| has_themes(number).map_or(0, |section| section.persons.len());
    let mut longest_first: Vec<usize> =
        (0..sections.len()).filter(|&number| parts(number) > 0 && n_draws(number) > 0).collect();
    longest_first.sort_by_key(|&number| std::cmp::Reverse(parts(number)));
    let total: usize = longest_first.iter().map(|&number| parts(number) * n_draws(number)).sum();
    let done = AtomicUsize::new(0);
    let mut found: Vec<((usize, usize), Resample)> = Vec::new();
    for some in at_once(longest_first.iter().map(|&number| parts(number)), units_at_once) {
        let some = &longest_first[some];
        // What is not known already is found out for these, and forgotten with them.
        let known: Vec<(usize, Option<Whole>)> = some.iter().map(|&number| (number, wholes[number].take())).collect();
        let wholes: BTreeMap<usize, Option<Whole>> = known
            .into_par_iter()
            .map(|(number, known)| {
                let whole = match (known, has_themes(number)) {
                    (None, Some(section)) => section.params.check_ref()?.whole(section.vectors.all().view())?,
                    (known, _) => known,
                };
                Ok((number, whole))
            })
            .collect::<Result<_, ClusterError>>()?;
        let draws: Vec<(usize, usize)> =
            some.iter().flat_map(|&number| (0..n_draws(number)).map(move |draw| (number, draw))).collect();
        // Whoever is free takes the longest that is left, so that no thread ends with a long one alone.
        let next = AtomicUsize::new(0);
        let resampled = (0..draws.len())
            .into_par_iter()
            .with_max_len(1)
            .filter_map(|_| {
                let (number, draw) = draws[next.fetch_add(1, Ordering::Relaxed)];
                let section = has_themes(number)?;
                let seed = SEED.wrapping_add(seed << 32) + (number as u64) * 1_000_003 + draw as u64;
                let resample = section.resample(wholes.get(&number).and_then(Option::as_ref), seed);
                watch(done.fetch_add(parts(number), Ordering::Relaxed) + parts(number), total);
                Some(resample.map(|resample| ((number, draw), resample)))
            })
            .collect::<Result<Vec<_>, _>>()?;
        found.extend(resampled);
    }
    found.sort_unstable_by_key(|&(drawn, _)| drawn);
    let mut of_section: Vec<Vec<Resample>> = (0..sections.len()).map(|_| Vec::new()).collect();
    for ((number, _), resample) in found {
        of_section[number].push(resample);
    }
    Ok(of_section.iter().map(|resamples| summed_up(resamples)).collect())
}

/// What one resample says.
struct Resample {
    /// Best Jaccard coefficient of each theme; `None` without a retained unit.
    jaccard: Vec<Option<f64>>,
    rand_index: f64,
    mutual_information: f64,
}

fn summed_up(resamples: &[Resample]) -> Option<Stability> {
    let n_themes = resamples.first()?.jaccard.len();
    let themes = (0..n_themes).map(|theme| average(resamples.iter().filter_map(|r| r.jaccard[theme]))).collect();
    Some(Stability {
        themes,
        agreement: Agreement {
            resamples: resamples.len(),
            retained: RETAINED,
            adjusted_rand_index: average(resamples.iter().map(|r| r.rand_index))?,
            adjusted_mutual_information: average(resamples.iter().map(|r| r.mutual_information))?,
        },
    })
}

fn average(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, n) = values.fold((0.0, 0usize), |(sum, n), value| (sum + value, n + 1));
    (n > 0).then(|| sum / n as f64)
}

impl Clustered<'_> {
    /// `whole`: what the draws share, where they share anything.
    fn resample(&self, whole: Option<&Whole>, seed: u64) -> Result<Resample, ClusterError> {
        let retained = self.draw(seed);
        let share = retained.len() as f64 / self.persons.len() as f64;
        let params = for_share(&self.params, share)?.check()?;
        let found = match whole {
            Some(whole) => params.labels_of_part(whole, &retained)?,
            None => params.labels_of(self.vectors.some(&retained))?,
        };
        let found = self.joined(&retained, found);
        let before: Vec<Option<usize>> = retained.iter().map(|&unit| self.themes[unit]).collect();
        let (one, other) = (unclustered_as_singletons(&before), unclustered_as_singletons(&found));
        Ok(Resample {
            jaccard: best_jaccard(&before, &found, self.n_themes),
            rand_index: adjusted_rand_index(&one, &other),
            mutual_information: adjusted_mutual_information(&one, &other),
        })
    }

    /// Themes of the units at `retained` that are alike made one, as they were in the whole section.
    fn joined(&self, retained: &[usize], labels: Vec<Option<usize>>) -> Vec<Option<usize>> {
        let Some(least) = self.joined_from else { return labels };
        let n_themes = labels.iter().flatten().max().map_or(0, |&last| last + 1);
        let group_of = groups_of_like_direction(self.vectors.some(retained).view(), &labels, n_themes, least);
        labels.into_iter().map(|label| label.map(|theme| group_of[theme])).collect()
    }

    /// The units of the participants that are drawn, ascending; of two participants at least.
    fn draw(&self, seed: u64) -> Vec<usize> {
        let mut people = self.persons.clone();
        people.sort_unstable();
        people.dedup();
        let n_drawn = ((RETAINED * people.len() as f64).round() as usize).max(2).min(people.len());
        let drawn: BTreeSet<usize> = draw(people.len(), n_drawn, seed).into_iter().map(|place| people[place]).collect();
        (0..self.persons.len()).filter(|&unit| drawn.contains(&self.persons[unit])).collect()
    }
}

/// The parameters that expect as many themes of a `share` of the units as `params` do of all. With DBSCAN
/// the density decides.
fn for_share(params: &AlgorithmParams, share: f64) -> Result<AlgorithmParams, ClusterError> {
    let checked = params.check_ref()?;
    Ok(match checked.algorithm() {
        Algorithm::Dbscan => params.clone(),
        _ => params.clone().granularity(checked.granularity() / share.sqrt()),
    })
}

/// For each of `n_themes` of `before` the largest Jaccard coefficient with a theme of `after`, two
/// labellings of the same units; 0 when no theme of `after` shares a unit, `None` for a theme without
/// units.
fn best_jaccard(before: &[Option<usize>], after: &[Option<usize>], n_themes: usize) -> Vec<Option<f64>> {
    let mut sizes_before = vec![0usize; n_themes];
    let mut sizes_after: BTreeMap<usize, usize> = BTreeMap::new();
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (&one, &other) in before.iter().zip(after) {
        if let Some(one) = one {
            sizes_before[one] += 1;
        }
        if let Some(other) = other {
            *sizes_after.entry(other).or_default() += 1;
        }
        if let (Some(one), Some(other)) = (one, other) {
            *shared.entry((one, other)).or_default() += 1;
        }
    }
    let mut best: Vec<Option<f64>> = sizes_before.iter().map(|&size| (size > 0).then_some(0.0)).collect();
    for (&(one, other), &shared) in &shared {
        let jaccard = shared as f64 / (sizes_before[one] + sizes_after[&other] - shared) as f64;
        best[one] = best[one].map(|best| best.max(jaccard));
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::Linkage;
    use linfa::DatasetBase;
    use linfa::traits::Fit;
    use ndarray::Array2;
    use rand_xoshiro::Xoshiro256PlusPlus;
    use rand_xoshiro::rand_core::{RngCore, SeedableRng};

    const DIMS: usize = 48;

    /// Participants who each say one thing around every one of `n_topics` directions, and
    /// `n_noise` things around none.
    struct Study {
        vectors: Array2<f32>,
        persons: Vec<usize>,
        /// `n_topics` for noise.
        topics: Vec<usize>,
    }

    fn study(people: usize, n_topics: usize, n_noise: usize, seed: u64) -> Study {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
        // The sum of twelve uniform numbers is close to normal.
        let mut normal = || (0..12).map(|_| (random.next_u64() >> 11) as f32 / (1u64 << 53) as f32).sum::<f32>() - 6.0;
        let each = n_topics + n_noise;
        let mut vectors = Array2::<f32>::zeros((people * each, DIMS));
        let mut topics = Vec::new();
        for (row, mut vector) in vectors.outer_iter_mut().enumerate() {
            let topic = (row % each).min(n_topics);
            vector.mapv_inplace(|_| normal() * if topic < n_topics { 0.07 } else { 1.0 });
            if topic < n_topics {
                vector[topic] += 1.0;
            }
            let norm = vector.dot(&vector).sqrt();
            vector /= norm;
            topics.push(topic);
        }
        Study { vectors, persons: (0..people * each).map(|row| row / each).collect(), topics }
    }

    fn stability_of(study: &Study, balance: f64) -> (Vec<Option<usize>>, Stability) {
        let params = Algorithm::Themes.params().linkage(Linkage::Modularity { balance });
        let fitted = params.clone().check().unwrap().fit(&DatasetBase::from(study.vectors.view())).unwrap();
        let section = Clustered {
            vectors: &study.vectors,
            persons: study.persons.clone(),
            params,
            joined_from: None,
            themes: fitted.labels(),
            n_themes: fitted.n_themes(),
        };
        let found = stability(&[Some(section)], 20, 0).unwrap().remove(0).unwrap();
        (fitted.labels().to_vec(), found)
    }

    /// Mean best Jaccard coefficients, of themes of a topic and of themes of noise. A topic's theme is the
    /// one that holds most of it.
    fn by_kind(study: &Study, n_topics: usize) -> (Vec<f64>, Vec<f64>) {
        let (labels, found) = stability_of(study, 0.5);
        let (mut of_topics, mut of_noise) = (Vec::new(), Vec::new());
        for (theme, stability) in found.themes.iter().enumerate() {
            let units = (0..labels.len()).filter(|&unit| labels[unit] == Some(theme));
            let (topical, noise): (Vec<usize>, Vec<usize>) = units.partition(|&unit| study.topics[unit] < n_topics);
            let stability = stability.unwrap();
            if topical.len() > noise.len() { of_topics.push(stability) } else { of_noise.push(stability) }
        }
        (of_topics, of_noise)
    }

    #[test]
    fn well_separated_themes_are_stable() {
        for (people, n_topics) in [(30, 8), (60, 8), (60, 12)] {
            let (of_topics, of_noise) = by_kind(&study(people, n_topics, 0, 1), n_topics);
            assert_eq!((of_topics.len(), of_noise.len()), (n_topics, 0));
            assert!(of_topics.iter().all(|&stability| stability > 0.9), "{people}, {n_topics}: {of_topics:?}");
        }
    }

    #[test]
    fn themes_of_noise_are_not() {
        for (people, n_noise) in [(30, 8), (60, 8), (120, 8)] {
            let (_, of_noise) = by_kind(&study(people, 0, n_noise, 2), 0);
            assert!(of_noise.len() > 3 && of_noise.iter().all(|&stability| stability < 0.6), "{people}: {of_noise:?}");
        }
    }

    #[test]
    fn themes_among_noise_are_told_from_it() {
        for (people, n_topics, n_noise) in [(60, 6, 8), (30, 4, 4)] {
            let (of_topics, of_noise) = by_kind(&study(people, n_topics, n_noise, 3), n_topics);
            assert_eq!(of_topics.len(), n_topics);
            assert!(of_topics.iter().all(|&stability| stability >= 0.75), "{of_topics:?}");
            assert!(of_noise.iter().all(|&stability| stability < FIRM), "{of_noise:?}");
        }
    }

    #[test]
    fn the_same_numbers_on_any_number_of_threads() {
        let study = study(30, 4, 4, 4);
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| stability_of(&study, 1.0).1)
        };
        assert_eq!(on(1), on(3));
    }

    #[test]
    fn whole_participants_are_drawn_and_nobody_twice() {
        let study = study(10, 3, 0, 5);
        let section = Clustered {
            vectors: &study.vectors,
            persons: study.persons.clone(),
            params: Algorithm::Themes.params(),
            joined_from: None,
            themes: &[None; 30],
            n_themes: 0,
        };
        let drawn = section.draw(7);
        assert_eq!(drawn.len(), 18);
        assert!(drawn.windows(2).all(|pair| pair[0] < pair[1]));
        for person in 0..10 {
            let units = drawn.iter().filter(|&&unit| study.persons[unit] == person).count();
            assert!(units == 0 || units == 3);
        }
        assert_ne!(drawn, section.draw(8));
        assert_eq!(stability(&[Some(section), None], 3, 0).unwrap(), [None, None]);
    }

    #[test]
    fn sections_are_drawn_from_some_at_a_time_as_all_together() {
        let studies = [study(30, 4, 4, 4), study(24, 3, 2, 6), study(20, 3, 3, 7)];
        let labels: Vec<Vec<Option<usize>>> = studies.iter().map(|study| stability_of(study, 1.0).0).collect();
        let sections: Vec<Option<Clustered>> = studies
            .iter()
            .zip(&labels)
            .map(|(study, labels)| {
                Some(Clustered {
                    vectors: &study.vectors,
                    persons: study.persons.clone(),
                    params: Algorithm::Themes.params(),
                    joined_from: None,
                    themes: labels,
                    n_themes: labels.iter().flatten().max().map_or(0, |last| last + 1),
                })
            })
            .collect();
        let unknown = || vec![None, None, None];
        let known = || -> Vec<Option<Whole>> {
            let of = |section: &Clustered| section.params.check_ref().unwrap().whole(section.vectors.all().view());
            sections.iter().flatten().map(|section| of(section).unwrap()).collect()
        };
        let all = resampled(&sections, unknown(), 4, 0, usize::MAX, &|_, _| {}).unwrap();
        assert!(all.iter().all(Option::is_some));
        for (wholes, at_once) in [(unknown(), 1), (known(), 1), (known(), 300), (known(), usize::MAX)] {
            assert_eq!(resampled(&sections, wholes, 4, 0, at_once, &|_, _| {}).unwrap(), all, "{at_once}");
        }
    }

    /// By hand: of theme 0's four units two are found with one other (2/5), one with two others (1/6).
    #[test]
    fn the_best_overlap_counts() {
        let before = [0, 0, 0, 0, 1, 1, 9, 9].map(|theme| (theme < 9).then_some(theme));
        let after = [5, 5, 6, 9, 5, 6, 6, 9].map(|theme| (theme < 9).then_some(theme));
        let found = best_jaccard(&before, &after, 3);
        assert_eq!(found, [Some(2.0 / 5.0), Some(1.0 / 4.0), None]);
        assert_eq!(best_jaccard(&before[..2], &[None, None], 1), [Some(0.0)]);
    }

    #[test]
    fn verdicts_change_at_hennigs_bounds() {
        let words = [0.5, 0.499, 0.325, 0.324].map(|stability| Firmness::new(stability).word());
        assert_eq!(words, ["firm", "fair", "fair", "do not rely on it"]);
        // The bounds are where the curve passes a half and a quarter.
        assert!((recognised(FIRM) - 0.5).abs() < 0.01 && (recognised(LOOSE) - 0.25).abs() < 0.01);
        // Of themes steadier than those that were coded no more is known than of these.
        assert_eq!(recognised(0.97), recognised(0.7));
        assert!(recognised(0.6) < recognised(0.97) && recognised(0.97) < 0.7);
    }
}
