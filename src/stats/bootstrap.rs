//! Intervals by drawing participants anew.
//!
//! In: who was asked and who voiced what. Out: intervals of shares of mentions, and of the difference at equal
//! length. What one person says is alike, so participants are drawn, each with all they said (a cluster
//! bootstrap; Davison & Hinkley 1997, "Bootstrap Methods and their Application", section 3.8), within their
//! group, as many as there are, with replacement.
//!
//! The percentiles of a share's draws are too narrow where few voiced it (six of sixty: they hold the true share
//! in 89 % of cases, not 95). So the bootstrap tells the variance of the share, this the number of independent
//! passages that would leave as much of it, `p (1 − p) / variance`, and Wilson's interval is that of so many
//! (Kish 1965, "Survey Sampling", section 8.2; Dean & Pagano 2015, "Evaluating confidence interval methods for
//! binomial proportions in clustered surveys", J. Survey Statistics and Methodology 3:484–503).

use super::quantile::quantile;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};
use rayon::prelude::*;

use super::design::{Design, Incidence, Options, Voiced};
use super::difference::Estimate;
use super::rarefaction::rarefied;
use super::wilson::score_interval;

/// Tail left out at either side.
const TAIL: f64 = 0.025;
/// Bytes of the draws that are held at a time: those of 100,000 people are 400 MB a section.
const MOST_HELD: usize = 512 << 20;

/// What resampling tells of one theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Resampled {
    /// Share of the units of each group that are in the theme, 0–1.
    pub mention_shares: Vec<Option<Estimate>>,
    /// Difference of the rarefied shares, first group compared minus second, where two are.
    pub difference: Option<Estimate>,
}

/// One entry a theme. `tested`: the groups compared, `drawn`: the units drawn of each participant, both for
/// each of [`Incidence::asked`].
pub fn resample(data: &Incidence, tested: &[Vec<usize>], drawn: &[usize], options: &Options) -> Vec<Resampled> {
    resample_holding(MOST_HELD, data, tested, drawn, options)
}

/// The same with draws of as many sections at a time as fit into these bytes, or of one.
fn resample_holding(
    most: usize,
    data: &Incidence,
    tested: &[Vec<usize>],
    drawn: &[usize],
    options: &Options,
) -> Vec<Resampled> {
    let mut themes: Vec<Vec<usize>> = vec![Vec::new(); data.asked.len()];
    data.themes.iter().enumerate().for_each(|(number, theme)| themes[theme.asked].push(number));
    let bytes = |section: usize| {
        let compared = data.asked[section].slots.iter().filter(|slot| tested[section].contains(&slot.group));
        compared.count() * options.resamples * size_of::<u16>()
    };
    let mut found: Vec<Option<Resampled>> = vec![None; data.themes.len()];
    let mut next = 0;
    while next < data.asked.len() {
        let first = next;
        let mut held = 0;
        while next < data.asked.len() && (next == first || held + bytes(next) <= most) {
            held += bytes(next);
            next += 1;
        }
        let of_sections: Vec<(usize, Vec<Draws>)> = (first..next)
            .into_par_iter()
            .map(|number| {
                let of_group = |&group: &usize| {
                    let seed = options.seed ^ ((number as u64 + 1) << 32) ^ ((group as u64 + 1) << 16);
                    Draws::new(&data.asked[number].slots, group, options.resamples, seed)
                };
                (number, tested[number].par_iter().map(of_group).collect())
            })
            .collect();
        let told: Vec<(usize, Resampled)> = of_sections
            .par_iter()
            .flat_map(|(section, draws)| {
                themes[*section].par_iter().map(|&theme| (theme, of_theme(data, theme, draws, drawn[*section])))
            })
            .collect();
        told.into_iter().for_each(|(theme, resampled)| found[theme] = Some(resampled));
    }
    // Every theme is of a section.
    found.into_iter().flatten().collect()
}

/// What the draws of its section tell of one theme.
fn of_theme(data: &Incidence, theme: usize, draws: &[Draws], drawn: usize) -> Resampled {
    let theme = &data.themes[theme];
    let slots = &data.asked[theme.asked].slots;
    let mut mention_shares = vec![None; data.n_groups];
    for draws in draws {
        mention_shares[draws.group] = draws.mention_share(theme);
    }
    let difference = match draws {
        [one, other] if data.design == Design::Between => {
            let at = |draws: &Draws| {
                let weight = |&(place, k): &(usize, usize)| (place, rarefied(slots[place].units, k, drawn));
                draws.means(&theme.mentions.iter().map(weight).collect::<Vec<_>>())
            };
            let ((value1, draws1), (value2, draws2)) = (at(one), at(other));
            let differences = draws1.iter().zip(&draws2).map(|(one, other)| one - other).collect();
            percentiles(value1 - value2, differences)
        }
        _ => None,
    };
    Resampled { mention_shares, difference }
}

