//! What one item of a list of turns says: who, what, when.
//!
//! In: an item of a list, whatever its fields are called. Out: [`Said`], and turns written out.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::super::{ReadOptions, encoding, labels, mojibake};
use super::table::columns::plain;
use super::{Script, markup};

/// After so many bad records a file's messages are summed up.
pub(crate) const MAX_MESSAGES: usize = 10;

/// Fields of a turn, in the order they are looked for.
#[rustfmt::skip]
pub(super) const SPEAKERS: &[&str] = &[
    "speaker", "speakername", "speakerdisplayname", "speakerlabel", "speakerid", "role", "from", "sender", "author", "who", "name",
];
pub(super) const WORDS: &[&str] = &[
    "text",
    "content",
    "value",
    "message",
    "utterance",
    "transcript",
    "body",
    "words",
    "sentence",
    "what",
    "sentences",
    "parts",
];
pub(super) const STARTS: &[&str] = &["start", "starttime", "startseconds", "time", "timestamp", "offset", "begin"];
pub(super) const STARTS_MS: &[&str] =
    &["startms", "starttimems", "startmilliseconds", "offsetms", "offsetmilliseconds"];
pub(super) const ENDS: &[&str] = &["end", "endtime", "endseconds", "stop"];
/// Fields by which turns belong to transcripts; a plain `id` may as well be the turn's own.
pub(super) const OWNERS: &[&str] =
    &["transcriptid", "interviewid", "dialogid", "dialogueid", "conversationid", "sessionid", "participantid"];
pub(super) const OWN_IDS: &[&str] = &["id", "recordid", "responseid", "userid"];
/// What a speaker is called where it is a record.
const LABELS: &[&str] = &["name", "displayname", "role", "label", "speaker", "id"];

/// The longest recording in seconds; larger numbers are dates.
pub(super) const LONGEST: f64 = 1_000_000.0;
/// Seconds a word takes on average from which times must be milliseconds; speech takes 0.4.
const SLOWEST: f64 = 12.0;

impl Value {
    /// Cleans every text in it.
    pub(crate) fn clean(&mut self, options: &ReadOptions, repaired: &mut usize) {
        match self {
            Self::Text(text) => *text = clean(std::mem::take(text), options, repaired),
            Self::List(items) => items.iter_mut().for_each(|item| item.value.clean(options, repaired)),
            Self::Record(fields) => fields.iter_mut().for_each(|(_, value)| value.clean(options, repaired)),
            Self::Null | Self::Plain(_) | Self::Other => {}
        }
    }
}

/// What a field of a record holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// Nothing.
    Null,
    /// Text, with LF line ends.
    Text(String),
    /// A number or a truth value, as the file writes it.
    Plain(String),
    /// A list.
    List(Vec<Item>),
    /// A record within. Of fields with one name the last counts, as in most programs.
    Record(Vec<(String, Value)>),
    /// Bytes that are no text, or what lies too deep to be words.
    Other,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    /// The line of the file it starts on; the record's number where a format has no lines.
    pub(crate) line: usize,
    pub(crate) value: Value,
}

/// What is worth a warning, counted over the file.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) without_words: usize,
    pub(super) without_speaker: usize,
    pub(super) without_turns: usize,
    pub(super) without_id: usize,
    /// Messages of a tree that stand beside the branch that is read.
    pub(super) other_branches: usize,
    /// Turns that were taken back.
    pub(super) withdrawn: usize,
    /// Parts of messages that are no text, by type.
    pub(super) parts: BTreeMap<String, usize>,
    pub(super) milliseconds: bool,
    /// Codes in place of what was said, each with how often it stands.
    pub(super) codes: BTreeMap<String, usize>,
}

pub(super) fn get(fields: &[(usize, Value)], at: usize) -> Option<&Value> {
    fields.iter().rev().find(|(field, _)| *field == at).map(|(_, value)| value)
}

pub(super) fn take(fields: &mut [(usize, Value)], at: usize) -> Option<Value> {
    let (_, value) = fields.iter_mut().rev().find(|(field, _)| *field == at)?;
    Some(std::mem::replace(value, Value::Null))
}

/// One item of a list of turns, taken apart.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) line: usize,
    pub(super) speaker: String,
    pub(super) text: String,
    pub(super) seconds: Option<f64>,
    pub(super) end: Option<f64>,
    /// The times are whole numbers, which may be milliseconds.
    pub(super) whole: bool,
}

