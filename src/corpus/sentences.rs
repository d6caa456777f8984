//! Where sentences begin and end.
//!
//! In: a text. Out: byte ranges of its sentences and its number of words. The borders of Unicode
//! Standard Annex 29 are the base; abbreviations, list numbers, wrapped lines and informal
//! writing are put right. It never drops a character other than white space.

mod ascii;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::by_lines::ByLines;

/// Counts the words of a text (Unicode Standard Annex 29).
///
/// ```
/// # use leitmotif::corpus::words;
/// assert_eq!(words("It's 3.5 times faster, isn't it?"), 6);
/// ```
pub fn words(text: &str) -> usize {
    if text.is_ascii() { ascii::words(text) } else { words_of_parts(text).sum() }
}

/// Whether a text has at least so many words; only as many are counted.
pub(super) fn has_words(text: &str, fewest: usize) -> bool {
    let mut counted = 0;
    fewest == 0
        || words_of_parts(text).any(|words| {
            counted += words;
            counted >= fewest
        })
}

/// How many words stand between the white space of a text: none goes across it.
fn words_of_parts(text: &str) -> impl Iterator<Item = usize> {
    let in_part = |part: &str| if part.is_ascii() { ascii::words(part) } else { part.unicode_words().count() };
    text.split_ascii_whitespace().map(in_part)
}

/// Adds what white space parts in a text, each with one space behind it.
pub(super) fn push_words(to: &mut Vec<u8>, text: &str) {
    let mut push = |word: &[u8]| {
        to.extend_from_slice(word);
        to.push(b' ');
    };
    // Of ASCII no character is looked at for more than its byte.
    if text.is_ascii() {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t'..=b'\r');
        text.as_bytes().split(is_space).filter(|word| !word.is_empty()).for_each(push);
    } else {
        text.split_whitespace().for_each(|word| push(word.as_bytes()));
    }
}

/// The byte ranges of a text's sentences, without white space at their ends; together they hold
/// every character that is no white space.
///
/// ```
/// # use leitmotif::corpus::sentences;
/// let text = "I asked Dr. Moss, e.g. about pay. He left.";
/// let parts: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
/// assert_eq!(parts, ["I asked Dr. Moss, e.g. about pay.", "He left."]);
/// ```
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut borders: Vec<usize> = Vec::new();
    let mut lines = Lines::new(text);
    for paragraph in lines.paragraphs() {
        borders.push(paragraph.start);
        inner_borders(text, paragraph, &mut borders);
    }
    borders.push(text.len());
    borders.sort_unstable();
    borders.dedup();
    let pieces = borders.windows(2).map(|pair| trimmed(text, pair[0]..pair[1]));
    let mut found: Vec<Range<usize>> = Vec::new();
    for piece in pieces.filter(|piece| !piece.is_empty()) {
        // Smileys and stray marks belong to the sentence before, list marks to the one after.
        let wordless = !text[piece.clone()].chars().any(char::is_alphanumeric);
        match found.last_mut() {
            Some(last) if wordless && !text[last.end..piece.start].contains('\n') => last.end = piece.end,
            Some(last) if is_list_mark(&text[last.clone()]) => last.end = piece.end,
            _ => found.push(piece),
        }
    }
    found
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start().len());
    start..start + slice.trim().len()
}

/// `1.`, `2)`, `a)`, `-`, `•`: marks that open a list item and are no sentence.
fn is_list_mark(sentence: &str) -> bool {
    match sentence.strip_suffix(['.', ')', ':']) {
        Some(number) => {
            let number = number.strip_prefix('(').unwrap_or(number);
            (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
                || (sentence.ends_with(')') && number.len() == 1 && number.bytes().all(|b| b.is_ascii_alphabetic()))
        }
        None => matches!(sentence, "-" | "*" | "•" | "–" | "—" | "·" | "+"),
    }
}

/// The lines of a text, and which of them go on in the next.
struct Lines<'a> {
    text: &'a str,
    /// The longest line in characters, when the lines look wrapped at a width.
    width: Option<usize>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let mut longest = 0;
        let mut count = 0;
        for line in text.by_lines().filter(|line| !line.is_blank()) {
            longest = longest.max(line.trim_end().chars().count());
            count += 1;
        }
        Self { text, width: (count > 2 && (50..=120).contains(&longest)).then_some(longest) }
    }

    /// Stretches that no line border divides.
    fn paragraphs(&mut self) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut start = 0;
        let mut open: Option<&str> = None; // the line before, when there is one above
        for line in self.text.split_inclusive(['\n', '\u{2028}', '\u{2029}']) {
            let end = start + line.len();
            let goes_on = open.is_some_and(|above| self.goes_on(above, line));
            match found.last_mut() {
                Some(last) if goes_on => last.end = end,
                _ => found.push(start..end),
            }
            open = (!line.is_blank()).then_some(line);
            start = end;
        }
        found
    }

    /// Whether the sentence of a line runs on into the next.
    fn goes_on(&self, above: &str, below: &str) -> bool {
        let (above, below) = (above.trim(), below.trim());
        let Some(first) = below.chars().next() else { return false };
        if above.ends_with(['.', '!', '?', ':', ';', '…', '。', '！', '？'])
            || !(first.is_alphanumeric() || matches!(first, '(' | '"' | '“' | '\''))
            || is_list_mark(below.split_whitespace().next().unwrap_or_default())
        {
            return false;
        }
        let length = above.chars().count();
        if first.is_lowercase() && length >= 50 {
            return true;
        }
        let word = below.split_whitespace().next().map_or(0, |word| word.chars().count());
        self.width.is_some_and(|width| length + 1 + word > width)
    }
}

