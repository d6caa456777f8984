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

/// Columns that words take on a terminal: a Chinese letter takes two, a combining mark none.
pub fn columns(text: &str) -> usize {
    textwrap::core::display_width(text)
}

/// Words of others on one line of at most `most` columns, with an ellipsis where some are missing.
pub fn shortened(text: &str, most: usize) -> String {
    let whole = hanging(text, 0, 0, usize::MAX).concat();
    if columns(&whole) <= most {
        return whole;
    }
    let mut short = String::new();
    for letter in whole.chars() {
        let longer = format!("{short}{letter}");
        if columns(&longer) > most.saturating_sub(1) {
            break;
        }
        short = longer;
    }
    format!("{}…", short.trim_end())
}

/// A text with spaces behind it, up to `width` columns.
pub fn left(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// A text with spaces before it, up to `width` columns.
pub fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(columns(text))))
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
    fn columns_are_those_of_the_terminal() {
        assert_eq!([columns("rota"), columns("人手不足"), columns("e\u{301}")], [4, 8, 1]);
        assert_eq!(left("人手", 6) + "|", "人手  |");
        assert_eq!(right("–", 3), "  –");
        assert_eq!(left("longer", 3), "longer");
        assert_eq!([shortened("the  rota", 8), shortened("the rota, again", 8)], ["the rota", "the rot…"]);
        assert_eq!(
            [shortened("人手不足", 8), shortened("人手不足", 7), shortened("on rotas", 4)],
            ["人手不足", "人手不…", "on…"]
        );
        assert_eq!(shortened("a\u{1b}[2J", 40), "a\\u{1b}[2J");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(wrapped("a\u{1b}[31m \u{202e}b", 0, 80), ["a\\u{1b}[31m \\u{202e}b"]);
    }
}
