//! Recordings with a channel for each speaker, which recognisers write one channel after the other.
//!
//! In: the text of a JSON file. Out: what was said in the order of time, each stretch by its channel, where
//! Amazon Transcribe, Azure, Deepgram, Google or Speechmatics tell several channels apart. It leaves files of one
//! channel, and words without times, to others, and never puts words of two channels into one stretch.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::super::super::label_key::key;
use super::super::super::nobody;
use super::super::recognisers::Recognised;
use super::super::said::Said;
use super::values::{is_number, label, plain, scaled, seconds, stretch};

/// Seconds of silence that end a stretch, as Deepgram ends its utterances.
const PAUSE: f64 = 0.8;

#[derive(Deserialize)]
struct Top<'t> {
    #[serde(borrow)]
    results: Option<&'t RawValue>,
    #[serde(borrow, rename = "recognizedPhrases")]
    batch: Option<&'t RawValue>,
    #[serde(borrow)]
    phrases: Option<&'t RawValue>,
    #[serde(borrow, rename = "combinedPhrases")]
    combined: Option<&'t RawValue>,
}

/// Takes a recording of several channels apart; `None` for any other file.
pub(super) fn read(text: &str) -> Option<Recognised> {
    if !text.trim_start().starts_with('{') || !text.contains("\"channel") {
        return None;
    }
    let top: Top = serde_json::from_str(text).ok()?;
    let phrases = top.phrases.filter(|_| top.combined.is_some()).or(top.batch);
    let (service, heard) =
        phrases.and_then(azure).map(|heard| ("Azure", heard)).or_else(|| of_results(top.results?))?;
    Some(Recognised { service, said: heard.said()? })
}

fn of_results(raw: &RawValue) -> Option<(&'static str, Heard)> {
    if raw.get().starts_with('[') {
        let first = speechmatics(raw).map(|heard| ("Speechmatics", heard));
        return first.or_else(|| google(raw).map(|heard| ("Google", heard)));
    }
    deepgram(raw).map(|heard| ("Deepgram", heard)).or_else(|| amazon(raw).map(|heard| ("Amazon Transcribe", heard)))
}

/// Words said in one go on one channel.
struct Stretch {
    channel: String,
    speaker: String,
    text: String,
    start: Option<f64>,
    end: Option<f64>,
}

/// What was heard on all channels, in the order of the file.
#[derive(Default)]
struct Heard(Vec<Stretch>);

impl Heard {
    fn last(&mut self, channel: &str) -> Option<&mut Stretch> {
        self.0.iter_mut().rev().find(|stretch| stretch.channel == channel)
    }

    /// A word, which goes on with its sentence unless there was a pause.
    fn word(&mut self, channel: String, speaker: String, word: &str, [start, end]: [Option<f64>; 2]) {
        let goes_on = |last: &Stretch| {
            let is_pause = matches!((last.end, start), (Some(end), Some(start)) if start > end + PAUSE);
            last.speaker == speaker && !is_pause && !last.text.ends_with(['.', '?', '!', '。', '？'])
        };
        if let Some(last) = self.last(&channel).filter(|last| goes_on(last)) {
            last.text.push(' ');
            last.text.push_str(word.trim());
            last.end = end.or(start);
            return;
        }
        self.0.push(Stretch { channel, speaker, text: word.trim().to_owned(), start, end: end.or(start) });
    }

    /// A mark that belongs to the word before it.
    fn mark(&mut self, channel: &str, mark: &str) {
        if let Some(last) = self.last(channel) {
            last.text.push_str(mark);
        }
    }

    fn stretch(&mut self, channel: String, speaker: String, text: String, start: Option<f64>) {
        self.0.push(Stretch { channel, speaker, text, start, end: None });
    }

