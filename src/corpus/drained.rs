//! Lists that give their memory back while they are used up.
//!
//! In: a list. Out: its items, from the first on. Of a large table neither the rows are to stay beside the transcripts
//! that are made of them, nor these beside what is made of them in turn. It copies no item and holds at most an eighth
//! more than what is left.

/// Lists of fewer items are given back as a whole.
const FEW: usize = 1024;

/// What is left of a list.
pub(super) struct Drained<T> {
    /// The next one last.
    left: Vec<T>,
}

/// The items of a list, whose memory is given back on the way.
pub(super) fn drained<T>(mut list: Vec<T>) -> Drained<T> {
    list.reverse();
    Drained { left: list }
}

impl<T> Iterator for Drained<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let item = self.left.pop()?;
        give_back(&mut self.left);
        Some(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left.len(), Some(self.left.len()))
    }
}

impl<T> ExactSizeIterator for Drained<T> {}

/// Gives back the memory behind a list that became shorter, an eighth of it at a time.
pub(super) fn give_back<T>(list: &mut Vec<T>) {
    let room = list.capacity();
    if room > FEW && list.len() <= room - room / 8 {
        list.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_used_up_in_its_order() {
        for n in [0, 1, FEW, 5 * FEW + 7] {
            let items: Vec<String> = (0..n).map(|at| at.to_string()).collect();
            assert_eq!(drained(items.clone()).collect::<Vec<_>>(), items);
            assert_eq!(drained(items).len(), n);
        }
    }

    #[test]
    fn memory_is_given_back_on_the_way() {
        let mut left = drained(vec![0_u8; 8 * FEW]);
        left.by_ref().take(7 * FEW).for_each(drop);
        assert!(left.left.capacity() <= FEW + FEW / 4, "{}", left.left.capacity());
        let mut few = drained(vec![0_u8; FEW]);
        few.by_ref().take(FEW - 1).for_each(drop);
        assert_eq!(few.left.capacity(), FEW, "not worth it");
    }
}
