//! The characters of a PDF's page with their places.
//!
//! In: a page of a document. Out: its [`Glyph`]s as they stand on the upright page, with the number
//! of its pictures. What the file itself marks as no part of its text, as word processors mark running
//! heads, is left out; what is drawn outside the page, or across the direction of most of its words,
//! too. Streams unpack up to a limit.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::content::Content;
use lopdf::{DecompressError, Dictionary, Document, Error, Object, ObjectId};

use super::fonts::Font;

/// The most bytes that the drawing of a page may unpack to.
const MAX_PAGE: usize = 32 << 20;
/// The most steps of drawing on a page, forms included: a form may be drawn again and again.
const MAX_STEPS: usize = 4_000_000;
/// The most steps of all pages.
const MAX_ALL_STEPS: usize = 60_000_000;
/// The most characters of a page.
const MAX_GLYPHS: usize = 1_000_000;
/// Forms drawn in forms drawn in … this often at most.
const MAX_DEPTH: usize = 12;

/// A character on a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    /// What it shows; several characters for a ligature.
    pub(super) text: String,
    /// From where to where it reaches, from the left, in points.
    pub(super) start: f32,
    pub(super) end: f32,
    /// The height of its line above the bottom, in points.
    pub(super) line: f32,
    pub(super) size: f32,
    pub(super) is_bold: bool,
}

/// What a page holds.
#[derive(Default)]
pub(super) struct Page {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) pictures: usize,
}

/// Why a page is not read.
pub(super) enum Refused {
    /// Its drawing is larger than what is read.
    TooLarge,
    /// It is damaged.
    Damaged,
}

/// What is kept from page to page.
#[derive(Default)]
pub(super) struct Kept {
    /// Fonts by the places of their dictionaries.
    fonts: HashMap<ObjectId, Rc<Font>>,
    /// Steps so far: a page of many steps may be the content of thousands of pages.
    steps: usize,
}

/// Reads a page.
pub(super) fn read(document: &Document, page: ObjectId, kept: &mut Kept) -> Result<Page, Refused> {
    let content = document.get_page_content_with_limit(page, MAX_PAGE).map_err(|error| match error {
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => Refused::TooLarge,
        _ => Refused::Damaged,
    })?;
    let resources = inherited(document, page, b"Resources").and_then(|found| found.as_dict().ok());
    let mut drawing = Drawing { document, kept, steps: content.len() / 256, directed: Vec::new(), pictures: 0 };
    drawing.draw(&content, resources, Matrix::SAME, 0)?;
    let (directed, pictures) = (std::mem::take(&mut drawing.directed), drawing.pictures);
    let turned = inherited(document, page, b"Rotate").and_then(|turned| turned.as_i64().ok()).unwrap_or(0);
    let view = inherited(document, page, b"CropBox").or_else(|| inherited(document, page, b"MediaBox"));
    Ok(Page { glyphs: upright(directed, turned, view.and_then(|view| corners(document, view))), pictures })
}

/// An entry of a page, or of what it is a part of.
fn inherited<'d>(document: &'d Document, page: ObjectId, key: &[u8]) -> Option<&'d Object> {
    const MAX_ANCESTORS: usize = 50;
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..MAX_ANCESTORS {
        if let Ok(found) = node.get_deref(key, document) {
            return Some(found);
        }
        node = node.get_deref(b"Parent", document).and_then(Object::as_dict).ok()?;
    }
    None
}

/// Left, bottom, right and top of a box.
fn corners(document: &Document, view: &Object) -> Option<[f32; 4]> {
    let numbers: Vec<f32> = view
        .as_array()
        .ok()?
        .iter()
        .filter_map(|number| document.dereference(number).ok()?.1.as_float().ok())
        .collect();
    let &[a, b, c, d] = numbers.as_slice() else { return None };
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}

/// A character with the direction in which its line runs, in quarters of a turn.
struct Directed {
    glyph: Glyph,
    /// From the left and from the bottom, before the page is turned.
    at: (f32, f32),
    length: f32,
    quarter: i64,
    /// Marked as no part of the text.
    is_artifact: bool,
}

