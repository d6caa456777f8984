//! Who speaks in a list of turns whose records have none of the usual fields for it.
//!
//! In: the records. Out: a label for each, where [`sides`](super::super::sides) finds the field that says so; of records
//! with a field for each part (`interviewer`, `participant`) a turn for each. Records of which one names its speaker in a
//! usual field are left alone.

use std::borrow::Cow;
use std::sync::Arc;

use super::super::super::model::Role;
use super::super::super::speakers::{Names, key};
use super::super::pairs;
use super::super::said::{Item, SPEAKERS, Value, WORDS, is_called, label};
use super::super::sides::{Records, Sides};

/// The labels of the turns.
pub(super) fn speakers(items: &[Item], names: &Names) -> Option<Vec<Option<Arc<str>>>> {
    let is = |name: &str, of: &[&str]| of.iter().any(|known| is_called(name, known));
    let is_named = |(name, value): (&str, &Value)| is(name, SPEAKERS) && !label(value).is_empty();
    if items.iter().any(|item| fields(item).any(is_named)) {
        return None;
    }
    let mut titles: Vec<&str> = Vec::new();
    for (name, value) in items.iter().flat_map(fields) {
        let may_name = matches!(value, Value::Text(_) | Value::Plain(_)) && !is(name, WORDS);
        if may_name && titles.len() < MOST_FIELDS && !titles.contains(&name) {
            titles.push(name);
        }
    }
    let mut sides = Sides::of(titles.iter().copied().enumerate());
    let is_said = |item: &Item| fields(item).any(|(name, value)| is(name, WORDS) && *value != Value::Null);
    for item in items {
        let cell = |at: usize| match fields(item).find(|(name, _)| *name == titles[at]) {
            Some((_, Value::Text(text) | Value::Plain(text))) => Cow::Borrowed(text.as_str()),
            _ => Cow::Borrowed(""),
        };
        sides.push(is_said(item), cell);
    }
    let said = |at: usize| if is_said(&items[at]) { "said" } else { "" };
    Some(sides.speaking(Records::Turns, names, said)?.labels)
}

/// Whether records have a field for the words of each of two parts, and none for words alone or for questions.
pub(super) fn are_parts(fields: &[String]) -> bool {
    let is = |of: &[&str]| fields.iter().any(|field| of.iter().any(|known| is_called(field, known)));
    let known = Names::default();
    let n = |role: Role| fields.iter().filter(|field| known.by_name(&key(field)) == Some(role)).count();
    let has_both = [Role::Interviewer, Role::Participant].into_iter().all(|role| n(role) == 1);
    has_both && !is(WORDS) && !is(SPEAKERS) && pairs::fields(fields).is_none()
}

/// Records with a field for each of two parts as a turn for each, in the order of the fields.
pub(super) fn divided(items: Vec<Item>) -> Vec<Item> {
    let mut names: Vec<String> = Vec::new();
    for (name, _) in items.iter().take(LOOKED_AT).flat_map(fields) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    if !are_parts(&names) {
        return items;
    }
    let known = Names::default();
    let is_part = |name: &str| matches!(known.by_name(&key(name)), Some(Role::Interviewer | Role::Participant));
    let turn = |line: usize, (name, value): (String, Value)| {
        let fields = vec![("speaker".to_owned(), Value::Text(name)), ("text".to_owned(), value)];
        Item { line, value: Value::Record(fields) }
    };
    let of_item = |item: Item| match item.value {
        Value::Record(fields) => {
            let said = fields.into_iter().filter(|(name, value)| is_part(name) && *value != Value::Null);
            said.map(|field| turn(item.line, field)).collect::<Vec<_>>()
        }
        _ => vec![item],
    };
    items.into_iter().flat_map(of_item).collect()
}

/// Fields that are looked at, and records.
const MOST_FIELDS: usize = 16;
const LOOKED_AT: usize = 10;

/// The fields of a record, and of the message in it.
fn fields(item: &Item) -> impl Iterator<Item = (&str, &Value)> {
    let own: &[(String, Value)] = match &item.value {
        Value::Record(fields) => fields,
        _ => &[],
    };
    let inner = own.iter().filter(|(name, _)| is_called(name, "message")).flat_map(|(_, value)| match value {
        Value::Record(fields) => fields.as_slice(),
        _ => &[],
    });
    own.iter().chain(inner).map(|(name, value)| (name.as_str(), value))
}

