use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, Predict};
use ndarray::{Array2, s};

use super::*;
use crate::cluster::policy::{MIN_UNITS, PROJECTED_DIMS};
use crate::cluster::projection::principal_components;
use crate::cluster::sample_vectors::{groups, noise};
use crate::cluster::{ClusterError, Themes};
use crate::stats::partitions::{adjusted_rand_index, unclustered_as_singletons};

const VECTORS: &str = include_str!("../../../tests/fixtures/theme_clustering/vectors.csv");
const LABELS: &str = include_str!("../../../tests/fixtures/theme_clustering/labels.csv");

fn fit(vectors: &Array2<f32>) -> Themes {
    fit_with(ThemeClustering::params(), vectors)
}

fn fit_with(params: ThemeClusteringParams, vectors: &Array2<f32>) -> Themes {
    params.fit(&DatasetBase::from(vectors.clone())).unwrap()
}

fn reference_vectors() -> Array2<f32> {
    let values = VECTORS.split([',', '\n']).filter(|x| !x.is_empty());
    let values: Vec<f32> = values.map(|x| x.parse().unwrap()).collect();
    Array2::from_shape_vec((240, 16), values).unwrap()
}

fn reference_labels(column: &str) -> Vec<Option<usize>> {
    let mut lines = LABELS.lines();
    let mut names = lines.next().unwrap().split(',');
    let place = names.position(|name| name == column).unwrap();
    lines.map(|line| line.split(',').nth(place).unwrap().parse().ok()).collect()
}

fn agrees(themes: &Themes, column: &str) {
    let expected = reference_labels(column);
    let agreement =
        adjusted_rand_index(&unclustered_as_singletons(themes.labels()), &unclustered_as_singletons(&expected));
    assert!(agreement > 0.99, "{column}: {agreement}");
    let cut = unclustered_as_singletons(&reference_labels(&format!("{column}_cut")));
    assert!(adjusted_rand_index(themes.assigned_before_set_aside(), &cut) > 0.99);
    let aside = |labels: &[Option<usize>]| labels.iter().filter(|l| l.is_none()).count();
    assert_eq!(aside(themes.labels()), aside(&expected));
}

#[test]
fn same_partition_as_the_reference() {
    let vectors = reference_vectors();
    let params = ThemeClustering::params;
    agrees(&fit(&vectors), "default");
    agrees(&fit_with(params().linkage(Linkage::Modularity { balance: 1.0 }), &vectors), "balance_1");
    agrees(&fit_with(params().themes(Some(6)), &vectors), "themes_6");
}

#[test]
fn same_bytes_on_any_number_of_threads() {
    for vectors in [reference_vectors(), groups(700, 24, 12)] {
        let on = |n_threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads);
            let themes = pool.build().unwrap().install(|| fit(&vectors));
            format!("{themes:?}")
        };
        let alone = on(1);
        assert!(alone == on(2) && alone == on(8));
    }
}

#[test]
fn same_projection_on_any_number_of_threads() {
    let rows = groups(900, PROJECTED_DIMS + 8, 20).mapv(f64::from);
    let on = |n_threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads);
        let pool = pool.build().unwrap();
        pool.install(|| principal_components(rows.clone(), PROJECTED_DIMS).unwrap())
    };
    let alone = on(1);
    assert!(alone == on(2) && alone == on(8));
}

#[test]
fn a_theme_with_three_parts_shows_them_and_one_without_does_not() {
    let vectors = Array2::from_shape_fn((480, 24), |(unit, dim)| {
        let (group, part) = (unit % 4, if unit % 4 == 0 { unit / 4 % 3 } else { 0 });
        noise((group + 1) * 7919 + dim * 104_729)
            + 0.5 * noise((part + 11) * 6101 + dim * 15_401)
            + 0.2 * noise(unit * 15_485_863 + dim * 32_452_843 + 17)
    });
    let themes = fit_with(ThemeClustering::params().themes(Some(4)), &vectors);
    let theme = themes.labels()[0].unwrap();
    let parts = themes.sub_themes(theme).unwrap();
    assert_eq!(parts.len(), 3);
    for part in parts {
        assert!(part.len() > 35);
        assert!(part.iter().all(|unit| unit / 4 % 3 == part[0] / 4 % 3 && unit % 4 == 0));
    }
    assert_eq!((0..4).filter(|&t| themes.sub_themes(t).is_some()).count(), 1);
    assert_eq!(themes.sub_themes(4), None);
}