/// More than this part of a page is never left out as no part of its text: it was marked wrongly.
const MAX_ARTIFACTS: f32 = 0.25;

/// The characters of the direction that most have, on a page that stands upright.
fn upright(mut directed: Vec<Directed>, turned: i64, view: Option<[f32; 4]>) -> Vec<Glyph> {
    let artifacts = directed.iter().filter(|found| found.is_artifact).count();
    if artifacts as f32 <= MAX_ARTIFACTS * directed.len() as f32 {
        directed.retain(|found| !found.is_artifact);
    }
    let mut counts = [0usize; 4];
    directed.iter().for_each(|found| counts[found.quarter as usize] += 1);
    // As the page is shown, words run to the right; where none do, the direction of most is taken.
    let shown = (turned.rem_euclid(360) / 90) as usize;
    let most = (0..4).max_by_key(|&quarter| (counts[quarter], quarter == shown)).unwrap_or(shown);
    let inside = |(x, y): (f32, f32)| {
        view.is_none_or(|[left, bottom, right, top]| (left..=right).contains(&x) && (bottom..=top).contains(&y))
    };
    let mut glyphs = Vec::with_capacity(counts[most]);
    for Directed { mut glyph, at: (x, y), length, quarter, .. } in directed {
        if quarter as usize != most || !inside((x, y)) {
            continue;
        }
        let (start, line) = match most {
            0 => (x, y),
            1 => (y, -x),
            2 => (-x, -y),
            _ => (-y, x),
        };
        (glyph.start, glyph.end, glyph.line) = (start, start + length, line);
        glyphs.push(glyph);
    }
    glyphs
}

/// A transformation of the plane: `x' = ax + cy + e`, `y' = bx + dy + f`.
#[derive(Clone, Copy)]
struct Matrix {
    a: f32,
    b: f32,
    c: f32,
    d: f32,
    e: f32,
    f: f32,
}

impl Matrix {
    const SAME: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    fn moved(x: f32, y: f32) -> Self {
        Self { e: x, f: y, ..Self::SAME }
    }

    fn of(numbers: &[f32]) -> Option<Self> {
        let &[a, b, c, d, e, f] = numbers else { return None };
        Some(Self { a, b, c, d, e, f })
    }

    /// First this, then the other.
    fn then(self, other: Self) -> Self {
        Self {
            a: self.a * other.a + self.b * other.c,
            b: self.a * other.b + self.b * other.d,
            c: self.c * other.a + self.d * other.c,
            d: self.c * other.b + self.d * other.d,
            e: self.e * other.a + self.f * other.c + other.e,
            f: self.e * other.b + self.f * other.d + other.f,
        }
    }

