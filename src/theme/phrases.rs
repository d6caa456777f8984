//! The words and phrases of what was said.
//!
//! In: units with their texts and languages. Out: [`Terms`]: every word that may name something and every phrase that
//! occurs often enough, in the form people used most, and which of them each unit uses. Forms of a word are one by
//! their stem, which is never shown. Inside, words are numbers, since interviews repeat theirs. What a term is worth
//! is not known here.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::policy::{LONGEST_PHRASE, MIN_PHRASE_UNITS};
use super::vocabulary::{Token, Vocabulary};
use crate::corpus::Language;

/// One unit as the keywords see it.
#[derive(Clone, Copy, Debug)]
pub struct Said<'t> {
    /// The words.
    pub text: &'t str,
    /// The language they are in; `None` is taken for English.
    pub language: Option<Language>,
    /// Who said them: any number, the same for the same person.
    pub participant: usize,
    /// The section the unit belongs to, `0..n_sections`.
    pub section: usize,
    /// The theme over all sections, `0..n_themes`; `None` for unclustered units.
    pub theme: Option<usize>,
}

/// A word or phrase.
pub(super) struct Term {
    /// The form people used most.
    pub(super) surface: String,
    /// The stems of its words, by number.
    pub(super) keys: Vec<u32>,
}

/// The terms of some units.
pub(super) struct Terms {
    pub(super) terms: Vec<Term>,
    /// For each unit which of them it uses (each once, ascending).
    pub(super) of_unit: Vec<Vec<u32>>,
    stems: Numbers,
}

impl Terms {
    pub(super) fn of(said: &[Said]) -> Self {
        let Words { of_unit: words, stems, surfaces } = Words::of(said);
        let frequent = frequent_phrases(&words);
        let mut ids: HashMap<Phrase, u32> = HashMap::new();
        let mut keys: Vec<Vec<u32>> = Vec::new();
        // How often a term is written in which form.
        let mut forms: HashMap<(u32, Phrase), u32> = HashMap::new();
        let of_unit = words.into_iter().map(|unit| {
            let mut used = Vec::new();
            for_each_term(&unit, |phrase| {
                let key = numbers(phrase, |word| word.stem);
                if phrase.len() > 1 && !frequent.contains_key(&key) {
                    return;
                }
                let id = *ids.entry(key).or_insert_with(|| {
                    keys.push(phrase.iter().map(|word| word.stem).collect());
                    (keys.len() - 1) as u32
                });
                *forms.entry((id, numbers(phrase, Word::surface))).or_default() += 1;
                used.push(id);
            });
            used.sort_unstable();
            used.dedup();
            used.shrink_to_fit();
            used
        });
        let of_unit = of_unit.collect();
        let mut forms: Vec<((u32, Phrase), u32)> = forms.into_iter().collect();
        forms.sort_unstable();
        let written = |phrase: &Phrase| {
            let words = phrase.iter().take_while(|&&word| word != NO_WORD);
            words.map(|&word| &*surfaces.words[word as usize]).collect::<Vec<_>>().join(" ")
        };
        let usual = forms
            .chunk_by(|a, b| a.0.0 == b.0.0)
            .map(|of_term| usual_form(of_term.iter().map(|((_, phrase), times)| (written(phrase), *times)).collect()));
        let terms = usual.zip(keys).map(|(surface, keys)| Term { surface, keys }).collect();
        Self { terms, of_unit, stems }
    }

    /// The stems of a text that are among those of what was said, by number.
    pub(super) fn stems_of(&self, text: &str, language: Option<Language>) -> impl Iterator<Item = u32> {
        let tokens = Vocabulary::of(language).tokens(text);
        tokens.into_iter().filter_map(|token| self.stems.of.get(&token.form.key).copied())
    }
}

/// Up to three words by number, [`NO_WORD`] after them.
type Phrase = [u32; LONGEST_PHRASE];
const NO_WORD: u32 = u32::MAX;

