//! Which of the lines that may be labels are speakers, decided over the whole text.
//!
//! In: candidates in their order. Out: the form of this text's labels and the candidates that are
//! speakers: known names, and names that recur between turns of others. What comes once is for
//! [`once`](super::once).

use std::collections::HashMap;

use super::super::lexicon::{HEADINGS, QUESTION_WORDS};
use super::super::model::Role;
use super::super::nobody;
use super::super::speakers::{Names, numbered};
use super::forms::{Candidate, Form};
use super::second_lines;

/// Candidates looked at in all rounds of finding speakers.
const MAX_WORK: usize = 2_000_000;

/// What was decided.
#[derive(Debug, Default)]
pub(super) struct Choice {
    /// The form of most labels.
    pub(super) form: Option<Form>,
    /// For each key whether it is a speaker's.
    pub(super) accepted: Vec<bool>,
    /// The candidates that are labels, in order.
    pub(super) chosen: Vec<usize>,
}

/// Decides which candidates are speakers.
pub(super) fn choose(text: &str, candidates: &[Candidate], keys: &[String], names: &Names) -> Choice {
    let mut accepted = vec![false; keys.len()];
    // Names that lost their numbers leave keys that nobody has.
    candidates.iter().for_each(|c| accepted[c.key] = names.strong(&keys[c.key]).is_some());
    drop_quoted(candidates, keys, names, &mut accepted);

    let strong: Vec<bool> = accepted.clone();
    // `[unclear speaker]:` among plain names tells nothing of the others.
    let telling: Vec<bool> = keys.iter().zip(&accepted).map(|(key, &is)| is && !nobody::is_surely(key)).collect();
    let Some(form) = usual_form(candidates, &telling) else { return Choice::default() };
    let early = is_early(candidates, keys, names, &accepted, form);
    let has = |role: Role| keys.iter().zip(&strong).any(|(key, &s)| s && names.strong(key) == Some(role));
    let complete = !early && has(Role::Interviewer) && has(Role::Participant);

    if form == Form::Stamp {
        // Names with a time on a line of their own are speakers even when they come once.
        let stamps = || candidates.iter().filter(|c| c.form == form);
        let (all, blank) = stamps().fold((0, 0), |(all, n), c| (all + 1, n + usize::from(c.after_blank)));
        let tight = all >= 4 && blank * 2 < all;
        for candidate in stamps().filter(|c| c.after_blank || (tight && !c.wide)) {
            accepted[candidate.key] = true;
        }
    }
    let has_known = candidates.iter().any(|c| accepted[c.key] && (c.form == form || !nobody::is_surely(&keys[c.key])));
    if !has_known || early || is_late(candidates, keys, names, &accepted, form) {
        seed(candidates, keys, names, form, &mut accepted);
    }
    let below = second_lines::answer_below(text, candidates, keys, names, form);
    let usable = |accepted: &[bool]| -> Vec<usize> {
        // One speaker alone may have a habit that the others lack: `Q:` after a blank line, `A:` below; so have several
        // above the same one.
        let blank = accepted.iter().filter(|&&is| is).count() > 1 && blank_habit(candidates, accepted);
        (0..candidates.len())
            .filter(|&c| {
                let candidate = &candidates[c];
                (strong[candidate.key] && !form.is_bare())
                    || (candidate.form == form && (candidate.after_blank || !blank || below[candidate.key]))
            })
            .collect()
    };
    // Every round looks at every candidate; a glossary of thousands of words is no conversation.
    let rounds = (MAX_WORK / candidates.len().max(1)).max(1);
    // Beside `## User` and `## Assistant` other headings are parts of what is said.
    let rounds = if form.is_bare() && complete { 0 } else { rounds };
    for _ in 0..rounds {
        let usable = usable(&accepted);
        let Some(next) = next_speaker(candidates, keys, names, &usable, &accepted, complete) else { break };
        accepted[next] = true;
    }
    let labels =
        |accepted: &[bool]| usable(accepted).into_iter().filter(|&c| accepted[candidates[c].key]).collect::<Vec<_>>();
    let mut chosen = labels(&accepted);
    // Where every label has a time, whatever has one in the same place is a label.
    let timed = chosen.iter().filter(|&&c| candidates[c].seconds.is_some()).count();
    if is_habit(chosen.len(), timed) {
        for candidate in candidates.iter().filter(|c| c.form == form && c.seconds.is_some()) {
            accepted[candidate.key] = true;
        }
        chosen = labels(&accepted);
    }
    let other = in_another_form(candidates, keys, names, &chosen, form);
    if let Some(&c) = other.first() {
        accepted[candidates[c].key] = true;
        chosen.extend(other);
        chosen.sort_unstable();
    }
    Choice { form: Some(form), accepted, chosen }
}

