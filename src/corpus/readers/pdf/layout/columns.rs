//! Columns of a page.
//!
//! In: the rows of a page. Out: the [`Column`]s in the order in which they are read. A narrow strip of
//! names or times beside the words is no column: it is read row by row with them.

use std::collections::{HashMap, HashSet};

use super::super::rows::{Piece, Row};

/// Rows that are read one below the other.
pub(super) struct Column {
    pub(super) rows: Vec<Row>,
    /// How many columns stand side by side there.
    pub(super) of: usize,
}

/// A column has so many rows, and so many characters in the mean of them; names are shorter.
const MIN_ROWS: usize = 4;
const MIN_CHARACTERS: usize = 20;
/// One column has at least this part of the rows of its neighbour; names stand beside few rows only.
const MIN_SHARE: f32 = 0.5;
/// The gap between columns, as part of the font's size.
const GUTTER: f32 = 1.0;
/// A column starts so many points behind the place that divides it from its neighbour, and its lines within this
/// part of the font's size from there.
const BEFORE: f32 = 1.0;
const INDENT: f32 = 3.0;
/// Places that are tried.
const MAX_PLACES: usize = 200;
/// Rows with long pieces beside each other, and lines across columns, from which on a reader is told: two rows may
/// say who met whom, and where.
const DOUBTFUL: usize = 3;
const ACROSS: usize = 2;
/// Columns in columns in … this often at most.
const MAX_DEPTH: usize = 4;

/// The columns of a page. Where it has too little text to tell, as the last page has, the places that
/// divide other pages divide it too.
pub(super) fn in_order(rows: Vec<Row>, of_others: &[f32]) -> Vec<Column> {
    let mut columns = Vec::new();
    divide(rows, of_others, 1, 0, &mut columns);
    columns
}

fn divide(rows: Vec<Row>, of_others: &[f32], of: usize, depth: usize, columns: &mut Vec<Column>) {
    let place = gutter(&rows).or_else(|| known(&rows, of_others));
    let Some(place) = place.filter(|_| depth < MAX_DEPTH) else {
        if !rows.is_empty() {
            columns.push(Column { rows, of });
        }
        return;
    };
    let mut plain: Vec<Row> = Vec::new();
    for (is_divided, band) in bands(rows, place) {
        if !is_divided {
            plain.extend(band);
            continue;
        }
        if !plain.is_empty() {
            columns.push(Column { rows: std::mem::take(&mut plain), of });
        }
        let (left, right) = halves(band, place);
        divide(left, &[], of + 1, depth + 1, columns);
        divide(right, &[], of + 1, depth + 1, columns);
    }
    if !plain.is_empty() {
        columns.push(Column { rows: plain, of });
    }
}

/// The place that divides other pages and most rows of this one, whose right column starts there too.
fn known(rows: &[Row], of_others: &[f32]) -> Option<f32> {
    let divided = |&place: &f32| -> usize {
        let starts_there = |rows: &[Row], place: f32| {
            let starts = rows.iter().flat_map(|row| row.pieces.iter().find(|piece| piece.start >= place));
            let (near, far): (Vec<&Piece>, Vec<&Piece>) =
                starts.partition(|piece| piece.start - place < INDENT * piece.size);
            near.len() > far.len()
        };
        let bands = bands_of(rows, place, |rows, place| have_both(rows, place) && starts_there(rows, place));
        bands.into_iter().filter(|(is_divided, _)| *is_divided).map(|(_, range)| range.len()).sum()
    };
    let best = of_others.iter().map(|place| (divided(place), *place)).max_by_key(|&(rows, _)| rows);
    best.filter(|&(rows, _)| rows > 0).map(|(_, place)| place)
}

