//! An embeddings server in the test stands in for Ollama, TEI and their like: what goes well, and
//! everything that can go wrong, each with a clear error and with what was embedded before kept.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::common::server::{Asked, Reply, StandIn};
use crate::common::{failure, leitmotif, project, samples};
use assert_cmd::Command;

/// What is asked first.
const PROBE: &str = "How long are the vectors of this model?";

/// What the server answers to a request.
enum Answer {
    /// A vector for each text.
    Vectors,
    /// Status line after the number, further header lines, body.
    Raw(&'static str, &'static str, String),
    /// The right vectors, with this done to the JSON.
    Changed(fn(String) -> String),
    /// The right vectors, late.
    Late(Duration),
    /// The connection is closed without a word.
    Nothing,
}

struct Server {
    url: String,
    stand_in: StandIn,
    /// How often each text was answered with a vector.
    answered: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Server {
    /// `answer` gets the number of the request, from 0 (the probe), and its texts.
    fn start(answer: impl Fn(usize, &[String]) -> Answer + Send + Sync + 'static) -> Self {
        let answered = Arc::new(Mutex::new(BTreeMap::new()));
        let counted = Arc::clone(&answered);
        let stand_in = StandIn::start(move |asked| {
            assert_eq!(asked.json["model"], "stand-in");
            let texts = texts(asked);
            let ok = |body| Reply::Answer("200 OK", "", body);
            match answer(asked.number, &texts) {
                Answer::Vectors => {
                    let mut counted = counted.lock().unwrap();
                    texts.iter().for_each(|text| *counted.entry(text.clone()).or_default() += 1);
                    ok(vectors(&texts))
                }
                Answer::Late(delay) => {
                    thread::sleep(delay);
                    ok(vectors(&texts))
                }
                Answer::Changed(change) => ok(change(vectors(&texts))),
                Answer::Raw(status, more, body) => Reply::Answer(status, more, body),
                Answer::Nothing => Reply::Nothing,
            }
        });
        Self { url: stand_in.url.clone(), stand_in, answered }
    }

    fn requests(&self) -> usize {
        self.stand_in.requests()
    }

    /// What a run printed, without what differs between servers.
    fn anonymous(&self, printed: Vec<u8>) -> String {
        String::from_utf8(printed).unwrap().replace(self.stand_in.host(), "HOST")
    }

    /// `themes` on the samples, against this server.
    fn themes(&self, cache: &Path) -> Command {
        let mut command = leitmotif();
        command.arg("themes").args(samples()).arg("--cache").arg(cache);
        command.args(["--embed-url", &self.url, "--embed-model", "stand-in"]);
        command
    }
}

/// The texts of a request.
fn texts(asked: &Asked) -> Vec<String> {
    asked.json["input"].as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_string()).collect()
}

