//! A chat server in the test stands in for Ollama and its like: whatever it does, the run is complete
//! and saved, quotes and keywords are all it gets, and what it answers is shown as generated.

use std::net::TcpListener;
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::common::server::{Asked, Reply, StandIn};
use crate::common::{failure, leitmotif, leitmotif_cached, samples};
use assert_cmd::Command;
use serde_json::{Value, json};

/// `themes` on the samples, without drawing participants anew.
fn themes() -> Command {
    let mut command = leitmotif_cached("themes");
    command.args(samples()).args(["--stability", "0"]);
    command
}

/// The same with names from a server.
fn named_by(url: &str) -> Command {
    let mut command = themes();
    command.args(["--label-url", url, "--label-model", "stand-in"]);
    command
}

/// The data of a request.
fn data(asked: &Asked) -> Value {
    serde_json::from_str(asked.json["messages"][1]["content"].as_str().unwrap()).unwrap()
}

/// An answer of the model with these words.
fn said(content: &str) -> Reply {
    let body = json!({"choices": [{"message": {"role": "assistant", "content": content}}]});
    Reply::Answer("200 OK", "", body.to_string())
}

/// A name after the theme's first keyword.
fn good(asked: &Asked) -> Reply {
    let keyword = data(asked)["keywords"][0].as_str().unwrap_or("nothing").to_uppercase();
    said(&json!({"name": format!("About {keyword}"), "sentence": format!("They speak of {keyword}.")}).to_string())
}

