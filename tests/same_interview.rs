//! One interview in every format: the same person gives the same answers.

mod common;

use common::project;
use leitmotif::corpus::{Corpus, InputSpec, ReadOptions, read};

/// What the participant says, by the script that every specimen was written from.
const SAID: [&str; 4] = [
    "With the handover, always. We walk from bed to bed, and the evening nurse tells me what worried her — that \
     matters more than any screen.",
    "Being two people short. Last week I had nineteen patients, and I kept thinking that I would miss the one who gets \
     quiet.",
    "Satisfied: no. Tired, yes. And then the phone rings at 03:30 and it is the lab again.",
    "Someone at the door at four in the morning. Naïve as it sounds, a café that stays open would help too! 🙂",
];

fn specimen(name: &str) -> Corpus {
    let path = project("tests/fixtures/transcripts").join(name);
    read(&[InputSpec { study: None, path }], &ReadOptions::default()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The answers of the first transcript, one after the other.
fn said(corpus: &Corpus) -> String {
    let answers = corpus.answers.iter().filter(|answer| answer.transcript == 0);
    squeezed(&answers.map(|answer| corpus.turn_of(answer).text.as_str()).collect::<Vec<_>>().join(" "))
}

#[test]
fn every_format_gives_the_same_answers() {
    let with_times = ["zoom.vtt", "teams.vtt", "otter.srt", "otter.txt", "rev.txt", "teams.docx", "whisper.json"];
    let without = [
        "maxqda.txt",
        "nvivo.txt",
        "markdown_chat.md",
        "word.docx",
        "table.docx",
        "turns.xlsx",
        "answers.json",
        "turns.jsonl",
        "messages.json",
        "messages.jsonl",
        "messages.parquet",
        "transcripts.parquet",
    ];
    for name in with_times.into_iter().chain(without) {
        let corpus = specimen(name);
        assert!(corpus.failures.is_empty(), "{name}: {:?}", corpus.failures);
        assert_eq!(said(&corpus), SAID.join(" "), "{name}");
        let people: std::collections::BTreeSet<&str> =
            corpus.answers.iter().filter(|a| a.transcript == 0).map(|a| a.participant.as_str()).collect();
        assert_eq!(people.len(), 1, "{name}: {people:?}");
        if with_times.contains(&name) {
            let first = corpus.turn_of(&corpus.answers[0]);
            let last = corpus.turn_of(corpus.answers.last().unwrap());
            let seconds = [first, last].map(|turn| turn.seconds_at(turn.span.start).map(f64::floor));
            assert_eq!(seconds, [Some(11.0), Some(55.0)], "{name}");
        }
    }
}
