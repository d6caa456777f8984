//! Two analyses, theme by theme.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{failure, leitmotif, leitmotif_cached, project, samples};
use leitmotif::analysis::{Alignment, Analysis, align, load};
use leitmotif::stats::matching::Kind;
use serde_json::Value;

fn saved(folder: &Path, name: &str, inputs: &[PathBuf], options: &[&str]) -> PathBuf {
    let path = folder.join(name);
    let mut command = leitmotif_cached("themes");
    command.args(inputs).args(["--stability", "0", "-q", "-o"]).arg(&path).args(options);
    command.assert().success();
    path
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

fn kinds(found: &Alignment) -> BTreeMap<Kind, usize> {
    let mut kinds = BTreeMap::new();
    found.relations.iter().for_each(|relation| *kinds.entry(relation.kind).or_default() += 1);
    kinds
}

fn aligned(a: &Path, b: &Path) -> Alignment {
    align(&load(a).unwrap(), &load(b).unwrap()).unwrap()
}

fn printed(a: &Path, b: &Path, options: &[&str]) -> String {
    let output = leitmotif().arg("compare").arg(a).arg(b).args(options).assert().success();
    String::from_utf8(output.get_output().stdout.clone()).unwrap()
}

#[test]
fn an_analysis_and_itself_match_one_to_one() {
    let folder = tempfile::tempdir().unwrap();
    let sections = saved(folder.path(), "sections", &samples(), &[]);
    let together = saved(folder.path(), "together", &samples(), &["--frame", "all"]);
    for path in [&sections, &together] {
        let found = aligned(path, path);
        let themes = load(path).unwrap().summary.themes().count();
        assert_eq!(kinds(&found), BTreeMap::from([(Kind::Matched, themes)]));
        assert!(found.relations.iter().all(|relation| relation.a[0].id == relation.b[0].id));
        let shared = found.shared.unwrap();
        assert_eq!((shared.ari, shared.ami), (1.0, 1.0));
    }
    // What was clustered together is aligned with all sections at once.
    let found = aligned(&sections, &together);
    assert_eq!(found.sections.len(), 1);
    assert!(found.of(Kind::Matched).count() >= 5, "{:?}", kinds(&found));
    let shared = found.shared.unwrap();
    assert!(shared.passages > 400 && (0.2..1.0).contains(&shared.ari), "{shared:?}");
}

#[test]
fn a_merge_by_hand_is_a_merge_and_the_other_way_round_a_split() {
    let folder = tempfile::tempdir().unwrap();
    let before = saved(folder.path(), "before", &samples(), &[]);
    let after = folder.path().join("after");
    copy(&before, &after);
    let analysis = load(&before).unwrap();
    // A large theme and a small one of its section.
    let of_section = analysis.summary.sections.iter().map(|section| &section.themes);
    let mut pairs = of_section.filter_map(|themes| Some((themes.first()?, themes.last()?)));
    let (large, small) = pairs.find(|(large, small)| small.mentions * 3 < large.mentions).unwrap();
    let file = after.join("codebook.toml");
    let heading = format!("[theme.\"{}\"]\n", small.id);
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace(&heading, &format!("{heading}merge_into = \"{}\"\n", large.id))).unwrap();
    leitmotif().arg("codebook").arg(&after).arg("--apply").assert().success();
    let n_themes = analysis.summary.themes().count();

    let found = aligned(&before, &after);
    assert_eq!(kinds(&found), BTreeMap::from([(Kind::Matched, n_themes - 2), (Kind::Merged, 1)]));
    let merged = found.of(Kind::Merged).next().unwrap();
    let ids: Vec<&str> = merged.a.iter().map(|theme| theme.id.as_str()).collect();
    assert_eq!((ids, merged.b[0].id.as_str()), (vec![large.id.as_str(), small.id.as_str()], large.id.as_str()));
    assert!(merged.links.iter().all(|link| link.of_a == Some(1.0)));
    let found = aligned(&after, &before);
    assert_eq!(kinds(&found), BTreeMap::from([(Kind::Matched, n_themes - 2), (Kind::Split, 1)]));
    let text = printed(&before, &after, &[]);
    assert!(text.contains("Merged: several themes of A, one of B (1)"), "{text}");
}

