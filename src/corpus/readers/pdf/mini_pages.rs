//! Sheets that hold several pages of a numbered transcript, such as the four of a court reporter's condensed one.
//!
//! In: the rows of all sheets. Out: those of each page by itself, from the top to the bottom of the left half, then of
//! the right one. A sheet is divided only where numbers of lines that go up by one and begin anew stand at its left edge
//! and at one place within it, too; columns, tables and numbers that people say stay as they are. It never drops a word.

use std::collections::HashMap;

use super::rows::{Piece, Row};

/// Numbers at the left edge of a sheet, and at the place within it on some sheet, at least.
const LEFT: usize = 10;
const RIGHT: usize = 4;
/// Of numbers, one in so many may stand otherwise.
const ONE_IN: usize = 10;
/// Ends of numbers that differ by less are at one place, in points; the gap before them, as a part of their size.
const SAME_PLACE: f32 = 4.0;
const GAP: f32 = 1.0;
/// The highest number of a line on a page, and its digits.
const HIGHEST: u32 = 40;
const DIGITS: usize = 2;

/// Divides the sheets into pages, each with the number of its sheet.
pub(super) fn divide(sheets: &mut Vec<(usize, Vec<Row>)>) {
    let found = sheets.iter().filter_map(|(_, rows)| right_of(rows)).max_by_key(|&(n, _)| n);
    let Some((_, place)) = found else { return };
    let mut pages = Vec::with_capacity(sheets.len() * 4);
    for (sheet, rows) in sheets.drain(..) {
        if !counts_lines(rows.iter().filter_map(|row| Some(number(row.pieces.first()?)?.0)), LEFT) {
            pages.push((sheet, rows));
            continue;
        }
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for row in rows {
            let (here, there): (Vec<Piece>, Vec<Piece>) = row.pieces.into_iter().partition(|piece| piece.start < place);
            for (pieces, half) in [(here, &mut left), (there, &mut right)] {
                if !pieces.is_empty() {
                    half.push(Row { pieces: number_apart(pieces), ..Row { pieces: Vec::new(), ..row } });
                }
            }
        }
        pages.extend([left, right].into_iter().flat_map(one_below_the_other).map(|rows| (sheet, rows)));
    }
    *sheets = pages;
}

/// A number of a line that a piece is or, apart from its words, begins with; and where it ends.
fn number(piece: &Piece) -> Option<(u32, f32)> {
    let (digits, end) = match piece.gaps.first() {
        Some(gap) => (piece.text.get(..gap.at)?.trim(), gap.end),
        None => (piece.text.as_str(), piece.end),
    };
    let value = digits.parse().ok().filter(|&value| value <= HIGHEST && digits.len() <= DIGITS)?;
    Some((value, end))
}

/// Whether numbers go up by one or begin anew, nearly all of them.
fn counts_lines(numbers: impl Iterator<Item = u32>, fewest: usize) -> bool {
    let numbers: Vec<u32> = numbers.collect();
    let steps = numbers.windows(2).filter(|pair| pair[1] == pair[0] + 1 || pair[1] == 1).count();
    numbers.len() >= fewest && numbers.contains(&1) && (numbers.len() - 1 - steps) * ONE_IN <= numbers.len()
}

/// How many numbers of lines stand within a sheet, and where its right half starts.
fn right_of(rows: &[Row]) -> Option<(usize, f32)> {
    let at_left = rows.iter().filter_map(|row| Some(number(row.pieces.first()?)?.0));
    if !counts_lines(at_left, LEFT) {
        return None;
    }
    // By where the numbers end: their places, their values.
    let mut within: HashMap<i64, Vec<(f32, u32)>> = HashMap::new();
    for row in rows {
        for pair in row.pieces.windows(2) {
            if let Some((value, end)) = number(&pair[1])
                && pair[1].start - pair[0].end > GAP * row.size
            {
                within.entry((end / SAME_PLACE).round() as i64).or_default().push((pair[1].start, value));
            }
        }
    }
    let (_, numbers) = within.into_iter().max_by_key(|(place, numbers)| (numbers.len(), *place))?;
    let start = numbers.iter().map(|(start, _)| *start).fold(f32::INFINITY, f32::min);
    let is_numbered = counts_lines(numbers.iter().map(|(_, value)| *value), RIGHT);
    is_numbered.then_some((numbers.len(), start - GAP))
}

