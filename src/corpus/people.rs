//! The people that the header of a transcript names, and the labels they go by below it.
//!
//! In: the value of a field such as `INTERVIEWER: Ann Hall (AH)`. Out: for a label below – `Ann Hall`,
//! `Ann`, `Hall`, `AH`, `Dr Hall` – the person it stands for, where it is only one. It never reads the
//! interview itself, and never guesses between two people.

mod accents;
mod caseless;
mod index;
mod initials;
mod titles;

pub(crate) use caseless::is_without_capitals;
pub(crate) use titles::are_man_and_woman;

use super::label_key::{folded, key};
use super::lexicon::{BETWEEN_NAMES, INTERJECTIONS, PARTICLES, TITLES};
use super::model::Role;
use caseless::{is_caseless, may_be_name, parts_of};
use index::Index;
use titles::title_of;

/// Crowds are not compared each with each.
const MOST_PEOPLE: usize = 60;

/// Somebody whom a header names.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Person {
    /// The name as written, without what stands in parentheses.
    pub(crate) name: String,
    /// The part the field says.
    pub(crate) role: Role,
    /// The field as written, such as `INTERVIEWER`.
    pub(crate) field: String,
    /// Labels the person may go by, as keys.
    labels: Vec<String>,
}

/// Everybody whom a header names.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct People {
    /// Those with the part they play.
    parts: Vec<Person>,
    index: Index,
    folded: Index,
    /// Those without one, such as who is present, or somebody's wife: some other part than those say.
    present: Vec<Person>,
}

impl People {
    /// Adds everybody in the value of a field.
    pub(crate) fn add(&mut self, field: &str, role: Role, value: &str) {
        self.take_in(persons(field, role, value));
    }

    /// Adds whoever goes by a label, whatever else it may mean: `AH` and `I` are words, too.
    pub(crate) fn add_label(&mut self, field: &str, role: Role, label: &str) {
        let (name, labels) = (label.to_uppercase(), labels_of(label));
        self.take_in(vec![Person { name, role, field: field.trim().to_owned(), labels }]);
    }

    /// Adds everybody in the value of a field that says no part, such as `Present`.
    pub(crate) fn add_present(&mut self, field: &str, value: &str) {
        self.present.extend(persons(field, Role::Other, value));
    }

    /// Adds all that others know.
    pub(crate) fn extend(&mut self, others: Self) {
        self.take_in(others.parts);
        self.present.extend(others.present);
    }

    fn take_in(&mut self, parts: Vec<Person>) {
        for person in parts {
            let name = plain(&person.name);
            let bare: Vec<String> = folded(&name).iter().flat_map(|name| labels_of(name)).collect();
            self.folded.add(self.parts.len(), person.role, name.clone(), &bare);
            self.index.add(self.parts.len(), person.role, name, &person.labels);
            self.parts.push(person);
        }
    }

    /// How many people have a part.
    pub(crate) fn count(&self, role: Role) -> usize {
        self.parts.iter().filter(|person| person.role == role).count()
    }

    /// Whether the header names somebody, with a part or without, who goes by a label.
    pub(crate) fn knows(&self, label: &str) -> bool {
        let label = plain(label);
        let goes_by = |person: &Person| plain(&person.name) == label || person.labels.contains(&label);
        !label.is_empty() && (self.index.knows(&label) || self.present.iter().any(goes_by))
    }

    /// The names of all who go by a label, where it is nobody's whole name: several for `Reed` of
    /// `Tom Reed` and `Mary Reed`.
    pub(crate) fn called(&self, label: &str) -> Vec<&str> {
        let label = plain(label);
        let is_whole = |person: &&Person| plain(&person.name) == label;
        let present = self.present.iter().filter(|of| self.parts.iter().all(|person| !may_be_same(person, of)));
        let all: Vec<&Person> = self.parts.iter().chain(present).collect();
        let mut names: Vec<&str> = match all.iter().copied().find(is_whole) {
            Some(person) => vec![&person.name],
            None => all.iter().filter(|p| p.labels.contains(&label)).map(|p| p.name.as_str()).collect(),
        };
        let mut seen: Vec<String> = Vec::new();
        names.retain(|name| {
            let name = plain(name);
            !name.is_empty() && !seen.contains(&name) && {
                seen.push(name);
                true
            }
        });
        names
    }

