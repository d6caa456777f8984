//! Running heads of pages within a text that was pasted together from them: `Reed interview, page 2`,
//! `Oral History: Tom Reed<tab>2`, a title above the number of its page.
//!
//! In: a text. Out: the bytes of the lines that are heads, each without its line end. A line is one only
//! where it recurs with a number that rises from page to page, in the same words next to such a line each time, or
//! in the same words with a speaker's name behind a colon; whatever is said stands between. It never looks at a line alone, so a list,
//! a scale or a heading within what is said stays text. Heads of a PDF are told by where they stand on its
//! pages, in the reader of PDFs.

use std::collections::HashMap;
use std::ops::Range;

/// Longer lines are no heads, in bytes.
const LONGEST: usize = 120;
/// A head recurs so often; one that says `page` once less.
const FEWEST: usize = 3;
/// Lines with words on a page, at least.
const PAGE: usize = 2;
/// What stands before the number of a page.
#[rustfmt::skip]
const PAGES: &[&str] = &[
    "page", "pg", "pg.", "p.", "pp.", "seite", "s.", "página", "pagina", "pág.", "pag.", "sida", "side", "strona",
    "str.",
];
/// What stands between it and that of all pages: `page 2 of 7`.
pub(super) const OF: &[&str] = &["of", "von", "sur", "de", "di", "van", "av", "z", "/"];
/// How lines start that are numbered within a talk.
#[rustfmt::skip]
const COUNTED: &[&str] = &[
    "question", "questions", "answer", "part", "section", "topic", "theme", "item", "task", "statement", "step",
    "speaker", "participant", "interviewee", "respondent", "group", "frage", "antwort", "teil", "thema",
    "abschnitt", "aufgabe", "pregunta", "parte", "sección", "partie", "domanda",
];

/// What is numbered in front of a dash within a talk, alone: `Score – 2`.
#[rustfmt::skip]
const COUNTED_BEFORE_DASH: &[&str] = &[
    "score", "rating", "scale", "level", "day", "week", "month", "year", "round", "take", "clip", "tape", "session",
    "interview", "chapter", "visit", "wave", "file", "stage", "phase", "point", "option", "scenario", "image",
    "picture", "card", "turn", "story", "tag", "woche", "bild", "runde", "note", "bewertung", "jour", "día", "carte",
];

/// One line of a text.
pub(super) struct Line<'t> {
    /// Without white space at either end.
    pub(super) bytes: Range<usize>,
    pub(super) words: &'t str,
    /// Lines with words above it.
    pub(super) above: usize,
}

/// How a line may be a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Form {
    /// `Reed interview, page 2`
    Page,
    /// `Oral History<tab>2`, `Interview with Tom Reed: 2`
    Apart,
    /// A title, and the number below it.
    Below,
    /// `Reed – 2`
    Dashed,
}

/// The lines of a text that are heads of its pages.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let lines = lines(text);
    let mut groups: HashMap<(Form, String), Vec<(usize, u32)>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        if let Some((form, title, number)) = numbered(line.words).or_else(|| above_number(&lines, at)) {
            groups.entry((form, title)).or_default().push((at, number));
        }
    }
    let labels = labels(&lines);
    // What a speaker of other words says is none: `Interviewer: Page 2`.
    let is_said = |at: usize, n: usize| {
        let label = parts(&lines[at]).map(|(label, _)| label);
        label.is_some_and(|label| labels.get(&label).is_some_and(|places| places.len() > n))
    };
    // `Ann – 1`, `Tom – 1`, `Ann – 2`: numbers of turns.
    let dashed = groups.iter().filter(|((form, _), places)| *form == Form::Dashed && places.len() > 1).count();
    groups.retain(|(form, _), _| *form != Form::Dashed || dashed == 1);
    let mut found: Vec<Range<usize>> = Vec::new();
    for ((form, _), places) in groups {
        if rises(form, &places, &lines) && !is_said(places[0].0, places.len()) {
            for (at, _) in places {
                found.push(lines[at].bytes.clone());
                found.extend((form == Form::Below).then(|| lines[at + 1].bytes.clone()));
            }
        }
    }
    found.extend(titles_with_a_name(&lines, &labels));
    found.sort_by_key(|bytes| bytes.start);
    found.dedup();
    found
}

