//! From the rows of a PDF's pages to the paragraphs of its text.
//!
//! In: the rows of each page. Out: [`Paragraph`]s in reading order, whose number is their page's:
//! columns one after the other, times and names in a table's columns as labels of its words, names beside the words set
//! apart from them, those before them in bold letters alone closed by a colon, running heads and page numbers left out,
//! lines that only the width of the page broke put together, and words that a hyphen broke. A line that opens a turn always starts a line.

mod columns;
mod heads;
mod leads;
mod names;
mod openings;
mod tables;

use std::collections::{HashMap, HashSet};

use super::super::super::by_lines::ByLines;
use super::super::super::labels;
use super::super::super::speakers::Names;
use super::super::docx::body::Paragraph;
use super::rows::Row;

/// What was found, for those who want to know how the file was understood.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Found {
    pub(super) paragraphs: Vec<Paragraph>,
    /// The most columns that a page has.
    pub(super) columns: usize,
    /// Running heads and page numbers that were left out.
    pub(super) heads: usize,
    /// Numbers of the pages whose columns are not sure.
    pub(super) doubtful: Vec<usize>,
    /// Pages and words in bold letters of those who may speak and were not believed.
    pub(super) stressed: Vec<(usize, String)>,
}

/// A line of text where it is read.
#[derive(Clone, Debug)]
struct Line {
    page: usize,
    /// Number of the column in the document; lines that go on below each other have the same.
    column: usize,
    start: f32,
    end: f32,
    /// Width of the first word.
    first_word: f32,
    /// Where lines of its column end at the right.
    right: f32,
    height: f32,
    size: f32,
    is_bold: bool,
    /// Whether it opens with a name that stands beside the words, or before them in bold letters.
    opens: bool,
    /// The bytes at its start that are bold, where other letters follow.
    lead: usize,
    text: String,
}

/// Reads the pages, each with its number.
pub(super) fn read(mut pages: Vec<(usize, Vec<Row>)>, names: &Names) -> Found {
    let mut heads = heads::take_out(&mut pages, names);
    heads.n += tables::take_out_titles(&mut pages);
    tables::label(&mut pages);
    let mut lines: Vec<Line> = Vec::new();
    let mut n_columns = 1;
    let places: Vec<f32> = pages.iter().filter_map(|(_, rows)| columns::gutter(rows)).collect();
    let (mut columns, mut pages_of): (Vec<columns::Column>, Vec<usize>) = Default::default();
    let mut doubtful = Vec::new();
    let recurring = columns::recurring(&pages);
    for (page, rows) in pages {
        let of_page = columns::in_order(rows, &places);
        doubtful.extend(columns::are_doubtful(&of_page, &recurring).then_some(page));
        pages_of.extend(of_page.iter().map(|_| page));
        columns.extend(of_page);
    }
    let opens = names::set_apart(&mut columns);
    for (number, ((column, page), opens)) in columns.iter().zip(pages_of).zip(opens).enumerate() {
        n_columns = n_columns.max(column.of);
        lines.extend(column.rows.iter().zip(opens).map(|(row, opens)| Line { opens, ..line(row, page, number) }));
    }
    set_right_edges(&mut lines);
    let stressed = leads::close(&mut lines, names);
    let mut paragraphs = paragraphs(&lines, names);
    paragraphs.splice(0..0, header(heads.people));
    Found { paragraphs, columns: n_columns, heads: heads.n, doubtful, stressed }
}

/// Whom running heads name, as the header of the text.
fn header(people: Vec<String>) -> Option<Paragraph> {
    let text = people.join("\n");
    (!people.is_empty()).then_some(Paragraph { number: 1, text, heading: None, bold: false })
}

fn line(row: &Row, page: usize, column: usize) -> Line {
    let first = row.pieces.first();
    Line {
        page,
        column,
        start: row.start(),
        end: row.end(),
        first_word: first.map_or(0.0, |piece| piece.first_word - piece.start),
        right: 0.0,
        height: row.height,
        size: row.size,
        is_bold: row.pieces.iter().all(|piece| piece.is_bold),
        opens: false,
        lead: first.map_or(0, |piece| piece.lead),
        text: row.text(),
    }
}

