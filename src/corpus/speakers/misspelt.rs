//! Labels that are another one misspelt or shortened, however often they come: `Particpant` beside `Participant`, `Zoe`
//! beside `Zoë`, `T. Reed` beside `Tom Reed`.
//!
//! In: the labels of one transcript with their turns. Out: those that are one person's for sure, and those that may be
//! two people's: places in the list. Who speaks right behind the other is never joined with them.

use super::super::label_key::{distance, key, stem, without_accents};
use super::super::lexicon::{STRONG, WEAK};
use super::super::nobody;
use super::super::policy::MOST_LABELS;
use super::two_people::is_relation;

/// The shortest name of a role of which a letter may be wrong, and of which two.
const SHORTEST: usize = 5;
const LONG: usize = 9;

/// What was found.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Found {
    /// Labels, each with the one that it is.
    pub(super) same: Vec<(usize, usize)>,
    /// Labels, each with the one that it may be.
    pub(super) perhaps: Vec<(usize, usize)>,
}

/// Finds them; `meet` says whether turns of two labels follow each other.
pub(super) fn find(labels: &[(String, usize)], meet: impl Fn(usize, usize) -> bool) -> Found {
    let mut found = Found::default();
    if labels.len() > MOST_LABELS {
        return found;
    }
    let keys: Vec<String> = labels.iter().map(|(label, _)| key(label)).collect();
    for from in 0..labels.len() {
        let rarer = |&to: &usize| to != from && (labels[from].1, from) < (labels[to].1, to);
        let like = |to: usize| Some((likeness(&keys[from], &keys[to])?, to));
        let mut fits: Vec<(Like, usize)> = (0..labels.len()).filter(rarer).filter_map(like).collect();
        fits.sort_unstable();
        let Some(&(like, to)) = fits.first() else { continue };
        let often = labels[from].1 * 2 <= labels[to].1;
        let is_one = fits.iter().filter(|(other, _)| *other == like).count() == 1;
        match like {
            Like::Spelling | Like::Slip(_) if often && is_one && !meet(from, to) => found.same.push((from, to)),
            Like::Slip(_) if !often => {}
            _ => found.perhaps.push((from, to)),
        }
    }
    found
}

/// How alike two labels are, the nearest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Like {
    Spelling,
    /// The name of a role with so many letters wrong.
    Slip(usize),
    Form,
}

fn likeness(key: &str, other: &str) -> Option<Like> {
    if are_one_spelling(key, other) {
        return Some(Like::Spelling);
    }
    role_misspelt(key, other).map(Like::Slip).or_else(|| are_forms(key, other).then_some(Like::Form))
}

/// How many letters are wrong in the name of a role, where a key is no word for anybody itself.
fn role_misspelt(key: &str, role: &str) -> Option<usize> {
    let (bare, of) = (stem(key), stem(role));
    let is_somebody = STRONG.role(bare).is_some() || WEAK.role(bare).is_some() || nobody::is_nobody(key);
    let is_other = is_somebody || nobody::is_among_others(key) || is_relation(bare);
    let n_words = |key: &str| key.matches(' ').count();
    // `Participants` and `Participant B` are others, and `Trainer` and `Trainee` two.
    let is_more = bare.starts_with(of) || n_words(bare) != n_words(of);
    let (length, far) = (of.chars().count(), distance(bare, of));
    let ends_alike = bare.chars().next_back() == of.chars().next_back() || bare.chars().count() != length;
    let is_near = match far {
        1 => ends_alike && length >= SHORTEST,
        2 => length >= LONG && bare.chars().next() == of.chars().next(),
        _ => false,
    };
    let is_role = STRONG.spoken().any(|role| role == of) && key[bare.len()..] == role[of.len()..];
    (is_role && is_near && !is_more && !is_other).then_some(far)
}

