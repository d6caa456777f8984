//! Messages on standard error: `error:`, `hint:`, `warning:`.

use std::io::Write;

use anstyle::{AnsiColor, Style};

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
    // A closed standard error leaves nobody to tell.
    let _ = writeln!(anstream::stderr(), "{message}");
}

fn line(word: &str, style: Style, message: &str) {
    let _ = writeln!(anstream::stderr(), "{style}{word}:{style:#} {message}");
}