fn numbers(phrase: &[Word], number: impl Fn(&Word) -> u32) -> Phrase {
    let mut all = [NO_WORD; LONGEST_PHRASE];
    all.iter_mut().zip(phrase).for_each(|(place, word)| *place = number(word));
    all
}

/// The phrases of several words that enough units use.
fn frequent_phrases(words: &[Vec<Word>]) -> HashMap<Phrase, u32> {
    let mut units_with: HashMap<Phrase, u32> = HashMap::new();
    let mut seen: Vec<Phrase> = Vec::new();
    for unit in words {
        seen.clear();
        for_each_term(unit, |phrase| {
            if phrase.len() > 1 {
                seen.push(numbers(phrase, |word| word.stem));
            }
        });
        seen.sort_unstable();
        seen.dedup();
        seen.iter().for_each(|&phrase| *units_with.entry(phrase).or_default() += 1);
    }
    units_with.retain(|_, units| *units >= MIN_PHRASE_UNITS);
    units_with.shrink_to_fit();
    units_with
}

/// Every word that may stand alone and every phrase of two or three words, not across
/// punctuation, that starts and ends in a content word.
fn for_each_term(words: &[Word], mut visit: impl FnMut(&[Word])) {
    for start in 0..words.len() {
        for end in start + 1..=(start + LONGEST_PHRASE).min(words.len()) {
            let phrase = &words[start..end];
            if phrase[1..].iter().any(|word| word.is(BREAKS)) {
                break;
            }
            let (first, last) = (&phrase[0], &phrase[phrase.len() - 1]);
            let fits = match phrase.len() {
                1 => first.is(ALONE),
                _ => {
                    let has_edges = first.is(EDGE) && last.is(EDGE);
                    has_edges && (first.is(ALONE) || last.is(ALONE)) && first.stem != last.stem
                }
            };
            if fits {
                visit(phrase);
            }
        }
    }
}

/// The most frequent form; of equally frequent ones the one in lower case. Capitals at the start of
/// a sentence say nothing, so a form that is also written without them often enough is lower case.
fn usual_form(forms: BTreeMap<String, u32>) -> String {
    let top = forms.iter().max_by(|(a, m), (b, n)| m.cmp(n).then_with(|| a.cmp(b)));
    let Some((form, count)) = top else { return String::new() };
    let lower = form.to_lowercase();
    let uncapitalised = forms.get(&lower).is_some_and(|times| 3 * times >= *count);
    if uncapitalised { lower } else { form.clone() }
}

/// A word of a unit, in as little room as it needs: of many passages there are a hundred million.
struct Word {
    stem: u32,
    /// The number of how it is written, and [`FLAGS`] above it.
    written: u32,
}

/// See [`super::vocabulary::Form`] and [`super::vocabulary::Token`].
const ALONE: u32 = 1 << 31;
const EDGE: u32 = 1 << 30;
const BREAKS: u32 = 1 << 29;
const FLAGS: u32 = ALONE | EDGE | BREAKS;

impl Word {
    /// `surface`: less than 2²⁹, as there are not so many ways to write words.
    fn new(stem: u32, surface: u32, token: &Token) -> Self {
        let flag = |is_set: bool, flag: u32| if is_set { flag } else { 0 };
        let form = &token.form;
        let flags = flag(form.alone, ALONE) | flag(form.edge, EDGE) | flag(token.breaks, BREAKS);
        Self { stem, written: surface | flags }
    }

    fn surface(&self) -> u32 {
        self.written & !FLAGS
    }

    fn is(&self, flag: u32) -> bool {
        self.written & flag != 0
    }
}

/// Texts by number, in the order they were met.
#[derive(Default)]
struct Numbers {
    of: HashMap<Arc<str>, u32>,
    words: Vec<Arc<str>>,
}

impl Numbers {
    fn number(&mut self, word: &Arc<str>) -> u32 {
        *self.of.entry(Arc::clone(word)).or_insert_with(|| {
            self.words.push(Arc::clone(word));
            (self.words.len() - 1) as u32
        })
    }
}