/// Where one label alone was found, those of the other speaker, who are written in another form: `**Q:** …` and `A: …`.
fn in_another_form(
    candidates: &[Candidate],
    keys: &[String],
    names: &Names,
    chosen: &[usize],
    form: Form,
) -> Vec<usize> {
    let is_one = chosen.windows(2).all(|two| candidates[two[0]].key == candidates[two[1]].key);
    if chosen.len() < MIN_ABOVE || !is_one || form.is_bare() {
        return Vec::new();
    }
    let is_list = |key: usize| HEADINGS.contains(&keys[key].as_str()) && !names.is_known(&keys[key]);
    let turn = |c: usize| chosen.partition_point(|&place| place < c);
    let mut places: Vec<(usize, Vec<usize>)> = Vec::new();
    for (c, candidate) in candidates.iter().enumerate() {
        let is_name = !candidate.label.starts_with(char::is_lowercase);
        let is_other = candidate.form != form && !candidate.form.is_bare() && !candidate.wide && is_name;
        if !is_other || is_list(candidate.key) || turn(c) == 0 {
            continue;
        }
        match places.iter_mut().find(|(key, _)| *key == candidate.key) {
            Some((_, all)) => all.push(c),
            None => places.push((candidate.key, vec![c])),
        }
    }
    // One in nearly every turn, and one only.
    let takes_turns = |all: &[usize]| {
        let in_turns = all.windows(2).all(|two| turn(two[0]) < turn(two[1]));
        in_turns && all.len() * 10 >= chosen.len() * 8
    };
    let mut all = places.into_iter().map(|(_, all)| all).filter(|all| takes_turns(all));
    all.next().filter(|_| all.next().is_none()).unwrap_or_default()
}

/// Leaves out lines that are labels only by standing alone, unless most known names, or else the first
/// line of all, are written so.
pub(super) fn drop_bare(candidates: &mut Vec<Candidate>, keys: &[String], names: &Names, text: &str) {
    let known: Vec<bool> = keys.iter().map(|key| names.strong(key).is_some()).collect();
    let mut counts = vec![0usize; keys.len()];
    candidates.iter().filter(|c| c.form.is_bare()).for_each(|c| counts[c.key] += 1);
    // Names before a colon that recur: beside those one line such as `P12` is a place in a book, or a heading.
    let have_others = || {
        let mut marked = vec![0usize; keys.len()];
        candidates.iter().filter(|c| !c.form.is_bare() && !c.wide).for_each(|c| marked[c.key] += 1);
        marked.into_iter().filter(|n| *n > 1).nth(1).is_some()
    };
    let has_line = |role: Role| (0..keys.len()).any(|k| counts[k] > 0 && names.strong(&keys[k]) == Some(role));
    let is_pair = || has_line(Role::Interviewer) && has_line(Role::Participant);
    let is_lone = !(0..keys.len()).any(|k| known[k] && counts[k] > 1) && have_others() && !is_pair();
    let of = |form: Form| {
        let may_be = !(form.is_bare() && is_lone);
        candidates.iter().filter(|c| may_be && known[c.key] && c.form == form).count()
    };
    let usual = Form::ALL.into_iter().rev().max_by_key(|&form| of(form)).filter(|&form| of(form) > 0);
    let opening = || {
        let first = candidates.first().filter(|c| c.form.is_bare() && text[..c.line].trim().is_empty())?;
        let word = question_word(&first.label);
        let is_same = |c: &Candidate| c.key == first.key || (word.is_some() && question_word(&c.label) == word);
        let recurs = candidates[1..].iter().any(|c| c.form == first.form && is_same(c));
        recurs.then_some(first.form)
    };
    let kept = usual.or_else(opening);
    candidates.retain(|c| !c.form.is_bare() || kept == Some(c.form));
}