/// Adds the borders inside a paragraph.
fn inner_borders(text: &str, paragraph: Range<usize>, borders: &mut Vec<usize>) {
    let slice = &text[paragraph.clone()];
    let base: Vec<usize> = match slice.is_ascii() {
        true => ascii::borders(slice),
        false => slice.split_sentence_bound_indices().map(|(at, _)| at).skip(1).collect(),
    };
    let mut start = 0; // of the sentence that is open
    for at in base {
        if ends_sentence(&slice[start..at], &slice[at..]) {
            informal_borders(slice, start..at, paragraph.start, borders);
            borders.push(paragraph.start + at);
            start = at;
        }
    }
    informal_borders(slice, start..slice.len(), paragraph.start, borders);
}

/// Whether a border of the annex is one for readers too.
fn ends_sentence(before: &str, after: &str) -> bool {
    let said = before.trim_end();
    let Some(next) = after.chars().next() else { return true };
    let Some(mark) = said.chars().next_back() else { return false };
    if matches!(mark, '。' | '！' | '？' | '｡')
        || said.trim_end_matches(['」', '』', '）', '”']).ends_with(['。', '！', '？'])
    {
        return true;
    }
    if said.len() == before.len() {
        // No white space: `Node.js`, `?q=1`, `really?!yes`, a line end inside the paragraph.
        return false;
    }
    if before[said.len()..].contains('\n') && !ends_with_terminal(said) {
        return false; // a wrapped line
    }
    if is_list_mark(said.trim()) || in_brackets(said, after) {
        return false;
    }
    let bare = said.trim_end_matches(|c: char| is_closing(c));
    if bare.len() < said.len() && next.is_lowercase() {
        return false; // `“Really?” he asked`
    }
    if bare.ends_with("..") || bare.ends_with('…') {
        // `Hmm... well` is one sentence, a full one may end in dots.
        return words(bare) > 2;
    }
    if let Some(stem) = bare.strip_suffix('.') {
        return !abbreviates(stem, next);
    }
    true
}

/// Whether a short bracket opens before a border and closes behind it: `(why? who knows!)`.
fn in_brackets(before: &str, after: &str) -> bool {
    const REACH: usize = 150; // characters; a bracket that closes later was forgotten
    let bracket = |c: &char| matches!(c, '(' | ')');
    before.chars().rev().take(REACH).find(bracket) == Some('(') && after.chars().take(REACH).find(bracket) == Some(')')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_' | '›' | '“')
}

fn ends_with_terminal(text: &str) -> bool {
    text.trim_end_matches(|c: char| is_closing(c)).ends_with(['.', '!', '?', '…', '。', '！', '？', ':'])
}

/// Titles and the like, after which a capital follows within the sentence.
const BEFORE_NAMES: &[&str] = &[
    "dr", "mr", "mrs", "ms", "mx", "prof", "st", "sr", "jr", "rev", "hon", "gen", "col", "capt", "lt", "sgt", "fr",
    "dipl", "ing", "mme", "mlle", "m", "e.g", "i.e", "eg", "ie", "vs", "cf", "viz", "ca", "approx", "fig", "figs",
    "eq", "sec", "ch", "vol", "pp", "ed", "eds", "al", "nr", "bzw", "z.b", "d.h", "u.a", "p.ex", "incl",
];
/// Abbreviations that may also end a sentence: they do before a capital only.
const BEFORE_LOWER: &[&str] = &[
    "etc", "inc", "ltd", "corp", "co", "dept", "govt", "est", "max", "min", "avg", "misc", "ext", "tel", "no", "a.m",
    "p.m", "u.s", "u.k", "ph.d", "resp", "temp", "ref", "refs", "esp", "ex", "usw", "hr", "hrs", "mins", "secs", "yrs",
    "mo", "wk",
];

/// Whether a full stop after these words belongs to an abbreviation, given what follows.
fn abbreviates(before: &str, next: char) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '/' | '-' | '—'))
        .next()
        .unwrap_or_default();
    if word.is_empty() {
        return false;
    }
    let lower = word.to_lowercase();
    if BEFORE_NAMES.contains(&lower.as_str()) {
        return true;
    }
    if next.is_lowercase() && (BEFORE_LOWER.contains(&lower.as_str()) || word.contains('.')) {
        return true;
    }
    if lower == "no" && next.is_ascii_digit() {
        return true;
    }
    // An initial: `J. Smith`, `Maria K. Lund`; not `so do I.`
    let mut letters = word.chars();
    let initial = matches!((letters.next(), letters.next()), (Some(c), None) if c.is_uppercase() && c != 'I');
    let rest = before[..before.len() - word.len()].trim_end();
    let after_name = rest.split_whitespace().next_back().is_none_or(|previous| {
        previous.chars().next().is_some_and(char::is_uppercase) && !ends_with_terminal(previous.trim_end_matches('.'))
    });
    initial && next.is_uppercase() && after_name
}

