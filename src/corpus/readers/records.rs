//! Records with named fields, as JSON and Parquet hold them.
//!
//! In: records, field by field, from a format that has them. Out: the transcripts. A record may be a
//! row of [`table`](super::table)'s layouts, or hold a list of turns, or be one turn of the only
//! transcript in the file. It never knows how the format writes its values.

mod tree;
pub(super) mod unknown;
mod who;

use super::said::*;
use std::collections::HashSet;

use super::super::speakers::Names;
use super::super::{CorpusError, ReadOptions, own_outputs};
use super::pairs::{self, Pairs};
use super::table::{Columns, FEWEST_TURNS, Lines, Table, are_answers, plain, quoted};
use super::{Reading, missing, segments};

/// The fields of a file's records.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shape {
    /// Names in order of first appearance.
    pub(crate) names: Vec<String>,
    /// For each, the fields of the records in its list, where it holds one.
    pub(crate) items: Vec<Option<Vec<String>>>,
    /// Whether the list lies deeper in the record that it holds.
    pub(crate) is_deep: Vec<bool>,
    /// Whether it may hold a text, a number or a truth value.
    pub(crate) is_plain: Vec<bool>,
}

/// Records of more different fields than this are no table.
pub(crate) const MAX_FIELDS: usize = 4096;

/// Names of lists of turns, in the order they are looked for.
pub(super) const LISTS: &[&str] = &[
    "messages",
    "chatmessages",
    "turns",
    "utterances",
    "conversation",
    "conversations",
    "dialog",
    "dialogue",
    "transcript",
    "interview",
    "segments",
    "chunks",
    "monologues",
    "mapping",
    "contents",
];

impl Shape {
    /// Adds the fields of a record; returns the index of each.
    pub(crate) fn add(&mut self, name: &str) -> usize {
        self.names.push(name.to_owned());
        self.items.push(None);
        self.is_deep.push(false);
        self.is_plain.push(true);
        self.names.len() - 1
    }

    /// The field that holds a transcript's turns, if any does.
    pub(crate) fn list(&self, options: &ReadOptions) -> Option<usize> {
        if options.question_column.is_some() {
            return None;
        }
        let found = (0..self.names.len()).filter_map(|at| {
            let deep = || (self.is_deep[at] && options.text_columns.is_empty()).then_some(LISTS.len());
            let rank = rank(&self.names[at], options).or_else(deep)?;
            let fields = self.items[at].as_deref()?;
            let has = |names: &[&str]| fields.iter().any(|field| names.contains(&plain(field).as_str()));
            let speaks = options.speaker_column.as_ref().is_some_and(|named| place(fields, named).is_some());
            let are_parts = who::are_parts(fields);
            (has(WORDS) || are_parts).then(|| (!(speaks || has(SPEAKERS) || are_parts), rank, at))
        });
        found.min().map(|(_, _, at)| at)
    }

    /// The field that holds questions with their answers, if any does, and what a record in it has.
    pub(crate) fn pairs(&self, options: &ReadOptions) -> Option<(usize, &[String])> {
        let list = pairs::list(&self.names, &self.items, options)?;
        Some((list, self.items[list].as_deref()?))
    }

    /// The field that holds the turns of a transcript, or somebody's answers with their questions.
    pub(crate) fn list_of_one(&self, options: &ReadOptions) -> Option<usize> {
        self.list(options).or_else(|| pairs::list_of_one(&self.names, &self.items, options))
    }

    /// Whether the records hold interviews.
    pub(crate) fn is_of_interviews(&self, options: &ReadOptions) -> bool {
        self.list(options).is_some()
            || self.pairs(options).is_some()
            || Columns::find("", &self.names, options).is_ok_and(|found| found.is_some())
    }
}

/// Whether a field of this name may hold a list of turns, or of questions with their answers.
pub(crate) fn may_be_list(name: &str, options: &ReadOptions) -> bool {
    rank(name, options).is_some() || pairs::may_hold(name)
}

/// Place of a name among those of lists of turns; with `--text-column` that is the only one.
pub(crate) fn rank(name: &str, options: &ReadOptions) -> Option<usize> {
    match options.text_columns.as_slice() {
        [] => LISTS.iter().position(|&list| plain(name) == list),
        [named] => (named == name || plain(named) == plain(name)).then_some(0),
        _ => None,
    }
}

