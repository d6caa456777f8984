//! Labels that come once, are misspelt, or always follow the same person.
//!
//! In: the candidates and what [`choose`](super::choose) made of them. Out: the same with more of them
//! accepted, where the whole text shows that its paragraphs, or its lines, begin with labels and the
//! candidate is one of the same form; and remarks on what was read as something else, or looks like a
//! speaker and was not believed. A line that is plainly a heading or an item of a list gets no remark.

use std::collections::{HashMap, HashSet};

use super::super::lexicon::{HEADINGS, INTERJECTIONS, PARTICLES, STRONG, WORDS_FOR_NOTES};
use super::super::nobody;
use super::super::people::{are_man_and_woman, is_short_for};
use super::super::speakers::{Names, key, stem, two_people};
use super::Remark;
use super::choose::{Choice, is_habit};
use super::forms::{Candidate, Form};
use super::names::{doubted, is_role};
use super::voices;

/// A conversation has no more speakers than these, with which others are compared.
const MAX_LABELS: usize = 60;
/// The longest text that is searched for words in lower case.
const MAX_TEXT: usize = 4 << 20;

/// Takes in what comes once. Candidates that are another label misspelt get its key; its short and long forms
/// are taken in as they are, and [`same_people`](super::super::people::same_people) tells whose they are.
pub(super) fn take_in(
    text: &str,
    candidates: &mut [Candidate],
    keys: &[String],
    names: &Names,
    choice: &mut Choice,
) -> Vec<Remark> {
    let Some(form) = choice.form else { return Vec::new() };
    if form.is_bare() {
        return take_in_bare(text, form, candidates, keys, names, choice);
    }
    let habit = Habit::of(text, candidates, choice);
    let mut remarks = Vec::new();
    let left: Vec<usize> = (0..candidates.len())
        .filter(|&c| {
            let candidate = &candidates[c];
            candidate.form == form && !choice.accepted[candidate.key] && habit.fits(text, candidate)
        })
        .collect();
    if left.is_empty() || choice.chosen.is_empty() {
        return remarks;
    }
    let accepted = Accepted::of(candidates, keys, names, choice);
    let same = misspelt(&left, candidates, keys, names, &accepted);
    for (c, more) in first_of_each(left.iter().copied().filter(|c| same.contains_key(c)), candidates) {
        let target = &same[&c];
        let what = format!("`{}` was read as `{}`, which it is written like{more}", candidates[c].label, target.label);
        remarks.push(Remark { at: candidates[c].line, what });
    }
    for (&c, target) in &same {
        candidates[c].key = target.key;
        candidates[c].label.clone_from(&target.label);
    }
    let left: Vec<usize> = left.into_iter().filter(|c| !same.contains_key(c)).collect();
    let words = lower_case_words(text, left.iter().map(|&c| &candidates[c]));
    let looks: HashSet<usize> = left
        .iter()
        .copied()
        .filter(|&c| {
            let key = core(&keys[candidates[c].key]);
            accepted.is_sibling(key)
                || accepted.are_known(&candidates[c].label)
                || accepted.is_unsure(&candidates[c].label)
                || is_voice(text, &candidates[c])
                || is_person(&candidates[c], &accepted, &words)
        })
        .collect();
    let lists = in_lists(&left, candidates, choice);
    // A candidate's places, by its key.
    let mut places: HashMap<usize, Vec<usize>> = HashMap::new();
    left.iter().for_each(|&c| places.entry(candidates[c].key).or_default().push(c));
    let mut keys_left: Vec<usize> = places.keys().copied().collect();
    keys_left.sort_unstable();
    for k in keys_left {
        let all = &places[&k];
        // Whose form it is, if anybody's, is decided where all labels are known.
        if habit.is_strong
            && !names.is_given(&keys[k])
            && all.iter().any(|&c| accepted.has_form_of(&candidates[c].label))
        {
            choice.accepted[k] = true;
            continue;
        }
        if !all.iter().any(|c| looks.contains(c)) {
            continue;
        }
        let label = &candidates[all[0]].label;
        let sibling = accepted.is_sibling(core(&keys[k])) || accepted.are_known(label);
        // After `as I wrote:` or `Dear Ann,` the same person goes on.
        let listed = all.iter().any(|c| lists.contains(c) || is_led_in(&text[..candidates[*c].line]));
        let stretches: HashSet<usize> =
            all.iter().map(|c| choice.chosen.partition_point(|chosen| chosen < c)).collect();
        let is_nobody = nobody::may_come_once(&keys[k]) || accepted.is_unsure(label);
        let is_unnumbered = accepted.is_unnumbered(&keys[k]);
        let expected = sibling || is_unnumbered || is_nobody || accepted.personal > 0 || stretches.len() > 1;
        let sure = !voices::is_doubtful(&keys[k]);
        if habit.is_strong && sure && expected && !listed && stretches.iter().all(|&place| place > 0) {
            choice.accepted[k] = true;
            let near = accepted.targets.iter().find(|target| is_cut_off(&keys[k], &keys[target.key]));
            // Whose number is forgotten is told where all labels are known.
            let is_told = sibling || is_unnumbered || names.is_known(&keys[k]);
            if let (true, [c, ..]) = (is_nobody && (accepted.personal == 0 || words.contains(&keys[k])), &all[..]) {
                let what = format!("`{}:` was taken for a speaker who is nobody in particular", candidates[*c].label);
                remarks.push(Remark { at: candidates[*c].line, what });
            } else if let ([c], Some(near), false) = (&all[..], near, sibling) {
                let label = &candidates[*c].label;
                let what = format!(
                    "`{label}:` comes once and was taken for a speaker of its own; if it is `{}`, correct it",
                    near.label
                );
                remarks.push(Remark { at: candidates[*c].line, what });
            } else if let ([c], false) = (&all[..], is_told) {
                let what = format!("`{}:` comes once and was taken for a speaker", candidates[*c].label);
                remarks.push(Remark { at: candidates[*c].line, what });
            }
        }
    }
    let doubtful = left.iter().copied().filter(|&c| !choice.accepted[candidates[c].key] && looks.contains(&c));
    for (c, more) in first_of_each(doubtful, candidates) {
        let candidate = &candidates[c];
        let above = choice.chosen.partition_point(|&chosen| chosen < c);
        let Some(above) = above.checked_sub(1).map(|at| &candidates[choice.chosen[at]]) else { continue };
        remarks.push(Remark {
            at: candidate.line,
            what: format!(
                "`{0}:` looks like a speaker but was taken for words of `{1}`{more}; name who it is with \
                 `--participant \"{0}\"` or `--interviewer \"{0}\"`",
                candidate.label, above.label
            ),
        });
    }
    let is_taken =
        |c: &usize| choice.accepted[candidates[*c].key] && (same.contains_key(c) || left.binary_search(c).is_ok());
    let taken = (0..candidates.len()).filter(is_taken).chain(choice.chosen.iter().copied());
    let mut chosen: Vec<usize> = taken.collect();
    chosen.sort_unstable();
    chosen.dedup();
    choice.chosen = chosen;
    remarks.sort_by_key(|remark| remark.at);
    remarks
}