/// Where lines end at the right, in columns that start at about the same place: nearly the farthest,
/// as a table may reach beyond the text.
fn set_right_edges(lines: &mut [Line]) {
    let mut left: HashMap<usize, f32> = HashMap::new();
    for line in lines.iter() {
        let start = left.entry(line.column).or_insert(line.start);
        *start = start.min(line.start);
    }
    const SAME_PLACE: f32 = 24.0;
    let place = |line: &Line| (left[&line.column] / SAME_PLACE).round() as i64;
    let mut ends: HashMap<i64, Vec<f32>> = HashMap::new();
    lines.iter().for_each(|line| ends.entry(place(line)).or_default().push(line.end));
    let mut right: HashMap<i64, f32> = HashMap::new();
    for (place, mut ends) in ends {
        ends.sort_by(f32::total_cmp);
        right.insert(place, ends[ends.len() - 1 - ends.len() / 33]);
    }
    lines.iter_mut().for_each(|line| line.right = right[&place(line)]);
}

/// What stands between a line and the one before it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Joint {
    /// A new paragraph.
    Paragraph,
    /// A line that was broken on purpose.
    Break,
    /// A line that only the width of the page broke.
    Wrap,
}

/// Parts of the size of a font: a line's distance that is more than usual, a step to the right, and
/// what a first word must fit into.
const WIDER: f32 = 1.3;
const INDENT: f32 = 0.9;
const ROOM: f32 = 0.5;
/// Changes between bold and other lines that begin a paragraph, at least, and for each that does not.
const CHANGES: usize = 4;
/// The part of a column that a name on a line of its own takes at most.
const NAME: f32 = 0.6;
/// A heading is larger than the text by so much, and no longer than this.
const LARGER: f32 = 1.15;
const MUCH_LARGER: f32 = 1.5;
const HEADING_WORDS: usize = 15;

fn paragraphs(lines: &[Line], names: &Names) -> Vec<Paragraph> {
    let known = Vocabulary::of(lines);
    let joints = joints(lines, &known, names);
    let body = usual(lines.iter().map(|line| (line.size, line.text.len())));
    let mut found: Vec<Paragraph> = Vec::new();
    for (line, joint) in lines.iter().zip(joints) {
        match found.last_mut() {
            Some(last) if joint == Joint::Break => {
                last.text.push('\n');
                last.text.push_str(&line.text);
            }
            Some(last) if joint == Joint::Wrap => known.join(&mut last.text, &line.text),
            _ => {
                let level = if line.size > MUCH_LARGER * body { 1 } else { 2 };
                let heading = (line.size > LARGER * body).then_some(level);
                found.push(Paragraph { number: line.page, text: line.text.clone(), heading, bold: line.is_bold });
            }
        }
        if let Some(last) = found.last_mut() {
            last.bold &= line.is_bold;
        }
    }
    for paragraph in &mut found {
        paragraph.text = paragraph.text.replace('\u{ad}', "");
        let is_long = paragraph.text.split_whitespace().count() > HEADING_WORDS;
        if is_long || labels::opening(paragraph.text.by_lines().next().unwrap_or_default(), names).is_some() {
            paragraph.heading = None;
        }
    }
    found
}

/// The most common of numbers, each with its weight, to half a point.
pub(super) fn usual(numbers: impl Iterator<Item = (f32, usize)>) -> f32 {
    let mut weights: HashMap<i64, usize> = HashMap::new();
    for (number, weight) in numbers {
        *weights.entry((number * 2.0).round() as i64).or_default() += weight;
    }
    let most = weights.into_iter().max_by_key(|&(number, weight)| (weight, -number));
    most.map_or(0.0, |(number, _)| number as f32 / 2.0)
}

