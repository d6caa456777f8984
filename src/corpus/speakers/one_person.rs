//! The labels by which one person goes in a transcript, and what to tell of them.
//!
//! In: the labels of a transcript with their turns, and the people that its header names. Out: which label
//! is read as which other, with a phrase for each, and a phrase for each that may be either of two people
//! and is kept apart. What the user named is never read as anything else.

use std::collections::{HashMap, HashSet};

use super::super::label_key::{key, stem};
use super::super::lexicon::STRONG;
use super::super::model::Role;
use super::super::nobody;
use super::super::people::{self, People};
use super::super::policy::MOST_LABELS;
use super::codes::{self, Alike};
use super::turn_numbers::{asked_by_number, turns_by_number};
use super::{described, genders, interpreting, manners, misspelt, mistyped, two_people};

/// Labels, each with the one that it is read as.
pub(crate) type Same = HashMap<String, String>;

/// The spellings of one code or name, such as `P 12` of `P12` and `A.H.` of `AH`, labels that say to whom somebody
/// speaks, and labels that the transcript doubts, such as `Tom?`.
pub(crate) fn spelt_alike(labels: &[(String, usize)], is_given: impl Fn(&str) -> bool) -> (Same, Vec<String>) {
    let mut found = codes::spelt_alike(labels);
    let turning = meant(labels, described::turning_to);
    for (from, to) in genders::spelt_alike(labels).into_iter().chain(mistyped::find(labels)).chain(turning) {
        let to = found.iter().find(|&&(known, _)| known == to).map_or(to, |&(_, usual)| usual);
        if from != to && found.iter().all(|&(known, other)| known != from && (known, other) != (to, from)) {
            found.iter_mut().filter(|(_, usual)| *usual == from).for_each(|known| known.1 = to);
            found.push((from, to));
        }
    }
    found.retain(|&(from, _)| !is_given(&labels[from].0));
    let mut told: Vec<String> = found.iter().map(|&(from, to)| other_form(&labels[from].0, &labels[to].0)).collect();
    let mut doubted = meant(labels, nobody::doubted);
    doubted.retain(|&(from, _)| !is_given(&labels[from].0));
    for (from, to) in doubted {
        let to = found.iter().find(|&&(known, _)| known == to).map_or(to, |&(_, usual)| usual);
        let (label, name) = (&labels[from].0, &labels[to].0);
        told.push(format!("`{label}` was taken for `{name}`, of whom the transcript is not sure"));
        found.push((from, to));
    }
    (named(labels, &found), told)
}

/// Labels that say how somebody speaks, `MAUREEN [laughing]`, each with the name alone; and what to tell of them.
pub(crate) fn without_manners(labels: &[(String, usize)], is_given: impl Fn(&str) -> bool) -> (Same, Vec<String>) {
    let mut found = manners::find(labels);
    found.retain(|named| !is_given(&labels[named.at].0));
    let told =
        |named: &manners::Named| format!("`{}` was read as `{}`, {}", labels[named.at].0, named.name, manners::TOLD);
    let told = found.iter().filter(|named| !named.is_sure).map(told).collect();
    (found.into_iter().map(|named| (labels[named.at].0.clone(), named.name)).collect(), told)
}

/// Labels of turns in their order, such as `Q1`, `A1`, `Q2`, without their numbers, where those count what is asked, or
/// the turns.
pub(crate) fn by_number(labels: &[&str], is_given: impl Fn(&str) -> bool) -> Option<Same> {
    let bare = asked_by_number(labels).or_else(|| turns_by_number(labels))?;
    let is_open = !labels.iter().any(|label| is_given(label));
    is_open.then(|| labels.iter().map(|label| (*label).to_owned()).zip(bare).collect())
}

/// Labels of which something can be taken away, as a mark of doubt (`Tom?`, `P2 (?)`), each with the label that has a key
/// without it.
pub(super) fn meant(labels: &[(String, usize)], without: impl Fn(&str) -> Option<&str>) -> Joined {
    let keys: HashMap<String, usize> = labels.iter().enumerate().map(|(at, (label, _))| (key(label), at)).collect();
    let of = |label: &str| keys.get(without(&key(label))?).copied();
    labels.iter().enumerate().filter_map(|(at, (label, _))| Some((at, of(label)?))).collect()
}

