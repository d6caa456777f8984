//! Numbers of lines in the margin of a PDF's pages.
//!
//! In: the rows of all pages. Out: the same without the numbers that count their lines: at one place beside the
//! text, apart from it, rising evenly; and the pages that may still have some. The number of a page is none,
//! wherever it stands, and neither are numbers that people say.

use super::rows::Row;

/// Fewer numbers on a page are a chance.
const FEWEST: usize = 3;
/// From so many on that rise as lines do and yet are not taken out, a reader is told.
const DOUBTFUL: usize = 5;
const MAX_STEP: u32 = 20;

/// A number at one edge of a row.
#[derive(Clone, Copy, Debug)]
struct Number {
    /// Index of its row.
    row: usize,
    value: u32,
    start: f32,
    end: f32,
    size: f32,
    /// Whether nothing else stands in the row.
    is_alone: bool,
}

impl Number {
    /// Whether two stand below each other, their first or their last digits.
    fn is_below(&self, other: &Self) -> bool {
        let near = |a: f32, b: f32| (a - b).abs() < self.size.max(other.size);
        near(self.start, other.start) || near(self.end, other.end)
    }
}

/// Numbers of lines on a page.
#[derive(Clone, Copy)]
struct Numbering {
    /// From one to the next.
    step: u32,
    /// One of them.
    number: Number,
}

/// Takes numbers of lines out of the pages. A page with few of them, or with gaps in them, has those that stand
/// where they do on another page and go on in its steps. Returns the numbers of the pages where numbers that may be
/// of lines stay.
pub(super) fn take_out(pages: &mut [(usize, Vec<Row>)]) -> Vec<usize> {
    let mut doubtful = Vec::new();
    for at_left in [true, false] {
        let found: Vec<Option<Numbering>> = pages.iter_mut().map(|(_, rows)| take_out_of(rows, at_left)).collect();
        let known = found.iter().flatten().next().copied();
        for (at, (page, rows)) in pages.iter_mut().enumerate().filter(|(at, _)| found[*at].is_none()) {
            let is_found = |at: usize| found.get(at).is_some_and(Option::is_some);
            let is_beside = is_found(at + 1) || at.checked_sub(1).is_some_and(is_found);
            let stays = match known {
                Some(known) => !take_out_as_on(known, is_beside, rows, at_left),
                None => seem_numbered(rows, at_left),
            };
            doubtful.extend(stays.then_some(*page));
        }
    }
    pages.iter_mut().for_each(|(_, rows)| rows.retain(|row| !row.pieces.is_empty()));
    doubtful.sort_unstable();
    doubtful.dedup();
    doubtful
}

/// Takes them out of a page that shows by itself that they are numbers of lines.
fn take_out_of(rows: &mut [Row], at_left: bool) -> Option<Numbering> {
    let column = column(numbers(rows, at_left), at_left);
    let numbers = without_page_number(&column).into_iter().find(|numbers| count_lines(numbers))?;
    if !are_apart(rows, numbers, at_left) {
        return None;
    }
    remove(rows, numbers, at_left);
    Some(Numbering { step: numbers[1].value - numbers[0].value, number: numbers[numbers.len() - 1] })
}

/// Takes out what goes on with the numbers of another page; says whether none is left where they stand there.
fn take_out_as_on(known: Numbering, is_beside: bool, rows: &mut [Row], at_left: bool) -> bool {
    let mut column = numbers(rows, at_left);
    column.retain(|number| number.is_below(&known.number));
    let goes_on = |numbers: &[Number]| {
        numbers.windows(2).all(|pair| pair[0].value < pair[1].value)
            && numbers.iter().all(|number| number.value % known.step == known.number.value % known.step)
    };
    let numbers = without_page_number(&column).into_iter().find(|numbers| goes_on(numbers)).unwrap_or_default();
    let is_sure = !numbers.is_empty() && (is_beside || numbers.len() >= FEWEST);
    if is_sure && are_apart(rows, numbers, at_left) {
        remove(rows, numbers, at_left);
        return true;
    }
    column.iter().all(|number| number.is_alone)
}

/// Whether numbers beside the text rise about as its lines do, which may be a chance.
fn seem_numbered(rows: &[Row], at_left: bool) -> bool {
    let column = column(numbers(rows, at_left), at_left);
    without_page_number(&column).into_iter().any(|numbers| {
        let (Some(first), Some(last)) = (numbers.first(), numbers.last()) else { return false };
        let rises = numbers.windows(2).all(|pair| pair[0].value < pair[1].value);
        let lines = last.row - first.row;
        let counted = last.value.saturating_sub(first.value) as usize;
        let as_lines = counted <= 2 * lines && lines <= 2 * counted;
        numbers.len() >= DOUBTFUL && rises && as_lines && are_apart(rows, numbers, at_left)
    })
}

