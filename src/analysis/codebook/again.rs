//! Passages of an earlier run found again in a new one.
//!
//! In: the passages of both. Out: for each id of the earlier run that means something else now, the id that the same
//! passage has; one that is not in the new run is called by a name that no passage has (`mark`), by which it is known
//! when it comes back. An id alone is no evidence: where an interview was corrected, or answers are divided otherwise,
//! it may be another passage's. Answers and passages of one interview are held against each other in their order and
//! by their words (`same_order`), participants without ids, who are called by their rows, by all that they said. It
//! changes nothing.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::mark::{Marked, hash_of, mark};
use super::policy::SAME_WORDS;
use super::same_order::{once, paired, words};
use crate::analysis::saved::UnitRow;

/// What participants without ids are called by, and a number.
const ROW: &str = "row ";

/// `study/participant`, as ids have it.
type Who<'a> = &'a str;

/// For each passage of the earlier run its place in the new one.
pub(super) struct Again<'a> {
    new: &'a [UnitRow],
    place_of: Vec<Option<usize>>,
    is_taken: Vec<bool>,
    /// Ids of the earlier run that are no longer the passages', with what these are called now.
    pub(super) names: HashMap<String, String>,
}

impl<'a> Again<'a> {
    /// `remembered`: names of passages that the earlier run lacked already.
    pub(super) fn new<'m>(old: &[UnitRow], new: &'a [UnitRow], remembered: impl Iterator<Item = &'m str>) -> Self {
        let (place_of, is_taken) = (vec![None; old.len()], vec![false; new.len()]);
        let mut again = Self { new, place_of, is_taken, names: HashMap::new() };
        let (before, now) = (interviews(old), interviews(new));
        let place: HashMap<Who, usize> = now.iter().map(|(who, _)| *who).zip(0..).collect();
        let moved = moved_rows(old, new, &before, &now);
        for (who, rows) in &before {
            let rows_of = |who: &Who| place.get(who).map(|&at| now[at].1.as_slice()).unwrap_or_default();
            let there = if is_row(who) { moved.get(who).map(rows_of).unwrap_or_default() } else { rows_of(who) };
            again.compare(old, rows, there, rows_of(who));
        }
        again.come_back(remembered);
        again
    }

    /// The passage of the new run.
    pub(super) fn now(&self, at: usize) -> Option<&'a UnitRow> {
        self.place_of[at].map(|place| &self.new[place])
    }

    /// Finds the passages of one interview, `rows`, in the same one, `there`; `own`: what has their numbers now.
    fn compare(&mut self, old: &[UnitRow], rows: &[usize], there: &[usize], own: &[usize]) {
        let new = self.new;
        if are_same(old, rows, new, there) {
            rows.iter().zip(there).for_each(|(&row, &place)| self.found(&old[row], row, place));
            return;
        }
        let (then, now) = (answers(old, rows), answers(new, there));
        let numbers: HashSet<usize> = own.iter().map(|&row| new[row].answer).collect();
        let places = paired(&each_in_words(old, &then), &each_in_words(new, &now));
        let mut lost: Vec<(usize, String)> = Vec::new();
        for (then, place) in then.iter().zip(places) {
            match place {
                Some(place) => lost.extend(self.compare_answer(old, then, &now[place])),
                None => lost.extend(then.iter().map(|&row| {
                    let unit = &old[row];
                    (row, mark(unit, who_of(&unit.id), unit.answer, numbers.contains(&unit.answer)))
                })),
            }
        }
        self.find_elsewhere(old, &mut lost, there);
        for (row, name) in lost {
            self.name(&old[row], name);
        }
    }

    /// The same of one answer, `then`, which is `now`; out: what is not found in it, and its names.
    fn compare_answer(&mut self, old: &[UnitRow], then: &[usize], now: &[usize]) -> Vec<(usize, String)> {
        let new = self.new;
        let first = &new[now[0]];
        let mut lost = Vec::new();
        for (&row, place) in then.iter().zip(passages(old, then, new, now)) {
            match place {
                Some(place) => self.found(&old[row], row, now[place]),
                None => lost.push((row, mark(&old[row], who_of(&first.id), first.answer, false))),
            }
        }
        lost
    }

    /// Passages that stand in another answer of the interview now, as where a question was put in between: with words
    /// that only they have.
    fn find_elsewhere(&mut self, old: &[UnitRow], lost: &mut Vec<(usize, String)>, there: &[usize]) {
        if lost.is_empty() {
            return;
        }
        let free: Vec<usize> = there.iter().copied().filter(|&place| !self.is_taken[place]).collect();
        let rows: Vec<usize> = lost.iter().map(|(row, _)| *row).collect();
        let (then, now) = (alone(old, &rows), alone(self.new, &free));
        let only = once(&now);
        for (words, at) in once(&then) {
            if let Some(&place) = only.get(words) {
                self.found(&old[rows[at]], rows[at], free[place]);
            }
        }
        lost.retain(|(row, _)| self.place_of[*row].is_none());
    }

    fn found(&mut self, unit: &UnitRow, row: usize, place: usize) {
        (self.place_of[row], self.is_taken[place]) = (Some(place), true);
        let now = self.new[place].id.clone();
        self.name(unit, now);
    }

    fn name(&mut self, unit: &UnitRow, name: String) {
        if unit.id != name {
            self.names.insert(unit.id.clone(), name);
        }
    }

    /// Passages that the earlier run lacked and this one has again: with their number and words, or else as the only
    /// ones of the interview with their words; of participants without ids, as the only ones of all these.
    fn come_back<'m>(&mut self, remembered: impl Iterator<Item = &'m str>) {
        let marked = remembered.filter_map(|name| Some((name, Marked::read(name)?)));
        let marked: BTreeMap<&str, Marked> = marked.collect();
        if marked.is_empty() {
            return;
        }
        let wanted: HashSet<&str> = marked.values().map(|marked| marked.hash).collect();
        let mut places: HashMap<(&str, String), Vec<usize>> = HashMap::new();
        for (place, unit) in self.new.iter().enumerate().filter(|(place, _)| !self.is_taken[*place]) {
            let hash = hash_of(&unit.text);
            if wanted.contains(hash.as_str()) {
                places.entry((without_row(who_of(&unit.id)), hash)).or_default().push(place);
            }
        }
        for (name, marked) in marked {
            let key = (without_row(marked.who), marked.hash.to_owned());
            let there = places.get(&key).map(Vec::as_slice).unwrap_or_default();
            let id = marked.id();
            let same = there.iter().copied().find(|&place| self.new[place].id == id);
            if let Some(place) = same.or(if let [only] = there { Some(*only) } else { None }) {
                self.names.insert(name.to_owned(), self.new[place].id.clone());
            }
        }
    }
}

