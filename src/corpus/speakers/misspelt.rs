//! Labels that are another one misspelt or shortened, however often they come: `Particpant` beside `Participant`, `Zoe`
//! beside `Zoë`; and where they come once, `T. Reed` and `Tomm Reed` beside `Tom Reed`.
//!
//! In: the labels of one transcript with their turns. Out: those that are one person's for sure, and those that may be
//! two people's: places in the list. Who speaks right behind the other is never joined with them.

use super::super::label_key::{distance, key, stem, without_accents};
use super::super::lexicon::{STRONG, TITLES, WEAK};
use super::super::nobody;
use super::super::policy::MOST_LABELS;
use super::two_people::{self, is_relation};

/// The shortest name of a role of which a letter may be wrong, and of which two.
const SHORTEST: usize = 5;
const LONG: usize = 9;
/// The shortest word of a full name of which a letter may be wrong.
const SHORTEST_NAME: usize = 3;
/// So many times as often comes a name of which another one, that comes once, is the short form for sure.
const MANY_TURNS: usize = 4;

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
        let is_once = |to: usize| labels[from].1 == 1 && labels[to].1 >= MANY_TURNS;
        let of_name = |to: usize| is_once(to).then(|| name_misspelt(&keys[from], &keys[to]))?;
        let like = |to: usize| Some((likeness(&keys[from], &keys[to]).or_else(|| of_name(to))?, to));
        let mut fits: Vec<(Like, usize)> = (0..labels.len()).filter(rarer).filter_map(like).collect();
        fits.sort_unstable();
        let Some(&(like, to)) = fits.first() else { continue };
        let often = labels[from].1 * 2 <= labels[to].1;
        let is_one = fits.iter().filter(|(other, _)| *other == like).count() == 1;
        // A short form that comes once, beside nobody else whose it may be.
        let forms = |of: usize| (0..keys.len()).filter(|&at| at != of && are_forms(&keys[of], &keys[at])).count();
        let is_short = || is_once(to) && forms(from) == 1 && forms(to) == 1;
        match like {
            Like::Spelling | Like::Slip(_) if often && is_one && !meet(from, to) => found.same.push((from, to)),
            Like::Form if is_one && is_short() && !meet(from, to) => found.same.push((from, to)),
            Like::Name if is_one && !meet(from, to) => found.same.push((from, to)),
            // `Respondant` in half of the turns of one person.
            Like::Slip(1) if is_one && !meet(from, to) && stem(&keys[to]).chars().count() >= LONG => {
                found.same.push((from, to));
            }
            Like::Slip(_) if !often => {}
            // All whose short form it may be.
            Like::Form => {
                let forms = fits.iter().filter(|(of, _)| *of == Like::Form);
                found.perhaps.extend(forms.map(|&(_, to)| (from, to)));
            }
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
    /// A full name with a letter lacking, too many or out of its place, and one with another letter.
    Name,
    OtherLetter,
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

/// How a full name is misspelt that comes once: by a letter within one of its words. `Martina Weber` is no `Martin Weber`.
fn name_misspelt(key: &str, other: &str) -> Option<Like> {
    let [(word, of)] = &two_people::differing(key, other)[..] else { return None };
    let is_letter = |c: char| c.is_alphabetic() || matches!(c, ' ' | '\'' | '’' | '-');
    let is_part = |key: &str| STRONG.role(key).is_some() || WEAK.role(key).is_some() || nobody::is_nobody(key);
    let is_name = |key: &str| key.contains(' ') && key.chars().all(is_letter) && !is_part(key);
    let (short, long) = if word.len() < of.len() { (word, of) } else { (of, word) };
    let is_longer = long.strip_prefix(short.as_str()).is_some_and(|rest| !short.ends_with(rest));
    let is_near = word.chars().next() == of.chars().next() && distance(word, of) == 1;
    let is_title = [word, of].iter().any(|word| TITLES.contains(&word.as_str()));
    if ![key, other].into_iter().all(is_name)
        || short.chars().count() < SHORTEST_NAME
        || is_longer
        || !is_near
        || is_title
        || two_people::may_be_two_names(key, other)
    {
        return None;
    }
    let letters = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    let (one, two) = (letters(word), letters(of));
    Some(if one.len() == two.len() && one != two { Like::OtherLetter } else { Like::Name })
}

/// Whether two keys differ in accents, or in how these are written out, alone: `zoë` and `zoe`, `müller` and `mueller`,
/// and `yıldız` and `yildiz`, which Turkish capitals become.
fn are_one_spelling(a: &str, b: &str) -> bool {
    let bare = |key: &str| without_accents(key).map(|c| if c == 'ı' { 'i' } else { c }).collect::<String>();
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
        // `M. Petit` and `Mme Petit` are two.
        let is_title = TITLES.contains(&long.trim_end_matches('.'));
        !is_title && letter.chars().count() == 1 && long.chars().count() > 1 && long.starts_with(letter)
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
            ("YILDIZ", "Yıldız"),
            ("KATILIMCI", "Katılımcı"),
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
        // Once, and nobody else's, it is that person's.
        assert_eq!(found(&[("Tom Reed", 7), ("T. Reed", 1)], false).same, [(1, 0)]);
        assert_eq!(found(&[("Tom Reed", 7), ("T. Reed", 1)], true).perhaps, [(1, 0)]);
        let two = found(&[("Tom Reed", 7), ("Tina Reed", 7), ("T. Reed", 1)], false);
        assert_eq!(two, Found { perhaps: vec![(2, 0), (2, 1)], ..Found::default() });
    }

    #[test]
    fn a_full_name_that_is_misspelt_once_is_the_same_person() {
        for rare in ["Tomm Reed", "Tom Red", "Tmo Reed"] {
            assert_eq!(found(&[("Tom Reed", 7), (rare, 1)], false).same, [(1, 0)], "{rare}");
            assert_eq!(found(&[("Tom Reed", 7), (rare, 1)], true).perhaps, [(1, 0)], "{rare}");
            assert_eq!(found(&[("Tom Reed", 7), (rare, 2)], false), Found::default(), "{rare}");
        }
        // Another letter may be another name.
        assert_eq!(found(&[("Tom Reed", 7), ("Tim Reed", 1)], false).perhaps, [(1, 0)]);
        for (rare, usual) in [
            ("Martina Weber", "Martin Weber"),
            ("Jim Reed", "Tim Reed"),
            ("Mrs Hall", "Mr Hall"),
            ("Ton", "Tom"),
            ("Male voice 2", "Male voice 1"),
        ] {
            assert_eq!(found(&[(usual, 7), (rare, 1)], false), Found::default(), "{rare} {usual}");
        }
    }

    #[test]
    fn a_title_is_no_name_that_a_letter_is_short_for() {
        for (rare, usual) in [("M. Petit", "Mme Petit"), ("Mme Petit", "M. Petit"), ("D. Hall", "Dr Hall")] {
            assert_eq!(found(&[(usual, 4), (rare, 4)], false), Found::default(), "{rare} {usual}");
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
