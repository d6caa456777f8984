//! Ids of recurring themes that survive a re-run.
//!
//! In: a new analysis whose themes have their ids, and the one it replaces, both as found; which recurring themes
//! edits name. Out: those of the new analysis that join most of the same themes have their ids again; where none
//! does, the id goes to no other. Themes of a question that only one of the runs has do not count where two others
//! are the same. All others keep the numbers of their order, so that without edits nothing changes.

use std::collections::{BTreeMap, BTreeSet};

use super::memory::section_of_id;
use super::policy::LEAST_JACCARD;
use crate::analysis::saved::*;

/// So many themes in common let those of questions that one of the runs lacks out of account.
const LEAST_JOINED: usize = 2;

/// Gives recurring themes the ids of the `named` ones that they match.
pub(super) fn keep(new: &mut Analysis, old: &Analysis, named: &BTreeSet<&str>) {
    let past = old.summary.lineage.iter().flat_map(|lineage| &lineage.past_recurring);
    let found = old.summary.recurring.iter().map(|recurring| PastRecurring {
        id: recurring.id.clone(),
        label: recurring.label.clone(),
        themes: recurring.themes.clone(),
    });
    let known: Vec<PastRecurring> =
        found.chain(past.cloned()).filter(|known| named.contains(known.id.as_str())).collect();
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
    let mut free = (1..).map(|number| format!("R{number}")).filter(|id| !named.contains(id.as_str()));
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
    use std::path::Path;

    use super::super::{Codebook, apply_edits, keep_ids};
    use super::*;
    use crate::analysis::load;

    /// The fixture with a recurring theme of each of these pairs: `R1`, `R2`, …
    fn joining(pairs: [[&str; 2]; 2]) -> Analysis {
        let mut analysis = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1")).unwrap();
        apply_edits(&mut analysis, &Codebook::default());
        for (number, pair) in (1..).zip(pairs) {
            let themes = pair.map(str::to_owned).to_vec();
            let (id, label) = (format!("R{number}"), format!("Found R{number}"));
            analysis.summary.recurring.push(RecurringSummary { id, label, ..RecurringSummary::of(themes) });
        }
        analysis
    }

    /// A run after one in which `R1` joined T1 and T2, and `R2` T3 and T4.
    fn after(found: &Analysis, edits: &str) -> Analysis {
        let codebook = Codebook::parse(edits.as_bytes(), Path::new("codebook.toml")).unwrap();
        let mut new = found.clone();
        keep_ids(&mut new, joining([["T1", "T2"], ["T3", "T4"]]), &codebook);
        apply_edits(&mut new, &codebook);
        new
    }

    const CATEGORY: &str = "[category.\"Mine\"]\nthemes = [\"T9\", \"R2\"]\n";
    const MERGE: &str = "[recurring.\"R1\"]\nmerge_into = \"R2\"\n";

    #[test]
    fn whatever_names_a_recurring_theme_holds_its_id() {
        let found = joining([["T3", "T4"], ["T1", "T2"]]);
        assert_eq!(after(&found, CATEGORY).summary.categories[0].themes, ["T3", "T4", "T9"]);
        let merged = after(&found, MERGE).summary.recurring;
        assert_eq!((merged.len(), merged[0].id.as_str(), merged[0].merged.join("+")), (1, "R2", "R1".to_owned()));
        let named = after(&found, "[recurring.\"R2\"]\nname = \"Mine\"\n").summary.recurring;
        assert_eq!((named[0].label.as_str(), named[0].themes.join("+")), ("Mine", "T3+T4".to_owned()));
        // A category that names none holds none.
        let plain = after(&found, "[category.\"Mine\"]\nthemes = [\"T9\"]\n").summary.recurring;
        assert_eq!(plain, found.summary.recurring);
    }

    #[test]
    fn a_recurring_theme_that_is_gone_is_told_where_a_category_or_a_merge_names_it() {
        let found = joining([["T5", "T6"], ["T1", "T2"]]);
        let new = after(&found, &(CATEGORY.to_owned() + MERGE));
        let ids: Vec<&str> = new.summary.recurring.iter().map(|recurring| recurring.id.as_str()).collect();
        assert_eq!(ids, ["R3", "R1"], "what is new takes no number that an edit names");
        let told: Vec<String> = new.summary.manifest.edits.iter().filter_map(|edit| edit.reason.clone()).collect();
        let gone = "the recurring theme R2 (Found R2) is not found in this run";
        assert_eq!(told, [format!("R2: {gone}"), gone.to_owned()]);
        assert_eq!(new.summary.categories[0].themes, ["T9"]);
    }

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
