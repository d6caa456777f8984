//! Ids of recurring themes that survive a re-run.
//!
//! In: a new analysis whose themes have their ids, and the one it replaces, both as found; which recurring themes
//! are edited. Out: those of the new analysis that join most of the same themes have their ids again; where none
//! does, the id goes to no other. All others keep the numbers of their order, so that without edits nothing changes.

use std::collections::{BTreeMap, BTreeSet};

use super::policy::LEAST_JACCARD;
use crate::analysis::saved::*;

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
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (place, now) in recurring.iter().enumerate() {
        for (before, known) in known.iter().enumerate() {
            let both = now.themes.iter().filter(|theme| known.themes.contains(theme)).count();
            let either = now.themes.len() + known.themes.len() - both;
            let jaccard = both as f64 / either.max(1) as f64;
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