impl Said {
    /// What was said from one time to another, by nobody who is named.
    pub(super) fn segment(line: usize, text: String, start: &str, end: &str) -> Self {
        let [start, end] = [start, end].map(|time| Value::Plain(with_point(without_frames(time.trim()))));
        let whole = is_whole(&start);
        // Milliseconds of a long recording are beyond what seconds can be.
        let scaled = |value: &Value| match value {
            // Beyond these they are dates.
            Value::Plain(number) if whole => number.parse().ok().filter(|time| *time < LONGEST * 1000.0),
            Value::Plain(time) => in_units(time).or_else(|| seconds_of(value)),
            _ => None,
        };
        Self { line, speaker: String::new(), text, seconds: scaled(&start), end: scaled(&end), whole }
    }

    /// `None` when nothing was said.
    pub(super) fn of(item: Item, speaker: Option<&str>, notes: &mut Notes) -> Option<Self> {
        let line = item.line;
        let mut fields = match item.value {
            Value::Record(fields) => fields,
            // A plain line of text.
            Value::Text(text) => vec![("text".to_owned(), Value::Text(text))],
            _ => return None,
        };
        // An envelope around the message: `{"message": {"role": …, "content": …}}`.
        if let Some(inner) =
            fields.iter().rposition(|(name, value)| is_called(name, "message") && matches!(value, Value::Record(_)))
            && let (_, Value::Record(message)) = fields.swap_remove(inner)
        {
            fields.extend(message);
        }
        let speaker = match speaker {
            Some(named) => {
                let exact = fields.iter().rev().find(|(name, _)| name == named);
                let found = exact.or_else(|| fields.iter().rev().find(|(name, _)| is_called(name, &plain(named))));
                found.map(|(_, value)| label(value)).unwrap_or_default()
            }
            None => first(&fields, SPEAKERS, |value| Some(label(value)).filter(|label| !label.is_empty()))
                .unwrap_or_default(),
        };
        let in_ms = first(&fields, STARTS_MS, seconds_of).map(|start| start / 1000.0);
        let start = first(&fields, STARTS, |value| seconds_of(value).map(|start| (start, is_whole(value))));
        let end = first(&fields, ENDS, seconds_of);
        let text = WORDS.iter().find_map(|name| {
            let at = fields.iter().rposition(|(field, value)| is_called(field, name) && *value != Value::Null)?;
            let value = std::mem::replace(&mut fields[at].1, Value::Null);
            // Word by word is how recognisers repeat what `text` holds.
            let by_word = *name == "words" && !matches!(value, Value::Text(_));
            let text = if by_word { None } else { text_of(value, notes).filter(|text| !text.trim().is_empty()) };
            // Sentences are of one turn, and parts of it may be its paragraphs.
            text.map(|text| if *name == "sentences" { text.replace('\n', " ") } else { text })
        })?;
        let text = match markup::read(&text) {
            Cow::Borrowed(_) => text,
            Cow::Owned(plain) => plain,
        };
        let whole = in_ms.is_none() && start.is_some_and(|(_, whole)| whole);
        let seconds = in_ms.or(start.map(|(start, _)| start));
        Some(Self { line, speaker, text, seconds, end, whole })
    }
}

/// The first of the names whose field has what is looked for.
pub(super) fn first<T>(fields: &[(String, Value)], names: &[&str], wanted: impl Fn(&Value) -> Option<T>) -> Option<T> {
    names.iter().find_map(|name| {
        fields.iter().rev().find(|(field, _)| is_called(field, name)).and_then(|(_, value)| wanted(value))
    })
}

/// [`plain`] compared without writing it out.
pub(super) fn is_called(field: &str, name: &str) -> bool {
    field.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).eq(name.chars())
}

/// Whether times that are whole numbers make people speak too slowly.
pub(super) fn in_milliseconds(said: &[Said]) -> bool {
    let mut lasted = 0.0;
    let mut n_words = 0;
    for turn in said {
        match (turn.whole, turn.seconds, turn.end) {
            (true, Some(start), Some(end)) if end >= start => {
                lasted += end - start;
                n_words += turn.text.split_whitespace().count();
            }
            (false, Some(_), _) => return false,
            _ => {}
        }
    }
    // Counts of words are far below 2^53.
    n_words > 0 && lasted > SLOWEST * n_words as f64
}

