//! Ids, studies and speakers of a table: a few texts that many rows have.
//!
//! In: a text. Out: the same, kept once however often it comes. It forgets nothing until it is dropped.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::super::speakers::key;

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

/// Gives speakers whose names differ in capitals and spaces alone, as `Tom Reed` and `TOM  REED` do, the
/// spelling that comes first.
pub(super) fn one_spelling<'s>(speakers: impl Iterator<Item = &'s mut Arc<str>>) {
    let mut first: HashMap<String, Arc<str>> = HashMap::new();
    for speaker in speakers {
        let spelling = first.entry(key(speaker)).or_insert_with(|| Arc::clone(speaker));
        *speaker = Arc::clone(spelling);
    }
}
