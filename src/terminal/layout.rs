//! Widths, wrapping, numbers and bars.

use crate::theme::prevalence::Prevalence;

/// Columns to use: the terminal's, between 60 and 100; 80 when the output is piped.
pub fn width() -> usize {
    use std::io::IsTerminal;
    if !std::io::stdout().is_terminal() {
        return 80;
    }
    textwrap::termwidth().clamp(60, 100)
}

/// Lines of `text`, wrapped, all indented by `indent` spaces; white space inside is folded.
pub fn wrapped(text: &str, indent: usize, width: usize) -> Vec<String> {
    hanging(text, indent, indent, width)
}

/// The same with another indent for the first line.
pub fn hanging(text: &str, first: usize, rest: usize, width: usize) -> Vec<String> {
    let folded = text.split_whitespace().map(printable).collect::<Vec<_>>().join(" ");
    let (first, rest) = (" ".repeat(first), " ".repeat(rest));
    let options = textwrap::Options::new(width).initial_indent(&first).subsequent_indent(&rest);
    textwrap::wrap(&folded, options).into_iter().map(|line| line.into_owned()).collect()
}

/// Transcripts are untrusted: control characters and direction overrides must not reach the
/// terminal as such.
fn printable(word: &str) -> String {
    let harmful = |c: char| {
        c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
    };
    word.chars().map(|c| if harmful(c) { '\u{fffd}' } else { c }).collect()
}

/// `1,234`
pub fn number(value: usize) -> String {
    let digits = value.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 answer`, `1,234 answers`
pub fn counted(value: usize, singular: &str) -> String {
    let plural = match singular {
        "study" => "studies".to_string(),
        word if word.ends_with('y') => format!("{}ies", &word[..word.len() - 1]),
        word => format!("{word}s"),
    };
    format!("{} {}", number(value), if value == 1 { singular } else { &plural })
}

/// `27 %`
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// `34 of 125 participants (27 %, 20–36)`: the share and its 95 % interval.
pub fn prevalence(prevalence: &Prevalence) -> String {
    let people = format!("{} of {} participants", number(prevalence.participants), number(prevalence.asked));
    match (prevalence.share, prevalence.low, prevalence.high) {
        (Some(share), Some(low), Some(high)) => {
            format!("{people} ({}, {:.0}–{:.0})", percent(share), low * 100.0, high * 100.0)
        }
        _ => people,
    }
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
    fn numbers_are_grouped() {
        assert_eq!([number(0), number(999), number(1000), number(1_234_567)], ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(counted(1, "study"), "1 study");
        assert_eq!(counted(2, "study"), "2 studies");
    }

    #[test]
    fn a_prevalence_reads_like_a_sentence() {
        assert_eq!(prevalence(&Prevalence::new(34, 125)), "34 of 125 participants (27 %, 20–36)");
        assert_eq!(prevalence(&Prevalence::new(0, 0)), "0 of 0 participants");
    }

    #[test]
    fn bars_have_their_length() {
        assert_eq!(bar(0.0, 4), "····");
        assert_eq!(bar(1.0, 4), "████");
        assert_eq!(bar(0.5, 3).chars().count(), 3);
        assert_eq!(bar(7.0, 2), "██");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(wrapped("a\u{1b}[31m \u{202e}b", 0, 80), ["a\u{fffd}[31m \u{fffd}b"]);
    }
}
