//! Interviews in JSON, JSON Lines and Parquet, by way of the library.
//!
//! The files under `tests/fixtures/transcripts/` hold the same interview (see the README there); the
//! expected turns below are its words, not what a reader made of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use leitmotif::corpus::{Corpus, CorpusError, InputSpec, ReadOptions, Role, Transcript, read};
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use proptest::prelude::*;
use serde_json::{Value, json};

const TOM: &str = "Tom Reyes";
const MARIA: &str = "Maria Keller";
const TALK: [(f64, &str, &str); 7] = [
    (4.0, TOM, "Thanks for taking the time. Could you tell me how a night shift usually begins?"),
    (
        11.0,
        MARIA,
        "With the handover, always. We walk from bed to bed, and the evening nurse tells me what worried her — that \
         matters more than any screen.",
    ),
    (24.0, TOM, "What makes a night hard for you?"),
    (
        28.0,
        MARIA,
        "Being two people short. Last week I had nineteen patients, and I kept thinking that I would miss the one who \
         gets quiet.",
    ),
    (41.0, MARIA, "Satisfied: no. Tired, yes. And then the phone rings at 03:30 and it is the lab again."),
    (52.0, TOM, "What would help?"),
    (
        55.0,
        MARIA,
        "Someone at the door at four in the morning. Naïve as it sounds, a café that stays open would help too! 🙂",
    ),
];
const JONAS: [&str; 2] = [
    "With coffee, and with reading what the late shift wrote down. I never start a round before that.",
    "The hours between three and five. Nobody answers the phone, and every alarm sounds louder than it is.",
];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/transcripts").join(name)
}

fn read_path(path: PathBuf, options: &ReadOptions) -> Result<Corpus, CorpusError> {
    let result = read(&[InputSpec { study: None, path }], options);
    if let Ok(corpus) = &result {
        check(corpus);
    }
    result
}

fn read_fixture(name: &str) -> Corpus {
    read_path(fixture(name), &ReadOptions::default()).unwrap()
}

fn read_bytes(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Corpus, CorpusError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read_path(path, options)
}

fn read_text(name: &str, text: &str) -> Result<Corpus, CorpusError> {
    read_bytes(name, text.as_bytes(), &ReadOptions::default())
}

fn read_json(value: &Value) -> Result<Corpus, CorpusError> {
    read_text("talk.json", &value.to_string())
}

/// Every turn is exactly its span of its document.
fn check(corpus: &Corpus) {
    for turn in corpus.transcripts.iter().flat_map(|transcript| &transcript.turns) {
        let document = &corpus.documents[turn.document].text;
        let slice: String = document.chars().skip(turn.span.start).take(turn.span.len()).collect();
        assert_eq!(slice, *turn.text);
        assert_eq!(turn.text.trim(), &*turn.text);
        assert!(!turn.text.is_empty() && !turn.text.contains('\r') && turn.line >= 1);
    }
}

fn turns(transcript: &Transcript) -> Vec<(&str, &str)> {
    transcript.turns.iter().map(|turn| (&*turn.speaker, &*turn.text)).collect()
}

fn ids(corpus: &Corpus) -> Vec<(&str, &str)> {
    corpus.transcripts.iter().map(|t| (t.study.as_str(), t.id.as_str())).collect()
}

fn answers(corpus: &Corpus, id: &str) -> Vec<String> {
    let of = corpus.answers.iter().filter(|answer| corpus.transcripts[answer.transcript].id == id);
    of.map(|answer| corpus.turn_of(answer).text.to_string()).collect()
}

/// The common interview with other labels.
fn talk(tom: &'static str, maria: &'static str) -> Vec<(&'static str, &'static str)> {
    TALK.iter().map(|&(_, who, text)| (if who == TOM { tom } else { maria }, text)).collect()
}

#[test]
fn chat_messages_stay_turns_of_their_own() {
    for (name, lines) in [("messages.json", Some([11, 15, 24, 28, 32, 36, 40])), ("messages.jsonl", None)] {
        let corpus = read_fixture(name);
        assert_eq!(corpus.sources[0].format, "json");
        let first = &corpus.transcripts[0];
        assert_eq!(turns(first)[0], ("system", "Ask about night shifts, one question at a time."));
        assert_eq!(first.turns[0].role, Role::Other);
        assert_eq!(turns(first)[1..], talk("assistant", "user"), "{name}");
        let found: Vec<usize> = first.turns[1..].iter().map(|turn| turn.line).collect();
        assert_eq!(found, lines.unwrap_or([1; 7]), "{name}");
        assert!(first.turns.iter().all(|turn| turn.times.is_empty()));
        assert_eq!(answers(&corpus, "night_02"), JONAS);
        assert!(corpus.warnings.is_empty() && corpus.failures.is_empty(), "{:?}", corpus.warnings);
    }
    let corpus = read_fixture("messages.json");
    assert_eq!(ids(&corpus), [("night shifts", "night_01"), ("night shifts", "night_02")]);
    let layout = "one transcript a record: turns in `messages`, transcripts in `id`, studies in `study`";
    assert_eq!(corpus.sources[0].layout.as_deref(), Some(layout));
    assert_eq!(ids(&read_fixture("messages.jsonl")), [("night", "night_01"), ("night", "night_02")]);
}

#[test]
fn recognised_segments_of_one_speaker_are_one_turn() {
    let corpus = read_fixture("whisper.json");
    assert_eq!(ids(&corpus), [("transcripts", "whisper")]);
    let transcript = &corpus.transcripts[0];
    let mut expected = talk(TOM, MARIA);
    let joined = format!("{} {}", expected[3].1, expected[4].1);
    expected.remove(4);
    expected[3].1 = &joined;
    assert_eq!(turns(transcript), expected);
    let times: Vec<Vec<f64>> =
        transcript.turns.iter().map(|turn| turn.times.iter().map(|mark| mark.seconds).collect()).collect();
    assert_eq!(times, [vec![4.0], vec![11.0], vec![24.0], vec![28.0, 41.0], vec![52.0], vec![55.0]]);
    let long = &transcript.turns[3];
    assert_eq!(long.times[1].point, long.span.start + TALK[3].2.chars().count() + 1);
    assert_eq!((transcript.turns[0].role, transcript.turns[1].role), (Role::Interviewer, Role::Participant));
    assert_eq!(corpus.warnings, Vec::<String>::new());
}

