//! The rows of a PDF's page: its characters put together into words.
//!
//! In: the characters of a page, in any order. Out: [`Row`]s from top to bottom, each with the
//! [`Piece`]s that wide gaps set apart. Rows are not yet read: what stands beside each other may be
//! two columns, or numbers of lines.

use std::ops::Range;

use super::glyphs::Glyph;

/// Words on one line without a wide gap between them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) start: f32,
    pub(super) end: f32,
    /// Where the first word ends.
    pub(super) first_word: f32,
    pub(super) size: f32,
    pub(super) text: String,
    /// Whether all of it is bold.
    pub(super) is_bold: bool,
    /// The bytes at its start that are, where other letters follow.
    pub(super) lead: usize,
    /// Gaps within it that are wider than most between words.
    pub(super) gaps: Vec<Gap>,
    /// Where numbers stand that are smaller than the words and higher, in bytes.
    pub(super) raised: Vec<Range<usize>>,
    /// Whether it stands behind a tab, also where the gap is narrow.
    pub(super) is_set_apart: bool,
}

/// A gap between two words of a piece.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Gap {
    /// The byte of the text at which the second word starts.
    pub(super) at: usize,
    /// Where the first word ends and the second starts.
    pub(super) end: f32,
    pub(super) start: f32,
}

/// What stands at one height.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// Height above the bottom.
    pub(super) height: f32,
    pub(super) size: f32,
    /// From left to right.
    pub(super) pieces: Vec<Piece>,
}

/// Gaps as parts of the font's size: between words, wider ones, between pieces, and behind a number in the margin.
const WORD_GAP: f32 = 0.18;
const WIDE_GAP: f32 = 0.6;
const PIECE_GAP: f32 = 1.5;
const NUMBER_GAP: f32 = 0.4;
/// Characters whose heights differ by this part of their size stand on one line.
const SAME_LINE: f32 = 0.35;
/// A raised mark is at most so large, and stands at least so much higher, as parts of the size of the line.
const MARK: f32 = 0.75;
const RAISED: f32 = 0.2;

impl Row {
    /// The words of the row, pieces with a tab between them where the gap is wide.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let right_to_left = is_right_to_left(self.pieces.iter().map(|piece| piece.text.as_str()));
        let mut last: Option<&Piece> = None;
        let ordered: Vec<&Piece> =
            if right_to_left { self.pieces.iter().rev().collect() } else { self.pieces.iter().collect() };
        for piece in ordered {
            if let Some(last) = last {
                let gap = if right_to_left { last.start - piece.end } else { piece.start - last.end };
                let is_wide = gap >= PIECE_GAP * self.size || piece.is_set_apart;
                text.push(if is_wide { '\t' } else { ' ' });
            }
            text.push_str(&piece.text);
            last = Some(piece);
        }
        text
    }

    pub(super) fn start(&self) -> f32 {
        self.pieces.first().map_or(0.0, |piece| piece.start)
    }

    pub(super) fn end(&self) -> f32 {
        self.pieces.last().map_or(0.0, |piece| piece.end)
    }
}

impl Piece {
    /// What stands before and behind one of its gaps.
    pub(super) fn parted(mut self, gap: usize) -> (Self, Self) {
        let gap = self.gaps.swap_remove(gap);
        let (before, after) = self.text.split_at(gap.at);
        let (before, after) = (before.trim().to_owned(), after.trim().to_owned());
        let first_word = self.first_word.min(gap.end);
        let first =
            Self { text: before, end: gap.end, first_word, gaps: Vec::new(), raised: Vec::new(), ..self.clone() };
        let (start, gaps, raised) = (gap.start, Vec::new(), Vec::new());
        let rest = Self { text: after, start, first_word: start, lead: 0, gaps, raised, ..self };
        (first, rest)
    }
}

