//! Fonts of a PDF: which characters a string shows, and how wide each is.
//!
//! In: the dictionary of a font. Out: a [`Font`], which turns the bytes of a string into
//! [`Shown`] characters. A code that the font does not explain shows [`UNKNOWN`], never a guess; the
//! shapes of embedded fonts are not looked at.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Encoding, Object};

/// What stands for a character that the font does not name.
pub(super) const UNKNOWN: &str = "\u{fffd}";

/// The most bytes that the table of a font's characters may unpack to.
const MAX_TABLE: usize = 8 << 20;
/// The most widths of a font that are kept; there are 65,536 codes of two bytes.
const MAX_WIDTHS: usize = 1 << 16;

/// A font.
pub(super) struct Font {
    codes: Codes,
    /// In thousandths of the font's size.
    widths: HashMap<u32, f32>,
    default_width: f32,
    pub(super) is_bold: bool,
}

/// How bytes become characters.
enum Codes {
    /// One byte a character.
    Single(Vec<Option<String>>),
    /// Two bytes a character, seldom one; the characters by bytes and code.
    Double(HashMap<(u8, u32), String>),
    /// The bytes are UTF-16.
    Utf16,
}

/// A character of a string.
pub(super) struct Shown {
    pub(super) text: String,
    /// In thousandths of the font's size.
    pub(super) width: f32,
    /// Whether the space between words is added to it: the single byte 32.
    pub(super) is_space: bool,
}

impl Font {
    /// Reads a font.
    pub(super) fn new(font: &Dictionary, document: &Document) -> Self {
        let name = name_of(font, b"BaseFont").to_lowercase();
        let is_bold = ["bold", "black", "heavy", "semibold", "demi"].iter().any(|word| name.contains(word));
        let unicode = to_unicode(font, document);
        if name_of(font, b"Subtype") == "Type0" {
            let (widths, default_width) = widths_of_composite(font, document);
            let encoding = name_of(font, b"Encoding");
            let codes = match unicode {
                None if encoding.contains("UCS2") || encoding.contains("UTF16") => Codes::Utf16,
                unicode => Codes::Double(unicode.unwrap_or_default()),
            };
            return Self { codes, widths, default_width, is_bold };
        }
        let codes = single_codes(font, document, &unicode.unwrap_or_default());
        let (widths, default_width) = widths_of_simple(font, document, &name, &codes);
        Self { codes: Codes::Single(codes), widths, default_width, is_bold }
    }

    /// The characters of a string.
    pub(super) fn show(&self, bytes: &[u8], mut seen: impl FnMut(Shown)) {
        let width = |code: u32| self.widths.get(&code).copied().unwrap_or(self.default_width);
        match &self.codes {
            Codes::Single(codes) => {
                for &byte in bytes {
                    let text = codes[usize::from(byte)].clone().unwrap_or_else(|| UNKNOWN.to_owned());
                    seen(Shown { text, width: width(u32::from(byte)), is_space: byte == 32 });
                }
            }
            Codes::Double(characters) => {
                let mut rest = bytes;
                while let Some((&first, after)) = rest.split_first() {
                    let single = characters.get(&(1, u32::from(first)));
                    let double = after.first().map(|&second| u32::from(first) << 8 | u32::from(second));
                    let found = double.and_then(|code| characters.get(&(2, code)));
                    let (code, text, taken) = match (found, single, double) {
                        (Some(text), _, Some(code)) => (code, Some(text), 2),
                        (None, Some(text), _) => (u32::from(first), Some(text), 1),
                        (_, None, Some(code)) => (code, None, 2),
                        _ => (u32::from(first), None, 1),
                    };
                    let text = text.cloned().unwrap_or_else(|| UNKNOWN.to_owned());
                    seen(Shown { text, width: width(code), is_space: taken == 1 && first == 32 });
                    rest = rest.get(taken..).unwrap_or_default();
                }
            }
            Codes::Utf16 => {
                let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
                for found in char::decode_utf16(units) {
                    let text = found.map_or_else(|_| UNKNOWN.to_owned(), String::from);
                    seen(Shown { text, width: self.default_width, is_space: false });
                }
            }
        }
    }
}

fn name_of(font: &Dictionary, key: &[u8]) -> String {
    font.get(key).and_then(Object::as_name).map(|name| String::from_utf8_lossy(name).into_owned()).unwrap_or_default()
}

