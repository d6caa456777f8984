//! Who was interviewed with whom, and what was asked once for several answers.
//!
//! In: a summary; answers one after the other, by their first units. Out: the groups of participants; whether a
//! question was asked anew. It changes nothing.

use std::collections::HashMap;

use crate::analysis::{Summary, UnitRow};

/// For study and participant of a group interview its id.
pub(super) type Groups<'a> = HashMap<(&'a str, &'a str), &'a str>;

/// The group interviews of an analysis.
pub(super) fn groups_of(summary: &Summary) -> Groups<'_> {
    let people = summary.participants.iter();
    people.filter_map(|p| Some(((p.study.as_str(), p.participant.as_str()), p.transcript.as_deref()?))).collect()
}

/// Whether an answer has the question of the one before it without its being asked again: a group is asked once, and
/// somebody who goes on after an interruption was asked before it.
pub(super) fn is_asked_again(before: &UnitRow, unit: &UnitRow, groups: &Groups) -> bool {
    if unit.question.is_empty() || before.question != unit.question || before.study != unit.study {
        return false;
    }
    let group = |unit: &UnitRow| groups.get(&(unit.study.as_str(), unit.participant.as_str())).copied();
    match (group(before), group(unit)) {
        (Some(before), Some(group)) => before == group,
        (None, None) => {
            let (a, b) = (&before.position, &unit.position);
            // No room for the question between the two.
            before.participant == unit.participant
                && (&a.file, &a.cell) == (&b.file, &b.cell)
                && b.start.checked_sub(a.end).is_some_and(|gap| gap < unit.question.chars().count())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::analysis::load;

    #[test]
    fn a_question_is_asked_again_only_where_nobody_asked_between() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let analysis = load(&folder).unwrap();
        let mut before = analysis.units[0].clone();
        before.question = "And then?".into();
        (before.position.start, before.position.end) = (100, 150);
        let mut unit = before.clone();
        (unit.position.start, unit.position.end) = (155, 190);
        let (alone, key) = (Groups::new(), (before.study.clone(), before.participant.clone()));
        let group = Groups::from([((key.0.as_str(), key.1.as_str()), "circle")]);
        assert!(is_asked_again(&before, &unit, &alone), "five characters hold no question of nine");
        unit.position.start = 170;
        assert!(!is_asked_again(&before, &unit, &alone) && is_asked_again(&before, &unit, &group));
        unit.question = "And before?".into();
        assert!(!is_asked_again(&before, &unit, &group));
    }
}
