//! The best few of a long row of scores. Scores come in tile by tile, in the order of their index;
//! out comes a short list, best first, in which equal scores stand in the order of their index. It is
//! fed with quick `f32` products; whoever reads the list computes the few survivors exactly.

/// Scores compared with the threshold at once.
const LANES: usize = 16;

/// The `capacity` highest scores seen so far. A score of −∞ never enters.
#[derive(Debug, Clone)]
pub(crate) struct Shortlist {
    capacity: usize,
    entries: Vec<(f32, usize)>,
}

impl Shortlist {
    pub(crate) fn new(capacity: usize) -> Self {
        Self { capacity, entries: Vec::with_capacity(capacity + 1) }
    }

    /// Takes a tile of scores; the first of them belongs to index `first`.
    pub(crate) fn consider(&mut self, scores: &[f32], first: usize) {
        if self.capacity == 0 {
            return;
        }
        let mut threshold = self.threshold();
        for (chunk, scores) in scores.chunks(LANES).enumerate() {
            if !scores.iter().fold(false, |any, &x| any | (x > threshold)) {
                continue;
            }
            for (lane, &score) in scores.iter().enumerate() {
                if score > threshold {
                    self.insert(score, first + chunk * LANES + lane);
                    threshold = self.threshold();
                }
            }
        }
    }

    /// Indices of the list, best score first.
    pub(crate) fn indices(&self) -> impl Iterator<Item = usize> + '_ {
        self.entries.iter().map(|&(_, index)| index)
    }

    fn threshold(&self) -> f32 {
        match self.entries.last() {
            Some(&(worst, _)) if self.entries.len() == self.capacity => worst,
            _ => f32::NEG_INFINITY,
        }
    }

    fn insert(&mut self, score: f32, index: usize) {
        let place = self.entries.partition_point(|&(other, _)| other >= score);
        self.entries.insert(place, (score, index));
        self.entries.truncate(self.capacity);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_keep_the_smaller_index_and_minus_infinity_stays_out() {
        let mut list = Shortlist::new(3);
        list.consider(&[0.5, f32::NEG_INFINITY, 0.9], 0);
        list.consider(&[0.5, 0.9, 0.5], 3);
        assert_eq!(list.indices().collect::<Vec<_>>(), [2, 4, 0]);
    }

    #[test]
    fn a_list_longer_than_the_row_holds_what_there_is() {
        let mut list = Shortlist::new(9);
        list.consider(&[0.1; 4], 0);
        assert_eq!(list.indices().count(), 4);
        let mut nothing = Shortlist::new(0);
        nothing.consider(&[0.1; 4], 0);
        assert_eq!(nothing.indices().count(), 0);
    }
}
