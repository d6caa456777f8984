//! Notes: margin notes on what passages say, and the researcher's memos on passages and themes.
//!
//! In: an analysis. Out: which notes a passage or a theme has, and the elements `Note`, each with who wrote it and that
//! it is nobody's words. It decides nothing of what is coded.

use std::collections::HashMap;
use std::io::{self, Write};

use super::xml::Xml;
use super::{code_guid, guid};
use crate::analysis::{Summary, UnitRow};

/// Who wrote the memos, and coded what people coded.
pub(super) const RESEARCHER: &str = "researcher";
/// The time of things whose own is not known: that of the files in the zip.
const EARLIEST: &str = "1980-01-01T00:00:00Z";

pub(super) struct Notes<'a> {
    summary: &'a Summary,
    /// Of passages.
    memos: HashMap<&'a str, &'a str>,
    /// Whose the margin notes are, where the analysis says so.
    annotator: Option<&'a str>,
}

/// A note before it is written.
struct Note<'t> {
    id: String,
    name: String,
    about: String,
    user: String,
    text: &'t str,
}

impl<'a> Notes<'a> {
    pub(super) fn new(summary: &'a Summary) -> Self {
        let memos = summary.memos.iter().map(|memo| (memo.unit.as_str(), memo.text.as_str())).collect();
        Self { summary, memos, annotator: summary.manifest.notes.as_ref().map(|notes| notes.whose()) }
    }

    fn has_memos(&self) -> bool {
        !self.memos.is_empty() || self.summary.themes().any(|theme| theme.memo.is_some())
    }

    /// Those who wrote some, and the researcher who coded, too: id and name.
    pub(super) fn users(&self, has_coded: bool) -> Vec<(String, &'a str)> {
        let researcher = (has_coded || self.has_memos()).then_some(RESEARCHER);
        self.annotator.into_iter().chain(researcher).map(|name| (guid("user", name), name)).collect()
    }

    /// Whether a passage has any.
    pub(super) fn is_noted(&self, unit: &UnitRow) -> bool {
        unit.note.is_some() || self.memos.contains_key(unit.id.as_str())
    }

    /// The references to a passage's notes.
    pub(super) fn refer<W: Write>(&self, unit: &UnitRow, xml: &mut Xml<W>) -> io::Result<()> {
        let margin = unit.note.is_some().then(|| guid("note", &unit.id));
        let memo = self.memos.contains_key(unit.id.as_str()).then(|| guid("memo", &unit.id));
        margin.into_iter().chain(memo).try_for_each(|id| xml.empty("NoteRef", &[("targetGUID", &id)]))
    }

    /// The element `Notes`, where there are some; `selected`: the passages that are selections. `user`: of the program.
    pub(super) fn write<'u, W: Write>(
        &self,
        selected: impl Iterator<Item = &'u UnitRow>,
        user: &str,
        created: Option<&str>,
        xml: &mut Xml<W>,
    ) -> io::Result<()> {
        let researcher = guid("user", RESEARCHER);
        let (whose, annotator) = match self.annotator {
            Some(name) => (format!("Margin note, from {name}: not the person's own words"), guid("user", name)),
            None => ("Margin note: not the person's own words".to_owned(), user.to_owned()),
        };
        let mut notes: Vec<Note> = Vec::new();
        for theme in self.summary.themes().filter(|theme| !theme.hidden) {
            notes.extend(theme.memo.as_deref().map(|text| Note {
                id: theme_note(self.summary, &theme.id),
                name: format!("Memo on {}", theme.id),
                about: "The researcher's memo on a theme".into(),
                user: researcher.clone(),
                text,
            }));
        }
        for unit in selected {
            notes.extend(unit.note.as_deref().map(|text| Note {
                id: guid("note", &unit.id),
                name: format!("Note on {}", unit.id),
                about: whose.clone(),
                user: annotator.clone(),
                text,
            }));
            notes.extend(self.memos.get(unit.id.as_str()).map(|&text| Note {
                id: guid("memo", &unit.id),
                name: format!("Memo on {}", unit.id),
                about: "The researcher's memo on a passage: not the person's own words".into(),
                user: researcher.clone(),
                text,
            }));
        }
        if notes.is_empty() {
            return Ok(());
        }
        // Importers stop at a note without a time.
        let time = created.unwrap_or(EARLIEST);
        xml.within("Notes", &[], |xml| {
            notes.iter().try_for_each(|note| {
                let attributes = [
                    ("guid", note.id.as_str()),
                    ("name", &note.name),
                    ("creatingUser", &note.user),
                    ("creationDateTime", time),
                ];
                xml.within("Note", &attributes, |xml| {
                    xml.text("Description", &note.about)?;
                    xml.text("PlainTextContent", note.text)
                })
            })
        })
    }
}

/// The id of the memo on a theme.
pub(super) fn theme_note(summary: &Summary, theme: &str) -> String {
    guid("memo", &code_guid(summary, theme))
}
