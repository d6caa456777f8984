//! Embedding models: getting one from a stand-in for the hub on this machine, whatever goes wrong
//! there, and using one by name or from a folder.

#[path = "common/hub.rs"]
mod hub;

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{failure, leitmotif, project, samples};
use assert_cmd::Command;
use hub::{COMMIT, Hub, Mood};
use leitmotif::embed::{self, Embedder, embed_texts, onnx::OnnxEmbedder};

const MODEL: &str = "multilingual-e5-small";

/// The program with a model store and a home of its own, and this hub.
fn program(hub: &str, home: &Path) -> Command {
    let mut command = leitmotif();
    for name in ["HF_HOME", "HF_HUB_CACHE", "HF_TOKEN", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
        command.env_remove(name);
    }
    for name in ["http_proxy", "https_proxy", "all_proxy"] {
        command.env_remove(name).env_remove(name.to_uppercase());
    }
    command.env("HOME", home).env("FASTEMBED_CACHE_DIR", home.join("store")).env("HF_ENDPOINT", hub);
    command
}

fn get(hub: &Hub, home: &Path) -> Command {
    let mut command = program(&hub.address, home);
    command.args(["models", "get", MODEL]);
    command
}

fn explained(message: &str, words: &[&str]) {
    assert!(message.contains("error: ") && message.contains("hint: "), "{message}");
    assert!(!message.contains("panicked"), "{message}");
    for word in words {
        assert!(message.contains(word), "no `{word}` in: {message}");
    }
}

fn snapshot(home: &Path) -> PathBuf {
    home.join("store/models--intfloat--multilingual-e5-small/snapshots").join(COMMIT)
}

/// Every file of the model is in the store, byte by byte, and nothing is left over.
fn assert_whole(home: &Path) {
    let fixture = project("tests/fixtures/tiny-model");
    let graph = fs::read(snapshot(home).join("onnx/model.onnx")).unwrap();
    assert_eq!(graph, fs::read(fixture.join("model.onnx")).unwrap());
    for file in ["tokenizer.json", "config.json", "special_tokens_map.json", "tokenizer_config.json"] {
        assert_eq!(fs::read(snapshot(home).join(file)).unwrap(), fs::read(fixture.join(file)).unwrap(), "{file}");
    }
    let main = home.join("store/models--intfloat--multilingual-e5-small/refs/main");
    assert_eq!(fs::read_to_string(main).unwrap(), COMMIT);
}

fn assert_not_here(home: &Path) {
    assert!(!snapshot(home).join("onnx/model.onnx").exists());
    let message = failure(
        program("http://127.0.0.1:9", home)
            .args(["themes", "--no-cache", "--model", MODEL])
            .arg(project("data/hospital")),
        1,
    );
    explained(&message, &["is not on this machine", "leitmotif models get multilingual-e5-small"]);
}

#[test]
fn a_model_is_got_once_and_then_used_by_any_of_its_names() {
    let (hub, home) = (Hub::new(), tempfile::tempdir().unwrap());
    assert_not_here(home.path());
    assert!(hub.requests().is_empty(), "a missing model is never downloaded by itself");
    let output = get(&hub, home.path()).assert().success().get_output().clone();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("--model multilingual-e5-small"), "{told}");
    assert_whole(home.path());
    assert!(!hub.requests().is_empty());

    let output = get(&hub, home.path()).assert().success().get_output().clone();
    assert!(String::from_utf8_lossy(&output.stderr).contains("is there already"));
    assert!(hub.requests().is_empty(), "what is there needs no network");

    let list = program(&hub.address, home.path()).args(["models", "list", "--json"]).output().unwrap();
    let rows: serde_json::Value = serde_json::from_slice(&list.stdout).unwrap();
    let here: Vec<&str> = rows
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["here"] == true)
        .map(|row| row["name"].as_str().unwrap())
        .collect();
    assert_eq!(here, ["bundled", "all-MiniLM-L6-v2", MODEL]);

    let mut summaries = Vec::new();
    for name in [MODEL, "MultilingualE5Small", "intfloat/multilingual-e5-small"] {
        let output = program("http://127.0.0.1:9", home.path())
            .args(["themes", "--json", "--no-cache", "--model", name])
            .arg(project("data/hospital"))
            .assert()
            .success()
            .get_output()
            .clone();
        summaries.push(serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap());
    }
    assert_eq!(summaries[0], summaries[1]);
    assert_eq!(summaries[0], summaries[2]);
    let model = &summaries[0]["manifest"]["model"];
    assert_eq!(model["name"], MODEL);
    assert_eq!(model["prefix"], "query: ");
    assert_eq!(model["pooling"], "mean");
    // The card's window is 512, but this tokenizer and graph end at 64.
    assert_eq!(model["window"], 64);
}