/// Words that titles start with and names do not.
#[rustfmt::skip]
const ARTICLES: &[&str] = &[
    "the", "a", "an", "my", "our", "der", "die", "das", "ein", "eine", "le", "la", "les", "un", "une", "el", "los",
    "las", "una", "il", "lo", "de", "het", "een", "o", "os", "as", "um", "uma",
];

/// From so many speakers on a name that comes once is one more of them, and no title of a part.
const GROUP: usize = 3;

/// The same of names on lines of their own, `### Ann` and `**Ann**`, as which titles of parts stand, too: a title has
/// no words of its own above the next label, or is no name.
fn take_in_bare(
    text: &str,
    form: Form,
    candidates: &[Candidate],
    keys: &[String],
    names: &Names,
    choice: &mut Choice,
) -> Vec<Remark> {
    let (Some(&first), true) = (choice.chosen.first(), matches!(form, Form::Heading | Form::BoldLine)) else {
        return Vec::new();
    };
    let level =
        |c: usize| text[candidates[c].line..].trim_start().bytes().take_while(|b| matches!(b, b'#' | b'*')).count();
    let is_left = |c: usize| {
        candidates[c].form == form && !choice.accepted[candidates[c].key] && level(c) == level(first) && c > first
    };
    let left: Vec<usize> = (0..candidates.len()).filter(|&c| is_left(c)).collect();
    let accepted = Accepted::of(candidates, keys, names, choice);
    if left.is_empty() || choice.chosen.len() < MIN_BARE {
        return Vec::new();
    }
    let words = lower_case_words(text, left.iter().map(|&c| &candidates[c]));
    let n_words = |label: &str| label.split_whitespace().count();
    let is_name = |c: usize| {
        let label = &candidates[c].label;
        let opens = key(label.split_whitespace().next().unwrap_or_default());
        let is_long_as =
            |target: &Target| n_words(&target.label) == n_words(label) && !names.is_known(&keys[target.key]);
        is_person(&candidates[c], &accepted, &words)
            && !ARTICLES.contains(&opens.as_str())
            && accepted.targets.iter().any(is_long_as)
    };
    let has_words = |c: usize| {
        let next = candidates[c + 1..].iter().find(|next| next.form == form).map_or(text.len(), |next| next.line);
        text.get(candidates[c].words..next).is_some_and(|said| !said.trim().is_empty())
    };
    let mut counts: HashMap<usize, usize> = HashMap::new();
    candidates.iter().for_each(|candidate| *counts.entry(candidate.key).or_default() += 1);
    let comes_once = |c: usize| counts[&candidates[c].key] == 1;
    let mut remarks = Vec::new();
    for c in left {
        let Candidate { key, label, line, .. } = &candidates[c];
        let is_sibling = accepted.is_sibling(core(&keys[*key]));
        // `Speaker 3` is a program's, and no title.
        let number = stem(&keys[*key]);
        let is_speaker = is_sibling || (number != keys[*key] && voices::is_speaker(number));
        let may_be = is_name(c) || (is_voice(text, &candidates[c]) && !voices::is_doubtful(&keys[*key]));
        if !has_words(c) || is_led_in(&text[..*line]) || !(is_speaker || (may_be && comes_once(c))) {
            continue;
        }
        let place = choice.chosen.partition_point(|&chosen| chosen < c);
        if is_speaker || (is_name(c) && accepted.targets.len() >= GROUP) {
            choice.accepted[*key] = true;
            choice.chosen.insert(place, c);
            let what = format!("`{label}` comes once and was taken for a speaker");
            remarks.extend((!is_sibling && comes_once(c)).then_some(Remark { at: *line, what }));
        } else if let Some(above) = place.checked_sub(1) {
            let whose = &candidates[choice.chosen[above]].label;
            let what = format!(
                "`{label}` looks like a speaker but was taken for words of `{whose}`; name who it is with \
                 `--participant \"{label}\"` or `--interviewer \"{label}\"`"
            );
            remarks.push(Remark { at: *line, what });
        }
    }
    remarks
}

