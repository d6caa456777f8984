//! What is told once of several places.
//!
//! In: places in their order, and of which kind each is. Out: the first of each kind, with how many more there are, as
//! a phrase. It knows nothing of what is told.

use std::collections::HashMap;
use std::hash::Hash;

/// The first place of each kind, with ` (and 2 times more)` or nothing.
pub(super) fn first_of_each<T: Copy, K: Eq + Hash>(
    places: impl Iterator<Item = T>,
    kind: impl Fn(T) -> K,
) -> Vec<(T, String)> {
    let mut found: Vec<(T, usize)> = Vec::new();
    let mut known: HashMap<K, usize> = HashMap::new();
    for place in places {
        let at = *known.entry(kind(place)).or_insert(found.len());
        match found.get_mut(at) {
            Some((_, more)) => *more += 1,
            None => found.push((place, 0)),
        }
    }
    let more = |n: usize| if n == 0 { String::new() } else { format!(" (and {n} times more)") };
    found.into_iter().map(|(place, n)| (place, more(n))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_each_kind_stands_for_the_others() {
        let found = first_of_each([1, 4, 2, 3, 5].into_iter(), |n| n % 2);
        assert_eq!(found, [(1, " (and 2 times more)".to_owned()), (4, " (and 1 times more)".to_owned())]);
        assert_eq!(first_of_each([7].into_iter(), |n| n), [(7, String::new())]);
    }
}