#[cfg(test)]
mod tests {
    use crate::corpus::{ReadOptions, Role, read_bytes};

    /// Labels with whether they answer, of a talk in which each turn is written by `turn`.
    fn told(turn: impl Fn(bool, &str) -> String) -> Vec<(String, bool)> {
        let said = [
            "What did you build first?",
            "A shed, out of old doors.",
            "And what came after it?",
            "A hen house, and then the wall.",
            "Who taught you that?",
            "My aunt, who laid bricks all her life.",
        ];
        let turns: Vec<String> = said.iter().enumerate().map(|(n, said)| turn(n % 2 == 0, said)).collect();
        let json = format!(r#"[{{"id": "b1", "messages": [{}]}}]"#, turns.join(", "));
        let Ok(corpus) = read_bytes("walls.json", json.into_bytes(), &ReadOptions::default()) else {
            return Vec::new();
        };
        let mut told: Vec<(String, bool)> = corpus.transcripts[0]
            .speakers
            .iter()
            .map(|speaker| (speaker.label.to_string(), speaker.role == Role::Participant))
            .collect();
        told.sort();
        told
    }

    #[test]
    fn sides_of_a_chat_speak() {
        let pair = |a: &str, b: &str| vec![(a.to_owned(), false), (b.to_owned(), true)];
        let flag =
            |name: &'static str| move |asks: bool, said: &str| format!(r#"{{"{name}": {asks}, "text": "{said}"}}"#);
        assert_eq!(told(flag("is_bot")), pair("Bot", "User"));
        assert_eq!(told(flag("fromMe")), pair("Me", "Them"));
        let word = |name: &'static str, words: [&'static str; 2]| {
            move |asks: bool, said: &str| {
                format!(r#"{{"{name}": "{}", "n": 3, "text": "{said}"}}"#, words[usize::from(!asks)])
            }
        };
        assert_eq!(
            told(word("type", ["question", "answer"])),
            [("answer".to_owned(), true), ("question".to_owned(), false)]
        );
        assert_eq!(told(word("sender_type", ["bot", "contact"])), pair("bot", "contact"));
        assert_eq!(told(word("direction", ["outbound", "inbound"])).iter().filter(|(_, answers)| *answers).count(), 1);
        let within = |asks: bool, said: &str| {
            format!(r#"{{"sender_type": "{}", "message": {{"text": "{said}"}}}}"#, if asks { "bot" } else { "contact" })
        };
        assert_eq!(told(within), pair("bot", "contact"));
    }

    #[test]
    fn a_field_for_each_part_is_a_turn() {
        let json = r#"[{"id": "c1", "turns": [{"user": "I lost the key.", "assistant": "Where did you lose it?"},
            {"user": "In the snow, I think.", "assistant": "What did you do then?"}, {"user": "We dug.", "assistant": null}]}]"#;
        let corpus = read_bytes("keys.json", json.as_bytes().to_vec(), &ReadOptions::default()).unwrap();
        let said: Vec<&str> = corpus.answers.iter().map(|answer| &*corpus.turn_of(answer).text).collect();
        assert_eq!(said, ["I lost the key.", "In the snow, I think.", "We dug."]);
        assert_eq!(corpus.transcripts[0].turns.len(), 5);
        let pairs = r#"[{"id": "c1", "conversation": [{"question": "Why so?", "answer": "It rained."}]}]"#;
        let corpus = read_bytes("keys.json", pairs.as_bytes().to_vec(), &ReadOptions::default()).unwrap();
        assert_eq!(corpus.question_text(&corpus.answers[0]), "Why so?");
    }

    #[test]
    fn other_fields_name_nobody() {
        let of = |asks: bool, said: &str| {
            format!(r#"{{"kind": "{}", "text": "{said}"}}"#, if asks { "short" } else { "long" })
        };
        assert!(told(of).is_empty());
        let named = |asks: bool, said: &str| {
            format!(r#"{{"is_bot": {asks}, "name": "{}", "text": "{said}"}}"#, if asks { "Ann" } else { "Tom" })
        };
        assert_eq!(told(named), [("Ann".to_owned(), false), ("Tom".to_owned(), true)]);
    }
}
