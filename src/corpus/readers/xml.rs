//! XML as Office files use it, pulled event by event.
//!
//! In: the bytes of a part. Out: elements opening and closing, and text, by local names: the
//! transitional and the strict variant of the format differ in their namespaces only. It never
//! expands an entity beyond XML's own five; a document type that defines anything is an error, and so
//! is nesting without end. One that only names a definition elsewhere is passed over, never fetched.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::super::CorpusError;

/// The deepest nesting of elements. Word nests a paragraph in a table in a table about 20 deep.
const MAX_DEPTH: usize = 256;

const HINT: &str = "open the file in the program it comes from and save it again";

/// The text of a part: UTF-8, or UTF-16 with its mark.
pub(crate) fn decode(path: &str, part: &str, bytes: Vec<u8>) -> Result<String, CorpusError> {
    let malformed = |place: String, reason: &str| malformed(path, part, &place, reason.to_owned());
    match Encoding::for_bom(&bytes) {
        Some((encoding, mark)) if encoding != UTF_8 => encoding
            .decode_without_bom_handling_and_without_replacement(&bytes[mark..])
            .map(Cow::into_owned)
            .ok_or_else(|| malformed(String::new(), "bytes that are not UTF-16")),
        marked => {
            let mark = marked.map_or(0, |(_, mark)| mark);
            let mut text = String::from_utf8(bytes).map_err(|error| {
                malformed(format!(", byte {}", error.utf8_error().valid_up_to()), "bytes that are not UTF-8")
            })?;
            text.drain(..mark);
            Ok(text)
        }
    }
}

fn malformed(path: &str, part: &str, place: &str, reason: String) -> CorpusError {
    let place = match part {
        "" => place.trim_start_matches(", ").to_owned(),
        part => format!("part `{part}`{place}"),
    };
    CorpusError::Malformed { path: path.to_owned(), place, reason, hint: HINT }
}

/// A part being read.
pub(crate) struct Xml<'a> {
    path: &'a str,
    part: &'a str,
    reader: Reader<&'a [u8]>,
    depth: usize,
}

/// What comes next in a part.
pub(crate) enum Node<'a> {
    /// An element opens; an empty one closes right after.
    Open(Tag<'a>),
    /// The last element that opened closes.
    Close(BytesEnd<'a>),
    /// Words, with LF line ends.
    Text(Cow<'a, str>),
    /// The end of the part.
    End,
}

/// An element that opens.
pub(crate) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// The name without its prefix.
    pub(crate) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of the attribute with this local name.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)
            .and_then(|attribute| value(&attribute))
    }

    /// Whether an on/off property is on: `<w:b/>` and `<w:b w:val="1"/>` are.
    pub(crate) fn is_on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

fn value(attribute: &Attribute<'_>) -> Option<String> {
    attribute.normalized_value(XmlVersion::Explicit1_0).ok().map(Cow::into_owned)
}

/// The name of an element that closes, without its prefix.
pub(crate) fn closed<'e>(end: &'e BytesEnd<'_>) -> &'e str {
    end.local_name().into_inner()
}

impl<'a> Xml<'a> {
    /// Starts to read the text of a part of the file at `path`; both serve the messages. A file that is
    /// no archive has the part ``.
    pub(crate) fn new(path: &'a str, part: &'a str, text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { path, part, reader, depth: 0 }
    }

