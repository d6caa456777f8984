//! Headlines from end to end on the sample studies: exact, whole, everywhere, and edited like any label.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::common::{leitmotif, leitmotif_cached, project, samples};
use leitmotif::analysis::{Analysis, Headline, load};
use leitmotif::corpus::{InputSpec, ReadOptions, read, words};

fn analysed(folder: &Path) -> Analysis {
    leitmotif_cached("themes").args(samples()).args(["--stability", "0", "-o"]).arg(folder).assert().success();
    load(folder).unwrap()
}

/// Those of themes, parts and recurring themes, each with the label beside it and the keywords.
fn headlines(analysis: &Analysis) -> Vec<(&Headline, &str, usize)> {
    let summary = &analysis.summary;
    let themes = summary.themes().map(|theme| (&theme.headline, &theme.label, theme.keywords.len()));
    let parts = summary.themes().flat_map(|theme| &theme.sub_themes);
    let parts = parts.map(|part| (&part.headline, &part.label, part.keywords.len()));
    let recurring = summary.recurring.iter().map(|group| (&group.headline, &group.label, group.keywords.len()));
    let all = themes.chain(parts).chain(recurring);
    all.filter_map(|(headline, label, keywords)| Some((headline.as_ref()?, label.as_str(), keywords))).collect()
}

#[test]
fn a_headline_is_an_exact_clause_of_its_theme() {
    let folder = tempfile::tempdir().unwrap();
    let analysis = analysed(&folder.path().join("a"));
    let found = headlines(&analysis);
    let n_themes = analysis.summary.themes().count();
    let with = analysis.summary.themes().filter(|theme| theme.headline.is_some()).count();
    assert!(10 * with >= 9 * n_themes, "{with} of {n_themes} themes have a headline");

    let inputs: Vec<InputSpec> = samples().iter().map(|path| InputSpec::parse(path.as_os_str())).collect();
    let corpus = read(&inputs, &ReadOptions::default()).unwrap();
    for (headline, label, _) in &found {
        let text = headline.text.as_str();
        assert!((3..=12).contains(&words(text)), "{text:?}");
        assert_eq!(*label, text.split_whitespace().collect::<Vec<_>>().join(" "));
        assert!(!text.contains('?') && !text.ends_with([',', '.', ';', ':']), "{text:?}");
        let position = &headline.position;
        let document = corpus
            .documents
            .iter()
            .find(|document| corpus.sources[document.source].path == position.file && document.cell == position.cell);
        let there: String =
            document.unwrap().text.chars().skip(position.start).take(position.end - position.start).collect();
        assert_eq!(there, text, "at its position");
    }
    let theme_of: BTreeMap<&str, Option<&str>> =
        analysis.units.iter().map(|unit| (unit.id.as_str(), unit.theme.as_deref())).collect();
    for theme in analysis.summary.themes() {
        if let Some(headline) = &theme.headline {
            assert_eq!(theme_of[headline.unit.as_str()], Some(theme.id.as_str()), "a passage of the theme says it");
        }
    }
}

#[test]
fn the_headlines_of_a_section_are_of_different_people() {
    let folder = tempfile::tempdir().unwrap();
    let analysis = analysed(&folder.path().join("a"));
    for section in &analysis.summary.sections {
        let told: Vec<&Headline> = section.themes.iter().filter_map(|theme| theme.headline.as_ref()).collect();
        let people: BTreeSet<(&str, &str)> = told.iter().map(|h| (h.study.as_str(), h.participant.as_str())).collect();
        let texts: BTreeSet<String> = told.iter().map(|headline| headline.text.to_lowercase()).collect();
        assert_eq!(texts.len(), told.len(), "{}: no words twice", section.id);
        assert!(people.len() + 1 >= told.len(), "{}: {} people for {}", section.id, people.len(), told.len());
    }
}

