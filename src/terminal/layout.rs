//! Widths, wrapping, numbers and bars.

pub use crate::theme::numbers::{counted, number, percent, prevalence};

/// Columns to use: the terminal's, between 24 and 100; 80 when the output is piped.
pub fn width() -> usize {
    use std::io::IsTerminal;
    if !std::io::stdout().is_terminal() {
        return 80;
    }
    textwrap::termwidth().clamp(24, 100)
}

/// Lines of `text`, wrapped, all indented by `indent` spaces; white space inside is folded.
pub fn wrapped(text: &str, indent: usize, width: usize) -> Vec<String> {
    hanging(text, indent, indent, width)
}

/// The same with another indent for the first line.
pub fn hanging(text: &str, first: usize, rest: usize, width: usize) -> Vec<String> {
    let folded = text.split_whitespace().map(super::gate::harmless).collect::<Vec<_>>().join(" ");
    let (first, rest) = (" ".repeat(first), " ".repeat(rest));
    let options = textwrap::Options::new(width).initial_indent(&first).subsequent_indent(&rest);
    textwrap::wrap(&folded, options).into_iter().map(|line| line.into_owned()).collect()
}

/// A bar of `cells` characters for a share of 0–1.
pub fn bar(share: f64, cells: usize) -> String {
    let eighths = (share.clamp(0.0, 1.0) * cells as f64 * 8.0).round() as usize;
    let mut bar = "█".repeat(eighths / 8);
    if !eighths.is_multiple_of(8) {
        bar.push(['▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8 - 1]);
    }
    let filled = bar.chars().count();
    bar.push_str(&"·".repeat(cells.saturating_sub(filled)));
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_have_their_length() {
        assert_eq!(bar(0.0, 4), "····");
        assert_eq!(bar(1.0, 4), "████");
        assert_eq!(bar(0.5, 3).chars().count(), 3);
        assert_eq!(bar(7.0, 2), "██");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(wrapped("a\u{1b}[31m \u{202e}b", 0, 80), ["a\\u{1b}[31m \\u{202e}b"]);
    }
}