#[test]
fn memberships_sum_to_one_and_mostly_agree_with_the_theme() {
    let themes = fit(&reference_vectors());
    let mut agree = 0;
    for (row, label) in themes.memberships().outer_iter().zip(themes.labels()) {
        assert!((row.sum() - 1.0).abs() < 1e-5);
        if let Some(theme) = *label {
            agree += usize::from(row.iter().all(|&x| x <= row[theme]));
        }
    }
    assert!(agree > 216, "{agree} of 240");
    let lengths = themes.centroids().map_axis(ndarray::Axis(1), |c| c.dot(&c));
    assert!(lengths.iter().all(|x| (x - 1.0).abs() < 1e-5));
}

#[test]
fn fitted_vectors_are_predicted_where_they_are() {
    let vectors = groups(400, 20, 5);
    let themes = fit_with(ThemeClustering::params().themes(Some(5)), &vectors);
    let predicted = themes.predict(&vectors);
    let same = predicted.iter().zip(themes.labels());
    assert!(same.filter(|(found, label)| found.theme == **label).count() > 380);
    assert!(predicted.iter().all(|a| (0.0..=1.0001).contains(&a.strength)));
    assert!(matches!(
        themes.assign(vectors.slice(s![.., ..7])),
        Err(ClusterError::Dimensions { found: 7, fitted: 20 })
    ));
}

#[test]
fn a_vector_that_is_not_finite_is_predicted_in_no_theme() {
    let themes = fit(&groups(60, 8, 3));
    let mut new = groups(2, 8, 3);
    new[[1, 4]] = f32::NAN;
    let predicted = themes.predict(&new);
    assert_eq!(predicted[1].theme, None);
    assert!(matches!(themes.assign(new.view()), Err(ClusterError::NotFinite { row: 1, column: 4 })));
}

#[test]
fn centres_stand_for_many_units() {
    let vectors = groups(1500, 16, 6);
    let known: Vec<usize> = (0..1500).map(|unit| unit % 6).collect();
    let params = || ThemeClustering::params().themes(Some(6)).exact_up_to(300);
    let themes = fit_with(params(), &vectors);
    assert_eq!(themes.labels().len(), 1500);
    assert_eq!(themes.memberships().dim(), (1500, themes.n_themes()));
    assert!(themes.graph().n_units() <= 300);
    assert!(themes.centre_of_unit().unwrap().iter().all(|&c| c < 300));
    let agreement = adjusted_rand_index(themes.assigned_before_set_aside(), &known);
    assert!(agreement > 0.95, "{agreement}");
    let on = |n_threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads);
        let pool = pool.build().unwrap();
        format!("{:?}", pool.install(|| fit_with(params(), &vectors)))
    };
    assert!(on(1) == on(3));
}

#[test]
fn centres_of_duplicates_and_zeros() {
    let mut vectors = Array2::from_elem((250, 4), 0.3);
    vectors.slice_mut(s![200.., ..]).fill(0.0);
    let themes = fit_with(ThemeClustering::params().exact_up_to(100), &vectors);
    assert!(themes.labels()[200..].iter().all(Option::is_none));
}

#[test]
fn no_unit_up_to_a_dozen() {
    for n_units in 0..=12 {
        let vectors = groups(n_units, 5, 2);
        let themes = fit(&vectors);
        assert_eq!(themes.labels().len(), n_units);
        assert_eq!(themes.assigned_before_set_aside().len(), n_units);
        assert_eq!(themes.memberships().dim(), (n_units, themes.n_themes()));
        assert_eq!(themes.graph().n_units(), n_units);
        assert_eq!(themes.isolation().len(), n_units);
        if n_units < MIN_UNITS {
            assert_eq!(themes.n_themes(), 0);
            assert!(themes.labels().iter().all(Option::is_none));
        }
        assert_eq!(themes.assign(vectors.view()).unwrap().len(), n_units);
    }
}

