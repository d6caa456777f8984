//! The words of HTML as paragraphs and tables, as a browser shows them.
//!
//! In: HTML, whole or a part, however broken. Out: [`Block`]s: what a browser sets on lines of its own is a
//! paragraph, `br` a new line in it. Scripts, menus, what is hidden or deleted, and notes with the marks that lead to
//! them are left out; timestamps of oTranscribe stand in brackets. It decides nothing about speakers.

use std::collections::HashMap;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::super::super::words;
use super::super::docx::body::{Block, Paragraph, Row, flattened};
use super::super::docx::set_off::SetOff;
use super::styles::{Sheet, Style};

/// The words of a page.
#[derive(Debug, Default)]
pub(crate) struct Body {
    pub(crate) blocks: Vec<Block>,
    /// Words that are struck through.
    pub(crate) struck: usize,
    /// Of paragraphs that start with words in bold or underlined, by their numbers, the bytes of those words.
    pub(crate) leads: HashMap<usize, usize>,
}

/// Elements beyond this depth are not told apart, and tables are lines.
const DEEPEST: usize = 512;
const DEEPEST_TABLE: usize = 32;
/// A cell across more columns than this is no transcript's.
const MOST_COLUMNS: usize = 64;

/// Elements that stand on lines of their own.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
    "html", "legend", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
];
/// Elements whose words nobody says.
#[rustfmt::skip]
const LEFT_OUT: &[&str] = &[
    "audio", "button", "canvas", "datalist", "del", "dialog", "footer", "iframe", "math", "nav", "noscript", "object",
    "option", "rp", "rt", "script", "select", "style", "svg", "template", "textarea", "title", "video",
];
/// Elements without an end.
#[rustfmt::skip]
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
];

/// What a page of Telegram's export holds, and what it calls the parts of its messages that nobody writes: the initials
/// in place of a picture, what a message answers, what happens in the chat, times, and signs below the words.
const TELEGRAM: &str = "page_body chat_page";
#[rustfmt::skip]
const BESIDE_MESSAGES: &[&str] = &[
    "initials", "reply_to", "service", "details", "reactions", "media_wrap", "page_header", "signature", "pagination",
];

/// The words of a page.
pub(crate) fn read(html: &str) -> Body {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let is_telegram = html.contains(TELEGRAM);
    let mut page = Page { flows: vec![Flow::default()], is_telegram, ..Page::default() };
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) => page.open(&tag),
            Token::EndTag(tag) => page.close(&String::from_utf8_lossy(&tag.name)),
            Token::String(words) => page.words(&String::from_utf8_lossy(&words)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    page.finish()
}

/// How words look where an element is open.
#[derive(Clone, Copy, Debug, Default)]
struct Look {
    bold: bool,
    underlined: bool,
    hidden: bool,
    struck: bool,
    keeps_lines: bool,
    heading: Option<u8>,
    /// A mark of the time, which is set in brackets.
    is_time: bool,
    /// The name of who writes a message, above its words.
    is_sender: bool,
    /// Within a message that is passed on.
    is_passed_on: bool,
}

/// What is set from top to bottom: the page, or a cell of a table.
#[derive(Debug, Default)]
struct Flow {
    blocks: Vec<Block>,
    /// A table that is open in it: rows of cells.
    table: Option<Vec<Vec<Vec<Block>>>>,
    /// Empty columns that the cell takes beside its own.
    more_columns: usize,
}

/// An element that is open.
#[derive(Debug)]
struct Open {
    name: String,
    look: Look,
    /// How many paragraphs stand above it.
    above: usize,
    holds: Holds,
}

/// What ends with an element beside a paragraph.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Holds {
    Words,
    Table,
    Cell,
}

