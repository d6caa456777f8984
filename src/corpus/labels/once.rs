//! Labels that come once, are misspelt, or always follow the same person.
//!
//! In: the candidates and what [`choose`](super::choose) made of them. Out: the same with more of them
//! accepted, where the whole text shows that its paragraphs, or its lines, begin with labels and the
//! candidate is one of the same form; and remarks on what was read as something else, or looks like a
//! speaker and was not believed. A line that is plainly a heading or an item of a list gets no remark, unless it
//! comes again and again between the turns of others.

mod alone;
mod mistaken;
mod opening;
mod standing;

use std::collections::{HashMap, HashSet};

pub(super) use super::super::label_key::distance;
use super::super::label_key::without_accents;
use super::super::lexicon::{HEADINGS, INTERJECTIONS, STRONG, WORDS_FOR_NOTES};
use super::super::nobody;
use super::super::people::{are_man_and_woman, is_short_for};
use super::super::policy::{LONGEST_TEXT, MOST_LABELS};
use super::super::section_words::part;
use super::super::speakers::{Names, interpreting, key, stem, two_people};
use super::Remark;
use super::choose::Choice;
use super::firsts::first_of_each;
use super::forms::Candidate;
use super::names::{before_place, doubted, is_initials, is_misread, is_role};
use super::{first_names, openers, persons, spoken_of, voices};
use standing::Habit;

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
        return Vec::new(); // for [`bare`](super::bare)
    }
    let mut remarks = mistaken::settle(text, candidates, keys, names, choice);
    let habit = Habit::of(text, candidates, choice);
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
    for (c, more) in first_of_each(left.iter().copied().filter(|c| same.contains_key(c)), |c| candidates[c].key) {
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
    let among = alone::Among { text, candidates, keys, choice, habit: &habit, words: &words, heads: is_heading };
    let alone = among.find(&left, same.len());
    let mut looks: HashSet<usize> = left
        .iter()
        .copied()
        .filter(|&c| {
            let key = core(&keys[candidates[c].key]);
            accepted.is_sibling(key)
                || accepted.are_known(&candidates[c].label)
                || accepted.is_unsure(&candidates[c].label)
                || is_voice(text, &candidates[c])
                || is_said_too(&candidates[c].label)
                || is_person(&candidates[c], &accepted, &words)
                || alone.sure.contains(&c)
        })
        .collect();
    let lists = in_lists(&left, candidates, choice, accepted.personal);
    // A candidate's places, by its key.
    let mut places: HashMap<usize, Vec<usize>> = HashMap::new();
    left.iter().for_each(|&c| places.entry(candidates[c].key).or_default().push(c));
    let somebody = places.iter().filter(|(k, all)| {
        all.len() > 1
            && is_said_in_words(&keys[**k], &candidates[all[0]].label)
            && stand_alone(text, all, &left, candidates, choice)
    });
    looks.extend(somebody.flat_map(|(_, all)| all.iter().copied()));
    // Above all labels.
    let stands_alone = |c: usize, candidates: &[Candidate], choice: &Choice| {
        opening::stands_alone(text, c, &left, candidates, choice, habit.after_blank)
    };
    let may_open = |all: &[usize], candidates: &[Candidate], choice: &Choice| {
        let &[c] = all else { return false };
        let is_somebody = is_voice(text, &candidates[c]) || persons::has_person(&candidates[c].label);
        stands_alone(c, candidates, choice)
            && (is_somebody || opening::is_spoken(text, c, candidates, choice))
            && !persons::is_sentence(&candidates[c].label)
    };
    let are_at_clocks = choice.chosen.iter().any(|&c| alone::is_at_clock(text, &candidates[c]));
    let is_strict =
        habit.is_strong && habit.capital && spoken_of::hardly_lack_labels(text, candidates, choice, habit.after_blank);
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
        let is_other = nobody::is_other(&keys[k]);
        let is_nobody = is_other
            || voices::may_come_once(&keys[k], label)
            || accepted.is_unsure(label)
            || all.iter().any(|c| alone.nobody.contains(c));
        let is_unnumbered = accepted.is_unnumbered(&keys[k]);
        let is_placed = before_place(label).len() < label.len();
        let is_known_so = sibling || is_unnumbered || is_nobody || is_placed || names.is_introduced(&keys[k]);
        // `Wife:` beside `I:` and `R:`
        // `Waiter: Anything else?` too, where hardly a paragraph lacks a label.
        let speaks =
            |&c: &usize| is_voice(text, &candidates[c]) && spoken_of::speaks_alone(text, c, &left, candidates, choice);
        let is_alone = || is_strict && all.iter().all(speaks);
        let may_be_unnamed = || accepted.personal > 0 || two_people::is_relative(label) || is_alone();
        let expected = is_known_so || may_be_unnamed() || stretches.len() > 1;
        // `OK:` is a word as well, and a label where it comes again or beside other initials.
        let is_word = (is_said_too(label) && stretches.len() < 2 && !accepted.initials)
            || (habit.capital
                && !is_known_so
                && !names.is_known(&keys[k])
                && spoken_of::goes_on(text, &candidates[all[0]]));
        // `Bus:00:12:03`, where nobody else is labelled so.
        let is_at_clock = |&c: &usize| alone::is_at_clock(text, &candidates[c]);
        let is_clock = !are_at_clocks && !names.is_known(&keys[k]) && all.iter().all(is_at_clock);
        let sure = !is_word && !is_clock && (is_other || !voices::is_doubtful(&keys[k]));
        let is_below = stretches.iter().all(|&place| place > 0);
        if habit.is_strong && sure && expected && !listed && (is_below || may_open(&all[..], candidates, choice)) {
            choice.accepted[k] = true;
            let near = near_to(&keys[k], &accepted.targets, keys);
            // Whose number is forgotten, and who is nobody, is told where all labels are known.
            let is_spelt_so = |target: &Target| without_accents(&keys[k]).eq(without_accents(&keys[target.key]));
            let is_one_of_them = || accepted.targets.iter().take(MOST_LABELS).any(is_spelt_so);
            let is_told = sibling || is_unnumbered || is_nobody || names.is_known(&keys[k]) || is_one_of_them();
            if let ([c], Some(near), false) = (&all[..], near, sibling) {
                let label = &candidates[*c].label;
                let what = format!(
                    "`{label}:` comes once and was taken for a speaker of its own; if it is {near}, correct it"
                );
                remarks.push(Remark { at: candidates[*c].line, what });
            } else if let ([c], false) = (&all[..], is_told) {
                let what = format!("`{}:` comes once and was taken for a speaker", candidates[*c].label);
                remarks.push(Remark { at: candidates[*c].line, what });
            }
        }
    }
    if habit.is_strong {
        let words = places.iter().filter(|(k, all)| !choice.accepted[**k] && !all.iter().any(|c| looks.contains(c)));
        let is_told = |all: &[usize]| all.iter().any(|c| alone.perhaps.contains(c));
        let words = words.filter(|(k, all)| may_be_called(&keys[**k]) && !is_told(all));
        let recurring = words.filter(|(_, all)| stand_alone(text, all, &left, candidates, choice));
        remarks.extend(recurring.map(|(_, all)| told_to_recur(&candidates[all[0]], all.len())));
    }
    let may_speak = |c: usize| {
        let key = &keys[candidates[c].key];
        let is_once = words.contains(key) && places.get(&candidates[c].key).is_some_and(|all| all.len() == 1);
        let is_noun = is_once && !is_heading(key) && may_be_called(key);
        let may_be = is_strict && is_noun && !is_led_in(&text[..candidates[c].line]);
        let may_be_alone = alone.perhaps.contains(&c) && !is_led_in(&text[..candidates[c].line]);
        may_be_alone || (may_be && spoken_of::speaks_alone(text, c, &left, candidates, choice))
    };
    let is_doubtful = |c: usize| !choice.accepted[candidates[c].key] && (looks.contains(&c) || may_speak(c));
    let doubtful = left.iter().copied().filter(|&c| is_doubtful(c) && !spoken_of::is_list(text, &candidates[c]));
    for (c, more) in first_of_each(doubtful, |c| candidates[c].key) {
        let candidate = &candidates[c];
        let above = choice.chosen.partition_point(|&chosen| chosen < c);
        let taken = match above.checked_sub(1).map(|at| &candidates[choice.chosen[at]].label) {
            Some(above) => format!("was taken for words of `{above}`{more}"),
            None if habit.is_strong && stands_alone(c, candidates, choice) => {
                "stands above the first label that is known, so nobody is taken to have said it".to_owned()
            }
            None => continue,
        };
        let label = &candidate.label;
        let remedy = match near_to(&keys[candidate.key], &accepted.targets, keys) {
            Some(near) => format!("if it is {near}, correct it"),
            None => {
                format!("name who it is with `--participant \"{label}\"` or `--interviewer \"{label}\"`")
            }
        };
        let what = format!("`{label}:` looks like a speaker but {taken}; {remedy}");
        remarks.push(Remark { at: candidate.line, what });
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

/// The labels that a key is nearly, as `` `Ann` or `Anna` ``; one that differs in its accents alone is the same
/// person's, which is told where all labels are known.
fn near_to(key: &str, targets: &[Target], keys: &[String]) -> Option<String> {
    let is_near = |of: &str| {
        !without_accents(key).eq(without_accents(of))
            && (is_cut_off(key, of) || is_a_letter_off(key, of) || two_people::may_be_two_names(key, of))
    };
    let near = targets.iter().take(MOST_LABELS).filter(|target| is_near(&keys[target.key]));
    let near: Vec<String> = near.map(|target| format!("`{}`", target.label)).collect();
    (!near.is_empty()).then(|| near.join(" or "))
}

/// Whether a word that is hardly a name, as `Third` and `Me` are, may be one all the same: none that people say first,
/// and none for a note, of which others tell.
fn may_be_called(key: &str) -> bool {
    let first = key.split(' ').next().unwrap_or_default();
    !WORDS_FOR_NOTES.contains(&key) && !INTERJECTIONS.contains(&first)
}

/// Whether a label says in words who speaks, or that nobody knows: `Support worker`, `A colleague`, `Wife of Tom`,
/// `Background noise`. That tells of a speaker where it comes again.
fn is_said_in_words(key: &str, label: &str) -> bool {
    let first = key.split(' ').next().unwrap_or_default();
    let is_named = || voices::is_voice(key) || persons::has_person(label) || two_people::is_relation(first);
    let is_nobody = (nobody::is_nobody(key) || nobody::is_among_others(key)) && !HEADINGS.contains(&key);
    is_nobody || (!WORDS_FOR_NOTES.contains(&key) && !persons::is_sentence(label) && is_named())
}

/// Whether the places of a label lie between turns of others, each with no other such label beside it: no list.
fn stand_alone(text: &str, all: &[usize], left: &[usize], candidates: &[Candidate], choice: &Choice) -> bool {
    let place = |c: usize| choice.chosen.partition_point(|&chosen| chosen < c);
    let stretches: HashSet<usize> = all.iter().map(|&c| place(c)).collect();
    let is_alone = |&c: &usize| {
        let candidate = &candidates[c];
        (!candidate.wide || persons::has_person(&candidate.label))
            && candidate.label.starts_with(char::is_uppercase)
            && !is_led_in(&text[..candidate.line])
            && spoken_of::beside(c, left, choice).iter().all(|&other| candidates[other].key == candidate.key)
    };
    stretches.len() > 1 && stretches.len() == all.len() && !stretches.contains(&0) && all.iter().all(is_alone)
}

fn told_to_recur(first: &Candidate, n: usize) -> Remark {
    // Of headings of parts others tell.
    let taken = if part(&first.label).is_some() { "headings or words" } else { "words" };
    let what = format!(
        "`{0}:` starts {n} paragraphs as labels do, and was taken for {taken} of whoever spoke before; if somebody \
         speaks there, name who it is with `--participant \"{0}\"` or `--interviewer \"{0}\"`",
        first.label
    );
    Remark { at: first.line, what }
}

/// A label that is accepted.
pub(super) struct Target {
    pub(super) key: usize,
    pub(super) label: String,
    count: usize,
    /// The first candidate of it.
    first: usize,
}

/// The labels that are accepted.
pub(super) struct Accepted {
    pub(super) targets: Vec<Target>,
    /// How many are names of people and no roles.
    personal: usize,
    /// Stems of labels with a number: `Speaker` of `Speaker 1`.
    stems: HashSet<String>,
    /// Whether names are written without capital letters: some, and all of two or more.
    lower: bool,
    all_lower: bool,
    /// Whether something stands in parentheses behind names: `Ann (34)`.
    is_bracketed: bool,
    /// Whether somebody goes by initials: `AH`.
    initials: bool,
}

impl Accepted {
    pub(super) fn of(candidates: &[Candidate], keys: &[String], names: &Names, choice: &Choice) -> Self {
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
        let initials = people().any(|target| is_initials(&target.label));
        Self { targets, personal, stems, lower, all_lower, is_bracketed, initials }
    }

    /// Whether a label is the short or the long form of an accepted one.
    fn has_form_of(&self, label: &str) -> bool {
        let known = |target: &Target| is_short_for(label, &target.label) || is_short_for(&target.label, label);
        self.targets.len() <= MOST_LABELS && self.targets.iter().any(known)
    }

    /// Whether a label is several of those that are accepted, with a sign between: `P1+P3`, `P1 & P3`.
    fn are_known(&self, label: &str) -> bool {
        let mut parts = label.split(['+', '&', '/', ',']).map(str::trim);
        let is_known = |part: &str| self.targets.iter().any(|target| key(&target.label) == key(part));
        label.contains(['+', '&', '/', ',']) && self.targets.len() <= MOST_LABELS && parts.all(is_known)
    }

    /// Whether a label says that one of those who speak did, and not who: `P?`, `Px`, `P-X` beside `P1`, `Speaker ?`.
    fn is_unsure(&self, label: &str) -> bool {
        let is_code = |core: &&str| !core.is_empty() && core.chars().all(char::is_uppercase);
        let before_x = label.strip_suffix(['x', 'X']).map(|core| core.trim_end_matches([' ', '_', '-', '#']));
        if before_x.filter(|core| is_code(core) || is_role(core)).is_some_and(|core| self.stems.contains(&key(core))) {
            return true;
        }
        let is_whose = |core: &str| is_role(core) || nobody::is_sex(&key(core));
        doubted(label).is_some_and(|core| is_whose(core) || self.stems.contains(&key(core)) || self.is_letter(core))
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
        self.targets.len() <= MOST_LABELS && self.targets.iter().filter(is_longer).nth(1).is_some()
    }

    /// Whether a key differs from an accepted one by its number alone.
    pub(super) fn is_sibling(&self, key: &str) -> bool {
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
    if accepted.targets.len() > MOST_LABELS {
        return found;
    }
    // `P3 (husband)` below `P3` is somebody else; above it that is told of P3.
    let is_related = |c: usize, target: &Target| {
        let (label, usual) = (&candidates[c].label, &target.label);
        c > target.first && interpreting::is_anothers(label) && !interpreting::is_anothers(usual)
    };
    // `PI` right below `P1` is somebody else.
    let is_accepted = |above: &&Candidate| accepted.targets.iter().any(|target| target.key == above.key);
    let above = |c: usize| candidates[..c].iter().rev().find(is_accepted).map(|above| above.key);
    let is_own = |key: &str| names.is_given(key) || interpreting::is_named(key);
    let is_left = |c: usize| !is_own(&keys[candidates[c].key]) && doubted(&candidates[c].label).is_none();
    for &c in left.iter().filter(|&&c| is_left(c)) {
        let key = candidates[c].key;
        let is_like = |target: &&Target| {
            let role = STRONG.spoken().any(|role| role == stem(&keys[target.key]));
            (is_misspelt(&keys[key], &keys[target.key], role)
                && !are_man_and_woman(&candidates[c].label, &target.label))
                || (is_same_but_for_remark(&keys[key], &keys[target.key]) && !is_related(c, target))
                || (is_misread(&candidates[c].label, &target.label) && above(c) != Some(target.key))
        };
        let meant = nearest(accepted.targets.iter().filter(is_like), |target| distance(&keys[key], &keys[target.key]));
        let meant = meant.filter(|target| counts[&key] * 2 <= target.count);
        found.extend(meant.map(|target| (c, target)));
    }
    found
}

/// The nearest of those that may be meant; none where two are equally near.
pub(super) fn nearest<T>(all: impl Iterator<Item = T>, far: impl Fn(&T) -> usize) -> Option<T> {
    let mut all: Vec<(usize, T)> = all.map(|one| (far(&one), one)).collect();
    all.sort_by_key(|&(far, _)| far);
    let is_tie = all.len() > 1 && all[0].0 == all[1].0;
    all.into_iter().next().filter(|_| !is_tie).map(|(_, one)| one)
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
    let is_swapped = are_swapped(key, target);
    let enough = match (role, is_swapped) {
        (true, _) => 4,
        (false, true) => 5,
        (false, false) => 6,
    };
    let allowed = if role && length >= 7 { 2 } else { 1 };
    if role && is_miswritten(key, target) {
        return true;
    }
    digits(key) == digits(target)
        && length >= enough
        && key.chars().count() >= enough - 1
        && (role || (!long.starts_with(short) && (is_swapped || key.chars().next_back() == target.chars().next_back())))
        && !is_other_role(key, target)
        && !two_people::have_other_initials(key, target)
        && (role || !two_people::may_be_two_names(key, target))
        && !is_heading(key)
        && distance(key, target) <= allowed
}

/// Whether of a role in Chinese or Japanese one character is another: `采仿者` of `采访者`; `受访甲` counts people.
fn is_miswritten(key: &str, target: &str) -> bool {
    const COUNTS: &str = "甲乙丙丁戊己一二三四五六七八九十男女父母夫妻子";
    let is_one = |text: &str| text.chars().count() >= 3 && text.chars().all(|c| matches!(c, '\u{3040}'..='\u{9fff}'));
    let is_counted = || key.chars().any(|c| COUNTS.contains(c) && !target.contains(c));
    [key, target].iter().all(|text| is_one(text))
        && key.chars().count() == target.chars().count()
        && key.chars().next() == target.chars().next()
        && distance(key, target) == 1
        && STRONG.role(key).is_none()
        && !is_counted()
}

/// Whether two keys differ in nothing but two letters side by side: `priay` and `priya`.
fn are_swapped(key: &str, target: &str) -> bool {
    let sorted = |key: &str| {
        let mut letters: Vec<char> = key.chars().collect();
        letters.sort_unstable();
        letters
    };
    key != target && sorted(key) == sorted(target) && distance(key, target) == 1
}

/// Whether a label of letters is another one of which the end was cut off, as `m` is of `mo`.
fn is_cut_off(key: &str, target: &str) -> bool {
    let rest = target.strip_prefix(key).unwrap_or_default();
    (1..=2).contains(&rest.chars().count()) && target.chars().count() <= 4 && target.chars().all(char::is_alphabetic)
}

/// Whether two names of a word differ in a letter, as `ton` and `tom` do: a slip, or two people.
fn is_a_letter_off(key: &str, target: &str) -> bool {
    let is_word = |key: &str| (3..=12).contains(&key.chars().count()) && key.chars().all(char::is_alphabetic);
    key.chars().next() == target.chars().next() && is_word(key) && is_word(target) && distance(key, target) == 1
}

/// `interviewer` and `interviewee` are near, and two people.
fn is_other_role(key: &str, target: &str) -> bool {
    STRONG.role(stem(key)).is_some_and(|role| STRONG.role(stem(target)) != Some(role))
}

/// A label without what stands in parentheses behind it: `P3` of `P3 (female, 28)`.
pub(super) fn core(label: &str) -> &str {
    let behind = label.strip_suffix(')').and_then(|label| label.split_once(" (")).filter(|(core, _)| !core.is_empty());
    behind.map_or(label, |(core, _)| core)
}

/// Whether a candidate is written like the name of a person.
pub(super) fn is_person(candidate: &Candidate, accepted: &Accepted, words: &HashSet<String>) -> bool {
    let label = before_place(if accepted.is_bracketed { core(&candidate.label) } else { &candidate.label });
    let key = key(label);
    let named = persons::is_name(label);
    let is_word = label.starts_with(char::is_lowercase) && label.chars().all(char::is_alphanumeric);
    (!is_heading(&key) || first_names::is_full(label))
        && !key.split(' ').next_back().is_some_and(|last| HEADINGS.contains(&last))
        && !words.contains(&key)
        && label.chars().any(char::is_alphabetic)
        && (named || (accepted.lower && !is_word) || (accepted.all_lower && key.chars().count() > 2))
}

/// Whether a candidate is written as transcribers name a voice: `Father`, `Male voice`, `Unknown`.
pub(super) fn is_voice(text: &str, candidate: &Candidate) -> bool {
    let key = key(&candidate.label);
    let is_other = nobody::is_other(&key);
    if (is_other || voices::is_doubtful(&key))
        && text[candidate.words..].trim_start().starts_with(|c: char| c.is_ascii_digit())
    {
        return false; // `Phone: 0113 496 0000`
    }
    let is_voice = is_other || voices::may_come_once(&key, &candidate.label) || voices::is_voice(&key);
    candidate.label.starts_with(char::is_uppercase) && is_voice
}

/// Whether a label is a code or initials that people say as well: `OK`, `NA`, `None`.
fn is_said_too(label: &str) -> bool {
    let key = key(label);
    let is_said = INTERJECTIONS.contains(&key.as_str());
    is_said && label.starts_with(char::is_uppercase) && (is_initials(label) || nobody::is_hardly_called(&key))
}

/// Whether a key heads a part, a list or a remark.
pub(crate) fn is_heading(key: &str) -> bool {
    let first = key.split(' ').next().unwrap_or_default();
    HEADINGS.contains(&key)
        || WORDS_FOR_NOTES.contains(&key)
        || HEADINGS.contains(&stem(key))
        || openers::is_one(key)
        || INTERJECTIONS.contains(&first)
        || (key.contains(' ') && HEADINGS.contains(&first))
}

/// The labels that also stand in the text as words in lower case: no names. A label in lower case is none of
/// them by itself.
pub(super) fn lower_case_words<'c>(text: &str, candidates: impl Iterator<Item = &'c Candidate>) -> HashSet<String> {
    // How often each stands in the text as a label in lower case.
    let mut wanted: HashMap<String, usize> = HashMap::new();
    for label in candidates.map(|candidate| before_place(core(&candidate.label))).filter(|label| !label.contains(' ')) {
        *wanted.entry(key(label)).or_default() += usize::from(label.starts_with(char::is_lowercase));
    }
    if text.len() > LONGEST_TEXT || wanted.is_empty() {
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
pub(super) fn is_led_in(above: &str) -> bool {
    above.trim_end().ends_with([':', ',', '：', '，'])
}

/// Candidates that stand one below the other, with no turn between: items of a list. Who also speaks elsewhere is none,
/// and where several people go by names two in a row are two of them.
fn in_lists(left: &[usize], candidates: &[Candidate], choice: &Choice, personal: usize) -> HashSet<usize> {
    let place = |c: usize| choice.chosen.partition_point(|&chosen| chosen < c);
    let mut places: HashMap<usize, HashSet<usize>> = HashMap::new();
    left.iter().for_each(|&c| {
        places.entry(candidates[c].key).or_default().insert(place(c));
    });
    let mut lists = HashSet::new();
    for run in left.chunk_by(|&a, &b| place(a) == place(b)) {
        let items: Vec<usize> = run.iter().copied().filter(|&c| places[&candidates[c].key].len() == 1).collect();
        let several: HashSet<usize> = items.iter().map(|&c| candidates[c].key).collect();
        if several.len() > if personal < MIN_PEOPLE { 1 } else { 2 } {
            lists.extend(items);
        }
    }
    lists
}

/// Of so many who go by names two more may speak one after the other.
const MIN_PEOPLE: usize = 2;

#[cfg(test)]
mod tests;
