//! Cases with several sources: one person's interviews, or those of a group of people.
//!
//! In: the transcripts of a project, with the case of each that has others. Out: the same; where the same speak in all
//! that a case has, it stays their person, else they are apart. Either is told. It never looks at what is said.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::error::{counted, some};
use super::super::RawTranscript;

/// Who asks and who answers, at least, speak in all interviews with one person.
const BOTH: usize = 2;

/// Settles whether cases are persons; returns what is to be told.
pub(super) fn settle(path: &str, transcripts: &mut [RawTranscript]) -> Vec<String> {
    let mut cases: BTreeMap<(Option<String>, String), Vec<usize>> = BTreeMap::new();
    for (at, transcript) in transcripts.iter().enumerate() {
        if let Some(person) = &transcript.person {
            let study = transcript.study.as_deref().map(str::to_owned);
            cases.entry((study, person.to_string())).or_default().push(at);
        }
    }
    let (mut persons, mut groups): (Vec<String>, Vec<String>) = Default::default();
    for ((_, case), of_case) in cases {
        if are_one_persons(&of_case, transcripts) {
            persons.extend((of_case.len() > 1).then_some(case));
        } else {
            of_case.into_iter().for_each(|at| transcripts[at].person = None);
            groups.push(case);
        }
    }
    let told = |cases: &[String], what: &str| {
        let names: Vec<&str> = cases.iter().map(String::as_str).collect();
        let of = if names.len() == 1 { "has" } else { "have" };
        let told =
            format!("`{path}`: {} {of} several sources ({}): {what}", counted(names.len(), "case"), some(&names));
        (!names.is_empty()).then_some(told)
    };
    let one = "they count as interviews with one person; if a case is a group of people, take its sources out of it";
    let apart = "not the same speak in all of them, so each counts as an interview with somebody else";
    told(&persons, one).into_iter().chain(told(&groups, apart)).collect()
}

fn are_one_persons(of_case: &[usize], transcripts: &[RawTranscript]) -> bool {
    let labels = |at: &usize| -> BTreeSet<&str> { transcripts[*at].turns.iter().map(|turn| &*turn.speaker).collect() };
    let shared = of_case.iter().map(labels).reduce(|shared, labels| &shared & &labels).unwrap_or_default();
    of_case.len() == 1 || shared.into_iter().filter(|label| !label.is_empty()).count() >= BOTH
}