/// 26 letter counts and a constant a text, so that no vector is zero; in reverse order, each with its
/// place.
fn vectors(texts: &[String]) -> String {
    let of = |(index, text): (usize, &String)| {
        let mut counts = [0u32; 27];
        counts[26] = 1;
        text.to_lowercase().bytes().filter(u8::is_ascii_lowercase).for_each(|b| counts[usize::from(b - b'a')] += 1);
        format!(r#"{{"object":"embedding","index":{index},"embedding":{counts:?}}}"#)
    };
    let data: Vec<String> = texts.iter().enumerate().rev().map(of).collect();
    format!(r#"{{"object":"list","data":[{}],"model":"stand-in"}}"#, data.join(","))
}

fn explained(message: &str, words: &[&str]) {
    for word in ["error: ", "hint: "].iter().chain(words) {
        assert!(message.contains(word), "no `{word}` in: {message}");
    }
    assert!(!message.contains("panicked"), "{message}");
}

fn stdout(command: &mut Command) -> Vec<u8> {
    command.assert().success().get_output().stdout.clone()
}

/// What a run prints when nothing goes wrong.
fn undisturbed() -> (String, usize) {
    let server = Server::start(|_, _| Answer::Vectors);
    let folder = tempfile::tempdir().unwrap();
    let printed = stdout(server.themes(folder.path()).args(["--top", "0"]));
    let texts = server.answered.lock().unwrap().len() - 1;
    (server.anonymous(printed), texts)
}

/// The run fails with these words; a run after it asks only for what is missing, and prints what an
/// undisturbed one prints.
fn fails_and_goes_on(answer: impl Fn(usize, &[String]) -> Answer + Send + Sync + 'static, words: &[&str]) {
    let (expected, texts) = undisturbed();
    let folder = tempfile::tempdir().unwrap();
    let repaired = Arc::new(Mutex::new(false));
    let is_repaired = Arc::clone(&repaired);
    let server = Server::start(
        move |number, texts| {
            if *is_repaired.lock().unwrap() { Answer::Vectors } else { answer(number, texts) }
        },
    );
    let message = failure(server.themes(folder.path()).args(["--embed-timeout", "1"]), 1);
    explained(&message, words);
    *repaired.lock().unwrap() = true;
    let printed = server.anonymous(stdout(server.themes(folder.path()).args(["--top", "0"])));
    assert_eq!(printed, expected);
    let answered = server.answered.lock().unwrap();
    let twice: Vec<&String> =
        answered.iter().filter(|(text, times)| text.as_str() != PROBE && **times > 1).map(|(text, _)| text).collect();
    assert!(twice.is_empty(), "embedded twice: {twice:?}");
    assert_eq!(answered.len(), texts + 1);
}

/// From this request on something is wrong; those before it are answered.
const LATER: usize = 6;

#[test]
fn right_answers_give_themes_and_the_summary_says_where_the_text_went() {
    let server = Server::start(|_, _| Answer::Vectors);
    let folder = tempfile::tempdir().unwrap();
    let printed = String::from_utf8(stdout(&mut server.themes(folder.path()))).unwrap();
    let printed = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    let sent = format!("was sent to {}/v1/embeddings", server.url);
    assert!(printed.contains(&sent), "{printed}");
    let asked = server.requests();
    let log = server.stand_in.asked();
    assert_eq!(texts(&log[0]), [PROBE]);
    assert!(log.iter().all(|asked| texts(asked).len() <= 32));
    assert!(server.stand_in.has_seen("post /v1/embeddings http/1.1"));
    assert!(!log.iter().flat_map(|asked| &asked.headers).any(|header| header.starts_with("authorization")));
    // Everything is in the cache now: only the probe is sent, and the manifest tells the address.
    let json = stdout(server.themes(folder.path()).arg("--json"));
    assert_eq!(server.requests(), asked + 1);
    let summary: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let manifest = &summary["manifest"];
    assert_eq!(manifest["vectors_from"]["address"], format!("{}/v1/embeddings", server.url));
    assert_eq!(manifest["model"]["name"], format!("stand-in at {}", server.stand_in.host()));
    assert_eq!(manifest["model"]["dimensions"], 27);
}

#[test]
fn inspect_says_that_questions_were_sent() {
    let server = Server::start(|_, _| Answer::Vectors);
    let output = leitmotif()
        .args(["inspect", "--no-cache", "--embed-url", &server.url, "--embed-model", "stand-in"])
        .arg(project("data/hospital"))
        .output()
        .unwrap();
    assert!(output.status.success());
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(printed.contains("questions were sent to"), "{printed}");
}

#[test]
fn the_key_goes_to_the_server_and_nowhere_else() {
    let body = r#"{"error": {"message": "Incorrect API key provided: s3cret-key"}}"#;
    let refusing = Server::start(move |_, _| Answer::Raw("401 Unauthorized", "", body.into()));
    let folder = tempfile::tempdir().unwrap();
    let with_key = |server: &Server| {
        let mut command = server.themes(folder.path());
        command
            .env("STAND_IN_KEY", "s3cret-key")
            .env("OPENAI_API_KEY", "another")
            .args(["--embed-key-env", "STAND_IN_KEY"]);
        command
    };
    let message = failure(&mut with_key(&refusing), 1);
    explained(&message, &["401", "--embed-key-env", "[key]"]);
    assert!(!message.contains("s3cret"), "{message}");

    let server = Server::start(|_, _| Answer::Vectors);
    let saved = folder.path().join("saved");
    with_key(&server).arg("-o").arg(&saved).assert().success();
    assert!(server.stand_in.has_seen("authorization: bearer s3cret-key"));
    for file in std::fs::read_dir(&saved).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(6).any(|window| window == b"s3cret"));
    }

    let message = failure(server.themes(folder.path()).args(["--embed-key-env", "NOT_SET_ANYWHERE"]), 2);
    explained(&message, &["NOT_SET_ANYWHERE"]);
}

