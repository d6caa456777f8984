//! From scores to codes: how probable each code of a passage is, and from which probability on it has it.
//!
//! In: scores, `(n_passages, n_codes)`, and what people said of some passages. Out: a probability for each passage
//! and code, and for each code the threshold at which the stated precision is expected to hold. Where people judged
//! passages, the probabilities learn from them, and [`cross_validated`] tells how often program and people agree on
//! participants that were left out. Numbers only.

use std::collections::BTreeSet;

use ndarray::Array2;

use super::CodingOptions;
use super::policy::{CLEAREST, CODES_DIFFER, FOLDS, KNOWN_BEFORE, KNOWN_WITHIN, LEAST_FURTHER, LEAST_STRENGTH_LEARNED};
use crate::stats::quantile::quantile;

/// What a score says of a passage and a code.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Evidence {
    /// Spreads (1.4826 times the median absolute deviation) above the code's median.
    above: f64,
    /// Spreads (the median one) above the passage's best other code; negative below.
    ahead: f64,
    /// Spreads above the code's clearest passages ([`CLEAREST`]); negative below. A code that few speak of has few
    /// near those, however far above its median the others are.
    beyond: f64,
}

impl Evidence {
    /// As the log odds weigh it, the constant first.
    fn told(self) -> [f64; SHARED] {
        [1.0, self.above, self.ahead, self.beyond]
    }
}

/// Evidence for each passage and code, like `scores`. `taught_by`: of each code the passages that it learned from, which
/// are not among its clearest: those are what it is like where nobody told it.
pub(super) fn evidence(scores: &Array2<f64>, taught_by: &[Vec<usize>]) -> Array2<Evidence> {
    let (n_passages, n_codes) = scores.dim();
    let columns = || scores.columns().into_iter().map(|column| column.to_vec());
    let centres: Vec<(f64, f64)> = columns().map(|column| centre_and_spread(&column)).collect();
    let clearest: Vec<f64> = columns().zip(taught_by).map(|(column, taught)| clearest(column, taught)).collect();
    let usual = median(&centres.iter().map(|&(_, spread)| spread).collect::<Vec<_>>()).max(f64::MIN_POSITIVE);
    let mut found = Array2::from_elem((n_passages, n_codes), Evidence { above: 0.0, ahead: 0.0, beyond: 0.0 });
    for (row, mut found) in scores.outer_iter().zip(found.outer_iter_mut()) {
        let (mut best, mut next) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for &score in row {
            next = next.max(score.min(best));
            best = best.max(score);
        }
        let mut is_first_best = true;
        let of_codes = centres.iter().zip(&clearest);
        for ((&score, found), (&(centre, spread), &clearest)) in row.iter().zip(found.iter_mut()).zip(of_codes) {
            let other = if score == best && std::mem::take(&mut is_first_best) { next } else { best };
            let ahead = if other.is_finite() { (score - other) / usual } else { 0.0 };
            let spread = spread.max(f64::MIN_POSITIVE);
            *found = Evidence { above: (score - centre) / spread, ahead, beyond: (score - clearest) / spread };
        }
    }
    found
}

/// The mean of the [`CLEAREST`] highest scores, or of those that there are, but of `taught`; of all where no other is there.
fn clearest(mut scores: Vec<f64>, taught: &[usize]) -> f64 {
    if taught.len() < scores.len() {
        taught.iter().for_each(|&row| scores[row] = f64::NEG_INFINITY);
    }
    scores.sort_by(|a, b| b.total_cmp(a));
    let highest: Vec<f64> = scores.into_iter().take(CLEAREST).filter(|score| score.is_finite()).collect();
    highest.iter().sum::<f64>() / highest.len().max(1) as f64
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    quantile(&sorted, 0.5).unwrap_or(0.0)
}

/// Median and scaled median absolute deviation; 1 for a spread of nothing.
fn centre_and_spread(values: &[f64]) -> (f64, f64) {
    if values.is_empty() {
        return (0.0, 1.0);
    }
    let centre = median(values);
    let distances: Vec<f64> = values.iter().map(|value| (value - centre).abs()).collect();
    let spread = 1.4826 * median(&distances);
    (centre, if spread > 1e-9 { spread } else { 1.0 })
}

/// A passage that people judged: evidence for each code, and the codes that they gave it.
pub(super) struct Judgement {
    pub(super) evidence: Vec<Evidence>,
    pub(super) has: BTreeSet<usize>,
}

