//! Bytes that once broke a reader, or were written to: each is read or refused, and what is read holds
//! together.

use crate::common::project;
use leitmotif::corpus::{ReadOptions, UnitOptions, divide, read_bytes};

#[test]
fn what_once_broke_a_reader_is_read_or_refused() {
    let mut paths: Vec<_> =
        std::fs::read_dir(project("tests/fixtures/findings")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let corpus = match read_bytes(&name, std::fs::read(&path).unwrap(), &ReadOptions::default()) {
            Ok(corpus) => corpus,
            Err(error) => {
                assert!(!error.to_string().is_empty());
                continue;
            }
        };
        for unit in divide(&corpus, &UnitOptions::default()) {
            let turn = corpus.turn_of(&corpus.answers[unit.answer]);
            let text = &corpus.documents[turn.document].text;
            let said: String = text.chars().skip(unit.span.start).take(unit.span.len()).collect();
            assert_eq!(said, unit.text, "{name}");
        }
    }
}
