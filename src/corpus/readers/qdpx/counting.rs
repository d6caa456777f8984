//! How a program counted positions in a text.
//!
//! In: a text as it lies in the project, and positions with, for some, the words that they are to mark. Out: the
//! code points of the text with LF line ends. The standard counts code points, line ends as they are written. Some
//! programs count UTF-16 units, or a line end of two characters as one, or one as two. Which it was is decided for a
//! text as a whole: the counting by which the most stretches are the words told with them or, where none are told,
//! begin and end between words. The standard's wins where no other has more. Stretches whose words stand elsewhere
//! all the same are found by their words.

use std::ops::Range;

use super::super::super::compact::Compact;

/// A stretch as the project has it.
pub(super) struct Marked {
    pub(super) start: usize,
    pub(super) end: usize,
    /// What the program called it, which is its words in some.
    pub(super) name: String,
}

/// A stretch in code points of the text with LF line ends.
#[derive(Debug, PartialEq)]
pub(super) struct Counted {
    pub(super) points: Range<usize>,
    /// Whether it stands elsewhere than its positions say by the standard.
    pub(super) moved: bool,
}

/// What a counting makes of line ends.
#[derive(Clone, Copy, PartialEq)]
enum LineEnd {
    AsWritten,
    One,
    Two,
}

/// Each way of counting: whether in UTF-16 units, and line ends. The standard's comes first.
const WAYS: [(bool, LineEnd); 6] = [
    (false, LineEnd::AsWritten),
    (false, LineEnd::One),
    (false, LineEnd::Two),
    (true, LineEnd::AsWritten),
    (true, LineEnd::One),
    (true, LineEnd::Two),
];

/// The text with LF line ends.
pub(super) fn with_line_feeds(raw: &str) -> String {
    raw.replace("\r\n", "\n").replace('\r', "\n")
}

/// Finds stretches in a text; `None` for each that lies outside and has no words.
pub(super) fn counted(raw: &str, marked: &[Marked]) -> Vec<Option<Counted>> {
    let text = with_line_feeds(raw);
    let chars: Vec<char> = text.chars().collect();
    let compact = Compact::new(&text);
    let named: Vec<Option<Compact>> = marked.iter().map(|one| words(one, &compact)).collect();
    let is_right = |range: &Range<usize>, words: Option<&Compact>| match words {
        Some(words) => Compact::new(&chars[range.clone()].iter().collect::<String>()).text() == words.text(),
        None => is_between_words(&chars, range.start) && is_between_words(&chars, range.end),
    };
    let found = |table: &[usize]| -> Vec<Option<Range<usize>>> {
        let range = |one: &Marked| Some(*table.get(one.start)?..*table.get(one.end)?).filter(|range| !range.is_empty());
        marked.iter().map(range).collect()
    };
    let standard = found(&positions(raw, WAYS[0]));
    let right = |found: &[Option<Range<usize>>]| {
        let pairs = found.iter().zip(&named);
        pairs.filter(|(range, words)| range.as_ref().is_some_and(|range| is_right(range, words.as_ref()))).count()
    };
    let (mut best, mut most) = (standard.clone(), right(&standard));
    for way in &WAYS[1..] {
        if most == marked.len() {
            break;
        }
        let other = found(&positions(raw, *way));
        let n = right(&other);
        if n > most {
            (best, most) = (other, n);
        }
    }
    let place = |at: usize| {
        let by_position = best[at].clone();
        let words = named[at].as_ref();
        let points = match (by_position, words) {
            (Some(range), _) if words.is_none() || is_right(&range, words) => range,
            (range, Some(words)) => nearest(&compact, words, range.map_or(0, |range| range.start))?,
            (range, None) => range?,
        };
        Some(Counted { moved: standard[at].as_ref() != Some(&points), points })
    };
    (0..marked.len()).map(place).collect()
}

/// For each position the code point of the text with LF line ends; one more for the end.
fn positions(raw: &str, (utf16, line_end): (bool, LineEnd)) -> Vec<usize> {
    let mut table = Vec::with_capacity(raw.len() + 1);
    let mut characters = raw.chars().peekable();
    let mut point = 0;
    while let Some(c) = characters.next() {
        let is_pair = c == '\r' && characters.next_if_eq(&'\n').is_some();
        let width = match (c, line_end) {
            ('\r' | '\n', LineEnd::One) => 1,
            ('\r' | '\n', LineEnd::Two) => 2,
            _ if is_pair => 2,
            (c, _) if utf16 => c.len_utf16(),
            _ => 1,
        };
        table.extend(std::iter::repeat_n(point, width));
        point += 1;
    }
    table.push(point);
    table
}