/// Fewer labels on lines of their own show no habit.
const MIN_BARE: usize = 4;

/// The first candidate of each key, with how many more there are.
fn first_of_each(places: impl Iterator<Item = usize>, candidates: &[Candidate]) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut place: HashMap<usize, usize> = HashMap::new();
    for c in places {
        let at = *place.entry(candidates[c].key).or_insert_with(|| {
            found.push((c, 0));
            found.len() - 1
        });
        found[at].1 += usize::from(found[at].0 != c);
    }
    let more = |n: usize| if n == 0 { String::new() } else { format!(" (and {n} times more)") };
    found.into_iter().map(|(c, n)| (c, more(n))).collect()
}

/// How labels stand in a text.
struct Habit {
    /// Every paragraph that a label opens starts after a blank line.
    after_blank: bool,
    /// Words stand on the label's own line.
    inline: bool,
    /// Nearly every paragraph, or nearly every line, starts with a label.
    is_strong: bool,
}

impl Habit {
    fn of(text: &str, candidates: &[Candidate], choice: &Choice) -> Self {
        let chosen: Vec<&Candidate> = choice.chosen.iter().map(|&c| &candidates[c]).collect();
        let n = chosen.len();
        let blank = chosen.iter().filter(|c| c.after_blank).count();
        let inline = chosen.iter().filter(|c| has_words(text, c)).count();
        let from = chosen.first().map_or(0, |first| first.line);
        let lines = text[from..].lines().filter(|line| !line.trim().is_empty()).count();
        let after_blank = n >= 3 && blank * 10 >= n * 8;
        // Of a text without blank lines every line must be a turn, but for a few.
        let by_line = n * 10 >= lines * 7;
        Self {
            after_blank,
            inline: is_habit(n.max(4), inline * n.max(4) / n.max(1)),
            is_strong: n >= 4 && (after_blank || by_line),
        }
    }

