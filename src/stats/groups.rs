//! Themes in groups of participants: every number of the comparison.
//!
//! In: for each section who was asked, in which group they are and how much they said; for each theme who
//! voiced it, how often. Out: for each theme shares with intervals, difference, odds ratio, p-values and a
//! verdict. Groups are numbers here; their names are the caller's.
//!
//! A theme is tested between the groups in which at least [`FEWEST`](super::verdict::FEWEST) participants were asked. Where these
//! are two, the test is Fisher's; otherwise it is χ² with a permutation p-value. See
//! [`super::permutation`] for the correction over all themes.

use super::bootstrap::{Resampled, resample};
use super::chi_squared::chi_squared;
pub use super::design::{Asked, Design, Incidence, Options, Slot, Voiced};
use super::difference::{Estimate, newcombe};
use super::false_discovery::benjamini_hochberg;
use super::odds_ratio::odds_ratio;
use super::permutation;
use super::policy::LEAST_DIFFERENCE;
use super::rarefaction::rarefied;
use super::verdict::{Verdict, decide};

/// A theme in one group.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct GroupCounts {
    /// Participants who voiced it.
    pub voiced: usize,
    /// Participants who were asked.
    pub asked: usize,
    /// Units in the theme.
    pub mentions: usize,
    /// Units of those who were asked.
    pub units: usize,
    /// `mentions / units`, 0–1, with a bootstrap interval; `None` where nobody voiced it or too few were
    /// asked to resample.
    pub mention_share: Option<Estimate>,
    /// Share of the participants who would have voiced it, had nobody said more than
    /// [`Compared::drawn`] units, 0–1; `None` when nobody was asked.
    pub rarefied: Option<f64>,
}

/// How the comparison at equal length of interviews disagrees with the plain one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LengthNote {
    /// Another group is higher then.
    Reversed,
    /// The difference is no longer clear then: its interval includes 0.
    Unclear,
}

/// The comparison of one theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// One entry a group.
    pub groups: Vec<GroupCounts>,
    /// The groups that are compared, ascending: those with [`FEWEST`](super::verdict::FEWEST) participants asked.
    pub tested: Vec<usize>,
    /// Share of the first group minus that of the second, where two groups are compared.
    pub difference: Option<Estimate>,
    /// Odds of the first group by those of the second, where two groups are compared.
    pub odds_ratio: Option<Estimate>,
    /// Pearson's statistic, where more than two groups are compared, or the same people.
    pub chi_squared: Option<f64>,
    /// For this theme alone: Fisher's, or that of the permutations, 0–1.
    pub p: Option<f64>,
    /// Benjamini–Hochberg over all themes, 0–1.
    pub q: Option<f64>,
    /// Max-statistic over all themes, 0–1.
    pub family_wise: Option<f64>,
    /// Units that [`GroupCounts::rarefied`] draws of each participant.
    pub drawn: usize,
    /// [`Compared::difference`] at equal length, with a bootstrap interval.
    pub rarefied_difference: Option<Estimate>,
    /// Where equal length tells something else.
    pub length: Option<LengthNote>,
    /// What follows.
    pub verdict: Verdict,
}

impl Compared {
    /// Largest difference of shares between the groups compared, 0–1; the size of the effect.
    pub fn effect(&self) -> f64 {
        let shares = || self.tested.iter().filter_map(|&group| self.groups[group].share());
        (shares().fold(0.0, f64::max) - shares().fold(1.0, f64::min)).max(0.0)
    }
}

impl GroupCounts {
    /// `voiced / asked`, 0–1; `None` when nobody was asked.
    pub fn share(&self) -> Option<f64> {
        (self.asked > 0).then(|| self.voiced as f64 / self.asked as f64)
    }
}

/// Compares every theme between the groups. One entry a theme, in their order; the same numbers on any
/// number of threads.
pub fn compare(data: &Incidence, options: &Options) -> Vec<Compared> {
    compare_watched(data, options, &|_, _| {})
}

/// The same; `watch` hears how many of how many shuffles are done.
pub(crate) fn compare_watched(
    data: &Incidence,
    options: &Options,
    watch: &(dyn Fn(usize, usize) + Sync),
) -> Vec<Compared> {
    let n_groups = data.n_groups;
    let tested: Vec<Vec<usize>> = data.asked.iter().map(|asked| asked.tested(n_groups)).collect();
    let all: Vec<usize> = (0..n_groups).collect();
    let drawn: Vec<usize> = data
        .asked
        .iter()
        .zip(&tested)
        .map(|(asked, tested)| asked.drawn(if tested.len() < 2 { &all } else { tested }))
        .collect();
    let tests = permutation::test(data, &tested, options, watch);
    let p: Vec<f64> = tests.iter().flatten().map(|test| test.p).collect();
    let mut q = benjamini_hochberg(&p).into_iter();
    let resampled = resample(data, &tested, &drawn, options);
    let themes = data.themes.iter().zip(tests).zip(resampled);
    themes
        .map(|((theme, test), resampled)| {
            let q = test.as_ref().and_then(|_| q.next());
            let section = theme.asked;
            let groups = counts(data, theme, drawn[section], &resampled);
            put_together(data.design, groups, &tested[section], test, q, drawn[section], resampled.difference)
        })
        .collect()
}