fn error(status: &'static str) -> Reply {
    Reply::Answer(status, "", r#"{"error": {"message": "model\nis \u001b[31mbroken"}}"#.into())
}

/// Standard output and standard error of a run that succeeds.
fn printed(command: &mut Command) -> (String, String) {
    let output = command.assert().success().get_output().clone();
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn summary(folder: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(folder.join("analysis.json")).unwrap()).unwrap()
}

/// Themes and recurring themes.
fn all(summary: &Value) -> Vec<Value> {
    let sections = summary["sections"].as_array().unwrap().iter();
    let themes = sections.flat_map(|section| section["themes"].as_array().unwrap());
    themes.chain(summary["recurring"].as_array().unwrap()).cloned().collect()
}

fn names(summary: &Value) -> Vec<Option<String>> {
    all(summary).iter().map(|theme| theme["generated"]["name"].as_str().map(str::to_string)).collect()
}

/// The analysis without what names add.
fn without_names(mut summary: Value) -> Value {
    summary["manifest"].as_object_mut().unwrap().remove("generated_names");
    summary.as_object_mut().unwrap().remove("files");
    for section in summary["sections"].as_array_mut().unwrap() {
        for theme in section["themes"].as_array_mut().unwrap() {
            theme.as_object_mut().unwrap().remove("generated");
        }
    }
    for recurring in summary["recurring"].as_array_mut().unwrap() {
        recurring.as_object_mut().unwrap().remove("generated");
    }
    summary
}

/// Whatever the server does, the saved analysis is that of a run without it, but for `expected` names;
/// a warning has these words. Gives the number of requests.
fn completes(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static, expected: usize, words: &[&str]) -> usize {
    let server = StandIn::start(answer);
    completes_at(&server.url, expected, words);
    server.requests()
}

fn completes_at(url: &str, expected: usize, words: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let (plain, named) = (folder.path().join("plain"), folder.path().join("named"));
    printed(themes().arg("-o").arg(&plain));
    let (out, err) = printed(named_by(url).args(["--label-timeout", "1", "-o"]).arg(&named));
    assert!(!err.contains("panicked") && !err.contains('\u{1b}'), "{err}");
    let warning = err.lines().find(|line| line.starts_with("warning:")).unwrap_or_else(|| panic!("no warning: {err}"));
    for word in words {
        assert!(warning.contains(word), "no `{word}` in: {warning}");
    }
    let saved = summary(&named);
    assert_eq!(names(&saved).iter().flatten().count(), expected);
    let manifest = &saved["manifest"]["generated_names"];
    assert_eq!((&manifest["given"], &manifest["wanted"]), (&json!(expected), &json!(all(&saved).len())));
    assert!(warning.contains(manifest["problem"].as_str().unwrap()));
    assert!(out.contains("Candidate themes") && out.contains("participants"));
    assert_eq!(without_names(saved), without_names(summary(&plain)));
    for file in ["answers.parquet", "vectors.npy"] {
        assert_eq!(std::fs::read(plain.join(file)).unwrap(), std::fs::read(named.join(file)).unwrap());
    }
}

#[test]
fn names_stand_beside_labels_and_say_what_made_them() {
    let server = StandIn::start(good);
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("saved");
    let (out, err) = printed(named_by(&server.url).args(["--top", "0", "-o"]).arg(&saved));
    let sent_to = format!("{}/v1/chat/completions", server.url);
    assert!(err.contains(&format!("keywords and quotes of the themes are sent to {sent_to}")), "{err}");
    assert!(!err.contains("warning"), "{err}");
    let folded = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(folded.contains("Names marked “generated” are stand-in's: keywords and quotes"), "{folded}");
    assert!(folded.contains(&sent_to));

    let analysis = summary(&saved);
    let themes = all(&analysis);
    assert_eq!(server.requests(), themes.len());
    for theme in &themes {
        let generated = &theme["generated"];
        let (label, name) = (theme["label"].as_str().unwrap(), generated["name"].as_str().unwrap());
        let sentence = generated["sentence"].as_str().unwrap();
        assert!(folded.contains(&format!("{label} generated: {name} – {sentence}")), "{name}");
        assert_eq!((&generated["model"], &generated["server"]), (&json!("stand-in"), &json!(server.host())));
    }
    assert!(std::fs::read_to_string(saved.join("codebook.toml")).unwrap().contains("generated by stand-in: About"));

    // What was sent: the same request for the same theme every time, and nothing but keywords and quotes.
    let of = |asked: &Asked| {
        assert_eq!((&asked.json["temperature"], &asked.json["stream"]), (&json!(0), &json!(false)));
        assert!(asked.json["seed"].is_number());
        assert!(!asked.headers.iter().any(|header| header.starts_with("authorization")));
        let data = data(asked);
        let fields: Vec<&String> = data.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["keywords", "quotes"]);
        assert!(data["quotes"].as_array().unwrap().len() <= 6);
        data
    };
    let first = of(&server.asked()[0]);
    let quotes: Vec<&Value> = themes[0]["quotes"].as_array().unwrap().iter().map(|quote| &quote["text"]).collect();
    assert_eq!(first["quotes"].as_array().unwrap().iter().collect::<Vec<_>>(), quotes);
    server.asked().iter().for_each(|asked| {
        of(asked);
    });

    // A run over it asks for nothing that it knows.
    let (again, _) = printed(named_by(&server.url).args(["--top", "0", "--force", "-o"]).arg(&saved));
    assert_eq!(server.requests(), themes.len());
    assert_eq!(again, out);
    let manifest = &summary(&saved)["manifest"]["generated_names"];
    assert_eq!((&manifest["reused"], &manifest["given"]), (&json!(themes.len()), &json!(themes.len())));

    let (csv, _) = printed(leitmotif().arg("export").arg(&saved).args(["--to", "csv"]));
    assert!(csv.lines().next().unwrap().ends_with("moved_from,theme_generated_name"), "{csv}");
    assert!(csv.contains("About "));
    assert!(csv.contains("theme_label"));
}

#[test]
fn edits_keep_generated_names_and_a_persons_name_comes_before_them() {
    let server = StandIn::start(good);
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("saved");
    printed(named_by(&server.url).arg("-o").arg(&saved));
    let before = summary(&saved);
    let themes = before["sections"][0]["themes"].as_array().unwrap();
    let id = |place: usize| themes[place]["id"].as_str().unwrap();
    let edits = format!("[theme.\"{}\"]\nname = \"Mine\"\n[theme.\"{}\"]\nmerge_into = \"{}\"\n", id(0), id(2), id(1));
    std::fs::write(saved.join("codebook.toml"), edits).unwrap();
    printed(leitmotif().args(["codebook", "--apply"]).arg(&saved));
    let after = summary(&saved);
    let theme = |summary: &Value, id: &str| all(summary).into_iter().find(|theme| theme["id"] == id).unwrap();
    assert_eq!(theme(&after, id(0))["label"], "Mine");
    assert_eq!(theme(&after, id(0))["generated"], themes[0]["generated"]);
    assert!(theme(&after, id(1)).get("generated").is_none(), "its name was given to a part of what it is now");
    assert_eq!(theme(&after, id(3))["generated"], themes[3]["generated"]);
    assert_eq!(after["manifest"]["generated_names"], before["manifest"]["generated_names"]);

    // Over the edited analysis, names and edits are both there, and nothing is asked.
    let asked = server.requests();
    let (out, _) = printed(named_by(&server.url).args(["--top", "0", "--force", "-o"]).arg(&saved));
    assert_eq!(server.requests(), asked);
    let again = summary(&saved);
    assert_eq!(again["sections"], after["sections"]);
    let mine = out.lines().position(|line| line.trim() == format!("{} Mine", id(0))).expect(&out);
    assert!(!out.lines().nth(mine + 1).unwrap().contains("generated"), "{out}");

    // Taken back, everything is as it was found.
    std::fs::write(saved.join("codebook.toml"), "").unwrap();
    printed(leitmotif().args(["codebook", "--apply"]).arg(&saved));
    assert_eq!(summary(&saved)["sections"], before["sections"]);
}