    fn at(self, x: f32, y: f32) -> (f32, f32) {
        (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
    }
}

/// What a step of drawing may change, and `Q` takes back.
#[derive(Clone)]
struct State {
    page: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    between: f32,
    between_words: f32,
    /// 1 is as wide as the font is.
    stretch: f32,
    leading: f32,
    rise: f32,
}

/// A stretch that the file marks.
#[derive(Clone, PartialEq)]
enum Mark {
    Other,
    /// No part of the text: a running head or a page's number.
    Artifact,
    /// The words it stands for, until they are said.
    Instead(Option<String>),
}

struct Drawing<'d, 'f> {
    document: &'d Document,
    kept: &'f mut Kept,
    steps: usize,
    directed: Vec<Directed>,
    pictures: usize,
}

impl<'d> Drawing<'d, '_> {
    fn draw(
        &mut self,
        content: &[u8],
        resources: Option<&'d Dictionary>,
        page: Matrix,
        depth: usize,
    ) -> Result<(), Refused> {
        let mut state = State {
            page,
            font: None,
            size: 1.0,
            between: 0.0,
            between_words: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let mut saved: Vec<State> = Vec::new();
        let mut marks: Vec<Mark> = Vec::new();
        let (mut text, mut line) = (Matrix::SAME, Matrix::SAME);
        for step in Content::decode_iter(content) {
            let Ok(step) = step else { break };
            self.steps += 1;
            self.kept.steps += 1;
            if self.steps > MAX_STEPS || self.kept.steps > MAX_ALL_STEPS {
                return Err(Refused::TooLarge);
            }
            let operands = &step.operands;
            let numbers: Vec<f32> =
                operands.iter().map_while(|operand| operand.as_float().ok()).filter(|n| n.is_finite()).collect();
            let number = |at: usize| numbers.get(at).copied().unwrap_or(0.0);
            let next_line = |line: &mut Matrix, x: f32, y: f32| {
                *line = Matrix::moved(x, y).then(*line);
                *line
            };
            match step.operator.as_str() {
                "q" if saved.len() < 1000 => saved.push(state.clone()),
                "Q" => state = saved.pop().unwrap_or(state),
                "cm" => {
                    if let Some(matrix) = Matrix::of(&numbers) {
                        state.page = matrix.then(state.page);
                    }
                }
                "BT" => (text, line) = (Matrix::SAME, Matrix::SAME),
                "Tf" => {
                    let name = operands.first().and_then(|name| name.as_name().ok());
                    state.font = name.and_then(|name| self.font(resources, name));
                    state.size = operands.get(1).and_then(|size| size.as_float().ok()).unwrap_or(1.0);
                }
                "Tm" => {
                    if let Some(matrix) = Matrix::of(&numbers) {
                        (text, line) = (matrix, matrix);
                    }
                }
                "Td" => text = next_line(&mut line, number(0), number(1)),
                "TD" => {
                    state.leading = -number(1);
                    text = next_line(&mut line, number(0), number(1));
                }
                "T*" => text = next_line(&mut line, 0.0, -state.leading),
                "Tc" => state.between = number(0),
                "Tw" => state.between_words = number(0),
                "Tz" => state.stretch = number(0) / 100.0,
                "TL" => state.leading = number(0),
                "Ts" => state.rise = number(0),
                "Tj" => self.show(operands.first(), &state, &mut text, &mut marks)?,
                "'" | "\"" => {
                    if step.operator == "\"" {
                        (state.between_words, state.between) = (number(0), number(1));
                    }
                    text = next_line(&mut line, 0.0, -state.leading);
                    self.show(operands.last(), &state, &mut text, &mut marks)?;
                }
                "TJ" => {
                    for part in operands.first().and_then(|parts| parts.as_array().ok()).into_iter().flatten() {
                        match part.as_float() {
                            Ok(back) => {
                                let moved = -back / 1000.0 * state.size * state.stretch;
                                text = Matrix::moved(moved, 0.0).then(text);
                            }
                            Err(_) => self.show(Some(part), &state, &mut text, &mut marks)?,
                        }
                    }
                }
                "BMC" | "BDC" if marks.len() < 1000 => marks.push(self.mark(operands, resources)),
                "EMC" => {
                    marks.pop();
                }
                "BI" => self.pictures += 1,
                "Do" => self.object(operands.first(), resources, state.page, depth)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// The font of this name.
    fn font(&mut self, resources: Option<&'d Dictionary>, name: &[u8]) -> Option<Rc<Font>> {
        let fonts = resources?.get_deref(b"Font", self.document).ok()?.as_dict().ok()?;
        let found = fonts.get(name).ok()?;
        let dictionary = self.document.dereference(found).ok()?.1.as_dict().ok()?;
        match found.as_reference() {
            Ok(id) => {
                let document = self.document;
                let font = self.kept.fonts.entry(id).or_insert_with(|| Rc::new(Font::new(dictionary, document)));
                Some(Rc::clone(font))
            }
            Err(_) => Some(Rc::new(Font::new(dictionary, self.document))),
        }
    }

    /// A picture, or a form with words of its own.
    fn object(
        &mut self,
        name: Option<&Object>,
        resources: Option<&'d Dictionary>,
        page: Matrix,
        depth: usize,
    ) -> Result<(), Refused> {
        let found = || {
            let name = name?.as_name().ok()?;
            let objects = resources?.get_deref(b"XObject", self.document).ok()?.as_dict().ok()?;
            objects.get_deref(name, self.document).ok()?.as_stream().ok()
        };
        let Some(stream) = found() else { return Ok(()) };
        match stream.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Image") => self.pictures += 1,
            Ok(b"Form") if depth < MAX_DEPTH => {
                let content = match stream.get_plain_content_with_limit(MAX_PAGE) {
                    Ok(content) => content,
                    Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
                        return Err(Refused::TooLarge);
                    }
                    Err(_) => return Ok(()),
                };
                // What is unpacked again and again costs as much as what is drawn.
                self.steps += content.len() / 256;
                self.kept.steps += content.len() / 256;
                let numbers = stream.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array).ok();
                let numbers: Vec<f32> =
                    numbers.into_iter().flatten().filter_map(|number| number.as_float().ok()).collect();
                let own = stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok();
                let matrix = Matrix::of(&numbers).unwrap_or(Matrix::SAME).then(page);
                self.draw(&content, own.or(resources), matrix, depth + 1)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// What the stretch that begins is marked as.
    fn mark(&self, operands: &[Object], resources: Option<&'d Dictionary>) -> Mark {
        if operands.first().and_then(|tag| tag.as_name().ok()) == Some(b"Artifact") {
            return Mark::Artifact;
        }
        let properties = match operands.get(1) {
            Some(Object::Dictionary(properties)) => Some(properties),
            Some(Object::Name(name)) => resources
                .and_then(|resources| resources.get_deref(b"Properties", self.document).ok()?.as_dict().ok())
                .and_then(|properties| properties.get_deref(name, self.document).ok()?.as_dict().ok()),
            _ => None,
        };
        let text = properties.and_then(|properties| properties.get_deref(b"ActualText", self.document).ok());
        match text.and_then(|text| lopdf::decode_text_string(text).ok()) {
            Some(text) => Mark::Instead(Some(text)),
            None => Mark::Other,
        }
    }

    /// Shows a string and moves on behind it.
    fn show(
        &mut self,
        string: Option<&Object>,
        state: &State,
        text: &mut Matrix,
        marks: &mut [Mark],
    ) -> Result<(), Refused> {
        let (Some(bytes), Some(font)) = (string.and_then(|string| string.as_str().ok()), &state.font) else {
            return Ok(());
        };
        if self.directed.len() + bytes.len() > MAX_GLYPHS {
            return Err(Refused::TooLarge);
        }
        let is_artifact = marks.contains(&Mark::Artifact);
        font.show(bytes, |shown| {
            let width = shown.width / 1000.0 * state.size;
            let spaces = state.between + if shown.is_space { state.between_words } else { 0.0 };
            let place = text.then(state.page);
            let (start, end) = (place.at(0.0, state.rise), place.at(width * state.stretch, state.rise));
            let across = (place.c * state.size, place.d * state.size);
            // The words that a stretch stands for are said with its first character.
            let instead = marks.iter_mut().rev().find_map(|mark| match mark {
                Mark::Instead(words) => Some(words.take()),
                _ => None,
            });
            let said = match instead {
                Some(words) => words.unwrap_or_default(),
                None => shown.text,
            };
            let (x, y) = (end.0 - start.0, end.1 - start.1);
            let along = (place.a, place.b);
            let slanted = along.0.abs().min(along.1.abs()) > 0.2 * along.0.abs().max(along.1.abs());
            if !slanted && x.is_finite() && y.is_finite() {
                let quarter = match along {
                    (a, b) if a.abs() >= b.abs() => {
                        if a >= 0.0 {
                            0
                        } else {
                            2
                        }
                    }
                    (_, b) => {
                        if b >= 0.0 {
                            1
                        } else {
                            3
                        }
                    }
                };
                let glyph = Glyph {
                    text: said,
                    start: 0.0,
                    end: 0.0,
                    line: 0.0,
                    size: across.0.hypot(across.1),
                    is_bold: font.is_bold,
                };
                self.directed.push(Directed { glyph, at: start, length: x.hypot(y), quarter, is_artifact });
            }
            let moved = (width + spaces) * state.stretch;
            *text = Matrix::moved(moved, 0.0).then(*text);
        });
        Ok(())
    }
}
