//! Numbers of lines, as printed transcripts have them: on every line, or on each fifth or tenth.
//!
//! In: a text. Out: the bytes that are numbers of its lines and no words, or nothing. They must count the lines:
//! of numbers on some lines each stands as many lines below the last as it is higher, through most of the text,
//! so years, ages and lists stay words. A mark that an analyst set beside some of the numbers (`04→`, `* 04`, `4a`) goes
//! with them, where they count every line.

use std::ops::Range;

use super::super::by_lines::ByLines;
use super::layouts::{number, numbers};
use super::lines::lines_of;
use super::page_lines;

/// Lines from one number to the next, the usual ones first. That every line starts with a number is told before.
const STEPS_AT_START: &[u32] = &[5, 10, 2, 4, 3];
const STEPS_AT_END: &[u32] = &[1, 5, 10, 2, 4, 3];
/// Fewer numbers are a chance.
const FEWEST: usize = 3;
/// Lines that the top and foot of a page may add between two numbers.
const BETWEEN_PAGES: usize = 6;

/// The bytes to leave out, in order: numbers, and the white space that sets the other lines off.
pub(crate) fn line_numbers(text: &str) -> Option<Vec<Range<usize>>> {
    if let Some(of_pages) = page_lines::find(text) {
        return Some(of_pages);
    }
    let at_start = numbers(text);
    if at_start == Some(true) {
        return Some(of_every_line(text, number));
    }
    if some_are_marked(text) {
        return Some(of_every_line(text, marked_number));
    }
    let lines = Lines::of(text);
    // Numbers that are not on every line and yet close to each other count turns.
    let at_start = if at_start.is_some() { &[] } else { STEPS_AT_START };
    [(Edge::Start, at_start), (Edge::End, STEPS_AT_END)].into_iter().find_map(|(edge, steps)| {
        let (marks, n_lines) = lines.marks(edge);
        let numbered = |step: &u32, with_blank| lines.numbered(&marks, n_lines, edge, *step, with_blank);
        steps.iter().find_map(|step| [false, true].into_iter().find_map(|with_blank| numbered(step, with_blank)))
    })
}

/// The numbers that lines start with, and those of the pages between two pages of them.
fn of_every_line(text: &str, number: fn(&str) -> usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    // The number above, and that of a page which stands alone below it.
    let (mut above, mut page): (Option<u32>, Option<Range<usize>>) = (None, None);
    for line in text.by_whole_lines() {
        let (end, said) = (number(line), line.trim());
        if end > 0 {
            let value = at_edge(line, Edge::Start).map(|(value, _)| value);
            let is_new_page = value.is_some_and(|value| above.is_some_and(|above| value < above));
            found.extend(page.take().filter(|_| is_new_page));
            found.push(start..start + end);
            above = value;
        } else if !said.is_empty() {
            let is_number = said.len() <= MAX_PAGE && said.bytes().all(|b| b.is_ascii_digit());
            let indent = line.len() - line.trim_start().len();
            page = is_number.then_some(start + indent..start + indent + said.len());
        }
        start += line.len();
    }
    found
}

/// The signs of an analyst beside a line's number.
const MARKS: &str = "→⇒➔➜►▶»>*!?=-–—+•§^~";

/// Bytes of the number that a line starts with, also with a mark before or behind it: `→ 04  PAT:`, `04->  PAT:`,
/// `4a PAT:`.
pub(super) fn marked_number(line: &str) -> usize {
    let plain = number(line);
    if plain > 0 {
        return plain;
    }
    let (is_mark, is_space) = (|c: char| MARKS.contains(c), [' ', '\t']);
    let inner = line.trim_start_matches(is_space);
    let bare = inner.trim_start_matches(is_mark).trim_start_matches(is_space);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &bare[digits..];
    let letter = usize::from(rest.starts_with(|c: char| c.is_ascii_lowercase()));
    let behind = rest[letter..].trim_start_matches(is_mark);
    let words = behind.trim_start_matches(is_space);
    let is_number = (1..=5).contains(&digits) && words.len() < behind.len() && !words.is_blank();
    if is_number { line.len() - words.len() } else { 0 }
}