/// The resamples of one group of a section.
struct Draws {
    group: usize,
    n_drawn: usize,
    n_members: usize,
    /// Members who said anything.
    n_heard: usize,
    /// For each slot of the section its place in the group.
    member: Vec<Option<usize>>,
    /// How often each member was drawn: resample by resample.
    times: Vec<u16>,
    /// Units of all members, and of each resample.
    units: (f64, Vec<f64>),
}

impl Draws {
    fn new(slots: &[super::design::Slot], group: usize, n_drawn: usize, seed: u64) -> Self {
        let mut member = vec![None; slots.len()];
        let mut units = Vec::new();
        for (slot, place) in slots.iter().zip(&mut member).filter(|(slot, _)| slot.group == group) {
            *place = Some(units.len());
            units.push(slot.units as f64);
        }
        let n_members = units.len();
        let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
        let mut times = vec![0u16; n_drawn * n_members];
        if n_members > 0 {
            for resample in times.chunks_mut(n_members) {
                for _ in 0..n_members {
                    // The bias of the remainder is below 2⁻³² for any corpus.
                    let drawn = (random.next_u64() % n_members as u64) as usize;
                    resample[drawn] = resample[drawn].saturating_add(1);
                }
            }
        }
        let of_draw = |resample: &[u16]| resample.iter().zip(&units).map(|(&t, units)| f64::from(t) * units).sum();
        let of_draws = times.chunks(n_members.max(1)).map(of_draw).collect();
        let n_heard = units.iter().filter(|units| **units > 0.0).count();
        Self { group, n_drawn, n_members, n_heard, member, units: (units.iter().sum(), of_draws), times }
    }

    /// Weighted sums over the members, of all and of each resample. `weights`: places of the section.
    fn sums(&self, weights: &[(usize, f64)]) -> (f64, Vec<f64>) {
        let of_group: Vec<(usize, f64)> =
            weights.iter().filter_map(|&(place, weight)| Some((self.member[place]?, weight))).collect();
        let resamples = (0..self.n_drawn).map(|number| {
            let times = &self.times[number * self.n_members..];
            of_group.iter().map(|&(member, weight)| f64::from(times[member]) * weight).sum()
        });
        (of_group.iter().map(|&(_, weight)| weight).sum(), resamples.collect())
    }

    /// The same a member.
    fn means(&self, weights: &[(usize, f64)]) -> (f64, Vec<f64>) {
        let n = self.n_members.max(1) as f64;
        let (all, draws) = self.sums(weights);
        (all / n, draws.into_iter().map(|sum| sum / n).collect())
    }

    /// `None` where nobody of the group voiced the theme: no draw could tell otherwise.
    fn mention_share(&self, theme: &Voiced) -> Option<Estimate> {
        let mentions: Vec<(usize, f64)> = theme.mentions.iter().map(|&(place, k)| (place, k as f64)).collect();
        let (all, draws) = self.sums(&mentions);
        if all == 0.0 {
            return None;
        }
        // Resamples of nobody who said anything have no share.
        let shares = draws.iter().zip(&self.units.1).filter(|(_, units)| **units > 0.0);
        let shares: Vec<f64> = shares.map(|(mentions, units)| mentions / units).collect();
        let value = all / self.units.0;
        let variance = variance(&shares)?;
        // Passages of one person are never worth more than as many of different ones.
        let most = self.units.0;
        let effective = if variance * most > value * (1.0 - value) { value * (1.0 - value) / variance } else { most };
        // All of what anybody said: no variance, and Wilson's interval of as many people.
        let effective = if value == 1.0 { self.n_heard as f64 } else { effective };
        let (low, high) = score_interval(value * effective, effective);
        Some(Estimate { value, low, high })
    }
}

/// With `n − 1`, in two passes; `None` for fewer than two values.
fn variance(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (values.len() > 1).then(|| values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (n - 1.0))
}

