//! JSON and JSON Lines: records of interviews, whole or a line each.
//!
//! In: the file's text. Out: its records, to [`Interviews`]. The text is cut into records first and
//! each is taken apart alone, so a large file is never held as a tree of values. A bad line of JSON
//! Lines is a failure with its line; whole JSON that breaks off is an error, never half a corpus.

mod channels;
mod divided;
mod lines;
mod messengers;
mod recognised;
mod services;
mod teams;
mod unknown;
mod values;
mod within;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::super::by_lines::ByLines;
use super::super::error::some;
use super::super::{CorpusError, ReadOptions};
use super::records::{self, Interviews, MAX_FIELDS, Shape};
use super::said::{self, Item, Value};
use super::table::{self, Columns};
use super::{Claim, Contents, File, Grid, Reader, Reading, pairs};
use lines::LineCounter;
use unknown::unknown_layout;

pub(crate) struct Json;

impl Reader for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json", "jsonl", "ndjson"]
    }

    /// JSON shows in parsing as such; interviews in the fields of the first records.
    fn claim(&self, contents: &Contents, options: &ReadOptions) -> Claim {
        let Some(text) = contents.text() else { return Claim::No };
        if !opens_json(text) {
            return Claim::No;
        }
        let certain = match Parsed::of(text, None) {
            Ok(Parsed::Whole(raw)) => find("", raw, options).is_ok(),
            Ok(Parsed::Several { values, .. }) => {
                shape(values.iter().take(SAMPLE).copied(), options).is_ok_and(|shape| shape.is_of_interviews(options))
            }
            Err(_) => false,
        };
        if certain { Claim::Certain } else { Claim::Possible }
    }

    fn named_by_file(&self) -> bool {
        true
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        let (path, options) = (file.path, file.options);
        let text = file.contents.into_text(path)?;
        let malformed =
            |place: String, reason: String| CorpusError::Malformed { path: path.to_owned(), place, reason, hint: HINT };
        if let Some(recognised) = recognised::read(&text).filter(|_| !options.names_columns()) {
            return Ok(recognised::transcript_of(recognised, path, options, file.names));
        }
        let parsed = Parsed::of(&text, file.extension)
            .map_err(|error| malformed(format!("line {}, column {}", error.line(), error.column()), reason(&error)))?;
        if let Parsed::Whole(raw) = &parsed
            && !options.names_columns()
            && let Some(pairs) = within::people(raw, LineCounter::new(&text))
        {
            let layout = Some("one participant a field: answers by their questions".to_owned());
            return pairs.finish(path, file.names).map(|reading| Reading { layout, ..reading });
        }
        let (found, broken) = match parsed {
            Parsed::Whole(raw) => (find(path, raw, options)?, Vec::new()),
            Parsed::Several { values, broken } => {
                (Found { records: values, study: None, is_one: false, beside: Vec::new() }, broken)
            }
        };
        if found.records.is_empty() {
            return Err(match broken.first() {
                Some((line, error)) => malformed(format!("line {line}, column {}", error.column()), reason(error)),
                None => CorpusError::Empty { path: path.to_owned() },
            });
        }
        let shape = shape(found.records.iter().copied(), options)
            .map_err(|TooManyFields| malformed("its records".to_owned(), too_many_fields()))?;
        let places: HashMap<String, usize> = shape.names.iter().cloned().zip(0..).collect();
        let has_lists = shape.list(options).is_some();
        let mut interviews = Interviews::new(path, shape, options, file.names, HINT)?;
        for (line, error) in broken {
            interviews.fail(format!("line {line}, column {}", error.column()), reason(&error));
        }
        let mut lines = LineCounter::new(&text);
        let mut repaired = 0;
        let first = found.records[0];
        for (number, raw) in (1..).zip(found.records) {
            let line = lines.of(raw);
            let mut within = lines;
            let mut values = Values { lines: &mut within, options, repaired: &mut repaired };
            match values.record(raw, &places, &interviews) {
                Ok(Some(fields)) => interviews.push(number, line, fields),
                Ok(None) => {}
                Err(reason) => interviews.fail(format!("record {number} (line {line})"), reason),
            }
        }
        let mut reading = interviews.finish()?;
        reading.mojibake_repaired += repaired;
        let is_told = has_lists || !reading.failures.is_empty() || reading.own_output.is_some();
        if reading.transcripts.is_empty()
            && !is_told
            && let Some(error) = unknown_layout(path, first)
        {
            return Err(error);
        }
        if let Some(study) = found.study {
            for transcript in &mut reading.transcripts {
                transcript.study.get_or_insert_with(|| study.as_str().into());
            }
        }
        if !found.beside.is_empty() {
            let beside: Vec<&str> = found.beside.iter().map(String::as_str).collect();
            reading.add_to_layout([format!("lists without speakers left out: {}", some(&beside))]);
        }
        let unnamed = reading.transcripts.len() == 1 && reading.transcripts[0].id.is_none();
        reading.named_by_file = (found.is_one || unnamed).then_some(false);
        Ok(reading)
    }

    /// Records with plain values, a list of them or a line each: the fields are the columns.
    fn grid(&self, file: File<'_>) -> Result<Grid, CorpusError> {
        let path = file.path;
        let text = file.contents.into_text(path)?;
        let malformed = |line: usize, reason: String| CorpusError::Malformed {
            path: path.to_owned(),
            place: format!("line {line}"),
            reason,
            hint: GRID_HINT,
        };
        let parsed = Parsed::of(&text, file.extension).map_err(|error| malformed(error.line(), reason(&error)))?;
        let records = match parsed {
            Parsed::Whole(raw) if kind(raw) == b'[' => list(raw),
            Parsed::Whole(raw) => vec![raw],
            Parsed::Several { broken, .. } if !broken.is_empty() => {
                let (line, error) = &broken[0];
                return Err(malformed(*line, reason(error)));
            }
            Parsed::Several { values, .. } => values,
        };
        let shape =
            shape(records.iter().copied(), file.options).map_err(|TooManyFields| malformed(1, too_many_fields()))?;
        let places: HashMap<&str, usize> = shape.names.iter().map(String::as_str).zip(0..).collect();
        let mut lines = LineCounter::new(&text);
        let mut rows = Vec::with_capacity(records.len());
        for raw in records {
            let line = lines.of(raw);
            let Fields(fields) = Fields::of(raw).map_err(|error| malformed(line, reason(&error)))?;
            let mut cells = vec![String::new(); shape.names.len()];
            for (name, raw) in fields {
                let Some(cell) = places.get(name.as_ref()).map(|&place| &mut cells[place]) else { continue };
                match kind(raw) {
                    b'n' => {}
                    b'"' => {
                        let Text(text) =
                            serde_json::from_str(raw.get()).map_err(|error| malformed(line, reason(&error)))?;
                        *cell = text.into_owned();
                    }
                    b'[' | b'{' => return Err(malformed(line, format!("`{name}` is no plain value"))),
                    _ => *cell = raw.get().to_owned(),
                }
            }
            rows.push((line, cells));
        }
        Ok(Grid { header: shape.names, rows, left_out: None, sheets: Vec::new() })
    }
}