    /// The person a label stands for; nobody where people of different parts go by it.
    pub(crate) fn find(&self, label: &str) -> Option<&Person> {
        if self.parts.is_empty() {
            return None;
        }
        let label = plain(label);
        if label.is_empty() {
            return None;
        }
        if let Some(at) = self.index.whole(&label) {
            return Some(&self.parts[at]);
        }
        if !self.index.knows(&label) {
            return self.find_folded(&label);
        }
        let first = &self.parts[self.index.of_one_part(&label)?];
        let mut present = self.present.iter().filter(|person| person.labels.contains(&label));
        present.all(|other| may_be_same(first, other)).then_some(first)
    }
}

/// Everybody in the value of a field.
fn persons(field: &str, role: Role, value: &str) -> Vec<Person> {
    let person = |(name, abbreviation): (String, Option<String>)| {
        let mut labels = labels_of(&name);
        labels.extend(abbreviation.map(|abbreviation| plain(&abbreviation)));
        Person { name, role, field: field.trim().to_owned(), labels }
    };
    named(value).into_iter().map(person).collect()
}

/// Whether two names may be one person's: the same, a short form of the other, or with the same last name and initial.
fn may_be_same(one: &Person, other: &Person) -> bool {
    let (one, other) = (plain(&one.name), plain(&other.name));
    let last = |name: &str| name.rsplit(' ').next().unwrap_or_default().to_owned();
    let are_alike = last(&one) == last(&other) && one.chars().next() == other.chars().next();
    one == other || are_alike || is_form_of(&one, &other) || is_form_of(&other, &one)
}

/// A name in the form in which names are compared: lower case, without points, commas and titles.
pub(crate) fn plain(label: &str) -> String {
    let bare: String = label.chars().filter(|c| !matches!(c, '.' | ',' | '(' | ')')).collect();
    let key = key(&bare);
    // `M. Dupont` has a title, `Anna M.` has none.
    let is_title = |&(at, word): &(usize, &str)| TITLES.contains(&word) && (at == 0 || word != "m");
    let words: Vec<&str> = key.split(' ').enumerate().filter(|word| !is_title(word)).map(|(_, word)| word).collect();
    if words.is_empty() { key } else { words.join(" ") }
}

/// What a name may be shortened to: first name, last name, initials.
fn labels_of(name: &str) -> Vec<String> {
    let name = plain(name);
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let mut labels = vec![name.clone()];
    labels.extend(parts_of(&name).into_iter().map(str::to_owned));
    if let ([first, .., last], true) = (&words[..], words.len() > 1) {
        labels.extend([(*first).to_owned(), (*last).to_owned(), format!("{last} {first}")]);
        labels.push(words.iter().map(initial).collect());
        labels.push([first, last].into_iter().map(initial).collect());
        let telling = words.iter().filter(|word| !PARTICLES.contains(word));
        labels.push(telling.map(initial).collect());
        // `KHM` of `Karl-Heinz Möller`
        let parts = name.split([' ', '-']).filter(|part| !part.is_empty()).collect::<Vec<&str>>();
        labels.push(parts.iter().map(initial).collect());
    }
    labels
}

/// What stands for a word among initials: its first letter, or the whole number, as in `P12` of `Participant 12`.
fn initial<'w>(word: &&'w str) -> &'w str {
    let is_number = word.bytes().all(|b| b.is_ascii_digit());
    let end = if is_number { word.len() } else { word.chars().next().map_or(0, char::len_utf8) };
    &word[..end]
}

/// Whether one label is a short form of the other, as `AH` and `Ann` are of `Ann Hall`.
pub(crate) fn is_short_for(short: &str, long: &str) -> bool {
    if title_of(short).is_some_and(|title| title_of(long) != Some(title)) {
        return false;
    }
    is_form_of(short, long)
}

/// The same whatever title stands before either.
fn is_form_of(short: &str, long: &str) -> bool {
    long.contains(char::is_whitespace) && {
        let (short, long) = (plain(short), plain(long));
        short != long && short.chars().count() > 1 && long.contains(' ') && labels_of(&long).contains(&short)
    }
}

/// More words than these stand before a name without being part of it: `Sister Joan`, `Captain Reed`.
const BEFORE_NAMES: &[&str] =
    &["sister", "nurse", "pastor", "captain", "judge", "officer", "doctor", "reverend", "inspector", "senator"];

