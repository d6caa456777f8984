//! Names on lines of their own, `### Ann` and `**Ann**`, who come once or always follow the same person.
//!
//! In: the candidates and what [`choose`](super::choose) made of them. Out: the same with more of them accepted, and
//! remarks on those that come once. Titles of parts stand on such lines, too: a title has no words of its own above the
//! next label, or is no name. It looks at no label with a colon, which is for [`once`](super::once).

use std::collections::{HashMap, HashSet};

use super::super::nobody;
use super::super::speakers::{Names, key, stem};
use super::Remark;
use super::choose::Choice;
use super::forms::{Candidate, Form};
use super::once::{Accepted, Target, core, is_led_in, is_person, is_voice, lower_case_words};
use super::voices;

/// Words that titles start with and names do not.
#[rustfmt::skip]
const ARTICLES: &[&str] = &[
    "the", "a", "an", "my", "our", "der", "die", "das", "ein", "eine", "le", "la", "les", "un", "une", "el", "los",
    "las", "una", "il", "lo", "de", "het", "een", "o", "os", "as", "um", "uma",
];

/// From so many speakers on a name that comes once is one more of them, and no title of a part.
const GROUP: usize = 3;
/// Fewer labels on lines of their own show no habit.
const MIN_BARE: usize = 4;

/// The candidates of a text with what was decided of them.
struct Bare<'c> {
    text: &'c str,
    form: Form,
    candidates: &'c [Candidate],
    keys: &'c [String],
    names: &'c Names,
}

/// Takes in names that recur between turns of others, and then those that come once.
pub(super) fn take_in(
    text: &str,
    candidates: &[Candidate],
    keys: &[String],
    names: &Names,
    choice: &mut Choice,
) -> Vec<Remark> {
    let form = choice.form.filter(|form| matches!(form, Form::Heading | Form::BoldLine));
    let (Some(form), Some(&first)) = (form, choice.chosen.first()) else { return Vec::new() };
    let bare = Bare { text, form, candidates, keys, names };
    let left = bare.left(first, choice);
    if left.is_empty() || choice.chosen.len() < MIN_BARE {
        return Vec::new();
    }
    let words = lower_case_words(text, left.iter().map(|&c| &candidates[c]));
    bare.recurring(&left, &words, choice);
    bare.once(&bare.left(first, choice), &words, choice)
}

