//! Times of the recording in the margin of a PDF's pages, such as the first column of a table, whose cells put them
//! beside the middle of what is said.
//!
//! In: the rows of all pages. Out: the same without the times at one place that stand apart from all words, where some
//! of them stand between the lines or beside one that goes on; and how many these were. Times beside labels that come
//! again stay, and so do all times of a text of which none stands within what is said. It never moves a word.

use std::collections::HashMap;

use super::super::super::labels;
use super::super::super::speakers::{Names, key};
use super::rows::Row;

/// Times of a document, at least; of these within what is said, at least, and one in so many.
const FEWEST: usize = 4;
const WITHIN: usize = 3;
const ONE_IN: usize = 10;
/// Lines are farther from each other than this part of their size: what is closer to two stands between them.
const CLOSE: f32 = 0.9;
/// Words beside a time that go on with a line, at least: fewer may be a name.
const WORDS: usize = 3;
/// Places that are counted as one, in points.
const SAME_PLACE: f32 = 4.0;

/// A time at one edge of a row.
#[derive(Clone, Copy)]
struct Time {
    /// Index of its row.
    row: usize,
    start: f32,
    end: f32,
    size: f32,
    /// The byte of its piece at which words start behind a narrow gap, or 0 where the piece is the time alone.
    words: usize,
}

impl Time {
    /// Whether two stand below each other, their starts or their ends.
    fn is_below(&self, other: &Self) -> bool {
        let near = |a: f32, b: f32| (a - b).abs() < self.size.max(other.size);
        near(self.start, other.start) || near(self.end, other.end)
    }
}

/// Takes the times of either margin out of the pages, and says how many there were.
pub(super) fn take_out(pages: &mut [(usize, Vec<Row>)], names: &Names) -> usize {
    let taken = take_out_at(pages, true, names) + take_out_at(pages, false, names);
    pages.iter_mut().for_each(|(_, rows)| rows.retain(|row| !row.pieces.is_empty()));
    taken
}

fn take_out_at(pages: &mut [(usize, Vec<Row>)], at_left: bool, names: &Names) -> usize {
    let mut found: Vec<Vec<Time>> = pages.iter().map(|(_, rows)| times(rows, at_left)).collect();
    let Some(place) = place(&found, at_left) else { return 0 };
    found.iter_mut().for_each(|times| times.retain(|time| time.is_below(&place)));
    let count = |found: &[Vec<Time>]| found.iter().map(Vec::len).sum::<usize>();
    let n_there = count(&found);
    let mut within = 0;
    for (times, (_, rows)) in found.iter_mut().zip(pages.iter()) {
        if are_apart(rows, times, at_left) {
            within += (0..times.len()).filter(|&at| is_within(rows, times, at, at_left, names)).count();
        } else {
            times.clear();
        }
    }
    let n = count(&found);
    if n < FEWEST || n * 2 < n_there || within < WITHIN || within * ONE_IN < n {
        return 0;
    }
    let counts = labels_of(pages, &found, at_left, names);
    let mut taken = 0;
    for (times, (_, rows)) in found.iter().zip(pages.iter_mut()) {
        for time in times {
            let label = label_of(&words_beside(&rows[time.row], time, at_left), names);
            let recurs = |label: &String| counts.get(label).is_some_and(|&n| n > 1) || names.strong(label).is_some();
            if !label.is_some_and(|label| recurs(&label)) {
                remove(&mut rows[time.row], time, at_left);
                taken += 1;
            }
        }
    }
    taken
}

/// The rows with a time at this edge.
fn times(rows: &[Row], at_left: bool) -> Vec<Time> {
    let time = |(row, of): (usize, &Row)| {
        let piece = if at_left { of.pieces.first() } else { of.pieces.last() }?;
        let time = |end: f32, words: usize| Time { row, start: piece.start, end, size: piece.size, words };
        if is_time(&piece.text) {
            return Some(time(piece.end, 0));
        }
        let gap = piece.gaps.first().filter(|_| at_left)?;
        let (before, behind) = piece.text.split_at_checked(gap.at)?;
        (is_time(before) && !behind.trim().is_empty()).then(|| time(gap.end, gap.at))
    };
    rows.iter().enumerate().filter_map(time).collect()
}

/// `00:12:03`, `[0:03]`, `(00:12 - 00:20)`
fn is_time(text: &str) -> bool {
    let text = text.trim();
    let inner = text.strip_prefix(['[', '(']).and_then(|inner| inner.strip_suffix([']', ')'])).unwrap_or(text);
    let mut ends = inner.split(['-', '–', '—']);
    ends.clone().count() <= 2 && ends.all(|end| labels::time(end).is_some())
}

/// One of the times at the place where most start, the outermost of several.
fn place(found: &[Vec<Time>], at_left: bool) -> Option<Time> {
    let mut counts: HashMap<i64, (usize, Time)> = HashMap::new();
    for time in found.iter().flatten() {
        counts.entry((time.start / SAME_PLACE).round() as i64).or_insert((0, *time)).0 += 1;
    }
    let most = counts.into_iter().max_by_key(|&(at, (n, _))| (n, if at_left { -at } else { at }));
    most.map(|(_, (_, time))| time)
}

