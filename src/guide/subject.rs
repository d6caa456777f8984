//! The word for what all interviews are about, and how to look past it.
//!
//! In: passages with their vectors and sections. Out: the subject's word and the direction in which
//! naming it moves a vector, where there is such a word; vectors without that direction.
//!
//! Asked about AI, people say "AI" in one passage and "it" in the next. An embedding hears that
//! difference louder than any other: on 725 interviews about AI it is the first principal direction
//! within the sections, with 2.6 times the variance of the second. Left in, every section has one
//! theme of passages that say "AI" and one of passages that say "it", and teachers who name it stand
//! apart from teachers who don't. The direction is the difference of the two means (Ravfogel et al.
//! 2020 and Belrose et al. 2023 erase a concept in this manner), taken within the sections.

use super::policy::{COMMON_FIT, LEAST_FIT, LEAST_SECTION_SHARE, MIN_PASSAGES, SECTIONS};
use std::collections::{BTreeSet, HashMap};

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};
use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

/// A subject's word stands in this share of all passages.
const SHARES: std::ops::RangeInclusive<f64> = 0.25..=0.75;

/// What everybody talks about.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// Its word as it is written most often.
    pub word: String,
    /// Share of the passages that name it, 0–1.
    pub share: f64,
    /// Squared correlation of the naming with the vectors along the direction, 0–1: each half of the
    /// passages measured along the direction of the other half.
    pub fit: f64,
    /// `(n_dims)`, unit length.
    pub direction: Array1<f64>,
}

/// Why nothing is taken out.
#[derive(Clone, Debug, PartialEq)]
pub enum NoSubject {
    /// There are too few passages to tell a direction.
    TooFew {
        /// Their number.
        passages: usize,
    },
    /// No word stands in a quarter to three quarters of the passages, in most sections, but such as the
    /// vectors do not tell.
    NoWord,
    /// The vectors hardly tell whether the likeliest word was said, so it makes no themes.
    Unheard {
        /// The word.
        word: String,
        /// [`Subject::fit`] of it.
        fit: f64,
    },
}

impl std::fmt::Display for NoSubject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooFew { passages } => {
                write!(f, "{passages} passages are too few to look for a word that all interviews are about")
            }
            Self::NoWord => write!(f, "no word is what all interviews are about"),
            Self::Unheard { word, fit } => write!(
                f,
                "the vectors hardly tell who names “{word}” (squared correlation {fit:.2}, below {LEAST_FIT}), so nothing \
                 was taken out for it"
            ),
        }
    }
}

impl Subject {
    /// Looks for the subject of passages with `vectors` `(n_passages, n_dims)` that stand in the
    /// sections numbered by `section_of`.
    ///
    /// # Errors
    /// Where no word is one, why.
    pub fn find(texts: &[&str], section_of: &[usize], vectors: ArrayView2<f32>) -> Result<Self, NoSubject> {
        Self::find_in(texts, section_of, &[vectors])
    }

    /// The same of vectors in several blocks, one below the other.
    fn find_in(texts: &[&str], section_of: &[usize], vectors: &[ArrayView2<f32>]) -> Result<Self, NoSubject> {
        let n_passages = texts.len();
        if n_passages < MIN_PASSAGES {
            return Err(NoSubject::TooFew { passages: n_passages });
        }
        let candidates = words_of_many(texts);
        let number = |word: String| candidates.iter().position(|candidate| *candidate == word);
        let said: Vec<Vec<usize>> = texts.par_iter().map(|text| words(text).filter_map(number).collect()).collect();
        let centred = Centred::new(section_of, vectors);
        let found: Vec<Option<Self>> = candidates
            .par_iter()
            .enumerate()
            .map(|(at, word)| {
                let names: Vec<bool> = said.iter().map(|said| said.contains(&at)).collect();
                let named_in = naming_sections(&names, section_of);
                let judged = |row: usize| named_in[section_of[row]];
                let most = (0..names.len()).filter(|&row| judged(row)).count() as f64 >= SECTIONS * n_passages as f64;
                most.then(|| Self {
                    word: word.clone(),
                    share: names.iter().filter(|&&names| names).count() as f64 / n_passages as f64,
                    fit: fit(&names, &centred, &judged),
                    direction: direction(&names, &centred, judged),
                })
            })
            .collect();
        let best = found.into_iter().flatten().max_by(|a, b| a.fit.total_cmp(&b.fit)).ok_or(NoSubject::NoWord)?;
        let best = Self { word: as_written(&best.word, texts), ..best };
        match best.fit {
            fit if fit >= LEAST_FIT => Ok(best),
            fit if fit >= COMMON_FIT => Err(NoSubject::Unheard { word: best.word, fit }),
            _ => Err(NoSubject::NoWord),
        }
    }

