//! Which encoding the bytes of a rich text are in: each font has one.
//!
//! In: what the font table says. Out: an encoding for each font. A code page that nobody knows is taken
//! for that of Western Windows, as Word takes it.

use std::collections::HashMap;

use encoding_rs::{Encoding, WINDOWS_1252};

/// The fonts of a document.
#[derive(Default)]
pub(super) struct Fonts {
    /// The code page of the document, where a font has none of its own.
    document: Option<&'static Encoding>,
    encodings: HashMap<i32, &'static Encoding>,
    /// The font whose properties are being read.
    defined: i32,
    /// The font where none is named.
    pub(super) default: i32,
}

/// Fonts that are kept.
const MAX_FONTS: usize = 10_000;

impl Fonts {
    pub(super) fn set_document(&mut self, code_page: i32) {
        self.document = by_code_page(code_page);
    }

    pub(super) fn define(&mut self, font: i32) {
        self.defined = font;
    }

    pub(super) fn set_charset(&mut self, charset: i32) {
        // 0 and 1 are those of the system that wrote the file.
        let code_page = match charset {
            77 => 10000,
            128 => 932,
            129 => 949,
            134 => 936,
            136 => 950,
            161 => 1253,
            162 => 1254,
            163 => 1258,
            177 => 1255,
            178 => 1256,
            186 => 1257,
            204 => 1251,
            222 => 874,
            238 => 1250,
            _ => return,
        };
        self.set_code_page(code_page);
    }

    pub(super) fn set_code_page(&mut self, code_page: i32) {
        if self.encodings.len() < MAX_FONTS
            && let Some(encoding) = by_code_page(code_page)
        {
            self.encodings.insert(self.defined, encoding);
        }
    }

    pub(super) fn encoding(&self, font: i32) -> &'static Encoding {
        let font = if font < 0 { self.default } else { font };
        self.encodings.get(&font).copied().or(self.document).unwrap_or(WINDOWS_1252)
    }
}

fn by_code_page(code_page: i32) -> Option<&'static Encoding> {
    let label = match code_page {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        866 => "ibm866".to_owned(),
        10000 => "macintosh".to_owned(),
        65001 => "utf-8".to_owned(),
        n => format!("windows-{n}"),
    };
    Encoding::for_label(label.as_bytes())
}
