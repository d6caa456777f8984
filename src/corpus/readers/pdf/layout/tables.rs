//! Tables of turns: `Time | Speaker | Text`, printed over several pages.
//!
//! In: the rows of all pages. Out: the same without the titles of the columns, where they stand word for word at the top
//! of pages and nobody says anything else under the first of them; and of rows that open with a time, a name and words,
//! each at its place, those with the time and the name as the label of the words. A time that somebody says, and names
//! of which hardly any comes again, stay as they are. It never moves words.

use std::collections::{HashMap, HashSet};

use super::super::super::super::labels;
use super::super::super::super::speakers::key;
use super::super::rows::Row;

/// Columns of a table, at least; words of the title of one, at most.
const COLUMNS: usize = 2;
const TITLE_WORDS: usize = 3;
/// Rows with a time, at least; of those with one, one in so many may be otherwise.
const FEWEST: usize = 4;
const ONE_IN: usize = 10;
/// Characters and words of a name, at most.
const CHARACTERS: usize = 30;
const WORDS: usize = 3;
/// Places that differ by less are the same, in points.
const SAME_PLACE: f32 = 2.0;

/// Takes the titles of columns out of the pages, and says how many rows these were.
pub(super) fn take_out_titles(pages: &mut [(usize, Vec<Row>)]) -> usize {
    let mut tops: HashMap<String, usize> = HashMap::new();
    for row in pages.iter().filter_map(|(_, rows)| rows.first()).filter(|row| may_be_titles(row)) {
        *tops.entry(row.text()).or_default() += 1;
    }
    let mut all: HashMap<&str, HashSet<String>> = HashMap::new();
    let mut texts: HashMap<String, usize> = HashMap::new();
    for row in pages.iter().flat_map(|(_, rows)| rows) {
        let Some(first) = row.pieces.first() else { continue };
        let text = row.text();
        *texts.entry(text.clone()).or_default() += 1;
        all.entry(&first.text).or_default().insert(text);
    }
    let is_alone = |text: &str| {
        let first = text.split('\t').next().unwrap_or_default();
        all.get(first).is_some_and(|texts| texts.len() == 1)
    };
    // All of them but the first stand at the top.
    let comes_at_top = |text: &str, n: usize| texts.get(text).is_some_and(|&all| all > 1 && all <= n + 1);
    let titles: HashSet<String> =
        tops.into_iter().filter(|(text, n)| comes_at_top(text, *n) && is_alone(text)).map(|(text, _)| text).collect();
    if titles.len() != 1 {
        return 0;
    }
    let mut taken = 0;
    for (_, rows) in pages.iter_mut() {
        let before = rows.len();
        rows.retain(|row| !may_be_titles(row) || !titles.contains(&row.text()));
        taken += before - rows.len();
    }
    taken
}

/// Whether a row is short words side by side, none of which ends a sentence or is a label with its colon.
fn may_be_titles(row: &Row) -> bool {
    let is_title = |text: &str| {
        text.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
            && text.split_whitespace().count() <= TITLE_WORDS
            && !text.contains(|c: char| c.is_ascii_digit())
            && !text.ends_with(['.', '?', '!', '…', ',', ';', ':', '-', '–'])
    };
    row.pieces.len() >= COLUMNS && row.pieces.iter().all(|piece| is_title(&piece.text))
}

/// Where the names and the words of a table stand.
struct Places {
    names: f32,
    words: f32,
}

/// Makes labels of the times and the names of a table's rows.
pub(super) fn label(pages: &mut [(usize, Vec<Row>)]) {
    let rows = || pages.iter().flat_map(|(_, rows)| rows);
    let Some(places) = places(rows()) else { return };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for at in rows().filter_map(|row| Some((row, name(row, &places)?))) {
        *counts.entry(key(&at.0.pieces[at.1].text)).or_default() += 1;
    }
    let n: usize = counts.values().sum();
    counts.retain(|_, n| *n > 1);
    let again: usize = counts.values().sum();
    if counts.len() < 2 || (n - again) * ONE_IN > n {
        return;
    }
    for row in pages.iter_mut().flat_map(|(_, rows)| rows) {
        if let Some(at) = name(row, &places).filter(|&at| counts.contains_key(&key(&row.pieces[at].text))) {
            let name = row.pieces[at].text.trim_end_matches([':', '.']).to_owned();
            let time = row.pieces[..at].first().map(|piece| format!("[{}] ", bare(&piece.text)));
            row.pieces.drain(..at);
            row.pieces[0].text = format!("{}{name}:", time.unwrap_or_default());
            row.pieces[0].lead = 0;
        }
    }
}

