//! On which lines of a text the values in it start.
//!
//! In: a text, and values that lie in it, in order. Out: the line of each. It looks at no byte twice.

use serde_json::value::RawValue;

/// Tells the lines of values along a text, each byte once.
#[derive(Clone, Copy)]
pub(super) struct LineCounter<'t> {
    text: &'t str,
    byte: usize,
    line: usize,
}

impl<'t> LineCounter<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, byte: 0, line: 1 }
    }

    /// The line on which a value starts that lies in the text, not before the last one asked for.
    pub(super) fn of(&mut self, raw: &'t RawValue) -> usize {
        let byte = (raw.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        if let Some(between) = self.text.as_bytes().get(self.byte..byte) {
            self.line += between.iter().filter(|&&b| b == b'\n').count();
            self.byte = byte;
        }
        self.line
    }
}
