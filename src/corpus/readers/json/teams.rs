//! Talks of services for teams whose speakers stand in lists or records of their own: Otter's, Teams', Intercom's and
//! Voiceflow's.
//!
//! In: the text of a JSON file. Out: what was said in order, from the first message on, each with its speaker, where the
//! file is one of theirs. Notes among colleagues and what a program tells are nobody's and left out.

use serde::Deserialize;
use serde_json::Value;

use super::super::markup;
use super::super::said::Said;
use super::values::{label, plain, stretch};

/// Somebody who writes.
#[derive(Default, Deserialize)]
struct Person {
    #[serde(default, rename = "type")]
    kind: Value,
    #[serde(default, alias = "displayName")]
    name: Value,
}

impl Person {
    /// By the name, or by what they are.
    fn label(&self) -> String {
        let name = plain(&self.name);
        if name.is_empty() { plain(&self.kind) } else { name }
    }
}

fn said(speaker: String, html: &str) -> Said {
    stretch(speaker, markup::read(html).trim().to_owned(), None)
}

/// A recording of Otter's interface. Its offsets are in no unit that is said.
pub(super) fn otter(text: &str) -> Option<Vec<Said>> {
    #[derive(Deserialize)]
    struct Top {
        speech: Speech,
    }
    #[derive(Deserialize)]
    struct Speech {
        #[serde(default)]
        speakers: Vec<Speaker>,
        transcripts: Vec<Stretch>,
    }
    #[derive(Deserialize)]
    struct Speaker {
        id: Value,
        #[serde(default)]
        speaker_name: Value,
    }
    #[derive(Deserialize)]
    struct Stretch {
        #[serde(default)]
        speaker_id: Value,
        transcript: String,
    }
    let speech = serde_json::from_str::<Top>(text).ok()?.speech;
    let name = |id: &Value| {
        let person = speech.speakers.iter().find(|person| person.id == *id && !id.is_null());
        person.map(|person| plain(&person.speaker_name)).filter(|name| !name.is_empty()).unwrap_or_else(|| label(id))
    };
    Some(speech.transcripts.iter().map(|of| stretch(name(&of.speaker_id), of.transcript.clone(), None)).collect())
}

/// A chat of Teams, as Microsoft Graph hands it out: the newest message first.
pub(super) fn messages(text: &str) -> Option<Vec<Said>> {
    #[derive(Deserialize)]
    struct Top {
        value: Vec<Message>,
    }
    #[derive(Deserialize)]
    struct Message {
        #[serde(rename = "messageType")]
        kind: String,
        #[serde(rename = "createdDateTime")]
        written: String,
        #[serde(default, rename = "deletedDateTime")]
        deleted: Value,
        from: Option<From>,
        body: Option<Body>,
    }
    #[derive(Deserialize)]
    struct From {
        user: Option<Person>,
        application: Option<Person>,
    }
    #[derive(Deserialize)]
    struct Body {
        content: Option<String>,
    }
    let list = text.trim_start().starts_with('[');
    let mut messages =
        if list { serde_json::from_str(text).ok()? } else { serde_json::from_str::<Top>(text).ok()?.value };
    // Times of one form, in the order of which they are written; those of one second in the order of the file.
    if messages
        .first()
        .zip(messages.last())
        .is_some_and(|(first, last): (&Message, &Message)| first.written > last.written)
    {
        messages.reverse();
    }
    messages.sort_by(|a, b| a.written.cmp(&b.written));
    let is_written = |message: &Message| message.kind == "message" && message.deleted.is_null();
    let told = messages.into_iter().filter(is_written).filter_map(|message| {
        let from = message.from?;
        let who = from.user.or(from.application)?;
        Some(said(who.label(), &message.body?.content?))
    });
    Some(told.collect())
}

