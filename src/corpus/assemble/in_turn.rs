//! Two who answer in one talk, the second only when the first has ended: perhaps one person under two names, as where a
//! program or a transcriber changes the name halfway.
//!
//! In: the turns of a talk with their parts, and whom its header names. Out: a doubt that names both, and the line. It
//! makes nobody one with anybody, since a second person may have come when the first had left.

use crate::corpus::model::{Role, SpeakerRole};
use crate::corpus::people::People;
use crate::corpus::readers::RawTurn;

/// Turns of each, at least.
const FEWEST: usize = 3;

/// What is doubtful about two who answer one after the other.
pub(super) fn told(turns: &[RawTurn], speakers: &[SpeakerRole], people: &People) -> Option<String> {
    let of = |role: Role| speakers.iter().filter(move |speaker| speaker.role == role).map(|speaker| &*speaker.label);
    let mut answering = of(Role::Participant);
    let (Some(one), Some(other), None) = (answering.next(), answering.next(), answering.next()) else { return None };
    let places = |label: &str| -> Vec<usize> {
        turns.iter().enumerate().filter(|(_, turn)| &*turn.speaker == label).map(|(at, _)| at).collect()
    };
    let (mut first, mut second) = ((one, places(one)), (other, places(other)));
    if first.1.first() > second.1.first() {
        std::mem::swap(&mut first, &mut second);
    }
    let is_after = first.1.last() < second.1.first();
    let are_long = first.1.len() >= FEWEST && second.1.len() >= FEWEST;
    let are_introduced = people.knows(first.0) && people.knows(second.0);
    if of(Role::Interviewer).count() != 1 || !is_after || !are_long || are_introduced {
        return None;
    }
    let line = turns[*second.1.first()?].line;
    Some(format!(
        "`{}` answers up to line {line}, and from there on `{}` alone: they count as two participants; where that is one \
         person under two names, give both one label in the file",
        first.0, second.0
    ))
}

#[cfg(test)]
mod tests {
    use crate::corpus::{InputSpec, ReadOptions, read};

    fn is_told(header: &str, who: &[&str]) -> bool {
        let turn =
            |(n, who): (usize, &&str)| format!("Ann: How was day {n}?\n\n{who}: Long, and the {n}th of them.\n\n");
        let text = format!("{header}{}", who.iter().enumerate().map(turn).collect::<String>());
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("talk.txt"), text).unwrap();
        let inputs = [InputSpec { study: None, path: folder.path().to_owned() }];
        let warnings = read(&inputs, &ReadOptions::default()).unwrap().warnings;
        warnings.iter().any(|warning| warning.contains("one person under two names"))
    }

    #[test]
    fn one_who_answers_when_another_has_ended_is_doubted() {
        let twice = ["Speaker 2", "Speaker 2", "Speaker 2", "Speaker 2", "Tom", "Tom", "Tom", "Tom"];
        assert!(is_told("", &twice));
        assert!(!is_told("", &["Bea", "Bea", "Tom", "Tom", "Bea", "Tom", "Bea", "Tom"]), "both talk");
        assert!(!is_told("", &["Bea", "Bea", "Bea", "Bea", "Bea", "Bea", "Tom", "Tom"]), "a guest");
        let named = twice.map(|who| if who == "Tom" { "Tom" } else { "Bea" });
        assert!(!is_told("Interviewer: Ann Hall\nInterviewees: Bea Lowe, Tom Reed\n\n", &named), "both are introduced");
    }
}