#[test]
fn nothing_follows_a_redirect() {
    let elsewhere = Server::start(|_, _| Answer::Vectors);
    let header: &'static str = Box::leak(format!("location: {}/v1/embeddings?k=1\r\n", elsewhere.url).into_boxed_str());
    let server = Server::start(move |_, _| Answer::Raw("307 Temporary Redirect", header, String::new()));
    let folder = tempfile::tempdir().unwrap();
    let message = failure(&mut server.themes(folder.path()), 1);
    explained(&message, &["redirects to", &elsewhere.url, "nothing was sent there"]);
    assert_eq!(elsewhere.requests(), 0);
}

#[test]
fn an_overloaded_server_is_waited_for_as_long_as_it_asks() {
    let server = Server::start(|number, _| match number {
        3 => Answer::Raw("429 Too Many Requests", "retry-after: 2\r\n", String::new()),
        5 => Answer::Raw("500 Internal Server Error", "", "oops".into()),
        7 => Answer::Nothing,
        _ => Answer::Vectors,
    });
    let folder = tempfile::tempdir().unwrap();
    let start = Instant::now();
    let printed = server.anonymous(stdout(server.themes(folder.path()).args(["--top", "0"])));
    assert!(start.elapsed() >= Duration::from_secs(2));
    assert_eq!(printed, undisturbed().0);
}

#[test]
fn a_wait_of_an_hour_is_not_waited() {
    let answer = |number, _: &[String]| match number {
        LATER.. => Answer::Raw("429 Too Many Requests", "retry-after: 3600\r\n", String::new()),
        _ => Answer::Vectors,
    };
    fails_and_goes_on(answer, &["asks to wait 3600 seconds", "the next run goes on from there"]);
}

#[test]
fn a_server_that_keeps_failing_ends_the_run() {
    let body = r#"{"error": "CUDA out of memory"}"#;
    let answer = move |number, _: &[String]| match number {
        LATER.. => Answer::Raw("500 Internal Server Error", "", body.into()),
        _ => Answer::Vectors,
    };
    fails_and_goes_on(answer, &["500 Internal Server Error: CUDA out of memory"]);
}

#[test]
fn a_server_that_takes_too_long_ends_the_run() {
    let answer = |number, _: &[String]| match number {
        LATER.. => Answer::Late(Duration::from_secs(3)),
        _ => Answer::Vectors,
    };
    fails_and_goes_on(answer, &["within 1 seconds", "--embed-timeout"]);
}

#[test]
fn a_vector_of_another_length_ends_the_run() {
    let longer = |json: String| json.replacen("\"embedding\":[", "\"embedding\":[1, ", 1);
    let answer = move |number, _: &[String]| if number < LATER { Answer::Vectors } else { Answer::Changed(longer) };
    fails_and_goes_on(answer, &["28 numbers", "27"]);
}

#[test]
fn a_vector_too_few_ends_the_run() {
    let fewer = |json: String| {
        let mut json: serde_json::Value = serde_json::from_str(&json).unwrap();
        json["data"].as_array_mut().unwrap().pop();
        json.to_string()
    };
    let answer = move |number, _: &[String]| if number < LATER { Answer::Vectors } else { Answer::Changed(fewer) };
    fails_and_goes_on(answer, &["31 vectors for 32 texts"]);
}

#[test]
fn numbers_that_are_none_end_the_run() {
    let nan = |json: String| json.replacen("\"embedding\":[", "\"embedding\":[NaN, ", 1);
    let null = |json: String| json.replacen("\"embedding\":[", "\"embedding\":[null, ", 1);
    let zero = |json: String| {
        let mut json: serde_json::Value = serde_json::from_str(&json).unwrap();
        json["data"][0]["embedding"] = serde_json::json!(vec![0; 27]);
        json.to_string()
    };
    let from_then_on = |change: fn(String) -> String| {
        move |number, _: &[String]| if number < LATER { Answer::Vectors } else { Answer::Changed(change) }
    };
    fails_and_goes_on(from_then_on(nan), &["not finite", "16 bits"]);
    fails_and_goes_on(from_then_on(null), &["not finite"]);
    fails_and_goes_on(from_then_on(zero), &["zero in all places"]);
}

#[test]
fn answers_that_are_something_else_end_the_run() {
    let answer = |number, _: &[String]| match number {
        LATER.. => Answer::Raw("200 OK", "", "<html>Please log in</html>".into()),
        _ => Answer::Vectors,
    };
    fails_and_goes_on(answer, &["holds no vectors", "/v1/embeddings"]);
}

