//! The JSON of services that keep words, speakers or times deeper than a list of turns does.
//!
//! In: the text of a JSON file. Out: what was said in order, each stretch with its speaker and start, where the file
//! is one of Zoom's, Recall's, Azure's, Google's, Gladia's, Watson's, Video Indexer's, Trint's, pyannote's, Amberscript's,
//! Facebook's or Amazon's analysis of calls. Other JSON is left alone. It never tells speakers apart itself.

use std::collections::HashMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::super::recognisers::Recognised;
use super::super::said::Said;
use super::messengers;
use super::teams;
use super::values::{is_number, label, plain, scaled, seconds, stretch};

type Reader = fn(&str) -> Option<Vec<Said>>;

/// What its channels are told by.
pub(super) const SLACK: &str = "Slack";

/// Services, each with names of fields that all of its files have, and what reads them.
const SERVICES: [(&str, &[&str], Reader); 20] = [
    ("Zoom", &["\"timeline\"", "\"users\""], zoom),
    ("Recall", &["\"words\"", "\"start_timestamp\""], recall),
    ("Amazon Transcribe", &["\"Transcript\"", "\"ParticipantRole\""], call),
    ("Azure", &["\"combinedPhrases\"", "\"phrases\""], azure),
    ("Azure", &["\"DisplayText\"", "\"SpeakerId\""], conversation),
    ("Gladia", &["\"transcription\"", "\"utterances\""], gladia),
    ("Watson", &["\"speaker_labels\"", "\"timestamps\""], watson),
    ("Google", &["\"results\"", "\"words\"", "\"speaker_tag\""], google),
    ("Video Indexer", &["\"insights\"", "\"transcript\""], video_indexer),
    ("Trint", &["\"paragraphs\"", "\"words\""], trint),
    ("pyannote", &["\"label\"", "\"start\"", "\"end\""], pyannote),
    ("Amberscript", &["\"spkid\"", "\"segments\"", "\"words\""], amberscript),
    (SLACK, &["\"type\"", "\"user\"", "\"ts\"", "\"text\""], messengers::slack),
    ("Google Chat", &["\"creator\"", "\"created_date\"", "\"messages\""], messengers::google_chat),
    ("Happy Scribe", &["\"words\"", "\"data_start\""], recall),
    ("Otter", &["\"speech\"", "\"transcripts\"", "\"speaker_id\""], teams::otter),
    ("Teams", &["\"messageType\"", "\"createdDateTime\"", "\"body\""], teams::messages),
    ("Intercom", &["\"conversation_parts\"", "\"part_type\""], teams::intercom),
    ("Voiceflow", &["\"turnID\"", "\"payload\""], teams::voiceflow),
    ("Facebook", &["\"sender_name\"", "\"timestamp_ms\"", "\"messages\""], facebook),
];

/// Takes the file of a service apart; `None` for any other.
pub(super) fn read(text: &str) -> Option<Recognised> {
    let has = |names: &[&str]| names.iter().all(|name| text.contains(name));
    SERVICES.iter().filter(|(_, names, _)| has(names)).find_map(|(service, _, reader)| {
        let mut said = reader(text)?;
        said.retain(|said| !said.text.trim().is_empty());
        // A day on which nobody wrote.
        if said.is_empty() && *service == SLACK {
            return Some(Recognised { service, said });
        }
        let is_named = said.iter().any(|said| !said.speaker.is_empty());
        is_named.then_some(Recognised { service, said })
    })
}

fn parse<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

/// Words and when the first was said.
#[derive(Deserialize)]
struct Word {
    #[serde(alias = "word")]
    text: String,
    #[serde(default, alias = "start_timestamp", alias = "start_time", alias = "startTime", alias = "data_start")]
    start: Value,
    #[serde(default, rename = "speaker_tag")]
    tag: Value,
}

