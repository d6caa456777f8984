//! English clauses, cut by rules.
//!
//! In: a sentence. Out: the byte ranges of its clauses. Where one may begin and end is decided first,
//! then whether what lies between can stand by itself: it has a subject and a finite verb (or is a whole
//! sentence in -ing, or an imperative), points at nothing outside, and holds without what was left out.
//! There is no parser: words of closed classes and common verbs are looked up in [`lexicon`], and a
//! clause that the lists cannot vouch for is not taken.

mod statement;
#[cfg(test)]
mod tests;

use self::statement::*;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::corpus::words;
use crate::theme::clauses::LENGTH;
use crate::theme::clauses::lexicon::{self, Form, VERBS, Words};

macro_rules! words {
    ($($name:ident = $list:ident;)*) => {
        $(static $name: Words = Words::new(|| lexicon::set(lexicon::$list));)*
    };
}

words! {
    FIRST_PERSON = FIRST_PERSON;
    NOMINATIVE = NOMINATIVE;
    GENERAL_SUBJECTS = GENERAL_SUBJECTS;
    POINT_AT_ONE = POINT_AT_ONE;
    POINT_AT_SEVERAL = POINT_AT_SEVERAL;
    POINT_AT_SOMEBODY = POINT_AT_SOMEBODY;
    POINT_AWAY = POINT_AWAY;
    DETERMINERS = DETERMINERS;
    AUXILIARIES = AUXILIARIES;
    BE = BE;
    IT_WITH_VERB = IT_WITH_VERB;
    SAID_OF_WHAT_FOLLOWS = SAID_OF_WHAT_FOLLOWS;
    MAKING_IT = MAKING_IT;
    JOIN_TWO = JOIN_TWO;
    CONJUNCTIONS = CONJUNCTIONS;
    OPEN_A_CLAUSE = OPEN_A_CLAUSE;
    HOLD_WHAT_FOLLOWS = HOLD_WHAT_FOLLOWS;
    NEGATIONS = NEGATIONS;
    PREPOSITIONS = PREPOSITIONS;
    ADVERBS = ADVERBS;
    BEFORE_THAT = BEFORE_THAT;
    NEVER_LAST = NEVER_LAST;
    NEVER_FIRST = NEVER_FIRST;
    IMPERATIVES = IMPERATIVES;
    NO_GERUNDS = NO_GERUNDS;
    SAID_BEFORE = SAID_BEFORE;
    NO_ADVERBS = NO_ADVERBS;
    OBJECTS = OBJECTS;
    PLURALS = PLURALS;
    OPENING_WITH_COMMA = OPENING_WITH_COMMA;
    OWN_SUBJECTS = OWN_SUBJECTS;
    NEW_SUBJECTS = NEW_SUBJECTS;
    CONDITIONS = CONDITIONS;
    SEVERAL = SEVERAL;
    SINGULAR_SUBJECTS = SINGULAR_SUBJECTS;
    NUMBERS = NUMBERS;
    LIMITS_AFTER_BUT = LIMITS_AFTER_BUT;
    OWN_PRONOUNS = OWN_PRONOUNS;
    ANYBODY = ANYBODY;
}

/// Clauses taken of one sentence.
const MOST: usize = 3;

/// Commas inside a clause.
pub(super) const MOST_COMMAS: usize = 2;

/// What stands between a word and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    Space,
    Comma,
    /// A semicolon, dash or bracket: what follows stands by itself.
    Border,
    /// What follows explains what came before, which is not whole without it.
    Colon,
}

pub(super) struct Word {
    /// In lower case, with a straight apostrophe.
    pub(super) lower: String,
    pub(super) capitalised: bool,
    pub(super) range: Range<usize>,
    /// Before it.
    pub(super) gap: Gap,
}

impl Word {
    /// `it` of `it's`.
    pub(super) fn base(&self) -> &str {
        let clitic = ["'s", "'m", "'re", "'ve", "'ll", "'d"].iter().find_map(|end| self.lower.strip_suffix(end));
        clitic.unwrap_or(&self.lower)
    }

