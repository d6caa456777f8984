//! Numbers in bands.
//!
//! In: one number a participant. Out: where the bands begin, and for a number its band. It knows no names.

use super::quantile::quantile;

/// Bands, in ascending order.
#[derive(Clone, Debug, PartialEq)]
pub enum Bands {
    /// A number belongs to the first band whose last number is not below it; the last band has no end.
    UpTo(Vec<f64>),
    /// A number belongs to the last band that begins at it or below; what is below the first is a band too.
    From(Vec<f64>),
}

impl Bands {
    /// About a quarter of the numbers each, by the quartiles (Hyndman & Fan 1996, type 7); fewer bands where many
    /// numbers are equal.
    pub fn quartiles(numbers: &[f64]) -> Self {
        let mut sorted = numbers.to_vec();
        sorted.sort_by(f64::total_cmp);
        let mut ends: Vec<f64> = [0.25, 0.5, 0.75].iter().filter_map(|&share| quantile(&sorted, share)).collect();
        ends.dedup();
        // Behind the largest number nothing is left for another band.
        ends.retain(|end| sorted.last().is_some_and(|last| end < last));
        Self::UpTo(ends)
    }

    /// The band of a number, from 0.
    pub fn place(&self, number: f64) -> usize {
        match self {
            Self::UpTo(ends) => ends.iter().filter(|&&end| end < number).count(),
            Self::From(starts) => starts.iter().filter(|&&start| start <= number).count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `numpy.quantile(x, [.25, .5, .75])` and `pandas.qcut(x, 4, labels=False)`.
    #[test]
    fn quartiles_hold_a_quarter_each() {
        let ages = [23.0, 31.0, 35.0, 19.0, 52.0, 47.0, 38.0, 29.0, 61.0, 44.0, 26.0, 33.0];
        let bands = Bands::quartiles(&ages);
        assert_eq!(bands, Bands::UpTo(vec![28.25, 34.0, 44.75]));
        let places: Vec<usize> = ages.iter().map(|&age| bands.place(age)).collect();
        assert_eq!(places, [0, 1, 2, 0, 3, 3, 2, 1, 3, 2, 0, 1]);
    }

    #[test]
    fn equal_numbers_are_in_one_band() {
        assert_eq!(Bands::quartiles(&[5.0; 9]), Bands::UpTo(vec![]));
        assert_eq!(Bands::quartiles(&[]).place(3.0), 0);
        let bands = Bands::quartiles(&[1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 3.0]);
        let places = [1.0, 2.0, 3.0].map(|number| bands.place(number));
        assert!(places[0] < places[1] && places[1] <= places[2], "{bands:?}");
    }

    #[test]
    fn given_bands_begin_where_they_are_told_to() {
        let bands = Bands::From(vec![18.0, 30.0, 45.0]);
        assert_eq!([17.9, 18.0, 29.0, 30.0, 44.5, 45.0, 90.0].map(|age| bands.place(age)), [0, 1, 1, 2, 2, 3, 3]);
    }
}
