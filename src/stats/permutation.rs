//! Chance, asked directly: participants are dealt to the groups anew.
//!
//! In: who was asked and who voiced what. Out: for each theme a p-value of its own and one that is corrected
//! for all themes. Nobody's answers are changed, only whose group they count in, so whatever ties themes
//! together in a person's answers stays.
//!
//! One shuffle puts all participants into one random order. Within a section, those who were asked are taken
//! in this order, and as many as the first group had become the first group, and so on: every section keeps
//! its sizes, and a participant who is dealt to the first group in one section is nearly always so in the
//! others (always, where everybody was asked everything). Where the groups are made of the same people, each
//! person's groups are exchanged among their own answers instead.
//!
//! The correction is Westfall & Young's (1993, "Resampling-Based Multiple Testing", algorithm 2.8: minima of
//! p-values, step-down; the max-statistic on a scale that themes of any frequency share). It holds the
//! chance of any wrong call below the level whichever themes truly differ, given that those which don't are
//! dealt as chance would.
//! Where two groups are compared, the scale is Fisher's p; otherwise the χ² tail.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;
use rayon::prelude::*;

use super::chi_squared::{chi_squared, tail};
use super::design::{Design, Incidence, Options};
use super::draws::shuffle;
use super::fisher::Fisher;

/// Values of a statistic that differ by less than this factor are ties.
const TIE: f64 = 1.0 + 1e-9;

/// The p-values of a theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test {
    /// For this theme alone, 0–1: Fisher's where two groups are compared, otherwise `(b + 1) / (m + 1)`
    /// for `b` of `m` shuffles with as large a χ² (Phipson & Smyth 2010).
    pub p: f64,
    /// Corrected for all themes, 0–1.
    pub family_wise: f64,
}

/// Tests every theme whose section has two groups to compare; `tested`: the groups compared, for each of
/// [`Incidence::asked`]; `watch` hears how many of how many shuffles are done.
pub fn test(
    data: &Incidence,
    tested: &[Vec<usize>],
    options: &Options,
    watch: &(dyn Fn(usize, usize) + Sync),
) -> Vec<Option<Test>> {
    let sections: Vec<Section> =
        data.asked.iter().zip(tested).map(|(asked, tested)| Section::new(data, &asked.slots, tested)).collect();
    let themes = themes(data, &sections);
    let observed: Vec<f64> = {
        let mut counts = Vec::new();
        themes.iter().map(|theme| theme.evidence(&sections, &sections[theme.section].labels, &mut counts)).collect()
    };
    // The strongest evidence first; of ties the earlier theme.
    let mut order: Vec<usize> = (0..themes.len()).collect();
    order.sort_by(|&a, &b| observed[a].total_cmp(&observed[b]).then(a.cmp(&b)));
    let done = AtomicUsize::new(0);
    let tally = (0..options.shuffles)
        .into_par_iter()
        .fold(
            || Round::new(data.n_persons, &sections, themes.len()),
            |mut round, number| {
                round.deal(&sections, data.design, options.seed.wrapping_add(number as u64));
                round.count(&sections, &themes, &observed, &order);
                watch(done.fetch_add(1, Ordering::Relaxed) + 1, options.shuffles);
                round
            },
        )
        .map(|round| round.tally)
        .reduce(|| Tally::new(themes.len()), Tally::add);
    let share = |count: usize| (count + 1) as f64 / (options.shuffles + 1) as f64;
    let mut tests: Vec<Option<Test>> = vec![None; data.themes.len()];
    let mut before = 0.0f64;
    for &at in &order {
        // No theme is more certain than one with stronger evidence.
        before = before.max(share(tally.any[at]));
        let p = match themes[at].scale {
            Scale::Fisher(_) => observed[at],
            Scale::ChiSquared => share(tally.own[at]),
        };
        tests[themes[at].number] = Some(Test { p, family_wise: before });
    }
    tests
}

/// Who was asked, in the groups that are compared.
struct Section {
    /// For each slot of the section its place among those compared.
    place: Vec<Option<usize>>,
    /// The group of each place, from 0 over the groups compared.
    labels: Vec<usize>,
    /// Participants of each of these groups.
    sizes: Vec<usize>,
    /// [`Design::Between`]: the place of each participant.
    place_of: Vec<Option<usize>>,
    /// [`Design::Within`]: the places of each participant who has several.
    several: Vec<Vec<usize>>,
}

impl Section {
    fn new(data: &Incidence, slots: &[super::design::Slot], tested: &[usize]) -> Self {
        let mut section = Self {
            place: vec![None; slots.len()],
            labels: Vec::new(),
            sizes: vec![0; tested.len()],
            place_of: vec![None; data.n_persons],
            several: Vec::new(),
        };
        let mut of_person: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (slot, at) in slots.iter().zip(0..) {
            if let Ok(label) = tested.binary_search(&slot.group) {
                let place = section.labels.len();
                section.place[at] = Some(place);
                section.place_of[slot.person] = Some(place);
                section.labels.push(label);
                section.sizes[label] += 1;
                if data.design == Design::Within {
                    of_person.entry(slot.person).or_default().push(place);
                }
            }
        }
        section.several = of_person.into_values().filter(|places| places.len() > 1).collect();
        section
    }
}

