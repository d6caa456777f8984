//! Columns of a survey that hold nothing in people's own words: options that were given, dates, links.
//!
//! In: the rows of a table and a column of it. Out: whether people answered there in words of their own, what fills the
//! rest of such a column, whether its cells are made of a few options that come again and again, whether they are
//! records. It judges cells, never titles, and removes nothing.

use std::collections::{HashMap, HashSet};

use super::super::super::exclusions::is_non_answer;
use super::super::super::sentences::words;
use super::beside::words_said;
use super::row::{OPEN_WORDS, Row, hash_of};

/// Cells from which options are told, and those that hold one.
const FEWEST_CELLS: usize = 8;
const OF_OPTION: usize = 3;
/// More differ in people's own words.
const MOST_OPTIONS: usize = 40;
/// The share of cells, and of their parts, that are options: so many of five. The others name something else.
const OF_FIVE: usize = 4;
/// Words of an option, at most. People say more, and in sentences.
const LONGEST_OPTION: usize = 6;
const ENDS_OF_SENTENCES: [char; 4] = ['.', '!', '?', '。'];
/// What separates options in a cell.
const BETWEEN: [char; 8] = [',', ';', '|', '\n', '、', '，', '；', '،'];
/// Sentences beside one short text that fills the rest of a column, their share of the cells, one in so many, and how
/// many of four differ.
const SENTENCES: usize = 3;
const ONE_IN: usize = 10;
const OF_FOUR: usize = 3;
/// Words of such a short text, at most.
const SHORT: usize = 3;
/// Other answers from which a column is open whatever fills the rest of it.
const MANY: usize = 10;
/// Cells from which texts of any length are options, and how many cells each has on average, in halves: what people say
/// in their own words hardly comes again.
const OF_STATEMENTS: usize = 12;
const HALVES_EACH: usize = 7;

/// What people answered in a column: no codes, no empty cells.
fn answers(rows: &[Row], at: usize) -> impl Iterator<Item = &str> {
    let filled = rows.iter().filter(move |row| !row.texts[at].is_missing).map(move |row| row.texts[at].text.trim());
    filled.filter(|text| !text.is_empty())
}

/// Whether a column of a survey holds open answers; one short text, as `None`, may fill most of it.
pub(super) fn is_open(rows: &[Row], at: usize) -> bool {
    let answers: Vec<&str> = answers(rows, at).filter(|text| words(text) > 0).collect();
    if are_in_words(&answers) {
        return true;
    }
    let others = without_most(&answers);
    let distinct: HashSet<&str> = others.iter().copied().collect();
    others.len() >= SENTENCES
        && others.len() * ONE_IN >= answers.len()
        && distinct.len() * 4 >= others.len() * OF_FOUR
        && are_in_words(&others)
}

/// What fills so much of a column that it is open for its other answers alone.
pub(super) enum Filler<'a> {
    /// A short text that may be an answer, and its cells.
    Answer(&'a str, usize),
    /// What says that there is none: the spelling that comes most often, how many cells say so, and of how many.
    Nothing(&'a str, [usize; 2]),
}

/// What fills a column that is open for the others; `None` where it is open without them, or there are many of them.
pub(super) fn filler(rows: &[Row], at: usize) -> Option<Filler<'_>> {
    let in_words: Vec<&str> = answers(rows, at).filter(|text| words(text) > 0).collect();
    if are_in_words(&in_words) {
        return None;
    }
    let nothing: Vec<&str> = in_words.iter().copied().filter(|answer| is_non_answer(answer)).collect();
    let most_say_nothing = nothing.len() * 2 >= in_words.len();
    let (text, n) = commonest(if most_say_nothing { &nothing } else { &in_words })?;
    if !is_non_answer(text) {
        return (n > 1).then_some(Filler::Answer(text, n));
    }
    let filled = answers(rows, at).count();
    let empty = answers(rows, at).filter(|answer| is_non_answer(answer)).count();
    (filled - empty < MANY).then_some(Filler::Nothing(text, [empty, filled]))
}

/// The short text that comes most often, and how often; the first in order of several.
fn commonest<'a>(answers: &[&'a str]) -> Option<(&'a str, usize)> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for answer in answers.iter().filter(|answer| words(answer) <= SHORT) {
        *counts.entry(answer).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(answer, n)| (n, std::cmp::Reverse(answer)))
}