#[test]
fn a_broken_off_download_goes_on_where_it_stopped() {
    let (hub, home) = (Hub::new(), tempfile::tempdir().unwrap());
    hub.becomes(Mood::Hangs(5000));
    explained(&failure(&mut get(&hub, home.path()), 1), &["onnx/model.onnx", "goes on where it stopped"]);
    assert_not_here(home.path());
    // A second time: 5,000 bytes more.
    explained(&failure(&mut get(&hub, home.path()), 1), &["onnx/model.onnx"]);
    assert_not_here(home.path());
    hub.requests();
    hub.becomes(Mood::Well);
    get(&hub, home.path()).assert().success();
    assert_whole(home.path());
    let asked = hub.requests();
    assert!(asked.iter().any(|request| request.ends_with("bytes=10000-")), "{asked:?}");
}

#[test]
fn half_a_file_is_never_taken_for_a_whole_one() {
    let (hub, home) = (Hub::new(), tempfile::tempdir().unwrap());
    hub.becomes(Mood::Cuts(4000));
    explained(&failure(&mut get(&hub, home.path()), 1), &["4000 bytes came where 12673 were announced"]);
    assert_not_here(home.path());
    hub.becomes(Mood::Well);
    get(&hub, home.path()).assert().success();
    assert_whole(home.path());
}

#[test]
fn a_wrong_checksum_is_thrown_away() {
    let (hub, home) = (Hub::new(), tempfile::tempdir().unwrap());
    hub.becomes(Mood::Garbles);
    explained(&failure(&mut get(&hub, home.path()), 1), &["wrong checksum", "thrown away"]);
    assert_not_here(home.path());
    hub.becomes(Mood::Well);
    get(&hub, home.path()).assert().success();
    assert_whole(home.path());
}

#[test]
fn a_kill_before_the_check_is_no_trouble() {
    let (hub, home) = (Hub::new(), tempfile::tempdir().unwrap());
    hub.becomes(Mood::Hangs(5000));
    failure(&mut get(&hub, home.path()), 1);
    // As if killed after the last byte (some of them wrong) and before the check.
    let blobs = home.path().join("store/.incoming/models--intfloat--multilingual-e5-small/blobs");
    let part = fs::read_dir(blobs).unwrap().map(|entry| entry.unwrap().path());
    let part = part.into_iter().find(|path| path.extension().is_some_and(|e| e == "part")).unwrap();
    fs::write(&part, vec![0; 12673]).unwrap();
    hub.becomes(Mood::Well);
    get(&hub, home.path()).assert().success();
    assert_whole(home.path());
}

#[test]
fn a_hub_that_refuses_is_explained() {
    let (hub, home) = (Hub::new(), tempfile::tempdir().unwrap());
    for (mood, words) in [
        (Mood::Status(401), &["status 401", "HF_TOKEN"][..]),
        (Mood::Status(404), &["status 404", "does not have this file"]),
        (Mood::Status(429), &["status 429", "pause"]),
        (Mood::Status(500), &["status 500", "again"]),
        (Mood::Page, &["not a model hub's", "HF_ENDPOINT"]),
    ] {
        hub.becomes(mood);
        explained(&failure(&mut get(&hub, home.path()), 1), words);
    }
    assert_not_here(home.path());
}

