//! Whether `M2`, `I3` or `Agent 1` is an interviewer beside another one who is: `M` begins *man* as well as
//! *moderator*, `I` *informant* as well as *interviewer*.
//!
//! In: the keys of one transcript's speakers with what the lists say of them and how often they ask. Out: the
//! places of those whose name does not make them interviewers, and of those of whom that is doubtful.

use super::super::label_key::stem;
use super::super::model::Role;
use super::super::policy::{ASKING_SHARE, SECOND_ASKING_SHARE};

/// Names of interviewers that, with a number, may as well be those of people who are asked.
const DOUBTFUL: &[&str] = &["m", "i", "host", "agent", "model"];
/// The letters by which women and men are numbered beside `M1`: female, *Frau*, *femme*, *homme*, *hombre*,
/// *vrouw*, *kobieta*.
const OF_GENDER: &[&str] = &["f", "w", "h", "v", "k"];

/// A speaker as far as the lists and the questions tell.
pub(super) struct Lettered<'k> {
    pub(super) key: &'k str,
    pub(super) role: Option<Role>,
    /// Whether the role is the user's, the header's, or the name's wherever it stands.
    pub(super) is_strong: bool,
    pub(super) asking: usize,
    pub(super) turns: usize,
}

impl Lettered<'_> {
    /// Whether only a word that also begins ordinary lines, and a number, make it an interviewer.
    fn is_numbered(&self) -> bool {
        let letters = stem(self.key);
        !self.is_strong && self.role == Some(Role::Interviewer) && letters != self.key && DOUBTFUL.contains(&letters)
    }

    /// Whether it asks in fewer of its turns than that.
    fn asks_below(&self, share: f64) -> bool {
        (self.asking as f64) < share * self.turns.max(1) as f64
    }
}

/// Places of speakers.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Answering {
    /// Those who answer.
    pub(super) sure: Vec<usize>,
    /// Those of whom it may be so.
    pub(super) perhaps: Vec<usize>,
}

/// Those of a transcript whom a numbered word for who asks names, and who do not: somebody else is the
/// interviewer and asks at least as often, and women are numbered in the same way, or nobody else answers.
pub(super) fn answering(speakers: &[Lettered<'_>]) -> Answering {
    let mut found = Answering::default();
    if !speakers.iter().any(Lettered::is_numbered) {
        return found;
    }
    // `Moderator` and `I`; the latter only if it asks.
    let asks = |s: &&Lettered<'_>| {
        s.role == Some(Role::Interviewer) && (s.is_strong || (stem(s.key) == s.key && s.asking > 0))
    };
    let Some(most) = speakers.iter().filter(asks).map(|s| s.asking).max() else { return found };
    let is_surely_asked = speakers.iter().any(|s| s.is_strong && asks(&s) && s.asking > 0);
    let is_of_gender = |s: &Lettered<'_>| s.role.is_none() && stem(s.key) != s.key && OF_GENDER.contains(&stem(s.key));
    let by_gender = speakers.iter().any(is_of_gender);
    let others = speakers.iter().any(|s| !s.key.is_empty() && !matches!(s.role, Some(Role::Interviewer | Role::Other)));
    for (at, speaker) in speakers.iter().enumerate().filter(|(_, speaker)| speaker.is_numbered()) {
        if speaker.asking * 2 <= speaker.turns && has_peer(speakers, at) {
            found.sure.push(at);
            continue;
        }
        if speaker.asking > most {
            continue;
        }
        let is_man = by_gender && stem(speaker.key) == "m" && speaker.asks_below(SECOND_ASKING_SHARE);
        if is_man || (!others && speaker.asks_below(ASKING_SHARE)) {
            found.sure.push(at);
        } else if speaker.asking == 0 && is_surely_asked {
            found.perhaps.push(at);
        }
    }
    found
}

