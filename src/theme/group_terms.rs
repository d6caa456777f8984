//! How groups of people speak of the same theme.
//!
//! In: what was said in a section, and which of it belongs to a theme and to which group. Out: for each group
//! the terms that its people use more than the others', in the forms people used. It counts people, not
//! mentions.
//!
//! A term's score is the z of the log odds ratio with an informative Dirichlet prior (Monroe, Colaresi & Quinn
//! 2008; [`crate::stats::log_odds`]): the prior has the proportions of the whole section, and weighs as much as a
//! group does on average, so that a word that is rare everywhere says little. Uses are counted once a person.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::phrases::{Said, Term, Terms};
use crate::stats::log_odds::log_odds_z;

/// Least score: the 97.5 % quantile of the normal distribution, not corrected for the number of terms.
const LEAST_Z: f64 = crate::stats::wilson::Z_95;
/// Least participants of a group who use a term.
const LEAST_PARTICIPANTS: usize = 3;

/// A term that a group uses more than the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupTerm {
    /// The form people used most.
    pub term: String,
    /// Participants of the group who use it in the theme.
    pub participants: usize,
    /// Participants of the other groups who do.
    pub others: usize,
    /// z-score of the log odds ratio against the other groups.
    pub z: f64,
}

/// The words of a section.
pub struct Wording {
    terms: Vec<Term>,
    of_unit: Vec<Vec<u32>>,
    participants: Vec<usize>,
    /// Participants who use each term anywhere in the section.
    users: Vec<usize>,
}

impl Wording {
    /// The words of everything that was said in a section.
    pub fn of(said: &[Said]) -> Self {
        let Terms { terms, of_unit, .. } = Terms::of(said);
        let mut users = vec![BTreeSet::new(); terms.len()];
        for (unit, terms) in said.iter().zip(&of_unit) {
            terms.iter().for_each(|&term| _ = users[term as usize].insert(unit.participant));
        }
        let participants = said.iter().map(|unit| unit.participant).collect();
        Self { terms, of_unit, participants, users: users.iter().map(BTreeSet::len).collect() }
    }

    /// Up to `n` terms of each of `n_groups` groups, most typical first. `units`: the theme's, as places in what
    /// was said, with their group.
    pub fn typical(&self, units: &[(usize, usize)], n_groups: usize, n: usize) -> Vec<Vec<GroupTerm>> {
        let mut users: BTreeMap<u32, Vec<BTreeSet<usize>>> = BTreeMap::new();
        for &(unit, group) in units {
            for &term in &self.of_unit[unit] {
                let users = users.entry(term).or_insert_with(|| vec![BTreeSet::new(); n_groups]);
                users[group].insert(self.participants[unit]);
            }
        }
        let uses = |group: usize| users.values().map(|users| users[group].len()).sum::<usize>();
        let uses: Vec<usize> = (0..n_groups).map(uses).collect();
        let all: usize = uses.iter().sum();
        let of_section = self.users.iter().sum::<usize>().max(1) as f64;
        (0..n_groups)
            .map(|group| {
                let rest = all - uses[group];
                if uses[group] == 0 || rest == 0 {
                    return Vec::new();
                }
                let weight = all as f64 / 2.0;
                let mut found: Vec<(GroupTerm, &Term)> = users
                    .iter()
                    .filter(|(_, users)| users[group].len() >= LEAST_PARTICIPANTS)
                    .map(|(&term, users)| {
                        let here = users[group].len();
                        let others = users.iter().map(BTreeSet::len).sum::<usize>() - here;
                        let prior = weight * self.users[term as usize] as f64 / of_section;
                        let z = log_odds_z((here, uses[group]), (others, rest), (prior, weight - prior));
                        let term = &self.terms[term as usize];
                        (GroupTerm { term: term.surface.clone(), participants: here, others, z }, term)
                    })
                    .filter(|(found, _)| found.z >= LEAST_Z)
                    .collect();
                found.sort_by(|a, b| b.0.z.total_cmp(&a.0.z).then_with(|| a.0.term.cmp(&b.0.term)));
                let mut chosen: Vec<(GroupTerm, &Term)> = Vec::new();
                for (found, term) in found {
                    let repeats = chosen.iter().any(|(_, other)| other.keys.iter().any(|key| term.keys.contains(key)));
                    if !repeats && chosen.len() < n {
                        chosen.push((found, term));
                    }
                }
                chosen.into_iter().map(|(found, _)| found).collect()
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_told_apart_by_their_own_words() {
        let mut texts: Vec<(String, usize)> = Vec::new();
        for person in 0..24 {
            let own = if person < 12 { "the ward roster" } else { "the car and the clients" };
            texts.push((format!("Signal drops near {own}."), person));
            texts.push(("Something about breakfast.".into(), person));
        }
        texts.push(("Rosters, ward, ward, ward, clients.".into(), 0));
        let said: Vec<Said> = texts
            .iter()
            .map(|(text, participant)| Said {
                text,
                language: None,
                participant: *participant,
                section: 0,
                theme: None,
            })
            .collect();
        let wording = Wording::of(&said);
        let units: Vec<(usize, usize)> =
            (0..said.len()).step_by(2).map(|unit| (unit, usize::from(said[unit].participant >= 12))).collect();
        let found = wording.typical(&units, 2, 3);
        let terms = |group: usize| -> Vec<&str> { found[group].iter().map(|term| term.term.as_str()).collect() };
        assert!(terms(0)[0].contains("ward") || terms(0)[0].contains("roster"), "{found:?}");
        assert!(terms(1).iter().any(|term| term.contains("clients")), "{found:?}");
        assert!(!found.iter().flatten().any(|term| term.term == "signal"), "both say it: {found:?}");
        assert_eq!(found[0][0].participants, 12, "a person counts once");
        assert!(wording.typical(&[], 2, 3).iter().all(Vec::is_empty));
        assert!(wording.typical(&units, 3, 3)[2].is_empty(), "a group without words");
    }
}