/// What makes themes of any frequency comparable: a p-value of the table.
enum Scale {
    /// Fisher's; exact.
    Fisher(Arc<Fisher>),
    /// The tail of χ²; near enough to compare themes by.
    ChiSquared,
}

/// A theme that is tested.
struct Theme {
    /// Its number among all.
    number: usize,
    section: usize,
    /// The places that voiced it.
    voiced: Vec<usize>,
    scale: Scale,
}

impl Theme {
    /// The smaller, the more the groups differ, 0–1. `labels`: the group of each place.
    fn evidence(&self, sections: &[Section], labels: &[usize], counts: &mut Vec<usize>) -> f64 {
        let sizes = &sections[self.section].sizes;
        counts.clear();
        counts.resize(sizes.len(), 0);
        self.voiced.iter().for_each(|&place| counts[labels[place]] += 1);
        match &self.scale {
            Scale::Fisher(table) => table.p(counts[0]),
            Scale::ChiSquared => tail(chi_squared(counts, sizes), sizes.len() - 1),
        }
    }
}

/// The themes of sections with at least two groups to compare.
fn themes(data: &Incidence, sections: &[Section]) -> Vec<Theme> {
    let mut tables: BTreeMap<(usize, usize), Arc<Fisher>> = BTreeMap::new();
    let tested = data.themes.iter().enumerate().filter(|(_, theme)| sections[theme.asked].sizes.len() >= 2);
    tested
        .map(|(number, theme)| {
            let section = &sections[theme.asked];
            let voiced: Vec<usize> = theme.mentions.iter().filter_map(|&(slot, _)| section.place[slot]).collect();
            let scale = match (data.design, section.sizes.as_slice()) {
                (Design::Between, &[n1, n2]) => {
                    let table = tables.entry((theme.asked, voiced.len()));
                    Scale::Fisher(table.or_insert_with(|| Arc::new(Fisher::new(voiced.len(), n1, n2))).clone())
                }
                _ => Scale::ChiSquared,
            };
            Theme { number, section: theme.asked, voiced, scale }
        })
        .collect()
}

/// How often chance did as well.
struct Tally {
    /// With the theme itself.
    own: Vec<usize>,
    /// With it or any theme whose evidence is weaker.
    any: Vec<usize>,
}

impl Tally {
    fn new(n_themes: usize) -> Self {
        Self { own: vec![0; n_themes], any: vec![0; n_themes] }
    }

    fn add(mut self, other: Self) -> Self {
        self.own.iter_mut().zip(other.own).for_each(|(sum, more)| *sum += more);
        self.any.iter_mut().zip(other.any).for_each(|(sum, more)| *sum += more);
        self
    }
}

/// One thread's shuffles.
struct Round {
    tally: Tally,
    order: Vec<usize>,
    /// The groups dealt, of each place of each section.
    labels: Vec<Vec<usize>>,
    evidence: Vec<f64>,
    counts: Vec<usize>,
}

impl Round {
    fn new(n_persons: usize, sections: &[Section], n_themes: usize) -> Self {
        Self {
            tally: Tally::new(n_themes),
            order: vec![0; n_persons],
            labels: sections.iter().map(|section| section.labels.clone()).collect(),
            evidence: vec![0.0; n_themes],
            counts: Vec::new(),
        }
    }

    /// Deals the groups of every section anew; the same seed, the same deal.
    fn deal(&mut self, sections: &[Section], design: Design, seed: u64) {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
        match design {
            Design::Between => {
                self.order.iter_mut().zip(0..).for_each(|(person, number)| *person = number);
                shuffle(&mut self.order, &mut random);
                for (section, labels) in sections.iter().zip(&mut self.labels) {
                    let groups = section.sizes.iter().zip(0..).flat_map(|(&n, group)| std::iter::repeat_n(group, n));
                    let places = self.order.iter().filter_map(|&person| section.place_of[person]);
                    places.zip(groups).for_each(|(place, group)| labels[place] = group);
                }
            }
            Design::Within => {
                for (section, labels) in sections.iter().zip(&mut self.labels) {
                    for places in &section.several {
                        let mut groups: Vec<usize> = places.iter().map(|&place| section.labels[place]).collect();
                        shuffle(&mut groups, &mut random);
                        places.iter().zip(groups).for_each(|(&place, group)| labels[place] = group);
                    }
                }
            }
        }
    }

