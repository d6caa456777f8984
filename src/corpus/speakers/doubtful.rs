//! What is doubtful about letters and names that yield to what is counted, about second interviewers, and about codes
//! such as `UU` and `-1` beside names.
//!
//! In: the counts of the speakers of one transcript, with the roles that were decided. Out: phrases to warn with. It
//! decides nothing.

use super::super::label_key::{key, stem};
use super::super::lexicon::WEAK;
use super::super::model::{Role, SpeakerRole};
use super::super::nobody;
use super::super::policy::{FEWEST_QUESTIONS, MANY_QUESTIONS};
use super::counts::Speaker;
use super::{Names, asking, bare_stem, many, two};

/// The phrases, in the order of the speakers.
pub(super) fn doubts(speakers: &[Speaker], roles: &[SpeakerRole], names: &Names) -> Vec<String> {
    let questions = speakers.iter().map(|speaker| speaker.asking).sum();
    let of = |role: Role| speakers.iter().zip(roles).filter(move |(_, decided)| decided.role == role).map(|(s, _)| s);
    let three_talk = of(Role::Interviewer).count() + of(Role::Participant).count() > 2;
    // Whom nobody named: the one of most questions among those who ask comes first.
    let most = of(Role::Interviewer).map(|speaker| speaker.answered).max().unwrap_or_default();
    let by_name = |speaker: &Speaker| names.by_name(&key(&speaker.label)) == Some(Role::Interviewer);
    let named_asks = of(Role::Interviewer).any(by_name);
    let keys: Vec<String> = speakers.iter().map(|speaker| key(&speaker.label)).collect();
    let doubt = |((speaker, key), decided): ((&Speaker, &String), &SpeakerRole)| {
        if names.given(key).is_some() || names.people.find(key).is_some() {
            return None;
        }
        let (label, counts) = (&speaker.label, asking(speaker, questions));
        if nobody::may_be_somebody(key, keys.iter().map(String::as_str).filter(|other| *other != key)) {
            let taken = if decided.role == Role::Other { "nobody" } else { "somebody" };
            return Some(format!(
                "`{label}` was taken for {taken}; programs write it for speakers whom they could not tell: if it is one of \
                 those, name it `Unknown speaker`, and if not, say who it is with `--participant=\"{label}\"`"
            ));
        }
        let letter = WEAK.role(bare_stem(key)).filter(|_| three_talk && (stem(key) == *key || !named_asks));
        let letter = letter.filter(|_| two::yields(bare_stem(key).trim_end_matches('.')));
        match (decided.role, names.by_name(key)) {
            (Role::Participant, Some(Role::Interviewer)) if letter.is_some() && speaker.replies * 4 < speaker.turns => {
                Some(format!(
                    "`{label}` was taken for a participant, whatever the letter stands for, since it {counts}; if that is \
                     an interviewer, say so with `--interviewer \"{label}\"`"
                ))
            }
            (Role::Interviewer, Some(Role::Interviewer))
                if letter.is_some() && speaker.requests() == 0 && most >= FEWEST_QUESTIONS =>
            {
                Some(format!(
                    "`{label}` was taken for an interviewer by its name, but {counts}; if that is a participant, say so \
                     with `--participant \"{label}\"`"
                ))
            }
            (Role::Interviewer, Some(Role::Participant)) if three_talk || names.strong(key).is_some() => Some(format!(
                "`{label}` was taken for the interviewer, whatever its name says, since it {counts}; if that is wrong, say \
                 who asks with `--interviewer LABEL`"
            )),
            (Role::Interviewer, None) if speaker.answered < most && many::may_be_asked(speaker) => Some(format!(
                "`{label}` was taken for a second interviewer, who {counts}; if that is a participant, say so with \
                 `--participant \"{label}\"`"
            )),
            // Those who ask more often are told by their questions.
            (Role::Participant, None) if speaker.asking < MANY_QUESTIONS && many::comes_to_ask(speaker) && most > 0 => {
                Some(format!(
                    "`{label}` was taken for a participant, but {counts}; if that is a second interviewer, say so with \
                     `--interviewer \"{label}\"`"
                ))
            }
            _ => None,
        }
    };
    speakers.iter().zip(&keys).zip(roles).filter_map(doubt).collect()
}