    /// The same of whole sections, each with its passages and their vectors `(n_passages, n_dims)`.
    ///
    /// # Errors
    /// Those of [`Subject::find`].
    pub fn of_sections(texts: &[Vec<&str>], vectors: &[Array2<f32>]) -> Result<Self, NoSubject> {
        Self::of_blocks(texts, &vectors.iter().map(Array2::view).collect::<Vec<_>>())
    }

    /// The same where the vectors lie in other blocks than the sections, one below the other.
    ///
    /// # Errors
    /// Those of [`Subject::find`].
    pub(crate) fn of_blocks(texts: &[Vec<&str>], vectors: &[ArrayView2<f32>]) -> Result<Self, NoSubject> {
        let section_of: Vec<usize> =
            texts.iter().enumerate().flat_map(|(section, texts)| vec![section; texts.len()]).collect();
        Self::find_in(&texts.concat(), &section_of, vectors)
    }

    /// Takes the direction out of vectors `(n_passages, n_dims)` and gives them unit length again.
    pub fn erase_from(&self, vectors: &mut Array2<f32>) {
        vectors.axis_iter_mut(Axis(0)).into_par_iter().for_each(|mut vector| {
            let along: f64 = vector.iter().zip(&self.direction).map(|(&x, &d)| f64::from(x) * d).sum();
            let mut rest: Vec<f64> =
                vector.iter().zip(&self.direction).map(|(&x, &d)| f64::from(x) - along * d).collect();
            let norm = libm::sqrt(rest.iter().map(|x| x * x).sum::<f64>());
            if norm > 1e-6 {
                rest.iter_mut().for_each(|x| *x /= norm);
                vector.iter_mut().zip(rest).for_each(|(x, rest)| *x = rest as f32);
            }
        });
    }
}

/// Words that stand in as many passages as a subject's, in their order.
fn words_of_many(texts: &[&str]) -> Vec<String> {
    let add = |mut counts: HashMap<String, usize>, text: &&str| {
        words(text).collect::<BTreeSet<_>>().into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
        counts
    };
    let together = |mut one: HashMap<String, usize>, other: HashMap<String, usize>| {
        other.into_iter().for_each(|(word, count)| *one.entry(word).or_default() += count);
        one
    };
    let counts = texts.par_iter().fold(HashMap::new, add).reduce(HashMap::new, together);
    let of_many = |count: usize| SHARES.contains(&(count as f64 / texts.len() as f64));
    let mut words: Vec<String> =
        counts.into_iter().filter(|&(_, count)| of_many(count)).map(|(word, _)| word).collect();
    words.sort_unstable();
    words
}

/// The words of a passage in lower case, one after the other.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.unicode_words().map(|word| without_possessive(word).to_lowercase())
}

/// `AI` of `AI's`.
fn without_possessive(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// The writing that a word in lower case has most often.
fn as_written(word: &str, texts: &[&str]) -> String {
    let mut writings: HashMap<&str, usize> = HashMap::new();
    for writing in texts.iter().flat_map(|text| text.unicode_words()).map(without_possessive) {
        if writing.to_lowercase() == word {
            *writings.entry(writing).or_default() += 1;
        }
    }
    let most = writings.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)));
    most.map_or_else(|| word.to_owned(), |(writing, _)| writing.to_owned())
}

/// Vectors minus the mean of their section. They are never held as a whole: of many interviews they are gigabytes.
struct Centred<'a> {
    /// A row of one of the blocks for each passage.
    rows: Vec<ArrayView1<'a, f32>>,
    section_of: &'a [usize],
    /// `(n_sections, n_dims)`
    means: Array2<f64>,
}