/// Whether they have the same ids and words one by one, as nearly all have.
fn are_same(old: &[UnitRow], rows: &[usize], new: &[UnitRow], there: &[usize]) -> bool {
    let is_same = |(&at, &place): (&usize, &usize)| old[at].id == new[place].id && old[at].text == new[place].text;
    rows.len() == there.len() && rows.iter().zip(there).all(is_same)
}

/// Everybody with the rows of what they said, in the order of the rows.
fn interviews(units: &[UnitRow]) -> Vec<(Who<'_>, Vec<usize>)> {
    let mut all: Vec<(Who, Vec<usize>)> = Vec::new();
    let mut place: HashMap<Who, usize> = HashMap::new();
    for (row, unit) in units.iter().enumerate() {
        let who = who_of(&unit.id);
        let at = *place.entry(who).or_insert(all.len());
        if at == all.len() {
            all.push((who, Vec::new()));
        }
        all[at].1.push(row);
    }
    all
}

/// The answers of one interview, each with its rows.
fn answers(units: &[UnitRow], rows: &[usize]) -> Vec<Vec<usize>> {
    rows.chunk_by(|&one, &next| units[one].answer == units[next].answer).map(<[usize]>::to_vec).collect()
}

/// The words of some rows, for each of several.
fn each_in_words(units: &[UnitRow], groups: &[Vec<usize>]) -> Vec<Vec<u64>> {
    groups.iter().map(|rows| words(rows.iter().map(|&row| units[row].text.as_str()))).collect()
}