#[test]
fn a_record_may_be_a_turn() {
    let corpus = read_fixture("turns.jsonl");
    assert_eq!(ids(&corpus), [("night", "night_01"), ("night", "night_02")]);
    assert_eq!(turns(&corpus.transcripts[0]), talk(TOM, MARIA));
    let lines: Vec<usize> = corpus.transcripts[1].turns.iter().map(|turn| turn.line).collect();
    assert_eq!(lines, [8, 9, 10, 11]);
    let cell = corpus.documents[corpus.transcripts[1].turns[0].document].cell.clone().unwrap();
    assert_eq!((cell.row, cell.line, &*cell.column), (8, 8, "text"));
    assert_eq!(answers(&corpus, "night_02"), JONAS);
    assert_eq!(corpus.warnings, Vec::<String>::new());
}

#[test]
fn a_record_may_be_an_answer() {
    let corpus = read_fixture("answers.json");
    assert_eq!(ids(&corpus), [("night shifts", "101"), ("night shifts", "102")]);
    let expected: Vec<&str> = TALK.iter().filter(|(_, who, _)| *who == MARIA).map(|&(_, _, text)| text).collect();
    assert_eq!(answers(&corpus, "101"), expected);
    assert_eq!(corpus.question_text(&corpus.answers[3]), "What would help?");
    assert_eq!(corpus.documents[1].cell.clone().map(|cell| (cell.row, cell.line)), Some((1, 4)));
    assert_eq!(corpus.documents[3].cell.clone().map(|cell| (cell.row, cell.line)), Some((2, 9)));
    assert_eq!(corpus.warnings.len(), 1);
    assert!(corpus.warnings[0].ends_with("1 row has nothing in column `answer`"), "{:?}", corpus.warnings);
}

#[test]
fn parquet_holds_the_same() {
    let corpus = read_fixture("transcripts.parquet");
    assert_eq!(corpus.sources[0].format, "parquet");
    assert_eq!(ids(&corpus), [("night", "night_01"), ("night", "night_02")]);
    assert_eq!(turns(&corpus.transcripts[0]), talk(TOM, MARIA));
    assert_eq!(answers(&corpus, "night_02"), JONAS);
    let corpus = read_fixture("messages.parquet");
    assert_eq!(turns(&corpus.transcripts[0]), talk("assistant", "user"));
    assert_eq!(answers(&corpus, "night_02"), JONAS);
    assert_eq!(corpus.transcripts[1].turns[0].line, 2);
    assert_eq!(corpus.warnings, Vec::<String>::new());
}

#[test]
fn the_same_interview_gives_the_same_answers_in_every_format() {
    let expected: String =
        TALK.iter().filter(|(_, who, _)| *who == MARIA).map(|&(_, _, text)| text).collect::<Vec<_>>().join(" ");
    for (name, id) in [
        ("messages.json", "night_01"),
        ("messages.jsonl", "night_01"),
        ("whisper.json", "whisper"),
        ("turns.jsonl", "night_01"),
        ("answers.json", "101"),
        ("transcripts.parquet", "night_01"),
        ("messages.parquet", "night_01"),
    ] {
        assert_eq!(answers(&read_fixture(name), id).join(" "), expected, "{name}");
    }
}

#[test]
fn contents_win_over_extensions() {
    let json = std::fs::read_to_string(fixture("messages.json")).unwrap();
    let lines = std::fs::read_to_string(fixture("messages.jsonl")).unwrap();
    for (name, text) in
        [("a.jsonl", &json), ("a.json", &lines), ("a.ndjson", &json), ("a.txt", &json), ("a.csv", &lines)]
    {
        let corpus = read_text(name, text).unwrap();
        assert_eq!(answers(&corpus, "night_02"), JONAS, "{name}");
        let warned = corpus.warnings.iter().any(|warning| warning.contains("was read as json"));
        assert_eq!(warned, name.ends_with("txt") || name.ends_with("csv"), "{name}");
    }
    let parquet = std::fs::read(fixture("messages.parquet")).unwrap();
    let corpus = read_bytes("a.csv", &parquet, &ReadOptions::default()).unwrap();
    assert_eq!(answers(&corpus, "night_02"), JONAS);
    // Text that only starts alike.
    let text = "[Tom] Why?\n[Ana] Because of {\"this\": 1}.\n[Tom] And?\n[Ana] So.\n";
    assert_eq!(read_text("a.txt", text).unwrap().sources[0].format, "text");
}

#[test]
fn lists_of_turns_have_many_names() {
    let two = |who: &str, words: &str| {
        json!([{who: "Tom", words: "Why is that?"}, {who: "Ana", words: "Because of the nights."},
               {who: "Tom", words: "And now?"}, {who: "Ana", words: "I sleep."}])
    };
    let expected =
        [("Tom", "Why is that?"), ("Ana", "Because of the nights."), ("Tom", "And now?"), ("Ana", "I sleep.")];
    let ward = two("speaker", "text");
    for value in [
        ward.clone(),
        json!({"turns": two("speaker", "text")}),
        json!({"conversations": two("from", "value")}),
        json!({"data": {"dialogue": two("author", "content")}}),
        json!({"title": "x", "transcript": {"utterances": two("name", "message")}}),
        json!([{"conversation": two("role", "content")}]),
        json!([two("role", "content")]),
        json!({"chat_messages": two("sender", "text"), "files": []}),
        json!({"data": two("speaker", "utterance")}),
    ] {
        let corpus = read_json(&value).unwrap();
        assert_eq!(corpus.transcripts.len(), 1, "{value}");
        assert_eq!(turns(&corpus.transcripts[0]), expected, "{value}");
        assert_eq!(corpus.transcripts[0].id, "talk", "{value}");
    }
    let both = json!([ward, two("role", "text")]);
    let corpus = read_json(&both).unwrap();
    assert_eq!(ids(&corpus), [("talk", "record 1"), ("talk", "record 2")]);
    let lists =
        json!({"transcripts": [{"interview_id": 7.0, "transcript": ward}, {"interview_id": 8, "transcript": []}]});
    let corpus = read_json(&lists).unwrap();
    // One interview does not make its file a study.
    assert_eq!(corpus.transcripts.iter().map(|transcript| transcript.id.as_str()).collect::<Vec<_>>(), ["7"]);
    assert!(corpus.warnings[0].ends_with("1 record holds no turns"), "{:?}", corpus.warnings);
}

