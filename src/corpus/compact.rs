//! Texts as they are compared where programs space, break and quote them differently.
//!
//! In: any text. Out: [`Compact`], its letters in a row without white space, case, the shape of quotation marks and
//! times in brackets, each with its place in the text. What a font cannot show and an export replaced by `□` is `□`
//! in both.

use std::ops::Range;

use super::marks::bracketed;

/// A text without what programs change in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Compact {
    text: String,
    /// For each byte of `text` the code point of the original that it comes from.
    points: Vec<usize>,
}

impl Compact {
    pub(crate) fn new(text: &str) -> Self {
        let mut compact = Self::default();
        let mut from = 0;
        for (point, (byte, c)) in text.char_indices().enumerate() {
            if byte < from {
                continue;
            }
            if let ('[' | '(' | '{' | '#', Some(mark)) = (c, bracketed(&text[byte..])) {
                from = byte + mark.end;
                continue;
            }
            let kept = match c {
                c if c.is_whitespace() || c.is_control() => continue,
                '‘' | '’' => '\'',
                '“' | '”' => '"',
                '\u{10000}'.. => '□',
                c => c,
            };
            compact.text.extend(kept.to_lowercase());
            compact.points.resize(compact.text.len(), point);
        }
        compact
    }

    /// All of it.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Where another text stands in it: bytes of [`text`](Self::text) at `from` or later. `None` for nothing.
    pub(crate) fn find(&self, other: &Self, from: usize) -> Option<Range<usize>> {
        let start = self.text.get(from..)?.find(&other.text).filter(|_| !other.text.is_empty())? + from;
        Some(start..start + other.text.len())
    }

    /// The code points of the original that some bytes come from.
    pub(crate) fn points(&self, bytes: Range<usize>) -> Range<usize> {
        match (self.points.get(bytes.start), bytes.end.checked_sub(1).and_then(|last| self.points.get(last))) {
            (Some(&start), Some(&last)) => start..last + 1,
            _ => 0..0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_brackets_are_passed_over() {
        let text = "two hïves [00:01:30] and {0:03}a hum (see [sic])";
        let compact = Compact::new(text);
        let words = Compact::new("Hïves and a hum");
        let found = compact.points(compact.find(&words, 0).unwrap());
        assert_eq!(
            text.chars().skip(found.start).take(found.len()).collect::<String>(),
            "hïves [00:01:30] and {0:03}a hum"
        );
        assert!(compact.find(&Compact::new("(see [sic])"), 0).is_some());
    }

    #[test]
    fn texts_are_found_however_they_are_spaced_and_quoted() {
        let text = "Well:\r\n“It’s  on the\nWALL 😀”, and it's on the wall";
        let compact = Compact::new(text);
        let words = Compact::new("it's on the wall");
        let first = compact.find(&words, 0).unwrap();
        let shown = |range: Range<usize>| text.chars().skip(range.start).take(range.len()).collect::<String>();
        assert_eq!(shown(compact.points(first.clone())), "It’s  on the\nWALL");
        let second = compact.find(&words, first.end).unwrap();
        assert_eq!(shown(compact.points(second)), "it's on the wall");
        assert!(compact.find(&Compact::new("wall □"), 0).is_some());
        assert!(compact.find(&Compact::new(" \n"), 0).is_none());
        assert!(compact.find(&words, compact.text().len()).is_none());
    }
}
