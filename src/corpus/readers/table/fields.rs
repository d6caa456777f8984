//! The cells of a row that hold words.
//!
//! In: one or several cells. Out: their words as people read them, with the line they start on, as a list. Most
//! tables have one column of words: of very many rows none is to have a list of its own for one cell.

use std::borrow::Cow;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::super::{Ruler, markup};

/// A cell's words and the line of the file they start on.
pub(super) struct Field {
    pub(super) text: Arc<str>,
    pub(super) line: usize,
    /// Line breaks in it are no lines of the file.
    pub(super) is_one_line: bool,
    /// It is a code for a missing answer.
    pub(super) is_missing: bool,
}

/// What the line breaks in a cell mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lines {
    /// Lines of the file, as in CSV.
    OfFile,
    /// Nothing: a row is one line of the file, however long its cells are.
    OfCell,
}

impl Field {
    /// A cell of a row that starts on `line`.
    pub(super) fn of(cells: &[&str], column: usize, line: usize, lines: Lines) -> Self {
        let breaks = |cell: &&str| cell.bytes().filter(|&b| b == b'\n').count();
        let above = match lines {
            Lines::OfFile => cells[..column.min(cells.len())].iter().map(breaks).sum(),
            Lines::OfCell => 0,
        };
        let (text, is_one_line) = match markup::read(cells.get(column).copied().unwrap_or_default()) {
            Cow::Borrowed(text) => (text.into(), lines == Lines::OfCell),
            // Its lines are no longer the file's.
            Cow::Owned(text) => (text.into(), true),
        };
        Self { text, line: line + above, is_one_line, is_missing: false }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub(super) fn ruler(&self) -> Ruler<'_> {
        if self.is_one_line { Ruler::on_one_line(&self.text, self.line) } else { Ruler::new(&self.text, self.line) }
    }
}

/// As many as the table has columns of texts.
pub(super) enum Fields {
    One(Field),
    /// None, or more than one.
    Several(Vec<Field>),
}

impl Fields {
    /// Takes cells out of the list, or puts others in.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Vec<Field>)) {
        let mut all: Vec<Field> = std::mem::replace(self, Self::Several(Vec::new())).into_iter().collect();
        change(&mut all);
        *self = all.into();
    }
}

impl From<Vec<Field>> for Fields {
    fn from(mut all: Vec<Field>) -> Self {
        match all.pop() {
            Some(only) if all.is_empty() => Self::One(only),
            last => {
                all.extend(last);
                Self::Several(all)
            }
        }
    }
}

impl FromIterator<Field> for Fields {
    fn from_iter<I: IntoIterator<Item = Field>>(cells: I) -> Self {
        cells.into_iter().collect::<Vec<_>>().into()
    }
}

impl IntoIterator for Fields {
    type Item = Field;
    type IntoIter = std::vec::IntoIter<Field>;

    fn into_iter(self) -> Self::IntoIter {
        match self {
            Self::One(only) => vec![only].into_iter(),
            Self::Several(all) => all.into_iter(),
        }
    }
}

impl Deref for Fields {
    type Target = [Field];

    fn deref(&self) -> &[Field] {
        match self {
            Self::One(only) => std::slice::from_ref(only),
            Self::Several(all) => all,
        }
    }
}

impl DerefMut for Fields {
    fn deref_mut(&mut self) -> &mut [Field] {
        match self {
            Self::One(only) => std::slice::from_mut(only),
            Self::Several(all) => all,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_cell_is_a_list_of_one() {
        let cells = ["a", "b", "c"];
        for n in 0..=cells.len() {
            let mut fields: Fields = (0..n).map(|at| Field::of(&cells, at, 1, Lines::OfFile)).collect();
            assert_eq!((fields.len(), matches!(fields, Fields::One(_))), (n, n == 1));
            fields.iter_mut().for_each(|field| field.is_missing = true);
            assert!(fields.iter().all(|field| field.is_missing));
            fields.change(|all| all.truncate(1));
            assert_eq!(matches!(fields, Fields::One(_)), n > 0);
            fields.change(|all| all.push(Field::of(&cells, 2, 1, Lines::OfFile)));
            let texts: Vec<String> = fields.into_iter().map(|field| field.text.to_string()).collect();
            assert_eq!(texts.concat(), if n > 0 { "ac" } else { "c" });
        }
        assert_eq!(size_of::<Fields>(), size_of::<Field>());
    }
}