/// Whether two keys differ in accents, or in how these are written out, alone: `zoë` and `zoe`, `müller` and `mueller`.
fn are_one_spelling(a: &str, b: &str) -> bool {
    let bare = |key: &str| without_accents(key).collect::<String>();
    let written = |key: &str| {
        let key = key.replace('ß', "ss").replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
        bare(&key)
    };
    a != b && (bare(a) == bare(b) || written(a) == written(b))
}

/// Whether one key may be short for the other: `t. reed` for `tom reed`, `spk 2` for `speaker 2`.
fn are_forms(a: &str, b: &str) -> bool {
    let is_initial = |short: &str, long: &str| {
        let letter = short.trim_end_matches('.');
        letter.chars().count() == 1 && long.chars().count() > 1 && long.starts_with(letter)
    };
    let of_names = |a: &str, b: &str| match (a.split_once(' '), b.split_once(' ')) {
        (Some((first, last)), Some((name, other))) => {
            let is_name = last.chars().count() > 2 && last.chars().all(char::is_alphabetic);
            last == other && is_name && is_initial(first, name)
        }
        _ => false,
    };
    let of_speakers =
        |a: &str, b: &str| stem(a) == "spk" && stem(b) == "speaker" && number(a).is_some() && number(a) == number(b);
    of_names(a, b) || of_names(b, a) || of_speakers(a, b) || of_speakers(b, a)
}

fn number(key: &str) -> Option<u32> {
    key.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().ok()
}

/// What is told of a label that was read as another one.
pub(super) fn told(from: &str, to: &str) -> String {
    format!(
        "`{from}` was read as `{to}`, which it is written like; if they are two people, say so with `--participant \
         \"{from}\"`"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(labels: &[(&str, usize)], meet: bool) -> Found {
        let labels: Vec<(String, usize)> = labels.iter().map(|&(label, turns)| (label.to_owned(), turns)).collect();
        find(&labels, |_, _| meet)
    }

    #[test]
    fn a_role_misspelt_twice_is_the_same_role() {
        for (rare, usual) in [
            ("Particpant", "Participant"),
            ("Repsondent", "Respondent"),
            ("Befrate", "Befragte"),
            ("Interviwee", "Interviewee"),
            ("Particpant 2", "Participant 2"),
            ("Zoe", "Zoë"),
            ("Mueller", "Müller"),
        ] {
            assert_eq!(found(&[(usual, 16), (rare, 2)], false).same, [(1, 0)], "{rare} {usual}");
            assert_eq!(found(&[(usual, 16), (rare, 2)], true).perhaps, [(1, 0)], "{rare} {usual}");
        }
    }

    #[test]
    fn the_nearest_role_is_meant() {
        assert_eq!(found(&[("Interviewer", 18), ("Interviewee", 16), ("Interviwee", 2)], false).same, [(2, 1)]);
        assert_eq!(found(&[("Interviewer", 18), ("Interviewee", 16), ("Interviewe", 2)], false).perhaps, [(2, 0)]);
    }

    #[test]
    fn a_short_form_may_be_the_same_person() {
        for (rare, usual) in [("T. Reed", "Tom Reed"), ("Spk 2", "Speaker 2")] {
            let expected = Found { perhaps: vec![(1, 0)], ..Found::default() };
            assert_eq!(found(&[(usual, 16), (rare, 2)], false), expected, "{rare} {usual}");
        }
    }

    #[test]
    fn other_roles_names_and_numbers_are_other_people() {
        for (rare, usual) in [
            ("Interviewer", "Interviewee"),
            ("Particpant 3", "Participant 2"),
            ("Befragter", "Befragte"),
            ("Parent", "Patient"),
            ("Participants", "Participant"),
            ("Participant B", "Participant"),
            ("A. Reed", "Tom Reed"),
            ("Spk 3", "Speaker 2"),
            ("Zora", "Zoë"),
        ] {
            assert_eq!(found(&[(usual, 16), (rare, 2)], false), Found::default(), "{rare} {usual}");
        }
    }
}
