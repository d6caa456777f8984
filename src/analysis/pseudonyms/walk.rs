//! Ids and names replaced in everything that is stored or written as JSON: every string of it.
//!
//! In: a summary, a comparison, or whatever else can be written as JSON. Out: the same, with new ids where a field
//! holds an id, and replaced texts everywhere else. Going by strings, not by fields, a field that is added later
//! is replaced too; the few that hold the program's own words are listed. No number is touched.

use std::collections::HashMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::plain::is_plain;
use super::replacing::{Replaced, Replacer};
use super::{PseudonymError, keywords};
use crate::analysis::saved::SharedText;

/// Fields that hold words of the program's own, ids of themes, hashes: no text of anybody.
const OURS: [&str; 30] = [
    "algorithm",
    "blake3",
    "compared_by",
    "created",
    "edit",
    "edited",
    "encoding",
    "finding",
    "format",
    "frame",
    "kind",
    "language",
    "matched",
    "merged",
    "model",
    "nearest",
    "pooling",
    "prefix",
    "program",
    "recurring",
    "request",
    "role",
    "schema_version",
    "seal",
    "section",
    "status",
    "sub_theme",
    "theme",
    "moved_from",
    "second_theme",
];

/// Goes through values.
pub(super) struct Walk<'r> {
    pub(super) replacer: &'r Replacer,
    /// The units' texts, by their old ids: a quote or headline is replaced as its unit is.
    pub(super) units: &'r HashMap<String, UnitText>,
    /// What a headline, a quote or keywords became, by its words on one line: labels repeat them.
    pub(super) slices: &'r HashMap<String, String>,
}

/// A unit's text before and after.
pub(super) struct UnitText {
    pub(super) old: String,
    pub(super) new: Replaced,
    /// Its first code point in the source.
    pub(super) start: usize,
    /// What was asked, and what is noted of it, before.
    pub(super) question: SharedText,
    pub(super) note: Option<String>,
}

/// Words on one line, as labels are written.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Walk<'_> {
    /// The same thing with everything in it replaced.
    ///
    /// # Errors
    /// [`PseudonymError::Structure`] where a replaced value cannot be what it was.
    pub(super) fn of<T: Serialize + DeserializeOwned>(&self, thing: &T) -> Result<T, PseudonymError> {
        let failed = |error: serde_json::Error| PseudonymError::Structure { reason: error.to_string() };
        let mut value = serde_json::to_value(thing).map_err(failed)?;
        self.value("", "", &mut value);
        serde_json::from_value(value).map_err(failed)
    }

    /// `key`: the field that the value stands in; `study`: whose it is, where that is known.
    fn value(&self, key: &str, study: &str, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.string(key, study, text),
            // What a theme is called by its id; names of the guide's questions are texts.
            Value::Array(all) if key == "themes" || key == "merged" || key == "edited" => {
                all.iter_mut().filter(|one| !one.is_string()).for_each(|one| self.value(key, study, one));
            }
            Value::Array(all) => all.iter_mut().for_each(|one| self.value(key, study, one)),
            Value::Object(fields) => self.object(study, fields),
            _ => {}
        }
    }

    fn object(&self, study: &str, fields: &mut Map<String, Value>) {
        let slice = self.slice(fields);
        let study = fields.get("study").and_then(Value::as_str).unwrap_or(study).to_owned();
        let person = fields.get("participant").and_then(Value::as_str).map(str::to_owned);
        for (key, value) in fields.iter_mut() {
            match (&slice, key.as_str(), &person) {
                (Some(text), "text", _) => *value = Value::String(text.clone()),
                (_, "attributes", Some(person)) => self.attributes(&study, person, value),
                _ => self.value(key, &study, value),
            }
        }
    }

    /// What is known of a person: `7` is an id in it only where it is their own.
    fn attributes(&self, study: &str, person: &str, values: &mut Value) {
        let own = person.rsplit('/').next().unwrap_or(person);
        let is_own = |text: &str| is_plain(text.trim()) && [person, own].contains(&text.trim());
        for value in values.as_array_mut().into_iter().flatten() {
            match value {
                Value::String(text) if is_own(text) => *text = self.replacer.ids.participant(study, person),
                other => self.value("attributes", study, other),
            }
        }
    }

    /// The new words of a quote or headline, where they are a slice of its unit.
    fn slice(&self, fields: &Map<String, Value>) -> Option<String> {
        let unit = self.units.get(fields.get("unit")?.as_str()?)?;
        let text = fields.get("text")?.as_str()?;
        let start = fields.get("position")?.get("start")?.as_u64()?;
        let before = usize::try_from(start).ok()?.checked_sub(unit.start)?;
        let from = unit.old.char_indices().map(|(at, _)| at).chain([unit.old.len()]).nth(before)?;
        let is_slice = unit.old.get(from..)?.starts_with(text);
        is_slice.then(|| unit.new.text[unit.new.moved(from..from + text.len())].to_owned())
    }

    /// What a field of no study in particular becomes.
    pub(super) fn called(&self, key: &str, text: &str) -> String {
        self.string(key, "", text)
    }

    fn string(&self, key: &str, study: &str, text: &str) -> String {
        let ids = &self.replacer.ids;
        match key {
            _ if OURS.contains(&key) => text.to_owned(),
            "study" => ids.study(text),
            "participant" => ids.participant(study, text),
            "transcript" => ids.group(study, text),
            "unit" | "units" | "judged" | "target" => ids.units.get(text).cloned().unwrap_or_else(|| self.text(text)),
            // Of a unit, a theme or a section.
            "id" => ids.units.get(text).cloned().unwrap_or_else(|| text.to_owned()),
            "file" | "path" => ids.files.get(text).cloned().unwrap_or_else(|| {
                // A folder tells whose computer it was.
                self.text(text.rsplit(['/', '\\']).next().unwrap_or(text))
            }),
            "name" | "group" | "groups" | "compared" if ids.studies.contains_key(text) => ids.study(text),
            // A number is seldom an id there, and a letter is a grade.
            // A keyword, of a theme or of a group.
            "term" => self.replacer.term(text).text,
            "attributes" | "value" if is_plain(text.trim()) => text.to_owned(),
            "attributes" | "value" => ids.whole(text).map_or_else(|| self.text(text), str::to_owned),
            _ => self.text(text),
        }
    }

    /// A text that stands by itself.
    pub(super) fn text(&self, text: &str) -> String {
        match self.slices.get(&one_line(text)) {
            Some(new) => new.clone(),
            None => self.replacer.replaced(text).text,
        }
    }

    /// Gathers what headlines and quotes of a value become.
    pub(super) fn gather(&self, value: &Value, found: &mut HashMap<String, String>) {
        match value {
            Value::Array(all) => all.iter().for_each(|one| self.gather(one, found)),
            Value::Object(fields) => {
                if let (Some(new), Some(old)) = (self.slice(fields), fields.get("text").and_then(Value::as_str)) {
                    found.insert(one_line(old), one_line(&new));
                }
                if let Some((old, new)) = keywords::label(fields, self.replacer) {
                    found.entry(one_line(&old)).or_insert(new);
                }
                fields.values().for_each(|one| self.gather(one, found));
            }
            _ => {}
        }
    }
}