    /// The stretches in the order of time; `None` where one channel has them all, or some have no time.
    fn said(self) -> Option<Vec<Said>> {
        let mut stretches = self.0;
        // Whom the service could not tell is no speaker of a channel.
        let is_code = |speaker: &str| nobody::is_code(&key(speaker));
        stretches.retain(|stretch| !stretch.text.trim().is_empty());
        let mut speakers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for stretch in &stretches {
            let of_channel = speakers.entry(stretch.channel.clone()).or_default();
            if !is_code(&stretch.speaker) {
                of_channel.insert(stretch.speaker.clone());
            }
        }
        let is_whole = stretches.iter().all(|stretch| stretch.start.is_some() && !stretch.channel.is_empty());
        if speakers.len() < 2 || !is_whole {
            return None;
        }
        stretches.sort_by(|a, b| a.start.unwrap_or_default().total_cmp(&b.start.unwrap_or_default()));
        let all: BTreeSet<&String> = speakers.values().flatten().collect();
        // Speakers that are counted over all channels are known without these.
        let are_unique = all.len() == speakers.values().map(BTreeSet::len).sum::<usize>()
            && all.iter().all(|speaker| !speaker.is_empty());
        let name = |channel: &str, speaker: &str| match is_number(channel) {
            _ if are_unique || is_code(speaker) => speaker.to_owned(),
            true if speakers[channel].len() == 1 => format!("Channel {channel}"),
            true => format!("Channel {channel} {speaker}").trim_end().to_owned(),
            false if speakers[channel].len() == 1 => channel.to_owned(),
            false => format!("{channel} {speaker}").trim_end().to_owned(),
        };
        let said = stretches.into_iter().map(|s| stretch(name(&s.channel, &s.speaker), s.text, s.start));
        Some(said.collect())
    }
}

#[derive(Deserialize)]
struct Deepgram {
    channels: Vec<Channel>,
    utterances: Option<Vec<Utterance>>,
}

#[derive(Deserialize)]
struct Channel {
    alternatives: Vec<Alternative>,
}

#[derive(Deserialize)]
struct Alternative {
    #[serde(default)]
    words: Vec<Word>,
}

#[derive(Deserialize)]
struct Word {
    word: String,
    punctuated_word: Option<String>,
    #[serde(default)]
    start: Value,
    #[serde(default)]
    end: Value,
    #[serde(default)]
    speaker: Value,
}

#[derive(Deserialize)]
struct Utterance {
    transcript: String,
    #[serde(default)]
    start: Value,
    #[serde(default)]
    speaker: Value,
    #[serde(default)]
    channel: Value,
}

fn deepgram(raw: &RawValue) -> Option<Heard> {
    let found: Deepgram = serde_json::from_str(raw.get()).ok()?;
    let mut heard = Heard::default();
    if let Some(utterances) = found.utterances.filter(|utterances| !utterances.is_empty()) {
        for of in utterances {
            heard.stretch(plain(&of.channel), label(&of.speaker), of.transcript, seconds(&of.start));
        }
        return Some(heard);
    }
    for (number, channel) in found.channels.into_iter().enumerate() {
        for word in channel.alternatives.into_iter().next().into_iter().flat_map(|best| best.words) {
            let text = word.punctuated_word.as_deref().unwrap_or(&word.word);
            heard.word(number.to_string(), label(&word.speaker), text, [seconds(&word.start), seconds(&word.end)]);
        }
    }
    Some(heard)
}

#[derive(Deserialize)]
struct Amazon {
    channel_labels: ChannelLabels,
}

#[derive(Deserialize)]
struct ChannelLabels {
    channels: Vec<AmazonChannel>,
}

#[derive(Deserialize)]
struct AmazonChannel {
    #[serde(default)]
    channel_label: Value,
    items: Vec<AmazonItem>,
}

/// A word or a mark of Amazon's or Speechmatics'.
#[derive(Deserialize)]
struct AmazonItem {
    #[serde(default, rename = "type")]
    kind: Value,
    #[serde(default)]
    start_time: Value,
    #[serde(default)]
    end_time: Value,
    #[serde(default)]
    channel: Value,
    #[serde(default)]
    attaches_to: Value,
    #[serde(default)]
    alternatives: Vec<Content>,
}

#[derive(Deserialize)]
struct Content {
    content: String,
    #[serde(default)]
    speaker: Value,
}

impl AmazonItem {
    fn hear(self, channel: String, heard: &mut Heard) {
        let Some(best) = self.alternatives.into_iter().next() else { return };
        if self.kind == "punctuation" && self.attaches_to != "next" {
            heard.mark(&channel, &best.content);
        } else {
            let times = [seconds(&self.start_time), seconds(&self.end_time)];
            heard.word(channel, label(&best.speaker), &best.content, times);
        }
    }
}

fn amazon(raw: &RawValue) -> Option<Heard> {
    let found: Amazon = serde_json::from_str(raw.get()).ok()?;
    let mut heard = Heard::default();
    for channel in found.channel_labels.channels {
        let name = plain(&channel.channel_label);
        // `ch_0` is its first channel.
        let name = name.strip_prefix("ch_").unwrap_or(&name);
        channel.items.into_iter().for_each(|item| item.hear(name.to_owned(), &mut heard));
    }
    Some(heard)
}

