use super::*;

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn seconds_are_told_from_dates() {
    let plain = |number: &str| seconds_of(&Value::Plain(number.to_owned()));
    assert_eq!((plain("0"), plain("11.5"), plain("1e3")), (Some(0.0), Some(11.5), Some(1000.0)));
    assert_eq!((plain("-1"), plain("1714557600"), plain("true")), (None, None, None));
    assert_eq!(seconds_of(&text(" 00:01:05 ")), Some(65.0));
    assert_eq!(seconds_of(&text("2024-05-01T10:00:00Z")), None);
    assert_eq!(seconds_of(&text("NaN")), None);
}

#[test]
fn spaces_between_words_are_no_turns_without_words() {
    let item = |said: &str| Value::Record(vec![("text".to_owned(), text(said)), ("type".to_owned(), text("x"))]);
    assert!(is_space(&item(" ")) && is_space(&item("\n")));
    assert!(!is_space(&item("So.")) && !is_space(&item("")) && !is_space(&text(" ")) && !is_space(&Value::Null));
}

#[test]
fn names_stand_on_one_line() {
    assert_eq!(label(&text(" Tom\n Reyes: ")), "Tom Reyes");
    assert_eq!(label(&Value::Plain("1.0".to_owned())), "1");
    assert_eq!(label(&Value::Plain("1.05".to_owned())), "1.05");
    let author = Value::Record(vec![("name".to_owned(), Value::Null), ("role".to_owned(), text("user"))]);
    assert_eq!(label(&author), "user");
    assert_eq!(label(&Value::Record(vec![("$oid".to_owned(), text("65f0"))])), "65f0");
}

#[test]
fn lists_with_speakers_come_first() {
    let fields = |names: &[&str]| Some(names.iter().map(|&name| name.to_owned()).collect());
    let mut shape = Shape::default();
    for (name, items) in [
        ("segments", fields(&["start", "text"])),
        ("text", None),
        ("utterances", fields(&["speaker", "text"])),
        ("entities", fields(&["text", "speaker"])),
    ] {
        let at = shape.add(name);
        shape.items[at] = items;
    }
    assert_eq!(shape.list(&ReadOptions::default()), Some(2));
    let named = ReadOptions { text_columns: vec!["entities".to_owned()], ..ReadOptions::default() };
    assert_eq!(shape.list(&named), Some(3));
    let table = ReadOptions { text_columns: vec!["text".to_owned()], ..ReadOptions::default() };
    assert_eq!(shape.list(&table), None);
}

#[test]
fn codes_in_lists_of_turns_are_nobodys_words() {
    let said = |code: &str| {
        let turn = |who: &str, said: &str| format!(r#"{{"role": "{who}", "content": "{said}"}}"#);
        let turns = [
            turn("interviewer", "Who built it with you?"),
            turn("participant", "My uncle and I did, all winter long."),
            turn("interviewer", "And what came of it?"),
            turn("participant", code),
            turn("interviewer", "How long did it take?"),
            turn("participant", code),
        ];
        let json = format!(r#"[{{"id": "k1", "messages": [{}]}}]"#, turns.join(", "));
        let corpus = crate::corpus::read_bytes("talk.json", json.into_bytes(), &ReadOptions::default()).unwrap();
        let told = corpus.warnings.iter().any(|told| told.contains("2 turns hold codes for a missing answer"));
        (corpus.answers.len(), told)
    };
    for code in ["NULL", "nan", "#N/A", "-99"] {
        assert_eq!(said(code), (1, true), "{code}");
    }
    for words in ["99", "No answer", "Nan", "missing"] {
        assert_eq!(said(words), (3, false), "{words}");
    }
}

#[test]
fn turns_that_were_taken_back_are_left_out() {
    let talk = |mark: &str| {
        let turn = |who: &str, said: &str, mark: &str| format!(r#"{{"author": "{who}", "body": "{said}"{mark}}}"#);
        let turns = [
            turn("researcher", "Who built it with you?", ""),
            turn("p5", "My uncle and I did.", ""),
            turn("p5", "He is called Sven Holm.", mark),
        ];
        let json = format!(r#"{{"messages": [{}]}}"#, turns.join(", "));
        let corpus = crate::corpus::read_bytes("talk.json", json.into_bytes(), &ReadOptions::default()).unwrap();
        let told = corpus.warnings.iter().any(|told| told.contains("marked as deleted or superseded"));
        (corpus.transcripts[0].turns.len(), told)
    };
    for mark in [r#", "deleted": true"#, r#", "is_deleted": true"#, r#", "superseded": true"#] {
        assert_eq!(talk(mark), (2, true), "{mark}");
    }
    for mark in [r#", "deleted": false"#, r#", "edited": true"#, r#", "deleted": null"#, ""] {
        assert_eq!(talk(mark), (3, false), "{mark}");
    }
}

#[test]
fn who_speaks_may_be_a_record_and_what_is_said_parts() {
    let read = |name: &str, json: &str| {
        let corpus = crate::corpus::read_bytes(name, json.as_bytes().to_vec(), &ReadOptions::default()).unwrap();
        let turns = corpus.transcripts.iter().flat_map(|of| &of.turns);
        turns.map(|turn| format!("{}: {}", turn.speaker, turn.text)).collect::<Vec<_>>()
    };
    let expected = ["Ann: Why bees?", "Tom: They came."];
    let senders = r#"{"messages": [{"text": "Why bees?", "from": {"name": "Ann"}, "conversationId": "1"},
        {"text": "They came.", "from": {"name": "Tom"}, "conversationId": "1"}]}"#;
    assert_eq!(read("senders.json", senders), expected);
    let calls = r#"{"callTranscripts": [{"callId": "7", "transcript": [
        {"speakerId": "Ann", "sentences": [{"start": 0, "text": "Why"}, {"start": 9, "text": "bees?"}]},
        {"speakerId": "Tom", "sentences": [{"start": 12, "text": "They came."}]}]}]}"#;
    assert_eq!(read("calls.json", calls), expected);
    let parts = r#"{"contents": [{"role": "Ann", "parts": [{"text": "Why bees?"}]},
        {"role": "Tom", "parts": [{"type": "input_audio", "transcript": "They came."}]}]}"#;
    assert_eq!(read("parts.json", parts), expected);
}
