//! What the styles of a page say about its words: bold, hidden, struck through, lines kept.
//!
//! In: a `style` attribute, or the text of a `style` element. Out: [`Style`]s, of elements by their class. Other
//! selectors than a class, or an element with one, and rules for some devices only are passed over.

use std::collections::HashMap;

/// What a style sets.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Style {
    pub(super) bold: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) struck: Option<bool>,
    pub(super) keeps_lines: Option<bool>,
}

impl Style {
    /// Declarations such as `font-weight: 700; display: none`.
    pub(super) fn of(declarations: &str) -> Self {
        let mut style = Self::default();
        for declaration in declarations.split(';') {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            let value = value.trim().to_ascii_lowercase();
            let value = value.trim_end_matches("!important").trim_end();
            match name.trim().to_ascii_lowercase().as_str() {
                "font-weight" => {
                    style.bold =
                        Some(value.starts_with("bold") || value.parse().is_ok_and(|weight: u16| weight >= 600));
                }
                "display" => style.hidden = Some(value == "none").filter(|hidden| *hidden).or(style.hidden),
                "visibility" => style.hidden = Some(value == "hidden").filter(|hidden| *hidden).or(style.hidden),
                "mso-hide" => style.hidden = Some(value == "all"),
                "text-decoration" | "text-decoration-line" => style.struck = Some(value.contains("line-through")),
                "white-space" => style.keeps_lines = Some(value.starts_with("pre") || value == "break-spaces"),
                _ => {}
            }
        }
        style
    }

    /// Takes over what another one sets.
    fn add(&mut self, other: Self) {
        self.bold = other.bold.or(self.bold);
        self.hidden = other.hidden.or(self.hidden);
        self.struck = other.struck.or(self.struck);
        self.keeps_lines = other.keeps_lines.or(self.keeps_lines);
    }
}

/// Styles by classes, and by elements with a class: `c1`, `p.c1`.
#[derive(Debug, Default)]
pub(super) struct Sheet(HashMap<String, Style>);

impl Sheet {
    /// Adds the rules of a style element.
    pub(super) fn add(&mut self, css: &str) {
        let mut rest = css;
        while let Some(open) = rest.find('{') {
            let head = rest[..open].rsplit(['}', ';']).next().unwrap_or_default();
            let selectors = head.rsplit("*/").next().unwrap_or_default().trim();
            let inner = &rest[open + 1..];
            let end = if selectors.starts_with('@') { end_of_block(inner) } else { inner.find('}') };
            let end = end.unwrap_or(inner.len());
            if !selectors.starts_with('@') {
                let style = Style::of(&inner[..end]);
                for selector in selectors.split(',').map(str::trim).filter(|_| style != Style::default()) {
                    let class = selector.split_once('.').map_or("", |(_, class)| class);
                    if !class.is_empty() && !class.contains([' ', '>', '+', '~', '.', ':', '[', '#']) {
                        let name = selector.trim_start_matches('.').to_owned();
                        self.0.entry(name).or_default().add(style);
                    }
                }
            }
            rest = inner.get(end + 1..).unwrap_or_default();
        }
    }

    /// What the classes of an element set.
    pub(super) fn style(&self, element: &str, classes: &str) -> Style {
        let mut style = Style::default();
        if self.0.is_empty() {
            return style;
        }
        for class in classes.split_ascii_whitespace() {
            let found =
                [class.to_owned(), format!("{element}.{class}")].into_iter().filter_map(|name| self.0.get(&name));
            found.for_each(|more| style.add(*more));
        }
        style
    }
}

/// Where a block of rules ends that has opened.
fn end_of_block(css: &str) -> Option<usize> {
    let mut depth = 1usize;
    css.bytes().position(|byte| {
        depth = match byte {
            b'{' => depth + 1,
            b'}' => depth - 1,
            _ => depth,
        };
        depth == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_read() {
        let style = Style::of("Font-Weight:700;text-decoration:none;display:NONE !important;color:red");
        assert_eq!((style.bold, style.hidden, style.struck), (Some(true), Some(true), Some(false)));
        assert_eq!(Style::of("font-weight: 400").bold, Some(false));
        assert_eq!(Style::of("white-space:pre-wrap").keeps_lines, Some(true));
        assert_eq!(Style::of("display:block; a; b:"), Style::default());
    }

    #[test]
    fn classes_have_the_styles_of_their_rules() {
        let mut sheet = Sheet::default();
        sheet.add(
            "/* a */ @import url(x); .c1{font-weight:700} p.c2 , .c3 { display:none } @media print { .c4{display:none} } \
             .c5 .c6{display:none} .c7:hover{display:none} .c8{text-decoration:line-through",
        );
        let hidden = |element: &str, class: &str| sheet.style(element, class).hidden.unwrap_or_default();
        assert!(sheet.style("span", "x c1").bold.unwrap_or_default());
        assert!(hidden("p", "c2") && hidden("div", "c3"));
        for class in ["c2", "c4", "c5", "c6", "c7", "c7:hover"] {
            assert!(!hidden("div", class), "{class}");
        }
        assert_eq!(sheet.style("s", "c8").struck, Some(true));
    }
}
