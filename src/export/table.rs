//! Tables that several formats share: named columns with a kind each, and rows of cells.
//!
//! In: cells that borrow from the analysis. Out: the same table for CSV, Excel, JSON lines and
//! Parquet, so that none of them can differ in what it says. It writes nothing by itself.

use std::borrow::Cow;

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    /// Nothing: an empty field, `null`.
    Empty,
    /// Words, verbatim.
    Text(Cow<'a, str>),
    /// A count, a number of something.
    Whole(u64),
    /// A share or a measure.
    Number(f64),
}

impl<'a> Cell<'a> {
    /// Words that may be missing.
    pub(super) fn maybe(text: Option<&'a str>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.into()))
    }

    /// A measure that may be missing.
    pub(super) fn measure(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::Number)
    }

    /// `yes`, or nothing.
    pub(super) fn yes(value: bool) -> Self {
        if value { "yes".into() } else { Self::Empty }
    }

    /// As a field of CSV: a number with the digits that give it back exactly.
    pub(super) fn written(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => "".into(),
            Self::Text(text) => text.as_ref().into(),
            Self::Whole(value) => value.to_string().into(),
            Self::Number(value) => value.to_string().into(),
        }
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<usize> for Cell<'_> {
    fn from(value: usize) -> Self {
        Self::Whole(value as u64)
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// [`Cell::Text`]
    Text,
    /// [`Cell::Whole`]
    Whole,
    /// [`Cell::Number`]
    Number,
}

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// Its title, unlike those of the others.
    pub(super) title: String,
    /// What its cells are, where they are not empty.
    pub(super) kind: Kind,
    /// Characters that it is wide in a workbook.
    pub(super) width: u16,
}

impl Column {
    pub(super) fn text(title: &str, width: u16) -> Self {
        Self { title: title.into(), kind: Kind::Text, width }
    }

    pub(super) fn whole(title: &str) -> Self {
        Self { title: title.into(), kind: Kind::Whole, width: 11 }
    }

    pub(super) fn number(title: &str) -> Self {
        Self { title: title.into(), kind: Kind::Number, width: 11 }
    }
}

/// A table, its rows made one by one as they are asked for.
pub(super) struct Table<'a> {
    /// What a workbook calls the sheet.
    pub(super) name: &'static str,
    pub(super) columns: Vec<Column>,
    /// As many cells each as there are columns.
    pub(super) rows: Box<dyn Iterator<Item = Vec<Cell<'a>>> + 'a>,
}

/// Whether a spreadsheet takes a text that is typed or imported for a formula (CWE-1236): it starts
/// with a sign of one, be it full-width, also behind white space and characters that are not seen; or
/// with a tab or a line end, which some programs drop. A plain negative number is none.
pub(super) fn looks_like_formula(text: &str) -> bool {
    let unseen = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}')
    };
    let seen = text.trim_start_matches(unseen);
    // Whole forms, full-width and small ones, all of which are typed for each other.
    let sign = |c: char| "=+-@＝＋－＠﹦﹢﹣﹫".contains(c);
    text.starts_with(['\t', '\r', '\n']) || (seen.starts_with(sign) && !is_negative_number(text))
}

/// `-3`, `-3.5`, `-1,000.25 %`: a minus and digits, in groups or not.
fn is_negative_number(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('-') else { return false };
    let digits = digits.strip_suffix('%').unwrap_or(digits).trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits.split(['.', ',']).all(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_compute_is_known() {
        for text in [
            "=1+1",
            "+49 170",
            "-x",
            "-1+2",
            "-",
            "@sum",
            "＝1+1",
            "＋1",
            "－x",
            "＠x",
            "﹦x",
            " =1",
            "\n=1",
            "\r\n=1",
            "\t=1",
            "\u{a0}＝1",
            "\u{feff}=1",
            "\u{200b}=1",
            "\u{202e}=1",
            "\tword",
            "\nword",
            "\rword",
            "-2-3",
            "-1e5",
            "- well, I do not know",
        ] {
            assert!(looks_like_formula(text), "{text:?}");
        }
        for text in [
            "",
            "a = b",
            "-3",
            "-3.5",
            "-1,000.25 %",
            "– well",
            "— well",
            "−3",
            " well",
            "1-2",
            "a@b",
            "…",
            "\u{a0}word",
        ] {
            assert!(!looks_like_formula(text), "{text:?}");
        }
    }
}