    fn fits(&self, text: &str, candidate: &Candidate) -> bool {
        (candidate.after_blank || !self.after_blank) && (has_words(text, candidate) || !self.inline)
    }
}

fn has_words(text: &str, candidate: &Candidate) -> bool {
    text[candidate.words..].lines().next().is_some_and(|line| !line.trim().is_empty())
}

/// A label that is accepted.
struct Target {
    key: usize,
    label: String,
    count: usize,
    /// The first candidate of it.
    first: usize,
}

/// The labels that are accepted.
struct Accepted {
    targets: Vec<Target>,
    /// How many are names of people and no roles.
    personal: usize,
    /// Stems of labels with a number: `Speaker` of `Speaker 1`.
    stems: HashSet<String>,
    /// Whether names are written without capital letters: some, and all of two or more.
    lower: bool,
    all_lower: bool,
    /// Whether something stands in parentheses behind names: `Ann (34)`.
    is_bracketed: bool,
}

impl Accepted {
    fn of(candidates: &[Candidate], keys: &[String], names: &Names, choice: &Choice) -> Self {
        let mut targets: Vec<Target> = Vec::new();
        let mut place: HashMap<usize, usize> = HashMap::new();
        for &c in &choice.chosen {
            let Candidate { key, label, .. } = &candidates[c];
            let at = *place.entry(*key).or_insert_with(|| {
                targets.push(Target { key: *key, label: label.clone(), count: 0, first: c });
                targets.len() - 1
            });
            targets[at].count += 1;
        }
        let cores = targets.iter().map(|target| core(&keys[target.key]));
        let stems = cores.filter(|core| stem(core) != *core).map(|core| stem(core).to_owned()).collect();
        let people = || targets.iter().filter(|target| !names.is_known(&keys[target.key]));
        let personal = people().count();
        let is_lower = |target: &Target| target.label.starts_with(char::is_lowercase);
        let (lower, all_lower) = (targets.iter().any(is_lower), personal > 1 && people().all(is_lower));
        let is_bracketed = targets.iter().any(|target| core(&target.label) != target.label);
        Self { targets, personal, stems, lower, all_lower, is_bracketed }
    }

    /// Whether a label is the short or the long form of an accepted one.
    fn has_form_of(&self, label: &str) -> bool {
        let known = |target: &Target| is_short_for(label, &target.label) || is_short_for(&target.label, label);
        self.targets.len() <= MAX_LABELS && self.targets.iter().any(known)
    }

    /// Whether a label is several of those that are accepted, with a sign between: `P1+P3`, `P1 & P3`.
    fn are_known(&self, label: &str) -> bool {
        let mut parts = label.split(['+', '&', '/', ',']).map(str::trim);
        let is_known = |part: &str| self.targets.iter().any(|target| key(&target.label) == key(part));
        label.contains(['+', '&', '/', ',']) && self.targets.len() <= MAX_LABELS && parts.all(is_known)
    }

    /// Whether a label says that one of those who speak did, and not who: `P?` beside `P1`, `Speaker ?`.
    fn is_unsure(&self, label: &str) -> bool {
        doubted(label).is_some_and(|core| is_role(core) || self.stems.contains(&key(core)) || self.is_letter(core))
    }

    /// Whether a letter stands for who answers, as `P` of `P?` does beside labels that are roles.
    fn is_letter(&self, core: &str) -> bool {
        self.personal == 0 && matches!(key(core).as_str(), "p" | "r" | "b")
    }

    /// Whether a key is letters alone that two accepted ones have with a number: `R` beside `R1` and `R2`.
    fn is_unnumbered(&self, letters: &str) -> bool {
        let is_longer = |target: &&Target| {
            let other = key(core(&target.label));
            other != letters && stem(&other) == letters
        };
        self.targets.len() <= MAX_LABELS && self.targets.iter().filter(is_longer).nth(1).is_some()
    }

