//! From Parquet's columns back to records.
//!
//! In: a schema and the columns of a row group, each a run of values with the levels that say how
//! often fields repeat and how far they are filled (Melnik et al., "Dremel: Interactive Analysis of
//! Web-Scale Datasets", VLDB 2010, section 4). Out: one [`Value`] a field and record. Columns that
//! disagree about a record are an error. It copies no text before it is a record's.

use ::parquet::basic::{ConvertedType, Encoding, LogicalType, Repetition};
use ::parquet::column::page::{Page, PageMetadata, PageReader};
use ::parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use ::parquet::data_type::{ByteArray, DataType};
use ::parquet::errors::ParquetError;
use ::parquet::file::reader::RowGroupReader;
use ::parquet::schema::types::{ColumnDescPtr, SchemaDescriptor, Type};

use super::super::records;
use super::super::said::{Item, Value};
use super::declared::{self, Problem, corrupt};
use super::scalars::{self, Meaning};

/// The fields of a file.
pub(super) struct Schema {
    fields: Vec<Field>,
    n_leaves: usize,
}

impl Schema {
    pub(super) fn of(schema: &SchemaDescriptor) -> Self {
        let mut n_leaves = 0;
        let fields = schema.root_schema().get_fields().iter().map(|field| Field::of(field, 0, 0, &mut n_leaves));
        Self { fields: fields.collect(), n_leaves }
    }

    pub(super) fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// Number of columns that hold values.
    pub(super) fn n_leaves(&self) -> usize {
        self.n_leaves
    }
}

/// A field by its name.
pub(super) struct Field {
    name: String,
    node: Node,
}

/// What a field holds. Levels are those from which it does so.
enum Node {
    /// The values of a column.
    Leaf(usize),
    /// Something or nothing.
    Optional(i16, Box<Node>),
    /// A list: from the first level it has items, from the second the next value is one of them.
    List(i16, i16, Box<Node>),
    /// Named values, all of them records of `key` and `value`.
    Map(Box<Node>),
    Record(Vec<Field>),
}

