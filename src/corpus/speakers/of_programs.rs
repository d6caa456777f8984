//! `S00` and `S01`, which are speakers of a program as often as subjects.
//!
//! In: the counts of the speakers of one transcript, their keys, and what is decided of them. Out: the places of those
//! whose questions tell who asks. It looks at no words.

use super::super::model::Role;
use super::super::policy::MANY_QUESTIONS;
use super::counts::Speaker;
use super::{Names, stem, two};

/// The places of `S00`, `S01` … where all who speak are called so, and one asks in half of the turns or more,
/// often, and far more than the others.
pub(super) fn numbered_speakers(
    speakers: &[Speaker],
    keys: &[String],
    decided: &[Option<(Role, String)>],
    names: &Names,
) -> Vec<usize> {
    let is_numbered =
        |key: &str| stem(key) == "s" && key != "s" && names.given(key).is_none() && names.people.find(key).is_none();
    let numbered: Vec<usize> = (0..keys.len()).filter(|&at| is_numbered(&keys[at])).collect();
    let others_speak =
        (0..keys.len()).any(|at| !numbered.contains(&at) && !matches!(decided[at], Some((Role::Other, _))));
    let most = numbered.iter().copied().max_by_key(|&at| (speakers[at].answered, std::cmp::Reverse(at)));
    let asks = most.is_some_and(|top| {
        let rest = numbered.iter().filter(|&&at| at != top).map(|&at| speakers[at].answered).max();
        let speaker = &speakers[top];
        speaker.answered >= MANY_QUESTIONS
            && speaker.asking * 2 >= speaker.turns
            && rest.is_some_and(|rest| speaker.answered >= 2 * rest)
    });
    let prompts = || numbered.len() == 2 && two::prompter(speakers).is_some();
    if !others_speak && (asks || prompts()) { numbered } else { Vec::new() }
}
