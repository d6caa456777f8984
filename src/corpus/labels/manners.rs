//! Labels with something in brackets behind the name that is no part of it: how somebody speaks, `MAUREEN [laughing]:`,
//! and to whom, `I (to translator):`.
//!
//! In: the candidates of a text. Out: the same without it, by the rules of [`manners`], and remarks. To whom somebody
//! speaks is taken off where the name stands elsewhere without it, or is that of a part.

use std::collections::HashMap;

use super::super::speakers::{Names, key, manners, without_addressee};
use super::Remark;
use super::firsts::first_of_each;
use super::forms::{Candidate, KeyIndex};
use super::names::valid_label;

/// What is told where somebody speaks to somebody.
const TO: &str = "who speaks to somebody there";

/// Takes it off the labels.
pub(super) fn take_off(candidates: &mut [Candidate], keys: &mut Vec<String>, names: &Names) -> Vec<Remark> {
    let has_more = |candidate: &Candidate| candidate.label.ends_with([')', ']', '}', '）', '】']);
    if !candidates.iter().any(has_more) {
        return Vec::new();
    }
    // Labels in their order, each with its number, and the place of each candidate's.
    let mut labels: Vec<(String, usize)> = Vec::new();
    let mut index: HashMap<String, usize> = HashMap::new();
    let places: Vec<usize> = candidates
        .iter()
        .map(|candidate| {
            let at = *index.entry(key(&candidate.label)).or_insert(labels.len());
            if at == labels.len() {
                labels.push((candidate.label.clone(), 0));
            }
            labels[at].1 += 1;
            at
        })
        .collect();
    let mut found: HashMap<usize, (String, Option<&str>)> = HashMap::new();
    for named in manners::find(&labels) {
        found.insert(named.at, (named.name, (!named.is_sure).then_some(manners::TOLD)));
    }
    for (at, (label, _)) in labels.iter().enumerate() {
        let label = found.get(&at).map_or(label, |(name, _)| name);
        let name = without_addressee(label).map(str::to_owned);
        if let Some(name) = name.filter(|name| index.contains_key(&key(name)) || names.is_known(&key(name))) {
            found.insert(at, (name, Some(TO)));
        }
    }
    found.retain(|&at, _| !names.is_given(&key(&labels[at].0)));
    let mut index = KeyIndex::of(keys);
    let mut told: Vec<(usize, usize)> = Vec::new();
    for (candidate, at) in candidates.iter_mut().zip(places) {
        let Some((name, what)) = found.get(&at) else { continue };
        if what.is_some() {
            told.push((candidate.line, at));
        }
        candidate.key = index.place(key(name), keys);
        candidate.wide = !valid_label(name);
        candidate.label.clone_from(name);
    }
    let remark = |((line, at), more): ((usize, usize), String)| {
        let (name, what) = &found[&at];
        let what = format!("`{}` was read as `{name}`, {}{more}", labels[at].0, what.unwrap_or_default());
        Remark { at: line, what }
    };
    first_of_each(told.into_iter(), |(_, at)| at).into_iter().map(remark).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;
    use super::super::tests::labels;

    /// A talk in which the second label stands with what is given behind it, in turn.
    fn talk(answers: &str, behind: &[&str]) -> String {
        let turn = |n: usize| {
            let behind = behind[n % behind.len()];
            format!("INTERVIEWER: What of year {n}?\n\n{answers}{behind}: It rained all day, all {n} of them.\n\n")
        };
        (0..6).map(turn).collect()
    }

    #[test]
    fn how_somebody_speaks_makes_nobody_else() {
        for behind in [
            &[" [laughing]", "", " [crying]"][..],
            &[" [laughing]", " [laughing]", " (quietly)"],
            &[" (lacht)", " (leise)", ""],
            &[" (laughing)", " (pats the dog)", " (fetches album)", " (still laughing)", " (opens window)", ""],
        ] {
            assert_eq!(labels(&talk("MAUREEN", behind)), ["INTERVIEWER", "MAUREEN"].repeat(6), "{behind:?}");
        }
        let found = read(&talk("MAUREEN", &[" [laughing]", ""]), &Names::default()).unwrap();
        assert_eq!(found.remarks, []);
    }

    #[test]
    fn who_somebody_is_stays_somebody_else() {
        let found = labels(&talk("Nurse", &[" (ward seven)", " (ward nine)"]));
        assert_eq!(found[..4], ["INTERVIEWER", "Nurse (ward seven)", "INTERVIEWER", "Nurse (ward nine)"]);
        let found = labels(&talk("Farmer", &[" (wife)", " (son)", ""]));
        assert!(found.contains(&"Farmer (wife)".to_owned()) && found.contains(&"Farmer (son)".to_owned()), "{found:?}");
    }

    #[test]
    fn who_speaks_to_somebody_once_is_who_speaks() {
        for (asks, to) in [("I", "I (to translator)"), ("Moira", "Moira (to Geoff)"), ("I", "I [to R2]")] {
            let turn = |n: usize| format!("{asks}: What of year {n}?\n\nR: It rained all day.\n\n");
            let text = format!("{}{to}: Could you ask again?\n\nR: It rained.\n", (0..4).map(turn).collect::<String>());
            assert_eq!(labels(&text), [asks, "R"].repeat(5), "{to}");
            let found = read(&text, &Names::default()).unwrap();
            assert!(found.remarks[0].what.contains(&format!("`{to}` was read as `{asks}`")), "{:?}", found.remarks);
        }
    }
}