/// The word for a question or an answer in front of its number: `q` of `## Q1`.
fn question_word(label: &str) -> Option<String> {
    numbered(label).map(|(word, _)| word).filter(|word| QUESTION_WORDS.contains(&word.as_str()))
}

/// Known names that occur in one single turn of other known names are quoted there.
fn drop_quoted(candidates: &[Candidate], keys: &[String], names: &Names, accepted: &mut [bool]) {
    let role = |k: usize| names.strong(&keys[k]);
    let known = |part: Role| (0..keys.len()).filter(|&k| role(k) == Some(part)).count();
    let (interviewers, participants) = (known(Role::Interviewer), known(Role::Participant));
    let turns: Vec<&Candidate> = candidates.iter().filter(|c| accepted[c.key]).collect();
    let blank = |turns: &[&Candidate]| turns.iter().filter(|c| c.after_blank).count();
    let all_blank = blank(&turns);
    // By key: its turns, and the first and last place among all turns.
    let mut own: HashMap<usize, (Vec<&Candidate>, usize, usize)> = HashMap::new();
    for (place, turn) in turns.iter().enumerate() {
        let (mine, _, last) = own.entry(turn.key).or_insert_with(|| (Vec::new(), place, place));
        mine.push(turn);
        *last = place;
    }
    for (k, (mine, first, last)) in own {
        if first == 0 || names.is_given(&keys[k]) {
            continue;
        }
        // Without this name both parts must still be there.
        let without = |all: usize, part: Role| all > usize::from(role(k) == Some(part));
        if !(without(interviewers, Role::Interviewer) && without(participants, Role::Participant)) {
            continue;
        }
        let unlike = blank(&mine) == 0 && is_habit(turns.len() - mine.len(), all_blank);
        let together = mine.len() > 1 && last - first + 1 == mine.len() && role(k) != Some(Role::Other);
        if unlike || together {
            accepted[k] = false;
        }
    }
}

/// The form most speakers are written in.
fn usual_form(candidates: &[Candidate], accepted: &[bool]) -> Option<Form> {
    let known = |form: Form| candidates.iter().filter(|c| accepted[c.key] && c.form == form).count();
    let top = Form::ALL.into_iter().rev().max_by_key(|&form| known(form))?;
    if known(top) > 0 {
        return Some(top);
    }
    // Without known names: names with times, or the form of the first label that recurs.
    let mut counts: HashMap<(usize, Form), usize> = HashMap::new();
    candidates.iter().for_each(|c| *counts.entry((c.key, c.form)).or_default() += 1);
    let recurs = |c: &&Candidate| counts[&(c.key, c.form)] > 1;
    let stamps = candidates.iter().filter(|c| c.form == Form::Stamp);
    if stamps.clone().count() > 2 && stamps.clone().any(|c| recurs(&c)) {
        return Some(Form::Stamp);
    }
    candidates.iter().find(recurs).or(candidates.first()).map(|c| c.form)
}

/// Accepts the first label that recurs, but for one that opens the talk of others, of those written as names if one
/// does, or a known pair such as `Q:` and `A:` that comes once.
fn seed(candidates: &[Candidate], keys: &[String], names: &Names, form: Form, accepted: &mut [bool]) {
    let mine = || candidates.iter().filter(|c| c.form == form);
    let mut counts = vec![0; keys.len()];
    mine().for_each(|c| counts[c.key] += 1);
    // Who opens and closes the talk of two others comes first, and tells nothing of them.
    let is_list = |k: usize| HEADINGS.contains(&keys[k].as_str()) && !names.is_known(&keys[k]);
    let mut most: Vec<usize> = (0..keys.len()).filter(|&k| !is_list(k)).map(|k| counts[k]).collect();
    most.sort_unstable();
    let second = most.len().checked_sub(2).map_or(0, |at| most[at]);
    let may_open = |k: usize| counts[k] > 1 && counts[k] * MORE_THAN_OPENERS >= second;
    let recurs = |wide: bool| mine().find(|c| may_open(c.key) && c.wide == wide);
    if let Some(first) = recurs(false).or_else(|| recurs(true)) {
        accepted[first.key] = true;
        return;
    }
    let known: Vec<usize> = mine().map(|c| c.key).filter(|&k| names.is_known(&keys[k])).collect();
    if known.len() > 1 {
        known.into_iter().for_each(|k| accepted[k] = true);
    }
}