fn joined(words: &[Word]) -> (String, Option<f64>) {
    let texts: Vec<&str> = words.iter().map(|word| word.text.trim()).filter(|word| !word.is_empty()).collect();
    (texts.join(" "), words.first().and_then(|word| seconds(&word.start)))
}

fn zoom(text: &str) -> Option<Vec<Said>> {
    #[derive(Deserialize)]
    struct Top {
        timeline: Vec<Entry>,
    }
    #[derive(Deserialize)]
    struct Entry {
        #[serde(default)]
        ts: Value,
        text: String,
        users: Vec<User>,
    }
    #[derive(Deserialize)]
    struct User {
        #[serde(default)]
        username: Value,
    }
    let top: Top = parse(text)?;
    let said = top.timeline.into_iter().map(|entry| {
        let names: Vec<String> = entry.users.iter().map(|user| plain(&user.username)).collect();
        stretch(names.join(" and "), entry.text, seconds(&entry.ts))
    });
    Some(said.collect())
}

fn recall(text: &str) -> Option<Vec<Said>> {
    #[derive(Deserialize)]
    struct Part {
        participant: Option<Participant>,
        #[serde(default)]
        speaker: Value,
        words: Vec<Word>,
    }
    #[derive(Deserialize)]
    struct Participant {
        #[serde(default)]
        id: Value,
        #[serde(default)]
        name: Value,
    }
    let parts: Vec<Part> = parse(text)?;
    let said = parts.into_iter().map(|part| {
        let name = part.participant.map_or_else(
            || label(&part.speaker),
            |who| Some(plain(&who.name)).filter(|name| !name.is_empty()).unwrap_or_else(|| label(&who.id)),
        );
        let (text, start) = joined(&part.words);
        stretch(name, text, start)
    });
    Some(said.collect())
}

fn call(text: &str) -> Option<Vec<Said>> {
    #[derive(Deserialize)]
    struct Top {
        #[serde(rename = "Transcript")]
        transcript: Vec<Turn>,
    }
    #[derive(Deserialize)]
    struct Turn {
        #[serde(rename = "ParticipantRole")]
        role: String,
        #[serde(default, rename = "BeginOffsetMillis")]
        start: Value,
        #[serde(rename = "Content")]
        content: String,
    }
    let mut turns = parse::<Top>(text)?.transcript;
    turns.sort_by(|a, b| seconds(&a.start).unwrap_or_default().total_cmp(&seconds(&b.start).unwrap_or_default()));
    Some(turns.into_iter().map(|turn| stretch(turn.role, turn.content, scaled(&turn.start, 1e3))).collect())
}

fn azure(text: &str) -> Option<Vec<Said>> {
    #[derive(Deserialize)]
    struct Top {
        phrases: Vec<Phrase>,
    }
    #[derive(Deserialize)]
    struct Phrase {
        #[serde(default)]
        speaker: Value,
        #[serde(default, rename = "offsetMilliseconds")]
        start: Value,
        text: String,
    }
    let phrases = parse::<Top>(text)?.phrases;
    Some(phrases.into_iter().map(|of| stretch(label(&of.speaker), of.text, scaled(&of.start, 1e3))).collect())
}

fn conversation(text: &str) -> Option<Vec<Said>> {
    const TICKS: f64 = 1e7; // of a second
    #[derive(Deserialize)]
    struct Event {
        #[serde(rename = "DisplayText")]
        text: String,
        #[serde(default, rename = "SpeakerId")]
        speaker: Value,
        #[serde(default, rename = "Offset")]
        start: Value,
    }
    let events: Vec<Event> = parse(text)?;
    Some(events.into_iter().map(|of| stretch(label(&of.speaker), of.text, scaled(&of.start, TICKS))).collect())
}