/// Whether two labels may be one person's as far as they are written: a short and a long form; with and without
/// a title, or what stands in parentheses behind; `Rosa W.` and `Rosa Whitfield`. Codes are none.
pub(crate) fn may_be_one(a: &str, b: &str) -> bool {
    if are_man_and_woman(a, b) || [a, b].iter().any(|label| label.ends_with(|c: char| c.is_ascii_digit())) {
        return false;
    }
    let ((one, in_one), (other, in_other)) = (without_behind(a), without_behind(b));
    let (one, other) = (bare_name(one), bare_name(other));
    if one == other {
        let has_title =
            |label: &str, name: &str| key(without_behind(label).0).split(' ').count() > name.split(' ').count();
        let pointless = |label: &str| key(&label.replace('.', " "));
        // `Señora Ruiz` and `Sra. Ruiz`
        let is_titled_alike = || title_of(a).is_some() && title_of(a) == title_of(b) && in_one == in_other;
        if a != b && (pointless(a) == pointless(b) || is_titled_alike()) {
            return true;
        }
        return (in_one != in_other) != (has_title(a, &one) != has_title(b, &other));
    }
    let begun = |short: &str, long: &str| match (short.rsplit_once(' '), long.rsplit_once(' ')) {
        (Some((first, letter)), Some((name, last))) => {
            first == name && letter.chars().count() == 1 && last.starts_with(letter)
        }
        _ => false,
    };
    !in_one
        && !in_other
        && (is_form_of(&one, &other) || is_form_of(&other, &one) || begun(&one, &other) || begun(&other, &one))
}

/// A label without what stands in parentheses behind it, and whether something does.
fn without_behind(label: &str) -> (&str, bool) {
    let core = label.trim().strip_suffix(')').and_then(|label| label.split_once(" (")).map(|(core, _)| core);
    core.map_or((label, false), |core| (core, true))
}

/// A name without titles and the words that stand before names.
fn bare_name(label: &str) -> String {
    let plain = plain(label);
    match plain.split_once(' ') {
        Some((first, rest)) if BEFORE_NAMES.contains(&first) => rest.to_owned(),
        _ => plain,
    }
}

/// Labels of one transcript that could be a short form of another one and are kept apart, each with those
/// it could be: of several, or of one before whom another title stands.
pub(crate) fn kept_apart(labels: &[(String, usize)]) -> Vec<(usize, Vec<usize>)> {
    if labels.len() > MOST_PEOPLE {
        return Vec::new();
    }
    let apart = |at: usize| {
        let label = &labels[at].0;
        let others = (0..labels.len()).filter(|&to| to != at);
        let longs: Vec<usize> = others.filter(|&to| is_form_of(label, &labels[to].0)).collect();
        (longs.len() > 1 || longs.iter().any(|&to| !is_short_for(label, &labels[to].0))).then_some((at, longs))
    };
    (0..labels.len()).filter_map(apart).collect()
}

/// Labels of one transcript that are another one's long or short form, as `Ann Hall` is of `AH`: each with
/// the place of that other. It comes at most half as often, and fits nobody else.
pub(crate) fn same_people(labels: &[(String, usize)]) -> Vec<(usize, usize)> {
    if labels.len() > MOST_PEOPLE {
        return Vec::new();
    }
    let longs = |short: &str| labels.iter().filter(|(long, _)| is_form_of(short, long)).count();
    let other = |at: usize| {
        let (label, turns) = &labels[at];
        let mut fits = (0..labels.len()).filter(|&to| {
            let (target, count) = &labels[to];
            let forms = is_short_for(label, target) || is_short_for(target, label);
            to != at && forms && turns * 2 <= *count
        });
        let fit = fits.next().filter(|_| fits.next().is_none())?;
        // However rare: a short form of two is nobody's for sure.
        let short = if is_short_for(label, &labels[fit].0) { label } else { &labels[fit].0 };
        (longs(short) < 2).then_some(fit)
    };
    let found: Vec<(usize, usize)> = (0..labels.len()).filter_map(|at| Some((at, other(at)?))).collect();
    let targets: Vec<usize> = found.iter().map(|&(_, to)| to).collect();
    // Two long forms of one short form are two people: `AH` of `Ann Hall` and `Adam Hill`.
    found.into_iter().filter(|(_, to)| targets.iter().filter(|&target| target == to).count() == 1).collect()
}