/// Whether a field says something about a turn.
pub(super) fn is_of_turns(name: &str) -> bool {
    let name = plain(name);
    [SPEAKERS, WORDS, STARTS, STARTS_MS, ENDS].iter().any(|names| names.contains(&name.as_str()))
}

/// Whether turns with these fields say which transcript they belong to.
pub(crate) fn name_their_transcript(fields: &[String], options: &ReadOptions) -> bool {
    let given = options.id_column.as_ref().is_some_and(|named| place(fields, named).is_some());
    given || fields.iter().any(|field| OWNERS.contains(&plain(field).as_str()))
}

/// The field that an option names.
pub(super) fn place(fields: &[String], named: &str) -> Option<usize> {
    let plainly = plain(named);
    fields.iter().position(|field| field == named).or_else(|| fields.iter().position(|f| plain(f) == plainly))
}

/// Interviews being read from records.
pub(crate) struct Interviews<'a> {
    pub(super) path: &'a str,
    pub(super) names: &'a Names,
    pub(super) shape: Shape,
    pub(super) layout: Layout<'a>,
    /// Fields that are looked at.
    pub(super) wanted: Vec<bool>,
    pub(super) records: usize,
    pub(super) notes: Notes,
    /// What was found so far; readers add warnings and failures of their own.
    pub(crate) reading: Reading,
    pub(super) hint: &'static str,
    pub(super) bad_records: usize,
}