fn gladia(text: &str) -> Option<Vec<Said>> {
    #[derive(Deserialize)]
    struct Top {
        result: Outcome,
    }
    #[derive(Deserialize)]
    struct Outcome {
        transcription: Transcription,
    }
    #[derive(Deserialize)]
    struct Transcription {
        utterances: Vec<Utterance>,
    }
    #[derive(Deserialize)]
    struct Utterance {
        text: String,
        #[serde(default)]
        start: Value,
        #[serde(default)]
        channel: Value,
        #[serde(default)]
        speaker: Value,
    }
    let utterances = parse::<Top>(text)?.result.transcription.utterances;
    let has_speakers = utterances.iter().any(|of| !label(&of.speaker).is_empty());
    let is_first = |of: &Utterance| plain(&of.channel) == plain(&utterances[0].channel);
    let has_channels = !has_speakers && !utterances.iter().all(is_first);
    let said = utterances.into_iter().map(|of| {
        let name = if has_channels { format!("Channel {}", plain(&of.channel)) } else { label(&of.speaker) };
        stretch(name, of.text, seconds(&of.start))
    });
    Some(said.collect())
}

fn watson(text: &str) -> Option<Vec<Said>> {
    #[derive(Deserialize)]
    struct Top {
        results: Vec<Outcome>,
        speaker_labels: Vec<Label>,
    }
    #[derive(Deserialize)]
    struct Outcome {
        alternatives: Vec<Alternative>,
    }
    #[derive(Deserialize)]
    struct Alternative {
        timestamps: Vec<(String, f64, f64)>,
    }
    #[derive(Deserialize)]
    struct Label {
        from: f64,
        speaker: Value,
    }
    let top: Top = parse(text)?;
    let by_start: HashMap<u64, String> =
        top.speaker_labels.iter().map(|of| (of.from.to_bits(), label(&of.speaker))).collect();
    let words =
        top.results.into_iter().filter_map(|of| of.alternatives.into_iter().next()).flat_map(|of| of.timestamps);
    let words = words.filter(|(word, ..)| word != "%HESITATION");
    let name = |start: f64| by_start.get(&start.to_bits()).cloned().unwrap_or_default();
    Some(in_one_go(words.map(|(word, start, _)| (name(start), word, Some(start)))))
}

/// Words as the stretches of their speakers.
fn in_one_go(words: impl Iterator<Item = (String, String, Option<f64>)>) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    for (speaker, word, start) in words {
        match said.last_mut().filter(|last| last.speaker == speaker) {
            Some(last) => {
                last.text.push(' ');
                last.text.push_str(word.trim());
            }
            None => said.push(stretch(speaker, word.trim().to_owned(), start)),
        }
    }
    said
}

/// What Google's programs write, whose times are records.
fn google(text: &str) -> Option<Vec<Said>> {
    #[derive(Deserialize)]
    struct Top {
        results: Vec<Outcome>,
    }
    #[derive(Deserialize)]
    struct Outcome {
        #[serde(default)]
        alternatives: Vec<Alternative>,
    }
    #[derive(Deserialize)]
    struct Alternative {
        #[serde(default)]
        words: Vec<Word>,
    }
    let results = parse::<Top>(text)?.results;
    let best = results.into_iter().filter_map(|of| of.alternatives.into_iter().next());
    let mut lists: Vec<Vec<Word>> = best.map(|best| best.words).filter(|words| !words.is_empty()).collect();
    // The last result repeats all words where speakers were told apart.
    let before: usize = lists.iter().rev().skip(1).map(Vec::len).sum();
    if lists.len() > 1 && lists.last().is_some_and(|last| last.len() >= before) {
        lists = lists.pop().into_iter().collect();
    }
    let words = lists.into_iter().flatten();
    Some(in_one_go(words.map(|word| (label(&word.tag), word.text, seconds(&word.start)))))
}

/// Somebody in a list of those who speak.
#[derive(Deserialize)]
struct Person {
    #[serde(alias = "spkid")]
    id: Value,
    #[serde(default)]
    name: Value,
}

/// Whom a turn names by an id.
fn name_of(people: &[Person], id: &Value) -> String {
    let person = people.iter().find(|person| person.id == *id && *id != Value::Null);
    person.map(|person| plain(&person.name)).filter(|name| !name.is_empty()).unwrap_or_else(|| label(id))
}