/// Whether every line has a number, each one more than the one above, and a few of them have a mark.
fn some_are_marked(text: &str) -> bool {
    let (mut all, mut rising, mut marked, mut above) = (0usize, 0usize, 0usize, None);
    for line in text.by_lines().filter(|line| !line.is_blank()) {
        all += 1;
        let lead = &line[..marked_number(line)];
        let digits = lead.trim_matches(|c: char| !c.is_ascii_digit());
        let Ok(value) = digits.parse::<u32>() else { continue };
        rising += usize::from(above.is_none_or(|above| value == above + 1));
        marked += usize::from(number(line) == 0);
        above = Some(value);
    }
    all >= MIN_LINES && marked > 0 && marked * 2 <= all && rising * 20 >= all * 19
}

/// Fewer lines with a number each show no habit.
const MIN_LINES: usize = 6;
/// The longest number of a page.
const MAX_PAGE: usize = 4;

/// A text without some of its bytes.
pub(crate) fn without(text: &str, ranges: &[Range<usize>]) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for range in ranges {
        kept.push_str(&text[from..range.start]);
        from = range.end;
    }
    kept.push_str(&text[from..]);
    kept
}

/// Where places of a text are once some of them were left out, be they bytes or code points.
pub(crate) struct LeftOut {
    /// In order.
    pub(crate) ranges: Vec<Range<usize>>,
    /// For each range how many places are left out up to its end.
    so_far: Vec<usize>,
}

impl LeftOut {
    /// `ranges` are apart from each other, but that one may come again.
    pub(crate) fn new(mut ranges: Vec<Range<usize>>) -> Self {
        ranges.sort_by_key(|range| range.start);
        ranges.dedup();
        let sums = ranges.iter().scan(0, |sum, range| {
            *sum += range.len();
            Some(*sum)
        });
        Self { so_far: sums.collect(), ranges }
    }

