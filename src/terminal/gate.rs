//! The one gate through which everything is printed for people, on a terminal and in a pipe.
//!
//! In: lines that hold words of others (names of studies, files and columns, questions, quotes), and
//! the styles of this program. Out: the same with every character that would steer a terminal, turn
//! the direction of writing or hide something shown as `\u{1b}`; lines are kept. It never changes
//! letters of any script, combining marks, or emoji that are joined from several. Data for programs
//! (JSON, CSV, …) does not pass here: it stays as it is.
//!
//! [`harmless`] is for words as they are put into a line, [`Gate`] for the line as it leaves: it knows
//! this program's own styles, drops them where nobody looks, and lets no other sequence pass.

use std::borrow::Cow;
use std::io::{self, Write};

/// The longest message, in bytes, with what is said of the rest.
pub const LONGEST_MESSAGE: usize = 2000;

/// Words of others, fit to be printed inside a line: what steers, turns or hides is shown as
/// `\u{1b}`.
pub fn harmless(text: &str) -> Cow<'_, str> {
    escaped(text, |_| false, rust_escape)
}

/// JSON on one line, with the words of others in its strings, fit to be shown: the same characters stand as JSON's
/// own `\u001b`, so that whoever reads the JSON has the words as they are.
pub fn harmless_json(json: &str) -> Cow<'_, str> {
    escaped(json, |_| false, json_escape)
}

/// The same for text of several lines; a line after the first never starts at the margin, so that no
/// name with a line end in it can look like a message of its own.
pub fn harmless_lines(text: &str) -> String {
    let shown = escaped(text, |c| c == '\n', rust_escape);
    let mut lines = shown.split('\n');
    let mut whole = lines.next().unwrap_or_default().to_string();
    for line in lines {
        whole.push_str(if line.is_empty() || line.starts_with("  ") { "\n" } else { "\n  " });
        whole.push_str(line);
    }
    whole
}

/// At most [`LONGEST_MESSAGE`] bytes of a message, cut between characters, with how much is missing.
pub fn bounded(message: &str) -> Cow<'_, str> {
    bounded_to(LONGEST_MESSAGE, message)
}

/// At most `bytes` (100 or more) of an argument or a message, cut between characters, with how much is missing.
pub fn bounded_to(bytes: usize, message: &str) -> Cow<'_, str> {
    if message.len() <= bytes {
        return message.into();
    }
    let room = bytes - 60; // for what is said of the rest
    let end = (0..=room).rev().find(|&at| message.is_char_boundary(at)).unwrap_or(0);
    let rest = crate::theme::numbers::number(message[end..].chars().count());
    format!("{}… ({rest} more characters left out)", &message[..end]).into()
}

fn rust_escape(c: char, shown: &mut String) {
    shown.extend(c.escape_unicode());
}

fn json_escape(c: char, shown: &mut String) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        shown.push_str(&format!("\\u{unit:04x}"));
    }
}

/// `passes`: harmful characters that stay; `escape`: how the others are written.
fn escaped(text: &str, passes: impl Fn(char) -> bool, escape: impl Fn(char, &mut String)) -> Cow<'_, str> {
    if text.bytes().all(|byte| (b' '..0x7f).contains(&byte)) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len());
    let mut before: Option<char> = None;
    let mut in_flag = false;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        in_flag = c == '\u{1f3f4}' || in_flag && is_tag(c);
        let joins = is_joiner(c) && before.is_some_and(may_join) && characters.peek().copied().is_some_and(may_join);
        if passes(c) || !is_harmful(c) || joins || in_flag {
            shown.push(c);
        } else {
            escape(c, &mut shown);
        }
        before = Some(c);
    }
    if shown == text { text.into() } else { shown.into() }
}

/// Whether a character steers a terminal, turns the direction of writing, breaks a line or takes no
/// room.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || is_joiner(c)
        || is_tag(c)
        || matches!(c,
            '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Zero-width joiner and non-joiner.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Beside these a joiner has a meaning: emoji, and the letters of scripts that join.
fn may_join(c: char) -> bool {
    !c.is_ascii() && !c.is_whitespace() && (c == '\u{fe0f}' || !is_harmful(c))
}

/// The letters of a flag's region, invisible anywhere else.
fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0000}'..='\u{e007f}')
}

/// A writer that only harmless text and this program's own styles pass.
///
/// It holds back what may be the start of a character or of a style until the rest is written.
pub struct Gate<W: Write> {
    out: W,
    styled: bool,
    held: Vec<u8>,
}

impl<W: Write> Gate<W> {
    /// `styled`: whether the styles pass, or are dropped.
    pub fn new(out: W, styled: bool) -> Self {
        Self { out, styled, held: Vec::new() }
    }

    /// Lets through what is held, the last `kept` bytes excepted.
    fn pass(&mut self, kept: usize) -> io::Result<()> {
        let ready = self.held.len() - kept;
        let rest = self.held.split_off(ready);
        let bytes = std::mem::replace(&mut self.held, rest);
        let text = String::from_utf8_lossy(&bytes);
        let mut shown = String::with_capacity(text.len());
        let mut left = text.as_ref();
        while let Some(at) = left.find('\u{1b}') {
            shown.push_str(&escaped(&left[..at], |c| c == '\n', rust_escape));
            left = &left[at..];
            let style = style_length(left.as_bytes());
            if style > 0 && self.styled {
                shown.push_str(&left[..style]);
            } else if style == 0 {
                rust_escape('\u{1b}', &mut shown);
            }
            left = &left[style.max(1)..];
        }
        shown.push_str(&escaped(left, |c| c == '\n', rust_escape));
        self.out.write_all(shown.as_bytes())
    }
}

