//! The languages of a corpus: each transcript's, its study's where it has few words, and which are mixed.
//!
//! In: transcripts with their turns, those of a study one after the other. Out: their languages, and warnings. It
//! changes nothing else.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::super::error::{counted, some};
use super::super::language::{Language, Teller};
use super::super::model::{Corpus, Role, Transcript};

/// Transcripts from which on each is told more quickly.
const MANY_TRANSCRIPTS: usize = 5000;

/// Tells the language of each transcript by what its participants say.
pub(super) fn tell(transcripts: &mut [Transcript]) {
    fn answers(transcript: &Transcript) -> impl Iterator<Item = &str> {
        transcript.turns.iter().filter(|turn| turn.role == Role::Participant).map(|turn| &*turn.text)
    }
    if transcripts.len() < MANY_TRANSCRIPTS {
        transcripts.par_iter_mut().for_each(|transcript| transcript.language = Language::of(answers(transcript)));
        return;
    }
    // The transcripts of a study follow each other.
    for of_study in transcripts.chunk_by_mut(|a, b| a.study == b.study) {
        let teller = Teller::of_study(Language::of(of_study.iter().flat_map(answers)));
        of_study.par_iter_mut().for_each(|transcript| transcript.language = teller.language(answers(transcript)));
    }
}

/// Gives transcripts of few words the language of their study.
pub(super) fn fill_in(corpus: &mut Corpus) {
    let untold: HashSet<&str> =
        corpus.transcripts.iter().filter(|t| t.language.is_none()).map(|t| t.study.as_str()).collect();
    let mut answers: HashMap<&str, Vec<&str>> = HashMap::new();
    for answer in &corpus.answers {
        let study = corpus.study_of(answer);
        if untold.contains(study) {
            answers.entry(study).or_default().push(&corpus.turn_of(answer).text);
        }
    }
    let languages: HashMap<String, Option<Language>> =
        answers.into_iter().map(|(study, texts)| (study.to_owned(), Language::of(texts.into_iter()))).collect();
    for transcript in corpus.transcripts.iter_mut().filter(|t| t.language.is_none()) {
        transcript.language = languages.get(transcript.study.as_str()).copied().flatten();
    }
}

/// Says of each study with several languages how many transcripts are in the rarer ones.
pub(super) fn warn(corpus: &mut Corpus) {
    let mut warnings = Vec::new();
    // The transcripts of a study follow each other.
    for of_study in corpus.transcripts.chunk_by(|a, b| a.study == b.study) {
        let study = &of_study[0].study;
        let mut spoken: Vec<(Language, Vec<&str>)> = Vec::new();
        for transcript in of_study {
            let Some(language) = transcript.language else { continue };
            match spoken.iter_mut().find(|(known, _)| *known == language) {
                Some((_, ids)) => ids.push(&transcript.id),
                None => spoken.push((language, vec![&transcript.id])),
            }
        }
        spoken.sort_by_key(|(_, ids)| std::cmp::Reverse(ids.len()));
        let Some(((usual, _), rarer)) = spoken.split_first() else { continue };
        for (language, ids) in rarer {
            let transcripts = counted(ids.len(), "transcript") + if ids.len() == 1 { " is" } else { " are" };
            warnings.push(format!(
                "mixed languages in study `{study}`: most is {usual}, but {transcripts} {language}: {}",
                some(ids)
            ));
        }
    }
    corpus.warnings.extend(warnings);
}
