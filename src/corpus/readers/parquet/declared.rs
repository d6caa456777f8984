//! What a Parquet file declares about itself, looked at before anything is decoded.
//!
//! In: the file's bytes. Out: nothing, or what is wrong. Sizes and counts in a corrupt file can ask
//! for any amount of memory, so the footer's schema and the headers of pages are walked here first,
//! as far as they decide how much a decoder sets aside. It never looks at the data of a page.
//!
//! The structures are those of `parquet.thrift` (Apache Parquet format 2.11) in Thrift's compact
//! protocol.

use ::parquet::errors::ParquetError;

/// Why a Parquet file cannot be read.
pub(super) enum Problem {
    /// What is wrong with it.
    Corrupt(String),
    /// What is too large, its bytes and the limit.
    TooLarge(String, u64, u64),
}

impl From<ParquetError> for Problem {
    fn from(error: ParquetError) -> Self {
        Self::Corrupt(error.to_string())
    }
}

/// `Corrupt` with a message.
pub(super) fn corrupt(message: impl Into<String>) -> Problem {
    Problem::Corrupt(message.into())
}

/// The most that the pages of the columns that are read may unpack to, and their text may take.
pub(super) const MAX_BYTES: u64 = 1 << 30;
/// The most that the text of one record may take.
pub(super) const MAX_RECORD: u64 = 64 << 20;
/// The most rows that are read.
pub(super) const MAX_ROWS: u64 = 10_000_000;
/// The most values of a column, those in lists counted one by one.
const MAX_VALUES: u64 = 20_000_000;
/// The largest footer.
const MAX_FOOTER: usize = 16 << 20;
/// The deepest nesting of a schema, and of a structure that is passed over.
const MAX_NESTING: usize = 32;
/// The mark at either end of a file.
pub(super) const MARK: &[u8] = b"PAR1";

/// Checks the footer: its length, and that the schema is a tree of bounded depth.
pub(super) fn check_footer(bytes: &[u8]) -> Result<(), Problem> {
    let cut_off = || corrupt("it has no footer, so it breaks off before its end");
    let body = bytes.strip_suffix(MARK).filter(|body| body.len() >= MARK.len() + 4).ok_or_else(cut_off)?;
    let (body, length) = body.split_last_chunk::<4>().ok_or_else(cut_off)?;
    let length = u32::from_le_bytes(*length) as usize;
    if length > MAX_FOOTER {
        return Err(Problem::TooLarge("its footer has".to_owned(), length as u64, MAX_FOOTER as u64));
    }
    let start = body.len().checked_sub(length).filter(|&start| start >= MARK.len());
    let start = start.ok_or_else(|| corrupt(format!("its footer is said to have {length} bytes")))?;
    match schema_is_sound(&body[start..]) {
        Some(true) => Ok(()),
        Some(false) => Err(corrupt("its schema is no tree of fields of bounded depth")),
        None => Err(corrupt("its footer is damaged")),
    }
}

/// Walks `FileMetaData` to its schema, field 2; `None` when the structure breaks off.
fn schema_is_sound(footer: &[u8]) -> Option<bool> {
    let mut thrift = Thrift { bytes: footer };
    let mut last = 0;
    while let Some((id, kind)) = thrift.field(&mut last)? {
        if (id, kind) != (2, LIST) {
            thrift.skip(kind, MAX_NESTING)?;
            continue;
        }
        let (n, of) = thrift.list()?;
        if of != STRUCT || n > footer.len() as u64 {
            return Some(false);
        }
        // Fields that every open group still lacks.
        let mut open: Vec<u64> = Vec::new();
        for number in 0..n {
            let children = thrift.number_in_struct(5)?.unwrap_or(0);
            match open.last_mut() {
                Some(lacking) => *lacking -= 1,
                None if number > 0 => return Some(false),
                None => {}
            }
            if children < 0 || children as u64 > n {
                return Some(false);
            }
            if children > 0 {
                open.push(children as u64);
            }
            while open.last() == Some(&0) {
                open.pop();
            }
            if open.len() > MAX_NESTING {
                return Some(false);
            }
        }
        return Some(open.is_empty());
    }
    Some(false)
}

/// Bytes that pages unpack to, over all columns.
#[derive(Default)]
pub(super) struct Budget {
    unpacked: u64,
}