impl Field {
    fn of(field: &Type, defined: i16, repeated: i16, n_leaves: &mut usize) -> Self {
        let info = field.get_basic_info();
        let repetition = if info.has_repetition() { info.repetition() } else { Repetition::REQUIRED };
        let (defined, repeated) = match repetition {
            Repetition::REQUIRED => (defined, repeated),
            Repetition::OPTIONAL => (defined + 1, repeated),
            Repetition::REPEATED => (defined + 1, repeated + 1),
        };
        let node = if field.is_primitive() {
            *n_leaves += 1;
            Node::Leaf(*n_leaves - 1)
        } else {
            let fields: Vec<Field> =
                field.get_fields().iter().map(|field| Field::of(field, defined, repeated, n_leaves)).collect();
            let logical = info.logical_type_ref();
            if matches!(info.converted_type(), ConvertedType::MAP | ConvertedType::MAP_KEY_VALUE)
                || logical == Some(&LogicalType::Map)
            {
                the_list(fields, |_, list| Node::Map(Box::new(list)))
            } else if info.converted_type() == ConvertedType::LIST || logical == Some(&LogicalType::List) {
                the_list(fields, |name, list| match list {
                    Node::List(filled, level, item) => Node::List(filled, level, Box::new(element(name, *item))),
                    node => node,
                })
            } else {
                Node::Record(fields)
            }
        };
        let name = field.name().to_owned();
        let node = match (repetition, node) {
            (Repetition::REQUIRED, node) => node,
            (Repetition::OPTIONAL, node) => Node::Optional(defined, Box::new(node)),
            (Repetition::REPEATED, node) => Node::List(defined, repeated, Box::new(node)),
        };
        Self { name, node }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Whether it holds no list and no record.
    pub(super) fn is_plain(&self) -> bool {
        matches!(self.node.filled(), Node::Leaf(_))
    }

    /// Its columns.
    pub(super) fn leaves(&self) -> Vec<usize> {
        let mut leaves = Vec::new();
        self.node.each_leaf(&mut |leaf| leaves.push(leaf));
        leaves
    }

    /// The fields of the records in its list, or in a list one record deeper.
    pub(super) fn fields_of_items(&self) -> Option<Vec<String>> {
        match self.node.filled() {
            Node::List(_, _, item) => match item.filled() {
                Node::Record(fields) => Some(fields.iter().flat_map(Field::names).collect()),
                // The keys of maps show in the data only.
                Node::Map(_) => Some(vec!["role".to_owned(), "content".to_owned()]),
                _ => None,
            },
            Node::Record(fields) => {
                let any = super::ReadOptions::default();
                let lists = fields.iter().filter(|field| matches!(field.node.filled(), Node::List(..)));
                let ranked = lists.filter_map(|field| records::rank(&field.name, &any).map(|rank| (rank, field)));
                ranked.min_by_key(|(rank, _)| *rank).and_then(|(_, field)| field.fields_of_items())
            }
            _ => None,
        }
    }

    /// Its name, and those within where it is an envelope.
    fn names(&self) -> Vec<String> {
        let mut names = vec![self.name.clone()];
        if let Node::Record(fields) = self.node.filled() {
            names.extend(fields.iter().map(|field| field.name.clone()));
        }
        names
    }
}

/// The list that is all there is in a group that is marked as one.
fn the_list(mut fields: Vec<Field>, of_list: impl FnOnce(&str, Node) -> Node) -> Node {
    if !matches!(fields.as_slice(), [Field { node: Node::List(..), .. }]) {
        return Node::Record(fields);
    }
    let Field { name, node } = fields.remove(0);
    of_list(&name, node)
}

/// The items of a repeated group: of its only field, unless the group is the item itself, as in files
/// of old (Apache Parquet, LogicalTypes.md, "Backward-compatibility rules").
fn element(name: &str, group: Node) -> Node {
    match group {
        Node::Record(mut fields) if fields.len() == 1 && name != "array" && !name.ends_with("_tuple") => {
            fields.remove(0).node
        }
        node => node,
    }
}

impl Node {
    fn each_leaf(&self, visit: &mut impl FnMut(usize)) {
        match self {
            Self::Leaf(leaf) => visit(*leaf),
            Self::Optional(_, node) | Self::List(_, _, node) | Self::Map(node) => node.each_leaf(visit),
            Self::Record(fields) => fields.iter().for_each(|field| field.node.each_leaf(visit)),
        }
    }

    fn first_leaf(&self) -> Option<usize> {
        match self {
            Self::Leaf(leaf) => Some(*leaf),
            Self::Optional(_, node) | Self::List(_, _, node) | Self::Map(node) => node.first_leaf(),
            Self::Record(fields) => fields.iter().find_map(|field| field.node.first_leaf()),
        }
    }

    fn filled(&self) -> &Self {
        match self {
            Self::Optional(_, node) => node.filled(),
            node => node,
        }
    }
}

/// The columns of a row group, each at its next value.
pub(super) struct Cursors {
    /// By leaf; only those that are wanted.
    cursors: Vec<Option<Cursor>>,
    text: u64,
    bad_text: Option<String>,
}

/// Records of a column that are decoded at a time.
const BATCH: usize = 256;

impl Cursors {
    pub(super) fn new(group: &dyn RowGroupReader, n_leaves: usize, leaves: &[usize]) -> Result<Self, Problem> {
        let mut cursors: Vec<Option<Cursor>> = (0..n_leaves).map(|_| None).collect();
        for &leaf in leaves {
            let column = group.metadata().column(leaf).column_descr_ptr();
            let pages = group.get_column_page_reader(leaf)?;
            let pages = Box::new(Checked { pages, column: column.clone(), has_dictionary: false });
            cursors[leaf] = Some(Cursor::new(column, pages));
        }
        Ok(Self { cursors, text: 0, bad_text: None })
    }