#[derive(Debug, Default)]
struct Page {
    sheet: Sheet,
    open: Vec<Open>,
    /// The page, and the cells that are open, each in the table of the one before.
    flows: Vec<Flow>,
    draft: Draft,
    number: usize,
    struck: usize,
    leads: HashMap<usize, usize>,
    is_telegram: bool,
    /// The day and time of the message that is open.
    sent: String,
}

/// A paragraph in the making.
#[derive(Debug, Default)]
struct Draft {
    text: String,
    bold: bool,
    plain: bool,
    set_off: SetOff,
    heading: Option<u8>,
}

impl Page {
    fn look(&self) -> Look {
        self.open.last().map_or_else(Look::default, |open| open.look)
    }

    fn open(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let attribute = |name: &[u8]| {
            tag.attributes
                .iter()
                .find(|(key, _)| key.as_slice() == name)
                .map(|(_, value)| String::from_utf8_lossy(value))
        };
        if BLOCKS.contains(&name.as_str()) {
            self.close_before(&name);
            self.end_paragraph();
        }
        let mut look = self.look();
        if name == "br" && !look.hidden {
            self.draft.text.push('\n');
        }
        let classes = attribute(b"class").unwrap_or_default();
        let style = self.sheet.style(&name, &classes);
        let own = attribute(b"style").map(|style| Style::of(&style)).unwrap_or_default();
        look.bold =
            own.bold.or(style.bold).unwrap_or(look.bold || matches!(name.as_str(), "b" | "strong" | "th" | "dt"));
        look.underlined |= name == "u";
        look.struck |= own.struck.or(style.struck).unwrap_or(matches!(name.as_str(), "s" | "strike"));
        look.keeps_lines = own.keeps_lines.or(style.keeps_lines).unwrap_or(look.keeps_lines || name == "pre");
        look.hidden |= own.hidden.or(style.hidden).unwrap_or_default()
            || LEFT_OUT.contains(&name.as_str())
            || attribute(b"hidden").is_some();
        if self.is_telegram {
            self.open_message(&classes, attribute(b"title").as_deref(), &mut look);
        }
        if let Some(level) = name.strip_prefix('h').and_then(|level| level.parse().ok()) {
            look.heading = Some(level);
        }
        if name == "a" {
            match attribute(b"href").as_deref().map_or(Link::Other, Link::of) {
                Link::ToNote => look.hidden = true,
                Link::FromNote => {
                    look.hidden = true;
                    self.hide_note();
                }
                Link::Other => {}
            }
        }
        if VOID.contains(&name.as_str()) || self.open.len() >= DEEPEST {
            return;
        }
        look.is_time = name == "span" && !look.hidden && classes.split_ascii_whitespace().any(|c| c == "timestamp");
        if look.is_time {
            self.draft.text.push('[');
        }
        let deep = self.flows.len() >= DEEPEST_TABLE;
        let mut holds = Holds::Words;
        match (name.as_str(), self.flows.last_mut()) {
            ("table", Some(flow)) if !deep && flow.table.is_none() => {
                flow.table = Some(Vec::new());
                holds = Holds::Table;
            }
            ("tr", Some(Flow { table: Some(rows), .. })) => rows.push(Vec::new()),
            ("td" | "th", Some(Flow { table: Some(_), .. })) => {
                let columns = attribute(b"colspan").and_then(|n| n.trim().parse().ok()).unwrap_or(1);
                let more_columns = columns.clamp(1, MOST_COLUMNS) - 1;
                self.flows.push(Flow { more_columns, ..Flow::default() });
                holds = Holds::Cell;
            }
            _ => {}
        }
        self.open.push(Open { name, look, above: self.number, holds });
    }

