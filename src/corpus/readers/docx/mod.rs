//! Word documents: transcripts by Teams, Word and transcription services.
//!
//! In: the bytes of a `.docx`. Out: one document, the text as Word shows it, and its transcripts.
//! Labels are found as in plain text, in [bold or underlined letters](leads) in front of the words, or in the speaker
//! column of a table; without any, [letters](asked) may tell what is asked; `line` is the number of the paragraph.
//! Headers, footers, notes, comments, deletions and text boxes are never read.

mod asked;
pub(super) mod body;
pub(super) mod leads;
mod margin;
mod pairs;
pub(super) mod set_off;
mod tables;

use std::collections::{HashMap, HashSet};

use super::super::by_lines::ByLines;
use super::super::error::counted;
use super::super::speakers::{Names, key};
use super::super::{CorpusError, ReadOptions, front_matter, labels};
use super::archive::Archive;
use super::package::{self, Office};
use super::text::Page;
use super::xml::Xml;
use super::{Claim, Contents, File, Reader, Reading, Script};
use body::{Block, Body, Paragraph, Row, Styles};
use pairs::Pairs;
use tables::Columns;

pub(crate) struct Docx;

const WORD: Office = Office {
    called: "Word document",
    main: "word/document.xml",
    kinds: ["wordprocessingml", "ms-word"],
    hint: "save it as a Word document (.docx), or give it the extension of what it is",
};

impl Reader for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["docx", "docm"]
    }

    fn claim(&self, contents: &Contents, _options: &ReadOptions) -> Claim {
        WORD.claim(contents)
    }

    fn named_by_file(&self) -> bool {
        false
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        let path = file.path;
        let mut archive = WORD.open(path, &file.contents)?;
        let mut body = body_of(&mut archive, file.options.keep_mojibake)?;
        let mut reading = Reading { mojibake_repaired: body.mojibake_repaired, ..Reading::default() };
        reading.warnings.extend(leads::close(path, &mut body.blocks, &body.leads, file.names));
        tell_of_struck(path, body.struck, &mut reading);
        take_apart_but_boxes(path, &body.blocks, body.text_boxes, file.names, &mut reading)?;
        if reading.transcripts.is_empty() && !body.italics.is_empty() {
            let is_italic = |paragraph: &Paragraph| body.italics.contains(&paragraph.number);
            in_letters(path, &body.blocks, ("italic", is_italic), file.names, &mut reading, [0; 3]);
        }
        Ok(reading)
    }
}

/// The same as [`take_apart`] of a document whose text boxes were left out, which is told.
pub(super) fn take_apart_but_boxes(
    path: &str,
    blocks: &[Block],
    boxes: usize,
    names: &Names,
    reading: &mut Reading,
) -> Result<(), CorpusError> {
    match boxes {
        0 => {}
        1 => reading.warnings.push(format!("`{path}`: 1 text box was left out")),
        n => reading.warnings.push(format!("`{path}`: {n} text boxes were left out")),
    }
    take_apart(path, blocks, names, reading).map_err(|error| match error {
        CorpusError::Empty { path } if boxes > 0 => CorpusError::NotRead {
            path,
            what: "a document whose words all stand in text boxes".to_owned(),
            hint: "move the words out of the boxes into paragraphs, or save the document as plain text",
        },
        error => error,
    })
}

/// Warns of words that are struck through and count as said: deletions that are tracked do not.
pub(super) fn tell_of_struck(path: &str, struck: usize, reading: &mut Reading) {
    if struck > 0 {
        let (words, them) = if struck == 1 { ("word is", "it") } else { ("words are", "them") };
        reading.warnings.push(format!(
            "`{path}`: {struck} {words} struck through and read as said; delete {them} in the file to \
             leave {them} out"
        ));
    }
}

/// Finds the transcripts in paragraphs and tables, whatever program wrote them, and adds them to what
/// was read of the file at `path`.
pub(super) fn take_apart(
    path: &str,
    blocks: &[Block],
    names: &Names,
    reading: &mut Reading,
) -> Result<(), CorpusError> {
    if tables_of_turns(path, blocks, names, reading) {
        return Ok(());
    }
    let before = [reading.transcripts.len(), reading.documents.len(), reading.failures.len()];
    running_text(path, blocks, names, reading)?;
    // Where nobody is named, what asks and what answers may stand side by side, or in other letters.
    if reading.transcripts.len() == before[0] {
        if in_pairs(blocks, reading, before) {
            reading.layout = Some("a table of questions beside answers".to_owned());
        } else {
            in_letters(path, blocks, ("bold", |paragraph: &Paragraph| paragraph.bold), names, reading, before);
        }
    }
    Ok(())
}