pub(super) enum Layout<'a> {
    /// A list of turns a record.
    Lists { list: usize, id: Option<usize>, study: Option<usize>, current: Option<usize>, speaker: Option<String> },
    /// A turn a record; whether of one transcript shows at the end.
    Turns { table: Box<Table<'a>>, columns: Columns, speaker: Option<String>, rows: Vec<Turn> },
    /// Questions with their answers.
    Pairs(Pairs),
    /// Any other layout of tables.
    Table(Box<Table<'a>>),
}

/// A record that is a turn.
pub(super) struct Turn {
    pub(super) number: usize,
    pub(super) line: usize,
    pub(super) fields: Vec<(usize, Value)>,
}

impl<'a> Interviews<'a> {
    /// Decides what the records are.
    ///
    /// # Errors
    /// When a field that an option names is missing, or none holds words.
    pub(crate) fn new(
        path: &'a str,
        shape: Shape,
        options: &ReadOptions,
        names: &'a Names,
        hint: &'static str,
    ) -> Result<Self, CorpusError> {
        let of_lists = || shape.pairs(options).and_then(|(list, of)| Pairs::of_lists(&shape.names, list, of, options));
        let layout = match shape.list(options) {
            Some(list) => Self::lists(path, &shape, list, options)?,
            None => match of_lists() {
                Some(pairs) => Layout::Pairs(pairs),
                None => Self::rows(path, &shape, options, names)?,
            },
        };
        let mut wanted = vec![false; shape.names.len()];
        match &layout {
            Layout::Lists { list, id, study, current, .. } => {
                [Some(*list), *id, *study, *current].into_iter().flatten().for_each(|at| wanted[at] = true);
            }
            Layout::Turns { columns, .. } => {
                let may_name = |at: usize| columns.speaker.is_none() && shape.is_plain[at];
                for (at, name) in shape.names.iter().enumerate() {
                    wanted[at] = is_of_turns(name) || may_name(at) || columns.all().any(|column| column == at);
                }
            }
            Layout::Pairs(pairs) => (0..wanted.len()).for_each(|at| wanted[at] = pairs.wants(at)),
            Layout::Table(table) => {
                let columns = Columns::find(path, &shape.names, options)?;
                columns.iter().flat_map(Columns::all).for_each(|at| wanted[at] = true);
                own_outputs::telling_columns(&shape.names).into_iter().for_each(|at| wanted[at] = true);
                table.may_name_speakers().filter(|&at| shape.is_plain[at]).for_each(|at| wanted[at] = true);
            }
        }
        let (notes, reading) = (Notes::default(), Reading::default());
        Ok(Self { path, names, shape, layout, wanted, records: 0, notes, reading, hint, bad_records: 0 })
    }

    pub(super) fn lists(
        path: &str,
        shape: &Shape,
        list: usize,
        options: &ReadOptions,
    ) -> Result<Layout<'a>, CorpusError> {
        let fields = shape.items[list].as_deref().unwrap_or_default();
        if let Some(wanted) = options.speaker_column.clone().filter(|named| place(fields, named).is_none()) {
            let (path, option) = (path.to_owned(), "--speaker-column");
            return Err(CorpusError::NoSuchColumn { path, wanted, option, columns: quoted(fields) });
        }
        // The list is the only text, whatever else the record holds, and the speakers are in it.
        let text_columns = vec![shape.names[list].clone()];
        let of_record = ReadOptions { text_columns, speaker_column: None, ..options.clone() };
        let columns = Columns::find(path, &shape.names, &of_record)?;
        let (id, study) = columns.map_or((None, None), |columns| (columns.id, columns.study));
        let speaker = options.speaker_column.clone();
        let current = shape.names.iter().position(|name| is_called(name, tree::CURRENT));
        Ok(Layout::Lists { list, id, study, current, speaker })
    }

    pub(super) fn rows(
        path: &'a str,
        shape: &Shape,
        options: &ReadOptions,
        names: &'a Names,
    ) -> Result<Layout<'a>, CorpusError> {
        let table = Box::new(Table::new(path, shape.names.clone(), Lines::OfCell, options, names)?);
        let none = || CorpusError::NoTextColumn { path: path.to_owned(), columns: quoted(&shape.names) };
        let columns = Columns::find(path, &shape.names, options)?.ok_or_else(none)?;
        if let Some(pairs) = Pairs::alone(&shape.names, &columns, options) {
            return Ok(Layout::Pairs(pairs));
        }
        let has = |names: &[&str]| shape.names.iter().any(|name| names.contains(&plain(name).as_str()));
        // Of a turn only the usual fields are known to hold its words.
        let speaks = has(WORDS) && (columns.speaker.is_some() || (has(STARTS) && has(ENDS)));
        if columns.is_survey || columns.question.is_some() || !speaks {
            return Ok(Layout::Table(table));
        }
        let own = |at: &usize| options.id_column.is_none() && OWN_IDS.contains(&plain(&shape.names[*at]).as_str());
        if columns.id.as_ref().is_some_and(|id| !own(id)) {
            return Ok(Layout::Table(table));
        }
        Ok(Layout::Turns { table, columns, speaker: options.speaker_column.clone(), rows: Vec::new() })
    }

    /// Whether a field is looked at.
    pub(crate) fn wants(&self, field: usize) -> bool {
        self.wanted.get(field).copied().unwrap_or(false)
    }

    /// Takes a record: its 1-based number, the line it starts on, and the fields that are looked at.
    pub(crate) fn push(&mut self, number: usize, line: usize, mut fields: Vec<(usize, Value)>) {
        self.records += 1;
        match &mut self.layout {
            Layout::Lists { list, id, study, current, .. } => {
                let (list, id, study, current) = (*list, *id, *study, *current);
                let mut take = |at: Option<usize>| take(&mut fields, at?);
                let short = |value: Option<Value>| value.map(|value| label(&value)).filter(|text| !text.is_empty());
                let [id, study, current] = [id, study, current].map(|at| short(take(at)));
                let turns = take(Some(list)).unwrap_or(Value::Null);
                let turns = items(turns, current.as_deref(), &mut self.notes).unwrap_or_default();
                self.push_list(number, line, id, study, turns);
            }
            Layout::Turns { rows, .. } => rows.push(Turn { number, line, fields }),
            Layout::Pairs(pairs) => pairs.push(number, line, fields, &mut self.notes),
            Layout::Table(table) => push_row(table, &mut self.notes, self.shape.names.len(), number, line, fields),
        }
    }

    /// Notes that a record cannot be read.
    pub(crate) fn fail(&mut self, place: String, reason: String) {
        self.bad_records += 1;
        if self.bad_records <= MAX_MESSAGES {
            self.reading.failures.push(self.malformed(place, reason));
        }
    }

    pub(super) fn malformed(&self, place: String, reason: String) -> CorpusError {
        CorpusError::Malformed { path: self.path.to_owned(), place, reason, hint: self.hint }
    }

    pub(super) fn push_list(
        &mut self,
        number: usize,
        line: usize,
        id: Option<String>,
        study: Option<String>,
        items: Vec<Item>,
    ) {
        let Layout::Lists { list, id: id_field, speaker, .. } = &self.layout else { return };
        if items.is_empty() {
            self.notes.without_turns += 1;
            return;
        }
        let (field, speaker) = (self.shape.names[*list].clone(), speaker.clone());
        let items = items.into_iter().map(|item| Item { line: item.line.max(line), ..item }).collect();
        self.notes.without_id += usize::from(id_field.is_some() && id.is_none());
        let id = id.or_else(|| Some(format!("record {number}")));
        self.transcript(line, &field, id, study, items, speaker.as_deref());
    }

    /// Reads the turns of one transcript.
    pub(super) fn transcript(
        &mut self,
        line: usize,
        field: &str,
        id: Option<String>,
        study: Option<String>,
        items: Vec<Item>,
        speaker: Option<&str>,
    ) {
        let mut said: Vec<Said> = Vec::with_capacity(items.len());
        let items = who::divided(items);
        let mut told = speaker.is_none().then(|| who::speakers(&items, self.names)).flatten().into_iter().flatten();
        for item in items {
            let is_space = is_space(&item.value);
            let speaks = told.next().flatten();
            if is_withdrawn(&item.value) {
                self.notes.withdrawn += 1;
                continue;
            }
            match Said::of(item, speaker, &mut self.notes) {
                Some(turn) => said.push(Said { speaker: speaks.map_or(turn.speaker, |who| who.to_string()), ..turn }),
                None => self.notes.without_words += usize::from(!is_space),
            }
        }
        unknown::name(&mut said);
        self.leave_out_codes(&mut said);
        if said.is_empty() {
            self.reading
                .warnings
                .push(format!("`{}`: the list `{field}` of the transcript at line {line} holds no words", self.path));
        } else if said.iter().all(|turn| turn.speaker.is_empty()) {
            let before = self.reading.transcripts.len();
            segments::read(said, self.path, line, self.names, &mut self.reading);
            for transcript in &mut self.reading.transcripts[before..] {
                transcript.id = id.as_deref().map(Into::into);
                transcript.study = study.as_deref().map(Into::into);
            }
        } else {
            self.notes.without_speaker += said.iter().filter(|turn| turn.speaker.is_empty()).count();
            let in_ms = said.iter().any(|turn| turn.seconds.is_some()) && in_milliseconds(&said);
            self.notes.milliseconds |= in_ms;
            script(&said, in_ms).finish(id, study, &mut self.reading);
        }
    }

    /// Leaves out turns of somebody that hold a code in place of words; of nobody they may be single words.
    fn leave_out_codes(&mut self, said: &mut Vec<Said>) {
        if said.iter().all(|turn| turn.speaker.is_empty()) {
            return;
        }
        let turns: Vec<&str> = said.iter().map(|turn| turn.text.as_str()).collect();
        let mut found = missing::in_turns(&turns).into_iter();
        said.retain(|turn| {
            let is_code = found.next().unwrap_or(false);
            if is_code {
                *self.notes.codes.entry(turn.text.trim().to_owned()).or_default() += 1;
            }
            !is_code
        });
    }

    /// Turns the records into transcripts.
    ///
    /// # Errors
    /// When there were none, or none that can be read.
    pub(crate) fn finish(mut self) -> Result<Reading, CorpusError> {
        if self.bad_records > MAX_MESSAGES {
            let more = self.bad_records - MAX_MESSAGES;
            let reason = format!("{more} more records cannot be read");
            self.reading.failures.push(self.malformed("further on".to_owned(), reason));
        }
        if self.records == 0 {
            return Err(match self.reading.failures.into_iter().next() {
                Some(failure) => failure,
                None => CorpusError::Empty { path: self.path.to_owned() },
            });
        }
        let layout = std::mem::replace(&mut self.layout, Layout::none());
        match layout {
            Layout::Lists { list, id, study, .. } => self.lay_out_lists(list, id, study),
            Layout::Turns { table, columns, speaker, rows } => self.finish_turns(table, &columns, speaker, rows),
            Layout::Pairs(pairs) => {
                let found = pairs.finish(self.path, self.names)?;
                self.add(found);
            }
            Layout::Table(table) => self.add(table.finish()),
        }
        self.warn();
        Ok(self.reading)
    }

    pub(super) fn lay_out_lists(&mut self, list: usize, id: Option<usize>, study: Option<usize>) {
        let name = |at: usize| format!("`{}`", self.shape.names[at]);
        let mut layout = format!("one transcript a record: turns in {}", name(list));
        for (meaning, field) in [("transcripts", id), ("studies", study)] {
            if let Some(field) = field {
                layout.push_str(&format!(", {meaning} in {}", name(field)));
            }
        }
        self.reading.layout = Some(layout);
        // The only transcript of a file is called after it.
        if let (1, None, [only]) = (self.records, id, self.reading.transcripts.as_mut_slice()) {
            only.id = None;
        }
    }

    /// Turns a record: of one transcript, unless ids that recur tell several apart.
    pub(super) fn finish_turns(
        &mut self,
        mut table: Box<Table<'a>>,
        columns: &Columns,
        speaker: Option<String>,
        rows: Vec<Turn>,
    ) {
        let mut seen = HashSet::new();
        let repeats = columns.id.is_some_and(|id| {
            rows.iter().any(|row| get(&row.fields, id).is_some_and(|value| !seen.insert(label(value))))
        });
        let talks: HashSet<String> = match columns.talk.filter(|_| columns.id.is_none()) {
            Some(talk) => rows.iter().filter_map(|row| get(&row.fields, talk).map(label)).collect(),
            None => HashSet::new(),
        };
        let repeats = repeats || (talks.len() > 1 && talks.len() * FEWEST_TURNS <= rows.len());
        let width = self.shape.names.len();
        if repeats || self.are_answers(columns, &rows) || (columns.id.is_some() && rows.len() == 1) {
            for row in rows {
                push_row(&mut table, &mut self.notes, width, row.number, row.line, row.fields);
            }
            return self.add(table.finish());
        }
        let line = rows.first().map_or(1, |row| row.line);
        let study = columns.study.and_then(|at| rows.iter().find_map(|row| get(&row.fields, at).map(label)));
        let study = study.filter(|study| !study.is_empty());
        let names = &self.shape.names;
        let items = rows.into_iter().map(|row| {
            let fields = row.fields.into_iter().map(|(at, value)| (names[at].clone(), value)).collect();
            Item { line: row.line, value: Value::Record(fields) }
        });
        let items = items.collect();
        self.reading.layout = Some("one turn a record, all of one transcript".to_owned());
        self.transcript(line, "of turns", None, study, items, speaker.as_deref());
    }

    /// Whether names in records are who answered, and roles beside them what these people are.
    fn are_answers(&self, columns: &Columns, rows: &[Turn]) -> bool {
        let of = |row: &Turn, at: Option<usize>| at.and_then(|at| get(&row.fields, at)).map(label).unwrap_or_default();
        let cells = |row: &Turn| [columns.names, columns.speaker, columns.text()].map(|at| of(row, at));
        columns.by_role && columns.names.is_some() && are_answers(rows.iter().map(cells), self.names)
    }

    pub(super) fn add(&mut self, mut found: Reading) {
        found.warnings.splice(..0, std::mem::take(&mut self.reading.warnings));
        found.failures.splice(..0, std::mem::take(&mut self.reading.failures));
        found.mojibake_repaired += self.reading.mojibake_repaired;
        self.reading = found;
    }

    pub(super) fn warn(&mut self) {
        let notes = std::mem::take(&mut self.notes);
        let mut warn = |what: String| self.reading.warnings.push(format!("`{}`: {what}", self.path));
        let count = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
        if notes.without_turns > 0 {
            warn(format!("{} no turns", count(notes.without_turns, "record holds", "records hold")));
        }
        if notes.other_branches > 0 {
            let messages = count(notes.other_branches, "message of another branch", "messages of other branches");
            let were = if notes.other_branches == 1 { "was" } else { "were" };
            warn(format!("{messages}, edited or answered anew, {were} left out"));
        }
        if notes.withdrawn > 0 {
            let turns = count(
                notes.withdrawn,
                "turn is marked as deleted or superseded and was",
                "turns are marked as deleted or superseded and were",
            );
            warn(format!("{turns} left out"));
        }
        if notes.without_words > 0 {
            warn(format!("{} no words", count(notes.without_words, "turn has", "turns have")));
        }
        if notes.without_speaker > 0 {
            let turns = count(notes.without_speaker, "turn has", "turns have");
            warn(format!("{turns} no speaker, so nobody is taken to have said it"));
        }
        if notes.without_id > 0 {
            let records = count(notes.without_id, "record has", "records have");
            warn(format!("{records} no id and was named by its number"));
        }
        for (kind, n) in notes.parts {
            warn(format!(
                "{} no text and left out",
                count(n, &format!("`{kind}` part is"), &format!("`{kind}` parts are"))
            ));
        }
        if let Some(told) = missing::warning(&notes.codes, ["turn holds a code", "turns hold codes"]) {
            warn(told);
        }
        if notes.milliseconds {
            warn("times were taken for milliseconds, since speech in seconds would be too slow".to_owned());
        }
    }
}