impl Bare<'_> {
    /// The candidates below the first label that are written like it and were not taken.
    fn left(&self, first: usize, choice: &Choice) -> Vec<usize> {
        let level = |c: usize| {
            self.text[self.candidates[c].line..].trim_start().bytes().take_while(|b| matches!(b, b'#' | b'*')).count()
        };
        let is_left = |&c: &usize| {
            let candidate = &self.candidates[c];
            candidate.form == self.form && !choice.accepted[candidate.key] && level(c) == level(first) && c > first
        };
        (0..self.candidates.len()).filter(is_left).collect()
    }

    /// Takes in names that come again, each time with words of their own and not always in the same turn.
    fn recurring(&self, left: &[usize], words: &HashSet<String>, choice: &mut Choice) {
        let accepted = Accepted::of(self.candidates, self.keys, self.names, choice);
        let mut places: HashMap<usize, Vec<usize>> = HashMap::new();
        left.iter().for_each(|&c| places.entry(self.candidates[c].key).or_default().push(c));
        let turn = |c: usize| choice.chosen.partition_point(|&chosen| chosen < c);
        let comes_again = |all: &&Vec<usize>| {
            let turns: HashSet<usize> = all.iter().map(|&c| turn(c)).collect();
            let may_be = |c: usize| self.is_name(c, &accepted, words) || self.is_voice(c);
            turns.len() > 1 && all.iter().all(|&c| may_be(c) && self.has_words(c))
        };
        let taken: Vec<usize> = places.values().filter(comes_again).flatten().copied().collect();
        taken.iter().for_each(|&c| choice.accepted[self.candidates[c].key] = true);
        choice.chosen.extend(taken);
        choice.chosen.sort_unstable();
    }

    /// Takes in those that come once, and tells of them.
    fn once(&self, left: &[usize], words: &HashSet<String>, choice: &mut Choice) -> Vec<Remark> {
        let accepted = Accepted::of(self.candidates, self.keys, self.names, choice);
        let mut counts: HashMap<usize, usize> = HashMap::new();
        self.candidates.iter().for_each(|candidate| *counts.entry(candidate.key).or_default() += 1);
        let comes_once = |c: usize| counts[&self.candidates[c].key] == 1;
        let mut remarks = Vec::new();
        for &c in left {
            let Candidate { key, label, line, .. } = &self.candidates[c];
            let is_sibling = accepted.is_sibling(core(&self.keys[*key]));
            // `Speaker 3` is a program's, and no title.
            let number = stem(&self.keys[*key]);
            let is_speaker = is_sibling || (number != self.keys[*key] && voices::is_speaker(number));
            let is_name = self.is_name(c, &accepted, words);
            let may_be = is_name || self.is_voice(c);
            if !self.has_words(c) || !(is_speaker || (may_be && comes_once(c))) {
                continue;
            }
            let place = choice.chosen.partition_point(|&chosen| chosen < c);
            if is_speaker || (is_name && accepted.targets.len() >= GROUP) {
                choice.accepted[*key] = true;
                choice.chosen.insert(place, c);
                let what = format!("`{label}` comes once and was taken for a speaker");
                remarks.extend((!is_sibling && comes_once(c)).then_some(Remark { at: *line, what }));
            } else if let Some(above) = place.checked_sub(1) {
                let whose = &self.candidates[choice.chosen[above]].label;
                let what = format!(
                    "`{label}` looks like a speaker but was taken for words of `{whose}`; name who it is with \
                     `--participant \"{label}\"` or `--interviewer \"{label}\"`"
                );
                remarks.push(Remark { at: *line, what });
            }
        }
        remarks
    }

    /// Whether a candidate is written like the names of those who speak.
    fn is_name(&self, c: usize, accepted: &Accepted, words: &HashSet<String>) -> bool {
        let label = &self.candidates[c].label;
        let n_words = |label: &str| label.split_whitespace().count();
        let opens = key(label.split_whitespace().next().unwrap_or_default());
        let is_long_as =
            |target: &Target| n_words(&target.label) == n_words(label) && !self.names.is_known(&self.keys[target.key]);
        is_person(&self.candidates[c], accepted, words)
            && !ARTICLES.contains(&opens.as_str())
            && accepted.targets.iter().any(is_long_as)
    }

    /// Whether a candidate is written as transcribers name a voice: `Father`.
    fn is_voice(&self, c: usize) -> bool {
        let key = &self.keys[self.candidates[c].key];
        is_voice(self.text, &self.candidates[c]) && !voices::is_doubtful(key) && !nobody::is_other(key)
    }

    /// Whether words stand between a candidate and the next line of its form, and nothing leads in to it.
    fn has_words(&self, c: usize) -> bool {
        let Candidate { words, line, .. } = &self.candidates[c];
        let is_next = |next: &&Candidate| next.form == self.form;
        let end = self.candidates[c + 1..].iter().find(is_next).map_or(self.text.len(), |next| next.line);
        self.text.get(*words..end).is_some_and(|said| !said.trim().is_empty()) && !is_led_in(&self.text[..*line])
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    /// A talk in which somebody asks and these answer in turn, each under a label of this form.
    fn talk(form: &str, answer: &[&str]) -> Vec<String> {
        let turn = |(n, name): (usize, &&str)| {
            let label = |name: &str| form.replace("{}", name);
            format!("{}\n\nWhat of year {n}?\n\n{}\n\nIt rained all day.\n\n", label("Moderator"), label(name))
        };
        let text: String = answer.iter().enumerate().map(turn).collect();
        let found = read(&text, &Names::default()).unwrap_or_default();
        found.stretches.into_iter().map(|stretch| stretch.label).collect()
    }

    #[test]
    fn who_always_follows_the_moderator_is_a_speaker() {
        for form in ["### {}", "**{}**"] {
            let three = ["Anna", "Bert", "Clara"].repeat(3);
            for answer in [&["Anna", "Bert", "Anna", "Bert", "Anna", "Bert"][..], &three[..]] {
                let found = talk(form, answer);
                let others: Vec<&str> =
                    found.iter().map(String::as_str).filter(|label| *label != "Moderator").collect();
                assert_eq!(others, answer, "{form}");
            }
        }
    }

    #[test]
    fn voices_and_letters_behind_a_word_are_names_too() {
        for (one, other) in [("Mother", "Father"), ("Person A", "Person B")] {
            let found = talk("### {}", &[one, other, one, other, one, other]);
            assert_eq!(found.iter().filter(|label| *label == other).count(), 3, "{found:?}");
        }
    }

    #[test]
    fn headings_that_recur_are_none() {
        for title in ["Summary", "The costs", "Rain"] {
            let found = talk("### {}", &["Anna", title, "Anna", title, "Anna", title, "Anna"]);
            let is_title = found.iter().any(|label| label == title);
            assert!(!is_title || title == "Rain", "{found:?}");
        }
    }
}
