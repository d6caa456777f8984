//! The JSON of speech recognisers that keep who spoke apart from what was said.
//!
//! In: the text of a JSON file. Out: what was said in order, each stretch with its speaker and start,
//! where the file is of a service known here: Amazon Transcribe, Azure, Deepgram, Google, Rev,
//! Speechmatics, AssemblyAI, Soniox, whisper.cpp and what builds on Whisper, or lists single words with their
//! speakers. Other JSON is left to [`records`](super::records). It never tells speakers apart itself.

mod words;

use std::collections::HashMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Visitor};
use serde_json::value::RawValue;

use super::said::Said;
use words::{Words, pieces, single_words};

/// What a service recognised.
pub(super) struct Recognised {
    /// The service.
    pub(super) service: &'static str,
    pub(super) said: Vec<Said>,
}

/// Takes the file of a recogniser apart; `None` for any other.
pub(super) fn read(text: &str) -> Option<Recognised> {
    const KEYS: [&str; 8] = [
        "\"results\"",
        "\"recognizedPhrases\"",
        "\"monologues\"",
        "\"transcription\"",
        "\"speakers\"",
        "\"utterances\"",
        "\"words\"",
        "\"tokens\"",
    ];
    if !text.trim_start().starts_with('{') || !KEYS.iter().any(|key| text.contains(key)) {
        return None;
    }
    let top: Top = serde_json::from_str(text).ok()?;
    let (service, said) = top
        .results
        .and_then(of_results)
        .or_else(|| top.phrases.and_then(azure).map(|said| ("Azure", said)))
        .or_else(|| top.monologues.and_then(rev).map(|said| ("Rev", said)))
        .or_else(|| top.transcription.and_then(whisper_cpp).map(|said| ("whisper.cpp", said)))
        .or_else(|| top.speakers.and_then(speakers).map(|said| ("Whisper", said)))
        .or_else(|| {
            let ours = top.audio_duration.is_some() || top.audio_url.is_some() || top.language_model.is_some();
            let list = top.utterances.filter(|_| ours);
            list.and_then(assembly).map(|said| ("AssemblyAI", said))
        })
        .or_else(|| top.words.and_then(single_words).map(|said| ("a recogniser, word by word", said)))
        .or_else(|| top.tokens.and_then(pieces).map(|said| ("Soniox", said)))?;
    let said: Vec<Said> = said.into_iter().filter(|said| !said.text.trim().is_empty()).collect();
    (!said.is_empty()).then_some(Recognised { service, said })
}

#[derive(Deserialize)]
struct Top<'t> {
    #[serde(borrow)]
    results: Option<&'t RawValue>,
    #[serde(borrow, rename = "recognizedPhrases")]
    phrases: Option<&'t RawValue>,
    #[serde(borrow)]
    monologues: Option<&'t RawValue>,
    #[serde(borrow)]
    transcription: Option<&'t RawValue>,
    #[serde(borrow)]
    speakers: Option<&'t RawValue>,
    #[serde(borrow)]
    utterances: Option<&'t RawValue>,
    #[serde(borrow)]
    words: Option<&'t RawValue>,
    #[serde(borrow)]
    tokens: Option<&'t RawValue>,
    #[serde(borrow)]
    audio_duration: Option<&'t RawValue>,
    #[serde(borrow)]
    audio_url: Option<&'t RawValue>,
    #[serde(borrow)]
    language_model: Option<&'t RawValue>,
}

fn parse<'t, T: Deserialize<'t>>(raw: &'t RawValue) -> Option<T> {
    serde_json::from_str(raw.get()).ok()
}

/// A number, or a text that holds one: `1.5`, `"1.5"`, `"1.5s"`. Anything else is none.
#[derive(Clone, Copy, Debug, Default)]
struct Seconds(Option<f64>);

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Scalar::deserialize(deserializer).map(|scalar| {
            let seconds = scalar.0.and_then(|text| text.trim_end_matches('s').parse::<f64>().ok());
            Self(seconds.filter(|seconds| seconds.is_finite() && *seconds >= 0.0))
        })
    }
}

/// Who spoke, by number or name.
#[derive(Clone, Debug, Default, PartialEq)]
struct Scalar(Option<String>);