impl Budget {
    /// Checks the headers of the pages of a column in one row group; returns its number of values.
    pub(super) fn check_pages(&mut self, bytes: &[u8], start: i64, length: i64) -> Result<u64, Problem> {
        let start = usize::try_from(start).ok();
        let end = start.zip(usize::try_from(length).ok()).and_then(|(start, length)| start.checked_add(length));
        let mut rest = start
            .zip(end)
            .and_then(|(start, end)| bytes.get(start..end))
            .ok_or_else(|| corrupt("a column lies outside the file"))?;
        let mut values = 0;
        while !rest.is_empty() {
            let page = Page::of(rest).ok_or_else(|| corrupt("the header of a page is damaged"))?;
            self.unpacked += page.unpacked;
            if self.unpacked > MAX_BYTES {
                return Err(Problem::TooLarge("its pages unpack to".to_owned(), self.unpacked, MAX_BYTES));
            }
            // An entry of a dictionary takes at least a byte.
            if page.is_dictionary && page.values > page.unpacked {
                return Err(corrupt(format!(
                    "a dictionary of {} bytes is said to have {} entries",
                    page.unpacked, page.values
                )));
            }
            values += if page.is_dictionary { 0 } else { page.values };
            if values.max(page.values) > MAX_VALUES {
                return Err(corrupt(format!(
                    "a column is said to have {values} values; at most {MAX_VALUES} are read"
                )));
            }
            rest = rest.get(page.length..).ok_or_else(|| corrupt("a page reaches beyond its column"))?;
        }
        Ok(values)
    }
}

/// What the header of a page says.
struct Page {
    unpacked: u64,
    values: u64,
    is_dictionary: bool,
    /// Bytes of header and data.
    length: usize,
}

impl Page {
    fn of(bytes: &[u8]) -> Option<Self> {
        let mut thrift = Thrift { bytes };
        let mut last = 0;
        let (mut unpacked, mut packed, mut values, mut is_dictionary) = (None, None, 0, false);
        while let Some((id, kind)) = thrift.field(&mut last)? {
            match (id, kind) {
                (2, I32) => unpacked = Some(thrift.zigzag()?),
                (3, I32) => packed = Some(thrift.zigzag()?),
                // Headers of data pages (versions 1 and 2) and dictionaries: `num_values` is field 1.
                (5 | 7 | 8, STRUCT) => {
                    values = thrift.number_in_struct(1)?.unwrap_or(0);
                    is_dictionary = id == 7;
                }
                _ => thrift.skip(kind, MAX_NESTING)?,
            }
        }
        let header = bytes.len() - thrift.bytes.len();
        let length = header.checked_add(usize::try_from(packed?).ok()?)?;
        let unpacked = u64::try_from(unpacked?).ok()?;
        Some(Self { unpacked, values: u64::try_from(values).ok()?, is_dictionary, length })
    }
}

/// Whether the lengths in front of delta-encoded strings are at most as many as the page's values.
/// Decoders set memory aside for as many as the lengths claim to be.
pub(super) fn lengths_fit(data: &[u8], lists_of_lengths: usize, values: u64) -> bool {
    let mut rest = data;
    (0..lists_of_lengths).all(|_| match delta_packed(rest) {
        Some((count, length)) => {
            rest = rest.get(length..).unwrap_or_default();
            count <= values
        }
        None => false,
    })
}

/// Number of values and bytes of a `DELTA_BINARY_PACKED` run.
fn delta_packed(data: &[u8]) -> Option<(u64, usize)> {
    let mut thrift = Thrift { bytes: data };
    let (block, minis, count) = (thrift.varint()?, thrift.varint()?, thrift.varint()?);
    thrift.varint()?;
    let per_mini = block.checked_div(minis)?;
    let mut left = count.saturating_sub(1);
    while left > 0 {
        if per_mini == 0 {
            return None;
        }
        thrift.varint()?;
        let widths = thrift.take(minis)?;
        for &width in widths {
            if left > 0 {
                thrift.take(per_mini.checked_mul(u64::from(width))? / 8)?;
                left = left.saturating_sub(per_mini);
            }
        }
    }
    Some((count, data.len() - thrift.bytes.len()))
}

/// Types of Thrift's compact protocol.
const I32: u8 = 5;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// Reads Thrift's compact protocol; `None` when it breaks off.
struct Thrift<'a> {
    bytes: &'a [u8],
}