/// Puts characters together.
pub(super) fn rows(mut glyphs: Vec<Glyph>) -> Vec<Row> {
    glyphs.retain(|glyph| glyph.size > 0.1 && glyph.start.is_finite() && glyph.line.is_finite());
    glyphs.sort_by(|a, b| b.line.total_cmp(&a.line));
    let mut lines: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        let joins = lines.last().is_some_and(|line| {
            let first = &line[0];
            let raised = if first.size < 0.8 * glyph.size { 0.6 } else { SAME_LINE };
            first.line - glyph.line < raised * first.size.max(glyph.size)
        });
        match lines.last_mut().filter(|_| joins) {
            Some(line) => line.push(glyph),
            None => lines.push(vec![glyph]),
        }
    }
    lines.into_iter().filter_map(row).collect()
}

fn row(mut glyphs: Vec<Glyph>) -> Option<Row> {
    glyphs.sort_by(|a, b| a.start.total_cmp(&b.start));
    let size = glyphs.iter().map(|glyph| glyph.size).fold(0.0, f32::max);
    let height = glyphs.iter().max_by(|a, b| a.size.total_cmp(&b.size)).map_or(0.0, |glyph| glyph.line);
    let mut pieces: Vec<Draft> = Vec::new();
    let mut last: Option<Glyph> = None;
    let mut spaced = false;
    for glyph in glyphs {
        if glyph.text.trim().is_empty() {
            spaced |= !glyph.text.is_empty();
            continue;
        }
        let overprinted = |last: &Glyph| last.text == glyph.text && (glyph.start - last.start).abs() < 0.1 * glyph.size;
        if last.as_ref().is_some_and(overprinted) {
            continue; // drawn twice to look bold
        }
        let gap = last.as_ref().map_or(f32::INFINITY, |last| glyph.start - last.end);
        let behind_number = pieces.len() == 1 && pieces[0].is_number() && gap > NUMBER_GAP * glyph.size;
        if gap > PIECE_GAP * glyph.size || behind_number {
            pieces.push(Draft::default());
        } else if let Some(piece) = pieces.last_mut()
            && (spaced || gap > WORD_GAP * glyph.size)
        {
            piece.space();
            if gap > WIDE_GAP * glyph.size {
                piece.gap(glyph.start);
            }
        }
        if let Some(piece) = pieces.last_mut() {
            let is_mark = glyph.size <= MARK * size && glyph.line - height >= RAISED * size;
            piece.push(&glyph, is_mark && glyph.text.bytes().all(|b| b.is_ascii_digit()));
        }
        spaced = false;
        last = Some(glyph);
    }
    let pieces: Vec<Piece> = pieces.into_iter().filter_map(Draft::finished).collect();
    (!pieces.is_empty()).then_some(Row { height, size, pieces })
}

/// A piece in the making: its parts as they stand from left to right, spaces among them.
#[derive(Default)]
struct Draft {
    parts: Vec<String>,
    start: Option<f32>,
    end: f32,
    first_word: Option<f32>,
    size: f32,
    is_plain: bool,
    /// Bytes before the first letter that is not bold.
    lead: usize,
    gaps: Vec<Gap>,
    /// Raised numbers, in bytes.
    raised: Vec<Range<usize>>,
}

impl Draft {
    fn push(&mut self, glyph: &Glyph, is_raised: bool) {
        if is_raised {
            let at = self.parts.iter().map(String::len).sum::<usize>();
            let end = at + glyph.text.len();
            match self.raised.last_mut().filter(|last| last.end == at) {
                Some(last) => last.end = end,
                None => self.raised.push(at..end),
            }
        }
        self.parts.push(unligated(&glyph.text));
        self.start.get_or_insert(glyph.start);
        self.end = glyph.end.max(self.end);
        self.size = self.size.max(glyph.size);
        self.is_plain |= !glyph.is_bold;
        if !self.is_plain {
            self.lead = self.parts.iter().map(String::len).sum();
        }
    }

    fn space(&mut self) {
        self.first_word.get_or_insert(self.end);
        self.parts.push(" ".to_owned());
    }

    /// A wide gap before what starts here.
    fn gap(&mut self, start: f32) {
        let at = self.parts.iter().map(String::len).sum();
        self.gaps.push(Gap { at, end: self.end, start });
    }

    fn is_number(&self) -> bool {
        self.parts.len() <= 5 && self.parts.iter().all(|part| part.chars().all(|c| c.is_ascii_digit()))
    }

