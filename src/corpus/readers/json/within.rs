//! What lies deeper in records than their own fields: `{"data": {"conversation": {"turns": […]}}}`, and answers by
//! their questions by whose they are: `{"anna": {"Why so?": …}}`.
//!
//! In: a value. Out: the fields of the turns in it, or the answers of people. It follows records alone, and not far.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::super::pairs::{self, Pairs};
use super::super::records;
use super::super::said::{SPEAKERS, WORDS};
use super::super::table::plain;
use super::lines::LineCounter;
use super::{Fields, ReadOptions, Text, fields_of_items, kind, text_within};

/// Turns that lie deeper are not found.
const MOST_DEPTH: usize = 3;
/// Longer records are not looked into.
const MOST_FIELDS: usize = 64;

/// The fields of the turns in a list that lies deeper in a record, where they say who speaks.
pub(super) fn fields_of_turns(raw: &RawValue) -> Option<Vec<String>> {
    if kind(raw) == b'{' { inner(raw, MOST_DEPTH).filter(|fields| are_turns(fields)) } else { None }
}

fn inner(raw: &RawValue, depth: usize) -> Option<Vec<String>> {
    let Fields(fields) = Fields::of(raw).ok().filter(|Fields(fields)| depth > 0 && fields.len() <= MOST_FIELDS)?;
    let any = ReadOptions::default();
    let ranked = fields.iter().filter(|(_, raw)| kind(raw) == b'[');
    let best = ranked.filter_map(|(name, raw)| Some((records::rank(name, &any)?, *raw))).min_by_key(|(rank, _)| *rank);
    let own = best.and_then(|(_, raw)| fields_of_items(raw)).filter(|fields| are_turns(fields));
    own.or_else(|| fields.iter().filter(|(_, raw)| kind(raw) == b'{').find_map(|(_, raw)| inner(raw, depth - 1)))
}

fn are_turns(fields: &[String]) -> bool {
    let has = |names: &[&str]| fields.iter().any(|field| names.contains(&plain(field).as_str()));
    has(WORDS) && has(SPEAKERS)
}

/// The answers of people by their names, each by its question; `None` for any other record.
pub(super) fn people<'t>(raw: &'t RawValue, mut lines: LineCounter<'t>) -> Option<Pairs> {
    let Fields(people) = Fields::of(raw).ok().filter(|Fields(people)| kind(raw) == b'{' && people.len() > 1)?;
    let mut found = Pairs::of_people();
    for (name, raw) in people {
        let Fields(answers) = Fields::of(raw).ok().filter(|_| kind(raw) == b'{')?;
        // Only under such a name must all fields ask.
        pairs::by_question("interview", answers.iter().map(|(name, raw)| (name.as_ref(), text_within(raw))))?;
        for (question, raw) in answers {
            let text = match kind(raw) {
                b'"' => serde_json::from_str(raw.get()).ok().map(|Text(text)| text.into_owned())?,
                _ => String::new(),
            };
            found.add(lines.of(raw), name.clone().into_owned(), Cow::into_owned(question), text);
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use crate::corpus::{ReadOptions, read_bytes};

    /// Ids with what was answered.
    fn said(json: &str) -> Option<(Vec<String>, Vec<String>)> {
        let corpus = read_bytes("bees.json", json.as_bytes().to_vec(), &ReadOptions::default()).ok()?;
        let ids = corpus.transcripts.iter().map(|transcript| transcript.id.to_string()).collect();
        Some((ids, corpus.answers.iter().map(|answer| corpus.turn_of(answer).text.to_string()).collect()))
    }

    #[test]
    fn turns_may_lie_deeper_in_records() {
        let record = |id: &str| {
            format!(
                r#"{{"id": "{id}", "data": {{"title": "x", "conversation": {{"turns": [
                    {{"role": "assistant", "text": "Why bees?"}}, {{"role": "user", "text": "They came."}}]}}}}}}"#
            )
        };
        let (ids, answers) = said(&format!("[{}, {}]", record("k1"), record("k2"))).unwrap();
        assert_eq!((ids, answers), (vec!["k1".to_owned(), "k2".to_owned()], vec!["They came.".to_owned(); 2]));
        assert!(said(r#"[{"id": "k1", "data": {"log": {"turns": [{"text": "Why bees?", "n": 1}]}}}]"#).is_none());
    }

    #[test]
    fn answers_may_stand_under_whose_they_are() {
        let (ids, answers) = said(
            r#"{"farm1": {"What do you grow?": "Beans and a few onions.", "Why did you begin?": "My aunt did."},
                "farm2": {"What do you grow?": "Only grass, for the sheep.", "Why did you begin?": null}}"#,
        )
        .unwrap();
        assert_eq!(ids, ["farm1", "farm2"]);
        assert_eq!(answers[..3], ["Beans and a few onions.", "My aunt did.", "Only grass, for the sheep."]);
        for other in [
            r#"{"farm1": {"crop": "Beans and a few onions."}, "farm2": {"crop": "Only grass, for the sheep."}}"#,
            r#"{"farm1": {"What do you grow?": "Beans and a few onions."}}"#,
        ] {
            assert!(said(other).is_none_or(|(ids, _)| ids.len() < 2), "{other}");
        }
    }
}