/// Reads paragraphs without labels of which those in some letters ask and the others answer, or the other way round, in
/// place of what was found since `before`.
fn in_letters(
    path: &str,
    blocks: &[Block],
    (letters, is_set_off): (&str, impl Fn(&Paragraph) -> bool),
    names: &Names,
    reading: &mut Reading,
    [_, documents, failures]: [usize; 3],
) {
    let mut paragraphs: Vec<&Paragraph> = Vec::new();
    for block in blocks {
        let Block::Paragraph(paragraph) = block else { return };
        paragraphs.extend((!paragraph.text.is_blank()).then_some(paragraph));
    }
    let Some(found) = asked::find(&paragraphs, is_set_off) else { return };
    reading.documents.truncate(documents);
    reading.failures.truncate(failures);
    let mut transcript = InTables::default();
    let lead: Vec<Paragraph> = paragraphs[..found.start].iter().map(|&paragraph| paragraph.clone()).collect();
    transcript.head(&lead, names, reading);
    for (paragraph, is_asked) in paragraphs[found.start..].iter().zip(&found.asked) {
        let speaker = is_asked.map_or("", |is_asked| if is_asked { "Question" } else { "Answer" });
        transcript.script.go_on(speaker, &paragraph.text, "\n\n", paragraph.number, None);
    }
    transcript.finish(reading);
    let n_asked = found.asked.iter().filter(|of| **of == Some(true)).count();
    let (whose, others) = if found.are_set_off { ("asked", "answers") } else { ("answered", "questions") };
    reading.layout = Some(format!("questions and answers told apart by {letters} letters"));
    reading.warnings.push(format!(
        "`{path}`: no speaker is named; paragraphs in {letters} letters were taken for what is {whose}, and the others \
         for {others} ({}); where that is wrong, write who speaks before the words, as in `Interviewer: Why?`",
        counted(n_asked, "question")
    ));
}

/// Reads tables in which what asks stands beside what answers in place of what was found since `before`; `false` when
/// there is none.
fn in_pairs(blocks: &[Block], reading: &mut Reading, [_, documents, failures]: [usize; 3]) -> bool {
    let mut transcript = InTables::default();
    let mut any = false;
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => transcript.script.say("", &paragraph.text, paragraph.number, None),
            Block::Table(rows) => match pairs::untitled(rows) {
                Some(pairs) => {
                    transcript.pairs(rows, &pairs);
                    any = true;
                }
                None => {
                    let joined = rows.iter().filter_map(body::joined);
                    joined.for_each(|row| transcript.script.say("", &row.text, row.number, None));
                }
            },
        }
    }
    if !any {
        return false;
    }
    reading.documents.truncate(documents);
    reading.failures.truncate(failures);
    transcript.finish(reading);
    true
}

fn body_of(archive: &mut Archive<'_>, keep_mojibake: bool) -> Result<Body, CorpusError> {
    let path = archive.path();
    let main = WORD.main_part(archive)?;
    let related = package::relationships(archive, &main)?.into_iter().find(|r| r.kind == "styles");
    let styles_part = related.map_or_else(|| "word/styles.xml".to_owned(), |r| r.target);
    let styles = match package::text(archive, &styles_part)? {
        Some(text) => Styles::read(Xml::new(path, &styles_part, &text))?,
        None => Styles::default(),
    };
    let Some(text) = package::text(archive, &main)? else {
        return Err(WORD.refused(path, format!("its part `{main}` is missing")));
    };
    body::read(Xml::new(path, &main, &text), &styles, keep_mojibake)
}

