//! Notes in the margin of a PDF's pages: codes and memos that somebody wrote beside the words of a transcript.
//!
//! In: the rows of all pages. Out: the same without short pieces that stand below each other at one place, apart from
//! words that open with the labels of speakers and none of which reaches there; and which these were. Names beside the
//! words, a second column, times and numbers are no notes, and neither is what stands there two or three times.

use std::collections::HashMap;

use super::super::super::labels;
use super::super::super::speakers::{Names, key};
use super::rows::{Piece, Row};

/// Notes of a document, at least.
const FEWEST: usize = 4;
/// Characters of most notes, and of each, at most.
const SHORT: usize = 32;
const LONGEST: usize = 60;
/// Parts of all rows that have one, and of all characters that are theirs, at most.
const ROWS: f32 = 0.6;
const CHARACTERS: f32 = 0.25;
/// Rows whose words reach into the margin, as parts of those with notes, at most.
const INTO: f32 = 0.05;
/// Places that are tried on either side.
const PLACES: usize = 6;
/// Places that differ by less are the same, in points; the gap to the words, as a part of the font's size.
const SAME_PLACE: f32 = 1.5;
const GAP: f32 = 0.5;

/// What was left out.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Notes {
    /// The first of them.
    pub(super) texts: Vec<String>,
    pub(super) n: usize,
    /// Numbers of their pages.
    pub(super) pages: Vec<usize>,
}

/// Takes the notes of one margin out of the pages, or none.
pub(super) fn take_out(pages: &mut [(usize, Vec<Row>)], names: &Names) -> Notes {
    let place = [false, true].into_iter().find_map(|at_left| {
        let start = places(pages, at_left).into_iter().find(|&start| are_notes(pages, start, at_left, names))?;
        Some((start, at_left))
    });
    let mut notes = Notes::default();
    let Some((start, at_left)) = place else { return notes };
    for (page, rows) in pages.iter_mut() {
        for row in rows.iter_mut() {
            if let Some(at) = note(row, start, at_left) {
                let note = row.pieces.remove(at);
                notes.n += 1;
                notes.texts.push(note.text);
                notes.pages.push(*page);
            }
        }
        rows.retain(|row| !row.pieces.is_empty());
    }
    notes.pages.dedup();
    notes
}

/// Where pieces start that may be notes, the place with most of them first.
fn places(pages: &[(usize, Vec<Row>)], at_left: bool) -> Vec<f32> {
    let mut counts: HashMap<i64, (usize, f32)> = HashMap::new();
    for row in pages.iter().flat_map(|(_, rows)| rows) {
        let piece = if at_left { row.pieces.first() } else { row.pieces.last() };
        if let Some(piece) = piece.filter(|piece| is_text(piece)) {
            counts.entry((piece.start / SAME_PLACE).round() as i64).or_insert((0, piece.start)).0 += 1;
        }
    }
    let mut found: Vec<(usize, f32)> = counts.into_values().filter(|(n, _)| *n >= FEWEST).collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.total_cmp(&b.1)));
    found.into_iter().map(|(_, start)| start).take(PLACES).collect()
}

/// Whether a piece is words, and few.
fn is_text(piece: &Piece) -> bool {
    let letters = piece.text.chars().filter(|c| c.is_alphabetic()).count();
    letters > 1 && letters * 2 > piece.text.chars().filter(|c| !c.is_whitespace()).count() && is_short(piece)
}

fn is_short(piece: &Piece) -> bool {
    piece.text.chars().count() <= LONGEST
}

/// Which piece of a row is a note that starts at a place: its last, or its first, apart from the others.
fn note(row: &Row, start: f32, at_left: bool) -> Option<usize> {
    let at = if at_left { 0 } else { row.pieces.len().checked_sub(1)? };
    let piece = row.pieces.get(at).filter(|piece| (piece.start - start).abs() < SAME_PLACE && is_text(piece))?;
    let gap = match (at_left, row.pieces.len()) {
        (_, 1) => f32::INFINITY,
        (true, _) => row.pieces[1].start - piece.end,
        (false, _) => piece.start - row.pieces[at - 1].end,
    };
    (gap > GAP * row.size).then_some(at)
}