/// Writes turns out. Where times are told a speaker who goes on stays in one turn; in a chat every
/// message is a turn.
pub(super) fn script(said: &[Said], in_ms: bool) -> Script {
    let timed = said.iter().any(|turn| turn.seconds.is_some());
    let mut script = Script::default();
    for turn in said {
        let seconds = turn.seconds.map(|seconds| if in_ms { seconds / 1000.0 } else { seconds });
        if timed {
            script.go_on(&turn.speaker, &turn.text, " ", turn.line, seconds);
        } else {
            script.say(&turn.speaker, &turn.text, turn.line, None);
        }
    }
    script
}

/// A value as the words of a turn or the cell of a table; `None` when it holds none.
pub(super) fn text_of(value: Value, notes: &mut Notes) -> Option<String> {
    match value {
        Value::Text(text) => Some(text),
        Value::Plain(text) => Some(without_zero(text)),
        Value::Null | Value::Other => None,
        Value::List(items) if is_styled(&items) => {
            let words = items.into_iter().filter_map(|item| text_of(item.value, notes)).collect::<String>();
            (!words.is_empty()).then_some(words)
        }
        Value::List(items) => {
            let parts: Vec<String> = items.into_iter().filter_map(|item| part_of(item.value, notes)).collect();
            (!parts.is_empty()).then(|| parts.join("\n"))
        }
        Value::Record(fields) => {
            let names = ["text", "content", "parts", "value", "transcript", "oid"];
            let at = names.iter().find_map(|name| fields.iter().rposition(|(field, _)| is_called(field, name)))?;
            fields.into_iter().nth(at).and_then(|(_, value)| text_of(value, notes))
        }
    }
}

/// How Telegram calls words that look or work otherwise than those around them.
#[rustfmt::skip]
const STYLES: &[&str] = &[
    "plain", "bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote", "link",
    "text_link", "mention", "mention_name", "hashtag", "cashtag", "bot_command", "email", "phone", "bank_card",
    "custom_emoji",
];

/// Whether a list is one text, parted where it looks or works otherwise: `["It was ", {"type": "bold", "text": "cold"}]`.
fn is_styled(items: &[Item]) -> bool {
    let is_style = |fields: &[(String, Value)]| {
        let kind = first(fields, &["type"], |kind| Some(label(kind)));
        let has_text = first(fields, &["text"], |text| Some(matches!(text, Value::Text(_))));
        kind.is_some_and(|kind| STYLES.contains(&kind.as_str())) && has_text == Some(true)
    };
    let mut n_styles = 0;
    let are_parts = items.iter().all(|item| match &item.value {
        Value::Text(_) => true,
        Value::Record(fields) if is_style(fields) => {
            n_styles += 1;
            true
        }
        _ => false,
    });
    are_parts && n_styles > 0
}

/// A part of a message: text, or something else that is counted.
fn part_of(value: Value, notes: &mut Notes) -> Option<String> {
    if let Value::Record(fields) = &value
        && let Some(kind) = first(fields, &["type"], |kind| Some(label(kind)).filter(|kind| !kind.is_empty()))
        && !["text", "input_text", "output_text", "paragraph"].contains(&kind.as_str())
        // What was said into a microphone may have been written down.
        && first(fields, &["transcript"], |said| matches!(said, Value::Text(_)).then_some(())).is_none()
    {
        *notes.parts.entry(kind).or_default() += 1;
        return None;
    }
    text_of(value, notes)
}

/// A value as the name of somebody or something, on one line; empty when it is none.
pub(super) fn label(value: &Value) -> String {
    match value {
        Value::Text(text) => {
            let text: Vec<&str> = text.split_whitespace().collect();
            text.join(" ").trim_end_matches([':', ' ']).to_owned()
        }
        Value::Plain(text) => without_zero(text.clone()),
        Value::Record(fields) => first(fields, LABELS, |value| Some(label(value)).filter(|label| !label.is_empty()))
            .or_else(|| first(fields, &["oid"], |value| Some(label(value))))
            .unwrap_or_default(),
        Value::Null | Value::List(_) | Value::Other => String::new(),
    }
}

/// `7.0`, as tables with gaps write the number 7, is `7`.
fn without_zero(text: String) -> String {
    match text.split_once('.') {
        Some((whole, zeros))
            if !zeros.is_empty()
                && zeros.bytes().all(|b| b == b'0')
                && whole.trim_start_matches('-').bytes().all(|b| b.is_ascii_digit()) =>
        {
            whole.to_owned()
        }
        _ => text,
    }
}