#[test]
fn it_leads_everywhere_with_the_keywords_beside_it() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("a");
    let printed =
        leitmotif_cached("themes").args(samples()).args(["--stability", "0", "-o"]).arg(&folder).output().unwrap();
    let printed = String::from_utf8(printed.stdout).unwrap();
    let analysis = load(&folder).unwrap();
    let theme = analysis.summary.themes().find(|theme| theme.headline.is_some() && !theme.keywords.is_empty()).unwrap();
    let (id, label, keyword) = (theme.id.as_str(), theme.label.as_str(), theme.keywords[0].term.as_str());
    let headline = theme.headline.as_ref().unwrap();
    let printed = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(printed.contains(&format!("{id} {label}")), "{printed}");
    assert!(printed.contains(&format!("keywords: {keyword}")), "{printed}");
    let codebook = fs::read_to_string(folder.join("codebook.toml")).unwrap();
    assert!(codebook.contains(&format!("#: {id} {label}\n#: ")), "{codebook}");
    assert!(codebook.contains(&format!("#: in the words of {}\n", headline.locator())), "{codebook}");
    for (format, file) in [("md", "x.md"), ("qdc", "x.qdc"), ("codebook-csv", "x.csv")] {
        let out = temporary.path().join(file);
        leitmotif().args(["export"]).arg(&folder).args(["--to", format, "-o"]).arg(&out).assert().success();
        let text = fs::read_to_string(&out).unwrap();
        let plain = text.replace('\\', "").replace("&apos;", "'").replace("&quot;", "\"");
        assert!(plain.contains(&format!("{id} {label}")), "{format}: {text}");
        assert!(plain.contains(&format!("Keywords: {keyword}")), "{format}: {text}");
    }
    let csv = temporary.path().join("themes.csv");
    leitmotif().arg("export").arg(&folder).args(["--to", "themes-csv", "-o"]).arg(&csv).assert().success();
    let mut themes = csv::Reader::from_path(csv).unwrap();
    let names = themes.headers().unwrap().clone();
    let column = |name: &str| names.iter().position(|other| other == name).unwrap();
    let row = themes.records().map(Result::unwrap).find(|row| &row[column("theme")] == id).unwrap();
    assert_eq!(&row[column("label")], label);
    assert_eq!(&row[column("headline")], headline.text);
    assert_eq!(row[column("headline_start")], headline.position.start.to_string());
    assert!(row[column("keywords")].starts_with(keyword));
    let page = temporary.path().join("report.html");
    leitmotif().arg("report").arg(&folder).arg("-o").arg(&page).assert().success();
    assert!(
        fs::read_to_string(&page).unwrap().contains(&serde_json::to_string(label).unwrap().replace('<', "\\u003c"))
    );
}

/// A name of the researcher's takes the headline's place; a passage that leaves takes the headline along.
#[test]
fn a_headline_is_edited_like_any_label() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("a");
    let analysis = analysed(&folder);
    let told: Vec<_> =
        analysis.summary.themes().filter(|theme| theme.headline.is_some() && !theme.keywords.is_empty()).collect();
    let (named, left) = (told[0], told[1]);
    let codebook = format!(
        "version = 1\n[theme.{:?}]\nname = \"Mine\"\n[[move]]\nunit = {:?}\nto = \"unclustered\"\n",
        named.id,
        left.headline.as_ref().unwrap().unit
    );
    fs::write(folder.join("codebook.toml"), codebook).unwrap();
    leitmotif().arg("codebook").arg(&folder).arg("--apply").assert().success();
    let edited = load(&folder).unwrap();
    let after = edited.summary.theme(&named.id).unwrap();
    assert_eq!(after.label, "Mine");
    assert_eq!(after.headline, named.headline, "kept beside the name");
    let after = edited.summary.theme(&left.id).unwrap();
    assert_eq!(after.headline, None);
    assert!(after.label.starts_with(&left.keywords[0].term), "{}", after.label);
    fs::write(folder.join("codebook.toml"), "version = 1\n").unwrap();
    leitmotif().arg("codebook").arg(&folder).arg("--apply").assert().success();
    assert_eq!(load(&folder).unwrap().summary.theme(&left.id).unwrap().label, left.label, "taken back");
}

/// Analyses of before have no headline and keep their labels.
#[test]
fn an_older_analysis_keeps_its_labels() {
    let old = load(&project("tests/fixtures/analysis-v1")).unwrap();
    assert!(old.summary.themes().all(|theme| theme.headline.is_none() && !theme.label.is_empty()));
}

/// Clauses are listed to be embedded elsewhere, and their vectors come back to the same headlines.
#[test]
fn clauses_can_be_embedded_elsewhere() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("a");
    analysed(&folder);
    let vectors = temporary.path().join("vectors.parquet");
    leitmotif_cached("export").arg(&folder).args(["--to", "vectors", "-o"]).arg(&vectors).assert().success();
    let texts = temporary.path().join("texts.csv");
    leitmotif().arg("export").arg(&folder).args(["--to", "units", "-o"]).arg(&texts).assert().success();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for row in csv::Reader::from_path(&texts).unwrap().records() {
        *kinds.entry(row.unwrap()[1].to_string()).or_default() += 1;
    }
    assert!(kinds["clause"] > 0 && kinds["clause"] <= kinds["unit"], "{kinds:?}");
    let again = temporary.path().join("b");
    leitmotif()
        .arg("themes")
        .args(samples())
        .args(["--stability", "0", "--vectors"])
        .arg(&vectors)
        .arg("-o")
        .arg(&again)
        .assert()
        .success();
    let (before, after) = (load(&folder).unwrap(), load(&again).unwrap());
    let labels = |analysis: &Analysis| -> Vec<(String, bool)> {
        analysis.summary.themes().map(|theme| (theme.label.clone(), theme.headline.is_some())).collect()
    };
    assert_eq!(labels(&before), labels(&after), "with the vectors of the clauses the same headlines");
}