/// The place at which most rows are divided, close to where the column at its right starts: lines of the left
/// one end anywhere.
pub(super) fn gutter(rows: &[Row]) -> Option<f32> {
    let mut places: Vec<f32> = Vec::new();
    for row in rows {
        for pair in row.pieces.windows(2) {
            if pair[1].start - pair[0].end >= GUTTER * row.size {
                places.push(pair[1].start - BEFORE);
            }
        }
        // Columns whose lines stand at different heights have no gap in any row.
        places.push(row.start() - BEFORE);
    }
    places.sort_by(f32::total_cmp);
    places.dedup_by(|a, b| (*a - *b).abs() < 3.0);
    places.truncate(MAX_PLACES);
    let divided = |place: f32| -> usize {
        let bands = bands_of(rows, place, are_columns);
        bands.into_iter().filter(|(is_divided, _)| *is_divided).map(|(_, range)| range.len()).sum()
    };
    // Of several the first: names beside the words of the right column divide as many rows.
    let best = places.into_iter().rev().map(|place| (divided(place), place)).max_by(|a, b| a.0.cmp(&b.0));
    best.filter(|&(rows, _)| rows > 0).map(|(_, place)| place)
}

/// Rows from top to bottom in bands: those that a place, known to divide the page, divides into two
/// columns, and others.
fn bands(rows: Vec<Row>, place: f32) -> Vec<(bool, Vec<Row>)> {
    let ranges = bands_of(&rows, place, have_both);
    let mut rows = rows.into_iter();
    ranges.into_iter().map(|(is_divided, range)| (is_divided, rows.by_ref().take(range.len()).collect())).collect()
}

fn bands_of(rows: &[Row], place: f32, divided: impl Fn(&[Row], f32) -> bool) -> Vec<(bool, std::ops::Range<usize>)> {
    let crosses = |row: &Row| row.pieces.iter().any(|piece| piece.start < place && piece.end > place);
    let mut bands = Vec::new();
    let mut start = 0;
    while start < rows.len() {
        let crossing = crosses(&rows[start]);
        let length = rows[start..].iter().take_while(|row| crosses(row) == crossing).count();
        let range = start..start + length;
        bands.push((!crossing && divided(&rows[range.clone()], place), range));
        start += length;
    }
    bands
}

/// Whether rows have something on either side.
fn have_both(rows: &[Row], place: f32) -> bool {
    let mut pieces = rows.iter().flat_map(|row| &row.pieces);
    pieces.clone().any(|piece| piece.end <= place) && pieces.any(|piece| piece.start >= place)
}

/// Whether rows are two columns side by side.
fn are_columns(rows: &[Row], place: f32) -> bool {
    let side = |is_left: bool| {
        let here = move |piece: &&Piece| (piece.end <= place) == is_left;
        let has = |row: &&Row| row.pieces.iter().any(|piece| here(&piece));
        let characters = rows.iter().flat_map(|row| &row.pieces).filter(here).map(|piece| piece.text.chars().count());
        let first = rows.iter().position(|row| has(&row)).unwrap_or(0);
        let last = rows.iter().rposition(|row| has(&row)).unwrap_or(0);
        (rows.iter().filter(has).count(), characters.sum::<usize>(), first, last)
    };
    let ((left, left_said, left_first, left_last), (right, right_said, right_first, right_last)) =
        (side(true), side(false));
    let enough = |n: usize, said: usize| n >= MIN_ROWS && said >= n * MIN_CHARACTERS;
    // Beside each other, not one below the other.
    let shared = left_last.min(right_last) as f32 - left_first.max(right_first) as f32 + 1.0;
    let beside = shared >= MIN_SHARE * ((left_last - left_first).min(right_last - right_first) as f32 + 1.0);
    // A short right column has its rows together, words behind tabs have not.
    let is_left = |row: &&Row| row.pieces.first().is_some_and(|piece| piece.end <= place);
    let next_to = rows[right_first..=right_last.max(right_first)].iter().filter(is_left).count();
    enough(left, left_said)
        && enough(right, right_said)
        && left as f32 >= MIN_SHARE * right as f32
        && right as f32 >= 0.2 * next_to as f32
        && beside
}

/// What rows of several lines begin with, numbers aside: long names beside the words, titles of parts. No column of
/// what is said has such.
pub(super) fn recurring(pages: &[(usize, Vec<Row>)]) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for first in pages.iter().flat_map(|(_, rows)| rows).filter_map(|row| row.pieces.first()) {
        *counts.entry(without_numbers(&first.text)).or_default() += 1;
    }
    counts.into_iter().filter(|(_, n)| *n > 1).map(|(text, _)| text).collect()
}

