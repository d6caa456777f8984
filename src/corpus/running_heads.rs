//! Running heads of pages within a text that was pasted together from them: `Reed interview, page 2`,
//! `Oral History: Tom Reed<tab>2`, a title above the number of its page.
//!
//! In: a text. Out: the bytes of the lines that are heads, each without its line end. A line is one only
//! where it recurs with a number that rises from page to page, in the same words next to such a line each time, or
//! in the same words with a speaker's name behind a colon, or with a part in the interview before one (`Interviewee: Tom
//! Reed`) under which nobody says anything else; whatever is said stands between. It never looks at a line alone, so a list,
//! a scale or a heading within what is said stays text. Heads of a PDF are told by where they stand on its
//! pages, in the reader of PDFs.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::by_lines::ByLines;
use super::speakers::{Names, key};

/// Longer lines are no heads, in bytes.
const LONGEST: usize = 120;
/// A head recurs so often; one that says `page` once less.
const FEWEST: usize = 3;
/// Lines beside a head, at most, and words of one that is a sentence, at least.
const MAX_BESIDE: usize = 4;
const NOTICE_WORDS: usize = 8;
/// Words of a name behind a part, at most.
const NAME_WORDS: usize = 5;
/// Lines with words on a page, at least.
const PAGE: usize = 2;
/// What stands before the number of a page.
#[rustfmt::skip]
const PAGES: &[&str] = &[
    "page", "pg", "pg.", "p.", "pp.", "seite", "s.", "página", "pagina", "pág.", "pag.", "sida", "side", "strona",
    "str.",
];
/// What stands before the number of a column, alone.
const COLUMNS: &[&str] = &["column", "col.", "cols.", "spalte", "colonne", "columna", "colonna"];
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
    /// `Column 140`, as of a printed record
    Column,
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
    found.extend(fields_of_people(&lines, &labels));
    found.sort_by_key(|bytes| bytes.start);
    found.dedup();
    found
}

/// The lines of a text.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let (mut start, mut above) = (0, 0);
    let mut lines = Vec::new();
    for line in text.by_whole_lines() {
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
    } else if COLUMNS.contains(&last) && words.len() == 1 {
        Form::Column
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

/// Whether heads that read as titles of interviews name one person, in full, or say that they number pages: `Interview
/// with Tom Reed, page 2`. `Interview with a nurse: 2` may be another nurse.
pub(super) fn are_of_one(text: &str, heads: &[Range<usize>]) -> bool {
    let titles: HashSet<(Form, String)> = heads
        .iter()
        .filter_map(|head| numbered(text[head.clone()].trim()))
        .map(|(form, title, _)| (form, title))
        .collect();
    let is_full = |head: &Range<usize>| {
        let words = text[head.clone()].split_whitespace().skip(1);
        words.filter(|word| word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase)).count() > 1
    };
    titles.len() == 1 && titles.iter().all(|(form, _)| *form == Form::Page || heads.iter().all(is_full))
}

/// Lines such as `Interviewee: Tom Reed`, with the number of a page or not, that come again page by page and are all
/// that stands behind this part. The first stays where it opens the text: it is the header.
fn fields_of_people(lines: &[Line<'_>], labels: &HashMap<String, Vec<usize>>) -> Vec<Range<usize>> {
    let names = Names::default();
    let mut found = Vec::new();
    for (label, places) in labels.iter().filter(|(_, places)| places.len() >= FEWEST) {
        if names.strong(&key(label)).is_none() {
            continue;
        }
        let words = |at: usize| label_and_words(&lines[at]).map_or("", |(_, words)| words);
        let first = without_numbers(words(places[0]));
        let is_same = || places.iter().all(|&at| without_numbers(words(at)) == first);
        let is_blank = |at: usize| lines.get(at).is_none_or(|line| line.words.is_empty());
        let is_alone = || places.iter().all(|&at| is_blank(at + 1) && (at == 0 || is_blank(at - 1)));
        let apart = || places.windows(2).all(|pair| lines[pair[1]].above - lines[pair[0]].above > PAGE);
        // `Tape 2 of 2` below it: a header that comes again.
        let below = |at: usize| lines[at + 1..].iter().map(|line| line.words).find(|words| !words.is_empty());
        let goes_on = || {
            let starts: HashSet<String> = places.iter().filter_map(|&at| below(at)).map(without_numbers).collect();
            starts.len() > 1
        };
        if is_name_in_head(words(places[0])) && is_same() && is_alone() && apart() && goes_on() {
            let is_header = |at: usize| lines[at].above < PAGE;
            found.extend(places.iter().filter(|&&at| !is_header(at)).map(|&at| lines[at].bytes.clone()));
        }
    }
    found
}

fn without_numbers(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether words are a full name and nothing else, what stands apart behind it aside: `Hall, Ann      Tape 1, 2`.
fn is_name_in_head(words: &str) -> bool {
    let name = words.split('\t').next().and_then(|name| name.split("   ").next()).unwrap_or_default().trim();
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || "|-–".contains(c));
    let is_word = |word: &str| word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase);
    let is_initial = |word: &str| word.chars().count() <= 2 && word.ends_with('.');
    (2..=NAME_WORDS).contains(&name.split_whitespace().count())
        && name.split_whitespace().all(|word| is_word(word) || is_initial(word))
        && !name.ends_with(['.', '?', '!', '…'])
}