/// The short and long forms of one label, and other words for who answers. `meet` says whether turns of two
/// labels follow each other.
pub(crate) fn other_forms(
    mut labels: Vec<(String, usize)>,
    people: &People,
    is_given: impl Fn(&str) -> bool,
    meet: impl Fn(&str, &str) -> bool,
) -> (Same, Vec<String>) {
    let meet = &meet;
    // Several people at once are nobody's other form, nor is `Unknown participant`.
    let keys: Vec<String> = labels.iter().map(|(label, _)| key(label)).collect();
    let mut places = 0..keys.len();
    let is_unknown = |key: &str| key.contains(' ') && (nobody::is_nobody(key) || nobody::is_among_others(key));
    // So is `Sana (interpreter)`, who says of `Sana` who that is.
    let is_other = |key: &str| is_unknown(key) || (interpreting::is_named(key) && !interpreting::is_word(key));
    labels.retain(|_| places.next().is_none_or(|at| codes::several(at, &keys).is_none() && !is_other(&keys[at])));
    // Those whom the header has two people for are one of them, and nobody knows which.
    let either = |at: usize| people.called(&labels[at].0).len() > 1;
    let is_fixed = |at: usize| is_given(&labels[at].0);
    let mut apart: Vec<(usize, Vec<&str>)> = (0..labels.len())
        .filter(|&at| !is_fixed(at) && either(at))
        .map(|at| (at, people.called(&labels[at].0)))
        .collect();
    let mut same = people::same_people(&labels);
    same.retain(|&(from, to)| !is_fixed(from) && !either(from) && !either(to));
    let mut kept = people::kept_apart(&labels);
    // A label that comes once in full and in short below it is introduced.
    let is_another = |from: usize, to: usize| {
        let (rare, usual) = (labels[from].0.as_str(), labels[to].0.as_str());
        let has_relation = interpreting::is_anothers(rare) && !interpreting::is_anothers(usual);
        let is_relative = two_people::is_relative_of(rare) != two_people::is_relative_of(usual)
            || two_people::is_relative_beside(rare, usual);
        is_relative || two_people::has_number_more(rare, usual) || (has_relation && from > to)
    };
    kept.extend(same.iter().filter(|&&(from, to)| is_another(from, to)).map(|&(from, to)| (from, vec![to])));
    same.retain(|&(from, to)| !is_another(from, to));
    let spelt = misspelt::find(&labels, |a, b| meet(&labels[a].0, &labels[b].0));
    kept.extend(two_names(&labels).into_iter().filter(|(at, _)| spelt.same.iter().all(|(from, _)| from != at)));
    kept.extend(codes::of_one_family(&labels).into_iter().map(|(from, to)| (from, vec![to])));
    kept.extend(described(&labels).into_iter().filter(|&(at, _)| {
        let is_joined = |&(from, to): &(usize, usize)| from == at || to == at;
        !same.iter().any(is_joined)
    }));
    let is_open = |from: usize, to: usize| ![from, to].iter().any(|&at| is_fixed(at) || either(at));
    let is_joined = |same: &Joined, at: usize| same.iter().any(|&(from, to)| from == at || to == at);
    let begun = mistyped::letters(&labels, |a, b| meet(&labels[a].0, &labels[b].0));
    kept.extend(begun.into_iter().filter(|&(at, _)| !is_joined(&same, at)).map(|(from, to)| (from, vec![to])));
    let mut told: Vec<String> = same.iter().map(|&(from, to)| other_form(&labels[from].0, &labels[to].0)).collect();
    for (from, to) in spelt.same {
        let is_kept = kept.iter().any(|&(known, _)| known == from);
        if is_open(from, to) && !is_kept && !is_joined(&same, from) {
            same.push((from, to));
            told.push(misspelt::told(&labels[from].0, &labels[to].0));
        }
    }
    let mut perhaps: Doubtful = Vec::new();
    for (from, to) in spelt.perhaps.into_iter().filter(|&(from, to)| is_open(from, to) && !is_joined(&same, from)) {
        match perhaps.iter_mut().find(|(at, _)| *at == from) {
            Some((_, others)) => others.push(to),
            None => perhaps.push((from, vec![to])),
        }
    }
    kept.extend(perhaps);
    let mut alike = codes::other_names(&labels, |a, b| meet(&labels[a].0, &labels[b].0));
    alike.extend(genders::without_marks(&labels, |a, b| meet(&labels[a].0, &labels[b].0)));
    for Alike { from, to, is_sure, is_short } in alike {
        let is_known = same.iter().any(|&(known, _)| known == from || known == to);
        if is_known || is_fixed(from) || either(from) || either(to) {
            continue;
        }
        if !is_sure {
            kept.push((from, vec![to]));
            continue;
        }
        same.push((from, to));
        let (from, to) = (&labels[from].0, &labels[to].0);
        told.push(match is_short {
            true => other_form(from, to),
            false => format!(
                "`{from}` was read as `{to}`, since both are words for who answers and nobody else does; if they are two \
                 people, say so with `--participant \"{from}\"`"
            ),
        });
    }
    let (joined, doubtful) = renamed(&labels, &same, &kept, |at| is_fixed(at) || either(at), meet);
    told.extend(joined.iter().map(|&(from, to)| other_form(&labels[from].0, &labels[to].0)));
    same.extend(joined);
    kept.extend(doubtful);
    for (at, others) in kept {
        if !is_fixed(at) && apart.iter().all(|(known, _)| *known != at) {
            apart.push((at, others.iter().map(|&other| labels[other].0.as_str()).collect()));
        }
    }
    // Nobody doubts that `Wife of farmer` is another than `Farmer`.
    let is_relative = |at: usize| two_people::is_relative_of(&labels[at].0);
    let is_doubted = |(at, others): &&(usize, Vec<&str>)| {
        !others.iter().all(|other| two_people::is_relative_of(other) != is_relative(*at))
    };
    told.extend(apart.iter().filter(is_doubted).map(|(at, others)| {
        let others: Vec<String> = others.iter().take(5).map(|other| format!("`{other}`")).collect();
        format!(
            "`{}` may be {} or somebody else, and was kept apart; give each person one label in the file",
            labels[*at].0,
            others.join(" or ")
        )
    }));
    (named(&labels, &same), told)
}