/// The words of some rows, each by itself.
fn alone(units: &[UnitRow], rows: &[usize]) -> Vec<Vec<u64>> {
    rows.iter().map(|&row| words([units[row].text.as_str()])).collect()
}

/// `study/participant` of an id.
fn who_of(id: &str) -> Who<'_> {
    id.rsplit_once('#').map_or(id, |(who, _)| who)
}

/// Whether a participant has no id, and is called by the row.
pub(crate) fn is_row(participant: &str) -> bool {
    without_row(participant) != participant
}

/// The same without the number of somebody who has only that: `study/row `.
fn without_row(who: Who<'_>) -> &str {
    let end = who.trim_end_matches(|sign: char| sign.is_ascii_digit()).len();
    let is_row =
        end < who.len() && who[..end].strip_suffix(ROW).is_some_and(|study| study.is_empty() || study.ends_with('/'));
    if is_row { &who[..end] } else { who }
}

/// Participants without ids who are the same person, by all that they said and the order of the rows.
fn moved_rows<'n>(
    old: &[UnitRow],
    new: &[UnitRow],
    before: &[(Who<'n>, Vec<usize>)],
    now: &[(Who<'n>, Vec<usize>)],
) -> HashMap<Who<'n>, Who<'n>> {
    let of_study = |all: &[(Who<'n>, Vec<usize>)]| {
        let mut studies: BTreeMap<&'n str, (Vec<Who<'n>>, Vec<Vec<usize>>)> = BTreeMap::new();
        for (who, rows) in all.iter().filter(|(who, _)| is_row(who)) {
            let (people, said) = studies.entry(without_row(who)).or_default();
            people.push(*who);
            said.push(rows.clone());
        }
        studies
    };
    let now = of_study(now);
    let mut moved = HashMap::new();
    for (study, (people, said)) in of_study(before) {
        let Some((people_now, said_now)) = now.get(study) else { continue };
        let is_unchanged = |(one, other): (&Vec<usize>, &Vec<usize>)| are_same(old, one, new, other);
        if said.len() == said_now.len() && said.iter().zip(said_now).all(is_unchanged) {
            moved.extend(people.iter().copied().zip(people_now.iter().copied()));
            continue;
        }
        let places = paired(&each_in_words(old, &said), &each_in_words(new, said_now));
        moved.extend(people.iter().zip(places).filter_map(|(&who, place)| Some((who, people_now[place?]))));
    }
    moved
}

/// For each passage of an answer its place among those of the same answer in the new run. Where only the division is
/// another, the passage that shares most of the words is the same.
fn passages(old: &[UnitRow], then: &[usize], new: &[UnitRow], now: &[usize]) -> Vec<Option<usize>> {
    let (then, now) = (alone(old, then), alone(new, now));
    if then == now || then.concat() != now.concat() {
        return paired(&then, &now);
    }
    let spans = |passages: &[Vec<u64>]| -> Vec<(usize, usize)> {
        let mut end = 0;
        let span = |passage: &Vec<u64>| {
            let start = end;
            end += passage.len();
            (start, end)
        };
        passages.iter().map(span).collect()
    };
    let there = spans(&now);
    let mut first = 0;
    let most_of = |(start, end): (usize, usize)| {
        while there.get(first).is_some_and(|span| span.1 <= start) {
            first += 1;
        }
        let both = |span: (usize, usize)| span.1.min(end).saturating_sub(span.0.max(start));
        let is_most = |&place: &usize| {
            let (span, both) = (there[place], both(there[place]));
            both as f64 > SAME_WORDS * (span.1 - span.0 + end - start - both) as f64
        };
        (first..there.len()).take_while(|&place| there[place].0 < end).find(is_most)
    };
    spans(&then).into_iter().map(most_of).collect()
}

#[cfg(test)]
mod tests;