impl Scalar {
    /// As a label: `Speaker 1` for the number 1.
    fn label(&self) -> String {
        match &self.0 {
            Some(number) if number.bytes().all(|b| b.is_ascii_digit()) && !number.is_empty() => {
                format!("Speaker {number}")
            }
            Some(name) => name.trim().to_owned(),
            None => String::new(),
        }
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Scalar;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number or a text")
            }
            fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
                Ok(Scalar(Some(text.to_owned())))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Scalar, E> {
                Ok(Scalar(Some(number.to_string())))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Scalar, E> {
                Ok(Scalar(Some(number.to_string())))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Scalar, E> {
                Ok(Scalar(Some(number.to_string())))
            }
            fn visit_unit<E>(self) -> Result<Scalar, E> {
                Ok(Scalar(None))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

fn stretch(speaker: String, text: String, seconds: Option<f64>) -> Said {
    Said { line: 1, speaker, text, seconds, end: None, whole: false }
}

/// `results`, which several services have: a record of Deepgram's or Amazon's, or a list of Google's
/// or Speechmatics'.
fn of_results(raw: &RawValue) -> Option<(&'static str, Vec<Said>)> {
    if raw.get().starts_with('[') {
        return speechmatics(raw)
            .map(|said| ("Speechmatics", said))
            .or_else(|| google(raw).map(|said| ("Google", said)));
    }
    deepgram(raw).map(|said| ("Deepgram", said)).or_else(|| amazon(raw).map(|said| ("Amazon Transcribe", said)))
}

#[derive(Deserialize)]
struct Deepgram {
    channels: Vec<Channel>,
    utterances: Option<Vec<DeepgramUtterance>>,
}

#[derive(Deserialize)]
struct Channel {
    alternatives: Vec<DeepgramAlternative>,
}

#[derive(Deserialize)]
struct DeepgramAlternative {
    paragraphs: Option<Paragraphs>,
    #[serde(default)]
    words: Vec<DeepgramWord>,
}

#[derive(Deserialize)]
struct Paragraphs {
    paragraphs: Vec<Paragraph>,
}

#[derive(Deserialize)]
struct Paragraph {
    #[serde(default)]
    speaker: Scalar,
    #[serde(default)]
    start: Seconds,
    sentences: Vec<Sentence>,
}

#[derive(Deserialize)]
struct Sentence {
    text: String,
}

#[derive(Deserialize)]
struct DeepgramWord {
    word: String,
    punctuated_word: Option<String>,
    #[serde(default)]
    start: Seconds,
    #[serde(default)]
    speaker: Scalar,
}

#[derive(Deserialize)]
struct DeepgramUtterance {
    transcript: String,
    #[serde(default)]
    start: Seconds,
    #[serde(default)]
    speaker: Scalar,
    #[serde(default)]
    channel: Scalar,
}

fn deepgram(raw: &RawValue) -> Option<Vec<Said>> {
    let found: Deepgram = parse(raw)?;
    let several = found.channels.len() > 1;
    let label = |speaker: &Scalar, channel: Option<&str>| match (speaker.label(), channel) {
        (label, _) if !label.is_empty() => label,
        (_, Some(channel)) if several => format!("Channel {channel}"),
        (label, _) => label,
    };
    if let Some(utterances) = found.utterances.filter(|utterances| !utterances.is_empty()) {
        let said = utterances.into_iter().map(|utterance| {
            stretch(label(&utterance.speaker, utterance.channel.0.as_deref()), utterance.transcript, utterance.start.0)
        });
        return Some(said.collect());
    }
    let mut said: Vec<Said> = Vec::new();
    for (number, channel) in found.channels.into_iter().enumerate() {
        let number = number.to_string();
        let Some(best) = channel.alternatives.into_iter().next() else { continue };
        match best.paragraphs.filter(|paragraphs| !paragraphs.paragraphs.is_empty()) {
            Some(paragraphs) => said.extend(paragraphs.paragraphs.into_iter().map(|paragraph| {
                let sentences: Vec<String> = paragraph.sentences.into_iter().map(|sentence| sentence.text).collect();
                stretch(label(&paragraph.speaker, Some(&number)), sentences.join(" "), paragraph.start.0)
            })),
            None => {
                let mut words = Words::default();
                for word in best.words {
                    let text = word.punctuated_word.as_deref().unwrap_or(&word.word);
                    words.say(label(&word.speaker, Some(&number)), text, word.start.0);
                }
                said.extend(words.said);
            }
        }
    }
    if several {
        said.sort_by(|a, b| a.seconds.unwrap_or_default().total_cmp(&b.seconds.unwrap_or_default()));
    }
    Some(said)
}

#[derive(Deserialize)]
struct Amazon {
    #[serde(default)]
    items: Vec<AmazonItem>,
    speaker_labels: Option<SpeakerLabels>,
    audio_segments: Option<Vec<AudioSegment>>,
}

#[derive(Deserialize)]
struct AmazonItem {
    #[serde(rename = "type")]
    kind: String,
    alternatives: Vec<Content>,
    start_time: Option<String>,
    speaker_label: Option<String>,
}

#[derive(Deserialize)]
struct Content {
    content: String,
    #[serde(default)]
    speaker: Scalar,
}

#[derive(Deserialize)]
struct SpeakerLabels {
    segments: Vec<SpeakerSegment>,
}

#[derive(Deserialize)]
struct SpeakerSegment {
    #[serde(default)]
    items: Vec<LabelledItem>,
}

#[derive(Deserialize)]
struct LabelledItem {
    start_time: String,
    speaker_label: String,
}

#[derive(Deserialize)]
struct AudioSegment {
    transcript: String,
    #[serde(default)]
    start_time: Seconds,
    speaker_label: Option<String>,
}

fn amazon(raw: &RawValue) -> Option<Vec<Said>> {
    let found: Amazon = parse(raw)?;
    if let Some(segments) = found.audio_segments.filter(|all| all.iter().any(|one| one.speaker_label.is_some())) {
        let said = segments.into_iter().map(|segment| {
            stretch(segment.speaker_label.unwrap_or_default(), segment.transcript, segment.start_time.0)
        });
        return Some(said.collect());
    }
    let labelled = found.speaker_labels.into_iter().flat_map(|labels| labels.segments).flat_map(|part| part.items);
    let by_time: HashMap<String, String> = labelled.map(|item| (item.start_time, item.speaker_label)).collect();
    let mut words = Words::default();
    for item in found.items {
        let Some(best) = item.alternatives.into_iter().next() else { continue };
        if item.kind == "punctuation" {
            words.attach(&best.content);
            continue;
        }
        let start = item.start_time.unwrap_or_default();
        let speaker = item.speaker_label.or_else(|| by_time.get(&start).cloned()).unwrap_or_default();
        words.say(speaker, &best.content, start.parse().ok());
    }
    (!words.said.is_empty()).then_some(words.said)
}

#[derive(Deserialize)]
struct SpeechmaticsItem {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    start_time: Seconds,
    attaches_to: Option<String>,
    alternatives: Vec<Content>,
}

fn speechmatics(raw: &RawValue) -> Option<Vec<Said>> {
    let items: Vec<SpeechmaticsItem> = parse(raw)?;
    let mut words = Words::default();
    for item in items {
        let Some(best) = item.alternatives.into_iter().next() else { continue };
        if item.kind == "punctuation" && item.attaches_to.as_deref() != Some("next") {
            words.attach(&best.content);
        } else {
            // `S1` is its first speaker, and no subject.
            let label = best.speaker.label();
            let number = label.strip_prefix('S').filter(|number| number.bytes().all(|b| b.is_ascii_digit()));
            let label = number.map_or_else(|| label.clone(), |number| format!("Speaker {number}"));
            words.say(label, &best.content, item.start_time.0);
        }
    }
    Some(words.said)
}

#[derive(Deserialize)]
struct GoogleResult {
    #[serde(default)]
    alternatives: Vec<GoogleAlternative>,
}

#[derive(Deserialize)]
struct GoogleAlternative {
    #[serde(default)]
    words: Vec<GoogleWord>,
}

#[derive(Deserialize)]
struct GoogleWord {
    word: String,
    #[serde(default, alias = "startOffset", alias = "start_time", rename = "startTime")]
    start: Seconds,
    #[serde(default, alias = "speakerLabel", alias = "speaker_tag", alias = "speaker_label", rename = "speakerTag")]
    speaker: Scalar,
}

fn google(raw: &RawValue) -> Option<Vec<Said>> {
    let results: Vec<GoogleResult> = parse(raw)?;
    let mut words: Vec<Vec<GoogleWord>> = Vec::new();
    for result in results {
        words.extend(result.alternatives.into_iter().next().map(|best| best.words));
    }
    // The last result repeats all words where speakers were told apart.
    let last = words.last().map_or(0, Vec::len);
    let repeats = words.len() > 1 && last >= words[..words.len() - 1].iter().map(Vec::len).sum::<usize>();
    let mut stretches = Words::default();
    for word in words.into_iter().rev().take(if repeats { 1 } else { usize::MAX }).rev().flatten() {
        stretches.say(word.speaker.label(), &word.word, word.start.0);
    }
    (!stretches.said.is_empty()).then_some(stretches.said)
}

#[derive(Deserialize)]
struct Phrase {
    #[serde(default)]
    speaker: Scalar,
    #[serde(default, rename = "offsetInTicks")]
    ticks: Seconds,
    #[serde(default, rename = "nBest")]
    best: Vec<Display>,
}

#[derive(Deserialize)]
struct Display {
    display: String,
}

fn azure(raw: &RawValue) -> Option<Vec<Said>> {
    const TICKS: f64 = 1e7; // of a second
    let phrases: Vec<Phrase> = parse(raw)?;
    let mut said: Vec<Said> = Vec::new();
    for phrase in phrases {
        let Some(best) = phrase.best.into_iter().next() else { continue };
        said.push(stretch(phrase.speaker.label(), best.display, phrase.ticks.0.map(|ticks| ticks / TICKS)));
    }
    Some(said)
}

#[derive(Deserialize)]
struct Monologue {
    #[serde(default)]
    speaker: Scalar,
    speaker_name: Option<String>,
    elements: Vec<Element>,
}

#[derive(Deserialize)]
struct Element {
    value: String,
    #[serde(default)]
    ts: Seconds,
}

fn rev(raw: &RawValue) -> Option<Vec<Said>> {
    let monologues: Vec<Monologue> = parse(raw)?;
    let said = monologues.into_iter().map(|monologue| {
        let start = monologue.elements.iter().find_map(|element| element.ts.0);
        let name = monologue.speaker_name.filter(|name| !name.trim().is_empty());
        let text = monologue.elements.into_iter().map(|element| element.value).collect();
        stretch(name.unwrap_or_else(|| monologue.speaker.label()), text, start)
    });
    Some(said.collect())
}

#[derive(Deserialize)]
struct WhisperSegment {
    text: String,
    #[serde(default)]
    speaker: Scalar,
    offsets: Option<Offsets>,
    timestamp: Option<Vec<Seconds>>,
}

#[derive(Deserialize)]
struct Offsets {
    from: f64,
}

fn whisper_cpp(raw: &RawValue) -> Option<Vec<Said>> {
    let segments: Vec<WhisperSegment> = parse(raw)?;
    let said = segments.into_iter().map(|segment| {
        let seconds = segment.offsets.map(|offsets| offsets.from / 1000.0).filter(|seconds| *seconds >= 0.0);
        stretch(segment.speaker.label(), segment.text, seconds)
    });
    Some(said.collect())
}

/// What insanely-fast-whisper writes beside `chunks`.
fn speakers(raw: &RawValue) -> Option<Vec<Said>> {
    let segments: Vec<WhisperSegment> = parse(raw)?;
    let said = segments.into_iter().map(|segment| {
        let start = segment.timestamp.and_then(|times| times.first().and_then(|start| start.0));
        stretch(segment.speaker.label(), segment.text, start)
    });
    Some(said.collect())
}

#[derive(Deserialize)]
struct Utterance {
    text: String,
    #[serde(default)]
    speaker: Scalar,
    #[serde(default)]
    start: Seconds,
}

fn assembly(raw: &RawValue) -> Option<Vec<Said>> {
    let utterances: Vec<Utterance> = parse(raw)?;
    let said = utterances.into_iter().map(|utterance| {
        let label = utterance.speaker.label();
        // Letters by which the service tells speakers apart, and which are no names.
        let is_letter = label.chars().count() == 1 && label.chars().all(char::is_uppercase);
        let label = if is_letter { format!("Speaker {label}") } else { label };
        stretch(label, utterance.text, utterance.start.0.map(|ms| ms / 1000.0))
    });
    Some(said.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(json: &str) -> Vec<(String, Option<f64>, String)> {
        let said = read(json).map(|found| found.said).unwrap_or_default();
        said.into_iter().map(|said| (said.speaker, said.seconds, said.text)).collect()
    }

    fn expected(first: &str, second: &str) -> Vec<(String, Option<f64>, String)> {
        vec![
            (first.to_owned(), Some(1.0), "Why bees?".to_owned()),
            (second.to_owned(), Some(3.5), "They came.".to_owned()),
        ]
    }

    #[test]
    fn words_become_the_stretches_of_their_speakers() {
        let amazon = r#"{"results": {"transcripts": [{"transcript": "Why bees? They came."}],
            "speaker_labels": {"segments": [
                {"items": [{"start_time": "1.0", "speaker_label": "spk_0"}, {"start_time": "1.4", "speaker_label": "spk_0"}]},
                {"items": [{"start_time": "3.5", "speaker_label": "spk_1"}, {"start_time": "3.9", "speaker_label": "spk_1"}]}]},
            "items": [
                {"type": "pronunciation", "start_time": "1.0", "alternatives": [{"content": "Why"}]},
                {"type": "pronunciation", "start_time": "1.4", "alternatives": [{"content": "bees"}]},
                {"type": "punctuation", "alternatives": [{"content": "?"}]},
                {"type": "pronunciation", "start_time": "3.5", "alternatives": [{"content": "They"}]},
                {"type": "pronunciation", "start_time": "3.9", "alternatives": [{"content": "came"}]},
                {"type": "punctuation", "alternatives": [{"content": "."}]}]}}"#;
        assert_eq!(told(amazon), expected("spk_0", "spk_1"));
        let deepgram = r#"{"metadata": {}, "results": {"channels": [{"alternatives": [{"words": [
            {"word": "why", "punctuated_word": "Why", "start": 1.0, "speaker": 0},
            {"word": "bees", "punctuated_word": "bees?", "start": 1.4, "speaker": 0},
            {"word": "they", "punctuated_word": "They", "start": 3.5, "speaker": 1},
            {"word": "came", "punctuated_word": "came.", "start": 3.9, "speaker": 1}]}]}]}}"#;
        assert_eq!(told(deepgram), expected("Speaker 0", "Speaker 1"));
        let words = r#"{"words": [{"word": "Why", "start": 1.0, "speaker": 0}, {"word": "bees?", "start": 1.4, "speaker": 0},
            {"word": "They", "start": 3.5, "speaker": 1}, {"word": "came.", "start": 3.9, "speaker": 1}]}"#;
        assert_eq!(told(words), expected("Speaker 0", "Speaker 1"));
        let rev = r#"{"monologues": [
            {"speaker": 0, "elements": [{"type": "text", "value": "Why", "ts": 1.0}, {"type": "punct", "value": " "},
                {"type": "text", "value": "bees?", "ts": 1.4}]},
            {"speaker": 1, "elements": [{"type": "text", "value": "They came.", "ts": 3.5}]}]}"#;
        assert_eq!(told(rev), expected("Speaker 0", "Speaker 1"));
    }

    #[test]
    fn stretches_keep_their_speakers() {
        let assembly = r#"{"id": "x", "audio_duration": 9, "utterances": [
            {"speaker": "A", "text": "Why bees?", "start": 1000}, {"speaker": "B", "text": "They came.", "start": 3500}]}"#;
        assert_eq!(told(assembly), expected("Speaker A", "Speaker B"));
        let cpp = r#"{"transcription": [{"offsets": {"from": 1000, "to": 2000}, "text": "Why bees?", "speaker": "0"},
            {"offsets": {"from": 3500, "to": 4000}, "text": "They came.", "speaker": "1"}]}"#;
        assert_eq!(told(cpp), expected("Speaker 0", "Speaker 1"));
        let azure = r#"{"recognizedPhrases": [
            {"speaker": 1, "offsetInTicks": 10000000, "nBest": [{"display": "Why bees?"}, {"display": "No."}]},
            {"speaker": 2, "offsetInTicks": 3.5E7, "nBest": [{"display": "They came."}]}]}"#;
        assert_eq!(told(azure), expected("Speaker 1", "Speaker 2"));
    }

    #[test]
    fn other_json_is_left_alone() {
        for json in [
            r#"{"results": [{"id": "p1", "answer": "I like bees."}]}"#,
            r#"{"utterances": [{"speaker": "A", "text": "Why?"}]}"#,
            r#"[{"results": 1}]"#,
            r#"{"speakers": ["Tom", "Ada"], "text": "x"}"#,
            r#"{"results": {"count": 3}}"#,
            r#"{"words": [{"word": "Why", "start": 1.0}, {"word": "bees?", "start": 1.4}]}"#,
            r#"{"words": [{"word": "Why bees?", "speaker": "A"}, {"word": "They came.", "speaker": "B"}]}"#,
            r#"{"words": ["hive", "queen"], "text": "x"}"#,
        ] {
            assert!(read(json).is_none(), "{json}");
        }
    }
}