#[test]
fn a_server_that_is_not_there_costs_one_request() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    completes_at(&url, 0, &["0 of ", "no answer from", &url, "check that the server runs"]);
}

#[test]
fn a_slow_server_costs_two_time_limits_whatever_the_number_of_themes() {
    let late = |asked: &Asked| {
        thread::sleep(Duration::from_secs(4));
        good(asked)
    };
    let requests = completes(late, 0, &["within 1 seconds", "--label-timeout"]);
    assert_eq!(requests, 2);
}

#[test]
fn a_server_that_is_slow_again_and_again_is_given_up() {
    // Every answer comes at the second try: in time by itself, and yet a time limit a theme.
    let seen = std::sync::Mutex::new(std::collections::BTreeSet::new());
    let late = move |asked: &Asked| {
        if asked.number > 0 && seen.lock().unwrap().insert(data(asked).to_string()) {
            thread::sleep(Duration::from_millis(1500));
        }
        good(asked)
    };
    completes(late, 5, &["4 answers took longer than 1 seconds"]);
}

#[test]
fn overload_is_waited_out_and_a_server_that_keeps_failing_is_not() {
    let requests = completes(|_| error("500 Internal Server Error"), 0, &["500", "model is [31mbroken"]);
    assert_eq!(requests, 5, "one request and four repetitions");
    completes(
        |asked| match asked.number {
            0 => good(asked),
            _ => Reply::Answer("429 Too Many Requests", "retry-after: 3600\r\n", String::new()),
        },
        1,
        &["asks to wait 3600 seconds"],
    );
    let server = StandIn::start(|asked| match asked.number {
        1 => Reply::Answer("429 Too Many Requests", "retry-after: 1\r\n", String::new()),
        3 => error("503 Service Unavailable"),
        5 => Reply::Nothing,
        _ => good(asked),
    });
    let (out, err) = printed(named_by(&server.url).arg("--json"));
    assert!(!err.contains("warning"), "{err}");
    assert!(names(&serde_json::from_str(&out).unwrap()).iter().all(Option::is_some));
}

