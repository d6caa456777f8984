//! How well the comparison holds its promises, by simulation:
//!
//! ```text
//! calibration [--runs N] [--shuffles N]
//! ```
//!
//! Prints one table, and ends with an error when a target is missed. The interviews are made up: participants
//! have different lengths of interviews, each passage belongs to one theme at most, whoever voiced a theme once
//! does so again more easily, and not everybody is asked everything.

use leitmotif::stats::bootstrap::resample;
use leitmotif::stats::difference::newcombe;
use leitmotif::stats::groups::{Asked, Compared, Design, Incidence, Options, Slot, Voiced, compare};
use leitmotif::stats::wilson::wilson;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};
use rayon::prelude::*;

/// Participants of each of two groups.
const GROUP: usize = 60;
/// Themes of a section.
const THEMES_A_SECTION: usize = 6;

struct Random(Xoshiro256PlusPlus);

impl Random {
    fn new(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// 0–1, without 1.
    fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn happens(&mut self, chance: f64) -> bool {
        self.uniform() < chance
    }

    fn below(&mut self, n: usize) -> usize {
        (self.0.next_u64() % n as u64) as usize
    }
}

/// Groups of 120 participants that differ in nothing, or two that differ in the first theme (`planted`: its shares).
fn interviews(random: &mut Random, n_themes: usize, n_groups: usize, planted: Option<(f64, f64)>) -> Incidence {
    let n_sections = n_themes.div_ceil(THEMES_A_SECTION);
    let mut data = Incidence {
        design: Design::Between,
        n_groups,
        n_persons: 2 * GROUP,
        asked: vec![Asked::default(); n_sections],
        themes: Vec::new(),
    };
    // Groups are in no order among the participants.
    let mut group_of: Vec<usize> = (0..2 * GROUP).map(|person| person * n_groups / (2 * GROUP)).collect();
    for last in (1..group_of.len()).rev() {
        group_of.swap(last, random.below(last + 1));
    }
    // How much a person says, everywhere.
    let talk: Vec<f64> = (0..2 * GROUP).map(|_| 0.5 + 1.5 * random.uniform()).collect();
    for section in 0..n_sections {
        let is_planted = planted.filter(|_| section == 0);
        for (person, &group) in group_of.iter().enumerate() {
            // The planted section is asked of everybody, so that its groups have 60 participants.
            if is_planted.is_none() && random.happens(0.06) {
                continue;
            }
            let units = 1 + (0..8).filter(|_| random.happens(0.35 * talk[person].min(1.6))).count();
            data.asked[section].slots.push(Slot { person, group, units });
        }
        let of_section = THEMES_A_SECTION.min(n_themes - section * THEMES_A_SECTION);
        let mut mentions: Vec<Vec<(usize, usize)>> = vec![Vec::new(); of_section];
        for (place, slot) in data.asked[section].slots.iter().enumerate() {
            let mut left = slot.units;
            for (theme, mentions) in mentions.iter_mut().enumerate() {
                let share = match is_planted {
                    Some((one, other)) if theme == 0 => [one, other][slot.group],
                    // From frequent to rare, 40 % to 5 %; who says more voices more.
                    _ => (0.4 - 0.07 * theme as f64) * (0.6 + 0.4 * talk[slot.person].min(1.6)),
                };
                if left == 0 || !random.happens(share) {
                    continue;
                }
                let mut times = 1;
                while times < left && random.happens(0.25) {
                    times += 1;
                }
                left -= times;
                mentions.push((place, times));
            }
        }
        data.themes.extend(mentions.into_iter().map(|mentions| Voiced { asked: section, mentions }));
    }
    data
}

/// A share of runs, with its standard error.
struct Share {
    hits: usize,
    runs: usize,
}

impl Share {
    fn of(hits: impl Iterator<Item = bool>) -> Self {
        hits.fold(Self { hits: 0, runs: 0 }, |sum, hit| Self { hits: sum.hits + usize::from(hit), runs: sum.runs + 1 })
    }

    fn value(&self) -> f64 {
        self.hits as f64 / self.runs.max(1) as f64
    }