/// Whether what starts at a place are notes beside the words of speakers.
fn are_notes(pages: &[(usize, Vec<Row>)], start: f32, at_left: bool, names: &Names) -> bool {
    let (mut words, mut notes): (Vec<String>, Vec<&str>) = (Vec::new(), Vec::new());
    let (mut n_rows, mut into) = (0, 0);
    let mut leads: Vec<String> = Vec::new();
    // In the margin at the left, words start behind all notes.
    let all = || pages.iter().flat_map(|(_, rows)| rows);
    let noted = all().filter_map(|row| Some(&row.pieces[note(row, start, at_left)?]));
    let end = noted.map(|piece| piece.end).fold(start, f32::max);
    for row in all() {
        n_rows += 1;
        let found = note(row, start, at_left);
        if let Some(at) = found {
            notes.push(&row.pieces[at].text);
        }
        let others = || row.pieces.iter().enumerate().filter(|(at, _)| Some(*at) != found).map(|(_, piece)| piece);
        let reaches = |piece: &Piece| if at_left { piece.start < end } else { piece.end > start };
        into += usize::from(others().any(|piece| reaches(piece) && piece.text.contains(char::is_alphabetic)));
        let lead = others().next().and_then(|first| first.text.get(..first.lead)).filter(|lead| !lead.is_empty());
        leads.extend(lead.map(key));
        let text: Vec<&str> = others().map(|piece| piece.text.as_str()).collect();
        words.extend((!text.is_empty()).then(|| text.join("\t")));
    }
    let count = |texts: &mut dyn Iterator<Item = &str>| texts.map(|text| text.chars().count()).sum::<usize>() as f32;
    let (said, noted) = (count(&mut words.iter().map(String::as_str)), count(&mut notes.iter().copied()));
    let n_short = notes.iter().filter(|note| note.chars().count() <= SHORT).count();
    notes.len() >= FEWEST
        && n_short * 10 >= notes.len() * 9
        && notes.len() as f32 <= ROWS * n_rows as f32
        && noted <= CHARACTERS * said
        && into as f32 <= INTO * notes.len() as f32
        && are_labelled(&words.join("\n"), leads, &notes, names)
}

/// Whether the words alone have labels that come again, or open with names in bold letters that do, and no note is one
/// of them.
fn are_labelled(words: &str, leads: Vec<String>, notes: &[&str], names: &Names) -> bool {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let labels = labels::divide(words, names).unwrap_or_default().into_iter().map(|stretch| key(&stretch.label));
    labels.chain(leads).for_each(|label| *counts.entry(label).or_default() += 1);
    counts.retain(|label, n| *n > 1 && !label.is_empty());
    let is_label = |note: &&&str| counts.contains_key(&key(note.trim_end_matches(':')));
    counts.len() > 1 && notes.iter().filter(is_label).count() == 0
}

#[cfg(test)]
mod tests {
    use super::super::rows::{rows, tests::set};
    use super::*;

    /// A page of words, with notes beside them that start at a place.
    fn page(lines: &[(&str, &str)], words_at: f32, notes_at: f32) -> Vec<(usize, Vec<Row>)> {
        let glyphs = lines.iter().enumerate().flat_map(|(at, (words, note))| {
            let height = 760.0 - 14.0 * at as f32;
            set(words, words_at, height, 10.0).into_iter().chain(set(note, notes_at, height, 10.0))
        });
        vec![(1, rows(glyphs.collect()))]
    }

    fn read(lines: &[(&str, &str)], words_at: f32, notes_at: f32) -> (Vec<String>, usize) {
        let mut pages = page(lines, words_at, notes_at);
        let notes = take_out(&mut pages, &Names::default());
        (pages[0].1.iter().map(Row::text).collect(), notes.n)
    }

    const TALK: [(&str, &str); 8] = [
        ("Ann: How did you come to keep bees?", ""),
        ("Tom: My neighbour left me two hives when", "chance"),
        ("she moved to the coast, that was all.", ""),
        ("Ann: And what was the hardest part of it?", "turning point"),
        ("Tom: The winter. I had no idea that they", ""),
        ("could starve in March, with flowers out.", "loss"),
        ("Ann: And who helped you then, if anybody?", ""),
        ("Tom: My sister, mostly, and a man I met.", "family"),
    ];

    #[test]
    fn notes_beside_the_words_are_left_out_on_either_side() {
        let words: Vec<&str> = TALK.iter().map(|(words, _)| *words).collect();
        for (words_at, notes_at) in [(72.0, 330.0), (150.0, 40.0)] {
            assert_eq!(read(&TALK, words_at, notes_at), (words.iter().map(|it| (*it).to_owned()).collect(), 4));
        }
    }

    #[test]
    fn names_answers_and_few_words_are_no_notes() {
        let beside = |of: fn(usize, &'static str) -> (&'static str, &'static str)| -> Vec<(&str, &str)> {
            TALK.iter().enumerate().map(|(at, (words, _))| of(at, words)).collect()
        };
        // Names beside words, answers beside questions, and few notes.
        let unlabelled = |words: &'static str| words.split_once(": ").map_or(words, |(_, words)| words);
        let named: Vec<(&str, &str)> =
            TALK.iter().enumerate().map(|(at, (words, _))| (unlabelled(words), ["Ann:", "Tom:"][at % 2])).collect();
        assert_eq!(read(&named, 150.0, 40.0).1, 0);
        let answers: Vec<(&str, &str)> = TALK.iter().map(|(words, _)| (unlabelled(words), "So we did")).collect();
        assert_eq!(read(&answers, 72.0, 330.0).1, 0);
        assert_eq!(read(&beside(|at, words| (words, if at % 3 == 0 { "chance" } else { "" })), 72.0, 330.0).1, 0);
        // Times, and words that reach there.
        assert_eq!(read(&beside(|at, words| (words, if at % 2 == 0 { "00:12" } else { "" })), 72.0, 330.0).1, 0);
        let mut across = TALK.to_vec();
        across.push(("Ann: And after that, was there anything else that you would want to say about it?", ""));
        assert_eq!(read(&across, 72.0, 330.0).1, 0);
    }
}
