//! Labels that are another one with a mark too many, or in letters of another script that look the same: `Tom)`, `'Tom`,
//! `/Tom`, `[Tom]`, and `Тоm` with a Russian *T*. And letters that begin another label: `T` beside `Tom`.
//!
//! In: the labels of one transcript with their turns. Out: those that are another one, and those that may be: places in
//! the list. Labels that name nobody, such as `[inaudible]`, are none, nor is one with a mark of doubt, such as `(P1?)`.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::label_key::{key, stem};
use super::super::lexicon::{STRONG, WEAK};
use super::super::model::Role;
use super::super::nobody;
use super::super::policy::MOST_LABELS;

/// Marks that are typed beside a label by mistake, or left from another layout.
const MARKS: &str = "'\"‘’‚“”„«»‹›`´/\\|,;:~^•·";
const BRACKETS: [(char, char); 5] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('（', '）')];
/// Letters of Cyrillic and Greek, and those of Latin that look the same.
#[rustfmt::skip]
const LOOK_ALIKE: &[(char, char)] = &[
    ('А', 'A'), ('В', 'B'), ('Е', 'E'), ('К', 'K'), ('М', 'M'), ('Н', 'H'), ('О', 'O'), ('Р', 'P'), ('С', 'C'),
    ('Т', 'T'), ('У', 'Y'), ('Х', 'X'), ('І', 'I'), ('Ј', 'J'), ('Ѕ', 'S'), ('а', 'a'), ('е', 'e'), ('о', 'o'),
    ('р', 'p'), ('с', 'c'), ('у', 'y'), ('х', 'x'), ('і', 'i'), ('ј', 'j'), ('ѕ', 's'), ('Α', 'A'), ('Β', 'B'),
    ('Ε', 'E'), ('Ζ', 'Z'), ('Η', 'H'), ('Ι', 'I'), ('Κ', 'K'), ('Μ', 'M'), ('Ν', 'N'), ('Ο', 'O'), ('Ρ', 'P'),
    ('Τ', 'T'), ('Υ', 'Y'), ('Χ', 'X'), ('ο', 'o'),
];

/// Labels that are another one mistyped, each with the place of the one that is meant: that without a mark which comes
/// most often.
pub(super) fn find(labels: &[(String, usize)]) -> Vec<(usize, usize)> {
    let bare: Vec<Cow<'_, str>> = labels.iter().map(|(label, _)| in_one_script(without_marks(label))).collect();
    let rank = |at: usize| (without_marks(&labels[at].0) == labels[at].0, labels[at].1);
    let mut meant: HashMap<&str, usize> = HashMap::new();
    for (at, bare) in bare.iter().enumerate() {
        let most = meant.entry(bare).or_insert(at);
        if rank(at) > rank(*most) {
            *most = at;
        }
    }
    bare.iter().enumerate().map(|(at, bare)| (at, meant[bare.as_ref()])).filter(|(at, to)| at != to).collect()
}

/// Labels of one letter that another label begins with and that come at most half as often, each with that other. Where
/// it begins several, or the two follow each other, they are somebody else; so are letters for who asks, unless they
/// come once.
pub(super) fn letters(labels: &[(String, usize)], meet: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    if labels.len() > MOST_LABELS {
        return Vec::new();
    }
    let keys: Vec<String> = labels.iter().map(|(label, _)| key(label.trim_end_matches('.'))).collect();
    let is_letter = |at: &usize| keys[*at].chars().count() == 1 && keys[*at].chars().all(char::is_alphabetic);
    let begins = |from: usize, to: usize| {
        let rest = keys[to].strip_prefix(keys[from].as_str()).unwrap_or_default();
        let is_name = rest.starts_with(char::is_lowercase) && !rest.contains(|c: char| c.is_ascii_digit());
        let is_role = STRONG.role(stem(&keys[to])).or_else(|| WEAK.role(&keys[to])).is_some();
        is_name && !is_role && !nobody::is_nobody(&keys[to])
    };
    let begun = |from: usize| {
        let mut names = (0..labels.len()).filter(|&to| begins(from, to));
        let to = names.next().filter(|_| names.next().is_none())?;
        // One that comes once may be a slip, too.
        let is_asker = WEAK.role(&keys[from]) == Some(Role::Interviewer) && labels[from].1 > 1;
        (!is_asker && labels[from].1 * 2 <= labels[to].1 && !meet(from, to)).then_some((from, to))
    };
    let letters: Vec<usize> = (0..labels.len()).filter(is_letter).collect();
    let found: Vec<(usize, usize)> = letters.iter().filter_map(|&from| begun(from)).collect();
    // Beside others who go by a letter it is one of them.
    if found.len() < letters.iter().filter(|&&at| WEAK.role(&keys[at]) != Some(Role::Interviewer)).count() {
        return Vec::new();
    }
    found
}