fn joints(lines: &[Line], known: &Vocabulary, names: &Names) -> Vec<Joint> {
    let distances = lines.windows(2).filter(|pair| pair[0].column == pair[1].column);
    let pitch = usual(distances.map(|pair| (pair[0].height - pair[1].height, 1)));
    let mut joints: Vec<Joint> = Vec::with_capacity(lines.len());
    for at in 0..lines.len() {
        joints.push(joint(lines, at, pitch, joints.last().copied()));
    }
    part_by_weight(lines, &mut joints);
    openings::part(lines, &mut joints, known, names);
    joints
}

/// Lets whole lines in other letters start a paragraph behind a full line that ends a sentence, where nearly all such
/// changes show by themselves that a paragraph begins: questions in bold and answers that are not.
fn part_by_weight(lines: &[Line], joints: &mut [Joint]) {
    let changes = |at: &usize| lines[at - 1].is_bold != lines[*at].is_bold;
    let (broken, wrapped): (Vec<usize>, Vec<usize>) =
        (1..lines.len()).filter(changes).partition(|&at| joints[at] != Joint::Wrap);
    let sentence = |at: &usize| lines[at - 1].text.trim_end().ends_with(openings::ENDS);
    let ended: Vec<usize> = wrapped.iter().copied().filter(sentence).collect();
    if broken.len() >= CHANGES
        && wrapped.len() <= broken.len()
        && (wrapped.len() - ended.len()) * CHANGES <= broken.len()
    {
        ended.into_iter().for_each(|at| joints[at] = Joint::Paragraph);
        broken.into_iter().for_each(|at| joints[at] = Joint::Paragraph);
    }
}

fn joint(lines: &[Line], at: usize, pitch: f32, before: Option<Joint>) -> Joint {
    let Some(last) = at.checked_sub(1).map(|at| &lines[at]) else { return Joint::Paragraph };
    let line = &lines[at];
    let (same_column, size) = (last.column == line.column, line.size.max(1.0));
    let wider = same_column && last.height - line.height > WIDER * pitch.max(0.9 * size);
    let resized = (last.size - line.size).abs() > 0.12 * size;
    let restyled = last.is_bold != line.is_bold || resized;
    // A name in bold, also where the line above is full.
    let is_name = line.is_bold && !last.is_bold && line.end - line.start < NAME * (line.right - line.start);
    // The first word would have fitted onto the line before.
    let broken = last.end + line.first_word + ROOM * size < last.right;
    if wider || resized || is_name || line.opens || (broken && (restyled || last.page != line.page)) {
        return Joint::Paragraph;
    }
    if broken {
        return Joint::Break;
    }
    if same_column {
        // Back to the left behind lines that hang, or one line further to the right than the next.
        let right_of = |line: &Line, other: &Line| line.start > other.start + INDENT * size;
        let outdented = before == Some(Joint::Wrap) && right_of(last, line);
        let next = lines.get(at + 1).filter(|next| next.column == line.column);
        let indented = right_of(line, last)
            && match next {
                Some(next) => right_of(line, next),
                None => last.text.ends_with(['.', '?', '!', '…', '"', '”']),
            };
        if outdented || indented {
            return Joint::Paragraph;
        }
    }
    Joint::Wrap
}

/// The words of a document that no line end divides, in lower case.
struct Vocabulary<'l>(HashSet<&'l str>, HashSet<String>);

impl<'l> Vocabulary<'l> {
    fn of(lines: &'l [Line]) -> Self {
        let mut words = HashSet::new();
        let mut folded = HashSet::new();
        for line in lines {
            // The last word may be half a word, and so may the first.
            let inner: Vec<&str> = line.text.split_whitespace().map(bare).collect();
            for &word in inner.iter().take(inner.len().saturating_sub(1)).skip(1) {
                if word.chars().any(char::is_uppercase) {
                    folded.insert(word.to_lowercase());
                } else {
                    words.insert(word);
                }
            }
        }
        Self(words, folded)
    }

    fn has(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.0.contains(word.as_str()) || self.1.contains(&word)
    }

