//! The words of a cue without their markup.
//!
//! In: the lines of a cue. Out: pieces of plain text with the voice that speaks them, line by line.
//! Tags of WebVTT and SubRip (`<v Name>`, `<i>`, `<00:00:01.000>`, `{\an8}`) are taken out and
//! character references read; anything else in angle brackets, such as `<laughs>`, stays text.

/// Words on one line by one voice.
#[derive(Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) line: usize,
    /// The name in `<v Name>`.
    pub(super) voice: Option<String>,
    pub(super) text: String,
}

/// Divides the lines of a cue, each with its number, at line ends and voices.
pub(super) fn pieces(lines: &[(usize, &str)]) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(lines.len());
    let mut voice: Option<String> = None;
    for &(line, text) in lines {
        let mut words = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(['<', '&', '{']) {
            words.push_str(&rest[..at]);
            rest = &rest[at..];
            let (mark, length) = mark(rest);
            match mark {
                Mark::Text(text) => words.push_str(text),
                Mark::Char(c) => words.push(c),
                Mark::Voice(name) => {
                    flush(&mut pieces, line, voice.as_ref(), &mut words);
                    voice = name;
                }
            }
            rest = &rest[length..];
        }
        words.push_str(rest);
        flush(&mut pieces, line, voice.as_ref(), &mut words);
    }
    pieces
}

fn flush(pieces: &mut Vec<Piece>, line: usize, voice: Option<&String>, words: &mut String) {
    let text = std::mem::take(words);
    if !text.trim().is_empty() {
        pieces.push(Piece { line, voice: voice.cloned(), text });
    }
}

/// What a mark stands for.
enum Mark<'t> {
    Text(&'t str),
    Char(char),
    /// Another voice speaks from here on. After `</v>` it goes on: a cue ends with its last voice.
    Voice(Option<String>),
}

/// Reads the mark at the start of a text; also returns its bytes.
fn mark(text: &str) -> (Mark<'_>, usize) {
    let found = match text.as_bytes().first() {
        Some(b'&') => reference(text),
        Some(b'<') => tag(text),
        _ => override_block(text),
    };
    // A mark that means nothing is text.
    found.unwrap_or((Mark::Text(&text[..1]), 1))
}

/// `{\an8}`
fn override_block(text: &str) -> Option<(Mark<'_>, usize)> {
    let length = near(text, '}').filter(|_| text.starts_with("{\\"))?;
    Some((Mark::Text(""), length))
}

/// The longest tag and the longest character reference, in bytes.
const MAX_TAG: usize = 300;
const MAX_REFERENCE: usize = 12;

/// The bytes up to and including the first such character, if it is near.
fn near(text: &str, close: char) -> Option<usize> {
    text.bytes().take(MAX_TAG).position(|b| b == close as u8).map(|at| at + 1)
}

fn tag(text: &str) -> Option<(Mark<'_>, usize)> {
    let length = near(text, '>')?;
    let inner = &text[1..length - 1];
    let (closes, name) = match inner.strip_prefix('/') {
        Some(name) => (true, name),
        None => (false, inner),
    };
    let end = name.find([' ', '\t', '.', '/']).unwrap_or(name.len());
    let (name, rest) = name.split_at(end);
    let mark = match name.to_ascii_lowercase().as_str() {
        "v" if closes => Mark::Text(""),
        "v" => Mark::Voice(voice(rest)),
        // The reading of a character follows it in parentheses.
        "rt" => Mark::Text(if closes { ")" } else { "(" }),
        "rp" => Mark::Text(""),
        "br" => Mark::Text(" "),
        "c" | "i" | "b" | "u" | "s" | "em" | "strong" | "font" | "span" | "ruby" | "lang" | "p" => Mark::Text(""),
        _ if !closes && is_time(inner) => Mark::Text(""),
        _ => return None,
    };
    Some((mark, length))
}

/// The name in what follows `<v`: classes, then white space, then the name.
fn voice(annotation: &str) -> Option<String> {
    let (_, name) = annotation.split_once([' ', '\t'])?;
    let mut plain = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match reference(rest) {
            Some((Mark::Char(c), length)) => {
                plain.push(c);
                length
            }
            _ => {
                plain.push('&');
                1
            }
        };
        rest = &rest[length..];
    }
    plain.push_str(rest);
    let name = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    // Some services write `<v ->` for whoever speaks next.
    name.contains(char::is_alphanumeric).then_some(name)
}

/// The time within `<00:00:01.000>`.
fn is_time(inner: &str) -> bool {
    inner.contains(':') && inner.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b','))
}

/// `&amp;`, `&#8217;`, `&#x2019;`
fn reference(text: &str) -> Option<(Mark<'_>, usize)> {
    let length = text.bytes().take(MAX_REFERENCE).position(|b| b == b';')? + 1;
    let name = &text[1..length - 1];
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "lrm" => '\u{200e}',
        "rlm" => '\u{200f}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    // Line breaks and other controls are layout.
    Some((Mark::Char(if character.is_control() { ' ' } else { character }), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        pieces(&[(1, text)]).into_iter().map(|piece| piece.text).collect()
    }

    fn voices(text: &str) -> Vec<(Option<String>, String)> {
        pieces(&[(1, text)]).into_iter().map(|piece| (piece.voice, piece.text.trim().to_owned())).collect()
    }

    #[test]
    fn markup_is_taken_out() {
        for (text, expected) in [
            ("<i>So</i> <b>it</b> <u>is</u>", "So it is"),
            ("<c.yellow.bg_blue>So</c> <lang en-GB>it</lang>", "So it"),
            ("So<00:00:01.250><c> it</c><00:00:02.000><c> is</c>", "So it is"),
            ("<font color=\"#fff\">So</font>{\\an8} it<br/>is", "So it is"),
            ("<ruby>夜<rt>よる</rt></ruby>", "夜(よる)"),
            ("R&amp;D &lt;3 &quot;x&quot; &#8217;&#x2019;", "R&D <3 \"x\" ’’"),
            ("a&nbsp;b&lrm;", "a\u{a0}b\u{200e}"),
            ("one&#10;two&#0;", "one two "),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn other_brackets_stay_text() {
        for text in [
            "a < b > c",
            "<laughs> well",
            "<",
            "&",
            "x & y; z",
            "{brace}",
            "{\\open",
            "</unknown>",
            "&#xD800;",
            "<é>",
            "&é;",
        ] {
            assert_eq!(plain(text), text);
        }
    }

    #[test]
    fn voices_are_read() {
        let named = |name: &str, text: &str| (Some(name.to_owned()), text.to_owned());
        assert_eq!(voices("<v Maria Keller>So.</v>"), [named("Maria Keller", "So.")]);
        assert_eq!(voices("<v.loud.first  Keller, Maria (Ward&nbsp;7)>So."), [named("Keller, Maria (Ward 7)", "So.")]);
        assert_eq!(
            voices("<v Tom>Why?</v> <v Ana &amp; Ben>So.</v>"),
            [named("Tom", "Why?"), named("Ana & Ben", "So.")]
        );
        assert_eq!(voices("<v ->So.</v>"), [(None, "So.".to_owned())]);
        assert_eq!(voices("<v>So."), [(None, "So.".to_owned())]);
    }

    #[test]
    fn a_voice_goes_on_below() {
        let found = pieces(&[(4, "<v Tom>One"), (5, "two</v>")]);
        assert_eq!(
            found.iter().map(|p| (p.line, p.voice.as_deref())).collect::<Vec<_>>(),
            [(4, Some("Tom")), (5, Some("Tom"))]
        );
    }
}