impl<'a> Centred<'a> {
    fn new(section_of: &'a [usize], vectors: &'a [ArrayView2<f32>]) -> Self {
        let rows: Vec<ArrayView1<f32>> = vectors.iter().flat_map(|block| block.outer_iter()).collect();
        let n_sections = section_of.iter().max().map_or(0, |last| last + 1);
        let mut means = Array2::<f64>::zeros((n_sections, rows.first().map_or(0, ArrayView1::len)));
        let mut counts = vec![0usize; n_sections];
        for (&section, vector) in section_of.iter().zip(&rows) {
            counts[section] += 1;
            means.row_mut(section).zip_mut_with(vector, |sum, &x| *sum += f64::from(x));
        }
        for (mut mean, &count) in means.outer_iter_mut().zip(&counts) {
            mean /= count.max(1) as f64;
        }
        Self { rows, section_of, means }
    }

    fn n_dims(&self) -> usize {
        self.means.ncols()
    }

    /// Adds a row to `sum`.
    fn add(&self, at: usize, sum: &mut Array1<f64>) {
        let mean = self.means.row(self.section_of[at]);
        let slices = (sum.as_slice_mut(), self.rows[at].as_slice(), mean.as_slice());
        let (Some(sum), Some(row), Some(mean)) = slices else {
            *sum += &(self.rows[at].mapv(f64::from) - mean);
            return;
        };
        // For the widest registers that there are; nothing but the speed depends on them.
        pulp::Arch::new().dispatch(
            #[inline(always)]
            || {
                for ((sum, &x), mean) in sum.iter_mut().zip(row).zip(mean) {
                    *sum += f64::from(x) - mean;
                }
            },
        );
    }
}

/// For each section whether enough of its passages name the word.
fn naming_sections(names: &[bool], section_of: &[usize]) -> Vec<bool> {
    let n_sections = section_of.iter().max().map_or(0, |last| last + 1);
    let mut counts = vec![(0usize, 0usize); n_sections];
    for (&names, &section) in names.iter().zip(section_of) {
        counts[section].0 += usize::from(names);
        counts[section].1 += 1;
    }
    counts.iter().map(|&(named, all)| all > 0 && named as f64 >= LEAST_SECTION_SHARE * all as f64).collect()
}

/// The unit-length difference between the means of the passages that name a word and those that
/// don't, among those taken.
fn direction(names: &[bool], centred: &Centred, takes: impl Fn(usize) -> bool) -> Array1<f64> {
    let mut sums = [Array1::<f64>::zeros(centred.n_dims()), Array1::<f64>::zeros(centred.n_dims())];
    let mut counts = [0usize; 2];
    for row in (0..names.len()).filter(|&row| takes(row)) {
        let which = usize::from(names[row]);
        centred.add(row, &mut sums[which]);
        counts[which] += 1;
    }
    let [without, with] = sums;
    let difference = with / counts[1].max(1) as f64 - without / counts[0].max(1) as f64;
    let norm = libm::sqrt(difference.dot(&difference));
    if norm > 0.0 { difference / norm } else { difference }
}

/// Squared correlation of the naming with the vectors along the direction of the other half, the mean
/// of both halves, among the rows that are judged.
fn fit(names: &[bool], centred: &Centred, judged: &impl Fn(usize) -> bool) -> f64 {
    let half = |own: usize| {
        let direction = direction(names, centred, |row| row % 2 != own && judged(row));
        let rows = (own..names.len()).step_by(2).filter(|&row| judged(row));
        let mut vector = Array1::<f64>::zeros(centred.n_dims());
        let along = |row: usize| {
            vector.fill(0.0);
            centred.add(row, &mut vector);
            vector.dot(&direction)
        };
        let along: Vec<f64> = rows.clone().map(along).collect();
        let pairs: Vec<(f64, f64)> = along.into_iter().zip(rows.map(|row| f64::from(u8::from(names[row])))).collect();
        squared_correlation(&pairs)
    };
    (half(0) + half(1)) / 2.0
}

