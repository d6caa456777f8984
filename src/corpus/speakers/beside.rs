//! Speakers whose names are those of somebody who asks or stands by – `Assistant`, `AI`, `M`, `Observer` – and who
//! answer beside an interviewer.
//!
//! In: what is counted of the speakers of one transcript, their keys, and what the user and the header say. Out: the
//! places of those who answer, and of those of whom it is doubtful. It looks at no words, and leaves alone whom the user
//! or the header named.

use std::collections::HashSet;

use super::super::lexicon::{Roles, STRONG, WEAK};
use super::super::model::Role;
use super::super::policy::{ASKING_SHARE, FEW_TURNS, FEWEST_QUESTIONS, MANY_QUESTIONS, SECOND_ASKING_SHARE};
use super::counts::Speaker;
use super::{Names, bare_stem, interpreting, stem, two};

/// Letters of women, husbands and fathers, beside whom `M` is a man or a mother: *Frau*, *woman*, *Vater*, *homme*.
const OF_GENDER: &[&str] = &["f", "w", "v", "h", "d"];
/// Shorter turns on average are no more than `Mm-hm` and `I see`.
const SHORTEST_WORDS: usize = 15;
/// Who asks does so this many times as often as whoever answers.
const FAR_MORE: usize = 3;

/// Places of speakers.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Beside {
    /// Those who answer, whatever their names say.
    pub(super) answer: HashSet<usize>,
    /// Those who may, and are left to their names.
    pub(super) perhaps: HashSet<usize>,
}

/// Those of a transcript who answer beside an interviewer under a name of one who asks or stands by.
pub(super) fn answering(speakers: &[Speaker], keys: &[String], names: &Names) -> Beside {
    let mut found = Beside::default();
    let Some(asks) = who_asks(speakers, keys, names) else { return found };
    let is_free = |at: usize| names.given(&keys[at]).is_none() && names.people.find(&keys[at]).is_none();
    let is_answering = |key: &String| names.strong(key) == Some(Role::Participant);
    let has_participant = keys.iter().any(is_answering);
    for at in (0..keys.len()).filter(|&at| at != asks && is_free(at)) {
        let (speaker, key) = (&speakers[at], keys[at].as_str());
        match names.by_name(key) {
            Some(Role::Interviewer) if is_man_or_mother(at, asks, speakers, keys, names) => {
                found.answer.insert(at);
            }
            Some(Role::Interviewer) if !two::yields(bare_stem(key).trim_end_matches('.')) => {
                let tells = !has_participant && tells_as_often(speaker, &speakers[asks]);
                if replies(speaker, asks, &speakers[asks]) || tells {
                    found.answer.insert(at);
                } else if hardly_asks(speaker, &speakers[asks], has_participant) {
                    found.perhaps.insert(at);
                }
            }
            Some(Role::Interviewer) if key == "m" && has_letter(keys, names) && !speaker.opens => {
                found.perhaps.insert(at);
            }
            Some(Role::Other)
                if stands_by(key) && (replies(speaker, asks, &speakers[asks]) || speaks_for(at, asks, speakers)) =>
            {
                found.perhaps.insert(at);
            }
            _ => {}
        }
    }
    found
}

/// Whether a key names somebody who stands by, by a word that is nothing else.
fn stands_by(key: &str) -> bool {
    let of = |roles: &Roles| roles.role(stem(key)) == Some(Role::Other);
    of(&STRONG) || of(&WEAK) || interpreting::is_named(key)
}

/// Whether somebody who stands by by the name may be who is asked about it, where nobody else answers; what a machine is
/// told only where it replies.
pub(super) fn may_be_the_only_one(key: &str, speaker: &Speaker, who_ask: &[usize], names: &Names) -> bool {
    let is_machine = ["notes", "system", "tool", "unnamed speaker"].contains(&stem(key));
    let answers = || speaker.turns >= FEW_TURNS && speaker.replies_to(who_ask) * 2 >= speaker.turns;
    stands_by(key)
        && names.given(key).is_none()
        && (answers() || (!is_machine && (WEAK.role(stem(key)).is_some() || interpreting::is_named(key))))
}

/// The one who asks most of those whom a name without a number, the user or the header makes interviewers.
fn who_asks(speakers: &[Speaker], keys: &[String], names: &Names) -> Option<usize> {
    let is_asking = |&at: &usize| {
        let (speaker, key) = (&speakers[at], keys[at].as_str());
        let is_plain = stem(key) == key || names.given(key).is_some() || names.people.find(key).is_some();
        is_plain
            && names.by_name(key) == Some(Role::Interviewer)
            && speaker.requests() >= FEWEST_QUESTIONS
            && speaker.request_share() >= ASKING_SHARE
    };
    let rank = |&at: &usize| (speakers[at].requests(), speakers[at].opens, std::cmp::Reverse(at));
    (0..keys.len()).filter(is_asking).max_by_key(rank)
}