/// The numbers of each group.
fn counts(data: &Incidence, theme: &Voiced, drawn: usize, resampled: &Resampled) -> Vec<GroupCounts> {
    let slots = &data.asked[theme.asked].slots;
    let mut groups = vec![GroupCounts::default(); data.n_groups];
    for slot in slots {
        groups[slot.group].asked += 1;
        groups[slot.group].units += slot.units;
    }
    let mut at_equal_length = vec![0.0; data.n_groups];
    for &(place, mentions) in &theme.mentions {
        let slot = slots[place];
        groups[slot.group].voiced += 1;
        groups[slot.group].mentions += mentions;
        at_equal_length[slot.group] += rarefied(slot.units, mentions, drawn);
    }
    for (number, group) in groups.iter_mut().enumerate() {
        group.rarefied = (group.asked > 0).then(|| at_equal_length[number] / group.asked as f64);
        group.mention_share = resampled.mention_shares[number];
    }
    groups
}

fn put_together(
    design: Design,
    groups: Vec<GroupCounts>,
    tested: &[usize],
    test: Option<permutation::Test>,
    q: Option<f64>,
    drawn: usize,
    rarefied_difference: Option<Estimate>,
) -> Compared {
    let pair = match (design, tested) {
        (Design::Between, &[one, other]) => Some((groups[one], groups[other])),
        // Too few to be tested: the numbers are told all the same.
        (Design::Between, _) if groups.len() == 2 => Some((groups[0], groups[1])),
        _ => None,
    };
    let of_pair = |estimate: fn(usize, usize, usize, usize) -> Option<Estimate>| {
        pair.and_then(|(one, other)| estimate(one.voiced, one.asked, other.voiced, other.asked))
    };
    let counts: Vec<(usize, usize)> = groups.iter().map(|group| (group.voiced, group.asked)).collect();
    let evidence = test.as_ref().zip(q).map(|(test, q)| (q, test.family_wise));
    let verdict = decide(&counts, tested, evidence, design == Design::Between);
    let many = test.is_some() && (design == Design::Within || tested.len() > 2);
    let of = |field: fn(&(usize, usize)) -> usize| -> Vec<usize> {
        tested.iter().map(|&group| field(&counts[group])).collect()
    };
    let mut compared = Compared {
        tested: tested.to_vec(),
        difference: of_pair(newcombe),
        odds_ratio: of_pair(odds_ratio),
        chi_squared: many.then(|| chi_squared(&of(|count| count.0), &of(|count| count.1))),
        p: test.as_ref().map(|test| test.p),
        q,
        family_wise: test.as_ref().map(|test| test.family_wise),
        drawn,
        rarefied_difference,
        length: None,
        verdict,
        groups,
    };
    compared.length = length_note(&compared);
    compared
}

/// What sums of shares are off by.
const ROUNDING: f64 = 1e-9;