    /// Adds a line to a paragraph, and mends the word that a hyphen at the line's end broke.
    fn join(&self, text: &mut String, line: &str) {
        if text.ends_with('\u{ad}') {
            text.pop();
            text.push_str(line);
            return;
        }
        let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
        let next = line.split_whitespace().next().unwrap_or_default();
        let (before, after) = (last.strip_suffix(['-', '\u{2010}']), bare(next));
        let Some(before) = before.map(|before| before.trim_start_matches(|c: char| !c.is_alphanumeric())) else {
            text.push(' ');
            text.push_str(line);
            return;
        };
        let broken = before.ends_with(char::is_lowercase) && after.starts_with(char::is_lowercase);
        // A word that already has a hyphen keeps the next one, too, where its last part is a word: `back-to-` `back`.
        let tail = before.rsplit(['-', '\u{2010}']).next().unwrap_or(before);
        let is_tail = tail != before && (is_small(tail) || self.has(tail));
        let of_two = self.has(&format!("{before}-{after}"))
            || ((self.has(before) || is_tail) && (self.has(after) || (is_tail && is_small(tail))));
        // `Vor- und Nachteile`: the hyphen stands for a word to come.
        if is_and(after) {
            text.push(' ');
        } else if broken && (self.has(&format!("{before}{after}")) || !of_two) {
            text.pop();
        } else if before.is_empty() {
            text.push(' ');
        }
        text.push_str(line);
    }
}

/// A word without what stands around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Words that stand between hyphens.
fn is_small(word: &str) -> bool {
    ["to", "of", "in", "and", "the", "by", "on", "or", "up", "de", "la", "du", "en", "und", "an"].contains(&word)
}

