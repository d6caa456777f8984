//! PDF with a text layer: transcripts that a word processor or a service printed.
//!
//! In: the bytes of a file. Out: one document, its text in reading order, and the transcripts in it,
//! found as in Word documents; `line` is the number of the page. A scan, a file with a password, and
//! one whose fonts hide their letters are named as such, never read as if nobody had said anything.
//! Pictures, annotations and form fields are never read.
//!
//! [`glyphs`] says what stands where, [`rows`] puts it together into words, [`layout`] into paragraphs; [`times`],
//! [`small_print`], [`margin`] and [`line_numbers`] take out what stands beside them, of sheets of several pages page by page
//! ([`mini_pages`]).

mod fonts;
mod glyphs;
mod layout;
mod line_numbers;
mod margin;
mod mini_pages;
mod rows;
mod small_print;
mod times;

use lopdf::{Document, LoadOptions};

use super::super::encoding::PDF;
use super::super::error::{counted, some};
use super::super::guard::guarded;
use super::super::{CorpusError, ReadOptions};
use super::docx;
use super::docx::body::Block;
use super::{Claim, Contents, File, Reader, Reading};
use glyphs::{Kept, Refused};

pub(crate) struct Pdf;

/// The most bytes that each list of objects in a file may unpack to.
const MAX_OBJECTS: usize = 64 << 20;
/// The most pages.
const MAX_PAGES: usize = 20_000;
/// A page with fewer characters has no text: it may have a number.
const MIN_CHARACTERS: usize = 12;
/// From this part of characters on that the fonts do not tell, a file cannot be read.
const MAX_UNKNOWN: f64 = 0.1;

/// How the layout tells that turns are numbered.
const NUMBERED: &str = "numbers before the speakers";

const OCR: &str = "let a program for text recognition (OCR) add the text, such as `ocrmypdf SCAN.pdf NEW.pdf`, and check \
                   what it read; or get the document that was printed";
const SAVE_AGAIN: &str = "open the file in the program it comes from and save it again, or save it as .docx or .txt";

impl Reader for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn claim(&self, contents: &Contents, _options: &ReadOptions) -> Claim {
        if contents.binary().is_some_and(|bytes| bytes.starts_with(PDF)) { Claim::Certain } else { Claim::No }
    }

    fn named_by_file(&self) -> bool {
        false
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        let path = file.path;
        let Some(bytes) = file.contents.binary().filter(|bytes| bytes.starts_with(PDF)) else {
            return Err(damaged(path, "the whole file", "it is no PDF".to_owned()));
        };
        let mut pages = guarded(|| pages(path, bytes))
            .unwrap_or_else(|| Err(damaged(path, "the whole file", "its data are damaged".to_owned())))?;
        let mut reading = Reading::default();
        pages.check(path, &mut reading)?;
        let small = small_print::take_out(&mut pages.rows);
        mini_pages::divide(&mut pages.rows);
        let timed = times::take_out(&mut pages.rows, file.names);
        let notes = margin::take_out(&mut pages.rows, file.names);
        pages.numbered = line_numbers::take_out(&mut pages.rows);
        reading.warnings.extend(left_out(path, &notes));
        reading.warnings.extend(small_left_out(path, &small));
        let found = layout::read(pages.rows, file.names);
        let stressed = found.stressed.iter().map(|(page, label)| docx::leads::doubt(path, *page, label));
        reading.warnings.extend(stressed);
        let mixed = doubts(path, &found.doubtful, "columns may be read line by line, so answers may be mixed");
        let blocks: Vec<Block> = found.paragraphs.into_iter().map(Block::Paragraph).collect();
        let n_before = reading.warnings.len();
        docx::take_apart(path, &blocks, file.names, &mut reading)?;
        // Numbers of turns were told from the words.
        let are_of_turns = reading.layout.as_deref().is_some_and(|layout| layout.contains(NUMBERED));
        let numbered = doubts(path, &pages.numbered, "numbers beside the lines may be read as words");
        let doubts = numbered.filter(|_| !are_of_turns).into_iter().chain(mixed);
        reading.warnings.splice(n_before..n_before, doubts);
        let columns = (found.columns > 1).then(|| format!("{} columns", found.columns));
        let heads = (found.heads > 0).then(|| "running heads and page numbers left out".to_owned());
        let timed = (timed > 0).then(|| "times in the margin left out".to_owned());
        reading.add_to_layout(columns.into_iter().chain(heads).chain(timed));
        Ok(reading)
    }
}

fn damaged(path: &str, place: &str, reason: String) -> CorpusError {
    CorpusError::Malformed { path: path.to_owned(), place: place.to_owned(), reason, hint: SAVE_AGAIN }
}

/// The pages of a file, and what is amiss with them.
#[derive(Default)]
struct Pages {
    rows: Vec<(usize, Vec<rows::Row>)>,
    n: usize,
    characters: usize,
    unknown: usize,
    /// Pages that are pictures without text.
    pictures: Vec<usize>,
    /// Pages where numbers of lines may stand among the words.
    numbered: Vec<usize>,
    /// Pages that could not be read.
    failed: Vec<(usize, Refused)>,
}