    /// The next record's value of a field.
    pub(super) fn record(&mut self, field: &Field, number: usize) -> Result<Value, Problem> {
        let leaves = field.leaves();
        for &leaf in &leaves {
            self.cursor(leaf)?.start()?;
        }
        let value = self.read(&field.node, number)?;
        for &leaf in &leaves {
            self.cursor(leaf)?.end()?;
        }
        Ok(value)
    }

    /// Bytes of text that records took since this was last asked.
    pub(super) fn take_text(&mut self) -> u64 {
        std::mem::take(&mut self.text)
    }

    /// The column whose text is none, if there was one since this was last asked.
    pub(super) fn take_bad_text(&mut self) -> Option<String> {
        self.bad_text.take()
    }

    fn cursor(&mut self, leaf: usize) -> Result<&mut Cursor, Problem> {
        self.cursors.get_mut(leaf).and_then(Option::as_mut).ok_or_else(|| corrupt("a column is missing"))
    }

    fn read(&mut self, node: &Node, number: usize) -> Result<Value, Problem> {
        // A record without columns has nothing that could be read or repeat.
        let Some(first) = node.first_leaf() else { return Ok(Value::Null) };
        match node {
            Node::Leaf(_) => self.scalar(first),
            Node::Optional(level, _) if self.cursor(first)?.levels()?.0 < *level => {
                self.pass(node)?;
                Ok(Value::Null)
            }
            Node::Optional(_, node) => self.read(node, number),
            Node::Record(fields) => {
                let mut values = Vec::with_capacity(fields.len());
                for field in fields {
                    values.push((field.name.clone(), self.read(&field.node, number)?));
                }
                Ok(Value::Record(values))
            }
            Node::Map(list) => Ok(match self.read(list, number)? {
                Value::List(pairs) => Value::Record(pairs.into_iter().filter_map(pair).collect()),
                value => value,
            }),
            Node::List(filled, level, item) => {
                let mut items = Vec::new();
                if self.cursor(first)?.levels()?.0 < *filled {
                    self.pass(node)?;
                    return Ok(Value::List(items));
                }
                loop {
                    items.push(Item { line: number, value: self.read(item, number)? });
                    if !self.cursor(first)?.repeats(*level)? {
                        return Ok(Value::List(items));
                    }
                }
            }
        }
    }

    fn scalar(&mut self, leaf: usize) -> Result<Value, Problem> {
        let cursor = self.cursor(leaf)?;
        let value = cursor.value()?;
        let name = value.is_err().then(|| cursor.column.path().string());
        cursor.pass()?;
        let Ok(value) = value else {
            self.bad_text = name;
            return Ok(Value::Other);
        };
        if let Value::Text(text) | Value::Plain(text) = &value {
            self.text += text.len() as u64;
            // One record alone may hold more than there is room for.
            if self.text > declared::MAX_RECORD {
                return Err(Problem::TooLarge(
                    "the text of a record takes".to_owned(),
                    self.text,
                    declared::MAX_RECORD,
                ));
            }
        }
        Ok(value)
    }

    /// Passes over what says that a field holds nothing.
    fn pass(&mut self, node: &Node) -> Result<(), Problem> {
        let mut leaves = Vec::new();
        node.each_leaf(&mut |leaf| leaves.push(leaf));
        leaves.into_iter().try_for_each(|leaf| self.cursor(leaf)?.pass())
    }
}

/// The key and value of a map's item.
fn pair(item: Item) -> Option<(String, Value)> {
    let Value::Record(fields) = item.value else { return None };
    let mut fields = fields.into_iter().map(|(_, value)| value);
    match fields.next()? {
        Value::Text(key) | Value::Plain(key) => Some((key, fields.next().unwrap_or(Value::Null))),
        _ => None,
    }
}

/// A column at its next value.
struct Cursor {
    column: ColumnDescPtr,
    meaning: Meaning,
    reader: ColumnReader,
    values: Vec<Scalar>,
    /// Levels of the values and of the places where there is none; empty where they are all equal.
    defined: Vec<i16>,
    repeated: Vec<i16>,
    n_levels: usize,
    level: usize,
    value: usize,
    /// Nothing of the record was read yet.
    fresh: bool,
}

/// A decoded value.
enum Scalar {
    /// Shared with its page.
    Bytes(ByteArray),
    Ready(Value),
}

impl Cursor {
    fn new(column: ColumnDescPtr, pages: Box<dyn PageReader>) -> Self {
        Self {
            meaning: Meaning::of(&column),
            reader: get_column_reader(column.clone(), pages),
            column,
            values: Vec::new(),
            defined: Vec::new(),
            repeated: Vec::new(),
            n_levels: 0,
            level: 0,
            value: 0,
            fresh: true,
        }
    }