/// A label without marks at its ends, and without brackets around it or one that lacks the other.
fn without_marks(label: &str) -> &str {
    let is_mark = |c: char| c.is_whitespace() || MARKS.contains(c);
    let bare = BRACKETS.iter().fold(label.trim_matches(is_mark), |bare, &(open, close)| {
        match (bare.matches(open).count(), bare.matches(close).count()) {
            (1, 1) if bare.starts_with(open) && bare.ends_with(close) => bare.trim_matches([open, close]),
            (0, 1) => bare.trim_end_matches(close),
            (1, 0) => bare.trim_start_matches(open),
            _ => bare,
        }
    });
    let bare = bare.trim();
    if bare.len() == label.len() {
        return label;
    }
    let is_end = |c: char| c.is_alphanumeric() || matches!(c, '.' | ')' | '）');
    let is_label = bare.starts_with(char::is_alphanumeric) && bare.ends_with(is_end);
    if is_label && !nobody::is_nobody(&key(bare)) { bare } else { label }
}

/// The same letters in one script.
fn in_one_script(label: &str) -> Cow<'_, str> {
    let latin = |c: char| LOOK_ALIKE.iter().find(|(other, _)| *other == c).map(|&(_, latin)| latin);
    match label.chars().any(|c| !c.is_ascii() && latin(c).is_some()) {
        true => label.chars().map(|c| if c.is_ascii() { c } else { latin(c).unwrap_or(c) }).collect(),
        false => label.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(labels: &[(&str, usize)]) -> Vec<(String, usize)> {
        labels.iter().map(|(label, turns)| ((*label).to_owned(), *turns)).collect()
    }

    #[test]
    fn a_mark_too_many_makes_nobody_else() {
        for typed in ["Tom)", "(Tom", "'Tom", "‘Tom’", "/Tom", "Tom|", "[Tom]", "Tom;", "Тоm", "Tоm", "<Tom>"] {
            assert_eq!(find(&labels(&[("Ann", 10), ("Tom", 8), (typed, 2)])), [(2, 1)], "{typed}");
            assert_eq!(find(&labels(&[("Ann", 10), (typed, 8), ("Tom", 2)])).len(), 1, "{typed}");
        }
        assert_eq!(find(&labels(&[("Р", 2), ("И", 8), ("P", 6)])), [(0, 2)]);
    }

    #[test]
    fn other_names_and_what_stands_for_nobody_stay() {
        for apart in [
            [("Tom", 8), ("Tam", 2)],
            [("Tom", 8), ("tom", 2)],
            [("P1", 8), ("(P1?)", 2)],
            [("Tom", 8), ("Tom (Skipper)", 2)],
            [("Tom", 8), ("Tom?", 2)],
            [("inaudible", 2), ("[inaudible]", 2)],
            [("P1", 8), ("P1*", 2)],
            [("Нина", 8), ("Инна", 2)],
        ] {
            assert_eq!(find(&labels(&apart)), [], "{apart:?}");
        }
    }

    #[test]
    fn a_letter_that_begins_a_name_may_be_that_name() {
        let found = |of: &[(&str, usize)], meet: bool| letters(&labels(of), |_, _| meet);
        assert_eq!(found(&[("Ann", 10), ("Tom", 8), ("T", 2)], false), [(2, 1)]);
        assert_eq!(found(&[("Ann", 10), ("Tom", 8), ("T.", 2)], false), [(2, 1)]);
        assert_eq!(found(&[("Ann", 10), ("Mara", 8), ("M", 1)], false), [(2, 1)]);
        for (apart, meet) in [
            (&[("Ann", 10), ("Tom", 8), ("T", 2)][..], true),
            (&[("Ann", 10), ("Tom", 8), ("T", 5)], false),
            (&[("Ann", 10), ("Tom", 8), ("Tina", 8), ("T", 2)], false),
            (&[("Ida", 10), ("I", 4)], false),
            (&[("Ann", 10), ("T1", 8), ("T", 2)], false),
            (&[("Ann", 10), ("Respondent", 8), ("R", 2)], false),
            (&[("Tom", 10), ("T", 3), ("K", 4)], false),
        ] {
            assert_eq!(found(apart, meet), [], "{apart:?}");
        }
    }
}