/// The lines of a text.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let (mut start, mut above) = (0, 0);
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let from = start + (line.len() - line.trim_start().len());
        let bytes = if words.is_empty() { start..start } else { from..from + words.len() };
        lines.push(Line { bytes, words, above });
        start += line.len();
        above += usize::from(!words.is_empty());
    }
    lines
}

/// A title in lower case and the number of its page, of a line that ends with one.
fn numbered(line: &str) -> Option<(Form, String, u32)> {
    if line.len() > LONGEST || line.ends_with(['.', '?', '!', '…']) {
        return None;
    }
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    let (mut before, mut number) = last_number(bare)?;
    let of = before.trim_end();
    if let Some(first) = OF.iter().find_map(|of_all| of.strip_suffix(of_all))
        && let Some((inner, page)) = last_number(first.trim_end())
    {
        (before, number) = (inner, page);
    }
    let title = before.trim_end();
    let words: Vec<String> = title.split_whitespace().map(str::to_lowercase).collect();
    let last = words.last()?.trim_start_matches(['(', '[', '–', '-', '|']).trim_end_matches(':');
    let opens = words[0].trim_matches(|c: char| !c.is_alphanumeric());
    let form = if PAGES.contains(&last) {
        Form::Page
    } else {
        let is_apart = before.ends_with('\t') || before.ends_with("   ");
        let behind_colon = title.ends_with(':') && before.ends_with(char::is_whitespace);
        let apart = (is_apart && words.len() > 1) || (behind_colon && words.len() > 2);
        let is_counted = words.len() == 2 && COUNTED_BEFORE_DASH.contains(&opens);
        let dashed = words.len() > 1 && before.ends_with(char::is_whitespace) && last.is_empty() && !is_counted;
        let form = if dashed { Form::Dashed } else { Form::Apart };
        ((apart || dashed) && !COUNTED.contains(&opens)).then_some(form)?
    };
    Some((form, words.join(" "), number))
}

/// The number that a text ends with, and what stands before it.
fn last_number(text: &str) -> Option<(&str, u32)> {
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &text[before.len()..];
    let parted = before.ends_with(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | ',' | '#' | '$' | '€'));
    let number = digits.parse().ok().filter(|_| digits.len() <= 4 && parted)?;
    Some((before, number))
}

