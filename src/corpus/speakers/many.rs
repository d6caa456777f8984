//! Who asks and who answers where three people or more talk, by what is counted of each: a letter such as `I` or
//! `M` yields to it as where two talk; who comes in now and then with questions is a second interviewer; and who
//! answers among peers is none, however much is asked back.
//!
//! In: the counts of the speakers, and what their names say. Out: their places. It knows nothing of labels, and
//! never looks at words.

use super::super::label_key::key;
use super::super::model::Role;
use super::super::people::People;
use super::super::policy::{
    ASKING_SHARE, FEW_TURNS, FEWEST_QUESTIONS, MANY_QUESTIONS, ONLY_SHARE, SECOND_ASKING_SHARE,
};
use super::counts::Speaker;
use super::two::Name;

/// Places of speakers whose letters yield.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Yielding {
    /// Whose letter is that of somebody who answers, and who asks.
    pub(super) asks: Option<usize>,
    /// Whose letters are those of interviewers, and who answer.
    pub(super) answer: Vec<usize>,
}

/// The speakers whose letters the counts speak against. `is_numbered` says which of them have a number.
pub(super) fn yielding(speakers: &[Speaker], names: &[Name], is_numbered: impl Fn(usize) -> bool) -> Yielding {
    use Name::{Fixed, Yields};
    use Role::{Interviewer, Other, Participant};
    let mut found = Yielding::default();
    let talks = |at: &usize| names[*at] != Fixed(Other) && !speakers[*at].label.is_empty();
    let talk: Vec<usize> = (0..speakers.len()).filter(talks).collect();
    let may_ask = talk.iter().copied().filter(|&at| names[at] != Fixed(Participant));
    let rank = |&at: &usize| (speakers[at].answered, speakers[at].opens, std::cmp::Reverse(at));
    let Some(asks) = may_ask.max_by_key(rank).filter(|_| talk.len() > 2) else { return found };
    let top = &speakers[asks];
    let is_interviewer = |at: usize| matches!(names[at], Fixed(Interviewer) | Yields(Interviewer));
    let asks_as_named = top.answered >= FEWEST_QUESTIONS && top.asking_share() >= ASKING_SHARE;
    if !(if is_interviewer(asks) { asks_as_named } else { asks_clearly(speakers, asks) }) {
        return found;
    }
    let yields = |&at: &usize| at != asks && names[at] == Yields(Interviewer) && answers(&speakers[at], top, asks);
    let is_answering = |&at: &usize| at != asks && matches!(names[at], Fixed(Participant) | Yields(Participant));
    let others_answer = talk.iter().any(is_answering);
    // One that answers nobody is left to its name beside those who answer, or with a number beside who asks by name.
    let by_name = |at: usize| others_answer || (is_numbered(at) && is_interviewer(asks));
    let is_left = |at: usize| by_name(at) && speakers[at].replies_to(&[asks]) == 0;
    found.answer = talk.iter().copied().filter(yields).filter(|&at| !is_left(at)).collect();
    let stays = |&at: &usize| is_interviewer(at) && !found.answer.contains(&at);
    if names[asks] == Yields(Participant) {
        if !talk.iter().any(stays) && only_asker(speakers) == Some(asks) {
            found.asks = Some(asks);
        } else {
            // `R` may ask, and nobody knows: the names stay.
            found.answer.clear();
        }
    }
    found
}

/// Fields that list all who were there, as programs for meetings write them.
const ALL_PRESENT: [&str; 7] =
    ["participants", "teilnehmer", "teilnehmende", "participantes", "deelnemers", "partecipanti", "uczestnicy"];
/// No more than this share of the turns of whoever answers asks.
const SELDOM: f64 = 0.2;