/// The answers without those that say nothing, where most do, or else without the short text that comes most often.
fn without_most<'a>(answers: &[&'a str]) -> Vec<&'a str> {
    let say_something: Vec<&str> = answers.iter().copied().filter(|answer| !is_non_answer(answer)).collect();
    if say_something.len() * 2 <= answers.len() {
        return say_something;
    }
    let most = commonest(answers).map(|(answer, _)| answer);
    answers.iter().copied().filter(|answer| Some(*answer) != most).collect()
}

fn are_in_words(answers: &[&str]) -> bool {
    let said: usize = answers.iter().map(|answer| words_said(answer)).sum();
    !answers.is_empty() && said >= OPEN_WORDS * answers.len()
}

/// Whether the cells of a column are made of a few options, one or several a cell, in the same spelling.
pub(super) fn are_options(rows: &[Row], at: usize) -> bool {
    let cells: Vec<&str> = answers(rows, at).filter(|cell| !is_non_answer(cell)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for cell in &cells {
        let parts: HashSet<&str> = parts(cell).collect();
        parts.into_iter().for_each(|part| *counts.entry(part).or_default() += 1);
    }
    // How many options there are and how often they come in all, where those texts are some that may be.
    let options = |may_be: &dyn Fn(&str) -> bool| {
        let is_option = |part: &str| counts.get(part).is_some_and(|&n| n >= OF_OPTION) && may_be(part);
        let options = counts.iter().filter(|&(part, _)| is_option(part));
        let (n_options, of_options) = options.fold((0, 0), |(n, cells), (_, count)| (n + 1, cells + count));
        let whole = cells.iter().filter(|cell| parts(cell).all(is_option)).count();
        let are_some = (2..=MOST_OPTIONS).contains(&n_options)
            && of_options * 5 >= counts.values().sum::<usize>() * OF_FIVE
            && whole * 5 >= cells.len() * OF_FIVE;
        are_some.then_some((n_options, of_options))
    };
    if cells.len() < FEWEST_CELLS {
        return false;
    }
    let is_short = |part: &str| words(part) <= LONGEST_OPTION && !part.ends_with(ENDS_OF_SENTENCES);
    options(&is_short).is_some()
        || (cells.len() >= OF_STATEMENTS
            && options(&|_| true).is_some_and(|(n, cells)| n * HALVES_EACH <= cells * 2)
            && are_of_many(rows, at))
}

/// Whether most cells are of a person or a text of their own. The answers of a few people that stand in many rows come
/// again as well.
fn are_of_many(rows: &[Row], at: usize) -> bool {
    let given = rows.iter().filter(|row| !row.texts[at].is_missing && !row.texts[at].text.trim().is_empty());
    let (mut different, mut n) = (HashSet::new(), 0);
    for row in given {
        let nobody = row.id.is_none() && row.mail.is_none();
        let who = (row.study.as_deref(), row.id.as_deref(), row.mail.as_deref(), nobody.then_some(row.number));
        different.insert(hash_of((who, row.texts[at].text.trim())));
        n += 1;
    }
    different.len() * 4 >= n * OF_FOUR
}

fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(BETWEEN).map(str::trim).filter(|part| !part.is_empty())
}

/// How many cells of a column hold an answer.
pub(super) fn n_answers(rows: &[Row], at: usize) -> usize {
    answers(rows, at).filter(|cell| !is_non_answer(cell)).count()
}

/// Whether all answers of a column stand beside one in another column.
pub(super) fn are_beside(rows: &[Row], at: usize, other: usize) -> bool {
    let is_filled = |row: &&Row, at: usize| !row.texts[at].is_missing && !row.texts[at].text.trim().is_empty();
    let mut filled = rows.iter().filter(|row| is_filled(row, at)).peekable();
    filled.peek().is_some() && filled.all(|row| is_filled(&row, other))
}

/// Whether anything in a column is a word.
pub(super) fn has_words(rows: &[Row], at: usize) -> bool {
    answers(rows, at).any(|answer| words_said(answer) > 0)
}

/// Whether a column holds dates, times, links, addresses or ids alone.
pub(super) fn are_records(rows: &[Row], at: usize) -> bool {
    let is_record = |cell: &str| {
        let is_of_one = cell.contains("://") || cell.contains('@') || cell.bytes().any(|b| b.is_ascii_digit());
        is_of_one && words_said(cell) == 0 && cell.parse::<f64>().is_err()
    };
    answers(rows, at).next().is_some() && answers(rows, at).all(is_record)
}