/// A conversation of Intercom: what opens it, and the parts behind it.
pub(super) fn intercom(text: &str) -> Option<Vec<Said>> {
    #[derive(Deserialize)]
    struct Top {
        source: Option<Part>,
        conversation_parts: Parts,
    }
    #[derive(Deserialize)]
    struct Parts {
        conversation_parts: Vec<Part>,
    }
    #[derive(Deserialize)]
    struct Part {
        part_type: Option<String>,
        body: Option<String>,
        #[serde(default)]
        author: Person,
    }
    let top: Top = serde_json::from_str(text).ok()?;
    let parts = top.source.into_iter().chain(top.conversation_parts.conversation_parts);
    // Notes are among colleagues; other kinds tell who was assigned.
    let is_said = |part: &Part| part.part_type.as_deref().is_none_or(|kind| kind == "comment");
    let told = parts.filter(is_said).filter_map(|part| Some(said(part.author.label(), &part.body?)));
    Some(told.collect())
}

/// A transcript of Voiceflow: what the assistant writes, and what is asked of it or answered.
pub(super) fn voiceflow(text: &str) -> Option<Vec<Said>> {
    #[derive(Deserialize)]
    struct Turn {
        #[serde(rename = "turnID")]
        _id: Value,
        #[serde(rename = "type")]
        kind: String,
        #[serde(default)]
        payload: Value,
    }
    let turns: Vec<Turn> = serde_json::from_str(text).ok()?;
    let told = turns.into_iter().filter_map(|turn| {
        let inner = &turn.payload["payload"];
        let (speaker, words) = match turn.kind.as_str() {
            "text" | "speak" => ("assistant", inner["message"].as_str().or_else(|| turn.payload["message"].as_str())?),
            "request" => ("user", inner.as_str().or_else(|| inner["query"].as_str())?),
            _ => return None,
        };
        Some(said(speaker.to_owned(), words))
    });
    Some(told.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(said: Option<Vec<Said>>) -> Vec<String> {
        said.unwrap_or_default().into_iter().map(|said| format!("{}: {}", said.speaker, said.text)).collect()
    }

    #[test]
    fn speakers_are_found_where_services_keep_them() {
        let otter_json = r#"{"speech": {"speakers": [{"id": 7, "speaker_name": "Ann"}], "transcripts": [
            {"speaker_id": 7, "start_offset": 0, "transcript": "Why bees?"},
            {"speaker_id": 8, "transcript": "They came."}]}}"#;
        assert_eq!(told(otter(otter_json)), ["Ann: Why bees?", "Speaker 8: They came."]);
        let intercom_json = r#"{"source": {"body": "<p>Why bees?</p>", "author": {"type": "admin", "name": "Ann"}},
            "conversation_parts": {"conversation_parts": [
                {"part_type": "comment", "body": "<p>They came.</p>", "author": {"type": "user", "name": null}},
                {"part_type": "note", "body": "<p>Send a card.</p>", "author": {"type": "admin", "name": "Ann"}}]}}"#;
        assert_eq!(told(intercom(intercom_json)), ["Ann: Why bees?", "user: They came."]);
        let voiceflow_json = r#"[{"turnID": "1", "type": "text", "payload": {"payload": {"message": "Why bees?"}}},
            {"turnID": "2", "type": "request", "payload": {"type": "text", "payload": "They came."}},
            {"turnID": "3", "type": "debug", "payload": {"payload": {"message": "matched"}}}]"#;
        assert_eq!(told(voiceflow(voiceflow_json)), ["assistant: Why bees?", "user: They came."]);
    }

    #[test]
    fn chats_of_teams_begin_with_the_oldest_message() {
        let message = |minute: u32, kind: &str, who: &str, said: &str| {
            let from =
                if who.is_empty() { "null".to_owned() } else { format!(r#"{{"user": {{"displayName": "{who}"}}}}"#) };
            format!(
                r#"{{"messageType": "{kind}", "createdDateTime": "2031-05-03T10:0{minute}:00Z", "from": {from},
                    "body": {{"contentType": "html", "content": "<p>{said}</p>"}}}}"#
            )
        };
        let newest_first = [
            message(3, "message", "Tom", "They came."),
            message(2, "message", "Ann", "Why bees?"),
            message(1, "systemEventMessage", "", "joined"),
        ];
        let json = format!(r#"{{"value": [{}]}}"#, newest_first.join(","));
        assert_eq!(told(messages(&json)), ["Ann: Why bees?", "Tom: They came."]);
        assert!(messages(r#"{"value": [{"messageType": 3}]}"#).is_none());
    }
}
