//! Running heads, running feet and page numbers.
//!
//! In: the rows of all pages. Out: the same without what stands at the top or bottom of several pages
//! at the same height in the same words, numbers aside, apart from the text; numbers that rise with the pages need not
//! be apart. What opens a turn is none, and what stands where other pages have text is none either.

use std::collections::HashMap;

use super::super::super::super::labels;
use super::super::super::super::speakers::{Names, key};
use super::super::rows::Row;
use super::usual;

/// A head is as far from the text as this many lines are from each other.
const APART: f32 = 1.25;
/// The same for the number of a single page.
const FAR_APART: f32 = 2.5;
/// Heights that differ by less are the same.
const SAME_HEIGHT: f32 = 5.0;
/// The part of the pages with a line at this height on which it must be a head.
const SHARE: f32 = 0.8;
/// Lines of a head.
const MAX_LINES: usize = 3;

/// Takes them out and says how many there were.
pub(super) fn take_out(pages: &mut [(usize, Vec<Row>)], names: &Names) -> usize {
    let distances = pages.iter().flat_map(|(_, rows)| rows.windows(2).map(|pair| (pair[0].height - pair[1].height, 1)));
    let pitch = usual(distances);
    let mut taken = 0;
    for at_top in [true, false] {
        for _ in 0..MAX_LINES {
            let found = outermost(pages, at_top, pitch, names);
            if found.is_empty() {
                break;
            }
            taken += found.len();
            for page in found {
                let rows = &mut pages[page].1;
                rows.remove(if at_top { 0 } else { rows.len() - 1 });
            }
        }
    }
    taken
}

/// The pages whose outermost row is a running head.
fn outermost(pages: &[(usize, Vec<Row>)], at_top: bool, pitch: f32, names: &Names) -> Vec<usize> {
    struct Edge {
        page: usize,
        height: f32,
        words: String,
        /// How far the next row is.
        apart: f32,
        /// What is added to the number of the page in the file, where nothing but a page's number stands there.
        offset: Option<i64>,
    }
    let edges: Vec<Edge> = (pages.iter().enumerate())
        .filter_map(|(page, (_, rows))| {
            let (row, next) = if at_top {
                (rows.first()?, rows.get(1))
            } else {
                (rows.last()?, rows.len().checked_sub(2).map(|at| &rows[at]))
            };
            let text = row.text();
            let apart = next.map_or(f32::INFINITY, |next| (row.height - next.height).abs());
            // `Interviewer: page 3` is no turn.
            let is_numbered = text.split_once(':').is_some_and(|(_, rest)| is_page_number(&masked(rest)));
            let opens_turn = !is_numbered
                && labels::opening(&text, names)
                    .is_some_and(|opening| opening.is_stamp || names.strong(&key(&opening.label)).is_some());
            // A row that opens a turn still counts as a line at its height.
            let words = if opens_turn { String::new() } else { masked(&text) };
            let number = first_number(&text).filter(|_| is_page_number(&words));
            let offset = number.map(|number| number - page as i64);
            Some(Edge { page, height: row.height, words, apart, offset })
        })
        .collect();
    if pages.len() == 1 {
        let is_number = |edge: &&Edge| edge.apart >= FAR_APART * pitch && is_page_number(&edge.words);
        let has_text = pages[0].1.len() > 1;
        return edges.iter().filter(is_number).filter(|_| has_text).map(|edge| edge.page).collect();
    }
    let mut found = Vec::new();
    for edge in &edges {
        let level: Vec<&Edge> = edges.iter().filter(|other| (other.height - edge.height).abs() < SAME_HEIGHT).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for other in level.iter().filter(|other| !other.words.is_empty() && other.apart >= APART * pitch) {
            *counts.entry(&other.words).or_default() += 1;
        }
        counts.retain(|_, count| *count > 1);
        let recurring: usize = counts.values().sum();
        let is_head = counts.contains_key(edge.words.as_str()) && edge.apart >= APART * pitch;
        let rising = level.iter().filter(|other| edge.offset.is_some() && other.offset == edge.offset).count();
        let rises = rising > 1 && rising * 2 >= pages.len() && rising as f32 >= SHARE * level.len() as f32;
        if rises || (is_head && recurring as f32 >= SHARE * level.len() as f32) {
            found.push(edge.page);
        }
    }
    found
}

fn first_number(text: &str) -> Option<i64> {
    text.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty())?.parse().ok()
}

/// Words in lower case with `#` for each number, Roman numerals of pages included.
fn masked(text: &str) -> String {
    let mut masked = String::new();
    for word in text.split_whitespace() {
        if !masked.is_empty() {
            masked.push(' ');
        }
        let mut in_number = false;
        for c in word.chars() {
            if c.is_ascii_digit() {
                if !std::mem::replace(&mut in_number, true) {
                    masked.push('#');
                }
            } else {
                in_number = false;
                masked.extend(c.to_lowercase());
            }
        }
    }
    let numeral = !masked.is_empty() && masked.len() <= 6 && masked.bytes().all(|b| b"ivxl".contains(&b));
    if numeral { "#".to_owned() } else { masked }
}

