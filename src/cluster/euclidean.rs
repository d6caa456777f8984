//! Euclidean distance for linfa's algorithms. Two rows come in, their distance comes out. On unit rows it
//! is `√(2 − 2 cosine)`, so that near and far are the same as by cosine. linfa's own `L2Dist` gives the
//! same up to rounding; this one adds in the fixed order of [`squared_distance`], several times faster.

use linfa_nn::distance::Distance;
use ndarray::{ArrayView, Dimension};

use super::vector::squared_distance;

/// Euclidean distance of `f32` rows, summed in `f64`; equal rows are exactly 0 apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Euclidean;

impl Distance<f32> for Euclidean {
    fn distance<D: Dimension>(&self, a: ArrayView<f32, D>, b: ArrayView<f32, D>) -> f32 {
        self.rdist_to_dist(self.rdistance(a, b))
    }

    fn rdistance<D: Dimension>(&self, a: ArrayView<f32, D>, b: ArrayView<f32, D>) -> f32 {
        match (a.as_slice(), b.as_slice()) {
            (Some(a), Some(b)) => squared_distance(a, b) as f32,
            _ => a.iter().zip(&b).map(|(&x, &y)| (f64::from(x) - f64::from(y)).powi(2)).sum::<f64>() as f32,
        }
    }

    fn rdist_to_dist(&self, squared: f32) -> f32 {
        squared.sqrt()
    }

    fn dist_to_rdist(&self, distance: f32) -> f32 {
        distance * distance
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linfa_nn::distance::L2Dist;
    use ndarray::{Array2, array, s};

    #[test]
    fn the_same_as_linfas() {
        let rows = Array2::from_shape_fn((2, 21), |(row, dim)| ((row * 21 + dim) * 7 % 11) as f32);
        let (a, b) = (rows.row(0), rows.row(1));
        assert!((Euclidean.distance(a, b) - L2Dist.distance(a, b)).abs() < 1e-5);
        assert_eq!(Euclidean.rdistance(a, a), 0.0);
        let (a, b) = (rows.slice(s![0, ..;2]), rows.slice(s![1, ..;2]));
        assert!((Euclidean.rdistance(a, b) - L2Dist.rdistance(a, b)).abs() < 1e-4);
        assert_eq!(Euclidean.distance(array![[3.0f32, 0.0]].view(), array![[0.0, 4.0]].view()), 5.0);
    }
}