#[test]
fn nonsense_is_no_name() {
    let html = |_: &Asked| Reply::Answer("200 OK", "", "<html>Please log in</html>".into());
    let requests = completes(html, 0, &["held no usable name", "/v1/chat/completions", "answers in a row"]);
    assert!(requests <= 9, "{requests}");
    completes(|_| said("I would call it Fewer calls."), 0, &["without JSON"]);
    completes(|_| said(r#"{"name": "Fewer calls"}"#), 0, &["without JSON"]);
    let long = json!({"name": "word ".repeat(40), "sentence": "x"}).to_string();
    completes(move |_| said(&long), 0, &["the name has 199 characters, 80 are allowed"]);
    completes(|_| Reply::Answer("200 OK", "", "x".repeat(2 << 20)), 0, &["no answer from"]);
}

#[test]
fn some_names_are_better_than_none_and_the_next_run_asks_for_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("saved");
    let repaired = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let is_repaired = std::sync::Arc::clone(&repaired);
    let server = StandIn::start(move |asked| {
        let whole = asked.number % 2 == 0 || is_repaired.load(std::sync::atomic::Ordering::Relaxed);
        if whole { good(asked) } else { said("```json\n{\"name\": \"Fewer\n```") }
    });
    let (_, err) = printed(named_by(&server.url).arg("-o").arg(&saved));
    assert!(err.contains("warning: ") && err.contains("held no usable name"), "{err}");
    let (wanted, first) = (all(&summary(&saved)).len(), names(&summary(&saved)).iter().flatten().count());
    assert!(first >= wanted / 3 && first < wanted, "{first} of {wanted}");
    repaired.store(true, std::sync::atomic::Ordering::Relaxed);
    let before = server.requests();
    let (_, err) = printed(named_by(&server.url).args(["--force", "-o"]).arg(&saved));
    assert!(!err.contains("warning"), "{err}");
    assert_eq!(server.requests() - before, wanted - first);
    assert!(names(&summary(&saved)).iter().all(Option::is_some));
}

#[test]
fn an_answer_is_text_and_nothing_more() {
    let server = StandIn::start(|_| {
        said(
            "```json\n{\"name\": \"\\u001b[31m=1+1\\u001b[0m \\u202eevil\\n\\u0007\", \"sentence\": \"[x](y) </p>.\"}\n```",
        )
    });
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("saved");
    let (out, _) = printed(named_by(&server.url).arg("-o").arg(&saved));
    assert!(names(&summary(&saved)).iter().all(|name| name.as_deref() == Some("=1+1 evil")));
    assert!(out.contains("generated: =1+1 evil – [x](y) </p>."), "{out}");
    let (csv, _) = printed(leitmotif().arg("export").arg(&saved).args(["--to", "csv", "--excel"]));
    assert!(csv.contains("'=1+1 evil"), "formulas are disarmed");
}

#[test]
fn the_key_goes_to_the_server_and_nowhere_else() {
    let server = StandIn::start(good);
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("saved");
    let mut command = named_by(&server.url);
    command.env("STAND_IN_KEY", "s3cret-key").env("OPENAI_API_KEY", "another");
    printed(command.args(["--label-key-env", "STAND_IN_KEY", "-o"]).arg(&saved));
    assert!(server.has_seen("authorization: bearer s3cret-key"));
    assert!(server.has_seen("post /v1/chat/completions http/1.1"));
    for file in std::fs::read_dir(&saved).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(6).any(|window| window == b"s3cret"));
    }
    let refusing = StandIn::start(|_| {
        Reply::Answer("401 Unauthorized", "", r#"{"error": {"message": "Incorrect API key: s3cret-key"}}"#.into())
    });
    let mut command = named_by(&refusing.url);
    let (_, err) = printed(command.env("STAND_IN_KEY", "s3cret-key").args(["--label-key-env", "STAND_IN_KEY"]));
    assert!(err.contains("401") && err.contains("[key]") && !err.contains("s3cret"), "{err}");
    assert_eq!(refusing.requests(), 1);
}

#[test]
fn nothing_follows_a_redirect() {
    let elsewhere = StandIn::start(good);
    let header: &'static str = Box::leak(format!("location: {}/v1/x?k=1\r\n", elsewhere.url).into_boxed_str());
    let redirect = move |_: &Asked| Reply::Answer("307 Temporary Redirect", header, String::new());
    completes(redirect, 0, &["redirects to", "nothing was sent there"]);
    assert_eq!(elsewhere.requests(), 0);
}

#[test]
fn wrong_arguments_are_found_before_the_work() {
    for (arguments, words) in [
        (vec!["--label-url", "localhost:11434", "--label-model", "m"], "chat server"),
        (vec!["--label-url", "http://user:s3cret@localhost", "--label-model", "m"], "--label-key-env"),
        (vec!["--label-url", "http://localhost"], "--label-model"),
        (vec!["--label-model", "m"], "--label-url"),
        (
            vec!["--label-url", "http://localhost", "--label-model", "m", "--label-key-env", "NOT_SET_ANYWHERE"],
            "NOT_SET_ANYWHERE",
        ),
    ] {
        let message = failure(themes().args(arguments), 2);
        assert!(message.contains(words) && !message.contains("s3cret"), "{message}");
    }
    // 192.0.2.0/24 is for documentation (RFC 5737): nobody answers there.
    let mut command = named_by("http://192.0.2.1:9/v1");
    command.args(["--label-timeout", "1"]).env_remove("HTTP_PROXY").env_remove("http_proxy").env_remove("ALL_PROXY");
    let (_, err) = printed(command.env_remove("all_proxy"));
    assert!(
        err.contains("the themes' quotes and keywords travel to http://192.0.2.1:9/v1/chat/completions unencrypted")
    );
}