#[test]
fn turns_may_name_their_transcript() {
    let turn = |id: Value, who: &str, text: &str| json!({"id": id, "speaker": who, "text": text});
    // Ids that recur are transcripts'.
    let corpus = read_json(&json!([
        turn(json!("p1"), "Tom", "Why?"),
        turn(json!("p1"), "Ana", "So."),
        turn(json!("p2"), "Tom", "Why?"),
        turn(json!("p2"), "Ben", "No.")
    ]));
    assert_eq!(ids(&corpus.unwrap()), [("talk", "p1"), ("talk", "p2")]);
    // Ids that do not are the turns' own.
    let corpus = read_json(&json!([turn(json!(0), "Tom", "Why?"), turn(json!(1), "Ana", "So.")])).unwrap();
    assert_eq!((ids(&corpus)[0].1, corpus.transcripts[0].turns.len()), ("talk", 2));
    let turn = |id: &str, who: &str, text: &str| json!({"transcript_id": id, "speaker": who, "text": text});
    let list = json!({"turns": [turn("a", "Tom", "Why?"), turn("a", "Ana", "So."), turn("b", "Tom", "Why?"),
                                turn("b", "Ben", "No.")]});
    assert_eq!(ids(&read_json(&list).unwrap()), [("talk", "a"), ("talk", "b")]);
}

#[test]
fn times_come_in_many_forms() {
    let seconds = |start: Value, later: Value| {
        let value = json!([{"speaker": "Tom", "text": "Why?", "start": start},
                           {"speaker": "Ana", "text": "So.", "start": later}]);
        let corpus = read_json(&value).unwrap();
        let times: Vec<f64> =
            corpus.transcripts[0].turns.iter().flat_map(|t| t.times.iter().map(|mark| mark.seconds)).collect();
        times
    };
    assert_eq!(seconds(json!(1), json!(2.5)), [1.0, 2.5]);
    assert_eq!(seconds(json!("00:00:11"), json!("00:01:11.5")), [11.0, 71.5]);
    assert_eq!(seconds(json!("3"), json!("4.25s")), [3.0, 4.25]);
    assert_eq!(seconds(json!([5.0, 6.0]), json!([7.0, null])), [5.0, 7.0]);
    assert!(seconds(json!("2024-05-01T10:00:00Z"), json!(1_714_557_600)).is_empty());
    // Milliseconds show in how slowly people would speak.
    let value = json!({"utterances": [
        {"speaker": "A", "text": "Why is it so hard at night?", "start": 240, "end": 2100, "words": [{"text": "Why"}]},
        {"speaker": "B", "text": "Because we are two people short.", "start": 2500, "end": 5000}]});
    let corpus = read_json(&value).unwrap();
    assert_eq!(corpus.transcripts[0].turns[1].times[0].seconds, 2.5);
    assert!(corpus.warnings[0].contains("milliseconds"), "{:?}", corpus.warnings);
}

#[test]
fn parts_that_are_no_text_are_counted() {
    let value = json!({"messages": [
        {"role": "assistant", "content": [{"type": "text", "text": "Why?"}]},
        {"role": "assistant", "content": null, "tool_calls": []},
        {"role": "tool", "content": "42"},
        {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}, {"type": "text", "text": "This."},
                                     {"type": "text", "text": "And that."}]}]});
    let corpus = read_json(&value).unwrap();
    assert_eq!(turns(&corpus.transcripts[0]), [("assistant", "Why?"), ("tool", "42"), ("user", "This.\nAnd that.")]);
    assert_eq!(corpus.transcripts[0].turns[1].role, Role::Other);
    let warnings = corpus.warnings.join("\n");
    assert!(
        warnings.contains("1 turn has no words") && warnings.contains("1 `image_url` part is no text"),
        "{warnings}"
    );
}

#[test]
fn trees_of_messages_are_read_along_their_last_branch() {
    let node = |parent: Value, role: &str, text: &str| {
        json!({"parent": parent, "children": [], "message":
            {"author": {"role": role, "name": null}, "content": {"content_type": "text", "parts": [text]}}})
    };
    let value = json!([{"title": "Night", "mapping": {
        "root": {"parent": null, "message": null, "children": ["a"]},
        "a": node(json!("root"), "assistant", "Why?"),
        "b": node(json!("a"), "user", "No."),
        "c": node(json!("a"), "user", "Well, so."),
        "d": node(json!("c"), "assistant", "And?"),
        "e": node(json!("d"), "user", "That is all.")}}]);
    let corpus = read_json(&value).unwrap();
    let expected = [("assistant", "Why?"), ("user", "Well, so."), ("assistant", "And?"), ("user", "That is all.")];
    assert_eq!(turns(&corpus.transcripts[0]), expected);
}