fn without_numbers(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// Whether the columns of a page may be wrong: lines of one stand beside each other, but for those that begin with
/// what recurs, or lines across it divide it again and again.
pub(super) fn are_doubtful(columns: &[Column], recurring: &HashSet<String>) -> bool {
    let known = |first: &Piece| recurring.contains(&without_numbers(&first.text));
    let is_known = |row: &Row| row.pieces.first().is_some_and(known);
    let is_long = |piece: &Piece| piece.text.chars().count() >= MIN_CHARACTERS;
    let are_beside = |row: &&Row| row.pieces.iter().filter(|piece| is_long(piece)).count() > 1 && !is_known(row);
    let beside = columns.iter().flat_map(|column| &column.rows).filter(are_beside).count();
    let across = columns.windows(3).filter(|three| three[0].of > 1 && three[1].of == 1 && three[2].of > 1).count();
    beside >= DOUBTFUL || across >= ACROSS
}

fn halves(rows: Vec<Row>, place: f32) -> (Vec<Row>, Vec<Row>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for Row { height, pieces, .. } in rows {
        let (here, there): (Vec<Piece>, Vec<Piece>) = pieces.into_iter().partition(|piece| piece.end <= place);
        for (pieces, side) in [(here, &mut left), (there, &mut right)] {
            // A title beside words makes none of them larger.
            let size = pieces.iter().map(|piece| piece.size).fold(0.0, f32::max);
            if !pieces.is_empty() {
                side.push(Row { height, size, pieces });
            }
        }
    }
    (left, right)
}

#[cfg(test)]
mod tests {
    use super::super::super::rows::{rows, tests::set};
    use super::*;

    /// Columns of lines at these places, shifted down by so much.
    fn page(columns: &[(f32, f32, &[&str])]) -> Vec<Vec<String>> {
        let glyphs = columns.iter().flat_map(|&(start, down, lines)| {
            lines.iter().enumerate().flat_map(move |(at, line)| set(line, start, 700.0 - down - 14.0 * at as f32, 10.0))
        });
        let columns = in_order(rows(glyphs.collect()), &[]);
        columns.iter().map(|column| column.rows.iter().map(Row::text).collect()).collect()
    }

    const LEFT: [&str; 5] = [
        "Tom: How does a night shift begin",
        "and who is there when you come in",
        "Ana: With the handover, always. We",
        "walk from bed to bed, all of them,",
        "and that matters more than screens",
    ];
    const RIGHT: [&str; 5] = [
        "Tom: And what makes a night hard?",
        "Ana: Being two people short, as we",
        "were all of last week, and I kept",
        "thinking that I would miss the one",
        "who gets quiet, as they do so often",
    ];

    #[test]
    fn columns_are_read_one_after_the_other() {
        for down in [0.0, 6.5] {
            let found = page(&[(50.0, 0.0, &LEFT), (300.0, down, &RIGHT)]);
            assert_eq!(found, [LEFT.to_vec(), RIGHT.to_vec()], "{down}");
        }
    }

    #[test]
    fn a_title_over_both_comes_first() {
        let title = ["An interview about night shifts, with a title that is wide"];
        let found = page(&[(60.0, -30.0, &title), (50.0, 0.0, &LEFT), (300.0, 0.0, &RIGHT)]);
        assert_eq!(found, [title.to_vec(), LEFT.to_vec(), RIGHT.to_vec()]);
    }

    #[test]
    fn a_title_over_one_column_is_no_title_of_the_other() {
        let column = |start: f32, lines: &[&str]| -> Vec<_> {
            let line = |(at, line): (usize, &&str)| set(line, start, 686.0 - 14.0 * at as f32, 10.0);
            lines.iter().enumerate().flat_map(line).collect()
        };
        let title = set("On the ward at night", 50.0, 700.0, 14.0);
        let first = set("and so I stayed for ten years.", 300.0, 700.0, 10.0);
        let page = [title, first, column(50.0, &LEFT), column(300.0, &RIGHT)].concat();
        let columns = in_order(rows(page), &[]);
        let sizes: Vec<f32> = columns.iter().map(|column| column.rows[0].size).collect();
        assert_eq!((columns.len(), sizes), (2, vec![14.0, 10.0]));
    }

    #[test]
    fn names_beside_the_words_are_no_column() {
        let names = ["Tom:", "", "Ana:", "", ""];
        let found = page(&[(50.0, 0.0, &names), (120.0, 0.0, &LEFT)]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0][2], "Ana:\tAna: With the handover, always. We");
        let long =
            ["Maria Keller-Sørensen", "Tom Reyes-Mendez", "Maria Keller-Sørensen", "Tom Reyes-Mendez", "Maria K"];
        assert_eq!(page(&[(50.0, 0.0, &long), (200.0, 0.0, &LEFT)]).len(), 1);
    }
    #[test]
    fn a_short_right_column_is_one_where_other_pages_have_it() {
        let set_page = |right: &[&str]| {
            let column = |start: f32, lines: &[&str]| -> Vec<_> {
                let line = |(at, line): (usize, &&str)| set(line, start, 700.0 - 14.0 * at as f32, 10.0);
                lines.iter().enumerate().flat_map(line).collect()
            };
            rows([column(50.0, &LEFT), column(300.0, right)].concat())
        };
        let place = gutter(&set_page(&RIGHT)).unwrap();
        assert!((295.0..300.0).contains(&place), "{place}");
        let texts = |columns: &[Column]| -> Vec<Vec<String>> {
            columns.iter().map(|column| column.rows.iter().map(Row::text).collect()).collect()
        };
        for n in 1..4 {
            let found = in_order(set_page(&RIGHT[..n]), &[place]);
            assert_eq!(texts(&found), [LEFT.to_vec(), RIGHT[..n].to_vec()]);
            assert!(!are_doubtful(&found, &HashSet::new()));
        }
        // Alone it is not sure, and neither is a column that starts elsewhere.
        for places in [&[][..], &[200.0]] {
            let found = in_order(set_page(&RIGHT[..3]), places);
            assert_eq!(found.len(), 1);
            assert!(are_doubtful(&found, &HashSet::new()), "{places:?}");
        }
        // Names beside the words are no doubt.
        assert!(!are_doubtful(&in_order(set_page(&["Tom", "Ana", "Tom"]), &[]), &HashSet::new()));
    }

    #[test]
    fn long_names_beside_the_words_are_no_doubt() {
        let names = ["Interviewer (Ann Hall):", "Participant (Tom Reed):"];
        let glyphs = (0..6usize).flat_map(|at| {
            let height = 700.0 - 14.0 * at as f32;
            let words = ["and who is there when you come in", "walk from bed to bed, all of them,"][at % 2];
            set(names[at % 2], 50.0, height, 10.0).into_iter().chain(set(words, 250.0, height, 10.0))
        });
        let rows = rows(glyphs.collect());
        assert!(are_doubtful(&[Column { rows: rows.clone(), of: 1 }], &HashSet::new()));
        let recurring = recurring(&[(1, rows.clone())]);
        assert!(!are_doubtful(&[Column { rows, of: 1 }], &recurring));
    }

    #[test]
    fn a_short_right_column_has_its_rows_together() {
        let left = [LEFT, LEFT, LEFT, LEFT, LEFT].concat();
        let found = page(&[(50.0, 0.0, &left), (300.0, 0.0, &RIGHT[..4])]);
        assert_eq!(found, [left.clone(), RIGHT[..4].to_vec()]);
        // Words behind tabs, now and then.
        let right: Vec<&str> = (0..25).map(|at| if at % 7 == 0 { RIGHT[0] } else { "" }).collect();
        assert_eq!(page(&[(50.0, 0.0, &left), (300.0, 0.0, &right)]).len(), 1);
    }

    #[test]
    fn columns_may_have_names_beside_their_words() {
        let names = ["Tom", "", "Ana", "", ""];
        let bare = |line: &'static str| line.split_once(": ").map_or(line, |(_, words)| words);
        let words = |lines: [&'static str; 5]| lines.map(bare);
        let (left, right) = (words(LEFT), words(RIGHT));
        let found = page(&[(50.0, 0.0, &names), (100.0, 0.0, &left), (320.0, 0.0, &names), (370.0, 0.0, &right)]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[1][0], format!("Tom\t{}", right[0]));
    }
}
