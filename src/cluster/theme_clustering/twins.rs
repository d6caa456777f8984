//! Units with the same vector: the same words. Sorted rows come in, so that twins follow each other; out come
//! leaves and themes in which they are together. A tie among equal distances would divide them otherwise. Units
//! without a twin are never touched.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::cluster::vector::UnitRows;

/// The twins among sorted rows, two or more a range.
pub(super) fn twins(points: &UnitRows) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for point in 1..=points.n_units() {
        if point == points.n_units() || points.row(point) != points.row(start) {
            if point - start > 1 {
                found.push(start..point);
            }
            start = point;
        }
    }
    found
}

/// Puts twins into the leaf of the first of them; leaves stay numbered from 0 without a gap.
pub(super) fn in_one_leaf(mut leaves: Vec<usize>, twins: &[Range<usize>]) -> Vec<usize> {
    let mut has_moved = false;
    for range in twins {
        let first = leaves[range.start];
        has_moved |= leaves[range.clone()].iter().any(|&leaf| leaf != first);
        leaves[range.clone()].fill(first);
    }
    if has_moved {
        let mut number = BTreeMap::new();
        for leaf in &leaves {
            let next = number.len();
            number.entry(*leaf).or_insert(next);
        }
        leaves.iter_mut().for_each(|leaf| *leaf = number[leaf]);
    }
    leaves
}

/// Puts twins where most of them are: into a theme or, if more were set aside than are in any, into none.
pub(super) fn where_most_are(labels: &mut [Option<usize>], twins: &[Range<usize>]) {
    for range in twins {
        let own = &mut labels[range.clone()];
        if own.iter().all(|label| *label == own[0]) {
            continue;
        }
        let mut counts: BTreeMap<Option<usize>, usize> = BTreeMap::new();
        own.iter().for_each(|&label| *counts.entry(label).or_default() += 1);
        // Of as many a theme before none, and the earlier one.
        let most = counts.into_iter().max_by_key(|&(label, n)| (n, label.is_some(), std::cmp::Reverse(label)));
        own.fill(most.and_then(|(label, _)| label));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn twins_are_rows_that_follow_each_other_and_are_the_same() {
        let rows = array![[0.0f32, 1.0], [0.6, 0.8], [0.6, 0.8], [0.8, 0.6], [1.0, 0.0], [1.0, 0.0], [1.0, 0.0]];
        assert_eq!(twins(&UnitRows::new(rows.view()).unwrap()), [1..3, 4..7]);
        assert!(twins(&UnitRows::new(rows.slice(ndarray::s![..1, ..])).unwrap()).is_empty());
    }

    #[test]
    fn twins_share_a_leaf_and_no_number_is_left_out() {
        assert_eq!(in_one_leaf(vec![2, 0, 1, 3, 3], &[0..3, 3..5]), [0, 0, 0, 1, 1]);
        assert_eq!(in_one_leaf(vec![2, 0, 0, 1, 1], &[1..3, 3..5]), [2, 0, 0, 1, 1], "nothing to do");
    }

    #[test]
    fn twins_are_where_most_of_them_are_and_others_stay() {
        let mut labels = [Some(1), None, Some(1), None, None, Some(0), Some(2), None, None];
        where_most_are(&mut labels, &[0..3, 3..6, 6..8]);
        assert_eq!(labels, [Some(1), Some(1), Some(1), None, None, None, Some(2), Some(2), None]);
    }
}
