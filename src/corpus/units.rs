//! Dividing answers into what is embedded and clustered.
//!
//! In: a corpus. Out: [`Unit`]s in the order of its answers, each an exact stretch of its
//! document, some set aside with a reason. It never cuts inside a sentence and never drops text.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use rayon::prelude::*;

use super::exclusions::{is_courtesy, is_non_answer, spoken};
use super::model::{Answer, Corpus, Exclusion, Unit, UnitKind};
use super::policy::*;
use super::sentences::{sentences, words};

/// Answers that are divided side by side, before their units are handed on in order.
const ANSWERS_AT_ONCE: usize = 4096;

/// How answers are divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitOptions {
    /// What a unit is.
    pub kind: UnitKind,
    /// Units of fewer words are set aside.
    pub min_words: usize,
}

impl Default for UnitOptions {
    fn default() -> Self {
        Self { kind: UnitKind::Auto, min_words: 5 }
    }
}

/// Divides every answer of a corpus and sets aside what is no answer.
pub fn divide(corpus: &Corpus, options: &UnitOptions) -> Vec<Unit> {
    let mut units = Vec::new();
    for_each_unit(corpus, options, |unit, _| units.push(unit));
    units
}

/// The same one by one, each with how many words it has, for those who need not keep them.
pub(crate) fn for_each_unit(corpus: &Corpus, options: &UnitOptions, mut take: impl FnMut(Unit, usize)) {
    let courtesies = courtesies(corpus);
    // Who said what before, by the hash of study, participant and text: half a million participants are not to
    // have a set each.
    let mut said: HashSet<[u8; 16]> = HashSet::new();
    // Where nobody answers in several transcripts, what was said in an earlier one is forgotten.
    let is_one_to_one = corpus.is_one_to_one();
    let mut last = None;
    let mut first = 0;
    for answers in corpus.answers.chunks(ANSWERS_AT_ONCE) {
        let of_answer = |(at, answer): (usize, &Answer)| {
            let index = first + at;
            units_of(corpus, options, index, answer, courtesies.contains(&index))
        };
        let divided: Vec<Vec<Divided>> = answers.par_iter().enumerate().map(of_answer).collect();
        for Divided { mut unit, words, hash } in divided.into_iter().flatten() {
            let transcript = corpus.answers[unit.answer].transcript;
            if last.replace(transcript) != Some(transcript) && is_one_to_one {
                said.clear();
            }
            if hash.is_some_and(|hash| !said.insert(hash)) {
                unit.excluded = Some(Exclusion::Duplicate);
            }
            take(unit, words);
        }
        first += answers.len();
    }
}

/// A unit before it is known whether it was said before.
struct Divided {
    unit: Unit,
    words: usize,
    /// By which a repetition of a long one is known.
    hash: Option<[u8; 16]>,
}

/// The units of one answer.
fn units_of(corpus: &Corpus, options: &UnitOptions, index: usize, answer: &Answer, is_courtesy: bool) -> Vec<Divided> {
    let turn = corpus.turn_of(answer);
    let text = &*turn.text;
    let study = corpus.study_of(answer);
    let whole_answer = if corpus.is_missing(answer) {
        Some(Exclusion::Missing)
    } else if is_courtesy {
        Some(Exclusion::Courtesy)
    } else if is_non_answer(&spoken(text)) {
        Some(Exclusion::NonAnswer)
    } else {
        None
    };
    let parts = parts(text, options.kind, whole_answer.is_some());
    let several = parts.len() > 1;
    let mut byte = 0;
    let mut point = turn.span.start;
    let unit = |(k, part): (usize, Range<usize>)| {
        let slice = &text[part.clone()];
        let start = point + text[byte..part.start].chars().count();
        let end = start + slice.chars().count();
        (byte, point) = (part.end, end);
        let words = words(slice);
        let is_short = || match spoken(slice) {
            Cow::Borrowed(_) => words < options.min_words,
            Cow::Owned(spoken) => self::words(&spoken) < options.min_words,
        };
        let excluded = whole_answer.or_else(|| is_short().then_some(Exclusion::TooShort));
        let is_long = excluded.is_none() && words >= DUPLICATE_WORDS;
        let mut id = format!("{study}/{}#{}", answer.participant, answer.number);
        if several {
            id.push_str(&format!(".{}", k + 1));
        }
        let hash = is_long.then(|| hash(study, &answer.participant, slice));
        Divided { unit: Unit { id, answer: index, span: start..end, text: slice.to_owned(), excluded }, words, hash }
    };
    parts.into_iter().enumerate().map(unit).collect()
}

