//! Who asks where two talk, by what is counted of each: who opens, whose turns are questions or requests, and
//! who says less. One rhetorical question in an answer outweighs none of it.
//!
//! In: the counts of two speakers, and what their names say. Out: which of them asks, if the counts show it
//! more clearly than the names do. It knows nothing of labels, and never looks at words.

use std::cmp::Ordering;

use super::super::model::Role;
use super::super::policy::{FEWEST_PROMPTS, MANY_QUESTIONS};
use super::counts::Speaker;

/// What a label says of who goes by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// The user, the header or the name itself says the part.
    Fixed(Role),
    /// A letter, or a short word, that stands for other things as well.
    Yields(Role),
    Unknown,
}

/// Keys that may as well be initials, or short for another word: `M` is *moderator* and *Maria*, `R`
/// *respondent* and *researcher*, `Me` whoever wrote the transcript.
const YIELDING: &[&str] =
    &["i", "m", "p", "r", "a", "b", "s", "iv", "ir", "ie", "int", "res", "resp", "me", "narrator", "student"];

/// Whether a key without number and point is one of those.
pub(super) fn yields(stem: &str) -> bool {
    YIELDING.contains(&stem)
}

/// By how much a conversation looks as if the first of two speakers asks; below zero the second.
pub(super) fn lead(a: &Speaker, b: &Speaker) -> i32 {
    let of = |a: &Speaker, b: &Speaker| {
        let more = a.request_share() - b.request_share();
        let requests = if more >= 0.5 { 2 } else { i32::from(more >= 0.2) };
        let prompts = if a.prompts >= FEWEST_PROMPTS && a.prompts > 2 * b.prompts { 2 } else { 0 };
        let less =
            i32::from(a.said * 3 <= b.said * 2 && a.said < b.said) + i32::from(a.said * 4 <= b.said && b.said > 0);
        requests + prompts + less + i32::from(a.opens && !b.opens)
    };
    of(a, b) - of(b, a)
}

/// Of two speakers the one who asks, where the names leave it open or the counts speak clearly against them.
pub(super) fn asker(speakers: [&Speaker; 2], names: [Name; 2]) -> Option<usize> {
    use Name::{Fixed, Unknown, Yields};
    use Role::{Interviewer, Participant};
    // Beside a known interviewer a letter is whoever answers.
    let fixed = names.iter().position(|name| *name == Fixed(Interviewer));
    if let Some(fixed) = fixed {
        return (names[1 - fixed] == Yields(Interviewer)).then_some(fixed);
    }
    let lead = lead(speakers[0], speakers[1]);
    let top = match lead.cmp(&0) {
        Ordering::Greater => 0,
        Ordering::Less => 1,
        Ordering::Equal => return None,
    };
    let (asks, answers) = (speakers[top], speakers[1 - top]);
    let alone = asks.opens && asks.asking >= MANY_QUESTIONS && answers.requests() == 0;
    let needed = match (names[top], names[1 - top]) {
        (Yields(Interviewer), Yields(Interviewer)) => 1,
        (Unknown, Yields(Interviewer)) => 2,
        (Yields(Participant), Unknown) | (Unknown, Yields(Participant)) => 3,
        (Yields(Participant), Fixed(Participant)) => 3,
        (Yields(Participant), Yields(Interviewer)) if alone => 2,
        (Yields(Participant), Yields(Interviewer)) => 4,
        _ => return None,
    };
    let often = asks.requests() >= MANY_QUESTIONS && asks.request_share() >= answers.request_share();
    (lead.unsigned_abs() >= needed && (often || needed == 1)).then_some(top)
}

/// Of two speakers the one who opens, says less and asks for words without questions – `Tell me about the
/// bees`, `Thank you for all this` – where the other one's questions may be no more than a way to talk.
pub(super) fn prompter(speakers: &[Speaker]) -> Option<usize> {
    let (opener, other) = pair(speakers)?;
    let (opens, answers) = (&speakers[opener], &speakers[other]);
    let is_prompter = opens.opens && opens.prompts >= FEWEST_PROMPTS && opens.prompts > 2 * answers.prompts;
    (is_prompter && opens.said < answers.said).then_some(opener)
}

/// Of two speakers the one who opens and says less, where the other asks in a turn or two, and in no more than
/// that may be a way to talk.
pub(super) fn opener(speakers: &[Speaker], top: usize) -> Option<usize> {
    let (opener, other) = pair(speakers)?;
    let is_chance = other == top && speakers[top].asking < MANY_QUESTIONS;
    (is_chance && speakers[opener].opens && lead(&speakers[opener], &speakers[top]) > 0).then_some(opener)
}

/// Of two speakers, one of whom the transcript is called by, the one who asks: the other, who asks for words no less
/// and looks like it; or the one it is called by, who opens, asks often and looks far more like it, where the other
/// never asks.
pub(super) fn beside_own(speakers: &[Speaker], own: usize) -> Option<usize> {
    let (opener, second) = pair(speakers)?;
    let other = if opener == own { second } else { opener };
    let (named, beside) = (&speakers[own], &speakers[other]);
    let lead = lead(beside, named);
    let is_other = beside.requests() >= FEWEST_PROMPTS && beside.request_share() >= named.request_share();
    let is_own = named.opens && named.answered >= MANY_QUESTIONS && beside.requests() == 0;
    match lead {
        1.. if is_other => Some(other),
        ..=CLEARLY_LESS if is_own => Some(own),
        _ => None,
    }
}