const HINT: &str = "export records with named fields, such as `id` and `text`, or with a list of turns under \
                    `messages`; JSON has no comments, trailing commas or NaN";

const GRID_HINT: &str = "a table in JSON is a list of records, or a record a line, whose fields are texts and numbers";

/// Records looked at before a file's content is known.
const SAMPLE: usize = 5;
/// Values that lie deeper in a record are no words.
const MAX_DEPTH: usize = 8;
/// Longer lists of numbers are embeddings or tokens, no words and no times.
const MAX_NUMBERS: usize = 16;
/// Records of records above the interviews.
const MAX_ENVELOPES: usize = 3;
/// The field that holds a list of lists of turns, which has no name.
const UNNAMED: &str = "turns";

fn opens_json(text: &str) -> bool {
    let text = text.trim_start();
    match text.strip_prefix('[') {
        Some(rest) => rest.trim_start().starts_with(['{', '[', '"', ']']),
        None => text.starts_with('{'),
    }
}

/// What went wrong, without the place that serde_json adds, which counts within a line.
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rfind(" at line ").map_or(&*message, |at| &message[..at]) {
        "expected ident" | "expected value" => "what stands there is no JSON".to_owned(),
        said => said.to_owned(),
    }
}

fn too_many_fields() -> String {
    format!("they have more than {MAX_FIELDS} different fields")
}