impl Layout<'_> {
    pub(super) fn none() -> Self {
        Self::Lists { list: 0, id: None, study: None, current: None, speaker: None }
    }
}

pub(super) fn push_row(
    table: &mut Table<'_>,
    notes: &mut Notes,
    width: usize,
    number: usize,
    line: usize,
    fields: Vec<(usize, Value)>,
) {
    // Who speaks may be a record without words: `{"name": "Ann"}`.
    let mut text = |value: Value| match matches!(value, Value::Record(_)).then(|| label(&value)) {
        Some(name) => text_of(value, notes).unwrap_or(name),
        None => text_of(value, notes).unwrap_or_default(),
    };
    let texts: Vec<(usize, String)> = fields.into_iter().map(|(at, value)| (at, text(value))).collect();
    let mut cells = vec![""; width];
    for (at, text) in &texts {
        cells[*at] = text;
    }
    table.push(number, line, &cells);
}

/// The items of a list of turns, which may lie one record deeper, or be the nodes of a tree, of which the record names
/// the last.
pub(super) fn items(value: Value, current: Option<&str>, notes: &mut Notes) -> Option<Vec<Item>> {
    match value {
        Value::List(items) => Some(items),
        Value::Record(nodes) if tree::is_tree(&nodes) => {
            let branch = tree::branch(nodes, current);
            notes.other_branches += branch.left_out;
            Some(branch.items)
        }
        Value::Record(fields) => inner_list(fields, MOST_DEPTH),
        _ => None,
    }
}