    /// Where a place is then; one that was left out is where the next one is.
    pub(crate) fn moved(&self, place: usize) -> usize {
        match self.ranges.partition_point(|range| range.start < place).checked_sub(1) {
            Some(last) => place.max(self.ranges[last].end) - self.so_far[last],
            None => place,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Edge {
    Start,
    End,
}

/// A number at the edge of a line.
#[derive(Clone, Copy, Debug)]
struct Mark {
    value: u32,
    /// How many lines stand above, blank ones counted or not.
    place: usize,
    place_with_blank: usize,
    /// Into [`Lines::ranges`].
    line: usize,
}

struct Lines<'t> {
    text: &'t str,
    ranges: Vec<Range<usize>>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        Self { text, ranges: lines_of(text) }
    }

    /// Every number at an edge, and how many lines have words.
    fn marks(&self, edge: Edge) -> (Vec<Mark>, usize) {
        let (mut marks, mut place) = (Vec::new(), 0);
        for (at, range) in self.ranges.iter().enumerate() {
            let line = &self.text[range.clone()];
            if line.is_blank() {
                continue;
            }
            if let Some((value, _)) = at_edge(line, edge) {
                marks.push(Mark { value, place, place_with_blank: at, line: at });
            }
            // A number alone stands beside the next line.
            place += usize::from(!line.trim().bytes().all(|b| b.is_ascii_digit()));
        }
        (marks, place)
    }

    /// The bytes to leave out, if numbers of this step count the lines.
    fn numbered(
        &self,
        marks: &[Mark],
        n_lines: usize,
        edge: Edge,
        step: u32,
        with_blank: bool,
    ) -> Option<Vec<Range<usize>>> {
        let marks: Vec<Mark> = marks.iter().copied().filter(|mark| mark.value > 0 && mark.value % step == 0).collect();
        let place = |mark: &Mark| if with_blank { mark.place_with_blank } else { mark.place };
        let n_lines = if with_blank { self.ranges.len() } else { n_lines };
        let follows = |a: &Mark, b: &Mark| b.value == a.value + step && place(b) == place(a) + step as usize;
        let is_linked = |at: usize| {
            let near = &marks[at.saturating_sub(step as usize)..(at + 1 + step as usize).min(marks.len())];
            near.iter().any(|other| follows(other, &marks[at]) || follows(&marks[at], other))
        };
        let mut found: Vec<&Mark> = Vec::new();
        let mut linked = 0;
        for (at, mark) in marks.iter().enumerate() {
            let goes_on = found.last().is_some_and(|last| {
                let lines = place(mark) - place(last);
                mark.value == last.value + step && (step as usize..=step as usize + BETWEEN_PAGES).contains(&lines)
            });
            let is_linked = is_linked(at);
            linked += usize::from(is_linked);
            if is_linked || goes_on {
                found.push(mark);
            }
        }
        let from = place(found.first()?).saturating_sub(step as usize);
        if linked < FEWEST || found.len() * step as usize * 10 < (n_lines - from) * 6 {
            return None;
        }
        let mut found = found.into_iter().map(|mark| mark.line).peekable();
        let left_out = self.ranges.iter().enumerate().filter_map(|(at, range)| {
            let line = &self.text[range.clone()];
            let bytes = match found.next_if_eq(&at) {
                Some(_) => at_edge(line, edge)?.1,
                None if edge == Edge::Start => 0..line.len() - line.trim_start_matches([' ', '\t']).len(),
                None => return None,
            };
            Some(range.start + bytes.start..range.start + bytes.end).filter(|range| !range.is_empty())
        });
        Some(left_out.collect())
    }
}

/// The number at an edge of a line, and its bytes with the white space that sets it off.
fn at_edge(line: &str, edge: Edge) -> Option<(u32, Range<usize>)> {
    let kept = line.trim_end();
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\u{a0}');
    let (digits, bytes) = match edge {
        Edge::Start => {
            let inner = kept.trim_start_matches(is_space);
            let n = inner.bytes().take_while(u8::is_ascii_digit).count();
            let rest = &inner[n..];
            let words = rest.trim_start_matches(is_space);
            (rest.is_empty() || words.len() < rest.len()).then(|| (&inner[..n], 0..kept.len() - words.len()))?
        }
        Edge::End => {
            let n = kept.bytes().rev().take_while(u8::is_ascii_digit).count();
            let before = &kept[..kept.len() - n];
            let words = before.trim_end_matches(is_space);
            (words.len() < before.len()).then(|| (&kept[before.len()..], words.len()..kept.len()))?
        }
    };
    ((1..=5).contains(&digits.len())).then(|| Some((digits.parse().ok()?, bytes)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: [&str; 17] = [
        "I: How did it begin?",
        "P: With a letter, which came on a",
        "Monday when nobody was at home but",
        "my sister and the dog.",
        "I: And then?",
        "P: Then we read it, and in 1985",
        "we went to the town for the first",
        "time.",
        "I: Who was there?",
        "P: Twenty people or 30",
        "of them, I forget.",
        "I: What did they say?",
        "P: Nothing at all.",
        "I: Nothing?",
        "P: They looked at us, and we",
        "looked at them.",
        "I: Thank you.",
    ];

    #[test]
    fn numbers_of_pages_between_numbered_lines_are_no_words() {
        let lines = |from: usize| -> String {
            LINES.iter().enumerate().map(|(n, line)| format!("{:>2}   {line}\n", n + from)).collect()
        };
        let found = kept(&format!("{}\n                  2\n\n{}", lines(1), lines(1))).unwrap();
        assert!(!found.lines().any(|line| line.trim() == "2"), "{found}");
        // Where the lines go on, a number alone is said.
        let found = kept(&format!("{}12\n{}", lines(1), lines(LINES.len() + 1))).unwrap();
        assert!(found.lines().any(|line| line == "12"), "{found}");
    }

    fn kept(text: &str) -> Option<String> {
        line_numbers(text).map(|ranges| without(text, &ranges))
    }

    fn laid_out(line: impl Fn(usize, &str) -> String) -> String {
        LINES.iter().enumerate().map(|(at, words)| line(at + 1, words)).collect()
    }

    #[test]
    fn titles_above_numbered_lines_have_none() {
        let numbered = laid_out(|n, words| format!("{n:02} {words}\n"));
        let plain = laid_out(|_, words| format!("{words}\n"));
        let titles = "Extract 1 (pharmacy, 02:14)\nClinic\n\n";
        assert_eq!(kept(&format!("{titles}{numbered}")), Some(format!("{titles}{plain}")));
    }

    #[test]
    fn numbers_of_some_lines_are_no_words() {
        let plain = laid_out(|_, words| format!("{words}\n"));
        for text in [
            laid_out(|n, words| if n % 5 == 0 { format!("{n:<6}{words}\n") } else { format!("      {words}\n") }),
            laid_out(|n, words| if n % 5 == 0 { format!("{n} {words}\n") } else { format!("{words}\n") }),
            laid_out(|n, words| if n % 5 == 0 { format!("{n}\t{words}\n") } else { format!("\t{words}\n") }),
            laid_out(|n, words| if n % 5 == 0 { format!("{words}    {n}\n") } else { format!("{words}\n") }),
            laid_out(|n, words| if n % 2 == 0 { format!("{words}\t{n}\n") } else { format!("{words}\n") }),
            laid_out(|n, words| format!("{n:03} {words}\n")),
            laid_out(|n, words| format!("{words}  {n}\n")),
            // The count goes on from the page before, and begins anew.
            laid_out(|n, words| if n % 5 == 0 { format!("{} {words}\n", n + 40) } else { format!("{words}\n") }),
        ] {
            assert_eq!(kept(&text).as_deref(), Some(plain.as_str()), "{text}");
        }
        let spaced = laid_out(|n, words| if n % 5 == 0 { format!("{n} {words}\n\n") } else { format!("{words}\n\n") });
        assert_eq!(kept(&spaced), Some(plain.replace('\n', "\n\n")));
        let alone = laid_out(|n, words| if n % 5 == 0 { format!("{n}\n{words}\n") } else { format!("{words}\n") });
        assert_eq!(kept(&alone).map(|text| text.replace("\n\n", "\n")), Some(plain.clone()));
        let titled = format!(
            "A talk\nMay 2024\n\n{}",
            laid_out(|n, w| if n % 5 == 0 { format!("{n} {w}\n") } else { format!("{w}\n") })
        );
        assert_eq!(kept(&titled), Some(format!("A talk\nMay 2024\n\n{plain}")));
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            laid_out(|_, words| format!("{words}\n")),
            laid_out(|n, words| if n == 5 || n == 10 { format!("{n} {words}\n") } else { format!("{words}\n") }),
            laid_out(|n, words| if n % 4 == 0 { format!("{} {words}\n", n / 4 * 5) } else { format!("{words}\n") }),
            laid_out(|n, words| if n % 5 == 0 { format!("{} {words}\n", 60 - n) } else { format!("{words}\n") }),
            laid_out(|n, words| if n % 5 == 0 { format!("{n}. {words}\n") } else { format!("{words}\n") }),
            "5 apples\n10 pears\n15 plums\n20 figs\n".to_owned(),
            "2019 was good.\n2021 was not.\n1987 was.\n2003 too.\n".to_owned(),
            "1 I: Why?\nso\nP: No.\n".to_owned(),
        ] {
            assert_eq!(kept(&text), None, "{text}");
        }
    }

    #[test]
    fn places_move_with_what_is_left_out() {
        let left_out = LeftOut::new(vec![10..12, 0..3, 10..12]);
        assert_eq!([0, 2, 3, 9, 10, 11, 12, 20].map(|byte| left_out.moved(byte)), [0, 0, 0, 6, 7, 7, 7, 15]);
    }

    #[test]
    fn an_analysts_mark_goes_with_the_number() {
        let text = |four: &str, six: &str| {
            let numbers = ["01", "02", "03", four, "05", six, "07", "08"];
            let line = |(n, number): (usize, &&str)| format!("{number}  {}: It was so.\n", ["DOC", "PAT"][n % 2]);
            numbers.iter().enumerate().map(line).collect::<String>()
        };
        let plain = text("04", "06").lines().map(|line| format!("{}\n", &line[4..])).collect::<String>();
        for (four, six) in
            [("04→", "06→"), ("04->", "06->"), ("→ 04", "→ 06"), ("04a", "06a"), ("--->04", "--->06"), ("! 04", "06*")]
        {
            let text = text(four, six);
            let ranges = line_numbers(&text).unwrap_or_default();
            assert_eq!(without(&text, &ranges), plain, "{four}");
        }
        assert_eq!(line_numbers(&text("→ 40", "→ 60")), None);
        for line in ["→ PAT: So.", "4apples", "-> so 4", "* so", "5-6 of us"] {
            assert_eq!(marked_number(line), 0, "{line}");
        }
    }
}