fn is_whole(value: &Value) -> bool {
    matches!(value, Value::Plain(text) if text.bytes().all(|b| b.is_ascii_digit()))
}

/// Seconds from the start of the recording: `11`, `11.5`, `11.5s`, `00:00:11`, `[11.0, 12.5]`. Dates
/// are none.
pub(super) fn seconds_of(value: &Value) -> Option<f64> {
    match value {
        Value::Plain(text) | Value::Text(text) => {
            let number = text.trim().trim_end_matches('s').parse::<f64>().ok();
            number.or_else(|| labels::time(text)).filter(|seconds| (0.0..LONGEST).contains(seconds))
        }
        Value::List(items) => items.first().and_then(|item| seconds_of(&item.value)),
        _ => None,
    }
}

/// `00:01:02` of `00:01:02:15` and `00:01:02;15`, as programs for films write times, with a picture at the end.
fn without_frames(time: &str) -> &str {
    let is_part = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    let is_clock = |clock: &str| clock.split(':').count() == 3 && clock.split(':').all(is_part);
    match time.rsplit_once([':', ';']) {
        Some((clock, frame)) if is_part(frame) && is_clock(clock) => clock,
        _ => time,
    }
}

/// A time with a point for the comma of its seconds, as tables of many languages write it: `12,30`.
fn with_point(time: &str) -> String {
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    match time.split_once(',') {
        Some((whole, fraction)) if are_digits(whole) && are_digits(fraction) => format!("{whole}.{fraction}"),
        _ => time.to_owned(),
    }
}

/// Seconds of `1m02s`, `1h 2m 3.5s`, `2 min 5 sec`; of a number alone none.
fn in_units(time: &str) -> Option<f64> {
    if !time.ends_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (mut rest, mut seconds, mut smallest) = (time, 0.0, f64::MAX);
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..digits].parse().ok()?;
        let behind = rest[digits..].trim_start();
        let letters = behind.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(behind.len());
        let unit = match &behind[..letters] {
            "h" | "hr" => 3600.0,
            "m" | "min" => 60.0,
            "s" | "sec" => 1.0,
            _ => return None,
        };
        if unit >= smallest {
            return None;
        }
        (seconds, smallest) = (seconds + number * unit, unit);
        rest = behind[letters..].trim_start();
    }
    Some(seconds)
}

/// The time of a cell in seconds, or, of a whole number, in whatever it counts.
pub(super) fn time_of_cell(cell: &str) -> Option<f64> {
    Said::segment(0, String::new(), cell, "").seconds
}

/// When something ends that starts then and lasts so long, as a cell of the one column.
pub(super) fn end_of(start: &str, lasts: &str) -> Option<String> {
    Some((time_of_cell(start)? + time_of_cell(lasts)?).to_string())
}