    /// `I'm`, `they'll`: a pronoun with its verb.
    pub(super) fn has_verb(&self) -> bool {
        let base = self.base();
        base.len() < self.lower.len()
            && (NOMINATIVE.has(base) || GENERAL_SUBJECTS.has(base) || matches!(base, "it" | "that" | "there"))
    }

    pub(super) fn is_adverb(&self) -> bool {
        let w = self.lower.as_str();
        ADVERBS.has(w) || (w.len() > 4 && w.ends_with("ly") && !NO_ADVERBS.has(w))
    }

    pub(super) fn is_gerund(&self) -> bool {
        self.lower.len() > 4 && self.lower.ends_with("ing") && !NO_GERUNDS.has(&self.lower)
    }

    /// Belongs to a closed class or is a verb: names nothing.
    pub(super) fn is_function_word(&self) -> bool {
        let w = self.base();
        [&DETERMINERS, &AUXILIARIES, &CONJUNCTIONS, &OPEN_A_CLAUSE, &PREPOSITIONS, &NOMINATIVE, &GENERAL_SUBJECTS]
            .iter()
            .any(|list| list.has(w))
            || self.is_pointing()
            || self.is_adverb()
            || OBJECTS.has(w)
    }

    pub(super) fn is_pointing(&self) -> bool {
        let w = self.base();
        POINT_AT_ONE.has(w) || POINT_AT_SEVERAL.has(w) || POINT_AT_SOMEBODY.has(w) || POINT_AWAY.has(w)
    }

    pub(super) fn is_plural(&self) -> bool {
        let w = self.lower.as_str();
        !self.is_function_word()
            && (PLURALS.has(w)
                || (w.len() > 3 && w.ends_with('s') && !w.ends_with("ss") && !w.ends_with("us") && !w.ends_with("'s")))
    }

    pub(super) fn form(&self) -> Option<Form> {
        VERBS.get(&self.lower).copied()
    }
}

/// The clauses of a sentence that is no question.
pub(super) fn clauses(sentence: &str) -> Vec<Range<usize>> {
    let said = words_of(sentence);
    let mut found: Vec<Range<usize>> = Vec::new();
    for first in beginnings(&said) {
        for last in endings(&said, first) {
            let (first, last) = (first, without_ending(&said, first, last));
            if first >= last {
                continue;
            }
            let range = said[first].range.start..said[last - 1].range.end;
            let is_whole = last == said.len() && first == without_openings(&said, 0) || is_whole(&said, first, last);
            let length = LENGTH.contains(&words(&sentence[range.clone()]));
            if length && !found.contains(&range) && stands(&said[first..last], is_whole) {
                found.push(range);
            }
        }
    }
    found.truncate(MOST);
    found
}

fn words_of(sentence: &str) -> Vec<Word> {
    let mut end = 0;
    sentence
        .unicode_word_indices()
        .map(|(start, word)| {
            let between = &sentence[end..start];
            let gap = if between.contains(':') {
                Gap::Colon
            } else if between.contains([';', '–', '—', '(', ')', '…', '[', ']', '"', '“', '”', '.', '!'])
                || between.contains(" - ")
                || between.contains("--")
                || (between.trim_end() == "-" && between.len() > 1)
            {
                Gap::Border
            } else if between.contains(',') {
                Gap::Comma
            } else {
                Gap::Space
            };
            end = start + word.len();
            Word {
                lower: word.to_lowercase().replace('’', "'"),
                capitalised: word.chars().next().is_some_and(char::is_uppercase) || word == "ai",
                range: start..end,
                gap: if start == 0 { Gap::Space } else { gap },
            }
        })
        .collect()
}

/// The whole sentence but for openings and endings without content.
pub(super) fn is_whole(said: &[Word], first: usize, last: usize) -> bool {
    first <= without_openings(said, 0) && last >= without_ending(said, first, said.len())
}