#[test]
fn options_name_fields() {
    let value = json!([{"nr": 1, "ward": "North", "talk": [{"wer": "Tom", "role": "x", "text": "Why?"},
                                                           {"wer": "Ana", "role": "x", "text": "So."}]}]);
    let named = |field: &str| Some(field.to_owned());
    let options = ReadOptions {
        text_columns: vec!["talk".to_owned()],
        id_column: named("nr"),
        study_column: named("Ward"),
        speaker_column: named("wer"),
        ..ReadOptions::default()
    };
    let text = value.to_string();
    let corpus = read_bytes("a.json", text.as_bytes(), &options).unwrap();
    assert_eq!(ids(&corpus), [("North", "1")]);
    assert_eq!(turns(&corpus.transcripts[0]), [("Tom", "Why?"), ("Ana", "So.")]);
    let wrong = ReadOptions { speaker_column: named("who"), ..options.clone() };
    let message = read_bytes("a.json", text.as_bytes(), &wrong).unwrap_err().to_string();
    assert!(message.contains("no column `who` (from `--speaker-column`)") && message.contains("`wer`"), "{message}");
    let wrong = ReadOptions { id_column: named("number"), ..options };
    let message = read_bytes("a.json", text.as_bytes(), &wrong).unwrap_err().to_string();
    assert!(message.contains("no column `number` (from `--id-column`)"), "{message}");
}

#[test]
fn fields_become_text() {
    let text = "[{\"id\": 12345678901234567890123, \"text\": \"Q: Why?\\r\\nA: It is caf\\u00c3\\u00a9 time.\\nQ: So?\\nA: Yes.\"},\n\
                {\"id\": 7.0, \"id\": 8, \"text\": [\"Q: Why?\", \"A: No.\", \"Q: Else?\", \"A: None.\"]}]";
    let corpus = read_text("a.json", text).unwrap();
    assert_eq!(ids(&corpus), [("a", "12345678901234567890123"), ("a", "8")]);
    assert_eq!(turns(&corpus.transcripts[0])[1], ("A", "It is café time."));
    assert_eq!(corpus.sources[0].mojibake_repaired, 1);
    assert_eq!(turns(&corpus.transcripts[1])[3], ("A", "None."));
    let keep = ReadOptions { keep_mojibake: true, ..ReadOptions::default() };
    let corpus = read_bytes("a.json", text.as_bytes(), &keep).unwrap();
    assert_eq!(turns(&corpus.transcripts[0])[1], ("A", "It is cafÃ© time."));
    let rows = json!([{"id": 1, "question": "How many?", "answer": 4}, {"id": 2, "question": "Sure?", "answer": true}]);
    assert_eq!(answers(&read_json(&rows).unwrap(), "2"), ["true"]);
}

/// The common interview as records of an API, under a field for the speaker and one for the words.
fn records(speaker: &str, words: &str) -> Vec<Value> {
    let record = |(n, &(seconds, who, text)): (usize, &(f64, &str, &str))| json!({ "index": n, speaker: who, words: text, "start_time": seconds });
    TALK.iter().enumerate().map(record).collect()
}

#[test]
fn turns_are_found_in_records_of_records() {
    for talk in [
        json!({ "data": { "transcript": { "title": "x", "sentences": records("speaker_name", "text") } } }),
        json!({ "result": { "transcription": { "full_transcript": "x", "utterances": records("speaker", "text") } } }),
        json!({ "speech": { "transcripts": records("speaker_name", "transcript"), "speakers": [{ "id": 1 }] } }),
    ] {
        let corpus = read_json(&talk).unwrap();
        let turns = turns(&corpus.transcripts[0]);
        assert_eq!(turns[0], (TOM, TALK[0].2), "{talk}");
        // Segments of one speaker in a row may be one turn.
        let said = |texts: &mut dyn Iterator<Item = &str>| texts.flat_map(str::split_whitespace).count();
        let (found, all) = (turns.iter().map(|turn| turn.1), TALK.iter().map(|record| record.2));
        assert_eq!(said(&mut { found }), said(&mut { all }), "{talk}");
    }
    // A text that stands in a record is one still.
    let corpus = read_json(&json!({ "transcript": { "text": "Interviewer: Why?\n\nMaria: So it is." } })).unwrap();
    assert_eq!(turns(&corpus.transcripts[0]), [("transcript", "Interviewer: Why?\n\nMaria: So it is.")]);
}

#[test]
fn json_of_an_unknown_layout_names_its_fields() {
    let deep = r#"[{ "text": { "pages": [{ "lines": "Tom: Why?" }] }, "id": 3 }]"#;
    let error = read_text("talk.json", deep).unwrap_err();
    assert!(error.to_string().contains("its fields are `text.pages.lines`, `id`"), "{error}");
    assert!(error.hint().unwrap().contains("`speaker`"));
    let numbered = r#"{ "speech": { "transcripts": [{ "transcript": "Why?", "speaker_id": 1 }] } }"#;
    assert_eq!(turns(&read_text("talk.json", numbered).unwrap().transcripts[0]), [("Speaker 1", "Why?")]);
    // Lists without turns, and cells without words, are told as before.
    for empty in [json!([{ "id": 1, "messages": [] }]), json!([{ "id": 1, "text": "" }])] {
        assert!(!read_json(&empty).unwrap_err().to_string().contains("its fields are"), "{empty}");
    }
}

#[test]
fn lists_without_speakers_are_labelled_text_or_refused() {
    let value = json!({"segments": [{"start": 0, "text": "Tom: Why?"}, {"start": 2, "text": "Ana: Because."},
                                    {"start": 4, "text": "Tom: And?"}, {"start": 6, "text": "Ana: So."}]});
    let corpus = read_json(&value).unwrap();
    assert_eq!(turns(&corpus.transcripts[0])[1], ("Ana", "Because."));
    let value = json!({"text": "Why? So.", "segments": [{"start": 0, "text": "Why?"}, {"start": 2, "text": "So."}]});
    let message = read_json(&value).unwrap_err().to_string();
    assert!(message.contains("no speaker labels in"), "{message}");
    let value = json!([{"start": 0, "end": 1, "text": "Why?"}, {"start": 2, "end": 3, "text": "So."}]);
    assert!(read_json(&value).unwrap_err().to_string().contains("no speaker labels in"));
    let value =
        json!({"turns": [{"speaker": "Tom", "text": "Why?"}, {"text": "Hm."}, {"speaker": "Ana", "text": "So."}]});
    let corpus = read_json(&value).unwrap();
    assert_eq!(corpus.transcripts[0].turns[1].role, Role::Other);
    assert!(corpus.warnings[0].contains("1 turn has no speaker"), "{:?}", corpus.warnings);
}