/// The words of some units.
#[derive(Default)]
struct Words {
    of_unit: Vec<Vec<Word>>,
    stems: Numbers,
    surfaces: Numbers,
}

impl Words {
    /// As many parts as there are threads side by side; numbers are those of one part after the other.
    fn of(said: &[Said]) -> Self {
        let part = said.len().div_ceil(rayon::current_num_threads()).max(1);
        let parts: Vec<Self> = said.par_chunks(part).map(Self::of_part).collect();
        parts.into_iter().reduce(Self::beside).unwrap_or_default()
    }

    fn of_part(said: &[Said]) -> Self {
        let mut vocabularies: HashMap<Option<Language>, Vocabulary> = HashMap::new();
        let (mut stems, mut surfaces) = (Numbers::default(), Numbers::default());
        let of_unit = said.iter().map(|unit| {
            let vocabulary = vocabularies.entry(unit.language).or_insert_with(|| Vocabulary::of(unit.language));
            let tokens = vocabulary.tokens(unit.text).into_iter();
            let words = tokens
                .map(|token| Word::new(stems.number(&token.form.key), surfaces.number(&token.form.surface), &token));
            words.collect()
        });
        let of_unit = of_unit.collect();
        Self { of_unit, stems, surfaces }
    }

    fn beside(mut self, other: Self) -> Self {
        let stems: Vec<u32> = other.stems.words.iter().map(|word| self.stems.number(word)).collect();
        let surfaces: Vec<u32> = other.surfaces.words.iter().map(|word| self.surfaces.number(word)).collect();
        self.of_unit.extend(other.of_unit.into_iter().map(|mut unit| {
            for word in &mut unit {
                word.stem = stems[word.stem as usize];
                word.written = surfaces[word.surface() as usize] | word.written & FLAGS;
            }
            unit
        }));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said<'t>(texts: &[&'t str]) -> Vec<Said<'t>> {
        let unit = |(participant, &text): (usize, &&'t str)| Said {
            text,
            language: None,
            participant,
            section: 0,
            theme: None,
        };
        texts.iter().enumerate().map(unit).collect()
    }

    fn used(terms: &Terms, unit: usize) -> Vec<&str> {
        terms.of_unit[unit].iter().map(|&term| terms.terms[term as usize].surface.as_str()).collect()
    }

    #[test]
    fn a_term_is_shown_as_people_write_it_and_found_by_its_stem() {
        let texts = ["Night shifts ruin sleep.", "the night shift, again", "Night shifts, night shifts", "A ward."];
        let terms = Terms::of(&said(&texts));
        assert_eq!(used(&terms, 1), ["night", "night shifts", "shifts"]);
        assert_eq!(used(&terms, 3), ["ward"]);
        let asked: Vec<u32> = terms.stems_of("Which shifting of wards?", None).collect();
        let of = |unit: usize, place: usize| terms.terms[terms.of_unit[unit][place] as usize].keys.clone();
        assert_eq!(asked, [of(1, 2), of(3, 0)].concat(), "stems that nobody said have no number");
    }

    /// However the units fall into parts, the terms and their order are the same.
    #[test]
    fn parts_side_by_side_give_what_one_gives() {
        let texts = ["Rota swaps hurt.", "a rota swap", "Rota swaps and tea", "Tea breaks", "tea break", "Tea breaks?"];
        let all = said(&texts);
        let whole = Words::of_part(&all);
        for cut in 0..=all.len() {
            let (first, second) = all.split_at(cut);
            let joined = Words::of_part(first).beside(Words::of_part(second));
            assert_eq!(joined.stems.words, whole.stems.words);
            assert_eq!(joined.surfaces.words, whole.surfaces.words);
            let numbers = |words: &Words| -> Vec<(u32, u32)> {
                words.of_unit.iter().flatten().map(|word| (word.stem, word.written)).collect()
            };
            assert_eq!(numbers(&joined), numbers(&whole));
        }
    }
}
