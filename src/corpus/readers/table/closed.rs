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
/// Mean number of words of short sentences, at least.
const OF_SENTENCE: usize = 2;
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
/// Cells of each from which whole sentences are options, whatever the title says.
const SURELY_EACH: usize = 20;

/// What people answered in a column: no codes, no empty cells.
fn answers(rows: &[Row], at: usize) -> impl Iterator<Item = &str> {
    let filled = rows.iter().filter(move |row| !row.texts[at].is_missing).map(move |row| row.texts[at].text.trim());
    filled.filter(|text| !text.is_empty())
}

/// Whether a column of a survey holds open answers; one short text, as `None`, may fill most of it.
pub(super) fn is_open(rows: &[Row], at: usize) -> bool {
    let answers: Vec<&str> = answers(rows, at).filter(|text| words(text) > 0).collect();
    if are_in_words(&answers) || are_short_sentences(&answers) {
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
    if are_in_words(&in_words) || are_short_sentences(&in_words) {
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

/// Whether answers are short and each somebody's own, as where the title asks for one thing: they hardly come again,
/// and half of them end as sentences do, which names and options do not.
fn are_short_sentences(answers: &[&str]) -> bool {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    answers.iter().for_each(|answer| *counts.entry(answer).or_default() += 1);
    let said: usize = answers.iter().map(|answer| words_said(answer)).sum();
    let ended = answers.iter().filter(|answer| answer.ends_with(ENDS_OF_SENTENCES)).count();
    answers.len() >= SENTENCES
        && said >= OF_SENTENCE * answers.len()
        && ended * 2 >= answers.len()
        && counts.len() * 4 >= answers.len() * OF_FOUR
        && counts.values().all(|&n| n < OF_OPTION)
}

/// Whether the cells of a column are made of a few options, one or several a cell, in the same spelling.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Options {
    /// Whatever its title says: sentences with their points only where each stands in very many cells.
    pub(super) surely: bool,
    /// Where its title asks to choose.
    pub(super) if_asked: bool,
}

/// Whether a column holds options.
pub(super) fn options(rows: &[Row], at: usize) -> Options {
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
        return Options::default();
    }
    let is_no_sentence = |part: &str| !part.ends_with(ENDS_OF_SENTENCES);
    if options(&|part| words(part) <= LONGEST_OPTION && is_no_sentence(part)).is_some() {
        return Options { surely: true, if_asked: true };
    }
    let come_again = |(n, cells): (usize, usize)| n * HALVES_EACH <= cells * 2;
    let (plain, any) = (options(&is_no_sentence), options(&|_| true));
    let are_many = cells.len() >= OF_STATEMENTS;
    let in_many_cells = any.is_some_and(|(n, cells)| n * SURELY_EACH <= cells);
    let are_chosen = plain.is_some_and(|(_, of)| of * 2 >= cells.len() * 3) && are_combined(&cells, &counts);
    let of =
        |found: Option<(usize, usize)>| (are_many && (found.is_some_and(come_again) || in_many_cells)) || are_chosen;
    let (surely, if_asked) = (of(plain), of(any));
    let are_of_many = (surely || if_asked) && are_of_many(rows, at);
    Options { surely: surely && are_of_many, if_asked: if_asked && are_of_many }
}

/// Whether every text that comes again does so in cells that differ in others, as where several options are chosen of a
/// list. A sentence that comes again brings the same clauses each time.
fn are_combined(cells: &[&str], counts: &HashMap<&str, usize>) -> bool {
    let is_option = |part: &&str| counts.get(*part).is_some_and(|&n| n >= OF_OPTION);
    let mut within: HashMap<&str, HashSet<&str>> = HashMap::new();
    for cell in cells {
        for part in parts(cell).filter(is_option) {
            within.entry(part).or_default().insert(cell);
        }
    }
    within.values().all(|cells| cells.len() >= OF_OPTION)
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

#[cfg(test)]
mod tests {
    use crate::corpus::{Corpus, ReadOptions, read_bytes};

    const LONG: [&str; 8] = [
        "The night nurse left the door open so that I could see the light.",
        "Nobody told me why I had to fast for a second day.",
        "My daughter was allowed to stay past eight, and that settled me.",
        "The bed by the window was a gift after the corridor.",
        "I could not reach the bell with my left arm in plaster.",
        "They explained the scan twice, once with a drawing on a napkin.",
        "The food came cold because I was always last on the trolley.",
        "Waiting for the pharmacy took five hours on the day I went home.",
    ];

    /// A survey with an open question and another one.
    fn read(asked: &str, answers: [&str; 8]) -> Corpus {
        let row = |(n, (long, short)): (usize, (&str, &str))| format!("{n},\"{long}\",\"{short}\"\n");
        let rows: String = LONG.into_iter().zip(answers).enumerate().map(row).collect();
        let csv = format!("id,What made your stay easier or harder?,{asked}\n{rows}");
        read_bytes("ward.csv", csv.into_bytes(), &ReadOptions::default()).unwrap()
    }

    #[test]
    fn short_answers_that_are_each_somebodys_own_are_open() {
        for answers in [
            [
                "A kettle.",
                "Sleep.",
                "A place to sit down.",
                "More nurses.",
                "A pool.",
                "Quiet.",
                "Hooks, please.",
                "A clock.",
            ],
            [
                "Ein Bäcker.",
                "Licht.",
                "Eine Bank.",
                "Mehr Frauen.",
                "Ein Zaun.",
                "Ein Bus um zehn.",
                "Strom.",
                "Ein Schrank.",
            ],
        ] {
            let corpus = read("What is missing on the ward?", answers);
            assert_eq!(corpus.answers.len(), 16, "{:?}", corpus.warnings);
            assert!(corpus.warnings.iter().all(|told| !told.contains("closed") && !told.contains("stands in")));
        }
    }

    #[test]
    fn long_options_of_which_several_are_chosen_are_closed() {
        let [a, b, c] = [
            "Different models and being able to switch them fast",
            "Usage metrics on some page with all of the data",
            "An estimate of the costs while typing out a prompt",
        ];
        let of = |parts: &[&str]| parts.join(", ");
        let cells = [of(&[a, b, c]), of(&[a, c]), of(&[a, b]), of(&[a]), of(&[b, c]), of(&[b]), of(&[c]), of(&[a, b])];
        let corpus = read("Which of these would you like to see?", cells.each_ref().map(String::as_str));
        assert_eq!(corpus.answers.len(), 8, "{:?}", corpus.warnings);
        assert!(corpus.warnings.concat().contains("left out as closed questions"), "{:?}", corpus.warnings);
        // The same sentences of several people, whose clauses stand in no others.
        let [slow, lost] = [
            "The models are so slow that I leave, and we come back to it after the break of the day",
            "Nobody has told me where the switch of it is, and I look for it every day of the week",
        ];
        let corpus = read("What would you like to see?", [slow, lost, slow, slow, lost, lost, slow, lost]);
        assert_eq!(corpus.answers.len(), 16, "{:?}", corpus.warnings);
    }

    #[test]
    fn names_and_options_are_no_open_answers() {
        for answers in [
            ["Anna Hall", "Tom Reed", "Eva Moss", "Jim Ash", "Lu Birk", "Mo Park", "Ida Lane", "Jon Wood"],
            ["Nurse", "Cook", "Baker", "Driver", "Painter", "Clerk", "Farmer", "Miller"],
            ["Very good.", "Very good.", "Very good.", "Quite bad.", "Quite bad.", "Quite bad.", "So so.", "So so."],
            ["2.", "3.", "1.", "5.", "4.", "6.", "7.", "8."],
        ] {
            let corpus = read("Which of these are you?", answers);
            assert_eq!(corpus.answers.len(), 8, "{:?}", corpus.warnings);
            assert!(corpus.warnings.concat().contains("left out as closed questions"), "{answers:?}");
        }
    }
}