fn video_indexer(text: &str) -> Option<Vec<Said>> {
    #[derive(Deserialize)]
    struct Top {
        videos: Vec<Video>,
    }
    #[derive(Deserialize)]
    struct Video {
        insights: Insights,
    }
    #[derive(Deserialize)]
    struct Insights {
        transcript: Vec<Line>,
        #[serde(default)]
        speakers: Vec<Person>,
    }
    #[derive(Deserialize)]
    struct Line {
        text: String,
        #[serde(default, rename = "speakerId")]
        speaker: Value,
        #[serde(default)]
        instances: Vec<Instance>,
    }
    #[derive(Deserialize)]
    struct Instance {
        #[serde(default)]
        start: Value,
    }
    let mut videos = parse::<Top>(text)?.videos.into_iter();
    // Several videos are several talks.
    let (Some(Video { insights }), None) = (videos.next(), videos.next()) else { return None };
    let said = insights.transcript.into_iter().map(|line| {
        let start = line.instances.first().and_then(|instance| seconds(&instance.start));
        stretch(name_of(&insights.speakers, &line.speaker), line.text, start)
    });
    Some(said.collect())
}

fn trint(text: &str) -> Option<Vec<Said>> {
    #[derive(Deserialize)]
    struct Top {
        #[serde(default)]
        speakers: Vec<Person>,
        paragraphs: Vec<Paragraph>,
    }
    #[derive(Deserialize)]
    struct Paragraph {
        speaker: Value,
        #[serde(default)]
        time: Value,
        words: Vec<Word>,
    }
    let top: Top = parse(text)?;
    let said = top.paragraphs.into_iter().map(|of| {
        let (text, _) = joined(&of.words);
        stretch(name_of(&top.speakers, &of.speaker), text, scaled(&of.time, 1e3))
    });
    Some(said.collect())
}

/// A list of stretches whose labels are those of speakers: `SPEAKER_00`.
fn pyannote(text: &str) -> Option<Vec<Said>> {
    #[derive(Deserialize)]
    struct Segment {
        start: f64,
        #[serde(rename = "end")]
        _end: f64,
        label: String,
        text: String,
    }
    let segments: Vec<Segment> = parse(text)?;
    let is_speaker = |label: &str| label.strip_prefix("SPEAKER_").is_some_and(is_number);
    let are_speakers = segments.iter().all(|segment| is_speaker(&segment.label));
    are_speakers.then(|| segments.into_iter().map(|of| stretch(of.label, of.text, Some(of.start))).collect())
}

fn amberscript(text: &str) -> Option<Vec<Said>> {
    #[derive(Deserialize)]
    struct Top {
        speakers: Vec<Person>,
        segments: Vec<Segment>,
    }
    #[derive(Deserialize)]
    struct Segment {
        #[serde(default)]
        speaker: Value,
        words: Vec<Word>,
    }
    let top: Top = parse(text)?;
    let said = top.segments.into_iter().map(|of| {
        let (text, start) = joined(&of.words);
        stretch(name_of(&top.speakers, &of.speaker), text, start)
    });
    Some(said.collect())
}

/// A chat of Facebook or Instagram, the newest message first; those without words are pictures and calls.
fn facebook(text: &str) -> Option<Vec<Said>> {
    #[derive(Deserialize)]
    struct Top {
        messages: Vec<Message>,
    }
    #[derive(Deserialize)]
    struct Message {
        sender_name: String,
        timestamp_ms: u64,
        #[serde(default)]
        content: String,
        #[serde(default)]
        call_duration: Value,
    }
    let mut messages = parse::<Top>(text)?.messages;
    messages.reverse();
    messages.sort_by_key(|message| message.timestamp_ms);
    let said = messages.into_iter().filter(|message| message.call_duration.is_null());
    Some(said.map(|of| stretch(of_bytes(of.sender_name), of_bytes(of.content), None)).collect())
}

