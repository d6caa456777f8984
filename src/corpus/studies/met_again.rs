//! Folders of one group that may have met again: `FG1_2031` beside `FG1_2034`, with several talks each.
//!
//! In: what each transcript is called, and where it was found. Out: a warning with two such folders. Each stays a study
//! of its own, in which nobody counts twice; it changes nothing, and says nothing of folders that somebody has named.

use std::collections::{BTreeMap, BTreeSet};

use super::super::error::some;
use super::super::inputs;
use super::doubts::is_group;
use super::marked::{Mark, Marked};
use super::spelling::key;
use super::{Named, Origin, Place};

/// Warnings, one for each folder above.
pub(super) fn told(origins: &[Origin<'_>], places: &[Place], named: &[Named]) -> Vec<String> {
    let mut beside: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    let is_open = |origin: &Origin<'_>| origin.given.is_none() && origin.study.is_none();
    for (origin, named) in origins.iter().zip(named).filter(|(origin, _)| is_open(origin)) {
        let Some(folder) = places[origin.file].folder.as_deref() else { continue };
        let name = inputs::name_of(folder).filter(|name| named.study == name.as_str());
        if let Some((above, name)) = inputs::above(folder).zip(name) {
            beside.entry(above).or_default().insert(name);
        }
    }
    beside.into_values().filter_map(|names| again(&names)).map(|[first, second]| says(&first, &second)).collect()
}

fn says(first: &str, second: &str) -> String {
    format!(
        "folders such as {} were taken for studies; where that is one group that met again, its people count once in \
         each",
        some(&[first, second])
    )
}

/// Two names of one group, each time with when it met.
fn again(names: &BTreeSet<String>) -> Option<[String; 2]> {
    let is_time = |mark: Mark| matches!(mark, Mark::Day | Mark::Month | Mark::Year | Mark::Wave);
    let mut of: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for name in names {
        let marked = Marked::new(name);
        let person = marked.person();
        if marked.marks().next().is_some() && marked.marks().all(is_time) && is_group(&person) {
            of.entry(key(&person)).or_default().push(name);
        }
    }
    of.into_values().find(|names| names.len() > 1).map(|names| [names[0].clone(), names[1].clone()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> bool {
        again(&names.iter().map(|name| (*name).to_owned()).collect()).is_some()
    }

    #[test]
    fn a_group_that_may_have_met_again_is_told_by_its_folders() {
        for names in [
            ["FG1_2031", "FG1_2034"],
            ["FGD 2 pre", "FGD 2 post"],
            ["Gruppe A 2031", "Gruppe A 2034"],
            ["2031-05 FG1", "2031-11 FG1"],
        ] {
            assert!(of(&names), "{names:?}");
        }
    }

    #[test]
    fn other_folders_are_of_other_people() {
        for names in [
            ["FG1", "FG2"],
            ["FG1_2031", "FG2_2034"],
            ["Leeds_2031", "Leeds_2034"],
            ["2031", "2034"],
            ["FG1_final", "FG1_raw"],
            ["anna_2031", "anna_2034"],
        ] {
            assert!(!of(&names), "{names:?}");
        }
    }
}