/// Reads the turns of tables with a speaker column, or with a column for each of two; `false` when there is no such
/// table.
fn tables_of_turns(path: &str, blocks: &[Block], names: &Names, reading: &mut Reading) -> bool {
    let (mut n_tables, mut n_pairs) = (0, 0);
    let mut left_out: Vec<String> = Vec::new();
    let mut transcript = InTables::default();
    let mut lead: Vec<Paragraph> = Vec::new();
    for block in blocks {
        let rows = match block {
            Block::Paragraph(paragraph) => {
                lead.push(paragraph.clone());
                continue;
            }
            Block::Table(rows) => rows,
        };
        match tables::columns(rows, names) {
            Some(columns) => {
                transcript.head(&std::mem::take(&mut lead), names, reading);
                transcript.rows(rows, columns);
                for title in tables::left_out(rows, columns) {
                    if !left_out.contains(&title) {
                        left_out.push(title);
                    }
                }
                n_tables += 1;
            }
            None => match pairs::titled(rows, names).filter(|_| !is_talk(blocks, names)) {
                Some(pairs) => {
                    transcript.head(&std::mem::take(&mut lead), names, reading);
                    transcript.pairs(rows, &pairs);
                    n_pairs += 1;
                }
                None => lead.extend(rows.iter().filter_map(body::joined)),
            },
        }
    }
    if n_tables + n_pairs == 0 {
        return false;
    }
    if !left_out.is_empty() {
        reading.warnings.push(format!(
            "`{path}`: a table holds more than speakers and what they say; left out beside it: {}",
            left_out.join(", ")
        ));
    }
    lead.iter().for_each(|paragraph| transcript.script.say("", &paragraph.text, paragraph.number, None));
    transcript.finish(reading);
    reading.layout = Some(match n_tables {
        0 => "a table with a column for who asks and one for who answers".to_owned(),
        1 => "a table with a speaker column".to_owned(),
        n => format!("{n} tables with a speaker column"),
    });
    true
}

/// Whether the paragraphs outside of tables are a talk, so that questions beside answers are a form.
fn is_talk(blocks: &[Block], names: &Names) -> bool {
    let paragraphs = blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.clone()),
        Block::Table(_) => None,
    });
    let paragraphs: Vec<Paragraph> = paragraphs.collect();
    let stretches = labels::divide(&lay_out(&paragraphs, &HashSet::new(), names).0.text, names).unwrap_or_default();
    let labelled: Vec<String> = stretches.iter().map(|s| key(&s.label)).filter(|key| !key.is_empty()).collect();
    let different: HashSet<&String> = labelled.iter().collect();
    labelled.len() >= FEWEST_TURNS && different.len() < labelled.len()
}

/// Fewer turns are the fields of a header.
const FEWEST_TURNS: usize = 4;

/// A transcript that stands in one table or several.
#[derive(Default)]
struct InTables {
    script: Script,
    id: Option<String>,
    study: Option<String>,
    /// Who spoke last.
    speaker: String,
}

impl InTables {
    /// Takes what stands above a table: a header that names a transcript starts a new one, and other
    /// words are nobody's.
    fn head(&mut self, lead: &[Paragraph], names: &Names, reading: &mut Reading) {
        let (page, starts) = lay_out(lead, &HashSet::new(), names);
        let sections = front_matter::sections(&page.text);
        if let Some(section) = sections.iter().rfind(|section| section.id.is_some()) {
            if !self.script.is_empty() {
                std::mem::take(self).finish(reading);
            }
            self.id = section.id.clone();
        }
        self.study = sections.iter().rev().find_map(|section| section.study.clone()).or(self.study.take());
        for (paragraph, start) in starts {
            if sections.iter().any(|section| section.body.contains(&start)) {
                self.script.say("", &paragraph.text, paragraph.number, None);
            }
        }
    }

    fn rows(&mut self, rows: &[Row], columns: Columns) {
        let titles = |row: &Row| row.iter().map(|cell| body::words(cell).to_lowercase()).collect::<Vec<_>>();
        let header = rows.first().filter(|_| columns.has_header).map(titles);
        for (n, row) in rows.iter().enumerate() {
            let number = row.iter().flatten().next().map_or(1, |paragraph| paragraph.number);
            if row.len() != columns.n {
                let texts: Vec<String> = row.iter().map(|cell| body::words(cell)).collect();
                self.script.say("", &texts.join("\t"), number, None);
                continue;
            }
            // The header may come again on each page.
            if header.as_ref().is_some_and(|header| n == 0 || titles(row) == *header) {
                continue;
            }
            let (label, with_label) = tables::speaker(&body::words(&row[columns.speaker]));
            let seconds = columns.time.and_then(|time| tables::time(&body::words(&row[time]))).or(with_label);
            let number = row[columns.words].first().map_or(number, |paragraph| paragraph.number);
            let words = body::words(&row[columns.words]);
            if label.is_empty() {
                let speaker = self.speaker.clone();
                self.script.go_on(&speaker, &words, "\n\n", number, seconds);
            } else {
                self.script.say(&label, &words, number, seconds);
                self.speaker = label;
            }
        }
    }