/// The pieces of a row, its number apart from the words behind it.
fn number_apart(mut pieces: Vec<Piece>) -> Vec<Piece> {
    if pieces.first().is_some_and(|first| !first.gaps.is_empty() && number(first).is_some()) {
        let (number, words) = pieces.remove(0).parted(0);
        pieces.splice(0..0, [number, words]);
    }
    pieces
}

/// The pages of half a sheet: each ends where the numbers begin anew. What stands between two pages is the foot of the
/// upper one, but for the line right above the lower one.
fn one_below_the_other(rows: Vec<Row>) -> Vec<Vec<Row>> {
    let mut starts: Vec<usize> = Vec::new();
    let (mut last, mut last_at) = (0, 0);
    for (at, row) in rows.iter().enumerate() {
        let Some((value, _)) = row.pieces.first().and_then(number) else { continue };
        if value == 1 && last > 1 {
            starts.push(if at - last_at > 1 { at - 1 } else { at });
        }
        (last, last_at) = (value, at);
    }
    let mut pages: Vec<Vec<Row>> = vec![Vec::new()];
    for (at, row) in rows.into_iter().enumerate() {
        if starts.contains(&at) {
            pages.push(Vec::new());
        }
        if let Some(page) = pages.last_mut() {
            page.push(row);
        }
    }
    pages.retain(|page| !page.is_empty());
    pages
}

#[cfg(test)]
mod tests {
    use super::super::rows::{rows, tests::set};
    use super::*;

    const SAID: [&str; 4] =
        ["Q    And where were you then?", "A    On the road by the mill", "with my brother.", "Q    Why?"];

    /// A sheet of two halves that have pages of so many numbered lines below each other.
    fn sheet(left: &[usize], right: &[usize], numbered: bool) -> Vec<(usize, Vec<Row>)> {
        let mut glyphs = Vec::new();
        for (start, pages) in [(50.0, left), (310.0, right)] {
            let mut height = 780.0;
            for &n in pages {
                glyphs.extend(set("Page", start + 150.0, height, 7.0));
                for line in 0..n {
                    height -= 13.0;
                    if numbered || start < 300.0 {
                        glyphs.extend(set(&(line + 1).to_string(), start, height, 7.0));
                    }
                    glyphs.extend(set(SAID[line % 4], start + 12.0, height, 7.0));
                }
                height -= 40.0;
            }
        }
        let mut sheets = vec![(1, rows(glyphs))];
        divide(&mut sheets);
        sheets
    }

    #[test]
    fn the_pages_of_a_sheet_are_read_one_by_one() {
        for right in [&[12, 12][..], &[6]] {
            let pages = sheet(&[12, 12], right, true);
            let lengths: Vec<usize> = pages.iter().map(|(_, rows)| rows.len()).collect();
            let expected: Vec<usize> = [&[12, 12][..], right].concat().iter().map(|n| n + 1).collect();
            assert_eq!(lengths, expected);
            assert!(pages.iter().all(|(_, rows)| rows[0].text() == "Page"), "{pages:?}");
            assert!(pages.iter().all(|(_, rows)| rows[1].text() == "1 Q\tAnd where were you then?"), "{pages:?}");
        }
    }

    #[test]
    fn other_sheets_stay_whole() {
        assert_eq!(sheet(&[12, 12], &[12], false).len(), 1);
        assert_eq!(sheet(&[12], &[], true).len(), 1);
    }
}
