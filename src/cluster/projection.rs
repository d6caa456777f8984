//! Principal directions. Rows come in, out come their coordinates along the few directions in which
//! they vary most. Only Ward's distances are taken there; themes and memberships use all dimensions.

use linfa_linalg::eigh::{EigSort, EighInto};
use ndarray::{Array1, Array2, ArrayView1, Axis, linalg::general_mat_mul, s};
use rayon::prelude::*;

use super::errors::ClusterError;
use super::vector::{UnitRows, dot};

/// Rows, at most twice as many, from which the directions are estimated.
const SAMPLE: usize = 3000;

/// `rows`, `(n_units, n_dims)`, minus their mean, along the `n_directions` principal directions of an
/// evenly spaced sample: `(n_units, n_directions)`. Rows of no more dimensions come back centred.
///
/// # Errors
/// [`ClusterError::Linear`] when the eigendecomposition of the `(n_dims, n_dims)` covariance fails.
pub(crate) fn principal_components(rows: Array2<f64>, n_directions: usize) -> Result<Array2<f64>, ClusterError> {
    let centred = centred(rows);
    if centred.ncols() <= n_directions {
        return Ok(centred);
    }
    let directions = principal_directions(&centred, n_directions)?;
    let mut components = Array2::zeros((centred.nrows(), n_directions));
    components.axis_iter_mut(Axis(0)).into_par_iter().zip(centred.axis_iter(Axis(0))).for_each(
        |(mut component, row)| {
            for (value, direction) in component.iter_mut().zip(&directions) {
                *value = dot_views(row, direction.view());
            }
        },
    );
    Ok(components)
}

fn centred(mut rows: Array2<f64>) -> Array2<f64> {
    let mut mean = Array1::<f64>::zeros(rows.ncols());
    for row in rows.outer_iter() {
        mean += &row;
    }
    mean /= rows.nrows().max(1) as f64;
    rows -= &mean;
    rows
}

/// Directions of the largest singular values of every n-th row, strongest first.
fn principal_directions(centred: &Array2<f64>, n_directions: usize) -> Result<Vec<Array1<f64>>, ClusterError> {
    let step = (centred.nrows() / SAMPLE).max(1);
    let n_sampled = centred.nrows().div_ceil(step);
    let n_dims = centred.ncols();
    // One row a dimension, so that a product of two dimensions runs along memory.
    let columns = Array2::from_shape_fn((n_dims, n_sampled), |(d, i)| centred[[i * step, d]]);
    let products: Vec<Vec<f64>> = (0..n_dims)
        .into_par_iter()
        .map(|a| (0..=a).map(|b| dot_views(columns.row(a), columns.row(b))).collect())
        .collect();
    let scatter = Array2::from_shape_fn((n_dims, n_dims), |(a, b)| products[a.max(b)][a.min(b)]);
    let (_, vectors) = scatter.eigh_into()?.sort_eig_desc();
    Ok((0..n_directions).map(|direction| vectors.column(direction).to_owned()).collect())
}

/// Rows from which the leading directions are estimated, at most twice as many.
const HEAD_SAMPLE: usize = 2000;
/// Steps of subspace iteration towards them.
const HEAD_STEPS: usize = 4;

/// Coordinates along nearly half as many orthonormal directions as there are dimensions, which hold most of the lengths
/// of the rows, and last the length of the rest, `(n_units, n_dims / 2)`. By Cauchy and Schwarz two rows' product is at
/// most that of their heads. Which directions these are matters to the speed of a search alone, so
/// they are sought in `f32` and not to the end.
pub(crate) fn heads(units: &UnitRows) -> Array2<f32> {
    let n_heads = units.n_dims() / 2;
    let step = (units.n_units() / HEAD_SAMPLE).max(1);
    let view = units.view();
    let sample = view.slice(s![..;step, ..]);
    let scatter = sample.t().dot(&sample);
    let mut directions = scatter.slice(s![..n_heads - 1, ..]).to_owned();
    orthonormalise(&mut directions);
    for _ in 0..HEAD_STEPS {
        directions = directions.dot(&scatter);
        orthonormalise(&mut directions);
    }
    let mut heads = Array2::zeros((units.n_units(), n_heads));
    let blocks = heads.axis_chunks_iter_mut(Axis(0), HEAD_SAMPLE).into_par_iter();
    blocks.zip(view.axis_chunks_iter(Axis(0), HEAD_SAMPLE)).for_each(|(mut heads, rows)| {
        general_mat_mul(1.0, &rows, &directions.t(), 0.0, &mut heads.slice_mut(s![.., ..n_heads - 1]));
        for (mut head, row) in heads.outer_iter_mut().zip(rows.outer_iter()) {
            head[n_heads - 1] = (row.dot(&row) - head.dot(&head)).max(0.0).sqrt();
        }
    });
    heads
}

/// Makes the rows orthonormal, one after another; one that depends on those before becomes zero.
fn orthonormalise(rows: &mut Array2<f32>) {
    for own in 0..rows.nrows() {
        let (before, mut rest) = rows.view_mut().split_at(Axis(0), own);
        let mut row = rest.row_mut(0);
        let length = row.dot(&row).sqrt();
        // A second time for what rounding left.
        for _ in 0..2 {
            let along = before.dot(&row);
            row -= &before.t().dot(&along);
        }
        let left = row.dot(&row).sqrt();
        row *= if left > 1e-4 * length { 1.0 / left } else { 0.0 };
        let left = row.dot(&row).sqrt();
        row *= if left > 0.0 { 1.0 / left } else { 0.0 };
    }
}

fn dot_views(a: ArrayView1<f64>, b: ArrayView1<f64>) -> f64 {
    match (a.as_slice(), b.as_slice()) {
        (Some(a), Some(b)) => dot(a, b),
        _ => a.dot(&b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::vector::{contiguous_row, squared_distance};
    use ndarray::array;

    #[test]
    fn the_direction_of_most_variance_is_kept() {
        let rows = array![[3.0, 0.0, 0.1], [-3.0, 0.0, -0.1], [0.0, 0.2, 0.0], [0.0, -0.2, 0.0]];
        let components = principal_components(rows, 1).unwrap();
        assert!((components[[0, 0]].abs() - 9.01f64.sqrt()).abs() < 1e-9);
        assert!(components[[2, 0]].abs() < 1e-9);
    }

    #[test]
    fn all_directions_keep_all_distances() {
        let rows = Array2::from_shape_fn((12, 5), |(i, d)| ((i * 7 + d * 3) % 11) as f64);
        let components = principal_components(rows.clone(), 4).unwrap();
        assert_eq!(components.dim(), (12, 4));
        let all = principal_components(rows.clone(), 5).unwrap();
        let before = squared_distance(contiguous_row(&rows, 0), contiguous_row(&rows, 7));
        let after = squared_distance(contiguous_row(&all, 0), contiguous_row(&all, 7));
        assert!((before - after).abs() < 1e-9);
    }
}