#[test]
fn identical_units_are_one_theme() {
    for n_units in [3, 4, 30, 500] {
        let themes = fit(&Array2::from_elem((n_units, 6), 0.4));
        assert_eq!(themes.n_themes(), 1);
        assert!(themes.labels().iter().all(|&label| label == Some(0)));
        assert_eq!(themes.sub_themes(0), None);
    }
}

#[test]
fn duplicates_stay_together() {
    let distinct = groups(40, 10, 4);
    let vectors = Array2::from_shape_fn((400, 10), |(unit, dim)| distinct[[unit % 40, dim]]);
    let themes = fit(&vectors);
    let assigned = themes.assigned_before_set_aside();
    assert!((0..400).all(|unit| assigned[unit] == assigned[unit % 40]));
}

#[test]
fn zero_vectors_are_in_no_theme() {
    let mut vectors = groups(60, 8, 3);
    vectors.row_mut(7).fill(0.0);
    vectors.row_mut(8).fill(0.0);
    let themes = fit(&vectors);
    assert_eq!((themes.labels()[7], themes.labels()[8]), (None, None));
    assert!(themes.n_themes() >= 2);
    let nothing = fit(&Array2::zeros((50, 4)));
    assert_eq!(nothing.n_themes(), 0);
}

#[test]
fn vectors_that_are_not_finite_are_refused_by_row() {
    for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        let mut vectors = groups(20, 4, 2);
        vectors[[13, 2]] = bad;
        let error = ThemeClustering::params().fit(&DatasetBase::from(vectors)).unwrap_err();
        assert!(error.to_string().contains("row 13"), "{error}");
    }
    let empty = ThemeClustering::params().fit(&DatasetBase::from(Array2::zeros((5, 0))));
    assert!(matches!(empty, Err(ClusterError::NoDimensions)));
}

#[test]
fn more_themes_than_possible_gives_the_closest_cut_and_a_shortfall() {
    let themes = fit_with(ThemeClustering::params().themes(Some(1000)), &groups(90, 8, 3));
    let assigned = themes.assigned_before_set_aside();
    let n_clusters = assigned.iter().max().unwrap() + 1;
    assert_eq!(n_clusters, themes.tree().n_micro_clusters());
    assert_eq!(themes.requested_themes(), Some(1000));
    assert_eq!(themes.shortfall(), 1000 - themes.n_themes());
}

#[test]
fn parameters_out_of_range_are_refused() {
    let params = ThemeClustering::params;
    for bad in [
        params().themes(Some(0)),
        params().granularity(0.0),
        params().granularity(f64::NAN),
        params().linkage(Linkage::Modularity { balance: -0.1 }),
        params().linkage(Linkage::Modularity { balance: f64::INFINITY }),
        params().neighbours(0),
        params().exact_up_to(99),
    ] {
        assert!(matches!(bad.check(), Err(ClusterError::Parameter { .. })));
    }
    assert!(params().check().is_ok());
}

/// The rows of `distinct`, each so many times, mixed.
fn repeated(distinct: &Array2<f32>, times: usize) -> (Array2<f32>, Vec<usize>) {
    let names: Vec<usize> = (0..times * distinct.nrows()).map(|unit| unit % distinct.nrows()).collect();
    (distinct.select(ndarray::Axis(0), &names), names)
}

#[test]
fn the_same_words_are_in_the_same_place() {
    let (all_the_same, _) = repeated(&groups(1, 24, 1), 40);
    assert_eq!(fit(&all_the_same).labels(), [Some(0); 40], "all say the same");
    for (n_distinct, times) in [(2, 200), (5, 30), (60, 20)] {
        let (vectors, names) = repeated(&groups(n_distinct, 24, n_distinct), times);
        let themes = fit(&vectors);
        let mut theme_of = vec![None; n_distinct];
        for (unit, &name) in names.iter().enumerate() {
            let own = themes.labels()[unit];
            assert_eq!(*theme_of[name].get_or_insert(own), own, "{n_distinct} sentences, {times} times");
        }
        assert!(themes.labels().iter().flatten().count() > vectors.nrows() / 2);
    }
}