fn pages(path: &str, bytes: &[u8]) -> Result<Pages, CorpusError> {
    let options = LoadOptions::with_max_decompressed_size(MAX_OBJECTS);
    let password = || CorpusError::NotRead {
        path: path.to_owned(),
        what: "protected by a password".to_owned(),
        hint: "open it with the password and save or print it without one",
    };
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword => password(),
        error => damaged(path, "the whole file", error.to_string()),
    })?;
    if document.is_encrypted() {
        return Err(password());
    }
    let mut pages = Pages::default();
    let mut kept = Kept::default();
    for id in document.page_iter() {
        pages.n += 1;
        if pages.n > MAX_PAGES {
            return Err(damaged(path, "its pages", format!("more than {MAX_PAGES} of them")));
        }
        match glyphs::read(&document, id, &mut kept) {
            Ok(page) => pages.add(page),
            Err(refused) => pages.failed.push((pages.n, refused)),
        }
    }
    Ok(pages)
}

impl Pages {
    fn add(&mut self, page: glyphs::Page) {
        let visible = || page.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty());
        let characters = visible().count();
        self.characters += characters;
        self.unknown += visible().filter(|glyph| glyph.text == fonts::UNKNOWN).count();
        if characters < MIN_CHARACTERS && page.pictures > 0 {
            self.pictures.push(self.n);
        }
        self.rows.push((self.n, rows::rows(page.glyphs)));
    }

    /// Refuses what holds no words that could be read; warns of parts of it.
    fn check(&self, path: &str, reading: &mut Reading) -> Result<(), CorpusError> {
        let not_read = |what: String| CorpusError::NotRead { path: path.to_owned(), what, hint: OCR };
        if self.n == 0 {
            return Err(damaged(path, "the whole file", "it has no pages".to_owned()));
        }
        for (page, refused) in &self.failed {
            let reason = match refused {
                Refused::TooLarge => "larger drawings than are read",
                Refused::Damaged => "its data are damaged",
            };
            reading.failures.push(damaged(path, &format!("page {page}"), reason.to_owned()));
        }
        let n = pages_are(self.n);
        if self.failed.len() == self.n
            && let Some(failure) = reading.failures.pop()
        {
            return Err(failure);
        }
        if self.pictures.len() == self.n {
            return Err(not_read(format!("a scan, {n} pictures without text")));
        }
        if self.characters < MIN_CHARACTERS {
            return Err(not_read(format!("a PDF without text, {n} empty or drawn as shapes")));
        }
        if self.unknown as f64 > MAX_UNKNOWN * self.characters as f64 {
            let what = "a PDF whose fonts do not tell which letters they show";
            return Err(not_read(format!("{what} ({} of {} characters)", self.unknown, self.characters)));
        }
        if self.unknown > 0 {
            reading.warnings.push(format!(
                "`{path}`: {} of {} characters are not told by their fonts and read as `{}`",
                self.unknown,
                self.characters,
                fonts::UNKNOWN
            ));
        }
        if !self.pictures.is_empty() {
            reading.warnings.push(format!(
                "`{path}`: {} of {} without text: what is said there is not read",
                pages_named(&self.pictures),
                self.n
            ));
        }
        Ok(())
    }
}

/// A warning that names the pages where something may be wrong, if there are some.
fn doubts(path: &str, pages: &[usize], what: &str) -> Option<String> {
    (!pages.is_empty()).then(|| format!("`{path}`, {}: {what}; read there what was found", pages_named(pages)))
}

/// A warning that names what stood in the margin, if there was something.
fn left_out(path: &str, notes: &margin::Notes) -> Option<String> {
    let texts: Vec<&str> = notes.texts.iter().map(String::as_str).collect();
    (notes.n > 0).then(|| {
        format!(
            "`{path}`, {}: {} in the margin left out, such as {}; nobody said them",
            pages_named(&notes.pages),
            counted(notes.n, "note"),
            some(&texts)
        )
    })
}

/// A warning that says how many notes and captions were left out, and on which pages.
fn small_left_out(path: &str, found: &small_print::Found) -> Option<String> {
    let kinds = [(found.notes, "footnote"), (found.captions, "caption")];
    let kinds: Vec<String> = kinds.iter().filter(|(n, _)| *n > 0).map(|(n, what)| counted(*n, what)).collect();
    let kinds = kinds.join(" and ");
    (!kinds.is_empty()).then(|| {
        format!("`{path}`, {}: {kinds}, in small print, left out; nobody said them", pages_named(&found.pages))
    })
}

/// `page 3`, `pages 3, 4, …`
fn pages_named(pages: &[usize]) -> String {
    let shown: Vec<String> = pages.iter().take(5).map(ToString::to_string).collect();
    let more = if pages.len() > shown.len() { ", …" } else { "" };
    format!("{} {}{more}", if pages.len() == 1 { "page" } else { "pages" }, shown.join(", "))
}

fn pages_are(n: usize) -> String {
    if n == 1 { "its page is".to_owned() } else { format!("its {n} pages are") }
}

#[cfg(test)]
mod tests;
