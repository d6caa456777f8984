//! Running heads, running feet and page numbers.
//!
//! In: the rows of all pages. Out: the same without what stands at the top or bottom of several pages
//! at the same height in the same words, numbers aside, apart from the text; numbers that rise with the pages need not
//! be apart, and of lines close to each other the innermost is. What opens a turn is none, and what stands where other
//! pages have text is none either. A colon alone opens no turn: nobody says the same words at the top of every page and
//! no others. A head that names who answers (`Interviewee: Tom Reed`) is given back once, for the header.

use std::collections::{HashMap, HashSet};

use super::super::super::super::labels;
use super::super::super::super::speakers::{Names, key};
use super::super::rows::Row;

/// A head is as far from the text as this many lines are from each other.
const APART: f32 = 1.25;
/// The same for the number of a single page.
const FAR_APART: f32 = 2.5;
/// Heights that differ by less are the same.
const SAME_HEIGHT: f32 = 5.0;
/// The part of the pages with a line at this height on which it must be a head.
const SHARE: f32 = 0.8;
/// Words of a name in a head, at most.
const NAME_WORDS: usize = 5;
/// Lines of a head.
const MAX_LINES: usize = 4;
/// What a name on a line of its own may end in.
const COLONS: [char; 2] = [':', '：'];
/// A distance of lines within a paragraph is at least this part of their size, and one in so many has it of those that
/// have the most common one.
const OF_SIZE: f32 = 0.9;
const ONE_IN: usize = 4;

/// What was taken out.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Heads {
    pub(super) n: usize,
    /// The fields among them that name somebody with their part, each once: `Interviewee: Tom Reed`.
    pub(super) people: Vec<String>,
}

/// Takes them out and says how many there were.
pub(super) fn take_out(pages: &mut [(usize, Vec<Row>)], names: &Names) -> Heads {
    let pitch = pitch(pages);
    let mut said: HashMap<String, bool> = HashMap::new();
    let mut taken = Heads::default();
    for at_top in [true, false] {
        for _ in 0..MAX_LINES {
            let found = outermost(pages, at_top, pitch, names, &mut said);
            if found.is_empty() {
                break;
            }
            taken.n += found.len();
            for page in found {
                let rows = &mut pages[page].1;
                let row = rows.remove(if at_top { 0 } else { rows.len() - 1 });
                for field in fields_of_people(&row, names) {
                    if !taken.people.contains(&field) {
                        taken.people.push(field);
                    }
                }
            }
        }
    }
    taken.people.retain(|field| !is_named(pages, field, names));
    taken
}

/// Whether a header in the text names the same person.
fn is_named(pages: &[(usize, Vec<Row>)], field: &str, names: &Names) -> bool {
    let person = |field: &str| field.split_once(COLONS).map_or("", |(_, name)| name).trim().to_owned();
    let named = person(field);
    let mut texts = pages.iter().flat_map(|(_, rows)| rows).map(Row::text).filter(|text| text.contains(COLONS));
    texts.any(|text| text.ends_with(&named) && divided(&text, names).into_iter().any(|field| person(field) == named))
}

/// Pieces of a head such as `Interviewee: Tom Reed`, without the number of the page.
fn fields_of_people(row: &Row, names: &Names) -> Vec<String> {
    let text = row.text();
    // Two of them on a line, apart or not.
    let fields = if names_people(&text, names) { divided(&text, names) } else { Vec::new() };
    fields.into_iter().map(str::to_owned).collect()
}

/// Whether a text is a part in an interview and a name, once or more often, with the number of a page or a field of
/// other words behind them: `Interviewer: Ann Hall   3`. A sentence that somebody says under such a label is none.
fn names_people(text: &str, names: &Names) -> bool {
    let fields = divided(text, names);
    !fields.is_empty()
        && fields.iter().all(|field| {
            let name = field.split_once(COLONS).map_or("", |(_, name)| name).trim();
            let words = name.split_whitespace();
            let is_word = |word: &str| word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase);
            let is_initial = |word: &str| word.chars().count() <= 2 && word.ends_with('.');
            let (n, all) = (words.clone().count(), words.clone().all(|word| is_word(word) || is_initial(word)));
            (2..=NAME_WORDS).contains(&n) && all && !name.ends_with(['.', '?', '!', '…'])
        })
}