/// A text as a format holds it: LF line ends, mojibake repaired and counted unless it is kept.
pub(crate) fn clean(text: String, options: &ReadOptions, repaired: &mut usize) -> String {
    let text = encoding::line_feeds(text);
    if options.keep_mojibake || text.is_ascii() {
        return text;
    }
    match mojibake::repair(&text) {
        Some((text, runs)) => {
            *repaired += runs;
            text
        }
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{ReadOptions, read_bytes};

    /// Speakers of the turns of each transcript of records in which two people talk.
    fn speakers(record: impl Fn(usize, &str, &str) -> String, list: impl Fn(String) -> String) -> Vec<Vec<String>> {
        let said = ["Who built it?", "My uncle and I did.", "And how long?", "Two winters or so."];
        let record = |(n, said): (usize, &&str)| record(n, ["Mo Ash", "Lu Birk"][n % 2], said);
        let json = list(said.iter().enumerate().map(record).collect::<Vec<_>>().join(","));
        let corpus = read_bytes("talk.json", json.into_bytes(), &ReadOptions::default()).unwrap();
        let labels = |turns: &[super::super::super::Turn]| turns.iter().map(|turn| turn.speaker.to_string()).collect();
        corpus.transcripts.iter().map(|transcript| labels(&transcript.turns)).collect()
    }

    #[test]
    fn turns_of_services_are_one_transcript() {
        let talk = [["Mo Ash", "Lu Birk"].repeat(2)];
        let with_id = |n: usize, who: &str, said: &str| {
            format!(r#"{{"participant_id": "{}", "speaker": "{who}", "start": {n}, "text": "{said}"}}"#, n % 2 + 1)
        };
        assert_eq!(
            speakers(with_id, |list| format!(r#"{{"id": "1", "title": "Boat", "transcript": [{list}]}}"#)),
            talk
        );
        let numbered = |n: usize, who: &str, said: &str| {
            format!(r#"{{"id": "{n}", "speakerDisplayName": "{who}", "speakerId": "x", "text": "{said}"}}"#)
        };
        assert_eq!(speakers(numbered, |list| format!(r#"{{"entries": [{list}]}}"#)), talk);
        let sentences = |n: usize, who: &str, said: &str| {
            format!(
                r#"{{"index": {n}, "sentence": "{said}", "startTime": "00:0{n}", "speaker_name": "{who}", "speaker_id": 0}}"#
            )
        };
        assert_eq!(speakers(sentences, |list| format!("[{list}]")), talk);
        let short = |n: usize, who: &str, said: &str| format!(r#"{{"who": "{who}", "what": "{said}", "at": {n}}}"#);
        assert_eq!(speakers(short, |list| format!("[{list}]")), talk);
    }

    #[test]
    fn roles_of_people_who_answer_are_no_speakers() {
        let of = |roles: [&str; 2], field: &str| {
            let said = ["We carry it up.", "We sleep by day.", "It hums all night.", "They know the way."];
            let record = |(n, said): (usize, &&str)| {
                format!(r#"{{"name": "{}", "role": "{}", "{field}": "{said}"}}"#, ["Mo", "Lu"][n / 2], roles[n / 2])
            };
            let json = format!("[{}]", said.iter().enumerate().map(record).collect::<Vec<_>>().join(","));
            let corpus = read_bytes("staff.json", json.into_bytes(), &ReadOptions::default()).unwrap();
            corpus.transcripts.len()
        };
        for field in ["text", "comment"] {
            assert_eq!((of(["nurse", "nurse"], field), of(["nurse", "doctor"], field)), (2, 2), "{field}");
            assert_eq!(of(["Interviewer", "Participant"], field), 1, "parts in a talk");
        }
    }

    #[test]
    fn words_that_look_otherwise_are_words() {
        let words = |text: &str| {
            let said = [r#""Why bees?""#, text, r#""And then?""#, r#""It rained.""#];
            let record = |(n, said): (usize, &&str)| {
                format!(r#"{{"type": "message", "from": "{}", "text": {said}}}"#, ["Mo", "Lu"][n % 2])
            };
            let json = said.iter().enumerate().map(record).collect::<Vec<_>>().join(",");
            let corpus = read_bytes("talk.json", format!("[{json}]").into_bytes(), &ReadOptions::default()).unwrap();
            corpus.transcripts[0].turns[1].text.to_string()
        };
        let styled = r#"["It ", {"type": "bold", "text": "smel"}, "led of ", {"type": "text_link", "text": "wax", "href": "x"}, "."]"#;
        assert_eq!(words(styled), "It smelled of wax.");
        // Parts of other services stand below each other, and what is no text is left out.
        let parts = r#"[{"type": "text", "text": "It smelled"}, {"type": "image", "text": "a hive"}, "of wax."]"#;
        assert_eq!(words(parts), "It smelled\nof wax.");
    }

    #[test]
    fn times_of_films_are_read_without_their_pictures() {
        for (time, clock) in [("00:01:02:15", "00:01:02"), ("00:01:02;15", "00:01:02"), ("00:01:02", "00:01:02")] {
            assert_eq!(super::without_frames(time), clock);
        }
        for other in ["0:1:2:3", "00:01:02:155", "00:01:02.150", "1:00:01:02:15", "02:15", ""] {
            assert_eq!(super::without_frames(other), other);
        }
    }

    #[test]
    fn ids_of_transcripts_tell_turns_apart() {
        let of = |n: usize, who: &str, said: &str| {
            format!(r#"{{"interview_id": "{}", "speaker": "{who}", "text": "{said}"}}"#, n / 2 + 1)
        };
        assert_eq!(speakers(of, |list| format!("[{list}]")), [["Mo Ash", "Lu Birk"], ["Mo Ash", "Lu Birk"]]);
    }
}
