//! Messages on standard error: `error:`, `hint:`, `warning:`.
//!
//! In: a sentence that may hold names from anywhere, however long. Out: the sentence, harmless (see
//! [`super::gate`]) and at most [`super::gate::LONGEST_MESSAGE`] bytes long. It never fails: a closed
//! standard error leaves nobody to tell.

use std::io::Write;

use anstyle::{AnsiColor, Style};

use super::gate::{bounded, harmless_lines};

/// Prints `error: …` and, where there is one, `hint: …`.
pub fn error(message: &str, hint: Option<&str>) {
    line("error", AnsiColor::Red.on_default().bold(), message);
    if let Some(hint) = hint {
        line("hint", AnsiColor::Cyan.on_default().bold(), hint);
    }
}

/// Prints `warning: …`.
pub fn warning(message: &str) {
    line("warning", AnsiColor::Yellow.on_default().bold(), message);
}

/// Prints a plain line.
pub fn note(message: &str) {
    let _ = writeln!(anstream::stderr(), "{}", shown(message));
}

fn line(word: &str, style: Style, message: &str) {
    let _ = writeln!(anstream::stderr(), "{style}{word}:{style:#} {}", shown(message));
}

/// A message as it may be printed. It is cut before and after, as what is harmful grows.
fn shown(message: &str) -> String {
    let harmless = harmless_lines(&bounded(message));
    bounded(&harmless).into_owned()
}