/// A title with its number on the line below.
fn above_number(lines: &[Line<'_>], at: usize) -> Option<(Form, String, u32)> {
    let title = lines[at].words;
    let below = lines.get(at + 1)?.words.trim_matches(['-', '–', ' ']);
    let is_number = (1..=4).contains(&below.len()) && below.bytes().all(|b| b.is_ascii_digit());
    let is_title = title.len() <= LONGEST
        && title.split_whitespace().count() > 1
        && title.ends_with(|c: char| c.is_alphanumeric() || c == ')')
        && title.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && (at == 0 || lines[at - 1].words.is_empty());
    let opens = title.split_whitespace().next().unwrap_or_default().to_lowercase();
    let number = below.parse().ok().filter(|_| is_number && is_title && !COUNTED.contains(&opens.as_str()))?;
    Some((Form::Below, title.to_lowercase(), number))
}

/// Whether the numbers behind one title are those of pages.
fn rises(form: Form, places: &[(usize, u32)], lines: &[Line<'_>]) -> bool {
    let is_page = form == Form::Page;
    let fewest = if is_page { FEWEST - 1 } else { FEWEST };
    let taken = if form == Form::Below { 2 } else { 1 };
    let page_by_page = places.windows(2).all(|pair| {
        let ((at, number), (next, then)) = (pair[0], pair[1]);
        let between = (lines[next].above - lines[at].above).saturating_sub(taken);
        then == number + 1 && between >= if is_page { 1 } else { PAGE }
    });
    places.len() >= fewest && page_by_page
}

fn label_and_words<'t>(line: &Line<'t>) -> Option<(&'t str, &'t str)> {
    line.words.split_once(": ").filter(|(label, _)| label.len() <= LONGEST / 2)
}

/// The lines beside heads that are titles: always in the same words, next to a head each time.
pub(super) fn beside(text: &str, heads: &[Range<usize>]) -> Vec<Range<usize>> {
    if heads.len() < FEWEST {
        return Vec::new();
    }
    let lines: Vec<Line<'_>> = lines(text).into_iter().filter(|line| !line.words.is_empty()).collect();
    let is_head = |line: &Line<'_>| heads.binary_search_by_key(&line.bytes.start, |head| head.start).is_ok();
    let mut same: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !is_head(line)) {
        same.entry(line.words).or_default().push(at);
    }
    let is_beside = |&at: &usize| {
        let near = [at.checked_sub(1), Some(at + 1)];
        near.into_iter().flatten().any(|near| lines.get(near).is_some_and(is_head))
    };
    let is_title = |words: &str| {
        words.len() <= LONGEST
            && words.split_whitespace().count() > 1
            && words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && words.ends_with(|c: char| c.is_alphanumeric() || c == ')')
            && !words.contains(": ")
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    for (words, places) in same {
        if places.len() >= FEWEST && is_title(words) && places.iter().all(is_beside) {
            found.extend(places.into_iter().map(|at| lines[at].bytes.clone()));
        }
    }
    found.sort_by_key(|bytes| bytes.start);
    found
}

/// What stands before the colon of a line, and what behind it, in lower case.
fn parts(line: &Line<'_>) -> Option<(String, String)> {
    let (label, words) = label_and_words(line)?;
    Some((label.to_lowercase(), words.trim().to_lowercase()))
}

/// What stands before a colon, with the lines where it does.
fn labels(lines: &[Line<'_>]) -> HashMap<String, Vec<usize>> {
    let mut labels: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        if let Some((label, _)) = label_and_words(line) {
            labels.entry(label.to_lowercase()).or_default().push(at);
        }
    }
    labels
}

/// Lines such as `Bees Project: Reed`, always in the same words, where `Reed:` is a speaker.
fn titles_with_a_name(lines: &[Line<'_>], labels: &HashMap<String, Vec<usize>>) -> Vec<Range<usize>> {
    let is_speaker = |label: &str, name: &str| name != label && labels.get(name).is_some_and(|places| places.len() > 1);
    let mut found = Vec::new();
    for (label, places) in labels.iter().filter(|(label, places)| places.len() >= FEWEST && label.contains(' ')) {
        let said = |at: usize| parts(&lines[at]).map_or_else(String::new, |(_, words)| words);
        let words = said(places[0]);
        let words = words.as_str();
        let is_title = words.split(' ').count() <= 4
            && words.ends_with(char::is_alphanumeric)
            && (is_speaker(label, words) || words.split(' ').any(|word| is_speaker(label, word)));
        let is_same = || places.iter().all(|&at| said(at) == words);
        let is_alone = || places.iter().all(|&at| lines.get(at + 1).is_none_or(|below| below.words.is_empty()));
        let apart = || places.windows(2).all(|pair| lines[pair[1]].above - lines[pair[0]].above > PAGE);
        if is_title && is_same() && is_alone() && apart() {
            found.extend(places.iter().map(|&at| lines[at].bytes.clone()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three pages of a talk with a head each, and the heads found.
    fn heads(head: impl Fn(usize) -> String) -> Vec<String> {
        let page = |n: usize| format!("{}\n\nHall: Why was that so?\n\nReed: Since it rained.\nAnd more.\n\n", head(n));
        let text: String = (1..=3).map(page).collect();
        find(&text).into_iter().map(|bytes| text[bytes].to_owned()).collect()
    }

    #[test]
    fn heads_that_rise_are_found() {
        let all: [fn(usize) -> String; 11] = [
            |n| format!("Reed  –  {n}"),
            |n| format!("Tom Reed | {}", n + 1),
            |n| format!("Oral History: Tom Reed\t{n}"),
            |n| format!("Page: {n}"),
            |n| format!("Interview 4: Reed, p. {n}"),
            |n| format!("Interview with Tom Reed: {n}"),
            |n| format!("Reed interview, page {n}"),
            |n| format!("Reed interview – Page {n} of 3"),
            |n| format!("- Seite {n} -"),
            |n| format!("Bees Project     {n}"),
            |_| "Bees Project: Reed".to_owned(),
        ];
        for head in all {
            let expected: Vec<String> = (1..=3).map(head).collect();
            assert_eq!(heads(head), expected);
        }
        let below = heads(|n| format!("Tom Reed interview\n{n}"));
        assert_eq!(below, ["Tom Reed interview", "1", "Tom Reed interview", "2", "Tom Reed interview", "3"]);
        // Two pages tell it where it says so.
        for head in ["Reed, page", "Page", "- Seite"] {
            let text = format!("Hall: Why?\n\n{head} 2\n\nReed: So.\n\n{head} 3\n\nHall: And?");
            assert_eq!(find(&text).len(), 2, "{head}");
        }
    }

    #[test]
    fn titles_beside_heads_are_found() {
        let page = |n: usize, title: &str| {
            format!("Page {n} of 3\n\n{title}\n\nHall: Why was that so?\n\nReed: Since it rained.\n\nYes, all day\n\n")
        };
        let beside_of = |title: &str, rest: &str| {
            let text = format!("{}{rest}", (1..=3).map(|n| page(n, title)).collect::<String>());
            beside(&text, &find(&text)).into_iter().map(|bytes| text[bytes].to_owned()).collect::<Vec<_>>()
        };
        for title in ["CONFIDENTIAL – Interview 14", "Interview of Tom Reed, 12 March 2011"] {
            assert_eq!(beside_of(title, ""), [title; 3]);
            assert_eq!(beside_of(title, &format!("Reed: So.\n\n{title}\n\nMuch.")), [""; 0], "also elsewhere");
        }
        for said in ["It rained.", "Was it so?", "Hall: And then", "Yes", "and so it was"] {
            assert_eq!(beside_of(said, ""), [""; 0], "{said}");
        }
        assert!(beside("Tom Reed\n\nTom Reed\n", &[]).is_empty());
    }

    #[test]
    fn what_is_said_stays() {
        let all: [fn(usize) -> String; 20] = [
            |n| format!("Question – {n}"),
            |n| format!("Score – {n}"),
            |n| format!("Reed-{n}"),
            |n| format!("Hall: Page {n}"),
            |n| format!("Question {n}"),
            |n| format!("Question for Tom Reed: {n}"),
            |n| format!("Part two\t{n}"),
            |n| format!("Speaker {n}"),
            |n| format!("Interview {n}"),
            |n| format!("P{n}"),
            |n| format!("Tom\t{n}"),
            |n| format!("Reed interview, page {}", 2 * n),
            |n| format!("It was on page {n}."),
            |_| "Hall: Okay".to_owned(),
            |_| "Tom Hall: Yes".to_owned(),
            |_| "Tom Reed interview".to_owned(),
            |_| "Rating of it: 3".to_owned(),
            |n| format!("Anna Hall   0:0{n}"),
            |n| format!("Rating\n{n}"),
            |n| format!("Ida Lund: In {n}"),
        ];
        for head in all {
            assert_eq!(heads(head), [""; 0]);
        }
        let numbered = |n: usize| format!("Hall – {n}\nWhy was that?\nAnd when?\nReed – {n}\nIt rained.\nA lot.\n");
        assert!(find(&(1..=4).map(numbered).collect::<String>()).is_empty());
        assert!(find("Page 1\nPage 2\nPage 3\n").is_empty());
        assert!(find("Chapter one of it: 1\nChapter one of it: 2\nChapter one of it: 3\n").is_empty());
        assert!(find("").is_empty());
    }
}