/// Lists that lie deeper in a record are not found.
const MOST_DEPTH: usize = 4;

/// The list of turns in a record, or in the first of the records within that has one.
fn inner_list(fields: Vec<(String, Value)>, depth: usize) -> Option<Vec<Item>> {
    let is_list =
        |list: &str, (name, value): &(String, Value)| matches!(value, Value::List(_)) && is_called(name, list);
    let list = LISTS.iter().find_map(|list| fields.iter().rposition(|field| is_list(list, field)));
    match list.and_then(|at| fields.get(at)) {
        Some(_) => fields.into_iter().nth(list?).and_then(|(_, value)| items_of(value)),
        None if depth > 0 => fields.into_iter().find_map(|(_, value)| match value {
            Value::Record(within) => inner_list(within, depth - 1),
            _ => None,
        }),
        None => None,
    }
}

fn items_of(list: Value) -> Option<Vec<Item>> {
    if let Value::List(items) = list { Some(items) } else { None }
}

/// Whether whoever wrote a message took it back.
fn is_withdrawn(item: &Value) -> bool {
    #[rustfmt::skip]
    const MARKS: &[&str] = &[
        "deleted", "isdeleted", "removed", "isremoved", "superseded", "retracted", "withdrawn", "unsent", "isunsent",
        "revoked",
    ];
    let is_true = |value: &Value| matches!(value, Value::Plain(mark) if mark.eq_ignore_ascii_case("true"));
    let is_mark = |name: &str| MARKS.iter().any(|mark| is_called(name, mark));
    matches!(item, Value::Record(fields) if fields.iter().any(|(name, value)| is_true(value) && is_mark(name)))
}

/// Whether an item is the space between two words, as recognisers write it.
fn is_space(item: &Value) -> bool {
    let is_space = |value: &Value| matches!(value, Value::Text(text) if !text.is_empty() && text.trim().is_empty());
    matches!(item, Value::Record(fields) if fields.iter().any(|(_, value)| is_space(value)))
}

#[cfg(test)]
mod tests;
