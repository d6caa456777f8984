//! How far long work is, for programs; and what a narrow terminal shows.

use std::collections::BTreeMap;
use std::process::Command;

use crate::common::{failure, leitmotif, leitmotif_cached, project, samples};
use serde_json::Value;

/// Standard error, every line of it an object.
fn objects(stderr: &[u8]) -> Vec<Value> {
    let text = String::from_utf8(stderr.to_vec()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// The steps with all that was told of each: (done, total).
fn steps(objects: &[Value]) -> BTreeMap<String, Vec<(u64, u64)>> {
    let mut steps: BTreeMap<String, Vec<(u64, u64)>> = BTreeMap::new();
    for object in objects.iter().filter(|object| object.get("step").is_some()) {
        let number = |field: &str| object[field].as_u64().unwrap();
        steps.entry(object["step"].as_str().unwrap().into()).or_default().push((number("done"), number("total")));
        assert!(object["seconds"].as_f64().unwrap() >= 0.0);
        assert!(object["seconds_left"].is_null() || object["seconds_left"].as_f64().unwrap() >= 0.0, "{object}");
    }
    steps
}

#[test]
fn programs_get_an_object_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let run = folder.path().join("run");
    let mut themes = leitmotif();
    themes.args(["themes", "--no-cache", "--progress", "json", "--stability", "4"]).args(samples());
    let output = themes.arg("-o").arg(&run).arg("--report").arg(folder.path().join("r.html")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told = objects(&output.stderr);
    let steps = steps(&told);
    let names: Vec<&str> = steps.keys().map(String::as_str).collect();
    let expected = [
        "clustering",
        "comparison",
        "embedding",
        "layout",
        "reading",
        "recurring",
        "silhouettes",
        "stability",
        "wording",
    ];
    assert_eq!(names, expected);
    for (step, told) in &steps {
        // The embedding comes again, for words and clauses.
        let is_complete = told.last().is_some_and(|(done, total)| done == total && *total > 0);
        assert!(is_complete, "{step}: {told:?}");
        assert!(told.windows(2).all(|two| two[0].0 <= two[1].0 || *step == "embedding"), "{step}: {told:?}");
    }
    let notes: Vec<&str> =
        told.iter().filter_map(|it| it["text"].as_str().filter(|_| it["message"] == "note")).collect();
    assert!(notes.iter().any(|text| text.starts_with("saved in")), "{notes:?}");
    // What is printed for people is the same as without.
    let plain = leitmotif_cached("themes").args(samples()).args(["--stability", "4"]).output().unwrap();
    assert_eq!(output.stdout, plain.stdout);
    assert!(!String::from_utf8_lossy(&plain.stderr).contains('{'), "nobody asked");
    // Errors are objects too.
    let output = leitmotif().args(["compare", "/nowhere", "--progress", "json"]).output().unwrap();
    let [error] = objects(&output.stderr).try_into().unwrap();
    assert!(error["message"] == "error" && error["text"].as_str().unwrap().contains("/nowhere"), "{error}");
    // And quiet is quiet.
    let mut compare = leitmotif();
    let output = compare.arg("compare").arg(&run).args(["--progress", "json", "-q"]).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty());
}

/// One status for what is there already, be it a file or an analysis.
#[test]
fn what_is_there_already_is_wrong_usage() {
    let folder = tempfile::tempdir().unwrap();
    let run = folder.path().join("run");
    let themes = || {
        let mut command = leitmotif_cached("themes");
        command.arg(project("data/hospital")).args(["--stability", "0", "-q", "-o"]).arg(&run);
        command
    };
    themes().assert().success();
    assert!(failure(&mut themes(), 2).contains("holds an analysis already"));
    let csv = folder.path().join("a.csv");
    let export = || {
        let mut command = leitmotif();
        command.arg("export").arg(&run).args(["--to", "csv", "-o"]).arg(&csv);
        command
    };
    export().assert().success();
    assert!(failure(&mut export(), 2).contains("exists already"));
}

/// On a terminal of 40 columns nothing is wider, but for words that are.
#[test]
fn a_narrow_terminal_is_kept_to() {
    if Command::new("script").arg("--version").output().is_err() {
        eprintln!("skipped: `script` is not there");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let run = folder.path().join("run");
    leitmotif_cached("themes").args(samples()).args(["--stability", "2", "-q", "-o"]).arg(&run).assert().success();
    let (book, coded) = (folder.path().join("book.csv"), folder.path().join("coded.csv"));
    std::fs::write(
        &book,
        "code,definition\nswaps of shifts with others whom one hardly knows,somebody takes or gives a shift\n\
         family,children and care at home\nthe app,the app used for the rota\n",
    )
    .unwrap();
    let mut units = String::from("unit,code\n");
    let found = leitmotif().args(["export", "--to", "csv"]).arg(&run).output().unwrap();
    for row in csv::Reader::from_reader(found.stdout.as_slice()).records().map(Result::unwrap) {
        let code = ["family", "the app"][row[0].len() % 2];
        units.push_str(&format!("{},{code}\n", &row[0]));
    }
    std::fs::write(&coded, units).unwrap();
    let program = env!("CARGO_BIN_EXE_leitmotif");
    for command in [
        format!("themes '{}' --stability 0 --frame all", project("data/homecare.csv").display()),
        format!("compare '{}' --quotes", run.display()),
        format!("compare '{0}' '{0}'", run.display()),
        format!("inspect '{}'", project("data/homecare.csv").display()),
        format!("evaluate '{}' --codes '{}'", run.display(), project("data/key.csv").display()),
        format!(
            "code '{}' --codes '{}' --codes '{}' --cache '{}/vector-cache'",
            project("data/homecare.csv").display(),
            book.display(),
            coded.display(),
            env!("CARGO_TARGET_TMPDIR")
        ),
        "models list".into(),
    ] {
        let shell = format!("stty cols 40 rows 40; '{program}' --color never -q {command}");
        let output = Command::new("script")
            .args(["-qec", &shell, "/dev/null"])
            .env("ORT_DYLIB_PATH", project("models/runtime/libonnxruntime.so"))
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && text.lines().count() > 20, "{command}: {text}");
        for line in text.lines().map(str::trim_end).filter(|line| line.trim_start().contains(' ')) {
            assert!(line.chars().count() <= 40, "{command}: {} wide: {line}", line.chars().count());
        }
    }
}
