//! One short interview in the layouts of subtitles and transcription services: each must be read into
//! exactly its turns, with their roles and times.

use std::path::PathBuf;

use leitmotif::corpus::{Corpus, InputSpec, ReadOptions, Role, read};

const BEGIN: &str = "Thanks for taking the time. Could you tell me how a night shift usually begins?";
const HANDOVER: &str = "With the handover, always. We walk from bed to bed, and the evening nurse tells me what worried \
                        her — that matters more than any screen.";
const HARD: &str = "What makes a night hard for you?";
const SHORT: &str = "Being two people short. Last week I had nineteen patients, and I kept thinking that I would miss the \
                     one who gets quiet.";
const TIRED: &str = "Satisfied: no. Tired, yes. And then the phone rings at 03:30 and it is the lab again.";
const HELP: &str = "What would help?";
const DOOR: &str =
    "Someone at the door at four in the morning. Naïve as it sounds, a café that stays open would help too! 🙂";

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/transcripts").join(name)
}

fn corpus(name: &str) -> Corpus {
    let corpus = read(&[InputSpec { study: None, path: path(name) }], &ReadOptions::default()).unwrap();
    assert!(corpus.warnings.is_empty() && corpus.failures.is_empty(), "{name}: {:?}", corpus.warnings);
    assert_eq!(corpus.transcripts.len(), 1);
    for turn in &corpus.transcripts[0].turns {
        let document = &corpus.documents[turn.document].text;
        let slice: String = document.chars().skip(turn.span.start).take(turn.span.len()).collect();
        assert_eq!(slice, *turn.text, "{name}");
    }
    corpus
}

/// Turns as role, speaker, start and words.
fn turns(corpus: &Corpus) -> Vec<(Role, &str, Option<f64>, &str)> {
    let turns = corpus.transcripts[0].turns.iter();
    turns.map(|turn| (turn.role, &*turn.speaker, turn.seconds_at(turn.span.start), &*turn.text)).collect()
}

/// The interview's seven turns by speaker names and seconds.
fn expected(names: [&str; 2], seconds: [Option<f64>; 7]) -> Vec<(Role, &str, Option<f64>, &'static str)> {
    let words = [BEGIN, HANDOVER, HARD, SHORT, TIRED, HELP, DOOR];
    let asks = [true, false, true, false, false, true, false];
    let turn = |((words, asks), seconds)| {
        if asks { (Role::Interviewer, names[0], seconds, words) } else { (Role::Participant, names[1], seconds, words) }
    };
    words.into_iter().zip(asks).zip(seconds).map(turn).collect()
}

const NAMES: [&str; 2] = ["Tom Reyes", "Maria Keller"];
const WHOLE_SECONDS: [Option<f64>; 7] =
    [Some(4.0), Some(11.0), Some(24.0), Some(28.0), Some(41.0), Some(52.0), Some(55.0)];

#[test]
fn subtitles_are_read_with_every_time() {
    let files = [("zoom.vtt", "vtt"), ("teams.vtt", "vtt"), ("otter.srt", "srt"), ("youtube.sbv", "sbv")];
    for (name, format) in files {
        let corpus = corpus(name);
        assert_eq!(corpus.sources[0].format, format);
        // The cues of one speaker are one turn.
        let merged = format!("{SHORT} {TIRED}");
        let mut expected =
            expected(NAMES, [Some(4.12), Some(11.04), Some(24.3), Some(28.0), Some(41.26), Some(52.0), Some(55.5)]);
        expected.remove(4);
        expected[3].3 = &merged;
        assert_eq!(turns(&corpus), expected, "{name}");
        let transcript = &corpus.transcripts[0];
        assert_eq!(transcript.id, name.split('.').next().unwrap());
        let seconds: Vec<f64> = transcript.turns[3].times.iter().map(|mark| mark.seconds).collect();
        assert_eq!(seconds, [28.0, 33.4, 41.26], "{name}");
        let tired = transcript.turns[3].span.start + SHORT.chars().count() + 1;
        assert_eq!(transcript.turns[3].seconds_at(tired), Some(41.26));
        assert_eq!(transcript.turns[3].seconds_at(tired - 2), Some(33.4));
        assert!(corpus.documents[0].text.starts_with(&format!("Tom Reyes: {BEGIN}\n\nMaria Keller: With")));
        assert_eq!(corpus.answers.len(), 3);
    }
}

#[test]
fn times_beside_names_are_read() {
    for name in ["otter.txt", "nvivo.txt", "rev.txt"] {
        assert_eq!(turns(&corpus(name)), expected(NAMES, WHOLE_SECONDS), "{name}");
    }
}

/// A mark at the end of a paragraph is the time at which the next one starts.
#[test]
fn times_at_the_end_of_paragraphs_are_read() {
    let seconds = [None, Some(11.0), Some(24.3), Some(28.0), Some(41.2), Some(52.0), Some(55.5)];
    assert_eq!(turns(&corpus("maxqda.txt")), expected(["I", "B"], seconds));
}

#[test]
fn headings_are_speakers() {
    assert_eq!(turns(&corpus("markdown_chat.md")), expected(["Assistant", "User"], [None; 7]));
}

#[test]
fn contents_win_over_the_extension() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("talk.txt");
    std::fs::copy(path("zoom.vtt"), &copy).unwrap();
    let corpus = read(&[InputSpec { study: None, path: copy }], &ReadOptions::default()).unwrap();
    assert_eq!(corpus.sources[0].format, "vtt");
    assert_eq!(corpus.transcripts[0].turns.len(), 6);
    assert!(corpus.warnings[0].contains("was read as vtt"), "{:?}", corpus.warnings);
}