/// Words between two that share their second half.
fn is_and(word: &str) -> bool {
    ["und", "oder", "bzw", "and", "or", "to", "en", "of", "och", "og", "eller", "et", "ou"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::super::rows::{rows, tests::set};
    use super::*;

    /// Pages of lines that stand at a place, 14 points apart; an empty line is a gap.
    fn pages(pages: &[&[&str]]) -> Vec<(usize, Vec<Row>)> {
        (1..)
            .zip(pages)
            .map(|(number, lines)| {
                let place = |at: usize| 720.0 - 14.0 * at as f32;
                let glyphs = lines.iter().enumerate().flat_map(|(at, line)| {
                    let indent = (line.len() - line.trim_start().len()) as f32 * 5.0;
                    set(line.trim_start(), 72.0 + indent, place(at), 10.0)
                });
                (number, rows(glyphs.collect()))
            })
            .collect()
    }

    pub(super) fn texts(found: &[&[&str]]) -> Vec<String> {
        read(pages(found), &Names::default()).paragraphs.into_iter().map(|paragraph| paragraph.text).collect()
    }

    #[test]
    fn lines_that_the_page_broke_are_put_together() {
        let found = texts(&[&[
            "Tom: How does a night begin, and who is",
            "there?",
            "",
            "Ana: With the handover. We walk from bed",
            "to bed, always.",
            "Tom: And then?",
            "Ana: Then it is quiet for an hour or two",
            "Tom: Really?",
        ]]);
        assert_eq!(
            found,
            [
                "Tom: How does a night begin, and who is there?",
                "Ana: With the handover. We walk from bed to bed, always.\nTom: And then?\n\
                 Ana: Then it is quiet for an hour or two\nTom: Really?",
            ]
        );
    }

    #[test]
    fn words_that_a_hyphen_broke_are_mended() {
        let vocabulary = |text: &str, line: &str, known: &[&str]| {
            let known: Vec<String> = known.iter().map(|word| format!("x {word} x")).collect();
            let lines: Vec<Line> = known.iter().map(|text| made(text)).collect();
            let mut text = text.to_owned();
            Vocabulary::of(&lines).join(&mut text, line);
            text
        };
        for (text, line, known, joined) in [
            ("We con-", "sidered it", &[][..], "We considered it"),
            ("a well-", "known one", &["well", "known"], "a well-known one"),
            ("a well-", "known one", &["wellknown"], "a wellknown one"),
            ("the long-", "term plan", &["long-term"], "the long-term plan"),
            ("Kranken-", "und Pflegekasse", &[], "Kranken- und Pflegekasse"),
            ("in 2019-", "2020 we", &[], "in 2019-2020 we"),
            ("said Jean-", "Pierre then", &[], "said Jean-Pierre then"),
            ("a back-to-", "back house", &[], "a back-to-back house"),
            ("so in-", "teresting then", &["in"], "so interesting then"),
            ("a two-day-", "old loaf", &["day", "old"], "a two-day-old loaf"),
            ("his self-employ-", "ment then", &[], "his self-employment then"),
            ("he con\u{ad}", "sents", &[], "he consents"),
            ("so -", "well", &[], "so - well"),
            ("plain", "words", &[], "plain words"),
        ] {
            assert_eq!(vocabulary(text, line, known), joined);
        }
    }

    pub(super) fn made(text: &str) -> Line {
        let (page, column, start, end) = (1, 0, 0.0, 0.0);
        let (first_word, right, height, size) = (0.0, 0.0, 0.0, 10.0);
        Line {
            page,
            column,
            start,
            end,
            first_word,
            right,
            height,
            size,
            is_bold: false,
            opens: false,
            lead: 0,
            text: text.to_owned(),
        }
    }

    #[test]
    fn first_lines_may_be_indented_and_labels_may_hang() {
        let indented = texts(&[&[
            "   It was a very long night for all of us",
            "and nobody slept for more than an hour at",
            "   The next one was much better than that",
            "and we slept until the morning bell rang.",
        ]]);
        assert_eq!(indented.len(), 2, "{indented:?}");
        let hanging = texts(&[&[
            "Ana:     It was a very long night for all",
            "         of us and nobody slept for more",
            "         than an hour at the very most or",
            "Tom:     The next one was much better then",
        ]]);
        assert!(hanging[0].starts_with("Ana:\tIt was a very long night for all of us and nobody slept"), "{hanging:?}");
        assert!(hanging.last().unwrap().contains("Tom:\tThe next one"), "{hanging:?}");
    }

    #[test]
    fn whole_lines_in_other_letters_start_a_paragraph_where_they_do_so_elsewhere() {
        let read_bold = |pages_of: &[&[&str]]| {
            let mut pages = pages(pages_of);
            for piece in pages.iter_mut().flat_map(|(_, rows)| rows).flat_map(|row| &mut row.pieces) {
                piece.is_bold = piece.text.ends_with('?');
            }
            read(pages, &Names::default()).paragraphs.into_iter().map(|it| it.text).collect::<Vec<String>>()
        };
        let talk: Vec<&str> = vec![
            "And so how did that begin?",
            "It began with rain on all the hills here.",
            "What did it do to you all?",
            "It took the bridge and a mile of the wall.",
            "Was it the end of it all?",
            "It was the end of it for the most of us.",
            "And is it dry again now?",
            "It is.",
        ];
        let found = read_bold(&[&talk]);
        assert_eq!(found, talk);
        // A stressed line within a sentence is none.
        let mut stressed = talk.clone();
        stressed[3] = "It took the bridge and a mile of the, well";
        stressed[4] = "Was it the very end of it all then?";
        let found = read_bold(&[&stressed]);
        assert!(found.iter().any(|text| text.contains("the, well Was it")), "{found:?}");
    }

    #[test]
    fn a_turn_goes_on_over_a_page() {
        let found = texts(&[
            &["Ana: It was a very long night for all of us,", "and nobody slept for more than an hour or so"],
            &["because the bells rang again and again.", "", "Tom: And then?"],
        ]);
        assert_eq!(
            found[0],
            "Ana: It was a very long night for all of us, and nobody slept for more than an hour or so \
             because the bells rang again and again."
        );
        assert_eq!(found[1], "Tom: And then?");
    }
}