/// The lines beside heads that are titles: always in the same words, next to a head, or to such a line, each time; at the
/// top of the text the first may stand without one, and stays.
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
    let mut near: Vec<bool> = lines.iter().map(is_head).collect();
    // The title at the top of the text and what follows it stay.
    let mut top = vec![false; lines.len()];
    same.retain(|words, places| places.len() >= FEWEST && (is_title(words) || is_notice(words)));
    let mut found: Vec<usize> = Vec::new();
    for _ in 0..MAX_BESIDE {
        let above_head = |at: usize| near.get(at + 1) == Some(&true);
        let below_head = |at: usize| at > 0 && near[at - 1];
        let below_top = |at: usize| at == 0 || top[at - 1];
        // No head stands below the last page.
        let is_beside = |at: &usize| {
            above_head(*at)
                || below_head(*at)
                || below_top(*at)
                || (*at + 1 == lines.len() && is_notice(lines[*at].words))
        };
        let stays = |at: usize| below_top(at) && !above_head(at) && !below_head(at);
        let beside = same.iter().filter(|(_, places)| places.iter().all(is_beside));
        let more: Vec<(&str, bool)> = beside.map(|(words, places)| (*words, stays(places[0]))).collect();
        for (words, stays) in more {
            let mut places = same.remove(words).unwrap_or_default().into_iter();
            if let Some(first) = if stays { places.next() } else { None } {
                top[first] = true;
            }
            for at in places {
                near[at] = true;
                found.push(at);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|at| lines[at].bytes.clone()).collect()
}

/// Whether a line may be the title on a page.
fn is_title(words: &str) -> bool {
    words.len() <= LONGEST
        && words.split_whitespace().count() > 1
        && words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && words.ends_with(|c: char| c.is_alphanumeric() || c == ')')
        && !words.contains(": ")
}

/// Whether a line is an address, or longer than what people say again and again word for word.
fn is_notice(words: &str) -> bool {
    let is_address = words.contains("://") || words.starts_with("www.");
    (is_address && !words.contains(' '))
        || (words.split_whitespace().count() >= NOTICE_WORDS && words.ends_with('.') && !words.contains(": "))
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
    fn notices_and_addresses_beside_heads_are_found_line_by_line() {
        let page = |n: usize, foot: &str| {
            format!(
                "https://hark.example/bees\n\nTalk with Tom Reed     {n}\n4 May 2009\n\nHall: Why?\n\nReed: So.\n\n\
                 And {n} more.\n\n{foot}\n\n"
            )
        };
        let found = |foot: &str| {
            let text: String = (1..=4).map(|n| page(n, foot)).collect();
            beside(&text, &find(&text)).into_iter().map(|bytes| text[bytes].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found("And so on.").len(), 8);
        let notice = "This is what was said, and nobody has held it against the tape.";
        assert_eq!(found(notice).iter().filter(|line| *line == notice).count(), 4);
    }

    #[test]
    fn a_title_beside_numbers_stays_at_the_top() {
        let page = |n: usize| {
            format!("Talk with Tom Reed\n4 May 2009\n\nHall: Why was it?\n\nReed: It rained.\n\nAnd more.\n\n{n}\n\n")
        };
        let text: String = (1..=4).map(page).collect();
        let numbers = super::super::page_numbers::find(&text);
        let found: Vec<&str> = beside(&text, &numbers).into_iter().map(|bytes| &text[bytes]).collect();
        assert_eq!(found, ["Talk with Tom Reed", "4 May 2009"].repeat(3));
    }

    #[test]
    fn a_part_and_a_name_page_by_page_are_a_head() {
        let page = |n: usize, head: &str| {
            format!(
                "{}\n\nHall: Why {} that so?\n\nReed: Since it rained.\nAnd more.\n\n",
                head.replace('#', &n.to_string()),
                ["was", "is", "did", "of"][n - 1]
            )
        };
        let found = |head: &str| {
            let text: String = (1..=4).map(|n| page(n, head)).collect();
            find(&text).len()
        };
        assert_eq!(found("Interviewee: Tom Reed"), 3);
        assert_eq!(found("INTERVIEWER: Hall, Ann      Tape 1, #"), 3);
        for said in ["Interviewer: Go on.", "Interviewer: Okay", "Interviewer: Was it Tom Reed?", "Reed: Tom Reed"] {
            assert_eq!(found(said), 0, "{said}");
        }
        let text: String = (1..=4).map(|n| page(n, "Interviewee: Tom Reed")).collect();
        assert!(find(&format!("{text}Interviewee: It was all right.")).is_empty());
        // Others below each other are the headers of several interviews.
        assert!(find(&text.replacen("Tom Reed", "Ida Lund", 1)).is_empty());
    }

    #[test]
    fn columns_of_a_printed_record_rise() {
        assert_eq!(heads(|n| format!("Column {}", 139 + n)).len(), 3);
        assert!(heads(|n| format!("Column {}", 139 + 2 * n)).is_empty());
        assert!(heads(|n| format!("Column {n} was it")).is_empty());
    }

    #[test]
    fn titles_with_one_full_name_are_of_one_interview() {
        let are = |head: fn(usize) -> String| {
            let page = |n: usize| format!("{}\n\nHall: Why?\n\nReed: So.\nAnd more.\n\n", head(n));
            let text: String = (1..=3).map(page).collect();
            let heads = find(&text);
            heads.len() == 3 && are_of_one(&text, &heads)
        };
        assert!(are(|n| format!("Interview with Tom Reed        {n}")));
        assert!(are(|n| format!("Interview with a nurse, page {n}")));
        assert!(!are(|n| format!("Interview with a nurse: {n}")));
        assert!(!are(|n| format!("Interview with {} Reed     {n}", ["Tom", "Ida", "Bo"][n - 1])));
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
