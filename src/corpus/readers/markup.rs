//! HTML in the cells of tables: entities and tags that an archive or a survey tool left in the words.
//!
//! In: the text of a cell. Out: the same as people read it: `&#8212;` is a dash, `<br>` a new line,
//! `<b>` nothing, and neither are remarks, styles and programs with all that stands in them; an entity that was
//! written out twice is read twice. Only entities and tags that HTML has are taken for it: `R&D`, `<3`, `<laughs>` and
//! `a < b` stay as they are. It runs before any position is taken.

use std::borrow::Cow;

/// Tags that stand for a new line.
const BLOCKS: &[&str] = &[
    "p",
    "br",
    "div",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "tbody",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "hr",
    "section",
    "article",
    "pre",
];
/// Tags that stand for nothing.
const INLINE: &[&str] = &[
    "b", "i", "u", "s", "a", "em", "strong", "span", "font", "sup", "sub", "small", "big", "strike", "del", "ins",
    "mark", "code", "tt", "td", "th", "img", "label", "cite", "q", "abbr", "html", "body", "wbr", "o:p",
];
/// Entities by name.
const ENTITIES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("deg", '°'),
    ("euro", '€'),
    ("pound", '£'),
    ("yen", '¥'),
    ("cent", '¢'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("sect", '§'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("times", '×'),
    ("iexcl", '¡'),
    ("iquest", '¿'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("atilde", 'ã'),
    ("aring", 'å'),
    ("aelig", 'æ'),
    ("ccedil", 'ç'),
    ("egrave", 'è'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("igrave", 'ì'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("ntilde", 'ñ'),
    ("ograve", 'ò'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("otilde", 'õ'),
    ("oslash", 'ø'),
    ("ugrave", 'ù'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("yacute", 'ý'),
    ("Aring", 'Å'),
    ("AElig", 'Æ'),
    ("Ccedil", 'Ç'),
    ("Eacute", 'É'),
    ("Egrave", 'È'),
    ("Ntilde", 'Ñ'),
    ("Oslash", 'Ø'),
    ("oelig", 'œ'),
    ("OElig", 'Œ'),
    ("shy", '\u{ad}'),
];
/// The longest entity, in bytes without its marks.
const LONGEST_ENTITY: usize = 10;
/// The longest tag, in bytes.
const LONGEST_TAG: usize = 300;

/// The words of a cell without markup.
pub(super) fn read(cell: &str) -> Cow<'_, str> {
    if !cell.contains(['&', '<']) {
        return Cow::Borrowed(cell);
    }
    let mut text = String::with_capacity(cell.len());
    let (mut rest, mut changed) = (cell, false);
    let mut unclosed = [false; HIDDEN.len()];
    while let Some(at) = rest.find(['&', '<']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(length) = hidden(rest, &mut unclosed) {
            rest = &rest[length..];
            if text.is_empty() || text.ends_with(char::is_whitespace) {
                rest = rest.strip_prefix(' ').unwrap_or(rest);
            }
            changed = true;
            continue;
        }
        let found = if rest.starts_with('&') { entity(rest) } else { tag(rest, cell) };
        match found {
            Some((Mark::Char(c), length)) => {
                text.push(c);
                rest = &rest[length..];
            }
            Some((Mark::Break, length)) => {
                // `</p><p>` is one border.
                if !text.is_empty() && !text.ends_with("\n\n") {
                    text.push('\n');
                }
                rest = &rest[length..];
            }
            Some((Mark::Nothing, length)) => rest = &rest[length..],
            None => {
                text.push_str(&rest[..1]);
                rest = &rest[1..];
                continue;
            }
        }
        changed = true;
    }
    text.push_str(rest);
    if changed { Cow::Owned(text) } else { Cow::Borrowed(cell) }
}

/// What stands for a piece of markup.
enum Mark {
    Char(char),
    Break,
    Nothing,
}

/// How what nobody sees starts and ends.
const HIDDEN: [(&str, &str); 3] = [("<!--", "-->"), ("<style", "</style>"), ("<script", "</script>")];

/// The bytes of a remark, a style or a program at the start of a text, if it is closed. `unclosed`: those that were
/// found open before, so that none is looked for twice.
fn hidden(text: &str, unclosed: &mut [bool; HIDDEN.len()]) -> Option<usize> {
    let opens = |start: &str| {
        let is_start = text.get(..start.len()).is_some_and(|of| of.eq_ignore_ascii_case(start));
        is_start && (start.ends_with('-') || text[start.len()..].starts_with(|c: char| c == '>' || c.is_whitespace()))
    };
    let kind = HIDDEN.iter().position(|(start, _)| opens(start)).filter(|&kind| !unclosed[kind])?;
    let end = HIDDEN[kind].1.as_bytes();
    let close = text.as_bytes().windows(end.len()).position(|of| of.eq_ignore_ascii_case(end));
    unclosed[kind] = close.is_none();
    close.map(|at| at + end.len())
}

/// The entity at the start of a text, and its bytes; `&amp;#8212;` was written out twice.
fn entity(text: &str) -> Option<(Mark, usize)> {
    let (mut c, mut length) = reference(text)?;
    while c == '&' {
        let Some((inner, more)) = reference_behind(&text[length..]) else { break };
        (c, length) = (inner, length + more);
    }
    Some((Mark::Char(c), length))
}

/// The entity at the start of a text, and its bytes.
fn reference(text: &str) -> Option<(char, usize)> {
    let (c, length) = reference_behind(text.strip_prefix('&')?)?;
    Some((c, length + 1))
}

/// What is left of an entity behind its first mark, `#8212;`, and its bytes.
fn reference_behind(body: &str) -> Option<(char, usize)> {
    let end = body.bytes().take(LONGEST_ENTITY + 1).position(|b| b == b';')?;
    let name = &body[..end];
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            // Numbers of Windows' own, and a space that does not break.
            match code {
                0x85 => '…',
                0x91 => '‘',
                0x92 => '’',
                0x93 => '“',
                0x94 => '”',
                0x96 => '–',
                0x97 => '—',
                0xa0 => ' ',
                _ => char::from_u32(code).filter(|c| !c.is_control() || *c == '\n')?,
            }
        }
        None => ENTITIES.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((c, end + 1))
}

/// The tag at the start of a text, and its bytes.
fn tag(text: &str, cell: &str) -> Option<(Mark, usize)> {
    let end = text.bytes().take(LONGEST_TAG).skip(1).position(|b| matches!(b, b'>' | b'<')).map(|at| at + 1)?;
    if text.as_bytes()[end] != b'>' {
        return None;
    }
    let inside = text[1..end].trim_end().trim_end_matches('/').trim_end();
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    if !attributes.is_empty() && !attributes.contains('=') {
        return None;
    }
    let lower = name.to_lowercase();
    // `<P>` may be somebody's label: in capitals a letter is a tag only where it is closed too.
    if name.len() == 1 && name != lower && !cell.contains(&format!("</{name}>")) {
        return None;
    }
    if BLOCKS.contains(&lower.as_str()) {
        Some((Mark::Break, end + 1))
    } else if INLINE.contains(&lower.as_str()) {
        Some((Mark::Nothing, end + 1))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn entities_and_tags_are_read() {
        for (cell, words) in [
            ("Late&#8212;every day", "Late—every day"),
            ("It&#x2019;s R&amp;D", "It’s R&D"),
            ("M&uuml;ller said &quot;no&quot;&nbsp;twice", "Müller said \"no\" twice"),
            ("<p>One.</p><p class=\"x\">Two.</p>", "One.\n\nTwo.\n"),
            ("One<br/>two<BR >three", "One\ntwo\nthree"),
            ("<i>very</i> <b>late</b>", "very late"),
            ("5 &lt; 6", "5 < 6"),
            ("Late&amp;#8212;every day, R&amp;amp;D", "Late—every day, R&D"),
            ("M&amp;uuml;ller &amp; Co", "Müller & Co"),
            ("My <!-- note, <b>two</b> --> hives<!-- --> ", "My hives "),
            ("<style type=\"x\">p{color:red}</style>Two<SCRIPT>a < b</Script> hives", "Two hives"),
        ] {
            assert_eq!(read(cell), words, "{cell}");
        }
    }

    #[test]
    fn what_is_no_markup_stays() {
        for cell in [
            "R&D; AT&T and Q&A",
            "I <3 it",
            "<laughs> and <pauses>",
            "<P>: a label",
            "a < b and c > d",
            "&unknown; &#xD800; &#1;",
            "<!-- open",
            "<style> of my own",
            "<styled> hair</style>",
            "a <-- b --> c",
            "<Interviewer> Why?",
            "<a b> &",
            "<",
        ] {
            assert_eq!(read(cell), cell);
        }
    }
}
