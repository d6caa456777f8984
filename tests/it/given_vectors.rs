//! Vectors made elsewhere: what other programs write is read, what cannot be right is refused with
//! its row and id, and the bundled model's own vectors come back to the same analysis.
//!
//! `tests/fixtures/vectors/make.py` made the files with pyarrow and NumPy, and says what is in them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{failure, leitmotif, leitmotif_cached, project, samples};
use leitmotif::embed::given::GivenVectors;
use leitmotif::embed::{Item, TextKind, VectorSource};

fn fixture(name: &str) -> PathBuf {
    project("tests/fixtures/vectors").join(name)
}

fn ids_file(folder: &Path) -> PathBuf {
    let path = folder.join("ids.txt");
    fs::write(&path, "s/a#1\ns/b#1\nquestion:0123456789abcdef\n").unwrap();
    path
}

/// The vectors of the two units in the order b, a.
fn units(given: &GivenVectors) -> Vec<Vec<f32>> {
    let items = [Item::unit("s/b#1", "whatever"), Item::unit("s/a#1", "whatever")];
    let embedded = given.vectors(&items, &mut ()).unwrap();
    embedded.vectors.outer_iter().map(|row| row.to_vec()).collect()
}

#[test]
fn tables_and_matrices_of_other_programs_are_read_and_normalised() {
    let folder = tempfile::tempdir().unwrap();
    let ids = ids_file(folder.path());
    for name in ["list_f32.parquet", "fixed_f64.parquet", "large_f16.parquet", "groups.parquet"] {
        let given = GivenVectors::read(&fixture(name), None, None).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(units(&given), [[0.0, 1.0, 0.0, 0.0], [0.6, 0.0, 0.8, 0.0]], "{name}");
        assert_eq!(given.identity().dimensions, 4);
    }
    for name in ["f16.npy", "f64_fortran.npy"] {
        let given = GivenVectors::read(&fixture(name), Some(&ids), Some("a model")).unwrap();
        assert_eq!(units(&given), [[0.0, 1.0, 0.0, 0.0], [0.6, 0.0, 0.8, 0.0]], "{name}");
        assert_eq!(given.identity().name, "a model");
    }
}

#[test]
fn flawed_tables_are_refused_with_the_row() {
    for (name, words) in [
        ("ragged.parquet", ["row 2 (s/b#1)", "2 numbers"]),
        ("null_number.parquet", ["row 2 (s/b#1)", "number 2 of the vector is null"]),
        ("null_vector.parquet", ["row 2 (s/b#1)", "empty"]),
        ("empty_vector.parquet", ["row 2 (s/b#1)", "empty"]),
        ("nan.parquet", ["row 2 (s/b#1)", "number 3 of the vector is not finite"]),
        ("infinite.parquet", ["row 2 (s/b#1)", "number 1 of the vector is not finite"]),
        ("too_large.parquet", ["row 2 (s/b#1)", "number 1 of the vector is not finite"]),
        ("zero.parquet", ["row 2 (s/b#1)", "zero in all places"]),
        ("twice.parquet", ["row 3: the id s/a#1", "in row 1 of"]),
        ("null_id.parquet", ["row 2", "`id` is empty"]),
        ("whole_numbers.parquet", ["none of its columns", "floats"]),
        ("no_id.parquet", ["no column `id`", "`name`, `vector`"]),
        ("two_lists.parquet", ["several", "`first`, `second`"]),
        ("numbered.parquet", ["`id`", "text"]),
        ("nothing.parquet", ["no vectors", "nothing.parquet"]),
        ("make.py", ["make.py", ".parquet"]),
        ("nowhere.parquet", ["nowhere.parquet", "No such file"]),
    ] {
        let error = GivenVectors::read(&fixture(name), None, None).unwrap_err();
        for word in words {
            assert!(error.to_string().contains(word), "{name}: no `{word}` in: {error}");
        }
        assert!(!error.hint().is_empty());
    }
}

