//! Ids, studies and speakers of a table: a few texts that many rows have.
//!
//! In: a text. Out: the same, kept once however often it comes. It forgets nothing until it is dropped.

use std::collections::HashSet;
use std::sync::Arc;

/// Texts of which many rows have the same, each once.
#[derive(Default)]
pub(super) struct SharedTexts(HashSet<Arc<str>>);

impl SharedTexts {
    /// The text, shared with all that are equal.
    pub(super) fn of(&mut self, text: &str) -> Arc<str> {
        match self.0.get(text) {
            Some(known) => Arc::clone(known),
            None => {
                let new: Arc<str> = text.into();
                self.0.insert(Arc::clone(&new));
                new
            }
        }
    }
}
