//! How often the intervals of `evaluate` hold the truth: studies are drawn from a made-up population, and
//! each interval is held against the mean of the measure over many studies of that size.
//!
//! `cargo run --release --example agreement_coverage [STUDIES]` prints a table for 20, 40 and 80
//! participants, as it stands in docs/evaluation.md.
//!
//! The population: eight codes; a participant says one to five things, each about a code that this person
//! inclines to (weights from an exponential distribution, squared), and is 0.5 to 1 likely to have it put
//! into its theme; what is not goes into any theme or none.

use leitmotif::stats::agreement::{Overlap, cohen_kappa, krippendorff_alpha, partitions, with_intervals};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

const CODES: usize = 8;
const NAMES: [&str; 8] =
    ["ARI", "AMI", "V-measure", "homogeneity", "completeness", "Cohen’s κ", "Krippendorff’s α", "recall of a code"];

struct Study {
    persons: Vec<usize>,
    codes: Vec<usize>,
    themes: Vec<Option<usize>>,
}

fn uniform(random: &mut Xoshiro256PlusPlus) -> f64 {
    (random.next_u64() >> 11) as f64 / (1u64 << 53) as f64
}

fn below(random: &mut Xoshiro256PlusPlus, n: usize) -> usize {
    (random.next_u64() % n as u64) as usize
}

fn study(n_persons: usize, random: &mut Xoshiro256PlusPlus) -> Study {
    let mut study = Study { persons: Vec::new(), codes: Vec::new(), themes: Vec::new() };
    for person in 0..n_persons {
        let weights: Vec<f64> = (0..CODES).map(|_| libm::pow(-libm::log(1.0 - uniform(random)), 2.0)).collect();
        let right = 0.5 + uniform(random) / 2.0;
        for _ in 0..1 + below(random, 5) {
            let mut place = uniform(random) * weights.iter().sum::<f64>();
            let code = weights.iter().position(|weight| {
                place -= weight;
                place < 0.0
            });
            let code = code.unwrap_or(CODES - 1);
            let theme = if uniform(random) < right {
                Some(code)
            } else if uniform(random) < 0.6 {
                Some(below(random, CODES))
            } else {
                None
            };
            study.persons.push(person);
            study.codes.push(code);
            study.themes.push(theme);
        }
    }
    study
}

fn statistics(study: &Study, items: &[usize]) -> Vec<Option<f64>> {
    let codes: Vec<usize> = items.iter().map(|&item| study.codes[item]).collect();
    let themes: Vec<Option<usize>> = items.iter().map(|&item| study.themes[item]).collect();
    let agreement = partitions(&codes, &themes);
    let ratings: Vec<(usize, usize)> =
        codes.iter().zip(&themes).map(|(&code, theme)| (code, theme.unwrap_or(CODES))).collect();
    let pairs: Vec<[usize; 2]> = ratings.iter().map(|&(a, b)| [a, b]).collect();
    let both = ratings.iter().filter(|&&(code, theme)| code == 0 && theme == 0).count();
    let overlap = Overlap {
        both,
        coded: codes.iter().filter(|&&code| code == 0).count(),
        grouped: themes.iter().filter(|&&theme| theme == Some(0)).count(),
    };
    vec![
        agreement.map(|a| a.ari),
        agreement.map(|a| a.ami),
        agreement.map(|a| a.v_measure),
        agreement.map(|a| a.homogeneity),
        agreement.map(|a| a.completeness),
        cohen_kappa(&ratings),
        krippendorff_alpha(pairs.iter().map(|pair| pair.as_slice())),
        overlap.recall(),
    ]
}

fn main() {
    let n_studies = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(1000);
    let mut random = Xoshiro256PlusPlus::seed_from_u64(1);
    println!("| measure | 20 participants | 40 | 80 |\n|---|---|---|---|");
    let mut rows = vec![String::new(); NAMES.len()];
    for n_persons in [20, 40, 80] {
        let mut sums = vec![(0.0, 0.0); NAMES.len()];
        for _ in 0..20_000 {
            let study = study(n_persons, &mut random);
            let everything: Vec<usize> = (0..study.persons.len()).collect();
            for (sum, value) in sums.iter_mut().zip(statistics(&study, &everything)) {
                if let Some(value) = value {
                    *sum = (sum.0 + value, sum.1 + 1.0);
                }
            }
        }
        let mut held = vec![(0usize, 0usize); NAMES.len()];
        for number in 0..n_studies {
            let study = study(n_persons, &mut random);
            let found = with_intervals(&study.persons, 400, number, (-1.0, 1.0), |items| statistics(&study, items));
            for ((held, estimate), (sum, n)) in held.iter_mut().zip(found).zip(&sums) {
                if let (Some(low), Some(high)) = (estimate.low, estimate.high) {
                    held.0 += usize::from(low <= sum / n && sum / n <= high);
                    held.1 += 1;
                }
            }
        }
        for (row, (held, n)) in rows.iter_mut().zip(held) {
            row.push_str(&format!(" {:.1} % |", 100.0 * held as f64 / n as f64));
        }
    }
    for (name, row) in NAMES.iter().zip(rows) {
        println!("| {name} |{row}");
    }
}
