//! Names that hold a colon themselves: `Room: Brotherton 3: words`, `Leeds: Tom Reed   0:33` above the words.
//!
//! In: what stands behind the first colon of every line that starts with one name. Out: how much of it belongs to that
//! name, since it is the same in every turn, up to a second colon or a time. It looks at no single line: behind one
//! label `Tom Reed:` may be said.

use std::collections::HashMap;

use super::super::speakers::{Names, key};
use super::forms::{Candidate, Form};
use super::names::valid_label;
use super::times::split_time;

/// Fewer lines show no habit.
const FEWEST: usize = 3;
/// The longest rest of a name, in bytes.
const LONGEST: usize = 80;

/// The rest of a name behind its first colon, as one line tells.
struct Rest<'t> {
    /// Without white space around it.
    name: &'t str,
    seconds: Option<f64>,
    /// Bytes up to the words.
    words: usize,
}

impl<'t> Rest<'t> {
    fn of(behind: &'t str) -> Option<Self> {
        let line = behind.split('\n').next().unwrap_or_default();
        if let Some((name, words)) = line.split_once(": ") {
            let fits = name.len() <= LONGEST && valid_label(name.trim());
            return fits.then_some(Self { name: name.trim(), seconds: None, words: line.len() - words.len() });
        }
        let (name, seconds) = split_time(line.trim_end());
        let fits = seconds.is_some() && name.len() <= LONGEST && valid_label(name.trim());
        fits.then_some(Self { name: name.trim(), seconds, words: line.len() })
    }
}

/// What people's devices and rooms are called, before the name of who sits there.
#[rustfmt::skip]
const PLACES: [&str; 24] = [
    "android", "computer", "desktop", "device", "galaxy", "guest", "handy", "huawei", "ipad", "iphone", "laptop",
    "macbook", "meet", "pc", "phone", "pixel", "raum", "room", "sala", "salle", "samsung", "tablet", "telefon", "zoom",
];

/// Whether a rest is of a name for sure: it has a time behind it, is a full name, or stands behind a device or a room.
/// `Tom: Yes: …` may be how Tom begins.
fn is_of_name(of: &str, rest: &Rest<'_>) -> bool {
    let is_capital = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let is_full = rest.name.contains(' ') && rest.name.split(' ').all(is_capital);
    rest.seconds.is_some() || is_full || of.split(' ').any(|word| PLACES.contains(&word))
}

/// What follows the first colon of every line of one name, `of`, and belongs to it, without white space around it.
fn shared<'t>(of: &str, mut behind: impl Iterator<Item = &'t str>) -> Option<&'t str> {
    let first = Rest::of(behind.next()?).filter(|rest| is_of_name(of, rest))?;
    let mut n = 1;
    for other in behind {
        Rest::of(other).filter(|rest| rest.name == first.name)?;
        n += 1;
    }
    (n >= FEWEST).then_some(first.name)
}

/// The rests of such names by the keys of what stands before their colons, of lines with their labels and what follows.
pub(crate) fn rests<'t>(lines: impl Iterator<Item = (&'t str, &'t str)>, names: &Names) -> HashMap<String, &'t str> {
    let mut behind: HashMap<String, Vec<&'t str>> = HashMap::new();
    lines.for_each(|(label, rest)| behind.entry(key(label)).or_default().push(rest));
    behind.retain(|of, _| !names.is_known(of));
    let whole = |(of, rests): (String, Vec<&'t str>)| {
        let name = shared(&of, rests.into_iter()).filter(|name| key(name) != of)?;
        Some((of, name))
    };
    behind.into_iter().filter_map(whole).collect()
}

/// The whole name that a line starts with, and the words, by what was read of it and the rests of such names.
pub(crate) fn lengthen<'t>(
    line: &'t str,
    (label, rest): (&'t str, &'t str),
    rests: &HashMap<String, &'t str>,
) -> (&'t str, &'t str) {
    if rests.is_empty() {
        return (label, rest);
    }
    let whole = || {
        let name = rests.get(&key(label))?;
        let words = rest.trim_start().strip_prefix(name)?.trim_start().strip_prefix(':')?;
        let before = line[..line.len() - words.len()].trim_end_matches([':', ' ']);
        Some((&before[before.find(label)?..], words))
    };
    whole().unwrap_or((label, rest))
}

/// Makes such a name of the labels that are its beginning, but for names of roles and labels that stand twice.
pub(super) fn join(text: &str, candidates: &mut [Candidate], keys: &mut [String], names: &Names) {
    let may_be =
        |candidate: &Candidate| candidate.form == Form::Plain && !candidate.wide && candidate.seconds.is_none();
    let mut places: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut others = vec![false; keys.len()];
    for (c, candidate) in candidates.iter().enumerate() {
        if may_be(candidate) && !others[candidate.key] && Rest::of(&text[candidate.words..]).is_some() {
            places.entry(candidate.key).or_default().push(c);
        } else {
            others[candidate.key] = true;
        }
    }
    for (of, places) in places {
        if others[of] || names.is_known(&keys[of]) {
            continue;
        }
        let shared = shared(&keys[of], places.iter().map(|&c| &text[candidates[c].words..]));
        let Some(name) = shared.filter(|name| key(name) != keys[of]) else { continue };
        keys[of] = key(&format!("{}: {name}", candidates[places[0]].label));
        for c in places {
            let candidate = &mut candidates[c];
            let Some(rest) = Rest::of(&text[candidate.words..]) else { continue };
            candidate.label = format!("{}: {name}", candidate.label);
            candidate.words += rest.words;
            candidate.seconds = rest.seconds;
            candidate.form = if rest.seconds.is_some() { Form::Stamp } else { Form::Plain };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;
    use super::shared;

    fn labels(text: &str) -> Vec<String> {
        read(text, &Names::default()).unwrap_or_default().stretches.into_iter().map(|s| s.label).collect()
    }

    #[test]
    fn a_colon_within_a_name_belongs_to_it_where_every_turn_has_it() {
        let talk = |second: &str| -> Vec<String> {
            let turn = |n: usize| format!("Ann Hall: What of year {n}?\n\n{second}: It rained all day.\n\n");
            labels(&(0..4).map(turn).collect::<String>())
        };
        assert_eq!(talk("Leeds: Tom Reed"), ["Ann Hall", "Leeds: Tom Reed"].repeat(4));
        let timed = |n: usize| format!("Ann Hall   0:0{n}\nWhy?\n\nLeeds: Tom Reed   0:1{n}\nIt rained all day.\n\n");
        assert_eq!(labels(&(0..4).map(timed).collect::<String>()), ["Ann Hall", "Leeds: Tom Reed"].repeat(4));
    }

    #[test]
    fn what_comes_in_some_turns_is_said() {
        assert_eq!(shared("leeds", ["Tom Reed: So.", "Tom Reed: No.", "Tom Reed: Yes."].into_iter()), Some("Tom Reed"));
        assert_eq!(shared("iphone", ["Tom: So.", "Tom: No.", "Tom: Yes."].into_iter()), Some("Tom"));
        assert_eq!(shared("tom", ["Yes: so.", "Yes: no.", "Yes: well."].into_iter()), None);
        for behind in [
            &["Tom Reed: So.", "Tom Reed: No.", "I said: yes."][..],
            &["Tom Reed: So.", "Tom Reed: No.", "It rained."],
            &["Tom Reed: So.", "Tom Reed: No."],
            &["", "", ""],
        ] {
            assert_eq!(shared("leeds", behind.iter().copied()), None, "{behind:?}");
        }
    }
}