fn speechmatics(raw: &RawValue) -> Option<Heard> {
    let items: Vec<AmazonItem> = serde_json::from_str(raw.get()).ok()?;
    if !items.iter().all(|item| item.kind.is_string() && item.channel.is_string()) {
        return None;
    }
    let mut heard = Heard::default();
    for item in items {
        let channel = plain(&item.channel);
        item.hear(channel, &mut heard);
    }
    Some(heard)
}

#[derive(Deserialize)]
struct GoogleResult {
    #[serde(default)]
    alternatives: Vec<GoogleAlternative>,
    #[serde(default, rename = "channelTag", alias = "channel_tag")]
    channel: Value,
    #[serde(default, rename = "resultEndTime", alias = "resultEndOffset", alias = "result_end_time")]
    end: Value,
}

#[derive(Deserialize)]
struct GoogleAlternative {
    #[serde(default)]
    transcript: String,
    #[serde(default)]
    words: Vec<GoogleWord>,
}

#[derive(Deserialize)]
struct GoogleWord {
    #[serde(default, rename = "startTime", alias = "start_time", alias = "startOffset", alias = "start_offset")]
    start: Value,
}

/// Results of several channels, each by its first word, or by its end where words have no times.
fn google(raw: &RawValue) -> Option<Heard> {
    let results: Vec<GoogleResult> = serde_json::from_str(raw.get()).ok()?;
    let mut heard = Heard::default();
    for result in results {
        let Some(best) = result.alternatives.into_iter().next() else { continue };
        let first = best.words.first().and_then(|word| seconds(&word.start));
        heard.stretch(plain(&result.channel), String::new(), best.transcript, first.or_else(|| seconds(&result.end)));
    }
    Some(heard)
}

/// A phrase of batch or of fast transcription.
#[derive(Deserialize)]
struct Phrase {
    #[serde(default)]
    channel: Value,
    #[serde(default)]
    speaker: Value,
    #[serde(default, rename = "offsetInTicks")]
    ticks: Value,
    #[serde(default, rename = "offsetMilliseconds")]
    milliseconds: Value,
    text: Option<String>,
    #[serde(default, rename = "nBest")]
    best: Vec<Display>,
}

#[derive(Deserialize)]
struct Display {
    display: String,
}

