//! The JSON that messengers of offices export, whose senders stand in records: Slack's and Google Chat's.
//!
//! In: the text of a JSON file. Out: what was said in order, each message with its sender, where the file is one of
//! theirs. What happens in a channel (`channel_join`) is nobody's, nor is what programs write that ask nothing, and `<@U2>` is the name of whom it mentions. It never
//! makes one person of two.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use super::super::super::speakers::ends_in_question;
use super::super::said::Said;
use super::values::{plain, stretch};

/// Kinds of Slack's messages that somebody wrote; all others tell what happened.
const WRITTEN: &[&str] = &["", "thread_broadcast", "me_message", "file_share", "bot_message"];

/// The messages of a day in a channel of Slack.
pub(super) fn slack(text: &str) -> Option<Vec<Said>> {
    #[derive(Deserialize)]
    struct Message {
        ts: Value,
        #[serde(rename = "type")]
        kind: String,
        #[serde(default)]
        subtype: String,
        #[serde(default)]
        user: String,
        #[serde(default)]
        username: Value,
        #[serde(default)]
        user_profile: Value,
        #[serde(default)]
        bot_id: Value,
        #[serde(default)]
        text: String,
    }
    let messages: Vec<Message> = serde_json::from_str(text).ok()?;
    if messages.iter().any(|message| message.kind != "message" || message.ts.is_null()) {
        return None;
    }
    let mut names: HashMap<String, String> = HashMap::new();
    for message in messages.iter().filter(|message| !message.user.is_empty()) {
        let of = |field: &str| Some(plain(&message.user_profile[field])).filter(|name| !name.is_empty());
        if let Some(name) = of("real_name").or_else(|| of("display_name")) {
            names.insert(message.user.clone(), name);
        }
    }
    let mut ids: HashMap<&String, &String> = HashMap::new();
    // Two people of one name are told apart by their ids.
    let is_one = names.iter().all(|(id, name)| ids.insert(name, id).is_none());
    let name = |user: &str| names.get(user).filter(|_| is_one).cloned().unwrap_or_else(|| user.to_owned());
    // A program may be the one that asks.
    let is_program = |message: &Message| message.subtype == "bot_message" || !message.bot_id.is_null();
    let asks = messages.iter().any(|message| is_program(message) && ends_in_question(message.text.trim()));
    let is_written = |message: &Message| WRITTEN.contains(&message.subtype.as_str()) && (asks || !is_program(message));
    let written = messages.into_iter().filter(is_written);
    let said = written.map(|message| {
        let who = if message.user.is_empty() { plain(&message.username) } else { name(&message.user) };
        stretch(who, with_names(&message.text, &name), None)
    });
    Some(said.collect())
}

/// Words with the names of those whom they mention by an id: `<@U2>`, `<@U2|ann>`.
fn with_names(text: &str, name: &impl Fn(&str) -> String) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("<@") {
        let Some((id, after)) = behind.split_once('>') else { break };
        written.push_str(before);
        written.push('@');
        written.push_str(&name(id.split('|').next().unwrap_or(id)));
        rest = after;
    }
    written + rest
}

/// The messages of a room of Google Chat.
pub(super) fn google_chat(text: &str) -> Option<Vec<Said>> {
    #[derive(Deserialize)]
    struct Top {
        messages: Vec<Message>,
    }
    #[derive(Deserialize)]
    struct Message {
        #[serde(default)]
        creator: Creator,
        #[serde(default)]
        text: String,
    }
    #[derive(Default, Deserialize)]
    struct Creator {
        #[serde(default)]
        name: String,
        #[serde(default)]
        email: String,
    }
    let messages = serde_json::from_str::<Top>(text).ok()?.messages;
    let said = messages.into_iter().map(|Message { creator, text }| {
        stretch(if creator.name.is_empty() { creator.email } else { creator.name }, text, None)
    });
    Some(said.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(said: Option<Vec<Said>>) -> Vec<(String, String)> {
        said.unwrap_or_default().into_iter().map(|said| (said.speaker, said.text)).collect()
    }

    #[test]
    fn messages_are_their_senders_and_events_nobodys() {
        let day = r#"[{"type": "message", "subtype": "channel_join", "user": "U2", "text": "<@U2> has joined", "ts": "1"},
            {"type": "message", "user": "U1", "text": "So, <@U2>?", "ts": "2", "user_profile": {"real_name": "Ann Hall"}},
            {"type": "message", "user": "U2", "text": "No.", "ts": "3", "user_profile": {"real_name": "Tom"}},
            {"type": "message", "subtype": "bot_message", "username": "Reminder", "text": "Write!", "ts": "4"}]"#;
        let expected = [("Ann Hall", "So, @Tom?"), ("Tom", "No.")];
        assert_eq!(told(slack(day)), expected.map(|(who, said)| (who.to_owned(), said.to_owned())));
        let asking = day.replace("Write!", "How was it today?");
        assert_eq!(told(slack(&asking)).last().map(|(who, _)| who.clone()), Some("Reminder".to_owned()));
        let namesakes = day.replace("Ann Hall", "Tom");
        assert_eq!(told(slack(&namesakes))[1].0, "U2");
        let room = r#"{"messages": [{"creator": {"name": "Ann Hall", "email": "a@b.org"}, "created_date": "x", "text": "So?"},
            {"creator": {"email": "t@b.org"}, "created_date": "x", "text": "No."}]}"#;
        let expected = [("Ann Hall", "So?"), ("t@b.org", "No.")];
        assert_eq!(told(google_chat(room)), expected.map(|(who, said)| (who.to_owned(), said.to_owned())));
    }

    #[test]
    fn other_lists_are_left_alone() {
        for json in [
            r#"[{"type": "survey", "user": "U1", "text": "So", "ts": "1"}]"#,
            r#"[{"user": "U1", "text": "So", "ts": "1"}]"#,
            r#"{"type": "message"}"#,
        ] {
            assert!(slack(json).is_none(), "{json}");
        }
        assert_eq!(with_names("a <@U1", &|id: &str| id.to_owned()), "a <@U1");
    }
}
