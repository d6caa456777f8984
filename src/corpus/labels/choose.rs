//! Which of the lines that may be labels are speakers, decided over the whole text.
//!
//! In: candidates in their order. Out: the form of this text's labels and the candidates that are
//! speakers: known names, and names that recur between turns of others. What comes once is for
//! [`once`](super::once).

use std::collections::HashMap;

use super::super::model::Role;
use super::super::speakers::Names;
use super::forms::{Candidate, Form};

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
pub(super) fn choose(candidates: &[Candidate], keys: &[String], names: &Names) -> Choice {
    let mut accepted = vec![false; keys.len()];
    // Names that lost their numbers leave keys that nobody has.
    candidates.iter().for_each(|c| accepted[c.key] = names.strong(&keys[c.key]).is_some());
    drop_quoted(candidates, keys, names, &mut accepted);

    let strong: Vec<bool> = accepted.clone();
    let Some(form) = usual_form(candidates, &accepted) else { return Choice::default() };
    let complete = [Role::Interviewer, Role::Participant]
        .iter()
        .all(|&role| keys.iter().zip(&strong).any(|(key, &s)| s && names.strong(key) == Some(role)));

    if form == Form::Stamp {
        // Names with a time on a line of their own are speakers even when they come once.
        let stamps = || candidates.iter().filter(|c| c.form == form);
        let (all, blank) = stamps().fold((0, 0), |(all, n), c| (all + 1, n + usize::from(c.after_blank)));
        let tight = all >= 4 && blank * 2 < all;
        for candidate in stamps().filter(|c| c.after_blank || (tight && !c.wide)) {
            accepted[candidate.key] = true;
        }
    }
    if !accepted.contains(&true) || is_late(candidates, keys, names, &accepted, form) {
        seed(candidates, keys, names, form, &mut accepted);
    }
    let usable = |accepted: &[bool]| -> Vec<usize> {
        // One speaker alone may have a habit that the others lack: `Q:` after a blank line, `A:` below.
        let blank = accepted.iter().filter(|&&is| is).count() > 1 && blank_habit(candidates, accepted);
        (0..candidates.len())
            .filter(|&c| {
                let candidate = &candidates[c];
                (strong[candidate.key] && !form.is_bare())
                    || (candidate.form == form && (candidate.after_blank || !blank))
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
    Choice { form: Some(form), accepted, chosen }
}

/// Leaves out lines that are labels only by standing alone, unless most known names, or else the first
/// line of all, are written so.
pub(super) fn drop_bare(candidates: &mut Vec<Candidate>, keys: &[String], names: &Names, text: &str) {
    let known: Vec<bool> = keys.iter().map(|key| names.strong(key).is_some()).collect();
    let of = |form: Form| candidates.iter().filter(|c| known[c.key] && c.form == form).count();
    let usual = Form::ALL.into_iter().rev().max_by_key(|&form| of(form)).filter(|&form| of(form) > 0);
    let opening = || {
        let first = candidates.first().filter(|c| c.form.is_bare() && text[..c.line].trim().is_empty())?;
        let recurs = candidates[1..].iter().any(|c| c.key == first.key && c.form == first.form);
        recurs.then_some(first.form)
    };
    let kept = usual.or_else(opening);
    candidates.retain(|c| !c.form.is_bare() || kept == Some(c.form));
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

/// Accepts the first label that recurs, of those written as names if one does, or a known pair such as `Q:` and `A:` that comes once.
fn seed(candidates: &[Candidate], keys: &[String], names: &Names, form: Form, accepted: &mut [bool]) {
    let mine = || candidates.iter().filter(|c| c.form == form);
    let mut counts = vec![0; keys.len()];
    mine().for_each(|c| counts[c.key] += 1);
    let recurs = |wide: bool| mine().find(|c| counts[c.key] > 1 && c.wide == wide);
    if let Some(first) = recurs(false).or_else(|| recurs(true)) {
        accepted[first.key] = true;
        return;
    }
    let known: Vec<usize> = mine().map(|c| c.key).filter(|&k| names.is_known(&keys[k])).collect();
    if known.len() > 1 {
        known.into_iter().for_each(|k| accepted[k] = true);
    }
}

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
    let mut counts: HashMap<usize, usize> = HashMap::new();
    above.iter().for_each(|&key| *counts.entry(key).or_default() += 1);
    let recurring: usize = counts.values().filter(|&&n| n > 1).sum();
    let changes = above.windows(2).filter(|pair| pair[0] != pair[1]).count();
    above.len() >= MIN_ABOVE
        && counts.values().filter(|&&n| n > 1).count() > 1
        && recurring * 10 >= above.len() * 9
        && changes * 10 >= (above.len() - 1) * 9
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
