//! Notes at the foot of a page, in small print below what is said, and captions of pictures.
//!
//! In: the rows of all pages. Out: the same without the notes whose numbers stand, raised and small, in the words above
//! them, without these numbers, and without captions that name who took a picture; and how many these were. Small print
//! without a mark in the words stays, and so do raised numbers without a note below: `10²` may be said.

use std::ops::Range;

use super::rows::Row;

/// Small print is at most so large, as a part of the usual size of the text.
const SMALL: f32 = 0.85;
/// Rows at the foot of a page below its notes, and rows of notes, at most.
const BELOW: usize = 3;
const NOTES: usize = 40;
/// Words of a caption, at most.
const CAPTION: usize = 40;
/// How a picture's credit begins.
#[rustfmt::skip]
const CREDITS: &[&str] = &[
    "photograph:", "photographs:", "photo:", "photos:", "picture:", "pictures:", "image:", "images:", "foto:", "fotos:",
    "bild:", "illustration:", "photo credit:", "credit:", "crédit photo:", "fotografía:", "fotografia:", "zdjęcie:",
];

/// What was left out.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Found {
    pub(super) notes: usize,
    pub(super) captions: usize,
    /// Numbers of their pages.
    pub(super) pages: Vec<usize>,
}

/// Takes notes and captions out of the pages.
pub(super) fn take_out(pages: &mut [(usize, Vec<Row>)]) -> Found {
    let usual = super::layout::usual(
        pages.iter().flat_map(|(_, rows)| rows).flat_map(|row| &row.pieces).map(|piece| (piece.size, piece.text.len())),
    );
    let mut found = Found::default();
    for (page, rows) in pages.iter_mut() {
        let n = take_out_notes(rows, SMALL * usual);
        let captions = take_out_captions(rows, SMALL * usual);
        found.notes += n;
        found.captions += captions;
        found.pages.extend((n + captions > 0).then_some(*page));
    }
    found
}

/// Takes out the notes of a page, and their marks.
fn take_out_notes(rows: &mut Vec<Row>, small: f32) -> usize {
    let Some(range) = small_rows(rows, small) else { return 0 };
    let marks: Vec<u32> = rows[..range.start].iter().flat_map(marks).collect();
    let numbers: Vec<(usize, u32)> =
        range.clone().filter_map(|at| Some((at, opening_number(&rows[at].text())?))).collect();
    let Some(&(start, first)) = numbers.iter().find(|(_, number)| marks.contains(number)) else { return 0 };
    let mut noted = vec![first];
    for &(at, number) in &numbers {
        if at > start && noted.last() == number.checked_sub(1).as_ref() && marks.contains(&number) {
            noted.push(number);
        }
    }
    rows.drain(start..range.end);
    rows[..start].iter_mut().for_each(|row| take_out_marks(row, &noted));
    noted.len()
}

/// The last rows of a page in small print, what may be its foot aside.
fn small_rows(rows: &[Row], small: f32) -> Option<Range<usize>> {
    let is_small = |row: &Row| row.pieces.iter().all(|piece| piece.size <= small);
    let end =
        (0..rows.len()).rev().take(BELOW + 1).find(|&at| is_small(&rows[at]) && !is_number(&rows[at].text()))? + 1;
    let n = rows[..end].iter().rev().take_while(|row| is_small(row)).take(NOTES).count();
    (n < end).then_some(end - n..end)
}

fn is_number(text: &str) -> bool {
    text.chars().all(|c| !c.is_alphabetic())
}

/// The number that a note opens with.
fn opening_number(text: &str) -> Option<u32> {
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let rest = text[end..].trim_start_matches(['.', ')', ' ', '\t']);
    text[..end].parse().ok().filter(|_| rest.len() < text.len() - end && rest.starts_with(char::is_alphabetic))
}

fn marks(row: &Row) -> impl Iterator<Item = u32> + '_ {
    let of = |piece: &super::rows::Piece| {
        let texts = piece.raised.iter().filter_map(|range| piece.text.get(range.clone())).map(str::to_owned);
        texts.collect::<Vec<String>>()
    };
    row.pieces.iter().flat_map(of).filter_map(|text| text.parse().ok())
}

