//! Numbers of pages on lines of their own within a text that was pasted together from them: `4`, `- 4 -`, `4/12`.
//!
//! In: a text. Out: the bytes of the lines that are such numbers, each without its line end. They are only where they
//! go up by one through the text in one form, with what is said between them; so a number that answers a question
//! (`12` below `How many years?`), the points of a scale and years stay words. Numbers with a word beside them are
//! for [`running_heads`](super::running_heads).

use std::collections::HashMap;
use std::ops::Range;

use super::labels::valid_label;
use super::running_heads::{Line, OF, lines};
use super::speakers::ends_in_question;

/// Fewer numbers are a chance.
const FEWEST: usize = 3;
/// Lines with words on a page, at least.
const PAGE: usize = 2;
/// Longer lines are no numbers of pages, in bytes; higher numbers are years.
const LONGEST: usize = 24;
const HIGHEST: u32 = 999;

/// What may stand behind a number.
const PAGES: [&str; 4] = ["page", "seite", "página", "pagina"];

/// A number on a line of its own.
struct Alone {
    /// Index of the line.
    at: usize,
    number: u32,
    /// Whether it may answer what stands above it.
    answers: bool,
    /// How many numbers, each one lower than the next, lead up to it, and the place of the one before it.
    length: usize,
    before: Option<usize>,
}

