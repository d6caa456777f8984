use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, Predict};
use ndarray::{Array1, Array2, Axis};

use super::*;
use crate::cluster::policy::MIN_UNITS;
use crate::cluster::sample_vectors::groups;
use crate::cluster::{Assignment, ClusterError, Linkage, ThemeClustering, Themes};
use crate::stats::partitions::adjusted_rand_index;

/// Those that linfa fits.
const LINFAS: [Algorithm; 3] = [Algorithm::KMeans, Algorithm::Agglomerative, Algorithm::Dbscan];

fn fit(algorithm: Algorithm, vectors: &Array2<f32>) -> Themes {
    fit_with(algorithm.params(), vectors)
}

fn fit_with(params: AlgorithmParams, vectors: &Array2<f32>) -> Themes {
    params.fit(&DatasetBase::from(vectors.view())).unwrap()
}

#[test]
fn words_are_those_of_files() {
    for algorithm in Algorithm::ALL {
        let written = serde_json::to_string(&algorithm).unwrap();
        assert_eq!(written, format!("\"{algorithm}\""));
        assert_eq!(serde_json::from_str::<Algorithm>(&written).unwrap(), algorithm);
    }
    assert_eq!(Algorithm::default(), Algorithm::ALL[0]);
}

#[test]
fn the_default_is_theme_clustering() {
    let vectors = groups(200, 10, 5);
    let params = Algorithm::Themes.params().themes(Some(4)).linkage(Linkage::Ward);
    let expected = ThemeClustering::params().themes(Some(4)).linkage(Linkage::Ward);
    let expected = expected.fit(&DatasetBase::from(vectors.view())).unwrap();
    assert_eq!(format!("{:?}", fit_with(params, &vectors)), format!("{expected:?}"));
}

#[test]
fn labels_alone_are_those_of_the_fit() {
    let vectors = groups(240, 24, 6);
    for algorithm in Algorithm::ALL {
        for exact_up_to in [100, 1000] {
            let params = algorithm.params().exact_up_to(exact_up_to);
            let labels = params.check_ref().unwrap().labels(vectors.view()).unwrap();
            assert_eq!(labels, fit_with(params, &vectors).labels, "{algorithm} up to {exact_up_to}");
        }
    }
}

#[test]
fn groups_are_found() {
    let vectors = groups(480, 24, 6);
    let known: Vec<usize> = (0..480).map(|unit| unit % 6).collect();
    for algorithm in LINFAS {
        let asked = (algorithm != Algorithm::Dbscan).then_some(6);
        let tolerance = (algorithm == Algorithm::Dbscan).then_some(0.8);
        let themes = fit_with(algorithm.params().themes(asked).tolerance(tolerance), &vectors);
        let found: Vec<usize> = themes.labels().iter().map(|label| label.unwrap_or(99)).collect();
        let agreement = adjusted_rand_index(&known, &found);
        assert!(agreement > 0.95, "{algorithm}: {agreement}");
        assert_eq!((themes.n_themes(), themes.shortfall()), (6, 0), "{algorithm}");
    }
}

#[test]
fn what_comes_out_is_what_comes_out_of_the_default() {
    let vectors = groups(150, 16, 5);
    for algorithm in LINFAS {
        let themes = fit(algorithm, &vectors);
        let n_themes = themes.n_themes();
        assert!(n_themes > 0, "{algorithm}");
        assert_eq!(themes.memberships().dim(), (150, n_themes));
        assert!(themes.memberships().outer_iter().all(|row| (row.sum() - 1.0).abs() < 1e-5));
        assert_eq!(themes.centroids().dim(), (n_themes, 16));
        assert_eq!((themes.graph().n_units(), themes.isolation().len()), (150, 150));
        assert!((0..n_themes).all(|theme| themes.sub_themes(theme).is_none()));
        assert_eq!(themes.tree().cut(1), themes.assigned_before_set_aside());
        for (label, &cluster) in themes.labels().iter().zip(themes.assigned_before_set_aside()) {
            assert_eq!(label.unwrap_or(n_themes), cluster);
        }
        assert!((0..n_themes).all(|theme| themes.labels().contains(&Some(theme))), "numbered without a gap");
        let placed: Array1<Assignment> = themes.predict(&vectors);
        let kept = placed.iter().zip(themes.labels()).filter(|(new, old)| new.theme == **old).count();
        assert!(kept > 120, "{algorithm}: {kept}");
    }
}

#[test]
fn as_many_themes_as_expected_unless_asked() {
    let vectors = groups(200, 16, 20);
    for algorithm in [Algorithm::KMeans, Algorithm::Agglomerative] {
        assert_eq!(fit(algorithm, &vectors).n_themes(), 10);
        assert_eq!(fit_with(algorithm.params().granularity(0.5), &vectors).n_themes(), 5);
        assert_eq!(fit_with(algorithm.params().themes(Some(1)), &vectors).n_themes(), 1);
        let all = fit_with(algorithm.params().themes(Some(1000)), &vectors);
        assert_eq!((all.n_themes(), all.shortfall()), (200, 800), "{algorithm}");
    }
}

#[test]
fn no_unit_up_to_a_dozen() {
    for algorithm in LINFAS {
        for n_units in 0..=12 {
            let vectors = groups(n_units, 5, 2);
            let themes = fit(algorithm, &vectors);
            assert_eq!(themes.labels().len(), n_units);
            assert_eq!(themes.assigned_before_set_aside().len(), n_units);
            assert_eq!(themes.memberships().dim(), (n_units, themes.n_themes()));
            assert_eq!(themes.graph().n_units(), n_units);
            assert_eq!(themes.n_themes() == 0, themes.labels().iter().all(Option::is_none));
            assert!(n_units >= MIN_UNITS || themes.n_themes() == 0, "{algorithm}: {n_units}");
            assert_eq!(themes.assign(vectors.view()).unwrap().len(), n_units);
        }
    }
}