/// What all codes share of the log odds: a constant, and so much for each kind of evidence.
const SHARED: usize = 4;

/// Log odds of a code: [`KNOWN_BEFORE`], and what examples change of it; a code may differ from the others.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Calibration {
    /// What was known without examples.
    before: [f64; SHARED],
    shared: [f64; SHARED],
    of_code: Vec<f64>,
}

/// Steps of Newton's method; it has converged long before.
const STEPS: usize = 50;
/// How often a step is halved before it is given up.
const HALVES: i32 = 30;

impl Calibration {
    /// What is known without examples.
    pub(super) fn known_before(n_codes: usize) -> Self {
        let before = known_of(n_codes);
        Self { before, shared: before, of_code: vec![0.0; n_codes] }
    }

    /// The most probable calibration given what people said: logistic regression with normal priors, by Newton's
    /// method with steps that are halved where they would go too far. Codes have a term of their own, so the equations are solved for the shared ones (Schur
    /// complement) and then code by code.
    pub(super) fn learned<'j>(judged: impl Iterator<Item = &'j Judgement> + Clone, n_codes: usize) -> Self {
        let mut found = Self::known_before(n_codes);
        let mut posterior = found.log_posterior(judged.clone());
        for _ in 0..STEPS {
            let (shared, own) = found.step(judged.clone());
            // A step may go too far where all is told apart: half of it, then a quarter, and so on.
            let moved = |scale: f64| Self {
                shared: std::array::from_fn(|i| found.shared[i] + scale * shared[i]),
                of_code: found.of_code.iter().zip(&own).map(|(code, step)| code + scale * step).collect(),
                before: found.before,
            };
            let tried = (0..HALVES).map(|n| moved(0.5f64.powi(n)));
            let mut rated = tried.map(|other| (other.log_posterior(judged.clone()), other));
            let Some((better, other)) = rated.find(|(rating, _)| *rating > posterior) else { break };
            drop(rated);
            let gained = better - posterior;
            (posterior, found) = (better, other);
            if gained < 1e-12 {
                break;
            }
        }
        found
    }

    /// Log of the posterior density, but for a constant.
    fn log_posterior<'j>(&self, judged: impl Iterator<Item = &'j Judgement>) -> f64 {
        let shared = (0..SHARED).map(|i| ((self.shared[i] - self.before[i]) / KNOWN_WITHIN[i]).powi(2)).sum::<f64>();
        let own = self.of_code.iter().map(|own| (own / CODES_DIFFER).powi(2)).sum::<f64>();
        let mut likelihood = 0.0;
        for judgement in judged {
            for (code, &evidence) in judgement.evidence.iter().enumerate() {
                let odds = self.log_odds(evidence, code);
                let signed = if judgement.has.contains(&code) { odds } else { -odds };
                // ln(1 / (1 + e^-x)), without overflow.
                likelihood += signed.min(0.0) - libm::log1p(libm::exp(-signed.abs()));
            }
        }
        likelihood - 0.5 * (shared + own)
    }

    fn log_odds(&self, evidence: Evidence, code: usize) -> f64 {
        let weighed = self.shared.iter().zip(evidence.told()).map(|(weight, evidence)| weight * evidence);
        weighed.sum::<f64>() + self.of_code[code]
    }

    /// Probability that a passage with this evidence has the code, 0–1.
    pub(super) fn probability(&self, evidence: Evidence, code: usize) -> f64 {
        1.0 / (1.0 + libm::exp(-self.log_odds(evidence, code)))
    }

    /// A step of Newton's method: for what is shared, and for each code.
    fn step<'j>(&self, judged: impl Iterator<Item = &'j Judgement>) -> ([f64; SHARED], Vec<f64>) {
        let n_codes = self.of_code.len();
        let mut gradient: [f64; SHARED] =
            std::array::from_fn(|i| (self.before[i] - self.shared[i]) / KNOWN_WITHIN[i].powi(2));
        let mut curvature = [[0.0; SHARED]; SHARED];
        (0..SHARED).for_each(|i| curvature[i][i] = KNOWN_WITHIN[i].powi(-2));
        let mut own_gradient: Vec<f64> = self.of_code.iter().map(|own| -own / CODES_DIFFER.powi(2)).collect();
        let mut own_curvature = vec![CODES_DIFFER.powi(-2); n_codes];
        let mut crossed = vec![[0.0; SHARED]; n_codes];
        for judgement in judged {
            for (code, &evidence) in judgement.evidence.iter().enumerate() {
                let x = evidence.told();
                let p = self.probability(evidence, code);
                let residual = f64::from(u8::from(judgement.has.contains(&code))) - p;
                let weight = p * (1.0 - p);
                for i in 0..SHARED {
                    gradient[i] += residual * x[i];
                    crossed[code][i] += weight * x[i];
                    (0..SHARED).for_each(|j| curvature[i][j] += weight * x[i] * x[j]);
                }
                own_gradient[code] += residual;
                own_curvature[code] += weight;
            }
        }
        for code in 0..n_codes {
            for i in 0..SHARED {
                let share = crossed[code][i] / own_curvature[code];
                gradient[i] -= share * own_gradient[code];
                (0..SHARED).for_each(|j| curvature[i][j] -= share * crossed[code][j]);
            }
        }
        let step = solved(curvature, gradient);
        let own = (0..n_codes).map(|code| {
            let shared: f64 = (0..SHARED).map(|i| crossed[code][i] * step[i]).sum();
            (own_gradient[code] - shared) / own_curvature[code]
        });
        (step, own.collect())
    }
}