/// Signs at the end of what is said, and, of scripts that have their own, within it.
#[rustfmt::skip]
const ENDS: [char; 16] = ['?', '!', ',', ':', ';', '…', '،', '؛', '、', '，', '；', '：', '॥', '།', '၊', '।'];
const STOPS: [char; 8] = ['？', '！', '。', '｡', '؟', '۔', '።', '။'];

/// What stands between names, and around what is said of one.
const PARTING: [char; 9] = [',', ';', '/', '&', '、', '，', '；', '،', '؛'];
const OPENING: [char; 3] = ['(', '[', '（'];
const CLOSING: [char; 3] = [')', ']', '）'];

/// The names in a value, each with the abbreviation that stands in parentheses behind it.
fn named(value: &str) -> Vec<(String, Option<String>)> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut depth = 0usize;
    let is_between = |c: char| c == ' ' || PARTING.contains(&c);
    for word in value.split_inclusive(is_between) {
        let bare = word.trim_matches(is_between);
        let between = depth == 0 && BETWEEN_NAMES.contains(&bare.to_lowercase().as_str());
        depth = (depth + word.matches(OPENING).count()).saturating_sub(word.matches(CLOSING).count());
        if between {
            parts.push(String::new());
            continue;
        }
        if let Some(part) = parts.last_mut() {
            part.push_str(bare);
            part.push(' ');
        }
        if depth == 0 && word.trim_end().ends_with(PARTING) {
            parts.push(String::new());
        }
    }
    let split = |part: &String| {
        let (name, rest) = part.split_once(OPENING).unwrap_or((part, ""));
        let inner = rest.split(CLOSING).next().unwrap_or_default().trim();
        let short = (1..=8).contains(&inner.chars().count()) && !inner.contains(' ');
        (name.trim().to_owned(), short.then(|| inner.to_owned()))
    };
    let mut names: Vec<(String, Option<String>)> = parts.iter().map(split).collect();
    names.retain(|(name, _)| is_name(name) && !TITLES.contains(&plain(name).as_str()));
    // `Hall, Ann`: one person, the last name first.
    if let ([(last, None), (first, short)], true) = (&names[..], value.matches(',').count() == 1)
        && !last.contains(' ')
        && !first.contains(' ')
        && !value.contains(['&', '/', ';'])
    {
        return vec![(format!("{first} {last}"), short.clone())];
    }
    names
}

/// Whether the value of a field names people and is not what somebody says.
pub(crate) fn names_people(value: &str) -> bool {
    let value = value.trim();
    let ends_long = || value.rsplit(' ').next().is_none_or(|last| last.chars().count() > 5);
    let is_sentence = || value.ends_with(ENDS) || value.contains(STOPS) || (value.ends_with('.') && ends_long());
    value.split_whitespace().nth(14).is_none() && !is_sentence() && {
        let first = value.split(PARTING).next().unwrap_or_default().split(OPENING).next().unwrap_or_default().trim();
        // `Tom, can you hear me`
        let is_speech = |part: &str| {
            let first = part.split_whitespace().next().unwrap_or_default();
            let said = INTERJECTIONS.contains(&first.to_lowercase().as_str());
            let is_small = first.chars().next().is_some_and(|c| c.is_lowercase() && !is_caseless(c));
            said || (is_small && part.contains(' ') && !PARTICLES.contains(&first))
        };
        is_name(first.split(" and ").next().unwrap_or_default().split(" with ").next().unwrap_or_default())
            && !value.split([',', ';']).map(str::trim).any(is_speech)
            && !named(value).is_empty()
    }
}

/// A name: up to five words, each with a capital letter, a number, or within names in lower case.
pub(crate) fn is_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let Some(first) = words.first() else { return false };
    let lower = first.trim_end_matches(['.', ',']).to_lowercase();
    let is_word = |word: &&str| {
        let letter = word.chars().find(|c| c.is_alphabetic());
        let telling = word.chars().any(|c| c.is_ascii_digit() || c == '_');
        let is_capital = |c: char| if is_caseless(c) { may_be_name(word) } else { !c.is_lowercase() };
        PARTICLES.contains(word) || telling || letter.is_some_and(is_capital)
    };
    words.len() <= 5
        && (!INTERJECTIONS.contains(&lower.as_str()) || is_initial(first))
        && words.iter().all(is_word)
        && !PARTICLES.contains(first)
        && name.chars().all(|c| c.is_alphanumeric() || " .,'’-_#()\u{ad}".contains(c) || !c.is_ascii())
}