/// The words at `at` are those of `phrase`, without a border between them.
pub(super) fn says(said: &[Word], at: usize, phrase: &str) -> Option<usize> {
    let mut end = at;
    for part in phrase.split(' ') {
        let word = said.get(end)?;
        if word.lower != part || (end > at && word.gap != Gap::Space) {
            return None;
        }
        end += 1;
    }
    Some(end)
}

/// Where a clause begins that is said to begin at `at`: after its openings without content.
fn without_openings(said: &[Word], mut at: usize) -> usize {
    loop {
        let longest = lexicon::openings().filter_map(|phrase| says(said, at, phrase)).max();
        let Some(mut end) = longest else { return at };
        let thought = BEFORE_THAT.has(&said[end - 1].lower);
        if said.get(end).is_some_and(|word| word.lower == "that") && thought {
            end += 1;
        }
        let Some(next) = said.get(end) else { return at };
        // "I think about it", "right people", "no people": no opening but the beginning of what is said.
        let after_comma = next.gap != Gap::Space;
        let goes_on = !after_comma && !opens_a_subject(next) && !is_opening(said, end);
        let is_thought = thought && said[end - 1].gap == Gap::Space && end - at > 1;
        let needs_comma = OPENING_WITH_COMMA.has(&said[end - 1].lower) && !is_thought;
        if (goes_on
            && (PREPOSITIONS.has(&next.lower)
                || next.lower == "so"
                || needs_comma
                || is_thought && next.form().is_some()))
            || (needs_comma && !after_comma && !FIRST_PERSON.has(next.base()))
        {
            return at;
        }
        at = end;
    }
}

fn is_opening(said: &[Word], at: usize) -> bool {
    lexicon::openings().any(|phrase| says(said, at, phrase).is_some())
}

fn opens_a_subject(word: &Word) -> bool {
    let w = word.base();
    GENERAL_SUBJECTS.has(w)
        || DETERMINERS.has(w)
        || matches!(w, "it" | "they" | "he" | "she" | "there")
        || word.is_gerund()
}

/// Where clauses may begin: the sentence, and after borders where what is said still holds.
fn beginnings(said: &[Word]) -> Vec<usize> {
    let mut found = vec![without_openings(said, 0)];
    let mut is_held = false; // what follows depends on what came before
    let mut is_negated = false;
    for at in 0..said.len() {
        let word = &said[at];
        if at > 0 && matches!(word.gap, Gap::Border | Gap::Colon) {
            (is_held, is_negated) = (false, false);
        }
        let conjunction = CONJUNCTIONS.has(&word.lower) && word.lower != "nor";
        let border = at > 0
            && match word.gap {
                Gap::Border | Gap::Colon => true,
                Gap::Comma => !matches!(word.lower.as_str(), "or" | "nor"),
                Gap::Space => matches!(word.lower.as_str(), "and" | "but" | "so" | "because"),
            };
        let because = word.lower == "because";
        if border && !is_held && !(because && is_negated) {
            let first = without_openings(said, at);
            let begins = said.get(first).is_some_and(|next| {
                let own_subject = OWN_SUBJECTS.has(next.base());
                match word.gap {
                    Gap::Border | Gap::Colon => true,
                    _ if because => true,
                    Gap::Comma if conjunction => own_subject || DETERMINERS.has(&next.lower) || next.capitalised,
                    _ => own_subject,
                }
            });
            if begins && !found.contains(&first) {
                found.push(first);
            }
        }
        is_held |= HOLD_WHAT_FOLLOWS.has(&word.lower) && !(at == 0 && word.lower == "like") && !is_of_opening(said, at);
        is_negated |= NEGATIONS.has(&word.lower);
    }
    found
}

/// Whether a word stands in the openings of its sentence, where it holds nothing.
fn is_of_opening(said: &[Word], at: usize) -> bool {
    at < without_openings(said, 0)
}

