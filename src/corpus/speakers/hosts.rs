//! Speakers who go by the name of a part in a call – `Host`, `Operator`, `Moderator` – and what they do there.
//!
//! In: what is counted of the speakers of one transcript. Out: the places of those whose deeds speak against the name,
//! with the part that they play, and whether what a host says is no more than greetings and questions. An operator who
//! only greets or asks is an interviewer; who answers the one who asks, and asks nothing, is a participant. It looks at
//! no words.

use super::super::model::Role;
use super::super::policy::{ASKING_SHARE, FEW_TURNS, MANY_QUESTIONS};
use super::counts::Speaker;
use super::{Names, stem};

/// Those who lead a call by their names.
#[rustfmt::skip]
const HOSTS: &[&str] = &[
    "host", "co-host", "cohost", "agent", "moderator", "moderatorin", "co-moderator", "comoderator", "facilitator",
    "co-facilitator",
];
/// Of those whose name also says what somebody is who is asked about it: hosts of guests, agents of a firm.
const ASKED: &[&str] = &["host", "co-host", "cohost", "agent", "operator", "technician"];
/// Those who stand by, and may as well lead a call or be asked.
const OPERATORS: &[&str] = &["operator", "technician", "system", "tool", "notes"];
/// Of those the ones whom programs write between a machine and whoever types.
const OF_PROGRAMS: &[&str] = &["system", "tool"];

/// Whether a key is the name of somebody who leads a call.
pub(super) fn is_host(key: &str) -> bool {
    HOSTS.contains(&stem(key))
}

/// Whether a key names somebody who stands by, and whose words may be somebody's: beside names, or in no talk with a
/// machine.
pub(super) fn may_be_asked<'k>(key: &str, others: impl Iterator<Item = &'k str>, names: &Names) -> bool {
    let mut others = others.filter(|other| !other.is_empty());
    OPERATORS.contains(&stem(key)) && (!OF_PROGRAMS.contains(&stem(key)) || others.any(|other| !names.is_known(other)))
}

/// The places of speakers whose deeds speak against their names, with the parts they play.
pub(super) fn by_deeds(speakers: &[Speaker], keys: &[String], names: &Names) -> Vec<(usize, Role)> {
    let is_free = |key: &str| names.given(key).is_none() && names.people.find(key).is_none();
    let of = |at: usize| {
        let (key, speaker) = (keys[at].as_str(), &speakers[at]);
        if !ASKED.contains(&key) || !is_free(key) {
            return None;
        }
        let answers =
            speaker.requests() == 0 && speaker.turns >= FEW_TURNS && replies(speakers, at) * 2 >= speaker.turns;
        let leads = key == "operator" && speaker.tells() == 0;
        let part = if answers { Some(Role::Participant) } else { leads.then_some(Role::Interviewer) };
        part.map(|part| (at, part))
    };
    (0..keys.len()).filter_map(of).collect()
}

/// A speaker's turns right behind a question of somebody else who asks often.
fn replies(speakers: &[Speaker], at: usize) -> usize {
    let asks = |&other: &usize| {
        let speaker = &speakers[other];
        other != at && speaker.answered >= MANY_QUESTIONS && speaker.asking_share() >= ASKING_SHARE
    };
    let asking: Vec<usize> = (0..speakers.len()).filter(asks).collect();
    speakers[at].replies_to(&asking)
}

#[cfg(test)]
mod tests {
    use super::super::tests::talked;
    use Role::{Interviewer as I, Other as O, Participant as P};

    use super::*;

    const ANSWER: &str = "It rained all day long, and the hives stood under water.";

    /// A talk of two, beside a third who says one thing before it and one thing in the middle.
    fn beside<'t>(third: &'t str, first: &'t str, then: &'t str) -> Vec<(&'t str, &'t str)> {
        let talk = |n: usize| (0..n).flat_map(|_| [("Ann", "And what then?"), ("Tom", ANSWER)]);
        [(third, first)].into_iter().chain(talk(3)).chain([(third, then)]).chain(talk(3)).collect()
    }

    #[test]
    fn who_only_greets_or_asks_is_an_interviewer() {
        for third in ["Host", "Operator", "Moderator"] {
            let (roles, doubts) = talked(&beside(third, "Welcome to the call.", "Thank you. Next question, please?"));
            assert_eq!((roles, doubts), (vec![I, I, P], Vec::new()), "{third}");
        }
    }

    #[test]
    fn who_tells_something_keeps_the_part_of_the_name_and_is_told() {
        for (third, role, what) in [
            ("Host", I, "was taken for an interviewer by its name"),
            ("Moderator", I, "was taken for an interviewer by its name"),
            ("Operator", O, "was taken for neither an interviewer nor a participant, with 2 turns"),
            ("Technician", O, "was taken for neither an interviewer nor a participant, with 2 turns"),
            ("Notes", O, "was taken for neither an interviewer nor a participant, with 2 turns"),
        ] {
            let (roles, doubts) = talked(&beside(third, "We had wasps as well.", "I put them by the river."));
            assert_eq!(roles, [role, I, P], "{third}");
            assert!(doubts.iter().any(|doubt| doubt.contains(what)), "{third} {doubts:?}");
        }
    }

    #[test]
    fn who_answers_every_question_is_a_participant_and_told() {
        for third in ["Host", "Operator", "Agent"] {
            let pair: Vec<(&str, &str)> = (0..5).flat_map(|_| [("Ann", "And what then?"), (third, ANSWER)]).collect();
            let (roles, doubts) = talked(&pair);
            assert_eq!(roles, [I, P], "{third}");
            assert!(doubts.iter().any(|doubt| doubt.contains(&format!("`{third}` was taken for"))), "{doubts:?}");
            let (roles, _) = talked(&[pair, vec![("Tom", "So it was.")]].concat());
            assert_eq!(roles, [I, P, P], "{third}");
        }
        // Who asks is whoever the name says.
        let pair: Vec<(&str, &str)> = (0..5).flat_map(|_| [("Host", "And what then?"), ("Ann", ANSWER)]).collect();
        assert_eq!(talked(&pair), (vec![I, P], Vec::new()));
    }

    #[test]
    fn programs_that_write_to_a_machine_are_no_doubt() {
        let chat = [("System", "You ask about bees."), ("AI", "How is it?"), ("User", ANSWER)];
        let turns: Vec<(&str, &str)> = chat.iter().copied().chain([chat[1], chat[2]].repeat(3)).collect();
        assert_eq!(talked(&turns), (vec![O, I, P], Vec::new()));
        let names: Vec<(&str, &str)> =
            turns.iter().map(|&(who, said)| (if who == "AI" { "Ann" } else { who }, said)).collect();
        let (roles, doubts) = talked(&names);
        assert!(
            roles[0] == O && doubts.len() == 1 && doubts[0].contains("`System` was taken for neither"),
            "{doubts:?}"
        );
    }
}