/// The one who asks of all who talk, where the header names everybody as `Participants: Ann Hall, Tom Reed` and nobody
/// as who asks.
pub(super) fn among_all_present(speakers: &[Speaker], people: &People) -> Option<usize> {
    let is_listed = |speaker: &Speaker| {
        let person = people.find(&key(&speaker.label));
        person.is_some_and(|person| ALL_PRESENT.contains(&key(&person.field).as_str()))
    };
    let talk = || (0..speakers.len()).filter(|&at| !speakers[at].label.is_empty());
    let asks = talk().max_by_key(|&at| speakers[at].answered)?;
    let (top, others) = (&speakers[asks], talk().filter(|&at| at != asks));
    let is_clear = top.answered >= MANY_QUESTIONS && top.asking_share() >= SECOND_ASKING_SHARE;
    let answer = others.clone().count() > 0 && others.clone().all(|at| speakers[at].asking_share() <= SELDOM);
    let are_all = people.count(Role::Interviewer) == 0 && talk().all(|at| is_listed(&speakers[at]));
    (is_clear && answer && are_all).then_some(asks)
}

/// Whether somebody whom no name makes an interviewer asks in most turns, or far more than all others and says little.
fn asks_clearly(speakers: &[Speaker], at: usize) -> bool {
    let top = &speakers[at];
    let others = speakers.iter().enumerate().filter(|&(other, _)| other != at).map(|(_, other)| other.answered).max();
    let said: usize = speakers.iter().map(|speaker| speaker.said).sum();
    let far_more = top.asking_share() >= ASKING_SHARE && top.answered >= 4 * others.unwrap_or(0) && top.said * 2 < said;
    top.answered >= MANY_QUESTIONS && (top.asking_share() >= SECOND_ASKING_SHARE || far_more)
}

/// Whether somebody answers whoever asks, and hardly asks; or says something, and asks for nothing.
fn answers(speaker: &Speaker, top: &Speaker, asks: usize) -> bool {
    let replies = speaker.replies_to(&[asks]);
    let hardly = speaker.requests() * 2 <= top.requests() && speaker.request_share() * 2.0 <= top.request_share();
    (hardly && replies >= speaker.requests().max(1) && replies * 4 >= speaker.turns) || speaker.requests() == 0
}

/// The one who opens, asks in nearly all turns, says less than the others, and beside whom hardly anybody asks.
pub(super) fn only_asker(speakers: &[Speaker]) -> Option<usize> {
    let labelled = || speakers.iter().enumerate().filter(|(_, speaker)| !speaker.label.is_empty());
    let (at, top) = labelled().find(|(_, speaker)| speaker.opens)?;
    let asks = top.answered >= MANY_QUESTIONS && top.asking_share() >= ONLY_SHARE && top.replies * 4 <= top.turns;
    let mut others = labelled().filter(|&(other, _)| other != at);
    let said: usize = others.clone().map(|(_, other)| other.said).sum();
    (asks && top.said < said && others.all(|(_, other)| other.requests() * 4 <= top.asking)).then_some(at)
}

/// Of the one who seems to ask and others, the one who does: somebody who answers in half of the turns is one of
/// the group, where another asks in most turns, and answers hardly anything.
pub(super) fn apart_from_peers(speakers: &[Speaker], top: usize, others: &[usize]) -> usize {
    let peer = &speakers[top];
    let moderates = |&&at: &&usize| {
        let other = &speakers[at];
        let asks = other.answered >= MANY_QUESTIONS && other.asking_share() >= SECOND_ASKING_SHARE;
        asks && other.answered * 2 > peer.answered && other.replies * 3 <= other.turns
    };
    let rest = others.iter().filter(|&&at| at != top);
    let moderator = rest.filter(moderates).max_by_key(|&&at| (speakers[at].answered, std::cmp::Reverse(at)));
    moderator.filter(|_| is_peer(peer)).copied().unwrap_or(top)
}

/// Whether somebody answers in half of the turns or more, be it with a question.
fn is_peer(speaker: &Speaker) -> bool {
    speaker.replies * 2 >= speaker.turns
}

/// Whether somebody beside those who ask does so, too, as a second interviewer: in most of several turns, without
/// answering; or, where one person answers, in all of a few turns in different places.
pub(super) fn is_second(speakers: &[Speaker], at: usize, asking: &[usize], who_answer: &[usize]) -> bool {
    let speaker = &speakers[at];
    let often = speaker.turns >= FEW_TURNS && speaker.asking_share() >= SECOND_ASKING_SHARE;
    let answers = is_peer(speaker) || speaker.replies_to(asking) * 3 >= speaker.turns;
    let answer = who_answer.iter().filter(|&&other| other != at && speakers[other].asking_share() < 0.5);
    (often && !answers) || (comes_to_ask(speaker) && answer.count() == 1)
}