    /// Takes what stands side by side, a row after the other.
    fn pairs(&mut self, rows: &[Row], pairs: &Pairs) {
        let mut is_header = pairs.has_header;
        for row in rows {
            let number = row.iter().flatten().next().map_or(1, |paragraph| paragraph.number);
            if row.len() != pairs.n {
                let texts: Vec<String> = row.iter().map(|cell| body::words(cell)).collect();
                self.script.say("", &texts.join("\t"), number, None);
            } else if !std::mem::take(&mut is_header) {
                for (column, speaker) in &pairs.speakers {
                    let number = row[*column].first().map_or(number, |paragraph| paragraph.number);
                    self.script.say(speaker, &body::words(&row[*column]), number, None);
                }
            }
        }
    }

    fn finish(self, reading: &mut Reading) {
        if !self.script.is_empty() {
            self.script.finish(self.id, self.study, reading);
        }
    }
}

/// Reads a document whose speakers are labelled in its paragraphs.
fn running_text(path: &str, blocks: &[Block], names: &Names, reading: &mut Reading) -> Result<(), CorpusError> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => paragraphs.push(paragraph.clone()),
            Block::Table(rows) => match margin::find(rows, names) {
                Some(margin) => {
                    paragraphs.extend(margin.paragraphs(rows, body::joined));
                    reading.warnings.push(format!(
                        "`{path}`: one column of a table is read as the transcript; left out beside it: {}",
                        margin.others.join(", ")
                    ));
                }
                None => paragraphs.extend(rows.iter().filter_map(body::joined)),
            },
        }
    }
    paragraphs.retain(|paragraph| !paragraph.text.is_blank());
    if paragraphs.is_empty() {
        return Err(CorpusError::Empty { path: path.to_owned() });
    }
    let (mut page, _) = lay_out(&paragraphs, &HashSet::new(), names);
    let alone = labels_alone(&paragraphs, names);
    if !alone.is_empty() {
        let stretches = labels::divide(&page.text, names).unwrap_or_default();
        if alone.len() > stretches.iter().filter(|stretch| !stretch.label.is_empty()).count() {
            (page, _) = lay_out(&paragraphs, &alone, names);
            reading.layout = Some("speakers in paragraphs of their own".to_owned());
        }
    }
    page.read(path, names, reading);
    Ok(())
}

/// Writes paragraphs out as a text with a blank line between them, and tells at which byte each
/// starts. Labels that stand alone get the colon they lack; headings are marked as in Markdown; the
/// fields of a header stay together.
fn lay_out<'p>(
    paragraphs: &'p [Paragraph],
    alone: &HashSet<usize>,
    names: &Names,
) -> (Page, Vec<(&'p Paragraph, usize)>) {
    let mut page = Page::default();
    let mut starts = Vec::with_capacity(paragraphs.len());
    let notice = closing_notice(paragraphs, names);
    let continued = continuations(paragraphs);
    let mut in_header = true;
    let mut below_field = false;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let words = paragraph.text.trim();
        if words.is_empty() {
            below_field = false;
            continue;
        }
        let heading = paragraph.heading.filter(|_| !alone.contains(&index) && !opens_turn(words, names));
        let is_field = in_header && heading.is_none() && !words.contains('\n') && front_matter::is_field(words);
        if !page.text.is_empty() {
            page.text.push_str(if is_field && below_field { "\n" } else { "\n\n" });
            page.places.extend((!(is_field && below_field)).then_some(paragraph.number));
        }
        let start = page.text.len();
        starts.push((paragraph, start));
        match heading {
            Some(level) => {
                if level <= 3 {
                    page.text.push_str(&"#".repeat(usize::from(level.max(1))));
                    page.text.push(' ');
                }
                page.text.push_str(&words.replace('\n', " "));
            }
            None if continued.contains(&index) => page.text.push_str(&words.replace('\t', " ")),
            None => page.text.push_str(words),
        }
        if alone.contains(&index) {
            page.text.push(':');
        }
        page.places.extend(page.text[start..].split('\n').map(|_| paragraph.number));
        if heading.is_some() || notice == Some(index) {
            page.asides.push(start..page.text.len());
        }
        in_header = heading.is_some() || is_field;
        below_field = is_field;
    }
    (page, starts)
}