impl<'a> Thrift<'a> {
    fn take(&mut self, n: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(usize::try_from(n).ok()?)?;
        self.bytes = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|byte| byte[0])
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn zigzag(&mut self) -> Option<i64> {
        let value = self.varint()?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// The next field's id and type; `Some(None)` at the end of the structure.
    fn field(&mut self, last: &mut i64) -> Option<Option<(i64, u8)>> {
        let byte = self.byte()?;
        let (delta, kind) = (byte >> 4, byte & 0x0F);
        if kind == 0 {
            return Some(None);
        }
        *last = if delta == 0 { self.zigzag()? } else { last.checked_add(i64::from(delta))? };
        Some(Some((*last, kind)))
    }

    /// The number of items of a list and their type.
    fn list(&mut self) -> Option<(u64, u8)> {
        let byte = self.byte()?;
        let short = byte >> 4;
        let n = if short == 15 { self.varint()? } else { u64::from(short) };
        Some((n, byte & 0x0F))
    }

    /// Passes over a structure; returns the number in one of its fields, if it is there.
    fn number_in_struct(&mut self, wanted: i64) -> Option<Option<i64>> {
        let mut last = 0;
        let mut number = None;
        while let Some((id, kind)) = self.field(&mut last)? {
            if (id, kind) == (wanted, I32) {
                number = Some(self.zigzag()?);
            } else {
                self.skip(kind, MAX_NESTING)?;
            }
        }
        Some(number)
    }

    fn skip(&mut self, kind: u8, nesting: usize) -> Option<()> {
        let nesting = nesting.checked_sub(1)?;
        match kind {
            // Truth values lie in the type of their field.
            1 | 2 => {}
            3 => drop(self.byte()?),
            4..=6 => drop(self.varint()?),
            7 => drop(self.take(8)?),
            8 => {
                let length = self.varint()?;
                self.take(length)?;
            }
            9 | 10 => {
                let (n, of) = self.list()?;
                for _ in 0..n {
                    self.item(of, nesting)?;
                }
            }
            11 => {
                let n = self.varint()?;
                let kinds = if n == 0 { 0 } else { self.byte()? };
                for _ in 0..n {
                    self.item(kinds >> 4, nesting)?;
                    self.item(kinds & 0x0F, nesting)?;
                }
            }
            STRUCT => {
                let mut last = 0;
                while let Some((_, kind)) = self.field(&mut last)? {
                    self.skip(kind, nesting)?;
                }
            }
            _ => return None,
        }
        Some(())
    }

    /// An item of a list or map, where truth values take a byte.
    fn item(&mut self, kind: u8, nesting: usize) -> Option<()> {
        if matches!(kind, 1 | 2) { self.byte().map(drop) } else { self.skip(kind, nesting) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_counted_before_they_are_believed() {
        // Blocks of 128 values in 4 parts; 3 values from 5 on, deltas of at least 1 in 2 bits.
        let run = [128, 1, 4, 3, 10, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        assert_eq!(delta_packed(&run), Some((3, run.len())));
        assert!(lengths_fit(&run, 1, 3) && !lengths_fit(&run, 1, 2));
        assert!(lengths_fit(&[run, run].concat(), 2, 3) && !lengths_fit(&run, 2, 3));
        assert!(lengths_fit(&[], 0, 0) && !lengths_fit(&[], 1, 0));
        // A count of 2^40 in five bytes of data, and parts of no values.
        assert!(!lengths_fit(&[128, 1, 4, 128, 128, 128, 128, 128, 32, 10], 1, 100));
        assert_eq!(delta_packed(&[0, 4, 3, 10, 2, 2, 0, 0, 0]), None);
        assert_eq!(delta_packed(&[128, 1, 0, 3, 10]), None);
    }

    #[test]
    fn footers_are_walked_to_their_schema() {
        let footer = |schema: &[u8]| {
            // Field 1: a version; field 2: the schema; nothing more.
            let length = schema.len() as u32 + 4;
            [MARK, &[0x15, 2, 0x19], schema, &[0], &length.to_le_bytes(), MARK].concat()
        };
        // Elements with a number of children, field 5, or without.
        let group = |n: u8| [0x55, n * 2, 0];
        let leaf = [0];
        let list = |n: u8, elements: &[&[u8]]| [vec![n << 4 | STRUCT], elements.concat()].concat();
        let is_sound = |schema: Vec<u8>| check_footer(&footer(&schema)).is_ok();
        assert!(is_sound(list(3, &[&group(2), &leaf, &leaf])));
        assert!(is_sound(list(4, &[&group(2), &group(1), &leaf, &leaf])));
        assert!(!is_sound(list(3, &[&group(3), &leaf, &leaf])), "a child is missing");
        assert!(!is_sound(list(3, &[&group(1), &leaf, &leaf])), "a child too many");
        assert!(!is_sound(list(2, &[&group(100), &leaf])), "more children than elements");
        assert!(!is_sound(list(4, &[&group(3), &leaf])), "it breaks off");
        assert!(!is_sound(vec![0xF0 | STRUCT, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]), "a list of four thousand millions");
    }
}