#[test]
fn a_matrix_needs_as_many_ids_as_rows() {
    let folder = tempfile::tempdir().unwrap();
    let matrix = folder.path().join("m.npy");
    fs::copy(fixture("f16.npy"), &matrix).unwrap();
    let error = GivenVectors::read(&matrix, None, None).unwrap_err();
    assert!(error.to_string().contains("m.ids") && error.hint().contains("--vectors-ids"), "{error}");
    fs::write(folder.path().join("m.ids"), "s/a#1\ns/b#1\n").unwrap();
    let error = GivenVectors::read(&matrix, None, None).unwrap_err();
    assert!(error.to_string().contains("3 vectors") && error.to_string().contains("2 ids"), "{error}");
    fs::write(folder.path().join("m.ids"), "s/a#1\ns/b#1\nterm:x\n").unwrap();
    assert!(GivenVectors::read(&matrix, None, None).is_ok());
    let error = GivenVectors::read(&fixture("list_f32.parquet"), Some(&matrix), None).unwrap_err();
    assert!(error.hint().contains("--vectors-ids"), "{error}");
}

#[test]
fn a_folder_of_parts_is_one_table() {
    let folder = tempfile::tempdir().unwrap();
    let put = |from: &str, to: &str| fs::copy(fixture(from), folder.path().join(to)).unwrap();
    let read = || GivenVectors::read(folder.path(), None, None);
    fs::write(folder.path().join("_SUCCESS"), "").unwrap();
    assert!(read().unwrap_err().to_string().contains("no .parquet file"));
    put("nothing.parquet", "part-0.parquet");
    put("list_f32.parquet", "part-1.snappy.parquet");
    put("zero.parquet", "_temporary.parquet");
    assert_eq!(units(&read().unwrap()), [[0.0, 1.0, 0.0, 0.0], [0.6, 0.0, 0.8, 0.0]]);
    put("fixed_f64.parquet", "part-2.parquet");
    let error = read().unwrap_err().to_string();
    for words in ["part-2.parquet: row 1", "s/a#1", "row 1 of", "part-1.snappy.parquet"] {
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn cut_files_are_refused_at_any_length() {
    let folder = tempfile::tempdir().unwrap();
    let ids = ids_file(folder.path());
    for (name, extension) in [("f64_fortran.npy", "npy"), ("list_f32.parquet", "parquet")] {
        let whole = fs::read(fixture(name)).unwrap();
        let path = folder.path().join("cut").with_extension(extension);
        let ids = (extension == "npy").then_some(ids.as_path());
        for length in 0..whole.len() {
            fs::write(&path, &whole[..length]).unwrap();
            assert!(GivenVectors::read(&path, ids, None).is_err(), "{name} cut at {length}");
        }
    }
}

#[test]
fn vectors_and_interviews_must_belong_together() {
    let given = GivenVectors::read(&fixture("list_f32.parquet"), None, None).unwrap();
    assert!(given.expect_units(&mut ["s/a#1", "s/b#1", "s/c#1"].into_iter()).is_ok());
    let error = given.expect_units(&mut ["s/a#1"].into_iter()).unwrap_err().to_string();
    assert!(error.contains("row 2") && error.contains("s/b#1"), "{error}");
    let missing = given.vectors(&[Item::unit("s/a#1", "x"), Item::unit("s/c#1", "x")], &mut ()).unwrap_err();
    assert!(missing.to_string().contains("no vector for the unit s/c#1"), "{missing}");
    let question = given.vectors(&[Item::wording(TextKind::Question, "Why?")], &mut ()).unwrap_err();
    assert!(question.to_string().contains("question:"), "{question}");
    assert!(question.hint().unwrap().contains("guide"), "{question}");
    assert!(given.term_vectors(&[Item::term("ward")], &mut ()).unwrap().is_none());
}

/// What is in a saved analysis but for the manifest's note of where the vectors came from.
fn saved(folder: &Path) -> (serde_json::Value, Vec<u8>, Vec<u8>) {
    let mut summary: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("analysis.json")).unwrap()).unwrap();
    summary["manifest"].as_object_mut().unwrap().shift_remove("vectors_from");
    summary.as_object_mut().unwrap().shift_remove("files");
    (summary, fs::read(folder.join("answers.parquet")).unwrap(), fs::read(folder.join("vectors.npy")).unwrap())
}