/// Two who talk have more than so many times the turns of somebody who opens and closes the talk.
const MORE_THAN_OPENERS: usize = 3;

/// Fewer labels above a known name are a chance.
const MIN_ABOVE: usize = 4;

/// Whether the known names come but once, below labels that recur and take turns: a talk of people whom no
/// list knows, and `Assistant:` or `Unknown speaker:` in between.
fn is_late(candidates: &[Candidate], keys: &[String], names: &Names, accepted: &[bool], form: Form) -> bool {
    let mut known = (0..candidates.len()).filter(|&c| accepted[candidates[c].key]);
    let (Some(first), None) = (known.next(), known.next()) else { return false };
    if !matches!(names.strong(&keys[candidates[first].key]), Some(Role::Interviewer | Role::Other)) {
        return false;
    }
    let above: Vec<usize> = candidates[..first].iter().filter(|c| c.form == form && !c.wide).map(|c| c.key).collect();
    take_turns(&above)
}

/// The most names of roles by which a talk may begin.
const MAX_EARLY: usize = 3;

/// Whether the known names come but once, above others that recur and take turns: `Interviewer: …` and `Respondent: …`,
/// and from there on `I: …` and `R: …`.
fn is_early(candidates: &[Candidate], keys: &[String], names: &Names, accepted: &[bool], form: Form) -> bool {
    let labels: Vec<usize> = candidates.iter().filter(|c| c.form == form && !c.wide).map(|c| c.key).collect();
    let n = labels.iter().take_while(|&&key| accepted[key]).count();
    let (known, below) = labels.split_at(n);
    let once = !form.is_bare()
        && (1..=MAX_EARLY).contains(&n)
        && known.iter().enumerate().all(|(at, key)| !known[..at].contains(key) && !names.is_given(&keys[*key]))
        && !below.iter().any(|&key| accepted[key]);
    let is_list = |key: &usize| HEADINGS.contains(&keys[*key].as_str()) && !names.is_known(&keys[*key]);
    once && !below.iter().any(is_list) && take_turns(below)
}

/// Whether labels recur and change with nearly every turn.
fn take_turns(labels: &[usize]) -> bool {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    labels.iter().for_each(|&key| *counts.entry(key).or_default() += 1);
    let recurring: usize = counts.values().filter(|&&n| n > 1).sum();
    let changes = labels.windows(2).filter(|pair| pair[0] != pair[1]).count();
    labels.len() >= MIN_ABOVE
        && counts.values().filter(|&&n| n > 1).count() > 1
        && recurring * 10 >= labels.len() * 9
        && changes * 10 >= (labels.len() - 1) * 9
}

/// Whether speakers always start after a blank line in this text.
fn blank_habit(candidates: &[Candidate], accepted: &[bool]) -> bool {
    let turns = candidates.iter().filter(|c| accepted[c.key]);
    let (all, blank) = turns.fold((0, 0), |(all, blank), c| (all + 1, blank + usize::from(c.after_blank)));
    is_habit(all, blank)
}

pub(super) fn is_habit(all: usize, blank: usize) -> bool {
    all >= 4 && blank * 10 >= all * 9
}