/// The lines of a text that are numbers of its pages.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let lines = lines(text);
    let mut forms: HashMap<String, Vec<Alone>> = HashMap::new();
    let candidates = lines.iter().enumerate().filter_map(|(at, line)| Some((at, read(line.words)?)));
    let candidates: Vec<(usize, (String, u32))> = candidates.collect();
    if candidates.len() < FEWEST {
        return Vec::new();
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    lines.iter().for_each(|line| *counts.entry(line.words).or_default() += 1);
    for (at, (form, number)) in candidates {
        // Below a question, or below a label on a line of its own.
        let above = lines[..at].iter().rev().map(|line| line.words).find(|words| !words.is_empty());
        let is_label = |above: &str| counts[above] > 1 && valid_label(above) && !above.ends_with(['.', '!', '…']);
        // Nobody answers `4 | Page`.
        let answers = !form.starts_with("# ") && above.is_some_and(|above| ends_in_question(above) || is_label(above));
        forms.entry(form).or_default().push(Alone { at, number, answers, length: 1, before: None });
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    for mut numbers in forms.into_values() {
        found.extend(pages(&mut numbers, &lines).into_iter().map(|at| lines[at].bytes.clone()));
    }
    found.sort_by_key(|bytes| bytes.start);
    found
}

/// The lines of the numbers of one form that go up by one through the text, if most of them do.
fn pages(numbers: &mut [Alone], lines: &[Line<'_>]) -> Vec<usize> {
    // For each number the place of the best series that ends with it.
    let mut best: HashMap<u32, usize> = HashMap::new();
    for place in 0..numbers.len() {
        let Alone { at, number, .. } = numbers[place];
        let before = number.checked_sub(1).and_then(|last| best.get(&last).copied());
        let is_apart = |&before: &usize| lines[at].above - lines[numbers[before].at].above > PAGE;
        if let Some(before) = before.filter(is_apart) {
            numbers[place].length = numbers[before].length + 1;
            numbers[place].before = Some(before);
        }
        let rank = |place: usize| (numbers[place].length, !numbers[place].answers);
        if best.get(&number).is_none_or(|&known| rank(known) <= rank(place)) {
            best.insert(number, place);
        }
    }
    let Some(last) = (0..numbers.len()).max_by_key(|&place| numbers[place].length) else { return Vec::new() };
    let series: Vec<usize> = std::iter::successors(Some(last), |&place| numbers[place].before).collect();
    let answering = series.iter().filter(|&&place| numbers[place].answers).count();
    let others = numbers.iter().filter(|number| !number.answers).count() - (series.len() - answering);
    let are_pages = series.len() >= FEWEST && answering * 2 <= series.len() && others * 3 <= series.len();
    if are_pages { series.into_iter().map(|place| numbers[place].at).collect() } else { Vec::new() }
}

/// The form and the number of a line that is nothing else: `4`, `- 4 -`, `[4]`, `4/12`, `4 of 12`, `4 | Page`.
fn read(line: &str) -> Option<(String, u32)> {
    if line.is_empty() || line.len() > LONGEST || line.ends_with('.') {
        return None;
    }
    let mark = |c: char| matches!(c, '-' | '–' | '—' | '|' | '·' | '•' | '~' | '[' | ']' | '(' | ')' | ' ' | '\t');
    let bare = line.trim_matches(mark);
    let end = bare.find(|c: char| !c.is_ascii_digit()).unwrap_or(bare.len());
    let number: u32 = bare[..end].parse().ok().filter(|&number| number <= HIGHEST)?;
    let rest = bare[end..].trim_start();
    let of = OF.iter().find_map(|of| rest.strip_prefix(of)).map(str::trim_start);
    let is_total = |total: &str| total.parse::<u32>().is_ok_and(|total| total >= number && total <= HIGHEST);
    // `4 | P a g e`
    let word: String = rest.chars().filter(|&c| !mark(c)).flat_map(char::to_lowercase).collect();
    let behind = match of {
        None if PAGES.contains(&word.as_str()) => format!("# {word}"),
        None => rest.is_empty().then(|| line.replacen(&bare[..end], "#", 1))?,
        Some(total) => is_total(total).then(|| format!("#/{total}"))?,
    };
    Some((behind, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|bytes| &text[bytes]).collect()
    }

    /// Four pages of a talk, each with its number below.
    fn talk(number: impl Fn(usize) -> String) -> String {
        let page = |n: usize| {
            format!("I: Why was that so?\n\nTom: It rained\nall of the day.\n\n{}\n\nand more of it.\n\n", number(n))
        };
        (1..=4).map(page).collect()
    }

    #[test]
    fn numbers_that_rise_are_those_of_pages() {
        let forms: [fn(usize) -> String; 9] = [
            |n| n.to_string(),
            |n| format!("{n} | P a g e"),
            |n| format!("- {n} -"),
            |n| format!("– {} –", n + 11),
            |n| format!("[{n}]"),
            |n| format!("{n}/12"),
            |n| format!("{n} of 12"),
            |n| format!("  {n} | "),
            |n| format!("({n})"),
        ];
        for form in forms {
            let expected: Vec<String> = (1..=4).map(|n| form(n).trim().to_owned()).collect();
            assert_eq!(found(&talk(form)), expected);
        }
        // Where a line says that it is a page's, questions may stand above all of them.
        let asked = |n: usize| format!("Hall: And then?\n\n{n} | P a g e\n\nTom: It rained\nall day.\n\n");
        assert_eq!(found(&(1..=3).map(asked).collect::<String>()), ["1 | P a g e", "2 | P a g e", "3 | P a g e"]);
        // A page may end with a question, and somebody may answer with a number.
        let text = format!("{}I: How many years?\n\n5\n\n{}", talk(|n| n.to_string()), "Tom: Twelve.\nOr so.\n\n12\n");
        assert_eq!(found(&text), ["1", "2", "3", "4", "5"]);
    }

    #[test]
    fn numbers_that_are_said_stay() {
        let forms: [fn(usize) -> String; 8] = [
            |n| (2 * n).to_string(),
            |n| (1990 + n).to_string(),
            |n| format!("{n}."),
            |n| format!("{n} of us"),
            |n| format!("{}/3", n + 2),
            |n| format!("{n}:00"),
            |_| "3".to_owned(),
            |n| format!("-{n}.5"),
        ];
        for form in forms {
            assert_eq!(found(&talk(form)), [""; 0], "{}", form(1));
        }
        // Points of a scale, below labels on lines of their own and below questions.
        let scale = |n: usize| format!("Interviewer\nHow much\nof it, from one to five?\n\nParticipant\n{n}\n\n");
        assert_eq!(found(&(1..=4).map(scale).collect::<String>()), [""; 0]);
        let asked = |n: usize| format!("It was so.\nHow many were there?\n{n}\n\n");
        assert_eq!(found(&(1..=4).map(asked).collect::<String>()), [""; 0]);
        // A list, and three who speak in turn under numbers.
        assert_eq!(found("1\nbread\n2\nmilk\n3\neggs\n4\njam\n"), [""; 0]);
        let turns = "1\nWhy so\nand when\n2\nIt rained\nall day\n3\nAnd then\nmore\n";
        assert_eq!(found(&turns.repeat(2)), [""; 0]);
        assert_eq!(found(""), [""; 0]);
    }
}
