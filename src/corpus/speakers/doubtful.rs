//! What is doubtful about letters and names that yield to what is counted, about hosts and second interviewers, and
//! about codes such as `UU` and `-1` beside names; of other labels that name nobody, [`unknown`] says so.
//!
//! In: the counts of the speakers of one transcript, with the roles that were decided. Out: phrases to warn with. It
//! decides nothing.

use super::super::error::counted;
use super::super::label_key::{key, stem};
use super::super::lexicon::WEAK;
use super::super::model::{Role, SpeakerRole};
use super::super::nobody;
use super::super::policy::{FEWEST_QUESTIONS, MANY_QUESTIONS};
use super::counts::Speaker;
use super::{Names, asking, bare_stem, beside, hosts, interpreters, interpreting, many, two, unknown};

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
    let beside = beside::answering(speakers, &keys, names);
    let doubt = |at: usize| {
        let (speaker, key, decided) = (&speakers[at], &keys[at], &roles[at]);
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
        let told = unknown::doubt(at, speakers, decided, &keys);
        if told.is_some() {
            return told;
        }
        let place = unknown::place(speaker);
        let may_be_asked = || {
            let others = keys.iter().map(String::as_str).filter(|other| *other != key);
            hosts::may_be_asked(key, others, names)
        };
        let is_name = || !is_of_program(key) || !keys.iter().all(|key| key.is_empty() || is_of_program(key));
        let letter = WEAK.role(bare_stem(key)).filter(|_| three_talk && (stem(key) == *key || !named_asks));
        let letter = letter.filter(|_| two::yields(bare_stem(key).trim_end_matches('.')));
        match (decided.role, names.by_name(key)) {
            (Role::Participant, Some(Role::Interviewer)) if letter.is_some() && speaker.replies * 4 < speaker.turns => {
                Some(format!(
                    "`{label}` was taken for a participant, whatever the letter stands for, since it {counts}; if that is \
                     an interviewer, say so with `--interviewer \"{label}\"`"
                ))
            }
            (Role::Participant, Some(Role::Interviewer | Role::Other))
                if (beside.answer.contains(&at) && letter.is_none())
                    || (stem(key) == *key && (hosts::is_host(key) || may_be_asked())) =>
            {
                Some(format!(
                    "{place}`{label}` was taken for a participant, whatever the name says, since it {counts}; if that is \
                     somebody who leads the talk, say so with `--interviewer \"{label}\"`"
                ))
            }
            (Role::Other, Some(Role::Other)) if interpreting::is_told(key) => None,
            (Role::Other, Some(Role::Other)) if may_be_asked() || beside.perhaps.contains(&at) => Some(format!(
                "{place}`{label}` was taken for neither an interviewer nor a participant, with {}, which no answer is made \
                 of; if it is one, say so with `--participant \"{label}\"` or `--interviewer \"{label}\"`",
                counted(speaker.turns, "turn")
            )),
            (Role::Interviewer, Some(Role::Interviewer))
                if (letter.is_some()
                    || (hosts::is_host(key) && speaker.tells() > 0)
                    || beside.perhaps.contains(&at))
                    && (speaker.requests() == 0 || beside.perhaps.contains(&at))
                    && most >= FEWEST_QUESTIONS =>
            {
                Some(format!(
                    "{place}`{label}` was taken for an interviewer by its name, but {counts}; if that is a participant, say so \
                     with `--participant \"{label}\"`"
                ))
            }
            (Role::Interviewer, Some(Role::Participant))
                if is_name() && (three_talk || names.strong(key).is_some()) =>
            {
                Some(format!(
                    "`{label}` was taken for the interviewer, whatever its name says, since it {counts}; if that is wrong, say \
                     who asks with `--interviewer LABEL`"
                ))
            }
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
    let found = (0..speakers.len().min(roles.len())).filter_map(doubt);
    found.chain(interpreters::doubts(speakers, roles, names, &keys)).collect()
}

/// Whether a key is a number of a speaker as programs write it, which says nothing: `S00`, `S1`.
fn is_of_program(key: &str) -> bool {
    (stem(key) == "s" && key != "s") || nobody::is_nobody(key)
}

#[cfg(test)]
mod tests {
    use super::super::tests::talked;

    #[test]
    fn numbers_of_a_program_say_nothing_and_other_codes_do() {
        for (asks, answers, is_told) in [("S00", "S01", false), ("S1", "S2", false), ("Participant", "Tom", true)] {
            let turns: Vec<(&str, &str)> =
                (0..6).flat_map(|_| [(asks, "And what then?"), (answers, "It rained all day long.")]).collect();
            let told = talked(&turns).1.iter().any(|doubt| doubt.contains("whatever its name says"));
            assert_eq!(told, is_told, "{asks} {answers}");
        }
    }
}