/// Whether somebody hardly asks, and speaks in half of the turns right behind a question of the one who asks.
fn replies(speaker: &Speaker, asks: usize, asking: &Speaker) -> bool {
    let requests = speaker.requests();
    speaker.turns >= FEW_TURNS
        && asking.answered >= MANY_QUESTIONS
        && speaker.replies_to(&[asks]) * 2 >= speaker.turns
        && requests * FAR_MORE <= speaker.turns
        && requests * FAR_MORE <= asking.requests()
}

/// The same of whoever asks in a talk.
pub(super) fn replies_to_who_asks(at: usize, speakers: &[Speaker], keys: &[String], names: &Names) -> bool {
    who_asks(speakers, keys, names).is_some_and(|asks| asks != at && replies(&speakers[at], asks, &speakers[asks]))
}

/// Whether somebody who hardly asks says as much as all but the one who asks, as who puts each answer into another language.
fn speaks_for(at: usize, asks: usize, speakers: &[Speaker]) -> bool {
    let others = speakers.iter().enumerate().filter(|&(other, _)| other != at && other != asks);
    let speaker = &speakers[at];
    speaker.turns >= FEW_TURNS
        && speaker.requests() * FAR_MORE <= speaker.turns
        && speaker.said >= others.map(|(_, other)| other.said).sum()
}

/// Whether somebody never asks, and says something about as often as questions are asked.
fn tells_as_often(speaker: &Speaker, asking: &Speaker) -> bool {
    speaker.requests() == 0
        && speaker.turns >= FEW_TURNS
        && speaker.turns * 2 >= asking.requests()
        && speaker.said >= speaker.turns * SHORTEST_WORDS
}

/// Whether a speaker is the `M` beside an `F` or a `V`, whom somebody else asks, who opens or asks no less.
fn is_man_or_mother(at: usize, asks: usize, speakers: &[Speaker], keys: &[String], names: &Names) -> bool {
    let (speaker, asking) = (&speakers[at], &speakers[asks]);
    keys[at] == "m"
        && has_letter(keys, names)
        && !speaker.opens
        && speaker.request_share() <= SECOND_ASKING_SHARE
        && (asking.opens || asking.requests() >= speaker.requests())
}

/// Whether somebody goes by a letter of a woman, a man or a father.
fn has_letter(keys: &[String], names: &Names) -> bool {
    keys.iter().any(|key| OF_GENDER.contains(&key.as_str()) && names.by_name(key).is_none())
}

/// Whether somebody says several things and asks nothing, or, where nobody answers by name, half as often as the one who
/// asks.
fn hardly_asks(speaker: &Speaker, asking: &Speaker, has_participant: bool) -> bool {
    let seldom = !has_participant && speaker.requests() * 2 <= speaker.turns.min(asking.requests());
    speaker.tells() >= FEW_TURNS && (speaker.requests() == 0 || seldom)
}

#[cfg(test)]
mod tests {
    use super::super::tests::talked;
    use super::Role::{Interviewer as I, Other as O, Participant as P};

    const ANSWER: &str = "We kept nine hives, and the frost took four of them.";
    const MORE: &str = "Mine stood behind the barn.";