/// The values of a text.
enum Parsed<'t> {
    /// One.
    Whole(&'t RawValue),
    /// Several, usually a line each, and the lines that are none.
    Several { values: Vec<&'t RawValue>, broken: Vec<(usize, serde_json::Error)> },
}

impl<'t> Parsed<'t> {
    fn of(text: &'t str, extension: Option<&str>) -> Result<Self, serde_json::Error> {
        let error = match serde_json::from_str::<&RawValue>(text) {
            Ok(raw) => return Ok(Self::Whole(raw)),
            Err(error) => error,
        };
        let is_value = |line: &str| opens_json(line) && serde_json::from_str::<&RawValue>(line).is_ok();
        let first: Vec<&str> = text.by_lines().filter(|line| !line.is_blank()).take(10).collect();
        let good = first.iter().filter(|line| is_value(line)).count();
        if good > 0 && good * 2 >= first.len() {
            return Ok(Self::lines(text));
        }
        let stream = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
        if let Ok(values) = stream.collect::<Result<Vec<_>, _>>() {
            return Ok(Self::Several { values, broken: Vec::new() });
        }
        if matches!(extension, Some("jsonl" | "ndjson")) { Ok(Self::lines(text)) } else { Err(error) }
    }

    fn lines(text: &'t str) -> Self {
        let mut values = Vec::new();
        let mut broken = Vec::new();
        for (number, line) in (1..).zip(text.by_lines()).filter(|(_, line)| !line.is_blank()) {
            match serde_json::from_str::<&RawValue>(line) {
                Ok(raw) => values.push(raw),
                Err(error) => broken.push((number, error)),
            }
        }
        Self::Several { values, broken }
    }
}

/// The fields of an object, each as it is written.
struct Fields<'t>(Vec<(Cow<'t, str>, &'t RawValue)>);

impl<'t> Fields<'t> {
    fn of(raw: &'t RawValue) -> Result<Self, serde_json::Error> {
        serde_json::from_str(raw.get())
    }
}

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some((Text(name), raw)) = map.next_entry()? {
            fields.push((name, raw));
        }
        Ok(Fields(fields))
    }
}

/// A string, borrowed where it holds no escapes.
#[derive(serde::Deserialize)]
struct Text<'t>(#[serde(borrow)] Cow<'t, str>);

fn kind(raw: &RawValue) -> u8 {
    raw.get().as_bytes().first().copied().unwrap_or_default()
}

fn list(raw: &RawValue) -> Vec<&RawValue> {
    serde_json::from_str(raw.get()).unwrap_or_default()
}

struct TooManyFields;