    /// The next element or text.
    pub(crate) fn next(&mut self) -> Result<Node<'a>, CorpusError> {
        loop {
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => return Err(self.malformed(self.reader.error_position(), error.to_string())),
            };
            return Ok(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(self.refused(format!("elements nested more than {MAX_DEPTH} deep")));
                    }
                    Node::Open(Tag(start))
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close(end)
                }
                Event::Text(text) => Node::Text(text.xml10_content()),
                Event::CData(text) => Node::Text(text.xml10_content()),
                Event::GeneralRef(name) => Node::Text(self.resolved(&name)?),
                Event::DocType(kind) if kind.contains(['[', '<']) => {
                    return Err(self.refused("a document type definition".to_owned()));
                }
                Event::Eof if self.depth > 0 => {
                    return Err(self.refused("the part ends inside an element".to_owned()));
                }
                Event::Eof => Node::End,
                // Empty elements come as `Start` and `End`.
                Event::Empty(_) | Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => continue,
            });
        }
    }

    fn resolved(&self, name: &quick_xml::events::BytesRef<'_>) -> Result<Cow<'a, str>, CorpusError> {
        match name.resolve_char_ref() {
            // A carriage return written as a number is a line end all the same.
            Ok(Some('\r')) => Ok(Cow::Borrowed("\n")),
            Ok(Some(c)) => Ok(Cow::Owned(c.to_string())),
            Ok(None) => match resolve_predefined_entity(name) {
                Some(text) => Ok(Cow::Borrowed(text)),
                None => Err(self.refused(format!("the entity `&{};`, which XML does not know", &**name))),
            },
            Err(error) => Err(self.refused(error.to_string())),
        }
    }

    /// Passes over everything up to the end of the element that just opened; `seen` is shown the
    /// name of each element inside.
    pub(crate) fn skip(&mut self, mut seen: impl FnMut(&str)) -> Result<(), CorpusError> {
        let outside = self.depth - 1;
        while self.depth > outside {
            match self.next()? {
                Node::Open(tag) => seen(tag.name()),
                Node::End => break,
                Node::Close(_) | Node::Text(_) => {}
            }
        }
        Ok(())
    }

    /// The text inside the element that just opened, up to its end.
    pub(crate) fn text(&mut self) -> Result<String, CorpusError> {
        let outside = self.depth - 1;
        let mut text = String::new();
        while self.depth > outside {
            match self.next()? {
                Node::Text(words) => text.push_str(&words),
                Node::End => break,
                Node::Open(_) | Node::Close(_) => {}
            }
        }
        Ok(text)
    }

    /// The byte at which the next node starts.
    pub(crate) fn byte(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// The error for something found here.
    pub(crate) fn refused(&self, reason: String) -> CorpusError {
        self.malformed(self.reader.buffer_position(), reason)
    }

    fn malformed(&self, byte: u64, reason: String) -> CorpusError {
        malformed(self.path, self.part, &format!(", byte {byte}"), reason)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<String, CorpusError> {
        let mut xml = Xml::new("a.docx", "word/document.xml", text);
        let mut seen = String::new();
        loop {
            match xml.next()? {
                Node::Open(tag) => seen.push_str(&format!("<{}>", tag.name())),
                Node::Close(end) => seen.push_str(&format!("</{}>", closed(&end))),
                Node::Text(text) => seen.push_str(&text),
                Node::End => return Ok(seen),
            }
        }
    }

    #[test]
    fn elements_and_text_are_read_by_local_names() {
        let text =
            "<?xml version=\"1.0\"?><w:a xmlns:w='x'>1 &lt; 2&#x2014;&#233;<!-- no -->\r\n<b/><![CDATA[<c>]]></w:a>";
        assert_eq!(read(text).unwrap(), "<a>1 < 2—é\n<b></b><c></a>");
    }

    #[test]
    fn attributes_are_found_without_their_prefix() {
        let mut xml = Xml::new("a", "b", "<w:b w:val=\"0\" r:id='a &amp; b'/>");
        let Node::Open(tag) = xml.next().unwrap() else { panic!("no element") };
        assert_eq!(tag.attribute("id").as_deref(), Some("a & b"));
        assert_eq!(tag.attribute("none"), None);
        assert!(!tag.is_on());
    }

    #[test]
    fn entities_never_grow() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>";
        let error = read(bomb).unwrap_err().to_string();
        assert!(error.contains("part `word/document.xml`, byte ") && error.contains("document type"), "{error}");
        assert!(read("<a>&c;</a>").unwrap_err().to_string().contains("`&c;`"));
        // A name of a definition is no definition.
        assert_eq!(read("<!DOCTYPE a SYSTEM \"http://x/a.dtd\"><a>b</a>").unwrap(), "<a>b</a>");
    }

    #[test]
    fn what_is_malformed_has_its_byte() {
        for (text, words) in [
            ("<a><b></a>", "byte 6"),
            ("<a><b>", "ends inside an element"),
            ("<a>&#0;</a>", "byte 7"),
            ("<a", "byte 0"),
            (&"<a>".repeat(300), "nested more than 256 deep"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(words), "{text}: {error}");
        }
    }

    #[test]
    fn parts_are_decoded() {
        let decode = |bytes: &[u8]| decode("a", "b", bytes.to_vec());
        assert_eq!(decode("<a>é</a>".as_bytes()).unwrap(), "<a>é</a>");
        assert_eq!(decode(b"\xEF\xBB\xBF<a/>").unwrap(), "<a/>");
        assert_eq!(decode(b"\xFF\xFE<\0a\0/\0>\0").unwrap(), "<a/>");
        assert!(decode(b"<a>\xE9</a>").unwrap_err().to_string().contains("byte 3: bytes that are not UTF-8"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "(<|>|/|a|b|&|;|#|x|1|\"|=|!|\\[|\\]|-|\\?| |DOCTYPE|CDATA|é){0,60}") {
            let _ = read(&text);
            let mut xml = Xml::new("a", "b", &text);
            while let Ok(Node::Open(tag)) = xml.next() {
                let _ = tag.attribute("a");
                if xml.skip(|_| {}).is_err() {
                    break;
                }
            }
        }
    }
}
