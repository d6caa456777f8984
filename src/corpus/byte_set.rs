//! Sets of bytes, for the signs that a text is searched for: one look into a table for each byte, however many signs.
//!
//! In: signs of ASCII, and a text. Out: whether a byte is one of them, and where the first of them stands. It knows no
//! other characters.

/// A set of bytes.
pub(crate) struct ByteSet([bool; 256]);

impl ByteSet {
    pub(crate) const fn of(bytes: &[u8]) -> Self {
        let mut found = [false; 256];
        let mut at = 0;
        while at < bytes.len() {
            assert!(bytes[at].is_ascii(), "other characters have several bytes");
            found[bytes[at] as usize] = true;
            at += 1;
        }
        Self(found)
    }

    #[inline]
    pub(crate) fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte)]
    }

    /// The first byte of a text, from one on, that is in the set.
    pub(crate) fn find(&self, text: &str, from: usize) -> Option<usize> {
        text.as_bytes()[from..].iter().position(|&byte| self.has(byte)).map(|at| from + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sign_is_found_from_a_byte_on() {
        const BRACKETS: ByteSet = ByteSet::of(b"([");
        assert_eq!(BRACKETS.find("ä (b) [c]", 0), Some(3));
        assert_eq!(BRACKETS.find("ä (b) [c]", 4), Some(7));
        assert_eq!(BRACKETS.find("ä (b) [c]", 8), None);
        assert_eq!(BRACKETS.find("", 0), None);
    }
}