/// Whether all rows from the first time of a page to the last have their words on the other side of the times, and so
/// has a row without a time there, or the next one.
fn are_apart(rows: &[Row], times: &[Time], at_left: bool) -> bool {
    let (Some(first), Some(last)) = (times.first(), times.last()) else { return true };
    let edges = times.iter().map(|time| if at_left { time.end } else { -time.start });
    let edge = edges.fold(f32::NEG_INFINITY, f32::max);
    let at_edge = |row: &Row, skipped: usize| {
        let next = if at_left { row.pieces.get(skipped) } else { row.pieces.iter().rev().nth(skipped) };
        next.map(|piece| if at_left { piece.start } else { -piece.end })
    };
    let next_to = [first.row.checked_sub(1), Some(last.row + 1)].into_iter().flatten();
    let mut is_shown = next_to.filter_map(|at| at_edge(rows.get(at)?, 0)).any(|start| start > edge);
    let mut left = times;
    for (at, row) in rows.iter().enumerate().take(last.row + 1).skip(first.row) {
        let time = left.split_first().filter(|(time, _)| time.row == at);
        let start = match time {
            // Its words stand behind a gap of the same piece.
            Some((time, _)) if time.words > 0 => None,
            Some(_) => at_edge(row, 1),
            None => at_edge(row, 0),
        };
        if start.is_some_and(|start| start <= edge) {
            return false;
        }
        is_shown |= time.is_none();
        left = time.map_or(left, |(_, rest)| rest);
    }
    is_shown
}

/// Whether a time stands within what is said: between two lines, or beside one that goes on from the line above, at the
/// right beside one that goes on below.
fn is_within(rows: &[Row], times: &[Time], at: usize, at_left: bool, names: &Names) -> bool {
    let time = &times[at];
    let row = &rows[time.row];
    let (above, below) = (time.row.checked_sub(1).and_then(|above| rows.get(above)), rows.get(time.row + 1));
    let words = words_beside(row, time, at_left);
    if words.is_empty() {
        let is_close =
            |other: Option<&Row>| other.is_some_and(|other| (other.height - row.height).abs() < CLOSE * other.size);
        return is_close(above) && is_close(below);
    }
    let has_time = |row: usize| times.iter().any(|time| time.row == row);
    let (first, second) = if at_left {
        let above = above.filter(|_| !has_time(time.row - 1));
        (above.map(Row::text), Some(words.clone()))
    } else {
        let below = below.filter(|_| !has_time(time.row + 1));
        (Some(words.clone()), below.map(Row::text))
    };
    let (Some(first), Some(second)) = (first, second) else { return false };
    words.split_whitespace().count() >= WORDS
        && second.starts_with(char::is_lowercase)
        && !first.ends_with(['.', '?', '!', '…', ':'])
        && label_of(&second, names).is_none()
}

/// What a row says beside its time.
fn words_beside(row: &Row, time: &Time, at_left: bool) -> String {
    let of_time = if at_left { 0 } else { row.pieces.len().saturating_sub(1) };
    let texts = row.pieces.iter().enumerate().filter_map(|(at, piece)| {
        if at != of_time {
            return Some(piece.text.as_str());
        }
        piece.text.get(time.words..).filter(|_| time.words > 0)
    });
    texts.collect::<Vec<&str>>().join("\t")
}

/// How often rows open with each label, those beside times included.
fn labels_of(pages: &[(usize, Vec<Row>)], found: &[Vec<Time>], at_left: bool, names: &Names) -> HashMap<String, usize> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (times, (_, rows)) in found.iter().zip(pages) {
        let mut times = times.iter().peekable();
        for (at, row) in rows.iter().enumerate() {
            let time = times.next_if(|time| time.row == at);
            let text = time.map_or_else(|| row.text(), |time| words_beside(row, time, at_left));
            if let Some(label) = label_of(&text, names) {
                *counts.entry(label).or_default() += 1;
            }
        }
    }
    counts
}

fn label_of(text: &str, names: &Names) -> Option<String> {
    labels::opening(text, names).map(|opening| key(&opening.label))
}

/// Takes a time out of its row. The first word behind it, where both are one piece, gets its part of the width.
fn remove(row: &mut Row, time: &Time, at_left: bool) {
    if time.words == 0 {
        row.pieces.remove(if at_left { 0 } else { row.pieces.len() - 1 });
        return;
    }
    let piece = &mut row.pieces[0];
    let gap = piece.gaps.remove(0);
    piece.text = piece.text.split_off(gap.at);
    let letters = |text: &str| text.chars().count() as f32;
    let first = piece.text.split_whitespace().next().map_or(0.0, letters);
    piece.start = gap.start;
    piece.first_word = gap.start + (piece.end - gap.start) * first / letters(&piece.text).max(1.0);
    piece.lead = piece.lead.saturating_sub(gap.at);
    piece.gaps.iter_mut().for_each(|later| later.at = later.at.saturating_sub(gap.at));
}