/// Labels with the one that each is another form of, and labels with those that each may be: places in a list.
type Joined = Vec<(usize, usize)>;
type Doubtful = Vec<(usize, Vec<usize>)>;

/// Labels that come about as often as another one that may be the same person's, as where a name changes in
/// the middle: each with that other where the two never speak in turn and only one more person does, and else
/// the doubtful ones.
fn renamed(
    labels: &[(String, usize)],
    same: &[(usize, usize)],
    kept: &[(usize, Vec<usize>)],
    is_left: impl Fn(usize) -> bool,
    meet: impl Fn(&str, &str) -> bool,
) -> (Joined, Doubtful) {
    let (mut joined, mut doubtful) = (Vec::new(), Vec::new());
    if labels.len() > MOST_LABELS {
        return (joined, doubtful);
    }
    let keys: Vec<String> = labels.iter().map(|(label, _)| key(label)).collect();
    // `Participant` and `Participant B` are two, and no name; `Participant (Tom)` may be either's.
    let role_of = |at: usize| {
        let core = described::core(&keys[at]);
        STRONG.role(stem(core)).or_else(|| genders::role(core))
    };
    let is_role = |at: usize| STRONG.role(stem(&keys[at])).is_some();
    let may_be_one = |a: usize, b: usize| {
        let are_names = people::may_be_one(&labels[a].0, &labels[b].0) && ![a, b].into_iter().any(is_role);
        are_names || described::are_one(&keys[a], &keys[b])
    };
    let pairs: Vec<(usize, usize)> =
        (0..labels.len()).flat_map(|b| (0..b).map(move |a| (a, b))).filter(|&(a, b)| may_be_one(a, b)).collect();
    let fits = |at: usize| pairs.iter().filter(|&&(a, b)| a == at || b == at).count();
    let is_known = |at: usize| {
        same.iter().any(|&(from, to)| from == at || to == at)
            || kept.iter().any(|(of, or)| *of == at || or.contains(&at))
    };
    for &(a, b) in pairs.iter().filter(|&&(a, b)| ![a, b].into_iter().any(|at| is_known(at) || is_left(at))) {
        let (from, to) =
            if (labels[b].1, labels[b].0.len()) > (labels[a].1, labels[a].0.len()) { (a, b) } else { (b, a) };
        let is_related = interpreting::is_anothers(&labels[from].0) != interpreting::is_anothers(&labels[to].0);
        let others = (0..labels.len()).filter(|&at| at != a && at != b && !nobody::is_nobody(&keys[at]));
        let others: HashSet<&str> = others.map(|at| described::core(&keys[at])).collect();
        // Whoever asks is nobody's participant, however many talk.
        let asks = [a, b].into_iter().any(|at| matches!(role_of(at), Some(Role::Interviewer | Role::Other)));
        let is_sure = fits(a) == 1 && fits(b) == 1 && (others.len() == 1 || asks) && !is_related;
        if is_sure && !meet(&labels[a].0, &labels[b].0) {
            joined.push((from, to));
        } else if !asks && doubtful.iter().all(|(known, _)| *known != from) {
            doubtful.push((from, vec![to]));
        }
    }
    (joined, doubtful)
}