#[test]
fn identical_units_are_one_theme() {
    for algorithm in LINFAS {
        for n_units in [5, 30, 300] {
            let themes = fit(algorithm, &Array2::from_elem((n_units, 6), 0.4));
            assert!(themes.labels().iter().all(|&label| label == Some(0)), "{algorithm}: {n_units}");
        }
    }
}

#[test]
fn duplicates_stay_together() {
    let distinct = groups(8, 10, 4);
    let vectors = Array2::from_shape_fn((160, 10), |(unit, dim)| distinct[[unit % 8, dim]]);
    for algorithm in LINFAS {
        let themes = fit(algorithm, &vectors);
        assert!((0..160).all(|unit| themes.labels()[unit] == themes.labels()[unit % 8]), "{algorithm}");
    }
}

#[test]
fn zero_vectors_are_in_no_theme() {
    let mut vectors = groups(60, 8, 3);
    vectors.row_mut(0).fill(0.0);
    vectors.row_mut(8).fill(0.0);
    for algorithm in LINFAS {
        let themes = fit(algorithm, &vectors);
        assert_eq!((themes.labels()[0], themes.labels()[8]), (None, None), "{algorithm}");
        assert!(themes.n_themes() > 0, "{algorithm}");
        assert_eq!(fit(algorithm, &Array2::zeros((50, 4))).n_themes(), 0);
    }
}

#[test]
fn vectors_that_are_not_finite_are_refused_by_row() {
    for algorithm in LINFAS {
        for bad in [f32::NAN, f32::INFINITY] {
            let mut vectors = groups(20, 4, 2);
            vectors[[13, 2]] = bad;
            let error = algorithm.params().fit(&DatasetBase::from(vectors)).unwrap_err();
            assert!(error.to_string().contains("row 13"), "{error}");
        }
        let empty = algorithm.params().fit(&DatasetBase::from(Array2::zeros((5, 0))));
        assert!(matches!(empty, Err(ClusterError::NoDimensions)));
    }
}

#[test]
fn same_bytes_on_any_number_of_threads() {
    let vectors = groups(400, 24, 12);
    for params in LINFAS.map(Algorithm::params).into_iter().chain([Algorithm::KMeans.params().exact_up_to(100)]) {
        let on = |n_threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads);
            let themes = pool.build().unwrap().install(|| fit_with(params.clone(), &vectors));
            format!("{themes:?}")
        };
        let alone = on(1);
        assert!(alone == on(2) && alone == on(8), "{params:?}");
    }
}

#[test]
fn the_order_of_the_input_changes_nothing_but_itself() {
    let vectors = groups(400, 24, 12);
    // 7 and 400 have no common divisor.
    let shuffle: Vec<usize> = (0..400).map(|unit| (unit * 7 + 3) % 400).collect();
    let shuffled = vectors.select(Axis(0), &shuffle);
    for params in LINFAS.map(Algorithm::params).into_iter().chain([Algorithm::KMeans.params().exact_up_to(100)]) {
        let (a, b) = (fit_with(params.clone(), &vectors), fit_with(params.clone(), &shuffled));
        let same_label = |(&there, &label): (&usize, &Option<usize>)| a.labels()[there] == label;
        assert!(shuffle.iter().zip(b.labels()).all(same_label), "{params:?}");
        assert_eq!(a.memberships().select(Axis(0), &shuffle), *b.memberships(), "to the last bit");
        assert_eq!(a.centroids(), b.centroids(), "to the last bit");
    }
}

#[test]
fn many_units_follow_the_means_of_some() {
    let vectors = groups(600, 16, 4);
    let known: Vec<usize> = (0..600).map(|unit| unit % 4).collect();
    let themes = fit_with(Algorithm::KMeans.params().themes(Some(4)).exact_up_to(100), &vectors);
    let found: Vec<usize> = themes.labels().iter().flatten().copied().collect();
    assert!(adjusted_rand_index(&known, &found) > 0.95);
    let centre_of_unit = themes.centre_of_unit().unwrap();
    let n_centres = themes.graph().n_units();
    assert!(n_centres <= 100 && centre_of_unit.iter().all(|&centre| centre < n_centres));
    assert_eq!(themes.tree().micro_clusters().len(), n_centres);
    assert!(themes.memberships().outer_iter().all(|row| (row.sum() - 1.0).abs() < 1e-5));
}

#[test]
fn parameters_out_of_range_are_refused() {
    let (k_means, dbscan) = (|| Algorithm::KMeans.params(), || Algorithm::Dbscan.params());
    for bad in [
        k_means().themes(Some(0)),
        k_means().granularity(0.0),
        k_means().exact_up_to(99),
        k_means().min_points(Some(5)),
        Algorithm::Themes.params().tolerance(Some(0.5)),
        dbscan().themes(Some(5)),
        dbscan().granularity(2.0),
        dbscan().min_points(Some(1)),
        dbscan().tolerance(Some(0.0)),
        dbscan().tolerance(Some(2.5)),
        dbscan().tolerance(Some(f64::NAN)),
    ] {
        assert!(matches!(bad.check(), Err(ClusterError::Parameter { .. })));
    }
    for algorithm in Algorithm::ALL {
        assert!(algorithm.params().check().is_ok());
    }
    assert!(dbscan().min_points(Some(2)).tolerance(Some(2.0)).linkage(Linkage::Ward).check().is_ok());
}
