//! Representative quotes: verbatim, central, diverse, at most one a participant.
//!
//! In: a theme's units with their vectors, participants and texts. Out: which units to quote, and
//! for long ones which whole sentences. It never changes a letter of what was said: a quote is a
//! slice of its unit.
//!
//! Chosen by maximal marginal relevance (Carbonell & Goldstein 1998): closeness to the theme's
//! centre against closeness to the quotes chosen before.

use super::policy::{LENGTH_PENALTY, NEAR_DUPLICATE, RELEVANCE};
use std::ops::Range;

use ndarray::{ArrayView1, ArrayView2};

use crate::corpus::{sentences, words};

/// Words from which a quote stands on its own, and up to which it reads well.
const READABLE_WORDS: Range<usize> = 9..61;

/// A unit as the choice of quotes sees it.
#[derive(Clone, Copy, Debug)]
pub struct Quotable<'t> {
    /// Row of the unit in the vectors.
    pub row: usize,
    /// Who said it.
    pub participant: usize,
    /// The words.
    pub text: &'t str,
}

/// Indices into `units` of up to `n` quotes, most typical first.
///
/// `vectors`: `(n_units, n_dims)`, unit length, indexed by [`Quotable::row`]; `centre`: the
/// theme's centroid, unit length.
pub fn representative(units: &[Quotable], vectors: &ArrayView2<f32>, centre: &ArrayView1<f32>, n: usize) -> Vec<usize> {
    let relevance: Vec<f64> = units
        .iter()
        .map(|unit| {
            let readable = READABLE_WORDS.contains(&words(unit.text));
            f64::from(vectors.row(unit.row).dot(centre)) - if readable { 0.0 } else { LENGTH_PENALTY }
        })
        .collect();
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < n {
        let mut best: Option<(f64, usize)> = None;
        for (index, unit) in units.iter().enumerate() {
            if chosen.iter().any(|&c| units[c].participant == unit.participant) {
                continue;
            }
            let vector = vectors.row(unit.row);
            let nearest = chosen.iter().map(|&c| vectors.row(units[c].row).dot(&vector)).fold(f32::MIN, f32::max);
            if !chosen.is_empty() && nearest >= NEAR_DUPLICATE {
                continue;
            }
            let repeated = if chosen.is_empty() { 0.0 } else { f64::from(nearest) };
            let score = RELEVANCE * relevance[index] - (1.0 - RELEVANCE) * repeated;
            if best.is_none_or(|(there, _)| score > there) {
                best = Some((score, index));
            }
        }
        match best {
            Some((_, index)) => chosen.push(index),
            None => break,
        }
    }
    chosen
}

/// Index of the least typical member: where the theme ends.
pub fn boundary(units: &[Quotable], vectors: &ArrayView2<f32>, centre: &ArrayView1<f32>) -> Option<usize> {
    let mut least: Option<(f32, usize)> = None;
    for (index, unit) in units.iter().enumerate() {
        let cosine = vectors.row(unit.row).dot(centre);
        if words(unit.text) >= READABLE_WORDS.start && least.is_none_or(|(there, _)| cosine < there) {
            least = Some((cosine, index));
        }
    }
    least.map(|(_, index)| index)
}

/// The byte range of `text` to show: all of it when it has at most `max_words` words, else the
/// run of whole sentences from the first on that fits. A first sentence longer than that is shown
/// whole: a quote is never cut inside a sentence.
pub fn shown(text: &str, max_words: usize) -> Range<usize> {
    if words(text) <= max_words {
        return 0..text.len();
    }
    let mut shown: Option<Range<usize>> = None;
    for sentence in sentences(text) {
        match &mut shown {
            None => shown = Some(sentence),
            Some(range) if words(&text[range.start..sentence.end]) <= max_words => range.end = sentence.end,
            Some(_) => break,
        }
    }
    shown.unwrap_or(0..text.len())
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    const TEXT: &str = "nine words make a quote that stands well alone";

    fn quotable(row: usize, participant: usize) -> Quotable<'static> {
        Quotable { row, participant, text: TEXT }
    }

    #[test]
    fn central_first_then_diverse_and_one_a_participant() {
        let vectors = array![[1.0f32, 0.0], [0.999, 0.0447], [0.8, 0.6], [0.8, -0.6]];
        let units = [quotable(0, 1), quotable(1, 2), quotable(2, 1), quotable(3, 3)];
        let centre = array![1.0f32, 0.0];
        let chosen = representative(&units, &vectors.view(), &centre.view(), 4);
        assert_eq!(chosen, [0, 3], "the second is a near-duplicate, the third by the same participant");
        assert_eq!(boundary(&units, &vectors.view(), &centre.view()), Some(2));
    }

    #[test]
    fn a_short_scrap_gives_way_to_a_readable_quote() {
        let vectors = array![[1.0f32, 0.0], [0.95, 0.312]];
        let units = [Quotable { row: 0, participant: 1, text: "Just this." }, quotable(1, 2)];
        assert_eq!(representative(&units, &vectors.view(), &array![1.0f32, 0.0].view(), 1), [1]);
    }

    #[test]
    fn a_quote_ends_at_a_sentence_end() {
        let text = "One two three. Four five six. Seven eight nine.";
        assert_eq!(&text[shown(text, 7)], "One two three. Four five six.");
        assert_eq!(&text[shown(text, 100)], text);
        let long = "A b c d e f g. H i.";
        assert_eq!(&long[shown(long, 3)], "A b c d e f g.");
    }
}