/// `#`, `- # -`, `page # of #`, `#/#`.
fn is_page_number(masked: &str) -> bool {
    const WORDS: [&str; 16] = [
        "page", "seite", "sida", "side", "pagina", "página", "p.", "s.", "pag.", "of", "von", "de", "di", "av", "van",
        "sur",
    ];
    let words = masked.split([' ', '/', '|', '-', '–', '—', '(', ')', '[', ']']).filter(|word| !word.is_empty());
    let mut numbers = 0;
    for word in words {
        match word {
            "#" => numbers += 1,
            word if WORDS.contains(&word) => {}
            _ => return false,
        }
    }
    (1..=2).contains(&numbers)
}

#[cfg(test)]
mod tests {
    use super::super::super::rows::{rows, tests::set};
    use super::*;

    /// Pages of lines at heights, counted in lines of 14 points from the top.
    fn left(pages: &[&[(f32, &str)]]) -> Vec<Vec<String>> {
        let mut pages: Vec<(usize, Vec<Row>)> = (1..)
            .zip(pages)
            .map(|(number, lines)| {
                let glyphs = lines.iter().flat_map(|(down, text)| set(text, 72.0, 800.0 - 14.0 * down, 10.0));
                (number, rows(glyphs.collect()))
            })
            .collect();
        take_out(&mut pages, &Names::default());
        pages.iter().map(|(_, rows)| rows.iter().map(Row::text).collect()).collect()
    }

    #[test]
    fn heads_feet_and_numbers_are_left_out() {
        let found = left(&[
            &[(0.0, "Ward study, 2024"), (4.0, "Tom: Why?"), (5.0, "Ana: So."), (50.0, "Page 1 of 2")],
            &[(0.0, "Ward study, 2024"), (4.0, "Tom: And?"), (5.0, "Ana: No."), (50.0, "Page 2 of 2")],
        ]);
        assert_eq!(found, [["Tom: Why?", "Ana: So."], ["Tom: And?", "Ana: No."]]);
    }

    #[test]
    fn heads_of_left_and_right_pages_differ() {
        let page = |head: &'static str, words: &'static str| [(0.0, head), (3.0, words), (4.0, "and so on")];
        let pages = [page("2 Night", "a b"), page("Shift 3", "c d"), page("4 Night", "e f"), page("Shift 5", "g h")];
        let pages: Vec<&[(f32, &str)]> = pages.iter().map(|page| &page[..]).collect();
        assert_eq!(left(&pages)[2], ["e f", "and so on"]);
    }

    #[test]
    fn what_is_said_stays() {
        // Names that head the text of both pages, close to it.
        let pages: [&[(f32, &str)]; 2] = [
            &[(0.0, "Tom Reyes"), (1.0, "How are you"), (2.0, "today")],
            &[(0.0, "Tom Reyes"), (1.0, "Where were you"), (2.0, "then")],
        ];
        assert_eq!(left(&pages), pages.map(|page| page.iter().map(|&(_, text)| text.to_owned()).collect::<Vec<_>>()));
        // A role, even apart from the words.
        let pages: [&[(f32, &str)]; 2] = [
            &[(0.0, "Interviewer: Go on."), (2.0, "So we did"), (3.0, "it")],
            &[(0.0, "Interviewer: Go on."), (2.0, "And again"), (3.0, "so")],
        ];
        assert_eq!(left(&pages)[1].len(), 3);
        // An answer in one number, where others have text.
        let pages: [&[(f32, &str)]; 3] = [
            &[(0.0, "How many"), (1.0, "came?"), (3.0, "42")],
            &[(0.0, "And how many"), (1.0, "left?"), (3.0, "Nobody did.")],
            &[(0.0, "And how many"), (1.0, "stayed?"), (3.0, "17")],
        ];
        assert_eq!(left(&pages).iter().map(Vec::len).sum::<usize>(), 9);
    }

    #[test]
    fn numbers_that_rise_with_the_pages_are_left_out_close_to_the_text() {
        let page = |number: &'static str| [(0.0, number), (1.1, "and he put"), (2.1, "my name"), (3.1, "down")];
        for numbers in [["1", "2", "3"], ["Page 7", "Page 8", "Page 9"], ["2/9", "3/9", "4/9"]] {
            let pages = numbers.map(page);
            let pages: Vec<&[(f32, &str)]> = pages.iter().map(|page| &page[..]).collect();
            assert!(left(&pages).iter().all(|rows| rows.len() == 3), "{numbers:?}");
        }
        for numbers in [["5", "5", "5"], ["3", "9", "2"], ["2019", "2021", "2024"], ["1 of us", "2 of us", "3 of us"]] {
            let pages = numbers.map(page);
            let pages: Vec<&[(f32, &str)]> = pages.iter().map(|page| &page[..]).collect();
            assert!(left(&pages).iter().all(|rows| rows.len() == 4), "{numbers:?}");
        }
    }

    #[test]
    fn the_number_of_a_single_page_is_left_out() {
        assert_eq!(left(&[&[(0.0, "Tom: Why?"), (1.0, "Ana: So."), (40.0, "1")]])[0].len(), 2);
        assert_eq!(left(&[&[(0.0, "Tom: How many?"), (1.0, "came?"), (2.0, "1")]])[0].len(), 3);
    }

    #[test]
    fn numbers_of_pages_have_many_forms() {
        for text in ["1", "- 12 -", "Page 3 of 10", "3/10", "Seite 4 von 7", "iv", "[2]"] {
            assert!(is_page_number(&masked(text)), "{text}");
        }
        for text in ["12 patients", "Page", "1, 2, 3", "Room 4"] {
            assert!(!is_page_number(&masked(text)), "{text}");
        }
    }
}