/// [`KNOWN_BEFORE`] for so many codes, on the line between the numbers that it has.
fn known_of(n_codes: usize) -> [f64; SHARED] {
    let above = KNOWN_BEFORE.iter().position(|&(n, _)| n >= n_codes).unwrap_or(KNOWN_BEFORE.len() - 1);
    let ((fewer, low), (more, high)) = (KNOWN_BEFORE[above.saturating_sub(1)], KNOWN_BEFORE[above]);
    let share = if more > fewer { (n_codes.clamp(fewer, more) - fewer) as f64 / (more - fewer) as f64 } else { 1.0 };
    std::array::from_fn(|i| low[i] + share * (high[i] - low[i]))
}

/// The solution of so many equations with a symmetric, positive definite matrix, by elimination.
fn solved(mut a: [[f64; SHARED]; SHARED], mut b: [f64; SHARED]) -> [f64; SHARED] {
    for pivot in 0..SHARED {
        for row in pivot + 1..SHARED {
            let factor = a[row][pivot] / a[pivot][pivot];
            (pivot..SHARED).for_each(|column| a[row][column] -= factor * a[pivot][column]);
            b[row] -= factor * b[pivot];
        }
    }
    for row in (0..SHARED).rev() {
        let known: f64 = (row + 1..SHARED).map(|column| a[row][column] * b[column]).sum();
        b[row] = (b[row] - known) / a[row][row];
    }
    b
}

/// From which probability on a passage has a code.
pub(super) struct Thresholds {
    /// For each code the smallest probability from which on its passages are expected to be right as often as the
    /// stated precision says: the mean of their probabilities reaches it. 1 where no passage does.
    pub(super) of_codes: Vec<f64>,
    /// A passage of which no code is as probable has none.
    least: f64,
}

impl Thresholds {
    /// Those for probabilities, `(n_passages, n_codes)`.
    pub(super) fn of(probabilities: &Array2<f64>, precision: f64, least: f64) -> Self {
        let of_code = |column: Vec<f64>| {
            let mut falling: Vec<f64> = column.into_iter().filter(|&p| p >= LEAST_FURTHER).collect();
            falling.sort_by(|a, b| b.total_cmp(a));
            let mut sum = 0.0;
            let mut threshold = 1.0;
            for (n, &p) in falling.iter().enumerate() {
                sum += p;
                if sum / (n + 1) as f64 >= precision {
                    threshold = p;
                }
            }
            threshold
        };
        let of_codes = probabilities.columns().into_iter().map(|column| of_code(column.to_vec())).collect();
        Self { of_codes, least }
    }

    /// The codes of a passage, if one is probable at all, the most probable first, `max_codes` at most; `probabilities`
    /// of each code.
    pub(super) fn codes_of(&self, probabilities: &[f64], max_codes: usize) -> Vec<usize> {
        let is_given = |&code: &usize| probabilities[code] >= self.of_codes[code] && self.of_codes[code] < 1.0;
        let mut codes: Vec<usize> = (0..self.of_codes.len()).filter(is_given).collect();
        codes.sort_by(|&a, &b| probabilities[b].total_cmp(&probabilities[a]).then(a.cmp(&b)));
        if codes.first().is_none_or(|&best| probabilities[best] < self.least) {
            return Vec::new();
        }
        codes.truncate(max_codes);
        codes
    }
}

