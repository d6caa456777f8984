//! The passages from whose coding the codes would learn most.
//!
//! In: the analysis and its decisions. Out: passages that nobody judged, code by code in turn, the codes with the
//! fewest examples first: of each code the one nearest to its border where many others are near, of people who have
//! few on the list yet, and unlike those before it. It decides nothing of what is on the list.

use std::collections::HashMap;

use super::policy::TOO_ALIKE;
use super::{Decisions, Given};
use crate::analysis::people::people_of;
use crate::analysis::saved::Analysis;

/// A passage to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct NextPassage {
    /// Its place in [`Analysis::units`].
    pub unit: usize,
    /// The codes that it has or is near to, the most probable first, as the codebook writes them.
    pub suggested: Vec<String>,
    /// Why it is on the list, as a phrase.
    pub why: String,
}

/// Suggestions for a passage.
const SUGGESTED: usize = 3;

/// `n` passages, or as many as there are.
pub(super) fn next(analysis: &Analysis, given: &Given, decisions: &Decisions, n: usize) -> Vec<NextPassage> {
    let people = people_of(&analysis.units);
    let open: Vec<usize> = (0..decisions.kept.len()).filter(|&row| !decisions.judged.is_judged(row)).collect();
    let n_codes = given.codes.len();
    // How telling a passage is for a code: near the border, and where many are.
    let telling = |row: usize, code: usize| {
        let (p, border) = (decisions.probabilities[[row, code]], decisions.thresholds.of_codes[code].min(0.5));
        let away = if p < border { (border - p) / border } else { (p - border) / (1.0 - border) };
        (1.0 - away) * decisions.smoothed.density[row].max(0.0)
    };
    let mut queues: Vec<Vec<(f64, usize)>> = (0..n_codes)
        .map(|code| {
            let mut queue: Vec<(f64, usize)> = open.iter().map(|&row| (telling(row, code), row)).collect();
            queue.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            queue.truncate(4 * n.max(1));
            queue
        })
        .collect();
    let examples = |code: usize| decisions.judged.has.iter().filter(|codes| codes.contains(&code)).count();
    let mut order: Vec<usize> = (0..n_codes).collect();
    order.sort_by_key(|&code| (examples(code), code));
    let mut chosen: Vec<NextPassage> = Vec::new();
    let mut rows: Vec<usize> = Vec::new();
    let mut of_person: HashMap<usize, usize> = HashMap::new();
    while chosen.len() < n && queues.iter().any(|queue| !queue.is_empty()) {
        for &code in &order {
            if chosen.len() == n {
                break;
            }
            let is_new = |row: usize| {
                let vectors = &decisions.smoothed.vectors;
                rows.iter().all(|&other| f64::from(vectors.row(row).dot(&vectors.row(other))) < TOO_ALIKE)
            };
            queues[code].retain(|&(_, row)| !rows.contains(&row) && is_new(row));
            let person = |row: usize| people[decisions.kept[row]];
            // Each passage of a person that is on the list makes their next half as telling.
            let worth = |&(telling, row): &(f64, usize)| {
                telling / f64::from(1u32 << of_person.get(&person(row)).copied().unwrap_or(0).min(20))
            };
            let best = queues[code].iter().reduce(|best, here| if worth(here) > worth(best) { here } else { best });
            let Some(&(_, row)) = best else { continue };
            *of_person.entry(person(row)).or_default() += 1;
            rows.push(row);
            chosen.push(told(row, code, given, decisions));
        }
    }
    chosen
}

fn told(row: usize, code: usize, given: &Given, decisions: &Decisions) -> NextPassage {
    let own = decisions.probabilities.row(row);
    let mut likely: Vec<usize> = (0..own.len()).collect();
    likely.sort_by(|&a, &b| own[b].total_cmp(&own[a]).then(a.cmp(&b)));
    likely.truncate(SUGGESTED);
    let name = &given.codes[code].code;
    let why = match decisions.codes[row].iter().any(|&(own, _)| own == code) {
        true => format!("just within {name}"),
        false => format!("just outside {name}"),
    };
    let suggested = likely.into_iter().map(|code| given.codes[code].code.clone()).collect();
    NextPassage { unit: decisions.kept[row], suggested, why }
}