fn length_note(theme: &Compared) -> Option<LengthNote> {
    if let (Some(plain), Some(equal)) = (theme.difference, theme.rarefied_difference) {
        let reversed = plain.value * equal.value < 0.0 && equal.value.abs() > ROUNDING;
        return if theme.verdict.is_difference() {
            let unclear = equal.low <= 0.0 && equal.high >= 0.0;
            if reversed { Some(LengthNote::Reversed) } else { unclear.then_some(LengthNote::Unclear) }
        } else {
            (reversed && plain.value.abs().min(equal.value.abs()) >= LEAST_DIFFERENCE).then_some(LengthNote::Reversed)
        };
    }
    let highest = theme.verdict.highest()?;
    let at = |group: usize| theme.groups[group].rarefied.unwrap_or(0.0);
    let above = theme.tested.iter().any(|&group| at(group) > at(highest) + ROUNDING);
    above.then_some(LengthNote::Reversed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Participants in a row, one theme a column; everybody says `units` things.
    fn incidence(groups: &[usize], voiced: &[&[usize]], units: usize) -> Incidence {
        let slots = groups.iter().enumerate().map(|(person, &group)| Slot { person, group, units }).collect();
        Incidence {
            design: Design::Between,
            n_groups: groups.iter().max().map_or(0, |most| most + 1),
            n_persons: groups.len(),
            asked: vec![Asked { slots }],
            themes: voiced
                .iter()
                .map(|persons| Voiced { asked: 0, mentions: persons.iter().map(|&person| (person, 1)).collect() })
                .collect(),
        }
    }

    fn quick() -> Options {
        Options { shuffles: 999, resamples: 200, ..Options::default() }
    }

    fn is_finite(theme: &Compared) -> bool {
        let estimates = [theme.difference, theme.odds_ratio, theme.rarefied_difference];
        let of_groups = theme.groups.iter().map(|group| group.mention_share);
        let estimates: Vec<Estimate> = estimates.into_iter().chain(of_groups).flatten().collect();
        estimates.iter().all(|e| e.value.is_finite() && e.low.is_finite() && e.high.is_finite())
            && theme.groups.iter().filter_map(|group| group.rarefied).all(f64::is_finite)
            && [theme.p, theme.q, theme.family_wise, theme.chi_squared].iter().flatten().all(|p| p.is_finite())
            && theme.effect().is_finite()
    }

    #[test]
    fn groups_of_any_size_give_words_and_no_nan() {
        for (sizes, tested) in [
            (vec![0, 0], 0),
            (vec![0, 1], 0),
            (vec![1, 1], 0),
            (vec![2, 1], 0),
            (vec![30, 2], 1),
            (vec![5, 5], 2),
            (vec![9, 1, 12], 2),
            (vec![3; 30], 0),
            (vec![6; 30], 30),
        ] {
            let groups: Vec<usize> = sizes.iter().enumerate().flat_map(|(g, &n)| vec![g; n]).collect();
            let all: Vec<usize> = (0..groups.len()).collect();
            let half: Vec<usize> = (0..groups.len()).step_by(2).collect();
            let mut data = incidence(&groups, &[&all, &half, &[]], 3);
            data.n_groups = sizes.len();
            for theme in compare(&data, &quick()) {
                assert!(is_finite(&theme), "{sizes:?}: {theme:?}");
                assert_eq!(theme.tested.len(), tested);
                assert_eq!(theme.p.is_some(), tested >= 2, "{sizes:?}");
                assert!(tested >= 2 || theme.verdict == Verdict::TooFew, "{sizes:?}: {theme:?}");
            }
        }
    }

    #[test]
    fn a_plain_difference_is_found_and_its_direction_named() {
        let groups: Vec<usize> = (0..60).map(|person| person / 30).collect();
        let voiced: Vec<usize> = (0..15).chain(30..32).collect();
        let even: Vec<usize> = (0..60).step_by(3).collect();
        let only: Vec<usize> = (30..50).collect();
        let found = compare(&incidence(&groups, &[&voiced, &even, &only], 4), &Options::default());
        assert_eq!(found[0].verdict, Verdict::More(0));
        assert_eq!((found[0].groups[0].voiced, found[0].groups[1].voiced), (15, 2));
        assert_eq!(found[1].verdict, Verdict::NoClearDifference);
        assert_eq!(found[2].verdict, Verdict::Only(1));
        assert!(found[0].p.unwrap() <= found[0].q.unwrap());
        assert!((found[0].effect() - 13.0 / 30.0).abs() < 1e-12);
    }

    #[test]
    fn who_says_more_is_told_apart_from_who_says_more_of_it() {
        // The first group says ten things each, one of them in the theme; the second says one thing, in
        // one of ten cases in the theme. The theme is a tenth of what either says.
        let slots = (0..120).map(|person| Slot { person, group: person / 60, units: if person < 60 { 10 } else { 1 } });
        let mentions = (0..60).chain((60..120).step_by(10)).map(|person| (person, 1)).collect();
        let data = Incidence {
            design: Design::Between,
            n_groups: 2,
            n_persons: 120,
            asked: vec![Asked { slots: slots.collect() }],
            themes: vec![Voiced { asked: 0, mentions }],
        };
        let theme = &compare(&data, &quick())[0];
        assert_eq!(theme.verdict, Verdict::More(0));
        assert_eq!(theme.drawn, 1);
        for group in &theme.groups {
            assert!((group.rarefied.unwrap() - 0.1).abs() < 1e-12);
            assert!((group.mention_share.unwrap().value - 0.1).abs() < 1e-12);
        }
        assert_eq!(theme.length, Some(LengthNote::Unclear));
    }

    #[test]
    fn the_same_numbers_on_any_number_of_threads() {
        let groups: Vec<usize> = (0..90).map(|person| person % 3).collect();
        let one: Vec<usize> = (0..90).filter(|person| person % 7 < 3).collect();
        let two: Vec<usize> = (0..90).filter(|person| person % 3 == 0 || person % 5 == 0).collect();
        let data = incidence(&groups, &[&one, &two], 5);
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| compare(&data, &quick()))
        };
        assert_eq!(with(1), with(3));
    }
}