/// Paragraphs that start with a tab where labels stand before one: there the same person goes on, and what
/// stands before a further tab is no label.
fn continuations(paragraphs: &[Paragraph]) -> HashSet<usize> {
    let label = |text: &str| {
        let label = text.trim().split_once('\t')?.0.trim_end_matches([':', ' ', '.']);
        labels::valid_label(label).then(|| key(label))
    };
    let is_inset = |paragraph: &Paragraph| paragraph.text.starts_with('\t');
    let mut counts: HashMap<String, usize> = HashMap::new();
    for label in paragraphs.iter().filter(|paragraph| !is_inset(paragraph)).filter_map(|p| label(&p.text)) {
        *counts.entry(label).or_default() += 1;
    }
    counts.retain(|_, count| *count > 1);
    if counts.len() < 2 {
        return HashSet::new();
    }
    let goes_on = |text: &str| label(text).is_none_or(|label| !counts.contains_key(&label));
    let inset = paragraphs.iter().enumerate().filter(|(_, paragraph)| is_inset(paragraph));
    inset.filter(|(_, paragraph)| goes_on(&paragraph.text)).map(|(index, _)| index).collect()
}

/// Whether a paragraph set as a heading is a turn all the same.
fn opens_turn(words: &str, names: &Names) -> bool {
    let line = words.by_lines().next().unwrap_or_default();
    labels::opening(line, names).is_some_and(|opening| {
        opening.is_stamp || (names.strong(&key(&opening.label)).is_some() && opening.words >= MIN_TURN_WORDS)
    })
}

/// From so many words on, what follows a role in a heading is said and no name.
const MIN_TURN_WORDS: usize = 4;

/// The last paragraph, when it is no speech but a notice such as `Tom Reyes stopped transcription`,
/// which Teams writes in the language of its user.
fn closing_notice(paragraphs: &[Paragraph], names: &Names) -> Option<usize> {
    const MAX_WORDS: usize = 6;
    let (last, paragraph) = paragraphs.iter().enumerate().rfind(|(_, paragraph)| !paragraph.text.is_blank())?;
    let words = paragraph.text.trim();
    if words.contains('\n') || labels::opening(words, names).is_some() || words.ends_with(['.', '!', '?']) {
        return None;
    }
    let stamped = |paragraph: &Paragraph| {
        let opening = labels::opening(paragraph.text.trim().by_lines().next()?, names)?;
        opening.is_stamp.then_some(opening.label)
    };
    let is_notice = |label: String| {
        let rest = words.strip_prefix(label.as_str()).filter(|rest| rest.starts_with(' '));
        rest.is_some_and(|rest| (1..=MAX_WORDS).contains(&rest.split_whitespace().count()))
    };
    paragraphs[..last].iter().filter_map(stamped).any(is_notice).then_some(last)
}

/// Paragraphs that are a speaker's label and nothing else: set in bold or capitals, as a heading, or
/// a known name; each speaker comes twice or is known, and there are two or more.
fn labels_alone(paragraphs: &[Paragraph], names: &Names) -> HashSet<usize> {
    let candidate = |paragraph: &Paragraph| {
        let words = paragraph.text.trim().trim_matches(['[', ']']);
        let key = key(words);
        let set_off = paragraph.bold
            || paragraph.heading.is_some()
            || (words.chars().any(char::is_uppercase) && !words.chars().any(char::is_lowercase));
        let is_label = labels::valid_label(words) && (set_off || names.strong(&key).is_some()) || names.is_given(&key);
        is_label.then_some(key)
    };
    let keys: Vec<Option<String>> = paragraphs.iter().map(candidate).collect();
    // A label has words below it.
    let heads = |index: usize| keys.get(index + 1).is_some_and(Option::is_none);
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (index, key) in keys.iter().enumerate() {
        if let Some(key) = key.as_deref().filter(|_| heads(index)) {
            *counts.entry(key).or_default() += 1;
        }
    }
    counts.retain(|key, count| *count > 1 || names.strong(key).is_some());
    if counts.len() < 2 {
        return HashSet::new();
    }
    let is_label = |index: usize| keys[index].as_deref().is_some_and(|key| counts.contains_key(key)) && heads(index);
    (0..keys.len()).filter(|&index| is_label(index)).collect()
}

#[cfg(test)]
mod tests;