/// The words that a stretch is called by, where its name is words of the text and about as long as the stretch:
/// other names are titles.
fn words(marked: &Marked, text: &Compact) -> Option<Compact> {
    let name = Compact::new(&marked.name);
    let (told, marked) = (marked.name.chars().count(), marked.end.saturating_sub(marked.start));
    let is_as_long =
        told.saturating_mul(4) >= marked.saturating_mul(3) && marked.saturating_mul(4) >= told.saturating_mul(3);
    (is_as_long && text.find(&name, 0).is_some()).then_some(name)
}

/// Where words stand nearest to a code point.
fn nearest(text: &Compact, words: &Compact, point: usize) -> Option<Range<usize>> {
    let mut best: Option<Range<usize>> = None;
    let mut from = 0;
    while let Some(found) = text.find(words, from) {
        from = found.end;
        let range = text.points(found);
        let is_nearer = |best: &Range<usize>| range.start.abs_diff(point) < best.start.abs_diff(point);
        let is_behind = range.start > point;
        if best.as_ref().is_none_or(is_nearer) {
            best = Some(range);
        }
        if is_behind {
            break;
        }
    }
    best
}

/// Whether no word is cut there.
fn is_between_words(chars: &[char], at: usize) -> bool {
    let is_letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric());
    !(is_letter(at.checked_sub(1)) && is_letter(Some(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Count<'a> = &'a dyn Fn(&str) -> usize;

    const RAW: &str = "😀 Ann: The rota changes.\r\nBen: 😀 It is the rota that I mind.\r\nAnn: So do I, and more.\r\n";

    fn stretch(raw: &str, words: &str, count: impl Fn(&str) -> usize, named: bool) -> Marked {
        let at = raw.find(words).unwrap();
        let (start, end) = (count(&raw[..at]), count(&raw[..at + words.len()]));
        Marked { start, end, name: if named { words.to_owned() } else { "a title".to_owned() } }
    }

    fn shown(raw: &str, found: &[Option<Counted>]) -> Vec<(String, bool)> {
        let text = with_line_feeds(raw);
        let words = |one: &Counted| text.chars().skip(one.points.start).take(one.points.len()).collect();
        found.iter().flatten().map(|one| (words(one), one.moved)).collect()
    }

    #[test]
    fn positions_of_any_counting_are_found_and_told() {
        let one: Count = &|text| with_line_feeds(text).chars().count();
        let ways: [(Count, bool); 4] = [
            (&|text| text.chars().count(), false),
            (one, true),
            (&|text| text.encode_utf16().count(), true),
            (&|text| with_line_feeds(text).encode_utf16().count(), true),
        ];
        for named in [true, false] {
            for (way, (count, moved)) in ways.iter().enumerate() {
                let wanted = ["The rota changes.", "It is the rota that I mind.", "So do I, and more."];
                let marked: Vec<Marked> = wanted.iter().map(|words| stretch(RAW, words, count, named)).collect();
                let found = shown(RAW, &counted(RAW, &marked));
                assert_eq!(found.iter().map(|one| one.0.as_str()).collect::<Vec<_>>(), wanted, "{way} {named}");
                assert_eq!(found[1].1, *moved, "{way} {named}");
            }
        }
        // A project that counts two for a line end which its file has as one.
        let raw = with_line_feeds(RAW);
        let two = |text: &str| text.replace('\n', "\r\n").chars().count();
        let marked = [stretch(&raw, "It is the rota that I mind.", two, true), stretch(&raw, "So do I", two, true)];
        assert_eq!(shown(&raw, &counted(&raw, &marked))[1], ("So do I".to_owned(), true));
    }

    #[test]
    fn words_elsewhere_are_found_by_what_they_are() {
        let raw = "It is late. Yes. It is cold. It is late.";
        let marked = |start, end, name: &str| Marked { start, end, name: name.to_owned() };
        let found =
            counted(raw, &[marked(27, 38, "It is late."), marked(0, 11, "It is late."), marked(12, 16, "agrees")]);
        let found: Vec<_> = found.into_iter().map(|one| one.map(|one| (one.points, one.moved))).collect();
        assert_eq!(found, [Some((29..40, true)), Some((0..11, false)), Some((12..16, false))]);
        assert_eq!(counted(raw, &[marked(90, 99, ""), marked(5, 5, "")]), [None, None]);
    }
}