/// For each theme the planted one that most of its answers voice, by `data/key.csv`; only answers with
/// one planted statement count.
fn planted(analysis: &Analysis) -> BTreeMap<String, String> {
    let mut key: BTreeMap<(String, String, usize), Vec<String>> = BTreeMap::new();
    for record in csv::Reader::from_path(project("data/key.csv")).unwrap().records() {
        let record = record.unwrap();
        let place = (record[0].to_string(), record[1].to_string(), record[2].parse().unwrap());
        key.entry(place).or_default().push(record[3].to_string());
    }
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for unit in &analysis.units {
        let planted = key.get(&(unit.study.clone(), unit.participant.clone(), unit.answer));
        if let (Some(theme), Some([only])) = (&unit.theme, planted.map(Vec::as_slice)) {
            *counts.entry(theme).or_default().entry(only).or_default() += 1;
        }
    }
    let most =
        |counts: BTreeMap<&str, usize>| counts.into_iter().max_by_key(|&(_, n)| n).map(|(name, _)| name.to_string());
    counts.into_iter().filter_map(|(theme, counts)| Some((theme.to_string(), most(counts)?))).collect()
}

#[test]
fn the_two_sample_studies_are_aligned_as_they_were_written() {
    let folder = tempfile::tempdir().unwrap();
    let hospital = saved(folder.path(), "hospital", &[project("data/hospital")], &[]);
    let homecare = saved(folder.path(), "homecare", &[project("data/homecare.csv")], &[]);
    let found = aligned(&hospital, &homecare);
    // Nights were asked about in the hospital, travel in home care; six questions are the same.
    assert_eq!(found.sections.len(), 6, "{:?}", found.sections);
    assert!(found.a.other_sections.len() == 1 && found.a.other_sections[0].1.contains("night"), "{:?}", found.a);
    assert!(found.b.other_sections.len() == 1 && found.b.other_sections[0].1.contains("travel"), "{:?}", found.b);
    assert_eq!(found.shared, None);
    let (of_a, of_b) = (planted(&load(&hospital).unwrap()), planted(&load(&homecare).unwrap()));
    let pairs: Vec<(&String, &String)> = found
        .of(Kind::Matched)
        .filter_map(|relation| Some((of_a.get(&relation.a[0].id)?, of_b.get(&relation.b[0].id)?)))
        .collect();
    let right = pairs.iter().filter(|(a, b)| a == b).count();
    assert!(pairs.len() >= 6 && right as f64 >= 0.95 * pairs.len() as f64, "{pairs:?}");
    // Every theme stands in the table once.
    let (mut a, mut b): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for relation in &found.relations {
        a.extend(relation.a.iter().map(|theme| theme.id.as_str()));
        b.extend(relation.b.iter().map(|theme| theme.id.as_str()));
    }
    let sorted = |mut ids: Vec<&str>| {
        ids.sort_unstable();
        ids.into_iter().map(str::to_string).collect::<Vec<_>>()
    };
    let all = |path: &Path| {
        let mut ids: Vec<String> = load(path).unwrap().summary.themes().map(|theme| theme.id.clone()).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!((sorted(a), sorted(b)), (all(&hospital), all(&homecare)));
    let text = printed(&hospital, &homecare, &["--top", "0", "--quotes"]);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "80 columns");
    assert!(text.contains("asked in A only: Q5") && text.contains("They share no passages."), "{text}");
    assert!(!text.contains("NaN"));
    // The same bytes on any number of threads.
    let on = |threads: &str| {
        let mut command = leitmotif();
        command.arg("compare").arg(&hospital).arg(&homecare).arg("--json").env("RAYON_NUM_THREADS", threads);
        command.output().unwrap().stdout
    };
    assert!(on("1") == on("3"));
}

#[test]
fn analyses_of_different_models_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let one = saved(folder.path(), "one", &[project("data/hospital")], &[]);
    let other = folder.path().join("other");
    copy(&one, &other);
    let file = other.join("analysis.json");
    let mut summary: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    summary["manifest"]["model"]["name"] = "another-model".into();
    // As programs wrote it that knew no hashes.
    summary.as_object_mut().unwrap().remove("files").unwrap();
    fs::write(&file, summary.to_string()).unwrap();
    let message = failure(leitmotif().arg("compare").arg(&one).arg(&other), 1);
    assert!(message.contains("different models") && message.contains("another-model"), "{message}");
    assert!(message.contains("hint: "), "{message}");
}
