//! Steps that hand work to a crate which asserts what it cannot know: a decoder, that bytes are not
//! damaged; a writer, that the disk is not full.
//!
//! In: a step. Out: its result, or nothing when it panicked; its own results are then given up and
//! nothing else is touched. What is printed about a panic is the program's to decide, see
//! [`is_guarded`].

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is in a step whose panic becomes an error: a panic hook should then print
/// nothing.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// Runs a step; `None` when it panicked.
pub(crate) fn guarded<T>(step: impl FnOnce() -> T) -> Option<T> {
    let outside = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(step)).ok();
    GUARDED.set(outside);
    result
}
