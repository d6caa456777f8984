//! Projects that `export --to qdpx` writes are read back: the same people, the same words, the same
//! units.

use std::collections::BTreeMap;

use crate::common::project;
use leitmotif::analysis::{Analysis, load};
use leitmotif::corpus::{Corpus, ReadOptions, UnitOptions, divide, read_bytes};
use leitmotif::export::{Exporter, LineEnd, Qdpx};

type Said = BTreeMap<(String, String), String>;

fn squeezed(texts: impl Iterator<Item = String>) -> String {
    let words: Vec<String> =
        texts.flat_map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect();
    words.join(" ")
}

/// The specimen; the last two people were interviewed together.
fn specimen() -> Analysis {
    let mut analysis = load(&project("tests/fixtures/analysis-v1")).unwrap();
    let n = analysis.summary.participants.len();
    for person in &mut analysis.summary.participants[n - 2..] {
        let grouped = format!("ward talk/{}", person.participant);
        for unit in analysis.units.iter_mut().filter(|unit| unit.participant == person.participant) {
            unit.participant = grouped.clone();
        }
        person.participant = grouped;
        person.transcript = Some("ward talk".into());
    }
    analysis
}

fn said_in_analysis(analysis: &Analysis) -> Said {
    let mut units: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for unit in &analysis.units {
        units.entry((unit.study.clone(), unit.participant.clone())).or_default().push(unit.text.clone());
    }
    units.into_iter().map(|(who, texts)| (who, squeezed(texts.into_iter()))).collect()
}

fn said_in_corpus(corpus: &Corpus) -> Said {
    let mut answers: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for answer in &corpus.answers {
        let who = (corpus.study_of(answer).to_owned(), answer.participant.to_string());
        answers.entry(who).or_default().push(corpus.turn_of(answer).text.to_string());
    }
    answers.into_iter().map(|(who, texts)| (who, squeezed(texts.into_iter()))).collect()
}

#[test]
fn a_project_gives_back_people_words_and_units() {
    let analysis = specimen();
    for newline in [LineEnd::Lf, LineEnd::CrLf] {
        let mut bytes = Vec::new();
        Qdpx { newline, ..Qdpx::default() }.write(&analysis, &mut bytes).unwrap();
        let corpus = read_bytes("project.qdpx", bytes, &ReadOptions::default()).unwrap();
        assert!(corpus.failures.is_empty(), "{:?}", corpus.failures);
        assert_eq!(said_in_corpus(&corpus), said_in_analysis(&analysis));
        // The ids of the two who were put together are those of before in the specimen.
        let is_alone = |participant: &str| !participant.starts_with("ward talk/");
        let units = divide(&corpus, &UnitOptions::default()).into_iter();
        let alone = units.filter(|unit| is_alone(&corpus.answers[unit.answer].participant));
        let found: BTreeMap<String, String> = alone.map(|unit| (unit.id, unit.text)).collect();
        let alone = analysis.units.iter().filter(|unit| is_alone(&unit.participant));
        let expected: BTreeMap<String, String> = alone.map(|unit| (unit.id.clone(), unit.text.clone())).collect();
        assert!(!found.is_empty());
        assert_eq!(found, expected);
    }
}