/// Half of a BLAKE3 hash of somebody's words: no two are equal by chance.
fn hash(study: &str, participant: &str, text: &str) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    for part in [study, participant, text] {
        hasher.update(&part.len().to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let mut half = [0; 16];
    half.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    half
}

/// Answers that open or close an interview with courtesies only.
fn courtesies(corpus: &Corpus) -> HashSet<usize> {
    let mut first = 0;
    let of_transcript = |answers: &[Answer]| {
        first += answers.len();
        first - answers.len()..first
    };
    let ranges: Vec<Range<usize>> =
        corpus.answers.chunk_by(|a, b| a.transcript == b.transcript).map(of_transcript).collect();
    ranges.into_par_iter().flat_map_iter(|answers| courtesies_among(corpus, answers)).collect()
}

/// The same of one transcript's answers.
fn courtesies_among(corpus: &Corpus, answers: Range<usize>) -> Vec<usize> {
    // The answers of each participant, who has an opening and a closing of their own.
    let mut people: HashMap<&str, Vec<usize>> = HashMap::new();
    for index in answers {
        people.entry(&corpus.answers[index].participant).or_default().push(index);
    }
    let mut found = Vec::new();
    for answers in people.into_values() {
        let mut search = |ends: &mut dyn Iterator<Item = &usize>| {
            for &index in ends {
                let text = &corpus.turn_of(&corpus.answers[index]).text;
                if is_courtesy(text) {
                    found.push(index);
                } else if !(is_non_answer(text) || words(text) < 5) {
                    break; // the interview has begun, or has not yet ended
                }
            }
        };
        search(&mut answers.iter().take(OPENING_ANSWERS));
        search(&mut answers.iter().rev().take(CLOSING_ANSWERS));
    }
    found
}

/// The byte ranges an answer is divided into.
fn parts(text: &str, kind: UnitKind, whole: bool) -> Vec<Range<usize>> {
    let all = || std::iter::once(0..text.len()).collect();
    if whole || kind == UnitKind::Answer || (kind == UnitKind::Auto && words(text) <= LONGEST_PASSAGE) {
        return all();
    }
    let sentences = sentences(text);
    if sentences.is_empty() {
        return all();
    }
    if kind == UnitKind::Sentence { sentences } else { passages(text, &sentences) }
}

/// Groups sentences into passages of even length: the cheapest division of the whole answer.
fn passages(text: &str, sentences: &[Range<usize>]) -> Vec<Range<usize>> {
    let lengths: Vec<usize> = sentences.iter().map(|range| words(&text[range.clone()])).collect();
    // cost[i], first[i]: the best division of the first i sentences, and where its last part starts.
    let mut cost = vec![f64::INFINITY; sentences.len() + 1];
    let mut first = vec![0; sentences.len() + 1];
    cost[0] = 0.0;
    for end in 1..=sentences.len() {
        let mut total = 0;
        let mut borders = 0.0;
        for start in (end.saturating_sub(STRETCHED_SENTENCES)..end).rev() {
            total += lengths[start];
            if start + 1 < end {
                borders += border_cost(&text[sentences[start].end..sentences[start + 1].start]);
            }
            let count = end - start;
            if count > 1 && total > STRETCHED_WORDS {
                break;
            }
            let here = cost[start] + length_cost(total, count) + borders;
            if here < cost[end] {
                cost[end] = here;
                first[end] = start;
            }
        }
    }
    let mut found = Vec::new();
    let mut end = sentences.len();
    while end > 0 {
        found.push(sentences[first[end]].start..sentences[end - 1].end);
        end = first[end];
    }
    found.reverse();
    found
}

/// How far a passage is from the length it should have.
fn length_cost(total: usize, count: usize) -> f64 {
    let away = (total as f64 - BEST_PASSAGE) / 16.0;
    let mut cost = away * away;
    if total < SHORTEST_PASSAGE {
        cost += 2.0 + (SHORTEST_PASSAGE - total) as f64 * 0.2;
    }
    if count > 1 && total > LONGEST_PASSAGE {
        cost += 2.0 + (total - LONGEST_PASSAGE) as f64 * 0.3;
    }
    if count > MOST_SENTENCES {
        cost += (count - MOST_SENTENCES) as f64 * 1.5;
    }
    cost
}

/// What it costs that a passage runs across a border of lines or paragraphs.
fn border_cost(between: &str) -> f64 {
    match between.bytes().filter(|&b| b == b'\n').count() {
        0 => 0.0,
        1 => 0.3,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        parts(text, UnitKind::Auto, false).into_iter().map(|range| &text[range]).collect()
    }

    fn sentence(length: usize) -> String {
        let mut words = vec!["word"; length];
        words[0] = "Word";
        words.join(" ") + "."
    }

    fn text(lengths: &[usize]) -> String {
        lengths.iter().map(|&n| sentence(n)).collect::<Vec<_>>().join(" ")
    }

    fn sizes(lengths: &[usize]) -> Vec<usize> {
        cut(&text(lengths)).into_iter().map(words).collect()
    }

    #[test]
    fn what_a_transcriber_notes_makes_no_answer() {
        let text = "I: Why?\n\nP: [laughs]\n\nI: And?\n\nP: [laughs] Yes, I did that [inaudible 00:12].\n\nI: So?\n\nP: \
                    [laughs] I did it for the smell.\n\nI: Oh?\n\nP: We had it [in the hospital] there.\n";
        let options = super::super::ReadOptions::default();
        let corpus = super::super::read_bytes("a.txt", text.as_bytes().to_vec(), &options).unwrap();
        let units = divide(&corpus, &UnitOptions::default());
        let excluded: Vec<Option<Exclusion>> = units.iter().map(|unit| unit.excluded).collect();
        assert_eq!(excluded, [Some(Exclusion::NonAnswer), Some(Exclusion::TooShort), None, None]);
        assert_eq!(units[2].text, "[laughs] I did it for the smell.");
    }

    #[test]
    fn short_answers_stay_whole() {
        assert_eq!(sizes(&[10, 10, 10, 10, 5]), [45]);
    }

    #[test]
    fn passages_are_even() {
        assert_eq!(sizes(&[15, 15, 15, 15]), [30, 30]);
        assert_eq!(sizes(&[22, 8, 8, 22]), [30, 30]);
        assert_eq!(sizes(&[60]), [60]);
        assert_eq!(sizes(&[70, 14, 14]), [70, 28]);
    }

    #[test]
    fn no_scraps_are_left_over() {
        assert_eq!(sizes(&[20, 20, 6]).len(), 2);
        assert_eq!(sizes(&[40, 8]), [48]);
        for sizes in [sizes(&[3; 30]), sizes(&[5; 20]), sizes(&[30, 3, 30, 3, 30])] {
            assert!(sizes.iter().all(|&n| n >= SHORTEST_PASSAGE), "{sizes:?}");
        }
    }

    #[test]
    fn paragraphs_are_borders() {
        let text = format!("{}\n\n{}", text(&[12, 12]), text(&[18, 18]));
        assert_eq!(cut(&text).iter().map(|part| words(part)).collect::<Vec<_>>(), [24, 36]);
    }
}