/// The length of the style at the start, such as `ESC [ 1 m`; 0 where there is another sequence.
fn style_length(bytes: &[u8]) -> usize {
    let Some(end) = bytes.iter().take(12).position(|&byte| byte == b'm') else { return 0 };
    let is_style = bytes.starts_with(b"\x1b[") && bytes[2..end].iter().all(|b| b.is_ascii_digit() || *b == b';');
    // Reset, bold, dimmed and the colours of letters: nothing hides, blinks or has a background.
    let known = |part: &[u8]| matches!(part, b"0" | b"1" | b"2" | b"31" | b"33" | b"34" | b"36");
    if is_style && bytes[2..end].split(|&b| b == b';').all(known) { end + 1 } else { 0 }
}

impl<W: Write> Write for Gate<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        // Whole lines pass: neither a character nor a style nor a joined emoji goes over a line's end.
        let kept = self.held.iter().rev().take_while(|&&byte| byte != b'\n').count();
        if kept < self.held.len() {
            self.pass(kept)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass(0)?;
        self.out.flush()
    }
}

impl<W: Write> Drop for Gate<W> {
    fn drop(&mut self) {
        // Whoever wants to know of a failure has flushed.
        let _ = self.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(text: &str, styled: bool) -> String {
        let mut out = Vec::new();
        // Byte by byte, as the worst writer would.
        let mut gate = Gate::new(&mut out, styled);
        text.as_bytes().iter().for_each(|&byte| gate.write_all(&[byte]).unwrap());
        gate.flush().unwrap();
        drop(gate);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_steers_turns_or_hides_is_shown() {
        let steering = ['\0', '\u{7}', '\u{8}', '\t', '\r', '\u{1b}', '\u{7f}', '\u{80}', '\u{85}', '\u{9b}', '\u{9f}'];
        let turning = ['\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}', '\u{200e}', '\u{200f}', '\u{61c}'];
        let hiding = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{2028}', '\u{2029}', '\u{e0041}'];
        for c in steering.into_iter().chain(turning).chain(hiding) {
            let shown = format!("a{}b", c.escape_unicode());
            assert_eq!(harmless(&format!("a{c}b")), shown);
            assert_eq!(through(&format!("a{c}b\n"), true), format!("{shown}\n"));
        }
        assert_eq!(harmless("a\nb"), "a\\u{a}b");
        assert_eq!(harmless_lines("a\nerror: b\n  c"), "a\n  error: b\n  c");
    }

    #[test]
    fn json_is_shown_harmless_and_read_as_it_was() {
        let words = "a\u{202e}b\u{7f}c\u{1b}[2J \\u{202e} \u{e0041}é \"\n";
        let json = serde_json::to_string(words).unwrap();
        let shown = harmless_json(&json);
        assert!(!shown.chars().any(is_harmful), "{shown}");
        assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), words);
        assert_eq!(harmless_json("{\"name\":\"Zoë\"}"), "{\"name\":\"Zoë\"}");
    }

    #[test]
    fn names_of_all_scripts_stay() {
        for name in [
            "Zoë Müller–Æsir",
            "Zoe\u{301}",
            "عربي ١٢",
            "שלום",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "👩\u{200d}👩\u{200d}👧 👍🏽 ❤\u{fe0f}\u{200d}🔥",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "日本語　全角",
            "soft\u{ad}hyphen",
        ] {
            assert_eq!(harmless(name), name);
            assert_eq!(through(name, false), name);
        }
    }

    #[test]
    fn own_styles_pass_or_are_dropped_and_no_other_sequence_does() {
        assert_eq!(through("\u{1b}[1mbold\u{1b}[0m\n", true), "\u{1b}[1mbold\u{1b}[0m\n");
        assert_eq!(through("\u{1b}[1m\u{1b}[36mbold\u{1b}[0m\n", false), "bold\n");
        for sequence in ["[2J", "]0;title\u{7}", "[8m", "[5;31m", "[41m", "[1;1H", "[m", "c", "[31"] {
            let shown = through(&format!("\u{1b}{sequence} m"), true);
            assert!(shown.starts_with("\\u{1b}") && !shown.contains('\u{1b}'), "{shown}");
        }
    }

    #[test]
    fn messages_end_after_two_thousand_bytes_and_say_what_is_missing() {
        assert_eq!(bounded("short"), "short");
        for long in ["a".repeat(2001), "é".repeat(5000), "😀".repeat(1_000_000)] {
            let cut = bounded(&long);
            assert!(cut.len() <= LONGEST_MESSAGE && cut.contains("more characters left out"), "{}", cut.len());
            let count: String =
                cut.chars().rev().skip_while(|c| !c.is_ascii_digit()).take_while(|c| *c != '(').collect();
            let missing: usize = count.chars().rev().filter(char::is_ascii_digit).collect::<String>().parse().unwrap();
            assert_eq!(cut.chars().take_while(|c| *c != '…').count() + missing, long.chars().count());
        }
    }
}
