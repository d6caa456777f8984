//! Labels of roles with an ending for any gender: `Befragte:r`, `Enquêté·e`, `Intervistat*`.
//!
//! In: keys, or the labels of one transcript. Out: the role; which labels differ by the mark alone and are one; and
//! which are, or may be, the same role without a mark. Two plain forms, as *Befragte* and *Befragter*, are for
//! [`codes`](super::codes).

use std::collections::HashMap;

use super::super::label_key::{key, stem};
use super::super::lexicon::{GENDER_ENDINGS, GENDER_MARKS, STRONG};
use super::super::model::Role;
use super::super::policy::MOST_LABELS;
use super::codes::Alike;

/// What stands for any ending, at the end of a role.
const ANY_ENDING: [char; 2] = ['*', '@'];
const ANY: &str = "*";
/// Endings of roles that it may stand for.
const ENDINGS: [&str; 5] = ["", "o", "a", "e", "r"];
/// What may stand before the number of a role.
const BEFORE_NUMBERS: [char; 6] = [' ', '_', '-', '#', '.', '0'];

/// The key of a role, taken apart: `befragte`, `r` and `2` of `befragte:r 2`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Marked<'k> {
    core: &'k str,
    ending: &'k str,
    number: &'k str,
}

impl<'k> Marked<'k> {
    fn of(key: &'k str) -> Option<Self> {
        let at = key.find(GENDER_MARKS).filter(|&at| at > 2)?;
        let rest = key[at..].trim_start_matches(GENDER_MARKS);
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let number = rest[end..].trim_start_matches(')').trim_start_matches(BEFORE_NUMBERS);
        let number = number.strip_prefix("nr").map_or(number, |behind| behind.trim_start_matches(BEFORE_NUMBERS));
        let (core, ending) = (&key[..at], &rest[..end]);
        GENDER_ENDINGS.contains(&ending).then_some(Self { core, ending, number })
    }

    /// The same, of a role that a list knows, or of one with a sign for any ending; `Respondent-A` is a code.
    fn of_role(key: &'k str, label: &str) -> Option<Self> {
        let mut behind = label.chars().skip_while(|c| !GENDER_MARKS.contains(c)).skip_while(|c| !c.is_alphabetic());
        let is_small = behind.next().is_none_or(char::is_lowercase);
        let known = Self::of(key).filter(|marked| STRONG.role(marked.core).is_some() && is_small && marked.fits());
        known.or_else(|| {
            let core = without_ending(key)?;
            role_of_any(core)?;
            Some(Self { core, ending: ANY, number: key[stem(key).len()..].trim_start_matches(BEFORE_NUMBERS) })
        })
    }

    /// Whether the role may have the ending, where a letter is one: `befragte:r`, `entrevistado/a`, `moderador/a`.
    fn fits(&self) -> bool {
        match self.ending {
            "a" => self.core.ends_with(['o', 'r']),
            "r" | "n" => self.core.ends_with('e'),
            _ => true,
        }
    }

    /// Whether a key is the role without the mark: `befragte`, `befragter`, `entrevistada` of `entrevistado/a`.
    fn is_plainly(&self, key: &str) -> bool {
        let (role, number) = (stem(key), key[stem(key).len()..].trim_start_matches(BEFORE_NUMBERS));
        let without_last = self.core.char_indices().next_back().map_or("", |(last, _)| &self.core[..last]);
        let is_of = |core: &str| {
            let ending = role.strip_prefix(core);
            ending == Some(self.ending) || (self.ending == ANY && ending.is_some_and(|end| ENDINGS.contains(&end)))
        };
        number == self.number && (role == self.core || is_of(self.core) || (self.ending != ANY && is_of(without_last)))
    }
}

/// The role of a key with such an ending.
pub(super) fn role(key: &str) -> Option<Role> {
    let by_mark = || {
        let marked = Marked::of(key)?;
        let is_number = is_count(marked.number);
        STRONG.role(marked.core).filter(|_| is_number)
    };
    by_mark().or_else(|| role_of_any(without_ending(key)?))
}