/// The rows with a number at this edge.
fn numbers(rows: &[Row], at_left: bool) -> Vec<Number> {
    let number = |(row, of): (usize, &Row)| {
        let piece = if at_left { of.pieces.first() } else { of.pieces.last() }?;
        let value = piece.text.parse().ok().filter(|_| piece.text.len() <= 5)?;
        let is_alone = of.pieces.len() == 1;
        Some(Number { row, value, start: piece.start, end: piece.end, size: piece.size, is_alone })
    };
    rows.iter().enumerate().filter_map(number).collect()
}

/// The most numbers that stand below each other, those farthest from the text where several are as many.
fn column(numbers: Vec<Number>, at_left: bool) -> Vec<Number> {
    let beside = |number: &Number| numbers.iter().filter(|other| other.is_below(number)).count();
    let out = |number: &Number| if at_left { -number.end } else { number.start };
    let most = numbers.iter().max_by(|a, b| beside(a).cmp(&beside(b)).then(out(a).total_cmp(&out(b))));
    let Some(&most) = most else { return numbers };
    numbers.into_iter().filter(|number| number.is_below(&most)).collect()
}

/// All of them, and without those that stand alone at the foot and the top, as the number of a page does.
fn without_page_number(numbers: &[Number]) -> Vec<&[Number]> {
    let is_alone = |number: Option<&Number>| number.is_some_and(|number| number.is_alone);
    let (last, n) = (is_alone(numbers.last()), numbers.len());
    let ends = [Some(n), last.then(|| n - 1)];
    let from = |start: usize| ends.into_iter().flatten().filter_map(move |end| numbers.get(start..end));
    if is_alone(numbers.first()) { from(0).chain(from(1)).collect() } else { from(0).collect() }
}

/// Whether numbers rise evenly, and as the lines do.
fn count_lines(numbers: &[Number]) -> bool {
    if numbers.len() < FEWEST {
        return false;
    }
    let step = numbers[1].value.saturating_sub(numbers[0].value);
    let steady = numbers.windows(2).all(|pair| pair[1].value.checked_sub(pair[0].value) == Some(step));
    // A number on each fifth line stands five lines below the last; some numbered lines are empty.
    let lines = numbers[numbers.len() - 1].row - numbers[0].row + 1;
    let counted = (numbers.len() - 1) * step as usize;
    (1..=MAX_STEP).contains(&step) && steady && lines <= counted + 1 && lines * 2 >= counted
}

/// Whether all else stands on one side of the numbers, what may be the head, the foot or the number of the page aside.
fn are_apart(rows: &[Row], numbers: &[Number], at_left: bool) -> bool {
    let outermost = numbers.iter().map(|number| if at_left { number.end } else { -number.start });
    let outermost = outermost.fold(f32::NEG_INFINITY, f32::max);
    let (mut first, mut last) = (rows.len(), 0);
    for number in numbers {
        (first, last) = (first.min(number.row), last.max(number.row));
    }
    rows.iter().enumerate().all(|(at, row)| {
        let is_edge = (at == 0 && first > 0) || (at + 1 == rows.len() && last < at);
        let is_number = row.pieces.len() == 1 && row.pieces[0].text.bytes().all(|b| b.is_ascii_digit());
        let skipped = usize::from(numbers.iter().any(|number| number.row == at));
        let next = if at_left { row.pieces.get(skipped) } else { row.pieces.iter().rev().nth(skipped) };
        let is_apart = next.is_none_or(|piece| if at_left { piece.start > outermost } else { -piece.end > outermost });
        is_apart || (skipped == 0 && (is_number || (is_edge && rows.len() > numbers.len())))
    })
}

fn remove(rows: &mut [Row], numbers: &[Number], at_left: bool) {
    for number in numbers {
        let pieces = &mut rows[number.row].pieces;
        pieces.remove(if at_left { 0 } else { pieces.len() - 1 });
    }
}

#[cfg(test)]
mod tests {
    use super::super::glyphs::Glyph;
    use super::super::rows::{rows, tests::set};
    use super::*;

    const LINES: [&str; 5] = ["AB: And then we", "went to the ward", "where nobody was", "at all", "IV: Nobody?"];