    /// At the start of a record.
    fn start(&mut self) -> Result<(), Problem> {
        if self.level == self.n_levels {
            self.fill()?;
        }
        self.fresh = true;
        if self.level == self.n_levels { Err(self.disagrees()) } else { Ok(()) }
    }

    /// At its end, which has to be the start of the next or the end of the column.
    fn end(&self) -> Result<(), Problem> {
        let ended = self.level == self.n_levels || self.repetition() == 0;
        if ended && !self.fresh { Ok(()) } else { Err(self.disagrees()) }
    }

    /// Decodes the next records, all of each.
    fn fill(&mut self) -> Result<(), Problem> {
        self.values.clear();
        self.defined.clear();
        self.repeated.clear();
        (self.n_levels, self.level, self.value) = (0, 0, 0);
        let meaning = self.meaning;
        let ready = |value: Value| Scalar::Ready(value);
        let (defined, repeated, values) = (&mut self.defined, &mut self.repeated, &mut self.values);
        self.n_levels = match &mut self.reader {
            ColumnReader::BoolColumnReader(reader) => {
                decode(reader, defined, repeated, values, |value| ready(Value::Plain(value.to_string())))
            }
            ColumnReader::Int32ColumnReader(reader) => decode(reader, defined, repeated, values, |value| {
                ready(scalars::whole(i64::from(value), u64::from(value.cast_unsigned()), meaning))
            }),
            ColumnReader::Int64ColumnReader(reader) => decode(reader, defined, repeated, values, |value| {
                ready(scalars::whole(value, value.cast_unsigned(), meaning))
            }),
            ColumnReader::Int96ColumnReader(reader) => decode(reader, defined, repeated, values, |value| {
                ready(scalars::whole(value.to_seconds(), 0, Meaning::Timestamp(1)))
            }),
            ColumnReader::FloatColumnReader(reader) => {
                // By way of its shortest decimal: 4.2 as 32 bits is no 4.199999809265137.
                decode(reader, defined, repeated, values, |value| {
                    ready(if value.is_nan() { Value::Null } else { Value::Plain(value.to_string()) })
                })
            }
            ColumnReader::DoubleColumnReader(reader) => {
                decode(reader, defined, repeated, values, |value| ready(scalars::float(value)))
            }
            ColumnReader::ByteArrayColumnReader(reader) => decode(reader, defined, repeated, values, Scalar::Bytes),
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                decode(reader, defined, repeated, values, |value| Scalar::Bytes(value.into()))
            }
        }?;
        Ok(())
    }

    fn repetition(&self) -> i16 {
        self.repeated.get(self.level).copied().unwrap_or(0)
    }

    /// Definition and repetition level of the next value of this record.
    fn levels(&self) -> Result<(i16, i16), Problem> {
        let (defined, repeated) = (self.defined.get(self.level), self.repetition());
        if self.level == self.n_levels || (repeated == 0 && !self.fresh) {
            return Err(self.disagrees());
        }
        Ok((defined.copied().unwrap_or(self.column.max_def_level()), repeated))
    }

    /// Whether the next value is an item of the list that repeats at this level.
    fn repeats(&self, level: i16) -> Result<bool, Problem> {
        Ok(self.level < self.n_levels && self.repetition() >= level)
    }