/// So many times as often comes a name of which another one may be a slip.
const MANY_TURNS: usize = 4;

/// Rare labels that may be another one misspelt, or somebody else of a name like it: each with that other.
fn two_names(labels: &[(String, usize)]) -> Doubtful {
    if labels.len() > MOST_LABELS {
        return Vec::new();
    }
    let is_role = |at: usize| STRONG.role(stem(&key(&labels[at].0))).is_some();
    let like = |from: usize| {
        let is_like = |&to: &usize| {
            let (rare, usual) = (&labels[from], &labels[to]);
            let is_slip = || usual.1 >= MANY_TURNS * rare.1 && two_people::is_a_letter_off(&rare.0, &usual.0);
            rare.1 * 2 <= usual.1 && (two_people::may_be_two_names(&rare.0, &usual.0) || is_slip())
        };
        let found: Vec<usize> = (0..labels.len()).filter(is_like).filter(|&to| !is_role(to)).collect();
        (!found.is_empty()).then_some((from, found))
    };
    (0..labels.len()).filter_map(like).collect()
}

/// Codes with something in parentheses behind them, each with the same code without: `P2 (female)` and `P2`.
fn described(labels: &[(String, usize)]) -> Doubtful {
    if labels.len() > MOST_LABELS {
        return Vec::new();
    }
    let bare = |from: usize| {
        let (core, _) = labels[from].0.strip_suffix(')')?.split_once(" (")?;
        let core = key(core);
        let found: Vec<usize> = (0..labels.len()).filter(|&to| key(&labels[to].0) == core).collect();
        (core.ends_with(|c: char| c.is_ascii_digit()) && !found.is_empty()).then_some((from, found))
    };
    (0..labels.len()).filter_map(bare).collect()
}

fn named(labels: &[(String, usize)], same: &[(usize, usize)]) -> Same {
    same.iter().map(|&(from, to)| (labels[from].0.clone(), labels[to].0.clone())).collect()
}

