//! Pictures as SVG: a few shapes, and text that stays text.
//!
//! In: shapes at positions. Out: the picture, the same bytes each time: numbers have one decimal, and nothing
//! depends on fonts that are installed. Widths of text are estimated, on the wide side.

use std::fmt::Write;

const FONTS: &str = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
/// Ink of text and axes.
pub(super) const INK: &str = "#222222";
/// Ink of what is said beside.
pub(super) const GREY: &str = "#666666";
/// Lines that guide the eye.
pub(super) const FAINT: &str = "#dddddd";

/// Where a text stands from its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// To the right of it.
    Start,
    /// Around it.
    Middle,
    /// To the left of it.
    End,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Face {
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) fill: &'static str,
    pub(super) anchor: Anchor,
}

impl Face {
    pub(super) const fn new(size: f64) -> Self {
        Self { size, bold: false, fill: INK, anchor: Anchor::Start }
    }

    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) const fn fill(self, fill: &'static str) -> Self {
        Self { fill, ..self }
    }

    pub(super) const fn anchor(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }
}

/// A mark on a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// ●
    Circle,
    /// ■
    Square,
    /// ▲
    Triangle,
    /// ◆
    Diamond,
}

/// A picture under way.
pub(super) struct Svg {
    body: String,
    width: f64,
}

impl Svg {
    pub(super) fn new(width: f64) -> Self {
        Self { body: String::new(), width }
    }

    /// The base line of the text is at `y`.
    pub(super) fn text(&mut self, x: f64, y: f64, face: Face, text: &str) {
        self.turned_text(x, y, 0.0, face, text);
    }

    /// Turned around its position, in degrees clockwise.
    pub(super) fn turned_text(&mut self, x: f64, y: f64, degrees: f64, face: Face, text: &str) {
        let anchor = match face.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = if face.bold { " font-weight=\"bold\"" } else { "" };
        let turn =
            if degrees == 0.0 { String::new() } else { format!(" transform=\"rotate({degrees:.0} {x:.1} {y:.1})\"") };
        self.push(format_args!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{:.0}\" fill=\"{}\"{anchor}{weight}{turn}>{}</text>",
            face.size,
            face.fill,
            escaped(text)
        ));
    }

    pub(super) fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), colour: &str, width: f64) {
        self.push(format_args!(
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{colour}\" \
             stroke-width=\"{width:.1}\"/>"
        ));
    }

    pub(super) fn rectangle(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), fill: &str) {
        self.push(format_args!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\"/>"
        ));
    }

    /// Filled with its colour, or hollow.
    pub(super) fn mark(&mut self, mark: Mark, (x, y): (f64, f64), colour: &str, filled: bool) {
        let fill = if filled { colour } else { "#ffffff" };
        let style = format!("fill=\"{fill}\" stroke=\"{colour}\" stroke-width=\"1.5\"");
        let points = |corners: &[(f64, f64)]| -> String {
            corners.iter().map(|(dx, dy)| format!("{:.1},{:.1}", x + dx, y + dy)).collect::<Vec<_>>().join(" ")
        };
        match mark {
            Mark::Circle => self.push(format_args!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4.0\" {style}/>")),
            Mark::Square => self.push(format_args!(
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"7.4\" height=\"7.4\" {style}/>",
                x - 3.7,
                y - 3.7
            )),
            Mark::Triangle => {
                let corners = points(&[(0.0, -4.8), (4.6, 3.6), (-4.6, 3.6)]);
                self.push(format_args!("<polygon points=\"{corners}\" {style}/>"));
            }
            Mark::Diamond => {
                let corners = points(&[(0.0, -5.2), (5.2, 0.0), (0.0, 5.2), (-5.2, 0.0)]);
                self.push(format_args!("<polygon points=\"{corners}\" {style}/>"));
            }
        }
    }

    /// Draws another picture over this one.
    pub(super) fn append(&mut self, other: Self) {
        self.body.push_str(&other.body);
    }

    fn push(&mut self, element: std::fmt::Arguments) {
        // Writing to a string does not fail.
        let _ = writeln!(self.body, "{element}");
    }

    /// The picture, with a title and a description for those who cannot see it.
    pub(super) fn finished(self, height: f64, title: &str, description: &str) -> String {
        let width = self.width;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 \
             {width:.0} {height:.0}\" font-family=\"{FONTS}\" role=\"img\">\n<title>{}</title>\n<desc>{}</desc>\n<rect \
             width=\"{width:.0}\" height=\"{height:.0}\" fill=\"#ffffff\"/>\n{}</svg>\n",
            escaped(title),
            escaped(description),
            self.body
        )
    }
}

/// Text that XML takes, without control characters.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // Neither in XML, or turning the direction of what follows.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// About how wide a text is, rather more than less.
pub(super) fn width_of(text: &str, size: f64) -> f64 {
    let ems: f64 = text
        .chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.32,
            ' ' | 'f' | 'r' | 't' | '(' | ')' | '-' | '“' | '”' => 0.42,
            'm' | 'w' | 'M' | 'W' | '%' | '@' | '—' | '…' => 1.0,
            'A'..='Z' => 0.72,
            c if c.is_ascii() => 0.61,
            // East Asian characters are as wide as high.
            '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{ffdc}' => 1.0,
            c if (c as u32) >= 0x1_f000 => 1.2,
            _ => 0.68,
        })
        .sum();
    ems * size
}

/// The lines of a text no wider than `width`; at most `most`, the last one cut with `…`.
pub(super) fn lines(text: &str, width: f64, size: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}")).filter(|line| width_of(line, size) <= width);
        match (longer, lines.last_mut()) {
            (Some(longer), Some(last)) => *last = longer,
            _ => lines.push(word.into()),
        }
    }
    let is_cut = lines.len() > most;
    lines.truncate(most.max(1));
    let n = lines.len();
    for (number, line) in lines.iter_mut().enumerate() {
        let dots = is_cut && number + 1 == n;
        if dots || width_of(line, size) > width {
            while width_of(&format!("{line}…"), size) > width && !line.is_empty() {
                line.pop();
            }
            *line = format!("{}…", line.trim_end_matches([' ', ',']));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn untrusted_text_stays_text() {
        assert_eq!(escaped("a</text><script>\u{1b}&\"\u{202e}"), "a&lt;/text&gt;&lt;script&gt; &amp;&quot;\u{fffd}");
    }

    #[test]
    fn lines_fit_their_width() {
        for text in
            ["", "one", "a label of several words that goes on and on", "Donaudampfschifffahrtsgesellschaft now"]
        {
            for most in [1, 2, 3] {
                let found = lines(text, 90.0, 12.0, most);
                assert!(found.len() <= most);
                assert!(found.iter().all(|line| width_of(line, 12.0) <= 90.0), "{found:?}");
            }
        }
        assert_eq!(lines("two words", 200.0, 12.0, 2), ["two words"]);
        assert!(lines("a label of several words", 60.0, 12.0, 1)[0].ends_with('…'));
    }
}