#[test]
fn the_bundled_models_vectors_given_back_yield_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    leitmotif_cached("themes").args(samples()).arg("-o").arg(at("own")).assert().success();
    leitmotif_cached("export").arg(at("own")).args(["--to", "vectors", "-o"]).arg(at("v.parquet")).assert().success();
    leitmotif()
        .args(["themes", "--no-cache", "--vectors"])
        .env("ORT_DYLIB_PATH", "/nowhere")
        .arg(at("v.parquet"))
        .args(samples())
        .arg("-o")
        .arg(at("given"))
        .assert()
        .success();
    let (own, given) = (saved(&at("own")), saved(&at("given")));
    assert_eq!(own.0.to_string(), given.0.to_string());
    assert!(own == given);

    // With one clause less, its theme may have another headline, the others keep theirs, and it is told.
    leitmotif().arg("export").arg(at("own")).args(["--to", "units", "-o"]).arg(at("u.csv")).assert().success();
    let all = GivenVectors::read(&at("v.parquet"), None, None).unwrap();
    let items: Vec<Item> = csv::Reader::from_path(at("u.csv"))
        .unwrap()
        .records()
        .map(|row| row.unwrap())
        .map(|row| Item {
            kind: TextKind::of_id(&row[0]),
            id: row[0].to_string().into(),
            text: row[2].to_string().into(),
        })
        .collect();
    let clause = items.iter().position(|item| item.kind == TextKind::Clause).unwrap();
    let fewer: Vec<Item> =
        items.iter().enumerate().filter(|(at, _)| *at != clause).map(|(_, item)| item.clone()).collect();
    let vectors = all.vectors(&fewer, &mut ()).unwrap().vectors;
    ndarray_npy::write_npy(at("m.npy"), &vectors).unwrap();
    fs::write(at("m.ids"), fewer.iter().map(|item| item.id.to_string()).collect::<Vec<_>>().join("\n")).unwrap();
    let output = leitmotif()
        .args(["themes", "--no-cache", "--vectors"])
        .arg(at("m.npy"))
        .args(samples())
        .arg("-o")
        .arg(at("without-one"))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && told.contains("no vector for 1 of"), "{told}");
    let headlines = |of: &serde_json::Value| of.to_string().matches("\"headline\"").count();
    let without_one = saved(&at("without-one")).0;
    assert!(headlines(&without_one) + 2 >= headlines(&own.0) && headlines(&own.0) > 2);
    assert!(
        without_one["manifest"]["warnings"].to_string().contains("clauses"),
        "{}",
        without_one["manifest"]["warnings"]
    );

    // With the vectors of passages and questions only, everything but the words is the same.
    leitmotif_cached("export").args(samples()).args(["--to", "vectors", "-o"]).arg(at("w.parquet")).assert().success();
    let output = leitmotif()
        .args(["themes", "--no-cache", "--vectors"])
        .arg(at("w.parquet"))
        .args(samples())
        .arg("-o")
        .arg(at("no-terms"))
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains("made elsewhere"), "{printed}");
    let fewer = saved(&at("no-terms"));
    assert_eq!(fewer.0["manifest"]["keywords_by_passages"], true);
    assert!(!fewer.0.to_string().contains("\"headline\""), "no headline without vectors of clauses");
    assert_eq!((&fewer.1, &fewer.2), (&own.1, &own.2));
    let voices = |summary: &serde_json::Value| -> Vec<String> {
        let sections = summary["sections"].as_array().unwrap().iter();
        let themes = sections.flat_map(|section| section["themes"].as_array().unwrap());
        themes.map(|theme| theme["prevalence"].to_string()).collect()
    };
    assert_eq!(voices(&fewer.0), voices(&own.0));
}

#[test]
fn the_texts_of_interviews_are_those_of_their_analysis_but_for_the_terms() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    leitmotif_cached("themes").args(samples()).arg("-o").arg(at("a")).assert().success();
    leitmotif().arg("export").args(samples()).args(["--to", "units", "-o"]).arg(at("raw.csv")).assert().success();
    leitmotif().arg("export").arg(at("a")).args(["--to", "units", "-o"]).arg(at("saved.jsonl")).assert().success();
    let printed = leitmotif().arg("export").args(samples()).args(["--to", "units"]).output().unwrap().stdout;
    assert_eq!(printed, fs::read(at("raw.csv")).unwrap());

    let raw: Vec<[String; 3]> = csv::Reader::from_path(at("raw.csv"))
        .unwrap()
        .records()
        .map(|record| [0, 1, 2].map(|column| record.as_ref().unwrap()[column].to_string()))
        .collect();
    let saved: Vec<[String; 3]> = fs::read_to_string(at("saved.jsonl"))
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|line| ["id", "kind", "text"].map(|key| line[key].as_str().unwrap().to_string()))
        .collect();
    assert!(raw.iter().all(|row| saved.contains(row)));
    let more = saved.iter().filter(|row| !raw.contains(row));
    // Courtesies and greetings are listed from an analysis, which does not say who set them aside.
    assert!(more.clone().all(|[_, kind, _]| ["term", "clause", "unit"].contains(&kind.as_str())));
    assert!(more.filter(|[_, kind, _]| kind == "term").count() > 100);
}