#[test]
fn bad_lines_are_named_and_the_others_read() {
    let text = "{\"id\": 1, \"text\": \"Q: Why?\\nA: So.\\nQ: And?\\nA: No.\"}\n\n{\"id\": 2, \"text\": \n\
                {\"id\": 3, \"text\": \"Q: Why?\\nA: Yes.\\nQ: And?\\nA: No.\"}\n[1]\n7\n{\"id\": 4, \"text\": \"\\ud800\"}\n";
    let corpus = read_text("a.jsonl", text).unwrap();
    assert_eq!(corpus.transcripts.iter().map(|t| t.id.as_str()).collect::<Vec<_>>(), ["1", "3"]);
    assert_eq!(corpus.transcripts[1].turns[0].line, 4);
    let failures = corpus.failures.join("\n");
    assert!(failures.contains("line 3, column 18: EOF while parsing a value"), "{failures}");
    assert!(failures.contains("record 4 (line 6): a value without named fields"), "{failures}");
    assert!(failures.contains("record 5 (line 7)"), "{failures}");
    let strict = ReadOptions { strict: true, ..ReadOptions::default() };
    assert!(read_bytes("a.jsonl", text.as_bytes(), &strict).is_err());
}

#[test]
fn of_several_lists_of_records_the_one_with_speakers_is_the_talk() {
    let turns = json!([
        {"speaker": "Tom", "content": "How did you begin with the bees?"},
        {"speaker": "Maria", "content": "My uncle gave me two hives when I was twelve."},
        {"speaker": "Tom", "content": "What did you like about it?"},
        {"speaker": "Maria", "content": "The quiet of it, mostly, and the smell."},
    ]);
    let asked = |of: &str| json!([{"query": format!("What of {of}?"), "answer": format!("They like {of}.")}]);
    let corpus = read_json(&json!({
        "topic_list": [{"topic": "Opening", "relevant_text_span": [["1", "3"]]}],
        "general_query_list": asked("it"),
        "specific_query_list": asked("bees"),
        "meeting_transcripts": turns,
    }))
    .unwrap();
    check(&corpus);
    let said: Vec<&str> = corpus.transcripts[0].turns.iter().map(|turn| &*turn.text).collect();
    assert_eq!((corpus.transcripts.len(), said.len(), said[2]), (1, 4, "What did you like about it?"));
    // Of two talks none is the talk.
    let error = read_json(&json!({"first": turns, "second": turns, "general_query_list": asked("it")})).unwrap_err();
    assert!(error.to_string().contains("are lists of records"), "{error}");
}

#[test]
fn broken_files_are_errors_with_a_place() {
    let message = |name: &str, text: &str| {
        let error = read_text(name, text).unwrap_err();
        assert!(error.hint().is_some());
        error.to_string()
    };
    let text = "[\n  {\"id\": 1, \"text\": \"Q: Why?\"},\n  {\"id\": 2, \"text\": NaN}\n]\n";
    assert!(
        message("a.json", text).contains("line 3, column 21: what stands there is no JSON"),
        "{}",
        message("a.json", text)
    );
    let cut = &std::fs::read_to_string(fixture("messages.json")).unwrap()[..1000];
    assert!(message("a.json", cut).contains("EOF while parsing"), "{}", message("a.json", cut));
    assert!(message("a.json", "id,text\n1,x\n").contains("line 1, column 1: what stands there is no JSON"));
    assert!(message("a.json", "[]").contains("is empty"));
    assert!(message("a.json", "[1, 2]").contains("no records with named fields"));
    assert!(message("a.json", "\"words\"").contains("no records with named fields"));
    let names = message("a.json", "{\"speakers\": [{\"id\": 1}], \"length\": 7}");
    assert!(names.contains("no text column") && names.contains("`speakers`, `length`"), "{names}");
    let two = "{\"a\": [{\"id\": 1, \"text\": \"x\"}], \"b\": [{\"id\": 1, \"text\": \"x\"}]}";
    assert!(message("a.json", two).contains("both `a` and `b` are lists of records"));
    assert!(message("a.parquet", "id,text\n1,x\n").contains("it is text and no Parquet file"));
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(read_text("a.json", &deep).is_err());
    let deep = format!("[{{\"id\": 1, \"text\": {}{}}}]", "[".repeat(100_000), "]".repeat(100_000));
    assert!(read_text("a.json", &deep).is_err());
}

#[test]
fn files_of_one_transcript_belong_to_their_folder() {
    let folder = tempfile::tempdir().unwrap();
    let ward = folder.path().join("ward");
    std::fs::create_dir(&ward).unwrap();
    for name in ["a.json", "b.json"] {
        let value = json!({"segments": [{"speaker": "Tom", "text": format!("Why {name}?"), "start": 0},
                                        {"speaker": "Ana", "text": "So.", "start": 2}]});
        std::fs::write(ward.join(name), value.to_string()).unwrap();
    }
    let corpus = read_path(ward, &ReadOptions::default()).unwrap();
    assert_eq!(ids(&corpus), [("ward", "a"), ("ward", "b")]);
}