/// So far below zero a lead is clear.
const CLEARLY_LESS: i32 = -3;

/// The places of two speakers with labels, the one who opens first, where there are no others.
fn pair(speakers: &[Speaker]) -> Option<(usize, usize)> {
    let mut labelled = (0..speakers.len()).filter(|&at| !speakers[at].label.is_empty());
    let (one, other, None) = (labelled.next()?, labelled.next()?, labelled.next()) else { return None };
    Some(if speakers[other].opens { (other, one) } else { (one, other) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Name::{Fixed, Unknown, Yields};
    use Role::{Interviewer as I, Participant as P};

    /// Somebody who asks in so many of ten turns and says so much; the first one opens.
    fn speaker(asking: usize, prompts: usize, said: usize, opens: bool) -> Speaker {
        Speaker { label: "x".to_owned(), turns: 10, asking, prompts, said, opens, ..Speaker::default() }
    }

    #[test]
    fn counts_decide_where_letters_do_not() {
        let (asks, answers) = (speaker(9, 0, 300, true), speaker(1, 0, 2000, false));
        for names in [
            [Yields(P), Yields(I)],
            [Yields(P), Unknown],
            [Unknown, Yields(I)],
            [Unknown, Yields(P)],
            [Yields(I), Yields(I)],
            [Fixed(I), Yields(I)],
        ] {
            assert_eq!(asker([&asks, &answers], names), Some(0), "{names:?}");
            assert_eq!(asker([&answers, &asks], [names[1], names[0]]), Some(1), "{names:?}");
        }
        for names in [[Yields(I), Yields(P)], [Unknown, Unknown], [Fixed(P), Yields(I)], [Yields(P), Fixed(I)]] {
            assert_eq!(asker([&asks, &answers], names), None, "{names:?}");
        }
    }

    #[test]
    fn names_stay_where_the_counts_are_close() {
        // Nobody says less, and the one who answers asks back.
        let (asks, answers) = (speaker(4, 0, 900, false), speaker(3, 0, 1000, true));
        for names in [[Yields(P), Yields(I)], [Yields(P), Unknown], [Unknown, Yields(I)]] {
            assert_eq!(asker([&asks, &answers], names), None, "{names:?}");
        }
        // Who alone asks, be it in fewer turns, and opens.
        let (asks, answers) = (speaker(4, 0, 900, true), speaker(0, 0, 1500, false));
        assert_eq!(asker([&asks, &answers], [Yields(P), Yields(I)]), Some(0));
        let later = speaker(4, 0, 900, false);
        assert_eq!(asker([&later, &answers], [Yields(P), Yields(I)]), None);
        // A child who opens and says little asks nothing.
        let (asks, child) = (speaker(8, 0, 2000, false), speaker(0, 0, 100, true));
        assert_eq!(asker([&asks, &child], [Yields(I), Yields(P)]), None);
        assert_eq!(asker([&child, &asks], [Unknown, Yields(I)]), None);
    }

    #[test]
    fn beside_whom_the_transcript_is_called_by_the_other_asks() {
        // Both ask as often, and the other opens and says less.
        let talk = [speaker(4, 1, 400, true), speaker(4, 0, 1000, false)];
        assert_eq!(beside_own(&talk, 1), Some(0));
        // Whom it is called by alone asks.
        let asks = |asking: usize| Speaker { answered: asking, ..speaker(asking, 2, 400, true) };
        assert_eq!(beside_own(&[asks(5), speaker(0, 0, 1000, false)], 0), Some(0));
        for (talk, own) in [
            ([asks(2), speaker(0, 0, 1000, false)], 0),
            ([asks(5), speaker(1, 0, 1000, false)], 0),
            ([speaker(1, 0, 400, true), speaker(0, 0, 1000, false)], 1),
            ([speaker(3, 0, 400, true), speaker(4, 0, 1000, false)], 1),
            ([speaker(0, 0, 400, true), speaker(0, 0, 1000, false)], 1),
        ] {
            assert_eq!(beside_own(&talk, own), None);
        }
        let three = [speaker(4, 0, 400, true), speaker(4, 0, 900, false), speaker(0, 0, 900, false)];
        assert_eq!(beside_own(&three, 1), None);
    }

    #[test]
    fn one_rhetorical_question_makes_nobody_ask() {
        let talk = [speaker(0, 1, 300, true), speaker(1, 0, 2000, false)];
        assert_eq!(opener(&talk, 1), Some(0));
        for talk in [
            [speaker(0, 1, 300, true), speaker(3, 0, 2000, false)],
            [speaker(0, 0, 2000, false), speaker(2, 0, 300, true)],
            [speaker(0, 0, 300, false), speaker(2, 0, 2000, false)],
        ] {
            assert_eq!(opener(&talk, 1), None);
        }
        assert_eq!(prompter(&[speaker(0, 3, 300, true), speaker(0, 0, 2000, false)]), Some(0));
        assert_eq!(prompter(&[speaker(0, 1, 300, true), speaker(0, 0, 2000, false)]), None);
        assert_eq!(prompter(&[speaker(0, 3, 300, true), speaker(0, 0, 200, false)]), None);
    }
}