/// `2`, `2b`, or nothing.
fn is_count(number: &str) -> bool {
    let digits = number.trim_end_matches(|c: char| c.is_ascii_lowercase());
    number.len() <= digits.len() + usize::from(!digits.is_empty()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// The role without the sign at its end that stands for any ending: `intervistat` of `intervistat* 2`.
fn without_ending(key: &str) -> Option<&str> {
    stem(key).strip_suffix(ANY_ENDING).filter(|core| core.len() > 2)
}

fn role_of_any(core: &str) -> Option<Role> {
    ENDINGS.iter().find_map(|ending| STRONG.role(&format!("{core}{ending}")))
}

/// Labels that are another one with another mark, as `Befragte*r` is of `Befragte:r`: each with the place of the one
/// that comes most often.
pub(super) fn spelt_alike(labels: &[(String, usize)]) -> Vec<(usize, usize)> {
    let keys: Vec<String> = labels.iter().map(|(label, _)| key(label)).collect();
    let mut marked: Vec<(usize, Marked<'_>)> = Vec::new();
    for (at, key) in keys.iter().enumerate() {
        marked.extend(Marked::of_role(key, &labels[at].0).map(|of| (at, of)));
    }
    let mut usual: HashMap<Marked<'_>, usize> = HashMap::new();
    for &(at, of) in &marked {
        let most = usual.entry(of).or_insert(at);
        if labels[at].1 > labels[*most].1 {
            *most = at;
        }
    }
    marked.iter().map(|(at, of)| (*at, usual[of])).filter(|(at, to)| at != to).collect()
}

/// Labels that are, or may be, another one without its mark, as `Befragter` is of `Befragte:r`. They are one person's
/// where the one is at most half as common and no third label fits. `meet` says whether turns of two labels follow
/// each other: then nobody knows.
pub(super) fn without_marks(labels: &[(String, usize)], meet: impl Fn(usize, usize) -> bool) -> Vec<Alike> {
    if labels.len() > MOST_LABELS {
        return Vec::new();
    }
    let keys: Vec<String> = labels.iter().map(|(label, _)| key(label)).collect();
    let marked: Vec<Option<Marked<'_>>> =
        keys.iter().zip(labels).map(|(key, (label, _))| Marked::of_role(key, label)).collect();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, of) in marked.iter().enumerate().filter_map(|(at, of)| Some((at, (*of)?))) {
        pairs.extend((0..keys.len()).filter(|&to| marked[to].is_none() && of.is_plainly(&keys[to])).map(|to| (at, to)));
    }
    let fits = |at: usize| pairs.iter().filter(|&&(one, other)| one == at || other == at).count();
    let alike = |&(a, b): &(usize, usize)| {
        let (from, to) = if labels[a].1 < labels[b].1 { (a, b) } else { (b, a) };
        let is_sure = fits(a) == 1 && fits(b) == 1 && labels[from].1 * 2 <= labels[to].1 && !meet(a, b);
        Alike { from, to, is_sure, is_short: true }
    };
    pairs.iter().map(alike).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(labels: &[(&str, usize)]) -> Vec<(String, usize)> {
        labels.iter().map(|(label, turns)| ((*label).to_owned(), *turns)).collect()
    }

    #[test]
    fn a_role_is_known_with_an_ending_for_any_gender() {
        for key in ["befragte:r", "befragte*r 2", "enquêté·e", "befragte(r)", "intervistat*", "teilnehmer* 2"] {
            assert_eq!(role(key), Some(Role::Participant), "{key}");
        }
        for key in ["teilnehmer:in nr. 2", "befragte:r nr.3", "befragte:r 2b", "teilnehmer*in_02"] {
            assert_eq!(role(key), Some(Role::Participant), "{key}");
        }
        assert_eq!(role("intervistator*"), Some(Role::Interviewer));
        for key in ["befragte", "tom*", "montag:e", "befragte:x y", "note*", "participant-b", ""] {
            assert_eq!(role(key), None, "{key}");
        }
        for key in ["befragte:r b", "befragte:r 2bc", "befragte:r nr. x"] {
            assert_eq!(role(key), None, "{key}");
        }
    }

    #[test]
    fn another_mark_makes_nobody_else() {
        let found = |of: &[(&str, usize)]| spelt_alike(&labels(of));
        let talk = [("I", 9), ("Befragte:r", 5), ("Befragte*r", 1), ("Befragte/r", 1), ("Befragte(r)", 1)];
        assert_eq!(found(&talk), [(2, 1), (3, 1), (4, 1)]);
        assert_eq!(found(&[("Enquêté.e", 1), ("Enquêté·e", 5)]), [(0, 1)]);
        assert_eq!(found(&[("Teilnehmer:in 1", 5), ("Teilnehmer:in1", 1), ("Teilnehmer:in 01", 1)]), [(1, 0), (2, 0)]);
        for apart in [
            [("Teilnehmer:in 1", 5), ("Teilnehmer*in 2", 1)],
            [("Befragte:r", 5), ("Befragte:n", 1)],
            [("Ann-a", 5), ("Ann.a", 1)],
            [("Respondent-A", 5), ("Respondent.A", 1)],
            [("Befragte", 5), ("Befragter", 1)],
        ] {
            assert_eq!(found(&apart), [], "{apart:?}");
        }
    }

    #[test]
    fn a_role_without_its_mark_is_the_same_person() {
        let found = |of: &[(&str, usize)], meet: bool| -> Vec<(usize, usize, bool)> {
            without_marks(&labels(of), |_, _| meet).iter().map(|a| (a.from, a.to, a.is_sure)).collect()
        };
        for (marked, plain) in [
            ("Befragte:r", "Befragter"),
            ("Befragte:r", "Befragte"),
            ("Entrevistado/a", "Entrevistada"),
            ("Interviewer:in", "Interviewerin"),
            ("Teilnehmer:in 1", "Teilnehmerin 1"),
            ("Intervistat*", "Intervistata"),
            ("Teilnehmer* 1", "Teilnehmer 1"),
        ] {
            assert_eq!(found(&[("I", 9), (marked, 5), (plain, 1)], false), [(2, 1, true)], "{plain}");
            assert_eq!(found(&[("I", 9), (marked, 1), (plain, 5)], false), [(1, 2, true)], "{plain}");
            // About as often, or in turn: that may be so.
            assert_eq!(found(&[("I", 9), (marked, 5), (plain, 4)], false), [(2, 1, false)], "{plain}");
            assert_eq!(found(&[("I", 9), (marked, 5), (plain, 1)], true), [(2, 1, false)], "{plain}");
        }
        let two = [("Befragte:r", 9), ("Befragte", 1), ("Befragter", 1)];
        assert_eq!(found(&two, false), [(1, 0, false), (2, 0, false)]);
        for apart in [
            [("Teilnehmer:in 1", 9), ("Teilnehmerin 2", 1)],
            [("Befragte:r", 9), ("Interviewer", 1)],
            [("Respondent-E", 9), ("Respondent", 1)],
            [("participant-a", 9), ("participant", 1)],
            [("Befragte", 9), ("Befragter", 1)],
        ] {
            assert_eq!(found(&apart, false), [], "{apart:?}");
        }
    }
}