/// The most probable of the codes that somebody speaks of, however improbable.
pub(super) fn likeliest(probabilities: &[f64], is_nobodys: impl Fn(usize) -> bool) -> Option<usize> {
    let spoken_of = (0..probabilities.len()).filter(|&code| !is_nobodys(code));
    spoken_of.min_by(|&a, &b| probabilities[b].total_cmp(&probabilities[a]).then(a.cmp(&b)))
}

/// Probabilities for each passage and code, like `scores`.
pub(super) fn probabilities(evidence: &Array2<Evidence>, calibration: &Calibration) -> Array2<f64> {
    Array2::from_shape_fn(evidence.dim(), |(row, code)| calibration.probability(evidence[[row, code]], code))
}

/// In how many of the judged passages people (`coded`), the program (`found`) and both gave a code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Agreed {
    pub(super) coded: usize,
    pub(super) found: usize,
    pub(super) both: usize,
}

/// What cross-validation gives.
pub(super) struct CrossValidated {
    /// For each code.
    pub(super) agreed: Vec<Agreed>,
    /// Learned from what the judged passages looked like when they were left out.
    pub(super) calibration: Calibration,
}

/// The part in which each person is left out: those with the most judged passages are dealt first, each to the part
/// with the fewest. `judged`: for each judged passage its person.
pub(super) fn folds(judged: &[usize]) -> Vec<usize> {
    let mut sizes: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    judged.iter().for_each(|&person| *sizes.entry(person).or_default() += 1);
    let n_folds = FOLDS.min(sizes.len()).max(1);
    let mut people: Vec<(usize, usize)> = sizes.into_iter().collect();
    people.sort_by_key(|&(person, size)| (std::cmp::Reverse(size), person));
    let mut filled = vec![0; n_folds];
    let mut fold_of = std::collections::BTreeMap::new();
    for (person, size) in people {
        let fold = (0..n_folds).min_by_key(|&fold| (filled[fold], fold)).unwrap_or_default();
        filled[fold] += size;
        fold_of.insert(person, fold);
    }
    judged.iter().map(|person| fold_of[person]).collect()
}