    fn finished(self) -> Option<Piece> {
        let text = in_order(&self.parts);
        let (start, text) = (self.start?, text.trim());
        let is_reversed = is_right_to_left(self.parts.iter().map(String::as_str));
        (!text.is_empty()).then(|| Piece {
            start,
            end: self.end,
            first_word: self.first_word.unwrap_or(self.end),
            size: self.size,
            text: text.to_owned(),
            is_bold: !self.is_plain,
            lead: if is_reversed || !self.is_plain { 0 } else { self.lead },
            gaps: if is_reversed { Vec::new() } else { self.gaps },
            raised: if is_reversed { Vec::new() } else { self.raised },
            is_set_apart: false,
        })
    }
}

/// Letters that a font draws as one, as letters.
fn unligated(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ﬀ' => plain.push_str("ff"),
            'ﬁ' => plain.push_str("fi"),
            'ﬂ' => plain.push_str("fl"),
            'ﬃ' => plain.push_str("ffi"),
            'ﬄ' => plain.push_str("ffl"),
            'ﬅ' | 'ﬆ' => plain.push_str("st"),
            '\u{a0}' => plain.push(' '),
            c if c.is_control() => {}
            c => plain.push(c),
        }
    }
    plain
}

fn is_right_to_left_letter(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

fn is_right_to_left<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    let (mut left, mut right) = (0, 0);
    for c in texts.flat_map(str::chars) {
        if is_right_to_left_letter(c) {
            left += 1;
        } else if c.is_alphabetic() {
            right += 1;
        }
    }
    left > right
}

/// Parts that stand from left to right, in the order in which they are read.
fn in_order(parts: &[String]) -> String {
    if !is_right_to_left(parts.iter().map(String::as_str)) {
        return parts.concat();
    }
    // Numbers and words of other scripts run the other way inside such a line.
    let runs_right = |part: &String| part.chars().any(|c| c.is_alphanumeric() && !is_right_to_left_letter(c));
    let mut ordered: Vec<&String> = parts.iter().rev().collect();
    let mut at = 0;
    while at < ordered.len() {
        let run = ordered[at..].iter().take_while(|part| runs_right(part)).count();
        ordered[at..at + run].reverse();
        at += run.max(1);
    }
    ordered.into_iter().map(String::as_str).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Characters of a text that starts here, half as wide as they are high.
    pub(in super::super) fn set(text: &str, start: f32, line: f32, size: f32) -> Vec<Glyph> {
        let place = |at: usize| start + at as f32 * size / 2.0;
        let glyph = |(at, c): (usize, char)| Glyph {
            text: c.to_string(),
            start: place(at),
            end: place(at + 1),
            line,
            size,
            is_bold: false,
        };
        text.chars().enumerate().map(glyph).collect()
    }

    fn texts(glyphs: Vec<Glyph>) -> Vec<String> {
        rows(glyphs).iter().map(Row::text).collect()
    }

    #[test]
    fn words_are_told_by_gaps_and_spaces() {
        let mut glyphs = set("Why", 72.0, 700.0, 10.0);
        glyphs.extend(set("so?", 90.0, 700.0, 10.0));
        glyphs.extend(set("Tom said", 200.0, 700.0, 10.0));
        glyphs.extend(set("ﬁne", 72.0, 686.0, 10.0));
        assert_eq!(texts(glyphs), ["Why so?\tTom said", "fine"]);
    }

    #[test]
    fn what_is_drawn_twice_is_said_once() {
        let mut glyphs = set("Anna", 72.0, 700.0, 10.0);
        glyphs.extend(set("Anna", 72.3, 700.0, 10.0));
        assert_eq!(texts(glyphs), ["Anna"]);
    }

    #[test]
    fn a_raised_mark_stays_on_its_line() {
        let mut glyphs = set("said", 72.0, 700.0, 10.0);
        glyphs.extend(set("2", 92.0, 705.0, 6.0));
        assert_eq!(texts(glyphs), ["said2"]);
    }

    #[test]
    fn lines_from_the_right_are_read_from_the_right() {
        // What is read אבג 12 stands as 12 גבא.
        assert_eq!(texts(set("12 גבא", 72.0, 700.0, 10.0)), ["אבג 12"]);
    }
}
