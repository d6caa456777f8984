//! How standard error is written: for people, or for programs.
//!
//! In: the choice of whoever started the program. Out: the same, wherever something is told.

use std::sync::atomic::{AtomicU8, Ordering};

/// How progress is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Mode {
    /// Bars on a terminal
    Auto,
    /// A JSON object a line on standard error, messages too, for programs
    Json,
    /// Not at all
    None,
}

static MODE: AtomicU8 = AtomicU8::new(Mode::Auto as u8);

impl Mode {
    /// Makes it that of the whole program, as the choice of colours is.
    pub fn write_global(self) {
        MODE.store(self as u8, Ordering::Relaxed);
    }

    /// That of the program.
    pub(super) fn global() -> Self {
        let set = MODE.load(Ordering::Relaxed);
        [Self::Json, Self::None].into_iter().find(|&mode| mode as u8 == set).unwrap_or(Self::Auto)
    }
}
