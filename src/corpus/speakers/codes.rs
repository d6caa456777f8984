//! Labels that are codes and roles: `P12`, `Participant 12`, `Respondent`, `P1 and P2`.
//!
//! In: the labels of one transcript. Out: which of them are one person's, which may be, and which name
//! several people at once. Two who speak to each other are never one, but for spellings of one code.
//! Personal names are for [`people`](super::super::people).

use std::collections::HashMap;

use super::super::label_key::{key, stem};
use super::super::lexicon::{BETWEEN_NAMES, STRONG, WEAK};
use super::super::model::Role;
use super::super::nobody;
use super::super::people::is_short_for;
use super::super::policy::MOST_LABELS;

/// Why words under a label of several people are left out.
pub(super) const SEVERAL: &str = "names several people at once: whose words these are is not known";
/// The longest abbreviation of a role.
const LONGEST_SHORT: usize = 4;
/// Roles that begin with the same letters differ by gender, as *Befragte* and *Befragter* do: two people.
const SAME_LETTERS: usize = 5;

/// The letters and the number of a key such as `p12`, `p-012` and `participant 12`.
fn code(key: &str) -> Option<(&str, u32)> {
    let letters = stem(key);
    let number = key[letters.len()..].trim_start_matches(|c: char| !c.is_ascii_digit());
    let is_code = !letters.is_empty() && letters.chars().all(|c| c.is_alphabetic() || c == ' ');
    Some((letters, number.parse().ok().filter(|_| is_code)?))
}

/// Labels that are another one in another spelling, as `P 12` and `P012` are of `P12` and `A.H.` is of `AH`: each with
/// the place of the spelling that comes most often.
pub(crate) fn spelt_alike(labels: &[(String, usize)]) -> Vec<(usize, usize)> {
    let keys: Vec<String> = labels.iter().map(|(label, _)| key(label)).collect();
    let mut usual: HashMap<(&str, u32), usize> = HashMap::new();
    for (at, key) in keys.iter().enumerate() {
        if let Some(code) = code(key) {
            let most = usual.entry(code).or_insert(at);
            if labels[at].1 > labels[*most].1 {
                *most = at;
            }
        }
    }
    let mut pointed: HashMap<(String, String), usize> = HashMap::new();
    for (at, (label, turns)) in labels.iter().enumerate() {
        let most = pointed.entry(without_points(label)).or_insert(at);
        if *turns > labels[*most].1 {
            *most = at;
        }
    }
    let other = |at: usize| {
        let of_code = code(&keys[at]).and_then(|code| usual.get(&code));
        let to = *of_code.or_else(|| pointed.get(&without_points(&labels[at].0)))?;
        (to != at).then_some((at, to))
    };
    (0..labels.len()).filter_map(other).collect()
}

/// What a label has in common with those that differ in points and the spaces between initials alone: `A.H.`, `A. H.`
/// and `AH`; `Dr. Hall` and `Dr Hall`. Of other labels also the spaces and capitals are the same.
fn without_points(label: &str) -> (String, String) {
    let letters: String = label.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    let mut words = String::new();
    let mut was_initial = true;
    for word in label.split(['.', ' ']).filter(|word| !word.is_empty()) {
        let is_initial = word.chars().count() == 1;
        if !(is_initial && was_initial) {
            words.push(' ');
        }
        words.push_str(word);
        was_initial = is_initial;
    }
    (letters, words.trim_start().to_owned())
}

/// Labels that name who answers by words of one family, as `Befragter` does beside `Befragte`, and come at most half as
/// often: each with that other. They may be two people, or a slip.
pub(crate) fn of_one_family(labels: &[(String, usize)]) -> Vec<(usize, usize)> {
    if labels.len() > MOST_LABELS {
        return Vec::new();
    }
    let keys: Vec<String> = labels.iter().map(|(label, _)| key(label)).collect();
    let is_like = |from: usize, to: usize| {
        let (rare, usual) = (keys[from].as_str(), keys[to].as_str());
        let are_near = rare.chars().count().abs_diff(usual.chars().count()) < 3;
        rare != usual && labels[from].1 * 2 <= labels[to].1 && are_near && same_family(rare, usual)
    };
    let both = |from: usize, to: usize| [from, to].iter().all(|&at| is_answering(&keys[at]));
    let other = |from: usize| Some((from, (0..labels.len()).find(|&to| both(from, to) && is_like(from, to))?));
    (0..labels.len()).filter_map(other).collect()
}