/// Whether somebody comes in several times, each time with a question that is answered, and never answers.
pub(super) fn comes_to_ask(speaker: &Speaker) -> bool {
    speaker.asking >= FEWEST_QUESTIONS
        && speaker.answered == speaker.turns
        && speaker.replies == 0
        && speaker.visits >= FEWEST_QUESTIONS
}

/// Whether it is doubtful that somebody is a second interviewer: few questions, or many answers.
pub(super) fn may_be_asked(speaker: &Speaker) -> bool {
    speaker.asking < MANY_QUESTIONS || speaker.replies * 4 >= speaker.turns
}

#[cfg(test)]
mod tests {
    use super::super::tests::{asked, talked};
    use super::super::*;

    /// A couple that two or three ask: who speaks, and the words.
    fn couple<'t>(asks: &'t str, one: &'t str, other: &'t str) -> Vec<(&'t str, &'t str)> {
        vec![
            (asks, "How did you meet?"),
            (one, "At the mill, she was bringing the corn from her father's farm."),
            (other, "It was the church, not the mill, or am I wrong?"),
            (asks, "When did you marry?"),
            (other, "In spring of the next year, in the rain, with all the neighbours."),
            (one, "It poured all day long, her shoes were ruined."),
            (asks, "Where did you live then?"),
            (one, "Above the bakery, in two rooms that smelled of bread."),
        ]
    }

    #[test]
    fn letters_yield_where_three_talk() {
        use Role::{Interviewer as I, Participant as P};
        for [asks, one, other] in [
            ["I", "M", "F"],
            ["I", "M", "W"],
            ["E", "I", "Mari"],
            ["E", "I", "J"],
            ["E", "I", "M"],
            ["E", "I1", "I2"],
            ["ENQ", "INT", "Mari"],
            ["C", "I", "F"],
            ["F", "I", "S"],
            ["CH", "I", "P"],
            ["Interviewer", "M", "F"],
            ["Ann", "I", "M"],
        ] {
            let (roles, doubts) = talked(&couple(asks, one, other));
            assert_eq!((roles, doubts.len()), (vec![I, P, P], 0), "{asks} {one} {other} {doubts:?}");
        }
        // A letter of those who answer asks, and that is told.
        for [asks, one, other] in [["R", "I", "F"], ["A", "I", "M"]] {
            let turns = [couple(asks, one, other), couple(asks, one, "x")].concat();
            let turns: Vec<_> = turns.into_iter().filter(|(label, _)| *label != "x" && *label != other).collect();
            let turns = [turns, vec![(other, "So it was.")]].concat();
            let (roles, doubts) = talked(&turns);
            assert_eq!(roles, [I, P, P], "{asks} {one} {other}");
            assert!(doubts[0].contains("whatever its name says"), "{doubts:?}");
        }
    }

    #[test]
    fn letters_stay_where_three_talk_and_they_ask() {
        use Role::{Interviewer as I, Participant as P};
        // Two ask, and one answers.
        for [one, two, answers] in [["I", "M", "P"], ["I1", "I2", "B"], ["Int", "M", "Tom"], ["Interviewer", "I", "R"]]
        {
            let turns: Vec<(&str, &str)> = (0..4)
                .flat_map(|n| [(if n % 2 == 0 { one } else { two }, "And then?"), (answers, "It rained all day long.")])
                .collect();
            assert_eq!(talked(&turns), (vec![I, P, I], Vec::new()), "{one} {two} {answers}");
        }
        // Who neither asks nor answers, beside somebody whose name is that of one who answers, is told.
        let turns: Vec<(&str, &str)> =
            (0..3).flat_map(|_| [("I", "And then?"), ("P", "It rained."), ("M", "I see.")]).collect();
        let (roles, doubts) = talked(&turns);
        assert_eq!(roles, [I, P, I]);
        assert!(doubts[0].contains("`M` was taken for an interviewer by its name, but asks none"), "{doubts:?}");
        // Where no name says who answers, it does; that is told, too.
        let turns: Vec<(&str, &str)> =
            (0..3).flat_map(|_| [("E", "And then?"), ("I", "It rained."), ("M", "I see.")]).collect();
        let (roles, doubts) = talked(&turns);
        assert_eq!(roles, [I, P, P]);
        assert!(doubts[0].contains("`M` was taken for a participant, whatever the letter stands for"), "{doubts:?}");
    }

    #[test]
    fn a_second_interviewer_is_told_from_a_peer() {
        use Role::{Interviewer as I, Participant as P};
        let answer = "It rained for a week, and nobody came.";
        let by = |asking: &[&'static str]| -> Vec<(&'static str, &'static str)> {
            asking.iter().flat_map(|label| [(*label, "And what then?"), ("Tom", answer)]).collect()
        };
        let (roles, doubts) = talked(&by(&["Ann", "Ann", "Bea", "Ann", "Bea", "Ann"]));
        assert_eq!(roles, [I, P, I]);
        assert!(doubts[0].contains("`Bea` was taken for a second interviewer, who asks 2 of the 6"), "{doubts:?}");
        assert_eq!(talked(&by(&["Ann", "Bea", "Ann", "Bea", "Ann", "Bea", "Ann"])), (vec![I, P, I], Vec::new()));
        // Who drops in at one place is none.
        assert_eq!(talked(&by(&["Ann", "Ann", "Bea", "Bea", "Ann", "Ann"])).0, [I, P, P]);
        // Nor is who asks now and then among several who answer; that is told.
        let group =
            [by(&["Ann", "Bea"]), vec![("Eva", answer)], by(&["Ann", "Ann", "Bea"]), vec![("Eva", answer)]].concat();
        let (roles, doubts) = talked(&[group, by(&["Ann"])].concat());
        assert_eq!(roles, [I, P, P, P]);
        assert!(doubts[0].contains("`Bea` was taken for a participant, but asks 2 of the 6"), "{doubts:?}");
        // Pia answers, be it with questions; Kim moderates.
        let focus = [
            ("Kim", "What do you think of the buses?"),
            ("Ola", "They are late."),
            ("Pia", "Mine are on time, are they not?"),
            ("Ola", "Which line is that?"),
            ("Pia", "The five, and you?"),
            ("Ola", "The nine."),
            ("Kim", "And the tickets?"),
            ("Pia", "Too dear, what else?"),
            ("Sam", "I pay eighty."),
            ("Pia", "Eighty, how come?"),
            ("Sam", "For a family."),
            ("Kim", "What should change?"),
            ("Pia", "More buses."),
            ("Kim", "Thank you all."),
        ];
        let (roles, doubts) = talked(&focus);
        assert_eq!(roles, [I, P, P, P]);
        assert!(doubts.iter().any(|doubt| doubt.contains("but `Pia` asks 4 of the 8 questions")), "{doubts:?}");
    }

    #[test]
    fn who_alone_asks_is_the_interviewer_whatever_the_name() {
        use Role::{Interviewer as I, Participant as P};
        let talk = |asks: &'static str, answers: &'static str, id: &str| {
            let found = speakers(asked(asks, answers)[0].iter().copied());
            let roles = roles(&found, id, &Names::default());
            let told =
                doubts(&found, &roles, &Names::default()).iter().any(|doubt| doubt.contains("whatever its name says"));
            (roles.into_iter().map(|speaker| speaker.role).collect::<Vec<_>>(), told)
        };
        for (asks, answers, id, told) in [
            ("A", "T", "a", false),
            ("A", "B", "a", false),
            ("Tom", "Mary", "tom", false),
            ("Участник 1", "Анна Иванова", "x", true),
            ("Participant 1", "Participant 2", "x", true),
            ("Participant", "Tom", "x", true),
        ] {
            assert_eq!(talk(asks, answers, id), (vec![I, P], told), "{asks} {answers}");
        }
        // Numbered codes, whoever writes to a program, and who stands beside a name that is nothing else.
        for (asks, answers, roles) in [
            ("P1", "P2", [P, P]),
            ("User", "Copilot", [P, P]),
            ("A", "Q", [P, I]),
            ("Participant", "Interviewer", [P, I]),
        ] {
            assert_eq!(talk(asks, answers, "x"), (roles.to_vec(), false), "{asks} {answers}");
        }
    }
}
