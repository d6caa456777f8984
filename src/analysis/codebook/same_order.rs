//! Two sequences of texts, of which one may have more, fewer or corrected ones: which is which.
//!
//! In: what was said in one run and in another, each as a list. Out: for each of the first its place in the second.
//! What says the same words at both ends, or only once in either, is the same; beside what is the same, so is what
//! still has most of its words. Anything else is paired with nothing: it never guesses.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use unicode_segmentation::UnicodeSegmentation;

use super::policy::SAME_WORDS;

/// The words of texts one after the other, without regard to capitals, signs and how they are divided.
pub(super) fn words<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<u64> {
    let mut words = Vec::new();
    for word in texts.into_iter().flat_map(str::unicode_words) {
        let mut hasher = DefaultHasher::new();
        word.to_lowercase().hash(&mut hasher);
        words.push(hasher.finish());
    }
    words
}

/// Whether most of the words are in both, each as often as it is said.
pub(super) fn are_alike(one: &[u64], other: &[u64]) -> bool {
    let mut left: HashMap<u64, usize> = HashMap::new();
    one.iter().for_each(|&word| *left.entry(word).or_default() += 1);
    let mut both = 0;
    for word in other {
        if let Some(n @ 1..) = left.get_mut(word) {
            *n -= 1;
            both += 1;
        }
    }
    both > 0 && both as f64 >= SAME_WORDS * (one.len() + other.len() - both) as f64
}

/// For each text of `old`, given by its words, its place in `new`.
pub(super) fn paired(old: &[Vec<u64>], new: &[Vec<u64>]) -> Vec<Option<usize>> {
    let before = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let rest = old.len().min(new.len()) - before;
    let behind = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(old, new)| old == new).count();
    let mut pairs = Pairs { old, new, place_of: vec![None; old.len()], is_taken: vec![false; new.len()] };
    (0..before).for_each(|at| pairs.join(at, at));
    (1..=behind).for_each(|back| pairs.join(old.len() - back, new.len() - back));
    let between = before..old.len() - behind;
    let only = once(&new[before..new.len() - behind]);
    for (words, at) in once(&old[between.clone()]) {
        if let Some(place) = only.get(words) {
            pairs.join(before + at, before + place);
        }
    }
    // Forward from what is the same, then backward; both ends of the lists are the same, too.
    for at in between.clone() {
        let last = at.checked_sub(1).map(|last| pairs.place_of[last]);
        pairs.follow(at, last.map_or(Some(0), |last| last.map(|last| last + 1)));
    }
    for at in between.rev() {
        let next = pairs.place_of.get(at + 1).copied().unwrap_or(Some(new.len()));
        pairs.follow(at, next.and_then(|next| next.checked_sub(1)));
    }
    pairs.place_of
}

/// What is found so far.
struct Pairs<'a> {
    old: &'a [Vec<u64>],
    new: &'a [Vec<u64>],
    place_of: Vec<Option<usize>>,
    is_taken: Vec<bool>,
}

impl Pairs<'_> {
    fn join(&mut self, at: usize, place: usize) {
        (self.place_of[at], self.is_taken[place]) = (Some(place), true);
    }

    /// Joins a text with the one at a place, where both are free and most of the words are the same.
    fn follow(&mut self, at: usize, place: Option<usize>) {
        let Some(place) = place.filter(|&place| self.is_taken.get(place) == Some(&false)) else { return };
        if self.place_of[at].is_none() && are_alike(&self.old[at], &self.new[place]) {
            self.join(at, place);
        }
    }
}

/// Texts that are there once, with their places.
pub(super) fn once(texts: &[Vec<u64>]) -> HashMap<&[u64], usize> {
    let mut places: HashMap<&[u64], (usize, usize)> = HashMap::new();
    for (place, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        places.entry(text).and_modify(|(_, times)| *times += 1).or_insert((place, 1));
    }
    places.into_iter().filter(|(_, (_, times))| *times == 1).map(|(text, (place, _))| (text, place)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts are divided by `|`.
    fn of(old: &str, new: &str) -> Vec<Option<usize>> {
        let texts = |text: &str| -> Vec<Vec<u64>> { text.split('|').map(|text| words([text])).collect() };
        paired(&texts(old), &texts(new))
    }

    #[test]
    fn what_is_put_in_or_left_out_shifts_what_follows_also_where_the_same_is_said_twice() {
        assert_eq!(of("a b|yes|yes|c d", "new|a b|yes|yes|c d"), [Some(1), Some(2), Some(3), Some(4)]);
        assert_eq!(of("a b|yes|c d|yes", "a b|yes|new|c d|yes"), [Some(0), Some(1), Some(3), Some(4)]);
        assert_eq!(of("a b|yes|c d", "a b|c d"), [Some(0), None, Some(1)]);
    }

    #[test]
    fn another_order_is_known_by_words_that_are_there_once() {
        assert_eq!(of("one|two|three|four", "four|one|three|two"), [Some(1), Some(3), Some(2), Some(0)]);
        // Who said which `no` cannot be known.
        let found = of("one|no|two|three|no|four", "two|four|no|one|three|no");
        assert_eq!([found[0], found[2], found[3], found[5]], [Some(3), Some(0), Some(4), Some(1)]);
    }

    #[test]
    fn a_corrected_text_is_the_same_where_it_stands_and_another_is_not() {
        assert_eq!(of("the rota changes evry week", "The rota changes every week."), [Some(0)]);
        let old = "first of all|the rota changes evry week|last of all";
        assert_eq!(of(old, "first of all|the rota changes every week|last of all"), [Some(0), Some(1), Some(2)]);
        assert_eq!(of(old, "first of all|nobody asked me|last of all"), [Some(0), None, Some(2)]);
        assert_eq!(of(old, "first of all|put in|the rota changes every week|last of all")[1], Some(2));
        assert_eq!(of("yes", "no"), [None]);
    }

    #[test]
    fn signs_capitals_and_spaces_make_no_difference_and_nothing_is_like_nothing() {
        assert_eq!(of("Well,  the rota…", "well the rota"), [Some(0)]);
        assert!(!are_alike(&[], &[]));
        assert_eq!(of("a|…|b", "a|b"), [Some(0), None, Some(1)]);
        assert_eq!(of("", "x"), [None]);
    }
}