#[test]
fn a_units_file_lists_the_ids_of_a_matrix() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for list in ["units.csv", "units.jsonl", "units.parquet"] {
        leitmotif().arg("export").args(samples()).args(["--to", "units", "-o"]).arg(at(list)).assert().success();
    }
    let n = csv::Reader::from_path(at("units.csv")).unwrap().records().count();
    let matrix = ndarray::Array2::from_shape_fn((n, 8), |(row, column)| ((row * 7 + column * 3) % 11) as f32 - 4.5);
    ndarray_npy::write_npy(at("m.npy"), &matrix).unwrap();
    let with = |list: &str| {
        let mut command = leitmotif();
        command.args(["themes", "--no-cache", "--vectors"]).arg(at("m.npy")).arg("--vectors-ids").arg(at(list));
        command
    };
    for list in ["units.csv", "units.jsonl", "units.parquet"] {
        let output = with(list).args(samples()).arg("--json").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(summary["manifest"]["model"]["name"], "the model of m.npy");
        assert_eq!(summary["manifest"]["vectors_from"]["rows"], n);
    }
    // Other interviews, and the same ones divided otherwise, do not fit.
    let message = failure(with("units.csv").arg(project("data/hospital")), 1);
    assert!(message.contains("no unit homecare/") && message.contains("hint: "), "{message}");
    let message = failure(with("units.csv").args(samples()).args(["--unit", "sentence"]), 1);
    assert!(message.contains("error: ") && message.contains("--unit"), "{message}");
    let output = leitmotif()
        .args(["inspect", "--vectors"])
        .arg(at("m.npy"))
        .arg("--vectors-ids")
        .arg(at("units.csv"))
        .args(samples())
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("made elsewhere"));
}

#[test]
fn a_changed_text_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.csv"), "id,text\np1,\"The office telephone hardly rings these days.\"\n").unwrap();
    fs::write(at("b.csv"), "id,text\np1,\"The office telephone rings all day and night.\"\n").unwrap();
    let export = |input: &str, output: &str| {
        let input = format!("s={}", at(input).display());
        leitmotif().arg("export").arg(input).args(["--to", "units", "-o"]).arg(at(output)).assert().success();
    };
    export("a.csv", "units.jsonl");
    let n = fs::read_to_string(at("units.jsonl")).unwrap().lines().count();
    ndarray_npy::write_npy(at("m.npy"), &ndarray::Array2::<f32>::ones((n, 2))).unwrap();
    let message = failure(
        leitmotif()
            .args(["themes", "--vectors"])
            .arg(at("m.npy"))
            .arg("--vectors-ids")
            .arg(at("units.jsonl"))
            .arg(format!("s={}", at("b.csv").display())),
        1,
    );
    assert!(message.contains("row 1") && message.contains("s/p1#1") && message.contains("hint: "), "{message}");
}

#[test]
fn wrong_usage_of_export_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    leitmotif_cached("themes").args(samples()).arg("-o").arg(at("a")).assert().success();
    let explained = |message: String, words: &str| {
        assert!(message.contains("hint: ") && message.contains(words), "{message}");
    };
    let export = |arguments: &[&str]| {
        let mut command = leitmotif_cached("export");
        command.arg(at("a")).args(arguments);
        failure(&mut command, 2)
    };
    explained(export(&["--to", "units", "-o", "x.xlsx"]), ".parquet, .csv or .jsonl");
    explained(export(&["--to", "vectors"]), "-o FILE.parquet");
    explained(export(&["--to", "vectors", "-o", "x.csv"]), ".parquet");
    explained(export(&["--to", "units", "--unit", "answer"]), "settled in a saved analysis");
    explained(export(&["--to", "csv", "--interviewer", "Q"]), "settled in a saved analysis");
    explained(export(&["--to", "units", "--excel"]), "--excel");
    explained(export(&["--to", "csv", "--vectors", "x.npy"]), "--to vectors");
    let other = fixture("list_f32.parquet");
    let message = export(&["--to", "vectors", "-o", "x.parquet", "--vectors", &other.display().to_string()]);
    explained(message, "theme-minilm-l6");
}