/// The fields of a line that start with a part in an interview, each up to a wide gap, a number or the next of them.
fn divided<'t>(text: &'t str, names: &Names) -> Vec<&'t str> {
    let mut fields: Vec<&str> = Vec::new();
    for piece in text.split('\t') {
        let mut starts: Vec<usize> = Vec::new();
        for (colon, _) in piece.match_indices(COLONS) {
            let start = piece[..colon].rfind(char::is_whitespace).map_or(0, |space| space + 1);
            let is_part = names.strong(&key(&piece[start..colon])).is_some();
            starts.extend(is_part.then_some(start));
        }
        if starts.first().is_some_and(|&first| first > 0) || (starts.is_empty() && fields.is_empty()) {
            return Vec::new();
        }
        let ends = starts.iter().skip(1).copied().chain([piece.len()]);
        let field = |(&start, end): (&usize, usize)| {
            let bare = piece[start..end].split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
            bare.trim_end_matches(|c: char| c.is_whitespace() || "|-–,;(".contains(c))
        };
        fields.extend(starts.iter().zip(ends).map(field));
    }
    fields
}

/// How far the lines of a paragraph are from each other: the least distance that is common, as paragraphs of a line or
/// two are more often apart than not.
fn pitch(pages: &[(usize, Vec<Row>)]) -> f32 {
    let mut counts: HashMap<i64, usize> = HashMap::new();
    for pair in pages.iter().flat_map(|(_, rows)| rows.windows(2)) {
        let distance = pair[0].height - pair[1].height;
        if distance >= OF_SIZE * pair[0].size.min(pair[1].size) {
            *counts.entry((distance * 2.0).round() as i64).or_default() += 1;
        }
    }
    let most = counts.values().max().copied().unwrap_or_default();
    let common = counts.into_iter().filter(|(_, n)| n * ONE_IN >= most).map(|(distance, _)| distance);
    common.min().map_or(0.0, |distance| distance as f32 / 2.0)
}

/// Whether somebody speaks under a label: most of the rows that start with it differ.
fn is_said(pages: &[(usize, Vec<Row>)], label: &str) -> bool {
    let rows = pages.iter().flat_map(|(_, rows)| rows);
    let starts = |row: &&Row| row.pieces.first().is_some_and(|piece| piece.text.starts_with(label));
    let texts: Vec<String> = rows.filter(starts).map(|row| masked(&row.text())).collect();
    let different: HashSet<&String> = texts.iter().collect();
    different.len() > 1 && different.len() * 2 > texts.len()
}

/// Whether a row stands within the pages too, as the name of a speaker does on a line of its own. Once it is a title.
fn is_within(pages: &[(usize, Vec<Row>)], at_top: bool, text: &str) -> bool {
    let inner = pages.iter().flat_map(|(_, rows)| match &rows[..] {
        [_, inner @ ..] if at_top => inner,
        [inner @ .., _] => inner,
        [] => &[],
    });
    inner.filter(|row| matches!(&row.pieces[..], [only] if only.text == text)).nth(1).is_some()
}

/// `Participant: P07` names whom a page is about.
fn ends_in_code(text: &str) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or_default().trim_end_matches([')', ']']);
    last.ends_with(|c: char| c.is_ascii_digit()) && last.contains(char::is_alphabetic)
}

/// What a row has of a head: its words, numbers masked, or none where it opens a turn.
fn head_words(pages: &[(usize, Vec<Row>)], text: &str, names: &Names, said: &mut HashMap<String, bool>) -> String {
    // `Interviewer: page 3` is no turn.
    let is_numbered = text.split_once(':').is_some_and(|(_, rest)| is_page_number(&masked(rest)));
    let opens_turn = !is_numbered
        && labels::opening(text, names).is_some_and(|opening| {
            opening.is_stamp
                || (opening.words == 0 && text.ends_with(COLONS))
                || (!ends_in_code(text)
                    && ((names.strong(&key(&opening.label)).is_some() && !names_people(text, names))
                        || *said.entry(opening.label).or_insert_with_key(|label| is_said(pages, label))))
        });
    if opens_turn { String::new() } else { masked(text) }
}

/// Rows from one edge of a page on, those of a head and the next.
fn at_edge(rows: &[Row], at_top: bool) -> Vec<&Row> {
    if at_top { rows.iter().take(MAX_LINES + 1).collect() } else { rows.iter().rev().take(MAX_LINES + 1).collect() }
}

/// Where words stand: the same at a height that differs by less than twice [`SAME_HEIGHT`].
fn level_of(height: f32) -> i64 {
    (height / SAME_HEIGHT).round() as i64
}

/// How far what follows is from the outermost of rows: from the last of those that stand close to each other, recur on
/// other pages too, ask nothing and open no turn. `words` are those of each row, numbers masked.
fn apart(
    rows: &[&Row],
    near: f32,
    words: &[String],
    counts: &HashMap<(&str, i64), usize>,
    mut opens_turn: impl FnMut(&Row) -> bool,
) -> f32 {
    let recurs = |at: usize| {
        let level = level_of(rows[at].height);
        let n = (level - 1..=level + 1).filter_map(|level| counts.get(&(words[at].as_str(), level))).sum::<usize>();
        n > 1 && !words[at].ends_with('?')
    };
    let mut distance = f32::INFINITY;
    for at in 1..rows.len() {
        distance = (rows[at - 1].height - rows[at].height).abs();
        if distance >= near || !recurs(at) || opens_turn(rows[at]) {
            break;
        }
    }
    distance
}