/// The fields of all records together.
fn shape<'t>(records: impl Iterator<Item = &'t RawValue>, options: &ReadOptions) -> Result<Shape, TooManyFields> {
    let mut shape = Shape::default();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (at, raw) in records.enumerate() {
        if kind(raw) == b'[' {
            let place = *places.entry(UNNAMED.to_owned()).or_insert_with(|| shape.add(UNNAMED));
            shape.items[place] = shape.items[place].take().or_else(|| fields_of_items(raw));
            continue;
        }
        let Ok(Fields(fields)) = Fields::of(raw) else { continue };
        for (name, raw) in fields {
            let place = match places.get(name.as_ref()) {
                Some(&place) => place,
                None if places.len() == MAX_FIELDS => return Err(TooManyFields),
                None => {
                    let place = shape.add(&name);
                    places.insert(name.into_owned(), place);
                    place
                }
            };
            if shape.items[place].is_some() {
                continue;
            }
            if records::may_be_list(&shape.names[place], options) {
                shape.items[place] = fields_of_items(raw).or_else(|| by_question(&shape.names[place], raw));
            } else if at < SAMPLE {
                shape.items[place] = within::fields_of_turns(raw);
                shape.is_deep[place] = shape.items[place].is_some();
            }
        }
    }
    Ok(shape)
}

/// The fields of the pairs that a record holds as answers by their questions.
fn by_question(name: &str, raw: &RawValue) -> Option<Vec<String>> {
    let Fields(fields) = Fields::of(raw).ok().filter(|_| kind(raw) == b'{')?;
    pairs::by_question(name, fields.iter().map(|(name, raw)| (name.as_ref(), text_within(raw))))
}

/// A text as it is written; nothing where `null` stands.
fn text_within(raw: &RawValue) -> Option<&str> {
    match kind(raw) {
        b'"' => Some(raw.get()),
        b'n' => Some(""),
        _ => None,
    }
}

/// The fields of the records in a list, or in the list one record deeper.
fn fields_of_items(raw: &RawValue) -> Option<Vec<String>> {
    match kind(raw) {
        b'[' => {
            let mut names: Vec<String> = Vec::new();
            for Fields(fields) in list(raw).into_iter().take(SAMPLE * 10).filter_map(|raw| Fields::of(raw).ok()) {
                for (name, inner) in fields {
                    // An envelope around the message.
                    let inner = if name == "message" { Fields::of(inner).ok() } else { None };
                    let inside = inner.into_iter().flat_map(|Fields(fields)| fields).map(|(name, _)| name);
                    for name in std::iter::once(name).chain(inside) {
                        if names.len() < MAX_FIELDS && !names.iter().any(|known| *known == name) {
                            names.push(name.into_owned());
                        }
                    }
                }
            }
            (!names.is_empty()).then_some(names)
        }
        b'{' => {
            let Fields(fields) = Fields::of(raw).ok()?;
            let any = ReadOptions::default();
            let lists = fields.iter().filter(|(_, raw)| kind(raw) == b'[');
            let inner = lists
                .filter_map(|(name, raw)| records::rank(name, &any).map(|rank| (rank, *raw)))
                .min_by_key(|(rank, _)| *rank);
            match inner {
                Some((_, raw)) => fields_of_items(raw),
                // The nodes of a tree of messages.
                None => fields.iter().find_map(|(_, node)| {
                    let Fields(node) = Fields::of(node).ok()?;
                    let message = node.iter().find(|(name, _)| name == "message").map(|(_, raw)| *raw)?;
                    let Fields(message) = Fields::of(message).ok()?;
                    Some(message.into_iter().map(|(name, _)| name.into_owned()).collect())
                }),
            }
        }
        _ => None,
    }
}

/// Records found in a value.
struct Found<'t> {
    records: Vec<&'t RawValue>,
    /// The study that stands beside them.
    study: Option<String>,
    /// The value as a whole is one transcript.
    is_one: bool,
    /// Other lists of records, which say nothing of who speaks.
    beside: Vec<String>,
}

