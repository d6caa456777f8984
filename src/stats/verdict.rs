//! What the numbers of a theme amount to.
//!
//! Two corrections for the number of themes stand behind the words. The max-statistic p holds the chance
//! that *any* theme is wrongly called different below 5 %; what passes it is called different. The false
//! discovery rate q holds the share of wrong calls among all calls below 5 %; what passes it alone is
//! called *likely* different. Where neither does, what is seen may be chance, and the width of the interval
//! decides between two kinds of silence: a narrow one bounds the difference, a wide one says hardly anything.

use super::difference::newcombe;
pub use super::policy::{FEWEST, LEVEL, WIDEST};

/// The verdict on a theme; groups by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// More participants of this group voice it than of the other.
    More(usize),
    /// Participants of this group alone voice it, and significantly so.
    Only(usize),
    /// As [`Verdict::More`], on the weaker evidence.
    LikelyMore(usize),
    /// Of more than two groups some differ; this one has the largest share.
    Differs(usize),
    /// As [`Verdict::Differs`], on the weaker evidence.
    LikelyDiffers(usize),
    /// What difference is seen may be chance, and its interval is at most 50 points wide.
    NoClearDifference,
    /// What difference is seen may be chance, and its size is hardly known at all.
    TooFew,
}

impl Verdict {
    /// Whether it says that groups differ.
    pub fn is_difference(self) -> bool {
        !matches!(self, Self::NoClearDifference | Self::TooFew)
    }

    /// Whether it says so on the stronger evidence.
    pub fn is_clear(self) -> bool {
        matches!(self, Self::More(_) | Self::Only(_) | Self::Differs(_))
    }

    /// The group with the largest share, where there is a difference.
    pub fn highest(self) -> Option<usize> {
        match self {
            Self::More(group) | Self::Only(group) | Self::LikelyMore(group) => Some(group),
            Self::Differs(group) | Self::LikelyDiffers(group) => Some(group),
            Self::NoClearDifference | Self::TooFew => None,
        }
    }
}

/// The verdict. `counts`: those who voiced it and those who were asked, of each group; `tested`: the groups
/// compared; `evidence`: q and max-statistic p; `independent`: the groups are of different participants.
pub fn decide(counts: &[(usize, usize)], tested: &[usize], evidence: Option<(f64, f64)>, independent: bool) -> Verdict {
    let Some((q, family_wise)) = evidence.filter(|_| tested.len() >= 2) else { return Verdict::TooFew };
    let share = |group: usize| counts[group].0 as f64 / counts[group].1.max(1) as f64;
    let (mut highest, mut lowest) = (tested[0], tested[0]);
    for &group in &tested[1..] {
        if share(group) > share(highest) {
            highest = group;
        }
        if share(group) < share(lowest) {
            lowest = group;
        }
    }
    let alone = tested.iter().all(|&group| group == highest || counts[group].0 == 0);
    let two = tested.len() == 2;
    if family_wise < LEVEL {
        return match (alone, two) {
            (true, _) => Verdict::Only(highest),
            (false, true) => Verdict::More(highest),
            (false, false) => Verdict::Differs(highest),
        };
    }
    if q < LEVEL {
        return if two { Verdict::LikelyMore(highest) } else { Verdict::LikelyDiffers(highest) };
    }
    let of_share = |like: usize| tested.iter().copied().filter(move |&group| share(group) == share(like));
    let pairs = of_share(highest).flat_map(|one| of_share(lowest).map(move |other| (one, other)));
    // Of groups with the same share the pair with the widest interval, whatever they are called.
    let widths = pairs.filter(|(one, other)| one != other).filter_map(|(one, other)| {
        let ((x1, n1), (x2, n2)) = (counts[one], counts[other]);
        newcombe(x1, n1, x2, n2).map(|interval| interval.high - interval.low)
    });
    match independent.then(|| widths.fold(0.0, f64::max)) {
        Some(width) if width > WIDEST => Verdict::TooFew,
        _ => Verdict::NoClearDifference,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_verdict_has_its_evidence() {
        let decide = |counts: &[(usize, usize)], q: f64, p: f64| {
            let tested: Vec<usize> = (0..counts.len()).filter(|&group| counts[group].1 >= FEWEST).collect();
            decide(counts, &tested, Some((q, p)), true)
        };
        assert_eq!(decide(&[(41, 212), (12, 180)], 0.002, 0.01), Verdict::More(0));
        assert_eq!(decide(&[(1, 212), (32, 180)], 0.002, 0.01), Verdict::More(1));
        assert_eq!(decide(&[(0, 212), (32, 180)], 0.002, 0.01), Verdict::Only(1));
        assert_eq!(decide(&[(41, 212), (12, 180)], 0.04, 0.05), Verdict::LikelyMore(0));
        assert_eq!(decide(&[(0, 212), (9, 180)], 0.04, 0.2), Verdict::LikelyMore(1), "`only` needs clear evidence");
        assert_eq!(decide(&[(41, 212), (35, 180)], 0.9, 1.0), Verdict::NoClearDifference);
        // Newcombe's interval of 15 of 29 against 15 of 30 is 49 points wide, of 14 of 28 each 51.
        assert_eq!(decide(&[(15, 29), (15, 30)], 0.9, 1.0), Verdict::NoClearDifference);
        assert_eq!(decide(&[(14, 28), (14, 28)], 0.9, 1.0), Verdict::NoClearDifference);
        assert_eq!(decide(&[(12, 24), (12, 24)], 0.9, 1.0), Verdict::TooFew);
        assert_eq!(decide(&[(0, 12), (0, 12)], 0.9, 1.0), Verdict::NoClearDifference, "24 points to either side");
        assert_eq!(decide(&[(0, 10), (0, 10)], 0.9, 1.0), Verdict::TooFew);
        assert_eq!(decide(&[(4, 4), (1, 600)], 0.0, 0.0), Verdict::TooFew, "four people are too few whatever they say");
        let three = [(10, 20), (4, 20), (4, 20)];
        assert_eq!(decide(&three, 0.01, 0.01), Verdict::Differs(0));
        assert_eq!(decide(&three, 0.01, 0.08), Verdict::LikelyDiffers(0));
        assert_eq!(decide(&[(10, 20), (0, 20), (0, 20)], 0.01, 0.01), Verdict::Only(0));
        assert_eq!(decide(&[(90, 200), (80, 200), (85, 200)], 0.5, 0.9), Verdict::NoClearDifference);
    }

    /// Newcombe's interval of 6 of 18 against 0 of 5 is 70 points wide, against 0 of 20 46 (statsmodels 0.15.0,
    /// `confint_proportions_2indep(…, method="newcomb")`).
    #[test]
    fn the_order_of_groups_with_the_same_share_decides_nothing() {
        let groups = [(6, 18), (0, 5), (0, 20)];
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let counts = order.map(|at| groups[at]);
            assert_eq!(decide(&counts, &[0, 1, 2], Some((0.9, 1.0)), true), Verdict::TooFew, "{order:?}");
        }
        let without = [(6, 18), (0, 20)];
        assert_eq!(decide(&without, &[0, 1], Some((0.9, 1.0)), true), Verdict::NoClearDifference);
    }
}