    /// A part of a message in Telegram's export. Who writes stands behind the day and time, as in other chats; whom a
    /// message is passed on from is not who writes it.
    fn open_message(&mut self, classes: &str, title: Option<&str>, look: &mut Look) {
        let has = |class: &str| classes.split_ascii_whitespace().any(|of| of == class);
        if has("date")
            && !look.is_passed_on
            && let Some(sent) = title
        {
            self.sent = sent.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
        }
        let is_name = has("from_name");
        let is_passed_on = is_name && look.is_passed_on;
        look.is_passed_on |= has("forwarded");
        look.hidden |= is_passed_on || BESIDE_MESSAGES.iter().any(|class| has(class)) && !has("body");
        look.is_sender = is_name && !look.hidden;
        if look.is_sender {
            self.draft.text = format!("[{}] ", self.sent);
        }
    }

    /// Closes what an element that starts a line ends where its own end is left out.
    fn close_before(&mut self, name: &str) {
        let (ended, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "td", "th"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "td", "th"]),
            "td" | "th" => (&["td", "th"], &["table", "tr"]),
            "tr" => (&["tr", "td", "th"], &["table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "tr", "td", "th"], &["table"]),
            _ => (&["p"], &["td", "th", "table"]),
        };
        let open = self.open.iter().enumerate().rev();
        let inner = open.take_while(|(_, open)| !within.contains(&open.name.as_str()));
        let outermost = inner.filter(|(_, open)| ended.contains(&open.name.as_str())).last();
        if let Some(at) = outermost.map(|(at, _)| at) {
            self.close_to(at);
        }
    }

    fn close(&mut self, name: &str) {
        if BLOCKS.contains(&name) {
            self.end_paragraph();
        }
        let border: &[&str] = match name {
            "table" => &[],
            "tr" | "tbody" | "thead" | "tfoot" | "td" | "th" => &["table"],
            _ => &["td", "th", "table"],
        };
        let open = self.open.iter().enumerate().rev();
        let mut inner = open.take_while(|(_, open)| open.name == name || !border.contains(&open.name.as_str()));
        if let Some(at) = inner.find(|(_, open)| open.name == name).map(|(at, _)| at) {
            self.close_to(at);
        }
    }

    /// Closes the elements from a depth on.
    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(Open { look, holds, .. }) = self.open.pop() else { return };
            if look.is_time {
                self.draft.text.push_str("] ");
            }
            match holds {
                Holds::Words => {}
                Holds::Table => self.end_table(),
                Holds::Cell => self.end_cell(),
            }
        }
    }

    fn end_cell(&mut self) {
        self.end_paragraph();
        self.end_table();
        let Some(cell) = self.flows.pop() else { return };
        let Some(rows) = self.flows.last_mut().and_then(|flow| flow.table.as_mut()) else { return };
        if rows.is_empty() {
            rows.push(Vec::new());
        }
        if let Some(row) = rows.last_mut() {
            row.push(cell.blocks);
            row.extend(std::iter::repeat_with(Vec::new).take(cell.more_columns));
        }
    }

    /// Ends a table of the innermost flow: one with words in one cell of each row is for the layout alone.
    fn end_table(&mut self) {
        self.end_paragraph();
        let Some(flow) = self.flows.last_mut() else { return };
        let Some(mut rows) = flow.table.take() else { return };
        rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        if rows.iter().all(|row| row.iter().filter(|cell| !cell.is_empty()).count() == 1) {
            flow.blocks.extend(rows.into_iter().flatten().flatten());
        } else {
            let rows: Vec<Row> = rows.into_iter().map(|row| row.into_iter().map(flattened).collect()).collect();
            flow.blocks.push(Block::Table(rows));
        }
    }

    /// Leaves out the note that leads back to its mark: the division that it begins, or its paragraph.
    fn hide_note(&mut self) {
        let begun =
            |open: &Open| matches!(open.name.as_str(), "div" | "li" | "aside" | "dd") && open.above == self.number;
        let paragraph = || self.open.iter().rposition(|open| open.name == "p");
        let Some(from) = self.open.iter().rposition(begun).or_else(paragraph) else { return };
        self.open[from..].iter_mut().for_each(|open| open.look.hidden = true);
        self.draft = Draft::default();
    }

    fn words(&mut self, words: &str) {
        let look = self.look();
        if self.open.last().is_some_and(|open| open.name == "style") {
            return self.sheet.add(words);
        }
        if look.hidden {
            return;
        }
        if look.struck {
            self.struck += self::words(words);
        }
        self.draft.words(words, look);
    }

    /// Ends the paragraph; a blank line inside begins another.
    fn end_paragraph(&mut self) {
        if self.look().is_sender && !self.draft.text.is_empty() {
            self.draft.text = format!("{}:", self.draft.text.trim_end());
        }
        let draft = std::mem::take(&mut self.draft);
        let Some(flow) = self.flows.last_mut() else { return };
        let lines: Vec<&str> = draft.text.split('\n').map(str::trim).collect();
        // The words that are set off stand in the first line, from its start.
        let is_in_first = |bytes: &usize| draft.text.starts_with(lines[0]) && *bytes <= lines[0].len();
        self.leads.extend(draft.set_off.bytes().filter(is_in_first).map(|bytes| (self.number + 1, bytes)));
        for block in lines.split(|line| line.is_empty()).filter(|block| !block.is_empty()) {
            self.number += 1;
            let bold = draft.bold && !draft.plain;
            let paragraph = Paragraph { number: self.number, text: block.join("\n"), heading: draft.heading, bold };
            flow.blocks.push(Block::Paragraph(paragraph));
        }
    }

    fn finish(mut self) -> Body {
        self.close_to(0);
        while self.flows.len() > 1 {
            self.end_cell();
        }
        self.end_table();
        let blocks = self.flows.pop().map(|flow| flow.blocks).unwrap_or_default();
        Body { blocks, struck: self.struck, leads: self.leads }
    }
}