/// Finds the records in the value of a whole file.
fn find<'t>(path: &str, raw: &'t RawValue, options: &ReadOptions) -> Result<Found<'t>, CorpusError> {
    let mut raw = raw;
    let mut study = None;
    // Whether a record above is called like words, so that what lies in it may be anything.
    let mut is_inner = false;
    for _ in 0..MAX_ENVELOPES {
        if kind(raw) == b'[' {
            let records = list(raw);
            let shape = shape(records.iter().take(SAMPLE).copied(), options);
            return match shape.is_ok_and(|shape| shape.is_of_interviews(options)) || records.is_empty() {
                true => Ok(Found { records, study, is_one: false, beside: Vec::new() }),
                false => Err(no_interviews(path, raw, options)),
            };
        }
        let Ok(Fields(fields)) = Fields::of(raw) else { return Err(no_interviews(path, raw, options)) };
        let Ok(mut whole) = shape(std::iter::once(raw), options) else { return Err(no_interviews(path, raw, options)) };
        // What lies deeper in the only record is looked for by its envelopes.
        whole.is_deep.fill(false);
        let turns = whole.list_of_one(options);
        let of_several = turns
            .and_then(|at| whole.items[at].as_deref())
            .is_some_and(|fields| records::name_their_transcript(fields, options));
        if turns.is_some() && !of_several {
            return Ok(Found { records: vec![raw], study, is_one: true, beside: Vec::new() });
        }
        study = study.or_else(|| study_beside(&fields));
        let holds_interviews = |raw: &RawValue| {
            shape(list(raw).into_iter().take(SAMPLE), options).is_ok_and(|shape| shape.is_of_interviews(options))
        };
        let lists = fields.iter().filter(|(_, raw)| kind(raw) == b'[' && holds_interviews(raw));
        let lists: Vec<(&str, &RawValue)> = lists.map(|(name, raw)| (name.as_ref(), *raw)).collect();
        if let [first, others @ ..] = &lists[..] {
            let mut told = lists.iter().filter(|(_, raw)| names_speakers(raw, options)).peekable();
            if is_inner && told.peek().is_none() {
                return Err(unknown_layout(path, first.1).unwrap_or_else(|| no_interviews(path, first.1, options)));
            }
            // Beside the turns may lie lists of what others asked about them.
            let (name, raw) = match (others, told.next(), told.next()) {
                ([], ..) => *first,
                (_, Some(talk), None) => *talk,
                ([other, ..], ..) => {
                    return Err(CorpusError::Malformed {
                        path: path.to_owned(),
                        place: "at the top".to_owned(),
                        reason: format!("both `{}` and `{}` are lists of records", first.0, other.0),
                        hint: "keep one list of records in a file",
                    });
                }
            };
            let beside = lists.iter().map(|list| list.0.to_owned()).filter(|other| other != name).collect();
            return Ok(Found { records: list(raw), study, is_one: false, beside });
        }
        // A record without words of its own is none, whatever the field is called.
        let is_envelope = whole.pairs(options).is_none()
            && matches!(&fields[..], [(_, only)] if kind(only) == b'{' && !holds_words(only));
        if whole.is_of_interviews(options) {
            if !is_envelope {
                return Ok(Found { records: vec![raw], study, is_one: true, beside: Vec::new() });
            }
            is_inner = true;
        }
        let mut objects = fields.iter().filter(|(_, raw)| kind(raw) == b'{');
        match (objects.next(), objects.next()) {
            (Some((_, only)), None) => raw = only,
            _ => return Err(no_interviews(path, raw, options)),
        }
    }
    Err(no_interviews(path, raw, options))
}

/// Whether the records of a list say who speaks.
fn names_speakers(raw: &RawValue, options: &ReadOptions) -> bool {
    let columns = shape(list(raw).into_iter().take(SAMPLE), options)
        .ok()
        .and_then(|shape| Columns::find("", &shape.names, options).ok().flatten());
    columns.is_some_and(|columns| columns.speaker.is_some())
}

/// Whether a record is a text, or its parts, written as one.
fn holds_words(raw: &RawValue) -> bool {
    let is_words = |name: &str| ["text", "content", "parts", "value"].contains(&name);
    Fields::of(raw).is_ok_and(|Fields(fields)| fields.iter().any(|(name, _)| is_words(name)))
}