fn other_form(from: &str, to: &str) -> String {
    format!("`{from}` was read as `{to}`, of whom it is another form")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(labels: &[(&str, usize)]) -> Vec<(String, usize)> {
        labels.iter().map(|(label, turns)| ((*label).to_owned(), *turns)).collect()
    }

    #[test]
    fn what_is_read_as_another_is_told() {
        let found = |of: &[(&str, usize)]| other_forms(labels(of), &People::default(), |_| false, |_, _| false);
        let (same, told) = found(&[("Interviewer", 4), ("Respondent", 3), ("Interviewee", 1)]);
        assert_eq!(same.get("Interviewee").map(String::as_str), Some("Respondent"));
        assert!(told[0].contains("both are words for who answers") && told.len() == 1, "{told:?}");
        let (same, told) = found(&[("Interviewer", 4), ("Participant 12", 3), ("P12", 1)]);
        assert_eq!(same.get("P12").map(String::as_str), Some("Participant 12"));
        assert!(told[0].contains("another form") && told.len() == 1, "{told:?}");
        let (same, told) = found(&[("Interviewer", 4), ("Participant 12", 3), ("P12", 3)]);
        assert!(same.is_empty() && told[0].contains("`P12` may be `Participant 12` or"), "{told:?}");
        for apart in [
            &[("Interviewer", 4), ("P1", 1), ("Participant 12", 9)][..],
            &[("Anna", 9), ("Anna and Ben", 1), ("Ben", 2)],
        ] {
            let (same, told) = found(apart);
            assert!(same.is_empty() && told.is_empty(), "{same:?} {told:?}");
        }
    }

    #[test]
    fn a_name_that_changes_is_one_person_where_nothing_speaks_against_it() {
        let found =
            |of: &[(&str, usize)], meet: bool| other_forms(labels(of), &People::default(), |_| false, |_, _| meet);
        for (first, then) in [("Rosa", "Rosa Whitfield"), ("Dr Whitfield", "Whitfield"), ("Rosa Whitfield", "Rosa W.")]
        {
            let (same, told) = found(&[("Dale", 5), (first, 2), (then, 3)], false);
            assert_eq!(same.get(first).map(String::as_str), Some(then));
            assert_eq!(told, [format!("`{first}` was read as `{then}`, of whom it is another form")]);
            // They speak to each other, or others speak, too: that may be so.
            for (talk, meet) in [
                (&[("Dale", 5), (first, 2), (then, 3)][..], true),
                (&[("Dale", 5), (first, 2), (then, 3), ("Ann", 4)], false),
            ] {
                let (same, told) = found(talk, meet);
                assert!(same.is_empty() && told.len() == 1 && told[0].contains("kept apart"), "{same:?} {told:?}");
            }
        }
        for apart in [
            &[("Dale", 5), ("Mr Whitfield", 2), ("Mrs Whitfield", 3)][..],
            &[("Dale", 5), ("Rosa", 2), ("Rosalind", 3)],
            &[("Interviewer", 5), ("Participant", 2), ("Ann", 3)],
            &[("Interviewer", 5), ("Participant", 2), ("Participant B", 3)],
        ] {
            let (same, told) = found(apart, false);
            assert!(same.is_empty() && told.is_empty(), "{same:?} {told:?}");
        }
        let (same, told) = found(&[("Dale", 5), ("Mr Hale", 3), ("Mrs Hale", 3), ("Hale", 2)], false);
        assert!(same.is_empty() && told.iter().all(|told| told.contains("kept apart")), "{same:?} {told:?}");
    }

    #[test]
    fn a_role_with_a_name_and_without_is_one_person_where_nobody_else_is_asked() {
        let found =
            |of: &[(&str, usize)], meet: bool| other_forms(labels(of), &People::default(), |_| false, |_, _| meet);
        let talk = [("Interviewer (Ann)", 4), ("Participant (Tom)", 4), ("Interviewer", 6), ("Participant", 6)];
        let (same, told) = found(&talk, false);
        assert_eq!(same.get("Participant (Tom)").map(String::as_str), Some("Participant"));
        assert_eq!(same.get("Interviewer (Ann)").map(String::as_str), Some("Interviewer"));
        assert!(told.len() == 2 && told.iter().all(|told| told.contains("another form")), "{told:?}");
        // They speak to each other, or others are asked, too.
        let group = [("Moderator", 9), ("Participant (Tom)", 4), ("Participant", 5), ("Ida", 6)];
        for (talk, meet) in [(&talk[1..], true), (&group, false)] {
            let (same, told) = found(talk, meet);
            assert!(same.is_empty() && told.len() == 1 && told[0].contains("kept apart"), "{same:?} {told:?}");
        }
        let (same, told) = found(&[("Moderator", 5), ("Moderator (Kim)", 4), ("P1", 4), ("P2", 4)], false);
        assert_eq!((same.get("Moderator (Kim)").map(String::as_str), told.len()), (Some("Moderator"), 1));
        let (same, told) = found(&[("Participant (Tom)", 4), ("Participant (Ida)", 4), ("Interviewer", 8)], false);
        assert!(same.is_empty() && told.is_empty(), "{same:?} {told:?}");
    }

    #[test]
    fn whoever_cares_for_a_participant_is_somebody_else() {
        let found = |of: &[(&str, usize)]| other_forms(labels(of), &People::default(), |_| false, |_, _| false);
        for (usual, rare) in [
            ("Entrevistado", "Esposa del entrevistado"),
            ("Respondent", "Vrouw van respondent"),
            ("Entrevistado", "Filha do entrevistado"),
            ("المشارك", "زوجة المشارك"),
            ("سالم", "أم سالم"),
        ] {
            let (same, told) = found(&[("INT", 8), (usual, 8), (rare, 3)]);
            assert!(same.is_empty(), "{rare} {same:?}");
            assert!(told.is_empty(), "{rare} {told:?}");
        }
        for rare in ["Carer P7", "P7's wife", "P7 mother"] {
            let (same, told) = found(&[("INT", 10), ("P7", 10), (rare, 1)]);
            assert!(same.is_empty(), "{rare} {same:?}");
            assert!(told.iter().all(|told| told.contains("kept apart")), "{rare} {told:?}");
        }
        let (same, _) = found(&[("INT", 10), ("P7", 10), ("Patient P7", 1)]);
        assert_eq!(same.get("Patient P7").map(String::as_str), Some("P7"));
        let (same, _) = found(&[("INT", 10), ("Joan", 10), ("Sister Joan", 1)]);
        assert_eq!(same.get("Sister Joan").map(String::as_str), Some("Joan"));
    }

    #[test]
    fn a_label_mistyped_is_the_same_person_and_a_letter_may_be() {
        let (same, told) = spelt_alike(&labels(&[("Ann", 10), ("Tom", 8), ("Tom)", 1), ("/Tom", 1)]), |_| false);
        assert_eq!((same.len(), told.len()), (2, 2), "{same:?} {told:?}");
        let given = spelt_alike(&labels(&[("Ann", 10), ("Tom", 8), ("Tom)", 1)]), |label| label == "Tom)").0;
        assert!(given.is_empty());
        let found = |of: &[(&str, usize)]| other_forms(labels(of), &People::default(), |_| false, |_, _| false);
        let (same, told) = found(&[("Ann", 10), ("Tom", 8), ("T", 2)]);
        assert!(same.is_empty() && told.len() == 1, "{same:?} {told:?}");
        assert!(told[0].contains("`T` may be `Tom` or somebody else"), "{told:?}");
    }

    #[test]
    fn other_numbers_relations_and_names_are_other_people() {
        let found = |of: &[(&str, usize)]| other_forms(labels(of), &People::default(), |_| false, |_, _| true);
        for (usual, rare) in [
            ("Participant", "Participant 2"),
            ("Woman", "Woman 2"),
            ("interviewee", "interviewee (wife)"),
            ("P3", "P3 (husband)"),
            ("Stephan", "Stephen"),
        ] {
            let (same, told) = found(&[("Moderator", 5), (usual, 6), (rare, 1)]);
            assert!(same.is_empty(), "{same:?}");
            assert!(
                told.len() == 1 && told[0].contains(&format!("`{rare}` may be `{usual}` or somebody else")),
                "{told:?}"
            );
        }
        // What is told of somebody the first time, and a label without its number, are nobody else's.
        for (rare, usual) in [("P3 (mother)", "P3"), ("Rosa Whitfield", "Rosa"), ("Ann Hall", "AH")] {
            let (same, _) = found(&[("Moderator", 5), (rare, 1), (usual, 6)]);
            assert_eq!(same.get(rare).map(String::as_str), Some(usual));
        }
        let (same, _) = found(&[("Moderator", 5), ("Participant 12", 6), ("Participant", 1)]);
        assert_eq!(same.get("Participant").map(String::as_str), Some("Participant 12"));
    }

    #[test]
    fn numbers_of_questions_and_of_turns_in_a_column_are_no_people() {
        for (talk, asks, answers) in [
            (&["Q1", "A1", "Q2", "A2", "Q3", "A3"][..], "Q", "A"),
            (&["Frage 1", "Antwort 1", "Frage 2", "Antwort 2"], "Frage", "Antwort"),
            (&["INT1", "RES2", "INT3", "RES4", "INT5", "RES6"], "INT", "RES"),
            (&["Q1", "A1", "Q2", "A2", "Q3", "A3", "Q1", "A1", "Q2", "A2", "A2", "Q3", "A3"], "Q", "A"),
        ] {
            let same = by_number(talk, |_| false).unwrap_or_default();
            let both: Vec<&str> = talk[..2].iter().filter_map(|label| Some(same.get(*label)?.as_str())).collect();
            assert_eq!(both, [asks, answers]);
            assert_eq!(by_number(talk, |label| label == talk[0]), None);
        }
        for people in [&["P1", "P2", "P3", "P4", "P5", "P6"][..], &["Moderator", "P1", "P2"]] {
            assert_eq!(by_number(people, |_| false), None, "{people:?}");
        }
        assert_eq!(by_number(&["M1", "P1", "M2", "P2"].repeat(4), |_| false), None);
    }

    #[test]
    fn a_name_a_letter_off_is_told() {
        let found = |of: &[(&str, usize)]| other_forms(labels(of), &People::default(), |_| false, |_, _| true);
        for (usual, rare) in [("Rosa", "Rossa"), ("Befragte", "Befragter"), ("Una", "Unna")] {
            let (same, told) = found(&[("Interviewer", 7), (usual, 6), (rare, 1)]);
            assert!(same.is_empty() && told.len() == 1 && told[0].contains("kept apart"), "{usual} {same:?} {told:?}");
        }
        for apart in [("Martin", "Martina"), ("Jan", "Jana"), ("Tom", "Ann"), ("AH", "AL")] {
            let (same, told) = found(&[("Interviewer", 7), (apart.0, 6), (apart.1, 1)]);
            assert!(same.is_empty() && told.is_empty(), "{apart:?} {told:?}");
        }
    }

    #[test]
    fn one_code_written_in_two_ways_is_told() {
        let found = |of: &[(&str, usize)]| other_forms(labels(of), &People::default(), |_| false, |_, _| true);
        for other in ["P2 (female)", "Participant 2"] {
            let (same, told) = found(&[("Moderator", 3), ("P1", 3), ("P2", 2), (other, 2), ("P3", 3)]);
            assert!(same.is_empty() && told.len() == 1, "{same:?} {told:?}");
            assert!(told[0].contains("`P2`") && told[0].contains(other) && told[0].contains("kept apart"), "{told:?}");
        }
        for other in ["P4", "Participant 4", "P4 (female)"] {
            let (_, told) = found(&[("Moderator", 3), ("P1", 3), ("P2", 2), (other, 2), ("P3", 3)]);
            assert!(told.is_empty(), "{told:?}");
        }
    }

    #[test]
    fn whom_the_transcript_doubts_is_the_one_it_names() {
        let found = |of: &[(&str, usize)]| spelt_alike(&labels(of), |_| false);
        for (doubted, meant) in [("Tom?", "Tom"), ("P2 (?)", "P2"), ("P 2?", "P 2")] {
            let (same, told) = found(&[("Moderator", 5), (meant, 2), (doubted, 2), ("Ann", 4)]);
            assert_eq!(same.get(doubted).map(String::as_str), Some(meant));
            assert_eq!(told, [format!("`{doubted}` was taken for `{meant}`, of whom the transcript is not sure")]);
        }
        for apart in [
            &[("Tom?", 2), ("Tim", 2)][..],
            &[("P?", 2), ("P1", 2)],
            &[("(P1?)", 2), ("P1", 2)],
            &[("???", 2), ("?", 2)],
        ] {
            let (same, told) = found(apart);
            assert!(same.is_empty() && told.is_empty(), "{same:?} {told:?}");
        }
    }

    #[test]
    fn whom_nobody_knows_is_no_other_form_of_a_participant() {
        let talk = [("Interviewer", 6), ("Participant", 6), ("Unknown participant", 2)];
        let (same, told) = other_forms(labels(&talk), &People::default(), |_| false, |_, _| false);
        assert!(same.is_empty() && told.is_empty(), "{same:?} {told:?}");
    }

    #[test]
    fn what_the_user_named_stays() {
        let spelt = |given: &str| spelt_alike(&labels(&[("P12", 3), ("P 12", 1)]), |label| label == given).0;
        assert_eq!((spelt("").len(), spelt("P 12").len()), (1, 0));
        let talk = labels(&[("I", 4), ("Respondent", 3), ("Interviewee", 1)]);
        let (same, told) = other_forms(talk, &People::default(), |label| label == "Interviewee", |_, _| false);
        assert!(same.is_empty() && told.is_empty(), "{told:?}");
    }
}
