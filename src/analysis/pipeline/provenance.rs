//! Where the result comes from, as the manifest keeps it.

use std::collections::{BTreeSet, HashMap};

use crate::analysis::saved::*;
use crate::corpus::{Answer, Corpus, Language};
use crate::embed::VectorSource;
use crate::theme::numbers::{of_all, verb};

/// Things to know about the interviews and about the model.
pub(super) fn warnings(corpus: &Corpus, source: &dyn VectorSource) -> Vec<String> {
    let of_languages = unknown_languages(corpus, source);
    let known = corpus.warnings.iter().chain(source.warnings()).cloned();
    known.chain(of_languages).chain(source.missing()).collect()
}

/// Says so when interviews are in a language that the model does not know.
pub fn unknown_languages(corpus: &Corpus, source: &dyn VectorSource) -> Option<String> {
    let known = source.only_language()?;
    let spoken: Vec<Language> =
        corpus.transcripts.iter().filter_map(|t| t.language).filter(|&language| language != known).collect();
    let mut names: Vec<&str> = Vec::new();
    for language in &spoken {
        if !names.contains(&language.name()) {
            names.push(language.name());
        }
    }
    (!spoken.is_empty()).then(|| {
        format!(
            "the model {} knows {known}, but {} {} {}: their themes will be poor; take a multilingual one with `--model` \
             (`leitmotif models list`)",
            source.identity().name,
            of_all(spoken.len(), corpus.transcripts.len(), "transcript"),
            verb(spoken.len(), "is", "are"),
            names.join(", ")
        )
    })
}

/// How speaker labels were understood over all transcripts, most turns first. Codes for missing answers are no
/// turns, and neither are the questions before them alone.
pub(super) fn roles(corpus: &Corpus) -> Vec<RoleSummary> {
    let mut found: Vec<RoleSummary> = Vec::new();
    let mut place: HashMap<(&str, crate::corpus::Role), usize> = HashMap::new();
    for speaker in corpus.transcripts.iter().flat_map(|transcript| &*transcript.speakers) {
        let at = *place.entry((&speaker.label, speaker.role)).or_insert_with(|| {
            found.push(RoleSummary {
                label: speaker.label.clone(),
                role: speaker.role,
                reason: speaker.reason.clone(),
                turns: 0,
                transcripts: 0,
            });
            found.len() - 1
        });
        found[at].turns += speaker.turns;
        found[at].transcripts += 1;
    }
    for (transcript, turn) in unsaid(corpus) {
        let turn = &corpus.transcripts[transcript].turns[turn];
        if let Some(&at) = place.get(&(&*turn.speaker, turn.role)) {
            found[at].turns -= 1;
        }
    }
    found.sort_by(|a, b| b.turns.cmp(&a.turns).then_with(|| a.label.cmp(&b.label)));
    found
}

/// Turns that nobody said, as transcripts and their turns: codes for missing answers, and the questions that stand
/// before such codes alone.
pub(super) fn unsaid(corpus: &Corpus) -> impl Iterator<Item = (usize, usize)> {
    corpus.answers.chunk_by(|a, b| a.transcript == b.transcript).flat_map(|answers| {
        let is_missing = |answer: &&Answer| corpus.is_missing(answer);
        let questions = |answers: &[&Answer]| -> BTreeSet<usize> {
            answers.iter().flat_map(|answer| &*answer.question_turns).copied().collect()
        };
        let missing: Vec<&Answer> = answers.iter().filter(is_missing).collect();
        let mut turns: Vec<usize> = missing.iter().map(|answer| answer.turn).collect();
        if !missing.is_empty() {
            let given: Vec<&Answer> = answers.iter().filter(|answer| !is_missing(answer)).collect();
            turns.extend(questions(&missing).difference(&questions(&given)));
        }
        turns.into_iter().map(|turn| (answers[0].transcript, turn))
    })
}

/// The time of `SOURCE_DATE_EPOCH` as RFC 3339 in UTC.
pub(super) fn created() -> Option<String> {
    let seconds = std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()?;
    let time = std::time::SystemTime::UNIX_EPOCH.checked_add(std::time::Duration::from_secs(seconds))?;
    Some(humantime::format_rfc3339_seconds(time).to_string())
}