impl Draft {
    /// Adds words; white space is one space, unless lines are kept as they are.
    fn words(&mut self, words: &str, look: Look) {
        if !words.trim().is_empty() {
            self.bold |= look.bold;
            self.plain |= !look.bold;
            self.heading = look.heading.or(self.heading);
        }
        for c in words.chars() {
            if look.keeps_lines && matches!(c, '\n' | '\t') {
                self.text.push(c);
            } else if c.is_whitespace() {
                if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                    self.text.push(' ');
                }
            } else if !c.is_control() && c != '\u{ad}' {
                self.text.push(c);
            }
        }
        self.set_off.add(words, &self.text, look.bold || look.underlined);
    }
}

/// Where a link leads.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Link {
    /// From a mark in the text to its note.
    ToNote,
    /// From a note back to its mark.
    FromNote,
    Other,
}

impl Link {
    /// `#ftnt1` and `#cmnt_ref1` of Google Docs, `#_ftn1` and `#_msoanchor_1` of Word, `#sdfootnote1sym` of LibreOffice.
    fn of(address: &str) -> Self {
        const NOTES: [&str; 8] = ["ftnt", "cmnt", "_ftn", "_edn", "_msocom", "_msoanchor", "sdfootnote", "sdendnote"];
        // The address of the page itself may stand in front.
        let Some((_, place)) = address.split_once('#') else { return Self::Other };
        let Some(note) = NOTES.iter().find(|note| place.starts_with(*note)) else { return Self::Other };
        let rest = &place[note.len()..];
        match *note {
            "_msoanchor" => Self::FromNote,
            _ if rest.trim_start_matches('_').starts_with("ref") || rest.ends_with("anc") => Self::FromNote,
            _ => Self::ToNote,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paragraphs by their words, headings with their level, rows with bars between the cells.
    fn shown(html: &str) -> Vec<String> {
        let paragraph = |p: &Paragraph| match p.heading {
            Some(level) => format!("{level} {}", p.text),
            None if p.bold => format!("*{}*", p.text),
            None => p.text.clone(),
        };
        let mut found = Vec::new();
        for block in read(html).blocks {
            match block {
                Block::Paragraph(p) => found.push(paragraph(&p)),
                Block::Table(rows) => found.extend(rows.iter().map(|row| {
                    let cells = row.iter().map(|cell| cell.iter().map(paragraph).collect::<Vec<_>>().join("/"));
                    cells.collect::<Vec<_>>().join("|")
                })),
            }
        }
        found
    }

    #[test]
    fn blocks_are_paragraphs() {
        for (html, paragraphs) in [
            ("One<p>Two</p>Three", &["One", "Two", "Three"][..]),
            ("<p>One\n  <i>and</i> two</p>", &["One and two"]),
            ("<p>One<br>two<br><br>three</p>", &["One\ntwo", "three"]),
            ("<h2>One</h2><p><b>Two</b></p><p><b>Three</b> four</p>", &["2 One", "*Two*", "Three four"]),
            ("<ul><li>One<ul><li>Two<li>Three</ul><li>Four</ul>", &["One", "Two", "Three", "Four"]),
            ("<pre>One\ntwo</pre>", &["One\ntwo"]),
            ("<p>a &lt; b &amp;&nbsp;c &#8212; d&hellip; &xyz;</p>", &["a < b & c — d… &xyz;"]),
            ("<p>a < b and 1 <3", &["a < b and 1 <3"]),
            ("<p><b>One<p>Two</b><p>Three", &["*One*", "Two", "Three"]),
            ("<div><p>One</div></p></div></td>Two", &["One", "Two"]),
            ("<table><tr><td>a<td>b<tr><td colspan=2>c</table>d", &["a|b", "c|", "d"]),
            ("<table><tr><td>a<table><tr><td>x<td>y</table><td>b</table>", &["a/x: y|b"]),
            ("<table><tr><td>a<tr><td><p>b<p>c", &["a", "b", "c"]),
            ("<table><tr><th>a</th><td>b</td></tr></table>", &["*a*|b"]),
            ("<p>a</p><footer><p>b</p>c</footer>", &["a"]),
            ("<nav>a</nav><p>b<button>c</button></p><select><option>d</select><textarea>e</textarea>", &["b"]),
            ("<p style='display:none'>a</p><p hidden>b<p>c<span style=\"visibility:hidden\">d</span>", &["c"]),
        ] {
            assert_eq!(shown(html), paragraphs, "{html}");
        }
    }

    #[test]
    fn notes_are_told_by_where_their_links_lead() {
        for (address, leads) in [
            ("#cmnt1", Link::ToNote),
            ("#ftnt2", Link::ToNote),
            ("talk.htm#_ftn1", Link::ToNote),
            ("#_msocom_1", Link::ToNote),
            ("#sdfootnote1sym", Link::ToNote),
            ("#cmnt_ref1", Link::FromNote),
            ("#_ftnref1", Link::FromNote),
            ("#_msoanchor_1", Link::FromNote),
            ("#sdfootnote1anc", Link::FromNote),
            ("#chapter", Link::Other),
            ("https://example.org/ftnt", Link::Other),
        ] {
            assert_eq!(Link::of(address), leads, "{address}");
        }
        let noted = "<p>One<a href=#_ftn1 name=_ftnref1>[1]</a></p><hr><div id=ftn1><p><a href=#_ftnref1>[1]</a> A note</p>\
                     <p>and more.</p></div><p>Two</p>";
        assert_eq!(shown(noted), ["One", "Two"]);
        assert_eq!(shown("<div><p>One</p><p><a href=#ftnt_ref1>[1]</a> A note</p></div><p>Two</p>"), ["One", "Two"]);
    }

    #[test]
    fn depth_is_bounded() {
        for tag in ["<div>", "<table><tr><td>", "<b>", "<ul><li>"] {
            assert_eq!(
                shown(&format!("{}One", tag.repeat(5000))).last().map(|text| text.trim_matches('*')),
                Some("One")
            );
        }
    }
}
