//! Messages on standard error: `error:`, `hint:`, `warning:`.
//!
//! In: a sentence that may hold names from anywhere, however long. Out: the sentence, harmless (see
//! [`super::gate`]) and at most [`super::gate::LONGEST_MESSAGE`] bytes long; with `--progress json` an object on a
//! line, whose strings are escaped. It never fails: a closed
//! standard error leaves nobody to tell.

use std::io::Write;

use anstyle::{AnsiColor, Style};

use super::gate::{bounded, harmless_lines};
use super::mode::Mode;

/// Prints `error: …` and, where there is one, `hint: …`.
pub fn error(message: &str, hint: Option<&str>) {
    if Mode::global() == Mode::Json {
        return object("error", message, hint);
    }
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
    if Mode::global() == Mode::Json {
        return object("note", message, None);
    }
    let _ = writeln!(anstream::stderr(), "{}", shown(message));
}

fn line(word: &str, style: Style, message: &str) {
    if Mode::global() == Mode::Json {
        return object(word, message, None);
    }
    let _ = writeln!(anstream::stderr(), "{style}{word}:{style:#} {}", shown(message));
}

/// The same for a program: `{"message": "warning", "text": …}`, and a `hint` where there is one.
fn object(word: &str, text: &str, hint: Option<&str>) {
    let mut object = serde_json::json!({ "message": word, "text": bounded(text) });
    if let Some(hint) = hint {
        object["hint"] = bounded(hint).into();
    }
    let _ = writeln!(std::io::stderr(), "{object}");
}

/// A message as it may be printed. It is cut before and after, as what is harmful grows.
fn shown(message: &str) -> String {
    let harmless = harmless_lines(&bounded(message));
    bounded(&harmless).into_owned()
}