#[test]
fn no_network_is_explained_and_the_key_is_never_shown() {
    let home = tempfile::tempdir().unwrap();
    // Nothing listens on a port that was just given back.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let message = failure(
        program(&format!("http://{free}"), home.path()).env("HF_TOKEN", "hf_secret").args(["models", "get", MODEL]),
        1,
    );
    explained(&message, &["failed to get onnx/model.onnx", "is there a network", "--model FOLDER"]);
    assert!(!message.contains("hf_secret"), "{message}");
    let message = failure(program("nowhere", home.path()).args(["models", "get", MODEL]), 1);
    explained(&message, &["HF_ENDPOINT is nowhere"]);
}

#[test]
fn an_unknown_model_is_explained() {
    let home = tempfile::tempdir().unwrap();
    let message =
        failure(program("http://127.0.0.1:9", home.path()).args(["models", "get", "multilingual-e5-tiny"]), 1);
    explained(&message, &["there is no model multilingual-e5-tiny", "multilingual-e5-small"]);
    let message = failure(
        program("http://127.0.0.1:9", home.path())
            .args(["inspect", "--model", "word2vec"])
            .arg(project("data/hospital")),
        1,
    );
    explained(&message, &["there is no model word2vec", "models list"]);
}

#[test]
fn a_model_larger_than_the_disk_is_refused_before_it_comes() {
    let (hub, home) = (Hub::new(), tempfile::tempdir().unwrap());
    hub.becomes(Mood::Huge);
    explained(&failure(&mut get(&hub, home.path()), 1), &["are to come", "are free", "make room"]);
    assert!(hub.requests().iter().all(|request| request.ends_with("bytes=0-0")), "no file was asked for");
}

/// A full disk as far as the program can tell: the system lets it write no more than 4 KB a file.
#[cfg(unix)]
#[test]
fn a_full_disk_is_explained_and_what_arrived_is_kept() {
    let (hub, home) = (Hub::new(), tempfile::tempdir().unwrap());
    let script = "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\"";
    let mut command = Command::new("bash");
    command.args(["-c", script]).arg(assert_cmd::cargo::cargo_bin("leitmotif")).args(["models", "get", MODEL]);
    for (name, value) in get(&hub, home.path()).get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    explained(&failure(&mut command, 1), &["failed to write to the model store", "make room"]);
    assert_not_here(home.path());
    get(&hub, home.path()).assert().success();
    assert_whole(home.path());
}

#[cfg(unix)]
#[test]
fn a_store_that_cannot_be_written_is_explained() {
    let (hub, home) = (Hub::new(), tempfile::tempdir().unwrap());
    fs::write(home.path().join("store"), b"a file").unwrap();
    explained(&failure(&mut get(&hub, home.path()), 1), &["model store", "FASTEMBED_CACHE_DIR"]);
    assert!(hub.requests().is_empty(), "found before the network is asked");
}

#[derive(serde::Deserialize)]
struct Expected {
    text: String,
    mean: Vec<f64>,
    cls: Vec<f64>,
}

/// What NumPy and the Python package `tokenizers` make of the tiny model (`make.py`).
fn expected() -> Vec<Expected> {
    let text = fs::read(project("tests/fixtures/tiny-model/expected.json")).unwrap();
    serde_json::from_slice(&text).unwrap()
}

fn vector(folder: &Path, text: &str) -> Vec<f64> {
    let files = embed::models::open(folder.to_str().unwrap()).unwrap();
    let embedder = OnnxEmbedder::new(files, None, 1);
    assert_eq!(embedder.identity().dimensions, 384);
    let vectors = embed_texts(&embedder, None, &[text], &mut ()).unwrap().vectors;
    vectors.row(0).iter().take(8).map(|&value| f64::from(value)).collect()
}

