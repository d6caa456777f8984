//! Ids of recurring themes that survive a re-run.
//!
//! In: a new analysis whose themes have their ids, and the one it replaces, both as found; which recurring themes
//! are edited. Out: those of the new analysis that join most of the same themes have their ids again; where none
//! does, the id goes to no other. Themes of a question that only one of the runs has do not count where two others
//! are the same. All others keep the numbers of their order, so that without edits nothing changes.

use std::collections::{BTreeMap, BTreeSet};

use super::memory::section_of_id;
use super::policy::LEAST_JACCARD;
use crate::analysis::saved::*;

/// So many themes in common let those of questions that one of the runs lacks out of account.
const LEAST_JOINED: usize = 2;

/// Gives recurring themes the ids of the `edited` ones that they match.
pub(super) fn keep(new: &mut Analysis, old: &Analysis, edited: &BTreeSet<&str>) {
    let past = old.summary.lineage.iter().flat_map(|lineage| &lineage.past_recurring);
    let found = old.summary.recurring.iter().map(|recurring| PastRecurring {
        id: recurring.id.clone(),
        label: recurring.label.clone(),
        themes: recurring.themes.clone(),
    });
    let known: Vec<PastRecurring> =
        found.chain(past.cloned()).filter(|known| edited.contains(known.id.as_str())).collect();
    let recurring = &new.summary.recurring;
    let (now_asked, then_asked) = (sections(new), sections(old));
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (place, now) in recurring.iter().enumerate() {
        for (before, known) in known.iter().enumerate() {
            let then_asked = then_asked.iter().copied().chain(known.themes.iter().map(|theme| section_of_id(theme)));
            let jaccard = closeness(&now.themes, &known.themes, &now_asked, &then_asked.collect());
            if jaccard >= LEAST_JACCARD {
                pairs.push((jaccard, before, place));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut given: BTreeMap<usize, &str> = BTreeMap::new();
    for (_, before, place) in pairs {
        let id = known[before].id.as_str();
        if !given.contains_key(&place) && !given.values().any(|taken| *taken == id) {
            given.insert(place, id);
        }
    }
    let taken: BTreeSet<&str> = given.values().copied().collect();
    let mut free = (1..).map(|number| format!("R{number}")).filter(|id| !edited.contains(id.as_str()));
    let ids: Vec<String> = (0..recurring.len())
        .filter_map(|place| given.get(&place).map(|id| (*id).to_owned()).or_else(|| free.next()))
        .collect();
    let gone: Vec<PastRecurring> = known.iter().filter(|known| !taken.contains(known.id.as_str())).cloned().collect();
    rename(&mut new.summary, &ids);
    if !gone.is_empty() {
        // All themes are as they were, or their lineage would be told already.
        let compared_by = || Lineage { compared_by: "passages".into(), ..Lineage::default() };
        new.summary.lineage.get_or_insert_with(compared_by).past_recurring = gone;
    }
}

fn sections(analysis: &Analysis) -> BTreeSet<&str> {
    analysis.summary.sections.iter().map(|section| section.id.as_str()).collect()
}

/// Jaccard coefficient of the themes that recurring themes of two runs join; from [`LEAST_JOINED`] in common on,
/// themes of questions that one of the runs lacks do not count.
fn closeness(now: &[String], then: &[String], now_asked: &BTreeSet<&str>, then_asked: &BTreeSet<&str>) -> f64 {
    let both = now.iter().filter(|theme| then.contains(theme)).count();
    let counted = |themes: &[String], asked: &BTreeSet<&str>| {
        themes.iter().filter(|theme| both < LEAST_JOINED || asked.contains(section_of_id(theme))).count()
    };
    let either = counted(now, then_asked) + counted(then, now_asked) - both;
    both as f64 / either.max(1) as f64
}

fn rename(summary: &mut Summary, ids: &[String]) {
    let now: BTreeMap<String, &String> =
        summary.recurring.iter().map(|recurring| recurring.id.clone()).zip(ids).collect();
    for theme in summary.sections.iter_mut().flat_map(|section| &mut section.themes) {
        if let Some(id) = theme.recurring.as_ref().and_then(|id| now.get(id)) {
            theme.recurring = Some((*id).clone());
        }
    }
    for (recurring, id) in summary.recurring.iter_mut().zip(ids) {
        recurring.id.clone_from(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn themes_of_questions_that_a_run_lacks_do_not_count_where_two_others_are_the_same() {
        let themes = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
        let of = |now: &str, then: &str, now_asked: &'static str, then_asked: &'static str| {
            let asked = |text: &'static str| text.split(' ').collect::<BTreeSet<&str>>();
            closeness(&themes(now), &themes(then), &asked(now_asked), &asked(then_asked))
        };
        let all = "Q1 Q2 Q3 Q4 Q5 Q6";
        let seven = "Q1.1 Q2.1 Q3.1 Q3.2 Q4.1 Q5.1 Q6.1";
        assert_eq!(of("Q1.1 Q2.1", seven, all, all), 2.0 / 7.0);
        assert_eq!(of("Q1.1 Q2.1", seven, "Q1 Q2", all), 1.0);
        assert_eq!(of(seven, "Q1.1 Q2.1", all, "Q1 Q2"), 1.0);
        assert_eq!(of("Q1.1 Q2.2", "Q1.1 Q3.1 Q4.1 Q5.1", "Q1 Q2", all), 0.2, "one theme alone tells too little");
    }
}
