//! What every fuzz target does: bytes are read as a file, and whatever comes out must hold together.

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
        assert_eq!(slice(turn.document, &turn.span), turn.text);
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