    /// Whether a key differs from an accepted one by its number alone.
    fn is_sibling(&self, key: &str) -> bool {
        stem(key) != key && self.stems.contains(stem(key))
    }
}

/// The candidates that are another label, misspelt.
fn misspelt<'a>(
    left: &[usize],
    candidates: &[Candidate],
    keys: &[String],
    names: &Names,
    accepted: &'a Accepted,
) -> HashMap<usize, &'a Target> {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    left.iter().for_each(|&c| *counts.entry(candidates[c].key).or_default() += 1);
    let mut found = HashMap::new();
    if accepted.targets.len() > MAX_LABELS {
        return found;
    }
    // `P3 (husband)` below `P3` is somebody else; above it that is told of P3.
    let is_related = |c: usize, target: &Target| {
        let (label, usual) = (&candidates[c].label, &target.label);
        c > target.first && two_people::has_relation(label) && !two_people::has_relation(usual)
    };
    let is_left = |c: usize| !names.is_given(&keys[candidates[c].key]) && doubted(&candidates[c].label).is_none();
    for &c in left.iter().filter(|&&c| is_left(c)) {
        let key = candidates[c].key;
        let meant = accepted.targets.iter().filter(|target| counts[&key] * 2 <= target.count).find(|target| {
            let role = STRONG.spoken().any(|role| role == stem(&keys[target.key]));
            (is_misspelt(&keys[key], &keys[target.key], role)
                && !are_man_and_woman(&candidates[c].label, &target.label))
                || (is_same_but_for_remark(&keys[key], &keys[target.key]) && !is_related(c, target))
        });
        found.extend(meant.map(|target| (c, target)));
    }
    found
}

/// Whether a label is another one with a slip of typing.
pub(crate) fn is_slip_of(label: &str, target: &str) -> bool {
    let (label, target) = (key(label), key(target));
    is_misspelt(&label, &target, STRONG.spoken().any(|role| role == stem(&target)))
}

/// `p1 (?)` beside `p1`, and `p1` beside `p1 (f)`: something in parentheses stands behind one of the two.
fn is_same_but_for_remark(key: &str, target: &str) -> bool {
    key != target && (core(key) == target || core(target) == key)
}

/// Whether a key is another one with a slip of typing: one letter wrong, lacking, too many or two in the
/// wrong order; of the name of a role also two. Names that differ at their end, as Martin and Martina do,
/// are two people's, and so are labels with other numbers or initials; `Stephen` beside `Stephan` may be either.
fn is_misspelt(key: &str, target: &str, role: bool) -> bool {
    let digits = |key: &str| key.chars().filter(char::is_ascii_digit).collect::<String>();
    let (short, long) = if key.len() < target.len() { (key, target) } else { (target, key) };
    let length = target.chars().count();
    let enough = if role { 4 } else { 6 };
    let allowed = if role && length >= 7 { 2 } else { 1 };
    digits(key) == digits(target)
        && length >= enough
        && key.chars().count() >= enough - 1
        && (role || (!long.starts_with(short) && key.chars().next_back() == target.chars().next_back()))
        && !is_other_role(key, target)
        && !two_people::have_other_initials(key, target)
        && (role || !two_people::may_be_two_names(key, target))
        && !is_heading(key)
        && distance(key, target) <= allowed
}

/// Whether a label of letters is another one of which the end was cut off, as `m` is of `mo`.
fn is_cut_off(key: &str, target: &str) -> bool {
    let rest = target.strip_prefix(key).unwrap_or_default();
    (1..=2).contains(&rest.chars().count()) && target.chars().count() <= 4 && target.chars().all(char::is_alphabetic)
}

/// `interviewer` and `interviewee` are near, and two people.
fn is_other_role(key: &str, target: &str) -> bool {
    STRONG.role(stem(key)).is_some_and(|role| STRONG.role(stem(target)) != Some(role))
}

/// Damerau–Levenshtein distance with adjacent swaps (optimal string alignment), of short keys.
pub(super) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 2 || a.len().max(b.len()) > 60 {
        return usize::MAX;
    }
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// A label without what stands in parentheses behind it: `P3` of `P3 (female, 28)`.
fn core(label: &str) -> &str {
    let behind = label.strip_suffix(')').and_then(|label| label.split_once(" (")).filter(|(core, _)| !core.is_empty());
    behind.map_or(label, |(core, _)| core)
}