/// The study named beside a list of records.
fn study_beside(fields: &[(Cow<'_, str>, &RawValue)]) -> Option<String> {
    let (_, raw) = fields.iter().find(|(name, _)| table::STUDY.contains(&table::plain(name).as_str()))?;
    let Text(study) = serde_json::from_str(raw.get()).ok()?;
    Some(study.trim().to_owned()).filter(|study| !study.is_empty())
}

/// The error for JSON without interviews: what an option names is missing, or there are no words.
fn no_interviews(path: &str, raw: &RawValue, options: &ReadOptions) -> CorpusError {
    let records = if kind(raw) == b'[' { list(raw) } else { vec![raw] };
    let Ok(shape) = shape(records.into_iter(), options) else {
        let (path, place) = (path.to_owned(), "its records".to_owned());
        return CorpusError::Malformed { path, place, reason: too_many_fields(), hint: HINT };
    };
    if shape.names.is_empty() {
        let (path, place) = (path.to_owned(), "line 1".to_owned());
        return CorpusError::Malformed { path, place, reason: "no records with named fields".to_owned(), hint: HINT };
    }
    match Columns::find(path, &shape.names, options) {
        Err(error) => error,
        Ok(_) => CorpusError::NoTextColumn { path: path.to_owned(), columns: table::quoted(&shape.names) },
    }
}

/// Takes the fields of records apart.
struct Values<'v, 't> {
    lines: &'v mut LineCounter<'t>,
    options: &'v ReadOptions,
    repaired: &'v mut usize,
}

impl<'t> Values<'_, 't> {
    /// The fields of a record that are looked at; `None` for a `null`.
    fn record(
        &mut self,
        raw: &'t RawValue,
        places: &HashMap<String, usize>,
        interviews: &Interviews<'_>,
    ) -> Result<Option<Vec<(usize, Value)>>, String> {
        let fields = match kind(raw) {
            b'{' => Fields::of(raw).map_err(|error| self::reason(&error))?.0,
            b'[' => vec![(Cow::Borrowed(UNNAMED), raw)],
            b'n' => return Ok(None),
            _ => return Err("a value without named fields".to_owned()),
        };
        let mut values = Vec::new();
        for (name, raw) in fields {
            if let Some(&place) = places.get(name.as_ref()).filter(|&&place| interviews.wants(place)) {
                values.push((place, self.value(raw, 0).map_err(|error| self::reason(&error))?));
            }
        }
        Ok(Some(values))
    }

    fn value(&mut self, raw: &'t RawValue, depth: usize) -> Result<Value, serde_json::Error> {
        Ok(match kind(raw) {
            b'n' => Value::Null,
            b'"' => match serde_json::from_str(raw.get())? {
                Text(Cow::Borrowed(text)) => Value::Text(text.to_owned()),
                // Escapes may hide what was put right in the text of the file.
                Text(Cow::Owned(text)) => Value::Text(said::clean(text, self.options, self.repaired)),
            },
            b'[' | b'{' if depth == MAX_DEPTH => Value::Other,
            b'[' => {
                let list = serde_json::from_str::<Vec<&RawValue>>(raw.get())?;
                if list.len() > MAX_NUMBERS && matches!(kind(list[0]), b'-' | b'0'..=b'9') {
                    return Ok(Value::Other);
                }
                let mut items = Vec::new();
                for raw in list {
                    let line = self.lines.of(raw);
                    items.push(Item { line, value: self.value(raw, depth + 1)? });
                }
                Value::List(items)
            }
            b'{' => {
                let mut fields = Vec::new();
                for (name, raw) in Fields::of(raw)?.0 {
                    fields.push((name.into_owned(), self.value(raw, depth + 1)?));
                }
                Value::Record(fields)
            }
            _ => Value::Plain(raw.get().to_owned()),
        })
    }
}