    /// The lines of pages and the pages in doubt.
    fn read(pages: Vec<Vec<Glyph>>) -> (Vec<Vec<String>>, Vec<usize>) {
        let mut pages: Vec<(usize, Vec<Row>)> = (1..).zip(pages.into_iter().map(rows)).collect();
        let doubtful = take_out(&mut pages);
        (pages.iter().map(|(_, rows)| rows.iter().map(Row::text).collect()).collect(), doubtful)
    }

    /// A page of so many lines, those that have a number with it, `at` points from the left, and a foot.
    fn page(n: usize, at: f32, number: impl Fn(usize) -> Option<usize>, foot: Option<(f32, &str)>) -> Vec<Glyph> {
        let line = |k: usize| {
            let height = 700.0 - 14.0 * k as f32;
            let number = number(k).map(|number| set(&number.to_string(), at, height, 10.0));
            set(LINES[k % 5], 90.0, height, 10.0).into_iter().chain(number.into_iter().flatten())
        };
        let foot = foot.map(|(at, text)| set(text, at, 40.0, 10.0));
        (0..n).flat_map(line).chain(foot.into_iter().flatten()).collect()
    }

    fn fifth(from: usize) -> impl Fn(usize) -> Option<usize> {
        move |k| (from + k).is_multiple_of(5).then_some(from + k)
    }

    #[test]
    fn every_fifth_line_may_be_numbered_on_short_pages_too() {
        for at in [60.0, 400.0] {
            let (found, doubtful) = read(vec![page(20, at, fifth(1), None), page(7, at, fifth(21), None)]);
            assert_eq!(found[0], LINES.repeat(4));
            assert_eq!(found[1].len(), 7);
            assert!(found[1].iter().all(|line| LINES.contains(&line.as_str())), "{:?}", found[1]);
            assert_eq!(doubtful, [0; 0]);
        }
        // Alone, two numbers may be anything.
        assert_eq!(read(vec![page(7, 400.0, fifth(21), None)]).0[0][4], "IV: Nobody?\t25");
    }

    #[test]
    fn the_number_of_the_page_is_none_of_them() {
        // In the middle of the foot, at its right, and below the numbers of the lines.
        for foot in [200.0, 500.0, 60.0] {
            for step in [1, 5] {
                let number = |from: usize| move |k: usize| (from + k).is_multiple_of(step).then_some(from + k);
                let pages = vec![
                    page(20, 60.0, number(1), Some((foot, "1"))),
                    page(7, 60.0, number(21), Some((foot, "2"))),
                    page(1, 60.0, number(28), Some((foot, "3"))),
                ];
                let (found, doubtful) = read(pages);
                for (page, (lines, n)) in found.iter().zip([20, 7, 1]).enumerate() {
                    let (words, foot) = lines.split_at(n);
                    assert!(words.iter().all(|line| LINES.contains(&line.as_str())), "{words:?}");
                    assert_eq!(foot, [(page + 1).to_string()]);
                }
                assert_eq!(doubtful, [0; 0]);
            }
        }
    }

    #[test]
    fn other_numbers_stay() {
        assert_eq!(read(vec![page(5, 60.0, |at| Some(at + 9), None)]).0[0], LINES);
        // Ages in front of lines do not rise evenly.
        let ages = |at: usize| [41, 39, 57].get(at).copied();
        assert_eq!(read(vec![page(4, 60.0, ages, None)]).0[0][0], "41\tAB: And then we");
        assert_eq!(read(vec![page(4, 60.0, |at| (at == 0).then_some(5), None)]).0[0][0], "5\tAB: And then we");
    }

    #[test]
    fn numbers_that_only_seem_to_count_lines_are_in_doubt() {
        let gappy = |at: usize| (at != 3).then_some(at + 1 + at / 4);
        let (found, doubtful) = read(vec![page(10, 60.0, gappy, None)]);
        assert_eq!((found[0][0].as_str(), doubtful), ("1\tAB: And then we", vec![1]));
        // Another page tells that they are numbers of lines.
        let (found, doubtful) = read(vec![page(10, 60.0, gappy, None), page(10, 60.0, |at| Some(at + 20), None)]);
        assert_eq!(found[0], LINES.repeat(2));
        assert_eq!(doubtful, [0; 0]);
        // Falling numbers go on with none.
        let falling = |at: usize| (at < 4).then(|| 40 - at);
        let (found, doubtful) = read(vec![page(10, 60.0, |at| Some(at + 1), None), page(10, 60.0, falling, None)]);
        assert_eq!((found[1][0].as_str(), doubtful), ("40\tAB: And then we", vec![2]));
    }
}