/// Whether another speaker is numbered alike, by the same letter, and never asks: among them
/// a question or two are asked of peers, however little whoever leads the talk asks.
fn has_peer(speakers: &[Lettered<'_>], at: usize) -> bool {
    let letters = stem(speakers[at].key);
    let is_peer = |(other, peer): (usize, &Lettered<'_>)| {
        let is_alike = peer.is_numbered() && stem(peer.key) == letters;
        other != at && peer.turns > 0 && peer.asking == 0 && is_alike
    };
    speakers.iter().enumerate().any(is_peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Speakers as key, turns and questions, with the roles that the lists have.
    fn found(speakers: &[(&'static str, usize, usize)]) -> (Vec<usize>, Vec<usize>) {
        let names = |key: &str| match stem(key) {
            "moderator" | "interviewer" => (Some(Role::Interviewer), true),
            "m" | "i" | "agent" | "gpt" => (Some(Role::Interviewer), false),
            "p" => (Some(Role::Participant), true),
            "observer" => (Some(Role::Other), true),
            _ => (None, false),
        };
        let lettered = |&(key, turns, asking): &(&'static str, usize, usize)| {
            let (role, is_strong) = names(key);
            Lettered { key, role, is_strong, asking, turns }
        };
        let Answering { sure, perhaps } = answering(&speakers.iter().map(lettered).collect::<Vec<_>>());
        (sure, perhaps)
    }

    #[test]
    fn men_of_a_group_answer() {
        for asker in ["moderator", "m", "i"] {
            for woman in ["f1", "w1", "f 2"] {
                let group = [(asker, 3, 3), (woman, 3, 0), ("m1", 2, 1), ("m 2", 1, 0)];
                assert_eq!(found(&group), (vec![2, 3], vec![]), "{asker} {woman}");
            }
            assert_eq!(found(&[(asker, 3, 3), ("m1", 2, 0), ("m2", 1, 0)]), (vec![1, 2], vec![]), "{asker}");
        }
        assert_eq!(found(&[("interviewer", 3, 3), ("agent 1", 3, 0), ("agent 2", 3, 0)]), (vec![1, 2], vec![]));
        assert_eq!(found(&[("interviewer", 3, 3), ("i1", 3, 0), ("observer", 1, 0)]), (vec![1], vec![]));
    }

    #[test]
    fn who_asks_a_question_or_two_among_others_numbered_alike_answers() {
        assert_eq!(found(&[("moderator", 4, 1), ("m1", 4, 2), ("m2", 2, 0), ("f1", 5, 0)]), (vec![1, 2], vec![]));
        assert_eq!(found(&[("moderator", 4, 4), ("i1", 4, 1), ("i2", 4, 0), ("i3", 4, 0)]), (vec![1, 2, 3], vec![]));
        // Who mostly asks is no peer.
        assert_eq!(found(&[("moderator", 4, 4), ("i1", 4, 3), ("i2", 4, 2), ("anna", 9, 0)]), (vec![], vec![]));
    }

    #[test]
    fn who_asks_under_a_number_is_an_interviewer() {
        for talk in [
            &[("m1", 4, 4), ("m2", 4, 2), ("p1", 5, 0)][..],
            &[("m1", 4, 4), ("m2", 4, 0), ("f1", 5, 0)],
            &[("moderator", 4, 2), ("m2", 4, 3), ("f1", 5, 0)],
            &[("moderator", 4, 4), ("m2", 4, 3), ("f1", 5, 0)],
            &[("moderator", 4, 4), ("m2", 4, 1), ("anna", 5, 0)],
            &[("m", 4, 4), ("m1", 1, 0), ("p1", 5, 0)],
            &[("moderator", 4, 4), ("i1", 4, 2), ("anna", 5, 0)],
            &[("moderator", 4, 4), ("gpt-4", 4, 0), ("p", 5, 0)],
            &[("m", 4, 0), ("m1", 4, 0), ("f1", 4, 0)],
            &[],
        ] {
            assert_eq!(found(talk), (vec![], vec![]), "{talk:?}");
        }
        // A man beside participants who are numbered otherwise, or a second moderator who asks nothing.
        assert_eq!(found(&[("moderator", 4, 4), ("m2", 2, 0), ("p1", 5, 0)]), (vec![], vec![1]));
    }
}