/// Two labels that name who answers by different words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Alike {
    /// The place of the rarer label, and of the other.
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Whether they are one person's beyond doubt.
    pub(crate) is_sure: bool,
    /// Whether one is short for the other; else they are two words for the same part.
    pub(crate) is_short: bool,
}

/// Labels that name who answers by different words, as `R` and `Respondent`, `P3` and `Participant 3`, and
/// `Respondent` and `Interviewee` do. They are one person's where the one is at most half as common, no
/// third label fits and, of two words without a number, everybody else asks. `meet` says whether turns
/// of two labels follow each other: then they are two people, or of one number in doubt.
pub(crate) fn other_names(labels: &[(String, usize)], meet: impl Fn(usize, usize) -> bool) -> Vec<Alike> {
    if labels.len() < 2 || labels.len() > MOST_LABELS {
        return Vec::new();
    }
    let keys: Vec<String> = labels.iter().map(|(label, _)| key(label)).collect();
    let parts: Vec<(&str, Option<u32>)> = keys
        .iter()
        .map(|key| code(key).map_or((key.trim_end_matches('.'), None), |(letters, number)| (letters, Some(number))))
        .collect();
    let is_short = |a: usize, b: usize| abbreviates(parts[a].0, parts[b].0) || abbreviates(parts[b].0, parts[a].0);
    let are_words = |a: usize, b: usize| {
        parts[a].1.is_none()
            && is_answering(parts[a].0)
            && is_answering(parts[b].0)
            && !same_family(parts[a].0, parts[b].0)
    };
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for a in 0..labels.len() {
        pairs.extend(
            (0..a).filter(|&b| parts[a].1 == parts[b].1 && (is_short(a, b) || are_words(a, b))).map(|b| (b, a)),
        );
    }
    let asks_or_stands_by = |at: usize| {
        let role = STRONG.role(parts[at].0).or_else(|| WEAK.role(parts[at].0));
        matches!(role, Some(Role::Interviewer | Role::Other)) || nobody::is_nobody(&keys[at])
    };
    // `P2` and `Participant 2` who follow each other may be one person or two.
    let is_code = |a: usize, b: usize| parts[a].1.is_some() && is_short(a, b);
    let alike = |&(a, b): &(usize, usize)| {
        let fits = |at: usize| pairs.iter().filter(|&&(one, other)| one == at || other == at).count();
        let (from, to) = if labels[a].1 < labels[b].1 { (a, b) } else { (b, a) };
        let alone = || (0..labels.len()).filter(|&at| at != a && at != b).all(asks_or_stands_by);
        let is_short = is_short(a, b);
        let is_sure = fits(a) == 1 && fits(b) == 1 && labels[from].1 * 2 <= labels[to].1 && (is_short || alone());
        let do_meet = meet(a, b);
        (!do_meet || is_code(a, b)).then_some(Alike { from, to, is_sure: is_sure && !do_meet, is_short })
    };
    pairs.iter().filter_map(alike).collect()
}

/// Whether a word names who answers in an interview, and not in a chat, where `User` and `Human` are quoted.
pub(super) fn is_answering(word: &str) -> bool {
    STRONG.role(word) == Some(Role::Participant) && !matches!(word, "user" | "human")
}

/// Whether the one is short for the other, as `r` is for `respondent`.
fn abbreviates(short: &str, long: &str) -> bool {
    let begins =
        (long.starts_with(short) && short.chars().count() <= LONGEST_SHORT) || (short, long) == ("ie", "interviewee");
    begins && short != long && is_answering(long) && WEAK.role(short) == Some(Role::Participant)
}

fn same_family(a: &str, b: &str) -> bool {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count() >= SAME_LETTERS
}

/// Words between the labels of people of whom it was one.
const OR: &[&str] = &["or", "oder", "ou", "o"];
const BETWEEN: [char; 5] = [',', ';', '&', '+', '/'];

/// The places of the labels that a label of several people at once names: `P1` and `P2` of `P1 and P2`,
/// `P1, P2`, `P1 or 2`. Every part must be a label of its own, so `Hall, Ann` and `Anna-Lena` are one person.
pub(crate) fn several(at: usize, keys: &[String]) -> Option<Vec<usize>> {
    if keys.len() > MOST_LABELS {
        return None;
    }
    let parts = parts(&keys[at])?;
    // `Reed, Tom` is no `Tom` beside a `Mary Reed`.
    let is_exact = keys[at].contains(',');
    let mut found: Vec<usize> = Vec::with_capacity(parts.len());
    let mut letters = String::new();
    for part in parts {
        let is_number = part.bytes().all(|b| b.is_ascii_digit());
        let part = if is_number { format!("{letters} {part}") } else { part };
        letters.clear();
        letters.push_str(code(&part).map_or("", |(letters, _)| letters));
        let is_meant = |&other: &usize| other != at && names(&part, &keys[other], is_exact);
        let other = (0..keys.len()).find(is_meant)?;
        if !found.contains(&other) {
            found.push(other);
        }
    }
    (found.len() > 1).then_some(found)
}