#[test]
fn damaged_parquet_is_an_error_with_a_hint() {
    let bytes = std::fs::read(fixture("messages.parquet")).unwrap();
    let error = read_bytes("a.parquet", &bytes[..bytes.len() - 10], &ReadOptions::default()).unwrap_err();
    assert!(error.to_string().contains("its footer: it has no footer, so it breaks off"), "{error}");
    assert!(error.hint().unwrap().contains("to_parquet"));
    let mut long = bytes.clone();
    let at = long.len() - 8;
    long[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    let error = read_bytes("a.parquet", &long, &ReadOptions::default()).unwrap_err();
    assert!(error.to_string().contains("is too large: its footer has"), "{error}");
    for end in [8, 40, bytes.len() / 2] {
        assert!(read_bytes("a.parquet", &bytes[..end], &ReadOptions::default()).is_err());
    }
}

/// A column of a row group: values, definition levels, repetition levels.
enum Column<'v> {
    Text(Vec<&'v [u8]>, Vec<i16>, Vec<i16>),
    Int(Vec<i64>, Vec<i16>, Vec<i16>),
    Double(Vec<f64>, Vec<i16>, Vec<i16>),
}

fn texts<'v>(values: &[&'v str], defined: &[i16], repeated: &[i16]) -> Column<'v> {
    Column::Text(values.iter().map(|value| value.as_bytes()).collect(), defined.to_vec(), repeated.to_vec())
}

/// Levels, which fields that are always there have not.
fn some(levels: &[i16]) -> Option<&[i16]> {
    Some(levels).filter(|levels| !levels.is_empty())
}

/// Writes a Parquet file of row groups of columns.
fn parquet_file(schema: &str, properties: WriterProperties, groups: Vec<Vec<Column<'_>>>) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    for group in groups {
        let mut row_group = file.next_row_group().unwrap();
        for column in group {
            let mut writer = row_group.next_column().unwrap().unwrap();
            match column {
                Column::Text(values, defined, repeated) => {
                    let values: Vec<ByteArray> = values.into_iter().map(|value| value.to_vec().into()).collect();
                    writer.typed::<ByteArrayType>().write_batch(&values, some(&defined), some(&repeated)).unwrap();
                }
                Column::Int(values, defined, repeated) => {
                    writer.typed::<Int64Type>().write_batch(&values, some(&defined), some(&repeated)).unwrap();
                }
                Column::Double(values, defined, repeated) => {
                    writer.typed::<DoubleType>().write_batch(&values, some(&defined), some(&repeated)).unwrap();
                }
            }
            writer.close().unwrap();
        }
        row_group.close().unwrap();
    }
    file.into_inner().unwrap()
}

fn read_parquet(schema: &str, group: Vec<Column<'_>>) -> Result<Corpus, CorpusError> {
    let bytes = parquet_file(schema, WriterProperties::builder().build(), vec![group]);
    read_bytes("talk.parquet", &bytes, &ReadOptions::default())
}

/// `message` of an id and one more field.
fn schema(field: &str) -> String {
    format!("message talk {{ required binary id (UTF8); {field} }}")
}

const ANSWERS: &str = "message talk { optional binary id (UTF8); optional binary question (UTF8); \
                       optional binary answer (UTF8); }";

#[test]
fn lists_in_parquet_are_written_in_several_ways() {
    // Two records: three turns, of which the second has no words; a missing list.
    let (roles, words) = (["assistant", "user", "user"], ["Why?", "So it is."]);
    let expected = [("assistant", "Why?"), ("user", "So it is.")];
    let ids = || texts(&["a", "b"], &[], &[]);
    let two_levels = "optional group messages (LIST) { repeated group array { required binary role (UTF8); \
                      optional binary content (UTF8); } }";
    let three_levels = "optional group messages (LIST) { repeated group list { required group element { \
                        required binary role (UTF8); optional binary content (UTF8); } } }";
    for field in [two_levels, three_levels] {
        let group =
            vec![ids(), texts(&roles, &[2, 2, 2, 0], &[0, 1, 1, 0]), texts(&words, &[3, 2, 3, 0], &[0, 1, 1, 0])];
        let corpus = read_parquet(&schema(field), group).unwrap();
        assert_eq!(turns(&corpus.transcripts[0]), expected);
        assert_eq!(corpus.transcripts.len(), 1);
        let warnings = corpus.warnings.join("\n");
        assert!(warnings.contains("1 record holds no turns") && warnings.contains("1 turn has no words"), "{warnings}");
    }
    let repeated = "repeated group turns { required binary speaker (UTF8); optional binary text (UTF8); }";
    let group = vec![ids(), texts(&roles, &[1, 1, 1, 0], &[0, 1, 1, 0]), texts(&words, &[2, 1, 2, 0], &[0, 1, 1, 0])];
    assert_eq!(turns(&read_parquet(&schema(repeated), group).unwrap().transcripts[0]), expected);
    let maps = "optional group messages (LIST) { repeated group list { optional group element (MAP) { \
                repeated group key_value { required binary key (UTF8); optional binary value (UTF8); } } } }";
    let (keys, values) = (["role", "content", "role", "content"], ["assistant", "Why?", "user", "So it is."]);
    let group = vec![
        ids(),
        texts(&keys, &[4, 4, 4, 4, 0], &[0, 2, 1, 2, 0]),
        texts(&values, &[5, 5, 5, 5, 0], &[0, 2, 1, 2, 0]),
    ];
    assert_eq!(turns(&read_parquet(&schema(maps), group).unwrap().transcripts[0]), expected);
    let parts = "optional group messages (LIST) { repeated group list { optional group element { \
                 required binary role (UTF8); optional group content (LIST) { repeated group list { \
                 optional group element { required binary type (UTF8); optional binary text (UTF8); } } } } } }";
    let group = vec![
        ids(),
        texts(&["assistant", "user"], &[3, 3, 0], &[0, 1, 0]),
        texts(&["text", "text", "image"], &[6, 6, 6, 0], &[0, 1, 2, 0]),
        texts(&["Why?", "So it is."], &[7, 7, 6, 0], &[0, 1, 2, 0]),
    ];
    let corpus = read_parquet(&schema(parts), group).unwrap();
    assert_eq!(turns(&corpus.transcripts[0]), expected);
    assert!(corpus.warnings.join("\n").contains("1 `image` part is no text"));
    let lines = "optional group transcript (LIST) { repeated group list { optional binary element (UTF8); } }";
    let said = ["Tom: Why?", "Ana: Because.", "Tom: And?", "Ana: So."];
    let group = vec![ids(), texts(&said, &[3, 3, 3, 3, 0], &[0, 1, 1, 1, 0])];
    assert_eq!(turns(&read_parquet(&schema(lines), group).unwrap().transcripts[0])[1], ("Ana", "Because."));
}

