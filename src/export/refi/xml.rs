//! XML as REFI-QDA wants it: elements, attributes, text, nothing that XML forbids.
//!
//! In: names and any text. Out: well-formed XML 1.0 in UTF-8, indented.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// Writes elements one inside another.
pub(super) struct Xml<W: Write> {
    out: Writer<W>,
}

type Attributes<'a> = &'a [(&'a str, &'a str)];

impl<W: Write> Xml<W> {
    /// Starts a document.
    pub(super) fn new(out: W) -> io::Result<Self> {
        let mut out = Writer::new_with_indent(out, b' ', 1);
        out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        Ok(Self { out })
    }

    /// An element with what `inside` writes.
    pub(super) fn within(
        &mut self,
        name: &str,
        attributes: Attributes,
        inside: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        self.out.write_event(Event::Start(start(name, attributes)))?;
        inside(self)?;
        self.out.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element with nothing inside.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes) -> io::Result<()> {
        self.out.write_event(Event::Empty(start(name, attributes)))
    }

    /// An element with text.
    pub(super) fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.out.write_event(Event::Start(start(name, &[])))?;
        self.out.write_event(Event::Text(BytesText::new(&allowed(text))))?;
        self.out.write_event(Event::End(BytesEnd::new(name)))
    }

    /// Ends the document.
    pub(super) fn finish(self) -> io::Result<()> {
        let mut out = self.out.into_inner();
        out.write_all(b"\n")?;
        out.flush()
    }
}

fn start<'a>(name: &'a str, attributes: Attributes) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        // Readers turn line ends and tabs of attributes into spaces; they are written as such.
        let value: String = allowed(value).split(['\n', '\r', '\t']).collect::<Vec<_>>().join(" ");
        start.push_attribute((*name, value.as_str()));
    }
    start
}

/// Whether XML 1.0 (production 2, `Char`) has the character.
pub(super) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..)
}

/// How many characters XML does not have.
pub(super) fn forbidden(text: &str) -> usize {
    text.chars().filter(|&c| !is_allowed(c)).count()
}

fn allowed(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_allowed) { text.into() } else { text.chars().filter(|&c| is_allowed(c)).collect() }
}
