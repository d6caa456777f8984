//! Which field says who speaks where it has another name than the usual ones: by what stands in it.
//!
//! In: fields with what stands in them for each turn, and what was said. Out: the field in which a few take turns that
//! all are parts of a talk – `AI` and `human`, `bot` and `contact`, `question` and `answer`, `is_bot: true` – with the
//! label of each turn. It never takes a field for it that holds anything else, nor one in which only one side speaks.

use std::borrow::Cow;
use std::sync::Arc;

use super::super::model::Role;
use super::super::speakers::{Names, ends_in_question, key};
use super::table::plain;

/// A field of more different values does not say who of a few speaks.
const MOST_VALUES: usize = 6;
/// The longest name of a part, in bytes.
const LONGEST: usize = 40;
/// Fields that are looked at.
const MOST_FIELDS: usize = 16;
/// Fewer turns are no talk.
const FEWEST: usize = 4;
/// One turn in so many may lack a speaker.
const ONE_IN: usize = 10;
/// Nothing stands in the field.
const NOTHING: u8 = u8::MAX;

/// Fields that are true for one side, with what is said of it: what its turns and those of the other one are called.
#[rustfmt::skip]
const TRUE_OR_FALSE: &[(&str, [&str; 2])] = &[
    ("isbot", ["Bot", "User"]), ("bot", ["Bot", "User"]), ("frombot", ["Bot", "User"]), ("botmessage", ["Bot", "User"]),
    ("isfrombot", ["Bot", "User"]), ("isai", ["AI", "User"]), ("isassistant", ["Assistant", "User"]),
    ("isagent", ["Agent", "User"]), ("isinterviewer", ["Interviewer", "Participant"]),
    ("isquestion", ["Interviewer", "Participant"]), ("isuser", ["User", "Bot"]), ("fromuser", ["User", "Bot"]),
    ("isfromuser", ["User", "Bot"]), ("ishuman", ["User", "Bot"]), ("isparticipant", ["Participant", "Interviewer"]),
    ("isrespondent", ["Participant", "Interviewer"]), ("fromme", ["Me", "Them"]), ("isfromme", ["Me", "Them"]),
    ("isme", ["Me", "Them"]), ("outgoing", ["Me", "Them"]), ("isoutgoing", ["Me", "Them"]),
];
/// Words by which programs tell what was sent from what was received; which of them asks is told by what is said.
const DIRECTIONS: &[[&str; 2]] = &[["outbound", "inbound"], ["outgoing", "incoming"], ["sent", "received"]];
/// Who writes to a bot or an agent, in the words of programs for support.
#[rustfmt::skip]
const WHO_WRITE: &[&str] = &[
    "contact", "lead", "visitor", "end user", "end_user", "enduser", "end-user", "member", "caller", "subscriber",
    "customer", "client", "guest", "request",
];
/// Who answers to them there.
const OF_PROGRAMS: &[&str] =
    &["admin", "operator", "support", "virtual assistant", "virtual_assistant", "robot", "llm"];

/// What one side is called, and what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Asks,
    Answers,
    Nobody,
    /// One of two sides, of which nothing says who asks.
    Either,
}

/// How sure it is that records are turns of talks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Records {
    /// A list of turns: who speaks must stand somewhere.
    Turns,
    /// Rows that may as well be answers of many people.
    Rows,
}

/// A field that may say who speaks.
struct Field {
    at: usize,
    title: String,
    values: Vec<Arc<str>>,
    /// For each turn which of the values stands there.
    of_turns: Vec<u8>,
}

impl Field {
    /// Takes what stands in it for a turn; `false` where it cannot say who speaks.
    fn take(&mut self, cell: &str, is_said: bool) -> bool {
        let cell = cell.trim();
        if cell.is_empty() || !is_said {
            self.of_turns.push(NOTHING);
            return true;
        }
        if let Some(at) = self.values.iter().position(|value| **value == *cell) {
            self.of_turns.push(at as u8); // `MOST_VALUES` are below 256.
            return true;
        }
        let may_be = cell.len() <= LONGEST && self.values.len() < MOST_VALUES;
        if may_be {
            self.of_turns.push(self.values.len() as u8);
            self.values.push(cell.into());
        }
        may_be
    }