/// The pages whose outermost row is a running head. `said` keeps of labels whether somebody speaks under them.
fn outermost(
    pages: &[(usize, Vec<Row>)],
    at_top: bool,
    pitch: f32,
    names: &Names,
    said: &mut HashMap<String, bool>,
) -> Vec<usize> {
    struct Edge {
        page: usize,
        height: f32,
        words: String,
        text: String,
        /// How far the text is.
        apart: f32,
        /// What is added to the number of the page in the file, where nothing but a page's number stands there.
        offset: Option<i64>,
    }
    let rows: Vec<Vec<&Row>> = pages.iter().map(|(_, rows)| at_edge(rows, at_top)).collect();
    let words: Vec<Vec<String>> =
        rows.iter().map(|rows| rows.iter().map(|row| masked(&row.text())).collect()).collect();
    let mut close: HashMap<(&str, i64), usize> = HashMap::new();
    for (row, words) in rows.iter().flatten().zip(words.iter().flatten()) {
        *close.entry((words.as_str(), level_of(row.height))).or_default() += 1;
    }
    let mut words_of = |text: &str| head_words(pages, text, names, said);
    let edges: Vec<Edge> = (rows.iter().zip(&words).enumerate())
        .filter_map(|(page, (rows, words))| {
            let (text, height) = (rows.first()?.text(), rows.first()?.height);
            let apart = apart(rows, APART * pitch, words, &close, |row| words_of(&row.text()).is_empty());
            // A row that opens a turn still counts as a line at its height.
            let words = words_of(&text);
            let number = first_number(&text).filter(|_| is_page_number(&words));
            let offset = number.map(|number| number - page as i64);
            Some(Edge { page, height, words, text, apart, offset })
        })
        .collect();
    if pages.len() == 1 {
        let is_number = |edge: &&Edge| edge.apart >= FAR_APART * pitch && is_page_number(&edge.words);
        let has_text = pages[0].1.len() > 1;
        return edges.iter().filter(is_number).filter(|_| has_text).map(|edge| edge.page).collect();
    }
    let mut found = Vec::new();
    let mut within: HashMap<&str, bool> = HashMap::new();
    for edge in &edges {
        let level: Vec<&Edge> = edges.iter().filter(|other| (other.height - edge.height).abs() < SAME_HEIGHT).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for other in level.iter().filter(|other| !other.words.is_empty() && other.apart >= APART * pitch) {
            *counts.entry(&other.words).or_default() += 1;
        }
        counts.retain(|_, count| *count > 1);
        let recurring: usize = counts.values().sum();
        let is_head = counts.contains_key(edge.words.as_str());
        let rising = level.iter().filter(|other| edge.offset.is_some() && other.offset == edge.offset).count();
        let rises = rising > 1 && rising * 2 >= pages.len() && rising as f32 >= SHARE * level.len() as f32;
        let is_usual = is_head && recurring as f32 >= SHARE * level.len() as f32;
        let mut is_name = || *within.entry(&edge.text).or_insert_with(|| is_within(pages, at_top, &edge.text));
        if rises || (is_usual && !is_name()) {
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
    fn a_head_that_names_people_is_left_out_and_given_back_once() {
        let taken = |foot: &'static str, said: [&'static str; 3]| {
            let page = |said: &'static str| {
                let rows = [(0.0, "INTERVIEWEE: Tom Reed"), (3.0, said), (4.0, "Reed: So."), (50.0, foot)];
                rows.into_iter().flat_map(|(down, text)| set(text, 72.0, 800.0 - 14.0 * down, 10.0)).collect()
            };
            let mut pages: Vec<(usize, Vec<Row>)> = (1..).zip(said.map(page).map(rows)).collect();
            let heads = take_out(&mut pages, &Names::default());
            (heads.people, pages.iter().map(|(_, rows)| rows.len()).sum::<usize>())
        };
        let said = ["Hall: Why was it?", "Hall: And then?", "Hall: Was it dry?"];
        let (people, left) = taken("Interviewer: Ann Hall, 3 May 2024, page 3", said);
        assert_eq!((people.join("|").as_str(), left), ("INTERVIEWEE: Tom Reed|Interviewer: Ann Hall", 6));
        let (people, left) = taken("Interviewer: Hall, Ann  Respondent: Bo Lind", said);
        assert_eq!(people.join("|"), "INTERVIEWEE: Tom Reed|Interviewer: Hall, Ann|Respondent: Bo Lind");
        assert_eq!(left, 6);
        // What is said stays, and so does a name under a label that has other words.
        assert_eq!(taken("Interviewer: Go on then.", said).1, 9);
        assert_eq!(taken("Interviewer: Ann Hall", ["Interviewer: Why?", "Interviewer: And?", "Interviewer: So?"]).1, 9);
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
    fn heads_with_a_colon_are_left_out_where_nobody_speaks_under_it() {
        let page = |head: &'static str, asked: &'static str| {
            [(0.0, head), (2.0, asked), (4.0, "Ann: So it was, and then"), (5.0, "we left."), (7.0, "Tom: When?")]
        };
        let heads = ["Heather and hives: interview 4", "Interview date: 4 May 2023", "Participant: P07"];
        for head in heads {
            let pages = [page(head, "Tom: Why was it?"), page(head, "Tom: Who was there?")];
            assert!(left(&[&pages[0], &pages[1]]).iter().all(|rows| rows.len() == 4), "{head}");
        }
        // Somebody who says so on either page, and other things elsewhere.
        let pages = [page("Ann: Mhm.", "Tom: Why was it?"), page("Ann: Mhm.", "Ann: I do not know.")];
        assert!(left(&[&pages[0], &pages[1]]).iter().all(|rows| rows.len() == 5));
    }

    /// Pages of a line at the top and a foot of two lines and a number, close to each other, and what is left of them.
    fn above_foot(foot: [&str; 2], said: &[&str]) -> Vec<Vec<String>> {
        let numbers: Vec<String> = (1..=said.len()).map(|number| number.to_string()).collect();
        let page = |(said, number): (&&str, &String)| -> Vec<(f32, String)> {
            let lines = said.split('|').chain(foot).chain([number.as_str()]).map(str::to_owned);
            // A second line stands close to the foot.
            let at: &[f32] = if said.contains('|') { &[0.0, 29.2, 30.0, 30.8, 31.6] } else { &[0.0, 30.0, 30.8, 31.6] };
            at.iter().copied().zip(lines).collect()
        };
        let pages: Vec<Vec<(f32, String)>> = said.iter().zip(&numbers).map(page).collect();
        let borrowed: Vec<Vec<(f32, &str)>> =
            pages.iter().map(|page| page.iter().map(|(at, text)| (*at, text.as_str())).collect()).collect();
        left(&borrowed.iter().map(|page| &page[..]).collect::<Vec<_>>())
    }

    #[test]
    fn the_lines_of_a_foot_may_be_close_to_each_other() {
        let said = ["Ann left.", "Tom came.", "Both stayed."];
        for first in ["File name: Tom Reed.mp3", "File name: talk with Tom", "Address: 14 Yard, Leeds"] {
            let found = above_foot([first, "All rights reserved"], &said);
            assert_eq!(found, said.map(|said| vec![said.to_owned()]), "{first}");
        }
        // On a page that is full the foot is close to the text.
        let said = ["It rained.", "It blew.", "It froze.", "It was dry.|and so on until the foot", "Why?", "So."];
        let found = above_foot(["File name: Tom Reed.mp3", "All rights reserved"], &said);
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1, 2, 1, 1]);
    }

    #[test]
    fn lines_close_to_each_other_that_are_said_or_asked_stay() {
        let said = ["Tom: We left.", "Tom: So?", "Tom: I came."];
        let found = above_foot(["Tom: I do not know.", "and that is so."], &said);
        assert!(found.iter().all(|rows| rows.len() == 3), "{found:?}");
        let page = |said: &'static str| [(0.0, "Ward"), (1.0, "1. How was it?"), (3.0, said), (4.0, "and so on")];
        let pages = [page("Cold"), page("Warm"), page("Dry")];
        assert!(left(&[&pages[0], &pages[1], &pages[2]]).iter().all(|rows| rows.len() == 4));
    }

    #[test]
    fn names_on_lines_of_their_own_are_no_heads() {
        for (tom, ann) in [("Tom", "Ann"), ("Tom:", "Ann:")] {
            let page = |said: &'static str, last: &'static str| {
                let above = [(0.0, tom), (2.0, said), (3.0, "and so it went"), (4.0, "on for days.")];
                [&above[..], &[(6.0, ann), (8.0, "Go on."), (10.0, tom), (12.0, last)]].concat()
            };
            let pages = [page("It rained all day", "We left."), page("It was dry again", "They came.")];
            assert!(left(&[&pages[0], &pages[1]]).iter().all(|rows| rows.len() == 8), "{tom}");
        }
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
