//! Which ids are given, and how many answers each person has given so far.
//!
//! In: what all transcripts are called, then one after the other. Out: another id for one whose own is given, and the
//! numbers of answers. Of half a million participants with ids of their own it keeps nothing.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::super::model::{Name, Transcript};
use super::super::studies::Named;

/// Ids that are given, and how many answers each person has, study by study, as far as any comes again.
#[derive(Default)]
pub(super) struct Taken {
    /// No id comes twice in a study.
    are_unique: bool,
    /// Nobody answers in several transcripts.
    are_alone: bool,
    ids: HashMap<Name, HashSet<Name>>,
    /// How often an id was met, so that the next one's number needs no search.
    met: HashMap<(Name, Name), usize>,
    numbers: HashMap<Name, HashMap<Arc<str>, usize>>,
    /// The same of the last transcript, where everybody is alone in theirs.
    of_last: HashMap<Arc<str>, usize>,
}

impl Taken {
    /// Looks at what all transcripts are called. In a table of answers there is no group, so that who answers is
    /// called as the transcript is.
    pub(super) fn of(named: &[Named], are_answers: bool) -> Self {
        let are_unique = recurring(named.iter().map(|named| hash_of((&named.study, &named.id)))).is_empty();
        let are_alone = are_answers && named.iter().all(|named| named.person.is_none());
        Self { are_unique, are_alone, ..Self::default() }
    }

    /// A new id for a transcript whose own is given already.
    pub(super) fn another(&mut self, transcript: &Transcript) -> Option<String> {
        let Transcript { study, id, .. } = transcript;
        let of_study = self.ids.get(study).filter(|ids| ids.contains(id))?;
        let new = |n: usize| format!("{id}~{n}");
        let next = self.met.entry((study.clone(), id.clone())).or_insert(2);
        let number = (*next..).find(|&n| !of_study.contains(new(n).as_str())).unwrap_or(2);
        *next = number + 1;
        Some(new(number))
    }

    /// Gives a transcript its id; returns how many answers each person of its study has given so far.
    pub(super) fn take(&mut self, transcript: &Transcript) -> &mut HashMap<Arc<str>, usize> {
        let Transcript { study, id, .. } = transcript;
        if !self.are_unique {
            self.ids.entry(study.clone()).or_default().insert(id.clone());
        }
        if self.are_alone {
            self.of_last.clear();
            return &mut self.of_last;
        }
        self.numbers.entry(study.clone()).or_default()
    }
}

fn hash_of(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Values that come more than once.
pub(super) fn recurring<T: Copy + Ord + Hash>(values: impl Iterator<Item = T>) -> HashSet<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.chunk_by(|a, b| a == b).filter(|same| same.len() > 1).map(|same| same[0]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(id: &str, person: Option<&str>) -> Named {
        Named { study: "bees".into(), id: id.into(), person: person.map(str::to_owned) }
    }

    /// New ids, and the numbers of each transcript's answer.
    fn given(named: &[Named], are_answers: bool) -> (Vec<Option<String>>, Vec<usize>) {
        let mut taken = Taken::of(named, are_answers);
        let each = named.iter().map(|Named { study, id, person }| {
            let (id, person) = (id.clone(), person.as_deref().map(Name::from));
            let who = person.as_ref().unwrap_or(&id).shared();
            let (turns, speakers) = (Vec::new(), Arc::default());
            let mut transcript = Transcript { study: study.clone(), id, person, turns, speakers, language: None };
            let new = taken.another(&transcript);
            transcript.id = new.as_deref().map_or(transcript.id, Name::from);
            let number = taken.take(&transcript).entry(who).or_default();
            *number += 1;
            (new, *number)
        });
        each.unzip()
    }

    #[test]
    fn an_id_that_is_given_gets_a_number() {
        let new = |ids: &[&str]| given(&ids.iter().map(|id| named(id, None)).collect::<Vec<_>>(), true).0;
        assert_eq!(new(&["a", "b", "a~2"]), [None, None, None]);
        let again = |id: &str| Some(id.to_owned());
        assert_eq!(new(&["a", "a", "a"]), [None, again("a~2"), again("a~3")]);
        assert_eq!(new(&["a", "a~2", "a"]), [None, None, again("a~3")]);
    }

    #[test]
    fn answers_are_counted_on_where_a_person_comes_again() {
        let waves = [named("a_1", Some("a")), named("b", None), named("a_2", Some("a"))];
        assert_eq!(given(&waves, true).1, [1, 1, 2]);
        let alone = ["a", "b", "c"].map(|id| named(id, None));
        assert_eq!((given(&alone, true).1, given(&alone, false).1), (vec![1; 3], vec![1; 3]));
    }

    #[test]
    fn what_comes_again_is_found() {
        assert_eq!(recurring([3, 1, 3, 2, 3, 1].into_iter()), HashSet::from([1, 3]));
        assert!(recurring([3, 1, 2].into_iter()).is_empty());
    }
}