    /// The next value; `Err` within when it should be text and is none.
    fn value(&mut self) -> Result<Result<Value, ()>, Problem> {
        let (defined, _) = self.levels()?;
        if defined < self.column.max_def_level() {
            return Ok(Ok(Value::Null));
        }
        match self.values.get_mut(self.value) {
            Some(Scalar::Bytes(bytes)) => Ok(scalars::bytes(bytes.data(), self.meaning)),
            Some(Scalar::Ready(value)) => Ok(Ok(std::mem::replace(value, Value::Null))),
            None => Err(self.disagrees()),
        }
    }

    fn pass(&mut self) -> Result<(), Problem> {
        let (defined, _) = self.levels()?;
        self.value += usize::from(defined == self.column.max_def_level());
        self.level += 1;
        self.fresh = false;
        Ok(())
    }

    fn disagrees(&self) -> Problem {
        corrupt(format!("column `{}` does not fit the other columns", self.column.path().string()))
    }
}

/// Decodes a batch; returns the number of levels.
fn decode<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    defined: &mut Vec<i16>,
    repeated: &mut Vec<i16>,
    values: &mut Vec<Scalar>,
    scalar: impl Fn(T::T) -> Scalar,
) -> Result<usize, Problem> {
    let mut decoded = Vec::new();
    let (_, _, levels) = reader.read_records(BATCH, Some(defined), Some(repeated), &mut decoded)?;
    values.extend(decoded.into_iter().map(scalar));
    Ok(levels)
}

/// The pages of a column, looked at once more after they are unpacked.
struct Checked {
    pages: Box<dyn PageReader>,
    column: ColumnDescPtr,
    has_dictionary: bool,
}

impl Checked {
    /// Checks what decoders take for granted about a page.
    fn check(&mut self, page: Page) -> Result<Page, ParquetError> {
        let lists = match page.encoding() {
            _ if matches!(page, Page::DictionaryPage { .. }) => {
                self.has_dictionary = true;
                return Ok(page);
            }
            Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY if !self.has_dictionary => {
                return Err(ParquetError::General("a page without its dictionary".to_owned()));
            }
            Encoding::DELTA_LENGTH_BYTE_ARRAY => 1,
            Encoding::DELTA_BYTE_ARRAY => 2,
            _ => 0,
        };
        let data = self.values_of(&page);
        match data.is_some_and(|data| declared::lengths_fit(data, lists, u64::from(page.num_values()))) {
            true => Ok(page),
            false => Err(ParquetError::General("levels or lengths that do not fit their page".to_owned())),
        }
    }

    /// The data of a page behind its levels; `None` when these do not fit.
    fn values_of<'p>(&self, page: &'p Page) -> Option<&'p [u8]> {
        let mut data: &[u8] = page.buffer();
        match page {
            Page::DataPageV2 { def_levels_byte_len, rep_levels_byte_len, .. } => {
                data.get((*def_levels_byte_len as usize).checked_add(*rep_levels_byte_len as usize)?..)
            }
            Page::DataPage { def_level_encoding, rep_level_encoding, num_values, .. } => {
                let levels = [
                    (self.column.max_rep_level(), rep_level_encoding),
                    (self.column.max_def_level(), def_level_encoding),
                ];
                for (highest, encoding) in levels.into_iter().filter(|&(highest, _)| highest > 0) {
                    if *encoding == Encoding::RLE {
                        let (length, rest) = data.split_first_chunk::<4>()?;
                        data = rest.get(u32::from_le_bytes(*length) as usize..)?;
                    } else {
                        // The only other encoding that levels ever had packs their bits.
                        let bits = u64::from(*num_values) * u64::from(i16::BITS - highest.leading_zeros());
                        data = data.get(usize::try_from(bits.div_ceil(8)).ok()?..)?;
                    }
                }
                Some(data)
            }
            Page::DictionaryPage { .. } => None,
        }
    }
}

impl Iterator for Checked {
    type Item = Result<Page, ParquetError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl PageReader for Checked {
    fn get_next_page(&mut self) -> Result<Option<Page>, ParquetError> {
        self.pages.get_next_page()?.map(|page| self.check(page)).transpose()
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>, ParquetError> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<(), ParquetError> {
        self.pages.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool, ParquetError> {
        self.pages.at_record_boundary()
    }
}
