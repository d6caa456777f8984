//! Names in a narrow column of their own, beside what is said.
//!
//! In: the rows of one column of a page after the other. Out: whether each row opens with such a name, and the same
//! rows with the name set apart where the gap behind it is as narrow as between words. It is sure only where all
//! else starts where the words beside the names do, and the names recur; text that stands so by chance stays.

use std::collections::HashMap;

use super::super::super::super::speakers::key;
use super::super::rows::Row;
use super::columns::Column;
use super::usual;

/// Rows with names, at least, and how often most names occur.
const FEWEST: usize = 4;
const TIMES: usize = 2;
/// The part of the rows that start elsewhere, such as titles, and of names that occur once, at most.
const OTHERS: f32 = 0.05;
const RARE: f32 = 0.1;
/// Words and characters of a name.
const WORDS: usize = 3;
const CHARACTERS: usize = 30;
/// Places that differ by less are the same, in points.
const SAME_PLACE: f32 = 1.5;

/// How a row of a column stands to the words beside names.
enum Kind {
    Name(String),
    Words,
    Other,
}

/// For each row of each column whether it opens with a name beside its words.
pub(super) fn set_apart(columns: &mut [Column]) -> Vec<Vec<bool>> {
    let places: Vec<Option<f32>> = columns.iter().map(|column| words_start(&column.rows)).collect();
    let mut names: HashMap<String, usize> = HashMap::new();
    let (mut rows, mut others) = (0, 0);
    let in_place = || columns.iter().zip(&places);
    for (column, place) in in_place() {
        for row in &column.rows {
            rows += 1;
            match place.map_or(Kind::Other, |place| kind(row, place)) {
                Kind::Name(name) => *names.entry(name).or_default() += 1,
                Kind::Words => {}
                Kind::Other => others += 1,
            }
        }
    }
    let named: usize = names.values().sum();
    let rare: usize = names.values().filter(|&&times| times < TIMES).sum();
    let is_sure = named >= FEWEST && rare as f32 <= RARE * named as f32 && others as f32 <= OTHERS * rows as f32;
    if !is_sure {
        return columns.iter().map(|column| vec![false; column.rows.len()]).collect();
    }
    let divide = |(column, place): (&mut Column, &Option<f32>)| {
        column.rows.iter_mut().map(|row| place.is_some_and(|place| divide(row, place))).collect()
    };
    columns.iter_mut().zip(&places).map(divide).collect()
}

/// Where most words beside names start.
fn words_start(rows: &[Row]) -> Option<f32> {
    let left = rows.iter().map(Row::start).fold(f32::INFINITY, f32::min);
    let starts = rows.iter().flat_map(|row| {
        let first = row.pieces.first().filter(|piece| piece.start - left < SAME_PLACE);
        let behind = first.into_iter().flat_map(|piece| piece.gaps.iter().map(|gap| gap.start));
        let next = row.pieces.get(usize::from(first.is_some())).map(|piece| piece.start);
        next.into_iter().chain(behind)
    });
    let starts: Vec<(f32, usize)> = starts.filter(|start| start - left > SAME_PLACE).map(|start| (start, 1)).collect();
    (!starts.is_empty()).then(|| usual(starts.into_iter()))
}

fn kind(row: &Row, place: f32) -> Kind {
    if row.start() > place - SAME_PLACE {
        return Kind::Words;
    }
    let name = name_beside(row, place).map(|(name, _)| name.trim_end_matches([':', '.']));
    let is_name = |name: &&str| {
        name.starts_with(char::is_uppercase)
            && name.chars().count() <= CHARACTERS
            && name.split_whitespace().count() <= WORDS
    };
    name.filter(is_name).map_or(Kind::Other, |name| Kind::Name(key(name)))
}

/// What stands before the words that start at a place, with the number of the gap in the first piece that parts
/// them, if it is there.
fn name_beside(row: &Row, place: f32) -> Option<(&str, Option<usize>)> {
    let is_there = |start: f32| (start - place).abs() < SAME_PLACE;
    let first = row.pieces.first()?;
    if let Some(gap) = first.gaps.iter().position(|gap| is_there(gap.start)) {
        return Some((first.text.get(..first.gaps[gap].at)?.trim(), Some(gap)));
    }
    row.pieces.get(1).filter(|next| is_there(next.start)).map(|_| (first.text.as_str(), None))
}

/// Sets the name of a row apart, if it has one.
fn divide(row: &mut Row, place: f32) -> bool {
    if !matches!(kind(row, place), Kind::Name(_)) {
        return false;
    }
    let gap = name_beside(row, place).and_then(|(_, gap)| gap);
    if let Some(at) = gap {
        let whole = row.pieces.remove(0);
        let (before, after) = whole.parted(at);
        row.pieces.insert(0, after);
        row.pieces.insert(0, before);
    }
    if let Some(words) = row.pieces.get_mut(1) {
        words.is_set_apart = true;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::super::rows::{Row, rows, tests::set};
    use super::*;

    /// Rows of names and the words beside them, with a gap of 8 points behind a name of two letters, and which of
    /// them open with a name.
    fn read(lines: &[(&str, &str)]) -> Vec<(bool, String)> {
        let glyphs = lines.iter().enumerate().flat_map(|(at, (name, words))| {
            let height = 700.0 - 14.0 * at as f32;
            set(name, 50.0, height, 10.0).into_iter().chain(set(words, 68.0, height, 10.0))
        });
        let mut columns = [Column { rows: rows(glyphs.collect()), of: 1 }];
        let opens = set_apart(&mut columns).remove(0);
        opens.into_iter().zip(columns[0].rows.iter().map(Row::text)).collect()
    }

    const TALK: [(&str, &str); 6] = [
        ("AH", "How did you come to that?"),
        ("TR", "My neighbour left me two hives when she"),
        ("", "moved to the coast."),
        ("AH", "What was hard?"),
        ("TR", "The winter. I had no idea that they"),
        ("", "could starve."),
    ];

    #[test]
    fn names_with_a_narrow_gap_are_set_apart() {
        let found = read(&TALK);
        assert_eq!(found[1], (true, "TR\tMy neighbour left me two hives when she".to_owned()));
        assert_eq!(found[2], (false, "moved to the coast.".to_owned()));
        assert_eq!(found.iter().filter(|(opens, _)| *opens).count(), 4);
    }

    #[test]
    fn words_that_stand_so_by_chance_stay() {
        // Nobody is named twice, in small letters, or where most lines start with the names.
        let once = ["AH", "TR", "", "BK", "CL", ""];
        let small = ["so", "he", "", "so", "he", ""];
        for names in [once, small] {
            let lines: Vec<(&str, &str)> =
                names.into_iter().zip(TALK).map(|(name, (_, words))| (name, words)).collect();
            let found = read(&lines);
            assert!(found.iter().all(|(opens, text)| !opens && !text.contains('\t')), "{found:?}");
        }
        let mut lines = TALK.to_vec();
        lines.extend([("And so it went on for years", ""), ("until it all came to an end", "")]);
        assert!(read(&lines).iter().all(|(opens, _)| !opens));
    }
}