    /// Rounds of a question and two answers.
    fn rounds<'t>(asks: &'t str, first: &'t str, second: &'t str) -> Vec<(&'t str, &'t str)> {
        (0..6).flat_map(|_| [(asks, "And what then?"), (first, ANSWER), (second, MORE)]).collect()
    }

    #[test]
    fn who_answers_under_a_name_of_those_who_ask_is_a_participant_and_told() {
        for (first, second, told) in [
            ("Manager", "Assistant", "Assistant"),
            ("Assistant", "Manager", "Assistant"),
            ("AI", "BO", "AI"),
            ("BO", "AI", "AI"),
            ("Host", "Guest", "Host"),
            ("Q", "X", "Q"),
        ] {
            let (roles, doubts) = talked(&rounds("Interviewer", first, second));
            assert_eq!(roles, [I, P, P], "{first} {second}");
            let is_told = |doubt: &String| doubt.contains(&format!("`{told}` was taken for a participant"));
            assert!(doubts.iter().any(is_told), "{first} {second} {doubts:?}");
        }
    }

    #[test]
    fn a_man_beside_a_woman_and_a_mother_beside_a_father_answer() {
        for (woman, man) in [("F", "M"), ("W", "M"), ("M", "V"), ("M", "H")] {
            assert_eq!(talked(&rounds("I", woman, man)).0, [I, P, P], "{woman} {man}");
        }
        // They ask back more often than the one who asks for words without questions.
        let mother = |n: usize| if n.is_multiple_of(2) { "Hard. Would you believe it?" } else { ANSWER };
        let turns = (0..8).flat_map(|n| [("I", "Tell me about the hives."), ("M", mother(n)), ("V", "It is so.")]);
        assert_eq!(talked(&turns.collect::<Vec<_>>()).0, [I, P, P]);
        // A moderator opens, and asks.
        let turns = (0..6).flat_map(|_| [("M", "And what then?"), ("F", ANSWER), ("I", MORE)]);
        assert_eq!(talked(&turns.collect::<Vec<_>>()).0[0], I);
    }

    #[test]
    fn who_asks_too_or_hardly_speaks_keeps_the_part_of_the_name() {
        let both = |second: &'static str, asked: &'static str| -> Vec<(&str, &str)> {
            let turns =
                (0..4).flat_map(|_| [("Interviewer", "And then?"), ("Tom", ANSWER), (second, asked), ("Tom", MORE)]);
            turns.collect()
        };
        for second in ["Assistant", "Moderator", "Researcher", "AI"] {
            assert_eq!(talked(&both(second, "And what did you do with them?")).0, [I, P, I], "{second}");
            assert_eq!(talked(&both(second, "Mm-hm.")).0, [I, P, I], "{second}");
        }
        // Who says something beside a participant by name is told, and stays.
        let turns: Vec<(&str, &str)> = rounds("Interviewer", "Participant", "Assistant");
        let (roles, doubts) = talked(&turns);
        assert_eq!(roles, [I, P, I]);
        assert!(doubts[0].contains("`Assistant` was taken for an interviewer by its name, but"), "{doubts:?}");
    }

    #[test]
    fn who_asks_now_and_then_is_told() {
        let turn = |n: usize| if n.is_multiple_of(3) { "Is that so?" } else { MORE };
        let talk = |other: &'static str, second: &'static str| -> Vec<(&str, &str)> {
            let of = |n| {
                [("I", "And what then?"), (other, ANSWER), (second, if second == "M" { "Is it?" } else { turn(n) })]
            };
            (0..9).flat_map(of).collect()
        };
        for (other, second) in [("Teacher", "Assistant"), ("F", "M")] {
            let (roles, doubts) = talked(&talk(other, second));
            assert_eq!(roles, [I, P, I], "{second}");
            let told = format!("`{second}` was taken for an interviewer by its name, but");
            assert!(doubts.iter().any(|doubt| doubt.contains(&told)), "{doubts:?}");
        }
    }

    #[test]
    fn who_stands_by_by_the_name_and_answers_is_told() {
        for name in ["Observer", "Translator"] {
            let (roles, doubts) = talked(&rounds("Interviewer", name, "Pilot"));
            assert_eq!(roles, [I, O, P], "{name}");
            let told = format!("`{name}` was taken for neither an interviewer nor a participant");
            assert!(doubts.iter().any(|doubt| doubt.contains(&told)), "{doubts:?}");
        }
        // An interpreter asks what is asked, and answers what is answered.
        let turns = (0..4).flat_map(|_| {
            [("Interviewer", "And then?"), ("Interpreter", "Et puis ?"), ("Tom", ANSWER), ("Interpreter", MORE)]
        });
        let (roles, doubts) = talked(&turns.collect::<Vec<_>>());
        assert_eq!((roles, doubts), (vec![I, O, P], Vec::new()));
        // One who puts each answer into the language of the study says what is to be read.
        let turns = (0..4).flat_map(|_| [("Interviewer", "And then?"), ("Tom", MORE), ("Interpreter", ANSWER)]);
        let (roles, doubts) = talked(&turns.collect::<Vec<_>>());
        assert_eq!(roles, [I, P, O]);
        assert!(doubts.iter().any(|doubt| doubt.contains("`Interpreter` was taken for neither")), "{doubts:?}");
    }

    #[test]
    fn where_nobody_else_is_left_the_one_who_is_asked_answers() {
        for name in
            ["Moderator", "Researcher", "Assistant", "AI", "Q", "Observer", "Note taker", "Transcriber", "System"]
        {
            let turns: Vec<(&str, &str)> =
                (0..6).flat_map(|_| [("Interviewer", "And then?"), (name, ANSWER)]).collect();
            assert_eq!(talked(&turns).0, [I, P], "{name}");
        }
    }
}