fn azure(raw: &RawValue) -> Option<Heard> {
    const TICKS: f64 = 1e7; // of a second
    let phrases: Vec<Phrase> = serde_json::from_str(raw.get()).ok()?;
    let mut heard = Heard::default();
    for phrase in phrases {
        let display = phrase.best.into_iter().next().map(|best| best.display);
        let Some(text) = phrase.text.or(display) else { continue };
        let start = scaled(&phrase.milliseconds, 1e3).or_else(|| scaled(&phrase.ticks, TICKS));
        heard.stretch(plain(&phrase.channel), label(&phrase.speaker), text, start);
    }
    Some(heard)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(json: &str) -> Vec<(String, String)> {
        let said = read(json).map(|found| found.said).unwrap_or_default();
        said.into_iter().map(|said| (said.speaker, said.text)).collect()
    }

    fn talk(first: &str, second: &str) -> Vec<(String, String)> {
        let said = [(first, "Why bees?"), (second, "They came."), (first, "When?")];
        said.map(|(speaker, text)| (speaker.to_owned(), text.to_owned())).to_vec()
    }

    const DEEPGRAM: &str = r#"{"results": {"channels": [
        {"alternatives": [{"words": [{"word": "Why", "start": 1.0, "end": 1.3},
            {"word": "bees?", "start": 1.4, "end": 1.8}, {"word": "When?", "start": 9.0, "end": 9.4}]}]},
        {"alternatives": [{"words": [{"word": "They", "start": 3.5}, {"word": "came.", "start": 3.9}]}]}]}}"#;

    #[test]
    fn channels_take_turns_in_time() {
        assert_eq!(told(DEEPGRAM), talk("Channel 0", "Channel 1"));
        let amazon = r#"{"results": {"channel_labels": {"channels": [
            {"channel_label": "ch_0", "items": [
                {"type": "pronunciation", "start_time": "1.0", "end_time": "1.3", "alternatives": [{"content": "Why"}]},
                {"type": "pronunciation", "start_time": "1.4", "end_time": "1.8", "alternatives": [
                    {"content": "bees"}]},
                {"type": "punctuation", "alternatives": [{"content": "?"}]},
                {"type": "pronunciation", "start_time": "9.0", "end_time": "9.2", "alternatives": [
                    {"content": "When?"}]}]},
            {"channel_label": "ch_1", "items": [
                {"type": "pronunciation", "start_time": "3.0", "alternatives": [{"content": "They came."}]}]}]}}}"#;
        assert_eq!(told(amazon), talk("Channel 0", "Channel 1"));
        let fast = r#"{"combinedPhrases": [], "phrases": [
            {"channel": 0, "offsetMilliseconds": 1000, "text": "Why bees?"},
            {"channel": 0, "offsetMilliseconds": 9000, "text": "When?"},
            {"channel": 1, "offsetMilliseconds": 3000, "text": "They came."}]}"#;
        assert_eq!(told(fast), talk("Channel 0", "Channel 1"));
        let batch = r#"{"recognizedPhrases": [
            {"channel": 0, "offsetInTicks": 1e7, "nBest": [{"display": "Why bees?"}]},
            {"channel": 0, "offsetInTicks": 9e7, "nBest": [{"display": "When?"}]},
            {"channel": 1, "offsetInTicks": 3e7, "nBest": [{"display": "They came."}]}]}"#;
        assert_eq!(told(batch), talk("Channel 0", "Channel 1"));
        let google = r#"{"results": [{"channelTag": 1, "resultEndTime": "2s", "alternatives": [
            {"transcript": "Why bees?"}]},
            {"channelTag": 1, "resultEndTime": "9s", "alternatives": [{"transcript": "When?"}]},
            {"channelTag": 2, "resultEndTime": "4s", "alternatives": [{"transcript": "They came."}]}]}"#;
        assert_eq!(told(google), talk("Channel 1", "Channel 2"));
        let speechmatics = r#"{"results": [
            {"type": "word", "channel": "Ann", "start_time": 1, "end_time": 1.2, "alternatives": [{"content": "Why"}]},
            {"type": "word", "channel": "Ann", "start_time": 1.3, "end_time": 1.5, "alternatives": [
                {"content": "bees"}]},
            {"type": "punctuation", "channel": "Ann", "attaches_to": "previous", "alternatives": [{"content": "?"}]},
            {"type": "word", "channel": "Ann", "start_time": 9, "alternatives": [{"content": "When?"}]},
            {"type": "word", "channel": "Tom", "start_time": 3, "alternatives": [{"content": "They came."}]}]}"#;
        assert_eq!(told(speechmatics), talk("Ann", "Tom"));
        let unknown = speechmatics.replace(r#""content": "When?""#, r#""content": "When?", "speaker": "UU""#);
        assert_eq!(told(&unknown)[2], ("UU".to_owned(), "When?".to_owned()));
    }

    #[test]
    fn speakers_of_a_channel_are_told_apart() {
        let of = |speakers: [u8; 3]| {
            let said = [(0, 1, "Why bees?"), (1, 3, "They came."), (0, 9, "When?")];
            let utterance = |(n, (channel, start, text)): (usize, (u8, u8, &str))| {
                let speaker = speakers[n];
                format!(r#"{{"channel": {channel}, "start": {start}, "speaker": {speaker}, "transcript": "{text}"}}"#)
            };
            let all: Vec<String> = said.into_iter().enumerate().map(utterance).collect();
            let all = all.join(",");
            let told = told(&format!(r#"{{"results": {{"channels": [], "utterances": [{all}]}}}}"#));
            told.into_iter().map(|(speaker, _)| speaker).collect::<Vec<_>>()
        };
        assert_eq!(of([0, 0, 0]), ["Channel 0", "Channel 1", "Channel 0"]);
        assert_eq!(of([0, 0, 1]), ["Channel 0 Speaker 0", "Channel 1", "Channel 0 Speaker 1"]);
        assert_eq!(of([0, 1, 0]), ["Speaker 0", "Speaker 1", "Speaker 0"]);
    }

    #[test]
    fn one_channel_and_words_without_times_are_left_alone() {
        for json in [
            DEEPGRAM.replace("\"start\"", "\"at\""),
            r#"{"results": {"channels": [{"alternatives": [{"words": [{"word": "Why?", "start": 1.0}]}]}]}}"#
                .to_owned(),
            r#"{"phrases": [{"channel": 0, "text": "Why?"}, {"channel": 1, "text": "So."}]}"#.to_owned(),
            r#"{"channels": ["mail", "phone"], "results": [{"id": "p1", "answer": "I like bees."}]}"#.to_owned(),
        ] {
            assert!(read(&json).is_none(), "{json}");
        }
    }
}
