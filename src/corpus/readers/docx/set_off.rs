//! Words that bold or underlined letters set off at the start of a paragraph.
//!
//! In: the words of a paragraph, as they are read. Out: how many bytes of it are set off, where others follow. It
//! decides nothing about who speaks.

/// Words at the start of a paragraph that are set off from others.
#[derive(Debug, Default)]
pub(crate) struct SetOff {
    bytes: usize,
    is_past: bool,
}

impl SetOff {
    /// Takes words in one kind of letters; `text` is the paragraph up to their end.
    pub(crate) fn add(&mut self, words: &str, text: &str, is_set_off: bool) {
        if words.trim().is_empty() {
            return;
        }
        self.is_past |= !is_set_off;
        if !self.is_past {
            self.bytes = text.trim_end().len();
        }
    }

    /// The bytes of the paragraph that are set off; `None` where all of it is, or nothing.
    pub(crate) fn bytes(&self) -> Option<usize> {
        (self.bytes > 0 && self.is_past).then_some(self.bytes)
    }
}
