//! Numbers of lines that begin anew on each page, as reporters of courts print them, on two pages or more.
//!
//! In: a text. Out: the bytes of those numbers, and of what stands between two pages and tells the page's number
//! (`0002`, `Page 2`); or nothing, where the lines are not numbered one by one from 1. Other words between two pages
//! stay.

use std::ops::Range;

use super::lines::lines_from;

/// A page has so many lines at least and at most, a text so many with a number.
const FEWEST_ON_PAGE: u32 = 8;
const MOST_ON_PAGE: u32 = 60;
const FEWEST: usize = 12;
/// Lines between two pages, at most.
const BETWEEN: usize = 6;
/// The longest line that tells a page's number, in bytes.
const LONGEST_HEAD: usize = 30;

/// A line with words.
struct Line<'t> {
    start: usize,
    text: &'t str,
    /// Its number, and the bytes in front of what is said.
    number: Option<(u32, usize)>,
}

/// The bytes to leave out, in order.
pub(super) fn find(text: &str) -> Option<Vec<Range<usize>>> {
    let lines = lines_from(text, 0)
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(start, text)| Line { start, text, number: number(text) })
        .skip_while(|line| line.number.is_none_or(|(value, _)| value != 1));
    let (mut found, mut between) = (Vec::new(), Vec::new());
    let (mut above, mut restarts) = (0, 0);
    for line in lines {
        match line.number {
            Some((value, bytes)) if value == above + 1 && between.is_empty() => {
                found.push(line.start..line.start + bytes);
                above = value;
            }
            Some((1, bytes)) if above >= FEWEST_ON_PAGE => {
                found.extend(between.drain(..).filter_map(|of: Line<'_>| head(&of)));
                found.push(line.start..line.start + bytes);
                (above, restarts) = (1, restarts + 1);
            }
            // A number of a page, and what the reporter prints there.
            _ if between.len() < BETWEEN => between.push(line),
            _ => return None,
        }
        if above > MOST_ON_PAGE {
            return None;
        }
    }
    // Below the last page.
    found.extend(between.iter().filter_map(head));
    (restarts > 0 && found.len() >= FEWEST).then_some(found)
}

/// The number that a line starts with, and the bytes in front of what is said, also where nothing is.
fn number(line: &str) -> Option<(u32, usize)> {
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\u{c}' | '\u{a0}');
    let inner = line.trim_start_matches(is_space);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &inner[digits..];
    let words = rest.trim_start_matches(is_space);
    let is_number = (1..=2).contains(&digits) && (words.len() < rest.len() || rest.trim().is_empty());
    let bytes = line.len() - if words.trim().is_empty() { rest.len() } else { words.len() };
    is_number.then(|| Some((inner[..digits].parse().ok()?, bytes)))?
}

/// The bytes of a line between two pages that is a number, with a word for it or not.
fn head(line: &Line<'_>) -> Option<Range<usize>> {
    let said = line.text.trim();
    let digits: String = said.chars().filter(char::is_ascii_digit).collect();
    let words = said.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    let is_page = said.len() <= LONGEST_HEAD && (1..=5).contains(&digits.len()) && words <= 1;
    is_page.then(|| line.start..line.start + line.text.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::super::line_numbers::without;
    use super::*;

    const LINES: [&str; 10] = [
        "Q.  Where did you pay?",
        "A.  At the market, where",
        "all of us did.",
        "Q.  In cash?",
        "A.  In cash, and twice at",
        "that.",
        "Q.  When was it?",
        "A.  In May.",
        "Q.  And then?",
        "A.  I went home.",
    ];

    fn page(head: &str, n: usize) -> String {
        let lines = LINES[..n].iter().enumerate().map(|(at, line)| format!("{:>2}   {line}\n", at + 1));
        format!("{head}\n{}\n", lines.collect::<String>())
    }

    #[test]
    fn lines_that_are_counted_anew_on_the_second_page_lose_their_numbers() {
        for head in ["        0002", "14", "      Page 2", "", "\u{c}"] {
            let text = format!("{}{}", page("IN RE HALE", 10), page(head, 6));
            let found = without(&text, &find(&text).unwrap_or_default());
            let said: Vec<&str> = found.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            assert_eq!(said, [&["IN RE HALE"][..], &LINES, &LINES[..6]].concat(), "{head}");
        }
    }

    #[test]
    fn other_numbers_and_words_between_pages_stay() {
        let text = format!("{}{}", page("", 10), page("EXAMINATION BY MS. ROSS", 10));
        assert!(without(&text, &find(&text).unwrap_or_default()).contains("EXAMINATION BY MS. ROSS"));
        for text in [
            page("", 10),
            format!("{}{}", page("", 4), page("", 4)),
            format!("I: Name three.\n{}I: And here?\n{}", page("", 3), page("", 3)),
            LINES.join("\n").repeat(3),
        ] {
            assert_eq!(find(&text), None, "{text}");
        }
    }
}