#[test]
fn numbers_in_parquet_are_ids() {
    let question = || texts(&["Why?", "Why?"], &[], &[]);
    let answer = || texts(&["Because.", "So."], &[], &[]);
    let rest = "required binary question (UTF8); required binary answer (UTF8);";
    let of = |id: &str, column: Column<'_>| {
        let schema = format!("message talk {{ {id} {rest} required double __index_level_0__; }}");
        let index = Column::Double(vec![3.0, 1.0], Vec::new(), Vec::new());
        let corpus = read_parquet(&schema, vec![column, question(), answer(), index]).unwrap();
        corpus.transcripts.iter().map(|t| t.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(of("optional double id;", Column::Double(vec![7.0], vec![1, 0], Vec::new())), ["7", "row 2"]);
    let ints = |a, b| Column::Int(vec![a, b], Vec::new(), Vec::new());
    assert_eq!(of("required int64 id;", ints(-7, i64::MAX)), ["-7", "9223372036854775807"]);
    assert_eq!(of("required int64 id (DECIMAL(18, 2));", ints(-7, 1_200)), ["-0.07", "12"]);
    let times = ints(1_709_164_800_000, 1_709_164_800_250);
    let expected = ["2024-02-29T00:00:00", "2024-02-29T00:00:00.25"];
    assert_eq!(of("required int64 id (TIMESTAMP_MILLIS);", times), expected);
}

#[test]
fn every_compression_and_page_version_is_read() {
    let group =
        || vec![texts(&["a", "b"], &[1, 1], &[]), texts(&["Why?"], &[1, 0], &[]), texts(&["So."], &[0, 1], &[])];
    let codecs = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(Default::default()),
        Compression::LZ4,
        Compression::LZ4_RAW,
        Compression::ZSTD(Default::default()),
    ];
    for codec in codecs {
        for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
            for dictionary in [true, false] {
                let properties = WriterProperties::builder()
                    .set_compression(codec)
                    .set_writer_version(version)
                    .set_dictionary_enabled(dictionary)
                    .build();
                let bytes = parquet_file(ANSWERS, properties, vec![group(), group()]);
                let corpus = read_bytes("talk.parquet", &bytes, &ReadOptions::default()).unwrap();
                assert_eq!(answers(&corpus, "b"), ["So.", "So."], "{codec} {version:?} {dictionary}");
            }
        }
    }
    let error = read_path(fixture("brotli.parquet"), &ReadOptions::default()).unwrap_err();
    let message = error.to_string();
    assert!(message.contains("column `transcript_id` is compressed with Brotli, which is not read"), "{message}");
    assert!(error.hint().unwrap().contains("compression=\"zstd\""));
}

#[test]
fn a_damaged_row_group_is_named_and_the_others_read() {
    let properties = || WriterProperties::builder().set_dictionary_enabled(false).build();
    let group = |id, text| vec![texts(&[id], &[1], &[]), texts(&["Why?"], &[1], &[]), texts(&[text], &[1], &[])];
    let bytes = parquet_file(ANSWERS, properties(), vec![group("a", "One."), group("b", "Two."), group("c", "Three.")]);
    let at = bytes.windows(4).position(|window| window == b"Two.").unwrap();
    let mut damaged = bytes.clone();
    damaged[at - 4..at].copy_from_slice(&u32::MAX.to_le_bytes());
    let corpus = read_bytes("talk.parquet", &damaged, &ReadOptions::default()).unwrap();
    assert_eq!(corpus.transcripts.iter().map(|t| t.id.as_str()).collect::<Vec<_>>(), ["a", "c"]);
    assert!(corpus.failures[0].contains("row group 2 of 3, after record 1"), "{:?}", corpus.failures);
    let group = vec![
        texts(&["a", "b"], &[1, 1], &[]),
        texts(&["Why?", "Why?"], &[1, 1], &[]),
        Column::Text(vec![b"caf\xE9", b"So."], vec![1, 1], Vec::new()),
    ];
    let corpus = read_parquet(ANSWERS, group).unwrap();
    assert_eq!(answers(&corpus, "b"), ["So."]);
    let failure = &corpus.failures[0];
    assert!(failure.contains("record 1: the text in column `answer` is not UTF-8"), "{failure}");
}

#[test]
fn small_parquet_files_that_claim_much_are_refused() {
    // One text of 2 kB that a list repeats.
    let long = "x".repeat(2_000);
    let n = 40_000;
    let mut repeated = vec![1; n];
    repeated[0] = 0;
    let column = || Column::Text(vec![long.as_bytes(); n], vec![2; n], repeated.clone());
    let list = "optional group messages (LIST) { repeated group array { required binary role (UTF8); \
                required binary content (UTF8); } }";
    let error = read_parquet(&schema(list), vec![texts(&["a"], &[], &[]), column(), column()]).unwrap_err();
    assert!(matches!(&error, CorpusError::TooLarge { .. }), "{error}");
    // Rows of nothing.
    let n = 10_000_001;
    let nothing = || Column::Text(Vec::new(), vec![0; n], Vec::new());
    let message = read_parquet(ANSWERS, vec![nothing(), nothing(), nothing()]).unwrap_err().to_string();
    assert!(message.contains("more than the 10000000 rows that are read"), "{message}");
    // Fields in fields.
    let deep = format!("{}required binary text (UTF8);{}", "required group a { ".repeat(100), " }".repeat(100));
    let message = read_parquet(&schema(&deep), vec![texts(&["a"], &[], &[]), texts(&["b"], &[], &[])]).unwrap_err();
    assert!(message.to_string().contains("no tree of fields of bounded depth"), "{message}");
}

