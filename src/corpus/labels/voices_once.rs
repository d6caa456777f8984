//! Voices that come once in a text whose labels all have a time: `Man`, `woman 2`, `Female voice`.
//!
//! In: the labels of a text. Out: a remark on each such voice beside people who go by names, since it may be one of
//! them or nobody. Whatever has a time is a label there, so none is left out. It never tells of a voice of which
//! another number speaks, nor of those who are nobody, which [`nobody`](super::super::nobody) knows.

use std::collections::HashMap;

use super::super::speakers::{Names, key, stem};
use super::Remark;
use super::lines::Head;
use super::voices;

/// Fewer labels show no habit.
const MIN_HEADS: usize = 4;

/// The remark on each.
pub(super) fn remarks(heads: &[Head], names: &Names, told: &[Remark]) -> Vec<Remark> {
    let timed = heads.iter().filter(|head| head.seconds.is_some()).count();
    if heads.len() < MIN_HEADS || timed * 10 < heads.len() * 9 {
        return Vec::new();
    }
    let keys: Vec<String> = heads.iter().map(|head| key(&head.label)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut kinds: HashMap<&str, usize> = HashMap::new();
    for key in &keys {
        *counts.entry(key).or_default() += 1;
        *kinds.entry(stem(key)).or_default() += 1;
    }
    // `Speaker 3` of a program is one of several.
    let is_voice = |key: &str| voices::is_voice(key) && !voices::is_speaker(stem(key)) && !names.is_known(key);
    let are_named = keys.iter().any(|key| counts[key.as_str()] > 1 && !names.is_known(key) && !voices::is_voice(key));
    let is_told = |at: usize| told.iter().any(|remark| remark.at == heads[at].line);
    let is_lone = |at: usize| counts[keys[at].as_str()] == 1 && kinds[stem(&keys[at])] == 1;
    let found = (1..heads.len()).filter(|&at| are_named && is_lone(at) && is_voice(&keys[at]) && !is_told(at));
    let remark = |at: usize| Remark {
        at: heads[at].line,
        what: format!("`{}` comes once and was taken for a speaker", heads[at].label),
    };
    found.map(remark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(labels: &[&str], seconds: Option<f64>) -> Vec<String> {
        let head = |(line, label): (usize, &&str)| Head { label: (*label).to_owned(), seconds, line, words: line };
        let heads: Vec<Head> = labels.iter().enumerate().map(head).collect();
        remarks(&heads, &Names::default(), &[]).into_iter().map(|remark| remark.what).collect()
    }

    #[test]
    fn a_voice_that_comes_once_beside_names_is_told() {
        for voice in ["Man", "woman 2", "Female voice"] {
            let talk = ["Tom", "Anna", voice, "Tom", "Anna"];
            assert_eq!(told(&talk, Some(1.0)), [format!("`{voice}` comes once and was taken for a speaker")]);
            assert!(told(&talk, None).is_empty(), "{voice}");
        }
        // One of several that have numbers, one beside no name, and who is nobody for sure.
        for talk in [
            ["Tom", "woman 1", "woman 2", "Tom", "woman 1"],
            ["Interviewer", "Woman", "Man", "Interviewer", "Woman"],
            ["Tom", "Anna", "Unknown speaker", "Tom", "Anna"],
        ] {
            assert!(told(&talk, Some(1.0)).is_empty(), "{talk:?}");
        }
    }
}
