//! Names that may be the wrong way round, where two talk: who is the interviewer by name asks nothing, and the other
//! does.
//!
//! In: the counts of the speakers of one transcript, with the roles that were decided. Out: a phrase to warn with. It
//! decides nothing, and leaves whom the user or the header named as they are.

use super::super::label_key::key;
use super::super::model::{Role, SpeakerRole};
use super::super::policy::MANY_QUESTIONS;
use super::counts::Speaker;
use super::{Names, asking, two};

/// Names that are initials as often.
const INITIALS: &[&str] = &["ai"];

/// The phrase on an interviewer by name who asks nothing beside a participant who does.
pub(super) fn doubt(speakers: &[Speaker], roles: &[SpeakerRole], names: &Names) -> Option<String> {
    let of = |role: Role| {
        let mut all = speakers.iter().zip(roles).filter(move |(_, decided)| decided.role == role).map(|(one, _)| one);
        all.next().filter(|_| all.next().is_none())
    };
    let (interviewer, participant) = (of(Role::Interviewer)?, of(Role::Participant)?);
    let key = key(&interviewer.label);
    let is_named = names.is_given(&key) || names.people.find(&key).is_some();
    if is_named || names.by_name(&key) != Some(Role::Interviewer) || interviewer.requests() > 0 {
        return None;
    }
    let often = participant.answered >= MANY_QUESTIONS;
    let is_letter = names.strong(&key).is_none() || INITIALS.contains(&key.as_str());
    let leads = || participant.opens || often || two::lead(participant, interviewer) > 0;
    let is_doubtful = if is_letter { participant.asking > 0 && leads() } else { often && participant.opens };
    let questions = interviewer.asking + participant.asking;
    is_doubtful.then(|| {
        format!(
            "`{}` was taken for the interviewer by its name, but {}, and `{}` {}; if they are the wrong way round, say who \
             asks with `--interviewer \"{2}\"`",
            interviewer.label,
            asking(interviewer, questions),
            participant.label,
            asking(participant, questions)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::talked;

    const ANSWER: &str = "It rained all day long, and the hives stood under water until the spring.";

    /// Twelve turns of two, of whom the first opens and asks so many times.
    fn talk<'t>(opens: &'t str, other: &'t str, asks: usize) -> Vec<(&'t str, &'t str)> {
        (0..12).flat_map(|n| [(opens, if n < asks { "How was it?" } else { "So it was." }), (other, ANSWER)]).collect()
    }

    fn is_told(opens: &str, other: &str, asks: usize) -> bool {
        talked(&talk(opens, other, asks)).1.iter().any(|doubt| doubt.contains("by its name, but"))
    }

    #[test]
    fn an_interviewer_by_a_letter_who_asks_nothing_is_told() {
        for (opens, other) in [("Rob", "I"), ("K", "M"), ("F1", "M1"), ("JS", "AI")] {
            assert!(is_told(opens, other, 1), "{opens} {other}");
        }
    }

    #[test]
    fn who_asks_as_named_is_not() {
        for (opens, other) in [("I", "Rob"), ("M", "K"), ("Interviewer", "Participant"), ("Rob", "Lena")] {
            assert!(!is_told(opens, other, 2), "{opens} {other}");
        }
        // Nobody asks, or one question in a name that is nothing else.
        assert!(!is_told("Rob", "I", 0) && !is_told("Participant", "Interviewer", 1));
    }
}