/// Whether a candidate is written like the name of a person.
fn is_person(candidate: &Candidate, accepted: &Accepted, words: &HashSet<String>) -> bool {
    let label = if accepted.is_bracketed { core(&candidate.label) } else { &candidate.label };
    let key = key(label);
    let capital = |word: &str| word.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase());
    let number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    let parts = label.split_whitespace();
    // `van der Berg`, `Speaker 3`
    let mut inner = parts.skip_while(|word| PARTICLES.contains(word));
    let named = inner.next().is_some_and(capital) && inner.all(|word| capital(word) || number(word));
    let is_word = label.starts_with(char::is_lowercase) && label.chars().all(char::is_alphanumeric);
    !is_heading(&key)
        && !key.split(' ').next_back().is_some_and(|last| HEADINGS.contains(&last))
        && !words.contains(&key)
        && label.chars().any(char::is_alphabetic)
        && (named || (accepted.lower && !is_word) || (accepted.all_lower && key.chars().count() > 2))
}

/// Whether a candidate is written as transcribers name a voice: `Father`, `Male voice`, `Unknown`.
fn is_voice(text: &str, candidate: &Candidate) -> bool {
    let key = key(&candidate.label);
    if voices::is_doubtful(&key) && text[candidate.words..].trim_start().starts_with(|c: char| c.is_ascii_digit()) {
        return false; // `Phone: 0113 496 0000`
    }
    candidate.label.starts_with(char::is_uppercase) && (nobody::may_come_once(&key) || voices::is_voice(&key))
}

/// Whether a key heads a part, a list or a remark.
pub(super) fn is_heading(key: &str) -> bool {
    let first = key.split(' ').next().unwrap_or_default();
    HEADINGS.contains(&key)
        || WORDS_FOR_NOTES.contains(&key)
        || HEADINGS.contains(&stem(key))
        || INTERJECTIONS.contains(&first)
        || (key.contains(' ') && HEADINGS.contains(&first))
}

/// The labels that also stand in the text as words in lower case: no names. A label in lower case is none of
/// them by itself.
fn lower_case_words<'c>(text: &str, candidates: impl Iterator<Item = &'c Candidate>) -> HashSet<String> {
    // How often each stands in the text as a label in lower case.
    let mut wanted: HashMap<String, usize> = HashMap::new();
    for label in candidates.map(|candidate| core(&candidate.label)).filter(|label| !label.contains(' ')) {
        *wanted.entry(key(label)).or_default() += usize::from(label.starts_with(char::is_lowercase));
    }
    if text.len() > MAX_TEXT || wanted.is_empty() {
        return HashSet::new();
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    const APOSTROPHES: [char; 2] = ['\'', '’'];
    for whole in text.split(|c: char| !c.is_alphanumeric() && !APOSTROPHES.contains(&c)) {
        let whole = whole.trim_matches(APOSTROPHES);
        let is_cut = |word: &str| word.len() < whole.len() && word.chars().count() < 3; // `m'a`, `it's`
        for word in whole.split(APOSTROPHES).filter(|word| !is_cut(word)) {
            if word.starts_with(char::is_lowercase) && wanted.contains_key(word) {
                *counts.entry(word).or_default() += 1;
            }
        }
    }
    let elsewhere = counts.into_iter().filter(|(word, n)| wanted.get(*word).is_some_and(|labels| n > labels));
    elsewhere.map(|(word, _)| word.to_owned()).collect()
}

/// Whether what stands above is not at its end.
fn is_led_in(above: &str) -> bool {
    above.trim_end().ends_with([':', ',', '：', '，'])
}

/// Candidates that stand one below the other, with no turn between: items of a list.
fn in_lists(left: &[usize], candidates: &[Candidate], choice: &Choice) -> HashSet<usize> {
    let mut lists = HashSet::new();
    for pair in left.windows(2) {
        let place = |c: usize| choice.chosen.partition_point(|&chosen| chosen < c);
        if place(pair[0]) == place(pair[1]) && candidates[pair[0]].key != candidates[pair[1]].key {
            lists.extend(pair);
        }
    }
    lists
}

#[cfg(test)]
mod tests;