/// A text whose characters are the bytes of one in UTF-8, as it is meant; any other as it is.
fn of_bytes(text: String) -> String {
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(json: &str) -> Vec<(String, Option<f64>, String)> {
        let said = read(json).map(|found| found.said).unwrap_or_default();
        said.into_iter().map(|said| (said.speaker, said.seconds, said.text)).collect()
    }

    fn talk(first: &str, second: &str) -> Vec<(String, Option<f64>, String)> {
        let said = [(first, 1.0, "Why bees?"), (second, 3.0, "They came.")];
        said.map(|(speaker, start, text)| (speaker.to_owned(), Some(start), text.to_owned())).to_vec()
    }

    #[test]
    fn meetings_are_one_talk() {
        let zoom = r#"{"timeline": [{"ts": "00:00:01", "text": "Why bees?", "users": [{"username": "Ann Hall"}]},
            {"ts": "00:00:03", "text": "They came.", "users": [{"username": "Tom Reed"}]}]}"#;
        assert_eq!(told(zoom), talk("Ann Hall", "Tom Reed"));
        let words = |first: &str, second: &str| {
            format!(
                r#"[{{{first}, "words": [{{"text": "Why", "start_timestamp": {{"relative": 1}}}},
                    {{"text": "bees?"}}]}},
                {{{second}, "words": [{{"text": "They", "start_timestamp": 3}}, {{"text": "came."}}]}}]"#
            )
        };
        let named =
            words(r#""participant": {"id": 1, "name": "Ann Hall"}"#, r#""participant": {"id": 2, "name": null}"#);
        assert_eq!(told(&named), talk("Ann Hall", "Speaker 2"));
        assert_eq!(told(&words(r#""speaker": "Ann Hall""#, r#""speaker": "Tom Reed""#)), talk("Ann Hall", "Tom Reed"));
        let calls = r#"{"Transcript": [{"ParticipantRole": "CUSTOMER", "BeginOffsetMillis": 3000,
            "Content": "They came."},
            {"ParticipantRole": "AGENT", "BeginOffsetMillis": 1000, "Content": "Why bees?"}]}"#;
        assert_eq!(told(calls), talk("AGENT", "CUSTOMER"));
    }

    #[test]
    fn services_keep_their_speakers() {
        let fast = r#"{"combinedPhrases": [{"text": "x"}], "phrases": [
            {"speaker": 1, "offsetMilliseconds": 1000, "text": "Why bees?"},
            {"speaker": 2, "offsetMilliseconds": 3000, "text": "They came."}]}"#;
        assert_eq!(told(fast), talk("Speaker 1", "Speaker 2"));
        let events = r#"[{"DisplayText": "Why bees?", "SpeakerId": "Guest-1", "Offset": 10000000},
            {"DisplayText": "They came.", "SpeakerId": "Guest-2", "Offset": 30000000}]"#;
        assert_eq!(told(events), talk("Guest-1", "Guest-2"));
        let gladia = r#"{"result": {"transcription": {"utterances": [{"text": "Why bees?", "start": 1, "speaker": 0},
            {"text": "They came.", "start": 3, "speaker": 1}]}}}"#;
        assert_eq!(told(gladia), talk("Speaker 0", "Speaker 1"));
        let watson = r#"{"results": [{"alternatives": [{"timestamps": [["Why", 1.0, 1.2], ["bees?", 1.3, 1.5]]}]},
            {"alternatives": [{"timestamps": [["They came.", 3.0, 3.5]]}]}],
            "speaker_labels": [{"from": 1.0, "speaker": 0}, {"from": 1.3, "speaker": 0}, {"from": 3.0,
                "speaker": 2}]}"#;
        assert_eq!(told(watson), talk("Speaker 0", "Speaker 2"));
        let google = r#"{"results": [{"alternatives": [{"words": [{"word": "Why bees?",
            "start_time": {"seconds": 1}, "speaker_tag": 1},
            {"word": "They came.", "start_time": {"seconds": 3}, "speaker_tag": 2}]}]}]}"#;
        assert_eq!(told(google), talk("Speaker 1", "Speaker 2"));
        let pyannote = r#"[{"start": 1.0, "end": 2.0, "label": "SPEAKER_00", "text": "Why bees?"},
            {"start": 3.0, "end": 4.0, "label": "SPEAKER_01", "text": "They came."}]"#;
        assert_eq!(told(pyannote), talk("SPEAKER_00", "SPEAKER_01"));
    }

    #[test]
    fn lists_of_people_name_their_turns() {
        let indexer = r#"{"videos": [{"insights": {"speakers": [{"id": 1, "name": "Ann Hall"}], "transcript": [
            {"text": "Why bees?", "speakerId": 1, "instances": [{"start": "0:00:01"}]},
            {"text": "They came.", "speakerId": 2, "instances": [{"start": "0:00:03"}]}]}}]}"#;
        assert_eq!(told(indexer), talk("Ann Hall", "Speaker 2"));
        let trint = r#"{"speakers": [{"id": "a", "name": "Ann Hall"}, {"id": "b", "name": "Tom Reed"}], "paragraphs": [
            {"speaker": "a", "time": 1000, "words": [{"text": "Why"}, {"text": "bees?"}]},
            {"speaker": "b", "time": 3000, "words": [{"text": "They came."}]}]}"#;
        assert_eq!(told(trint), talk("Ann Hall", "Tom Reed"));
        let amberscript = r#"{"speakers": [{"spkid": "spk1", "name": "Ann Hall"}, {"spkid": "spk2", "name": "Tom Reed"}],
            "segments": [{"speaker": "spk1", "words": [{"text": "Why", "start": 1}, {"text": "bees?", "start": 2}]},
            {"speaker": "spk2", "words": [{"text": "They came.", "start": 3}]}]}"#;
        assert_eq!(told(amberscript), talk("Ann Hall", "Tom Reed"));
    }

    #[test]
    fn chats_of_facebook_begin_with_the_oldest_message() {
        let chat = r#"{"participants": [{"name": "Zo\u00c3\u00ab"}], "messages": [
            {"sender_name": "Zo\u00c3\u00ab", "timestamp_ms": 4000, "content": "Missed call", "call_duration": 0},
            {"sender_name": "Zo\u00c3\u00ab", "timestamp_ms": 3000, "photos": []},
            {"sender_name": "Zo\u00c3\u00ab", "timestamp_ms": 2000, "content": "They came, caf\u00c3\u00a9s too."},
            {"sender_name": "Ann Hall", "timestamp_ms": 1000, "content": "Why bees?"}]}"#;
        let expected = [("Ann Hall", "Why bees?"), ("Zoë", "They came, cafés too.")];
        assert_eq!(told(chat), expected.map(|(who, said)| (who.to_owned(), None, said.to_owned())));
        assert_eq!((of_bytes("Zoë".to_owned()), of_bytes("张三".to_owned())), ("Zoë".to_owned(), "张三".to_owned()));
    }

    #[test]
    fn other_json_is_left_alone() {
        for json in [
            r#"{"segments": [{"words": 3}], "spkid": "a", "text": "I like bees."}"#,
            r#"{"messages": [{"sender_name": "Ann", "content": "I like bees."}], "timestamp_ms": 3}"#,
            r#"{"timeline": [{"ts": "2024", "text": "I moved."}], "users": ["Ann"]}"#,
            r#"[{"participant": {"name": "Ann"}, "words": "I like bees.", "start_timestamp": 3}]"#,
            r#"[{"start": 1.0, "end": 2.0, "label": "joy", "text": "I like bees."}]"#,
            r#"{"combinedPhrases": [], "phrases": [{"text": "I like bees."}]}"#,
            r#"[{"paragraphs": 3, "words": 9, "text": "I like bees."}]"#,
        ] {
            assert!(read(json).is_none(), "{json}");
        }
    }
}
