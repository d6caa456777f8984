//! Ends of lines and marks around them as other programs leave them in a text: vertical tabs of presentations, form
//! feeds between turns, `<br>` in Markdown, and a quotation mark before and behind every line.
//!
//! In: a text. Out: the same text with such breaks as others are, or the bytes of it that are such marks. What somebody
//! quotes within a line stays, and so does a form feed that stands at the start or the end of a line.

use std::ops::Range;

use memchr::memchr2;

use super::super::super::by_lines::ByLines;
use super::super::super::labels::{lines_from, valid_label};

/// Fewer lines show no habit.
const FEWEST: usize = 3;
/// The longest name, in bytes.
const LONGEST_NAME: usize = 80;
/// How the same tag is written.
const TAGS: [&str; 6] = ["<br>", "<br/>", "<br />", "<BR>", "<BR/>", "<BR />"];
const QUOTES: [(char, char); 3] = [('"', '"'), ('“', '”'), ('„', '“')];

/// The text with an end of line for each vertical tab, and for each form feed within a line.
pub(super) fn as_lines(text: &str) -> Option<String> {
    memchr2(b'\x0b', b'\x0c', text.as_bytes())?;
    let mut written = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_at_start = written.is_empty() || written.ends_with('\n');
        let is_at_end = chars.peek().is_none_or(|next| *next == '\n');
        let ends_line = c == '\u{b}' || (c == '\u{c}' && !is_at_start && !is_at_end);
        written.push(if ends_line { '\n' } else { c });
    }
    Some(written)
}

/// The text with spaces for `<br>`, where several lines have it and none shows it as code.
pub(super) fn without_tags(text: &str) -> Option<String> {
    if !text.contains("<br") && !text.contains("<BR") {
        return None;
    }
    let has_tag = |line: &&str| TAGS.iter().any(|tag| line.contains(tag));
    let is_code = |line: &str| TAGS.iter().any(|tag| line.contains(&format!("`{tag}`")));
    if text.by_lines().filter(has_tag).take(FEWEST).count() < FEWEST || text.by_lines().any(is_code) {
        return None;
    }
    Some(TAGS.iter().fold(text.to_owned(), |text, tag| text.replace(tag, &" ".repeat(tag.len()))))
}

/// The quotation marks around every line of a text, within which names stand before colons, and one of every two
/// within them.
pub(super) fn around_lines(text: &str) -> Vec<Range<usize>> {
    let first = text.by_lines().find(|line| !line.is_blank()).and_then(|line| line.trim().chars().next());
    let Some(&(open, close)) = QUOTES.iter().find(|(open, _)| Some(*open) == first) else { return Vec::new() };
    let (mut found, mut n_lines, mut n_named) = (Vec::new(), 0, 0);
    for (start, line) in lines_from(text, 0).filter(|(_, line)| !line.is_blank()) {
        let start = start + line.len() - line.trim_start().len();
        let line = line.trim();
        let Some(inner) = line.strip_prefix(open).and_then(|line| line.strip_suffix(close)) else { return Vec::new() };
        let name = inner.split_once(':').map(|(name, _)| name).filter(|name| name.len() <= LONGEST_NAME);
        n_lines += 1;
        n_named += usize::from(name.is_some_and(valid_label));
        let from = start + open.len_utf8();
        found.push(start..from);
        found.extend(inner.match_indices("\"\"").map(|(at, _)| from + at..from + at + 1));
        found.push(from + inner.len()..start + line.len());
    }
    if n_lines > FEWEST && n_named * 2 >= n_lines { found } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::labels::without;
    use super::*;

    #[test]
    fn vertical_tabs_and_form_feeds_within_lines_end_lines() {
        assert_eq!(as_lines("Q: So?\u{b}A: No.\u{c}Q: And?"), Some("Q: So?\nA: No.\nQ: And?".to_owned()));
        let pages = "Q: So?\n\u{c}A: No.\u{c}\nand\u{c}";
        assert_eq!(as_lines(pages), Some(pages.to_owned()));
        assert_eq!(as_lines("Q: So?"), None);
    }

    #[test]
    fn tags_of_breaks_are_no_words() {
        let text = "**Ann:**<br>So?\n**Tom:**<br/>No.<br>Or.\n**Ann:**<br>And?\n";
        let written = without_tags(text).unwrap();
        assert_eq!(
            written.split_whitespace().collect::<Vec<_>>().join(" "),
            "**Ann:** So? **Tom:** No. Or. **Ann:** And?"
        );
        assert_eq!(written.len(), text.len());
        for text in ["Tom: I typed <br> twice.\n", "Tom: `<br>`\nTom: <br>\nTom: <br>\n"] {
            assert_eq!(without_tags(text), None, "{text}");
        }
    }

    #[test]
    fn marks_around_every_line_are_none_of_its_words() {
        let text = "\"Ann: Why?\"\n\"Tom: She said \"\"go\"\".\"\n\n\"Ann: And?\"\n\"Tom: No.\"\n";
        let expected = "Ann: Why?\nTom: She said \"go\".\n\nAnn: And?\nTom: No.\n";
        assert_eq!(without(text, &around_lines(text)), expected);
        let bent = "“Ann: Why?”\n“Tom: So.”\n“Ann: And?”\n“Tom: No.”";
        assert_eq!(without(bent, &around_lines(bent)), "Ann: Why?\nTom: So.\nAnn: And?\nTom: No.");
        for text in [
            "\"Why was that?\"\n\"Because.\"\n\"And then?\"\n\"No.\"\n",
            "\"Ann: Why?\"\n\"Tom: So.\"\nAnn: And?\n\"Tom: No.\"\n",
            "\"Ann: Why?\"\n",
        ] {
            assert!(around_lines(text).is_empty(), "{text}");
        }
    }
}