/// Whether a part of a label names another label.
fn names(part: &str, key: &str, is_exact: bool) -> bool {
    let same_code = || {
        let ((letters, number), (of, other)) = (code(part)?, code(key)?);
        let one = letters == of || letters.strip_suffix('s') == Some(of); // `Participants 1 and 2`
        (one && number == other).then_some(())
    };
    part == key || same_code().is_some() || (!is_exact && is_short_for(part, key))
}

/// The parts of a label that may name several people.
fn parts(key: &str) -> Option<Vec<String>> {
    let is_between = |word: &&str| BETWEEN_NAMES.contains(word) || OR.contains(word);
    // `P1-P3`, where `Anna-Lena` is a name.
    if let Some((from, to)) = key.split_once(['-', '–']) {
        let (from, to) = (from.trim(), to.trim());
        if code(from).is_some() && code(to).is_some() {
            return Some(vec![from.to_owned(), to.to_owned()]);
        }
    }
    if !key.contains(BETWEEN) && !key.split(' ').any(|word| is_between(&word)) {
        return None;
    }
    let mut parts = Vec::new();
    for piece in key.split(BETWEEN) {
        let words: Vec<&str> = piece.split_whitespace().collect();
        parts.extend(words.split(|word| is_between(word)).map(|words| words.join(" ")));
    }
    parts.iter().all(|part| !part.is_empty()).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(labels: &[(&str, usize)]) -> Vec<(String, usize)> {
        labels.iter().map(|(label, turns)| ((*label).to_owned(), *turns)).collect()
    }

    #[test]
    fn a_code_has_several_spellings() {
        let found = |of: &[(&str, usize)]| spelt_alike(&labels(of));
        assert_eq!(found(&[("P 12", 1), ("I", 4), ("P12", 3)]), [(0, 2)]);
        assert_eq!(
            found(&[("P12", 3), ("P-12", 1), ("P012", 1), ("p_12", 3), ("P#12", 2)]),
            [(1, 0), (2, 0), (3, 0), (4, 0)]
        );
        assert_eq!(found(&[("Participant 3", 2), ("Participant_03", 2)]), [(1, 0)]);
        for apart in [
            [("P1", 1), ("P2", 9)],
            [("P1-2", 1), ("P12", 9)],
            [("P1", 1), ("R1", 9)],
            [("01", 1), ("1", 9)],
            [("Anna", 1), ("anna", 9)],
            [("+44 77", 1), ("+44 077", 9)],
        ] {
            assert_eq!(found(&apart), [], "{apart:?}");
        }
    }

    #[test]
    fn points_and_spaces_tell_nobody_apart() {
        let found = |of: &[(&str, usize)]| spelt_alike(&labels(of));
        assert_eq!(found(&[("AH", 5), ("A.H.", 1), ("A. H.", 1)]), [(1, 0), (2, 0)]);
        assert_eq!(found(&[("Dr. Hall", 5), ("Dr Hall", 5), ("Mrs Reed", 4)]), [(1, 0)]);
        assert_eq!(found(&[("J.R. Ito", 1), ("J. R. Ito", 5)]), [(0, 1)]);
        for apart in [
            [("Anna", 5), ("anna", 1)],
            [("Mary Ann", 5), ("MaryAnn", 1)],
            [("AH", 5), ("Ah", 1)],
            [("A", 5), ("AH", 1)],
        ] {
            assert_eq!(found(&apart), [], "{apart:?}");
        }
    }

    #[test]
    fn a_man_and_a_woman_who_answer_may_be_a_slip() {
        assert_eq!(of_one_family(&labels(&[("I", 4), ("Befragte", 6), ("Befragter", 1)])), [(2, 1)]);
        assert_eq!(of_one_family(&labels(&[("I", 4), ("Entrevistada", 1), ("Entrevistado", 6)])), [(1, 2)]);
        for apart in [
            &[("I", 4), ("Befragte", 6), ("Befragter", 5)][..],
            &[("I", 4), ("Participant", 6), ("Respondent", 1)],
            &[("Interviewer", 9), ("Interviewee", 1)],
        ] {
            assert_eq!(of_one_family(&labels(apart)), [], "{apart:?}");
        }
    }

    #[test]
    fn who_answers_goes_by_several_words() {
        let found = |of: &[(&str, usize)]| -> Vec<(usize, usize, bool)> {
            other_names(&labels(of), |_, _| false).iter().map(|a| (a.from, a.to, a.is_sure)).collect()
        };
        let one = (2, 1, true);
        assert_eq!(found(&[("Interviewer", 4), ("Respondent", 3), ("Interviewee", 1)]), [one]);
        assert_eq!(found(&[("I", 4), ("Participant", 3), ("Respondent", 1), ("Observer", 1)]), [one]);
        assert_eq!(found(&[("I", 4), ("R", 3), ("Respondent", 1)]), [one]);
        assert_eq!(found(&[("I", 4), ("Interviewee", 3), ("IE", 1)]), [one]);
        assert_eq!(found(&[("Anna", 4), ("P3", 8), ("Participant 3", 1), ("P4", 8)]), [one]);
        // As common as the other, beside a third who answers, or fitting two: that may be so.
        assert_eq!(found(&[("I", 4), ("Respondent", 2), ("Interviewee", 2)]), [(2, 1, false)]);
        assert_eq!(found(&[("Anna", 4), ("Respondent", 3), ("Interviewee", 1)]), [(2, 1, false)]);
        assert_eq!(found(&[("P", 1), ("Participant", 9), ("Respondent", 2)]), [(0, 1, false), (2, 1, false)]);
        for apart in [
            &[("Befragter", 9), ("Befragte", 1)][..],
            &[("User", 9), ("Participant", 1), ("Human", 1)],
            &[("P3", 8), ("Participant 4", 1)],
            &[("Participant 1", 8), ("Respondent 1", 1)],
            &[("I", 8), ("Interviewee", 1)],
            &[("M", 8), ("Moderator", 1)],
            &[("Patient", 8), ("P", 1)],
        ] {
            assert_eq!(found(apart), [], "{apart:?}");
        }
        let couple = labels(&[("I", 4), ("R", 9), ("Respondent", 2), ("Participant", 1)]);
        assert_eq!(other_names(&couple, |_, _| true), [], "two who speak to each other");
        let codes = labels(&[("I", 4), ("P2", 9), ("Participant 2", 2), ("P3", 1)]);
        let [Alike { from: 2, to: 1, is_sure: false, .. }] = other_names(&codes, |_, _| true)[..] else {
            panic!("one number in doubt")
        };
    }

    #[test]
    fn a_label_may_name_several_people() {
        let found = |label: &str, others: &[&str]| {
            let keys: Vec<String> = others.iter().chain([&label]).map(|label| key(label)).collect();
            several(others.len(), &keys)
        };
        let group = ["Moderator", "P1", "P2", "P3"];
        for label in [
            "P1 and P2",
            "P1, P2",
            "P1/P2",
            "P1 & P2",
            "P1+P2",
            "P1 und 2",
            "P1 or P2",
            "P1, 2",
            "P 1 and P 2",
            "P1–P2",
            "P1-P2",
        ] {
            assert_eq!(found(label, &group), Some(vec![1, 2]), "{label}");
        }
        assert_eq!(found("P1, P2 and P3", &group), Some(vec![1, 2, 3]));
        assert_eq!(found("Participants 1 and 2", &["Participant 1", "Participant 2"]), Some(vec![0, 1]));
        assert_eq!(found("Anna and Ben", &["Anna", "Ben", "Clara"]), Some(vec![0, 1]));
        assert_eq!(found("Tom & Mary", &["Tom Reed", "Mary Reed"]), Some(vec![0, 1]));
        for (label, others) in [
            ("Anna and Ben", &["Anna", "Clara"][..]),
            ("Anna-Lena", &["Anna", "Lena"]),
            ("Anna-Lena and Ben", &["Anna", "Lena", "Ben"]),
            ("Reed, Tom", &["Tom", "Mary Reed"]),
            ("Ann Hall", &["Ann", "Hall"]),
            ("P1 and P1", &["P1", "P2"]),
            ("P4", &["P1", "P2"]),
            ("José Ortega y Gasset", &["José", "Interviewer"]),
            ("Moderator/in", &["Moderator", "P1"]),
            ("and", &["Anna", "Ben"]),
            ("", &["Anna", "Ben"]),
        ] {
            assert_eq!(found(label, others), None, "{label}");
        }
    }
}
