//! Lines and bars in their styles.
//!
//! In: text that is wrapped already, shares of 0–1. Out: lines on the given writer. It wraps nothing but what stands
//! beside a bar.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::layout::{bar, wrapped};

const BAR: Style = AnsiColor::Blue.on_default();
/// Characters of a bar.
const BAR_CELLS: usize = 12;

/// A bar with what it says beside it, or below it where the terminal is narrow.
pub(super) fn bar_line(
    out: &mut dyn Write,
    share: Option<f64>,
    text: &str,
    indent: usize,
    width: usize,
) -> io::Result<()> {
    let (bar, spaces) = (bar(share.unwrap_or(0.0), BAR_CELLS), " ".repeat(indent));
    if indent + BAR_CELLS + 1 + text.chars().count() <= width {
        return writeln!(out, "{spaces}{BAR}{bar}{BAR:#} {text}");
    }
    writeln!(out, "{spaces}{BAR}{bar}{BAR:#}")?;
    lines(out, &wrapped(text, indent, width), Style::new())
}

pub(super) fn lines(out: &mut dyn Write, lines: &[String], style: Style) -> io::Result<()> {
    for line in lines {
        let text = line.trim_start();
        writeln!(out, "{}{style}{text}{style:#}", &line[..line.len() - text.len()])?;
    }
    Ok(())
}