    /// What the values are as sides, and as labels; `None` where one of them is none, or they are not two sides.
    fn sides(&self, names: &Names) -> Option<(Vec<Side>, Vec<Arc<str>>)> {
        let told: Option<Vec<(Side, Arc<str>)>> =
            self.values.iter().map(|value| side(&self.title, value, names)).collect();
        let (sides, labels): (Vec<Side>, Vec<Arc<str>>) = told?.into_iter().unzip();
        let n = |side: Side| sides.iter().filter(|other| **other == side).count();
        let are_two = match n(Side::Either) {
            0 => n(Side::Asks) > 0 && n(Side::Answers) > 0,
            n_either => n_either == 2 && n(Side::Asks) + n(Side::Answers) == 0,
        };
        are_two.then_some((sides, labels))
    }
}

/// What stands in a field as a side of a talk, with the label of those who speak on it.
fn side(title: &str, value: &str, names: &Names) -> Option<(Side, Arc<str>)> {
    let key = key(value);
    if let Some((_, [yes, no])) = TRUE_OR_FALSE.iter().find(|(name, _)| *name == title) {
        let label = match key.as_str() {
            "true" | "1" | "yes" => yes,
            "false" | "0" | "no" => no,
            _ => return None,
        };
        let of = match *label {
            "Me" | "Them" => Side::Either,
            "User" | "Participant" => Side::Answers,
            _ => Side::Asks,
        };
        return Some((of, (*label).into()));
    }
    let word = key.as_str();
    let of = match names.by_name(word) {
        _ if DIRECTIONS.iter().flatten().any(|name| *name == word) => Side::Either,
        _ if WHO_WRITE.contains(&word) => Side::Answers,
        _ if OF_PROGRAMS.contains(&word) => Side::Asks,
        // A letter or a number may stand for anything.
        _ if word.chars().filter(|c| c.is_alphabetic()).nth(1).is_none() => return None,
        Some(Role::Interviewer) => Side::Asks,
        Some(Role::Participant) => Side::Answers,
        Some(Role::Other) => Side::Nobody,
        None => return None,
    };
    Some((of, value.into()))
}

/// The fields that may say who speaks.
#[derive(Default)]
pub(super) struct Sides(Vec<Field>);

/// The field that does, with the label of each turn.
pub(super) struct Speaking {
    pub(super) at: usize,
    pub(super) labels: Vec<Option<Arc<str>>>,
}

impl Sides {
    pub(super) fn of<'t>(fields: impl Iterator<Item = (usize, &'t str)>) -> Self {
        let field =
            |(at, title): (usize, &str)| Field { at, title: plain(title), values: Vec::new(), of_turns: Vec::new() };
        Self(fields.take(MOST_FIELDS).map(field).collect())
    }

    /// The fields that are looked at.
    pub(super) fn fields(&self) -> impl Iterator<Item = usize> {
        self.0.iter().map(|field| field.at)
    }

    /// Takes a turn; what stands where nothing is said tells nothing.
    pub(super) fn push<'c>(&mut self, is_said: bool, cell: impl Fn(usize) -> Cow<'c, str>) {
        self.0.retain_mut(|field| field.take(&cell(field.at), is_said));
    }

    /// The field that says who speaks, if one does; `said` holds the words of each turn.
    pub(super) fn speaking<'s>(
        self,
        records: Records,
        names: &Names,
        said: impl Fn(usize) -> &'s str,
    ) -> Option<Speaking> {
        self.0.into_iter().find_map(|field| {
            let (sides, labels) = field.sides(names)?;
            let is_talk =
                take_turns(&field, records, &said) && (records == Records::Turns || ask(&field, &sides, &said));
            let label = |at: u8| labels.get(usize::from(at)).cloned();
            is_talk.then(|| Speaking { at: field.at, labels: field.of_turns.iter().map(|&at| label(at)).collect() })
        })
    }
}

/// Whether those in a field take turns, and hardly a turn lacks one.
fn take_turns<'s>(field: &Field, records: Records, said: &impl Fn(usize) -> &'s str) -> bool {
    let (mut turns, mut runs, mut unnamed, mut last) = (0, 0, 0, NOTHING);
    for (_, &value) in field.of_turns.iter().enumerate().filter(|(at, _)| !said(*at).trim().is_empty()) {
        if value == NOTHING {
            unnamed += 1;
            continue;
        }
        turns += 1;
        runs += usize::from(value != last);
        last = value;
    }
    let few = records == Records::Turns && turns < FEWEST;
    let goes_round = turns >= FEWEST && runs >= field.values.len() * 2 && field.values.len() * 2 <= turns;
    unnamed * ONE_IN <= turns && (few || goes_round)
}

