//! The lines of a text, found many bytes at a time: some sixty rules walk all lines of every text.
//!
//! In: a text. Out: the same lines as those of `str::lines`, or with their ends as those of `split_inclusive('\n')`. It
//! never copies a line and never trims one. What else is asked of most lines, whether they are
//! blank, it answers as soon.

use memchr::memchr;

/// Texts whose lines are walked.
pub(crate) trait ByLines {
    /// The lines without their ends, `\n` or `\r\n`.
    fn by_lines(&self) -> Lines<'_>;

    /// The lines with their ends.
    fn by_whole_lines(&self) -> WholeLines<'_>;

    /// Whether there is nothing but white space.
    fn is_blank(&self) -> bool;
}

impl ByLines for str {
    fn by_lines(&self) -> Lines<'_> {
        Lines { whole: self.by_whole_lines() }
    }

    fn by_whole_lines(&self) -> WholeLines<'_> {
        WholeLines { rest: self }
    }

    #[inline]
    fn is_blank(&self) -> bool {
        // Most lines that are not begin with a letter.
        !self.as_bytes().first().is_some_and(u8::is_ascii_graphic) && self.trim_start().is_empty()
    }
}

/// The lines of a text without their ends.
#[derive(Clone)]
pub(crate) struct Lines<'t> {
    whole: WholeLines<'t>,
}

impl<'t> Iterator for Lines<'t> {
    type Item = &'t str;

    #[inline]
    fn next(&mut self) -> Option<&'t str> {
        let line = self.whole.next()?;
        // A `\r` alone ends no line.
        Some(line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line)))
    }
}

/// The lines of a text with their ends.
#[derive(Clone)]
pub(crate) struct WholeLines<'t> {
    rest: &'t str,
}

impl<'t> Iterator for WholeLines<'t> {
    type Item = &'t str;

    #[inline]
    fn next(&mut self) -> Option<&'t str> {
        if self.rest.is_empty() {
            return None;
        }
        let end = memchr(b'\n', self.rest.as_bytes()).map_or(self.rest.len(), |at| at + 1);
        let (line, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_the_standard_library() {
        for text in ["", "\n", "a", "a\n", "a\n\nb", "\r\n", "a\r\nb\r", "a\r\r\nb\n\r\n", "ä\nö\n\n\n", "\u{2028}\nx"]
        {
            assert!(text.by_lines().eq(text.lines()), "{text:?}");
            assert!(text.by_whole_lines().eq(text.split_inclusive('\n')), "{text:?}");
        }
    }
}
