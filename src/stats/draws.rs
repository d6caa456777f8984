//! Drawing at random: always from a seed, so that a run can be repeated.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

/// Puts things into random order (Fisher–Yates).
pub fn shuffle<T>(order: &mut [T], random: &mut Xoshiro256PlusPlus) {
    for last in (1..order.len()).rev() {
        // The bias of the remainder is below 2⁻³² for any corpus.
        order.swap(last, (random.next_u64() % (last as u64 + 1)) as usize);
    }
}

/// `n_drawn` (or all) of `n` numbers in random order, none twice.
pub fn draw(n: usize, n_drawn: usize, seed: u64) -> Vec<usize> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut numbers: Vec<usize> = (0..n).collect();
    let n_drawn = n_drawn.min(n);
    for place in 0..n_drawn {
        let left = (n - place) as u64;
        numbers.swap(place, place + (random.next_u64() % left) as usize);
    }
    numbers.truncate(n_drawn);
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_is_drawn_twice_and_the_seed_decides() {
        let mut drawn = draw(100, 60, 1);
        assert_eq!(drawn, draw(100, 60, 1));
        assert_ne!(drawn, draw(100, 60, 2));
        drawn.sort_unstable();
        drawn.dedup();
        assert_eq!(drawn.len(), 60);
        assert_eq!(draw(5, 60, 1).len(), 5);
    }
}
