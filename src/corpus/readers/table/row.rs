//! The cells of a row that matter, and what rows are together.
//!
//! In: rows as a table was given them. Out: whether all gave one answer, whether rows are stretches of one recording.
//! It never changes what stands in them.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::super::said::{Said, end_of};
use super::fields::{Field, Fields};

/// Mean number of words from which the answers to a survey's question are open ones.
pub(super) const OPEN_WORDS: usize = 4;

/// What stands for a value where many are told apart.
pub(super) fn hash_of(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The cells of a row that matter.
pub(super) struct Row {
    pub(super) number: usize,
    pub(super) line: usize,
    /// As many as the table has columns of texts.
    pub(super) texts: Fields,
    pub(super) question: Option<Box<Field>>,
    pub(super) id: Option<Arc<str>>,
    pub(super) study: Option<Arc<str>>,
    pub(super) speaker: Option<Arc<str>>,
    /// What somebody is called by, who may speak or have answered.
    pub(super) name: Option<Arc<str>>,
    /// The participant's address, in lower case.
    pub(super) mail: Option<Arc<str>>,
    /// Start and end, as written; nothing for an end that no column holds.
    pub(super) times: Option<Box<[String; 2]>>,
}

impl Row {
    pub(super) fn text(&self) -> &Field {
        &self.texts[0]
    }
}

/// When a row starts and ends, of its start and of how long it takes where the second cell `lasts`.
pub(super) fn ended(times: Option<Box<[String; 2]>>, lasts: bool) -> Option<Box<[String; 2]>> {
    let mut times = times?;
    if lasts {
        times[1] = end_of(&times[0], &times[1]).unwrap_or_default();
    }
    Some(times)
}

/// Filled rows from which the same words in all of them are what was chosen.
const ALL_THE_SAME: usize = 5;

/// Whether all who answered a question did so in the same words, as consent is given.
pub(super) fn are_the_same(rows: &[Row], at: usize) -> bool {
    let answers = || rows.iter().filter(|row| !row.texts[at].is_missing).map(|row| row.texts[at].text.trim());
    let mut filled = answers().filter(|text| !text.is_empty());
    let Some(first) = filled.next() else { return false };
    filled.clone().all(|text| text == first) && filled.count() + 1 >= ALL_THE_SAME
}

/// Whether each row of a table of answers is a participant of its own, as far as is easily told: all have ids, none of
/// which comes again in a study, or nobody has an id or an address.
pub(super) fn are_apart(rows: &[Row]) -> bool {
    if rows.iter().all(|row| row.id.is_none() && row.mail.is_none()) {
        return true;
    }
    let ids = rows.iter().map(|row| Some(hash_of((row.study.as_deref(), row.id.as_deref()?))));
    let Some(mut ids) = ids.collect::<Option<Vec<u64>>>() else { return false };
    ids.sort_unstable();
    ids.windows(2).all(|pair| pair[0] != pair[1])
}

/// What is to be said of turns that have no speaker; nothing when all have one.
pub(super) fn without_speaker(rows: &[Row]) -> Option<String> {
    let is_said = |row: &&Row| !row.text().is_empty() && !is_in_brackets(row.text().text.trim());
    let nobodys = || rows.iter().filter(|row| row.speaker.is_none()).filter(is_said);
    let first = nobodys().next()?.text().line;
    Some(match nobodys().count() {
        1 => format!("1 turn has no speaker, so nobody is taken to have said it (line {first})"),
        n => format!("{n} turns have no speaker, so nobody is taken to have said them (the first on line {first})"),
    })
}

/// More words in brackets are somebody's.
const MOST_WORDS: usize = 8;

/// Whether all of a text stands in one pair of brackets, as `[Recording starts]`, which nobody says.
pub(super) fn is_in_brackets(text: &str) -> bool {
    [('[', ']'), ('(', ')')].into_iter().any(|(open, close)| {
        let inner = text.strip_prefix(open).and_then(|text| text.strip_suffix(close));
        inner.is_some_and(|inner| !inner.contains([open, close]) && inner.split_whitespace().count() <= MOST_WORDS)
    })
}

/// What is to be said of participants who are told apart by the addresses in a column, some in several rows.
pub(super) fn told_by_mail(column: &str, again: usize) -> String {
    let rows = match again {
        0 => "each is of one row".to_owned(),
        1 => "1 row was added to an earlier one".to_owned(),
        n => format!("{n} rows were added to earlier ones"),
    };
    format!("participants are told apart by column `{column}`, which is not shown, and called after their rows; {rows}")
}

/// Whether rows are stretches of one recording: from rising times on, and no two with the same id.
pub(super) fn are_segments(rows: &[Row]) -> bool {
    let mut ids = HashSet::new();
    !rows.is_empty() && rise(rows) && rows.iter().all(|row| row.id.as_ref().is_none_or(|id| ids.insert(id)))
}

/// Whether the times of rows never fall, and each row ends after it starts.
pub(super) fn rise<'r>(rows: impl IntoIterator<Item = &'r Row>) -> bool {
    let mut last = 0.0;
    rows.into_iter().all(|row| {
        let Some([start, end]) = row.times.as_deref() else { return false };
        let said = Said::segment(row.line, String::new(), start, end);
        let rises = said.seconds.is_some_and(|start| start >= last && said.end.is_some_and(|end| end >= start));
        last = said.seconds.unwrap_or(last);
        rises
    })
}