/// Turns as people write them, with what readers have to tell apart.
fn said() -> impl Strategy<Value = Vec<(bool, String)>> {
    let text = prop_oneof!["[A-Za-z é—“”,.?!:\"\\\\]{1,60}", "\\PC{1,30}", "[a-z]{1,5}\n\n[A-Z]{1,5}: [a-z]{1,9}"];
    let turn = (any::<bool>(), text.prop_map(|text| text.trim().to_owned()));
    proptest::collection::vec(
        // `NA` and `\N` are codes for what is missing.
        turn.prop_filter("no words, a code, a notice, or a tag", |(_, text)| {
            text.chars().filter(|c| c.is_alphanumeric()).count() > 3 && !text.contains(['©', '<', '&'])
        }),
        1..12,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read(said in said(), layout in 0..4usize, pretty: bool) {
        let mut said = said;
        said.push((false, "And so?".to_owned()));
        said.push((true, "So it is.".to_owned()));
        let who = |answers: bool| if answers { "user" } else { "assistant" };
        let items: Vec<Value> =
            said.iter().map(|(answers, text)| json!({"role": who(*answers), "content": text})).collect();
        let rows: Vec<Value> = said
            .iter()
            .map(|(answers, text)| json!({"transcript_id": "t-1", "speaker": who(*answers), "text": text}))
            .collect();
        let value = match layout {
            0 => json!(items),
            1 => json!([{"id": "t-1", "messages": items}]),
            2 => json!({"turns": items}),
            _ => json!(rows),
        };
        let text = if pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() };
        let keep = ReadOptions { keep_mojibake: true, ..ReadOptions::default() };
        let corpus = read_bytes("t-1.json", text.as_bytes(), &keep).unwrap();
        let expected: Vec<(&str, &str)> = said.iter().map(|(answers, text)| (who(*answers), text.as_str())).collect();
        prop_assert_eq!(turns(&corpus.transcripts[0]), expected);
        prop_assert_eq!(corpus.transcripts[0].id.as_str(), "t-1");
        prop_assert!(corpus.failures.is_empty());
    }

    #[test]
    fn what_is_written_to_parquet_is_read(
        lists in proptest::collection::vec(proptest::option::of(said()), 1..40),
        second: bool,
        dictionary: bool,
        page in 1..200usize,
    ) {
        let who = |answers: bool| if answers { "user" } else { "assistant" };
        let ids: Vec<String> = (0..lists.len()).map(|n| format!("t{n}")).collect();
        let (mut roles, mut words, mut defined, mut repeated) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for list in &lists {
            let said = list.as_deref().unwrap_or_default();
            for (n, (answers, text)) in said.iter().enumerate() {
                roles.push(who(*answers).as_bytes());
                words.push(text.as_bytes());
                defined.push(2);
                repeated.push(i16::from(n > 0));
            }
            if said.is_empty() {
                defined.push(0);
                repeated.push(0);
            }
        }
        let list = "optional group messages (LIST) { repeated group array { required binary role (UTF8); \
                    required binary content (UTF8); } }";
        let version = if second { WriterVersion::PARQUET_2_0 } else { WriterVersion::PARQUET_1_0 };
        let properties = WriterProperties::builder()
            .set_writer_version(version)
            .set_dictionary_enabled(dictionary)
            .set_data_page_size_limit(page)
            .set_write_batch_size(3)
            .set_compression(Compression::SNAPPY);
        let columns = vec![
            Column::Text(ids.iter().map(|id| id.as_bytes()).collect(), Vec::new(), Vec::new()),
            Column::Text(roles, defined.clone(), repeated.clone()),
            Column::Text(words, defined, repeated),
        ];
        let bytes = parquet_file(&schema(list), properties.build(), vec![columns]);
        let keep = ReadOptions { keep_mojibake: true, ..ReadOptions::default() };
        let result = read_bytes("talk.parquet", &bytes, &keep);
        let expected: Vec<(String, Vec<(&str, &str)>)> = ids
            .into_iter()
            .zip(&lists)
            .filter_map(|(id, list)| Some((id, list.as_ref()?)))
            .map(|(id, said)| (id, said.iter().map(|(answers, text)| (who(*answers), text.as_str())).collect()))
            .collect();
        match result {
            Ok(corpus) => {
                // Two interviews that say the same under one id would be one; these have ids of their own.
                let found: Vec<_> = corpus.transcripts.iter().map(|t| (t.id.to_string(), turns(t))).collect();
                prop_assert_eq!(found, expected);
            }
            Err(error) => {
                let nobody = expected.iter().all(|(_, said)| said.iter().all(|(who, _)| *who == "assistant"));
                prop_assert!(nobody, "{}", error);
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300), start in 0..4usize) {
        let start: &[u8] = [b"".as_slice(), b"[{", b"{\"messages\":[", b"PAR1"][start];
        for name in ["a.json", "a.jsonl", "a.parquet"] {
            drop(read_bytes(name, &[start, &bytes].concat(), &ReadOptions::default()));
        }
    }

    #[test]
    fn damaged_json_is_read_or_refused(at in 0..3000usize, bytes in proptest::collection::vec(any::<u8>(), 0..4), cut in 0..4usize, file in 0..5usize) {
        let name = ["messages.json", "messages.jsonl", "whisper.json", "turns.jsonl", "answers.json"][file];
        let mut whole = std::fs::read(fixture(name)).unwrap();
        let at = at % whole.len();
        let end = (at + cut).min(whole.len());
        whole.splice(at..end, bytes);
        drop(read_bytes(name, &whole, &ReadOptions::default()));
    }

    #[test]
    fn damaged_parquet_is_read_or_refused(at in 0..100_000usize, bytes in proptest::collection::vec(any::<u8>(), 0..4), cut in 0..4usize, file in 0..2usize) {
        let name = ["messages.parquet", "transcripts.parquet"][file];
        let mut whole = std::fs::read(fixture(name)).unwrap();
        let at = at % whole.len();
        let end = (at + cut).min(whole.len());
        whole.splice(at..end, bytes);
        drop(read_bytes(name, &whole, &ReadOptions::default()));
    }
}