/// `A.` and `I.` are no words in front of a name.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.as_str() == "."
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(fields: &[(&str, Role, &str)]) -> People {
        let mut people = People::default();
        fields.iter().for_each(|(field, role, value)| people.add(field, *role, value));
        people
    }

    #[test]
    fn a_person_goes_by_several_labels() {
        let people = people(&[
            ("INTERVIEWER", Role::Interviewer, "Dr. Mira Okafor with Jon van der Berg"),
            ("Participants", Role::Participant, "Ida Lund (Ida L), Petr Novák [PNo]"),
        ]);
        for label in ["Mira Okafor", "MO", "M.O.", "Dr Okafor", "okafor", "Mira", "Okafor, Mira", "JB", "JVDB", "Berg"]
        {
            assert_eq!(people.find(label).map(|p| p.role), Some(Role::Interviewer), "{label}");
        }
        for label in ["Ida", "IL", "Petr Novák", "PNo", "Novák"] {
            assert_eq!(people.find(label).map(|p| p.role), Some(Role::Participant), "{label}");
        }
        for label in ["Sam", "Q", "", "M", "."] {
            assert_eq!(people.find(label), None, "{label}");
        }
    }

    #[test]
    fn a_label_of_two_people_is_nobodys() {
        let people =
            people(&[("Interviewer", Role::Interviewer, "Anna Roth"), ("Participant", Role::Participant, "Adam Ruiz")]);
        assert_eq!(people.find("AR"), None);
        assert_eq!(people.find("Anna").map(|p| p.role), Some(Role::Interviewer));
        assert_eq!(people.find("Ruiz, Adam").map(|p| p.role), Some(Role::Participant));
    }

    #[test]
    fn who_is_present_without_a_part_shares_a_name_with_nobody_in_silence() {
        let mut people =
            people(&[("Interviewer", Role::Interviewer, "A. Hall"), ("Interviewee", Role::Participant, "Lena May")]);
        people.add_present("Present", "Carol May (CM), Ann Hall");
        assert_eq!((people.find("May"), people.called("May")), (None, vec!["Lena May", "Carol May"]));
        assert_eq!(people.find("Lena").map(|p| p.role), Some(Role::Participant));
        // One person, with and without a part.
        assert_eq!(people.find("Hall").map(|p| p.role), Some(Role::Interviewer));
        assert_eq!(people.called("Hall"), ["A. Hall"]);
        assert!(people.knows("CM") && people.knows("Carol") && !people.knows("Tom") && !people.knows(""));
    }

    #[test]
    fn values_that_name_people_are_told_from_words() {
        for value in [
            "Tom Reed",
            "P01",
            "ward_07",
            "Participant 3",
            "Jo de Vries",
            "Ann Hall, PhD",
            "Ana & Ben",
            "J. R. Ito",
            "Hall, Ann",
            "Selma Roth with Peter Ash",
            "Kim (they/them)",
            "أحمد علي، سعيد",
            "田中太郎（東京大学教授）",
            "佐藤、鈴木",
            "ნინო ბერიძე",
            "李明",
        ] {
            assert!(names_people(value), "{value}");
        }
        for value in [
            "Yes",
            "And why",
            "Hello Tom",
            "Good Morning",
            "I grew up by the sea",
            "Why?",
            "Tom, can you hear me",
            "We left.",
            "Okay",
            "never mind",
            "كم عمرك؟",
            "最初です。",
            "娘は誇らしいと言い、夫は腰を心配しています",
            "您是什么时候开始做这份工作的",
            "",
        ] {
            assert!(!names_people(value), "{value}");
        }
    }

    #[test]
    fn short_forms_are_known() {
        assert!(is_short_for("AH", "Ann Hall") && is_short_for("Ann", "Ann Hall") && is_short_for("A.H.", "Ann Hall"));
        assert!(is_short_for("P12", "Participant 12") && is_short_for("P1", "Participant 1"));
        for (short, long) in [
            ("A", "Ann Hall"),
            ("BH", "Ann Hall"),
            ("Ann", "Anna"),
            ("Ann Hall", "Ann Hall"),
            ("P1", "Participant 12"),
            ("P1", "P 12"),
        ] {
            assert!(!is_short_for(short, long), "{short} {long}");
        }
    }

    #[test]
    fn two_labels_may_be_one_persons() {
        for (a, b) in [
            ("Dr Smith", "Smith"),
            ("Dr Smith", "Dr. Smith"),
            ("Frau Köhler", "Köhler"),
            ("Señora Ruiz", "Sra. Ruiz"),
            ("Sister Joan", "Joan"),
            ("Rosa", "Rosa Whitfield"),
            ("Rosa Whitfield", "Rosa Whitfield (Guest)"),
            ("Rosa W.", "Rosa Whitfield"),
            ("RW", "Rosa Whitfield"),
        ] {
            assert!(may_be_one(a, b) && may_be_one(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("Mr Smith", "Mrs Smith"),
            ("Hr. Köhler", "Fr. Köhler"),
            ("Ann (34)", "Ann (27)"),
            ("P12", "Participant 12"),
            ("Rosa", "Rosalind"),
            ("Rosa W.", "Rosa Vance"),
            ("Rosa", "Rosa"),
            ("Tom Reed", "Mary Reed"),
        ] {
            assert!(!may_be_one(a, b), "{a} {b}");
        }
    }

    #[test]
    fn a_full_name_beside_its_initials_is_one_person() {
        let found = |labels: &[(&str, usize)]| {
            same_people(&labels.iter().map(|(label, turns)| ((*label).to_owned(), *turns)).collect::<Vec<_>>())
        };
        assert_eq!(found(&[("Ann Hall", 1), ("Tom Reed", 1), ("AH", 8), ("TR", 7)]), [(0, 2), (1, 3)]);
        assert_eq!(found(&[("Tom", 9), ("Tom Reed", 2)]), [(1, 0)]);
        assert_eq!(found(&[("Ann Hall", 5), ("AH", 6)]), [], "both speak often: not said in silence to be one");
        assert_eq!(found(&[("Ann Hall", 1), ("Adam Hill", 1), ("AH", 8)]), [], "either could be meant");
        assert_eq!(found(&[("P1", 1), ("P2", 8)]), []);
        assert_eq!(found(&[("Participant 12", 9), ("P12", 1), ("P1", 1)]), [(1, 0)]);
    }

    #[test]
    fn what_may_be_two_people_is_kept_apart() {
        let labels = |labels: &[(&str, usize)]| -> Vec<(String, usize)> {
            labels.iter().map(|(label, turns)| ((*label).to_owned(), *turns)).collect()
        };
        for (talk, apart) in [
            (labels(&[("Anna M.", 2), ("Anna K.", 9), ("Anna", 1)]), (2, vec![0, 1])),
            (labels(&[("Anna M.", 1), ("Anna K.", 4), ("Anna", 20)]), (2, vec![0, 1])),
            (labels(&[("Tom Reed", 8), ("Mrs. Reed", 2)]), (1, vec![0])),
            (labels(&[("Maria Lopez", 4), ("Maria Silva", 1), ("Maria", 2)]), (2, vec![0, 1])),
        ] {
            assert_eq!(same_people(&talk), [], "{talk:?}");
            assert_eq!(kept_apart(&talk), [apart], "{talk:?}");
        }
        for talk in [
            labels(&[("Mr Tom Reed", 8), ("Mr. Reed", 2)]),
            labels(&[("Tom Reed", 8), ("Dr Reed", 2)]),
            labels(&[("Anna M.", 8), ("Anna", 2), ("Bea", 5)]),
        ] {
            assert_eq!(same_people(&talk), [(1, 0)], "{talk:?}");
            assert_eq!(kept_apart(&talk), [], "{talk:?}");
        }
        let people = people(&[("Interviewees", Role::Participant, "Tom Reed, Mary Reed")]);
        assert_eq!(people.called("Mrs. Reed"), ["Tom Reed", "Mary Reed"]);
        assert_eq!((people.called("MR"), people.called("Tom Reed")), (vec!["Mary Reed"], vec!["Tom Reed"]));
        assert!(people.called("Hall").is_empty());
    }
}
