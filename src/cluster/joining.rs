//! Themes that a reader would call the same. Vectors and the theme of each come in; out comes which
//! themes are one: their centres point the same way. It sees numbers only, and changes no label by
//! itself.

use ndarray::{Array1, ArrayView2, Zip};

/// [`groups_of_alike`] of the vectors minus their mean: what all units of a section share, such as the
/// question, makes no two themes alike.
pub(crate) fn groups_of_like_direction(
    vectors: ArrayView2<f32>,
    labels: &[Option<usize>],
    n_themes: usize,
    least: f64,
) -> Vec<usize> {
    let n = vectors.nrows().max(1) as f64;
    let mut mean: Array1<f64> = Array1::zeros(vectors.ncols());
    for vector in vectors.outer_iter() {
        mean.zip_mut_with(&vector, |sum, &x| *sum += f64::from(x));
    }
    mean.mapv_inplace(|sum| sum / n);
    groups_of_alike(vectors, &mean, labels, n_themes, least)
}

/// For each of `n_themes` the number of the group it belongs to, numbered by their first theme: as long as
/// the centres of two have a cosine of `least` or more, the closest two become one. `vectors`: `(n_units,
/// n_dims)`, from which the `mean` is taken; `labels`: the theme of each unit. A centre is the mean of the units; sums run
/// in their order, in `f64`, and ties go to the smaller pair.
fn groups_of_alike(
    vectors: ArrayView2<f32>,
    mean: &Array1<f64>,
    labels: &[Option<usize>],
    n_themes: usize,
    least: f64,
) -> Vec<usize> {
    let mut sums: Vec<Array1<f64>> = vec![Array1::zeros(vectors.ncols()); n_themes];
    for (vector, label) in vectors.outer_iter().zip(labels) {
        if let Some(theme) = *label {
            // Rounded, as the vectors are.
            let centred = |x: f32, mean: f64| f64::from((f64::from(x) - mean) as f32);
            Zip::from(&mut sums[theme]).and(&vector).and(mean).for_each(|sum, &x, &mean| *sum += centred(x, mean));
        }
    }
    let mut group_of: Vec<usize> = (0..n_themes).collect();
    while let Some((one, other)) = closest(&sums, &group_of, least) {
        let absorbed = sums[other].clone();
        sums[one] += &absorbed;
        group_of.iter_mut().filter(|group| **group == other).for_each(|group| *group = one);
    }
    let mut first: Vec<usize> = group_of.clone();
    first.sort_unstable();
    first.dedup();
    // Every group is among the first ones.
    group_of.iter().map(|group| first.partition_point(|known| known < group)).collect()
}

/// The two groups, named by their first theme, whose centres are closest, if they are close enough.
fn closest(sums: &[Array1<f64>], group_of: &[usize], least: f64) -> Option<(usize, usize)> {
    let groups: Vec<usize> = (0..sums.len()).filter(|&theme| group_of[theme] == theme).collect();
    let mut best: Option<(f64, usize, usize)> = None;
    for (place, &one) in groups.iter().enumerate() {
        for &other in &groups[place + 1..] {
            let cosine = cosine(&sums[one], &sums[other]);
            if cosine >= least && best.is_none_or(|(highest, ..)| cosine > highest) {
                best = Some((cosine, one, other));
            }
        }
    }
    best.map(|(_, one, other)| (one, other))
}

fn cosine(one: &Array1<f64>, other: &Array1<f64>) -> f64 {
    let product = |a: &Array1<f64>, b: &Array1<f64>| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let lengths = (product(one, one) * product(other, other)).sqrt();
    if lengths > 0.0 { product(one, other) / lengths } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    /// By hand: the centres lie at 0°, 20°, 90° and 35°; 20° and 35° are the closest, together at 27.5°,
    /// whose cosine to 0° is 0.887.
    #[test]
    fn the_closest_become_one_as_long_as_they_are_close() {
        let at = |degrees: f32| [degrees.to_radians().cos(), degrees.to_radians().sin()];
        let vectors = array![at(0.0), at(20.0), at(90.0), at(35.0), at(60.0)];
        let labels = [Some(0), Some(1), Some(2), Some(3), None];
        let mean = Array1::zeros(2);
        let groups = |least| groups_of_alike(vectors.view(), &mean, &labels, 4, least);
        assert_eq!(groups(0.99), [0, 1, 2, 3]);
        assert_eq!(groups(0.95), [0, 1, 2, 1]);
        assert_eq!(groups(0.89), [0, 1, 2, 1]);
        assert_eq!(groups(0.88), [0, 0, 1, 0]);
        let from_mean = |least| groups_of_like_direction(vectors.view(), &labels, 4, least);
        assert_eq!((from_mean(0.999), from_mean(-2.0)), (vec![0, 1, 2, 3], vec![0, 0, 0, 0]));
        assert_eq!(groups_of_alike(vectors.view(), &mean, &[None; 5], 0, 0.5), [0; 0]);
    }
}
