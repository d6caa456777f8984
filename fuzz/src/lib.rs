//! What the fuzz targets do: bytes are read as a file, and whatever comes out must hold together.
//!
//! [`read`] takes them for interviews, [`load`] for a file of a saved analysis, [`codes`], [`guide`] and
//! [`vectors`] for what people or programs hand over beside them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use leitmotif::analysis::{self, CodeOptions, evaluate, read_codes};
use leitmotif::embed::given::GivenVectors;
use leitmotif::export::check_counts;
use leitmotif::guide::Frame;
use leitmotif::analysis::codebook::Codebook;

use leitmotif::corpus::{ReadOptions, Role, UnitOptions, divide, is_guarded, read_bytes};

/// Reads bytes as a file of this name and checks every position.
///
/// # Panics
/// When a turn or a unit is not exactly the stretch of its document that it claims to be, or an
/// interviewer's words are an answer.
pub fn read(name: &str, bytes: &[u8]) {
    tolerate_caught_panics();
    let Ok(corpus) = read_bytes(name, bytes.to_vec(), &ReadOptions::default()) else { return };
    let slice = |document: usize, span: &std::ops::Range<usize>| -> String {
        corpus.documents[document].text.chars().skip(span.start).take(span.len()).collect()
    };
    for turn in corpus.transcripts.iter().flat_map(|transcript| &transcript.turns) {
        assert_eq!(slice(turn.document, &turn.span), *turn.text);
        assert!(!turn.text.is_empty());
        assert!(turn.times.is_sorted_by_key(|mark| mark.point));
    }
    for answer in &corpus.answers {
        assert_eq!(corpus.turn_of(answer).role, Role::Participant);
    }
    for unit in divide(&corpus, &UnitOptions::default()) {
        let turn = corpus.turn_of(&corpus.answers[unit.answer]);
        assert_eq!(slice(turn.document, &unit.span), unit.text);
    }
}

/// The fuzzer ends at every panic; those of decoders that become errors are no findings.
fn tolerate_caught_panics() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let ending = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !is_guarded() {
                ending(panic);
            }
        }));
    });
}

/// An analysis as version 1 saved it, without hashes that would refuse every altered byte.
const SPECIMEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/analysis-v1");

/// A folder of this process with the specimen, made once.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = std::env::temp_dir().join(format!("leitmotif-fuzz-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("the folder for temporary files can be written");
        for file in ["analysis.json", "answers.parquet", "vectors.npy", "codebook.toml"] {
            fs::copy(Path::new(SPECIMEN).join(file), folder.join(file)).expect("the specimen is in the repository");
        }
        folder
    })
}

/// Writes bytes as a file of the folder of this process.
fn written(name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder().join(name);
    fs::write(&path, bytes).expect("the folder for temporary files can be written");
    path
}

/// Loads an analysis with this file of it replaced, and counts and applies its codebook to what came.
pub fn load(file: &str, bytes: &[u8]) {
    tolerate_caught_panics();
    written(file, bytes);
    let Ok(mut analysis) = analysis::load(folder()) else { return };
    let _ = check_counts(&analysis);
    let Ok(Some(text)) = analysis::read_codebook(folder()) else { return };
    let Ok(codebook) = Codebook::parse(&text, Path::new("codebook.toml")) else { return };
    analysis::apply_edits(&mut analysis, &codebook);
}

/// Reads bytes as a table of codes, and holds the specimen against it.
pub fn codes(name: &str, bytes: &[u8]) {
    tolerate_caught_panics();
    static ANALYSIS: OnceLock<analysis::Analysis> = OnceLock::new();
    let analysis = ANALYSIS.get_or_init(|| analysis::load(Path::new(SPECIMEN)).expect("the specimen is read"));
    let Ok(sheets) = read_codes(&written(name, bytes), &CodeOptions::default()) else { return };
    let _ = evaluate(analysis, &sheets, 2);
}

/// Reads bytes as a guide.
pub fn guide(bytes: &[u8]) {
    if let Ok(frame) = Frame::read(&written("guide.txt", bytes)) {
        assert!(matches!(frame, Frame::Questions(lines) if lines.iter().all(|line| !line.is_empty())));
    }
}

/// Reads bytes as vectors; those of `.npy` have this list of ids.
pub fn vectors(name: &str, bytes: &[u8]) {
    tolerate_caught_panics();
    let ids = name.ends_with(".npy").then(|| written("ids.txt", b"unit:a#1\nunit:a#2\nunit:a#3\n"));
    let _ = GivenVectors::read(&written(name, bytes), ids.as_deref(), None);
}