/// Adds borders the annex does not see: a full stop before a sentence without a capital.
fn informal_borders(slice: &str, sentence: Range<usize>, offset: usize, borders: &mut Vec<usize>) {
    let text = &slice[sentence.clone()];
    // `Great! :) Then`: the border is behind the smiley.
    for (at, _) in text.match_indices(' ').filter(|&(at, _)| text[at + 1..].starts_with([':', ';', '='])) {
        let smiley = text[at + 1..].split(' ').next().unwrap_or_default();
        let after = at + 1 + smiley.len();
        if smiley.len() > 1
            && !smiley.contains(|c: char| c.is_whitespace())
            && ends_with_terminal(&text[..at])
            && after < text.len()
        {
            borders.push(offset + sentence.start + after);
        }
    }
    for (at, _) in text.match_indices('.').filter(|&(at, _)| text[at + 1..].starts_with(' ')) {
        let before = &text[..at];
        let after = text[at + 1..].trim_start_matches(' ');
        let Some(next) = after.chars().next() else { continue };
        // Two letters at least, so that `a. b. c.` is no run of sentences.
        let word = before.chars().rev().take_while(|c| c.is_alphabetic()).count();
        if next.is_lowercase() && word > 1 && !abbreviates(before, next) && !in_brackets(before, after) {
            borders.push(offset + sentence.start + text.len() - after.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn words_are_those_of_unicode(text in "[a-cA-C0-9_.,;:'\"é’ \t\n-]{0,24}") {
            proptest::prop_assert_eq!(words(&text), text.unicode_words().count(), "{:?}", text);
        }
    }

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn full_stops_that_end_nothing() {
        for text in [
            "I use it for e.g. Drafting memos, i.e. Notes and the like.",
            "Ask Dr. Smith or Prof. Lund about it.",
            "See J. K. Moss and Maria K. Lund for more.",
            "It took 3.5 hours on version 2.10 of Node.js today.",
            "No space.Here after the stop.",
            "Look at https://example.org/a?b=1.2 for it.",
            "Notes, sheets, etc. and so on.",
            "Hmm... Well I never did.",
            "“Why me?” she said aloud.",
            "It costs approx. five pounds (incl. tax).",
            "Item no. 5 was lost.",
            "1. Trust is all.",
            "They ask (really? of me! of all people.) and I laugh.",
        ] {
            assert_eq!(cut(text), [text]);
        }
    }

    #[test]
    fn ends_that_count() {
        assert_eq!(cut("Really?! Yes. No..."), ["Really?!", "Yes.", "No..."]);
        assert_eq!(cut("He said “no.” Then he left."), ["He said “no.”", "Then he left."]);
        assert_eq!(cut("i like it. it works. so do i"), ["i like it.", "it works.", "so do i"]);
        assert_eq!(cut("So do I. Then we left."), ["So do I.", "Then we left."]);
        assert_eq!(cut("We went to the U.S. and back. Fine."), ["We went to the U.S. and back.", "Fine."]);
        assert_eq!(cut("Great! :) Thank you! 😊"), ["Great! :)", "Thank you! 😊"]);
        assert_eq!(cut("これは本です。それは何？"), ["これは本です。", "それは何？"]);
        assert_eq!(cut("It was the tools, etc. Then we went."), ["It was the tools, etc.", "Then we went."]);
    }

    #[test]
    fn lines_of_a_list_are_sentences() {
        assert_eq!(
            cut("I use:\n- notes\n- mail\n1. plans\n2) talk"),
            ["I use:", "- notes", "- mail", "1. plans", "2) talk"]
        );
        assert_eq!(cut("Satisfied: rota\nFrustrated: pay"), ["Satisfied: rota", "Frustrated: pay"]);
        assert_eq!(cut("1. One thing. 2. Two things."), ["1. One thing.", "2. Two things."]);
    }

    #[test]
    fn wrapped_lines_go_on() {
        let text = "I have worked on this ward for eleven years and never before\n\
                    have we been so few at night. It is hard on old and young,\n\
                    Maria and me, and on all the others who come in to help us.";
        assert_eq!(cut(text).len(), 2, "{:?}", cut(text));
        assert_eq!(cut("One para\n\nOther para"), ["One para", "Other para"]);
    }

    #[test]
    fn nothing_and_marks() {
        assert!(cut("").is_empty());
        assert!(cut(" \n ").is_empty());
        assert_eq!(cut("..."), ["..."]);
        assert_eq!(cut("-\n-"), ["-\n-"]);
    }

    #[test]
    fn words_are_counted() {
        assert_eq!(words("don't know—really, N/A"), 5);
        assert_eq!(words(":-) ..."), 0);
    }
}