    fn count(&mut self, sections: &[Section], themes: &[Theme], observed: &[f64], order: &[usize]) {
        for (evidence, theme) in self.evidence.iter_mut().zip(themes) {
            *evidence = theme.evidence(sections, &self.labels[theme.section], &mut self.counts);
        }
        let mut least = f64::INFINITY;
        for &at in order.iter().rev() {
            least = least.min(self.evidence[at]);
            self.tally.own[at] += usize::from(self.evidence[at] <= observed[at] * TIE);
            self.tally.any[at] += usize::from(least <= observed[at] * TIE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::design::{Asked, Slot, Voiced};

    fn incidence(design: Design, slots: &[(usize, usize)], themes: &[&[usize]]) -> Incidence {
        Incidence {
            design,
            n_groups: slots.iter().map(|slot| slot.1 + 1).max().unwrap_or(0),
            n_persons: slots.iter().map(|slot| slot.0 + 1).max().unwrap_or(0),
            asked: vec![Asked {
                slots: slots.iter().map(|&(person, group)| Slot { person, group, units: 2 }).collect(),
            }],
            themes: themes
                .iter()
                .map(|slots| Voiced { asked: 0, mentions: slots.iter().map(|&slot| (slot, 1)).collect() })
                .collect(),
        }
    }

    fn tested(data: &Incidence, shuffles: usize) -> Vec<Test> {
        let groups: Vec<Vec<usize>> = data.asked.iter().map(|_| (0..data.n_groups).collect()).collect();
        let options = Options { shuffles, ..Options::default() };
        test(data, &groups, &options, &|_, _| {}).into_iter().map(Option::unwrap).collect()
    }

    /// Within four standard errors of the exact value.
    fn assert_near(found: f64, exact: f64, shuffles: usize, what: &str) {
        let error = (exact * (1.0 - exact) / shuffles as f64).sqrt();
        assert!((found - exact).abs() < 4.0 * error + 2.0 / shuffles as f64, "{what}: {found} instead of {exact}");
    }

    /// Five participants against six, three themes. Expected: all 462 ways to deal them, Fisher's p of
    /// each from `scipy.stats.fisher_exact` (1.17.1), step-down minima, in `itertools.combinations`.
    #[test]
    fn corrected_values_are_those_of_all_deals() {
        let slots: Vec<(usize, usize)> = (0..11).map(|person| (person, usize::from(person >= 5))).collect();
        let data = incidence(Design::Between, &slots, &[&[0, 1, 2, 3, 4, 9], &[0, 2, 3, 7], &[1, 6, 8, 10]]);
        let found = tested(&data, 40_000);
        for (test, (p, family_wise)) in found.iter().zip([
            (0.01515151515151515, 0.045454545454545456),
            (0.24242424242424238, 0.4199134199134199),
            (0.5454545454545454, 0.5454545454545454),
        ]) {
            assert!((test.p - p).abs() < 1e-12, "{test:?}");
            assert_near(test.family_wise, family_wise, 40_000, "corrected");
        }
    }

    /// `scipy.stats.chi2_contingency`'s statistic over all 34,650 deals of twelve participants to three
    /// groups of four, counted with `itertools`: the exact permutation p-value of χ².
    #[test]
    fn chi_squared_of_all_deals() {
        let slots: Vec<(usize, usize)> = (0..12).map(|person| (person, person / 4)).collect();
        let data = incidence(Design::Between, &slots, &[&[0, 1, 2, 3, 5], &[0, 4, 8, 9, 10, 11]]);
        for (test, p) in tested(&data, 40_000).iter().zip([0.030303030303030304, 0.14285714285714285]) {
            assert_near(test.p, p, 40_000, "χ²");
            assert!(test.family_wise >= test.p);
        }
    }

    /// Six people answer the same two questions; four voice the theme at the first alone, one at both, one at
    /// neither: the sign test of 4 of 4, `scipy.stats.binomtest(4, 4).pvalue` = 0.125.
    #[test]
    fn the_same_people_are_compared_with_themselves() {
        let slots: Vec<(usize, usize)> = (0..12).map(|slot| (slot / 2, slot % 2)).collect();
        let data = incidence(Design::Within, &slots, &[&[0, 2, 4, 6, 8, 9]]);
        assert_near(tested(&data, 20_000)[0].p, 0.125, 20_000, "sign test");
    }

    #[test]
    fn one_theme_needs_no_correction() {
        let slots: Vec<(usize, usize)> = (0..40).map(|person| (person, person % 2)).collect();
        let voiced: Vec<usize> = (0..40).filter(|p| p % 2 == 0 && p % 8 < 7 || p % 13 == 1).collect();
        let found = tested(&incidence(Design::Between, &slots, &[&voiced]), 20_000)[0];
        assert_near(found.family_wise, found.p, 20_000, "uncorrected");
    }

    #[test]
    fn what_nobody_or_everybody_voices_differs_nowhere() {
        let slots: Vec<(usize, usize)> = (0..20).map(|person| (person, person / 10)).collect();
        let everybody: Vec<usize> = (0..20).collect();
        let data = incidence(Design::Between, &slots, &[&[], &everybody]);
        assert_eq!(tested(&data, 99), [Test { p: 1.0, family_wise: 1.0 }; 2]);
    }
}