/// Leaves each fold out in turn. `judged`: rows that people judged, with their fold; `has`: the codes of each row;
/// `evidence_without(fold)`: `(n_passages, n_codes)`, made without the examples of the fold.
///
/// The calibration that decides in a fold learned from the other folds, each of which was left out itself.
pub(super) fn cross_validated<E>(
    judged: &[(usize, usize)],
    has: &[BTreeSet<usize>],
    options: CodingOptions,
    mut evidence_without: impl FnMut(usize) -> Result<Array2<Evidence>, E>,
) -> Result<CrossValidated, E> {
    let n_folds = judged.iter().map(|&(_, fold)| fold + 1).max().unwrap_or(0);
    let of_folds = (0..n_folds).map(&mut evidence_without).collect::<Result<Vec<_>, E>>()?;
    let n_codes = of_folds.first().map_or(0, |evidence| evidence.ncols());
    let judgements: Vec<(usize, Judgement)> = judged
        .iter()
        .map(|&(row, fold)| {
            let evidence = of_folds[fold].row(row).to_vec();
            (fold, Judgement { evidence, has: has[row].clone() })
        })
        .collect();
    let mut agreed = vec![Agreed::default(); n_codes];
    for (fold, evidence) in of_folds.iter().enumerate() {
        let others = judgements.iter().filter(|(other, _)| *other != fold).map(|(_, judgement)| judgement);
        let calibration = Calibration::learned(others, n_codes);
        let of_fold = probabilities(evidence, &calibration);
        let thresholds = Thresholds::of(&of_fold, options.precision, LEAST_STRENGTH_LEARNED);
        for &(row, _) in judged.iter().filter(|(_, own)| *own == fold) {
            let own = of_fold.row(row).to_vec();
            let mut found = thresholds.codes_of(&own, options.max_codes);
            if found.is_empty() && options.every_passage {
                found.extend(likeliest(&own, |_| false));
            }
            has[row].iter().for_each(|&code| agreed[code].coded += 1);
            for code in found {
                agreed[code].found += 1;
                agreed[code].both += usize::from(has[row].contains(&code));
            }
        }
    }
    let calibration = Calibration::learned(judgements.iter().map(|(_, judgement)| judgement), n_codes);
    Ok(CrossValidated { agreed, calibration })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn evidence_is_what_sets_a_score_apart_in_its_column_and_its_row() {
        let scores = array![[0.0, 0.0], [1.0, 0.5], [2.0, 1.0], [3.0, 5.0], [4.0, 2.0]];
        let found = evidence(&scores, &[vec![], vec![3]]);
        // Medians 2 and 1, absolute deviations 1 and 1: both spreads are 1.4826.
        let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
        assert!(near(found[[4, 0]].above, 2.0 / 1.4826) && near(found[[4, 0]].ahead, 2.0 / 1.4826));
        assert!(near(found[[3, 0]].ahead, -2.0 / 1.4826) && near(found[[3, 1]].ahead, 2.0 / 1.4826));
        assert_eq!((found[[0, 0]].ahead, found[[0, 1]].ahead), (0.0, 0.0), "equals are not ahead of each other");
        // The clearest three have 4, 3 and 2; 2, 1 and 0.5 but for what taught the second.
        assert!(near(found[[4, 0]].beyond, 1.0 / 1.4826) && near(found[[0, 0]].beyond, -3.0 / 1.4826));
        assert!(near(found[[3, 1]].beyond, (5.0 - 3.5 / 3.0) / 1.4826));
        let none = Evidence { above: 0.0, ahead: 0.0, beyond: 0.0 };
        assert_eq!(evidence(&array![[3.0]], &[vec![]])[[0, 0]], none);
        assert_eq!(evidence(&array![[3.0]], &[vec![0]])[[0, 0]], none, "all taught it");
    }

    #[test]
    fn a_threshold_is_as_low_as_the_precision_allows() {
        let p = array![[0.9, 0.4], [0.6, 0.4], [0.5, 0.35], [0.4, 0.3], [0.2, 0.2]];
        // Means from the top: 0.9, 0.75, 0.67, 0.6, 0.52.
        assert_eq!(Thresholds::of(&p, 0.65, 0.3).of_codes, [0.5, 1.0]);
        assert_eq!(Thresholds::of(&p, 0.55, 0.3).of_codes, [0.4, 1.0]);
        assert_eq!(Thresholds::of(&p, 0.32, 0.3).of_codes, [0.2, 0.2]);
        let p = array![[0.9], [0.6], [0.1]];
        assert_eq!(Thresholds::of(&p, 0.3, 0.3).of_codes, [0.6], "nothing is as low as that");
        let given = |probabilities: &[f64], of_codes: &[f64], max_codes| {
            Thresholds { of_codes: of_codes.to_vec(), least: 0.3 }.codes_of(probabilities, max_codes)
        };
        assert_eq!(given(&[0.5, 0.7, 0.2], &[0.4, 0.4, 0.1], 2), [1, 0]);
        assert_eq!(given(&[0.5, 0.2], &[0.1, 0.1], 3), [0, 1]);
        assert_eq!(given(&[0.25, 0.2], &[0.1, 0.1], 3), Vec::<usize>::new(), "it says something else");
        assert_eq!(given(&[1.0], &[1.0], 3), Vec::<usize>::new(), "1 is no threshold that anything reaches");
        assert_eq!(likeliest(&[0.1, 0.25, 0.25], |_| false), Some(1), "the first of equals");
        assert_eq!(likeliest(&[0.1, 0.25], |code| code == 1), Some(0), "nobody speaks of the other");
        assert_eq!(likeliest(&[0.1], |_| true), None);
    }

    fn judgements(n: usize, has: impl Fn(usize, f64) -> bool) -> Vec<Judgement> {
        let each = |i: usize| {
            let above = (i % 40) as f64 / 10.0 - 1.0;
            let own = [above, -above].map(|above| Evidence { above, ahead: above, beyond: above - 2.9 });
            let has = (0..2).filter(|&code| has(i, own[code].above)).collect();
            Judgement { evidence: own.to_vec(), has }
        };
        (0..n).map(each).collect()
    }

    /// The most probable calibration is where the gradient of the log posterior vanishes; the gradient is taken
    /// numerically, from the log posterior as it is defined.
    #[test]
    fn the_calibration_is_the_most_probable_one() {
        let judged = judgements(300, |i, above| above > 0.5 && i % 3 > 0);
        let found = Calibration::learned(judged.iter(), 2);
        let log_posterior = |calibration: &Calibration| {
            let likelihood: f64 = judged
                .iter()
                .flat_map(|judgement| {
                    judgement.evidence.iter().enumerate().map(|(code, &evidence)| {
                        let p = calibration.probability(evidence, code);
                        if judgement.has.contains(&code) { libm::log(p) } else { libm::log(1.0 - p) }
                    })
                })
                .sum();
            let shared: f64 =
                (0..SHARED).map(|i| ((calibration.shared[i] - calibration.before[i]) / KNOWN_WITHIN[i]).powi(2)).sum();
            let own: f64 = calibration.of_code.iter().map(|own| (own / CODES_DIFFER).powi(2)).sum();
            likelihood - 0.5 * (shared + own)
        };
        for i in 0..SHARED + 2 {
            let moved = |by: f64| {
                let mut other = found.clone();
                if i < SHARED {
                    other.shared[i] += by
                } else {
                    other.of_code[i - SHARED] += by
                }
                log_posterior(&other)
            };
            assert!(((moved(1e-4) - moved(-1e-4)) / 2e-4).abs() < 1e-3, "{i}");
        }
        assert_eq!(Calibration::learned([].iter(), 2), Calibration::known_before(2));
    }

    #[test]
    fn what_is_known_before_lies_between_the_numbers_of_codes_that_it_was_fitted_for() {
        for (n, known) in KNOWN_BEFORE {
            assert_eq!(known_of(n), known);
        }
        assert_eq!(known_of(0), known_of(1));
        assert_eq!(known_of(500), KNOWN_BEFORE[KNOWN_BEFORE.len() - 1].1);
        let [few, some, many] = [5, 7, 10].map(known_of);
        assert!((0..SHARED).all(|i| (some[i] - (few[i] + 0.4 * (many[i] - few[i]))).abs() < 1e-12));
        // To be far above and ahead says less of one of two codes than of one of many.
        let clear = Evidence { above: 2.0, ahead: 3.0, beyond: -1.0 };
        let probable = |n: usize| Calibration::known_before(n).probability(clear, 0);
        assert!(probable(2) < probable(5) && probable(5) < probable(24));
    }

    #[test]
    fn people_are_left_out_whole_and_in_equal_parts() {
        let judged = [7, 7, 7, 1, 2, 3, 1, 9, 9, 4];
        let folds = folds(&judged);
        for (i, person) in judged.iter().enumerate() {
            assert!(judged.iter().zip(&folds).all(|(other, fold)| other != person || *fold == folds[i]));
        }
        assert_eq!(folds.iter().collect::<BTreeSet<_>>().len(), FOLDS);
        assert_eq!(super::folds(&[3, 3]), [0, 0]);
    }

    /// 200 passages: the first code's scores tell who has it, the second's nothing.
    #[test]
    fn cross_validation_tells_a_code_that_is_found_from_one_that_is_not() {
        let noise = |i: usize| ((i * 7919) % 101) as f64 / 101.0;
        let scores = Array2::from_shape_fn((200, 2), |(row, code)| match code {
            0 => f64::from(u8::from(row % 4 == 0)) * 3.0 + noise(row),
            _ => noise(row + 13),
        });
        let has: Vec<BTreeSet<usize>> = (0..200)
            .map(|row| (0..2).filter(|&code| if code == 0 { row % 4 == 0 } else { row % 5 == 0 }).collect())
            .collect();
        let judged: Vec<(usize, usize)> = (0..200).map(|row| (row, (row / 4) % FOLDS)).collect();
        let none = [vec![], vec![]];
        let some = CodingOptions { max_codes: 3, precision: 0.5, every_passage: false, next: 0 };
        let of = |options| {
            cross_validated(&judged, &has, options, |_| Ok::<_, std::convert::Infallible>(evidence(&scores, &none)))
        };
        let found = of(some).unwrap();
        let all = of(CodingOptions { every_passage: true, ..some }).unwrap();
        assert!(all.agreed.iter().map(|own| own.found).sum::<usize>() >= 200, "none without a code");
        assert!(
            all.agreed.iter().zip(&found.agreed).all(|(all, some)| all.found >= some.found && all.both >= some.both)
        );
        let [first, second] = found.agreed.as_slice() else { panic!() };
        assert_eq!((first.coded, second.coded), (50, 40));
        assert!(first.both >= 45 && first.found <= 60, "{first:?}");
        assert!(second.both <= 20, "{second:?}");
    }
}