/// The percentile interval (Davison & Hinkley 1997, section 5.3.1), with R's default quantiles.
fn percentiles(value: f64, mut draws: Vec<f64>) -> Option<Estimate> {
    draws.sort_by(f64::total_cmp);
    Some(Estimate { value, low: quantile(&draws, TAIL)?, high: quantile(&draws, 1.0 - TAIL)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::design::{Asked, Slot};

    fn section() -> Incidence {
        // Units 1–9 by twenty participants, of whom eight have one to three mentions.
        let slots = (0..20).map(|person| Slot { person, group: 0, units: 1 + (person * 7) % 9 }).collect();
        let mentions = vec![(0, 1), (1, 2), (4, 1), (5, 3), (8, 1), (11, 2), (14, 1), (17, 1)];
        Incidence {
            design: Design::Between,
            n_groups: 1,
            n_persons: 20,
            asked: vec![Asked { slots }],
            themes: vec![Voiced { asked: 0, mentions }, Voiced::default()],
        }
    }

    /// R 4.2.2, 200,000 resamples: `t <- replicate(200000, {i <- sample(20, replace = TRUE); sum(k[i]) / sum(N[i])})`,
    /// `s <- sum(k) / sum(N); n <- s * (1 - s) / var(t)`, `prop.test(s * n, n, correct = FALSE)$conf.int`.
    #[test]
    fn a_share_of_mentions_has_the_interval_of_r() {
        let options = Options { resamples: 20_000, ..Options::default() };
        let found = resample(&section(), &[vec![0]], &[1], &options);
        let share = found[0].mention_shares[0].unwrap();
        let (value, low, high) = (0.12121212121212122, 0.0654119924891755, 0.2137273038983764);
        assert!((share.value - value).abs() < 1e-12, "{share:?}");
        // Both draw at random: the ends are uncertain in the third decimal.
        assert!((share.low - low).abs() < 0.002 && (share.high - high).abs() < 0.003, "{share:?}");
        assert_eq!(found[1].mention_shares, [None]);
    }

    /// More draws than are held at a time are made section by section, and are the same.
    #[test]
    fn many_sections_are_drawn_one_after_another() {
        let one = section();
        let asked = |_| Asked { slots: one.asked[0].slots.clone() };
        let theme = |asked: usize| Voiced { asked, mentions: one.themes[0].mentions.clone() };
        let data = Incidence { asked: (0..3).map(asked).collect(), themes: (0..3).rev().map(theme).collect(), ..one };
        let options = Options { resamples: 100, ..Options::default() };
        let tested = vec![vec![0]; 3];
        let all = resample(&data, &tested, &[1; 3], &options);
        // One section needs 4,000 bytes.
        for most in [0, 4_000, 8_000, 100_000] {
            assert_eq!(resample_holding(most, &data, &tested, &[1; 3], &options), all, "{most}");
        }
        let first = Incidence { asked: vec![asked(0)], themes: vec![theme(0)], ..section() };
        let alone = resample(&first, &tested[..1], &[1], &options);
        assert_eq!(all.len(), 3);
        assert_eq!(all[2], alone[0]);
        assert!(all[0] != all[2] && all[1] != all[2], "each section has draws of its own: {all:?}");
    }

    /// Whoever was asked and said nothing has no passages to share out: the share of mentions stays what it is.
    #[test]
    fn people_who_said_nothing_make_no_share_uncertain() {
        let mut data = section();
        data.asked[0].slots.extend((20..40).map(|person| Slot { person, group: 0, units: 0 }));
        data.n_persons = 40;
        let options = Options { resamples: 4_000, ..Options::default() };
        let silent = resample(&data, &[vec![0]], &[1], &options)[0].mention_shares[0].unwrap();
        let heard = resample(&section(), &[vec![0]], &[1], &options)[0].mention_shares[0].unwrap();
        assert!((silent.value - heard.value).abs() < 1e-12 && silent.low.is_finite() && silent.high.is_finite());
        assert!(
            (silent.low - heard.low).abs() < 0.02 && (silent.high - heard.high).abs() < 0.03,
            "{silent:?} {heard:?}"
        );
    }

    /// Three passages each, one of them in the theme, by 20 people; and a theme that is all they said.
    #[test]
    fn equal_people_are_not_taken_for_certainty() {
        let slots = (0..20).map(|person| Slot { person, group: 0, units: 3 }).collect();
        let theme = |times: usize| Voiced { asked: 0, mentions: (0..20).map(|place| (place, times)).collect() };
        let data = Incidence { asked: vec![Asked { slots }], themes: vec![theme(1), theme(3)], ..section() };
        let found = resample(&data, &[vec![0]], &[1], &Options { resamples: 100, ..Options::default() });
        let of = |theme: usize| found[theme].mention_shares[0].unwrap();
        // Wilson's intervals of 20 of 60 and of 20 of 20, statsmodels 0.15.0, `proportion_confint(x, n,
        // method="wilson")`.
        assert!(
            (of(0).low - 0.22729261523522679).abs() < 1e-9 && (of(0).high - 0.4594313354788031).abs() < 1e-9,
            "{found:?}"
        );
        assert!((of(1).low - 0.8388748419471804).abs() < 1e-9 && of(1).high == 1.0, "{found:?}");
    }
}