/// The next label that behaves like a speaker beside those accepted.
fn next_speaker(
    candidates: &[Candidate],
    keys: &[String],
    names: &Names,
    usable: &[usize],
    accepted: &[bool],
    complete: bool,
) -> Option<usize> {
    let mut turns = vec![0usize; keys.len()];
    usable.iter().for_each(|&c| turns[candidates[c].key] += 1);
    let known = (0..keys.len()).filter(|&k| accepted[k]);
    // As long as only names of roles are accepted, `Assistant:` or `Unknown speaker:` in between shows no habit.
    let is_between =
        |k: usize| turns[k] == 1 && matches!(names.strong(&keys[k]), Some(Role::Interviewer | Role::Other));
    let all_roles = known.clone().all(|k| names.strong(&keys[k]).is_some());
    let leave_out = all_roles && known.clone().any(|k| turns[k] > 1);
    let speakers = known.filter(|&k| !(leave_out && is_between(k))).count();
    // One pass: the stretches between accepted labels, whose they are, and the keys they hold.
    let mut held_by_key: Vec<Vec<Option<usize>>> = vec![Vec::new(); keys.len()];
    let mut counted_in = vec![usize::MAX; keys.len()];
    let mut of_speaker: HashMap<Option<usize>, usize> = HashMap::new();
    let mut current = None;
    let mut stretch = 0;
    for candidate in usable.iter().map(|&c| &candidates[c]) {
        let k = candidate.key;
        if accepted[k] {
            current = Some(k);
            stretch += 1;
            *of_speaker.entry(current).or_default() += 1;
        } else if counted_in[k] != stretch {
            counted_in[k] = stretch;
            held_by_key[k].push(current);
        }
    }
    let mut best: Option<(usize, usize)> = None; // stretches, key
    for (k, held) in held_by_key.iter().enumerate() {
        if held.len() < 2 {
            continue;
        }
        let mut before: Vec<Option<usize>> = held.clone();
        before.sort_unstable();
        before.dedup();
        let after_interviewer =
            held.iter().filter(|s| s.is_some_and(|s| names.strong(&keys[s]) == Some(Role::Interviewer))).count();
        let fits = if complete {
            before.len() > 1 || after_interviewer * 2 >= held.len()
        } else if speakers < 2 {
            true
        } else {
            let whole = before.iter().filter_map(|s| of_speaker.get(s)).sum::<usize>();
            before.len() > 1 || held.len() * 10 >= whole * 6
        };
        if fits && best.is_none_or(|(most, _)| held.len() > most) {
            best = Some((held.len(), k));
        }
    }
    best.map(|(_, k)| k)
}

#[cfg(test)]
mod tests {
    use super::super::tests::labels;

    #[test]
    fn a_role_that_comes_once_hides_nobody() {
        let group = "Moderator: What of it?\n\nIda: One.\n\nPetr: Two.\n\nZora: Three.\n\nIda: Four.\n\n\
                     Moderator: And now?\n\nZora: Five.\n\nPetr: Six.\n\nModerator: So?\n\nIda: Seven.\n\n\
                     {}: We have five minutes.\n\nModerator: Thank you.";
        let talk = "Ida: What of it?\n\nPetr: One.\n\nIda: And now?\n\nPetr: Two.\n\nIda: So?\n\nPetr: Three.\n\n\
                    {}: Lunch is ready.";
        for once in ["Assistant", "Unbekannter Sprecher", "Observer"] {
            let found = labels(&group.replace("{}", once));
            assert_eq!((found.len(), found[1].as_str(), found[10].as_str()), (12, "Ida", once), "{found:?}");
            let found = labels(&talk.replace("{}", once));
            assert_eq!((found.len(), found[1].as_str(), found[6].as_str()), (7, "Petr", once), "{found:?}");
        }
    }

    #[test]
    fn roles_that_come_once_above_short_labels_hide_nobody() {
        let text = "Interviewer: How was it?\n\nRespondent: One.\n\n{a}: And then?\n\n{b}: Two.\n\n{a}: So?\n\n\
                    {b}: Three.\n\n{a}: And now?\n\n{b}: Four of us.";
        for (asks, answers) in [("I", "R"), ("PL", "RW"), ("Q", "A")] {
            let found = labels(&text.replace("{a}", asks).replace("{b}", answers));
            let both = [asks, answers];
            assert_eq!(found, [&["Interviewer", "Respondent"][..], &both, &both, &both].concat());
        }
        // What is listed stays words.
        let found = labels(&text.replace("{a}", "Good").replace("{b}", "Bad"));
        assert_eq!(found, ["Interviewer", "Respondent"]);
    }