#[test]
fn a_text_that_is_too_long_for_the_server_is_explained() {
    let body = r#"{"error": {"message": "input length exceeds the context length"}}"#;
    let answer = move |number, _: &[String]| match number {
        LATER.. => Answer::Raw("400 Bad Request", "", body.into()),
        _ => Answer::Vectors,
    };
    fails_and_goes_on(answer, &["exceeds the context length", "characters", "--unit passage"]);
}

#[test]
fn a_server_that_is_not_there_is_explained() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let run = |url: &str, status| {
        let mut command = leitmotif();
        command.args(["themes", "--no-cache", "--embed-url", url, "--embed-model", "stand-in"]).args(samples());
        failure(&mut command, status)
    };
    explained(&run(&url, 1), &["no answer from", &url, "check that the server runs"]);
    // One that hangs up at once can be counted: a wrong address is not tried again and again.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let calls = Arc::new(AtomicUsize::new(0));
    let called = calls.clone();
    thread::spawn(move || {
        for _caller in listener.incoming() {
            called.fetch_add(1, Ordering::SeqCst);
        }
    });
    explained(&run(&url, 1), &["no answer from", &url]);
    assert_eq!(calls.load(Ordering::SeqCst), 1);
    explained(&run("localhost:11434", 2), &["http://"]);
    explained(&run("http://user:s3cret@localhost", 2), &["--embed-key-env"]);
    let server = Server::start(|_, _| Answer::Raw("404 Not Found", "", r#"{"error": "model not found"}"#.into()));
    explained(&run(&server.url, 1), &["404", "model not found", "the model's name"]);
}

#[test]
fn text_that_would_travel_in_the_clear_is_warned_of() {
    // 192.0.2.0/24 is for documentation (RFC 5737): nobody answers there.
    let mut command = leitmotif();
    command
        .args(["themes", "--no-cache", "--embed-url", "http://192.0.2.1:9/v1", "--embed-model", "m"])
        .args(samples());
    command.args(["--embed-timeout", "1"]).env_remove("HTTP_PROXY").env_remove("http_proxy").env_remove("ALL_PROXY");
    let message = failure(command.env_remove("all_proxy"), 1);
    explained(&message, &["warning: the interviews' text travels to http://192.0.2.1:9/v1/embeddings unencrypted"]);
}

#[test]
fn a_model_that_was_replaced_under_its_name_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let replaced = Arc::new(Mutex::new(false));
    let is_replaced = Arc::clone(&replaced);
    let server = Server::start(move |_, _| {
        let other = |json: String| json.replace("\"embedding\":[", "\"embedding\":[99999").replace(",", ", ");
        if *is_replaced.lock().unwrap() { Answer::Changed(other) } else { Answer::Vectors }
    });
    server.themes(folder.path()).assert().success();
    *replaced.lock().unwrap() = true;
    explained(&failure(&mut server.themes(folder.path()), 1), &["stand-in now gives other vectors", "--no-cache"]);
}

#[test]
fn a_killed_run_goes_on_where_it_stopped() {
    let (expected, texts) = undisturbed();
    let folder = tempfile::tempdir().unwrap();
    let slow = Arc::new(Mutex::new(true));
    let is_slow = Arc::clone(&slow);
    let server = Server::start(move |_, _| {
        if *is_slow.lock().unwrap() {
            thread::sleep(Duration::from_millis(60));
        }
        Answer::Vectors
    });
    // The first 256 texts are written to the cache when 8 requests of 32 are done.
    let mut run = std::process::Command::new(assert_cmd::cargo::cargo_bin("leitmotif"))
        .arg("themes")
        .args(samples())
        .arg("--cache")
        .arg(folder.path())
        .args(["--embed-url", &server.url, "--embed-model", "stand-in"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while server.requests() < 16 {
        thread::sleep(Duration::from_millis(5));
        assert!(run.try_wait().unwrap().is_none(), "it ended before it was killed");
    }
    run.kill().unwrap();
    run.wait().unwrap();
    *slow.lock().unwrap() = false;
    let before = server.answered.lock().unwrap().len();
    let printed = server.anonymous(stdout(server.themes(folder.path()).args(["--top", "0"])));
    assert_eq!(printed, expected);
    let answered = server.answered.lock().unwrap();
    let once = answered.values().filter(|&&times| times == 1).count();
    assert!(before > 256 && once >= 256, "{once} of {texts} texts were embedded only once");
}