fn squared_correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len().max(1) as f64;
    let (mean_x, mean_y) = (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        let (x, y) = (x - mean_x, y - mean_y);
        xx += x * x;
        yy += y * y;
        xy += x * y;
    }
    if xx * yy > 0.0 && xy > 0.0 { xy * xy / (xx * yy) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_xoshiro::Xoshiro256PlusPlus;
    use rand_xoshiro::rand_core::{RngCore, SeedableRng};

    /// Passages on two matters, of which every other names the subject along one dimension by `gap`.
    fn passages(n: usize, gap: f32) -> (Vec<String>, Vec<usize>, Array2<f32>) {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(7);
        let mut noise = || (random.next_u64() >> 40) as f32 / (1u64 << 24) as f32 - 0.5;
        let names = |i: usize| !i.is_multiple_of(3);
        let texts = (0..n).map(|i| format!("{}arm {i}", if names(i) { "Robot’s " } else { "" }));
        let vectors = Array2::from_shape_fn((n, 12), |(i, d)| match d {
            0 => f32::from(u8::from(names(i))) * gap + 0.2 * noise(),
            1 => f32::from(u8::from(i % 2 == 0)),
            _ => noise(),
        });
        (texts.collect(), (0..n).map(|i| i * 3 / n).collect(), vectors)
    }

    fn find(n: usize, gap: f32) -> Result<Subject, NoSubject> {
        let (texts, sections, vectors) = passages(n, gap);
        Subject::find(&texts.iter().map(String::as_str).collect::<Vec<_>>(), &sections, vectors.view())
    }

    #[test]
    fn the_subject_is_found_and_erased() {
        let subject = find(900, 1.0).unwrap();
        assert_eq!(subject.word, "Robot");
        assert!((subject.share - 2.0 / 3.0).abs() < 1e-9 && subject.fit > 0.9);
        assert!(subject.direction[0] > 0.99);
        let (_, _, mut vectors) = passages(900, 1.0);
        subject.erase_from(&mut vectors);
        for vector in vectors.outer_iter() {
            assert!((vector.dot(&vector) - 1.0).abs() < 1e-5);
            let along: f64 = vector.iter().zip(&subject.direction).map(|(&x, d)| f64::from(x) * d).sum();
            assert!(along.abs() < 1e-5);
        }
    }

    #[test]
    fn a_row_is_its_vector_without_the_mean_of_its_section_in_any_layout() {
        let vectors = Array2::from_shape_fn((7, 21), |(row, dim)| ((row * 5 + dim * 11) % 17) as f32 / 3.0);
        let section_of = [0, 1, 0, 1, 1, 0, 0];
        let mut turned = Array2::zeros((21, 7));
        turned.assign(&vectors.t());
        for block in [vectors.view(), turned.t()] {
            let blocks = [block];
            let centred = Centred::new(&section_of, &blocks);
            for (at, &section) in section_of.iter().enumerate() {
                let mut sum = Array1::from_elem(21, 0.25);
                centred.add(at, &mut sum);
                let plain = vectors.row(at).mapv(f64::from) - centred.means.row(section);
                assert_eq!(sum, plain + 0.25);
            }
        }
    }

    #[test]
    fn a_word_that_vectors_do_not_show_is_no_subject() {
        assert_eq!(find(900, 0.0), Err(NoSubject::NoWord));
        assert_eq!(find(300, 1.0), Err(NoSubject::TooFew { passages: 300 }));
    }

    /// The passages of sections below `n` never name it.
    fn unnamed_in(n: usize) -> Result<Subject, NoSubject> {
        let (mut texts, sections, vectors) = passages(900, 1.0);
        for (text, _) in texts.iter_mut().zip(&sections).filter(|&(_, &section)| section < n) {
            *text = text.replace("Robot’s ", "");
        }
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        Subject::find(&texts, &sections, vectors.view())
    }

    #[test]
    fn a_warm_up_that_seldom_names_it_does_not_hide_the_subject() {
        assert_eq!(unnamed_in(1).unwrap().word, "Robot");
    }

    #[test]
    fn the_matter_of_one_section_is_no_subject() {
        assert_eq!(unnamed_in(2), Err(NoSubject::NoWord));
    }
}