/// Where a clause that begins at `first` may end (one past its last word).
fn endings(said: &[Word], first: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let is_long = said.len() - first > *LENGTH.end();
    let (mut is_negated, mut is_joined) = (false, false);
    for at in first + 1..said.len() {
        let word = &said[at];
        is_negated |= NEGATIONS.has(&said[at - 1].lower);
        is_joined |= JOIN_TWO.has(&said[at - 1].lower);
        if at < first + *LENGTH.start() - 1 {
            continue;
        }
        let next = said.get(at + 1);
        let subject =
            |word: Option<&Word>| word.is_some_and(|word| NOMINATIVE.has(word.base()) || NEW_SUBJECTS.has(word.base()));
        // A long list loses all but its first: what is left is still said.
        let before = &said[at - 1];
        let is_list = is_long && !is_joined && said[first + 1..at].iter().all(|word| word.gap == Gap::Space);
        let after_noun = before.form().is_none() && !is_number(before);
        let of_list = is_list
            && after_noun
            && word.lower == "and"
            && next.is_some_and(|next| {
                let begins = DETERMINERS.has(&next.lower) || PREPOSITIONS.has(&next.lower) || next.form().is_some();
                next.gap == Gap::Space && !subject(Some(next)) && (begins || before.is_plural())
            });
        let apart = is_list && before.is_plural() && after_noun && !word.is_adverb() && !word.is_function_word();
        let ends = match word.gap {
            _ if of_list => true,
            Gap::Comma if apart => true,
            Gap::Border => true,
            Gap::Colon => false,
            Gap::Comma => match word.lower.as_str() {
                "and" | "so" | "or" => subject(next),
                "but" => next.is_some_and(|next| !LIMITS_AFTER_BUT.has(&next.lower)),
                "although" | "though" | "whereas" | "while" | "which" | "because" | "as" | "since" => {
                    !(is_negated && word.lower == "because")
                }
                other => NOMINATIVE.has(word.base()) && other != "who",
            },
            Gap::Space => match word.lower.as_str() {
                "and" | "but" | "so" => {
                    subject(next)
                        && !(word.lower == "and" && begins_a_subject(said, first, at))
                        && !next.is_some_and(|next| {
                            matches!(next.lower.as_str(), "that" | "this" | "people" | "you" | "it")
                        })
                }
                "because" => !is_negated,
                "although" | "whereas" => true,
                _ => false,
            },
        };
        if ends {
            found.push(at);
        }
        // What comes after a condition belongs to it.
        if matches!(word.gap, Gap::Border) {
            return found;
        }
    }
    found.push(said.len());
    found
}

/// Whether what stands before this "and" belongs to the subject behind it: `… so early my sister and I can plan`.
fn begins_a_subject(said: &[Word], first: usize, and: usize) -> bool {
    let Some(opens) = and.checked_sub(3).filter(|&before| before > first) else { return false };
    let (before, determiner, noun) = (&said[opens], &said[opens + 1], &said[opens + 2]);
    let is_object = before.form().is_some() || PREPOSITIONS.has(&before.lower) || CONJUNCTIONS.has(&before.lower);
    DETERMINERS.has(&determiner.lower) && noun.form().is_none() && determiner.gap == Gap::Space && !is_object
}

fn is_number(word: &Word) -> bool {
    NUMBERS.has(&word.lower) || word.lower.ends_with(|c: char| c.is_ascii_digit())
}

/// Where a clause ends without endings that say nothing.
fn without_ending(said: &[Word], first: usize, mut last: usize) -> usize {
    loop {
        let shorter = lexicon::ENDINGS.iter().filter_map(|phrase| {
            let start = last.checked_sub(phrase.split(' ').count())?;
            let preceded = start > first && says(said, start, phrase) == Some(last);
            let apart = said.get(start).is_some_and(|word| word.gap == Gap::Comma);
            // "the right way is right", "I feel so too": only what is set apart, or can be nothing else.
            (preceded
                && (apart || matches!(*phrase, "though" | "too" | "as well" | "you know" | "etc" | "or so" | "anyway")))
            .then_some(start)
        });
        match shorter.min() {
            Some(start) => last = start,
            None => return last,
        }
    }
}