/// Takes the raised numbers of notes out of a row.
fn take_out_marks(row: &mut Row, noted: &[u32]) {
    for piece in &mut row.pieces {
        for range in std::mem::take(&mut piece.raised).into_iter().rev() {
            let number = piece.text.get(range.clone()).and_then(|text| text.parse().ok());
            if number.is_some_and(|number| noted.contains(&number)) {
                let n = range.len();
                piece.text.replace_range(range.clone(), "");
                piece.gaps.iter_mut().filter(|gap| gap.at > range.start).for_each(|gap| gap.at -= n);
                piece.lead -= if piece.lead > range.start { n.min(piece.lead) } else { 0 };
            }
        }
    }
    row.pieces.retain(|piece| !piece.text.trim().is_empty());
}

/// Takes out paragraphs in small print that end with who took a picture.
fn take_out_captions(rows: &mut Vec<Row>, small: f32) -> usize {
    let is_small = |row: &Row| row.pieces.iter().all(|piece| piece.size <= small);
    let mut taken = 0;
    let mut at = 0;
    while at < rows.len() {
        let n = rows[at..].iter().take_while(|row| is_small(row)).count();
        let text = rows[at..at + n].iter().map(Row::text).collect::<Vec<_>>().join(" ");
        let text = text.to_lowercase();
        let has_credit = CREDITS.iter().any(|credit| text.contains(credit));
        if n > 0 && has_credit && text.split_whitespace().count() <= CAPTION {
            rows.drain(at..at + n);
            taken += 1;
        } else {
            at += n.max(1);
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::super::rows::{rows, tests::set};
    use super::*;

    /// A page of lines of this size each, with raised numbers behind `^`.
    fn read(lines: &[(f32, &str)]) -> (Vec<String>, Found) {
        let glyphs = lines.iter().enumerate().flat_map(|(at, (size, line))| {
            let height = 760.0 - 14.0 * at as f32;
            let (words, mark) = line.split_once('^').unwrap_or((line, ""));
            let number = mark.chars().take_while(char::is_ascii_digit).count();
            let end = 72.0 + words.len() as f32 * size / 2.0;
            let behind = end + number as f32 * 3.0;
            let mark_and_rest =
                [set(&mark[..number], end, height + 4.0, 6.0), set(&mark[number..], behind, height, *size)].concat();
            set(words, 72.0, height, *size).into_iter().chain(mark_and_rest)
        });
        let mut pages = vec![(1, rows(glyphs.collect()))];
        let found = take_out(&mut pages);
        (pages[0].1.iter().map(Row::text).collect(), found)
    }

    const TALK: [(f32, &str); 3] = [
        (11.0, "Ann: And what did your father do?"),
        (11.0, "Tom: He was a tackler^1 at the mill, until"),
        (11.0, "they shut it, and I got a slip^2 of paper."),
    ];

    #[test]
    fn notes_and_their_marks_are_left_out() {
        let notes = [(7.0, "1 Who keeps the looms."), (7.0, "and mends them"), (7.0, "2 It was yellow."), (9.0, "4")];
        let (lines, found) = read(&[&TALK[..], &notes].concat());
        assert_eq!(
            lines[1..],
            ["Tom: He was a tackler at the mill, until", "they shut it, and I got a slip of paper.", "4"]
        );
        assert_eq!((found.notes, found.pages), (2, vec![1]));
    }

    #[test]
    fn raised_numbers_and_small_print_alone_stay() {
        assert_eq!(read(&TALK).0[1], "Tom: He was a tackler1 at the mill, until");
        let other = [(7.0, "3 Who keeps the looms.")];
        assert_eq!(read(&[&TALK[..], &other].concat()).0.len(), 4);
        let large = [(11.0, "1 Who keeps the looms.")];
        assert_eq!(read(&[&TALK[..], &large].concat()).0.len(), 4);
    }

    #[test]
    fn captions_with_a_credit_are_left_out() {
        let caption = [(8.0, "Tom Reed at the gate"), (8.0, "of the mill. Photograph: Ida Lund")];
        let (lines, found) = read(&[&TALK[..2], &caption, &TALK[2..]].concat());
        assert_eq!((lines.len(), found.captions), (3, 1));
        for said in [(11.0, "I said: Photograph: Ida Lund"), (8.0, "and then we left in the rain")] {
            assert_eq!(read(&[&TALK[..2], &[said], &TALK[2..]].concat()).0.len(), 4);
        }
    }
}
