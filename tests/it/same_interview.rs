//! One interview in every format: the same person gives the same answers.

use crate::common::project;
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
    squeezed(&answers.map(|answer| &*corpus.turn_of(answer).text).collect::<Vec<_>>().join(" "))
}

#[test]
fn every_format_gives_the_same_answers() {
    let with_times = [
        "zoom.vtt",
        "teams.vtt",
        "otter.srt",
        "youtube.sbv",
        "otter.txt",
        "rev.txt",
        "teams.docx",
        "whisper.json",
        "otranscribe.otr",
        "chat.cha",
        "elan.eaf",
        "tei.xml",
    ];
    let without = [
        "maxqda.txt",
        "nvivo.txt",
        "markdown_chat.md",
        "word.docx",
        "table.docx",
        // Written by LibreOffice 7.4 from `word.docx`.
        "word.pdf",
        "word.odt",
        "word.rtf",
        // Written by pandoc 3.9 from `word.docx`.
        "word.html",
        "project.qdpx",
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
            corpus.answers.iter().filter(|a| a.transcript == 0).map(|a| &*a.participant).collect();
        assert_eq!(people.len(), 1, "{name}: {people:?}");
        if with_times.contains(&name) {
            let first = corpus.turn_of(&corpus.answers[0]);
            let last = corpus.turn_of(corpus.answers.last().unwrap());
            let seconds = [first, last].map(|turn| turn.seconds_at(turn.span.start).map(f64::floor));
            assert_eq!(seconds, [Some(11.0), Some(55.0)], "{name}");
        }
    }
}

/// Two justified columns on two pages, with running heads, page numbers and words that hyphens broke,
/// drawn by ReportLab 5.1; its Helvetica has no emoji.
#[test]
fn columns_of_a_pdf_are_read_one_after_the_other() {
    let corpus = specimen("columns.pdf");
    assert_eq!(said(&corpus), SAID.join(" ").trim_end_matches(" 🙂"));
    assert_eq!(corpus.sources[0].layout.as_deref(), Some("2 columns, running heads and page numbers left out"));
    let pages: Vec<usize> = corpus.answers.iter().map(|answer| corpus.turn_of(answer).line).collect();
    assert_eq!(pages, [1, 1, 2, 2]);
    assert!(corpus.warnings.is_empty(), "{:?}", corpus.warnings);
}

/// Written by LibreOffice 7.4 from `word.docx`.
#[test]
fn a_document_of_old_word_is_named_with_the_remedy() {
    let path = project("tests/fixtures/transcripts/word.doc");
    let error = read(&[InputSpec { study: None, path }], &ReadOptions::default()).unwrap_err();
    assert!(error.to_string().ends_with("word.doc` is not read: it is a document of Word 97–2003"), "{error}");
    assert!(error.hint().unwrap().contains(".docx"));
}