fn assert_close(found: &[f64], expected: &[f64]) {
    assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6), "{found:?} {expected:?}");
}

fn copy_of_tiny_model(external: bool) -> tempfile::TempDir {
    let (folder, fixture) = (tempfile::tempdir().unwrap(), project("tests/fixtures/tiny-model"));
    for file in ["tokenizer.json", "config.json", "special_tokens_map.json", "tokenizer_config.json"] {
        fs::copy(fixture.join(file), folder.path().join(file)).unwrap();
    }
    let graphs: &[&str] = if external { &["external/model.onnx", "external/model.onnx_data"] } else { &["model.onnx"] };
    for file in graphs {
        let file = fixture.join(file);
        fs::copy(&file, folder.path().join(file.file_name().unwrap())).unwrap();
    }
    folder
}

#[test]
fn a_folder_is_pooled_and_prefixed_as_its_files_say() {
    let expected = expected();
    let (plain, prefixed) = (&expected[0], &expected[1]);
    assert_eq!(prefixed.text, format!("query: {}", plain.text));
    for external in [false, true] {
        let folder = copy_of_tiny_model(external);
        for text in &expected {
            assert_close(&vector(folder.path(), &text.text), &text.mean);
        }
        let prompts = r#"{"prompts": {"clustering": "query: "}}"#;
        fs::write(folder.path().join("config_sentence_transformers.json"), prompts).unwrap();
        assert_close(&vector(folder.path(), &plain.text), &prefixed.mean);
        fs::create_dir(folder.path().join("1_Pooling")).unwrap();
        let pooling = r#"{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}"#;
        fs::write(folder.path().join("1_Pooling/config.json"), pooling).unwrap();
        assert_close(&vector(folder.path(), &plain.text), &plain.cls);
    }
}

#[test]
fn a_card_that_is_not_there_is_an_error_and_the_processor_no_stand_in() {
    let tiny = project("tests/fixtures/tiny-model");
    for (model, device, what, way) in [
        (tiny.to_str().unwrap(), "cuda", "error: failed to use the device cuda", "onnxruntime-gpu"),
        ("bundled", "cuda", "error: `--device cuda` cannot be used with theme-minilm-l6", "models list"),
        ("bundled", "coreml", "error: `--device coreml` cannot be used with theme-minilm-l6", "models list"),
    ] {
        let run = leitmotif()
            .arg("themes")
            .args(samples())
            .args(["--no-cache", "--model", model, "--device", device])
            .assert();
        let said = String::from_utf8(run.failure().get_output().stderr.clone()).unwrap();
        assert!(said.contains(what) && said.contains("hint: ") && said.contains(way), "{said}");
    }
}

#[test]
fn texts_beyond_the_window_are_divided_with_the_prefix_before_each_piece() {
    let folder = copy_of_tiny_model(false);
    let prompts = r#"{"prompts": {"clustering": "query: "}}"#;
    fs::write(folder.path().join("config_sentence_transformers.json"), prompts).unwrap();
    let files = embed::models::open(folder.path().to_str().unwrap()).unwrap();
    // One token a letter and 64 in all, of which `[CLS]`, `[SEP]` and `query:` take 8.
    let (fits, too_long) = ("a".repeat(56), "a".repeat(57));
    let embedder = OnnxEmbedder::new(files, None, 2);
    let halves = format!("{} {}", "a".repeat(50), "a".repeat(50));
    let texts = [fits.as_str(), too_long.as_str(), halves.as_str(), &halves[..50]];
    let embedded = embed_texts(&embedder, None, &texts, &mut ()).unwrap();
    assert_eq!(embedded.split, [false, true, true, false]);
    // Two equal halves average to either of them.
    let cosine = embedded.vectors.row(2).dot(&embedded.vectors.row(3));
    assert!((cosine - 1.0).abs() < 1e-6, "{cosine}");
}

