//! Clusters by agglomeration, as linfa has it. Unit rows come in, out comes a cluster for each: at first
//! each row is one, then the two nearest are joined again and again until as many are left as asked for.
//! Near is Ward's linkage (Ward 1963), which joins where the sum of squares grows least;
//! `linfa-hierarchical` has it from `kodama` (Müllner 2011). It sees the rows themselves, not smoothed ones
//! as in `ward`, and holds all distances: memory grows with the square of the number of units.
//!
//! linfa asks for similarities and takes `−ln` of them as distances. Ward's linkage needs Euclidean
//! distances, so the similarity here is `exp(−distance)`; linfa's own Gaussian kernel would have it square
//! them twice. linfa's logarithm is the platform's: where two pairs are equally near to within 1e-7 the
//! order of joining, and nothing else, may differ between kinds of machine, not between numbers of threads.

pub(crate) use super::policy::MOST_UNITS;
use linfa::traits::Transformer;
use linfa_hierarchical::{HierarchicalCluster, Method};
use linfa_kernel::{Kernel, KernelInner, KernelMethod};
use ndarray::{Array2, Axis};
use rayon::prelude::*;

use super::ClusterError;
use super::vector::{UnitRows, contiguous_row, squared_distance};

/// The cluster of each unit, `(n_units)`, in no particular numbering; `n_clusters` of them, which is at
/// least 1 and at most `n_units`.
///
/// # Errors
/// [`ClusterError::TooManyUnits`] above 20,000 units.
pub(crate) fn agglomerative_clusters(units: &UnitRows, n_clusters: usize) -> Result<Vec<Option<usize>>, ClusterError> {
    let n_units = units.n_units();
    if n_units > MOST_UNITS {
        return Err(ClusterError::TooManyUnits {
            algorithm: "agglomerative clustering",
            found: n_units,
            limit: MOST_UNITS,
        });
    }
    let kernel = Kernel {
        inner: KernelInner::Dense(similarities(units)),
        // What linfa's documentation, if not its code, calls exp(−distance); nothing looks at it.
        method: KernelMethod::Gaussian(1.0),
    };
    let joined = HierarchicalCluster::default()
        .with_method(Method::Ward)
        .num_clusters(n_clusters)
        .transform(kernel)
        .map_err(|error| linfa::Error::Parameters(error.to_string()))?;
    Ok(joined.targets.into_iter().map(Some).collect())
}

/// `exp(−distance)` of each unit to the later ones, `(n_units, n_units)`. Zeros below the diagonal: linfa
/// reads what is above it.
fn similarities(units: &UnitRows) -> Array2<f32> {
    let rows = units.to_f64();
    let mut similarities = Array2::zeros((units.n_units(), units.n_units()));
    similarities.axis_iter_mut(Axis(0)).into_par_iter().enumerate().for_each(|(unit, mut row)| {
        let own = contiguous_row(&rows, unit);
        for (other, similarity) in row.iter_mut().enumerate().skip(unit + 1) {
            *similarity = libm::exp(-squared_distance(own, contiguous_row(&rows, other)).sqrt()) as f32;
        }
    });
    similarities
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn joins_what_ward_joins() {
        // Angles of 0, 10, 30, 90, 95 and 180 degrees. Ward joins 90 and 95, then 0 and 10, then 30 to
        // these; 180 is left alone to the end, as single or average linkage would have it too.
        let degrees = [0.0f64, 10.0, 30.0, 90.0, 95.0, 180.0];
        let rows = Array2::from_shape_fn((6, 2), |(unit, dim)| {
            let angle = degrees[unit].to_radians();
            (if dim == 0 { angle.cos() } else { angle.sin() }) as f32
        });
        let units = UnitRows::new(rows.view()).unwrap();
        let same = |n_clusters, pairs: &[(usize, usize)]| {
            let found = agglomerative_clusters(&units, n_clusters).unwrap();
            for a in 0..6 {
                for b in 0..a {
                    assert_eq!(found[a] == found[b], pairs.contains(&(b, a)), "{n_clusters}: {b}, {a}");
                }
            }
        };
        same(5, &[(3, 4)]);
        same(4, &[(0, 1), (3, 4)]);
        same(3, &[(0, 1), (0, 2), (1, 2), (3, 4)]);
    }

    #[test]
    fn ward_weighs_distances_by_size() {
        // Four units are the same and one is beside them, as far as the last two are from each other.
        // Ward joins the last two first, as n·m/(n+m) is 1/2 there and 4/5 here.
        let rows = array![
            [1.0f32, 0.0, 0.0],
            [1.0, 0.0, 0.0],
            [1.0, 0.0, 0.0],
            [1.0, 0.0, 0.0],
            [0.8, 0.6, 0.0],
            [0.0, 0.0, 1.0],
            [0.0, 0.6, 0.8]
        ];
        let units = UnitRows::new(rows.view()).unwrap();
        let found = agglomerative_clusters(&units, 3).unwrap();
        assert_eq!(found[5], found[6]);
        assert_ne!(found[0], found[4]);
    }

    #[test]
    fn too_many_units_are_refused_before_any_work() {
        let units = UnitRows::new(Array2::ones((MOST_UNITS + 1, 1)).view()).unwrap();
        let error = agglomerative_clusters(&units, 3).unwrap_err();
        assert!(error.to_string().contains("20001"), "{error}");
    }
}