    fn error(&self) -> f64 {
        (self.value() * (1.0 - self.value()) / self.runs.max(1) as f64).sqrt()
    }
}

/// A row of the table; `target` may be absent where a number is for information. A share that is within two
/// standard errors of its target meets it.
fn row(what: &str, share: &Share, target: Option<(f64, f64)>) -> bool {
    let allowed = 2.0 * share.error();
    let met = target.is_none_or(|(low, high)| (low - allowed..=high + allowed).contains(&share.value()));
    let wanted = match target {
        Some((0.0, high)) => format!("at most {:.0} %", high * 100.0),
        Some((low, 1.0)) => format!("at least {:.0} %", low * 100.0),
        Some((low, high)) => format!("{:.0} to {:.0} %", low * 100.0, high * 100.0),
        None => "–".into(),
    };
    let word = match target {
        Some(_) if met => "met",
        Some(_) => "missed",
        None => "",
    };
    println!("| {what} | {:.1} ± {:.1} % | {wanted} | {word} |", share.value() * 100.0, share.error() * 100.0);
    met
}

/// Sixty people who answer four questions; a theme comes to each with a chance of their own, whatever is asked.
fn questions(random: &mut Random, n_themes: usize) -> Incidence {
    let mut asked = Asked::default();
    let mut mentions: Vec<Vec<(usize, usize)>> = vec![Vec::new(); n_themes];
    for person in 0..GROUP {
        let leaning: Vec<f64> =
            (0..n_themes).map(|theme| (0.3 - 0.04 * (theme % 6) as f64) * 2.0 * random.uniform()).collect();
        for group in (0..4).filter(|_| !random.happens(0.06)).collect::<Vec<_>>() {
            let units = 1 + (0..4).filter(|_| random.happens(0.4)).count();
            for (theme, mentions) in mentions.iter_mut().enumerate() {
                if random.happens(leaning[theme]) {
                    mentions.push((asked.slots.len(), 1));
                }
            }
            asked.slots.push(Slot { person, group, units });
        }
    }
    Incidence {
        design: Design::Within,
        n_groups: 4,
        n_persons: GROUP,
        asked: vec![asked],
        themes: mentions.into_iter().map(|mentions| Voiced { asked: 0, mentions }).collect(),
    }
}

fn simulate(
    runs: usize,
    shuffles: usize,
    seed: u64,
    interviews: impl Fn(&mut Random) -> Incidence + Sync,
) -> Vec<Vec<Compared>> {
    (0..runs as u64)
        .into_par_iter()
        .map(|run| {
            let data = interviews(&mut Random::new(seed + run));
            compare(&data, &Options { shuffles, resamples: 100, seed: seed + run })
        })
        .collect()
}

fn false_calls(runs: usize, shuffles: usize) -> bool {
    let mut met = true;
    for (n_themes, n_groups) in [(12, 2), (48, 2), (12, 4), (48, 4)] {
        let seed = 1_000_000 * (n_themes + n_groups) as u64;
        let found = simulate(runs, shuffles, seed, |random| interviews(random, n_themes, n_groups, None));
        met &= calls(&format!("no difference, {n_themes} themes, {n_groups} groups"), &found);
    }
    let found = simulate(runs, shuffles, 99_000_000, |random| questions(random, 12));
    met & calls("no difference, 12 themes, 4 questions to the same people", &found)
}

fn calls(what: &str, found: &[Vec<Compared>]) -> bool {
    let any = |is: &dyn Fn(&Compared) -> bool| Share::of(found.iter().map(|themes| themes.iter().any(is)));
    let clear = any(&|theme| theme.verdict.is_clear());
    let met = row(&format!("{what}: any called clear"), &clear, Some((0.0, 0.05)));
    row(&format!("{what}: any called clear or likely"), &any(&|theme| theme.verdict.is_difference()), None);
    let uncorrected = any(&|theme| theme.p.is_some_and(|p| p < 0.05));
    row(&format!("{what}: any with an uncorrected p < 0.05"), &uncorrected, None);
    met
}

fn power(runs: usize, shuffles: usize) -> bool {
    let mut met = true;
    for n_themes in [1, 3, 6, 12, 48] {
        let seed = 77_000_000 + 1_000_000 * n_themes as u64;
        let planted = Some((0.2, 0.45));
        let found = simulate(runs, shuffles, seed, |random| interviews(random, n_themes, 2, planted));
        let share = |is: &dyn Fn(&Compared) -> bool| Share::of(found.iter().map(|themes| is(&themes[0])));
        let what = format!("20 % against 45 %, 60 participants each, {n_themes} themes");
        if n_themes == 1 {
            let apart = |theme: &Compared| theme.difference.is_some_and(|d| d.low > 0.0 || d.high < 0.0);
            met &= row(&format!("{what}: interval of the difference leaves out 0"), &share(&apart), Some((0.8, 1.0)));
            row(&format!("{what}: Fisher's p < 0.05"), &share(&|theme| theme.p.is_some_and(|p| p < 0.05)), None);
        }
        row(&format!("{what}: called clear"), &share(&|theme| theme.verdict.is_clear()), None);
        row(&format!("{what}: called clear or likely"), &share(&|theme| theme.verdict.is_difference()), None);
        let wrong = |theme: &Compared| theme.verdict.highest() == Some(0);
        row(&format!("{what}: called the wrong way round"), &share(&wrong), None);
    }
    met
}

/// Participants needed of each group until the planted difference is called clear in 80 % of runs.
fn participants_needed(runs: usize) {
    for n_themes in [1, 12, 48, 400] {
        // Family-wise 5 % over themes of which each is tested about as by Fisher's test at 5 % ÷ themes.
        let level = 0.05 / n_themes as f64;
        let mut n = 20;
        let power = |n: usize| {
            let mut random = Random::new(9_000_000 + n as u64);
            let hits = (0..runs).map(|_| {
                let x1 = (0..n).filter(|_| random.happens(0.2)).count();
                let x2 = (0..n).filter(|_| random.happens(0.45)).count();
                leitmotif::stats::fisher::fisher_exact(x1, n, x2, n) < level
            });
            Share::of(hits).value()
        };
        while power(n) < 0.8 {
            n += 5;
        }
        println!(
            "| 20 % against 45 %, {n_themes} themes: participants of each group for 80 % (Bonferroni) | {n} | – | |"
        );
    }
}

fn coverage(runs: usize) -> bool {
    let mut met = true;
    let target = Some((0.93, 0.97));
    let settings = [(30, 0.1), (30, 0.3), (60, 0.1), (60, 0.3), (60, 0.5), (200, 0.05), (200, 0.3), (600, 0.1)];
    let drawn = |random: &mut Random, n: usize, share: f64| (0..n).filter(|_| random.happens(share)).count();
    let mut all = Vec::new();
    for (n, share) in settings {
        let mut random = Random::new(31_000_000 + n as u64 * 1000 + (share * 100.0) as u64);
        let hits: Vec<bool> = (0..20 * runs)
            .map(|_| wilson(drawn(&mut random, n, share), n).is_some_and(|(low, high)| low <= share && share <= high))
            .collect();
        row(&format!("Wilson's interval, {:.0} % of {n}", share * 100.0), &Share::of(hits.iter().copied()), None);
        all.extend(hits);
    }
    met &= row("Wilson's interval, mean of these", &Share::of(all.into_iter()), target);
    let pairs = [(30, 0.1, 0.3), (60, 0.2, 0.2), (60, 0.2, 0.45), (60, 0.05, 0.15), (200, 0.05, 0.1), (125, 0.3, 0.3)];
    let mut all = Vec::new();
    for (n, one, other) in pairs {
        let mut random = Random::new(32_000_000 + n as u64 * 1000 + (other * 100.0) as u64);
        let hits: Vec<bool> = (0..20 * runs)
            .map(|_| {
                let (x1, x2) = (drawn(&mut random, n, one), drawn(&mut random, n, other));
                let interval = newcombe(x1, n, x2, n);
                interval.is_some_and(|found| found.low <= one - other && one - other <= found.high)
            })
            .collect();
        let what = format!("Newcombe's interval, {:.0} against {:.0} % of {n}", one * 100.0, other * 100.0);
        row(&what, &Share::of(hits.iter().copied()), None);
        all.extend(hits);
    }
    met &= row("Newcombe's interval, mean of these", &Share::of(all.into_iter()), target);
    met & bootstrap_coverage(runs)
}

/// One group of whom each says 1–9 things; a share of them voice the theme, once or more often.
fn one_group(random: &mut Random, n: usize, share: f64) -> Incidence {
    let mut slots = Vec::new();
    let mut mentions = Vec::new();
    for person in 0..n {
        let units = 1 + (0..8).filter(|_| random.happens(0.4)).count();
        slots.push(Slot { person, group: 0, units });
        if random.happens(share) {
            let mut times = 1;
            while times < units && random.happens(0.3) {
                times += 1;
            }
            mentions.push((person, times));
        }
    }
    Incidence {
        design: Design::Between,
        n_groups: 1,
        n_persons: n,
        asked: vec![Asked { slots }],
        themes: vec![Voiced { asked: 0, mentions }],
    }
}

fn bootstrap_coverage(runs: usize) -> bool {
    let settings = [(60, 0.1), (60, 0.3), (125, 0.1), (125, 0.3), (300, 0.05), (600, 0.1)];
    let mut all = Vec::new();
    for (n, share) in settings {
        // The true share, from a large group.
        let large = one_group(&mut Random::new(5), 2_000_000, share);
        let units: usize = large.asked[0].slots.iter().map(|slot| slot.units).sum();
        let truth = large.themes[0].mentions.iter().map(|&(_, times)| times).sum::<usize>() as f64 / units as f64;
        let hits: Vec<bool> = (0..runs)
            .into_par_iter()
            .map(|run| {
                let mut random = Random::new(41_000_000 + run as u64 * 1000 + n as u64);
                let data = one_group(&mut random, n, share);
                let options = Options { resamples: 1000, seed: run as u64, ..Options::default() };
                let found = resample(&data, &[vec![0]], &[1], &options)[0].mention_shares[0];
                found.is_some_and(|found| found.low <= truth && truth <= found.high)
            })
            .collect();
        let what = format!("bootstrap of the mention share, {:.0} % of {n}", share * 100.0);
        row(&what, &Share::of(hits.iter().copied()), None);
        all.extend(hits);
    }
    let met = row("bootstrap of the mention share, mean of these", &Share::of(all.into_iter()), Some((0.93, 0.97)));
    met & at_equal_length(runs)
}

/// The difference at equal length of interviews, of two groups of whom one says twice as much.
fn at_equal_length(runs: usize) -> bool {
    let mut all = Vec::new();
    for (n, one, other) in [(30, 0.2, 0.45), (60, 0.2, 0.2), (60, 0.2, 0.45), (200, 0.1, 0.2)] {
        let both = |random: &mut Random, n: usize| {
            let (mut first, second) = (one_group(random, n, one), one_group(random, n, other));
            let (mut slots, mut mentions) = (first.asked[0].slots.clone(), first.themes[0].mentions.clone());
            mentions.extend(second.themes[0].mentions.iter().map(|&(place, times)| (place + n, times)));
            slots.extend(second.asked[0].slots.iter().map(|slot| Slot {
                person: slot.person + n,
                group: 1,
                units: 2 * slot.units,
            }));
            first.n_groups = 2;
            first.n_persons = 2 * n;
            first.asked[0].slots = slots;
            first.themes[0].mentions = mentions;
            first
        };
        // Passages drawn of each: a given number, so that the true value is one number.
        let (drawn, tested) = ([3], [vec![0, 1]]);
        let few = Options { resamples: 2, ..Options::default() };
        let large = both(&mut Random::new(6), 1_000_000);
        let truth = resample(&large, &tested, &drawn, &few)[0].difference.map_or(0.0, |found| found.value);
        let hits: Vec<bool> = (0..runs)
            .into_par_iter()
            .map(|run| {
                let data = both(&mut Random::new(43_000_000 + run as u64 * 1000 + n as u64), n);
                let options = Options { resamples: 1000, seed: run as u64, ..Options::default() };
                let found = resample(&data, &tested, &drawn, &options)[0].difference;
                found.is_some_and(|found| found.low <= truth && truth <= found.high)
            })
            .collect();
        let what = format!(
            "bootstrap of the difference at equal length, {:.0} against {:.0} % of {n}",
            one * 100.0,
            other * 100.0
        );
        row(&what, &Share::of(hits.iter().copied()), None);
        all.extend(hits);
    }
    row("bootstrap of the difference at equal length, mean of these", &Share::of(all.into_iter()), Some((0.93, 0.97)))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut runs, mut shuffles) = (2000, 999);
    let mut arguments = std::env::args().skip(1);
    while let Some(option) = arguments.next() {
        let value = arguments.next().ok_or(format!("{option} needs a value"))?.parse()?;
        match option.as_str() {
            "--runs" => runs = value,
            "--shuffles" => shuffles = value,
            _ => return Err(format!("there is no option {option}").into()),
        }
    }
    println!("{runs} runs, {shuffles} shuffles; ± one standard error\n");
    println!("| what | share of runs | target | |\n|---|---|---|---|");
    let met = [false_calls(runs, shuffles), power(runs, shuffles), coverage(runs)];
    participants_needed(runs);
    if met.contains(&false) { Err("a target is missed".into()) } else { Ok(()) }
}