#[test]
fn what_was_guessed_is_warned_of_and_in_the_manifest() {
    let folder = copy_of_tiny_model(false);
    let output = leitmotif()
        .args(["themes", "--json", "--no-cache", "--model"])
        .arg(folder.path())
        .arg(project("data/hospital"))
        .assert()
        .success()
        .get_output()
        .clone();
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("warning: model ") && message.contains("`mean` is taken"), "{message}");
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(summary["manifest"]["warnings"].to_string().contains("`mean` is taken"));
}

#[test]
fn a_folder_without_a_model_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let message = failure(leitmotif().args(["themes", "--model"]).arg(folder.path()).arg(project("data/hospital")), 1);
    explained(&message, &["no ONNX file"]);
    let whole = fs::read(project("tests/fixtures/tiny-model/model.onnx")).unwrap();
    let folder = copy_of_tiny_model(false);
    fs::write(folder.path().join("model.onnx"), &whole[..whole.len() / 2]).unwrap();
    let message = failure(leitmotif().args(["themes", "--model"]).arg(folder.path()).arg(project("data/hospital")), 1);
    explained(&message, &["model.onnx", "not an ONNX model"]);
}

#[test]
fn a_file_to_take_a_bundled_model_from_is_looked_at_even_where_the_program_has_the_model() {
    let home = tempfile::tempdir().unwrap();
    let get = |arguments: &[&str]| {
        let mut command = program("http://127.0.0.1:9", home.path());
        command.args(["models", "get", "bundled"]).args(arguments);
        command
    };
    explained(&failure(&mut get(&["--from", "/nowhere"]), 1), &["/nowhere"]);
    let model = project("models/theme-minilm-l6");
    if model.join("model.onnx").is_file() {
        get(&["--from", &model.display().to_string()]).assert().success();
    }
}

#[test]
fn the_other_commands_say_where_things_lie() {
    let home = tempfile::tempdir().unwrap();
    let place = program("http://127.0.0.1:9", home.path()).args(["models", "where"]).output().unwrap();
    let told = String::from_utf8_lossy(&place.stdout).into_owned();
    assert!(place.status.success() && told.contains(&home.path().join("store").display().to_string()), "{told}");
    assert!(told.contains("ONNX Runtime") && told.contains("vector cache"), "{told}");
    let list = program("http://127.0.0.1:9", home.path()).args(["models", "list"]).output().unwrap();
    let told = String::from_utf8_lossy(&list.stdout).into_owned();
    assert!(told.contains("bge-m3") && told.contains("100+ languages"), "{told}");

    let cache = home.path().join("cache");
    leitmotif().args(["inspect", "--quiet", "--cache"]).arg(&cache).arg(project("data/hospital")).assert().success();
    let size = |arguments: &[&str]| -> serde_json::Value {
        let mut command = leitmotif();
        command.args(["models", "cache", "--json", "--cache"]).arg(&cache).args(arguments);
        serde_json::from_slice(&command.assert().success().get_output().stdout).unwrap()
    };
    assert!(size(&[])["vectors"].as_u64().unwrap() > 10);
    assert_eq!(size(&["--limit", "100MB"])["limit"], 100_000_000);
    let cleared = size(&["--clear"]);
    assert_eq!((&cleared["vectors"], &cleared["limit"]), (&0.into(), &100_000_000.into()));
    failure(leitmotif().args(["models", "cache", "--limit", "lots"]), 2);
    let typo = home.path().join("cahce");
    for options in [&[][..], &["--clear"]] {
        let message = failure(leitmotif().args(["models", "cache", "--cache"]).arg(&typo).args(options), 2);
        assert!(message.contains("there is no vector cache in") && !typo.exists(), "{message}");
    }
    leitmotif().args(["models", "cache", "--limit", "100MB", "--cache"]).arg(&typo).assert().success();
    assert!(typo.join("vectors.redb").exists(), "a bound is kept");
}