/// The table that a font has for those who copy its text: by how many bytes a code has, and the code.
fn to_unicode(font: &Dictionary, document: &Document) -> Option<HashMap<(u8, u32), String>> {
    let stream = font.get(b"ToUnicode").ok()?;
    // Asked for a font that has nothing but this table, the crate returns it.
    let mut bare = Dictionary::new();
    bare.set("Type", Object::Name(b"Font".to_vec()));
    bare.set("ToUnicode", stream.clone());
    let Ok(Encoding::UnicodeMapEncoding(table)) = bare.get_font_encoding_with_limit(document, MAX_TABLE) else {
        return None;
    };
    let mut characters = HashMap::new();
    for (bytes, last) in [(1u8, 0xFF), (2, 0xFFFF)] {
        for (range, _) in table.bf_ranges[usize::from(bytes) - 1].iter() {
            for code in *range.start()..=last.min(*range.end()) {
                let units = table.get(code, bytes).unwrap_or_default();
                let text: String = char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
                if text.chars().any(|c| !c.is_control() || c.is_whitespace()) {
                    characters.insert((bytes, code), text);
                }
            }
        }
    }
    (!characters.is_empty()).then_some(characters)
}

/// The characters of the 256 codes of a font.
fn single_codes(font: &Dictionary, document: &Document, unicode: &HashMap<(u8, u32), String>) -> Vec<Option<String>> {
    let encoding = font.get_deref(b"Encoding", document).ok();
    let (base, differences) = match encoding {
        Some(Object::Name(name)) => (Some(name.clone()), None),
        Some(Object::Dictionary(encoding)) => {
            let base = encoding.get(b"BaseEncoding").and_then(Object::as_name).ok().map(<[u8]>::to_vec);
            (base, encoding.get_deref(b"Differences", document).and_then(Object::as_array).ok())
        }
        _ => (None, None),
    };
    let mut named = Dictionary::new();
    named.set("Type", Object::Name(b"Font".to_vec()));
    named.set("Encoding", Object::Name(base.unwrap_or_else(|| b"StandardEncoding".to_vec())));
    let base = named.get_font_encoding_with_limit(document, MAX_TABLE).ok();
    let mut codes: Vec<Option<String>> = (0..=255u8)
        .map(|byte| {
            let text = base.as_ref()?.bytes_to_string(&[byte]).ok()?;
            text.chars().all(|c| !c.is_control()).then_some(text).filter(|text| !text.is_empty())
        })
        .collect();
    let mut code = 0usize;
    for object in differences.into_iter().flatten() {
        match object {
            Object::Integer(number) => code = usize::try_from(*number).unwrap_or(usize::MAX),
            Object::Name(name) => {
                if let Some(place) = codes.get_mut(code) {
                    *place = glyph(name, document);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    // What some programs leave in their strings, and no font shows.
    for byte in [b'\t', b'\n', b'\r'] {
        codes[usize::from(byte)].get_or_insert_with(|| " ".to_owned());
    }
    for (byte, place) in (0u32..).zip(&mut codes) {
        if let Some(text) = unicode.get(&(1, byte)).or_else(|| unicode.get(&(2, byte))) {
            *place = Some(text.clone());
        }
    }
    codes
}

/// The character of a glyph's name, by the Adobe Glyph List.
fn glyph(name: &[u8], document: &Document) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    // `a.sc` is another shape of `a`, `f_i` a ligature.
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    name.split('_').map(|part| single_glyph(part, document)).collect()
}

fn single_glyph(name: &str, document: &Document) -> Option<String> {
    let hex = |digits: &str| -> Option<String> {
        let code = u32::from_str_radix(digits, 16).ok()?;
        char::from_u32(code).filter(|c| !c.is_control()).map(String::from)
    };
    match name.strip_prefix("uni") {
        Some(digits) if digits.len() == 4 => return hex(digits),
        _ => {}
    }
    match name.strip_prefix('u') {
        Some(digits) if (4..=6).contains(&digits.len()) => {
            if let Some(found) = hex(digits) {
                return Some(found);
            }
        }
        _ => {}
    }
    // The crate knows the list, and tells a name of it from others by the kind of encoding.
    let mut encoding = Dictionary::new();
    let difference = vec![Object::Integer(0), Object::Name(name.as_bytes().to_vec())];
    encoding.set("Differences", Object::Array(difference));
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    font.set("Encoding", Object::Dictionary(encoding));
    match font.get_font_encoding_with_limit(document, MAX_TABLE) {
        Ok(encoding @ Encoding::Differences(_)) => encoding.bytes_to_string(&[0]).ok().filter(|text| !text.is_empty()),
        _ => None,
    }
}

fn number(object: &Object, document: &Document) -> Option<f32> {
    let (_, object) = document.dereference(object).ok()?;
    object.as_float().ok().filter(|number| number.is_finite())
}

fn widths_of_simple(
    font: &Dictionary,
    document: &Document,
    name: &str,
    codes: &[Option<String>],
) -> (HashMap<u32, f32>, f32) {
    let descriptor = font.get_deref(b"FontDescriptor", document).and_then(Object::as_dict).ok();
    let missing = descriptor.and_then(|d| number(d.get(b"MissingWidth").ok()?, document));
    let first = font.get(b"FirstChar").ok().and_then(|first| number(first, document)).unwrap_or(0.0) as u32;
    if let Ok(list) = font.get_deref(b"Widths", document).and_then(Object::as_array) {
        // Type 3 fonts have units of their own, which their matrix scales.
        let matrix = font.get_deref(b"FontMatrix", document).and_then(Object::as_array).ok();
        let scale = matrix.and_then(|matrix| number(matrix.first()?, document)).map_or(1.0, |unit| unit * 1000.0);
        let widths = (first..).zip(list.iter().take(256));
        let widths = widths.filter_map(|(code, width)| Some((code, number(width, document)? * scale))).collect();
        return (widths, missing.unwrap_or(0.0));
    }
    // The fourteen fonts that every reader has need no widths.
    let (table, usual): (&[u16; 95], f32) = if name.contains("courier") || name.contains("mono") {
        (&[600; 95], 600.0)
    } else if name.contains("times") || name.contains("serif") {
        (&TIMES, 500.0)
    } else {
        (&HELVETICA, 556.0)
    };
    let mut widths = HashMap::new();
    for (code, text) in (0u32..).zip(codes) {
        let first = text.as_deref().and_then(|text| text.chars().next());
        let place = first.and_then(|c| (c as usize).checked_sub(32)).and_then(|place| table.get(place));
        widths.extend(place.map(|&width| (code, f32::from(width))));
    }
    (widths, missing.unwrap_or(usual))
}

/// The widths of a font of two bytes a character: lists, and ranges of one width.
fn widths_of_composite(font: &Dictionary, document: &Document) -> (HashMap<u32, f32>, f32) {
    let mut widths = HashMap::new();
    let descendants = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok();
    let descendant = descendants.and_then(|list| list.first());
    let descendant = descendant.and_then(|font| document.dereference(font).ok()).and_then(|(_, f)| f.as_dict().ok());
    let Some(descendant) = descendant else { return (widths, 1000.0) };
    let usual = descendant.get(b"DW").ok().and_then(|width| number(width, document)).unwrap_or(1000.0);
    let list = descendant.get_deref(b"W", document).and_then(Object::as_array).ok();
    let mut list = list.into_iter().flatten();
    while let Some(first) = list.next().and_then(|first| number(first, document)) {
        let first = first.max(0.0) as u32;
        let Some((_, next)) = list.next().and_then(|next| document.dereference(next).ok()) else { break };
        if let Ok(each) = next.as_array() {
            let each = (first..).zip(each).filter_map(|(code, width)| Some((code, number(width, document)?)));
            widths.extend(each.take(MAX_WIDTHS));
        } else {
            let last = next.as_float().unwrap_or(0.0).max(0.0) as u32;
            let Some(width) = list.next().and_then(|width| number(width, document)) else { break };
            widths.extend((first..=last.min(0xFFFF)).map(|code| (code, width)));
        }
        if widths.len() > MAX_WIDTHS {
            break;
        }
    }
    (widths, usual)
}

/// Widths of the characters from the space to `~` in Helvetica, from Adobe's metrics of the font.
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];
/// The same in Times.
const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889,
    722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500,
    444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480,
    200, 480, 541,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glyphs_are_named_in_many_ways() {
        let document = Document::new();
        let found = |name: &str| glyph(name.as_bytes(), &document);
        for (name, text) in
            [("a", "a"), ("eacute", "é"), ("uni20AC", "€"), ("u1F642", "🙂"), ("f_i", "fi"), ("a.sc", "a")]
        {
            assert_eq!(found(name).as_deref(), Some(text), "{name}");
        }
        for name in ["g32", "", ".notdef", "glyph7"] {
            assert_eq!(found(name), None, "{name}");
        }
    }

    #[test]
    fn a_code_that_no_table_explains_is_unknown() {
        let mut encoding = Dictionary::new();
        let differences = vec![Object::Integer(65), Object::Name(b"g1".to_vec()), Object::Name(b"B".to_vec())];
        encoding.set("Differences", Object::Array(differences));
        let mut dictionary = Dictionary::new();
        dictionary.set("Type", Object::Name(b"Font".to_vec()));
        dictionary.set("Encoding", Object::Dictionary(encoding));
        let font = Font::new(&dictionary, &Document::new());
        let mut text = String::new();
        font.show(b"ABC", |shown| text.push_str(&shown.text));
        assert_eq!(text, "\u{fffd}BC");
    }
}