    #[test]
    fn numbered_questions_and_answers_above_the_words_are_two() {
        let talk = |asks: &str, answers: &str| -> Vec<String> {
            let turn = |n: usize| format!("## {asks}{n}\n\nWhat of it?\n\n## {answers}{n}\n\nIt rained all day.\n\n");
            labels(&(1..5).map(turn).collect::<String>())
        };
        assert_eq!(talk("Q", "A"), ["Q", "A"].repeat(4));
        assert_eq!(talk("Frage ", "Antwort "), ["Frage", "Antwort"].repeat(4));
        assert!(talk("Part ", "Step ").is_empty());
    }

    #[test]
    fn two_who_are_written_in_two_forms_are_two() {
        let talk = |asks: &str, answers: &str| -> Vec<String> {
            let turn = |n: usize| format!("{asks} What of year {n}?\n\n{answers} It rained all day.\n\n");
            labels(&(0..5).map(turn).collect::<String>())
        };
        for (asks, answers) in [("**Q:**", "A:"), ("Q:", "**A:**"), ("**Ann:**", "Tom:"), ("[Ann]", "Tom:")] {
            let both = [asks, answers].map(|label| label.trim_matches(['*', ':', '[', ']']));
            assert_eq!(talk(asks, answers), both.repeat(5), "{asks} {answers}");
        }
        assert_eq!(talk("**Ann:**", "Summary:"), ["Ann"; 5]);
    }

    #[test]
    fn one_label_of_nobody_in_another_form_leaves_the_others() {
        let turn = |n: usize| format!("Ann Hall: What of year {n}?\n\nTom Reed: It rained all day.\n\n");
        let turns: Vec<String> = (0..6).map(turn).collect();
        let (above, below) = (turns[..3].concat(), turns[3..].concat());
        let talk = |once: &str| labels(&format!("{above}{once}: It was not so.\n\n{below}"));
        for once in ["[unclear speaker]", "**Unknown speaker**"] {
            let found = talk(once);
            assert_eq!(found.iter().filter(|label| label.contains("Hall")).count(), 6, "{once} {found:?}");
        }
        // Where all labels are so, it is one of them.
        let all = turns.concat().replace("Ann Hall:", "[Ann Hall]:").replace("Tom Reed:", "[Tom Reed]:");
        assert_eq!(labels(&format!("{all}[unclear speaker]: It was not so.\n")).len(), 13);
    }

    #[test]
    fn one_line_that_is_a_code_hides_no_names_with_a_colon() {
        let turn = |n: usize| format!("Priya: What of year {n}?\n\nRosa: It rained all day.\n\n");
        let turns: Vec<String> = (0..4).map(turn).collect();
        for once in ["P12", "S1", "Interviewer"] {
            let found = labels(&format!("{}{once}\n\n{}", turns[..2].concat(), turns[2..].concat()));
            assert_eq!(found, ["Priya", "Rosa"].repeat(4), "{once}");
        }
        // One question and its answer, in which something is listed.
        let listed = "User\nIs it good?\n\nAssistant\nPros: the sea.\nCons: the rain.\nPros: the sun.\nCons: the wind.";
        assert_eq!(labels(listed), ["User", "Assistant"]);
        // Codes above the words that come again are labels.
        let bare: String = (0..4).map(|n| format!("P1\nWhat of year {n}?\n\nP2\nIt rained all day.\n\n")).collect();
        assert_eq!(labels(&bare), ["P1", "P2"].repeat(4));
    }

    #[test]
    fn points_above_a_role_that_comes_once_are_no_speakers() {
        for text in [
            "Good: the smell.\nBad: the mites.\n\nInterviewer: And then?",
            "Good: the smell.\nGood: the hum.\nBad: the mites.\nBad: the rain.\n\nAssistant: And then?",
        ] {
            let found = labels(text);
            assert!(!found.contains(&"Good".to_owned()) && !found.contains(&"Bad".to_owned()), "{found:?}");
        }
    }
}