#[cfg(test)]
mod tests {
    use super::super::rows::{rows, tests::set};
    use super::*;

    /// Lines with the times beside them, those behind `~` half a line lower, and how many were taken out.
    fn read(lines: &[(&str, &str)], times_at: f32, words_at: f32) -> (Vec<String>, usize) {
        let glyphs = lines.iter().enumerate().flat_map(|(at, (time, words))| {
            let height = 760.0 - 14.0 * at as f32;
            let (time, lower) = time.strip_prefix('~').map_or((*time, 0.0), |time| (time, 7.0));
            set(words, words_at, height, 10.0).into_iter().chain(set(time, times_at, height - lower, 10.0))
        });
        let mut pages = vec![(1, rows(glyphs.collect()))];
        let taken = take_out(&mut pages, &Names::default());
        (pages[0].1.iter().map(Row::text).collect(), taken)
    }

    const TALK: [(&str, &str); 10] = [
        ("00:10:02", "Ann: How did you come to keep bees?"),
        ("", "Tom: My neighbour left me two hives when"),
        ("~00:10:09", "she moved to the coast, that was all,"),
        ("", "and nobody else wanted to have them."),
        ("", "Ann: And what was the hardest part of it?"),
        ("", "Tom: The winter. I had no idea that they"),
        ("00:10:31", "could starve in March, with flowers out,"),
        ("~00:10:40", "as long as it rains on all of them, and"),
        ("", "Ann: And who helped you then, if anybody"),
        ("~00:11:02", "Tom: My sister, mostly, and a man I met."),
    ];

    #[test]
    fn times_beside_the_middle_of_what_is_said_are_left_out() {
        let mut talk = TALK.to_vec();
        talk.push(("", "in the pub, who had some hives."));
        let words: Vec<&str> = talk.iter().map(|(_, words)| *words).collect();
        // At the left, with a gap as narrow as between words, too, and at the right.
        for (times_at, words_at) in [(50.0, 120.0), (50.0, 105.0), (50.0, 100.0), (400.0, 72.0)] {
            let (found, taken) = read(&talk, times_at, words_at);
            assert_eq!(found[1..], words[1..], "{times_at} {words_at}");
            assert_eq!(taken, 4);
            // One in front of a label stays.
            assert!(found[0].contains("00:10:02") && found[0].contains("Ann: How"), "{found:?}");
        }
    }

    #[test]
    fn what_goes_on_behind_a_time_keeps_its_place() {
        let glyphs = [set("00:10:31", 50.0, 700.0, 10.0), set("could starve in", 100.0, 700.0, 10.0)].concat();
        let mut row = rows(glyphs).remove(0);
        assert_eq!(row.pieces.len(), 1);
        let time = times(std::slice::from_ref(&row), true)[0];
        remove(&mut row, &time, true);
        let piece = &row.pieces[0];
        assert_eq!((piece.text.as_str(), piece.start), ("could starve in", 100.0));
        assert!((piece.first_word - 125.0).abs() < 0.1, "{piece:?}");
    }

    #[test]
    fn times_that_open_turns_and_paragraphs_stay() {
        let opening = [
            ("00:01", "Ann: How did you come to keep bees?"),
            ("00:07", "Tom: My neighbour left me two hives when"),
            ("", "she moved to the coast, that was all."),
            ("00:15", "Ann: And what was the hardest part?"),
            ("00:19", "Tom: The winter. I had no idea that they"),
            ("", "could starve in March, with flowers out."),
        ]
        .repeat(2);
        assert_eq!(read(&opening, 50.0, 120.0).1, 0);
        // Without labels, and one line after the other in small letters.
        let bare = |words: &'static str| words.split_once(": ").map_or(words, |(_, words)| words);
        let unlabelled: Vec<(&str, &str)> = opening.iter().map(|&(time, words)| (time, bare(words))).collect();
        assert_eq!(read(&unlabelled, 50.0, 120.0).1, 0);
        let small = [("0:01", "hello and welcome to"), ("0:04", "the show that we do"), ("0:08", "on all our days")];
        assert_eq!(read(&small.repeat(3), 50.0, 120.0).1, 0);
        // Times above names.
        let stamps = [("Ann Hall", "0:03"), ("and so we", ""), ("left again", "")].repeat(4);
        let stamps: Vec<(&str, &str)> = stamps.iter().map(|&(words, time)| (time, words)).collect();
        assert_eq!(read(&stamps, 300.0, 72.0).1, 0);
    }

    #[test]
    fn times_that_are_said_stay() {
        // Where lines start that are broken there, in a text as wide.
        let said = [
            ("", "and so we all went down to the harbour at"),
            ("", "00:30   on a night when nobody was about"),
            ("", "and the last of the boats had come in by"),
        ]
        .repeat(5);
        assert_eq!(read(&said, 50.0, 72.0).1, 0);
        // Few.
        assert_eq!(read(&TALK[..8], 50.0, 120.0).1, 0);
    }
}