/// Whether the side that is called so asks, far more often than the other one.
fn ask<'s>(field: &Field, sides: &[Side], said: &impl Fn(usize) -> &'s str) -> bool {
    // Of each value its turns, and those that ask.
    let mut counts = vec![[0_usize; 2]; field.values.len()];
    for (at, &value) in field.of_turns.iter().enumerate() {
        if let Some([turns, asking]) = counts.get_mut(usize::from(value)) {
            *turns += 1;
            *asking += usize::from(ends_in_question(said(at).trim()));
        }
    }
    let of = |side: Side| {
        let own = sides.iter().zip(&counts).filter(|(other, _)| **other == side).map(|(_, counts)| counts);
        own.fold([0, 0], |[turns, asking], [more_turns, more_asking]| [turns + more_turns, asking + more_asking])
    };
    let asks = |[turns, asking]: [usize; 2], [others, back]: [usize; 2]| {
        asking * 3 >= turns && asking * others > 2 * back * turns
    };
    if sides.contains(&Side::Either) {
        let mut two = sides.iter().zip(&counts).filter(|(side, _)| **side == Side::Either).map(|(_, counts)| *counts);
        return matches!((two.next(), two.next()), (Some(a), Some(b)) if asks(a, b) || asks(b, a));
    }
    asks(of(Side::Asks), of(Side::Answers))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: [&str; 6] = [
        "What did you plant first?",
        "Beans, since they forgive everything.",
        "And who helped you?",
        "Nobody did, the first year.",
        "What would you do again?",
        "I would leave the hedge alone.",
    ];

    /// The labels of the turns in a field that is called so.
    fn labels(title: &str, cells: &[&str], records: Records, said: &[&str]) -> Option<Vec<String>> {
        let mut sides = Sides::of([(3, title)].into_iter());
        for (cell, said) in cells.iter().zip(said) {
            sides.push(!said.is_empty(), |_| Cow::Borrowed(*cell));
        }
        let found = sides.speaking(records, &Names::default(), |at| said[at])?;
        assert_eq!(found.at, 3);
        Some(found.labels.iter().map(|label| label.as_deref().unwrap_or_default().to_owned()).collect())
    }

    #[test]
    fn parts_that_take_turns_are_who_speaks() {
        for pair in [
            ["AI", "Human"],
            ["moderator", "respondent"],
            ["bot", "user"],
            ["bot", "contact"],
            ["question", "answer"],
            ["outbound", "inbound"],
        ] {
            let found = labels("anything", &pair.repeat(3), Records::Rows, &SAID);
            assert_eq!(found, Some(pair.repeat(3).iter().map(|&label| label.to_owned()).collect()), "{pair:?}");
        }
        for (title, cells, label) in [
            ("is_bot", ["true", "false"], "Bot"),
            ("fromMe", ["True", "False"], "Me"),
            ("Is Participant", ["0", "1"], "Interviewer"),
        ] {
            assert_eq!(labels(title, &cells.repeat(3), Records::Rows, &SAID).unwrap()[0], label, "{title}");
        }
    }

    #[test]
    fn what_else_takes_turns_says_nothing_of_who_speaks() {
        for (title, pair) in [
            ("shift", ["day", "night"]),
            ("consent", ["true", "false"]),
            ("grade", ["a", "b"]),
            ("part", ["moderator", "garden"]),
            ("side", ["bot", "bot"]),
            ("is_bot", ["true", "perhaps"]),
        ] {
            for records in [Records::Rows, Records::Turns] {
                assert_eq!(labels(title, &pair.repeat(3), records, &SAID), None, "{title}");
            }
        }
    }

    #[test]
    fn rows_of_people_who_answer_are_no_talk() {
        let answers = SAID.map(|said| if said.ends_with('?') { "It rained all of May." } else { said });
        for pair in [["researcher", "user"], ["AI", "human"], ["assistant", "client"], ["sent", "received"]] {
            assert_eq!(labels("group", &pair.repeat(3), Records::Rows, &answers), None, "{pair:?}");
            assert!(labels("group", &pair.repeat(3), Records::Turns, &answers).is_some(), "{pair:?}");
        }
        let in_blocks = ["AI", "AI", "AI", "human", "human", "human"];
        assert_eq!(labels("group", &in_blocks, Records::Rows, &SAID), None);
    }

    #[test]
    fn what_stands_where_nothing_is_said_tells_nothing() {
        let cells = ["action", "bot", "user", "slot", "bot", "user"];
        let said = ["", SAID[0], SAID[1], "", SAID[2], SAID[3]];
        let found = labels("event", &cells, Records::Rows, &said).unwrap();
        assert_eq!(found, ["", "bot", "user", "", "bot", "user"]);
    }
}