/// Where names and words stand beside times, if nearly all rows with a time have them there, and no time falls.
fn places<'r>(rows: impl Iterator<Item = &'r Row> + Clone) -> Option<Places> {
    let mut starts: HashMap<(i64, i64), usize> = HashMap::new();
    let (mut n, mut last, mut falls) = (0, 0.0, 0);
    for row in rows.clone() {
        let Some(seconds) = row.pieces.first().and_then(|piece| time(&piece.text)) else { continue };
        n += 1;
        falls += usize::from(seconds < last);
        last = seconds;
        if let [_, name, words, ..] = &row.pieces[..] {
            *starts.entry((place(name.start), place(words.start))).or_default() += 1;
        }
    }
    let (&(names, words), &most) = starts.iter().max_by_key(|&(places, n)| (*n, *places))?;
    let is_usual = |n: usize, most: usize| (n - most) * ONE_IN <= n;
    let found = Places { names: names as f32 * SAME_PLACE, words: words as f32 * SAME_PLACE };
    (n >= FEWEST && is_usual(n, most) && falls * ONE_IN <= n).then_some(found)
}

fn place(start: f32) -> i64 {
    (start / SAME_PLACE).round() as i64
}

/// Which piece of a row is a name at its place, behind a time or first, with words behind it.
fn name(row: &Row, places: &Places) -> Option<usize> {
    let at = usize::from(row.pieces.first().is_some_and(|piece| time(&piece.text).is_some()));
    let (name, words) = (row.pieces.get(at)?, row.pieces.get(at + 1)?);
    let is_at = |start: f32, place: f32| (start - place).abs() <= SAME_PLACE;
    let is_name = name.text.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
        && name.text.chars().count() <= CHARACTERS
        && name.text.split_whitespace().count() <= WORDS;
    (is_name && is_at(name.start, places.names) && is_at(words.start, places.words)).then_some(at)
}

fn time(text: &str) -> Option<f64> {
    labels::time(bare(text))
}

fn bare(text: &str) -> &str {
    text.trim().trim_matches(['[', ']', '(', ')'])
}

#[cfg(test)]
mod tests {
    use super::super::super::rows::{rows, tests::set};
    use super::*;

    /// Pages of rows of cells that start 90 points apart.
    fn read(pages: &[&[&[&str]]], what: impl Fn(&mut [(usize, Vec<Row>)])) -> Vec<Vec<String>> {
        let page = |lines: &&[&[&str]]| {
            let cells = lines.iter().enumerate().flat_map(|(at, cells)| {
                let place = move |column: usize| 50.0 + 90.0 * column as f32;
                cells
                    .iter()
                    .enumerate()
                    .flat_map(move |(column, text)| set(text, place(column), 760.0 - 14.0 * at as f32, 10.0))
            });
            rows(cells.collect())
        };
        let mut pages: Vec<(usize, Vec<Row>)> = (1..).zip(pages.iter().map(page)).collect();
        what(&mut pages);
        pages.iter().map(|(_, rows)| rows.iter().map(Row::text).collect()).collect()
    }

    const TALK: [&[&str]; 4] = [
        &["00:04", "Hall", "How did you come to keep bees?"],
        &["00:09", "Reed", "A neighbour left me two hives."],
        &["00:15", "Hall", "And what was hard?"],
        &["00:20", "Reed", "The winter, and then the spring."],
    ];

    #[test]
    fn titles_of_columns_at_the_top_of_pages_are_left_out() {
        let titles: &[&str] = &["Speaker", "What was said"];
        let page = |said: [&'static [&'static str]; 2]| [titles, said[0], said[1]];
        let pages = [page([&["Hall", "Why?"], &["Reed", "So."]]), page([&["Hall", "And then?"], &["Reed", "We left"]])];
        let found = read(&[&pages[0], &pages[1]], |pages| assert_eq!(take_out_titles(pages), 2));
        assert_eq!(found[1], ["Hall\tAnd then?", "Reed\tWe left"]);
        // Who says other words, too, says these.
        let said: &[&str] = &["Speaker", "Yes it is"];
        let pages = [[titles, said], [titles, said]];
        read(&[&pages[0], &pages[1]], |pages| assert_eq!(take_out_titles(pages), 0));
        // Once, or within the pages.
        read(&[&[titles, said], &[said, said]], |pages| assert_eq!(take_out_titles(pages), 0));
    }

    #[test]
    fn times_and_names_become_labels() {
        let found = read(&[&TALK], label);
        assert_eq!(found[0][0], "[00:04] Hall:\tHow did you come to keep bees?");
        assert_eq!(found[0][3], "[00:20] Reed:\tThe winter, and then the spring.");
        // Names without a time where their column is.
        let mut some = TALK.to_vec();
        some.push(&["", "Hall", "Thank you."]);
        assert_eq!(read(&[&some], label)[0][4], "Hall:\tThank you.");
    }

    #[test]
    fn times_that_fall_and_names_that_come_once_are_no_table() {
        let once = ["Hall", "Reed", "Lund", "Holt"];
        let other: Vec<[&str; 3]> = TALK.iter().zip(once).map(|(row, name)| [row[0], name, row[2]]).collect();
        let other: Vec<&[&str]> = other.iter().map(|row| &row[..]).collect();
        assert!(read(&[&other], label)[0][0].starts_with("00:04\tHall\t"));
        let fallen: Vec<&[&str]> = TALK.into_iter().rev().collect();
        assert!(read(&[&fallen], label)[0][0].starts_with("00:20\tReed\t"));
    }
}
